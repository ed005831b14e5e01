//! The name inside the words that describe somebody: `Northport mayor Ada Brandt`, `Ada Brandt of the Coast Institute`.

use std::ops::Range;

use super::super::phrase::{Role, View};
use super::super::speech::Paragraph;
use super::Names;
use crate::model::TextRange;

impl Names<'_> {
    /// The name inside a phrase that describes somebody, else the phrase.
    pub(in crate::draft) fn core(&self, range: TextRange, paragraph: &Paragraph) -> String {
        let view = paragraph.view(self.text, self.lexicon);
        let from = view.tokens.partition_point(|token| token.range.start < range.start);
        let mut to = view.tokens.partition_point(|token| token.range.start < range.end);
        // “Olaf Brandt’s claim”: the name without its ending.
        while to > from + 1 && view.role(to - 1) == Role::Possessive {
            to -= 1;
        }
        // An apposition or a bracket tells more of somebody who is named before it.
        if let Some(cut) = (from + 1..to).find(|at| {
            matches!(view.role(*at), Role::Comma | Role::Dash | Role::Opening | Role::Closing)
                || matches!(view.word(*at), "who" | "which" | "whose")
                || view.word(*at) == "unter" && view.word(*at + 1) == "berufung"
        }) {
            // “the harbour master, Ines Calloway”, “Clearwell’s director, Jens Brandt”: a description, and then who it is.
            if view.role(cut) == Role::Comma
                && let Some(named) = self.apposed(&view, from..cut, to)
            {
                return named;
            }
            to = cut;
        }
        // “a report by the Tidal Institute”: who wrote it.
        if let Some(by) = (from + 1..to.saturating_sub(1)).find(|at| {
            matches!(view.word(*at), "by" | "from" | "von" | "par" | "por")
                && (self.lexicon.is_writing(view.word(*at - 1))
                    || (from..*at).any(|noun| self.lexicon.is_writing(view.word(noun)))
                        && matches!(
                            view.word(*at - 1),
                            "written"
                                | "published"
                                | "produced"
                                | "released"
                                | "issued"
                                | "compiled"
                                | "prepared"
                                | "conducted"
                                | "led"
                                | "publiée"
                                | "publié"
                                | "publicado"
                                | "elaborado"
                        ))
                && !(from..*at).any(|at| view.role(at) == Role::Possessive)
        }) && view.role(by + 1) != Role::Time
            && view.role(by + 1) != Role::Number
            && (by + 1..to).any(|at| view.role(at) == Role::Name)
        {
            return self.core(view.range(&(by + 1..to)), paragraph);
        }
        let mut start = to;
        while start > from
            && (view.role(start - 1) == Role::Name
                || start < to && self.is_particle(&view, start - 1)
                || view.role(start - 1) == Role::Quoted && start < to && start - 1 > from)
        {
            start -= 1;
        }
        let before = start.checked_sub(1).filter(|at| *at >= from).map(|at| view.role(at));
        let body = |from: usize| self.clean(bare_article(&self.text[view.range(&(from..to)).span()]));
        if start == to {
            // “Michael Kugelman of the Wilson Center”: a name with where it belongs.
            let mut end = from;
            while end < to && view.role(end) == Role::Name {
                end += 1;
            }
            let alone = end == from + 1 && view.begins(from);
            return if end > from && !alone && matches!(view.word(end), "of" | "at" | "from" | "with" | "von" | "de") {
                self.named(&view, from, end)
            } else {
                body(from)
            };
        }
        match before {
            // “the Center for …”, “experts at the University …”: the name is part of a larger phrase.
            // “Labour’s Dina Holt”: a person of a body.
            Some(Role::Possessive)
                if to - start >= 2
                    && !self.is_body(&self.text[view.range(&(start..to)).span()])
                    && self.is_known(&view, start) =>
            {
                self.named(&view, start, to)
            }
            Some(Role::Preposition | Role::Conjunction | Role::Possessive) => {
                let mut end = from;
                while end < to && view.role(end) == Role::Name {
                    end += 1;
                }
                if end > from
                    && end - from >= 2
                    && before == Some(Role::Preposition)
                    && !self.is_body(&self.text[view.range(&(from..end)).span()])
                {
                    self.named(&view, from, end)
                } else {
                    body(from)
                }
            }
            Some(Role::Determiner) => {
                let determiner = view.word(start - 1);
                if start - 1 == from
                    || matches!(determiner, "the" | "der" | "die" | "das" | "le" | "la" | "les" | "el" | "los" | "las")
                {
                    // “ein Gutachter der Hochschule Selburg”: the name is whose expert it is.
                    if start - 1 > from
                        && view.lexicon.language == "de"
                        && view.role(start - 2) == Role::Name
                        && matches!(determiner, "der" | "des" | "dem")
                        && !(start..to).any(|at| self.is_known(&view, at))
                    {
                        return body(from);
                    }
                    // A determiner deeper inside belongs to a larger phrase: “a source at the Pentagon”.
                    if start - 1 > from && view.role(start.wrapping_sub(2)) == Role::Preposition {
                        let mut end = from;
                        while end < to && view.role(end) == Role::Name {
                            end += 1;
                        }
                        if end >= from + 2 && !self.is_body(&self.text[view.range(&(from..end)).span()]) {
                            return self.named(&view, from, end);
                        }
                        return body(from);
                    }
                    self.named(&view, start, to)
                } else {
                    body(from)
                }
            }
            // “a spokeswoman for the broadcaster NRB”: the name is whom she speaks for.
            Some(Role::Other)
                if (from + 1..start).any(|at| {
                    view.role(at) == Role::Preposition
                        && matches!(view.word(at), "for" | "of" | "at" | "from" | "with" | "pour" | "für" | "von")
                }) && view.lexicon.language != "de"
                    && !(start..to).any(|at| self.is_known(&view, at)) =>
            {
                body(from)
            }
            _ => self.named(&view, start, to),
        }
    }

    /// Who a description before a comma is, where the name stands behind it.
    fn apposed(&self, view: &View<'_>, described: Range<usize>, to: usize) -> Option<String> {
        let named = described.clone().any(|at| view.role(at) == Role::Name);
        let owned = described.clone().any(|at| view.role(at) == Role::Possessive);
        // What stands before the comma describes: it has an article, or ends with a noun that is no name.
        let noun = view.role(described.end - 1) == Role::Other
            || described.len() > 1 && view.lexicon.is_title(view.word(described.end - 1));
        if view.role(described.start) != Role::Determiner
            && !(noun && (owned || named))
            && !(noun && described.len() == 1)
        {
            return None;
        }
        // “the retired nurse Ada Finch”: more of a description may stand before the name.
        let mut start = described.end + 1;
        while start < to && start < described.end + 6 && matches!(view.role(start), Role::Determiner | Role::Other) {
            start += 1;
        }
        let mut end = start;
        while end < to && (view.role(end) == Role::Name || end > start && self.is_particle(view, end)) {
            end += 1;
        }
        let several = end >= start + 2 || end > start && self.is_known(view, start);
        let direct = start == described.end + 1;
        if end == start || !(several || direct && !named) {
            return None;
        }
        let closed = end == to || matches!(view.role(end), Role::Comma | Role::Dash | Role::Opening);
        // A body behind a description with a preposition is whom somebody speaks for: “a spokesman for the builder, X”.
        let body = self.is_body(&self.text[view.range(&(start..end)).span()]);
        let plain = direct && !described.clone().any(|at| view.role(at) == Role::Preposition);
        (closed && (!body || plain)).then(|| self.named(view, start, end))
    }

    /// Whether a name of a person stands at a token.
    fn is_known(&self, view: &View<'_>, at: usize) -> bool {
        let place = view.tokens[at].range.start;
        let mention = self.mentions.partition_point(|mention| mention.at < place);
        self.mentions.get(mention).is_some_and(|mention| mention.at == place && mention.person)
    }

    /// A run of capitalised words without titles, as the full name that the article gives.
    fn named(&self, view: &View<'_>, mut from: usize, to: usize) -> String {
        while from + 1 < to && self.lexicon.is_title(view.word(from).trim_end_matches('.')) {
            from += 1;
            // “Secretary of State”, “Prime Minister”
        }
        // “Stürmer Malik Diallo”: the article's name begins further on.
        if let Some(start) = (from + 1..to.saturating_sub(1)).find(|at| {
            let place = view.tokens[*at].range.start;
            let mention = self.mentions.partition_point(|mention| mention.at < place);
            self.mentions.get(mention).is_some_and(|mention| mention.at == place && mention.person)
        }) {
            from = start;
        }
        let written = self.clean(&self.text[view.range(&(from..to)).span()]);
        let at = view.tokens[from].range.start;
        let before = self.mentions.partition_point(|mention| mention.at <= at);
        let known = self.mentions[..before]
            .iter()
            .rev()
            .take(400)
            .find(|mention| mention.at == at)
            .map(|mention| mention.name.clone());
        match known {
            Some(name)
                if name.ends_with(written.split_whitespace().last().unwrap_or_default())
                    && written.split_whitespace().count() == 1 =>
            {
                name
            }
            _ => written,
        }
    }
}

/// A name without the article before it; a description keeps its own (`a source`, `the harbour office`).
pub(super) fn bare_article(phrase: &str) -> &str {
    const ARTICLES: [&str; 22] = [
        "the ", "a ", "an ", "der ", "die ", "das ", "dem ", "den ", "des ", "le ", "la ", "les ", "l’", "l'", "el ",
        "los ", "las ", "un ", "une ", "una ", "ein ", "eine ",
    ];
    let phrase = phrase.trim();
    for article in ARTICLES {
        if let Some(start) = phrase.get(..article.len())
            && start.to_lowercase() == article
        {
            let rest = &phrase[article.len()..];
            return if rest.starts_with(char::is_uppercase) { rest } else { phrase };
        }
    }
    phrase
}
