//! Quotations: a quotation and one document → a finding: verbatim, edited, altered or absent, and what is to be said.

use std::ops::Range;

use super::Asked;
use super::align;
use super::attribution;
use super::compare::{self, Comparison, Nature};
use super::context;
use super::fold::{Kind, bits};
use super::index::{Index, UNKNOWN};
use super::lexicon;
use super::locate;
use super::query::{self, Element, Query};
use super::statement;
use crate::model::evidence::{Change, Finding, Passage};
use crate::model::{CheckVerdict, Flag, FlagClass, TextRange, Where};

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
        let places = chains.len();
        let spliced = chains.iter().all(|chain| chain.len() > 1 && attribution::two_mouths(chain, index));
        if spliced {
            return spliced_finding(&compare::of_chain(reading, &chains[0]), reading, &text, asked, index);
        }
        let mut candidates: Vec<Candidate> = chains
            .iter()
            .filter(|chain| chain.len() == 1 || !attribution::two_mouths(chain, index))
            .take(MAX_LOOKED_AT)
            .map(|chain| candidate(compare::of_chain(reading, chain), reading, asked, index))
            .collect();
        candidates.sort_by_key(Candidate::rank);
        return carried(candidates, places, reading, &text, asked, index);
    }
    if let Some(reading) = readings.last()
        && let Some(reversed) = locate::reversed(reading, index)
    {
        let mut finding = Finding { verdict: CheckVerdict::Altered, score: 1.0, ..Finding::absent() };
        let span = reversed.first().map_or(0, |piece| piece.start)..reversed.last().map_or(0, |piece| piece.end);
        finding.passage = Some(passage_at(&span, reversed.iter().map(|piece| index.range(piece.clone())).collect(), index));
        finding.flag(Flag::Order);
        finding.detail = Some("its pieces stand in the source in another order".to_owned());
        finding.unchecked = statement::unchecked(asked, index, &span);
        return finding;
    }
    approximate(&readings, &text, asked, index)
}

fn candidate(comparison: Comparison, query: &Query, asked: &Asked<'_>, index: &Index<'_>) -> Candidate {
    let span = comparison.span();
    let place = place(&span, index);
    let mut flags = context::flags(&comparison, query, asked, index);
    flags.extend(attribution::flag(&span, asked, index));
    flags.extend(context::place_flag(place, asked));
    if crosses_places(&comparison, index) {
        flags.push(Flag::Joined);
    }
    flags.sort_unstable();
    flags.dedup();
    Candidate { comparison, flags, place }
}

fn place(span: &Range<usize>, index: &Index<'_>) -> Where {
    index.document().blocks.get(index.block_of(span.start)).map_or(Where::Body, |block| block.zone.place())
}

/// Whether a stretch that is quoted as one runs from one place of the page into another.
fn crosses_places(comparison: &Comparison, index: &Index<'_>) -> bool {
    comparison.pieces.iter().any(|piece| {
        let blocks = index.block_of(piece.start)..=index.block_of(piece.end - 1);
        let first = index.document().blocks[*blocks.start()].zone.place();
        blocks.into_iter().any(|block| index.document().blocks[block].zone.place() != first)
    })
}

/// The finding for a quotation that stands in the document, at its best place.
fn carried(candidates: Vec<Candidate>, places: usize, query: &Query, text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let mut candidates = candidates.into_iter();
    let Some(best) = candidates.next() else { return Finding::absent() };
    let rest: Vec<Candidate> = candidates.collect();
    let span = best.comparison.span();
    let verdict = if best.comparison.editorial { CheckVerdict::Edited } else { CheckVerdict::Verbatim };
    let mut finding = Finding { verdict, score: 1.0, passage: Some(passage(&best.comparison, index)), ..Finding::absent() };
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
    finding.changes.extend(free_changes(&best.comparison, query, text, index));
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
fn spliced_finding(comparison: &Comparison, query: &Query, text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let mut finding = Finding { verdict: CheckVerdict::Altered, score: 1.0, passage: Some(passage(comparison, index)), ..Finding::absent() };
    finding.flag(Flag::Splice);
    finding.changes = mark_changes(comparison, query, text, index);
    finding.detail = Some("its pieces stand in the mouths of two speakers".to_owned());
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
    if asked.claim.speaker.is_some() {
        return false;
    }
    let vetoes = |candidate: &Candidate| candidate.flags.iter().filter(|flag| flag.class() == FlagClass::Veto).count();
    rest.iter().any(|other| {
        if matches!(other.place, Where::Headline | Where::Caption | Where::Metadata | Where::Hidden | Where::Navigation) {
            return false;
        }
        let zone = |candidate: &Candidate| index.document().blocks[index.block_of(candidate.comparison.span().start)].zone;
        if zone(other) == crate::model::Zone::PullQuote {
            return false;
        }
        // The same words in two mouths, and nobody says whose are meant.
        let (here, there) = (attribution::named_with(&best.comparison.span(), index), attribution::named_with(&other.comparison.span(), index));
        if !here.is_empty() && !there.is_empty() && !here.iter().any(|name| there.contains(name)) {
            return true;
        }
        other.place != best.place && best.place == Where::Body && other.place != Where::Comment || vetoes(other) > vetoes(best) && other.place == best.place
    })
}

/// The finding for a quotation that does not stand there as it is.
fn approximate(readings: &[Query], text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let mut best: Option<(f32, usize, Comparison)> = None;
    for (number, reading) in readings.iter().enumerate() {
        // Of a literal and an editorial reading the one that fits better counts.
        for window in locate::windows(reading, index) {
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
            let place = if span.is_empty() { 0.0 } else { place_bonus(place(&span, index)) };
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
    let mut finding = Finding { verdict: CheckVerdict::Altered, score: covered, passage: Some(passage(&comparison, index)), ..Finding::absent() };
    for difference in &comparison.differences {
        if let Nature::Substantive(flags) = &difference.nature {
            for flag in flags {
                finding.flag(*flag);
            }
        }
    }
    finding.changes = changes(&comparison, query, text, index);
    finding.unchecked = statement::unchecked(asked, index, &comparison.span());
    finding
}

/// Whether a passage is plainly where a quotation came from.
///
/// Three witnesses: how much of the quotation's weight stands there in order; how much stands there in any order; and
/// the longest run of its words side by side. Names put into a stranger's sentence raise the first two but not the third.
fn is_origin(comparison: &Comparison, readings: &[Query], index: &Index<'_>) -> bool {
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
fn place_bonus(place: Where) -> f32 {
    match place {
        Where::Body => 0.3,
        Where::Headline => 0.2,
        Where::Caption => 0.1,
        _ => 0.0,
    }
}

/// Whether a passage that shares little with a quotation is where it came from all the same, because the speaker whom the
/// manifest names speaks there, in quotation marks, and the two share their telling words.
fn is_speakers(comparison: &Comparison, query: &Query, asked: &Asked<'_>, index: &Index<'_>) -> bool {
    let span = comparison.span();
    if asked.claim.speaker.is_none() || span.is_empty() || comparison.covered < 0.3 {
        return false;
    }
    let block = index.block_of(span.start);
    let at = index.tokens()[span.start].start;
    let quoted = attribution::quoted_spans(block, index).iter().any(|quoted| quoted.range.start <= at && at < quoted.range.end);
    let telling = span.clone().filter(|at| {
        let key = index.tokens()[*at].key;
        !lexicon::is_stop_word(index.key(*at)) && query.required().any(|word| word.key == key)
    });
    quoted && attribution::speaker_beside(&span, asked, index) && attribution::flag(&span, asked, index).is_none() && telling.count() >= 1
}

/// A quotation in one language against a document in another is for a person to read: the nearest passage by names and
/// numbers, and the numbers that it does not share.
fn other_language(text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Option<Finding> {
    let ours = asked.claim.language.as_deref()?;
    let theirs = index.document().language.as_deref()?;
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase();
    let (ours, theirs) = (primary(ours), primary(theirs));
    if ours == theirs {
        return None;
    }
    let mut finding = Finding { verdict: CheckVerdict::Review, ..Finding::absent() };
    finding.detail = Some(format!("the quotation is in another language ({ours}) than the source ({theirs}): a person must compare the two"));
    let words = query::plain_words(&format!("{text} {}", asked.statement), index);
    let kept: Vec<query::QueryWord> = words
        .into_iter()
        .filter(|word| word.kind == Kind::Number || word.kind == Kind::Word && word.bits & bits::CAPITAL != 0 && word.key != UNKNOWN && !lexicon::is_stop_word(&word.key_text))
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
    let mut held: std::collections::HashMap<u32, usize> = std::collections::HashMap::new();
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

/// The passage that a comparison stands on.
pub(super) fn passage(comparison: &Comparison, index: &Index<'_>) -> Passage {
    let span = comparison.span();
    let mut parts: Vec<TextRange> = Vec::new();
    for piece in &comparison.pieces {
        let range = index.range(piece.clone());
        match parts.last_mut() {
            Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
            _ => parts.push(range),
        }
    }
    passage_at(&span, parts, index)
}

/// A passage over a range of tokens.
pub(super) fn passage_at(span: &Range<usize>, parts: Vec<TextRange>, index: &Index<'_>) -> Passage {
    let range = index.range(span.clone());
    let block = index.document().blocks.get(index.block_of(span.start));
    Passage {
        range,
        parts: if parts.is_empty() { vec![range] } else { parts },
        place: block.map_or(Where::Body, |block| block.zone.place()),
        zone: block.map_or(crate::model::Zone::Paragraph, |block| block.zone),
        page: block.and_then(|block| block.page),
        time: block.and_then(|block| block.time.clone()),
    }
}

/// Every difference as a change, in the order of the quotation.
fn changes(comparison: &Comparison, query: &Query, text: &str, index: &Index<'_>) -> Vec<Change> {
    comparison
        .differences
        .iter()
        .map(|difference| {
            let ours = ours(&difference.ours, query);
            let at = index.range(difference.theirs.clone());
            Change {
                quote: ours.map_or(String::new(), |range| text[range.span()].to_owned()),
                source: index.document().slice(at).to_owned(),
                at: Some(at),
                ours,
                flag: match &difference.nature {
                    Nature::Free => None,
                    Nature::Remark(flag) => Some(*flag),
                    Nature::Substantive(flags) => flags.first().copied(),
                },
            }
        })
        .collect()
}

fn ours(words: &Range<usize>, query: &Query) -> Option<TextRange> {
    let words = query.words.get(words.clone())?;
    Some(TextRange::new(words.first()?.start, words.last()?.end))
}

/// Remarks and free differences of a carried quotation.
fn free_changes(comparison: &Comparison, query: &Query, text: &str, index: &Index<'_>) -> Vec<Change> {
    changes(comparison, query, text, index)
}

/// What marks of editing stand for.
fn mark_changes(comparison: &Comparison, query: &Query, text: &str, index: &Index<'_>) -> Vec<Change> {
    comparison
        .marks
        .iter()
        .filter(|mark| !mark.tokens.is_empty())
        .map(|mark| {
            let at = index.range(mark.tokens.clone());
            let ours = if let Element::Bracket(words) = &mark.mark { ours(words, query) } else { None };
            let quote = match (&mark.mark, ours) {
                (Element::Bracket(_), Some(range)) => format!("[{}]", &text[range.span()]),
                _ => "…".to_owned(),
            };
            Change { quote, source: index.document().slice(at).to_owned(), at: Some(at), ours, flag: None }
        })
        .collect()
}

/// Commas, semicolons, colons and full stops inside the quotation that differ.
fn punctuation(comparison: &Comparison, query: &Query, text: &str, index: &Index<'_>) -> Vec<Change> {
    const POINTS: [char; 4] = [',', ';', ':', '.'];
    let mut changes = Vec::new();
    if !comparison.differences.is_empty() {
        return changes;
    }
    let mut pieces = comparison.pieces.iter();
    for piece in query.pieces() {
        if piece.words.is_empty() {
            continue;
        }
        let Some(tokens) = pieces.next() else { break };
        if tokens.len() != piece.words.len() {
            continue;
        }
        for (offset, pair) in piece.words.windows(2).enumerate() {
            let (left, right) = (&query.words[pair[0]], &query.words[pair[1]]);
            if left.end >= right.start {
                continue;
            }
            let at = tokens.start + offset + 1;
            if index.tokens()[at].bits & bits::SENTENCE == 0 && index.tokens()[at].bits & bits::PAUSE == 0 && right.bits & (bits::SENTENCE | bits::PAUSE) == 0 {
                continue;
            }
            let points = |gap: &str| -> String {
                gap.chars()
                    .map(|c| match c {
                        '，' | '、' => ',',
                        '。' => '.',
                        '：' => ':',
                        '；' => ';',
                        c => c,
                    })
                    .filter(|c| POINTS.contains(c))
                    .collect()
            };
            let (ours, theirs) = (points(&text[left.end..right.start]), points(index.gap_before(at)));
            if ours != theirs {
                let before = index.tokens()[at - 1].end;
                changes.push(Change {
                    quote: ours,
                    source: theirs,
                    at: Some(TextRange { start: before, end: index.tokens()[at].start }),
                    ours: Some(TextRange::new(left.end, right.start)),
                    flag: None,
                });
            }
        }
    }
    changes
}
