//! Outlets and other bodies: which names are none of a person.

use std::collections::HashSet;

use super::Names;

/// The words that tell an outlet.
pub(super) struct Outlets {
    kinds: HashSet<&'static str>,
    names: HashSet<&'static str>,
}

impl Outlets {
    pub(in crate::draft) fn read() -> Self {
        let mut outlets = Self { kinds: HashSet::new(), names: HashSet::new() };
        let mut kinds = true;
        for line in include_str!("../words/outlets.txt").lines().map(str::trim) {
            match line {
                "[kinds]" => kinds = true,
                "[names]" => kinds = false,
                _ if line.starts_with('#') => {}
                _ if kinds => outlets.kinds.extend(line.split_whitespace()),
                _ => outlets.names.extend(line.split_whitespace()),
            }
        }
        outlets
    }
}

impl Names<'_> {
    /// Whether a name is one of a body rather than a person.
    pub(in crate::draft) fn is_body(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        self.is_outlet(name)
            || lower.split_whitespace().any(|word| {
                matches!(
                    word.trim_end_matches(['.', ',']),
                    "party"
                        | "committee"
                        | "university"
                        | "institute"
                        | "center"
                        | "centre"
                        | "department"
                        | "ministry"
                        | "bank"
                        | "association"
                        | "group"
                        | "council"
                        | "court"
                        | "senate"
                        | "house"
                        | "office"
                        | "bureau"
                        | "service"
                        | "commission"
                        | "union"
                        | "league"
                        | "foundation"
                        | "company"
                        | "corporation"
                        | "inc"
                        | "fund"
                        | "society"
                        | "organization"
                        | "organisation"
                        | "embassy"
                        | "police"
                        | "county"
                        | "city"
                        | "states"
                        | "state"
                        | "kingdom"
                        | "campaign"
                        | "administration"
                        | "government"
                        | "congress"
                        | "parliament"
                        | "street"
                        | "authority"
                        | "board"
                        | "federation"
                        | "hospital"
                        | "school"
                        | "college"
                        | "hall"
                        | "index"
                        | "act"
                        | "islamic"
                        | "radio"
                        | "rovers"
                        | "united"
                        | "town"
                        | "athletic"
                        | "wanderers"
                        | "fc"
                        | "club"
                        | "team"
                        | "lines"
                        | "airlines"
                        | "airways"
                        | "capital"
                        | "energy"
                        | "motors"
                        | "systems"
                        | "partners"
                        | "holdings"
                        | "ltd"
                        | "plc"
                        | "gmbh"
                        | "alliance"
                        | "guild"
                        | "agency"
                        | "trust"
                        | "television"
                        | "tv"
                )
            })
    }

    /// Whether a name is one of an outlet.
    pub(in crate::draft) fn is_outlet(&self, name: &str) -> bool {
        let lower = name.to_lowercase().replace('’', "'");
        let words: Vec<&str> = lower
            .split(|c: char| c.is_whitespace())
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'))
            .filter(|word| !word.is_empty())
            .collect();
        let Some(last) = words.last() else { return false };
        if words.len() > 7 {
            return false;
        }
        let capital = name.chars().next().is_some_and(char::is_uppercase)
            || name.starts_with("the ")
            || name.starts_with("die ")
            || name.starts_with("le ")
            || name.starts_with("la ")
            || name.starts_with("el ");
        capital
            && (words.iter().any(|word| self.outlets.names.contains(word))
                || self.outlets.kinds.contains(last.trim_end_matches("'s")) && (words.len() > 1 || words[0].len() > 6)
                || words.len() >= 2
                    && words
                        .windows(2)
                        .any(|pair| pair[0] == "le" && pair[1] == "monde" || pair[0] == "el" && pair[1] == "país"))
            || last.ends_with(".com")
    }
}
