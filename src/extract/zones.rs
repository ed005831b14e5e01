//! Zones: which part of a page an element is, by its tag, role, class and id.
//!
//! Tags and roles are the author's word; classes and ids are hints in the vocabulary that publishing systems share
//! (WordPress, AMP, Arc, Drupal, social embeds). A hint never turns the bulk of a page into boilerplate: an element
//! that holds the main heading or most of the text keeps the zone around it.

use scraper::node::Element;

use crate::model::Zone;

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

/// Words of class or id, in lower case, split at everything but letters and digits.
fn words(element: &Element) -> impl Iterator<Item = String> + '_ {
    // A long id is the slug of a heading (`sharing-with-a-single-developer`), not the name of a part.
    let id = element.id().filter(|id| id.split(['-', '_']).count() <= 3);
    element.classes().chain(id).map(str::to_ascii_lowercase)
}

/// Reads what an element says of the text inside it. `total` is the text of the whole page.
pub(super) fn role(element: &Element, weight: Weight, total: u32) -> Role {
    match element.name() {
        "script" | "style" | "svg" | "math" | "canvas" | "object" | "embed" | "iframe" | "audio" | "video" | "head"
        | "map" | "rt" | "rp" | "datalist" | "progress" | "meter" => return Role::Skip,
        "h1" => return Role::Zone(Zone::Headline),
        "nav" | "menu" => return bounded(Zone::Navigation, weight, total, 60),
        "footer" => return bounded(Zone::Footer, weight, total, 50),
        "aside" => return bounded(aside(element), weight, total, 50),
        "figcaption" => return Role::Zone(Zone::Caption),
        "caption" => return Role::Zone(Zone::Caption),
        "select" | "button" | "form" | "dialog" | "label" => return bounded(Zone::Navigation, weight, total, 30),
        "template" | "noscript" => return Role::Zone(Zone::Hidden),
        "body" | "html" | "main" | "article" => return Role::Inherit,
        _ => {}
    }
    if is_hidden(element) {
        return bounded(Zone::Hidden, weight, total, 50);
    }
    match element.attr("role") {
        Some("navigation" | "menu" | "menubar" | "search" | "banner" | "toolbar" | "dialog") => {
            return bounded(Zone::Navigation, weight, total, 50);
        }
        Some("contentinfo") => return bounded(Zone::Footer, weight, total, 50),
        Some("complementary") => return bounded(Zone::Related, weight, total, 50),
        _ => {}
    }
    if let Some(zone) = leaf(element.name()) {
        return Role::Zone(hint(element, weight, total).unwrap_or(match element.name() {
            "blockquote" => blockquote(element),
            _ => zone,
        }));
    }
    match hint(element, weight, total) {
        Some(zone) => Role::Zone(zone),
        None if element.name() == "header" && !weight.heading && !weight.article => {
            bounded(Zone::Navigation, weight, total, 30)
        }
        None => Role::Inherit,
    }
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
    const EMBEDS: [&str; 9] = [
        "twitter-tweet",
        "twitter-video",
        "instagram-media",
        "tiktok-embed",
        "bluesky-embed",
        "mastodon-embed",
        "telegram-post",
        "fb-post",
        "threads-post",
    ];
    if words(element).any(|word| EMBEDS.contains(&word.as_str())) {
        Zone::Post
    } else if words(element).any(|word| is_pull_quote(&word)) {
        Zone::PullQuote
    } else {
        Zone::Blockquote
    }
}

fn aside(element: &Element) -> Zone {
    if words(element).any(|word| is_pull_quote(&word)) { Zone::PullQuote } else { Zone::Related }
}

fn is_pull_quote(word: &str) -> bool {
    word.contains("pullquote") || word.contains("pull-quote") || word.contains("pull_quote")
}

/// The zone that a class or an id hints at.
fn hint(element: &Element, weight: Weight, total: u32) -> Option<Zone> {
    let mut found = None;
    for word in words(element) {
        let parts: Vec<&str> =
            word.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let Some((zone, percent)) = hint_word(&word, &parts) else { continue };
        // A caption or byline is short by nature; a container of the article may carry any class.
        if weight.heading && zone != Zone::Headline || weight.article {
            continue;
        }
        if u64::from(weight.text) * 100 > u64::from(total) * percent {
            continue;
        }
        found = Some(found.map_or(zone, |before: Zone| if strength(zone) > strength(before) { zone } else { before }));
    }
    found
}

fn hint_word(word: &str, parts: &[&str]) -> Option<(Zone, u64)> {
    let has = |wanted: &[&str]| parts.iter().any(|part| wanted.contains(part));
    let first = parts.first().copied().unwrap_or("");
    let last = parts.last().copied().unwrap_or("");
    if matches!(
        word,
        "sr-only"
            | "visually-hidden"
            | "visuallyhidden"
            | "screen-reader-text"
            | "screenreader"
            | "u-hidden"
            | "hidden"
    ) {
        return Some((Zone::Hidden, 20));
    }
    if matches!(
        word,
        "comments"
            | "comment-list"
            | "commentlist"
            | "comment-body"
            | "comment-content"
            | "comment-text"
            | "disqus_thread"
            | "comments-area"
            | "comments-list"
            | "comments-section"
            | "reader-comments"
    ) || (first == "comment" || first == "comments")
        && matches!(
            last,
            "list" | "body" | "content" | "text" | "section" | "thread" | "item" | "wrapper" | "container"
        )
    {
        return Some((Zone::Comment, 90));
    }
    if has(&["correction", "corrections", "erratum", "editorsnote"]) {
        return Some((Zone::Correction, 20));
    }
    if is_pull_quote(word) {
        return Some((Zone::PullQuote, 20));
    }
    if matches!(last, "caption" | "captions" | "credit" | "credits" | "legend" | "figcaption")
        || word.contains("wp-caption-text")
        || word == "image-caption"
    {
        return Some((Zone::Caption, 15));
    }
    if matches!(last, "byline" | "dateline" | "timestamp" | "pubdate" | "author" | "authors")
        || matches!(word, "entry-meta" | "post-meta" | "article-meta")
    {
        return Some((Zone::Byline, 15));
    }
    if matches!(last, "standfirst" | "deck" | "dek" | "subheadline" | "subhead" | "subtitle") {
        return Some((Zone::Deck, 15));
    }
    if matches!(
        word,
        "entry-title" | "post-title" | "article-title" | "article-headline" | "story-headline" | "headline"
    ) {
        return Some((Zone::Headline, 10));
    }
    if has(&[
        "related",
        "recommended",
        "recommendations",
        "recirc",
        "trending",
        "mostread",
        "promo",
        "promos",
        "newsletter",
        "outbrain",
        "taboola",
        "sponsored",
        "advert",
        "advertisement",
        "teaser",
        "teasers",
        "readmore",
    ]) || word.contains("most-read")
        || word.contains("most-popular")
        || word.contains("more-stories")
        || word.contains("read-more")
        || word.contains("read-next")
        || word.contains("see-also")
        || matches!(word, "sidebar" | "widget" | "widget-area" | "rightcol" | "right-rail" | "rail")
    {
        return Some((Zone::Related, 35));
    }
    if matches!(last, "footer" | "colophon" | "copyright") {
        return Some((Zone::Footer, 30));
    }
    if has(&[
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "pagination",
        "toolbar",
        "masthead",
        "share",
        "sharing",
        "social",
        "cookie",
        "cookies",
        "consent",
        "login",
        "subscribe",
        "signup",
        "topbar",
        "skip",
    ]) {
        return Some((Zone::Navigation, 30));
    }
    None
}

/// Order in which zones that surround each other win.
pub(super) fn strength(zone: Zone) -> u8 {
    match zone {
        Zone::Hidden | Zone::ScriptData => 7,
        Zone::Comment => 6,
        Zone::Navigation | Zone::Footer => 5,
        Zone::Related => 5,
        Zone::Caption | Zone::AltText => 4,
        Zone::Post | Zone::PullQuote | Zone::Correction => 3,
        Zone::Headline | Zone::Deck | Zone::Byline => 2,
        Zone::Blockquote | Zone::TableCell | Zone::Preformatted | Zone::LiveEntry => 2,
        _ => 1,
    }
}

/// Whether the element's own attributes hide it from readers.
fn is_hidden(element: &Element) -> bool {
    if element.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found")) {
        return true;
    }
    element.attr("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
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
