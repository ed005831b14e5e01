//! Definite descriptions: whether `the porter said` can mean the speaker.

use super::clause::{Clause, is_saying_at};
use super::document;
use super::name::{Fit, Name, is_slavic, language};
use super::person::{self, Person, definite_subject, head, is_alone, is_last_named};
use super::person_noun::is_person_noun;
use super::words::{is_copula, is_office, is_organisation};
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::model::Flag;

/// Places of a noun at which it is asked whether the page calls the speaker so.
const PLACES: usize = 48;

/// How far from a name its title or its apposition may reach, in tokens.
const REACH: usize = 5;

/// The flag for a definite noun that is the subject of a clause which does not name the speaker: `the owner said`. Where nobody is
/// called so, it means the last who was named, or nobody else.
pub(super) fn by_nouns(
    nouns: &[usize],
    clause: &Clause<'_>,
    at: usize,
    block: usize,
    name: &Name,
    index: &Index<'_>,
) -> Option<Flag> {
    match person::described(nouns, clause, name, index) {
        Person::Speaker => None,
        Person::Other => Some(Flag::SecondHand),
        Person::Nobody => {
            let means = super::is_near(block, name, index)
                && (may_be(clause, name, index) || super::chain::is_citing(clause.tokens, index))
                && (is_alone(block, name, index) || is_last_named(at, name, block, index));
            (!means).then_some(Flag::SecondHand)
        }
    }
}

/// Whether the definite noun that is the subject of a clause can mean the speaker: a noun for anybody, or one that the page
/// says of the speaker; an office where the page gives the speaker no other. Whom the page calls so nowhere is somebody else,
/// or only a reader can tell.
pub(super) fn may_be(clause: &Clause<'_>, name: &Name, index: &Index<'_>) -> bool {
    let nouns = definite_subject(clause);
    let Some(noun) = head(&nouns, clause) else { return true };
    is_called(clause, name, index) || is_epithet(clause.key(noun), language(index)) && !has_role(name, index)
}

/// Whether the page calls the speaker what the definite subject of a clause says, or the noun means anybody.
pub(super) fn is_called(clause: &Clause<'_>, name: &Name, index: &Index<'_>) -> bool {
    let nouns = definite_subject(clause);
    let Some(noun) = head(&nouns, clause) else { return true };
    let key = clause.key(noun);
    if name.keys.iter().any(|own| own == key) {
        return true;
    }
    if is_organisation(key) {
        return !document::is_person(name, index);
    }
    is_anybodys(key)
        || language(index) == "de" && (key.ends_with("chef") || key.ends_with("chefin"))
        || nouns.iter().any(|noun| is_age(*noun, clause))
        || is_said_of(clause.tokens[noun], name, index)
}

/// Whether a sentence of the page says of the speaker what the noun at a token says: `Ruiz has been harbour master since`, `Ruiz
/// was elected as mayor`, `the chief engineer of the city, Ana Ruiz`.
fn is_said_of(noun: usize, name: &Name, index: &Index<'_>) -> bool {
    let places = index.places(index.tokens()[noun].key).iter().take(PLACES).map(|place| *place as usize);
    places.filter(|place| *place != noun).any(|place| {
        let sentence = index.sentence(&(place..place + 1));
        let before: Vec<usize> = (sentence.start..place).collect();
        let told = name.mentions(&before, index).into_iter().next_back().is_some_and(|mention| {
            before[mention.range.end..].iter().any(|at| is_copula(index.key(*at)) || is_appointing(index.key(*at)))
        });
        told || is_slavic(language(index)) && is_title(place, sentence.end, name, index)
    })
}

/// `главный инженер города Олег Савин`: at most two words of the title stand between.
fn is_title(noun: usize, end: usize, name: &Name, index: &Index<'_>) -> bool {
    let behind: Vec<usize> = (noun + 1..end.min(noun + 1 + REACH)).collect();
    let plain = |at: &usize| {
        let pause = index.tokens()[*at].has(bits::PAUSE | bits::CAPITAL);
        !pause && !is_saying_at(*at, index) && !lexicon::is_preposition(index.key(*at), language(index))
    };
    name.mentions(&behind, index).first().is_some_and(|mention| {
        mention.fit == Fit::Same && mention.range.start <= 2 && behind[..mention.range.start].iter().all(plain)
    })
}

/// Whether the page gives the speaker an office or a trade: `the harbour master, Ana Ruiz`, `Ana Ruiz, an engineer, …`.
fn has_role(name: &Name, index: &Index<'_>) -> bool {
    let language = language(index);
    let is_role = |at: usize| {
        let key = index.key(at);
        !lexicon::is_relation(key) && is_person_noun(key, language) && !name.keys.iter().any(|own| own == key)
    };
    let pause = |at: usize| index.tokens()[at].has(bits::BREAK);
    index.places(index.key_number(name.surname())).iter().take(PLACES).map(|place| *place as usize).any(|place| {
        let block = index.block_tokens(index.block_of(place));
        let mut start = place;
        while start > block.start && name.keys.iter().any(|own| own == index.key(start - 1)) {
            start -= 1;
        }
        let before = (block.start.max(start.saturating_sub(REACH))..start).rev();
        let titled = before.take_while(|at| *at + 1 == start || !pause(*at + 1)).any(is_role);
        let behind = place + 1..block.end.min(place + 2 + REACH);
        let set_off = behind.clone().next().is_some_and(|at| index.gap_before(at).starts_with(','));
        titled || set_off && behind.take_while(|at| *at == place + 1 || !pause(*at)).any(is_role)
    })
}

/// Words by which somebody comes to an office (keys).
fn is_appointing(key: &str) -> bool {
    matches!(
        key,
        "as" | "become"
            | "becomes"
            | "elected"
            | "appointed"
            | "named"
            | "works"
            | "worked"
            | "als"
            | "comme"
            | "como"
            | "come"
            | "jako"
    )
}

/// Nouns that mean anybody, once they were named (keys).
fn is_anybodys(key: &str) -> bool {
    matches!(
        key,
        "man"
            | "woman"
            | "boy"
            | "girl"
            | "teenager"
            | "pensioner"
            | "politician"
            | "lawmaker"
            | "official"
            | "veteran"
            | "executive"
            | "leader"
            | "star"
            | "player"
            | "former"
            | "latter"
            | "mann"
            | "frau"
            | "politiker"
            | "politikerin"
            | "homme"
            | "femme"
            | "elu"
            | "elue"
            | "hombre"
            | "mujer"
            | "politico"
            | "politica"
            | "homem"
            | "mulher"
            | "uomo"
            | "donna"
            | "vrouw"
            | "politicus"
    )
}

/// Nouns by which the press calls whoever was named last (keys).
fn is_epithet(key: &str, language: &str) -> bool {
    is_office(key)
        || matches!(
            key,
            "defender"
                | "striker"
                | "goalkeeper"
                | "keeper"
                | "midfielder"
                | "forward"
                | "winger"
                | "champion"
                | "skipper"
                | "councillor"
                | "mp"
                | "congressman"
                | "congresswoman"
                | "singer"
                | "actor"
                | "actress"
                | "writer"
                | "novelist"
                | "poet"
                | "scientist"
                | "researcher"
                | "lawyer"
        )
        || !matches!(language, "en" | "") && is_person_noun(key, language)
}

/// `the 34-year-old`; `the old porter` says no age.
fn is_age(at: usize, clause: &Clause<'_>) -> bool {
    match clause.key(at) {
        "old" => at > 0 && clause.key(at - 1) == "year",
        key => matches!(key, "jahrige" | "jarige"),
    }
}
