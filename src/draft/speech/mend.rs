//! Mending: quotations without their closing mark, marks before the speakers of a transcript, headings in capitals.

use crate::draft::lexicon::Lexicon;
use crate::draft::marks::Stretch;
use crate::draft::token::Token;
use crate::model::TextRange;

/// Closes a quotation that lacks its mark before its attribution: `“The price has doubled, said Omar Aziz.`
pub(super) fn close(text: &str, stretch: &mut Stretch, lexicon: &Lexicon) {
    let inner = &text[stretch.inner.span()];
    // What belongs to a quotation over several paragraphs is long; an attribution stands near its beginning.
    let commas = inner.match_indices(", ").take(40);
    let found = commas.map(|(at, _)| at).find(|at| {
        let mut words = inner[at + 2..].split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let bare = |word: &str| word.trim_end_matches([',', '.', ':', ';']).to_lowercase();
        let named = |word: &str| {
            word.starts_with(char::is_uppercase) && word.len() > 1
                || lexicon.is_subject_pronoun(&bare(word)) && bare(word).len() > 1
        };
        let third =
            |word: &str| !matches!(bare(word).as_str(), "i" | "we" | "you" | "ich" | "wir" | "je" | "nous" | "yo");
        lexicon.is_speech(&bare(first)) && (named(second) || lexicon.is_determiner(&bare(second)))
            || named(first) && third(first) && lexicon.is_speech(&bare(second))
    });
    if let Some(at) = found {
        stretch.inner.end = stretch.inner.start + at as u32 + 1;
        stretch.range.end = stretch.inner.end;
        stretch.closed = true;
    }
}

/// A paragraph without the mark before a speaker in capitals (`"LIND: …`), which no other mark closes: a transcript that is
/// quoted as a whole opens each of its paragraphs so.
pub(super) fn without_turn_mark(text: &str, range: TextRange) -> TextRange {
    let slice = &text[range.span()];
    let Some(mark) = slice.chars().next().filter(|c| matches!(c, '"' | '“' | '„' | '«')) else { return range };
    let rest = &slice[mark.len_utf8()..];
    let Some(colon) = rest.find(':').filter(|colon| (3..40).contains(colon)) else { return range };
    let name = &rest[..colon];
    let shouted = name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '’' | '\''))
        && name.chars().any(char::is_uppercase);
    if shouted { TextRange { start: range.start + mark.len_utf8() as u32, end: range.end } } else { range }
}

/// Takes the capitals off verbs and small words of a heading that capitalises every word.
pub(super) fn sober(tokens: &mut [Token], lexicon: &Lexicon) {
    let words = tokens.iter().filter(|token| token.is_word()).count();
    let capital = tokens.iter().filter(|token| token.capital).count();
    if !(4..=40).contains(&words) || capital * 10 < words * 7 {
        return;
    }
    for token in tokens.iter_mut().skip(1) {
        let word = token.lower.as_str();
        let verb = lexicon.verbs(word).iter().any(|verb| !verb.frame.noun_too);
        if verb
            || lexicon.is_auxiliary(word)
            || lexicon.is_subordinator(word)
            || lexicon.is_preposition(word)
            || lexicon.is_determiner(word)
            || lexicon.is_pronoun(word)
            || lexicon.is_past(word)
        {
            token.capital = false;
        }
    }
}
