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
/// Questions, each with something else behind it, that make an interview.
const QUESTIONS: usize = 3;

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
    if is_question_of_interview(block, from..to, index) {
        return Some(Label::Asks);
    }
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

/// Whether a block stands under a label that is a paragraph of its own and names the speaker: `Ana Ruiz (dissenting):`. Paragraphs
/// with numbers behind the first one are of the same turn.
pub(super) fn heads(block: usize, name: &Name, index: &Index<'_>) -> bool {
    let numbered =
        |block: usize| index.block_tokens(block).next().is_some_and(|at| index.tokens()[at].kind == Kind::Number);
    let mut at = block;
    for _ in 0..WINDOW {
        let Some(before) = at.checked_sub(1) else { return false };
        if is_heading_label(before, index) {
            let words: Vec<usize> = index.block_tokens(before).collect();
            let first = name.mentions(&words, index).into_iter().next();
            return first.is_some_and(|first| first.range.start <= HEAD);
        }
        if !(numbered(at) && numbered(before)) {
            return false;
        }
        at = before;
    }
    false
}

/// How many tokens may stand before the name of a label: a letter, a title.
const HEAD: usize = 2;

/// Whether a paragraph is nothing but a label: a name with a capital, a colon at its end, and no sentence.
fn is_heading_label(block: usize, index: &Index<'_>) -> bool {
    let content = &index.document().blocks[block];
    let own = index.block_tokens(block);
    let text = index.document().slice(content.range).trim_end();
    content.zone.place() == Where::Body
        && (2..=LONGEST_WITH_PARENTHESES).contains(&own.len())
        && text.ends_with([':', '：'])
        && !text.contains(['“', '"', '«', '„'])
        && own.clone().take(2).all(|at| index.tokens()[at].has(bits::CAPITAL))
        && !own.clone().any(|at| super::is_saying_at(at, index))
}

/// Whether a block is a turn of somebody in a transcript, whose words stand without marks.
pub(in crate::matching) fn is_turn(block: usize, index: &Index<'_>) -> bool {
    matches!(of_block(block, index), Some(Label::Named(_) | Label::Answers))
}

fn label(block: usize, index: &Index<'_>) -> Option<Label> {
    if index.document().blocks[block].zone.place() != Where::Body {
        return None;
    }
    let whole = index.block_tokens(block);
    // `[00:19] YN: …`
    let time = whole.clone().take(4).take_while(|at| index.tokens()[*at].kind == Kind::Number).count();
    let own = whole.start + time..whole.end;
    if let Some(label) = with_parentheses(own.clone(), index) {
        return Some(label);
    }
    let end = own.clone().skip(1).take(LONGEST).find(|at| {
        let gap = index.gap_before(*at);
        gap.contains([':', '：'])
            || own.len() > 2 && *at == own.start + 1 && is_letter(*at - 1, index) && gap.starts_with(['.', ')'])
    })?;
    let capital = |at: usize| {
        let token = &index.tokens()[at];
        token.kind == Kind::Word && token.has(bits::CAPITAL) || token.kind == Kind::Character
    };
    if !(own.start..end).all(capital) || (own.start + 1..end).any(|at| index.tokens()[at].has(bits::SENTENCE)) {
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

/// The longest label with what stands in parentheses, in tokens.
const LONGEST_WITH_PARENTHESES: usize = 16;

/// `Ana Ruiz (Calder West) (Unity): …`, `The Minister for Health (Ana Ruiz): …`: a name before the parentheses, or an office
/// before them and its holder inside.
fn with_parentheses(own: std::ops::Range<usize>, index: &Index<'_>) -> Option<Label> {
    let end =
        own.clone().skip(2).take(LONGEST_WITH_PARENTHESES).find(|at| index.gap_before(*at).contains([':', '：']))?;
    if !index.gap_before(end).starts_with([')', '）', ']']) {
        return None;
    }
    let opens = |at: &usize| index.gap_before(*at).contains(['(', '（', '[']);
    let inside = (own.start + 1..end).find(opens)?;
    let closes = (inside + 1..end).find(|at| index.gap_before(*at).contains([')', '）', ']'])).unwrap_or(end);
    if (own.start + 1..inside).any(|at| index.tokens()[at].has(bits::BREAK)) {
        return None;
    }
    let capital = |at: usize| index.tokens()[at].kind == Kind::Word && index.tokens()[at].has(bits::CAPITAL);
    let first = index.key(own.start);
    let office = first == "the" || (own.start..inside).any(|at| !capital(at));
    let keys = |range: std::ops::Range<usize>| name_keys(index.document().slice(index.range(range)), index);
    if office {
        // The name in parentheses has two words at least, all with capitals; a constituency follows a name, not an office.
        let named =
            closes - inside >= 2 && (inside..closes).all(capital) && capital(own.start) && inside - own.start <= 10;
        return named.then(|| Label::Named(keys(inside..closes)));
    }
    let keys = keys(own.start..inside);
    (!keys.is_empty() && (own.start..inside).all(capital) && inside - own.start <= LONGEST)
        .then_some(Label::Named(keys))
}

/// Whether a block is a question to whoever the page interviews: questions to `you` that take turns with what is none.
fn is_question_of_interview(block: usize, around: std::ops::Range<usize>, index: &Index<'_>) -> bool {
    is_question(block, index) && {
        let questions: Vec<bool> = around.map(|block| is_question(block, index)).collect();
        questions.windows(2).filter(|pair| pair[0] && !pair[1]).count() >= QUESTIONS
    }
}

/// Whether a block of the body asks somebody: no quotation marks, `you`, and a question at its end.
fn is_question(block: usize, index: &Index<'_>) -> bool {
    let content = &index.document().blocks[block];
    let text = index.document().slice(content.range).trim_end();
    content.zone.place() == Where::Body
        && !text.contains(['“', '"', '«', '„'])
        && text.len() < 600
        && text.ends_with(['?', '？'])
        && index.block_tokens(block).any(|at| {
            matches!(
                index.key(at),
                "you"
                    | "your"
                    | "sie"
                    | "ihnen"
                    | "ihr"
                    | "ihre"
                    | "vous"
                    | "votre"
                    | "usted"
                    | "su"
                    | "tu"
                    | "voce"
                    | "lei"
                    | "u"
                    | "uw"
                    | "вы"
                    | "вас"
                    | "вам"
                    | "pan"
                    | "pani"
            )
        })
}

fn is_letter(at: usize, index: &Index<'_>) -> bool {
    matches!(index.form(at), "Q" | "A")
}
