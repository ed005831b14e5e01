//! `onrecord text`: the text that is read out of a source, plain, block by block, or as data with offsets.

use std::io::IsTerminal;
use std::path::Path;

use serde::Serialize;

use super::args::{Text, TextFormat};
use super::exit::Exit;
use super::progress::Progress;
use super::{find, load, output, wait};
use crate::engine;
use crate::model::{CheckKind, Document, PointTable, Reading, SourceKey, Where, Zone};
use crate::report::escape;

pub(super) fn run(options: &Text) -> anyhow::Result<Exit> {
    let key = SourceKey(options.source.as_str().into());
    let claim = engine::single_claim(CheckKind::Statement, String::new(), None, Vec::new(), vec![key.clone()]);
    let manifest = find::manifest([(key, find::source(&options.source))].into(), vec![claim]);
    let settings = find::bare(load::settings(&options.sources, Path::new("."))?);
    let read = {
        let progress = Progress::new(false);
        wait(engine::read(&manifest, &settings, &|event| progress.tell(event)))??
    };
    let reading = match read {
        Ok(reading) => reading,
        Err(failure) => {
            output::complain(&format!("error: {} ({})", failure.detail, failure.reason.word()));
            return Ok(Exit::Open);
        }
    };
    let Some(document) = &reading.document else { return Ok(Exit::Open) };
    if options.format == TextFormat::Json {
        let mut json = serde_json::to_vec_pretty(&data(document, &reading))?;
        json.push(b'\n');
        output::print(&json)?;
        return Ok(Exit::Good);
    }
    for obstacle in &reading.obstacles {
        output::complain(&format!("warning: {} ({})", obstacle.detail, obstacle.reason.word()));
    }
    for note in &reading.notes {
        output::complain(&format!("warning: {note}"));
    }
    let text = if options.zones { listed(document) } else { format!("{}\n", document.text) };
    // To a file or pipe the text goes as it is; a terminal must not be driven by it.
    if std::io::stdout().is_terminal() {
        output::print(escape::terminal_lines(&text).as_bytes())?;
    } else {
        output::print(text.as_bytes())?;
    }
    Ok(Exit::Good)
}

/// One line per block: place, zone, page and time, and the text.
fn listed(document: &Document) -> String {
    let mut lines = String::new();
    for block in &document.blocks {
        let page = block.page.map(|page| format!("p. {page}")).unwrap_or_default();
        let position = [page.as_str(), block.time.as_deref().unwrap_or_default()].join(" ");
        let words = document.slice(block.range).replace('\n', " ");
        lines.push_str(&format!(
            "{:<12} {:<12} {:<9} {words}\n",
            block.zone.place().word(),
            block.zone.word(),
            position.trim().replace('\n', " ")
        ));
    }
    lines
}

/// What was read, for programs. Offsets count Unicode code points of `text`.
#[derive(Serialize)]
struct Data<'a> {
    engine: &'a str,
    charset: &'a str,
    replacements: usize,
    language: Option<&'a str>,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<String>,
    obstacles: Vec<ObstacleData<'a>>,
    notes: &'a [String],
    text: &'a str,
    blocks: Vec<BlockData<'a>>,
}

#[derive(Serialize)]
struct ObstacleData<'a> {
    reason: &'a str,
    detail: &'a str,
}

#[derive(Serialize)]
struct BlockData<'a> {
    #[serde(rename = "where")]
    place: Where,
    zone: Zone,
    start: usize,
    end: usize,
    page: Option<u32>,
    time: Option<&'a str>,
    author: Option<&'a str>,
    heads: Vec<&'a str>,
    text: &'a str,
}

fn data<'a>(document: &'a Document, reading: &'a Reading) -> Data<'a> {
    let points = PointTable::new(&document.text);
    Data {
        engine: reading.engine,
        charset: document.charset,
        replacements: document.replacements,
        language: document.language.as_deref(),
        title: document.title.as_deref(),
        outlet: document.outlet.as_deref(),
        published: document.published.map(|date| date.to_string()),
        obstacles: reading
            .obstacles
            .iter()
            .map(|obstacle| ObstacleData { reason: obstacle.reason.word(), detail: &obstacle.detail })
            .collect(),
        notes: &reading.notes,
        text: &document.text,
        blocks: document
            .blocks
            .iter()
            .map(|block| {
                let [start, end] = points.range(block.range);
                BlockData {
                    place: block.zone.place(),
                    zone: block.zone,
                    start,
                    end,
                    page: block.page,
                    time: block.time.as_deref(),
                    author: block.author.as_deref(),
                    heads: block.heads.iter().collect(),
                    text: document.slice(block.range),
                }
            })
            .collect(),
    }
}
