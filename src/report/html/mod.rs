//! A report → one self-contained HTML file: the article with its claims marked in it, and a card for each claim.
//!
//! The page asks for nothing: style and script stand in it, and its content security policy allows these two by their
//! digests and nothing else. Without its script it is still whole; the script only filters and searches. Markup comes from
//! the templates beside this file alone; every text passes through the escaping room.

mod article;
mod cards;
mod copies;
mod pieces;
mod words;

use std::collections::{BTreeMap, HashSet};

use askama::Template;
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::model::ClaimVerdict;
use crate::model::report::{ClaimReport, Report};

use super::escape::terminal;
use super::{Beside, card};
use article::{Block, Missing};
use cards::CardView;
use copies::{Copies, CopyView};
use pieces::Shown;

/// Conflicts that are listed before the article, and sides of each: the cards tell the rest.
const CONFLICTS: usize = 50;
const SIDES: usize = 12;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// The names of the claims' places in the page.
#[derive(Debug)]
pub(super) struct Anchors(Vec<String>);

impl Anchors {
    /// The ids of the claims where they can be part of an address, so that a link stays good from run to run; else their
    /// number.
    fn new(claims: &[ClaimReport]) -> Self {
        let mut seen = HashSet::new();
        let mut names = Vec::with_capacity(claims.len());
        for (number, claim) in claims.iter().enumerate() {
            let id = claim.id.as_str();
            let good = !id.is_empty()
                && id.len() <= 200
                && id.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
                && seen.insert(id);
            names.push(if good { format!("c-{id}") } else { format!("n-{number}") });
        }
        Self(names)
    }

    /// The card of a claim.
    fn of(&self, claim: usize) -> &str {
        &self.0[claim]
    }

    /// The first place of a claim in the article.
    fn back(&self, claim: usize) -> String {
        format!("in-{}", self.0[claim])
    }
}

#[derive(Debug, Template)]
#[template(path = "page.html")]
struct Page {
    policy: String,
    style: &'static str,
    script: &'static str,
    head: String,
    title: Shown,
    about: Shown,
    tally: Vec<Count>,
    filters: Vec<Count>,
    verdicts: Vec<Count>,
    paper_label: &'static str,
    conflicts: Vec<Disagreement>,
    has_article: bool,
    blocks: Vec<Block>,
    missing: Vec<Missing>,
    groups: Vec<Group>,
    copies: Vec<CopyView>,
    /// The cards that are laid out when they are opened, packed; of a report of thousands.
    later: Option<String>,
}

/// What a card says, where it is laid out later.
#[derive(Debug, Template)]
#[template(path = "body.html")]
struct Body<'a> {
    card: &'a CardView,
}

#[derive(Debug)]
struct Count {
    class: &'static str,
    number: usize,
    words: &'static str,
}

#[derive(Debug)]
struct Disagreement {
    about: Shown,
    detail: Shown,
    claims: Vec<Side>,
    more: usize,
}

#[derive(Debug)]
struct Side {
    anchor: String,
    phrase: Shown,
}

#[derive(Debug)]
struct Group {
    class: &'static str,
    id: &'static str,
    words: &'static str,
    cards: Vec<CardView>,
}

/// Cards that stand in one list. Lists that are not in view cost the browser nothing, however many there are.
const CHUNK: usize = 50;

impl Group {
    fn chunks(&self) -> impl Iterator<Item = &[CardView]> {
        self.cards.chunks(CHUNK)
    }
}

/// Renders a report. Of the captures in `copies`, the text is shown with the passages marked in it.
pub(super) fn render(report: &Report, beside: &Beside<'_>) -> Vec<u8> {
    let anchors = Anchors::new(&report.claims);
    let copies = Copies::new(report, beside.copies);
    let title = report.title.clone().unwrap_or_else(|| "Sources of the claims".to_owned());
    let printed = report.article.as_ref().map(|article| article.blocks.as_slice()).unwrap_or_default();
    let has_article = !printed.is_empty();
    let (blocks, missing) = if has_article {
        (article::blocks(printed, &report.claims, &anchors, &title), article::missing(&report.claims, &anchors))
    } else {
        (article::statements(&report.claims, &anchors), Vec::new())
    };
    let groups = groups(report, &anchors, &copies, beside.stories);
    let page = Page {
        policy: policy(),
        style: STYLE,
        script: SCRIPT,
        head: terminal(&format!("{title} · sources checked"), true),
        about: Shown(about(report)),
        title: Shown(title),
        tally: tally(report),
        filters: filters(report),
        verdicts: verdicts(report),
        paper_label: if has_article { "The article" } else { "The claims in their order" },
        conflicts: conflicts(report, &anchors),
        has_article,
        blocks,
        missing,
        later: packed(report, &groups),
        groups,
        copies: copies.views(),
    };
    page.render().expect("a template of texts and lists is always written to memory").into_bytes()
}

/// The cards that are laid out later, by the numbers of their claims: a JSON list of markup, packed and in base64. Unpacked
/// they would be most of a file that a browser takes seconds to read.
fn packed(report: &Report, groups: &[Group]) -> Option<String> {
    let mut bodies = vec![String::new(); report.claims.len()];
    let mut any = false;
    for card in groups.iter().flat_map(|group| &group.cards).filter(|card| card.later) {
        bodies[card.number] =
            Body { card }.render().expect("a template of texts and lists is always written to memory");
        any = true;
    }
    if !any {
        return None;
    }
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    serde_json::to_writer(&mut packer, &bodies).expect("texts are always written to memory");
    let bytes = packer.finish().expect("memory takes every byte");
    Some(BASE64.encode(&bytes))
}

/// Nothing but the style and the script of this very file.
fn policy() -> String {
    let digest = |text: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)));
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT),
    )
}

fn about(report: &Report) -> String {
    let article = report.article.as_ref();
    let parts = [
        article.and_then(|article| article.url.clone().or_else(|| article.file.clone())),
        article.and_then(|article| article.published.as_ref()).map(|day| format!("published {day}")),
        Some(match (report.summary.claims, report.manifest.as_str()) {
            (number, "") => format!("{number} claims"),
            (number, manifest) => format!("{number} claims in {manifest}"),
        }),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn let_stand(claim: &ClaimReport) -> bool {
    claim.passes && claim.verdict != ClaimVerdict::OnRecord
}

fn tally(report: &Report) -> Vec<Count> {
    let stand = report.claims.iter().filter(|claim| let_stand(claim)).count();
    let counts = [
        Count { class: "fail", number: report.summary.failed, words: "to correct" },
        Count { class: "open", number: report.summary.open, words: "to decide" },
        Count { class: "let", number: stand, words: "let stand" },
        Count { class: "pass", number: report.summary.passed.saturating_sub(stand), words: "on record" },
    ];
    counts.into_iter().filter(|count| count.number > 0).collect()
}

fn filters(report: &Report) -> Vec<Count> {
    let summary = &report.summary;
    let counts = [
        Count { class: "", number: summary.claims, words: "All" },
        Count { class: "need", number: summary.failed + summary.open, words: "Needs a person" },
        Count { class: "failed", number: summary.failed, words: "To correct" },
        Count { class: "undecided", number: summary.open, words: "To decide" },
        Count { class: "stands", number: summary.passed, words: "Passes" },
    ];
    counts.into_iter().enumerate().filter(|(at, count)| *at == 0 || count.number > 0).map(|(_, count)| count).collect()
}

fn verdicts(report: &Report) -> Vec<Count> {
    let number = |verdict| report.claims.iter().filter(|claim| claim.verdict == verdict).count();
    let count =
        |verdict: ClaimVerdict| Count { class: verdict.word(), number: number(verdict), words: words::label(verdict) };
    ClaimVerdict::ALL.map(count).into_iter().filter(|count| count.number > 0).collect()
}

fn conflicts(report: &Report, anchors: &Anchors) -> Vec<Disagreement> {
    let number = |id: &String| report.claims.iter().position(|claim| claim.id == *id);
    report
        .conflicts
        .iter()
        .take(CONFLICTS)
        .map(|conflict| Disagreement {
            about: Shown(conflict.about.clone()),
            detail: Shown(conflict.detail.clone()),
            more: conflict.claims.len().saturating_sub(SIDES),
            claims: conflict
                .claims
                .iter()
                .enumerate()
                .take(SIDES)
                .filter_map(|(at, id)| {
                    let phrase = Shown(card::side_phrase(conflict, at));
                    Some(Side { anchor: anchors.of(number(id)?).to_owned(), phrase })
                })
                .collect(),
        })
        .collect()
}

/// What needs a person first, the worst before the rest; within a finding, in the order of the manifest.
fn groups(report: &Report, anchors: &Anchors, copies: &Copies<'_>, stories: &BTreeMap<String, String>) -> Vec<Group> {
    let group = |class: &'static str, id: &'static str, words: &'static str, belongs: &dyn Fn(&ClaimReport) -> bool| {
        let mut numbers: Vec<usize> = (0..report.claims.len()).filter(|at| belongs(&report.claims[*at])).collect();
        numbers.sort_by_key(|at| (report.claims[*at].verdict, *at));
        let cards = numbers.into_iter().map(|at| cards::view(report, at, anchors, copies, stories)).collect();
        Group { class, id, words, cards }
    };
    let failed = |claim: &ClaimReport| !claim.passes && !claim.verdict.is_open();
    let open = |claim: &ClaimReport| !claim.passes && claim.verdict.is_open();
    let groups = [
        group("fail", "group-failed", "To correct", &failed),
        group("open", "group-open", "To decide", &|claim| open(claim) && claim.verdict != ClaimVerdict::Unsourced),
        group("open", "group-unsourced", "Without a source", &|claim| {
            open(claim) && claim.verdict == ClaimVerdict::Unsourced
        }),
        group("let", "group-let", "Let stand", &let_stand),
        group("pass", "group-pass", "On record", &|claim| claim.passes && claim.verdict == ClaimVerdict::OnRecord),
    ];
    let mut groups: Vec<Group> = groups.into_iter().filter(|group| !group.cards.is_empty()).collect();
    if report.claims.len() > cards::AT_ONCE {
        groups.iter_mut().flat_map(|group| &mut group.cards).skip(cards::FIRST).for_each(|card| card.later = true);
    }
    groups
}
