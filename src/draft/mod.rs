//! `draft`: an article → every quotation, attributed statement, figure and embedded post in it, as claims that a person
//! completes; and what an article prints that no claim covers.
//!
//! Rules over tables of words, marks and places; no trained model, so that every decision can be read and corrected.
//! Promises: every span is one of the article's text; nothing is invented, neither a speaker nor a source; the same
//! article gives the same draft. Refuses to guess: a speaker that the words do not tell is left out.

mod attribution;
mod blocks;
mod claim;
mod extent;
mod figures;
mod fold;
mod gaps;
mod ids;
mod json;
mod lexicon;
mod links;
mod manifest;
mod marks;
mod names;
mod phrase;
mod posts;
mod quoted;
mod sentence;
mod speech;
mod token;
mod update;

use std::collections::HashSet;
use std::ops::Range;

pub use claim::{Draft, DraftClaim, DraftSource, Kind};
pub use gaps::{Gaps, gaps};
pub use json::render as json;
pub use manifest::{Whereabouts, manifest};
pub use update::{Updated, update};

use crate::model::figure::Figure;
use crate::model::{Document, Link, TextRange, Where, Zone};
use extent::{around, is_mention, statement};
use lexicon::Lexicon;
use links::Links;
use names::{Names, Speaker};
use speech::{Attribution, Paragraph};

/// Reads the figures out of a text in a language, in order, each with its place and bound.
///
/// A parameter because figures are the matter of another stage.
pub type FigureReader<'a> = dyn Fn(&str, Option<&str>) -> Vec<Figure> + 'a;

/// An article as it is read for its claims.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    /// Its text, with zones.
    pub document: &'a Document,
    /// Its links, in order.
    pub links: &'a [Link],
    /// Its language, where somebody says so; else the document's own.
    pub language: Option<&'a str>,
}

impl<'a> Article<'a> {
    fn language(&self) -> Option<&'a str> {
        self.language.or(self.document.language.as_deref())
    }
}

/// Drafts the claims of an article.
pub fn draft(article: &Article<'_>, figures: &FigureReader<'_>) -> Draft {
    let document = article.document;
    let text: &str = &document.text;
    let lexicon = Lexicon::of(article.language());
    let lines = lines(document, article.links);
    let (posts, embeds) = posts::posts(document, &lines, article.links);
    let in_post = |range: TextRange| {
        let at = posts.partition_point(|post| post.whole.end <= range.start);
        posts.get(at).is_some_and(|post| post.whole.overlaps(range))
    };
    let mut links = Links::collect(text, article.links, &lines);
    let paragraphs: Vec<Paragraph> = lines
        .iter()
        .filter(|line| !in_post(**line) && !links.is_note(line.start))
        .map(|line| Paragraph::read(text, *line, lexicon))
        .collect();
    let names = Names::collect(text, &paragraphs, lexicon);
    let mut attributions = speech::attributions(text, &paragraphs, lexicon);
    let numbers: Vec<Vec<figures::Stated>> = paragraphs
        .iter()
        .map(|paragraph| figures::of(text, paragraph.range, article.language(), lexicon, figures))
        .collect();

    let all_numbers: Vec<&figures::Stated> = numbers.iter().flatten().collect();
    let numbers_in = |range: TextRange| {
        all_numbers[all_numbers.partition_point(|stated| stated.range.end <= range.start)..]
            .iter()
            .take_while(move |stated| stated.range.start < range.end)
    };
    let passed_on: HashSet<TextRange> = attributions.iter().filter_map(|attribution| attribution.inner).collect();

    // Of an interview without names whoever it is about answers: whom the text before the first answer names.
    let answers = attributions.iter().find(|attribution| attribution.placed && attribution.source.is_none());
    let interviewed = answers.and_then(|first| names.main(paragraphs[first.paragraph].range.start));

    let mut claims: Vec<DraftClaim> = Vec::new();
    let mut last: Option<(Speaker, usize)> = None;
    // Of what an outlet says that somebody said, they are the speaker, and the outlet passes it on.
    let passed: Vec<Option<Speaker>> = attributions
        .iter_mut()
        .map(|attribution| {
            let paragraph = &paragraphs[attribution.paragraph];
            let nested = attribution.nested.take()?;
            let outer = names.speaker(attribution, paragraph, None);
            if outer.via.first() != outer.name.as_ref() {
                return None;
            }
            *attribution = *nested;
            Some(outer)
        })
        .collect();
    let attributions = attributions;
    for (number, attribution) in attributions.iter().enumerate() {
        let paragraph = &paragraphs[attribution.paragraph];
        if is_mention(text, attribution, paragraph) {
            continue;
        }
        let before =
            last.as_ref().map(|(speaker, place)| names::Before { speaker, near: *place == attribution.paragraph });
        let mut speaker = names.speaker(attribution, paragraph, before);
        if let Some(outer) = &passed[number] {
            let new: Vec<String> = outer.via.iter().filter(|name| !speaker.via.contains(name)).cloned().collect();
            speaker.via.splice(0..0, new);
        }
        if attribution.placed {
            if attribution.source.is_none() {
                speaker.name = interviewed.clone();
            } else if !speaker.name.as_ref().is_some_and(|name| {
                names.is_person(name)
                    || name.split_whitespace().last().is_some_and(|word| attribution::is_kin(&word.to_lowercase()))
            }) {
                // What no verb gives to anybody is only taken for a person's.
                continue;
            }
        }
        // “X was quoted as saying”: by whom stands in the sentences before, if it stands anywhere.
        if speaker.via.is_empty() && attribution.passive {
            let near = claims.iter().rev().take(3).find(|claim: &&DraftClaim| {
                !claim.via.is_empty()
                    && claim.speaker_at.is_some_and(|at| passed_on.contains(&at))
                    && lines_between(text, claim.around, around_of(attribution)) <= 1
            });
            if let Some(claim) = near {
                speaker.via.clone_from(&claim.via);
            }
        }
        // What an outlet asks in an interview is nobody's claim, and a letter is nobody's name.
        let labelled = attribution.cue.is_some_and(|cue| &text[cue.span()] == ":")
            && attribution.source.is_some_and(|source| source.start == paragraph.range.start);
        if labelled {
            let asks = attribution.content.last().is_some_and(|piece| text[piece.span()].trim_end().ends_with('?'));
            if asks && !attribution.quoted && !speaker.via.is_empty() {
                continue;
            }
            speaker.name = speaker.name.filter(|name| name.chars().count() > 1);
        }
        let around = around(text, attribution, &paragraphs);
        let own = |range: TextRange| attribution.content.iter().any(|piece| piece.overlaps(range));
        let foreign = numbers_in(around).any(|stated| stated.counts && !own(stated.range));
        let statement = statement(text, number, &attributions, around, foreign);
        let quote = quoted::fragments(text, attribution, &paragraphs);
        // A date right behind what is said belongs to it (“pipes laid in 1926”); elsewhere it is the day of the saying.
        let follows = |range: TextRange| {
            attribution.content.last().is_some_and(|last| {
                last.end <= range.start
                    && attribution.cue.is_none_or(|cue| cue.start < last.start)
                    && text
                        .get(last.end as usize..range.start as usize)
                        .is_some_and(|gap| gap.len() <= 12 && !gap.contains([',', '.', ';', '”', '"', '»']))
            })
        };
        let stated: Vec<TextRange> = numbers_in(statement)
            .filter(|stated| own(stated.range) || !stated.counts && follows(stated.range))
            .map(|stated| stated.range)
            .collect();
        let mut outlets: Vec<&str> = speaker.via.iter().map(String::as_str).collect();
        outlets.extend(speaker.name.as_deref());
        // A body that speaks may publish what it says; a person does not.
        let outlet = outlets.first().copied().filter(|name| {
            !names.is_person(name)
                && name.starts_with(char::is_uppercase)
                && (!speaker.via.is_empty() || names.is_body(name))
        });
        let content = attribution.content.first().copied().unwrap_or(around);
        let source = links.source(around, content, paragraph.range, &outlets, outlet);
        claims.push(DraftClaim {
            id: String::new(),
            kind: if attribution.quoted { Kind::Quote } else { Kind::Statement },
            statement,
            quote,
            figures: stated,
            // Of what an outlet itself says the outlet is the chain, and nobody the speaker.
            speaker: speaker.name.clone().filter(|name| speaker.via.first() != Some(name)),
            via: speaker.via.clone(),
            source,
            content: attribution.content.clone(),
            speaker_at: attribution.inner.or(attribution.source),
            cue_at: attribution.cue,
            name: None,
            date: None,
            link: None,
            around,
        });
        if speaker.name.is_some() {
            last = Some((speaker, attribution.paragraph));
        }
    }
    claims.extend(blocks::quotations(document, &paragraphs, &names, lexicon, &claims, &mut links));
    for post in &posts {
        let source = post.address.as_deref().and_then(|address| links.post(address));
        claims.push(DraftClaim {
            id: String::new(),
            kind: Kind::Post,
            statement: post.whole,
            quote: post.lines.iter().filter_map(|line| posts::words(text, *line)).collect(),
            figures: post
                .lines
                .iter()
                .flat_map(|line| figures::of(text, *line, article.language(), lexicon, figures))
                .map(|stated| stated.range)
                .collect(),
            speaker: post.speaker.clone(),
            via: Vec::new(),
            source,
            content: post.lines.clone(),
            speaker_at: post.handle,
            cue_at: None,
            name: post.name,
            date: post.date,
            link: post.address.clone().or_else(|| links.address_in(post.whole)).or_else(|| posts::link(text, post)),
            around: post.whole,
        });
    }
    let covered: Vec<TextRange> = covered(&claims);
    let said = merged(claims.iter().flat_map(|claim| claim.content.iter().copied()).collect());
    let mut unchecked = Vec::new();
    for (paragraph, stated) in paragraphs.iter().zip(&numbers) {
        let heading = is_heading(document, paragraph);
        let view = paragraph.view(text, lexicon);
        for sentence in &paragraph.sentences {
            let range = view.range(sentence);
            let free: Vec<&figures::Stated> =
                stated.iter().filter(|stated| inside(stated.range, range) && !covers(&covered, stated.range)).collect();
            let taken = covers(&covered, range) || touches(&said, range);
            if !heading && free.iter().any(|stated| stated.counts) {
                let all: Vec<TextRange> = free.iter().map(|stated| stated.range).collect();
                let source = links.source(range, all[0], paragraph.range, &[], None);
                claims.push(DraftClaim {
                    id: String::new(),
                    kind: Kind::Figure,
                    statement: range,
                    quote: Vec::new(),
                    figures: all.clone(),
                    speaker: None,
                    via: Vec::new(),
                    source,
                    content: all,
                    speaker_at: None,
                    cue_at: None,
                    name: None,
                    date: None,
                    link: None,
                    around: range,
                });
            } else if !taken && !heading && is_factual(&view, sentence, !free.is_empty()) {
                unchecked.push(range);
            }
        }
    }
    let aside = paragraphs
        .iter()
        .flat_map(|paragraph| paragraph.stretches.iter().map(|stretch| stretch.range))
        .filter(|stretch| !touches(&said, *stretch))
        .collect();
    claims.sort_by_key(|claim| {
        (
            claim.content.first().map_or(claim.statement.start, |piece| piece.start.min(claim.statement.start)),
            claim.kind,
            claim.statement.end,
        )
    });
    ids::give(text, &mut claims, lexicon);
    let marked = marked(document, &paragraphs, &lines);
    Draft { claims, sources: links.sources(), unchecked, aside, marked, embeds }
}

/// Words of a stretch in quotation marks from which on it is listed where no claim covers it.
const SPOKEN: usize = 4;

/// Every stretch in quotation marks that is longer than a title or a nickname, and every block quotation.
fn marked(document: &Document, paragraphs: &[Paragraph], lines: &[TextRange]) -> Vec<TextRange> {
    let text: &str = &document.text;
    let quoted = |at: u32| document.block_at(at).is_some_and(|block| block.zone == Zone::Blockquote);
    let stretches = paragraphs.iter().flat_map(|paragraph| &paragraph.stretches).filter(|stretch| {
        !quoted(stretch.range.start) && text[stretch.inner.span()].split_whitespace().nth(SPOKEN - 1).is_some()
    });
    let mut marked: Vec<TextRange> = stretches.map(|stretch| stretch.range).collect();
    marked.extend(lines.iter().copied().filter(|line| {
        let line_text = &text[line.span()];
        quoted(line.start)
            && line_text.split_whitespace().nth(SPOKEN - 1).is_some()
            && !line_text.starts_with(['—', '–', '-'])
    }));
    marked.sort_unstable();
    marked
}

/// The paragraphs of the article's body, headline included, in order. Hard-wrapped lines are joined.
fn lines(document: &Document, links: &[Link]) -> Vec<TextRange> {
    let text: &str = &document.text;
    let mut lines = Vec::new();
    for block in &document.blocks {
        let body = matches!(block.zone.place(), Where::Body | Where::Headline)
            && !matches!(block.zone, Zone::Byline | Zone::PullQuote | Zone::Preformatted);
        if !body {
            continue;
        }
        let slice = &text[block.range.span()];
        // A note with an address is a reference, which the link of the word that it hangs on stands for.
        if block.zone == Zone::Footnote
            && (slice.contains("://") || links.iter().any(|link| link.range.overlaps(block.range)))
        {
            continue;
        }
        if is_wrapped(slice) {
            lines.push(block.range);
            continue;
        }
        let mut at = block.range.start as usize;
        for line in slice.split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start().len());
            let end = start + line.trim().len();
            if end > start {
                lines.push(TextRange::new(start, end));
            }
            at += line.len();
        }
    }
    lines
}

/// Whether the line breaks of a block come from a fixed width rather than from its writer: several lines, none of them
/// long, and most of them ending in the middle of a sentence.
fn is_wrapped(block: &str) -> bool {
    let lines: Vec<&str> = block.lines().map(str::trim).collect();
    if lines.len() < 2 {
        return false;
    }
    let (last, inner) = lines.split_last().unwrap_or((&"", &[]));
    let widest = inner.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let open = inner.iter().filter(|line| !line.ends_with(['.', '!', '?', ':', '”', '"', '»', ')', ','])).count();
    (40..=100).contains(&widest)
        && last.chars().count() <= widest + 20
        && inner.iter().all(|line| line.chars().count() * 2 > widest)
        && open * 2 > inner.len()
        && !inner.iter().any(|line| line.contains("(@") || line.contains("pic.twitter.com"))
}

fn around_of(attribution: &Attribution) -> TextRange {
    attribution.content.first().copied().unwrap_or_default()
}

/// How many paragraphs end between two places.
fn lines_between(text: &str, before: TextRange, after: TextRange) -> usize {
    let (from, to) = (before.end as usize, (after.start as usize).max(before.end as usize));
    text[from..to].split('\n').filter(|line| !line.trim().is_empty()).count().saturating_sub(1)
}

fn inside(inner: TextRange, outer: TextRange) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn covers(covered: &[TextRange], range: TextRange) -> bool {
    let at = covered.partition_point(|covered| covered.end < range.end);
    covered[at..].iter().take(8).any(|covered| inside(range, *covered))
}

/// Ranges in order, those that overlap as one.
fn merged(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.sort_unstable();
    let mut merged: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Whether a range touches one of several that stand in order and apart.
fn touches(merged: &[TextRange], range: TextRange) -> bool {
    let at = merged.partition_point(|other| other.end <= range.start);
    merged.get(at).is_some_and(|other| other.overlaps(range))
}

/// What claims cover, sorted by where it ends.
fn covered(claims: &[DraftClaim]) -> Vec<TextRange> {
    let mut covered: Vec<TextRange> =
        claims.iter().flat_map(|claim| claim.content.iter().copied().chain(claim.figures.iter().copied())).collect();
    covered.sort_by_key(|range| (range.end, range.start));
    covered
}

/// Whether a paragraph is a heading inside the text.
fn is_heading(document: &Document, paragraph: &Paragraph) -> bool {
    let zone = document.block_at(paragraph.range.start).map(|block| block.zone);
    if matches!(zone, Some(Zone::Headline | Zone::Subheading | Zone::Deck)) {
        return true;
    }
    let text = &document.text[paragraph.range.span()];
    paragraph.sentences.len() == 1
        && text.chars().count() < 90
        && !text.ends_with(['.', '!', '”', '"', ':', '…', '»', '“'])
}

/// Whether a sentence states a fact that could be checked: a verb, and a name or a date or a number.
fn is_factual(view: &phrase::View<'_>, sentence: &Range<usize>, dated: bool) -> bool {
    use phrase::Role;
    let question = sentence.clone().any(|at| view.tokens[at].point() == Some('?'));
    let first = view.word(sentence.start);
    let personal = matches!(first, "i" | "we" | "you");
    let verb = sentence.clone().any(|at| view.is_finite(at)) || sentence.len() > 6;
    let named = sentence.clone().skip(1).any(|at| view.role(at) == Role::Name);
    !question && !personal && verb && (named || dated) && sentence.len() > 4
}
