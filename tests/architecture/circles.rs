//! Which file names which, and the circles among them.
//!
//! A path that begins with `crate::` or `super::` leads to the deepest file that it names; a file that uses a module it
//! declares leads to that module's file. A declaration alone is no arrow, and neither is what a file below takes from the
//! file that opens its own folder: the two are one room.

use std::collections::{BTreeMap, BTreeSet};

use crate::scanner::Source;

/// The files that each file names.
pub(crate) type Arrows = BTreeMap<String, BTreeSet<String>>;

/// Every arrow between the files of a crate.
pub(crate) fn arrows(sources: &[Source]) -> Arrows {
    let files: BTreeMap<Vec<String>, &str> =
        sources.iter().map(|source| (source.path(), source.file.as_str())).collect();
    let mut arrows = Arrows::new();
    for source in sources {
        let own = source.path();
        let mut named = BTreeSet::new();
        for path in paths(&source.code().replace("(in crate", "(in  ")) {
            let mut at = match path[0].as_str() {
                "crate" => Vec::new(),
                "super" | "self" => own.clone(),
                child => {
                    let mut below = own.clone();
                    below.push(child.to_owned());
                    if files.contains_key(&below) { own.clone() } else { continue }
                }
            };
            for step in path.iter().skip_while(|step| matches!(step.as_str(), "crate" | "self")) {
                if step == "super" {
                    at.pop();
                } else {
                    at.push(step.clone());
                }
            }
            while !at.is_empty() && !files.contains_key(&at) {
                at.pop();
            }
            let opens = at.len() < own.len() && own.starts_with(&at);
            if let Some(file) = files.get(&at).filter(|file| **file != source.file && !opens) {
                named.insert((*file).to_owned());
            }
        }
        arrows.insert(source.file.clone(), named);
    }
    arrows
}

/// The files that stand in circles: what is left when every file that names nothing (more) has been taken away, and then
/// every file that nothing (more) names.
pub(crate) fn in_circles(arrows: &Arrows) -> Vec<String> {
    let mut left = arrows.clone();
    loop {
        let before = left.len();
        let here: BTreeSet<String> = left.keys().cloned().collect();
        for named in left.values_mut() {
            named.retain(|file| here.contains(file));
        }
        let wanted: BTreeSet<String> = left.values().flatten().cloned().collect();
        left.retain(|file, named| !named.is_empty() && wanted.contains(file));
        if left.len() == before {
            return left.into_keys().collect();
        }
    }
}

/// Every path of at least two steps in a file, groups spelt out.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let name = name_at(code, at);
        if name.is_empty() {
            at += code[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if at > 0 && code[..at].ends_with("::") {
            at += name.len();
            continue;
        }
        at = take(code, at, &[], &mut found);
    }
    found
}

/// Takes the path at `at`, which goes on from `before`; says where it ends.
fn take(code: &str, mut at: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    loop {
        let name = name_at(code, at);
        if !name.is_empty() {
            at += name.len();
            path.push(name.to_owned());
            let Some(next) = code[at..].strip_prefix("::") else { break };
            at = code.len() - next.len();
            continue;
        }
        if code[at..].starts_with('{') && path.len() > before.len() {
            at += 1;
            while at < code.len() && !code[at..].starts_with('}') {
                let next = take(code, at, &path, found);
                at = if next > at { next } else { at + code[at..].chars().next().map_or(1, char::len_utf8) };
            }
            return (at + 1).min(code.len());
        }
        break;
    }
    if path.len() > 1 && path.len() > before.len() {
        found.push(path);
    }
    at
}

fn name_at(code: &str, at: usize) -> &str {
    let rest = &code[at..];
    &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())]
}
