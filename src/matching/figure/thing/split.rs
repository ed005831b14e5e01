//! Splitting: the words of a sentence, shared out among its figures.

use std::ops::Range;

use super::Scene;
use super::classes::{
    is_adverbial, is_linking, is_place, is_pointing, is_preposition, is_time, is_verb, is_which, similar,
};
use crate::matching::direction;
use crate::matching::figure::sense::{event_at, is_content};
use crate::matching::fold::Kind;
use crate::matching::lexicon;

/// Lexemes between a figure and its noun's last word.
const NOUN: usize = 4;

/// Words of the whole that a sentence begins with.
const WHOLE: usize = 6;

/// Whether a word says of what something is a part.
fn is_of(key: &str) -> bool {
    matches!(
        key,
        "of" | "von"
            | "unter"
            | "sur"
            | "parmi"
            | "de"
            | "di"
            | "dei"
            | "delle"
            | "dos"
            | "das"
            | "van"
            | "af"
            | "av"
            | "из"
            | "z"
            | "sposrod"
    )
}

/// Whose word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Nobody,
    One(usize),
}

/// A sentence cut into the parts of its figures.
pub(super) struct Split<'s> {
    scene: &'s Scene<'s>,
    /// From the break before a figure to the one behind it.
    pub(super) segments: Vec<Range<usize>>,
}

impl<'s> Split<'s> {
    pub(super) fn new(scene: &'s Scene<'s>) -> Self {
        let end = scene.lexemes.len();
        let count = scene.anchors.len();
        let mut segments = Vec::with_capacity(count);
        let mut start = 0;
        for (number, anchor) in scene.anchors.iter().enumerate() {
            let next = scene.anchors.get(number + 1).map_or(end, |next| next.start);
            // The words of a bound belong to its figure.
            let cut = (anchor.end..=next.min(end.saturating_sub(1))).find(|at| scene.breaks(*at));
            let cut = match (scene.ends_of_change(number).or(cut), number + 1 < count) {
                (Some(cut), _) => cut,
                // Nothing but words parts them: behind its noun they lead to the next figure.
                (None, true) => (anchor.end + noun_length(scene, anchor, next)).min(next),
                (None, false) => end,
            };
            segments.push(start..cut.max(anchor.end));
            start = cut.max(anchor.end);
        }
        // In front of the first figure, an earlier part of the sentence is not its own.
        Self { scene, segments }
    }

    /// The lexemes of the noun group right behind a figure.
    pub(super) fn noun(&self, number: usize) -> Range<usize> {
        self.whole(number).unwrap_or_else(|| self.behind(number))
    }

    fn behind(&self, number: usize) -> Range<usize> {
        noun_group(self.scene, &self.scene.anchors[number], self.segments[number].end)
    }

    pub(super) fn noun_end(&self, number: usize) -> usize {
        self.behind(number).end
    }

    /// The whole that a sentence begins with: `Of the county's bridges, 25 per cent`.
    fn whole(&self, number: usize) -> Option<Range<usize>> {
        let scene = self.scene;
        let (start, anchor) = (self.segments[number].start, &scene.anchors[number]);
        let comma = scene.lexemes[anchor.start].gap.trim_start().starts_with([',', '，', '、']);
        let words = start + 1..anchor.start;
        let opens = is_of(scene.key(start)) && comma && number == 0 && words.len() <= WHOLE;
        (opens && words.clone().any(|at| is_content(&scene.lexemes[at]))).then_some(words)
    }

    /// Whose word each lexeme is.
    pub(super) fn owners(&self) -> Vec<Owner> {
        let scene = self.scene;
        let mut owners = vec![Owner::Nobody; scene.lexemes.len()];
        if scene.anchors.len() < 2 {
            return owners;
        }
        let last = scene.anchors.len() - 1;
        for (number, segment) in self.segments.iter().enumerate() {
            let anchor = &scene.anchors[number];
            for at in self.noun(number) {
                owners[at] = Owner::One(number);
            }
            // In front of a figure: all of it behind another figure's part, else what has a counterpart there.
            // What stands in front of `from third to fifth` is said of both.
            let of_both = scene.ends_of_change(number).is_some();
            for (at, owner) in owners.iter_mut().enumerate().take(anchor.start).skip(segment.start) {
                if !of_both && (number > 0 || self.is_matched(number, at, true)) {
                    *owner = Owner::One(number);
                }
            }
            for (at, owner) in owners.iter_mut().enumerate().take(segment.end).skip(anchor.end) {
                let apart = scene.is_part(number) || scene.is_attributed(number);
                if number < last || apart || self.is_matched(number, at, false) {
                    *owner = Owner::One(number);
                }
            }
        }
        self.times(&mut owners);
        self.respectively(&mut owners);
        owners
    }

    /// Years and months of two figures that are set against each other are each its own figure's: `fell in 2024 to 212 million
    /// from 245 million in 2023`.
    fn times(&self, owners: &mut [Owner]) {
        let scene = self.scene;
        let year = |at: &usize| scene.is_year(*at);
        let month = |at: &usize| scene.is_month(*at);
        for number in (1..self.segments.len()).filter(|number| scene.is_set_against(*number)) {
            for of_kind in [&year as &dyn Fn(&usize) -> bool, &month] {
                let only = |number: usize| {
                    let mut times = self.segments[number].clone().filter(of_kind);
                    times.next().filter(|_| times.next().is_none())
                };
                if let (Some(first), Some(second)) = (only(number - 1), only(number))
                    && scene.key(first) != scene.key(second)
                {
                    (owners[first], owners[second]) = (Owner::One(number - 1), Owner::One(number));
                }
            }
        }
    }

    /// Whether two figures stand in one enumeration, with nothing but a conjunction between each and the next.
    pub(super) fn are_coordinated(&self, a: usize, b: usize) -> bool {
        let anchors = &self.scene.anchors;
        let (low, high) = (a.min(b), a.max(b));
        self.scene.respective().is_none()
            && (low..high).all(|number| {
                let between = anchors[number].end..anchors[number + 1].start;
                between.len() <= 1
                    && between.clone().all(|at| {
                        self.scene.breaks(at) || matches!(self.scene.key(at), "or" | "και" | "oder" | "ou" | "o")
                    })
            })
    }

    /// What a word is to its figure.
    pub(super) fn role(&self, number: usize, at: usize) -> String {
        let scene = self.scene;
        let anchor = &scene.anchors[number];
        if self.noun(number).contains(&at) {
            return String::new();
        }
        let front = at < anchor.start;
        let from = if front { self.segments[number].start } else { anchor.end };
        let opener = (from..at).rev().map(|place| scene.key(place)).find(|key| is_preposition(key));
        match opener {
            Some(key) if similar(key, "in") => "in".to_owned(),
            Some(key) => key.to_owned(),
            None if front => "<".to_owned(),
            None => ">".to_owned(),
        }
    }

    /// Whether the words of a figure's part that a lexeme stands among have a counterpart in another's: after the same
    /// preposition, or before the figure where another has a noun of its own before it.
    fn is_matched(&self, number: usize, at: usize, front: bool) -> bool {
        let scene = self.scene;
        let side = |number: usize| {
            let (anchor, segment) = (&scene.anchors[number], &self.segments[number]);
            if front { segment.start..anchor.start } else { anchor.end..segment.end }
        };
        let opener = |range: Range<usize>, at: usize| -> Option<String> {
            (range.start..=at).rev().map(|place| scene.key(place)).find(|key| is_preposition(key)).map(str::to_owned)
        };
        let own = opener(side(number), at);
        (0..scene.anchors.len()).filter(|other| *other != number).any(|other| {
            let range = side(other);
            match &own {
                Some(preposition) => {
                    range.clone().any(|place| scene.key(place) == preposition || similar(scene.key(place), preposition))
                        && range.clone().any(|place| is_content(&scene.lexemes[place]) || scene.is_year(place))
                }
                // The subject: another part begins with a noun that is no pronoun.
                None => {
                    front
                        && range.clone().take_while(|place| !is_preposition(scene.key(*place))).any(|place| {
                            let lexeme = &scene.lexemes[place];
                            is_content(lexeme)
                                && !is_verb(&lexeme.key)
                                && direction::of_key(&lexeme.key) == 0
                                && event_at(scene.language, scene.lexemes, place).is_none()
                                && !lexicon::is_hedge(&lexeme.key)
                                && !is_pointing(&lexeme.key)
                                && !is_which(&lexeme.key)
                                && is_label(scene, other, place)
                        })
                }
            }
        })
    }

    /// `Harlow and Norvik lost 12 and 31 boats respectively`: the names are theirs in order.
    fn respectively(&self, owners: &mut [Owner]) {
        let Some(respective) = self.scene.respective() else { return };
        for owner in owners.iter_mut() {
            *owner = Owner::Nobody;
        }
        for (number, name) in respective.figures.zip(respective.names) {
            for at in name {
                owners[at] = Owner::One(number);
            }
        }
    }
}

/// The noun group right behind a figure, before `limit`.
fn noun_group(scene: &Scene<'_>, anchor: &Range<usize>, limit: usize) -> Range<usize> {
    let group = words_behind(scene, anchor, limit);
    // `50 bikes in May and 65 in June`, `65 in Harlow`: the noun is left out.
    let named = scene.lexemes.get(group.start).is_some_and(|lexeme| {
        scene.language != "de" && lexeme.bits & crate::matching::fold::bits::CAPITAL != 0
            || is_time(&lexeme.key)
            || crate::matching::terms::weekday(&lexeme.key).is_some()
    });
    if group.start > anchor.end && is_place(scene.key(group.start - 1)) && named {
        return anchor.end..anchor.end;
    }
    group
}

/// The words right behind a figure that belong to it.
fn words_behind(scene: &Scene<'_>, anchor: &Range<usize>, limit: usize) -> Range<usize> {
    let mut start = anchor.end;
    // `43 percent of women`, `15 of the 20 boats`, `dozens of`
    while start < limit && start < anchor.end + 3 && is_linking(scene.key(start)) {
        start += 1;
    }
    let mut end = start;
    // `388 million in the second quarter`
    let is_moment = |at: usize| scene.is_month(at) || is_which(scene.key(at)) && is_time(scene.key(at + 1));
    if start > anchor.end && start < limit && is_moment(start) {
        return anchor.end..anchor.end;
    }
    // `the fifth at the port`: the noun is left out.
    if start == anchor.end
        && (is_adverbial(scene.key(start)) || is_which(scene.key(start)) && is_time(scene.key(start + 1)))
    {
        return start..start;
    }
    while end < limit && end < start + NOUN {
        let lexeme = &scene.lexemes[end];
        let stops = lexeme.kind != Kind::Word && lexeme.kind != Kind::Character
            || end > start && is_preposition(&lexeme.key)
            || is_verb(&lexeme.key)
            || end > start && lexeme.key.ends_with("ed") && scene.language == "en"
            || end > start && is_moment(end)
            || scene.is_figure(end);
        if stops {
            break;
        }
        end += 1;
    }
    start..end
}

fn noun_length(scene: &Scene<'_>, anchor: &Range<usize>, limit: usize) -> usize {
    words_behind(scene, anchor, limit).end - anchor.end
}

/// Whether a word in front of a figure labels it: nothing but a colon or a verb of being stands between.
fn is_label(scene: &Scene<'_>, number: usize, at: usize) -> bool {
    let anchor = &scene.anchors[number];
    anchor.start.saturating_sub(at) <= 5
}
