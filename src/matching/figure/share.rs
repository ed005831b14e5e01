//! Shares and changes in words: `one in five`, `two thirds`, `half`, `doubled`, as percent.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::amount::AmountAt;
use super::currency::unit_of;
use super::number;
use super::run::Run;
use crate::matching::fold::{Kind, bits};
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;
use crate::matching::terms;
use crate::model::figure::{Amount, Unit};

/// Denominators in words. `half` needs no number before it, the others may go without one.
static PARTS: std::sync::LazyLock<Phrases<u32>> =
    std::sync::LazyLock::new(|| Phrases::read(include_str!("../terms/parts.txt"), |label| label.parse().ok()));

/// Changes in words, as percent.
static CHANGES: std::sync::LazyLock<Phrases<i32>> =
    std::sync::LazyLock::new(|| Phrases::read(include_str!("../terms/changes.txt"), |label| label.parse().ok()));

/// How precise a share in words is, in percentage points: a third is 33 or 33.3, and 66 is two thirds.
fn step_of(whole: u32) -> Decimal {
    if matches!(whole, 3 | 6 | 7 | 9 | 11 | 12) { Decimal::new(14, 1) } else { Decimal::ONE }
}

fn percent(part: Decimal, whole: u32, start: usize, end: usize) -> AmountAt {
    let digits = part / Decimal::from(whole);
    AmountAt {
        amount: Amount {
            value: (digits * Decimal::ONE_HUNDRED).round_dp(6).normalize(),
            digits,
            scale: 0,
            step: step_of(whole),
            unit: Unit::Percent,
            ordinal: false,
            in_words: true,
            grouped: false,
        },
        start,
        end,
        bound: None,
        decade: false,
    }
}

/// `one in five`, `two thirds`, `half`, `a quarter of`, `三分之一`, as percent.
pub(super) fn share(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    let lexeme = run.get(at)?;
    if lexeme.kind == Kind::Character {
        return characters(run, at);
    }
    if lexeme.kind == Kind::Number
        && let Some(found) = east_asian(run, at).or_else(|| in_digits(run, at))
    {
        return Some(found);
    }
    if matches!(lexeme.kind, Kind::Number | Kind::Word)
        && let Some(found) = one_in(run, at)
    {
        return Some(found);
    }
    if lexeme.kind != Kind::Word {
        return None;
    }
    if let Some(found) = run.phrase(&CHANGES, at) {
        return Some(percent(Decimal::from(found.value), 100, at, at + found.length));
    }
    every(run, at).or_else(|| parts(run, at))
}

/// Whether a share may begin with a word that is no number.
pub(super) fn may_begin(key: &str) -> bool {
    CHANGES.begins(key) || PARTS.begins(key) || is_article(key) || is_every(key) || key == "半"
}

/// Words in front of a denominator.
fn is_article(key: &str) -> bool {
    matches!(
        key,
        "a" | "an"
            | "one"
            | "the"
            | "ein"
            | "eine"
            | "die"
            | "das"
            | "un"
            | "une"
            | "la"
            | "le"
            | "el"
            | "una"
            | "il"
            | "um"
            | "uma"
            | "een"
            | "de"
            | "en"
            | "jedna"
            | "एक"
            | "одна"
    )
}

/// Words in front of an ordinal that make a share of it.
fn is_every(key: &str) -> bool {
    matches!(
        key,
        "jeder"
            | "jede"
            | "jedes"
            | "jedem"
            | "jeden"
            | "каждыи"
            | "каждая"
            | "каждое"
            | "co"
            | "hver"
            | "hvert"
            | "var"
    )
}

/// `two thirds`, `ein Drittel`, `la moitié`, `треть`
fn parts(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    let language = run.language;
    // A denominator alone, or behind an article.
    let article = is_article(run.key(at));
    let noun = if article { at + 1 } else { at };
    if (noun == at || run.close(noun))
        && let Some(found) = run.phrase(&PARTS, noun)
    {
        let end = noun + found.length;
        // `third` alone is a rank; `half` alone is a share where it is one of something.
        let rank = ordinal_too(run.key(noun), language);
        let counts = if rank {
            article
                && run.key(at) != "the"
                && (language == "pl" || is_of(run, end) || run.get(end).is_none_or(|next| next.bits & bits::BREAK != 0))
        } else if run.key(noun) == "half" {
            is_of(run, end)
                || run.key(end) == "a"
                || is_whose(run.key(end))
                || run.get(end).is_none_or(|next| next.bits & bits::BREAK != 0)
        } else {
            !matches!(run.key(noun), "quarter" | "quart" | "quarto" | "cuarto" | "kwart" | "viertel" | "ربع")
                || article
                || is_of(run, end)
                || !matches!(run.language, "en" | "")
        };
        let start =
            if matches!(run.key(at), "the" | "die" | "das" | "la" | "le" | "el" | "il" | "de") { noun } else { at };
        if let Some(whole) = of_whole(run, Decimal::ONE, found.value, start, end) {
            return Some(whole);
        }
        if counts && !of_scale(run, end) && !hours(run, at, noun, end) {
            return Some(percent(Decimal::ONE, found.value, start, end));
        }
        return None;
    }
    // A number before it.
    let written = number::read(run, at).filter(|written| written.suffix.is_empty() && !written.ordinal)?;
    let noun = at + written.length;
    let found = run.phrase(&PARTS, noun).filter(|_| run.close(noun))?;
    let part = written.value.to_u32().filter(|part| *part < found.value)?;
    let end = noun + found.length;
    if let Some(whole) = of_whole(run, Decimal::from(part), found.value, at, end) {
        return Some(whole);
    }
    let plural = !ordinal_too(run.key(noun), language)
        || run.key(noun).ends_with('s')
        || is_of(run, end)
        || !matches!(language, "en" | "");
    (plural && !of_scale(run, end) && run.key(noun) != "half")
        .then(|| percent(Decimal::from(part), found.value, at, end))
}

/// Whether a denominator is an ordinal as well, so that it counts only behind a number or an article.
fn ordinal_too(key: &str, language: &str) -> bool {
    match language {
        "en" | "" => {
            !matches!(key, "half" | "halves" | "quarter" | "quarters" | "thirds" | "fifths" | "tenths" | "eighths")
        }
        "nl" => key == "derde" || key == "vijfde",
        "it" => matches!(key, "terzo" | "quarto" | "quinto"),
        "es" => matches!(key, "cuarto" | "quinto"),
        "pt" => matches!(key, "quarto" | "quinto"),
        "pl" => !matches!(key, "polowa" | "polowe" | "polowy" | "cwierc"),
        _ => false,
    }
}

/// Words behind a half that open what it is half of.
fn is_whose(key: &str) -> bool {
    matches!(key, "the" | "its" | "their" | "his" | "her" | "all")
}

fn is_of(run: &Run<'_>, at: usize) -> bool {
    run.follows(at)
        && matches!(
            run.key(at),
            "of" | "der"
                | "des"
                | "von"
                | "vom"
                | "de"
                | "du"
                | "d"
                | "del"
                | "dei"
                | "degli"
                | "delle"
                | "della"
                | "di"
                | "da"
                | "do"
                | "das"
                | "dos"
                | "van"
                | "af"
                | "z"
                | "ze"
                | "из"
                | "من"
                | "की"
                | "के"
        )
}

/// `a quarter of a million`
fn of_scale(run: &Run<'_>, at: usize) -> bool {
    let noun = if run.key(at) == "of" { at + 1 } else { at };
    let noun = if matches!(run.key(noun), "a" | "an" | "one") { noun + 1 } else { noun };
    run.follows(noun)
        && (run.phrase(&terms::SCALES, noun).is_some() || matches!(run.key(noun), "dozen" | "hundred" | "thousand"))
}

/// `a quarter of a million`, `three quarters of a percentage point`: so much of a scale or of one of a unit.
fn of_whole(run: &Run<'_>, part: Decimal, whole: u32, start: usize, end: usize) -> Option<AmountAt> {
    let of = matches!(run.key(end), "of" | "de" | "d" | "di" | "einer" | "eines");
    let article = |at: usize| {
        matches!(run.key(at), "a" | "an" | "one" | "un" | "une" | "una" | "um" | "uma" | "einer" | "eines" | "een")
    };
    let at = if of && article(end + 1) {
        end + 2
    } else if article(end) {
        end + 1
    } else {
        return None;
    };
    if !run.follows(end) || !run.follows(at) {
        return None;
    }
    let digits = part / Decimal::from(whole);
    let (scale, mut next) = match run.phrase(&terms::SCALES, at) {
        Some(found) => (found.value, at + found.length),
        None => (0, at),
    };
    let mut unit = Unit::Count;
    let behind = if scale > 0 && matches!(run.key(next), "of" | "de" | "d" | "di") { next + 1 } else { next };
    if let Some(found) = run.phrase(&terms::UNITS, behind).filter(|_| run.follows(behind) || scale == 0) {
        unit = unit_of(found.value);
        next = behind + found.length;
        if unit == Unit::Percent && matches!(run.key(next), "point" | "points" | "punkt") && run.close(next) {
            unit = Unit::PercentagePoints;
            next += 1;
        }
    }
    // Hours and days of which half are said have a reader of their own.
    let time = matches!(unit, Unit::Measure("s" | "min" | "h" | "d" | "wk" | "mo" | "yr"));
    if scale == 0 && (unit == Unit::Count || time) {
        return None;
    }
    let power = super::written::power(scale);
    Some(AmountAt {
        amount: Amount {
            value: (digits * power).round_dp(6).normalize(),
            digits: digits.normalize(),
            scale,
            step: power / Decimal::from(if whole == 4 { 100 } else { 10 }),
            unit,
            ordinal: false,
            in_words: true,
            grouped: false,
        },
        start,
        end: next,
        bound: None,
        decade: false,
    })
}

/// `half past ten`, `a quarter to five`, `the second quarter`
fn hours(run: &Run<'_>, at: usize, noun: usize, end: usize) -> bool {
    matches!(
        run.key(end),
        "past" | "hour" | "time" | "an" | "century" | "brother" | "sister" | "stunde" | "finals" | "final"
    ) || run.key(noun).starts_with("quart") && matches!(run.key(end), "to" | "results" | "profit" | "earnings")
        || at.checked_sub(1).is_some_and(|before| {
            matches!(run.key(before), "first" | "second" | "third" | "fourth" | "last" | "ersten" | "zweiten")
                // `two and a quarter`, but `and a quarter of the boats`
                || run.key(before) == "and" && !is_of(run, end) && !is_whose(run.key(end))
                || run.get(noun).is_some_and(|lexeme| lexeme.bits & bits::HYPHEN != 0 && noun == at)
        })
}

/// `1/4 of`
fn in_digits(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    let (part, whole) = run.form(at).split_once('/')?;
    let (part, whole): (u32, u32) = (part.parse().ok()?, whole.parse().ok()?);
    (part < whole && whole <= 100 && is_of(run, at + 1)).then(|| percent(Decimal::from(part), whole, at, at + 1))
}

/// `one in five`, `four out of ten`, `une maison sur cinq`, `uno de cada cinco`
fn one_in(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    let small = |place: usize| -> Option<(u32, usize)> {
        let numerals = terms::numerals(run.language);
        if numerals.get(run.key(place)) == Some(&terms::Numeral::Article) {
            return Some((1, 1));
        }
        let written = number::read(run, place)
            .filter(|written| written.suffix.is_empty() && !written.ordinal && written.bound.is_none())?;
        Some((written.value.to_u32().filter(|value| *value < 1000)?, written.length))
    };
    let (part, length) = small(at)?;
    let mut link = at + length;
    // What is counted may stand between: `une maison sur cinq`.
    if !is_link(run, link) && run.language != "en" && is_link(run, link + 1) && run.follows(link) {
        link += 1;
    }
    // `nine trains in ten`: in English only where nothing stands behind that the second number could count.
    let noun = link == at + length
        && matches!(run.language, "en" | "")
        && run.key(link + 1) == "in"
        && run.follows(link)
        && run.get(link).is_some_and(|lexeme| lexeme.kind == Kind::Word && lexeme.bits & bits::CAPITAL == 0)
        && !lexicon::is_stop_word(run.key(link))
        && run.phrase(&terms::UNITS, link).is_none();
    if noun {
        link += 1;
    }
    let linked = link_at(run, link)?;
    if !run.follows(link) {
        return None;
    }
    // `in a hundred`
    let round = matches!(run.key(link + linked), "a" | "every")
        && matches!(run.key(link + linked + 1), "hundred" | "thousand")
        && matches!(run.language, "en" | "");
    let (whole, taken) = if round {
        (if run.key(link + linked + 1) == "hundred" { 100 } else { 1000 }, 2)
    } else {
        small(link + linked)?
    };
    // Hindi names the whole first: `पाँच में से एक`.
    let (part, whole) = if run.language == "hi" { (whole, part) } else { (part, whole) };
    if noun && !(ROUND.contains(&whole) && stands_alone(run, link + linked + taken, part == 1)) {
        return None;
    }
    // `two in 2019` is no share, `one in ten` is.
    let in_words = run.get(at).is_some_and(|lexeme| lexeme.kind == Kind::Word)
        && run.get(link + linked).is_some_and(|lexeme| lexeme.kind == Kind::Word);
    let plain = noun || round || linked > 1 || run.key(link) == "sur" || run.key(link) == "su";
    (part < whole && (whole <= 100 || round) && (in_words || plain))
        .then(|| percent(Decimal::from(part), whole, at, link + linked + taken))
}

/// Wholes of which newspapers give parts.
const ROUND: &[u32] = &[2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 30, 40, 50, 100, 200, 500, 1000];

/// Whether nothing stands behind a number that it could count: the sentence pauses there or goes on with its verb.
fn stands_alone(run: &Run<'_>, at: usize, one: bool) -> bool {
    let Some(next) = run.get(at) else { return true };
    let key = next.key.as_ref();
    next.bits & bits::BREAK != 0
        || !run.follows(at)
        || lexicon::is_stop_word(key)
        || lexicon::is_saying(key)
        || VERBS.at(run.language, |number| (number == 0).then_some(key)).is_some()
        || key.len() > 4 && key.ends_with("ed")
        // `travels without`, `breaks a bone`: one of a kind has a verb in the singular, which ends as a plural does.
        || one
            && key.ends_with('s')
            && matches!(
                run.key(at + 1),
                "a" | "an" | "the" | "no" | "his" | "her" | "its" | "their" | "without" | "more" | "less" | "at" | "every"
            )
}

static VERBS: std::sync::LazyLock<Phrases<&'static str>> =
    std::sync::LazyLock::new(|| Phrases::read(include_str!("../terms/verbs.txt"), Some));

fn is_link(run: &Run<'_>, at: usize) -> bool {
    link_at(run, at).is_some()
}

fn link_at(run: &Run<'_>, at: usize) -> Option<usize> {
    let (key, next, third) = (run.key(at), run.key(at + 1), run.key(at + 2));
    match (run.language, key, next, third) {
        ("en" | "", "out", "of", "every") | ("en" | "", "in", "every", _) => Some(if key == "out" { 3 } else { 2 }),
        ("en" | "", "out", "of", _) => Some(2),
        ("en" | "", "in", ..) => Some(1),
        ("fr", "sur", ..) | ("it", "su", ..) | ("de", "von", ..) | ("da", "ud", ..) => Some(1),
        ("es", "de", "cada", _) | ("pt", "em" | "de", "cada", _) | ("nl", "op", "de", _) => Some(2),
        ("hi", "में", "से", _) => Some(2),
        ("ru", "из", ..) | ("pl", "na", ..) => Some(1),
        _ => None,
    }
}

/// `jedes fünfte`, `каждый пятый из`, `co piąty z`, `hver femte`
fn every(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    if !is_every(run.key(at)) {
        return None;
    }
    const ORDINALS: &[(u32, &[&str])] = &[
        (2, &["втор", "drug", "anden"]),
        (3, &["dritt", "трет", "trzec", "tredj"]),
        (4, &["viert", "четверт", "czwart", "fjerd"]),
        (5, &["funft", "пят", "piat", "femt"]),
        (6, &["sechst", "шест", "szost", "sjett"]),
        (7, &["siebt", "седьм", "siodm"]),
        (8, &["acht", "восьм", "osm"]),
        (9, &["neunt", "девят"]),
        (10, &["zehnt", "десят", "dziesiat", "tiend"]),
    ];
    let key = run.key(at + 1);
    let begins = |stem: &str| key.strip_prefix(stem).is_some_and(|rest| rest.chars().count() <= 3);
    let (whole, _) = ORDINALS.iter().find(|(_, stems)| stems.iter().any(|stem| begins(stem)))?;
    // `jeden fünften Tag` is a rhythm: a unit of time behind it says so.
    let time = run.phrase(&terms::UNITS, at + 2).is_some();
    let end = at + 2;
    (!time).then(|| percent(Decimal::ONE, *whole, at, end))
}

/// `一半`, `三分之一`, `三成`, `半分`
fn characters(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    let pair = (run.key(at), run.key(at + 1));
    if matches!(pair, ("一", "半") | ("半", "数") | ("半", "分") | ("半", "數")) {
        return Some(percent(Decimal::ONE, 2, at, at + 2));
    }
    east_asian(run, at)
}

/// Whether a character goes on with the number before it, or is what it counts: `七成三人`.
fn counts_on(key: &str) -> bool {
    super::characters::may_begin(key) || super::characters::is_counter(key)
}

/// `三分之一`, `3分の1`, `3成`, `5割`, `5人に1人`
fn east_asian(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    let small = |place: usize| -> Option<(u32, usize)> {
        let lexeme = run.get(place)?;
        if lexeme.kind == Kind::Number {
            return Some((lexeme.form.parse().ok()?, 1));
        }
        let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        digits.iter().position(|digit| *digit == lexeme.key).map(|value| (value as u32 + 1, 1))
    };
    let (first, length) = small(at)?;
    let next = at + length;
    match (run.key(next), run.key(next + 1)) {
        ("分", "之" | "の") => {
            let (part, taken) = small(next + 2)?;
            (part < first && first <= 100).then(|| percent(Decimal::from(part), first, at, next + 2 + taken))
        }
        ("人", "に") => {
            let (part, taken) = small(next + 2)?;
            (part < first && first <= 100 && run.key(next + 2 + taken) == "人")
                .then(|| percent(Decimal::from(part), first, at, next + 3 + taken))
        }
        ("成" | "割", _) if first <= 10 && matches!(run.language, "zh" | "ja") => {
            // `九成五` is 95 percent.
            let more = small(next + 1).filter(|(more, _)| run.language == "zh" && *more < 10 && first < 10);
            let more = more.filter(|_| run.get(next + 1).is_some_and(|digit| digit.kind == Kind::Character));
            let more = more.filter(|(_, taken)| {
                let behind = next + 1 + taken;
                !run.get(behind).is_some_and(|next| next.gap.is_empty() && counts_on(&next.key))
            });
            Some(match more {
                Some((more, taken)) => percent(Decimal::from(first * 10 + more), 100, at, next + 1 + taken),
                None => percent(Decimal::from(first), 10, at, next + 1),
            })
        }
        _ => None,
    }
}
