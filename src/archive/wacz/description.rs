//! What a package says of itself, as written by us and as read from anybody.

use serde::{Deserialize, Serialize};

/// `datapackage.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Package {
    #[serde(default)]
    pub(crate) profile: String,
    #[serde(default)]
    pub(crate) wacz_version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) created: String,
    #[serde(default)]
    pub(crate) software: String,
    #[serde(default, rename = "mainPageUrl", skip_serializing_if = "Option::is_none")]
    pub(crate) main_page_url: Option<String>,
    #[serde(default, rename = "mainPageDate", skip_serializing_if = "Option::is_none")]
    pub(crate) main_page_date: Option<String>,
    #[serde(default)]
    pub(crate) resources: Vec<Resource>,
}

/// One file of a package.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Resource {
    #[serde(default)]
    pub(crate) name: String,
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) hash: String,
    #[serde(default)]
    pub(crate) bytes: u64,
}

/// `datapackage-digest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DigestFile {
    pub(crate) path: String,
    pub(crate) hash: String,
    #[serde(default, rename = "signedData", skip_serializing_if = "Option::is_none")]
    pub(crate) signed: Option<SignedData>,
}

/// The signature of a package: without a domain by us, and what others add for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignedData {
    pub(crate) hash: String,
    pub(crate) created: String,
    pub(crate) software: String,
    #[serde(default)]
    pub(crate) version: String,
    pub(crate) signature: String,
    #[serde(default, rename = "publicKey", skip_serializing_if = "Option::is_none")]
    pub(crate) public_key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) domain: Option<String>,
}

/// A line of `provenance/records.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordLine {
    /// The file in the package.
    pub(crate) file: String,
    pub(crate) offset: u64,
    pub(crate) length: u64,
    pub(crate) id: String,
    /// Of the stored bytes.
    pub(crate) sha256: String,
    /// The line of the log that names it; none for records of imported files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seq: Option<u64>,
}

/// The first line of `pages/pages.jsonl`.
#[derive(Debug, Serialize)]
pub(crate) struct PagesHeader {
    pub(crate) format: &'static str,
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    #[serde(rename = "hasText")]
    pub(crate) has_text: bool,
}

/// A further line of it.
#[derive(Debug, Serialize)]
pub(crate) struct PageLine {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) ts: String,
    pub(crate) title: String,
}
