//! Long texts → excerpts that begin and end between words where that is possible.

use crate::model::report::PassageReport;

/// Code points that may be given up to find the edge of a word.
const WORD_SEARCH: usize = 20;

/// A passage's surroundings, shortened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) before: &'a str,
    pub(super) after: &'a str,
    /// Whether more stood before.
    pub(super) cut_before: bool,
    /// Whether more stood after.
    pub(super) cut_after: bool,
}

/// Shortens what stands around a passage to about `most` code points on each side.
pub(super) fn context(passage: &PassageReport, most: usize) -> Context<'_> {
    let (before, after) = (tail(&passage.before, most), lead(&passage.after, most));
    Context {
        cut_before: before.len() < passage.before.trim_start().len(),
        cut_after: after.len() < passage.after.trim_end().len(),
        before,
        after,
    }
}

/// Leaves out the middle of a text that has more than `most` code points.
pub(super) fn short(text: &str, most: usize, gap: &str) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    format!("{} {gap} {}", lead(text, most / 2).trim_end(), tail(text, most / 2).trim_start())
}

/// The end of a text, from the beginning of a word where one begins nearby.
fn tail(text: &str, most: usize) -> &str {
    let Some((cut, _)) = text.char_indices().rev().nth(most.saturating_sub(1)).filter(|(cut, _)| *cut > 0) else {
        return text;
    };
    let end = &text[cut..];
    end.char_indices().take(WORD_SEARCH).find(|(_, c)| c.is_whitespace()).map_or(end, |(at, _)| end[at..].trim_start())
}

/// The beginning of a text, to the end of a word where one ends nearby.
fn lead(text: &str, most: usize) -> &str {
    let Some((cut, _)) = text.char_indices().nth(most) else { return text };
    let start = &text[..cut];
    let word = start.char_indices().rev().take(WORD_SEARCH).find(|(_, c)| c.is_whitespace());
    word.map_or(start, |(at, _)| start[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_keep_whole_words_where_they_can() {
        let text = "the quick brown fox jumps over the lazy dog";
        assert_eq!(lead(text, 12), "the quick");
        assert_eq!(tail(text, 12), "lazy dog");
        assert_eq!(short(text, 24, "<...>"), "the quick <...> lazy dog");
        assert_eq!(short(text, 43, "<...>"), text);
        assert_eq!(lead(&"海".repeat(50), 12).chars().count(), 12);
        assert_eq!(tail("", 0), "");
    }
}
