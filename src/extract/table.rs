//! Tables: which heads a cell stands under. The cells of the first row and of the first column are heads; below a head that
//! spans several columns, those of the next row are heads as well.

use crate::model::Block;

/// Columns whose heads are kept.
const MAX_HEADS: usize = 200;
/// Rows that a cell may span.
const MAX_ROWS: usize = 1000;
/// Rows of heads.
const MAX_HEAD_ROWS: usize = 4;

/// A table that is being read: its column heads, and where in it the walk is.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The heads of each column, uppermost first.
    heads: Vec<Vec<String>>,
    row: usize,
    column: usize,
    row_head: Option<String>,
    /// Blocks that stood before the cell that is open.
    cell_from: usize,
    /// How many columns and rows the open cell spans, and whether it is marked as a head.
    cell: Cell,
    /// Rows below the current one that cells from above still cover, a column each.
    covered: Vec<usize>,
    /// Whether the current row is one of heads, and whether a head of it spans several columns.
    in_heads: bool,
    spanning: bool,
    /// Cells of the current row so far.
    cells: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    columns: usize,
    rows: usize,
    head: bool,
}

impl Table {
    /// A row begins.
    pub(super) fn next_row(&mut self) {
        self.row += 1;
        self.column = 0;
        let below = self.spanning && self.in_heads && self.row <= MAX_HEAD_ROWS;
        // A head beside the spanning one reaches down to the row's first column, or the one above is a title over all of it.
        let reached = self.covered.first().is_some_and(|rows| *rows > 0);
        self.in_heads = self.row <= 1 || below && (reached || self.cells == 1);
        self.cells = 0;
        self.spanning &= below && !self.in_heads;
        if self.covered.first().is_none_or(|rows| *rows == 0) {
            self.row_head = None;
        }
        self.skip_covered();
    }

    /// A cell begins behind so many blocks.
    pub(super) fn open_cell(&mut self, blocks: usize) {
        self.cell_from = blocks;
        self.cell = Cell { columns: 1, rows: 1, head: false };
    }

    /// The open cell spans so many columns and rows, as its source writes them, and may be marked as a head.
    pub(super) fn span(&mut self, columns: Option<&str>, rows: Option<&str>, head: bool) {
        let number = |value: Option<&str>, most: usize| {
            value.and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, most)
        };
        self.cell = Cell { columns: number(columns, MAX_HEADS), rows: number(rows, MAX_ROWS), head };
    }

    /// A cell ends: its blocks get the heads of its row and column, or it is a head itself.
    pub(super) fn close_cell(&mut self, text: &str, blocks: &mut [Block]) {
        let from = self.cell_from.min(blocks.len());
        let cell = &mut blocks[from..];
        let own = cell.iter().map(|block| &text[block.range.span()]).collect::<Vec<_>>().join(" ");
        let first_column = self.column == 0;
        self.cells += 1;
        // Below a spanning head an empty corner, or a head in the second column, makes the row one of heads.
        if self.spanning && !self.in_heads && (first_column && own.is_empty() || self.column == 1 && self.cell.head) {
            self.in_heads = true;
            self.spanning = false;
        }
        if self.in_heads {
            self.spanning |= self.cell.columns > 1;
            self.add_head(&own);
        } else {
            let mut heads: Vec<String> = self.row_head.iter().cloned().collect();
            heads.extend(self.heads.get(self.column).filter(|_| !first_column).into_iter().flatten().cloned());
            for block in cell {
                block.heads.clone_from(&heads);
            }
        }
        if first_column && !own.is_empty() {
            self.row_head = Some(own);
        }
        self.cover();
        self.column += self.cell.columns;
        self.skip_covered();
    }

    /// Notes a head of the columns that the open cell spans.
    fn add_head(&mut self, own: &str) {
        let end = (self.column + self.cell.columns).min(MAX_HEADS);
        if self.heads.len() < end {
            self.heads.resize(end, Vec::new());
        }
        for heads in self.heads.iter_mut().take(end).skip(self.column).filter(|_| !own.is_empty()) {
            heads.push(own.to_owned());
        }
    }

    /// Notes the rows below that the open cell covers.
    fn cover(&mut self) {
        let end = (self.column + self.cell.columns).min(MAX_HEADS);
        if self.covered.len() < end {
            self.covered.resize(end, 0);
        }
        for rows in self.covered.iter_mut().take(end).skip(self.column) {
            *rows = self.cell.rows - 1;
        }
    }

    /// Goes on to the next column that no cell from above covers.
    fn skip_covered(&mut self) {
        while let Some(rows) = self.covered.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.column += 1;
        }
    }
}
