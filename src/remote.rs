//! An archive in a second place: whole files to and from a folder or an object store.
//!
//! The port is [`object_store::ObjectStore`]: a folder (`file:`), S3 and what speaks like it (`s3:`), or memory. Only
//! what the log vouches for is handed over, the log last, so that a place never names what it lacks; what comes back is
//! compared with the log byte for byte before it stands in the archive. Two places that went on differently are never
//! merged: that is said, and a person decides.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::StreamExt;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::io::AsyncWriteExt;
use url::Url;

use crate::archive::{ArchiveError, Incoming, Inventory, LOG, MAX_LOG, Standing, VOUCHING, joined_lines, read_whole};

/// Bytes that are held of a file on its way.
const PIECE: usize = 8 << 20;

/// Why an archive could not be handed over.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum RemoteError {
    /// The address names no place.
    #[error("{place} is no place for an archive ({message}); write a folder, file:///…, or s3://bucket/folder")]
    NoPlace { place: String, message: String },
    /// The place did not answer, or refused.
    #[error("cannot {action} {name} at the other place: {message}")]
    Store { action: &'static str, name: String, message: String },
    /// What is there is not what an archive writes.
    #[error("{name} at the other place cannot be used: {message}")]
    Unusable { name: String, message: String },
    /// There is nothing to hand over.
    #[error("there is no archive with captures at {}", path.display())]
    Nothing { path: PathBuf },
    /// There is nothing to fetch.
    #[error("there is no archive at the other place")]
    NothingThere,
    /// The place has captures that this archive lacks.
    #[error("the other place has captures that this archive lacks; fetch them first, with `onrecord archive pull`")]
    Behind,
    /// They went on differently.
    #[error(
        "this archive and the one at the other place went on differently, and neither was touched; choose another \
         place, or fetch into a new folder and import from there"
    )]
    Parted,
    /// The local side failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A local file could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    Local { action: &'static str, path: PathBuf, source: std::io::Error },
}

/// What was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The files that were written, in order.
    pub files: Vec<String>,
    /// Their bytes.
    pub bytes: u64,
    /// The hash of the log's last line, at both places now.
    pub head: String,
}

/// A place that archives can be handed to.
pub struct Place {
    store: Arc<dyn ObjectStore>,
    folder: Key,
}

impl Place {
    /// Finds a place by its address, or by the path of a folder, which is made where it is missing. `settings` are what
    /// the store's own client takes from the environment (`AWS_ACCESS_KEY_ID` and the like); others are ignored.
    pub fn open(place: &str, settings: impl IntoIterator<Item = (String, String)>) -> Result<Self, RemoteError> {
        let no_place = |message: &dyn std::fmt::Display| RemoteError::NoPlace {
            place: place.to_owned(),
            message: message.to_string(),
        };
        // a drive's letter is no scheme
        let url = match Url::parse(place) {
            Ok(url) if url.scheme().len() > 1 => url,
            Err(error) if place.contains("://") => return Err(no_place(&error)),
            _ => {
                let path = std::path::absolute(place).map_err(|error| no_place(&error))?;
                Url::from_file_path(path).map_err(|()| no_place(&"the path cannot be written as an address"))?
            }
        };
        if url.scheme() == "file" {
            let path = url.to_file_path().map_err(|()| no_place(&"the address names no folder of this machine"))?;
            std::fs::create_dir_all(&path).map_err(|error| no_place(&error))?;
        }
        let (store, folder) = object_store::parse_url_opts(&url, settings).map_err(|error| no_place(&error))?;
        Ok(Self { store: store.into(), folder })
    }

    /// A place in a store that is open already.
    pub fn of(store: Arc<dyn ObjectStore>, folder: &str) -> Self {
        Self { store, folder: Key::from(folder) }
    }

    /// Makes the place hold what the archive of a folder holds.
    pub async fn push(&self, folder: &Path) -> Result<Moved, RemoteError> {
        let ours = Inventory::of(folder)?;
        let Some(head) = ours.head().map(str::to_owned) else {
            return Err(RemoteError::Nothing { path: folder.to_owned() });
        };
        let theirs = self.inventory().await?;
        match ours.standing(&theirs) {
            Standing::Behind => return Err(RemoteError::Behind),
            Standing::Parted => return Err(RemoteError::Parted),
            Standing::Same | Standing::Ahead => {}
        }
        let mut moved = Moved { files: Vec::new(), bytes: 0, head };
        for (name, length) in ours.files() {
            // a file only grows: of one length, under one log, it is the same
            if self.length(name).await? != Some(length) {
                let path = folder.join(name);
                // damage is not handed on
                ours.vouches(name, &path)?;
                self.send(&path, name, length).await?;
                moved.add(name, length);
            }
        }
        for name in VOUCHING {
            let lines = read_whole(&folder.join(name))?;
            let there = self.small(name).await?.unwrap_or_default();
            let joined = joined_lines(&there, &lines);
            if joined != there {
                self.put(name, joined.clone()).await?;
                moved.add(name, joined.len() as u64);
            }
        }
        if ours.log() != theirs.log() {
            self.put(LOG, ours.log().to_vec()).await?;
            moved.add(LOG, ours.log().len() as u64);
        }
        Ok(moved)
    }

    /// Makes the archive of a folder hold what the place holds; the folder is made where it is missing.
    pub async fn pull(&self, folder: &Path) -> Result<Moved, RemoteError> {
        let theirs = self.inventory().await?;
        let Some(head) = theirs.head().map(str::to_owned) else { return Err(RemoteError::NothingThere) };
        let incoming = Incoming::begin(folder)?;
        let ours = Inventory::of(folder)?;
        if theirs.standing(&ours) == Standing::Parted {
            return Err(RemoteError::Parted);
        }
        let ahead = theirs.standing(&ours) == Standing::Ahead;
        let mut moved = Moved { files: Vec::new(), bytes: 0, head };
        let held = ours.files();
        for (name, length) in theirs.files().into_iter().filter(|_| ahead) {
            if held.get(name) != Some(&length) {
                self.fetch(name, length, &incoming.place(name)).await?;
                moved.add(name, length);
            }
        }
        for name in VOUCHING {
            let Some(there) = self.small(name).await? else { continue };
            let lines = read_whole(&folder.join(name))?;
            let joined = joined_lines(&lines, &there);
            if joined != lines {
                let path = incoming.place(name);
                std::fs::write(&path, &joined)
                    .and_then(|()| File::open(&path)?.sync_all())
                    .map_err(|source| RemoteError::Local { action: "write", path, source })?;
                moved.add(name, joined.len() as u64);
            }
        }
        if ahead {
            moved.add(LOG, theirs.log().len() as u64);
        }
        // an archive that went on since keeps its own log
        let stays = if ahead { &theirs } else { &ours };
        moved.head = stays.head().unwrap_or_default().to_owned();
        incoming.finish(stays)?;
        Ok(moved)
    }

    fn key(&self, name: &str) -> Key {
        self.folder.clone().join(name)
    }

    async fn inventory(&self) -> Result<Inventory, RemoteError> {
        let log = self.small(LOG).await?.unwrap_or_default();
        Inventory::parse(log).map_err(|message| RemoteError::Unusable { name: LOG.to_owned(), message })
    }

    /// How many bytes a file has there; `None` where it is missing.
    async fn length(&self, name: &str) -> Result<Option<u64>, RemoteError> {
        match self.store.head(&self.key(name)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(not_done("find", name, &error)),
        }
    }

    /// A file that is held whole; `None` where it is missing.
    async fn small(&self, name: &str) -> Result<Option<Vec<u8>>, RemoteError> {
        let failed = |error| not_done("read", name, &error);
        let got = match self.store.get(&self.key(name)).await {
            Ok(got) => got,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let size = got.meta.size;
        if size > MAX_LOG {
            let message = format!("it has {size} bytes, more than {MAX_LOG}");
            return Err(RemoteError::Unusable { name: name.to_owned(), message });
        }
        Ok(Some(got.bytes().await.map_err(failed)?.to_vec()))
    }

    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), RemoteError> {
        let put = self.store.put(&self.key(name), bytes.into()).await;
        put.map(|_| ()).map_err(|error| not_done("write", name, &error))
    }

    /// Sends the first `length` bytes of a file: what stands behind them was never acknowledged.
    async fn send(&self, path: &Path, name: &str, length: u64) -> Result<(), RemoteError> {
        let local = |source| RemoteError::Local { action: "read", path: path.to_owned(), source };
        let store = |error: std::io::Error| not_done("write", name, &error);
        let mut from = File::open(path).map_err(local)?.take(length);
        let mut to = object_store::buffered::BufWriter::new(Arc::clone(&self.store), self.key(name));
        let mut piece = vec![0; PIECE.min(usize::try_from(length).unwrap_or(PIECE)).max(1)];
        let mut sent = 0;
        loop {
            let read = from.read(&mut piece).map_err(local)?;
            if read == 0 {
                break;
            }
            sent += read as u64;
            to.write_all(&piece[..read]).await.map_err(store)?;
        }
        if sent != length {
            // nothing half is left behind there
            let _ = to.abort().await;
            let message = format!("{} has {sent} of the {length} bytes that the log names", path.display());
            return Err(ArchiveError::Damaged { record: name.to_owned(), message }.into());
        }
        to.shutdown().await.map_err(store)
    }

    /// Fetches a file that must have `length` bytes.
    async fn fetch(&self, name: &str, length: u64, to: &Path) -> Result<(), RemoteError> {
        let failed = |error| not_done("read", name, &error);
        let local = |source| RemoteError::Local { action: "write", path: to.to_owned(), source };
        let wrong = |found: u64| RemoteError::Unusable {
            name: name.to_owned(),
            message: format!("it has {found} bytes where the log names {length}"),
        };
        let got = self.store.get(&self.key(name)).await.map_err(failed)?;
        if got.meta.size < length {
            return Err(wrong(got.meta.size));
        }
        let mut stream = got.into_stream();
        let mut file = File::create(to).map_err(local)?;
        let mut left = length;
        while left > 0 {
            let Some(piece) = stream.next().await else { return Err(wrong(length - left)) };
            let piece = piece.map_err(failed)?;
            // what another run is adding there is not vouched for yet
            let take = piece.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            file.write_all(&piece[..take]).map_err(local)?;
            left -= take as u64;
        }
        file.sync_all().map_err(local)
    }
}

/// What a place refused or broke off, in one line: stores answer with a page of XML, of which the message counts.
fn not_done(action: &'static str, name: &str, error: &dyn std::fmt::Display) -> RemoteError {
    let whole = error.to_string();
    let said = whole.split("<?xml").next().and_then(|said| said.lines().next()).unwrap_or_default();
    let mut message: String = said.trim_end().trim_end_matches(':').chars().take(400).collect();
    let told = whole.split_once("<Message>").and_then(|(_, rest)| rest.split_once("</Message>"));
    if let Some((told, _)) = told {
        message.push_str(": ");
        message.extend(told.chars().take(200));
    }
    RemoteError::Store { action, name: name.to_owned(), message }
}

impl Moved {
    fn add(&mut self, name: &str, bytes: u64) {
        self.files.push(name.to_owned());
        self.bytes += bytes;
    }
}
