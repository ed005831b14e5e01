//! Archives made by other programs, record by record, against what another reader makes of them.
//!
//! The files are not part of this repository: the test runs where `ONRECORD_INTEROP` names a folder with them
//! and an `expected_warcio.json`, and otherwise says that it did not. The few files that are malformed are
//! listed here with what is right about them, judged by hand.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::fs::File;
use std::path::{Path, PathBuf};

use onrecord::archive::warc::coding::decode;
use onrecord::archive::warc::{DecodeLimits, HttpAnswer, Kind, ReadLimits, Reader, Record};
use onrecord::archive::{Archive, ArchiveError, Mode, Warning, sha256_hex};
use onrecord::model::{Completeness, Outcome};
use serde_json::Value;

const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("ONRECORD_INTEROP").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: ONRECORD_INTEROP does not name a folder of archives made by others");
    }
    folder
}

struct Read {
    records: Vec<Record>,
    warnings: Vec<Warning>,
}

fn read(path: &Path) -> Result<Read, ArchiveError> {
    let mut reader = Reader::open(File::open(path).unwrap(), "file", ReadLimits::default())?;
    let mut records = Vec::new();
    while let Some(record) = reader.next_record()? {
        records.push(record);
    }
    Ok(Read { records, warnings: reader.take_warnings() })
}

fn kind(record: &Record) -> String {
    record.header.get("WARC-Type").unwrap_or_default().to_owned()
}

fn body_sha256(record: &Record) -> String {
    match record.kind() {
        Kind::Resource => sha256_hex(&record.block),
        Kind::Revisit => EMPTY.to_owned(),
        _ => {
            let Ok(answer) = HttpAnswer::parse(&record.block) else { return "no HTTP answer".to_owned() };
            match decode(&answer, &DecodeLimits::default()) {
                Ok(decoded) => sha256_hex(&decoded.bytes),
                Err(error) => error.to_string(),
            }
        }
    }
}

/// Files whose records we read differently on purpose; each is looked at in a test of its own.
const JUDGED: [&str; 3] =
    ["warcio/bad.arc", "warcio/example-bad-non-chunked.warc.gz", "warcio/example-wrong-chunks.warc.gz"];

#[test]
fn every_record_is_what_the_other_reader_makes_of_it() {
    let Some(folder) = folder() else { return };
    let expected = std::fs::read_to_string(folder.join("expected_warcio.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let mut differences = Vec::new();
    let mut compared = 0;
    for (name, expected) in expected.as_object().unwrap() {
        let Some(expected) = expected.get("records").and_then(Value::as_array) else { continue };
        if JUDGED.contains(&name.as_str()) {
            continue;
        }
        let read = read(&folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        if read.records.len() != expected.len() {
            differences.push(format!("{name}: {} records, not {}", read.records.len(), expected.len()));
        }
        for (number, (record, expected)) in read.records.iter().zip(expected).enumerate() {
            let text = |key: &str| expected.get(key).and_then(Value::as_str);
            compared += 1;
            if Some(kind(record).as_str()) != text("type") {
                differences.push(format!("{name} #{number}: type {}, not {:?}", kind(record), text("type")));
            }
            if record.target().as_deref() != text("uri") {
                differences.push(format!("{name} #{number}: target {:?}, not {:?}", record.target(), text("uri")));
            }
            if let Some(status) = text("status") {
                let found = HttpAnswer::parse(&record.block).map(|answer| answer.status.to_string());
                if found.as_deref() != Ok(status) {
                    differences.push(format!("{name} #{number}: status {found:?}, not {status}"));
                }
            }
            if text("decode_error").is_none()
                && let Some(sha256) = text("decoded_sha256")
                && body_sha256(record) != sha256
            {
                differences.push(format!("{name} #{number}: body {}, not {sha256}", body_sha256(record)));
            }
        }
    }
    assert!(compared > 400, "only {compared} records were compared");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_file_opens_as_an_archive_whose_bodies_can_be_read() {
    let Some(folder) = folder() else { return };
    for entry in walk(&folder) {
        let name = entry.strip_prefix(&folder).unwrap().display().to_string();
        if ![".warc", ".warc.gz", ".arc", ".wacz"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let archive = Archive::open(&entry, Mode::Read).unwrap_or_else(|error| panic!("{name}: {error}"));
        for capture in archive.captures() {
            if capture.outcome == Outcome::Body {
                let body = archive.body(&capture.id).unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(sha256_hex(&body.bytes), capture.sha256, "{name}");
                assert!(archive.captures_of(&capture.address).contains(&capture), "{name}: {}", capture.address);
            }
        }
    }
}

/// What is inside a WACZ is counted by hand with `unzip` and a second reader.
#[test]
fn what_is_inside_a_wacz_is_read() {
    let Some(folder) = folder() else { return };
    for (name, captures) in [
        ("pywb/valid_example_1.wacz", 1),
        ("py-wacz/valid_example_2.wacz", 1),
        ("py-wacz/valid_signed_example_1.wacz", 2),
        ("py-wacz/invalid_signed_example_1.wacz", 2),
        ("replayweb.page/iframetest.wacz", 2),
        ("scoop/example.com.wacz", 3),
        ("py-wacz/invalid_example_1.wacz", 0),
    ] {
        let archive = Archive::open(&folder.join(name), Mode::Read).unwrap_or_else(|error| panic!("{name}: {error}"));
        let all: Vec<_> = archive.captures().iter().map(|capture| capture.address.as_str()).collect();
        assert_eq!(all.len(), captures, "{name}: {all:?} {:?}", archive.warnings());
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Each of these breaks the standard in its own way; the number of whole records is counted by hand.
#[test]
fn malformed_files_are_read_as_far_as_they_go_and_say_so() {
    let Some(folder) = folder() else { return };
    for (name, records, warning) in [
        ("warcio/bad.arc", 4, "has no usable length"),
        ("warcio/example-bad-non-chunked.warc.gz", 6, "several records share one gzip member"),
        ("warcio/example-wrong-chunks.warc.gz", 2, "its block does not have the digest"),
        ("warcio/example-trunc.warc", 4, "bytes before the next record belong to none"),
        ("warcio/example-digest.warc", 4, "its payload does not have the digest"),
        ("warcio/example-space-in-target-uri.warc.gz", 2, "its target URI contains spaces"),
        ("pywb/missing-status-text.warc", 1, "its header lines do not end in one carriage return"),
        ("chatnoir-resiliparse/clipped.warc.gz", 1, "the file ends inside a gzip member"),
    ] {
        let read = read(&folder.join(name)).unwrap();
        assert_eq!(read.records.len(), records, "{name}");
        assert!(read.warnings.iter().any(|found| found.message.contains(warning)), "{name}: {:?}", read.warnings);
    }
    let archive = Archive::open(&folder.join("chatnoir-resiliparse/clipped.warc.gz"), Mode::Read).unwrap();
    assert_eq!(archive.captures()[0].completeness, Completeness::Truncated);
}
