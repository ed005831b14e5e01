//! Zones: which part of a page an element is, by its tag, role, class and id.
//!
//! Tags and roles are the author's word; classes and ids are hints in the vocabulary that publishing systems share
//! (WordPress, AMP, Arc, Drupal, social embeds). A hint never turns the bulk of a page into boilerplate: an element
//! that holds the main heading or most of the text keeps the zone around it.

mod hints;
mod notices;
mod said;

use hashbrown::HashMap;
use html5ever::{LocalName, local_name};

use super::style::{Effect, Marks, Sheet};
use super::tree::{Element, NodeRef};
use crate::model::Zone;
use hints::{hint_word, is_pull_quote};

pub(super) use hints::consent_manager;
pub(super) use notices::is_notice;
pub(super) use said::{heads_comments, leads_elsewhere};

/// What an element says of the text inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: the text belongs to the zone around it.
    Inherit,
    /// The text belongs to this zone, unless a stronger one surrounds it.
    Zone(Zone),
    /// No text of the page at all (code, styles, pictures as markup).
    Skip,
}

/// Characters below which a page has no bulk to protect.
const SMALL_PAGE: u32 = 400;

/// How much of the page an element holds, for judging its hints.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Weight {
    /// Characters of text inside.
    pub(super) text: u32,
    /// Whether the main heading is inside.
    pub(super) heading: bool,
    /// Whether an `<article>` or `<main>` is inside.
    pub(super) article: bool,
    /// Characters of text inside its links.
    pub(super) linked: u32,
    /// What its text begins with.
    pub(super) begins: Begins,
    /// Whether its last sentence is whole.
    pub(super) ended: bool,
    /// Whether it is one entry of many that each begin with a time.
    pub(super) entry: bool,
}

/// What a text begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Begins {
    /// There is none.
    #[default]
    Nothing,
    /// An element that is a time.
    Time,
    /// The time of a day in its words.
    Clock,
    /// Something else.
    Words,
}

/// Words of class or id, in lower case.
fn words(element: &Element) -> impl Iterator<Item = String> + '_ {
    // A long id is the slug of a heading (`sharing-with-a-single-developer`), not the name of a part.
    let id = element.id().filter(|id| id.split(['-', '_']).nth(3).is_none());
    element.classes().chain(id).map(str::to_ascii_lowercase)
}

/// What is known of a page while its elements are told apart.
#[derive(Debug, Default)]
pub(super) struct Zones<'a> {
    /// Bytes of text of the whole page.
    total: u32,
    sheet: Sheet,
    /// What each word of class or id hints at; publishing systems repeat a few of them on every element.
    hints: HashMap<&'a str, Option<Hint>>,
    /// The same for each list of classes, as the page writes it.
    lists: HashMap<&'a str, usize>,
    classes: Vec<Classes>,
}

/// A zone, and the share of the page (percent) up to which it is believed.
type Hint = (Zone, u64);

/// What a list of classes says.
#[derive(Debug, Default)]
struct Classes {
    /// What its words hint at, in the order of the words.
    hints: Vec<Hint>,
    /// The rules of the page's styles that are about one of them.
    rules: Vec<usize>,
    marks: Marks,
}

/// Words of class or id that are remembered; a page with more of them is read without remembering the rest.
const MAX_HINTS: usize = 20_000;

impl<'a> Zones<'a> {
    pub(super) fn new(total: u32, sheet: Sheet) -> Self {
        // What no class says.
        Self { total, sheet, classes: vec![Classes::default()], ..Self::default() }
    }

    /// Reads what an element says of the text inside it. `marks` are those of what it stands in, and its own from then
    /// on.
    pub(super) fn role(&mut self, node: NodeRef<'a>, element: &'a Element, weight: Weight, marks: &mut Marks) -> Role {
        let classes = self.classes(element);
        let around = *marks;
        *marks = around.and(self.classes[classes].marks);
        if let Some(id) = element.id() {
            marks.add(id);
        }
        let total = self.total;
        match *element.name() {
            local_name!("script")
            | local_name!("style")
            | local_name!("svg")
            | local_name!("math")
            | local_name!("canvas")
            | local_name!("object")
            | local_name!("embed")
            | local_name!("iframe")
            | local_name!("audio")
            | local_name!("video")
            | local_name!("head")
            | local_name!("map")
            | local_name!("rt")
            | local_name!("rp")
            | local_name!("datalist")
            | local_name!("progress")
            | local_name!("meter") => return Role::Skip,
            local_name!("noscript") | local_name!("noframes") | local_name!("noembed") => {
                return Role::Zone(Zone::Hidden);
            }
            // A template with a shadow root is a part of the page that a saved copy carries along.
            local_name!("template") if element.attr(&local_name!("shadowrootmode")).is_some() => return Role::Inherit,
            local_name!("template") => return Role::Zone(Zone::Hidden),
            local_name!("body") | local_name!("html") | local_name!("main") => return Role::Inherit,
            local_name!("s") | local_name!("strike") | local_name!("del") => return Role::Zone(Zone::Struck),
            _ => {}
        }
        match self.unseen(node, element, classes, around) {
            Some(Effect::Hide) => return bounded(Zone::Hidden, weight, total, 50),
            Some(Effect::Strike) => return Role::Zone(Zone::Struck),
            None => {}
        }
        match *element.name() {
            local_name!("article") => {
                return match self.hint(element, classes, weight) {
                    Some(zone @ (Zone::Comment | Zone::LiveEntry | Zone::Related)) => Role::Zone(zone),
                    _ => Role::Inherit,
                };
            }
            local_name!("h1") => return Role::Zone(Zone::Headline),
            local_name!("nav") | local_name!("menu") => return bounded(Zone::Navigation, weight, total, 60),
            local_name!("footer") => return bounded(Zone::Footer, weight, total, 50),
            local_name!("aside") => return bounded(aside(element), weight, total, 50),
            local_name!("figcaption") | local_name!("caption") => return Role::Zone(Zone::Caption),
            local_name!("select")
            | local_name!("button")
            | local_name!("form")
            | local_name!("dialog")
            | local_name!("textarea")
            | local_name!("label") => return bounded(Zone::Navigation, weight, total, 30),
            _ => {}
        }
        match element.attr(&local_name!("role")) {
            Some("navigation" | "menu" | "menubar" | "search" | "banner" | "toolbar" | "dialog") => {
                return bounded(Zone::Navigation, weight, total, 50);
            }
            Some("contentinfo") => return bounded(Zone::Footer, weight, total, 50),
            Some("complementary") => return bounded(Zone::Related, weight, total, 50),
            Some("cell" | "gridcell" | "columnheader" | "rowheader") => return Role::Zone(Zone::TableCell),
            Some("doc-pullquote") => return Role::Zone(Zone::PullQuote),
            Some("doc-footnote" | "doc-endnotes") => return bounded(Zone::Footnote, weight, total, 50),
            _ => {}
        }
        if element.attr(&local_name!("aria-label")).is_some_and(|label| names_comments(element.name(), label)) {
            return bounded(Zone::Comment, weight, total, 60);
        }
        if let Some(zone) = property(element).filter(|_| !weight.article && weight.text < 2_000) {
            return Role::Zone(zone);
        }
        if let Some(zone) = leaf(element.name()) {
            return Role::Zone(self.hint(element, classes, weight).unwrap_or(match *element.name() {
                local_name!("blockquote") => blockquote(element),
                _ => zone,
            }));
        }
        match self.hint(element, classes, weight) {
            Some(zone) => Role::Zone(zone),
            None if *element.name() == local_name!("header") && !weight.heading && !weight.article => {
                bounded(Zone::Navigation, weight, total, 30)
            }
            None => Role::Inherit,
        }
    }

    /// Whether attributes or styles hide the element's text, or strike it out.
    fn unseen(&self, node: NodeRef<'_>, element: &Element, classes: usize, around: Marks) -> Option<Effect> {
        let rules = &self.classes[classes].rules;
        if element.attr(&local_name!("hidden")).is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
            && !self.sheet.displays(node, element, rules, around)
        {
            return Some(Effect::Hide);
        }
        // What opens only when a reader asks for it.
        let closed = element.attr(&local_name!("popover")).is_some()
            || *element.name() == local_name!("dialog") && element.attr(&local_name!("open")).is_none();
        if closed {
            return Some(Effect::Hide);
        }
        self.sheet.effect(node, element, rules, around)
    }

    /// Whether a style makes a block of an element that is none; a letter that floats beside its word does not count.
    pub(super) fn is_displayed_as_block(&self, element: &Element) -> bool {
        element.attr(&local_name!("style")).is_some_and(|style| {
            let style: String = style.chars().take(2_000).filter(|c| !c.is_whitespace()).collect();
            style.contains("display:block") && !style.contains("float:")
        })
    }

    /// Where what the classes of an element say is kept.
    fn classes(&mut self, element: &'a Element) -> usize {
        let Some(list) = element.attr(&local_name!("class")) else { return 0 };
        if let Some(known) = self.lists.get(list) {
            return *known;
        }
        // Of the words that hint at the same, the first one in the order of letters counts.
        let mut hints: Vec<(&str, Hint)> = Vec::new();
        let mut marks = Marks::default();
        for word in element.classes() {
            marks.add(word);
            let Some(hint) = self.hint_of(word) else { continue };
            match hints.iter_mut().find(|(_, known)| *known == hint) {
                Some((first, _)) => *first = (*first).min(word),
                None => hints.push((word, hint)),
            }
        }
        // Bootstrap 3 hides for each size of screen by itself.
        let sizes = ["hidden-xs", "hidden-sm", "hidden-md", "hidden-lg"];
        if list.contains("hidden-xs") && sizes.iter().all(|size| element.classes().any(|word| word == *size)) {
            hints.push(("", (Zone::Hidden, 20)));
        }
        hints.sort_unstable_by_key(|(word, _)| *word);
        let rules = self.sheet.by_classes(element);
        self.classes.push(Classes { hints: hints.into_iter().map(|(_, hint)| hint).collect(), rules, marks });
        self.lists.insert(list, self.classes.len() - 1);
        self.classes.len() - 1
    }

    /// The zone that a class or an id hints at.
    fn hint(&mut self, element: &'a Element, classes: usize, weight: Weight) -> Option<Zone> {
        // A caption or byline is short by nature; a container of the article may carry any class.
        if weight.article {
            return None;
        }
        // A long id is the slug of a heading (`sharing-with-a-single-developer`), not the name of a part.
        let id = element.id().filter(|id| id.split(['-', '_']).nth(3).is_none()).and_then(|id| self.hint_of(id));
        let mut found = None;
        // The makers of comments give their elements names of their own.
        let own = element.name().contains('-').then(|| hint_word(element.name())).flatten();
        for (zone, percent) in self.classes[classes].hints.iter().copied().chain(id).chain(own) {
            if weight.heading && zone != Zone::Headline {
                continue;
            }
            if u64::from(weight.text) * 100 > u64::from(self.total) * percent {
                continue;
            }
            found =
                Some(found.map_or(zone, |before: Zone| if strength(zone) > strength(before) { zone } else { before }));
        }
        found
    }

    fn hint_of(&mut self, word: &'a str) -> Option<Hint> {
        if let Some(known) = self.hints.get(word) {
            return *known;
        }
        // A class of kilobytes is no word that publishing systems share.
        let hint = (word.len() <= 200).then(|| hint_word(&word.to_ascii_lowercase())).flatten();
        if self.hints.len() < MAX_HINTS {
            self.hints.insert(word, hint);
        }
        hint
    }
}

/// The part of a table that an element is by its role (WAI-ARIA 1.2), as the tag that has the same; its own name otherwise.
pub(super) fn part_of_table(element: &Element) -> LocalName {
    let name = element.name();
    if matches!(
        *name,
        local_name!("div") | local_name!("span") | local_name!("li") | local_name!("ul") | local_name!("section")
    ) {
        match element.attr(&local_name!("role")) {
            Some("table" | "grid" | "treegrid") => return local_name!("table"),
            Some("row") => return local_name!("tr"),
            Some("cell" | "gridcell") => return local_name!("td"),
            Some("columnheader" | "rowheader") => return local_name!("th"),
            _ => {}
        }
    }
    name.clone()
}

/// What microdata says.
fn property(element: &Element) -> Option<Zone> {
    match element.attr(&local_name!("itemprop"))? {
        "headline" => Some(Zone::Headline),
        "alternativeHeadline" | "alternateName" => Some(Zone::Deck),
        "author" | "datePublished" | "dateModified" => Some(Zone::Byline),
        "caption" => Some(Zone::Caption),
        "comment" | "commentText" => Some(Zone::Comment),
        "liveBlogUpdate" => Some(Zone::LiveEntry),
        _ => None,
    }
}

/// Whether an element is one post, comment or entry of many, whose blocks share an author and a time. `around` is the
/// zone that it stands in.
pub(super) fn is_group(element: &Element, zone: Zone, around: Zone) -> bool {
    match zone {
        Zone::Post => around != Zone::Post,
        Zone::Blockquote | Zone::PullQuote => *element.name() == local_name!("blockquote") && around != zone,
        Zone::LiveEntry => around != Zone::LiveEntry,
        Zone::Comment => {
            let item = |word: &str| {
                let word = word.to_ascii_lowercase();
                word == "comment"
                    || ["comment-item", "comment_item", "comment-body", "comment-block"].contains(&word.as_str())
            };
            matches!(*element.name(), local_name!("article") | local_name!("li")) || element.classes().any(item)
        }
        _ => false,
    }
}

/// Whether the label of a part of the page says that it holds comments.
fn names_comments(name: &LocalName, label: &str) -> bool {
    matches!(
        *name,
        local_name!("div") | local_name!("section") | local_name!("ol") | local_name!("ul") | local_name!("article")
    ) && (label.trim().eq_ignore_ascii_case("comments") || heads_comments(label))
}

/// A zone that only holds while the element is not the bulk of the page.
fn bounded(zone: Zone, weight: Weight, total: u32, percent: u32) -> Role {
    let bulk = total > SMALL_PAGE && u64::from(weight.text) * 100 > u64::from(total) * u64::from(percent);
    if weight.heading || weight.article || bulk { Role::Inherit } else { Role::Zone(zone) }
}

fn leaf(name: &LocalName) -> Option<Zone> {
    Some(match *name {
        local_name!("p") => Zone::Paragraph,
        local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6")
        | local_name!("summary") => Zone::Subheading,
        local_name!("blockquote") => Zone::Blockquote,
        local_name!("li") | local_name!("dt") | local_name!("dd") => Zone::ListItem,
        local_name!("td") | local_name!("th") => Zone::TableCell,
        local_name!("pre") => Zone::Preformatted,
        local_name!("address") => Zone::Byline,
        _ => return None,
    })
}

fn blockquote(element: &Element) -> Zone {
    if words(element).any(|word| is_pull_quote(&word)) { Zone::PullQuote } else { Zone::Blockquote }
}

fn aside(element: &Element) -> Zone {
    if words(element).any(|word| is_pull_quote(&word)) { Zone::PullQuote } else { Zone::Related }
}

/// Order in which zones that surround each other win.
pub(super) fn strength(zone: Zone) -> u8 {
    match zone {
        Zone::Hidden | Zone::ScriptData => 8,
        Zone::Struck => 7,
        Zone::Comment => 6,
        Zone::Navigation | Zone::Footer | Zone::RunningHead | Zone::Related => 5,
        Zone::Caption | Zone::AltText => 4,
        Zone::Post | Zone::PullQuote | Zone::Correction => 3,
        Zone::Headline | Zone::Deck | Zone::Byline => 2,
        Zone::Blockquote | Zone::TableCell | Zone::Preformatted | Zone::LiveEntry | Zone::Footnote => 2,
        _ => 1,
    }
}

/// Whether an element starts and ends a block: the display types of the HTML standard's rendering section.
pub(super) fn is_block(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("address")
            | local_name!("article")
            | local_name!("aside")
            | local_name!("blockquote")
            | local_name!("body")
            | local_name!("button")
            | local_name!("caption")
            | local_name!("center")
            | local_name!("dd")
            | local_name!("details")
            | local_name!("dialog")
            | local_name!("dir")
            | local_name!("div")
            | local_name!("dl")
            | local_name!("dt")
            | local_name!("fieldset")
            | local_name!("figcaption")
            | local_name!("figure")
            | local_name!("footer")
            | local_name!("form")
            | local_name!("frameset")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("header")
            | local_name!("hgroup")
            | local_name!("hr")
            | local_name!("html")
            | local_name!("legend")
            | local_name!("li")
            | local_name!("listing")
            | local_name!("main")
            | local_name!("menu")
            | local_name!("nav")
            | local_name!("noscript")
            | local_name!("ol")
            | local_name!("optgroup")
            | local_name!("option")
            | local_name!("p")
            | local_name!("plaintext")
            | local_name!("pre")
            | local_name!("search")
            | local_name!("section")
            | local_name!("select")
            | local_name!("summary")
            | local_name!("table")
            | local_name!("tbody")
            | local_name!("td")
            | local_name!("template")
            | local_name!("textarea")
            | local_name!("tfoot")
            | local_name!("th")
            | local_name!("thead")
            | local_name!("title")
            | local_name!("tr")
            | local_name!("ul")
            | local_name!("xmp")
    )
}
