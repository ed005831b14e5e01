//! JSON and CSV: values → blocks. A short value stands behind its name, a long text under the names around it.

use serde_json::Value;

use super::Whole;
use super::charset::Decoded;
use super::html;
use super::table::Table;
use super::text::TextBuilder;
use crate::model::{Document, Failure, Obstacle, Reason, Zone};

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
    let mut builder = TextBuilder::default();
    let mut left = MAX_VALUES;
    // serde_json bounds the depth of what it parses (128), so this recursion is bounded as well.
    for value in &values {
        write(value, &mut Vec::new(), &mut builder, &mut left);
    }
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

fn write(value: &Value, names: &mut Vec<String>, builder: &mut TextBuilder, left: &mut usize) {
    let Some(fewer) = left.checked_sub(1) else { return };
    *left = fewer;
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                names.push(spoken(name));
                write(value, names, builder, left);
                names.pop();
            }
        }
        Value::Array(values) => {
            for value in values {
                write(value, names, builder, left);
            }
        }
        Value::String(text) if text.contains('<') && text.contains('>') => {
            let from = builder.len();
            builder.begin_entry();
            builder.append(&html::fragment(text), |block| block.zone);
            for block in builder.blocks_from(from) {
                block.heads = heads(names);
            }
        }
        Value::String(text) if text.split_whitespace().nth(5).is_some() => {
            builder.begin_entry();
            if let Some(block) = builder.push_lines(text, Zone::Paragraph) {
                block.heads = heads(names);
            }
        }
        Value::String(text) => named(text, names, builder),
        Value::Number(number) => named(&number.to_string(), names, builder),
        Value::Bool(_) | Value::Null => {}
    }
}

/// A short value stands with its name, which is the only word that says what it is.
fn named(value: &str, names: &[String], builder: &mut TextBuilder) {
    if value.trim().is_empty() {
        return;
    }
    let name = names.last().map(|name| format!("{name}: ")).unwrap_or_default();
    builder.begin_entry();
    builder.push(&format!("{name}{value}"), Zone::ListItem);
}

fn heads(names: &[String]) -> Vec<String> {
    names[names.len().saturating_sub(MAX_NAMES)..].to_vec()
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

/// Reads a table of separated values. A separator that nothing stands around is another one.
///
/// # Errors
///
/// `too-large`, where it holds too many cells.
pub(super) fn csv(decoded: Decoded, separator: u8) -> Result<Document, Failure> {
    let head = decoded.text.lines().next().unwrap_or_default();
    let count = |separator: u8| memchr::memchr_iter(separator, head.as_bytes()).count();
    let separator = match separator {
        b',' if count(b',') < count(b';') => b';',
        b',' if count(b',') < count(b'\t') => b'\t',
        other => other,
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(decoded.text.trim_start_matches('\u{feff}').as_bytes());
    let mut builder = TextBuilder::default();
    let mut table = Table::default();
    let mut left: usize = MAX_VALUES;
    for record in reader.records().flatten() {
        table.next_row();
        builder.begin_row();
        for field in &record {
            left = usize::checked_sub(left, 1).ok_or_else(too_large)?;
            table.open_cell(builder.len());
            builder.begin_unit();
            builder.push(field, Zone::TableCell);
            let (text, blocks) = builder.parts();
            table.close_cell(text, blocks);
        }
    }
    Ok(builder.finish(decoded.charset, decoded.replacements))
}
