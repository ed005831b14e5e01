//! Reports as people and machines read them: snapshots of what people see, fields for what machines read.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop, in its helpers too")]

#[path = "report/hostile.rs"]
mod hostile;
#[path = "report/machines.rs"]
mod machines;
#[path = "report/outputs.rs"]
mod outputs;
#[path = "report/samples.rs"]
mod samples;
#[path = "report/sentences.rs"]
mod sentences;

use onrecord::model::report::Report;
use onrecord::report::{Format, Style, Verbosity, render};
use unicode_width::UnicodeWidthStr;

fn text(report: &Report, style: &Style) -> String {
    String::from_utf8(render(report, Format::Text, style)).unwrap()
}

fn markdown(report: &Report, style: &Style) -> String {
    String::from_utf8(render(report, Format::Markdown, style)).unwrap()
}

#[test]
fn the_text_report_at_every_width() {
    let report = samples::every_verdict();
    for width in [60, 80, 140] {
        for unicode in [true, false] {
            let style = Style { width, unicode, ..Style::default() };
            let name = format!("text_{width}_{}", if unicode { "unicode" } else { "plain" });
            insta::assert_snapshot!(name, text(&report, &style));
        }
    }
}

#[test]
fn the_text_report_with_everything_it_knows() {
    let style = Style { verbosity: Verbosity::Verbose, ..Style::default() };
    insta::assert_snapshot!(text(&samples::every_verdict(), &style));
}

#[test]
fn the_text_report_in_colour() {
    let style = Style { colour: true, ..Style::default() };
    let coloured = text(&samples::report(vec![samples::altered()]), &style);
    insta::assert_snapshot!(coloured.replace('\u{1b}', "ESC"));
}

#[test]
fn the_markdown_report() {
    insta::assert_snapshot!(markdown(&samples::every_verdict(), &Style::default()));
}

#[test]
fn a_passage_in_wide_characters() {
    insta::assert_snapshot!(text(&samples::report(vec![samples::wide()]), &Style { width: 60, ..Style::default() }));
}

#[test]
fn colour_changes_nothing_but_the_colour() {
    let report = samples::every_verdict();
    let plain = text(&report, &Style::default());
    let mut coloured = text(&report, &Style { colour: true, ..Style::default() });
    while let Some(at) = coloured.find('\u{1b}') {
        let end = at + coloured[at..].find('m').unwrap();
        coloured.replace_range(at..=end, "");
    }
    assert_eq!(coloured, plain);
}

#[test]
fn only_addresses_are_wider_than_the_terminal() {
    for width in 40..150 {
        let written = text(&samples::every_verdict(), &Style { width, ..Style::default() });
        for line in written.lines().filter(|line| line.width() > width) {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert!(words.last().unwrap().contains("://") && words.len() <= 2, "{width}: {line}");
        }
    }
}

#[test]
fn without_unicode_our_own_signs_are_ascii() {
    let mut report = samples::report(vec![samples::altered(), samples::on_record()]);
    report.claims[0].passes = false;
    let written = text(&report, &Style { unicode: false, verbosity: Verbosity::Verbose, ..Style::default() });
    assert!(written.is_ascii(), "{written}");
}

#[test]
fn quiet_is_the_count_and_nothing_else() {
    let style = Style { verbosity: Verbosity::Quiet, width: 200, ..Style::default() };
    let report = samples::report(vec![samples::on_record(), samples::altered()]);
    assert_eq!(text(&report, &style), "2 claims: 1 pass, 1 fail (1 altered)\n");
    assert_eq!(markdown(&report, &style), "2 claims: 1 pass, 1 fail (1 altered)\n");
    assert_eq!(text(&samples::report(Vec::new()), &style), "no claims\n");
}

#[test]
fn a_claim_that_passes_is_only_counted() {
    let report = samples::report(vec![samples::on_record()]);
    let written = text(&report, &Style::default());
    assert_eq!(
        written,
        "Why the league looks to the coast\n\n4 controls on 2 sources: every known sentence was found, no changed one was\n1 claim: 1 pass\n"
    );
    assert!(text(&report, &Style { verbosity: Verbosity::Verbose, ..Style::default() }).contains("harbour-open"));
}

#[test]
fn a_lapsed_seal_and_a_missed_expectation_are_said() {
    let written = text(&samples::every_verdict(), &Style { width: 140, ..Style::default() });
    assert!(written.contains("expected altered, got on-record"));
    assert!(written.contains("altered (as expected)"));
    assert!(written.contains("by KM on 2024-03-24: the caption is the source\n"));
    assert_eq!(written.matches("it no longer counts").count(), 1);
}

#[test]
fn identical_reports_are_identical_bytes() {
    for format in Format::ALL {
        let render = || render(&samples::every_verdict(), format, &Style::default());
        assert_eq!(render(), render());
    }
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
        assert!(Format::names().contains(format.name()));
    }
    let error = "jsonll".parse::<Format>().unwrap_err();
    assert_eq!(error.meant, Some(Format::Jsonl));
    assert!(error.to_string().contains("markdown"), "{error}");
    assert_eq!("quill".parse::<Format>().unwrap_err().meant, None);
}
