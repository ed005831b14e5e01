//! Units: what each measures, and how much of the first of its kind it is.

use rust_decimal::Decimal;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measured {
    Length,
    Area,
    Mass,
    Volume,
    Speed,
    Time,
    Data,
    Power,
    Energy,
}

/// A unit as a multiple of the first of its kind, as mantissa and number of decimals. Factors are exact by definition of the
/// yard, the pound, the gallon and the nautical mile.
struct Of {
    measured: Measured,
    mantissa: i64,
    decimals: u32,
    /// Whether it is one of the metric system, within which units differ by their prefix alone.
    metric: bool,
}

fn of(symbol: &str) -> Option<Of> {
    use Measured::*;
    let (measured, mantissa, decimals, metric) = match symbol {
        "mm" => (Length, 1, 3, true),
        "cm" => (Length, 1, 2, true),
        "m" => (Length, 1, 0, true),
        "km" => (Length, 1_000, 0, true),
        "in" => (Length, 254, 4, false),
        "ft" => (Length, 3_048, 4, false),
        "yd" => (Length, 9_144, 4, false),
        "mi" => (Length, 1_609_344, 3, false),
        "nmi" => (Length, 1_852, 0, false),
        "里" => (Length, 500, 0, false),
        "m²" => (Area, 1, 0, true),
        "km²" => (Area, 1_000_000, 0, true),
        "ha" => (Area, 10_000, 0, false),
        "acre" => (Area, 40_468_564_224, 7, false),
        "mi²" => (Area, 2_589_988_110_336, 6, false),
        "ft²" => (Area, 9_290_304, 8, false),
        "mg" => (Mass, 1, 6, true),
        "g" => (Mass, 1, 3, true),
        "kg" => (Mass, 1, 0, true),
        "t" => (Mass, 1_000, 0, false),
        "lb" => (Mass, 45_359_237, 8, false),
        "oz" => (Mass, 28_349_523_125, 12, false),
        "斤" => (Mass, 5, 1, false),
        "ml" => (Volume, 1, 3, true),
        "l" => (Volume, 1, 0, true),
        "m³" => (Volume, 1_000, 0, false),
        "gal" => (Volume, 3_785_411_784, 9, false),
        "bbl" => (Volume, 158_987_294_928, 9, false),
        "km/h" => (Speed, 1, 0, false),
        "mph" => (Speed, 1_609_344, 6, false),
        "m/s" => (Speed, 36, 1, false),
        "kn" => (Speed, 1_852, 3, false),
        "s" => (Time, 1, 0, false),
        "min" => (Time, 60, 0, false),
        "h" => (Time, 3_600, 0, false),
        "d" => (Time, 86_400, 0, false),
        "wk" => (Time, 604_800, 0, false),
        // Months and years by their mean length: two months are sixty days, as newspapers count.
        "mo" => (Time, 2_629_800, 0, false),
        "yr" => (Time, 31_557_600, 0, false),
        "kB" => (Data, 1, 3, true),
        "MB" => (Data, 1, 0, true),
        "GB" => (Data, 1_000, 0, true),
        "TB" => (Data, 1_000_000, 0, true),
        "W" => (Power, 1, 0, true),
        "kW" => (Power, 1_000, 0, true),
        "MW" => (Power, 1_000_000, 0, true),
        "GW" => (Power, 1_000_000_000, 0, true),
        "kWh" => (Energy, 1, 0, true),
        "MWh" => (Energy, 1_000, 0, true),
        "GWh" => (Energy, 1_000_000, 0, true),
        "TWh" => (Energy, 1_000_000_000, 0, true),
        _ => return None,
    };
    Some(Of { measured, mantissa, decimals, metric })
}

/// Whether two units differ by more than a prefix.
pub(super) fn are_other(a: &str, b: &str) -> bool {
    match (of(a), of(b)) {
        (Some(a), Some(b)) => !(a.metric && b.metric),
        _ => a != b,
    }
}

/// Whether a unit is so many of another by definition, so that who converts rounds nothing: two weeks are 14 days, and no 15. A
/// month is no number of days, and a gigabyte has two.
pub(super) fn are_multiples(a: &str, b: &str) -> bool {
    let of_calendar = |symbol: &str| matches!(symbol, "mo" | "yr");
    match (of(a), of(b)) {
        (Some(one), Some(other)) if one.measured == other.measured => match one.measured {
            Measured::Data => false,
            Measured::Time => of_calendar(a) == of_calendar(b),
            _ => one.metric && other.metric,
        },
        _ => matches!((a, b), ("bp", "pp") | ("pp", "bp")),
    }
}

/// Converts between units of one kind; `None` where they measure different things.
pub(super) fn convert(value: Decimal, from: &str, to: &str) -> Option<Decimal> {
    if from == to {
        return Some(value);
    }
    if let (Some(a), Some(b)) = (of(from), of(to)) {
        let factor = |of: &Of| Decimal::new(of.mantissa, of.decimals);
        return (a.measured == b.measured)
            .then(|| value.checked_mul(factor(&a)).and_then(|base| base.checked_div(factor(&b))))
            .flatten();
    }
    let nine_fifths = Decimal::new(18, 1);
    match (from, to) {
        ("°C", "°F") => value.checked_mul(nine_fifths)?.checked_add(Decimal::from(32)),
        ("°F", "°C") => value.checked_sub(Decimal::from(32))?.checked_div(nine_fifths),
        ("bp", "pp") => value.checked_div(Decimal::ONE_HUNDRED),
        ("pp", "bp") => value.checked_mul(Decimal::ONE_HUNDRED),
        _ => None,
    }
}

/// Symbols of units that are letters of the alphabet: they count only as they are written here.
pub(super) fn symbol(form: &str) -> Option<&'static str> {
    Some(match form {
        "m" => "m",
        "g" => "g",
        "h" => "h",
        "l" | "L" => "l",
        "t" => "t",
        "m²" | "m2" => "m²",
        "km²" | "km2" => "km²",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_so_much_of_another_of_its_kind_and_of_no_other() {
        for (value, from, wanted, to) in [
            ("25", "mm", "2.5", "cm"),
            ("1500", "m", "1.5", "km"),
            ("12", "in", "1", "ft"),
            ("3", "ft", "1", "yd"),
            ("1", "mi", "1.609344", "km"),
            ("1", "nmi", "1852", "m"),
            ("3", "里", "1500", "m"),
            ("2000000", "m²", "2", "km²"),
            ("1", "km²", "100", "ha"),
            ("640", "acre", "1", "mi²"),
            ("43560", "ft²", "1", "acre"),
            ("2500", "mg", "2.5", "g"),
            ("1000", "g", "1", "kg"),
            ("1", "t", "1000", "kg"),
            ("16", "oz", "1", "lb"),
            ("1", "lb", "0.45359237", "kg"),
            ("2", "斤", "1", "kg"),
            ("1500", "ml", "1.5", "l"),
            ("1", "m³", "1000", "l"),
            ("42", "gal", "1", "bbl"),
            ("1", "gal", "3.785411784", "l"),
            ("1", "mph", "1.609344", "km/h"),
            ("10", "m/s", "36", "km/h"),
            ("1", "kn", "1.852", "km/h"),
            ("120", "s", "2", "min"),
            ("90", "min", "1.5", "h"),
            ("48", "h", "2", "d"),
            ("14", "d", "2", "wk"),
            ("12", "mo", "1", "yr"),
            ("1000", "kB", "1", "MB"),
            ("1500", "MB", "1.5", "GB"),
            ("1000", "GB", "1", "TB"),
            ("1500", "W", "1.5", "kW"),
            ("1500", "kW", "1.5", "MW"),
            ("1500", "MW", "1.5", "GW"),
            ("1500", "kWh", "1.5", "MWh"),
            ("1500", "MWh", "1.5", "GWh"),
            ("1500", "GWh", "1.5", "TWh"),
            ("100", "°C", "212", "°F"),
            ("50", "bp", "0.5", "pp"),
            ("7", "furlong", "7", "furlong"),
        ] {
            let (value, wanted): (Decimal, Decimal) =
                (value.parse().expect("a value"), wanted.parse().expect("a value"));
            assert_eq!(convert(value, from, to), Some(wanted), "{value} {from} in {to}");
            assert_eq!(convert(wanted, to, from), Some(value), "{wanted} {to} in {from}");
        }
        for (from, to) in [
            ("m", "kg"),
            ("m", "m²"),
            ("km/h", "km"),
            ("kWh", "kW"),
            ("l", "kg"),
            ("°C", "m"),
            ("pp", "°F"),
            ("m", "pp"),
        ] {
            assert_eq!(convert(Decimal::ONE, from, to), None, "{from} in {to}");
        }
    }

    #[test]
    fn units_that_differ_by_a_prefix_are_multiples_and_no_others() {
        for (a, b, multiples, other) in [
            ("m", "km", true, false),
            ("mm", "m", true, false),
            ("g", "kg", true, false),
            ("kW", "MW", true, false),
            ("GWh", "TWh", true, false),
            ("m", "ft", false, true),
            ("ft", "yd", false, true),
            ("t", "kg", false, true),
            ("d", "wk", true, true),
            ("min", "h", true, true),
            ("mo", "yr", true, true),
            ("d", "mo", false, true),
            ("MB", "GB", false, false),
            ("m", "kg", false, false),
            ("W", "kWh", false, false),
            ("bp", "pp", true, true),
            ("°C", "°F", false, true),
            ("°C", "°C", false, false),
        ] {
            for (a, b) in [(a, b), (b, a)] {
                assert_eq!(are_multiples(a, b), multiples, "{a} and {b}");
                assert_eq!(are_other(a, b), other, "{a} and {b}");
            }
        }
    }

    #[test]
    fn letters_are_units_as_they_are_written_alone() {
        for (form, wanted) in [
            ("m", Some("m")),
            ("g", Some("g")),
            ("h", Some("h")),
            ("l", Some("l")),
            ("L", Some("l")),
            ("t", Some("t")),
            ("m²", Some("m²")),
            ("m2", Some("m²")),
            ("km²", Some("km²")),
            ("km2", Some("km²")),
            ("M", None),
            ("G", None),
            ("H", None),
            ("T", None),
            ("s", None),
            ("", None),
        ] {
            assert_eq!(symbol(form), wanted, "{form}");
        }
    }
}
