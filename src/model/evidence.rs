//! Evidence: what one check finds in one document.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::capture::Failure;
use super::claim::SourceKey;
use super::document::{TextRange, Where, Zone};
use super::report::{CaptureReport, ChangeReport, PassageReport};
use super::verdict::{CheckVerdict, Flag};

/// What a check finds in one document. Never says that a source could not be read: that is a
/// [`Failure`].
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What it comes to in this document.
    pub verdict: CheckVerdict,
    /// How much of the check the best passage covers, 0 to 1. Ranks and is shown; never decides.
    pub score: f64,
    /// The best passage; `None` only where nothing comes close.
    pub passage: Option<Passage>,
    /// Other places that fit as well, in document order.
    pub also: Vec<Passage>,
    /// What differs, in the order of the quotation.
    pub changes: Vec<Change>,
    /// Flags, sorted, without repetition.
    pub flags: Vec<Flag>,
    /// An explanation for people, where the verdict needs one.
    pub detail: Option<String>,
    /// Content words, names and dates of the statement that stand nowhere near the passage.
    pub unchecked: Vec<String>,
}

/// Figures of one manifest that count the same thing with different values.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// What is counted, in the words that the statements share.
    pub about: String,
    /// The figures, in manifest order; two at least.
    pub counted: Vec<Counted>,
    /// Whether such a count only grows: a toll.
    pub grows: bool,
}

/// A figure that counts something: where it is asked for, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Index of the claim in the manifest.
    pub claim: usize,
    /// Index of the check in the claim.
    pub check: usize,
    /// Its value, or the lower end of its range.
    pub low: Decimal,
    /// Its value, or the upper end of its range.
    pub high: Decimal,
}

/// The outcome of looking for one check in one source: what was seen there, or why nobody could look.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The source.
    pub source: SourceKey,
    /// Who publishes the source, as the manifest says, else as the page says.
    pub outlet: Option<Arc<str>>,
    /// The source's own date, as the manifest says, else as the page says; an RFC 3339 date.
    pub published: Option<Arc<str>>,
    /// The capture that was read, or the attempt that failed.
    pub capture: Option<Arc<CaptureReport>>,
    /// Code points of the text that was searched.
    pub searched: Option<usize>,
    /// What was seen, or why nobody could look.
    pub seen: Result<Seen, Failure>,
}

/// A [`Finding`] at the outer edge: it no longer needs its document, which may be gone from memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What it comes to in this document.
    pub verdict: CheckVerdict,
    /// How much of the check the best passage covers, 0 to 1.
    pub score: f64,
    /// The best passage.
    pub passage: Option<Box<PassageReport>>,
    /// Other places that fit as well.
    pub also: Vec<PassageReport>,
    /// What differs.
    pub changes: Vec<ChangeReport>,
    /// Flags, sorted, without repetition.
    pub flags: Vec<Flag>,
    /// An explanation for people.
    pub detail: Option<String>,
    /// Content words, names and dates of the statement that stand nowhere near the passage.
    pub unchecked: Vec<String>,
    /// A sketch of the document's words: two sources whose sketches agree are one wire story.
    pub sketch: Arc<[u64; 16]>,
}

/// A passage of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// From the first to the last matched character.
    pub range: TextRange,
    /// The matched pieces, in document order; one where nothing was left out.
    pub parts: Vec<TextRange>,
    /// The place on the page.
    pub place: Where,
    /// Its finer name.
    pub zone: Zone,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Time of the entry or subtitle, as the source writes it.
    pub time: Option<String>,
}

/// One named difference between a check and its passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Our words; empty where the source has more.
    pub quote: String,
    /// The source's words; empty where we have more.
    pub source: String,
    /// Where the source's words stand; empty range at the place where they are missing.
    pub at: Option<TextRange>,
    /// Byte range of our words in the check's text; `None` where it is not a stretch of it.
    pub ours: Option<TextRange>,
    /// What kind of difference it is; `None` for a free or editorial one.
    pub flag: Option<Flag>,
}

impl Finding {
    /// A finding that says: nothing in this document comes close.
    pub fn absent() -> Self {
        Self {
            verdict: CheckVerdict::Absent,
            score: 0.0,
            passage: None,
            also: Vec::new(),
            changes: Vec::new(),
            flags: Vec::new(),
            detail: None,
            unchecked: Vec::new(),
        }
    }

    /// Adds a flag, keeping the list sorted and without repetition.
    pub fn flag(&mut self, flag: Flag) {
        if let Err(at) = self.flags.binary_search(&flag) {
            self.flags.insert(at, flag);
        }
    }

    /// Whether the finding carries this flag.
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.binary_search(&flag).is_ok()
    }
}
