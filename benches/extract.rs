//! Bytes of pages → zoned text, beside scraper's bare `text()` on the same pages in the same run.
//!
//! usage: cargo bench --bench extract -- FOLDER   (pages as .html or .html.gz; without a folder, the fixtures' pages)
//!
//! Prints megabytes per second of both and their ratio; the best of several rounds counts, so that other work on the
//! machine disturbs both alike. Then the seconds that pages take which nobody would write.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use onrecord::extract::{Input, Limits, extract};

const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"));
    let mut pages = Vec::new();
    collect(&folder, &mut pages);
    assert!(!pages.is_empty(), "no pages in {}", folder.display());
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let mut best = [Duration::MAX; 2];
    let mut letters = [0; 2];
    for _ in 0..ROUNDS {
        // One after the other within each round: what slows one down slows the other down as well.
        let began = Instant::now();
        letters[0] = pages.iter().map(|page| bare(page)).sum();
        best[0] = best[0].min(began.elapsed());
        let began = Instant::now();
        letters[1] = pages.iter().map(|page| zoned(page)).sum();
        best[1] = best[1].min(began.elapsed());
    }
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!("{} pages, {:.1} MB", pages.len(), bytes as f64 / 1e6);
    println!("scraper's text():  {:7.1} MB/s ({} bytes of text)", speed(best[0]), letters[0]);
    println!("onrecord, zoned:   {:7.1} MB/s ({} bytes of text)", speed(best[1]), letters[1]);
    println!("ratio:             {:7.2}", best[0].as_secs_f64() / best[1].as_secs_f64());
    for (name, page) in hostile() {
        let began = Instant::now();
        let bare = bare(page.as_bytes());
        let between = began.elapsed();
        let text = zoned(page.as_bytes());
        let whole = began.elapsed();
        println!(
            "{name:34} {:6.2} s beside {:6.2} s bare ({bare} and {text} bytes of text)",
            (whole - between).as_secs_f64(),
            between.as_secs_f64()
        );
    }
}

/// Pages that nobody would write.
fn hostile() -> Vec<(&'static str, String)> {
    let sentence = "<p>The ferry left at <b>six</b>, and <a href=/x>nobody</a> was on it but the cook.</p>\n";
    let times = |megabytes: usize| (megabytes << 20) / sentence.len();
    vec![
        ("a page of 50 MB", sentence.repeat(times(50))),
        ("50 MB in one element", format!("<p>{}</p>", "words and more ".repeat((50 << 20) / 15))),
        ("10,000 elements inside each other", format!("{}<p>the bottom</p>", "<div class=story>".repeat(10_000))),
        ("the same with rules of styles", {
            let rules = ".a .b .c p{display:none}".repeat(2_000);
            format!("<style>{rules}</style>{}<p>the bottom</p>", "<div class='b c'>".repeat(10_000))
        }),
        ("an attribute of 20 MB", format!("<p class=\"{0}\" style=\"{0}\">words</p>", "x ".repeat(10 << 20))),
        ("a million raised marks", "<p>a<sup>1</sup>".repeat(1_000_000)),
        ("a million elements side by side", format!("<p>{}", "<i>a</i>".repeat(1_000_000))),
    ]
}

fn bare(page: &[u8]) -> usize {
    scraper::Html::parse_document(&String::from_utf8_lossy(page)).root_element().text().map(str::len).sum()
}

fn zoned(page: &[u8]) -> usize {
    let input = Input { bytes: page, content_type: Some("text/html"), name: "" };
    extract(&input, &Limits::default()).document.map_or(0, |document| document.text.len())
}

fn collect(folder: &Path, pages: &mut Vec<Vec<u8>>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, pages);
        } else if name.ends_with(".html") {
            pages.push(std::fs::read(&path).expect("a page"));
        } else if name.ends_with(".html.gz") {
            let mut bytes = Vec::new();
            let packed = std::fs::File::open(&path).expect("a page");
            flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).expect("a whole page");
            pages.push(bytes);
        }
    }
}
