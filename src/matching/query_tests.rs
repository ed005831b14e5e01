//! Tests of reading quotations: which marks are marks of editing, and what is left between them.

use super::*;
use crate::matching::tests::document;

/// A reading as text: words, `…` for what is left out, `|` for a joint, `[words]` for a bracket, `^` behind a word whose case
/// is free; an editorial reading begins with `*`.
fn written(query: &Query) -> String {
    let mut all: Vec<String> = query.editorial.then(|| "*".to_owned()).into_iter().collect();
    for element in &query.elements {
        all.push(match element {
            Element::Word(word) => {
                let free = if query.free_case.contains(word) { "^" } else { "" };
                format!("{}{free}", query.words[*word].text)
            }
            Element::Gap => "…".to_owned(),
            Element::Joint => "|".to_owned(),
            Element::Bracket(words) => {
                let words = query.words[words.clone()].iter().map(|word| word.text.as_str());
                format!("[{}]", words.collect::<Vec<_>>().join(" "))
            }
        });
    }
    all.join(" ")
}

fn read(fragments: &[&str]) -> Vec<String> {
    let document = document("the old quay");
    let fragments: Vec<String> = fragments.iter().map(|fragment| (*fragment).to_owned()).collect();
    readings(&fragments, &Index::new(&document)).iter().map(written).collect()
}

#[test]
fn a_quotation_without_marks_is_read_literally_alone() {
    for quote in ["the old quay", "the (old) quay", "the .. quay", "the. . quay", "the 中略 quay", "the .  . . quay"]
    {
        let read = read(&[quote]);
        assert!(read.len() == 1 && !read[0].starts_with('*'), "{quote}: {read:?}");
    }
}

#[test]
fn marks_of_editing_are_told_from_words() {
    for (quote, editorial) in [
        ("the … quay", "the … quay"),
        ("the ⋯ quay", "the … quay"),
        ("the …. quay", "the … quay"),
        ("the ... quay", "the … quay"),
        ("the.... quay", "the … quay"),
        ("the . . . quay", "the … quay"),
        ("the…quay", "the … quay"),
        ("the [...] quay", "the … quay"),
        ("the [ … ] quay", "the … quay"),
        ("the [..] quay", "the … quay"),
        ("the (..) quay", "the … quay"),
        ("the (...) quay", "the … quay"),
        ("the （…） quay", "the … quay"),
        ("the ［…］ quay", "the … quay"),
        ("the （中略） quay", "the … quay"),
        ("the [略] quay", "the … quay"),
        ("the [... quay", "the … quay"),
        ("… the quay", "… the quay"),
        ("the quay …", "the quay …"),
        ("the … old … quay", "the … old … quay"),
        ("[The] quay", "[The] quay"),
        ("the [old grey] quay", "the [old grey] quay"),
        ("the 【old】 quay", "the [old] quay"),
        ("[t]he quay", "the^ quay"),
        ("［t］he quay", "the^ quay"),
        ("the [o]ld quay", "the old^ quay"),
        ("[É]té [h]as", "Été^ has^"),
        ("[th]e quay", "[th] e quay"),
        ("[t] he quay", "[t] he quay"),
        ("[1]he quay", "[1] he quay"),
        ("walk[ing] home", "walk [ing] home"),
        ("the [sic] quay", "the quay"),
        ("the (sic) quay", "the quay"),
        ("the [ ] quay", "the quay"),
        ("the [emphasis added] quay", "the quay"),
        ("the (laughs) old (quay)", "the old quay"),
        ("“The ferry,” she said, “will return.”", "The ferry | will return"),
        ("„Die Fähre“, sagte sie, „kommt.“", "Die Fähre | kommt"),
        ("»Die Fähre«, sagte sie, »kommt.«", "Die Fähre | kommt"),
        ("«El barco», dijo ella, «vuelve»", "El barco | vuelve"),
        ("'The ferry,' she said, 'will return'", "The ferry | will return"),
        ("“The ferry,” she said. “It will return,” she said, “soon.”", "The ferry | It will return | soon"),
        ("“The ferry,” she said, “will … return.”", "The ferry | will … return"),
    ] {
        let read = read(&[quote]);
        assert_eq!(read.last().map(String::as_str), Some(format!("* {editorial}").as_str()), "{quote}");
        assert!(read.len() == 2 && !read[0].starts_with('*'), "{quote}: {read:?}");
    }
}

#[test]
fn only_an_attribution_parts_a_quotation() {
    let long = "said the pilot of the grey boat that had been lying at the old quay since the week before the storm,";
    let words = |count: usize| format!("said {},", vec!["a"; count - 1].join(" "));
    for (between, parts) in [
        ("she said,", true),
        ("said Holm.", true),
        ("said Holm —", true),
        ("she said", false),
        ("and the quay,", false),
        (",", false),
        (long, false),
        (&words(14), true),
        (&words(15), false),
    ] {
        let read = read(&[&format!("“The ferry,” {between} “will return.”")]);
        assert_eq!(read.len() == 2, parts, "{between}: {read:?}");
    }
    // What begins or ends without a mark is no row of quotations; nor is one whose next mark is far away.
    assert_eq!(read(&["The ferry,” she said, “will return.”"]).len(), 1);
    assert_eq!(read(&["“The ferry,” she said, “will return"]).len(), 1);
    assert_eq!(read(&["“The ferry will return.”"]).len(), 1);
    let far = format!("“The ferry,” {} she said, “will return.”", "a ".repeat(120));
    assert_eq!(read(&[&far]).len(), 1);
}

#[test]
fn fragments_meet_at_joints_and_have_no_literal_reading() {
    assert_eq!(read(&["the quay", "the ferry"]), ["* the quay | the ferry"]);
    assert_eq!(read(&["the … quay", "“The ferry,” she said, “returns.”"]), ["* the … quay | The ferry | returns"]);
}

#[test]
fn pieces_are_the_words_between_marks() {
    let document = document("the old quay");
    let index = Index::new(&document);
    for (quote, pieces) in [
        ("the old quay", "-:3"),
        ("the … quay", "-:1 gap:1"),
        ("… the quay", "gap:2"),
        ("the quay …", "-:2 gap:0"),
        ("the [old] quay", "-:1 bracket:1"),
        // Of two marks in a row the wider counts.
        ("the … [old] quay", "-:1 gap:1"),
        ("the [old] … quay", "-:1 gap:1"),
        ("the [old] [grey] quay", "-:1 bracket:1"),
        ("[The] … quay", "gap:1"),
    ] {
        let query = readings(&[quote.to_owned()], &index).pop().expect("a reading");
        let given: Vec<String> = query
            .pieces()
            .iter()
            .map(|piece| {
                let mark = match piece.before {
                    None => "-",
                    Some(Element::Gap) => "gap",
                    Some(Element::Bracket(_)) => "bracket",
                    Some(_) => "other",
                };
                format!("{mark}:{}", piece.words.len())
            })
            .collect();
        assert_eq!(given.join(" "), pieces, "{quote}");
    }
}

#[test]
fn words_know_where_they_stand_in_the_quotation() {
    let document = document("the harbour has été grand");
    let index = Index::new(&document);
    for (fragments, words) in [
        (vec!["the har-\nbour has"], "the harbour has"),
        (vec!["the [h]arbour has", "[É]té"], "the h]arbour has É]té"),
        (vec!["so … grand"], "so grand"),
    ] {
        let fragments: Vec<String> = fragments.into_iter().map(str::to_owned).collect();
        let text = text(&fragments);
        let query = readings(&fragments, &index).pop().expect("a reading");
        let given: Vec<String> = query.words.iter().map(|word| text[word.start..word.end].replace("-\n", "")).collect();
        assert_eq!(given.join(" "), words);
        for word in &query.words {
            assert_eq!(word.form, index.form_number(&word.text), "{}", word.text);
            assert_eq!(word.key, index.key_number(&word.key_text), "{}", word.text);
        }
    }
}

#[test]
fn every_style_of_marks_is_closed_by_its_own() {
    for (opening, closing, not) in [
        ('“', "”", "»"),
        ('„', "“”", "«"),
        ('"', "\"”", "»"),
        ('«', "»", "«”"),
        ('»', "«", "»"),
        ('‹', "›", "‹"),
        ('›', "‹", "›"),
        ('「', "」", "』"),
        ('『', "』", "」"),
        ('”', "”", "“"),
        ('‘', "’", "”"),
        ('\'', "'’", "\""),
        ('x', "\"”»」』’", "«"),
    ] {
        assert!(closing.chars().all(|c| closing_of(opening).contains(&c)), "{opening} {closing}");
        assert!(!not.chars().any(|c| closing_of(opening).contains(&c)), "{opening} {not}");
    }
}
