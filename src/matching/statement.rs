//! Statements: which of a statement's words, names and dates stand near the evidence, and the closest passage for a
//! statement with nothing exact to check.

use hashbrown::HashSet;
use std::ops::Range;

use smol_str::SmolStr;

use super::asked::Asked;
use super::attribution::is_name_token;
use super::direction;
use super::fold::{Kind, bits};
use super::index::Index;
use super::lexicon;
use super::locate;
use super::passage::passage_at;
use super::query::{self, Query, QueryWord};
use super::terms;
use crate::model::evidence::Finding;
use crate::model::{CheckVerdict, Zone};

/// Blocks around the evidence that count as near it.
const NEAR_BLOCKS: usize = 3;

/// Words of the statement, outside what is checked, that stand nowhere near a passage. As written, in order.
pub(super) fn unchecked(asked: &Asked<'_>, index: &Index<'_>, span: &Range<usize>) -> Vec<String> {
    if asked.outside.is_empty() || span.is_empty() {
        return Vec::new();
    }
    let words = query::plain_words(&asked.outside, index);
    missing(&words, &asked.outside, asked, index, span)
}

fn missing(words: &[QueryWord], text: &str, asked: &Asked<'_>, index: &Index<'_>, span: &Range<usize>) -> Vec<String> {
    let near = near_keys(index, span);
    let exempt: HashSet<SmolStr> =
        asked.known_names.iter().flat_map(|name| query::plain_words(name, index)).map(|word| word.key_text).collect();
    let mut missing = Vec::new();
    for (number, word) in words.iter().enumerate() {
        let key = word.key_text.as_str();
        let content = match word.kind {
            Kind::Number => true,
            Kind::Word => {
                key.chars().count() > 2
                    && !lexicon::is_stop_word(key)
                    && !lexicon::is_saying(key)
                    && !lexicon::is_pronoun(key)
                    && !lexicon::is_place_word(key)
                    // `reportedly` of our own says less than the source, and nothing that could be looked for.
                    && !lexicon::is_hedge(key)
            }
            Kind::Sign | Kind::Character => false,
        };
        // `rose` is the sign of a figure, and was compared with it.
        let sign = !asked.figure_words.is_empty() && direction::is_direction(key);
        let own_way = ANONYMITY.contains(&key)
            || !asked.figure_words.is_empty() && AMOUNTING.contains(&key)
            || is_in_other_words(key, &near, index)
            || is_given_name(number, words, &near, index);
        if !content
            || sign
            || own_way
            || exempt.contains(key)
            || asked.figure_words.contains(key)
            || is_near(key, &near, index)
        {
            continue;
        }
        let written = text[word.start..word.end].to_owned();
        if !missing.contains(&written) {
            missing.push(written);
        }
    }
    missing
}

/// The words around a passage.
struct Near {
    /// Numbers of keys, ascending.
    keys: Vec<u32>,
    /// Keys of the heads that a cell stands under, which are no tokens.
    heads: Vec<SmolStr>,
}

/// Keys that stand in the blocks around a passage, in the headline and in the byline.
fn near_keys(index: &Index<'_>, span: &Range<usize>) -> Near {
    let blocks = &index.document().blocks;
    let first = index.block_of(span.start).saturating_sub(NEAR_BLOCKS);
    let last =
        (index.block_of(span.end.saturating_sub(1).max(span.start)) + NEAR_BLOCKS).min(blocks.len().saturating_sub(1));
    let mut keys = Vec::new();
    for (block, content) in blocks.iter().enumerate() {
        if (first..=last).contains(&block) || matches!(content.zone, Zone::Headline | Zone::Byline | Zone::Deck) {
            keys.extend(index.tokens()[index.block_tokens(block)].iter().map(|token| token.key));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    let own = blocks.get(index.block_of(span.start));
    // Who says a subtitle or signs a post stands beside the words, not among them.
    let beside = own.into_iter().flat_map(|own| own.heads.iter().chain(own.author.as_deref()));
    let heads = beside.flat_map(|head| query::plain_words(head, index));
    Near { keys, heads: heads.map(|word| word.key_text).collect() }
}

impl Near {
    fn has(&self, key: &str, index: &Index<'_>) -> bool {
        self.keys.binary_search(&index.key_number(key)).is_ok() || self.heads.iter().any(|head| head == key)
    }

    fn all<'n>(&'n self, index: &'n Index<'_>) -> impl Iterator<Item = &'n str> {
        self.keys.iter().map(|key| index.key_text(*key)).chain(self.heads.iter().map(SmolStr::as_str))
    }
}

/// Words for a source that the page leaves without a name (keys).
const ANONYMITY: &[&str] = &["anonymous", "anonymously", "unnamed", "unidentified", "anonym", "anonyme", "anonymer"];

/// Verbs that only carry an amount (keys): `The damage amounts to 3 million`.
const AMOUNTING: &[&str] = &[
    "amounts",
    "amounted",
    "stands",
    "stood",
    "totals",
    "totalled",
    "totaled",
    "betragt",
    "betrug",
    "betragen",
    "liegt",
    "liegen",
    "lag",
    "lagen",
    "belauft",
    "eleve",
    "elevait",
    "elevent",
    "asciende",
    "ascendio",
    "ammonta",
    "bedraagt",
    "bedroeg",
    "wynosi",
    "wynosila",
    "составляет",
    "составил",
    "составила",
    "uppgar",
    "udgor",
    "utgjor",
];

/// Groups of words that a writer exchanges for one another (keys): the forms of strong verbs, and who heads something.
const SAME_WORDS: &[&[&str]] = &[
    &["slept", "sleep", "sleeps", "sleeping"],
    &["bought", "buy", "buys", "buying"],
    &["sold", "sell", "sells", "selling", "sale", "sales"],
    &["fell", "fall", "falls", "fallen", "falling"],
    &["rose", "rise", "rises", "risen", "rising"],
    &["grew", "grow", "grows", "grown", "growing", "growth"],
    &["lost", "lose", "loses", "losing", "loss", "losses"],
    &["spent", "spend", "spends", "spending"],
    &["paid", "pay", "pays", "paying", "payment", "payments"],
    &["built", "build", "builds", "building"],
    &["drove", "drive", "drives", "driven", "driving"],
    &["taught", "teach", "teaches", "teaching"],
    &["fought", "fight", "fights", "fighting"],
    &["sought", "seek", "seeks", "seeking"],
    &["brought", "bring", "brings", "bringing"],
    &["chose", "choose", "chooses", "chosen", "choosing"],
    &["ran", "run", "runs", "running"],
    &["held", "hold", "holds", "holding"],
    &["kept", "keep", "keeps", "keeping"],
];

/// General words, and the particular ones that a page may have for them (keys); not the other way round.
const GENERAL_WORDS: &[(&[&str], &[&str])] = &[
    (
        &["heads", "headed", "leads", "runs"],
        &["head", "director", "chief", "leader", "boss", "chair", "president", "manager"],
    ),
    (
        &["work", "works"],
        &[
            "repair",
            "repairs",
            "construction",
            "renovation",
            "demolition",
            "rebuilding",
            "restoration",
            "refurbishment",
        ],
    ),
];

/// Titles, which are no given names (keys).
const TITLES: &[&str] = &["mr", "mrs", "ms", "dr", "prof", "herr", "frau", "mme", "sir", "lady", "professor", "doctor"];

/// Whether a word of the same group, or a particular word for a general one, is near.
fn is_in_other_words(key: &str, near: &Near, index: &Index<'_>) -> bool {
    let same = SAME_WORDS.iter().filter(|group| group.contains(&key)).copied();
    let particular = GENERAL_WORDS.iter().filter(|(general, _)| general.contains(&key)).map(|(_, words)| *words);
    same.chain(particular).any(|words| words.iter().any(|other| near.has(other, index)))
}

/// Whether a word is the given name of somebody whose surname is near, and whom the page names in full: with this given name
/// only, so that no namesake is taken for them.
fn is_given_name(number: usize, words: &[QueryWord], near: &Near, index: &Index<'_>) -> bool {
    let (given, Some(surname)) = (&words[number], words.get(number + 1)) else { return false };
    let capital = |bits: u16| bits & bits::CAPITAL != 0;
    let names = given.kind == Kind::Word && surname.kind == Kind::Word && capital(given.bits) && capital(surname.bits);
    if !names || surname.start != given.end + 1 || !near.has(&surname.key_text, index) {
        return false;
    }
    let mut full = false;
    for place in index.places(index.key_number(&surname.key_text)) {
        let at = *place as usize;
        let Some(before) = at.checked_sub(1).filter(|_| index.tokens()[at].bits & bits::BREAK == 0) else {
            continue;
        };
        if index.key(before) == given.key_text {
            full = true;
        } else if is_name_token(before, index) && !TITLES.contains(&index.key(before)) {
            return false;
        }
    }
    full
}

/// Whether a key, or another form of the same word, is near.
fn is_near(key: &str, near: &Near, index: &Index<'_>) -> bool {
    if near.has(key, index) {
        return true;
    }
    if let Some(value) = terms::number_word(key) {
        return near.has(value.to_string().as_str(), index);
    }
    let length = key.chars().count();
    if length < 4 || key.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let keep = (length * 7 / 10).max(4);
    let stem: String = key.chars().take(keep).collect();
    near.all(index).any(|other| other.starts_with(stem.as_str()) && other.chars().count().abs_diff(length) <= 4)
}

/// The closest passage to a statement with nothing exact to check: always for a person to read.
pub(super) fn find(asked: &Asked<'_>, index: &Index<'_>) -> Finding {
    let words = query::plain_words(asked.statement, index);
    let kept: Vec<QueryWord> =
        words.into_iter().filter(|word| !lexicon::is_stop_word(&word.key_text) && word.kind != Kind::Sign).collect();
    let elements = (0..kept.len()).map(query::Element::Word).collect();
    let query = Query { words: kept, elements, editorial: false, free_case: Vec::new() };
    let mut finding = Finding { verdict: CheckVerdict::Review, ..Finding::absent() };
    let Some(span) = closest(&query, index) else {
        finding.detail = Some("nothing exact to check, and no passage of the source comes close".to_owned());
        return finding;
    };
    finding.unchecked = missing(&query.words, asked.statement, asked, index, &span);
    let content = query.words.len().max(1);
    finding.score = 1.0 - finding.unchecked.len().min(content) as f64 / content as f64;
    finding.passage = Some(passage_at(&span, Vec::new(), index));
    finding.detail = Some("nothing exact to check: read the closest passage".to_owned());
    finding
}

/// The sentence, or sentences, that hold the most of a query's weight.
pub(super) fn closest(query: &Query, index: &Index<'_>) -> Option<Range<usize>> {
    let window = locate::windows(query, index).into_iter().next()?;
    let keys: HashSet<u32> = query.words.iter().map(|word| word.key).collect();
    let hits: Vec<usize> = window.filter(|at| keys.contains(&index.tokens()[*at].key)).collect();
    // The sentence that holds most of the hits.
    hits.iter().map(|at| index.sentence(&(*at..*at + 1))).max_by(|a, b| {
        let held = |range: &Range<usize>| {
            hits.iter()
                .filter(|at| range.contains(*at))
                .map(|at| f64::from(index.weight(index.tokens()[*at].key)))
                .sum::<f64>()
        };
        held(a).total_cmp(&held(b)).then(b.start.cmp(&a.start))
    })
}

#[cfg(test)]
#[path = "statement_tests.rs"]
mod tests;
