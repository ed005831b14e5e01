//! `onrecord` checks whether each quotation and figure of an article really stands in the archived copy of its source.
pub mod archive;
pub mod capture;
pub mod model;
