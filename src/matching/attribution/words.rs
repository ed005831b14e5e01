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
    )
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

/// Possessive pronouns of the third person.
pub(super) fn is_possessive(key: &str) -> bool {
    matches!(
        key,
        "his"
            | "her"
            | "their"
            | "its"
            | "sein"
            | "seine"
            | "seiner"
            | "seinem"
            | "seinen"
            | "ihr"
            | "ihre"
            | "ihrer"
            | "ihrem"
            | "ihren"
            | "son"
            | "sa"
            | "ses"
            | "leur"
            | "su"
            | "sus"
            | "suo"
            | "sua"
            | "suoi"
            | "seu"
            | "zijn"
            | "haar"
            | "hans"
            | "hennes"
            | "hendes"
            | "sin"
            | "его"
            | "ее"
            | "её"
            | "jego"
            | "jej"
    )
}

/// Definite articles.
pub(super) fn is_definite(key: &str, language: &str) -> bool {
    match language {
        "en" | "" => key == "the",
        "de" => matches!(key, "der" | "die" | "das"),
        "fr" => matches!(key, "le" | "la" | "l" | "les"),
        "es" => matches!(key, "el" | "la" | "los" | "las"),
        "pt" => matches!(key, "o" | "a" | "os" | "as"),
        "it" => matches!(key, "il" | "la" | "lo" | "l" | "i" | "gli" | "le"),
        "nl" => matches!(key, "de" | "het"),
        _ => false,
    }
}

/// Verbs that say what somebody is called; in the passive their subject is who is spoken of.
pub(super) fn is_calling(key: &str) -> bool {
    matches!(
        key,
        "called"
            | "described"
            | "named"
            | "dubbed"
            | "branded"
            | "labelled"
            | "labeled"
            | "hailed"
            | "denounced"
            | "said"
            | "considered"
            | "accused"
            | "genannt"
            | "bezeichnet"
            | "beschrieben"
            | "qualifie"
            | "qualifiee"
            | "decrit"
            | "traite"
            | "llamado"
            | "llamada"
            | "calificado"
            | "calificada"
            | "tildado"
            | "chamado"
            | "chamada"
            | "descrito"
            | "definito"
            | "definita"
            | "chiamato"
            | "chiamata"
            | "genoemd"
            | "omschreven"
    )
}

/// Forms of being, and of what seems.
pub(super) fn is_copula(key: &str) -> bool {
    matches!(
        key,
        "is" | "was"
            | "are"
            | "were"
            | "be"
            | "been"
            | "being"
            | "seems"
            | "remains"
            | "became"
            | "ist"
            | "war"
            | "sei"
            | "wurde"
            | "wird"
            | "sind"
            | "est"
            | "etait"
            | "ete"
            | "es"
            | "era"
            | "fue"
            | "sido"
            | "foi"
            | "e"
            | "stato"
            | "stata"
            | "werd"
            | "wordt"
    )
}

/// Offices and posts that one person holds, and organisations have.
pub(super) fn is_office(key: &str) -> bool {
    matches!(
        key,
        "minister"
            | "president"
            | "mayor"
            | "inspector"
            | "director"
            | "chief"
            | "head"
            | "leader"
            | "governor"
            | "senator"
            | "judge"
            | "prosecutor"
            | "secretary"
            | "commissioner"
            | "chancellor"
            | "premier"
            | "bishop"
            | "captain"
            | "coach"
            | "manager"
            | "owner"
            | "editor"
            | "author"
            | "professor"
            | "chair"
            | "ambassador"
            | "general"
            | "detective"
            | "sergeant"
            | "foreman"
            | "treasurer"
            | "founder"
            | "curator"
            | "critic"
            | "economist"
    )
}

/// Nouns for an organisation, which everybody calls so once it was named.
pub(super) fn is_organisation(key: &str) -> bool {
    matches!(
        key,
        "company"
            | "firm"
            | "ministry"
            | "union"
            | "party"
            | "group"
            | "bank"
            | "agency"
            | "charity"
            | "club"
            | "council"
            | "department"
            | "government"
            | "office"
            | "institute"
            | "university"
            | "paper"
            | "newspaper"
            | "broadcaster"
            | "organisation"
            | "organization"
            | "association"
            | "federation"
            | "airline"
            | "operator"
            | "committee"
            | "commission"
            | "court"
            | "army"
            | "police"
            | "league"
            | "foundation"
            | "trust"
            | "hospital"
            | "school"
            | "unternehmen"
            | "firma"
            | "konzern"
            | "ministerium"
            | "partei"
            | "gewerkschaft"
            | "behorde"
            | "verband"
            | "entreprise"
            | "societe"
            | "ministere"
            | "syndicat"
            | "parti"
            | "empresa"
            | "compania"
            | "ministerio"
            | "partido"
            | "sindicato"
            | "azienda"
            | "ministero"
            | "partito"
            | "sindacato"
            | "bedrijf"
            | "ministerie"
    )
}
