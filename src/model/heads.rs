//! Heads: what the cells of a table stand under. Cells of one row and of one column share theirs.

use std::sync::Arc;

/// The heads of a cell or an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads {
    /// The head of its row.
    row: Option<Arc<str>>,
    /// What else the table says of its row: cells that reach down into it from above, the section that it stands in.
    labels: Option<Arc<[Label]>>,
    /// The heads of its column, uppermost first; of what is no cell of a table all its heads.
    columns: Option<Arc<[String]>>,
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
    pub fn of_cell(row: Option<Arc<str>>, labels: Option<Arc<[Label]>>, columns: Option<Arc<[String]>>) -> Self {
        Self { row, labels, columns }
    }

    /// Every head: that of the row, what else is said of it, those of the column.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.row
            .iter()
            .map(|row| &**row)
            .chain(self.labels().iter().map(|label| label.text.as_str()))
            .chain(self.columns().iter().map(String::as_str))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.row.is_none() && self.labels.is_none() && self.columns().is_empty()
    }

    /// The head of its row.
    pub fn row(&self) -> Option<&str> {
        self.row.as_deref()
    }

    /// What else is said of its row.
    pub fn labels(&self) -> &[Label] {
        self.labels.as_deref().unwrap_or_default()
    }

    /// The heads of its column.
    pub fn columns(&self) -> &[String] {
        self.columns.as_deref().unwrap_or_default()
    }
}

impl FromIterator<String> for Heads {
    fn from_iter<I: IntoIterator<Item = String>>(heads: I) -> Self {
        let columns: Vec<String> = heads.into_iter().collect();
        Self { columns: (!columns.is_empty()).then(|| columns.into()), ..Self::default() }
    }
}
