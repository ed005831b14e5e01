//! Pronouns: `he said` → the person of the article whom the words mean, as far as names, genders and places tell.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::speech::Paragraph;
use super::{Before, Gender, Mention, Names};

impl Names<'_> {
    /// The last person before a place whom a pronoun can mean: who spoke last, if that fits, else who was named last.
    pub(super) fn person(
        &self,
        at: u32,
        gender: Gender,
        paragraph: &Paragraph,
        last: Option<Before<'_>>,
    ) -> Option<String> {
        let before = self.mentions.partition_point(|mention| mention.at < at);
        let fits =
            |mention: &&Mention| mention.person && (mention.gender == gender || mention.gender == Gender::Unknown);
        let free = |mention: &&Mention| fits(mention) && !mention.owns;
        // Somebody whom this paragraph names as the subject of a sentence goes before who spoke in an earlier one.
        let far = last.is_none_or(|last| !last.near);
        // So does whom the sentence between the two is about: “…,” X said. Y laughed. “…,” he said.
        if !far && let Some(subject) = self.taken_up(at, paragraph, gender, last.and_then(Before::name)) {
            return Some(subject);
        }
        if far && let Some(subject) = self.subject_named(at, paragraph, gender) {
            return Some(subject);
        }
        // Who spoke right before without a name: “a spokesman said …. He declined …”
        if let Some(last) = last.filter(|last| last.near)
            && let Some(name) = last.name()
            && !self.people.contains(name)
            && !self.is_body(name)
            && !self.is_thing(name)
            && fits_description(name, gender)
        {
            return Some(name.clone());
        }
        // Of somebody whose gender nothing tells, and who is hardly named, the article's main person is likelier meant.
        if far
            && let Some(name) = last.and_then(Before::name)
            && let Some(main) = self.main_person(before, gender)
            && self.times_named(before, name) * 2 <= self.times_named(before, &main)
            && self.mentions[..before]
                .iter()
                .rev()
                .take(400)
                .any(|mention| mention.name == *name && mention.gender == Gender::Unknown)
        {
            return Some(main);
        }
        if let Some(name) = last.and_then(Before::name)
            && let Some(mention) = self.mentions[..before].iter().rev().take(400).find(|mention| mention.name == *name)
            && fits(&mention)
        {
            return Some(name.clone());
        }
        let recent = &self.mentions[before.saturating_sub(40)..before];
        // Where every noun has a capital, two of them are no name by their looks.
        let unsure = self.lexicon.language == "de";
        recent
            .iter()
            .rev()
            .find(|mention| mention.person && mention.gender == gender)
            .or_else(|| recent.iter().rev().filter(|_| !unsure).find(free))
            .map(|mention| mention.name.clone())
    }

    /// The person of a gender whom the last sentence before a place that names one begins with, in the same paragraph.
    fn subject_named(&self, at: u32, paragraph: &Paragraph, gender: Gender) -> Option<String> {
        let view = paragraph.view(self.text, self.lexicon);
        let begins = |sentence: &Range<usize>| view.tokens.get(sentence.start).map_or(0, |token| token.range.start);
        paragraph.sentences.iter().rev().filter(|sentence| begins(sentence) < at).find_map(|sentence| {
            let limit = view.tokens[sentence.start..sentence.end.min(sentence.start + 10)].last()?.range.end.min(at);
            let from = self.mentions.partition_point(|mention| mention.at < begins(sentence));
            let named = || self.mentions[from..].iter().take_while(|mention| mention.at < at);
            let fits = |mention: &&Mention| mention.person && !mention.owns && !self.is_body(&mention.name);
            // Whose gender is known goes before a subject of whom nothing is.
            named()
                .find(|mention| fits(mention) && mention.gender == gender)
                .or_else(|| {
                    named().take_while(|mention| mention.at < limit).find(|mention| {
                        fits(mention) && mention.gender == Gender::Unknown && self.lexicon.language != "de"
                    })
                })
                .map(|mention| mention.name.clone())
        })
    }

    /// Whether a description is one of a document or of something else that is written: `a feasibility study`.
    fn is_thing(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let head = lower.split([',', '(']).next().unwrap_or_default();
        let owner =
            [" by ", " of ", " on ", " for ", " from ", " von ", " de ", " du ", " des ", " del ", " sur ", " über "];
        let end = owner.iter().filter_map(|word| head.find(word)).min().unwrap_or(head.len());
        head[..end].split_whitespace().last().is_some_and(|word| self.lexicon.is_writing(word))
    }

    /// The person whom the sentence right before that of a pronoun begins with, if it is not who spoke last and fits
    /// better or as well.
    fn taken_up(&self, at: u32, paragraph: &Paragraph, gender: Gender, last: Option<&String>) -> Option<String> {
        let view = paragraph.view(self.text, self.lexicon);
        let own = paragraph
            .sentences
            .partition_point(|sentence| view.tokens.get(sentence.start).is_some_and(|token| token.range.start <= at))
            .checked_sub(1)?;
        let known =
            |name: &String| self.mentions.iter().any(|mention| mention.name == *name && mention.gender == gender);
        let sure = last.is_some_and(|last| self.is_person(last) && known(last));
        let before = own.checked_sub(1)?;
        [own, before].into_iter().find_map(|number| {
            let sentence = paragraph.sentences.get(number)?;
            // A sentence that begins with a quotation is about what was said before it.
            let first = view.tokens.get(sentence.start).filter(|token| token.is_word())?;
            let limit = view.tokens[sentence.start..sentence.end.min(sentence.start + 4)].last()?.range.end.min(at);
            let from = self.mentions.partition_point(|mention| mention.at < first.range.start);
            let (index, mention) = self.mentions[from..]
                .iter()
                .enumerate()
                .take_while(|(_, mention)| mention.at < limit)
                .find(|(_, mention)| mention.person && !mention.owns && !self.is_body(&mention.name))?;
            let other = last != Some(&mention.name);
            let begins = index == 0 || self.mentions[from..from + index].iter().all(|mention| mention.owns);
            let fits =
                mention.gender == gender || mention.gender == Gender::Unknown && !sure && self.lexicon.language != "de";
            (other && begins && fits).then(|| mention.name.clone())
        })
    }

    /// Who spoke last, or else the person whom this paragraph, or the text right before it, names as a subject.
    pub(super) fn last_subject(&self, at: u32, paragraph: &Paragraph, last: Option<Before<'_>>) -> Option<String> {
        if let Some(name) = last.filter(|last| last.near).and_then(Before::name) {
            return Some(name.clone());
        }
        let view = paragraph.view(self.text, self.lexicon);
        let begins = |sentence: &Range<usize>| view.tokens.get(sentence.start).map_or(0, |token| token.range.start);
        let subject = paragraph.sentences.iter().rev().filter(|sentence| begins(sentence) < at).find_map(|sentence| {
            let limit = view.tokens[sentence.start..sentence.end.min(sentence.start + 8)].last()?.range.end.min(at);
            let from = self.mentions.partition_point(|mention| mention.at < begins(sentence));
            self.mentions[from..]
                .iter()
                .take_while(|mention| mention.at < limit)
                .find(|mention| mention.person && !mention.owns && !self.is_body(&mention.name))
        });
        let spoke = || last.and_then(Before::name).filter(|name| self.is_person(name)).cloned();
        subject.map(|mention| mention.name.clone()).or_else(spoke)
    }

    /// The person whom an article is about as far as a place: whom it names most often, of equals the first.
    pub(in crate::draft) fn main(&self, at: u32) -> Option<String> {
        let before = self.mentions.partition_point(|mention| mention.at < at);
        let mut times: BTreeMap<&str, (usize, std::cmp::Reverse<u32>)> = BTreeMap::new();
        for mention in self.mentions[..before.min(400)].iter().filter(|mention| mention.person) {
            times.entry(mention.name.as_str()).or_insert((0, std::cmp::Reverse(mention.at))).0 += 1;
        }
        times.into_iter().max_by_key(|(_, rank)| *rank).map(|(name, _)| name.to_owned())
    }

    /// How often somebody is named before a place, among the last mentions.
    fn times_named(&self, before: usize, name: &str) -> usize {
        let recent = &self.mentions[before.saturating_sub(200)..before];
        recent.iter().filter(|mention| mention.name == name).count()
    }

    /// The person whom a pronoun of a gender can mean that is named most often before a place.
    fn main_person(&self, before: usize, gender: Gender) -> Option<String> {
        let recent = &self.mentions[before.saturating_sub(200)..before];
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for mention in recent {
            if mention.person && (mention.gender == gender || mention.gender == Gender::Unknown) {
                *times.entry(mention.name.as_str()).or_default() += 1;
            }
        }
        let most = times.into_iter().max_by_key(|(_, times)| *times)?;
        Some(most.0.to_owned())
    }
}

/// Whether a description can be somebody of a gender, as far as its words tell.
fn fits_description(name: &str, gender: Gender) -> bool {
    let lower = name.to_lowercase();
    let she = lower.split_whitespace().any(|word| {
        word.ends_with("woman")
            || matches!(word, "mother" | "widow" | "daughter" | "sister" | "girl" | "queen" | "la" | "una")
    });
    let he = lower.split_whitespace().any(|word| {
        word.ends_with("man") && !word.ends_with("woman")
            || matches!(word, "father" | "widower" | "son" | "brother" | "boy" | "king")
    });
    match gender {
        Gender::He => !she,
        Gender::She => !he,
        Gender::Unknown => true,
    }
}
