//! WARC files as other programs write them, with everything that they do differently, and as nobody should.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord::archive::warc::{Integrity, ReadLimits, Reader};
use onrecord::archive::{Archive, Mode, Pins, sha256_hex, verify};
use onrecord::model::{Completeness, Origin, Outcome, Reason};
use proptest::prelude::*;

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn bodies(archive: &Archive) -> Vec<Option<Vec<u8>>> {
    archive.captures().iter().map(|capture| archive.body(&capture.id).ok().map(|body| body.bytes)).collect()
}

/// A record as other programs write them.
fn record(kind: &str, id: &str, target: &str, extra: &str, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{id}>\r\nWARC-Date: 2024-03-21T06:00:00Z\r\nWARC-Target-URI: \
         {target}\r\n{extra}Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

fn response(id: &str, target: &str, block: &str) -> String {
    record("response", id, target, "Content-Type: application/http; msgtype=response\r\n", block)
}

fn foreign(folder: &Path, name: &str, content: &[u8]) -> Archive {
    let path: PathBuf = folder.join(name);
    fs::write(&path, content).unwrap();
    Archive::open(&path, Mode::Read).unwrap()
}

fn warned(archive: &Archive, message: &str) -> bool {
    archive.warnings().iter().any(|warning| warning.message.contains(message))
}

#[test]
fn every_packing_of_foreign_records_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let records = [
        response("urn:a", "https://daily.example/a", "HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\nfirst"),
        record("resource", "urn:b", "https://daily.example/b", "Content-Type: text/plain\r\n", "second"),
        response("urn:c", "https://daily.example/c", "HTTP/2 200\r\n\r\nthird"),
    ];
    let all = records.concat();
    let half = all.len() / 2;
    for (name, content) in [
        ("plain.warc", all.clone().into_bytes()),
        ("single.warc.gz", gzip(all.as_bytes())),
        ("each.warc.gz", records.iter().flat_map(|record| gzip(record.as_bytes())).collect()),
        ("halves.warc.gz", [gzip(&all.as_bytes()[..half]), gzip(&all.as_bytes()[half..])].concat()),
        ("empty-member.warc.gz", [gzip(all.as_bytes()), gzip(b"")].concat()),
    ] {
        let archive = foreign(folder.path(), name, &content);
        let texts: Vec<_> =
            bodies(&archive).into_iter().map(|body| String::from_utf8(body.unwrap()).unwrap()).collect();
        assert_eq!(texts, ["first", "second", "third"], "{name}");
        let origins: Vec<_> = archive.captures().iter().map(|capture| capture.origin).collect();
        assert_eq!(origins, [Origin::Live, Origin::Imported, Origin::Live], "{name}");
        assert_eq!(archive.captures()[0].captured, "2024-03-21T06:00:00Z".parse().unwrap());
        let folder_archive = Archive::open(folder.path(), Mode::Read).unwrap();
        assert!(folder_archive.captures().len() >= 3, "a folder may hold files of others");
    }
}

#[test]
fn oddities_of_others_are_read_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nfirst";
    let normal = response("urn:a", "https://daily.example/a", page);
    for (name, content, message) in [
        ("brackets", normal.replace("https://daily.example/a", "<https://daily.example/a>"), "angle brackets"),
        (
            "line feeds",
            normal.replace("\r\n", "\n").replace(&format!("{}", page.len()), &format!("{}", page.len() - 3)),
            "header lines do not end",
        ),
        ("no id", normal.replace("WARC-Record-ID: <urn:a>\r\n", ""), "no WARC-Record-ID"),
        ("no date", normal.replace("WARC-Date: 2024-03-21T06:00:00Z\r\n", ""), "no WARC-Date"),
        ("date", normal.replace("06:00:00Z", "07:00:00+01:00"), "not in the form of the standard"),
        (
            "digest",
            normal.replace("WARC-Date", "WARC-Block-Digest: sha1:AAAA\r\nWARC-Date"),
            "does not have the digest",
        ),
        (
            "payload",
            normal.replace("WARC-Date", "WARC-Payload-Digest: sha1:AAAA\r\nWARC-Date"),
            "payload does not have",
        ),
        (
            "blake",
            normal.replace("WARC-Date", "WARC-Block-Digest: blake2b:00\r\nWARC-Date"),
            "of a kind that is not checked",
        ),
        ("rubbish", format!("rubbish\r\nmore\r\n{normal}"), "belong to none"),
        ("no colon", normal.replace("WARC-Date", "what is this\r\nWARC-Date"), "has no colon"),
        ("end", normal.trim_end().to_owned(), "two line breaks"),
        ("version", normal.replace("WARC/1.0", "WARC/1.7"), "version"),
        ("type", format!("{normal}{}", record("novel", "urn:n", "https://daily.example/n", "", "x")), "not known"),
        ("left-over header", normal.replace("Content-Type: text/html", "Content-Encoding:  gzip"), "taken as they are"),
    ] {
        let archive = foreign(folder.path(), "odd.warc", content.as_bytes());
        assert!(warned(&archive, message), "{name}: {:?}", archive.warnings());
        assert_eq!(bodies(&archive), [Some(b"first".to_vec())], "{name}");
        assert_eq!(archive.captures_of("https://daily.example/a").len(), 1, "{name}");
    }
    let spaces = foreign(folder.path(), "s.warc", response("urn:a", "https://daily.example/a b", page).as_bytes());
    assert!(warned(&spaces, "contains spaces"));
    assert_eq!(spaces.captures()[0].address, "https://daily.example/a%20b");
    let cut = foreign(folder.path(), "c.warc", &normal.as_bytes()[..normal.len() - 7]);
    assert!(warned(&cut, "before the record does"));
    assert_eq!((cut.captures()[0].completeness, bodies(&cut)), (Completeness::Truncated, vec![Some(b"fi".to_vec())]));
    let twice = foreign(folder.path(), "t.warc", format!("{normal}{}", normal.replace("first", "again")).as_bytes());
    assert!(warned(&twice, "several records"));
    assert_eq!(bodies(&twice), [Some(b"first".to_vec()), Some(b"again".to_vec())]);
}

/// The failure of the only capture of an archive.
fn failure(archive: &Archive) -> Option<Reason> {
    let [capture] = archive.captures() else { panic!("{:?}", archive.captures()) };
    match &capture.outcome {
        Outcome::Body => None,
        Outcome::Failed(failure) => Some(failure.reason),
    }
}

#[test]
fn what_does_not_have_its_digest_carries_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let html = "<p>The keeper lit 43 lamps.</p>";
    let zipped = gzip(html.as_bytes());
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    let plain = format!("{head}\r\n{html}");
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{html}\r\n0\r\n\r\n", html.len());
    let sha = |bytes: &[u8]| format!("WARC-Payload-Digest: sha256:{}\r\n", sha256_hex(bytes));
    let of = |digest: &str, block: &[u8]| {
        let extra = format!("Content-Type: application/http; msgtype=response\r\n{digest}");
        let text = record("response", "urn:a", "https://daily.example/a", &extra, &"x".repeat(block.len()));
        let at = text.find("\r\n\r\n").unwrap() + 4;
        [&text.as_bytes()[..at], block, b"\r\n\r\n"].concat()
    };
    let coded = [format!("{head}Content-Encoding: gzip\r\n\r\n").as_bytes(), &zipped].concat();
    // as stored, without chunks, and decoded: each is what some writers take the digest of
    for (name, digest, block) in [
        ("stored", sha(html.as_bytes()), plain.as_bytes()),
        ("dechunked", sha(html.as_bytes()), chunked.as_bytes()),
        ("coded", sha(&zipped), &coded),
        ("decoded", sha(html.as_bytes()), &coded),
        ("none", String::new(), plain.as_bytes()),
        ("unknown", "WARC-Payload-Digest: blake2b:00\r\n".to_owned(), plain.as_bytes()),
        // a digest of the block that is wrong says nothing against a payload that has its own
        ("block", format!("WARC-Block-Digest: sha1:AAAA\r\n{}", sha(html.as_bytes())), plain.as_bytes()),
    ] {
        let archive = foreign(folder.path(), "d.warc", &of(&digest, block));
        assert_eq!(failure(&archive), None, "{name}");
        assert_eq!(bodies(&archive), [Some(html.as_bytes().to_vec())], "{name}");
    }
    for (name, digest, block) in [
        ("stored", sha(html.as_bytes()), plain.replace("43", "48")),
        ("dechunked", sha(html.as_bytes()), chunked.replace("43", "48")),
        ("block", "WARC-Block-Digest: sha1:AAAA\r\n".to_owned(), plain.clone()),
    ] {
        let archive = foreign(folder.path(), "d.warc", &of(&digest, block.as_bytes()));
        assert_eq!(failure(&archive), Some(Reason::Damaged), "{name}");
        assert!(warned(&archive, "does not have the digest"), "{name}");
        assert!(bodies(&archive)[0].is_some(), "a person may still look at it");
    }
}

#[test]
fn what_is_not_all_there_is_no_whole_capture() {
    let folder = tempfile::tempdir().unwrap();
    let page = |length: usize| format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nfirst");
    let whole = |content: String| foreign(folder.path(), "w.warc", content.as_bytes()).captures()[0].completeness;
    assert_eq!(whole(response("urn:a", "https://daily.example/a", &page(5))), Completeness::Complete);
    assert_eq!(whole(response("urn:a", "https://daily.example/a", &page(3))), Completeness::Complete);
    assert_eq!(whole(response("urn:a", "https://daily.example/a", &page(6))), Completeness::Truncated);
    let segment = "Content-Type: application/http\r\nWARC-Segment-Number: 1\r\n";
    assert_eq!(
        whole(record("response", "urn:a", "https://daily.example/a", segment, &page(5))),
        Completeness::Truncated
    );
}

#[test]
fn dates_are_as_precise_as_they_are_written() {
    let folder = tempfile::tempdir().unwrap();
    for (written, date) in [
        ("2024-03-20", "2024-03-20T00:00:00Z"),
        ("2024-03", "2024-03-01T00:00:00Z"),
        ("2024", "2024-01-01T00:00:00Z"),
        ("2024-03-20T05:06Z", "2024-03-20T05:06:00Z"),
        ("20240320050607", "2024-03-20T05:06:07Z"),
        ("2024-03-20T05:06:07.5Z", "2024-03-20T05:06:07.5Z"),
        ("March 2024", "1970-01-01T00:00:00Z"),
    ] {
        let content = response("urn:a", "https://daily.example/a", "HTTP/1.1 200 OK\r\n\r\nfirst");
        let content = content.replace("2024-03-21T06:00:00Z", written);
        let archive = foreign(folder.path(), "t.warc", content.as_bytes());
        assert_eq!(archive.captures()[0].captured, date.parse().unwrap(), "{written}");
    }
}

#[test]
fn the_page_as_served_comes_before_what_was_made_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let page = response("urn:a", "https://daily.example/a", "HTTP/1.1 200 OK\r\n\r\nfirst");
    let text = record("conversion", "urn:t", "https://daily.example/a", "Content-Type: text/plain\r\n", "made of it");
    let both = foreign(folder.path(), "b.warc", format!("{page}{text}").as_bytes());
    assert_eq!(bodies(&both), [Some(b"first".to_vec())]);
    assert!(warned(&both, "another form of a page"));
    let alone = foreign(folder.path(), "a.warc", text.as_bytes());
    assert_eq!(bodies(&alone), [Some(b"made of it".to_vec())]);
}

#[test]
fn revisits_and_redirects_lead_to_their_bodies() {
    let folder = tempfile::tempdir().unwrap();
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nfirst";
    let digest = format!("WARC-Payload-Digest: sha256:{}\r\n", sha256_hex(b"first"));
    let original = record(
        "response",
        "urn:a",
        "https://daily.example/a",
        &format!("Content-Type: application/http\r\n{digest}"),
        page,
    );
    let later = "2024-03-22T06:00:00Z";
    let revisit = |extra: &str| {
        record("revisit", "urn:r", "https://daily.example/a", extra, "HTTP/1.1 304 Not Modified\r\n\r\n")
            .replace("WARC-Date: 2024-03-21", "WARC-Date: 2024-03-22")
    };
    for extra in [
        "WARC-Refers-To: <urn:a>\r\n",
        "WARC-Refers-To-Target-URI: https://daily.example/a\r\nWARC-Refers-To-Date: 2024-03-21T06:00:00Z\r\n",
        digest.as_str(),
    ] {
        // the order in the file does not matter
        for content in [format!("{original}{}", revisit(extra)), format!("{}{original}", revisit(extra))] {
            let archive = foreign(folder.path(), "r.warc", content.as_bytes());
            let found = archive.captures().iter().find(|capture| capture.id.0 == "urn:r").unwrap();
            assert_eq!((found.captured, found.status), (later.parse().unwrap(), Some(200)), "{extra}");
            assert_eq!(found.sha256, sha256_hex(b"first"));
            assert_eq!(archive.body(&found.id).unwrap().bytes, b"first", "{extra}");
        }
    }
    // a visit that says it saw something else than what it refers to
    let lying = format!("WARC-Refers-To: <urn:a>\r\nWARC-Payload-Digest: sha256:{}\r\n", sha256_hex(b"other"));
    let lying = foreign(folder.path(), "l.warc", format!("{original}{}", revisit(&lying)).as_bytes());
    assert!(matches!(&lying.captures()[1].outcome, Outcome::Failed(failure) if failure.reason == Reason::Damaged));
    let orphan = foreign(folder.path(), "o.warc", revisit("WARC-Refers-To: <urn:gone>\r\n").as_bytes());
    assert!(matches!(&orphan.captures()[0].outcome, Outcome::Failed(failure) if failure.reason == Reason::NotCaptured));

    let moved = |from: &str, to: &str| {
        response(
            &format!("urn:{from}"),
            &format!("https://daily.example/{from}"),
            &format!("HTTP/1.1 301 Moved\r\nLocation: {to}\r\n\r\n"),
        )
    };
    let chain =
        [moved("x", "/y"), moved("y", "a"), original.clone(), moved("p", "q"), moved("q", "p"), moved("z", "/none")];
    let archive = foreign(folder.path(), "m.warc", chain.concat().as_bytes());
    let x = archive.captures_of("https://daily.example/x");
    assert_eq!((x.len(), x[0].hops.len(), x[0].address.as_str()), (1, 2, "https://daily.example/a"));
    assert_eq!(archive.body(&x[0].id).unwrap().bytes, b"first");
    for lost in ["p", "z"] {
        let found = archive.captures_of(&format!("https://daily.example/{lost}"));
        assert!(
            matches!(&found[0].outcome, Outcome::Failed(failure) if failure.reason == Reason::NotCaptured),
            "{lost}"
        );
    }
}

fn zstd(data: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(data, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A ZIP file with one entry, stored or deflated, as other programs write it.
fn zip(entries: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, data, deflated) in entries {
        let packed = if *deflated {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(data).unwrap();
            encoder.finish().unwrap()
        } else {
            data.to_vec()
        };
        let mut crc = flate2::Crc::new();
        crc.update(data);
        let mut common = [20_u16, 0, if *deflated { 8 } else { 0 }, 0, 0].map(u16::to_le_bytes).concat();
        for field in [crc.sum(), u32::try_from(packed.len()).unwrap(), u32::try_from(data.len()).unwrap()] {
            common.extend(field.to_le_bytes());
        }
        common.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        common.extend([0; 2]);
        let at = u32::try_from(out.len()).unwrap();
        out.extend([b"PK\x03\x04", common.as_slice(), name.as_bytes(), &packed].concat());
        directory
            .extend([b"PK\x01\x02\x14\0", common.as_slice(), &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    let (at, length) = (u32::try_from(out.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    out.extend(directory);
    out.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &length.to_le_bytes(), &at.to_le_bytes(), &[0; 2]].concat());
    out
}

const ARC: &str = "filedesc://x.arc 0.0.0.0 20240321060000 text/plain 10\n1 0 Desk\n\n\n\
    https://daily.example/a b 192.0.2.1 20240321060000 text/html 43\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst\n";

#[test]
fn arc_zstandard_and_packages_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nfirst";
    let one = response("urn:a", "https://daily.example/a%20b", page);
    let description: &[u8] = b"{\"profile\":\"data-package\",\"resources\":[]}";
    let packed = gzip(one.as_bytes());
    for (name, content) in [
        ("a.arc", ARC.as_bytes().to_vec()),
        ("a.arc.gz", gzip(ARC.as_bytes())),
        ("a.warc.zst", zstd(one.as_bytes())),
        ("skippable.warc.zst", [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3][..], &zstd(one.as_bytes())].concat()),
        ("a.wacz", zip(&[("archive/a.warc.gz", &packed, false), ("datapackage.json", description, true)])),
        ("deflated.wacz", zip(&[("archive/a.warc.gz", &packed, true), ("datapackage.json", description, false)])),
        ("plain.wacz", zip(&[("archive/a.warc", one.as_bytes(), true)])),
    ] {
        let archive = foreign(folder.path(), name, &content);
        let found = archive.captures_of("https://daily.example/a%20b");
        assert_eq!(found.len(), 1, "{name}: {:?}", archive.captures());
        assert_eq!(archive.body(&found[0].id).unwrap().bytes, b"first", "{name}");
        assert_eq!(found[0].captured, "2024-03-21T06:00:00Z".parse().unwrap(), "{name}");
        // what is left after a cut is read without a panic, and told
        for length in (0..content.len()).step_by(7) {
            fs::write(folder.path().join("cut"), &content[..length]).unwrap();
            if let Ok(archive) = Archive::open(&folder.path().join("cut"), Mode::Read) {
                bodies(&archive);
            }
        }
    }
    let deflated = Archive::open(&folder.path().join("deflated.wacz"), Mode::Read).unwrap();
    assert!(warned(&deflated, "compressed twice"));
    let twice = zip(&[("archive/a.warc.gz", &packed, false), ("archive/a.warc.gz", &packed, false)]);
    assert!(warned(&foreign(folder.path(), "twice.wacz", &twice), "stands in it twice"));
    let slip = zip(&[("../../a.warc.gz", &packed, false)]);
    assert_eq!(foreign(folder.path(), "slip.wacz", &slip).captures().len(), 1, "a name is never a path");
    let mut lies = zip(&[("archive/a.warc.gz", &packed, false), ("datapackage.json", description, true)]);
    lies[30] ^= 1;
    assert!(warned(&foreign(folder.path(), "lies.wacz", &lies), "something else than the directory"));
}

#[test]
fn flipped_bits_never_make_reading_panic() {
    let folder = tempfile::tempdir().unwrap();
    let page = "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n";
    let one = response("urn:a", "https://daily.example/a", page);
    for (name, content) in [
        ("x.arc", ARC.as_bytes().to_vec()),
        ("x.warc.zst", zstd(one.as_bytes())),
        ("x.wacz", zip(&[("archive/a.warc.gz", &gzip(one.as_bytes()), true), ("datapackage.json", b"{}", true)])),
        ("x.warc.gz", gzip(one.as_bytes())),
    ] {
        for at in 0..content.len() {
            let mut flipped = content.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(folder.path().join(name), &flipped).unwrap();
            if let Ok(archive) = Archive::open(&folder.path().join(name), Mode::Read) {
                bodies(&archive);
            }
            let _ = verify(&folder.path().join(name), &Pins::default());
        }
    }
}

#[test]
fn headers_and_blocks_are_bounded() {
    let long =
        format!("WARC/1.0\r\nX: {}\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "x".repeat(200_000));
    let many = format!("WARC/1.0\r\n{}Content-Length: 0\r\n\r\n\r\n\r\n", "A: b\r\n".repeat(5000));
    let folded = format!("WARC/1.0\r\nA: b\r\n{}\r\nContent-Length: 0\r\n\r\n", " c\r\n".repeat(50_000));
    for content in [long, many, folded] {
        let mut reader = Reader::open(Cursor::new(content.as_bytes()), "x", ReadLimits::default()).unwrap();
        let record = reader.next_record().unwrap().unwrap();
        let size: usize = record.header.fields().map(|(name, value)| name.len() + value.len()).sum();
        assert!(size < 140_000, "{size}");
        assert!(!reader.take_warnings().is_empty());
    }
    let limits = ReadLimits { block: 10, ..ReadLimits::default() };
    let content = record("resource", "urn:a", "urn:x", "", &"x".repeat(1000));
    let mut reader = Reader::open(Cursor::new(content.as_bytes()), "x", limits).unwrap();
    let record = reader.next_record().unwrap().unwrap();
    assert_eq!((record.block.len(), record.integrity), (10, Integrity::Cut));
    let huge = "WARC/1.0\r\nContent-Length: 18446744073709551615\r\n\r\nx";
    let mut reader = Reader::open(Cursor::new(huge.as_bytes()), "x", ReadLimits::default()).unwrap();
    assert_eq!(reader.next_record().unwrap().unwrap().integrity, Integrity::Cut);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_the_reader_panic(
        pieces in proptest::collection::vec(prop_oneof![
            Just(b"WARC/1.0\r\n".to_vec()), Just(b"\r\n\r\n".to_vec()), Just(b"Content-Length: 5\r\n".to_vec()),
            Just(b"WARC-Type: response\r\n".to_vec()), Just(b"WARC-Type: revisit\r\n".to_vec()),
            Just(b"WARC-Target-URI: https://a.example/\r\n".to_vec()), Just(b"HTTP/1.1 200 OK\r\n".to_vec()),
            Just(b"Transfer-Encoding: chunked\r\n".to_vec()), Just(b"Content-Encoding: gzip\r\n".to_vec()),
            Just(vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), Just(gzip(b"WARC/1.0\r\nContent-Length: 3\r\n\r\nabc")),
            proptest::collection::vec(any::<u8>(), 0..20),
        ], 0..20),
        packed in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.warc");
        let content = pieces.concat();
        fs::write(&path, if packed { gzip(&content) } else { content }).unwrap();
        if let Ok(archive) = Archive::open(&path, Mode::Read) {
            for capture in archive.captures() {
                let _ = archive.body(&capture.id);
            }
        }
    }
}

/// A package with one file of records, and a description that gives it `hash`.
fn package(path: &Path, records: &str, listed: &str, hash: &str) {
    use zip::write::SimpleFileOptions;
    let mut writer = zip::ZipWriter::new(fs::File::create(path).unwrap());
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file("archive/data.warc", options).unwrap();
    writer.write_all(records.as_bytes()).unwrap();
    writer.start_file("datapackage.json", options).unwrap();
    let bytes = records.len();
    let description = format!(
        r#"{{"profile":"data-package","wacz_version":"1.1.1","resources":[{{"name":"data","path":"{listed}","hash":"{hash}","bytes":{bytes}}}]}}"#
    );
    writer.write_all(description.as_bytes()).unwrap();
    writer.finish().unwrap();
}

#[test]
fn a_file_that_its_package_does_not_vouch_for_carries_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evidence.wacz");
    let records = response("urn:a", "https://daily.example/a", "HTTP/1.1 200 OK\r\n\r\n43 lamps");
    let hash = format!("sha256:{}", sha256_hex(records.as_bytes()));
    for (name, listed, hash, reason) in [
        ("as described", "archive/data.warc", hash.as_str(), None),
        ("another kind of digest", "archive/data.warc", "md5:00", None),
        ("no file of records is described", "pages/pages.jsonl", hash.as_str(), None),
        ("changed", "archive/data.warc", "sha256:00", Some(Reason::Damaged)),
        ("not listed", "archive/other.warc", hash.as_str(), Some(Reason::Damaged)),
    ] {
        package(&path, &records, listed, hash);
        let archive = Archive::open(&path, Mode::Read).unwrap();
        assert_eq!(failure(&archive), reason, "{name}: {:?}", archive.warnings());
        assert_eq!(reason.is_some(), warned(&archive, "nothing in it is read"), "{name}");
    }
}

#[test]
fn an_import_that_was_changed_carries_nothing() {
    use onrecord::archive::ImportNote;
    let folder = tempfile::tempdir().unwrap();
    let given = folder.path().join("given.warc");
    let records = response("urn:a", "https://daily.example/a", "HTTP/1.1 200 OK\r\n\r\n43 lamps");
    fs::write(&given, &records).unwrap();
    let kept = folder.path().join("kept");
    let mut archive = Archive::open(&kept, Mode::Write).unwrap();
    let now = "2024-03-22T06:00:00Z".parse().unwrap();
    let imported = archive.import_archive(&given, &ImportNote::default(), now).unwrap();
    drop(archive);
    assert_eq!(failure(&Archive::open(&kept, Mode::Read).unwrap()), None);
    // nothing in the file itself speaks against it: the log does
    fs::write(kept.join(&imported.name), records.replace("43", "48")).unwrap();
    let archive = Archive::open(&kept, Mode::Read).unwrap();
    assert_eq!(failure(&archive), Some(Reason::Damaged));
    assert!(warned(&archive, "not what the log of the archive says"));
}
