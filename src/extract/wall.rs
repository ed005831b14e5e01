//! Pages that are not the page: walls, soft 404s, parked domains and script-only shells, told by a phrase *and* little
//! text, or by the mark of a wall's maker on a page without text.
//!
//! Decided conservatively: an obstacle never hides what stands on the page, it only keeps "not there" from being
//! said of a page that nobody could see.

mod asks;
mod notices;
mod phrases;

use super::html::PageFacts;
use crate::model::{Document, Obstacle, Reason, Where, Zone};
use phrases::{PHRASES, TITLES};

/// A page with more body text than this (bytes) is taken for a page whatever it says.
const LITTLE_TEXT: usize = 1_500;
/// The same for a page whose title or headline is the notice of a wall.
const TITLED_TEXT: usize = 4_000;
/// A block with more bytes than this is text, not the notice of a wall.
const LONG_BLOCK: usize = 400;
/// A paragraph of a text, rather than a label, has at least so many bytes.
const PARAGRAPH: usize = 80;
/// A page with less body text than this and scripts is a shell.
const SHELL_TEXT: usize = 200;

/// What stands between a reader and the page, worst first; empty for a page that is one.
pub(super) fn obstacles(document: &Document, facts: &PageFacts) -> Vec<Obstacle> {
    let mut found = Vec::new();
    // A wall has a sentence or two; several paragraphs are a page, whatever its forms and footers say.
    let paragraphs =
        document.blocks.iter().filter(|block| block.zone == Zone::Paragraph && block.range.len() >= PARAGRAPH).count();
    let little = facts.body_chars < LITTLE_TEXT && paragraphs < 3;
    if little {
        let seen = short_blocks(document, &[Where::Body, Where::Headline, Where::Metadata]);
        for (reason, phrases) in PHRASES {
            if let Some(phrase) = phrases.iter().find(|phrase| seen.contains(*phrase)) {
                found.push(obstacle(*reason, format!("the page holds little text and says “{phrase}”")));
            }
        }
    }
    if found.is_empty()
        && little
        && let Some((reason, phrase)) = notices::notice(document)
    {
        found.push(obstacle(reason, format!("the page holds little text and says “{phrase}”")));
    }
    if found.is_empty() && facts.body_chars < TITLED_TEXT && paragraphs < 8 {
        found.extend(by_title(document, facts));
    }
    if found.is_empty()
        && little
        && let Some((reason, text)) = asks::ask(document, facts.body_chars)
    {
        found.push(obstacle(reason, format!("the page holds little text and says “{text}”")));
    }
    // The window of a manager of consent, and nothing that it covers.
    if found.is_empty()
        && little
        && let Some(manager) = facts.consent
        && !asks::tells_a_story(document)
    {
        found.push(obstacle(Reason::Consent, format!("the page holds little text and asks for consent by {manager}")));
    }
    if let Some(target) = facts.refresh.as_ref().filter(|_| facts.body_chars < SHELL_TEXT * 2) {
        found.insert(0, obstacle(Reason::Moved, format!("the page only sends its readers on to {target}")));
    }
    // A page that says of itself that it is not free, and asks for a subscription below its first lines.
    if found.is_empty() && facts.paid && facts.body_chars < LITTLE_TEXT && paragraphs <= 4 {
        let seen = short_blocks(document, &[Where::Body, Where::Headline]);
        let asks = ["subscribe", "subscription", "abonn", "suscr", "abbonat", "assina", "prenumer", "購読", "订阅"];
        if asks.iter().any(|word| seen.contains(word)) {
            found.push(obstacle(
                Reason::Paywall,
                "the page says of itself that it is not free, and shows its beginning alone".to_owned(),
            ));
        }
    }
    if let Some(vendor) = facts.vendors.first().filter(|_| facts.body_chars < SHELL_TEXT * 3 && paragraphs < 3) {
        let captcha = matches!(*vendor, "hCaptcha" | "GeeTest" | "DataDome" | "HUMAN");
        let reason = if captcha { Reason::Captcha } else { Reason::Blocked };
        let detail = format!("the page is a check for robots by {vendor}");
        match found.iter_mut().find(|known| matches!(known.reason, Reason::Captcha | Reason::Blocked)) {
            Some(known) => known.detail = format!("{detail}: {}", known.detail),
            None => found.insert(0, obstacle(reason, detail)),
        }
    }
    if found.is_empty() && little && facts.password_field && facts.body_chars < SHELL_TEXT {
        found.push(obstacle(Reason::Login, "the page is a login form".to_owned()));
    }
    if found.is_empty() && facts.body_chars < SHELL_TEXT {
        let asks = facts.noscript.to_lowercase().contains("javascript");
        if asks || facts.scripts > 0 && facts.body_chars < 40 {
            found.push(obstacle(
                Reason::ScriptOnly,
                "the page holds almost no text until its scripts run in a browser".to_owned(),
            ));
        }
    }
    found
}

/// What of a page nobody could see although it is one: the text behind a wall that shows its beginning, pages in frames.
/// Words that are found stand there all the same.
pub(super) fn unread(document: &Document, facts: &PageFacts) -> Option<Obstacle> {
    let body = facts.body_chars;
    let paragraphs =
        document.blocks.iter().filter(|block| block.zone == Zone::Paragraph && block.range.len() >= PARAGRAPH).count();
    let own = |block: &&crate::model::Block| !matches!(block.zone.place(), Where::Metadata | Where::Hidden);
    if facts.frames > 0 && body < SHELL_TEXT {
        return Some(obstacle(
            Reason::NoText,
            "the page is a frame around other pages, which hold the text".to_owned(),
        ));
    }
    if document.blocks.iter().find(own).is_none() {
        return Some(obstacle(Reason::NoText, "the page shows no text, only pictures or nothing".to_owned()));
    }
    (facts.paid && body < LITTLE_TEXT && paragraphs <= 4).then(|| {
        let detail =
            "the page says of itself that it is not free, and holds little text: the rest may stand behind a wall";
        obstacle(Reason::Paywall, detail.to_owned())
    })
}

fn obstacle(reason: Reason, detail: String) -> Obstacle {
    Obstacle { reason, detail }
}

fn short_blocks(document: &Document, places: &[Where]) -> String {
    document
        .blocks
        .iter()
        .filter(|block| places.contains(&block.zone.place()) && block.range.len() < LONG_BLOCK)
        .map(|block| document.slice(block.range))
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase()
        .replace('’', "'")
}

/// A wall that its title or main heading names, although lists and legal text stand on it as well.
fn by_title(document: &Document, facts: &PageFacts) -> Option<Obstacle> {
    let heads = document
        .blocks
        .iter()
        .filter(|block| block.zone == Zone::Headline)
        .map(|block| document.slice(block.range))
        .chain(document.title.as_deref());
    let story = || notices::is_story(document);
    for head in heads {
        let head = notices::plain(head);
        // The name of the site may stand before or behind it, but nothing else.
        let parts = || {
            head.split(['|', '–', '—', '·', '»'])
                .flat_map(|part| part.split(" - "))
                .chain([head.as_str()])
                .map(|part| part.trim().trim_end_matches(['.', '!', '…']))
        };
        if let Some((reason, part)) = parts().find_map(|part| Some((notices::status(part)?, part))).filter(|_| !story())
        {
            return Some(obstacle(reason, format!("the page holds little text and is titled “{part}”")));
        }
        for (reason, titles) in TITLES {
            let named = titles.iter().find(|title| {
                // What may be the headline of a story needs a page without one.
                let page = title.contains("page") || title.contains("404") || title.contains("domain");
                // A single word needs a page with next to nothing on it.
                (title.contains(' ') || facts.body_chars < SHELL_TEXT * 3)
                    && parts().any(|part| part == **title)
                    && (page || !story())
            });
            if let Some(title) = named {
                return Some(obstacle(*reason, format!("the page holds little text and is titled “{title}”")));
            }
        }
    }
    None
}

/// Whether an address that was asked for led to a front page: the page itself is not there any more.
///
/// `redirected` says whether there was a redirect at all.
pub fn moved(requested: &str, address: &str, redirected: bool) -> Option<Obstacle> {
    if !redirected {
        return None;
    }
    let (requested_url, given_url) = (url::Url::parse(requested).ok()?, url::Url::parse(address).ok()?);
    let segments = |url: &url::Url| -> Vec<String> {
        url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).map(str::to_ascii_lowercase).collect()
    };
    let (asked, given_path) = (segments(&requested_url), segments(&given_url));
    // A short link may lead to a front page rightly; the address of a story does not.
    let story =
        asked.len() >= 2 || asked.iter().any(|part| part.len() > 12 || part.contains('-') || part.contains('.'));
    let front = match given_path.as_slice() {
        [] => true,
        [only] => {
            only.len() == 2 && only.bytes().all(|byte| byte.is_ascii_lowercase())
                || only.starts_with("index.")
                || matches!(only.as_str(), "home" | "start" | "en-us" | "en-gb")
        }
        _ => false,
    };
    // On one site an address has no other business with the front page than to be gone.
    let site = |url: &url::Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let named = |part: &String| matches!(part.as_str(), "home" | "start" | "index") || part.len() <= 2;
    let own = site(&requested_url) == site(&given_url) && asked.iter().any(|part| !named(part));
    let gone = story && front || own && given_path.is_empty();
    (gone && given_url.query().is_none() && asked != given_path).then(|| {
        obstacle(Reason::Moved, format!("the address led to the front page {address}, so the page itself is not there"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_to_the_front_page_is_told_and_others_are_not() {
        let reason = |from: &str, to: &str| moved(from, to, true).map(|obstacle| obstacle.reason);
        assert_eq!(reason("https://daily.example/news/2024/story", "https://daily.example/"), Some(Reason::Moved));
        assert_eq!(
            reason("https://daily.example/a-long-story.html", "https://www.daily.example/en/"),
            Some(Reason::Moved)
        );
        assert_eq!(reason("https://daily.example/news/story", "https://daily.example/news/story-2"), None);
        assert_eq!(reason("https://short.example/x1", "https://daily.example/"), None);
        assert_eq!(reason("https://daily.example/ferry", "https://www.daily.example/"), Some(Reason::Moved));
        assert_eq!(reason("https://daily.example/ferry", "https://daily.example/ok"), None);
        assert_eq!(reason("https://daily.example/de", "https://daily.example/en/"), None);
        assert_eq!(reason("http://daily.example/", "https://daily.example/"), None);
        assert_eq!(reason("https://daily.example/news/story", "https://daily.example/?id=7"), None);
        assert!(moved("https://daily.example/news/story", "https://daily.example/", false).is_none());
    }
}
