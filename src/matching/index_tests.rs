//! Tests of the index: where tokens stand, in which block and sentence, and how telling they are.

use super::*;
use crate::matching::tests::document;
use crate::model::{Block, Zone};

#[test]
fn tokens_know_their_text_their_block_and_what_stands_before_them() {
    let document = document("The “old” quay.\nIt is; old\nrain");
    let index = Index::new(&document);
    let form = |at: usize| index.form(at).to_owned();
    let forms: Vec<String> = (0..index.tokens().len()).map(form).collect();
    assert_eq!(forms, ["The", "old", "quay", "It", "is", "old", "rain"]);
    assert_eq!((0..7).map(|at| index.block_of(at)).collect::<Vec<_>>(), [0, 0, 0, 1, 1, 1, 2]);
    assert_eq!((0..3).map(|block| index.block_tokens(block)).collect::<Vec<_>>(), [0..3, 3..6, 6..7]);
    let gaps: Vec<&str> = (0..=7).map(|at| index.gap_before(at)).collect();
    assert_eq!(gaps, ["", " “", "” ", ".\n\n", " ", "; ", "\n\n", ""]);
    let slice = |tokens: Range<usize>| document.slice(index.range(tokens));
    assert_eq!((slice(1..3), slice(0..1), slice(2..5)), ("old” quay", "The", "quay.\n\nIt is"));
    // An empty range stands where the next token begins.
    assert_eq!(index.range(3..3), TextRange { start: index.tokens()[3].start, end: index.tokens()[3].start });
    let end = document.text.len() as u32;
    assert_eq!(index.range(7..7), TextRange { start: end, end });
    let from = |byte: u32| index.token_from(byte);
    let old = index.tokens()[1].start;
    assert_eq!((from(0), from(old), from(old + 1), from(end)), (0, 1, 2, 7));
}

#[test]
fn a_key_knows_where_it_stands_and_is_the_more_telling_the_rarer() {
    let document = document("old quay and Old quay and OLD mill and and");
    let index = Index::new(&document);
    let key = |key: &str| index.key_number(key);
    assert_eq!(index.places(key("old")), [0, 3, 6]);
    assert_eq!(index.places(key("and")), [2, 5, 8, 9]);
    assert_eq!(index.places(key("zebra")), [] as [u32; 0]);
    assert_eq!((key("Old"), key("zebra")), (UNKNOWN, UNKNOWN));
    assert_ne!(index.form_number("old"), index.form_number("OLD"));
    assert_eq!(index.key_of_form(index.form_number("OLD")), key("old"));
    assert_eq!((index.key(6), index.form(6), index.key_text(key("mill"))), ("old", "OLD", "mill"));
    assert!((0..10).all(|at| (index.tokens()[at].key as usize) < index.key_limit()));
    let weights = ["zebra", "mill", "quay", "old", "and"].map(|word| index.weight(key(word)));
    assert!(weights.windows(2).all(|pair| pair[0] > pair[1]), "{weights:?}");
    assert!((weights[0] - 1.0).abs() < 1e-6 && weights[4] >= 0.25, "{weights:?}");
    // As documented: a quarter, and three of how much rarer it is than everything.
    let of = |count: f32| 0.25 + 0.75 * (1.0 - (1.0 + count).ln() / (13.0f32).ln());
    assert!((weights[1] - of(1.0)).abs() < 1e-5 && (weights[4] - of(4.0)).abs() < 1e-5, "{weights:?}");
    let often = super::super::tests::document(&vec!["old"; 400].join(" "));
    let index = Index::new(&often);
    assert!((index.weight(index.key_number("old")) - 0.25).abs() < 0.01);
}

#[test]
fn a_sentence_ends_at_its_full_stop_and_at_its_block() {
    let document = document("One two. Three four? Five\nsix seven. Eight");
    let index = Index::new(&document);
    for (span, sentence) in [
        (0..1, 0..2),
        (1..2, 0..2),
        (2..3, 2..5),
        (3..4, 2..5),
        (5..6, 5..6),
        (6..7, 6..8),
        (8..9, 8..9),
        // Over a border of sentences and of blocks.
        (1..3, 0..5),
        (5..7, 5..8),
    ] {
        assert_eq!(index.sentence(&span), sentence, "{span:?}");
    }
}

#[test]
fn words_have_the_same_hash_in_every_document_and_run() {
    assert_eq!(key_hash(""), 0xcbf2_9ce4_8422_2325);
    assert_eq!(key_hash("a"), 0xaf63_dc4c_8601_ec8c);
    assert_eq!(key_hash("foobar"), 0x8594_4171_f739_67e8);
    for text in ["Old quay", "the OLD mill by the old quay"] {
        let document = document(text);
        let index = Index::new(&document);
        for word in ["old", "quay"].into_iter().filter(|word| index.key_number(word) != UNKNOWN) {
            assert_eq!(index.hash(index.key_number(word)), key_hash(word), "{word} of {text}");
        }
        assert_eq!(index.hash(index.form_number("Old").min(index.form_number("OLD"))), 0);
    }
}

#[test]
fn quoted_stretches_are_read_once_for_each_block() {
    let document = document("One two.\nThree four.");
    let index = Index::new(&document);
    let quoted = |start: u32| vec![Quoted { range: start..start + 2 }];
    assert_eq!(index.quoted(1, || quoted(9))[0].range, 9..11);
    assert_eq!(index.quoted(1, || panic!("read before"))[0].range, 9..11);
    assert_eq!(index.quoted(0, || quoted(1))[0].range, 1..3);
    let one = Quoted { range: 4..6 };
    assert_eq!([3, 4, 5, 6].map(|byte| one.holds(byte)), [false, true, true, false]);
}

/// A document of blocks of these zones.
fn of_blocks(blocks: &[(&str, Zone)]) -> Document {
    let text = blocks.iter().map(|(text, _)| *text).collect::<Vec<_>>().join("\n");
    let mut at = 0;
    let block = |(text, zone): &(&str, Zone)| {
        let range = TextRange::new(at, at + text.len());
        at += text.len() + 1;
        Block::new(range, *zone)
    };
    let blocks = blocks.iter().map(block).collect();
    Document::new(text, blocks)
}

#[test]
fn one_story_has_one_sketch_whatever_stands_around_it() {
    const STORY: &str =
        "The ferry left the old quay at noon, and nobody on the island knew why it had to leave so early that day.";
    const OTHER: &str =
        "Rain fell on the mill and on the town all night, while the pilots of the harbour slept in their small boats.";
    let sketch = |blocks: &[(&str, Zone)]| Index::new(&of_blocks(blocks)).sketch();
    let shared = |a: [u64; 16], b: [u64; 16]| a.iter().zip(&b).filter(|(a, b)| a == b && **a != u64::MAX).count();
    let story = sketch(&[(STORY, Zone::Paragraph)]);
    let full = |sketch: [u64; 16]| sketch.iter().filter(|hash| **hash != u64::MAX).count();
    assert!(full(story) > 6, "{story:x?}");
    // Neither headings and menus nor short blocks count; nor does case.
    let around = [("MENU AND MORE OF IT", Zone::Navigation), (OTHER, Zone::Related), ("Ferry leaves", Zone::Paragraph)];
    let upper = STORY.to_uppercase();
    assert_eq!(sketch(&[around[0], around[1], around[2], (&upper, Zone::Paragraph)]), story);
    // A block of eighty bytes is long enough.
    assert!(
        full(sketch(&[(&STORY[..80], Zone::Paragraph)])) > 0 && full(sketch(&[(&STORY[..79], Zone::Paragraph)])) == 0
    );
    assert!(full(sketch(&[(OTHER, Zone::Paragraph)])) > 6);
    assert_eq!(shared(sketch(&[(OTHER, Zone::Paragraph)]), story), 0);
    // A story with a paragraph before it is mostly the same, and words in another order are not.
    assert!(shared(sketch(&[(STORY, Zone::Paragraph), (OTHER, Zone::Paragraph)]), story) >= 4);
    let turned: Vec<&str> = STORY.split(' ').rev().collect();
    assert_eq!(shared(sketch(&[(&turned.join(" "), Zone::Paragraph)]), story), 0);
    assert_eq!(sketch(&[("", Zone::Paragraph)]), [u64::MAX; 16]);
}
