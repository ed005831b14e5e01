//! Attributions: a sentence → who says what in it, by which words.
//!
//! Each verb of the lexicon is a candidate. Where its subject stands, and whether words stand before it, behind it or
//! on both sides, decides what is attributed. Of attributions inside one another the outermost is kept.

use std::ops::Range;

use super::lexicon::{Form, Frame};
use super::phrase::{Role, View};

/// An attribution in tokens of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// What is attributed, in pieces.
    pub(super) content: Vec<Range<usize>>,
    /// The words that name who said it; `None` where nobody is named.
    pub(super) source: Option<Range<usize>>,
    /// The words that attribute.
    pub(super) cue: Range<usize>,
    /// The listener (`told CNN`), or where it was said.
    pub(super) listener: Option<Range<usize>>,
    /// An attitude rather than an utterance.
    pub(super) attitude: bool,
}

/// A verb of attribution where it stands.
#[derive(Debug, Clone)]
struct Cue {
    /// The verb with its auxiliaries and particle.
    group: Range<usize>,
    verb: usize,
    frame: Frame,
    form: Form,
    passive: bool,
    to: bool,
    subject: Subject,
}

#[derive(Debug, Clone)]
enum Subject {
    Before(Range<usize>),
    /// That of an earlier verb of the sentence, by coordination or participle.
    Shared(Option<Range<usize>>),
    Behind(Range<usize>),
    Nobody,
}

impl Cue {
    /// Where the clause of the verb begins.
    fn lead(&self) -> usize {
        match &self.subject {
            Subject::Before(range) => range.start,
            _ => self.group.start,
        }
    }

    fn source(&self) -> Option<Range<usize>> {
        match &self.subject {
            Subject::Before(range) | Subject::Behind(range) => Some(range.clone()),
            Subject::Shared(range) => range.clone(),
            Subject::Nobody => None,
        }
    }
}

/// Finds the attributions of a sentence.
pub(super) fn attributions(view: &View<'_>, sentence: &Range<usize>) -> Vec<Found> {
    let mut end = sentence.end;
    let mut start = sentence.start;
    while end > start && (view.role(end - 1) == Role::Stop || view.role(end - 1) == Role::Closing && view.role(start) == Role::Opening) {
        end -= 1;
    }
    if start < end && view.role(start) == Role::Opening {
        start += 1;
    }
    if end > start && view.role(end - 1) == Role::Closing && !(start..end).any(|at| view.role(at) == Role::Opening) {
        end -= 1;
        while end > start && view.role(end - 1) == Role::Stop {
            end -= 1;
        }
    }
    let body = start..end;
    if body.is_empty() {
        return Vec::new();
    }
    let according = according(view, &body);
    let mut found = Vec::new();
    let taken: Vec<Range<usize>> = according.iter().flat_map(|found| [found.cue.clone(), found.source.clone().unwrap_or(0..0)]).collect();
    let cues = cues(view, &body, &taken);
    // What closes a clause (`…, she said`) has everything before it; what verbs inside it attribute is nested.
    let mut covered: Vec<Range<usize>> = Vec::new();
    let mut floor = body.start;
    let mut closing: Vec<Option<Found>> = vec![None; cues.len()];
    for (number, cue) in cues.iter().enumerate() {
        if let Some((found, Side::Before)) = read(view, &body, floor, cue, &cues[number + 1..], &according)
            && !covered.iter().any(|range| range.contains(&cue.verb))
        {
            covered.extend(found.content.iter().cloned());
            floor = cue.source().map_or(cue.group.end, |source| source.end.max(cue.group.end));
            closing[number] = Some(found);
        }
    }
    let mut floor = body.start;
    for (number, cue) in cues.iter().enumerate() {
        if let Some(read) = closing[number].take() {
            floor = cue.source().map_or(cue.group.end, |source| source.end.max(cue.group.end)).max(floor);
            found.push(read);
            continue;
        }
        // A verb inside what another one attributes is nested: the outer attribution has it.
        if covered.iter().any(|range| range.contains(&cue.verb)) {
            continue;
        }
        if let Some((read, _)) = read(view, &body, floor, cue, &cues[number + 1..], &according) {
            covered.extend(read.content.iter().cloned());
            floor = floor.max(read.content.iter().map(|range| range.end).max().unwrap_or(floor)).max(cue.group.end);
            found.push(read);
        }
    }
    loose(view, &body, &mut found);
    for outer in according {
        // The whole sentence is according to somebody: what it attributes inside is nested.
        found.retain(|inner| {
            !inner.content.iter().all(|piece| outer.content.iter().any(|whole| whole.start <= piece.start && piece.end <= whole.end))
        });
        found.push(outer);
    }
    found.sort_by_key(|found| found.content.first().map_or(0, |piece| piece.start));
    found
}

/// Where the words stand that a verb attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// Quotations that no verb of the lexicon attributes, and that yet are speech by their place: behind a colon, or with a
/// comma inside their closing mark before a short clause (`“…,” she deadpans.`).
fn loose(view: &View<'_>, body: &Range<usize>, found: &mut Vec<Found>) {
    for at in body.clone() {
        if view.role(at) != Role::Quoted || found.iter().any(|found| found.content.iter().any(|piece| piece.contains(&at))) {
            continue;
        }
        if at > body.start + 1 && view.role(at - 1) == Role::Colon && view.words_in(at) > 1 {
            let source = main_subject(view, body, at - 1).or_else(|| view.phrase_before(at - 1, body.start));
            found.push(Found { content: vec![at..at + 1], source, cue: at - 1..at, listener: None, attitude: false });
        } else if at == body.start && view.inner(at).ends_with(',') && view.words_in(at) > 1 && body.end - at > 2 && body.end - at < 30 {
            let Some(verb) = (at + 1..body.end).find(|verb| view.is_finite(*verb)) else {
                // “…,” she deadpans: the form tells nothing, the place does.
                if body.end - at == 3 && matches!(view.role(at + 1), Role::Pronoun | Role::Name) {
                    found.push(Found { content: vec![at..at + 1], source: Some(at + 1..at + 2), cue: at + 2..at + 3, listener: None, attitude: false });
                }
                continue;
            };
            if verb == at + 1 {
                continue;
            }
            found.push(Found { content: vec![at..at + 1], source: view.subject_before(verb, at + 1), cue: verb..verb + 1, listener: None, attitude: false });
        }
    }
}

/// `According to X, …` and `…, according to X`.
fn according(view: &View<'_>, body: &Range<usize>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = body.start;
    while at < body.end {
        let phrase = view.lexicon.according().iter().find(|phrase| {
            phrase.iter().enumerate().all(|(offset, word)| at + offset < body.end && view.word(at + offset) == word)
        });
        let Some(phrase) = phrase else {
            at += 1;
            continue;
        };
        let cue = at..at + phrase.len();
        at = cue.end;
        if phrase.len() == 1 && !per_source(view, &cue, body) {
            continue;
        }
        let mut source = view.phrase_after(cue.end, body.end);
        if source.is_empty() {
            continue;
        }
        let first = cue.start == body.start || cue.start == body.start + 1 && view.role(body.start) != Role::Quoted;
        let comma = |from: usize| (from..body.end).find(|at| matches!(view.role(*at), Role::Comma | Role::Dash));
        let content = if first {
            // The source runs to the comma before what it says.
            match comma(source.end).or_else(|| (view.role(source.end) == Role::Comma).then_some(source.end)) {
                Some(comma) if comma + 1 < body.end && comma - source.start < 20 => {
                    source.end = comma;
                    comma + 1..clause_end(view, comma + 1, body.end)
                }
                _ => {
                    let from = source.end;
                    if from >= body.end {
                        continue;
                    }
                    from..body.end
                }
            }
        } else {
            // Behind: to the end of the clause, the whole source.
            let end = comma(source.end).unwrap_or(body.end);
            if end == body.end && end - source.start < 25 {
                source.end = end;
            } else if end < body.end && end - source.start < 12 {
                source.end = end;
                // An apposition goes with it to the end of the sentence.
                let role = view.role(end + 1);
                if matches!(role, Role::Determiner) || matches!(view.word(end + 1), "who" | "which" | "whose") {
                    source.end = body.end;
                }
            }
            let end = trim_end(view, body.start, cue.start);
            let start = clause_start(view, body.start, end);
            start..end
        };
        let content = trim(view, content);
        if content.is_empty() {
            continue;
        }
        at = at.max(source.end);
        let mut content = vec![content];
        // “Fundraising, according to the campaign, has surged”: the clause goes on behind the source.
        let left = content[0].clone();
        if !first && view.role(source.end) == Role::Comma && source.end + 1 < body.end && !left.clone().any(|at| view.is_finite(at)) {
            content.push(trim(view, source.end + 1..body.end));
            at = body.end;
        }
        found.push(Found { content, source: Some(source), cue, listener: None, attitude: false });
    }
    found
}

/// Whether `per` and its like name a source rather than a rate: behind a comma and before a name.
fn per_source(view: &View<'_>, cue: &Range<usize>, body: &Range<usize>) -> bool {
    let before = cue.start == body.start || view.role(cue.start - 1) == Role::Comma;
    before && matches!(view.role(cue.end), Role::Name | Role::Determiner | Role::Pronoun)
}

/// Where the clause begins that ends at `end`: behind a coordination with its own verb, else at the beginning.
fn clause_start(view: &View<'_>, start: usize, end: usize) -> usize {
    (start + 1..end)
        .rev()
        .find(|at| {
            matches!(view.role(*at), Role::Stop)
                || view.role(*at) == Role::Comma
                    && matches!(view.word(at + 1), "but" | "while" | "though" | "although")
                    && (start..*at).any(|at| view.is_finite(at))
                    && (at + 1..end).any(|at| view.is_finite(at))
        })
        .map_or(start, |at| at + 1)
}

/// Where a clause ends that begins at `from`: before a new coordinate clause.
fn clause_end(_view: &View<'_>, _from: usize, end: usize) -> usize {
    end
}

/// Every verb of attribution of a sentence, with its subject.
fn cues(view: &View<'_>, body: &Range<usize>, taken: &[Range<usize>]) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for verb in body.clone() {
        if taken.iter().any(|range| range.contains(&verb)) {
            continue;
        }
        let readings = view.lexicon.verbs(view.word(verb));
        if readings.is_empty() {
            continue;
        }
        let particle = readings.iter().find(|reading| {
            reading.particle.as_deref().is_some_and(|particle| {
                view.word(verb + 1) == particle && verb + 1 < body.end
                    || view.word(verb + 2) == particle && verb + 2 < body.end && view.role(verb + 1) == Role::Adverb
            })
        });
        let Some(reading) = particle.or_else(|| readings.iter().find(|reading| reading.particle.is_none())) else { continue };
        let end = match particle.and_then(|reading| reading.particle.as_deref()) {
            Some(particle) if view.word(verb + 1) == particle => verb + 2,
            Some(_) => verb + 3,
            None => verb + 1,
        };
        let mut frame = reading.frame;
        frame.noun_too |= readings.iter().any(|reading| reading.frame.noun_too);
        if let Some(cue) = cue(view, body, verb, end, frame, reading.form, &cues) {
            cues.push(cue);
        }
    }
    cues
}

#[allow(clippy::too_many_arguments)]
fn cue(
    view: &View<'_>,
    body: &Range<usize>,
    verb: usize,
    end: usize,
    frame: Frame,
    form: Form,
    earlier: &[Cue],
) -> Option<Cue> {
    let mut start = verb;
    let (mut to, mut be, mut auxiliary) = (false, false, false);
    while start > body.start {
        match view.role(start - 1) {
            Role::Auxiliary => {
                let word = view.word(start - 1);
                be |= matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'s" | "'re" | "am");
                auxiliary = true;
            }
            Role::Possessive if view.word(start - 1) == "'s" && form == Form::Ing => be = true,
            Role::Negation | Role::Adverb => {}
            Role::Preposition if view.word(start - 1) == "to" && form == Form::Base => to = true,
            _ => break,
        }
        start -= 1;
    }
    let passive = be && matches!(form, Form::Past | Form::Participle) && view.lexicon.language == "en";
    let before = start.checked_sub(1).filter(|at| *at >= body.start).map(|at| view.role(at));
    let mut ahead = start;
    while ahead > body.start && view.role(ahead - 1) == Role::Time {
        ahead -= 1;
        if ahead > body.start && matches!(view.word(ahead - 1), "on" | "in" | "this") {
            ahead -= 1;
        }
    }
    let before = if ahead < start && ahead > body.start && matches!(view.role(ahead - 1), Role::Conjunction | Role::Comma) {
        Some(view.role(ahead - 1))
    } else {
        before
    };
    let group = start..end;
    // A common noun: behind a determiner, a preposition, a possessive.
    if frame.noun_too && !auxiliary && !to {
        let capital = view.tokens.get(verb).is_some_and(|token| token.capital);
        let stands_alone = before == Some(Role::Determiner) && stands_alone(view.word(start - 1));
        if capital
            || matches!(before, Some(Role::Determiner | Role::Preposition | Role::Possessive | Role::Opening) | None) && form != Form::Ing && !stands_alone
        {
            return None;
        }
        // “numerous questions about”, “his opening remarks”: plurals, unless a subject and what is said stand around.
        if form == Form::Third {
            let next = view.role(end);
            let said = matches!(next, Role::Quoted | Role::Comma | Role::Colon | Role::Stop) || view.word(end) == "that" && view.role(end + 1) != Role::Auxiliary;
            if frame.strict && !said || before == Some(Role::Number) || view.is_finite(end) {
                return None;
            }
            let plain = matches!(before, Some(Role::Other)) && (view.word(start - 1).ends_with("ing") || view.subject_before(start, body.start).is_none_or(|subject| !subject.clone().any(|at| matches!(view.role(at), Role::Determiner | Role::Name | Role::Possessive | Role::Quoted)) || view.word(end) == "that" && view.role(end + 1) == Role::Auxiliary));
            if plain || end == verb + 1 && matches!(next, Role::Preposition | Role::Auxiliary | Role::Conjunction) && !(frame.beside && matches!(before, Some(Role::Name | Role::Pronoun | Role::Comma))) {
                return None;
            }
        }
    }
    if view.word(verb).starts_with("compar") && matches!(view.word(end), "with" | "to")
        || view.word(verb).starts_with("continu") && (view.word(end).ends_with("ing") || view.word(end) == "to")
    {
        return None;
    }
    if view.tokens.get(verb).is_some_and(|token| token.capital) && verb > body.start && before == Some(Role::Name) && form != Form::Ing && inverted(view, body, verb, end, frame).is_none() {
        return None;
    }
    // A participle before a noun (“the alleged plan”) says nothing.
    if matches!(form, Form::Past | Form::Participle)
        && !auxiliary
        && matches!(before, Some(Role::Determiner | Role::Possessive))
        && !(before == Some(Role::Determiner) && stands_alone(view.word(start - 1)))
    {
        return None;
    }
    let make = |subject: Subject| Some(Cue { group: group.clone(), verb, frame, form, passive, to, subject });
    if form == Form::Ing && !be && !auxiliary {
        return match before {
            // “…, saying that …”, and at the beginning of a sentence.
            Some(Role::Comma | Role::Dash | Role::Quoted | Role::Conjunction) => make(Subject::Shared(shared(view, body, start, earlier))),
            None => make(Subject::Shared(following(view, body, end))),
            _ if matches!(view.word(start.wrapping_sub(1)), "by" | "as" | "while" | "before" | "after" | "without")
                && (view.lexicon.is_that(view.word(end)) || (end..body.end.min(end + 8)).any(|at| view.role(at) == Role::Quoted)) =>
            {
                make(Subject::Shared(shared(view, body, start, earlier)))
            }
            Some(Role::Other | Role::Name | Role::Time | Role::Closing) => {
                // “with X tweeting …”, “a statement saying …”: the noun before it speaks.
                let next = view.role(end);
                let quoted = (end..body.end.min(end + 10)).find(|at| view.role(*at) == Role::Quoted);
                let said = matches!(next, Role::Quoted | Role::Pronoun | Role::Determiner | Role::Name | Role::Comma)
                    || quoted.is_some_and(|at| matches!(view.role(at - 1), Role::Comma | Role::Colon))
                    || view.lexicon.is_that(view.word(end))
                    || end > verb + 1;
                if !said {
                    return None;
                }
                match view.phrase_before(start, body.start) {
                    Some(subject) if before != Some(Role::Time) => make(Subject::Before(subject)),
                    _ => make(Subject::Shared(shared(view, body, start, earlier))),
                }
            }
            _ => None,
        };
    }
    if to || frame.attitude && matches!(view.word(start.wrapping_sub(1)), "who" | "which" | "that") {
        return None;
    }
    if form == Form::Base && !auxiliary {
        if matches!(before, Some(Role::Comma | Role::Quoted)) && start > body.start + 1
            && let Some(subject) = inverted(view, body, verb, end, frame)
            && has_clause(view, body.start, start - 1)
        {
            return make(Subject::Behind(subject));
        }
        // The present of a plural: needs a plural or a pronoun before it.
        let subject = view.subject_before(start, body.start)?;
        let last = view.word(subject.end - 1);
        let plural = matches!(last, "%" | "i" | "we" | "you" | "they" | "who" | "some" | "many" | "most" | "others" | "few" | "all" | "people" | "both")
            || last.ends_with('s') && !last.ends_with("ss")
            || (subject.clone()).any(|at| view.role(at) == Role::Conjunction) || last == "," ;
        return if plural || !frame.noun_too && last != "it" { make(Subject::Before(subject)) } else { None };
    }
    match before {
        // “…,” said X: nothing before the verb but what is said.
        Some(Role::Quoted) if view.ends_as_speech(start - 1) || view.words_in(start - 1) > 5 => {
            match inverted(view, body, verb, end, frame) {
                Some(subject) => make(Subject::Behind(subject)),
                None => None,
            }
        }
        Some(Role::Comma | Role::Dash) if start - 1 > body.start => {
            // A name with its apposition right behind the words: “…,” Mara Lind, the mayor, said of the plan.
            if let Some(subject) = view.subject_before(ahead, body.start)
                && subject.start > body.start
                && view.role(subject.start - 1) == Role::Quoted
                && view.ends_as_speech(subject.start - 1)
            {
                return make(Subject::Before(subject));
            }
            if let Some(subject) = inverted(view, body, verb, end, frame)
                && !auxiliary
                && has_clause(view, body.start, start - 1)
            {
                return make(Subject::Behind(subject));
            }
            match view.subject_before(ahead, body.start) {
                Some(subject) => make(Subject::Before(subject)),
                None => make(Subject::Shared(shared(view, body, start, earlier))),
            }
        }
        Some(Role::Conjunction) => make(Subject::Shared(shared(view, body, start, earlier))),
        None => match inverted(view, body, verb, end, frame) {
            Some(subject) => make(Subject::Behind(subject)),
            None => make(Subject::Nobody),
        },
        _ => match view.subject_before(start, body.start) {
            Some(subject) => {
                let only = view.word(subject.start);
                // “it was announced that”: nobody is named.
                if only == "it" && passive || subject.len() == 1 && matches!(only, "there") {
                    make(Subject::Nobody)
                } else {
                    make(Subject::Before(subject))
                }
            }
            None => None,
        },
    }
}

/// Whether a verb stands between two places, outside relative clauses.
fn has_clause(view: &View<'_>, from: usize, to: usize) -> bool {
    let mut relative = false;
    for at in from..to {
        match view.role(at) {
            Role::Comma => relative = false,
            Role::Quoted if view.ends_as_speech(at) => return true,
            _ if matches!(view.word(at), "who" | "which" | "whose") => relative = true,
            _ if !relative && view.is_finite(at) => return true,
            _ => {}
        }
    }
    false
}

/// Whether a determiner can be a subject by itself: “several said”.
fn stands_alone(word: &str) -> bool {
    matches!(word, "some" | "many" | "most" | "several" | "few" | "all" | "both" | "each" | "one" | "two" | "three" | "none" | "another" | "others" | "this" | "that" | "half")
}

/// The subject behind a verb, in `said X` and `says the report`.
fn inverted(view: &View<'_>, body: &Range<usize>, verb: usize, end: usize, frame: Frame) -> Option<Range<usize>> {
    if !frame.beside || frame.attitude && !matches!(view.word(verb), "agreed" | "agrees") {
        return None;
    }
    if frame.listener && !matches!(view.word(verb), "asked" | "asks" | "warned" | "warns" | "cautioned" | "pleaded") {
        return None;
    }
    let mut subject = view.phrase_after(end, body.end);
    if subject.is_empty() || matches!(view.role(subject.start), Role::Time | Role::Quoted) || view.lexicon.is_that(view.word(subject.end)) {
        return None;
    }
    // The subject of a clause that is said is followed by its verb.
    if (subject.end..body.end.min(subject.end + 1)).any(|at| view.is_finite(at) || matches!(view.role(at), Role::Negation)) {
        return None;
    }
    // Appositions and relative clauses belong to it.
    if view.role(subject.end) == Role::Comma && subject.end + 1 < body.end {
        let next = subject.end + 1;
        let first = view.word(next);
        let speaks = (next + 1..body.end.min(next + 4)).any(|at| view.lexicon.is_speech(view.word(at)));
        let apposition = matches!(view.role(next), Role::Determiner | Role::Name | Role::Number)
            || matches!(first, "who" | "whose" | "which")
            || view.role(next) == Role::Other && !first.ends_with("ing") && !view.lexicon.is_past(first);
        if apposition && !(speaks && matches!(first, "who" | "which")) {
            let mut at = next;
            while at < body.end {
                if view.role(at) == Role::Quoted && view.words_in(at) > 3
                    || view.role(at) == Role::Comma && (view.word(at + 1).ends_with("ing") || matches!(view.role(at + 1), Role::Quoted | Role::Conjunction | Role::Preposition | Role::Subordinator | Role::Time)) && !matches!(view.word(at + 1), "who" | "which" | "whose")
                {
                    break;
                }
                at += 1;
            }
            subject.end = at;
        }
    }
    if matches!(view.word(subject.end), "who") && subject.end < body.end {
        // A relative clause that tells which one.
        subject.end = (subject.end..body.end)
            .find(|at| matches!(view.role(*at), Role::Comma | Role::Quoted))
            .unwrap_or(body.end);
    }
    Some(subject)
}

/// The subject that a coordinated or participial verb shares: that of the last verb before it, else of the sentence.
fn shared(view: &View<'_>, body: &Range<usize>, before: usize, earlier: &[Cue]) -> Option<Range<usize>> {
    let cue = earlier.iter().rev().find(|cue| cue.group.end <= before && cue.source().is_some() && !(matches!(&cue.subject, Subject::Before(range) if range.len() == 1 && matches!(view.word(range.start), "who" | "which"))));
    let plain = main_subject(view, body, before);
    match (cue.and_then(Cue::source), plain) {
        // The closest verb with a subject of its own decides.
        (Some(cue), Some(plain)) => Some(if plain.start > cue.start && !overlaps(&plain, &cue) { plain } else { cue }),
        (cue, plain) => cue.or(plain).or_else(|| {
            // “X, citing Y, said”: nothing but the name stands before the participle.
            let comma = before.checked_sub(1).filter(|at| *at > body.start && view.role(*at) == Role::Comma)?;
            view.phrase_before(comma, body.start)
        }),
    }
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The subject of a sentence, for what its closing colon announces.
pub(super) fn subject_of(view: &View<'_>, body: &Range<usize>) -> Option<Range<usize>> {
    main_subject(view, body, body.end)
}

/// The subject of the first finite verb of a sentence.
fn main_subject(view: &View<'_>, body: &Range<usize>, before: usize) -> Option<Range<usize>> {
    let mut at = body.start;
    while at < before {
        if view.is_finite(at) {
            let mut start = at;
            while start > body.start && matches!(view.role(start - 1), Role::Adverb | Role::Negation | Role::Auxiliary) {
                start -= 1;
            }
            if let Some(subject) = view.subject_before(start, body.start)
                && !matches!(view.word(subject.start), "who" | "which" | "that" | "there")
            {
                return Some(subject);
            }
        }
        at += 1;
    }
    None
}

/// The subject of the clause behind a participle that opens the sentence: “Citing the report, X said …”.
fn following(view: &View<'_>, body: &Range<usize>, from: usize) -> Option<Range<usize>> {
    let comma = (from..body.end).find(|at| {
        view.role(*at) == Role::Comma
            && matches!(view.role(at + 1), Role::Name | Role::Pronoun | Role::Determiner | Role::Other)
            && (at + 1..body.end.min(at + 25)).any(|at| view.is_finite(at))
    })?;
    let verb = (comma + 1..body.end).find(|at| view.is_finite(*at) && *at > comma + 1);
    let whole = verb.and_then(|verb| view.subject_before(verb, comma + 1)).filter(|subject| !matches!(view.word(subject.start), "who" | "which"));
    let subject = whole.unwrap_or_else(|| view.phrase_after(comma + 1, body.end));
    (!subject.is_empty()).then_some(subject)
}

/// Reads what one verb attributes.
fn read(
    view: &View<'_>,
    body: &Range<usize>,
    floor: usize,
    cue: &Cue,
    later: &[Cue],
    according: &[Found],
) -> Option<(Found, Side)> {
    let source = cue.source();
    let frame = cue.frame;
    if cue.passive {
        return passive(view, body, cue, later).map(|found| (found, Side::Behind));
    }
    // “Asked whether …, X said”: nobody is named as asking.
    if matches!(cue.subject, Subject::Nobody) || matches!(view.word(cue.group.start.wrapping_sub(1)), "when") && matches!(cue.form, Form::Past) {
        let after = cue.group.end;
        if !view.lexicon.is_that(view.word(after)) && view.word(after) != "about" {
            return None;
        }
        let end = (after..body.end).find(|at| view.role(*at) == Role::Comma).unwrap_or(body.end);
        let content = trim(view, after..end);
        let found = Found { content: vec![content.clone()], source: None, cue: cue.group.clone(), listener: None, attitude: frame.attitude };
        return (!content.is_empty()).then_some((found, Side::Behind));
    }
    let after = match &cue.subject {
        Subject::Behind(range) => range.end,
        _ => cue.group.end,
    };
    let right = behind(view, body, after, cue, later, according);
    let left = if frame.beside { before(view, body, floor, cue) } else { None };
    let made = |content: Vec<Range<usize>>, listener: Option<Range<usize>>| {
        let content: Vec<Range<usize>> = content.into_iter().map(|piece| trim(view, piece)).filter(|piece| !piece.is_empty()).collect();
        (!content.is_empty()).then(|| Found {
            content,
            source: source.clone(),
            cue: cue.group.clone(),
            listener,
            attitude: frame.attitude,
        })
    };
    // “A,” she said, pointing at the quay, “b.”: the quotation goes on behind the participle.
    let right = match (&left, right) {
        (Some(left), Right::Closed(listener))
            if view.role(left.end - 1) == Role::Quoted && view.inner(left.end - 1).ends_with(',') =>
        {
            let resumed = (after..body.end).find(|at| {
                view.role(*at) == Role::Quoted && view.role(at - 1) == Role::Comma && view.inner(*at).starts_with(char::is_lowercase) && view.words_in(*at) > 2
            });
            match resumed {
                Some(at) if !later.iter().any(|next| next.verb > after && next.verb < at && next.frame.beside) => Right::Quoted(at..at + 1, listener),
                _ => Right::Closed(listener),
            }
        }
        (_, right) => right,
    };
    let leftward = matches!((&left, &right), (Some(_), Right::Closed(_)));
    let side = if leftward { Side::Before } else { Side::Behind };
    let read = match (left, right) {
        (Some(left), Right::Closed(listener)) => made(vec![left], listener),
        (Some(left), Right::Quoted(right, listener)) => {
            let quoted = view.role(left.end - 1) == Role::Quoted && view.ends_as_speech(left.end - 1);
            let goes_on = view.role(right.start) == Role::Quoted && view.inner(right.start).starts_with(char::is_lowercase);
            if quoted || goes_on && is_clause(view, &left) {
                made(vec![left, right], listener)
            } else {
                made(vec![right], listener)
            }
        }
        (Some(left), Right::Resumed(right, listener)) => {
            let quoted = view.role(left.end - 1) == Role::Quoted && view.ends_as_speech(left.end - 1);
            let goes_on = view.role(right.start) == Role::Conjunction && view.role(right.start + 1) == Role::Quoted;
            if quoted && !goes_on {
                made(vec![left], listener)
            } else {
                made(vec![left, right], listener)
            }
        }
        (Some(left), Right::Said(right, listener)) => {
            // “…,” X said of Y: a quotation before the verb is what is said.
            let quoted = view.role(left.end - 1) == Role::Quoted && view.ends_as_speech(left.end - 1) && left.len() == 1;
            let comma = quoted && view.inner(left.start).ends_with(',');
            if comma || quoted && !matches!(view.role(right.start), Role::Quoted) && !view.lexicon.is_that(view.word(right.start)) {
                made(vec![left], listener)
            } else {
                made(vec![right], listener)
            }
        }
        (None, Right::Said(right, listener) | Right::Quoted(right, listener)) => made(vec![right], listener),
        (None, Right::Resumed(right, listener)) if is_clause(view, &right) => {
            // “If the quay closes, X said, …”: what was begun before the verb goes on behind it.
            let lead = cue.lead();
            let begun = trim(view, floor..lead.max(floor));
            let conditional = !begun.is_empty()
                && view.role(begun.start) == Role::Subordinator
                && view.role(lead - 1) == Role::Comma
                && !begun.clone().any(|at| matches!(view.word(at), "asked" | "pressed"));
            if conditional { made(vec![begun, right], listener) } else { made(vec![right], listener) }
        }
        _ => None,
    };
    read.map(|found| (found, side))
}

/// What stands behind a verb of attribution.
enum Right {
    /// Nothing that could be said: the clause closes.
    Closed(Option<Range<usize>>),
    /// What is said.
    Said(Range<usize>, Option<Range<usize>>),
    /// A quotation behind a comma or colon.
    Quoted(Range<usize>, Option<Range<usize>>),
    /// Behind a comma a clause goes on that began before the verb.
    Resumed(Range<usize>, Option<Range<usize>>),
}

fn behind(view: &View<'_>, body: &Range<usize>, after: usize, cue: &Cue, later: &[Cue], according: &[Found]) -> Right {
    let frame = cue.frame;
    let mut at = after;
    let mut listener = None;
    // Adverbs and times.
    let skip = |mut at: usize| {
        while at < body.end && matches!(view.role(at), Role::Time | Role::Adverb) && view.role(at + 1) != Role::Possessive && !(view.role(at) == Role::Adverb && !is_pause(view, at + 1, body.end) && view.role(at + 1) != Role::Preposition && !view.lexicon.is_that(view.word(at + 1))) {
            at += 1;
        }
        if at + 1 < body.end && matches!(view.word(at), "on" | "in") && view.role(at + 1) == Role::Time && view.role(at + 2) != Role::Possessive {
            at += 2;
        }
        at
    };
    at = skip(at);
    let end = said_end(view, body, at, cue, later, according);
    if at >= end {
        return Right::Closed(None);
    }
    // Up to what is said: the listener, where and when.
    let marker = marker(view, at, end, cue);
    let role = view.role(at);
    match role {
        Role::Quoted => return Right::Quoted(at..end, None),
        Role::Colon => return Right::Quoted(at + 1..end, None),
        Role::Comma | Role::Dash => {
            let next = view.role(at + 1);
            if at + 1 >= end {
                return Right::Closed(None);
            }
            if next == Role::Quoted {
                return Right::Quoted(at + 1..end, None);
            }
            // “…, she noted, and had passed all checks”: what was said goes on.
            if next == Role::Conjunction
                && (view.is_finite(at + 2) && view.role(at + 2) == Role::Auxiliary || view.word(at + 1) == "so" || view.role(at + 2) == Role::Quoted && view.words_in(at + 2) > 3)
            {
                return Right::Resumed(at + 1..end, None);
            }
            if matches!(next, Role::Conjunction | Role::Subordinator | Role::Preposition | Role::Time | Role::Adverb) && view.word(at + 1) != "that"
                || view.word(at + 1).ends_with("ing")
                || view.lexicon.language == "en" && next == Role::Other && view.lexicon.is_past(view.word(at + 1))
            {
                // “…, X said, in a statement” closes; a quotation further on is another matter.
                return match marker {
                    Some(mark) if view.role(mark) == Role::Quoted && matches!(next, Role::Preposition) && mark - at < 14 => Right::Quoted(mark..end, None),
                    Some(mark) if view.lexicon.is_that(view.word(mark)) && view.word(mark) == "that" && mark - at < 14 && matches!(next, Role::Preposition) => Right::Said(mark..end, None),
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
            Some(mark) if view.role(mark) == Role::Quoted && mark > 0 && matches!(view.role(mark - 1), Role::Comma | Role::Colon) => Right::Quoted(mark..end, None),
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
            listener = Some(hearer.clone());
            match view.role(next) {
                Role::Quoted => return Right::Quoted(next..end, listener),
                Role::Comma | Role::Colon | Role::Dash => {
                    if view.role(next + 1) == Role::Quoted {
                        return Right::Quoted(next + 1..end, listener);
                    }
                    if let Some(mark) = marker && view.role(mark) == Role::Quoted && mark > 0 && matches!(view.role(mark - 1), Role::Comma | Role::Colon) {
                        return Right::Quoted(mark..end, listener);
                    }
                    return Right::Closed(listener);
                }
                Role::Preposition if view.word(next) != "to" => {
                    // “told X in an interview that …”
                    return match marker {
                        Some(mark) if view.role(mark) == Role::Quoted => Right::Quoted(mark..end, listener),
                        Some(mark) => Right::Said(mark..end, listener),
                        None if matches!(view.word(next), "about" | "of" | "against") => Right::Said(next..end, listener),
                        None if frame.beside => Right::Closed(listener),
                        None => Right::Said(next..end, listener),
                    };
                }
                _ => return Right::Said(next..end, listener),
            }
        }
    }
    if frame.infinitive && first == "to" {
        return Right::Said(at..end, None);
    }
    let hedged = matches!(view.word(at), "at" | "about" | "around" | "over" | "under" | "up") && (matches!(view.word(at + 1), "least" | "most" | "to") || view.role(at + 1) == Role::Number);
    if role == Role::Preposition && !hedged && !(frame.noun && !frame.clause) {
        // “said in a statement that …”, “wrote on Twitter: …”
        if let Some(mark) = marker {
            return if view.role(mark) == Role::Quoted { Right::Quoted(mark..end, None) } else { Right::Said(mark..end, None) };
        }
        if let Some(clause) = clause_after_setting(view, at, end) && frame.clause && frame.beside {
            return Right::Said(clause..end, None);
        }
        if matches!(first, "of" | "about") && frame.beside && frame.clause && !matches!(cue.subject, Subject::Nobody) && end > at + 1 && (at..end).any(|at| view.role(at) == Role::Quoted) {
            return Right::Said(at..end, None);
        }
        return Right::Closed(None);
    }
    if frame.clause || frame.noun {
        if !frame.noun && !clause_begins(view, at, end) {
            return if (at..end).any(|at| view.role(at) == Role::Quoted) { Right::Said(at..end, None) } else { Right::Closed(None) };
        }
        let mut end = end;
        if frame.noun && !frame.clause {
            // “called it ‘a shame,’ a word that …”: the comma inside the mark closes the phrase.
            if let Some(mark) = (at..end).find(|at| view.role(*at) == Role::Quoted && view.inner(*at).ends_with(',')) {
                end = mark + 1;
            }
        }
        return Right::Said(at..end, None);
    }
    match marker {
        Some(mark) if view.role(mark) == Role::Quoted => Right::Quoted(mark..end, None),
        _ => Right::Closed(None),
    }
}

/// Who is spoken to, from `at`.
fn hearer(view: &View<'_>, at: usize, end: usize) -> Range<usize> {
    match view.role(at) {
        Role::Pronoun if !view.lexicon.is_subject_pronoun(view.word(at)) || matches!(view.word(at), "it" | "you") => at..at + 1,
        Role::Pronoun => at..at,
        _ => {
            let mut to = at;
            while to < end {
                match view.role(to) {
                    Role::Name | Role::Number | Role::Possessive | Role::Sign => to += 1,
                    Role::Determiner if to == at || view.role(to - 1) == Role::Preposition || view.role(to - 1) == Role::Determiner => to += 1,
                    Role::Other if view.lexicon.is_listener(view.word(to)) => {
                        to += 1;
                        break;
                    }
                    Role::Other if !view.is_finite(to) => to += 1,
                    Role::Quoted if !view.ends_as_speech(to) && view.words_in(to) <= 5 => to += 1,
                    Role::Preposition if to > at && matches!(view.word(to), "of" | "for") => to += 1,
                    _ => break,
                }
            }
            // A bare clause: its subject was taken for the listener.
            if to < end && view.is_finite(to) && to > at {
                let names = (at..to).filter(|at| view.role(*at) == Role::Name).count();
                return if names > 1 || view.role(at) != Role::Name { at..at + 1 } else { at..at };
            }
            at..to
        }
    }
}

/// Whether a token is followed by a pause.
fn is_pause(view: &View<'_>, at: usize, end: usize) -> bool {
    at >= end || matches!(view.role(at), Role::Comma | Role::Stop | Role::Dash | Role::Colon | Role::Quoted | Role::Time)
}

/// The first word that must begin what is said, looking from `at`: `that`, a colon, a quotation behind a comma.
fn marker(view: &View<'_>, at: usize, end: usize, cue: &Cue) -> Option<usize> {
    for here in at..end.min(at + 30) {
        let role = view.role(here);
        match role {
            Role::Quoted if here == at || matches!(view.role(here - 1), Role::Comma | Role::Colon) || view.ends_as_speech(here) => return Some(here),
            Role::Colon if here + 1 < end => return Some(here + 1),
            Role::Subordinator | Role::Determiner | Role::Adverb | Role::Pronoun if view.lexicon.is_that(view.word(here)) && (view.word(here) == "that" || cue.frame.listener) => {
                return Some(here);
            }
            Role::Auxiliary | Role::Stop => return None,
            _ if view.is_finite(here) => return None,
            Role::Other if here > at && view.word(here).ends_with("ing") && !view.lexicon.verbs(view.word(here)).is_empty() => return None,
            _ => {}
        }
    }
    None
}

/// A clause without “that” behind a setting: “said in a statement Sunday he was …”.
fn clause_after_setting(view: &View<'_>, at: usize, end: usize) -> Option<usize> {
    let mut here = at + 1;
    while here < end.min(at + 10) {
        if view.role(here) == Role::Pronoun && view.lexicon.is_subject_pronoun(view.word(here)) {
            return Some(here);
        }
        if view.role(here) == Role::Time && here + 1 < end && view.role(here + 1) != Role::Possessive {
            let next = here + 1;
            if matches!(view.role(next), Role::Name | Role::Determiner | Role::Pronoun) && (next..end).any(|at| view.is_finite(at)) {
                return Some(next);
            }
        }
        here += 1;
    }
    None
}

/// Where what is said ends: at the end of the sentence, or before the clause of another attribution.
fn said_end(view: &View<'_>, body: &Range<usize>, from: usize, cue: &Cue, later: &[Cue], according: &[Found]) -> usize {
    let mut end = body.end;
    let lead = cue.lead();
    let before = lead.checked_sub(1).filter(|at| *at >= body.start);
    let subordinate = before.is_some_and(|at| {
        at <= body.start + 2
            && (view.role(at) == Role::Subordinator && !view.lexicon.is_that(view.word(at))
                || matches!(view.word(at), "after" | "since" | "before" | "until" | "once" | "as" | "when" | "while" | "because"))
    });
    if subordinate || matches!(cue.source(), Some(source) if source.len() == 1 && matches!(view.word(source.start), "who" | "which") && lead > body.start && view.role(lead - 1) == Role::Comma) {
        // The main clause goes on behind the comma.
        let comma = (from + 2..end).find(|at| {
            view.role(*at) == Role::Comma
                && !matches!(view.role(at + 1), Role::Conjunction | Role::Preposition | Role::Subordinator)
                && !view.word(at + 1).ends_with("ing")
                && (at + 1..end.min(at + 18)).any(|at| view.is_finite(at))
        });
        if let Some(comma) = comma {
            end = comma;
        }
    }
    if let Some(cut) = coordination(view, from, end, cue) {
        end = end.min(trim_end(view, from, cut));
    }
    for outer in according {
        if outer.cue.start > from {
            end = end.min(trim_end(view, from, outer.cue.start));
        }
    }
    for next in later {
        let lead = next.lead();
        if lead <= from || lead > end {
            continue;
        }
        let joint = view.role(lead - 1);
        let comma = joint == Role::Comma || joint == Role::Conjunction && lead >= 2 && view.role(lead - 2) == Role::Comma;
        let cut = match &next.subject {
            // “said … and called …”: the same subject goes on.
            Subject::Shared(_) if next.form == Form::Ing => comma && next.frame.beside | next.frame.noun && !next.frame.attitude,
            Subject::Shared(_) => joint == Role::Conjunction && next.form == cue.form && !next.frame.attitude,
            Subject::Before(subject) => {
                let pronoun = subject.len() == 1 && view.role(subject.start) == Role::Pronoun;
                !next.frame.attitude && (comma && (joint == Role::Conjunction || next.frame.beside) && next.form == cue.form
                    || joint == Role::Subordinator && matches!(view.word(lead - 1), "while" | "though" | "although" | "whereas") && !pronoun
                    || joint == Role::Stop)
            }
            Subject::Behind(_) | Subject::Nobody => false,
        };
        if cut {
            end = end.min(trim_end(view, from, lead));
        }
    }
    end
}

/// Where a clause begins that is no part of what is said: “…, but the council voted for it”.
fn coordination(view: &View<'_>, from: usize, end: usize, cue: &Cue) -> Option<usize> {
    (from + 3..end.saturating_sub(2)).find(|at| {
        let word = view.word(*at);
        let comma = view.role(at - 1) == Role::Comma;
        if comma && matches!(word, "but" | "while" | "whereas" | "though" | "although" | "and" | "so") {
            let next = view.role(at + 1);
            if matches!(next, Role::Name | Role::Pronoun | Role::Determiner | Role::Other | Role::Number) && !view.is_finite(at + 1) {
                let subject = view.phrase_after(at + 1, end);
                let verb = subject.end < end
                    && (view.is_finite(subject.end) || matches!(view.role(subject.end), Role::Adverb | Role::Negation) && view.is_finite(subject.end + 1));
                return verb;
            }
            return false;
        }
        // “blamed the storm but later paid”: another verb of the same subject.
        !cue.frame.clause && matches!(word, "but" | "and") && {
            let next = if matches!(view.role(at + 1), Role::Adverb | Role::Time) { at + 2 } else { at + 1 };
            next < end && cue.form == Form::Past && view.role(next) == Role::Other && view.lexicon.is_past(view.word(next)) && view.is_finite(next)
        }
    })
}

/// What stands before an attribution that can be what is said.
fn before(view: &View<'_>, body: &Range<usize>, floor: usize, cue: &Cue) -> Option<Range<usize>> {
    let lead = match &cue.subject {
        Subject::Before(range) => range.start,
        Subject::Behind(_) => cue.group.start,
        _ => return None,
    };
    if lead <= floor {
        return None;
    }
    let joint = view.role(lead - 1);
    let end = match joint {
        Role::Quoted if view.ends_as_speech(lead - 1) || view.words_in(lead - 1) > 5 => lead,
        Role::Comma | Role::Dash => lead - 1,
        Role::Stop if view.tokens.get(lead - 1).and_then(|token| token.point()).is_some_and(|c| matches!(c, '!' | '?')) => lead,
        _ => return None,
    };
    let mut start = floor;
    while start < end && matches!(view.role(start), Role::Comma | Role::Dash | Role::Stop | Role::Conjunction) && start > body.start {
        start += 1;
    }
    let mut piece = trim(view, start..end);
    if piece.is_empty() {
        return None;
    }
    // A whole sentence in marks stands for itself; what leads up to it is the narrator's.
    let last = piece.end - 1;
    if piece.len() > 1
        && view.role(last) == Role::Quoted
        && view.words_in(last) > 4
        && (matches!(view.role(last - 1), Role::Colon) || matches!(view.role(last - 1), Role::Comma) && view.inner(last).starts_with(char::is_uppercase))
    {
        piece.start = last;
    }
    if view.role(piece.end - 1) == Role::Quoted || is_clause(view, &piece) || matches!(cue.subject, Subject::Behind(_)) || cue.form != Form::Ing && piece.len() == 1 && view.role(piece.start) == Role::Conjunction {
        return Some(piece);
    }
    None
}

/// Whether a clause begins at a place: a noun phrase, and a verb right behind it.
fn clause_begins(view: &View<'_>, at: usize, end: usize) -> bool {
    if matches!(view.word(at), "there" | "it" | "what" | "here") || matches!(view.role(at), Role::Quoted) {
        return true;
    }
    let mut phrase = view.phrase_after(at, end);
    if phrase.is_empty() {
        return is_clause(view, &(at..end));
    }
    if view.word(phrase.end) == "who" || view.role(phrase.end) == Role::Comma || view.role(phrase.end) == Role::Conjunction {
        return (phrase.end..end).any(|at| view.is_finite(at));
    }
    while phrase.end < end && matches!(view.role(phrase.end), Role::Adverb | Role::Negation | Role::Time) {
        phrase.end += 1;
    }
    phrase.end < end
        && (view.is_finite(phrase.end)
            || (phrase.start + 1..phrase.end).any(|at| view.is_finite(at) || view.role(at) == Role::Other && view.word(at).ends_with('s') && view.role(at - 1) != Role::Determiner)
            || matches!(view.role(phrase.end), Role::Preposition | Role::Subordinator) && (phrase.end..end).any(|at| view.is_finite(at)))
}

/// Whether some tokens hold a verb, and do not begin as an adverbial does.
fn is_clause(view: &View<'_>, piece: &Range<usize>) -> bool {
    let first = view.word(piece.start);
    if matches!(view.role(piece.start), Role::Subordinator) && !view.lexicon.is_that(first) {
        // “When asked, X said …”: an adverbial, unless a main clause follows it.
        return (piece.clone()).any(|at| view.role(at) == Role::Comma && (at + 1..piece.end).any(|at| view.is_finite(at)));
    }
    if view.role(piece.start) == Role::Preposition {
        let comma = (piece.clone()).find(|at| view.role(*at) == Role::Comma);
        let from = comma.unwrap_or(piece.start);
        return (from..piece.end).any(|at| view.role(at) == Role::Auxiliary || view.is_finite(at) && view.role(at) != Role::Name);
    }
    (piece.clone()).any(|at| {
        view.is_finite(at) || view.role(at) == Role::Other && view.word(at).ends_with('s') && at > piece.start && matches!(view.role(at - 1), Role::Name | Role::Pronoun | Role::Other | Role::Closing) && piece.len() > 3
    })
}

/// `was quoted as saying`, `was asked whether`, `it was announced that`, `was first reported by X`.
fn passive(view: &View<'_>, body: &Range<usize>, cue: &Cue, later: &[Cue]) -> Option<Found> {
    let after = cue.group.end;
    let subject = cue.source();
    let end = said_end(view, body, after, cue, later, &[]);
    let said = |content: Range<usize>, source: Option<Range<usize>>, cue: Range<usize>, attitude: bool| {
        let content = trim(view, content);
        (!content.is_empty()).then_some(Found { content: vec![content], source, cue, listener: None, attitude })
    };
    if view.word(after) == "as" && matches!(view.word(after + 1), "saying" | "telling" | "writing") {
        return said(after + 2..end, subject, cue.group.start..after + 2, false);
    }
    if view.lexicon.is_that(view.word(after)) && cue.frame.clause {
        let source = None;
        let _ = subject;
        return said(after..end, source, cue.group.clone(), cue.frame.attitude);
    }
    if cue.frame.listener && view.lexicon.is_that(view.word(after)) {
        return said(after..end, None, cue.group.clone(), false);
    }
    if view.word(after) == "by" && cue.frame.beside {
        let source = view.phrase_after(after + 1, body.end);
        let start = body.start;
        let content = trim(view, start..cue.group.start);
        if !source.is_empty() && !content.is_empty() {
            return said(content, Some(source), cue.group.start..after + 1, false);
        }
    }
    None
}

/// Without commas and conjunctions at the end of some tokens.
fn trim_end(view: &View<'_>, start: usize, mut end: usize) -> usize {
    while end > start && matches!(view.role(end - 1), Role::Comma | Role::Dash | Role::Conjunction | Role::Stop | Role::Colon) {
        end -= 1;
    }
    if end > start && matches!(view.word(end - 1), "while" | "though" | "although" | "as") {
        end = trim_end(view, start, end - 1);
    }
    end
}

/// Without commas at both ends.
fn trim(view: &View<'_>, mut piece: Range<usize>) -> Range<usize> {
    while piece.start < piece.end && matches!(view.role(piece.start), Role::Comma | Role::Dash | Role::Stop | Role::Colon) {
        piece.start += 1;
    }
    while piece.start < piece.end && matches!(view.role(piece.end - 1), Role::Comma | Role::Dash | Role::Stop | Role::Colon) {
        piece.end -= 1;
    }
    piece
}
