//! What an alignment consists of.

use std::ops::Range;

/// One step of an alignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::matching) enum Step {
    /// The word stands there, perhaps in another case or spelling.
    Pair {
        /// The element's index.
        element: usize,
        /// The token.
        token: usize,
    },
    /// The source does not have the element's word.
    Ours {
        /// The element's index.
        element: usize,
    },
    /// The quotation does not have the token.
    Theirs {
        /// The token.
        token: usize,
    },
    /// A mark of editing stands for these tokens, perhaps none.
    Mark {
        /// The element's index.
        element: usize,
        /// What it stands for.
        tokens: Range<usize>,
    },
}

/// An alignment of all elements with a stretch of the window.
#[derive(Debug, Clone)]
pub(in crate::matching) struct Alignment {
    /// The steps, in order.
    pub(in crate::matching) steps: Vec<Step>,
    /// The sum of the scores; comparable between windows of one query.
    pub(in crate::matching) score: f32,
}

impl Alignment {
    /// The tokens from the first to the last that a word of the quotation stands on; `None` where none does.
    pub(in crate::matching) fn span(&self) -> Option<Range<usize>> {
        let token = |step: &Step| if let Step::Pair { token, .. } = step { Some(*token) } else { None };
        Some(self.steps.iter().find_map(token)?..self.steps.iter().rev().find_map(token)? + 1)
    }
}
