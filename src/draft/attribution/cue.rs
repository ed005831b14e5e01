//! Cues: the verbs of attribution of a sentence, each with its auxiliaries, particle and subject.

use std::ops::Range;

use super::super::lexicon::{Form, Frame};
use super::super::phrase::{Role, View};
use super::german;
use super::group::{french_group, is_amount, names_something};
use super::parts::{Cue, Subject};
use super::subject::{cited_before, following, inverted, said_before, shared};

/// Every verb of attribution of a sentence, with its subject.
pub(super) fn cues(view: &View<'_>, body: &Range<usize>, taken: &[Range<usize>]) -> Vec<Cue> {
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
                    // German puts it at the end of the clause: “teilte die Polizei mit”.
                    || view.lexicon.language == "de" && (verb + 1..body.end.min(verb + 14)).any(|at| view.word(at) == particle)
            })
        });
        let Some(reading) = particle.or_else(|| readings.iter().find(|reading| reading.particle.is_none())) else {
            continue;
        };
        let end = match particle.and_then(|reading| reading.particle.as_deref()) {
            Some(particle) if view.word(verb + 1) == particle => verb + 2,
            Some(particle) if view.word(verb + 2) == particle && view.lexicon.language == "en" => verb + 3,
            _ => verb + 1,
        };
        let mut frame = reading.frame;
        frame.noun_too |= readings.iter().any(|reading| reading.frame.noun_too);
        if let Some(cue) = cue(view, body, verb, end, frame, reading.form, &cues) {
            cues.push(cue);
        }
    }
    cues
}

pub(super) fn cue(
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
            // “has, however, confirmed”
            Role::Comma
                if start >= body.start + 4
                    && view.role(start - 3) == Role::Comma
                    && view.role(start - 4) == Role::Auxiliary
                    && view.role(start - 2) != Role::Quoted =>
            {
                start -= 2;
            }
            _ => break,
        }
        start -= 1;
    }
    if matches!(view.lexicon.language, "fr" | "es") {
        (start, auxiliary) = french_group(view, body, verb, start, auxiliary);
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
    let before =
        if ahead < start && ahead > body.start && matches!(view.role(ahead - 1), Role::Conjunction | Role::Comma) {
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
            || matches!(before, Some(Role::Determiner | Role::Preposition | Role::Possessive | Role::Opening) | None)
                && form != Form::Ing
                && !stands_alone
        {
            return None;
        }
        // “numerous questions about”, “his opening remarks”: plurals, unless a subject and what is said stand around.
        if form == Form::Third {
            let next = view.role(end);
            let said = matches!(next, Role::Quoted | Role::Comma | Role::Colon | Role::Stop)
                || view.word(end) == "that" && view.role(end + 1) != Role::Auxiliary;
            if frame.strict && !said || before == Some(Role::Number) || view.is_finite(end) {
                return None;
            }
            let plain = matches!(before, Some(Role::Other))
                && (view.word(start - 1).ends_with("ing")
                    || view.subject_before(start, body.start).is_none_or(|subject| {
                        !subject.clone().any(|at| {
                            matches!(view.role(at), Role::Determiner | Role::Name | Role::Possessive | Role::Quoted)
                        }) || view.word(end) == "that" && view.role(end + 1) == Role::Auxiliary
                    }));
            if plain
                || end == verb + 1
                    && matches!(next, Role::Preposition | Role::Auxiliary | Role::Conjunction)
                    && !(frame.beside && matches!(before, Some(Role::Name | Role::Pronoun | Role::Comma)))
            {
                return None;
            }
        }
    }
    // “cut its profit forecast”: a noun whose past is the same word.
    if frame.noun_too
        && form == Form::Past
        && view.lexicon.language == "en"
        && !view.word(verb).ends_with("ed")
        && !auxiliary
        && before == Some(Role::Other)
        && !matches!(
            view.role(end),
            Role::Quoted | Role::Determiner | Role::Name | Role::Pronoun | Role::Number | Role::Other
        )
        && !view.lexicon.is_that(view.word(end))
    {
        return None;
    }
    if names_something(view, body, verb, end, start, auxiliary) {
        return None;
    }
    // “claimed 82 lives” and “the term refers to” say nothing of anybody's.
    let kills = view.word(verb).starts_with("claim")
        && (end..body.end.min(end + 7)).any(|at| matches!(view.word(at), "lives" | "life" | "victims"));
    let means = view.word(verb).starts_with("refer")
        && (body.start..verb)
            .any(|at| matches!(view.word(at), "term" | "word" | "phrase" | "name" | "acronym" | "title"));
    // “put the toll at 40” gives a figure, “put the cup on the table” does not.
    let puts = frame.weak
        && matches!(view.word(verb), "put" | "puts")
        && !(end..body.end.min(end + 10))
            .any(|at| view.word(at) == "at" && (view.role(at + 1) == Role::Number || is_amount(view, at + 1)));
    if kills || means || puts {
        return None;
    }
    if view.word(verb).starts_with("compar") && matches!(view.word(end), "with" | "to")
        || view.word(verb).starts_with("continu") && (view.word(end).ends_with("ing") || view.word(end) == "to")
    {
        return None;
    }
    if view.tokens.get(verb).is_some_and(|token| token.capital)
        && verb > body.start
        && before == Some(Role::Name)
        && form != Form::Ing
        && inverted(view, body, verb, end, frame).is_none()
    {
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
    // French: “a-t-il déclaré”.
    if view.lexicon.language == "fr"
        && start >= body.start + 2
        && view.role(start - 1) == Role::Pronoun
        && view.role(start - 2) == Role::Auxiliary
    {
        return Some(Cue {
            group: start - 2..end,
            verb,
            frame,
            form,
            passive: false,
            subject: Subject::Behind(start - 1..start),
        });
    }
    if view.lexicon.language == "de"
        && !frame.behind
        && let Some(subject) = german::subject(view, body, verb, start)
    {
        return Some(Cue { group, verb, frame, form, passive: false, subject });
    }
    if frame.behind {
        let subject = matches!(before, Some(Role::Comma | Role::Quoted | Role::Dash))
            .then(|| inverted(view, body, verb, end, frame))
            .flatten()
            .filter(|subject| {
                subject.end >= body.end
                    || matches!(view.role(subject.end), Role::Comma | Role::Preposition | Role::Time | Role::Adverb)
            })?;
        return Some(Cue { group, verb, frame, form, passive: false, subject: Subject::Behind(subject) });
    }
    // “antwortete er: …”, “erinnert sich seine Tochter”: the verb stands before its subject.
    if view.lexicon.language != "en" && end < body.end && !auxiliary && form != Form::Ing {
        let reflexive = usize::from(matches!(view.word(end), "sich" | "se"));
        let named = view.lexicon.is_subject_pronoun(view.word(end + reflexive))
            && !view.lexicon.is_that(view.word(end + reflexive))
            && view.role(end + reflexive) == Role::Pronoun;
        if named && view.lexicon.language == "de" && before.is_some() && before != Some(Role::Pronoun) {
            let at = end + reflexive;
            return Some(Cue { group, verb, frame, form, passive: false, subject: Subject::Behind(at..at + 1) });
        }
        // “Auf die Frage, ob er bleibe, antwortete der Trainer: …”
        if view.lexicon.language == "de"
            && reflexive == 0
            && frame.beside
            && before == Some(Role::Comma)
            && matches!(view.role(end), Role::Determiner | Role::Name)
        {
            let subject = view.phrase_after(end, body.end);
            if !subject.is_empty() && view.role(subject.end) == Role::Colon {
                return Some(Cue { group, verb, frame, form, passive: false, subject: Subject::Behind(subject) });
            }
        }
        // “erinnert sich seine Tochter”
        if reflexive == 1 && view.lexicon.language == "de" && matches!(before, Some(Role::Comma | Role::Quoted)) {
            let subject = view.phrase_after(end + 1, body.end);
            if !subject.is_empty() {
                return Some(Cue { group, verb, frame, form, passive: false, subject: Subject::Behind(subject) });
            }
        }
    }
    if view.lexicon.language == "fr"
        && view.word(body.start) == "comme"
        && start <= body.start + 2
        && matches!(view.word(start.wrapping_sub(1)), "l'" | "l’" | "l")
    {
        let subject = view.phrase_after(end, body.end);
        if !subject.is_empty() {
            return Some(Cue { group, verb, frame, form, passive: false, subject: Subject::Behind(subject) });
        }
    }
    let make = |subject: Subject| Some(Cue { group: group.clone(), verb, frame, form, passive, subject });
    if form == Form::Ing && !be && !auxiliary {
        return match before {
            // “…, saying that …”, and at the beginning of a sentence.
            Some(Role::Comma | Role::Dash | Role::Quoted | Role::Conjunction) => {
                make(Subject::Shared(shared(view, body, start, earlier).or_else(|| cited_before(view, body, start))))
            }
            None => make(Subject::Shared(following(view, body, end))),
            _ if matches!(view.word(start.wrapping_sub(1)), "by" | "as" | "while" | "before" | "after" | "without")
                && (view.lexicon.is_that(view.word(end))
                    || (end..body.end.min(end + 8)).any(|at| view.role(at) == Role::Quoted)) =>
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
    if to {
        return infinitive(view, body, start, &group, frame).map(|subject| Cue {
            group: group.clone(),
            verb,
            frame,
            form,
            passive,
            subject,
        });
    }
    if frame.attitude && matches!(view.word(start.wrapping_sub(1)), "who" | "which" | "that") {
        return None;
    }
    if form == Form::Base && !auxiliary {
        if matches!(before, Some(Role::Comma | Role::Quoted))
            && start > body.start + 1
            && let Some(subject) = inverted(view, body, verb, end, frame)
            && said_before(view, body, start - 1, &subject, frame)
        {
            return make(Subject::Behind(subject));
        }
        // The present of a plural: needs a plural or a pronoun before it.
        let subject = view.subject_before(start, body.start)?;
        let last = view.word(head(view, &subject));
        let plural = matches!(
            last,
            "%" | "i"
                | "we"
                | "you"
                | "they"
                | "who"
                | "some"
                | "many"
                | "most"
                | "others"
                | "few"
                | "all"
                | "people"
                | "both"
        ) || last.ends_with('s') && !last.ends_with("ss")
            || (subject.clone()).any(|at| view.role(at) == Role::Conjunction)
            || last == ",";
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
                && (!auxiliary || view.lexicon.language != "en")
                && said_before(view, body, start - 1, &subject, frame)
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
        _ => match subject(view, body, start, ahead) {
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

/// The subject of an infinitive of saying: of a verb that only says how it was said (“went on to criticize”), else, where
/// it takes words in quotation marks, that of the clause (“took to the stage to call it ‘a shame’”).
fn infinitive(
    view: &View<'_>,
    body: &Range<usize>,
    start: usize,
    group: &Range<usize>,
    frame: Frame,
) -> Option<Subject> {
    if view.lexicon.language != "en" || frame.attitude || start == body.start {
        return None;
    }
    let raising = matches!(
        view.word(start - 1),
        "used"
            | "expected"
            | "due"
            | "likely"
            | "set"
            | "continued"
            | "continues"
            | "continue"
            | "began"
            | "begins"
            | "proceeded"
            | "appeared"
            | "appears"
            | "seemed"
    );
    let went = view.word(start - 1) == "on" && start > body.start + 1 && view.word(start - 2).starts_with("we")
        || view.word(start - 1) == "on" && start > body.start + 1 && view.word(start - 2).starts_with("go");
    if raising || went {
        let verb = if went { start - 2 } else { start - 1 };
        let mut from = verb;
        while from > body.start && matches!(view.role(from - 1), Role::Auxiliary | Role::Adverb) {
            from -= 1;
        }
        return view.subject_before(from, body.start).map(Subject::Before);
    }
    let pause = (group.end..body.end)
        .find(|at| matches!(view.role(*at), Role::Comma | Role::Dash | Role::Stop | Role::Colon))
        .unwrap_or(body.end);
    let quoted = (group.end..pause.min(group.end + 10))
        .any(|at| view.role(at) == Role::Quoted && view.words_in(at) > 1)
        || matches!(view.role(pause), Role::Comma | Role::Colon) && view.role(pause + 1) == Role::Quoted;
    let subject = super::subject::main_subject(view, body, start)?;
    (quoted && !matches!(view.role(start - 1), Role::Determiner)).then_some(Subject::Shared(Some(subject)))
}

/// The subject right before a verb, over a time between the two, and back to the quotation that it follows.
fn subject(view: &View<'_>, body: &Range<usize>, start: usize, ahead: usize) -> Option<Range<usize>> {
    let mut end = start;
    if ahead < start {
        let mut place = ahead;
        while place > body.start && view.role(place - 1) == Role::Adverb {
            place -= 1;
        }
        if place > body.start && matches!(view.role(place - 1), Role::Name | Role::Pronoun | Role::Closing) {
            end = place;
        }
    }
    let mut subject = view.subject_before(end, body.start)?;
    // “…,” retired general Ada Brandt said: a participle that describes her is no verb.
    if subject.start > body.start + 1
        && view.lexicon.is_past(view.word(subject.start - 1))
        && view.role(subject.start - 1) == Role::Other
        && view.role(subject.start - 2) == Role::Quoted
        && view.ends_as_speech(subject.start - 2)
    {
        subject.start -= 1;
    }
    Some(subject)
}

/// The noun that a subject is about: the last before what belongs to it.
fn head(view: &View<'_>, subject: &Range<usize>) -> usize {
    (subject.start + 1..subject.end)
        .find(|at| {
            matches!(view.role(*at), Role::Preposition | Role::Comma | Role::Opening)
                || matches!(view.word(*at), "who" | "that" | "which")
        })
        .map_or(subject.end - 1, |at| at - 1)
}

/// Whether a determiner can be a subject by itself: “several said”.
pub(super) fn stands_alone(word: &str) -> bool {
    matches!(
        word,
        "some"
            | "many"
            | "most"
            | "several"
            | "few"
            | "all"
            | "both"
            | "each"
            | "one"
            | "two"
            | "three"
            | "none"
            | "another"
            | "others"
            | "this"
            | "that"
            | "half"
    )
}
