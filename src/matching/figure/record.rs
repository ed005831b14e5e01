//! Records: a row of a table, an object of data, a term with what is said of it is one thing. A date, a name or a kind that
//! stands in any of its cells, in the title above it or in a cell that reaches down to it, and that the statement exchanges for
//! that of another row, makes it another thing.

use std::ops::Range;

use hashbrown::{HashMap, HashSet};

use super::sense::same;
use super::tables::Tables;
use crate::matching::asked::Asked;
use crate::matching::asked::keys;
use crate::matching::fold::Kind;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::model::{Within, Zone};

/// Places of one word of a statement that are looked at.
const PLACES: usize = 2_000;
/// Cells of one column that say what a statement says.
const CELLS: usize = 64;
/// Words of a cell up to which it tells what its row is.
const WORDS: usize = 12;
/// Cells of a row that are read.
const ROW: usize = 64;
/// Blocks between a heading and an entry below it.
const BELOW: usize = 8;

/// The cells of a document that say words of a statement, by their table and column.
pub(super) struct Said<'a> {
    asked: &'a Asked<'a>,
    index: &'a Index<'a>,
    tables: &'a Tables,
    cells: HashMap<(u32, u16), Vec<Other>>,
    headings: Vec<Vec<String>>,
}

/// A cell that says words of a statement.
struct Other {
    words: Vec<String>,
    block: usize,
    /// How often it was met.
    times: usize,
}

/// A label of a record: where it stands, and its words.
struct Key {
    column: u16,
    words: Vec<String>,
}

impl<'a> Said<'a> {
    /// Finds the cells that say words of a statement.
    pub(super) fn new(asked: &'a Asked<'a>, index: &'a Index<'a>, tables: &'a Tables) -> Self {
        let mut said = Self { asked, index, tables, cells: HashMap::new(), headings: Vec::new() };
        let blocks = &index.document().blocks;
        let mut seen: HashSet<usize> = HashSet::new();
        let mut words: Vec<&String> = asked.statement_keys.iter().filter(|key| !lexicon::is_stop_word(key)).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            for at in index.places(index.key_number(word)).iter().take(PLACES) {
                let block = index.block_of(*at as usize);
                let own = &blocks[block];
                if own.within.table == 0 && own.zone != Zone::Subheading || !seen.insert(block) {
                    continue;
                }
                let Some(words) = said.label(block) else { continue };
                if own.within.table == 0 {
                    if said.headings.len() < CELLS && !said.headings.contains(&words) {
                        said.headings.push(words);
                    }
                    continue;
                }
                let cells = said.cells.entry((own.within.table, own.within.column)).or_default();
                let full = cells.len() >= CELLS;
                match cells.iter_mut().find(|other| other.words == words) {
                    Some(other) => other.times += 1,
                    None if full => {}
                    None => cells.push(Other { words, block, times: 1 }),
                }
            }
        }
        said
    }

    /// The words of a block that may tell what a record is: names, kinds, dates; `None` for values and for texts.
    fn label(&self, block: usize) -> Option<Vec<String>> {
        let index = self.index;
        let own = &index.document().blocks[block];
        let tokens = index.block_tokens(block);
        if tokens.len() > 2 * WORDS {
            return None;
        }
        // The name of a value is no part of it.
        let text = index.document().slice(own.range);
        let named = own.zone == Zone::ListItem && own.within.table != 0;
        let from = text.find(": ").filter(|_| named).map_or(own.range.start, |at| own.range.start + at as u32 + 1);
        let tokens = tokens.filter(|at| index.tokens()[*at].start >= from);
        telling(tokens.map(|at| (index.key(at), index.tokens()[at].kind)))
    }

    fn is_said(&self, word: &str) -> bool {
        self.asked.statement_keys.iter().any(|key| key == word)
    }

    /// Whether a statement has the other label in the place of the own one.
    fn swaps(&self, own: &[String], other: &[String]) -> bool {
        let mut only = other.iter().filter(|word| !own.contains(word)).peekable();
        let mut unsaid = own.iter().filter(|word| !other.contains(word)).peekable();
        only.peek().is_some()
            && unsaid.peek().is_some()
            && only.all(|word| self.is_said(word))
            // A word that the other label has as it is means that one: `Eastham`, where `Eastleigh` is the own.
            && !unsaid.any(|word| self.asked.statement_keys.iter().any(|key| same(key, word) && !other.contains(key)))
    }

    /// The blocks of the row that a cell stands in.
    fn row(&self, block: usize) -> Range<usize> {
        let blocks = &self.index.document().blocks;
        let own = &blocks[block].within;
        let joins = |at: usize, next: usize| {
            let (a, b) = (&blocks[at].within, &blocks[next].within);
            let numbered = own.row != 0;
            a.table == own.table
                && b.table == own.table
                && if numbered {
                    a.row == own.row && b.row == own.row
                } else {
                    a.row == 0 && b.row == 0 && (a.column < b.column || a.unit == b.unit && a.column == b.column)
                }
        };
        let mut start = block;
        while start > 0 && block - start < ROW && joins(start - 1, start) {
            start -= 1;
        }
        let mut end = block + 1;
        while end < blocks.len() && end - block < ROW && joins(end - 1, end) {
            end += 1;
        }
        start..end
    }

    /// The labels of a row, but for one of its cells: its cells, those that reach down to it, its section.
    fn keys(&self, row: &Range<usize>, but: Option<usize>) -> Vec<Key> {
        let blocks = &self.index.document().blocks;
        let Some(first) = blocks.get(but.unwrap_or(row.start)) else { return Vec::new() };
        let mut found: Vec<Key> = Vec::new();
        if let Some(words) = first.heads.row().and_then(label_of) {
            found.push(Key { column: 0, words });
        }
        for label in first.heads.labels() {
            found.extend(label_of(&label.text).map(|words| Key { column: label.column, words }));
        }
        for block in row.clone().filter(|block| Some(*block) != but) {
            let column = blocks[block].within.column;
            if found.iter().all(|key| key.column != column) {
                found.extend(self.label(block).map(|words| Key { column, words }));
            }
        }
        found.sort_by_key(|key| key.column);
        found
    }

    /// The label of a row that tells it from others first: of several columns the first one that has words.
    fn name<'k>(&self, keys: &'k [Key]) -> Option<&'k Key> {
        let named = |key: &&Key| key.column != Within::SECTION && key.words.iter().any(|word| !is_number(word));
        keys.iter().find(named).or_else(|| keys.first())
    }

    /// Whether the statement speaks of another record than the one in which a figure stands.
    pub(super) fn is_of_other(&self, block: usize) -> bool {
        let within = self.index.document().blocks[block].within;
        if within.table == 0 {
            return self.is_under_other_heading(block);
        }
        // A cell of running text, as in tables that lay out a page, says itself what it is about.
        self.index.block_tokens(block).len() <= 2 * WORDS
            && (self.is_of_other_table(within.table) || self.is_of_other_row(block, within))
    }

    fn is_of_other_row(&self, block: usize, within: Within) -> bool {
        let keys = self.keys(&self.row(block), Some(block));
        let name = self.name(&keys);
        keys.iter().filter(|key| key.column != within.column).any(|key| {
            let Some(cells) = self.cells.get(&(within.table, key.column)) else { return false };
            cells.iter().filter(|other| self.swaps(&key.words, &other.words)).any(|other| {
                // A column tells rows apart where it names them, or has something for several of them.
                let first = name.is_none_or(|name| key.column <= name.column) || key.column == Within::SECTION;
                let grouping = || {
                    other.times > 1
                        || self.is_repeated(within.table, key)
                        || name.is_some_and(|name| self.is_repeated(within.table, name))
                };
                (first || grouping()) && !self.is_of_both(name, other, key)
            })
        })
    }

    /// Whether a statement names a record and another one: what it says of the other is that one's.
    fn is_of_both(&self, name: Option<&Key>, other: &Other, key: &Key) -> bool {
        let Some(name) = name.filter(|name| name.column != key.column) else { return false };
        let keys = self.keys(&self.row(other.block), None);
        let named = |words: &[String]| words.iter().any(|word| self.is_said(word));
        self.name(&keys).is_some_and(|theirs| {
            let differs = |a: &[String], b: &[String]| a.iter().any(|word| !b.contains(word) && self.is_said(word));
            named(&name.words) && differs(&theirs.words, &name.words) && differs(&name.words, &theirs.words)
        })
    }

    /// Whether several rows of a table have a label.
    fn is_repeated(&self, table: u32, key: &Key) -> bool {
        let index = self.index;
        let blocks = &index.document().blocks;
        let places =
            key.words.iter().map(|word| index.places(index.key_number(word))).min_by_key(|places| places.len());
        let mut times = 0;
        for at in places.into_iter().flatten().take(PLACES) {
            let block = index.block_of(*at as usize);
            let within = blocks[block].within;
            if within.table == table
                && within.column == key.column
                && self.label(block).is_some_and(|own| own == key.words)
            {
                times += 1;
            }
            if times > 1 {
                return true;
            }
        }
        // A cell that reaches down is said of several rows.
        times == 0
    }

    /// Whether the statement says the title of another table, and not this one's.
    fn is_of_other_table(&self, table: u32) -> bool {
        let Some(own) = self.tables.get(table).filter(|table| !table.titles.is_empty()) else { return false };
        let words = |titles: &Range<usize>| -> Vec<String> {
            let above = titles.clone().filter(|at| self.index.document().blocks[*at].within.table == 0);
            above.filter_map(|at| self.label(at)).flatten().collect()
        };
        let mine = words(&own.titles);
        self.tables.titled().take(CELLS).any(|other| self.swaps(&mine, &words(&other.titles)))
    }

    /// Whether an entry below a heading stands below another one than the statement says.
    fn is_under_other_heading(&self, block: usize) -> bool {
        let blocks = &self.index.document().blocks;
        if self.headings.is_empty() || self.index.block_tokens(block).len() > WORDS {
            return false;
        }
        let text = self.index.document().slice(blocks[block].range);
        if text.trim_end().ends_with(['.', '!', '?', '。', '！', '？', '।']) {
            return false;
        }
        let above = (block.saturating_sub(BELOW)..block).rev().find(|at| blocks[*at].zone == Zone::Subheading);
        let Some(own) = above.and_then(|at| self.label(at)) else { return false };
        let inside: Vec<String> = self.index.block_tokens(block).map(|at| self.index.key(at).to_owned()).collect();
        let elsewhere = |other: &&Vec<String>| !other.iter().any(|word| inside.contains(word) && !own.contains(word));
        self.headings.iter().filter(elsewhere).any(|other| self.swaps(&own, other))
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// The words of a label.
fn label_of(text: &str) -> Option<Vec<String>> {
    telling(keys(text).iter().map(|key| {
        let kind = if is_number(key) { Kind::Number } else { Kind::Word };
        (key.as_str(), kind)
    }))
}

/// The words that tell something from another: all but those of grammar; of bare numbers only years and dates do.
fn telling<'w>(words: impl Iterator<Item = (&'w str, Kind)>) -> Option<Vec<String>> {
    let words: Vec<(&str, Kind)> = words
        .filter(|(word, kind)| match kind {
            Kind::Number | Kind::Character => true,
            Kind::Word => !lexicon::is_stop_word(word) && word.chars().any(char::is_alphanumeric),
            Kind::Sign => false,
        })
        .take(WORDS + 1)
        .collect();
    let year = |word: &str| word.len() == 4 && word.parse().is_ok_and(|year: u16| (1500..2200).contains(&year));
    let tells = words.iter().any(|(word, kind)| *kind != Kind::Number || year(word));
    (tells && words.len() <= WORDS).then(|| words.into_iter().map(|(word, _)| word.to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Input, Limits, extract};
    use crate::model::{CheckKind, Claim, Document};

    /// The text of a cell, and where it stands: table, row, column, unit.
    type Cell<'t> = (&'t str, (u32, u32, u16, u32));

    /// A document of one paragraph for each text, which stand in tables so.
    fn document(blocks: &[Cell<'_>]) -> Document {
        let page: String = blocks.iter().map(|(text, _)| format!("<p>{text}</p>")).collect();
        let page = format!("<html lang=\"en\"><body><article>{page}</article></body></html>");
        let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        let mut document = extract(&input, &Limits::default()).document.expect("has text");
        assert_eq!(document.blocks.len(), blocks.len());
        for (block, (_, (table, row, column, unit))) in document.blocks.iter_mut().zip(blocks) {
            block.within = Within { entry: 0, table: *table, row: *row, column: *column, unit: *unit };
        }
        document
    }

    /// What is asked of the cells of a document for a statement.
    fn ask<T>(document: &Document, statement: &str, tell: impl FnOnce(&Said<'_>) -> T) -> T {
        let index = Index::new(document);
        let tables = Tables::new(&index);
        let claim = Claim::of(statement, CheckKind::Statement);
        let asked = Asked::new(&claim, &[], None);
        tell(&Said::new(&asked, &index, &tables))
    }

    #[test]
    fn a_row_is_what_its_number_says_or_its_columns() {
        for (cells, wanted) in [
            // Numbered: the cells of that number, of the same table.
            (&[(1, 1, 0, 1), (1, 1, 1, 2), (1, 2, 0, 3), (1, 2, 1, 4), (2, 2, 0, 5)][..], "0..2 0..2 2..4 2..4 4..5"),
            // Without numbers a row goes on as long as its columns rise, or within one cell.
            (&[(1, 0, 0, 1), (1, 0, 1, 2), (1, 0, 0, 3), (1, 0, 1, 4)], "0..2 0..2 2..4 2..4"),
            (&[(1, 0, 1, 1), (1, 0, 1, 1), (1, 0, 1, 2), (1, 0, 2, 2)], "0..2 0..2 2..4 2..4"),
            (&[(1, 0, 2, 1), (1, 0, 1, 1), (1, 0, 0, 1)], "0..1 1..2 2..3"),
            // Neither goes on with the other, and no table with another.
            (&[(1, 0, 0, 1), (1, 1, 1, 2), (1, 0, 2, 3)], "0..1 1..2 2..3"),
            (&[(1, 0, 0, 1), (2, 0, 1, 2), (2, 0, 2, 3), (1, 0, 3, 4)], "0..1 1..3 1..3 3..4"),
            (&[(1, 3, 0, 1), (2, 3, 1, 2), (1, 3, 2, 3)], "0..1 1..2 2..3"),
        ] {
            let blocks: Vec<Cell<'_>> = cells.iter().map(|cell| ("Alden", *cell)).collect();
            let given = ask(&document(&blocks), "Alden sold boats.", |said| {
                (0..cells.len()).map(|at| format!("{:?}", said.row(at))).collect::<Vec<_>>().join(" ")
            });
            assert_eq!(given, wanted, "{cells:?}");
        }
        let long: Vec<Cell<'_>> = (0..70).map(|at| ("Alden", (1, 1, at, at.into()))).collect();
        ask(&document(&long), "Alden sold boats.", |said| {
            assert_eq!([said.row(0), said.row(40), said.row(69)], [0..64, 0..70, 5..70]);
        });
    }

    #[test]
    fn a_label_is_short_and_the_name_of_a_value_is_no_part_of_it() {
        let most = "the of ".repeat(11);
        let texts = ["Town: Alden", "Alden", "12", &format!("{most}Alden Brack"), &format!("{most}Alden Brack the")];
        let blocks: Vec<Cell<'_>> = texts.iter().map(|text| (*text, (1, 1, 0, 1))).collect();
        let mut document = document(&blocks);
        let labels = |document: &Document| {
            ask(document, "Brack sold boats.", |said| {
                (0..5).map(|at| said.label(at).map_or("-".to_owned(), |words| words.join(" "))).collect::<Vec<_>>()
            })
        };
        assert_eq!(labels(&document), ["town alden", "alden", "-", "alden brack", "-"]);
        document.blocks.iter_mut().for_each(|block| block.zone = Zone::ListItem);
        assert_eq!(labels(&document), ["alden", "alden", "-", "alden brack", "-"]);
        document.blocks.iter_mut().for_each(|block| block.within.table = 0);
        assert_eq!(labels(&document), ["town alden", "alden", "-", "alden brack", "-"]);
    }

    #[test]
    fn a_statement_swaps_a_label_whose_words_it_has_for_one_whose_words_it_has_not() {
        let document = document(&[("Alden", (1, 1, 0, 1))]);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for (own, other, wanted) in [
            ("brack", "alden", true),
            ("alden", "brack", false),
            ("alden", "alden", false),
            ("brack may", "alden", false),
            ("brack", "alden north", false),
            ("brack", "alden may", true),
            ("alden brack", "alden", false),
            ("brack", "brack alden", false),
            // Another form of a word that is said is said, unless the other label has that form.
            ("boat", "alden", false),
            ("boat", "boats", true),
        ] {
            let given = ask(&document, "Alden sold 12 boats in May.", |said| said.swaps(&words(own), &words(other)));
            assert_eq!(given, wanted, "{own} / {other}");
        }
    }

    #[test]
    fn a_row_has_its_name_from_the_first_column_with_words() {
        let document = document(&[("Alden", (1, 1, 0, 1))]);
        for (keys, wanted) in [
            (&[(0, "alden"), (1, "brack")][..], Some(0)),
            (&[(0, "12"), (1, "brack")], Some(1)),
            (&[(0, "12 alden"), (1, "brack")], Some(0)),
            (&[(0, "12"), (1, "14")], Some(0)),
            (&[(0, "12"), (Within::SECTION, "alden")], Some(0)),
            (&[(Within::SECTION, "alden")], Some(Within::SECTION)),
            (&[], None),
        ] {
            let all: Vec<Key> = keys
                .iter()
                .map(|(column, words)| Key { column: *column, words: words.split(' ').map(str::to_owned).collect() })
                .collect();
            let given = ask(&document, "Alden sold boats.", |said| said.name(&all).map(|key| key.column));
            assert_eq!(given, wanted, "{keys:?}");
        }
    }

    #[test]
    fn a_label_tells_by_names_years_and_dates_and_no_bare_number() {
        let twelve = "Alden Brack Corve Dunle Esker Fernt Galby Holmy Irwen Jarrow Kelso Lorne";
        for (text, wanted) in [
            ("Alden", Some("alden")),
            ("the town of Alden", Some("town alden")),
            ("Ward 7", Some("ward 7")),
            ("2019", Some("2019")),
            ("1500", Some("1500")),
            ("2199", Some("2199")),
            ("1499", None),
            ("2200", None),
            ("12", None),
            ("12,000", None),
            ("12 2019", Some("12 2019")),
            ("of the", None),
            ("– / –", None),
            ("", None),
            (twelve, Some(&*twelve.to_lowercase())),
            (&*format!("{twelve} Morve"), None),
        ] {
            assert_eq!(label_of(text).map(|words| words.join(" ")).as_deref(), wanted, "{text}");
        }
    }
}
