use super::super::clause::tests::table;
use super::Gender::{Man, Woman};
use super::*;
use crate::matching::attribution::name::runs;

#[test]
fn a_pronoun_says_it_in_its_own_language_alone() {
    let languages = [
        (&["en", ""][..], "she", "he"),
        (&["de"], "", "er"),
        (&["fr"], "elle", "il"),
        (&["es"], "ella", "el"),
        (&["pt"], "ela", "ele"),
        (&["it"], "lei ella", "lui egli"),
        (&["nl"], "zij ze", "hij"),
        (&["ru", "uk"], "она вона", "он він"),
        (&["pl"], "ona", "on"),
        (&["sv", "da", "no", "nb"], "hon hun", "han"),
        (&["ja", "tr"], "", ""),
    ];
    let all: Vec<&str> =
        languages.iter().flat_map(|(_, women, men)| women.split_whitespace().chain(men.split_whitespace())).collect();
    for (tags, women, men) in languages {
        for (language, word) in tags.iter().flat_map(|tag| all.iter().map(move |word| (tag, word))) {
            let is = |words: &str| words.split_whitespace().any(|own| own == *word);
            let wanted = if is(women) { Some(Woman) } else { is(men).then_some(Man) };
            assert_eq!(of_pronoun(word, language), wanted, "{language}: {word}");
        }
    }
}

#[test]
fn a_name_says_it_by_its_title_its_first_word_or_the_noun_beside_it() {
    assert_eq!([of_noun("widow"), of_noun("uncle"), of_noun("door")], [Some(Woman), Some(Man), None]);
    assert_eq!([of_given_name("mary"), of_given_name("peter"), of_given_name("ruiz")], [Some(Woman), Some(Man), None]);
    // The first name of each text.
    let rows = [
        ("en", "Mary Lind said", Some(Woman)),
        ("en", "Peter said", Some(Man)),
        ("en", "Lind Peter said", None),
        ("en", "Mrs Lind said", Some(Woman)),
        ("en", "Ola Mrs", None),
        ("en", "the widow Lind said", Some(Woman)),
        ("en", "a widow of Lind said", Some(Woman)),
        ("en", "a widow of old Lind said", None),
        ("en", "Willo, his daughter, said", Some(Woman)),
        ("en", "Willo, his elder daughter, said", Some(Woman)),
        ("en", "Willo, his very elder daughter, said", None),
        ("en", "Willo and his daughter said", None),
        ("en", "the uncle of Mary Lind said", Some(Woman)),
        ("en", "Lind", None),
    ];
    table(&rows, |clause, _| of_run(clause.tokens, &runs(clause.tokens, clause.index)[0], clause.index));
    let said = [None, Some(Woman), Some(Man)];
    let agreeing = said.map(|one| said.map(|other| agree(one, other)));
    assert_eq!(agreeing, [[true, true, true], [true, true, false], [true, false, true]]);
}
