use super::super::clause::tests::{marked, table};
use super::*;
use crate::matching::attribution::clause::is_saying_at;
use crate::matching::attribution::quoted::{around, quoted_spans};

/// Who accuses in a text, of what the mark (`|`) stands before; with it, whether that is Ana Ruiz.
fn accuses(language: &str, text: &str) -> String {
    let (document, marks) = marked(language, text);
    let index = Index::new(&document);
    let all = quoted_spans(0, &index);
    let first = index.token_from(marks[0]);
    let Some(accuser) = accuser(around(first, all, &index)[0], all, 0, &index) else { return "-".to_owned() };
    let words = |tokens: &[usize]| tokens.iter().map(|at| index.key(*at)).collect::<Vec<_>>().join(" ");
    let name = Name::new("Ana Ruiz", &index).expect("a name");
    let person = accuser.person(first, &name, 0, &index);
    match &accuser {
        Accuser::Named(tokens) => format!("{}: {person:?}", words(tokens)),
        Accuser::Pronoun(at) => format!("pronoun {}: {person:?}", words(&[*at])),
        Accuser::Unknown(tokens) => format!("of {}: {person:?}", words(tokens)),
    }
}

#[test]
fn whoever_accuses_is_told_from_whoever_is_accused() {
    let rows = [
        ("en", "Ana Ruiz accused Bo Lind of |“theft”.", "ana ruiz: Speaker"),
        ("en", "Bo Lind accused Ana Ruiz of |“theft”.", "bo lind: Other"),
        ("en", "He left. Bo Lind has also falsely accused Ana Ruiz of |“theft”.", "bo lind: Other"),
        ("en", "Bo Lind had twice accused Ana Ruiz of |“theft”.", "bo lind: Other"),
        ("en", "Ana Ruiz came. She accused Bo Lind of |“theft”.", "pronoun she: Speaker"),
        ("en", "Ana Ruiz came. He accused her of |“theft”.", "pronoun he: Nobody"),
        ("en", "A critic of Ana Ruiz accused Lind of |“theft”.", "-"),
        ("en", "The mayor accused Lind of |“theft”.", "-"),
        ("en", "Ana Ruiz accused |“thieves”.", "-"),
        ("en", "Ana Ruiz accused Lind |“thrice”.", "-"),
        ("en", "Ana Ruiz accused Lind, of |“theft”.", "-"),
        ("en", "Ana Ruiz accused Lind and said |“theft”.", "-"),
        ("en", "Ana Ruiz accused Lind of “lies” and |“theft”.", "-"),
        ("en", "Ana Ruiz accused. Lind of |“theft”.", "-"),
        ("en", "Accused of great |“theft”, Lind left.", "-"),
        ("en", "The “thief” accused Lind of |“theft”.", "-"),
        ("en", "Ruiz, accuses Lind of |“theft”.", "-"),
        ("en", "Ana Ruiz accused Lind of the 4 5 6 7 8 9 10 11 |“thefts”.", "ana ruiz: Speaker"),
        ("en", "Ana Ruiz accused Lind of the 4 5 6 7 8 9 10 11 12 |“thefts”.", "-"),
        ("en", "|“Theft”, Ana Ruiz accused.", "-"),
        // The passive.
        ("en", "Bo Lind was accused of |“theft”.", "of bo lind: Nobody"),
        ("en", "Ana Ruiz was accused of |“theft”.", "of ana ruiz: Other"),
        ("en", "Bo Lind has also been falsely accused of |“theft”.", "of bo lind: Nobody"),
        ("en", "Bo Lind stands accused of |“theft”.", "of bo lind: Nobody"),
        ("en", "Bo Lind, accused of |“theft”, left.", "of bo lind: Nobody"),
        ("en", "Bo Lind was accused by Ana Ruiz of |“theft”.", "ana ruiz: Speaker"),
        ("en", "Bo Lind was accused by the judge Ana Ruiz of |“theft”.", "ana ruiz: Speaker"),
        ("en", "Ana Ruiz was accused by critics of |“theft”.", "of ana ruiz: Other"),
        ("en", "Ana Ruiz came. Vera Ruiz was accused of |“theft”.", "of vera ruiz: Nobody"),
        ("en", "Bo Lind was accused |“of theft”.", "-"),
        ("en", "The man was accused of |“theft”.", "-"),
        ("en", "It was. Was accused Bo Lind of |“theft”.", "-"),
        ("en", "Been. Lind accused Ana Ruiz of |“theft”.", "lind: Other"),
        ("de", "Ana Ruiz beschuldigte Bo Lind der |„Lüge“.", "ana ruiz: Speaker"),
        ("de", "Gestern kam. Ruiz, beschuldigte Bo Lind der |„Lüge“.", "-"),
        ("fr", "Bo Lind avait accusé Ana Ruiz de |« vol ».", "bo lind: Other"),
        ("fr", "Bo Lind has accusé Ana Ruiz de |« vol ».", "-"),
        ("es", "Bo Lind acusó a Ana Ruiz de |«robo».", "bo lind: Other"),
        ("it", "Bo Lind ha accusato Ana Ruiz di |«furto».", "bo lind: Other"),
        ("pt", "Bo Lind acusou Ana Ruiz de |«roubo».", "bo lind: Other"),
        ("nl", "Bo Lind beschuldigde Ana Ruiz van |“roof”.", "bo lind: Other"),
        ("sv", "Bo Lind anklagade Ana Ruiz för |”stöld”.", "bo lind: Other"),
        ("pl", "Bo Lind oskarżył Anę Ruiz o |„kradzież”.", "bo lind: Other"),
    ];
    let wrong = rows.iter().filter_map(|(language, text, wanted)| {
        let found = accuses(language, text);
        (found != *wanted).then(|| format!("{language}: {text}: {found} instead of {wanted}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_a_body_has_somebody_speak_for_it() {
    let rows = [
        ("en", "a spokesperson for Castle Homes said", true),
        ("en", "a spokesperson for the Castle Homes said", true),
        ("en", "a spokesperson for Castle Homes, which builds, said", true),
        ("en", "said a spokesperson for Castle Homes", true),
        ("en", "a spokesperson for Castle Homes union said", false),
        ("en", "a lawyer for Castle Homes said", false),
        ("en", "a spokesperson, Castle Homes said", false),
        ("en", "a spokesperson near our Castle Homes said", false),
        ("en", "for Castle Homes said", false),
        ("en", "the Castle Homes said", false),
        ("en", "Castle Homes said", false),
        ("en", "a spokesperson for Castle Homes", false),
        ("de", "eine Sprecherin von Castle Homes sagte", true),
        ("de", "ein Sprecher gegen der Castle Homes sagte", true),
        ("fr", "une porte-parole de Castle Homes a dit", false),
        ("es", "la portavoz de Castle Homes dijo", true),
        ("nl", "de woordvoerder van Castle Homes zei", true),
    ];
    table(&rows, |clause, _| {
        let verb = clause.tokens.iter().position(|at| is_saying_at(*at, clause.index));
        let name = Name::new("Castle Homes", clause.index).expect("a name");
        speaks_for(&Clause { verb, ..*clause }, &name, clause.index)
    });
}

#[test]
fn auxiliaries_of_the_perfect_are_those_of_their_language() {
    let languages = [
        ("en", "has had also then later once again twice"),
        ("fr", "a avait"),
        ("es", "ha habia aveva tinha"),
        ("it", "ha habia aveva tinha"),
        ("pt", "ha habia aveva tinha"),
        ("de", ""),
    ];
    let all: Vec<&str> = languages.iter().flat_map(|(_, words)| words.split_whitespace()).collect();
    for (language, words) in languages {
        let own: Vec<&str> = words.split_whitespace().collect();
        let wrong: Vec<&&str> = all.iter().filter(|word| is_auxiliary(word, language) != own.contains(word)).collect();
        assert!(wrong.is_empty(), "{language}: {wrong:?}");
    }
    assert!(is_auxiliary("has", ""));
}
