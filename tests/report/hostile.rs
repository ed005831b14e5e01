//! Strings from hostile pages and manifests through every format.

use std::sync::Arc;

use onrecord::model::report::{ArticleBlock, ArticleReport, ChangeReport, OtherReport, Report};
use onrecord::model::{Flag, Zone};
use onrecord::report::{Format, Style, Verbosity, render};
use proptest::prelude::*;
use serde_json::Value;

use crate::samples;

pub(crate) const STRINGS: [&str; 42] = [
    "\u{1b}[31mred\u{1b}[0m and \u{9b}2J",
    "\u{1b}]8;;https://evil.example\u{1b}\\click\u{1b}]8;;\u{7}",
    "left \u{202e}thgir\u{202c} \u{2066}isolate\u{2069} \u{200f}\u{61c}",
    "zero\u{200b}width\u{feff}\u{2060}\u{e0041}\u{180e}",
    "```\nfence\n````",
    "`a``b```c",
    "| a | b |\n| --- | --- |",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "&lt;b&gt; &#60;script&#62; &amp;",
    "@team and user@mail.example and @org/team",
    "::error file=x,line=1::message",
    "##[error]message",
    "first\nsecond\r\nthird\rfourth\u{2028}fifth\u{85}sixth",
    "[link](https://evil.example) ![image](x) [ref]: https://evil.example",
    "https://evil.example/a?b=<c>&d www.evil.example mailto:a@b.example",
    "# heading\n- list\n1. number\n> quote\n---\n===\n    code",
    "**bold** _em_ ~~gone~~ $x^2$ :tada: #12 GH-12 deadbeef123",
    "\\` \\| \\< trailing \\",
    "\0\u{1}\u{8}\u{b}\u{c}\u{7f}",
    "e\u{301}\u{301}\u{301} 海岸 👩‍👩‍👧 \u{3164}",
    "=cmd|' /C calc'!A0",
    "   ",
    "1. number",
    "+ item",
    "=== rule",
    "##[group]#12 ##[group]@team",
    "</style></script><script>alert(1)</script><style>",
    "</title><svg onload=alert(1)>",
    "\"><a href=javascript:alert(1)>x</a>",
    "' onmouseover='alert(1)' x='",
    "javascript:alert(1)//https://x.example",
    "data:text/html,<script>alert(1)</script>",
    "https://x.example/\"><script>alert(1)</script>#frag",
    "<!-- comment --> <![CDATA[ cdata ]]> <?php ?>",
    "{{7*7}} {% include 'x' %} ${7*7} {0} {placeholder}",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1\"; \"a,b\r\nc\"",
    "'=1+1",
    "%0A::warning file=x::y %25 100%",
    "\u{fdd0}\u{ffff}\u{fffe}\u{10ffff}",
    "../../etc/passwd C:\\con\\aux file:///etc/passwd",
];

/// A report in which every text is `text`.
pub(crate) fn filled(text: &str) -> Report {
    let mut report = samples::every_verdict();
    let fill = |field: &mut String| *field = text.to_owned();
    let fill_some = |field: &mut Option<String>| *field = Some(text.to_owned());
    fill_some(&mut report.title);
    fill(&mut report.manifest);
    let length = text.chars().count();
    report.article = Some(ArticleReport {
        url: Some(text.to_owned()),
        file: Some(text.to_owned()),
        published: Some(text.to_owned()),
        blocks: vec![
            ArticleBlock { zone: Zone::Paragraph, start: 0, text: text.to_owned() },
            ArticleBlock { zone: Zone::Paragraph, start: length + 1, text: text.to_owned() },
        ],
    });
    for conflict in &mut report.conflicts {
        fill(&mut conflict.about);
        fill(&mut conflict.detail);
        conflict.claims.iter_mut().chain(&mut conflict.values).for_each(fill);
        for side in &mut conflict.sides {
            fill(&mut side.claim);
            fill(&mut side.value);
            [&mut side.source, &mut side.outlet, &mut side.date, &mut side.captured]
                .into_iter()
                .flatten()
                .for_each(fill);
        }
    }
    for (index, claim) in report.claims.iter_mut().enumerate() {
        fill(&mut claim.id);
        claim.statement = text.into();
        fill_some(&mut claim.expected);
        if index % 2 == 0 {
            claim.at = vec![[0, length.div_ceil(index + 1)], [index, usize::MAX]];
        }
        // With every word unchecked a statement begins with bold type, without with its own words.
        claim.unchecked = if index % 2 == 0 { vec![text.to_owned()] } else { Vec::new() };
        if let Some(signed) = &mut claim.signed {
            [&mut signed.by, &mut signed.on, &mut signed.why].into_iter().for_each(fill);
            for change in &mut signed.changed {
                [&mut change.what, &mut change.signed, &mut change.now].into_iter().for_each(fill);
            }
        }
        for check in &mut claim.checks {
            fill(&mut check.text);
            [&mut check.source, &mut check.outlet, &mut check.published]
                .into_iter()
                .for_each(|of| *of = Some(text.into()));
            fill_some(&mut check.detail);
            check.others.push(OtherReport {
                source: text.into(),
                verdict: check.verdict,
                reason: None,
                flags: vec![Flag::Word],
                passage: check.passage.clone(),
                capture: None,
            });
            if let Some(capture) = check.capture.as_mut().map(Arc::make_mut) {
                [&mut capture.url, &mut capture.captured, &mut capture.sha256].into_iter().for_each(fill);
                fill_some(&mut capture.media_type);
            }
            let others = check.others.iter_mut().flat_map(|other| other.passage.as_deref_mut());
            for passage in check.passage.as_deref_mut().into_iter().chain(&mut check.also).chain(others) {
                [&mut passage.text, &mut passage.before, &mut passage.after].into_iter().for_each(fill);
                fill_some(&mut passage.time);
                fill_some(&mut passage.fragment);
            }
            for change in &mut check.changes {
                [&mut change.quote, &mut change.source].into_iter().for_each(fill);
            }
        }
    }
    report
}

fn styles() -> impl Iterator<Item = Style> {
    [0, 60, 80, 140].into_iter().flat_map(|width| {
        [Verbosity::Normal, Verbosity::Verbose]
            .into_iter()
            .flat_map(move |verbosity| [true, false].map(|unicode| Style { width, unicode, colour: false, verbosity }))
    })
}

/// Characters that steer a terminal or reorder its text.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{61c}' | '\u{e0000}'..='\u{e007f}')
}

fn assert_text_is_safe(written: &str) {
    assert_eq!(written.chars().find(|c| steers(*c)), None, "{written}");
    for line in written.lines() {
        assert!(!line.trim_start().starts_with("::"), "{line}");
        assert!(!line.contains("##["), "{line}");
    }
}

fn assert_markdown_is_text(written: &str) {
    assert_eq!(written.chars().find(|c| steers(*c)), None, "{written}");
    assert!(!written.contains('<'), "{written}");
    assert!(!written.contains("```"), "no fence can be opened or closed: {written}");
    for line in written.lines() {
        assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line}");
        let (outside, balanced) = outside_code(line);
        assert!(balanced, "a code span is left open: {line}");
        // What renderers link or notify by themselves stands in code spans only.
        for linked in ["@", "://", "www.", "mailto:", ":tada:", "GH-12", "deadbeef123"] {
            assert!(!outside.contains(linked), "{linked} in {line}");
        }
        for opener in ["[", "]", "_", "~", "$"] {
            let raw = outside.replace(&format!("\\{opener}"), "");
            assert!(!raw.contains(opener), "{opener} in {line}");
        }
        let own_table = line.starts_with("| ");
        assert!(outside.matches('|').count() == if own_table { 5 } else { 0 }, "{line}");
        let known = ["# ", "## ", "### ", "**", "> ", ">", "- ", "  - ", "| "];
        let block = ["#", "+", "-", "=", ">", "|", "    ", "1.", "~"];
        assert!(known.iter().any(|own| line.starts_with(own)) || !block.iter().any(|b| line.starts_with(b)), "{line}");
    }
}

/// The line without its code spans, and whether each span is closed.
fn outside_code(line: &str) -> (String, bool) {
    let mut outside = String::new();
    let mut inside = false;
    let mut escaped = false;
    for c in line.chars() {
        match c {
            '`' if !escaped => inside = !inside,
            _ if !inside => outside.push(c),
            _ => {}
        }
        escaped = !inside && c == '\\' && !escaped;
    }
    (outside, !inside)
}

#[test]
fn the_text_report_steers_no_terminal() {
    for string in STRINGS {
        for style in styles() {
            assert_text_is_safe(&crate::text(&filled(string), &style));
        }
    }
}

#[test]
fn colour_comes_from_us_alone() {
    let style = Style { colour: true, ..Style::default() };
    for string in STRINGS {
        let written = crate::text(&filled(string), &style);
        for sequence in written.split('\u{1b}').skip(1) {
            let end = sequence.find('m').unwrap();
            assert!(["[0", "[1", "[2", "[31", "[32", "[1;31", "[1;32", "[1;33"].contains(&&sequence[..end]));
        }
    }
}

#[test]
fn the_markdown_report_stays_text() {
    for string in STRINGS {
        for style in styles() {
            assert_markdown_is_text(&crate::markdown(&filled(string), &style));
        }
    }
}

#[test]
fn json_comes_back_equal_and_can_be_printed() {
    for string in STRINGS {
        let report = filled(string);
        let written = String::from_utf8(render(&report, Format::Json, &Style::default())).unwrap();
        assert_eq!(written.chars().find(|c| steers(*c)), None);
        let back: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(back, serde_json::to_value(&report).unwrap());
        let lines = String::from_utf8(render(&report, Format::Jsonl, &Style::default())).unwrap();
        assert_eq!(lines.lines().count(), report.claims.len());
    }
}

#[test]
fn a_word_without_end_is_wrapped_and_shortened() {
    let report = filled(&"x".repeat(10_000));
    let written = crate::text(&report, &Style::default());
    assert!(written.lines().all(|line| line.chars().count() <= 80));
    assert!(written.lines().count() < 10_000, "{}", written.lines().count());
    assert_markdown_is_text(&crate::markdown(&report, &Style::default()));
}

#[test]
fn a_list_of_differences_without_end_is_cut() {
    let mut claim = samples::altered();
    let change = claim.checks[0].changes[0].clone();
    claim.checks[0].changes = vec![change; 5_000];
    let written = crate::text(&samples::report(vec![claim]), &Style::default());
    assert!(written.contains("and 4992 more"));
    assert!(written.lines().count() < 60);
}

fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => any::<char>(),
        4 => prop::char::range(' ', '~'),
        1 => prop::sample::select(STRINGS.concat().chars().collect::<Vec<_>>()),
    ];
    prop_oneof![
        prop::collection::vec(character, 0..60).prop_map(String::from_iter),
        prop::sample::select(STRINGS.to_vec()).prop_map(str::to_owned),
    ]
}

fn any_range() -> impl Strategy<Value = Option<[usize; 2]>> {
    let edge = || prop_oneof![0..80_usize, 1200..1300_usize, any::<usize>()];
    prop::option::of([edge(), edge()])
}

fn any_change() -> impl Strategy<Value = ChangeReport> {
    let flag = prop::option::of(prop::sample::select(vec![Flag::Word, Flag::Number, Flag::Denied]));
    (any_text(), any_text(), flag, any_range(), any_range()).prop_map(|(quote, source, flag, quote_at, source_at)| {
        ChangeReport { quote, source, flag, quote_at, source_at }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_nothing_escapes(
        texts in prop::collection::vec(any_text(), 4),
        changes in prop::collection::vec(any_change(), 0..6),
        width in 0..300_usize,
        unicode in any::<bool>(),
        verbose in any::<bool>(),
    ) {
        let verbosity = if verbose { Verbosity::Verbose } else { Verbosity::Normal };
        let style = Style { width, unicode, colour: false, verbosity };
        let mut report = filled(&texts[0]);
        report.claims.truncate(12);
        for claim in &mut report.claims {
            claim.statement = texts[1].as_str().into();
            for check in &mut claim.checks {
                check.text.clone_from(&texts[2]);
                check.changes.clone_from(&changes);
                if let Some(passage) = &mut check.passage {
                    passage.text.clone_from(&texts[3]);
                    passage.end = passage.start + texts[3].chars().count();
                }
            }
        }
        assert_text_is_safe(&crate::text(&report, &style));
        let markdown = crate::markdown(&report, &style);
        prop_assert!(!markdown.contains('<') && !markdown.contains("```"));
        let back: Value = serde_json::from_slice(&render(&report, Format::Json, &style)).unwrap();
        prop_assert_eq!(back, serde_json::to_value(&report).unwrap());
    }
}
