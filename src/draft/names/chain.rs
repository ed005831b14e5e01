//! Chains: through which outlet a statement came, as the words around it tell: who was told it, where it was said, by whom
//! a paper was seen.

use super::super::phrase::{Role, View};
use super::super::speech::{Attribution, Paragraph};
use super::Names;
use super::core::bare_article;
use crate::model::TextRange;

impl Names<'_> {
    /// Where in a German source whom it was told to begins: behind a person's name, with an article in the dative.
    pub(super) fn dative(&self, range: TextRange, paragraph: &Paragraph) -> Option<u32> {
        if self.lexicon.language != "de" {
            return None;
        }
        let view = paragraph.view(self.text, self.lexicon);
        let from = view.tokens.partition_point(|token| token.range.start < range.start);
        let to = view.tokens.partition_point(|token| token.range.start < range.end);
        let at = (from + 1..to).find(|at| {
            matches!(view.word(*at), "der" | "dem" | "den")
                && view.role(at - 1) == Role::Name
                && view.role(at + 1) != Role::Time
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
    pub(super) fn publishes(&self, attribution: &Attribution, written: &str, name: &str) -> bool {
        let reports = attribution.cue.is_some_and(|cue| {
            self.text[cue.span()].split_whitespace().any(|word| {
                matches!(
                    word.to_lowercase().as_str(),
                    "according"
                        | "selon"
                        | "según"
                        | "d’après"
                        | "reported"
                        | "reports"
                        | "reporting"
                        | "rapporte"
                        | "rapportait"
                        | "rapporté"
                        | "publicó"
                        | "publica"
                        | "informó"
                        | "informa"
                        | "revela"
                        | "reveló"
                        | "révèle"
                        | "révélait"
                )
            })
        });
        let article = written
            .split_whitespace()
            .next()
            .is_some_and(|word| matches!(word, "The" | "Le" | "La" | "Les" | "El" | "Los" | "Las"));
        let capital = written.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase));
        reports
            && article
            && capital
            && !self.is_person(name)
            && !self.is_body(name)
            && written.split_whitespace().count() <= 6
    }

    /// `seen by Y`, `obtained by Y`, `which Y published`: the outlet through which a paper is known.
    pub(super) fn seen_by(&self, source: TextRange, cue: Option<TextRange>, view: &View<'_>) -> Option<String> {
        let from = view.tokens.partition_point(|token| token.range.start < source.start);
        // What describes a paper may stand between it and its verb.
        let last = cue.map_or(source.end, |cue| cue.end.max(source.end));
        let to = view.tokens.partition_point(|token| token.range.start < last);
        (from + 1..to).find_map(|at| {
            let seen = matches!(
                view.word(at),
                "seen"
                    | "obtained"
                    | "reviewed"
                    | "viewed"
                    | "published"
                    | "leaked"
                    | "consulté"
                    | "publié"
                    | "publicado"
            ) && matches!(view.word(at + 1), "by" | "par" | "por" | "to");
            let phrase = if seen {
                view.phrase_after(at + 2, to)
            } else if matches!(view.word(at), "acceso" | "accès") {
                view.phrase_after(at + 1, to)
            } else if matches!(view.word(at), "vorliegt" | "vorliegen" | "vorlag") {
                let begin = (from..at).rev().find(|at| matches!(view.word(*at), "dem" | "der" | "den"))?;
                begin..at
            } else if view.role(at) == Role::Comma && view.word(at + 1) == "which" {
                let end =
                    (at + 2..to).find(|end| matches!(view.word(*end), "published" | "obtained" | "saw" | "has"))?;
                at + 2..end
            } else {
                return None;
            };
            (!phrase.is_empty()).then(|| self.outlet_of(&self.text[view.range(&phrase).span()]))?
        })
    }

    /// The outlet that a sentence opens with: `In the magazine Dose, X called …`, `Interrogée par Radio Combe, X …`.
    pub(super) fn opening(&self, attribution: &Attribution, view: &View<'_>, paragraph: &Paragraph) -> Option<String> {
        let place = attribution.source.or(attribution.cue)?.start;
        let at = view.tokens.partition_point(|token| token.range.start < place);
        let sentence = paragraph.sentences.iter().find(|sentence| sentence.contains(&at))?;
        let comma = (sentence.start..at.min(sentence.start + 14)).find(|at| view.role(*at) == Role::Comma)?;
        (sentence.start..comma).find_map(|at| {
            let sets = matches!(
                view.word(at),
                "in" | "on" | "to" | "by" | "im" | "par" | "dans" | "sur" | "en" | "por" | "with" | "von" | "à"
            );
            let phrase = view.phrase_after(at + 1, comma);
            (sets && phrase.end == comma && !phrase.is_empty())
                .then(|| self.outlet_of(&self.text[view.range(&phrase).span()]))?
        })
    }

    /// The outlet that some words mean: by its name, or the one that was named before.
    pub(super) fn outlet_named(&self, range: TextRange) -> Option<String> {
        let written = &self.text[range.span()];
        self.outlet_meant(range)
            .or_else(|| self.outlet_of(written).filter(|name| name.chars().any(char::is_uppercase)))
            .or_else(|| {
                let name = self.clean(bare_article(written));
                let full = self.full_outlet(name.clone(), range.start);
                (full != name).then_some(full)
            })
    }

    /// The outlet that a bare description means: `told the newspaper`, the last outlet that was named.
    pub(super) fn outlet_meant(&self, range: TextRange) -> Option<String> {
        let mut words = self.text[range.span()].split_whitespace();
        let (article, noun) = (words.next()?, words.next()?);
        let bare = words.next().is_none()
            && matches!(article.to_lowercase().as_str(), "the" | "der" | "dem" | "au" | "le" | "la" | "el" | "al");
        if !bare || !self.is_description(noun) {
            return None;
        }
        let end = self.mentions.partition_point(|mention| mention.at < range.start);
        let named =
            self.mentions[end.saturating_sub(200)..end].iter().rev().find(|mention| self.is_outlet(&mention.name));
        named.map(|mention| mention.name.clone())
    }

    /// `in an interview with CNN`, `on NBC’s “…”`: the outlet where something was said, behind the verb.
    pub(super) fn setting(&self, cue: TextRange, attribution: &Attribution, paragraph: &Paragraph) -> Option<String> {
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
                "with"
                    | "on"
                    | "to"
                    | "in"
                    | "by"
                    | "for"
                    | "gegenüber"
                    | "à"
                    | "au"
                    | "a"
                    | "al"
                    | "im"
                    | "en"
                    | "dans"
                    | "sur"
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
}
