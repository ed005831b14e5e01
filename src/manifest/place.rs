//! Byte offsets of the manifest's text → lines and columns.
//!
//! Columns count Unicode code points, as editors do. A checkpoint every few hundred bytes keeps a lookup cheap even
//! where a hostile file is one line of many megabytes.

use std::ops::Range;

use crate::model::Place;

/// Bytes between two checkpoints.
const STRIDE: usize = 256;
/// Code points of a line that a diagnostic keeps before and after its place.
const KEPT: usize = 400;

/// The text with an index of its lines.
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// Byte offset of the beginning of each line.
    starts: Vec<usize>,
    /// Code points before each multiple of [`STRIDE`].
    checkpoints: Vec<usize>,
}

/// The part of a line that a diagnostic shows.
pub(crate) struct Excerpt {
    /// The text, without the line's end.
    pub(crate) text: String,
    /// Code points of the line before it.
    pub(crate) skipped: u32,
    /// How many code points of the span lie on this line; at least one.
    pub(crate) width: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1));
        let mut checkpoints = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut count = 0;
        for chunk in bytes.chunks(STRIDE) {
            checkpoints.push(count);
            count += chunk.iter().filter(|byte| begins_character(**byte)).count();
        }
        Self { text, starts, checkpoints }
    }

    /// The text itself.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let column = self.code_points(offset) - self.code_points(self.starts[line]);
        Place { line: clamp(line + 1), column: clamp(column + 1) }
    }

    /// The line of a span's beginning, clipped around it.
    pub(crate) fn excerpt(&self, span: &Range<usize>) -> Excerpt {
        let place = self.place(span.start);
        let start = self.starts[place.line as usize - 1];
        let end = self.starts.get(place.line as usize).map_or(self.text.len(), |next| next - 1);
        let at = floor(self.text, span.start.clamp(start, end));
        let before = &self.text[start..at];
        let from = before.char_indices().rev().nth(KEPT - 1).map_or(start, |(index, _)| start + index);
        let to = self.text[at..end].char_indices().nth(KEPT).map_or(end, |(index, _)| at + index);
        let mut text = self.text[from..to].to_owned();
        if to == end && text.ends_with('\r') {
            text.pop();
        }
        let until = floor(self.text, span.end.clamp(at, to));
        let skipped = self.code_points(from) - self.code_points(start);
        Excerpt { text, skipped: clamp(skipped), width: self.text[at..until].trim_end().chars().count().max(1) }
    }

    /// Code points before a byte offset.
    fn code_points(&self, offset: usize) -> usize {
        let Some(known) = self.checkpoints.get(offset / STRIDE) else {
            // Only the very end can lie past the last checkpoint.
            let last = self.checkpoints.len().saturating_sub(1);
            return self.checkpoints.last().copied().unwrap_or(0) + self.count(last * STRIDE, offset);
        };
        known + self.count(offset / STRIDE * STRIDE, offset)
    }

    fn count(&self, from: usize, to: usize) -> usize {
        self.text.as_bytes()[from..to].iter().filter(|byte| begins_character(**byte)).count()
    }
}

/// Whether a byte of UTF-8 begins a code point.
fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn clamp(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Place {
        Place { line, column }
    }

    #[test]
    fn columns_count_code_points_and_lines_end_at_line_feeds() {
        let lines = Lines::new("é日x\r\nab\n");
        assert_eq!(lines.place(0), at(1, 1));
        assert_eq!(lines.place(5), at(1, 3), "two and three bytes are one column each");
        assert_eq!(lines.place(8), at(2, 1));
        assert_eq!(lines.place(99), at(3, 1));
        let excerpt = lines.excerpt(&(2..8));
        assert_eq!((excerpt.text.as_str(), excerpt.width), ("é日x", 2));
    }

    #[test]
    fn a_very_long_line_is_counted_and_clipped() {
        let text = "ü".repeat(100_000);
        let lines = Lines::new(&text);
        assert_eq!(lines.place(150_000), at(1, 75_001));
        assert_eq!(lines.place(200_000), at(1, 100_001));
        let excerpt = lines.excerpt(&(150_000..150_002));
        assert_eq!(excerpt.text.chars().count(), 2 * KEPT);
        assert_eq!(excerpt.skipped as usize, 75_000 - KEPT);
    }
}
