//! Speech: the paragraphs of an article → every attribution in it, with quotations that stand by themselves joined to
//! whoever was speaking.
//!
//! A quotation without an attribution of its own goes on with the last one of its paragraph; one that the paragraph
//! before left open goes on with that; one behind a colon belongs to the sentence before the colon. Interviews and
//! transcripts name the speaker at the head of the paragraph.

mod headline;
mod interview;
mod labels;
mod mend;

use std::ops::Range;

use super::attribution::{self, Found};
use super::lexicon::Lexicon;
use super::marks::{self, Stretch};
use super::phrase::{Role, View};
use super::sentence;
use super::token::{self, Token};
use crate::model::TextRange;
use labels::labels;
use mend::{close, sober, without_turn_mark};

/// Who says what, in places of the article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    /// What is said, in pieces, in order.
    pub(super) content: Vec<TextRange>,
    /// Whether every piece stands in quotation marks.
    pub(super) quoted: bool,
    /// The words that name who says it.
    pub(super) source: Option<TextRange>,
    /// The words that attribute it.
    pub(super) cue: Option<TextRange>,
    /// Who was spoken to.
    pub(super) listener: Option<TextRange>,
    /// Whose words the source passes on.
    pub(super) inner: Option<TextRange>,
    /// An attitude rather than an utterance.
    pub(super) attitude: bool,
    /// The source `was quoted as saying` it.
    pub(super) passive: bool,
    /// Nothing says that it is theirs but its place: behind a sentence about them, in an interview.
    pub(super) placed: bool,
    /// What somebody says in it, which counts where an outlet only passes it on.
    pub(super) nested: Option<Box<Attribution>>,
    /// The paragraph in which it begins.
    pub(super) paragraph: usize,
}

impl Attribution {
    /// Something said, of which nothing else is known.
    pub(super) fn new(content: Vec<TextRange>, paragraph: usize) -> Self {
        Self {
            content,
            quoted: false,
            source: None,
            cue: None,
            listener: None,
            inner: None,
            attitude: false,
            passive: false,
            placed: false,
            nested: None,
            paragraph,
        }
    }
}

/// A paragraph with its sentences.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) range: TextRange,
    pub(super) stretches: Vec<Stretch>,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Range<usize>>,
}

impl Paragraph {
    /// Reads a paragraph.
    pub(super) fn read(text: &str, range: TextRange, lexicon: &Lexicon) -> Self {
        let range = without_turn_mark(text, range);
        let mut stretches = marks::stretches(text, range);
        if let Some(last) = stretches.last_mut().filter(|last| !last.closed) {
            close(text, last, lexicon);
        }
        let stretches = marks::incise::split(text, stretches, lexicon);
        let mut tokens = token::tokens(text, range, &stretches, lexicon);
        sober(&mut tokens, lexicon);
        let sentences = sentence::sentences(text, &tokens, &stretches, lexicon);
        Self { range, stretches, tokens, sentences }
    }

    pub(super) fn view<'a>(&'a self, text: &'a str, lexicon: &'a Lexicon) -> View<'a> {
        View { text, tokens: &self.tokens, stretches: &self.stretches, lexicon }
    }
}

/// Finds every attribution of an article.
pub(super) fn attributions(text: &str, paragraphs: &[Paragraph], lexicon: &Lexicon) -> Vec<Attribution> {
    let labels = labels(text, paragraphs, lexicon);
    let interviewers = interview::interviewers(text, paragraphs, &labels, lexicon);
    let transcript = labels.iter().filter(|label| label.is_some()).count() > 3;
    let mut all: Vec<Attribution> = Vec::new();
    // The attribution whose quotation the last paragraph left open.
    let mut open: Option<usize> = None;
    // A colon at the end of the last sentence announces what follows, and whose it is.
    let mut announced: Option<Announced> = None;
    let mut turn: Option<usize> = None;
    let answers = interview::answers(text, paragraphs, lexicon);
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let view = paragraph.view(text, lexicon);
        if let Some(turn) = answers.get(&number) {
            if let interview::Turn::Answer { joined } = turn {
                let last = all.len().checked_sub(1).filter(|_| *joined);
                match last {
                    Some(last) => all[last].content.push(content_of(&view)),
                    None => all.push(Attribution { placed: true, ..Attribution::new(vec![content_of(&view)], number) }),
                }
            }
            open = None;
            announced = None;
            continue;
        }
        if let Some(label) = &labels[number] {
            // What an interviewer asks is nobody's claim.
            if label.asks || interviewers.contains(&text[view.range(&label.source).span()]) {
                turn = None;
                open = None;
                announced = None;
                continue;
            }
            let content = view.range(&label.content);
            turn = (!label.signed).then_some(all.len());
            all.push(Attribution {
                quoted: label.content.len() == 1 && view.role(label.content.start) == Role::Quoted,
                source: Some(view.range(&label.source)),
                cue: Some(view.range(&label.cue)),
                ..Attribution::new(vec![content], number)
            });
            open = None;
            announced = None;
            continue;
        }
        // Between two labelled paragraphs of a transcript the speaker goes on.
        if let Some(last) = turn
            && transcript
            && labels[number + 1..].iter().take(4).any(Option::is_some)
        {
            all[last].content.push(paragraph.range);
            all[last].quoted = false;
            continue;
        }
        turn = None;
        let first = all.len();
        let was_open = open.take();
        for (place, sentence) in paragraph.sentences.iter().enumerate() {
            let found = attribution::attributions(&view, sentence);
            let bare = bare(&view, sentence);
            if found.is_empty() && bare {
                let pieces: Vec<TextRange> = sentence
                    .clone()
                    .filter(|at| view.role(*at) == Role::Quoted)
                    .map(|at| view.range(&(at..at + 1)))
                    .collect();
                let unclosed = sentence.clone().filter_map(|at| view.stretch(at)).any(|stretch| !stretch.closed);
                // “…,” X said. Her husband nods. “…”: the sentence between is about somebody else.
                let between = place.checked_sub(1).filter(|before| {
                    let range = view.range(&paragraph.sentences[*before]);
                    place > 1
                        && !all[first..]
                            .iter()
                            .any(|made| made.content.iter().chain(&made.cue).any(|part| part.overlaps(range)))
                });
                let other = between
                    .and_then(|_| attribution::told_of(&view, &paragraph.sentences[..place], place))
                    .filter(|source| source.len() > 1 && attribution::is_kin(view.word(source.end - 1)));
                let target = if other.is_some() {
                    None
                } else if place == 0 && was_open.is_some() {
                    was_open
                } else if let Some(announced) = announced.take() {
                    all.push(announced.with(pieces.clone(), number));
                    if unclosed {
                        open = Some(all.len() - 1);
                    }
                    continue;
                } else if all.len() > first {
                    (first..all.len())
                        .rev()
                        .take(12)
                        .find(|index| speaks(text, &all[*index]))
                        .or_else(|| (all.len() > first).then(|| all.len() - 1).filter(|last| utters(&all[*last])))
                } else {
                    None
                };
                if let Some(target) = target {
                    all[target].content.extend(pieces);
                    if unclosed {
                        open = Some(target);
                    }
                } else if let Some(source) = attribution::told_of(&view, &paragraph.sentences, place) {
                    all.push(Attribution {
                        quoted: true,
                        source: Some(view.range(&source)),
                        placed: true,
                        ..Attribution::new(pieces, number)
                    });
                    if unclosed {
                        open = Some(all.len() - 1);
                    }
                } else if let Some(last) = continues(text, &all, number, place, paragraphs) {
                    let source = all[last].source;
                    all.push(Attribution { quoted: true, source, ..Attribution::new(pieces, number) });
                    if unclosed {
                        open = Some(all.len() - 1);
                    }
                }
                continue;
            }
            // A quotation that runs out in the writer's own words goes on with the speaker before it.
            if found.is_empty()
                && all.len() > first
                && view.role(sentence.start) == Role::Quoted
                && view.words_in(sentence.start) > 3
                && !sentence.clone().any(|at| view.is_finite(at))
                && let Some(target) = (first..all.len()).rev().take(12).find(|index| speaks(text, &all[*index]))
            {
                let mut end = sentence.end;
                while end > sentence.start && view.role(end - 1) == Role::Stop {
                    end -= 1;
                }
                all[target].content.push(view.range(&(sentence.start..end)));
                all[target].quoted = false;
                continue;
            }
            // “Das teilte das Unternehmen mit.”: the sentence before is what it says.
            if let Some((source, cue)) = attribution::refers_back(&view, sentence)
                && let Some(before) = place.checked_sub(1).and_then(|place| paragraph.sentences.get(place))
                && !all[first..].iter().any(|made| made.content.iter().any(|piece| piece.overlaps(view.range(before))))
            {
                let mut end = before.end;
                while end > before.start + 1 && view.role(end - 1) == Role::Stop {
                    end -= 1;
                }
                let quoted = end == before.start + 1 && view.role(before.start) == Role::Quoted;
                all.push(Attribution {
                    quoted,
                    source: Some(view.range(&source)),
                    cue: Some(view.range(&cue)),
                    ..Attribution::new(vec![view.range(&(before.start..end))], number)
                });
                continue;
            }
            // “… Mehr sei nicht zu holen.”: the subjunctive goes on with what the last speaker said.
            if found.is_empty()
                && attribution::goes_on(&view, sentence)
                && let Some((source, inner, listener)) = all[first..]
                    .iter()
                    .rev()
                    .find(|last| !last.attitude)
                    .filter(|last| last.source.is_some())
                    .map(|last| (last.source, last.inner, last.listener))
                    .or_else(|| {
                        // “Der Bürgermeister kündigte eine Untersuchung an. Er wolle wissen, …”
                        let pronoun = place > 0 && matches!(view.word(sentence.start), "er" | "sie");
                        pronoun.then(|| (Some(view.range(&(sentence.start..sentence.start + 1))), None, None))
                    })
            {
                let mut end = sentence.end;
                while end > sentence.start + 1 && view.role(end - 1) == Role::Stop {
                    end -= 1;
                }
                all.push(Attribution {
                    source,
                    listener,
                    inner,
                    ..Attribution::new(vec![view.range(&(sentence.start..end))], number)
                });
                continue;
            }
            announced = None;
            for found in found {
                let made = attribution_of(&view, &found, number);
                let unclosed = found
                    .content
                    .iter()
                    .flat_map(|piece| piece.clone())
                    .filter_map(|at| view.stretch(at))
                    .any(|stretch| !stretch.closed);
                if unclosed {
                    open = Some(all.len());
                }
                all.push(made);
            }
            if view.role(sentence.end - 1) == Role::Colon || view.tokens[sentence.end - 1].point() == Some(':') {
                announced = announce(&view, sentence, &all[first..]);
            }
        }
    }
    headline::confirm(text, &mut all, lexicon);
    all
}

/// What a paragraph says, without the point at its end.
fn content_of(view: &View<'_>) -> TextRange {
    view.range(&(0..content_end(view).max(1)))
}

/// Whose words a colon announces.
struct Announced {
    source: Option<TextRange>,
    cue: TextRange,
}

impl Announced {
    fn with(self, content: Vec<TextRange>, paragraph: usize) -> Attribution {
        Attribution { quoted: true, source: self.source, cue: Some(self.cue), ..Attribution::new(content, paragraph) }
    }
}

fn announce(view: &View<'_>, sentence: &Range<usize>, _earlier: &[Attribution]) -> Option<Announced> {
    let last = sentence.end - 1;
    let cue = view.range(&(last..sentence.end));
    let source = attribution::subject_of(view, &(sentence.start..last)).map(|range| view.range(&range));
    Some(Announced { source, cue })
}

/// Whether a sentence is nothing but quotations.
fn bare(view: &View<'_>, sentence: &Range<usize>) -> bool {
    let mut quoted = false;
    for at in sentence.clone() {
        match view.role(at) {
            Role::Quoted => quoted |= view.words_in(at) > 1,
            Role::Stop | Role::Comma | Role::Dash => {}
            _ => return false,
        }
    }
    quoted
}

/// Whether an attribution has speech in it that a quotation may go on with.
fn speaks(text: &str, attribution: &Attribution) -> bool {
    !attribution.attitude && attribution.content.iter().any(|piece| has_mark(&text[piece.span()]))
}

/// Whether an attribution is of somebody who may go on in their own words: a source that says it, not one that is cited.
fn utters(attribution: &Attribution) -> bool {
    !attribution.attitude && attribution.source.is_some()
}

fn has_mark(text: &str) -> bool {
    text.contains(['“', '”', '"', '«', '»', '„', '‘', '「']) || text.contains("''")
}

/// The attribution that a paragraph of nothing but speech goes on with: the last one, if its paragraph was the last.
fn continues(text: &str, all: &[Attribution], number: usize, place: usize, paragraphs: &[Paragraph]) -> Option<usize> {
    let paragraph = &paragraphs[number];
    if place > 0 && paragraph.sentences.len() > 1 {
        return None;
    }
    // A few words in single marks by themselves are a heading.
    let heading = paragraph.stretches.iter().all(|stretch| stretch.single && stretch.inner.len() < 80)
        && paragraph.tokens.len() <= 2;
    if heading {
        return None;
    }
    let last = all.len().checked_sub(1)?;
    (number > 0 && all[last].paragraph + 1 >= number && speaks(text, &all[last])).then_some(last)
}

/// Whether nothing but quotations stands in some tokens, or what joins two of them (“A” and “B”).
fn is_quoted(view: &View<'_>, piece: &Range<usize>) -> bool {
    view.role(piece.start) == Role::Quoted
        && view.role(piece.end - 1) == Role::Quoted
        && piece.clone().all(|at| {
            matches!(
                view.role(at),
                Role::Quoted | Role::Comma | Role::Stop | Role::Dash | Role::Conjunction | Role::Auxiliary
            )
        })
}

fn attribution_of(view: &View<'_>, found: &Found, paragraph: usize) -> Attribution {
    Attribution {
        content: found.content.iter().map(|piece| view.range(piece)).collect(),
        quoted: found.content.iter().all(|piece| is_quoted(view, piece)),
        source: found.source.as_ref().map(|source| view.range(source)),
        cue: Some(view.range(&found.cue)),
        listener: found.listener.as_ref().map(|listener| view.range(listener)),
        inner: found.inner.as_ref().map(|inner| view.range(inner)),
        attitude: found.attitude,
        passive: found.passive,
        placed: false,
        nested: found.nested.as_ref().map(|nested| Box::new(attribution_of(view, nested, paragraph))),
        paragraph,
    }
}

fn content_end(view: &View<'_>) -> usize {
    let mut end = view.tokens.len();
    while end > 0 && view.tokens[end - 1].point().is_some_and(|c| matches!(c, '.')) {
        end -= 1;
    }
    end
}
