//! Times of the day and scores: two numbers that are one figure.

use super::moves;
use super::run::Run;
use crate::matching::fold::{Kind, bits};
use crate::model::figure::TimeOfDay;

/// A time of the day, and how many lexemes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeAt {
    pub(super) time: TimeOfDay,
    pub(super) length: usize,
}

/// Which half of the day is said behind a time, and how many lexemes that takes.
struct HalfAt {
    afternoon: bool,
    length: usize,
}

fn half_of_day(run: &Run<'_>, at: usize) -> Option<HalfAt> {
    if !run.close(at) {
        return None;
    }
    let half = |afternoon: bool, length: usize| Some(HalfAt { afternoon, length });
    match (run.key(at), run.key(at + 1)) {
        ("am", _) => half(false, 1),
        ("pm", _) => half(true, 1),
        ("a", "m") => half(false, 2),
        ("p", "m") => half(true, 2),
        ("this", "morning") => half(false, 2),
        ("this", "afternoon" | "evening") => half(true, 2),
        ("in", "the") => match run.key(at + 2) {
            "morning" => half(false, 3),
            "afternoon" | "evening" => half(true, 3),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a time of the day may begin with a word.
pub(super) fn may_begin(key: &str) -> bool {
    matches!(key, "noon" | "midday" | "midnight")
}

/// Reads a time of the day: `10:30`, `10.30 a.m.`, `5 p.m.`, `22.30 Uhr`, `22h30`, `22 h 30`, `22時30分`, `noon`.
pub(super) fn time(run: &Run<'_>, at: usize) -> Option<TimeAt> {
    let lexeme = run.get(at)?;
    let of = |hours: u16, minutes: u16, certain: bool, length: usize| {
        (hours < 24 && minutes < 60 || hours == 24 && minutes == 0)
            .then_some(TimeAt { time: TimeOfDay { minutes: hours % 24 * 60 + minutes, certain }, length })
    };
    if lexeme.kind == Kind::Word {
        return match lexeme.key.as_ref() {
            "noon" | "midday" if matches!(run.language, "en" | "") => of(12, 0, true, 1),
            "midnight" if matches!(run.language, "en" | "") => of(0, 0, true, 1),
            _ => None,
        };
    }
    if lexeme.kind != Kind::Number {
        return None;
    }
    let counts_to_24 = !matches!(run.language, "en" | "");
    let digits = lexeme.form.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let form = lexeme.form.to_lowercase();
    let hours: u16 = form[..digits].parse().ok()?;
    let rest = &form[digits..];
    // Minutes and what stands in the same token: `10:30`, `10.30`, `10:30pm`, `22h30`.
    let clock = |hours: u16, minutes: u16, suffix: &str, written: bool| {
        let half = match suffix {
            "am" => Some(HalfAt { afternoon: false, length: 0 }),
            "pm" => Some(HalfAt { afternoon: true, length: 0 }),
            "" => half_of_day(run, at + 1),
            _ => return None,
        };
        if let Some(half) = half {
            if hours > 12 || hours == 0 {
                return of(hours, minutes, true, 1 + half.length);
            }
            let hours = hours % 12 + if half.afternoon { 12 } else { 0 };
            return of(hours, minutes, true, 1 + half.length);
        }
        let uhr = matches!(run.key(at + 1), "uhr" | "uur") && run.close(at + 1);
        if uhr {
            return of(hours, minutes, true, 2);
        }
        let certain = counts_to_24 || hours > 12 || hours == 0;
        written.then(|| of(hours, minutes, certain, 1)).flatten()
    };
    if let Some(tail) = rest.strip_prefix([':', '.']) {
        let minutes = tail.bytes().take_while(u8::is_ascii_digit).count();
        if minutes != 2 {
            return None;
        }
        let suffix = &tail[2..];
        // `10:30:15`
        let suffix = if suffix.starts_with(':') { "" } else { suffix };
        return clock(hours, tail[..2].parse().ok()?, suffix, rest.starts_with(':'));
    }
    if rest.starts_with('h') && matches!(run.language, "fr" | "pt" | "es" | "it" | "") {
        let tail = &rest[1..];
        if tail.len() == 2 && tail.bytes().all(|byte| byte.is_ascii_digit()) {
            return of(hours, tail.parse().ok()?, true, 1);
        }
    }
    if rest.is_empty() && run.key(at + 1) == "h" && matches!(run.language, "fr" | "pt") && run.close(at + 1) {
        let minutes = run.form(at + 2);
        if minutes.len() == 2 && minutes.bytes().all(|byte| byte.is_ascii_digit()) && run.close(at + 2) {
            return of(hours, minutes.parse().ok()?, true, 3);
        }
    }
    if rest.is_empty()
        && matches!(run.key(at + 1), "时" | "時" | "点")
        && run.get(at + 1).is_some_and(|next| next.gap.is_empty())
    {
        let before = at.checked_sub(2).map(|before| (run.key(before), run.key(before + 1)));
        let afternoon = matches!(before, Some(("午", "後") | ("下", "午") | ("晚", "上")));
        let hours = if afternoon && hours < 12 { hours + 12 } else { hours };
        let minutes = run.form(at + 2);
        if run.key(at + 3) == "分" && minutes.len() <= 2 && minutes.bytes().all(|byte| byte.is_ascii_digit()) {
            return of(hours, minutes.parse().ok()?, true, 4);
        }
        // `3点` is a point as well: only an hour that is said to be one counts.
        return (afternoon || matches!(before, Some(("午", "前") | ("上", "午"))))
            .then(|| of(hours, 0, true, 2))
            .flatten();
    }
    if rest.is_empty() || matches!(rest, "am" | "pm") {
        return clock(hours, 0, rest, false);
    }
    None
}

/// A score, and how many lexemes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScoreAt {
    pub(super) ours: u32,
    pub(super) theirs: u32,
    pub(super) length: usize,
}

/// Points beyond which two joined numbers are no score.
const MOST_POINTS: u32 = 250;

/// Lexemes in front of `7 to 2` in which the vote or the match stands.
const VOTE: usize = 6;

fn is_vote(key: &str) -> bool {
    matches!(
        key,
        "voted"
            | "vote"
            | "votes"
            | "ruled"
            | "decided"
            | "won"
            | "lost"
            | "beat"
            | "stimmte"
            | "stimmten"
            | "gewann"
            | "verlor"
            | "battu"
            | "perdu"
            | "gagne"
            | "venceu"
            | "perdeu"
            | "ganhou"
            | "vencio"
            | "perdio"
            | "gano"
            | "vinto"
            | "battuto"
            | "perso"
    )
}

/// Reads a score: `3:1`, and `3-1` where the first number is the greater, since a range has the smaller one first.
pub(super) fn score(run: &Run<'_>, at: usize) -> Option<ScoreAt> {
    let lexeme = run.get(at).filter(|lexeme| lexeme.kind == Kind::Number)?;
    let points = |text: &str| {
        (text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
            .filter(|points| *points <= MOST_POINTS)
    };
    if let Some((left, right)) = lexeme.form.split_once(':') {
        return Some(ScoreAt { ours: points(left)?, theirs: points(right)?, length: 1 });
    }
    // `5対3`, `3比1`
    if matches!(run.key(at + 1), "対" | "比" | "对")
        && matches!(run.language, "ja" | "zh")
        && let Some(third) = run.get(at + 2).filter(|third| third.kind == Kind::Number)
        && let (Some(left), Some(right)) = (points(&lexeme.form), points(&third.form))
    {
        return Some(ScoreAt { ours: left, theirs: right, length: 3 });
    }
    let link = match run.key(at + 1) {
        "to" | "zu" => true,
        "a" => matches!(run.language, "fr" | "pt" | "es" | "it"),
        _ => false,
    };
    if let Some(third) = run.get(at + 2).filter(|_| link) {
        // `voted 7 to 2`
        let (left, right) = (points(&lexeme.form)?, points(&third.form)?);
        let voted = (at.saturating_sub(VOTE)..at).any(|before| is_vote(run.key(before)))
            || at.checked_sub(1).is_some_and(|by| run.key(by) == "by")
                && !(at.saturating_sub(VOTE)..at).any(|before| moves::at(run.language, run.lexemes, before).is_some());
        let changes = at.checked_sub(1).is_some_and(|before| matches!(run.key(before), "from" | "von"));
        return (left > right && voted && !changes && lexeme.form.len() <= 3).then_some(ScoreAt {
            ours: left,
            theirs: right,
            length: 3,
        });
    }
    // `10^-6` is no score.
    let next = run
        .get(at + 1)
        .filter(|next| next.kind == Kind::Number && next.bits & bits::HYPHEN != 0 && !next.gap.contains(['^', '*']))?;
    let more = run.get(at + 2).is_some_and(|third| third.kind == Kind::Number && third.bits & bits::HYPHEN != 0);
    let before = lexeme.bits & bits::HYPHEN != 0;
    let (left, right) = (points(&lexeme.form)?, points(&next.form)?);
    (left > right && !more && !before && lexeme.form.len() <= 2 && next.form.len() <= 2).then_some(ScoreAt {
        ours: left,
        theirs: right,
        length: 2,
    })
}
