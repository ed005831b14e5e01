//! Bundles as people make and check them: real processes on real files.
#![expect(clippy::unwrap_used, reason = "helpers of tests may fail as tests do")]

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use onrecord::archive::{Archive, Mode, sha256_hex};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("onrecord"))
        .env_clear()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn good(folder: &Path, arguments: &[&str]) -> String {
    let ran = run(folder, arguments);
    assert_eq!(ran.status, 0, "{arguments:?}: {}{}", ran.out, ran.err);
    ran.out
}

fn verified(folder: &Path, file: &str) -> (i32, Value) {
    let ran = run(folder, &["bundle", "verify", file, "--format", "json"]);
    (ran.status, serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err)))
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// A desk with the archive of the sample: a published claim on a page, one on a file of the desk, one on a copy that
/// somebody supplied, and one that the article does not print.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(Path::new("fixtures/sample/archive"), &folder.path().join("archive"));
    let manifest = r#"
[article]
title = "The quay"
file = "story.html"

[[claim]]
id = "blasts"
statement = "“We heard two blasts,” a deckhand said."
source = "https://northernwire.example/2024/03/22/port-ellary-blasts"
note = "ask the lawyers about NOTEWORD"

[[claim]]
id = "file"
statement = "A sheet at the quay said “the lamps stay lit”."
source = "secret-notes.txt"

[[claim]]
id = "supplied"
statement = "A poster said “the boats stay home”."
source = "https://poster.example/wall"

[[claim]]
id = "draft-only"
statement = "UNPUBLISHEDWORD: the embassy has confirmed that 60 people were killed."
figure = "60"
source = "https://embassy-ordalia.example/statements/2024-14.txt"

[claim.signed]
by = "SIGNERNAME"
on = 2024-03-24
why = "REASONWORD"
seal = "x"
"#;
    let story = "<html><body><article><h1>The quay</h1><p>“We heard two blasts,” a deckhand said.</p><p>A sheet at the \
        quay said “the lamps stay lit”.</p><p>A poster said “the boats stay home”.</p></article></body></html>";
    fs::write(folder.path().join("claims.toml"), manifest).unwrap();
    fs::write(folder.path().join("story.html"), story).unwrap();
    fs::write(folder.path().join("secret-notes.txt"), "The sheet: the lamps stay lit. FILEWORD.\n").unwrap();
    let far = "<p>Between the two stands much that nobody printed.</p>".repeat(9);
    fs::write(
        folder.path().join("poster.html"),
        format!("<p>On the wall: the boats stay home.</p>{}<p>COPYWORD.</p>\n", far),
    )
    .unwrap();
    good(
        folder.path(),
        &["attach", "https://poster.example/wall", "poster.html", "--seen", "2024-03-22", "--by", "PERSONNAME"],
    );
    folder
}

/// Every byte of a bundle that a reader could see: its members, and the bodies and addresses of its captures.
fn everything(bundle: &Path) -> String {
    let mut zip = ZipArchive::new(fs::File::open(bundle).unwrap()).unwrap();
    let mut all = String::new();
    for number in 0..zip.len() {
        let mut member = zip.by_index(number).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        all.push_str(&name);
        all.push_str(&String::from_utf8_lossy(&bytes));
        if name == "captures.wacz" {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("c.wacz");
            fs::write(&path, &bytes).unwrap();
            let archive = Archive::open(&path, Mode::Read).unwrap();
            for capture in archive.captures() {
                all.push_str(&format!("{capture:?}"));
                if let Ok(body) = archive.body(&capture.id) {
                    all.push_str(&String::from_utf8_lossy(&body.bytes));
                }
            }
            let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap();
            for number in 0..package.len() {
                let mut bytes = Vec::new();
                package.by_index(number).unwrap().read_to_end(&mut bytes).unwrap();
                let mut unpacked = Vec::new();
                let _ = flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked);
                all.push_str(&String::from_utf8_lossy(&bytes));
                all.push_str(&String::from_utf8_lossy(&unpacked));
            }
        }
    }
    all
}

#[test]
fn a_bundle_holds_and_is_the_same_for_the_same_input() {
    let desk = desk();
    let folder = desk.path();
    let told = good(folder, &["bundle", "evidence.zip"]);
    assert!(told.contains("4 claims") && told.contains("sha256:"), "{told}");
    assert_eq!(run(folder, &["bundle", "evidence.zip"]).status, 2, "nothing is overwritten unasked");
    let (status, found) = verified(folder, "evidence.zip");
    assert_eq!((status, &found["holds"], &found["problems"]), (0, &true.into(), &Value::Array(vec![])));
    assert_eq!((&found["passages"], &found["withheld"], &found["public"]), (&4.into(), &0.into(), &false.into()));
    let text = good(folder, &["bundle", "verify", "evidence.zip"]);
    assert!(text.contains("4 passages stand") && text.contains("everything holds"), "{text}");
    // a note never leaves its file
    assert!(!everything(&folder.join("evidence.zip")).contains("NOTEWORD"));
    // pins
    let digest = found["digest"].as_str().unwrap().to_owned();
    good(folder, &["bundle", "verify", "evidence.zip", "--head", &format!("sha256:{digest}")]);
    assert_eq!(run(folder, &["bundle", "verify", "evidence.zip", "--head", &"0".repeat(64)]).status, 1);
    assert_eq!(run(folder, &["bundle", "verify", "evidence.zip", "--key", &"0".repeat(64)]).status, 1);
    assert_eq!(run(folder, &["bundle", "verify", "none.zip"]).status, 2);
    let key = good(folder, &["archive", "keygen", "desk.pem"]);
    let key = key.split_whitespace().last().unwrap();
    good(folder, &["bundle", "signed.zip", "--key", "desk.pem"]);
    let signed = good(folder, &["bundle", "verify", "signed.zip", "--key", key]);
    assert!(signed.contains("the pinned key"), "{signed}");
}

#[test]
fn nothing_unpublished_is_in_a_bundle_for_readers() {
    let desk = desk();
    let folder = desk.path();
    let told = good(folder, &["bundle", "readers.zip", "--public"]);
    assert!(told.contains("3 claims") && told.contains("left out"), "{told}");
    let (status, found) = verified(folder, "readers.zip");
    assert_eq!((status, &found["withheld"], &found["passages"]), (0, &2.into(), &1.into()), "{found}");
    good(folder, &["bundle", "whole.zip"]);
    let (public, whole) = (everything(&folder.join("readers.zip")), everything(&folder.join("whole.zip")));
    for word in
        ["FILEWORD", "COPYWORD", "secret-notes", "PERSONNAME", "UNPUBLISHEDWORD", "embassy-ordalia", "REASONWORD"]
    {
        assert!(whole.contains(word), "the twin for a desk has {word}");
        assert!(!public.contains(word), "{word} leaks");
    }
    for word in ["NOTEWORD", "SIGNERNAME"] {
        assert!(!public.contains(word), "{word} leaks");
    }
    assert!(public.contains("port-ellary-blasts"));
}

#[test]
fn every_flipped_byte_is_noticed_and_what_it_touches_is_said() {
    let desk = desk();
    let folder = desk.path();
    good(folder, &["bundle", "evidence.zip", "--public"]);
    let bytes = fs::read(folder.join("evidence.zip")).unwrap();
    let mut zip = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut places = Vec::new();
    for number in 0..zip.len() {
        let member = zip.by_index_raw(number).unwrap();
        let (name, at, size) =
            (member.name().unwrap().into_owned(), member.data_start().unwrap() as usize, member.size() as usize);
        let header = member.header_start() as usize;
        for at in [header + 6, header + 32, at, at + size / 3, at + size / 2, at + size - 1] {
            places.push((name.clone(), at));
        }
    }
    assert_eq!(zip.len(), 7);
    // the directory, and the end of the file
    places.extend([bytes.len() - 1, bytes.len() - 12, bytes.len() - 60].map(|at| ("the directory".to_owned(), at)));
    for (name, at) in places {
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x20;
        fs::write(folder.join("flipped.zip"), &flipped).unwrap();
        let (status, found) = verified(folder, "flipped.zip");
        assert_eq!((status, &found["holds"]), (1, &false.into()), "{name} at byte {at}: {found}");
        let problems = found["problems"].as_array().unwrap();
        assert!(problems.iter().all(|problem| problem["touches"].as_str().is_some_and(|it| !it.is_empty())), "{found}");
    }
    // cut anywhere
    for length in [0, 1, bytes.len() / 2, bytes.len() - 1] {
        fs::write(folder.join("cut.zip"), &bytes[..length]).unwrap();
        assert_eq!(verified(folder, "cut.zip").0, 1, "{length}");
    }
    let mut longer = bytes.clone();
    longer.push(b'x');
    fs::write(folder.join("longer.zip"), &longer).unwrap();
    assert_eq!(verified(folder, "longer.zip").0, 1);
}

/// Writes a bundle again with something done to its members, every digest made right again.
fn forge(from: &Path, to: &Path, change: impl Fn(&str, Vec<u8>) -> Vec<u8>) {
    let mut zip = ZipArchive::new(fs::File::open(from).unwrap()).unwrap();
    let mut members: Vec<(String, Vec<u8>)> = Vec::new();
    for number in 0..zip.len() {
        let mut member = zip.by_index(number).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        let name = member.name().unwrap().into_owned();
        let bytes = change(&name, bytes);
        members.push((name, bytes));
    }
    let list = members.iter().position(|(name, _)| name == "bundle.json").unwrap();
    let mut text = String::from_utf8(members[list].1.clone()).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    for file in value["files"].as_array().unwrap() {
        let bytes = &members.iter().find(|(name, _)| name.as_str() == file["path"]).unwrap().1;
        text = text.replace(file["sha256"].as_str().unwrap(), &sha256_hex(bytes));
        text = text.replace(&format!("\"bytes\": {}\n", file["bytes"]), &format!("\"bytes\": {}\n", bytes.len()));
    }
    let digest = sha256_hex(text.as_bytes());
    members[list].1 = text.into_bytes();
    let sealed = members.iter_mut().find(|(name, _)| name == "bundle-digest.json").unwrap();
    let old: Value = serde_json::from_slice(&sealed.1).unwrap();
    sealed.1 =
        String::from_utf8(sealed.1.clone()).unwrap().replace(old["sha256"].as_str().unwrap(), &digest).into_bytes();
    write_zip(to, &members);
}

/// Members in the form that we write: stored, with the first date that a ZIP file can name.
fn write_zip(to: &Path, members: &[(String, Vec<u8>)]) {
    let mut zip = ZipWriter::new(fs::File::create(to).unwrap());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in members {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn a_report_that_its_captures_do_not_bear_out_is_noticed_whatever_the_digests_say() {
    let desk = desk();
    let folder = desk.path();
    good(folder, &["bundle", "evidence.zip"]);
    let told = |name: &str, change: &dyn Fn(&str, Vec<u8>) -> Vec<u8>| {
        forge(&folder.join("evidence.zip"), &folder.join(name), change);
        let (status, found) = verified(folder, name);
        assert_eq!(status, 1, "{name}: {found}");
        let problems = found["problems"].as_array().unwrap();
        problems
            .iter()
            .map(|problem| format!("{} {}", problem["message"], problem["touches"]))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let replace = |file: &'static str, from: &'static str, to: &'static str| {
        move |name: &str, bytes: Vec<u8>| {
            if name != file {
                return bytes;
            }
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{file} has no {from}");
            text.replace(from, to).into_bytes()
        }
    };
    let words = told("words.zip", &replace("report.json", "We heard two blasts", "We heard ten blasts"));
    assert!(words.contains("does not stand in the capture") && words.contains("blasts"), "{words}");
    let page = told("page.zip", &replace("report.html", "two blasts", "ten blasts"));
    assert!(page.contains("the page does not say what report.json says"), "{page}");
    let date = told("date.zip", &replace("report.json", "\"captured\": \"2024-03-22", "\"captured\": \"2024-03-21"));
    assert!(date.contains("is not among the captures"), "{date}");
    let count = told("count.zip", &replace("report.json", "\"claims\": 4", "\"claims\": 5"));
    assert!(count.contains("counts"), "{count}");
}

#[test]
fn hostile_names_are_told_and_become_no_paths() {
    let desk = desk();
    let folder = desk.path();
    good(folder, &["bundle", "evidence.zip", "--public"]);
    let mut zip = ZipArchive::new(fs::File::open(folder.join("evidence.zip")).unwrap()).unwrap();
    let mut members: Vec<(String, Vec<u8>)> = Vec::new();
    for number in 0..zip.len() {
        let mut member = zip.by_index(number).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        members.push((member.name().unwrap().into_owned(), bytes));
    }
    let before: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    for name in [
        "../escaped",
        "/tmp/onrecord-escaped",
        "C:\\escaped",
        "report.html\u{202e}",
        "\u{1b}[2Jx",
        "a/../../b",
        "<script>",
    ] {
        let mut hostile = members.clone();
        hostile.push((name.to_owned(), b"x".to_vec()));
        write_zip(&folder.join("hostile.zip"), &hostile);
        let (status, found) = verified(folder, "hostile.zip");
        assert_eq!(status, 1, "{name}");
        assert!(found["problems"].to_string().contains("no file of a bundle is called this"), "{name}: {found}");
        let text = run(folder, &["bundle", "verify", "hostile.zip"]).out;
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text:?}");
    }
    fs::remove_file(folder.join("hostile.zip")).unwrap();
    let after: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(before.len(), after.len());
    assert!(!Path::new("/tmp/onrecord-escaped").exists());
    // a list that names a path of the machine
    forge(&folder.join("evidence.zip"), &folder.join("listed.zip"), |name, bytes| {
        if name != "bundle.json" {
            return bytes;
        }
        String::from_utf8(bytes).unwrap().replace("\"onrecord/bundle/1\"", "\"onrecord/bundle/2\"").into_bytes()
    });
    let (status, found) = verified(folder, "listed.zip");
    assert!(status == 1 && found["problems"].to_string().contains("a later version is needed"), "{found}");
}
