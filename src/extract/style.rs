//! Styles: which elements a page hides or strikes out, by `style` attributes and by the rules of `<style>`.
//!
//! Understood are selectors of tags, classes, ids, attributes and places among siblings (`.story > p[data-note] + p`), in
//! layers and in conditions that hold everywhere; what depends on more (`@media print`, `:hover`) is left alone, because a
//! script may show it. Of several rules for one property the more exact one wins, as in browsers.

mod declared;
mod parse;
mod selector;

use hashbrown::HashMap;
use html5ever::{LocalName, local_name};

use super::tree::{Element, NodeRef};
use declared::{Declared, PROPERTIES, Rank};
use selector::{Key, Selector};

pub(super) use declared::Effect;
pub(super) use selector::Marks;

/// Bytes of `<style>` that are read per page.
const MAX_BYTES: usize = 2 << 20;
/// Rules that are kept per page.
const MAX_RULES: usize = 5_000;
/// Values with names that are kept per page.
const MAX_VALUES: usize = 2_000;

/// The rules of a page that hide, show or strike out.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    /// Rules by the class, id or tag that an element must have.
    by_class: HashMap<String, Vec<usize>>,
    by_id: HashMap<String, Vec<usize>>,
    by_tag: HashMap<LocalName, Vec<usize>>,
    by_attribute: HashMap<LocalName, Vec<usize>>,
    /// Values with names, which rules refer to.
    values: HashMap<String, String>,
    bytes: usize,
}

#[derive(Debug)]
struct Rule {
    selector: Selector,
    declared: Declared,
    /// Whether it stands in a layer: any rule outside of layers wins over it.
    layered: bool,
}

impl Sheet {
    /// Takes the text of a `<style>`.
    pub(super) fn add(&mut self, css: &str) {
        self.bytes += css.len();
        if self.bytes > MAX_BYTES {
            return;
        }
        let css = parse::without_comments(css);
        parse::rules(&css, &mut |selector, declarations, layered| {
            if matches!(selector, ":root" | "html" | "body") && declarations.contains("--") {
                self.keep_values(declarations);
            }
            if let Some(declared) = self.declared(declarations) {
                self.rule(selector, declared, layered);
            }
        });
    }

    /// Keeps the values that a page gives names (`--shown: none`).
    fn keep_values(&mut self, declarations: &str) {
        for (name, value) in declarations.split(';').filter_map(|declaration| declaration.split_once(':')) {
            if name.trim().starts_with("--") && value.len() <= 40 && self.values.len() < MAX_VALUES {
                self.values.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    /// Reads declarations, with the values of the names in them.
    fn declared(&self, declarations: &str) -> Option<Declared> {
        if self.values.is_empty() || !declarations.contains("var(") {
            return Declared::read(declarations);
        }
        let mut out = String::with_capacity(declarations.len());
        let mut rest = declarations;
        while let Some((before, behind)) = rest.split_once("var(") {
            out.push_str(before);
            let Some((name, more)) = behind.split_once(')') else { break };
            out.push_str(self.values.get(name.trim()).map_or("", String::as_str));
            rest = more;
        }
        out.push_str(rest);
        Declared::read(&out)
    }

    fn rule(&mut self, selector: &str, declared: Declared, layered: bool) {
        for selector in Selector::read(selector) {
            if self.rules.len() >= MAX_RULES {
                return;
            }
            let rules = match selector.key() {
                Key::Class(key) => self.by_class.entry_ref(key).or_default(),
                Key::Id(key) => self.by_id.entry_ref(key).or_default(),
                Key::Tag(key) => self.by_tag.entry(key.clone()).or_default(),
                Key::Attribute(key) => self.by_attribute.entry(key.clone()).or_default(),
            };
            rules.push(self.rules.len());
            self.rules.push(Rule { selector, declared, layered });
        }
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
        self.of(node, element, classes, around).and_then(Declared::effect)
    }

    /// Whether a rule displays an element that its own attribute hides (`[hidden] { display: block }`).
    pub(super) fn displays(&self, node: NodeRef<'_>, element: &Element, classes: &[usize], around: Marks) -> bool {
        !self.rules.is_empty() && self.of(node, element, classes, around).is_some_and(Declared::displays)
    }

    /// What of the declarations for an element wins.
    fn of(&self, node: NodeRef<'_>, element: &Element, classes: &[usize], around: Marks) -> Option<Declared> {
        let own = element.attr(&local_name!("style")).and_then(|style| self.declared(style));
        if self.rules.is_empty() {
            return own;
        }
        let id = element.id().and_then(|id| self.by_id.get(id));
        let tag = self.by_tag.get(element.name());
        let attributes = self.by_attribute.iter().filter(|(name, _)| element.attr(name).is_some());
        let attributes = attributes.flat_map(|(_, rules)| rules);
        let mut won = [None::<(Rank, bool)>; PROPERTIES];
        for at in classes.iter().chain(id.into_iter().flatten()).chain(tag.into_iter().flatten()).chain(attributes) {
            let rule = &self.rules[*at];
            if rule.selector.holds(node, element, around) {
                let exactness = Some(rule.selector.exactness());
                let rank = Rank { exactness, layered: rule.layered, at: *at, important: false };
                rule.declared.enter(&mut won, rank);
            }
        }
        if let Some(own) = own {
            own.enter(&mut won, Rank { important: false, exactness: None, layered: false, at: 0 });
        }
        Some(Declared::of(won))
    }
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
            "color: transparent",
            "color:rgba(0, 0, 0, 0)",
            "-webkit-text-fill-color:#0000",
            "color:#fff; background: #ffffff",
            "clip-path: inset(50%)",
            "clip-path:polygon(0 0, 0 0, 0 0)",
            "transform: translateX(4px) scale(0)",
            "scale: 0",
            "content-visibility:hidden",
            "transform:translateX(-9999px)",
            "filter: blur(2px) opacity(0)",
            "display/**/:/* */none",
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
            "color: transparent; background: linear-gradient(red, blue); -webkit-background-clip: text",
            "color:transparent;background:linear-gradient(red,blue) text",
            "color:rgba(0,0,0,0.6)",
            "color:#fff0f0;background:#fff",
            "background:transparent;left:0",
            "clip-path: inset(5%)",
            "transform: scale(0.5)",
            "transform:scale(1, 1)",
            "content-visibility:auto",
            "transform:translate(-50%, -50%)",
            "transform: translateX(-100%)",
            "filter:opacity(0.5)",
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
        assert_eq!(effects(css, page), [hide, None, hide, None, None, hide, hide]);
    }

    #[test]
    fn siblings_places_and_layers_count_as_in_browsers() {
        let hide = Some(Effect::Hide);
        let page = "<div class=z><p id=a>x</p><p id=b class=k>x</p><p id=c>x</p><p id=d data-x=pre-y>x</p></div>";
        assert_eq!(effects(".k + p{display:none}", page), [None, None, hide, None]);
        assert_eq!(effects(".z p:first-child, .z p:last-child{display:none}", page), [hide, None, None, hide]);
        assert_eq!(effects("p:nth-child(2n){display:none}", page), [None, hide, None, hide]);
        assert_eq!(effects("p:not(.k){display:none}", page), [hide, None, hide, hide]);
        assert_eq!(effects(".z:not(.loaded) p{display:none}", page), [None; 4]);
        assert_eq!(effects("p:is(.k, [data-x^=pre]){display:none}", page), [None, hide, None, hide]);
        assert_eq!(effects("@layer a{.z .k{display:none}} p{display:block}", page), [None; 4]);
        assert_eq!(effects(":root{--d:none} .k{display:var(--d)}", page), [None, hide, None, None]);
        let mut sheet = Sheet::default();
        sheet.add("[hidden]{display:block!important}");
        let page = Tree::page("<p hidden>x</p>");
        let shown = |node: NodeRef<'_>| node.element().is_some_and(|p| sheet.displays(node, p, &[], Marks::default()));
        assert!(page.edges().any(|edge| matches!(edge, Edge::Open(node) if shown(node))));
    }

    #[test]
    fn rules_may_ask_for_attributes() {
        let page = "<p id=a data-x=1></p><p id=b></p><p id=c class=n role='note here'></p><p id=d data-y=2></p>";
        let css = "[data-x]{display:none} .n[role=\"note here\"]{display:none} p[data-y=\"3\"]{display:none}";
        let hide = Some(Effect::Hide);
        assert_eq!(effects(css, page), [hide, None, hide, None]);
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
        let page = format!("{}<p id=a class=x>", "<div class=y>".repeat(900));
        assert_eq!(effects(".z .y .y .x{display:none}", &page), [None]);
        assert_eq!(effects(".y .y > .x{display:none}", &page), [Some(Effect::Hide)]);
    }
}
