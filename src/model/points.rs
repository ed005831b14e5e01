//! Conversion of byte offsets to Unicode code points, for many lookups in one large text.
//!
//! [`Document::code_points`](super::Document::code_points) walks the text once per call, which is right for one
//! finding. A page with many findings builds a [`PointTable`] once; each lookup then reads at most 1 KiB.

use super::document::TextRange;

/// Bytes between two entries of the table.
const STRIDE: usize = 1024;

/// How many code points stand before every 1024th byte of a text.
#[derive(Debug, Clone)]
pub struct PointTable<'a> {
    text: &'a str,
    before: Vec<usize>,
}

impl<'a> PointTable<'a> {
    /// Counts through the text once.
    pub fn new(text: &'a str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STRIDE + 2);
        let mut points = 0;
        before.push(points);
        for chunk in text.as_bytes().chunks(STRIDE) {
            points += starts(chunk);
            before.push(points);
        }
        Self { text, before }
    }

    /// The text that was counted.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// How many code points begin before `byte`. An offset beyond the end counts as the end.
    pub fn point(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let entry = byte / STRIDE;
        self.before[entry] + starts(&self.text.as_bytes()[entry * STRIDE..byte])
    }

    /// The range in code points.
    pub fn range(&self, range: TextRange) -> [usize; 2] {
        [self.point(range.start as usize), self.point(range.end as usize)]
    }
}

/// Counts the bytes that begin a code point: all but the continuation bytes `10xxxxxx`.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_characters() {
        let text = "Küste, 海岸, 🌊 and plain words. ".repeat(200);
        let table = PointTable::new(&text);
        for (expected, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(table.point(byte), expected);
        }
        let end = text.chars().count();
        assert_eq!(table.point(text.len()), end);
        assert_eq!(table.point(usize::MAX), end);
        assert_eq!(PointTable::new("").point(3), 0);
    }

    #[test]
    fn a_text_that_ends_on_a_stride_is_counted_to_its_end() {
        for length in [STRIDE - 1, STRIDE, STRIDE + 1, 2 * STRIDE] {
            let text = "a".repeat(length);
            assert_eq!(PointTable::new(&text).point(length), length);
        }
    }
}
