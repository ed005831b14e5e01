//! Governed words: what an English clause of content hangs from, and what opens a sentence, where that does not say it is so:
//! `we do not recommend that | …`, `there is a risk that | …`, `the brochure promises that | …`, `in theory, | …`.
//!
//! A clause of content is clean under a governor that asserts it. Where the speaker's own verb is none that is known to
//! assert, a person has to read the sentence.

use std::sync::LazyLock;

use super::clause::{Clause, language};
use super::governing::{self, governs};
use super::negation::{is_idiom, is_negation_at};
use super::scene::{Scene, is_that};
use super::stance::Stance;
use crate::matching::asked::Asked;
use crate::matching::attribution::{is_name_token, is_person_noun, is_saying_at};
use crate::matching::fold::bits;
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;

/// The classes of `terms/governors.txt`; the file says what each holds.
struct Tables {
    retract: Phrases<()>,
    words: Phrases<()>,
    exclude: Phrases<()>,
    aim: Phrases<()>,
    urge: Phrases<()>,
    doubtful: Phrases<()>,
    possible: Phrases<()>,
    settled: Phrases<()>,
    turner: Phrases<()>,
    risk: Phrases<()>,
    hope: Phrases<()>,
    suppose: Phrases<()>,
    guessed: Phrases<()>,
    staged: Phrases<()>,
    asserts: Phrases<()>,
    reports: Phrases<()>,
    warrants: Phrases<()>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let of = |label| Phrases::class(include_str!("../terms/governors.txt"), label);
    Tables {
        retract: of("retract"),
        words: of("words"),
        exclude: of("exclude"),
        aim: of("aim"),
        urge: of("urge"),
        doubtful: of("doubtful"),
        possible: of("possible"),
        settled: of("settled"),
        turner: of("turner"),
        risk: of("risk"),
        hope: of("hope"),
        suppose: of("suppose"),
        guessed: of("guessed"),
        staged: of("staged"),
        asserts: of("asserts"),
        reports: of("reports"),
        warrants: of("warrants"),
    }
});

/// How far behind a predicate of taking back its word of saying may stand, in words.
const SAYING_REACH: usize = 6;

/// How far before the passage the conjunction of its clause may stand, in words.
const THAT_REACH: usize = 6;

/// What the governor of the passage makes of it; nothing where it asserts it, or where there is none.
pub(super) fn governed(scene: &Scene<'_>, asked: &Asked<'_>) -> Option<Stance> {
    if language(scene) != "en" {
        return None;
    }
    let clause = Clause::new(scene);
    let tables = &*TABLES;
    let all = || 0..clause.words.len();
    if all().any(|number| retracts(&clause, number, tables))
        || all().any(|number| only_a_fool(&clause, number) || too_much(&clause, number))
        || cannot_see_how(&clause)
    {
        return Some(Stance::Denied);
    }
    if let Some(stance) = all().find_map(|number| by_content(&clause, number, tables)) {
        return Some(stance);
    }
    if all().any(|number| supposes(&clause, number, tables)) {
        return Some(Stance::Supposed);
    }
    let open = opens_guessing(scene, tables)
        || is_charged_with(&clause)
        || all().any(|verb| is_told_by_another(&clause, verb, tables, asked))
        || accords(scene, asked)
        || is_unknown(&clause, tables);
    open.then_some(Stance::Hedged)
}

/// What a statement says itself of how its quotation is governed: that it is denied, or only possible.
pub(super) fn states(keys: &[String], language: &str) -> (bool, bool) {
    let tables = &*TABLES;
    let language = if language.is_empty() { "en" } else { language };
    let any = |of: &[&Phrases<()>]| of.iter().any(|table| table.within(keys, language));
    let denied = any(&[&tables.retract, &tables.exclude, &tables.doubtful]);
    let possible = any(&[&tables.possible, &tables.guessed, &tables.staged, &tables.hope]);
    let risk = keys.windows(2).any(|pair| {
        tables.risk.at(language, |next| (next == 0).then_some(pair[0].as_str())).is_some()
            && matches!(pair[1].as_str(), "that" | "of" | "is" | "was")
    });
    (denied, possible || risk)
}

/// Whether the passage stands in the clause of content that opens behind a word, at most `slack` words on.
fn has_content(clause: &Clause<'_>, end: usize, slack: usize) -> bool {
    let count = clause.words.len();
    let that = (end..(end + slack + 1).min(count)).find(|number| is_that(clause.key(*number), "en"));
    match that {
        // A clause that goes on behind `but` or `because` is another one.
        Some(that) => {
            count - that <= THAT_REACH + 1
                && !(that..count).any(|number| matches!(clause.key(number), "but" | "because" | "so" | "which" | "who"))
        }
        None => clause.opens_with_that && count <= end + slack,
    }
}

/// `I withdraw my remark that | …`, `I was wrong when I said | …`, `apologised for saying that | …`.
fn retracts(clause: &Clause<'_>, number: usize, tables: &Tables) -> bool {
    let Some(length) = clause.phrase_at(number, &tables.retract) else { return false };
    let from = number + length;
    // `I regret to say that | …` says it.
    if clause.key(from) == "to" || !clause.negations(number).is_multiple_of(2) && !is_wish(clause.key(number)) {
        return false;
    }
    (from..(from + SAYING_REACH).min(clause.words.len())).any(|verb| {
        let says = (is_saying_at(clause.words[verb], clause.scene.index)
            || governing::is_plain_saying(clause.key(verb)))
            && governs(clause, verb);
        says || clause.phrase_at(verb, &tables.words).is_some_and(|length| has_content(clause, verb + length, 0))
    })
}

/// Predicates of taking back that are negated themselves: `should not have said`.
fn is_wish(key: &str) -> bool {
    matches!(key, "should" | "shouldn" | "wish")
}

/// `Only a fool would argue that | …`.
fn only_a_fool(clause: &Clause<'_>, number: usize) -> bool {
    let would = (number + 2..(number + 6).min(clause.words.len()))
        .find(|at| matches!(clause.key(*at), "would" | "could" | "can" | "d"));
    clause.key(number) == "only"
        && would.is_some_and(|would| {
            (would + 1..(would + 4).min(clause.words.len())).any(|verb| {
                clause.phrase_at(verb, &governing::TABLES.attitude).is_some()
                    && governs(clause, verb)
                    && clause.negations(verb).is_multiple_of(2)
            })
        })
}

/// `Too little has been done for anyone to claim that | …`; `only too happy to say that | …` says it.
fn too_much(clause: &Clause<'_>, number: usize) -> bool {
    let before = number.checked_sub(1).map_or("", |before| clause.key(before));
    let to = (number..clause.words.len()).rev().find(|at| clause.key(*at) == "to");
    clause.key(number) == "too"
        && !matches!(before, "only" | "all" | "me" | "us" | "him" | "her" | "them")
        && !clause.scene.has(clause.words[(number + 1).min(clause.words.len() - 1)], bits::BREAK)
        && clause.negations(number).is_multiple_of(2)
        && to.is_some_and(|to| {
            (to..(to + 3).min(clause.words.len()))
                .any(|verb| clause.phrase_at(verb, &governing::TABLES.attitude).is_some() && governs(clause, verb))
        })
}

/// `I fail to see how | …`, `I cannot imagine how | …`.
fn cannot_see_how(clause: &Clause<'_>) -> bool {
    let count = clause.words.len();
    let see = |number: usize| matches!(clause.key(number), "see" | "imagine" | "think" | "fathom" | "conceive");
    count >= 3
        && clause.key(count - 1) == "how"
        && see(count - 2)
        && (count.saturating_sub(6)..count - 2).any(|number| {
            is_negation_at(clause.words[number], clause.scene.index)
                || matches!(
                    clause.key(number),
                    "fail" | "failed" | "fails" | "hard" | "difficult" | "struggle" | "unable"
                )
        })
}

/// What an adjective, a noun or a verb right before `that` makes of the clause behind it.
fn by_content(clause: &Clause<'_>, number: usize, tables: &Tables) -> Option<Stance> {
    let negated = || clause.negations(number) % 2 == 1 || is_scarce(clause, number);
    let content = |table: &Phrases<()>, slack: usize| {
        clause.phrase_at(number, table).is_some_and(|length| has_content(clause, number + length, slack))
    };
    if content(&tables.doubtful, 2) {
        return Some(if negated() { Stance::Hedged } else { Stance::Denied });
    }
    if content(&tables.settled, 2) && is_turned(clause, number, tables) {
        return Some(Stance::Denied);
    }
    // `is possible that | …`; with the copula, so that `the likely effect that` is none.
    let predicate = || {
        clause.key(number).ends_with("be")
            || matches!(clause.key(number), "may" | "might" | "could" | "cannot" | "can" | "couldn")
            || (number.saturating_sub(4)..number).any(|at| is_copula(clause.key(at)))
    };
    if content(&tables.possible, 0) && predicate() {
        return Some(if negated() { Stance::Denied } else { Stance::Hedged });
    }
    if content(&tables.risk, 0) || is_noun_that_is(clause, number, &tables.risk) {
        return Some(if negated() { Stance::Denied } else { Stance::Hedged });
    }
    if content(&tables.exclude, 1) {
        return Some(if clause.negations(number) % 2 == 1 { Stance::Hedged } else { Stance::Denied });
    }
    // `We have yet to establish that | …`
    if clause.key(number) == "yet" && clause.key(number + 1) == "to" && has_content(clause, number + 3, 2) {
        return Some(Stance::Denied);
    }
    let aim = content(&tables.aim, 0) && is_nobodys(clause, number) || is_noun_that_is(clause, number, &tables.aim);
    ((aim || content(&tables.urge, 2)) && clause.negations(number) % 2 == 1).then_some(Stance::Denied)
}

/// `was never our intention that | …`, but not `has never wavered in her view that | …`: the noun itself is negated.
fn is_nobodys(clause: &Clause<'_>, number: usize) -> bool {
    let determines = |at: &usize| {
        let key = clause.key(*at);
        lexicon::is_pronoun(key)
            || matches!(key, "the" | "a" | "an" | "any" | "ever" | "been" | "my" | "our" | "stated" | "original")
    };
    let from = (0..number).rev().take_while(determines).last().unwrap_or(number);
    from > 0 && is_negation_at(clause.words[from - 1], clause.scene.index)
        || (from..number).any(|at| is_negation_at(clause.words[at], clause.scene.index))
}

/// `The risk is that | …`.
fn is_noun_that_is(clause: &Clause<'_>, number: usize, table: &Phrases<()>) -> bool {
    clause.phrase_at(number, table).is_some_and(|length| {
        let copula = number + length;
        is_copula(clause.key(copula)) && has_content(clause, copula + 1, 1)
    })
}

fn is_copula(key: &str) -> bool {
    matches!(key, "is" | "are" | "was" | "were" | "s" | "be" | "been" | "seems" | "seemed" | "remains" | "looks")
}

/// `little chance that | …`.
fn is_scarce(clause: &Clause<'_>, number: usize) -> bool {
    (number.saturating_sub(2)..number)
        .any(|at| matches!(clause.key(at), "little" | "scant" | "slim" | "hardly" | "scarcely" | "negligible" | "zero"))
}

/// `far from certain that | …`.
fn is_turned(clause: &Clause<'_>, number: usize, tables: &Tables) -> bool {
    (number.saturating_sub(5)..number).any(|at| {
        clause.phrase_at(at, &tables.turner).is_some_and(|length| at + length <= number && number - (at + length) <= 1)
    })
}

/// `Let us assume that | …`, `Had I known that | …`.
fn supposes(clause: &Clause<'_>, number: usize, tables: &Tables) -> bool {
    let scene = clause.scene;
    if let Some(length) = clause.phrase_at(number, &tables.suppose) {
        let end = number + length;
        return has_content(clause, end, 4) || clause.words.len() <= end + 4;
    }
    let at = clause.words[number];
    let opens = scene.has(at, bits::SENTENCE) || scene.in_marks_from(at);
    // `Assume that | …`; `I assume that | …` is another matter.
    if opens && matches!(clause.key(number), "assume" | "presume" | "pretend") {
        return has_content(clause, number + 1, 4);
    }
    let subject = clause.words.get(number + 1).is_some_and(|next| {
        lexicon::is_pronoun(scene.key(*next))
            || matches!(scene.key(*next), "the" | "a")
            || is_name_token(*next, scene.index)
    });
    clause.key(number) == "had"
        && opens
        && subject
        && (number + 2..clause.words.len()).any(|verb| governs(clause, verb))
}

/// `In theory, | …`, `Just because | …`: the sentence, or the speech, opens by it.
fn opens_guessing(scene: &Scene<'_>, tables: &Tables) -> bool {
    let own: Vec<usize> = scene.before.iter().copied().filter(|at| *at >= scene.sentence.start).collect();
    let key = |number: usize| own.get(number).map(|at| scene.key(*at));
    let joined = own.last().is_some_and(|last| last + 1 == scene.span.start);
    let skip = usize::from(key(0).is_some_and(|key| matches!(key, "and" | "but" | "so" | "or")));
    let found = [&tables.guessed, &tables.staged]
        .iter()
        .find_map(|table| table.at("en", |next| key(skip + next)).map(|found| skip + found.length));
    joined
        && found.is_some_and(|length| {
            let rest = &own[length..];
            rest.is_empty()
                || rest.len() <= 2 && rest.iter().all(|at| is_that(scene.key(*at), "en") || scene.key(*at) == "then")
        })
}

/// `They accuse me of | having …`.
fn is_charged_with(clause: &Clause<'_>) -> bool {
    // `accuse me of thinking that | …`
    let that = usize::from(clause.key(clause.words.len().saturating_sub(1)) == "that");
    let count = clause.words.len() - that;
    let ends = count > 0 && clause.key(count - 1).ends_with("ing");
    let count = count - usize::from(ends);
    let charge = |key: &str| {
        ["accus", "suspect", "blam", "charg", "convict", "acquit", "clear", "condemn", "indict"]
            .iter()
            .any(|stem| key.starts_with(stem))
    };
    count >= 3
        && matches!(clause.key(count - 1), "of" | "for" | "with")
        && matches!(clause.key(count - 2), "me" | "us" | "myself" | "ourselves")
        && charge(clause.key(count - 3))
        && clause.scene.is_spoken(clause.words[count - 1])
}

/// `The brochure promises that | …`, `My foreman swears | …`, in the speaker's own words; unless the statement names them, or it
/// is a witness of the speaker's: `the law says that | …`.
fn is_told_by_another(clause: &Clause<'_>, verb: usize, tables: &Tables, asked: &Asked<'_>) -> bool {
    let scene = clause.scene;
    if clause.phrase_at(verb, &tables.reports).is_none()
        || verb == 0
        || !scene.is_spoken(clause.words[verb])
        || !(has_content(clause, verb + 1, 2) || clause.is_last(verb) && !scene.has(scene.span.start, bits::PAUSE))
        || clause.negations(verb) % 2 == 1
    {
        return false;
    }
    let start = clause.start_of(verb);
    let determines = |key: &str| {
        matches!(
            key,
            "the"
                | "a"
                | "an"
                | "this"
                | "these"
                | "those"
                | "their"
                | "his"
                | "her"
                | "its"
                | "my"
                | "our"
                | "your"
                | "some"
                | "one"
                | "another"
                | "every"
        )
    };
    let subject: Vec<&str> = (start..verb).map(|number| clause.key(number)).collect();
    // `The drought tells us that | …`: what nobody wrote is the speaker's own inference
    let somebodys = |key: &&str| is_person_noun(key, "en") || lexicon::is_utterance(key);
    let inferred = || clause.key(verb + 1) == "us" && !subject.iter().any(&somebodys);
    let told = || asked.outside_keys.iter().any(|key| !lexicon::is_stop_word(key) && subject.contains(&key.as_str()));
    subject.len() >= 2
        && subject.len() <= 8
        && determines(subject[0])
        && !subject.iter().any(|key| matches!(*key, "i" | "we" | "you" | "to" | "who" | "me" | "us"))
        && !subject.iter().any(|key| tables.warrants.begins(key))
        && !inferred()
        && !told()
}

/// `According to the mayor, | …`, `… |, according to the mayor`, in the speaker's own words.
fn accords(scene: &Scene<'_>, asked: &Asked<'_>) -> bool {
    let follows = |tokens: &[usize], joined: bool| {
        let key = |number: usize| tokens.get(number).map_or("", |at| scene.key(*at));
        joined
            && tokens.first().is_some_and(|at| scene.is_spoken(*at))
            && key(0) == "according"
            && key(1) == "to"
            && !tokens.iter().take(4).any(|at| {
                matches!(
                    scene.key(*at),
                    "plan" | "plans" | "schedule" | "law" | "rules" | "tradition" | "need" | "me" | "us"
                )
            })
    };
    let before: Vec<usize> = scene.before.iter().copied().filter(|at| *at >= scene.sentence.start).collect();
    let paused = scene.has(scene.span.start, bits::PAUSE);
    let front =
        before.len() <= if paused { 9 } else { 6 } && !before.iter().skip(1).any(|at| scene.has(*at, bits::SENTENCE));
    let back = scene.after.first() == Some(&scene.span.end);
    (follows(&before, front) || follows(&scene.after, back)) && !asked.outside_keys.iter().any(|key| key == "according")
}

/// Whether the speaker's own verb right before `that` is none that is known to assert what follows.
fn is_unknown(clause: &Clause<'_>, tables: &Tables) -> bool {
    let scene = clause.scene;
    let count = clause.words.len();
    let Some(that) = (count.saturating_sub(4)..count).rev().find(|number| is_that(clause.key(*number), "en")) else {
        return false;
    };
    // `tell you that`, `say gladly that`
    let light = |number: &usize| lexicon::is_pronoun(clause.key(*number)) || clause.key(*number).ends_with("ly");
    let between = (0..that).rev().take(2).take_while(light).count();
    let Some(verb) = that.checked_sub(between + 1) else { return false };
    let start = clause.start_of(verb);
    let subject = (start..verb).rev().find(|number| matches!(clause.key(*number), "i" | "we"));
    let Some(subject) = subject.filter(|_| scene.is_spoken(clause.words[verb])) else { return false };
    // A noun, or an adjective, governs in its own way: `we have the problem that`, `I am lucky that`.
    let near = |number: usize| {
        let key = clause.key(number);
        key.ends_with("ly")
            || matches!(
                key,
                "have"
                    | "had"
                    | "ve"
                    | "d"
                    | "will"
                    | "ll"
                    | "would"
                    | "can"
                    | "could"
                    | "must"
                    | "should"
                    | "may"
                    | "might"
                    | "do"
                    | "did"
                    | "also"
                    | "always"
                    | "never"
                    | "still"
                    | "just"
                    | "even"
                    | "now"
                    | "then"
                    | "to"
                    | "not"
                    | "t"
                    | "want"
                    | "both"
                    | "all"
                    | "often"
                    | "once"
                    | "first"
                    | "only"
                    | "shall"
            )
    };
    (subject + 1..verb).all(near)
        && clause.phrase_at(verb, &tables.asserts).is_none()
        && clause.phrase_at(verb, &governing::TABLES.attitude).is_none()
        && !is_saying_at(clause.words[verb], scene.index)
        // `I do not deny that | …`: a denial is another rule's.
        && !lexicon::is_denial(clause.key(verb), "en")
        && !clause.words[..that].iter().any(|at| is_negation_at(*at, scene.index) && is_idiom(*at, scene.index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predicates_that_negate_themselves_are_told_from_copulas() {
        for (key, wish, copula) in [
            ("should", true, false),
            ("wish", true, false),
            ("is", false, true),
            ("remains", false, true),
            ("have", false, false),
        ] {
            assert_eq!((is_wish(key), is_copula(key)), (wish, copula), "{key}");
        }
    }
}
