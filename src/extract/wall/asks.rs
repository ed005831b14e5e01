//! What a wall asks for, or says, in any wording: words of two or three kinds that meet in one short block of a page with
//! little text. Each kind lists beginnings of words, or whole phrases, of the languages that publishers write in.
//!
//! Stories use the same words of others; so all but the asks of a subscription need a page without a story, and those
//! need a block that speaks to its reader.

use std::sync::LazyLock;

use super::notices::{self, PAGES, TO_READERS};
use crate::model::{Document, Reason, Where, Zone};

/// A block with more bytes than this is text.
const LONG: usize = 360;
/// A page with more body text than this (bytes) says more than that it is not there.
const TINY: usize = 500;
/// A button has no more bytes.
const BUTTON: usize = 60;
/// What asks about cookies has at least so many.
const ASKS: usize = 28;

/// The words, by kind.
struct Words {
    cookies: Vec<&'static str>,
    accept: Vec<&'static str>,
    subscribe: Vec<&'static str>,
    read_on: Vec<&'static str>,
    only_for: Vec<&'static str>,
    /// Words that speak to somebody who would read on, beside those of any notice.
    invites: Vec<&'static str>,
    /// Other walls: what each speaks of, and what it says of it.
    notices: Vec<(Reason, Vec<&'static str>, Vec<&'static str>)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut kinds: Vec<(&str, Vec<&'static str>)> = Vec::new();
    for line in include_str!("asks.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            kinds.push((name, Vec::new()));
        } else if let Some((_, words)) = kinds.last_mut() {
            words.extend(line.split(" | "));
        }
    }
    let of = |wanted: &str| -> Vec<&'static str> {
        let mut words = kinds.iter().filter(|(name, _)| *name == wanted).flat_map(|(_, words)| words.iter().copied());
        words.by_ref().collect()
    };
    let notices = kinds.windows(2).filter_map(|pair| {
        let (reason, kind) = pair[0].0.split_once(": ")?;
        let reason = match reason {
            "captcha" => Reason::Captcha,
            "blocked" => Reason::Blocked,
            "gone" => Reason::Gone,
            "http-error" => Reason::HttpError,
            _ => Reason::Soft404,
        };
        (kind == "what").then(|| (reason, pair[0].1.clone(), pair[1].1.clone()))
    });
    Words {
        cookies: of("cookies"),
        accept: of("accept"),
        subscribe: of("subscribe"),
        read_on: of("read-on"),
        only_for: of("only-for"),
        invites: of("invites"),
        notices: notices.collect(),
    }
});

/// Whether a text has one of these words; `_` stands for a space at an edge.
fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| match (word.strip_prefix('_'), word.strip_suffix('_')) {
        (None, None) => text.contains(word),
        (_, Some(word)) => {
            text.match_indices(word).any(|(at, _)| !text[at + word.len()..].starts_with(char::is_alphanumeric))
        }
        (Some(word), None) => text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric)),
    })
}

/// What a page asks for or says instead of being one, with the words that say so.
pub(super) fn ask(document: &Document, body: usize) -> Option<(Reason, String)> {
    let blocks: Vec<(Zone, String)> = document
        .blocks
        .iter()
        .filter(|block| block.range.len() < LONG && !matches!(block.zone.place(), Where::Metadata | Where::Hidden))
        .map(|block| (block.zone, notices::plain(document.slice(block.range))))
        .collect();
    let own = || {
        blocks
            .iter()
            .filter(|(zone, _)| matches!(zone.place(), Where::Body | Where::Headline))
            .map(|(_, text)| text.as_str())
    };
    let words = &*WORDS;
    let asked = own().find(|text| {
        has(text, &words.subscribe)
            && (has(text, &words.read_on) || has(text, &words.only_for))
            && (speaks(text) || has(text, &words.invites))
    });
    if let Some(text) = asked {
        return Some((Reason::Paywall, text.to_owned()));
    }
    if tells_a_story(document) {
        return None;
    }
    let asks = own().find(|text| text.len() >= ASKS && has(text, &words.cookies));
    let button =
        |text: &str| text.len() <= BUTTON && text.split_whitespace().nth(6).is_none() && has(text, &words.accept);
    if let Some(text) = asks.filter(|asks| blocks.iter().any(|(_, text)| text != asks && button(text))) {
        return Some((Reason::Consent, text.to_owned()));
    }
    if body >= TINY {
        return None;
    }
    words.notices.iter().find_map(|(reason, what, says)| {
        let text = own().find(|text| has(text, what) && has(text, says))?;
        Some((*reason, text.to_owned()))
    })
}

/// Whether a block speaks to its reader, or of the page.
fn speaks(text: &str) -> bool {
    PAGES.iter().any(|words| text.contains(words))
        || text.split(|c: char| !c.is_alphanumeric()).any(|word| TO_READERS.contains(&word))
}

/// Whether the page tells a story beside what it asks for.
pub(super) fn tells_a_story(document: &Document) -> bool {
    notices::has_story(document, |text| has(text, &WORDS.cookies))
}
