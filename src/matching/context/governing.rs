//! Governing words: the classes by which a clause takes a stance, and which verb a passage hangs from.

use std::sync::LazyLock;

use super::clause::Clause;
use crate::matching::attribution::is_saying_at;
use crate::matching::fold::bits;
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;

/// The classes of `terms/stances.txt`; the file says what each holds.
pub(super) struct Tables {
    pub(super) attitude: Phrases<()>,
    pub(super) naming: Phrases<()>,
    pub(super) averse: Phrases<()>,
    pub(super) anyone: Phrases<()>,
    pub(super) others: Phrases<()>,
    pub(super) dismiss: Phrases<()>,
    pub(super) faced: Phrases<()>,
    pub(super) claim: Phrases<()>,
    pub(super) apart: Phrases<()>,
    pub(super) guess: Phrases<()>,
    pub(super) hearsay: Phrases<()>,
    pub(super) error: Phrases<()>,
    pub(super) wish: Phrases<()>,
    pub(super) fain: Phrases<()>,
    pub(super) former: Phrases<()>,
    pub(super) charge: Phrases<()>,
    pub(super) spreads: Phrases<()>,
    pub(super) irreal: Phrases<()>,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let of = |label| Phrases::class(include_str!("../terms/stances.txt"), label);
    Tables {
        attitude: of("attitude"),
        naming: of("naming"),
        averse: of("averse"),
        anyone: of("anyone"),
        others: of("others"),
        dismiss: of("dismiss"),
        faced: of("faced"),
        claim: of("claim"),
        apart: of("apart"),
        guess: of("guess"),
        hearsay: of("hearsay"),
        error: of("error"),
        wish: of("wish"),
        fain: of("fain"),
        former: of("former"),
        charge: of("charge"),
        spreads: of("spreads"),
        irreal: of("irreal"),
    }
});

/// Whether a verb governs the passage as what is thought or said: by a conjunction, or right before it.
pub(super) fn governs(clause: &Clause<'_>, number: usize) -> bool {
    let scene = clause.scene;
    clause.opens_content(number)
        || clause.is_last(number)
            && (lexicon::is_belief(clause.key(number), scene.language)
                || is_saying_at(clause.words[number], scene.index)
                || is_plain_saying(clause.key(number)))
            // `I do not know | what they want` asks.
            && !is_question_word(scene.key(scene.span.start))
            && !scene.has(scene.governed_from(clause.words[number]), bits::HYPHEN)
}

/// Forms of saying that take a clause without a conjunction, and are no finite attribution (keys).
pub(super) fn is_plain_saying(key: &str) -> bool {
    matches!(
        key,
        "say"
            | "saying"
            | "claim"
            | "claiming"
            | "tell"
            | "telling"
            | "promise"
            | "pretend"
            | "suggest"
            | "suggests"
            | "suggesting"
            | "alleging"
            | "asserting"
            | "arguing"
            | "implying"
            | "insinuating"
            | "pretending"
            | "mean"
            | "means"
            | "meant"
            | "imply"
            | "implies"
            | "promised"
            | "repeating"
            | "admit"
            | "convinced"
            | "persuaded"
            | "sure"
            | "certain"
            | "aware"
            | "confident"
            | "satisfied"
    )
}

/// Verbs by which other people hold an opinion, which need not be so (keys).
pub(super) fn is_opining(key: &str) -> bool {
    matches!(
        key,
        "argue"
            | "argues"
            | "assume"
            | "assumes"
            | "reckon"
            | "reckons"
            | "suppose"
            | "supposes"
            | "suspect"
            | "suspects"
            | "fear"
            | "fears"
            | "hope"
            | "hopes"
            | "expect"
            | "expects"
            | "thinks"
            | "believes"
            | "insists"
            | "think"
            | "believe"
            | "maintain"
            | "assert"
            | "insist"
            | "imagine"
            | "glauben"
            | "meinen"
            | "denken"
            | "croient"
            | "pensent"
            | "pretendent"
            | "creen"
            | "piensan"
            | "sostienen"
            | "credono"
            | "pensano"
            | "sostengono"
            | "acham"
            | "acreditam"
            | "vinden"
            | "tror"
            | "uwazaja"
            | "mysla"
            | "думают"
            | "считают"
            | "думають"
    )
}

pub(super) fn is_question_word(key: &str) -> bool {
    matches!(
        key,
        "who" | "what" | "when" | "where" | "why" | "how" | "which" | "whether" | "if" | "was" | "wer" | "wie"
    )
}

/// Verbs of knowing, which take for granted what they are followed by (keys).
pub(super) fn is_knowing(key: &str) -> bool {
    matches!(
        key,
        "know"
            | "knows"
            | "knowing"
            | "aware"
            | "weiss"
            | "weiß"
            | "wissen"
            | "sait"
            | "savent"
            | "sabe"
            | "saben"
            | "sabem"
            | "sa"
            | "weet"
            | "weten"
            | "vet"
            | "ved"
            | "wie"
            | "wiedza"
            | "знает"
            | "знают"
            | "знае"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_by_how_they_govern() {
        for (is, yes, no) in [
            (is_question_word as fn(&str) -> bool, "who what whether if wie", "that he the"),
            (is_knowing, "know aware weiß sait sabe vet знает", "think say glaubt"),
            (is_opining, "thinks hope glauben croient creen думают", "know says weiß"),
            (is_plain_saying, "say claiming convinced aware", "said think sees"),
        ] {
            for (words, wanted) in [(yes, true), (no, false)] {
                for word in words.split(' ') {
                    assert_eq!(is(&crate::matching::phrases::key_of(word)), wanted, "{word}");
                }
            }
        }
    }
}
