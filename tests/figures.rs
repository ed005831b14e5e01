//! Figures, as tables: every row of `tests/figures/*.tsv` is a claim and a source, with the verdict and the flags that the
//! rules of figures ask for. All differences of all rows are shown in one go.

use onrecord::extract::{Input, Limits, extract};
use onrecord::matching::{self, Asked, Prepared};
use onrecord::model::evidence::Finding;
use onrecord::model::{CheckKind, CheckVerdict, Claim};

/// One row: a claim, a source, and what it comes to.
struct Row<'t> {
    line: usize,
    language: &'t str,
    figure: &'t str,
    statement: String,
    source: String,
    verdict: &'t str,
    flags: &'t str,
}

fn look(row: &Row<'_>) -> Finding {
    let source = if row.source.starts_with('<') { row.source.clone() } else { format!("<p>{}</p>", row.source) };
    let page = format!("<html lang=\"{}\"><body><article>{source}</article></body></html>", row.language);
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    let mut document = extract(&input, &Limits::default()).document.expect("the page has text");
    document.published = Some("2024-03-15".parse().expect("a date"));
    let prepared = Prepared::new(&document);
    let claim = Claim {
        language: Some(row.language.to_owned()),
        ..Claim::of(&*row.statement, CheckKind::Figure(row.figure.to_owned()))
    };
    matching::find(&claim.checks[0], &Asked::new(&claim, &[], None), &prepared)
}

/// What is wrong with a row, if anything is.
fn difference(table: &str, row: &Row<'_>) -> Option<String> {
    let found = look(row);
    let flags: Vec<&str> = found.flags.iter().map(|flag| flag.word()).collect();
    let mut wanted: Vec<&str> = row.flags.split(' ').filter(|word| !matches!(*word, "-" | "*")).collect();
    let mut given = flags.clone();
    wanted.sort_unstable();
    given.sort_unstable();
    // A match whose statement says more than the evidence is `partly`.
    let word = if found.verdict == CheckVerdict::Match && !found.unchecked.is_empty() {
        "partly"
    } else {
        found.verdict.word()
    };
    let verdict = row.verdict.split('|').any(|verdict| verdict == word || verdict == found.verdict.word());
    if verdict && (row.flags == "*" || wanted == given) {
        return None;
    }
    Some(format!(
        "{table}:{} [{}] {} {flags:?} instead of {} {}\n    “{}” in: {}\n    source: {}\n    detail: {:?}",
        row.line,
        row.language,
        found.verdict.word(),
        row.verdict,
        row.flags,
        row.figure,
        row.statement,
        row.source,
        found.detail,
    ))
}

/// Rows of the sentence that both sides stand in.
fn values(text: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut frame = None;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells.as_slice() {
            ["@", language, sentence] => frame = Some((*language, *sentence)),
            [figure, other, verdict, flags] => {
                let (language, sentence) = frame.expect("a row stands under a sentence");
                rows.push(Row {
                    line: at + 1,
                    language,
                    figure,
                    statement: sentence.replace("{}", figure),
                    source: sentence.replace("{}", other),
                    verdict,
                    flags,
                });
            }
            _ => panic!("values.tsv:{}: {} cells", at + 1, cells.len()),
        }
    }
    rows
}

/// Rows with a statement and a source of their own.
fn things(text: &str) -> Vec<Row<'_>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(at, line)| match line.split('\t').collect::<Vec<_>>().as_slice() {
            [language, figure, statement, source, verdict, flags] => Row {
                line: at + 1,
                language,
                figure,
                statement: (*statement).to_owned(),
                source: (*source).to_owned(),
                verdict,
                flags,
            },
            cells => panic!("things.tsv:{}: {} cells", at + 1, cells.len()),
        })
        .collect()
}

fn hold(table: &str, rows: &[Row<'_>]) {
    let only = std::env::var("ROWS").ok();
    let found: Vec<String> = rows
        .iter()
        .filter(|row| only.as_deref().is_none_or(|only| row.language == only))
        .filter_map(|row| difference(table, row))
        .collect();
    assert!(found.is_empty(), "{} of {} rows differ:\n\n{}", found.len(), rows.len(), found.join("\n"));
}

#[test]
fn a_figure_is_a_value_in_every_language() {
    let rows = values(include_str!("figures/values.tsv"));
    assert!(rows.len() >= 600, "{}", rows.len());
    let languages: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.language).collect();
    assert!(languages.len() >= 12, "{languages:?}");
    hold("values.tsv", &rows);
}

#[test]
fn a_value_stands_with_what_it_counts() {
    hold("things.tsv", &things(include_str!("figures/things.tsv")));
}

/// Pieces that hostile pages are made of: each alone, repeated, and all of them mixed.
const PIECES: &[&str] = &[
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
    "a",
    "१",
    "٤",
    "ألف و",
    "%",
    "killed ",
    "and 5 ",
    "<td>1</td>",
    "between 1 and ",
];

/// Looks for a figure in a page that is one run of text.
fn look_in(body: &str) {
    let page = format!("<html lang=\"en\"><body><p>{body}</p></body></html>");
    let row = Row {
        line: 0,
        language: "en",
        figure: "over 1,400",
        statement: "The army said that over 1,400 fighters were killed in 2023.".to_owned(),
        source: page,
        verdict: "",
        flags: "",
    };
    look(&row);
}

#[test]
fn hostile_numbers_cost_time_in_proportion() {
    for piece in PIECES {
        look_in(&piece.repeat(10_000 / piece.len()));
    }
    // Without optimisation a part of it takes as long as five with it.
    let size = if cfg!(debug_assertions) { 200_000 } else { 5_000_000 };
    let mut mixed: String = PIECES.concat();
    mixed = mixed.repeat(size / mixed.len() + 1);
    assert!(mixed.len() > size);
    look_in(&mixed);
}

#[test]
fn the_greatest_numbers_are_compared_with_each_other() {
    let nines = "9".repeat(27);
    let most = "79,228,162,514,264,337,593,543,950.3 thousand";
    let characters = "一千八百四十四万六千七百四十四亿零七百三十七万零九百五十五万九千九百九十九";
    let numbers = [&*nines, most, characters, "million million million million million", "-1", "100", "0.0001"];
    for own in numbers {
        for other in numbers {
            for page in [other.to_owned(), format!("{other} to {other}"), format!("between {other} and {nines}")] {
                look(&row(own, &format!("The sea has {own} drops."), &format!("The sea has {page} drops.")));
            }
        }
    }
}

#[test]
fn statements_are_hostile_too() {
    for piece in PIECES {
        let statement = piece.repeat(20_000 / piece.len());
        onrecord::matching::figure::written(&statement, Some("en"));
        onrecord::matching::figure::written(&statement, None);
        onrecord::matching::figure::written(&statement, Some("fr"));
    }
}

/// A claim and a page of its own.
fn row<'t>(figure: &'t str, statement: &str, source: &str) -> Row<'t> {
    Row {
        line: 0,
        language: "en",
        figure,
        statement: statement.to_owned(),
        source: source.to_owned(),
        verdict: "",
        flags: "",
    }
}

#[test]
fn both_tolls_are_shown() {
    let claim = "At least 82 people were killed in the blast at the granary.";
    let page = "60 people were killed in the blast at the granary, the ministry said.";
    let found = look(&row("at least 82", claim, page));
    assert_eq!(found.verdict, CheckVerdict::Mismatch);
    assert!(found.changes.iter().any(|change| change.source == "60"), "{found:?}");

    let page = "At least 82 people were killed in the blast at the granary, it was said on Friday. \
        On Sunday the fire service said that 115 people were killed in the blast at the granary.";
    let found = look(&row("at least 82", claim, page));
    assert_eq!(found.verdict, CheckVerdict::Match, "{found:?}");
    assert!(found.detail.as_deref().is_some_and(|detail| detail.contains("115")), "{found:?}");
    assert_eq!(found.also.len(), 1, "{found:?}");
}

#[test]
fn figures_of_a_report_are_read_with_their_bounds_and_ranges() {
    // The figures of one long report about an armed group, each in a short phrase.
    for (phrase, read) in [
        ("claimed at least 82 lives", "at least 82"),
        ("has confirmed 60 deaths", "60"),
        ("on March 23, 2024", "March 23, 2024"),
        ("engaged there since 2001", "2001"),
        ("set up in January 2015", "January 2015"),
        ("a section of its own in May 2019", "May 2019"),
        ("boasted approximately 3,000 fighters", "approximately 3,000"),
        ("at least three men opened fire", "At least three"),
        ("at least 12 people were killed", "At least 12"),
        ("and 35 injured", "35"),
        ("since January 2017 it fought", "January 2017"),
        ("carried out nearly 100 attacks", "nearly 100"),
        ("and approximately 250 clashes", "approximately 250"),
        ("a core of 1,500 to 2,200 fighters", "1,500 to 2,200"),
        ("by 2018 it had risen", "2018"),
        ("one of the top four groups", "four"),
        ("funding exceeding $100 million", "exceeding $100 million"),
        ("on August 28, 2021, a planner died", "August 28, 2021"),
        ("including 13 troops", "13"),
        ("led over 1,400 fighters to surrender", "over 1,400"),
    ] {
        let written = onrecord::matching::figure::written(phrase, Some("en"));
        assert!(written.iter().any(|figure| figure.eq_ignore_ascii_case(read)), "{phrase}: {written:?}");
    }
    let years = onrecord::matching::figure::written("in late 2019 and early 2020 it lost ground", Some("en"));
    assert_eq!(years, ["2019", "2020"]);
}

/// A table of sixty towns and sixty years, five of everything in each cell, but for one.
fn great_table(other: &str) -> String {
    let years: String = (0..60).map(|year| format!("<th>{}</th>", 1960 + year)).collect();
    let rows: String = (0..60)
        .map(|town| {
            let cells: String = (0..60)
                .map(|year| format!("<td>{}</td>", if (town, year) == (33, 41) { other } else { "5" }))
                .collect();
            format!("<tr><th>Town{town}</th>{cells}</tr>")
        })
        .collect();
    format!("<table><caption>Otters counted</caption><tr><th>Town</th>{years}</tr>{rows}</table>")
}

#[test]
fn of_a_great_table_the_cell_of_its_row_and_column_counts() {
    let table = great_table("7");
    let seen = |figure: &str, town: u32, year: u32| {
        let statement = format!("In {year}, {figure} otters were counted in Town{town}.");
        let found = look(&row(figure, &statement, &table));
        (found.verdict, found.passage.map_or(0, |passage| passage.range.start))
    };
    let (verdict, place) = seen("7", 33, 2001);
    assert_eq!(verdict, CheckVerdict::Match);
    // Thousands of cells have the claimed value; the one that the claim means does not.
    assert_eq!(seen("5", 33, 2001), (CheckVerdict::Mismatch, place));
    assert_eq!(seen("7", 33, 2002).0, CheckVerdict::Mismatch);
    assert_eq!(seen("7", 34, 2001).0, CheckVerdict::Mismatch);
    assert_eq!(seen("5", 34, 2001).0, CheckVerdict::Match);
}

/// Towns whose names begin alike, or that a number alone tells apart.
const ALIKE: [[&str; 14]; 3] = [
    [
        "Eastham",
        "Eastley",
        "Eastbur",
        "Eastwold",
        "Eastgate",
        "Eastcot",
        "Eastfield",
        "Eastlake",
        "Eastmoor",
        "Eastend",
        "Eastrow",
        "Eastport",
        "Eastville",
        "Easthill",
    ],
    [
        "Unterach",
        "Unterberg",
        "Unterdorf",
        "Unterfeld",
        "Untergrund",
        "Unterhof",
        "Unterkirch",
        "Unterlohe",
        "Untermoos",
        "Unternberg",
        "Unterried",
        "Untersee",
        "Untertal",
        "Unterwald",
    ],
    [
        "Ward0", "Ward1", "Ward2", "Ward3", "Ward4", "Ward5", "Ward6", "Ward7", "Ward8", "Ward9", "Ward10", "Ward11",
        "Ward12", "Ward13",
    ],
];

#[test]
fn rows_whose_names_begin_alike_are_told_apart() {
    let counted = |town: usize, year: usize| (100 + (town * 37 + year * 13) % 89).to_string();
    for names in ALIKE {
        let years: String = (0..6).map(|year| format!("<th>{}</th>", 2010 + year)).collect();
        let line = |town: usize| (0..6).map(|year| format!("<td>{}</td>", counted(town, year))).collect::<String>();
        let rows: String =
            names.iter().enumerate().map(|(town, name)| format!("<tr><th>{name}</th>{}</tr>", line(town))).collect();
        let caption = "<caption>Otters counted</caption>";
        let table = format!("<table>{caption}<tr><th>Town</th>{years}</tr>{rows}</table>");
        for (town, name) in names.iter().enumerate() {
            let said = |figure: &str| {
                look(&row(figure, &format!("In 2013, {figure} otters were counted in {name}."), &table)).verdict
            };
            assert_eq!(said(&counted(town, 3)), CheckVerdict::Match, "{name}");
            // The value of the next town, and of the one beyond.
            for other in [1, 2] {
                let figure = counted((town + other) % names.len(), 3);
                assert_eq!(said(&figure), CheckVerdict::Mismatch, "{name}: {figure}");
            }
        }
    }
}

#[test]
fn a_page_says_how_it_separates_thousands() {
    let verdict = |language: &'static str, figure: &'static str, source: &str| {
        let statement = format!("The town bought {figure} tons of salt.");
        look(&Row { language, ..row(figure, &statement, source) }).verdict
    };
    // An English page that writes as Germans do, and says so by a number that can be read in one way only.
    let german = "The town paid 1.250.000 crowns in all. It bought 1.234 tons of salt.";
    let english = "The town paid 1,250,000 crowns in all. It bought 1.234 tons of salt.";
    assert_eq!(verdict("en", "1234", german), CheckVerdict::Match);
    assert_eq!(verdict("en", "1234", english), CheckVerdict::Mismatch);
    assert_eq!(verdict("de", "1234", german), CheckVerdict::Match);
    assert_eq!(verdict("de", "1234", english), CheckVerdict::Mismatch);
    // In Arabic the number that says so may be written with its `and`.
    let joined = |number: &str| format!("The town paid 5 crowns و{number}. It bought 1.234 tons of salt.");
    assert_eq!(verdict("ar", "1234", &joined("1.250.000")), CheckVerdict::Match);
    assert_eq!(verdict("ar", "1234", &joined("1,250,000")), CheckVerdict::Mismatch);
}

#[test]
fn what_a_table_or_list_counts_is_said_above_it() {
    let towns = ["Alden", "Brack", "Corve", "Dunle", "Esker", "Fernt", "Galby", "Holmy", "Irwen", "Jarrow"];
    let counted = |town: usize, year: usize| (100 + (town * 37 + year * 13) % 89).to_string();
    let cells = |town: usize| (0..6).map(|year| format!("<td>{}</td>", counted(town, year))).collect::<String>();
    let years: String = (0..6).map(|year| format!("<th>{}</th>", 2010 + year)).collect();
    let rows: String =
        (0..towns.len()).map(|town| format!("<tr><th>{}</th>{}</tr>", towns[town], cells(town))).collect();
    let before = "<h1>River report</h1><p>Counts of the river board, published in spring.</p>";
    // The paragraph that says what is counted stands beyond reach of the last rows, and below another short one.
    let table =
        format!("{before}<p>Otters counted by town and year:</p><table><tr><th></th>{years}</tr>{rows}</table>");
    let entries = |town: usize| {
        (0..6).map(|year| format!("<li>{}: {}</li>", 2010 + year, counted(town, year))).collect::<String>()
    };
    let lists: String = (0..towns.len())
        .map(|town| format!("<h2>Otters counted in {}</h2><ul>{}</ul>", towns[town], entries(town)))
        .collect();
    let terms: String = (0..6)
        .map(|year| {
            let of = |town: usize| format!("<dt>{}</dt><dd>{}</dd>", towns[town], counted(town, year));
            let all: String = (0..towns.len()).map(of).collect();
            format!("<h2>Otters counted in {}</h2><dl>{all}</dl>", 2010 + year)
        })
        .collect();
    for source in [table, format!("{before}{lists}"), format!("{before}{terms}")] {
        for (town, name) in towns.iter().enumerate() {
            let seen = |figure: &str| {
                let statement = format!("In 2013, {figure} otters were counted in {name}.");
                let found = look(&row(figure, &statement, &source));
                (found.verdict, found.unchecked)
            };
            assert_eq!(seen(&counted(town, 3)), (CheckVerdict::Match, Vec::new()), "{name}");
            for (town, year) in [((town + 1) % towns.len(), 3), (town, 4), ((town + 3) % towns.len(), 1)] {
                assert_eq!(seen(&counted(town, year)).0, CheckVerdict::Mismatch, "{name}: {}", counted(town, year));
            }
        }
    }
}

#[test]
fn the_word_for_a_year_says_no_more_than_the_year_beside_it() {
    let unchecked = |language: &'static str, statement: &str| {
        let table = |caption: &str| {
            format!(
                "<table><caption>{caption}</caption><tr><th></th><th>2010</th></tr><tr><th>Alden</th><td>12</td></tr></table>"
            )
        };
        let caption = match language {
            "de" => "Gezählte Otter in",
            "fr" => "Loutres comptées",
            _ => "Otters counted",
        };
        look(&Row { language, ..row("12", statement, &table(caption)) }).unchecked
    };
    assert_eq!(unchecked("de", "Im Jahr 2010 wurden in Alden 12 Otter gezählt."), Vec::<String>::new());
    assert_eq!(unchecked("fr", "En l’an 2010, 12 loutres ont été comptées à Alden."), Vec::<String>::new());
    assert_eq!(unchecked("en", "In the year 2010, 12 otters were counted in Alden."), Vec::<String>::new());
    // Which year it is nobody looked for.
    let says = |words: Vec<String>, word: &str| words.iter().any(|other| other == word);
    assert!(says(unchecked("de", "In diesem Jahr wurden in Alden 12 Otter gezählt."), "Jahr"));
    assert!(says(unchecked("en", "Last year 12 otters were counted in Alden."), "year"));
}
