use super::super::clause::tests::{ask, found, table};
use super::*;

/// What the first name that a mark (`|`) stands before does in a clause without a word of saying, before a quotation or not.
fn role(language: &str, text: &str, ahead: bool) -> Role {
    ask(language, text, |clause, at| {
        let names = runs(clause.tokens, clause.index);
        let range = names.iter().find(|run| run.contains(&at[0])).expect("a name");
        Clause { ahead, ..*clause }.without_saying(range)
    })
}

#[test]
fn the_first_name_of_a_clause_without_a_word_of_saying_is_its_subject() {
    use Role::{Beside, Speaks, Unclear};
    let rows = [
        ("|Ana Ruiz was blunt: “We pay.”", true, Speaks),
        ("Ana Ruiz met |Bo Lind: “We pay.”", true, Beside),
        ("Ana Ruiz met |Bo Lind", false, Unclear),
        ("Ana Ruiz left, |Bo Lind", false, Speaks),
        ("|Ana Ruiz met Bo Lind", false, Speaks),
        ("Ana Ruiz met 3 4 5 6 7 8 9 10 11 12 13 14 |Bo Lind", true, Unclear),
        ("Ana Ruiz met 3 4 5 6 7 8 9 10 11 12 13 |Bo Lind", true, Beside),
        ("a friend of |Bo Lind was blunt: “We pay.”", true, Unclear),
        // A relative pronoun right before the quotation means the name before it.
        ("Bell opened a note of |Marsh, which began: “We pay.”", true, Speaks),
        ("|Bell opened a note of Marsh, which began: “We pay.”", true, Beside),
        ("|Bell came near Marsh and the gate, which began: “We pay.”", true, Speaks),
        // The last clause inside another one.
        ("Ruiz tore up the page in which |Lind had written it down in ink: “We pay.”", true, Speaks),
        ("|Ruiz tore up the page in which Lind had written it down in ink: “We pay.”", true, Beside),
        ("|Ruiz tore up the page in which Lind had written it down in ink “we pay”.", true, Speaks),
        ("|Ruiz came when Lind had worn it down in ink: “We pay.”", true, Beside),
        ("|Ana Ruiz came and Lind had worn it down in ink: “We pay.”", true, Speaks),
        ("Ruiz knew what |Lind had worn it down in ink: “We pay.”", true, Speaks),
        // A quotation that says what somebody is.
        ("|Ruiz is “a fraud”", true, Unclear),
        ("To Lind, |Ruiz is “a fraud”", true, Beside),
        ("|Ruiz is “a fraud”", false, Speaks),
        // An utterance is its owner’s.
        ("|Ana Ruiz tore up a letter from Bo Lind: “We pay.”", true, Beside),
        ("Ana Ruiz tore up a letter from |Bo Lind: “We pay.”", true, Beside),
        // The main clause has the subject.
        ("Before Ruiz could go, |Lind cut her off: “We pay.”", true, Speaks),
    ];
    let wrong = rows.iter().filter_map(|(text, ahead, wanted)| {
        let found = role("en", text, *ahead);
        (found != *wanted).then(|| format!("{text} {ahead}: {found:?} instead of {wanted:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_relative_pronoun_is_the_subject_of_the_verb_behind_it() {
    // The pronoun stands behind the first mark; the last stands before the verb.
    let rows = [
        ("en", "Lind, |who then |said", true),
        ("en", "Lind, |who was it 4 5 |said", true),
        ("en", "Lind, |who was it 4 5 6 |said", false),
        ("en", "Lind, |who he |said", false),
        ("en", "Lind, |who they |said", false),
        ("en", "Lind, |who went |said", false),
        ("en", "Lind, |who Ruiz |said", false),
        ("en", "a headline |that |read", true),
        ("en", "a bridge |that |read", false),
        ("en", "|that |read", false),
        ("en", "|who |said", true),
        ("en", "Lind, |whom |said", true),
        ("fr", "Lind, |qui hier |dit", true),
        ("fr", "Lind, |who |dit", false),
    ];
    table(&rows, |clause, at| clause.relative_before(at[1]) == Some(at[0]));
    // Without a word of saying one other verb may stand there.
    let rows = [
        ("en", "Lind, |who then began", true),
        ("en", "Lind, |who then", true),
        ("en", "Lind, |who went began", false),
        ("en", "Lind, |who Ruiz", false),
    ];
    table(&rows, |clause, at| clause.relative_before(clause.tokens.len()) == Some(at[0]));
    found(&[("en", "said"), ("en", "")], |clause| clause.relative_before(0).into_iter().collect());
    // The name right before it is meant, with a word between at most.
    let rows = [
        ("en", "|Lind who |said", true),
        ("en", "|Lind himself who |said", true),
        ("en", "|Lind came here who |said", false),
        ("en", "who |Lind |said", false),
    ];
    table(&rows, |clause, at| clause.is_antecedent(&(at[0]..at[0] + 1), at[1]));
}

#[test]
fn a_quotation_says_what_somebody_is_behind_a_form_of_being() {
    let rows = [
        ("en", "|Lind is", true),
        ("en", "|Lind has been called", true),
        ("en", "|Lind is not at all", true),
        ("en", "|Lind is not at all so", false),
        ("en", "|Lind, is", false),
        ("en", "|Lind is old", false),
        ("en", "|Lind has", false),
        ("en", "|Lind", false),
        ("de", "|Lind ist", true),
    ];
    table(&rows, |clause, at| clause.is_described_by_quotation(&(at[0]..at[0] + 1)));
}

#[test]
fn a_form_of_being_before_a_verb_makes_it_passive() {
    let rows = [
        ("en", "Lind was |called", true),
        ("en", "Lind has been |called", true),
        ("en", "Lind was then not openly |called", true),
        ("en", "Lind was he 2 3 4 |called", false),
        ("en", "Lind is 1 2 3 |called", true),
        ("en", "Lind was old |called", false),
        ("en", "Lind was, |called", false),
        ("en", "Lind was, he |called", false),
        ("en", "Lind |called", false),
        ("en", "was |called", true),
        ("en", "|called", false),
        ("fr", "Lind a été |traité", true),
    ];
    table(&rows, |clause, at| clause.is_passive(at[0]));
}
