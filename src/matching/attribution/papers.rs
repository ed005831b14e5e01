//! Words beside documents: who has one, who gives one out, and what reads one out.

/// Verbs by which somebody has a document that another one may have written.
pub(super) fn holds_document(key: &str) -> bool {
    matches!(
        key,
        "received"
            | "receives"
            | "opened"
            | "opens"
            | "held"
            | "holds"
            | "read"
            | "reads"
            | "seen"
            | "obtained"
            | "got"
            | "found"
            | "leaked"
            | "erhielt"
            | "bekam"
            | "offnete"
            | "las"
            | "recu"
            | "lu"
            | "recibio"
            | "leyo"
            | "recebeu"
            | "leu"
            | "ricevuto"
            | "letto"
            | "kreeg"
            | "ontving"
            | "kregen"
            | "bekommen"
            | "erhalten"
            | "recue"
            | "recut"
            | "recibido"
            | "recibida"
            | "recebido"
            | "recebida"
            | "ricevuta"
            | "ontvangen"
            | "dostal"
            | "dostala"
            | "otrzymal"
            | "otrzymala"
            | "fick"
            | "mottog"
            | "fatt"
            | "modtog"
            | "mottok"
            | "получил"
            | "получила"
            | "отримав"
            | "отримала"
            | "одержав"
            | "одержала"
            | "تلقت"
            | "تلقاها"
            | "تلقتها"
            | "aldigi"
    )
}

/// Words by which a document is read out and nobody is said to speak: `heißt es`, `on lit`, `se lee`, `говорится` (keys).
pub(super) fn is_read_out(key: &str, language: &str) -> bool {
    match language {
        "en" | "" => matches!(key, "says" | "reads" | "states" | "said" | "read" | "stated"),
        "de" => matches!(key, "heisst" | "hiess" | "steht" | "stand" | "lesen"),
        "fr" => matches!(key, "lit" | "lire" | "lisait"),
        "es" => matches!(key, "lee" | "leer" | "leia"),
        "it" => matches!(key, "legge" | "leggere" | "leggeva"),
        "pt" => matches!(key, "le" | "ler" | "lia"),
        "nl" => matches!(key, "staat" | "stond" | "lezen"),
        "pl" => matches!(key, "czytamy" | "napisano" | "przeczytac"),
        "sv" => matches!(key, "star" | "stod" | "heter" | "lasa"),
        "da" => matches!(key, "star" | "stod" | "hedder" | "laese"),
        "no" | "nb" => matches!(key, "star" | "stod" | "heter" | "lese"),
        "ru" => matches!(key, "говорится" | "говорилось" | "сказано" | "написано"),
        "ar" => matches!(key, "جاء" | "ورد" | "وجاء" | "وورد"),
        "uk" => matches!(key, "идеться" | "ишлося" | "сказано" | "написано" | "мовиться"),
        _ => false,
    }
}

/// Verbs by which somebody gives out a document of their own.
pub(super) fn issues_document(key: &str) -> bool {
    matches!(
        key,
        "issued"
            | "published"
            | "released"
            | "sent"
            | "posted"
            | "wrote"
            | "put"
            | "warned"
            | "announced"
            | "launched"
            | "veroffentlichte"
            | "schrieb"
            | "schickte"
            | "publie"
            | "envoye"
            | "ecrit"
            | "publico"
            | "envio"
            | "escribio"
            | "publicou"
            | "enviou"
            | "escreveu"
            | "pubblicato"
            | "inviato"
            | "scritto"
    )
}
