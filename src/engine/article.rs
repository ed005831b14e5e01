//! The article's own file: its text, and where it prints what the claims say.

use std::path::Path;

use super::Settings;
use crate::capture::read_local;
use crate::extract::{self, Input};
use crate::matching::{self, Prepared};
use crate::model::report::ArticleBlock;
use crate::model::{Document, Manifest, PointTable, Where, Zone};

/// Places of one statement that are shown.
const PLACES: usize = 10;

/// What the article's file has.
pub(super) struct Printed {
    /// What readers see of it.
    pub(super) blocks: Vec<ArticleBlock>,
    /// For each claim where its statement stands; `None` where it does not.
    places: Vec<Option<Vec<[usize; 2]>>>,
}

impl Printed {
    /// Whether the article does not contain the statement of this claim.
    pub(super) fn lacks(&self, claim: usize) -> bool {
        self.places.get(claim).is_some_and(Option::is_none)
    }

    /// Where the statement of this claim stands.
    pub(super) fn take_places(&mut self, claim: usize) -> Vec<[usize; 2]> {
        self.places.get_mut(claim).and_then(Option::as_mut).map(std::mem::take).unwrap_or_default()
    }
}

/// Reads the article; `None` where the manifest names no file of it, or none that can be read.
pub(super) fn printed(manifest: &Manifest, settings: &Settings) -> Option<Printed> {
    let written = manifest.article.as_ref().and_then(|article| article.file.as_deref())?;
    let folder = manifest.path.parent().unwrap_or(Path::new("."));
    let file = read_local(folder, written, settings.allow_outside, settings.extract.max_bytes as u64).ok()?;
    let input = Input { bytes: &file.bytes, content_type: Some(file.content_type), name: written };
    let document = extract::extract(&input, &settings.extract).document?;
    let prepared = Prepared::new(&document);
    let points = PointTable::new(&document.text);
    let places = manifest.claims.iter().map(|claim| {
        matching::stands(&claim.statement, &prepared).then(|| {
            let places = matching::places_of(&claim.statement, &prepared);
            places.into_iter().take(PLACES).map(|place| points.range(place)).collect()
        })
    });
    Some(Printed { places: places.collect(), blocks: blocks(&document, &points) })
}

/// What readers see of a document, without menus, links to other stories and comments.
fn blocks(document: &Document, points: &PointTable<'_>) -> Vec<ArticleBlock> {
    let read =
        |zone: Zone| matches!(zone.place(), Where::Headline | Where::Body | Where::Caption) && zone != Zone::AltText;
    let shown = document.blocks.iter().filter(|block| read(block.zone));
    shown
        .map(|block| ArticleBlock {
            zone: block.zone,
            start: points.point(block.range.start as usize),
            text: document.slice(block.range).to_owned(),
        })
        .collect()
}
