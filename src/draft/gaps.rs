//! Gaps: what an article prints that no claim of its manifest covers, and what claims say that it no longer prints.

use std::collections::{HashMap, HashSet};

use super::fold::folded;
use super::{Draft, DraftClaim, Kind};
use crate::model::{CheckKind, Document, Manifest, TextRange};

/// What a manifest lacks against its article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Quotations, attributed statements, figures and posts without a claim: places in [`Draft::claims`].
    pub claims: Vec<usize>,
    /// Factual sentences that nobody is named for and no claim covers.
    pub unchecked: Vec<TextRange>,
    /// Stretches in quotation marks and block quotations that no claim touches, drafted or not, whoever speaks in them.
    pub quotations: Vec<TextRange>,
    /// Addresses of embedded posts that no source of the manifest has, and whose words the article does not have.
    pub embeds: Vec<String>,
    /// Ids of claims whose statement the article does not contain.
    pub gone: Vec<String>,
}

/// What a manifest says already, as it is compared.
pub(super) struct Known {
    claims: Vec<KnownClaim>,
    by_statement: HashMap<String, Vec<usize>>,
    ids: HashSet<String>,
    dismissed: Vec<String>,
}

struct KnownClaim {
    id: String,
    statement: String,
    quotes: Vec<String>,
    figures: Vec<String>,
}

/// In a manifest with more claims only equal statements cover, not contained ones.
const CONTAINED: usize = 5_000;

impl Known {
    pub(super) fn new(manifest: &Manifest) -> Self {
        let claims: Vec<KnownClaim> = manifest
            .claims
            .iter()
            .map(|claim| {
                let mut known = KnownClaim {
                    id: claim.id.0.clone(),
                    statement: folded(&claim.statement),
                    quotes: Vec::new(),
                    figures: Vec::new(),
                };
                for check in &claim.checks {
                    match &check.kind {
                        CheckKind::Quote(fragments) => {
                            known.quotes.extend(fragments.iter().map(|fragment| folded(fragment)))
                        }
                        CheckKind::Figure(figure) => known.figures.push(folded(figure)),
                        CheckKind::Statement => {}
                    }
                }
                known
            })
            .collect();
        let dismissed =
            manifest.dismissed.iter().map(|words| folded(words)).filter(|words| !words.is_empty()).collect();
        let mut by_statement: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, claim) in claims.iter().enumerate() {
            by_statement.entry(claim.statement.clone()).or_default().push(at);
        }
        let ids = claims.iter().map(|claim| claim.id.clone()).collect();
        Self { claims, by_statement, ids, dismissed }
    }

    /// Whether a person said that some words are no claim.
    fn is_dismissed(&self, claim: &DraftClaim, document: &Document) -> bool {
        let words = folded(document.slice(claim.statement));
        let content: Vec<String> = claim.content.iter().map(|piece| folded(document.slice(*piece))).collect();
        self.dismissed.iter().any(|dismissed| {
            *dismissed == words
                || dismissed.contains(&words)
                || content.iter().all(|piece| dismissed.contains(piece.as_str())) && !content.is_empty()
        })
    }

    /// Whether a person dismissed a sentence.
    fn is_sentence_dismissed(&self, sentence: &str) -> bool {
        let words = folded(sentence);
        self.dismissed.iter().any(|dismissed| dismissed.contains(&words) || words.contains(dismissed.as_str()))
    }

    /// The claim that covers a drafted one: its statement, its quoted words, or its figures with the sentence.
    pub(super) fn covering(&self, claim: &DraftClaim, document: &Document) -> Option<usize> {
        let statement = folded(document.slice(claim.statement));
        let same = self.by_statement.get(&statement).map_or(&[][..], Vec::as_slice);
        if let Some(at) = same.iter().copied().find(|at| {
            let known = &self.claims[*at];
            known.id == claim.id
                || claim.quote.is_empty() && claim.figures.is_empty()
                || self.holds(known, claim, document)
        }) {
            return Some(at);
        }
        if self.claims.len() > CONTAINED {
            return None;
        }
        let content: Vec<String> = claim
            .content
            .iter()
            .map(|piece| folded(document.slice(*piece)))
            .filter(|piece| !piece.is_empty())
            .collect();
        if content.is_empty() {
            return None;
        }
        match claim.kind {
            Kind::Figure => self.claims.iter().position(|known| {
                let same = known.statement.contains(&statement)
                    || statement.contains(&known.statement) && !known.statement.is_empty();
                same && content.iter().all(|figure| {
                    has_words(&known.statement, figure) || known.figures.iter().any(|known| has_words(known, figure))
                })
            }),
            _ => self.claims.iter().position(|known| {
                content.iter().all(|piece| {
                    known.statement.contains(piece.as_str())
                        || known.quotes.iter().any(|quote| {
                            quote.contains(piece.as_str())
                                || piece.contains(quote.as_str()) && quote.len() * 2 > piece.len()
                        })
                })
            }),
        }
    }

    fn holds(&self, known: &KnownClaim, claim: &DraftClaim, document: &Document) -> bool {
        claim.quote.iter().all(|fragment| {
            let words = folded(document.slice(*fragment));
            known.statement.contains(&words) && known.quotes.is_empty()
                || known.quotes.iter().any(|quote| quote.contains(&words) || words.contains(quote.as_str()))
        }) && claim.figures.iter().all(|figure| {
            let words = folded(document.slice(*figure));
            known.figures.is_empty()
                || known.figures.iter().any(|known| has_words(known, &words))
                || known.quotes.iter().any(|quote| has_words(quote, &words))
        })
    }

    /// Whether an id is taken.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Whether a drafted claim is covered or dismissed.
    pub(super) fn settles(&self, claim: &DraftClaim, document: &Document) -> bool {
        self.is_dismissed(claim, document) || self.covering(claim, document).is_some()
    }
}

/// Whether words stand in a text as words, not inside longer ones.
fn has_words(text: &str, words: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), words.as_bytes()).any(|at| {
        let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        free(text[..at].chars().next_back()) && free(text[at + words.len()..].chars().next())
    })
}

/// Compares an article's draft with its manifest.
pub fn gaps(draft: &Draft, document: &Document, manifest: &Manifest) -> Gaps {
    let known = Known::new(manifest);
    let claims: Vec<usize> = draft
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| !known.settles(claim, document))
        .map(|(number, _)| number)
        .collect();
    let article = folded(&document.text);
    let gone = manifest
        .claims
        .iter()
        .zip(&known.claims)
        .filter(|(_, known)| {
            !known.statement.is_empty()
                && memchr::memmem::find(article.as_bytes(), known.statement.as_bytes()).is_none()
        })
        .map(|(claim, _)| claim.id.0.clone())
        .collect();
    let unchecked = draft
        .unchecked
        .iter()
        .copied()
        .filter(|sentence| {
            let written = document.slice(*sentence);
            let words = folded(written);
            !known.is_sentence_dismissed(written)
                && !known.claims.iter().any(|claim| {
                    claim.statement.contains(&words) || !claim.statement.is_empty() && words.contains(&claim.statement)
                })
        })
        .collect();
    let quotations = quotations(draft, document, &known, &claims);
    let embeds = draft.embeds.iter().filter(|url| !has_source(manifest, url)).cloned().collect();
    Gaps { claims, unchecked, quotations, embeds, gone }
}

/// What stands in quotation marks and neither a claim of the manifest nor one that is listed as missing has.
fn quotations(draft: &Draft, document: &Document, known: &Known, missing: &[usize]) -> Vec<TextRange> {
    let listed: Vec<TextRange> =
        missing.iter().filter_map(|at| draft.claims.get(*at)).flat_map(|claim| claim.content.iter().copied()).collect();
    let inner = |range: TextRange| folded(document.slice(range));
    draft
        .marked
        .iter()
        .copied()
        .filter(|range| {
            let words = inner(*range);
            let touched = listed.iter().any(|content| content.overlaps(*range))
                || known.claims.iter().any(|claim| {
                    claim.statement.contains(&words)
                        || !claim.statement.is_empty() && words.contains(&claim.statement)
                        || claim
                            .quotes
                            .iter()
                            .any(|quote| quote.contains(&words) || words.contains(quote.as_str()) && !quote.is_empty())
                })
                || known
                    .dismissed
                    .iter()
                    .any(|dismissed| dismissed.contains(&words) || words.contains(dismissed.as_str()));
            !touched
        })
        .collect()
}

/// Whether a manifest has an address among its sources.
fn has_source(manifest: &Manifest, url: &str) -> bool {
    let bare = |url: &str| url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/').to_owned();
    manifest.sources.values().filter_map(|source| source.url.as_deref()).any(|known| bare(known) == bare(url))
}
