use super::super::clause::tests::table;
use super::*;

/// What the name behind the first mark (`|`) does in a clause whose word of saying stands behind the second.
fn roles(rows: &[(&str, &str, Role)], ahead: bool) {
    table(rows, |clause, at| {
        let names = runs(clause.tokens, clause.index);
        let range = names.into_iter().find(|run| run.contains(&at[0])).expect("a name");
        Clause { verb: Some(at[1]), ahead, ..*clause }.role(&Mention { range, fit: Fit::Same })
    });
}

#[test]
fn a_name_speaks_only_so_far_from_its_verb() {
    use Role::{Speaks, Unclear};
    // Between the name and its verb what is set off may be long, and the rest may not.
    let apposed = |words: usize| format!("|Ana Ruiz, {}, |said", vec!["3"; words].join(" "));
    let plain = |words: usize| format!("|Ana Ruiz {} |said", vec!["3"; words].join(" "));
    let before = |words: usize| format!("|said {} |Ana Ruiz", vec!["3"; words].join(" "));
    for (text, wanted) in [
        (apposed(41), Speaks),
        (apposed(42), Speaks),
        (apposed(43), Unclear),
        (plain(14), Speaks),
        (plain(15), Unclear),
    ] {
        roles(&[("en", text.as_str(), wanted)], true);
    }
    for (text, wanted) in [(before(14), Speaks), (before(15), Unclear)] {
        table(&[("en", text.as_str(), wanted)], |clause, at| {
            let clause = Clause { verb: Some(at[0]), ahead: false, ..*clause };
            clause.role(&Mention { range: at[1]..at[1] + 2, fit: Fit::Same })
        });
    }
}

#[test]
fn a_verb_has_a_subject_before_it_or_right_behind_it() {
    // The verb stands behind the first mark; the subject stands before the second.
    let rows = [
        ("en", "the mayor |said |so", true),
        ("en", "she |said |so", true),
        ("en", "then |said |so", false),
        ("en", "|said |so", false),
        ("en", "|said the mayor |so", true),
        ("en", "|said Ruiz |so", true),
        ("en", "|said |Ruiz", false),
        ("en", "|said, the mayor |so", false),
        ("en", "|said so |the mayor", false),
        ("de", "|heißt es |in der Erklärung", false),
        ("de", "|sagte er |in der Erklärung", true),
        ("pl", "|powiedział burmistrz, |tak", true),
        ("pl", "|powiedział, burmistrz |tak", false),
    ];
    table(&rows, |clause, at| clause.has_subject(at[0], at[1]));
}

#[test]
fn a_word_of_the_source_stands_shortly_before_whose_words_they_are() {
    let rows = [
        ("en", "according to |Ruiz", true),
        ("en", "according to the |mayor", true),
        ("en", "according to the old |mayor", false),
        ("en", "to |Ruiz", false),
        ("en", "|according to Ruiz", false),
        ("de", "laut |Ruiz", true),
        ("de", "nach Angaben von |Ruiz", true),
        ("fr", "selon |Ruiz", true),
        ("es", "según |Ruiz", true),
        ("es", "de acuerdo con |Ruiz", true),
        ("pt", "de acordo com |Ruiz", true),
        ("nl", "volgens |Ruiz", true),
        ("sv", "enligt |Ruiz", true),
        ("da", "ifølge |Ruiz", true),
        ("ru", "по словам |Руис", true),
        ("ru", "со |Руис", false),
    ];
    table(&rows, |clause, at| clause.is_behind_source(at[0]));
}

#[test]
fn a_relative_clause_has_a_subject_of_its_own() {
    use Role::{Beside, Speaks};
    roles(
        &[
            ("en", "the men who know |Ruiz |said", Beside),
            ("en", "the men who |Ruiz knows |said", Beside),
            ("en", "the words which |Ruiz |said", Speaks),
            ("en", "the words which |Ruiz later |said", Speaks),
            ("en", "the words which |Ruiz wants to |say", Speaks),
            ("en", "those who left when |Ruiz |said", Speaks),
            ("en", "Lind, who left, and |Ruiz |said", Speaks),
            ("fr", "les gens qui connaissent |Ruiz |disent", Beside),
            ("fr", "la femme qui est |Ruiz, |dit", Beside),
        ],
        true,
    );
}

#[test]
fn a_conjunction_brings_in_another_subject_behind_what_the_name_does() {
    use Role::{Beside, Speaks, Unclear};
    roles(
        &[
            ("en", "|Ruiz left and a porter |said", Beside),
            ("en", "|Ruiz left and the porter |said", Unclear),
            ("en", "|Ruiz left and she |said", Speaks),
            ("en", "|Ruiz left and her voice |said", Speaks),
            ("en", "|Ruiz left and |said", Speaks),
            ("en", "|Ruiz and a porter |said", Speaks),
            ("en", "|Ruiz herself and a porter |said", Speaks),
            ("en", "|Ruiz then and a porter |said", Speaks),
            ("en", "|Ruiz of Porto and a porter |said", Speaks),
            ("en", "|Ruiz, appointed in May and the mayor since, |said", Speaks),
            ("en", "|Ruiz said and a porter |said", Speaks),
            ("de", "|Ruiz ging und ein Pförtner |sagte", Beside),
            ("de", "|Ruiz aus Porto und ein Pförtner |sagten", Speaks),
            ("fr", "|Ruiz arrive et un portier |dit", Beside),
            ("fr", "|Ruiz et un portier |disent", Speaks),
        ],
        true,
    );
}
