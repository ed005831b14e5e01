//! Moves: words that say whether a figure goes up or down.

use std::sync::LazyLock;

use super::lexeme::Lexeme;
use super::stems::Stems;

static DIRECTIONS: LazyLock<Stems<i8>> = LazyLock::new(|| {
    Stems::read(include_str!("../terms/moves.txt"), |label| {
        Some(match label {
            "up" => 1,
            "down" => -1,
            _ => 0,
        })
    })
});

/// The direction that begins at a lexeme (1 up, -1 down, 0 where a phrase with such a word says none), and how many lexemes
/// it takes.
pub(super) fn at(language: &str, lexemes: &[Lexeme<'_>], at: usize) -> Option<(i8, usize)> {
    DIRECTIONS.at(language, lexemes, at)
}
