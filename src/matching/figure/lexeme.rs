//! Lexemes: the tokens of any text, as the figure reader walks over them.

use crate::matching::fold::{self, Kind, bits};
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
        fold::form(raw.text(), raw.kind, &mut form);
        fold::key(&form, &mut key);
        push(
            Lexeme {
                start: raw.start as u32,
                end: raw.end as u32,
                kind: raw.kind,
                bits: raw.bits,
                form: form.clone().into(),
                key: key.clone().into(),
                gap: &text[last..raw.start],
            },
            &mut lexemes,
        );
        last = raw.end;
    });
    lexemes
}

/// The lexemes of a document.
pub(super) fn of_index<'i>(index: &'i Index<'_>) -> Vec<Lexeme<'i>> {
    of_tokens(index, 0..index.tokens().len())
}

/// The lexemes of a part of a document.
pub(super) fn of_tokens<'i>(index: &'i Index<'_>, range: std::ops::Range<usize>) -> Vec<Lexeme<'i>> {
    let mut lexemes = Vec::with_capacity(range.len());
    for (at, token) in index.tokens()[range.clone()].iter().enumerate() {
        let at = at + range.start;
        push(
            Lexeme {
                start: token.start,
                end: token.end,
                kind: token.kind,
                bits: token.bits,
                form: index.form(at).into(),
                key: index.key(at).into(),
                gap: index.gap_before(at),
            },
            &mut lexemes,
        );
    }
    lexemes
}

/// Adds a lexeme. Arabic writes its `and` with the word behind it: before digits the two are lexemes of their own.
fn push<'t>(lexeme: Lexeme<'t>, lexemes: &mut Vec<Lexeme<'t>>) {
    let split = lexeme.kind == Kind::Word
        && lexeme
            .key
            .strip_prefix('و')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if !split {
        lexemes.push(lexeme);
        return;
    }
    let and = 'و'.len_utf8();
    let digits: std::borrow::Cow<'t, str> = lexeme.key[and..].to_owned().into();
    let middle = lexeme.start + and as u32;
    lexemes.push(Lexeme { end: middle, form: "و".into(), key: "و".into(), ..lexeme.clone() });
    lexemes.push(Lexeme {
        start: middle,
        kind: Kind::Number,
        bits: bits::ADJACENT,
        form: digits.clone(),
        key: digits,
        gap: "",
        ..lexeme
    });
}
