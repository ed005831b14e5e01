//! Ids of drafted claims: from who speaks and the first telling words, the same from run to run.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::claim::{DraftClaim, Kind};
use super::lexicon::Lexicon;

/// Telling words that go into an id.
const WORDS: usize = 4;
/// Its length, before a number is added.
const LONGEST: usize = 48;

/// Gives every claim its id.
pub(super) fn give(text: &str, claims: &mut [DraftClaim], lexicon: &Lexicon) {
    let mut taken: HashMap<String, usize> = HashMap::new();
    for (number, claim) in claims.iter_mut().enumerate() {
        let mut words: Vec<String> = Vec::new();
        if let Some(speaker) = &claim.speaker
            && let Some(last) = speaker.split_whitespace().rev().find_map(surname)
        {
            words.push(last);
        }
        let source: Vec<&str> = match claim.kind {
            Kind::Figure => vec![&text[claim.statement.span()]],
            _ => claim.content.iter().map(|piece| &text[piece.span()]).collect(),
        };
        let telling = source
            .iter()
            .flat_map(|piece| piece.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/' | '-')))
            .filter(|word| {
                let lower = word.to_lowercase();
                let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
                !lexicon.is_determiner(bare)
                    && !lexicon.is_preposition(bare)
                    && !lexicon.is_auxiliary(bare)
                    && !lexicon.is_conjunction(bare)
                    && !lexicon.is_subordinator(bare)
                    && !bare.starts_with("http")
            })
            .filter_map(slug)
            .take(WORDS);
        words.extend(telling);
        let mut base = String::new();
        for word in words {
            let hyphen = usize::from(!base.is_empty());
            if base.len() + hyphen + word.len() > LONGEST {
                break;
            }
            if hyphen == 1 {
                base.push('-');
            }
            base.push_str(&word);
        }
        if base.is_empty() {
            base = format!("{}-{}", claim.kind.word(), number + 1);
        }
        let count = taken.entry(base.clone()).or_insert(0);
        *count += 1;
        let mut id = if *count == 1 { base.clone() } else { format!("{base}-{count}") };
        while *taken.get(&id).unwrap_or(&0) > usize::from(id == base) && id != base {
            id.push_str("-2");
        }
        if id != base {
            taken.insert(id.clone(), 1);
        }
        claim.id = id;
    }
}

/// The last name of a speaker, with the hyphens inside it; `None` where nothing is left of it.
fn surname(word: &str) -> Option<String> {
    let parts: Vec<String> = word.split(['-', '‑']).filter_map(slug).collect();
    (!parts.is_empty()).then(|| parts.join("-"))
}

/// A word in plain small letters; `None` where nothing is left of it.
fn slug(word: &str) -> Option<String> {
    let mut out = String::new();
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)).take(24) {
        match c {
            'ß' => out.push_str("ss"),
            'ø' | 'Ø' => out.push('o'),
            'æ' | 'Æ' => out.push_str("ae"),
            'ł' | 'Ł' => out.push('l'),
            _ if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    (!out.is_empty() && out != "s").then_some(out)
}
