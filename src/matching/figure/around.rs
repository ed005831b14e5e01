//! What stands around a figure: how much of the statement, and whether it stands in the statement's own slot.

use hashbrown::HashMap;
use std::cell::LazyCell;
use std::ops::Range;

use super::ours::Ours;
use super::tables::{SHORT_BLOCK, Tables};
use super::vocabulary::Vocabulary;
use crate::matching::asked::Asked;
use crate::matching::direction;
use crate::matching::fold::Kind;
use crate::matching::index::{Index, UNKNOWN};
use crate::matching::lexicon;
use crate::matching::query;
use crate::model::Zone;

/// Tokens around a figure in which the statement's words are looked for.
const REACH: usize = 60;

/// Entries of a list behind its introduction that are followed back to it.
const ENTRIES: usize = 30;

/// Cells of a table that are followed back to its caption.
const CELLS: usize = 80;

/// Blocks above the first cell that may hold heads of columns and a caption.
const HEADS: usize = 2;

/// Places of a word at which it is asked which column of which table it stands in.
const PLACES: usize = 32;

/// The columns that a word stands in, with their tables.
fn columns(key: u32, index: &Index<'_>) -> Vec<(u32, u16)> {
    let places = index.places(key).iter().take(PLACES);
    let within = places.map(|at| &index.document().blocks[index.block_of(*at as usize)].within);
    within.filter(|within| within.table != 0).map(|within| (within.table, within.column)).collect()
}

/// Whether a word stands in one of these columns as well: `Eastham` and `Eastleigh` in two rows are no forms of one name.
fn stands_in(columns: &[(u32, u16)], key: u32, index: &Index<'_>) -> bool {
    !columns.is_empty() && self::columns(key, index).iter().any(|column| columns.contains(column))
}

/// The tokens of what introduces a list: the nearest block before its entries that ends with a colon.
fn introduction(block: usize, index: &Index<'_>) -> Option<Range<usize>> {
    let blocks = &index.document().blocks;
    for before in (block.saturating_sub(ENTRIES)..block).rev() {
        let text = index.document().slice(blocks[before].range);
        if text.trim_end().ends_with([':', '：']) {
            return Some(index.block_tokens(before));
        }
        if index.block_tokens(before).len() > 4 * SHORT_BLOCK {
            return None;
        }
    }
    None
}

/// The heading right above the list that a block is an entry of.
pub(super) fn heading_of_list(block: usize, index: &Index<'_>) -> Option<usize> {
    let blocks = &index.document().blocks;
    let is_entry = |at: usize| blocks[at].zone == Zone::ListItem && blocks[at].within.table == 0;
    let above = (block.saturating_sub(ENTRIES)..block).rev().find(|at| !is_entry(*at))?;
    (is_entry(block) && blocks[above].zone == Zone::Subheading).then_some(above)
}

/// The blocks of a table's caption and of the heading above it, or the nearest one before its cells that is no cell.
pub(super) fn caption(block: usize, index: &Index<'_>, tables: &Tables) -> Option<Range<usize>> {
    let blocks = &index.document().blocks;
    let heads = &blocks.get(block)?.heads;
    if heads.is_empty() {
        return None;
    }
    if let Some(table) = tables.get(blocks[block].within.table) {
        return (!table.titles.is_empty()).then(|| table.titles.clone());
    }
    let is_short = |at: &usize| index.block_tokens(*at).len() <= SHORT_BLOCK;
    let run: Vec<usize> = (block.saturating_sub(CELLS)..block).rev().take_while(is_short).collect();
    // The first cells are the heads of the columns, which have none themselves.
    let last_cell = run.iter().rposition(|at| !blocks[*at].heads.is_empty()).map_or(0, |number| number + 1);
    let is_head = |at: &usize| {
        let text = index.document().slice(blocks[*at].range);
        let of_cells = run.iter().flat_map(|cell| blocks[*cell].heads.iter());
        heads.iter().chain(of_cells).any(|head| head.trim() == text.trim())
    };
    let last_head = run.iter().rposition(is_head).map_or(0, |number| number + 1).max(last_cell);
    let words = |at: &&usize| index.block_tokens(**at).any(|token| index.tokens()[token].kind == Kind::Word);
    run[last_head..].iter().filter(words).take(HEADS).last().map(|at| *at..at + 1)
}

/// The tokens of what [`caption`] finds; none where there is none.
pub(super) fn caption_tokens(block: usize, index: &Index<'_>, tables: &Tables) -> Range<usize> {
    caption(block, index, tables).map(|blocks| tokens_of_blocks(&blocks, index)).unwrap_or_default()
}

/// The tokens of blocks that follow one another.
pub(super) fn tokens_of_blocks(blocks: &Range<usize>, index: &Index<'_>) -> Range<usize> {
    index.block_tokens(blocks.start).start..index.block_tokens(blocks.end.saturating_sub(1).max(blocks.start)).end
}

/// What stands around the figure in the statement, as the document knows it.
pub(super) struct Around {
    /// Which word of the statement each key of the document stands for.
    groups: HashMap<u32, Group>,
    /// Weight of each word of the statement.
    weights: Vec<f32>,
    /// Whether each of them is no function word.
    telling: Vec<bool>,
    /// Weight of the statement's words that the document lacks.
    lacking: f32,
    /// Words right before the figure, nearest first, and right behind it.
    left: Vec<Neighbour>,
    right: Vec<Neighbour>,
    /// Whether the statement says that the figure is a rise (1) or a fall (-1).
    pub(super) direction: i8,
}

#[derive(Clone, Copy)]
struct Group {
    word: usize,
    /// Another form of the word counts a little less.
    factor: f32,
}

/// Places in a document, ascending.
pub(super) struct Places(Vec<u32>);

impl Places {
    /// Whether one of them is near a token.
    pub(super) fn is_near(&self, at: usize) -> bool {
        let from = at.saturating_sub(REACH) as u32;
        self.0.get(self.0.partition_point(|place| *place < from)).is_some_and(|place| (*place as usize) <= at + REACH)
    }
}

/// A word beside the figure.
#[derive(Clone, Copy)]
struct Neighbour {
    word: Option<usize>,
    /// How much it says: function words say little.
    weight: f32,
}

pub(super) struct Weighed {
    pub(super) context: f32,
    pub(super) slot: f32,
}

const SLOT: [f32; 5] = [1.0, 0.7, 0.5, 0.35, 0.25];

impl Around {
    pub(super) fn new(asked: &Asked<'_>, ours: &Ours, index: &Index<'_>, vocabulary: &Vocabulary) -> Self {
        let words = query::plain_words(asked.statement, index);
        let own = |start: usize, end: usize| ours.at.is_some_and(|at| (start as u32) < at.end && at.start < end as u32);
        let mut around = Self {
            groups: HashMap::new(),
            weights: Vec::new(),
            telling: Vec::new(),
            lacking: 0.0,
            left: Vec::new(),
            right: Vec::new(),
            direction: 0,
        };
        let mut numbers: Vec<Option<usize>> = Vec::with_capacity(words.len());
        let mut known: HashMap<&str, Option<usize>> = HashMap::new();
        for word in &words {
            if own(word.start, word.end) || word.kind == Kind::Sign {
                numbers.push(None);
                continue;
            }
            if let Some(before) = known.get(word.key_text.as_str()) {
                numbers.push(*before);
                continue;
            }
            let factor = if lexicon::is_stop_word(&word.key_text) {
                0.15
            } else if word.kind == Kind::Character {
                0.6
            } else {
                1.0
            };
            let alike = if factor < 1.0 { Vec::new() } else { vocabulary.alike(&word.key_text, index) };
            let number = around.weights.len();
            if word.key == UNKNOWN && alike.is_empty() {
                // A word that the document has in another form still counts, a little less.
                around.lacking += index.weight(UNKNOWN) * factor * 0.7;
                numbers.push(None);
                known.insert(&word.key_text, None);
                continue;
            }
            around.weights.push(index.weight(word.key) * factor);
            around.telling.push(factor >= 0.5);
            // Most words have no other form on the page.
            let columns = LazyCell::new(|| columns(word.key, index));
            for key in alike.into_iter().filter(|key| *key == word.key || !stands_in(&columns, *key, index)) {
                around.groups.entry(key).or_insert(Group { word: number, factor: 0.85 });
            }
            if word.key != UNKNOWN {
                around.groups.insert(word.key, Group { word: number, factor: 1.0 });
            }
            numbers.push(Some(number));
            known.insert(&word.key_text, Some(number));
        }
        if let Some(at) = ours.at {
            let neighbour = |number: usize| Neighbour {
                word: numbers[number],
                weight: if lexicon::is_stop_word(&words[number].key_text) { 0.35 } else { 1.0 },
            };
            let before = words.iter().take_while(|word| word.end as u32 <= at.start).count();
            around.left = (0..before).rev().take(SLOT.len()).map(neighbour).collect();
            let from = words.iter().take_while(|word| (word.start as u32) < at.end).count();
            around.right = (from..words.len()).take(SLOT.len()).map(neighbour).collect();
            around.direction = direction::of_words(&words, at);
        }
        around
    }

    /// Where the statement's telling words stand in the document.
    pub(super) fn places(&self, index: &Index<'_>) -> Places {
        let mut places: Vec<u32> = self
            .groups
            .iter()
            .filter(|(_, group)| self.telling[group.word])
            .flat_map(|(key, _)| index.places(*key).iter().copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        Places(places)
    }

    /// The share of the statement that stands in each numbered row of the document.
    pub(super) fn rows(&self, index: &Index<'_>) -> Vec<f32> {
        let blocks = &index.document().blocks;
        let most = blocks.iter().map(|block| block.within.row as usize).max().unwrap_or(0);
        let all = self.all();
        let mut rows = vec![0.0; most + 1];
        // In order: sums of fractions depend on it.
        let mut groups: Vec<(&u32, &Group)> = self.groups.iter().collect();
        groups.sort_unstable_by_key(|(key, _)| **key);
        for (key, group) in groups {
            let share = self.weights[group.word] * group.factor / all;
            let (mut block, mut last) = (0, 0);
            for at in index.places(*key) {
                // Places ascend: the next one is mostly near.
                let at = *at as usize;
                if index.block_tokens(block).end <= at {
                    block = index.block_of(at);
                }
                let row = blocks[block].within.row as usize;
                if row != 0 && row != last {
                    rows[row] += share;
                    last = row;
                }
            }
        }
        rows
    }

    /// The share of the statement that a head has.
    pub(super) fn share_of(&self, head: &str, index: &Index<'_>) -> f32 {
        let words = query::plain_words(head, index);
        let groups = words.iter().filter_map(|word| self.groups.get(&word.key));
        groups.map(|group| self.weights[group.word] * group.factor).sum::<f32>() / self.all()
    }

    /// The weight of the whole statement.
    fn all(&self) -> f32 {
        (self.weights.iter().sum::<f32>() + self.lacking).max(f32::MIN_POSITIVE)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.weights.is_empty() && self.lacking == 0.0
    }

    /// Weighs what stands around a figure of the document. `sentence` is its sentence.
    pub(super) fn weigh(
        &self,
        figure: &Range<usize>,
        sentence: &Range<usize>,
        index: &Index<'_>,
        tables: &Tables,
    ) -> Weighed {
        let tokens = index.tokens();
        let block = index.block_of(figure.start);
        let own = index.block_tokens(block);
        let content = &index.document().blocks[block];
        let heads = &content.heads;
        let fragment = heads.is_empty() && own.len() <= SHORT_BLOCK && {
            let whole = index.document().slice(content.range);
            !whole.trim_end_matches(['”', '"', '»', ')']).ends_with(['.', '!', '?', '。', '！', '？', '।'])
        };
        let label = fragment && own.clone().any(|at| !figure.contains(&at) && tokens[at].kind == Kind::Word);
        let intro = if label { introduction(block, index) } else { None };
        let caption = caption_tokens(block, index, tables);
        let window = figure.start.saturating_sub(REACH)..(figure.end + REACH).min(tokens.len());
        let blocks = &index.document().blocks;
        let first = heads.iter().next();
        let row_mate = |at: usize| {
            blocks.get(index.block_of(at)).is_some_and(|other| {
                let numbered = content.within.row != 0 && content.within.table != 0;
                let another = other.within.unit != content.within.unit;
                numbered && another && other.within.row == content.within.row
                    || !other.heads.is_empty() && other.heads.iter().next() == first
            })
        };
        let mut best = vec![0.0f32; self.weights.len()];
        // Of a long table the caption is out of sight.
        let far = caption.clone().filter(|at| !window.contains(at));
        for at in window.clone().chain(far) {
            // The words of its unit stand with it.
            if figure.contains(&at) && tokens[at].kind != Kind::Word {
                continue;
            }
            let Some(group) = self.groups.get(&tokens[at].key) else { continue };
            let factor = if sentence.contains(&at) {
                1.0
            } else if own.contains(&at) {
                0.5
            } else if intro.as_ref().is_some_and(|intro| intro.contains(&at)) {
                1.0
            } else if fragment && content.within.table != 0 && row_mate(at) {
                0.8
            } else if fragment && at.abs_diff(figure.start) <= 2 * SHORT_BLOCK {
                // Cells of one row stand beside what they are about; an entry of a list says itself what it is about.
                if label { 0.3 } else { 0.8 }
            } else {
                0.25
            };
            // A cell is about its heads; cells of its row are about the same, others are not.
            let captioned = caption.contains(&at);
            let factor = if heads.is_empty() || own.contains(&at) {
                factor
            } else if captioned {
                0.8
            } else if row_mate(at) {
                0.5
            } else {
                0.15
            };
            best[group.word] = best[group.word].max(self.weights[group.word] * factor * group.factor);
        }
        let all = self.all();
        if !heads.is_empty() {
            let mut there = 0.0;
            for word in heads.iter().flat_map(|head| query::plain_words(head, index)) {
                if let Some(group) = self.groups.get(&word.key) {
                    best[group.word] = best[group.word].max(self.weights[group.word] * group.factor);
                    there += self.weights[group.word];
                }
            }
            return Weighed { context: best.iter().sum::<f32>() / all, slot: (there / all).min(1.0) };
        }
        let context = best.iter().sum::<f32>() / all;
        let word_at = |at: usize| tokens.get(at).and_then(|token| self.groups.get(&token.key)).map(|group| group.word);
        let side = |wanted: &[Neighbour], near: &dyn Fn(usize) -> Option<usize>| -> (f32, f32) {
            let (mut sum, mut there) = (0.0, 0.0);
            for (distance, Neighbour { word, weight }) in wanted.iter().enumerate() {
                sum += SLOT[distance] * weight;
                if word.is_none() {
                    continue;
                }
                let found = (0..SLOT.len() + 3).find(|at| near(*at) == *word);
                if let Some(found) = found {
                    there += SLOT[distance] * weight * if found.abs_diff(distance) <= 1 { 1.0 } else { 0.6 };
                }
            }
            (there, sum)
        };
        let left = side(&self.left, &|distance| figure.start.checked_sub(distance + 1).and_then(word_at));
        let right = side(&self.right, &|distance| word_at(figure.end + distance));
        let sum = left.1 + right.1;
        Weighed { context, slot: if sum > 0.0 { (left.0 + right.0) / sum } else { 0.0 } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Input, Limits, extract};
    use crate::model::{Document, Heads};

    fn page(body: &str) -> Document {
        let page = format!("<html lang=\"en\"><body><article>{body}</article></body></html>");
        let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        extract(&input, &Limits::default()).document.expect("has text")
    }

    #[test]
    fn a_place_is_near_within_its_reach_on_either_side() {
        let places = Places(vec![100, 300]);
        for (at, wanted) in
            [(39, false), (40, true), (100, true), (160, true), (161, false), (240, true), (360, true), (361, false)]
        {
            assert_eq!(places.is_near(at), wanted, "{at}");
        }
        assert!(!Places(Vec::new()).is_near(0));
    }

    #[test]
    fn an_entry_of_a_list_has_the_heading_right_above_its_list() {
        let document = page(
            "<p>Boats of the county.</p><h2>Altair</h2><ul><li>12 boats</li><li>15 cars</li></ul><p>Others:</p><ul><li>9 trams</li></ul>\
             <h2>Borea</h2><table><tr><th>Firm</th><th>Boats</th></tr><tr><th>Corvo</th><td>3</td></tr></table>",
        );
        let index = Index::new(&document);
        let text = |at: usize| document.slice(document.blocks[at].range);
        for at in 0..document.blocks.len() {
            let heading = match text(at) {
                "12 boats" | "15 cars" => Some("Altair"),
                _ => None,
            };
            assert_eq!(heading_of_list(at, &index).map(text), heading, "{}", text(at));
            let introduced = match text(at) {
                "9 trams" | "Borea" | "Firm" | "Boats" | "Corvo" | "3" => Some("Others:"),
                _ => None,
            };
            let block = |tokens: Range<usize>| text(index.block_of(tokens.start));
            assert_eq!(introduction(at, &index).map(block), introduced, "{}", text(at));
        }
    }

    #[test]
    fn an_introduction_is_not_looked_for_behind_a_long_text() {
        for (words, wanted) in [(32, true), (33, false)] {
            let document = page(&format!("<p>Firms:</p><p>{}</p><ul><li>12 boats</li></ul>", "word ".repeat(words)));
            let index = Index::new(&document);
            assert_eq!(introduction(2, &index).is_some(), wanted, "{words}");
        }
    }

    #[test]
    fn a_word_stands_in_columns_of_tables() {
        let document = page(
            "<p>Alden sailed.</p><table><tr><th>Town</th><th>Boats</th></tr><tr><td>Alden</td><td>Brack</td></tr>\
             <tr><td>Corve</td><td>Dunle</td></tr></table>",
        );
        let index = Index::new(&document);
        let columns = |word: &str| columns(index.key_number(word), &index);
        assert_eq!(columns("alden").iter().map(|(_, column)| *column).collect::<Vec<_>>(), [0]);
        assert_eq!(columns("brack").iter().map(|(_, column)| *column).collect::<Vec<_>>(), [1]);
        assert!(columns("sailed").is_empty());
        for (word, other, wanted) in
            [("alden", "corve", true), ("alden", "brack", false), ("alden", "dunle", false), ("sailed", "alden", false)]
        {
            assert_eq!(stands_in(&columns(word), index.key_number(other), &index), wanted, "{word} {other}");
        }
    }

    #[test]
    fn cells_without_a_table_have_what_stands_before_their_heads_as_caption() {
        let long = "one two three four five six seven eight nine";
        for (blocks, wanted) in [
            (&["Fleet", "Firm", "12", "Borea", "15"][..], "Fleet"),
            (&["County", "Fleet", "Firm", "12", "Borea", "15"], "County"),
            (&["Land", "County", "Fleet", "Firm", "12", "Borea", "15"], "County"),
            (&[long, "Fleet", "Firm", "12", "Borea", "15"], "Fleet"),
            (&["Fleet", long, "Firm", "12", "Borea", "15"], "-"),
            (&["Fleet", "– –", "Firm", "12", "Borea", "15"], "Fleet"),
            (&["Firm", "12", "Borea", "15"], "-"),
        ] {
            let body: String = blocks.iter().map(|block| format!("<p>{block}</p>")).collect();
            let mut document = page(&body);
            // `Firm` is the head of the cells that have values.
            for block in &mut document.blocks {
                let text = &document.text[block.range.start as usize..block.range.end as usize];
                if text == "12" || text == "15" {
                    block.heads = Heads::of_row("Firm");
                }
            }
            let index = Index::new(&document);
            let last = document.blocks.len() - 1;
            let given = caption(last, &index, &Tables::default());
            let given = given.map_or("-", |blocks| document.slice(document.blocks[blocks.start].range));
            assert_eq!(given, wanted, "{blocks:?}");
            assert_eq!(caption(0, &index, &Tables::default()), None, "no cell");
        }
    }
}
