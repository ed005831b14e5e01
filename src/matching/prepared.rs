//! A document, prepared: what is worth computing once because many checks will ask for it.

use std::cell::OnceCell;

use super::figure::{self, Figures};
use super::index::Index;
use crate::model::Document;

/// A document with its index, and with its figures from the moment in which the first figure is looked for.
#[derive(Debug)]
pub struct Prepared<'d> {
    index: Index<'d>,
    figures: OnceCell<Figures>,
}

impl<'d> Prepared<'d> {
    /// Indexes a document: one pass over its text.
    pub fn new(document: &'d Document) -> Self {
        Self { index: Index::new(document), figures: OnceCell::new() }
    }

    /// A sketch of the document's words, for telling whether two sources are one wire story. The hash is fixed, so that
    /// sketches of two runs agree.
    pub fn sketch(&self) -> [u64; 16] {
        self.index.sketch()
    }

    /// The document.
    pub fn document(&self) -> &'d Document {
        self.index.document()
    }

    pub(super) fn index(&self) -> &Index<'d> {
        &self.index
    }

    /// The document's figures.
    pub(super) fn figures(&self) -> &Figures {
        self.figures.get_or_init(|| figure::of_document(&self.index))
    }
}
