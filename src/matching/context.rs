//! Context: what carries a passage, what its edges cut, and what its omissions swallow.
//!
//! A veto needs a reason that stands in the same clause; everything else is left alone, because a desk that is warned
//! about honest quotations stops reading warnings.

mod bracket;
mod carried;
mod carriers;
mod clause;
mod condition;
mod cut;
mod doubt;
mod edges;
mod fabricated;
mod factive;
mod fiction;
mod frames;
mod governed;
mod governing;
mod limits;
mod negation;
mod nobody;
mod omissions;
mod question;
mod refuted;
mod reported;
mod saying;
mod says;
mod scene;
mod stance;
mod suffixed;
mod unasserted;
mod withdrawn;

use std::ops::Range;

pub(super) use bracket::take_in;

use super::asked::Asked;
use super::comparison::Comparison;
use super::index::Index;
use super::query::Query;
use crate::model::{Flag, Where, Zone};

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

/// The flags that the clause around a figure asks for: whether it denies, supposes, asks or alleges it.
pub(super) fn of_figure(span: &Range<usize>, asked: &Asked<'_>, index: &Index<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    let query = Query { words: Vec::new(), elements: Vec::new(), editorial: false, free_case: Vec::new() };
    carriers::carriers(span, &query, asked, index, &mut flags);
    flags
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

/// The caution that words ask for which stand only in a pull quote: an editor set them, and may have changed them.
pub(super) fn pull_quote_flag(zone: Zone, asked: &Asked<'_>) -> Option<Flag> {
    let named = asked.outside_keys.iter().any(|key| matches!(key.as_str(), "pull" | "pullquote" | "callout"));
    (zone == Zone::PullQuote && !named).then_some(Flag::OutsideBody)
}
