//! The vocabulary of the project as plain data: no I/O, no clock, no decisions.
//!
//! Every stage takes one of these types and returns another, so reading this folder is the quickest way to
//! learn what `onrecord` does. One word, one thing: the glossary in `ARCHITECTURE.md` names each of them.
//! Offsets inside the program are byte ranges on character boundaries ([`TextRange`]); at every outer edge
//! they are Unicode code points, converted in one place ([`document::Document::code_points`]).

pub mod address;
pub mod capture;
pub mod claim;
pub mod document;
pub mod evidence;
pub mod figure;
pub mod heads;
pub mod observation;
pub mod points;
pub mod report;
pub mod verdict;
pub mod words;

pub use capture::{Capture, CaptureId, Completeness, Failure, Hop, Origin, Outcome, Reason};
pub use claim::{
    Article, Check, CheckKind, Claim, ClaimId, Copy, Expectation, LeftOut, Manifest, Need, Place, Signature, Source,
    SourceKey, Watching,
};
pub use document::{Block, Document, Link, Obstacle, Reading, TextRange, Where, Within, Zone};
pub use evidence::{Change, Finding, Look, Passage, Seen};
pub use heads::{Heads, Label, RowHeads};
pub use points::PointTable;
pub use verdict::{CheckVerdict, ClaimVerdict, Flag, FlagClass};
