//! Documents: whose a letter, a report or an account is that says something, and what only a body has.

use std::ops::Range;

use super::clause::{Clause, is_saying_at, owner_end};
use super::gender;
use super::name::{Name, is_name_token, language, runs};
use super::papers::{holds_document, is_read_out, issues_document};
use super::people::people;
use super::person::{Person, definite_subject, sentences, who};
use super::words::{is_agent, is_definite, is_organisation, is_possessing, is_possessive};
use crate::matching::index::Index;
use crate::matching::lexicon;

/// Places of a surname at which it is asked whether it stands alone.
const PLACES: usize = 48;

/// Whose the document is that a clause speaks of as `the letter said` or `it read`: whoever wrote it, by the sentences
/// before.
pub(super) fn author(before: usize, name: &Name, block: usize, index: &Index<'_>) -> Person {
    for tokens in sentences(before, block, index) {
        let clause = Clause { tokens: &tokens, verb: None, ahead: false, index };
        if let Some(run) = owner(&clause) {
            return if name.is_in(&tokens[run], index) { Person::Speaker } else { Person::Other };
        }
        let key_is = |test: fn(&str) -> bool| tokens.iter().any(|at| test(index.key(*at)));
        let everybody = people(&tokens, index);
        let Some(lead) = everybody.iter().find(|someone| !someone.aside) else { continue };
        if !key_is(holds_document) && lead.gender.is_none() && who(lead, &tokens, name, index) == Person::Speaker {
            // `The Met Office raised its warning. It said …`
            return Person::Speaker;
        }
        if key_is(holds_document) {
            return if name.is_in(&tokens[lead.range.clone()], index) { Person::Other } else { Person::Nobody };
        }
        if key_is(issues_document) || tokens.iter().any(|at| is_saying_at(*at, index)) {
            return who(lead, &tokens, name, index);
        }
    }
    Person::Nobody
}

/// Whose utterance a clause names: `a memo by Bo Lind`, `Bo Lind's memo`.
pub(super) fn owner(clause: &Clause<'_>) -> Option<Range<usize>> {
    let owned = |run: &Range<usize>| {
        owner_end(run, clause).is_some_and(|thing| {
            (thing..clause.tokens.len().min(thing + 3)).any(|at| lexicon::is_utterance(clause.key(at)))
        })
    };
    let possessed = runs(clause.tokens, clause.index).into_iter().rev().find(owned);
    possessed.or_else(|| clause.whose_utterance().into_iter().next_back())
}

/// Whether the subject of a clause's word of saying is a document: `the letter said`, `its report found`.
pub(super) fn is_document(clause: &Clause<'_>) -> bool {
    let Some(verb) = clause.verb else { return false };
    let phrase = definite_subject(clause);
    let noun = phrase.last().is_some_and(|at| lexicon::is_utterance(clause.key(*at)));
    let it = verb.checked_sub(1).is_some_and(|before| matches!(clause.key(before), "it" | "es" | "which"));
    noun || it && !clause.opens(verb)
}

/// Pronouns and adverbs that stand beside a word which reads a document out, and name nobody: `it says`, `heißt es`, `on lit`.
fn is_nobodys_pronoun(key: &str) -> bool {
    matches!(key, "it" | "es" | "on" | "se" | "si" | "det" | "we" | "mozna" | "peut" | "puede" | "puo" | "pode")
}

/// Where the noun of a document stands which a clause before a quotation reads out, and nobody is said to speak: `In a press
/// release from the port company it says: “…”`, `In dem Brief heißt es: „…“`.
fn read_out(clause: &Clause<'_>) -> Option<usize> {
    let language = language(clause.index);
    let end = clause.tokens.len();
    let verb = (0..end).rev().find(|at| is_read_out(clause.key(*at), language))?;
    // English, German and the Romance languages need a subject that is nobody: `it says`, `heißt es`, `on lit`.
    let beside = |at: usize| at < end && is_nobodys_pronoun(clause.key(at));
    let impersonal = match language {
        "nl" | "pl" | "ru" | "uk" | "ar" | "sv" | "da" | "no" | "nb" => true,
        "de" if matches!(clause.key(verb), "steht" | "stand") => true,
        _ => verb.checked_sub(1).is_some_and(beside) || beside(verb + 1),
    };
    let personal = |at: usize| {
        let key = clause.key(at);
        (gender::of_pronoun(key, language).is_some() || is_possessive(key)) && !is_nobodys_pronoun(key)
            || match language {
                "en" | "" => matches!(key, "i" | "me"),
                "de" => key == "ich",
                "fr" => key == "je",
                _ => false,
            }
    };
    let noun = (0..end).find(|at| lexicon::is_utterance(clause.key(*at)) || is_compound(clause.key(*at), language))?;
    (clause.ahead && impersonal && end <= READ_OUT && !(0..end).any(personal)).then_some(noun)
}

/// The longest clause that reads out a document, in tokens.
const READ_OUT: usize = 24;

/// Nouns of documents that Germanic languages put together: `Anklageschrift`, `persbericht`, `pressmeddelande`.
fn is_compound(key: &str, language: &str) -> bool {
    let endings: &[&str] = match language {
        "de" => &["schrift", "mitteilung", "schreiben", "brief", "bericht", "erklarung", "meldung", "protokoll"],
        "nl" => &["bericht", "brief", "verklaring", "verslag", "rapport"],
        "sv" | "da" | "no" | "nb" => &["meddelande", "meddelelse", "melding", "brev", "rapport"],
        _ => &[],
    };
    key.chars().count() > 5 && endings.iter().any(|ending| key.ends_with(ending))
}

/// Whose the words are that a clause reads out of a document without saying that anybody speaks: of whom it names as the
/// writer, not of whoever only received it. `None` where the clause does no such thing, or names the speaker otherwise.
pub(super) fn of_document(clause: &Clause<'_>, name: &Name, before: usize, block: usize) -> Option<Person> {
    let index = clause.index;
    let noun = read_out(clause)?;
    let mentions = name.mentions(clause.tokens, index);
    if let Some(mention) = mentions.first() {
        let held = (noun + 1..clause.tokens.len()).any(|at| holds_document(clause.key(at)));
        let from = mention.range.start.checked_sub(1).map(|at| clause.key(at));
        let writes = from.is_some_and(|key| is_possessing(key) || is_agent(key) || key == "von");
        return (held && mention.range.start > noun && !writes).then_some(Person::Other);
    }
    // `In the letter it says`: whose it is stands before it, where anywhere.
    let known = noun.checked_sub(1).is_some_and(|at| {
        let key = clause.key(at);
        is_definite(key, language(index))
            || matches!(
                key,
                "this" | "that" | "dem" | "diesem" | "ce" | "cette" | "este" | "esta" | "questo" | "questa"
            )
    });
    if owner(clause).is_some() {
        return Some(Person::Nobody);
    }
    match author(before, name, block, index) {
        Person::Nobody if known && clause.tokens.len() <= noun + 4 => None,
        Person::Speaker => Some(Person::Speaker),
        // Who wrote it does not stand here.
        Person::Other | Person::Nobody => Some(Person::Nobody),
    }
}

/// Nouns of a definite subject before what is set off from its verb: `The ministry's last report, dated February 12, noted`.
fn set_off_subject(clause: &Clause<'_>) -> Vec<usize> {
    let verb = clause.verb.filter(|verb| clause.opens(*verb));
    let end = verb.and_then(|verb| (1..verb).rev().find(|at| clause.opens(*at)));
    let start = end.and_then(|end| (0..end).rev().take(7).find(|at| clause.opens(*at)));
    match (start, end) {
        (Some(start), Some(end)) if is_definite(clause.key(start), language(clause.index)) => (start + 1..end)
            .take_while(|at| !clause.is_preposition(*at) && !clause.is_name(*at))
            .filter(|at| !clause.is_closed(*at))
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether what a body has, or what its document says, is the subject of a clause's word of saying, where the speaker is a
/// person: `its support account told users`, `the institute's annual report said`.
pub(super) fn is_of_a_body(clause: &Clause<'_>, name: &Name, index: &Index<'_>) -> bool {
    let Some(verb) = clause.verb else { return false };
    let possessed = || {
        // `its guidance, published in March, says`
        let from = |end: usize| (end.saturating_sub(6)..end).rev().find(|at| clause.opens(*at));
        let mut start = from(verb);
        if clause.opens(verb) {
            start = (1..verb).rev().find(|at| clause.opens(*at)).and_then(from);
        }
        // `On Saturday its support account told`
        let its = start.and_then(|start| (start..verb).find(|at| matches!(clause.key(*at), "its" | "their")));
        its.is_some_and(|its| {
            let phrase = its + 1..verb;
            let adverbial = start == Some(its)
                || start.is_some_and(|start| clause.is_preposition(start)) && (start.unwrap_or(its)..its).len() <= 4;
            adverbial
                && phrase.clone().any(|at| !clause.is_closed(at))
                && !phrase.clone().any(|at| {
                    clause.is_name(at) && !clause.opens(verb) || gender::of_pronoun(clause.key(at), "en").is_some()
                })
        })
    };
    let bodys = || {
        let mut nouns = definite_subject(clause);
        if nouns.is_empty() {
            nouns = set_off_subject(clause);
        }
        let last = nouns.last().map(|noun| clause.key(*noun));
        last.is_some_and(is_nobodys)
            || last.is_some_and(|noun| lexicon::is_utterance(noun) || is_published(noun))
                && nouns.iter().any(|noun| {
                    is_organisation(clause.key(*noun))
                        && clause.tokens.get(noun + 1).is_some()
                        && clause.key(noun + 1) == "s"
                })
    };
    matches!(language(index), "en" | "") && (possessed() || bodys()) && is_person(name, index)
}

/// What a body publishes, beside documents (keys).
fn is_published(key: &str) -> bool {
    matches!(
        key,
        "page"
            | "account"
            | "brochure"
            | "leaflet"
            | "newsletter"
            | "bulletin"
            | "guidance"
            | "policy"
            | "advert"
            | "notice"
            | "poster"
    ) || is_nobodys(key)
}

/// What no person says (keys).
fn is_nobodys(key: &str) -> bool {
    matches!(
        key,
        "website"
            | "site"
            | "app"
            | "sign"
            | "label"
            | "packaging"
            | "system"
            | "handbook"
            | "rulebook"
            | "statute"
            | "constitution"
            | "charter"
            | "contract"
            | "dashboard"
            | "encyclopedia"
            | "dictionary"
    )
}

/// Whether a speaker is a person, by a given name, or by a surname that the page uses alone.
pub(super) fn is_person(name: &Name, index: &Index<'_>) -> bool {
    if name.keys.iter().any(|key| is_organisation(key)) {
        return false;
    }
    name.gender(index).is_some()
        || name.keys.len() >= 2
            && index.places(index.key_number(name.surname())).iter().take(PLACES).any(|place| {
                let place = *place as usize;
                is_name_token(place, index) && (place == 0 || !is_name_token(place - 1, index))
            })
}
