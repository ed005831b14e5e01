//! `onrecord dismiss`: words that are no claim, kept in the manifest.

use anyhow::Context;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::args::Dismiss;
use super::exit::Exit;
use super::{load, output};

pub(super) fn run(options: &Dismiss) -> anyhow::Result<Exit> {
    let path = &options.manifest;
    let manifest = load::manifest(path)?;
    let written = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut document: DocumentMut = written.parse().with_context(|| format!("cannot read {}", path.display()))?;
    let mut said = String::new();
    for words in &options.words {
        let words = words.trim();
        anyhow::ensure!(!words.is_empty(), "there are no words to dismiss");
        let place = manifest.claims.iter().position(|claim| claim.id.0 == *words);
        let statement = match place {
            Some(at) => {
                let id = &manifest.claims[at].id.0;
                if let Some(Item::ArrayOfTables(claims)) = document.get_mut("claim") {
                    // Ids may be derived: the statement tells which table it is.
                    let statement = &*manifest.claims[at].statement;
                    let table = claims.iter().position(|claim| {
                        claim.get("id").and_then(Item::as_str) == Some(id.as_str())
                            || claim.get("id").is_none()
                                && claim.get("statement").and_then(Item::as_str) == Some(statement)
                    });
                    if let Some(table) = table {
                        claims.remove(table);
                        said.push_str(&format!("took out the claim {id}\n"));
                    }
                }
                manifest.claims[at].statement.to_string()
            }
            None => words.to_owned(),
        };
        if manifest.dismissed.contains(&statement) {
            said.push_str("it was dismissed before\n");
            continue;
        }
        let mut table = Table::new();
        table.insert("statement", value(statement));
        if let Some(why) = &options.why {
            table.insert("why", value(why.as_str()));
        }
        match document.entry("dismissed").or_insert(Item::ArrayOfTables(ArrayOfTables::new())) {
            Item::ArrayOfTables(dismissed) => dismissed.push(table),
            _ => anyhow::bail!("`dismissed` in {} is no array of tables", path.display()),
        }
        said.push_str(&format!("dismissed in {}\n", path.display()));
    }
    output::replace(path, document.to_string().as_bytes())?;
    output::print(said.as_bytes())?;
    Ok(Exit::Good)
}
