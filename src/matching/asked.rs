//! The question: a claim, prepared once, to be put to every document that it rests on.

use std::borrow::Cow;
use std::ops::Range;

use hashbrown::HashSet;

use jiff::civil::Date;

use super::fold;
use crate::model::figure::Bands;
use crate::model::{CheckKind, Claim, Source};

/// A claim as the matcher needs it: computed once, asked of every source.
#[derive(Debug)]
pub struct Asked<'c> {
    /// The claim.
    pub(crate) claim: &'c Claim,
    /// Its statement.
    pub(crate) statement: &'c str,
    /// The statement without what its checks look for.
    pub(crate) outside: String,
    /// Keys of the statement's words.
    pub(crate) statement_keys: Vec<String>,
    /// Keys of the words outside the checks.
    pub(crate) outside_keys: Vec<String>,
    /// Names that the claim declares and that need not stand in the source: outlets, `via`.
    pub(crate) known_names: Vec<String>,
    /// Keys of the words that the claim's figures are made of.
    pub(crate) figure_words: HashSet<String>,
    /// When the article was published: relative dates of the statement resolve against it.
    pub(crate) published: Option<Date>,
    /// How far a value may lie from a bound's number.
    pub(crate) bands: Bands,
    /// Whom the statement itself names as the speaker.
    stated: Option<String>,
}

impl<'c> Asked<'c> {
    /// Prepares a claim. `outlets` are the publishers of its sources; `published` is the article's date.
    pub fn new(claim: &'c Claim, sources: &[&Source], published: Option<Date>) -> Self {
        let statement = Words::of(&claim.statement);
        let mut outside = Outside { text: Cow::Borrowed(&claim.statement), words: Cow::Borrowed(&statement) };
        let mut figure_words = HashSet::new();
        for check in &claim.checks {
            match &check.kind {
                CheckKind::Quote(fragments) => fragments.iter().for_each(|fragment| outside.leave_out(fragment)),
                CheckKind::Figure(figure) => {
                    outside.leave_out(figure);
                    figure_words.extend(keys(figure));
                }
                CheckKind::Statement => {}
            }
        }
        let mut known_names: Vec<String> = claim.via.clone();
        known_names.extend(sources.iter().filter_map(|source| source.outlet.as_deref().map(str::to_owned)));
        Self {
            claim,
            statement: &claim.statement,
            statement_keys: statement.keys(),
            outside_keys: outside.words.keys(),
            outside: outside.text.into_owned(),
            known_names,
            figure_words,
            published,
            bands: Bands::default(),
            stated: None,
        }
    }

    /// The same with the bands of its manifest.
    pub fn with_bands(self, bands: Bands) -> Self {
        Self { bands, ..self }
    }

    /// The same with whom its statement names as the speaker, by its own words.
    pub fn with_stated_speaker(self, stated: Option<String>) -> Self {
        Self { stated, ..self }
    }

    /// Whose words the claim says its quotation is: as declared, else as the statement reads.
    pub(crate) fn speaker(&self) -> Option<&str> {
        self.claim.speaker.as_deref().or(self.stated.as_deref())
    }

    /// Whom the statement names as the speaker, in words that the declared speaker's name has nothing of.
    pub(crate) fn stated_speaker(&self) -> Option<&str> {
        let stated = self.stated.as_deref()?;
        let declared = keys(self.claim.speaker.as_deref().unwrap_or_default());
        (!keys(stated).iter().any(|key| declared.contains(key))).then_some(stated)
    }
}

/// What is left of a statement.
struct Outside<'s> {
    text: Cow<'s, str>,
    words: Cow<'s, Words>,
}

impl Outside<'_> {
    /// Leaves out the first place where the words of `part` stand, however they are marked or cased.
    fn leave_out(&mut self, part: &str) {
        if let Some(range) = self.words.position(&Words::of(part)) {
            let text = format!("{} {}", &self.text[..range.start], &self.text[range.end..]);
            self.words = Cow::Owned(Words::of(&text));
            self.text = Cow::Owned(text);
        }
    }
}

/// Where the words of `part` stand in a statement, however they are marked or cased.
pub(super) fn position(statement: &str, part: &str) -> Option<Range<usize>> {
    Words::of(statement).position(&Words::of(part))
}

/// The words of a text: their keys, one behind the other, and their places.
#[derive(Clone)]
struct Words {
    keys: String,
    words: Vec<Placed>,
}

/// A word of a text with its place.
#[derive(Clone)]
struct Placed {
    /// Where its key ends among the keys.
    key_end: usize,
    start: usize,
    end: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut all = Self { keys: String::with_capacity(text.len()), words: Vec::with_capacity(text.len() / 5) };
        let (mut form, mut key) = (String::new(), String::new());
        fold::tokenize(text, |raw| {
            if raw.plain && raw.text().is_ascii() {
                all.keys.extend(raw.text().chars().map(|c| c.to_ascii_lowercase()));
            } else {
                fold::form(raw.text(), raw.kind, &mut form);
                fold::key(&form, &mut key);
                all.keys.push_str(&key);
            }
            all.words.push(Placed { key_end: all.keys.len(), start: raw.start, end: raw.end });
        });
        all
    }

    fn key(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.words[before].key_end);
        &self.keys[start..self.words[at].key_end]
    }

    fn keys(&self) -> Vec<String> {
        (0..self.words.len()).map(|at| self.key(at).to_owned()).collect()
    }

    /// Where the words of another text stand side by side.
    fn position(&self, part: &Words) -> Option<Range<usize>> {
        let wanted = part.words.len();
        if wanted == 0 || wanted > self.words.len() {
            return None;
        }
        let at = (0..=self.words.len() - wanted)
            .find(|at| (0..wanted).all(|number| self.key(at + number) == part.key(number)))?;
        Some(self.words[at].start..self.words[at + wanted - 1].end)
    }
}

/// Keys of every word of a text.
pub(super) fn keys(text: &str) -> Vec<String> {
    Words::of(text).keys()
}
