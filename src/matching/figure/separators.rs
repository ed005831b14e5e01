//! Separators: which character of a text parts decimals, and which groups thousands.

use super::lexeme::Lexeme;
use crate::matching::fold::Kind;

/// Which character separates decimals; the other of `.` and `,` groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separators {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

impl Separators {
    /// What is usual in a language (CLDR).
    pub(super) fn of_language(language: &str) -> Self {
        match language {
            "de" | "fr" | "es" | "it" | "pt" | "nl" | "da" | "sv" | "no" | "nb" | "fi" | "pl" | "cs" | "sk" | "ru"
            | "uk" | "bg" | "el" | "tr" | "id" | "ro" | "hu" | "hr" | "sr" | "sl" | "ca" | "vi" => Self::Comma,
            _ => Self::Point,
        }
    }

    /// What a text's own unmistakable numbers say, else `usual`.
    pub(super) fn of_text(lexemes: &[Lexeme<'_>], usual: Self) -> Self {
        let numbers = lexemes.iter().filter(|lexeme| lexeme.kind == Kind::Number);
        Self::of_forms(numbers.map(|lexeme| lexeme.form.as_ref()), usual)
    }

    /// The same by the forms of its numbers.
    pub(super) fn of_forms<'f>(forms: impl Iterator<Item = &'f str>, usual: Self) -> Self {
        // Only groups of three tell: `7.5` stands in every language (versions, ratings), `45.000` does not.
        let (mut point, mut comma) = (0u32, 0u32);
        for form in forms {
            let digits: usize =
                form.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
            let form = form[..digits].trim_end_matches(['.', ',']);
            let groups = |separator: char| {
                let mut parts = form.split(separator);
                let first = parts.next().unwrap_or("");
                (1..=3).contains(&first.len()) && !first.starts_with('0') && parts.all(|group| group.len() == 3)
            };
            match (form.rfind('.'), form.rfind(',')) {
                (Some(dot), Some(com)) => *(if dot > com { &mut point } else { &mut comma }) += 2,
                (Some(_), None) if groups('.') => comma += if form.matches('.').count() > 1 { 2 } else { 1 },
                (None, Some(_)) if groups(',') => point += if form.matches(',').count() > 1 { 2 } else { 1 },
                _ => {}
            }
        }
        match usual {
            Self::Comma if point > comma => Self::Point,
            // A decimal with three places looks like a group: one alone does not turn a page around.
            Self::Point if comma > point + 1 => Self::Comma,
            usual => usual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Separators::{self, Comma, Point};

    #[test]
    fn numbers_that_can_be_read_in_one_way_say_what_separates() {
        for (forms, of_point, of_comma) in [
            ("", Point, Comma),
            ("7.5 7,5 12 1234", Point, Comma),
            // Of one group of three nobody knows: it may be a decimal.
            ("1.250", Point, Comma),
            ("1,250", Point, Point),
            ("1.250 4.500", Comma, Comma),
            ("1,250 4,500", Point, Point),
            ("1.250.000", Comma, Comma),
            ("1,250,000", Point, Point),
            ("1.250,5", Comma, Comma),
            ("1,250.5", Point, Point),
            ("1.250. 4.500,", Comma, Comma),
            ("1.250 1.250.000 1,250", Comma, Comma),
            ("1.250 1,250", Point, Comma),
            ("0.125 0.375 1.25 1234.567 .250 1.2500", Point, Comma),
            ("0,125 0,375 1,25 1234,567", Point, Comma),
            ("12.03.2024 1.2.3", Point, Comma),
            ("1.250km 4.500km", Comma, Comma),
        ] {
            let of = |usual| Separators::of_forms(forms.split_whitespace(), usual);
            assert_eq!((of(Point), of(Comma)), (of_point, of_comma), "{forms}");
        }
    }
}
