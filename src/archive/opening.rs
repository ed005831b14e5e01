//! Opening: a folder with its segments, imports, index and log, or one file that anybody made.

use std::fs;
use std::io::ErrorKind;

use super::error::{ArchiveError, Warning};
use super::parts::{self, holds_records};
use super::recover::{hash_file, recover};
use super::scan::{Scan, scan};
use super::segment::{self, Lock, Writer};
use super::store::{Archive, Lacking, Mode};
use super::{import, index, inventory, log, seal, timestamp, vouched};

impl Archive {
    pub(super) fn open_file(&mut self) -> Result<(), ArchiveError> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = self.scan_foreign(&name, None)?;
        let empty = fs::metadata(&self.path).is_ok_and(|metadata| metadata.len() == 0);
        if found.records == 0 && !empty && !found.package {
            return Err(ArchiveError::UnsupportedContainer {
                path: self.path.clone(),
                container: "no WARC, ARC or WACZ file, or one without a whole record",
            });
        }
        self.entries = found.entries;
        self.warnings = found.warnings;
        Ok(())
    }

    pub(super) fn open_folder(&mut self, mode: Mode) -> Result<(), ArchiveError> {
        let lock = if mode == Mode::Write { Some(Lock::take(&self.path)?) } else { None };
        if lock.is_some() {
            inventory::settle(&self.path)?;
        }
        let mut names = self.list()?;
        names.sort();
        if let Some(lock) = lock {
            self.remove_halves();
            let vouched = |name: &&String| segment::number(name).is_some() || import::number(name).is_some();
            let vouched: Vec<String> = names.iter().filter(vouched).cloned().collect();
            let recovered = recover(&self.path, &vouched)?;
            self.warnings.extend(recovered.warnings);
            self.writer = Some(Writer::new(&self.path, lock, recovered.log, self.options.segment));
        }
        let mut known = self.read_index(&names)?;
        // as the files, in the order of their names
        let mut listed = known.entries.into_iter().peekable();
        self.entries.reserve_exact(listed.len());
        let log = log::journal(&self.path)?;
        let logged = log.is_some();
        let acknowledged = log.unwrap_or_default();
        self.interrupted = acknowledged.interrupted;
        let mut last = None;
        for name in names {
            let path = self.path.join(&name);
            let Some(number) = segment::number(&name) else {
                let vouched = import::number(&name).and_then(|_| acknowledged.last.get(&name));
                let found = self.scan_foreign(&name, vouched.map(String::as_str))?;
                self.entries.extend(found.entries);
                self.warnings.extend(found.warnings);
                continue;
            };
            let length = fs::metadata(&path).map_err(ArchiveError::io("read", &path))?.len();
            let indexed = known.reach.remove(&name).filter(|reach| *reach <= length).unwrap_or(0);
            // those of a file that is no longer there, or of one that is read anew, are left out
            while let Some(entry) = listed.next_if(|entry| *entry.file <= *name) {
                if indexed > 0 && *entry.file == *name {
                    self.entries.push(entry);
                }
            }
            // what is left of an interrupted beginning; recovery has put its bytes aside
            if let (0, Some(writer)) = (length, &self.writer) {
                writer.remove_empty(&name)?;
                continue;
            }
            let end = acknowledged.reach.get(&name).copied().unwrap_or(0);
            self.interrupted |= logged && length > end;
            let mut whole = length >= end;
            if indexed < length {
                self.behind = true;
                let file = parts::open(&path, &name)?;
                let found = scan(file, &name, Some(indexed), &self.options.decode)?;
                // damage stays as it is, and nothing is written after it
                whole &= found.tail.is_none();
                self.lacking.add(self.entries.len()..self.entries.len() + found.entries.len());
                self.entries.extend(found.entries);
                self.warnings.extend(found.warnings);
            }
            self.reach.insert(name, length);
            last = Some((number, whole.then_some(length)));
        }
        self.behind |= !known.reach.is_empty();
        if let (Some(writer), Some((number, whole))) = (&mut self.writer, last) {
            writer.resume(number, whole)?;
        }
        if let Err(error) = self.flush() {
            self.warnings.push(Warning::new(index::FILE, error.to_string()));
        }
        Ok(())
    }

    /// Reads what the index has, of the addresses that are wanted: all of it where it is made anew.
    fn read_index(&mut self, names: &[String]) -> Result<index::Index, ArchiveError> {
        let path = self.path.join(index::FILE);
        let mut read = match &self.options.addresses {
            Some(addresses) => index::read_of(&path, addresses),
            None => index::read(&path),
        };
        if let Ok(Some(index)) = &read
            && !self.fits(index, names)?
        {
            self.lacking = Lacking::Everything;
            read = index::read(&path);
        }
        match read {
            Ok(Some(index)) => return Ok(index),
            Ok(None) => {}
            Err(message) => {
                let message = format!("cannot be used ({message}), and is made anew");
                self.warnings.push(Warning::new(index::FILE, message));
            }
        }
        self.lacking = Lacking::Everything;
        Ok(index::Index::default())
    }

    /// Whether every segment that an index lists is there, and as long as it says.
    fn fits(&self, index: &index::Index, names: &[String]) -> Result<bool, ArchiveError> {
        for (name, reach) in &index.reach {
            if !names.contains(name) {
                return Ok(false);
            }
            let path = self.path.join(name);
            if fs::metadata(&path).map_err(ArchiveError::io("read", &path))?.len() < *reach {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Removes files that were being written when a run was interrupted: each is replaced whole or not at all.
    fn remove_halves(&self) {
        let Ok(entries) = fs::read_dir(&self.path) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(stem) = name.to_str().and_then(|name| name.strip_suffix(".new")) else { continue };
            if [index::FILE, seal::FILE, timestamp::FILE].contains(&stem) || import::number(stem).is_some() {
                // where it cannot be removed, the next write replaces it
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Reads a file that others made: the records in it, or in what a WACZ has inside. Where it does not have the SHA-256
    /// that the log says of it, its captures have no bodies.
    pub(super) fn scan_foreign(&self, name: &str, logged: Option<&str>) -> Result<Scan, ArchiveError> {
        const CHANGED: &str = "it is not what the log of the archive says";
        let path = if self.single { self.path.clone() } else { self.path.join(name) };
        if !parts::is_zip(&path)? {
            let file = parts::open(&path, name)?;
            return match logged {
                Some(logged) => vouched::scan_hashed(file, name, logged, CHANGED, &self.options.decode),
                None => scan(file, name, None, &self.options.decode),
            };
        }
        let listed = parts::list(&path, name)?;
        let mut all = Scan { warnings: listed.warnings, package: listed.package, ..Scan::default() };
        if listed.names.is_empty() {
            all.warnings.push(Warning::new(name, "has no file of records in it"));
        }
        let described = vouched::described(&path)?;
        for part in listed.names {
            let says = parts::inner(&part).and_then(|inner| described.get(inner));
            let found = parts::open(&path, &part)
                .and_then(|file| vouched::scan_described(file, &part, says, &self.options.decode));
            match found {
                Ok(found) => {
                    all.entries.extend(found.entries);
                    all.warnings.extend(found.warnings);
                    all.records += found.records;
                }
                Err(error) => all.warnings.push(Warning::new(part, error.to_string())),
            }
        }
        if let Some(logged) = logged
            && hash_file(&path)?.sha256 != logged
        {
            vouched::distrust(&mut all, name, CHANGED);
        }
        Ok(all)
    }

    pub(super) fn list(&self) -> Result<Vec<String>, ArchiveError> {
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(ArchiveError::io("read", &self.path)(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(ArchiveError::io("read", &self.path))?.file_name();
            if let Some(name) = name.to_str().filter(|name| holds_records(name) || import::number(name).is_some()) {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }
}
