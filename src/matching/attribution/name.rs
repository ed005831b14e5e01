//! Names: a speaker's name as it may stand on a page, declined, possessed, or by the last word alone.

use std::ops::Range;

use super::gender::{self, Gender};
use crate::matching::fold::{self, Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;

/// Places of a surname on a page that are looked at.
const PLACES: usize = 48;

/// A speaker's name: known by its last word, or as a whole in scripts without spaces.
pub(super) struct Name {
    pub(super) keys: Vec<String>,
    whole: bool,
    /// Other single words that the page has for the same: `IPF`, or the surname of whoever is `the minister`.
    pub(super) aliases: Vec<String>,
    /// Whether the page has first name and surname together.
    in_full: bool,
    /// Characters of a surname which the page writes with a title instead of the whole: 大沢 of 大沢恵子, by 大沢市長; else 0.
    titled: usize,
}

/// How a token fits a name's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The word as the manifest has it.
    Same,
    /// The word with another ending: a case of a language that declines names.
    Declined,
    /// The word with the ending that possesses: `Lindqvists Anwalt`.
    Possessive,
}

impl Name {
    pub(super) fn new(name: &str, index: &Index<'_>) -> Option<Self> {
        let keys = name_keys(name, index);
        let whole = name.chars().any(fold::is_unspaced);
        let mut name = Self { keys, whole, aliases: Vec::new(), in_full: false, titled: 0 };
        if name.keys.is_empty() {
            return None;
        }
        if whole {
            name.titled = super::titled::titled_surname(&name.keys, index);
        }
        if let (false, [given, .., _]) = (whole, name.keys.as_slice()) {
            let places = index.places(index.key_number(name.surname())).iter().take(PLACES);
            let mut abbreviations = Vec::new();
            let mut in_full = false;
            for place in places.map(|place| *place as usize) {
                in_full |= place > 0 && index.key(place - 1) == given;
                // `the Irish Patients' Forum (IPF)`
                let whole = place > 0 && name.keys.iter().any(|key| key == index.key(place - 1));
                let next = place + 1;
                if whole && next < index.tokens().len() && index.gap_before(next).ends_with('(') {
                    let form = index.form(next);
                    if form.chars().count() >= 2 && form.chars().all(char::is_uppercase) {
                        abbreviations.push(index.key(next).to_owned());
                    }
                }
            }
            name.aliases = abbreviations;
            name.in_full = in_full;
        }
        Some(name)
    }

    /// Whether the page names the person: the last word of the name behind another name, somewhere.
    pub(super) fn is_person_on(&self, index: &Index<'_>) -> bool {
        let places = |key: &str| index.places(index.key_number(key));
        if self.whole {
            return self.keys.iter().all(|key| !places(key).is_empty());
        }
        places(self.surname()).iter().take(PLACES).map(|place| *place as usize).any(|at| {
            let names = at > 0 && is_name_token(at, index) && is_name_token(at - 1, index);
            names && !index.tokens()[at].has(bits::BREAK)
        })
    }

    /// The first letters of its words: `yn` of Yara Nasser, as transcripts have it.
    pub(super) fn initials(&self) -> String {
        self.keys.iter().filter_map(|key| key.chars().next()).collect()
    }

    /// What is known of the person: by the name's first word.
    pub(super) fn gender(&self, index: &Index<'_>) -> Option<Gender> {
        let own = gender::of_given_name(self.keys.first()?);
        own.or_else(|| {
            // `Pell` alone: the page has the first name.
            let places = index.places(index.key_number(self.surname())).iter().take(PLACES);
            places.filter_map(|place| (*place as usize).checked_sub(1)).find_map(|before| {
                let key = index.key(before);
                gender::of_given_name(key).or_else(|| gender::of_noun(key))
            })
        })
    }

    /// Whether a surname alone is that of another of the family, whom the page named last with it: `Osgood Penn … Penn said`,
    /// where Harriet Penn is meant.
    fn is_anothers(&self, at: usize, tokens: &[usize], index: &Index<'_>) -> bool {
        let token = tokens[at];
        let alone = token == 0 || !is_name_token(token - 1, index);
        if !alone {
            return false;
        }
        let own = |key: &str| self.given().iter().any(|own| own == key);
        let places = index.places(index.tokens()[token].key);
        let earlier = places[..places.partition_point(|place| (*place as usize) < token)].iter().rev().take(PLACES);
        let last = earlier.filter_map(|place| (*place as usize).checked_sub(1)).find(|before| {
            let key = index.key(*before);
            own(key) || gender::of_given_name(key).is_some() && is_name_token(*before, index)
        });
        last.is_some_and(|before| !own(index.key(before)) && !self.in_full)
    }

    /// Whether the surname at a position belongs to another of the family: `Willa Dunmore`, where Carl Dunmore is meant.
    fn is_relatives(&self, at: usize, tokens: &[usize], index: &Index<'_>) -> bool {
        let [given, .., _] = self.keys.as_slice() else { return false };
        if self.is_anothers(at, tokens, index) {
            return true;
        }
        let Some(before) = at.checked_sub(1) else { return false };
        if tokens[before] + 1 != tokens[at] || index.tokens()[tokens[at]].has(bits::BREAK) {
            return false;
        }
        let key = index.key(tokens[before]);
        if self.keys.iter().any(|own| own == key) {
            return false;
        }
        // `Ana María Ruiz`
        if before > 0 && index.key(tokens[before - 1]) == given {
            return false;
        }
        let (theirs, ours) = (gender::of_given_name(key), gender::of_given_name(given));
        theirs.is_some() && (self.in_full || ours.is_some() && theirs != ours)
    }

    /// Whether it is known as a whole: in scripts without spaces.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Its words before the last.
    fn given(&self) -> &[String] {
        self.keys.split_last().map_or(&[], |(_, given)| given)
    }

    pub(super) fn surname(&self) -> &str {
        self.keys.last().map_or("", String::as_str)
    }

    /// `Mr Orme's daughter, Kelly`, where Kelly Orme is meant.
    fn is_given_in_family(&self, at: usize, tokens: &[usize], index: &Index<'_>) -> bool {
        let [given, .., surname] = self.keys.as_slice() else { return false };
        let before = at.saturating_sub(6)..at;
        let relation = before.clone().rposition(|before| lexicon::is_relation(index.key(tokens[before])));
        // `Her first skipper was Dan Orme. His wife, Kelly, …`
        let possessed = || {
            let at = relation.map(|offset| before.start + offset).filter(|relation| at - relation <= 2);
            at.and_then(|at| at.checked_sub(1)).is_some_and(|at| super::words::is_possessive(index.key(tokens[at])))
                && index
                    .places(index.key_number(surname))
                    .iter()
                    .any(|place| (*place as usize) < tokens[at.unwrap_or(0)])
        };
        index.key(tokens[at]) == given
            && is_name_token(tokens[at], index)
            && relation.is_some()
            && (before.clone().any(|before| fit(surname, tokens[before], index).is_some()) || possessed())
    }

    /// Where the name stands among tokens: ranges of positions in `tokens`, first names in front of it among them.
    pub(super) fn mentions(&self, tokens: &[usize], index: &Index<'_>) -> Vec<Mention> {
        if self.whole {
            let stands = |at: usize, length: usize| {
                at + length <= tokens.len()
                    && tokens[at..].iter().zip(&self.keys[..length]).all(|(token, key)| index.key(*token) == key)
            };
            let length = |at: usize| {
                let surname = || stands(at, self.titled) && super::titled::is_title(tokens[at] + self.titled, index);
                stands(at, self.keys.len())
                    .then_some(self.keys.len())
                    .or_else(|| (self.titled > 0 && surname()).then_some(self.titled))
            };
            return (0..tokens.len())
                .filter_map(|at| length(at).map(|length| Mention { range: at..at + length, fit: Fit::Same }))
                .collect();
        }
        let mut mentions = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if self.aliases.iter().any(|alias| alias == index.key(*token)) {
                mentions.push(Mention { range: at..at + 1, fit: Fit::Same });
                continue;
            }
            if self.is_given_in_family(at, tokens, index) {
                mentions.push(Mention { range: at..at + 1, fit: Fit::Same });
                continue;
            }
            let Some(fit) = fit(self.surname(), *token, index) else { continue };
            if self.is_relatives(at, tokens, index) {
                continue;
            }
            let mut start = at;
            while start > 0
                && follows(tokens[start - 1], tokens[start], index)
                && !index.tokens()[tokens[start]].has(bits::BREAK)
                && self.given().iter().any(|key| super::name::fit(key, tokens[start - 1], index).is_some())
            {
                start -= 1;
            }
            start = self.with_head(start, tokens, index);
            if self.keys.len() == 1
                && start >= 2
                && is_particle(index.key(tokens[start - 1]))
                && tokens[start - 2] + 2 == tokens[start]
                && is_name_token(tokens[start - 2], index)
            {
                start -= 2;
            }
            let declined = (start..at).any(|at| {
                self.given().iter().any(|key| super::name::fit(key, tokens[at], index) == Some(Fit::Declined))
            });
            let fit = if fit == Fit::Same && declined { Fit::Declined } else { fit };
            mentions.push(Mention { range: start..at + 1, fit });
        }
        mentions
    }

    /// `Institute for Budget Analysis`: small words inside a name, where the name has what stands before them.
    fn with_head(&self, start: usize, tokens: &[usize], index: &Index<'_>) -> usize {
        let mut at = start;
        while at > 0 && start - at < 3 && tokens[at - 1] + 1 == tokens[at] {
            at -= 1;
            let key = index.key(tokens[at]);
            let capital = index.tokens()[tokens[at]].has(bits::CAPITAL);
            if at + 1 < start && capital && self.keys.iter().any(|own| own == key) {
                return self.with_head(at, tokens, index);
            }
            if capital || key.len() > 4 {
                break;
            }
        }
        start
    }

    pub(super) fn is_in(&self, tokens: &[usize], index: &Index<'_>) -> bool {
        if self.whole {
            return !self.mentions(tokens, index).is_empty();
        }
        tokens.iter().enumerate().any(|(at, token)| {
            fit(self.surname(), *token, index).is_some() && !self.is_relatives(at, tokens, index)
                || self.aliases.iter().any(|alias| alias == index.key(*token))
        })
    }

    pub(super) fn is_one_of(&self, person: &[String]) -> bool {
        person.iter().any(|key| key == self.surname())
    }

    pub(super) fn is_in_text(&self, text: &str, index: &Index<'_>) -> bool {
        let keys = name_keys(text, index);
        if self.whole { keys.windows(self.keys.len()).any(|run| run == self.keys) } else { self.is_one_of(&keys) }
    }
}

/// Small words inside surnames: `Ilse de Groot`.
fn is_particle(key: &str) -> bool {
    matches!(
        key,
        "de" | "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "da"
            | "di"
            | "del"
            | "della"
            | "dos"
            | "la"
            | "le"
            | "du"
            | "bin"
            | "al"
            | "el"
            | "ben"
    )
}

/// A place where a name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) range: Range<usize>,
    pub(super) fit: Fit,
}

/// The two letters of a document's language, or nothing.
pub(in crate::matching) fn language<'i>(index: &'i Index<'_>) -> &'i str {
    index.document().language.as_deref().map_or("", |tag| tag.get(..2).unwrap_or(tag))
}

pub(super) fn is_slavic(language: &str) -> bool {
    matches!(language, "ru" | "uk" | "bg" | "be" | "pl" | "cs" | "sk" | "hr" | "sr" | "sl")
}

/// Whether a token is a word of a name, perhaps with an ending of its language.
fn fit(word: &str, at: usize, index: &Index<'_>) -> Option<Fit> {
    let key = index.key(at);
    if key == word {
        return Some(Fit::Same);
    }
    let letters = word.chars().count();
    match language(index) {
        "de" | "sv" | "da" | "no" | "nb" | "nl" => {
            (letters >= 3 && key.strip_suffix('s') == Some(word)).then_some(Fit::Possessive)
        }
        "ko" => key
            .strip_prefix(word)
            // Keys are decomposed: a particle of one syllable is two or three letters, and this one possesses.
            .filter(|rest| letters >= 4 && rest.chars().count() <= 9)
            .map(|rest| if rest == "\u{110b}\u{1174}" { Fit::Possessive } else { Fit::Same }),
        code if is_slavic(code) || matches!(code, "el" | "fi" | "et" | "hu" | "tr" | "lt" | "lv") => {
            let common = word.chars().zip(key.chars()).take_while(|(left, right)| left == right).count();
            let ending = key.chars().count() - common;
            let dropped = letters - common;
            (common >= 3 && dropped <= 2 && ending <= 3 && (dropped == 0 || letters >= 4)).then_some(Fit::Declined)
        }
        _ => None,
    }
}

/// Keys of the words of a name, titles left out.
pub(super) fn name_keys(name: &str, index: &Index<'_>) -> Vec<String> {
    crate::matching::query::plain_words(name, index)
        .into_iter()
        .filter(|word| {
            word.kind == Kind::Character || word.kind != Kind::Sign && !lexicon::is_stop_word(&word.key_text)
        })
        .map(|word| word.key_text.to_string())
        .collect()
}

/// Whether a token may be part of a name: a capital, and no word of another class. German writes every noun with a
/// capital; there a noun behind an article is none.
pub(in crate::matching) fn is_name_token(at: usize, index: &Index<'_>) -> bool {
    let token = &index.tokens()[at];
    let key = index.key(at);
    token.kind == Kind::Word
        && token.has(bits::CAPITAL)
        && !lexicon::is_stop_word(key)
        && !lexicon::is_pronoun(key)
        && !(token.has(bits::SENTENCE) && (lexicon::is_saying(key) || opens_a_clause(key, language(index))))
        && crate::matching::terms::month(key).is_none()
        && !crate::matching::terms::is_weekday(key)
        && !(language(index) == "de" && is_german_noun(at, index))
}

/// Whether a word opens clauses or phrases, so that its capital at the beginning of a sentence says nothing: `Después`.
fn opens_a_clause(key: &str, language: &str) -> bool {
    lexicon::is_subordinator(key, language)
        || lexicon::is_preposition(key, language)
        || lexicon::is_conjunction(key, language)
}

fn is_german_noun(at: usize, index: &Index<'_>) -> bool {
    let key = index.key(at);
    if lexicon::is_relation(key) || lexicon::is_utterance(key) || key.ends_with("in") && key.len() > 8 {
        return true;
    }
    let Some(before) = at.checked_sub(1) else { return false };
    !index.tokens()[at].has(bits::BREAK)
        && (matches!(
            index.key(before),
            "der"
                | "die"
                | "das"
                | "den"
                | "dem"
                | "des"
                | "ein"
                | "eine"
                | "einer"
                | "einem"
                | "einen"
                | "eines"
                | "im"
                | "am"
                | "zum"
                | "zur"
                | "vom"
                | "beim"
                | "sein"
                | "seine"
                | "ihr"
                | "ihre"
                | "kein"
                | "keine"
        ) || index.tokens()[before].kind == Kind::Word
            && !index.tokens()[before].has(bits::CAPITAL)
            && !lexicon::is_saying(index.key(before))
            && !lexicon::is_stop_word(index.key(before))
            && (index.key(before).ends_with("en")
                || index.key(before).ends_with("er")
                || index.key(before).ends_with('e')))
}

/// The longest nickname inside a name, in tokens.
const NICKNAME: usize = 3;

/// Whether a token stands right behind another, or with nothing but a nickname in marks between: `Margaret “Peg” Lanyon`.
fn follows(before: usize, at: usize, index: &Index<'_>) -> bool {
    before + 1 == at
        || before < at
            && at - before <= NICKNAME + 1
            && index.gap_before(before + 1).trim().chars().eq(index.gap_before(before + 1).trim().chars().take(1))
            && index.gap_before(before + 1).contains(fold::is_quote_mark)
            && index.gap_before(at).trim_end().chars().eq(index.gap_before(at).chars().take(1))
            && index.gap_before(at).contains(fold::is_quote_mark)
            && (before + 1..at).all(|inside| is_name_token(inside, index))
}

/// Runs of name tokens in a clause: ranges of positions.
pub(super) fn runs(clause: &[usize], index: &Index<'_>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, token) in clause.iter().enumerate() {
        if !is_name_token(*token, index) {
            continue;
        }
        let joins = !index.tokens()[*token].has(bits::PARTING);
        let before = at.checked_sub(1).map(|before| clause[before]);
        let nickname = || before.is_some_and(|before| before + 1 < *token && follows(before, *token, index));
        match runs.last_mut() {
            Some(run)
                if run.end == at && (before.is_some_and(|before| before + 1 == *token) && joins || nickname()) =>
            {
                run.end = at + 1
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Keys of the names in a clause.
pub(super) fn names_in(clause: &[usize], index: &Index<'_>) -> Vec<String> {
    clause.iter().filter(|at| is_name_token(**at, index)).map(|at| index.key(*at).to_owned()).collect()
}
