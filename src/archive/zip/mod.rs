//! ZIP files, as far as packages and bundles need them: what is inside, and one canonical way to write it.
//!
//! Reading takes stored and deflated entries, checks names, places and local headers against the central
//! directory, refuses what two readers could see differently, and never writes to the disk. Without a readable
//! directory (a file that was cut) the entries are found by their local headers. Writing stores every entry as it
//! is, with one fixed date and no optional field, so that the same content gives the same bytes and no byte is
//! free.

mod form;
mod read;
mod write;

pub(crate) use form::{Form, form};
pub(crate) use read::{Entry, Method, Zip, read_entry};
pub(crate) use write::{Content, ZipWriter};

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR64: u32 = 0x0706_4b50;
