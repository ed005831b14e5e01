//! Bundles: a report, the captures that it rests on, and a page for whoever checks it, in one file.
//!
//! A bundle is a ZIP file in the one form that we write. `bundle.json` lists every file with its size and SHA-256;
//! `bundle-digest.json` has the SHA-256 of that list and, where a key was at hand, a signature over it. File names are a
//! closed set: what is called anything else is told and never read, and no name ever becomes a path.

mod open;
mod write;

use serde::{Deserialize, Serialize};

pub use open::{Opened, open_bundle};
pub use write::{Written, write_bundle};

/// What a bundle says it is. A later form gets another number, and this one goes on to be read.
const FORMAT: &str = "onrecord/bundle/1";

/// The list of files, and the digest of that list.
const DESCRIPTION: &str = "bundle.json";
const DIGEST: &str = "bundle-digest.json";

/// A file that a bundle may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BundleFile {
    /// What a bundle is, and how to check it, for people.
    Readme,
    /// The digests of the other files, as `sha256sum --check` reads them.
    Sums,
    /// The report, as a page.
    Page,
    /// The report, as data.
    Report,
    /// The captures, as a package that replay tools open.
    Captures,
}

impl BundleFile {
    /// Every one, in the order in which a bundle has them.
    pub const ALL: [Self; 5] = [Self::Readme, Self::Sums, Self::Page, Self::Report, Self::Captures];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Readme => "README.html",
            Self::Sums => "SHA256SUMS",
            Self::Page => "report.html",
            Self::Report => "report.json",
            Self::Captures => "captures.wacz",
        }
    }
}

/// What a bundle says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The version of the form.
    bundle: String,
    /// When it was made, by the maker's clock: RFC 3339 in UTC.
    pub created: String,
    /// The program that made it.
    pub software: String,
    /// The version of what reads texts out of captures.
    pub extractor: u32,
    /// Whether its report is the one for readers.
    pub public: bool,
    /// Its files.
    files: Vec<Listed>,
}

impl Bundle {
    /// A description without files, which writing adds.
    pub fn new(created: jiff::Timestamp, extractor: u32, public: bool) -> Self {
        Self {
            bundle: FORMAT.to_owned(),
            created: created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            software: super::SOFTWARE.to_owned(),
            extractor,
            public,
            files: Vec::new(),
        }
    }

    /// Whether this very version of the program made it.
    pub fn is_of_this_version(&self) -> bool {
        self.software == super::SOFTWARE
    }
}

/// One file of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    path: String,
    sha256: String,
    bytes: u64,
}

/// The digest of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Digest {
    path: String,
    sha256: String,
    signed: Option<Signed>,
}

/// A signature over the digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Signed {
    /// SPKI in base64.
    public_key: String,
    signature: String,
}
