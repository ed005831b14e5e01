//! Quotations: a quotation and one document → a finding: verbatim, edited, altered or absent, and what is to be said.

mod changes;
mod joined;
mod origin;

use std::ops::Range;

use changes::{changes, mark_changes, passage, punctuation};
use origin::{is_origin, is_speakers, other_language, place_bonus};

use super::align;
use super::asked::Asked;
use super::attribution;
use super::borders::{self, Border};
use super::compare;
use super::comparison::{Comparison, Nature};
use super::context;
use super::fold::Kind;
use super::index::Index;
use super::lexicon;
use super::locate::{self, Chain};
use super::passage::passage_at;
use super::query::{self, Query};
use super::statement;
use crate::model::evidence::Finding;
use crate::model::{CheckVerdict, Flag, FlagClass, Where, Zone};

/// Exact places that are looked at closely; more of them only raise the count.
const MAX_LOOKED_AT: usize = 40;
/// Places that are reported beside the best.
const MAX_ALSO: usize = 10;

/// One way to lay the quotation over the document, with what its surroundings ask for.
struct Candidate {
    comparison: Comparison,
    flags: Vec<Flag>,
    place: Where,
}

impl Candidate {
    /// Order of preference: no veto before veto, few cautions before many, the body before other places.
    fn rank(&self) -> (usize, usize, u8, usize) {
        let of = |class: FlagClass| self.flags.iter().filter(|flag| flag.class() == class).count();
        let place = match self.place {
            Where::Body => 0,
            Where::Headline => 1,
            Where::Caption => 2,
            Where::Metadata => 3,
            Where::Navigation | Where::Comment => 4,
            Where::Hidden => 5,
        };
        (of(FlagClass::Veto), of(FlagClass::Caution), place, self.comparison.span().start)
    }
}

/// Looks for a quotation.
pub(super) fn find(fragments: &[String], asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let readings = query::readings(fragments, index);
    let text = query::text(fragments);
    for reading in &readings {
        if reading.required().next().is_none() {
            continue;
        }
        let chains = locate::chains(reading, index);
        if chains.is_empty() {
            continue;
        }
        return standing(&chains, reading, &text, asked, index);
    }
    let joined = readings.iter().rev().find_map(|reading| joined::joined(reading, index));
    if let Some((reading, chains)) = joined {
        return standing(&chains, &reading, &text, asked, index);
    }
    if let Some(reading) = readings.last()
        && let Some(reversed) = locate::reversed(reading, index)
    {
        let mut finding = Finding { verdict: CheckVerdict::Altered, score: 1.0, ..Finding::absent() };
        let span = reversed.first().map_or(0, |piece| piece.start)..reversed.last().map_or(0, |piece| piece.end);
        finding.passage =
            Some(passage_at(&span, reversed.iter().map(|piece| index.range(piece.clone())).collect(), index));
        finding.flag(Flag::Order);
        finding.detail = Some("its pieces stand in the source in another order".to_owned());
        finding.unchecked = statement::unchecked(asked, index, &span);
        return finding;
    }
    approximate(&readings, &text, asked, index)
}

/// The finding for a reading that stands in the document, at one place or more.
fn standing(chains: &[Chain], reading: &Query, text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let two_mouths = |chain: &Chain| chain.len() > 1 && attribution::two_mouths(chain, index);
    if chains.iter().all(two_mouths) {
        return spliced_finding(&compare::of_chain(reading, &chains[0]), reading, text, asked, index);
    }
    let whole: Vec<Comparison> = chains
        .iter()
        .filter(|chain| !two_mouths(chain))
        .take(MAX_LOOKED_AT)
        .map(|chain| compare::of_chain(reading, chain))
        .filter(|comparison| borders::hardest(comparison, index) < Border::Hard)
        .collect();
    if whole.is_empty() {
        return torn_finding(&compare::of_chain(reading, &chains[0]), reading, text, asked, index);
    }
    let mut candidates: Vec<Candidate> =
        whole.into_iter().map(|comparison| candidate(comparison, reading, asked, index)).collect();
    candidates.sort_by_key(Candidate::rank);
    carried(candidates, chains.len(), reading, text, asked, index)
}

fn candidate(mut comparison: Comparison, query: &Query, asked: &Asked<'_>, index: &Index<'_>) -> Candidate {
    let span = comparison.span();
    let place = place(&span, index);
    let mut flags = context::flags(&comparison, query, asked, index);
    flags.extend(attribution::flag(&comparison.pieces, asked, index));
    flags.extend(context::place_flag(place, asked));
    flags.extend(context::pull_quote_flag(zone(&span, index), asked));
    flags.extend(borders::cautions(&comparison, asked, index));
    if borders::hardest(&comparison, index) > Border::Open
        || borders::omits_a_border(&comparison, index)
        || attribution::question_and_answer(&comparison.pieces, index)
    {
        flags.push(Flag::Joined);
    }
    flags.sort_unstable();
    flags.dedup();
    if flags.contains(&Flag::Replaced) {
        context::take_in(&mut comparison, query, index);
    }
    Candidate { comparison, flags, place }
}

fn place(span: &Range<usize>, index: &Index<'_>) -> Where {
    index.document().blocks.get(index.block_of(span.start)).map_or(Where::Body, |block| block.zone.place())
}

fn zone(span: &Range<usize>, index: &Index<'_>) -> Zone {
    index.document().blocks.get(index.block_of(span.start)).map_or(Zone::Paragraph, |block| block.zone)
}

/// Whether a stretch that is quoted as one runs from one place of the page into another, or over two entries.
fn crosses_places(comparison: &Comparison, index: &Index<'_>) -> bool {
    comparison.pieces.iter().any(|piece| {
        // What stands between paragraphs is no matter; where the quotation begins and where it ends is.
        let place = |at: usize| index.document().blocks.get(index.block_of(at)).map(|block| block.zone.place());
        place(piece.start) != place(piece.end - 1)
    }) || borders::hardest(comparison, index) == Border::Hard
}

/// The finding for a quotation that stands in the document, at its best place.
fn carried(
    candidates: Vec<Candidate>,
    places: usize,
    query: &Query,
    text: &str,
    asked: &Asked<'_>,
    index: &Index<'_>,
) -> Finding {
    let mut candidates = candidates.into_iter();
    let Some(best) = candidates.next() else { return Finding::absent() };
    let rest: Vec<Candidate> = candidates.collect();
    let span = best.comparison.span();
    let verdict = if best.comparison.editorial { CheckVerdict::Edited } else { CheckVerdict::Verbatim };
    let mut finding =
        Finding { verdict, score: 1.0, passage: Some(passage(&best.comparison, index)), ..Finding::absent() };
    for flag in &best.flags {
        finding.flag(*flag);
    }
    if is_short(query, places, &span, asked, index) {
        finding.flag(Flag::Short);
    }
    if is_repeated(&best, &rest, asked, index) {
        finding.flag(Flag::Repeated);
    }
    finding.changes = punctuation(&best.comparison, query, text, index);
    finding.changes.extend(changes(&best.comparison, query, text, index));
    finding.changes.extend(mark_changes(&best.comparison, query, text, index));
    if places > 1 {
        finding.detail = Some(format!("stands in {places} places of the source"));
    }
    finding.also = rest.iter().take(MAX_ALSO).map(|candidate| passage(&candidate.comparison, index)).collect();
    finding.also.sort_by_key(|passage| passage.range);
    finding.unchecked = statement::unchecked(asked, index, &span);
    finding
}

/// The finding for pieces from two mouths: no mark of editing makes one quotation of them.
fn spliced_finding(
    comparison: &Comparison,
    query: &Query,
    text: &str,
    asked: &Asked<'_>,
    index: &Index<'_>,
) -> Finding {
    let why = "its pieces stand in the mouths of two speakers";
    put_together(why, comparison, query, text, asked, index)
}

/// The finding for words that run from one entry of the source into another: they are no utterance of either.
fn torn_finding(comparison: &Comparison, query: &Query, text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let why = "its words run from one entry or row of the source into another";
    put_together(why, comparison, query, text, asked, index)
}

fn put_together(
    why: &str,
    comparison: &Comparison,
    query: &Query,
    text: &str,
    asked: &Asked<'_>,
    index: &Index<'_>,
) -> Finding {
    let mut finding = Finding {
        verdict: CheckVerdict::Altered,
        score: 1.0,
        passage: Some(passage(comparison, index)),
        ..Finding::absent()
    };
    finding.flag(Flag::Splice);
    finding.changes = mark_changes(comparison, query, text, index);
    finding.detail = Some(why.to_owned());
    finding.unchecked = statement::unchecked(asked, index, &comparison.span());
    finding
}

/// Whether a quotation proves nothing: few words, and neither unique nor beside the speaker.
fn is_short(query: &Query, places: usize, span: &Range<usize>, asked: &Asked<'_>, index: &Index<'_>) -> bool {
    let (mut words, mut telling, mut characters) = (0, 0, 0);
    for word in query.required() {
        match word.kind {
            Kind::Character => characters += 1,
            Kind::Sign => {}
            _ => {
                words += 1;
                telling += usize::from(!lexicon::is_stop_word(&word.key_text));
            }
        }
    }
    let few = words + characters / 2 < 3 || telling == 0 && characters < 5 && words < 6;
    few && !(places == 1 && attribution::speaker_beside(span, asked, index))
}

/// Whether other places differ from the best in speaker or zone in a way that matters.
fn is_repeated(best: &Candidate, rest: &[Candidate], asked: &Asked<'_>, index: &Index<'_>) -> bool {
    // With a speaker only that speaker's places count, and ranking put one of them first.
    if asked.speaker().is_some() {
        return false;
    }
    let vetoes = |candidate: &Candidate| candidate.flags.iter().filter(|flag| flag.class() == FlagClass::Veto).count();
    rest.iter().any(|other| {
        if matches!(other.place, Where::Headline | Where::Caption | Where::Metadata | Where::Hidden | Where::Navigation)
        {
            return false;
        }
        if zone(&other.comparison.span(), index) == Zone::PullQuote {
            return false;
        }
        // The same words in two mouths, and nobody says whose are meant.
        let (here, there) = (
            attribution::named_with(&best.comparison.span(), index),
            attribution::named_with(&other.comparison.span(), index),
        );
        if !here.is_empty() && !there.is_empty() && !here.iter().any(|name| there.contains(name)) {
            return true;
        }
        vetoes(other) > vetoes(best) && other.place == best.place
    })
}

/// The finding for a quotation that does not stand there as it is.
fn approximate(readings: &[Query], text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let mut best: Option<(f32, usize, Comparison)> = None;
    for (number, reading) in readings.iter().enumerate() {
        // Of a literal and an editorial reading the one that fits better counts.
        for window in locate::ranked(reading, index) {
            let alignment = align::align(reading, index, window);
            let comparison = compare::of_steps(reading, index, &alignment.steps);
            let differing: usize = comparison
                .differences
                .iter()
                .filter(|difference| matches!(difference.nature, Nature::Substantive(_)))
                .map(|difference| difference.ours.len().max(difference.theirs.len().min(6)))
                .sum();
            // Of two places that fit alike the one where the speaker speaks is the likelier origin.
            let span = comparison.span();
            let beside = !span.is_empty() && attribution::speaker_beside(&span, asked, index);
            let place = if span.is_empty() { 0.0 } else { place_bonus(place(&span, index)) }
                - if crosses_places(&comparison, index) { 1.5 } else { 0.0 };
            let score = alignment.score - 0.02 * differing as f32 + place + if beside { 1.0 } else { 0.0 };
            if best.as_ref().is_none_or(|(before, _, _)| score > *before) {
                best = Some((score, number, comparison));
            }
        }
    }
    let Some((_, number, comparison)) = best.filter(|(_, _, comparison)| !comparison.span().is_empty()) else {
        return other_language(text, asked, index).unwrap_or_else(Finding::absent);
    };
    let query = &readings[number];
    if !comparison.differs() {
        if borders::hardest(&comparison, index) == Border::Hard {
            return torn_finding(&comparison, query, text, asked, index);
        }
        let candidate = candidate(comparison, query, asked, index);
        let remarks: Vec<Flag> = candidate
            .comparison
            .differences
            .iter()
            .filter_map(|difference| if let Nature::Remark(flag) = difference.nature { Some(flag) } else { None })
            .collect();
        let mut finding = carried(vec![candidate], 1, query, text, asked, index);
        for remark in remarks {
            finding.flag(remark);
        }
        return finding;
    }
    let covered = f64::from(comparison.covered);
    if !is_origin(&comparison, readings, index) && !is_speakers(&comparison, query, asked, index) {
        if let Some(finding) = other_language(text, asked, index) {
            return finding;
        }
        let mut finding = Finding::absent();
        finding.score = covered;
        if covered >= 0.3 {
            finding.passage = Some(passage(&comparison, index));
        }
        return finding;
    }
    let mut finding = Finding {
        verdict: CheckVerdict::Altered,
        score: covered,
        passage: Some(passage(&comparison, index)),
        ..Finding::absent()
    };
    let spliced = comparison
        .differences
        .iter()
        .any(|difference| matches!(&difference.nature, Nature::Substantive(flags) if flags.contains(&Flag::Splice)));
    for difference in &comparison.differences {
        // Beside a splice, what only the source has is what lay between the two places.
        if let Nature::Substantive(flags) = &difference.nature
            && !(spliced && difference.ours.is_empty() && !flags.contains(&Flag::Splice))
        {
            for flag in flags {
                finding.flag(*flag);
            }
        }
    }
    finding.changes = changes(&comparison, query, text, index);
    finding.unchecked = statement::unchecked(asked, index, &comparison.span());
    finding
}

#[cfg(test)]
#[path = "quotation_tests.rs"]
mod tests;
