//! Metadata: what a page says of itself in `<title>`, `<meta>` and JSON-LD.

use crate::model::words::single_spaced;
use jiff::civil::Date;
use serde_json::Value;

use super::snippet;

/// What was gathered on the way through a page.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Text worth searching (title, descriptions, article body), without repetition, in document order.
    pub(super) texts: Vec<String>,
    /// `<title>` or `og:title`.
    pub(super) title: Option<String>,
    /// `og:site_name` or the JSON-LD publisher.
    pub(super) outlet: Option<String>,
    /// `article:published_time`, JSON-LD `datePublished` or the like.
    pub(super) published: Option<Date>,
    /// Whether JSON-LD says that the page is not free to read.
    pub(super) paid: bool,
}

/// Texts that are kept of one page.
const MAX_TEXTS: usize = 2_000;
/// Bytes of JSON-LD that are read per script.
const MAX_JSON: usize = 4 << 20;
/// Values of one JSON-LD script that are visited.
const MAX_VALUES: usize = 200_000;

impl Metadata {
    /// Adds a text without markup, folded to single spaces, unless it is there already.
    pub(super) fn add(&mut self, text: &str) {
        // Publishing systems put markup and entities into their own metadata.
        let plain = snippet::text(text);
        let text = single_spaced(&plain);
        if !text.is_empty() && self.texts.len() < MAX_TEXTS && !self.texts.contains(&text) {
            self.texts.push(text);
        }
    }

    /// Takes a `<meta>` element.
    pub(super) fn meta(&mut self, name: &str, content: &str) {
        match name.to_ascii_lowercase().as_str() {
            "og:title" | "twitter:title" => {
                self.title.get_or_insert_with(|| content.trim().to_owned());
                self.add(content);
            }
            "description" | "og:description" | "twitter:description" | "abstract" | "dc.description" => {
                self.add(content)
            }
            "article:content_tier" => {
                self.paid |= ["locked", "metered"].iter().any(|tier| content.trim().eq_ignore_ascii_case(tier));
            }
            "og:site_name" | "application-name" => {
                self.outlet.get_or_insert_with(|| content.trim().to_owned());
            }
            "article:published_time"
            | "date"
            | "dc.date"
            | "dc.date.issued"
            | "pubdate"
            | "datepublished"
            | "parsely-pub-date"
            | "sailthru.date"
                if self.published.is_none() =>
            {
                self.published = day(content);
            }
            _ => {}
        }
    }

    /// Takes the text of a JSON-LD script. Anything that is not JSON is passed over.
    pub(super) fn json_ld(&mut self, source: &str) {
        if source.len() > MAX_JSON {
            return;
        }
        let Ok(value) = serde_json::from_str::<Value>(source.trim()) else { return };
        // serde_json bounds the depth of what it parses (128), so a stack is enough here.
        let mut stack = vec![&value];
        let mut visited = 0;
        while let Some(value) = stack.pop() {
            visited += 1;
            if visited > MAX_VALUES {
                return;
            }
            match value {
                Value::Array(items) => stack.extend(items.iter().rev()),
                Value::Object(map) => {
                    for (key, value) in map {
                        match (key.as_str(), value) {
                            (
                                "headline"
                                | "alternativeHeadline"
                                | "description"
                                | "articleBody"
                                | "caption"
                                | "abstract"
                                | "text",
                                Value::String(text),
                            ) => {
                                self.add(text);
                            }
                            ("isAccessibleForFree", free) => {
                                self.paid |= *free == Value::Bool(false)
                                    || free.as_str().is_some_and(|free| free.eq_ignore_ascii_case("false"));
                            }
                            ("datePublished", Value::String(date)) if self.published.is_none() => {
                                self.published = day(date)
                            }
                            ("publisher", Value::Object(publisher)) if self.outlet.is_none() => {
                                self.outlet = publisher.get("name").and_then(Value::as_str).map(str::to_owned);
                            }
                            (_, Value::Array(_) | Value::Object(_)) => stack.push(value),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

/// The calendar day at the beginning of an ISO 8601 date or time.
fn day(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

/// Guesses the language of a text from its words: an ISO 639-1 tag, or nothing where the guess is not reliable.
pub(super) fn guess_language(text: &str) -> Option<String> {
    let mut end = text.len().min(6_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let info = whatlang::detect(&text[..end])?;
    if !info.is_reliable() {
        return None;
    }
    use whatlang::Lang::*;
    Some(
        match info.lang() {
            Eng => "en",
            Rus => "ru",
            Cmn => "zh",
            Spa => "es",
            Por => "pt",
            Ita => "it",
            Fra => "fr",
            Deu => "de",
            Ukr => "uk",
            Ell => "el",
            Pol => "pl",
            Ces => "cs",
            Jpn => "ja",
            Kor => "ko",
            Ara => "ar",
            Hin => "hi",
            Nld => "nl",
            Dan => "da",
            Swe => "sv",
            Nob => "no",
            Fin => "fi",
            Tur => "tr",
            Ind => "id",
            Tha => "th",
            Mya => "my",
            Vie => "vi",
            Ron => "ro",
            Hun => "hu",
            Bul => "bg",
            Heb => "he",
            Pes => "fa",
            Cat => "ca",
            Hrv => "hr",
            Srp => "sr",
            Slk => "sk",
            Slv => "sl",
            _ => return None,
        }
        .to_owned(),
    )
}
