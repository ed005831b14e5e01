//! Signed blocks: posts, comments and subtitles that have an author, and quotations that are signed below.

use super::name::Name;
use super::quoted::{around, quoted_spans};
use crate::matching::index::Index;
use crate::model::Zone;

/// What a block's author says of a token in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signed {
    /// Words of this zone belong to nobody by their author.
    No,
    /// They are the speaker's own.
    Theirs,
    /// The speaker's post or quotation holds them in quotation marks: they are somebody else's.
    Quoted,
    /// They are another author's.
    Another,
    /// What stands beside them must tell, and will not clear them.
    Unclear,
}

/// Judges a token of a block with this author, for the speaker that a manifest names.
pub(super) fn of_token(author: &str, at: usize, name: &Name, index: &Index<'_>) -> Signed {
    let block = index.block_of(at);
    let zone = index.document().blocks[block].zone;
    let own = name.is_in_text(author, index);
    match zone {
        Zone::Comment | Zone::Cue => return if own { Signed::Theirs } else { Signed::Another },
        Zone::Post | Zone::Blockquote | Zone::PullQuote => {}
        _ => return Signed::No,
    }
    match (own, is_inner(at, block, index)) {
        (true, false) => Signed::Theirs,
        (true, true) => Signed::Quoted,
        (false, false) if zone == Zone::Post => Signed::Another,
        // What a post quotes may be theirs; what a page sets apart may be signed with the title of a work.
        (false, _) => Signed::Unclear,
    }
}

/// Whether a token stands in quotation marks inside its block. Marks around the whole are the page's.
fn is_inner(at: usize, block: usize, index: &Index<'_>) -> bool {
    let quoted = quoted_spans(block, index);
    let words = index.block_tokens(block);
    around(at, quoted, index).last().is_some_and(|inner| {
        let held = words.clone().filter(|at| inner.holds(index.tokens()[*at].start)).count();
        held * 10 < words.len() * 8
    })
}

#[cfg(test)]
#[path = "signed_tests.rs"]
mod tests;
