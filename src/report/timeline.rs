//! Timelines: every state of the words of a claim, for people: when it was seen, between which captures it changed, and
//! both wordings.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};

use super::escape;
use super::reasons::reason_sentence;
use super::wording::{check_phrase, flag_sentence, zone_phrase};
use crate::model::observation::{Drift, Observation, Rests, State, Subject};
use crate::model::words::single_spaced;
use crate::model::{Document, Flag, FlagClass, Origin};

/// Renders the states of one or more claims, oldest first, each subject with its own line of time. `drifts` say in
/// words what happened, where the ledger has it.
pub fn timeline(states: &[State], drifts: &[Drift]) -> String {
    let mut by_subject: BTreeMap<(&str, u32, &str), Vec<&State>> = BTreeMap::new();
    for state in states {
        let Subject { claim, check, source, .. } = &state.observation.subject;
        by_subject.entry((claim, *check, source)).or_default().push(state);
    }
    let mut page = String::new();
    let mut last_claim = "";
    for ((claim, _, source), states) in &by_subject {
        if *claim != last_claim {
            if !page.is_empty() {
                page.push('\n');
            }
            page.push_str(&format!("{}\n  {}\n", show(claim), show(&states[states.len() - 1].observation.statement)));
            last_claim = claim;
        }
        let last = &states[states.len() - 1];
        page.push_str(&format!("\n  {}: “{}”\n", last.observation.kind, show(&last.observation.asked)));
        page.push_str(&format!("  source: {}\n", show(source)));
        for (number, state) in states.iter().enumerate() {
            match number.checked_sub(1).map(|before| states[before]) {
                None => first(state, &mut page),
                Some(before) => next(before, state, drifts, &mut page),
            }
        }
        let looks = if last.times == 1 { "one look".to_owned() } else { format!("{} looks", last.times) };
        page.push_str(&format!("    {}  last look; so since {looks}\n", date(&last.last_at.to_string())));
    }
    page
}

/// Tells the same of one claim for its card, which says itself which claim it is.
pub fn story(states: &[State], drifts: &[Drift]) -> String {
    let told = timeline(states, drifts);
    let lines = told.lines().skip(2).map(|line| line.strip_prefix("  ").unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Renders what became of the words since the last run: each thing once, with both wordings.
pub fn drifts(drifts: &[Drift]) -> String {
    let mut page = String::new();
    for drift in drifts {
        let whose =
            if drift.claims.is_empty() { String::new() } else { format!("  ({})", show(&drift.claims.join(", "))) };
        page.push_str(&format!("{}: {}{whose}\n", drift.kind.word(), drift.kind.says()));
        page.push_str(&format!("  source  {}\n", show(&drift.subject.source)));
        if let Some(touches) = drift.touches {
            let says = if touches { "it speaks of what we print" } else { "it does not speak of what we print" };
            page.push_str(&format!("  notice  {}\n          {says}\n", show(&drift.after)));
        } else {
            both(&drift.before, &drift.after, "  ", &mut page);
        }
        if let (Some(since), Some(seen)) = (&drift.since, &drift.seen) {
            page.push_str(&format!("  when    between {} and {}\n", date(since), date(seen)));
        }
        page.push('\n');
    }
    page
}

/// Renders what rests on a source, and the draft of a correction note where there is one.
pub fn affected(source: &str, rests: &[Rests], note: Option<&str>) -> String {
    let mut page = format!("{}\n", show(source));
    if rests.is_empty() {
        page.push_str("  no claim that was looked at rests on it\n");
    }
    for rest in rests {
        page.push_str(&format!("\n  {}  {}\n    {}\n", show(&rest.manifest), show(&rest.claim), show(&rest.statement)));
        if rest.carried {
            page.push_str("    still carried\n");
            continue;
        }
        if rest.old.is_none() && rest.since.is_none() {
            page.push_str("    not carried in any look\n");
            continue;
        }
        page.push_str("    no longer carried\n");
        both(rest.old.as_deref().unwrap_or(""), rest.new.as_deref().unwrap_or(""), "    ", &mut page);
        if let (Some(since), Some(seen)) = (&rest.since, &rest.seen) {
            page.push_str(&format!("    when    between {} and {}\n", date(since), date(seen)));
        }
    }
    if let Some(note) = note {
        page.push('\n');
        page.push_str(&escape::terminal_lines(note));
    }
    page
}

/// Renders two captures of one source: every block that is gone or new, and of a block that was rewritten both forms.
pub fn two(before: &Document, after: &Document) -> String {
    if before.text == after.text {
        return "the text is the same, character for character\n".to_owned();
    }
    let diff = TextDiff::from_lines(&*before.text, &*after.text);
    let mut page = String::new();
    let (mut gone, mut new): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Delete => gone.push(change.value()),
            ChangeTag::Insert => new.push(change.value()),
            ChangeTag::Equal => flush(&mut gone, &mut new, &mut page),
        }
    }
    flush(&mut gone, &mut new, &mut page);
    page
}

fn flush(gone: &mut Vec<&str>, new: &mut Vec<&str>, page: &mut String) {
    if gone.len() == new.len() {
        for (was, is) in gone.iter().zip(new.iter()) {
            both(was.trim_end(), is.trim_end(), "", page);
            page.push('\n');
        }
    } else {
        page.extend(gone.iter().map(|line| format!("was     {}\n", show(line))));
        page.extend(new.iter().map(|line| format!("is      {}\n", show(line))));
        page.push('\n');
    }
    gone.clear();
    new.clear();
}

/// Renders what is watched of one manifest: claims, the last look, and every source that could not be read then.
pub fn status(name: &str, claims: usize, states: &[State]) -> String {
    let mut latest: BTreeMap<&Subject, &State> = BTreeMap::new();
    for state in states {
        latest.insert(&state.observation.subject, state);
    }
    let looked: std::collections::BTreeSet<&str> = latest.keys().map(|subject| subject.claim.as_str()).collect();
    let mut page = format!("{}: {claims} claims, {} looked at\n", show(name), looked.len());
    if let Some(last) = latest.values().map(|state| state.last_at).max() {
        page.push_str(&format!("  last look  {}\n", date(&last.to_string())));
    }
    let mut failing: BTreeMap<&str, (&State, i64)> = BTreeMap::new();
    for (subject, state) in &latest {
        if state.observation.reason.is_some() {
            let entry = failing.entry(&subject.source).or_insert((state, 0));
            entry.1 = entry.1.max(state.times);
        }
    }
    for (source, (state, times)) in failing {
        let reason = state.observation.reason.map_or("", reason_sentence);
        page.push_str(&format!("  not read   {}: {reason} ({times} times in a row)\n", show(source)));
        if let Some(good) = states
            .iter()
            .rev()
            .find(|other| other.observation.subject.source == source && other.observation.reason.is_none())
            && let Some(capture) = &good.observation.capture
        {
            page.push_str(&format!("             last good capture of {}\n", date(&capture.captured)));
        }
    }
    rot(states, &latest, &mut page);
    page
}

/// Looks from which on a share of failures says something.
const ENOUGH_LOOKS: i64 = 4;

/// Tells which sources are not where they were: moved, read from another archive's copy, or failing time and again.
fn rot(states: &[State], latest: &BTreeMap<&Subject, &State>, page: &mut String) {
    let mut told: std::collections::BTreeSet<(&str, &str)> = std::collections::BTreeSet::new();
    for (subject, state) in latest {
        let Some(capture) = state.observation.capture.as_ref().filter(|_| state.observation.reason.is_none()) else {
            continue;
        };
        if capture.origin == Origin::Memento && told.insert(("replaced", &subject.source)) {
            let line = format!("{}: another archive's copy of {}", show(&subject.source), date(&capture.captured));
            page.push_str(&format!("  read from  {line}\n"));
        } else if is_web(&subject.source)
            && crate::model::address::shown(&capture.url) != subject.source
            && told.insert(("moved", &subject.source))
        {
            page.push_str(&format!("  moved      {}: answers at {}\n", show(&subject.source), show(&capture.url)));
        }
    }
    // Of each source the subject that was looked at most often.
    let mut looks: BTreeMap<&Subject, [i64; 2]> = BTreeMap::new();
    for state in states {
        let [failed, all] = looks.entry(&state.observation.subject).or_default();
        *all += state.times;
        *failed += if state.observation.reason.is_some() { state.times } else { 0 };
    }
    let mut by_source: BTreeMap<&str, [i64; 2]> = BTreeMap::new();
    for (subject, [failed, all]) in looks {
        let entry = by_source.entry(&subject.source).or_default();
        if all > entry[1] {
            *entry = [failed, all];
        }
    }
    for (source, [failed, all]) in by_source {
        if all >= ENOUGH_LOOKS && failed > 1 && 4 * failed >= all {
            page.push_str(&format!("  fails      {}: {failed} of {all} looks could not read it\n", show(source)));
        }
    }
}

fn is_web(source: &str) -> bool {
    source.starts_with("http://") || source.starts_with("https://")
}

fn first(state: &State, page: &mut String) {
    let when =
        state.first_capture.as_ref().map_or_else(|| state.first_at.to_string(), |capture| capture.captured.clone());
    page.push_str(&format!("    {}  first seen: {}\n", date(&when), stands(&state.observation)));
    if let Some(words) = &state.observation.passage {
        page.push_str(&format!("        “{}”\n", show(&words.text)));
    }
}

fn next(before: &State, state: &State, drifts: &[Drift], page: &mut String) {
    let captured = |capture: &Option<crate::model::observation::CaptureSeen>| {
        capture.as_ref().map(|capture| capture.captured.clone())
    };
    let seen = captured(&state.first_capture);
    let said =
        drifts.iter().find(|drift| drift.seen == seen && drift.subject == state.observation.subject).map_or_else(
            || stands(&state.observation),
            |drift| format!("{}: {}", drift.kind.says(), stands(&state.observation)),
        );
    let when = match (captured(&before.observation.capture), &seen) {
        (Some(since), Some(seen)) => format!("{} – {}", date(&since), date(seen)),
        (_, Some(seen)) => date(seen),
        _ => date(&state.first_at.to_string()),
    };
    page.push_str(&format!("    {when}  {said}\n"));
    let text = |state: &State| state.observation.passage.as_ref().map_or("", |words| words.text.as_str()).to_owned();
    both(&text(before), &text(state), "        ", page);
}

/// Both wordings, the words that changed in brackets of their own.
fn both(before: &str, after: &str, indent: &str, page: &mut String) {
    if before == after || before.is_empty() && after.is_empty() {
        return;
    }
    let diff = TextDiff::from_unicode_words(before, after);
    let side = |left_out: ChangeTag, own: ChangeTag| {
        let mut line = String::new();
        let mut open = false;
        for change in diff.iter_all_changes() {
            if change.tag() == left_out {
                continue;
            }
            if (change.tag() == own) != open {
                line.push_str(if open { "⟧" } else { "⟦" });
                open = !open;
            }
            line.push_str(change.value());
        }
        if open {
            line.push('⟧');
        }
        line
    };
    page.push_str(&format!("{indent}was     {}\n", show(&side(ChangeTag::Insert, ChangeTag::Delete))));
    let is = side(ChangeTag::Delete, ChangeTag::Insert);
    page.push_str(&format!(
        "{indent}is      {}\n",
        if after.is_empty() { "(not there)".to_owned() } else { show(&is) }
    ));
}

/// What one observation says, in a sentence.
fn stands(observation: &Observation) -> String {
    if let Some(reason) = observation.reason {
        return format!("could not be read: {}", reason_sentence(reason));
    }
    let mut says = check_phrase(observation.verdict).to_owned();
    if let Some(words) = &observation.passage {
        says.push_str(&format!(", {}", zone_phrase(words.zone)));
    }
    // What differs is shown by both wordings; what turns the words needs a sentence.
    let telling = |flag: &&Flag| matches!(flag.class(), FlagClass::Veto | FlagClass::Caution);
    for flag in observation.flags.iter().filter(telling) {
        let sentence = flag_sentence(*flag).trim_end_matches('.');
        let mut letters = sentence.chars();
        let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
        says.push_str(&format!("; {first}{}", letters.as_str()));
    }
    says
}

/// A date as people read it: RFC 3339 in UTC, to the minute.
fn date(text: &str) -> String {
    match text.parse::<jiff::Timestamp>() {
        Ok(time) => time.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => show(text),
    }
}

fn show(text: &str) -> String {
    escape::terminal(&single_spaced(text), true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::observation::{CaptureSeen, Versions};
    use crate::model::report::Kind;
    use crate::model::{CheckVerdict, Reason};

    fn state(source: &str, url: &str, day: u32, origin: Origin, reason: Option<Reason>, times: i64) -> State {
        let captured = format!("2026-01-{day:02}T08:00:00Z");
        let capture =
            CaptureSeen { url: url.into(), captured: captured.clone(), status: None, sha256: "0".into(), origin };
        let at = captured.parse().expect("a time");
        State {
            observation: Observation {
                subject: Subject { manifest: "m".into(), claim: source.into(), check: 0, source: source.into() },
                kind: Kind::Quote,
                asked: "words".into(),
                statement: "Words.".into(),
                capture: Some(capture.clone()),
                verdict: if reason.is_some() { CheckVerdict::Unavailable } else { CheckVerdict::Verbatim },
                reason,
                flags: Vec::new(),
                passage: None,
                versions: Versions { extractor: 1, rules: 1 },
            },
            first_capture: Some(capture),
            first_run: 1,
            first_at: at,
            last_run: 1,
            last_at: at,
            times,
            number: i64::from(day),
        }
    }

    #[test]
    fn sources_that_rot_are_told_with_their_last_good_capture() {
        use Origin::{Live, Memento};
        let (a, b, c, d) = ("https://a.example/", "https://b.example/", "https://c.example/", "https://d.example/");
        let states = [
            state(a, a, 1, Live, None, 3),
            state(a, a, 4, Live, Some(Reason::Gone), 2),
            state(b, "https://b.example/new", 1, Live, None, 1),
            state(c, c, 2, Memento, None, 1),
            state(d, d, 1, Live, Some(Reason::Timeout), 2),
            state(d, d, 3, Live, None, 3),
        ];
        let told = status("m", 4, &states);
        for line in [
            "not read   https://a.example/",
            "last good capture of 2026-01-01 08:00 UTC",
            "moved      https://b.example/: answers at https://b.example/new",
            "read from  https://c.example/: another archive's copy of 2026-01-02 08:00 UTC",
            "fails      https://d.example/: 2 of 5 looks could not read it",
        ] {
            assert!(told.contains(line), "{line}: {told}");
        }
        assert!(
            !told.contains("moved      https://a.example/") && !told.contains("fails      https://b.example/"),
            "{told}"
        );
    }
}
