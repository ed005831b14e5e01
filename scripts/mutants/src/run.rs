//! Building the mutants, and running the tests against each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::instrument::{SWITCH, instrument};
use crate::{Failure, Fate, Mutant, path};

/// The test programs that look at matching. The unit tests are told by their names.
const PROGRAMS: [&str; 8] = ["cases", "families", "figures", "foreign", "elsewhere", "draft", "tolls", "evidence"];
const UNITS: &str = "matching::";
/// Where the switch goes.
const MODULE: &str = "src/matching/mod.rs";
/// Lines below the head of a match in which its arms are looked for.
const ARMS: usize = 16;

/// One test.
struct Test {
    program: PathBuf,
    name: String,
    took: Duration,
    /// The mutants whose place it runs.
    reaches: BTreeSet<usize>,
}

/// What becomes of each of the sample, by its index.
pub(crate) fn fates(root: &Path, sample: &[Mutant]) -> Result<BTreeMap<usize, Fate>, Failure> {
    let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
    for mutant in sample {
        let file = path(root, mutant);
        files.insert(file.clone(), std::fs::read_to_string(&file)?);
    }
    let module = root.join(MODULE);
    files.insert(module.clone(), std::fs::read_to_string(&module)?);
    let outcome = together(root, &files, sample).and_then(|(mut fates, alone)| {
        restore(&files)?;
        for number in alone {
            let fate = by_itself(root, &sample[number], number);
            restore(&files)?;
            fates.insert(number, fate?);
        }
        Ok(fates)
    });
    restore(&files)?;
    outcome
}

fn restore(files: &BTreeMap<PathBuf, String>) -> Result<(), Failure> {
    for (file, text) in files {
        std::fs::write(file, text)?;
    }
    Ok(())
}

/// The fates of those that can be built in one program, and which cannot.
fn together(
    root: &Path,
    files: &BTreeMap<PathBuf, String>,
    sample: &[Mutant],
) -> Result<(BTreeMap<usize, Fate>, Vec<usize>), Failure> {
    let mut left_out: BTreeSet<usize> = BTreeSet::new();
    let placed = loop {
        let mut placed = BTreeSet::new();
        for (file, text) in files {
            let wanted = sample
                .iter()
                .enumerate()
                .filter(|(number, mutant)| path(root, mutant) == *file && !left_out.contains(number));
            let (mut text, here) = instrument(text, wanted.collect())?;
            placed.extend(here);
            if *file == root.join(MODULE) {
                text.push_str(SWITCH);
            }
            std::fs::write(file, text)?;
        }
        let bad = do_not_compile(root)?;
        if bad.is_empty() {
            break placed;
        }
        left_out.extend(bad);
    };
    let mut fates = BTreeMap::new();
    let mut alone = Vec::new();
    for (number, mutant) in sample.iter().enumerate() {
        if placed.contains(&number) {
            continue;
        }
        // A value that is no value of the function's type is none in a build of its own either.
        if left_out.contains(&number) && mutant.genre == "FnValue" {
            fates.insert(number, Fate::Unviable);
        } else {
            alone.push(number);
        }
    }
    println!("{} built together, {} by themselves", placed.len(), alone.len());
    let mut tests = tests(root)?;
    println!("{} tests", tests.len());
    time(root, &mut tests)?;
    let numbers: Vec<usize> = placed.into_iter().collect();
    let next = AtomicUsize::new(0);
    let found = Mutex::new(&mut fates);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let reaching: Vec<&Test> = tests.iter().filter(|test| test.reaches.contains(number)).collect();
                    let fate = fate(root, &reaching, *number);
                    println!("{fate:?} {}", sample[*number].name);
                    found.lock().expect("no thread panics").insert(*number, fate);
                }
            });
        }
    });
    Ok((fates, alone))
}

/// The mutants that the compiler complains about.
fn do_not_compile(root: &Path) -> Result<BTreeSet<usize>, Failure> {
    let output = Command::new("cargo")
        .args(["check", "--lib", "--profile", "test", "--message-format=json"])
        .current_dir(root)
        .stderr(Stdio::null())
        .output()?;
    let mut bad = BTreeSet::new();
    let mut errors = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line)?;
        let message = &message["message"];
        if message["level"] != "error" {
            continue;
        }
        let mut marked = BTreeSet::new();
        for span in message["spans"].as_array().into_iter().flatten() {
            let text =
                std::fs::read_to_string(root.join(span["file_name"].as_str().unwrap_or_default())).unwrap_or_default();
            let line = |key: &str| span[key].as_u64().and_then(|line| usize::try_from(line).ok()).unwrap_or(1);
            let (first, last) = (line("line_start"), line("line_end"));
            // A match that lacks an arm is told by its head; its arms stand below.
            let below = if message["code"]["code"] == "E0004" { ARMS } else { 0 };
            let spanned = text.lines().skip(first - 1).take(last + 1 - first + below);
            marked.extend(spanned.filter_map(marker));
        }
        if marked.is_empty() {
            errors.push(message["rendered"].to_string());
        }
        bad.extend(marked);
    }
    if bad.is_empty() && !output.status.success() {
        return Err(format!("the mutants do not compile: {}", errors.join("\n")).into());
    }
    Ok(bad)
}

fn marker(line: &str) -> Option<usize> {
    line.trim_start().strip_prefix("/*m:")?.split(':').next()?.parse().ok()
}

/// Builds the tests, and says which there are.
fn tests(root: &Path) -> Result<Vec<Test>, Failure> {
    let mut build = Command::new("cargo");
    build.args(["test", "--no-run", "--message-format=json", "--lib"]).current_dir(root).stderr(Stdio::null());
    for program in PROGRAMS {
        build.args(["--test", program]);
    }
    let output = build.output()?;
    if !output.status.success() {
        return Err("the tests do not build".into());
    }
    let mut tests = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line)?;
        let (Some(program), Some(true)) = (message["executable"].as_str(), message["profile"]["test"].as_bool()) else {
            continue;
        };
        let unit = message["target"]["kind"][0] == "lib";
        let listed = Command::new(program).args(["--list", "--format", "terse"]).current_dir(root).output()?;
        for line in String::from_utf8_lossy(&listed.stdout).lines() {
            if let Some(name) = line.strip_suffix(": test")
                && (!unit || name.starts_with(UNITS))
            {
                let (name, program) = (name.to_owned(), program.into());
                tests.push(Test { program, name, took: Duration::from_secs(20), reaches: BTreeSet::new() });
            }
        }
    }
    Ok(tests)
}

/// Runs each test with no mutant on: how long it takes, and which places it runs. Those that fail are left out.
fn time(root: &Path, tests: &mut Vec<Test>) -> Result<(), Failure> {
    let seen = root.join("target/mutants-seen");
    let mut kept = Vec::new();
    for mut test in std::mem::take(tests) {
        std::fs::write(&seen, "")?;
        let begun = Instant::now();
        if !passes(root, &test, &[("MUTANTS_SEEN", &seen.to_string_lossy())], Duration::from_secs(600)) {
            println!("left out, fails by itself: {}", test.name);
            continue;
        }
        test.took = begun.elapsed();
        test.reaches = std::fs::read_to_string(&seen)?.lines().filter_map(|line| line.parse().ok()).collect();
        kept.push(test);
    }
    kept.sort_by_key(|test| test.took);
    *tests = kept;
    Ok(())
}

fn fate(root: &Path, tests: &[&Test], number: usize) -> Fate {
    for test in tests {
        if !passes(root, test, &[("MUTANT", &number.to_string())], test.took * 6 + Duration::from_secs(15)) {
            return Fate::Caught(test.name.clone());
        }
    }
    Fate::Survived(tests.len())
}

fn passes(root: &Path, test: &Test, environment: &[(&str, &str)], most: Duration) -> bool {
    let child = Command::new(&test.program)
        .args(["--exact", &test.name, "--test-threads", "1"])
        .envs(environment.iter().copied())
        .env("CARGO_MANIFEST_DIR", root)
        // What one mutant breaks is no case for the next.
        .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true")
        .env("INSTA_UPDATE", "no")
        .current_dir(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if begun.elapsed() < most => std::thread::sleep(Duration::from_millis(10)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// A mutant in a build of its own.
fn by_itself(root: &Path, mutant: &Mutant, number: usize) -> Result<Fate, Failure> {
    let change = root.join("target/mutant.diff");
    std::fs::write(&change, &mutant.diff)?;
    let patched = Command::new("patch")
        .args(["-p0", "-s", "--no-backup-if-mismatch", "-i"])
        .arg(&change)
        .current_dir(root)
        .status()?;
    if !patched.success() {
        return Err(format!("{} cannot be put in", mutant.name).into());
    }
    let checked =
        Command::new("cargo").args(["check", "--lib", "--profile", "test", "-q"]).current_dir(root).stderr(Stdio::null()).status()?;
    let fate = if checked.success() {
        let tests = tests(root)?;
        fate(root, &tests.iter().collect::<Vec<_>>(), number)
    } else {
        Fate::Unviable
    };
    println!("{fate:?} {}", mutant.name);
    Ok(fate)
}
