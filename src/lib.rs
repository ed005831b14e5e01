//! `onrecord` checks whether each quotation and figure of an article really stands in the archived copy of its source.
//!
//! It takes a manifest of claims, captures every source into a web archive, reads the text out of each capture with
//! positions, looks for each quotation and figure, names every difference that it finds, and reports. It says whether
//! a source *carries* a claim, never whether a claim is true.
//!
//! # Eight stages, one verb each
//!
//! Every stage is a module that takes one type of [`model`] and returns the next. Reading them in this order is
//! reading the program.
//!
//! 1. [`manifest::parse`]: the text of a `claims.toml` → a [`Manifest`](model::Manifest), or every
//!    [`Diagnostic`](manifest::Diagnostic) at once.
//! 2. [`plan::plan`]: a manifest, the captures held and the day → what to capture, and what to check against what.
//! 3. [`capture`]: URLs → [`Capture`](model::Capture)s in an [`archive`], failed attempts too. The only stage that
//!    opens a socket.
//! 4. [`extract::extract`]: a capture's bytes → a [`Reading`](model::Reading): a [`Document`](model::Document) with
//!    zones and positions, and what stands between a reader and the page.
//! 5. [`matching::find`]: a check and a document → a [`Finding`](model::Finding): passages and named differences.
//! 6. [`judge::judge`]: a claim and what was seen in each of its sources → its verdict.
//! 7. `history`: two observations of a claim → what became of the words. Not built yet; what an observation needs
//!    ([`matching::RULES_VERSION`], [`extract::EXTRACTOR_VERSION`], captures that are kept) is there.
//! 8. [`report::render`]: a [`Report`](model::report::Report) and a format → bytes.
//!
//! Before them all, [`draft::draft`] makes the manifest that they work on: an article → its quotations, attributed
//! statements, figures and embedded posts as claims, for a person to complete.
//!
//! [`engine`] is the only place that knows this order; [`cli`] is a caller of it, and the only part that prints, reads
//! the environment or ends with a status. Everything but [`capture`], [`archive`], [`engine`] and [`cli`] is a pure
//! function of its input.
//!
//! # An example without network or files
//!
//! A claim, a page, and what the page says to the claim: one word of the quotation is not the speaker's.
//!
//! ```
//! use onrecord::extract::{self, Input, Limits};
//! use onrecord::manifest;
//! use onrecord::matching::{self, Asked, Prepared};
//! use onrecord::model::{CheckVerdict, Flag};
//!
//! let text = r#"
//! [[claim]]
//! statement = 'Mara Lindqvist said the ferries "will never return to the old quay".'
//! speaker = "Mara Lindqvist"
//! source = "https://wire.example/ferries"
//! "#;
//! let page = b"<h1>Harbour reopens</h1>
//!     <p>&#8220;The ferries will hardly return to the old quay,&#8221; Mara Lindqvist said.</p>";
//!
//! let parsed = manifest::parse("claims.toml".as_ref(), text, &matching::figure::written)
//!     .expect("the manifest has no mistakes");
//! let claim = &parsed.manifest.claims[0];
//!
//! let input = Input { bytes: page, content_type: Some("text/html; charset=utf-8"), name: "" };
//! let document = extract::extract(&input, &Limits::default()).document.expect("the page has text");
//!
//! // The quotation was read out of the statement; the page is indexed once and may be asked many times.
//! let prepared = Prepared::new(&document);
//! let asked = Asked::new(claim, &[], None);
//! let finding = matching::find(&claim.checks[0], &asked, &prepared);
//!
//! assert_eq!(finding.verdict, CheckVerdict::Altered);
//! assert_eq!((finding.changes[0].quote.as_str(), finding.changes[0].source.as_str()), ("never", "hardly"));
//! assert!(finding.has(Flag::Word));
//!
//! // What is shown is the source's own text, and where it stands.
//! let passage = finding.passage.expect("a passage is plainly where it comes from");
//! assert_eq!(document.slice(passage.range), "will hardly return to the old quay");
//! ```
//!
//! The manifest, the report, its verdicts and its exit statuses are the interface that does not move; they are
//! described in `docs/manifest.md` and `docs/report.md`, the structure and its reasons in `ARCHITECTURE.md`.

pub mod alert;
pub mod archive;
pub mod capture;
pub mod cli;
pub mod draft;
pub mod engine;
pub mod extract;
pub mod history;
pub mod judge;
pub mod manifest;
pub mod matching;
pub mod model;
pub mod plan;
pub mod remote;
pub mod report;
