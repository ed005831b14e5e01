//! Fabrications: a word beside the marks says that a quotation was made up, wrongly attributed or taken back.

use super::negation::is_negation_at;
use super::scene::{Scene, is_quoted, sentence_at};
use crate::matching::attribution::is_saying_at;
use crate::matching::index::Index;
use crate::matching::lexicon;

/// A word beside the marks says that the quotation was made up, wrongly attributed or taken back.
pub(super) fn says_made_up(scene: &Scene<'_>) -> bool {
    let around = scene.lead.iter().chain(&scene.trail).copied();
    let made_up = |at: usize| {
        lexicon::is_fabrication(scene.key(at), scene.language)
            || is_made_up(at, scene.index)
            || is_wrongly(scene.key(at))
                && (at.saturating_sub(2)..at + 3)
                    .any(|near| scene.index.tokens().get(near).is_some() && is_attributing(scene.key(near)))
    };
    if scene.in_marks {
        return around.clone().any(|at| made_up(at) && !negated(at, scene.index) && !is_of_another(at, scene));
    }
    // Without marks: only what governs the words, such as `falsely attributed to her: | …` or `the fabricated claim that`.
    scene.before.iter().rev().take(8).any(|at| {
        is_wrongly(scene.key(*at))
            && (at.saturating_sub(2)..at + 3).any(|near| near < scene.span.start && is_attributing(scene.key(near)))
            || matches!(scene.key(*at), "misquoted" | "misattributed" | "misquotes")
    })
}

/// `The message reads “…”. Ruiz said the message was a fake: | “…”`: what the sentence before quotes is called so, and behind the
/// colon the speaker answers it.
fn is_of_another(at: usize, scene: &Scene<'_>) -> bool {
    let index = scene.index;
    let (Some(first), true) = (scene.lead.first(), index.gap_before(scene.opening).contains([':', '：'])) else {
        return false;
    };
    let says = scene.lead.iter().position(|near| is_saying_at(*near, index));
    let noun = scene.lead.iter().enumerate().find_map(|(number, near)| {
        let named = lexicon::is_utterance(index.key(*near))
            || matches!(index.key(*near), "claim" | "rumour" | "rumor" | "story");
        (named && *near < at && says.is_some_and(|says| says < number)).then(|| index.key(*near))
    });
    let own = index.block_tokens(index.block_of(*first));
    let Some(before) = first.checked_sub(1).filter(|before| own.contains(before)) else { return false };
    let sentence = sentence_at(before, index);
    let held = |at: usize| is_quoted(at, index);
    noun.is_some_and(|noun| sentence.clone().any(|at| index.key(at) == noun && !held(at)))
        && (sentence.start..*first).any(held)
}

/// `was made up`, `a made-up quote`; but not `made up her mind`, `is made up of`.
pub(super) fn is_made_up(at: usize, index: &Index<'_>) -> bool {
    let key = |at: Option<usize>| at.filter(|at| *at < index.tokens().len()).map_or("", |at| index.key(at));
    let before = key(at.checked_sub(1));
    index.key(at) == "made"
        && key(at.checked_add(1)) == "up"
        && key(at.checked_add(2)) != "of"
        && (matches!(before, "is" | "are" | "was" | "were" | "been" | "being" | "s" | "a" | "the" | "all" | "just")
            || before.ends_with("ly"))
}

pub(super) fn is_wrongly(key: &str) -> bool {
    matches!(
        key,
        "falsely"
            | "wrongly"
            | "incorrectly"
            | "mistakenly"
            | "erroneously"
            | "falschlich"
            | "falschlicherweise"
            | "faussement"
            | "falsamente"
            | "erroneamente"
            | "onrechte"
            | "felaktigt"
            | "fejlagtigt"
            | "blednie"
            | "ошибочно"
            | "помилково"
    )
}

pub(super) fn is_attributing(key: &str) -> bool {
    matches!(
        key,
        "attributed"
            | "quoted"
            | "ascribed"
            | "credited"
            | "reported"
            | "stated"
            | "said"
            | "claimed"
            | "zugeschrieben"
            | "zitiert"
            | "attribue"
            | "attribuee"
            | "atribuido"
            | "atribuida"
            | "attribuito"
            | "attribuita"
            | "toegeschreven"
            | "tillskrivits"
            | "tilskrevet"
            | "przypisano"
            | "przypisywano"
            | "приписали"
            | "приписывают"
            | "процитировали"
    )
}

pub(super) fn negated(at: usize, index: &Index<'_>) -> bool {
    (at.saturating_sub(3)..at).any(|before| is_negation_at(before, index))
}
