//! Doubts: `there is no evidence that | …`, `nobody believes that | …`.

use super::negation::{is_idiom, is_negation_at};
use super::scene::{Scene, is_that, leading};
use crate::matching::fold::bits;
use crate::matching::lexicon;

/// How far before the passage `no evidence that` may stand, in tokens.
const EVIDENCE_REACH: usize = 7;

/// `there is no evidence that`, `it is not true that`.
pub(super) fn no_evidence(scene: &Scene<'_>) -> bool {
    // `little evidence that`, `yet to see proof that`
    let lacks = |at: usize| {
        matches!(
            scene.key(at),
            "little" | "scant" | "hardly" | "wenig" | "kaum" | "peu" | "poca" | "poco" | "pouca" | "weinig"
        ) || scene.key(at) == "yet" && scene.key(at + 1) == "to"
    };
    leading(scene).take(EVIDENCE_REACH).any(|at| {
        matches!(
            scene.key(at),
            "evidence"
                | "case"
                | "true"
                | "truth"
                | "proof"
                | "sign"
                | "indication"
                | "beweise"
                | "beweis"
                | "belege"
                | "hinweise"
                | "preuve"
                | "preuves"
                | "vrai"
                | "prueba"
                | "pruebas"
                | "cierto"
                | "verdad"
                | "prova"
                | "prove"
                | "vero"
                | "verdade"
                | "wahr"
                | "bewijs"
                | "waar"
                | "dowodow"
                | "prawda"
                | "доказательств"
                | "правда"
                | "bevis"
                | "sant"
                | "доказів"
                | "stimmt"
                | "stimme"
                | "exact"
                | "klopt"
        ) && (at.saturating_sub(4)..at + 2)
            .any(|near| near < scene.governed_from(at) && (is_negation_at(near, scene.index) || lacks(near)))
            && (at..=scene.governed_from(at)).any(|between| is_that(scene.key(between), scene.language))
    })
}

/// Verbs of showing (keys): negated, they leave open what they are followed by, `does not show that | …`.
const SHOWING: &[&str] = &[
    "show",
    "shows",
    "shown",
    "prove",
    "proves",
    "proven",
    "demonstrate",
    "mean",
    "imply",
    "confirm",
    "establish",
    "zeigt",
    "beweist",
    "bedeutet",
    "heisst",
    "belegt",
    "montre",
    "prouve",
    "signifie",
    "muestra",
    "demuestra",
    "significa",
    "dimostra",
    "prova",
    "bewijst",
    "betekent",
    "nachgewiesen",
    "bewiesen",
    "demontre",
    "prouve",
    "demostrado",
    "probado",
    "dimostrato",
    "provato",
    "demonstrado",
    "provado",
    "aangetoond",
    "bewezen",
    "bevisat",
    "bevist",
    "udowodnil",
    "udowodnila",
    "udowodniono",
    "wykazal",
    "wykazala",
    "prokazal",
    "prokazala",
    "доказал",
    "доказала",
    "доказано",
    "довів",
    "довела",
    "доведено",
];

/// `I do not think that | …`, `nobody believes that | …`.
pub(super) fn disbelieved(scene: &Scene<'_>) -> bool {
    leading(scene).any(|at| {
        // German and French negate between the verb and its conjunction.
        let that = if at + 2 <= scene.span.start && is_negation_at(at + 1, scene.index) { at + 2 } else { at + 1 };
        let shows = SHOWING.contains(&scene.key(at)) && is_that(scene.key(that), scene.language);
        (lexicon::is_belief(scene.key(at), scene.language) || shows)
            && !scene.pause_between(at)
            && governs(at, scene)
            && (at.saturating_sub(3)..at + 2).any(|near| {
                near < scene.governed_from(at)
                    && is_negation_at(near, scene.index)
                    && !is_idiom(near, scene.index)
                    // What the sentence before denies is another matter.
                    && !(near + 1..=at).any(|between| scene.has(between, bits::SENTENCE))
            })
    })
}

/// Whether a clause of content is opened between a token and the passage, so that the token governs it.
pub(super) fn governs(at: usize, scene: &Scene<'_>) -> bool {
    let from = scene.governed_from(at);
    at + 3 >= from
        || is_that(scene.key(from), scene.language) && at + 9 >= from
        || (at + 1..from).any(|between| {
            is_that(scene.key(between), scene.language)
                || matches!(
                    scene.key(between),
                    "claims"
                        | "allegations"
                        | "reports"
                        | "having"
                        | "suggestions"
                        | "rumours"
                        | "saying"
                        | "making"
                        | "writing"
                        | "telling"
                        | "declaring"
                        | "announcing"
                        | "promising"
                )
        })
}
