use super::*;
use crate::matching::attribution::clause::tests::marked;

/// Whether a block of a page, its blocks parted by `/`, each with the first letter of its zone, is Ana Ruiz's own text.
fn is_own(page: &str, block: usize) -> bool {
    let texts: Vec<(&str, &str)> = page.split(" / ").map(|block| block.split_at(2)).collect();
    let text: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
    let (mut document, _) = marked("en", &text.join("\n"));
    assert_eq!(document.blocks.len(), texts.len(), "{page}");
    for (block, (zone, _)) in document.blocks.iter_mut().zip(&texts) {
        block.zone = match *zone {
            "h " => Zone::Headline,
            "d " => Zone::Deck,
            "b " => Zone::Byline,
            "s " => Zone::Subheading,
            _ => Zone::Paragraph,
        };
    }
    let index = Index::new(&document);
    is_own_text(block, &Name::new("Ana Ruiz", &index).expect("a name"), &index)
}

#[test]
fn a_text_in_the_first_person_is_whose_the_head_of_the_page_says() {
    for (page, block, wanted) in [
        ("h By Ana Ruiz / p We open the gate.", 1, true),
        ("d By Ana Ruiz / p We open the gate.", 1, true),
        ("b By Ana Ruiz / p We open the gate.", 1, true),
        ("p By Ana Ruiz / p We open the gate.", 1, true),
        ("h By Bo Lind / p We open the gate.", 1, false),
        ("h By Ana Ruiz / p They open the gate.", 1, false),
        ("h By Ana Ruiz / p We open the gate. / p It is old.", 2, true),
        ("h By Ana Ruiz / p We open the gate. / p It is old. / p So it is.", 3, false),
        ("h By Ana Ruiz / p It is old. / p We open the gate.", 1, false),
        ("p We open the gate, wrote Ana Ruiz.", 0, true),
        ("p The gate is open, wrote Ana Ruiz.", 0, false),
        // The first paragraphs name whoever speaks, and what comes behind does not.
        ("h A speech / p It is old. / p Here spoke Ana Ruiz. / p We open the gate.", 3, true),
        ("h A speech / p It is old. / p It is. / p Here spoke Ana Ruiz. / p We open the gate.", 4, false),
        ("h A speech / p We open the gate. / p Here spoke Ana Ruiz.", 1, false),
        // Of the headings the one above says it.
        (
            "h Speeches / p Old. / p So. / s Ana Ruiz / p We open the gate. / s Bo Lind / p Here. / p We close it.",
            4,
            true,
        ),
        (
            "h Speeches / p Old. / p So. / s Ana Ruiz / p We open the gate. / s Bo Lind / p Here. / p We close it.",
            7,
            false,
        ),
        (
            "h Speeches / p Old. / p So. / s Bo Lind / p We open the gate. / s Ana Ruiz / p Here. / p We close it.",
            4,
            false,
        ),
    ] {
        assert_eq!(is_own(page, block), wanted, "{page}, {block}");
    }
}
