//! Lines: stretches of text on one height, with the wide spaces inside them.

/// A stretch of a line without a wide gap.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// Wide spaces inside it, which may be the gutter between two columns.
    pub(super) gaps: Vec<Gap>,
    /// Whether it is one of the numbers that a transcript gives to its lines.
    pub(super) numbering: bool,
}

/// A wide space inside a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    /// Characters that are no white space before it.
    pub(super) before: usize,
    pub(super) left: f64,
    pub(super) right: f64,
}

/// Spaces wider than this, in heights of the type, may be a gutter.
pub(super) const WIDE: f64 = 0.7;

/// How many characters of a text are kept whatever happens to its white space.
pub(super) fn kept(text: &str) -> usize {
    text.chars().filter(|c| is_kept(*c)).count()
}

pub(super) fn is_kept(c: char) -> bool {
    !c.is_whitespace() && !c.is_control()
}
