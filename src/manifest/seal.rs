//! The seal of a sign-off: what a person read when they signed, packed into one line of the manifest.
//!
//! Sealed are the statement, the checks that the manifest writes, speaker, chain, sources, the passages that were shown,
//! and what the program had to say against them. The seal carries these texts, not only a digest of them, so that a
//! lapsed one can say what changed without any file beside the manifest. Only Unicode form and white space may change
//! under it. Checks that were read out of the statement are sealed with the statement, so that a better reader of
//! figures does not void a signature.
//!
//! Two versions are understood: `v2:`, written here, and `v1:`, a bare digest of the same texts.

use std::io::{Read, Write};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::model::report::{CheckReport, SealChange, SealState};
use crate::model::words::single_spaced;
use crate::model::{CheckKind, Claim, ClaimVerdict, FlagClass};

/// What a seal of this version begins with.
const VERSION: &str = "v2:";

/// What a seal of the first version begins with.
const FIRST: &str = "v1:";

/// Code points of one text that a seal keeps; of a longer one it keeps the beginning, and a digest of the whole.
const LONGEST: usize = 2_000;

/// Bytes that a seal may unpack to.
const UNPACKED: u64 = 1 << 20;

/// Hexadecimal digits of the digest that guards a seal against a slip of the keyboard.
const GUARD: usize = 16;

/// The texts under a seal, folded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sealed {
    statement: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    quote: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    figure: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    speaker: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    via: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    source: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    passage: Vec<String>,
    /// The verdict of the claim.
    verdict: String,
    /// What spoke against it: every flag but remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    flag: Vec<String>,
}

/// Seals a claim with its verdict and the checks whose passages were read.
pub fn seal(claim: &Claim, verdict: ClaimVerdict, checks: &[CheckReport]) -> String {
    let packed = serde_json::to_vec(&sealed(claim, verdict, checks)).expect("texts and lists are always written");
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let bytes = encoder.write_all(&packed).and_then(|()| encoder.finish()).expect("memory takes every byte");
    format!("{VERSION}{}:{}", guard(&packed), BASE64URL_NOPAD.encode(&bytes))
}

/// Whether the claim is signed with a seal and claim and passages are still what was sealed; else what differs, as far
/// as the seal tells.
///
/// A seal also lapses when the verdict has become worse, or when something speaks against the claim that the person who
/// signed has not seen.
pub fn seal_state(claim: &Claim, verdict: ClaimVerdict, checks: &[CheckReport]) -> SealState {
    let Some(written) = claim.signed.as_ref().and_then(|signed| signed.seal.as_deref()).map(str::trim) else {
        return SealState::Lapsed(Vec::new());
    };
    if written.starts_with(FIRST) {
        return if written == first(claim, checks) { SealState::Holds } else { SealState::Lapsed(Vec::new()) };
    }
    let Some(then) = unpack(written) else { return SealState::Lapsed(Vec::new()) };
    let changed = changes(&then, &sealed(claim, verdict, checks));
    if changed.is_empty() { SealState::Holds } else { SealState::Lapsed(changed) }
}

fn sealed(claim: &Claim, verdict: ClaimVerdict, checks: &[CheckReport]) -> Sealed {
    let fold = |texts: &[String]| texts.iter().map(|text| abridged(text)).collect::<Vec<_>>();
    let explicit = || claim.checks.iter().filter(|check| check.explicit);
    let mut flags: Vec<String> = checks
        .iter()
        .flat_map(|check| &check.flags)
        .filter(|flag| flag.class() != FlagClass::Remark)
        .map(|flag| flag.word().to_owned())
        .collect();
    flags.sort_unstable();
    flags.dedup();
    Sealed {
        statement: abridged(&claim.statement),
        quote: explicit()
            .filter_map(|check| match &check.kind {
                CheckKind::Quote(fragments) => Some(abridged(&fragments.join(" … "))),
                _ => None,
            })
            .collect(),
        figure: explicit()
            .filter_map(|check| match &check.kind {
                CheckKind::Figure(figure) => Some(abridged(figure)),
                _ => None,
            })
            .collect(),
        speaker: claim.speaker.iter().map(|name| abridged(name)).collect(),
        via: fold(&claim.via),
        source: claim.sources.iter().map(|key| abridged(&key.0)).collect(),
        passage: passages(checks).map(abridged).collect(),
        verdict: verdict.word().to_owned(),
        flag: flags,
    }
}

fn passages(checks: &[CheckReport]) -> impl Iterator<Item = &str> {
    checks.iter().filter_map(|check| check.passage.as_ref()).map(|passage| passage.text.as_str())
}

/// What of a claim is not as it was.
fn changes(then: &Sealed, now: &Sealed) -> Vec<SealChange> {
    let mut changes = Vec::new();
    let mut add = |what: &str, signed: &str, now: &str| {
        changes.push(SealChange { what: what.to_owned(), signed: signed.to_owned(), now: now.to_owned() });
    };
    let lists = [
        ("quote", &then.quote, &now.quote),
        ("figure", &then.figure, &now.figure),
        ("speaker", &then.speaker, &now.speaker),
        ("via", &then.via, &now.via),
        ("source", &then.source, &now.source),
        ("passage", &then.passage, &now.passage),
    ];
    if then.statement != now.statement {
        add("statement", &then.statement, &now.statement);
    }
    for (what, before, after) in lists {
        for index in 0..before.len().max(after.len()) {
            let text = |list: &Vec<String>| list.get(index).cloned().unwrap_or_default();
            let (before, after) = (text(before), text(after));
            if before != after {
                add(what, &before, &after);
            }
        }
    }
    let rank = |word: &str| ClaimVerdict::ALL.into_iter().position(|verdict| verdict.word() == word);
    if rank(&now.verdict) < rank(&then.verdict) {
        add("verdict", &then.verdict, &now.verdict);
    }
    for flag in now.flag.iter().filter(|flag| !then.flag.contains(flag)) {
        add("flag", "", flag);
    }
    changes
}

/// Reads a seal of this version; nothing comes of one that is damaged.
fn unpack(written: &str) -> Option<Sealed> {
    let (digest, packed) = written.strip_prefix(VERSION)?.split_once(':')?;
    let bytes = BASE64URL_NOPAD.decode(packed.as_bytes()).ok()?;
    let mut unpacked = Vec::new();
    DeflateDecoder::new(bytes.as_slice()).take(UNPACKED).read_to_end(&mut unpacked).ok()?;
    (guard(&unpacked) == digest).then(|| serde_json::from_slice(&unpacked).ok()).flatten()
}

fn guard(bytes: &[u8]) -> String {
    let mut digits = HEXLOWER.encode(&Sha256::digest(bytes));
    digits.truncate(GUARD);
    digits
}

/// A folded text; of a very long one its beginning and a digest of the whole.
fn abridged(text: &str) -> String {
    let folded = folded(text);
    match folded.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}… (in all {})", &folded[..cut], HEXLOWER.encode(&Sha256::digest(&folded))),
        None => folded,
    }
}

/// NFC, with white space collapsed: what an editor may change in a file without anybody meaning it.
fn folded(text: &str) -> String {
    let composed: String = text.nfc().collect();
    single_spaced(&composed)
}

/// The seal of the first version: a digest over a list of fields, each with its name, the number of its texts, and
/// before each text its length in bytes, so that no two claims share one form.
fn first(claim: &Claim, checks: &[CheckReport]) -> String {
    let mut digest = Sha256::new();
    let mut field = |name: &str, texts: &[&str]| {
        digest.update(format!("{name} {}\n", texts.len()));
        for text in texts {
            let folded = folded(text);
            digest.update(format!("{}\n", folded.len()));
            digest.update(folded);
            digest.update("\n");
        }
    };
    field("onrecord seal 1", &[]);
    field("statement", &[&claim.statement]);
    for check in claim.checks.iter().filter(|check| check.explicit) {
        match &check.kind {
            CheckKind::Quote(fragments) => field("quote", &fragments.iter().map(String::as_str).collect::<Vec<_>>()),
            CheckKind::Figure(figure) => field("figure", &[figure]),
            CheckKind::Statement => {}
        }
    }
    field("speaker", &claim.speaker.iter().map(String::as_str).collect::<Vec<_>>());
    field("via", &claim.via.iter().map(String::as_str).collect::<Vec<_>>());
    field("source", &claim.sources.iter().map(|key| &*key.0).collect::<Vec<_>>());
    field("passage", &passages(checks).collect::<Vec<_>>());
    format!("{FIRST}{}", HEXLOWER.encode(&digest.finalize()))
}

#[cfg(test)]
mod tests;
