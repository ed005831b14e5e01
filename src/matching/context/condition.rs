//! Conditions: the passage stands in a clause that supposes, or is what a condition outside it leads to.

use super::scene::{CONDITION_CHARACTERS, Scene, is_spaceless, leading};
use crate::matching::attribution::is_saying_at;
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;

/// How far before the passage its condition may stand.
const CONDITION_REACH: usize = 7;

/// `if | …`: the passage stands in the clause that supposes.
pub(super) fn supposed_before(scene: &Scene<'_>) -> bool {
    leading(scene)
        .take_while(|at| at + CONDITION_REACH >= scene.governed_from(*at))
        .any(|at| is_condition_at(at, scene) && !scene.pause_between(at))
}

/// Whether a token opens a condition: a word of the class that is no idiom, or one that is a condition only where it opens a
/// clause.
pub(super) fn is_condition_at(at: usize, scene: &Scene<'_>) -> bool {
    is_condition(at, scene.language, scene.index)
}

pub(super) fn is_condition(at: usize, language: &str, index: &Index<'_>) -> bool {
    let key = index.key(at);
    let opens = index.tokens()[at].bits & (bits::SENTENCE | bits::PAUSE) != 0;
    let next = if at + 1 < index.tokens().len() { index.key(at + 1) } else { "" };
    let word = lexicon::is_condition(key, language)
        || language == "fr" && key == "s" && matches!(next, "il" | "ils")
        || opens && matches!((language, key), ("it" | "pt", "se") | ("nl", "als") | ("sv" | "da" | "no", "om"));
    if !word || language == "es" && index.form(at).contains('í') {
        return false;
    }
    let before = at.checked_sub(1).filter(|_| !opens).map_or("", |before| index.key(before));
    let compares = matches!(
        before,
        "even"
            | "as"
            | "what"
            | "selbst"
            | "auch"
            | "meme"
            | "comme"
            | "incluso"
            | "anche"
            | "mesmo"
            | "zelfs"
            | "даже"
            | "nawet"
            | "aven"
            | "selv"
    );
    let small = matches!(next, "any" | "anything" | "ever" | "necessary" | "possible" | "needed" | "applicable")
        || key == "if" && matches!(next, "not" | "so" | "only");
    !compares && !small
}

/// The passage is what a condition leads to, and the condition stands outside: `if the council votes, | we will go`, `we will go |
/// unless the council votes`.
pub(super) fn depends(scene: &Scene<'_>) -> bool {
    let (span, index) = (&scene.span, scene.index);
    // Behind the passage, in the same sentence: right away, or after `only`.
    let tail = (span.end..scene.sentence.end).take(2);
    for at in tail {
        if scene.has(at, bits::SENTENCE) {
            break;
        }
        if is_condition_at(at, scene) && !is_indirect_question(scene.key(at)) {
            return true;
        }
        if !matches!(scene.key(at), "only" | "but" | "nur" | "aber" | "seulement" | "solo" | "chyba" | "es") {
            break;
        }
    }
    // `“We will pay,” Ruiz said, “if the bank agrees”`: the sentence goes on behind the attribution.
    if scene.in_marks && scene.after.is_empty() && !scene.trail.is_empty() {
        let next = scene.trail.last().map_or(span.end, |last| last + 1);
        let goes_on = index
            .tokens()
            .get(next)
            .is_some_and(|token| token.bits & bits::SENTENCE == 0 && token.bits & bits::QUOTE_MARK != 0);
        let clause = scene.trail.iter().skip(1).any(|at| {
            scene.has(*at, bits::PAUSE) && is_condition_at(*at, scene) && !is_indirect_question(scene.key(*at))
        });
        if clause || goes_on && is_condition_at(next, scene) {
            return true;
        }
    }
    let phrase = |words: &[&str]| {
        words.iter().enumerate().all(|(number, word)| {
            index.tokens().get(span.end + number).is_some() && index.key(span.end + number) == *word
        })
    };
    let unless: &[&[&str]] = &[
        &["es", "sei", "denn"],
        &["a", "moins", "que"],
        &["a", "condition", "que"],
        &["a", "menos", "que"],
        &["a", "no", "ser"],
        &["salvo", "que"],
        &["a", "meno", "che"],
        &["a", "patto", "che"],
        &["a", "condizione", "che"],
        &["a", "condicao", "de"],
        &["desde", "que"],
        &["chyba", "ze"],
        &["pod", "warunkiem"],
        &["при", "условии"],
        &["только", "если"],
        &["as", "long", "as"],
        &["so", "long", "as"],
        &["on", "condition"],
        &["in", "case"],
    ];
    let desde = |phrase: &[&str]| phrase != ["desde", "que"] || scene.language == "pt";
    if span.end < scene.sentence.end
        && !scene.has(span.end, bits::SENTENCE)
        && unless.iter().any(|words| desde(words) && phrase(words))
    {
        return true;
    }
    // Before the passage: the sentence begins with the condition, and the passage is its main clause.
    let consequent = scene.has(span.start, bits::PAUSE)
        || matches!(
            span.start.checked_sub(1).map(|at| index.key(at)),
            Some("then" | "dann" | "alors" | "entonces" | "allora")
        );
    let first = scene.sentence.start;
    // `If convicted, Lind | “faces prison”`: the quotation begins behind the subject of the main clause.
    let pauses: Vec<usize> =
        (first + 1..span.start).filter(|at| scene.has(*at, bits::PAUSE) && !scene.has(*at, bits::HYPHEN)).collect();
    let subject = scene.in_marks
        && scene.opening == span.start
        && pauses.len() == 1
        && span.start - pauses[0] <= 4
        && !(pauses[0]..span.start).any(|at| is_saying_at(at, index));
    let opener = (first..span.start).take(2).find(|at| {
        *at == first
            || matches!(index.key(first), "and" | "but" | "und" | "aber" | "et" | "mais" | "y" | "pero" | "only")
    });
    let spoken = |at: usize| {
        matches!((index.key(at), index.tokens().get(at + 1).map(|_| index.key(at + 1))), ("if", Some("you" | "i")))
    };
    if (consequent || subject)
        && let Some(at) = opener
        && (is_condition_at(at, scene)
            || (at == first
                && span.start > first + 1
                && matches!(index.key(first), "and" | "but" | "und" | "aber")
                && is_condition_at(first + 1, scene)))
        && !spoken(at)
    {
        // `If it rains, we stay, and | we sing`: the main clause begins behind the first pause.
        let pauses = (first + 1..=span.start).filter(|at| scene.has(*at, bits::PAUSE)).count();
        return subject || pauses == 1;
    }
    is_spaceless(scene) && {
        let before = scene.index.document().slice(index.range(first..span.start.max(first)));
        let before = before.trim();
        CONDITION_CHARACTERS.iter().any(|word| before.starts_with(word))
            || scene.following_text().trim_start_matches(['，', '、', ',']).starts_with("除非")
    }
}

/// `whether` behind the words asks something else: `we will see | whether it holds`.
fn is_indirect_question(key: &str) -> bool {
    matches!(key, "whether" | "ob")
}
