//! Labels: who speaks in a transcript or an interview, where each turn begins with a name and a colon.

use super::name::{Name, name_keys};
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::terms;
use crate::model::Where;

/// The longest label, in tokens.
const LONGEST: usize = 6;
/// How far before a block its label may stand, in blocks.
const LOOK_BACK: usize = 12;
/// How many blocks before and behind a block tell whether the page is a transcript.
const WINDOW: usize = 24;

/// The label of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// A name.
    Named(Vec<String>),
    /// `Q:`, `Question:`: whoever asks.
    Asks,
    /// `A:`, `Answer:`: whoever is asked.
    Answers,
}

/// The label under which a block stands, if the page is a transcript: labels that change and come back.
pub(super) fn of_block(block: usize, index: &Index<'_>) -> Option<Label> {
    // A transcript shows itself around the block; a page of any length costs the same.
    let from = block.saturating_sub(WINDOW);
    let to = (block + WINDOW).min(index.document().blocks.len());
    let labels: Vec<Option<Label>> = (from..to).map(|block| label(block, index)).collect();
    let turns = labels.iter().flatten().count();
    let mut distinct: Vec<&Label> = labels.iter().flatten().collect();
    distinct.dedup();
    let own = labels.get(block - from).cloned().flatten();
    if let Some(label @ (Label::Asks | Label::Answers)) = &own {
        return Some(label.clone());
    }
    // `Update:` once is no turn.
    if turns < 2 || distinct.len() < 2 {
        return None;
    }
    if own.is_some() {
        return own;
    }
    let transcript = turns >= 3 && turns * 4 >= labels.len();
    labels[..block - from].iter().rev().take(LOOK_BACK).flatten().next().cloned().filter(|_| transcript)
}

/// The label that a block itself begins with and that names the speaker.
pub(super) fn names(block: usize, name: &Name, index: &Index<'_>) -> bool {
    matches!(label(block, index), Some(Label::Named(keys)) if name.is_one_of(&keys))
}

fn label(block: usize, index: &Index<'_>) -> Option<Label> {
    if index.document().blocks[block].zone.place() != Where::Body {
        return None;
    }
    let own = index.block_tokens(block);
    let end = own.clone().skip(1).take(LONGEST).find(|at| {
        let gap = index.gap_before(*at);
        gap.contains([':', '：'])
            || own.len() > 2 && *at == own.start + 1 && is_letter(*at - 1, index) && gap.starts_with(['.', ')'])
    })?;
    let capital = |at: usize| {
        let token = &index.tokens()[at];
        token.kind == Kind::Word && token.bits & bits::CAPITAL != 0 || token.kind == Kind::Character
    };
    if !(own.start..end).all(capital) || (own.start + 1..end).any(|at| index.tokens()[at].bits & bits::SENTENCE != 0) {
        return None;
    }
    let text = index.document().slice(index.range(own.start..end));
    let keys = name_keys(text, index);
    let word = index.key(own.start);
    Some(match (end - own.start, word) {
        (
            1,
            "q" | "question" | "frage" | "pregunta" | "pergunta" | "domanda" | "vraag" | "вопрос" | "питання"
            | "interviewer" | "moderator",
        ) => Label::Asks,
        (1, "a" | "answer" | "antwort" | "respuesta" | "resposta" | "risposta" | "antwoord" | "ответ" | "reponse") => {
            Label::Answers
        }
        (1, "问" | "問") => Label::Asks,
        (1, "答") => Label::Answers,
        _ if keys.is_empty() => return None,
        _ if keys.iter().any(|key| terms::month(key).is_some() || terms::is_weekday(key)) => return None,
        _ => Label::Named(keys),
    })
}

fn is_letter(at: usize, index: &Index<'_>) -> bool {
    matches!(index.form(at), "Q" | "A")
}
