//! WARC files (ISO 28500, versions 1.0 and 1.1) and ARC files into records, records into WARC, and the HTTP answers inside them.
//!
//! Writing is strict and exact: one gzip member per record, digests over the bytes as stored. Reading is
//! tolerant: what others write is read as far as it can be, and every oddity is reported. Nothing here
//! trusts a length, a date or a name in a file, and nothing panics on one.

mod arc;
pub mod coding;
pub mod digest;
pub mod http;
mod input;
pub mod read;
pub mod record;
mod stream;
pub mod write;
mod zstd;

pub use coding::{DecodeError, DecodeLimits, Decoded};
pub use http::HttpAnswer;
pub use read::{ReadLimits, Reader};
pub use record::{Header, Integrity, Kind, Place, Record};
pub(crate) use stream::Packing;
