//! Of whom a sentence tells: who may be meant where a quotation behind it has no attribution of its own.

use std::ops::Range;

use super::super::phrase::{Role, View};
use super::subject::main_subject;

/// Whether a word is one of kinship or company, whose bearer a text need not name.
pub(in crate::draft) fn is_kin(word: &str) -> bool {
    matches!(
        word,
        "husband"
            | "wife"
            | "mother"
            | "father"
            | "son"
            | "daughter"
            | "brother"
            | "sister"
            | "partner"
            | "colleague"
            | "neighbour"
            | "neighbor"
            | "friend"
            | "mann"
            | "frau"
            | "mutter"
            | "vater"
            | "sohn"
            | "tochter"
            | "bruder"
            | "schwester"
            | "nachbar"
            | "nachbarin"
            | "kollege"
            | "kollegin"
            | "freund"
            | "freundin"
            | "mari"
            | "femme"
            | "mère"
            | "père"
            | "fils"
            | "fille"
            | "frère"
            | "sœur"
            | "voisin"
            | "voisine"
            | "collègue"
            | "marido"
            | "mujer"
            | "madre"
            | "padre"
            | "hijo"
            | "hija"
            | "hermano"
            | "hermana"
            | "vecino"
            | "vecina"
    )
}

/// Whom the sentences before a quotation without an attribution are about: `Muir shrugs. “…”`, `Keane’s answer? “…”`.
pub(in crate::draft) fn told_of(view: &View<'_>, sentences: &[Range<usize>], place: usize) -> Option<Range<usize>> {
    for sentence in sentences[..place].iter().rev().take(3) {
        let start = sentence.start
            + usize::from(view.role(sentence.start) == Role::Adverb || view.role(sentence.start) == Role::Conjunction);
        if sentence.clone().any(|at| view.role(at) == Role::Quoted) {
            return None;
        }
        let third = |word: &str| {
            matches!(word, "he" | "she" | "er" | "sie" | "il" | "elle" | "él" | "ella")
                && !matches!(view.role(start), Role::Quoted)
        };
        if third(view.word(start)) && sentence.len() > 2 {
            return Some(start..start + 1);
        }
        let mut end = start;
        while end < sentence.end && view.role(end) == Role::Name {
            end += 1;
        }
        if end > start && (end < sentence.end) && view.role(end) != Role::Comma {
            return Some(start..end);
        }
        // “The union’s secretary, Ilse Moor, was blunt.”, “Her husband nods.”
        if matches!(view.role(start), Role::Determiner | Role::Name) {
            let whole = main_subject(view, sentence, sentence.end).filter(|subject| subject.start == start);
            let kin = (start + 1 < sentence.end && is_kin(view.word(start + 1))).then_some(start..start + 2);
            if let Some(subject) = whole.or(kin) {
                return Some(subject);
            }
        }
        // A question without a subject (“A foul?”) leaves the one before it.
        let question = view.tokens[sentence.end - 1].point() == Some('?') && sentence.len() <= 5;
        if !question {
            return None;
        }
    }
    None
}
