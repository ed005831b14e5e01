//! Amounts: a number with what belongs to it on both sides: sign and currency before it, scale, percent, unit and currency
//! behind it.

use rust_decimal::Decimal;

use super::currency::{self, unit_of};
use super::lexeme::Lexeme;
use super::number;
use super::powers::Power;
use super::run::Run;
use super::units::symbol;
use super::written::{Written, power};
use crate::matching::fold::{Kind, bits};
use crate::matching::terms::{self, Numeral};
use crate::model::figure::{Amount, Bound, Unit};

/// One amount with what belongs to it on both sides.
#[derive(Debug, Clone)]
pub(super) struct AmountAt {
    pub(super) amount: Amount,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The bound that the number itself says.
    pub(super) bound: Option<Bound>,
    /// Whether it is a decade (`1990s`).
    pub(super) decade: bool,
}

/// Powers of ten beyond this are no amount of anything.
const MOST_SCALE: u32 = 18;

/// Signs and currencies in front of one number.
const MOST_SIGNS: usize = 5;

/// Whether an amount may begin with a word or character that is no number: what [`Head::read`] passes over.
pub(super) fn may_begin(lexeme: &Lexeme<'_>) -> bool {
    currency::code(&lexeme.form).is_some() || matches!(lexeme.key.as_ref(), "minus" | "минус" | "负" | "マ" | "氷")
}

/// An amount at `at`, with a sign and currency before it and scale, percent, unit or currency behind it.
pub(super) fn amount(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    if let Some(found) = and_a_half(run, at) {
        return Some(found);
    }
    let head = Head::read(run, at);
    let written = number::read(run, head.number)?;
    let bare_sign = head.number == at && run.get(at)?.kind == Kind::Sign && number::fraction(run.form(at)).is_none();
    if bare_sign {
        return None;
    }
    let mut body = Body::new(&head, written);
    let suffix = std::mem::take(&mut body.suffix);
    match Power::of(run, head.number, body.end, &suffix).filter(|_| !body.in_words) {
        Some(found) => body.raise(found)?,
        None if body.suffix(run, &suffix) => body.fraction(run),
        None => return None,
    }
    body.scales(run);
    body.unit(run, &suffix);
    Some(body.finish(&head))
}

/// What stands before the digits.
struct Head {
    start: usize,
    number: usize,
    negative: bool,
    unit: Unit,
}

impl Head {
    fn read(run: &Run<'_>, at: usize) -> Self {
        let mut head = Self { start: at, number: at, negative: false, unit: Unit::Count };
        // `百分之七十`
        if ["百", "分", "之"].iter().enumerate().all(|(offset, key)| run.key(at + offset) == *key) {
            head.number += 3;
            head.unit = Unit::Percent;
        }
        let most = head.number + MOST_SIGNS;
        while let (Some(lexeme), Some(next)) = (run.get(head.number), run.get(head.number + 1)) {
            if head.number >= most {
                break;
            }
            let spaced = next.gap.trim().is_empty() && next.bits & bits::SENTENCE == 0;
            let minus = lexeme.kind == Kind::Sign && lexeme.form == "-" && next.gap.is_empty()
                || matches!(lexeme.key.as_ref(), "minus" | "минус")
                    && spaced
                    && run.key(head.number.wrapping_sub(1)) != "or";
            if minus {
                head.negative = true;
            } else if let Some(length) =
                ["零下", "负", "マイナス", "氷点下"].iter().find_map(|words| run.characters_at(head.number, words))
            {
                head.negative = true;
                head.number += length - 1;
            } else if let Some(code) =
                currency::sign(&lexeme.form, run.language).filter(|_| lexeme.kind == Kind::Sign && spaced)
            {
                let national = currency::national(run, head.number);
                head.unit = Unit::Money(national.unwrap_or(code));
                if national.is_some() {
                    head.start = head.number.saturating_sub(1).min(head.start);
                }
            } else if let Some(code) = currency::code(&lexeme.form).filter(|_| {
                lexeme.kind == Kind::Word
                    && next.kind == Kind::Number
                    && next.gap.trim_matches(['.', ' ', '\u{a0}']).is_empty()
            }) {
                head.unit = Unit::Money(code);
            } else {
                break;
            }
            head.number += 1;
        }
        head
    }
}

/// An amount that is being read, from its digits on.
struct Body {
    value: Decimal,
    digits: Decimal,
    step: Decimal,
    scale: u32,
    unit: Unit,
    ordinal: bool,
    in_words: bool,
    grouped: bool,
    year_like: bool,
    decade: bool,
    suffix: String,
    bound: Option<Bound>,
    start: usize,
    end: usize,
}

impl Body {
    fn new(head: &Head, written: Written) -> Self {
        let Written { value, step, length, suffix, in_words, ordinal, scale, year_like, bound } = written;
        Self {
            value,
            digits: if scale > 0 { value / power(scale) } else { value },
            step,
            scale,
            unit: head.unit.clone(),
            ordinal,
            in_words,
            grouped: !in_words && value >= Decimal::ONE_THOUSAND && !year_like,
            year_like,
            decade: false,
            suffix,
            bound,
            start: head.start,
            end: head.number + length,
        }
    }

    fn apply(&mut self, power_of: u32) {
        let factor = power(power_of);
        if let (Some(value), Some(step)) = (self.value.checked_mul(factor), self.step.checked_mul(factor)) {
            self.value = value;
            self.step = step;
            self.scale += power_of;
        }
    }

    /// Takes a power of ten into the value; `None` for one that is no amount of anything.
    fn raise(&mut self, found: Power) -> Option<()> {
        if found.bare {
            (self.value, self.digits, self.step) = (Decimal::ONE, Decimal::ONE, Decimal::ONE);
        }
        let size = found.exponent.unsigned_abs();
        if size > MOST_SCALE {
            return None;
        }
        if found.exponent < 0 {
            self.value = self.value.checked_div(power(size))?;
            self.step = self.step.checked_div(power(size))?;
        } else {
            self.value = self.value.checked_mul(power(size))?;
            self.step = self.step.checked_mul(power(size))?;
            self.scale += size;
        }
        self.year_like = false;
        self.end = found.end;
        Some(())
    }

    /// What stands in the same token as the digits; false where that makes it the number of a model or a section.
    fn suffix(&mut self, run: &Run<'_>, suffix: &str) -> bool {
        let money = matches!(self.unit, Unit::Money(_));
        match suffix {
            "" | "s" if suffix == "s" && self.value.scale() == 0 && (self.value % Decimal::TEN).is_zero() => {
                self.decade = (Decimal::from(1500)..Decimal::from(2100)).contains(&self.value);
            }
            "" | "s" => {}
            // `2.6x earnings`
            "x" => self.unit = Unit::Measure("×"),
            "k" | "K" => self.apply(3),
            "m" if money || !is_length(run, self.end) => self.apply(6),
            "M" => self.apply(6),
            "b" => self.apply(9),
            "t" if money => self.apply(12),
            "st" | "nd" | "rd" | "th" | "º" | "ª" | "er" | "eme" | "ème" | "e" | "o" | "a" => self.ordinal = true,
            "p" => self.pence(),
            other => {
                let keys = |number: usize| {
                    if number == 0 {
                        Some(other)
                    } else {
                        run.follows(self.end + number - 1).then(|| run.key(self.end + number - 1))
                    }
                };
                if let Some(scale) = terms::SCALES.at(run.language, keys).filter(|scale| scale.length == 1) {
                    self.apply(scale.value);
                } else if let Some(unit) = terms::UNITS.at(run.language, keys) {
                    self.end += unit.length - 1;
                    self.unit = unit_of(unit.value);
                } else if let Some(unit) = symbol(other) {
                    self.unit = Unit::Measure(unit);
                } else {
                    return false;
                }
            }
        }
        true
    }

    fn pence(&mut self) {
        self.unit = Unit::Money("GBP");
        for part in [&mut self.value, &mut self.step, &mut self.digits] {
            *part *= Decimal::new(1, 2);
        }
    }

    /// `3½`, `3 1/2`
    fn fraction(&mut self, run: &Run<'_>) {
        let Some(next) = run.get(self.end) else { return };
        let part = if next.kind == Kind::Sign && next.gap.is_empty() {
            number::fraction(&next.form)
        } else if next.gap == " " && next.bits & bits::PAUSE == 0 {
            match next.form.as_ref() {
                "1/2" => Some(Decimal::new(5, 1)),
                "1/4" => Some(Decimal::new(25, 2)),
                "3/4" => Some(Decimal::new(75, 2)),
                _ => None,
            }
        } else {
            None
        };
        if let Some(part) = part.filter(|part| *part < Decimal::ONE && self.digits.fract().is_zero()) {
            self.value += part;
            self.digits += part;
            self.step = Decimal::new(1, 1);
            self.end += 1;
        }
    }

    /// Scale words, in front of which nothing but a space or a hyphen stands.
    fn scales(&mut self, run: &Run<'_>) {
        while !self.ordinal && run.close(self.end) {
            let Some(found) = scale_at(run, self.end, &self.unit) else { break };
            if self.scale + found.power > MOST_SCALE {
                break;
            }
            self.apply(found.power);
            self.end += found.length;
        }
        self.chain(run);
        // `2 millones y medio`
        let numerals = terms::numerals(run.language);
        if self.scale >= 3
            && !self.in_words
            && numerals.get(run.key(self.end)) == Some(&Numeral::And)
            && numerals.get(run.key(self.end + 1)) == Some(&Numeral::Half)
        {
            self.value += power(self.scale) * Decimal::new(5, 1);
            self.digits += Decimal::new(5, 1);
            self.end += 2;
        }
    }

    /// `1億2000万`, `1万2000`, `3 करोड़ 20 लाख`: what goes on below the last scale word.
    fn chain(&mut self, run: &Run<'_>) {
        let mut room = self.scale;
        while room >= 4 {
            let Some(next) = run.get(self.end) else { return };
            let joined = next.gap.is_empty() || run.language == "hi" && next.gap == " ";
            if next.kind != Kind::Number || !joined {
                return;
            }
            let Some(more) = number::read(run, self.end).filter(|more| more.suffix.is_empty()) else { return };
            let mut end = self.end + more.length;
            let mut scale = 0;
            // `2千万`: one scale word behind another.
            while let Some(found) = scale_at(run, end, &Unit::Count).filter(|_| run.close(end)) {
                if scale + found.power > room {
                    break;
                }
                scale += found.power;
                end += found.length;
            }
            let Some(part) = more.value.checked_mul(power(scale)) else { return };
            if part >= power(room) {
                return;
            }
            self.value += part;
            self.digits = self.value / power(self.scale);
            self.step = more.step * power(scale);
            self.end = end;
            room = scale;
        }
    }

    /// Percent, points, units, currencies.
    fn unit(&mut self, run: &Run<'_>, suffix: &str) {
        let Some(lexeme) = run.get(self.end) else { return };
        let sign = lexeme.kind == Kind::Sign && lexeme.gap.trim().is_empty();
        if sign && matches!(lexeme.form.as_ref(), "%" | "‰") {
            self.unit = Unit::Percent;
            if lexeme.form == "‰" {
                self.value /= Decimal::TEN;
                self.step /= Decimal::TEN;
            }
            self.end += 1;
        } else if sign && self.unit == Unit::Count && !follows_number(run, self.end) {
            if let Some(code) = currency::sign(&lexeme.form, run.language) {
                self.unit = Unit::Money(code);
                self.end += 1;
            } else {
                self.phrase(run, self.end);
            }
        } else if self.unit == Unit::Count
            && !self.ordinal
            && (run.close(self.end) || self.scale > 0 && lexeme.gap == ". ")
        {
            self.phrase(run, self.end);
        } else if matches!(self.unit, Unit::Money(_)) && suffix.is_empty() {
            // `¥25亿元`, `$3 million dollars`
            if let Some(found) = run.phrase(&terms::UNITS, self.end).filter(|_| run.close(self.end))
                && unit_of(found.value) == self.unit
            {
                self.end += found.length;
            }
        }
        if self.unit == Unit::Percent
            && matches!(run.key(self.end), "points" | "point" | "punkte" | "punkten")
            && run.close(self.end)
        {
            self.unit = Unit::PercentagePoints;
            self.end += 1;
        }
    }

    /// A unit or currency in words at `at`, behind a preposition where a scale word stands before it.
    fn phrase(&mut self, run: &Run<'_>, at: usize) {
        // `14 Mrd. Kronen`: the point is the abbreviation's, and no sentence ends.
        let abbreviated =
            self.scale > 0 && run.get(at).is_some_and(|next| next.gap == ". ") && run.key(at - 1).chars().count() <= 4;
        let at = if self.scale >= 5 && matches!(run.key(at), "de" | "d" | "di" | "of") { at + 1 } else { at };
        if !run.follows(at) && !abbreviated {
            return;
        }
        if let Some(found) = run.phrase(&terms::UNITS, at) {
            self.end = at + found.length;
            match found.value {
                "penny" => self.pence(),
                symbol => self.unit = unit_of(symbol),
            }
        } else if let Some(code) = currency::code(run.form(at)) {
            self.unit = Unit::Money(code);
            self.end = at + 1;
        } else if !self.in_words
            && let Some(unit) = symbol(run.form(at)).filter(|_| run.get(at).is_some_and(|next| next.gap.len() <= 2))
        {
            self.unit = Unit::Measure(unit);
            self.end = at + 1;
        }
    }

    fn finish(mut self, head: &Head) -> AmountAt {
        if self.year_like && self.unit == Unit::Count && self.scale == 0 && !head.negative {
            self.unit = Unit::Year;
        }
        AmountAt {
            amount: Amount {
                value: if head.negative { -self.value } else { self.value }.normalize(),
                digits: self.digits.normalize(),
                scale: self.scale,
                step: self.step.normalize(),
                unit: self.unit,
                ordinal: self.ordinal,
                in_words: self.in_words,
                grouped: self.grouped,
            },
            start: self.start,
            end: self.end,
            bound: self.bound,
            decade: self.decade,
        }
    }
}

/// `an hour and a half`, `a year and a half`
fn and_a_half(run: &Run<'_>, at: usize) -> Option<AmountAt> {
    let numerals = terms::numerals(run.language);
    if numerals.get(run.key(at)) != Some(&Numeral::Article) {
        return None;
    }
    let unit = run.phrase(&terms::UNITS, at + 1).filter(|_| run.close(at + 1))?;
    let mut end = at + 1 + unit.length;
    if numerals.get(run.key(end)) != Some(&Numeral::And) {
        return None;
    }
    end += 1;
    if numerals.get(run.key(end)) == Some(&Numeral::Article) {
        end += 1;
    }
    if numerals.get(run.key(end)) != Some(&Numeral::Half) {
        return None;
    }
    let value = Decimal::new(15, 1);
    Some(AmountAt {
        amount: Amount {
            value,
            digits: value,
            scale: 0,
            step: Decimal::new(1, 1),
            unit: unit_of(unit.value),
            ordinal: false,
            in_words: true,
            grouped: false,
        },
        start: at,
        end: end + 1,
        bound: None,
        decade: false,
    })
}

/// Whether a word behind `200m` says that it is a length.
fn is_length(run: &Run<'_>, at: usize) -> bool {
    run.close(at)
        && matches!(
            run.key(at),
            "sprint"
                | "race"
                | "high"
                | "long"
                | "deep"
                | "wide"
                | "tall"
                | "freestyle"
                | "hurdles"
                | "above"
                | "below"
                | "away"
                | "from"
                | "relay"
                | "dash"
                | "lang"
                | "hoch"
                | "breit"
                | "tief"
                | "de"
                | "di"
        )
}

struct ScaleAt {
    power: u32,
    length: usize,
}

/// The scale word at `at`, behind digits.
fn scale_at(run: &Run<'_>, at: usize, unit: &Unit) -> Option<ScaleAt> {
    match run.key(at) {
        // Behind digits these are percent, counts or parts of other words.
        "hundert" | "cento" | "cent" | "sto" | "сто" | "hundreds" | "thousands" => return None,
        "m" if run.form(at) == "M" || matches!(unit, Unit::Money(_)) => return Some(ScaleAt { power: 6, length: 1 }),
        "m" => return None,
        _ => {}
    }
    run.phrase(&terms::SCALES, at).map(|found| ScaleAt { power: found.value, length: found.length })
}

/// Whether a currency sign belongs to the number behind it rather than the one before.
fn follows_number(run: &Run<'_>, at: usize) -> bool {
    run.get(at).is_some_and(|sign| sign.gap.contains(' '))
        && run.get(at + 1).is_some_and(|next| next.kind == Kind::Number && next.gap.is_empty())
}
