//! How many of a random sample of mutants do the tests catch? The mutants are those of `cargo mutants --list`; all of the
//! sample are built into one program, each behind a switch, because building takes a minute and a half and testing one
//! mutant seconds. Run by `scripts/mutants.sh`, in a copy of the project that it may change.

mod instrument;
mod run;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde::Deserialize;

pub(crate) type Failure = Box<dyn std::error::Error>;

/// A mutant, as `cargo mutants --list --json` has it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Mutant {
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) genre: String,
    pub(crate) replacement: String,
    pub(crate) span: Span,
    pub(crate) diff: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: Point,
}

/// Line and column, both from 1; columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) struct Point {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// What became of a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// A test failed, or did not end; which.
    Caught(String),
    /// No test failed; how many ran the mutated place.
    Survived(usize),
    /// It does not compile.
    Unviable,
}

fn main() -> Result<(), Failure> {
    let number = |name: &str, otherwise: u64| match std::env::var(name) {
        Ok(text) => text.parse::<u64>().map_err(|error| format!("{name}: {error}")),
        Err(_) => Ok(otherwise),
    };
    let (seed, count) = (number("SEED", 1)?, number("COUNT", 100)?);
    let files = std::env::var("FILES").unwrap_or_else(|_| String::from("src/matching/**"));
    let root = std::env::current_dir()?;
    let listed = Command::new("cargo").args(["mutants", "--list", "--json", "--diff", "-f", &files]).output()?;
    let mut all: Vec<Mutant> = serde_json::from_slice(&listed.stdout)?;
    if let Ok(part) = std::env::var("NAME") {
        all.retain(|mutant| mutant.name.contains(&part));
    }
    let total = all.len();
    let sample = sample(all, seed, usize::try_from(count)?);
    println!("{} of {total} mutants of {files}, seed {seed}", sample.len());

    let fates = run::fates(&root, &sample)?;
    report(&sample, &fates);
    Ok(())
}

/// So many of them, at random, in the order of the files.
fn sample(mut all: Vec<Mutant>, seed: u64, count: usize) -> Vec<Mutant> {
    let mut state = seed;
    let mut next = || {
        // SplitMix64
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let count = count.min(all.len());
    for place in 0..count {
        let rest = all.len() - place;
        all.swap(place, place + (next() % rest as u64) as usize);
    }
    all.truncate(count);
    all.sort_by(|a, b| {
        (&a.file, a.span.start.line, a.span.start.column).cmp(&(&b.file, b.span.start.line, b.span.start.column))
    });
    all
}

fn report(sample: &[Mutant], fates: &BTreeMap<usize, Fate>) {
    let (mut caught, mut unviable) = (0, 0);
    let mut survivors = Vec::new();
    for (number, mutant) in sample.iter().enumerate() {
        match &fates[&number] {
            Fate::Caught(test) => {
                caught += 1;
                println!("caught    {}   by {test}", mutant.name);
            }
            Fate::Unviable => {
                unviable += 1;
                println!("unviable  {}", mutant.name);
            }
            Fate::Survived(reached) => survivors.push((mutant, *reached)),
        }
    }
    for (mutant, reached) in &survivors {
        println!("SURVIVED  {}   (run by {reached} tests)", mutant.name);
    }
    let viable = sample.len() - unviable;
    let share = if viable == 0 { 0.0 } else { 100.0 * f64::from(caught) / viable as f64 };
    println!("{caught} of {viable} caught ({share:.1} %), {} survived, {unviable} do not compile", survivors.len());
}

/// Where the sources are.
pub(crate) fn path(root: &std::path::Path, mutant: &Mutant) -> PathBuf {
    root.join(&mutant.file)
}
