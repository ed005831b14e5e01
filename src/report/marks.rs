//! Named differences → the stretches of both texts that a reader should look at.
//!
//! Positions come from the changes where they have them; where they have none, the change's own words are looked
//! for after the last place. Every range is inside its text, whatever the report says.

use crate::model::report::{ChangeReport, PassageReport};

/// How a stretch differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Marked as an edit, or free: nothing to worry about.
    Light,
    /// A difference of substance.
    Heavy,
}

/// A stretch of a text, in code points; empty where something is missing at that place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: Kind,
}

/// A stretch of our text and the stretch of the source's that stands in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) ours: [usize; 2],
    pub(super) theirs: [usize; 2],
}

/// The marks of a pair of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// In our text, sorted.
    pub(super) ours: Vec<Mark>,
    /// In the passage, sorted.
    pub(super) theirs: Vec<Mark>,
    /// Where both texts leave each other and meet again, in the order of both.
    pub(super) anchors: Vec<Anchor>,
}

impl Marks {
    /// Whether a difference of substance is marked.
    pub(super) fn is_heavy(&self) -> bool {
        self.ours.iter().chain(&self.theirs).any(|mark| mark.kind == Kind::Heavy)
    }
}

/// Finds what to mark in a check's text and its passage.
pub(super) fn marks(text: &str, passage: &PassageReport, changes: &[ChangeReport]) -> Marks {
    let (ours_length, theirs_length) = (text.chars().count(), passage.text.chars().count());
    // Where the passage's own offsets contradict its text, no position of the capture can be trusted.
    let placed = passage.end.checked_sub(passage.start) == Some(theirs_length);
    let substantive = changes.iter().any(|change| change.flag.is_some());
    let (mut ours_finder, mut theirs_finder) = (Finder::new(text), Finder::new(&passage.text));
    let mut found = Marks::default();
    for change in changes {
        let ours = change
            .quote_at
            .filter(|[from, to]| from <= to && *to <= ours_length)
            .or_else(|| change.quote_at.is_none().then(|| ours_finder.next(&change.quote)).flatten());
        let theirs = match change.source_at {
            Some([from, to]) if placed && from <= to => from
                .checked_sub(passage.start)
                .zip(to.checked_sub(passage.start))
                .map(|(from, to)| [from, to])
                .filter(|[_, to]| *to <= theirs_length),
            Some(_) if placed => None,
            _ => theirs_finder.next(&change.source),
        };
        if let (Some(ours), Some(theirs)) = (ours, theirs) {
            let meets = |last: &Anchor| last.ours[1] <= ours[0] && last.theirs[1] <= theirs[0];
            if found.anchors.last().is_none_or(meets) {
                found.anchors.push(Anchor { ours, theirs });
            }
        }
        let kind = if change.flag.is_some() { Kind::Heavy } else { Kind::Light };
        // Beside a difference of substance the free ones are noise.
        if kind == Kind::Heavy || !substantive {
            found.ours.extend(ours.map(|[from, to]| Mark { from, to, kind }));
            found.theirs.extend(theirs.map(|[from, to]| Mark { from, to, kind }));
        }
    }
    for side in [&mut found.ours, &mut found.theirs] {
        side.sort_unstable();
        side.dedup();
    }
    found
}

/// Finds the first place of each of `words` in `text`.
pub(super) fn words_in(text: &str, words: &[String]) -> Vec<Mark> {
    let mut found: Vec<Mark> = words
        .iter()
        .filter_map(|word| Finder::new(text).next(word))
        .map(|[from, to]| Mark { from, to, kind: Kind::Heavy })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Looks for words in a text, each after the one before.
struct Finder<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl<'a> Finder<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, byte: 0, point: 0 }
    }

    /// Returns the code points of the next place of `words`: a whole word if there is one, else any.
    fn next(&mut self, words: &str) -> Option<[usize; 2]> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        let rest = self.text.get(self.byte..)?;
        let at = rest.match_indices(words).find(|(at, _)| stands_alone(rest, *at, words)).or_else(|| {
            let at = rest.find(words)?;
            rest.get(at..at + words.len()).map(|found| (at, found))
        });
        let (at, _) = at?;
        let from = self.point + rest[..at].chars().count();
        let to = from + words.chars().count();
        (self.byte, self.point) = (self.byte + at + words.len(), to);
        Some([from, to])
    }
}

fn stands_alone(text: &str, at: usize, words: &str) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + words.len()..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Flag, Where, Zone};

    fn passage(text: &str, start: usize) -> PassageReport {
        let end = start + text.chars().count();
        PassageReport {
            text: text.to_owned(),
            before: String::new(),
            after: String::new(),
            start,
            end,
            parts: vec![[start, end]],
            place: Where::Body,
            zone: Zone::Paragraph,
            page: None,
            time: None,
            fragment: None,
        }
    }

    fn change(quote: &str, source: &str, at: Option<([usize; 2], [usize; 2])>) -> ChangeReport {
        ChangeReport {
            quote: quote.to_owned(),
            source: source.to_owned(),
            flag: Some(Flag::Word),
            quote_at: at.map(|(ours, _)| ours),
            source_at: at.map(|(_, theirs)| theirs),
        }
    }

    #[test]
    fn positions_are_taken_from_the_changes() {
        let marks =
            marks("a red dog", &passage("a blue dog", 100), &[change("red", "blue", Some(([2, 5], [102, 106])))]);
        assert_eq!(marks.ours, [Mark { from: 2, to: 5, kind: Kind::Heavy }]);
        assert_eq!(marks.theirs, [Mark { from: 2, to: 6, kind: Kind::Heavy }]);
        assert_eq!(marks.anchors, [Anchor { ours: [2, 5], theirs: [2, 6] }]);
    }

    #[test]
    fn words_are_looked_for_where_positions_are_missing() {
        let marks = marks("Über red reddish", &passage("Über blue reddish", 7), &[change("red", "blue", None)]);
        assert_eq!(marks.ours, [Mark { from: 5, to: 8, kind: Kind::Heavy }]);
        assert_eq!(marks.theirs, [Mark { from: 5, to: 9, kind: Kind::Heavy }]);
    }

    #[test]
    fn a_whole_word_is_preferred_to_a_part_of_one() {
        assert_eq!(Finder::new("reddish red").next("red"), Some([8, 11]));
        assert_eq!(Finder::new("reddish").next("red"), Some([0, 3]));
    }

    #[test]
    fn positions_outside_their_text_mark_nothing() {
        let far = change("red", "blue", Some(([2, 500], [1, 900])));
        let marks = marks("a red dog", &passage("a blue dog", 100), &[far]);
        assert_eq!(marks, Marks::default());
    }

    #[test]
    fn an_empty_stretch_is_where_words_are_missing() {
        let marks = marks("we will", &passage("we never will", 0), &[change("", "never", Some(([3, 3], [3, 8])))]);
        assert_eq!(marks.ours, [Mark { from: 3, to: 3, kind: Kind::Heavy }]);
    }

    #[test]
    fn free_differences_are_marked_only_among_themselves() {
        let free = ChangeReport { flag: None, ..change("a", "A", Some(([0, 1], [0, 1]))) };
        let heavy = change("red", "blue", Some(([2, 5], [2, 6])));
        let text = passage("A blue", 0);
        assert_eq!(marks("a red", &text, std::slice::from_ref(&free)).ours[0].kind, Kind::Light);
        assert_eq!(marks("a red", &text, &[free, heavy]).ours.len(), 1);
    }
}
