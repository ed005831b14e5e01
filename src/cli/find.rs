//! `onrecord find`: one quotation or figure, without a manifest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::Find;
use super::exit::Exit;
use super::output::{Outputs, Reported};
use super::progress::Progress;
use super::{load, wait};
use crate::engine;
use crate::model::{CheckKind, LeftOut, Manifest, Place, Source, SourceKey};

pub(super) fn run(options: &Find) -> anyhow::Result<Exit> {
    let outputs = Outputs::parse(&options.output)?;
    let (check, statement, named) = match &options.figure {
        Some(figure) => {
            let statement = options.about.as_ref().map_or_else(|| figure.clone(), |about| format!("{figure} {about}"));
            (CheckKind::Figure(figure.clone()), statement, options.words.as_slice())
        }
        None => {
            let (quote, named) = options.words.split_first().unwrap_or((&options.words[0], &[]));
            anyhow::ensure!(!quote.trim().is_empty(), "the quotation is empty");
            (CheckKind::Quote(vec![quote.clone()]), quote.clone(), named)
        }
    };
    anyhow::ensure!(!named.is_empty(), "name at least one source behind the quotation: a URL or a file");
    let sources: BTreeMap<SourceKey, Source> =
        named.iter().map(|written| (SourceKey(written.as_str().into()), source(written))).collect();
    let claim = engine::single_claim(
        check,
        statement,
        options.speaker.clone(),
        options.via.clone(),
        named.iter().map(|written| SourceKey(written.as_str().into())).collect(),
    );
    let manifest = manifest(sources, vec![claim]);
    let settings = bare(load::settings(&options.sources, Path::new("."))?);
    let report = {
        let progress = Progress::new(options.output.quiet);
        wait(engine::check(&manifest, &settings, &|event| progress.tell(event)))??
    };
    let copies = outputs.copies(&manifest, &settings, &report)?;
    let one = Reported { name: String::new(), report, copies, stories: Default::default() };
    outputs.write_all(&[one], &options.output)
}

/// A manifest that no file holds: paths are relative to the working folder.
pub(super) fn manifest(sources: BTreeMap<SourceKey, Source>, claims: Vec<crate::model::Claim>) -> Manifest {
    Manifest {
        path: PathBuf::from("./claims.toml"),
        archive: load::archive_beside(),
        language: None,
        article: None,
        sources,
        claims,
        dismissed: Vec::new(),
        bands: Default::default(),
        privacy: LeftOut::default(),
    }
}

/// Without a manifest a person names the files, so they may be anywhere.
pub(super) fn bare(settings: engine::Settings) -> engine::Settings {
    engine::Settings { allow_outside: true, ..settings }
}

/// A source as a person writes it on the command line: a URL, or a file.
pub(super) fn source(written: &str) -> Source {
    let url = written.contains("://").then(|| written.split('#').next().unwrap_or(written).to_owned());
    Source {
        key: SourceKey(written.into()),
        name: None,
        path: url.is_none().then(|| written.to_owned()),
        url,
        copy: None,
        outlet: None,
        published: None,
        not_before: None,
        place: Place::default(),
    }
}
