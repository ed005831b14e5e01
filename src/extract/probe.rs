//! What must hold of a reading whatever the bytes are: shared by tests and the fuzz targets. Panics where it does not hold;
//! no part of the library as it is published.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Input, Limits, extract_linked};
use crate::model::{Document, PointTable};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A sentence that stands before everything else, and must be in the text whatever follows it.
const FIRST: &str = "The old quay bell rang nine times.";

/// Media types that have no probe of their own.
const OTHERS: &[&str] = &[
    "text/plain",
    "text/markdown",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/rss+xml",
    "application/xml",
    "message/rfc822",
    "application/octet-stream",
];

/// Bytes as a page: as they are, and behind a sentence, which stays in the text (unless most bytes are plainly in another
/// encoding than the one that was announced).
pub fn html(bytes: &[u8]) {
    read(bytes, "text/html");
    let page = [b"<p>", FIRST.as_bytes(), b"</p>\n", bytes].concat();
    let document = read(&page, "text/html; charset=utf-8").expect("a page with a sentence has text");
    assert!(document.text.contains(FIRST) || document.charset != "UTF-8", "what stood there first is lost");
}

/// Bytes as subtitles, and in a cue that begins with the sentence.
pub fn subtitles(bytes: &[u8]) {
    read(bytes, "text/vtt");
    let cue = format!("WEBVTT\n\n00:01.000 --> 00:04.000\n{FIRST}\n");
    let document = read(&[cue.as_bytes(), bytes].concat(), "text/vtt").expect("a cue with a sentence has text");
    assert!(document.text.contains(FIRST), "what stood there first is lost");
}

/// Bytes as a container; then as the parts of one: what stands in the body, the notes, the comments, the styles and the
/// relations, each up to a zero byte.
pub fn docx(bytes: &[u8]) {
    read(bytes, DOCX);
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let first = format!("<w:document {W}><w:body><w:p><w:r><w:t>{FIRST}</w:t></w:r></w:p>");
    let open = |element: &str| format!("<w:{element} {W}>");
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    let parts = [
        ("word/document.xml", first, "</w:body></w:document>"),
        ("word/footnotes.xml", open("footnotes"), "</w:footnotes>"),
        ("word/comments.xml", open("comments"), "</w:comments>"),
        ("word/styles.xml", open("styles"), "</w:styles>"),
        ("word/_rels/document.xml.rels", relations.to_owned(), "</Relationships>"),
    ];
    if let Some(document) = read(&container(&parts, bytes), DOCX) {
        assert!(document.text.contains(FIRST), "what stood there first is lost");
    }
}

/// Bytes as every other kind of source that is read in this process; as the parts of a spreadsheet too.
pub fn others(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    match OTHERS.get(usize::from(first % 10)) {
        Some(media_type) => drop(read(rest, media_type)),
        None => {
            let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
            let parts = [
                ("xl/worksheets/sheet1.xml", format!("<worksheet {main}>"), "</worksheet>"),
                ("xl/sharedStrings.xml", format!("<sst {main}>"), "</sst>"),
                ("xl/styles.xml", format!("<styleSheet {main}>"), "</styleSheet>"),
                ("xl/workbook.xml", format!("<workbook {main}>"), "</workbook>"),
            ];
            read(&container(&parts, rest), XLSX);
        }
    }
}

/// Packs parts into a container, the bytes among them, each up to a zero byte.
fn container(parts: &[(&str, String, &str)], bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut inner = bytes.split(|byte| *byte == 0);
    for (name, open, close) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("memory can be written");
        for piece in [open.as_bytes(), inner.next().unwrap_or_default(), close.as_bytes()] {
            writer.write_all(piece).expect("memory can be written");
        }
    }
    writer.finish().expect("memory can be written").into_inner()
}

/// Reads bytes announced as such: there is a text or a reason, the blocks are the text but for the line feeds between
/// them (of plain text, blank lines), and links stand inside it.
fn read(bytes: &[u8], media_type: &str) -> Option<Document> {
    let input = Input { bytes, content_type: Some(media_type), name: "" };
    let linked = extract_linked(&input, &Limits { max_bytes: 4 << 20 });
    assert!(linked.reading.document.is_some() || !linked.reading.obstacles.is_empty(), "neither a text nor a reason");
    let document = linked.reading.document.as_ref()?;
    assert!(!document.text.trim().is_empty(), "an empty text is no text");
    let mut at = 0;
    for (number, block) in document.blocks.iter().enumerate() {
        let span = block.range.span();
        assert!(document.text.get(span.clone()).is_some_and(|text| !text.is_empty()), "{block:?}");
        let between = &document.text[at..span.start];
        assert!(between.trim().is_empty(), "{between:?} is in no block");
        assert!(number == 0 || between.contains('\n'), "one line with {block:?}");
        assert!(number == 0 || between == "\n" || linked.reading.engine == "plain", "one line feed before {block:?}");
        at = span.end;
    }
    assert!(document.text[at..].trim().is_empty(), "all of the text is in blocks");
    let table = PointTable::new(&document.text);
    for block in document.blocks.iter().take(8) {
        let [start, end] = table.range(block.range);
        let counted: String = document.text.chars().skip(start).take(end - start).collect();
        assert_eq!(counted, document.slice(block.range));
        assert_eq!(document.code_points(&[block.range]), [[start, end]]);
    }
    for link in &linked.links {
        assert!(document.text.get(link.range.span()).is_some_and(|text| !text.is_empty()), "{link:?}");
    }
    linked.reading.document
}
