//! What of an attribution stands in quotation marks, fragment by fragment, titles and nicknames left out.

use super::marks::Stretch;
use super::speech::{Attribution, Paragraph};
use crate::model::TextRange;

/// Words before a stretch in marks that make it the name of a work rather than speech.
const WORKS: [&str; 46] = [
    "book",
    "film",
    "movie",
    "song",
    "album",
    "show",
    "series",
    "program",
    "programme",
    "podcast",
    "novel",
    "play",
    "magazine",
    "titled",
    "entitled",
    "called",
    "named",
    "dubbed",
    "nicknamed",
    "headlined",
    "slogan",
    "episode",
    "ballad",
    "hymn",
    "poem",
    "essay",
    "documentary",
    "memoir",
    "game",
    "ship",
    "exhibition",
    "buch",
    "film:",
    "lied",
    "roman",
    "serie",
    "titel",
    "livre",
    "chanson",
    "intitulé",
    "intitulée",
    "libro",
    "canción",
    "película",
    "titulado",
    "titulada",
];

/// The fragments in quotation marks of what is said, in order, without their marks.
pub(super) fn fragments(text: &str, attribution: &Attribution, paragraphs: &[Paragraph]) -> Vec<TextRange> {
    let mut fragments = Vec::new();
    for piece in &attribution.content {
        let from = paragraphs.partition_point(|paragraph| paragraph.range.end <= piece.start);
        for paragraph in paragraphs[from..].iter().take_while(|paragraph| paragraph.range.start < piece.end) {
            let first = paragraph.stretches.partition_point(|stretch| stretch.range.end <= piece.start);
            for stretch in paragraph.stretches[first..].iter().take_while(|stretch| stretch.range.start < piece.end) {
                if (attribution.quoted || !is_name(text, paragraph, stretch))
                    && let Some(range) = trimmed(text, stretch.inner)
                {
                    fragments.push(range);
                }
            }
        }
    }
    fragments
}

/// A range without white space at its ends.
pub(super) fn trimmed(text: &str, range: TextRange) -> Option<TextRange> {
    let slice = &text[range.span()];
    let start = range.start as usize + (slice.len() - slice.trim_start().len());
    let end = start + slice.trim().len();
    (end > start).then(|| TextRange::new(start, end))
}

/// Whether a stretch in marks is a title or a nickname.
pub(super) fn is_name(text: &str, paragraph: &Paragraph, stretch: &Stretch) -> bool {
    let inner = text[stretch.inner.span()].trim();
    let words: Vec<&str> = inner.split_whitespace().take(9).collect();
    let capital = |word: &&str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let title_case = words.len() <= 8
        && words.first().is_some_and(capital)
        && words.iter().filter(|word| word.chars().count() > 3).all(capital);
    let at = paragraph.tokens.partition_point(|token| token.range.start < stretch.range.start);
    let before = at.checked_sub(1).and_then(|at| paragraph.tokens.get(at));
    let after = paragraph.tokens.get(at + 1);
    // Between two names: a nickname.
    let nickname = words.len() <= 2
        && before.is_some_and(|token| token.capital && token.range.end + 1 == stretch.range.start)
        && after.is_some_and(|token| token.capital && token.range.start == stretch.range.end + 1)
        && !inner.ends_with(['.', ',', '!', '?']);
    let work = before.is_some_and(|token| WORKS.contains(&token.lower.as_str()));
    // One letter, as in the ‘K’ of a name.
    let letter = words.len() == 1 && inner.chars().filter(|c| c.is_alphanumeric()).count() <= 2;
    nickname || letter || title_case && work
}
