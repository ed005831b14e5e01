//! Own text: a column, a letter or a speech, whose author the page's head names.

use super::name::Name;
use crate::matching::index::Index;
use crate::model::{Where, Zone};

/// Whether a block is the speaker's own text: it speaks in the first person, and the page's head names the speaker.
pub(super) fn is_own_text(block: usize, name: &Name, index: &Index<'_>) -> bool {
    let first_person = |block: usize| {
        index.block_tokens(block).any(|at| {
            matches!(
                index.key(at),
                "i" | "we"
                    | "my"
                    | "our"
                    | "me"
                    | "us"
                    | "ich"
                    | "wir"
                    | "mein"
                    | "meine"
                    | "unser"
                    | "unsere"
                    | "je"
                    | "nous"
                    | "notre"
                    | "nos"
                    | "mon"
                    | "yo"
                    | "nosotros"
                    | "nuestro"
                    | "nuestra"
                    | "mi"
                    | "eu"
                    | "nosso"
                    | "nossa"
                    | "io"
                    | "noi"
                    | "nostro"
                    | "nostra"
                    | "wij"
                    | "ons"
                    | "vi"
                    | "jag"
                    | "jeg"
                    | "я"
                    | "мы"
                    | "наш"
                    | "наша"
                    | "ми"
                    | "εμεισ"
                    | "εγω"
                    | "我"
                    | "私"
                    | "मैं"
                    | "हम"
            )
        })
    };
    let blocks = &index.document().blocks;
    let body = blocks.iter().position(|block| block.zone.place() == Where::Body && block.zone != Zone::Byline);
    let heading = blocks.iter().take(block).rposition(|block| block.zone == Zone::Subheading);
    let head = |number: usize, zone: Zone| {
        matches!(zone, Zone::Headline | Zone::Deck | Zone::Byline)
            || number <= block && body.is_some_and(|body| number <= body + 1)
            // Of the headings inside the text the one above the block says whose it is.
            || Some(number) == heading
    };
    (first_person(block) || block > 0 && first_person(block - 1))
        && blocks.iter().enumerate().any(|(number, content)| {
            head(number, content.zone) && name.is_in(&index.block_tokens(number).collect::<Vec<_>>(), index)
        })
}

#[cfg(test)]
#[path = "own_text_tests.rs"]
mod tests;
