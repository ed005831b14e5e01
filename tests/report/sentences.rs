//! The tables of sentences: complete, plain, and free of words that only programmers use.

use std::collections::BTreeSet;

use onrecord::model::{CheckVerdict, ClaimVerdict, Flag, Reason, Zone};
use onrecord::report::escape::markdown;
use onrecord::report::reasons::{reason_remedy, reason_sentence};
use onrecord::report::wording::{
    check_phrase, flag_name, flag_sentence, mismatch_sentence, verdict_remedy, verdict_sentence, zone_phrase,
};
use onrecord::report::{Style, Verbosity};
use serde_json::Value;

use crate::samples;

/// Words of the house that an editor would not use.
const FORBIDDEN: [&str; 13] = [
    "memento", "carrier", "drift", "rung", "sketch", "folded", "token", "offset", "payload", "parse", "regex", "uri",
    "hash",
];

/// Every value of a closed set, from its schema, so that a new one cannot be forgotten here.
fn every<T: schemars::JsonSchema + serde::de::DeserializeOwned>() -> Vec<T> {
    let schema = schemars::schema_for!(T).to_value();
    let mut words: Vec<Value> = schema["enum"].as_array().cloned().unwrap_or_default();
    for one in schema["oneOf"].as_array().into_iter().flatten() {
        words.extend(one.get("const").cloned());
        words.extend(one["enum"].as_array().cloned().unwrap_or_default());
    }
    words.into_iter().map(|word| serde_json::from_value(word).unwrap()).collect()
}

fn assert_plain(sentence: &str) {
    assert!(sentence.is_ascii(), "{sentence}");
    let lower = sentence.to_lowercase();
    let words: BTreeSet<&str> = lower.split(|c: char| !c.is_ascii_alphabetic()).collect();
    assert!(FORBIDDEN.iter().all(|word| !words.contains(word)), "{sentence}");
}

#[test]
fn every_flag_has_a_sentence_and_a_name_of_its_own() {
    let flags: Vec<Flag> = every();
    assert_eq!(flags.len(), 42);
    let sentences: BTreeSet<&str> = flags.iter().map(|flag| flag_sentence(*flag)).collect();
    assert_eq!(sentences.len(), flags.len(), "no two flags say the same");
    for sentence in sentences {
        assert_plain(sentence);
        assert!(sentence.ends_with('.') && sentence.len() < 100, "{sentence}");
    }
    let names: BTreeSet<&str> = flags.iter().map(|flag| flag_name(*flag)).collect();
    assert_eq!(names.len(), flags.len());
    names.into_iter().for_each(assert_plain);
}

#[test]
fn every_reason_has_a_sentence_of_its_own_and_a_remedy() {
    let reasons: Vec<Reason> = every();
    assert_eq!(reasons.len(), 28);
    let sentences: BTreeSet<&str> = reasons.iter().map(|reason| reason_sentence(*reason)).collect();
    assert_eq!(sentences.len(), reasons.len());
    sentences.into_iter().for_each(assert_plain);
    for reason in reasons {
        let remedy = reason_remedy(reason);
        assert_plain(remedy);
        assert!(remedy.len() > 20 && !remedy.ends_with('.'), "{remedy}");
    }
}

#[test]
fn every_verdict_has_a_sentence() {
    let claims: Vec<ClaimVerdict> = every();
    assert_eq!(claims.len(), ClaimVerdict::ALL.len());
    for verdict in claims {
        assert_plain(verdict_sentence(verdict));
        for figure in [true, false] {
            assert_plain(verdict_remedy(verdict, figure));
            assert_eq!(verdict_remedy(verdict, figure).is_empty(), verdict == ClaimVerdict::OnRecord);
        }
    }
    every::<CheckVerdict>().into_iter().map(check_phrase).for_each(assert_plain);
    assert_ne!(mismatch_sentence(&[]), mismatch_sentence(&[Flag::Number]));
    // A remark is no difference.
    assert_eq!(mismatch_sentence(&[]), mismatch_sentence(&[Flag::Rounded]));
    assert!(zone_phrase(Zone::ScriptData).contains("readers do not see"));
}

#[test]
fn no_report_for_people_has_a_word_of_the_house() {
    let style = Style { verbosity: Verbosity::Verbose, unicode: false, width: 140, ..Style::default() };
    let report = samples::every_verdict();
    for written in [crate::text(&report, &style), crate::markdown(&report, &style)] {
        let lower = written.to_lowercase();
        let words: BTreeSet<&str> = lower.split(|c: char| !c.is_ascii_alphabetic()).collect();
        assert!(FORBIDDEN.iter().all(|word| !words.contains(word)));
    }
}

#[test]
fn every_flag_that_a_check_bears_is_told() {
    for flag in every::<Flag>() {
        let mut claim = samples::on_record();
        claim.passes = false;
        claim.checks[0].flags = vec![flag];
        let report = samples::report(vec![claim]);
        let written = crate::text(&report, &Style { width: 200, ..Style::default() });
        assert!(unwrapped(&written).contains(flag_sentence(flag)), "{flag:?}: {written}");
        assert!(crate::markdown(&report, &Style::default()).contains(&markdown(flag_sentence(flag))), "{flag:?}");
    }
}

#[test]
fn every_reason_is_told_with_its_word_and_remedy() {
    for reason in every::<Reason>() {
        let mut claim = samples::unavailable();
        claim.checks[0].reason = Some(reason);
        let written = unwrapped(&crate::text(&samples::report(vec![claim]), &Style::default()));
        for part in [reason.word(), reason_sentence(reason), reason_remedy(reason)] {
            assert!(written.contains(part), "{reason:?}: {written}");
        }
    }
}

fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
