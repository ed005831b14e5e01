//! Context: what carries a passage, what its edges cut, and what its omissions swallow.
//!
//! A veto needs a reason that stands in the same clause; everything else is left alone, because a desk that is warned
//! about honest quotations stops reading warnings.

mod carriers;
mod edges;
mod omissions;

use std::ops::Range;

use super::Asked;
use super::compare::Comparison;
use super::fold::{Kind, bits};
use super::index::Index;
use super::lexicon;
use super::query::Query;
use crate::model::{Flag, Where};

/// The flags that a comparison's surroundings ask for.
pub(super) fn flags(comparison: &Comparison, query: &Query, asked: &Asked<'_>, index: &Index<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    let span = comparison.span();
    if span.is_empty() {
        return flags;
    }
    edges::edges(&span, comparison, query, index, &mut flags);
    carriers::carriers(&span, query, asked, index, &mut flags);
    omissions::marks(comparison, query, index, &mut flags);
    flags
}

/// The tokens of the sentence around a token range, without leaving the block.
pub(super) fn sentence(span: &Range<usize>, index: &Index<'_>) -> Range<usize> {
    let tokens = index.tokens();
    let first_block = index.block_tokens(index.block_of(span.start));
    let last_block = index.block_tokens(index.block_of(span.end - 1));
    let mut start = span.start;
    while start > first_block.start && tokens[start].bits & bits::SENTENCE == 0 {
        start -= 1;
    }
    let mut end = span.end;
    while end < last_block.end && tokens[end].bits & bits::SENTENCE == 0 {
        end += 1;
    }
    start..end
}

/// Whether the token at `at` is a negation, `n't` among them.
pub(super) fn is_negation_at(at: usize, index: &Index<'_>) -> bool {
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
fn is_idiom(at: usize, index: &Index<'_>) -> bool {
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

/// The caution that a place asks for, unless the statement names it.
pub(super) fn place_flag(place: Where, asked: &Asked<'_>) -> Option<Flag> {
    let named = |words: &[&str]| asked.outside_keys.iter().any(|key| words.contains(&key.as_str()));
    match place {
        Where::Body => None,
        Where::Headline => (!named(&[
            "headline",
            "headlines",
            "headlined",
            "title",
            "titled",
            "uberschrift",
            "schlagzeile",
            "titre",
            "titular",
            "titolo",
            "tytul",
            "заголовок",
            "заголовке",
            "kop",
        ]))
        .then_some(Flag::HeadlineOnly),
        Where::Hidden => Some(Flag::Hidden),
        Where::Caption => (!named(&[
            "caption",
            "captions",
            "captioned",
            "photo",
            "photograph",
            "picture",
            "image",
            "bildunterschrift",
            "foto",
            "legende",
            "pie",
            "didascalia",
            "подпись",
        ]))
        .then_some(Flag::OutsideBody),
        Where::Comment => (!named(&[
            "comment",
            "comments",
            "commented",
            "commenter",
            "reader",
            "readers",
            "kommentar",
            "commentaire",
            "comentario",
            "commento",
            "комментарии",
        ]))
        .then_some(Flag::OutsideBody),
        Where::Metadata => (!named(&["description", "summary", "metadata", "title"])).then_some(Flag::OutsideBody),
        Where::Navigation => {
            (!named(&["link", "links", "related", "teaser", "footer", "menu", "sidebar"])).then_some(Flag::OutsideBody)
        }
    }
}
