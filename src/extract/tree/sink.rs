//! Where html5ever puts what it builds.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{QualName, expanded_name, local_name, ns};

use super::{Element, NONE, Node, Tree, Value};

/// Nodes whose depth is looked at, the last ones that were made.
const LOOKED_AT: usize = 64;

/// A tree that is being built; a node is known by its number.
#[derive(Debug)]
pub(super) struct Sink {
    nodes: RefCell<Nodes>,
}

#[derive(Debug)]
struct Nodes {
    list: Vec<Node>,
    /// The name of what is no element.
    nameless: QualName,
}

impl Sink {
    /// A tree with nothing but its root.
    pub(super) fn new() -> Self {
        let root = Node { parent: NONE, before: NONE, behind: NONE, first: NONE, last: NONE, value: Value::Other };
        let nameless = QualName::new(None, ns!(html), local_name!(""));
        Self { nodes: RefCell::new(Nodes { list: vec![root], nameless }) }
    }

    /// Whether one of the nodes that were made last stands inside more than `deepest` others.
    pub(super) fn is_deep(&self, deepest: usize) -> bool {
        let nodes = &self.nodes.borrow().list;
        let ancestors = |at: &usize| {
            std::iter::successors(Some(nodes[*at].parent), |at| nodes.get(*at as usize).map(|node| node.parent))
                .take_while(|at| *at != NONE)
        };
        (nodes.len().saturating_sub(LOOKED_AT)..nodes.len()).rev().any(|at| ancestors(&at).nth(deepest).is_some())
    }

    fn add(&self, value: Value) -> u32 {
        let nodes = &mut self.nodes.borrow_mut().list;
        // A page is bounded long before there are as many nodes as numbers.
        let at = u32::try_from(nodes.len()).unwrap_or(NONE - 1);
        nodes.push(Node { parent: NONE, before: NONE, behind: NONE, first: NONE, last: NONE, value });
        at
    }

    fn parent(&self, at: u32) -> u32 {
        self.nodes.borrow().list[at as usize].parent
    }

    /// Adds text to a node that is text itself; tells whether it is.
    fn joined(&self, at: u32, text: &StrTendril) -> bool {
        match self.nodes.borrow_mut().list.get_mut(at as usize) {
            Some(Node { value: Value::Text(before), .. }) => {
                before.push_tendril(text);
                true
            }
            _ => false,
        }
    }
}

fn detach(nodes: &mut [Node], at: u32) {
    let Node { parent, before, behind, .. } = nodes[at as usize];
    if parent == NONE {
        return;
    }
    match before {
        NONE => nodes[parent as usize].first = behind,
        _ => nodes[before as usize].behind = behind,
    }
    match behind {
        NONE => nodes[parent as usize].last = before,
        _ => nodes[behind as usize].before = before,
    }
    let node = &mut nodes[at as usize];
    (node.parent, node.before, node.behind) = (NONE, NONE, NONE);
}

fn append(nodes: &mut [Node], parent: u32, at: u32) {
    detach(nodes, at);
    let last = std::mem::replace(&mut nodes[parent as usize].last, at);
    match last {
        NONE => nodes[parent as usize].first = at,
        _ => nodes[last as usize].behind = at,
    }
    let node = &mut nodes[at as usize];
    (node.parent, node.before) = (parent, last);
}

fn insert_before(nodes: &mut [Node], sibling: u32, at: u32) {
    detach(nodes, at);
    let Node { parent, before, .. } = nodes[sibling as usize];
    nodes[sibling as usize].before = at;
    match before {
        NONE => nodes[parent as usize].first = at,
        _ => nodes[before as usize].behind = at,
    }
    let node = &mut nodes[at as usize];
    (node.parent, node.before, node.behind) = (parent, before, sibling);
}

impl TreeSink for Sink {
    type Output = Tree;
    type Handle = u32;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner().list }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn get_document(&self) -> u32 {
        0
    }

    fn same_node(&self, one: &u32, other: &u32) -> bool {
        one == other
    }

    fn elem_name(&self, at: &u32) -> Ref<'_, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes.list[*at as usize].value {
            Value::Element(element) => &element.name,
            _ => &nodes.nameless,
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> u32 {
        let template = name.expanded() == expanded_name!(html "template");
        let at = self.add(Value::Element(Element { name, attributes }));
        if template {
            let inside = self.add(Value::Other);
            append(&mut self.nodes.borrow_mut().list, at, inside);
        }
        at
    }

    fn create_comment(&self, _: StrTendril) -> u32 {
        self.add(Value::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> u32 {
        self.add(Value::Other)
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {
        let at = self.add(Value::Other);
        append(&mut self.nodes.borrow_mut().list, 0, at);
    }

    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        let at = match child {
            NodeOrText::AppendNode(at) => at,
            NodeOrText::AppendText(text) => {
                let last = self.nodes.borrow().list[*parent as usize].last;
                if self.joined(last, &text) {
                    return;
                }
                self.add(Value::Text(text))
            }
        };
        append(&mut self.nodes.borrow_mut().list, *parent, at);
    }

    fn append_before_sibling(&self, sibling: &u32, child: NodeOrText<u32>) {
        if let NodeOrText::AppendNode(at) = child {
            detach(&mut self.nodes.borrow_mut().list, at);
        }
        if self.parent(*sibling) == NONE {
            return;
        }
        let at = match child {
            NodeOrText::AppendNode(at) => at,
            NodeOrText::AppendText(text) => {
                let before = self.nodes.borrow().list[*sibling as usize].before;
                if self.joined(before, &text) {
                    return;
                }
                self.add(Value::Text(text))
            }
        };
        insert_before(&mut self.nodes.borrow_mut().list, *sibling, at);
    }

    fn append_based_on_parent_node(&self, element: &u32, before: &u32, child: NodeOrText<u32>) {
        if self.parent(*element) == NONE {
            self.append(before, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn remove_from_parent(&self, at: &u32) {
        detach(&mut self.nodes.borrow_mut().list, *at);
    }

    fn reparent_children(&self, at: &u32, parent: &u32) {
        if at == parent {
            return;
        }
        let nodes = &mut self.nodes.borrow_mut().list;
        while nodes[*at as usize].first != NONE {
            let child = nodes[*at as usize].first;
            append(nodes, *parent, child);
        }
    }

    fn add_attrs_if_missing(&self, at: &u32, more: Vec<Attribute>) {
        if let Value::Element(element) = &mut self.nodes.borrow_mut().list[*at as usize].value {
            for attribute in more {
                if element.attributes.iter().all(|known| known.name != attribute.name) {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn get_template_contents(&self, at: &u32) -> u32 {
        match self.nodes.borrow().list[*at as usize].first {
            // It was given an inside when it was made.
            NONE => *at,
            inside => inside,
        }
    }

    fn mark_script_already_started(&self, _: &u32) {}
}
