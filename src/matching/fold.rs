//! Folding: text → tokens that can be compared, each with the place it came from.
//!
//! What the contract folds away never becomes a token, or becomes the same token: kinds of quotation marks and
//! dashes, white space, soft hyphens, zero-width and bidirectional characters, Unicode form and width. What it does
//! not fold is a token of its own: digits with what separates them, signs, currencies, `?` and `!`.
//! The source's own text is never changed; tokens are byte ranges of it.

mod forms;
mod plain;

pub(super) use forms::{form, is_currency, is_key, key};

use super::letters::{self, class};
pub(super) use super::letters::{is_apostrophe, is_dash, is_ignorable, is_quote_mark, is_unspaced};

/// What kind of token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of letters (and digits behind them).
    Word,
    /// Begins with a digit.
    Number,
    /// A currency, percent, comparison or arithmetic sign, `?` or `!`.
    Sign,
    /// One character of a script written without spaces.
    Character,
}

/// What stands between a token and the one before it, and how the token is written.
pub(super) mod bits {
    /// A sentence may begin here.
    pub(crate) const SENTENCE: u16 = 1;
    /// A hyphen or dash joins it to the token before, without spaces.
    pub(crate) const HYPHEN: u16 = 2;
    /// An apostrophe joins it to the token before.
    pub(crate) const APOSTROPHE: u16 = 4;
    /// Nothing stands between it and the token before.
    pub(crate) const ADJACENT: u16 = 8;
    /// Begins with a capital letter.
    pub(crate) const CAPITAL: u16 = 16;
    /// Two or more letters, all capitals.
    pub(crate) const ALL_CAPITALS: u16 = 32;
    /// A hyphen at a line's end joins it to the token before.
    pub(crate) const LINE_HYPHEN: u16 = 64;
    /// An opening or closing quotation mark stands before it.
    pub(crate) const QUOTE_MARK: u16 = 128;
    /// A comma, semicolon, colon or dash stands before it.
    pub(crate) const PAUSE: u16 = 256;
    /// What a hyphen between two words means for the second.
    pub(crate) const HYPHENED: u16 = HYPHEN | PAUSE;
    /// What an apostrophe between two words means for the second.
    pub(crate) const ELIDED: u16 = APOSTROPHE | QUOTE_MARK | ADJACENT;
    /// A new clause: a pause or the beginning of a sentence.
    pub(crate) const BREAK: u16 = SENTENCE | PAUSE;
    /// What may have a capital for its place alone: the beginning of a sentence or of a quotation.
    pub(crate) const OPENING: u16 = SENTENCE | QUOTE_MARK;
    /// What parts one name from the next.
    pub(crate) const PARTING: u16 = BREAK | QUOTE_MARK;
}

/// One token as the tokenizer hands it out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw<'t> {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// What kind it is.
    pub(super) kind: Kind,
    /// See [`bits`].
    pub(super) bits: u16,
    /// What it is a token of.
    whole: &'t str,
    /// Whether its text is its own folded form.
    pub(super) plain: bool,
}

impl<'t> Raw<'t> {
    /// The token's text as written.
    #[inline]
    pub(super) fn text(&self) -> &'t str {
        &self.whole[self.start..self.end]
    }
}

/// Cuts `text` into tokens and hands each to `take`, in order.
pub(super) fn tokenize<'t>(text: &'t str, mut take: impl FnMut(Raw<'t>)) {
    let mut scan = Scan::new(text);
    loop {
        scan.plain_words(&mut take);
        scan.characters(&mut take);
        let Some(raw) = scan.any() else { return };
        take(raw);
    }
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// Bits gathered since the last token.
    pending: u16,
    /// Whether white space or the text's beginning stands before.
    gap: bool,
    /// Whether a line break stands before.
    line: bool,
    /// Kind of the last token.
    last: Option<Kind>,
    near: &'static letters::Near,
    /// See [`plain::edges`].
    edges: Vec<u64>,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Self {
        let near = letters::near();
        let edges = plain::edges(text, near);
        Self { text, at: 0, pending: bits::SENTENCE, gap: true, line: false, last: None, near, edges }
    }

    fn peek(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Passes over a comma, semicolon or colon.
    #[inline]
    fn pause(&mut self) {
        self.at += 1;
        self.pending = self.pending & !(bits::HYPHEN | bits::APOSTROPHE) | bits::PAUSE | bits::ADJACENT;
    }

    #[inline(never)]
    fn any(&mut self) -> Option<Raw<'t>> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at)? {
                b' ' => {
                    self.at += 1;
                    self.gap = true;
                    continue;
                }
                b'\n' => {
                    self.at += 1;
                    (self.gap, self.line) = (true, true);
                    continue;
                }
                // What parts most words, as what comes below has it.
                b',' | b';' | b':' => {
                    self.pause();
                    continue;
                }
                byte if byte.is_ascii_alphabetic() || matches!(byte, 0xc2..=0xdf) => {
                    let start = self.at;
                    if let Some(end) = self.run(start)
                        && let Some(how) = self.plain_word(start, end)
                    {
                        let mut raw = self.token(start, end, Kind::Word, true);
                        raw.bits |= how;
                        return Some(raw);
                    }
                    if byte.is_ascii() {
                        return Some(self.word(start));
                    }
                }
                byte if byte.is_ascii_digit() => return Some(self.word(self.at)),
                _ => {}
            }
            let c = self.peek(self.at)?;
            let start = self.at;
            let class = self.near.get(c as usize).copied().unwrap_or_else(|| class(c));
            if class & letters::BEGINS != 0 {
                return Some(if class & letters::UNSPACED != 0 {
                    self.character(start, c, class)
                } else {
                    self.word(start)
                });
            }
            self.at += c.len_utf8();
            if class & letters::SPACE != 0 {
                self.line |= matches!(c, '\n' | '\u{2028}' | '\u{2029}');
                self.gap = true;
                continue;
            }
            if class & letters::IGNORABLE != 0 {
                continue;
            }
            if class & letters::DASH != 0 {
                if self.is_minus(start) {
                    return Some(self.sign(start, c));
                }
                if !self.gap && self.last.is_some() {
                    self.pending |= bits::HYPHEN;
                }
                self.pending |= bits::PAUSE;
                continue;
            }
            if class & letters::SIGN != 0 {
                let raw = self.sign(start, c);
                if matches!(c, '?' | '!' | '？' | '！' | '؟' | '\u{37e}') {
                    self.pending |= bits::SENTENCE;
                }
                return Some(raw);
            }
            if c == '.' && self.gap_or_sign() && self.peek(self.at).is_some_and(|c| c.is_ascii_digit()) {
                return Some(self.word(start));
            }
            let apostrophe = class & letters::APOSTROPHE != 0;
            match c {
                '.' if !self.ends_sentence() => {}
                '.' | '。' | '．' | '…' | '।' | '။' => self.pending |= bits::SENTENCE,
                ',' | ';' | ':' | '，' | '、' | '；' | '：' | '،' | '؛' => self.pending |= bits::PAUSE,
                _ if apostrophe
                    && !self.gap
                    && self.last == Some(Kind::Word)
                    && self.pending & !bits::ADJACENT == 0 =>
                {
                    self.pending |= bits::APOSTROPHE;
                }
                _ => {}
            }
            if class & letters::QUOTE != 0 {
                self.pending |= bits::QUOTE_MARK;
            }
            // Whatever is left is punctuation that separates but is not compared.
            if !apostrophe {
                self.pending &= !(bits::HYPHEN | bits::APOSTROPHE);
            }
            self.pending |= bits::ADJACENT;
        }
    }

    fn sign(&mut self, start: usize, c: char) -> Raw<'t> {
        self.token(start, self.at, Kind::Sign, c.is_ascii())
    }

    /// Whether a dash right before a number, behind a space or an opening bracket, is its sign.
    fn is_minus(&self, start: usize) -> bool {
        let after = self.peek(self.at).is_some_and(|c| {
            c.is_ascii_digit()
                || c == '.' && self.peek(self.at + 1).is_some_and(|c| c.is_ascii_digit())
                || is_currency(c)
        });
        let before = self.text[..start].chars().next_back();
        after
            && before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '=' | '<' | '>') || is_quote_mark(c))
    }

    /// Whether the full stop that was just passed ends a sentence: not before a small letter, nor in `14. Dezember`.
    fn ends_sentence(&self) -> bool {
        let spaces = self.text.as_bytes()[self.at..].iter().take_while(|byte| **byte == b' ').count();
        let mut rest = &self.text[self.at + spaces..];
        if !rest.as_bytes().first().is_some_and(u8::is_ascii_graphic) {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        }
        let Some(next) = rest.chars().next() else { return true };
        if next.is_lowercase() || super::titles::stands_before(next, &self.text[..self.at]) {
            return false;
        }
        if self.last == Some(Kind::Number) && next.is_uppercase() {
            let word: String = rest.chars().take_while(|c| c.is_alphabetic()).take(12).collect();
            let mut folded = String::new();
            key(&word, &mut folded);
            return super::calendar::month(&folded).is_none();
        }
        true
    }

    fn gap_or_sign(&self) -> bool {
        self.gap || self.last == Some(Kind::Sign) || self.last.is_none()
    }

    #[inline]
    fn token(&mut self, start: usize, end: usize, kind: Kind, plain: bool) -> Raw<'t> {
        let mut bits = self.pending;
        if bits == 0 {
            bits = if self.gap { 0 } else { bits::ADJACENT };
        } else if self.gap {
            if bits & bits::HYPHEN != 0 {
                bits &= !bits::HYPHEN;
                if self.line {
                    bits |= bits::LINE_HYPHEN;
                }
            }
            bits &= !(bits::APOSTROPHE | bits::ADJACENT);
        } else if bits & !bits::PAUSE == 0 || bits & !bits::ADJACENT == 0 {
            bits |= bits::ADJACENT;
        }
        self.pending = 0;
        self.gap = false;
        self.line = false;
        self.last = Some(kind);
        self.at = end;
        Raw { start, end, kind, bits, whole: self.text, plain }
    }

    /// One character of a script without spaces, with the marks that follow it.
    fn character(&mut self, start: usize, first: char, class_of_first: u16) -> Raw<'t> {
        let mut end = start + first.len_utf8();
        let mut plain = class_of_first & letters::PLAIN != 0;
        while let Some(c) = self.peek(end) {
            let class = class(c);
            if class & letters::MARK == 0 {
                break;
            }
            plain &= class & letters::PLAIN != 0;
            end += c.len_utf8();
        }
        self.token(start, end, Kind::Character, plain)
    }

    fn word(&mut self, start: usize) -> Raw<'t> {
        let bytes = self.text.as_bytes();
        let mut end = start;
        let (number, capital) = match bytes[start] {
            byte if byte.is_ascii() => (!byte.is_ascii_alphabetic(), byte.is_ascii_uppercase()),
            _ => {
                let class = class(self.peek(start).unwrap_or(' '));
                (class & letters::NUMERIC != 0, class & letters::UPPER != 0)
            }
        };
        if bytes[end] == b'.' {
            end += 1;
        }
        let (mut all, mut points) = (letters::PLAIN, false);
        loop {
            end = self.run(end).unwrap_or(end);
            match bytes.get(end) {
                Some(byte @ (b'.' | b',' | b':' | b'/' | b'\''))
                    if end > start && self.between_digits(start, end, char::from(*byte)) =>
                {
                    points |= *byte == b'.';
                    end += 1;
                }
                // `U.S.`, `e.g.`: single letters with points between them are one word.
                Some(b'.') if self.is_initial(start, end) => {
                    points = true;
                    end += 1;
                }
                Some(byte) if byte.is_ascii_alphanumeric() => {}
                Some(byte) if !byte.is_ascii() => {
                    let Some(c) = self.peek(end) else { break };
                    let class = class(c);
                    if class & letters::GOES_ON == 0 {
                        let joins = matches!(c, '٫' | '٬' | '’' | '．' | '，' | '：');
                        if !joins || !self.between_digits(start, end, c) {
                            break;
                        }
                    }
                    all &= class;
                    end += c.len_utf8();
                }
                _ => break,
            }
        }
        let plain = all & letters::PLAIN != 0;
        // Ignorable characters at the end separate nothing and belong to nothing.
        if !plain {
            while let Some(c) = self.text[start..end].chars().next_back().filter(|c| is_ignorable(*c)) {
                end -= c.len_utf8();
            }
        }
        // The points of an abbreviation are folded away.
        let plain = plain && (number || !points || !self.text[start..end].is_ascii());
        let kind = if number { Kind::Number } else { Kind::Word };
        let mut raw = self.token(start, end.max(start + 1), kind, plain);
        if capital {
            raw.bits |= bits::CAPITAL;
            if self.all_capitals(raw.start, raw.end) {
                raw.bits |= bits::ALL_CAPITALS;
            }
        }
        raw
    }

    /// Whether the point at `at` stands between two single letters of an abbreviation that begins at `start`.
    fn is_initial(&self, start: usize, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
        let alone = at >= 1 && letter(at - 1) && (at - 1 == start || bytes[at - 2] == b'.');
        let goes_on = |c: char| c.is_alphanumeric() || class(c) & letters::GOES_ON != 0;
        alone && letter(at + 1) && !self.peek(at + 2).is_some_and(goes_on)
    }

    fn between_digits(&self, start: usize, at: usize, c: char) -> bool {
        self.text[start..at].chars().next_back().is_some_and(char::is_numeric)
            && self.peek(at + c.len_utf8()).is_some_and(char::is_numeric)
    }
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
