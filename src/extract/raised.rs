//! Raised characters: marks of notes, which are no part of the words, told from powers, which are part of the number.
//!
//! `312⁴ jobs` are 312 jobs with a note, `10³ litres` are a thousand. Neither may ever become `3124` or `103`, so
//! digits that are raised behind a digit are left out or stay raised, and never join.

/// What raised characters are in their sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raised {
    /// The mark of a note: no part of the words.
    Note,
    /// Part of its word: `1st`, `Mme`.
    Joined,
    /// A power or an index: these characters stand in its place.
    Power(String),
}

/// Longest text that is taken for a mark or a power, in bytes; longer ones are words that happen to be raised.
pub(super) const LONGEST: usize = 24;

/// Judges raised characters by what stands right before them in their block, and what right behind.
///
/// `noted` says that the document marks notes this way elsewhere: then a short number is no power's base.
pub(super) fn judge(before: &str, raised: &str, behind: Option<char>, noted: bool) -> Raised {
    let raised = raised.trim();
    if raised.is_empty() || raised.len() > LONGEST {
        return Raised::Joined;
    }
    if is_sign(raised) {
        return Raised::Note;
    }
    let word: &str = last_word(before);
    let number = is_number(word);
    if let [only] = raised.as_bytes()
        && only.is_ascii_lowercase()
    {
        // Letters mark notes behind numbers that are no ordinals (`1a`, `2e`), and behind the end of a sentence.
        let long = number && (word.len() > 2 || noted && word.len() > 1);
        let ended = before.ends_with(['.', ',', ';', ':', '!', '?', ')', '”', '’', '»', '“', '"']) && noted;
        return if long || ended { Raised::Note } else { Raised::Joined };
    }
    let (sign, digits) = match raised.strip_prefix(['-', '−', '–', '+']) {
        Some(digits) => (raised.starts_with(['-', '−', '–']), digits),
        None => (false, raised),
    };
    let signed = digits.len() < raised.len();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        // `1,2` and `3–5` are marks of several notes.
        let several = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ';' | ' ' | '-' | '–'));
        return if several { Raised::Note } else { Raised::Joined };
    }
    let power = || Raised::Power(superscript(sign, digits));
    if signed {
        return power();
    }
    if before.is_empty() || before.ends_with(char::is_whitespace) {
        // The number of an isotope stands before its letter: `14C`.
        return if behind.is_some_and(char::is_uppercase) { Raised::Joined } else { Raised::Note };
    }
    if word == "10" || is_unit(before, word, digits) {
        return power();
    }
    if number {
        return if word.len() <= 2 && !noted { power() } else { Raised::Note };
    }
    // A single letter, or one that a number multiplies, is a variable.
    let variable = word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && !matches!(word, "I" | "a");
    if (variable || word == "mc") && digits.len() == 1 { power() } else { Raised::Note }
}

/// What digits below the line stand as behind a digit (`489₁₃`); nothing where they stand behind something else, whose
/// part they are: `H2O`.
pub(super) fn lowered(before: &str, text: &str) -> Option<String> {
    let digits = text.trim();
    let number = before.ends_with(|c: char| c.is_ascii_digit()) && !digits.is_empty() && digits.len() <= LONGEST;
    (number && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.chars().filter_map(|digit| char::from_u32('₀' as u32 + digit.to_digit(10)?)).collect())
}

/// Judges a text that is not raised but linked or marked as one would mark a note: `312<a href="#fn4">4</a>`.
pub(super) fn is_mark(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.len() <= 8
        && (is_sign(text) || text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Signs that mark notes and nothing else: `*`, `†`, `[3]`.
fn is_sign(text: &str) -> bool {
    let inner = match (text.strip_prefix(['[', '(']), text.strip_suffix([']', ')'])) {
        (Some(_), Some(_)) => return text.chars().any(char::is_alphanumeric),
        _ => text,
    };
    inner.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#' | '∗' | '⁎'))
}

fn last_word(before: &str) -> &str {
    let edge = before
        .char_indices()
        .rev()
        .take(40)
        .find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '.' | ',' | '\'' | '’')))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let edge = if before.len() - edge > 200 { before.len() } else { edge };
    &before[edge..]
}

fn is_number(word: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a raised 2 or 3 belongs to a unit of length or time.
fn is_unit(before: &str, word: &str, digits: &str) -> bool {
    if !matches!(digits, "2" | "3") {
        return false;
    }
    // `40m²`: the number may stand right before its unit.
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let counted = unit.len() < word.len()
        || before[..before.len() - word.len()]
            .trim_end()
            .ends_with(|c: char| c.is_ascii_digit() || matches!(c, '/' | '(' | '·' | '%' | '½' | '¼' | '¾'));
    match unit {
        "km" | "cm" | "mm" | "dm" | "nm" | "µm" | "μm" | "hm" | "ft" | "yd" | "м" | "км" | "см" => true,
        "m" => true,
        "in" | "mi" | "s" | "h" | "sec" | "metres" | "meters" => counted,
        _ => false,
    }
}

fn superscript(negative: bool, digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 3 + 3);
    if negative {
        out.push('⁻');
    }
    out.extend(digits.chars().map(|digit| match digit {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    }));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_go_and_powers_stay_raised() {
        for (before, raised) in [
            ("The yard built 312", "4"),
            ("1,240", "12"),
            ("of 38.5", "a"),
            ("the tonnes", "12"),
            ("a quiet coast", "2"),
            ("“No,” she said.", "7"),
            ("as before ", "3"),
            ("hulls", "[3]"),
            ("hulls", "*"),
            ("hulls", "(note 2)"),
            ("hulls", "1, 2"),
            ("hulls", "3–5"),
            ("the Ministry said in", "2"),
        ] {
            assert_eq!(judge(before, raised, Some(' '), false), Raised::Note, "{before}^{raised}");
        }
        for (before, raised, stands) in [
            ("about 10", "3", "³"),
            ("5 × 10", "6", "⁶"),
            ("5 × 10", "−6", "⁻⁶"),
            ("a field of 40 m", "2", "²"),
            ("a field of 40m", "2", "²"),
            ("people per km", "2", "²"),
            ("where x", "2", "²"),
            ("E = mc", "2", "²"),
            ("2", "10", "¹⁰"),
            ("9 m s", "-2", "⁻²"),
        ] {
            assert_eq!(judge(before, raised, None, false), Raised::Power(stands.to_owned()), "{before}^{raised}");
        }
        for (before, raised) in [("the 1", "st"), ("M", "me"), ("n", "o"), ("2", "e"), ("Ca", "2+"), ("Brand", "TM")] {
            assert_eq!(judge(before, raised, Some(' '), false), Raised::Joined, "{before}^{raised}");
        }
    }

    #[test]
    fn a_short_number_is_a_base_only_where_nothing_else_is_noted() {
        assert_eq!(judge("lost 8", "4", Some(' '), true), Raised::Note);
        assert_eq!(judge("lost 8", "4", Some(' '), false), Raised::Power("⁴".to_owned()));
        assert_eq!(judge("", "14", Some('C'), true), Raised::Joined);
        assert_eq!(judge("", "4", Some(' '), true), Raised::Note);
    }

    #[test]
    fn lowered_digits_join_letters_and_never_a_number() {
        assert_eq!(lowered("about 489", "13"), Some("₁₃".to_owned()));
        assert_eq!(lowered("48,", "913"), None);
        assert_eq!(lowered("H", "2"), None);
        assert_eq!(lowered("489", "a"), None);
    }

    #[test]
    fn marks_are_short() {
        assert!(is_mark("4") && is_mark("[12]") && is_mark("†") && is_mark(" * "));
        assert!(!is_mark("2024") && !is_mark("here") && !is_mark(""));
    }
}
