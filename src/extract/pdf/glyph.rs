//! Glyphs: the characters of a page with their positions, as every engine hands them over.

/// One character (or ligature) of a page. Lengths are points, `y` grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// Left edge.
    pub(super) x: f64,
    /// Baseline.
    pub(super) y: f64,
    /// Advance width.
    pub(super) width: f64,
    /// Height of the type.
    pub(super) size: f64,
    /// The text that it stands for.
    pub(super) text: String,
}

/// One page, in the order in which its content stream draws it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    /// Number, from 1.
    pub(super) number: u32,
    /// Height in points, 0 where it is not known.
    pub(super) height: f64,
    /// Everything that is drawn upright, in drawing order.
    pub(super) glyphs: Vec<Glyph>,
    /// Glyphs whose font does not say which character they are.
    pub(super) unmapped: usize,
}

/// Glyphs that are kept per page; a page that draws more is cut there.
pub(super) const MAX_GLYPHS: usize = 400_000;

impl Page {
    /// Takes a character, unless it is none, stands nowhere, or the page is full.
    pub(super) fn push(&mut self, glyph: Glyph) {
        let finite = glyph.x.is_finite() && glyph.y.is_finite() && glyph.width.is_finite() && glyph.size.is_finite();
        if finite && glyph.size > 0.0 && self.glyphs.len() < MAX_GLYPHS && !glyph.text.is_empty() {
            self.glyphs.push(glyph);
        }
    }
}
