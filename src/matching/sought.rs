//! What a whole run looks for, as a sieve that every document goes through once: which quotations may stand in it?
//!
//! Of each reading of a quotation a run of up to four words is kept as a number. A document that has none of a
//! quotation's runs cannot carry it; one that has may, and is looked at again only if the quotation is absent from the
//! sources of its claim. So nothing of a document has to be kept, and none is read a second time in vain.

use hashbrown::HashMap;

use super::fold::{Kind, bits};
use super::index::Index;
use super::prepared::Prepared;
use super::query::{self, Query, QueryWord};
use crate::model::{Check, CheckKind, Document};

/// Words of a run: enough to be rare, few enough to stand inside one piece.
const RUN: usize = 4;
/// Words (characters of scripts without spaces count half) that a quotation must have to be looked for elsewhere: fewer
/// stand anywhere.
const ENOUGH: usize = 4;

/// The runs of the quotations of a run, by the order in which they were given.
#[derive(Debug, Default)]
pub struct Sought {
    /// Run and number of the quotation, sorted.
    entries: Vec<(u64, u32)>,
    /// First entry of each run.
    first: HashMap<u64, u32>,
    /// Which lengths of runs there are.
    lengths: [bool; RUN + 1],
}

impl Sought {
    /// Takes the runs of checks; those that are no quotation, or too short, are never sought.
    pub fn new<'c>(checks: impl IntoIterator<Item = &'c Check>) -> Self {
        let nothing = nothing();
        let index = Index::new(&nothing);
        let mut sought = Self::default();
        for (number, check) in checks.into_iter().enumerate() {
            let CheckKind::Quote(fragments) = &check.kind else { continue };
            for reading in query::readings(fragments, &index).iter().filter(|reading| is_enough(reading)) {
                if let Some(run) = telling_run(reading) {
                    sought.lengths[run.length] = true;
                    sought.entries.push((run.hash, number as u32));
                }
            }
        }
        sought.entries.sort_unstable();
        sought.entries.dedup();
        for (at, (run, _)) in sought.entries.iter().enumerate() {
            sought.first.entry(*run).or_insert(at as u32);
        }
        sought
    }

    /// Numbers of the quotations that may stand in a document, ascending.
    pub fn in_document(&self, document: &Prepared<'_>) -> Vec<u32> {
        let index = document.index();
        let mut found = Vec::new();
        let mut run = [0u64; RUN];
        for (at, token) in index.tokens().iter().enumerate() {
            run.rotate_left(1);
            run[RUN - 1] = index.hash(token.key);
            for length in (1..=RUN.min(at + 1)).filter(|length| self.lengths[*length]) {
                let hash = mix(run[RUN - length..].iter().copied());
                if let Some(first) = self.first.get(&hash) {
                    let entries = self.entries[*first as usize..].iter();
                    found.extend(entries.take_while(|(other, _)| *other == hash).map(|(_, number)| *number));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether a reading has enough words to prove anything by standing somewhere else.
pub(super) fn is_enough(reading: &Query) -> bool {
    let (mut words, mut characters) = (0, 0);
    for word in reading.required() {
        match word.kind {
            Kind::Character => characters += 1,
            Kind::Sign => {}
            Kind::Word | Kind::Number => words += 1,
        }
    }
    words + characters / 2 >= ENOUGH
}

/// A run of words as a number.
struct Run {
    hash: u64,
    length: usize,
}

/// The run of a reading that is likely to be the rarest: the one with the most letters. Words at the quotation's edges
/// are left out where they can be, since an edge may cut a word.
fn telling_run(reading: &Query) -> Option<Run> {
    let pieces = reading.pieces();
    let solid: Vec<&[usize]> =
        pieces.iter().map(|piece| piece.words.as_slice()).filter(|words| !words.is_empty()).collect();
    let last = solid.len().checked_sub(1)?;
    let mut best: Option<(usize, &[usize])> = None;
    for (number, words) in solid.iter().enumerate() {
        let from = usize::from(number == 0 && words.len() > RUN);
        let to = words.len() - usize::from(number == last && words.len() - from > RUN);
        let inner = &words[from..to];
        for run in inner.windows(RUN.min(inner.len())) {
            let word = |at: &usize| &reading.words[*at];
            // A word that a line's end broke may stand whole elsewhere.
            if run.iter().any(|at| word(at).bits & bits::LINE_HYPHEN != 0) {
                continue;
            }
            let worth = 100 * run.len() + run.iter().map(|at| letters(word(at)).min(12)).sum::<usize>();
            if best.is_none_or(|(before, _)| worth > before) {
                best = Some((worth, run));
            }
        }
    }
    let (_, run) = best?;
    let hash = mix(run.iter().map(|at| super::index::key_hash(&reading.words[*at].key_text)));
    Some(Run { hash, length: run.len() })
}

fn letters(word: &QueryWord) -> usize {
    word.key_text.chars().count()
}

fn mix(hashes: impl Iterator<Item = u64>) -> u64 {
    hashes.fold(0x51_7c_c1_b7_27_22_0a_95, |all, hash| (all.rotate_left(13) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// A document without a word: quotations are read before any document is there.
fn nothing() -> Document {
    Document::new("", Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::tests::document;
    use crate::model::Place;

    fn quote(fragments: &[&str]) -> Check {
        let fragments = fragments.iter().map(|fragment| (*fragment).to_owned()).collect();
        Check { kind: CheckKind::Quote(fragments), place: Place::default(), explicit: true }
    }

    fn read(quote: &str) -> Query {
        query::readings(&[quote.to_owned()], &Index::new(&nothing())).pop().expect("a reading")
    }

    #[test]
    fn four_words_or_eight_characters_prove_something() {
        for (quote, enough) in [
            ("one two three four", true),
            ("one two three", false),
            ("one two three 4", true),
            ("one two three ?", false),
            ("港口今天早上再次", true),
            ("港口今天早上再", false),
            ("one two 港口今天", true),
            ("one two 港口今", false),
            ("one two three [four]", false),
            ("one … two three … four", true),
        ] {
            assert_eq!(is_enough(&read(quote)), enough, "{quote}");
        }
    }

    #[test]
    fn the_run_with_the_most_letters_tells_and_the_edges_are_left_out_where_they_can_be() {
        let of = |quote: &str| telling_run(&read(quote)).map(|run| (run.hash, run.length));
        let words = |words: &str| {
            let hashes: Vec<u64> = words.split(' ').map(super::super::index::key_hash).collect();
            Some((mix(hashes.iter().copied()), hashes.len()))
        };
        for (quote, run) in [
            ("one two", "one two"),
            ("one two six ten", "one two six ten"),
            // Five words: the first may be cut.
            ("harbourmasters one two six ten", "one two six ten"),
            // Six: the last as well.
            ("harbourmasters one two six ten harbourmasters", "one two six ten"),
            // Of runs that are worth the same the first.
            ("a one two six harbours ten b", "one two six harbours"),
            ("a one two six ten five b", "two six ten five"),
            // Of pieces the one with the more words, and inner edges are no edges.
            ("one two … three four harbours", "three four harbours"),
            ("a one two six … ten harbours of stone b", "ten harbours of stone"),
            ("one … harbours", "harbours"),
            // More than twelve letters say no more.
            ("a onetwothreefour two two two onetwothreefourfive two two two b", "onetwothreefour two two two"),
        ] {
            assert_eq!(of(quote), words(run), "{quote}");
        }
        // A word that a line's end broke may stand whole elsewhere.
        assert_eq!(of("a one two six ten ha-\nrbour two six ten b"), words("one two six ten"));
        assert_eq!(of("the ha-\nrbour"), None);
        assert_eq!(of("…"), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn quotations_that_share_a_run_are_all_let_through_once() {
        let shared = "nobody asked the islanders";
        let checks = [
            quote(&["nobody asked the islanders"]),
            quote(&["the old quay was closed"]),
            quote(&["Nobody asked the islanders …"]),
            Check { kind: CheckKind::Figure("nobody asked the islanders".to_owned()), ..quote(&[]) },
            quote(&["one two six"]),
        ];
        let sought = Sought::new(&checks);
        let twice = format!("They say that {shared}, and {shared}.");
        assert_eq!(sought.in_document(&Prepared::new(&document(&twice))), [0, 2]);
        assert_eq!(sought.in_document(&Prepared::new(&document("nobody asked the"))), [] as [u32; 0]);
        assert_eq!(sought.in_document(&Prepared::new(&document("one two six"))), [] as [u32; 0]);
    }

    #[test]
    fn a_document_lets_through_what_it_may_carry() {
        let checks = [
            quote(&["The ferry will not return to the old quay this summer"]),
            quote(&["“The ferry will not return,” she said, “to the old quay”"]),
            quote(&["the ferry", "old quay", "this summer"]),
            quote(&["Nobody asked the islanders about the bridge"]),
            quote(&["the quay"]),
            quote(&["码头今天早上再次关闭"]),
        ];
        let sought = Sought::new(&checks);
        let page =
            document("“The ferry will NOT return to the old quay this summer,” she said.\n“码头今天早上再次关闭。”");
        assert_eq!(sought.in_document(&Prepared::new(&page)), [0, 1, 2, 5]);
        let page = document("Nobody asked the islanders about the bridge.");
        assert_eq!(sought.in_document(&Prepared::new(&page)), [3]);
        let page = document("The quay is closed.");
        assert!(sought.in_document(&Prepared::new(&page)).is_empty());
    }
}
