//! Markup → its tree, with a bound on how deep elements stand inside each other.
//!
//! Whoever parses as browsers do looks, at each tag, through the elements that are open: a page of nothing but opening tags
//! takes minutes for a megabyte. Browsers stop nesting at 512 elements. Here a page that goes deeper is read on without its
//! tags: no word of it is lost.

use html5ever::driver::{self, Parser};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

/// Elements inside each other from which on tags are no longer read.
const DEEPEST: usize = 1_000;
/// Bytes that are parsed before the depth is looked at.
const CHUNK: usize = 16 << 10;
/// Nodes whose depth is looked at, the last ones of each chunk.
const LOOKED_AT: usize = 64;
/// Closes what keeps words from being words.
const LEAVE: &str = "</script></style></textarea></title></noscript>";

/// The tree of a page.
pub(super) fn document(source: &str) -> Html {
    feed(driver::parse_document(HtmlTreeSink::new(Html::new_document()), Default::default()), source)
}

/// The tree of a piece of markup that stands in a body.
pub(super) fn fragment(source: &str) -> Html {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let sink = HtmlTreeSink::new(Html::new_fragment());
    feed(driver::parse_fragment(sink, Default::default(), body, Vec::new(), false), source)
}

fn feed(mut parser: Parser<HtmlTreeSink>, source: &str) -> Html {
    let mut rest = source;
    while rest.len() > CHUNK {
        // Behind a tag, so that none is cut where the rest is read without them.
        let whole = memchr::memrchr(b'>', &rest.as_bytes()[..CHUNK]).map(|at| at + 1);
        let (chunk, behind) = rest.split_at(whole.unwrap_or_else(|| rest.floor_char_boundary(CHUNK)));
        parser.process(StrTendril::from_slice(chunk));
        rest = behind;
        if is_deep(&parser.tokenizer.sink.sink.0.borrow()) {
            parser.process(StrTendril::from_slice(LEAVE));
            parser.process(StrTendril::from_slice(&without_tags(rest)));
            rest = "";
        }
    }
    parser.process(StrTendril::from_slice(rest));
    parser.finish()
}

fn is_deep(html: &Html) -> bool {
    html.tree.nodes().rev().take(LOOKED_AT).any(|node| node.ancestors().nth(DEEPEST).is_some())
}

/// Markup with a space in the place of each tag.
fn without_tags(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push(' ');
        // What is no tag, or is never closed, keeps its words.
        let inner = &rest[at + 1..];
        let is_tag = inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let end = memchr::memchr2(b'<', b'>', inner.as_bytes()).filter(|end| is_tag && inner.as_bytes()[*end] == b'>');
        rest = &inner[end.map_or(0, |end| end + 1)..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        document(source)
            .root_element()
            .text()
            .collect::<Vec<_>>()
            .join(" ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_page_of_opening_tags_is_read_to_its_end() {
        // Without a bound this takes many minutes.
        for tag in ["<div>", "<blockquote><p>", "<table><tr><td>", "<b><i>", "<ul><li>", "<section x='"] {
            let page = format!("<p>first</p>{}<p>last &amp; least</p>", tag.repeat(300_000 / tag.len()));
            let text = text(&page);
            assert!(text.starts_with("first"), "{tag}");
            assert!(tag.ends_with('\'') || text.ends_with("last & least"), "{tag}");
        }
        let page = format!("{}<script>var a;", "<div>".repeat(CHUNK / 5 - 2));
        assert!(text(&format!("{page}{}</script><p>last</p>", " ".repeat(CHUNK))).ends_with("last"));
    }

    #[test]
    fn a_long_page_that_is_not_deep_is_parsed_as_ever() {
        let page = format!("<title>T</title>{}", "<p>Ä <b>bold</b> word &lt; <i>x</i>".repeat(4_000));
        assert_eq!(document(&page).html(), Html::parse_document(&page).html());
        let page = "<td>a<p>b &amp; <b>c".repeat(400);
        assert_eq!(fragment(&page).html(), Html::parse_fragment(&page).html());
    }

    #[test]
    fn tags_are_taken_out_and_words_stay() {
        assert_eq!(without_tags("a<b c='d'>e</b>f<!-- g -->h < 3 i<j"), "a e f h   3 i j");
    }
}
