//! Negations: which tokens negate in the document's language, and which only look as if they did.

use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;

/// Whether the token at `at` is a negation, `n't` among them.
pub(in crate::matching) fn is_negation_at(at: usize, index: &Index<'_>) -> bool {
    let token = &index.tokens()[at];
    let key = index.key(at);
    if token.kind == Kind::Character {
        return matches!(key, "不" | "没" | "沒" | "未" | "無" | "无" | "非" | "别");
    }
    lexicon::is_negation(key) && !is_false_friend(key, index) || key == "t" && token.bits & bits::APOSTROPHE != 0
}

/// Words that negate in one language and mean something else in the document's.
fn is_false_friend(key: &str, index: &Index<'_>) -> bool {
    let language = index.document().language.as_deref().map_or("", |tag| tag.get(..2).unwrap_or(tag));
    match key {
        "no" => !matches!(language, "en" | "es" | "it" | "ca" | ""),
        "nie" => !matches!(language, "de" | "pl" | "sk" | ""),
        "ne" => !matches!(language, "fr" | "cs" | "it" | "hr" | "sr" | "sl" | ""),
        "pas" | "personne" | "rien" | "sans" | "ni" | "aucun" => !matches!(language, "fr" | "es" | ""),
        "sin" => language != "es",
        "sem" | "nem" => language != "pt",
        "bez" => !matches!(language, "pl" | "cs" | "sk"),
        "ani" | "nic" | "nema" | "neni" => !matches!(language, "pl" | "cs" | "sk"),
        "mai" | "nulla" | "niente" | "non" => !matches!(language, "it" | "fr"),
        "nada" | "nunca" => !matches!(language, "es" | "pt"),
        "tak" | "noch" | "hic" | "yok" | "inga" | "ingen" => {
            !matches!(language, "id" | "nl" | "tr" | "sv" | "da" | "no")
        }
        "nor" => language != "en",
        "μη" | "δε" => language != "el",
        _ => false,
    }
}

/// `not only`, `no doubt`: a negation that negates nothing.
pub(super) fn is_idiom(at: usize, index: &Index<'_>) -> bool {
    let next = if at + 1 < index.tokens().len() { index.key(at + 1) } else { "" };
    matches!(
        (index.key(at), next),
        ("not", "only" | "just" | "merely" | "least")
            | ("no", "doubt" | "wonder")
            | ("nicht", "nur" | "zuletzt")
            | ("non", "seulement" | "solo")
            | ("no", "solo" | "solamente")
            | ("nie", "tylko")
            | ("не", "только")
    ) || index.key(at) == "without" && next == "doubt"
}
