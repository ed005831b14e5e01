//! Spelling: variants of one word that house styles change without a mark, and that change nothing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a form carries accents.
pub(super) fn has_accents(form: &str) -> bool {
    !form.is_ascii() && form.nfd().any(|c| ('\u{300}'..='\u{36f}').contains(&c))
}

/// Whether two forms with one key differ only in letters that stand for each other: `ß`/`ss`, `ё`/`е`, Arabic vowel signs.
pub(super) fn is_letter_variant(left: &str, right: &str) -> bool {
    let plain = |form: &str| -> String {
        form.to_lowercase()
            .chars()
            .flat_map(|c| match c {
                'ß' => vec!['s', 's'],
                'ё' => vec!['е'],
                'ς' => vec!['σ'],
                c if is_combining_mark(c) && !('\u{300}'..='\u{36f}').contains(&c) => vec![],
                c => vec![c],
            })
            .collect()
    };
    plain(left) == plain(right)
}

/// Whether two keys are the British and the American spelling of one word.
///
/// Only endings that form pairs of one meaning, and only in words long enough not to run two words together (`four` and
/// `for`, `filled` and `filed` stay apart).
pub(super) fn is_regional_variant(left: &str, right: &str) -> bool {
    if left == right || !left.is_ascii() || !right.is_ascii() || left.len() < 4 || right.len() < 4 {
        return false;
    }
    matches!(
        (left, right),
        ("grey", "gray")
            | ("gray", "grey")
            | ("tyre", "tire")
            | ("tire", "tyre")
            | ("programme", "program")
            | ("program", "programme")
    ) || american(left) == american(right)
}

/// A key with its regional endings in American spelling.
fn american(key: &str) -> String {
    let mut word = key.to_owned();
    if word.len() >= 6 {
        for (british, american) in [
            ("isation", "ization"),
            ("ising", "izing"),
            ("ised", "ized"),
            ("iser", "izer"),
            ("ises", "izes"),
            ("yse", "yze"),
            ("ysed", "yzed"),
            ("ysing", "yzing"),
        ] {
            if let Some(stem) = word.strip_suffix(british) {
                word = format!("{stem}{american}");
            } else if let Some(stem) = word.strip_suffix(&format!("{british}s")) {
                word = format!("{stem}{american}s");
            }
        }
        if let Some(stem) = word.strip_suffix("ise") {
            word = format!("{stem}ize");
        }
        for (british, american) in [
            ("our", "or"),
            ("ours", "ors"),
            ("oured", "ored"),
            ("ouring", "oring"),
            ("ourite", "orite"),
            ("ourable", "orable"),
            ("ourhood", "orhood"),
            ("tre", "ter"),
            ("tres", "ters"),
            ("ence", "ense"),
            ("ogue", "og"),
            ("ogues", "ogs"),
        ] {
            if let Some(stem) = word.strip_suffix(british)
                && (british != "ence" || matches!(stem, "def" | "off" | "lic" | "pret"))
            {
                word = format!("{stem}{american}");
                break;
            }
        }
        for (british, american) in [("dgement", "dgment"), ("dgements", "dgments")] {
            if let Some(stem) = word.strip_suffix(british) {
                word = format!("{stem}{american}");
            }
        }
    }
    if key.len() >= 8 || key.len() == 7 && !key.ends_with("lled") && !key.ends_with("lling") {
        for (british, american) in
            [("lled", "led"), ("lling", "ling"), ("ller", "ler"), ("llers", "lers"), ("llor", "lor")]
        {
            if let Some(stem) = word.strip_suffix(british)
                && stem.ends_with(['e', 'a'])
                && stem.len() >= 4
            {
                word = format!("{stem}{american}");
                break;
            }
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regional_spellings_are_one_word() {
        for (left, right) in [
            ("organisation", "organization"),
            ("colour", "color"),
            ("labour", "labor"),
            ("centre", "center"),
            ("travelled", "traveled"),
            ("analyse", "analyze"),
            ("judgement", "judgment"),
            ("grey", "gray"),
            ("neighbourhood", "neighborhood"),
            ("recognise", "recognize"),
            ("defence", "defense"),
            ("realised", "realized"),
        ] {
            assert!(is_regional_variant(left, right), "{left} / {right}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (left, right) in [
            ("four", "for"),
            ("filled", "filed"),
            ("rise", "rize "),
            ("than", "then"),
            ("adverse", "averse"),
            ("called", "caled "),
            ("months", "years"),
            ("tour", "tor"),
            ("absence", "absense "),
        ] {
            assert!(!is_regional_variant(left, right), "{left} / {right}");
        }
    }
}
