//! Heads: what the cells of a table stand under. Cells of one row and of one column share theirs.

use std::sync::Arc;

/// The heads of a cell or an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads {
    row: Option<Arc<RowHeads>>,
    /// The heads of its column, uppermost first; of what is no cell of a table all its heads.
    columns: Option<Arc<Vec<String>>>,
}

/// What a table says of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowHeads {
    /// The head of the row.
    pub head: Option<String>,
    /// What else is said of it: cells that reach down into it from above, the section that it stands in.
    pub labels: Vec<Label>,
}

/// A cell that speaks of rows below its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Its column; [`super::Within::SECTION`] for a row of its own above the others.
    pub column: u16,
    /// What it says.
    pub text: String,
}

impl Heads {
    /// The heads of a cell.
    pub fn of_cell(row: Option<Arc<RowHeads>>, columns: Option<Arc<Vec<String>>>) -> Self {
        Self { row, columns }
    }

    /// Of an entry that has one head alone, as a row has it.
    pub fn of_row(head: &str) -> Self {
        let row = RowHeads { head: Some(head.to_owned()), labels: Vec::new() };
        Self { row: Some(Arc::new(row)), columns: None }
    }

    /// Every head: that of the row, what else is said of it, those of the column.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.row()
            .into_iter()
            .chain(self.labels().iter().map(|label| label.text.as_str()))
            .chain(self.columns().iter().map(String::as_str))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.row().is_none() && self.labels().is_empty() && self.columns().is_empty()
    }

    /// The head of its row.
    pub fn row(&self) -> Option<&str> {
        self.row.as_ref().and_then(|row| row.head.as_deref())
    }

    /// What else is said of its row.
    pub fn labels(&self) -> &[Label] {
        self.row.as_ref().map_or(&[], |row| row.labels.as_slice())
    }

    /// The heads of its column.
    pub fn columns(&self) -> &[String] {
        self.columns.as_ref().map_or(&[], |columns| columns.as_slice())
    }
}

impl FromIterator<String> for Heads {
    fn from_iter<I: IntoIterator<Item = String>>(heads: I) -> Self {
        let columns: Vec<String> = heads.into_iter().collect();
        Self { columns: (!columns.is_empty()).then(|| Arc::new(columns)), row: None }
    }
}
