//! stub
use crate::model::report::Report;
use super::Style;
pub(super) fn render(_report: &Report, _style: &Style) -> String { String::new() }
