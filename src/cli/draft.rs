//! `onrecord draft`: an article's claims as a manifest, or as data.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::Context;

use super::args::{Draft, DraftFormat};
use super::exit::Exit;
use super::progress::Progress;
use super::{find, load, output, runtime};
use crate::draft::{self, Updated};
use crate::engine::{self, ArticleText, Settings};
use crate::manifest;
use crate::matching::figure;

/// Endings of files that are articles, where a folder is given.
const ARTICLES: [&str; 7] = ["html", "htm", "xhtml", "md", "markdown", "txt", "docx"];
/// Articles of one run.
const MOST: usize = 100_000;

pub(super) fn run(options: &Draft) -> anyhow::Result<Exit> {
    let settings = find::bare(load::settings(&options.sources, std::path::Path::new("."))?);
    let single = options.articles.len() == 1 && !Path::new(&options.articles[0]).is_dir();
    if single {
        return one(&options.articles[0], options, &settings);
    }
    anyhow::ensure!(
        options.output.is_none() && options.update.is_none(),
        "several articles get a manifest each, beside the article: leave out --output and --update"
    );
    let mut articles = Vec::new();
    for written in &options.articles {
        let path = Path::new(written);
        if path.is_dir() {
            collect(path, &mut articles)?;
        } else {
            articles.push(path.to_owned());
        }
    }
    anyhow::ensure!(!articles.is_empty(), "there is no article in {}", options.articles.join(", "));
    articles.sort();
    articles.dedup();
    many(&articles, options, &settings)
}

fn one(written: &str, options: &Draft, settings: &Settings) -> anyhow::Result<Exit> {
    let article = match read(written, settings)? {
        Ok(article) => article,
        Err(exit) => return Ok(exit),
    };
    let mut drafted = engine::draft(&article, options.language.as_deref());
    let text = match options.format {
        DraftFormat::Json => format!("{:#}\n", draft::json(&drafted, &article.document)),
        DraftFormat::Toml => match &options.update {
            Some(path) => {
                place(&mut article.clone(), &mut drafted, written, Some(path));
                return update(path, &article, &drafted);
            }
            None => {
                let mut article = article.clone();
                place(&mut article, &mut drafted, written, options.output.as_deref());
                draft::manifest(&drafted, &article.document, &article.at)
            }
        },
    };
    match &options.output {
        Some(path) => {
            write_new(path, &text)?;
            output::complain(&format!("wrote {} claims to {}", drafted.claims.len(), path.display()));
        }
        None => output::print(text.as_bytes())?,
    }
    Ok(Exit::Good)
}

/// The article's file, and files that it links to, as its manifest names them: relative to the manifest's folder, which
/// is the working folder where the manifest is printed.
fn place(article: &mut ArticleText, drafted: &mut draft::Draft, written: &str, output: Option<&Path>) {
    if article.at.file.is_none() {
        return;
    }
    let folder =
        output.and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let relative = match (Path::new(written).canonicalize(), folder.canonicalize()) {
        (Ok(file), Ok(folder)) => file.strip_prefix(&folder).ok().map(|path| path.to_string_lossy().replace('\\', "/")),
        _ => None,
    };
    let file = relative.unwrap_or_else(|| written.to_owned());
    if let Some((folder, _)) = file.rsplit_once('/') {
        for source in drafted.sources.iter_mut().filter(|source| !source.is_web()) {
            source.address = format!("{folder}/{}", source.address);
        }
    }
    article.at.file = Some(file);
}

/// Reads an article from where it is, and says why not where that fails.
pub(super) fn read(written: &str, settings: &Settings) -> anyhow::Result<Result<ArticleText, Exit>> {
    let read = if written.contains("://") {
        let progress = Progress::new(false);
        runtime()?.block_on(engine::article_url(written, settings, &|event| progress.tell(event)))?
    } else {
        engine::article_file(Path::new(written), settings)
    };
    Ok(read.map_err(|failure| {
        output::complain(&format!("error: {}: {} ({})", written, failure.detail, failure.reason.word()));
        Exit::Trouble
    }))
}

/// Adds what is new to a manifest.
fn update(path: &Path, article: &ArticleText, drafted: &draft::Draft) -> anyhow::Result<Exit> {
    let (updated, _) = updated(path, article, drafted)?;
    if updated.added == 0 {
        output::complain(&format!("{} has every claim of the article", path.display()));
    } else {
        output::replace(path, updated.text.as_bytes())?;
        output::complain(&format!("added {} to {}", claims(updated.added), path.display()));
    }
    Ok(Exit::Good)
}

fn updated(path: &Path, article: &ArticleText, drafted: &draft::Draft) -> anyhow::Result<(Updated, usize)> {
    let manifest = load::manifest(path)?;
    let written = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let known = manifest.claims.len();
    let updated = draft::update(&written, &manifest, drafted, &article.document)
        .with_context(|| format!("cannot add to {}", path.display()))?;
    // What is written must be what was meant: a manifest that does not parse is never put in place of one that does.
    manifest::parse(path, &updated.text, &figure::written).map_err(|diagnostics| {
        anyhow::anyhow!("{}", manifest::render_all(&diagnostics, &path.display().to_string()))
    })?;
    Ok((updated, known))
}

/// Writes the manifest of an article beside it, or adds to the one that is there. Returns its path.
pub(super) fn beside(path: &Path, article: &ArticleText, drafted: &draft::Draft) -> anyhow::Result<Beside> {
    let manifest = manifest_of(path);
    if manifest.exists() {
        let (updated, known) = updated(&manifest, article, drafted)?;
        if updated.added > 0 {
            output::replace(&manifest, updated.text.as_bytes())?;
        }
        return Ok(Beside { path: manifest, added: updated.added, known });
    }
    let text = draft::manifest(drafted, &article.document, &article.at);
    write_new(&manifest, &text)?;
    Ok(Beside { path: manifest, added: drafted.claims.len(), known: 0 })
}

/// A manifest beside its article.
pub(super) struct Beside {
    pub(super) path: PathBuf,
    /// New claims.
    pub(super) added: usize,
    /// Claims that it had.
    pub(super) known: usize,
}

/// `story.html` → `story.claims.toml`
pub(super) fn manifest_of(article: &Path) -> PathBuf {
    let mut name = article.file_stem().unwrap_or_default().to_owned();
    name.push(".claims.toml");
    article.with_file_name(name)
}

/// Whether a path is an article rather than a manifest, by its ending.
pub(super) fn is_article(path: &Path) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| ARTICLES.contains(&ending.to_ascii_lowercase().as_str()))
}

pub(super) fn claims(count: usize) -> String {
    if count == 1 { "1 claim".to_owned() } else { format!("{count} claims") }
}

fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).with_context(|| {
        format!("cannot write {}: nothing is written over; --update adds to a manifest that is there", path.display())
    })?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}

/// The articles of a folder, those below it too.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        let kind = entry.file_type().with_context(|| format!("cannot read {}", entry.path().display()))?;
        // A link could lead in a circle.
        if kind.is_dir() {
            collect(&entry.path(), found)?;
        } else if kind.is_file() && is_article(&entry.path()) {
            anyhow::ensure!(found.len() < MOST, "{} holds more than {MOST} articles", folder.display());
            found.push(entry.path());
        }
    }
    Ok(())
}

/// Drafts many articles, one thread per core. One that cannot be read does not keep the others from being drafted.
fn many(articles: &[PathBuf], options: &Draft, settings: &Settings) -> anyhow::Result<Exit> {
    let next = AtomicUsize::new(0);
    let lines: Mutex<Vec<(usize, bool, String)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..settings.threads.clamp(1, articles.len()) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = articles.get(number) else { break };
                    let line = drafted(path, options, settings);
                    let good = line.is_ok();
                    let text = match line {
                        Ok(line) => line,
                        Err(error) => format!("error: {}: {error:#}", path.display()),
                    };
                    lines.lock().unwrap_or_else(PoisonError::into_inner).push((number, good, text));
                }
            });
        }
    });
    let mut lines = lines.into_inner().unwrap_or_else(PoisonError::into_inner);
    lines.sort();
    let failed = lines.iter().any(|(_, good, _)| !good);
    for (_, good, text) in lines {
        if good { output::print(format!("{text}\n").as_bytes())? } else { output::complain(&text) }
    }
    Ok(if failed { Exit::Trouble } else { Exit::Good })
}

fn drafted(path: &Path, options: &Draft, settings: &Settings) -> anyhow::Result<String> {
    let article = engine::article_file(path, settings)
        .map_err(|failure| anyhow::anyhow!("{} ({})", failure.detail, failure.reason.word()))?;
    let drafted = engine::draft(&article, options.language.as_deref());
    if options.format == DraftFormat::Json {
        let mut value = draft::json(&drafted, &article.document);
        if let Some(map) = value.as_object_mut() {
            map.insert("file".to_owned(), path.display().to_string().into());
        }
        return Ok(value.to_string());
    }
    let beside = beside(path, &article, &drafted)?;
    Ok(match beside.known {
        0 => format!("{}: {}", beside.path.display(), claims(beside.added)),
        known => format!("{}: {} more than the {known} that were there", beside.path.display(), claims(beside.added)),
    })
}
