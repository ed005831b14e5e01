//! XLSX: a spreadsheet → its cells, each under the heads of its row and column. Sheets, rows and columns that the
//! spreadsheet hides are [`Zone::Hidden`].

mod hidden;

use super::Limits;
use super::Whole;
use super::grid::{Grid, GridCell};
use super::raised::{self, Raised};
use super::text::TextBuilder;
use super::xml::{Step, walk};
use super::zip::Container;
use crate::model::{Failure, Obstacle, Reason, Zone};

/// Cells that are read of one spreadsheet.
const MAX_CELLS: usize = 1_000_000;

/// How the number of a cell is shown.
#[derive(Clone, PartialEq, Eq)]
enum Format {
    Plain,
    Percent,
    Date,
    /// With a sign of money before or behind it.
    Before(String),
    Behind(String),
}

/// Reads a spreadsheet.
///
/// # Errors
///
/// `damaged`, `encrypted`, `too-large`.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Whole, Failure> {
    let mut container = Container::open(bytes, limits)?;
    let names = container.names();
    let shared = match container.text("xl/sharedStrings.xml")? {
        Some(source) => strings(&source)?,
        None => Vec::new(),
    };
    let formats = match container.text("xl/styles.xml")? {
        Some(source) => formats(&source)?,
        None => Vec::new(),
    };
    let mut sheets: Vec<&String> =
        names.iter().filter(|name| name.starts_with("xl/worksheets/sheet") && name.ends_with(".xml")).collect();
    if sheets.is_empty() {
        return Err(Failure::new(Reason::Damaged, "the spreadsheet has no sheets"));
    }
    sheets.sort_by_key(|name| (name.len(), *name));
    let about = hidden::sheets(&mut container)?;
    let many = sheets.len() > 1;
    let mut builder = TextBuilder::default();
    let mut cells = 0;
    let mut unread = None;
    for sheet in sheets {
        if let Some(source) = container.text(sheet)? {
            let first = builder.len();
            builder.begin_entry();
            // Of several sheets each is about what its name says.
            if let Some(name) = about.names.get(sheet).filter(|_| many) {
                builder.push(name, Zone::Subheading);
            }
            unread = unread.or(read_sheet(&source, &shared, &formats, &mut builder, &mut cells)?);
            if about.hidden.contains(sheet) {
                builder.blocks_from(first).iter_mut().for_each(|block| block.zone = Zone::Hidden);
            }
        }
    }
    if cells >= MAX_CELLS {
        return Err(Failure::new(Reason::TooLarge, format!("the spreadsheet holds more than {MAX_CELLS} cells")));
    }
    let unread = unread.map(|unread: Obstacle| Obstacle { reason: Reason::Damaged, ..unread });
    Ok(Whole { document: builder.finish("UTF-8", 0), unread })
}

/// The texts that cells share, by their number.
fn strings(source: &str) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    let (mut text, mut reading, mut phonetic, mut raised) = (String::new(), false, false, false);
    walk(source, |step| match step {
        Step::Open(tag) => match tag.name() {
            "si" => text.clear(),
            "r" => raised = false,
            "vertAlign" => raised = tag.attr("val").is_some_and(|value| value == "superscript"),
            "rPh" => phonetic = true,
            "t" => reading = !phonetic,
            _ => {}
        },
        Step::Text(more) if reading && raised => match raised::judge(&text, &more, None, true) {
            Raised::Note => {}
            Raised::Joined => text.push_str(&more),
            Raised::Power(power) => text.push_str(&power),
        },
        Step::Text(more) if reading => text.push_str(&more),
        Step::Text(_) => {}
        Step::Close(name) => match name {
            "t" => reading = false,
            "rPh" => phonetic = false,
            "r" => raised = false,
            "si" => found.push(std::mem::take(&mut text)),
            _ => {}
        },
    })?;
    Ok(found)
}

/// How each style of a cell shows a number.
fn formats(source: &str) -> Result<Vec<Format>, Failure> {
    let mut own: Vec<(u32, Format)> = Vec::new();
    let mut found = Vec::new();
    let mut cells = false;
    walk(source, |step| match step {
        Step::Open(tag) => match tag.name() {
            "numFmt" => {
                if let (Some(id), Some(code)) =
                    (tag.attr("numFmtId").and_then(|id| id.parse().ok()), tag.attr("formatCode"))
                {
                    own.push((id, of_code(&code)));
                }
            }
            "cellXfs" => cells = true,
            "xf" if cells => {
                let id: u32 = tag.attr("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                found.push(match id {
                    9 | 10 => Format::Percent,
                    14..=17 | 22 => Format::Date,
                    _ => {
                        own.iter().find(|(number, _)| *number == id).map_or(Format::Plain, |(_, format)| format.clone())
                    }
                });
            }
            _ => {}
        },
        Step::Close("cellXfs") => cells = false,
        _ => {}
    })?;
    Ok(found)
}

/// Signs and codes of money that formats write with a number.
const MONEY: [&str; 12] = ["€", "$", "£", "¥", "₹", "zł", "₽", "kr", "CHF", "EUR", "USD", "GBP"];

/// How a code shows a number. Of several parts the first is that of positive numbers.
fn of_code(code: &str) -> Format {
    let code = code.split(';').next().unwrap_or(code);
    let (mut quoted, mut bracketed) = (false, false);
    let mut bare = String::new();
    // What is written as it stands, and where the digits are.
    let (mut before, mut behind, mut digits) = (String::new(), String::new(), false);
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        let said = match c {
            '"' => {
                quoted = !quoted;
                continue;
            }
            '[' if !quoted => {
                bracketed = true;
                continue;
            }
            ']' if bracketed => {
                bracketed = false;
                continue;
            }
            '\\' if !quoted => chars.next().unwrap_or_default(),
            // The width of a character, and what fills a cell.
            '_' | '*' if !quoted && !bracketed => {
                chars.next();
                continue;
            }
            c if quoted || bracketed => c,
            c => {
                bare.push(c.to_ascii_lowercase());
                digits |= matches!(c, '0' | '#' | '?');
                c
            }
        };
        if digits { &mut behind } else { &mut before }.push(said);
    }
    // `[$€-407]` names a language behind the sign.
    let money = |text: &str| {
        MONEY.into_iter().find(|sign| {
            text.split(['-', ' ', '\u{a0}']).any(|part| part.trim_start_matches('$') == *sign || part == *sign)
        })
    };
    if bare.contains('%') {
        Format::Percent
    } else if bare.contains('y') || bare.contains('d') && bare.contains('m') {
        Format::Date
    } else if let Some(sign) = money(&before) {
        Format::Before(sign.to_owned())
    } else if let Some(sign) = money(behind.trim_start_matches(['0', '#', '?', ',', '.'])) {
        Format::Behind(sign.to_owned())
    } else {
        Format::Plain
    }
}

fn read_sheet(
    source: &str,
    shared: &[String],
    formats: &[Format],
    builder: &mut TextBuilder,
    cells: &mut usize,
) -> Result<Option<Obstacle>, Failure> {
    let mut grid = Grid::default();
    let mut row: Vec<GridCell> = Vec::new();
    let (mut kind, mut style, mut value, mut reading, mut column) = (String::new(), 0, String::new(), false, 0);
    let (mut columns, mut row_hidden) = (hidden::Columns::default(), false);
    let unread = walk(source, |step| match step {
        Step::Open(tag) => match tag.name() {
            "col" => columns.take(&tag),
            "row" => {
                column = 0;
                row_hidden = hidden::is_hidden(&tag);
            }
            "c" => {
                kind = tag.attr("t").unwrap_or_default();
                style = tag.attr("s").and_then(|style| style.parse().ok()).unwrap_or(0);
                value.clear();
                // Empty cells are left out of the file: the next ones keep their columns.
                column = tag.attr("r").and_then(|place| of_place(&place)).unwrap_or(column).max(column);
            }
            "v" | "t" => reading = true,
            _ => {}
        },
        Step::Text(more) if reading => value.push_str(&more),
        Step::Text(_) => {}
        Step::Close(name) => match name {
            "v" | "t" => reading = false,
            "c" if *cells < MAX_CELLS => {
                *cells += 1;
                let unseen = row_hidden || columns.hide(column);
                let zone = if unseen { Zone::Hidden } else { Zone::TableCell };
                let format = formats.get(style).unwrap_or(&Format::Plain);
                row.push(GridCell { column, text: shown(&kind, &value, shared, format), zone });
                column += 1;
            }
            "row" => grid.row(std::mem::take(&mut row), builder),
            _ => {}
        },
    })?;
    grid.finish(builder);
    Ok(unread)
}

/// The column of a place such as `AB12`, from 0.
fn of_place(place: &str) -> Option<usize> {
    let mut column = 0_usize;
    for letter in place.bytes().take_while(u8::is_ascii_alphabetic).take(3) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    column.checked_sub(1)
}

fn shown(kind: &str, value: &str, shared: &[String], format: &Format) -> String {
    match kind {
        "s" => value.trim().parse().ok().and_then(|at: usize| shared.get(at)).cloned().unwrap_or_default(),
        "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        "" | "n" => number(value.trim(), format),
        _ => value.to_owned(),
    }
}

fn plain(decimal: rust_decimal::Decimal) -> String {
    decimal.round_sf(15).unwrap_or(decimal).normalize().to_string()
}

/// A number as a reader of the spreadsheet sees it, as far as its format is known.
fn number(value: &str, format: &Format) -> String {
    use rust_decimal::Decimal;
    let decimal = value.parse::<Decimal>().or_else(|_| Decimal::from_scientific(value));
    let Ok(decimal) = decimal else { return value.to_owned() };
    match format {
        // What binary numbers leave behind the fifteenth digit is not the sheet's.
        Format::Plain => plain(decimal),
        Format::Before(sign) if sign.len() > 2 && sign.is_ascii() => format!("{sign} {}", plain(decimal)),
        Format::Before(sign) if decimal.is_sign_negative() => format!("-{sign}{}", plain(decimal.abs())),
        Format::Before(sign) => format!("{sign}{}", plain(decimal)),
        Format::Behind(sign) => format!("{} {sign}", plain(decimal)),
        Format::Percent => match decimal.checked_mul(Decimal::ONE_HUNDRED).and_then(|percent| percent.round_sf(12)) {
            Some(percent) => format!("{}%", percent.normalize()),
            None => value.to_owned(),
        },
        Format::Date => {
            // Days since the end of 1899, as spreadsheets count them.
            let days = i64::try_from(decimal.trunc().mantissa()).ok().filter(|days| (61..=2_958_465).contains(days));
            let epoch = jiff::civil::date(1899, 12, 30);
            days.and_then(|days| epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok())
                .map_or_else(|| value.to_owned(), |date| date.to_string())
        }
    }
}
