//! Parts: figures of one sentence that lean on each other: a part of a whole, a value that replaces another, a noun that is
//! left out, a value by another source, the ends of `from … to …`, an age behind its name.

use std::ops::Range;

use super::Scene;
use super::frame::is_versus;
use super::split::Split;
use crate::matching::direction;
use crate::matching::figure::sense::{is_content, same};
use crate::matching::fold::{Kind, bits};
use crate::matching::terms;

/// Words of a name in front of an age.
const NAME: usize = 6;

impl Scene<'_> {
    /// Whether a figure is a part of one before it: `12 of them`, `23 davon`, `dont 12`.
    pub(super) fn is_part(&self, number: usize) -> bool {
        let anchor = &self.anchors[number];
        let before = anchor.start.checked_sub(1).map_or("", |at| self.key(at));
        let behind = (self.key(anchor.end), self.key(anchor.end + 1));
        let of_whom = anchor.start >= 2
            && matches!(
                (self.key(anchor.start - 2), self.key(anchor.start - 1)),
                ("of", "whom" | "which" | "them" | "these" | "those")
                    | ("von", "denen")
                    | ("di", "cui")
                    | ("van", "wie")
            );
        number > 0
            && (of_whom
                || self.is_among(number)
                || matches!(before, "davon" | "darunter" | "dont" | "waarvan" | "heraf" | "varav")
                || matches!(behind.0, "davon" | "darunter" | "ervan" | "waarvan")
                || matches!(
                    behind,
                    ("of", "them" | "whom" | "which" | "those" | "these" | "it")
                        | ("de", "ellos" | "ellas" | "los" | "las")
                        | ("di", "loro" | "essi" | "cui")
                        | ("d", "entre")
                        | ("van", "hen")
                        | ("af", "dem")
                        | ("из", "них")
                        | ("z", "nich")
                ))
    }

    /// Whether a figure is given by a source that stands right behind it: `against 40,000 according to the organisers`.
    /// The noun may stand between.
    pub(super) fn is_attributed(&self, number: usize) -> bool {
        let end = self.anchors[number].end;
        number > 0
            && (end..end + 2).any(|at| {
                matches!(
                    (self.key(at), self.key(at + 1)),
                    ("according", "to")
                        | ("d", "apres")
                        | ("nach", "angaben")
                        | ("по", "данным")
                        | ("selon" | "laut" | "segun" | "secondo" | "segundo" | "volgens" | "ifolge" | "wedlug", _)
                )
            })
    }

    /// Whether a figure is where a change begins: `from 43`, in a language whose word for it tells.
    pub(super) fn is_from(&self, number: usize) -> bool {
        self.from(number).is_some()
    }

    /// Whether a figure is where a change begins, and no more than what something is: `une hausse de 43`, `était de 43`.
    pub(super) fn leaves(&self, number: usize) -> bool {
        self.from(number).is_some_and(|at| {
            !matches!(
                self.key(at),
                "de" | "du" | "da" | "dal" | "dall" | "del" | "von" | "van" | "z" | "ze" | "с" | "со"
            ) || self.tells_of_change(0..self.anchors[number].start)
        })
    }

    /// Where the word stands that leads away from a figure.
    fn from(&self, number: usize) -> Option<usize> {
        let start = self.anchors[number].start;
        (start.saturating_sub(2)..start).rev().find(|at| {
            matches!(
                self.key(*at),
                "from"
                    | "von"
                    | "de"
                    | "du"
                    | "da"
                    | "dal"
                    | "dall"
                    | "del"
                    | "desde"
                    | "van"
                    | "fra"
                    | "fran"
                    | "od"
                    | "z"
                    | "ze"
                    | "с"
                    | "со"
            )
        })
    }

    /// Whether a figure is what a change leads to: `to 48`.
    pub(super) fn is_to(&self, number: usize) -> bool {
        self.to(number).is_some()
    }

    /// Where the word stands that leads to a figure.
    pub(super) fn to(&self, number: usize) -> Option<usize> {
        let start = self.anchors[number].start;
        (start.saturating_sub(2)..start).rev().find(|at| {
            matches!(
                self.key(*at),
                "to" | "auf"
                    | "a"
                    | "au"
                    | "al"
                    | "all"
                    | "naar"
                    | "til"
                    | "till"
                    | "до"
                    | "на"
                    | "do"
                    | "na"
                    | "para"
                    | "hasta"
                    | "ate"
            )
        })
    }

    /// Whether two neighbours are the ends of one change, with words between: `fell from 43 % in May to 38 % in June`.
    pub(super) fn is_change(&self, number: usize) -> bool {
        self.changes_into_next(number) && self.is_from(number) && self.is_to(number + 1)
    }

    /// The same the other way round: `fell to 38 % in June from 43 % in May`.
    pub(super) fn is_change_back(&self, number: usize) -> bool {
        self.changes_into_next(number) && self.is_to(number) && self.is_from(number + 1)
    }

    /// Whether nothing parts a figure from the next, and a change is told in front of them.
    fn changes_into_next(&self, number: usize) -> bool {
        self.is_with_next(number) && self.tells_of_change(0..self.anchors[number].start)
    }

    /// Where the part of the second end begins, where two neighbours are the ends of a change or a span: each has its own time
    /// and place.
    pub(super) fn ends_of_change(&self, number: usize) -> Option<usize> {
        let spans = self.is_with_next(number) && self.from(number).is_some_and(|at| self.key(at) == "from");
        if spans || self.is_change(number) {
            self.to(number + 1)
        } else if self.is_change_back(number) {
            self.from(number + 1)
        } else {
            None
        }
    }

    /// Whether a figure is set against the one before: `to 38 % from 43 %`, `38 %, against 43 %`.
    pub(super) fn is_set_against(&self, number: usize) -> bool {
        let Some(before) = number.checked_sub(1) else { return false };
        let between = self.anchors[before].end..self.anchors[number].start;
        self.ends_of_change(before).is_some()
            || self.from(number).is_some_and(|at| between.contains(&at))
            || between.clone().any(|at| is_versus(self.key(at)) || self.key(at) == "compared" || self.follows_on(at))
    }

    /// Whether there is a next figure, and nothing parts them.
    fn is_with_next(&self, number: usize) -> bool {
        let next = self.anchors.get(number + 1);
        next.is_some_and(|next| !(self.anchors[number].end..next.start).any(|at| self.breaks(at)))
    }

    fn tells_of_change(&self, part: Range<usize>) -> bool {
        part.into_iter().any(|at| direction::of_key(self.key(at)) != 0 || direction::is_change(self.key(at)))
    }

    /// The figure before that another one of its sentence replaces or counts with: `reported 60 injured but later revised the
    /// figure to 48`; `aims to plant 10,000 trees; so far it has planted 1,200`.
    pub(super) fn leans_on(&self, split: &Split<'_>, number: usize) -> Option<usize> {
        let noun = |number: usize| split.noun(number).any(|at| is_content(&self.lexemes[at]));
        // `to 412 million crowns in May from 388 million in April`
        let other = number.checked_sub(1)?;
        if !noun(number) && noun(other) && (self.is_change(other) || self.is_change_back(other)) {
            return Some(other);
        }
        let anchor = &self.anchors[number];
        // Of a share or a sum the noun says of what it is one; only what is counted is left out.
        let last = &self.lexemes[anchor.end - 1];
        let counted = last.kind == Kind::Number || terms::scale(&last.key).is_some();
        if !counted || !noun(other) || noun(number) && !self.is_attributed(number) || self.is_part(number) {
            return None;
        }
        let before = split.segments[number].start..anchor.start;
        if self.is_to(number) && before.clone().any(|at| direction::is_change(self.key(at))) {
            return Some(other);
        }
        let mut words = before.clone().filter(|at| is_content(&self.lexemes[*at]));
        let earlier = 0..split.segments[number].start;
        // Nothing but words of contrast or change: `contre 40 000`, `down from 60`, `and 15 this year`.
        let compared = |at: usize| self.key(at) == "compared" || direction::of_key(self.key(at)) != 0;
        let said = before.clone().filter(|at| is_content(&self.lexemes[*at]) && !compared(*at)).count();
        let alone = said == 0 || said == 1 && self.is_attributed(number);
        (alone || words.any(|at| earlier.clone().any(|other| same(self.key(other), self.key(at))))).then_some(other)
    }

    /// The name that an age between commas belongs to: `Aune, 54, said`.
    pub(super) fn name_of_age(&self) -> Vec<String> {
        let anchor = &self.anchors[self.me];
        let comma = |at: usize| self.lexemes.get(at).is_some_and(|lexeme| lexeme.gap.trim().starts_with([',', '，']));
        let opens = self.lexemes[anchor.start].gap.ends_with('(');
        let closes = self.lexemes.get(anchor.end).is_some_and(|lexeme| lexeme.gap.starts_with(')'));
        let apart = comma(anchor.start) && comma(anchor.end) || opens && closes;
        if anchor.len() != 1 || !apart {
            return Vec::new();
        }
        let from = anchor.start.saturating_sub(NAME);
        let mut name = Vec::new();
        for at in (from..anchor.start).rev() {
            let lexeme = &self.lexemes[at];
            if lexeme.bits & bits::CAPITAL != 0 && lexeme.kind == Kind::Word {
                name.push(lexeme.key.to_string());
            } else if name.is_empty()
                || !matches!(self.key(at), "of" | "from" | "de" | "von" | "aus" | "van" | "di" | "da")
            {
                break;
            }
            if lexeme.bits & bits::PAUSE != 0 {
                break;
            }
        }
        name
    }

    /// The name that a statement gives a bare number to: `Aune is 54`, `Aune, 54,`.
    pub(in crate::matching::figure) fn named(&self) -> Vec<String> {
        let anchor = &self.anchors[self.me];
        let copula = anchor.start.checked_sub(1).is_some_and(|at| {
            matches!(
                self.key(at),
                "is" | "was" | "ist" | "war" | "a" | "avait" | "tiene" | "ha" | "tem" | "er" | "jest"
            )
        });
        let end = if copula { anchor.start - 1 } else { anchor.start };
        let apposed = self.lexemes.get(anchor.start).is_some_and(|lexeme| lexeme.gap.trim().starts_with(','));
        if !copula && !apposed
            || anchor.end < self.lexemes.len() && copula && !self.breaks(anchor.end) && !self.is_years(anchor)
        {
            return Vec::new();
        }
        let capital = |at: &usize| self.lexemes[*at].bits & bits::CAPITAL != 0 && is_content(&self.lexemes[*at]);
        let name: Vec<usize> = (end.saturating_sub(NAME)..end).rev().take_while(capital).collect();
        let article =
            name.last().and_then(|first| first.checked_sub(1)).is_some_and(|at| !is_content(&self.lexemes[at]));
        if article { Vec::new() } else { name.into_iter().map(|at| self.key(at).to_owned()).collect() }
    }

    fn is_years(&self, anchor: &Range<usize>) -> bool {
        matches!(self.key(anchor.end), "years" | "jahre" | "ans" | "anos" | "anni" | "jaar")
    }
}
