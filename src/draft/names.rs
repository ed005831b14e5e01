//! Names: the words that name a source → who speaks, and through whom we hear it.
//!
//! A pronoun stands for the last person or body that fits it; a surname for the full name that the article gives. The
//! span in the article stays what it is; only the name beside it changes. What cannot be told is left open.

mod core;
mod outlets;
mod pronoun;

use std::collections::HashSet;

use super::lexicon::Lexicon;
use super::phrase::{Role, View};
use super::speech::{Attribution, Paragraph};
use crate::model::TextRange;
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
    ["erin", "orin", "istin", "ärztin", "ältin", "ntin", "ogin", "eurin", "ärin"].iter().any(|ending| word.ends_with(ending))
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
            "port" | "upper" | "lower" | "mount" | "lake" | "loch" | "cape" | "new" | "north" | "south" | "east"
                | "west" | "fort" | "san" | "santa" | "saint" | "sankt" | "bad" | "puerto" | "villa" | "isle"
        )
    });
    let last = words.last().is_some_and(|word| {
        matches!(
            *word,
            "bay" | "street" | "road" | "square" | "avenue" | "lane" | "river" | "valley" | "island" | "islands"
                | "beach" | "harbour" | "harbor" | "bridge" | "park" | "station" | "airport" | "sea" | "coast"
                | "hill" | "hills" | "mountains" | "forest" | "stadium" | "market" | "gate" | "quay" | "pier"
        ) || word.ends_with("straße") || word.ends_with("platz") && word.len() > 6
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
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
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
            named = Some(TextRange { start: range.start, end: range.start + self.text[range.start as usize..at as usize].trim_end().len() as u32 });
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
        if let Some(outlet) = self.seen_by(source, &view) {
            speaker.via.push(outlet);
            return speaker;
        }
        if let Some(name) = &speaker.name {
            let described = self.described(written).filter(|outlet| outlet.ends_with(name.as_str()) && !self.is_person(name));
            let known = || self.full_outlet(name.clone(), source.start) != *name;
            if described.is_some() || known() || self.is_outlet(name) && !written.contains(" for ") || self.publishes(attribution, written, name) {
                let name = described.unwrap_or_else(|| name.clone());
                let full = self.full_outlet(name, source.start);
                speaker.name = Some(full.clone());
                speaker.via.push(full);
            }
        }
        speaker
    }

    /// Where in a German source whom it was told to begins: behind a person's name, with an article in the dative.
    fn dative(&self, range: TextRange, paragraph: &Paragraph) -> Option<u32> {
        if self.lexicon.language != "de" {
            return None;
        }
        let view = paragraph.view(self.text, self.lexicon);
        let from = view.tokens.partition_point(|token| token.range.start < range.start);
        let to = view.tokens.partition_point(|token| token.range.start < range.end);
        let at = (from + 1..to).find(|at| {
            matches!(view.word(*at), "der" | "dem" | "den") && view.role(at - 1) == Role::Name && view.role(at + 1) != Role::Time
        })?;
        let end = view.tokens[at - 1].range.end;
        let mention = self.mentions.partition_point(|mention| mention.at < end).checked_sub(1)?;
        let mention = &self.mentions[mention];
        let rest = &self.text[view.tokens[at].range.start as usize..range.end as usize];
        let person = mention.at >= range.start && mention.person
            || view.lexicon.is_title(view.word(at - 1)) && self.outlet_of(rest).is_some();
        person.then(|| view.tokens[at].range.start)
    }

    /// Whether a source that no word tells to be an outlet reports what it says as outlets do: a title with its article,
    /// and a verb of reporting.
    fn publishes(&self, attribution: &Attribution, written: &str, name: &str) -> bool {
        let reports = attribution.cue.is_some_and(|cue| {
            self.text[cue.span()].split_whitespace().any(|word| {
                matches!(
                    word.to_lowercase().as_str(),
 "according" | "selon" | "según" | "d’après" | "reported" | "reports" | "reporting" | "rapporte" | "rapportait" | "rapporté" | "publicó" | "publica"
                        | "informó" | "informa" | "revela" | "reveló" | "révèle" | "révélait"
                )
            })
        });
        let article = written.split_whitespace().next().is_some_and(|word| {
            matches!(word, "The" | "Le" | "La" | "Les" | "El" | "Los" | "Las")
        });
        let capital = written.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase));
        reports && article && capital && !self.is_person(name) && !self.is_body(name) && written.split_whitespace().count() <= 6
    }

    /// `seen by Y`, `obtained by Y`, `which Y published`: the outlet through which a paper is known.
    fn seen_by(&self, source: TextRange, view: &View<'_>) -> Option<String> {
        let from = view.tokens.partition_point(|token| token.range.start < source.start);
        let to = view.tokens.partition_point(|token| token.range.start < source.end);
        (from + 1..to).find_map(|at| {
            let seen = matches!(
                view.word(at),
                "seen" | "obtained" | "reviewed" | "viewed" | "published" | "leaked" | "consulté" | "publié" | "publicado"
            ) && matches!(view.word(at + 1), "by" | "par" | "por" | "to");
            let phrase = if seen {
                view.phrase_after(at + 2, to)
            } else if view.role(at) == Role::Comma && view.word(at + 1) == "which" {
                let end = (at + 2..to).find(|end| matches!(view.word(*end), "published" | "obtained" | "saw" | "has"))?;
                at + 2..end
            } else {
                return None;
            };
            (!phrase.is_empty()).then(|| self.outlet_of(&self.text[view.range(&phrase).span()]))?
        })
    }

    /// The outlet that a sentence opens with: `In the magazine Dose, X called …`, `Interrogée par Radio Combe, X …`.
    fn opening(&self, attribution: &Attribution, view: &View<'_>, paragraph: &Paragraph) -> Option<String> {
        let place = attribution.source.or(attribution.cue)?.start;
        let at = view.tokens.partition_point(|token| token.range.start < place);
        let sentence = paragraph.sentences.iter().find(|sentence| sentence.contains(&at))?;
        let comma = (sentence.start..at.min(sentence.start + 14)).find(|at| view.role(*at) == Role::Comma)?;
        (sentence.start..comma).find_map(|at| {
            let sets = matches!(view.word(at), "in" | "on" | "to" | "by" | "im" | "par" | "dans" | "sur" | "en" | "por" | "with" | "von" | "à");
            let phrase = view.phrase_after(at + 1, comma);
            (sets && phrase.end == comma && !phrase.is_empty())
                .then(|| self.outlet_of(&self.text[view.range(&phrase).span()]))?
        })
    }

    /// The outlet that some words mean: by its name, or the one that was named before.
    fn outlet_named(&self, range: TextRange) -> Option<String> {
        let written = &self.text[range.span()];
        self.outlet_meant(range).or_else(|| self.outlet_of(written).filter(|name| name.chars().any(char::is_uppercase))).or_else(|| {
            let name = self.clean(core::bare_article(written));
            let full = self.full_outlet(name.clone(), range.start);
            (full != name).then_some(full)
        })
    }

    /// The outlet that a bare description means: `told the newspaper`, the last outlet that was named.
    fn outlet_meant(&self, range: TextRange) -> Option<String> {
        let mut words = self.text[range.span()].split_whitespace();
        let (article, noun) = (words.next()?, words.next()?);
        let bare = words.next().is_none()
            && matches!(article.to_lowercase().as_str(), "the" | "der" | "dem" | "au" | "le" | "la" | "el" | "al");
        if !bare || !self.is_description(noun) {
            return None;
        }
        let end = self.mentions.partition_point(|mention| mention.at < range.start);
        let named = self.mentions[end.saturating_sub(200)..end].iter().rev().find(|mention| self.is_outlet(&mention.name));
        named.map(|mention| mention.name.clone())
    }

    /// `in an interview with CNN`, `on NBC’s “…”`: the outlet where something was said, behind the verb.
    fn setting(&self, cue: TextRange, attribution: &Attribution, paragraph: &Paragraph) -> Option<String> {
        let view = paragraph.view(self.text, self.lexicon);
        let begin = view.tokens.partition_point(|token| token.range.start < cue.end);
        let end = paragraph
            .sentences
            .iter()
            .find(|sentence| sentence.contains(&begin))
            .map_or(begin, |sentence| sentence.end);
        let mut at = begin;
        while at < end.min(begin + 14) {
            let range = view.tokens[at].range;
            if view.role(at) == Role::Quoted
                || attribution
                    .content
                    .iter()
                    .any(|piece| piece.overlaps(range) && piece.start <= range.start && at == begin)
            {
                return None;
            }
            let dative = self.lexicon.language == "de" && matches!(view.word(at), "der" | "dem" | "den");
            let sets = matches!(
                view.word(at),
                "with" | "on" | "to" | "in" | "by" | "for" | "gegenüber" | "à" | "au" | "a" | "al" | "im" | "en" | "dans" | "sur"
            );
            if sets || dative {
                let begin = if dative { at } else { at + 1 };
                let mut phrase = view.phrase_after(begin, end);
                // A name in marks: „Abendpost“.
                if view.role(phrase.end) == Role::Quoted && phrase.end < end && view.words_in(phrase.end) <= 4 {
                    phrase.end += 1;
                }
                if !phrase.is_empty()
                    && let Some(outlet) = self.outlet_of(&self.text[view.range(&phrase).span()])
                {
                    return Some(self.full_outlet(outlet, view.range(&phrase).start));
                }
            }
            at += 1;
        }
        None
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
