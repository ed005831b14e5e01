//! Embedded posts: what an element of a platform's embedding code says → the address of the post.
//!
//! Many embeds carry no words of the post, and those that do may link to anything. The address stands in an attribute
//! that each platform's own code sets.

use scraper::node::Element;

use crate::model::{Link, TextRange};

/// Bytes of an address.
const LONG: usize = 2_000;

/// The address of the post that an element embeds, as a link of no words at `at`.
pub(super) fn of(element: &Element, at: usize) -> Option<Link> {
    let attr = |name: &str| element.attr(name).map(str::trim).filter(|value| !value.is_empty() && value.len() <= LONG);
    let class = |word: &str| element.classes().any(|class| class == word);
    let url = match element.name() {
        "script" => telegram(attr("data-telegram-post")?),
        "iframe" => framed(attr("src").or_else(|| attr("data-src"))?),
        "blockquote" | "div" | "section" | "article" => {
            if let Some(url) = attr("data-instgrm-permalink") {
                Some(bare(url))
            } else if let Some(url) = attr("data-embed-url") {
                Some(bare(url).trim_end_matches("/embed").to_owned())
            } else if let Some(uri) = attr("data-bluesky-uri") {
                bluesky(uri)
            } else if class("tgme_widget_message") {
                attr("data-post").and_then(telegram)
            } else if class("tiktok-embed") || class("reddit-embed-bq") {
                attr("cite").map(bare)
            } else if class("fb-post") || class("text-post-media") {
                attr("data-href").or_else(|| attr("data-text-post-permalink")).map(bare)
            } else {
                None
            }
        }
        _ => None,
    }?;
    let web = url.starts_with("https://") || url.starts_with("http://");
    web.then(|| Link { range: TextRange::new(at, at), url })
}

/// An address without its query, which tells the platform where it was embedded.
fn bare(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    match url.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => url.to_owned(),
    }
}

/// `channel/17`
fn telegram(post: &str) -> Option<String> {
    let (channel, number) = post.split_once('/')?;
    let plain =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/'));
    (plain(channel) && plain(number)).then(|| format!("https://t.me/{post}"))
}

/// `at://did:plc:…/app.bsky.feed.post/3l…`
fn bluesky(uri: &str) -> Option<String> {
    let mut parts = uri.strip_prefix("at://")?.split('/');
    let (did, kind, key) = (parts.next()?, parts.next()?, parts.next()?);
    (kind == "app.bsky.feed.post").then(|| format!("https://bsky.app/profile/{did}/post/{key}"))
}

/// The post that a frame shows.
fn framed(src: &str) -> Option<String> {
    let whole = if src.starts_with("//") { format!("https:{src}") } else { src.to_owned() };
    let url = url::Url::parse(&whole).ok()?;
    let host = url.host_str()?.trim_start_matches("www.");
    let path = url.path();
    let query = |wanted: &str| url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned());
    match host {
        "t.me" => Some(bare(&whole)),
        "platform.twitter.com" | "platform.x.com" => query("id")
            .filter(|id| id.bytes().all(|b| b.is_ascii_digit()))
            .map(|id| format!("https://x.com/i/status/{id}")),
        "instagram.com" if path.contains("/p/") || path.contains("/reel/") => Some(
            bare(&whole).trim_end_matches('/').trim_end_matches("/captioned").trim_end_matches("/embed").to_owned()
                + "/",
        ),
        "tiktok.com" if path.starts_with("/embed") => {
            let id = path.rsplit('/').next().filter(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()))?;
            Some(format!("https://www.tiktok.com/embed/v2/{id}"))
        }
        "facebook.com" if path.starts_with("/plugins/post") || path.starts_with("/plugins/video") => query("href"),
        "embed.bsky.app" => bluesky(&format!("at://{}", path.trim_start_matches("/embed/"))),
        // Mastodon runs on any host: “/@name/115/embed”.
        _ if path.contains("/@") && path.ends_with("/embed") => {
            Some(bare(&whole).trim_end_matches("/embed").to_owned())
        }
        _ => None,
    }
}
