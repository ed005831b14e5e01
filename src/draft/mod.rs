//! draft
#![allow(dead_code)]
mod attribution;
mod lexicon;
mod marks;
mod phrase;
mod sentence;
mod speech;
mod token;
pub mod scratch;
