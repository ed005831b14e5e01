//! Quoted stretches of a block, and the clause that surrounds one.

use std::ops::Range;

use super::clause::{Clause, is_saying_at, says};
use super::name::is_name_token;
use super::segment;
use super::shape::{self, is_contrast};
use super::words::is_adverb;
use crate::matching::fold::{self, bits};
use crate::matching::index::{Index, Quoted};
use crate::matching::lexicon;
use crate::matching::query::closing_of;
use crate::model::Zone;

/// The quoted stretches that hold a token, outer ones first.
pub(super) fn around<'q>(at: usize, quoted: &'q [Quoted], index: &Index<'_>) -> Vec<&'q Quoted> {
    let byte = index.tokens()[at].start;
    quoted.iter().filter(|quoted| quoted.holds(byte)).collect()
}

/// The quoted stretches of a block, outer ones before the inner ones that they hold.
pub(crate) fn quoted_spans<'i>(block: usize, index: &'i Index<'_>) -> &'i [Quoted] {
    index.quoted(block, || read(block, index))
}

/// How many quotations may be open inside one another.
const DEEPEST: usize = 4;

fn read(block: usize, index: &Index<'_>) -> Vec<Quoted> {
    let content = &index.document().blocks[block];
    let range = content.range;
    let text = index.document().slice(range);
    let mut spans = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut before = ' ';
    // Swedish and Finnish open and close by the same mark: `’…’`.
    let same = matches!(super::name::language(index), "sv" | "fi");
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        // Korean writes its particles right behind the closing mark: `‘…’고`.
        let hangul = ('가'..='힣').contains(&after) && open.iter().any(|(opening, _)| *opening == '‘');
        let apostrophe = fold::is_apostrophe(c) && before.is_alphanumeric() && after.is_alphanumeric() && !hangul;
        if fold::is_quote_mark(c) && !apostrophe {
            let closes = open.iter().rposition(|(opening, _)| closing_of(*opening).contains(&c));
            let opens_speech = |c: char| match c {
                '‘' | '\'' => true,
                '’' => same && before.is_whitespace(),
                _ => !fold::is_apostrophe(c),
            };
            // Guillemets may stand off from their words; other marks lean on them.
            let leaning = !after.is_whitespace() || matches!(c, '«' | '»' | '‹' | '›');
            let may_open = leaning
                && (!before.is_alphanumeric()
                    || fold::is_unspaced(before)
                    || matches!(c, '“' | '„' | '«' | '「' | '『'));
            match closes {
                Some(number) if !(c == '"' && before.is_whitespace() && may_open) => {
                    let (opening, start) = open[number];
                    spans.push(Quoted {
                        range: range.start + (start + opening.len_utf8()) as u32..range.start + at as u32,
                    });
                    open.truncate(number);
                }
                _ if may_open && open.len() < DEEPEST && opens_speech(c) => open.push((c, at)),
                _ => {}
            }
        }
        before = c;
    }
    // A paragraph of a longer quotation opens and is closed by a later one.
    if let Some((opening, start)) =
        open.into_iter().next().filter(|(opening, _)| matches!(opening, '“' | '„' | '«' | '"' | '「'))
    {
        spans.push(Quoted { range: range.start + (start + opening.len_utf8()) as u32..range.end });
    }
    if spans.is_empty() {
        spans = spoken_behind_dashes(text, range.start);
    }
    if spans.is_empty() && matches!(content.zone, Zone::Blockquote | Zone::PullQuote) {
        spans.push(Quoted { range: range.start..range.end });
    }
    spans.sort_by_key(|span| (span.range.start, u32::MAX - span.range.end));
    spans
}

/// Speech that a dash opens, as Russian, Polish, Spanish and French print it: `— We open, — said Ana Ruiz. — And soon.`
fn spoken_behind_dashes(text: &str, offset: u32) -> Vec<Quoted> {
    let trimmed = text.trim_start();
    let lead = text.len() - trimmed.len();
    let Some(dash) = trimmed.chars().next().filter(|c| matches!(c, '—' | '–' | '―')) else { return Vec::new() };
    let mut spans = Vec::new();
    let mut start = lead + dash.len_utf8();
    let mut speech = true;
    let mut before = ' ';
    let mut cuts: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < start) {
        let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        if matches!(c, '—' | '–' | '―')
            && (before.is_whitespace() || after.is_whitespace() || matches!(after, ',' | '.'))
        {
            cuts.push(at);
        }
        before = c;
    }
    cuts.push(text.len());
    for (number, cut) in cuts.iter().enumerate() {
        let piece = &text[start..*cut];
        // What stands between two dashes is an attribution where it begins with a word of saying.
        let says = || lexicon::has_saying(&piece.split_whitespace().take(3).collect::<Vec<_>>().join(" "));
        if number > 0 {
            speech = !speech || !says();
        }
        if speech && !piece.trim().is_empty() {
            spans.push(Quoted { range: offset + start as u32..offset + *cut as u32 });
        }
        start = text[*cut..].chars().next().map_or(*cut, |c| cut + c.len_utf8());
    }
    spans
}

/// On which side of a quoted stretch its clause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Behind,
    Ahead,
    /// With another stretch of the paragraph.
    Elsewhere,
    /// Nowhere: nothing beside the stretch has a word of saying.
    Nowhere,
}

/// The clause that surrounds a quoted stretch.
#[derive(Debug, Clone)]
pub(super) struct Around {
    pub(super) tokens: Vec<usize>,
    pub(super) side: Side,
    /// Whether the quotation stands right behind the clause.
    pub(super) before: bool,
    /// Position of a verb that carries the quotation by its place alone, where no word of saying does.
    pub(super) verb: Option<usize>,
}

impl Around {
    pub(super) fn new(tokens: Vec<usize>, side: Side) -> Self {
        Self { tokens, side, before: side == Side::Ahead, verb: None }
    }
}

/// The longest way from a quotation to where its clause ends or begins, in tokens.
const FAR: usize = 40;

/// What stands behind a quoted stretch in its sentence.
#[derive(Debug, Default)]
struct Behind {
    clause: Vec<usize>,
    /// Whether a colon stands between it and the next quotation.
    introduces: bool,
    /// Whether it runs on into the next quotation, without a pause.
    leads_on: bool,
    /// Whether a conjunction opens what stands between two quotations.
    coordinated: bool,
}

/// What stands behind a quoted stretch in its sentence: up to its end, or to the next quotation; `end` is where its block ends.
fn behind(quoted: &Quoted, all: &[Quoted], end: usize, index: &Index<'_>) -> Behind {
    let tokens = index.tokens();
    let first = index.token_from(quoted.range.start);
    let introduced = index.gap_before(first).contains([':', '：', ',']);
    let mut found = Behind::default();
    let mut at = index.token_from(quoted.range.end);
    let asked = tokens[first].has(bits::SENTENCE) && !introduced && is_asked_or_called(at, index);
    let attributes = |at: usize| asked && is_capital_or_none(at, index) == Some(true);
    let mut words = 0;
    while at < end && words < FAR {
        let held = all.iter().find(|span| span.holds(tokens[at].start));
        if words == 0 {
            // A new sentence right after the closing mark is an attribution only behind a question: `“…?” Ruiz asked.`
            if index.gap_before(at).contains(';') || begins_anew(at, introduced, index) && !attributes(at) {
                break;
            }
        } else if tokens[at].has(bits::SENTENCE) {
            break;
        } else if held.is_some() {
            if let Some(aside) = all.iter().find(|span| span.holds(tokens[at].start) && is_aside(span, index)) {
                at = index.token_from(aside.range.end);
                continue;
            }
            let language = super::name::language(index);
            let joins = |at: &usize| lexicon::is_conjunction(index.key(*at), language) || is_contrast(index.key(*at));
            found.introduces = index.gap_before(at).contains([':', '：']);
            found.leads_on = !index.gap_before(at).contains([',', '،', '、', '–', '—', '…']);
            found.coordinated = found.clause.first().is_some_and(joins);
            break;
        }
        if held.is_none() {
            found.clause.push(at);
        }
        words += 1;
        at += 1;
    }
    let begun = found.clause.first().is_some_and(|at| begins_anew(*at, introduced, index));
    if begun && !is_plain_attribution(&found.clause, index) {
        return Behind::default();
    }
    found
}

/// Whether a question or exclamation mark is the last that stands before a token.
fn is_asked_or_called(at: usize, index: &Index<'_>) -> bool {
    at.checked_sub(1).is_some_and(|before| matches!(index.form(before), "?" | "!"))
}

/// Whether a sentence behind a question only says who asked it: `“…?” Ruiz asked on Monday.`, not `“…?” Ruiz said it did.`
fn is_plain_attribution(sentence: &[usize], index: &Index<'_>) -> bool {
    let clause = Clause { tokens: sentence, verb: None, ahead: false, index };
    sentence.iter().position(|at| is_saying_at(*at, index)).is_some_and(|verb| {
        let next = verb + 1;
        next == sentence.len()
            || clause.opens(next)
            || clause.is_preposition(next)
            || is_adverb(clause.key(next))
            || lexicon::is_address_verb(clause.key(verb))
    })
}

/// Tokens of the clause that surrounds a quoted stretch: behind it up to the sentence's end, before it from the
/// sentence's beginning, and where both are silent the nearest clause of the block.
pub(super) fn clause_around(quoted: &Quoted, all: &[Quoted], block: usize, index: &Index<'_>) -> Around {
    let tokens = index.tokens();
    let own = index.block_tokens(block);
    let first = index.token_from(quoted.range.start);
    let lead = index.gap_before(first);
    let Behind { mut clause, introduces: before_next, leads_on, coordinated } = behind(quoted, all, own.end, index);
    // `“Is it?” Ruiz replied: “It is.”`: what opens a sentence and ends with a colon belongs to the next quotation.
    if before_next
        && clause
            .first()
            .is_some_and(|at| begins_like_a_sentence(*at, index) && !index.gap_before(*at).contains([',', '،']))
    {
        clause.clear();
    }
    // Languages that put the verb last name the speaker before the quotation and say it behind.
    let verb_last = matches!(super::name::language(index), "ja" | "ko" | "hi" | "tr");
    if leads_on && !coordinated {
        clause = segment::before_next_clause(clause, index);
    }
    let behind_says = says(&clause, index);
    let ahead = before(first, own.start, all, index);
    let opens = tokens[first].has(bits::SENTENCE);
    // `Ruiz said “…”, Lind said “…”`: what leads into another quotation is no attribution of one that has its own.
    let splice =
        clause.first().is_some_and(|at| tokens[*at].has(bits::PAUSE)) && segment::opens_subject(&clause, index);
    // `Ruiz said “…”, her office confirmed`: what confirms it does not say it.
    let carried = splice
        && !opens
        && (leads_on && says(&ahead, index) || ahead.last().is_some_and(|at| is_saying_at(*at, index)));
    let owned = leads_on && !opens && index.key(first - 1) == "s" && tokens[first - 1].has(bits::APOSTROPHE);
    if behind_says && !verb_last && !coordinated && !carried && !owned {
        return Around::new(clause, Side::Behind);
    }
    // `“…,” snapped the porter`: whatever the verb.
    let end = index.token_from(quoted.range.end);
    let set_off = index.gap_before(end).contains([',', '…', '–', '—', '-']) || is_asked_or_called(end, index);
    if opens
        && set_off
        && !verb_last
        && let Some(verb) = shape::verb_behind(&clause, index)
    {
        return Around { tokens: clause, side: Side::Behind, before: false, verb: Some(verb) };
    }
    let behind_another = !tokens[*ahead.first().unwrap_or(&first)].has(bits::SENTENCE);
    let ahead = segment::own_clause(ahead, behind_another, index);
    let ahead_says = says(&ahead, index);
    let verb = if ahead_says { None } else { shape::verb_ahead(&ahead, index) };
    if (carried || owned) && !ahead.is_empty() && !verb_last {
        return Around::new(ahead, Side::Ahead);
    }
    if behind_another && !verb_last && !behind_says && (verb.is_some() || segment::is_gapped(&ahead, index)) {
        return Around { tokens: ahead, side: Side::Ahead, before: true, verb };
    }
    if coordinated && !verb_last {
        // `Ruiz called it “…” and Lind called it “…”`: the second clause carries the second quotation.
        if ahead_says {
            return Around::new(ahead, Side::Ahead);
        }
        if behind_says {
            return Around::new(clause, Side::Behind);
        }
    }
    if behind_says {
        // What goes on from a sentence before says nothing of this one.
        let of_sentence = !behind_another && ahead.last().is_some_and(|last| last + 1 == first);
        let tokens = if of_sentence { ahead.into_iter().chain(clause).collect() } else { clause };
        return Around::new(tokens, Side::Behind);
    }
    // `has been called “…” by Ana Ruiz`
    let agent = clause.first().is_some_and(|at| super::words::is_agent(index.key(*at)));
    if ahead_says && agent && !verb_last {
        return Around::new(ahead.into_iter().chain(clause).collect(), Side::Ahead);
    }
    // `“…” (Whitlock)`
    let signed = clause.first().is_some_and(|at| is_name_token(*at, index) && index.gap_before(*at).contains('('));
    if signed && clause.len() <= 6 {
        return Around::new(clause, Side::Behind);
    }
    let colon = lead.contains([':', '：']);
    let led = colon && (ahead.len() > 1 || ahead.iter().any(|at| is_name_token(*at, index)));
    let verb = verb.filter(|verb| colon || verb + 1 < ahead.len());
    if ahead_says || led || is_account(&ahead, index) || verb.is_some() {
        return Around { tokens: ahead, side: Side::Ahead, before: true, verb };
    }
    // Another stretch of the same paragraph carries the attribution for both.
    let whole = outside(&own, all, index);
    if whole.iter().any(|at| is_saying_at(*at, index)) {
        return Around::new(whole, Side::Elsewhere);
    }
    // `found “no evidence” but “failures”`: one clause carries both.
    let joins = ahead.len() <= 2
        && ahead.iter().all(|at| {
            lexicon::is_stop_word(index.key(*at))
                || lexicon::is_conjunction(index.key(*at), super::name::language(index))
        });
    if let Some(joint) = ahead.first().filter(|_| joins && clause.is_empty()) {
        let earlier = all.iter().filter(|other| index.token_from(other.range.end) == *joint);
        if let Some(earlier) = earlier.max_by_key(|other| other.range.end) {
            return clause_around(earlier, all, block, index);
        }
    }
    let before = clause.is_empty() && !ahead.is_empty();
    clause.extend(ahead);
    Around { tokens: clause, side: Side::Nowhere, before, verb: None }
}

/// Tokens before a quoted stretch, from the sentence's beginning or from behind another stretch.
fn before(first: usize, from: usize, all: &[Quoted], index: &Index<'_>) -> Vec<usize> {
    let tokens = index.tokens();
    let mut at = first;
    let mut ahead = Vec::new();
    while at > from && ahead.len() < FAR {
        at -= 1;
        if let Some(stretch) = all.iter().find(|span| span.holds(tokens[at].start)) {
            if !is_aside(stretch, index) {
                break;
            }
            at = index.token_from(stretch.range.start);
            continue;
        }
        ahead.push(at);
        if tokens[at].has(bits::SENTENCE) {
            break;
        }
    }
    ahead.reverse();
    ahead
}

/// Whether the token behind a closing mark begins a sentence of its own, and no attribution of what is quoted. `introduced` is
/// whether the quotation stands behind a clause that carries it.
pub(in crate::matching) fn begins_anew(at: usize, introduced: bool, index: &Index<'_>) -> bool {
    let gap = index.gap_before(at);
    let begins = match is_capital_or_none(at, index) {
        // What begins a sentence right behind the mark belongs to it only after a comma or a dash.
        Some(true) => !gap.contains([',', '—', '–', '-']),
        Some(false) => false,
        // Scripts without capitals: a full stop behind the mark ends the sentence; before it, where the words were introduced.
        None => {
            let behind = gap.rfind(fold::is_quote_mark).map_or(gap, |mark| &gap[mark..]);
            behind.contains(['.', '。', '।', '۔'])
                || introduced && (gap.contains(['.', '。', '।', '۔']) || is_asked_or_called(at, index))
        }
    };
    index.tokens()[at].has(bits::SENTENCE) && begins
}

/// Whether a token begins with a capital; `None` in a script that has none.
fn is_capital_or_none(at: usize, index: &Index<'_>) -> Option<bool> {
    let first = index.form(at).chars().next()?;
    if first.is_alphabetic() && first.to_uppercase().eq(first.to_lowercase()) {
        return None;
    }
    Some(index.tokens()[at].has(bits::CAPITAL))
}

fn begins_like_a_sentence(at: usize, index: &Index<'_>) -> bool {
    is_capital_or_none(at, index).unwrap_or(index.tokens()[at].has(bits::SENTENCE))
}

/// The longest name in quotation marks, in tokens.
const ASIDE: usize = 4;

/// Whether a stretch is a name in quotation marks inside its sentence and nobody's speech: `института «Мостпроект»`,
/// `Margaret “Peg” Lanyon`.
fn is_aside(stretch: &Quoted, index: &Index<'_>) -> bool {
    let held = index.token_from(stretch.range.start)..index.token_from(stretch.range.end);
    let tokens = index.tokens();
    let Some(before) = held.start.checked_sub(1).filter(|_| !held.is_empty() && held.len() <= ASIDE) else {
        return false;
    };
    let behind = index.gap_before(held.end);
    let closes = index.document().slice(crate::model::TextRange { start: stretch.range.start, end: stretch.range.end });
    is_capital_or_none(held.start, index) == Some(true)
        && !tokens[held.start].has(bits::BREAK)
        && tokens[before].kind == fold::Kind::Word
        && !closes.ends_with([',', '.', '!', '?'])
        && !behind.contains([':', ';'])
        && !is_saying_at(before, index)
        && !lexicon::is_stop_word(index.key(before))
        && !lexicon::is_pronoun(index.key(before))
        && !lexicon::is_preposition(index.key(before), super::name::language(index))
        && !super::words::is_calling(index.key(before))
        && tokens.get(held.end).is_some_and(|token| !token.has(bits::SENTENCE))
}

/// Whether a clause begins with a document or an account that says something: `In her telling, …`, `A report by …`; not
/// `the words “…”`.
pub(super) fn is_account(clause: &[usize], index: &Index<'_>) -> bool {
    clause.windows(2).take(4).any(|pair| lexicon::is_utterance(index.key(pair[0])) && pair[0] + 1 == pair[1])
}

/// Tokens of a range that stand outside quotation marks.
pub(super) fn outside(range: &Range<usize>, all: &[Quoted], index: &Index<'_>) -> Vec<usize> {
    range.clone().filter(|at| !all.iter().any(|span| span.holds(index.tokens()[*at].start))).collect()
}

#[cfg(test)]
#[path = "quoted_tests.rs"]
mod tests;
