//! The manifest as written: typed values, each with the place where it stands.
//!
//! Reads the tables of a TOML document by the table of keys and reports what the form alone can tell: unknown
//! keys, wrong types, missing keys, empty strings, dates that are none. What the words mean is for `resolve`.

use std::ops::Range;

use jiff::civil::Date;

use super::problems::Problems;
use crate::model::figure::Bands;

mod reader;

pub(crate) use reader::read;

/// A value and where it stands, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

/// The whole file.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) archive: Option<At<String>>,
    pub(crate) language: Option<At<String>>,
    pub(crate) every: Option<At<String>>,
    pub(crate) until: Option<Date>,
    pub(crate) article: Option<ArticleTable>,
    pub(crate) privacy: PrivacyTable,
    pub(crate) sources: Vec<SourceTable>,
    pub(crate) claims: Vec<ClaimTable>,
    pub(crate) bands: Bands,
    /// The words of each `[[dismissed]]`.
    pub(crate) dismissed: Vec<String>,
}

/// `[article]`
#[derive(Debug, Default)]
pub(crate) struct ArticleTable {
    pub(crate) title: Option<At<String>>,
    pub(crate) url: Option<At<String>>,
    pub(crate) file: Option<At<String>>,
    pub(crate) published: Option<Date>,
}

/// `[privacy]`
#[derive(Debug, Default)]
pub(crate) struct PrivacyTable {
    pub(crate) leave_out: Vec<At<String>>,
    pub(crate) redact: Vec<At<String>>,
}

/// `[sources.name]`
#[derive(Debug)]
pub(crate) struct SourceTable {
    pub(crate) name: At<String>,
    pub(crate) url: Option<At<String>>,
    pub(crate) outlet: Option<At<String>>,
    pub(crate) copy: Option<At<String>>,
    pub(crate) published: Option<Date>,
    pub(crate) not_before: Option<Date>,
}

/// `[[claim]]`
#[derive(Debug)]
pub(crate) struct ClaimTable {
    /// Where it begins: its header.
    pub(crate) span: Range<usize>,
    pub(crate) id: Option<At<String>>,
    pub(crate) statement: Option<At<String>>,
    /// One check with fragments; `Some` and empty where something was written that cannot be used.
    pub(crate) quote: Option<At<Vec<At<String>>>>,
    /// One check each.
    pub(crate) figures: Option<At<Vec<At<String>>>>,
    pub(crate) speaker: Option<At<String>>,
    pub(crate) via: Vec<At<String>>,
    /// What it names; `Some` and empty where something was written that cannot be used.
    pub(crate) sources: Option<At<Vec<At<String>>>>,
    pub(crate) need: Option<At<NeedWritten>>,
    pub(crate) language: Option<At<String>>,
    pub(crate) as_of: Option<Date>,
    pub(crate) every: Option<At<String>>,
    pub(crate) until: Option<Date>,
    pub(crate) expect: Option<At<String>>,
    pub(crate) signed: Option<SignedTable>,
}

/// `need`, as written.
#[derive(Debug, Clone)]
pub(crate) enum NeedWritten {
    Word(String),
    /// `None` for a number that is negative or too large to count sources.
    Number(Option<usize>),
}

/// `[claim.signed]`, complete.
#[derive(Debug)]
pub(crate) struct SignedTable {
    pub(crate) by: At<String>,
    pub(crate) on: Date,
    pub(crate) why: At<String>,
    pub(crate) seal: Option<At<String>>,
}
