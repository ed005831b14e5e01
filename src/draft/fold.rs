//! Words as they are compared between an article and its manifest: without what typography alone decides.

use unicode_normalization::UnicodeNormalization;

/// A text in small letters, with one kind of marks, dashes and spaces.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            _ if c.is_alphanumeric() => out.push(c),
            '$' | '€' | '£' | '%' | '@' | '#' => out.push(c),
            '.' | ',' if out.ends_with(|c: char| c.is_ascii_digit()) => out.push(c),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\'' | '’' => {}
            _ => {
                while out.ends_with(['.', ',']) {
                    out.pop();
                }
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
        }
    }
    while out.ends_with([' ', '.', ',']) {
        out.pop();
    }
    out
}
