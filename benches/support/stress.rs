//! Pages and quotations of a size that no editor writes, and what must come of them. Sizes come in; nothing is timed here.

use onrecord::extract::{self, Input, Limits};
use onrecord::matching::{self, Asked, Control, Prepared};
use onrecord::model::{CheckKind, CheckVerdict, Claim, Document, Finding};

use crate::data::Draw;

/// Reads a page of HTML.
pub(crate) fn read(html: &str) -> Document {
    let input = Input { bytes: html.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    extract::extract(&input, &Limits::default()).document.expect("the page has text")
}

/// So many sentences of a made-up language, at least so many bytes together.
fn sentences(bytes: usize) -> Vec<String> {
    let mut draw = Draw(0x51ed_270b_a1f3_9c11);
    let mut all = 0;
    let mut sentences = Vec::new();
    while all < bytes {
        let sentence = draw.sentence();
        all += sentence.len() + 1;
        sentences.push(sentence);
    }
    sentences
}

fn html(sentences: &[String]) -> String {
    let paragraphs: Vec<String> = sentences.chunks(4).map(|lines| format!("<p>{}</p>\n", lines.join(" "))).collect();
    paragraphs.concat()
}

fn claim(quote: String) -> Claim {
    let kind = CheckKind::Quote(vec![quote.clone()]);
    Claim::of(quote, kind)
}

fn look(quote: &str, prepared: &Prepared<'_>) -> Finding {
    let claim = claim(quote.to_owned());
    matching::find(&claim.checks[0], &Asked::new(&claim, &[], None), prepared)
}

/// A word in the middle exchanged for one that no page has.
fn falsified(quote: &str) -> String {
    let mut words: Vec<&str> = quote.split(' ').collect();
    let middle = words.len() / 2;
    words[middle] = "zzyzx";
    words.join(" ")
}

/// A page of so many bytes: what stands on it is verbatim, one word changed is altered, and what is not there is absent.
pub(crate) fn large_page(bytes: usize) {
    let sentences = sentences(bytes);
    let document = read(&html(&sentences));
    assert!(document.text.len() >= bytes / 2);
    let prepared = Prepared::new(&document);
    assert_eq!(matching::control(&prepared), Control::Passed);
    for sentence in [&sentences[0], &sentences[sentences.len() / 2], &sentences[sentences.len() - 1]] {
        let quote = sentence.trim_end_matches('.');
        assert_eq!(look(quote, &prepared).verdict, CheckVerdict::Verbatim);
        assert_eq!(look(&falsified(quote), &prepared).verdict, CheckVerdict::Altered);
    }
    let elsewhere = "Nobody in the capital expected the company to publish its accounts before the end of summer";
    assert_eq!(look(elsewhere, &prepared).verdict, CheckVerdict::Absent);
}

/// A quotation of so many characters: verbatim as it stands, altered with one word changed, absent from another page.
pub(crate) fn long_quotation(characters: usize) {
    let own = sentences(characters * 2);
    let document = read(&html(&own));
    let prepared = Prepared::new(&document);
    let mut quote = String::new();
    for sentence in &own[2..] {
        if quote.len() >= characters {
            break;
        }
        quote.push_str(sentence);
        quote.push(' ');
    }
    let quote = quote.trim_end();
    assert_eq!(look(quote, &prepared).verdict, CheckVerdict::Verbatim);
    assert_eq!(look(&falsified(quote), &prepared).verdict, CheckVerdict::Altered);
    let other = read("<p>The ferry is late again and nobody at the quay knows why it should be.</p>");
    assert_eq!(look(quote, &Prepared::new(&other)).verdict, CheckVerdict::Absent);
}

/// So many claims on one page, every other one falsified.
pub(crate) fn many_claims(claims: usize) {
    let sentences = sentences(200_000);
    let document = read(&html(&sentences));
    let prepared = Prepared::new(&document);
    for number in 0..claims {
        let quote = sentences[number % sentences.len()].trim_end_matches('.');
        let verdict = if number % 2 == 0 { look(quote, &prepared) } else { look(&falsified(quote), &prepared) }.verdict;
        assert_eq!(verdict, if number % 2 == 0 { CheckVerdict::Verbatim } else { CheckVerdict::Altered });
    }
}

/// A page that repeats one sentence so many times: verbatim, and the changed sentence altered.
pub(crate) fn one_sentence(times: usize) {
    let document = read(&"<p>The ferry is late again and nobody at the quay knows why.</p>\n".repeat(times));
    let prepared = Prepared::new(&document);
    assert!(!matches!(matching::control(&prepared), Control::Failed(_)));
    let found = look("The ferry is late again and nobody at the quay knows why", &prepared);
    assert_eq!(found.verdict, CheckVerdict::Verbatim);
    assert!(found.detail.is_some_and(|detail| detail.contains("places")));
    assert_eq!(
        look("The ferry is late again and nobody at the pier knows why", &prepared).verdict,
        CheckVerdict::Altered
    );
    // Words that stand everywhere, with marks that may stand for anything between them.
    assert!(look("The ferry … nobody … the quay … The ferry … knows why", &prepared).verdict.is_good());
    assert_ne!(look("late the quay again ferry why the nobody is", &prepared).verdict, CheckVerdict::Verbatim);
}

/// What a page of nothing but figures is made of: digits of several scripts, what separates them, words of numbers.
const NUMBERS: &[&str] = &[
    "1",
    "12 ",
    "1,",
    "1.",
    "9'",
    "1 000 ",
    "1-",
    "2024-",
    "12:",
    "$",
    "one ",
    "hundred ",
    "zweiund",
    "quatre-vingt-",
    "百",
    "万",
    "三",
    "½",
    "more than ",
    "from 1 to ",
    "five percent of ",
    "one in ",
    "12 March ",
    "3 days ago ",
    "१",
    "٤",
    "ألف و",
    "%",
    "million ",
    "and 5 ",
    "between 1 and ",
    "0",
    " ",
    "７",
    "lakh ",
    "nearly ",
    "dozen ",
    "-",
    "·",
    "Mrd. ",
];

/// So many bytes of figures, drawn at random and beside each other, with one that is asked about.
pub(crate) fn numbers(bytes: usize) {
    let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
    let mut page = String::with_capacity(bytes + 200);
    page.push_str("<html lang=\"en\"><body><p>The army said that 143 fighters were captured at the ford.</p><p>");
    while page.len() < bytes {
        page.push_str(NUMBERS[draw.below(NUMBERS.len())]);
    }
    page.push_str("</p></body></html>");
    let document = read(&page);
    let prepared = Prepared::new(&document);
    for (figure, verdict) in [("over 140", CheckVerdict::Match), ("134", CheckVerdict::Mismatch)] {
        let statement = format!("The army said that {figure} fighters were captured at the ford.");
        let claim = Claim::of(statement, CheckKind::Figure(figure.to_owned()));
        let found = matching::find(&claim.checks[0], &Asked::new(&claim, &[], None), &prepared);
        assert_eq!(found.verdict, verdict, "{found:?}");
    }
}
