//! A passage → the text fragment that takes a browser to it: `:~:text=first%20words,last%20words`.
//!
//! A browser goes to the first place that fits, in the text that it shows. So a fragment is only handed out when
//! it was tried on the captured text in the same way and led to the passage; otherwise words around the passage are added,
//! and where that does not help either there is none. Words are taken from one line each, since a line break on
//! the page is no space to a browser.
//!
//! The rules are those of the WICG draft "URL Fragment Text Directives"; what counts as equal and where a word ends is
//! what Chromium was seen to do (`scripts/acceptance/fragment-rules.mjs`). Where that is not certain, more counts as
//! equal here and less as the end of a word: a fragment may be missing, and none leads astray.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::model::{Document, TextRange, Where, Zone};

use super::escape::is_treacherous;

/// Words that a passage may have to be named whole.
const WHOLE: usize = 8;

/// Words of a long passage's beginning and end that are tried. One or two say little to whoever reads the address, and
/// serve where words are long.
const EDGES: [usize; 6] = [3, 5, 8, 12, 2, 1];

/// Words before and after a passage that are tried.
const AROUND: [usize; 4] = [0, 2, 4, 8];

/// Bytes of a fragment, encoded: longer addresses do not survive everywhere.
const LONGEST: usize = 1_000;

/// The text of a document as a browser searches it: what readers see, without case, accents and what has no width, one
/// line a block. Spaces stand one for one.
#[derive(Debug)]
pub struct Visible<'d> {
    document: &'d Document,
    text: String,
    /// For each byte of `text`, the byte of the document's text that it comes from; one more for the end.
    origin: Vec<u32>,
    /// Places of `text` where something that is left out lets no word end.
    ties: BTreeSet<usize>,
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
        let mut visible = Self { document, text: String::new(), origin: Vec::new(), ties: BTreeSet::new() };
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
            c if c.is_ascii_graphic() => self.text.push(c.to_ascii_lowercase()),
            // What is blank on the page, and no space when it is searched, parts as a line break does.
            '\n' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.text.push('\n'),
            c if c.is_whitespace() => self.text.push(' '),
            '‘' | '’' | '‚' | '‛' | '׳' => self.text.push('\''),
            '“' | '”' | '„' | '‟' | '״' => self.text.push('"'),
            c => {
                if !is_without_width(c) {
                    let bare = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
                    self.text.extend(bare.flat_map(char::to_lowercase));
                }
                if ties(c) {
                    self.ties.insert(self.text.len());
                }
            }
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
        while !self.is_edge(range.start)
            && let Some(c) = self.text[..range.start].chars().next_back().filter(|c| !c.is_whitespace())
        {
            range.start -= c.len_utf8();
        }
        while !self.is_edge(range.end)
            && let Some(c) = self.text[range.end..].chars().next().filter(|c| !c.is_whitespace())
        {
            range.end += c.len_utf8();
        }
        Some(range)
    }

    /// The words of a stretch: what stands between spaces, or in scripts without them between signs.
    fn words(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        let mut start = None;
        let mut before = ' ';
        for (at, c) in self.text[range.clone()].char_indices() {
            let at = range.start + at;
            let parts = c.is_whitespace() || (c >= FAR_EAST && is_sign(before) && self.is_edge(at));
            if let Some(from) = start.filter(|_| parts) {
                words.push(from..at);
                start = None;
            }
            if start.is_none() && !c.is_whitespace() {
                start = Some(at);
            }
            before = c;
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

    /// Whether no word runs over a place. An apostrophe between two letters and a point or comma between two digits are
    /// part of a word (UAX #29, as ICU tailors it).
    fn is_edge(&self, at: usize) -> bool {
        let (mut back, mut on) = (self.text[..at].chars().rev(), self.text[at..].chars());
        let (Some(before), after) = (back.next(), on.next()) else { return true };
        if before.is_whitespace() {
            return true;
        }
        if self.ties.contains(&at) {
            return false;
        }
        let Some(after) = after else { return true };
        let runs_on = |left: Option<char>, sign: char, right: Option<char>| {
            let (Some(left), Some(right)) = (left, right) else { return false };
            (joins_letters(sign) && is_letter(left) && is_letter(right))
                || (joins_digits(sign) && left.is_numeric() && right.is_numeric())
        };
        let inside = is_of_word(before) && is_of_word(after);
        !(inside || runs_on(back.next(), before, Some(after)) || runs_on(Some(before), after, on.next()))
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
        let rest = self.document.text.get(last..)?;
        // An accent of its own is left out of the searched text, and belongs to the last letter.
        let to = rest.char_indices().skip(1).find(|(_, c)| !is_combining_mark(*c)).map_or(rest.len(), |(at, _)| at);
        let written = self.document.text.get(from..last + to)?;
        let mut letter = [0; 4];
        for c in written.chars().filter(|c| !is_without_width(*c)) {
            if is_treacherous(c) || c == '\u{fffd}' {
                return None;
            }
            for byte in c.encode_utf8(&mut letter).bytes() {
                // Hyphens, commas and ampersands are the directive's own signs.
                if byte.is_ascii_alphanumeric() || b"._~!*'()".contains(&byte) {
                    out.push(char::from(byte));
                } else {
                    let _ = write!(out, "%{byte:02X}");
                }
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
    c.is_alphanumeric() || matches!(c, '_' | '\u{203f}' | '\u{2040}')
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !c.is_numeric()
}

/// Whether a sign between two letters makes one word of them.
fn joins_letters(c: char) -> bool {
    matches!(c, '\'' | '·' | '\u{2027}' | '"')
}

/// Whether a sign between two digits makes one word of them.
fn joins_digits(c: char) -> bool {
    matches!(c, '\'' | '.' | ',' | ';' | '\u{2044}' | '\u{589}')
}

/// The first of the scripts of East Asia, which stand without spaces.
const FAR_EAST: char = '\u{2e80}';

/// Whether a sentence of a script without spaces may be parted behind a sign (as it is when it is searched).
fn is_sign(c: char) -> bool {
    matches!(c, '、' | '。' | ',' | ';' | ':' | '?' | '!')
}

/// Whether a character is left out when a page is searched: it says only how its neighbours are set.
fn is_without_width(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// Whether no word ends at a character that is left out. Behind the last sign of a Burmese syllable Chromium finds none.
fn ties(c: char) -> bool {
    is_without_width(c) && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{200d}') || c == '\u{1038}'
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
    fn what_a_browser_takes_for_equal_is_named_so_and_told_apart() {
        let of = |text: &str, words: &str| fragment(&format!("<article><p>{text}</p></article>"), words, 0);
        // Spaces of other kinds stand one for one: folding them away would miss the passage.
        let wide = of("The gull said:\u{a0}\u{3000}no fish tonight, and flew.", "said:\u{a0}\u{3000}no fish");
        assert_eq!(wide.as_deref(), Some(":~:text=said%3A%C2%A0%E3%80%80no%20fish"));
        // Marks without a width are left out.
        let soft = of("The har\u{ad}bour mas\u{ad}ter left.", "har\u{ad}bour mas\u{ad}ter");
        assert_eq!(soft.as_deref(), Some(":~:text=harbour%20master"));
        // The first place that fits may differ in accents and case: then words around are needed.
        let accents = of("Es war SCHÖN hier. Er kam schon hier an.", "schon hier");
        assert_eq!(accents.as_deref(), Some(":~:text=Er%20kam-,schon%20hier"));
        let marks = of("They met at the cafe\u{301}.", "the cafe\u{301}");
        assert_eq!(marks.as_deref(), Some(":~:text=the%20cafe%CC%81"));
    }

    #[test]
    fn a_passage_grows_to_where_words_end() {
        let of = |text: &str, words: &str| fragment(&format!("<article><p>{text}</p></article>"), words, 0);
        for (text, words, expected) in [
            ("Il parla de l’État hier.", "État hier", Some("l%E2%80%99%C3%89tat%20hier")),
            ("It grew by 3.5 points.", "grew by 3", Some("grew%20by%203.5")),
            ("It grew by 3.", "grew by 3", Some("grew%20by%203")),
            ("It cost 1,400 crowns.", "400 crowns", Some("1%2C400%20crowns")),
            ("The co-op met.", "op met", Some("op%20met")),
            // A word does not end before a mark of direction, and what follows is no part of it.
            ("It was blue\u{200e} and green.", "was blue", None),
            ("It was blue\u{200e}, and green.", "was blue", Some("was%20blue%2C")),
        ] {
            let expected = expected.map(|expected| format!(":~:text={expected}"));
            assert_eq!(of(text, words), expected, "{text}");
        }
    }

    #[test]
    fn a_long_passage_without_spaces_is_named_by_what_stands_between_signs() {
        let sentence = "海鸥在码头上站着，没有人注意它们，渔船在黎明前离开了港口，守望的人说灯塔在春天被漆成了红色，\
                        又说孩子们在沙滩上找到了一只旧瓶子，里面有一张没有人认识的地图，后来谁也没有再提起这件事，\
                        直到第二年冬天一位老人来到镇上，他说他认识画地图的人";
        let page = format!("<article><p>{sentence}。后来下了雪。</p></article>");
        let found = fragment(&page, sentence, 0).expect("there is one");
        assert!(found.len() < LONGEST && found.contains(','), "{found}");
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
