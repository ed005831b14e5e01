//! `onrecord` checks whether each quotation and figure of an article really stands in the archived copy of its source.
pub mod model;
pub mod report;
