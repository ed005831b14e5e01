//! Layout: the glyphs of a page → lines → paragraphs in reading order.
//!
//! Columns are read one after the other. The order in which the content stream draws is the typesetter's own and is
//! kept where it agrees with itself; only lines that it tears apart (a form, a table drawn cell by cell) are put together
//! by where they stand.

use super::columns;
use super::glyph::{Glyph, Page};
use super::line::{Gap, Line, WIDE, is_kept, kept};
use crate::extract::raised::{self, Raised};

/// Lines that belong together, in reading order.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    /// Lines joined by line feeds, which is where a hyphen at the end of a line is told.
    pub(super) text: String,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) left: f64,
    /// Height of its type.
    pub(super) size: f64,
    /// How many lines it has.
    pub(super) lines: usize,
}

/// Reads the lines of a page, in drawing order.
pub(super) fn lines(page: &Page) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Option<Line> = None;
    // Raised digits behind a word: marks of notes, or powers.
    let mut raised = String::new();
    for glyph in &page.glyphs {
        let blank = glyph.text.chars().all(char::is_whitespace);
        if let Some(line) = &mut open {
            let joint = joint(line, glyph);
            if matches!(joint, Joint::Close) && is_raised(line, glyph) {
                raised.push_str(&glyph.text);
                line.right = line.right.max(glyph.x + glyph.width);
                continue;
            }
            settle(line, &mut raised);
            if matches!(joint, Joint::Close)
                && is_lowered(line, glyph)
                && let Some(lowered) =
                    raised::lowered(&line.text.replace(|c| ('₀'..='₉').contains(&c), "0"), &glyph.text)
            {
                line.text.push_str(&lowered);
                line.right = line.right.max(glyph.x + glyph.width);
                continue;
            }
            match joint {
                Joint::Close if !blank => add(line, glyph, false),
                Joint::Word | Joint::Close => {
                    if blank {
                        add(line, glyph, false);
                    } else {
                        add(line, glyph, true);
                    }
                }
                // The same letter drawn twice over itself is bold type, not two letters.
                Joint::Same => {}
                Joint::Apart if blank => {}
                Joint::Apart => lines.extend(open.replace(begin(glyph))),
            }
        } else if !blank {
            open = Some(begin(glyph));
        }
    }
    if let Some(mut line) = open {
        settle(&mut line, &mut raised);
        lines.push(line);
    }
    for line in &mut lines {
        line.text = tidy(&line.text);
    }
    lines.retain(|line| !line.text.is_empty());
    columns::apart(join_torn(lines))
}

/// Whether a glyph is a digit in small type above the line, behind a letter or digit.
fn is_raised(line: &Line, glyph: &Glyph) -> bool {
    glyph.size < line.size * 0.85
        && line.y - glyph.y > line.size * 0.15
        && glyph.text.bytes().all(|byte| byte.is_ascii_digit())
        && line.text.ends_with(char::is_alphanumeric)
}

/// Whether a glyph is set in small type below the line.
fn is_lowered(line: &Line, glyph: &Glyph) -> bool {
    glyph.size < line.size * 0.85 && glyph.y - line.y > line.size * 0.1
}

/// Writes raised digits as what they are. A document with pages marks its notes this way.
fn settle(line: &mut Line, raised: &mut String) {
    if !raised.is_empty() {
        match raised::judge(&line.text, raised, None, true) {
            Raised::Note => {}
            Raised::Joined => line.text.push_str(raised),
            Raised::Power(power) => line.text.push_str(&power),
        }
        raised.clear();
    }
}

enum Joint {
    Close,
    Word,
    Same,
    Apart,
}

/// How a glyph stands to the line that is being written.
fn joint(line: &Line, glyph: &Glyph) -> Joint {
    let size = line.size.max(glyph.size);
    let rise = (glyph.y - line.y).abs();
    let gap = glyph.x - line.right;
    // Notes and indices stand a little above or below, in smaller type.
    let level = if glyph.size < line.size * 0.85 { 0.65 } else { 0.35 };
    if rise > size * level || gap > size * 1.6 || glyph.x < line.left - size * 0.3 {
        return Joint::Apart;
    }
    if gap < -size * 0.6 {
        let again = line.text.ends_with(&glyph.text) && (gap + glyph.width).abs() < size * 0.15;
        return if again { Joint::Same } else { Joint::Apart };
    }
    if gap > size * 0.16 { Joint::Word } else { Joint::Close }
}

fn begin(glyph: &Glyph) -> Line {
    Line {
        text: glyph.text.clone(),
        left: glyph.x,
        right: glyph.x + glyph.width,
        y: glyph.y,
        size: glyph.size,
        gaps: Vec::new(),
        numbering: false,
    }
}

fn add(line: &mut Line, glyph: &Glyph, space: bool) {
    if glyph.x - line.right > line.size * WIDE && is_kept(glyph.text.chars().next().unwrap_or(' ')) {
        line.gaps.push(Gap { before: kept(&line.text), left: line.right, right: glyph.x });
    }
    if space && !line.text.ends_with(char::is_whitespace) {
        line.text.push(' ');
    }
    line.text.push_str(&glyph.text);
    line.right = line.right.max(glyph.x + glyph.width);
    if glyph.size > line.size * 0.85 {
        line.y = glyph.y;
        line.size = line.size.max(glyph.size);
    }
}

/// Single spaces; no control characters, which fonts without a map to Unicode leave.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
        } else if !c.is_control() {
            if space && !out.is_empty() {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    out
}

/// Puts pieces of one line together that the stream drew one right after the other.
fn join_torn(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(last) = joined.last_mut() {
            let size = last.size.max(line.size);
            let gap = line.left - last.right;
            if (last.y - line.y).abs() < size * 0.2 && gap > -size * 0.3 && gap < size * 1.0 {
                if gap > size * 0.16 {
                    last.text.push(' ');
                }
                let before = kept(&last.text);
                if gap > size * WIDE {
                    last.gaps.push(Gap { before, left: last.right, right: line.left });
                }
                last.gaps.extend(line.gaps.iter().map(|gap| Gap { before: gap.before + before, ..*gap }));
                last.text.push_str(&line.text);
                last.right = last.right.max(line.right);
                continue;
            }
        }
        joined.push(line);
    }
    joined
}

/// What a page is made of, in reading order.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// Running text.
    Paragraph(Paragraph),
    /// Cells that stand side by side.
    Row(Vec<Line>),
}

/// Gathers lines into paragraphs and rows of tables.
pub(super) fn parts(lines: &[Line]) -> Vec<Part> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while at < lines.len() {
        let mut end = at + 1;
        while end < lines.len() && beside(&lines[end - 1], &lines[end]) {
            end += 1;
        }
        let row = &lines[at..end];
        // Two columns of text that are drawn line by line are no table: their pieces are long, and they are words.
        let figures = |line: &Line| {
            let digits = line.text.chars().filter(char::is_ascii_digit).count();
            digits * 2 >= line.text.chars().filter(|c| c.is_alphanumeric()).count()
        };
        if row.len() >= 3 || row.len() == 2 && row[1..].iter().all(figures) {
            found.extend(paragraphs(&lines[from..at]).into_iter().map(Part::Paragraph));
            found.push(Part::Row(row.to_vec()));
            from = end;
        }
        at = end;
    }
    found.extend(paragraphs(&lines[from..]).into_iter().map(Part::Paragraph));
    found
}

/// Whether a line continues to the right of another, behind a wide gap.
fn beside(last: &Line, next: &Line) -> bool {
    (next.y - last.y).abs() <= last.size.max(next.size) * 0.3 && next.left >= last.right
}

/// Gathers lines into paragraphs: a new one begins where the pitch, the type or the column changes, or where a line is
/// indented.
fn paragraphs(lines: &[Line]) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    let mut pitch = 0.0;
    for line in lines {
        let Some((paragraph, last)) =
            found.last_mut().zip(before).filter(|(paragraph, last)| continues(paragraph, last, line, pitch))
        else {
            pitch = 0.0;
            found.push(Paragraph {
                text: line.text.clone(),
                top: line.y - line.size,
                bottom: line.y,
                left: line.left,
                size: line.size,
                lines: 1,
            });
            before = Some(line);
            continue;
        };
        let level = (line.y - last.y).abs() <= line.size * 0.5;
        paragraph.text.push(if level { ' ' } else { '\n' });
        paragraph.text.push_str(&line.text);
        paragraph.bottom = line.y;
        // A first line that is indented does not decide where the paragraph stands.
        if paragraph.lines == 1 || line.left < paragraph.left {
            paragraph.left = line.left;
        }
        if !level {
            pitch = line.y - last.y;
            paragraph.lines += 1;
        }
        before = Some(line);
    }
    found
}

/// Whether a line belongs to the paragraph whose last line is `last`, and whose lines stand `pitch` apart.
fn continues(paragraph: &Paragraph, last: &Line, line: &Line, pitch: f64) -> bool {
    let size = last.size.max(line.size);
    let step = line.y - last.y;
    if (last.size - line.size).abs() > size * 0.12 {
        return false;
    }
    if step.abs() <= size * 0.5 {
        return line.left >= last.right && line.left - last.right < size * 1.2;
    }
    let usual = if pitch > 0.0 { pitch * 1.2 } else { size * 1.8 };
    let near = step > 0.0 && step <= usual.clamp(size * 1.2, size * 2.4);
    let overlap = line.left < last.right && last.left < line.right;
    let indented = line.left > paragraph.left + size * 0.8 && line.left > last.left + size * 0.8;
    near && overlap && !indented
}
