//! Turns: one block in which several people speak in turn, each under a label (`Ana Ruiz: … Bo Lind: …`), becomes a block
//! for each turn, as if the page had set them apart.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use crate::model::{Block, Document, TextRange, Where, Zone};

/// The longest label, in bytes and in words.
const LONG: usize = 60;
const WORDS: usize = 5;
/// Blocks that are made of one.
const MOST: usize = 2_000;

/// A label: where it begins, and whether a line does.
struct Label<'t> {
    at: usize,
    name: &'t str,
    line: bool,
}

/// Takes the blocks of a document apart where another turn begins.
pub(super) fn split(document: &mut Document) {
    let mut cuts: Vec<(usize, Vec<usize>)> = Vec::new();
    {
        let text = &*document.text;
        let labelled: Vec<(usize, Vec<Label<'_>>)> = document
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| may_hold_turns(block))
            .map(|(number, block)| (number, labels(&text[block.range.span()])))
            .filter(|(_, labels)| !labels.is_empty())
            .collect();
        if labelled.iter().all(|(_, labels)| labels.len() < 2) {
            return;
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for label in labelled.iter().flat_map(|(_, labels)| labels) {
            *counts.entry(label.name).or_default() += 1;
        }
        for (number, labels) in &labelled {
            // Inside a line one word before a colon may be anything, unless it comes again.
            let sure = |label: &&Label<'_>| {
                label.line || label.name.contains(' ') || counts.get(label.name).is_some_and(|count| *count > 1)
            };
            let own: Vec<&Label<'_>> = labels.iter().filter(sure).collect();
            let lines = own.iter().filter(|label| label.line).map(|label| label.name).collect::<HashSet<_>>().len();
            let all = own.iter().map(|label| label.name).collect::<HashSet<_>>().len();
            // A list of facts (`Founded: 1902`) has labels as well; what is said has sentences.
            let words = &text[document.blocks[*number].range.span()];
            let ends = own.iter().skip(1).map(|label| label.at).chain([words.len()]);
            let said =
                own.iter().zip(ends).filter(|(label, end)| is_said(&words[label.at + label.name.len() + 1..*end]));
            if said.count() * 2 < own.len().max(2) {
                continue;
            }
            let opens = own.first().is_some_and(|label| label.at == 0);
            if lines < 2 && (all < 2 || !opens) {
                continue;
            }
            let taken = own.iter().filter(|label| label.at > 0 && (opens || label.line)).map(|label| label.at);
            cuts.push((*number, taken.take(MOST).collect()));
        }
    }
    if cuts.is_empty() {
        return;
    }
    let mut text = document.text.to_string();
    let mut blocks = Vec::with_capacity(document.blocks.len() + cuts.len());
    let mut cuts = cuts.into_iter().peekable();
    for (number, block) in std::mem::take(&mut document.blocks).into_iter().enumerate() {
        let Some((_, own)) = cuts.next_if(|(at, _)| *at == number) else {
            blocks.push(block);
            continue;
        };
        let (mut start, end) = (block.range.start as usize, block.range.end as usize);
        let first = start;
        for cut in own {
            let at = first + cut;
            let turn = start + text[start..at].trim_end().len();
            // The white space before a label becomes the border between two blocks, which belongs to none.
            text.replace_range(at - 1..at, "\n");
            if turn > start {
                blocks.push(Block { range: TextRange::new(start, turn), ..block.clone() });
            }
            start = at;
        }
        blocks.push(Block { range: TextRange::new(start, end), ..block });
    }
    document.text = Arc::from(text);
    document.blocks = blocks;
}

fn may_hold_turns(block: &Block) -> bool {
    block.zone.place() == Where::Body
        && matches!(
            block.zone,
            Zone::Paragraph | Zone::Preformatted | Zone::Blockquote | Zone::ListItem | Zone::LiveEntry
        )
        && block.range.len() > 12
}

/// The labels of a block: at its beginning, behind a line break, and behind the end of a sentence, outside quotation marks.
fn labels(text: &str) -> Vec<Label<'_>> {
    let mut found = Vec::new();
    let mut colons = memchr::memchr_iter(b':', text.as_bytes()).peekable();
    if colons.peek().is_none() {
        return found;
    }
    let (mut seen, mut open) = (0_usize, 0_i32);
    for colon in colons {
        if !text[colon + 1..].starts_with([' ', '\n', '\u{a0}']) {
            continue;
        }
        let Some(at) = beginning(text, colon) else { continue };
        for c in text[seen..at].chars() {
            match c {
                '“' | '«' | '„' => open += 1,
                '”' | '»' => open = (open - 1).max(0),
                // A mark that opens and closes.
                '"' => open = i32::from(open == 0),
                _ => {}
            }
        }
        seen = at;
        let line = at == 0 || text[..at].ends_with('\n');
        if line {
            open = 0;
        }
        if open == 0 {
            found.push(Label { at, name: &text[at..colon], line });
        }
    }
    found
}

/// Where the label before a colon begins, if it is one: words with capitals behind the end of a line or a sentence.
fn beginning(text: &str, colon: usize) -> Option<usize> {
    let mut from = colon.saturating_sub(LONG);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut at = colon;
    for _ in 0..WORDS {
        let before = &text[from..at];
        let word = before.rfind([' ', '\n']).map_or(from, |gap| from + gap + 1);
        if word == from && from > 0 || !is_capital(&text[word..at]) {
            return None;
        }
        if word == 0 || text[..word].ends_with('\n') {
            return Some(word);
        }
        let ended = text[..word].trim_end().trim_end_matches(['"', '”', '’', '»', ')', '\'']);
        if ended.ends_with(['.', '?', '!', '…']) && !is_shortened(ended) {
            return Some(word);
        }
        at = word - 1;
    }
    None
}

/// Whether what stands behind a label is said: a sentence, or as long as one.
fn is_said(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['"', '”', '’', '»', ')']);
    text.ends_with(['.', '?', '!', '…', '。', '？', '！']) || text.split_whitespace().nth(5).is_some()
}

/// Whether a word is one of a name: a capital first, and nothing but letters.
fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
}

/// Whether a full stop ends a title or an initial and no sentence: `Dr. Ruiz:`, `A. Ruiz:`.
fn is_shortened(ended: &str) -> bool {
    let last = ended.rsplit([' ', '\n']).next().unwrap_or(ended);
    let word = last.trim_end_matches('.');
    // A short word right behind a label is all of its turn.
    let turn = ended[..ended.len() - last.len()].trim_end().ends_with(':');
    !turn && ended.ends_with('.') && word.starts_with(char::is_uppercase) && word.chars().count() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(text: &str) -> Vec<String> {
        let mut document = Document::new(text, vec![Block::new(TextRange::new(0, text.len()), Zone::Paragraph)]);
        split(&mut document);
        document.blocks.iter().map(|block| document.slice(block.range).to_owned()).collect()
    }

    #[test]
    fn a_block_of_several_turns_is_taken_apart() {
        assert_eq!(
            turns("Ana Ruiz: The mill burned. It was old. Bo Lind: The cellar is dry."),
            ["Ana Ruiz: The mill burned. It was old.", "Bo Lind: The cellar is dry."]
        );
        assert_eq!(
            turns("They met.\nAna: The mill.\nBo: The cellar."),
            ["They met.", "Ana: The mill.", "Bo: The cellar."]
        );
        assert_eq!(turns("Ana: Why? Bo: Rain. Ana: And now? Bo: Sun.").len(), 4);
        assert_eq!(turns("Ana: Quem? Dr. Bo Lind: Eu. Ana: E agora?").len(), 3);
    }

    #[test]
    fn a_colon_alone_begins_no_turn() {
        for text in [
            "Ana Ruiz: The mill burned. Note: the mill is old.",
            "She was clear. Ana Ruiz: “We open.” Bo Lind: “We do not.”",
            "Ana Ruiz: “He said. Bo Lind: nothing.”",
            "It opens at 10:30. Bring: a coat.",
            "Ana Ruiz: The mill burned. Ana Ruiz: It was old.",
            "Founded: 1902\nStaff: 8,400\nChair: Ana Ruiz, 59",
        ] {
            assert_eq!(turns(text), [text]);
        }
    }
}
