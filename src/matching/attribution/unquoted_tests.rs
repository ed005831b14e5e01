use super::super::clause::tests::ask;
use super::*;

#[test]
fn what_is_told_by_others_is_not_the_authors() {
    // The words stand behind the mark.
    for (text, wanted) in [
        ("There are those who will tell you that |it fell", true),
        ("There are some who will tell you that |it fell", false),
        ("Those people will tell you that |it fell", false),
        ("You will hear it said that |it fell", true),
        ("You will hear her said that |it fell", false),
        ("You will hear it often that |it fell", false),
        ("My Lady says that |it fell", true),
        ("says that |it fell", false),
        ("My Lady said that |it fell", false),
        ("My Lady walks that |it fell", false),
        ("My Lady says |it fell", false),
        ("It says that |it fell", false),
        ("I hear it said that |it fell", false),
        ("We hear it said that |it fell", false),
        ("I was then in the great hall where the old lady says that |it fell", true),
        ("|it fell", false),
    ] {
        ask("en", text, |clause, at| {
            let found = is_told_by_others(clause.tokens[0]..clause.tokens[at[0]], clause.index);
            assert_eq!(found, wanted, "{text}");
        });
    }
}
