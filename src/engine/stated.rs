//! Stated: whom a statement itself names as the speaker of its quotation, whatever the claim declares.
//!
//! The statement is read as an article of one paragraph, by the rules that draft claims. What it does not tell for certain
//! stays open: two speakers are none.

use std::sync::OnceLock;

use crate::draft::{self, Article, DraftClaim, Kind};
use crate::model::{Block, CheckKind, Claim, Document, TextRange, Zone};

/// Longest statement that is read, in bytes; an article's sentence or two.
const MAX_STATEMENT: usize = 4_000;

/// Words of names that have no capital: `Carla da Costa`.
const PARTICLES: [&str; 24] = [
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "ter",
    "van", "vom", "von", "y", "e", "zu", "af",
];

/// The stated speakers of a manifest's claims, each read when it is first asked for, however many captures a claim is put to.
pub(super) struct Speakers(Vec<OnceLock<Option<String>>>);

impl Speakers {
    /// For so many claims.
    pub(super) fn new(claims: usize) -> Self {
        Self((0..claims).map(|_| OnceLock::new()).collect())
    }

    /// Of the claim with a number.
    pub(super) fn of(&self, number: usize, claim: &Claim) -> Option<String> {
        self.0[number].get_or_init(|| speaker(claim)).clone()
    }
}

/// The one speaker whom a claim's statement names for its quotation: `Ana Ruiz said: “…”`.
fn speaker(claim: &Claim) -> Option<String> {
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).count();
    let fragments = claim.checks.iter().filter_map(|check| match &check.kind {
        CheckKind::Quote(fragments) => Some(fragments.iter().map(|fragment| letters(fragment)).sum::<usize>()),
        _ => None,
    });
    // a statement that is all quotation names nobody
    let quoted = fragments.sum::<usize>();
    if quoted == 0 || letters(&claim.statement) <= quoted || claim.statement.len() > MAX_STATEMENT {
        return None;
    }
    let range = TextRange::new(0, claim.statement.len());
    let document = Document::new(&*claim.statement, vec![Block::new(range, Zone::Paragraph)]);
    let drafted =
        draft::draft(&Article { document: &document, links: &[], language: claim.language.as_deref() }, &|_, _| {
            Vec::new()
        });
    let named = |claim: &DraftClaim| claim.speaker.clone().filter(|speaker| is_name(speaker));
    let mut speakers = drafted.claims.iter().filter(|claim| claim.kind == Kind::Quote).map(named);
    let first = speakers.next()??;
    speakers.all(|speaker| speaker.as_ref() == Some(&first)).then_some(first)
}

/// Whether a speaker is named rather than described: `Edda Loring`, and not `the head of Quayside School`.
fn is_name(speaker: &str) -> bool {
    let is_small = |word: &str| word.starts_with(char::is_lowercase);
    speaker.split_whitespace().all(|word| !is_small(word) || PARTICLES.contains(&word))
        && !speaker.split_whitespace().next_back().is_none_or(is_small)
}
