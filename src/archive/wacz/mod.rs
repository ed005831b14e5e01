//! WACZ 1.1.1: captures with their index, pages and evidence in one file that replay tools open.
//!
//! Records are copied byte for byte, so that what the log says of them still holds; everything is stored, in one
//! canonical order and form, so that no byte of the file is free. What vouches for what: the records by
//! `provenance/records.jsonl` and the log, every file by `datapackage.json`, that one by `datapackage-digest.json`,
//! and that one by a signature, if there is one.

mod collect;
pub(crate) mod description;
mod export;

pub use export::{Export, Exported, Extra};

/// The log of the archive that a package was exported from.
pub(crate) const LOG: &str = "provenance/log.jsonl";
/// The records of a package, one line each.
pub(crate) const RECORDS: &str = "provenance/records.jsonl";
/// The signatures over the head of the log.
pub(crate) const SIGNATURES: &str = "provenance/signatures.jsonl";
/// The timestamps of the log.
pub(crate) const TIMESTAMPS: &str = "provenance/timestamps.jsonl";
pub(crate) const INDEX: &str = "indexes/index.cdx";
pub(crate) const PAGES: &str = "pages/pages.jsonl";
pub(crate) const PACKAGE: &str = "datapackage.json";
pub(crate) const DIGEST: &str = "datapackage-digest.json";
