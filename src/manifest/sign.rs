//! Writing a sign-off into the text of a manifest, where nothing else moves: comments, order and spacing stay.

use toml_edit::{DocumentMut, Formatted, InlineTable, Item, Table, TableLike, Value};

use crate::model::Signature;

/// Why a sign-off cannot be written.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SignError {
    /// The text is no TOML.
    #[error("the manifest is not TOML: {0}")]
    NotToml(String),
    /// The claim is not where it should be.
    #[error("the manifest has no claim number {}", .0 + 1)]
    NoClaim(usize),
}

/// Writes a signature into the claim with the given number, from 0, and returns the new text.
///
/// # Errors
///
/// When the text is no TOML, or has no such claim.
pub fn sign(text: &str, claim: usize, signature: &Signature) -> Result<String, SignError> {
    let (mark, body) = text.strip_prefix('\u{FEFF}').map_or(("", text), |body| ("\u{FEFF}", body));
    let mut document: DocumentMut =
        body.parse().map_err(|error: toml_edit::TomlError| SignError::NotToml(error.message().to_owned()))?;
    let lacking = || SignError::NoClaim(claim);
    match document.get_mut("claim").ok_or_else(lacking)? {
        Item::ArrayOfTables(claims) => {
            let table = claims.get_mut(claim).ok_or_else(lacking)?;
            if !table.contains_key("signed") {
                let mut signed = Table::new();
                signed.decor_mut().set_prefix("\n");
                table.insert("signed", Item::Table(signed));
            }
            fill(table.get_mut("signed").ok_or_else(lacking)?, signature);
        }
        Item::Value(Value::Array(claims)) => {
            let table = claims.get_mut(claim).and_then(Value::as_inline_table_mut).ok_or_else(lacking)?;
            let mut signed = InlineTable::new();
            for (key, value) in values(signature) {
                signed.insert(key, value);
            }
            table.insert("signed", Value::InlineTable(signed));
        }
        _ => return Err(lacking()),
    }
    let mut out = document.to_string();
    if body.contains("\r\n") && !out.contains("\r\n") {
        out = out.replace('\n', "\r\n");
    }
    Ok(format!("{mark}{out}"))
}

fn fill(signed: &mut Item, signature: &Signature) {
    let Some(table) = signed.as_table_like_mut() else { return };
    for (key, value) in values(signature) {
        put(table, key, value);
    }
}

/// Puts a value where the old one was, with what stood around it.
fn put(table: &mut dyn TableLike, key: &str, mut value: Value) {
    if let Some(Item::Value(old)) = table.get(key) {
        *value.decor_mut() = old.decor().clone();
    }
    table.insert(key, Item::Value(value));
}

fn values(signature: &Signature) -> Vec<(&'static str, Value)> {
    let day = signature.on;
    let date = toml_edit::Date {
        year: day.year().unsigned_abs(),
        month: day.month().unsigned_abs(),
        day: day.day().unsigned_abs(),
    };
    let mut values = vec![
        ("by", Value::from(signature.by.as_str())),
        ("on", Value::Datetime(Formatted::new(date.into()))),
        ("why", Value::from(signature.why.as_str())),
    ];
    values.extend(signature.seal.as_deref().map(|seal| ("seal", Value::from(seal))));
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature() -> Signature {
        Signature {
            by: "KM".to_owned(),
            on: jiff::civil::date(2024, 3, 24),
            why: "the \"caption\" is\nthe source".to_owned(),
            seal: Some("v2:00:AA".to_owned()),
        }
    }

    const MANIFEST: &str = "# of the desk\narchive = 'a'   # here\n\n[[claim]] # first\nid = \"one\"\nstatement   = 'It \"ends\".'\nsource = 'a.txt'\n\n# --- the second part ---\n[[claim]]\nid = \"two\"\nstatement = 'It begins.'\nsource = [ 'a.txt',\n  'b.txt' ] # both\n";

    #[test]
    fn nothing_else_moves() {
        let out = sign(MANIFEST, 0, &signature()).unwrap();
        let written = "\n[claim.signed]\nby = \"KM\"\non = 2024-03-24\nwhy = ";
        let at = out.find(written).expect("it is written");
        let end = out.find("seal = \"v2:00:AA\"\n").unwrap() + "seal = \"v2:00:AA\"\n".len();
        assert_eq!(format!("{}{}", &out[..at], &out[end..]), MANIFEST);
        let last = sign(MANIFEST, 1, &signature()).unwrap();
        assert!(last.starts_with(MANIFEST), "{last}");
        let parsed = crate::manifest::parse("claims.toml".as_ref(), &out, &crate::manifest::no_figures).unwrap();
        assert_eq!(parsed.manifest.claims[0].signed, Some(signature()));
        assert_eq!(parsed.manifest.claims[1].signed, None);
    }

    #[test]
    fn a_new_signature_takes_the_place_of_the_old_one() {
        let once = sign(MANIFEST, 0, &signature()).unwrap();
        let again = sign(&once, 0, &Signature { by: "AB".to_owned(), ..signature() }).unwrap();
        assert_eq!(again, once.replace("\"KM\"", "\"AB\""));
        let inline = "claim = [{ statement = 'It ends.', source = 'a.txt' }] # all\n";
        let out = sign(inline, 0, &signature()).unwrap();
        assert!(out.ends_with("] # all\n") && out.contains("signed = { by = \"KM\""), "{out}");
    }

    #[test]
    fn line_ends_and_the_mark_of_the_file_stay() {
        let windows = format!("\u{FEFF}{}", MANIFEST.replace('\n', "\r\n"));
        let out = sign(&windows, 1, &signature()).unwrap();
        assert!(out.starts_with('\u{FEFF}'));
        assert_eq!(out.matches('\n').count(), out.matches("\r\n").count(), "{out:?}");
    }

    #[test]
    fn what_cannot_be_signed_says_so() {
        assert_eq!(sign(MANIFEST, 2, &signature()), Err(SignError::NoClaim(2)));
        assert_eq!(sign("title = 1", 0, &signature()), Err(SignError::NoClaim(0)));
        assert!(matches!(sign("[[claim", 0, &signature()), Err(SignError::NotToml(_))));
    }
}
