//! Nobody's words: what stands in marks and belongs to no speaker of the page: `A video claims that Sand said “…”`, `Had Sand
//! said “…”`, `It was often said of him that he had “…”`, `Overheard by the coffee urn: “…”`, `The caption reads: “…”`.

use std::sync::LazyLock;

use super::scene::Scene;
use super::stance::is_taken_back;
use crate::matching::asked::Asked;
use crate::matching::attribution::{is_name_token, is_person_noun, is_saying_at};
use crate::matching::fold::bits;
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;
use crate::model::Flag;

/// The classes of `terms/nobody.txt`; the file says what each holds.
struct Tables {
    overheard: Phrases<()>,
    bearer: Phrases<()>,
    medium: Phrases<()>,
    reads: Phrases<()>,
    purports: Phrases<()>,
    ofhim: Phrases<()>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let of = |label| Phrases::class(include_str!("../terms/nobody.txt"), label);
    Tables {
        overheard: of("overheard"),
        bearer: of("bearer"),
        medium: of("medium"),
        reads: of("reads"),
        purports: of("purports"),
        ofhim: of("ofhim"),
    }
});

/// How many words may stand before the marks for them to be all that introduces the quotation.
const OPENER: usize = 14;

/// What makes the words nobody's.
pub(super) fn nobody(scene: &Scene<'_>, asked: &Asked<'_>) -> Option<Flag> {
    if !scene.in_marks || scene.lead.is_empty() || asked.claim.speaker.is_none() {
        return None;
    }
    let lead = Lead { scene, words: &scene.lead, asked };
    if lead.had_said() {
        return Some(Flag::Conditional);
    }
    if lead.purported() {
        return Some(if is_taken_back(scene) { Flag::Denied } else { Flag::SecondHand });
    }
    (lead.said_of() || lead.borne()).then_some(Flag::SecondHand)
}

/// The words that lead into the quotation marks.
struct Lead<'l> {
    scene: &'l Scene<'l>,
    words: &'l [usize],
    asked: &'l Asked<'l>,
}

impl Lead<'_> {
    fn key(&self, number: usize) -> &str {
        self.words.get(number).map_or("", |at| self.scene.key(*at))
    }

    fn has(&self, number: usize, table: &Phrases<()>) -> Option<usize> {
        table
            .at(super::clause::language(self.scene), |next| self.words.get(number + next).map(|at| self.scene.key(*at)))
            .map(|found| found.length)
    }

    /// Whether the statement names what is spoken of, so that it is no news.
    fn is_told(&self, number: usize) -> bool {
        let key = self.key(number);
        let stem = key.strip_suffix('s').unwrap_or(key);
        self.asked.outside_keys.iter().any(|own| own == key || own.strip_suffix('s').unwrap_or(own) == stem)
    }

    fn is_person(&self, number: usize) -> bool {
        let language = super::clause::language(self.scene);
        let key = self.key(number);
        is_name_token(self.words[number], self.scene.index)
            || matches!(key, "he" | "she" | "they" | "i" | "we" | "his" | "her" | "their" | "my" | "our" | "whose")
            || is_person_noun(key, language)
    }

    /// `Had Sand said “…”, nobody would have blinked`.
    fn had_said(&self) -> bool {
        let first = self.words[0];
        self.scene.language == "en"
            && self.key(0) == "had"
            && self.scene.has(first, bits::SENTENCE)
            && self.words.len() <= 8
            && (self.is_person(1) || self.key(1) == "the")
            && (2..self.words.len()).any(|number| is_saying_at(self.words[number], self.scene.index))
    }

    /// `A video claims that Sand said “…”`: what is no person says so.
    fn purported(&self) -> bool {
        let tables = &*TABLES;
        let count = self.words.len();
        let Some(said) = (0..count).rev().find(|number| is_saying_at(self.words[*number], self.scene.index)) else {
            return false;
        };
        if count - said > 3 {
            return false;
        }
        (1..said).any(|claims| {
            let Some(length) = self.has(claims, &tables.purports) else { return false };
            let that = usize::from(self.key(claims + length) == "that");
            let from = claims + length + that;
            let start = (0..claims)
                .rev()
                .take_while(|number| !self.scene.has(self.words[*number + 1], bits::BREAK))
                .last()
                .unwrap_or(claims);
            let bearer = (start..claims).find(|number| {
                self.has(*number, &tables.bearer).is_some() || self.has(*number, &tables.medium).is_some()
            });
            (from..said).len() <= 6
                && (from..said).any(|number| self.is_person(number))
                && bearer.is_some_and(|bearer| !self.is_told(bearer))
                && !(start..claims).any(|number| is_name_token(self.words[number], self.scene.index) && number > start)
        })
    }

    /// `It was often said of him that he had “…”`.
    fn said_of(&self) -> bool {
        let tables = &*TABLES;
        (1..self.words.len()).any(|number| {
            let Some(length) = self.has(number, &tables.ofhim) else { return false };
            let it = (number.saturating_sub(4)..number).any(|before| self.key(before) == "it");
            let told = self
                .asked
                .outside_keys
                .windows(2)
                .any(|pair| lexicon::is_saying(&pair[0]) && matches!(pair[1].as_str(), "of" | "about"));
            it && !told && self.words.len() - (number + length) <= 8
        })
    }

    /// `Overheard by the coffee urn: “…”`, `The caption under the clip reads: “…”`: no person stands in what introduces it.
    fn borne(&self) -> bool {
        let tables = &*TABLES;
        let count = self.words.len();
        let introduces = self.scene.index.gap_before(self.scene.opening).contains([':', '：']);
        let opens = self.scene.has(self.words[0], bits::SENTENCE);
        if !introduces || !opens || count > OPENER || (0..count).any(|number| self.is_speaking(number)) {
            return false;
        }
        if let Some(length) = self.has(0, &tables.overheard) {
            return !(0..length).any(|number| self.is_told(number) && !lexicon::is_stop_word(self.key(number)));
        }
        let Some(bearer) = (0..count.min(4)).find(|number| self.has(*number, &tables.bearer).is_some()) else {
            return false;
        };
        let reads = (bearer..count).any(|number| self.has(number, &tables.reads).is_some() && count - number <= 2);
        (reads || count == bearer + 1) && !self.is_told(bearer)
    }

    /// Whether a word names somebody who may speak: a name, or a pronoun of a person.
    fn is_speaking(&self, number: usize) -> bool {
        number > 0 && is_name_token(self.words[number], self.scene.index)
            || matches!(self.key(number), "he" | "she" | "they" | "i" | "we" | "his" | "her" | "their" | "my" | "our")
    }
}
