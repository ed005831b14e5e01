//! The parts of an attribution: what is found, and a verb with its subject on the way there.

use std::ops::Range;

use super::super::lexicon::{Form, Frame};

/// An attribution in tokens of its paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::draft) struct Found {
    /// What is attributed, in pieces.
    pub(in crate::draft) content: Vec<Range<usize>>,
    /// The words that name who said it; `None` where nobody is named.
    pub(in crate::draft) source: Option<Range<usize>>,
    /// The words that attribute.
    pub(in crate::draft) cue: Range<usize>,
    /// The listener (`told CNN`), or where it was said.
    pub(in crate::draft) listener: Option<Range<usize>>,
    /// Whose words the source passes on: “Reuters quoted X as saying”.
    pub(in crate::draft) inner: Option<Range<usize>>,
    /// An attitude rather than an utterance.
    pub(in crate::draft) attitude: bool,
    /// The source `was quoted as saying` it: somebody else passes it on.
    pub(in crate::draft) passive: bool,
    /// What somebody says in what this attributes: `X denied it, the Gazette says`.
    pub(in crate::draft) nested: Option<Box<Found>>,
}

impl Found {
    /// An utterance of a source, with nothing else to be said of it.
    pub(super) fn new(content: Vec<Range<usize>>, source: Option<Range<usize>>, cue: Range<usize>) -> Self {
        Self { content, source, cue, listener: None, inner: None, attitude: false, passive: false, nested: None }
    }
}

/// A verb of attribution where it stands.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    /// The verb with its auxiliaries and particle.
    pub(super) group: Range<usize>,
    pub(super) verb: usize,
    pub(super) frame: Frame,
    pub(super) form: Form,
    pub(super) passive: bool,
    pub(super) subject: Subject,
}

#[derive(Debug, Clone)]
pub(super) enum Subject {
    Before(Range<usize>),
    /// That of an earlier verb of the sentence, by coordination or participle.
    Shared(Option<Range<usize>>),
    Behind(Range<usize>),
    Nobody,
}

impl Cue {
    /// Where the clause of the verb begins.
    pub(super) fn lead(&self) -> usize {
        match &self.subject {
            Subject::Before(range) => range.start,
            _ => self.group.start,
        }
    }

    pub(super) fn source(&self) -> Option<Range<usize>> {
        match &self.subject {
            Subject::Before(range) | Subject::Behind(range) => Some(range.clone()),
            Subject::Shared(range) => range.clone(),
            Subject::Nobody => None,
        }
    }
}

/// Where the words stand that a verb attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Behind,
}

/// What stands behind a verb of attribution.
pub(super) enum Right {
    /// Nothing that could be said: the clause closes.
    Closed(Option<Range<usize>>),
    /// What is said.
    Said(Range<usize>, Option<Range<usize>>),
    /// A quotation behind a comma or colon.
    Quoted(Range<usize>, Option<Range<usize>>),
    /// Behind a comma a clause goes on that began before the verb.
    Resumed(Range<usize>, Option<Range<usize>>),
}
