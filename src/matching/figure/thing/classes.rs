//! Classes of words by which a sentence is shared out: prepositions, verbs, words of time, words that point.

use crate::matching::terms;

/// Whether a word is a span of the calendar.
pub(super) fn is_time(key: &str) -> bool {
    matches!(terms::unit(key), Some("d" | "wk" | "mo" | "yr"))
        || matches!(
            key,
            "quarter" | "season" | "dernier" | "derniere" | "pasado" | "pasada" | "scorso" | "passado" | "precedente"
        )
        || terms::month(key).is_some_and(|month| month.certain)
}

/// Whether a word says which of them.
pub(super) fn is_which(key: &str) -> bool {
    matches!(
        key,
        "last"
            | "this"
            | "dieses"
            | "diesem"
            | "previous"
            | "prior"
            | "earlier"
            | "past"
            | "first"
            | "second"
            | "third"
            | "fourth"
            | "next"
            | "same"
            | "vergangenen"
            | "letzten"
            | "vorigen"
            | "letztes"
            | "vorige"
            | "vorig"
            | "sidste"
            | "прошлом"
            | "прошлого"
            | "zeszlym"
            | "ubieglym"
            | "an"
            | "annee"
            | "mois"
            | "ano"
            | "anno"
            | "mes"
            | "mese"
            | "semaine"
            | "semana"
            | "in"
            | "im"
            | "en"
            | "w"
            | "в"
    )
}

/// Whether a word opens a clause of its own, whose negation is not the figure's.
pub(super) fn opens_clause(key: &str) -> bool {
    matches!(
        key,
        "how"
            | "that"
            | "who"
            | "which"
            | "because"
            | "if"
            | "when"
            | "why"
            | "as"
            | "to"
            | "whose"
            | "where"
            | "dass"
            | "die"
            | "der"
            | "weil"
            | "qui"
            | "que"
            | "parce"
            | "che"
            | "perche"
            | "porque"
            | "dat"
            | "omdat"
            | "som"
            | "fordi"
            | "ze"
            | "что"
            | "ktore"
            | "ktorzy"
            | "которые"
    )
}

/// Words that point back: `those in Harlow`, `the other one`.
pub(super) fn is_pointing(key: &str) -> bool {
    matches!(
        key,
        "those"
            | "that"
            | "one"
            | "ones"
            | "other"
            | "others"
            | "another"
            | "same"
            | "further"
            | "more"
            | "additional"
            | "jene"
            | "andere"
            | "weitere"
            | "celles"
            | "ceux"
            | "autres"
            | "otros"
            | "otras"
            | "altri"
            | "altre"
            | "outros"
            | "outras"
    )
}

/// Words between a figure and its noun.
pub(super) fn is_linking(key: &str) -> bool {
    matches!(
        key,
        "of" | "the"
            | "all"
            | "its"
            | "their"
            | "other"
            | "more"
            | "der"
            | "des"
            | "von"
            | "den"
            | "de"
            | "du"
            | "d"
            | "les"
            | "la"
            | "las"
            | "los"
            | "del"
            | "di"
            | "dei"
            | "degli"
            | "delle"
            | "do"
            | "da"
            | "dos"
            | "das"
            | "van"
            | "af"
            | "z"
            | "की"
            | "के"
            | "का"
            | "من"
            | "他"
            | "in"
            | "among"
            | "unter"
            | "chez"
            | "parmi"
            | "entre"
            | "tra"
            | "bland"
            | "blandt"
            | "onder"
            | "wsrod"
            | "среди"
    )
}

/// Whether a word is a preposition.
pub(super) fn is_preposition(key: &str) -> bool {
    matches!(
        key,
        "in" | "on"
            | "at"
            | "among"
            | "for"
            | "from"
            | "to"
            | "by"
            | "with"
            | "since"
            | "during"
            | "after"
            | "before"
            | "of"
            | "per"
            | "under"
            | "near"
            | "off"
            | "across"
            | "im"
            | "bei"
            | "beim"
            | "aus"
            | "von"
            | "der"
            | "des"
            | "unter"
            | "seit"
            | "fur"
            | "auf"
            | "an"
            | "am"
            | "mit"
            | "dans"
            | "en"
            | "chez"
            | "parmi"
            | "pour"
            | "depuis"
            | "sur"
            | "a"
            | "au"
            | "aux"
            | "de"
            | "du"
            | "entre"
            | "para"
            | "por"
            | "desde"
            | "nel"
            | "nella"
            | "tra"
            | "dal"
            | "di"
            | "dei"
            | "em"
            | "no"
            | "na"
            | "nos"
            | "nas"
            | "van"
            | "onder"
            | "voor"
            | "bij"
            | "op"
            | "i"
            | "blandt"
            | "ved"
            | "til"
            | "w"
            | "we"
            | "wsrod"
            | "dla"
            | "od"
            | "в"
            | "во"
            | "среди"
            | "для"
            | "с"
            | "у"
            | "на"
            | "при"
            | "में"
            | "से"
            | "في"
            | "من"
    )
}

/// Prepositions that never stand between a figure and its noun.
pub(super) fn is_adverbial(key: &str) -> bool {
    matches!(
        key,
        "at" | "on"
            | "since"
            | "during"
            | "after"
            | "before"
            | "seit"
            | "wahrend"
            | "depuis"
            | "pendant"
            | "desde"
            | "durante"
            | "sinds"
    )
}

/// Prepositions behind which a name is a place.
pub(super) fn is_place(key: &str) -> bool {
    matches!(
        key,
        "in" | "at"
            | "near"
            | "en"
            | "a"
            | "nel"
            | "em"
            | "w"
            | "we"
            | "в"
            | "во"
            | "i"
            | "te"
            | "bij"
            | "pres"
            | "cerca"
    )
}

/// Prepositions that open the same kind of phrase.
pub(super) fn similar(a: &str, b: &str) -> bool {
    let place = |key: &str| {
        matches!(key, "in" | "at" | "im" | "en" | "a" | "dans" | "nel" | "nella" | "em" | "no" | "na" | "w" | "в")
    };
    place(a) && place(b)
}

/// Common verbs, at which a noun group ends.
pub(super) fn is_verb(key: &str) -> bool {
    matches!(
        key,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "said"
            | "ist"
            | "sind"
            | "war"
            | "waren"
            | "wurde"
            | "wurden"
            | "werden"
            | "wird"
            | "hat"
            | "haben"
            | "est"
            | "sont"
            | "ont"
            | "furent"
            | "etaient"
            | "es"
            | "son"
            | "fueron"
            | "han"
            | "resultaron"
            | "e"
            | "sono"
            | "hanno"
            | "foram"
            | "ficaram"
            | "sao"
            | "zijn"
            | "raakten"
            | "blev"
            | "er"
            | "zostalo"
            | "byly"
            | "bylo"
            | "были"
            | "было"
            | "lost"
            | "died"
            | "left"
            | "voted"
            | "backed"
    )
}

/// Words that open a clause about what stands in front of them.
pub(super) fn is_relative(key: &str) -> bool {
    matches!(
        key,
        "which"
            | "who"
            | "das"
            | "die"
            | "der"
            | "qui"
            | "que"
            | "che"
            | "dat"
            | "som"
            | "ktory"
            | "ktora"
            | "ktore"
            | "который"
            | "которая"
            | "которыи"
            | "которое"
            | "которые"
    )
}
