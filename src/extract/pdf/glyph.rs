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
    /// What is drawn running down, upside down and running up, as if the page were turned until it is upright.
    pub(super) turned: [Vec<Glyph>; 3],
    /// Glyphs whose font does not say which character they are.
    pub(super) unmapped: usize,
    /// Pictures that are drawn.
    pub(super) pictures: usize,
    /// Whether the engine failed in the middle of it.
    pub(super) broken: bool,
}

/// Glyphs that are kept per page; a page that draws more is cut there.
pub(super) const MAX_GLYPHS: usize = 400_000;

/// How many letters of one direction make a page one that is set in it, against each upright letter.
const MANY: usize = 20;

impl Page {
    /// Takes a character whose baseline runs in a direction (`x`, `y`; `y` grows downwards).
    pub(super) fn take(&mut self, glyph: Glyph, (along, down): (f64, f64)) {
        if along > 0.0 && down.abs() <= along * 0.2 {
            self.push(glyph);
            return;
        }
        let length = (along * along + down * down).sqrt();
        if length <= 0.0 || !length.is_finite() {
            return;
        }
        let direction = if down > 0.0 && along.abs() <= down * 0.2 {
            0
        } else if along < 0.0 && down.abs() <= -along * 0.2 {
            1
        } else if down < 0.0 && along.abs() <= -down * 0.2 {
            2
        } else {
            return;
        };
        let (ux, uy) = (along / length, down / length);
        let turned = Glyph { x: glyph.x * ux + glyph.y * uy, y: glyph.y * ux - glyph.x * uy, ..glyph };
        if is_drawn(&turned) && self.turned[direction].len() < MAX_GLYPHS {
            self.turned[direction].push(turned);
        }
    }

    /// The page as it is read: one whose type all but all runs in another direction is turned. A few letters of another
    /// direction are a stamp or a margin note, and would tear the lines apart.
    pub(super) fn turned_upright(mut self) -> Self {
        let turned = std::mem::take(&mut self.turned);
        if let Some(most) = turned.into_iter().max_by_key(Vec::len)
            && most.len() > self.glyphs.len() * MANY
        {
            self.glyphs = most;
            self.height = 0.0;
        }
        self
    }

    /// Takes a character, unless it is none, stands nowhere, or the page is full.
    pub(super) fn push(&mut self, glyph: Glyph) {
        if is_drawn(&glyph) && self.glyphs.len() < MAX_GLYPHS {
            self.glyphs.push(glyph);
        }
    }
}

/// Whether a character stands somewhere and is one.
fn is_drawn(glyph: &Glyph) -> bool {
    let finite = glyph.x.is_finite() && glyph.y.is_finite() && glyph.width.is_finite() && glyph.size.is_finite();
    finite && glyph.size > 0.0 && !glyph.text.is_empty()
}
