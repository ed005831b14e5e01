//! Parts of tables and lists of terms.

use html5ever::{LocalName, local_name};

use super::Walk;
use crate::extract::table::Table;
use crate::extract::tree::Element;
use crate::model::{Heads, Within};

/// Bytes of what is said of a term up to which it is an entry of a list, and no text of its own.
const SHORT: usize = 160;

/// What an element is of a table or a list of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Table,
    Row,
    Cell,
    Head,
    Terms,
    Term,
    Said,
    Item,
}

/// A list of terms that is being read.
#[derive(Debug, Default)]
pub(super) struct Terms {
    table: u32,
    term: Option<String>,
    /// Blocks that stood before the entry that is open.
    from: usize,
}

/// What an element of this name is of a table or a list.
pub(super) fn part(name: &LocalName) -> Option<Part> {
    Some(match *name {
        local_name!("table") => Part::Table,
        local_name!("tr") => Part::Row,
        local_name!("td") => Part::Cell,
        local_name!("th") => Part::Head,
        local_name!("dl") => Part::Terms,
        local_name!("dt") => Part::Term,
        local_name!("dd") => Part::Said,
        local_name!("li") => Part::Item,
        _ => return None,
    })
}

impl Walk<'_> {
    /// A part begins; what stands in it gets its numbers.
    pub(super) fn open_part(&mut self, part: Part, element: &Element, within: &mut Within) {
        match part {
            Part::Table => {
                self.given.table += 1;
                self.tables.push(Table::new(self.given.table));
            }
            Part::Row => {
                self.given.row += 1;
                within.row = self.given.row;
                if let Some(table) = self.tables.last_mut() {
                    table.next_row();
                }
            }
            Part::Cell | Part::Head => {
                self.given.unit += 1;
                within.unit = self.given.unit;
                if let Some(table) = self.tables.last_mut() {
                    table.open_cell(self.blocks.len());
                    let (across, down) = (local_name!("colspan"), local_name!("rowspan"));
                    table.span(element.attr(&across), element.attr(&down), part == Part::Head);
                }
            }
            Part::Terms => {
                self.given.table += 1;
                self.terms.push(Terms { table: self.given.table, ..Terms::default() });
            }
            Part::Term | Part::Said | Part::Item => {
                self.given.unit += 1;
                within.unit = self.given.unit;
                if let Some(terms) = self.terms.last_mut() {
                    terms.from = self.blocks.len();
                }
            }
        }
    }

    /// A part ends.
    pub(super) fn close_part(&mut self, part: Part) {
        match part {
            Part::Table => {
                self.tables.pop();
            }
            Part::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.lay_out_row(&mut self.blocks);
                    table.close_row(&self.out, &mut self.blocks);
                }
            }
            Part::Cell | Part::Head => {
                if let Some(table) = self.tables.last_mut() {
                    table.close_cell(&self.out, &mut self.blocks);
                }
            }
            Part::Terms => {
                self.terms.pop();
            }
            Part::Term | Part::Said => self.close_term(part),
            Part::Item => {}
        }
    }

    /// What is said of a term stands under it.
    fn close_term(&mut self, part: Part) {
        let Some(terms) = self.terms.last_mut() else { return };
        let from = terms.from.min(self.blocks.len());
        let [block] = &mut self.blocks[from..] else { return };
        let own = &self.out[block.range.span()];
        if own.len() > SHORT || block.within.table != 0 {
            return;
        }
        match part {
            Part::Term => {
                terms.term = Some(own.to_owned());
                block.within.column = 0;
            }
            _ => {
                let Some(term) = &terms.term else { return };
                block.heads = Heads::of_row(term);
                block.within.column = 1;
            }
        }
        block.within.table = terms.table;
    }
}
