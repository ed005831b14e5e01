//! Hostile and broken sources: each is bounded and has its reason, and nothing of it brings the program down.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use onrecord::engine::Reader;
use onrecord::extract::pdf::PdfEngine;
use onrecord::extract::{Input, Limits, extract};
use onrecord::model::{Reading, Reason, Zone};

const REPORT: &[u8] = include_bytes!("../fixtures/cases/source-pdf/report.pdf");

fn read(bytes: &[u8], content_type: &str) -> Reading {
    extract(&Input { bytes, content_type: Some(content_type), name: "" }, &Limits::default())
}

fn reason(bytes: &[u8], content_type: &str) -> Option<Reason> {
    let reading = read(bytes, content_type);
    assert!(reading.document.is_none() || reading.obstacles.is_empty());
    reading.obstacles.first().map(|obstacle| obstacle.reason)
}

fn program() -> Reader {
    Reader { program: Some(env!("CARGO_BIN_EXE_onrecord").into()), ..Reader::default() }
}

#[test]
fn pages_that_nest_and_swell_are_read() {
    let deep = format!("{}<p>the bottom of it</p>", "<div>".repeat(10_000));
    assert_eq!(&*read(deep.as_bytes(), "text/html").document.unwrap().text, "the bottom of it");
    let inline = format!("<p>{}the bottom of it</p>", "<s><b hidden>".repeat(3_000));
    assert!(read(inline.as_bytes(), "text/html").document.unwrap().text.contains("the bottom of it"));
    let wide = format!("<p class=\"{0}\" style=\"{0}\" title=\"{0}\">words</p>", "x ".repeat(10 << 20));
    assert_eq!(&*read(wide.as_bytes(), "text/html").document.unwrap().text, "words");
    let nul = read(b"<p>one\0two \xff\xfe three</p>", "text/html; charset=utf-8").document.unwrap();
    assert!(nul.text.starts_with("one") && nul.text.ends_with("three"));
    assert_eq!(nul.replacements, 2);
    let long = "<p>A sentence of a page that does not end, and goes on for ever.</p>\n".repeat(60_000);
    assert_eq!(read(long.as_bytes(), "text/html").document.unwrap().blocks.len(), 60_000);
    let rules = format!("<style>{}</style><p class=a>seen</p>", ".a{display:none".repeat(100_000));
    assert!(read(rules.as_bytes(), "text/html").document.is_some());
}

#[test]
fn a_page_above_the_limit_says_so() {
    let input = Input { bytes: &[b' '; 100], content_type: Some("text/html"), name: "" };
    assert_eq!(extract(&input, &Limits { max_bytes: 99 }).obstacles[0].reason, Reason::TooLarge);
}

#[test]
fn markup_that_never_ends_is_bounded() {
    let xml = format!("<?xml version='1.0'?><a>{}", "<b>".repeat(100_000));
    assert_eq!(reason(xml.as_bytes(), "application/xml"), Some(Reason::Damaged));
    let laughs = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><l>&b;&b; end</l>";
    assert!(read(laughs.as_bytes(), "application/xml").document.unwrap().text.len() < 40);
    let json = "[".repeat(200_000);
    assert_eq!(reason(json.as_bytes(), "application/json"), Some(Reason::Damaged));
    assert_eq!(reason(b"", "text/vtt"), Some(Reason::NoText));
    assert_eq!(reason(b"PK\x03\x04word/document.xml", "application/octet-stream"), Some(Reason::Damaged));
}

#[test]
fn the_reader_process_says_what_the_thread_says() {
    for engine in [PdfEngine::First, PdfEngine::Second] {
        let text = program().read(REPORT, engine).unwrap();
        assert_eq!(text, Reader::default().read(REPORT, engine).unwrap());
        assert_eq!(text.pages, 3);
        assert!(text.blocks.iter().any(|block| block.page == 2 && block.text.starts_with("signed")), "{text:?}");
    }
}

#[test]
fn a_reader_that_does_not_end_is_ended() {
    let reader = Reader { timeout: Duration::from_nanos(1), ..program() };
    assert_eq!(reader.read(REPORT, PdfEngine::First).unwrap_err().reason, Reason::Timeout);
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_asks_for_too_much_memory_ends_alone() {
    let reader = Reader { memory: 1 << 20, ..program() };
    assert_eq!(reader.read(REPORT, PdfEngine::First).unwrap_err().reason, Reason::Damaged);
}

#[test]
fn a_reader_that_is_not_there_is_told() {
    let reader = Reader { program: Some("/nowhere/at/all".into()), ..Reader::default() };
    let failure = reader.read(REPORT, PdfEngine::First).unwrap_err();
    assert!(failure.detail.contains("/nowhere/at/all"), "{}", failure.detail);
}

#[test]
fn a_pdf_that_unfolds_without_end_is_ended() {
    // Two hundred megabytes of drawing that draw nothing, in a few hundred kilobytes.
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..200 {
        packed.write_all(&[b' '; 1 << 20]).unwrap();
    }
    let stream = packed.finish().unwrap();
    let mut bytes = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>\nendobj\n".to_vec();
    bytes.extend(format!("4 0 obj\n<< /Filter /FlateDecode /Length {} >>\nstream\n", stream.len()).bytes());
    bytes.extend(stream);
    bytes.extend(b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n");
    let reader = Reader { memory: 128 << 20, ..program() };
    let failure = reader.read(&bytes, PdfEngine::First).unwrap_err();
    assert!(matches!(failure.reason, Reason::Damaged | Reason::NoText | Reason::Timeout), "{failure:?}");
}

#[test]
fn the_reader_is_no_command_for_people() {
    let help = Command::new(env!("CARGO_BIN_EXE_onrecord")).arg("--help").output().unwrap();
    assert!(!String::from_utf8_lossy(&help.stdout).contains("read-pdf"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["read-pdf", "first", "1073741824"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"no PDF at all").unwrap();
    let answer = child.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&answer.stdout).contains("damaged"));
}

#[test]
fn text_prints_zones_with_page_and_time_and_data_with_offsets() {
    let folder = tempfile::tempdir().unwrap();
    let run = |source: &str, more: &[&str]| {
        let source = format!("{}/fixtures/cases/{source}", env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["text", &source, "--archive"])
            .arg(folder.path())
            .args(more)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let zones = run("source-pdf/report.pdf", &["--zones"]);
    assert!(zones.contains("headline     headline     p. 1      A year of fog"), "{zones}");
    let cues = run("source-subtitles/talk.vtt", &["--zones"]);
    assert!(cues.contains("body         cue          00:04:31  The comet is late, and it is"), "{cues}");
    let data: serde_json::Value =
        serde_json::from_str(&run("source-subtitles/talk.vtt", &["--format", "json"])).unwrap();
    let text: Vec<char> = data["text"].as_str().unwrap().chars().collect();
    for block in data["blocks"].as_array().unwrap() {
        let at = |edge: &str| block[edge].as_u64().unwrap() as usize;
        assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), block["text"].as_str().unwrap());
        assert_eq!(block["author"], "Edda Marsh");
    }
    let lie = run("source-announced-wrongly/story.pdf", &["--format", "json"]);
    assert!(lie.contains("announced as application/pdf, and it is HTML"), "{lie}");
}

#[test]
fn struck_and_unseen_text_is_no_body() {
    let page =
        b"<p>One <s>two</s> three <span hidden>four</span><span style='left:-999em;position:absolute'>five</span>.</p>";
    let document = read(page, "text/html").document.unwrap();
    let blocks: Vec<(Zone, &str)> =
        document.blocks.iter().map(|block| (block.zone, document.slice(block.range))).collect();
    assert_eq!(
        blocks,
        [(Zone::Paragraph, "One three ."), (Zone::Struck, "two"), (Zone::Hidden, "four"), (Zone::Hidden, "five")]
    );
}

/// Blocks stand in order, apart from each other, on character boundaries, inside the text.
fn hold_together(reading: &Reading, what: &str) {
    assert!(reading.document.is_some() || !reading.obstacles.is_empty(), "{what}: nothing, and no reason");
    let Some(document) = &reading.document else { return };
    let mut at = 0;
    for block in &document.blocks {
        assert!(block.range.start >= at && !block.range.is_empty(), "{what}: {block:?}");
        assert!(document.text.get(block.range.span()).is_some(), "{what}: {block:?}");
        at = block.range.end;
    }
}

#[test]
fn damaged_files_of_every_kind_are_read_or_refused() {
    let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let mut files: Vec<std::path::PathBuf> = std::fs::read_dir(cases)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("source-"))
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|ending| ending != "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 12);
    // A plain generator of numbers: every run damages alike.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for path in files {
        let name = path.to_string_lossy().into_owned();
        let whole = std::fs::read(&path).unwrap();
        let rounds = if name.ends_with(".pdf") { 10 } else { 60 };
        for round in 0..rounds {
            let mut bytes = whole.clone();
            if round % 3 == 0 {
                bytes.truncate(next(whole.len()));
            }
            for _ in 0..next(8) {
                if !bytes.is_empty() {
                    let at = next(bytes.len());
                    bytes[at] = [0, b'<', b'>', b'"', 0xff, b'{', b'\n', bytes[at] ^ 0x20][next(8)];
                }
            }
            let reading = extract(&Input { bytes: &bytes, content_type: None, name: &name }, &Limits::default());
            hold_together(&reading, &format!("{name}, round {round}"));
        }
    }
}
