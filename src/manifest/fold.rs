//! Whether a statement contains the words that its check writes, whatever the typography.

use unicode_normalization::UnicodeNormalization;

/// A text without what typography alone decides: form, case, kinds of marks, dashes, spaces and ellipses.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '‛' | '"' | '`' | '´' | '′' | '″'
            | '「' | '」' | '『' | '』' | '〝' | '〞' | '〟' => out.push('\''),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' => out.push('-'),
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {}
            _ if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(c),
        }
    }
    out
}

/// Whether a folded statement contains the words of a quotation. Punctuation at the edges does not count: a
/// comma often stands inside the marks that belongs to the sentence around them.
pub(crate) fn contains_words(statement: &str, words: &str) -> bool {
    let words = folded(words);
    let bare = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '\'' | '!' | '?'));
    memchr::memmem::find(statement.as_bytes(), bare.as_bytes()).is_some()
}

/// Whether a folded statement contains a figure that is not part of a longer one.
pub(crate) fn contains_figure(statement: &str, figure: &str) -> bool {
    let figure = folded(figure);
    let bare = figure.trim();
    let (first, last) = (bare.chars().next(), bare.chars().next_back());
    memchr::memmem::find_iter(statement.as_bytes(), bare.as_bytes()).any(|at| {
        let before = statement.get(..at).unwrap_or_default();
        let after = statement.get(at + bare.len()..).unwrap_or_default();
        !continues(before.chars().rev(), first) && !continues(after.chars(), last)
    })
}

/// Whether the characters beyond an edge go on with the number or word at that edge.
fn continues(mut beyond: impl Iterator<Item = char>, edge: Option<char>) -> bool {
    let Some(edge) = edge else { return false };
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    match beyond.next() {
        Some('.' | ',' | '\'') if edge.is_numeric() => digit(beyond.next()),
        Some(next) if edge.is_numeric() => next.is_numeric(),
        // Letters decide only among letters: “km²” and “Ｎ円” run on without a space.
        Some(next) => edge.is_ascii_alphabetic() && next.is_ascii_alphabetic(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_does_not_count() {
        let statement = folded("Lind  said “it’s over—for the ﬁrst time…”, and\u{a0}left.");
        for words in ["It's over - for".replace(" - ", "-").as_str(), "\"it's over–for the first time...\"", "and left"]
        {
            assert!(contains_words(&statement, words), "{words}");
        }
        assert!(!contains_words(&statement, "it is over"));
    }

    #[test]
    fn a_figure_is_not_part_of_a_longer_one() {
        let statement = folded("Over 1,400 people paid $4.2 million, 12% of 80km.");
        for figure in ["over 1,400", "1,400", "$4.2 million", "12%", "12", "80", "80km"] {
            assert!(contains_figure(&statement, figure), "{figure}");
        }
        for figure in ["400", "1", "4", "4.2 mill", "0", "2%"] {
            assert!(!contains_figure(&statement, figure), "{figure}");
        }
    }
}
