//! The article's own file: whether it prints what the claims say.

use std::collections::HashSet;
use std::path::Path;

use super::Settings;
use crate::capture::read_local;
use crate::extract::{self, Input};
use crate::matching::{self, Prepared};
use crate::model::Manifest;

/// Numbers of the claims whose statement the article's file does not contain; none where there is no readable file.
pub(super) fn not_printed(manifest: &Manifest, settings: &Settings) -> HashSet<usize> {
    let Some(written) = manifest.article.as_ref().and_then(|article| article.file.as_deref()) else {
        return HashSet::new();
    };
    let folder = manifest.path.parent().unwrap_or(Path::new("."));
    let Ok(file) = read_local(folder, written, settings.allow_outside, settings.extract.max_bytes as u64) else {
        return HashSet::new();
    };
    let input = Input { bytes: &file.bytes, content_type: Some(file.content_type), name: written };
    let Some(document) = extract::extract(&input, &settings.extract).document else { return HashSet::new() };
    let prepared = Prepared::new(&document);
    manifest
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| !matching::stands(&claim.statement, &prepared))
        .map(|(number, _)| number)
        .collect()
}
