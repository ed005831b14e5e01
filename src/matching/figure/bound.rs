//! Bounds and hedges: the words around a number that say on which side of it the value lies, or how near.

use std::sync::LazyLock;

use super::run::Run;
use crate::matching::direction;
use crate::matching::fold::{Kind, bits};
use crate::matching::phrases::key_of;
use crate::matching::terms;
use crate::model::figure::Bound;

/// A bound and how many lexemes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BoundAt {
    pub(super) bound: Bound,
    pub(super) length: usize,
}

/// The bound that ends right before `at`. An article may stand between: `more than the 50`.
pub(super) fn before(run: &Run<'_>, at: usize) -> Option<BoundAt> {
    let lexeme = run.get(at)?;
    if lexeme.bits & bits::SENTENCE != 0 || lexeme.gap.contains([',', ';', ':', '(', '、', '，']) {
        return None;
    }
    if let Some(found) = run.phrase_before(&terms::BOUNDS_BEFORE, at) {
        if found.length == 1 && leads(run, at - 1) {
            return None;
        }
        return Some(BoundAt { bound: found.value, length: found.length });
    }
    // `<`, `>` and the like
    let sign = at.checked_sub(1).and_then(|sign| run.get(sign)).filter(|sign| sign.kind == Kind::Sign);
    if let Some(bound) = sign.and_then(|sign| match sign.form.as_ref() {
        ">" => Some(Bound::Over),
        "≥" => Some(Bound::AtLeast),
        "<" => Some(Bound::Under),
        "≤" => Some(Bound::AtMost),
        "≈" | "~" => Some(Bound::About),
        _ => None,
    }) {
        return Some(BoundAt { bound, length: 1 });
    }
    let article = at.checked_sub(1).filter(|before| {
        matches!(
            run.key(*before),
            "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "its"
                | "their"
                | "die"
                | "der"
                | "den"
                | "das"
                | "dem"
                | "la"
                | "le"
                | "les"
                | "l"
                | "el"
                | "los"
                | "las"
                | "il"
                | "lo"
                | "i"
                | "gli"
                | "o"
                | "os"
                | "as"
                | "de"
                | "het"
                | "all"
                | "ein"
                | "eine"
                | "einem"
                | "einer"
                | "un"
                | "une"
                | "una"
                | "um"
                | "uma"
                | "een"
        ) && run.get(*before).is_some_and(|article| article.bits & bits::SENTENCE == 0)
    })?;
    let found = run.phrase_before(&terms::BOUNDS_BEFORE, article)?;
    Some(BoundAt { bound: found.value, length: found.length + 1 })
}

/// Lexemes in front of a word among which what it leads from stands.
const CHANGE: usize = 8;

/// Whether a word that may say `up to` says where a change leads: `снизилась до 3,1 %`, `z 3,6 do 3,1`.
fn leads(run: &Run<'_>, at: usize) -> bool {
    let parted = |at: &usize| run.get(*at).is_some_and(|lexeme| lexeme.bits & bits::BREAK != 0);
    matches!(run.key(at), "до" | "do")
        && (at.saturating_sub(CHANGE)..at)
            .rev()
            .take_while(|place| *place + 1 == at || !parted(&(place + 1)))
            .any(|place| direction::of_key(run.key(place)) != 0)
}

/// The bound that begins right behind a number that ends before `at`.
pub(super) fn behind(run: &Run<'_>, at: usize) -> Option<BoundAt> {
    if run.get(at).is_some_and(|lexeme| lexeme.form == "+" && lexeme.gap.is_empty()) {
        return Some(BoundAt { bound: Bound::AtLeast, length: 1 });
    }
    if !run.follows(at) {
        return None;
    }
    let behind = |at: usize| run.phrase(&terms::BOUNDS_BEHIND, at);
    // `50人以上`: in Chinese and Japanese the counter stands between.
    let counter = usize::from(
        behind(at).is_none()
            && run.get(at).is_some_and(|next| {
                next.kind == Kind::Character && next.gap.is_empty() && super::characters::is_counter(&next.key)
            }),
    );
    behind(at + counter).map(|found| BoundAt { bound: found.value, length: found.length + counter })
}

/// Whether a word says that two ends of a range follow.
pub(super) fn opens_range(key: &str) -> bool {
    matches!(
        key,
        "between"
            | "zwischen"
            | "entre"
            | "tra"
            | "fra"
            | "tussen"
            | "mellem"
            | "mellan"
            | "miedzy"
            | "между"
            | "μεταξυ"
            | "بين"
    )
}

/// Words between the ends of a range, with the languages in which they are one; none is all.
const LINKS: &[(&str, &[&str])] = &[
    ("to", &["en", ""]),
    ("bis", &[]),
    ("a", &["fr", "es", "it", "pt", ""]),
    ("tot", &["nl"]),
    ("do", &["pl", "cs", "sk"]),
    ("до", &[]),
    ("til", &["da", "no", "sv"]),
    ("till", &["sv"]),
    ("εωσ", &[]),
    ("hingga", &[]),
    ("sampai", &[]),
    ("至", &[]),
    ("到", &[]),
    ("से", &[]),
    ("الى", &[]),
    ("إلى", &[]),
];

/// The same by their keys. Asked behind every number.
static LINKS_BY_KEY: LazyLock<Vec<(String, &[&str])>> =
    LazyLock::new(|| LINKS.iter().map(|(word, languages)| (key_of(word), *languages)).collect());

/// Whether a word stands between the ends of a range.
pub(super) fn links_range(key: &str, language: &str) -> bool {
    LINKS_BY_KEY.iter().any(|(word, languages)| word == key && (languages.is_empty() || languages.contains(&language)))
}
