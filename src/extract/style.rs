//! Styles: which elements a page hides or strikes out, by `style` attributes and by the rules of `<style>`.
//!
//! Understood are selectors of tags, classes and ids, one inside the other (`.story > p.note`), outside conditions
//! (`@media print`); what depends on more is left alone, because a script may show it. Of several rules for one property
//! the more exact one wins, as in browsers.

mod selector;

use hashbrown::HashMap;
use html5ever::{LocalName, local_name};

use super::tree::{Element, NodeRef};
use selector::{Exactness, Key, Selector};

pub(super) use selector::Marks;

/// What styles do to the text of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Readers do not see it.
    Hide,
    /// It is struck out.
    Strike,
}

/// Bytes of `<style>` that are read per page.
const MAX_BYTES: usize = 2 << 20;
/// Rules that are kept per page.
const MAX_RULES: usize = 5_000;

/// The rules of a page that hide, show or strike out.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    /// Rules by the class, id or tag that an element must have.
    by_class: HashMap<String, Vec<usize>>,
    by_id: HashMap<String, Vec<usize>>,
    by_tag: HashMap<LocalName, Vec<usize>>,
    bytes: usize,
}

#[derive(Debug)]
struct Rule {
    selector: Selector,
    declared: Declared,
}

impl Sheet {
    /// Takes the text of a `<style>`.
    pub(super) fn add(&mut self, css: &str) {
        self.bytes += css.len();
        if self.bytes > MAX_BYTES {
            return;
        }
        let mut rest = css;
        while let Some(open) = rest.find('{') {
            let selector = without_comments(&rest[..open]);
            let selector = selector.rsplit([';', '}']).next().unwrap_or_default().trim().to_owned();
            let body = &rest[open + 1..];
            if selector.starts_with('@') {
                let screen = matches!(selector.as_str(), "@media screen" | "@media all" | "@media only screen");
                // Rules of a condition are skipped with it; those for every screen are read on.
                rest = if screen { body } else { past(body) };
                continue;
            }
            let Some(close) = body.find('}') else { return };
            if let Some(declared) = Declared::read(&body[..close]) {
                for one in selector.split(',') {
                    self.rule(one.trim(), declared);
                }
            }
            rest = &body[close + 1..];
        }
    }

    fn rule(&mut self, selector: &str, declared: Declared) {
        if self.rules.len() >= MAX_RULES {
            return;
        }
        let Some(selector) = Selector::read(selector) else { return };
        let rules = match selector.key() {
            Key::Class(key) => self.by_class.entry_ref(key).or_default(),
            Key::Id(key) => self.by_id.entry_ref(key).or_default(),
            Key::Tag(key) => self.by_tag.entry(key.clone()).or_default(),
        };
        rules.push(self.rules.len());
        self.rules.push(Rule { selector, declared });
    }

    /// The rules that are about one of an element's classes.
    pub(super) fn by_classes(&self, element: &Element) -> Vec<usize> {
        if self.by_class.is_empty() {
            return Vec::new();
        }
        let mut seen: Vec<&str> = element.classes().filter(|class| self.by_class.contains_key(*class)).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.iter().filter_map(|class| self.by_class.get(*class)).flatten().copied().collect()
    }

    /// What the page's rules and the element's own style do to it; `classes` are the rules about its classes, `around` the
    /// marks of what it stands in.
    pub(super) fn effect(
        &self,
        node: NodeRef<'_>,
        element: &Element,
        classes: &[usize],
        around: Marks,
    ) -> Option<Effect> {
        let own = element.attr(&local_name!("style")).and_then(Declared::read);
        if self.rules.is_empty() {
            return own.and_then(Declared::effect);
        }
        let id = element.id().and_then(|id| self.by_id.get(id));
        let tag = self.by_tag.get(element.name());
        let mut won = [None::<(Rank, bool)>; PROPERTIES];
        for at in classes.iter().chain(id.into_iter().flatten()).chain(tag.into_iter().flatten()) {
            let rule = &self.rules[*at];
            if rule.selector.holds(node, element, around) {
                let rank = Rank { exactness: Some(rule.selector.exactness()), at: *at, important: false };
                rule.declared.enter(&mut won, rank);
            }
        }
        if let Some(own) = own {
            own.enter(&mut won, Rank { important: false, exactness: None, at: 0 });
        }
        Declared { values: won.map(|won| won.map(|(_, value)| (value, false))) }.effect()
    }
}

/// Which of two declarations of one property wins: the important one, then the element's own, then the more exact one,
/// then the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rank {
    important: bool,
    /// Of the rule's selector; `None` for the element's own style.
    exactness: Option<Exactness>,
    at: usize,
}

impl Rank {
    fn key(self) -> (bool, bool, Option<Exactness>, usize) {
        (self.important, self.exactness.is_none(), self.exactness, self.at)
    }
}

/// The text behind the block that is open.
fn past(css: &str) -> &str {
    let mut depth = 1_usize;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &css[at + 1..];
        }
    }
    ""
}

fn without_comments(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        rest = rest[at..].find("*/").map_or("", |end| &rest[at + end + 2..]);
    }
    out.push_str(rest);
    out
}

/// Names of the properties that are read.
const FOLLOWED: [&str; 20] = [
    "display",
    "visibility",
    "opacity",
    "text-decoration",
    "text-decoration-line",
    "font-size",
    "text-indent",
    "position",
    "left",
    "top",
    "right",
    "bottom",
    "margin-left",
    "margin-top",
    "clip",
    "clip-path",
    "height",
    "max-height",
    "width",
    "overflow",
];
/// Properties that are followed each by itself.
const PROPERTIES: usize = 5;
/// Their places.
const DISPLAY: usize = 0;
const VISIBILITY: usize = 1;
const OPACITY: usize = 2;
const PLACE: usize = 3;
const STRUCK: usize = 4;

/// What declarations say of each property: whether it hides (or strikes out), and whether that is important.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Declared {
    values: [Option<(bool, bool)>; PROPERTIES],
}

impl Declared {
    /// Reads declarations; nothing where they say nothing of what is followed.
    fn read(declarations: &str) -> Option<Self> {
        // Most styles are about colour and size: they are told apart before anything is taken to pieces.
        const WORDS: [&str; 13] = [
            "isplay",
            "isibility",
            "pacity",
            "line-through",
            "text-decoration",
            "indent",
            "left",
            "top",
            "clip",
            "height",
            "ISPLAY",
            "font-size",
            "right",
        ];
        if declarations.len() > 20_000 || !WORDS.iter().any(|word| declarations.contains(word)) {
            return None;
        }
        let mut values = [None; PROPERTIES];
        let mut place = Place::default();
        for declaration in declarations.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let name = name.trim();
            // Few properties do anything to what is seen; the others are not worth a copy.
            if !FOLLOWED.iter().any(|followed| name.eq_ignore_ascii_case(followed)) {
                continue;
            }
            let important = value.contains("!important");
            let value =
                value.replace("!important", "").split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
            let name = name.to_ascii_lowercase();
            let said = match name.as_str() {
                "display" => Some((DISPLAY, value == "none")),
                "visibility" => Some((VISIBILITY, matches!(value.as_str(), "hidden" | "collapse"))),
                "opacity" => Some((OPACITY, number(&value) == Some(0.0))),
                "text-decoration" | "text-decoration-line" => Some((STRUCK, value.contains("line-through"))),
                _ => {
                    place.take(&name, &value);
                    None
                }
            };
            if let Some((property, hides)) = said {
                values[property] = Some((hides, important));
            }
        }
        if place.hides() {
            values[PLACE] = Some((true, false));
        }
        values.iter().any(Option::is_some).then_some(Self { values })
    }

    /// Enters what is declared, where it wins.
    fn enter(self, won: &mut [Option<(Rank, bool)>; PROPERTIES], rank: Rank) {
        for (won, value) in won.iter_mut().zip(self.values) {
            let Some((hides, important)) = value else { continue };
            let rank = Rank { important, ..rank };
            if won.is_none_or(|(best, _)| best.key() <= rank.key()) {
                *won = Some((rank, hides));
            }
        }
    }

    fn effect(self) -> Option<Effect> {
        let on = |property: usize| self.values[property].is_some_and(|(hides, _)| hides);
        if on(DISPLAY) || on(VISIBILITY) || on(OPACITY) || on(PLACE) {
            Some(Effect::Hide)
        } else {
            on(STRUCK).then_some(Effect::Strike)
        }
    }
}

/// Ways to put text where nobody sees it.
#[derive(Default)]
struct Place {
    gone: bool,
    placed: bool,
    far: bool,
    clipped: bool,
    no_height: bool,
    cut: bool,
}

impl Place {
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "font-size" => self.gone |= number(value) == Some(0.0),
            "text-indent" => self.gone |= number(value).is_some_and(|indent| indent <= -900.0),
            "position" => self.placed |= matches!(value, "absolute" | "fixed"),
            "left" | "top" | "right" | "bottom" | "margin-left" | "margin-top" => {
                self.far |= number(value).is_some_and(|offset| offset <= -900.0);
            }
            "clip" => {
                self.clipped |= value.starts_with("rect(") && value.matches(['0', '1']).count() >= 4 && value.len() < 40
            }
            "clip-path" => self.clipped |= value.contains("inset(50%") || value.contains("inset(100%"),
            "height" | "max-height" | "width" => {
                self.no_height |= number(value).is_some_and(|size| (0.0..=1.0).contains(&size)) && !value.contains('%');
            }
            "overflow" => self.cut |= value == "hidden",
            _ => {}
        }
    }

    fn hides(&self) -> bool {
        self.gone || self.far || self.placed && self.clipped || self.no_height && self.cut
    }
}

/// The number at the beginning of a length.
fn number(value: &str) -> Option<f64> {
    let end = value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '.')).unwrap_or(value.len());
    let number: f64 = value[..end].parse().ok()?;
    // Ems and percent of a screen are a good deal longer than pixels.
    let unit = if value[end..].starts_with("em") || value[end..].starts_with("rem") { 16.0 } else { 1.0 };
    let unit = if value[end..].starts_with('%') || value[end..].starts_with('v') { 9.0 } else { unit };
    Some(number * unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tree::{Edge, Tree};

    fn effect(declarations: &str) -> Option<Effect> {
        Declared::read(declarations).and_then(Declared::effect)
    }

    /// What a style sheet does to the elements with an id, in order.
    fn effects(css: &str, body: &str) -> Vec<Option<Effect>> {
        let mut sheet = Sheet::default();
        sheet.add(css);
        let page = Tree::page(body);
        page.edges()
            .filter_map(|edge| match edge {
                Edge::Open(node) => node.element().filter(|element| element.id().is_some()).map(|found| (node, found)),
                Edge::Close(_) => None,
            })
            .map(|(node, element)| sheet.effect(node, element, &sheet.by_classes(element), marks_around(node)))
            .collect()
    }

    fn marks_around(node: NodeRef<'_>) -> Marks {
        let mut marks = Marks::default();
        for element in node.ancestors().filter_map(NodeRef::element) {
            element.classes().chain(element.id()).for_each(|word| marks.add(word));
        }
        marks
    }

    #[test]
    fn declarations_that_hide_are_told_from_those_that_do_not() {
        for hidden in [
            "display:none",
            "DISPLAY : none !important".to_ascii_lowercase().as_str(),
            "visibility: hidden",
            "opacity:0",
            "position:absolute; left:-9999px",
            "position: fixed; top: -100vh",
            "text-indent:-9999em",
            "position:absolute;clip:rect(0 0 0 0)",
            "position:absolute;clip:rect(1px, 1px, 1px, 1px);overflow:hidden",
            "height:0;overflow:hidden",
            "font-size:0",
        ] {
            assert_eq!(effect(hidden), Some(Effect::Hide), "{hidden}");
        }
        for seen in [
            "color:red",
            "opacity:0.9",
            "left:-20px;position:absolute",
            "height:0",
            "height:400px;overflow:hidden",
            "font-size:0.9em",
            "margin-top:-12px",
            "display:none;display:block",
        ] {
            assert_eq!(effect(seen), None, "{seen}");
        }
        assert_eq!(effect("text-decoration: line-through red"), Some(Effect::Strike));
    }

    #[test]
    fn rules_are_read_without_their_conditions() {
        let css = "/* x */ .gone, p.note#g { display:none } @media print { .menu { display: none } } .tab{display:none} \
                   .tab.open{display:block} .c:hover{display:none} .c ~ p{display:none}";
        let page = "<p id=a class=gone></p><p id=b class=menu></p><p id=c class=tab></p><p id=d class='open tab'></p>\
                    <p id=e class=c></p><p id=f></p><p id=g class=note></p>";
        let hide = Some(Effect::Hide);
        assert_eq!(effects(css, page), [hide, None, hide, None, None, None, hide]);
    }

    #[test]
    fn the_more_exact_rule_wins_and_then_the_later_one() {
        let hide = Some(Effect::Hide);
        let page = "<div class=story><p id=a class=x></p><div><p id=b class=x></p></div></div><p id=c class=x></p>";
        assert_eq!(effects(".x{display:none} .story .x{display:block}", page), [None, None, hide]);
        assert_eq!(effects(".story .x{display:block} .x{display:none}", page), [None, None, hide]);
        assert_eq!(effects(".story > .x{display:none}", page), [hide, None, None]);
        assert_eq!(effects(".x{display:none !important} .story .x{display:block}", page), [hide, hide, hide]);
        assert_eq!(effects("p{display:none} .story p{display:block}", page), [None, None, hide]);
        assert_eq!(effects(".x{display:block} .x{display:none}", page), [hide, hide, hide]);
        assert_eq!(effects("#a{display:none} .story .x.x{display:block}", page), [hide, None, None]);
        // Each property for itself: what is shown again by one is not shown by another.
        assert_eq!(effects(".x{opacity:0} .story .x{display:block}", page), [hide, hide, hide]);
        assert_eq!(effects(".x{opacity:0} .story .x{opacity:1}", page), [None, None, hide]);
    }

    #[test]
    fn an_own_style_wins_over_rules_unless_they_are_important() {
        let page = "<p id=a class=x style='display:block'></p><p id=b style='display:none'></p>";
        let hide = Some(Effect::Hide);
        assert_eq!(effects(".x{display:none}", page), [None, hide]);
        assert_eq!(effects(".x{display:none!important}", page), [hide, hide]);
    }

    #[test]
    fn deep_pages_are_bounded() {
        let page = format!("{}<p id=a class=x>", "<div class=y>".repeat(3_000));
        assert_eq!(effects(".z .y .y .x{display:none}", &page), [None]);
        assert_eq!(effects(".y .y > .x{display:none}", &page), [Some(Effect::Hide)]);
    }
}
