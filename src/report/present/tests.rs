use super::*;
use crate::model::{Block, CheckVerdict, Flag, Where, Zone};

fn document(blocks: &[(Zone, &str)]) -> Document {
    let mut text = String::new();
    let mut placed = Vec::new();
    for (zone, words) in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(words);
        let range = TextRange::new(start, text.len());
        placed.push(Block::new(range, *zone));
    }
    Document::new(text, placed)
}

fn finding(document: &Document, words: &str) -> Finding {
    let at = document.text.find(words).unwrap();
    let range = TextRange::new(at, at + words.len());
    let zone = document.block_at(range.start).unwrap().zone;
    Finding {
        verdict: CheckVerdict::Verbatim,
        score: 1.0,
        passage: Some(Passage { range, parts: vec![range], place: zone.place(), zone, page: None, time: None }),
        ..Finding::absent()
    }
}

fn passage(document: &Document, words: &str) -> PassageReport {
    seen(document, &finding(document, words), words, [0; 16].into()).passage.map(|found| *found).unwrap()
}

#[test]
fn offsets_count_code_points_and_lead_back_to_the_text() {
    let document = document(&[(Zone::Headline, "Die Küste 海岸"), (Zone::Paragraph, "„Übermut“ tut selten gut.")]);
    let passage = passage(&document, "tut selten");
    let points: Vec<char> = document.text.chars().collect();
    assert_eq!(points[passage.start..passage.end].iter().collect::<String>(), "tut selten");
    assert_eq!(passage.parts, [[passage.start, passage.end]]);
    let expected = document.code_points(&[finding(&document, "tut selten").passage.unwrap().range]);
    assert_eq!([passage.start, passage.end], expected[0]);
}

#[test]
fn context_is_what_stands_directly_beside_the_passage() {
    let words = "one two three four five six seven eight nine ten ".repeat(12);
    let text = format!("{words}THE PASSAGE {words}");
    let document = document(&[(Zone::Paragraph, text.trim())]);
    let passage = passage(&document, "THE PASSAGE");
    let whole = format!("{}{}{}", passage.before, passage.text, passage.after);
    assert!(document.text.contains(&whole));
    for side in [&passage.before, &passage.after] {
        let count = side.chars().count();
        assert!((CONTEXT - WORD_SEARCH..=CONTEXT).contains(&count), "{count}");
    }
    let at = document.text.find(&whole).unwrap();
    assert!(document.text[..at].ends_with(' '), "begins with a whole word");
    assert!(document.text[at + whole.len()..].starts_with(' '), "ends with a whole word");
}

#[test]
fn context_without_spaces_is_cut_anywhere() {
    let text = format!("{}X{}", "海".repeat(400), "岸".repeat(400));
    let document = document(&[(Zone::Paragraph, &text)]);
    let passage = passage(&document, "X");
    assert_eq!(passage.before.chars().count(), CONTEXT);
    assert_eq!(passage.after.chars().count(), CONTEXT);
}

#[test]
fn context_stays_with_its_own_block_where_that_says_enough() {
    let body = "This paragraph has quite enough to say before it comes to THE PASSAGE and then there is quite enough after it too.";
    let document =
        document(&[(Zone::Paragraph, "Earlier words."), (Zone::Paragraph, body), (Zone::Paragraph, "Later words.")]);
    let passage = passage(&document, "THE PASSAGE");
    assert!(passage.before.starts_with("This paragraph"));
    assert!(passage.after.ends_with("after it too."));
}

#[test]
fn a_short_block_borrows_from_a_neighbour_of_the_same_place_only() {
    let document = document(&[
        (Zone::Navigation, "Home News Sport"),
        (Zone::Paragraph, "First of the body."),
        (Zone::Paragraph, "THE PASSAGE"),
        (Zone::Related, "Also on this site"),
    ]);
    let second = passage(&document, "THE PASSAGE");
    assert_eq!((second.before.as_str(), second.after.as_str()), ("First of the body.\n", ""));
    let first = passage(&document, "First of");
    assert_eq!((first.before.as_str(), first.after.as_str()), ("", " the body.\nTHE PASSAGE"));
}

#[test]
fn changes_keep_their_places_on_both_sides() {
    let document = document(&[(Zone::Paragraph, "Ä blue dog")]);
    let mut finding = finding(&document, "Ä blue dog");
    let change =
        |ours, at| Change { quote: "red".to_owned(), source: "blue".to_owned(), at, ours, flag: Some(Flag::Word) };
    finding.changes = vec![
        change(Some(TextRange::new(3, 6)), Some(TextRange::new(3, 7))),
        change(Some(TextRange::new(3, 600)), None),
        change(Some(TextRange::new(6, 6)), Some(TextRange::new(1, 2))),
    ];
    let seen = seen(&document, &finding, "Ä red dog", [7; 16].into());
    assert_eq!((seen.changes[0].quote_at, seen.changes[0].source_at), (Some([2, 5]), Some([2, 6])));
    assert_eq!((seen.changes[1].quote_at, seen.changes[1].source_at), (None, None));
    // Inside the two bytes of the first letter: no place of the text.
    assert_eq!((seen.changes[2].quote_at, seen.changes[2].source_at), (Some([5, 5]), None));
    assert_eq!(*seen.sketch, [7; 16]);
}

#[test]
fn ranges_that_do_not_fit_are_clipped() {
    let document = document(&[(Zone::Paragraph, "Ä short text")]);
    for (start, end) in [(1, 4), (0, 400), (300, 400), (12, 12)] {
        let range = TextRange { start, end };
        let passage =
            Passage { range, parts: vec![range], place: Where::Body, zone: Zone::Paragraph, page: None, time: None };
        let finding = Finding { passage: Some(passage), ..Finding::absent() };
        let passage = seen(&document, &finding, "x", [0; 16].into()).passage.unwrap();
        assert_eq!(passage.text.chars().count(), passage.end - passage.start);
    }
}
