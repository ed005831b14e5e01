//! Styles: which elements a page hides or strikes out, by `style` attributes and by the simple rules of `<style>`.
//!
//! Only rules whose selector is one compound of tag, classes and id are understood, and only outside conditions
//! (`@media print`): what depends on more is left alone, because a script may show it.

use std::collections::HashMap;

use scraper::node::Element;

/// What styles do to the text of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Readers do not see it.
    Hide,
    /// It is struck out.
    Strike,
    /// A rule says that it is shown.
    Show,
}

/// Bytes of `<style>` that are read per page.
const MAX_BYTES: usize = 2 << 20;
/// Rules that are kept per page.
const MAX_RULES: usize = 5_000;

/// The rules of a page that hide, show or strike out.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<Rule>,
    /// Rules by the class or `#id` that an element must have.
    by_key: HashMap<String, Vec<usize>>,
    /// Whether any rule asks for an id.
    ids: bool,
    bytes: usize,
}

#[derive(Debug)]
struct Rule {
    tag: Option<String>,
    names: Vec<String>,
    effect: Effect,
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
            if let Some(effect) = effect(&body[..close]) {
                for one in selector.split(',') {
                    self.rule(one.trim(), effect);
                }
            }
            rest = &body[close + 1..];
        }
    }

    fn rule(&mut self, selector: &str, effect: Effect) {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '#');
        if self.rules.len() >= MAX_RULES || !selector.chars().all(plain) {
            return;
        }
        let start = selector.find(['.', '#']).unwrap_or(selector.len());
        let (tag, rest) = selector.split_at(start);
        let mut names = Vec::new();
        for part in rest.split_inclusive(['.', '#']).collect::<Vec<_>>().windows(2) {
            let mark = if part[0].ends_with('#') { "#" } else { "" };
            names.push(format!("{mark}{}", part[1].trim_end_matches(['.', '#'])));
        }
        let Some(key) = names.first().cloned() else { return };
        self.ids |= names.iter().any(|name| name.starts_with('#'));
        self.by_key.entry(key).or_default().push(self.rules.len());
        let tag = (!tag.is_empty()).then(|| tag.to_ascii_lowercase());
        self.rules.push(Rule { tag, names, effect });
    }

    /// What the page's rules and the element's own style do to it.
    pub(super) fn effect(&self, element: &Element) -> Option<Effect> {
        let own = element.attr("style").and_then(effect);
        if own.is_some() || self.rules.is_empty() {
            return own;
        }
        let id = element.id().filter(|_| self.ids).map(|id| format!("#{id}"));
        let has = |name: &String| match name.starts_with('#') {
            true => id.as_ref() == Some(name),
            false => element.classes().any(|class| class == name),
        };
        element
            .classes()
            .chain(id.as_deref())
            .filter_map(|key| self.by_key.get(key))
            .flatten()
            .filter(|at| {
                let rule = &self.rules[**at];
                rule.tag.as_deref().is_none_or(|tag| tag == element.name()) && rule.names.iter().all(has)
            })
            // The more exact rule wins, then the later one.
            .max_by_key(|at| (self.rules[**at].names.len() + usize::from(self.rules[**at].tag.is_some()), **at))
            .map(|at| self.rules[*at].effect)
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

/// What declarations do to the text that they stand for; nothing where they say nothing of it.
fn effect(declarations: &str) -> Option<Effect> {
    // Most styles are about colour and size: they are told apart before anything is taken to pieces.
    const WORDS: [&str; 12] = [
        "isplay",
        "isibility",
        "pacity",
        "line-through",
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
    let mut facts = Facts::default();
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value: String =
            value.replace("!important", "").split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        facts.take(&name.trim().to_ascii_lowercase(), &value);
    }
    facts.effect()
}

#[derive(Default)]
struct Facts {
    gone: bool,
    shown: bool,
    struck: bool,
    placed: bool,
    far: bool,
    clipped: bool,
    no_height: bool,
    cut: bool,
}

impl Facts {
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "display" => {
                self.gone |= value == "none";
                self.shown |= value != "none";
            }
            "visibility" => self.gone |= matches!(value, "hidden" | "collapse"),
            "opacity" => self.gone |= number(value) == Some(0.0),
            "font-size" => self.gone |= number(value) == Some(0.0),
            "text-decoration" | "text-decoration-line" => self.struck |= value.contains("line-through"),
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

    fn effect(&self) -> Option<Effect> {
        let hidden = self.gone || self.far || self.placed && self.clipped || self.no_height && self.cut;
        if hidden {
            Some(Effect::Hide)
        } else if self.struck {
            Some(Effect::Strike)
        } else {
            self.shown.then_some(Effect::Show)
        }
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
        ] {
            assert_eq!(effect(seen), None, "{seen}");
        }
        assert_eq!(effect("text-decoration: line-through red"), Some(Effect::Strike));
    }

    #[test]
    fn rules_are_read_without_their_conditions() {
        let mut sheet = Sheet::default();
        sheet.add("/* x */ .gone, p.note#n1 { display:none } @media print { .menu { display: none } } .tab{display:none} .tab.open{display:block} .a .b{display:none} .c:hover{display:none}");
        let page = scraper::Html::parse_fragment(
            "<p class=gone></p><p class=menu></p><p class=tab></p><p class='open tab'></p><p class=b></p><p class=c></p>\
             <p class=note id=n1></p>",
        );
        let effects: Vec<Option<Effect>> =
            page.root_element().child_elements().map(|element| sheet.effect(element.value())).collect();
        use Effect::{Hide, Show};
        assert_eq!(effects, [Some(Hide), None, Some(Hide), Some(Show), None, None, Some(Hide)]);
    }
}
