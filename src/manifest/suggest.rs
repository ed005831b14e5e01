//! "Did you mean": the known word nearest to an unknown one.

use super::keys::{TABLES, Table};

/// Longer words are not compared; no key or verdict comes near it, and it bounds the work on hostile names.
const LONGEST: usize = 64;

/// The candidate nearest to a word, if any is near enough to be what was meant.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = folded(word);
    let letters = word.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST) {
        let candidate_letters = candidate.chars().count();
        // A third of the letters may differ, so that short words do not match everything.
        let allowed = (letters.max(candidate_letters) / 3).max(1);
        if candidate_letters.abs_diff(letters) > allowed || letters == 0 {
            continue;
        }
        let distance = strsim::osa_distance(&word, &folded(candidate));
        let better = best.is_none_or(|(least, _)| distance < least);
        if distance <= allowed && distance < letters.max(candidate_letters) && better {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The key of a table that an unknown key is probably meant to be.
pub(crate) fn key_meant(word: &str, table: &Table) -> Option<&'static str> {
    let wanted = folded(word);
    let alias = table.keys.iter().find(|key| key.aliases.contains(&wanted.as_str())).map(|key| key.name);
    // A key that stands in the wrong table is a commoner mistake than one letter wrong.
    if alias.is_none() && owner(&wanted, table).is_some() {
        return None;
    }
    nearest(word, table.keys.iter().map(|key| key.name)).or(alias)
}

/// What to write instead of a key that a table does not have.
pub(crate) fn for_key(word: &str, table: &Table) -> String {
    if let Some(name) = key_meant(word, table) {
        return format!("did you mean `{name}`?");
    }
    let wanted = folded(word);
    if let Some(other) = owner(&wanted, table) {
        return format!("`{wanted}` belongs in {}", other.header);
    }
    for other in TABLES {
        if let Some(name) = nearest(word, other.keys.iter().map(|key| key.name)) {
            return format!("did you mean `{name}`, which belongs in {}?", other.header);
        }
    }
    let names: Vec<String> = table.keys.iter().map(|key| format!("`{}`", key.name)).collect();
    format!("it may have {}", names.join(", "))
}

/// Another table that has a key of this name.
fn owner(name: &str, table: &Table) -> Option<&'static Table> {
    TABLES.into_iter().find(|other| other.header != table.header && other.key(name).is_some())
}

fn folded(word: &str) -> String {
    word.trim().to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::super::keys::{CLAIM, MANIFEST, SIGNED, SOURCE};
    use super::*;

    #[test]
    fn keys_are_found_by_misspelling_alias_and_table() {
        assert_eq!(for_key("statment", &CLAIM), "did you mean `statement`?");
        assert_eq!(for_key("Not-Before", &SOURCE), "did you mean `not_before`?");
        assert_eq!(for_key("file", &SOURCE), "did you mean `copy`?");
        assert_eq!(for_key("sources", &CLAIM), "did you mean `source`?");
        assert_eq!(for_key("claims", &MANIFEST), "did you mean `claim`?");
        assert_eq!(for_key("speaker", &SIGNED), "`speaker` belongs in [[claim]]");
        assert_eq!(for_key("statemnt", &SIGNED), "did you mean `statement`, which belongs in [[claim]]?");
        assert!(for_key("zzzzzzzzz", &SIGNED).starts_with("it may have `by`, `on`"));
    }

    #[test]
    fn nothing_near_gives_nothing() {
        assert_eq!(nearest("wrie", ["wire", "coast"]), Some("wire"));
        assert_eq!(nearest("x", ["any", "all"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest(&"a".repeat(10_000), ["a"]), None);
    }
}
