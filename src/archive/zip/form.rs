//! Whether a ZIP file has the one form that we write, so that no byte of it is free.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};

use super::{Content, Method, Zip, ZipWriter};

/// How a ZIP file compares with the form that we write.
pub(crate) enum Form {
    /// It is that form, byte for byte; or it has no directory, which is told elsewhere.
    Ours,
    /// This entry is packed in another way.
    NotStored(String),
    /// A byte differs.
    Differs {
        /// Where, for people.
        place: String,
        /// The entry that it belongs to; `None` in the directory.
        inside: Option<String>,
    },
}

impl Form {
    /// What is wrong with [`Self::NotStored`].
    pub(crate) const NOT_STORED: &str = "the file is not stored as we store it";
    /// What is wrong with [`Self::Differs`].
    pub(crate) const DIFFERS: &str = "the form of the ZIP file is not the one that we write: a byte of it was changed";
}

/// Writes the entries anew and compares.
pub(crate) fn form(file: &mut File, zip: &Zip) -> io::Result<Form> {
    if !zip.whole {
        return Ok(Form::Ours);
    }
    let length = file.seek(SeekFrom::End(0))?;
    // clones of an open file share one position: each reader brings its own
    let mut compare = Compare { file: BufReader::new(At { file: file.try_clone()?, at: 0 }), at: 0, differs: None };
    let mut writer = ZipWriter::new(&mut compare);
    for entry in &zip.entries {
        let content = Content { size: entry.packed, crc: entry.crc.unwrap_or_default() };
        let from = At { file: file.try_clone()?, at: entry.at }.take(entry.packed);
        if entry.method != Method::Stored || writer.add(&entry.name, content, from).is_err() {
            return Ok(Form::NotStored(entry.name.clone()));
        }
    }
    writer.finish()?;
    let differs = compare.differs.or((compare.at != length).then_some(compare.at.min(length)));
    Ok(differs.map_or(Form::Ours, |at| {
        let inside = zip.entries.iter().find(|entry| at < entry.at + entry.packed).map(|entry| entry.name.clone());
        let place = match &inside {
            Some(name) => format!("byte {at}, at {name}"),
            None => format!("byte {at}, in the directory"),
        };
        Form::Differs { place, inside }
    }))
}

/// Compares a file with what is written to it.
struct Compare<R> {
    file: R,
    at: u64,
    differs: Option<u64>,
}

impl<R: Read> Write for Compare<R> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut there = Vec::new();
        self.file.by_ref().take(bytes.len() as u64).read_to_end(&mut there)?;
        if self.differs.is_none() && there != bytes {
            let same = there.iter().zip(bytes).take_while(|(one, two)| one == two).count();
            self.differs = Some(self.at + same as u64);
        }
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file read from a position of its own.
struct At {
    file: File,
    at: u64,
}

impl Read for At {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.file.seek(SeekFrom::Start(self.at))?;
        let read = self.file.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}
