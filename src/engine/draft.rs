//! An article, wherever it is → its text with links, its claims, and what its manifest lacks.

use std::path::Path;

use super::look::Evidence;
use super::{EngineError, Listener, Settings, gather, single_claim};
use crate::capture::read_local;
use crate::draft::{self, Article, Draft, Gaps, Whereabouts};
use crate::extract::{self, Input, Linked};
use crate::matching::figure;
use crate::model::{CheckKind, Document, Failure, LeftOut, Link, Manifest, Place, Reason, Source, SourceKey};

/// The text of an article, with its links.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleText {
    /// The text, with zones.
    pub document: Document,
    /// Its links, in order.
    pub links: Vec<Link>,
    /// Where it is, for its manifest.
    pub at: Whereabouts,
}

/// Reads an article from a file.
///
/// # Errors
///
/// When it cannot be read.
pub fn article_file(path: &Path, settings: &Settings) -> Result<ArticleText, Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = read_local(folder, &name, true, settings.extract.max_bytes as u64)?;
    let input = Input { bytes: &file.bytes, content_type: Some(file.content_type), name: &name };
    let at = Whereabouts { url: None, file: Some(name.clone()) };
    text_of(extract::extract_linked(&input, &settings.extract), at)
}

/// Reads an article from the web, and archives it.
///
/// # Errors
///
/// When the archive cannot be opened or written; an article that cannot be read is the inner failure.
pub async fn article_url(
    url: &str,
    settings: &Settings,
    listener: Listener<'_>,
) -> Result<Result<ArticleText, Failure>, EngineError> {
    let key = SourceKey(url.into());
    let source = Source {
        key: key.clone(),
        name: None,
        url: Some(url.split('#').next().unwrap_or(url).to_owned()),
        path: None,
        copy: None,
        outlet: None,
        published: None,
        not_before: None,
        place: Place::default(),
    };
    let manifest = Manifest {
        path: "./claims.toml".into(),
        archive: None,
        language: None,
        article: None,
        sources: [(key.clone(), source)].into(),
        claims: vec![single_claim(CheckKind::Statement, String::new(), None, Vec::new(), vec![key])],
        dismissed: Vec::new(),
        bands: Default::default(),
        privacy: LeftOut::default(),
    };
    let gathered = gather(&manifest, settings, listener).await?;
    if let Some(unreadable) = gathered.plan.unreadable.first() {
        return Ok(Err(gathered.failure(&manifest, unreadable).clone()));
    }
    let Some(capture) =
        gathered.plan.tasks.first().and_then(|task| gathered.held.iter().find(|capture| capture.id == task.capture))
    else {
        return Ok(Err(Failure::new(Reason::NotCaptured, "nothing was captured")));
    };
    let bytes = match Evidence::new(&gathered, settings).body(capture) {
        Ok(bytes) => bytes,
        Err(failure) => return Ok(Err(failure)),
    };
    let input = Input { bytes: &bytes, content_type: capture.content_type.as_deref(), name: &capture.address };
    let at = Whereabouts { url: Some(url.to_owned()), file: None };
    Ok(text_of(extract::extract_linked(&input, &settings.extract), at))
}

fn text_of(read: Linked, at: Whereabouts) -> Result<ArticleText, Failure> {
    let Linked { reading, links } = read;
    let obstacle = reading.obstacles.first().map(|obstacle| Failure::new(obstacle.reason, obstacle.detail.clone()));
    match (reading.document, obstacle) {
        // What is no article says so; walls and shells do not become manifests.
        (Some(document), None) => Ok(ArticleText { document, links, at }),
        (Some(document), Some(obstacle)) if document.text.len() > 2_000 && obstacle.reason != Reason::Soft404 => {
            Ok(ArticleText { document, links, at })
        }
        (_, Some(obstacle)) => Err(obstacle),
        (None, None) => Err(Failure::new(Reason::NoText, "there is no text")),
    }
}

/// Drafts the claims of an article.
pub fn draft(article: &ArticleText, language: Option<&str>) -> Draft {
    let article = Article { document: &article.document, links: &article.links, language };
    draft::draft(&article, &figure::stated)
}

/// Compares an article with its manifest.
pub fn gaps(article: &ArticleText, draft: &Draft, manifest: &Manifest) -> Gaps {
    draft::gaps(draft, &article.document, manifest)
}
