//! Tests of figures: reading, comparing, and finding beside the right thing.

use super::*;
use crate::extract::{Input, Limits, extract};
use crate::matching::{Prepared, find as find_check};
use crate::model::figure::{Amount, Bound};
use crate::model::{CheckKind, CheckVerdict, Claim};

fn look(page: &str, figure: &str, statement: &str) -> Finding {
    let page = format!("<p>{page}</p>");
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    let document = extract(&input, &Limits::default()).document.expect("has text");
    let prepared = Prepared::new(&document);
    let claim = Claim { language: Some("en".to_owned()), ..Claim::of(statement, CheckKind::Figure(figure.to_owned())) };
    let asked = Asked::new(&claim, &[], None);
    find_check(&claim.checks[0], &asked, &prepared)
}

/// A figure of ours, the source's sentence, what it comes to, and the flags.
type Row = (&'static str, &'static str, CheckVerdict, &'static [Flag]);

#[test]
fn figures_are_values() {
    use CheckVerdict::{Match, Mismatch};
    let rows: &[Row] = &[
        ("1,400", "fourteen hundred fighters surrendered to the government", Match, &[]),
        ("1,400", "1 400 fighters surrendered to the government", Match, &[]),
        ("1.4 thousand", "1,400 fighters surrendered to the government", Match, &[]),
        ("over 1,400", "1,436 fighters surrendered to the government", Match, &[]),
        ("over 1,400", "1,390 fighters surrendered to the government", Mismatch, &[Flag::Bound]),
        ("over 1,400", "14,000 fighters surrendered to the government", Mismatch, &[Flag::Number, Flag::Bound]),
        ("over 1,400", "1,400 fighters surrendered to the government", Match, &[Flag::HedgeAdded]),
        ("1,400", "more than 1,400 fighters surrendered to the government", Match, &[Flag::HedgeDropped]),
        ("more than 50", "200 fighters surrendered to the government", Mismatch, &[Flag::Number, Flag::Bound]),
        ("nearly 44,000", "43,548 fighters surrendered to the government", Match, &[]),
        ("over 44,000", "43,548 fighters surrendered to the government", Mismatch, &[Flag::Bound]),
        ("44,000", "43,548 fighters surrendered to the government", Match, &[Flag::Rounded]),
        ("43", "43,548 fighters surrendered to the government", Mismatch, &[Flag::Number]),
        ("about 100", "around 100 fighters surrendered to the government", Match, &[]),
        ("1,500 to 2,200", "between 1,500 and 2,200 fighters surrendered to the government", Match, &[]),
        ("1,500", "1,500 to 2,200 fighters surrendered to the government", Match, &[Flag::HedgeDropped]),
        ("1,800", "1,500 to 2,200 fighters surrendered to the government", Mismatch, &[Flag::Number]),
        ("two", "2 fighters surrendered to the government", Match, &[]),
        ("a third", "33 percent of fighters surrendered to the government", Match, &[Flag::Rounded]),
        ("a third", "25 percent of fighters surrendered to the government", Mismatch, &[Flag::Number]),
        ("one in five", "20 percent of fighters surrendered to the government", Match, &[]),
    ];
    for (figure, source, verdict, flags) in rows {
        let of = if figure.contains("third") { " of" } else { "" };
        let statement = format!("{figure}{of} fighters surrendered to the government");
        let found = look(source, figure, &statement);
        assert_eq!((found.verdict, found.flags.as_slice()), (*verdict, *flags), "{figure} / {source}: {found:?}");
    }
}

#[test]
fn units_and_scales_are_not_folded() {
    use CheckVerdict::{Match, Mismatch};
    let rows: &[Row] = &[
        ("$100m", "the fund received $100 million from donors", Match, &[]),
        ("$100 million", "the fund received $100 billion from donors", Mismatch, &[Flag::Scale]),
        ("$100 million", "the fund received €100 million from donors", Mismatch, &[Flag::Unit]),
        ("exceeding $100 million", "the fund received more than $100 million from donors", Match, &[]),
        ("5 percent", "the fund received 5 percentage points from donors", Mismatch, &[Flag::Unit]),
        ("-0.42", "the fund received 0.42 from donors", Mismatch, &[Flag::Sign]),
        ("3 miles", "the fund received 4.8 km from donors", Match, &[Flag::Converted]),
        ("3 crore", "the fund received 30 million from donors", Match, &[]),
    ];
    for (figure, source, verdict, flags) in rows {
        let statement = format!("the fund received {figure} from donors");
        let found = look(source, figure, &statement);
        assert_eq!((found.verdict, found.flags.as_slice()), (*verdict, *flags), "{figure} / {source}: {found:?}");
    }
}

#[test]
fn dates_are_read_in_every_form() {
    for written in
        ["March 12, 2024", "12 March 2024", "2024-03-12", "12.03.2024", "Mar 12, 2024", "12 de marzo de 2024"]
    {
        let found = look(
            &format!("The ferry sank on {written} off the coast."),
            "12 March 2024",
            "The ferry sank on 12 March 2024 off the coast.",
        );
        assert_eq!(found.verdict, CheckVerdict::Match, "{written}");
        let found = look(
            &format!("The ferry sank on {written} off the coast."),
            "13 March 2024",
            "The ferry sank on 13 March 2024 off the coast.",
        );
        assert_eq!((found.verdict, found.flags.as_slice()), (CheckVerdict::Mismatch, &[Flag::Date][..]), "{written}");
    }
}

#[test]
fn a_value_beside_something_else_is_no_match() {
    let page = "The registers list page 27 of 30. In the harbour the toll was 12 people killed.";
    assert_eq!(look(page, "27", "The toll in the harbour was 27 people killed").verdict, CheckVerdict::Mismatch);
    assert_eq!(look(page, "12", "The toll in the harbour was 12 people killed").verdict, CheckVerdict::Match);
    let found = look("The museum opens at nine.", "12", "The toll in the harbour was 12 people killed");
    assert_eq!(found.verdict, CheckVerdict::Absent);
}

#[test]
fn statements_give_their_figures_with_their_bounds() {
    assert_eq!(
        written(
            "Since January 2017 it carried out nearly 100 attacks and raised over $100 million from 1,500 to 2,200 donors.",
            Some("en")
        ),
        ["January 2017", "nearly 100", "over $100 million", "1,500 to 2,200"]
    );
}

#[test]
fn a_statement_states_no_names_and_no_bare_one() {
    for (statement, wanted) in [
        ("One boat sank and two were lost.", &["two"][..]),
        ("1 boat sank.", &["1"]),
        ("Zero boats and zero million sank.", &["zero million"]),
        ("One percent of the boats and half a million sank.", &["One percent", "half a million"]),
        ("A million boats sank.", &["A million"]),
        ("The first boat and the second boat sank.", &[]),
        ("Section 230 and Boeing 737 were named on 12 March.", &["12 March"]),
        ("It ended 3:1 at 22:30 after dozens of fouls.", &["3:1", "22:30", "dozens"]),
        ("50 or more boats and up to 20 cars were lost.", &["50 or more", "up to 20"]),
    ] {
        assert_eq!(written(statement, Some("en")), wanted, "{statement}");
    }
}

#[test]
fn what_follows_from_figures_of_one_sentence_is_a_hint() {
    let differ = |a: &str, b: &str| format!("{a} and {b} differ by as much");
    let together = |a: &str, b: &str| format!("{a} and {b} together are as much");
    let two = "The fire at the mill killed 12 men and 30 women.";
    let three = "The fire at the mill killed 12 men, 30 women and 7 children.";
    for (figure, page, wanted) in [
        ("42", two, together("12", "30")),
        ("18", two, differ("12", "30")),
        ("18", "The fire at the mill killed 30 women and 12 men.", differ("30", "12")),
        ("43", two, String::new()),
        ("49", three, "the 3 figures of one sentence add up to it".to_owned()),
        ("19", three, together("12", "7")),
        ("23", three, differ("30", "7")),
        ("50", three, String::new()),
        // Another unit is another thing.
        ("42", "The fire at the mill killed 12 men and 30 percent of the women.", String::new()),
        ("42", "The fire at the mill killed 12 percent of the men and 30 percent of the women.", String::new()),
        ("49", "The fire at the mill killed 12 men, 30 women and 7 percent of the children.", String::new()),
        // So is what stands in another sentence, and a rank is no amount.
        ("42", "The fire at the mill killed 12 men. The fire at the mill killed 30 women.", String::new()),
        ("42", "The 12th fire at the mill killed 30 women.", String::new()),
    ] {
        let statement = format!("The fire at the mill killed {figure} people.");
        let found = look(page, figure, &statement);
        let detail = found.detail.unwrap_or_default();
        let given = ["together", "differ by", "add up"].iter().any(|word| detail.contains(word));
        assert_eq!(given, !wanted.is_empty(), "{figure} / {page}: {detail}");
        assert!(detail.contains(&wanted), "{figure} / {page}: {detail}");
    }
}

#[test]
fn a_number_that_is_a_block_of_its_own_is_read_at_once() {
    let blocks = [
        "Boats",
        "12",
        "345",
        "12345",
        "1234567",
        "7 boats",
        "Boats. 8",
        "2019",
        "012",
        "0",
        "1,234",
        "123456",
        "12345678",
        "ten",
        "40",
        "Ferries<br>52<br>boats",
    ];
    let page: String = blocks.iter().map(|block| format!("<p>{block}</p>")).collect();
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    let document = extract(&input, &Limits::default()).document.expect("has text");
    let index = Index::new(&document);
    let lexemes = super::lexeme::of_tokens(&index, 0..index.tokens().len());
    let run = super::read::run_of(&lexemes, super::separators::Separators::Point, "en", None);
    let figures = (0..lexemes.len()).filter_map(|at| super::read::lone(&run, at));
    assert_eq!(
        figures.map(|figure| spelled(&document.text, &figure)).collect::<Vec<_>>(),
        ["[12] 12", "[345] 345", "[12345] 12345 grouped", "[1234567] 1234567 grouped", "[0] 0", "[40] 40"]
    );
}

#[test]
fn a_cell_of_a_great_table_is_found_by_its_row_and_its_column() {
    let name = |number: usize| {
        let part = |parts: &[&'static str], number: usize| parts[number % parts.len()];
        let first = part(&["Al", "Bo", "Cu", "De", "Fi", "Go", "Ha", "Is", "Jo", "Ku"], number);
        let middle = part(&["den", "rav", "mest", "tol", "wick", "sund", "berg", "nor", "fal", "hem"], number / 10);
        let last =
            part(&["by", "ham", "leigh", "stad", "mouth", "ford", "dale", "ness", "vik", "ton", "ey"], number / 100);
        format!("{first}{middle}{last}")
    };
    let row = |number: usize| {
        let (boats, thousands, crew) = (4000 + number, 101 + number % 800, 30_000 + 7 * number);
        format!("<tr><th>{}</th><td>{boats}</td><td>{thousands}</td><td>{crew}</td></tr>", name(number))
    };
    let rows: String = (0..1010).map(row).collect();
    let page = format!(
        "<html lang=\"en\"><body><article><p>The harbour of Morve has 77 boats.</p><table><tr><th>Town</th><th>Boats</th>\
         <th>Passengers (thousands)</th><th>Crew</th></tr>{rows}</table></article></body></html>"
    );
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    let document = extract(&input, &Limits::default()).document.expect("has text");
    let prepared = Prepared::new(&document);
    let find = |figure: String, statement: String| {
        let claim = Claim { language: Some("en".to_owned()), ..Claim::of(&*statement, CheckKind::Figure(figure)) };
        let found = find_check(&claim.checks[0], &Asked::new(&claim, &[], None), &prepared);
        (found.verdict == CheckVerdict::Match, statement)
    };
    for number in [3, 555, 1008] {
        let (town, boats, thousands) = (name(number), 4000 + number, 101 + number % 800);
        for (figure, of, wanted) in [
            (format!("{boats}"), "boats", true),
            (format!("{}", boats + 1), "boats", false),
            (format!("{thousands},000"), "passengers", true),
            (format!("{thousands}"), "passengers", false),
        ] {
            let (is_match, statement) = find(figure.clone(), format!("{town} has {figure} {of}."));
            assert_eq!(is_match, wanted, "{statement}");
        }
    }
    for (figure, wanted) in [("77", true), ("78", false)] {
        let (is_match, statement) = find(figure.to_owned(), format!("The harbour of Morve has {figure} boats."));
        assert_eq!(is_match, wanted, "{statement}");
    }
}

/// An amount as the tables write it.
fn amount_spelled(amount: &Amount) -> String {
    let unit = match &amount.unit {
        Unit::Count => String::new(),
        Unit::Percent => "%".to_owned(),
        Unit::PercentagePoints => "pp".to_owned(),
        Unit::Money(code) => format!(" {code}"),
        Unit::Measure(symbol) => format!(" {symbol}"),
        Unit::Year => " year".to_owned(),
    };
    let mut written = format!("{}{unit}", amount.value);
    for (holds, mark) in [
        (amount.scale > 0, format!(" e{}", amount.scale)),
        (amount.step != 1.into(), format!(" ±{}", amount.step)),
        (amount.digits * super::written::power(amount.scale) != amount.value, format!(" digits {}", amount.digits)),
        (amount.ordinal, " ordinal".to_owned()),
        (amount.in_words, " words".to_owned()),
        (amount.grouped, " grouped".to_owned()),
    ] {
        if holds {
            written.push_str(&mark);
        }
    }
    written
}

/// What a figure states, as the tables write it.
pub(super) fn quantity_spelled(quantity: &Quantity) -> String {
    let amount = amount_spelled;
    let date = |date: &DateParts| {
        let part = |part: Option<i16>| part.map_or_else(|| "?".to_owned(), |part| part.to_string());
        format!("{}-{}-{}", part(date.year), part(date.month.map(i16::from)), part(date.day.map(i16::from)))
    };
    match quantity {
        Quantity::Number(one) => amount(one),
        Quantity::Range(low, high) => format!("{} .. {}", amount(low), amount(high)),
        Quantity::Date(one) => date(one),
        Quantity::Days(first, last) => format!("{} .. {}", date(first), date(last)),
        Quantity::Moved(first, last) => format!("{} > {}", date(first), date(last)),
        Quantity::Time(time) => {
            format!("{:02}:{:02}{}", time.minutes / 60, time.minutes % 60, if time.certain { "" } else { "?" })
        }
        Quantity::Score(ours, theirs) => format!("score {ours}:{theirs}"),
        Quantity::Vague(low, high) => format!("vague {}-{}", low.value, high.value),
        Quantity::Name(head, number) => format!("name {head} {number}"),
    }
}

/// A figure as the table of readings writes it.
fn spelled(text: &str, figure: &Figure) -> String {
    let quantity = quantity_spelled(&figure.quantity);
    let mut spelled = format!("[{}] {quantity}", &text[figure.range.start as usize..figure.range.end as usize]);
    for (holds, mark) in [
        (figure.bound != Bound::Exact, format!(" {:?}", figure.bound)),
        (
            figure.bound_at.is_some(),
            figure.bound_at.map_or_else(String::new, |at| format!(" ({})", &text[at.start as usize..at.end as usize])),
        ),
        (figure.former, " former".to_owned()),
        (figure.loose_year, " loose".to_owned()),
    ] {
        if holds {
            spelled.push_str(&mark);
        }
    }
    spelled
}

/// Follows a table of `fixtures/figures` that has so many rows at least: their columns, and what `read` is meant to give for
/// them. Lines with fewer columns are remarks. With `WRITE_EVIDENCE` the table is written anew.
pub(super) fn follow<const COLUMNS: usize>(name: &str, least: usize, read: impl Fn([&str; COLUMNS]) -> String) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/figures").join(name);
    let table = std::fs::read_to_string(&path).expect("the table");
    let (mut wrong, mut rows, mut anew) = (Vec::new(), 0, String::new());
    for line in table.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let Some((columns, wanted)) = cells.split_first_chunk::<COLUMNS>() else {
            anew.push_str(&format!("{line}\n"));
            continue;
        };
        let given = read(*columns);
        if wanted != [given.as_str()] {
            let row = columns.join(" / ");
            wrong.push(format!("{row}\n    given  {given}\n    wanted {}", wanted.join(" ")));
        }
        anew.push_str(&format!("{}\t{given}\n", columns.join("\t")));
        rows += 1;
    }
    if std::env::var_os("WRITE_EVIDENCE").is_some() {
        std::fs::write(path, anew).expect("written");
        return;
    }
    assert!(rows >= least && wrong.is_empty(), "{rows} rows\n{}", wrong.join("\n"));
}

#[test]
fn every_figure_is_read_as_the_table_says() {
    follow("readings.tsv", 301, |[language, text]| {
        // What is written on a day reads `yesterday` as a date.
        let (language, day) = match language.strip_suffix('+') {
            Some(language) => (language, Some("2024-03-15".parse().expect("a day"))),
            None => (language, None),
        };
        let language = super::run::two_letters(Some(language));
        let lexemes = super::lexeme::of_text(text);
        let usual = super::separators::Separators::of_language(language);
        let found = super::read::read_run(&super::read::run_of(&lexemes, usual, language, day));
        let given = found.iter().map(|figure| spelled(text, figure)).collect::<Vec<_>>().join(" | ");
        if given.is_empty() { "-".to_owned() } else { given }
    });
}

#[test]
fn two_figures_stand_to_each_other_as_the_table_says() {
    follow("compared.tsv", 200, |[language, ours, theirs]| {
        let one = |text: &str| super::read::read(text, Some(language)).into_iter().next();
        let (Some(own), Some(other)) = (one(ours), one(theirs)) else {
            panic!("no figure: {language} {ours} / {theirs}");
        };
        let words = |flags: Vec<Flag>| flags.iter().map(|flag| format!(" {}", flag.word())).collect::<String>();
        match compare(&own, &other, &crate::model::figure::Bands::default()) {
            Relation::Carried(flags) => format!("carried{}", words(flags)),
            Relation::Differs(flags) => format!("differs{}", words(flags)),
            Relation::Unlike => "unlike".to_owned(),
        }
    });
}
