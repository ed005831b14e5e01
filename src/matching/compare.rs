//! Comparing: a way to lay a quotation over a document → named differences.
//!
//! Differences are free (folded by the contract), remarks (close spellings), or substantive, and then they say what
//! kind they are. Nothing here asks how similar the whole is: one substantive difference is enough.

use std::ops::Range;

use super::align::Step;
use super::comparison::{Comparison, Difference, MarkUse, Nature};
use super::differ;
use super::fold::{Kind, bits};
use super::index::{Index, UNKNOWN};
use super::locate::{Chain, differ_in_first_case};
use super::query::{Element, Query, QueryWord};
use super::spelling;
use crate::model::{Flag, Where, Zone};

/// The comparison that an exact chain comes to.
pub(super) fn of_chain(query: &Query, chain: &Chain) -> Comparison {
    let mut comparison = Comparison {
        covered: 1.0,
        required: query.required().count(),
        editorial: query.editorial,
        ..Comparison::default()
    };
    let mut solid = 0usize;
    for piece in query.pieces() {
        if let Some(mark) = &piece.before {
            let before = solid.checked_sub(1).map_or_else(|| chain[0].start, |number| chain[number].end);
            let after = if piece.words.is_empty() { before } else { chain[solid].start.max(before) };
            comparison.marks.push(MarkUse { mark: mark.clone(), tokens: before..after });
        }
        if piece.words.is_empty() {
            continue;
        }
        comparison.longest_run = comparison.longest_run.max(piece.words.len());
        comparison.pieces.push(chain[solid].clone());
        solid += 1;
    }
    comparison
}

/// The comparison that an alignment comes to.
pub(super) fn of_steps(query: &Query, index: &Index<'_>, steps: &[Step]) -> Comparison {
    let mut comparison = Comparison { editorial: query.editorial, ..Comparison::default() };
    let (mut weight, mut covered) = (0.0f32, 0.0f32);
    for word in query.required() {
        weight += index.weight(word.key);
        comparison.required += 1;
    }
    let mut run = 0usize;
    let mut open: Option<Difference> = None;
    let mut last_token = None;
    let mut next_word = 0usize;
    let quiet = is_quiet(query);
    let close = |open: &mut Option<Difference>, comparison: &mut Comparison| {
        if let Some(difference) = open.take() {
            comparison.differences.push(difference);
        }
    };
    for step in steps {
        match step {
            Step::Pair { element, token } => {
                let Element::Word(number) = query.elements[*element] else { continue };
                let word = &query.words[number];
                next_word = number + 1;
                stand(&mut comparison.pieces, *token, &mut last_token);
                let pair = pair(word, *token, number, query, index, quiet);
                match pair {
                    Pair::Same => {
                        close(&mut open, &mut comparison);
                        covered += index.weight(word.key);
                        run += 1;
                        comparison.longest_run = comparison.longest_run.max(run);
                    }
                    Pair::Remark(flag) => {
                        close(&mut open, &mut comparison);
                        covered += index.weight(word.key);
                        run += 1;
                        comparison.longest_run = comparison.longest_run.max(run);
                        comparison.differences.push(Difference {
                            ours: number..number + 1,
                            theirs: *token..*token + 1,
                            nature: flag.map_or(Nature::Free, Nature::Remark),
                        });
                    }
                    Pair::Different => {
                        run = 0;
                        let difference = open.get_or_insert(Difference {
                            ours: number..number,
                            theirs: *token..*token,
                            nature: Nature::Free,
                        });
                        difference.ours.end = number + 1;
                        difference.theirs.end = *token + 1;
                    }
                }
            }
            Step::Ours { element } => {
                run = 0;
                let Element::Word(number) = query.elements[*element] else { continue };
                let at = last_token.map_or(0, |token| token + 1);
                let difference =
                    open.get_or_insert(Difference { ours: number..number, theirs: at..at, nature: Nature::Free });
                difference.ours.end = number + 1;
                next_word = number + 1;
            }
            Step::Theirs { token } => {
                run = 0;
                let difference = open.get_or_insert(Difference {
                    ours: next_word..next_word,
                    theirs: *token..*token,
                    nature: Nature::Free,
                });
                difference.theirs.end = *token + 1;
                // What the source has between two matched words belongs to the passage.
                stand(&mut comparison.pieces, *token, &mut last_token);
            }
            Step::Mark { element, tokens } => {
                close(&mut open, &mut comparison);
                let mark = query.elements[*element].clone();
                if let Element::Bracket(words) = &mark {
                    next_word = words.end;
                }
                if let Some(after) = tokens.end.checked_sub(1).filter(|_| !tokens.is_empty()) {
                    last_token = Some(after);
                    comparison.pieces.push(tokens.end..tokens.end);
                }
                comparison.marks.push(MarkUse { mark, tokens: tokens.clone() });
            }
        }
    }
    close(&mut open, &mut comparison);
    comparison.pieces.retain(|piece| !piece.is_empty());
    comparison.covered = if weight > 0.0 { covered / weight } else { 0.0 };
    for number in 0..comparison.differences.len() {
        let difference = &comparison.differences[number];
        if difference.nature == Nature::Free && !is_settled(difference, query, index, quiet) {
            let nature = nature(difference, query, index);
            comparison.differences[number].nature = nature;
        }
    }
    mark_order(&mut comparison, query, index);
    comparison
}

/// Whether a one-to-one difference was found to be free when it was paired.
fn is_settled(difference: &Difference, query: &Query, index: &Index<'_>, quiet: bool) -> bool {
    difference.ours.len() == 1
        && difference.theirs.len() == 1
        && matches!(
            pair(
                &query.words[difference.ours.start],
                difference.theirs.start,
                difference.ours.start,
                query,
                index,
                quiet
            ),
            Pair::Remark(None)
        )
}

/// Extends the last piece by a token, or begins a new one.
fn stand(pieces: &mut Vec<Range<usize>>, token: usize, last: &mut Option<usize>) {
    match pieces.last_mut() {
        // An empty piece was opened behind a mark; the first word behind it begins it.
        Some(piece) if piece.start == piece.end && piece.start <= token => *piece = token..token + 1,
        Some(piece) if piece.end == token => piece.end = token + 1,
        _ => pieces.push(token..token + 1),
    }
    *last = Some(token);
}

enum Pair {
    Same,
    /// Equal under folding, perhaps with a remark.
    Remark(Option<Flag>),
    Different,
}

/// Whether the quotation uses no accents at all.
fn is_quiet(query: &Query) -> bool {
    query.words.iter().all(|word| !spelling::has_accents(&word.text))
}

fn pair(word: &QueryWord, at: usize, number: usize, query: &Query, index: &Index<'_>, quiet: bool) -> Pair {
    let token = &index.tokens()[at];
    if word.form == token.form {
        return Pair::Same;
    }
    let theirs = index.form(at);
    if word.kind == Kind::Word && token.kind == Kind::Word {
        if word.key == token.key && word.key != UNKNOWN {
            if word.text.to_lowercase() == theirs.to_lowercase() {
                return if case_is_free(word, at, number, query, index) { Pair::Remark(None) } else { Pair::Different };
            }
            if spelling::is_letter_variant(&word.text, theirs) {
                return Pair::Remark(Some(Flag::NearSpelling));
            }
            if quiet && spelling::has_accents(theirs) {
                return Pair::Remark(Some(Flag::Unaccented));
            }
        } else if spelling::is_regional_variant(&word.key_text, index.key(at)) {
            return Pair::Remark(Some(Flag::NearSpelling));
        }
    }
    Pair::Different
}

/// Whether a difference of case says nothing: at a beginning, in a line of capitals, in a headline.
fn case_is_free(word: &QueryWord, at: usize, number: usize, query: &Query, index: &Index<'_>) -> bool {
    let token = &index.tokens()[at];
    let first = differ_in_first_case(&word.text, index.form(at));
    if first && (number == 0 || query.free_case.contains(&number) || (word.bits | token.bits) & bits::SENTENCE != 0) {
        return true;
    }
    // The first word of a piece is a beginning too.
    let begins_piece =
        query.elements.iter().position(|element| *element == Element::Word(number)).is_none_or(|position| {
            position.checked_sub(1).is_none_or(|before| !matches!(query.elements[before], Element::Word(_)))
        });
    if first && begins_piece {
        return true;
    }
    let zone = index.document().blocks.get(index.block_of(at)).map(|block| block.zone);
    if matches!(
        zone,
        Some(Zone::Headline | Zone::Deck | Zone::Subheading | Zone::Metadata | Zone::Related | Zone::Navigation)
    ) {
        return true;
    }
    let capitals = |at: usize| index.tokens().get(at).is_some_and(|token| token.bits & bits::ALL_CAPITALS != 0);
    capitals(at) && (capitals(at + 1) || at > 0 && capitals(at - 1))
}

/// What kind of difference a stretch is.
fn nature(difference: &Difference, query: &Query, index: &Index<'_>) -> Nature {
    if difference.ours.is_empty() && is_interposed(&difference.theirs, index) {
        return Nature::Free;
    }
    if difference.ours.is_empty() && is_hesitation(&difference.theirs, index) {
        return Nature::Remark(Flag::NearSpelling);
    }
    let ours: Vec<&QueryWord> = difference.ours.clone().map(|word| &query.words[word]).collect();
    if !ours.is_empty() && !difference.theirs.is_empty() {
        let left: String = ours.iter().map(|word| word.text.as_str()).collect();
        let right: String = difference.theirs.clone().map(|at| index.form(at)).collect();
        let letters = ours.iter().all(|word| word.kind != Kind::Number)
            && !difference.theirs.clone().any(|at| index.tokens()[at].kind == Kind::Number);
        if letters
            && (left == right
                || left.to_lowercase() == right.to_lowercase() && left.chars().skip(1).eq(right.chars().skip(1)))
        {
            let line_end = difference.ours.clone().skip(1).any(|word| query.words[word].bits & bits::LINE_HYPHEN != 0)
                || difference.theirs.clone().skip(1).any(|at| index.tokens()[at].bits & bits::LINE_HYPHEN != 0);
            if line_end {
                return Nature::Free;
            }
            let hyphen = difference
                .ours
                .clone()
                .skip(1)
                .any(|word| query.words[word].bits & (bits::HYPHEN | bits::LINE_HYPHEN) != 0)
                || difference
                    .theirs
                    .clone()
                    .skip(1)
                    .any(|at| index.tokens()[at].bits & (bits::HYPHEN | bits::LINE_HYPHEN | bits::APOSTROPHE) != 0);
            if hyphen || left.chars().count() >= 8 {
                return Nature::Remark(Flag::NearSpelling);
            }
        }
    }
    Nature::Substantive(differ::flags(difference, query, index))
}

/// Whether tokens are whole blocks that stand between paragraphs without being part of the text: captions, pictures,
/// promotions. A quotation that runs over paragraphs runs over them too.
fn is_interposed(tokens: &Range<usize>, index: &Index<'_>) -> bool {
    let place = |block: usize| index.document().blocks.get(block).map(|block| block.zone.place());
    let (first, last) = (index.block_of(tokens.start), index.block_of(tokens.end - 1));
    let whole = index.block_tokens(first).start == tokens.start && index.block_tokens(last).end == tokens.end;
    let around = tokens.start.checked_sub(1).and_then(|before| place(index.block_of(before)));
    whole
        && around == Some(Where::Body)
        && place(index.block_of(tokens.end.min(index.tokens().len() - 1))) == Some(Where::Body)
        && (first..=last).all(|block| place(block) != Some(Where::Body))
}

/// Sounds that subtitles write down and nobody quotes.
const HESITATIONS: [&str; 17] =
    ["um", "umm", "uh", "uhh", "uhm", "er", "erm", "hm", "hmm", "mm", "mhm", "ah", "eh", "aehm", "ahm", "euh", "ehm"];

/// Whether tokens of a subtitle are hesitations and nothing else.
fn is_hesitation(tokens: &Range<usize>, index: &Index<'_>) -> bool {
    !tokens.is_empty()
        && tokens.clone().all(|at| {
            index.tokens()[at].kind == Kind::Word
                && HESITATIONS.contains(&index.key(at))
                && index.document().blocks.get(index.block_of(at)).is_some_and(|block| block.zone == Zone::Cue)
        })
}

/// Words that are ours in one place and theirs in another were moved; those that differ by their case alone were not.
fn mark_order(comparison: &mut Comparison, query: &Query, index: &Index<'_>) {
    let moved = |difference: &Difference| {
        let ours = difference.ours.clone().map(|word| query.words[word].key);
        let theirs = difference.theirs.clone().map(|at| index.tokens()[at].key);
        matches!(difference.nature, Nature::Substantive(_)) && !ours.eq(theirs)
    };
    let mut ours: Vec<u32> = Vec::new();
    let mut theirs: Vec<u32> = Vec::new();
    for difference in comparison.differences.iter().filter(|difference| moved(difference)) {
        ours.extend(difference.ours.clone().map(|word| query.words[word].key));
        theirs.extend(difference.theirs.clone().map(|at| index.tokens()[at].key));
    }
    let number = comparison.differences.iter().any(|difference| {
        matches!(&difference.nature, Nature::Substantive(flags) if flags.iter().any(|flag| matches!(flag, Flag::Number | Flag::Date | Flag::Negation)))
    });
    ours.sort_unstable();
    theirs.sort_unstable();
    if number || ours.is_empty() || ours != theirs {
        return;
    }
    for difference in comparison.differences.iter_mut().filter(|difference| moved(difference)) {
        difference.nature = Nature::Substantive(vec![Flag::Order]);
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
