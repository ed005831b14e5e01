//! Tests of reading PDFs that are made here, so that they can be read.

use super::*;
use crate::model::Where;

/// A PDF whose pages draw these content streams, in Helvetica.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Count {} /Kids [{}] >>",
            pages.len(),
            (0..pages.len()).map(|page| format!("{} 0 R", 4 + page * 2)).collect::<Vec<_>>().join(" ")
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (number, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + number * 2
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len() + 1));
    }
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1));
    out.into_bytes()
}

/// Draws lines of text, each at its place and in its size.
fn draw(lines: &[(u32, u32, u32, &str)]) -> String {
    let show = |(x, y, size, text): &(u32, u32, u32, &str)| format!("BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n");
    lines.iter().map(show).collect()
}

fn both(bytes: &[u8]) -> [PdfText; 2] {
    [PdfEngine::First, PdfEngine::Second].map(|engine| read(bytes, engine).expect("a PDF that can be read"))
}

fn blocks(text: &PdfText) -> Vec<(PdfKind, u32, &str)> {
    text.blocks.iter().map(|block| (block.kind, block.page, block.text.as_str())).collect()
}

#[test]
fn lines_become_paragraphs_with_their_page_in_both_engines() {
    let first = draw(&[
        (60, 700, 24, "Harbour report"),
        (60, 650, 11, "The harbour board counted 1,436 ships in the first half of the"),
        (60, 636, 11, "year, more than in any year before."),
        (60, 600, 11, "A second paragraph stands here, and it is set in the same type as the first."),
    ]);
    let second = draw(&[(60, 700, 11, "The second page has a paragraph of its own, which is long enough to count.")]);
    for text in both(&pdf(&[&first, &second])) {
        assert_eq!(
            blocks(&text),
            [
                (PdfKind::Headline, 1, "Harbour report"),
                (
                    PdfKind::Paragraph,
                    1,
                    "The harbour board counted 1,436 ships in the first half of the\nyear, more than in any year before."
                ),
                (PdfKind::Paragraph, 1, "A second paragraph stands here, and it is set in the same type as the first."),
                (PdfKind::Paragraph, 2, "The second page has a paragraph of its own, which is long enough to count."),
            ]
        );
    }
}

#[test]
fn columns_are_read_one_after_the_other() {
    let page = draw(&[
        (60, 700, 10, "The left column begins"),
        (60, 688, 10, "and goes on below."),
        (320, 700, 10, "The right column begins"),
        (320, 688, 10, "and ends there."),
    ]);
    for text in both(&pdf(&[&page])) {
        let texts: Vec<&str> = text.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["The left column begins\nand goes on below.", "The right column begins\nand ends there."]);
    }
}

#[test]
fn a_sentence_over_two_pages_is_not_interrupted_by_running_heads() {
    let page = |number: u32, body: &str| {
        draw(&[(60, 770, 9, "Harbour board, annual report"), (60, 600, 11, body), (290, 30, 9, &number.to_string())])
    };
    let pages = [
        page(1, "The board said that the quay would have to be closed for"),
        page(2, "repairs until the spring of the next year."),
        page(3, "Nothing else was said on that day."),
    ];
    for text in both(&pdf(&[&pages[0], &pages[1], &pages[2]])) {
        let body: Vec<&str> = text.blocks.iter().take(2).map(|block| block.text.as_str()).collect();
        assert_eq!(
            body,
            ["The board said that the quay would have to be closed for", "repairs until the spring of the next year."]
        );
        let running = text.blocks.iter().filter(|block| block.kind == PdfKind::Running).count();
        assert_eq!(running, 6, "{:?}", blocks(&text));
    }
}

#[test]
fn cells_stand_under_the_head_of_their_row() {
    let page = draw(&[(60, 700, 10, "Ships"), (200, 700, 10, "1,436"), (300, 700, 10, "1,209")]);
    for text in both(&pdf(&[&page])) {
        let cells: Vec<_> =
            text.blocks.iter().map(|block| (block.kind, block.text.as_str(), block.head.as_deref())).collect();
        assert_eq!(
            cells,
            [
                (PdfKind::Cell, "Ships", None),
                (PdfKind::Cell, "1,436", Some("Ships")),
                (PdfKind::Cell, "1,209", Some("Ships"))
            ]
        );
    }
}

#[test]
fn what_cannot_be_read_has_its_reason() {
    let reason = |bytes: &[u8]| read(bytes, PdfEngine::First).expect_err("nothing to read").reason;
    assert_eq!(reason(b"%PDF-1.4\nnothing of a PDF"), Reason::Damaged);
    assert_eq!(reason(&pdf(&["0 0 600 800 re f"])), Reason::NoText);
    let mut locked = String::from_utf8(pdf(&[&draw(&[(60, 700, 11, "Secret words")])])).expect("ASCII");
    locked = locked.replace(
        "trailer << ",
        "trailer << /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard \
         /V 2 /R 3 /Length 128 /P -44 /O <5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a> \
         /U <a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a500000000000000000000000000000000> >> ",
    );
    assert_eq!(reason(locked.as_bytes()), Reason::Encrypted);
}

#[test]
fn a_damaged_table_of_objects_is_mended() {
    let whole = String::from_utf8(pdf(&[&draw(&[(60, 700, 11, "The words are still there.")])])).expect("ASCII");
    let cut = &whole[..whole.find("xref").expect("a table")];
    assert_eq!(read(cut.as_bytes(), PdfEngine::First).expect("mended").blocks[0].text, "The words are still there.");
}

#[test]
fn a_document_keeps_pages_zones_and_heads() {
    let page =
        draw(&[(60, 700, 10, "Ships"), (200, 700, 10, "1,436"), (300, 700, 10, "1,209"), (60, 600, 10, "Words.")]);
    let reading = document(read(&pdf(&[&page]), PdfEngine::First).expect("read"), PdfEngine::First);
    let document = reading.document.expect("a document");
    assert!(reading.more);
    assert_eq!(document.blocks[1].zone, Zone::TableCell);
    assert_eq!((document.blocks[1].page, document.blocks[1].heads.row()), (Some(1), Some("Ships")));
    assert_eq!(document.blocks[3].zone.place(), Where::Body);
}
