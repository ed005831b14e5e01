//! Writing a package.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use flate2::Crc;
use jiff::Timestamp;
use serde::Serialize;

use super::collect::{Collected, Piece, collect, read_at};
use super::description::{DigestFile, Package, PageLine, PagesHeader, RecordLine, Resource, SignedData};
use super::{DIGEST, INDEX, LOG, PACKAGE, PAGES, RECORDS, SIGNATURES, TIMESTAMPS};
use crate::archive::error::{ArchiveError, Warning};
use crate::archive::parts::PartFile;
use crate::archive::scan::Entry;
use crate::archive::seal::{self, Key};
use crate::archive::store::Archive;
use crate::archive::warc::digest::{Hashing, label};
use crate::archive::zip::{Content, ZipWriter};
use crate::archive::{SOFTWARE, index, log, timestamp};
use crate::model::{Capture, CaptureId, Outcome};

/// What a package is made of.
pub struct Export<'a> {
    /// The captures, in the order in which their pages are listed; the package opens at the first.
    pub captures: Vec<CaptureId>,
    /// Further files, under `provenance/`.
    pub extras: Vec<Extra>,
    /// What the package is called.
    pub title: Option<String>,
    /// When it is made.
    pub created: Timestamp,
    /// The key that signs it.
    pub key: Option<&'a Key>,
}

/// A file that is put beside the captures.
pub struct Extra {
    /// Its name below `provenance/`: lower-case letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// How many records.
    pub records: usize,
    /// How many pages.
    pub pages: usize,
    /// The SHA-256 of `datapackage.json`, which stands for everything in the package.
    pub digest: String,
    /// What could not be taken along as it is.
    pub warnings: Vec<Warning>,
}

/// A file of the package.
enum Source {
    Bytes(Vec<u8>),
    Records(Vec<Piece>),
}

struct Member {
    name: String,
    content: Content,
    hash: String,
    source: Source,
}

impl Archive {
    /// Writes captures into a package: whole or not at all.
    pub fn export(&self, out: &Path, export: &Export<'_>) -> Result<Exported, ArchiveError> {
        let collected = collect(self, &export.captures)?;
        let io = |error: io::Error| ArchiveError::io("write", out)(error);
        let records = record_lines(&collected);
        let mut members = Vec::new();
        for (name, pieces) in &collected.files {
            members.push(self.record_file(name, pieces).map_err(io)?);
        }
        members.push(Member::of(INDEX, self.index_lines(&records, &collected).map_err(io)?.into_bytes()));
        let pages = self.pages(&export.captures);
        members.push(Member::of(PAGES, page_lines(&pages).map_err(io)?.into_bytes()));
        members.push(Member::of(RECORDS, lines(&records).map_err(io)?.into_bytes()));
        if !self.single {
            for (name, file) in [(LOG, log::FILE), (SIGNATURES, seal::FILE), (TIMESTAMPS, timestamp::FILE)] {
                match fs::read(self.path.join(file)) {
                    Ok(bytes) => members.push(Member::of(name, bytes)),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(ArchiveError::io("read", &self.path.join(file))(error)),
                }
            }
        }
        for extra in &export.extras {
            members.push(Member::of(&format!("provenance/{}", extra.name), extra.bytes.clone()));
        }
        let created = export.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let package = Package {
            profile: "data-package".to_owned(),
            wacz_version: "1.1.1".to_owned(),
            title: export.title.clone(),
            created: created.clone(),
            software: SOFTWARE.to_owned(),
            main_page_url: pages.first().map(|page| page.url.clone()),
            main_page_date: pages.first().map(|page| page.ts.clone()),
            resources: members.iter().map(Member::resource).collect(),
        };
        let package = serde_json::to_vec(&package).map_err(|error| io(error.into()))?;
        let hash = label(&package);
        let digest = hash.trim_start_matches("sha256:").to_owned();
        let signed = match export.key {
            Some(key) => Some(SignedData {
                hash: hash.clone(),
                created,
                software: SOFTWARE.to_owned(),
                version: "0.1.0".to_owned(),
                signature: key.sign(&digest).map_err(|error| io(io::Error::other(error)))?,
                public_key: Some(key.public()),
                domain: None,
            }),
            None => None,
        };
        let digest_file = DigestFile { path: PACKAGE.to_owned(), hash, signed };
        let digest_file = serde_json::to_vec(&digest_file).map_err(|error| io(error.into()))?;
        members.push(Member::of(PACKAGE, package));
        members.push(Member::of(DIGEST, digest_file));
        self.write_package(out, members)?;
        Ok(Exported { records: records.len(), pages: pages.len(), digest, warnings: collected.warnings })
    }

    fn write_package(&self, out: &Path, members: Vec<Member>) -> Result<(), ArchiveError> {
        let mut half = out.file_name().unwrap_or_default().to_owned();
        half.push(".part");
        let half = out.with_file_name(half);
        let written = File::create(&half).and_then(|file| {
            let mut zip = ZipWriter::new(BufWriter::with_capacity(1 << 20, file));
            for member in members {
                match member.source {
                    Source::Bytes(bytes) => zip.add(&member.name, member.content, bytes.as_slice())?,
                    Source::Records(pieces) => zip.add(&member.name, member.content, Pieces::new(self, &pieces))?,
                }
            }
            zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
            fs::rename(&half, out)
        });
        if let Err(error) = written {
            let _ = fs::remove_file(&half);
            return Err(ArchiveError::io("write", out)(error));
        }
        let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
        index::sync_dir(folder.unwrap_or(Path::new(".")))
    }

    /// A file of records, with its size and digests, which stand before it in the package.
    fn record_file(&self, name: &str, pieces: &[Piece]) -> io::Result<Member> {
        let (mut crc, mut hash) = (Crc::new(), Hashing::new());
        let mut buffer = vec![0; 64 * 1024];
        let mut reader = Pieces::new(self, pieces);
        let mut size = 0;
        loop {
            let read = reader.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            size += read as u64;
            crc.update(&buffer[..read]);
            hash.write_all(&buffer[..read])?;
        }
        Ok(Member {
            name: format!("archive/{name}"),
            content: Content { size, crc: crc.sum() },
            hash: format!("sha256:{}", hash.hex()),
            source: Source::Records(pieces.to_vec()),
        })
    }

    /// The index of the package: of every record that the archive's own index lists.
    fn index_lines(&self, records: &[RecordLine], collected: &Collected) -> io::Result<String> {
        let by_place: HashMap<(&str, u64), &Entry> =
            self.entries.iter().map(|entry| ((&*entry.file, entry.place.offset), entry)).collect();
        let pieces = collected.files.values().flatten();
        let mut lines = Vec::new();
        for (record, piece) in records.iter().zip(pieces) {
            let Some(entry) = by_place.get(&(piece.part.as_str(), piece.offset)) else { continue };
            let file = record.file.trim_start_matches("archive/");
            lines.push(index::plain_line(entry, file, record.offset, record.length)?);
        }
        lines.sort();
        Ok(lines.concat())
    }

    /// The pages, in order; several captures of one address at one time are one page.
    fn pages(&self, captures: &[CaptureId]) -> Vec<PageLine> {
        let mut pages: Vec<PageLine> = Vec::new();
        for id in captures {
            let Some(number) = self.captures.iter().position(|capture| capture.id == *id) else { continue };
            let capture: &Capture = &self.captures[number];
            let Some(entry) = self.slots.get(self.links[number].own).and_then(|&entry| self.entries.get(entry)) else {
                continue;
            };
            let page = capture.content_type.as_deref().is_none_or(|kind| !kind.starts_with("image/"));
            let ts = entry.date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
            let known = pages.iter().any(|page| *page.url == *entry.url && page.ts == ts);
            if capture.outcome == Outcome::Body && page && !known {
                let id = format!("page-{}", pages.len() + 1);
                pages.push(PageLine { id, url: entry.url.to_string(), ts, title: capture.requested.clone() });
            }
        }
        pages
    }
}

impl Member {
    fn of(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), content: Content::of(&bytes), hash: label(&bytes), source: Source::Bytes(bytes) }
    }

    fn resource(&self) -> Resource {
        let name = self.name.rsplit('/').next().unwrap_or(&self.name).to_owned();
        Resource { name, path: self.name.clone(), hash: self.hash.clone(), bytes: self.content.size }
    }
}

fn record_lines(collected: &Collected) -> Vec<RecordLine> {
    let mut lines = Vec::new();
    for (name, pieces) in &collected.files {
        let mut offset = 0;
        for piece in pieces {
            let Piece { stored, seq, .. } = piece;
            lines.push(RecordLine {
                file: format!("archive/{name}"),
                offset,
                length: stored.length,
                id: stored.id.clone(),
                sha256: stored.sha256.clone(),
                seq: *seq,
            });
            offset += stored.length;
        }
    }
    lines
}

/// One JSON value per line.
fn lines<T: Serialize>(values: &[T]) -> io::Result<String> {
    let mut text = String::new();
    for value in values {
        text.push_str(&serde_json::to_string(value)?);
        text.push('\n');
    }
    Ok(text)
}

fn page_lines(pages: &[PageLine]) -> io::Result<String> {
    let header = PagesHeader { format: "json-pages-1.0", id: "pages", title: "Pages", has_text: false };
    Ok(format!("{}\n{}", serde_json::to_string(&header)?, lines(pages)?))
}

/// The bytes of records, one after the other.
struct Pieces<'a> {
    archive: &'a Archive,
    pieces: std::slice::Iter<'a, Piece>,
    open: Option<(&'a str, PartFile)>,
    bytes: Vec<u8>,
    at: usize,
}

impl<'a> Pieces<'a> {
    fn new(archive: &'a Archive, pieces: &'a [Piece]) -> Self {
        Self { archive, pieces: pieces.iter(), open: None, bytes: Vec::new(), at: 0 }
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.bytes.len() {
            let Some(piece) = self.pieces.next() else { return Ok(0) };
            self.at = 0;
            if let Some(packed) = &piece.packed {
                self.bytes.clone_from(packed);
                continue;
            }
            if self.open.as_ref().is_none_or(|(part, _)| *part != piece.part) {
                let file = self.archive.part(&piece.part).map_err(io::Error::other)?;
                self.open = Some((&piece.part, file));
            }
            if let Some((_, file)) = &mut self.open {
                self.bytes = read_at(file, piece.offset, piece.stored.length)?;
            }
            if crate::archive::sha256_hex(&self.bytes) != piece.stored.sha256 {
                return Err(io::Error::other(format!("record {} is damaged in the archive", piece.stored.id)));
            }
        }
        let count = into.len().min(self.bytes.len() - self.at);
        into[..count].copy_from_slice(&self.bytes[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
