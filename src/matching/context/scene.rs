//! The scene of a passage: its sentence, what of it stands outside quotation marks, and what the statement already says.

use std::ops::Range;

use crate::matching::attribution;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;

/// A passage with its sentence, as the carriers ask for it.
pub(super) struct Scene<'s> {
    pub(super) span: Range<usize>,
    pub(super) sentence: Range<usize>,
    pub(super) index: &'s Index<'s>,
    /// The two letters of the document's language, or nothing.
    pub(super) language: &'s str,
    /// Whether the passage begins in quotation marks of the page.
    pub(super) in_marks: bool,
    /// The first token of the quotation that the passage begins in; the passage's own without marks.
    pub(super) opening: usize,
    /// Tokens before the quotation marks in the sentence that leads into them: `He denied it: |“…`.
    pub(super) lead: Vec<usize>,
    /// Tokens of the passage's own sentence before it, inside its marks.
    pub(super) before: Vec<usize>,
    /// Tokens of the passage's own sentence behind it, inside its marks.
    pub(super) after: Vec<usize>,
    /// Tokens behind the quotation marks in the sentence that goes on: `…”| is a lie`.
    pub(super) trail: Vec<usize>,
}

impl<'s> Scene<'s> {
    pub(super) fn new(span: &Range<usize>, index: &'s Index<'s>) -> Self {
        let sentence = index.sentence(span);
        let block = index.block_of(span.start);
        let quoted = attribution::quoted_spans(block, index);
        let byte = |at: usize| index.tokens()[at].start;
        let holds =
            |at: usize| quoted.iter().any(|quoted| quoted.range.start <= byte(at) && byte(at) < quoted.range.end);
        let around = || {
            quoted.iter().filter(|quoted| quoted.range.start <= byte(span.start) && byte(span.start) < quoted.range.end)
        };
        let mut scene = Self {
            span: span.clone(),
            sentence: sentence.clone(),
            index,
            language: attribution::language(index),
            in_marks: around().next().is_some(),
            opening: span.start,
            lead: Vec::new(),
            before: (sentence.start..span.start).collect(),
            after: (span.end..sentence.end).collect(),
            trail: Vec::new(),
        };
        if let (Some(outer), Some(inner)) = (around().next(), around().next_back()) {
            let own = index.block_tokens(block);
            let first = index.token_from(outer.range.start).max(own.start);
            let last = index.token_from(outer.range.end).min(own.end).max(span.end);
            scene.opening = index.token_from(inner.range.start).max(own.start).min(span.start);
            let from = start_of_sentence(first, own.start, index);
            let introduced = from < first && index.gap_before(first).contains([':', '：', ',']);
            let to = end_of_sentence(last, own.end.max(last), introduced, index);
            scene.lead = (from..first).filter(|at| !holds(*at)).collect();
            scene.trail = (last..to).filter(|at| !holds(*at)).collect();
            scene.before.retain(|at| *at >= first);
            scene.after.retain(|at| *at < last);
        }
        scene
    }

    /// Tokens before the passage that may govern it, the nearest first: of its own sentence, then before its marks.
    pub(super) fn preceding(&self) -> impl Iterator<Item = usize> + '_ {
        self.before.iter().rev().chain(self.lead.iter().rev()).copied()
    }

    /// Tokens behind the passage, the nearest first.
    pub(super) fn following(&self) -> impl Iterator<Item = usize> + '_ {
        self.after.iter().chain(&self.trail).copied()
    }

    /// One past the passage's sentence: past what goes on behind its marks, else past its own.
    pub(super) fn end(&self) -> usize {
        self.trail.last().or(self.after.last()).map_or(self.span.end, |last| last + 1)
    }

    /// The sentence behind the one that the passage stands in, of its block or the next one's.
    pub(super) fn next_sentence(&self) -> Option<Range<usize>> {
        let next = self.end();
        self.index.tokens().get(next)?.has(bits::SENTENCE).then(|| sentence_at(next, self.index))
    }

    /// Where the words that a token before the passage governs begin: at the passage, or at its quotation marks.
    pub(super) fn governed_from(&self, at: usize) -> usize {
        if at < self.opening { self.opening } else { self.span.start }
    }

    /// Whether a token before the passage is the speaker's own word: of the quotation that the passage stands in, or of a turn
    /// of a transcript.
    pub(super) fn is_spoken(&self, at: usize) -> bool {
        if self.in_marks { at >= self.opening } else { attribution::is_turn(self.index.block_of(at), self.index) }
    }

    /// Whether a token begins the quotation that the passage stands in.
    pub(super) fn in_marks_from(&self, at: usize) -> bool {
        self.in_marks && at == self.opening
    }

    pub(super) fn key(&self, at: usize) -> &'s str {
        self.index.key(at)
    }

    pub(super) fn has(&self, at: usize, bit: u16) -> bool {
        self.index.tokens()[at].bits & bit != 0
    }

    /// Whether a comma or the like stands somewhere between a token and the passage, quotation marks aside.
    pub(super) fn pause_between(&self, at: usize) -> bool {
        (at + 1..=self.governed_from(at)).any(|between| {
            self.has(between, bits::PAUSE)
                                // What a colon introduces is said, not governed: `He denied it: “We paid.”`
                && (!self.has(between, bits::QUOTE_MARK) || self.index.gap_before(between).contains([':', '：']))
                && !is_that(self.key(between), self.language)
        })
    }

    /// The text around the passage in its sentence, for scripts without spaces: before it, and behind it.
    pub(super) fn preceding_text(&self) -> &'s str {
        self.text(self.lead.first().or(self.before.first()).copied(), Some(self.span.start))
    }

    pub(super) fn following_text(&self) -> &'s str {
        self.text(Some(self.span.end), self.trail.last().or(self.after.last()).map(|last| last + 1))
    }

    /// What the page has from the first to the last of some tokens.
    pub(super) fn text_of(&self, tokens: &[usize]) -> &'s str {
        self.text(tokens.first().copied(), tokens.last().map(|last| last + 1))
    }

    fn text(&self, from: Option<usize>, to: Option<usize>) -> &'s str {
        match (from, to) {
            (Some(from), Some(to)) => self.index.document().slice(self.index.range(from..to)),
            _ => "",
        }
    }
}

/// The tokens of the sentence that a token stands in, without leaving its block.
pub(super) fn sentence_at(at: usize, index: &Index<'_>) -> Range<usize> {
    index.sentence(&(at..at + 1))
}

/// Whether a token stands in quotation marks of the page.
pub(super) fn is_quoted(at: usize, index: &Index<'_>) -> bool {
    let byte = index.tokens()[at].start;
    let quoted = attribution::quoted_spans(index.block_of(at), index);
    quoted.iter().any(|quoted| quoted.range.start <= byte && byte < quoted.range.end)
}

/// How far before the passage a carrier may stand, in tokens.
pub(super) const CARRIER_REACH: usize = 12;

/// Tokens before the passage in its clause, the nearest first.
pub(super) fn leading<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = usize> + 's {
    let mut open = true;
    scene.preceding().take(CARRIER_REACH).take_while(move |at| {
        let here = open;
        // The token that begins the sentence is the last one that counts.
        open = !scene.has(*at, bits::SENTENCE);
        here
    })
}

pub(super) fn is_spaceless(scene: &Scene<'_>) -> bool {
    scene.index.tokens()[scene.span.start].kind == Kind::Character
}

/// The first token of the sentence that leads into a quoted stretch which begins at `first`.
fn start_of_sentence(first: usize, from: usize, index: &Index<'_>) -> usize {
    let mut at = first;
    while at > from {
        at -= 1;
        if index.tokens()[at].bits & bits::SENTENCE != 0 {
            break;
        }
    }
    // A quotation that opens its sentence has nothing before it.
    if index.tokens()[first].bits & bits::SENTENCE != 0 && !index.gap_before(first).contains([':', '：', ',', '，']) {
        first
    } else {
        at
    }
}

/// One past the last token of the sentence that goes on behind a quoted stretch.
fn end_of_sentence(last: usize, to: usize, introduced: bool, index: &Index<'_>) -> usize {
    let tokens = index.tokens();
    let mut at = last;
    if at < to && attribution::begins_anew(at, introduced, index) {
        return last;
    }
    while at < to && (at == last || tokens[at].bits & bits::SENTENCE == 0) {
        at += 1;
    }
    at
}

/// The conjunction that opens a clause of content.
pub(super) fn is_that(key: &str, language: &str) -> bool {
    match language {
        "en" | "" => key == "that",
        "de" => matches!(key, "dass" | "daß"),
        "fr" | "es" | "pt" | "ca" => matches!(key, "que" | "qu"),
        "it" => key == "che",
        "nl" => key == "dat",
        "pl" | "cs" | "sk" => matches!(key, "ze" | "iz" | "jakoby"),
        "ru" => matches!(key, "что" | "будто" | "якобы"),
        "uk" => matches!(key, "що" | "нібито"),
        "el" => matches!(key, "οτι" | "πωσ"),
        "sv" => key == "att",
        "da" | "no" | "nb" => key == "at",
        "hu" => key == "hogy",
        // Keys are decomposed: alif with hamza is two characters.
        "ar" => matches!(key, "\u{627}\u{654}\u{646}" | "\u{627}\u{646}"),
        "id" => key == "bahwa",
        "hi" => key == "कि",
        _ => matches!(key, "that" | "que" | "che" | "dass" | "dat" | "что"),
    }
}

/// Denials of scripts without spaces.
pub(super) const DENIAL_CHARACTERS: &[&str] = &[
    "否认",
    "否認",
    "谎言",
    "謊言",
    "不实",
    "不實",
    "谣言",
    "謠言",
    "辟谣",
    "虚假",
    "造谣",
    "否定",
    "嘘",
    "虚偽",
    "デマ",
    "捏造",
    "事実ではな",
    "事実無根",
    "并未说",
    "从未说",
    "没有说",
    "没说过",
    "从没说",
    "未曾说",
    "とは言っていない",
    "とは述べていない",
    "とは話していない",
    "と言っていない",
    "と述べていない",
    "と話していない",
    "発言していない",
    "と言ったことはない",
    "ปฏิเสธ",
    "ไม่เคยพูด",
    "ไม่ได้พูด",
    "ไม่เคยเรียก",
];

/// What denies the words that it stands right behind, in scripts without spaces: `…わけではない`.
pub(super) const DENIED_BEHIND: &[&str] = &[
    "わけではな",
    "わけじゃな",
    "わけではあり",
    "わけでは無",
    "とは限ら",
    "とは言え",
    "とは思わ",
    "とは思って",
    "とは考え",
    "とは認め",
    "というのは誤",
    "というのは間違",
    "というのは嘘",
    "というのは事実",
    "つもりはな",
    "つもりはあり",
    "はずがな",
    "はずはな",
    "ことはな",
    "ことはあり",
    "的说法不",
    "的說法不",
    "的说法是错",
    "的说法是假",
    "纯属",
    "不是事实",
    "不是真的",
    "并非事实",
];

/// Conditions of scripts without spaces.
pub(super) const CONDITION_CHARACTERS: &[&str] =
    &["如果", "假如", "要是", "倘若", "除非", "只要", "一旦", "若是", "もし", "万一", "仮に", "ถ้า", "หาก"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::phrases::key_of;

    #[test]
    fn every_language_has_its_own_conjunction_of_content() {
        for (language, own, foreign) in [
            ("", "that", "que dass"),
            ("en", "that", "que dass dat"),
            ("de", "dass daß", "that dat que"),
            ("fr", "que qu", "che that"),
            ("es", "que", "che that"),
            ("it", "che", "que that"),
            ("nl", "dat", "that dass"),
            ("pl", "że iż", "что"),
            ("ru", "что будто", "що"),
            ("uk", "що", "что"),
            ("sv", "att", "at that"),
            ("da", "at", "att that"),
            ("hu", "hogy", "that"),
            ("ro", "que dat", "hogy"),
        ] {
            for (words, wanted) in [(own, true), (foreign, false)] {
                for word in words.split(' ') {
                    assert_eq!(is_that(&key_of(word), language), wanted, "{language}: {word}");
                }
            }
        }
    }
}
