//! Lexemes: the tokens of any text, as the figure reader walks over them.

use crate::matching::fold::{self, Kind};
use crate::matching::index::Index;

/// One token with its folded form and key.
#[derive(Debug, Clone)]
pub(super) struct Lexeme<'t> {
    /// First byte.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// What kind it is.
    pub(super) kind: Kind,
    /// See [`fold::bits`].
    pub(super) bits: u16,
    /// Its folded form.
    pub(super) form: std::borrow::Cow<'t, str>,
    /// Its key.
    pub(super) key: std::borrow::Cow<'t, str>,
    /// The text between it and the token before.
    pub(super) gap: &'t str,
}

/// The lexemes of a text.
pub(super) fn of_text(text: &str) -> Vec<Lexeme<'_>> {
    let mut lexemes = Vec::new();
    let (mut form, mut key) = (String::new(), String::new());
    let mut last = 0;
    fold::tokenize(text, |raw| {
        fold::form(raw.text, raw.kind, &mut form);
        fold::key(&form, &mut key);
        lexemes.push(Lexeme {
            start: raw.start as u32,
            end: raw.end as u32,
            kind: raw.kind,
            bits: raw.bits,
            form: form.clone().into(),
            key: key.clone().into(),
            gap: &text[last..raw.start],
        });
        last = raw.end;
    });
    lexemes
}

/// The lexemes of a document; their indices are those of its tokens.
pub(super) fn of_index<'i>(index: &'i Index<'_>) -> Vec<Lexeme<'i>> {
    index
        .tokens()
        .iter()
        .enumerate()
        .map(|(at, token)| Lexeme {
            start: token.start,
            end: token.end,
            kind: token.kind,
            bits: token.bits,
            form: index.form(at).into(),
            key: index.key(at).into(),
            gap: index.gap_before(at),
        })
        .collect()
}
