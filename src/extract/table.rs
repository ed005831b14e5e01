//! Tables: which heads a cell stands under. The cells of the first row and of the first column are heads; below a head that
//! spans several columns, those of the next row are heads as well. What reaches down from a row above, and a row that has
//! one cell alone, is said of the rows below.

use std::sync::Arc;

use crate::model::{Block, Heads, Label, RowHeads, Within};

/// Columns whose heads are kept.
const MAX_HEADS: usize = 200;
/// Rows that a cell may span.
const MAX_ROWS: usize = 1000;
/// Rows of heads.
const MAX_HEAD_ROWS: usize = 4;
/// Bytes of a cell that may be the title of the rows below it, or be said of several rows.
const MAX_LABEL: usize = 120;

/// A table that is being read: its column heads, and where in it the walk is.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Its number in the document.
    number: u32,
    columns: Vec<Column>,
    row: usize,
    column: usize,
    /// What is said of the current row, by its first cell and elsewhere.
    row_heads: Option<Arc<RowHeads>>,
    /// Blocks that stood before the cell that is open.
    cell_from: usize,
    /// How many columns and rows the open cell spans, and whether it is marked as a head.
    cell: Cell,
    /// Whether the current row is one of heads, and whether a head of it spans several columns.
    in_heads: bool,
    spanning: bool,
    /// Cells of the current row so far, and those that are not empty.
    cells: usize,
    filled: usize,
    /// Columns of the widest row so far.
    width: usize,
    /// What the row above that has one cell alone says of those below it.
    section: Option<String>,
    /// Whether the next row is one of heads as well.
    two_rows: bool,
}

/// A column that is being read.
#[derive(Debug, Default)]
struct Column {
    /// Its heads, uppermost first.
    heads: Vec<String>,
    /// The same as its cells share them.
    shared: Option<Arc<Vec<String>>>,
    /// Rows below the current one that a cell from above still covers, and what it says.
    covered: usize,
    said: Option<Arc<str>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    columns: usize,
    rows: usize,
    head: bool,
}

impl Table {
    /// A table with its number in the document.
    pub(super) fn new(number: u32) -> Self {
        Self { number, ..Self::default() }
    }

    /// The row that begins next is one of heads, and the one behind it as well.
    pub(super) fn has_two_rows_of_heads(&mut self) {
        self.two_rows = true;
    }

    /// A row begins.
    pub(super) fn next_row(&mut self) {
        self.row += 1;
        self.column = 0;
        let below = self.spanning && self.in_heads && self.row <= MAX_HEAD_ROWS;
        // A head beside the spanning one reaches down to the row's first column, or the one above is a title over all of it.
        let reached = self.columns.first().is_some_and(|column| column.covered > 0);
        self.in_heads = self.row <= 1 || self.row == 2 && self.two_rows || below && (reached || self.cells == 1);
        self.cells = 0;
        self.filled = 0;
        self.spanning &= below && !self.in_heads;
        let head = self.row_heads.take().and_then(|row| row.head.clone()).filter(|_| reached);
        let mut labels: Vec<Label> = Vec::new();
        if !self.in_heads {
            let reaching = self.columns.iter().enumerate().skip(1).filter(|(_, column)| column.covered > 0);
            labels.extend(reaching.filter_map(|(number, column)| {
                Some(Label { column: number as u16, text: column.said.as_deref()?.to_owned() })
            }));
            labels.extend(self.section.iter().map(|section| Label { column: Within::SECTION, text: section.clone() }));
        }
        self.row_heads = (head.is_some() || !labels.is_empty()).then(|| Arc::new(RowHeads { head, labels }));
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
        let first_column = self.column == 0;
        // Most cells are one block.
        let joined;
        let own: &str = match &*cell {
            [] => "",
            [one] => &text[one.range.span()],
            more => {
                joined = more.iter().map(|block| &text[block.range.span()]).collect::<Vec<_>>().join(" ");
                &joined
            }
        };
        self.cells += 1;
        self.filled += usize::from(!own.is_empty());
        // Below a spanning head an empty corner, or a head in the second column, makes the row one of heads.
        if self.spanning && !self.in_heads && (first_column && own.is_empty() || self.column == 1 && self.cell.head) {
            self.in_heads = true;
            self.spanning = false;
        }
        if self.in_heads {
            self.spanning |= self.cell.columns > 1;
            self.add_head(own);
        }
        let columns = if first_column || self.in_heads { None } else { self.heads_of_column() };
        for block in cell {
            block.within.table = self.number;
            block.within.column = self.column.min(usize::from(u16::MAX - 1)) as u16;
            if !self.in_heads {
                block.heads = Heads::of_cell(self.row_heads.clone(), columns.clone());
            }
        }
        if first_column && !own.is_empty() {
            let labels = self.row_heads.as_ref().map(|row| row.labels.clone()).unwrap_or_default();
            self.row_heads = Some(Arc::new(RowHeads { head: Some(own.to_owned()), labels }));
        }
        self.cover(own);
        self.column += self.cell.columns;
        self.skip_covered();
    }

    /// The heads of the current column, as its cells share them.
    fn heads_of_column(&mut self) -> Option<Arc<Vec<String>>> {
        let column = self.columns.get_mut(self.column).filter(|column| !column.heads.is_empty())?;
        Some(column.shared.get_or_insert_with(|| Arc::new(column.heads.clone())).clone())
    }

    /// The columns that the open cell spans.
    fn spanned(&mut self) -> &mut [Column] {
        let end = (self.column + self.cell.columns).min(MAX_HEADS);
        if self.columns.len() < end {
            self.columns.resize_with(end, Column::default);
        }
        let start = self.column.min(end);
        &mut self.columns[start..end]
    }

    /// Notes a head of the columns that the open cell spans.
    fn add_head(&mut self, own: &str) {
        for column in self.spanned().iter_mut().filter(|_| !own.is_empty()) {
            column.heads.push(own.to_owned());
            column.shared = None;
        }
    }

    /// Notes the rows below that the open cell covers.
    fn cover(&mut self, own: &str) {
        let rows = self.cell.rows - 1;
        let said: Option<Arc<str>> =
            (rows > 0 && !self.in_heads && !own.is_empty() && own.len() <= MAX_LABEL).then(|| own.into());
        for column in self.spanned() {
            column.covered = rows;
            column.said.clone_from(&said);
        }
    }

    /// Goes on to the next column that no cell from above covers.
    fn skip_covered(&mut self) {
        while let Some(column) = self.columns.get_mut(self.column).filter(|column| column.covered > 0) {
            column.covered -= 1;
            self.column += 1;
        }
    }

    /// The only cell of its row is no record of a table: pages are laid out that way, a paragraph to a row.
    pub(super) fn lay_out_row(&self, blocks: &mut [Block]) {
        if self.column == 1 {
            let from = self.cell_from.min(blocks.len());
            let row = blocks[from..].first().map_or(0, |block| block.within.row);
            for block in blocks[from..].iter_mut().filter(|block| block.within.row == row) {
                block.within.row = 0;
            }
        }
    }

    /// A row ends. The only one of its cells that is not empty is the title of the rows below.
    pub(super) fn close_row(&mut self, text: &str, blocks: &mut [Block]) {
        let alone = self.filled == 1 && self.column >= self.width && self.width > 1 && !self.in_heads;
        self.width = self.width.max(self.column);
        if !alone {
            return;
        }
        let row_head = self.row_heads.as_ref().and_then(|row| row.head.as_deref());
        let last = blocks.last_mut().filter(|block| block.within.table == self.number && block.within.column == 0);
        if let Some(block) = last
            && let own = &text[block.range.span()]
            && row_head == Some(own)
            && own.len() <= MAX_LABEL
        {
            self.section = Some(own.to_owned());
            block.within.column = Within::SECTION;
            block.heads = Heads::default();
        }
    }
}
