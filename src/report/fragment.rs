//! A passage → the text fragment that takes a browser to it: `:~:text=first%20words,last%20words`.
//!
//! A browser goes to the first place that fits, in the text that it shows. So a fragment is only handed out when
//! it was tried on the captured text in the same way and led to the passage; otherwise words around the passage are added,
//! and where that does not help either there is none. Words are taken from one line each, since a line break on
//! the page is no space to a browser.
//!
//! The rules are those of the WICG draft "URL Fragment Text Directives".

use std::fmt::Write as _;
use std::ops::Range;

use crate::model::{Document, TextRange, Where, Zone};

use super::escape::is_treacherous;

/// Words that a passage may have to be named whole.
const WHOLE: usize = 8;

/// Words of a long passage's beginning and end that are tried.
const EDGES: [usize; 4] = [3, 5, 8, 12];

/// Words before and after a passage that are tried.
const AROUND: [usize; 4] = [0, 2, 4, 8];

/// Bytes of a fragment, encoded: longer addresses do not survive everywhere.
const LONGEST: usize = 1_000;

/// The text of a document as a browser searches it: what readers see, in lower case, spaces folded, one line a block.
#[derive(Debug)]
pub struct Visible<'d> {
    document: &'d Document,
    text: String,
    /// For each byte of `text`, the byte of the document's text that it comes from; one more for the end.
    origin: Vec<u32>,
}

/// One way to name a passage: stretches of the visible text.
struct Directive {
    prefix: Option<Range<usize>>,
    start: Range<usize>,
    end: Option<Range<usize>>,
    suffix: Option<Range<usize>>,
}

impl<'d> Visible<'d> {
    /// Folds a document.
    pub fn new(document: &'d Document) -> Self {
        let mut visible = Self { document, text: String::new(), origin: Vec::new() };
        for block in document.blocks.iter().filter(|block| is_shown(block.zone)) {
            let from = block.range.start as usize;
            for (at, c) in document.text.get(block.range.span()).unwrap_or_default().char_indices() {
                visible.take(c, from + at);
            }
            visible.take('\n', block.range.end as usize);
        }
        visible.origin.push(u32::try_from(document.text.len()).unwrap_or(u32::MAX));
        visible
    }

    fn take(&mut self, c: char, byte: usize) {
        let before = self.text.len();
        match c {
            '\n' => self.text.push('\n'),
            c if c.is_whitespace() => {
                if !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            }
            c => self.text.extend(c.to_lowercase()),
        }
        let byte = u32::try_from(byte).unwrap_or(u32::MAX);
        self.origin.extend(std::iter::repeat_n(byte, self.text.len() - before));
    }

    /// The fragment for a range of the document, without the `#`; `None` where none leads there.
    pub fn fragment(&self, range: TextRange) -> Option<String> {
        let target = self.target(range)?;
        let words = self.words(&target);
        let (first, last) = (words.first()?.clone(), words.last()?.clone());
        let one_line = !self.text[first.start..last.end].contains('\n');
        let whole = (one_line && words.len() <= WHOLE).then_some(first.start..last.end);
        let edges = whole.is_some().then_some(0).into_iter().chain(EDGES);
        for edge in edges {
            for around in AROUND {
                let directive = match &whole {
                    Some(whole) if edge == 0 => Directive {
                        prefix: self.before(whole.start, around),
                        start: whole.clone(),
                        end: None,
                        suffix: None,
                    },
                    _ if words.len() < 2 => continue,
                    _ => self.edges(&words, edge, around),
                };
                if (around == 0 || directive.prefix.is_some()) && self.leads_to(&directive, &first, &last) {
                    return self.encode(&directive);
                }
            }
        }
        None
    }

    /// The range in the visible text, grown to whole words.
    fn target(&self, range: TextRange) -> Option<Range<usize>> {
        let from = self.origin.partition_point(|byte| *byte < range.start);
        let to = self.origin.partition_point(|byte| *byte < range.end);
        // A passage in a part that is not shown maps to an empty stretch or to another block.
        let (first, last) = (*self.origin.get(from)?, *self.origin.get(to.checked_sub(1)?)?);
        if from >= to || first < range.start || last >= range.end || range.end - range.start == 0 {
            return None;
        }
        let shown = |byte: u32| self.document.block_at(byte).is_some_and(|block| is_shown(block.zone));
        if !shown(range.start) || !shown(range.end - 1) {
            return None;
        }
        let mut range = from..to;
        while let Some(c) = self.text[..range.start].chars().next_back()
            && self.text[range.start..].starts_with(is_of_word)
            && is_of_word(c)
        {
            range.start -= c.len_utf8();
        }
        while let Some(c) = self.text[range.end..].chars().next()
            && self.text[..range.end].ends_with(is_of_word)
            && is_of_word(c)
        {
            range.end += c.len_utf8();
        }
        Some(range)
    }

    /// The words of a stretch: what stands between spaces.
    fn words(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in self.text[range.clone()].char_indices() {
            match (c.is_whitespace(), start) {
                (false, None) => start = Some(range.start + at),
                (true, Some(from)) => {
                    words.push(from..range.start + at);
                    start = None;
                }
                _ => {}
            }
        }
        words.extend(start.map(|from| from..range.end));
        words
    }

    /// The passage by its first and last words.
    fn edges(&self, words: &[Range<usize>], edge: usize, around: usize) -> Directive {
        // Both ends are words of their own: half of a short passage each.
        let most = edge.min(words.len() / 2).max(1);
        let first = words[0].start;
        let start = words[..most].iter().take_while(|word| !self.text[first..word.end].contains('\n')).last();
        let last = words[words.len() - 1].end;
        let end = words[words.len() - most..]
            .iter()
            .rev()
            .take_while(|word| !self.text[word.start..last].contains('\n'))
            .last();
        Directive {
            prefix: self.before(first, around),
            start: first..start.map_or(words[0].end, |word| word.end),
            end: Some(end.map_or(words[words.len() - 1].start, |word| word.start)..last),
            suffix: self.after(last, around),
        }
    }

    /// The words before a place, on its line.
    fn before(&self, at: usize, count: usize) -> Option<Range<usize>> {
        let line = self.text[..at].rfind('\n').map_or(0, |feed| feed + 1);
        let words = self.words(&(line..at));
        // Signs that stand before the passage without a space belong to its word, and cannot be left out.
        let words = &words[words.len().checked_sub(count.max(1))?..];
        (count > 0).then(|| words[0].start..words[words.len() - 1].end)
    }

    /// The words after a place, on its line.
    fn after(&self, at: usize, count: usize) -> Option<Range<usize>> {
        let line = self.text[at..].find('\n').map_or(self.text.len(), |feed| at + feed);
        let words = self.words(&(at..line));
        let last = words.len().min(count).checked_sub(1)?;
        Some(words[0].start..words[last].end)
    }

    /// Goes the way of a browser, and says whether it comes to the passage.
    fn leads_to(&self, directive: &Directive, first: &Range<usize>, last: &Range<usize>) -> bool {
        let text = |range: &Range<usize>| &self.text[range.clone()];
        let start = text(&directive.start);
        let mut from = 0;
        let found = loop {
            let Some(at) = self.next(start, from) else { return false };
            let prefixed = directive.prefix.as_ref().is_none_or(|prefix| {
                let before = self.text[..at].trim_end();
                before.ends_with(text(prefix)) && self.is_edge(before.len() - (prefix.end - prefix.start))
            });
            let ends = at + start.len();
            let followed = |end: usize| {
                directive.suffix.as_ref().is_none_or(|suffix| {
                    let after = self.text[end..].trim_start();
                    after.starts_with(text(suffix))
                        && self.is_edge(self.text.len() - after.len() + suffix.end - suffix.start)
                })
            };
            let closing = match &directive.end {
                None => followed(ends).then_some(ends),
                Some(end) => {
                    let mut next = ends;
                    loop {
                        match self.next(text(end), next) {
                            Some(place) if followed(place + (end.end - end.start)) => {
                                break Some(place + (end.end - end.start));
                            }
                            Some(place) => next = place + 1,
                            None => break None,
                        }
                        while !self.text.is_char_boundary(next) {
                            next += 1;
                        }
                    }
                }
            };
            if let (true, Some(closing)) = (prefixed, closing) {
                break at..closing;
            }
            from = at + start.chars().next().map_or(1, char::len_utf8);
        };
        found == (first.start..last.end)
    }

    /// The next place of whole words.
    fn next(&self, words: &str, from: usize) -> Option<usize> {
        let mut from = from;
        loop {
            let at = from + memchr::memmem::find(self.text.as_bytes().get(from..)?, words.as_bytes())?;
            if self.is_edge(at) && self.is_edge(at + words.len()) {
                return Some(at);
            }
            from = at + words.chars().next().map_or(1, char::len_utf8);
        }
    }

    /// Whether no word runs over a place.
    fn is_edge(&self, at: usize) -> bool {
        let before = self.text[..at].ends_with(is_of_word);
        !(before && self.text[at..].starts_with(is_of_word))
    }

    /// Writes a directive in the page's own wording.
    fn encode(&self, directive: &Directive) -> Option<String> {
        let mut out = String::from(":~:text=");
        if let Some(prefix) = &directive.prefix {
            self.term(prefix, &mut out)?;
            out.push_str("-,");
        }
        self.term(&directive.start, &mut out)?;
        if let Some(end) = &directive.end {
            out.push(',');
            self.term(end, &mut out)?;
        }
        if let Some(suffix) = &directive.suffix {
            out.push_str(",-");
            self.term(suffix, &mut out)?;
        }
        (out.len() <= LONGEST).then_some(out)
    }

    fn term(&self, range: &Range<usize>, out: &mut String) -> Option<()> {
        let (from, last) = (self.origin[range.start] as usize, self.origin[range.end - 1] as usize);
        let to = last + self.document.text[last..].chars().next().map_or(0, char::len_utf8);
        let written = self.document.text.get(from..to)?;
        if written.contains(|c| is_treacherous(c) && !char::is_whitespace(c) || c == '\u{ad}' || c == '\u{fffd}') {
            return None;
        }
        let words: Vec<&str> = written.split_whitespace().collect();
        for byte in words.join(" ").bytes() {
            // Hyphens, commas and ampersands are the directive's own signs.
            if byte.is_ascii_alphanumeric() || b"._~!*'()".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        Some(())
    }
}

/// Whether a browser shows, and so searches, a zone.
fn is_shown(zone: Zone) -> bool {
    !matches!(zone.place(), Where::Metadata | Where::Hidden) && zone != Zone::AltText
}

/// Whether a character belongs to a word, so that no edge is between two of them. Scripts without spaces have edges that
/// only a dictionary knows: there a passage grows to the next sign.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Input, Limits, extract};

    fn document(html: &str) -> Document {
        let input = Input { bytes: html.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        extract(&input, &Limits::default()).document.expect("there is text")
    }

    /// The fragment of the given place of `words`.
    fn fragment(html: &str, words: &str, place: usize) -> Option<String> {
        let document = document(html);
        let (at, _) = document.text.match_indices(words).nth(place).expect("the words stand there");
        Visible::new(&document).fragment(TextRange::new(at, at + words.len()))
    }

    #[test]
    fn a_short_passage_is_named_whole_and_a_long_one_by_its_edges() {
        let page = "<article><p>The old ferry left the quay, at dawn - nobody saw it. It came back late, with less than half of its passengers & crew on board.</p></article>";
        assert_eq!(fragment(page, "left the quay, at", 0).as_deref(), Some(":~:text=left%20the%20quay%2C%20at"));
        let long = "It came back late, with less than half of its passengers & crew";
        assert_eq!(fragment(page, long, 0).as_deref(), Some(":~:text=It%20came%20back,passengers%20%26%20crew"));
        assert_eq!(fragment(page, "erry left", 0).as_deref(), Some(":~:text=ferry%20left"));
    }

    #[test]
    fn words_that_stand_twice_are_told_apart() {
        let page = "<article><p>First the tide rose and fell.</p><p>Later, as we saw, the tide rose and fell again.</p></article>";
        assert_eq!(fragment(page, "the tide rose", 0).as_deref(), Some(":~:text=the%20tide%20rose"));
        assert_eq!(fragment(page, "the tide rose", 1).as_deref(), Some(":~:text=we%20saw%2C-,the%20tide%20rose"));
        let twins = "<article><p>The tide rose.</p><p>The tide rose.</p></article>";
        assert_eq!(fragment(twins, "The tide rose", 1), None);
    }

    #[test]
    fn what_is_not_shown_has_no_fragment() {
        let page = "<html><head><title>Ebb and flow</title></head><body><article><p>The tide rose over the quay.</p></article></body></html>";
        let document = document(page);
        let at = document.text.rfind("Ebb and flow").expect("the title is metadata");
        assert_eq!(Visible::new(&document).fragment(TextRange::new(at, at + 12)), None);
        assert_eq!(Visible::new(&document).fragment(TextRange::new(0, 0)), None);
    }

    #[test]
    fn a_passage_over_two_paragraphs_takes_its_words_from_one_line_each() {
        let page = "<article><p>He had been warned twice.</p><p>And he laughed at it all.</p></article>";
        let document = document(page);
        let start = document.text.find("warned").expect("it stands there");
        let end = document.text.find(" at it").expect("it stands there");
        let fragment = Visible::new(&document).fragment(TextRange::new(start, end));
        assert_eq!(fragment.as_deref(), Some(":~:text=warned%20twice.,he%20laughed"));
    }
}
