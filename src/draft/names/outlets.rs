//! Outlets and other bodies: which names are none of a person.

use std::collections::HashSet;

use super::Names;
use super::core::bare_article;

/// The words that tell an outlet.
pub(super) struct Outlets {
    kinds: HashSet<&'static str>,
    names: HashSet<&'static str>,
    forms: HashSet<&'static str>,
    endings: Vec<&'static str>,
    descriptions: HashSet<&'static str>,
}

impl Outlets {
    pub(in crate::draft) fn read() -> Self {
        let mut outlets = Self {
            kinds: HashSet::new(),
            names: HashSet::new(),
            forms: HashSet::new(),
            endings: Vec::new(),
            descriptions: HashSet::new(),
        };
        let mut section = "";
        for line in include_str!("../words/outlets.txt").lines().map(str::trim) {
            if line.starts_with('[') || line.starts_with('#') {
                section = line;
                continue;
            }
            match section {
                "[kinds]" => outlets.kinds.extend(line.split_whitespace()),
                "[names]" => outlets.names.extend(line.split_whitespace()),
                "[forms]" => outlets.forms.extend(line.split_whitespace()),
                "[endings]" => outlets.endings.extend(line.split_whitespace()),
                "[descriptions]" => outlets.descriptions.extend(line.split_whitespace()),
                _ => {}
            }
        }
        outlets
    }
}

impl Names<'_> {
    /// Whether a name is one of a body rather than a person.
    pub(in crate::draft) fn is_body(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        self.is_outlet(name)
            || lower.split_whitespace().any(|word| {
                matches!(
                    word.trim_end_matches(['.', ',']),
                    "party"
                        | "committee"
                        | "university"
                        | "institute"
                        | "center"
                        | "centre"
                        | "department"
                        | "ministry"
                        | "bank"
                        | "association"
                        | "group"
                        | "council"
                        | "court"
                        | "senate"
                        | "house"
                        | "office"
                        | "bureau"
                        | "service"
                        | "commission"
                        | "union"
                        | "league"
                        | "foundation"
                        | "company"
                        | "corporation"
                        | "inc"
                        | "fund"
                        | "society"
                        | "organization"
                        | "organisation"
                        | "embassy"
                        | "police"
                        | "county"
                        | "city"
                        | "states"
                        | "state"
                        | "kingdom"
                        | "campaign"
                        | "administration"
                        | "government"
                        | "congress"
                        | "parliament"
                        | "street"
                        | "authority"
                        | "board"
                        | "federation"
                        | "hospital"
                        | "school"
                        | "college"
                        | "hall"
                        | "index"
                        | "act"
                        | "islamic"
                        | "radio"
                        | "rovers"
                        | "united"
                        | "town"
                        | "athletic"
                        | "wanderers"
                        | "fc"
                        | "club"
                        | "team"
                        | "lines"
                        | "airlines"
                        | "airways"
                        | "capital"
                        | "energy"
                        | "motors"
                        | "systems"
                        | "partners"
                        | "holdings"
                        | "ltd"
                        | "plc"
                        | "gmbh"
                        | "alliance"
                        | "guild"
                        | "agency"
                        | "trust"
                        | "television"
                        | "tv"
                )
            })
    }

    /// Whether a name is one of an outlet.
    pub(in crate::draft) fn is_outlet(&self, name: &str) -> bool {
        let lower = name.to_lowercase().replace('’', "'");
        let words: Vec<&str> = lower
            .split(|c: char| c.is_whitespace())
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'))
            .filter(|word| !word.is_empty())
            .collect();
        let Some(last) = words.last() else { return false };
        if words.len() > 7 {
            return false;
        }
        let capital = name.chars().next().is_some_and(char::is_uppercase)
            || name.starts_with("the ")
            || name.starts_with("die ")
            || name.starts_with("le ")
            || name.starts_with("la ")
            || name.starts_with("el ");
        let formed = words.len() > 1
            && (words.iter().any(|word| self.outlets.forms.contains(word))
                || self.outlets.endings.iter().any(|ending| last.ends_with(ending)));
        let ended = self.lexicon.language == "de"
            && self.outlets.endings.iter().any(|ending| last.len() > ending.len() + 2 && last.ends_with(ending));
        capital
            && (formed
                || ended
                || words.iter().any(|word| self.outlets.names.contains(word))
                || self.outlets.kinds.contains(last.trim_end_matches("'s")) && (words.len() > 1 || words[0].len() > 6)
                || words.len() >= 2
                    && words
                        .windows(2)
                        .any(|pair| pair[0] == "le" && pair[1] == "monde" || pair[0] == "el" && pair[1] == "país"))
            || last.ends_with(".com")
    }

    /// The outlet that a phrase names, without its article and what follows its possessive.
    pub(super) fn outlet_of(&self, phrase: &str) -> Option<String> {
        let phrase = phrase.trim();
        if let Some(name) = self.described(phrase) {
            return Some(name);
        }
        let phrase = if self.lexicon.language == "de" { phrase.trim_end_matches(is_mark) } else { phrase };
        let owner = phrase.split("’s ").next().unwrap_or(phrase).split("'s ").next().unwrap_or(phrase);
        [owner, phrase].into_iter().find_map(|candidate| {
            let name = self.clean(unarticled(candidate));
            (self.is_outlet(&name) || is_titled(candidate)).then_some(name)
        })
    }

    /// The name behind a word that says what it is of: `the newspaper El Faro`, `dem Sender Kanal 7`.
    pub(super) fn described(&self, phrase: &str) -> Option<String> {
        let words: Vec<&str> = phrase.split_whitespace().collect();
        // “Radio Skarn” is a name by itself, “the radio station Skarn” is not.
        let common = |word: &str| {
            word.starts_with(char::is_lowercase)
                || self.lexicon.language == "de" && !self.outlets.forms.contains(word.to_lowercase().as_str())
        };
        let at = words
            .iter()
            .take(6)
            .rposition(|word| self.is_description(word) && (common(word) || word.eq_ignore_ascii_case("sender")))?;
        // A preposition before it: “a spokeswoman for the broadcaster X” is none.
        let plain = words[..at].iter().all(|word| {
            let word = word.to_lowercase();
            self.lexicon.is_determiner(&word) || !self.lexicon.is_preposition(&word)
        });
        let name = &words[at + 1..];
        let capital =
            |word: &&str| word.trim_start_matches(is_mark).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        if !plain || !name.first().is_some_and(capital) || name.len() > 7 || !name.last().is_some_and(capital) {
            return None;
        }
        let joined = name.join(" ");
        Some(self.clean(joined.trim_matches(is_mark)))
    }

    /// Whether a word says of a name behind it that it is one of an outlet.
    pub(super) fn is_description(&self, word: &str) -> bool {
        self.outlets.descriptions.contains(word.to_lowercase().as_str())
    }

    /// The name as the article gives it in full: `the Post` of the Pellworth Post.
    pub(super) fn full_outlet(&self, name: String, before: u32) -> String {
        if name.split_whitespace().count() > 1 {
            return name;
        }
        let end = self.mentions.partition_point(|mention| mention.at < before);
        let full = self.mentions[end.saturating_sub(400)..end].iter().rev().find(|mention| {
            mention.name.split_whitespace().count() > 1
                && mention.name.split_whitespace().last() == Some(name.as_str())
                && self.is_outlet(&mention.name)
        });
        full.map_or(name, |mention| mention.name.clone())
    }
}

/// Whether a name begins with an article in a capital in the middle of a sentence, as titles do: `told The Lantern`.
fn is_titled(phrase: &str) -> bool {
    let mut words = phrase.trim_matches(is_mark).split_whitespace();
    let article = words.next().is_some_and(|word| matches!(word, "The" | "Le" | "La" | "Les" | "El" | "Los" | "Las"));
    let rest: Vec<&str> = words.collect();
    article
        && (1..=5).contains(&rest.len())
        && rest.first().is_some_and(|word| word.starts_with(char::is_uppercase))
        && rest.last().is_some_and(|word| word.starts_with(char::is_uppercase) || word.contains('’'))
}

/// A name without its article and without the marks that it may stand in: `der „Abendpost“`.
fn unarticled(phrase: &str) -> &str {
    let bare = bare_article(phrase);
    let marked = bare.split_once(' ').filter(|(article, rest)| {
        article.chars().count() <= 4 && article.starts_with(char::is_lowercase) && rest.starts_with(is_mark)
    });
    marked.map_or(bare, |(_, rest)| rest).trim_matches(is_mark)
}

fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '"' | '«' | '»' | '‘' | '\u{a0}' | '\u{202f}')
}
