//! Words of saying that say the opposite: `never said`, `would have said`, `as if to say`, `denied having said`.

use super::negation::{is_idiom, is_negation_at};
use super::scene::{Scene, is_that};
use crate::matching::attribution::{is_name_token, is_saying_at};
use crate::matching::fold::bits;
use crate::matching::lexicon;

/// What is wrong with the word of saying that carries a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsaid {
    /// It was not said.
    Denied,
    /// It was imagined, or said in jest.
    Supposed,
    /// It is only reported that it was said: `aurait déclaré`.
    Alleged,
}

/// How far before a word of saying what turns it may stand, in tokens.
const REACH: usize = 4;

/// What the word of saying nearest to the passage is turned into.
pub(super) fn unsaid(scene: &Scene<'_>) -> Option<Unsaid> {
    let verb = |tokens: &[usize], last: bool| {
        let mut found = tokens.iter().enumerate().filter(|(_, at)| is_uttering(**at, scene)).map(|(number, _)| number);
        if last { found.next_back() } else { found.next() }
    };
    // Inside the same marks, or without marks: only where the passage is what is said.
    if let Some(number) = verb(&scene.before, true) {
        let at = scene.before[number];
        if !scene.pause_between(at)
            && scene.span.start - at <= 4
            && let Some(unsaid) = turned(&scene.before, number, scene)
        {
            return Some(unsaid);
        }
    }
    // Behind the marks: `“…,” she never said`; before them: `she never said “…”`. Behind a conjunction something else is said:
    // `said it would “…”, but rejected calls`.
    let joins = |at: &usize| lexicon::is_conjunction(scene.key(*at), scene.language);
    let goes_on = scene.trail.first().is_some_and(joins) && verb(&scene.lead, true).is_some();
    // `which Olin called “…”, belongs to Rask, who did not return calls`: who comes behind does not say it.
    let of_another = |number: &usize| {
        scene.trail[..*number].iter().skip(1).any(|at| {
            scene.has(*at, bits::PAUSE)
                && matches!(scene.key(*at), "who" | "whose" | "which" | "whom" | "qui" | "dont" | "som")
        })
    };
    if let Some(number) = verb(&scene.trail, false).filter(|number| !goes_on && !of_another(number)) {
        // `She never said “…”, her office confirmed`: a word of saying right before the marks carries them all the same.
        let carries = |number: &usize| {
            let at = scene.lead[*number];
            at + 2 >= scene.opening && !scene.pause_between(at)
        };
        let denied = |number| turned(&scene.lead, number, scene).filter(|unsaid| *unsaid == Unsaid::Denied);
        return turned(&scene.trail, number, scene)
            .or_else(|| verb(&scene.lead, true).filter(carries).and_then(denied));
    }
    verb(&scene.lead, true).and_then(|number| turned(&scene.lead, number, scene))
}

/// Whether a token utters: a word of saying, or its infinitive or participle.
pub(super) fn is_uttering(at: usize, scene: &Scene<'_>) -> bool {
    is_saying_at(at, scene.index)
        || matches!(
            scene.key(at),
            "say"
                | "saying"
                | "tell"
                | "telling"
                | "write"
                | "writing"
                | "claim"
                | "state"
                | "utter"
                | "uttered"
                | "gesagt"
                | "sagen"
                | "dire"
                | "decir"
                | "dicho"
                | "dizer"
                | "dito"
                | "detto"
                | "gezegd"
                | "zeggen"
                | "sagt"
                | "sager"
                | "powiedziec"
                | "mowic"
                | "rici"
                | "сказать"
                | "говорить"
                | "казати"
                | "сказати"
                | "कहा"
        )
}

fn turned(tokens: &[usize], number: usize, scene: &Scene<'_>) -> Option<Unsaid> {
    let verb = tokens[number];
    let key = scene.key(verb);
    let from = number.saturating_sub(REACH);
    let mut near: Vec<usize> = Vec::new();
    let finite = is_saying_at(verb, scene.index)
        && scene.language == "en"
        && !matches!(key, "say" | "tell" | "write" | "claim" | "state");
    for at in tokens[from..number].iter().rev() {
        if lexicon::is_conjunction(scene.key(*at), scene.language) {
            break;
        }
        near.push(*at);
        let subject = is_name_token(*at, scene.index) || lexicon::is_pronoun(scene.key(*at));
        // `denied it and said`, `not long ago Ruiz said`: what stands before a conjunction, or before the subject of a
        // finite verb, turns another word.
        if scene.has(*at, bits::BREAK) && !scene.has(*at, bits::HYPHEN) || subject && finite {
            break;
        }
    }
    if scene.has(verb, bits::PAUSE) && !scene.has(verb, bits::QUOTE_MARK) {
        near.clear();
    }
    // What is imagined or heard of may have a subject between itself and the word of saying: `dreamed that she told`.
    let wide: Vec<usize> = tokens[number.saturating_sub(REACH + 1)..number].to_vec();
    let far = |words: &[&str]| wide.iter().any(|at| words.contains(&scene.key(*at)));
    let any = |words: &[&str]| near.iter().any(|at| words.contains(&scene.key(*at)));
    let negations = near.iter().filter(|at| is_negation_at(**at, scene.index) && !is_idiom(**at, scene.index)).count()
        // German and French negate behind the verb as well: `sagte nie`, `n'a jamais dit`.
        + tokens[number + 1..].iter().take(1).filter(|at| matches!(scene.key(**at), "nie" | "niemals" | "nicht" | "niet" | "nooit" | "aldri" | "aldrig" | "jamais")).count();
    // `never tires of saying`, `did not hesitate to say`: two negations that say it.
    let tireless = negations > 0
        && any(&[
            "tire",
            "tires",
            "tired",
            "stop",
            "stops",
            "stopped",
            "hesitate",
            "hesitated",
            "cease",
            "ceased",
            "help",
            "afraid",
            "ashamed",
            "shy",
        ]);
    let denying = near
        .iter()
        .filter(|at| {
            let key = scene.key(**at);
            lexicon::is_denial(key, scene.language) || REFUSALS.contains(&key)
        })
        .count();
    // `did not deny saying` says it; `nigdy nie powiedział` negates twice and means it once.
    let denying = denying + usize::from(is_denied_before_comma(tokens, number, scene));
    if (usize::from(negations > 0) + denying + usize::from(tireless)) % 2 == 1
        && !any(&["only", "just", "merely", "but"])
    {
        return Some(Unsaid::Denied);
    }
    // `Nobody said`, `No one has ever said`: the subject negates.
    let imagined = far(&[
        "imagine",
        "imagined",
        "imagines",
        "pretend",
        "pretended",
        "pretending",
        "almost",
        "picture",
        "fantasised",
        "dreamed",
        "dreamt",
        "portrayed",
        "depicted",
    ]) || near.iter().any(|at| {
        matches!(scene.key(*at), "as" | "als" | "comme" | "como" | "come")
            && near
                .iter()
                .any(|other| other > at && matches!(scene.key(*other), "if" | "though" | "ob" | "wollte" | "si" | "se"))
    });
    let modal = any(&["would", "could", "might", "should"])
        && (any(&["have", "ve"]) || matches!(key, "say" | "tell") && any(&["might", "could"]));
    let ought = is_ought(tokens, number, scene);
    let somebody =
        any(&["me", "us", "him", "her", "them", "you"]) || near.iter().any(|at| is_name_token(*at, scene.index));
    // `had expected her to say`, `urged Lind to tell`: nobody has said it yet.
    let put_in_the_mouth = any(&["want", "wants", "wanted"]) && any(&["me", "us", "him", "her", "them", "you"])
        || matches!(key, "say" | "tell" | "declare" | "admit")
            && any(&["to"])
            && far(&[
                "expected", "expect", "expects", "urged", "urge", "hoped", "begged", "waited", "wished", "pressed",
                "liked",
            ])
            && somebody;
    let wished = any(&["if", "wish", "wishes", "wished", "hatte", "wurde", "konnte"])
        && (language_form(&near, scene) || any(&["if", "wish", "wishes", "wished"]));
    let jest = any(&["jokingly", "jest", "ironically", "sarcastically", "mockingly"])
        || matches!(key, "joked" | "jokes")
        || tokens
            .get(number + 1)
            .is_some_and(|at| matches!(scene.key(*at), "jokingly" | "ironically" | "sarcastically" | "mockingly"));
    if imagined || modal || ought || wished || put_in_the_mouth {
        return Some(Unsaid::Supposed);
    }
    if jest {
        return Some(Unsaid::Alleged);
    }
    // The conditional of hearsay in Romance languages.
    let hearsay = match scene.language {
        "fr" => any(&["aurait", "auraient"]),
        "es" => any(&["habria", "habrian"]),
        "it" => any(&["avrebbe", "avrebbero"]),
        "pt" => any(&["teria", "teriam"]),
        // The modal stands before the participle: `soll gesagt haben`.
        "de" => any(&["soll", "sollen"]),
        "nl" => any(&["zou", "zouden"]),
        "sv" => any(&["ska", "skulle"]),
        "da" | "no" => any(&["skal", "skulle"]),
        "pl" => any(&["mial", "miala", "mialo"]) && key == "powiedziec",
        _ => false,
    };
    hearsay.then_some(Unsaid::Alleged)
}

/// Forms of duty that are no less of the past: `should have said` is English's own, above (keys).
fn is_duty(key: &str, language: &str) -> bool {
    match language {
        "de" => matches!(key, "sollen" | "mussen"),
        "fr" => matches!(key, "du" | "fallu"),
        "es" => matches!(key, "deberia" | "deberian" | "debia" | "debio" | "tendria" | "debiera"),
        "pt" => matches!(key, "deveria" | "deveriam" | "devia" | "deviam"),
        "it" => matches!(key, "dovuto" | "doveva"),
        "nl" => key == "moeten",
        "sv" => matches!(key, "borde" | "bort"),
        "da" | "no" | "nb" => matches!(key, "burde" | "skulde"),
        "pl" => matches!(key, "powinna" | "powinien" | "powinni"),
        "cs" => matches!(key, "mel" | "mela" | "meli"),
        "ru" => matches!(key, "должна" | "должен" | "должны" | "следовало"),
        "uk" => matches!(key, "повинна" | "повинен" | "мала" | "мав" | "мусила" | "мусив"),
        _ => false,
    }
}

/// Whether somebody only ought to have said it: `debería haber dicho`, `должна была сказать`, `had moeten zeggen`.
fn is_ought(tokens: &[usize], number: usize, scene: &Scene<'_>) -> bool {
    let language = scene.language;
    let key = scene.key(tokens[number]);
    let before = tokens[number.saturating_sub(REACH)..number].iter().rev();
    let mut ahead = before.take_while(|at| !scene.has(**at, bits::PAUSE) || scene.has(**at, bits::HYPHEN));
    let duty = |at: &&usize| is_duty(scene.key(**at), language);
    let infinitive = match language {
        // The modal stands before the infinitive of saying; behind a past participle alone it is no duty: `es war gesagt`.
        "cs" => key == "rici",
        "ru" | "uk" | "pl" => matches!(key, "сказать" | "говорить" | "сказати" | "казати" | "powiedziec" | "mowic"),
        "de" | "fr" | "it" | "nl" => true,
        "es" => key == "dicho",
        "pt" => key == "dito",
        "sv" | "da" | "no" | "nb" => true,
        _ => false,
    };
    // `hätte sagen sollen`
    let behind = || tokens.get(number + 1).is_some_and(|at| language == "de" && is_duty(scene.key(*at), language));
    infinitive && (ahead.any(|at| duty(&at)) || behind())
}

/// Whether the clause of a word of saying is what a denial before its comma denies: `bestritt, gesagt zu haben:`,
/// `zaprzeczyła, że powiedziała:`, `отрицала, что говорила:`.
fn is_denied_before_comma(tokens: &[usize], number: usize, scene: &Scene<'_>) -> bool {
    if !matches!(scene.language, "de" | "pl" | "cs" | "sk" | "ru" | "uk" | "bg" | "hu" | "lt" | "lv" | "fi") {
        return false;
    }
    let from = number.saturating_sub(REACH + 1);
    let Some(opens) = (from..=number).rev().find(|at| scene.has(tokens[*at], bits::PAUSE)) else { return false };
    let content = is_that(scene.key(tokens[opens]), scene.language) || opens == number;
    // `bestritt das, sagte aber: “…”`: a finite verb of German opens no clause that is denied.
    let infinitive = scene.language != "de" || opens < number || !is_saying_at(tokens[number], scene.index);
    let denies = |at: usize| lexicon::is_denial(scene.key(at), scene.language);
    let before = &tokens[opens.saturating_sub(2)..opens];
    content
        && (opens < number || scene.language == "de")
        && infinitive
        && before
            .last()
            .is_some_and(|last| denies(*last) || scene.has(*last, bits::CAPITAL) && before.iter().any(|at| denies(*at)))
        && !tokens[opens.saturating_sub(REACH)..opens].iter().any(|at| is_negation_at(*at, scene.index))
}

/// Verbs and nouns that negate the word of saying behind them.
const REFUSALS: &[&str] = &[
    "refused",
    "refuses",
    "declined",
    "declines",
    "refrained",
    "short",
    "avoided",
    "avoids",
    "failed",
    "unable",
    "forgot",
    "omitted",
    "nobody",
    "none",
];

/// German `hätte`, `würde` and `könnte` differ from `hatte`, `wurde` and `konnte` by their vowel alone.
fn language_form(near: &[usize], scene: &Scene<'_>) -> bool {
    near.iter().any(|at| {
        matches!(scene.index.form(*at), "hätte" | "würde" | "könnte" | "hätten" | "würden" | "Hätte" | "Würde")
    })
}
