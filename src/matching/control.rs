//! Controls: what a document must answer if looking in it works at all.
//!
//! A sentence that is known to stand there must be found, and the same sentence with one digit or one "not" changed must
//! not be. A document that fails cannot be trusted with "not there", so nothing may be called absent from it. The twin
//! is made of a word, or of a pair of words, that the document does not have: it cannot stand there by accident.

use std::ops::Range;

use super::asked::Asked;
use super::fold::{self, Kind, bits};
use super::index::{Index, UNKNOWN};
use super::prepared::Prepared;
use super::quotation;
use crate::model::{CheckKind, CheckVerdict, Claim, Where};

/// What came of the controls on one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// The sentence was found and its twin was not.
    Passed,
    /// The document has no sentence that would do.
    Impossible,
    /// The document answered wrongly; what was asked and what it said, for people.
    Failed(String),
}

/// Tokens of a sentence that serves.
const LENGTH: Range<usize> = 5..40;
/// Sentences looked at for one with a number in it before one without is taken.
const MAX_LOOKED_AT: usize = 60;

/// Asks a document for a sentence that it has, and for one that it cannot have.
pub fn control(document: &Prepared<'_>) -> Control {
    let index = document.index();
    let Some(chosen) = choose(index) else { return Control::Impossible };
    let range = index.range(chosen.tokens);
    let sentence = index.document().slice(range);
    let asked = |text: &str| {
        let claim = claim(text);
        let CheckKind::Quote(fragments) = &claim.checks[0].kind else { return CheckVerdict::Unavailable };
        quotation::find(fragments, &Asked::new(&claim, &[], None), index).verdict
    };
    let found = asked(sentence);
    if found != CheckVerdict::Verbatim {
        return Control::Failed(format!(
            "a sentence that stands on the page was not found there ({}): {sentence}",
            found.word()
        ));
    }
    let at = chosen.change.at - range.start as usize;
    let twin =
        format!("{}{}{}", &sentence[..at], chosen.change.put, &sentence[chosen.change.end - range.start as usize..]);
    let found = asked(&twin);
    if found.is_good() {
        return Control::Failed(format!(
            "a changed sentence that stands nowhere on the page was found there ({}): {twin}",
            found.word()
        ));
    }
    Control::Passed
}

/// A sentence with the change that makes its twin.
struct Chosen {
    tokens: Range<usize>,
    change: Change,
}

/// Bytes of the document, and what is put in their place.
struct Change {
    at: usize,
    end: usize,
    put: String,
}

/// The first sentence with a number that can be changed, else the first into which a negation can be put; running text
/// before everything else.
fn choose(index: &Index<'_>) -> Option<Chosen> {
    let blocks = &index.document().blocks;
    let body = |block: &usize| blocks[*block].zone.place() == Where::Body;
    let order = (0..blocks.len()).filter(body).chain((0..blocks.len()).filter(|block| !body(block)));
    let mut plain: Option<Range<usize>> = None;
    let mut looked_at = 0;
    for sentence in order.flat_map(|block| sentences(block, index)) {
        if !serves(&sentence, index) {
            continue;
        }
        looked_at += 1;
        if let Some(change) = digit(&sentence, index) {
            return Some(Chosen { tokens: sentence, change });
        }
        if plain.is_none() && negation(&sentence, index).is_some() {
            plain = Some(sentence);
        }
        if looked_at >= MAX_LOOKED_AT && plain.is_some() {
            break;
        }
    }
    let tokens = plain?;
    negation(&tokens, index).map(|change| Chosen { change, tokens })
}

/// The sentences of a block, as ranges of tokens.
fn sentences<'i>(block: usize, index: &'i Index<'_>) -> impl Iterator<Item = Range<usize>> + 'i {
    let all = index.block_tokens(block);
    let mut at = all.start;
    std::iter::from_fn(move || {
        let start = at;
        if start >= all.end {
            return None;
        }
        at = (start + 1..all.end).find(|at| index.tokens()[*at].bits & bits::SENTENCE != 0).unwrap_or(all.end);
        Some(start..at)
    })
}

/// Whether a sentence can be asked for as it is: of a fair length, and without anything that could be read as a mark.
fn serves(sentence: &Range<usize>, index: &Index<'_>) -> bool {
    if !LENGTH.contains(&sentence.len()) {
        return false;
    }
    let text = index.document().slice(index.range(sentence.clone()));
    // Edges that lean on something else would be read in another way without it.
    let leaning = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !fold::is_unspaced(c));
    let all = &*index.document().text;
    let range = index.range(sentence.clone()).span();
    !leaning(all[..range.start].chars().next_back())
        && !all[range.end..].chars().next().is_some_and(|c| c.is_alphanumeric() || fold::is_dash(c))
        && !text.contains("..")
        && !text.chars().any(|c| {
            matches!(
                c,
                '[' | ']' | '(' | ')' | '（' | '）' | '［' | '］' | '【' | '】' | '〔' | '〕' | '…' | '⋯' | '\n'
            ) || fold::is_quote_mark(c) && !fold::is_apostrophe(c)
                || fold::is_ignorable(c)
        })
}

/// Another digit in a number inside the sentence, so that the document has the new number nowhere.
fn digit(sentence: &Range<usize>, index: &Index<'_>) -> Option<Change> {
    let document = &*index.document().text;
    for at in sentence.start + 1..sentence.end - 1 {
        let token = &index.tokens()[at];
        let (start, end) = (token.start as usize, token.end as usize);
        if token.kind != Kind::Number || !document[start..end].bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let text = &document[start..end - 1];
        let last = document.as_bytes()[end - 1] - b'0';
        for step in 1..10 {
            let put = format!("{text}{}", (last + step) % 10);
            if index.form_number(&put) == UNKNOWN {
                return Some(Change { at: start, end, put });
            }
        }
    }
    None
}

/// A negation put in before a word, where the document has no such pair of words.
fn negation(sentence: &Range<usize>, index: &Index<'_>) -> Option<Change> {
    for at in sentence.start + 2..sentence.end - 1 {
        let (before, token) = (&index.tokens()[at - 1], &index.tokens()[at]);
        let put = match (before.kind, token.kind) {
            (Kind::Character, Kind::Character) => "不",
            (Kind::Word, Kind::Word) if token.bits & (bits::HYPHEN | bits::APOSTROPHE | bits::ADJACENT) == 0 => "not ",
            _ => continue,
        };
        let key = index.key_number(put.trim());
        let pair = key != UNKNOWN
            && index.places(key).iter().any(|place| {
                (*place as usize).checked_sub(1).is_some_and(|place| index.tokens()[place].key == before.key)
            });
        if !pair {
            let at = token.start as usize;
            return Some(Change { at, end: at, put: put.to_owned() });
        }
    }
    None
}

/// A claim that asks for these words alone.
fn claim(words: &str) -> Claim {
    Claim::of("", CheckKind::Quote(vec![words.to_owned()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::tests::document;

    fn run(text: &str) -> Control {
        control(&Prepared::new(&document(text)))
    }

    #[test]
    fn a_page_with_text_passes_in_any_script() {
        for text in [
            "The harbour closes at noon. It took 43 men and 12 horses to move the stone.",
            "The ferry is late again and nobody at the quay knows why it should be.",
            "Die Fähre kommt heute wieder nicht, und niemand am Kai weiß den Grund.",
            "港口今天早上再次关闭，码头上没有人知道原因是什么。",
            "ท่าเรือปิดอีกครั้งในเช้าวันนี้และไม่มีใครรู้ว่าทำไม",
            "Порт снова закрыт, и 17 человек на пристани ждут парома уже третий час.",
        ] {
            assert_eq!(run(text), Control::Passed, "{text}");
        }
    }

    #[test]
    fn a_page_that_has_the_twin_as_well_is_asked_for_another() {
        // Every other last digit of the first number stands there too.
        let lines: Vec<String> =
            (0..10).map(|digit| format!("They moved all 4{digit} stones by hand today.")).collect();
        assert_eq!(run(&lines.join("\n")), Control::Passed);
    }

    #[test]
    fn a_page_without_a_sentence_is_not_controlled() {
        for text in ["Menu", "1 2 3", "[...] (sic) [...]", "Go on"] {
            assert_eq!(run(text), Control::Impossible, "{text}");
        }
    }

    fn with<T>(text: &str, ask: impl Fn(&Index<'_>) -> T) -> T {
        let document = document(text);
        ask(&Index::new(&document))
    }

    #[test]
    fn a_block_is_cut_into_its_sentences() {
        with("One two three. Four five.\nSix seven.", |index| {
            assert_eq!(sentences(0, index).collect::<Vec<_>>(), [0..3, 3..5]);
            assert_eq!(sentences(1, index).collect::<Vec<_>>(), [Range { start: 5, end: 7 }]);
        });
    }

    #[test]
    fn a_sentence_serves_where_nothing_in_it_or_beside_it_could_be_read_as_a_mark() {
        let words = |count: usize| vec!["word"; count].join(" ");
        for (text, all) in [
            (words(4), false),
            (words(5), true),
            (words(39), true),
            (words(40), false),
            ("The ferry (old) will sail".to_owned(), false),
            ("The ferry [old] will sail".to_owned(), false),
            ("The ferry … will sail now".to_owned(), false),
            ("The ferry .. will sail now".to_owned(), false),
            ("The “ferry” will sail now".to_owned(), false),
            ("The ferry’s crew will sail now".to_owned(), true),
            ("The fer\u{ad}ry will sail now".to_owned(), false),
        ] {
            assert_eq!(with(&text, |index| serves(&(0..index.tokens().len()), index)), all, "{text}");
        }
        for (text, part, whole) in [
            ("so called ferries will sail now", 1..6, true),
            ("so-called ferries will sail now", 1..6, false),
            ("the ferry will sail re built", 0..5, true),
            ("the ferry will sail re-built", 0..5, false),
            ("the ferry will sail now, and", 0..5, true),
        ] {
            assert_eq!(with(text, |index| serves(&part, index)), whole, "{text}");
        }
    }

    #[test]
    fn the_twin_has_another_number_that_the_page_has_nowhere() {
        let put = |text: &str| {
            with(text, |index| {
                let change = digit(&index.sentence(&(0..1)), index)?;
                Some(format!("{}>{}", &index.document().text[change.at..change.end], change.put))
            })
        };
        assert_eq!(put("They moved 43 stones by hand").as_deref(), Some("43>44"));
        assert_eq!(put("They moved 49 stones by hand").as_deref(), Some("49>40"));
        assert_eq!(put("They moved 43 stones by hand. So 44 or 45").as_deref(), Some("43>46"));
        assert_eq!(put("They moved 7 stones by hand").as_deref(), Some("7>8"));
        // A number that can be changed in one way only, and the one behind a number that cannot.
        let most = (0..10).filter(|last| *last != 2).map(|last| format!("4{last}")).collect::<Vec<_>>().join(" or ");
        assert_eq!(put(&format!("They moved 43 stones by hand. So {most}")).as_deref(), Some("43>42"));
        let all = (0..10).map(|last| format!("4{last}")).collect::<Vec<_>>().join(" or ");
        assert_eq!(put(&format!("They moved 43 stones and 7 logs. So {all}")).as_deref(), Some("7>8"));
        for text in
            ["43 men moved stones by hand", "They moved stones in 43", "They moved 1,400 stones", "No number here"]
        {
            assert_eq!(put(text), None, "{text}");
        }
    }

    #[test]
    fn the_twin_is_negated_where_the_page_does_not_negate() {
        let put = |text: &str| {
            with(text, |index| {
                let change = negation(&index.sentence(&(0..1)), index)?;
                assert_eq!(change.at, change.end);
                Some(format!("{}{}", change.put, index.document().text[change.at..].split(['.', ' ']).next()?))
            })
        };
        assert_eq!(put("The ferry will sail today").as_deref(), Some("not will"));
        assert_eq!(put("The ferry will sail today. No ferry not wet").as_deref(), Some("not sail"));
        assert_eq!(put("The ferry will sail today. Not ferry").as_deref(), Some("not will"));
        assert_eq!(put("A re-built ferry sails").as_deref(), Some("not ferry"));
        assert_eq!(put("The pilot's 12 boats sail today").as_deref(), Some("not sail"));
        assert_eq!(put("港口今天关闭了").as_deref(), Some("不今天关闭了"));
        for text in ["The ferry sails", "One 2 3 4 five", "Sail"] {
            assert_eq!(put(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_preferred_and_running_text_comes_first() {
        let chosen = |text: &str| {
            with(text, |index| {
                choose(index).map(|chosen| index.document().slice(index.range(chosen.tokens)).to_owned())
            })
        };
        let plain = "The ferry will sail to the quay today";
        let number = "They moved 43 stones by hand today";
        assert_eq!(chosen(&format!("{plain}.\n{number}.")).as_deref(), Some(number));
        assert_eq!(chosen(&format!("{plain}.\nThe pilot will sleep on the boat.")).as_deref(), Some(plain));
        assert_eq!(chosen("Go on.\nMenu"), None);
        // A number that comes late is not waited for.
        let late = |before: usize| format!("{}{number}.", format!("{plain}.\n").repeat(before));
        assert_eq!(chosen(&late(59)).as_deref(), Some(number));
        assert_eq!(chosen(&late(60)).as_deref(), Some(plain));
        let page = crate::extract::Input {
            bytes: b"<html><body><article><h1>They moved 43 stones by hand</h1><p>The 17 men of the ferry slept.</p></article></body></html>",
            content_type: Some("text/html; charset=utf-8"),
            name: "",
        };
        let document = crate::extract::extract(&page, &crate::extract::Limits::default()).document.expect("has text");
        let index = Index::new(&document);
        let tokens = choose(&index).expect("a sentence").tokens;
        assert_eq!(document.slice(index.range(tokens)), "The 17 men of the ferry slept");
    }
}
