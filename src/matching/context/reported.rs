//! Reported words: inside the speaker's own words somebody else is said to say the passage, without marks: `My husband said
//! that | …`, `When a finance director tells you | …`.

use super::clause::Clause;
use super::governing::{TABLES, is_knowing, is_opining, is_plain_saying};
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
    // Participles and forms that carry no quotation of the page: `hat versprochen`, `prometió`.
    let tables = &*TABLES;
    let foreign =
        clause.scene.language != "en" && clause.phrase_at(verb, &tables.attitude).is_some() && !is_knowing(key);
    // `The divers confirmed that | …`: the speaker takes it for so.
    let holds =
        matches!(key, "confirm" | "confirms" | "confirmed" | "revealed" | "reveals" | "discovered" | "established");
    (speaks || plain || is_opining(key) || foreign) && !holds
}

/// Whether the passage is what the verb says: behind a conjunction, right behind it, or behind whoever is told.
fn carries(clause: &Clause<'_>, verb: usize) -> bool {
    let rest = verb + 1..clause.words.len();
    let whom = |number: usize| {
        lexicon::is_pronoun(clause.key(number))
            || is_name_token(clause.words[number], clause.scene.index)
            || is_person_noun(clause.key(number), super::clause::language(clause.scene))
    };
    // `told the clerk | …`, but not `promised us a | …`
    let determines = |number: usize| {
        matches!(clause.key(number), "the" | "a" | "an" | "my" | "our" | "his" | "her" | "their")
            && number + 1 < clause.words.len()
    };
    let told = rest.len() <= 2 && rest.clone().all(|number| whom(number) || determines(number));
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
    let before = heard.map_or(before, |heard| heard..verb);
    let unwritten = (verb.saturating_sub(2)..=verb)
        .any(|number| is_first_person(clause.key(number), super::clause::language(scene)));
    // `il faut dire que`: nobody in particular says so.
    let impersonal = before.clone().any(|number| matches!(clause.key(number), "faut" | "faudrait" | "fallait"));
    if before.clone().any(own) || meant || unwritten || impersonal {
        return None;
    }
    let behind = || {
        let that = (verb + 1..clause.words.len()).find(|number| is_that(clause.key(*number), scene.language));
        verb + 1..that.unwrap_or(verb + 1)
    };
    let pronoun = |number: usize| is_third_person(clause.key(number), super::clause::language(scene));
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
    // `le dije al ministro que | …`: whoever is told stands behind a preposition.
    let told = || {
        behind().any(|number| {
            lexicon::is_preposition(clause.key(number), scene.language)
                || matches!(clause.key(number), "al" | "au" | "aux" | "allo" | "alla" | "ao" | "aos" | "dem" | "den")
        })
    };
    (inverted && !behind().any(own) && !told() && behind().any(person))
        .then(|| behind().filter(|number| person(*number)).map(|number| clause.key(number)).collect())
}

/// Personal pronouns of the third person, as subjects (keys).
fn is_third_person(key: &str, language: &str) -> bool {
    let pronouns: &[&str] = match language {
        "en" => &["he", "she", "they"],
        "de" => &["er"],
        "fr" => &["il", "elle", "ils", "elles"],
        "es" => &["ella", "ellos", "ellas"],
        "pt" => &["ele", "ela", "eles", "elas"],
        "it" => &["lui", "lei", "loro"],
        "nl" => &["hij", "zij"],
        "sv" | "da" | "no" | "nb" => &["han", "hon", "hun"],
        "ru" => &["он", "она", "они"],
        "uk" => &["він", "вона", "вони"],
        _ => &[],
    };
    pronouns.contains(&key)
}

/// Verbs and auxiliaries that only an unwritten `I` or `we` takes (keys).
fn is_first_person(key: &str, language: &str) -> bool {
    match language {
        "es" => matches!(
            key,
            "dije"
                | "digo"
                | "prometi"
                | "creo"
                | "pienso"
                | "he"
                | "hemos"
                | "dijimos"
                | "decimos"
                | "conte"
                | "asegure"
        ),
        "it" => matches!(key, "ho" | "abbiamo" | "dico" | "diciamo" | "dissi" | "penso" | "credo"),
        "pt" => matches!(key, "digo" | "dizemos" | "prometi" | "dissemos" | "acho" | "penso" | "temos" | "tenho"),
        "pl" => key.ends_with("lem") || key.ends_with("lam") || matches!(key, "mowie" | "mysle"),
        _ => false,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::phrases::key_of;

    #[test]
    fn persons_are_known_by_their_pronouns_and_verbs() {
        for (language, third, own) in [
            ("en", "he she they", "we you"),
            ("de", "er", "wir"),
            ("fr", "il elles", "nous"),
            ("es", "ella ellos", "nosotros"),
            ("pt", "ele elas", "eu"),
            ("it", "lui loro", "noi"),
            ("nl", "hij zij", "wij"),
            ("sv", "han hon", "jag"),
            ("da", "han hun", "jeg"),
            ("no", "han hun", "jeg"),
            ("ru", "он они", "мы"),
            ("uk", "він вони", "ми"),
            ("pl", "", "on"),
        ] {
            for (words, wanted) in [(third, true), (own, false)] {
                for word in words.split_whitespace() {
                    assert_eq!(is_third_person(&key_of(word), language), wanted, "{language}: {word}");
                }
            }
        }
        for (language, own, others) in [
            ("es", "dije creo hemos", "dijo cree han"),
            ("it", "ho credo dico", "ha crede"),
            ("pt", "digo acho temos", "diz tem"),
            ("pl", "powiedziałem powiedziałam mówię", "powiedział mówi"),
            ("en", "", "said"),
        ] {
            for (words, wanted) in [(own, true), (others, false)] {
                for word in words.split_whitespace() {
                    assert_eq!(is_first_person(&key_of(word), language), wanted, "{language}: {word}");
                }
            }
        }
    }
}
