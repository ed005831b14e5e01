//! Holds the structure that `ARCHITECTURE.md` describes: who may name whom, what may touch the world, how long a file
//! may be, and that the documents say what the program does.
//!
//! The sources are read as text: comments, strings and test modules are blanked out, paths that begin with
//! `crate::`, `onrecord::` or enough `super::` are taken for what one module names of another.

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/scanner.rs"]
mod scanner;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use scanner::Source;

/// Who may name whom. `ARCHITECTURE.md` has the same table, row by row; a change needs its reason there.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("manifest", &["model"]),
    ("plan", &["model"]),
    ("draft", &["model"]),
    ("extract", &["model"]),
    ("matching", &["model"]),
    ("judge", &["model"]),
    ("report", &["model"]),
    ("history", &["model"]),
    ("alert", &["model"]),
    ("archive", &["model"]),
    ("capture", &["archive", "model"]),
    ("remote", &["archive"]),
    (
        "engine",
        &[
            "archive", "capture", "draft", "extract", "history", "judge", "manifest", "matching", "model", "plan",
            "report",
        ],
    ),
    (
        "cli",
        &[
            "alert", "archive", "capture", "draft", "engine", "extract", "history", "judge", "manifest", "matching",
            "model", "plan", "remote", "report",
        ],
    ),
    ("main", &["cli"]),
];

/// What touches the world, and the modules that may. Everything else is a pure function of its input.
const WORLD: &[(&str, &[&str], &[&str])] = &[
    (
        "the network",
        &["hyper::client", "tokio::net", "std::net::Tcp", "std::net::Udp", "TcpStream", "object_store::"],
        &["capture", "alert", "remote"],
    ),
    ("a runtime", &["tokio::"], &["capture", "alert", "engine", "remote", "cli"]),
    (
        "files",
        &["std::fs", "File::open", "File::create", "OpenOptions"],
        &["archive", "capture", "engine", "remote", "cli"],
    ),
    ("other processes", &["process::Command", "Command::new"], &["alert", "capture", "engine"]),
    ("the clock", &["Timestamp::now", "Zoned::now", "SystemTime::now"], &["capture", "cli"]),
    (
        "environment and output",
        &["env::var", "println!", "eprintln!", "print!(", "process::exit", "std::io::stdout"],
        &["cli"],
    ),
];

/// Lines beyond which a file needs a reason in `ARCHITECTURE.md`.
const LONG: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Every Rust file below `src`, sorted, with its path from there.
fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                walk(&path, found)?;
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
        Ok(())
    }
    let src = root().join("src");
    let mut paths = Vec::new();
    walk(&src, &mut paths).expect("src can be read");
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
        Source::new(&name, &fs::read_to_string(path).expect("a source file"))
    };
    paths.iter().map(read).collect()
}

/// The sources that are part of the program, without those that only tests declare.
fn program() -> Vec<Source> {
    let all = sources();
    let tests: BTreeSet<String> = all.iter().flat_map(Source::test_files).collect();
    let of_tests = |file: &str| {
        tests.contains(file) || tests.iter().any(|test| file.starts_with(&format!("{}/", test.trim_end_matches(".rs"))))
    };
    all.into_iter().filter(|source| !of_tests(&source.file)).collect()
}

/// Everything that is named against a table of directions, for people.
fn violations(sources: &[Source], table: &[(&str, &[&str])]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| source.file != "lib.rs") {
        let from = source.top();
        let Some((_, allowed)) = table.iter().find(|(module, _)| *module == from) else {
            found.push(format!("{}: the module {from} has no row in the table", source.file));
            continue;
        };
        for named in source.names() {
            let known = table.iter().any(|(module, _)| *module == named.module);
            if named.module == from || allowed.contains(&named.module.as_str()) || named.by_super && !known {
                continue;
            }
            found.push(format!("{}:{}: {from} names {}", source.file, named.line, named.module));
        }
    }
    found
}

/// The modules of a circle in the table, if there is one.
fn circle(table: &[(&str, &[&str])]) -> Option<Vec<String>> {
    let mut left: BTreeMap<&str, BTreeSet<&str>> =
        table.iter().map(|(module, names)| (*module, names.iter().copied().collect())).collect();
    loop {
        let free: Vec<&str> = left.iter().filter(|(_, names)| names.is_empty()).map(|(module, _)| *module).collect();
        if free.is_empty() {
            return (!left.is_empty()).then(|| left.keys().map(|module| (*module).to_owned()).collect());
        }
        left.retain(|module, _| !free.contains(module));
        for names in left.values_mut() {
            names.retain(|name| !free.contains(name));
        }
    }
}

#[test]
fn nobody_names_whom_it_may_not() {
    let found = violations(&program(), DIRECTIONS);
    assert!(found.is_empty(), "against the directions of ARCHITECTURE.md:\n{}", found.join("\n"));
}

#[test]
fn every_module_has_a_row_and_every_row_a_module() {
    let modules: BTreeSet<String> = sources().iter().map(Source::top).filter(|module| module != "lib").collect();
    let rows: BTreeSet<String> = DIRECTIONS.iter().map(|(module, _)| (*module).to_owned()).collect();
    assert_eq!(modules, rows);
}

#[test]
fn the_directions_have_no_circle_and_begin_at_the_model() {
    assert_eq!(circle(DIRECTIONS), None);
    assert!(DIRECTIONS.contains(&("model", &[])));
    assert_eq!(
        circle(&[("a", &["b"]), ("b", &["c"]), ("c", &["a"]), ("d", &[])]),
        Some(vec!["a".into(), "b".into(), "c".into()])
    );
}

#[test]
fn no_files_name_each_other_in_a_circle() {
    let arrows = circles::arrows(&program());
    let found: Vec<String> =
        circles::in_circles(&arrows).iter().map(|file| format!("{file} -> {:?}", arrows[file])).collect();
    assert!(found.is_empty(), "circles, or what lies between them:\n{}", found.join("\n"));
}

#[test]
fn a_circle_of_files_is_found() {
    let sources = [
        Source::new("a/mod.rs", "mod b;\nmod c;\npub use b::find;\n"),
        Source::new("a/b.rs", "use super::c::{Place, self as other};\nuse crate::d::E;\n"),
        Source::new("a/c.rs", "use std::ops::Range;\nfn f() { crate::a::b::find() }\n"),
        Source::new("d.rs", "pub struct E;\n"),
    ];
    let arrows = circles::arrows(&sources);
    assert!(arrows["a/b.rs"].contains("d.rs"));
    assert_eq!(circles::in_circles(&arrows), ["a/b.rs", "a/c.rs"]);
}

#[test]
fn architecture_md_has_the_same_directions() {
    let text = document("ARCHITECTURE.md");
    for (module, names) in DIRECTIONS {
        let names = if names.is_empty() {
            "nothing".to_owned()
        } else {
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let row = format!("| `{module}` | {names} |");
        assert!(text.lines().any(|line| line == row), "ARCHITECTURE.md lacks the row\n{row}");
    }
}

#[test]
fn a_row_that_is_violated_is_found() {
    let bad = Source::new(
        "judge.rs",
        "use crate::model::Claim;\nuse crate::{\n    manifest,\n    archive::{Archive, Mode},\n};\n",
    );
    assert_eq!(violations(&[bad], DIRECTIONS), ["judge.rs:3: judge names manifest", "judge.rs:4: judge names archive"]);
    let climbing =
        Source::new("extract/html.rs", "use super::charset::decode;\nfn f() { super::super::engine::check(); }\n");
    assert_eq!(violations(&[climbing], DIRECTIONS), ["extract/html.rs:2: extract names engine"]);
    let unknown = Source::new("fleet/queue.rs", "");
    assert_eq!(violations(&[unknown], DIRECTIONS).len(), 1);
}

#[test]
fn only_some_modules_touch_the_world() {
    let mut found = Vec::new();
    for source in program() {
        for (what, signs, allowed) in WORLD {
            let top = source.top();
            if allowed.contains(&top.as_str()) || top == "main" {
                continue;
            }
            for sign in *signs {
                found.extend(
                    source
                        .lines_with(sign)
                        .into_iter()
                        .map(|line| format!("{}:{line}: {top} touches {what} ({sign})", source.file)),
                );
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_file_is_long_without_a_reason() {
    let text = document("ARCHITECTURE.md");
    let heading = format!("## Files over {LONG} lines");
    let section = text.split_once(&heading).unwrap_or_else(|| panic!("ARCHITECTURE.md lacks the heading {heading}")).1;
    let section = section.split("\n## ").next().unwrap_or_default();
    let listed: BTreeSet<&str> =
        section.split('`').skip(1).step_by(2).filter(|name| name.starts_with("src/")).collect();
    let long: BTreeMap<String, usize> = sources()
        .iter()
        .map(|source| (format!("src/{}", source.file), source.text.lines().count()))
        .filter(|(_, lines)| *lines > LONG)
        .collect();
    for (file, lines) in &long {
        assert!(listed.contains(file.as_str()), "{file} has {lines} lines and no reason in ARCHITECTURE.md");
    }
    for file in listed {
        assert!(long.contains_key(file), "{file} is listed as long in ARCHITECTURE.md, and is not");
    }
}

#[test]
fn every_source_file_opens_with_what_it_is() {
    for source in program() {
        let first = source.text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//!"), "src/{} does not open with //!", source.file);
    }
}

/// The words of a closed set, as the report's JSON Schema lists them.
fn words(schema: &serde_json::Value, of: &str) -> Vec<String> {
    fn gather(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (key, value) in fields {
                    match (key.as_str(), value) {
                        ("const", serde_json::Value::String(word)) => found.push(word.clone()),
                        ("enum", serde_json::Value::Array(words)) => {
                            found.extend(words.iter().filter_map(|word| word.as_str().map(str::to_owned)))
                        }
                        _ => gather(value, found),
                    }
                }
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| gather(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    gather(&schema["$defs"][of], &mut found);
    found
}

#[test]
fn report_md_explains_every_word_of_the_contract() {
    let text = document("docs/report.md");
    let schema = onrecord::report::schema();
    for (of, at_least) in
        [("Flag", 42), ("Reason", 28), ("CheckVerdict", 8), ("ClaimVerdict", 9), ("Where", 7), ("Origin", 5)]
    {
        let words = words(&schema, of);
        assert!(words.len() >= at_least, "{of}: {words:?}");
        for word in words {
            assert!(text.contains(&format!("| `{word}` |")), "docs/report.md has no row for the {of} `{word}`");
        }
    }
}

/// The commands of the first code block below a heading.
fn commands(text: &str, heading: &str) -> Vec<String> {
    let below = text.split_once(heading).unwrap_or_else(|| panic!("no heading {heading}")).1;
    let block = below.split("```").nth(1).expect("a code block");
    block
        .lines()
        .skip(1)
        .map(|line| line.split(" #").next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_checks_run_the_two_commands_of_the_readme() {
    let readme = commands(&document("README.md"), "## Two commands");
    assert_eq!(readme, ["cargo run --release -- check --offline", "cargo test"]);
    if root().join("Cargo.toml.orig").exists() {
        return; // a published package leaves .ci out
    }
    let checks = document(".ci/run");
    let run: Vec<&str> = checks.lines().filter_map(|line| line.trim().strip_prefix("run ")).collect();
    for command in readme {
        assert!(run.contains(&command.as_str()), ".ci/run does not run `{command}`");
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let folders = ["", "docs", "fixtures"];
    let mut broken = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(root().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "md") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a document");
            for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let file = link.split('#').next().unwrap_or_default();
                if file.is_empty() || file.contains("://") || !file.contains(['.', '/']) && !file.starts_with("LICENSE")
                {
                    continue;
                }
                if !path.parent().expect("a folder").join(file).exists() {
                    broken.push(format!("{}: {link}", path.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
