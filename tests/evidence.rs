//! Evidence: every byte of an archive and of a package is vouched for, damage names the records that it touches,
//! and what a signature covers is told.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use onrecord::archive::{
    Answer, Archive, Exchange, Export, Extra, Field, ImportNote, Key, Mode, Options, Original, Pins, Privacy, Protocol,
    Rendering, Step, Supplied, Verification, verify,
};
use onrecord::model::{Capture, CaptureId, Failure, Origin, Outcome, Reason};

const PAGE: &str = "<p>The lighthouse burned for two nights, the keeper wrote in his book of the watch.</p>";
const SEGMENT: &str = "segment-000001.warc.gz";

/// The bytes that are flipped: all with `ONRECORD_EVERY_BYTE`, as the acceptance does; else every forty-first, and
/// those at both ends.
fn places(length: usize) -> impl Iterator<Item = usize> {
    let every = std::env::var_os("ONRECORD_EVERY_BYTE").is_some();
    (0..length).filter(move |at| every || at % 41 == 5 || *at < 30 || at + 30 > length)
}

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_711_000_000 + second).unwrap()
}

fn answer(url: &str, body: &[u8], asked: i64) -> Answer {
    Answer {
        url: url.to_owned(),
        asked: time(asked),
        request: vec![Field::new("Host", "daily.example")],
        protocol: Protocol::Http11,
        status: 200,
        fields: vec![Field::new("content-type", "text/html; charset=utf-8")],
        body: body.to_vec(),
        truncated: None,
        peer: None,
        location: None,
    }
}

fn exchange(url: &str, body: &[u8], asked: i64) -> Exchange {
    Exchange {
        requested: url.to_owned(),
        began: time(asked),
        hops: Vec::new(),
        answer: Some(answer(url, body, asked)),
        failure: None,
    }
}

/// A WARC file of another program.
fn theirs(folder: &Path) -> PathBuf {
    let block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The tide turned.</p>";
    let text = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:theirs>\r\nWARC-Date: 2024-03-20T06:00:00Z\r\n\
         WARC-Target-URI: https://wire.example/tide\r\nContent-Type: application/http; msgtype=response\r\n\
         Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    let path = folder.join("theirs.warc");
    fs::write(&path, text).unwrap();
    path
}

/// An archive with one of everything; returns its captures.
fn sample(path: &Path) -> Vec<Capture> {
    let mut archive = Archive::open(path, Mode::Write).unwrap();
    archive.append_exchange(&exchange("https://daily.example/a", PAGE.as_bytes(), 0)).unwrap();
    let mut moved = exchange("https://daily.example/b", b"second page", 1);
    let mut hop = answer("https://daily.example/old", b"moved", 1);
    (hop.status, hop.location) = (301, Some("https://daily.example/b".to_owned()));
    (moved.requested, moved.hops) = ("https://daily.example/old".to_owned(), vec![hop]);
    archive.append_exchange(&moved).unwrap();
    archive.append_failure("https://daily.example/c", Failure::new(Reason::Dns, "no such name"), time(2)).unwrap();
    archive.append_local("notes.txt", b"the tide", "text/plain", time(-50), time(3)).unwrap();
    archive.append_exchange(&exchange("https://daily.example/a", PAGE.as_bytes(), 100)).unwrap();
    let copy = Supplied {
        address: "https://daily.example/wall",
        bytes: b"<p>Behind the wall.</p>",
        content_type: "text/html",
        original: Some(Original { bytes: b"MIME-Version: 1.0", content_type: "multipart/related" }),
        seen: time(-9),
        by: Some("KM"),
        from: Some("a reader"),
        file: "wall.mhtml",
    };
    archive.append_supplied(&copy, time(101)).unwrap();
    let rendering = Rendering {
        requested: "https://daily.example/app",
        address: "https://daily.example/app",
        status: Some(200),
        html: b"<p>Rendered.</p>",
        screenshot: Some(b"\x89PNG\r\n\x1a\n"),
        at: time(102),
        browser: "Chromium 1",
    };
    archive.append_rendering(&rendering).unwrap();
    let note = ImportNote { file: "theirs.warc".into(), from: Some("a library".into()), ..ImportNote::default() };
    let folder = tempfile::tempdir().unwrap();
    let imported = archive.import_archive(&theirs(folder.path()), &note, time(103)).unwrap();
    assert_eq!((imported.captures, imported.known), (1, false));
    assert!(archive.import_archive(&theirs(folder.path()), &note, time(103)).unwrap().known);
    archive.flush().unwrap();
    archive.captures().to_vec()
}

fn check(path: &Path) -> Verification {
    verify(path, &Pins::default()).unwrap()
}

fn export(archive: &Path, out: &Path, captures: Vec<CaptureId>, key: Option<&Key>) {
    let archive = Archive::open(archive, Mode::Read).unwrap();
    let extras = vec![Extra { name: "claims.toml".into(), bytes: b"# claims".to_vec() }];
    let export = Export { captures, extras, title: Some("Evidence".into()), created: time(500), key };
    archive.export(out, &export).unwrap();
}

#[test]
fn what_was_written_holds_and_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let captures = sample(folder.path());
    let found = check(folder.path());
    assert!(found.holds(), "{:#?}", found.problems);
    assert_eq!(found.records, 17, "{found:#?}");
    let archive = Archive::open(folder.path(), Mode::Read).unwrap();
    assert!(archive.warnings().is_empty(), "{:?}", archive.warnings());
    assert_eq!(archive.captures().len(), captures.len());
    let texts: Vec<_> = archive
        .captures()
        .iter()
        .filter(|capture| capture.outcome == Outcome::Body)
        .map(|capture| String::from_utf8(archive.body(&capture.id).unwrap().bytes).unwrap())
        .collect();
    for text in
        [PAGE, "second page", "the tide", "<p>Behind the wall.</p>", "<p>Rendered.</p>", "<p>The tide turned.</p>"]
    {
        assert!(texts.iter().any(|found| found == text), "{text}");
    }
    assert_eq!(texts.iter().filter(|text| *text == PAGE).count(), 2, "a revisit has the body that it refers to");
    fs::remove_file(folder.path().join("index.cdxj")).unwrap();
    let again = Archive::open(folder.path(), Mode::Read).unwrap();
    let sorted = |archive: &Archive| {
        let mut all: Vec<String> = archive.captures().iter().map(|capture| format!("{capture:?}")).collect();
        all.sort();
        all
    };
    assert_eq!(sorted(&again), sorted(&archive), "the records alone say the same");
}

/// Whether a problem names a record, for damage to a file that holds them.
fn names_a_record(found: &Verification) -> bool {
    found.problems.iter().any(|problem| !problem.records.is_empty())
}

#[test]
fn every_flipped_byte_of_an_archive_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    let mut archive = Archive::open(folder.path(), Mode::Write).unwrap();
    archive.sign(&Key::generate().unwrap(), time(200)).unwrap();
    drop(archive);
    assert!(check(folder.path()).holds());
    let mut files = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files += usize::from(!bytes.is_empty());
        for at in places(bytes.len()) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(&path, &flipped).unwrap();
            let found = check(folder.path());
            assert!(!found.holds(), "{name} byte {at}");
            if name != "signatures.jsonl" && name != "log.jsonl" && name != "index.cdxj" {
                assert!(names_a_record(&found), "{name} byte {at}: {:?}", found.problems);
            }
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert_eq!(files, 5, "segment, import, log, index, signatures");
}

#[test]
fn every_truncation_of_an_archive_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    for name in [SEGMENT, "log.jsonl", "import-000001.warc"] {
        let path = folder.path().join(name);
        let bytes = fs::read(&path).unwrap();
        for length in places(bytes.len()) {
            fs::write(&path, &bytes[..length]).unwrap();
            assert!(!check(folder.path()).holds(), "{name} cut to {length} bytes");
        }
        fs::remove_file(&path).unwrap();
        assert!(!check(folder.path()).holds() || name == "log.jsonl", "{name} missing");
        fs::write(&path, &bytes).unwrap();
    }
    assert!(check(folder.path()).holds());
}

/// The members of a segment.
fn members(path: &Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(path).unwrap();
    let starts: Vec<usize> =
        (0..bytes.len()).filter(|&at| bytes[at..].starts_with(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])).collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    starts.iter().zip(ends).map(|(&start, end)| bytes[start..end].to_vec()).collect()
}

#[test]
fn dropped_doubled_and_reordered_records_are_noticed_and_named() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    let path = folder.path().join(SEGMENT);
    let good = members(&path);
    let alone =
        folder.path().parent().unwrap().join(format!("{}.warc.gz", folder.path().file_name().unwrap().display()));
    for number in 0..good.len() {
        let mut dropped = good.clone();
        dropped.remove(number);
        let mut doubled = good.clone();
        doubled.insert(number, good[number].clone());
        let mut swapped = good.clone();
        swapped.swap(number, (number + 1) % good.len());
        for (what, members) in [("missing", dropped), ("twice", doubled), ("order", swapped)] {
            fs::write(&path, members.concat()).unwrap();
            let found = check(folder.path());
            assert!(!found.holds() && names_a_record(&found), "record {number} {what}");
            let told = found.problems.iter().any(|problem| problem.message.contains(what));
            assert!(told, "record {number} {what}: {:?}", found.problems);
            // the file by itself tells as well, but for its end
            fs::write(&alone, members.concat()).unwrap();
            let last = what == "missing" && (number == 0 || number + 1 == good.len());
            assert!(last || !check(&alone).holds(), "alone: record {number} {what}");
        }
    }
    fs::write(&alone, good.concat()).unwrap();
    assert!(check(&alone).holds());
    fs::remove_file(&alone).unwrap();
}

#[test]
fn every_flipped_byte_of_a_segment_alone_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    let bytes = fs::read(folder.path().join(SEGMENT)).unwrap();
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("evidence.warc.gz");
    fs::write(&path, &bytes).unwrap();
    let good = check(&path);
    assert!(good.holds(), "{:?}", good.problems);
    assert!(good.ladder.iter().all(|rung| !rung.holds), "nothing vouches for a file alone");
    for at in places(bytes.len()) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&path, &flipped).unwrap();
        assert!(!check(&path).holds(), "byte {at}");
    }
}

#[test]
fn every_flipped_byte_and_truncation_of_a_package_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let captures = sample(folder.path());
    let key = Key::generate().unwrap();
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("evidence.wacz");
    export(folder.path(), &path, captures.iter().map(|capture| capture.id.clone()).collect(), Some(&key));
    let good = check(&path);
    assert!(good.holds(), "{:#?}", good.problems);
    assert!(good.records >= 16, "{good:#?}");
    let bytes = fs::read(&path).unwrap();
    let records = memchr::memmem::find(&bytes, b"indexes/index.cdx").unwrap() - 60;
    for at in places(bytes.len()) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&path, &flipped).unwrap();
        let found = check(&path);
        assert!(!found.holds(), "byte {at}");
        if (100..records).contains(&at) {
            assert!(names_a_record(&found), "byte {at}: {:#?}", found.problems);
        }
    }
    for length in places(bytes.len()) {
        fs::write(&path, &bytes[..length]).unwrap();
        assert!(!check(&path).holds(), "cut to {length}");
    }
    for more in [&b"\0"[..], b"PK\x05\x06"] {
        fs::write(&path, [&bytes, more].concat()).unwrap();
        assert!(!check(&path).holds(), "bytes were added");
    }
}

#[test]
fn a_package_has_what_was_asked_for_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let captures = sample(folder.path());
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("evidence.wacz");
    let of = |address: &str| captures.iter().rfind(|capture| capture.requested == address).unwrap().id.clone();
    let asked = vec![of("https://daily.example/old"), of("https://daily.example/a"), of("https://wire.example/tide")];
    export(folder.path(), &path, asked, None);
    assert!(check(&path).holds(), "{:?}", check(&path).problems);
    let package = Archive::open(&path, Mode::Read).unwrap();
    let mut requested: Vec<_> = package.captures().iter().map(|capture| capture.requested.as_str()).collect();
    requested.sort_unstable();
    // the later capture of a page is a revisit, and brings the one that it refers to
    let a = "https://daily.example/a";
    assert_eq!(requested, [a, a, "https://daily.example/old", "https://wire.example/tide"]);
    for capture in package.captures() {
        package.body(&capture.id).unwrap();
    }
    let bytes = fs::read(&path).unwrap();
    for secret in ["notes.txt", "Behind the wall", "wall.mhtml", "a reader", "KM"] {
        assert!(memchr::memmem::find(&bytes, secret.as_bytes()).is_none(), "{secret}");
    }
    assert!(memchr::memmem::find(&bytes, br#""mainPageUrl":"https://daily.example/b""#).is_some());
    // exporting again gives the same bytes
    let asked = vec![of("https://daily.example/old"), of("https://daily.example/a"), of("https://wire.example/tide")];
    export(folder.path(), &path, asked, None);
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

fn rung(found: &Verification, step: Step) -> bool {
    found.ladder.iter().any(|rung| rung.step == step && rung.holds)
}

#[test]
fn signatures_are_compared_with_what_was_pinned() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    sample(dir);
    let (key, other) = (Key::generate().unwrap(), Key::generate().unwrap());
    let mut archive = Archive::open(dir, Mode::Write).unwrap();
    archive.sign(&key, time(200)).unwrap();
    let head = archive.head().unwrap();
    let pins = |key: &Key| Pins { key: Some(key.fingerprint()), head: head.clone() };
    let good = verify(dir, &pins(&key)).unwrap();
    assert!(good.holds() && rung(&good, Step::UnchangedSinceSigned), "{good:#?}");
    assert!(!verify(dir, &pins(&other)).unwrap().holds(), "another key");
    let signatures = fs::read(dir.join("signatures.jsonl")).unwrap();
    // stripped: without a pin a lower rung, with one a problem
    fs::remove_file(dir.join("signatures.jsonl")).unwrap();
    let stripped = check(dir);
    assert!(stripped.holds() && !rung(&stripped, Step::UnchangedSinceSigned));
    assert!(!verify(dir, &pins(&key)).unwrap().holds());
    // swapped for somebody else's
    archive.sign(&other, time(201)).unwrap();
    assert!(!verify(dir, &pins(&key)).unwrap().holds());
    assert!(verify(dir, &pins(&other)).unwrap().holds());
    // of an earlier head
    fs::write(dir.join("signatures.jsonl"), &signatures).unwrap();
    archive.append_exchange(&exchange("https://daily.example/later", b"later", 300)).unwrap();
    let later = archive.captures().last().unwrap().id.0.clone();
    archive.flush().unwrap();
    let early = check(dir);
    assert!(early.holds() && !rung(&early, Step::UnchangedSinceSigned), "{early:#?}");
    let pinned = verify(dir, &Pins { key: Some(key.fingerprint()), head: None }).unwrap();
    assert!(pinned.problems.iter().any(|problem| problem.records.contains(&later)), "{:?}", pinned.problems);
    // an earlier head is continued; a head of another archive is not
    let continued = verify(dir, &Pins { key: None, head: head.clone() }).unwrap();
    assert!(continued.holds() && continued.notes.iter().any(|note| note.contains("continues")));
    let elsewhere = Pins { key: None, head: Some("0".repeat(64)) };
    assert!(!verify(dir, &elsewhere).unwrap().holds());
}

#[test]
fn an_archive_rewritten_from_scratch_is_told_by_its_pinned_head() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut archive = Archive::open(one.path(), Mode::Write).unwrap();
    archive.append_exchange(&exchange("https://daily.example/a", b"what was said", 0)).unwrap();
    let head = archive.head().unwrap();
    let mut forged = Archive::open(two.path(), Mode::Write).unwrap();
    forged.append_exchange(&exchange("https://daily.example/a", b"what was never said", 0)).unwrap();
    drop((archive, forged));
    assert!(check(two.path()).holds(), "by itself it is consistent");
    assert!(verify(one.path(), &Pins { key: None, head: head.clone() }).unwrap().holds());
    assert!(!verify(two.path(), &Pins { key: None, head }).unwrap().holds());
}

#[test]
fn damage_touches_the_captures_that_rest_on_it_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let captures = sample(folder.path());
    let path = folder.path().join(SEGMENT);
    let good = members(&path);
    // the first capture's response; a later revisit rests on it
    let mut damaged = good.clone();
    let at = damaged[1].len() / 2;
    damaged[1][at] ^= 0x10;
    fs::write(&path, damaged.concat()).unwrap();
    let found = check(folder.path());
    let archive = Archive::open(folder.path(), Mode::Read).unwrap();
    let touched = archive.touched(&found);
    let expected: Vec<_> = captures
        .iter()
        .filter(|capture| capture.requested == "https://daily.example/a")
        .map(|capture| capture.id.clone())
        .collect();
    assert_eq!(expected.len(), 2);
    assert_eq!(touched.into_iter().collect::<std::collections::BTreeSet<_>>(), expected.into_iter().collect());
}

#[test]
fn what_is_private_never_reaches_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let privacy =
        Privacy { without_requests: true, without_cookies: true, redact: vec!["token".into(), "session".into()] };
    let options = Options { privacy, ..Options::default() };
    let mut archive = Archive::open_with(folder.path(), Mode::Write, options).unwrap();
    let secret = "s3cr3t";
    let url = format!("https://daily.example/a?token={secret}&page=2");
    let mut moved = exchange(&format!("https://daily.example/b?Session={secret}"), b"a page", 0);
    let mut hop = answer(&url, b"moved", 0);
    (hop.status, hop.location) = (302, Some(moved.requested.clone()));
    hop.fields.push(Field::new("Location", moved.requested.clone()));
    (moved.requested, moved.hops) = (url.clone(), vec![hop]);
    let answered = moved.answer.as_mut().unwrap();
    answered.fields.push(Field::new("Set-Cookie", format!("id={secret}")));
    answered.request.push(Field::new("Referer", url.clone()));
    archive.append_exchange(&moved).unwrap();
    let failure = Failure::new(Reason::Dns, format!("{url} cannot be reached"));
    archive.append_failure(&url, failure, time(1)).unwrap();
    archive.flush().unwrap();
    assert_eq!(archive.captures()[0].requested, "https://daily.example/a?token=redacted&page=2");
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let mut text = bytes.clone();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            text.clear();
            std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(bytes.as_slice()), &mut text).unwrap();
            let text = String::from_utf8_lossy(&text);
            assert!(!text.contains("WARC-Type: request") && !text.contains("Set-Cookie"), "{text}");
            assert!(text.contains("page=2"), "what was not named stays");
        }
        assert!(memchr::memmem::find(&text, secret.as_bytes()).is_none());
    }
    assert!(check(folder.path()).holds());
}

#[test]
fn halves_of_interrupted_writes_are_removed_by_the_next_writer() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path());
    for name in ["index.cdxj.new", "signatures.jsonl.new", "import-000009.wacz.new"] {
        fs::write(folder.path().join(name), "half").unwrap();
    }
    fs::write(folder.path().join("notes.new"), "not ours").unwrap();
    assert!(check(folder.path()).holds());
    drop(Archive::open(folder.path(), Mode::Write).unwrap());
    let left = |name: &str| folder.path().join(name).exists();
    assert!(!left("index.cdxj.new") && !left("signatures.jsonl.new") && !left("import-000009.wacz.new"));
    assert!(left("notes.new"), "what is not ours is left alone");
}

#[test]
fn segments_follow_each_other_and_the_chain_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { segment: 2000, ..Options::default() };
    let mut archive = Archive::open_with(folder.path(), Mode::Write, options).unwrap();
    for number in 0..12 {
        let body: String = (0..60).map(|word| format!("{} ", word * 7919 * (number + 3))).collect();
        archive
            .append_exchange(&exchange(&format!("https://daily.example/{number}"), body.as_bytes(), number))
            .unwrap();
    }
    archive.flush().unwrap();
    drop(archive);
    let segments = fs::read_dir(folder.path()).unwrap().flatten();
    let segments = segments.filter(|entry| entry.file_name().to_string_lossy().starts_with("segment-")).count();
    assert!(segments > 3, "{segments}");
    let good = check(folder.path());
    assert!(good.holds(), "{:?}", good.problems);
    // a segment that is gone is missed, with its records
    fs::remove_file(folder.path().join("segment-000002.warc.gz")).unwrap();
    let found = check(folder.path());
    assert!(found.problems.iter().any(|problem| problem.message == "the file is missing" && problem.records.len() > 2));
}

/// A gzip label on a body that is none has the bytes of the plain page, and is not that page.
#[test]
fn what_does_not_decode_is_not_the_page_with_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = Archive::open(folder.path(), Mode::Write).unwrap();
    archive.append_exchange(&exchange("https://daily.example/a", PAGE.as_bytes(), 0)).unwrap();
    let mut broken = exchange("https://daily.example/broken", PAGE.as_bytes(), 1);
    if let Some(answer) = &mut broken.answer {
        answer.fields.push(Field::new("Content-Encoding", "gzip"));
    }
    let capture = archive.append_exchange(&broken).unwrap();
    assert!(matches!(&capture.outcome, Outcome::Failed(failure) if failure.reason == Reason::BadEncoding));
    drop(archive);
    let archive = Archive::open(folder.path(), Mode::Read).unwrap();
    assert_eq!(archive.captures_of("https://daily.example/broken"), [&capture]);
}

#[test]
fn what_is_known_beside_an_answer_holds_and_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let url = "https://daily.example/a";
    let mut archive = Archive::open(folder.path(), Mode::Write).unwrap();
    let mut first = exchange(url, PAGE.as_bytes(), 0);
    first.answer.as_mut().unwrap().fields.push(Field::new("ETag", "\"one\""));
    let first = archive.append_exchange(&first).unwrap();
    archive.append_robots(&exchange("https://daily.example/robots.txt", b"User-agent: *\nDisallow:", 1)).unwrap();
    let mut same = exchange(url, b"", 2);
    same.answer.as_mut().unwrap().status = 304;
    let unchanged = archive.append_unchanged(&same, &first.id).unwrap();
    let memento = archive.append_memento(&exchange(url, PAGE.as_bytes(), 3), time(-100)).unwrap();
    let picture = Original { bytes: b"\x89PNG\r\n\x1a\n", content_type: "image/png" };
    let typed = |by| Supplied {
        address: url,
        bytes: b"The tide turned.",
        content_type: "text/plain",
        original: Some(picture),
        seen: time(-9),
        by: Some(by),
        from: None,
        file: "page.png",
    };
    let supplied = archive.append_supplied(&typed("KM"), time(4)).unwrap();
    assert_eq!(archive.append_supplied(&typed("KM"), time(5)).unwrap(), supplied, "once is enough");
    archive.append_supplied(&typed("Ada Nyland"), time(6)).unwrap();
    drop(archive);

    assert_eq!((unchanged.status, &unchanged.sha256), (Some(200), &first.sha256));
    assert_eq!((memento.origin, memento.captured), (Origin::Memento, time(-100)));
    assert_eq!((supplied.origin, supplied.supplied_by.as_deref()), (Origin::Imported, Some("KM")));
    let sorted = |archive: &Archive| {
        let mut all: Vec<String> = archive.captures().iter().map(|capture| format!("{capture:?}")).collect();
        all.sort();
        all
    };
    let expected = sorted(&Archive::open(folder.path(), Mode::Read).unwrap());
    assert_eq!(expected.len(), 5, "robots.txt is a record and no capture");
    for lost in [&["index.cdxj"][..], &["index.cdxj", "log.jsonl"]] {
        for name in lost {
            fs::remove_file(folder.path().join(name)).unwrap();
        }
        let archive = Archive::open(folder.path(), Mode::Write).unwrap();
        assert_eq!(sorted(&archive), expected, "without {lost:?}");
        for capture in archive.captures() {
            let text = if capture.origin == Origin::Imported { "The tide turned." } else { PAGE };
            assert_eq!(archive.body(&capture.id).unwrap().bytes, text.as_bytes(), "{capture:?}");
        }
        let validators = archive.validators(url).unwrap();
        assert_eq!((&validators.capture, validators.etag.as_deref()), (&unchanged.id, Some("\"one\"")));
        drop(archive);
        let found = check(folder.path());
        assert!(found.holds(), "without {lost:?}: {:#?}", found.problems);
    }
}
