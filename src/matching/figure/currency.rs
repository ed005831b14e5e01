//! Currencies and units, by sign, code and word.

use super::lexeme::Lexeme;
use crate::matching::terms;
use crate::model::figure::Unit;

/// The country before a `$`: `US$`, `A$`, `HK$`.
pub(super) fn national(lexemes: &[Lexeme<'_>], at: usize) -> Option<&'static str> {
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

pub(super) fn currency_sign(form: &str) -> Option<&'static str> {
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

pub(super) fn currency_code(form: &str) -> Option<&'static str> {
    const CODES: &[&str] = &[
        "USD", "EUR", "GBP", "JPY", "CNY", "INR", "RUB", "CHF", "CAD", "AUD", "PLN", "CZK", "SEK", "NOK", "DKK", "BRL",
        "MXN", "KRW", "HKD", "SGD", "ZAR", "TRY", "UAH", "NZD",
    ];
    if form == "Rs" {
        return Some("INR");
    }
    CODES.iter().find(|code| **code == form).copied()
}

/// The unit that a word names.
pub(super) fn measure(key: &str) -> Option<Unit> {
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
