//! Zones: which part of a page an element is, by its tag, role, class and id.
//!
//! Tags and roles are the author's word; classes and ids are hints in the vocabulary that publishing systems share
//! (WordPress, AMP, Arc, Drupal, social embeds). A hint never turns the bulk of a page into boilerplate: an element
//! that holds the main heading or most of the text keeps the zone around it.

mod hints;

use ego_tree::NodeRef;
use hashbrown::HashMap;
use scraper::Node;
use scraper::node::Element;

use super::style::{Effect, Sheet};
use crate::model::Zone;
use hints::{hint_word, is_pull_quote};

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
}

/// Words of class or id, in lower case.
fn words(element: &Element) -> impl Iterator<Item = String> + '_ {
    // A long id is the slug of a heading (`sharing-with-a-single-developer`), not the name of a part.
    let id = element.id().filter(|id| id.split(['-', '_']).count() <= 3);
    element.classes().chain(id).map(str::to_ascii_lowercase)
}

/// What is known of a page while its elements are told apart.
#[derive(Debug, Default)]
pub(super) struct Zones {
    /// Bytes of text of the whole page.
    total: u32,
    sheet: Sheet,
    /// What each word of class or id hints at; publishing systems repeat a few of them on every element.
    hints: HashMap<String, Option<(Zone, u64)>>,
}

/// Words of class or id that are remembered; a page with more of them is read without remembering the rest.
const MAX_HINTS: usize = 20_000;

impl Zones {
    pub(super) fn new(total: u32, sheet: Sheet) -> Self {
        Self { total, sheet, hints: HashMap::new() }
    }

    /// Reads what an element says of the text inside it.
    pub(super) fn role(&mut self, node: NodeRef<'_, Node>, element: &Element, weight: Weight) -> Role {
        let total = self.total;
        match element.name() {
            "script" | "style" | "svg" | "math" | "canvas" | "object" | "embed" | "iframe" | "audio" | "video"
            | "head" | "map" | "rt" | "rp" | "datalist" | "progress" | "meter" => return Role::Skip,
            "noscript" => return Role::Zone(Zone::Hidden),
            // A template with a shadow root is a part of the page that a saved copy carries along.
            "template" if element.attr("shadowrootmode").is_some() => return Role::Inherit,
            "template" => return Role::Zone(Zone::Hidden),
            "body" | "html" | "main" => return Role::Inherit,
            "s" | "strike" | "del" => return Role::Zone(Zone::Struck),
            _ => {}
        }
        match self.unseen(node, element) {
            Some(Effect::Hide) => return bounded(Zone::Hidden, weight, total, 50),
            Some(Effect::Strike) => return Role::Zone(Zone::Struck),
            None => {}
        }
        match element.name() {
            "article" => {
                return match self.hint(element, weight) {
                    Some(zone @ (Zone::Comment | Zone::LiveEntry | Zone::Related)) => Role::Zone(zone),
                    _ => Role::Inherit,
                };
            }
            "h1" => return Role::Zone(Zone::Headline),
            "nav" | "menu" => return bounded(Zone::Navigation, weight, total, 60),
            "footer" => return bounded(Zone::Footer, weight, total, 50),
            "aside" => return bounded(aside(element), weight, total, 50),
            "figcaption" | "caption" => return Role::Zone(Zone::Caption),
            "select" | "button" | "form" | "dialog" | "label" => return bounded(Zone::Navigation, weight, total, 30),
            _ => {}
        }
        match element.attr("role") {
            Some("navigation" | "menu" | "menubar" | "search" | "banner" | "toolbar" | "dialog") => {
                return bounded(Zone::Navigation, weight, total, 50);
            }
            Some("contentinfo") => return bounded(Zone::Footer, weight, total, 50),
            Some("complementary") => return bounded(Zone::Related, weight, total, 50),
            Some("doc-pullquote") => return Role::Zone(Zone::PullQuote),
            Some("doc-footnote" | "doc-endnotes") => return bounded(Zone::Footnote, weight, total, 50),
            _ => {}
        }
        if let Some(zone) = property(element).filter(|_| !weight.article && weight.text < 2_000) {
            return Role::Zone(zone);
        }
        if let Some(zone) = leaf(element.name()) {
            return Role::Zone(self.hint(element, weight).unwrap_or(match element.name() {
                "blockquote" => blockquote(element),
                _ => zone,
            }));
        }
        match self.hint(element, weight) {
            Some(zone) => Role::Zone(zone),
            None if element.name() == "header" && !weight.heading && !weight.article => {
                bounded(Zone::Navigation, weight, total, 30)
            }
            None => Role::Inherit,
        }
    }

    /// Whether attributes or styles hide the element's text, or strike it out.
    fn unseen(&self, node: NodeRef<'_, Node>, element: &Element) -> Option<Effect> {
        if element.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found")) {
            return Some(Effect::Hide);
        }
        self.sheet.effect(node, element)
    }

    /// Whether a style makes a block of an element that is none; a letter that floats beside its word does not count.
    pub(super) fn is_displayed_as_block(&self, element: &Element) -> bool {
        element.attr("style").is_some_and(|style| {
            let style: String = style.chars().take(2_000).filter(|c| !c.is_whitespace()).collect();
            style.contains("display:block") && !style.contains("float:")
        })
    }

    /// The zone that a class or an id hints at.
    fn hint(&mut self, element: &Element, weight: Weight) -> Option<Zone> {
        // A long id is the slug of a heading (`sharing-with-a-single-developer`), not the name of a part.
        let id = element.id().filter(|id| id.split(['-', '_']).count() <= 3);
        let mut found = None;
        for word in element.classes().chain(id) {
            let Some((zone, percent)) = self.hint_of(word) else { continue };
            // A caption or byline is short by nature; a container of the article may carry any class.
            if weight.heading && zone != Zone::Headline || weight.article {
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

    fn hint_of(&mut self, word: &str) -> Option<(Zone, u64)> {
        if let Some(known) = self.hints.get(word) {
            return *known;
        }
        // A class of kilobytes is no word that publishing systems share.
        let hint = (word.len() <= 200).then(|| hint_word(&word.to_ascii_lowercase())).flatten();
        if self.hints.len() < MAX_HINTS {
            self.hints.insert(word.to_owned(), hint);
        }
        hint
    }
}

/// What microdata says.
fn property(element: &Element) -> Option<Zone> {
    match element.attr("itemprop")? {
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
        Zone::Blockquote | Zone::PullQuote => matches!(element.name(), "blockquote") && around != zone,
        Zone::LiveEntry => around != Zone::LiveEntry,
        Zone::Comment => {
            let item = |word: &str| {
                let word = word.to_ascii_lowercase();
                word == "comment"
                    || ["comment-item", "comment_item", "comment-body", "comment-block"].contains(&word.as_str())
            };
            matches!(element.name(), "article" | "li") || element.classes().any(item)
        }
        _ => false,
    }
}

/// Whether a paragraph is a notice of correction or update, by its first words.
pub(super) fn is_notice(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "correction:",
        "correction (",
        "corrections:",
        "clarification:",
        "editor's note:",
        "editor’s note:",
        "editors' note:",
        "editors’ note:",
        "update:",
        "updated:",
        "this article was amended on",
        "this article was updated on",
        "this article has been corrected",
        "this article has been updated",
        "this story has been corrected",
        "this story has been updated",
        "an earlier version of this",
        "berichtigung:",
        "korrektur:",
        "anmerkung der redaktion:",
        "rectificatif :",
        "correctif :",
        "corrección:",
        "rettifica:",
    ];
    let start: String = text.chars().take(40).flat_map(char::to_lowercase).collect();
    text.len() <= 800 && WORDS.iter().any(|word| start.starts_with(word))
}

/// A zone that only holds while the element is not the bulk of the page.
fn bounded(zone: Zone, weight: Weight, total: u32, percent: u32) -> Role {
    let bulk = total > SMALL_PAGE && u64::from(weight.text) * 100 > u64::from(total) * u64::from(percent);
    if weight.heading || weight.article || bulk { Role::Inherit } else { Role::Zone(zone) }
}

fn leaf(name: &str) -> Option<Zone> {
    Some(match name {
        "p" => Zone::Paragraph,
        "h2" | "h3" | "h4" | "h5" | "h6" => Zone::Subheading,
        "blockquote" => Zone::Blockquote,
        "li" | "dt" | "dd" => Zone::ListItem,
        "td" | "th" => Zone::TableCell,
        "pre" => Zone::Preformatted,
        "address" => Zone::Byline,
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
        Zone::Blockquote | Zone::TableCell | Zone::Preformatted | Zone::LiveEntry => 2,
        _ => 1,
    }
}

/// Whether an element starts and ends a block: the display types of the HTML standard's rendering section.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "noscript"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "template"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "ul"
            | "xmp"
    )
}
