//! The tree of a page: html5ever's parser builds it, [`parse`] feeds it. Nodes lie in one list and point to each other, so
//! that neither depth nor size needs recursion; names and attributes are looked up as numbers.

mod parse;
mod sink;
mod tag;

use html5ever::interface::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::{LocalName, QualName, local_name, ns};

/// No node.
const NONE: u32 = u32::MAX;

/// A parsed page or piece of one.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The first one is the root. Those that stand nowhere any more keep their place in the list.
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: u32,
    before: u32,
    behind: u32,
    first: u32,
    last: u32,
    value: Value,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Value {
    /// Text.
    Text(StrTendril),
    /// An element.
    Element(Element),
    /// The root, a comment, a document type, the inside of a template.
    Other,
}

/// An element: its name and its attributes.
#[derive(Debug)]
pub(super) struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

/// A node in its tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeRef<'a> {
    tree: &'a Tree,
    at: u32,
}

/// A step of the way through a tree in document order.
#[derive(Debug, Clone, Copy)]
pub(super) enum Edge<'a> {
    /// A node begins.
    Open(NodeRef<'a>),
    /// A node ends, behind everything inside it.
    Close(NodeRef<'a>),
}

impl Tree {
    /// Parses a page as browsers with scripts do.
    pub(super) fn page(source: &str) -> Self {
        parse::page(source)
    }

    /// Parses a piece of markup as the inside of a body.
    pub(super) fn fragment(source: &str) -> Self {
        parse::fragment(source)
    }

    /// How many nodes there are; each [`NodeRef::index`] is below it.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The whole way through, the root included.
    pub(super) fn edges(&self) -> impl Iterator<Item = Edge<'_>> {
        let mut next = (!self.nodes.is_empty()).then_some(Edge::Open(NodeRef { tree: self, at: 0 }));
        std::iter::from_fn(move || {
            let edge = next?;
            next = match edge {
                Edge::Open(node) => Some(node.child().map_or(Edge::Close(node), Edge::Open)),
                Edge::Close(node) => node.next_sibling().map(Edge::Open).or_else(|| node.parent().map(Edge::Close)),
            };
            Some(edge)
        })
    }

    /// All of its text, one piece after the other.
    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        let root = (!self.nodes.is_empty()).then_some(NodeRef { tree: self, at: 0 });
        root.into_iter().flat_map(NodeRef::inside).filter_map(NodeRef::text).collect()
    }
}

impl<'a> NodeRef<'a> {
    fn to(self, at: u32) -> Option<Self> {
        (at != NONE).then_some(Self { at, ..self })
    }

    fn node(self) -> &'a Node {
        &self.tree.nodes[self.at as usize]
    }

    /// Its number among the nodes of the tree.
    pub(super) fn index(self) -> usize {
        self.at as usize
    }

    /// What it is.
    pub(super) fn value(self) -> &'a Value {
        &self.node().value
    }

    /// The element that it is.
    pub(super) fn element(self) -> Option<&'a Element> {
        match self.value() {
            Value::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The text that it is.
    pub(super) fn text(self) -> Option<&'a str> {
        match self.value() {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What it stands in.
    pub(super) fn parent(self) -> Option<Self> {
        self.to(self.node().parent)
    }

    /// What stands right before it.
    pub(super) fn prev_sibling(self) -> Option<Self> {
        self.to(self.node().before)
    }

    /// What stands right behind it.
    pub(super) fn next_sibling(self) -> Option<Self> {
        self.to(self.node().behind)
    }

    fn child(self) -> Option<Self> {
        self.to(self.node().first)
    }

    /// What it stands in, from its parent to the root.
    pub(super) fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// Everything inside it, in document order.
    pub(super) fn inside(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.child(), move |node| {
            node.child().or_else(|| {
                let mut around = *node;
                while around.at != self.at {
                    if let Some(next) = around.next_sibling() {
                        return Some(next);
                    }
                    around = around.parent()?;
                }
                None
            })
        })
    }
}

impl Element {
    /// Its name, whatever its namespace.
    pub(super) fn name(&self) -> &LocalName {
        &self.name.local
    }

    /// The value of an attribute.
    pub(super) fn attr(&self, name: &LocalName) -> Option<&str> {
        let own = |attribute: &&Attribute| attribute.name.local == *name && attribute.name.ns == ns!();
        self.attributes.iter().find(own).map(|attribute| &*attribute.value)
    }

    /// The value of an attribute whose name is none of those that the standard knows.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        let own = |attribute: &&Attribute| *attribute.name.local == *name && attribute.name.ns == ns!();
        self.attributes.iter().find(own).map(|attribute| &*attribute.value)
    }

    /// Its id.
    pub(super) fn id(&self) -> Option<&str> {
        self.attr(&local_name!("id"))
    }

    /// Its classes, in the order of the page, repeated ones as well.
    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.attr(&local_name!("class")).unwrap_or_default().split_ascii_whitespace()
    }
}

#[cfg(test)]
mod tests;
