//! Tests of what a claim's thing is to a source's, each written down by what is read around its figure.

use super::contrast::{Contradiction, contradicts};
use super::frame::{Complement, Lead, Name};
use super::motion::Step;
use super::*;
use crate::matching::figure::sense;
use crate::matching::figure::tests::follow;

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// `(a b) (c)`
fn groups(text: &str) -> Vec<Vec<String>> {
    text.split(')').filter_map(|group| group.split_once('(')).map(|(_, group)| words(group)).collect()
}

/// `boats in:Harlow`: a role before a colon, and a capital for a name.
fn owned(words: Vec<String>) -> Vec<Owned> {
    let one = |text: String| {
        let (role, word) = text.split_once(':').unwrap_or(("", &text));
        Owned { word: word.to_lowercase(), name: word.to_lowercase() != word, role: role.to_owned() }
    };
    words.into_iter().map(one).collect()
}

/// `(in harlow)`: the preposition first.
fn complements(text: &str) -> Vec<Complement> {
    let one = |mut group: Vec<String>| Complement { preposition: group.remove(0), words: group };
    groups(text).into_iter().map(one).collect()
}

fn kept(text: &str) -> &'static str {
    String::from(text).leak()
}

/// A thing as a row has it: what the table of frames asks for, `name=value` each. What is not given of the clause is made of
/// its lead and of what stands behind; what is not given of the sentence, of all the words that are.
fn written(text: &str) -> Thing {
    let mut thing = Thing::default();
    let (mut clause, mut all, mut sayings) = (None, None, None);
    for field in text.split(';').map(str::trim).filter(|field| !field.is_empty() && *field != "-") {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        let frame = &mut thing.frame;
        match name {
            "noun" => thing.noun = words(value),
            "own" => thing.own = owned(words(value)),
            "others" => thing.others = groups(value).into_iter().map(owned).collect(),
            "shared" => thing.shared = words(value),
            "predicate" => thing.predicate = words(value),
            "event" => thing.event = Some(sense::event(value).unwrap_or_else(|| panic!("no event: {value}"))),
            "rate" => thing.rate = Some(kept(value)),
            "rates" => thing.rates = value.split(' ').map(kept).collect(),
            "near-rates" => thing.near_rates = value.split(' ').map(kept).collect(),
            "years" => thing.years = words(value),
            "near-years" => thing.near_years = words(value),
            "later-years" => thing.later_years = words(value),
            "times" => thing.times = words(value),
            "other-times" => thing.other_times = words(value),
            "parts" => thing.parts = words(value),
            "givers" => thing.givers = words(value),
            "name" => thing.name = words(value),
            "from" => thing.from = true,
            "to" => thing.to = true,
            "former" => thing.former = true,
            "alone" => thing.alone = true,
            "open" => thing.open = true,
            "lead" => frame.lead = words(value),
            "own-subject" => frame.own_subject = true,
            "label" => frame.label = true,
            "clause" => clause = Some(words(value)),
            "behind" => frame.predicate = words(value),
            "complements" => frame.complements = complements(value),
            "leads" => {
                let one = |mut words: Vec<String>| {
                    let mut marked =
                        |mark: &str| words.first().is_some_and(|word| word == mark) && !words.remove(0).is_empty();
                    let (first, points) = (marked("1"), marked("^"));
                    Lead { words, first, points }
                };
                frame.leads = groups(value).into_iter().map(one).collect();
            }
            "predicates" => frame.predicates = groups(value),
            "other-complements" => frame.others = complements(value),
            "part-complements" => frame.parts = complements(value),
            "compared" => frame.compared = words(value),
            "compared-years" => frame.compared_years = words(value),
            "beyond-whole" => frame.beyond_whole = Some(words(value)),
            "adjunct" => frame.adjunct = true,
            "days" => frame.days = words(value),
            "of-years" => frame.years = words(value),
            "per" => frame.per = Some(value.to_owned()),
            "claimant" => frame.claimant = Some(value.to_owned()),
            "part" => frame.part = words(value),
            "difference" => frame.difference = true,
            "age" => frame.age = true,
            "bracketed" => frame.bracketed = true,
            "direction" => frame.direction = if value == "-" { -1 } else { 1 },
            "motion" => {
                frame.step = Some(match value {
                    "by" => Step::By,
                    "from" => Step::From,
                    _ => Step::To,
                });
            }
            "level" => frame.level = true,
            "changed" => frame.changed = true,
            "before-former" => frame.before_former = true,
            "compares" => frame.compares = true,
            "rival" => frame.rival = groups(value),
            "long-names" => {
                let one = |name: Vec<String>| Name { first: name[0].clone(), last: name[1].clone() };
                frame.long_names = groups(value).into_iter().map(one).collect();
            }
            "respective" => frame.respective = Some((groups(value), 0)),
            "second" => frame.respective = frame.respective.take().map(|(names, _)| (names, 1)),
            "verbs" => frame.clauses.verbs = words(value),
            "own-verbs" => frame.clauses.own_verbs = true,
            "other-verbs" => frame.clauses.others = groups(value),
            "clause-parts" => frame.clauses.parts = groups(value),
            "own-part" => frame.clauses.own_part = words(value),
            "clause-years" => frame.clauses.years = words(value),
            "other-years" => frame.clauses.other_years = words(value),
            "all" => all = Some(words(value)),
            "sayings" => sayings = Some(words(value)),
            other => panic!("no such field: {other}"),
        }
    }
    let frame = &mut thing.frame;
    frame.clause = clause.unwrap_or_else(|| frame.lead.iter().chain(&frame.predicate).cloned().collect());
    frame.all = all.unwrap_or_else(|| {
        let complements = frame.complements.iter().chain(&frame.others).flat_map(|one| &one.words);
        let others = frame.leads.iter().flat_map(|lead| &lead.words).chain(frame.predicates.iter().flatten());
        let own = thing.own.iter().map(|owned| &owned.word);
        let of_thing = thing.noun.iter().chain(own).chain(&thing.shared).chain(&thing.predicate);
        frame.clause.iter().chain(complements).chain(others).chain(&frame.compared).chain(of_thing).cloned().collect()
    });
    frame.sayings = sayings.unwrap_or_else(|| frame.all.clone());
    thing
}

#[test]
fn a_claim_s_thing_stands_to_a_source_s_as_the_table_says() {
    follow("contrasts.tsv", 251, |[question, ours, theirs]| {
        let (ours, theirs) = (written(ours), written(theirs));
        let yes = |holds: bool| if holds { "yes".to_owned() } else { "no".to_owned() };
        match question {
            "contradicts" => match contradicts(&ours.frame, &theirs.frame) {
                Some(Contradiction::Thing) => "thing".to_owned(),
                Some(Contradiction::Sign) => "sign".to_owned(),
                None => "no".to_owned(),
            },
            "agrees" => yes(told::agree(&ours.frame, &theirs.frame)),
            "recipients" => {
                let others = ours.frame.other_recipients(&theirs.frame);
                if others.is_empty() { "-".to_owned() } else { others.join(" ") }
            }
            "stands" => tests::stand_word(stand(&ours, &theirs)).to_owned(),
            other => panic!("no such question: {other}"),
        }
    });
}
