//! Output: reports to standard output and files, everything else to standard error.

use std::collections::BTreeMap;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::Output;
use super::exit::Exit;
use crate::engine;
use crate::model::Manifest;
use crate::model::report::{PageCopy, Report};
use crate::report::{self, Beside, Format, Style, UnknownFormat, Verbosity};

/// Bytes of a report that are gathered before they are handed on.
const BUFFER: usize = 64 * 1024;

/// Writes a line to standard error. Nothing can be done where even that fails.
pub(super) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", report::escape::terminal_lines(text));
}

/// Writes bytes to standard output. A reader that has gone away is no error.
pub(super) fn print(bytes: &[u8]) -> anyhow::Result<()> {
    print_with(|out| out.write_all(bytes))
}

/// Writes to standard output as it comes.
fn print_with(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, std::io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}

/// One output of a run.
struct Target {
    format: Format,
    file: Option<PathBuf>,
}

/// The report of one manifest of a run.
pub(super) struct Reported {
    /// The manifest, as it was named.
    pub(super) name: String,
    pub(super) report: Report,
    pub(super) copies: Vec<PageCopy>,
    /// What became of the words of claims over time.
    pub(super) stories: BTreeMap<String, String>,
}

impl Reported {
    /// What the page of a report shows beside it; nothing of it is for readers.
    fn beside(&self, output: &Output) -> Beside<'_> {
        if output.public { Beside::NOTHING } else { Beside { copies: &self.copies, stories: &self.stories } }
    }
}

/// A name for each manifest that can be part of a file's name, no two alike.
fn apart<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let stem = name.strip_suffix(".toml").unwrap_or(name);
        let stem = stem.strip_suffix(".claims").unwrap_or(stem).trim_start_matches(['.', '/', '\\']);
        let safe: String =
            stem.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).take(80).collect();
        let numbered = (2..).map(|number| format!("{safe}-{number}"));
        let free = std::iter::once(safe.clone()).chain(numbered).find(|name| !taken.contains(name));
        taken.push(free.unwrap_or(safe));
    }
    taken
}

/// The file of one manifest of several: with its name before the ending.
fn beside(file: &Path, name: &str) -> PathBuf {
    match (file.file_stem(), file.extension()) {
        (Some(stem), Some(ending)) => {
            let (stem, ending) = (stem.to_string_lossy(), ending.to_string_lossy());
            file.with_file_name(format!("{stem}.{name}.{ending}"))
        }
        _ => file.with_file_name(format!("{}.{name}", file.file_name().unwrap_or_default().to_string_lossy())),
    }
}

/// Where a run reports to, checked before the run begins.
pub(super) struct Outputs(Vec<Target>);

impl Outputs {
    /// Reads `--format`.
    pub(super) fn parse(output: &Output) -> anyhow::Result<Self> {
        let mut targets: Vec<Target> = Vec::new();
        for written in &output.format {
            let (name, file) = match written.split_once('=') {
                Some((name, file)) if !file.is_empty() => (name, Some(PathBuf::from(file))),
                Some(_) => anyhow::bail!("--format {written} names no file behind the ="),
                None => (written.as_str(), None),
            };
            let format = format_named(name)?;
            if file.is_none() && targets.iter().any(|target| target.file.is_none()) {
                anyhow::bail!(
                    "only one --format may go to standard output; give the others a file: --format {name}=FILE"
                );
            }
            targets.push(Target { format, file });
        }
        if targets.iter().all(|target| target.file.is_some()) {
            targets.push(Target { format: Format::Text, file: None });
        }
        Ok(Self(targets))
    }

    /// Whether an output is a page, which shows copies and timelines.
    pub(super) fn pages(&self) -> bool {
        self.0.iter().any(|target| target.format == Format::Html)
    }

    /// The text of the captures that were read, where an output shows it.
    pub(super) fn copies(
        &self,
        manifest: &Manifest,
        settings: &engine::Settings,
        report: &Report,
    ) -> anyhow::Result<Vec<PageCopy>> {
        if self.pages() { Ok(engine::copies(manifest, settings, report)?) } else { Ok(Vec::new()) }
    }

    /// Whether reports of so many manifests can go where they were asked for.
    pub(super) fn fit(&self, manifests: usize) -> anyhow::Result<()> {
        let printed = self.0.iter().filter(|target| target.file.is_none());
        match printed.map(|target| target.format).find(|format| manifests > 1 && !format.joins()) {
            Some(format) => anyhow::bail!(
                "reports of several manifests cannot be one {format}; give it a file, of which each manifest gets its \
                 own: --format {format}=FILE"
            ),
            None => Ok(()),
        }
    }

    /// Writes the reports of one or several manifests everywhere, and says how the run ended.
    pub(super) fn write_all(&self, reported: &[Reported], output: &Output) -> anyhow::Result<Exit> {
        if let [one] = reported {
            return self.write(one, output);
        }
        let public: Vec<Report> =
            if output.public { reported.iter().map(|one| report::public(&one.report)).collect() } else { Vec::new() };
        let shown: Vec<&Report> =
            if output.public { public.iter().collect() } else { reported.iter().map(|one| &one.report).collect() };
        let names = apart(reported.iter().map(|one| one.name.as_str()));
        for target in &self.0 {
            let style = style(output, target.file.is_some());
            let Some(file) = &target.file else {
                let titled: Vec<(&str, &Report)> =
                    reported.iter().map(|one| one.name.as_str()).zip(shown.iter().copied()).collect();
                print_with(|out| report::write_several(&titled, target.format, &style, out))?;
                continue;
            };
            for ((one, shown), name) in reported.iter().zip(&shown).zip(&names) {
                let extra = one.beside(output);
                replace_with(&beside(file, name), |out| report::write(shown, target.format, &style, &extra, out))?;
            }
        }
        let mut exit = Exit::Good;
        for (one, shown) in reported.iter().zip(shown) {
            if shown.summary.claims == 0 {
                complain(&format!("error: {} has no claims: there is nothing to check", one.name));
            }
            exit = exit.worse(Exit::of(&shown.summary));
        }
        Ok(exit)
    }

    /// Writes a report everywhere, and says how the run ended.
    fn write(&self, one: &Reported, output: &Output) -> anyhow::Result<Exit> {
        let public = output.public.then(|| report::public(&one.report));
        let report = public.as_ref().unwrap_or(&one.report);
        let extra = one.beside(output);
        for target in &self.0 {
            let style = style(output, target.file.is_some());
            let write = |out: &mut dyn Write| report::write(report, target.format, &style, &extra, out);
            match &target.file {
                Some(file) => replace_with(file, write)?,
                None => print_with(write)?,
            }
        }
        if report.summary.claims == 0 {
            complain("error: the manifest has no claims: there is nothing to check");
        }
        Ok(Exit::of(&report.summary))
    }
}

/// Reads a format's name, and says which was probably meant where there is none of that name.
fn format_named(name: &str) -> anyhow::Result<Format> {
    name.parse().map_err(|unknown: UnknownFormat| match unknown.meant {
        Some(meant) => anyhow::anyhow!("{unknown}; did you mean {meant}?"),
        None => anyhow::anyhow!("{unknown}"),
    })
}

/// Writes bytes to a file, whole or not at all.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    replace_with(file, |out| out.write_all(bytes))
}

/// Writes a file by way of a neighbour, so that a report is never half there.
pub(super) fn replace_with(
    file: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let whole = || format!("cannot write {}", file.display());
    let name = file.file_name().with_context(whole)?;
    let mut temporary = name.to_owned();
    temporary.push(".part");
    let temporary = file.with_file_name(temporary);
    let mut out = BufWriter::with_capacity(BUFFER, std::fs::File::create(&temporary).with_context(whole)?);
    write(&mut out).and_then(|()| out.flush()).with_context(whole)?;
    std::fs::rename(&temporary, file).with_context(whole)
}

/// How a report for people looks where it is printed.
pub(super) fn style(output: &Output, file: bool) -> Style {
    let terminal = !file && std::io::stdout().is_terminal();
    let utf8 = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .is_none_or(|value| {
            let value = value.to_ascii_lowercase();
            value.contains("utf-8") || value.contains("utf8") || !terminal
        });
    let columns = std::env::var("COLUMNS").ok().and_then(|value| value.parse().ok());
    let width = output
        .width
        .or(columns)
        .or_else(|| terminal.then(|| usize::from(console_width())).filter(|width| *width > 0))
        .unwrap_or(80);
    Style {
        width: width.clamp(40, 200),
        unicode: utf8 && !output.ascii,
        colour: terminal
            && std::env::var_os("NO_COLOR").is_none()
            && std::env::var("TERM").map_or(true, |term| term != "dumb"),
        verbosity: if output.quiet {
            Verbosity::Quiet
        } else if output.verbose {
            Verbosity::Verbose
        } else {
            Verbosity::Normal
        },
    }
}

fn console_width() -> u16 {
    console::Term::stdout().size_checked().map_or(0, |(_, columns)| columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_manifest_gets_a_file_of_its_own() {
        let names = apart(["a/claims.toml", "./b.claims.toml", "a-claims.toml", "../x y.toml"].into_iter());
        assert_eq!(names, ["a-claims", "b", "a-claims-2", "x-y"]);
        assert_eq!(beside(Path::new("out/report.html"), "b"), Path::new("out/report.b.html"));
        assert_eq!(beside(Path::new("out/report"), "b"), Path::new("out/report.b"));
    }
}
