//! Reading figures: any text → every figure in it, with its span, value, unit, bound and written precision.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::bound;
use super::date;
use super::lexeme::{self, Lexeme};
use super::number::{self, Separators, Written};
use crate::matching::fold::{self, Kind, bits};
use crate::matching::terms;
use crate::model::TextRange;
use crate::model::figure::{Amount, Bound, DateParts, Figure, Quantity, Unit};

/// Reads every figure of a text. `language` decides separators where the text itself does not.
pub fn read(text: &str, language: Option<&str>) -> Vec<Figure> {
    let lexemes = lexeme::of_text(text);
    read_lexemes(&lexemes, language)
}

/// Reads every figure of a run of lexemes.
pub(super) fn read_lexemes(lexemes: &[Lexeme<'_>], language: Option<&str>) -> Vec<Figure> {
    read_with(lexemes, Separators::of_text(lexemes, Separators::of_language(language)), None)
}

/// Reads every figure of a run of lexemes whose separators are known. Relative dates resolve against `day`, the day on
/// which the text was published; without it they are no figures.
pub(super) fn read_with(lexemes: &[Lexeme<'_>], separators: Separators, day: Option<Date>) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut at = 0;
    while at < lexemes.len() {
        match figure(lexemes, at, separators, day) {
            Some(read) => {
                at = read.next.max(at + 1);
                figures.push(read.figure);
            }
            None => at += 1,
        }
    }
    figures
}

struct Read {
    figure: Figure,
    next: usize,
}

/// One amount with what belongs to it on both sides.
struct AmountAt {
    amount: Amount,
    start: usize,
    end: usize,
}

fn figure(lexemes: &[Lexeme<'_>], at: usize, separators: Separators, day: Option<Date>) -> Option<Read> {
    let lexeme = &lexemes[at];
    if !matches!(lexeme.kind, Kind::Number | Kind::Sign | Kind::Word | Kind::Character) {
        return None;
    }
    if let Some(found) = date::read(lexemes, at).or_else(|| date::relative(lexemes, at, day)) {
        return Some(finish(lexemes, Quantity::Date(found.parts), at, at + found.length));
    }
    if let Some(found) = share(lexemes, at) {
        return Some(finish(lexemes, Quantity::Number(found.amount), found.start, found.end));
    }
    let first = amount(lexemes, at, separators)?;
    // A range: `1,500 to 2,200`, `between 5 and 6`, `19-37`.
    let second = range_end(lexemes, &first, separators);
    if let Some(second) = second.filter(|second| !(first.amount.unit == Unit::Year && second.amount.unit == Unit::Year)) {
        let (mut low, high) = (first.amount.clone(), second.amount);
        // `$5 to 10 million`, `5 to 6 percent`: what the second end says holds for both.
        if low.unit == Unit::Count {
            low.unit = high.unit.clone();
        }
        let mut high = high;
        if high.unit == Unit::Count {
            high.unit = low.unit.clone();
        }
        if low.scale == 0 && high.scale > 0 && low.digits < Decimal::from(1000) && low.digits <= high.digits {
            let factor = power(high.scale);
            low.value = low.digits * factor;
            low.step *= factor;
            low.scale = high.scale;
        }
        return Some(finish(lexemes, Quantity::Range(low, high), first.start, second.end));
    }
    if is_name(lexemes, &first) {
        return None;
    }
    let year = first.amount.unit == Unit::Year;
    let (start, end) = (first.start, first.end);
    let quantity = if year && !bounded(lexemes, start) {
        use rust_decimal::prelude::ToPrimitive;
        Quantity::Date(DateParts { year: first.amount.value.to_i16(), month: None, day: None })
    } else {
        let mut amount = first.amount;
        if year {
            amount.unit = Unit::Count;
        }
        Quantity::Number(amount)
    };
    Some(finish(lexemes, quantity, start, end))
}

fn bounded(lexemes: &[Lexeme<'_>], start: usize) -> bool {
    bound::before(lexemes, start).is_some_and(|found| !matches!(lexemes[start - found.length].key.as_ref(), "до" | "ate" | "hasta" | "tot" | "around" | "about" | "circa" | "um"))
}

fn finish(lexemes: &[Lexeme<'_>], quantity: Quantity, start: usize, end: usize) -> Read {
    let range = TextRange { start: lexemes[start].start, end: lexemes[end - 1].end };
    let mut figure = Figure { range, quantity, bound: Bound::Exact, bound_at: None };
    let mut next = end;
    if matches!(figure.quantity, Quantity::Number(_) | Quantity::Range(..)) {
        if let Some(found) = bound::before(lexemes, start) {
            figure.bound = found.bound;
            figure.bound_at = Some(TextRange { start: lexemes[start - found.length].start, end: lexemes[start - 1].end });
        } else if let Some(found) = bound::behind(lexemes, end) {
            figure.bound = found.bound;
            figure.bound_at = Some(TextRange { start: lexemes[end].start, end: lexemes[end + found.length - 1].end });
            next = end + found.length;
        }
    }
    Read { figure, next }
}

fn power(scale: u32) -> Decimal {
    Decimal::from(10u64.checked_pow(scale).unwrap_or(1))
}

/// An amount at `at`, with a sign and currency before it and scale, percent, unit or currency behind it.
fn amount(lexemes: &[Lexeme<'_>], at: usize, separators: Separators) -> Option<AmountAt> {
    let mut start = at;
    let mut number_at = at;
    let mut negative = false;
    let mut unit = Unit::Count;
    // `百分之七十`
    if ["百", "分", "之"].iter().enumerate().all(|(offset, key)| lexemes.get(at + offset).is_some_and(|lexeme| lexeme.key == *key)) {
        number_at += 3;
        unit = Unit::Percent;
    }
    // Signs and currencies before the digits.
    while let (Some(lexeme), Some(next)) = (lexemes.get(number_at), lexemes.get(number_at + 1)) {
        if lexeme.kind == Kind::Sign && lexeme.form == "-" && next.gap.is_empty() {
            negative = true;
        } else if let Some(code) = currency_sign(&lexeme.form).filter(|_| lexeme.kind == Kind::Sign && next.gap.trim().is_empty()) {
            unit = Unit::Money(national(lexemes, number_at).unwrap_or(code));
            if national(lexemes, number_at).is_some() {
                start = number_at.saturating_sub(1).min(start);
            }
        } else if let Some(code) = currency_code(&lexeme.form).filter(|_| lexeme.kind == Kind::Word && next.kind == Kind::Number && next.gap.trim().is_empty()) {
            unit = Unit::Money(code);
        } else {
            break;
        }
        number_at += 1;
    }
    let written = number::read(lexemes, number_at, separators)?;
    if number_at == at && lexemes[at].kind == Kind::Sign && unit == Unit::Count && !negative && !matches!(lexemes[at].form.as_ref(), "½" | "¼" | "¾") {
        return None;
    }
    let mut end = number_at + written.length;
    let Written { value, step, suffix, in_words, mut ordinal, scale: word_scale, year_like, .. } = written;
    let mut scale = word_scale;
    let mut digits = value;
    let (mut value, mut step) = (value, step);
    if word_scale > 0 {
        digits = value / power(word_scale);
    }
    // `3½`
    if let Some(part) = lexemes.get(end).filter(|lexeme| lexeme.kind == Kind::Sign && lexeme.gap.is_empty()).and_then(|lexeme| match lexeme.form.as_ref() {
        "½" => Some(Decimal::new(5, 1)),
        "¼" => Some(Decimal::new(25, 2)),
        "¾" => Some(Decimal::new(75, 2)),
        _ => None,
    }) {
        value += part;
        digits += part;
        end += 1;
    }
    let mut apply = |power_of: u32, scale: &mut u32| {
        let factor = power(power_of);
        value = value.checked_mul(factor).unwrap_or(value);
        step = step.checked_mul(factor).unwrap_or(step);
        *scale += power_of;
    };
    match suffix.as_str() {
        "" => {}
        "k" => apply(3, &mut scale),
        "m" if matches!(unit, Unit::Money(_)) || !matches!(lexemes.get(end).map(|lexeme| lexeme.key.as_ref()), Some("sprint" | "race" | "high" | "long" | "deep" | "wide" | "tall" | "freestyle" | "hurdles")) => apply(6, &mut scale),
        "M" | "mn" | "mln" | "mio" => apply(6, &mut scale),
        "b" | "bn" | "bln" | "mrd" | "mld" => apply(9, &mut scale),
        "t" if matches!(unit, Unit::Money(_)) => apply(12, &mut scale),
        "tn" | "trn" => apply(12, &mut scale),
        "st" | "nd" | "rd" | "th" | "º" | "ª" | "er" | "eme" | "ème" | "e" | "o" => ordinal = true,
        "s" => {}
        "p" => unit = Unit::Money("GBP"),
        other => match measure(other) {
            Some(found) => unit = found,
            // A model, section or flight number is a name.
            None => return None,
        },
    }
    // Scale words, in front of which nothing but a space or a hyphen stands.
    while let Some(lexeme) = lexemes.get(end).filter(|lexeme| matches!(lexeme.kind, Kind::Word | Kind::Character) && lexeme.bits & (bits::SENTENCE) == 0 && close(lexeme)) {
        if suffix_scale(lexeme, &unit).is_some_and(|power_of| scale + power_of <= 18) && !ordinal {
            let power_of = suffix_scale(lexeme, &unit).unwrap_or(0);
            apply(power_of, &mut scale);
            end += 1;
        } else {
            break;
        }
    }
    // Percent, points, units, currencies.
    if let Some(lexeme) = lexemes.get(end).filter(|lexeme| close(lexeme) || lexeme.kind == Kind::Sign && lexeme.gap.trim().is_empty()) {
        let key = lexeme.key.as_ref();
        let next = lexemes.get(end + 1).map_or("", |lexeme| lexeme.key.as_ref());
        if matches!(lexeme.form.as_ref(), "%" | "‰") {
            unit = Unit::Percent;
            end += 1;
        } else if matches!(terms::unit(key), Some("%")) || key == "per" && matches!(next, "cent" | "cents") || matches!((key, next), ("por", "ciento" | "cento") | ("per", "cento") | ("pour", "cent") | ("τοισ", "εκατο")) {
            end += if terms::unit(key) == Some("%") { 1 } else { 2 };
            unit = Unit::Percent;
        } else if lexeme.kind == Kind::Sign && unit == Unit::Count {
            if let Some(code) = currency_sign(&lexeme.form).filter(|_| !follows_number(lexemes, end)) {
                unit = Unit::Money(code);
                end += 1;
            } else if lexeme.form == "°" {
                end += 1;
                unit = Unit::Measure("°");
                if let Some(degree) = lexemes.get(end).filter(|lexeme| lexeme.gap.trim().is_empty()) {
                    match degree.form.as_ref() {
                        "C" => unit = Unit::Measure("°C"),
                        "F" => unit = Unit::Measure("°F"),
                        _ => end -= 0,
                    }
                    end += usize::from(matches!(degree.form.as_ref(), "C" | "F"));
                }
            }
        } else if unit == Unit::Count && !ordinal {
            let national = (matches!(key, "us" | "american" | "u" | "canadian" | "australian" | "амер")).then_some(()).and_then(|()| terms::unit(next)).filter(|unit| unit.len() == 3);
            if let Some(code) = national {
                unit = Unit::Money(match (key, code) {
                    ("canadian", "USD") => "CAD",
                    ("australian", "USD") => "AUD",
                    (_, code) => code,
                });
                end += 2;
            } else if matches!(key, "de" | "d" | "di") && terms::unit(next).is_some_and(|unit| unit.len() == 3) && scale >= 6 {
                // `millones de dólares`
                if let Some(found) = measure(next) {
                    unit = found;
                    end += 2;
                }
            } else if let Some(code) = currency_code(&lexeme.form) {
                unit = Unit::Money(code);
                end += 1;
            } else if let Some(found) = measure(key) {
                unit = found;
                end += 1;
            } else if key == "美" && next == "元" {
                unit = Unit::Money("USD");
                end += 2;
            } else if matches!(key, "元" | "円") {
                unit = Unit::Money(if key == "元" { "CNY" } else { "JPY" });
                end += 1;
            } else if key == "公" && next == "里" {
                unit = Unit::Measure("km");
                end += 2;
            }
        }
        if unit == Unit::Percent && lexemes.get(end).is_some_and(|lexeme| matches!(lexeme.key.as_ref(), "points" | "point" | "punkte" | "punkten")) || matches!(lexemes.get(end).map(|lexeme| lexeme.key.as_ref()), Some("prozentpunkte" | "prozentpunkten" | "procentpoint" | "procentenheter")) {
            unit = Unit::PercentagePoints;
            end += 1;
        } else if unit == Unit::Count && lexemes.get(end).is_some_and(|lexeme| lexeme.key == "percentage") && lexemes.get(end + 1).is_some_and(|lexeme| matches!(lexeme.key.as_ref(), "points" | "point")) {
            unit = Unit::PercentagePoints;
            end += 2;
        }
    }
    if year_like && unit == Unit::Count && scale == 0 && !negative {
        unit = Unit::Year;
    }
    if negative {
        value = -value;
    }
    Some(AmountAt { amount: Amount { value: value.normalize(), digits: digits.normalize(), scale, step: step.normalize(), unit, ordinal, in_words }, start, end })
}

/// Whether a lexeme stands right behind the one before it: a space, a hyphen or nothing.
fn close(lexeme: &Lexeme<'_>) -> bool {
    lexeme.bits & bits::SENTENCE == 0 && lexeme.gap.chars().all(|c| c.is_whitespace() || fold::is_dash(c) || fold::is_ignorable(c)) && lexeme.gap.len() <= 4
        || lexeme.gap == ". " && lexeme.bits & bits::CAPITAL == 0
}

fn suffix_scale(lexeme: &Lexeme<'_>, unit: &Unit) -> Option<u32> {
    let key = lexeme.key.as_ref();
    match key {
        "hundred" => Some(2),
        // Behind digits these are percent, counts or parts of other words.
        "hundert" | "cento" | "cent" | "sto" | "сто" | "hundreds" => None,
        "m" if lexeme.form == "M" || matches!(unit, Unit::Money(_)) => Some(6),
        "k" if lexeme.form == "K" || lexeme.form == "k" => Some(3),
        "bn" => Some(9),
        _ => terms::scale(key),
    }
}

/// The country before a `$`: `US$`, `A$`, `HK$`.
fn national(lexemes: &[Lexeme<'_>], at: usize) -> Option<&'static str> {
    let before = lexemes.get(at.checked_sub(1)?)?;
    if !lexemes[at].gap.is_empty() || lexemes[at].form != "$" {
        return None;
    }
    Some(match before.form.as_ref() {
        "US" | "USD" => "USD",
        "A" | "AU" => "AUD",
        "C" | "CA" | "Can" => "CAD",
        "HK" => "HKD",
        "NZ" => "NZD",
        "S" => "SGD",
        "R" => "BRL",
        _ => return None,
    })
}

fn currency_sign(form: &str) -> Option<&'static str> {
    Some(match form {
        "$" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "¥" => "JPY",
        "₹" => "INR",
        "₽" => "RUB",
        "₩" => "KRW",
        "₺" => "TRY",
        "₴" => "UAH",
        "₪" => "ILS",
        "₱" => "PHP",
        "฿" => "THB",
        "₫" => "VND",
        "₦" => "NGN",
        _ => return None,
    })
}

fn currency_code(form: &str) -> Option<&'static str> {
    const CODES: &[&str] = &["USD", "EUR", "GBP", "JPY", "CNY", "INR", "RUB", "CHF", "CAD", "AUD", "PLN", "CZK", "SEK", "NOK", "DKK", "BRL", "MXN", "KRW", "HKD", "SGD", "ZAR", "TRY", "UAH", "NZD"];
    if form == "Rs" {
        return Some("INR");
    }
    CODES.iter().find(|code| **code == form).copied()
}

/// The unit that a word names.
fn measure(key: &str) -> Option<Unit> {
    let symbol = terms::unit(key).or(match key {
        "mm" => Some("mm"),
        "m" => Some("m"),
        "lb" | "lbs" => Some("lb"),
        "kmh" | "kph" => Some("km/h"),
        "mph" => Some("mph"),
        "gb" => Some("GB"),
        "mb" => Some("MB"),
        "tb" => Some("TB"),
        "mw" => Some("MW"),
        "gw" => Some("GW"),
        "kw" => Some("kW"),
        "c" => Some("°C"),
        _ => None,
    })?;
    Some(match symbol {
        "%" => Unit::Percent,
        code if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => Unit::Money(code),
        symbol => Unit::Measure(symbol),
    })
}

/// Whether a currency sign belongs to the number behind it rather than the one before.
fn follows_number(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    lexemes[at].gap.contains(' ') && lexemes.get(at + 1).is_some_and(|next| next.kind == Kind::Number && next.gap.is_empty())
}

/// The other end of a range that begins with `first`.
fn range_end(lexemes: &[Lexeme<'_>], first: &AmountAt, separators: Separators) -> Option<AmountAt> {
    let link = lexemes.get(first.end)?;
    let dash = link.gap.trim();
    let dashed = !dash.is_empty() && dash.chars().all(fold::is_dash) && link.gap.len() <= 6 && matches!(link.kind, Kind::Number | Kind::Sign);
    let worded = matches!(link.key.as_ref(), "to" | "bis" | "a" | "tot" | "do" | "до" | "til" | "εωσ" | "hingga" | "sampai" | "至" | "到")
        && link.bits & (bits::SENTENCE | bits::PAUSE) == 0
        && lexemes.get(first.end + 1).is_some_and(|next| matches!(next.kind, Kind::Number | Kind::Sign) || terms::number_word(&next.key).is_some());
    let between = first.start.checked_sub(1).is_some_and(|before| matches!(lexemes[before].key.as_ref(), "between" | "zwischen" | "entre" | "tra" | "fra" | "tussen" | "mellem" | "miedzy" | "между" | "μεταξυ"))
        && matches!(link.key.as_ref(), "and" | "und" | "et" | "y" | "e" | "en" | "og" | "a" | "i" | "и" | "και");
    if link.form == "-" && link.kind == Kind::Sign && link.gap.trim().is_empty() && link.gap.len() > 0 {
        // `19 -37`: the dash was taken for a sign.
        let second = amount(lexemes, first.end + 1, separators)?;
        return Some(second);
    }
    let at = if dashed { first.end } else if worded || between { first.end + 1 } else { return None };
    if first.amount.ordinal || first.amount.unit == Unit::Year && !dashed {
        if !(first.amount.unit == Unit::Year && lexemes.get(at).is_some_and(|next| terms::is_year(&next.form))) {
            return None;
        }
    }
    let second = amount(lexemes, at, separators)?;
    // `by 386 percent – 4 times as much`: a spaced dash goes on with the sentence.
    if dashed && link.gap.starts_with(' ') && first.amount.unit != Unit::Count && first.amount.unit != second.amount.unit {
        return None;
    }
    let same_kind = first.amount.unit == second.amount.unit || first.amount.unit == Unit::Count || second.amount.unit == Unit::Count;
    // `2023-24` is a season, not a range of numbers; three numbers joined by dashes are a telephone or a date.
    let chained = dashed && lexemes.get(second.end).is_some_and(|next| next.bits & bits::HYPHEN != 0 && next.kind == Kind::Number);
    (same_kind && !chained && second.start == at && date::read(lexemes, at).is_none_or(|date| date.length == 1 && date.parts.month.is_none())).then_some(second)
}

/// `one in five`, `two thirds`, `half`, `a quarter of`, as percent.
fn share(lexemes: &[Lexeme<'_>], at: usize) -> Option<AmountAt> {
    let key = |number: usize| lexemes.get(number).map_or("", |lexeme| lexeme.key.as_ref());
    let percent = |value: Decimal, end: usize| {
        Some(AmountAt {
            amount: Amount { value: (value * Decimal::from(100)).round_dp(6).normalize(), digits: value, scale: 0, step: Decimal::ONE, unit: Unit::Percent, ordinal: false, in_words: true },
            start: at,
            end,
        })
    };
    let small = |number: usize| -> Option<u64> {
        let lexeme = lexemes.get(number)?;
        terms::number_word(&lexeme.key).map(u64::from).or_else(|| lexeme.form.parse().ok().filter(|value| *value < 1000))
    };
    let denominator = |key: &str| -> Option<u64> {
        Some(match key {
            "half" | "halves" => 2,
            "third" | "thirds" => 3,
            "quarter" | "quarters" => 4,
            "fifth" | "fifths" => 5,
            "sixth" | "sixths" => 6,
            "seventh" | "sevenths" => 7,
            "eighth" | "eighths" => 8,
            "tenth" | "tenths" => 10,
            _ => return None,
        })
    };
    if matches!(key(at + 1), "in" | "out") {
        let of = at + if key(at + 1) == "out" && key(at + 2) == "of" { 3 } else { 2 };
        if key(at + 1) == "in" || key(at + 2) == "of" {
            let (part, whole) = (small(at)?, small(of)?);
            // `two in 2019` is no share, `one in ten` is.
            if part < whole && whole <= 100 && (terms::number_word(key(at)).is_some() || key(at + 1) == "out") && terms::number_word(key(of)).is_some() {
                return percent(Decimal::from(part) / Decimal::from(whole), of + 1);
            }
        }
    }
    let part = if matches!(key(at), "a" | "one") { Some(1) } else { terms::number_word(key(at)).map(u64::from) };
    if let (Some(part), Some(whole)) = (part, denominator(key(at + 1)))
        && part < whole
        && lexemes.get(at + 1).is_some_and(|lexeme| lexeme.bits & (bits::PAUSE | bits::SENTENCE) == 0 || lexeme.bits & bits::HYPHEN != 0)
        && (key(at + 1).ends_with('s') || key(at + 2) == "of")
    {
        return percent(Decimal::from(part) / Decimal::from(whole), at + 2);
    }
    (key(at) == "half" && matches!(key(at + 1), "of" | "the")).then(|| percent(Decimal::new(5, 1), at + 1)).flatten()
}

/// Numbers that are names: `Boeing 737`, `Section 230`, `COVID-19`, `Area 51`, and telephone-like chains.
fn is_name(lexemes: &[Lexeme<'_>], found: &AmountAt) -> bool {
    if found.amount.unit != Unit::Count || found.amount.in_words {
        return false;
    }
    let lexeme = &lexemes[found.start];
    let Some(before) = found.start.checked_sub(1).map(|at| &lexemes[at]) else { return false };
    matches!(before.key.as_ref(), "section" | "article" | "paragraph" | "chapter" | "page" | "figure" | "flight" | "boeing" | "airbus" | "covid" | "windows" | "iphone" | "paragraf" | "artikel" | "seite" | "kapitel")
        && lexeme.bits & bits::SENTENCE == 0
        || lexeme.bits & bits::HYPHEN != 0 && before.kind == Kind::Word && before.bits & bits::CAPITAL != 0
}
