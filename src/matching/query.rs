//! Queries: a quotation as written → words and marks of editing, in one or more readings.
//!
//! A quotation is read literally first: brackets and ellipses may be the source's own. Only then are they read as
//! marks: `…`, `...`, `[...]`, `(...)`, `（中略）` leave out; `[words]` stand for something or explain it; `[w]ord`
//! changes a case; `[sic]` and the like say nothing; text between a closing and the next opening mark is dropped where
//! it is an attribution (`“A,” she said, “B.”`).

use memchr::memchr3;
use smol_str::SmolStr;

use super::fold::{self, Kind, bits};
use super::index::{Index, UNKNOWN, Word};
use super::lexicon;

/// One word of a quotation, with its number in the document that it is looked for in.
#[derive(Debug, Clone)]
pub(super) struct QueryWord {
    /// First byte in the query's text.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Its folded form.
    pub(super) text: SmolStr,
    /// Its form without case and accents.
    pub(super) key_text: SmolStr,
    /// Number of the form in the document.
    pub(super) form: Word,
    /// Number of the key in the document.
    pub(super) key: Word,
    /// What kind it is.
    pub(super) kind: Kind,
    /// See [`fold::bits`].
    pub(super) bits: u16,
}

/// One part of a reading, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Element {
    /// A word that must stand there.
    Word(usize),
    /// Something is left out.
    Gap,
    /// Two fragments meet: of an array, or at an attribution.
    Joint,
    /// Words in brackets: they stand for something of the source, or explain it.
    Bracket(std::ops::Range<usize>),
}

/// One reading of a quotation.
#[derive(Debug, Clone)]
pub(super) struct Query {
    /// The words, those in brackets among them.
    pub(super) words: Vec<QueryWord>,
    /// The parts, in order.
    pub(super) elements: Vec<Element>,
    /// Whether the reading takes marks as marks of editing.
    pub(super) editorial: bool,
    /// Words whose first letter stood in brackets: its case is free.
    pub(super) free_case: Vec<usize>,
}

impl Query {
    /// The words that must stand in the source, without those in brackets.
    pub(super) fn required(&self) -> impl Iterator<Item = &QueryWord> {
        self.elements.iter().filter_map(|element| match element {
            Element::Word(word) => Some(&self.words[*word]),
            _ => None,
        })
    }

    /// Runs of words between marks.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece { before: None, words: Vec::with_capacity(self.elements.len()) }];
        for element in &self.elements {
            match element {
                Element::Word(word) => {
                    if let Some(piece) = pieces.last_mut() {
                        piece.words.push(*word);
                    }
                }
                mark => {
                    let last_empty = pieces.last().is_some_and(|piece| piece.words.is_empty());
                    if last_empty && pieces.len() > 1 {
                        // Two marks in a row: the wider one counts.
                        if let Some(piece) = pieces.last_mut()
                            && !matches!(piece.before, Some(Element::Gap))
                        {
                            piece.before = Some(mark.clone());
                        }
                    } else if last_empty {
                        pieces[0].before = Some(mark.clone());
                    } else {
                        pieces.push(Piece { before: Some(mark.clone()), words: Vec::new() });
                    }
                }
            }
        }
        pieces
    }
}

/// A run of words without marks inside.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// The mark before it.
    pub(super) before: Option<Element>,
    /// Its words; empty for a mark at the quotation's end.
    pub(super) words: Vec<usize>,
}

/// The text that offsets of [`QueryWord`] count: fragments joined by ` … `, as the report shows it.
pub(super) fn text(fragments: &[String]) -> String {
    fragments.join(JOIN)
}

const JOIN: &str = " … ";

/// Every reading of a quotation, the most literal first.
pub(super) fn readings(fragments: &[String], index: &Index<'_>) -> Vec<Query> {
    let text = text(fragments);
    let mut readings = Vec::new();
    if let [_] = fragments {
        readings.push(build(&text, &[Part::Text(0..text.len())], index, false));
    }
    let mut parts = Vec::new();
    let mut at = 0;
    for (number, fragment) in fragments.iter().enumerate() {
        if number > 0 {
            parts.push(Part::Joint);
        }
        let span = at..at + fragment.len();
        at = span.end + JOIN.len();
        match split(&text[span.clone()]) {
            Some(pieces) => {
                for (number, piece) in pieces.into_iter().enumerate() {
                    if number > 0 {
                        parts.push(Part::Joint);
                    }
                    marks(&text, span.start + piece.start..span.start + piece.end, &mut parts);
                }
            }
            None => marks(&text, span, &mut parts),
        }
    }
    if readings.is_empty() || parts.len() > 1 {
        readings.push(build(&text, &parts, index, true));
    }
    readings
}

enum Part {
    Text(std::ops::Range<usize>),
    Gap,
    Joint,
    Bracket(std::ops::Range<usize>),
    /// The letter of `[w]ord` and the rest that it belongs to.
    Case(std::ops::Range<usize>),
}

/// Characters within which the next mark opens where an attribution splits a quotation, spaces among them.
const MOST_BETWEEN: usize = 200;
/// Characters of a note in round brackets, these among them.
const LONGEST_NOTE: usize = 200;

/// The fragments of a quotation that begins and ends with marks and is split by attributions; `None` for any other.
fn split(text: &str) -> Option<Vec<std::ops::Range<usize>>> {
    let trimmed = text.trim();
    let offset = text.len() - text.trim_start().len();
    let opening = trimmed.chars().next().filter(|c| fold::is_quote_mark(*c))?;
    trimmed.trim_end_matches(['.', ',', '。', '，']).chars().next_back().filter(|c| fold::is_quote_mark(*c))?;
    let inner_start = offset + opening.len_utf8();
    let mut fragments = Vec::new();
    let mut start = inner_start;
    let mut at = inner_start;
    let closing = closing_of(opening);
    while let Some(found) = text[at..].find(|c| closing.contains(&c)) {
        let close = at + found;
        let after = close + text[close..].chars().next().map_or(1, char::len_utf8);
        at = after;
        let opens = |c: char| c == opening || fold::is_quote_mark(c) && !fold::is_apostrophe(c);
        let Some((open, _)) = text[after..].char_indices().take(MOST_BETWEEN).find(|(_, c)| opens(*c)) else {
            continue;
        };
        let open = after + open;
        if is_attribution(&text[after..open]) {
            fragments.push(start..close);
            start = open + text[open..].chars().next().map_or(1, char::len_utf8);
            at = start;
        }
    }
    if fragments.is_empty() {
        return None;
    }
    let end = text
        .trim_end_matches(|c: char| c.is_whitespace() || fold::is_quote_mark(c) || matches!(c, '.' | ',' | '。'))
        .len();
    fragments.push(start..end.max(start));
    Some(fragments)
}

/// The marks that close what `opening` opens, in the styles of any language.
pub(super) fn closing_of(opening: char) -> &'static [char] {
    match opening {
        '“' | '„' | '‟' => &['”', '“', '"', '‟'],
        '"' | '＂' => &['"', '”', '＂'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '›' => &['‹'],
        '「' => &['」'],
        '『' => &['』'],
        '”' => &['”'],
        '‘' | '‚' => &['’', '‘'],
        '\'' => &['\'', '’'],
        _ => &['"', '”', '»', '」', '』', '’'],
    }
}

/// Whether what stands between two quotation marks says who speaks: short, and with a word of saying.
fn is_attribution(between: &str) -> bool {
    let trimmed = between.trim();
    if trimmed.is_empty() || trimmed.chars().count() > 90 {
        return false;
    }
    // It is set off on both sides: `,” she said, “`. What runs on into the next quotation is the article's own sentence.
    if !trimmed.ends_with([',', '.', ':', ';', '—', '–', '-', '、', '，', '。', '：']) {
        return false;
    }
    let mut words = 0;
    fold::tokenize(trimmed, |raw| words += if raw.kind == Kind::Character { 0 } else { 1 });
    words <= 14 && lexicon::has_saying(trimmed)
}

/// Cuts a span of the text at its marks of editing.
fn marks(text: &str, span: std::ops::Range<usize>, parts: &mut Vec<Part>) {
    let mut start = span.start;
    let mut at = span.start;
    let end = span.end;
    // Whether a bracket may still close: where none does, none is looked for again.
    let mut closes = true;
    let flush = |parts: &mut Vec<Part>, from: usize, to: usize| {
        if !text[from..to].trim().is_empty() {
            parts.push(Part::Text(from..to));
        }
    };
    let mut firsts = Firsts::new(&text.as_bytes()[..end]);
    while at < end {
        let Some(first) = firsts.from(at) else { break };
        at = first;
        let rest = &text[at..end];
        if let Some(length) = ellipsis(rest) {
            flush(parts, start, at);
            parts.push(Part::Gap);
            at += length;
            start = at;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        if matches!(c, '[' | '［' | '【' | '〔')
            && closes
            && let Some(length) = rest.find([']', '］', '】', '〕']).or_else(|| {
                closes = false;
                None
            })
        {
            let inner = at + c.len_utf8()..at + length;
            let close = at + length + text[at + length..].chars().next().map_or(1, char::len_utf8);
            let content = text[inner.clone()].trim();
            let follows = text[close..end].chars().next();
            if lexicon::is_editorial_note(content) || content.is_empty() {
                flush(parts, start, at);
                parts.push(Part::Text(at..at));
            } else if content.chars().count() == 1
                && content.chars().all(char::is_alphabetic)
                && follows.is_some_and(|c| c.is_alphabetic() && !fold::is_unspaced(c))
            {
                flush(parts, start, at);
                let tail: usize =
                    text[close..end].chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
                parts.push(Part::Case(inner.start..close + tail));
                at = close + tail;
                start = at;
                continue;
            } else {
                flush(parts, start, at);
                parts.push(Part::Bracket(inner));
            }
            at = close;
            start = at;
            continue;
        }
        if matches!(c, '(' | '（')
            && let Some((length, _)) = rest.char_indices().take(LONGEST_NOTE).find(|(_, c)| matches!(c, ')' | '）'))
            && lexicon::is_editorial_note(&rest[c.len_utf8()..length])
        {
            flush(parts, start, at);
            at += length + text[at + length..].chars().next().map_or(1, char::len_utf8);
            start = at;
            parts.push(Part::Text(at..at));
            continue;
        }
        at += c.len_utf8();
    }
    flush(parts, start, end);
}

/// The bytes that a mark of editing may begin with: none begins with any other.
struct Firsts<'t> {
    text: &'t [u8],
    /// The next in ASCII and the next other one, each looked for only where the last is passed.
    ascii: usize,
    other: usize,
}

impl<'t> Firsts<'t> {
    fn new(text: &'t [u8]) -> Self {
        Self { text, ascii: 0, other: 0 }
    }

    /// The first at `at` or behind, which never goes back.
    fn from(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let place = |found: Option<usize>| found.map_or(self.text.len(), |found| at + found);
        if self.ascii <= at {
            self.ascii = place(memchr3(b'.', b'[', b'(', rest));
        }
        if self.other <= at {
            self.other = place(memchr3(0xe2, 0xe3, 0xef, rest));
        }
        Some(self.ascii.min(self.other)).filter(|next| *next < self.text.len())
    }
}

/// The length of the ellipsis at the beginning of `rest`, with its brackets.
fn ellipsis(rest: &str) -> Option<usize> {
    // Asked at every full stop of every quotation.
    let close = match rest.chars().next()? {
        '.' | '…' | '⋯' => return dots(rest),
        '[' => ']',
        '(' => ')',
        '（' => '）',
        '［' => '］',
        _ => return None,
    };
    let mut inner = rest.chars();
    inner.next();
    let body = inner.as_str().trim_start_matches(' ');
    let words = ["中略", "略", "后略", "前略", "後略"];
    let word = || words.iter().find(|word| body.starts_with(**word)).map(|word| word.len());
    let left_out = dots(body).or_else(word)?;
    let after = body[left_out..].trim_start_matches(' ').strip_prefix(close)?;
    Some(rest.len() - after.len())
}

/// The length of a run of dots that leaves something out: `…`, `..` in brackets, `...`, `. . .`.
fn dots(text: &str) -> Option<usize> {
    if text.starts_with('…') || text.starts_with('⋯') {
        return Some(text.chars().take_while(|c| matches!(c, '…' | '⋯' | '.')).map(char::len_utf8).sum());
    }
    let mut count = 0;
    let mut end = 0;
    let mut spaces = 0;
    for (at, c) in text.char_indices() {
        match c {
            '.' => {
                count += 1;
                end = at + 1;
                spaces = 0;
            }
            ' ' | '\u{a0}' if count > 0 && spaces == 0 => spaces += 1,
            _ => break,
        }
    }
    let bracketed = text[end..].trim_start().starts_with([']', ')', '）', '］']);
    (count >= 3 || count == 2 && bracketed).then_some(end)
}

fn build(text: &str, parts: &[Part], index: &Index<'_>, editorial: bool) -> Query {
    // Most languages have no more words to so many bytes.
    let most = text.len() / 5 + 4;
    let (words, elements) = (Vec::with_capacity(most), Vec::with_capacity(most));
    let mut query = Query { words, elements, editorial, free_case: Vec::new() };
    for part in parts {
        match part {
            Part::Text(span) => {
                let from = query.words.len();
                push(text, span.clone(), index, &mut query.words);
                query.elements.extend((from..query.words.len()).map(Element::Word));
            }
            Part::Gap => query.elements.push(Element::Gap),
            Part::Joint => query.elements.push(Element::Joint),
            Part::Bracket(span) => {
                let from = query.words.len();
                push(text, span.clone(), index, &mut query.words);
                query.elements.push(Element::Bracket(from..query.words.len()));
            }
            Part::Case(span) => {
                let plain: String =
                    text[span.clone()].chars().filter(|c| !matches!(c, ']' | '］' | '】' | '〕' | ' ')).collect();
                let from = query.words.len();
                push(&plain, 0..plain.len(), index, &mut query.words);
                for word in from..query.words.len() {
                    query.words[word].start = span.start;
                    query.words[word].end = span.end;
                    query.elements.push(Element::Word(word));
                }
                query.free_case.push(from);
            }
        }
    }
    query
}

/// Cuts a span into words. Hyphens at a line's end are taken back where the document has the whole word.
fn push(text: &str, span: std::ops::Range<usize>, index: &Index<'_>, words: &mut Vec<QueryWord>) {
    let from = words.len();
    let (mut form, mut key) = (String::new(), String::new());
    fold::tokenize(&text[span.clone()], |raw| {
        let form = if raw.plain {
            raw.text()
        } else {
            fold::form(raw.text(), raw.kind, &mut form);
            form.as_str()
        };
        if raw.bits & bits::LINE_HYPHEN != 0
            && let Some(before) = words[from..].last_mut()
        {
            let joined = format!("{}{form}", before.text);
            let number = index.form_number(&joined);
            if number != UNKNOWN {
                before.end = span.start + raw.end;
                before.form = number;
                before.key = index.key_of_form(number);
                before.key_text = SmolStr::new(index.key_text(before.key));
                before.text = SmolStr::new(joined);
                return;
            }
        }
        let number = index.form_number(form);
        let text = SmolStr::new(form);
        let (key, key_text) = if number != UNKNOWN {
            let key = index.key_of_form(number);
            (key, if key == number { text.clone() } else { SmolStr::new(index.key_text(key)) })
        } else {
            fold::key(form, &mut key);
            (index.key_number(&key), if key == form { text.clone() } else { SmolStr::new(&key) })
        };
        words.push(QueryWord {
            start: span.start + raw.start,
            end: span.start + raw.end,
            text,
            key_text,
            form: number,
            key,
            kind: raw.kind,
            bits: raw.bits,
        });
    });
}

/// The words of any text, numbered in a document; marks mean nothing here.
pub(super) fn plain_words(text: &str, index: &Index<'_>) -> Vec<QueryWord> {
    let mut words = Vec::new();
    push(text, 0..text.len(), index, &mut words);
    words
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
