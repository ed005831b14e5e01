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
