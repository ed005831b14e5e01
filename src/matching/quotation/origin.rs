//! Origin: whether a passage is plainly where a quotation came from, and what to say of a source in another language.

use crate::matching::asked::Asked;
use crate::matching::attribution;
use crate::matching::comparison::Comparison;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::{Index, UNKNOWN};
use crate::matching::lexicon;
use crate::matching::passage::passage_at;
use crate::matching::query::{self, Element, Query};
use crate::matching::statement;
use crate::model::evidence::Finding;
use crate::model::{CheckVerdict, Flag, Where};

/// Whether a passage is plainly where a quotation came from.
///
/// Three witnesses: how much of the quotation's weight stands there in order; how much stands there in any order; and
/// the longest run of its words side by side. Names put into a stranger's sentence raise the first two but not the third.
pub(super) fn is_origin(comparison: &Comparison, readings: &[Query], index: &Index<'_>) -> bool {
    let query = readings.last();
    let in_order = comparison.covered;
    let anywhere = query.map_or(0.0, |query| order_free(query, comparison, index));
    let required = comparison.required as f32;
    let run = comparison.longest_run as f32;
    let run_share = run / required.max(1.0);
    in_order >= 0.6 && comparison.longest_run >= 3
        || in_order >= 0.5 && comparison.longest_run >= 5
        || run >= 8.0
        || run >= 5.0 && run_share >= 0.2
        || anywhere >= 0.72 && comparison.longest_run >= 3
        || required <= 6.0 && in_order >= 0.55 && comparison.longest_run >= 2
}

/// Of two places that fit alike the text comes before its margins.
pub(super) fn place_bonus(place: Where) -> f32 {
    match place {
        Where::Body => 0.3,
        Where::Headline => 0.2,
        Where::Caption => 0.1,
        _ => 0.0,
    }
}

/// Whether a passage that shares little with a quotation is where it came from all the same, because the speaker whom the
/// manifest names speaks there, in quotation marks, and the two share their telling words.
pub(super) fn is_speakers(comparison: &Comparison, query: &Query, asked: &Asked<'_>, index: &Index<'_>) -> bool {
    let span = comparison.span();
    if asked.speaker().is_none() || span.is_empty() || comparison.covered < 0.3 {
        return false;
    }
    let block = index.block_of(span.start);
    let at = index.tokens()[span.start].start;
    let quoted =
        attribution::quoted_spans(block, index).iter().any(|quoted| quoted.range.start <= at && at < quoted.range.end);
    let telling = span.clone().filter(|at| {
        let key = index.tokens()[*at].key;
        !lexicon::is_stop_word(index.key(*at)) && query.required().any(|word| word.key == key)
    });
    quoted
        && attribution::speaker_beside(&span, asked, index)
        && attribution::flag(&comparison.pieces, asked, index).is_none()
        && telling.count() >= 1
}

/// A quotation in one language against a document in another is for a person to read: the nearest passage by names and
/// numbers, and the numbers that it does not share.
pub(super) fn other_language(text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Option<Finding> {
    let ours = asked.claim.language.as_deref()?;
    let theirs = index.document().language.as_deref()?;
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase();
    let (ours, theirs) = (primary(ours), primary(theirs));
    if ours == theirs {
        return None;
    }
    let mut finding = Finding { verdict: CheckVerdict::Review, ..Finding::absent() };
    finding.detail = Some(format!(
        "the quotation is in another language ({ours}) than the source ({theirs}): a person must compare the two"
    ));
    let words = query::plain_words(&format!("{text} {}", asked.statement), index);
    let kept: Vec<query::QueryWord> = words
        .into_iter()
        .filter(|word| {
            word.kind == Kind::Number
                || word.kind == Kind::Word
                    && word.bits & bits::CAPITAL != 0
                    && word.key != UNKNOWN
                    && !lexicon::is_stop_word(&word.key_text)
        })
        .collect();
    let elements = (0..kept.len()).map(Element::Word).collect();
    let nearest = Query { words: kept, elements, editorial: false, free_case: Vec::new() };
    if let Some(span) = statement::closest(&nearest, index) {
        let missing = query::plain_words(text, index)
            .iter()
            .any(|word| word.kind == Kind::Number && !span.clone().any(|at| index.form(at) == word.text));
        if missing {
            finding.flag(Flag::Number);
        }
        finding.passage = Some(passage_at(&span, Vec::new(), index));
    }
    Some(finding)
}

/// The share of the quotation's weight that stands in the passage or right around it, in any order.
fn order_free(query: &Query, comparison: &Comparison, index: &Index<'_>) -> f32 {
    let span = comparison.span();
    let margin = comparison.required;
    let window = span.start.saturating_sub(margin)..(span.end + margin).min(index.tokens().len());
    let mut held: hashbrown::HashMap<u32, usize> = hashbrown::HashMap::new();
    for at in window {
        *held.entry(index.tokens()[at].key).or_default() += 1;
    }
    let (mut all, mut there) = (0.0, 0.0);
    for word in query.required() {
        let weight = index.weight(word.key);
        all += weight;
        if word.key != UNKNOWN
            && let Some(count) = held.get_mut(&word.key).filter(|count| **count > 0)
        {
            *count -= 1;
            there += weight;
        }
    }
    if all > 0.0 { there / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::matching::tests::document;

    #[test]
    fn a_passage_is_the_origin_by_its_share_or_by_a_long_run() {
        let document = document("nothing of it");
        let index = Index::new(&document);
        for (covered, required, longest_run, origin) in [
            (0.6, 10, 3, true),
            (0.59, 10, 3, false),
            (0.6, 10, 2, false),
            (0.5, 30, 5, true),
            (0.49, 30, 5, false),
            (0.5, 30, 4, false),
            (0.1, 100, 8, true),
            (0.1, 100, 7, false),
            (0.1, 25, 5, true),
            (0.1, 26, 5, false),
            (0.1, 20, 4, false),
            (0.55, 6, 2, true),
            (0.54, 6, 2, false),
            (0.55, 7, 2, false),
            (0.55, 6, 1, false),
            (0.0, 0, 0, false),
        ] {
            let comparison = Comparison { covered, required, longest_run, ..Comparison::default() };
            let given = is_origin(&comparison, &[], &index);
            assert_eq!(given, origin, "{covered} of {required}, {longest_run} in a row");
        }
    }

    #[test]
    fn words_count_in_any_order_around_the_passage_and_each_place_once() {
        let document = document("far one two three four five away gone gone");
        let index = Index::new(&document);
        let share = |quote: &str, pieces: Range<usize>, required: usize| {
            let readings = query::readings(&[quote.to_owned()], &index);
            let comparison = Comparison { pieces: vec![pieces], required, longest_run: 3, ..Comparison::default() };
            (order_free(&readings[0], &comparison, &index), is_origin(&comparison, &readings, &index))
        };
        // The passage, and as many words as the quotation has on either side of it.
        assert_eq!(share("four two three", 2..5, 0), (1.0, true));
        assert_eq!(share("five one", 2..5, 1), (1.0, true));
        assert_eq!(share("far away", 2..5, 1), (0.0, false));
        assert_eq!(share("far away", 2..5, 2), (1.0, true));
        assert_eq!(share("gone gone", 6..9, 0), (1.0, true));
        assert_eq!(share("two two", 2..5, 0), (0.5, false));
        assert_eq!(share("elsewhere", 2..5, 3), (0.0, false));
        assert_eq!(share("", 2..5, 3), (0.0, false));
    }

    #[test]
    fn the_text_comes_before_its_margins() {
        let places = [Where::Body, Where::Headline, Where::Caption, Where::Comment];
        let bonus: Vec<f32> = places.into_iter().map(place_bonus).collect();
        assert!(bonus.windows(2).all(|pair| pair[0] > pair[1]), "{bonus:?}");
        assert!([Where::Metadata, Where::Navigation, Where::Hidden].into_iter().all(|place| place_bonus(place) == 0.0));
    }
}
