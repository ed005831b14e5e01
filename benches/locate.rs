//! How fast quotations are located, index included, and how well: to be laid beside what other tools take for the same.
//!
//! `cargo bench --bench locate -- --data DIR` reads `pages.jsonl` (`page`, `text`) and `quotes.jsonl` (`page`, `quote`,
//! `at`: code points of the places that are right) of a folder and prints one line of JSON. `--write DIR` makes such a
//! folder: out of a corpus (`--corpus DIR`, the format of its own README), else of pages that are made up here.
//! `scripts/bench-locate.py` drives it and runs the other tools on the same folder.

#[path = "support/data.rs"]
mod data;

use std::time::{Duration, Instant};

use data::{Data, Page};
use onrecord::matching::{self, Asked, Prepared};
use onrecord::model::{CheckKind, CheckVerdict, Claim, PointTable, TextRange};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut folder, mut corpus, mut write, mut rounds) = (None, None, None, 5usize);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--data" => folder = arguments.next(),
            "--corpus" => corpus = arguments.next(),
            "--write" => write = arguments.next(),
            "--rounds" => rounds = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(rounds),
            // What `cargo bench` hands to every bench.
            "--bench" => {}
            other => return Err(format!("unknown argument {other}").into()),
        }
    }
    let data = match (&folder, &corpus) {
        (Some(folder), _) => Data::read(folder.as_ref())?,
        (None, Some(corpus)) => Data::of_corpus(corpus.as_ref())?,
        (None, None) => data::made(60),
    };
    if let Some(write) = write {
        data.write(write.as_ref())?;
        println!("{} pages and {} quotations written", data.pages.len(), data.quotations());
        return Ok(());
    }
    // Of each page the least of several rounds: what else the computer does only ever adds.
    let mut least: Vec<Took> = Vec::new();
    for _ in 0..rounds.max(1) {
        let took: Vec<Took> = data.pages.iter().map(time).collect();
        least = if least.is_empty() { took } else { least.iter().zip(&took).map(|(a, b)| a.least(b)).collect() };
    }
    let best = least.iter().fold(Took::default(), |all, one| all.add(one));
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let of = |time: Duration, found: Found| {
        let overlap = found.overlap / data.quotations().max(1) as f64;
        serde_json::json!({"micros": micros(time), "located": found.located, "overlap": overlap})
    };
    println!(
        "{}",
        serde_json::json!({
            "tool": "onrecord",
            "pages": data.pages.len(),
            "quotations": data.quotations(),
            "bytes": data.pages.iter().map(|page| page.text.len()).sum::<usize>(),
            "index_micros": micros(best.index),
            "locate": of(best.index + best.locate, best.places),
            "find": of(best.index + best.find, best.passages),
        })
    );
    Ok(())
}

/// What one pass over the pages took, and what it found.
#[derive(Debug, Default, Clone)]
struct Took {
    index: Duration,
    /// Locating alone.
    locate: Duration,
    /// Locating, comparing, naming every difference, and looking at what stands around.
    find: Duration,
    /// What locating alone found.
    places: Found,
    /// What the whole found, quotations that it calls absent left out.
    passages: Found,
}

/// How much was found.
#[derive(Debug, Default, Clone, Copy)]
struct Found {
    /// Quotations whose passage shares at least half with a right place.
    located: usize,
    /// Sum of the shares: what passage and place have in common, of what either has.
    overlap: f64,
}

impl Found {
    fn count(&mut self, range: Option<TextRange>, at: &[[usize; 2]], points: &PointTable<'_>) {
        let Some(span) = range.map(|range| points.range(range)) else { return };
        let share = at.iter().map(|at| overlap(span, *at)).fold(0.0, f64::max);
        self.located += usize::from(share >= 0.5);
        self.overlap += share;
    }

    fn add(&mut self, other: Self) {
        self.located += other.located;
        self.overlap += other.overlap;
    }
}

impl Took {
    fn least(&self, other: &Self) -> Self {
        Self {
            index: self.index.min(other.index),
            locate: self.locate.min(other.locate),
            find: self.find.min(other.find),
            ..self.clone()
        }
    }

    fn add(mut self, other: &Self) -> Self {
        self.index += other.index;
        self.locate += other.locate;
        self.find += other.find;
        self.places.add(other.places);
        self.passages.add(other.passages);
        self
    }
}

fn time(page: &Page) -> Took {
    let document = page.document();
    let claims: Vec<Claim> = page
        .quotes
        .iter()
        .map(|quote| Claim::of(quote.fragments.join(" "), CheckKind::Quote(quote.fragments.clone())))
        .collect();
    let began = Instant::now();
    let prepared = Prepared::new(&document);
    let index = began.elapsed();
    let began = Instant::now();
    let places: Vec<_> = page.quotes.iter().map(|quote| matching::locate(&quote.fragments, &prepared)).collect();
    let locate = began.elapsed();
    let began = Instant::now();
    let findings: Vec<_> =
        claims.iter().map(|claim| matching::find(&claim.checks[0], &Asked::new(claim, &[], None), &prepared)).collect();
    let find = began.elapsed();
    let points = PointTable::new(&document.text);
    let mut took = Took { index, locate, find, ..Took::default() };
    for (quote, (place, finding)) in page.quotes.iter().zip(places.into_iter().zip(&findings)) {
        took.places.count(place, &quote.at, &points);
        let passage = finding.passage.as_ref().filter(|_| finding.verdict != CheckVerdict::Absent);
        took.passages.count(passage.map(|passage| passage.range), &quote.at, &points);
    }
    took
}

/// What two ranges have in common, of what either has.
fn overlap(left: [usize; 2], right: [usize; 2]) -> f64 {
    let common = left[1].min(right[1]).saturating_sub(left[0].max(right[0]));
    let either = (left[1] - left[0]) + (right[1] - right[0]) - common;
    if either == 0 { 0.0 } else { common as f64 / either as f64 }
}
