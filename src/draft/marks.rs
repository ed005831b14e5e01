//! Quotation marks: a paragraph → the stretches that stand in them, outermost only.
//!
//! Takes every style of marks, mixed and unbalanced ones, in one pass: what is not closed ends with its paragraph and
//! says so. Reads each character a bounded number of times, however many marks there are.

pub(super) mod incise;

use crate::model::TextRange;

/// A stretch between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// From the opening to behind the closing mark; to the end of the paragraph where none closes it.
    pub(super) range: TextRange,
    /// What stands between the marks.
    pub(super) inner: TextRange,
    /// Whether a mark closes it.
    pub(super) closed: bool,
    /// Whether its marks are single ones.
    pub(super) single: bool,
}

/// How many candidates for the end of a quotation in single marks are weighed.
const CANDIDATES: usize = 12;
/// How far the end of one is looked for, in bytes: further away stands an apostrophe.
const REACH: usize = 3_000;

/// A kind of marks that open and close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Curly,
    Straight,
    Low,
    Guillemets,
    Reversed,
    Twin,
    Corner,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    length: usize,
    written: char,
    before: char,
    after: char,
}

/// Finds the outermost stretches of a paragraph, in order.
pub(super) fn stretches(text: &str, paragraph: TextRange) -> Vec<Stretch> {
    let marks = marks(text, paragraph);
    let doubles: Vec<Mark> = marks.iter().copied().filter(|mark| !is_single(mark.written)).collect();
    let singles: Vec<Mark> = marks.iter().copied().filter(|mark| is_single(mark.written)).collect();
    let mut found = double(text, paragraph, &doubles);
    let inner = single(&singles, &found);
    if !inner.is_empty() {
        found.extend(inner);
        found.sort_by_key(|stretch| stretch.range.start);
    }
    found
}

/// Whether a mark may be an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

/// Every character of a paragraph that may be a mark.
fn marks(text: &str, paragraph: TextRange) -> Vec<Mark> {
    let slice = &text[paragraph.span()];
    let mut found = Vec::new();
    let mut before = '\n';
    let mut characters = slice.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let start = paragraph.start as usize + at;
        let next = characters.peek().map(|(_, next)| *next);
        let twin = (c == '\'' || c == '`') && next == Some(c);
        if twin {
            characters.next();
            let after = characters.peek().map_or('\n', |(_, next)| *next);
            found.push(Mark { at: start, length: 2, written: if c == '`' { '‶' } else { '‴' }, before, after });
        } else if matches!(
            c,
            '“' | '”'
                | '"'
                | '„'
                | '«'
                | '»'
                | '‘'
                | '’'
                | '\''
                | '‚'
                | '‹'
                | '›'
                | '「'
                | '」'
                | '『'
                | '』'
                | '＂'
                | '‟'
        ) {
            let written = if c == '＂' { '"' } else { c };
            found.push(Mark { at: start, length: c.len_utf8(), written, before, after: next.unwrap_or('\n') });
        }
        before = c;
    }
    found
}

fn opens(mark: &Mark) -> Option<Style> {
    let free = !mark.before.is_alphanumeric();
    let ahead = !mark.after.is_whitespace();
    match mark.written {
        '“' | '‟' if free || ahead => Some(Style::Curly),
        '”' if free && ahead && (mark.before.is_whitespace() || matches!(mark.before, '(' | '[' | '—')) => {
            Some(Style::Curly)
        }
        '"' if free && ahead => Some(Style::Straight),
        '„' => Some(Style::Low),
        '«' if free => Some(Style::Guillemets),
        '»' if free && ahead => Some(Style::Reversed),
        '‶' => Some(Style::Twin),
        '‴' if free && ahead => Some(Style::Twin),
        '「' | '『' => Some(Style::Corner),
        _ => None,
    }
}

fn closes(style: Style, mark: &Mark) -> bool {
    match style {
        Style::Curly => matches!(mark.written, '”' | '"'),
        Style::Straight => matches!(mark.written, '"' | '”'),
        Style::Low => matches!(mark.written, '“' | '”' | '"' | '‟'),
        Style::Guillemets => mark.written == '»',
        Style::Reversed => mark.written == '«',
        Style::Twin => matches!(mark.written, '‴' | '"'),
        Style::Corner => matches!(mark.written, '」' | '』'),
    }
}

/// Whether a mark of the same style opens once more inside: only one that can do nothing else.
fn nests(style: Style, mark: &Mark) -> bool {
    match style {
        Style::Curly => mark.written == '“',
        Style::Straight | Style::Twin => {
            matches!(mark.written, '"' | '‴' | '“') && mark.before.is_whitespace() && mark.after.is_alphanumeric()
        }
        Style::Low => mark.written == '„',
        Style::Guillemets => mark.written == '«',
        Style::Reversed => mark.written == '»' && mark.before.is_whitespace(),
        Style::Corner => matches!(mark.written, '「' | '『'),
    }
}

fn double(text: &str, paragraph: TextRange, marks: &[Mark]) -> Vec<Stretch> {
    let mut found = Vec::new();
    // Once the marks of a paragraph do not come out even, each stretch ends at the first mark that can close it.
    let mut even = true;
    let mut at = 0;
    while at < marks.len() {
        let open = marks[at];
        let Some(style) = opens(&open) else {
            at += 1;
            continue;
        };
        let mut close = None;
        if even {
            close = nested_close(style, marks, at);
            even = close.is_some();
        }
        if close.is_none() {
            close = (at + 1..marks.len()).find(|index| closes(style, &marks[*index]) && can_end(&marks[*index]));
        }
        let inner = open.at + open.length;
        match close {
            Some(index) => {
                let close = marks[index];
                if close.at > inner && text[inner..close.at].chars().any(char::is_alphanumeric) {
                    found.push(Stretch {
                        range: TextRange::new(open.at, close.at + close.length),
                        inner: TextRange::new(inner, close.at),
                        closed: true,
                        single: false,
                    });
                }
                at = index + 1;
            }
            None => {
                let end = paragraph.start as usize + text[paragraph.span()].trim_end().len();
                if end > inner && text[inner..end].chars().any(char::is_alphanumeric) {
                    found.push(Stretch {
                        range: TextRange::new(open.at, end),
                        inner: TextRange::new(inner, end),
                        closed: false,
                        single: false,
                    });
                }
                break;
            }
        }
    }
    found
}

/// A mark that stands free before a word ends nothing, if it also could begin something.
fn can_end(mark: &Mark) -> bool {
    !(mark.before.is_whitespace() && mark.after.is_alphanumeric() && matches!(mark.written, '"' | '‴'))
}

fn nested_close(style: Style, marks: &[Mark], open: usize) -> Option<usize> {
    let mut depth = 1;
    for (index, mark) in marks.iter().enumerate().skip(open + 1) {
        if nests(style, mark) {
            depth += 1;
        } else if closes(style, mark) {
            depth -= 1;
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

/// Stretches in single marks that no stretch in double ones contains.
fn single(marks: &[Mark], outer: &[Stretch]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut next_outer = 0;
    let mut at = 0;
    while at < marks.len() {
        let open = marks[at];
        while outer.get(next_outer).is_some_and(|stretch| (stretch.range.end as usize) <= open.at) {
            next_outer += 1;
        }
        let inside = outer.get(next_outer).is_some_and(|stretch| (stretch.range.start as usize) <= open.at);
        let limit = outer.get(next_outer).map_or(usize::MAX, |stretch| stretch.range.start as usize);
        let opener = match open.written {
            '‹' => true,
            '‘' | '‚' | '\'' => !open.before.is_alphanumeric() && begins_quote(open.after),
            _ => false,
        };
        if inside || !opener {
            at += 1;
            continue;
        }
        match single_close(marks, at, limit) {
            Some(index) => {
                let close = marks[index];
                found.push(Stretch {
                    range: TextRange::new(open.at, close.at + close.length),
                    inner: TextRange::new(open.at + open.length, close.at),
                    closed: true,
                    single: true,
                });
                at = index + 1;
            }
            None => at += 1,
        }
    }
    found
}

fn begins_quote(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '[' | '…' | '$' | '€' | '£' | '¿' | '¡' | '@' | '#' | '“' | '"')
}

fn single_close(marks: &[Mark], open: usize, limit: usize) -> Option<usize> {
    let mark = marks[open];
    let mut candidates: Vec<usize> = Vec::new();
    for (index, close) in marks.iter().enumerate().skip(open + 1).take(400) {
        if close.at > limit || close.at > mark.at + REACH || candidates.len() >= CANDIDATES {
            break;
        }
        let fits = match mark.written {
            '‹' => close.written == '›',
            '‚' => matches!(close.written, '‘' | '’' | '\''),
            '‘' => close.written == '’' || close.written == '\'',
            _ => is_apostrophe(close.written),
        };
        let behind_word = !close.before.is_whitespace() && !matches!(close.before, '(' | '[' | '—');
        if fits && behind_word && !close.after.is_alphanumeric() {
            if matches!(close.before, '.' | ',' | '!' | '?' | '…') || mark.written == '‹' {
                return Some(index);
            }
            candidates.push(index);
        } else if matches!(close.written, '‘' | '‚') && !candidates.is_empty() {
            break;
        }
    }
    let first = *candidates.first()?;
    // Behind an s the first may be the apostrophe of a plural, and the quotation go on.
    let plural = matches!(marks[first].before, 's' | 'S') && marks[first].after.is_whitespace();
    if plural && candidates.len() > 1 { candidates.last().copied() } else { Some(first) }
}
