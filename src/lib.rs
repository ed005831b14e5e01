//! `onrecord` checks whether each quotation and figure of an article really stands in the archived copy of its source.
pub mod archive;
pub mod capture;
pub mod cli;
pub mod engine;
pub mod extract;
pub mod judge;
pub mod manifest;
pub mod matching;
pub mod model;
pub mod plan;
pub mod report;
