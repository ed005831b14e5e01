//! Web archives of others, taken into the folder whole: their bytes stay as they are, and the log vouches for them.
//!
//! A record in the segment says what the file was called, where it comes from and who says so. The file is copied
//! under a name of ours; nothing in it is ever unpacked to the disk.

use std::fs::{self, File, OpenOptions};
use std::path::Path;

use jiff::Timestamp;

use super::compose::{FIELDS, Group, IMPORT, ROLE, header_line};
use super::error::{ArchiveError, Warning};
use super::index::sync_dir;
use super::log::Logged;
use super::recover::hash_file;
use super::store::{Archive, Mode};
use super::warc::write::{Draft, record_id};

/// What the person who imports a file says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportNote {
    /// What the file was called.
    pub file: String,
    /// Where it comes from, in the person's words.
    pub from: Option<String>,
    /// Who imports it.
    pub by: Option<String>,
    /// When it was made or received, as the person says.
    pub seen: Option<Timestamp>,
}

/// What importing a file gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its name in the archive.
    pub name: String,
    /// How many captures it has.
    pub captures: usize,
    /// Whether it was there already.
    pub known: bool,
    /// What is odd about it.
    pub warnings: Vec<Warning>,
}

const ENDINGS: [&str; 6] = ["warc.gz", "warc.zst", "arc.gz", "warc", "arc", "wacz"];

/// The number of an imported file; `None` for other files.
pub(crate) fn number(name: &str) -> Option<u32> {
    let (digits, ending) = name.strip_prefix("import-")?.split_once('.')?;
    let known = ENDINGS.contains(&ending) && digits.len() >= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    known.then(|| digits.parse().ok())?
}

impl Archive {
    /// Takes a web archive of others into the folder; once, while its bytes stay the same.
    pub fn import_archive(&mut self, from: &Path, note: &ImportNote, now: Timestamp) -> Result<Imported, ArchiveError> {
        self.writer()?;
        let theirs = Self::open_with(from, Mode::Read, self.options.clone())?;
        let captures = theirs.captures().len();
        let warnings = theirs.warnings().to_vec();
        drop(theirs);
        let whole = hash_file(from)?;
        let imports = self.imports()?;
        for name in &imports {
            if hash_file(&self.path.join(name))?.sha256 == whole.sha256 {
                return Ok(Imported { name: name.clone(), captures, known: true, warnings });
            }
        }
        let given = from.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let zip = super::parts::is_zip(from)?;
        let ending =
            ENDINGS.iter().find(|ending| given.ends_with(&format!(".{ending}")) && (**ending == "wacz") == zip);
        let ending = ending.copied().unwrap_or(if zip { "wacz" } else { "warc" });
        let next = imports.iter().filter_map(|name| number(name)).max().unwrap_or(0) + 1;
        let name = format!("import-{next:06}.{ending}");
        self.copy_in(from, &name)?;
        let logged = Logged { id: name.clone(), ..whole };
        let sha256 = logged.sha256.clone();
        self.writer()?.vouch(&name, logged)?;
        self.note_import(&name, &sha256, note, now)?;
        let scanned = self.scan_foreign(&name, None)?;
        self.entries.extend(scanned.entries);
        self.relink();
        Ok(Imported { name, captures, known: false, warnings })
    }

    fn imports(&self) -> Result<Vec<String>, ArchiveError> {
        let mut names = self.list()?;
        names.retain(|name| number(name).is_some());
        names.sort();
        Ok(names)
    }

    /// Copies a file into the folder: whole or not at all.
    fn copy_in(&self, from: &Path, name: &str) -> Result<(), ArchiveError> {
        let half = self.path.join(format!("{name}.new"));
        let path = self.path.join(name);
        let copied = File::open(from).and_then(|mut source| {
            let mut target = OpenOptions::new().write(true).create(true).truncate(true).open(&half)?;
            std::io::copy(&mut source, &mut target)?;
            target.sync_all()?;
            fs::rename(&half, &path)
        });
        if let Err(error) = copied {
            let _ = fs::remove_file(&half);
            return Err(ArchiveError::io("copy into the archive", from)(error));
        }
        sync_dir(&self.path)
    }

    /// Writes the record that says how a file came in.
    fn note_import(&mut self, name: &str, sha256: &str, note: &ImportNote, now: Timestamp) -> Result<(), ArchiveError> {
        let seed = self.writer()?.seed(now)?;
        let mut block = Vec::new();
        let seen = note.seen.map(|seen| seen.to_string());
        for (field, value) in [
            ("onrecord-import", Some(name)),
            ("onrecord-sha256", Some(sha256)),
            ("onrecord-file", Some(note.file.as_str())),
            ("onrecord-from", note.from.as_deref()),
            ("onrecord-by", note.by.as_deref()),
            ("onrecord-seen", seen.as_deref()),
        ] {
            if let Some(value) = value {
                header_line(&mut block, field, value.as_bytes());
            }
        }
        let id = record_id(&seed, 0, &[&block]);
        let record = Draft::new("metadata", &id, now, FIELDS, block)
            .field("WARC-Target-URI", format!("urn:onrecord:import:{name}"))
            .field(ROLE, IMPORT)
            .finish();
        let written = self.writer()?.append(&Group { records: vec![record], main: 0 })?;
        self.reach.insert(written.file, written.length);
        self.behind = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_have_numbers() {
        assert_eq!(number("import-000012.warc.gz"), Some(12));
        assert_eq!(number("import-000001.wacz"), Some(1));
        for other in ["import-1.warc", "import-000001.warc.gz.new", "segment-000001.warc.gz", "import-000001.zip"] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
