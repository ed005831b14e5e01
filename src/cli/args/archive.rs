//! Arguments of `onrecord archive`, and its help.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Lists the captures
    List(List),
    /// Shows one capture, or every capture of an address
    Show(Show),
    /// Takes in what others saved: web archives (WARC, ARC, WACZ), MHTML, SingleFile, PDF, any file
    #[command(after_help = IMPORT_HELP)]
    Import(Import),
    /// Writes the captures of a manifest into one file that replay tools open (WACZ)
    #[command(after_help = EXPORT_HELP)]
    Export(Export),
    /// Says whether every byte of an archive still holds, and who vouches for it
    #[command(after_help = VERIFY_HELP)]
    Verify(Verify),
    /// Lets go of captures that nothing needs, and says which; the archive as it was stays beside
    #[command(after_help = GC_HELP)]
    Gc(Gc),
    /// Signs everything that is in the archive so far
    Sign(Sign),
    /// Makes a key to sign with, and prints its fingerprint
    Keygen(Keygen),
    /// Has an authority say that the archive existed (RFC 3161), by way of files
    #[command(after_help = TIMESTAMP_HELP)]
    Timestamp(Stamp),
    /// Hands the archive to a second place: a folder, or an object store
    #[command(after_help = REMOTE_HELP)]
    Push(Remote),
    /// Fetches the archive from a second place
    #[command(after_help = REMOTE_HELP)]
    Pull(Remote),
}

const IMPORT_HELP: &str = "\
A web archive is kept whole, byte for byte. Any other file is kept as a copy that somebody saved, under the
address that --url names, never as what a server sent. MHTML and SingleFile say themselves where and when they were
saved; --url and --seen win over that.

Examples:
  onrecord archive import crawl.warc.gz --from \"the city library\"
  onrecord archive import page.mhtml
  onrecord archive import statement.pdf --url https://gov.example/statement --seen 2024-03-21 --by KM";

const EXPORT_HELP: &str = "\
The package has the captures of the manifest's sources alone, and neither claims nor report unless --with-claims
puts them in: an unpublished article does not leak. It opens at the page of the first claim.

Example:
  onrecord archive export evidence.wacz --key desk.pem";

const VERIFY_HELP: &str = "\
Prints what does not hold, with the records and claims that it touches, and a ladder: what is attested, by whom.
Opens no socket and changes nothing.

Exit status:
  0  everything holds, pinned key and head included
  1  something does not hold
  2  the archive could not be read

Examples:
  onrecord archive verify
  onrecord archive verify evidence.wacz --key 3f2a… --head sha256:9bd1…";

const GC_HELP: &str = "\
Never let go: what an observation of the history needs (the first and the last capture of
every state of the words, of every manifest that was ever checked here), what serves a
claim of the manifests named, what a kept run shows, the first and the newest capture of
each address, and whatever people brought in. Of the rest, captures that are older than
--days and not among the --newest of their address.

The archive is written again without them and compared byte for byte; its old log, with
signatures and timestamps, comes along and goes on vouching for what is kept. The archive
as it was stays beside it as archive.before-gc-1. No run may write meanwhile.

Examples:
  onrecord archive gc --dry-run                  what would be let go
  onrecord archive gc --days 365 --newest 5";

const TIMESTAMP_HELP: &str = "\
Examples:
  onrecord archive timestamp --query q.tsq        write the question about the archive's head
  curl -H 'Content-Type: application/timestamp-query' --data-binary @q.tsq https://tsa.example > r.tsr
  onrecord archive timestamp --reply r.tsr        keep the answer, once it was checked";

const REMOTE_HELP: &str = "\
Whole files go from one to the other, the log last. What comes is compared with the log byte for byte before it stands
in the archive. Where both places went on differently, neither is touched. For s3: addresses the usual variables name
key, region and endpoint: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL.

Examples:
  onrecord archive push /mnt/museum/desk-7
  onrecord archive push s3://evidence/desk-7
  onrecord archive pull s3://evidence/desk-7 --archive fetched";

/// Where else the archive is.
#[derive(Debug, Args)]
pub(in crate::cli) struct Remote {
    /// A folder, file:///…, or s3://bucket/folder
    pub(in crate::cli) other: String,
    #[command(flatten)]
    pub(in crate::cli) place: Where,
}

/// Which archive.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct Where {
    /// The archive: a folder, or a WARC or WACZ file for reading only. By default that of the manifest
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) archive: Option<PathBuf>,
    /// The manifest whose archive it is; claims.toml in this folder, where there is one
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) manifest: Option<PathBuf>,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ListFormat {
    Text,
    Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// Only captures whose address contains these words
    pub(in crate::cli) containing: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) place: Where,
    /// How to print them
    #[arg(long, value_enum, default_value = "text")]
    pub(in crate::cli) format: ListFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    /// The id of a capture, the beginning of one, or an address
    pub(in crate::cli) capture: String,
    #[command(flatten)]
    pub(in crate::cli) place: Where,
    /// Writes the decoded body of the newest of them instead
    #[arg(long)]
    pub(in crate::cli) body: bool,
    /// How to print it
    #[arg(long, value_enum, default_value = "text", conflicts_with = "body")]
    pub(in crate::cli) format: ListFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    /// The files
    #[arg(required = true)]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// The address that the file is a copy of
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) url: Option<String>,
    /// When it was seen like this: a day, or a time with its offset
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) seen: Option<Timestamp>,
    /// Who saved it
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: Option<String>,
    /// Where it comes from
    #[arg(long, value_name = "WORDS")]
    pub(in crate::cli) from: Option<String>,
    /// Mebibytes that one file may have, web archives excepted
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=2048))]
    pub(in crate::cli) max_size: u32,
    #[command(flatten)]
    pub(in crate::cli) place: Where,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// The file to write
    pub(in crate::cli) file: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) place: Where,
    /// Every capture of the archive, instead of those of the manifest's sources
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// Puts the manifest and a report into the package
    #[arg(long)]
    pub(in crate::cli) with_claims: bool,
    /// Signs the package with this key
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) key: Option<PathBuf>,
    /// Replaces a file that is there already
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Verify {
    /// The archive: a folder, or a WARC or WACZ file. By default that of the manifest
    pub(in crate::cli) path: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) place: Where,
    /// The fingerprint of the key that must have signed
    #[arg(long, value_name = "FINGERPRINT")]
    pub(in crate::cli) key: Option<String>,
    /// The head of the log, or the digest of the package, as it was noted earlier
    #[arg(long, value_name = "DIGEST")]
    pub(in crate::cli) head: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    pub(in crate::cli) format: ListFormat,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Gc {
    /// Further manifests whose claims need what serves them
    #[arg(value_name = "MANIFEST")]
    pub(in crate::cli) manifests: Vec<PathBuf>,
    /// Says what would be let go, and changes nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Keeps every capture of the last so many days
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    pub(in crate::cli) days: u32,
    /// Keeps so many of the newest complete captures of each address; at least one
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub(in crate::cli) newest: usize,
    /// Removes the archive as it was, once the new one was compared
    #[arg(long, conflicts_with = "dry_run")]
    pub(in crate::cli) delete: bool,
    #[command(flatten)]
    pub(in crate::cli) place: Where,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Sign {
    /// The key
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) key: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) place: Where,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Keygen {
    /// The file for the key; it must not be there yet
    pub(in crate::cli) file: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Stamp {
    /// Writes the question to this file
    #[arg(long, value_name = "FILE", required_unless_present = "reply", conflicts_with = "reply")]
    pub(in crate::cli) query: Option<PathBuf>,
    /// Reads the authority's answer from this file
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) reply: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) place: Where,
}

fn date(text: &str) -> Result<Timestamp, String> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    let date: jiff::civil::Date =
        text.parse().map_err(|_| "neither a day (2024-03-21) nor a time with its offset (2024-03-21T06:00:00Z)")?;
    let start = date.to_zoned(jiff::tz::TimeZone::UTC).map_err(|error| error.to_string())?;
    Ok(start.timestamp())
}
