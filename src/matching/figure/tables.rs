//! The tables of a document: where each stands, and what stands above it as its title.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::matching::fold::Kind;
use crate::matching::index::Index;
use crate::model::Block;

/// Tokens of a block up to which its neighbours belong to it, as the cells of a row do.
pub(super) const SHORT_BLOCK: usize = 8;

/// Blocks above a table that may be its titles.
const TITLES: usize = 2;

/// The tables of a document, by their number.
#[derive(Debug, Default)]
pub(super) struct Tables(BTreeMap<u32, TableAt>);

/// A table of a document.
#[derive(Debug)]
pub(super) struct TableAt {
    /// The blocks right above it that are short, and the corner of its heads.
    pub(super) titles: Range<usize>,
}

impl Tables {
    /// Finds the tables of a document.
    pub(super) fn new(index: &Index<'_>) -> Self {
        let blocks = &index.document().blocks;
        let mut tables = BTreeMap::new();
        let mut last = 0;
        for (number, block) in blocks.iter().enumerate() {
            let table = block.within.table;
            if table != last && table != 0 {
                tables.entry(table).or_insert_with(|| TableAt { titles: titles(number, blocks, index) });
            }
            last = table;
        }
        Self(tables)
    }

    /// A table.
    pub(super) fn get(&self, number: u32) -> Option<&TableAt> {
        self.0.get(&number)
    }

    /// Every table that has a title, in order.
    pub(super) fn titled(&self) -> impl Iterator<Item = &TableAt> {
        self.0.values().filter(|table| !table.titles.is_empty())
    }
}

fn titles(first: usize, blocks: &[Block], index: &Index<'_>) -> Range<usize> {
    let has_words = |at: usize| index.block_tokens(at).any(|token| index.tokens()[token].kind != Kind::Sign);
    let is_title =
        |at: &usize| blocks[*at].within.table == 0 && index.block_tokens(*at).len() <= SHORT_BLOCK && has_words(*at);
    // What stands in the corner of the heads is said of the whole: `millions of crowns`.
    let is_head = |at: usize, column: bool| {
        let of_table = |block: &&Block| block.within.table == blocks[first].within.table && block.heads.is_empty();
        blocks.get(at).filter(of_table).is_some_and(|block| (block.within.column > 0) == column)
    };
    let corner = usize::from(is_head(first, false) && is_head(first + 1, true));
    let count = (first.saturating_sub(TITLES - corner)..first).rev().take_while(is_title).count();
    first - count..first + corner
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Input, Limits, extract};

    /// What stands above each table of a page that has a title.
    fn titles_of(body: &str) -> Vec<String> {
        let page = format!("<html lang=\"en\"><body><article>{body}</article></body></html>");
        let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        let document = extract(&input, &Limits::default()).document.expect("has text");
        let index = Index::new(&document);
        let text = |at: usize| document.slice(document.blocks[at].range);
        Tables::new(&index)
            .titled()
            .map(|table| table.titles.clone().map(text).collect::<Vec<_>>().join(" / "))
            .collect()
    }

    #[test]
    fn a_table_has_the_short_blocks_right_above_it_as_its_title() {
        let table =
            "<table><tr><td></td><th>2022</th><th>2023</th></tr><tr><th>Altair</th><td>12</td><td>13</td></tr></table>";
        let corner = "<table><tr><th>Firm</th><th>Boats</th></tr><tr><th>Altair</th><td>12</td></tr></table>";
        let text = "<p>The firms of the county have many boats, and some of them have none at all.</p>";
        for (body, wanted) in [
            (format!("<p>Fleet</p>{table}"), &["Fleet"][..]),
            (format!("{text}<p>Fleet</p>{table}"), &["Fleet"]),
            (format!("<p>County</p><p>Fleet</p>{table}"), &["County / Fleet"]),
            (format!("<p>Land</p><p>County</p><p>Fleet</p>{table}"), &["County / Fleet"]),
            (format!("<p>Fleet</p>{text}{table}"), &[]),
            (
                format!("<p>one two three four five six seven eight</p>{table}"),
                &["one two three four five six seven eight"],
            ),
            (format!("<p>one two three four five six seven eight nine</p>{table}"), &[]),
            (format!("<p>Fleet</p><p>– – –</p>{table}"), &[]),
            (format!("<p>Fleet</p>{table}<p>Crew</p>{table}"), &["Fleet", "Crew"]),
            (format!("<p>Fleet</p>{table}{table}"), &["Fleet"]),
            (table.to_owned(), &[]),
            // What stands in the corner of the heads is said of the whole.
            (format!("<p>County</p><p>Fleet</p>{corner}"), &["Fleet / Firm"]),
            (format!("{text}{corner}"), &["Firm"]),
        ] {
            assert_eq!(titles_of(&body), wanted, "{body}");
        }
    }
}
