//! Tests of the matcher on small documents.

use super::*;
use crate::extract::{Input, Limits, extract};
use crate::model::{CheckVerdict, Claim, Flag};

fn claim(statement: &str, kind: CheckKind, speaker: Option<&str>) -> Claim {
    Claim { speaker: speaker.map(str::to_owned), ..Claim::of(statement, kind) }
}

/// A document of plain text: every line is a paragraph.
pub(super) fn document(text: &str) -> crate::model::Document {
    let text = text.replace('\n', "\n\n");
    let input = Input { bytes: text.as_bytes(), content_type: Some("text/plain; charset=utf-8"), name: "" };
    extract(&input, &Limits::default()).document.expect("has text")
}

pub(super) fn look(page: &str, quote: &str) -> Finding {
    look_at(page, quote, quote, None)
}

fn look_at(page: &str, statement: &str, quote: &str, speaker: Option<&str>) -> Finding {
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    let document = extract(&input, &Limits::default()).document.expect("has text");
    let prepared = Prepared::new(&document);
    let claim = claim(statement, CheckKind::Quote(vec![quote.to_owned()]), speaker);
    let asked = Asked::new(&claim, &[], None);
    find(&claim.checks[0], &asked, &prepared)
}

/// The flags of a quotation against a page of one paragraph, behind one that names the usual two. What the statement says
/// before the quotation may stand there too, with `¦` behind it.
fn flags_of(language: &str, paragraph: &str, quote: &str, speaker: Option<&str>) -> Vec<Flag> {
    let names = if language == "en" {
        "<p>Ana Ruiz and Bo Lind have been in court since the spring, and the town has paid for both.</p>"
    } else {
        ""
    };
    let article = format!("<h1>The wall</h1>{names}<p>{paragraph}</p>");
    flags_on(language, &article, quote, speaker)
}

/// The same against an article of its own.
fn flags_on(language: &str, article: &str, quote: &str, speaker: Option<&str>) -> Vec<Flag> {
    let page = format!("<html lang=\"{language}\"><body><article>{article}</article></body></html>");
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    let document = extract(&input, &Limits::default()).document.expect("has text");
    let prepared = Prepared::new(&document);
    let (said, quote) = quote.split_once('¦').unwrap_or(("", quote));
    let statement = match speaker {
        _ if !said.is_empty() => format!("{said} “{quote}”"),
        Some(speaker) => format!("{speaker}: “{quote}”"),
        None => quote.to_owned(),
    };
    let mut claim = claim(&statement, CheckKind::Quote(vec![quote.to_owned()]), speaker);
    claim.language = Some(language.to_owned());
    let asked = Asked::new(&claim, &[], None);
    find(&claim.checks[0], &asked, &prepared).flags
}

const WIRE: &str = "<p>“The league has been fixated on the coast for the past two years, frequently criticizing the governor in its leaflets,” \
    said Mara Lindqvist of the Harbour Institute.</p><p>The league did not take the money, she said. The toll rose to 43,548 on Friday, \
    and nearly 100 people were hurt. “We will never leave,” Jon Aker told reporters.</p>";

#[test]
fn a_quotation_is_verbatim() {
    let found = look(WIRE, "has been fixated on the coast for the past two years");
    assert_eq!((found.verdict, found.flags), (CheckVerdict::Verbatim, vec![]));
}

#[test]
fn other_words_are_altered_and_named() {
    let found = look(
        WIRE,
        "has directed its focus towards the coast in recent years, frequently denouncing the governor in its leaflets",
    );
    assert_eq!(found.verdict, CheckVerdict::Altered);
    assert_eq!(found.flags, [Flag::Word]);
    assert!(
        found.changes.iter().any(|change| change.quote.contains("denouncing") && change.source.contains("criticizing")),
        "{:?}",
        found.changes
    );
}

#[test]
fn one_digit_and_one_not_are_seen() {
    assert_eq!(look(WIRE, "The toll rose to 43,549 on Friday, and nearly 100 people were hurt").flags, [Flag::Number]);
    let found = look(WIRE, "The league did take the money, she said");
    assert_eq!((found.verdict, found.flags), (CheckVerdict::Altered, vec![Flag::Negation]));
}

#[test]
fn edges_are_watched() {
    assert_eq!(look(WIRE, "The toll rose to 43").flags, [Flag::CutsNumber]);
    assert_eq!(look(WIRE, "frequently criticizing the govern").flags, [Flag::CutsWord]);
    assert_eq!(look(WIRE, "take the money, she said").flags, [Flag::OmitsNegation]);
}

#[test]
fn marks_of_editing_are_read() {
    for quote in [
        "The league has been fixated on the coast […] frequently criticizing the governor",
        "[The group] has been fixated on the coast for the past two years",
        "[t]he league has been fixated on the coast",
        "The league has been fixated [sic] on the coast for the past two years",
        "“The league has been fixated on the coast,” she said, “for the past two years.”",
    ] {
        let found = look(WIRE, quote);
        assert_eq!(found.verdict, CheckVerdict::Edited, "{quote}: {found:?}");
    }
    let turned = look(WIRE, "frequently criticizing the governor … has been fixated on the coast");
    assert_eq!(turned.verdict, CheckVerdict::Altered, "{turned:?}");
}

#[test]
fn what_is_not_there_is_absent() {
    let found = look(WIRE, "Nobody in the capital expected the ferry company to publish its accounts");
    assert_eq!(found.verdict, CheckVerdict::Absent);
}

#[test]
fn speakers_are_told_apart() {
    let page = WIRE;
    let found = look_at(page, "x", "has been fixated on the coast for the past two years", Some("Mara Lindqvist"));
    assert_eq!(found.flags, [], "{found:?}");
    let found = look_at(page, "x", "has been fixated on the coast for the past two years", Some("Jon Aker"));
    assert_eq!(found.flags, [Flag::OtherSpeaker], "{found:?}");
}

#[test]
fn carriers_veto() {
    let page = "<p>It is a lie that we took money from the harbour fund. If the wall breaks, the old town will be lost. Did the mayor know of the plan for the port?</p>";
    assert_eq!(look(page, "we took money from the harbour fund").flags, [Flag::Denied]);
    assert_eq!(look(page, "the wall breaks").flags, [Flag::Conditional]);
    assert_eq!(look(page, "the mayor know of the plan for the port").flags, [Flag::Question]);
    // A negation that opens the quotation is its own; one before it is not.
    let page = "<p>The harbour master thinks no ship will sail this week, and the pilots agree with him.</p>\
        <p>The harbour master does not think the crane will stand until spring.</p>";
    assert_eq!(look(page, "no ship will sail this week").flags, []);
    assert_eq!(look(page, "the crane will stand until spring").flags, [Flag::Denied]);
}

#[test]
fn verbs_that_negate_and_prefixes_are_watched() {
    let page = "<p>“The inspectors failed to check the asbestos in the hall,” she said. “The non-lethal weapons are kept in the old station.”</p>\
        <p>“It fell to minus 12 degrees in the barracks,” he said. “Imagine that the bank collapses tomorrow morning.”</p>";
    assert_eq!(look(page, "check the asbestos in the hall").flags, [Flag::OmitsNegation]);
    assert_eq!(look(page, "lethal weapons are kept in the old station").flags, [Flag::CutsWord]);
    assert_eq!(look(page, "12 degrees in the barracks").flags, [Flag::CutsNumber]);
    assert_eq!(look(page, "the bank collapses tomorrow morning").flags, [Flag::Conditional]);
    assert_eq!(look(page, "The inspectors failed to check the asbestos in the hall").flags, []);
}

#[test]
fn every_sentence_asks_for_its_flags() {
    let wrong = wrong_sentences(include_str!("../../fixtures/sentences/attributed.tsv"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everybody_who_speaks_is_told_from_who_stands_beside() {
    let wrong = wrong_sentences(include_str!("../../fixtures/sentences/people.tsv"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_stance_frame_and_carrier_asks_for_its_flags() {
    let tables = [
        include_str!("../../fixtures/sentences/stances.tsv"),
        include_str!("../../fixtures/sentences/frames.tsv"),
        include_str!("../../fixtures/sentences/carriers.tsv"),
    ];
    let wrong: Vec<String> = tables.into_iter().flat_map(wrong_sentences).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_that_refute_what_they_show_ask_for_its_flag() {
    let wrong = wrong_rows(include_str!("../../fixtures/sentences/pages.tsv"), flags_on);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_statement_tells_itself_is_no_news() {
    let wrong = wrong_sentences(include_str!("../../fixtures/sentences/told.tsv"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_statement_that_tells_of_the_hope_is_warned_of_none() {
    for (language, page, quote, honest, falsified) in [
        (
            "en",
            "Vera Holm said: “I hope that the dam will hold.”",
            "the dam will hold",
            "Holm hopes that",
            "Holm says that",
        ),
        (
            "en",
            "Vera Holm said: “I hope the dam will hold.”",
            "the dam will hold",
            "Holm said she hoped",
            "Holm said she knew",
        ),
        (
            "de",
            "Vera Holm sagte: „Ich hoffe, dass der Damm hält.“",
            "der Damm hält",
            "Holm hofft, dass",
            "Holm sagt, dass",
        ),
        (
            "fr",
            "Vera Holm a dit : « J’espère que la digue tiendra. »",
            "la digue tiendra",
            "Holm espère que",
            "Holm affirme que",
        ),
        (
            "es",
            "Vera Holm dijo: «Quiero que el dique aguante.»",
            "el dique aguante",
            "Holm quiere que",
            "Holm asegura que",
        ),
        (
            "it",
            "Vera Holm ha detto: «Spero che la diga regga.»",
            "la diga regga",
            "Holm spera che",
            "Holm sostiene che",
        ),
        (
            "pl",
            "Vera Holm powiedziała: „Chcę, żeby nowy wał wytrzymał zimę.”",
            "nowy wał wytrzymał zimę",
            "Holm chce, żeby",
            "Holm mówi, że",
        ),
        (
            "ru",
            "Вера Хольм сказала: «Надеюсь, что дамба выдержит эту зиму.»",
            "дамба выдержит эту зиму",
            "Хольм надеется, что",
            "Хольм говорит, что",
        ),
    ] {
        let flags = |before: &str| {
            let page =
                format!("<html lang=\"{language}\"><body><article><h1>x</h1><p>{page}</p></article></body></html>");
            look_at(&page, &format!("{before} “{quote}”"), quote, None).flags
        };
        assert_eq!(flags(honest), [], "{language}: {honest}");
        assert_eq!(flags(falsified), [Flag::HedgeDropped], "{language}: {falsified}");
    }
}

#[test]
fn a_statement_that_names_who_says_so_is_warned_of_none() {
    let mut wrong = Vec::new();
    for (language, page, quote, honest, falsified) in [
        (
            "de",
            "Vera Holm sagte: „Die Nachbarn sagen, dass der neue Damm hält.“",
            "der neue Damm hält",
            "Die Nachbarn sagen Holm, dass",
            "Holm sagt allen, dass",
        ),
        (
            "fr",
            "Vera Holm a dit : « Les voisins disent que la nouvelle digue tient. »",
            "la nouvelle digue tient",
            "Les voisins de Holm disent que",
            "Holm dit que les faits sont là :",
        ),
        (
            "nl",
            "Vera Holm zei: ‘De buren zeggen dat de nieuwe dijk houdt.’",
            "de nieuwe dijk houdt",
            "Holm: de buren zeggen dat",
            "Holm zegt dat",
        ),
        (
            "sv",
            "Vera Holm sade: ”Grannarna säger att den nya vallen håller.”",
            "den nya vallen håller",
            "Holm: grannarna säger att",
            "Holm säger att",
        ),
    ] {
        let flags = |before: &str| {
            let page =
                format!("<html lang=\"{language}\"><body><article><h1>x</h1><p>{page}</p></article></body></html>");
            look_at(&page, &format!("{before} “{quote}”"), quote, None).flags
        };
        let given = (flags(honest), flags(falsified));
        if given != (vec![], vec![Flag::HedgeDropped]) {
            wrong.push(format!("{language}: {given:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_an_attribution_of_its_speaker_may_be_left_out_without_a_mark() {
    let (mut wrong, mut rows) = (Vec::new(), 0);
    for line in include_str!("../../fixtures/sentences/joints.tsv").lines().filter(|line| !line.starts_with('#')) {
        let [language, verdict, speaker, quote, paragraphs] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five fields: {line}");
        };
        let body = paragraphs.replace('¶', "</p><p>");
        let page =
            format!("<html lang=\"{language}\"><body><article><h1>The bells</h1><p>{body}</p></article></body></html>");
        let found = look_at(&page, quote, quote, Some(speaker).filter(|speaker| *speaker != "-"));
        let clean = found.verdict != CheckVerdict::Edited || found.flags.is_empty();
        // What was left out is shown.
        let shown =
            found.verdict != CheckVerdict::Edited || found.changes.iter().any(|change| !change.source.is_empty());
        if found.verdict.word() != verdict || !clean || !shown {
            wrong.push(format!("{paragraphs} [{quote}]: {:?} {:?} instead of {verdict}", found.verdict, found.flags));
        }
        rows += 1;
    }
    assert!(rows >= 40 && wrong.is_empty(), "{rows} rows\n{}", wrong.join("\n"));
}

/// The rows of a table of sentences that get other flags than they ask for.
fn wrong_sentences(table: &str) -> Vec<String> {
    wrong_rows(table, flags_of)
}

fn wrong_rows(table: &str, flags_of: impl Fn(&str, &str, &str, Option<&str>) -> Vec<Flag>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let [language, flags, speaker, quote, paragraph] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five fields: {line}");
        };
        let given = flags_of(language, paragraph, quote, Some(speaker).filter(|speaker| *speaker != "-"));
        let given: Vec<&str> = given.iter().map(|flag| flag.word()).collect();
        let given = if given.is_empty() { "-".to_owned() } else { given.join(",") };
        if given != flags {
            wrong.push(format!("{paragraph} [{quote}, {speaker}]: {given} instead of {flags}"));
        }
        rows += 1;
    }
    assert!(rows >= 20, "{rows} rows");
    wrong
}

#[test]
fn a_writers_own_words_need_no_source() {
    let page = "<p>Ruth Alder, the director of the mill trust, opened the gate.</p><p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>\
        <p>Alder sees no other way. “The wheel must turn again by spring,” the director of the trust said. The guards were sleeping, and the restoration goes on.</p>";
    let quote = "The wheel must turn again by spring";
    let left = |around: &str| look_at(page, &format!("{around}: “{quote}”"), quote, None).unchecked;
    for honest in [
        "Ruth Alder",
        "Alder, who heads the trust",
        "An anonymous guard",
        "The guards slept, Alder said",
        "The work goes on, Alder said",
        "In a photo of Alder",
    ] {
        assert!(left(honest).is_empty(), "{honest}: {:?}", left(honest));
    }
    for (wrong, word) in [
        ("Vera Alder", "Vera"),
        ("Alder, who owns the trust", "owns"),
        ("A drunk guard", "drunk"),
        ("The guards fell, Alder said", "fell"),
        ("The demolition goes on, Alder said", "demolition"),
        ("In a poem of Alder", "poem"),
    ] {
        assert!(left(wrong).contains(&word.to_owned()), "{wrong}: {:?}", left(wrong));
    }
    // With a namesake on the page a given name far away vouches for nothing.
    let namesake = page.replace("Four.", "Vera Alder left.");
    let claim = format!("Ruth Alder: “{quote}”");
    assert_eq!(look_at(&namesake, &claim, quote, None).unchecked, ["Ruth"]);
}

#[test]
fn marks_that_nothing_closes_are_not_looked_for_again_and_again() {
    // Minutes, where every mark searches the rest of the quotation.
    let page = "<p>The ferry will not return to the old quay this summer.</p>";
    for (piece, good) in [("[", true), ("(", true), ("[ ", true), ("“a”", false), ("‘a’ b", false)] {
        let marks = piece.repeat(60_000 / piece.len());
        for quote in [format!("the old quay {marks}"), format!("‘{marks} the old quay’")] {
            assert_eq!(look(page, &quote).verdict.is_good(), good, "{piece}");
        }
    }
}

#[test]
fn an_ellipsis_does_not_lead_from_the_text_into_its_margins() {
    let quote = "the wall has held the sea back … the pumps were paid for twice";
    let (first, second) =
        ("Since the spring the wall has held the sea back.", "It is said that the pumps were paid for twice.");
    let text = format!("<article><h1>The wall</h1><p>{first}</p><p>{second}</p></article>");
    let margin =
        format!("<article><h1>The wall</h1><p>{first}</p></article><aside><h2>Related</h2><p>{second}</p></aside>");
    assert_eq!(look(&format!("<html lang=\"en\"><body>{text}</body></html>"), quote).verdict, CheckVerdict::Edited);
    assert_ne!(look(&format!("<html lang=\"en\"><body>{margin}</body></html>"), quote).verdict, CheckVerdict::Edited);
}
