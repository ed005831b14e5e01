//! Names: the words that name a source → who speaks, and through whom we hear it.
//!
//! A pronoun stands for the last person or body that fits it; a surname for the full name that the article gives. The
//! span in the article stays what it is; only the name beside it changes. What cannot be told is left open.

mod chain;
mod core;
mod outlets;
mod pronoun;

use std::collections::HashSet;

use super::lexicon::Lexicon;
use super::phrase::{Role, View};
use super::speech::{Attribution, Paragraph};
use crate::model::TextRange;
use crate::model::words::single_spaced;
use outlets::Outlets;

/// Who an attribution is from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The name, or the words of the article where there is none (`a source`).
    pub(super) name: Option<String>,
    /// The outlets between the article and the speaker, nearest first.
    pub(super) via: Vec<String>,
}

/// Who spoke before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'s> {
    pub(super) speaker: &'s Speaker,
    /// In the same paragraph.
    pub(super) near: bool,
}

impl<'s> Before<'s> {
    fn name(self) -> Option<&'s String> {
        self.speaker.name.as_ref()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gender {
    He,
    She,
    Unknown,
}

/// A name of the article where it stands.
#[derive(Debug, Clone)]
struct Mention {
    at: u32,
    name: String,
    gender: Gender,
    person: bool,
    /// What it owns is meant, not itself: `Brandt’s deputy`.
    owns: bool,
}

/// Every name of an article, in order.
pub(super) struct Names<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    outlets: Outlets,
    mentions: Vec<Mention>,
    /// The names of those that are people.
    people: HashSet<String>,
}

/// Whether a German noun says what a woman is by trade or in life: `Rentnerin`.
fn is_calling(word: &str) -> bool {
    ["erin", "orin", "istin", "ärztin", "ältin", "ntin", "ogin", "eurin", "ärin"]
        .iter()
        .any(|ending| word.ends_with(ending))
}

/// Whether a word in front of a name says that it is a place.
fn is_where(word: &str) -> bool {
    matches!(word, "in" | "near" | "outside" | "into" | "bei" | "aus" | "nach" | "en" | "hacia" | "vers" | "im")
}

/// Whether a name has a word of a place in it: `Port Lisse`, `Corn Square`.
fn is_place(words: &[&str]) -> bool {
    let first = words.first().is_some_and(|word| {
        matches!(
            *word,
            "port"
                | "upper"
                | "lower"
                | "mount"
                | "lake"
                | "loch"
                | "cape"
                | "new"
                | "north"
                | "south"
                | "east"
                | "west"
                | "fort"
                | "san"
                | "santa"
                | "saint"
                | "sankt"
                | "bad"
                | "puerto"
                | "villa"
                | "isle"
        )
    });
    let last = words.last().is_some_and(|word| {
        matches!(
            *word,
            "bay"
                | "street"
                | "road"
                | "square"
                | "avenue"
                | "lane"
                | "river"
                | "valley"
                | "island"
                | "islands"
                | "beach"
                | "harbour"
                | "harbor"
                | "bridge"
                | "park"
                | "station"
                | "airport"
                | "sea"
                | "coast"
                | "hill"
                | "hills"
                | "mountains"
                | "forest"
                | "stadium"
                | "market"
                | "gate"
                | "quay"
                | "pier"
        ) || word.ends_with("straße")
            || word.ends_with("platz") && word.len() > 6
    });
    words.len() > 1 && (first || last)
}

const SHE: &str = include_str!("words/she.txt");
const HE: &str = include_str!("words/he.txt");

impl<'a> Names<'a> {
    /// Collects the names of an article.
    pub(super) fn collect(text: &'a str, paragraphs: &[Paragraph], lexicon: &'a Lexicon) -> Self {
        let she: HashSet<&str> = SHE.split_whitespace().collect();
        let he: HashSet<&str> = HE.split_whitespace().collect();
        let mut names = Self { text, lexicon, outlets: Outlets::read(), mentions: Vec::new(), people: HashSet::new() };
        let mut places: HashSet<String> = HashSet::new();
        for paragraph in paragraphs {
            let view = paragraph.view(text, lexicon);
            let mut at = 0;
            while at < view.tokens.len() {
                let from = at;
                while at < view.tokens.len()
                    && (view.role(at) == Role::Name || at > from && names.is_particle(&view, at))
                {
                    at += 1;
                }
                if at == from {
                    at += 1;
                    continue;
                }
                let words: Vec<&str> = (from..at).map(|at| view.word(at)).collect();
                let mut titles = words.iter().take_while(|word| lexicon.is_title(word.trim_end_matches('.'))).count();
                // “Stürmer Malik Diallo”: a first name behind a description.
                if let Some(given) = (titles + 1..words.len().saturating_sub(1).min(titles + 4))
                    .find(|at| she.contains(words[*at]) || he.contains(words[*at]))
                    .filter(|_| !she.contains(words[titles]) && !he.contains(words[titles]))
                    .filter(|given| words.len() - given == 2)
                {
                    titles = given;
                }
                // “die Rentnerin Elfriede Sand”: what somebody is, where every noun has a capital.
                if titles == 0 && lexicon.language == "de" && words.len() >= 3 && is_calling(words[0]) {
                    titles = 1;
                }
                let title = words.iter().take(titles).copied().collect::<Vec<_>>();
                if titles >= words.len() {
                    continue;
                }
                let range = view.range(&(from + titles..at));
                let name = names.clean(&text[range.span()]);
                let first = words[titles].trim_end_matches('.');
                let gender = if title.iter().any(|word| {
                    matches!(
                        word.trim_end_matches('.'),
                        "mrs"
                            | "ms"
                            | "miss"
                            | "lady"
                            | "dame"
                            | "frau"
                            | "madame"
                            | "mme"
                            | "señora"
                            | "sra"
                            | "congresswoman"
                            | "spokeswoman"
                            | "chairwoman"
                            | "tochter"
                            | "witwe"
                            | "mutter"
                            | "schwester"
                    ) || lexicon.language == "de" && word.len() > 5 && word.ends_with("in")
                }) || she.contains(first)
                    || Self::kin(&view, from) == Gender::She && !he.contains(first)
                {
                    Gender::She
                } else if title.iter().any(|word| {
                    matches!(
                        word.trim_end_matches('.'),
                        "mr" | "sir"
                            | "lord"
                            | "herr"
                            | "monsieur"
                            | "señor"
                            | "sr"
                            | "congressman"
                            | "spokesman"
                            | "chairman"
                            | "sohn"
                            | "witwer"
                            | "vater"
                            | "bruder"
                    )
                }) || he.contains(first)
                    || Self::kin(&view, from) == Gender::He
                {
                    Gender::He
                } else {
                    Gender::Unknown
                };
                // “in Port Lisse”: where something is, unless a first name or a title tells otherwise.
                let unknown = gender == Gender::Unknown && titles == 0;
                if unknown && (is_place(&words) || from > 0 && is_where(view.word(from - 1))) {
                    places.insert(name.clone());
                }
                let person =
                    gender != Gender::Unknown || titles > 0 || words.len() - titles >= 2 && !names.is_body(&name);
                let owns = view.role(at) == Role::Possessive && view.word(at) != "'";
                names.mentions.push(Mention { at: range.start, name, gender, person, owns });
            }
        }
        for mention in &mut names.mentions {
            if mention.gender == Gender::Unknown && places.contains(&mention.name) {
                mention.person = false;
            }
        }
        names.spread();
        names.people =
            names.mentions.iter().filter(|mention| mention.person).map(|mention| mention.name.clone()).collect();
        names
    }

    /// Gives each surname the full name, and each name the gender, that the article gives anywhere.
    fn spread(&mut self) {
        let mut full: std::collections::HashMap<String, (String, Gender)> = std::collections::HashMap::new();
        for mention in self.mentions.iter().filter(|mention| mention.person) {
            let Some(last) = mention.name.split_whitespace().last() else { continue };
            let words = mention.name.split_whitespace().count();
            let known = full.entry(last.to_owned()).or_insert_with(|| (mention.name.clone(), mention.gender));
            if known.0.split_whitespace().count() < 2 && words >= 2 {
                known.0.clone_from(&mention.name);
            }
            if known.1 == Gender::Unknown {
                known.1 = mention.gender;
            }
        }
        for mention in &mut self.mentions {
            let last = mention.name.split_whitespace().last().unwrap_or_default();
            if let Some((name, gender)) = full.get(last) {
                let single = mention.name.split_whitespace().count() == 1;
                if single && name.split_whitespace().count() > 1 {
                    mention.name.clone_from(name);
                    mention.person = true;
                }
                if mention.gender == Gender::Unknown && (single || mention.name == *name) {
                    mention.gender = *gender;
                }
            }
        }
    }

    /// The gender that a word of kinship in front of a name tells: `Mr Iyer’s wife, Constance`.
    fn kin(view: &View<'_>, from: usize) -> Gender {
        let Some(mut at) = from.checked_sub(1) else { return Gender::Unknown };
        if view.role(at) == Role::Comma && at > 0 {
            at -= 1;
        }
        match view.word(at) {
            "wife" | "widow" | "mother" | "daughter" | "sister" | "aunt" | "niece" | "grandmother" | "spokeswoman"
            | "chairwoman" | "frau" | "witwe" | "mutter" | "tochter" | "schwester" | "ehefrau" | "femme" | "veuve"
            | "mère" | "fille" | "sœur" | "mujer" | "viuda" | "madre" | "hija" | "hermana" | "esposa" => Gender::She,
            "husband" | "widower" | "father" | "son" | "brother" | "uncle" | "nephew" | "grandfather" | "spokesman"
            | "chairman" | "ehemann" | "witwer" | "vater" | "sohn" | "bruder" | "mari" | "veuf" | "père" | "fils"
            | "frère" | "marido" | "viudo" | "padre" | "hijo" | "hermano" => Gender::He,
            _ => Gender::Unknown,
        }
    }

    fn is_particle(&self, view: &View<'_>, at: usize) -> bool {
        matches!(
            view.word(at),
            "de" | "von"
                | "van"
                | "der"
                | "den"
                | "da"
                | "del"
                | "di"
                | "la"
                | "le"
                | "du"
                | "al"
                | "bin"
                | "ten"
                | "zu"
                | "y"
        ) && view.role(at + 1) == Role::Name
            && !view.tokens[at].capital
            && !matches!(view.word(at), "y" | "la" | "le" | "der" | "den" | "da" | "du")
                | matches!(view.word(at.wrapping_sub(1)), "von" | "van" | "de")
    }

    fn clean(&self, text: &str) -> String {
        let joined = single_spaced(text);
        joined
            .trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '#' | ')' | '.' | '”' | '"'))
            .trim_end_matches([',', ';', ':'])
            .to_owned()
    }

    /// Who an attribution is from. `last` is who spoke before.
    pub(super) fn speaker(
        &self,
        attribution: &Attribution,
        paragraph: &Paragraph,
        last: Option<Before<'_>>,
    ) -> Speaker {
        let mut speaker = self.chain(attribution, paragraph, last);
        let told = |name: &String| name.chars().any(char::is_alphanumeric);
        speaker.name = speaker.name.filter(told);
        speaker.via.retain(told);
        speaker
    }

    fn chain(&self, attribution: &Attribution, paragraph: &Paragraph, last: Option<Before<'_>>) -> Speaker {
        let mut speaker = Speaker::default();
        let mut named = attribution.inner.or(attribution.source);
        // “sagte Katrin Holt der Abendpost”: who was told stands right behind who says it.
        let told = named.and_then(|range| self.dative(range, paragraph));
        if let (Some(range), Some(at)) = (named, told) {
            named = Some(TextRange {
                start: range.start,
                end: range.start + self.text[range.start as usize..at as usize].trim_end().len() as u32,
            });
            if let Some(outlet) = self.outlet_named(TextRange { start: at, end: range.end }) {
                speaker.via.push(self.full_outlet(outlet, at));
            }
        }
        if let Some(range) = named {
            speaker.name = self.resolve(range, paragraph, last);
        }
        // Spanish leaves the subject out where it stays the same.
        if let (None, "es", Some(cue)) = (named, self.lexicon.language, attribution.cue) {
            speaker.name = self.last_subject(cue.start, paragraph, last.filter(|last| last.near));
        }
        if attribution.inner.is_some()
            && let Some(source) = attribution.source
            && let Some(name) = self.resolve(source, paragraph, last)
        {
            speaker.via.push(name);
        }
        let view = paragraph.view(self.text, self.lexicon);
        if let Some(listener) = attribution.listener {
            let name = self.outlet_named(listener);
            if let Some(name) = name {
                speaker.via.push(self.full_outlet(name, listener.start));
            }
        } else if attribution.inner.is_none()
            && told.is_none()
            && let Some(cue) = attribution.cue
            && let Some(outlet) =
                self.setting(cue, attribution, paragraph).or_else(|| self.opening(attribution, &view, paragraph))
        {
            speaker.via.push(outlet);
        }
        let Some(source) = attribution.source.filter(|_| attribution.inner.is_none() && speaker.via.is_empty()) else {
            return speaker;
        };
        let written = &self.text[source.span()];
        // “A report by X, seen by Y, says”
        if let Some(outlet) = self.seen_by(source, attribution.cue.filter(|cue| cue.start < source.end + 200), &view) {
            speaker.via.push(outlet);
            return speaker;
        }
        if let Some(name) = &speaker.name {
            let described =
                self.described(written).filter(|outlet| outlet.ends_with(name.as_str()) && !self.is_person(name));
            let known = || self.full_outlet(name.clone(), source.start) != *name;
            if described.is_some()
                || known()
                || self.is_outlet(name) && !written.contains(" for ")
                || self.publishes(attribution, written, name)
            {
                let name = described.unwrap_or_else(|| name.clone());
                let full = self.full_outlet(name, source.start);
                speaker.name = Some(full.clone());
                speaker.via.push(full);
            }
        }
        speaker
    }

    /// The name that some words of the article stand for.
    fn resolve(&self, range: TextRange, paragraph: &Paragraph, last: Option<Before<'_>>) -> Option<String> {
        let written = &self.text[range.span()];
        let lower = written.to_lowercase();
        match lower.as_str() {
            "he" | "his" | "him" | "er" | "il" | "él" => self.person(range.start, Gender::He, paragraph, last),
            "she" | "her" | "elle" | "ella" => self.person(range.start, Gender::She, paragraph, last),
            "sie" => self.person(range.start, Gender::She, paragraph, last),
            "it" | "its" | "they" | "their" | "es" | "ils" | "elles" | "ellos" | "ellas" => {
                // A body is taken up again in the same paragraph only: further on, “they” may be anybody.
                last.filter(|last| last.near).and_then(Before::name).cloned().filter(|name| !self.is_person(name))
            }
            "who" | "which" | "that" | "der" | "die" | "das" | "qui" | "que" | "quien" => {
                self.antecedent(range, paragraph)
            }
            "i" | "we" | "you" => Some(written.to_owned()),
            // “der 54-Jährige”, “the 31-year-old”: somebody who was named before.
            _ if (lower.contains("-jährig") || lower.contains("-year-old"))
                && !written.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase)) =>
            {
                let she = lower.starts_with("die ") || lower.contains("woman");
                let de = self.lexicon.language == "de";
                match (she, de) {
                    (true, _) => self.person(range.start, Gender::She, paragraph, last),
                    (false, true) => self.person(range.start, Gender::He, paragraph, last),
                    _ => self.last_subject(range.start, paragraph, last),
                }
            }
            // “Man nannte ihn …”: nobody in particular.
            "man" | "on" | "sich" | "se" => None,
            _ => Some(self.core(range, paragraph)),
        }
    }

    pub(super) fn is_person(&self, name: &str) -> bool {
        self.people.contains(name)
    }

    /// What stands right before a relative pronoun.
    fn antecedent(&self, range: TextRange, paragraph: &Paragraph) -> Option<String> {
        let view = paragraph.view(self.text, self.lexicon);
        let mut at = view.tokens.partition_point(|token| token.range.start < range.start);
        while at > 0 && matches!(view.role(at - 1), Role::Comma | Role::Dash) {
            at -= 1;
        }
        let mut phrase = view.phrase_before(at, 0)?;
        // “the league, also known as L, which …”: the name before the comma.
        if phrase.start > 0
            && view.word(phrase.start - 1) == "as"
            && let Some(comma) = (phrase.start.saturating_sub(5)..phrase.start).find(|at| view.role(*at) == Role::Comma)
            && let Some(named) = view.phrase_before(comma, 0)
        {
            phrase = named;
        }
        // Behind a verb of the clause only its object is meant.
        if let Some(verb) =
            phrase.clone().rev().find(|at| view.role(*at) == Role::Other && self.lexicon.is_past(view.word(*at)))
        {
            let mut start = verb + 1;
            while start < phrase.end && view.role(start) == Role::Preposition {
                start += 1;
            }
            if start < phrase.end {
                phrase.start = start;
            }
        }
        Some(self.core(view.range(&phrase), paragraph))
    }
}
