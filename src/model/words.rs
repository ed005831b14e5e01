//! Text as words alone, wherever its layout says nothing.

/// The words of a text with single spaces between them: line breaks, tabs and repeated spaces are layout.
pub fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_becomes_single_spaces() {
        assert_eq!(single_spaced("  The keeper\n\tsaid\u{a0}so  "), "The keeper said so");
        assert_eq!(single_spaced(" \n"), "");
    }
}
