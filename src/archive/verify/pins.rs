//! Signatures, timestamps and pins: who vouches for the head of a log.

use super::{Pins, Step, Verification};
use crate::archive::log::Log;
use crate::archive::seal::{self, Signatures, fingerprint};
use crate::archive::timestamp;

/// The digest without its algorithm.
pub(in crate::archive) fn bare(digest: &str) -> String {
    let digest = digest.trim().to_ascii_lowercase();
    digest.strip_prefix("sha256:").map_or(digest.clone(), str::to_owned)
}

/// A key's fingerprint as people write it: with or without colons and spaces.
pub(in crate::archive) fn plain_key(key: &str) -> String {
    bare(key).chars().filter(char::is_ascii_hexdigit).collect()
}

/// The rung of signatures over the head of a log, and what a pinned key asks for.
pub(super) fn signatures(found: &mut Verification, log: &Log, bytes: &[u8], pins: &Pins) {
    let signatures = Signatures::parse(bytes);
    for line in &signatures.broken {
        found.problem(format!("{} line {line}", seal::FILE), Vec::new(), "the signature cannot be read");
    }
    let pinned = pins.key.as_deref().map(plain_key);
    let lines = log.entries.len();
    let mut best: Option<(u64, String, String)> = None;
    for (number, signature) in signatures.read.iter().enumerate() {
        let place = format!("{} line {}", seal::FILE, number + 1);
        let key = fingerprint(&signature.public_key).unwrap_or_default();
        if !signature.holds() {
            found.problem(place, Vec::new(), "the signature is not that of its key over these words");
            continue;
        }
        let line = log.entries.iter().find(|entry| entry.seq == signature.seq);
        if line.is_none_or(|line| line.hash != signature.head) {
            let message = format!("the signature by key {key} is over a log that this one does not continue");
            found.problem(place, Vec::new(), message);
            continue;
        }
        if pinned.as_ref().is_some_and(|pinned| *pinned != key) {
            continue;
        }
        if best.as_ref().is_none_or(|(seq, ..)| *seq <= signature.seq) {
            best = Some((signature.seq, key, signature.created.to_string()));
        }
    }
    match (best, pinned) {
        (Some((seq, key, created)), pinned) => {
            let whole = usize::try_from(seq).is_ok_and(|seq| seq == lines);
            let whose = if pinned.is_some() {
                "the pinned key"
            } else {
                "a key that nobody pinned (--key compares it with one that you know)"
            };
            let extent =
                if whole { format!("all {lines} lines of the log") } else { format!("lines 1 to {seq} of {lines}") };
            let detail = format!("{extent} are signed by {key}, {whose}, on {created} by the signer's clock");
            found.rung(Step::UnchangedSinceSigned, whole, detail.clone());
            if !whole && pinned.is_some() {
                let later = log.entries.iter().filter(|entry| entry.seq > seq);
                let records = later.flat_map(|entry| &entry.records).map(|record| record.id.clone()).collect();
                found.problem(seal::FILE, records, format!("{detail}; what was added since is not signed"));
            }
        }
        (None, Some(pinned)) => {
            found.problem(seal::FILE, Vec::new(), format!("there is no signature by the pinned key {pinned}"));
            found.rung(Step::UnchangedSinceSigned, false, "not signed by the pinned key");
        }
        (None, None) => found.rung(Step::UnchangedSinceSigned, false, "not signed"),
    }
}

/// The rung of timestamps over the head of a log.
pub(super) fn timestamps(found: &mut Verification, log: &Log, bytes: &[u8]) {
    let stamps = timestamp::parse(bytes);
    for line in &stamps.broken {
        found.problem(format!("{} line {line}", timestamp::FILE), Vec::new(), "the timestamp cannot be read");
    }
    let lines = log.entries.len();
    let mut any = false;
    for (number, stamp) in stamps.read.iter().enumerate() {
        let place = format!("{} line {}", timestamp::FILE, number + 1);
        let line = log.entries.iter().find(|entry| entry.seq == stamp.seq);
        if line.is_none_or(|line| line.hash != stamp.head) {
            found.problem(place, Vec::new(), "the timestamp is over a log that this one does not continue");
            continue;
        }
        match timestamp::check(stamp) {
            Ok(checked) => {
                any = true;
                let whole = usize::try_from(stamp.seq).is_ok_and(|seq| seq == lines);
                let extent =
                    if whole { format!("all {lines} lines") } else { format!("lines 1 to {} of {lines}", stamp.seq) };
                let detail = format!(
                    "{extent} of the log existed before {}, says {} (key {})",
                    checked.time, checked.authority, checked.fingerprint
                );
                found.rung(Step::ExistedBefore, whole, detail);
            }
            Err(message) => found.problem(place, Vec::new(), message),
        }
    }
    if !any {
        found.rung(Step::ExistedBefore, false, "no timestamp of an authority");
    }
}

/// Compares a pinned head with the log, or with the digest of a package.
pub(super) fn head(found: &mut Verification, log: Option<&Log>, package: Option<&str>, pins: &Pins) {
    let Some(pinned) = pins.head.as_deref().map(bare) else { return };
    if package.is_some_and(|digest| bare(digest) == pinned) {
        return;
    }
    let line = log.and_then(|log| log.entries.iter().position(|entry| entry.hash == pinned));
    match (line, log) {
        (Some(line), Some(log)) if line + 1 < log.entries.len() => {
            let added = log.entries.len() - line - 1;
            found.notes.push(format!("the archive continues the pinned head: {added} lines were added since"));
        }
        (Some(_), _) => {}
        (None, _) => {
            let message = format!(
                "the pinned head {pinned} is not in it: lines were removed or rewritten since, or it is another archive"
            );
            found.problem("the log", Vec::new(), message);
        }
    }
}
