//! Currencies and units, by sign, code and word.

use super::run::Run;
use crate::model::figure::Unit;

/// The country before a `$`: `US$`, `A$`, `HK$`.
pub(super) fn national(run: &Run<'_>, at: usize) -> Option<&'static str> {
    let before = run.form(at.checked_sub(1)?);
    if !run.get(at)?.gap.is_empty() || run.form(at) != "$" {
        return None;
    }
    Some(match before {
        "US" | "USD" => "USD",
        "A" | "AU" | "AUS" => "AUD",
        "C" | "CA" | "Can" | "CDN" => "CAD",
        "HK" => "HKD",
        "NZ" => "NZD",
        "S" | "SG" => "SGD",
        "NT" => "TWD",
        "R" => "BRL",
        "MX" | "Mex" => "MXN",
        _ => return None,
    })
}

/// The currency of a sign. A sign that the language does not make clear stays itself.
pub(super) fn sign(form: &str, language: &str) -> Option<&'static str> {
    Some(match form {
        "$" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "¥" | "￥" if language == "ja" => "JPY",
        "¥" | "￥" if language == "zh" => "CNY",
        "¥" | "￥" => "¥",
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
        "₸" => "KZT",
        _ => return None,
    })
}

/// The currency of an ISO 4217 code, or of an abbreviation that stands before its number.
pub(super) fn code(form: &str) -> Option<&'static str> {
    const CODES: &[&str] = &[
        "USD", "EUR", "GBP", "JPY", "CNY", "INR", "RUB", "CHF", "CAD", "AUD", "PLN", "CZK", "SEK", "NOK", "DKK", "BRL",
        "MXN", "KRW", "HKD", "SGD", "ZAR", "TRY", "UAH", "NZD", "HUF", "RON", "ILS", "AED", "SAR", "EGP", "KZT", "THB",
        "VND", "IDR", "PHP", "NGN", "KES", "ARS", "TWD",
    ];
    match form {
        "Rs" | "RS" | "रु" => Some("INR"),
        "kr" | "Kr" => Some("kr"),
        "Fr" | "SFr" | "sFr" => Some("CHF"),
        "RMB" => Some("CNY"),
        "zł" => Some("PLN"),
        _ => CODES.iter().find(|code| **code == form).copied(),
    }
}

/// The unit of a symbol of the table of units.
pub(super) fn unit_of(symbol: &'static str) -> Unit {
    match symbol {
        "%" => Unit::Percent,
        "pp" => Unit::PercentagePoints,
        "kr" | "peso" => Unit::Money(symbol),
        code if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => Unit::Money(code),
        symbol => Unit::Measure(symbol),
    }
}

#[cfg(test)]
mod tests {
    use super::{code, sign, unit_of};
    use crate::matching::figure::stated;
    use crate::model::figure::{Quantity, Unit};

    #[test]
    fn signs_of_currencies() {
        for (form, wanted) in [
            ("$", "USD"),
            ("€", "EUR"),
            ("£", "GBP"),
            ("₹", "INR"),
            ("₽", "RUB"),
            ("₩", "KRW"),
            ("₺", "TRY"),
            ("₴", "UAH"),
            ("₪", "ILS"),
            ("₱", "PHP"),
            ("฿", "THB"),
            ("₫", "VND"),
            ("₦", "NGN"),
            ("₸", "KZT"),
        ] {
            for language in ["", "en", "ja", "zh"] {
                assert_eq!(sign(form, language), Some(wanted), "{form} {language}");
            }
        }
        for form in ["¥", "￥"] {
            for (language, wanted) in [("ja", "JPY"), ("zh", "CNY"), ("en", "¥"), ("", "¥"), ("ko", "¥")] {
                assert_eq!(sign(form, language), Some(wanted), "{form} {language}");
            }
        }
        assert_eq!(sign("%", "en"), None);
        assert_eq!(sign("E", "en"), None);
    }

    #[test]
    fn codes_of_currencies() {
        for (form, wanted) in [
            ("USD", Some("USD")),
            ("TWD", Some("TWD")),
            ("Rs", Some("INR")),
            ("RS", Some("INR")),
            ("रु", Some("INR")),
            ("kr", Some("kr")),
            ("Kr", Some("kr")),
            ("Fr", Some("CHF")),
            ("SFr", Some("CHF")),
            ("sFr", Some("CHF")),
            ("RMB", Some("CNY")),
            ("zł", Some("PLN")),
            ("usd", None),
            ("XYZ", None),
            ("", None),
        ] {
            assert_eq!(code(form), wanted, "{form}");
        }
    }

    #[test]
    fn units_of_symbols() {
        for (symbol, wanted) in [
            ("%", Unit::Percent),
            ("pp", Unit::PercentagePoints),
            ("kr", Unit::Money("kr")),
            ("peso", Unit::Money("peso")),
            ("EUR", Unit::Money("EUR")),
            ("EU", Unit::Measure("EU")),
            ("EURO", Unit::Measure("EURO")),
            ("kmh", Unit::Measure("kmh")),
            ("km", Unit::Measure("km")),
        ] {
            assert_eq!(unit_of(symbol), wanted, "{symbol}");
        }
    }

    #[test]
    fn the_country_before_a_dollar() {
        for (text, wanted) in [
            ("It cost US$12 in all.", "USD"),
            ("It cost A$12 in all.", "AUD"),
            ("It cost AU$12 in all.", "AUD"),
            ("It cost C$12 in all.", "CAD"),
            ("It cost CA$12 in all.", "CAD"),
            ("It cost HK$12 in all.", "HKD"),
            ("It cost NZ$12 in all.", "NZD"),
            ("It cost S$12 in all.", "SGD"),
            ("It cost NT$12 in all.", "TWD"),
            ("It cost R$12 in all.", "BRL"),
            ("It cost MX$12 in all.", "MXN"),
            ("It cost $12 in all.", "USD"),
        ] {
            let figures = stated(text, Some("en"));
            assert_eq!(figures.len(), 1, "{text}");
            let Quantity::Number(amount) = &figures[0].quantity else { panic!("{text}") };
            assert_eq!(amount.unit, Unit::Money(wanted), "{text}");
        }
    }
}
