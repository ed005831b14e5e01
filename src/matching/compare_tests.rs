//! Tests of comparing: which differences an alignment comes to, and what each of them is.

use super::*;
use crate::extract::{Input, Limits, extract};
use crate::matching::{align, query};

/// The differences of a quotation and a page, as text: ours, theirs and what it is: `=` free, `~` a remark, `!` substantive.
fn differences(body: &str, quote: &str) -> String {
    differences_in("en", body, quote)
}

fn differences_in(language: &str, body: &str, quote: &str) -> String {
    let page = format!("<html lang=\"{language}\"><body><article>{body}</article></body></html>");
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    let document = extract(&input, &Limits::default()).document.expect("has text");
    let index = Index::new(&document);
    let query = query::readings(&[quote.to_owned()], &index).pop().expect("a reading");
    let alignment = align::align(&query, &index, 0..index.tokens().len());
    let comparison = of_steps(&query, &index, &alignment.steps);
    let written = comparison.differences.iter().map(|difference| {
        let ours: Vec<&str> = difference.ours.clone().map(|word| query.words[word].text.as_str()).collect();
        let theirs: Vec<&str> = difference.theirs.clone().map(|at| index.form(at)).collect();
        let nature = match &difference.nature {
            Nature::Free => "=".to_owned(),
            Nature::Remark(flag) => format!("~{}", flag.word()),
            Nature::Substantive(flags) => {
                format!("!{}", flags.iter().map(|flag| flag.word()).collect::<Vec<_>>().join(","))
            }
        };
        format!("{}/{}{nature}", ours.join(" "), theirs.join(" "))
    });
    written.collect::<Vec<_>>().join("; ")
}

/// Rows of a page, a quotation and the differences that are wanted.
fn all_differ_so<'r>(rows: impl Iterator<Item = (String, &'r str, &'r str)>) {
    let wrong: Vec<String> = rows
        .map(|(body, quote, wanted)| (quote, differences(&body, quote), wanted))
        .filter(|(_, given, wanted)| given != wanted)
        .map(|(quote, given, wanted)| format!("{quote}: {given:?} instead of {wanted:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn differences_are_free_remarks_or_substantive() {
    let ferry =
        "<p>The Ferry sailed at noon. The pilot, said Vera Holm, co-operated with every one at the old quay.</p>";
    let loud = "<p>THE FERRY SAILED at NOON with everyone on board.</p>";
    let accents = "<p>Der Fährmann fährt nach Köln und zurück.</p>";
    let asked = "<p>Was the quay dry? The pilot said so.</p>";
    let rows = [
        (asked, "Was the quay dry? the pilot said", "the/The="),
        (asked, "Was the quay dry? the Pilot said", "the/The=; Pilot/pilot!name"),
        (ferry, "the Ferry sailed at noon", "the/The="),
        (ferry, "ferry sailed at noon", "ferry/Ferry="),
        (ferry, "The ferry sailed at noon", "ferry/Ferry!name"),
        (ferry, "sailed at noon. the pilot", "the/The="),
        (ferry, "sailed at noon. The Pilot", "Pilot/pilot!name"),
        (ferry, "Ferry … vera Holm", "vera/Vera="),
        (ferry, "[The] ferry sailed", "ferry/Ferry="),
        (ferry, "[t]he Ferry sailed", "the/The="),
        (ferry, "said vera Holm", "vera/Vera!name"),
        (ferry, "said VERA Holm", "VERA/Vera!name"),
        (ferry, "cooperated with every one", "cooperated/operated!word"),
        (ferry, "co-operated with everyone", "everyone/every!word"),
        (ferry, "with everyone at theold quay", "everyone/every one~near-spelling; theold/the old!word"),
        (ferry, "with everyone at the oldquay", "everyone/every one~near-spelling; oldquay/old!word"),
        (ferry, "the pilot said vera Holm", "the/The=; vera/Vera!name"),
        (loud, "The ferry sailed at noon", "The/THE=; ferry/FERRY=; sailed/SAILED=; noon/NOON!name"),
        (loud, "the ferry sailed at NOON", "the/THE=; ferry/FERRY=; sailed/SAILED="),
        (loud, "with every one on board", "every one/everyone~near-spelling"),
        (loud, "with ever yone on board", "ever yone/everyone~near-spelling"),
        (
            "<h1>The Ferry Sails At Noon</h1><p>It does.</p>",
            "The ferry sails at noon",
            "ferry/Ferry=; sails/Sails=; at/At=; noon/Noon=",
        ),
        (
            accents,
            "Der Fahrmann fahrt nach Koln und zuruck",
            "Fahrmann/Fährmann~unaccented; fahrt/fährt~unaccented; Koln/Köln~unaccented; zuruck/zurück~unaccented",
        ),
        (accents, "Der Fahrmann fährt nach Koln", "Fahrmann/Fährmann!word; Koln/Köln!word"),
        (accents, "Der Faehrmann fährt nach Köln", "Faehrmann/Fährmann!name"),
        (
            "<p>The colour of the theatre was grey.</p>",
            "The color of the theater was gray",
            "color/colour~near-spelling; theater/theatre~near-spelling; gray/grey~near-spelling",
        ),
        (
            "<p>They moved 43 stones by hand today.</p>",
            "They moved by hand 43 stones today",
            "/43 stones!number,omission; 43 stones/!number",
        ),
        ("<p>They moved stones by hand today.</p>", "They moved by hand stones today", "/stones!order; stones/!order"),
        (
            "<p>They moved grey stones and white sand today.</p>",
            "They moved white stones and grey sand today",
            "white/grey!order; grey/white!order",
        ),
        (
            "<p>They moved no stones and some sand today.</p>",
            "They moved some stones and no sand today",
            "some/no!negation; no/some!negation",
        ),
        (
            "<p>The ferry sailed at noon and</p><figure><figcaption>The quay. Photo: Vera Holm</figcaption></figure><p>came back at night.</p>",
            "sailed at noon and came back",
            "/The quay Photo Vera Holm=",
        ),
        (
            "<p>The ferry sailed at noon and</p><p>with nobody on it</p><p>came back at night.</p>",
            "sailed at noon and came back",
            "/with nobody on it!negation",
        ),
        ("<p>The ferry, um, sailed at noon.</p>", "The ferry sailed at noon", "/um!omission"),
        ("<p>The ferry did not sail at noon.</p>", "The ferry did sail at noon", "/not!negation"),
        ("<p>The ferry sailed at noon.</p>", "The ferry never sailed at noon", "never/!negation"),
        ("<p>The ferry sailed at noon.</p>", "The old ferry sailed late at noon", "old/!word; late/!word"),
        (
            "<p>The old ferry with its crew sailed at noon.</p>",
            "The ferry sailed at noon",
            "/old!omission; /with its crew!omission",
        ),
        ("<p>Holm sailed 12 boats.</p>", "Holm sailed 1 2 boats", "1 2/12!number"),
    ];
    all_differ_so(rows.iter().map(|(body, quote, wanted)| ((*body).to_owned(), *quote, *wanted)));
}

#[test]
fn a_prefix_negates_in_the_languages_that_write_it_with_the_verb() {
    for (language, quote, flag) in [
        ("cs", "nepřijede", "negation"),
        ("sk", "nepřijede", "negation"),
        ("pl", "nepřijede", "word"),
        ("cs", "vyjede", "word"),
    ] {
        let quote = format!("Vlak zítra {quote} do města");
        let given = differences_in(language, "<p>Vlak zítra přijede do města.</p>", &quote);
        assert!(given.ends_with(&format!("přijede!{flag}")), "{language} {quote}: {given}");
        let back = differences_in(language, &format!("<p>{quote}.</p>"), "Vlak zítra přijede do města");
        assert!(back.ends_with(&format!("!{flag}")), "{language} {quote}: {back}");
    }
}

#[test]
fn every_kind_of_difference_is_named() {
    let rows = [
        ("The toll rose to 43 on the quay.", "The toll rose to 44 on the quay", "44/43!number"),
        ("It was built in 1998 by hand.", "It was built in 1999 by hand", "1999/1998!date"),
        ("It was built in 1998 by hand.", "It was built in 98 by hand", "98/1998!number"),
        ("It opens on 3 June at noon.", "It opens on 4 June at noon", "4/3!date"),
        ("It opens on June 3 at noon.", "It opens on June 4 at noon", "4/3!date"),
        ("It opens on Friday at noon.", "It opens on Monday at noon", "Monday/Friday!date"),
        ("It opens in June at noon.", "It opens in July at noon", "July/June!date"),
        ("It lost 12 million crowns.", "It lost 12 billion crowns", "billion/million!scale"),
        ("It is 12 metres high now.", "It is 12 feet high now", "feet/metres!unit"),
        ("It rose by 12% at noon.", "It rose by 12 at noon", "/%!unit"),
        ("It was 5 > 3 on the quay.", "It was 5 < 3 on the quay", "</>!sign"),
        ("Is it new? It is on the quay.", "Is it new! It is on the quay", "!/?!word"),
        ("They did not sail at noon.", "They did sail at noon", "/not!negation"),
        ("We can’t sail at noon.", "We can sail at noon", "/t!negation"),
        ("They will sail at noon.", "They must sail at noon", "must/will!modality"),
        ("They sail at noon today.", "They may sail at noon today", "may/!modality"),
        ("It is a legal sale on the quay.", "It is an illegal sale on the quay", "an illegal/a legal!antonym"),
        ("It was said by Vera Holm at noon.", "It was said by Vera Lind at noon", "Lind/Holm!name"),
        ("It was said by the pilot at noon.", "It was said by the pilot Lind at noon", "Lind/!name"),
        ("It was said by Holm at noon.", "It was said at noon", "/by Holm!name,omission"),
        ("They sold the boat at noon.", "They sold the ship at noon", "ship/boat!word"),
        ("They sold the old boat at noon.", "They sold the boat at noon", "/old!omission"),
        ("They sold the 43 boats at noon.", "They sold the boats at noon", "/43!number,omission"),
        (
            "They sold the boats that had been built by hand in the old mill at the quay of Calder at noon.",
            "They sold the boats at noon",
            "/that had been built by hand in the old mill at the quay of Calder!splice",
        ),
        (
            "They sold the boats. We all know it now. They sang at noon.",
            "They sold the boats sang at noon",
            "/We all know it now They!splice",
        ),
        ("They sold two boats at noon.", "They sold three boats at noon", "three/two!number"),
        ("It opens in May at noon.", "It opens in June at noon", "June/May!date"),
        ("They may sail at noon.", "They must sail at noon", "must/may!modality"),
        ("They will of course sail at noon.", "They sail at noon", "/will of course!modality"),
        ("They will of course surely sail at noon.", "They sail at noon", "/will of course surely!omission"),
        ("It was said by the old Holm at noon.", "It was said at noon", "/by the old Holm!omission"),
        (
            "They sold boats and 43 of the nets at noon.",
            "They sold boats at noon",
            "/and 43 of the nets!number,omission",
        ),
        (
            "They sold boats and 43 of the old grey nets at noon.",
            "They sold boats at noon",
            "/and 43 of the old grey nets!omission",
        ),
    ];
    all_differ_so(rows.iter().map(|(text, quote, wanted)| (format!("<p>{text}</p>"), *quote, *wanted)));
}
