//! Pieces of markup inside other things: titles, entities, fields of feeds → their text.
//!
//! They are short and few, so a library reads them; what reads whole pages, with the place of every word, is
//! [`tree`](super::tree) and what walks over it.

/// The text of a piece of markup, without any layout.
pub(super) fn text(source: &str) -> String {
    if !source.contains(['<', '&']) {
        return source.to_owned();
    }
    scraper::Html::parse_fragment(source).root_element().text().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_entities_are_gone() {
        assert_eq!(text("Fish &amp; <b>chips</b>"), "Fish & chips");
        assert_eq!(text("2 > 1"), "2 > 1");
        assert_eq!(text("&eacute;"), "é");
    }
}
