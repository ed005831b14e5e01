//! Whether a value holds: it may be another time's, replaced by another, or only foreseen.

use std::ops::Range;
use std::sync::LazyLock;

use super::Scene;
use super::split::Split;
use crate::matching::figure::sense::is_content;
use crate::matching::fold::bits;
use crate::matching::phrases::Phrases;

static FORMER: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("../../terms/former.txt"), Some));
static FORESEEN: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("../../terms/foreseen.txt"), Some));

impl Scene<'_> {
    /// Whether the sentence says that the value is another time's: `down from 60`, `not 43 but 48`, `initially 43`.
    pub(super) fn former(&self, split: &Split<'_>) -> bool {
        let anchor = &self.anchors[self.me];
        if self.is_attributed(self.me) || self.relative_behind(self.me, split.segments[self.me].end).is_some() {
            return false;
        }
        if self.is_change(self.me) {
            return true;
        }
        if self.is_behind_former(self.me) {
            return true;
        }
        // `not 43 but 48`
        let negated = anchor.start.checked_sub(1).is_some_and(|at| {
            matches!(
                self.key(at),
                "not" | "nicht" | "pas" | "no" | "non" | "nao" | "niet" | "ikke" | "не" | "nie" | "不是" | "是"
            ) || at > 0 && matches!((self.key(at - 1), self.key(at)), ("не", _) | ("not", "the"))
        });
        if negated
            && self.anchors.get(self.me + 1).is_some_and(|next| {
                (anchor.end..next.start).any(|at| {
                    matches!(
                        self.key(at),
                        "but"
                            | "sondern"
                            | "mais"
                            | "sino"
                            | "ma"
                            | "bensi"
                            | "mas"
                            | "maar"
                            | "men"
                            | "а"
                            | "lecz"
                            | "ale"
                            | "而"
                    )
                })
            })
        {
            return true;
        }
        // `fell to 102 seats from 139`
        let since = (anchor.start.saturating_sub(2)..anchor.start).any(|at| {
            matches!(
                self.key(at),
                "from" | "von" | "vom" | "fra" | "fran" | "с" | "со" | "z" | "ze" | "desde" | "van" | "dal"
            )
        });
        if since
            && let Some(before) = self.me.checked_sub(1)
            && self.is_to(before)
            && !(self.anchors[before].end..anchor.start).any(|at| self.breaks(at))
            && self
                .directions(split.segments[before].start..self.anchors[before].start)
                .iter()
                .any(|(_, sign)| *sign != 0)
        {
            return true;
        }
        // `von 43 auf 48 korrigiert`; with `from 43 to 48` the reader of figures has said so already.
        let from = anchor.start.checked_sub(1).is_some_and(|at| matches!(self.key(at), "von" | "van" | "с" | "z"));
        let to = self.anchors.get(self.me + 1).is_some_and(|next| {
            next.start == anchor.end + 1 && matches!(self.key(anchor.end), "auf" | "naar" | "на" | "na")
        });
        if from && to {
            return true;
        }
        let segment = &split.segments[self.me];
        // `not 80, as first reported, but 62`: what replaces it stands behind a `but`.
        let replaces = |from: usize| {
            (from..anchor.start)
                .any(|at| matches!(self.key(at), "but" | "sondern" | "mais" | "sino" | "ma" | "bensi" | "maar" | "men"))
        };
        self.all(&FORMER)
            .iter()
            .any(|found| found.value == "near" && segment.contains(&found.at) && !replaces(found.at))
    }

    /// Whether the figure right behind is another time's: `63 percent, down from 71 percent in 2022`.
    pub(super) fn before_former(&self) -> bool {
        self.me + 1 < self.anchors.len() && self.is_behind_former(self.me + 1)
    }

    /// Whether words in front of a figure make it another time's, perhaps with a bound between: `down from about 60`.
    pub(super) fn is_behind_former(&self, figure: usize) -> bool {
        let before =
            |at: usize| FORMER.before(self.language, |number| at.checked_sub(number + 1).map(|place| self.key(place)));
        let mut starts = self.behind_a_bound(self.anchors[figure].start);
        starts.any(|at| before(at).is_some_and(|found| found.value == "before"))
    }

    /// Where the words in front of a figure may end: right before it, or before a bound of two words at most, but not before
    /// another figure (`rather than 12, 31 boats sank`).
    fn behind_a_bound(&self, figure: usize) -> impl Iterator<Item = usize> + '_ {
        let own = move |at: &usize| *at == figure || !self.is_figure(*at) && !self.breaks(*at + 1);
        (figure.saturating_sub(2)..=figure).rev().take_while(own)
    }

    /// What foresees the figure in its part of the sentence, if anything does: `as expected` and `than expected` foresee
    /// nothing.
    pub(super) fn foreseen(&self, segment: &Range<usize>) -> Option<Foreseen> {
        let anchor = &self.anchors[self.me];
        let from = segment.start.max(anchor.start.saturating_sub(12));
        self.all(&FORESEEN)
            .iter()
            .rev()
            .find_map(|found| {
                let end = found.at + found.length;
                let before = found.at.checked_sub(1).map_or("", |at| self.key(at));
                let capital = found.length == 1 && self.lexemes[found.at].bits & bits::CAPITAL != 0 && found.at > 0;
                let in_reach = from <= found.at && end <= anchor.start;
                let apart = || {
                    let opened = matches!(self.key(end), "dass" | "что" | "чтобы" | "ze" | "zeby" | "aby");
                    (end + usize::from(opened)..anchor.start)
                        .any(|at| self.lexemes[at].bits & bits::PAUSE != 0 && self.lexemes[at].bits & bits::HYPHEN == 0)
                };
                if !in_reach
                    || capital
                    || matches!(before, "as" | "than" | "wie" | "als" | "que" | "come" | "the" | "a")
                    || apart()
                {
                    return None;
                }
                // What is wished governs its clause, but not what it takes as given: `expects its 400 workers to return`.
                if found.value == "wish" {
                    let given = matches!(
                        self.key(anchor.start.wrapping_sub(1)),
                        "the"
                            | "its"
                            | "their"
                            | "his"
                            | "her"
                            | "these"
                            | "those"
                            | "all"
                            | "our"
                            | "ses"
                            | "leurs"
                            | "ces"
                    );
                    return (!given).then_some(Foreseen { near: true, verb: None });
                }
                if found.value != "modal" {
                    return (anchor.start - end <= NEAR).then_some(Foreseen { near: true, verb: None });
                }
                let verb =
                    (end..anchor.start).find(|at| is_content(&self.lexemes[*at])).map(|at| self.key(at).to_owned());
                Some(Foreseen { near: anchor.start - end <= NEAR, verb })
            })
            .or_else(|| self.listed(segment))
    }

    /// `promised to cut taxes, hire 10,000 teachers and …`: a bare verb in a list of what is promised.
    fn listed(&self, segment: &Range<usize>) -> Option<Foreseen> {
        let anchor = &self.anchors[self.me];
        let start = (segment.start..anchor.start).rev().find(|at| self.breaks(*at))?;
        let verb = (start..anchor.start).find(|at| is_content(&self.lexemes[*at])).map(|at| self.key(at))?;
        let bare = self.language == "en" && !verb.ends_with("ed") && !verb.ends_with("ing") && !verb.ends_with('s');
        let short = anchor.start - start <= LISTED;
        let promised = self.all(&FORESEEN).iter().any(|found| {
            found.at < start
                && !matches!(found.at.checked_sub(1).map_or("", |at| self.key(at)), "as" | "than" | "the" | "a" | "an")
                && (found.at..start).any(|at| self.key(at) == "to")
        });
        (bare && short && promised).then(|| Foreseen { near: false, verb: Some(verb.to_owned()) })
    }
}

/// Lexemes between a word that foresees and its figure, up to which it is the figure that is foreseen.
const NEAR: usize = 3;

/// Lexemes between the head of a list's entry and its figure.
const LISTED: usize = 4;

/// What is only foreseen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::matching::figure) struct Foreseen {
    /// Whether the figure stands right behind it.
    pub(in crate::matching::figure) near: bool,
    /// The first word that is foreseen.
    pub(in crate::matching::figure) verb: Option<String>,
}
