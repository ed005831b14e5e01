//! Entries without a name: neighbours of one kind that each begin with a time, as live blogs, tickers and chronicles print
//! them whatever their classes are called. Each is an utterance of its own.

use hashbrown::HashMap;
use html5ever::{LocalName, local_name};

use crate::extract::tree::{Edge, Element, Tree, Value};
use crate::extract::zones::{Begins, Weight};

/// Bytes of text that an entry has at least, beside its links.
const TEXT: u32 = 30;
/// Bytes of a text that is a sentence rather than a label.
pub(super) const SENTENCE: usize = 20;

/// What a text begins with.
pub(super) fn of_text(text: &str) -> Begins {
    match text.trim_start() {
        "" => Begins::Nothing,
        text if clock(text) => Begins::Clock,
        _ => Begins::Words,
    }
}

/// Whether a text is more than a label, and if so whether its sentence ends.
pub(super) fn ends(text: &str) -> Option<bool> {
    let text = text.trim_end();
    let end = text.trim_end_matches(['"', '”', '’', '»', ')', '“', '」']);
    (text.len() >= SENTENCE).then(|| end.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।']))
}

/// Whether an element is a time by itself.
pub(super) fn is_time(element: &Element) -> bool {
    match *element.name() {
        local_name!("time") => true,
        local_name!("meta") => {
            element.attr(&local_name!("itemprop")).is_some_and(|key| matches!(key, "datePublished" | "dateModified"))
        }
        _ => false,
    }
}

/// Whether a text begins with the time of a day: `11:32`, `9.05 Uhr`, `11h32`.
fn clock(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(text);
    let Some(separator) = text[hours..].chars().next() else { return false };
    let rest = &text[hours + separator.len_utf8()..];
    let minutes = digits(rest);
    let short = text.len() <= 24;
    (1..=2).contains(&hours)
        && minutes == 2
        && match separator {
            ':' => true,
            '.' | 'h' => short,
            '：' => true,
            _ => false,
        }
        && !rest[minutes..].starts_with(['.', ',', '%', '/'])
}

/// Marks the elements that are entries.
pub(super) fn mark(tree: &Tree, weights: &mut [Weight]) {
    if !weights.iter().any(|weight| matches!(weight.begins, Begins::Time | Begins::Clock)) {
        return;
    }
    let mut kinds: HashMap<(usize, LocalName), Siblings> = HashMap::new();
    let mut found: Vec<(usize, (usize, LocalName))> = Vec::new();
    for edge in tree.edges() {
        let Edge::Open(node) = edge else { continue };
        let (Value::Element(element), Some(parent)) = (node.value(), node.parent()) else { continue };
        let weight = weights[node.index()];
        let holds = matches!(
            *element.name(),
            local_name!("li") | local_name!("article") | local_name!("section") | local_name!("div")
        );
        if !holds
            || !matches!(weight.begins, Begins::Time | Begins::Clock)
            || weight.heading
            || weight.article
            || weight.text.saturating_sub(weight.linked) < TEXT
            || weight.linked * 2 > weight.text
        {
            continue;
        }
        let kind = (parent.index(), element.name().clone());
        let siblings = kinds.entry(kind.clone()).or_default();
        siblings.all += 1;
        siblings.timed += u32::from(weight.begins == Begins::Time);
        siblings.ended += u32::from(weight.ended);
        found.push((node.index(), kind));
    }
    for (node, kind) in found {
        weights[node].entry = kinds.get(&kind).is_some_and(Siblings::are_entries);
    }
}

/// What is known of the elements of one name inside one other.
#[derive(Default)]
struct Siblings {
    all: u32,
    timed: u32,
    ended: u32,
}

impl Siblings {
    /// Times alone stand before the pieces of a transcript too, which end in the middle of a sentence.
    fn are_entries(&self) -> bool {
        self.all >= 2 && (self.timed * 2 > self.all || self.ended * 2 >= self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_day_are_told_from_numbers() {
        for text in ["11:32", "9:05 a.m.", "11:32 – Rain", "9.05 Uhr", "11h32", " 12:10\u{a0}CET"] {
            assert_eq!(of_text(text), Begins::Clock, "{text}");
        }
        for text in ["3.50 crowns were paid for each of the trees", "2024-03-20", "112:30", "10:3", "Rain", "3:10.5"] {
            assert_eq!(of_text(text), Begins::Words, "{text}");
        }
    }
}
