use super::super::clause::tests::{ask, found, table};
use super::*;
use crate::matching::attribution::clause::text_of;

/// What a rule leaves of the clause that a text is, from the first to the last of its words.
fn left(clause: &Clause<'_>, rule: impl FnOnce(Vec<usize>) -> Vec<usize>) -> String {
    let kept = rule(clause.tokens.to_vec());
    text_of(&kept, clause.index).to_owned()
}

#[test]
fn the_clause_right_before_a_quotation_carries_it() {
    // What stands before the quotation; whether another one stands before that; what carries it.
    for (language, text, behind_another, wanted) in [
        ("en", "Ruiz said, and Lind said", true, "Lind said"),
        ("en", "Ruiz said, and Lind said", false, "Lind said"),
        ("en", "Ruiz said and Lind said", true, "Lind said"),
        ("en", "Ruiz said and Lind said", false, "Ruiz said and Lind said"),
        ("en", "Ruiz said, Lind said", true, "Lind said"),
        ("en", "Ruiz said, Lind said", false, "Ruiz said, Lind said"),
        ("en", "Ruiz said, and Lind snapped", true, "Lind snapped"),
        ("en", "Ruiz said, while a porter snapped that", true, "a porter snapped that"),
        ("en", "Ruiz said, and left", true, "Ruiz said, and left"),
        ("en", "Ruiz left, and Lind said", true, "Lind said"),
        ("en", "Ruiz left and Lind said", false, "Lind said"),
        ("en", "The mayor Ana Ruiz left and Lind said", false, "Lind said"),
        ("en", "Ruiz left and her voice said", false, "Ruiz left and her voice said"),
        ("en", "Ruiz of the trust and Lind said", false, "Ruiz of the trust and Lind said"),
        ("en", "Ruiz left, Lind said", false, "Ruiz left, Lind said"),
        ("en", "Ruiz said, and Lind sleep", true, "Ruiz said, and Lind sleep"),
        ("en", "Ruiz said, and Lind of the trust", true, "Ruiz said, and Lind of the trust"),
        ("en", "Ruiz said, and Lind, the mayor, told him", true, "Ruiz said, and Lind, the mayor, told him"),
        ("en", "Ruiz said, and Lind wrote it down, that", true, "Ruiz said, and Lind wrote it down, that"),
        ("en", "Ruiz said, and Lind wrote, twice", true, "Lind wrote, twice"),
        ("en", "Ruiz said of Lind, who answered", true, "Lind, who answered"),
        ("en", "Ruiz said of Lind, who answered", false, "Ruiz said of Lind, who answered"),
        ("en", "Ruiz said of Lind, who worked there", true, "Ruiz said of Lind, who worked there"),
        ("en", "Ruiz said of Lind, who at once snapped", true, "Lind, who at once snapped"),
        ("en", "Ruiz said of Lind, who then at once snapped", true, "Ruiz said of Lind, who then at once snapped"),
        ("en", "Ruiz said of the porter, who answered", true, "Ruiz said of the porter, who answered"),
        ("de", "Ruiz sagte, und Lind sagte", false, "Lind sagte"),
        ("fr", "Ruiz a dit, et Lind a dit", true, "Lind a dit"),
        // A label before a colon is no subject.
        ("en", "Ruiz: Lind said that", false, "Lind said that"),
        ("en", "Ruiz: The trustees contend that", false, "The trustees contend that"),
        ("en", "Ruiz: the old wall", false, "Ruiz: the old wall"),
        ("en", "Ruiz: the trust: Lind said that", false, "Lind said that"),
        ("en", "", false, ""),
    ] {
        ask(language, text, |clause, _| {
            let found = left(clause, |ahead| own_clause(ahead, behind_another, clause.index));
            assert_eq!(found, wanted, "{language}: {text}, {behind_another}");
        });
    }
}

#[test]
fn the_clause_of_the_next_quotation_is_not_that_of_the_one_before() {
    for (language, text, wanted) in [
        ("en", "Ruiz said, and Lind said", "Ruiz said"),
        ("en", "Ruiz said and Lind said", "Ruiz said"),
        ("en", "Ruiz said, Lind snapped that", "Ruiz said"),
        ("en", "Ruiz said, and left", "Ruiz said, and left"),
        ("en", "Ruiz left, and Lind said", "Ruiz left, and Lind said"),
        ("en", "said Ruiz to Lind, who answered", "said Ruiz to Lind"),
        ("en", "", ""),
    ] {
        ask(language, text, |clause, _| {
            let found = left(clause, |behind| before_next_clause(behind, clause.index));
            assert_eq!(found, wanted, "{language}: {text}");
        });
    }
}

#[test]
fn nothing_but_a_subject_may_stand_between_two_quotations() {
    let rows = [
        ("en", "and Lind", true),
        ("en", "and Bo Max Jon Lind", true),
        ("en", "and Bo Max Jon Lind Rask", false),
        ("en", "and Lind ran", false),
        ("en", "Lind", true),
        ("en", "Bo Max Jon Lind", true),
        ("en", "Bo Max Jon Lind Rask", false),
        ("en", "and the latter", true),
        ("en", "the former", true),
        ("en", "the porter", false),
        ("en", "and the very latter", false),
        ("en", "and", false),
        ("en", "", false),
        ("de", "und Lind", true),
    ];
    table(&rows, |clause, _| is_gapped(clause.tokens, clause.index));
    found(&[("en", "|Ruiz said")], |clause| {
        (opens_subject(clause.tokens, clause.index)).then_some(0).into_iter().collect()
    });
    found(&[("en", "said Ruiz")], |clause| {
        (opens_subject(clause.tokens, clause.index)).then_some(0).into_iter().collect()
    });
}
