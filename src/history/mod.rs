//! Stage 7, `drift`: two observations of a claim → what became of the words.
//!
//! Archivers keep pages and page watchers compare pages; here it is the words that we printed that are compared, and a
//! page that changed around them says nothing. Promises that our own changes (an edited claim, newer rules) are told
//! apart from the publisher's, that a source which could not be read is never taken for words that were removed, and
//! that nothing is said twice of one change. The ledger keeps every run's observations in a database; the rest is pure.

mod affected;
mod drift;
mod ledger;
mod observe;
mod pages;
mod schedule;

pub use affected::{Affected, affected};
pub use drift::{UNREACHABLE_AFTER, collapse, drift};
pub use ledger::{Channel, Due, Entry, Known, Ledger, LedgerError, Telling};
pub use observe::observe;
pub use pages::page_drift;
pub use schedule::{AGES, Every, Schedule, ScheduleError};
