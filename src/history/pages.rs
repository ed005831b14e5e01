//! Pages: what became of a source as a whole, beside the words that we print.

use crate::model::observation::{Drift, DriftKind, Observation, PageSeen, Subject};
use crate::model::words::single_spaced;

/// Entries of the sketches that two states of one page share at least. A redesign keeps the text; another page has
/// none of it.
const SAME_PAGE: usize = 2;

/// What became of a page between two captures of one source. `resting` are the observations of claims that rest on it.
pub fn page_drift(before: &PageSeen, after: &PageSeen, resting: &[&Observation]) -> Vec<Drift> {
    let mut drifts = Vec::new();
    if before.capture.sha256 == after.capture.sha256 {
        return drifts;
    }
    let drift = |kind: DriftKind, was: String, is: String, touches: Option<bool>| Drift {
        kind,
        subject: Subject {
            manifest: resting.first().map_or_else(String::new, |first| first.subject.manifest.clone()),
            claim: String::new(),
            check: 0,
            source: after.source.clone(),
        },
        claims: resting.iter().map(|observation| observation.subject.claim.clone()).collect(),
        before: was,
        after: is,
        since: Some(before.capture.captured.clone()),
        seen: Some(after.capture.captured.clone()),
        touches,
    };
    if is_other(before, after) {
        let title = |page: &PageSeen| page.title.clone().unwrap_or_default();
        let kind = if before.capture.url == after.capture.url { DriftKind::Replaced } else { DriftKind::Redirected };
        drifts.push(drift(kind, title(before), title(after), None));
        return drifts;
    }
    let known: Vec<String> = before.notices.iter().map(|notice| folded(notice)).collect();
    for notice in after.notices.iter().filter(|notice| !known.contains(&folded(notice))) {
        let touches = resting.iter().any(|observation| touches(notice, observation));
        drifts.push(drift(DriftKind::NoticeAdded, String::new(), notice.clone(), Some(touches)));
    }
    drifts
}

/// Whether the later page is another page: nothing of the text is left, and the title is another one.
fn is_other(before: &PageSeen, after: &PageSeen) -> bool {
    let shared = before.sketch.iter().zip(&after.sketch).filter(|(a, b)| a == b && **a != u64::MAX).count();
    let written = |page: &PageSeen| page.sketch.iter().filter(|entry| **entry != u64::MAX).count();
    let title = |page: &PageSeen| page.title.as_deref().map(folded);
    written(before) > SAME_PAGE && shared < SAME_PAGE && title(before) != title(after)
}

/// Whether a notice speaks of what a claim rests on: a figure of it, or two of its longer words.
fn touches(notice: &str, observation: &Observation) -> bool {
    let notice = words(notice);
    let ours = words(&format!("{} {}", observation.statement, observation.asked));
    let shared: Vec<&String> = ours.iter().filter(|word| notice.contains(word)).collect();
    let figure = shared.iter().any(|word| word.chars().next().is_some_and(|c| c.is_numeric()));
    figure || shared.iter().filter(|word| word.chars().count() > 4).count() >= 2
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',')
        .map(|word| word.trim_matches(['.', ',']).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn folded(text: &str) -> String {
    single_spaced(text).to_lowercase()
}
