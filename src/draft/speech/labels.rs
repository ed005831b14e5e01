//! Labels: speakers that are named at the head of their paragraph (`Lind: the quay will close`), or behind a dash at its end.

use std::ops::Range;

use super::{Paragraph, content_end};
use crate::draft::lexicon::Lexicon;
use crate::draft::phrase::{Role, View, is_heading};

/// A speaker at the head of a paragraph.
pub(super) struct Label {
    pub(super) source: Range<usize>,
    pub(super) cue: Range<usize>,
    pub(super) content: Range<usize>,
    /// At the end, behind a dash.
    pub(super) signed: bool,
    /// The question of an interview: `Q: …`.
    pub(super) asks: bool,
}

/// Speakers at the heads of paragraphs, in transcripts, interviews and headlines (`Lind: the quay will close`), and
/// behind a dash at their end (`“…” — Mara Lind`).
pub(super) fn labels(text: &str, paragraphs: &[Paragraph], lexicon: &Lexicon) -> Vec<Option<Label>> {
    let mut labels: Vec<Option<Label>> = paragraphs
        .iter()
        .map(|paragraph| {
            let view = paragraph.view(text, lexicon);
            label(&view).or_else(|| signature(&view))
        })
        .collect();
    // One paragraph alone that begins with a name and a colon is a heading, unless it is the headline or a quotation.
    let many = labels.iter().filter(|label| label.is_some()).count() >= 3;
    for (number, label) in labels.iter_mut().enumerate() {
        let Some(found) = label else { continue };
        let view = paragraphs[number].view(text, lexicon);
        let quotation = (found.content.clone()).all(|at| matches!(view.role(at), Role::Quoted | Role::Stop));
        let heading = found.source.len() == 1 && is_heading(view.word(found.source.start));
        if heading || !(many || number == 0 || quotation) {
            *label = None;
        }
    }
    labels
}

fn label(view: &View<'_>) -> Option<Label> {
    let colon = (1..view.tokens.len().min(8))
        .find(|at| view.role(*at) == Role::Colon || view.tokens[*at].point() == Some(':'))?;
    let end = content_end(view);
    if colon + 1 >= end {
        return None;
    }
    let named = (0..colon).all(|at| {
        view.tokens[at].capital && !matches!(view.role(at), Role::Subordinator)
            || matches!(view.role(at), Role::Possessive | Role::Opening | Role::Closing | Role::Sign)
            || matches!(view.word(at), "of" | "de" | "von" | "van" | "for" | "the" | "and")
    });
    if !named
        || (0..colon).any(|at| matches!(view.role(at), Role::Stop))
        || view.lexicon.is_starter(view.word(0)) && colon == 1 && view.tokens[0].range.len() > 1
    {
        return None;
    }
    let asks = colon == 1 && matches!(view.word(0), "q" | "question" | "frage" | "pregunta" | "p" | "f");
    Some(Label { source: 0..colon, cue: colon..colon + 1, content: colon + 1..end, signed: false, asks })
}

/// `“…” — Mara Lind, teacher`
fn signature(view: &View<'_>) -> Option<Label> {
    let dash = (1..view.tokens.len().min(6)).find(|at| view.role(*at) == Role::Dash)?;
    let end = content_end(view);
    let quoted = (0..dash).all(|at| matches!(view.role(at), Role::Quoted | Role::Stop)) && view.role(0) == Role::Quoted;
    let named = view.tokens.get(dash + 1).is_some_and(|token| token.capital)
        && end - dash <= 14
        && dash + 1 < end
        && !(dash + 1..end).any(|at| view.is_finite(at));
    (quoted && named).then_some(Label {
        source: dash + 1..end,
        cue: dash..dash + 1,
        content: 0..dash,
        signed: true,
        asks: false,
    })
}
