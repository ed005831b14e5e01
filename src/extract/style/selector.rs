//! Selectors of style rules: tags, classes, ids, attributes and places among siblings, and what stands around or before.

use html5ever::LocalName;

use super::parse::split;
use crate::extract::tree::{Element, NodeRef};

/// Parts of one selector; a longer one is left alone.
const MAX_PARTS: usize = 8;
/// Elements around one, or before it, that are looked at.
const MAX_AROUND: usize = 200;
/// Siblings before one that are counted.
const MAX_SIBLINGS: usize = 2_000;
/// Steps that one selector with siblings may take for one element.
const MAX_STEPS: usize = 2_000;

/// How exact a selector is: its ids, its classes, its tags.
pub(super) type Exactness = (usize, usize, usize);

/// A class, id or tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    Class(&'a str),
    Id(&'a str),
    Tag(&'a LocalName),
    Attribute(&'a LocalName),
}

/// One selector without commas, its parts from the element itself outwards.
#[derive(Debug)]
pub(super) struct Selector {
    parts: Vec<Part>,
    /// The classes and ids that must stand around the element.
    around: Marks,
    /// Whether it asks for siblings.
    siblings: bool,
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

/// Where the part behind one stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Link {
    /// Anywhere inside it.
    #[default]
    Inside,
    /// Right inside it.
    Child,
    /// Right behind it.
    Next,
    /// Anywhere behind it, inside the same element.
    Later,
}

#[derive(Debug, Clone, Default)]
struct Part {
    tag: Option<LocalName>,
    classes: Vec<String>,
    ids: Vec<String>,
    attributes: Vec<Asked>,
    tests: Vec<Test>,
    link: Link,
}

/// An attribute that must be there: its name, how its value compares, and with what.
#[derive(Debug, Clone)]
struct Asked {
    name: LocalName,
    how: How,
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Present,
    Equal,
    Begins,
    Ends,
    Holds,
    Word,
    Language,
}

#[derive(Debug, Clone)]
enum Test {
    /// `:not(…)`: none of these.
    Not(Vec<Part>),
    /// `:is(…)`: one of these.
    Is(Vec<Part>),
    /// `:nth-child(an+b)`, counted from the end or not.
    Nth(i64, i64, bool),
}

impl Selector {
    /// Reads a selector, or the several that it stands for; none where it asks for more than is understood.
    pub(super) fn read(text: &str) -> Vec<Self> {
        Self::parts(text).map(Self::of).unwrap_or_default()
    }

    /// The parts as they are written.
    fn parts(text: &str) -> Option<Vec<Part>> {
        if text.len() > 500 {
            return None;
        }
        let mut rest = text.trim();
        let mut parts: Vec<Part> = Vec::new();
        loop {
            let (part, behind) = Part::read(rest)?;
            parts.push(part);
            let spaced = behind.trim_start();
            let link = match spaced.chars().next() {
                None => break,
                Some('>') => Link::Child,
                Some('+') => Link::Next,
                Some('~') => Link::Later,
                Some(_) if spaced.len() < behind.len() => Link::Inside,
                Some(_) => return None,
            };
            rest = if link == Link::Inside { spaced } else { spaced[1..].trim_start() };
            parts.last_mut()?.link = link;
            if parts.len() >= MAX_PARTS {
                return None;
            }
        }
        parts.reverse();
        Some(parts)
    }

    fn of(parts: Vec<Part>) -> Vec<Self> {
        let Some(own) = parts.first() else { return Vec::new() };
        if own.is_named() {
            let mut around = Marks::default();
            for part in parts.iter().skip(1).filter(|part| matches!(part.link, Link::Inside | Link::Child)) {
                part.classes.iter().chain(&part.ids).for_each(|name| around.add(name));
            }
            let siblings = parts.iter().skip(1).any(|part| matches!(part.link, Link::Next | Link::Later));
            return vec![Self { parts, around, siblings }];
        }
        // `:is(.a, .b)` alone is each of them; `*` alone would be a rule for everything.
        let Some(Test::Is(each)) = own.tests.first().filter(|_| own.tests.len() == 1) else { return Vec::new() };
        let named = each.iter().filter(|one| one.is_named());
        named.flat_map(|one| Self::of([std::slice::from_ref(one), &parts[1..]].concat())).collect()
    }

    /// What an element must have for the rule to be about it.
    pub(super) fn key(&self) -> Key<'_> {
        let own = &self.parts[0];
        match (own.ids.first(), own.classes.first(), &own.tag, own.attributes.first()) {
            (Some(id), _, _, _) => Key::Id(id),
            (_, Some(class), _, _) => Key::Class(class),
            (_, _, Some(tag), _) => Key::Tag(tag),
            (_, _, _, Some(attribute)) => Key::Attribute(&attribute.name),
            _ => Key::Class(""),
        }
    }

    /// How exact it is.
    pub(super) fn exactness(&self) -> Exactness {
        self.parts.iter().map(Part::exactness).fold((0, 0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1, sum.2 + own.2))
    }

    /// Whether an element is one that it means; `marks` are those of what it stands in.
    pub(super) fn holds(&self, node: NodeRef<'_>, element: &Element, marks: Marks) -> bool {
        let [own, around @ ..] = self.parts.as_slice() else { return false };
        marks.may_hold(self.around)
            && own.holds(node, element)
            && match (around.is_empty(), self.siblings) {
                (true, _) => true,
                (false, false) => inside(around, node),
                (false, true) => fits(around, node, &mut { MAX_STEPS }),
            }
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
        let parent = part.link == Link::Child;
        if part.holds(ancestor, element) {
            if !parent {
                free = left;
            }
            left = rest;
        } else if parent {
            left = free;
            if left.first().is_some_and(|first| first.link == Link::Child) {
                return false;
            }
        }
    }
    left.is_empty()
}

/// The same with siblings, trying every way within a number of steps.
fn fits(parts: &[Part], node: NodeRef<'_>, steps: &mut usize) -> bool {
    let [part, rest @ ..] = parts else { return true };
    let one = |other: NodeRef<'_>, steps: &mut usize| {
        *steps = steps.saturating_sub(1);
        *steps > 0 && other.element().is_some_and(|element| part.holds(other, element)) && fits(rest, other, steps)
    };
    match part.link {
        Link::Child => node.parent().is_some_and(|parent| one(parent, steps)),
        Link::Inside => node.ancestors().take(MAX_AROUND).any(|ancestor| one(ancestor, steps)),
        Link::Next => before(node).next().is_some_and(|sibling| one(sibling, steps)),
        Link::Later => before(node).take(MAX_AROUND).any(|sibling| one(sibling, steps)),
    }
}

/// The elements before one inside the same element, nearest first.
fn before(node: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    std::iter::successors(node.prev_sibling(), |node| node.prev_sibling()).filter(|node| node.element().is_some())
}

fn behind(node: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    std::iter::successors(node.next_sibling(), |node| node.next_sibling()).filter(|node| node.element().is_some())
}

impl Part {
    /// Reads a part, and gives what stands behind it.
    fn read(text: &str) -> Option<(Self, &str)> {
        let mut part = Self::default();
        let mut rest = text;
        if let Some(behind) = rest.strip_prefix('*') {
            rest = behind;
        } else if !rest.starts_with(['.', '#', '[', ':']) {
            let (tag, behind) = name(rest)?;
            part.tag = Some(LocalName::from(tag.to_ascii_lowercase()));
            rest = behind;
        }
        while let Some(mark) = rest.chars().next().filter(|mark| matches!(mark, '.' | '#' | '[' | ':')) {
            let behind = &rest[1..];
            rest = match mark {
                '[' => {
                    let end = behind.find(']')?;
                    part.attributes.push(Asked::read(&behind[..end])?);
                    &behind[end + 1..]
                }
                ':' => part.pseudo(behind)?,
                _ => {
                    let (word, behind) = name(behind)?;
                    if mark == '#' {
                        part.ids.push(word)
                    } else {
                        part.classes.push(word)
                    }
                    behind
                }
            };
        }
        (rest.len() < text.len()).then_some((part, rest))
    }

    /// Reads a pseudo-class, and gives what stands behind it.
    fn pseudo<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (word, behind) = name(text)?;
        let (asked, rest) = match behind.strip_prefix('(') {
            Some(inner) => {
                let end = closing(inner)?;
                (&inner[..end], &inner[end + 1..])
            }
            None => ("", behind),
        };
        let parts = || {
            let each = split(asked, ',').into_iter().map(|one| {
                let (part, behind) = Self::read(one.trim())?;
                behind.is_empty().then_some(part)
            });
            each.collect::<Option<Vec<Self>>>()
        };
        match word.as_str() {
            "root" => self.tag = Some(LocalName::from("html")),
            "is" | "where" => self.tests.push(Test::Is(parts()?)),
            "not" => self.tests.push(Test::Not(parts().filter(|parts| !parts.iter().any(Self::is_state))?)),
            "first-child" => self.tests.push(Test::Nth(0, 1, false)),
            "last-child" => self.tests.push(Test::Nth(0, 1, true)),
            "only-child" => self.tests.extend([Test::Nth(0, 1, false), Test::Nth(0, 1, true)]),
            "nth-child" | "nth-last-child" => {
                let (a, b) = nth(asked)?;
                self.tests.push(Test::Nth(a, b, word == "nth-last-child"));
            }
            _ => return None,
        }
        Some(rest)
    }

    /// Whether it names what a script gives an element or takes from it while readers look on.
    fn is_state(&self) -> bool {
        const STATES: [&str; 20] = [
            "js", "load", "ready", "activ", "open", "show", "visib", "init", "hydrat", "font", "wf-", "anim", "scroll",
            "view", "done", "enabl", "select", "current", "expand", "defined",
        ];
        let named = self.classes.iter().chain(&self.ids).map(String::as_str);
        let mut words = named.chain(self.attributes.iter().map(|asked| &*asked.name));
        words.any(|word| {
            let word = word.to_ascii_lowercase();
            STATES.iter().any(|state| word.contains(state))
        })
    }

    fn is_named(&self) -> bool {
        self.tag.is_some() || !self.classes.is_empty() || !self.ids.is_empty() || !self.attributes.is_empty()
    }

    fn exactness(&self) -> Exactness {
        let tests = self.tests.iter().map(|test| match test {
            Test::Not(parts) | Test::Is(parts) => parts.iter().map(Self::exactness).max().unwrap_or_default(),
            Test::Nth(..) => (0, 1, 0),
        });
        let own = (self.ids.len(), self.classes.len() + self.attributes.len(), usize::from(self.tag.is_some()));
        tests.fold(own, |sum, test| (sum.0 + test.0, sum.1 + test.1, sum.2 + test.2))
    }

    fn holds(&self, node: NodeRef<'_>, element: &Element) -> bool {
        self.tag.as_ref().is_none_or(|tag| tag == element.name())
            && self.ids.iter().all(|id| element.id() == Some(id))
            && self.classes.iter().all(|class| element.classes().any(|own| own == class))
            && self.attributes.iter().all(|asked| element.attr(&asked.name).is_some_and(|own| asked.holds(own)))
            && self.tests.iter().all(|test| match test {
                Test::Not(parts) => !parts.iter().any(|part| part.holds(node, element)),
                Test::Is(parts) => parts.iter().any(|part| part.holds(node, element)),
                Test::Nth(a, b, last) => {
                    // Where one place is meant, no more siblings are counted than it takes.
                    let most = if *a == 0 { usize::try_from(*b).unwrap_or(0) } else { MAX_SIBLINGS };
                    let count = if *last { behind(node).take(most).count() } else { before(node).take(most).count() };
                    let place = i64::try_from(count).unwrap_or(i64::MAX).saturating_add(1) - b;
                    if *a == 0 { place == 0 } else { place % a == 0 && place / a >= 0 }
                }
            })
    }
}

impl Asked {
    fn read(text: &str) -> Option<Self> {
        let (name, how, value) = match text.find('=') {
            None => (text, How::Present, ""),
            Some(at) => {
                let (how, end) = match text[..at].chars().next_back() {
                    Some('^') => (How::Begins, at - 1),
                    Some('$') => (How::Ends, at - 1),
                    Some('*') => (How::Holds, at - 1),
                    Some('~') => (How::Word, at - 1),
                    Some('|') => (How::Language, at - 1),
                    _ => (How::Equal, at),
                };
                (&text[..end], how, text[at + 1..].trim().trim_matches(['"', '\'']))
            }
        };
        let name = name.trim();
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let empty = value.is_empty() && !matches!(how, How::Present | How::Equal);
        (plain && !empty).then(|| Self {
            name: LocalName::from(name.to_ascii_lowercase()),
            how,
            value: value.to_owned(),
        })
    }

    fn holds(&self, own: &str) -> bool {
        let value = self.value.as_str();
        match self.how {
            How::Present => true,
            How::Equal => own == value,
            How::Begins => own.starts_with(value),
            How::Ends => own.ends_with(value),
            How::Holds => own.contains(value),
            How::Word => own.split_ascii_whitespace().any(|word| word == value),
            How::Language => own.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
        }
    }
}

/// The name that a text begins with, its escapes resolved (CSS Syntax 3, section 4.3.7), and what stands behind it.
fn name(text: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let escaped = &rest[1..];
            let digits = escaped.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
            if digits > 0 {
                out.push(u32::from_str_radix(&escaped[..digits], 16).ok().and_then(char::from_u32)?);
                rest = &escaped[digits..];
                rest = rest.strip_prefix(' ').unwrap_or(rest);
            } else {
                let c = escaped.chars().next()?;
                out.push(c);
                rest = &escaped[c.len_utf8()..];
            }
        } else if c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii() {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            break;
        }
    }
    (!out.is_empty()).then_some((out, rest))
}

/// Where the parenthesis that was opened before a text is closed in it.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.bytes().position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// `2`, `odd`, `2n+1`, `-n + 3`.
fn nth(text: &str) -> Option<(i64, i64)> {
    let text: String = text.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match text.as_str() {
        "odd" => return Some((2, 1)),
        "even" => return Some((2, 0)),
        _ => {}
    }
    let (a, b) = match text.split_once('n') {
        None => return text.parse().ok().map(|b| (0, b)),
        Some(both) => both,
    };
    let a = match a {
        "" | "+" => 1,
        "-" => -1,
        a => a.parse().ok()?,
    };
    let b = if b.is_empty() { 0 } else { b.parse().ok()? };
    Some((a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_that_ask_for_more_are_left_alone() {
        for left in [
            "",
            "*",
            "a:hover",
            "p[x",
            "> p",
            "p >",
            ".a..b",
            "p::before",
            ".x:empty",
            "p:not(.is-loaded)",
            "p:nth-child(x)",
        ] {
            assert!(Selector::read(left).is_empty(), "{left}");
        }
        let one = |text: &str| Selector::read(text).pop();
        assert_eq!(one("div.a#b > p .c.d").map(|found| found.exactness()), Some((1, 3, 2)));
        let selector = one(".story p");
        assert_eq!(selector.as_ref().map(Selector::key), Some(Key::Tag(&LocalName::from("p"))));
        assert_eq!(one(".md\\:x").as_ref().map(Selector::key), Some(Key::Class("md:x")));
        assert_eq!(Selector::read("article :where(.x, p)").len(), 2);
        assert_eq!((nth("2n+1"), nth("-n + 3"), nth("4"), nth("x")), (Some((2, 1)), Some((-1, 3)), Some((0, 4)), None));
    }
}
