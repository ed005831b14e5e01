//! Web archives on the local disk: what was captured into WARC files, and the captures out of them again.
//!
//! Promises: what is appended is durable when the call returns, and a run that is killed leaves whole
//! records; every attempt is kept, failed ones too; nothing is edited or deleted; what others wrote is read
//! as far as it can be, and every oddity is reported. Refuses: a second writer, and to hand out a body that
//! is not what its record says. Plain and synchronous: no network, no clock, no global state.
//!
//! [`Archive`] is the store, [`warc`] the codec, [`Exchange`] what a fetch hands over.

mod append;
mod bundle;
mod compose;
mod describe;
mod error;
mod exchange;
mod gc;
mod import;
mod index;
mod inventory;
mod link;
mod log;
mod lookup;
mod names;
mod opening;
mod options;
mod parts;
#[cfg(any(test, fuzzing))]
pub mod probe;
mod recover;
mod saved;
mod scan;
mod seal;
mod segment;
mod store;
mod supplied;
mod surt;
mod timestamp;
mod verify;
mod vouched;
mod wacz;
pub mod warc;
mod whole;
mod witnessed;
mod zip;

pub use append::Validators;
pub use bundle::{Bundle, BundleFile, Opened, Written, open_bundle, write_bundle};
pub use error::{ArchiveError, Warning};
pub use exchange::{Answer, Exchange, Field, Protocol, Truncation};
pub use gc::{Dropped, Rewritten};
pub use import::{ImportNote, Imported};
pub use inventory::{Incoming, Inventory, LOG, MAX_LOG, Standing, VOUCHING, joined_lines, read_whole};
pub use options::{Options, Privacy};
pub use saved::{Saved, SavedKind, recognise};
pub use seal::{Key, KeyError};
pub use store::{Archive, Body, Mode};
pub use supplied::{Original, Rendering, Supplied};
pub use verify::{Pins, Problem, Rung, Step, Verification, verify};
pub use wacz::{Export, Exported, Extra};
pub use warc::coding::DecodeLimits;
pub use warc::digest::sha256_hex;

/// The program, as records, packages and signatures name it.
pub(crate) const SOFTWARE: &str = concat!("onrecord/", env!("CARGO_PKG_VERSION"));
