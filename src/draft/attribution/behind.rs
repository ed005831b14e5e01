//! What stands behind a verb of attribution: `she said that …`, `she told reporters in Oslo: “…”`.

use std::ops::Range;

use super::super::phrase::{Role, View};
use super::clause::clause_begins;
use super::ends::said_end;
use super::german;
use super::hearer::{clause_after_setting, hearer, is_pause, marker};
use super::parts::{Cue, Found, Right, Subject};

#[expect(clippy::nonminimal_bool, reason = "conditions stand as they are meant, not in their shortest form")]
pub(super) fn behind(
    view: &View<'_>,
    body: &Range<usize>,
    after: usize,
    cue: &Cue,
    later: &[Cue],
    according: &[Found],
) -> Right {
    let frame = cue.frame;
    let mut at = after;
    // Adverbs and times.
    let skip = |mut at: usize| {
        while at < body.end
            && matches!(view.role(at), Role::Time | Role::Adverb)
            && view.role(at + 1) != Role::Possessive
            && !(view.role(at) == Role::Adverb
                && !is_pause(view, at + 1, body.end)
                && view.role(at + 1) != Role::Preposition
                && !view.lexicon.is_that(view.word(at + 1)))
        {
            at += 1;
        }
        if at + 1 < body.end
            && (matches!(view.word(at), "on" | "in") || matches!(view.word(at), "el" | "este" | "esta" | "ce" | "le"))
            && view.role(at + 1) == Role::Time
            && view.role(at + 2) != Role::Possessive
        {
            at += 2;
        }
        at
    };
    at = skip(at);
    let end = said_end(view, body, at, cue, later, according);
    if at >= end {
        return Right::Closed(None);
    }
    if view.lexicon.language == "de"
        && let Some(right) = german::behind(view, at, end, cue)
    {
        return right;
    }
    // Up to what is said: the listener, where and when.
    let marker = marker(view, at, end, cue);
    let role = view.role(at);
    match role {
        Role::Quoted => return Right::Quoted(quotation(view, at, end), None),
        Role::Colon => return Right::Quoted(quotation(view, at + 1, end), None),
        Role::Comma | Role::Dash => {
            let next = view.role(at + 1);
            if at + 1 >= end {
                return Right::Closed(None);
            }
            if next == Role::Quoted {
                return Right::Quoted(quotation(view, at + 1, end), None);
            }
            // Where a comma stands before “that”, it begins what is said.
            if view.lexicon.language == "de" && view.lexicon.is_that(view.word(at + 1)) {
                return Right::Said(at + 1..end, None);
            }
            if view.lexicon.language == "de"
                && frame.clause
                && matches!(cue.subject, Subject::Before(_))
                && matches!(next, Role::Determiner | Role::Pronoun | Role::Name | Role::Other)
                && cue.lead() <= body.start + 1
            {
                return Right::Said(at + 1..end, None);
            }
            // “…, she noted, and had passed all checks”: what was said goes on.
            if next == Role::Conjunction
                && (view.is_finite(at + 2) && view.role(at + 2) == Role::Auxiliary
                    || view.word(at + 1) == "so"
                    || view.role(at + 2) == Role::Quoted && view.words_in(at + 2) > 3)
            {
                return Right::Resumed(at + 1..end, None);
            }
            if is_torn(view, body, cue) && view.is_finite(at + 1) && at + 2 < end {
                return Right::Resumed(at + 1..end, None);
            }
            if matches!(next, Role::Conjunction | Role::Subordinator | Role::Preposition | Role::Time | Role::Adverb)
                && view.word(at + 1) != "that"
                || view.word(at + 1).ends_with("ing")
                || view.lexicon.language == "en" && next == Role::Other && view.lexicon.is_past(view.word(at + 1))
            {
                // “…, X said, in a statement” closes; a quotation further on is another matter.
                return match marker {
                    Some(mark)
                        if view.role(mark) == Role::Quoted && matches!(next, Role::Preposition) && mark - at < 14 =>
                    {
                        Right::Quoted(quotation(view, mark, end), None)
                    }
                    Some(mark)
                        if view.lexicon.is_that(view.word(mark))
                            && view.word(mark) == "that"
                            && mark - at < 14
                            && matches!(next, Role::Preposition) =>
                    {
                        Right::Said(mark..end, None)
                    }
                    _ => Right::Closed(None),
                };
            }
            return Right::Resumed(at + 1..end, None);
        }
        _ => {}
    }
    if matches!(cue.subject, Subject::Behind(_)) {
        // “…,” said X in a statement: what follows tells of the occasion.
        return match marker {
            Some(mark)
                if view.role(mark) == Role::Quoted
                    && mark > 0
                    && matches!(view.role(mark - 1), Role::Comma | Role::Colon) =>
            {
                Right::Quoted(quotation(view, mark, end), None)
            }
            _ => Right::Closed(None),
        };
    }
    let first = view.word(at);
    if view.lexicon.is_that(first) && (frame.clause || frame.noun || frame.listener) {
        return Right::Said(at..end, None);
    }
    // “ask”, “tell”, “warn”, “urge”: who is spoken to comes first.
    if frame.listener && !matches!(role, Role::Preposition) {
        let hearer = hearer(view, at, end);
        if !hearer.is_empty() {
            let next = skip(hearer.end);
            if next >= end {
                return if frame.noun { Right::Said(at..end, None) } else { Right::Closed(Some(hearer)) };
            }
            let listener = Some(hearer.clone());
            match view.role(next) {
                Role::Quoted => return Right::Quoted(quotation(view, next, end), listener),
                Role::Comma | Role::Colon | Role::Dash => {
                    if view.role(next + 1) == Role::Quoted {
                        return Right::Quoted(quotation(view, next + 1, end), listener);
                    }
                    if let Some(mark) = marker
                        && view.role(mark) == Role::Quoted
                        && mark > 0
                        && matches!(view.role(mark - 1), Role::Comma | Role::Colon)
                    {
                        return Right::Quoted(quotation(view, mark, end), listener);
                    }
                    // “told Graham Pell, 52, that …”
                    if let Some(mark) = marker
                        && view.role(next) == Role::Comma
                        && view.lexicon.is_that(view.word(mark))
                        && view.role(mark - 1) == Role::Comma
                        && mark - next < 14
                    {
                        return Right::Said(mark..end, listener);
                    }
                    return Right::Closed(listener);
                }
                Role::Preposition if view.word(next) != "to" => {
                    // “told X in an interview that …”
                    return match marker {
                        Some(mark) if view.role(mark) == Role::Quoted => {
                            Right::Quoted(quotation(view, mark, end), listener)
                        }
                        Some(mark) => Right::Said(mark..end, listener),
                        None if matches!(view.word(next), "about" | "of" | "against") => {
                            Right::Said(next..end, listener)
                        }
                        None if frame.beside => Right::Closed(listener),
                        None => Right::Said(next..end, listener),
                    };
                }
                _ => return Right::Said(next..end, listener),
            }
        }
    }
    // “sagte der Küstenpost, man werde …”: who was told comes before the comma.
    if view.lexicon.language == "de"
        && frame.clause
        && matches!(role, Role::Determiner | Role::Name)
        && let Some(comma) = (at + 1..end.min(at + 8)).find(|at| matches!(view.role(*at), Role::Comma | Role::Colon))
        && !(at..comma).any(|at| view.is_finite(at))
        && (comma + 2 < end || view.role(comma + 1) == Role::Quoted)
        && comma + 1 < end
    {
        if view.role(comma) == Role::Colon {
            return Right::Quoted(quotation(view, comma + 1, end), Some(at..comma));
        }
        let begins = if view.role(comma + 1) == Role::Quoted { comma + 1 } else { comma };
        return Right::Said(begins + usize::from(begins == comma)..end, Some(at..comma));
    }
    if frame.infinitive && first == "to" {
        return Right::Said(at..end, None);
    }
    let hedged = matches!(view.word(at), "at" | "about" | "around" | "over" | "under" | "up")
        && (matches!(view.word(at + 1), "least" | "most" | "to") || view.role(at + 1) == Role::Number);
    if role == Role::Preposition && !hedged && !(frame.noun && !frame.clause) {
        // “said in a statement that …”, “wrote on Twitter: …”
        if let Some(mark) = marker {
            return if view.role(mark) == Role::Quoted {
                Right::Quoted(quotation(view, mark, end), None)
            } else {
                Right::Said(mark..end, None)
            };
        }
        if let Some(clause) = clause_after_setting(view, at, end)
            && frame.clause
            && frame.beside
        {
            return Right::Said(clause..end, None);
        }
        if matches!(first, "of" | "about")
            && frame.beside
            && frame.clause
            && !matches!(cue.subject, Subject::Nobody)
            && end > at + 1
            && (at..end).any(|at| view.role(at) == Role::Quoted)
        {
            return Right::Said(at..end, None);
        }
        return Right::Closed(None);
    }
    if frame.clause || frame.noun {
        if !frame.noun && !clause_begins(view, at, end) {
            return if (at..end).any(|at| view.role(at) == Role::Quoted) {
                Right::Said(at..end, None)
            } else {
                Right::Closed(None)
            };
        }
        // “used her words as a headline: ‘…’”: what the colon announces.
        if frame.weak
            && let Some(colon) = (at..end).find(|at| view.role(*at) == Role::Colon && view.role(at + 1) == Role::Quoted)
        {
            return Right::Quoted(quotation(view, colon + 1, end), None);
        }
        let mut end = end;
        if frame.noun {
            // “scolded him: ‘…’”, “says of Lind, ‘…’”: who is spoken to or of, and then the words.
            let pause = (at + 1..end.min(at + 9)).find(|at| matches!(view.role(*at), Role::Colon | Role::Comma));
            if let Some(pause) = pause
                && view.role(pause + 1) == Role::Quoted
                && view.words_in(pause + 1) > 2
                && pause + 1 < end
                && !(at..pause).any(|at| view.is_finite(at) || view.role(at) == Role::Quoted)
                && (view.role(pause) == Role::Colon || view.inner(pause + 1).starts_with(char::is_uppercase))
            {
                return Right::Quoted(quotation(view, pause + 1, end), None);
            }
        }
        if frame.noun && (!frame.clause || view.lexicon.language == "en" && !clause_begins(view, at, end)) {
            // “called it ‘a shame,’ a word that …”: the comma inside the mark closes the phrase, unless more follow.
            let mut marks = (at..end).filter(|at| view.role(*at) == Role::Quoted && view.inner(*at).ends_with(','));
            let another = |mark: usize| {
                (mark + 1..end.min(mark + 4)).find(|at| view.role(*at) == Role::Quoted).is_some_and(|quoted| {
                    (mark + 1..quoted)
                        .all(|at| matches!(view.role(at), Role::Determiner | Role::Conjunction | Role::Adverb))
                })
            };
            if let Some(mark) = marks.find(|mark| !another(*mark)) {
                end = mark + 1;
            }
            end = phrase_end(view, at, end);
        }
        return Right::Said(at..end, None);
    }
    match marker {
        Some(mark) if view.role(mark) == Role::Quoted => Right::Quoted(quotation(view, mark, end), None),
        _ => Right::Closed(None),
    }
}

/// Whether the subject of what is said stands before the attribution: `The quay, X said, draws …`.
fn is_torn(view: &View<'_>, body: &Range<usize>, cue: &Cue) -> bool {
    let lead = match &cue.subject {
        Subject::Before(subject) => subject.start,
        // “Das Bild, sagt die Direktorin, sei …”, “El cuadro, explica, fue …”
        Subject::Behind(_) | Subject::Shared(None) => cue.group.start,
        _ => return false,
    };
    lead > body.start + 1
        && lead - body.start < 25
        && view.role(lead - 1) == Role::Comma
        && matches!(view.role(body.start), Role::Name | Role::Determiner | Role::Other | Role::Pronoun | Role::Number)
        && !view.word(body.start).ends_with("ing")
        && !(body.start..lead - 1).any(|at| view.is_finite(at) || view.role(at) == Role::Quoted)
}

/// Where a noun phrase ends that is what is said: before what the writer adds, and before another verb.
fn phrase_end(view: &View<'_>, from: usize, end: usize) -> usize {
    if view.lexicon.language != "en" {
        let goes_on = |at: usize| {
            let next = at + 1 + usize::from(view.role(at) == Role::Comma && view.role(at + 1) == Role::Conjunction);
            matches!(view.role(at), Role::Comma | Role::Conjunction) && view.is_finite(next) && next < end
        };
        return (from + 1..end).find(|at| goes_on(*at)).unwrap_or(end);
    }
    let verb = |from: usize| (from..end.min(from + 8)).any(|at| view.is_finite(at));
    let cut = (from + 1..end).find(|at| {
        let word = view.word(*at);
        let next = view.word(at + 1);
        match view.role(*at) {
            Role::Dash => true,
            Role::Comma => {
                matches!(next, "who" | "which" | "whose" | "where" | "when" | "while" | "well" | "including" | "as")
                    || next.ends_with("ing") && view.role(at + 1) == Role::Other
                    || matches!(view.role(at + 1), Role::Adverb)
                    || view.is_finite(at + 1)
                    || matches!(next, "the" | "a" | "an")
                        && !(at + 2..end)
                            .any(|at| view.role(at) == Role::Quoted || matches!(view.word(at), "and" | "or"))
            }
            // “his plan in a tweet on Sunday”
            // but “pipes laid in 1926”
            Role::Preposition if matches!(word, "in" | "on" | "at" | "during") => {
                view.is_occasion(at + 1, end)
                    && !(*at > from + 1 && view.role(at - 1) == Role::Other && view.lexicon.is_past(view.word(at - 1)))
            }
            _ if matches!(word, "because" | "when" | "while" | "although" | "though" | "until" | "unless") => {
                verb(at + 1)
            }
            _ if matches!(word, "after" | "before" | "since" | "as") => {
                view.role(at + 1) != Role::Determiner && verb(at + 1) && view.subject_follows(at + 1, end)
            }
            Role::Conjunction if matches!(word, "and" | "but") => {
                let next = if matches!(view.role(at + 1), Role::Adverb | Role::Time) { at + 2 } else { at + 1 };
                next < end && (view.is_finite(next) || view.role(next) == Role::Auxiliary)
            }
            _ => false,
        }
    });
    cut.unwrap_or(end)
}

/// A quotation that begins at `at`: to the end of what is said, or to its own end, where its last mark closes a clause and
/// no other quotation follows.
fn quotation(view: &View<'_>, at: usize, end: usize) -> Range<usize> {
    let mut to = at;
    while to < end && view.role(to) == Role::Quoted {
        to += 1;
        if view.words_in(to - 1) > 2 && view.inner(to - 1).ends_with([',', '.', '!', '?', '…'])
            || view.role(to) == Role::Conjunction && view.is_finite(to + 1)
            || view.role(to) == Role::Comma && view.role(to + 1) == Role::Conjunction && view.is_finite(to + 2)
            || matches!(
                view.word(to),
                "before"
                    | "after"
                    | "when"
                    | "while"
                    | "during"
                    | "until"
                    | "avant"
                    | "après"
                    | "lorsque"
                    | "quand"
                    | "pendant"
                    | "antes"
                    | "después"
                    | "cuando"
                    | "mientras"
                    | "durante"
            ) && to < end
        {
            let joint = matches!(view.role(to), Role::Conjunction | Role::Comma);
            if view.role(to) == Role::Quoted || joint && view.role(to + 1) == Role::Quoted {
                continue;
            }
            return at..to;
        }
    }
    at..end
}
