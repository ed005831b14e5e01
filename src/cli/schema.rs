//! `onrecord schema`: the JSON Schemas of manifest and report.

use super::args::{Schema, SchemaOf};
use super::exit::Exit;
use super::output;
use crate::{manifest, report};

pub(super) fn run(options: &Schema) -> anyhow::Result<Exit> {
    let schema = match options.of {
        SchemaOf::Manifest => manifest::json_schema(),
        SchemaOf::Report => report::schema(),
    };
    output::print(format!("{schema:#}\n").as_bytes())?;
    Ok(Exit::Good)
}
