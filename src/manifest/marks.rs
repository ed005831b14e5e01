//! The text inside a statement's quotation marks.
//!
//! Takes a statement and returns its quotations, outermost marks only: marks inside belong to the words. Knows
//! the marks of the European languages, Chinese and Japanese. An apostrophe is never taken for a mark unless the
//! place where it stands leaves no other reading; marks that nobody closes quote nothing.

use std::ops::Range;

use super::attribution::joins;

/// The quotations of a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// One entry per quotation; more than one fragment where an attribution splits it.
    pub(crate) quotations: Vec<Vec<String>>,
    /// The statement with the words inside the marks left out, for what must not be read twice.
    pub(crate) outside: String,
}

/// Reads the quotations out of a statement.
pub(crate) fn quotations(statement: &str) -> Quoted {
    let characters: Vec<(usize, char)> = statement.char_indices().collect();
    let pieces = pieces(&characters, statement.len());
    let mut found = Quoted::default();
    let mut outside_from = 0;
    let mut last: Option<&Piece> = None;
    for piece in &pieces {
        found.outside.push_str(&statement[outside_from..piece.inner.start]);
        outside_from = piece.inner.end;
        let words = statement[piece.inner.clone()].trim();
        if !has_words(words) {
            last = None;
            continue;
        }
        let between = last.map(|last| &statement[last.outer.end..piece.outer.start]);
        let before = last.map(|last| &statement[last.inner.clone()]);
        match (found.quotations.last_mut(), before, between) {
            (Some(quotation), Some(before), Some(between)) if joins(before, between) => {
                quotation.push(words.to_owned());
            }
            _ => found.quotations.push(vec![words.to_owned()]),
        }
        last = Some(piece);
    }
    found.outside.push_str(&statement[outside_from..]);
    found
}

/// Whether a text has something to look for: a letter, a digit, or a symbol that is not punctuation.
pub(crate) fn has_words(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() || (u32::from(c) >= 0x2600 && !is_punctuation(c) && !c.is_whitespace()))
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2E00}'..='\u{2E7F}' | '\u{3000}'..='\u{303F}' | '\u{FE10}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF20}' | '\u{FF5F}'..='\u{FF65}' | '\u{FEFF}')
}

/// A quotation with its marks, in bytes.
struct Piece {
    outer: Range<usize>,
    inner: Range<usize>,
}

fn pieces(characters: &[(usize, char)], length: usize) -> Vec<Piece> {
    let offset = |index: usize| characters.get(index).map_or(length, |(offset, _)| *offset);
    let mut pieces = Vec::new();
    // What found no end once finds none later, and what was uneven stays so: each is found out once per mark,
    // else a text of nothing but openings would take quadratic time.
    let (mut hopeless, mut uneven) = (Vec::new(), Vec::new());
    let mut index = 0;
    while index < characters.len() {
        let mark = characters[index].1;
        index += 1;
        if hopeless.contains(&mark) || !opens(characters, index - 1) {
            continue;
        }
        match closing(characters, index - 1, &mut uneven) {
            Some(end) => {
                pieces.push(Piece { outer: offset(index - 1)..offset(end + 1), inner: offset(index)..offset(end) });
                index = end + 1;
            }
            None => hopeless.push(mark),
        }
    }
    pieces
}

/// The marks that can close what a mark opens; empty for what opens nothing.
fn closers(mark: char) -> &'static [char] {
    match mark {
        '"' | '＂' => &['"', '＂'],
        '“' => &['”', '“'],
        '”' => &['”'],
        '„' | '‟' => &['“', '”', '„', '"'],
        '«' => &['»'],
        '»' => &['«', '»'],
        '「' => &['」'],
        '『' => &['』'],
        '｢' => &['｣'],
        '〝' => &['〟', '〞'],
        '‹' => &['›'],
        '›' => &['‹'],
        '‘' => &['’'],
        '‚' => &['‘', '’'],
        '\'' => &['\''],
        _ => &[],
    }
}

fn opens(characters: &[(usize, char)], index: usize) -> bool {
    let mark = characters[index].1;
    if closers(mark).is_empty() {
        return false;
    }
    let before = index.checked_sub(1).map(|before| characters[before].1);
    let after = characters.get(index + 1).map(|(_, c)| *c);
    let Some(after) = after else { return false };
    let free_before = before.is_none_or(|c| !c.is_alphanumeric() || is_cjk(c));
    match mark {
        '「' | '『' | '｢' | '〝' | '“' | '„' | '‟' | '«' => true,
        '»' | '›' | '”' | '"' | '＂' => free_before && (!after.is_whitespace() || mark == '»'),
        '‹' => free_before,
        // An apostrophe: only where a word begins behind it, and none that is known to begin with one.
        _ => free_before && begins_quote(after) && !elided(characters, index + 1),
    }
}

fn begins_quote(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '[' | '…' | '"' | '“' | '„' | '«' | '¿' | '¡' | '$' | '€' | '£')
}

/// Whether the word behind an apostrophe is one that is written with it: ’tis, ’em, ’90s.
fn elided(characters: &[(usize, char)], from: usize) -> bool {
    const WORDS: [&str; 12] = ["tis", "twas", "em", "til", "till", "cause", "n", "bout", "round", "cos", "s", "t"];
    let word: String = characters[from..].iter().map(|(_, c)| *c).take(8).take_while(|c| c.is_alphanumeric()).collect();
    let decade = word.len() >= 2 && word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with('s');
    decade || WORDS.contains(&word.to_lowercase().as_str())
}

/// The index of the mark that closes what opens at `open`.
fn closing(characters: &[(usize, char)], open: usize, uneven: &mut Vec<char>) -> Option<usize> {
    let mark = characters[open].1;
    match mark {
        '\'' | '‘' | '‚' => return single_closing(characters, open),
        '"' | '＂' => return straight_closing(characters, open, uneven),
        _ => {}
    }
    // The marks of the same kind inside are counted, unless the count does not come out even, as with a mark
    // repeated at the beginning of each paragraph.
    if !uneven.contains(&mark) {
        let nested = nested_closing(characters, open);
        if nested.is_some() {
            return nested;
        }
        uneven.push(mark);
    }
    let wanted = closers(mark);
    (open + 1..characters.len()).find(|at| wanted.contains(&characters[*at].1) && closes(characters, *at))
}

fn nested_closing(characters: &[(usize, char)], open: usize) -> Option<usize> {
    let mark = characters[open].1;
    let wanted = closers(mark);
    let mut depth = 1;
    for at in open + 1..characters.len() {
        let c = characters[at].1;
        // A mark that both opens and closes can only nest where a word begins behind it.
        if c == mark && !wanted.starts_with(&[mark]) && opens(characters, at) && !closes_after_word(characters, at) {
            depth += 1;
        } else if wanted.contains(&c) && (c != mark || wanted.starts_with(&[mark])) && closes(characters, at) {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Whether a mark stands where a quotation can end: not before a letter that would make it an apostrophe.
fn closes(characters: &[(usize, char)], at: usize) -> bool {
    match characters[at].1 {
        '」' | '』' | '｣' | '〟' | '〞' | '»' | '«' => true,
        _ => {
            let after = characters.get(at + 1).map(|(_, c)| *c);
            after.is_none_or(|c| !c.is_alphanumeric() || is_cjk(c)) || closes_after_word(characters, at)
        }
    }
}

/// Whether something other than a space stands before a mark.
fn closes_after_word(characters: &[(usize, char)], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        let c = characters[before].1;
        !c.is_whitespace() && !matches!(c, '(' | '[' | '—' | '–' | '„' | '“' | '«')
    })
}

fn straight_closing(characters: &[(usize, char)], open: usize, uneven: &mut Vec<char>) -> Option<usize> {
    let rest = || (open + 1..characters.len()).filter(|at| matches!(characters[*at].1, '"' | '＂'));
    let ends = |at: &usize| {
        let after = characters.get(at + 1).map(|(_, c)| *c);
        closes_after_word(characters, *at) && after.is_none_or(|c| !c.is_alphanumeric() || is_cjk(c))
    };
    if !uneven.contains(&'"') {
        let proper = rest().find(ends);
        if proper.is_some() {
            return proper;
        }
        uneven.push('"');
    }
    rest().next()
}

/// The end of a quotation in single marks: a mark behind a word and before none. Of several, one behind the
/// punctuation that ends a quotation; else the last where the first may be the apostrophe of a plural.
fn single_closing(characters: &[(usize, char)], open: usize) -> Option<usize> {
    let mark = characters[open].1;
    let wanted = closers(mark);
    let mut candidates = Vec::new();
    for at in open + 1..characters.len() {
        let c = characters[at].1;
        let after = characters.get(at + 1).map(|(_, c)| *c);
        if wanted.contains(&c) && closes_after_word(characters, at) && after.is_none_or(|c| !c.is_alphanumeric()) {
            if matches!(characters[at - 1].1, '.' | ',' | '!' | '?' | '…') {
                return Some(at);
            }
            candidates.push(at);
        } else if c == mark && opens(characters, at) && !candidates.is_empty() {
            break;
        }
    }
    let first = *candidates.first()?;
    let plural = matches!(characters[first - 1].1, 's' | 'S');
    if plural { candidates.last().copied() } else { Some(first) }
}

/// Whether a character is of a script that puts no spaces between words.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests;
