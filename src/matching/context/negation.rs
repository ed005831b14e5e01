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
    let language = crate::matching::attribution::language(index);
    // Vietnamese tells words apart by their accents, which keys do not have.
    if language == "vi" {
        return matches!(index.form(at), "không" | "chưa" | "chẳng" | "đừng" | "chả");
    }
    lexicon::negates(key, language) || key == "t" && token.bits & bits::APOSTROPHE != 0
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
            | ("не", "лише" | "тільки")
            | ("nejen" | "ne", "jen" | "pouze")
            | ("khong", "chi" | "nhung" | "the")
            | ("tidak" | "bukan", "hanya")
            | ("לא", "רק")
            | ("ليس", "فقط")
            | ("نه", "تنها" | "فقط")
    ) || index.key(at) == "without" && matches!(next, "doubt" | "saying" | "question")
        || is_another_time(at, index)
        || index.key(at) == "t" && matches!(next, "only" | "just" | "merely" | "simply")
}

/// `not the first time`, `nicht das erste Mal`, `no es la primera vez`: it has happened before.
fn is_another_time(at: usize, index: &Index<'_>) -> bool {
    let ordinal = |key: &str| {
        matches!(
            key,
            "first"
                | "last"
                | "only"
                | "erste"
                | "ersten"
                | "letzte"
                | "einzige"
                | "premiere"
                | "derniere"
                | "primera"
                | "ultima"
                | "unica"
                | "prima"
                | "primeira"
                | "eerste"
                | "laatste"
                | "forsta"
                | "sista"
                | "forste"
                | "sidste"
                | "pierwszy"
                | "первыи"
                | "вперше"
        )
    };
    let time = |key: &str| {
        matches!(key, "time" | "mal" | "fois" | "vez" | "volta" | "keer" | "maal" | "gangen" | "gang" | "raz" | "раз")
    };
    let end = (at + 5).min(index.tokens().len());
    (at..end.saturating_sub(1)).any(|near| ordinal(index.key(near)) && time(index.key(near + 1)))
}
