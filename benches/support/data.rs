//! Pages with quotations whose right places are known: read from a folder, taken from a corpus, or made up.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use onrecord::extract::{self, Input, Limits};
use onrecord::model::{Block, Document, TextRange, Zone};
use serde_json::{Value, json};

/// Quotations asked of a page: as many as an article takes from one source.
const PER_PAGE: usize = 6;

type Failure = Box<dyn std::error::Error>;

/// A quotation and where it really comes from.
pub(crate) struct Quote {
    /// The quotation as an array of fragments.
    pub(crate) fragments: Vec<String>,
    /// Right places, in code points of the page's text; any of them is right.
    pub(crate) at: Vec<[usize; 2]>,
}

/// A page as plain text.
pub(crate) struct Page {
    /// Its name.
    pub(crate) name: String,
    /// Its text; every line is a block.
    pub(crate) text: String,
    /// What is looked for in it.
    pub(crate) quotes: Vec<Quote>,
}

/// Everything that one run of a benchmark looks at.
pub(crate) struct Data {
    /// The pages.
    pub(crate) pages: Vec<Page>,
}

impl Page {
    /// The page as a document: every line that holds something is a paragraph.
    pub(crate) fn document(&self) -> Document {
        let mut at = 0;
        let mut blocks = Vec::new();
        for line in self.text.split('\n') {
            if !line.trim().is_empty() {
                blocks.push(Block::new(TextRange::new(at, at + line.len()), Zone::Paragraph));
            }
            at += line.len() + 1;
        }
        Document::new(self.text.as_str(), blocks)
    }
}

impl Data {
    /// How many quotations there are.
    pub(crate) fn quotations(&self) -> usize {
        self.pages.iter().map(|page| page.quotes.len()).sum()
    }

    /// Reads what [`Data::write`] wrote.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let mut quotes: BTreeMap<String, Vec<Quote>> = BTreeMap::new();
        for value in lines(&folder.join("quotes.jsonl"))? {
            let at = value["at"].as_array().into_iter().flatten().map(|at| [number(&at[0]), number(&at[1])]).collect();
            quotes.entry(text(&value["page"])).or_default().push(Quote { fragments: fragments(&value["quote"]), at });
        }
        let pages = lines(&folder.join("pages.jsonl"))?
            .iter()
            .map(|value| {
                let name = text(&value["page"]);
                Page { quotes: quotes.remove(&name).unwrap_or_default(), text: text(&value["text"]), name }
            })
            .collect();
        Ok(Self { pages })
    }

    /// Writes pages and quotations as two files of JSON lines.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Failure> {
        std::fs::create_dir_all(folder)?;
        let (mut pages, mut quotes) = (String::new(), String::new());
        for page in &self.pages {
            pages.push_str(&json!({"page": page.name, "text": page.text}).to_string());
            pages.push('\n');
            for quote in &page.quotes {
                quotes.push_str(&json!({"page": page.name, "quote": quote.fragments, "at": quote.at}).to_string());
                quotes.push('\n');
            }
        }
        std::fs::write(folder.join("pages.jsonl"), pages)?;
        Ok(std::fs::write(folder.join("quotes.jsonl"), quotes)?)
    }

    /// The pages of a corpus folder (`pages.jsonl`, `cases.jsonl`, compressed HTML), read by the project's own extractor,
    /// with those quotations of each whose true text stands in what was read. Pages with fewer than six are left out.
    pub(crate) fn of_corpus(folder: &Path) -> Result<Self, Failure> {
        let mut cases: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for case in lines(&folder.join("cases.jsonl"))? {
            if case["gold_span"].is_string() && !case["quote"].is_null() {
                cases.entry(text(&case["page"])).or_default().push(case);
            }
        }
        let mut pages = Vec::new();
        for listed in lines(&folder.join("pages.jsonl"))? {
            let name = text(&listed["page"]);
            let Some(cases) = cases.get_mut(&name).filter(|_| name.ends_with(".html.gz")) else { continue };
            let mut bytes = Vec::new();
            flate2::read::MultiGzDecoder::new(std::fs::File::open(folder.join(&name))?).read_to_end(&mut bytes)?;
            let kind = listed["http_content_type"].as_str();
            let input = Input { bytes: &bytes, content_type: kind.or(Some("text/html")), name: &name };
            let Some(document) = extract::extract(&input, &Limits::default()).document else { continue };
            cases.sort_by_key(|case| text(&case["id"]));
            let quotes: Vec<Quote> = cases
                .iter()
                .filter_map(|case| {
                    let at = places(&document.text, case["gold_span"].as_str()?);
                    (!at.is_empty()).then(|| Quote { fragments: fragments(&case["quote"]), at })
                })
                .take(PER_PAGE)
                .collect();
            if quotes.len() == PER_PAGE {
                pages.push(Page { name, text: document.text.to_string(), quotes });
            }
        }
        Ok(Self { pages })
    }
}

fn lines(path: &Path) -> Result<Vec<Value>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> usize {
    value.as_u64().map_or(0, |number| number as usize)
}

fn fragments(value: &Value) -> Vec<String> {
    match value {
        Value::Array(fragments) => fragments.iter().map(text).collect(),
        value => vec![text(value)],
    }
}

/// Every place of `wanted` in a text, whatever white space stands in either, in code points.
fn places(page: &str, wanted: &str) -> Vec<[usize; 2]> {
    let mut solid = String::new();
    let mut points = Vec::new();
    for (point, c) in page.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        solid.push(c);
        points.extend(std::iter::repeat_n(point, c.len_utf8()));
    }
    let wanted: String = wanted.chars().filter(|c| !c.is_whitespace()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let found = solid.match_indices(&wanted);
    found.map(|(at, part)| [points[at], points[at + part.len() - 1] + 1]).take(50).collect()
}

/// Numbers that look drawn and are the same in every run (an xorshift).
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    /// A number below `below`.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }

    /// A word of the made-up language: small numbers come much more often, as frequent words do.
    pub(crate) fn word(&mut self) -> String {
        const PARTS: [&str; 24] = [
            "ra", "ne", "to", "mi", "sol", "ka", "ver", "lin", "do", "pe", "stra", "un", "gor", "al", "bi", "ten",
            "fu", "cha", "mor", "is", "quo", "wen", "ja", "ex",
        ];
        let mut number = self.below(3_000) * self.below(3_000) / 3_000;
        let mut word = String::new();
        loop {
            word.push_str(PARTS[number % PARTS.len()]);
            number /= PARTS.len();
            if number == 0 {
                return word;
            }
        }
    }

    /// A sentence of the made-up language.
    pub(crate) fn sentence(&mut self) -> String {
        let words: Vec<String> = (0..8 + self.below(20)).map(|_| self.word()).collect();
        let mut sentence = words.join(" ");
        if let Some(first) = sentence.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        sentence + "."
    }
}

/// Pages of a made-up language, each with six of its own sentences: as they stand, with a word replaced, left out or put
/// in, with an ellipsis, and with two words exchanged.
pub(crate) fn made(pages: usize) -> Data {
    let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
    let pages = (0..pages)
        .map(|number| {
            let sentences: Vec<String> = (0..40 + draw.below(400)).map(|_| draw.sentence()).collect();
            let text = sentences.chunks(4).map(|lines| lines.join(" ")).collect::<Vec<_>>().join("\n");
            let quotes = (0..PER_PAGE)
                .map(|kind| {
                    let sentence = &sentences[draw.below(sentences.len())];
                    let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
                    let at = 1 + draw.below(words.len() - 3);
                    match kind {
                        1 => words[at] = draw.word(),
                        2 => drop(words.remove(at)),
                        3 => words.insert(at, draw.word()),
                        4 => words[at] = "[...]".to_owned(),
                        5 => words.swap(at, at + 1),
                        _ => {}
                    }
                    Quote { fragments: vec![words.join(" ")], at: places(&text, sentence) }
                })
                .collect();
            Page { name: format!("made-{number}"), text, quotes }
        })
        .collect();
    Data { pages }
}
