//! Negations that a quotation's edge cuts off: `not | afraid`, `failed to | check`, `no nurse | wants to strike`.

use super::negation::{is_idiom, is_negation_at};
use super::scene::{Scene, is_that};
use crate::matching::fold::{Kind, bits};
use crate::matching::lexicon;
use crate::matching::query::Query;
use crate::matching::terms;

/// Verbs and adverbs that negate the infinitive behind their `to` (keys).
const NEGATING_VERBS: &[&str] = &[
    "fail",
    "fails",
    "failed",
    "failing",
    "refuse",
    "refuses",
    "refused",
    "refusing",
    "decline",
    "declines",
    "declined",
    "neglect",
    "neglects",
    "neglected",
    "unable",
    "unwilling",
    "yet",
    "reluctant",
    "forgot",
];

/// A negation that belongs to the quoted clause stands right outside the edge.
pub(super) fn negated_at_edge(scene: &Scene<'_>, query: &Query) -> bool {
    let (span, index) = (&scene.span, scene.index);
    let quote_negates = query.words.first().is_some_and(|word| lexicon::is_negation(&word.key_text));
    let mut at = span.start;
    let mut looked = 0;
    while at > scene.sentence.start && looked < 2 && !scene.has(at, bits::BREAK) {
        at -= 1;
        if is_negation_at(at, index) && !is_idiom(at, index) {
            // `ne doute pas que | …`: a denial is negated, which asserts.
            let denial = at > scene.sentence.start
                && (lexicon::is_denial(index.key(at - 1), scene.language) || is_forgetting(index.key(at - 1)));
            if looked == 1 && denial && is_that(index.key(at + 1), scene.language) {
                break;
            }
            let near = looked == 0
                || lexicon::is_stop_word(index.key(at + 1))
                    && !lexicon::is_saying(index.key(at + 1))
                    && terms::number_word(index.key(at + 1)).is_none();
            if near && !quote_negates {
                return true;
            }
            break;
        }
        looked += 1;
    }
    if !quote_negates && is_subject_negated(scene) {
        return true;
    }
    // `failed to | check`, `refuse to | pay`: verbs that negate what follows them.
    if let Some(to) = span.start.checked_sub(1)
        && to > scene.sentence.start
        && index.key(to) == "to"
        && !scene.has(span.start, bits::BREAK)
        && NEGATING_VERBS.contains(&index.key(to - 1))
    {
        return true;
    }
    // Negation right behind the back edge: `wir nehmen das Geld | nicht`, `we can | not`.
    span.end < scene.sentence.end
        && !scene.has(span.end, bits::BREAK)
        && is_negation_at(span.end, index)
        && !is_idiom(span.end, index)
        && matches!(index.key(span.end), "nicht" | "niet" | "ikke" | "inte" | "pas" | "not" | "t")
}

/// Verbs of forgetting: who is told not to forget is told that it is so, `n’oubliez pas que | …`.
fn is_forgetting(key: &str) -> bool {
    ["oubli", "verge", "forget", "olvid", "esque", "diment", "glom", "glem", "ignor"]
        .iter()
        .any(|stem| key.starts_with(stem))
}

/// `no nurse | wants to strike`, `ninguna calle | se quedará sin luz`: the subject that is cut off carries the negation, and
/// the passage begins with its verb.
fn is_subject_negated(scene: &Scene<'_>) -> bool {
    let (start, index) = (scene.span.start, scene.index);
    if scene.before.last().is_none_or(|last| last + 1 != start) || scene.has(start, bits::BREAK | bits::CAPITAL) {
        return false;
    }
    let determines = |at: usize| {
        matches!(
            index.key(at),
            "no" | "kein"
                | "keine"
                | "keiner"
                | "keines"
                | "aucun"
                | "aucune"
                | "ningun"
                | "ninguna"
                | "nessun"
                | "nessuna"
                | "nenhum"
                | "nenhuma"
                | "geen"
                | "ingen"
                | "inget"
                | "inga"
                | "zaden"
                | "zadna"
                | "zadne"
                | "никакои"
        )
    };
    let first = index.key(start);
    let clitic = matches!(
        (scene.language, first),
        ("es" | "fr" | "pt" | "it", "se" | "me" | "nos" | "te" | "le" | "lo" | "la" | "ne" | "s" | "si" | "ci" | "y")
    );
    let verb = clitic
        || index.tokens()[start].kind == Kind::Word
            && !lexicon::is_preposition(first, scene.language)
            && !lexicon::is_pronoun(first)
            && !lexicon::is_conjunction(first, scene.language)
            && !lexicon::is_subordinator(first, scene.language)
            && (!lexicon::is_stop_word(first) || is_auxiliary(first));
    // The subject opens its clause: behind a verb the negation belongs to an object.
    verb && (is_long_subject_negated(scene)
        || (1..=2).any(|nouns| {
            let Some(at) = start.checked_sub(nouns + 1).filter(|at| scene.before.contains(at)) else { return false };
            determines(at)
                && !is_idiom(at, index)
                && (scene.has(at, bits::BREAK)
                    || lexicon::is_conjunction(index.key(at.saturating_sub(1)), scene.language))
                && (at + 1..start).all(|noun| {
                    !scene.has(noun, bits::PAUSE)
                        && !lexicon::is_stop_word(index.key(noun))
                        && !lexicon::is_preposition(index.key(noun), scene.language)
                })
        }))
}

/// How far before the passage a negative subject may open, in words.
const SUBJECT: usize = 8;

/// `None of the nurses | wants to strike`, `not a single nurse in this town | has seen it`: in English, whose verbs are told by
/// their endings.
fn is_long_subject_negated(scene: &Scene<'_>) -> bool {
    let (start, index) = (scene.span.start, scene.index);
    let first = index.key(start);
    let finite = is_auxiliary(first) || first.ends_with("ed") || first.ends_with('s') && !first.ends_with("ss");
    finite
        && super::clause::language(scene) == "en"
        && scene.before.iter().rev().take(SUBJECT).any(|at| {
            let opens = scene.has(*at, bits::BREAK)
                || at.checked_sub(1).is_some_and(|before| lexicon::is_conjunction(index.key(before), "en"));
            opens && !is_idiom(*at, index) && negative_opener(*at, scene).is_some_and(|opener| opener.reaches(scene))
        })
}

/// The words by which a subject is a negative one.
struct Opener {
    /// One past the last of them.
    end: usize,
    /// Whether a noun belongs to them: `no | nurse`, but not `nobody`.
    determines: bool,
}

fn negative_opener(at: usize, scene: &Scene<'_>) -> Option<Opener> {
    let next = scene.key(at + 1);
    let (length, determines) = match (scene.key(at), next) {
        ("none" | "nobody" | "nothing", _) | ("neither", "of") => (1, false),
        ("no" | "neither", _) => (1, true),
        ("not" | "hardly" | "scarcely" | "barely", "one" | "a" | "an" | "any" | "every" | "all" | "many" | "each") => {
            (2, true)
        }
        ("not" | "hardly" | "scarcely" | "barely", "anyone" | "anybody" | "anything" | "everyone" | "everybody") => {
            (2, false)
        }
        _ => return None,
    };
    Some(Opener { end: at + length, determines })
}

impl Opener {
    /// Whether nothing but a noun with its adjective, and nouns behind prepositions, stands between it and the passage.
    fn reaches(&self, scene: &Scene<'_>) -> bool {
        let mut nouns: i32 = if self.determines { 2 } else { 0 };
        (self.end..scene.span.start).all(|at| {
            let key = scene.key(at);
            if scene.has(at, bits::BREAK) || is_auxiliary(key) {
                return false;
            }
            if lexicon::is_preposition(key, "en") || key == "nor" {
                nouns = 2;
                return true;
            }
            if lexicon::is_stop_word(key) || lexicon::is_pronoun(key) {
                return nouns == 2;
            }
            nouns -= 1;
            nouns >= 0
        })
    }
}

/// Auxiliaries that a predicate begins with (keys).
fn is_auxiliary(key: &str) -> bool {
    matches!(
        key,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "must"
            | "should"
            | "does"
            | "did"
            | "ist"
            | "war"
            | "wird"
            | "hat"
            | "muss"
            | "kann"
            | "a"
            | "est"
            | "sera"
            | "va"
            | "peut"
            | "es"
            | "ha"
            | "era"
            | "sara"
            | "e"
            | "wordt"
            | "heeft"
            | "zal"
            | "har"
            | "ar"
            | "er"
            | "skal"
            | "jest"
            | "bedzie"
    )
}
