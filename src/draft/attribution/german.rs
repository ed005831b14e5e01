//! German main clauses: the verb is second, so that its subject stands behind it wherever something else stands before it
//! (`Am Montag sagte die Ministerin, …`), and what is said begins at the next comma or colon.

use std::ops::Range;

use super::super::phrase::{Role, View};
use super::parts::{Cue, Found, Right, Subject};

/// Tokens of what may stand between a verb and the comma behind which it says what is said.
const FIELD: usize = 18;

/// The noun phrase that begins at a place, as German writes it: a determiner, adjectives, capitalised nouns and names,
/// and what belongs to them in the genitive or with a preposition. Empty where there is none.
pub(super) fn noun_phrase(view: &View<'_>, from: usize, ceiling: usize) -> Range<usize> {
    if from >= ceiling {
        return from..from;
    }
    if view.role(from) == Role::Pronoun {
        return from..from + 1;
    }
    let mut at = from;
    loop {
        let begins = at;
        while at < ceiling && at < begins + 6 {
            match view.role(at) {
                Role::Determiner | Role::Number | Role::Sign => at += 1,
                Role::Other if view.word(at).starts_with(|c: char| c.is_ascii_digit()) => break,
                Role::Other if !view.is_finite(at) && (at > begins || is_adjective(view, at)) => at += 1,
                Role::Preposition if at == begins && at > from => at += 1,
                _ => break,
            }
        }
        let names = at;
        while at < ceiling {
            match view.role(at) {
                Role::Name => at += 1,
                // “des 29-Jährigen”
                Role::Other if view.word(at).starts_with(|c: char| c.is_ascii_digit()) => at += 1,
                Role::Quoted if at > names && view.words_in(at) <= 3 && !view.ends_as_speech(at) => at += 1,
                Role::Opening if at > names => {
                    match (at..ceiling.min(at + 6)).find(|close| view.role(*close) == Role::Closing) {
                        Some(close) => at = close + 1,
                        None => break,
                    }
                }
                _ if at > names && is_particle(view, at) => at += 1,
                _ => break,
            }
        }
        if at == names {
            // A continuation without a noun is none.
            return if begins == from { from..from } else { from..begins };
        }
        let goes_on = matches!(view.word(at), "des" | "der" | "von" | "vom" | "für" | "beim" | "und" | "dem" | "den");
        if !goes_on || at + 1 >= ceiling || at > from + 16 {
            return from..at;
        }
        let joined = view.word(at) == "und";
        if joined {
            // “Holt und Pell”: two of a kind, not two clauses.
            if view.role(at + 1) != Role::Name {
                return from..at;
            }
            at += 1;
        }
    }
}

fn is_adjective(view: &View<'_>, at: usize) -> bool {
    let word = view.word(at);
    ["e", "en", "er", "es", "em"].iter().any(|ending| word.ends_with(ending)) && word.len() > 3
}

/// `von`, `van`, `zu` between two parts of a name.
fn is_particle(view: &View<'_>, at: usize) -> bool {
    matches!(view.word(at), "von" | "van" | "zu" | "de")
        && view.role(at + 1) == Role::Name
        && at >= 2
        && view.role(at - 2) != Role::Name
        && !view.tokens[at - 1].range.is_empty()
        && view.role(at - 1) == Role::Name
        && !matches!(view.role(at - 2), Role::Determiner | Role::Other)
}

/// The subject of a verb that stands behind it because something else opens the clause; `None` where the rules for
/// other orders apply. `finite` is the place of the finite verb: of the auxiliary in `hatte Holt erklärt`.
pub(super) fn subject(view: &View<'_>, body: &Range<usize>, verb: usize, start: usize) -> Option<Subject> {
    let finite = auxiliary(view, body, verb, start).unwrap_or(verb);
    let opens = opening(view, body, finite);
    if opens == finite {
        return None;
    }
    let field = opens..finite;
    let first = view.role(field.start);
    let lower = field.clone().all(|at| view.role(at) != Role::Name);
    let other = matches!(first, Role::Preposition | Role::Adverb | Role::Time)
        || view.word(field.start) == "als" && !field.clone().any(|at| view.is_finite(at))
        || first == Role::Other && lower && field.len() <= 3
        || field.len() == 1 && matches!(view.word(field.start), "das" | "dies" | "dem" | "ihm" | "ihr" | "ihnen")
        || matches!(view.word(field.start), "dem" | "den") && finite + 1 < body.end && field.len() <= 5;
    if !other {
        // “Der Minister hat im Mai erklärt, …”
        let whole = noun_phrase(view, field.start, finite);
        let apart = finite + 1 < start && !whole.is_empty() && whole.end == finite;
        return apart.then_some(Subject::Before(whole));
    }
    let mut at = finite + 1;
    while at < body.end
        && (matches!(view.role(at), Role::Adverb | Role::Time)
            || matches!(view.word(at), "sich" | "ihm" | "ihr" | "ihnen" | "uns" | "mir"))
    {
        at += 1;
    }
    let subject = noun_phrase(view, at, body.end);
    if subject.is_empty() {
        return None;
    }
    if view.word(subject.start) == "es" || view.word(subject.start) == "man" && subject.len() == 1 {
        return Some(Subject::Shared(None));
    }
    Some(Subject::Shared(Some(subject)))
}

/// The auxiliary of a participle at the end of its clause: `hatte der Minister im Mai erklärt`.
pub(super) fn auxiliary(view: &View<'_>, body: &Range<usize>, verb: usize, start: usize) -> Option<usize> {
    if let Some(near) = (start..verb).find(|at| view.role(*at) == Role::Auxiliary) {
        return Some(near);
    }
    if !is_participle(view.word(verb)) {
        return None;
    }
    (body.start.max(verb.saturating_sub(FIELD))..verb)
        .rev()
        .take_while(|at| !matches!(view.role(*at), Role::Comma | Role::Stop | Role::Colon | Role::Quoted | Role::Dash))
        .find(|at| matches!(view.word(*at), "hat" | "haben" | "hatte" | "hatten" | "habe" | "hätte"))
}

fn is_participle(word: &str) -> bool {
    (word.starts_with("ge") || word.contains("ge") || word.starts_with("er") || word.starts_with("be"))
        && (word.ends_with('t') || word.ends_with("en"))
}

/// Where the clause of a finite verb begins.
fn opening(view: &View<'_>, body: &Range<usize>, finite: usize) -> usize {
    let mut at = finite;
    while at > body.start {
        match view.role(at - 1) {
            Role::Comma | Role::Stop | Role::Colon | Role::Dash => break,
            Role::Quoted if view.ends_as_speech(at - 1) || view.words_in(at - 1) > 4 => break,
            Role::Conjunction if at - 1 == body.start => break,
            _ => at -= 1,
        }
    }
    at
}

/// What is said behind a verb: at the comma or colon that closes its clause.
pub(super) fn behind(view: &View<'_>, at: usize, end: usize, cue: &Cue) -> Option<Right> {
    if !cue.frame.clause || matches!(cue.subject, Subject::Behind(_) | Subject::Nobody) {
        return None;
    }
    // “Als er auf den Punkt zeigte, drehte sich …”: what follows is the main clause.
    let begins = (0..cue.group.start)
        .rev()
        .find(|at| matches!(view.role(*at), Role::Comma | Role::Stop | Role::Colon | Role::Dash | Role::Quoted));
    let first = view.word(begins.map_or(0, |at| at + 1));
    if matches!(first, "als" | "nachdem" | "weil" | "während" | "wenn" | "bevor" | "obwohl" | "sobald" | "da")
        && view.role(cue.group.end) == Role::Comma
        && begins.is_none_or(|at| at + 2 < cue.group.start)
    {
        return Some(Right::Closed(None));
    }
    let pause = (at..end.min(at + FIELD)).find(|at| {
        matches!(view.role(*at), Role::Comma | Role::Colon | Role::Quoted | Role::Dash | Role::Stop)
            || view.is_finite(*at)
    })?;
    // A name in marks of whom it was told: „Abendpost“.
    let pause = if view.role(pause) == Role::Quoted && view.words_in(pause) <= 3 && view.role(pause + 1) == Role::Colon
    {
        pause + 1
    } else {
        pause
    };
    let listener = listener(view, at, pause);
    match view.role(pause) {
        Role::Colon if pause + 1 < end => Some(if view.role(pause + 1) == Role::Quoted {
            Right::Quoted(pause + 1..quoted_end(view, pause + 1, end), listener)
        } else {
            Right::Said(pause + 1..end, listener)
        }),
        Role::Comma if pause + 2 < end => {
            let next = pause + 1;
            if view.role(next) == Role::Quoted {
                return Some(Right::Quoted(next..quoted_end(view, next, end), listener));
            }
            let infinitive = (next..end)
                .any(|at| view.word(at) == "zu" || view.word(at).contains("zu") && view.word(at).ends_with("en"));
            let clause = (next..end).any(|at| view.is_finite(at) || is_reported(view.word(at)))
                || view.lexicon.is_that(view.word(next));
            // What only describes the subject: “sagte Holt, die im Mai gewählt wurde”.
            let relative = matches!(view.word(next), "der" | "die" | "das" | "dem" | "den" | "deren" | "dessen")
                && view.is_finite(end - 1)
                && !is_reported(view.word(end - 1))
                && !(next..end - 1).any(|at| view.is_finite(at) || is_reported(view.word(at)));
            let temporal = matches!(view.word(next), "als" | "nachdem" | "während" | "bevor" | "weil" | "obwohl");
            ((infinitive || clause) && !relative && !temporal).then_some(Right::Said(next..end, listener))
        }
        _ => None,
    }
}

fn quoted_end(view: &View<'_>, from: usize, end: usize) -> usize {
    let mut to = from;
    while to < end && view.role(to) == Role::Quoted {
        to += 1;
    }
    to
}

/// Whom something was told: `der Küstenpost`, `dem Sender Kanal 7`.
fn listener(view: &View<'_>, at: usize, pause: usize) -> Option<Range<usize>> {
    let from = (at..pause).find(|at| matches!(view.word(*at), "der" | "dem" | "den"))?;
    let behind = from == at || matches!(view.role(from - 1), Role::Time | Role::Name);
    (behind && from + 1 < pause).then_some(from..pause)
}

/// Whether a word is a form that reports what somebody says: the first subjunctive of the third person.
pub(super) fn is_reported(word: &str) -> bool {
    matches!(
        word,
        "sei"
            | "seien"
            | "habe"
            | "werde"
            | "könne"
            | "müsse"
            | "solle"
            | "dürfe"
            | "wolle"
            | "möge"
            | "wisse"
            | "gebe"
            | "komme"
            | "gehe"
            | "stehe"
            | "liege"
            | "bleibe"
            | "fehle"
            | "brauche"
            | "mache"
            | "sehe"
            | "lasse"
            | "halte"
            | "nehme"
            | "bekomme"
            | "zeige"
            | "bringe"
            | "führe"
            | "gelte"
            | "heiße"
            | "arbeite"
            | "fahre"
            | "tue"
            | "bestehe"
            | "entstehe"
            | "gehöre"
            | "erhalte"
            | "verliere"
            | "koste"
            | "dauere"
            | "dauerte"
            | "prüfe"
            | "freue"
            | "rechne"
            | "trage"
            | "schließe"
            | "drohe"
            | "sinke"
            | "steige"
            | "wachse"
            | "beginne"
            | "ende"
            | "verstehe"
            | "glaube"
            | "denke"
            | "finde"
            | "suche"
            | "plane"
            | "verfüge"
            | "handele"
            | "handle"
            | "laufe"
            | "reiche"
            | "spreche"
            | "passe"
            | "treffe"
            | "ziehe"
            | "setze"
            | "stelle"
            | "sorge"
            | "leide"
    ) && word != "dauerte"
        && word != "ende"
}

/// Whether a sentence goes on with what somebody said: its verb is in the first subjunctive, and no clause of its own
/// asks for that.
pub(super) fn goes_on(view: &View<'_>, sentence: &Range<usize>) -> bool {
    let mut free = true;
    let mut found = false;
    for at in sentence.clone() {
        match view.role(at) {
            Role::Comma | Role::Stop | Role::Colon | Role::Dash => free = true,
            Role::Subordinator => free = false,
            Role::Pronoun if matches!(view.word(at), "ich" | "wir" | "du") => return false,
            _ if free && is_reported(view.word(at)) && !view.tokens[at].capital && at > sentence.start => found = true,
            _ => {}
        }
    }
    let question = view.tokens[sentence.end - 1].point() == Some('?');
    found && !question
}

/// `Das teilte das Unternehmen mit.`: who says what the sentence before said, and the words that tell it.
pub(super) fn refers_back(view: &View<'_>, sentence: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let verb = sentence.start + 1;
    if !matches!(view.word(sentence.start), "das" | "dies") || sentence.len() > 18 {
        return None;
    }
    let (finite, says) = match view.role(verb) {
        Role::Auxiliary => {
            let last = (verb + 1..sentence.end).rev().find(|at| view.role(*at) != Role::Stop)?;
            (verb, last)
        }
        _ => (verb, verb),
    };
    let particles = |particle: &str| (verb..sentence.end).any(|at| view.word(at) == particle);
    let speaks = view.lexicon.verbs(view.word(says)).iter().any(|reading| {
        reading.frame.beside && reading.frame.clause && reading.particle.as_deref().is_none_or(particles)
    });
    let at = finite + 1;
    let source = noun_phrase(view, at, sentence.end);
    let open = (source.end..sentence.end).any(|at| matches!(view.role(at), Role::Comma | Role::Colon | Role::Quoted));
    (speaks && !source.is_empty() && !open && view.word(source.start) != "sich").then(|| (source, finite..finite + 1))
}

/// `ließ durch seinen Anwalt erklären`: words that somebody has others say.
pub(super) fn had_said(view: &View<'_>, body: &Range<usize>) -> Option<Found> {
    let finite = body.clone().find(|at| matches!(view.word(*at), "ließ" | "ließen" | "lässt" | "läßt" | "lassen"))?;
    let says = (finite + 1..body.end.min(finite + 12)).find(|at| {
        matches!(view.word(*at), "erklären" | "mitteilen" | "ausrichten" | "wissen" | "verlauten" | "verkünden")
    })?;
    let opens = opening(view, body, finite);
    let source = if opens < finite && view.role(opens) != Role::Preposition {
        noun_phrase(view, opens, finite)
    } else {
        noun_phrase(view, finite + 1, says)
    };
    if source.is_empty() {
        return None;
    }
    let content = if opens == finite && finite > body.start + 1 {
        body.start..finite
    } else if matches!(view.role(says + 1), Role::Comma | Role::Colon) && says + 2 < body.end {
        says + 2..body.end
    } else {
        return None;
    };
    let content = super::clause::trim(view, content);
    (!content.is_empty()).then(|| Found::new(vec![content], Some(source), finite..finite + 1))
}

/// `Wie aus einem Bericht hervorgeht, …`, `Aus dem Bericht geht hervor, dass …`: a paper that says something.
pub(super) fn emerges(view: &View<'_>, body: &Range<usize>) -> Option<Found> {
    let from = (body.start..body.end.min(body.start + 3)).find(|at| view.word(*at) == "aus")?;
    let like = view.word(body.start) == "wie";
    let source = noun_phrase(view, from + 1, body.end);
    let cue = (source.end..body.end.min(source.end + 8))
        .find(|at| matches!(view.word(*at), "hervorgeht" | "hervorging" | "hervor"))?;
    if source.is_empty() || !(like || view.word(source.end).starts_with('g')) {
        return None;
    }
    let mut comma = (cue + 1..body.end.min(cue + 2)).find(|at| view.role(*at) == Role::Comma)?;
    let mut end = source.end;
    // “…, der dem Anzeiger vorliegt, …”
    if like
        && matches!(view.word(comma + 1), "der" | "die" | "das")
        && let Some(close) = (comma + 2..body.end.min(comma + 12)).find(|at| view.role(*at) == Role::Comma)
    {
        comma = close;
        end = close;
    }
    let content = super::clause::trim(view, comma + 1..body.end);
    (content.len() > 2).then(|| Found::new(vec![content], Some(source), cue..end.max(cue + 1)))
}

/// Who an according phrase names: the German noun phrase, without its preposition.
pub(super) fn according_source(view: &View<'_>, from: usize, ceiling: usize) -> Range<usize> {
    let from = from + usize::from(matches!(view.word(from), "von" | "vom"));
    noun_phrase(view, from, ceiling)
}

/// `einem Bericht zufolge`, `Svenja Holt zufolge`: the phrase before it.
pub(super) fn postposed(view: &View<'_>, body: &Range<usize>, cue: usize) -> Range<usize> {
    let mut at = cue;
    while at > body.start && at + 10 > cue {
        match view.role(at - 1) {
            Role::Name | Role::Determiner | Role::Number => at -= 1,
            Role::Other if !view.is_finite(at - 1) && at < cue => at -= 1,
            Role::Preposition if at < cue && matches!(view.word(at - 1), "von" | "vom") => at -= 1,
            _ => break,
        }
    }
    while at < cue && view.role(at) == Role::Other && !is_adjective(view, at) {
        at += 1;
    }
    at..cue
}
