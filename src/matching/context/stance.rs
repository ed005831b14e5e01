//! Stances: how the clause that a passage hangs from stands to it, where it does not assert it.
//!
//! `I do not accept that | …`, `it would be wrong to say | …`, `anyone who thinks | …`, `they say | …`, `far from | …`. The
//! words are closed classes in `terms/stances.txt`; what decides is how they are built: which verb governs the passage, and
//! how often it is turned.

use super::clause::Clause;
use super::governing::{TABLES, Tables, governs, is_knowing, is_opining, is_plain_saying};
use super::scene::{Scene, is_that, sentence_at};
use super::withdrawn::{Withdrawn, withdrawn};
use crate::matching::attribution::is_saying_at;
use crate::matching::fold::bits;
use crate::matching::lexicon;

/// What the clause does with the passage instead of asserting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    /// It denies it, sets it aside, or ascribes it to whoever is wrong.
    Denied,
    /// It compares with what is not so.
    Supposed,
    /// It passes on what others say, or guesses.
    Hedged,
}

/// How the clause around a passage stands to it; nothing where it asserts it.
pub(super) fn stance(scene: &Scene<'_>) -> Option<Stance> {
    let clause = Clause::new(scene);
    let tables = &*TABLES;
    if disowned(&clause, tables)
        || ascribed(&clause, tables)
        || dismissed(&clause, tables)
        || set_aside(&clause, tables)
        || taken_back_as_subject(&clause, tables)
    {
        return Some(Stance::Denied);
    }
    match withdrawn(&clause, tables) {
        Some(Withdrawn::Denied) => return Some(Stance::Denied),
        Some(Withdrawn::Wished) => return Some(Stance::Supposed),
        Some(Withdrawn::Spread) => return Some(Stance::Hedged),
        None => {}
    }
    let irreal = (0..clause.words.len()).rev().take(6).any(|number| clause.phrase_at(number, &tables.irreal).is_some());
    if irreal || is_on_the_day(&clause) {
        return Some(Stance::Supposed);
    }
    if is_said_to_call(&clause, tables) || faced_with(&clause, tables) {
        return Some(Stance::Hedged);
    }
    if hearsay(&clause, tables) {
        return Some(if is_taken_back(scene) { Stance::Denied } else { Stance::Hedged });
    }
    // `my fear is that | …`
    let that = usize::from(clause.words.last().is_some_and(|at| is_that(scene.key(*at), scene.language)));
    let guessed = (0..=that).any(|skip| clause.phrase_before(skip, &tables.guess).is_some());
    (guessed && !scene.has(scene.span.start, bits::PAUSE)).then_some(Stance::Hedged)
}

/// Whether the verb that governs the passage is turned twice, which asserts it: `it would not be wrong to say that | …`.
pub(super) fn is_turned_twice(scene: &Scene<'_>) -> bool {
    let clause = Clause::new(scene);
    let tables = &*TABLES;
    (0..clause.words.len()).any(|number| {
        let turns = || clause.negations(number) + averse_before(&clause, number, tables);
        clause.phrase_at(number, &tables.attitude).is_some()
            && governs(&clause, number)
            && clause.is_negated_in_vain(number, turns())
    })
}

/// `the day I say | …`: it has not come.
fn is_on_the_day(clause: &Clause<'_>) -> bool {
    (1..clause.words.len()).any(|number| {
        matches!(clause.key(number), "day" | "moment" | "minute" | "second" | "hour")
            && clause.key(number - 1) == "the"
            && (number + 2..(number + 5).min(clause.words.len()))
                .any(|verb| is_plain_saying(clause.key(verb)) && governs(clause, verb))
    })
}

/// `avrebbe definito l’isola | …`, `soll sie als | … | bezeichnet haben`: the mood of hearsay with a verb of calling.
fn is_said_to_call(clause: &Clause<'_>, tables: &Tables) -> bool {
    let mood = |key: &str| match clause.scene.language {
        "fr" => matches!(key, "aurait" | "auraient"),
        "es" => matches!(key, "habria" | "habrian"),
        "it" => matches!(key, "avrebbe" | "avrebbero"),
        "pt" => matches!(key, "teria" | "teriam"),
        "de" => matches!(key, "soll" | "sollen"),
        "nl" => matches!(key, "zou" | "zouden"),
        _ => false,
    };
    let scene = clause.scene;
    let behind = || {
        scene.following().take(3).any(|at| {
            tables.naming.at(super::clause::language(scene), |next| (next == 0).then(|| scene.key(at))).is_some()
        })
    };
    scene.in_marks
        && (0..clause.words.len()).any(|number| {
            mood(clause.key(number))
                && ((number..(number + 4).min(clause.words.len()))
                    .any(|verb| clause.phrase_at(verb, &tables.naming).is_some())
                    || matches!(scene.language, "de" | "nl") && behind())
        })
}

/// Whether a statement sets aside what it quotes: `rather than “…”`.
pub(super) fn sets_aside(keys: &[String], language: &str) -> bool {
    let language = if language.is_empty() { "en" } else { language };
    TABLES.apart.within(keys, language)
}

/// `I do not accept that | …`, `it would be wrong to say | …`, `stopped believing that | …`, `never called them “…”`: the verb
/// that governs the passage is turned an odd number of times.
fn disowned(clause: &Clause<'_>, tables: &Tables) -> bool {
    let czech = matches!(clause.scene.language, "cs" | "sk");
    (0..clause.words.len()).any(|number| {
        // Czech writes the negation and the verb as one word: `nemyslím`.
        let prefixed = || {
            let verb = clause.key(number).strip_prefix("ne");
            verb.is_some_and(|verb| tables.attitude.at("cs", |next| (next == 0).then_some(verb)).is_some())
        };
        if czech && clause.opens_content(number) && prefixed() {
            return true;
        }
        let attitude = clause.phrase_at(number, &tables.attitude).is_some() && governs(clause, number);
        let naming = !attitude
            && clause.scene.in_marks
            && clause.phrase_at(number, &tables.naming).is_some()
            && clause.words.len() - number <= 7
            && clause.words[number] < clause.scene.opening
            && !(number + 1..clause.words.len()).any(|between| {
                lexicon::is_conjunction(clause.key(between), clause.scene.language)
                    || is_saying_at(clause.words[between], clause.scene.index)
            });
        if !attitude && !naming {
            return false;
        }
        let negations = clause.negations(number);
        let averse = if attitude { averse_before(clause, number, tables) } else { 0 };
        (negations + averse) % 2 == 1
    })
}

/// How many predicates before a verb turn it: `hard to believe`, `stopped saying`.
fn averse_before(clause: &Clause<'_>, number: usize, tables: &Tables) -> usize {
    let key = clause.key(number);
    let english = super::clause::language(clause.scene) == "en";
    let infinitive = (number.saturating_sub(3)..number).any(|before| clause.key(before) == "to");
    if english && !infinitive && !key.ends_with("ing") {
        return 0;
    }
    let start = clause.start_of(number);
    // `stopped the meeting to say`: what one stops is a participle.
    let participle = |before: usize| {
        matches!(
            clause.key(before),
            "stop"
                | "stopped"
                | "quit"
                | "quits"
                | "gave"
                | "given"
                | "giving"
                | "avoid"
                | "avoids"
                | "avoided"
                | "help"
                | "refrain"
                | "refrained"
                | "short"
                | "sick"
                | "tire"
                | "tires"
                | "tired"
        )
    };
    let outside = (start..number)
        .filter(|before| clause.phrase_at(*before, &tables.averse).is_some())
        .filter(|before| !english || !participle(*before) || key.ends_with("ing"))
        .count();
    // `called it “ludicrous” to suggest that | …`: the predicate stands in marks of its own.
    let scene = clause.scene;
    let quoted = (start..number).any(|before| {
        let at = clause.words[before];
        before > start
            && clause.words[before - 1] + 2 == at
            && tables.averse.at(super::clause::language(scene), |next| (next == 0).then(|| scene.key(at - 1))).is_some()
    });
    outside.min(1) + usize::from(quoted && outside == 0)
}

/// `anyone who thinks | …`, `wer behauptet, dass | …`: whoever says so is spoken of, not what is so.
fn ascribed(clause: &Clause<'_>, tables: &Tables) -> bool {
    (0..clause.words.len()).any(|number| {
        let Some(length) = clause.phrase_at(number, &tables.anyone) else { return false };
        let relative = matches!(
            clause.key(number + length),
            "who" | "that" | "die" | "der" | "qui" | "que" | "che" | "som" | "кто" | "хто" | "co"
        );
        let alone = matches!(
            clause.key(number),
            "whoever"
                | "wer"
                | "quiconque"
                | "quien"
                | "quienes"
                | "chi"
                | "chiunque"
                | "quem"
                | "wie"
                | "kto"
                | "кто"
                | "хто"
        );
        let opens = clause.opens_clause(number);
        let from = number + length + usize::from(relative);
        (from..(from + 2).min(clause.words.len())).any(|verb| {
            let key = clause.key(verb);
            let participle =
                key.ends_with("ing") && matches!(clause.key(number), "anyone" | "anybody" | "those" | "people");
            let past = key.ends_with("ed")
                || matches!(
                    key,
                    "said" | "told" | "thought" | "knew" | "heard" | "felt" | "found" | "sagte" | "disse" | "dijo"
                );
            (alone || relative || participle)
                && opens
                && !past
                && !is_knowing(key)
                && clause.phrase_at(verb, &tables.attitude).is_some()
                && (governs(clause, verb) || participle && clause.words.len() - verb <= 2)
                && clause.negations(verb).is_multiple_of(2)
        })
    })
}

/// `scoffed at the notion that | …`, `took issue with a report that | …`.
fn dismissed(clause: &Clause<'_>, tables: &Tables) -> bool {
    (1..clause.words.len()).any(|noun| {
        clause.phrase_at(noun, &tables.claim).is_some()
            && clause.opens_content(noun)
            && (noun.saturating_sub(7)..noun).any(|verb| {
                clause.phrase_at(verb, &tables.dismiss).is_some() && clause.negations(verb).is_multiple_of(2)
            })
    })
}

/// `would not comment on a report that | …`: somebody is asked about it, and does not say it.
fn faced_with(clause: &Clause<'_>, tables: &Tables) -> bool {
    (1..clause.words.len()).any(|noun| {
        clause.phrase_at(noun, &tables.claim).is_some()
            && clause.opens_content(noun)
            && (noun.saturating_sub(6)..noun).any(|verb| clause.phrase_at(verb, &tables.faced).is_some())
    })
}

/// `far from having | …`, `rather than | …`.
fn set_aside(clause: &Clause<'_>, tables: &Tables) -> bool {
    (0..=1).any(|skip| {
        clause.phrase_before(skip, &tables.apart).is_some()
            && (skip == 0 || {
                let key = clause.key(clause.words.len() - 1);
                matches!(
                    key,
                    "having" | "being" | "a" | "an" | "the" | "avoir" | "etre" | "haber" | "ser" | "aver" | "essere"
                )
            })
    })
}

/// `Dass | … |, bestritt sie`, `the idea that | … | is absurd`: the passage stands in a clause that is the subject or object of a
/// denial behind it.
fn taken_back_as_subject(clause: &Clause<'_>, tables: &Tables) -> bool {
    let scene = clause.scene;
    // Inside marks, what stands before them is another clause: `She said: “That | …`.
    let own = |at: &usize| !scene.in_marks || *at >= scene.opening;
    let first = clause.words.iter().find(|at| own(at)).or(clause.words.first()).copied().unwrap_or(scene.span.start);
    let opens = scene.has(first, bits::BREAK) || scene.in_marks_from(first);
    let bare = is_that(scene.key(first), scene.language) && opens && clause.words.len() <= 10;
    let noun = (0..clause.words.len().min(4))
        .any(|number| clause.phrase_at(number, &tables.claim).is_some() && clause.opens_content(number));
    let said = opens && is_said_as_subject(clause, tables);
    if !(bare && (scene.language != "en" || scene.in_marks) || noun && opens || said) {
        return false;
    }
    let behind: Vec<usize> = scene.following().take(10).take_while(|at| !scene.has(*at, bits::SENTENCE)).collect();
    let language = super::clause::language(scene);
    let key = |number: usize| behind.get(number).map(|at| scene.key(*at));
    let denials = (0..behind.len())
        .filter(|number| {
            lexicon::is_denial(scene.key(behind[*number]), scene.language)
                || tables.averse.at(language, |next| key(number + next)).is_some()
        })
        .count();
    let attitudes = (0..behind.len()).any(|number| tables.attitude.at(language, |next| key(number + next)).is_some());
    let negations = behind.iter().filter(|at| super::negation::is_negation_at(**at, scene.index)).count();
    denials > 0 && negations.is_multiple_of(2) || attitudes && denials == 0 && negations == 1 && !noun && !said
}

/// `To suggest that | … | is a slur`, `Claiming | … | is absurd`: the saying of it is the subject.
fn is_said_as_subject(clause: &Clause<'_>, tables: &Tables) -> bool {
    let english = super::clause::language(clause.scene) == "en";
    (0..clause.words.len().min(3)).any(|number| {
        let infinitive = if english {
            number > 0 && clause.key(number - 1) == "to" || clause.key(number).ends_with("ing")
        } else {
            is_infinitive_of_saying(clause.key(number))
        };
        infinitive
            && clause.phrase_at(number, &tables.attitude).is_some()
            && governs(clause, number)
            && clause.negations(number) == 0
    })
}

/// Infinitives of saying that can be a subject (keys).
fn is_infinitive_of_saying(key: &str) -> bool {
    matches!(
        key,
        "behaupten"
            | "sagen"
            | "unterstellen"
            | "dire"
            | "pretendre"
            | "affirmer"
            | "decir"
            | "afirmar"
            | "sostener"
            | "sostenere"
            | "affermare"
            | "dizer"
            | "beweren"
            | "zeggen"
            | "saga"
            | "pasta"
            | "sige"
            | "si"
            | "утверждать"
            | "говорить"
            | "стверджувати"
            | "twierdzic"
            | "mowic"
    )
}

/// `they say | …`, `some people will tell you that | …`, `I am told | …`: inside the speaker's own words only.
fn hearsay(clause: &Clause<'_>, tables: &Tables) -> bool {
    let scene = clause.scene;
    let spoken = |number: usize| scene.is_spoken(clause.words[number]);
    let that = usize::from(clause.words.last().is_some_and(|at| is_that(scene.key(*at), scene.language)));
    let direct = clause.phrase_before(that, &tables.hearsay).is_some_and(|length| {
        spoken(clause.words.len() - that - length) && clause.negations(clause.words.len() - that - 1) == 0
    });
    direct
        || (0..clause.words.len()).any(|number| {
            let Some(length) = clause.phrase_at(number, &tables.others) else { return false };
            // `some of my colleagues`
            let of = matches!(clause.key(number + length), "of" | "von" | "de" | "van" | "di");
            let from = number + length + if of { 3 } else { 0 };
            spoken(number)
                && clause.opens_clause(number)
                && (from..(from + 4).min(clause.words.len())).any(|verb| {
                    let near = |between: usize| {
                        matches!(
                            clause.key(between),
                            "may"
                                | "might"
                                | "can"
                                | "could"
                                | "keep"
                                | "keeps"
                                | "kept"
                                | "have"
                                | "has"
                                | "often"
                                | "always"
                                | "also"
                                | "still"
                                | "even"
                                | "now"
                                | "then"
                                | "like"
                                | "love"
                                | "to"
                                | "will"
                                | "would"
                                | "d"
                                | "ll"
                                | "ve"
                                | "you"
                                | "me"
                                | "us"
                                | "werden"
                                | "wird"
                                | "vont"
                                | "van"
                                | "se"
                                | "immer"
                                | "toujours"
                                | "siempre"
                                | "sempre"
                        )
                    };
                    let says = (from..verb).all(near)
                        && (is_saying_at(clause.words[verb], scene.index)
                            || is_plain_saying(clause.key(verb))
                            || is_opining(clause.key(verb)));
                    says && (clause.opens_content(verb) || clause.is_last(verb)) && clause.negations(verb) == 0
                })
        })
}

/// Sentences behind the passage in which what others say may be taken back.
const ANSWERS: usize = 3;

/// Whether a short sentence behind the passage says no: `None of that is true.`, `“It isn’t.”`
pub(super) fn is_taken_back(scene: &Scene<'_>) -> bool {
    let index = scene.index;
    let own = index.block_tokens(index.block_of(scene.span.end - 1));
    let mut from = scene.sentence.end;
    for _ in 0..ANSWERS {
        if from >= own.end {
            return false;
        }
        let sentence = sentence_at(from, index);
        let short = sentence.len() <= 9;
        if short
            && (from..sentence.end).any(|at| {
                super::negation::is_negation_at(at, index) && !super::negation::is_idiom(at, index)
                    || lexicon::is_denial(index.key(at), scene.language)
            })
        {
            return true;
        }
        from = sentence.end;
    }
    false
}
