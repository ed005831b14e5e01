//! Sentences: the tokens of a paragraph → runs of tokens that end where a sentence does.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::marks::Stretch;
use super::token::{Kind, Token};

/// Tokens of the longest sentence: a run without an end is cut there, so that the work on it stays bounded.
const LONGEST: usize = 300;

/// Cuts a paragraph into sentences. A quotation is one token, so points inside it end nothing.
pub(super) fn sentences(text: &str, tokens: &[Token], stretches: &[Stretch], lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 0..tokens.len() {
        if at + 1 < tokens.len() && (at - start >= LONGEST || ends(text, tokens, at, stretches, lexicon)) {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < tokens.len() {
        found.push(start..tokens.len());
    }
    found
}

fn ends(text: &str, tokens: &[Token], at: usize, stretches: &[Stretch], lexicon: &Lexicon) -> bool {
    let next = &tokens[at + 1];
    let fresh = next.capital
        || matches!(next.kind, Kind::Quoted(_) | Kind::Number)
        || matches!(next.point(), Some('(' | '[' | '¿' | '¡' | '•' | '*' | '—'));
    match tokens[at].kind {
        Kind::Point('.' | '!' | '?' | '…') => {
            let end = tokens[at].range.end as usize;
            let spaced = next.range.start as usize > end || next.quoted().is_some();
            if matches!(tokens[at].kind, Kind::Point('…')) && !next.capital && next.quoted().is_none() {
                return false;
            }
            // A closing bracket belongs to what it closes.
            spaced && fresh
        }
        Kind::Point(')') if at > 0 && matches!(tokens[at - 1].point(), Some('.' | '!' | '?')) => fresh,
        Kind::Word if tokens[at].lower.ends_with('.') => {
            // An abbreviation may end a sentence where the next word commonly begins one.
            next.capital
                && lexicon.is_starter(&next.lower)
                && !lexicon.is_title(tokens[at].lower.trim_end_matches('.'))
                && tokens[at].lower.len() > 2
        }
        Kind::Quoted(index) => {
            let Some(stretch) = stretches.get(index) else { return false };
            let inner = text[stretch.inner.span()].trim_end();
            if !stretch.closed {
                return true;
            }
            if inner.ends_with(['.', '…']) {
                fresh && !attribution_follows(tokens, at + 1, lexicon, inner.ends_with('…'))
            } else if inner.ends_with(['!', '?', '—', '–', '-']) {
                fresh && !attribution_follows(tokens, at + 1, lexicon, true)
            } else {
                // No mark at its end: a new sentence begins only with another quotation that stands by itself.
                next.quoted().is_some() && !inner.ends_with(',')
            }
        }
        _ => false,
    }
}

/// Whether what follows a quotation says whose it is: a name or pronoun, a verb of saying, and little else.
fn attribution_follows(tokens: &[Token], from: usize, lexicon: &Lexicon, open_ended: bool) -> bool {
    let mut verb = None;
    for (offset, token) in tokens[from..].iter().take(if open_ended { 20 } else { 14 }).enumerate() {
        match token.kind {
            Kind::Point('.' | '!' | '?' | ';' | ':') => break,
            // A nickname stands in marks inside a name.
            Kind::Quoted(_) if offset == 0 || token.range.len() > 24 => break,
            _ => {}
        }
        let behind_pronoun = offset == 1 && lexicon.is_subject_pronoun(&tokens[from].lower);
        let present = behind_pronoun && lexicon.verbs(&token.lower).iter().any(|verb| verb.frame.beside);
        if (lexicon.is_speech(&token.lower) || present) && offset > 0 {
            verb = Some(from + offset);
            break;
        }
        if lexicon.is_auxiliary(&token.lower) || lexicon.is_subordinator(&token.lower) {
            return false;
        }
    }
    let Some(verb) = verb else { return false };
    let behind = tokens.get(verb + 1);
    let closes = behind.is_none_or(|token| matches!(token.point(), Some('.' | ',' | ';')))
        || behind.is_some_and(|token| lexicon.is_time(&token.lower) || lexicon.is_setting(&token.lower));
    // Behind a full stop only a bare attribution belongs to the words before it.
    if open_ended {
        closes
    } else {
        closes && behind.is_none_or(|token| token.point() == Some('.')) && verb - from <= 4
    }
}
