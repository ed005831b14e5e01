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
    lexicon::negates(key, crate::matching::attribution::language(index))
        || key == "t" && token.bits & bits::APOSTROPHE != 0
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
