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
