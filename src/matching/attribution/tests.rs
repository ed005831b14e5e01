//! Tests of what attribution stands on: what a name does in a clause, whom a pronoun or a noun means, where a name stands,
//! whose turn a block is. Each reads a table of `fixtures/sentences`, where the honest reading stands beside its twins.

use super::gender::Gender;
use super::label::Label;
use super::name::Fit;
use super::people::people;
use super::person::{definite_subject, described, former_or_latter, is_alone, is_last_named};
use super::*;
use crate::extract::{Input, Limits, extract};
use crate::model::{CheckKind, Claim, Document};

/// A page of paragraphs, which `¶` parts.
pub(super) fn page(language: &str, paragraphs: &str) -> Document {
    let body = paragraphs.replace('¶', "</p><p>");
    let page = format!("<html lang=\"{language}\"><body><article><p>{body}</p></article></body></html>");
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    extract(&input, &Limits::default()).document.expect("has text")
}

/// Every row of a table whose second field is not what `read` makes of the language and the others.
fn wrong_rows(table: &str, least: usize, read: impl Fn(&str, &[&str]) -> String) -> String {
    let (mut wrong, mut rows) = (String::new(), 0);
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [language, wanted, rest @ ..] = fields.as_slice() else { panic!("two fields at least: {line}") };
        let given = read(language, rest);
        if given != *wanted {
            wrong.push_str(&format!("{language}\t{given}\t{}\n    instead of {wanted}\n", rest.join("\t")));
        }
        rows += 1;
    }
    assert!(rows >= least, "{rows} rows");
    wrong
}

/// Facts in one line; `-` where there is none.
fn listed(facts: &[String]) -> String {
    if facts.is_empty() { String::from("-") } else { facts.join(", ") }
}

fn texts(tokens: impl IntoIterator<Item = usize>, index: &Index<'_>) -> String {
    let texts: Vec<&str> = tokens.into_iter().map(|at| index.document().slice(index.range(at..at + 1))).collect();
    texts.join(" ")
}

/// The last block that has tokens.
pub(super) fn last_block(index: &Index<'_>) -> usize {
    index.block_of(index.tokens().len() - 1)
}

fn gendered(gender: Option<Gender>) -> &'static str {
    match gender {
        Some(Gender::Woman) => " woman",
        Some(Gender::Man) => " man",
        None => "",
    }
}

#[test]
fn every_name_in_a_clause_speaks_or_stands_beside() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/roles.tsv"), 1, |language, rest| {
        let document = page(language, rest[1]);
        let index = Index::new(&document);
        let block = last_block(&index);
        let quoted = quoted_spans(block, &index);
        let clause = clause_around(&quoted[0], quoted, block, &index);
        let view = view(&clause, &index);
        let mut facts = Vec::new();
        for written in rest[0].split(", ").filter(|name| *name != "-") {
            let name = Name::new(written, &index).expect("is a name");
            let role = strongest(&view, &name, &index);
            let word = match role {
                Role::Speaks => "speaks",
                Role::Beside => "beside",
                Role::Unclear if name.is_in(&clause.tokens, &index) => "unclear",
                Role::Unclear => "elsewhere",
            };
            facts.push(format!("{written} {word}"));
        }
        if view.has_somebody() {
            facts.push(String::from("somebody"));
        }
        let nouns = definite_subject(&view);
        if !nouns.is_empty() {
            facts.push(format!("the {}", texts(nouns.iter().map(|at| view.tokens[*at]), &index)));
        }
        for run in view.whose_utterance() {
            facts.push(format!("words of {}", texts(view.tokens[run].iter().copied(), &index)));
        }
        if document::is_document(&view) {
            facts.push(String::from("document"));
        }
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_name_is_found_however_a_page_has_it() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/names.tsv"), 1, |language, rest| {
        let document = page(language, rest[1]);
        let index = Index::new(&document);
        let Some(name) = Name::new(rest[0], &index) else { return String::from("no name") };
        let block = last_block(&index);
        let tokens = outside(&index.block_tokens(block), quoted_spans(block, &index), &index);
        let mut facts: Vec<String> = name
            .mentions(&tokens, &index)
            .into_iter()
            .map(|mention| {
                let fit = match mention.fit {
                    Fit::Same => "",
                    Fit::Declined => " declined",
                    Fit::Possessive => " possessive",
                };
                format!(
                    "{}{fit}",
                    index.document().slice(index.range(tokens[mention.range.start]..tokens[mention.range.end - 1] + 1))
                )
            })
            .collect();
        let held = name.is_in(&tokens, &index);
        if held == facts.is_empty() {
            facts.push(format!("is in it: {held}"));
        }
        if let Some(gender) = name.gender(&index) {
            facts.push(gendered(Some(gender)).trim().to_owned());
        }
        if name.is_person_on(&index) {
            facts.push(String::from("full"));
        }
        if document::is_person(&name, &index) {
            facts.push(String::from("person"));
        }
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn everybody_in_a_sentence_is_seen() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/somebody.tsv"), 1, |language, rest| {
        let document = page(language, rest[0]);
        let index = Index::new(&document);
        let block = last_block(&index);
        let tokens = outside(&index.block_tokens(block), quoted_spans(block, &index), &index);
        let facts: Vec<String> = people(&tokens, &index)
            .into_iter()
            .map(|someone| {
                let mut fact = texts(tokens[someone.range.clone()].iter().copied(), &index);
                fact.push_str(gendered(someone.gender));
                for (holds, word) in [
                    (!someone.named, " unnamed"),
                    (someone.aside, " aside"),
                    (someone.joined, " joined"),
                    (!someone.fits(Some(Gender::Woman)) && !someone.fits(Some(Gender::Man)), " thing"),
                ] {
                    if holds {
                        fact.push_str(word);
                    }
                }
                fact
            })
            .collect();
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn person_word(person: Person) -> &'static str {
    match person {
        Person::Speaker => "yes",
        Person::Other => "another",
        Person::Nobody => "nobody",
    }
}

#[test]
fn a_pronoun_means_whoever_was_named_last() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/meant.tsv"), 1, |language, rest| {
        let document = page(language, rest[2]);
        let index = Index::new(&document);
        let block = last_block(&index);
        let quoted = quoted_spans(block, &index);
        let clause = quoted.first().map(|here| clause_around(here, quoted, block, &index));
        let before = match (quoted.first(), &clause) {
            (Some(here), Some(clause)) => first_of(here, &clause.tokens, &index),
            _ => index.block_tokens(block).start,
        };
        let tokens = clause.map(|clause| clause.tokens).unwrap_or_default();
        let name = Name::new(rest[1], &index).expect("is a name");
        let gender = gender::of_pronoun(rest[0], language);
        let mut facts = vec![match rest[0] {
            "it" => format!("it: {}", person_word(document::author(before, &name, block, &index))),
            _ => person_word(last_person(before, gender, &name, block, &index)).to_owned(),
        }];
        if let Some(person) = former_or_latter(before, &tokens, &name, block, &index) {
            facts.push(format!("of the two: {}", person_word(person)));
        }
        match last_to_speak(block, &name, &index) {
            Person::Nobody => {}
            person => facts.push(format!("spoke last: {}", person_word(person))),
        }
        if is_last_named(before, &name, block, &index) {
            facts.push(String::from("named last"));
        }
        if is_alone(block, &name, &index) {
            facts.push(String::from("alone"));
        }
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn an_office_means_whoever_holds_it() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/offices.tsv"), 1, |language, rest| {
        let document = page(language, rest[1]);
        let index = Index::new(&document);
        let block = last_block(&index);
        let quoted = quoted_spans(block, &index);
        let clause = clause_around(&quoted[0], quoted, block, &index);
        let view = view(&clause, &index);
        let name = Name::new(rest[0], &index).expect("is a name");
        let nouns = definite_subject(&view);
        let mut facts = Vec::new();
        if !nouns.is_empty() {
            facts.push(format!(
                "the {}: {}",
                texts(nouns.iter().map(|at| view.tokens[*at]), &index),
                person_word(described(&nouns, &view, &name, &index))
            ));
        }
        if described::is_called(&view, &name, &index) {
            facts.push(String::from("called so"));
        } else if described::may_be(&view, &name, &index) {
            facts.push(String::from("may be"));
        }
        if is_described(&view, &name, block, &index) {
            facts.push(String::from("beside the name"));
        }
        if document::is_of_a_body(&view, &name, &index) {
            facts.push(String::from("a body's"));
        }
        if view.is_possessed_subject() {
            facts.push(String::from("possessed"));
        }
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_turn_is_under_its_label() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/labels.tsv"), 1, |language, rest| {
        let document = page(language, rest[1]);
        let index = Index::new(&document);
        let name = Name::new(rest[0], &index).expect("is a name");
        let facts: Vec<String> = (0..document.blocks.len())
            .map(|block| {
                let mut fact = match label::of_block(block, &index) {
                    Some(Label::Named(keys)) => keys.join(" "),
                    Some(Label::Asks) => String::from("asks"),
                    Some(Label::Answers) => String::from("answers"),
                    None => String::from("none"),
                };
                for (holds, mark) in
                    [(label::names(block, &name, &index), "*"), (label::heads(block, &name, &index), "+")]
                {
                    if holds {
                        fact.push_str(mark);
                    }
                }
                fact
            })
            .collect();
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The tokens of a page's words, from the first of `words` to the last.
pub(super) fn tokens_of(words: &str, index: &Index<'_>) -> Range<usize> {
    let start = index.document().text.find(words).unwrap_or_else(|| panic!("the page has {words}"));
    index.token_from(start as u32)..index.token_from((start + words.len()) as u32)
}

#[test]
fn pieces_of_a_quotation_come_out_of_one_mouth_or_two() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/mouths.tsv"), 1, |language, rest| {
        let document = page(language, rest[1]);
        let index = Index::new(&document);
        let pieces: Vec<Range<usize>> = rest[0].split(" … ").map(|words| tokens_of(words, &index)).collect();
        let mut facts = Vec::new();
        for piece in &pieces {
            let named = named_with(piece, &index);
            facts.push(if named.is_empty() { String::from("nobody") } else { named.join(" ") });
        }
        if two_mouths(&pieces, &index) {
            facts.push(String::from("two mouths"));
        }
        if question_and_answer(&pieces, &index) {
            facts.push(String::from("question and answer"));
        }
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn an_attribution_joins_what_its_speaker_says() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/attributions.tsv"), 1, |language, rest| {
        let document = page(language, rest[0]);
        let index = Index::new(&document);
        let mut joints: Vec<Range<usize>> = Vec::new();
        for block in 0..document.blocks.len() {
            for stretch in quoted_spans(block, &index) {
                let behind = index.token_from(stretch.range.end);
                if let Some(joint) = (behind < index.tokens().len()).then(|| joint_behind(behind, &index)).flatten() {
                    // The way back finds the same.
                    assert_eq!(joint_before(joint.end, &index), Some(joint.clone()), "{}", rest[0]);
                    joints.push(joint);
                }
            }
        }
        let mut facts: Vec<String> =
            joints.iter().map(|joint| document.slice(index.range(joint.clone())).to_owned()).collect();
        for pair in joints.windows(2) {
            facts.push(String::from(if join_one_speaker(&pair[0], &pair[1], &index) { "one" } else { "two" }));
        }
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn words_are_whose_the_page_says() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/whose.tsv"), 1, |language, rest| {
        let document = page(language, rest[2]);
        let index = Index::new(&document);
        let pieces: Vec<Range<usize>> = rest[1].split(" … ").map(|words| tokens_of(words, &index)).collect();
        let mut facts = Vec::new();
        for written in rest[0].split(", ") {
            // `=Ana Ruiz` is a speaker whom only the statement names.
            let speaker = written.strip_prefix('=').unwrap_or(written);
            let statement = format!("{speaker}: “{}”", rest[1]);
            let mut claim = Claim::of(statement.as_str(), CheckKind::Quote(vec![rest[1].to_owned()]));
            claim.language = Some(language.to_owned());
            claim.speaker = (speaker == written).then(|| speaker.to_owned());
            let stated = (speaker != written).then(|| speaker.to_owned());
            let asked = Asked::new(&claim, &[], None).with_stated_speaker(stated);
            let word = flag(&pieces, &asked, &index).map_or("-", Flag::word);
            facts.push(format!("{written} {word}"));
        }
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_capital_is_a_name_only_where_its_language_has_no_other_reason() {
    let wrong = wrong_rows(include_str!("../../../fixtures/sentences/capitals.tsv"), 1, |language, rest| {
        let document = page(language, rest[0]);
        let index = Index::new(&document);
        let block = last_block(&index);
        let tokens = outside(&index.block_tokens(block), quoted_spans(block, &index), &index);
        let clause = Clause { tokens: &tokens, verb: None, ahead: false, index: &index };
        let facts: Vec<String> = runs(&tokens, &index)
            .into_iter()
            .map(|run| {
                let describes = if clause.is_attributive(run.end - 1) { "*" } else { "" };
                texts(tokens[run].iter().copied(), &index) + describes
            })
            .collect();
        listed(&facts)
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}
