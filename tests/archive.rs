//! Archives on a real disk: what is written is read, what is damaged is noticed, what was killed is repaired.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use onrecord::archive::warc::{Integrity, Kind, ReadLimits, Reader};
use onrecord::archive::{
    Answer, Archive, ArchiveError, Exchange, Field, Mode, Options, Protocol, Truncation, sha256_hex,
};
use onrecord::model::address::Addresses;
use onrecord::model::{Capture, CaptureId, Failure, Hop, Origin, Outcome, Reason};
use proptest::prelude::*;

const PAGE: &str = "<p>The lighthouse burned for two nights, the keeper wrote.</p>";
const SEGMENT: &str = "segment-000001.warc.gz";

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_711_000_000 + second).unwrap()
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn gunzip(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(data).read_to_end(&mut out).unwrap();
    out
}

fn answer(url: &str, body: &[u8]) -> Answer {
    Answer {
        url: url.to_owned(),
        asked: time(0),
        request: vec![Field::new("Host", "daily.example"), Field::new("User-Agent", "test")],
        protocol: Protocol::Http11,
        status: 200,
        fields: vec![Field::new("content-type", "text/html; charset=utf-8")],
        body: body.to_vec(),
        truncated: None,
        peer: Some("192.0.2.1".parse().unwrap()),
        location: None,
    }
}

fn exchange(url: &str, body: &[u8]) -> Exchange {
    Exchange {
        requested: url.to_owned(),
        began: time(0),
        hops: Vec::new(),
        answer: Some(answer(url, body)),
        failure: None,
    }
}

fn redirected(from: &str, to: &str, body: &[u8]) -> Exchange {
    let mut hop = answer(from, b"moved");
    hop.status = 301;
    hop.location = Some(to.to_owned());
    Exchange { requested: from.to_owned(), hops: vec![hop], ..exchange(to, body) }
}

fn open(path: &Path) -> Archive {
    Archive::open(path, Mode::Write).unwrap()
}

/// An archive with one of everything.
fn sample(path: &Path) -> Vec<Capture> {
    let mut archive = open(path);
    archive.append_exchange(&exchange("https://daily.example/a", PAGE.as_bytes())).unwrap();
    archive
        .append_exchange(&redirected("https://daily.example/old", "https://daily.example/b", b"second page"))
        .unwrap();
    archive.append_failure("https://daily.example/c", Failure::new(Reason::Dns, "no such name"), time(5)).unwrap();
    archive.append_local("notes/ä b.txt", b"the tide", "text/plain", time(-50), time(9)).unwrap();
    let packed = gzip(PAGE.as_bytes());
    let mut compressed = exchange("https://daily.example/d", &packed);
    compressed.answer.as_mut().unwrap().fields.push(Field::new("content-encoding", "gzip"));
    archive.append_exchange(&compressed).unwrap();
    archive.captures().to_vec()
}

fn bodies(archive: &Archive) -> Vec<Option<Vec<u8>>> {
    archive.captures().iter().map(|capture| archive.body(&capture.id).ok().map(|body| body.bytes)).collect()
}

#[test]
fn what_is_written_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let written = sample(folder.path());
    let by_index = Archive::open(folder.path(), Mode::Read).unwrap();
    assert_eq!(by_index.captures(), written);
    assert!(by_index.warnings().is_empty(), "{:?}", by_index.warnings());
    fs::remove_file(folder.path().join("index.cdxj")).unwrap();
    let by_records = Archive::open(folder.path(), Mode::Read).unwrap();
    assert_eq!(by_records.captures(), written, "the records alone say the same");
    let single = Archive::open(&folder.path().join(SEGMENT), Mode::Read).unwrap();
    assert_eq!(single.captures(), written, "and so does the segment as a file of its own");

    let expected: Vec<Option<Vec<u8>>> =
        [Some(PAGE), Some("second page"), None, Some("the tide"), Some(PAGE)].map(|body| body.map(Into::into)).into();
    for archive in [&by_index, &by_records, &single] {
        assert_eq!(bodies(archive), expected);
    }
    let [page, second, failed, local, compressed] = written.as_slice() else { panic!("{written:#?}") };
    assert_eq!((page.origin, page.status, page.captured), (Origin::Live, Some(200), time(0)));
    assert_eq!(page.content_type.as_deref(), Some("text/html; charset=utf-8"));
    let hop = Hop { from: "https://daily.example/old".into(), status: 301, to: "https://daily.example/b".into() };
    assert_eq!((second.hops.as_slice(), second.requested.as_str()), (&[hop][..], "https://daily.example/old"));
    assert_eq!(second.address, "https://daily.example/b");
    assert_eq!(failed.outcome, Outcome::Failed(Failure::new(Reason::Dns, "no such name")));
    assert_eq!((failed.sha256.as_str(), failed.status, failed.captured), ("", None, time(5)));
    assert_eq!((local.origin, local.status, local.captured), (Origin::Local, None, time(-50)));
    assert_eq!((local.requested.as_str(), local.content_type.as_deref()), ("notes/ä b.txt", Some("text/plain")));
    assert_eq!(compressed.sha256, sha256_hex(PAGE.as_bytes()), "the hash is that of the decoded body");
}

#[test]
fn records_are_as_the_standard_and_other_readers_want_them() {
    let folder = tempfile::tempdir().unwrap();
    {
        let mut archive = open(folder.path());
        let mut sent = exchange("https://daily.example/a", PAGE.as_bytes());
        let answer = sent.answer.as_mut().unwrap();
        answer.protocol = Protocol::H2;
        answer.truncated = Some(Truncation::Disconnect);
        answer.fields.extend([
            Field::new("transfer-encoding", "chunked"),
            Field::new("content-length", "9999"),
            Field::new("set-cookie", "a=b"),
            Field::new("x-split", "one\r\nX-Forged: two"),
        ]);
        answer.request.extend([
            Field::new("Cookie", "secret"),
            Field::new("AUTHORIZATION", "secret"),
            Field::new("Proxy-Authorization", "secret"),
        ]);
        archive.append_exchange(&sent).unwrap();
    }
    let bytes = fs::read(folder.path().join(SEGMENT)).unwrap();
    let text = String::from_utf8(gunzip(&bytes)).unwrap();
    assert!(!text.contains("secret"));
    assert!(!text.contains("\nX-Forged"));
    let mut reader = Reader::open(Cursor::new(&bytes), SEGMENT, ReadLimits::default()).unwrap();
    let mut kinds = Vec::new();
    let mut offset = 0;
    while let Some(record) = reader.next_record().unwrap() {
        assert_eq!(record.integrity, Integrity::Whole);
        assert_eq!((record.place.offset, record.place.skip), (offset, 0), "one gzip member per record");
        let member = &bytes[record.place.offset as usize..][..record.place.length as usize];
        assert!(gunzip(member).starts_with(b"WARC/1.1\r\nWARC-Type: "));
        assert_eq!(&member[4..8], [0; 4], "no time in the gzip header");
        assert_eq!(
            record.header.get("WARC-Block-Digest"),
            Some(format!("sha256:{}", sha256_hex(&record.block)).as_str())
        );
        assert!(record.header.get("WARC-Date").unwrap().ends_with('Z'));
        assert!(record.header.get("WARC-Record-ID").unwrap().starts_with("<urn:uuid:"));
        offset += record.place.length;
        if record.kind() == Kind::Response {
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nX-Archive-Orig-transfer-encoding: \
                 chunked\r\nX-Archive-Orig-content-length: 9999\r\nset-cookie: a=b\r\nx-split: one  X-Forged: \
                 two\r\nContent-Length: {}\r\n\r\n{PAGE}",
                PAGE.len()
            );
            assert_eq!(String::from_utf8_lossy(&record.block), head);
            assert_eq!(record.header.get("WARC-Protocol"), Some("h2"));
            assert_eq!(record.header.get("WARC-Truncated"), Some("disconnect"));
            assert_eq!(
                record.header.get("WARC-Payload-Digest"),
                Some(format!("sha256:{}", sha256_hex(PAGE.as_bytes())).as_str())
            );
        }
        kinds.push(record.kind());
    }
    assert_eq!(offset, bytes.len() as u64);
    assert_eq!(kinds, [Kind::Warcinfo, Kind::Response, Kind::Request]);
    assert!(reader.take_warnings().is_empty());
}

#[test]
fn many_captures_of_one_address_are_kept_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let url = "https://daily.example/a";
    {
        let mut archive = open(folder.path());
        for number in 0..3 {
            archive.append_exchange(&exchange(url, format!("version {number}").as_bytes())).unwrap();
        }
        archive.append_failure(url, Failure::new(Reason::Timeout, "too slow"), time(3)).unwrap();
    }
    let mut archive = open(folder.path());
    archive.append_exchange(&exchange(url, b"version 3")).unwrap();
    let found: Vec<Option<Vec<u8>>> =
        archive.captures_of(url).iter().map(|capture| archive.body(&capture.id).ok().map(|body| body.bytes)).collect();
    let version = |number: u8| Some(format!("version {number}").into_bytes());
    assert_eq!(found, [version(0), version(1), version(2), None, version(3)]);
    let ids: std::collections::HashSet<_> = archive.captures().iter().map(|capture| capture.id.clone()).collect();
    assert_eq!(ids.len(), 5, "equal captures have ids of their own");
    assert_eq!(archive.captures_of("HTTPS://Daily.Example:443/a#part").len(), 5, "addresses are compared normalised");
    assert_eq!(archive.captures_of("https://daily.example/A").len(), 0);
}

#[test]
fn an_unchanged_local_file_is_kept_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = open(folder.path());
    let first = archive.append_local("notes.txt", b"one", "text/plain", time(0), time(1)).unwrap();
    assert_eq!(archive.append_local("notes.txt", b"one", "text/plain", time(5), time(6)).unwrap(), first);
    archive.append_local("notes.txt", b"two", "text/plain", time(7), time(8)).unwrap();
    archive.append_local("other.txt", b"one", "text/plain", time(7), time(8)).unwrap();
    let imported = archive.append_imported("notes.txt", b"one", "text/plain", time(7), time(8)).unwrap();
    assert_eq!(imported.origin, Origin::Imported);
    assert_eq!(archive.captures().len(), 4);
    let unsaved = Archive::local_capture("notes.txt", b"one", "text/plain", time(0));
    assert_eq!(Capture { id: first.id.clone(), ..unsaved }, first, "without an archive it says the same");
}

#[test]
fn a_second_writer_is_refused_and_readers_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = open(folder.path());
    first.append_exchange(&exchange("https://daily.example/a", b"x")).unwrap();
    assert!(matches!(Archive::open(folder.path(), Mode::Write), Err(ArchiveError::Locked { .. })));
    assert_eq!(Archive::open(folder.path(), Mode::Read).unwrap().captures().len(), 1);
    drop(first);
    assert_eq!(open(folder.path()).captures().len(), 1);
}

#[test]
fn what_cannot_be_written_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none");
    let mut empty = Archive::open(&missing, Mode::Read).unwrap();
    assert!(empty.captures().is_empty() && !missing.exists());
    let refused = empty.append_exchange(&exchange("https://daily.example/a", b"x"));
    assert!(matches!(refused, Err(ArchiveError::ReadOnly { .. })));
    assert!(Archive::open(&folder.path().join("none.warc.gz"), Mode::Read).is_err());
    let file = folder.path().join("one.warc");
    fs::write(&file, "").unwrap();
    assert!(matches!(Archive::open(&file, Mode::Write), Err(ArchiveError::NotAFolder { .. })));
    assert!(Archive::open(&file, Mode::Read).unwrap().captures().is_empty());
    for (content, name) in [(&b"PK\x03\x04rest"[..], "a.wacz"), (b"filedesc://x", "a.arc"), (b"<html>", "a.warc")] {
        fs::write(folder.path().join(name), content).unwrap();
        let opened = Archive::open(&folder.path().join(name), Mode::Read);
        assert!(matches!(opened, Err(ArchiveError::UnsupportedContainer { .. })), "{name}");
    }
}

/// Cuts a segment at many lengths, as a kill or a full disk would, and goes on writing.
#[test]
fn a_killed_write_leaves_whole_records() {
    let folder = tempfile::tempdir().unwrap();
    let all = sample(folder.path());
    let bytes = fs::read(folder.path().join(SEGMENT)).unwrap();
    let index = fs::read(folder.path().join("index.cdxj")).unwrap();
    let lengths: Vec<usize> = (0..bytes.len()).step_by(37).chain(bytes.len() - 12..=bytes.len()).collect();
    let mut counts = std::collections::BTreeSet::new();
    for length in lengths {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(SEGMENT), &bytes[..length]).unwrap();
        if length % 2 == 0 {
            // an index that knows of more than there is
            fs::write(folder.path().join("index.cdxj"), &index).unwrap();
        }
        let reading = Archive::open(folder.path(), Mode::Read).unwrap();
        let mut archive = open(folder.path());
        let kept = archive.captures().to_vec();
        assert_eq!(kept, all[..kept.len()], "cut at {length}");
        assert_eq!(reading.captures(), kept, "cut at {length}");
        counts.insert(kept.len());
        // a segment of which nothing is left is removed
        let whole = fs::read(folder.path().join(SEGMENT)).unwrap_or_default();
        let recovered = folder.path().join("recovered-1.bin");
        let aside = fs::read(&recovered).unwrap_or_default();
        assert_eq!([whole, aside].concat(), &bytes[..length], "cut at {length}: no byte is lost");
        let told = archive.warnings().iter().any(|warning| warning.message.contains("recovered-1.bin"));
        assert_eq!(told, recovered.exists(), "cut at {length}");

        let new = archive.append_exchange(&exchange("https://daily.example/new", b"after")).unwrap();
        drop(archive);
        for keep_index in [true, false] {
            if !keep_index {
                fs::remove_file(folder.path().join("index.cdxj")).unwrap();
            }
            let archive = Archive::open(folder.path(), Mode::Read).unwrap();
            assert_eq!(archive.captures().len(), kept.len() + 1, "cut at {length}");
            assert_eq!(archive.captures().last(), Some(&new), "cut at {length}");
            assert_eq!(archive.body(&new.id).unwrap().bytes, b"after");
        }
    }
    assert_eq!(counts.len(), all.len() + 1, "every number of captures was met");
}

#[test]
fn other_rubbish_at_the_end_is_moved_aside_too() {
    let folder = tempfile::tempdir().unwrap();
    let all = sample(folder.path());
    let path = folder.path().join(SEGMENT);
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend([0; 5000]);
    fs::write(&path, &bytes).unwrap();
    let archive = open(folder.path());
    assert_eq!(archive.captures(), all);
    assert_eq!(fs::read(folder.path().join("recovered-1.bin")).unwrap(), [0; 5000]);
    assert!(!archive.warnings().is_empty());
    drop(archive);
    assert!(open(folder.path()).warnings().is_empty(), "the repair is done once");
}

/// Every single byte matters: whatever changes is either told, or changes nothing that a capture says.
#[test]
fn a_changed_byte_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let all = sample(folder.path());
    let index = fs::read(folder.path().join("index.cdxj")).unwrap();
    let good = bodies(&Archive::open(folder.path(), Mode::Read).unwrap());
    let bytes = fs::read(folder.path().join(SEGMENT)).unwrap();
    for position in (0..bytes.len()).step_by(11) {
        let mut changed = bytes.clone();
        changed[position] ^= 0x10;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(SEGMENT), &changed).unwrap();
        let archive = match Archive::open(folder.path(), Mode::Read) {
            Ok(archive) => archive,
            Err(error) => panic!("changed at {position}: {error}"),
        };
        let same = archive.captures() == all && bodies(&archive) == good;
        assert!(same || !archive.warnings().is_empty(), "changed at {position}");
        // after damage, reading goes on: at most the captures of one exchange are lost
        assert!(archive.captures().len() + 2 > all.len(), "changed at {position}: {}", archive.captures().len());

        fs::write(folder.path().join("index.cdxj"), &index).unwrap();
        let archive = Archive::open(folder.path(), Mode::Read).unwrap();
        for (number, capture) in archive.captures().iter().enumerate() {
            if let Ok(body) = archive.body(&capture.id) {
                assert_eq!(Some(body.bytes), good[number], "changed at {position}");
            }
        }
    }
}

#[test]
fn a_damaged_segment_is_not_written_on() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    let path = folder.path().join(SEGMENT);
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 6;
    bytes[last] ^= 1;
    fs::write(&path, &bytes).unwrap();
    fs::remove_file(folder.path().join("index.cdxj")).unwrap();
    let mut archive = open(folder.path());
    assert!(!archive.warnings().is_empty());
    archive.append_exchange(&exchange("https://daily.example/new", b"after")).unwrap();
    drop(archive);
    assert_eq!(fs::read(&path).unwrap(), bytes, "damage is evidence, and stays");
    assert!(folder.path().join("segment-000002.warc.gz").exists());
    assert_eq!(open(folder.path()).captures().last().unwrap().address, "https://daily.example/new");
}

#[test]
fn an_index_that_is_behind_or_broken_does_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index.cdxj");
    open(folder.path()).append_exchange(&exchange("https://daily.example/a", b"one")).unwrap();
    let old = fs::read(&index).unwrap();
    open(folder.path())
        .append_exchange(&redirected("https://daily.example/b", "https://daily.example/c", b"two"))
        .unwrap();
    let expected = Archive::open(folder.path(), Mode::Read).unwrap().captures().to_vec();
    assert_eq!(expected.len(), 2);
    for (content, warned) in [(old.as_slice(), false), (b"", true), (b"rubbish\n", true), (b"!meta 0 {}\n", true)] {
        fs::write(&index, content).unwrap();
        let archive = Archive::open(folder.path(), Mode::Read).unwrap();
        assert_eq!(archive.captures(), expected);
        assert_eq!(!archive.warnings().is_empty(), warned);
    }
    drop(open(folder.path()));
    let text = fs::read_to_string(&index).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("!meta 0 {\"format\":\"onrecord/index/1\""));
    assert_eq!(lines.len(), 4, "three responses");
    assert!(lines[1].starts_with("example,daily)/a 20240321054640 {\"url\":\"https://daily.example/a\""));
    lines.sort_unstable();
    assert_eq!(lines, text.lines().collect::<Vec<_>>(), "sorted");
}

/// An archive that lists the captures of some addresses alone.
fn open_for(path: &Path, mode: Mode, addresses: &[&str]) -> Archive {
    let mut wanted = Addresses::default();
    wanted.extend(addresses.iter().map(|address| (*address).to_owned()));
    Archive::open_with(path, mode, Options { addresses: Some(wanted.into()), ..Options::default() }).unwrap()
}

fn listed(archive: &Archive) -> Vec<&str> {
    archive.captures().iter().map(|capture| capture.requested.as_str()).collect()
}

#[test]
fn what_other_addresses_have_is_left_alone() {
    const OTHERS: [&str; 3] = ["https://daily.example/c", "notes/ä b.txt", "https://daily.example/d"];
    let folder = tempfile::tempdir().unwrap();
    let whole = sample(folder.path());
    // the page behind a redirect answers for both addresses
    for wanted in ["https://daily.example/b", "HTTPS://daily.example:443/old#end"] {
        let some = open_for(folder.path(), Mode::Read, &[wanted]);
        assert_eq!(listed(&some), ["https://daily.example/old"], "{wanted}");
        assert_eq!(some.captures()[0], whole[1]);
        assert_eq!(bodies(&some), [Some(b"second page".to_vec())]);
        assert!(some.captures_of("https://daily.example/a").is_empty());
    }
    assert!(open_for(folder.path(), Mode::Read, &["https://daily.example/b?"]).captures().is_empty());
    assert!(open_for(folder.path(), Mode::Read, &[]).captures().is_empty());
    assert_eq!(listed(&open_for(folder.path(), Mode::Read, &OTHERS)), OTHERS);

    // what is added goes into the index of all
    let mut some = open_for(folder.path(), Mode::Write, &["https://daily.example/b"]);
    let b = some.append_exchange(&exchange("https://daily.example/b", b"third page")).unwrap();
    some.append_exchange(&exchange("https://daily.example/e", PAGE.as_bytes())).unwrap();
    let same = some.append_exchange(&exchange("https://daily.example/f", b"second page")).unwrap();
    assert_eq!(some.body(&same.id).unwrap().bytes, b"second page");
    assert_eq!(listed(&some).len(), 4);
    assert_eq!(some.captures_of("https://daily.example/b").len(), 2);
    drop(some);
    let all = Archive::open(folder.path(), Mode::Read).unwrap();
    assert_eq!(all.captures()[..5], whole);
    assert_eq!((all.captures().len(), all.captures()[5].id == b.id), (8, true));
    // what a page refers to as the same comes along
    let same = open_for(folder.path(), Mode::Read, &["https://daily.example/f"]);
    assert_eq!(bodies(&same).last(), Some(&Some(b"second page".to_vec())));

    // no byte tells how the index came about
    let index = folder.path().join("index.cdxj");
    let extended = fs::read(&index).unwrap();
    fs::remove_file(&index).unwrap();
    drop(open_for(folder.path(), Mode::Write, &["https://daily.example/b"]));
    assert_eq!(String::from_utf8(fs::read(&index).unwrap()), String::from_utf8(extended));
}

#[test]
fn nothing_is_lost_where_the_index_of_all_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index.cdxj");
    sample(folder.path());
    let good = fs::read_to_string(&index).unwrap();
    let (first, rest) = good.split_at(good.find('\n').unwrap() + 1);
    let mut lines: Vec<&str> = rest.split_inclusive('\n').collect();
    lines.reverse();
    let longer = first.replace("gz\":", "gz\":9");
    let gone = first.replace("segment-000001", "segment-000009");
    let broken = [
        String::new(),
        "rubbish\n".to_owned(),
        first.to_owned() + &lines.concat(),
        first.to_owned() + "no line\n",
        longer + rest,
        gone + rest,
    ];
    for text in broken {
        fs::write(&index, &text).unwrap();
        let mut some = open_for(folder.path(), Mode::Write, &["https://daily.example/b"]);
        assert!(listed(&some).contains(&"https://daily.example/old"), "{text}");
        // is written once when it is opened, and again with what is added
        assert_eq!(fs::read_to_string(&index).unwrap(), good, "after {text}");
        some.flush().unwrap();
        drop(some);
        assert_eq!(fs::read_to_string(&index).unwrap(), good, "after {text}");
    }
    // an index that is behind is brought up
    let mut some = open_for(folder.path(), Mode::Write, &[]);
    some.append_exchange(&exchange("https://daily.example/0", b"zero")).unwrap();
    drop(some);
    let whole = fs::read_to_string(&index).unwrap();
    fs::write(&index, &good).unwrap();
    let read = open_for(folder.path(), Mode::Read, &["https://daily.example/0"]);
    assert_eq!(listed(&read), ["https://daily.example/0"]);
    drop(read);
    assert_eq!(fs::read_to_string(&index).unwrap(), good, "a reader writes nothing");
    drop(open_for(folder.path(), Mode::Write, &[]));
    assert_eq!(fs::read_to_string(&index).unwrap(), whole);
}

#[test]
fn an_index_that_lies_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let id = {
        let mut archive = open(folder.path());
        archive.append_exchange(&exchange("https://daily.example/b", b"other")).unwrap();
        archive.append_exchange(&exchange("https://daily.example/a", PAGE.as_bytes())).unwrap().id
    };
    let index = folder.path().join("index.cdxj");
    let good = fs::read_to_string(&index).unwrap();
    let lies = [
        good.replace(&sha256_hex(PAGE.as_bytes()), &sha256_hex(b"forged")),
        good.replace("\"requested\":\"https://daily.example/a\"", "\"requested\":\"https://other.example/\""),
        good.replace("\"captured\":\"2024", "\"captured\":\"2020"),
        good.replace("\"status\":200", "\"status\":404"),
        good.replace("\"origin\":\"live\"", "\"origin\":\"memento\""),
    ];
    for lie in lies {
        assert_ne!(lie, good);
        fs::write(&index, lie).unwrap();
        let archive = Archive::open(folder.path(), Mode::Read).unwrap();
        assert!(matches!(archive.body(&id), Err(ArchiveError::Damaged { .. })));
    }
    let unknown = CaptureId("urn:uuid:none".into());
    let archive = Archive::open(folder.path(), Mode::Read).unwrap();
    assert!(matches!(archive.body(&unknown), Err(ArchiveError::NoSuchRecord { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_survives(
        body in proptest::collection::vec(any::<u8>(), 0..3000),
        fields in proptest::collection::vec(("x-[a-z]{1,8}", proptest::collection::vec(1u8.., 0..40)), 0..6),
        path in "[a-zA-Z0-9/%_.~-]{0,30}",
        status in 200u16..600,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("https://daily.example/{path}");
        let mut sent = exchange(&url, &body);
        let answer = sent.answer.as_mut().unwrap();
        answer.status = status;
        answer.fields.extend(fields.into_iter().map(|(name, value)| Field::new(name, value)));
        let written = open(folder.path()).append_exchange(&sent).unwrap();
        fs::remove_file(folder.path().join("index.cdxj")).unwrap();
        let archive = Archive::open(folder.path(), Mode::Read).unwrap();
        prop_assert!(archive.warnings().is_empty(), "{:?}", archive.warnings());
        prop_assert_eq!(archive.captures(), std::slice::from_ref(&written));
        let read = archive.body(&written.id).unwrap();
        prop_assert_eq!(&read.bytes, &body);
        prop_assert_eq!(written.status, Some(status));
        prop_assert_eq!(written.sha256, sha256_hex(&body));
    }
}
