//! Small word classes of attribution clauses, too short or too mixed for a table of their own.

use crate::matching::terms;

pub(super) fn is_and(key: &str) -> bool {
    matches!(key, "and" | "und" | "et" | "y" | "e" | "en" | "och" | "og" | "i" | "a" | "и" | "та" | "και")
}

/// Prepositions and words that name what is spoken about.
pub(super) fn is_topic(key: &str) -> bool {
    matches!(
        key,
        "about"
            | "regarding"
            | "concerning"
            | "uber"
            | "sobre"
            | "su"
            | "sur"
            | "over"
            | "o"
            | "об"
            | "о"
            | "про"
            | "against"
            | "gegen"
            | "contre"
            | "contra"
            | "contro"
    )
}

/// Prepositions of the one who acts.
pub(super) fn is_agent(key: &str) -> bool {
    matches!(
        key,
        "by" | "par"
            | "por"
            | "pelo"
            | "pela"
            | "da"
            | "dal"
            | "dalla"
            | "von"
            | "door"
            | "av"
            | "af"
            | "przez"
            | "απο"
    )
}

/// Prepositions of the one whose words they are.
pub(super) fn is_possessing(key: &str) -> bool {
    matches!(
        key,
        "of" | "from"
            | "de"
            | "du"
            | "des"
            | "d"
            | "del"
            | "do"
            | "dos"
            | "das"
            | "di"
            | "della"
            | "dello"
            | "dei"
            | "vom"
            | "van"
            | "fran"
            | "fra"
            | "od"
            | "z"
            | "от"
            | "із"
            | "του"
            | "τησ"
            | "των"
            | "من"
            | "dari"
    )
}

/// Verbs whose subject is the one who hears.
pub(super) fn is_receiving(key: &str) -> bool {
    matches!(
        key,
        "heard"
            | "hears"
            | "overheard"
            | "learned"
            | "learnt"
            | "received"
            | "listened"
            | "horte"
            | "erfuhr"
            | "entendit"
            | "apprit"
            | "oyo"
            | "escucho"
            | "ouviu"
            | "senti"
            | "hoorde"
            | "horde"
            | "uslyszal"
            | "uslyszala"
            | "услышал"
            | "услышала"
    )
}

/// Participles of being asked or cited, whose agent does not speak the quotation.
pub(super) fn is_asked(key: &str) -> bool {
    matches!(
        key,
        "asked"
            | "quoted"
            | "cited"
            | "interviewed"
            | "questioned"
            | "told"
            | "gefragt"
            | "zitiert"
            | "interroge"
            | "interrogee"
            | "preguntado"
            | "chiesto"
            | "beaten"
            | "written"
    ) && key != "written"
}

/// Words of a conversation, whose partner may be on either side.
pub(super) fn is_talk(key: &str) -> bool {
    matches!(key, "interview" | "interviews" | "entretien" | "entrevista" | "intervista" | "интервью")
}

/// Words of saying that take the speaker behind a preposition.
pub(super) fn is_source(key: &str) -> bool {
    matches!(
        key,
        "according"
            | "conforme"
            | "συμφωνα"
            | "nach"
            | "wedlug"
            | "zdaniem"
            | "podle"
            | "согласно"
            | "κατα"
            | "pagal"
            | "szerint"
    )
}

pub(super) fn is_indefinite(key: &str, language: &str) -> bool {
    match language {
        "en" | "" => matches!(
            key,
            "a" | "an" | "one" | "another" | "some" | "several" | "many" | "two" | "three" | "other" | "others"
        ),
        "de" => matches!(key, "ein" | "eine" | "einer" | "mehrere" | "einige" | "manche"),
        "fr" => matches!(key, "un" | "une" | "des" | "plusieurs" | "certains"),
        "es" => matches!(key, "un" | "una" | "unos" | "unas" | "varios" | "algunos"),
        "pt" => matches!(key, "um" | "uma" | "uns" | "umas" | "varios" | "alguns"),
        "it" => matches!(key, "un" | "una" | "uno" | "alcuni"),
        "nl" => matches!(key, "een" | "enkele" | "sommige"),
        "sv" | "da" | "no" | "nb" => matches!(key, "en" | "et" | "ett" | "nagra" | "nogle" | "noen"),
        _ => false,
    }
}

/// Adverbs that stand between a subject and its verb.
pub(super) fn is_adverb(key: &str) -> bool {
    key.len() > 4 && (key.ends_with("ly") || key.ends_with("ment") || key.ends_with("mente"))
        || matches!(
            key,
            "also"
                | "later"
                | "then"
                | "once"
                | "again"
                | "today"
                | "yesterday"
                | "ouvertement"
                | "hier"
                | "gestern"
                | "heute"
                | "ayer"
                | "ieri"
        )
        || terms::is_weekday(key)
}
