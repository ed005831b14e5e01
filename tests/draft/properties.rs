//! What holds of every text: spans are the article's own, a second update changes nothing, hostile marks take linear
//! time.

use onrecord::draft;
use onrecord::engine;
use onrecord::manifest;
use onrecord::matching::figure;
use onrecord::model::TextRange;
use proptest::prelude::*;

use super::cases::article;

/// Pieces that texts are made of: words that the rules act on, marks of all kinds, paragraphs.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "''",
        "‘",
        "’",
        "«",
        "»",
        "„",
        "'",
        " said ",
        " Mara Lind ",
        " told ",
        " the quay ",
        ". ",
        ", ",
        "? ",
        ": ",
        " — ",
        "\n",
        "\n\n",
        " that ",
        " according to ",
        " who ",
        " she ",
        " 1,400 ",
        " over ",
        " Mr. ",
        "(@lind) March 3, 2024",
        " asked ",
        " quoted ",
        " as saying ",
        " and ",
        " but ",
        "Ä",
        "😀",
        "\u{a0}",
        " U.S. ",
        " it ",
        " was ",
        "…",
        "[1]",
        "https://a.example/b ",
        " to ",
    ]);
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn every_span_is_one_of_the_article_and_a_second_update_changes_nothing(text in text(), language in prop::sample::select(vec!["en", "de", "fr", "es"])) {
        prop_assume!(text.chars().any(char::is_alphanumeric));
        let article = article(&text, language);
        let drafted = engine::draft(&article, Some(language));
        let document = &article.document;
        let points: Vec<char> = document.text.chars().collect();
        let value = draft::json(&drafted, document);
        let slice = |span: &serde_json::Value| -> String {
            let at = |place: usize| usize::try_from(span[place].as_u64().expect("a number")).expect("small");
            points[at(0)..at(1)].iter().collect()
        };
        for (claim, shown) in drafted.claims.iter().zip(value["claims"].as_array().expect("claims")) {
            let check = |range: TextRange, span: &serde_json::Value| assert_eq!(document.slice(range), slice(span));
            for (piece, span) in claim.content.iter().zip(shown["content"].as_array().expect("content")) {
                check(*piece, span);
                prop_assert!(!document.slice(*piece).trim().is_empty());
            }
            if let Some(at) = claim.speaker_at {
                check(at, &shown["speaker_at"]);
            }
            if let Some(at) = claim.cue_at {
                check(at, &shown["cue_at"]);
            }
            prop_assert!(claim.content.windows(2).all(|pair| pair[0].end <= pair[1].start), "{:?}", claim);
        }
        let ids: std::collections::HashSet<&str> = drafted.claims.iter().map(|claim| claim.id.as_str()).collect();
        prop_assert_eq!(ids.len(), drafted.claims.len());

        let written = draft::manifest(&drafted, document, &Default::default());
        let parsed = manifest::parse("claims.toml".as_ref(), &written, &figure::written);
        let parsed = parsed.unwrap_or_else(|errors| panic!("{written}\n{}", manifest::render_all(&errors, "claims.toml")));
        let again = draft::update(&written, &parsed.manifest, &drafted, document).expect("it is TOML");
        prop_assert_eq!(&again.text, &written);
    }
}

#[test]
fn an_update_of_an_empty_manifest_has_every_claim_and_a_second_one_changes_nothing() {
    let article = article("“The quay will close,” Mara Lindqvist said.\n\nOver 1,400 people came.\n", "en");
    let drafted = engine::draft(&article, None);
    let empty = "# ours\nlanguage = \"en\"\n";
    let parse =
        |text: &str| manifest::parse("claims.toml".as_ref(), text, &figure::written).expect("it parses").manifest;
    let once = draft::update(empty, &parse(empty), &drafted, &article.document).expect("TOML");
    assert_eq!(once.added, 2);
    assert!(once.text.starts_with(empty));
    let twice = draft::update(&once.text, &parse(&once.text), &drafted, &article.document).expect("TOML");
    assert_eq!((twice.added, twice.text), (0, once.text));
}

#[test]
fn megabytes_of_marks_are_read_in_steps_that_grow_with_them() {
    // Quadratic work on five megabytes would not end within a test's patience.
    let five = "\"".repeat(5_000_000);
    assert!(engine::draft(&article(&five, "en"), None).claims.is_empty());
    for marks in ["“", "' ", "“” ", "'a ", "''", "\" a", "(@a) ", "‘s ' ", "said ", "“a b,” he said. ", "1,400 "]
    {
        let text = marks.repeat(100_000 / marks.len());
        let drafted = engine::draft(&article(&text, "en"), None);
        assert!(drafted.claims.len() <= text.len());
    }
}
