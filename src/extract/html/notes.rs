//! Marks of notes and powers in markup: what a raised element holds, and what it stands beside.

use html5ever::local_name;

use crate::extract::raised;
use crate::extract::tree::{Element, NodeRef};

/// Nodes inside a raised element that are looked at.
const NODES: usize = 40;

/// The text inside an element, as far as it is as short as a mark.
pub(super) fn inner_text(node: NodeRef<'_>) -> String {
    let mut text = String::new();
    for more in node.inside().take(NODES).filter_map(NodeRef::text) {
        text.push_str(more);
        if text.len() > raised::LONGEST * 2 {
            break;
        }
    }
    text
}

/// Whether an element is named as the mark of a note.
pub(super) fn is_hinted(element: &Element) -> bool {
    element.classes().chain(element.id()).any(|word| {
        let word = word.to_ascii_lowercase();
        ["ref", "note", "cite", "fn"].iter().any(|hint| word.contains(hint))
    })
}

/// Whether a raised element is a link and nothing else.
pub(super) fn is_linked(node: NodeRef<'_>) -> bool {
    let link = |node: &NodeRef<'_>| {
        let linked = |inner: &Element| *inner.name() == local_name!("a") && inner.attr(&local_name!("href")).is_some();
        node.element().is_some_and(linked)
    };
    let text = inner_text(node);
    let mark = raised::is_mark(&text) || text.len() <= raised::LONGEST && text.trim_start().starts_with('[');
    mark && node.inside().take(NODES).any(|inner| link(&inner))
}

/// Whether a style raises an element above the line.
pub(super) fn is_raised(element: &Element) -> bool {
    matches!(
        *element.name(),
        local_name!("span")
            | local_name!("small")
            | local_name!("font")
            | local_name!("b")
            | local_name!("i")
            | local_name!("em")
            | local_name!("a")
    ) && element
        .attr(&local_name!("style"))
        .is_some_and(|style| style.len() < 2_000 && style.contains("vertical-align") && style.contains("super"))
}

/// Whether an element that is not raised marks a note all the same: a link to another place of the page, or an element
/// that is named so, with nothing but the mark in it.
pub(super) fn is_mark(node: NodeRef<'_>, element: &Element) -> bool {
    let named = || {
        element.classes().any(|word| {
            let word = word.to_ascii_lowercase();
            ["footnote", "endnote", "noteref", "fnref"].iter().any(|hint| word.contains(hint))
        })
    };
    match *element.name() {
        local_name!("a") => {
            (element.attr(&local_name!("href")).is_some_and(|target| target.len() > 1 && target.starts_with('#'))
                || named())
                && { raised::is_mark(&inner_text(node)) }
        }
        local_name!("span") => named() && raised::is_mark(&inner_text(node)),
        _ => false,
    }
}

/// Whether a raised element shows that its page marks notes: it is named so, linked, or begins a paragraph.
pub(super) fn is_plain_mark(node: NodeRef<'_>, element: &Element) -> bool {
    let begins = || {
        node.prev_sibling().is_none_or(|before| before.text().is_some_and(|text| text.trim().is_empty()))
            && node
                .parent()
                .and_then(NodeRef::element)
                .is_some_and(|parent| matches!(&**parent.name(), "p" | "li" | "div" | "td" | "small" | "dd"))
    };
    raised::is_mark(&inner_text(node)) && (is_hinted(element) || is_linked(node) || begins())
}

/// Whether a raised number is the upper part of a fraction: `<sup>1</sup>/<sub>2</sub>`.
pub(super) fn is_numerator(node: NodeRef<'_>) -> bool {
    let digits = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let lowered = |node: NodeRef<'_>| {
        node.element().is_some_and(|element| *element.name() == local_name!("sub")) && digits(inner_text(node).trim())
    };
    let Some(stroke) = node.next_sibling() else { return false };
    digits(inner_text(node).trim())
        && stroke.text().is_some_and(|text| matches!(text.trim(), "/" | "⁄" | "∕"))
        && stroke.next_sibling().is_some_and(lowered)
}

/// The first character right behind an element.
pub(super) fn behind(node: NodeRef<'_>) -> Option<char> {
    node.next_sibling()?.text()?.chars().next()
}

/// Whether a class names the large first letter of a text.
pub(super) fn is_initial(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    class.contains("dropcap") || class.contains("drop-cap") || class.contains("initial")
}
