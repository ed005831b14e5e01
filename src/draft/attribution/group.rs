//! Groups of verbs, and verbs that attribute nothing: French auxiliaries and pronouns around a participle, names that are
//! given, amounts that are put.

use std::ops::Range;

use super::super::phrase::{Role, View};

/// Whether a verb only gives something its name: `the dam, known locally as “the Old Lady”`, `is called “winter foot”`,
/// `wie die Orgel oft genannt wird`.
pub(super) fn names_something(
    view: &View<'_>,
    body: &Range<usize>,
    verb: usize,
    end: usize,
    start: usize,
    auxiliary: bool,
) -> bool {
    let word = view.word(verb);
    if view.lexicon.language == "de" {
        // A passive: whoever says it is not its subject.
        let passive = |at: usize| matches!(view.word(at), "wird" | "werden" | "wurde" | "wurden" | "worden");
        return matches!(word, "genannt" | "bezeichnet" | "getauft") && passive(end);
    }
    let naming = matches!(
        word,
        "known"
            | "called"
            | "dubbed"
            | "nicknamed"
            | "labelled"
            | "labeled"
            | "branded"
            | "named"
            | "termed"
            | "appelé"
            | "appelée"
            | "surnommé"
            | "surnommée"
            | "baptisé"
            | "baptisée"
            | "llamado"
            | "llamada"
            | "apodado"
            | "apodada"
            | "conocido"
            | "conocida"
            | "bautizado"
            | "bautizada"
            | "dit"
            | "dite"
    );
    if !naming {
        return false;
    }
    let quoted = (end..body.end.min(end + 5)).find(|at| view.role(*at) == Role::Quoted);
    let Some(quoted) = quoted.filter(|at| view.words_in(*at) <= 5) else { return false };
    let between = (end..quoted).all(|at| {
        matches!(view.role(at), Role::Adverb | Role::Determiner | Role::Subordinator | Role::Preposition)
            || matches!(view.word(at), "as" | "locally" | "comme" | "como")
    });
    if !between {
        return false;
    }
    let inner = view.inner(quoted);
    let titled = inner
        .split_whitespace()
        .filter(|word| word.chars().count() > 3)
        .all(|word| word.starts_with(char::is_uppercase))
        && !inner.ends_with(['.', ',', '!', '?']);
    let before = start.checked_sub(1).filter(|at| *at >= body.start);
    let loose =
        before.is_none_or(|at| matches!(view.role(at), Role::Comma | Role::Opening | Role::Determiner | Role::Time));
    let present = auxiliary && matches!(view.word(start), "is" | "are" | "est" | "es" | "son" | "sont");
    !matches!(word, "dit" | "dite")
        && (loose && !auxiliary
            || present
            || auxiliary
                && titled
                && view.lexicon.language == "en"
                && view.role(start) == Role::Auxiliary
                && matches!(view.word(start), "was" | "were"))
}

/// Where a French group of verbs begins: over what stands between its auxiliary and its participle (`a par ailleurs
/// affirmé`), and over the pronouns of its objects (`il y dénonce`). And whether it has an auxiliary.
pub(super) fn french_group(
    view: &View<'_>,
    body: &Range<usize>,
    verb: usize,
    mut start: usize,
    mut auxiliary: bool,
) -> (usize, bool) {
    let word = view.word(verb);
    let participle = ["é", "ée", "és", "u", "ue", "i", "is", "it"].iter().any(|ending| word.ends_with(ending));
    if !auxiliary && participle {
        let has = |at: usize| {
            matches!(view.word(at), "a" | "ont" | "avait" | "avaient" | "aura" | "auront" | "aurait" | "ai" | "avons")
        };
        let found = (body.start.max(start.saturating_sub(5))..start).rev().find(|at| has(*at));
        if let Some(found) = found.filter(|found| found + 1 < start) {
            let between = found + 1..start;
            let opens = matches!(view.role(between.start), Role::Preposition | Role::Adverb | Role::Negation);
            let plain = between.clone().all(|at| {
                matches!(
                    view.role(at),
                    Role::Preposition | Role::Adverb | Role::Negation | Role::Other | Role::Determiner | Role::Pronoun
                ) && !view.lexicon.is_subject_pronoun(view.word(at))
            });
            if opens && plain {
                start = found;
                auxiliary = true;
                while start > body.start && matches!(view.role(start - 1), Role::Negation | Role::Adverb) {
                    start -= 1;
                }
            }
        }
    }
    // Pronouns of objects, behind a subject.
    let spanish = view.lexicon.language == "es";
    let object = |at: usize| {
        !(spanish && matches!(view.word(at), "y" | "en"))
            && matches!(
                view.word(at),
                "y" | "en" | "lui" | "leur" | "se" | "s'" | "me" | "m'" | "te" | "t'" | "nous" | "vous"
            )
            || matches!(view.word(at), "l'" | "le" | "la" | "les" | "lo" | "los" | "nos")
    };
    let mut back = start;
    while back > body.start + 1 && object(back - 1) && back + 3 > start {
        back -= 1;
    }
    // “…, se souvient Ana Roy”
    if back < start
        && back > body.start
        && matches!(view.role(back - 1), Role::Comma | Role::Quoted | Role::Stop)
        && matches!(view.word(back), "se" | "s'" | "lui" | "leur" | "nous" | "y" | "en")
    {
        return (back, auxiliary);
    }
    if back < start
        && back > body.start
        && (view.lexicon.is_subject_pronoun(view.word(back - 1))
            || view.lexicon.language == "es" && matches!(view.word(back - 1), "esta" | "este" | "aquel" | "aquella")
            || view.role(back - 1) == Role::Name
            || view.role(back - 1) == Role::Other
                && !view.is_finite(back - 1)
                && matches!(view.word(back), "y" | "en" | "lui" | "leur" | "se" | "s'"))
    {
        start = back;
    }
    (start, auxiliary)
}

/// Whether an amount begins at a place: in words, or behind its bound.
pub(super) fn is_amount(view: &View<'_>, at: usize) -> bool {
    let word = view.word(at);
    matches!(
        word,
        "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "least"
            | "around"
            | "about"
            | "more"
            | "over"
            | "nearly"
            | "almost"
            | "up"
            | "under"
    ) || view.role(at) == Role::Quoted && view.inner(at).starts_with(|c: char| c.is_ascii_digit())
        || view.role(at) == Role::Quoted
            && view.inner(at).split_whitespace().any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        || matches!(view.tokens.get(at).and_then(|token| token.point()), Some('$' | '€' | '£'))
}
