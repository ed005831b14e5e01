//! Lexemes: the tokens of any text, as the figure reader walks over them.

use std::cell::Cell;

use crate::matching::fold::{self, Kind, bits};
use crate::matching::index::{Index, UNKNOWN, Word};

/// What a word was asked before: every reader of a sentence asks the same of each, again and again, and the tables that
/// answer are many.
#[derive(Debug, Clone, Default)]
pub(super) struct Memo {
    /// Two bits for each [`Ask`]: whether it was asked, and the answer.
    answers: Cell<u32>,
    /// The direction that begins here, see [`Memo::direction`]; zero before it was asked.
    direction: Cell<u16>,
}

/// What can be answered by yes or no.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ask {
    /// See [`super::sense::is_content`].
    Content,
    /// Whether it says what a figure is said of, apart from the figures themselves.
    Tells,
    /// Whether it tells what is done.
    Doing,
    /// Whether it opens another part of the sentence.
    Breaks,
}

impl Memo {
    /// The answer given before, else what `tell` says.
    #[inline]
    pub(super) fn told(&self, ask: Ask, tell: impl FnOnce() -> bool) -> bool {
        let shift = 2 * ask as u32;
        match self.answers.get() >> shift & 3 {
            0 => {
                let holds = tell();
                self.answers.set(self.answers.get() + ((2 + u32::from(holds)) << shift));
                holds
            }
            answer => answer & 1 == 1,
        }
    }

    /// The same for the direction that begins at a word, and how many lexemes it takes.
    pub(super) fn direction(&self, tell: impl FnOnce() -> Option<(i8, usize)>) -> Option<(i8, usize)> {
        const NONE: u16 = 1;
        match self.direction.get() {
            0 => {
                let direction = tell();
                self.direction.set(match direction {
                    None => NONE,
                    // A sign and a length that do not fit are told anew.
                    Some((sign @ -1..=1, length @ 1..=255)) => ((length as u16) << 4) + (sign + 2) as u16,
                    Some(_) => 0,
                });
                direction
            }
            NONE => None,
            told => Some(((told & 15) as i8 - 2, usize::from(told >> 4))),
        }
    }
}

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
    /// Number of the key in its document; [`UNKNOWN`] in other texts.
    pub(super) number: Word,
    /// What it was asked, as part of one sentence.
    pub(super) memo: Memo,
}

/// The lexemes of a text.
pub(super) fn of_text(text: &str) -> Vec<Lexeme<'_>> {
    let mut lexemes = Vec::new();
    let (mut form, mut key) = (String::new(), String::new());
    let mut last = 0;
    fold::tokenize(text, |raw| {
        let plain = raw.plain && raw.text().is_ascii();
        if !plain {
            fold::form(raw.text(), raw.kind, &mut form);
        }
        let own = plain && fold::is_key(raw.text());
        if !own {
            fold::key(if plain { raw.text() } else { &form }, &mut key);
        }
        push(
            Lexeme {
                start: raw.start as u32,
                end: raw.end as u32,
                kind: raw.kind,
                bits: raw.bits,
                form: if plain { raw.text().into() } else { form.clone().into() },
                key: if own { raw.text().into() } else { key.clone().into() },
                gap: &text[last..raw.start],
                number: UNKNOWN,
                memo: Memo::default(),
            },
            &mut lexemes,
        );
        last = raw.end;
    });
    lexemes
}

/// The forms of a document's numbers.
pub(super) fn numbers<'i>(index: &'i Index<'_>) -> impl Iterator<Item = &'i str> {
    index.tokens().iter().enumerate().filter_map(|(at, token)| match token.kind {
        Kind::Number => Some(index.form(at)),
        Kind::Word => behind_and(index.key(at)),
        _ => None,
    })
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
                number: token.key,
                memo: Memo::default(),
            },
            &mut lexemes,
        );
    }
    lexemes
}

/// The digits behind an Arabic `and`, with what separates them.
fn behind_and(key: &str) -> Option<&str> {
    let is_digit = |byte: u8| byte.is_ascii_digit();
    key.strip_prefix('و').filter(|rest| {
        rest.bytes().next().is_some_and(is_digit)
            && rest.bytes().all(|byte| is_digit(byte) || matches!(byte, b'.' | b','))
    })
}

/// Adds a lexeme. Arabic writes its `and` with the word behind it: before digits the two are lexemes of their own.
fn push<'t>(lexeme: Lexeme<'t>, lexemes: &mut Vec<Lexeme<'t>>) {
    if lexeme.kind != Kind::Word || behind_and(&lexeme.key).is_none() {
        lexemes.push(lexeme);
        return;
    }
    let and = 'و'.len_utf8();
    let digits: std::borrow::Cow<'t, str> = lexeme.key[and..].to_owned().into();
    let middle = lexeme.start + and as u32;
    let whole = Lexeme { number: UNKNOWN, ..lexeme };
    lexemes.push(Lexeme { end: middle, form: "و".into(), key: "و".into(), ..whole.clone() });
    lexemes.push(Lexeme {
        start: middle,
        kind: Kind::Number,
        bits: bits::ADJACENT,
        form: digits.clone(),
        key: digits,
        gap: "",
        ..whole
    });
}

#[cfg(test)]
mod tests {
    use super::{Ask, Memo};

    #[test]
    fn a_memo_gives_each_answer_again_and_asks_once() {
        let asks = [Ask::Content, Ask::Tells, Ask::Doing, Ask::Breaks];
        for answers in 0..16_u32 {
            let memo = Memo::default();
            let answer = |at: usize| answers >> at & 1 == 1;
            for (at, ask) in asks.into_iter().enumerate() {
                assert_eq!(memo.told(ask, || answer(at)), answer(at));
            }
            for (at, ask) in asks.into_iter().enumerate() {
                assert_eq!(memo.told(ask, || unreachable!("it was asked")), answer(at), "{ask:?} of {answers}");
            }
        }
    }

    #[test]
    fn a_memo_keeps_directions_that_fit() {
        for kept in [None, Some((-1, 1)), Some((0, 1)), Some((1, 1)), Some((-1, 255)), Some((1, 254)), Some((1, 16))] {
            let memo = Memo::default();
            assert_eq!(memo.direction(|| kept), kept);
            assert_eq!(memo.direction(|| unreachable!("it was asked")), kept);
            // Other answers are not touched by it.
            assert!(memo.told(Ask::Content, || true));
        }
        for told_anew in [Some((2, 1)), Some((-2, 1)), Some((1, 256)), Some((1, 0))] {
            let memo = Memo::default();
            assert_eq!(memo.direction(|| told_anew), told_anew);
            assert_eq!(memo.direction(|| Some((1, 3))), Some((1, 3)));
        }
    }
}
