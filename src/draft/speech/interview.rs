//! Interviews: which paragraphs ask, and which answer.
//!
//! An interview whose speakers are named at the head of their paragraphs is read by those names: whoever mostly asks is
//! the interviewer. One without names is told by its form: questions that are paragraphs by themselves and speak to
//! somebody, each with an answer behind it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Paragraph;
use super::labels::Label;
use crate::draft::lexicon::Lexicon;

/// Paragraphs of one answer.
const ANSWER: usize = 6;
/// Words of a question.
const QUESTION: usize = 70;

/// What a paragraph of an interview without names is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Question,
    Answer {
        /// It goes on with the answer of the paragraph before.
        joined: bool,
    },
}

/// The labels of those who ask: at least two of their turns, and no fewer than half of them, end with a question.
pub(super) fn interviewers<'t>(
    text: &'t str,
    paragraphs: &[Paragraph],
    labels: &[Option<Label>],
    lexicon: &Lexicon,
) -> HashSet<&'t str> {
    let mut turns: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (paragraph, label) in paragraphs.iter().zip(labels) {
        let Some(label) = label.as_ref().filter(|label| !label.signed) else { continue };
        let view = paragraph.view(text, lexicon);
        let name = &text[view.range(&label.source).span()];
        let turn = turns.entry(name).or_default();
        turn.0 += 1;
        turn.1 += usize::from(asks(&text[paragraph.range.span()]));
    }
    if turns.len() < 2 {
        return HashSet::new();
    }
    turns.into_iter().filter(|(_, (all, asking))| *asking >= 2 && asking * 2 >= *all).map(|(name, _)| name).collect()
}

/// The turns of an interview without names, by paragraph; nothing where the article is none.
pub(super) fn answers(text: &str, paragraphs: &[Paragraph], lexicon: &Lexicon) -> HashMap<usize, Turn> {
    let questions: Vec<usize> = (0..paragraphs.len())
        .filter(|number| {
            let paragraph = &paragraphs[*number];
            let written = &text[paragraph.range.span()];
            let quoted = paragraph.tokens.first().is_some_and(|token| token.quoted().is_some());
            let labelled = paragraph.tokens.iter().take(6).any(|token| token.point() == Some(':'));
            asks(written) && !quoted && !labelled && written.split_whitespace().count() <= QUESTION
        })
        .collect();
    let first = match questions.first() {
        Some(first) if questions.len() >= 3 => *first,
        _ => return HashMap::new(),
    };
    let addressed = questions.iter().filter(|number| speaks_to(text, &paragraphs[**number], lexicon)).count();
    let spaced = questions.windows(2).all(|pair| (2..=ANSWER + 1).contains(&(pair[1] - pair[0])));
    let last = questions[questions.len() - 1];
    let answered = last + 1 < paragraphs.len();
    // Most of the article is questions and answers.
    let share = (last + 2 - first) * 2 > paragraphs.len();
    if !(spaced && answered && share) || addressed * 3 < questions.len() {
        return HashMap::new();
    }
    let mut turns = HashMap::new();
    for (place, number) in questions.iter().enumerate() {
        turns.insert(*number, Turn::Question);
        // Behind the last question only one paragraph is surely an answer.
        let end = questions.get(place + 1).copied().unwrap_or((number + 2).min(paragraphs.len()));
        for answer in number + 1..end {
            turns.insert(answer, Turn::Answer { joined: answer > number + 1 });
        }
    }
    turns
}

fn asks(written: &str) -> bool {
    written.trim_end_matches(['”', '"', '»', '“', ' ', '*', '_']).ends_with('?')
}

/// Whether a question speaks to somebody.
fn speaks_to(text: &str, paragraph: &Paragraph, lexicon: &Lexicon) -> bool {
    paragraph.tokens.iter().any(|token| {
        let written = &text[token.range.span()];
        match lexicon.language {
            "de" => matches!(
                written,
                "Sie" | "Ihnen" | "Ihr" | "Ihre" | "Ihren" | "Ihrem" | "Ihrer" | "du" | "dir" | "dein" | "deine"
            ),
            "fr" => matches!(token.lower.as_str(), "vous" | "votre" | "vos" | "tu" | "ton" | "ta"),
            "es" => matches!(token.lower.as_str(), "usted" | "ustedes" | "su" | "sus" | "tu" | "te"),
            _ => matches!(token.lower.as_str(), "you" | "your" | "yours"),
        }
    })
}
