//! JSON and CSV: values → blocks. A short value stands behind its name, a long text under the names around it; what an object
//! holds is one record.

use hashbrown::HashMap;
use serde_json::Value;

use super::Whole;
use super::charset::Decoded;
use super::grid::{Grid, GridCell};
use super::html;
use super::text::TextBuilder;
use crate::model::{Document, Failure, Heads, Obstacle, Reason, Within, Zone};

/// Values that are read of one document.
const MAX_VALUES: usize = 2_000_000;
/// Names around a value that are kept.
const MAX_NAMES: usize = 6;

/// Reads JSON, or one JSON value per line.
///
/// # Errors
///
/// `damaged`, where it is not JSON or nests too deeply.
pub(super) fn json(decoded: Decoded) -> Result<Whole, Failure> {
    let source = decoded.text.trim_start_matches('\u{feff}').trim();
    let values: Vec<Value> = match serde_json::from_str(source) {
        Ok(value) => vec![value],
        Err(error) => {
            let lines: Result<Vec<Value>, _> =
                source.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect();
            lines
                .ok()
                .filter(|lines| lines.len() > 1)
                .ok_or_else(|| Failure::new(Reason::Damaged, format!("the JSON cannot be read: {error}")))?
        }
    };
    let mut writer =
        Writer { builder: TextBuilder::default(), left: MAX_VALUES, names: Vec::new(), tables: Tables::default() };
    // serde_json bounds the depth of what it parses (128), so this recursion is bounded as well.
    for value in &values {
        writer.write(value, true);
    }
    let Writer { builder, left, .. } = writer;
    if left == 0 {
        return Err(too_large());
    }
    let title = values.iter().find_map(|value| {
        ["title", "headline", "name"].iter().find_map(|key| value.get(key)).and_then(Value::as_str).map(str::to_owned)
    });
    let mut document = builder.finish(decoded.charset, decoded.replacements);
    document.title = title;
    Ok(Whole { document, unread: error_answer(&values, source.len()) })
}

/// Bytes of an answer that may be an error alone.
const ERROR_ANSWER: usize = 4_000;

/// Why data is no data but the answer of a server that failed: an object that speaks of its error and of nothing else.
fn error_answer(values: &[Value], bytes: usize) -> Option<Obstacle> {
    const ABOUT: [&str; 18] = [
        "error",
        "errors",
        "message",
        "messages",
        "code",
        "status",
        "statuscode",
        "status_code",
        "detail",
        "details",
        "title",
        "type",
        "timestamp",
        "path",
        "ok",
        "success",
        "request_id",
        "error_description",
    ];
    let [Value::Object(map)] = values else { return None };
    let has = |name: &str| map.keys().any(|key| key.eq_ignore_ascii_case(name));
    let numbered = has("code") || has("status") || has("statuscode") || has("status_code");
    let failed = has("error") || has("errors") || has("message") && numbered;
    if bytes > ERROR_ANSWER || !failed || !map.keys().all(|key| ABOUT.contains(&key.to_ascii_lowercase().as_str())) {
        return None;
    }
    let mut stack: Vec<&Value> = map.values().collect();
    let mut status = None;
    while let Some(value) = stack.pop() {
        match value {
            Value::Number(number) => status = status.or(number.as_u64().filter(|code| (400..600).contains(code))),
            Value::String(text) => {
                status = status.or(text.trim().parse().ok().filter(|code| (400..600).contains(code)));
            }
            Value::Array(values) => stack.extend(values),
            Value::Object(map) => stack.extend(map.values()),
            _ => {}
        }
    }
    let reason = match status {
        Some(401 | 407) => Reason::Login,
        Some(402) => Reason::Paywall,
        Some(403 | 429 | 451) => Reason::Blocked,
        Some(404) => Reason::Soft404,
        Some(410) => Reason::Gone,
        _ => Reason::HttpError,
    };
    Some(Obstacle { reason, detail: "the answer is a server's notice of an error, and no data".to_owned() })
}

/// What writes the values of data.
struct Writer {
    builder: TextBuilder,
    /// Values that may still be read.
    left: usize,
    /// The names around a value.
    names: Vec<String>,
    tables: Tables,
}

/// The tables that records of one kind are rows of, by the names around them, and their columns by name.
#[derive(Default)]
struct Tables {
    numbers: HashMap<String, u32>,
    columns: HashMap<String, u16>,
    /// The table of the record that is being written; 0 outside of records.
    current: u32,
    /// The row of that record.
    row: u32,
    rows: u32,
}

impl Writer {
    /// Writes a value. `apart`: nothing says that it belongs to the record around it.
    fn write(&mut self, value: &Value, apart: bool) {
        let Some(fewer) = self.left.checked_sub(1) else { return };
        self.left = fewer;
        match value {
            Value::Object(map) => {
                let holds = map.values().any(|value| !matches!(value, Value::Object(_) | Value::Array(_)));
                let around = (self.tables.current, self.tables.row);
                if apart && holds {
                    self.begin_record();
                }
                for (name, value) in map {
                    let name = spoken(name);
                    // A name that is itself what data is about is a heading.
                    if tells(&name) && matches!(value, Value::Object(_) | Value::Array(_)) {
                        self.begin_value();
                        self.builder.push(&name, Zone::Subheading);
                    }
                    self.names.push(name);
                    self.write(value, !holds);
                    self.names.pop();
                }
                (self.tables.current, self.tables.row) = around;
            }
            Value::Array(values) => {
                for value in values {
                    self.write(value, true);
                }
            }
            Value::String(text) if text.contains('<') && text.contains('>') => {
                let from = self.builder.len();
                self.begin_value();
                self.builder.append(&html::fragment(text), |block| block.zone);
                let heads = self.heads();
                for block in self.builder.blocks_from(from) {
                    block.heads.clone_from(&heads);
                }
            }
            Value::String(text) if text.split_whitespace().nth(5).is_some() => {
                self.begin_value();
                let heads = self.heads();
                if let Some(block) = self.builder.push_lines(text, Zone::Paragraph) {
                    block.heads = heads;
                }
            }
            Value::String(text) => self.named(text),
            Value::Number(number) => self.named(&number.to_string()),
            Value::Bool(_) | Value::Null => {}
        }
    }

    /// Each value is an entry of its own.
    fn begin_value(&mut self) {
        self.builder.begin_entry();
    }

    /// A record begins: a row of the table that others with these names around them are rows of.
    fn begin_record(&mut self) {
        let path = self.names.join("\n");
        let builder = &mut self.builder;
        self.tables.current = *self.tables.numbers.entry(path).or_insert_with(|| builder.begin_table());
        self.tables.rows += 1;
        self.tables.row = self.tables.rows;
    }

    /// A short value stands with its name, which is the only word that says what it is.
    fn named(&mut self, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let name = self.names.last().cloned().unwrap_or_default();
        let written = if name.is_empty() { value.to_owned() } else { format!("{name}: {value}") };
        let heads = self.keyed().unwrap_or_default();
        self.begin_value();
        let next = u16::try_from(self.tables.columns.len()).unwrap_or(Within::SECTION - 1).min(Within::SECTION - 1);
        let column = *self.tables.columns.entry(name).or_insert(next);
        let (table, row) = (self.tables.current, self.tables.row);
        if let Some(block) = self.builder.push(&written, Zone::ListItem) {
            if table > 0 {
                block.within = Within { row, table, column, ..block.within };
            }
            block.heads = heads;
        }
    }

    /// The names around a value, where they are themselves what data is about: `{"Ulvholm": {"2021": {"fires": 12}}}`.
    fn keyed(&self) -> Option<Heads> {
        let (_, around) = self.names.split_last()?;
        around.iter().any(|name| tells(name)).then(|| self.heads())
    }

    fn heads(&self) -> Heads {
        self.names[self.names.len().saturating_sub(MAX_NAMES)..].iter().cloned().collect()
    }
}

/// Whether a name is what data is about, and not what its maker calls it.
fn tells(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_digit() || c.is_uppercase() || !c.is_ascii())
}

/// A name as people would say it: `peopleKilled` and `people_killed` are two words.
fn spoken(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut lower = false;
    for c in name.chars() {
        if c == '_' || c == '-' {
            out.push(' ');
        } else {
            if c.is_uppercase() && lower {
                out.push(' ');
                out.extend(c.to_lowercase());
            } else {
                out.push(c);
            }
        }
        lower = c.is_lowercase();
    }
    out
}

fn too_large() -> Failure {
    Failure::new(Reason::TooLarge, format!("the source holds more than {MAX_VALUES} values"))
}

/// Lines that tell what separates the values of a table.
const SAMPLE: usize = 30;

/// The separator of a table: the one announced, unless its lines have more of another one.
fn separator_of(text: &str, announced: u8) -> u8 {
    if let Some(said) = text.lines().next().and_then(|line| line.trim().strip_prefix("sep="))
        && let [said @ (b',' | b';' | b'\t' | b'|')] = said.as_bytes()
    {
        return *said;
    }
    if announced != b',' {
        return announced;
    }
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
    // As many as most lines have: a title above the table has none of them.
    let count = |separator: u8| {
        let mut counts: Vec<usize> =
            lines.iter().map(|line| memchr::memchr_iter(separator, line.as_bytes()).count()).collect();
        counts.sort_unstable();
        counts.get(counts.len() / 2).copied().unwrap_or(0)
    };
    let own = count(b',');
    match [b';', b'\t', b'|'].into_iter().map(|other| (count(other), other)).max_by_key(|(count, _)| *count) {
        Some((most, other)) if most > own => other,
        _ => announced,
    }
}

/// Reads a table of separated values. A separator that nothing stands around is another one.
///
/// # Errors
///
/// `too-large`, where it holds too many cells.
pub(super) fn csv(decoded: Decoded, separator: u8) -> Result<Document, Failure> {
    let source = decoded.text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator_of(source, separator))
        .from_reader(source.as_bytes());
    let mut builder = TextBuilder::default();
    let mut grid = Grid::default();
    let mut left: usize = MAX_VALUES;
    for record in reader.records().flatten() {
        left = usize::checked_sub(left, record.len()).ok_or_else(too_large)?;
        let cells = record.iter().enumerate();
        let cells = cells.map(|(column, text)| GridCell { column, text: text.to_owned(), zone: Zone::TableCell });
        grid.row(cells.collect(), &mut builder);
    }
    grid.finish(&mut builder);
    Ok(builder.finish(decoded.charset, decoded.replacements))
}
