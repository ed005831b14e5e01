//! Tables: which heads a cell stands under. The cells of the first row and of the first column are heads.

use crate::model::Block;

/// Columns whose heads are kept.
const MAX_HEADS: usize = 200;

/// A table that is being read: its column heads, and where in it the walk is.
#[derive(Debug, Default)]
pub(super) struct Table {
    heads: Vec<String>,
    row: usize,
    column: usize,
    row_head: Option<String>,
    /// Blocks that stood before the cell that is open.
    cell_from: usize,
}

impl Table {
    /// A row begins.
    pub(super) fn next_row(&mut self) {
        self.row += 1;
        self.column = 0;
        self.row_head = None;
    }

    /// A cell begins behind so many blocks.
    pub(super) fn open_cell(&mut self, blocks: usize) {
        self.cell_from = blocks;
    }

    /// A cell ends: its blocks get the heads of its row and column, or it is a head itself.
    pub(super) fn close_cell(&mut self, text: &str, blocks: &mut [Block]) {
        let from = self.cell_from.min(blocks.len());
        let cell = &mut blocks[from..];
        let own = cell.iter().map(|block| &text[block.range.span()]).collect::<Vec<_>>().join(" ");
        let (first_row, first_column) = (self.row <= 1, self.column == 0);
        if first_row && self.heads.len() < MAX_HEADS {
            self.heads.push(own.clone());
        }
        if !first_row {
            let mut heads: Vec<String> = self.row_head.iter().cloned().collect();
            heads.extend(self.heads.get(self.column).filter(|_| !first_column).cloned());
            for block in cell {
                block.heads.clone_from(&heads);
            }
        }
        if first_column && !own.is_empty() {
            self.row_head = Some(own);
        }
        self.column += 1;
    }

    /// A row ends. The only cell of its row is no record of a table: pages are laid out that way, a paragraph to a row.
    pub(super) fn close_row(&self, blocks: &mut [Block]) {
        if self.column == 1 {
            let from = self.cell_from.min(blocks.len());
            let row = blocks[from..].first().map_or(0, |block| block.within.row);
            for block in blocks[from..].iter_mut().filter(|block| block.within.row == row) {
                block.within.row = 0;
            }
        }
    }
}
