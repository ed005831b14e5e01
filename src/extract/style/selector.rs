//! Selectors of style rules: tags, classes and ids, and what they stand inside.

use html5ever::LocalName;

use crate::extract::tree::{Element, NodeRef};

/// Parts of one selector; a longer one is left alone.
const MAX_PARTS: usize = 8;
/// Elements around one that are looked at.
const MAX_AROUND: usize = 200;

/// How exact a selector is: its ids, its classes, its tags.
pub(super) type Exactness = (usize, usize, usize);

/// A class, id or tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    Class(&'a str),
    Id(&'a str),
    Tag(&'a LocalName),
}

/// One selector without commas, its parts from the element itself outwards.
#[derive(Debug)]
pub(super) struct Selector {
    parts: Vec<Part>,
    /// The classes and ids that must stand around the element.
    around: Marks,
}

/// Which classes and ids stand somewhere: each is one bit of 64, which it may share. What is not there for certain need
/// not be looked for.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::extract) struct Marks(u64);

impl Marks {
    /// Adds a class or an id.
    pub(in crate::extract) fn add(&mut self, word: &str) {
        let hash = word.bytes().fold(0x9e37_79b9_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        self.0 |= 1 << (hash >> 26);
    }

    /// Both together.
    pub(in crate::extract) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn may_hold(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }
}

#[derive(Debug, Default)]
struct Part {
    tag: Option<LocalName>,
    classes: Vec<String>,
    ids: Vec<String>,
    /// Whether the part behind it stands right inside this one.
    parent: bool,
}

impl Selector {
    /// Reads a selector; nothing where it asks for more than is understood.
    pub(super) fn read(text: &str) -> Option<Self> {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '#' | ' ' | '>' | '\n' | '\t' | '*');
        if text.len() > 500 || !text.chars().all(plain) {
            return None;
        }
        let spaced = text.replace('>', " > ");
        let mut parts: Vec<Part> = Vec::new();
        let mut pending = false;
        for word in spaced.split_whitespace() {
            if word == ">" {
                parts.last_mut()?.parent = true;
                pending = true;
            } else {
                parts.push(Part::read(word)?);
                pending = false;
            }
        }
        if pending || parts.is_empty() || parts.len() > MAX_PARTS {
            return None;
        }
        parts.reverse();
        let mut around = Marks::default();
        for part in parts.iter().skip(1) {
            part.classes.iter().chain(&part.ids).for_each(|name| around.add(name));
        }
        // `*` alone would be a rule for everything.
        parts[0].is_named().then_some(Self { parts, around })
    }

    /// What an element must have for the rule to be about it.
    pub(super) fn key(&self) -> Key<'_> {
        let part = &self.parts[0];
        match (part.classes.first(), part.ids.first(), &part.tag) {
            (Some(class), ..) => Key::Class(class),
            (_, Some(id), _) => Key::Id(id),
            (.., Some(tag)) => Key::Tag(tag),
            // A selector that names nothing is none.
            _ => Key::Id(""),
        }
    }

    /// How exact it is.
    pub(super) fn exactness(&self) -> Exactness {
        self.parts.iter().fold((0, 0, 0), |(ids, classes, tags), part| {
            (ids + part.ids.len(), classes + part.classes.len(), tags + usize::from(part.tag.is_some()))
        })
    }

    /// Whether an element is one that it means; `marks` are those of what it stands in.
    pub(super) fn holds(&self, node: NodeRef<'_>, element: &Element, marks: Marks) -> bool {
        let [own, around @ ..] = self.parts.as_slice() else { return false };
        marks.may_hold(self.around) && own.holds(element) && (around.is_empty() || inside(around, node))
    }
}

/// Whether an element stands inside others as the parts ask. Of several that fit the nearest is taken, except that a
/// parent which does not fit lets the search go on outwards.
fn inside(parts: &[Part], node: NodeRef<'_>) -> bool {
    let mut left = parts;
    // Where the search goes on when a parent does not fit: the parts from the last free one on.
    let mut free = parts;
    for ancestor in node.ancestors().take(MAX_AROUND) {
        let Some(element) = ancestor.element() else { continue };
        let [part, rest @ ..] = left else { return true };
        if part.holds(element) {
            if !part.parent {
                free = left;
            }
            left = rest;
        } else if part.parent {
            left = free;
            if left.first().is_some_and(|first| first.parent) {
                return false;
            }
        }
    }
    left.is_empty()
}

impl Part {
    fn read(text: &str) -> Option<Self> {
        let start = text.find(['.', '#']).unwrap_or(text.len());
        let (tag, mut rest) = text.split_at(start);
        let mut part = Self {
            tag: (!matches!(tag, "" | "*")).then(|| LocalName::from(tag.to_ascii_lowercase())),
            ..Self::default()
        };
        while let Some(mark) = rest.chars().next() {
            let name = &rest[1..];
            let end = name.find(['.', '#']).unwrap_or(name.len());
            let (name, more) = name.split_at(end);
            if name.is_empty() || name.contains('*') {
                return None;
            }
            if mark == '#' {
                part.ids.push(name.to_owned())
            } else {
                part.classes.push(name.to_owned())
            }
            rest = more;
        }
        Some(part)
    }

    fn is_named(&self) -> bool {
        self.tag.is_some() || !self.classes.is_empty() || !self.ids.is_empty()
    }

    fn holds(&self, element: &Element) -> bool {
        self.tag.as_ref().is_none_or(|tag| tag == element.name())
            && self.ids.iter().all(|id| element.id() == Some(id))
            && self.classes.iter().all(|class| element.classes().any(|own| own == class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_that_ask_for_more_are_left_alone() {
        for left in ["", "*", "a:hover", "p[hidden]", "a + b", "> p", "p >", ".a..b", "a ~ b"] {
            assert!(Selector::read(left).is_none(), "{left}");
        }
        assert_eq!(Selector::read("div.a#b > p .c.d").map(|found| found.exactness()), Some((1, 3, 2)));
        let selector = Selector::read(".story p");
        assert_eq!(selector.as_ref().map(Selector::key), Some(Key::Tag(&LocalName::from("p"))));
    }
}
