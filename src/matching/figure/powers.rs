//! Powers of ten: `5 × 10⁶`, `5 x 10^6`, `5e6`, `10⁶` → an exponent, and where it ends.

use super::run::Run;

/// A power of ten behind a number (`5 × 10⁶`, `5 x 10^6`, `5e6`), or alone (`10⁶`): scientific notation as ISO 80000-1
/// writes it, and as it is typed.
pub(super) struct Power {
    pub(super) exponent: i32,
    /// One past its last lexeme.
    pub(super) end: usize,
    /// Whether no number stands before it.
    pub(super) bare: bool,
}

impl Power {
    /// The power that the number from `number` to `end`, with `suffix` in its last token, is or has behind it.
    pub(super) fn of(run: &Run<'_>, number: usize, end: usize, suffix: &str) -> Option<Self> {
        if let Some(exponent) = suffix.strip_prefix('e').filter(|digits| (1..=2).contains(&digits.len())) {
            return Some(Self { exponent: exponent.parse().ok()?, end, bare: false });
        }
        if !suffix.is_empty() {
            return None;
        }
        if let Some((exponent, end)) = exponent(run, number) {
            return Some(Self { exponent, end, bare: true });
        }
        let times = run.get(end)?;
        let signed = matches!(times.form.as_ref(), "×" | "x" | "*" | "⋅" | "✕" | "∙") && times.gap.trim().is_empty();
        let dotted = matches!(times.gap.trim(), "·" | "⋅" | "∙" | "•" | "*" | "×");
        let ten = if signed { end + 1 } else { end };
        if !signed && !dotted || signed && !run.get(ten)?.gap.trim().is_empty() {
            return None;
        }
        exponent(run, ten).map(|(exponent, end)| Self { exponent, end, bare: false })
    }
}

/// The exponent of the ten at `at` (`10⁶`, `10^6`, `10**6`), and where it ends.
fn exponent(run: &Run<'_>, at: usize) -> Option<(i32, usize)> {
    if run.form(at) != "10" {
        return None;
    }
    let first = run.get(at + 1)?;
    if let Some(minus) = match first.gap {
        "^" | "**" => Some(false),
        "^-" | "^−" | "^–" | "**-" => Some(true),
        _ => None,
    } {
        let size: i32 = first.form.parse().ok().filter(|size| *size < 100)?;
        return Some((if minus { -size } else { size }, at + 2));
    }
    let mut end = at + 1;
    let (mut size, mut minus) = (0, false);
    while let Some(lexeme) = run.get(end).filter(|lexeme| matches!(lexeme.gap, "" | "⁻" | "⁺")) {
        minus |= lexeme.gap == "⁻";
        let mut characters = lexeme.form.chars();
        let Some(digit) = characters.next().and_then(raised).filter(|_| characters.next().is_none()) else { break };
        size = size * 10 + digit;
        end += 1;
        if size > 99 {
            return None;
        }
    }
    (end > at + 1).then_some((if minus { -size } else { size }, end))
}

/// The value of a superscript digit.
fn raised(c: char) -> Option<i32> {
    Some(match c {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => c as i32 - '⁴' as i32 + 4,
        _ => return None,
    })
}
