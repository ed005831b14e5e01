//! The noun phrase behind a verb or a preposition, with what belongs to it.

use std::ops::Range;

use super::{Role, View};

impl View<'_> {
    /// The noun phrase that begins at `from`, with what belongs to it, not beyond `ceiling`.
    pub(in crate::draft) fn phrase_after(&self, from: usize, ceiling: usize) -> Range<usize> {
        let mut at = from;
        while at < ceiling {
            match self.role(at) {
                Role::Pronoun => {
                    if at == from {
                        at += 1;
                    }
                    break;
                }
                // A day is no part of a name: “Mara Lind el lunes”.
                Role::Determiner if at > from && self.role(at + 1) == Role::Time => break,
                Role::Name | Role::Number | Role::Possessive | Role::Sign | Role::Determiner => at += 1,
                Role::Other if at > from && self.is_finite(at) && !matches!(self.role(at - 1), Role::Determiner) => {
                    break;
                }
                Role::Other => at += 1,
                Role::Time
                    if at > from
                        && !matches!(self.role(at - 1), Role::Determiner)
                        && self.role(at + 1) != Role::Possessive =>
                {
                    break;
                }
                Role::Time => at += 1,
                Role::Quoted if at > from && !self.ends_as_speech(at) && self.words_in(at) <= 5 => at += 1,
                Role::Opening => match (at..ceiling.min(at + 12)).find(|close| self.role(*close) == Role::Closing) {
                    Some(close) => at = close + 1,
                    None => break,
                },
                Role::Preposition if at > from => {
                    let next = self.role(at + 1);
                    let word = self.word(at);
                    let belongs = matches!(
                        word,
                        "of" | "for"
                            | "from"
                            | "at"
                            | "by"
                            | "with"
                            | "de"
                            | "von"
                            | "der"
                            | "des"
                            | "du"
                            | "del"
                            | "van"
                            | "für"
                            | "beim"
                    ) || matches!(word, "au" | "aux") && self.role(at - 1) == Role::Other
                        || matches!(word, "in" | "on" | "to" | "about" | "im")
                            && matches!(next, Role::Name | Role::Determiner)
                            && !self.is_occasion(at + 1, ceiling);
                    if !belongs || self.is_occasion(at + 1, ceiling) {
                        break;
                    }
                    at += 1;
                }
                Role::Conjunction
                    if at > from && matches!(self.role(at + 1), Role::Name | Role::Determiner | Role::Other) =>
                {
                    // “A and B said”: only where no verb follows the second name.
                    if !matches!(self.word(at), "and" | "or" | "&" | "und" | "et" | "y")
                        || (at + 1..ceiling.min(at + 6))
                            .take_while(|next| !matches!(self.role(*next), Role::Subordinator | Role::Comma))
                            .any(|next| self.is_finite(next))
                    {
                        break;
                    }
                    at += 1;
                }
                Role::Adverb if at > from && matches!(self.role(at - 1), Role::Determiner) => at += 1,
                _ => break,
            }
        }
        from..at
    }

    /// Whether a noun phrase with its verb right behind it begins at `from`.
    pub(in crate::draft) fn subject_follows(&self, from: usize, ceiling: usize) -> bool {
        let subject = self.phrase_after(from, ceiling);
        !subject.is_empty() && subject.end < ceiling && self.is_finite(subject.end)
    }

    /// Whether a phrase names when or on what occasion something was said.
    pub(in crate::draft) fn is_occasion(&self, from: usize, ceiling: usize) -> bool {
        (from..ceiling.min(from + 5))
            .take_while(|at| !matches!(self.role(*at), Role::Comma | Role::Stop | Role::Preposition))
            .any(|at| {
                self.role(at) == Role::Time
                    || self.role(at) == Role::Number && self.tokens[at].range.len() == 4
                    || matches!(
                        self.word(at),
                        "interview"
                            | "statement"
                            | "email"
                            | "e-mail"
                            | "speech"
                            | "letter"
                            | "rally"
                            | "tweet"
                            | "post"
                            | "call"
                            | "conference"
                            | "briefing"
                            | "debate"
                            | "hearing"
                            | "memo"
                            | "report"
                            | "remarks"
                            | "twitter"
                            | "facebook"
                            | "message"
                            | "testimony"
                            | "appearance"
                            | "event"
                            | "meeting"
                            | "video"
                            | "segment"
                            | "response"
                            | "reference"
                            | "court"
                    )
            })
    }
}
