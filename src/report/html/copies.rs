//! The copies that were read, as the last part of the page: the text of each capture, with the passages marked in it.

use std::collections::HashMap;

use crate::model::Zone;
use crate::model::report::{ArticleBlock, CaptureReport, PageCopy, PassageReport, Report};
use crate::report::wording::{capture_phrase, zone_phrase};

use super::pieces::{Ink, Marked, Shown};

/// Code points of a copy that is shown whole; of a longer one, only what stands around the passages.
const WHOLE: usize = 30_000;

/// Blocks that are shown before and after a passage of a long copy.
const AROUND: usize = 4;

/// Code points that all copies may have together; the rest stay in the archive.
const TOGETHER: usize = 1_500_000;

#[derive(Debug)]
pub(super) struct CopyView {
    pub(super) id: String,
    pub(super) title: Shown,
    pub(super) when: Shown,
    pub(super) address: Shown,
    pub(super) blocks: Vec<CopyBlock>,
}

#[derive(Debug)]
pub(super) struct CopyBlock {
    pub(super) class: &'static str,
    pub(super) place: Option<&'static str>,
    pub(super) text: Marked,
    /// Whether something is left out before it.
    pub(super) gap: bool,
}

/// The copies, and where in them each check finds its passage.
#[derive(Debug, Default)]
pub(super) struct Copies<'a> {
    pages: Vec<(&'a PageCopy, Vec<Place>)>,
    by_check: HashMap<(usize, usize), String>,
}

/// A passage in a copy, in code points of its text.
#[derive(Debug)]
struct Place {
    from: usize,
    to: usize,
    id: String,
}

impl<'a> Copies<'a> {
    /// Sorts the passages of a report to the copies that they stand in.
    pub(super) fn new(report: &Report, copies: &'a [PageCopy]) -> Self {
        let key = |capture: &CaptureReport| (capture.url.clone(), capture.captured.clone(), capture.sha256.clone());
        let mut left = TOGETHER;
        let mut found = Self::default();
        let mut by_capture = HashMap::new();
        for copy in copies {
            let length: usize = copy.blocks.iter().map(|block| block.text.chars().count()).sum();
            if let Some(rest) = left.checked_sub(length.min(WHOLE)) {
                left = rest;
                by_capture.insert(key(&copy.capture), found.pages.len());
                found.pages.push((copy, Vec::new()));
            }
        }
        for (claim, of) in report.claims.iter().enumerate() {
            for (check, of) in of.checks.iter().enumerate() {
                let page = of.capture.as_ref().and_then(|capture| by_capture.get(&key(capture)));
                let Some(&page) = page else { continue };
                let place = of.passage.as_deref().map(|passage: &PassageReport| Place {
                    from: passage.start,
                    to: passage.end,
                    id: format!("p-{claim}-{check}"),
                });
                // A place that the copy does not have cannot be led to.
                let place =
                    place.filter(|place| found.pages[page].0.blocks.iter().any(|block| begins_in(block, place)));
                let id = place.as_ref().map_or_else(|| format!("copy-{page}"), |place| place.id.clone());
                found.by_check.insert((claim, check), id);
                found.pages[page].1.extend(place);
            }
        }
        for (_, places) in &mut found.pages {
            places.sort_by_key(|place| (place.from, place.to));
        }
        found
    }

    /// Where a check's passage stands among the copies.
    pub(super) fn place(&self, claim: usize, check: usize) -> Option<String> {
        self.by_check.get(&(claim, check)).cloned()
    }

    /// Lays out every copy.
    pub(super) fn views(&self) -> Vec<CopyView> {
        self.pages.iter().enumerate().map(|(number, (copy, places))| view(number, copy, places)).collect()
    }
}

fn begins_in(block: &ArticleBlock, place: &Place) -> bool {
    block.start <= place.from && place.from < place.to && place.from < block.start + block.text.chars().count()
}

fn view(number: usize, copy: &PageCopy, places: &[Place]) -> CopyView {
    let length: usize = copy.blocks.iter().map(|block| block.text.chars().count()).sum();
    let mut ends: Vec<(usize, usize)> = Vec::with_capacity(copy.blocks.len());
    ends.extend(copy.blocks.iter().map(|block| (block.start, block.start + block.text.chars().count())));
    let mut shown = vec![length <= WHOLE; copy.blocks.len()];
    if length > WHOLE {
        for place in places {
            let at = ends.partition_point(|(_, end)| *end <= place.from);
            let to = ends.partition_point(|(start, _)| *start < place.to);
            let range = at.saturating_sub(AROUND)..(to + AROUND).min(shown.len());
            shown.get_mut(range).into_iter().flatten().for_each(|one| *one = true);
        }
    }
    let mut blocks = Vec::new();
    let mut gap = false;
    let mut zone: Option<Zone> = None;
    for (block, shown) in copy.blocks.iter().zip(shown) {
        if !shown {
            gap = true;
            continue;
        }
        blocks.push(CopyBlock {
            class: block.zone.place().word(),
            place: (zone != Some(block.zone) && block.zone != Zone::Paragraph).then(|| zone_phrase(block.zone)),
            text: text(block, places),
            gap: std::mem::take(&mut gap),
        });
        zone = Some(block.zone);
    }
    CopyView {
        id: format!("copy-{number}"),
        title: Shown(copy.title.clone().unwrap_or_else(|| copy.capture.url.clone())),
        when: Shown(capture_phrase(&copy.capture)),
        address: Shown(copy.capture.url.clone()),
        blocks,
    }
}

/// A block with its passages marked, and a place to link to where each begins.
fn text(block: &ArticleBlock, places: &[Place]) -> Marked {
    let characters: Vec<char> = block.text.chars().collect();
    let end = block.start + characters.len();
    let here: Vec<&Place> = places.iter().filter(|place| place.from < end && block.start < place.to).collect();
    let mut edges: Vec<usize> = vec![0, characters.len()];
    for place in &here {
        edges.push(place.from.saturating_sub(block.start));
        edges.push((place.to - block.start).min(characters.len()));
    }
    edges.sort_unstable();
    edges.dedup();
    let mut out = Marked::default();
    for pair in edges.windows(2) {
        let [from, to] = [pair[0] + block.start, pair[1] + block.start];
        for place in here.iter().filter(|place| place.from == from) {
            out.place(&place.id);
        }
        let inside = here.iter().any(|place| place.from <= from && to <= place.to);
        let words: String = characters[pair[0]..pair[1]].iter().collect();
        out.push(&words, if inside { Ink::Rest } else { Ink::Plain });
    }
    out
}
