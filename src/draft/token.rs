//! Tokens: a stretch of text → words, numbers and points, with every outermost quotation as one token.

use super::lexicon::Lexicon;
use super::marks::{Stretch, is_apostrophe};
use crate::model::TextRange;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, with its inner apostrophes, hyphens and points.
    Word,
    /// A number written in digits.
    Number,
    /// A whole quotation, its marks with it: the index of its stretch.
    Quoted(usize),
    /// One character that is neither; `…` stands for three points, `—` for two hyphens.
    Point(char),
}

/// A word, a number, a quotation or a point.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) range: TextRange,
    pub(super) kind: Kind,
    /// In small letters, with a straight apostrophe; empty for a quotation.
    pub(super) lower: String,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
}

impl Token {
    pub(super) fn point(&self) -> Option<char> {
        match self.kind {
            Kind::Point(c) => Some(c),
            _ => None,
        }
    }

    pub(super) fn quoted(&self) -> Option<usize> {
        match self.kind {
            Kind::Quoted(stretch) => Some(stretch),
            _ => None,
        }
    }

    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }
}

/// Cuts a range of a text into tokens. `stretches` are the outermost quotations of the whole text, in order, with the
/// index of the first that may matter.
pub(super) fn tokens(text: &str, range: TextRange, stretches: &[Stretch], lexicon: &Lexicon) -> Vec<Token> {
    let mut out = Vec::new();
    let end = range.end as usize;
    let mut at = range.start as usize;
    let mut next = stretches.partition_point(|stretch| stretch.range.start < range.start);
    while at < end {
        if let Some(stretch) = stretches.get(next)
            && stretch.range.start as usize == at
        {
            out.push(Token { range: stretch.range, kind: Kind::Quoted(next), lower: String::new(), capital: false });
            at = (stretch.range.end as usize).max(at + 1);
            next += 1;
            continue;
        }
        let limit = stretches.get(next).map_or(end, |stretch| (stretch.range.start as usize).min(end));
        let rest = &text[at..limit];
        let Some(c) = rest.chars().next() else { break };
        let length = if c.is_whitespace() || is_format(c) {
            at += c.len_utf8();
            continue;
        } else if c == '-' && lexicon.language == "fr" && is_inversion(rest) {
            at += if rest.starts_with("-t-") { 3 } else { 1 };
            continue;
        } else if c.is_alphanumeric() || matches!(c, '@' | '#' | '$' | '€' | '£') && begins_word(&rest[c.len_utf8()..])
        {
            word(rest, lexicon)
        } else if is_apostrophe(c) && clitic(rest).is_some() {
            clitic(rest).unwrap_or(c.len_utf8())
        } else {
            // A hyphen between spaces is a dash.
            let spaced = c == '-' && text[..at].ends_with(char::is_whitespace) && at > range.start as usize;
            let (kind, length) = match point(rest, c) {
                ('-', length) if spaced && rest[1..].starts_with(char::is_whitespace) => ('—', length),
                point => point,
            };
            out.push(Token {
                range: TextRange::new(at, at + length),
                kind: Kind::Point(kind),
                lower: kind.to_string(),
                capital: false,
            });
            at += length;
            continue;
        };
        let written = &rest[..length];
        let digits = written.chars().filter(char::is_ascii_digit).count();
        let letters = written.chars().filter(|c| c.is_alphabetic()).count();
        let kind =
            if digits > 0 && letters <= 2 && !written.starts_with(['@', '#']) { Kind::Number } else { Kind::Word };
        out.push(Token {
            range: TextRange::new(at, at + length),
            kind,
            lower: written.replace('’', "'").to_lowercase(),
            capital: c.is_uppercase() || matches!(c, '@' | '#'),
        });
        at += length;
    }
    out
}

fn begins_word(rest: &str) -> bool {
    rest.chars().next().is_some_and(char::is_alphanumeric)
}

/// Characters that take no room: a soft hyphen, joiners, marks of direction.
fn is_format(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE0F}')
}

/// The length of an English ending that begins with an apostrophe: ’s, ’re, ’ll; or of a bare apostrophe behind a word.
fn clitic(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices();
    let (_, mark) = characters.next()?;
    if !is_apostrophe(mark) {
        return None;
    }
    let letters: String = characters.map(|(_, c)| c).take_while(|c| c.is_alphanumeric()).take(4).collect();
    match letters.to_lowercase().as_str() {
        "s" | "re" | "ve" | "d" | "ll" | "m" => Some(mark.len_utf8() + letters.len()),
        _ => None,
    }
}

/// The length in bytes of the word that a text begins with.
fn word(rest: &str, lexicon: &Lexicon) -> usize {
    if rest.starts_with("http://") || rest.starts_with("https://") {
        return rest.find(char::is_whitespace).unwrap_or(rest.len());
    }
    let mut characters = rest.char_indices().peekable();
    let mut end = 0;
    let mut run = 0;
    let mut pointed = false;
    let mut before = '\0';
    while let Some((at, c)) = characters.next() {
        let after = characters.peek().map(|(_, next)| *next);
        let joins = match c {
            _ if c.is_alphanumeric()
                || unicode_mark(c)
                || matches!(c, '@' | '#' | '$' | '€' | '£' | '_') && at == 0 =>
            {
                run += 1;
                true
            }
            '_' => true,
            // French: l’homme, d’après, qu’il are two words each.
            '\'' | '’'
                if lexicon.language == "fr" && after.is_some_and(char::is_alphanumeric) && elides(&rest[..at]) =>
            {
                return at + c.len_utf8();
            }
            '-' if lexicon.language == "fr" && is_inversion(&rest[at..]) => false,
            '\'' | '’' => {
                after.is_some_and(char::is_alphanumeric) && clitic(&rest[at..]).is_none() && before.is_alphanumeric()
            }
            '-' | '‑' | '\u{AD}' | '&' => {
                run = 0;
                after.is_some_and(char::is_alphanumeric)
            }
            ',' => before.is_ascii_digit() && after.is_some_and(|c| c.is_ascii_digit()),
            '.' => {
                let inner = after.is_some_and(char::is_alphanumeric)
                    && (run == 1 || before.is_ascii_digit() || after.is_some_and(char::is_lowercase));
                pointed |= inner && run == 1 && before.is_alphabetic();
                run = 0;
                inner
            }
            _ => false,
        };
        if !joins {
            // The point of an abbreviation belongs to it: U.S., Mr., an initial before a name.
            if c == '.' {
                let written = rest[..at].to_lowercase();
                let initial = end == before.len_utf8() && before.is_uppercase() && !lexicon.is_pronoun(&written);
                let last = written.rsplit(['-', '.']).next().unwrap_or(&written);
                if pointed || initial || lexicon.is_abbreviation(last) {
                    return at + 1;
                }
            }
            break;
        }
        before = c;
        end = at + c.len_utf8();
    }
    end.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// Whether a French word loses its vowel before an apostrophe.
fn elides(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "l" | "d" | "n" | "s" | "j" | "c" | "m" | "t" | "qu" | "lorsqu" | "puisqu" | "jusqu" | "quoiqu"
    )
}

/// Whether a hyphen joins a French verb to its pronoun: `dit-il`, `a-t-elle`.
fn is_inversion(rest: &str) -> bool {
    let rest = rest.strip_prefix("-t").unwrap_or(rest);
    let Some(rest) = rest.strip_prefix('-') else { return false };
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).take(6).collect();
    matches!(word.as_str(), "il" | "elle" | "ils" | "elles" | "on" | "je" | "nous" | "vous")
}

/// Marks that combine with the letter before them, where they matter in the scripts that the rules know.
fn unicode_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}')
}

fn point(rest: &str, c: char) -> (char, usize) {
    if rest.starts_with("...") {
        return ('…', rest.len() - rest.trim_start_matches('.').len());
    }
    if rest.starts_with("--") {
        return ('—', rest.len() - rest.trim_start_matches('-').len());
    }
    let kind = match c {
        '–' | '―' | '⸺' => '—',
        '，' => ',',
        '。' => '.',
        '：' => ':',
        _ => c,
    };
    (kind, c.len_utf8())
}
