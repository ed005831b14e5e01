//! Frames: fixed words of many languages before or behind a passage, in its own sentence, that do not assert it: `вряд ли | …`,
//! `Có lẽ | …`, `… | とは一度も言っていない`.
//!
//! The other rooms read how a clause is built, and know the languages whose grammar they were taught. These are phrases, in
//! `terms/frames.txt`, and hold wherever nothing but the conjunction and a few words stand between them and the passage.

use std::sync::LazyLock;

use super::clause::{language, pauses};
use super::negation::is_negation_at;
use super::scene::{Scene, is_spaceless, is_that};
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;

/// How far before a passage a frame may stand, in tokens; in characters of scripts without spaces.
const REACH: usize = 18;
const REACH_OF_CHARACTERS: usize = 40;

/// How many tokens may stand between a frame and the passage; in characters of scripts without spaces.
const BETWEEN: usize = 4;
const BETWEEN_CHARACTERS: usize = 6;

/// How many tokens the confession of an error may stand before what was said.
const CONFESSION: usize = 9;

/// What a frame makes of the passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framed {
    /// It is untrue, improbable, or was never said.
    Denied,
    /// It is asked.
    Asked,
    /// Others say so.
    Heard,
    /// It may be so.
    Perhaps,
    /// It is hoped for or wanted.
    Wished,
}

struct Tables {
    untrue: Phrases<()>,
    mistake: Phrases<()>,
    asks: Phrases<()>,
    whether: Phrases<()>,
    question: Phrases<()>,
    heard: Phrases<()>,
    sayers: Phrases<()>,
    charge: Phrases<()>,
    rumoured: Phrases<()>,
    perhaps: Phrases<()>,
    unmade: Phrases<()>,
    unsure: Phrases<()>,
    passed: Phrases<()>,
    unknown: Phrases<()>,
    hope: Phrases<()>,
    wish: Phrases<()>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let of = |label| Phrases::class(include_str!("../terms/frames.txt"), label);
    Tables {
        untrue: of("untrue"),
        mistake: of("mistake"),
        asks: of("asks"),
        whether: of("whether"),
        question: of("question"),
        heard: of("heard"),
        sayers: of("sayers"),
        charge: of("charge"),
        rumoured: of("rumoured"),
        perhaps: of("perhaps"),
        unmade: of("unmade"),
        unsure: of("unsure"),
        passed: of("passed"),
        unknown: of("unknown"),
        hope: of("hope"),
        wish: of("wish"),
    }
});

/// The frame that a passage stands in; nothing where none is known.
pub(super) fn framed(scene: &Scene<'_>) -> Option<Framed> {
    // English is read by its grammar.
    if language(scene) == "en" {
        return None;
    }
    let before = Before::new(scene);
    let tables = &*TABLES;
    if before.is_untrue(&tables.untrue) || before.is_mistake(tables) || behind(scene, &tables.unmade) {
        return Some(Framed::Denied);
    }
    if before.asks(tables) || before.opens(&tables.question) || behind(scene, &tables.unknown) {
        return Some(Framed::Asked);
    }
    if before.hears(tables) || behind(scene, &tables.passed) {
        return Some(Framed::Heard);
    }
    if before.doubts(&tables.perhaps) || behind(scene, &tables.unsure) {
        return Some(Framed::Perhaps);
    }
    before.wishes(tables).then_some(Framed::Wished)
}

/// Whether a statement has a frame of its own, so that the page's is no news: its words outside the quotation, as keys.
pub(super) fn states(framed: Framed, keys: &[String], language: &str) -> bool {
    let tables = &*TABLES;
    let of: &[&Phrases<()>] = match framed {
        Framed::Denied => &[&tables.untrue, &tables.mistake, &tables.unmade],
        Framed::Asked => &[&tables.asks, &tables.question, &tables.unknown],
        Framed::Heard => &[&tables.heard, &tables.charge, &tables.passed],
        Framed::Perhaps => &[&tables.perhaps, &tables.unsure],
        Framed::Wished => &[&tables.hope, &tables.wish, &tables.perhaps],
    };
    of.iter().any(|table| table.within(keys, language))
}

/// Whether an omission takes away a phrase of doubt that begins at a token, and how many tokens the phrase has.
pub(super) fn omits_doubt(at: usize, end: usize, language: &str, index: &Index<'_>) -> Option<usize> {
    let language = if language.is_empty() { "en" } else { language };
    TABLES.perhaps.at(language, |next| (at..end).nth(next).map(|at| index.key(at))).map(|found| found.length)
}

/// The words before a passage in its sentence.
struct Before<'c> {
    scene: &'c Scene<'c>,
    /// In reading order; the last one stands right before the passage or its marks.
    words: Vec<usize>,
    spaceless: bool,
}

impl<'c> Before<'c> {
    fn new(scene: &'c Scene<'c>) -> Self {
        let spaceless = is_spaceless(scene);
        let mut words = Vec::new();
        for at in scene.preceding().take(if spaceless { REACH_OF_CHARACTERS } else { REACH }) {
            words.push(at);
            if scene.has(at, bits::SENTENCE) {
                break;
            }
        }
        // The passage begins its sentence itself.
        if scene.has(scene.span.start, bits::SENTENCE) && !scene.in_marks_from(scene.span.start) {
            words.clear();
        }
        words.reverse();
        Self { scene, words, spaceless }
    }

    /// Where the phrases of a table begin, and how long they are.
    fn all<'t>(&'t self, table: &'t Phrases<()>) -> impl Iterator<Item = (usize, usize)> + 't {
        let key = |number: usize| self.words.get(number).map(|at| self.scene.key(*at));
        (0..self.words.len()).filter_map(move |number| {
            table.at(language(self.scene), |next| key(number + next)).map(|found| (number, found.length))
        })
    }

    /// Whether nothing but a few words without a pause stand between a word and the passage; the pause before a conjunction of
    /// content does not count.
    fn reaches(&self, from: usize, most: usize) -> bool {
        let most = if self.spaceless { most.max(1) * BETWEEN_CHARACTERS / BETWEEN } else { most };
        self.words.len() - from <= most && (from..=self.words.len()).all(|number| !self.parts(number))
    }

    /// Whether a pause parts a word, or the passage, from what stands before it.
    fn parts(&self, number: usize) -> bool {
        let scene = self.scene;
        let at = match (self.words.get(number), self.words.last()) {
            (Some(at), _) => *at,
            (None, Some(last)) => scene.governed_from(*last),
            (None, None) => return false,
        };
        pauses(at, scene) && !is_content(scene.key(at), scene.language)
    }

    fn is_turned(&self, number: usize) -> bool {
        (number.saturating_sub(2)..number)
            .any(|near| is_negation_at(self.words[near], self.scene.index) && !self.parts(near + 1))
    }

    fn is_untrue(&self, table: &Phrases<()>) -> bool {
        self.all(table).any(|(number, length)| self.reaches(number + length, BETWEEN) && !self.is_turned(number))
    }

    /// `I was wrong when I said that | …`: behind the confession a verb of saying governs the passage.
    fn is_mistake(&self, tables: &Tables) -> bool {
        let scene = self.scene;
        self.all(&tables.mistake).any(|(number, length)| {
            let from = number + length;
            let spoken = self.words[number..].iter().all(|at| scene.is_spoken(*at)) || !scene.in_marks;
            let said = || {
                (from..self.words.len()).any(|near| {
                    let key = scene.key(self.words[near]);
                    is_that(key, scene.language)
                        || is_content(key, scene.language)
                        || near + 2 >= self.words.len()
                            && (lexicon::is_saying(key) || super::saying::is_uttering(self.words[near], scene))
                })
            };
            let near = self.words.len() - from <= if self.spaceless { 3 * CONFESSION } else { CONFESSION };
            // German needs no conjunction: `als ich behauptete, | …`.
            let open = !self.parts(self.words.len()) || scene.language == "de";
            spoken && near && (said() || self.spaceless) && open && !self.is_turned(number)
        })
    }

    /// `Perguntam-me se | …`: a verb of asking, and the word of an indirect question behind it.
    fn asks(&self, tables: &Tables) -> bool {
        self.all(&tables.whether).any(|(number, length)| {
            let enclitic = self.scene.key(self.words[number]) == "ли";
            let near = if enclitic { 2 * BETWEEN } else { BETWEEN };
            let asked =
                self.all(&tables.asks).any(|(verb, long)| verb + long <= number && number - verb - long <= BETWEEN);
            let open = if enclitic { self.words.len() - number <= near } else { self.reaches(number + length, near) };
            asked && open
        })
    }

    /// A frame that opens its clause, right before the passage or a few words before it.
    fn opens(&self, table: &Phrases<()>) -> bool {
        self.all(table).any(|(number, length)| self.reaches(number + length, BETWEEN))
    }

    fn hears(&self, tables: &Tables) -> bool {
        let scene = self.scene;
        let heard = self.all(&tables.heard).any(|(number, length)| {
            (scene.is_spoken(self.words[number]) || !scene.in_marks)
                && self.reaches(number + length, 2)
                && !self.is_turned(number)
        });
        // Turkish says behind the words who said them: `Komşular | … | diyor`.
        let crowd = || scene.in_marks && behind(scene, &tables.sayers);
        let charged = || {
            self.all(&tables.charge).any(|(number, length)| {
                let most = if self.spaceless { 14 } else { 8 };
                self.words.len() - number - length <= most && !self.is_turned(number)
            })
        };
        heard || crowd() || charged() || self.is_rumoured(tables)
    }

    /// `In einem Video heißt es, sie habe gefordert, | …`: the mood of what others say behind it.
    fn is_rumoured(&self, tables: &Tables) -> bool {
        let mood = |number: usize| {
            let at = self.words[number];
            matches!(self.scene.key(at), "habe" | "sei" | "wolle" | "werde" | "solle" | "musse" | "soll")
                || matches!(self.scene.index.form(at), "hätte" | "wäre")
        };
        self.all(&tables.rumoured).any(|(number, length)| (number + length..self.words.len()).any(mood))
    }

    /// `J’espère bien que | …`, `Chcę, żeby | …`: a verb of hoping or wanting, and the conjunction of what is wished right behind
    /// it; one word may strengthen a hope.
    fn wishes(&self, tables: &Tables) -> bool {
        let opens = |number: usize| {
            let key =
                self.words.get(number).map_or_else(|| self.scene.key(self.scene.span.start), |at| self.scene.key(*at));
            is_that(key, self.scene.language)
                || is_content(key, self.scene.language)
                || is_wanted(key, self.scene.language)
        };
        let wished = |number: usize, from: usize, slack: usize| {
            let that = (from..=(from + slack).min(self.words.len())).find(|that| opens(*that));
            that.is_some_and(|that| that == self.words.len() || self.reaches(that + 1, BETWEEN))
                && !self.is_turned(number)
        };
        self.all(&tables.hope).any(|(number, length)| {
            wished(number, number + length, 1) || number + length == self.words.len() && self.goes_on_as_a_sentence()
        }) || self.all(&tables.wish).any(|(number, length)| wished(number, number + length, 0))
    }

    /// `Ich hoffe, | die Brücke hält`, `Jag hoppas | bron håller`: no conjunction is needed.
    fn goes_on_as_a_sentence(&self) -> bool {
        let (scene, start) = (self.scene, self.scene.span.start);
        let infinitive = || matches!(scene.key(start), "att" | "at" | "a");
        match language(scene) {
            "de" => scene.has(start, bits::PAUSE),
            code @ ("sv" | "da" | "no") => !infinitive() && !lexicon::is_preposition(scene.key(start), code),
            _ => false,
        }
    }

    /// `Возможно, | …`, `maybe | …`: right before the passage, on its side of the marks.
    fn doubts(&self, table: &Phrases<()>) -> bool {
        let scene = self.scene;
        let joined = scene.before.last().is_some_and(|last| last + 1 == scene.span.start);
        joined
            && self.all(table).any(|(number, length)| {
                let end = number + length == self.words.len();
                let alone = || {
                    let at = self.words[number];
                    scene.has(at, bits::BREAK | bits::QUOTE_MARK)
                };
                end && (!self.parts(self.words.len()) || alone()) && !scene.has(scene.span.start, bits::SENTENCE)
            })
    }
}

/// Whether a phrase of a table stands right behind the passage: verbs that come last turn what stands before them.
fn behind(scene: &Scene<'_>, table: &Phrases<()>) -> bool {
    // Inside the passage's own marks; what the page goes on with says who speaks.
    let own = &scene.after;
    let Some(first) = own.first().filter(|first| **first == scene.span.end) else { return false };
    !scene.has(*first, bits::BREAK)
        && table.at(language(scene), |next| own.get(next).map(|at| scene.key(*at))).is_some()
}

/// Conjunctions of what is wanted (keys).
fn is_wanted(key: &str, language: &str) -> bool {
    match language {
        "pl" => matches!(key, "zeby" | "by" | "aby" | "azeby"),
        "cs" => matches!(key, "aby" | "at"),
        "ru" => matches!(key, "чтобы" | "чтоб"),
        "uk" => matches!(key, "щоб" | "щоби" | "аби"),
        "el" => key == "να",
        "id" => matches!(key, "agar" | "supaya"),
        _ => false,
    }
}

/// Conjunctions of content of languages whose sentences the other rooms do not read (keys).
pub(super) fn is_content(key: &str, language: &str) -> bool {
    match language {
        "fa" => key == "که",
        "he" => key == "כי",
        "vi" => matches!(key, "rang" | "la"),
        "tr" => key == "ki",
        // Keys are decomposed: alif with hamza is two characters.
        "ar" => matches!(key, "\u{627}\u{655}\u{646}" | "\u{628}\u{627}\u{654}\u{646}"),
        "fi" => key == "etta",
        "ro" => matches!(key, "ca" | "sa"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::phrases::key_of;

    #[test]
    fn every_language_has_the_conjunctions_of_what_is_said_and_wanted() {
        for (language, content, wanted, neither) in [
            ("en", "that", "", "but"),
            ("de", "dass daß", "", "das"),
            ("fr", "que qu", "", "qui"),
            ("es", "que", "", "y"),
            ("pt", "que", "", "e"),
            ("it", "che", "", "chi"),
            ("nl", "dat", "", "dit"),
            ("sv", "att", "", "och"),
            ("da", "at", "", "og"),
            ("no", "at", "", "og"),
            ("pl", "że iż jakoby", "żeby by aby ażeby", "czy"),
            ("cs", "že", "aby ať", "jestli"),
            ("ru", "что будто якобы", "чтобы чтоб", "или"),
            ("uk", "що нібито", "щоб щоби аби", "або"),
            ("el", "ότι πως", "να", "και"),
            ("hu", "hogy", "", "és"),
            ("fi", "että", "", "ja"),
            ("ro", "că să", "", "și"),
            ("ar", "أن ان بأن", "", "أو"),
            ("fa", "که", "", "و"),
            ("he", "כי", "", "או"),
            ("hi", "कि", "", "और"),
            ("id", "bahwa", "agar supaya", "dan"),
            ("tr", "ki", "", "ve"),
            ("vi", "rằng là", "", "và"),
        ] {
            let opens = |word: &str| {
                let key = key_of(word);
                is_that(&key, language) || is_content(&key, language)
            };
            assert!(content.split(' ').all(opens), "{language}: {content}");
            assert!(!neither.split(' ').any(opens), "{language}: {neither}");
            let of_wish = |word: &str| is_wanted(&key_of(word), language);
            assert!(wanted.split_whitespace().all(of_wish), "{language}: {wanted}");
            assert!(!content.split(' ').chain(neither.split(' ')).any(of_wish), "{language}: {content}");
        }
    }
}
