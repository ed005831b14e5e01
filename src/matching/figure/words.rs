//! Number words → a value, by the tables of each language; compounds are cut into their words.

use rust_decimal::Decimal;

use super::ranks::{is_rank, ordinal_word};
use super::run::Run;
use super::written::{Written, power};
use crate::matching::fold::{Kind, bits};
use crate::matching::terms::{self, Numeral, Numerals};
use crate::model::figure::Bound;

/// Pieces of one word beyond which it is no number.
const MOST_PIECES: usize = 9;

/// A number that is being read.
#[derive(Clone)]
struct Sum {
    total: Decimal,
    current: Option<Decimal>,
    /// Added to the next value: `साढ़े तीन` is three and a half.
    ahead: Decimal,
    last: Last,
    /// Factor of the last scale word.
    factor: Decimal,
    scale: u32,
    bound: Option<Bound>,
}

#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    Article,
    Half,
    Value,
    Scale,
}

impl Sum {
    fn new() -> Self {
        Self {
            total: Decimal::ZERO,
            current: None,
            ahead: Decimal::ZERO,
            last: Last::Nothing,
            factor: Decimal::ONE,
            scale: 0,
            bound: None,
        }
    }

    fn value(&self) -> Decimal {
        self.total + self.current.unwrap_or(Decimal::ZERO)
    }

    /// Adds a value; false where it does not go on with the number. `joined` says that an `and` or nothing at all stands
    /// between, so that units may come before tens.
    fn add(&mut self, value: Decimal, joined: bool, language: &str) -> bool {
        let hundred = Decimal::ONE_HUNDRED;
        let next = match self.current {
            None => value + std::mem::take(&mut self.ahead),
            Some(_) if matches!(self.last, Last::Article | Last::Half) => return false,
            Some(current) if current.fract().is_zero() && value.fract().is_zero() => {
                let rest = current % hundred;
                let ten = Decimal::TEN;
                let (twenty, sixty, eighty) = (Decimal::from(20), Decimal::from(60), Decimal::from(80));
                let french = language == "fr";
                let hundreds = rest.is_zero() && !current.is_zero() && value < hundred;
                let units = rest >= twenty && (rest % ten).is_zero() && value < ten && !value.is_zero();
                // `dix-sept`, `soixante-douze`, `quatre-vingt-dix-sept`
                let teens = french && (rest == sixty || rest == eighty) && value >= ten && value < twenty;
                let beyond = french
                    && (rest == ten || rest == sixty + ten || rest == eighty + ten)
                    && value >= Decimal::from(7)
                    && value < ten;
                // `zweiundzwanzig`, `dreizehn`
                let before_tens = joined && value >= twenty && value < hundred && (value % ten).is_zero();
                let before_ten = value == ten && (language == "ar" || joined && matches!(language, "de" | "nl"));
                let turned = rest < ten && !rest.is_zero() && (before_tens || before_ten);
                if french && value == twenty && rest == Decimal::from(4) {
                    current + Decimal::from(76)
                } else if hundreds || units || teens || beyond || turned {
                    current + value
                } else {
                    return false;
                }
            }
            Some(_) => return false,
        };
        self.current = Some(next);
        self.last = Last::Value;
        true
    }

    /// Multiplies by a factor; false where nothing stands before it that could be multiplied.
    fn times(&mut self, factor: Decimal, alone: bool) -> bool {
        let hundred = Decimal::ONE_HUNDRED;
        if factor == hundred || factor == Decimal::from(12) {
            match self.current {
                Some(current) if current < hundred && !current.is_zero() => self.current = Some(current * factor),
                None if alone => self.current = Some(factor),
                _ => return false,
            }
            self.last = Last::Value;
            return true;
        }
        match self.current.take() {
            Some(current) => {
                let Some(product) = current.checked_mul(factor) else { return false };
                self.total += product;
            }
            // `mil millones`
            None if !self.total.is_zero() && factor > self.factor => match self.total.checked_mul(factor) {
                Some(product) => self.total = product,
                None => return false,
            },
            None if alone && self.total.is_zero() => self.total = factor,
            None => return false,
        }
        self.factor = factor;
        self.last = Last::Scale;
        true
    }

    fn half_more(&mut self) -> bool {
        let half = Decimal::new(5, 1);
        match (self.current, self.last) {
            (Some(current), Last::Value | Last::Article) => self.current = Some(current + half),
            (None, Last::Scale) => self.total += self.factor * half,
            _ => return false,
        }
        self.last = Last::Value;
        true
    }
}

/// A word as the numerals that it is made of.
fn pieces(key: &str, numerals: &Numerals, language: &str) -> Option<Vec<Numeral>> {
    if let Some(numeral) = numerals.get(key) {
        return Some(vec![*numeral]);
    }
    // `وعشرون`: the conjunction is written with its word.
    if language == "ar" {
        let rest = key.strip_prefix('و')?;
        return numerals.get(rest).map(|numeral| vec![Numeral::And, *numeral]);
    }
    let compounds = matches!(language, "de" | "nl" | "da" | "sv" | "it" | "ru" | "");
    if !compounds || key.len() < 5 || key.len() > 60 || terms::scale(key).is_some() {
        return None;
    }
    let mut found = Vec::new();
    let whole = cut(key, numerals, &mut found)
        && !matches!((found.first(), found.last()), (Some(Numeral::And), _) | (_, Some(Numeral::And)));
    whole.then_some(found)
}

/// Cuts a compound into numerals, longest first.
fn cut(rest: &str, numerals: &Numerals, found: &mut Vec<Numeral>) -> bool {
    if rest.is_empty() {
        return found.len() > 1;
    }
    if found.len() >= MOST_PIECES {
        return false;
    }
    let ends: Vec<usize> = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(16).collect();
    for end in ends.into_iter().rev() {
        let scale = || terms::scale(&rest[..end]).map(|power| Numeral::Times(10u32.saturating_pow(power)));
        let Some(numeral) = numerals.get(&rest[..end]).copied().or_else(|| scale().filter(|_| end > 3)) else {
            continue;
        };
        found.push(numeral);
        if cut(&rest[end..], numerals, found) {
            return true;
        }
        found.pop();
    }
    false
}

/// Whether number words may begin with a word.
pub(super) fn may_begin(key: &str, language: &str) -> bool {
    matches!(key, "a" | "one" | "three" | "quarter")
        || ordinal_word(key, language).is_some()
        || pieces(key, terms::numerals(language), language).is_some()
}

/// Reads number words: tens, units, hundreds and scale words.
pub(super) fn words(run: &Run<'_>, at: usize) -> Option<Written> {
    let language = run.language;
    let numerals = terms::numerals(language);
    if let Some(written) = pair(run, at).or_else(|| part_of_scale(run, at)) {
        return Some(written);
    }
    let mut sum = Sum::new();
    let mut length = 0;
    let mut number = at;
    let mut ordinal = false;
    let mut joined = false;
    while let Some(lexeme) = run.get(number).filter(|lexeme| lexeme.kind == Kind::Word) {
        if number > at && !(run.close(number) || lexeme.bits & bits::HYPHEN != 0) {
            break;
        }
        let key = lexeme.key.as_ref();
        if let Some(value) = ordinal_word(key, language).filter(|_| number > at || key != "second" || is_rank(run, at))
        {
            // `twenty-first`
            if number > at && !sum.add(Decimal::from(value), joined, language) {
                break;
            }
            if number == at {
                sum.current = Some(Decimal::from(value));
            }
            ordinal = true;
            length = number - at + 1;
            break;
        }
        if let Some(parts) = pieces(key, numerals, language) {
            // A word that goes on only by half is no part of the number.
            let before = sum.clone();
            if !take(&parts, &mut sum, &mut joined, run, number) {
                sum = before;
                break;
            }
            number += 1;
            if !matches!(parts.last(), Some(Numeral::And)) && sum.last != Last::Article && sum.last != Last::Half {
                length = number - at;
            }
            continue;
        }
        let scaled = run.phrase(&terms::SCALES, number).filter(|_| sum.current.is_some());
        if let Some(scale) = scaled {
            if !sum.times(power(scale.value), false) {
                break;
            }
            sum.scale = sum.scale.max(scale.value);
            number += scale.length;
            length = number - at;
            continue;
        }
        break;
    }
    if length == 0 {
        return None;
    }
    let value = sum.value();
    // A bare article or conjunction is no number.
    if value.is_zero() && !numerals.get(run.key(at)).is_some_and(|numeral| *numeral == Numeral::Value(Decimal::ZERO)) {
        return None;
    }
    Some(Written {
        step: match sum.scale > 0 && sum.current.is_none() {
            // `half a million` is more precise than a million.
            true if !(value % power(sum.scale)).is_zero() => power(sum.scale) / Decimal::TEN,
            true => power(sum.scale),
            false => Decimal::ONE,
        },
        ordinal,
        scale: sum.scale,
        bound: sum.bound,
        ..Written::in_words(value.normalize(), length)
    })
}

/// `a couple of`
fn pair(run: &Run<'_>, at: usize) -> Option<Written> {
    let fits = matches!(run.language, "en" | "") && run.key(at) == "a" && run.key(at + 1) == "couple";
    (fits && run.key(at + 2) == "of").then(|| Written::in_words(Decimal::TWO, 3))
}

/// `a quarter of a million`, `three quarters of a million`
fn part_of_scale(run: &Run<'_>, at: usize) -> Option<Written> {
    if !matches!(run.language, "en" | "") {
        return None;
    }
    let (parts, noun) = match run.key(at) {
        "a" | "one" => (1, at + 1),
        "three" => (3, at + 1),
        "quarter" => (1, at),
        _ => return None,
    };
    if !matches!(run.key(noun), "quarter" | "quarters")
        || run.key(noun + 1) != "of"
        || !matches!(run.key(noun + 2), "a" | "one")
    {
        return None;
    }
    let scale = run.phrase(&terms::SCALES, noun + 3).filter(|scale| scale.value > 2)?;
    let value = Decimal::from(parts) / Decimal::from(4) * power(scale.value);
    Some(Written { scale: scale.value, ..Written::in_words(value, noun + 3 + scale.length - at) })
}

/// Takes the pieces of one word into the number; false where the word does not go on with it.
fn take(parts: &[Numeral], sum: &mut Sum, joined: &mut bool, run: &Run<'_>, number: usize) -> bool {
    let language = run.language;
    let compound = parts.len() > 1;
    let before = sum.last;
    for (place, part) in parts.iter().enumerate() {
        let fits = match *part {
            Numeral::Value(value) => sum.add(value, *joined || compound, language),
            Numeral::Times(factor) => {
                let factor = Decimal::from(factor);
                let alone = language != "en" || factor == Decimal::from(12);
                sum.scale = sum.scale.max(match factor {
                    factor if factor == Decimal::from(1_000_000) => 6,
                    _ => 0,
                });
                sum.times(factor, alone)
            }
            Numeral::About(value) => {
                let fits = match sum.current {
                    None => true,
                    Some(_) => sum.last == Last::Article,
                };
                sum.current = Some(Decimal::from(value));
                sum.bound = Some(Bound::About);
                sum.last = Last::Value;
                fits
            }
            // `two and a half`
            Numeral::Article
                if *joined && terms::numerals(language).get(run.key(number + 1)) == Some(&Numeral::Half) =>
            {
                continue;
            }
            // `twenty one`, but `twenty a day`.
            Numeral::Article
                if compound || *joined || leaves_one(sum, language) && !matches!(run.key(number), "a" | "an") =>
            {
                sum.add(Decimal::ONE, *joined, language)
            }
            Numeral::Article if sum.last == Last::Half => true,
            Numeral::Article => {
                let fits = sum.last == Last::Nothing && goes_on(run, number + 1);
                sum.current = Some(Decimal::ONE);
                sum.last = Last::Article;
                fits
            }
            Numeral::Half if *joined && sum.last != Last::Nothing => sum.half_more(),
            Numeral::Half if place + 1 < parts.len() => {
                sum.current = Some(Decimal::new(5, 1));
                sum.last = Last::Half;
                true
            }
            Numeral::Half => {
                let fits = matches!(sum.last, Last::Nothing | Last::Article) && scales(run, number + 1);
                sum.current = Some(Decimal::new(5, 1));
                sum.last = Last::Half;
                fits
            }
            Numeral::HalfMore => sum.half_more(),
            Numeral::HalfAhead => {
                sum.ahead = Decimal::new(5, 1);
                sum.last == Last::Nothing
            }
            Numeral::And => {
                let fits = compound || before != Last::Nothing && before != Last::Article && composes(sum, run, number);
                *joined = true;
                if !fits {
                    return false;
                }
                continue;
            }
        };
        *joined = false;
        if !fits {
            return false;
        }
        if matches!(part, Numeral::Value(_) | Numeral::Times(_) | Numeral::Article) && sum.last == Last::Half {
            sum.last = Last::Half;
        }
    }
    true
}

/// `between two hundred | and three hundred`, `entre dos mil | y tres mil`, `quatre-vingts | et quatre-vingt-dix`: what stands
/// behind an `and` has a factor that the number before it has had already, a half of its own, or a French ten.
fn is_number_of_its_own(parts: &[Numeral], sum: &Sum, run: &Run<'_>, at: usize) -> bool {
    let numerals = terms::numerals(run.language);
    let Some(Numeral::Value(value)) = parts.first() else { return false };
    let half = !value.fract().is_zero() || parts.contains(&Numeral::HalfMore);
    // French says `et` before a one and an eleven alone.
    let french = run.language == "fr" && *value != Decimal::from(11);
    let inside = parts.iter().find_map(|part| match part {
        Numeral::Times(factor) => Some(Decimal::from(*factor)),
        _ => None,
    });
    let is_half = |at: usize| {
        let at = at + usize::from(numerals.get(run.key(at)) == Some(&Numeral::Article));
        numerals.get(run.key(at)) == Some(&Numeral::Half)
    };
    let behind = || {
        let is_value = |at: &usize| run.close(*at) && matches!(numerals.get(run.key(*at)), Some(Numeral::Value(_)));
        let end = (at + 1..at + MOST_PIECES).find(|at| !is_value(at))?;
        match numerals.get(run.key(end)) {
            _ if !run.close(end) => None,
            // `and two and a half million`
            Some(Numeral::And) if is_half(end + 1) => Some(sum.factor),
            Some(Numeral::Times(factor)) => Some(Decimal::from(*factor)),
            _ => run.phrase(&terms::SCALES, end).map(|scale| power(scale.value)),
        }
    };
    let again = inside.or_else(behind).is_some_and(|factor| {
        factor == Decimal::ONE_HUNDRED && sum.current.is_some() || !sum.total.is_zero() && factor >= sum.factor
    });
    half || french || again
}

fn is_tens(current: Option<Decimal>) -> bool {
    current.is_some_and(|current| {
        let rest = current % Decimal::ONE_HUNDRED;
        rest >= Decimal::from(20) && (rest % Decimal::TEN).is_zero()
    })
}

/// Whether an article behind a number is its last one: `twenty one`, in the Romance languages `ciento un`, `mille un` too.
fn leaves_one(sum: &Sum, language: &str) -> bool {
    let romance = matches!(language, "fr" | "es" | "it" | "pt");
    match sum.last {
        Last::Value => {
            is_tens(sum.current)
                || romance && sum.current.is_some_and(|current| (current % Decimal::ONE_HUNDRED).is_zero())
        }
        Last::Scale => romance && sum.factor == Decimal::ONE_THOUSAND,
        _ => false,
    }
}

/// Whether a scale word or a dozen stands at `at`, behind an article or not.
fn scales(run: &Run<'_>, at: usize) -> bool {
    let numerals = terms::numerals(run.language);
    let at = if numerals.get(run.key(at)) == Some(&Numeral::Article) { at + 1 } else { at };
    run.close(at)
        && (matches!(numerals.get(run.key(at)), Some(Numeral::Times(_))) || run.phrase(&terms::SCALES, at).is_some())
}

/// Whether an article at the front of a number has a number behind it: `a hundred`, `eine halbe Million`, `une vingtaine`.
fn goes_on(run: &Run<'_>, at: usize) -> bool {
    if !run.close(at) {
        return false;
    }
    let numerals = terms::numerals(run.language);
    match numerals.get(run.key(at)) {
        Some(Numeral::Times(_) | Numeral::About(_)) => true,
        Some(Numeral::Half) => scales(run, at + 1),
        _ => run.phrase(&terms::SCALES, at).is_some(),
    }
}

/// Whether what stands behind an `and` at `number` composes with the number before it.
fn composes(sum: &Sum, run: &Run<'_>, number: usize) -> bool {
    let language = run.language;
    let numerals = terms::numerals(language);
    if !run.close(number + 1) {
        return false;
    }
    let Some(parts) = pieces(run.key(number + 1), numerals, language) else { return false };
    if is_number_of_its_own(&parts, sum, run, number + 1) {
        return false;
    }
    match parts.first() {
        // `two and a half million`, `dos millones y medio`
        Some(Numeral::Half) => !(language == "en" && sum.last != Last::Scale),
        Some(Numeral::Article) => {
            numerals.get(run.key(number + 2)) == Some(&Numeral::Half)
                || language != "en" && (is_tens(sum.current) || leaves_one(sum, language) && !goes_on(run, number + 2))
        }
        Some(Numeral::Value(value)) => {
            let mut probe = Sum { current: sum.current, last: sum.last, ..Sum::new() };
            match sum.current {
                Some(_) => {
                    let between = matches!(language, "de" | "nl" | "da" | "sv" | "ar" | "");
                    let rest = sum.current.unwrap_or_default() % Decimal::ONE_HUNDRED;
                    // `three hundred and fifty`, but never `two and three`.
                    (rest.is_zero() || language != "en") && probe.add(*value, between, language)
                }
                None => sum.last == Last::Scale && (language != "en" || *value < Decimal::ONE_HUNDRED),
            }
        }
        _ => false,
    }
}
