//! Reading figures: any text → every figure in it, with its span, value, unit, bound and written precision.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::amount::{AmountAt, amount};
use super::beginnings::Beginnings;
use super::bound;
use super::clock;
use super::composed::{clocked, composed, one_and};
use super::date;
use super::days;
use super::lexeme::{self, Lexeme};
use super::moves;
use super::run::{Run, two_letters};
use super::separators::Separators;
use super::share::share;
use super::vague::VAGUE;
use super::written::power;
use crate::matching::direction;
use crate::matching::fold::{self, Kind, bits};
use crate::matching::lexicon;
use crate::matching::table::Table;
use crate::matching::terms;
use crate::model::TextRange;
use crate::model::figure::{Amount, Bound, DateParts, Figure, Quantity, Unit};

/// Words behind which a number is the name of something (keys).
static NAMED: std::sync::LazyLock<Table<String, ()>> = std::sync::LazyLock::new(|| {
    include_str!("../terms/named.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .map(crate::matching::phrases::key_of)
        .collect()
});

/// Reads every figure of a text. `language` decides separators where the text itself does not, and the words of numbers.
pub fn read(text: &str, language: Option<&str>) -> Vec<Figure> {
    let lexemes = lexeme::of_text(text);
    let language = two_letters(language);
    let separators = Separators::of_text(&lexemes, Separators::of_language(language));
    read_run(&Run { lexemes: &lexemes, separators, language, day: None })
}

/// Reads every figure of a run of lexemes.
pub(super) fn read_run(run: &Run<'_>) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut beginnings = Beginnings::default();
    let mut at = 0;
    while at < run.lexemes.len() {
        if !beginnings.may_begin(run, at) {
            debug_assert!(date::ago(run, at).is_none() && figure(run, at).is_none(), "{:?}", run.lexemes[at]);
            at += 1;
            continue;
        }
        // A cell of a table of numbers: nothing stands beside it that could be read with it.
        if let Some(figure) = lone(run, at) {
            debug_assert!(
                date::ago(run, at).is_none() && self::figure(run, at).is_some_and(|read| read.figure == figure)
            );
            figures.push(figure);
            at += 1;
            continue;
        }
        // `three days ago` is a date, and the three days are a figure as well.
        if let Some(found) = date::ago(run, at) {
            figures.push(finish(run, Quantity::Date(found.parts), at, at + found.length, None).figure);
        }
        match figure(run, at) {
            Some(read) => {
                at = read.next.max(at + 1);
                figures.push(read.figure);
            }
            None => at += 1,
        }
    }
    figures
}

/// A whole number that is a block of its own, and no year.
pub(super) fn lone(run: &Run<'_>, at: usize) -> Option<Figure> {
    let lexeme = run.get(at)?;
    let begins = |lexeme: &Lexeme<'_>| lexeme.bits & bits::SENTENCE != 0 && lexeme.gap == "\n";
    let digits = lexeme.form.as_ref();
    let plain = matches!(digits.len(), 1..=3 | 5 | 7) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if lexeme.kind != Kind::Number
        || !plain
        || digits.len() > 1 && digits.starts_with('0')
        || !begins(lexeme)
        || !run.get(at + 1).is_none_or(begins)
    {
        return None;
    }
    let value = Decimal::from(digits.parse::<u32>().ok()?);
    let amount = Amount { step: super::number::whole_step(digits), ..whole(0) };
    let grouped = digits.len() > 3;
    let quantity = Quantity::Number(Amount { value, digits: value, in_words: false, grouped, ..amount });
    Some(finish(run, quantity, at, at + 1, None).figure)
}

struct Read {
    figure: Figure,
    next: usize,
}

fn figure(run: &Run<'_>, at: usize) -> Option<Read> {
    let date = date::read(run, at);
    if let Some(found) = days::read(run, at, date) {
        return Some(finish(run, found.quantity, at, at + found.length, None));
    }
    if let Some(found) = date.or_else(|| date::relative(run, at)) {
        return Some(finish(run, Quantity::Date(found.parts), at, at + found.length, None));
    }
    if let Some(found) = clocked(run, at) {
        return Some(single(run, found));
    }
    if let Some(found) = clock::time(run, at) {
        return Some(finish(run, Quantity::Time(found.time), at, at + found.length, None));
    }
    if let Some(found) = clock::score(run, at) {
        return Some(finish(run, Quantity::Score(found.ours, found.theirs), at, at + found.length, None));
    }
    if let Some(found) = share(run, at) {
        return Some(finish(run, Quantity::Number(found.amount), found.start, found.end, None));
    }
    if let Some(found) = run.phrase(&VAGUE, at).filter(|found| !named_by_number(run, at, found.length)) {
        let span = found.value;
        let quantity = Quantity::Vague(whole(span.low), whole(span.high));
        return Some(finish(run, quantity, at, at + found.length, None));
    }
    let first = one_and(run, at).or_else(|| amount(run, at))?;
    if let Some(name) = name(run, &first) {
        return Some(finish(run, name, first.start, first.end, None));
    }
    let first = composed(run, first);
    if let Some(second) = range_end(run, &first) {
        if is_change(run, &first, &second) {
            let mut read = single(run, first);
            read.figure.former = true;
            return Some(read);
        }
        return Some(range(run, first, second));
    }
    Some(single(run, first))
}

fn whole(value: i64) -> Amount {
    Amount {
        value: Decimal::from(value),
        digits: Decimal::from(value),
        scale: 0,
        step: Decimal::ONE,
        unit: Unit::Count,
        ordinal: false,
        in_words: true,
        grouped: false,
    }
}

/// `two thousands` is a number, `thousands` is none.
fn named_by_number(run: &Run<'_>, at: usize, length: usize) -> bool {
    let number = |place: usize| {
        run.get(place).is_some_and(|lexeme| lexeme.kind == Kind::Number)
            || terms::numerals(run.language)
                .get(run.key(place))
                .is_some_and(|numeral| matches!(numeral, terms::Numeral::Value(_) | terms::Numeral::Half))
    };
    length == 1 && at.checked_sub(1).is_some_and(number) && run.close(at)
}

fn single(run: &Run<'_>, first: AmountAt) -> Read {
    let (start, end) = (first.start, first.end);
    if first.decade {
        let year = |value: Decimal| Amount {
            value,
            digits: value,
            step: Decimal::ONE,
            unit: Unit::Year,
            ..first.amount.clone()
        };
        let last = first.amount.value + Decimal::from(9);
        return finish(run, Quantity::Range(year(first.amount.value), year(last)), start, end, None);
    }
    let year = first.amount.unit == Unit::Year;
    let quantity = if year && !bounded(run, start) && !counts(run, start, end) {
        Quantity::Date(DateParts { year: first.amount.value.to_i16(), month: None, day: None })
    } else {
        let mut amount = first.amount;
        if year {
            amount.unit = Unit::Count;
        }
        Quantity::Number(amount)
    };
    let loose = matches!(quantity, Quantity::Date(_)) && !timed(run, start);
    let mut read = finish(run, quantity, start, end, first.bound);
    read.figure.loose_year = loose;
    read
}

/// Whether four digits that could be a year have what they count right behind them, and no preposition of time before them.
fn counts(run: &Run<'_>, start: usize, end: usize) -> bool {
    if !matches!(run.language, "en" | "fr" | "es" | "it" | "pt" | "nl" | "da" | "sv" | "pl" | "cs" | "ru" | "") {
        return matches!(run.language, "de") && run.follows(end) && is_counted(run, end) && !timed(run, start);
    }
    let next = run.get(end).filter(|next| next.kind == Kind::Word && next.bits & (bits::CAPITAL | bits::PAUSE) == 0);
    next.is_some() && run.follows(end) && is_counted(run, end) && !timed(run, start)
}

/// Whether a word is something that can be counted, as far as its ending and the closed classes tell.
fn is_counted(run: &Run<'_>, at: usize) -> bool {
    let key = run.key(at);
    if lexicon::is_stop_word(key) || lexicon::is_modal(key) || lexicon::is_saying(key) || key.chars().count() < 3 {
        return false;
    }
    let verb = matches!(run.language, "en" | "")
        && (key.ends_with("ed") || matches!(key, "saw" | "was" | "has" | "had" | "brought"));
    let plural = match run.language {
        "en" | "" => key.ends_with('s') || matches!(key, "people" | "men" | "women" | "children" | "fish" | "sheep"),
        _ => true,
    };
    !verb && plural && direction::of_key(key) == 0 && !matches!(key, "года" | "году" | "год" | "roku" | "rok")
}

/// Whether a preposition of time stands before a number.
pub(super) fn timed(run: &Run<'_>, start: usize) -> bool {
    start.checked_sub(1).is_some_and(|before| {
        matches!(
            run.key(before),
            "in" | "since"
                | "from"
                | "until"
                | "till"
                | "by"
                | "of"
                | "year"
                | "early"
                | "late"
                | "mid"
                | "during"
                | "after"
                | "before"
                | "for"
                | "im"
                | "jahr"
                | "seit"
                | "von"
                | "vor"
                | "nach"
                | "anfang"
                | "ende"
                | "mitte"
                | "en"
                | "depuis"
                | "avant"
                | "apres"
                | "annee"
                | "an"
                | "desde"
                | "hasta"
                | "de"
                | "ano"
                | "dal"
                | "nel"
                | "del"
                | "em"
                | "sinds"
                | "i"
                | "siden"
                | "w"
                | "od"
                | "do"
                | "v"
                | "roce"
                | "с"
                | "в"
                | "до"
                | "после"
                | "к"
                | "the"
                | "al"
                | "to"
                | "tot"
        ) || run.get(before).is_some_and(|lexeme| terms::month(&lexeme.key).is_some())
    })
}

/// Whether a bound makes four digits a count; words that say `about` or `until` stand before years as well.
fn bounded(run: &Run<'_>, start: usize) -> bool {
    bound::before(run, start).is_some_and(|found| {
        !matches!(
            run.key(start - found.length),
            "до" | "ate" | "hasta" | "tot" | "around" | "about" | "circa" | "ca" | "um" | "do" | "μεχρι" | "εωσ"
        )
    })
}

/// Two ends of one range, with what one of them says for both.
fn range(run: &Run<'_>, first: AmountAt, second: AmountAt) -> Read {
    let (mut low, mut high) = (first.amount, second.amount);
    // `$5 to 10 million`, `5 to 6 percent`: what the second end says holds for both.
    if low.unit == Unit::Count || low.unit == Unit::Year && high.unit == Unit::Count {
        low.unit = high.unit.clone();
    }
    if high.unit == Unit::Count || high.unit == Unit::Year && low.unit == Unit::Count {
        high.unit = low.unit.clone();
    }
    if low.scale == 0 && high.scale > 0 && low.digits < Decimal::from(1000) && low.digits <= high.digits {
        let factor = power(high.scale);
        low.value = low.digits * factor;
        low.step *= factor;
        low.scale = high.scale;
    }
    // `two to three thousand`, `two to three hundred`
    let million = Decimal::from(1_000_000);
    let shared = [(Decimal::ONE_THOUSAND, million), (Decimal::ONE_HUNDRED, Decimal::ONE_THOUSAND)];
    if low.in_words
        && high.in_words
        && let Some((factor, _)) = shared.iter().find(|(factor, most)| {
            high.value < *most && (high.value % factor).is_zero() && low.value * factor < high.value
        })
    {
        (low.value, low.digits) = (low.value * factor, low.digits * factor);
    }
    finish(run, Quantity::Range(low, high), first.start, second.end, None)
}

fn finish(run: &Run<'_>, quantity: Quantity, start: usize, end: usize, own: Option<Bound>) -> Read {
    let lexemes = run.lexemes;
    let range = TextRange { start: lexemes[start].start, end: lexemes[end - 1].end };
    let mut figure =
        Figure { range, quantity, bound: own.unwrap_or_default(), bound_at: None, former: false, loose_year: false };
    let mut next = end;
    if matches!(figure.quantity, Quantity::Number(_) | Quantity::Range(..)) {
        if let Some(found) = bound::before(run, start) {
            figure.bound = found.bound;
            figure.bound_at =
                Some(TextRange { start: lexemes[start - found.length].start, end: lexemes[start - 1].end });
        } else if let Some(found) = bound::behind(run, end) {
            figure.bound = found.bound;
            figure.bound_at = Some(TextRange { start: lexemes[end].start, end: lexemes[end + found.length - 1].end });
            next = end + found.length;
        }
    }
    Read { figure, next }
}

/// The other end of a range that begins with `first`.
fn range_end(run: &Run<'_>, first: &AmountAt) -> Option<AmountAt> {
    let link = run.get(first.end)?;
    if first.decade || first.amount.ordinal {
        return None;
    }
    let dash = link.gap.trim();
    let dashed = !dash.is_empty()
        && dash.chars().all(|c| fold::is_dash(c) || matches!(c, '〜' | '～' | '~'))
        && link.gap.len() <= 6
        && matches!(link.kind, Kind::Number | Kind::Sign);
    if link.form == "-" && link.kind == Kind::Sign && link.gap.trim().is_empty() && !link.gap.is_empty() {
        // `19 -37`: the dash was taken for a sign.
        return amount(run, first.end + 1).filter(|second| ordered(first, second));
    }
    let key = link.key.as_ref();
    // `fell by $2 billion to $17 billion`: the size of a step, and its end.
    if link.key == "to" && first.start.checked_sub(1).is_some_and(|before| run.key(before) == "by") {
        return None;
    }
    let flows = link.bits & bits::BREAK == 0;
    let worded = flows && bound::links_range(key, run.language);
    let opened = first.start.checked_sub(1).map_or("", |before| run.key(before));
    let between = flows
        && bound::opens_range(opened)
        && matches!(key, "and" | "und" | "et" | "y" | "e" | "en" | "og" | "och" | "a" | "i" | "и" | "και" | "و");
    let at = if dashed {
        first.end
    } else if key == "か" && run.key(first.end + 1) == "ら" {
        first.end + 2
    } else if worded || between {
        first.end + 1
    } else {
        return None;
    };
    let second = amount(run, at)?;
    // `rose 3 percent to 41 crowns`: the size of a step, and its end.
    let step = worded && first.amount.unit != Unit::Count && first.amount.unit != second.amount.unit;
    if step && (first.start.saturating_sub(2)..first.start).any(|at| direction::of_key(run.key(at)) != 0) {
        return None;
    }
    // `by 386 percent – 4 times as much`: a spaced dash goes on with the sentence.
    if dashed
        && link.gap.starts_with(' ')
        && first.amount.unit != Unit::Count
        && first.amount.unit != second.amount.unit
    {
        return None;
    }
    // A year goes with a year, or is a count that looks like one: `1500 to 2200`.
    let year_and_count = match (&first.amount.unit, &second.amount.unit) {
        // `from 5,200 in 2019 to 8,700`
        (Unit::Year, Unit::Count) => {
            second.amount.value >= Decimal::ONE_THOUSAND
                && !matches!(opened, "in" | "im" | "en" | "em" | "nel" | "i" | "w" | "в")
        }
        (Unit::Count, Unit::Year) => true,
        (Unit::Year, other) | (other, Unit::Year) => *other == Unit::Year,
        _ => true,
    };
    let same_kind = year_and_count
        && (first.amount.unit == second.amount.unit
            || matches!(first.amount.unit, Unit::Count | Unit::Year)
            || second.amount.unit == Unit::Count);
    // Three numbers joined by dashes are a telephone or a date.
    let chained =
        dashed && run.get(second.end).is_some_and(|next| next.bits & bits::HYPHEN != 0 && next.kind == Kind::Number);
    let dated = date::read(run, at).is_some_and(|date| date.length > 1 || date.parts.month.is_some());
    (same_kind && !chained && second.start == at && !dated && !second.amount.ordinal && ordered(first, &second))
        .then_some(second)
}

/// Whether two amounts are the ends of a range: the smaller first, or a unit of scale that makes it so.
fn ordered(first: &AmountAt, second: &AmountAt) -> bool {
    first.amount.value <= second.amount.value || first.amount.value.is_sign_negative()
}

/// Whether `from X to Y` says what a value was and what it is now: something rises, falls or is corrected.
fn is_change(run: &Run<'_>, first: &AmountAt, second: &AmountAt) -> bool {
    let opens = first.start.checked_sub(1).is_some_and(|before| {
        matches!(
            run.key(before),
            "from"
                | "von"
                | "de"
                | "des"
                | "da"
                | "dal"
                | "dai"
                | "van"
                | "fra"
                | "fran"
                | "с"
                | "од"
                | "od"
                | "z"
                | "от"
        )
    }) || first.amount.unit == Unit::Percent && second.start > first.end;
    let worded = second.start > first.end;
    let from = run.lexemes[..first.start]
        .iter()
        .rev()
        .take(9)
        .take_while(|lexeme| lexeme.bits & bits::SENTENCE == 0)
        .map(|lexeme| lexeme.key.as_ref());
    // The first word of a sentence carries the bit itself.
    let first_word = run.lexemes[..first.start].iter().rev().take(9).find(|lexeme| lexeme.bits & bits::SENTENCE != 0);
    opens
        && worded
        && from
            .chain(first_word.map(|lexeme| lexeme.key.as_ref()))
            .any(|key| direction::of_key(key) != 0 || direction::is_change(key))
        // `raised 100 million from 1,500 to 2,200 donors`: another figure is what was raised.
        || opens
            && worded
            && !(first.start.saturating_sub(9)..first.start)
                .any(|at| run.get(at).is_some_and(|lexeme| lexeme.kind == Kind::Number))
            && (first.start.saturating_sub(9)..first.start)
                .any(|at| moves::at(run.language, run.lexemes, at).is_some_and(|(sign, _)| sign != 0))
}

/// Numbers that are names: `Boeing 737`, `Section 230`, `COVID-19`, `AK-47`.
fn name(run: &Run<'_>, found: &AmountAt) -> Option<Quantity> {
    let plain =
        matches!(found.amount.unit, Unit::Count | Unit::Year) && !found.amount.in_words && !found.amount.ordinal;
    let lexeme = run.get(found.start)?;
    let before = run.get(found.start.checked_sub(1)?)?;
    let joined = lexeme.bits & bits::HYPHEN != 0 && before.kind == Kind::Word && before.bits & bits::CAPITAL != 0;
    let headed = lexeme.bits & bits::BREAK == 0 && NAMED.has(before.key.as_ref());
    let words = headed && found.amount.in_words && found.amount.unit == Unit::Count && before.bits & bits::CAPITAL != 0;
    (plain && (joined || headed && found.amount.scale == 0) || words)
        .then(|| Quantity::Name(before.key.to_string(), found.amount.value.to_string()))
}

/// The lexemes of a text, for those who read a part of it.
pub(super) fn run_of<'l>(
    lexemes: &'l [Lexeme<'l>],
    usual: Separators,
    language: &'l str,
    day: Option<jiff::civil::Date>,
) -> Run<'l> {
    Run { lexemes, separators: Separators::of_text(lexemes, usual), language, day }
}
