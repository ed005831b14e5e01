//! Times: of which year, season or week a figure is, told from the one of writing: `this year`, `last season`.

use std::ops::Range;

use super::Scene;
use super::classes::{is_time, is_which};
use crate::matching::fold::bits;
use crate::matching::terms;

/// Lexemes in front of a time among which a comparison stands: `more than in the whole of last year`.
const COMPARED: usize = 5;

/// A span of the calendar by its distance from the one of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::matching::figure) struct Span {
    pub(in crate::matching::figure) unit: &'static str,
    pub(in crate::matching::figure) offset: i8,
}

/// What a word says of the span that it stands with.
fn offset(key: &str) -> Option<i8> {
    Some(match key {
        "last" | "previous" | "letzten" | "letztes" | "letzte" | "vergangenen" | "vergangenes" | "vorigen"
        | "voriges" | "dernier" | "derniere" | "pasado" | "pasada" | "scorso" | "scorsa" | "passado" | "passada"
        | "vorig" | "sidste" | "forrige" | "прошлом" | "прошлого" | "zeszlym" | "ubieglym" | "去" | "昨" => {
            -1
        }
        "前" => -2,
        "this" | "dieses" | "diesem" | "diesen" | "cette" | "este" | "esta" | "questo" | "questa" | "quest" | "dit"
        | "этом" | "этого" | "tym" | "今" | "本" => 0,
        "next" | "nachsten" | "nachstes" | "kommenden" | "prochain" | "prochaine" | "proximo" | "proxima"
        | "prossimo" | "prossima" | "volgend" | "следующем" | "przyszlym" | "明" | "来" => 1,
        _ => return None,
    })
}

fn unit(key: &str) -> Option<&'static str> {
    match key {
        "season" | "saison" | "temporada" | "stagione" | "seizoen" | "sæson" | "saeson" => Some("season"),
        "quarter" | "quartal" | "trimestre" | "kwartaal" | "kvartal" => Some("quarter"),
        "an" | "annee" | "ano" | "anno" | "jahr" | "jahres" | "year" | "年" => Some("yr"),
        _ => terms::unit(key).filter(|unit| matches!(*unit, "d" | "wk" | "mo" | "yr")),
    }
}

/// Words behind which a time is what something is compared with.
fn compares(key: &str) -> bool {
    super::frame::is_versus(key)
        || matches!(
            key,
            "than"
                | "from"
                | "on"
                | "over"
                | "since"
                | "until"
                | "by"
                | "as"
                | "of"
                | "als"
                | "seit"
                | "wie"
                | "que"
                | "depuis"
                | "desde"
                | "di"
                | "rispetto"
                | "dan"
                | "sinds"
                | "end"
                | "siden"
                | "чем"
                | "с"
                | "niz"
                | "od"
                | "比"
                | "较"
                | "較"
        )
}

impl Scene<'_> {
    /// The spans that a part names, but those that something is compared with.
    fn spans(&self, part: Range<usize>) -> Vec<Span> {
        let mut spans = Vec::new();
        for at in part.start..part.end.saturating_sub(1) {
            let found = match (offset(self.key(at)), unit(self.key(at + 1))) {
                (Some(offset), Some(unit)) => Some(Span { unit, offset }),
                _ => match (unit(self.key(at)), offset(self.key(at + 1))) {
                    // `l’an dernier`, where the word for it stands behind.
                    (Some(unit), Some(offset)) if matches!(self.language, "fr" | "es" | "it" | "pt") => {
                        Some(Span { unit, offset })
                    }
                    _ => None,
                },
            };
            let Some(span) = found else { continue };
            let from = (at.saturating_sub(COMPARED)..=at).rev().find(|place| self.pauses(*place)).unwrap_or(0);
            let against = (from.max(at.saturating_sub(COMPARED))..at).any(|place| compares(self.key(place)))
                || self.key(at + 2) == "よ"
                || self.key(at + 2) == "比";
            if !against && !spans.contains(&span) {
                spans.push(span);
            }
        }
        spans
    }

    /// The months that a part names, and its quarters and the like with what tells them from others, as they are compared.
    pub(super) fn moments(&self, part: Range<usize>) -> Vec<String> {
        let of = |at: usize| {
            if let Some(month) = self.month(at) {
                return Some(format!("month {month}"));
            }
            let which = at.checked_sub(1).filter(|before| part.contains(before) && is_which(self.key(*before)))?;
            let half = self.key(at) == "half" && matches!(self.key(which), "first" | "second");
            (half || is_time(self.key(at))).then(|| format!("{} {}", self.key(which), self.key(at)))
        };
        part.clone().filter_map(of).collect()
    }

    fn pauses(&self, at: usize) -> bool {
        let lexeme = &self.lexemes[at];
        lexeme.bits & bits::BREAK != 0 && lexeme.bits & bits::HYPHEN == 0
            || lexeme.gap.contains(['、', '，', '；', ';'])
    }

    /// Years in front of a figure, or behind it before the next pause.
    pub(super) fn near_years(&self, figure: &Range<usize>) -> Vec<String> {
        let end = (figure.end..self.lexemes.len()).find(|at| self.pauses(*at)).unwrap_or(self.lexemes.len());
        (0..end).filter(|at| self.is_year(*at)).map(|at| self.key(at).to_owned()).collect()
    }

    /// The spans that a figure is of: those between the pauses around it, else those that open its sentence.
    pub(super) fn spans_of(&self, figure: &Range<usize>) -> Vec<Span> {
        let start = (1..=figure.start).rev().find(|at| self.pauses(*at)).unwrap_or(0);
        let end = (figure.end..self.lexemes.len()).find(|at| self.pauses(*at)).unwrap_or(self.lexemes.len());
        let own = self.spans(start..end);
        if !own.is_empty() || start == 0 {
            return own;
        }
        let first = (1..start).find(|at| self.pauses(*at)).unwrap_or(start);
        let opens = offset(self.key(0)).is_some() || offset(self.key(1)).is_some();
        // A later clause with a time or a figure of its own kind in front has left it.
        if opens && !(0..start).any(|at| self.is_figure(at)) { self.spans(0..first) } else { Vec::new() }
    }
}

/// Whether two figures are of different spans of one kind. `apart`: how many years the claim was written behind the source,
/// `None` where the days between them make this year and last one no fixed spans.
pub(in crate::matching::figure) fn differ(ours: &[Span], theirs: &[Span], apart: Option<i8>) -> bool {
    let shifted = |span: &Span| match (span.unit, apart) {
        ("yr", Some(years)) => Some(span.offset.saturating_add(years)),
        (_, Some(0)) => Some(span.offset),
        _ => None,
    };
    let of_unit = |own: &Span| {
        theirs.iter().any(|other| other.unit == own.unit)
            && shifted(own)
                .is_some_and(|offset| !theirs.iter().any(|other| other.unit == own.unit && other.offset == offset))
    };
    ours.iter().any(of_unit)
        && !ours
            .iter()
            .any(|own| theirs.iter().any(|other| Some(other.offset) == shifted(own) && other.unit == own.unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::phrases::key_of;

    #[test]
    fn words_of_time_say_how_far_their_span_is_away() {
        for (offset_wanted, words) in [
            (Some(-1), "last previous vergangenen dernier pasada scorso passado vorig sidste прошлом zeszłym 去 昨"),
            (Some(-2), "前"),
            (Some(0), "this dieses cette este questa dit этом tym 今 本"),
            (Some(1), "next nächsten prochaine próximo prossimo volgend следующем przyszłym 明 来"),
            (None, "first year recent"),
        ] {
            for word in words.split(' ') {
                assert_eq!(offset(&key_of(word)), offset_wanted, "{word}");
            }
        }
        for (unit_wanted, words) in [
            (Some("season"), "season Saison temporada stagione seizoen"),
            (Some("quarter"), "quarter Quartal trimestre kwartaal kvartal"),
            (Some("yr"), "year Jahr année año anno an 年"),
            (Some("mo"), "month Monat"),
            (Some("d"), "day"),
            (None, "hour kg boat"),
        ] {
            for word in words.split(' ') {
                assert_eq!(unit(&key_of(word)), unit_wanted, "{word}");
            }
        }
    }

    #[test]
    fn spans_differ_where_one_side_has_its_kind_at_another_distance() {
        let span = |unit: &'static str, offset: i8| Span { unit, offset };
        let (this, last, week) = (span("yr", 0), span("yr", -1), span("wk", -1));
        for (ours, theirs, apart, wanted) in [
            (vec![this], vec![last], Some(0), true),
            (vec![last], vec![last], Some(0), false),
            (vec![last], vec![this, last], Some(0), false),
            (vec![last], vec![], Some(0), false),
            (vec![], vec![last], Some(0), false),
            (vec![last], vec![week], Some(0), false),
            (vec![this, week], vec![last, week], Some(0), false),
            (vec![last], vec![this, week], Some(0), true),
            // Written a year later, `last year` is the `this year` of then.
            (vec![last], vec![this], Some(1), false),
            (vec![this], vec![this], Some(1), true),
            (vec![last], vec![this], None, false),
            (vec![week], vec![span("wk", 0)], Some(0), true),
            (vec![week], vec![span("wk", 0)], Some(1), false),
        ] {
            assert_eq!(differ(&ours, &theirs, apart), wanted, "{ours:?} {theirs:?} {apart:?}");
        }
    }
}
