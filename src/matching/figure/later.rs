//! Later sentences: words of a claim that the page has for the first time behind the figure, with a figure of its own, are
//! that figure's: `The census cost 62 million marks. The previous one had cost 48 million.`

use super::candidate::Candidate;
use super::compare::Relation;
use super::lexeme;
use super::sense::{is_content, same};
use crate::matching::asked::Asked;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::phrases::Phrases;
use crate::matching::terms;

static AMONG: std::sync::LazyLock<Phrases<&'static str>> =
    std::sync::LazyLock::new(|| Phrases::read(include_str!("../terms/among.txt"), Some));

/// Tokens of a sentence before its figure in which what it is said of stands.
const FRONT: usize = 12;

/// A word of the statement that may tell one thing from another.
pub(super) struct Told {
    key: String,
    /// Whether it is written as a name inside the statement, or opens it.
    name: bool,
    spaceless: bool,
}

/// The words of a statement that may tell its thing from others.
pub(super) fn told(asked: &Asked<'_>) -> Vec<Told> {
    let lexemes = lexeme::of_text(asked.statement);
    lexemes
        .iter()
        .filter(|lexeme| is_content(lexeme) || is_instance(&lexeme.key))
        .map(|lexeme| Told {
            key: lexeme.key.to_string(),
            name: lexeme.bits & bits::CAPITAL != 0,
            spaceless: lexeme.kind == Kind::Character,
        })
        .collect()
}

/// Whether a figure's sentence opens with a word that makes it a part of what stands before: `Of these, …`.
pub(super) fn is_part(candidate: &Candidate, index: &Index<'_>, language: &str) -> bool {
    let start = candidate.sentence.start;
    AMONG.at(language, |number| (start + number < candidate.sentence.end).then(|| index.key(start + number))).is_some()
}

/// Words that tell one thing of a kind from another.
fn is_instance(key: &str) -> bool {
    matches!(
        key,
        "previous" | "former" | "earlier" | "second" | "third" | "other" | "another" | "old" | "new" | "rival"
    )
}

/// Whether the claim says of a figure what the page says of one in a later sentence, and never before.
pub(super) fn is_of_later(
    carrying: &Candidate,
    candidates: &[Candidate],
    told: &[Told],
    language: &str,
    index: &Index<'_>,
) -> bool {
    let own = &carrying.sentence;
    let missing: Vec<&Told> =
        told.iter().filter(|word| !own.clone().any(|at| same(index.key(at), &word.key))).collect();
    if missing.is_empty() {
        return false;
    }
    let block = index.block_of(own.start);
    let fresh = |word: &Told| index.places(index.key_number(&word.key)).iter().all(|at| *at as usize >= own.start);
    candidates.iter().filter(|other| other.sentence.start >= own.end).any(|other| {
        if !matches!(&other.relation, Relation::Differs(_)) {
            return false;
        }
        let sentence = &other.sentence;
        let front = sentence.start.max(other.tokens.start.saturating_sub(FRONT))..other.tokens.start;
        let stands = |word: &Told| front.clone().any(|at| same(index.key(at), &word.key));
        let apart = index.block_of(sentence.start) - block;
        let beside = apart == 0 && sentence.start <= own.end + 1;
        // `Of these, 4.6 million are men`: what the part has, the whole has not.
        let part = apart <= 1 && is_part(other, index, language);
        if part {
            let whole = sentence.start..other.tokens.end + 4;
            let has = |word: &&&Told| {
                fresh(word) && whole.clone().any(|at| at < sentence.end && same(index.key(at), &word.key))
            };
            let found: Vec<&&Told> = missing.iter().filter(has).collect();
            if found.len() >= if found.iter().any(|word| word.spaceless) { 2 } else { 1 } {
                return true;
            }
        }
        // What is told there must be what the claim tells.
        let told_there = told.iter().any(|word| {
            !word.name && !is_instance(&word.key) && sentence.clone().any(|at| same(index.key(at), &word.key))
        });
        // `Altair’s rose 1.2 percent.`
        let opens = |word: &Told| index.key(sentence.start) == word.key && index.key(sentence.start + 1) == "s";
        missing.iter().any(|word| {
            let name = word.name && language != "de" && terms::month(&word.key).is_none();
            name && beside && opens(word)
                || name && told_there && fresh(word) && stands(word)
                || beside && is_instance(&word.key) && stands(word)
        })
    })
}

/// Days within which this year, month or week are the same for a source and for the claim about it.
const SAME_TIME: i32 = 20;

/// How many years behind its source a claim is written; `None` where other spans than years have moved on.
pub(super) fn years_apart(asked: &Asked<'_>, index: &Index<'_>) -> Option<i8> {
    let (Some(own), Some(other)) = (asked.published, index.document().published) else { return Some(0) };
    let days =
        |date: jiff::civil::Date| i32::from(date.year()) * 372 + i32::from(date.month()) * 31 + i32::from(date.day());
    let years = i8::try_from(own.year() - other.year()).ok()?;
    if years == 0 && (days(own) - days(other)).abs() > SAME_TIME { None } else { Some(years) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Input, Limits, extract};
    use crate::model::{CheckKind, Claim};
    use jiff::civil::date;

    #[test]
    fn a_claim_is_written_so_many_years_behind_its_source() {
        let page = "<html lang=\"en\"><head><meta property=\"article:published_time\" content=\"2024-03-15\"></head>\
                    <body><article><h1>Wall</h1><p>The wall was built last year.</p></article></body></html>";
        let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        let document = extract(&input, &Limits::default()).document.expect("has text");
        let index = Index::new(&document);
        let claim = Claim::of("The wall was built last year.", CheckKind::Statement);
        for (published, wanted) in [
            (None, Some(0)),
            (Some(date(2024, 3, 15)), Some(0)),
            (Some(date(2024, 4, 1)), Some(0)),
            (Some(date(2024, 2, 27)), Some(0)),
            // `this month` and `last week` are others by now; so may `this year` be, said of the months to come.
            (Some(date(2024, 4, 20)), None),
            (Some(date(2024, 1, 2)), None),
            (Some(date(2025, 3, 15)), Some(1)),
            (Some(date(2023, 12, 31)), Some(-1)),
        ] {
            let asked = Asked::new(&claim, &[], published);
            assert_eq!(years_apart(&asked, &index), wanted, "{published:?}");
        }
    }
}
