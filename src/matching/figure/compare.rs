//! Comparing two figures as values. The bands are one table ([`Bands`]), because no style guide gives numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::units::{are_multiples, are_other, convert};
use crate::model::Flag;
use crate::model::figure::{Amount, Bands, Bound, DateParts, Figure, Quantity, TimeOfDay, Unit};

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
    if let Some((ours, theirs)) = in_one_money(ours, theirs) {
        return compare(&ours, &theirs, bands);
    }
    match (&ours.quantity, &theirs.quantity) {
        (Quantity::Date(a), Quantity::Date(b)) => dates(*a, *b),
        (Quantity::Days(a, b), Quantity::Days(c, d)) | (Quantity::Moved(a, b), Quantity::Moved(c, d)) => {
            match (dates(*a, *c), dates(*b, *d)) {
                (Relation::Carried(_), carried @ Relation::Carried(_)) => carried,
                _ => Relation::Differs(vec![Flag::Date]),
            }
        }
        // Either end of a span is a date in its own right; what lies between is another.
        (Quantity::Date(date), Quantity::Days(first, last)) => match dates(*date, *first) {
            carried @ Relation::Carried(_) => carried,
            _ => dates(*date, *last),
        },
        (Quantity::Date(date), Quantity::Moved(_, now)) => dates(*date, *now),
        (Quantity::Days(..) | Quantity::Moved(..), Quantity::Date(date)) if date.day.is_some() => {
            Relation::Differs(vec![Flag::Date])
        }
        (Quantity::Date(date), Quantity::Number(amount)) | (Quantity::Number(amount), Quantity::Date(date)) => {
            year(*date, amount)
        }
        (Quantity::Date(date), Quantity::Range(low, high)) => ends(*date, low, high),
        (Quantity::Range(low, _), Quantity::Date(_)) if low.unit == Unit::Year => Relation::Differs(vec![Flag::Date]),
        (Quantity::Number(a), Quantity::Number(b)) => numbers(a, ours.bound, b, theirs.bound, bands),
        (Quantity::Range(a, b), Quantity::Range(c, d)) => ranges((a, b), (c, d), bands),
        // `between 2010 and 2020 it rose to 8.3 million`: no year is so large, nor any other number than a whole one.
        (Quantity::Number(a), Quantity::Range(low, _)) if low.unit == Unit::Year && !may_be_year(a) => Relation::Unlike,
        (Quantity::Number(a), Quantity::Range(low, high)) => in_range(a, ours.bound, low, high, bands),
        (Quantity::Range(low, _), Quantity::Number(b)) => match unit_differs(low, b) {
            UnitRelation::Contradict(flag) => Relation::Differs(vec![flag]),
            UnitRelation::Unlike => Relation::Unlike,
            UnitRelation::Agree => Relation::Differs(vec![Flag::Number]),
        },
        (Quantity::Time(a), Quantity::Time(b)) => times(*a, *b),
        (Quantity::Score(a, b), Quantity::Score(c, d)) => scores((*a, *b), (*c, *d)),
        // `1-3` reads as a range, and is one unless the other side is a score.
        (Quantity::Score(a, b), Quantity::Range(low, high)) => {
            scores_of(low, high).map_or(Relation::Unlike, |other| scores((*a, *b), other))
        }
        (Quantity::Range(low, high), Quantity::Score(c, d)) => {
            scores_of(low, high).map_or(Relation::Unlike, |own| scores(own, (*c, *d)))
        }
        (Quantity::Vague(low, high), Quantity::Vague(other_low, other_high)) => {
            number_agrees((low.value, high.value) == (other_low.value, other_high.value))
        }
        (Quantity::Vague(low, high), Quantity::Number(number)) => {
            if number.unit != Unit::Count || number.ordinal {
                Relation::Unlike
            } else {
                number_agrees(low.value <= number.value && number.value <= high.value)
            }
        }
        (Quantity::Vague(low, high), Quantity::Range(from, to)) => {
            if from.unit != Unit::Count {
                Relation::Unlike
            } else {
                number_agrees(low.value <= from.value && to.value <= high.value)
            }
        }
        // More precise than the source.
        (Quantity::Number(number), Quantity::Vague(..)) if number.unit == Unit::Count && !number.ordinal => {
            Relation::Differs(vec![Flag::Number])
        }
        (Quantity::Range(low, _), Quantity::Vague(..)) if low.unit == Unit::Count => {
            Relation::Differs(vec![Flag::Number])
        }
        (Quantity::Name(head, number), Quantity::Name(other_head, other)) if head == other_head => {
            number_agrees(number == other)
        }
        _ => Relation::Unlike,
    }
}

/// Carried without a remark, or another number.
fn number_agrees(holds: bool) -> Relation {
    if holds { Relation::Carried(Vec::new()) } else { Relation::Differs(vec![Flag::Number]) }
}

/// Whether a number without a unit may be a year.
fn may_be_year(amount: &Amount) -> bool {
    matches!(amount.unit, Unit::Year | Unit::Count)
        && amount.scale == 0
        && amount.value.is_integer()
        && (Decimal::ONE_THOUSAND..Decimal::from(3_000)).contains(&amount.value)
}

/// `84 cents` against `$0.84`: both in the greater of them, where the one is a hundredth of the other.
fn in_one_money(ours: &Figure, theirs: &Figure) -> Option<(Figure, Figure)> {
    let unit = |figure: &Figure| match &figure.quantity {
        Quantity::Number(amount) | Quantity::Range(_, amount) => Some(amount.unit.clone()),
        _ => None,
    };
    let (Unit::Money(greater), minor) = (match (unit(ours)?, unit(theirs)?) {
        (money @ Unit::Money(_), minor @ Unit::Measure("¢")) | (minor @ Unit::Measure("¢"), money @ Unit::Money(_)) => {
            (money, minor)
        }
        _ => return None,
    }) else {
        return None;
    };
    let raised = |figure: &Figure| {
        let raise = |amount: &Amount| {
            let hundredth = Decimal::new(1, 2);
            match amount.unit == minor && amount.scale == 0 {
                true => Amount {
                    value: amount.value * hundredth,
                    digits: amount.digits * hundredth,
                    step: amount.step * hundredth,
                    unit: Unit::Money(greater),
                    ..amount.clone()
                },
                false => amount.clone(),
            }
        };
        let quantity = match &figure.quantity {
            Quantity::Number(amount) => Quantity::Number(raise(amount)),
            Quantity::Range(low, high) => Quantity::Range(raise(low), raise(high)),
            other => other.clone(),
        };
        Figure { quantity, ..figure.clone() }
    };
    let (ours, theirs) = (raised(ours), raised(theirs));
    // Sums with a scale word are left as they are.
    (unit(&ours)? == unit(&theirs)?).then_some((ours, theirs))
}

fn scores_of(low: &Amount, high: &Amount) -> Option<(u32, u32)> {
    let plain = |amount: &Amount| {
        (amount.unit == Unit::Count && amount.scale == 0 && !amount.in_words).then(|| amount.value.to_u32()).flatten()
    };
    Some((plain(low)?, plain(high)?))
}

fn scores(ours: (u32, u32), theirs: (u32, u32)) -> Relation {
    number_agrees(ours == theirs)
}

/// Times of the day; where one side leaves the half of the day open, both halves fit.
fn times(ours: TimeOfDay, theirs: TimeOfDay) -> Relation {
    let half = 12 * 60;
    let same = if ours.certain && theirs.certain {
        ours.minutes == theirs.minutes
    } else {
        ours.minutes % half == theirs.minutes % half
    };
    number_agrees(same)
}

fn ranges(ours: (&Amount, &Amount), theirs: (&Amount, &Amount), bands: &Bands) -> Relation {
    let end = |a: &Amount, b: &Amount| numbers(a, Bound::Exact, b, Bound::Exact, bands);
    let years = ours.0.unit == Unit::Year && theirs.0.unit == Unit::Year;
    match (end(ours.0, theirs.0), end(ours.1, theirs.1)) {
        (Relation::Carried(mut flags), Relation::Carried(more)) => {
            flags.extend(more);
            flags.dedup();
            Relation::Carried(flags)
        }
        (Relation::Unlike, _) | (_, Relation::Unlike) => Relation::Unlike,
        (Relation::Differs(_), _) | (_, Relation::Differs(_)) if years => Relation::Differs(vec![Flag::Date]),
        (Relation::Differs(flags), _) | (_, Relation::Differs(flags)) => Relation::Differs(flags),
    }
}

/// A year against a span of years: its ends are dates in their own right.
fn ends(date: DateParts, low: &Amount, high: &Amount) -> Relation {
    if low.unit != Unit::Year || date.month.is_some() {
        return Relation::Unlike;
    }
    let decade = high.value - low.value == Decimal::from(9) && (low.value % Decimal::TEN).is_zero();
    match date.year.map(Decimal::from) {
        Some(year) if !decade && (year == low.value || year == high.value) => Relation::Carried(Vec::new()),
        Some(_) => Relation::Differs(vec![Flag::Date]),
        None => Relation::Unlike,
    }
}

/// A number against a range: an end alone is carried without its range, what lies inside is another figure.
fn in_range(ours: &Amount, bound: Bound, low: &Amount, high: &Amount, bands: &Bands) -> Relation {
    match unit_differs(ours, low) {
        UnitRelation::Agree => {}
        UnitRelation::Unlike => return Relation::Unlike,
        UnitRelation::Contradict(flag) => return Relation::Differs(vec![flag]),
    }
    // The end that lies nearest, where the whole range lies on the other side.
    let contradicting = match bound {
        Bound::Over => (high.value <= ours.value).then_some(high),
        Bound::AtLeast => (high.value < ours.value).then_some(high),
        Bound::Under | Bound::Nearly => (low.value >= ours.value).then_some(low),
        Bound::AtMost => (low.value > ours.value).then_some(low),
        Bound::Exact | Bound::About => None,
    };
    if let Some(nearest) = contradicting {
        let far = apart(nearest.value, ours.value) > ours.value.abs().saturating_mul(bands.far);
        return Relation::Differs(if far { vec![Flag::Number, Flag::Bound] } else { vec![Flag::Bound] });
    }
    for end in [low, high] {
        if let Relation::Carried(mut flags) = numbers(ours, Bound::Exact, end, Bound::Exact, bands) {
            let upper = std::ptr::eq(end, high);
            let kept = match bound {
                Bound::AtMost | Bound::Under | Bound::Nearly => upper,
                Bound::AtLeast | Bound::Over => !upper,
                Bound::About | Bound::Exact => false,
            };
            if !kept {
                flags.push(Flag::HedgeDropped);
            }
            return Relation::Carried(flags);
        }
    }
    if low.value <= ours.value && ours.value <= high.value && bound == Bound::About {
        return Relation::Carried(Vec::new());
    }
    let carried = match bound {
        Bound::Over | Bound::AtLeast => low.value >= ours.value && high.value <= above(ours, bands.over),
        Bound::Under | Bound::AtMost => high.value <= ours.value && low.value >= below(ours, bands.under),
        Bound::Nearly => high.value <= ours.value && low.value >= below(ours, bands.nearly),
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
        && !amount.grouped
        && !amount.in_words
        && matches!(amount.unit, Unit::Count | Unit::Year);
    match date.year {
        Some(year) if bare && amount.value == Decimal::from(year) => Relation::Carried(Vec::new()),
        _ => Relation::Unlike,
    }
}

/// How the units of two amounts stand to each other.
enum UnitRelation {
    Agree,
    Contradict(Flag),
    Unlike,
}

fn unit_differs(ours: &Amount, theirs: &Amount) -> UnitRelation {
    if ours.unit == theirs.unit {
        return UnitRelation::Agree;
    }
    match (&ours.unit, &theirs.unit) {
        // A manifest may leave the physical unit to the words of the statement.
        (Unit::Count | Unit::Year, Unit::Measure(_)) | (Unit::Count, Unit::Year) | (Unit::Year, Unit::Count) => {
            UnitRelation::Agree
        }
        (Unit::Measure("age"), Unit::Count) => UnitRelation::Agree,
        // `2.6x` against `2.6 times`
        (Unit::Measure("×"), Unit::Count) if ours.value == theirs.value => UnitRelation::Agree,
        (Unit::Measure(a), Unit::Measure(b)) => {
            if convert(Decimal::ONE, a, b).is_some() || is_degree(a) && is_degree(b) && (*a == "°" || *b == "°") {
                UnitRelation::Agree
            } else {
                UnitRelation::Unlike
            }
        }
        (Unit::Money(a), Unit::Money(b)) if same_money(a, b) => UnitRelation::Agree,
        // A pound is money as well as a mass.
        (Unit::Money("GBP"), Unit::Measure("lb")) | (Unit::Measure("lb"), Unit::Money("GBP")) => UnitRelation::Agree,
        (Unit::PercentagePoints, Unit::Measure("bp" | "point"))
        | (Unit::Measure("bp" | "point"), Unit::PercentagePoints) => UnitRelation::Agree,
        (Unit::Money(_), Unit::Money(_))
        | (Unit::Percent, Unit::PercentagePoints)
        | (Unit::PercentagePoints, Unit::Percent) => UnitRelation::Contradict(Flag::Unit),
        // Of different kinds: only the same value with another unit is an error, everything else counts another thing.
        _ if ours.value == theirs.value || same_digits(ours, theirs) => UnitRelation::Contradict(Flag::Unit),
        _ => UnitRelation::Unlike,
    }
}

fn is_degree(symbol: &str) -> bool {
    matches!(symbol, "°" | "°C" | "°F")
}

/// Whether two currencies can be one: a sign that several share is each of them.
fn same_money(a: &str, b: &str) -> bool {
    let shared = |sign: &str, code: &str| match sign {
        "¥" => matches!(code, "JPY" | "CNY"),
        "kr" => matches!(code, "SEK" | "NOK" | "DKK"),
        "peso" => matches!(code, "MXN" | "ARS" | "PHP"),
        _ => false,
    };
    shared(a, b) || shared(b, a)
}

/// The symbol by which a unit converts.
fn symbol(unit: &Unit) -> Option<&'static str> {
    match unit {
        Unit::Measure(symbol) => Some(symbol),
        Unit::PercentagePoints => Some("pp"),
        _ => None,
    }
}

/// How far two values lie apart; of the greatest that there are no more than can be said.
fn apart(a: Decimal, b: Decimal) -> Decimal {
    a.saturating_sub(b).abs()
}

/// The value that lies so far above a claimed one, as a share of it.
fn above(ours: &Amount, share: Decimal) -> Decimal {
    ours.value.saturating_add(ours.value.abs().saturating_mul(share))
}

/// The value that lies so far below a claimed one, as a share of it.
fn below(ours: &Amount, share: Decimal) -> Decimal {
    ours.value.saturating_sub(ours.value.abs().saturating_mul(share))
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
        UnitRelation::Agree => {}
        UnitRelation::Unlike => return Relation::Unlike,
        UnitRelation::Contradict(flag) => {
            return Relation::Differs(if same_digits(ours, theirs) || ours.value == theirs.value {
                vec![flag]
            } else {
                vec![Flag::Number, flag]
            });
        }
    }
    if ours.ordinal != theirs.ordinal {
        return Relation::Unlike;
    }
    let mut flags = Vec::new();
    let mut value = theirs.value;
    let mut coarse = Decimal::ZERO;
    if let (Some(a), Some(b)) = (symbol(&ours.unit), symbol(&theirs.unit))
        && a != b
        && let Some(converted) = convert(value, b, a)
    {
        value = converted;
        // A converted figure is as precise as the coarser of the two is written, and as ours where nothing is rounded between.
        let next = theirs.value.checked_add(theirs.step).and_then(|next| convert(next, b, a));
        let next = next.filter(|_| !are_multiples(a, b));
        coarse = next.map_or(Decimal::ZERO, |next| (next - converted).abs()).max(ours.step);
        if are_other(a, b) {
            flags.push(Flag::Converted);
        }
    }
    let gap = apart(ours.value, value).saturating_mul(Decimal::TWO);
    // Shares in words round to whole percent on either side.
    let words = ours.unit == Unit::Percent && (ours.in_words || theirs.in_words) && gap <= ours.step.max(theirs.step);
    // What lies halfway rounds up.
    let up = ours.value.abs() > value.abs();
    let same = ours.value == value || gap < coarse || gap == coarse && up;
    // A year is no rounder for ending in a nought.
    let rounds = !same
        && ours.unit != Unit::Year
        && (words
            || ours.step > theirs.step.max(coarse)
                && apart(ours.value, value) <= ours.step.saturating_mul(bands.rounding)
                && (gap != ours.step || up)
                && (ours.step > Decimal::ONE || ours.digits.scale() > 0 || ours.scale > 0));
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
            (Bound::Exact, _) | (_, Bound::About) => flags.push(Flag::HedgeDropped),
            // Only the same number, written bare, shows that the hedge is ours.
            (_, Bound::Exact) if coarse.is_zero() => flags.push(Flag::HedgeAdded),
            _ => {}
        }
        return Relation::Carried(flags);
    }
    // Both are bounded on the same side, or both approximate: the numbers themselves must agree, or ours rounds theirs.
    if our_bound != Bound::Exact && class(our_bound) == class(their_bound) {
        let lower = a > 0 && ours.value <= value && ours.step > theirs.step && value <= above(ours, bands.far);
        return if rounds || lower { Relation::Carried(flags) } else { Relation::Differs(differing(ours, theirs)) };
    }
    // Another number: carried only where our bound holds it.
    let (x, magnitude) = (ours.value, ours.value.abs());
    let far = magnitude.is_zero() || apart(value, x) > magnitude.saturating_mul(bands.far);
    let contradiction = |far: bool| if far { vec![Flag::Number, Flag::Bound] } else { vec![Flag::Bound] };
    match our_bound {
        Bound::Over | Bound::AtLeast => {
            if value < x || value > above(ours, bands.over) || b < 0 && their_bound != Bound::Nearly {
                let close_enough = rounds && value >= x;
                return if close_enough { Relation::Carried(flags) } else { Relation::Differs(contradiction(far)) };
            }
            if their_bound == Bound::About {
                flags.push(Flag::HedgeDropped);
            }
            Relation::Carried(flags)
        }
        Bound::Under | Bound::AtMost | Bound::Nearly => {
            let reach = if our_bound == Bound::Nearly { bands.nearly } else { bands.under };
            if value > x || value < below(ours, reach) || b > 0 {
                return Relation::Differs(contradiction(far));
            }
            if their_bound == Bound::About {
                flags.push(Flag::HedgeDropped);
            }
            Relation::Carried(flags)
        }
        Bound::About => {
            if apart(value, x) <= magnitude.saturating_mul(bands.about) {
                Relation::Carried(flags)
            } else {
                Relation::Differs(differing(ours, theirs))
            }
        }
        Bound::Exact => Relation::Differs(differing(ours, theirs)),
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
    } else if ours.unit != theirs.unit && symbol(&ours.unit).is_some() && same_digits(ours, theirs) {
        vec![Flag::Unit]
    } else if ours.scale != theirs.scale && same_digits(ours, theirs) {
        vec![Flag::Scale]
    } else {
        vec![Flag::Number]
    }
}
