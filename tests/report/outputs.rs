//! HTML, JUnit, SARIF, CSV and annotations: hostile strings through each of them and back through a parser of its own.

use onrecord::model::report::{PageCopy, Report};
use onrecord::report::{Beside, Format, Style, public, render, write};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::hostile::{STRINGS, filled};
use crate::samples;

fn text(report: &Report, format: Format) -> String {
    String::from_utf8(render(report, format, &Style::default())).unwrap()
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// What a reader of the page gets: its text, with the characters that are named in place of being printed.
fn shown(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    for node in element.descendants() {
        if let Some(text) = node.value().as_text() {
            out.push_str(text);
        } else if let Some(code) = node.value().as_element().and_then(|element| element.attr("data-c")) {
            out.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        }
    }
    out
}

/// The page of a report with a copy whose text is hostile too.
fn page(report: &Report, hostile: &str) -> (String, Html) {
    let capture = report
        .claims
        .iter()
        .flat_map(|claim| &claim.checks)
        .find_map(|check| check.capture.as_deref().cloned())
        .unwrap();
    let blocks = filled(hostile).article.unwrap().blocks;
    let copies = [PageCopy { capture, title: Some(hostile.to_owned()), blocks }];
    let written = String::from_utf8(written(report, Format::Html, &Style::default(), &copies)).unwrap();
    let parsed = Html::parse_document(&written);
    (written, parsed)
}

#[test]
fn the_page_has_our_markup_alone_and_gives_every_text_back() {
    let (_, clean) = page(&samples::every_verdict(), "plain words");
    let mut known: Vec<String> =
        clean.tree.nodes().filter_map(|node| node.value().as_element()).map(signature).collect();
    known.extend(
        [
            "blockquote",
            "ins",
            "del",
            "mark",
            "i class",
            "span class data-c",
            "a class href data-i id",
            "a class href data-i",
            "span id",
            "dl class",
        ]
        .map(str::to_owned),
    );
    for hostile in STRINGS {
        let report = filled(hostile);
        let (written, parsed) = page(&report, hostile);
        assert!(!written.contains('\0'), "{hostile:?}");
        for element in parsed.tree.nodes().filter_map(|node| node.value().as_element()) {
            assert!(known.contains(&signature(element)), "{} from {hostile:?}", signature(element));
            let href = element.attr("href").unwrap_or("#");
            assert!(
                ["#", "http://", "https://"].iter().any(|good| href.to_ascii_lowercase().starts_with(good)),
                "{href}"
            );
        }
        assert_eq!((all(&parsed, "script").len(), all(&parsed, "style").len()), (1, 1), "{hostile:?}");
        assert_eq!(parsed.tree.nodes().filter(|node| node.value().is_comment()).count(), 0);
        // Carriage returns are named; what a parser makes of the rest is what went in.
        for selector in [".statement", ".copy summary b", "h1", ".card .foot code"] {
            for element in all(&parsed, selector) {
                assert_eq!(shown(element), hostile, "{selector}");
            }
        }
        let cards = all(&parsed, ".item").len();
        assert_eq!(cards, report.claims.len());
    }
}

fn signature(element: &scraper::node::Element) -> String {
    let names: Vec<&str> = element.attrs().map(|(name, _)| name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    let mut out = element.name().to_owned();
    for name in ["class", "href", "data-i", "id", "data-c"].iter().filter(|name| names.contains(name)) {
        out.push(' ');
        out.push_str(name);
    }
    for name in sorted.into_iter().filter(|name| !["class", "href", "data-i", "id", "data-c"].contains(name)) {
        out.push(' ');
        out.push_str(name);
    }
    out
}

#[test]
fn the_policy_of_the_page_allows_its_own_style_and_script_alone() {
    use data_encoding::BASE64;
    use sha2::{Digest, Sha256};
    let (_, parsed) = page(&samples::every_verdict(), "x");
    let policy = all(&parsed, "meta[http-equiv]")[0].attr("content").unwrap();
    for kind in ["style", "script"] {
        let inline: String = all(&parsed, kind)[0].text().collect();
        assert!(
            policy.contains(&format!("{kind}-src 'sha256-{}'", BASE64.encode(&Sha256::digest(inline)))),
            "{policy}"
        );
    }
    assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{policy}");
    for element in parsed.tree.nodes().filter_map(|node| node.value().as_element()) {
        for (name, _) in element.attrs() {
            assert!(name != "style" && name != "src" && !name.starts_with("on"), "{name}");
        }
    }
}

#[test]
fn every_claim_is_in_reach_of_the_article() {
    let mut report = samples::every_verdict();
    let lines: Vec<String> = report.claims.iter().map(|claim| claim.statement.to_string()).collect();
    let mut blocks = filled("x").article.unwrap().blocks;
    let (mut at, template) = (0, blocks.remove(0));
    let mut article = filled("x").article.unwrap();
    article.blocks.clear();
    for (claim, line) in report.claims.iter_mut().zip(&lines).skip(1) {
        let length = line.chars().count();
        claim.at = vec![[at, at + length]];
        let mut block = template.clone();
        (block.start, block.text) = (at, line.clone());
        article.blocks.push(block);
        at += length + 1;
    }
    report.article = Some(article);
    let (_, parsed) = page(&report, "x");
    let linked: Vec<&str> = all(&parsed, "#article a.m").iter().filter_map(|link| link.attr("href")).collect();
    let bodies = all(&parsed, ".card > .body");
    assert_eq!(bodies.len(), report.claims.len());
    for body in bodies {
        let place = format!("#{}", body.attr("id").unwrap());
        assert!(linked.contains(&&*place), "{place} among {linked:?}");
    }
    let ids: Vec<&str> = all(&parsed, "[id]").iter().filter_map(|element| element.attr("id")).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(ids.len(), once.len());
    for link in all(&parsed, "a[href^='#']") {
        assert!(ids.contains(&&link.attr("href").unwrap()[1..]), "{:?}", link.attr("href"));
    }
}

#[test]
fn what_needs_a_person_comes_first() {
    let (_, parsed) = page(&samples::every_verdict(), "x");
    let needs: Vec<bool> =
        all(&parsed, ".item").iter().map(|item| item.attr("class").unwrap().contains("need")).collect();
    let first = needs.iter().position(|need| !need).unwrap();
    assert!(first > 0 && needs[first..].iter().all(|need| !need), "{needs:?}");
}

#[test]
fn junit_comes_back_through_a_parser() {
    for hostile in STRINGS {
        let report = filled(hostile);
        let written = text(&report, Format::Junit);
        let parsed =
            quick_junit::Report::deserialize_from_str(&written).unwrap_or_else(|error| panic!("{error}: {hostile:?}"));
        let suite = &parsed.test_suites[0];
        assert_eq!(suite.test_cases.len(), report.claims.len());
        let spelled = |c: char| c.is_control() || !c.is_ascii();
        if !hostile.contains(spelled) {
            assert!(suite.test_cases.iter().all(|case| case.name.as_str() == hostile), "{hostile:?}");
        }
    }
    let report = samples::every_verdict();
    let parsed = quick_junit::Report::deserialize_from_str(&text(&report, Format::Junit)).unwrap();
    assert_eq!(parsed.failures, report.summary.failed);
    let errors = report.claims.iter().filter(|claim| !claim.passes && claim.verdict.word() == "unavailable").count();
    assert_eq!(parsed.errors, errors);
}

#[test]
fn sarif_is_sarif_and_comes_back_equal() {
    for hostile in STRINGS {
        let report = filled(hostile);
        let parsed: Value = serde_json::from_str(&text(&report, Format::Sarif)).unwrap();
        assert_eq!((&parsed["version"], parsed["runs"].as_array().unwrap().len()), (&"2.1.0".into(), 1));
        let rules = parsed["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        for result in parsed["runs"][0]["results"].as_array().unwrap() {
            assert_eq!(result["properties"]["statement"], hostile);
            assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
            // SARIF 3.27.10: where the kind is not "fail", the level is "none".
            assert_eq!(result["kind"] == "fail", result["level"] != "none");
            let place = &result["locations"][0]["physicalLocation"];
            assert!(place["region"]["startLine"].as_u64().unwrap() > 0);
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)), "{uri}");
            // Nothing in a message is a link or a placeholder.
            let message = result["message"]["text"].as_str().unwrap();
            let unescaped =
                message.replace("\\\\", "").replace("\\[", "").replace("\\]", "").replace("{{", "").replace("}}", "");
            assert!(!unescaped.contains(['[', ']', '{', '}']), "{message}");
        }
    }
}

#[test]
fn csv_is_strict_and_holds_no_formula() {
    for hostile in STRINGS {
        let report = filled(hostile);
        let written = text(&report, Format::Csv);
        let body = written.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(body.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        let checks: usize = report.claims.iter().map(|claim| claim.checks.len().max(1)).sum();
        assert_eq!(rows.len(), checks);
        for cell in rows.iter().flatten() {
            assert!(
                !cell.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']),
                "{cell:?}"
            );
        }
        let control = |c: char| c.is_control() && c != '\n' && c != '\t' || !c.is_ascii();
        if !hostile.contains(control) {
            let cell = &rows[0][at("statement")];
            assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), hostile);
        }
    }
}

#[test]
fn annotations_are_one_command_a_line_and_ours() {
    for hostile in STRINGS {
        let report = filled(hostile);
        let written = text(&report, Format::Github);
        let open = report.claims.iter().filter(|claim| !claim.passes).count();
        let lines: Vec<&str> = written.lines().collect();
        assert_eq!(lines.len(), open + 1, "{written}");
        for line in &lines[..open] {
            let rest = line.strip_prefix("::error ").or_else(|| line.strip_prefix("::warning ")).unwrap();
            let (properties, _) = rest.split_once("::").unwrap();
            let names: Vec<&str> = properties.split(',').map(|one| one.split_once('=').unwrap().0).collect();
            assert_eq!(names, ["file", "line", "title"], "{line}");
        }
        assert!(!lines[open].contains("::"));
    }
}

#[test]
fn readers_see_no_work_of_the_desk() {
    let mut report = samples::every_verdict();
    let hidden = "a secret of the desk";
    report.manifest = hidden.to_owned();
    for claim in &mut report.claims {
        if let Some(signed) = &mut claim.signed {
            (signed.by, signed.why) = (hidden.to_owned(), hidden.to_owned());
            signed.changed.iter_mut().for_each(|change| change.now = hidden.to_owned());
        }
        for check in &mut claim.checks {
            check.detail = Some(hidden.to_owned());
            check.source = Some(format!("notes/{hidden}.txt").into());
            check.others.iter_mut().for_each(|other| other.source = format!("notes/{hidden}.txt").into());
            if let Some(passage) = &mut check.passage {
                passage.before = format!("{hidden} {}", "and so on ".repeat(30));
                passage.text = format!("{} {hidden} {}", "word ".repeat(100), "word ".repeat(100));
            }
        }
    }
    let last = report.claims.last_mut().unwrap();
    last.statement = hidden.into();
    last.checks.truncate(1);
    last.checks[0].flags.push(onrecord::model::Flag::NotPrinted);
    last.checks[0].text = hidden.to_owned();
    let shown = public(&report);
    assert_eq!(shown.summary.claims, report.claims.len() - 1);
    for format in Format::ALL {
        let style = Style { verbosity: onrecord::report::Verbosity::Verbose, ..Style::default() };
        let written = String::from_utf8(render(&shown, format, &style)).unwrap();
        assert!(!written.contains(hidden), "{format}");
    }
}

#[test]
fn a_page_of_thousands_packs_its_cards_and_loses_none() {
    let mut report = samples::every_verdict();
    let one = report.claims.clone();
    report.claims = (0..1_200)
        .map(|number| {
            let claim = &one[number % one.len()];
            onrecord::model::report::ClaimReport {
                id: format!("claim-{number}"),
                statement: format!("</script><b>Words</b> of claim {number}.").into(),
                ..claim.clone()
            }
        })
        .collect();
    report.conflicts.clear();
    let page = text(&report, Format::Html);
    assert_eq!(page, text(&report, Format::Html), "the same bytes for the same report");
    let parsed = Html::parse_document(&page);
    let all = |query: &str| parsed.select(&Selector::parse(query).unwrap()).count();
    assert_eq!((all(".item"), all(".item .body > *:first-child")), (1_200, 100));
    assert!(all("ul.cards") >= 1_200 / 50);
    let store = parsed.select(&Selector::parse("#later").unwrap()).next().unwrap().text().collect::<String>();
    let packed = data_encoding::BASE64.decode(store.as_bytes()).unwrap();
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut unpacked).unwrap();
    let bodies: Vec<String> = serde_json::from_str(&unpacked).unwrap();
    assert_eq!((bodies.len(), bodies.iter().filter(|body| body.is_empty()).count()), (1_200, 100));
    for (number, body) in bodies.iter().enumerate().filter(|(_, body)| !body.is_empty()) {
        assert!(body.contains(&format!("<code>claim-{number}</code>")) && !body.contains("<b>Words"), "{body}");
    }
}

#[test]
fn a_claims_timeline_stands_in_its_card_and_is_no_markup() {
    let report = samples::every_verdict();
    let id = report.claims[0].id.clone();
    for hostile in STRINGS {
        let stories = [(id.clone(), format!("first seen: {hostile}"))].into();
        let mut out = Vec::new();
        let beside = Beside { stories: &stories, ..Beside::NOTHING };
        write(&report, Format::Html, &Style::default(), &beside, &mut out).unwrap();
        let parsed = Html::parse_document(std::str::from_utf8(&out).unwrap());
        let all = |query: &str| parsed.select(&Selector::parse(query).unwrap()).count();
        // what cannot be seen is shown by its number, in an element of our own
        let foreign = all(".story pre *") - all(".story pre span.c");
        assert_eq!((all(".story"), all(".story pre"), foreign, all("script")), (1, 1, 0, 1), "{hostile:?}");
    }
}

/// A report in a format, with the text of the captures that were read.
fn written(report: &Report, format: Format, style: &Style, copies: &[PageCopy]) -> Vec<u8> {
    let mut out = Vec::new();
    write(report, format, style, &Beside { copies, ..Beside::NOTHING }, &mut out).unwrap();
    out
}
