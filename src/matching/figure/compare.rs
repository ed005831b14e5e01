//! Comparing two figures as values. The bands are one table, below, because no style guide gives numbers.

use rust_decimal::Decimal;

use crate::model::Flag;
use crate::model::figure::{Amount, Bound, DateParts, Figure, Quantity, Unit};

/// The bands of bounds and hedges, as shares of the claimed value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bands {
    /// How far above a lower bound a value may lie and still be meant by it (its ceiling). Default a quarter.
    pub(super) ceiling: Decimal,
    /// How far below an upper bound a value may lie (its floor). Default a quarter.
    pub(super) floor: Decimal,
    /// How far below the value "nearly" reaches. Default a tenth.
    pub(super) nearly: Decimal,
    /// How far on either side "about" reaches. Default a tenth.
    pub(super) about: Decimal,
    /// From which difference on a bound that is contradicted is another number as well. Default a tenth.
    pub(super) far: Decimal,
}

impl Default for Bands {
    fn default() -> Self {
        Self {
            ceiling: Decimal::new(25, 2),
            floor: Decimal::new(25, 2),
            nearly: Decimal::new(10, 2),
            about: Decimal::new(10, 2),
            far: Decimal::new(10, 2),
        }
    }
}

/// What comparing a claimed figure with a source's comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Relation {
    /// The source carries it; remarks and cautions.
    Carried(Vec<Flag>),
    /// The source gives something else; what differs.
    Differs(Vec<Flag>),
    /// The two cannot be compared: a date and a sum.
    Unlike,
}

/// Compares a claimed figure with one of the source.
pub(super) fn compare(ours: &Figure, theirs: &Figure, bands: &Bands) -> Relation {
    match (&ours.quantity, &theirs.quantity) {
        (Quantity::Date(a), Quantity::Date(b)) => dates(*a, *b),
        (Quantity::Date(date), Quantity::Number(amount)) | (Quantity::Number(amount), Quantity::Date(date)) => {
            year(*date, amount)
        }
        (Quantity::Number(a), Quantity::Number(b)) => numbers(a, ours.bound, b, theirs.bound, bands),
        (Quantity::Range(a, b), Quantity::Range(c, d)) => {
            let (low, high) =
                (numbers(a, Bound::Exact, c, Bound::Exact, bands), numbers(b, Bound::Exact, d, Bound::Exact, bands));
            match (low, high) {
                (Relation::Carried(mut flags), Relation::Carried(more)) => {
                    flags.extend(more);
                    flags.dedup();
                    Relation::Carried(flags)
                }
                (Relation::Unlike, _) | (_, Relation::Unlike) => Relation::Unlike,
                (Relation::Differs(flags), _) | (_, Relation::Differs(flags)) => Relation::Differs(flags),
            }
        }
        (Quantity::Number(a), Quantity::Range(low, high)) => in_range(a, ours.bound, low, high, bands),
        (Quantity::Range(low, high), Quantity::Number(b)) => {
            if let Some(flag) = unit_differs(low, b) {
                return flag.map_or(Relation::Unlike, |flag| Relation::Differs(vec![flag]));
            }
            let _ = high;
            Relation::Differs(vec![Flag::Number])
        }
        _ => Relation::Unlike,
    }
}

/// A number against a range: an end alone is carried without its range, what lies inside is another figure.
fn in_range(ours: &Amount, bound: Bound, low: &Amount, high: &Amount, bands: &Bands) -> Relation {
    for end in [low, high] {
        if let Relation::Carried(mut flags) = numbers(ours, Bound::Exact, end, Bound::Exact, bands) {
            let upper = std::ptr::eq(end, high);
            let kept = matches!((bound, upper), (Bound::AtMost, true) | (Bound::AtLeast, false));
            if !kept {
                flags.push(Flag::HedgeDropped);
            }
            return Relation::Carried(flags);
        }
    }
    if let Some(flag) = unit_differs(ours, low) {
        return flag.map_or(Relation::Unlike, |flag| Relation::Differs(vec![flag]));
    }
    if low.value <= ours.value && ours.value <= high.value && bound == Bound::About {
        return Relation::Carried(Vec::new());
    }
    let carried = match bound {
        Bound::Over | Bound::AtLeast => {
            low.value >= ours.value && high.value <= ours.value * (Decimal::ONE + bands.ceiling)
        }
        Bound::Under | Bound::AtMost => {
            high.value <= ours.value && low.value >= ours.value * (Decimal::ONE - bands.floor)
        }
        _ => false,
    };
    if carried { Relation::Carried(Vec::new()) } else { Relation::Differs(vec![Flag::Number]) }
}

fn dates(ours: DateParts, theirs: DateParts) -> Relation {
    let part = |a: Option<i16>, b: Option<i16>| match (a, b) {
        (Some(a), Some(b)) => Some(a == b),
        // Ours is more precise than the source.
        (Some(_), None) => None,
        (None, _) => Some(true),
    };
    let year = part(ours.year, theirs.year);
    let month = part(ours.month.map(i16::from), theirs.month.map(i16::from));
    let day = part(ours.day.map(i16::from), theirs.day.map(i16::from));
    if [year, month, day].contains(&Some(false)) {
        return Relation::Differs(vec![Flag::Date]);
    }
    // A day and month without a year are of the page's own year; a year alone says nothing of the day.
    match (year, month, day) {
        (Some(true), Some(true), Some(true)) => Relation::Carried(Vec::new()),
        (None, Some(true), Some(true)) if ours.month.is_some() => Relation::Carried(Vec::new()),
        _ => Relation::Differs(vec![Flag::Date]),
    }
}

fn year(date: DateParts, amount: &Amount) -> Relation {
    let bare = date.month.is_none()
        && date.day.is_none()
        && amount.scale == 0
        && matches!(amount.unit, Unit::Count | Unit::Year);
    match date.year {
        Some(year) if bare && amount.value == Decimal::from(year) => Relation::Carried(Vec::new()),
        _ => Relation::Unlike,
    }
}

/// `None` where the units agree, `Some(None)` where they cannot be compared, `Some(Some(flag))` where they contradict.
#[expect(clippy::option_option, reason = "three answers: agree, contradict, cannot be compared")]
fn unit_differs(ours: &Amount, theirs: &Amount) -> Option<Option<Flag>> {
    if ours.unit == theirs.unit {
        return None;
    }
    match (&ours.unit, &theirs.unit) {
        // A manifest may leave the physical unit to the words of the statement.
        (Unit::Count | Unit::Year, Unit::Measure(_)) | (Unit::Count, Unit::Year) | (Unit::Year, Unit::Count) => None,
        (Unit::Measure(a), Unit::Measure(b)) => {
            if convert(Decimal::ONE, a, b).is_some() {
                None
            } else {
                Some(None)
            }
        }
        (Unit::Money(a), Unit::Money(b)) if is_dollar(a) && is_dollar(b) && (*a == "USD" || *b == "USD") => {
            Some(Some(Flag::Unit))
        }
        _ => Some(Some(Flag::Unit)),
    }
}

fn is_dollar(code: &str) -> bool {
    matches!(code, "USD" | "AUD" | "CAD" | "HKD" | "NZD" | "SGD")
}

/// Converts between units of one dimension: the factor is exact by definition of the yard, the pound and the gallon.
pub(super) fn convert(value: Decimal, from: &str, to: &str) -> Option<Decimal> {
    let metres = |unit: &str| {
        Some(match unit {
            "mm" => Decimal::new(1, 3),
            "cm" => Decimal::new(1, 2),
            "m" => Decimal::ONE,
            "km" => Decimal::from(1000),
            "in" => Decimal::new(254, 4),
            "ft" => Decimal::new(3048, 4),
            "yd" => Decimal::new(9144, 4),
            "mi" => Decimal::new(1_609_344, 3),
            _ => return None,
        })
    };
    let grams = |unit: &str| {
        Some(match unit {
            "g" => Decimal::ONE,
            "kg" => Decimal::from(1000),
            "t" => Decimal::from(1_000_000),
            "lb" => Decimal::new(45_359_237, 5),
            _ => return None,
        })
    };
    let litres = |unit: &str| {
        Some(match unit {
            "l" => Decimal::ONE,
            "gal" => Decimal::new(3_785_411_784, 9),
            _ => return None,
        })
    };
    let hectares = |unit: &str| {
        Some(match unit {
            "ha" => Decimal::ONE,
            "acre" => Decimal::new(40_468_564_224, 11),
            _ => return None,
        })
    };
    match (from, to) {
        ("°C", "°F") => return Some(value * Decimal::new(18, 1) + Decimal::from(32)),
        ("°F", "°C") => return ((value - Decimal::from(32)) * Decimal::from(5)).checked_div(Decimal::from(9)),
        _ => {}
    }
    for scale in [&metres as &dyn Fn(&str) -> Option<Decimal>, &grams, &litres, &hectares] {
        if let (Some(a), Some(b)) = (scale(from), scale(to)) {
            return value.checked_mul(a)?.checked_div(b);
        }
    }
    None
}

/// Whether two units differ by more than a prefix.
fn another_unit(a: &str, b: &str) -> bool {
    let metric = |unit: &str| matches!(unit, "mm" | "cm" | "m" | "km" | "g" | "kg" | "t" | "l" | "ha");
    metric(a) != metric(b) || !metric(a)
}

/// The side of its number on which a bound's value lies.
fn direction(bound: Bound) -> i8 {
    match bound {
        Bound::Over | Bound::AtLeast => 1,
        Bound::Under | Bound::AtMost | Bound::Nearly => -1,
        Bound::Exact | Bound::About => 0,
    }
}

fn numbers(ours: &Amount, our_bound: Bound, theirs: &Amount, their_bound: Bound, bands: &Bands) -> Relation {
    match unit_differs(ours, theirs) {
        None => {}
        Some(None) => return Relation::Unlike,
        Some(Some(flag)) => {
            return Relation::Differs(if same_digits(ours, theirs) || ours.value == theirs.value {
                vec![flag]
            } else {
                vec![Flag::Number, flag]
            });
        }
    }
    if ours.ordinal != theirs.ordinal && !ours.in_words && !theirs.in_words {
        return Relation::Unlike;
    }
    let mut flags = Vec::new();
    let mut value = theirs.value;
    let mut coarse = Decimal::ZERO;
    if let (Unit::Measure(a), Unit::Measure(b)) = (&ours.unit, &theirs.unit)
        && a != b
    {
        let Some(converted) = convert(value, b, a) else { return Relation::Unlike };
        value = converted;
        // A converted figure is as precise as the coarser of the two is written.
        coarse = convert(theirs.step, b, a).unwrap_or_default().abs();
        if another_unit(a, b) {
            flags.push(Flag::Converted);
        }
    }
    let same = ours.value == value || (ours.value - value).abs() * Decimal::from(2) <= coarse;
    let rounds = !same
        && ours.step > theirs.step.max(coarse)
        && (ours.value - value).abs() * Decimal::from(2) <= ours.step
        && (ours.step > Decimal::ONE || ours.digits.scale() > 0 || ours.scale > 0);
    let (a, b) = (direction(our_bound), direction(their_bound));
    if same || rounds && our_bound == Bound::Exact {
        if rounds {
            flags.push(Flag::Rounded);
        }
        if a * b < 0 {
            return Relation::Differs(vec![Flag::Bound]);
        }
        match (our_bound, their_bound) {
            (x, y) if class(x) == class(y) => {}
            (Bound::Exact, _) => flags.push(Flag::HedgeDropped),
            (_, Bound::Exact) => flags.push(Flag::HedgeAdded),
            (_, Bound::About) => flags.push(Flag::HedgeDropped),
            (Bound::About, _) => {}
            _ => {}
        }
        return Relation::Carried(flags);
    }
    // Both are bounded on the same side, or both approximate: the numbers themselves must agree, or ours rounds theirs.
    if our_bound != Bound::Exact && class(our_bound) == class(their_bound) {
        let lower =
            a > 0 && ours.value <= value && ours.step > theirs.step && value <= ours.value * (Decimal::ONE + bands.far);
        return if rounds || lower { Relation::Carried(flags) } else { Relation::Differs(differing(ours, theirs)) };
    }
    // Another number: carried only where our bound holds it.
    let one = Decimal::ONE;
    let (x, magnitude) = (ours.value, ours.value.abs());
    let far = magnitude.is_zero() || (value - x).abs() > magnitude * bands.far;
    let contradiction = |far: bool| if far { vec![Flag::Number, Flag::Bound] } else { vec![Flag::Bound] };
    match our_bound {
        Bound::Over | Bound::AtLeast => {
            if value < x || value > x + magnitude * bands.ceiling || b < 0 && their_bound != Bound::Nearly {
                let close_enough = rounds && value >= x;
                return if close_enough { Relation::Carried(flags) } else { Relation::Differs(contradiction(far)) };
            }
            if their_bound == Bound::About {
                flags.push(Flag::HedgeDropped);
            }
            Relation::Carried(flags)
        }
        Bound::Under | Bound::AtMost | Bound::Nearly => {
            let floor = if our_bound == Bound::Nearly { bands.nearly } else { bands.floor };
            if value > x || value < x * (one - floor) || b > 0 {
                return Relation::Differs(contradiction(far));
            }
            if their_bound == Bound::About {
                flags.push(Flag::HedgeDropped);
            }
            Relation::Carried(flags)
        }
        Bound::About => {
            if (value - x).abs() <= magnitude * bands.about {
                Relation::Carried(flags)
            } else {
                Relation::Differs(differing(ours, theirs))
            }
        }
        Bound::Exact => {
            if rounds {
                flags.push(Flag::Rounded);
                return Relation::Carried(flags);
            }
            Relation::Differs(differing(ours, theirs))
        }
    }
}

/// Hedges of one class are equal.
fn class(bound: Bound) -> u8 {
    match bound {
        Bound::Exact => 0,
        Bound::About => 1,
        Bound::Nearly => 2,
        Bound::Over | Bound::AtLeast => 3,
        Bound::Under | Bound::AtMost => 4,
    }
}

fn same_digits(ours: &Amount, theirs: &Amount) -> bool {
    ours.digits == theirs.digits
}

fn differing(ours: &Amount, theirs: &Amount) -> Vec<Flag> {
    if ours.value == -theirs.value && !ours.value.is_zero() {
        vec![Flag::Sign]
    } else if ours.unit != theirs.unit
        && matches!((&ours.unit, &theirs.unit), (Unit::Measure(_), Unit::Measure(_)))
        && same_digits(ours, theirs)
    {
        vec![Flag::Unit]
    } else if ours.scale != theirs.scale && same_digits(ours, theirs) {
        vec![Flag::Scale]
    } else {
        vec![Flag::Number]
    }
}
