//! Block quotations: blocks that extraction marked as one → claims, where a signature below or a colon above says whose
//! they are.

use super::attribution;
use super::claim::{DraftClaim, Kind};
use super::lexicon::Lexicon;
use super::links::Links;
use super::names::Names;
use super::speech::{Attribution, Paragraph};
use crate::model::{Document, TextRange, Zone};

/// Paragraphs of one block quotation.
const MOST: usize = 12;

/// The block quotations that no claim has yet, with whose they are.
pub(super) fn quotations(
    document: &Document,
    paragraphs: &[Paragraph],
    names: &Names<'_>,
    lexicon: &Lexicon,
    claims: &[DraftClaim],
    links: &mut Links<'_>,
) -> Vec<DraftClaim> {
    let text: &str = &document.text;
    let block = |paragraph: &Paragraph| document.block_at(paragraph.range.start);
    let quoted = |paragraph: &Paragraph| block(paragraph).is_some_and(|block| block.zone == Zone::Blockquote);
    let taken = |range: TextRange| claims.iter().any(|claim| claim.content.iter().any(|piece| piece.overlaps(range)));
    let mut found = Vec::new();
    let mut at = 0;
    while at < paragraphs.len() {
        if !quoted(&paragraphs[at]) {
            at += 1;
            continue;
        }
        let from = at;
        while at < paragraphs.len() && at < from + MOST && quoted(&paragraphs[at]) {
            at += 1;
        }
        let group = &paragraphs[from..at];
        let (said, whose) = signed(text, group);
        let said: Vec<TextRange> = said.into_iter().filter(|range| !range.is_empty()).collect();
        let Some(first) = said.first().copied() else { continue };
        if said.iter().any(|range| taken(*range)) {
            continue;
        }
        let author = block(&group[0]).and_then(|block| block.author.clone());
        let attributed = |source: Option<TextRange>, paragraph: usize| Attribution {
            quoted: true,
            source,
            placed: true,
            ..Attribution::new(said.clone(), paragraph)
        };
        let (speaker, speaker_at) = if let Some((signature, place)) = whose {
            (names.speaker(&attributed(Some(signature), from + place), &group[place], None).name, Some(signature))
        } else if let Some(author) = author {
            (Some(author), None)
        } else if let Some(above) = from.checked_sub(1).map(|above| &paragraphs[above])
            && text[above.range.span()].trim_end().ends_with(':')
            && let Some(sentence) = above.sentences.last()
            && let Some(source) = attribution::subject_of(&above.view(text, lexicon), sentence)
        {
            let range = above.view(text, lexicon).range(&source);
            (names.speaker(&attributed(Some(range), from - 1), above, None).name, Some(range))
        } else {
            continue;
        };
        if speaker.is_none() && speaker_at.is_none() {
            continue;
        }
        let whole = TextRange { start: first.start, end: said.last().map_or(first.end, |last| last.end) };
        let around = TextRange { start: whole.start, end: group.last().map_or(whole.end, |last| last.range.end) };
        let named: Vec<&str> = speaker.as_deref().into_iter().collect();
        let source = links.source(around, whole, around, &named, None);
        found.push(DraftClaim {
            id: String::new(),
            kind: Kind::Quote,
            statement: whole,
            quote: said.clone(),
            figures: Vec::new(),
            speaker,
            via: Vec::new(),
            source,
            content: said.clone(),
            speaker_at,
            cue_at: None,
            name: None,
            date: None,
            link: None,
            around,
        });
    }
    found
}

/// What a block quotation says, by paragraphs, and the signature that closes it behind a dash with its paragraph.
fn signed(text: &str, group: &[Paragraph]) -> (Vec<TextRange>, Option<(TextRange, usize)>) {
    let mut said: Vec<TextRange> = group.iter().map(|paragraph| paragraph.range).collect();
    let Some(last) = said.last().copied() else { return (said, None) };
    let slice = &text[last.span()];
    let dash = |c: char| matches!(c, '—' | '–' | '―');
    let at = slice.char_indices().rev().find(|(at, c)| {
        dash(*c) && (*at == 0 || slice[..*at].trim_end().ends_with(['.', '!', '?', '”', '"', '»', '“', '…']))
    });
    let Some((at, mark)) = at else { return (said, None) };
    let behind = at + mark.len_utf8();
    let name = slice[behind..].trim();
    let plain =
        name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= 14 && !name.ends_with(['?', '!']);
    if !plain {
        return (said, None);
    }
    let start = last.start as usize + behind + (slice[behind..].len() - slice[behind..].trim_start().len());
    let signature = TextRange::new(start, start + name.len());
    let rest = slice[..at].trim_end();
    let place = said.len() - 1;
    if rest.is_empty() {
        said.pop();
    } else if let Some(end) = said.last_mut() {
        end.end = end.start + rest.len() as u32;
    }
    (said, Some((signature, place)))
}
