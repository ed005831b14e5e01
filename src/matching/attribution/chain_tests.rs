use super::super::clause::tests::{marked, marks};
use super::*;
use crate::matching::attribution::quoted::{outside, quoted_spans};
use crate::model::{CheckKind, Claim};

/// What stands between Ana Ruiz and the page in a clause, its quotation at the mark (`|`), where `via` is declared.
fn between(language: &str, text: &str, via: &[&str], outlet: Option<&str>, known: &[&str]) -> Option<Flag> {
    let (mut document, places) = marked(language, text);
    document.outlet = outlet.map(str::to_owned);
    let mut claim = Claim::of("They said so.", CheckKind::Statement);
    claim.via = via.iter().map(|via| (*via).to_owned()).collect();
    let mut asked = Asked::new(&claim, &[], None);
    asked.known_names.extend(known.iter().map(|name| (*name).to_owned()));
    let index = Index::new(&document);
    let tokens = outside(&index.block_tokens(0), quoted_spans(0, &index), &index);
    let ahead = places[0] > 0;
    let saying = |at: &usize| is_saying_at(*at, &index);
    let verb = if ahead { tokens.iter().rposition(saying) } else { tokens.iter().position(saying) };
    let clause = Clause { tokens: &tokens, verb, ahead, index: &index };
    second_hand(&clause, &Name::new("Ana Ruiz", &index).expect("a name"), &asked, &index)
}

#[test]
fn whoever_stands_between_the_speaker_and_the_page_is_declared() {
    let rows = [
        ("Ana Ruiz said|", false),
        ("Ana Ruiz told reporters|", false),
        ("Ana Ruiz told the Calder Post|", false),
        ("Ana Ruiz told Bo Lind|", true),
        ("Bo Lind, told Ruiz|", false),
        ("Bo Lind quoted Ana Ruiz as saying|", true),
        ("The mayor quoted Ana Ruiz as saying|", false),
        ("Bo Lind said Ana Ruiz told him|", true),
        ("Bo Lind said and Ana Ruiz said|", true),
        ("Bo Lind asked how Ana Ruiz said|", false),
        ("Bo Lind then said how Ana Ruiz said|", false),
        // Whose words a document is.
        ("Ana Ruiz read out a letter from Bo Lind|", true),
        ("|Ana Ruiz read out a letter from Bo Lind", false),
        ("Bo Lind read out a letter from Ana Ruiz|", false),
        ("Ana Ruiz said that a letter from Bo Lind|", true),
        ("Ana Ruiz read Bo Lind’s answers|", true),
        ("Ana Ruiz said that Bo Lind’s answers came|", false),
        // A label is no name.
        ("Correction: Ana Ruiz was quoted as saying|", false),
        ("Lind : Ana Ruiz was quoted as saying|", false),
        ("Bo Lind: Ana Ruiz was quoted as saying|", true),
        // Those who pass on what another one says.
        ("Ana Ruiz, quoting Bo Lind, said|", true),
        ("Ana Ruiz, quoting Lind and smiling, said|", false),
        ("Ana Ruiz, quoting Ruiz, said|", false),
        ("Ana Ruiz imitated Bo Lind|", true),
        ("|Ana Ruiz imitated Bo Lind", false),
        ("Ana Ruiz imitated, Bo Lind|", false),
        ("Ana Ruiz, quoting her mother, said|", true),
        ("Ana Ruiz, quoting a very old porter, said|", true),
        ("Ana Ruiz, quoting a very very old porter, said|", false),
        ("Ana Ruiz, quoting a book, her mother’s, said|", false),
        ("Ana Ruiz, quoting the porter, said|", false),
        ("Ana Ruiz, quoting her, said|", false),
        ("quoting her book, Ana Ruiz said|", false),
        ("Ana Ruiz read out a letter from a pupil|", true),
        ("Ana Ruiz read out a letter by her mother|", true),
        ("Ana Ruiz read out a letter to a pupil|", false),
        ("Ana Ruiz read out a letter from a window|", false),
        ("Ana Ruiz read out a book from|", false),
        ("Ana Ruiz came with a letter|", false),
        // Those who were there and have no name.
        ("According to two people who were there, Ana Ruiz said|", true),
        ("According to witnesses, Ana Ruiz said|", true),
        ("According to witnesses, Ana Ruiz came|", false),
        ("According to the witness, Ana Ruiz told her|", true),
        ("According to the witness, Ana Ruiz came|", false),
        ("According to Ana Ruiz|", false),
        ("According to Ana Ruiz, two people came|", false),
        ("According, two people came to Ana Ruiz|", false),
        ("Ana Ruiz, according to two people,|", false),
        ("And so according to two people Ana Ruiz said|", true),
        ("And so it is according to two people Ana Ruiz said|", false),
        ("Ana Ruiz quotes her grandmother|", true),
        ("Ana Ruiz quotes the grandmother|", false),
        ("Ana Ruiz quotes her dog|", false),
    ];
    let wrong = rows.iter().filter_map(|(text, wanted)| {
        let found = between("en", text, &[], None, &[]);
        (found != wanted.then_some(Flag::SecondHand)).then(|| format!("{text}: {found:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Whom the manifest declares may stand there.
    let declared = |text: &str, via: &[&str]| between("en", text, via, None, &[]);
    for text in ["Bo Lind quoted Ana Ruiz as saying|", "Ana Ruiz told Bo Lind|", "Ana Ruiz, quoting Bo Lind, said|"] {
        assert_eq!(declared(text, &["The office of Lind"]), None, "{text}");
        assert_eq!(
            declared(text, &["Vera Noll"]),
            Some(Flag::SecondHand).filter(|_| !text.contains("quoting")),
            "{text}"
        );
    }
    assert_eq!(declared("Ana Ruiz quotes her grandmother|", &["Her grandmother"]), None);
    // The outlet itself is nobody between.
    let told = "Ana Ruiz told Calder Post|";
    assert_eq!(between("en", told, &[], None, &[]), Some(Flag::SecondHand));
    assert_eq!(between("en", told, &[], Some("The Calder Post"), &[]), None);
    assert_eq!(between("en", told, &[], None, &["The Calder Post"]), None);
    assert_eq!(between("en", told, &[], Some("Calder"), &["The Post"]), None);
    assert_eq!(between("en", told, &[], Some("The Calder News"), &[]), Some(Flag::SecondHand));
}

#[test]
fn words_of_citing_and_telling() {
    marks(
        &[
            ("en", "She |quoted and |cited, |quotes or |cites, and said"),
            ("de", "Er |zitiert sie"),
            ("pl", "Ona |cytuje"),
            ("ru", "Она |цитирует"),
        ],
        |clause, at| is_citing(&clause.tokens[at..at + 1], clause.index),
    );
    marks(&[("en", "She |told, |said, |wrote, |warned, |asked, |shouted, left")], |clause, at| {
        is_telling(clause.key(at))
    });
    marks(
        &[
            ("en", "She |quoted, |imitated, |mimicked, |echoed and |paraphrased, said"),
            ("de", "Sie |zitierte, sagte"),
            ("fr", "Elle |citait et |citant, dit"),
            ("es", "Ella |citó, |cita, |citando, dijo"),
            ("pl", "Ona |zacytowała, |cytując, dodała"),
            ("ru", "Она |процитировала, |цитируя, сказала"),
        ],
        |clause, at| is_quoting(clause.key(at)),
    );
}
