//! Reported words: inside the speaker's own words somebody else is said to say the passage, without marks: `My husband said
//! that | …`, `When a finance director tells you | …`.

use super::clause::Clause;
use super::governing::{is_opining, is_plain_saying};
use super::scene::{Scene, is_that};
use crate::matching::asked::Asked;
use crate::matching::attribution::{is_name_token, is_person_noun, is_saying_at};
use crate::matching::lexicon;

/// How far before its verb the one who says it may stand, in words.
const SUBJECT_REACH: usize = 9;

/// Whether another than the speaker is said to say the passage, and the statement does not tell so.
pub(super) fn is_reported(scene: &Scene<'_>, asked: &Asked<'_>) -> bool {
    let clause = Clause::new(scene);
    (0..clause.words.len()).any(|verb| {
        says(&clause, verb)
            && scene.is_spoken(clause.words[verb])
            && clause.negations(verb) == 0
            && carries(&clause, verb)
            && somebody(&clause, verb).is_some_and(|subject| !is_told(subject, asked))
    })
}

/// Whether a word of the clause says, tells, or thinks.
fn says(clause: &Clause<'_>, verb: usize) -> bool {
    let key = clause.key(verb);
    let speaks = is_saying_at(clause.words[verb], clause.scene.index) && !lexicon::is_asking(key);
    let plain = is_plain_saying(key)
        && !matches!(key, "mean" | "means" | "meant" | "sure" | "certain" | "aware" | "confident" | "satisfied");
    speaks || plain || is_opining(key)
}

/// Whether the passage is what the verb says: behind a conjunction, right behind it, or behind whoever is told.
fn carries(clause: &Clause<'_>, verb: usize) -> bool {
    let rest = verb + 1..clause.words.len();
    let told = rest.len() <= 2
        && rest.clone().all(|number| {
            lexicon::is_pronoun(clause.key(number)) || is_name_token(clause.words[number], clause.scene.index)
        });
    clause.opens_content(verb) || told && lexicon::is_saying(clause.key(verb)) || clause.is_last(verb)
}

/// The words of the one who says it: whoever is no `I`, `we` or `you`.
fn somebody<'c>(clause: &Clause<'c>, verb: usize) -> Option<Vec<&'c str>> {
    let scene = clause.scene;
    let from = clause.start_of(verb).max(verb.saturating_sub(SUBJECT_REACH));
    // `a man on the radio who said`: the relative pronoun means whoever stands before it.
    let relative = from.checked_sub(1).filter(|before| matches!(clause.key(*before), "who" | "qui" | "que" | "che"));
    let from = relative.map_or(from, |relative| relative.saturating_sub(5));
    let own = |number: usize| {
        matches!(
            clause.key(number),
            "i" | "we"
                | "you"
                | "let"
                | "ich"
                | "wir"
                | "je"
                | "j"
                | "nous"
                | "vous"
                | "yo"
                | "nosotros"
                | "eu"
                | "io"
                | "noi"
                | "ik"
                | "wij"
                | "we'"
                | "jag"
                | "vi"
                | "jeg"
                | "я"
                | "мы"
                | "ми"
        )
    };
    let before = from..verb;
    // `They want me to say that`: who is meant to say it is the speaker.
    let meant =
        verb > 1 && clause.key(verb - 1) == "to" && matches!(clause.key(verb - 2), "me" | "us" | "is" | "was" | "be");
    // `I have heard people say that`
    let heard = before.clone().rev().find(|number| matches!(clause.key(*number), "hear" | "heard" | "hearing"));
    let before = heard.map_or(before, |heard| heard + 1..verb);
    if before.clone().any(own) || meant {
        return None;
    }
    let behind = || {
        let that = (verb + 1..clause.words.len()).find(|number| is_that(clause.key(*number), scene.language));
        verb + 1..that.unwrap_or(verb + 1)
    };
    let pronoun = |number: usize| {
        matches!(
            clause.key(number),
            "he" | "she"
                | "they"
                | "er"
                | "il"
                | "elle"
                | "ils"
                | "elles"
                | "ella"
                | "ellos"
                | "ellas"
                | "ele"
                | "ela"
                | "eles"
                | "lui"
                | "lei"
                | "loro"
                | "hij"
                | "zij"
                | "han"
                | "hon"
                | "hun"
                | "он"
                | "она"
                | "они"
                | "він"
                | "вона"
                | "вони"
        )
    };
    let person = |number: usize| {
        let at = clause.words[number];
        pronoun(number)
            || is_person_noun(clause.key(number), super::clause::language(scene)) && !is_one(clause.key(number), scene)
            || is_name_token(at, scene.index) && at != scene.opening
    };
    if before.clone().any(person) {
        return Some(before.filter(|number| person(*number)).map(|number| clause.key(number)).collect());
    }
    // `me dijo mi marido que | …`
    let inverted = matches!(
        scene.language,
        "es" | "fr" | "it" | "pt" | "de" | "nl" | "sv" | "da" | "no" | "ru" | "uk" | "pl" | "cs"
    );
    (inverted && !behind().any(own) && behind().any(person))
        .then(|| behind().filter(|number| person(*number)).map(|number| clause.key(number)).collect())
}

/// `man`: in German and Scandinavian anybody, the speaker among them.
fn is_one(key: &str, scene: &Scene<'_>) -> bool {
    key == "man" && matches!(scene.language, "de" | "sv" | "da" | "no" | "nb")
}

/// Whether the statement tells of whoever is said to say it: `Karsk said her husband had told her that “…”`.
fn is_told(subject: Vec<&str>, asked: &Asked<'_>) -> bool {
    let sayings = asked.outside_keys.iter().filter(|key| lexicon::is_saying(key)).count();
    subject
        .iter()
        .any(|key| asked.outside_keys.iter().any(|own| own == key) && (!lexicon::is_pronoun(key) || sayings > 1))
}
