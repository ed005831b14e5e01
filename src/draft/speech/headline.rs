//! Headlines: what of a headline is speech, as far as the text below it tells.

use super::{Attribution, has_mark};
use crate::draft::fold::folded;
use crate::draft::lexicon::Lexicon;

/// Drops what stands behind a colon in the headline (`Storm Edna: 40,000 without power`) unless it is quoted, or the text
/// goes on to cite who stands before the colon.
pub(super) fn confirm(text: &str, all: &mut Vec<Attribution>, lexicon: &Lexicon) {
    // What a headline quotes stands in the text again, mostly with who says it.
    all.retain(|one| {
        one.paragraph != 0 || !one.quoted || one.cue.is_some_and(|cue| &text[cue.span()] != ":") || {
            let words = folded(&text[one.content[0].span()]);
            let rest = text.get(one.content[0].end as usize..).unwrap_or_default();
            let rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            let named = one
                .source
                .is_some_and(|source| rest.contains(text[source.span()].split_whitespace().last().unwrap_or("\n")));
            named || words.is_empty() || !folded(rest).contains(&words)
        }
    });
    let Some(first) = all.first().filter(|first| first.paragraph == 0) else { return };
    let labelled = first.cue.is_some_and(|cue| &text[cue.span()] == ":");
    let Some(source) = first.source.filter(|source| labelled && source.start <= first.content[0].start) else { return };
    let label = &text[source.span()];
    let last = label.split_whitespace().last().unwrap_or(label);
    let written = label.split_whitespace().any(|word| lexicon.is_writing(&word.to_lowercase()));
    let quoted = first.content.iter().any(|piece| has_mark(&text[piece.span()]));
    let cited = all[1..].iter().any(|other| {
        other.source.is_some_and(|source| text[source.span()].split_whitespace().any(|word| word.starts_with(last)))
    });
    if !(quoted || cited || written) {
        all.remove(0);
    }
}
