//! Throughput of the record codec: `archive write FILE RECORDS` makes a file of pages, `archive read FILE [--no-digests]`
//! reads every record of one. Prints seconds, records and bytes; `scripts/benchmark-archive.sh` sets it beside other
//! people's readers and writers. `archive open FOLDER read|write` opens an archive and prints what memory a capture of it
//! takes: at most while it is opened, and while it is open (Linux).

use std::fs::{self, File};
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use onrecord::archive::warc::{ReadLimits, Reader};
use onrecord::archive::{Answer, Archive, Exchange, Field, Mode, Protocol};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `cargo bench` and `cargo test` add arguments of their own
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", folder, records] => write(Path::new(folder), records.parse()?),
        ["read", file] => read(Path::new(file), true),
        ["read", file, "--no-digests"] => read(Path::new(file), false),
        ["open", folder, mode] => open(Path::new(folder), if *mode == "write" { Mode::Write } else { Mode::Read }),
        _ => {
            let folder = std::env::temp_dir().join(format!("onrecord-bench-{}", std::process::id()));
            write(&folder, 200)?;
            read(&folder.join("segment-000001.warc.gz"), true)?;
            Ok(fs::remove_dir_all(folder)?)
        }
    }
}

fn read(path: &Path, digests: bool) -> Result<(), Box<dyn std::error::Error>> {
    let began = Instant::now();
    let limits = ReadLimits { digests, ..ReadLimits::default() };
    let mut reader = Reader::open(File::open(path)?, "file", limits)?;
    let (mut records, mut bytes) = (0_u64, 0_u64);
    while let Some(record) = reader.next_record()? {
        records += 1;
        bytes += record.block.len() as u64;
    }
    report("read", began, records, bytes);
    Ok(())
}

fn write(folder: &Path, records: usize) -> Result<(), Box<dyn std::error::Error>> {
    let pages: Vec<Exchange> = (0..records).map(page).collect();
    let bytes = pages.iter().flat_map(|page| &page.answer).map(|answer| answer.body.len() as u64).sum();
    let began = Instant::now();
    let mut archive = Archive::open(folder, Mode::Write)?;
    for page in &pages {
        archive.append_exchange(page)?;
    }
    archive.flush()?;
    report("write", began, records as u64, bytes);
    Ok(())
}

fn open(folder: &Path, mode: Mode) -> Result<(), Box<dyn std::error::Error>> {
    // bytes of the process: now, and at most
    let memory = || {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        ["VmRSS:", "VmHWM:"].map(|name| {
            let words = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            words.split_whitespace().next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(0) * 1024
        })
    };
    let before = memory();
    let began = Instant::now();
    let archive = Archive::open(folder, mode)?;
    let seconds = began.elapsed().as_secs_f64();
    let [after, most] = memory();
    let captures = archive.captures().len();
    let each = |bytes: usize| bytes.saturating_sub(before[0]) / captures.max(1);
    println!("open {seconds:.3} s, {captures} captures, {} bytes each, {} at most", each(after), each(most));
    Ok(())
}

fn report(what: &str, began: Instant, records: u64, bytes: u64) {
    let seconds = began.elapsed().as_secs_f64();
    let rate = bytes as f64 / seconds / 1e6;
    println!("{what} {seconds:.3} s, {records} records, {bytes} bytes, {rate:.1} MB/s");
}

/// A page of some thirty kilobytes, as compressible as pages are; no two alike.
fn page(number: usize) -> Exchange {
    const WORDS: [&str; 24] = [
        "harbour", "tide", "keeper", "lamp", "league", "pilot", "storm", "the", "of", "and", "was", "in", "coast",
        "ferry", "quay", "signal", "watch", "north", "barge", "anchor", "said", "that", "nine", "days",
    ];
    let mut state = number as u64 * 0x9e37_79b9_7f4a_7c15 + 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut body = format!("<!doctype html><html><head><title>Page {number}</title></head><body>");
    for paragraph in 0..40 {
        body.push_str(&format!("<p class=\"body-{paragraph}\" id=\"p{:x}\">", next()));
        for _ in 0..90 {
            body.push_str(WORDS[usize::try_from(next() % 24).unwrap_or(0)]);
            body.push_str(if next() % 11 == 0 { ", " } else { " " });
        }
        body.push_str(&format!("{}</p>\n", next() % 100_000));
    }
    let url = format!("https://daily.example/story/{number}");
    let at = Timestamp::from_second(1_711_000_000 + number as i64).unwrap_or(Timestamp::UNIX_EPOCH);
    let answer = Answer {
        url: url.clone(),
        asked: at,
        request: vec![Field::new("Host", "daily.example"), Field::new("User-Agent", "bench")],
        protocol: Protocol::Http11,
        status: 200,
        fields: vec![Field::new("Content-Type", "text/html; charset=utf-8"), Field::new("Server", "bench")],
        body: body.into_bytes(),
        truncated: None,
        peer: None,
        location: None,
    };
    Exchange { requested: url, began: at, hops: Vec::new(), answer: Some(answer), failure: None }
}
