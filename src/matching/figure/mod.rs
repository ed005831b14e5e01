//! Figures: a figure of a statement and one document → match, mismatch or absent.
//!
//! A figure is a value, and it must stand with the same thing. Every comparable figure of the document is weighed by how
//! much of the statement stands around it; of the best, what they count is compared with what the statement counts. A right
//! value beside something else is a mismatch, and both are shown.

mod amount;
mod around;
mod beginnings;
mod bound;
mod candidate;
mod cells;
mod characters;
mod clock;
mod compare;
mod composed;
pub(super) mod conflict;
#[cfg(test)]
mod conflict_tests;
mod currency;
mod date;
mod days;
mod decide;
mod derived;
mod figures;
mod kept;
mod later;
mod lent;
mod lexeme;
mod moves;
mod number;
mod ours;
#[cfg(test)]
mod ours_tests;
mod powers;
mod ranks;
mod read;
mod record;
mod run;
mod sense;
mod separators;
mod share;
mod shortlist;
mod stems;
mod tables;
mod thing;
mod unchecked;
mod units;
mod vague;
mod vocabulary;
mod words;
mod written;

pub use conflict::conflicts;
pub(super) use figures::{Figures, of_document};
pub use read::read;

use super::asked::Asked;
use super::direction;
use super::index::Index;
use super::statement;
use crate::model::evidence::Finding;
use crate::model::figure::{DateParts, Figure, Quantity, Unit};
use crate::model::{Flag, Heads, Where};
use around::Around;
use candidate::{Candidate, sentence_of, tokens_of};
use compare::{Relation, compare};
use ours::{Ours, ours, unit_of, with_unit};
use thing::{Owned, Scene, Stand, Thing, stand, thing};

/// Candidates of either kind whose sentence is read closely, best first.
const CLOSELY: usize = 24;
/// Figures with the right value far from the statement's words that are weighed.
const MOST_FAR: usize = 200;
/// Figures of any kind of one sentence that have clauses of their own.
const MOST_WITHIN: usize = 60;
/// Figures of one sentence that are told apart; of more, those nearest to the one that is asked about.
const ANCHORS: usize = 12;

/// The figures of a statement as they are written, in order, for claims that name none: without figures that are part of
/// a name, and without bare ordinals of one word.
pub fn written(statement: &str, language: Option<&str>) -> Vec<String> {
    stated(statement, language)
        .into_iter()
        .map(|figure| {
            let start = figure.bound_at.map_or(figure.range.start, |at| at.start.min(figure.range.start));
            let end = figure.bound_at.map_or(figure.range.end, |at| at.end.max(figure.range.end));
            statement[start as usize..end as usize].to_owned()
        })
        .collect()
}

/// The figures of a text that state something, in order, with their places: those that [`written`] gives.
pub fn stated(text: &str, language: Option<&str>) -> Vec<crate::model::figure::Figure> {
    read(text, language)
        .into_iter()
        .filter(|figure| match &figure.quantity {
            Quantity::Number(amount) => {
                !(amount.in_words && amount.unit == Unit::Count && amount.scale == 0 && amount.value < 2.into())
            }
            Quantity::Name(..) => false,
            _ => true,
        })
        .collect()
}

/// Looks for a figure.
pub(super) fn find(text: &str, asked: &Asked<'_>, index: &Index<'_>, figures: &Figures) -> Finding {
    let Some(ours) = ours(text, asked, figures) else { return unread(text, asked, index) };
    let around = Around::new(asked, &ours, index, &figures.vocabulary);
    let mut candidates = candidates(asked, &ours, &around, index, figures);
    look_closely(&mut candidates, &ours, asked, index, figures);
    decide::decide(text, asked, &ours, &around, &candidates, figures, index)
}

/// Every figure of the document that can be compared with the claimed one, in document order.
fn candidates(asked: &Asked<'_>, ours: &Ours, around: &Around, index: &Index<'_>, figures: &Figures) -> Vec<Candidate> {
    let unit_said = unit_of(asked);
    let mut candidates: Vec<Candidate> = Vec::new();
    let told = std::cell::LazyCell::new(|| around.places(index));
    let mut sentence = 0..0;
    let mut far = 0;
    for number in shortlist::shortlist(ours, around, index, figures) {
        let figure = &figures.list.get(number);
        let mut relation = relate(ours, figure, &unit_said, asked);
        if let Some(whole) = lent::scaled(number, figures, index).filter(|_| relation != Relation::Unlike) {
            relation = relate(ours, &whole, &unit_said, asked);
        } else if !matches!(relation, Relation::Carried(_))
            && let Some(whole) = lent::unit(number, figures, index)
            && let carried @ Relation::Carried(_) = relate(ours, &whole, &unit_said, asked)
        {
            relation = carried;
        }
        if matches!(relation, Relation::Carried(_)) && is_other_year(ours, figure, index) {
            relation = Relation::Differs(vec![Flag::Date]);
        }
        if relation == Relation::Unlike {
            continue;
        }
        let tokens = tokens_of(figure, index);
        if tokens.is_empty() {
            continue;
        }
        // Far from every telling word of the statement another value is nothing, and the right one stands beside another
        // thing: a few of them show that.
        let block = index.block_of(tokens.start);
        if !around.is_empty() && !told.is_near(tokens.start) && index.document().blocks[block].heads.is_empty() {
            if !matches!(relation, Relation::Carried(_)) || far >= MOST_FAR {
                continue;
            }
            far += 1;
        }
        let sentence = sentence_of(&tokens, &mut sentence, index);
        let weighed = around.weigh(&tokens, &sentence, index, &figures.tables);
        let place = index.document().blocks.get(block).map_or(Where::Body, |block| block.zone.place());
        if matches!(relation, Relation::Carried(_))
            && around.direction * direction::of_tokens(&with_bound(figure, &tokens, index), &sentence, index) < 0
        {
            relation = Relation::Differs(vec![Flag::Sign]);
        }
        // `7 to 2 in favour` is no `7 to 2 against`.
        if matches!((&relation, &figure.quantity), (Relation::Carried(_), Quantity::Score(..)))
            && ours.side * direction::side((tokens.end..sentence.end).map(|at| index.key(at))) < 0
        {
            relation = Relation::Differs(vec![Flag::Sign]);
        }
        candidates.push(Candidate {
            figure: figure.clone(),
            tokens,
            sentence,
            relation,
            context: weighed.context,
            slot: weighed.slot,
            place,
            thing: None,
            stand: Stand::Open,
        });
    }
    candidates
}

/// The tokens of a figure with those of its bound: the words of `up to` are no direction.
fn with_bound(figure: &Figure, tokens: &std::ops::Range<usize>, index: &Index<'_>) -> std::ops::Range<usize> {
    let start = figure.bound_at.filter(|at| at.start < figure.range.start).map(|at| at.start);
    start.map_or(tokens.start, |start| index.tokens().partition_point(|token| token.end <= start))..tokens.end
}

/// Days between a page and a day without a year beyond which the day is of another year.
const SAME_YEAR: i32 = 300;

/// Whether a claimed date has a year, the source's has none, and the page is of quite another time.
fn is_other_year(ours: &Ours, theirs: &Figure, index: &Index<'_>) -> bool {
    let (
        Quantity::Date(own) | Quantity::Days(own, _),
        Quantity::Date(DateParts { year: None, .. })
        | Quantity::Days(DateParts { year: None, .. }, _)
        | Quantity::Moved(_, DateParts { year: None, .. }),
        Some(page),
    ) = (&ours.figure.quantity, &theirs.quantity, index.document().published)
    else {
        return false;
    };
    let (Some(year), Some(month)) = (own.year, own.month) else { return false };
    let days = |year: i16, month: i8, day: i8| i32::from(year) * 372 + i32::from(month) * 31 + i32::from(day);
    let own = days(year, month, own.day.unwrap_or(15));
    (own - days(page.year(), page.month(), page.day())).abs() > SAME_YEAR
}

/// Compares the claimed figure with one of the source: as the end of its range first, where it is one.
fn relate(ours: &Ours, theirs: &Figure, unit_said: &[Unit], asked: &Asked<'_>) -> Relation {
    if let (Some(range), Quantity::Range(..)) = (&ours.range, &theirs.quantity)
        && let carried @ Relation::Carried(_) = compare(range, theirs, &asked.bands)
    {
        return carried;
    }
    // `opens on 23 May` asks for the first day of a span, `first planned for` for the date that gave way.
    let end = match (&ours.figure.quantity, &theirs.quantity) {
        (Quantity::Date(_), Quantity::Days(first, last)) if ours.edge != 0 => {
            Some(if ours.edge > 0 { first } else { last })
        }
        (Quantity::Date(_), Quantity::Moved(first, _)) if ours.thing.former || ours.thing.from => Some(first),
        _ => None,
    };
    if let Some(end) = end {
        let end = Figure { quantity: Quantity::Date(*end), ..theirs.clone() };
        return compare(&ours.figure, &end, &asked.bands);
    }
    // What is counted by its noun has no other unit.
    if let (Quantity::Number(own), Quantity::Number(other)) = (&ours.figure.quantity, &theirs.quantity)
        && own.unit == Unit::Count
        && let Unit::Measure(symbol) = other.unit
        && !ours.thing.noun.is_empty()
        && !asked.statement_keys.iter().any(|key| crate::matching::terms::unit(key) == Some(symbol))
    {
        return Relation::Unlike;
    }
    let relation = compare(&with_unit(&ours.figure, theirs, unit_said), theirs, &asked.bands);
    // Another value with a unit that the statement does not have is a value of another thing.
    if let (Relation::Differs(_), Quantity::Number(own), Quantity::Number(other) | Quantity::Range(_, other)) =
        (&relation, &ours.figure.quantity, &theirs.quantity)
        && own.unit == Unit::Count
        && let Unit::Measure(symbol) = other.unit
        && own.value != other.value
        && !asked.statement_keys.iter().any(|key| crate::matching::terms::unit(key) == Some(symbol))
    {
        return Relation::Unlike;
    }
    if let (true, Relation::Carried(flags), Quantity::Range(..)) = (ours.between, &relation, &theirs.quantity) {
        return Relation::Carried(flags.iter().copied().filter(|flag| *flag != Flag::HedgeDropped).collect());
    }
    if theirs.loose_year
        && relation == Relation::Unlike
        && let Quantity::Date(DateParts { year: Some(year), .. }) = theirs.quantity
    {
        let count = Figure { quantity: Quantity::Number(ours::count_of(year)), ..theirs.clone() };
        let relation = compare(&ours.figure, &count, &asked.bands);
        // A year with another value is no count of anything.
        let near = match &ours.figure.quantity {
            Quantity::Number(amount) => {
                let year = rust_decimal::Decimal::from(year);
                amount.value > year / rust_decimal::Decimal::TWO && amount.value < year * rust_decimal::Decimal::TWO
            }
            _ => true,
        };
        // The same digits at another scale are another value for it.
        let near = near
            || matches!(&ours.figure.quantity, Quantity::Number(amount)
                if amount.value.normalize().to_string().trim_end_matches('0') == year.to_string().trim_end_matches('0'));
        return if near || matches!(relation, Relation::Carried(_)) { relation } else { Relation::Unlike };
    }
    match &ours.count {
        // Four digits that nothing makes a year may be a count.
        Some(count) if relation == Relation::Unlike => compare(count, theirs, &asked.bands),
        _ => relation,
    }
}

/// Reads the sentences of the best candidates of either kind, and compares what is counted there.
fn look_closely(candidates: &mut [Candidate], ours: &Ours, asked: &Asked<'_>, index: &Index<'_>, figures: &Figures) {
    let mut best: Vec<usize> = Vec::new();
    for carried in [true, false] {
        let mut of_kind: Vec<usize> =
            (0..candidates.len()).filter(|at| candidates[*at].is_carried() == carried).collect();
        of_kind.sort_by(|a, b| candidates[*b].fit().total_cmp(&candidates[*a].fit()).then(a.cmp(b)));
        best.extend(of_kind.into_iter().take(CLOSELY));
    }
    let language = figures.language;
    let said = std::cell::LazyCell::new(|| record::Said::new(asked, index, &figures.tables));
    for at in best {
        let sentence = candidates[at].sentence.clone();
        let lexemes = figures.sentence(&sentence, index);
        let place = |tokens: &std::ops::Range<usize>| {
            let range = index.range(tokens.clone());
            let start = lexemes.partition_point(|lexeme| lexeme.end <= range.start);
            let end = lexemes.partition_point(|lexeme| lexeme.start < range.end).max(start + 1);
            start..end.min(lexemes.len())
        };
        // Neighbours of one sentence stand beside each other in the list.
        let near = |step: &dyn Fn(usize) -> Option<usize>| {
            let mut found = Vec::new();
            let mut next = step(at);
            while let Some(other) =
                next.filter(|other| found.len() < ANCHORS && sentence.contains(&candidates[*other].tokens.start))
            {
                found.push(other);
                next = step(other);
            }
            found
        };
        let mut anchors: Vec<usize> = near(&|at| at.checked_sub(1));
        anchors.reverse();
        let me = anchors.len();
        anchors.push(at);
        anchors.extend(near(&|at| (at + 1 < candidates.len()).then_some(at + 1)));
        let block = &index.document().blocks[index.block_of(candidates[at].tokens.start)];
        let scene = Scene {
            lexemes: &lexemes,
            language,
            anchors: anchors.iter().map(|other| place(&candidates[*other].tokens)).collect(),
            me,
            heads: block.heads.clone(),
            figures: within(&sentence, figures, index)
                .filter(|other| ours::is_clausal(other, &ours.figure))
                .map(|other| place(&tokens_of(&other, index)))
                .collect(),
        };
        let mut theirs = thing(&scene);
        theirs.opens_part = later::is_part(&candidates[at], index, language);
        figures.remember(&sentence, &lexemes);
        theirs.former |= candidates[at].figure.former;
        if scene.anchors.len() == 1 {
            labels(&mut theirs, at, candidates, index);
        }
        if let Some(noun) = noun_before(&theirs, at - me, at, candidates, index, language) {
            theirs.noun = noun;
            theirs.leans = true;
        }
        let mut stand = stand(&ours.thing, &theirs);
        let apart = later::years_apart(asked, index);
        if stand != Stand::OtherSign && thing::times::differ(&ours.thing.spans, &theirs.spans, apart) {
            stand = Stand::Other;
        }
        let home = index.block_of(candidates[at].tokens.start);
        if !block.heads.is_empty() && cells::names_sibling(home, asked, index) || said.is_of_other(home) {
            stand = Stand::Other;
        }
        let candidate = &mut candidates[at];
        candidate.stand = stand;
        // What is counted by the day is no value for the year.
        if stand == Stand::OtherRate && candidate.is_carried() {
            candidate.relation = Relation::Differs(vec![Flag::Unit]);
            candidate.stand = Stand::Open;
        }
        // A value that goes the other way is one for the same thing.
        let turned = matches!(&candidate.relation, Relation::Differs(flags) if flags.contains(&Flag::Sign));
        // Another score of the same two sides is one of the same match.
        let score = matches!(ours.figure.quantity, Quantity::Score(..)) && !candidate.is_carried();
        if stand == Stand::Other && (turned || score) {
            candidate.stand = Stand::Open;
        }
        if stand == Stand::OtherSign && candidate.is_carried() {
            candidate.relation = Relation::Differs(vec![Flag::Sign]);
            candidate.stand = Stand::Open;
        }
        candidate.thing = Some(theirs);
    }
    let told = later::told(asked);
    for at in 0..candidates.len() {
        let candidate = &candidates[at];
        let open = candidate.thing.is_some() && candidate.is_carried() && candidate.stand != Stand::Other;
        if open && later::is_of_later(candidate, candidates, &told, language, index) {
            candidates[at].stand = Stand::Other;
        }
    }
}

/// The figures of a sentence.
fn within(sentence: &std::ops::Range<usize>, figures: &Figures, index: &Index<'_>) -> impl Iterator<Item = Figure> {
    let range = index.range(sentence.clone());
    let inside = figures.list.between(range.start, range.end);
    inside.take_while(move |figure| figure.range.end <= range.end).take(MOST_WITHIN)
}

/// The noun of the sentence before, where a sentence counts without one: `Inspectors looked at 40 wells. Seventeen were dry.`
fn noun_before(
    theirs: &Thing,
    first: usize,
    at: usize,
    candidates: &[Candidate],
    index: &Index<'_>,
    language: &str,
) -> Option<Vec<String>> {
    let counted = |candidate: &Candidate| match &candidate.figure.quantity {
        Quantity::Number(amount) => amount.unit == Unit::Count && !amount.ordinal,
        _ => false,
    };
    let before = &candidates[first.checked_sub(1)?];
    let follows = decide::follows(before, &candidates[at], index);
    if !theirs.noun.is_empty() || !follows || !counted(before) || !counted(&candidates[at]) {
        return None;
    }
    let lexemes = lexeme::of_tokens(index, before.sentence.clone());
    let range = index.range(before.tokens.clone());
    let start = lexemes.partition_point(|lexeme| lexeme.end <= range.start);
    let end = lexemes.partition_point(|lexeme| lexeme.start < range.end).max(start + 1).min(lexemes.len());
    let place = start..end;
    let scene = Scene {
        lexemes: &lexemes,
        language,
        anchors: Vec::from([place]),
        me: 0,
        heads: Heads::default(),
        figures: Vec::new(),
    };
    Some(thing(&scene).noun).filter(|noun| !noun.is_empty())
}

/// Blocks on either side of a cell or an entry whose labels are compared with its own.
const SIBLINGS: usize = 24;

/// Cells of a table and entries of a list are told apart by their labels, as the parts of a sentence are by their words.
fn labels(theirs: &mut Thing, at: usize, candidates: &[Candidate], index: &Index<'_>) {
    let blocks = &index.document().blocks;
    let label = |candidate: &Candidate| -> Vec<Owned> {
        let block = index.block_of(candidate.tokens.start);
        let own = index.block_tokens(block);
        if own.len() > tables::SHORT_BLOCK {
            return Vec::new();
        }
        let heads = blocks[block].heads.iter().flat_map(lexeme::of_text);
        let keys: Vec<String> = heads
            .filter(sense::is_content)
            .map(|lexeme| lexeme.key.to_string())
            .chain(
                lexeme::of_tokens(index, own)
                    .iter()
                    .filter(|lexeme| sense::is_content(lexeme))
                    .map(|lexeme| lexeme.key.to_string()),
            )
            .collect();
        keys.into_iter().map(|word| Owned { word, name: false, role: "<".to_owned() }).collect()
    };
    let own = label(&candidates[at]);
    if own.is_empty() {
        return;
    }
    let home = index.block_of(candidates[at].tokens.start);
    let near = |other: &usize| {
        let block = index.block_of(candidates[*other].tokens.start);
        block != home && block.abs_diff(home) <= SIBLINGS
    };
    let before = (0..at).rev().take(ANCHORS).filter(near);
    let behind = (at + 1..candidates.len()).take(ANCHORS).filter(near);
    let others: Vec<Vec<Owned>> =
        before.chain(behind).map(|other| label(&candidates[other])).filter(|label| !label.is_empty()).collect();
    if others.is_empty() {
        return;
    }
    // What all of them have, such as the head of a column, is shared.
    theirs.shared.retain(|word| !own.iter().any(|owned| owned.word == *word));
    theirs.own = own;
    theirs.others = others;
}

/// A figure that is no value: its words are looked for, and a person reads the place.
fn unread(text: &str, asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let mut finding = statement::find(asked, index);
    finding.detail = Some(format!("“{text}” is not a figure that can be compared: read the closest passage"));
    finding
}

#[cfg(test)]
mod tests;
