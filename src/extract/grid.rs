//! Grids: rows of plain cells, as spreadsheets and separated values have them → a table. What stands above a table's heads,
//! and the empty columns beside it, are none of it.

use super::table::Table;
use super::text::TextBuilder;
use crate::model::Zone;

/// Rows from which it is told where the heads are.
const SEEN: usize = 30;

/// A cell with its column, from 0.
#[derive(Debug, Clone)]
pub(super) struct GridCell {
    pub(super) column: usize,
    pub(super) text: String,
    pub(super) zone: Zone,
}

/// A grid that is being read.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The first rows, until it is told where the heads are.
    waiting: Vec<Vec<GridCell>>,
    table: Option<Table>,
    /// Empty columns on the left.
    left: usize,
}

fn filled(row: &[GridCell]) -> usize {
    row.iter().filter(|cell| !cell.text.trim().is_empty()).count()
}

/// Whether a cell has a number in it and no more than a unit beside it.
fn is_number(cell: &GridCell) -> bool {
    let digits = cell.text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && 2 * digits >= cell.text.trim().len()
}

/// Whether a cell is a year, as heads of columns are.
fn is_year(text: &str) -> bool {
    text.trim().parse().is_ok_and(|year: u16| (1500..2200).contains(&year))
}

impl Grid {
    /// A row of cells, in the order of their columns.
    pub(super) fn row(&mut self, cells: Vec<GridCell>, builder: &mut TextBuilder) {
        if self.table.is_some() {
            self.write(&cells, builder);
            return;
        }
        self.waiting.push(cells);
        if self.waiting.len() >= SEEN {
            self.begin(builder);
        }
    }

    /// The grid ends.
    pub(super) fn finish(mut self, builder: &mut TextBuilder) {
        if self.table.is_none() {
            self.begin(builder);
        }
    }

    /// Tells from the first rows where the heads are, and writes them.
    fn begin(&mut self, builder: &mut TextBuilder) {
        let rows = std::mem::take(&mut self.waiting);
        let most = rows.iter().map(|row| filled(row)).max().unwrap_or(0);
        let above = rows.iter().take_while(|row| most > 1 && is_above(row, most)).count();
        let above = if above == rows.len() { 0 } else { above };
        for row in &rows[..above] {
            builder.begin_row();
            let text: Vec<&str> = row.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
            let hidden = row.iter().all(|cell| cell.zone == Zone::Hidden);
            builder.push(&text.join(" "), if hidden { Zone::Hidden } else { Zone::Paragraph });
        }
        let rows = &rows[above..];
        let columns = rows.iter().flatten().filter(|cell| !cell.text.trim().is_empty()).map(|cell| cell.column);
        self.left = columns.min().unwrap_or(0);
        let mut table = Table::new(builder.begin_table());
        let two = has_two_rows_of_heads(rows, self.left);
        if two {
            table.has_two_rows_of_heads();
        }
        self.table = Some(table);
        for (number, row) in rows.iter().enumerate() {
            if number == 0 && two {
                self.write_spanning(row, most + self.left, builder);
            } else {
                self.write(row, builder);
            }
        }
    }

    fn write(&mut self, cells: &[GridCell], builder: &mut TextBuilder) {
        self.write_cells(cells, builder, |_| 1);
    }

    /// A row of heads each of which reaches to the next one.
    fn write_spanning(&mut self, cells: &[GridCell], end: usize, builder: &mut TextBuilder) {
        let full: Vec<GridCell> = cells.iter().filter(|cell| !cell.text.trim().is_empty()).cloned().collect();
        let starts: Vec<usize> = full.iter().map(|cell| cell.column).collect();
        self.write_cells(&full, builder, |column| {
            starts.iter().find(|start| **start > column).copied().unwrap_or(end.max(column + 1)) - column
        });
    }

    fn write_cells(&mut self, cells: &[GridCell], builder: &mut TextBuilder, reach: impl Fn(usize) -> usize) {
        let Some(table) = &mut self.table else { return };
        table.next_row();
        builder.begin_row();
        let mut column = self.left;
        for cell in cells.iter().filter(|cell| cell.column >= self.left) {
            while column < cell.column {
                table.open_cell(builder.len());
                let (text, blocks) = builder.parts();
                table.close_cell(text, blocks);
                column += 1;
            }
            table.open_cell(builder.len());
            let reach = reach(cell.column);
            if reach > 1 {
                table.span(Some(&reach.to_string()), None, false);
            }
            builder.begin_unit();
            builder.push(&cell.text, cell.zone);
            let (text, blocks) = builder.parts();
            table.close_cell(text, blocks);
            column = cell.column + reach;
        }
        let (text, blocks) = builder.parts();
        table.close_row(text, blocks);
    }
}

/// Whether a row stands above the heads of its table: a title, a remark, nothing at all.
fn is_above(row: &[GridCell], most: usize) -> bool {
    let own = filled(row);
    let first = row.iter().map(|cell| cell.text.trim()).find(|text| !text.is_empty()).unwrap_or("");
    own == 0 || own == 1 && most > 1 || first.starts_with('#') && own < most || first.starts_with("sep=")
}

/// Whether the first row has heads over several columns, and the second one their own: `, 2021, , 2022,`.
fn has_two_rows_of_heads(rows: &[Vec<GridCell>], left: usize) -> bool {
    let [first, second, third, ..] = rows else { return false };
    let has =
        |row: &[GridCell], column: usize| row.iter().any(|cell| cell.column == column && !cell.text.trim().is_empty());
    let end = second.iter().filter(|cell| !cell.text.trim().is_empty()).map(|cell| cell.column).max().unwrap_or(0);
    // A column without a head of its own has one on its left, and its own in the second row.
    let gap = |column: usize| {
        !has(first, column) && has(second, column) && (left + 1..column).any(|before| has(first, before))
    };
    let mut heads = second.iter().filter(|cell| cell.column > left);
    filled(first) < filled(second)
        && (left + 2..=end).any(gap)
        && heads.all(|cell| !is_number(cell) || is_year(&cell.text))
        && third.iter().any(|cell| cell.column > left && is_number(cell))
}
