//! Persons: whom a pronoun, a noun or a document means, and who spoke last where nobody is named.

use std::ops::Range;

use super::LOOK_BACK;
use super::clause::{Clause, is_saying_at};
use super::gender::{self, Gender, of_pronoun};
use super::name::{Fit, Name, is_name_token, language};
use super::people::{Someone, people};
use super::person_noun::is_person_noun;
use super::quoted::{clause_around, outside, quoted_spans};
use super::role::Role;
use super::view;
use super::words::{is_adverb, is_definite, is_indefinite, is_organisation, is_source};
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::model::Where;

/// Sentences before the passage in which a pronoun's name is looked for.
const SENTENCES_BACK: usize = 28;
/// Places of a noun at which it is asked whom it describes.
const PLACES: usize = 48;

/// Whom a pronoun, or silence, means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Person {
    Speaker,
    Other,
    Nobody,
}

/// Who spoke last before a block, in a clause of attribution of the blocks before it.
pub(super) fn last_to_speak(block: usize, name: &Name, index: &Index<'_>) -> Person {
    for before in (block.saturating_sub(LOOK_BACK)..block).rev() {
        let quoted = quoted_spans(before, index);
        for here in quoted.iter().rev() {
            let clause = clause_around(here, quoted, before, index);
            if clause.tokens.is_empty() {
                continue;
            }
            if name.is_in(&clause.tokens, index) {
                return Person::Speaker;
            }
            let view = view(&clause, index);
            if view.verb.is_some() && (!view.speaking().is_empty() || view.has_somebody()) {
                return Person::Other;
            }
            if view.verb.is_some() {
                return Person::Nobody;
            }
        }
    }
    Person::Nobody
}

/// A sentence before a passage: its tokens outside quotation marks.
pub(super) struct Sentences<'i, 'd> {
    index: &'i Index<'d>,
    from: usize,
    end: usize,
    left: usize,
}

impl Iterator for Sentences<'_, '_> {
    type Item = Vec<usize>;

    fn next(&mut self) -> Option<Vec<usize>> {
        self.left = self.left.checked_sub(1)?;
        let last = self.end.checked_sub(1).filter(|last| *last >= self.from)?;
        let block = self.index.block_of(last);
        let sentence = self.index.sentence(&(last..last + 1));
        let quoted = quoted_spans(block, self.index);
        let mut tokens = outside(&(sentence.start..self.end), quoted, self.index);
        if tokens.is_empty() {
            tokens = aside_in_quotation(sentence.start..self.end, self.index);
        }
        if !matches!(self.index.document().blocks[block].zone.place(), Where::Body | Where::Headline | Where::Caption) {
            tokens.clear();
        }
        self.end = sentence.start;
        Some(tokens)
    }
}

/// `« Elle a gelé, a expliqué Ana Ruiz, et … »`: an attribution that the quotation's marks hold.
fn aside_in_quotation(sentence: Range<usize>, index: &Index<'_>) -> Vec<usize> {
    let pause = |at: usize| index.tokens()[at].has(bits::PAUSE);
    let Some(verb) = sentence.clone().find(|at| is_saying_at(*at, index) && (*at > sentence.start)) else {
        return Vec::new();
    };
    let start = (sentence.start..=verb).rev().take(4).find(|at| pause(*at));
    let Some(start) = start else { return Vec::new() };
    let end = (verb + 1..sentence.end).find(|at| pause(*at)).unwrap_or(sentence.end);
    if (verb + 1..end).any(|at| is_name_token(at, index)) { (start..end).collect() } else { Vec::new() }
}

pub(super) fn sentences<'i, 'd>(before: usize, block: usize, index: &'i Index<'d>) -> Sentences<'i, 'd> {
    let from = index.block_tokens(block.saturating_sub(2 * LOOK_BACK)).start;
    Sentences { index, from, end: before, left: SENTENCES_BACK }
}

/// The person whom a pronoun beside a token means: whoever speaks, else the subject, in the sentences before. `pronoun` is
/// what it says of its person; nobody of whom the page says otherwise is meant.
pub(super) fn last_person(
    before: usize,
    pronoun: Option<Gender>,
    name: &Name,
    block: usize,
    index: &Index<'_>,
) -> Person {
    for tokens in sentences(before, block, index) {
        let tokens = without_asked(tokens, index);
        let everybody = people(&tokens, index);
        let fitting: Vec<&Someone> = everybody.iter().filter(|someone| someone.fits(pronoun)).collect();
        let lead = fitting.iter().position(|someone| !someone.aside);
        if everybody.is_empty() && is_somebody_who_says(&tokens, index) {
            return Person::Other;
        }
        if let Some(person) = by_office(&tokens, pronoun, name, index).filter(|_| fitting.is_empty()) {
            return person;
        }
        // The same pronoun opens the sentence: whoever it is was named before.
        let again =
            tokens.iter().position(|at| pronoun.is_some() && of_pronoun(index.key(*at), language(index)) == pronoun);
        if again.is_some_and(|again| lead.is_none_or(|lead| fitting[lead].range.start > again)) {
            if let Some(only) = only_known(&fitting, pronoun).filter(|only| Some(only.range.start) < again) {
                return who(only, &tokens, name, index);
            }
            continue;
        }
        // The same pronoun behind the subject of its sentence is that subject.
        if let Some(lead) =
            lead.map(|lead| fitting[lead]).filter(|lead| lead.gender.is_some() && lead.gender == pronoun)
            && again.is_some_and(|again| lead.range.end <= again)
        {
            return who(lead, &tokens, name, index);
        }
        let is_name = |someone: &&Someone| name.is_in(&tokens[someone.range.clone()], index);
        let verb = tokens.iter().position(|at| is_saying_at(*at, index));
        if verb.is_some() {
            let clause = Clause { tokens: &tokens, verb, ahead: false, index };
            if name.mentions(&tokens, index).iter().any(|mention| {
                clause.role(mention) == Role::Speaks
                    && fitting.iter().any(|someone| !someone.aside && someone.range.end == mention.range.end)
            }) {
                return Person::Speaker;
            }
            let speaking = clause.speaking();
            if let Some(other) =
                fitting.iter().find(|someone| !someone.aside && speaking.iter().any(|run| run.end == someone.range.end))
            {
                return who(other, &tokens, name, index);
            }
        }
        let Some(lead) = lead else {
            match only_known(&fitting, pronoun) {
                Some(only) => return who(only, &tokens, name, index),
                None => continue,
            }
        };
        let first = fitting[lead];
        if first.gender.is_none() && only_known(&fitting, pronoun).is_some() {
            // Of somebody else the page says what the pronoun says.
            return Person::Nobody;
        }
        let together: Vec<&&Someone> = fitting[lead..]
            .iter()
            .enumerate()
            .take_while(|(at, someone)| *at == 0 || someone.joined)
            .map(|(_, one)| one)
            .collect();
        if together.len() > 1 {
            // `Ana Ruiz and Bo Lind met. She …`
            return if together.iter().any(|someone| is_name(someone)) { Person::Nobody } else { Person::Other };
        }
        return who(first, &tokens, name, index);
    }
    Person::Nobody
}

/// A sentence without what somebody was asked in it: `Asked whether Lind would attend, | Ruiz said`.
fn without_asked(tokens: Vec<usize>, index: &Index<'_>) -> Vec<usize> {
    let verb = tokens.iter().rposition(|at| is_saying_at(*at, index));
    let asked = verb.and_then(|verb| Clause { tokens: &tokens, verb: Some(verb), ahead: false, index }.asked(verb));
    match asked {
        Some(asked) => tokens[asked.end..].to_vec(),
        None => tokens,
    }
}

/// Whoever the page calls so, where an office or the like says something: `The engineer answered that …. Later he admitted`.
fn by_office(tokens: &[usize], pronoun: Option<Gender>, name: &Name, index: &Index<'_>) -> Option<Person> {
    let verb = tokens.iter().position(|at| is_saying_at(*at, index))?;
    let clause = Clause { tokens, verb: Some(verb), ahead: false, index };
    let nouns = definite_subject(&clause);
    let noun = nouns.last().map(|at| clause.key(*at))?;
    if is_organisation(noun) || lexicon::is_utterance(noun) || !gender::agree(gender::of_noun(noun), pronoun) {
        return None;
    }
    match described(&nouns, &clause, name, index) {
        Person::Speaker if !gender::agree(name.gender(index), pronoun) => Some(Person::Other),
        Person::Nobody => None,
        person => Some(person),
    }
}

/// The only one of whom the page says what the pronoun says.
fn only_known<'s>(fitting: &[&'s Someone], pronoun: Option<Gender>) -> Option<&'s Someone> {
    let mut known = fitting.iter().filter(|someone| pronoun.is_some() && someone.gender == pronoun);
    let first = known.next()?;
    known.next().is_none().then_some(*first)
}

pub(super) fn who(someone: &Someone, tokens: &[usize], name: &Name, index: &Index<'_>) -> Person {
    let named = someone.named
        && (name.is_in(&tokens[someone.range.clone()], index)
            || name
                .mentions(tokens, index)
                .iter()
                .any(|mention| someone.range.contains(&mention.range.start) && mention.fit == Fit::Same));
    if named { Person::Speaker } else { Person::Other }
}

/// `A third docker, who gave no name, said she saw it.` A person without a name is the subject, and a pronoun behind means
/// them: only where a relative pronoun says that it is a person.
fn is_somebody_who_says(tokens: &[usize], index: &Index<'_>) -> bool {
    let language = language(index);
    let Some(first) = tokens.first() else { return false };
    let head = &tokens[1..tokens.len().min(5)];
    let person = head.iter().any(|at| match language {
        "en" | "" => index.key(*at) == "who",
        "fr" => index.key(*at) == "qui",
        "de" => matches!(index.key(*at), "der" | "die") && index.tokens()[*at].has(bits::PAUSE),
        _ => false,
    });
    index.tokens()[*first].has(bits::SENTENCE)
        && is_indefinite(index.key(*first), language)
        && person
        && tokens.iter().any(|at| is_saying_at(*at, index))
}

/// Whether the speaker's is the last name before a passage.
pub(super) fn is_last_named(before: usize, name: &Name, block: usize, index: &Index<'_>) -> bool {
    for tokens in sentences(before, block, index) {
        if let Some(last) = people(&tokens, index).into_iter().rev().find(|someone| someone.named) {
            return who(&last, &tokens, name, index) == Person::Speaker;
        }
    }
    false
}

/// `The former said …, the latter …`: which of the two that were named last.
pub(super) fn former_or_latter(
    before: usize,
    clause: &[usize],
    name: &Name,
    block: usize,
    index: &Index<'_>,
) -> Option<Person> {
    let language = language(index);
    let word = |at: &usize| match (language, index.key(*at)) {
        ("en" | "", "former") | ("de", "ersterer" | "erstere") => Some(true),
        ("en" | "", "latter") | ("de", "letzterer" | "letztere") => Some(false),
        _ => None,
    };
    let first = clause.iter().enumerate().find_map(|(at, token)| {
        let alone = language == "de"
            || at > 0
                && index.key(clause[at - 1]) == "the"
                && clause.get(at + 1).is_none_or(|next| is_saying_at(*next, index) || *next != token + 1);
        word(token).filter(|_| alone)
    })?;
    for tokens in sentences(before, block, index) {
        let named: Vec<Someone> = people(&tokens, index).into_iter().filter(|someone| someone.named).collect();
        let leads: Vec<&Someone> = named.iter().filter(|someone| !someone.aside).collect();
        let pair: Vec<&Someone> = if leads.len() >= 2 { leads } else { named.iter().collect() };
        if let [one, .., other] = pair.as_slice() {
            return Some(who(if first { one } else { other }, &tokens, name, index));
        }
    }
    Some(Person::Nobody)
}

/// Whether nobody but the speaker is brought up near a block: then a pronoun or a noun can mean nobody else.
pub(super) fn is_alone(block: usize, name: &Name, index: &Index<'_>) -> bool {
    if name.is_whole() {
        // Without capitals nobody sees who else is there; the speaker's own paragraph names the speaker.
        return name.is_in(&index.block_tokens(block).collect::<Vec<_>>(), index);
    }
    let from = index.block_tokens(block.saturating_sub(LOOK_BACK)).start;
    let tokens: Vec<usize> = (from..index.block_tokens(block).end).collect();
    people(&tokens, index).iter().all(|someone| {
        name.is_in(&tokens[someone.range.clone()], index)
            || someone.gender.is_none() && !is_titled(&someone.range, &tokens, index)
            || !someone.named && someone.aside
    })
}

/// Whether a title or an office stands right before a name.
fn is_titled(run: &Range<usize>, tokens: &[usize], index: &Index<'_>) -> bool {
    run.start.checked_sub(1).is_some_and(|before| {
        let key = index.key(tokens[before]);
        lexicon::is_relation(key) || gender::of_noun(key).is_some()
    })
}

/// Nouns of the subject of a clause's word of saying, where it is a definite noun and no name: `the minister said`, `said the
/// 52-year-old minister`.
pub(super) fn definite_subject(clause: &Clause<'_>) -> Vec<usize> {
    let Some(verb) = clause.verb else { return Vec::new() };
    let index = clause.index;
    let definite = |at: usize| is_definite(clause.key(at), language(index));
    let phrase = |range: Range<usize>| -> Vec<usize> {
        let mut nouns = Vec::new();
        for at in range.clone().skip(1) {
            if clause.is_preposition(at) || clause.is_subordinator(at) || at > range.start + 1 && clause.opens(at) {
                break;
            }
            if clause.is_name(at) {
                return Vec::new();
            }
            if !clause.is_closed(at) {
                nouns.push(at);
            }
        }
        // `the club's account later posted`
        let adverb = |at: usize| is_adverb(clause.key(at)) && !is_person_noun(clause.key(at), language(index));
        while nouns.len() > 1 && nouns.last().is_some_and(|last| adverb(*last)) {
            nouns.pop();
        }
        nouns
    };
    // `said the porter`, `according to the porter`
    let behind = verb
        + 1
        + usize::from(is_source(clause.key(verb)) && verb + 1 < clause.tokens.len() && clause.is_preposition(verb + 1));
    let inverted = clause.is_inverted(verb);
    if inverted && behind < clause.tokens.len() && !clause.opens(behind) && definite(behind) {
        return phrase(behind..clause.tokens.len().min(behind + 6));
    }
    if inverted && behind < clause.tokens.len() && clause.is_bare_subject(verb, behind) {
        return vec![behind];
    }
    let mut start = verb;
    while verb - start < 6 && !clause.opens(start) {
        start -= 1;
        if definite(start) {
            let nouns = phrase(start..verb);
            let before = start.checked_sub(1).filter(|_| !clause.opens(start));
            // `The graffiti on the wall said`
            if before.is_some_and(|before| clause.is_preposition(before)) {
                continue;
            }
            return if before.is_none() { nouns } else { Vec::new() };
        }
    }
    Vec::new()
}

/// The noun that a definite subject is, among what describes it: the first one in languages whose adjectives follow.
pub(super) fn head(nouns: &[usize], clause: &Clause<'_>) -> Option<usize> {
    let first = matches!(language(clause.index), "fr" | "es" | "it" | "pt" | "ca");
    if first { nouns.first().copied() } else { nouns.last().copied() }
}

/// Whom the nouns of a definite subject describe: whoever the page names beside such a noun.
pub(super) fn described(nouns: &[usize], clause: &Clause<'_>, name: &Name, index: &Index<'_>) -> Person {
    let Some(noun) = head(nouns, clause).map(|at| clause.tokens[at]) else { return Person::Nobody };
    if is_organisation(index.key(noun)) {
        return Person::Nobody;
    }
    if let Some(gender) = gender::of_noun(index.key(noun))
        && !gender::agree(Some(gender), name.gender(index))
    {
        return Person::Other;
    }
    let mut bearers = 0;
    for place in index.places(index.tokens()[noun].key).iter().take(PLACES).map(|place| *place as usize) {
        for run in beside(place, index) {
            if name.is_in(&run.clone().collect::<Vec<_>>(), index) {
                return Person::Speaker;
            }
            bearers += 1;
        }
    }
    if bearers > 0 { Person::Other } else { Person::Nobody }
}

/// Names beside a noun: `minister Ola Brun`, `the minister, Ola Brun`, `Ola Brun, the energy minister`. Token numbers.
pub(super) fn beside(noun: usize, index: &Index<'_>) -> Vec<Range<usize>> {
    let block = index.block_tokens(index.block_of(noun));
    let mut found = Vec::new();
    let extend = |from: usize| {
        let mut end = from + 1;
        while end < block.end && is_name_token(end, index) && !index.tokens()[end].has(bits::PARTING) {
            end += 1;
        }
        from..end
    };
    let next = noun + 1;
    if next < block.end && is_name_token(next, index) && !index.tokens()[next].has(bits::SENTENCE) {
        found.push(extend(next));
    }
    found.extend(set_off_behind(noun, &block, index).map(extend));
    let mut at = noun;
    let mut pause = false;
    while at > block.start && noun - at < 6 {
        pause |= index.tokens()[at].has(bits::PAUSE);
        if index.tokens()[at].has(bits::SENTENCE) || index.gap_before(at).contains([':', '“', '”', '"']) {
            break;
        }
        at -= 1;
        if is_name_token(at, index) {
            if pause && index.tokens()[at + 1].has(bits::PAUSE) {
                found.push(at..at + 1);
            }
            break;
        }
        if is_saying_at(at, index) {
            break;
        }
    }
    found
}

/// How far behind a noun its apposition may begin, in tokens.
const APPOSITION: usize = 7;

/// The first token of a name that a comma sets off behind a noun and its complement: `The chief engineer of the works, | Ana
/// Ruiz, …`.
fn set_off_behind(noun: usize, block: &Range<usize>, index: &Index<'_>) -> Option<usize> {
    let bit = |at: usize, bit: u16| index.tokens()[at].bits & bit != 0;
    let mut complement = false;
    for at in noun + 1..block.end.min(noun + APPOSITION) {
        if bit(at, bits::SENTENCE | bits::QUOTE_MARK) || is_saying_at(at, index) {
            return None;
        }
        if bit(at, bits::PAUSE) {
            let end =
                (at..block.end).find(|next| !is_name_token(*next, index) || *next > at && bit(*next, bits::PAUSE))?;
            let closed = end > at && bit(end, bits::PAUSE);
            return (complement && closed && at > noun + 1).then_some(at);
        }
        let preposition = lexicon::is_preposition(index.key(at), language(index));
        if !complement && !preposition && at > noun + 1 {
            return None;
        }
        complement |= preposition;
    }
    None
}
