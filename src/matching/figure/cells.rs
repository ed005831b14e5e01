//! Cells: a claim that names the head of another row or column, and not the cell's own, speaks of another cell.

use super::lexeme;
use crate::matching::asked::Asked;
use crate::matching::fold::Kind;
use crate::matching::index::Index;
use crate::matching::lexicon;

/// Blocks on either side of a cell whose heads are compared with its own.
const SIBLINGS: usize = 60;

/// Words of a head that tell it from others: names, nouns, years.
fn words(head: &str) -> Vec<String> {
    lexeme::of_text(head)
        .iter()
        .filter(|lexeme| match lexeme.kind {
            Kind::Number | Kind::Character => true,
            Kind::Word => !lexicon::is_stop_word(&lexeme.key),
            Kind::Sign => false,
        })
        .map(|lexeme| lexeme.key.to_string())
        .collect()
}

/// Whether a statement names the head of a sibling of a cell in place of the cell's own.
pub(super) fn names_sibling(block: usize, asked: &Asked<'_>, index: &Index<'_>) -> bool {
    let blocks = &index.document().blocks;
    // The first head is the row's, the others are the column's.
    let plain = |at: usize| -> Vec<&str> {
        let heads = &blocks[at].heads;
        heads.row().into_iter().chain(heads.columns().iter().map(String::as_str)).collect()
    };
    let own = &plain(block);
    if own.len() < 2 {
        return false;
    }
    let said = |word: &String| asked.statement_keys.iter().any(|key| key == word);
    let swaps = |mine: &str, other: &str| {
        let (mine, other) = (words(mine), words(other));
        let mut only = other.iter().filter(|word| !mine.contains(word)).peekable();
        let mut unsaid = mine.iter().filter(|word| !other.contains(word)).peekable();
        only.peek().is_some() && unsaid.peek().is_some() && only.all(said) && !unsaid.any(said)
    };
    let is_sibling =
        |other: &Vec<&str>| other.len() == own.len() && other != own && (own[0] == other[0] || own[1..] == other[1..]);
    let from = block.saturating_sub(SIBLINGS);
    let until = blocks.len().min(block + SIBLINGS);
    let mut known: Vec<&str> = Vec::new();
    (from..until).map(plain).filter(is_sibling).any(|other| {
        own.iter().zip(&other).filter(|(mine, other)| mine != other).any(|(mine, other)| {
            let fresh = !known.contains(other);
            known.push(other);
            fresh && swaps(mine, other)
        })
    })
}
