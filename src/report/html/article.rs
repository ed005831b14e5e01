//! The article with its claims marked in it, or the claims in their order where the article's text is not known.

use crate::model::Zone;
use crate::model::report::{ArticleBlock, ClaimReport};

use super::Anchors;
use super::pieces::Shown;
use super::words;

/// A paragraph, heading or caption.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) tag: &'static str,
    pub(super) class: &'static str,
    pub(super) pieces: Vec<Piece>,
}

/// A stretch of a block that belongs to the same claims.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) text: Shown,
    /// The claim that it leads to; of several the worst.
    pub(super) anchor: Option<String>,
    pub(super) number: usize,
    pub(super) class: String,
    /// Its own place, where it is the first of its claim.
    pub(super) id: Option<String>,
    /// The finding, where the claim ends here.
    pub(super) chip: Option<&'static str>,
    /// Other claims that end here.
    pub(super) lone: Vec<Lone>,
    /// No claim covers it.
    pub(super) unchecked: bool,
}

/// A claim that ends where another one leads the stretch.
#[derive(Debug)]
pub(super) struct Lone {
    pub(super) anchor: String,
    pub(super) number: usize,
    pub(super) class: String,
    pub(super) id: String,
    pub(super) chip: &'static str,
}

/// A statement that the article does not print.
#[derive(Debug)]
pub(super) struct Missing {
    pub(super) text: Shown,
    pub(super) anchor: String,
    pub(super) number: usize,
    pub(super) class: String,
    pub(super) id: String,
    pub(super) chip: &'static str,
}

/// A stretch of one block that a claim covers, in code points of the block.
struct Cover {
    claim: usize,
    from: usize,
    to: usize,
}

/// Lays out an article. `title` is already shown above it.
pub(super) fn blocks(article: &[ArticleBlock], claims: &[ClaimReport], anchors: &Anchors, title: &str) -> Vec<Block> {
    // Sorted by their beginning, so that each block looks at its own claims only.
    let mut places: Vec<(usize, usize, usize)> =
        claims.iter().enumerate().flat_map(|(claim, of)| of.at.iter().map(move |at| (at[0], at[1], claim))).collect();
    places.sort_unstable();
    let longest = places.iter().map(|(from, to, _)| to.saturating_sub(*from)).max().unwrap_or(0);
    let mut placed = vec![false; claims.len()];
    let mut out = Vec::with_capacity(article.len());
    for block in article {
        let characters: Vec<char> = block.text.chars().collect();
        let end = block.start + characters.len();
        let first = places.partition_point(|(from, _, _)| from + longest < block.start);
        let covers: Vec<Cover> = places[first..]
            .iter()
            .take_while(|(from, _, _)| *from < end)
            .filter(|(from, to, _)| *to > block.start && from < to)
            .map(|(from, to, claim)| {
                let (from, to) = (from.saturating_sub(block.start), (to - block.start).min(characters.len()));
                let (from, to) = with_marks(&characters, from, to);
                Cover { claim: *claim, from, to }
            })
            .collect();
        if covers.is_empty() && block.zone == Zone::Headline && block.text.trim() == title.trim() {
            continue;
        }
        let (tag, class) = element(block.zone);
        let pieces = pieces(&characters, &covers, claims, anchors, &mut placed, is_checkable(block.zone));
        out.push(Block { tag, class, pieces });
    }
    out
}

/// The claims as paragraphs, where there is no article to mark them in.
pub(super) fn statements(claims: &[ClaimReport], anchors: &Anchors) -> Vec<Block> {
    let paragraph = |(number, claim): (usize, &ClaimReport)| Block {
        tag: "p",
        class: "paragraph",
        pieces: vec![Piece {
            text: Shown(claim.statement.to_string()),
            anchor: Some(anchors.of(number).to_owned()),
            number,
            class: words::classes(claim),
            id: Some(anchors.back(number)),
            chip: Some(words::label(claim.verdict)),
            ..Piece::default()
        }],
    };
    claims.iter().enumerate().map(paragraph).collect()
}

/// Claims whose statement stands nowhere in the article.
pub(super) fn missing(claims: &[ClaimReport], anchors: &Anchors) -> Vec<Missing> {
    let lacking = claims.iter().enumerate().filter(|(_, claim)| claim.at.is_empty());
    lacking
        .map(|(number, claim)| Missing {
            text: Shown(claim.statement.to_string()),
            anchor: anchors.of(number).to_owned(),
            number,
            class: words::classes(claim),
            id: anchors.back(number),
            chip: words::label(claim.verdict),
        })
        .collect()
}

fn pieces(
    characters: &[char],
    covers: &[Cover],
    claims: &[ClaimReport],
    anchors: &Anchors,
    placed: &mut [bool],
    checkable: bool,
) -> Vec<Piece> {
    let mut edges: Vec<usize> = covers.iter().flat_map(|cover| [cover.from, cover.to]).collect();
    edges.extend([0, characters.len()]);
    edges.sort_unstable();
    edges.dedup();
    let mut pieces = Vec::new();
    for pair in edges.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let text = Shown(characters[from..to].iter().collect());
        let here = || covers.iter().filter(|cover| cover.from <= from && to <= cover.to);
        let Some(leading) = here().min_by_key(|cover| (claims[cover.claim].passes, claims[cover.claim].verdict)) else {
            let unchecked = checkable && text.0.contains(char::is_alphanumeric);
            pieces.push(Piece { text, unchecked, ..Piece::default() });
            continue;
        };
        let lead = leading.claim;
        let lone = here()
            .filter(|cover| cover.to == to && cover.claim != lead)
            .map(|cover| {
                let first = !std::mem::replace(&mut placed[cover.claim], true);
                Lone {
                    anchor: anchors.of(cover.claim).to_owned(),
                    number: cover.claim,
                    class: words::classes(&claims[cover.claim]),
                    id: if first { anchors.back(cover.claim) } else { format!("{}-{to}", anchors.back(cover.claim)) },
                    chip: words::label(claims[cover.claim].verdict),
                }
            })
            .collect();
        let first = !std::mem::replace(&mut placed[lead], true);
        pieces.push(Piece {
            text,
            anchor: Some(anchors.of(lead).to_owned()),
            number: lead,
            class: words::classes(&claims[lead]),
            id: first.then(|| anchors.back(lead)),
            chip: (leading.to == to).then(|| words::label(claims[lead].verdict)),
            lone,
            unchecked: false,
        });
    }
    pieces
}

/// A statement begins and ends with a word; the marks around it belong to it for the eye.
fn with_marks(characters: &[char], from: usize, to: usize) -> (usize, usize) {
    let (mut start, mut end) = (from, to);
    while start > 0 && "“‘\"'«‹„‚([".contains(characters[start - 1]) {
        start -= 1;
    }
    while end < characters.len() && "”’\"'»›“)].,;:!?…".contains(characters[end]) {
        end += 1;
    }
    (start, end)
}

/// Whether unmarked words of a zone are shown as unchecked: a heading between paragraphs says nothing to check.
fn is_checkable(zone: Zone) -> bool {
    !matches!(zone, Zone::Byline | Zone::Subheading)
}

fn element(zone: Zone) -> (&'static str, &'static str) {
    match zone {
        Zone::Headline => ("h2", "headline"),
        Zone::Subheading => ("h3", "subheading"),
        Zone::Blockquote | Zone::Post | Zone::PullQuote => ("blockquote", "quoted"),
        Zone::Deck => ("p", "deck"),
        Zone::Byline => ("p", "byline"),
        Zone::Caption => ("p", "caption"),
        Zone::ListItem => ("p", "entry"),
        _ => ("p", "paragraph"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str, part: &str) -> (usize, usize) {
        let characters: Vec<char> = text.chars().collect();
        let from = text[..text.find(part).unwrap()].chars().count();
        with_marks(&characters, from, from + part.chars().count())
    }

    #[test]
    fn marks_around_a_statement_belong_to_it() {
        assert_eq!(range("He said: “It ends.” Then", "It ends"), (9, 19));
        assert_eq!(range("It ends", "It ends"), (0, 7));
    }
}
