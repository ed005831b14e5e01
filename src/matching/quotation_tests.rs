//! Tests of quotations: which of several places is shown, and what is said of short and repeated ones.

use crate::extract::{Input, Limits, extract};
use crate::matching::{Asked, Prepared, find};
use crate::model::{CheckKind, CheckVerdict, Claim, Document, Finding, Flag, Where};

fn page(body: &str) -> Document {
    let page = format!("<html lang=\"en\"><body>{body}</body></html>");
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    extract(&input, &Limits::default()).document.expect("has text")
}

fn ask(body: &str, quote: &str, speaker: Option<&str>) -> (Document, Finding) {
    let document = page(body);
    let mut claim = Claim::of(quote, CheckKind::Quote(vec![quote.to_owned()]));
    claim.speaker = speaker.map(str::to_owned);
    let found = find(&claim.checks[0], &Asked::new(&claim, &[], None), &Prepared::new(&document));
    (document, found)
}

fn flags(body: &str, quote: &str, speaker: Option<&str>) -> Vec<Flag> {
    ask(body, quote, speaker).1.flags
}

#[test]
fn few_words_prove_nothing_unless_they_stand_once_beside_the_speaker() {
    let body = "<article><p>The old quay is closed. They will be at it for us as they were. 港口今天早上关闭。</p>\
        <p>“Never again,” said Vera Holm of the mill.</p></article>";
    for (quote, short) in [
        ("old quay", true),
        ("old quay is", false),
        ("quay", true),
        // Words that tell nothing must be six.
        ("be at it for us", true),
        ("be at it for us as", false),
        // A character counts half.
        ("港口今天早", true),
        ("港口今天早上", false),
        ("Never again", true),
    ] {
        let given = flags(body, quote, None);
        assert_eq!(given.contains(&Flag::Short), short, "{quote}: {given:?}");
    }
    assert_eq!(flags(body, "Never again", Some("Vera Holm")), []);
    assert!(flags(body, "old quay", Some("Vera Holm")).contains(&Flag::Short));
    let twice = body.replace("</article>", "<p>“Never again,” said Vera Holm of the mill.</p></article>");
    assert!(flags(&twice, "Never again", Some("Vera Holm")).contains(&Flag::Short));
}

const WORDS: &str = "The wall has held the sea back since spring";

#[test]
fn the_text_is_shown_before_its_margins_and_every_other_place_beside_it() {
    let body = format!(
        "<article><h1>{WORDS}</h1><figure><img src=\"a.png\" alt=\"\"><figcaption>{WORDS}</figcaption></figure>\
         <p>Rain fell on the town.</p><p>{WORDS}.</p></article><aside class=\"related\"><h2>Related</h2><a href=\"/a\">{WORDS}</a></aside>"
    );
    let (document, found) = ask(&body, WORDS, None);
    let places = |found: &Finding| -> Vec<Where> { found.also.iter().map(|passage| passage.place).collect() };
    assert_eq!(found.passage.as_ref().map(|passage| passage.place), Some(Where::Body));
    assert_eq!((found.verdict, found.flags.as_slice()), (CheckVerdict::Verbatim, &[][..]));
    assert_eq!(places(&found), [Where::Headline, Where::Caption, Where::Navigation]);
    assert_eq!(found.detail.as_deref(), Some("stands in 4 places of the source"));
    assert!(found.also.iter().all(|passage| document.slice(passage.range) == WORDS));
    // Without the text the headline comes first, then the caption.
    let without = body.replace(&format!("<p>{WORDS}.</p>"), "");
    let (_, found) = ask(&without, WORDS, None);
    assert_eq!(found.passage.as_ref().map(|passage| passage.place), Some(Where::Headline));
    assert_eq!(places(&found), [Where::Caption, Where::Navigation]);
    let (_, found) = ask(&without.replace(&format!("<h1>{WORDS}</h1>"), "<h1>Rain</h1>"), WORDS, None);
    assert_eq!(found.passage.as_ref().map(|passage| passage.place), Some(Where::Caption));
    assert_eq!(places(&found), [Where::Navigation]);
}

#[test]
fn of_many_places_ten_are_shown_beside_the_first() {
    for (count, also) in [(1, 0), (2, 1), (11, 10), (12, 10), (50, 10)] {
        let body =
            format!("<article>{}</article>", format!("<p>{WORDS}.</p><p>Rain fell on the town.</p>").repeat(count));
        let (document, found) = ask(&body, WORDS, None);
        assert_eq!(found.also.len(), also, "{count}");
        assert_eq!(found.passage.map(|passage| passage.range.start as usize), document.text.find(WORDS), "{count}");
        let detail = (count > 1).then(|| format!("stands in {count} places of the source"));
        assert_eq!(found.detail, detail);
        assert!(found.also.windows(2).all(|pair| pair[0].range.start < pair[1].range.start));
    }
}

#[test]
fn a_place_without_a_veto_is_preferred_and_the_other_is_told() {
    let denied = "<p>It is a lie that the wall has held the sea back since spring.</p>";
    let plain = format!("<p>{WORDS}.</p>");
    let quote = "the wall has held the sea back since spring";
    let both = format!("<article>{denied}<p>Rain fell on the town.</p>{plain}</article>");
    let (document, found) = ask(&both, quote, None);
    assert_eq!((found.verdict, found.flags.as_slice()), (CheckVerdict::Verbatim, &[Flag::Repeated][..]));
    assert!(document.slice(found.passage.expect("a place").range).starts_with("The wall"));
    assert_eq!(flags(&format!("<article>{plain}<p>Rain fell.</p>{plain}</article>"), quote, None), []);
    assert!(flags(&format!("<article>{denied}</article>"), quote, None).contains(&Flag::Denied));
}

#[test]
fn the_same_words_in_two_mouths_are_nobodys_in_particular() {
    let said = |name: &str| format!("<p>“{WORDS},” said {name} at the meeting on the quay.</p>");
    let of = |names: &[&str], speaker: Option<&str>| {
        let body: String = names.iter().map(|name| said(name) + "<p>Rain fell on the town.</p>").collect();
        flags(&format!("<article>{body}</article>"), WORDS, speaker)
    };
    assert_eq!(of(&["Vera Holm", "Tom Reed"], None), [Flag::Repeated]);
    assert_eq!(of(&["Vera Holm", "Vera Holm"], None), []);
    assert_eq!(of(&["Vera Holm"], None), []);
    assert_eq!(of(&["Vera Holm", "Tom Reed"], Some("Tom Reed")), []);
    assert_eq!(of(&["Vera Holm", "Tom Reed"], Some("Vera Holm")), []);
    assert_eq!(of(&["Vera Holm", "Tom Reed"], Some("Ruth Alder")), [Flag::OtherSpeaker]);
}

#[test]
fn words_that_run_from_one_entry_into_another_are_a_splice() {
    let table = "<article><p>The catch of the week.</p><table><tr><th>Boat</th><th>Told</th></tr>\
        <tr><td>Harbour ferry</td><td>it carried nobody at all</td></tr><tr><td>and the pilot</td><td>slept all day</td></tr></table></article>";
    let (_, found) = ask(table, "it carried nobody at all and the pilot", None);
    assert_eq!((found.verdict, found.flags.as_slice()), (CheckVerdict::Altered, &[Flag::Splice][..]));
    assert_eq!(found.detail.as_deref(), Some("its words run from one entry or row of the source into another"));
    // From cell to cell of one row is for a person to see.
    let (_, found) = ask(table, "Harbour ferry it carried nobody at all", None);
    assert_eq!((found.verdict, found.flags.as_slice()), (CheckVerdict::Verbatim, &[Flag::Joined][..]));
    let (_, found) = ask(table, "it carried nobody at all", None);
    assert_eq!((found.verdict, found.flags.as_slice()), (CheckVerdict::Verbatim, &[][..]));
}

#[test]
fn what_is_nowhere_is_absent_with_what_comes_close() {
    let body = "<article><p>The ferry left the old quay at noon, and nobody knew why it had to.</p></article>";
    let (_, found) = ask(body, "Zebras graze beyond mountains", None);
    assert_eq!((found.verdict, found.score, found.passage.is_none()), (CheckVerdict::Absent, 0.0, true));
    // A third of its weight is shown, less is not.
    let (document, found) = ask(body, "The ferry zebra lion", None);
    assert_eq!(found.verdict, CheckVerdict::Absent);
    let shown = found.passage.map(|passage| document.slice(passage.range).to_owned());
    assert_eq!(shown.as_deref(), Some("The ferry"), "{}", found.score);
    let (_, found) = ask(body, "The zebra lion tiger bear", None);
    assert!(found.passage.is_none() && found.score > 0.0 && found.score < 0.3, "{}", found.score);
}
