//! Output: reports to standard output and files, everything else to standard error.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::Output;
use super::exit::Exit;
use crate::engine;
use crate::model::Manifest;
use crate::model::report::{PageCopy, Report};
use crate::report::{self, Format, Style, UnknownFormat, Verbosity};

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

    /// The text of the captures that were read, where an output shows it.
    pub(super) fn copies(
        &self,
        manifest: &Manifest,
        settings: &engine::Settings,
        report: &Report,
    ) -> anyhow::Result<Vec<PageCopy>> {
        let shown = self.0.iter().any(|target| target.format == Format::Html);
        if shown { Ok(engine::copies(manifest, settings, report)?) } else { Ok(Vec::new()) }
    }

    /// Writes a report everywhere, and says how the run ended.
    pub(super) fn write(&self, report: &Report, copies: &[PageCopy], output: &Output) -> anyhow::Result<Exit> {
        let public = output.public.then(|| report::public(report));
        let (report, copies) = public.as_ref().map_or((report, copies), |public| (public, &[]));
        for target in &self.0 {
            let style = style(output, target.file.is_some());
            let write = |out: &mut dyn Write| report::write(report, target.format, &style, copies, out);
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
