//! placeholder until merged
use crate::archive::{Archive, ArchiveError};
use crate::model::{Capture, Failure, Outcome};
#[derive(Debug, Clone, Default)]
pub struct Settings { pub allow_private: bool }
pub enum Progress { Started { url: String }, Finished { url: String, outcome: Outcome } }
pub async fn capture_all(_urls: Vec<String>, _settings: &Settings, _archive: &mut Archive, _sink: &mut impl FnMut(Progress)) -> Result<(), ArchiveError> { Ok(()) }
pub fn failure_of(_capture: &Capture) -> Option<Failure> { None }
pub mod local {
    use crate::model::{Failure, Reason};
    pub struct LocalFile { pub bytes: Vec<u8>, pub content_type: String, pub modified: jiff::Timestamp }
    pub fn read_local(base: &std::path::Path, written: &str, _allow_outside: bool, _max: usize) -> Result<LocalFile, Failure> {
        let bytes = std::fs::read(base.join(written)).map_err(|e| Failure::new(Reason::NoSuchFile, e.to_string()))?;
        let content_type = if written.ends_with(".txt") { "text/plain" } else { "text/html" }.to_owned();
        Ok(LocalFile { bytes, content_type, modified: jiff::Timestamp::UNIX_EPOCH })
    }
}
