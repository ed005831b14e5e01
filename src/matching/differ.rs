//! Naming a substantive difference: number, negation, name, unit, scale, sign, date, modality, antonym, word, omission.

use super::attribution::language;
use super::comparison::Difference;
use super::fold::{self, Kind, bits};
use super::index::Index;
use super::lexicon;
use super::query::{Query, QueryWord};
use super::terms;
use crate::model::Flag;

/// Tokens without a mark beyond which an omission joins two places rather than leaving something out.
const SPLICE: usize = 12;

/// One side of a difference, as the rules see it.
#[derive(Debug, Default)]
struct Side {
    numbers: Vec<String>,
    signs: Vec<String>,
    units: Vec<&'static str>,
    scales: Vec<u32>,
    dates: Vec<String>,
    negations: usize,
    modals: Vec<String>,
    names: Vec<String>,
    keys: Vec<String>,
    text: String,
}

impl Side {
    fn add(&mut self, form: &str, key: &str, kind: Kind, bits: u16, language: &str) {
        self.text.push_str(form);
        match kind {
            Kind::Number => self.numbers.push(form.to_owned()),
            Kind::Sign => self.signs.push(form.to_owned()),
            Kind::Character if terms::is_numeral(key) => self.numbers.push(form.to_owned()),
            Kind::Word | Kind::Character => {
                if let Some(scale) = terms::scale(key) {
                    self.scales.push(scale);
                } else if let Some(unit) = terms::unit(key) {
                    self.units.push(unit);
                } else if terms::month(key).is_some_and(|month| month.certain || bits & fold::bits::CAPITAL != 0)
                    || terms::is_weekday(key)
                {
                    self.dates.push(key.to_owned());
                } else if terms::number_word(key).is_some() {
                    self.numbers.push(key.to_owned());
                } else if lexicon::negates(key, language) {
                    self.negations += 1;
                } else if lexicon::is_modal(key) {
                    self.modals.push(key.to_owned());
                } else if kind == Kind::Word
                    && bits & bits::CAPITAL != 0
                    && bits & bits::SENTENCE == 0
                    && !lexicon::is_stop_word(key)
                {
                    self.names.push(key.to_owned());
                }
            }
        }
        // The `t` of `don't`, the `n` of `n'a pas`.
        if key == "t" && bits & bits::APOSTROPHE != 0 || key == "n" {
            self.negations += 1;
        }
        self.keys.push(key.to_owned());
    }

    fn sorted<T: Ord + Clone>(list: &[T]) -> Vec<T> {
        let mut list = list.to_vec();
        list.sort();
        list
    }
}

/// What a difference is. Never empty.
pub(super) fn flags(difference: &Difference, query: &Query, index: &Index<'_>) -> Vec<Flag> {
    let language = language(index);
    let mut ours = Side::default();
    for number in difference.ours.clone() {
        let QueryWord { text, key_text, kind, bits, .. } = &query.words[number];
        ours.add(text, key_text, *kind, *bits, language);
    }
    let mut theirs = Side::default();
    for at in difference.theirs.clone() {
        let token = &index.tokens()[at];
        theirs.add(index.form(at), index.key(at), token.kind, token.bits, language);
    }
    let only_theirs = difference.ours.is_empty();
    let only_ours = difference.theirs.is_empty();
    let mut flags = Vec::new();
    if only_theirs && difference.theirs.len() > SPLICE || crosses_sentence(difference, index) {
        // What stands between two places that were joined is not what differs.
        return vec![Flag::Splice];
    }
    let differ = |a: &[String], b: &[String]| Side::sorted(a) != Side::sorted(b);
    // A number that only the source has is a difference of its own where nothing stands in its place.
    if differ(&ours.numbers, &theirs.numbers) && (!ours.numbers.is_empty() || only_theirs && theirs.keys.len() <= 6) {
        let years = |side: &Side| side.numbers.iter().any(|number| terms::is_year(number));
        let dated = !ours.dates.is_empty()
            || !theirs.dates.is_empty()
            || years(&ours) && (years(&theirs) || only_ours)
            || years(&theirs) && only_theirs;
        flags.push(if dated || beside_month(difference, index) { Flag::Date } else { Flag::Number });
    } else if differ(&ours.dates, &theirs.dates) && !only_theirs {
        flags.push(Flag::Date);
    }
    if Side::sorted(&ours.scales) != Side::sorted(&theirs.scales)
        && (!ours.scales.is_empty() && !theirs.scales.is_empty() || ours.keys.len() + theirs.keys.len() <= 2)
    {
        flags.push(Flag::Scale);
    }
    if Side::sorted(&ours.units) != Side::sorted(&theirs.units)
        && (!ours.units.is_empty() && !theirs.units.is_empty() || ours.keys.len() + theirs.keys.len() <= 2)
    {
        flags.push(Flag::Unit);
    }
    if differ(&ours.signs, &theirs.signs) {
        let unit =
            |sign: &String| matches!(sign.as_str(), "%" | "‰" | "°" | "²" | "³") || sign.chars().all(fold::is_currency);
        let mark = |sign: &String| matches!(sign.as_str(), "?" | "!" | "&" | "§" | "№");
        let signs = || ours.signs.iter().chain(&theirs.signs);
        if signs().any(unit) {
            flags.push(Flag::Unit);
        }
        if signs().any(|sign| !unit(sign) && !mark(sign)) {
            flags.push(Flag::Sign);
        }
    }
    let characters =
        |side: &Side| side.text.chars().any(fold::is_unspaced) && lexicon::has_negation_characters(&side.text);
    let particles = (ours.negations == 0) != (theirs.negations == 0) || ours.negations % 2 != theirs.negations % 2;
    if particles || characters(&ours) != characters(&theirs) || negated_by_prefix(&ours, &theirs, index) {
        flags.push(Flag::Negation);
    }
    let opposite = ours.keys.iter().any(|left| {
        !theirs.keys.contains(left)
            && theirs.keys.iter().any(|right| !ours.keys.contains(right) && lexicon::are_antonyms(left, right))
    });
    if opposite {
        flags.push(Flag::Antonym);
    }
    if differ(&ours.modals, &theirs.modals) && !(only_theirs && theirs.keys.len() > 3) {
        flags.push(Flag::Modality);
    }
    let fresh = |left: &Side, right: &Side| left.names.iter().any(|name| !right.keys.contains(name));
    if !only_theirs && fresh(&ours, &theirs)
        || !only_ours && !only_theirs && fresh(&theirs, &ours) && !ours.names.is_empty()
        || only_theirs && theirs.keys.len() <= 3 && !theirs.names.is_empty()
    {
        flags.push(Flag::Name);
    }
    if flags.is_empty() && same_but_for_case(difference, query, index) {
        flags.push(Flag::Name);
    }
    if only_theirs
        && !flags
            .iter()
            .any(|flag| matches!(flag, Flag::Negation | Flag::Modality | Flag::Sign | Flag::Unit | Flag::Scale))
    {
        flags.push(Flag::Omission);
    }
    if flags.is_empty() {
        flags.push(Flag::Word);
    }
    flags.sort_unstable();
    flags.dedup();
    flags
}

/// Whether one side is the other with a prefix that negates verbs in its language.
fn negated_by_prefix(ours: &Side, theirs: &Side, index: &Index<'_>) -> bool {
    let language = language(index);
    if !matches!(language, "cs" | "sk" | "sl") {
        return false;
    }
    let negated = |left: &Side, right: &Side| {
        left.keys.iter().any(|key| {
            key.strip_prefix("ne").is_some_and(|stem| stem.len() > 2 && right.keys.iter().any(|other| other == stem))
        })
    };
    negated(ours, theirs) || negated(theirs, ours)
}

fn same_but_for_case(difference: &Difference, query: &Query, index: &Index<'_>) -> bool {
    difference.ours.len() == difference.theirs.len()
        && difference
            .ours
            .clone()
            .zip(difference.theirs.clone())
            .all(|(word, at)| query.words[word].text.to_lowercase() == index.form(at).to_lowercase())
}

/// Whether an unmarked omission runs from one sentence into another.
fn crosses_sentence(difference: &Difference, index: &Index<'_>) -> bool {
    difference.ours.len() * 3 < difference.theirs.len()
        && difference.theirs.len() > 4
        && difference.theirs.clone().skip(1).any(|at| index.tokens()[at].bits & bits::SENTENCE != 0)
}

/// Whether a month stands right beside the difference.
fn beside_month(difference: &Difference, index: &Index<'_>) -> bool {
    let month = |at: usize| {
        index.tokens().get(at).is_some_and(|_| terms::month(index.key(at)).is_some_and(|month| month.certain))
    };
    difference.theirs.start.checked_sub(1).is_some_and(month) || month(difference.theirs.end)
}
