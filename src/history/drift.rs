//! Drift: two observations of the same words in the same source → what became of them.

use super::ledger::Known;
use crate::model::observation::{Drift, DriftKind, Observation, Subject};
use crate::model::report::Kind;
use crate::model::{CheckVerdict, Flag, FlagClass, Reason};

/// Failures in a row from which a source counts as unreachable. One failure is weather.
pub const UNREACHABLE_AFTER: u32 = 3;

/// What became of the words of one subject since what is known of it.
///
/// The words are compared with the last observation in which the source could be read, so that a failure in between
/// hides nothing and invents nothing. A source that cannot be read is told once, when it begins.
pub fn drift(known: &Known, after: &Observation) -> Option<Drift> {
    let last = &known.last.as_ref()?.observation;
    let read = known.last_read.as_ref().map(|seen| &seen.observation);
    let before = read.unwrap_or(last);
    let kind = if is_edited(last, after) {
        DriftKind::ClaimEdited
    } else if let Some(reason) = after.reason {
        unreadable(last, known.failures, reason)?
    } else if last.reason.is_some() {
        // What stood there before the failures decides; where nothing changed, that the page is back is worth a line
        // only if its absence was told.
        let told = last.reason.map(of_reason) != Some(DriftKind::Unreachable) || known.failures >= UNREACHABLE_AFTER;
        match read.map(|before| words(before, after)) {
            Some(Some(kind)) => kind,
            Some(None) if told => DriftKind::Reachable,
            Some(None) => return None,
            None => DriftKind::Reachable,
        }
    } else {
        words(before, after)?
    };
    let before = if kind == DriftKind::ClaimEdited || kind == DriftKind::Reachable { last } else { before };
    Some(Drift {
        kind,
        subject: after.subject.clone(),
        claims: vec![after.subject.claim.clone()],
        before: wording(before, kind),
        after: wording(after, kind),
        since: before.capture.as_ref().map(|capture| capture.captured.clone()),
        seen: after.capture.as_ref().map(|capture| capture.captured.clone()),
        touches: None,
    })
}

fn is_edited(before: &Observation, after: &Observation) -> bool {
    before.asked != after.asked || before.statement != after.statement || before.kind != after.kind
}

/// What became of the words between two captures that could be read.
fn words(before: &Observation, after: &Observation) -> Option<DriftKind> {
    let same_bytes = match (&before.capture, &after.capture) {
        (Some(before), Some(after)) => !before.sha256.is_empty() && before.sha256 == after.sha256,
        _ => false,
    };
    let place = |observation: &Observation| observation.passage.as_ref().map(|words| words.place);
    let differs = before.verdict != after.verdict
        || classed(before) != classed(after)
        || text(before) != text(after)
        || place(before) != place(after);
    if !differs {
        return None;
    }
    if same_bytes {
        // Another source of the claim that contradicts moves flags of the same bytes, and so do our rules.
        return (before.versions != after.versions).then_some(DriftKind::RulesChanged);
    }
    let figure = after.kind == Kind::Figure;
    // An older capture may still carry the figure; the page does not.
    let superseded = |observation: &Observation| observation.flags.contains(&Flag::LaterCopy);
    if figure && superseded(before) != superseded(after) {
        return Some(if superseded(after) { DriftKind::FigureCorrected } else { DriftKind::Restored });
    }
    let edited = if figure { DriftKind::FigureCorrected } else { DriftKind::Reworded };
    match (carried(before), carried(after)) {
        (true, true) => carried_both(before, after),
        (false, true) => Some(DriftKind::Restored),
        (true, false) => Some(match after.verdict {
            CheckVerdict::Absent => DriftKind::Removed,
            CheckVerdict::Review => DriftKind::ContextChanged,
            _ => edited,
        }),
        (false, false) => match (before.verdict, after.verdict) {
            (CheckVerdict::Absent, CheckVerdict::Absent) => None,
            (_, CheckVerdict::Absent) => Some(DriftKind::Removed),
            (CheckVerdict::Absent, _) => Some(edited),
            _ => (text(before) != text(after)).then_some(edited),
        },
    }
}

/// The words are carried before and after: what changed is where they stand, who says them, or what turns them.
fn carried_both(before: &Observation, after: &Observation) -> Option<DriftKind> {
    let gained = |flag: Flag| after.flags.contains(&flag) && !before.flags.contains(&flag);
    if gained(Flag::OtherSpeaker) || gained(Flag::SecondHand) {
        return Some(DriftKind::SpeakerChanged);
    }
    let turned = after.flags.iter().any(|flag| {
        !before.flags.contains(flag)
            && (flag.class() == FlagClass::Veto
                || matches!(flag, Flag::HedgeDropped | Flag::Joined | Flag::Replaced | Flag::Disputed))
    });
    if turned {
        return Some(DriftKind::ContextChanged);
    }
    let place = |observation: &Observation| observation.passage.as_ref().map(|words| words.place);
    if place(before) != place(after) {
        return Some(DriftKind::Moved);
    }
    let lost = before
        .flags
        .iter()
        .any(|flag| !after.flags.contains(flag) && matches!(flag.class(), FlagClass::Veto | FlagClass::Caution));
    if lost {
        return Some(DriftKind::Restored);
    }
    if after.kind == Kind::Figure {
        // The value is still carried; how the sentence around it is worded is no matter.
        return None;
    }
    // What a mark of editing leaves out was rewritten, or the wording moved inside what is folded.
    (text(before) != text(after)).then_some(DriftKind::ContextChanged)
}

/// The source cannot be read now. A wall, a page that is gone and a redirect are told once; anything that may pass is
/// told when it has not passed several times in a row. `failures` counts the failures in a row before this one.
fn unreadable(last: &Observation, failures: u32, reason: Reason) -> Option<DriftKind> {
    let kind = of_reason(reason);
    if kind == DriftKind::Unreachable {
        return (failures + 1 == UNREACHABLE_AFTER).then_some(kind);
    }
    (last.reason.map(of_reason) != Some(kind)).then_some(kind)
}

/// Which kind of drift a reason is.
fn of_reason(reason: Reason) -> DriftKind {
    match reason {
        Reason::Gone | Reason::Soft404 => DriftKind::Gone,
        Reason::Moved => DriftKind::Redirected,
        reason if reason.may_pass() => DriftKind::Unreachable,
        _ => DriftKind::Walled,
    }
}

fn carried(observation: &Observation) -> bool {
    observation.verdict.is_good()
}

/// Flags that move a verdict; remarks and names of differences follow from the words.
fn classed(observation: &Observation) -> Vec<Flag> {
    observation
        .flags
        .iter()
        .copied()
        .filter(|flag| matches!(flag.class(), FlagClass::Veto | FlagClass::Caution))
        .collect()
}

/// The passage with white space folded: a reflow is no edit.
fn text(observation: &Observation) -> Option<String> {
    observation.passage.as_ref().map(|words| {
        words
            .text
            .split(|c: char| c.is_whitespace() || c == '\u{ad}')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    })
}

/// What is shown of one side.
fn wording(observation: &Observation, kind: DriftKind) -> String {
    if kind == DriftKind::ClaimEdited {
        return observation.asked.clone();
    }
    if let Some(reason) = observation.reason {
        return reason.word().to_owned();
    }
    if is_whole(kind) {
        return String::new();
    }
    match (&observation.passage, observation.verdict) {
        (_, CheckVerdict::Absent) => String::new(),
        (Some(words), _) if kind == DriftKind::Moved => format!("{} ({})", words.text, words.zone.word()),
        (Some(words), _) if matches!(kind, DriftKind::ContextChanged | DriftKind::SpeakerChanged) => {
            format!("{}{}{}", words.before, words.text, words.after).trim().to_owned()
        }
        (Some(words), _) => words.text.clone(),
        (None, _) => String::new(),
    }
}

/// One drift for each thing that happened: what befell a source as a whole is told once for all claims on it, and of
/// several drifts of one claim in one source the one that a desk must act on first. What another page took the place
/// of was not edited: its claims are named with it.
pub fn collapse(drifts: Vec<Drift>) -> Vec<Drift> {
    let rank = |kind: DriftKind| DriftKind::ALL.iter().position(|known| *known == kind);
    let mut sorted = drifts;
    sorted.sort_by(|a, b| {
        (&a.subject.source, rank(a.kind), &a.subject.claim, a.subject.check).cmp(&(
            &b.subject.source,
            rank(b.kind),
            &b.subject.claim,
            b.subject.check,
        ))
    });
    let mut kept: Vec<Drift> = Vec::new();
    // Drift of whole sources first: it takes the words with it.
    let (whole, words): (Vec<Drift>, Vec<Drift>) = sorted.into_iter().partition(|drift| is_whole(drift.kind));
    for drift in whole {
        let same = |kept: &&mut Drift| {
            kept.kind == drift.kind
                && kept.subject.source == drift.subject.source
                && (drift.kind != DriftKind::NoticeAdded || kept.after == drift.after)
        };
        match kept.iter_mut().find(same) {
            Some(kept) => kept.claims.extend(drift.claims),
            None => kept.push(Drift { subject: Subject { claim: String::new(), check: 0, ..drift.subject }, ..drift }),
        }
    }
    let other_page = |drift: &Drift| matches!(drift.kind, DriftKind::Replaced | DriftKind::Redirected);
    let mut of_words: Vec<Drift> = Vec::new();
    for drift in words {
        let on = |whole: &&mut Drift| whole.subject.source == drift.subject.source && other_page(whole);
        if !drift.kind.is_ours()
            && let Some(whole) = kept.iter_mut().find(on)
        {
            whole.claims.extend(drift.claims);
        } else if !of_words
            .iter()
            .any(|kept| kept.subject.claim == drift.subject.claim && kept.subject.source == drift.subject.source)
        {
            of_words.push(drift);
        }
    }
    kept.extend(of_words);
    for drift in &mut kept {
        drift.claims.sort_unstable();
        drift.claims.dedup();
    }
    kept.sort_by(|a, b| (rank(a.kind), &a.subject).cmp(&(rank(b.kind), &b.subject)));
    kept
}

/// Whether a kind befalls a source as a whole.
fn is_whole(kind: DriftKind) -> bool {
    matches!(
        kind,
        DriftKind::Walled
            | DriftKind::Gone
            | DriftKind::Redirected
            | DriftKind::Replaced
            | DriftKind::Unreachable
            | DriftKind::Reachable
            | DriftKind::NoticeAdded
    )
}
