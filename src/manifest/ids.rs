//! Ids of claims: which are allowed, and which are derived from the words of a statement.
//!
//! A derived id depends on the statement and on the ids before it alone, so it stays the same from run to run.

use std::collections::{HashMap, HashSet};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest id that a manifest may write, in characters.
pub(crate) const LONGEST: usize = 100;
/// The longest id that is derived, before a number is added.
const LONGEST_DERIVED: usize = 48;
/// How many words of the statement make an id.
const WORDS: usize = 5;

/// Whether an id is allowed: letters, digits, `-` and `_`, at most [`LONGEST`] of them.
pub(crate) fn is_allowed(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) && id.chars().count() <= LONGEST
}

/// Makes a text an id by replacing what is not allowed; empty if nothing is left.
pub(crate) fn allowed(text: &str) -> String {
    let joined: String = text.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let parts: Vec<&str> = joined.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-").chars().take(LONGEST).collect()
}

/// Hands out ids that are not taken.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    taken: HashSet<String>,
    /// The number that a derived id was last given.
    last: HashMap<String, usize>,
}

impl Ids {
    /// Takes a written id; false where it was taken before.
    pub(crate) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// Derives an id from the words of a statement.
    pub(crate) fn derive(&mut self, statement: &str) -> String {
        let base = slug(statement).unwrap_or_else(|| {
            let digest = HEXLOWER.encode(&Sha256::digest(statement.as_bytes()));
            format!("claim-{}", digest.get(..8).unwrap_or_default())
        });
        if self.taken.insert(base.clone()) {
            return base;
        }
        let last = self.last.entry(base.clone()).or_insert(1);
        loop {
            *last += 1;
            let numbered = format!("{base}-{last}");
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// The first words in ASCII; `None` where most of them cannot be written so.
fn slug(statement: &str) -> Option<String> {
    let words = statement
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c) && !matches!(c, '\'' | '’'))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        // More than five words never matter, and a hostile statement may be megabytes long.
        .take(WORDS);
    let (mut slug, mut foreign, mut written) = (String::new(), 0, 0);
    for word in words {
        let mut ascii = String::new();
        for c in word.nfkd().filter(|c| !is_combining_mark(*c)).take(LONGEST) {
            match fold(c) {
                Some(letters) => ascii.push_str(letters),
                None if c.is_ascii_alphanumeric() => ascii.push(c.to_ascii_lowercase()),
                None if c.is_alphanumeric() => foreign += 1,
                None => {}
            }
        }
        written += ascii.len();
        if !ascii.is_empty() {
            let hyphen = usize::from(!slug.is_empty());
            if hyphen == 1 && slug.len() + hyphen + ascii.len() > LONGEST_DERIVED {
                break;
            }
            slug.push_str(if hyphen == 1 { "-" } else { "" });
            slug.push_str(&ascii);
        }
    }
    slug.truncate(LONGEST_DERIVED);
    (written > foreign).then_some(slug)
}

/// Letters that do not decompose.
fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        'ħ' | 'Ħ' => "h",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derive(statement: &str) -> String {
        Ids::default().derive(statement)
    }

    #[test]
    fn ids_come_from_the_first_words() {
        assert_eq!(derive("Mara Lindqvist said the league “has turned”."), "mara-lindqvist-said-the-league");
        assert_eq!(derive("Łódź isn’t Straße — Ærø!"), "lodz-isnt-strasse-aero");
        assert_eq!(derive("1,400 people"), "1-400-people");
        assert_eq!(derive(&"extraordinarily ".repeat(5)), "extraordinarily-extraordinarily-extraordinarily");
        assert_eq!(derive(&"a".repeat(500)).len(), 48);
    }

    #[test]
    fn other_scripts_fall_back_to_a_digest() {
        let id = derive("林德说联盟已经转向海岸。");
        assert!(id.starts_with("claim-") && id.len() == 14 && is_allowed(&id), "{id}");
        assert_eq!(id, derive("林德说联盟已经转向海岸。"));
        assert_ne!(id, derive("林德说联盟已经转向山。"));
        assert!(derive("Владимир сказал NASA").starts_with("claim-"));
        assert!(derive("“…”").starts_with("claim-"));
    }

    #[test]
    fn ids_are_unique() {
        let mut ids = Ids::default();
        assert!(ids.take("same-words"));
        assert!(!ids.take("same-words"));
        assert!(ids.take("same-words-2"));
        assert_eq!(ids.derive("Same words!"), "same-words-3");
        assert_eq!(ids.derive("Same words."), "same-words-4");
    }

    #[test]
    fn what_is_allowed() {
        assert!(is_allowed("a-B_9") && is_allowed("å") && is_allowed(&"a".repeat(100)));
        for wrong in ["", "a b", "a/b", "a.b", &"a".repeat(101), "\u{202e}a"] {
            assert!(!is_allowed(wrong), "{wrong}");
        }
        assert_eq!(allowed("toll (82) / final"), "toll-82-final");
    }
}
