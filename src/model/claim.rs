//! The manifest as meant: claims, the sources they name, and the checks that each claim asks for.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::figure::Bands;
use super::verdict::{CheckVerdict, ClaimVerdict};

/// A claims manifest after resolving: names looked up, ids given, defaults filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// Where the manifest was read from; paths in it are relative to its folder.
    pub path: PathBuf,
    /// The archive that the manifest names, as written.
    pub archive: Option<String>,
    /// BCP 47 language tag of the article, as written.
    pub language: Option<String>,
    /// The text whose claims these are.
    pub article: Option<Article>,
    /// What is left out of the archive.
    pub privacy: LeftOut,
    /// Every source that the manifest can reach: the named ones, and the unnamed ones that claims write in place.
    pub sources: BTreeMap<SourceKey, Source>,
    /// The claims, in manifest order.
    pub claims: Vec<Claim>,
    /// How far a value may lie from its number under a bound or a hedge.
    pub bands: Bands,
    /// Words of the article that a person said are no claim; drafting leaves them out.
    pub dismissed: Vec<String>,
}

/// What is left out of an archive, beside the secrets that never are in one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Request records.
    pub requests: bool,
    /// `Set-Cookie` fields of answers.
    pub cookies: bool,
    /// Names of query parameters, in any case, whose values are replaced.
    pub redact: Vec<String>,
}

/// The text whose claims a manifest holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// Its headline.
    pub title: Option<String>,
    /// Where it is published.
    pub url: Option<String>,
    /// Its file, relative to the manifest.
    pub file: Option<String>,
    /// When it was published; relative dates in statements resolve against it.
    pub published: Option<Date>,
}

/// Identifies a source inside one manifest: its name in `[sources]`, else the URL or path as a claim writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceKey(pub Arc<str>);

impl std::borrow::Borrow<str> for SourceKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A place where words may stand: a URL, a file, or a URL with a copy that a person saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Identity inside the manifest.
    pub key: SourceKey,
    /// The name in `[sources]`; `None` where a claim writes the source in place.
    pub name: Option<String>,
    /// Where the source is published, with any fragment removed; `None` for a file.
    pub url: Option<String>,
    /// A file of the manifest's folder that is itself the source (`source = "notes.txt"`), as written.
    pub path: Option<String>,
    /// A copy that a person saved.
    pub copy: Option<Copy>,
    /// Who publishes it.
    pub outlet: Option<Arc<str>>,
    /// When it was published.
    pub published: Option<Date>,
    /// Embargo: no capture is made before this day (UTC).
    pub not_before: Option<Date>,
    /// Where the source is written in the manifest.
    pub place: Place,
}

/// A copy of a source that a person saved, relative to the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// The path as written.
    pub path: String,
}

/// Identifies a claim: letters, digits, `-` and `_`; unique in its manifest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub String);

/// A place in the manifest, for diagnostics: both numbers count from 1, columns in Unicode code points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

/// One statement of an article and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Its id, written or derived from the words.
    pub id: ClaimId,
    /// The statement as the article prints it.
    pub statement: Arc<str>,
    /// What is to be checked: quotes first, then figures, in manifest order; a `Statement` check when there is neither.
    pub checks: Vec<Check>,
    /// Whose words they are.
    pub speaker: Option<String>,
    /// The chain between the article and the speaker, nearest first; begins with the outlet of the source.
    pub via: Vec<String>,
    /// The sources it names, in order; empty means `unsourced`.
    pub sources: Vec<SourceKey>,
    /// How many of the sources must carry it.
    pub need: Need,
    /// Language of the claim, where it is not the article's (already filled in from the manifest).
    pub language: Option<String>,
    /// The capture nearest to this day serves, else the newest complete one.
    pub as_of: Option<Date>,
    /// How often it is looked at again (already filled in from the manifest).
    pub watching: Watching,
    /// The verdict that this claim is meant to get.
    pub expect: Option<Expectation>,
    /// A person's sign-off.
    pub signed: Option<Signature>,
    /// Where the claim begins in the manifest.
    pub place: Place,
}

impl Claim {
    /// A claim that no manifest wrote: a statement with one check, and nothing else said of it.
    pub fn of(statement: impl Into<Arc<str>>, kind: CheckKind) -> Self {
        Self {
            id: ClaimId(String::new()),
            statement: statement.into(),
            checks: vec![Check { kind, place: Place::default(), explicit: true }],
            speaker: None,
            via: Vec::new(),
            sources: Vec::new(),
            need: Need::Any,
            language: None,
            as_of: None,
            watching: Watching::default(),
            expect: None,
            signed: None,
            place: Place::default(),
        }
    }
}

/// How often a claim is looked at again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watching {
    /// An interval or a cron expression, as written.
    pub every: Option<String>,
    /// The first day (UTC) on which it is looked at no more.
    pub until: Option<Date>,
}

/// One thing that is checked against each source of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What kind of check it is, with the fragments or the text.
    pub kind: CheckKind,
    /// Where it is written in the manifest.
    pub place: Place,
    /// Whether the manifest wrote it (`quote`, `figure`), rather than it being read out of the statement.
    pub explicit: bool,
}

/// What a check looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckKind {
    /// A quotation: one string, or fragments in the order in which they must stand. Never empty.
    Quote(Vec<String>),
    /// A figure, as written.
    Figure(String),
    /// A statement with nothing exact to check.
    Statement,
}

/// How many independent sources must carry a claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Need {
    /// One is enough.
    #[default]
    Any,
    /// Each of them.
    All,
    /// At least so many; copies of one wire story count once.
    AtLeast(usize),
}

/// The verdict that a claim is meant to get: of the claim, or of its one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// Both levels have this word (`altered`, `mismatch`, `absent`, `review`, `unavailable`), or it is one of a claim's.
    Claim(ClaimVerdict),
    /// A word that only a check's verdict has (`verbatim`, `edited`, `match`).
    Check(CheckVerdict),
}

/// `[claim.signed]`: a person read the evidence and lets the claim stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub by: String,
    /// When.
    pub on: Date,
    /// Why.
    pub why: String,
    /// The seal over claim and passage; lapses when either changes. `None` never validates.
    pub seal: Option<String>,
}

impl Check {
    /// The text of the check as the report shows it: fragments joined by ` … `.
    pub fn text(&self, statement: &str) -> String {
        match &self.kind {
            CheckKind::Quote(fragments) => fragments.join(" … "),
            CheckKind::Figure(figure) => figure.clone(),
            CheckKind::Statement => statement.to_owned(),
        }
    }
}

impl std::fmt::Display for ClaimId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Source {
    /// The source as people know it: its URL, else its path, else its copy's path.
    pub fn address(&self) -> &str {
        self.url
            .as_deref()
            .or(self.path.as_deref())
            .or(self.copy.as_ref().map(|copy| copy.path.as_str()))
            .unwrap_or(&self.key.0)
    }
}
