//! Cells: a claim that names the head of another row or column, and not the cell's own, speaks of another cell.

use super::lexeme;
use crate::matching::asked::Asked;
use crate::matching::fold::Kind;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::model::Block;

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
    let own = &blocks[block].heads;
    // The first head is the row's, the others are the column's.
    if own.len() < 2 {
        return false;
    }
    let said = |word: &String| asked.statement_keys.iter().any(|key| key == word);
    let swaps = |mine: &String, other: &String| {
        let (mine, other) = (words(mine), words(other));
        let mut only = other.iter().filter(|word| !mine.contains(word)).peekable();
        let mut unsaid = mine.iter().filter(|word| !other.contains(word)).peekable();
        only.peek().is_some() && unsaid.peek().is_some() && only.all(said) && !unsaid.any(said)
    };
    let is_sibling = |other: &Block| {
        other.heads.len() == own.len()
            && own.iter().zip(&other.heads).filter(|(mine, other)| mine != other).count() > 0
            && (own[0] == other.heads[0] || own[1..] == other.heads[1..])
    };
    let from = block.saturating_sub(SIBLINGS);
    let until = blocks.len().min(block + SIBLINGS);
    let mut known: Vec<&String> = Vec::new();
    blocks[from..until].iter().filter(|other| is_sibling(other)).any(|other| {
        own.iter().zip(&other.heads).filter(|(mine, other)| mine != other).any(|(mine, other)| {
            let fresh = !known.contains(&other);
            known.push(other);
            fresh && swaps(mine, other)
        })
    })
}
