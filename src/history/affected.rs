//! Impact: which sentences of which articles rest on a source, and what a correction note would have to say.

use crate::model::observation::{Observation, Rests, State, Words};

/// Everything that rests on one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Affected {
    /// The source's address.
    pub source: String,
    /// The sentences, by manifest and claim.
    pub rests: Vec<Rests>,
    /// A correction note for a person to finish; `None` where everything is still carried.
    pub note: Option<String>,
}

/// What rests on a source, from every state that the ledger has of it, oldest first.
pub fn affected(source: &str, states: &[State]) -> Affected {
    let mut subjects: Vec<_> = states.iter().map(|seen| &seen.observation.subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let rests: Vec<Rests> = subjects
        .into_iter()
        .filter_map(|subject| {
            let own: Vec<&State> = states.iter().filter(|seen| seen.observation.subject == *subject).collect();
            rest(&own)
        })
        .collect();
    let note = note(source, &rests);
    Affected { source: source.to_owned(), rests, note }
}

fn rest(states: &[&State]) -> Option<Rests> {
    let last = states.last()?;
    // An edit of ours begins a new story.
    let own: Vec<&&State> = states
        .iter()
        .filter(|seen| {
            seen.observation.asked == last.observation.asked && seen.observation.statement == last.observation.statement
        })
        .collect();
    let carried = |observation: &Observation| observation.verdict.is_good();
    let good = own.iter().rev().find(|seen| carried(&seen.observation));
    let now = carried(&last.observation);
    let first_bad = good
        .and_then(|good| own.iter().find(|seen| seen.first_run > good.last_run && seen.observation.reason.is_none()));
    let text = |words: &Option<Words>| words.as_ref().map(|words| words.text.clone());
    let subject = &last.observation.subject;
    Some(Rests {
        manifest: subject.manifest.clone(),
        claim: subject.claim.clone(),
        statement: last.observation.statement.clone(),
        asked: last.observation.asked.clone(),
        old: good.and_then(|good| text(&good.observation.passage)),
        new: if now { None } else { first_bad.and_then(|bad| text(&bad.observation.passage)) },
        since: good.and_then(|good| good.observation.capture.as_ref()).map(|capture| capture.captured.clone()),
        seen: first_bad.and_then(|bad| bad.first_capture.as_ref()).map(|capture| capture.captured.clone()),
        carried: now,
    })
}

/// Whether the source carried the words in any look.
pub fn was_carried(rest: &Rests) -> bool {
    rest.old.is_some() || rest.since.is_some()
}

/// A draft of the note: what was printed, what the source says now, and between which captures it changed. It leaves
/// to a person what it means.
fn note(source: &str, rests: &[Rests]) -> Option<String> {
    // What was never there has not changed: that is a claim to correct, not a source that did.
    let open: Vec<&Rests> = rests.iter().filter(|rest| !rest.carried && was_carried(rest)).collect();
    if open.is_empty() {
        return None;
    }
    let mut note = String::from("Correction (draft, for a person to finish)\n");
    let mut article = None;
    for rest in open {
        if article != Some(&rest.manifest) {
            note.push_str(&format!("\nFor the article of {}:\n", rest.manifest));
            article = Some(&rest.manifest);
        }
        note.push_str(&format!("\nAn earlier version of this article said: {}\n", rest.statement));
        note.push_str(&format!("It rested on {source}"));
        match (&rest.old, &rest.new) {
            (Some(old), Some(new)) => note.push_str(&format!(", which read “{old}” and now reads “{new}”.\n")),
            (Some(old), None) => note.push_str(&format!(", which read “{old}”; those words no longer stand there.\n")),
            (None, Some(new)) => note.push_str(&format!(", which reads “{new}”.\n")),
            (None, None) => note.push_str(", which no longer carries it.\n"),
        }
        if let (Some(since), Some(seen)) = (&rest.since, &rest.seen) {
            note.push_str(&format!("The source changed after {since} and before {seen}.\n"));
        }
        note.push_str("The article should say: [to be completed]\n");
    }
    Some(note)
}
