//! Quoted stretches of a block, and the clause that surrounds one.

use std::ops::Range;

use super::clause::{is_saying_at, says};
use super::name::is_name_token;
use super::segment;
use super::shape::{self, is_contrast};
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
                _ if may_open
                    && !(fold::is_apostrophe(c)
                        && c != '‘'
                        && c != '\''
                        && !(c == '’' && same && before.is_whitespace()))
                    && open.len() < 4 =>
                {
                    open.push((c, at))
                }
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
        let mut opening = String::new();
        for word in piece.split_whitespace().take(3) {
            opening.push_str(word);
            opening.push(' ');
        }
        if number > 0 && speech && lexicon::has_saying(&opening) {
            speech = false;
        } else if number > 0 && !speech {
            speech = true;
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

/// Tokens of the clause that surrounds a quoted stretch: behind it up to the sentence's end, before it from the
/// sentence's beginning, and where both are silent the nearest clause of the block.
pub(super) fn clause_around(quoted: &Quoted, all: &[Quoted], block: usize, index: &Index<'_>) -> Around {
    let tokens = index.tokens();
    let own = index.block_tokens(block);
    let first = index.token_from(quoted.range.start).max(own.start);
    let behind = index.token_from(quoted.range.end).min(own.end);
    let free = |at: usize| !all.iter().any(|span| span.holds(tokens[at].start));
    let mut clause: Vec<usize> = Vec::new();
    // Behind: a new sentence right after the closing mark is no attribution, unless the quotation ends with a comma or ? !.
    let mut at = behind;
    let mut words = 0;
    let mut before_next = false;
    let mut coordinated = false;
    let mut leads_on = false;
    while at < own.end && words < 40 {
        if tokens[at].bits & bits::SENTENCE != 0 && words > 0 || words == 0 && index.gap_before(at).contains(';') {
            break;
        }
        if words == 0 && begins_anew(at, index.gap_before(first).contains([':', '：', ',']), index) {
            break;
        }
        if words > 0
            && let Some(aside) = all.iter().find(|span| span.holds(tokens[at].start) && is_aside(span, index))
        {
            at = index.token_from(aside.range.end);
            continue;
        }
        if free(at) {
            clause.push(at);
        } else if words > 0 {
            before_next = index.gap_before(at).contains([':', '：']);
            leads_on = !index.gap_before(at).contains([',', '،', '、', '–', '—', '…']);
            coordinated = clause.first().is_some_and(|at| {
                lexicon::is_conjunction(index.key(*at), super::name::language(index)) || is_contrast(index.key(*at))
            });
            break;
        }
        words += 1;
        at += 1;
    }
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
    let opens = first == own.start || tokens[first].bits & bits::SENTENCE != 0;
    // `Ruiz said “…”, Lind said “…”`: what leads into another quotation is no attribution of one that has its own.
    let splice =
        clause.first().is_some_and(|at| tokens[*at].bits & bits::PAUSE != 0) && segment::opens_subject(&clause, index);
    // `Ruiz said “…”, her office confirmed`: what confirms it does not say it.
    let said = |ahead: &[usize]| ahead.last().is_some_and(|at| is_saying_at(*at, index));
    let carried = splice && !opens && {
        let ahead = before(first, own.start, all, index);
        leads_on && says(&ahead, index) || said(&ahead)
    };
    let owned = leads_on && !opens && index.key(first - 1) == "s" && tokens[first - 1].bits & bits::APOSTROPHE != 0;
    if says(&clause, index) && !verb_last && !coordinated && !carried && !owned {
        return Around::new(clause, Side::Behind);
    }
    // `“…,” snapped the porter`: whatever the verb.
    let set_off = behind < own.end && index.gap_before(behind).contains([',', '?', '!', '…', '–', '—', '-']);
    if opens
        && set_off
        && !verb_last
        && let Some(verb) = shape::verb_behind(&clause, index)
    {
        return Around { tokens: clause, side: Side::Behind, before: false, verb: Some(verb) };
    }
    let introduces = index.gap_before(first).contains([':', '：']);
    // `has been called “…” by Ana Ruiz`
    let agent = clause.first().is_some_and(|at| super::words::is_agent(index.key(*at)));
    let ahead = before(first, own.start, all, index);
    let behind_another = ahead.first().map_or(first, |at| *at) > own.start
        && tokens[*ahead.first().unwrap_or(&first)].bits & bits::SENTENCE == 0;
    let whole_sentence = ahead.first().is_some_and(|at| tokens[*at].bits & bits::SENTENCE != 0);
    let ahead = segment::own_clause(ahead, behind_another, index);
    if (carried || owned) && !ahead.is_empty() && !verb_last {
        return Around::new(ahead, Side::Ahead);
    }
    if behind_another && !verb_last && !says(&clause, index) {
        let verb = if says(&ahead, index) { None } else { shape::verb_ahead(&ahead, index) };
        if verb.is_some() || segment::is_gapped(&ahead, index) {
            return Around { tokens: ahead, side: Side::Ahead, before: true, verb };
        }
    }
    if coordinated && !verb_last {
        // `Ruiz called it “…” and Lind called it “…”`: the second clause carries the second quotation.
        if says(&ahead, index) {
            return Around::new(ahead, Side::Ahead);
        }
        if says(&clause, index) {
            return Around::new(clause, Side::Behind);
        }
    }
    if says(&clause, index) {
        // What goes on from a sentence before says nothing of this one.
        let of_sentence = whole_sentence && ahead.last().is_some_and(|last| last + 1 == first);
        let tokens = if of_sentence { ahead.into_iter().chain(clause).collect() } else { clause };
        return Around::new(tokens, Side::Behind);
    }
    if says(&ahead, index) && agent && !verb_last {
        return Around::new(ahead.into_iter().chain(clause).collect(), Side::Ahead);
    }
    // `“…” (Whitlock)`
    let signed = clause.first().is_some_and(|at| is_name_token(*at, index) && index.gap_before(*at).contains('('));
    if signed && clause.len() <= 6 {
        return Around::new(clause, Side::Behind);
    }
    let account = is_account(&ahead, index) && !says(&clause, index);
    let led = introduces && (ahead.len() > 1 || ahead.iter().any(|at| is_name_token(*at, index)));
    let verb = if says(&ahead, index) { None } else { shape::verb_ahead(&ahead, index) };
    let verb = verb.filter(|verb| introduces || verb + 1 < ahead.len());
    if says(&ahead, index) || led || account || verb.is_some() {
        return Around { tokens: ahead, side: Side::Ahead, before: true, verb };
    }
    // Another stretch of the same paragraph carries the attribution for both.
    let whole: Vec<usize> = own.filter(|at| free(*at)).collect();
    if whole.iter().any(|at| is_saying_at(*at, index)) {
        return Around::new(whole, Side::Elsewhere);
    }
    // `found “no evidence” but “failures”`: one clause carries both.
    let joins = !ahead.is_empty()
        && ahead.len() <= 2
        && ahead.iter().all(|at| {
            lexicon::is_stop_word(index.key(*at))
                || lexicon::is_conjunction(index.key(*at), super::name::language(index))
        });
    if joins && clause.is_empty() {
        let start = tokens[ahead[0]].start;
        let earlier = all.iter().filter(|other| other.range.end <= start && other.range.start < quoted.range.start);
        if let Some(earlier) =
            earlier.max_by_key(|other| other.range.end).filter(|other| index.token_from(other.range.end) == ahead[0])
        {
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
    while at > from && ahead.len() < 40 {
        at -= 1;
        if let Some(stretch) = all.iter().find(|span| span.holds(tokens[at].start)) {
            if !is_aside(stretch, index) {
                break;
            }
            at = index.token_from(stretch.range.start);
            continue;
        }
        ahead.push(at);
        if tokens[at].bits & bits::SENTENCE != 0 {
            break;
        }
    }
    ahead.reverse();
    ahead
}

/// Whether the token behind a closing mark begins a sentence of its own, and no attribution of what is quoted. `introduced` is
/// whether the quotation stands behind a clause that carries it.
pub(in crate::matching) fn begins_anew(at: usize, introduced: bool, index: &Index<'_>) -> bool {
    let token = &index.tokens()[at];
    let gap = index.gap_before(at);
    if token.bits & bits::SENTENCE == 0 {
        return false;
    }
    if is_capital_or_none(at, index) == Some(true) {
        // What begins a sentence right behind the mark belongs to it only after a comma, `?` or `!`.
        return !gap.contains([',', '?', '!', '—', '–', '-']);
    }
    // Scripts without capitals: a full stop behind the mark ends the sentence; before it, where the words were introduced.
    let behind = gap.rfind(fold::is_quote_mark).map_or(gap, |mark| &gap[mark..]);
    let stop = ['.', '。', '।', '۔'];
    is_capital_or_none(at, index).is_none()
        && (behind.contains(stop) || introduced && gap.contains(['.', '。', '！', '？', '।', '۔']))
}

/// Whether a token begins with a capital; `None` in a script that has none.
fn is_capital_or_none(at: usize, index: &Index<'_>) -> Option<bool> {
    let first = index.form(at).chars().next()?;
    if first.is_alphabetic() && first.to_uppercase().eq(first.to_lowercase()) {
        return None;
    }
    Some(index.tokens()[at].bits & bits::CAPITAL != 0)
}

fn begins_like_a_sentence(at: usize, index: &Index<'_>) -> bool {
    is_capital_or_none(at, index).unwrap_or(index.tokens()[at].bits & bits::SENTENCE != 0)
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
        && tokens[held.start].bits & (bits::PAUSE | bits::SENTENCE) == 0
        && tokens[before].kind == fold::Kind::Word
        && !closes.ends_with([',', '.', '!', '?'])
        && !behind.contains([':', ';'])
        && !is_saying_at(before, index)
        && !lexicon::is_stop_word(index.key(before))
        && !lexicon::is_pronoun(index.key(before))
        && !lexicon::is_preposition(index.key(before), super::name::language(index))
        && !super::words::is_calling(index.key(before))
        && tokens.get(held.end).is_some_and(|token| token.bits & bits::SENTENCE == 0)
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
