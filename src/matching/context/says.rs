//! What the statement says about its quotation itself, so that the page's saying it is no news.

use super::condition::states_condition;
use super::governed::states;
use super::scene::{CONDITION_CHARACTERS, DENIAL_CHARACTERS};
use super::stance::sets_aside;
use crate::matching::asked::Asked;
use crate::matching::attribution::language;
use crate::matching::index::Index;
use crate::matching::lexicon;

/// What the statement says outside its quotation, so that the page's saying it is no news.
#[derive(Debug, Clone, Copy)]
pub(super) struct Says {
    pub(super) denial: bool,
    pub(super) negation: bool,
    pub(super) condition: bool,
    pub(super) allegation: bool,
    pub(super) question: bool,
    /// It says that the words are played.
    pub(super) fiction: bool,
    /// It attributes the quotation to somebody.
    pub(super) attribution: bool,
}

impl Says {
    pub(super) fn new(asked: &Asked<'_>, index: &Index<'_>) -> Self {
        let theirs = language(index);
        let ours = asked.claim.language.as_deref().map_or(theirs, |tag| tag.get(..2).unwrap_or(tag));
        let any = |test: &dyn Fn(&str) -> bool| asked.outside_keys.iter().any(|key| test(key));
        let by = |table: fn(&str, &str) -> bool| any(&|key| table(key, ours) || table(key, theirs));
        let text = &asked.outside;
        let (governed_away, left_open) = states(&asked.outside_keys, ours);
        let characters = |words: &[&str]| words.iter().any(|word| text.contains(word));
        Self {
            denial: by(lexicon::is_denial)
                || by(lexicon::is_fabrication)
                || any(&|key| matches!(key, "correction" | "corrected" | "misquoted" | "version" | "retracted"))
                || sets_aside(&asked.outside_keys, ours)
                || governed_away
                || characters(DENIAL_CHARACTERS),
            negation: any(&lexicon::is_negation) || lexicon::has_negation_characters(text),
            condition: by(lexicon::is_condition)
                || any(&|key| {
                    matches!(
                        key,
                        "would"
                            | "could"
                            | "whether"
                            | "hypothetical"
                            | "threatened"
                            | "threatens"
                            | "wurde"
                            | "se"
                            | "als"
                            | "om"
                            | "joke"
                            | "joked"
                            | "jokes"
                            | "joking"
                            | "jest"
                            | "imagined"
                            | "imagines"
                            | "condition"
                            | "conditional"
                    )
                })
                || states_condition(&asked.outside_keys, ours)
                || characters(CONDITION_CHARACTERS),
            allegation: left_open || by(lexicon::is_allegation) || any(&lexicon::is_hedge),
            question: text.contains(['?', '？', '؟', '\u{37e}'])
                || any(&lexicon::is_asking)
                || characters(&["问", "問", "尋ね", "질문"]),
            fiction: any(&|key| {
                matches!(
                    key,
                    "film"
                        | "play"
                        | "plays"
                        | "role"
                        | "character"
                        | "series"
                        | "sketch"
                        | "scene"
                        | "rolle"
                        | "personnage"
                )
            }),
            attribution: any(&lexicon::is_saying) || lexicon::has_saying(text),
        }
    }
}
