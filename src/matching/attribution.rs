//! Attribution: whose words a passage is, as far as the page says it beside the passage.
//!
//! Only asked where the manifest names a speaker. The page's own marks tell the quoted stretch; the clause around it
//! tells who is named. A pronoun stands for whoever was named shortly before.

use std::ops::Range;

use super::Asked;
use super::fold::{self, Kind, bits};
use super::index::Index;
use super::lexicon;
use super::query::closing_of;
use crate::model::{Flag, Zone};

/// Blocks before the passage in which a pronoun's name, or the speaker, may stand.
const LOOK_BACK: usize = 3;

/// The flag that a passage's attribution asks for, against the speaker that the manifest names.
pub(super) fn flag(span: &Range<usize>, asked: &Asked<'_>, index: &Index<'_>) -> Option<Flag> {
    let name = Name::new(asked.claim.speaker.as_deref()?, index)?;
    let block = index.block_of(span.start);
    let content = &index.document().blocks[block];
    if let Some(author) =
        content.author.as_deref().filter(|_| matches!(content.zone, Zone::Post | Zone::Comment | Zone::Cue))
    {
        return (!name.is_in_text(author, index)).then_some(Flag::OtherSpeaker);
    }
    let quoted = quoted_spans(block, index);
    let at = index.tokens()[span.start].start;
    let inside: Vec<&Quoted> =
        quoted.iter().filter(|quoted| quoted.range.start <= at && at < quoted.range.end).collect();
    if let [outer, _, ..] = inside.as_slice() {
        // Somebody's words inside somebody else's: which of the two does the manifest mean?
        let clause = clause_around(outer, &quoted, block, index);
        return if name.is_in(&clause, index) {
            Some(Flag::OtherSpeaker)
        } else if declared(asked, &names_in(&clause, index)) {
            None
        } else {
            Some(Flag::SecondHand)
        };
    }
    let clause = match inside.first() {
        Some(quoted_here) => clause_around(quoted_here, &quoted, block, index),
        None => outside(&super::context::sentence(span, index), &quoted, index),
    };
    if name.is_in(&clause, index) {
        return second_hand(&clause, &name, asked, index);
    }
    let saying = is_saying(&clause, index);
    let named = names_in(&clause, index);
    let near = (block.saturating_sub(LOOK_BACK)..=block)
        .any(|block| name.is_in(&index.block_tokens(block).collect::<Vec<_>>(), index));
    let pronoun = clause.iter().any(|at| lexicon::is_pronoun(index.key(*at)));
    if !inside.is_empty() {
        // Whoever is named in the clause of a quotation speaks it. Scripts without capitals name somebody in any such clause.
        if saying && (!named.is_empty() || !pronoun && is_caseless(&clause, index))
            || named.len() >= 2 && clause.len() <= 14
        {
            return Some(Flag::OtherSpeaker);
        }
        if pronoun && saying {
            // The pronoun is whoever was named last before the passage.
            return match last_person(span.start, block, index) {
                Some(person) if name.is_one_of(&person) => None,
                Some(_) => Some(Flag::OtherSpeaker),
                None if near => None,
                None => Some(Flag::SecondHand),
            };
        }
    } else if saying && !named.is_empty() && !near {
        return Some(Flag::OtherSpeaker);
    }
    if near || is_author(&name, index) { None } else { Some(Flag::SecondHand) }
}

/// Whether two pieces of a quotation come out of two mouths: both stand in quotation marks of the page, and nobody is named
/// with both.
pub(super) fn two_mouths(pieces: &[Range<usize>], index: &Index<'_>) -> bool {
    let mut mouths: Vec<(u32, Vec<usize>)> = Vec::new();
    for piece in pieces {
        let block = index.block_of(piece.start);
        let quoted = quoted_spans(block, index);
        let at = index.tokens()[piece.start].start;
        let Some(here) = quoted.iter().find(|quoted| quoted.range.start <= at && at < quoted.range.end) else {
            return false;
        };
        let clause = clause_around(here, &quoted, block, index);
        if is_saying(&clause, index) || names_in(&clause, index).len() >= 2 {
            mouths.push((here.range.start, clause));
        }
    }
    mouths.windows(2).any(|pair| {
        if pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1 {
            return false;
        }
        let who = |clause: &[usize]| {
            let names = names_in(clause, index);
            if names.is_empty() && is_caseless(clause, index) { content_keys(clause, index) } else { names }
        };
        let (first, second) = (who(&pair[0].1), who(&pair[1].1));
        !first.is_empty() && !second.is_empty() && !first.iter().any(|name| second.contains(name))
    })
}

/// Who is named with a passage; empty where nobody is, or where it is not quoted.
pub(super) fn named_with(span: &Range<usize>, index: &Index<'_>) -> Vec<String> {
    let block = index.block_of(span.start);
    let quoted = quoted_spans(block, index);
    let at = index.tokens()[span.start].start;
    match quoted.iter().find(|quoted| quoted.range.start <= at && at < quoted.range.end) {
        Some(here) => names_in(&clause_around(here, &quoted, block, index), index),
        None => Vec::new(),
    }
}

/// A speaker's name as it may stand on a page: by the last word, or as a whole in scripts without spaces.
struct Name {
    keys: Vec<String>,
    whole: bool,
}

impl Name {
    fn new(name: &str, index: &Index<'_>) -> Option<Self> {
        let keys = name_keys(name, index);
        let whole = name.chars().any(fold::is_unspaced);
        (!keys.is_empty()).then_some(Self { keys, whole })
    }

    fn surname(&self) -> &str {
        self.keys.last().map_or("", String::as_str)
    }

    fn is_in(&self, tokens: &[usize], index: &Index<'_>) -> bool {
        if self.whole {
            tokens.windows(self.keys.len()).any(|run| run.iter().zip(&self.keys).all(|(at, key)| index.key(*at) == key))
        } else {
            tokens.iter().any(|at| index.key(*at) == self.surname())
        }
    }

    fn is_one_of(&self, person: &[String]) -> bool {
        person.iter().any(|key| key == self.surname())
    }

    fn is_in_text(&self, text: &str, index: &Index<'_>) -> bool {
        let keys = name_keys(text, index);
        if self.whole { keys.windows(self.keys.len()).any(|run| run == self.keys) } else { self.is_one_of(&keys) }
    }
}

fn is_saying(clause: &[usize], index: &Index<'_>) -> bool {
    clause.iter().any(|at| lexicon::is_saying(index.key(*at))) || has_saying_characters(clause, index)
}

/// Whether a clause is written in a script that knows no capitals.
fn is_caseless(clause: &[usize], index: &Index<'_>) -> bool {
    clause.iter().any(|at| {
        index.form(*at).chars().next().is_some_and(|c| c.is_alphabetic() && c.to_uppercase().eq(c.to_lowercase()))
    })
}

fn content_keys(clause: &[usize], index: &Index<'_>) -> Vec<String> {
    clause
        .iter()
        .map(|at| index.key(*at))
        .filter(|key| {
            !lexicon::is_stop_word(key)
                && !lexicon::is_saying(key)
                && !matches!(*key, "说" | "說" | "道" | "指" | "出" | "表" | "示" | "述" | "べ" | "ने")
        })
        .map(str::to_owned)
        .collect()
}

/// Keys of the words of a name, titles left out.
fn name_keys(name: &str, index: &Index<'_>) -> Vec<String> {
    super::query::plain_words(name, index)
        .into_iter()
        .filter(|word| {
            word.kind == Kind::Character || word.kind != Kind::Sign && !lexicon::is_stop_word(&word.key_text)
        })
        .map(|word| word.key_text)
        .collect()
}

fn declared(asked: &Asked<'_>, names: &[String]) -> bool {
    asked.claim.via.iter().any(|via| {
        let via = via.to_lowercase();
        names.iter().any(|name| via.split_whitespace().any(|word| word == name))
    })
}

/// A third party between speaker and page that `via` does not declare: `quoted by`, `quoted … as saying`, `told the …`.
fn second_hand(clause: &[usize], name: &Name, asked: &Asked<'_>, index: &Index<'_>) -> Option<Flag> {
    let quoted = clause.iter().any(|at| {
        matches!(
            index.key(*at),
            "quoted" | "quotes" | "cited" | "cites" | "zitiert" | "cite" | "cita" | "cytuje" | "цитирует"
        )
    });
    let told = clause.windows(2).any(|pair| {
        index.key(pair[0]) == "told"
            && index.tokens()[pair[1]].bits & bits::CAPITAL != 0
            && index.key(pair[1]) != name.surname()
    });
    if !quoted && !told {
        return None;
    }
    let others: Vec<String> = names_in(clause, index).into_iter().filter(|other| !name.keys.contains(other)).collect();
    // The outlet itself is no third party.
    let mut own = index.document().outlet.as_deref().unwrap_or("").to_lowercase();
    for known in &asked.known_names {
        own.push(' ');
        own.push_str(&known.to_lowercase());
    }
    let foreign = others.iter().any(|name| !own.split_whitespace().any(|word| word == name));
    (foreign && !declared(asked, &others)).then_some(Flag::SecondHand)
}

fn is_author(name: &Name, index: &Index<'_>) -> bool {
    index.document().blocks.iter().enumerate().any(|(block, content)| {
        content.zone == Zone::Byline && name.is_in(&index.block_tokens(block).collect::<Vec<_>>(), index)
    })
}

/// A quoted stretch of a block, marks left out.
#[derive(Debug, Clone)]
pub(super) struct Quoted {
    /// Bytes of the document's text.
    pub(super) range: Range<u32>,
}

/// The quoted stretches of a block, outer ones before the inner ones that they hold.
pub(super) fn quoted_spans(block: usize, index: &Index<'_>) -> Vec<Quoted> {
    let range = index.document().blocks[block].range;
    let text = index.document().slice(range);
    let mut spans = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let apostrophe = fold::is_apostrophe(c) && before.is_alphanumeric() && after.is_alphanumeric();
        if fold::is_quote_mark(c) && !apostrophe {
            let closes = open.iter().rposition(|(opening, _)| closing_of(*opening).contains(&c));
            // Guillemets may stand off from their words; other marks lean on them.
            let leaning = !after.is_whitespace() || matches!(c, '«' | '»' | '‹' | '›');
            let may_open = leaning
                && (!before.is_alphanumeric()
                    || fold::is_unspaced(before)
                    || matches!(c, '“' | '„' | '«' | '「' | '『'));
            match closes {
                Some(number) if !(c == '"' && before.is_whitespace() && may_open) => {
                    let (opening, start) = open[number];
                    spans.push(Quoted {
                        range: range.start + (start + opening.len_utf8()) as u32..range.start + at as u32,
                    });
                    open.truncate(number);
                }
                _ if may_open && !(fold::is_apostrophe(c) && c != '‘' && c != '\'') && open.len() < 4 => {
                    open.push((c, at))
                }
                _ => {}
            }
        }
        before = c;
    }
    // A paragraph of a longer quotation opens and is closed by a later one.
    if let Some((opening, start)) =
        open.into_iter().next().filter(|(opening, _)| matches!(opening, '“' | '„' | '«' | '"' | '「'))
    {
        spans.push(Quoted { range: range.start + (start + opening.len_utf8()) as u32..range.end });
    }
    spans.sort_by_key(|span| (span.range.start, u32::MAX - span.range.end));
    spans
}

/// Tokens of the clause that surrounds a quoted stretch: behind it up to the sentence's end, before it from the
/// sentence's beginning, and where both are silent the nearest clause of the block.
fn clause_around(quoted: &Quoted, all: &[Quoted], block: usize, index: &Index<'_>) -> Vec<usize> {
    let tokens = index.tokens();
    let own = index.block_tokens(block);
    let first = index.token_from(quoted.range.start).max(own.start);
    let behind = index.token_from(quoted.range.end).min(own.end);
    let free =
        |at: usize| !all.iter().any(|span| span.range.start <= tokens[at].start && tokens[at].start < span.range.end);
    let mut clause: Vec<usize> = Vec::new();
    // Behind: a new sentence right after the closing mark is no attribution, unless the quotation ends with a comma or ? !.
    let mut at = behind;
    let mut words = 0;
    while at < own.end && words < 40 {
        if tokens[at].bits & bits::SENTENCE != 0 && words > 0 {
            break;
        }
        if words == 0
            && tokens[at].bits & bits::SENTENCE != 0
            && tokens[at].bits & bits::CAPITAL != 0
            && !index.gap_before(at).contains([',', '?', '!', '—', '–', '-'])
        {
            break;
        }
        if free(at) {
            clause.push(at);
        } else if words > 0 {
            break;
        }
        words += 1;
        at += 1;
    }
    if clause.iter().any(|at| lexicon::is_saying(index.key(*at))) || has_saying_characters(&clause, index) {
        return clause;
    }
    let mut at = first;
    let mut ahead = Vec::new();
    while at > own.start && ahead.len() < 40 {
        at -= 1;
        if !free(at) {
            break;
        }
        ahead.push(at);
        if tokens[at].bits & bits::SENTENCE != 0 {
            break;
        }
    }
    ahead.reverse();
    if ahead.iter().any(|at| lexicon::is_saying(index.key(*at))) || has_saying_characters(&ahead, index) {
        return ahead;
    }
    // Another stretch of the same paragraph carries the attribution for both.
    let whole: Vec<usize> = own.filter(|at| free(*at)).collect();
    if whole.iter().any(|at| lexicon::is_saying(index.key(*at))) {
        return whole;
    }
    clause.extend(ahead);
    clause
}

/// Tokens of a range that stand outside quotation marks.
fn outside(range: &Range<usize>, all: &[Quoted], index: &Index<'_>) -> Vec<usize> {
    let tokens = index.tokens();
    range
        .clone()
        .filter(|at| {
            !all.iter().any(|span| span.range.start <= tokens[*at].start && tokens[*at].start < span.range.end)
        })
        .collect()
}

fn has_saying_characters(clause: &[usize], index: &Index<'_>) -> bool {
    let (Some(first), Some(last)) = (clause.first(), clause.last()) else { return false };
    let text = index.document().slice(index.range(*first..last + 1));
    text.chars().any(fold::is_unspaced) && lexicon::has_saying(text)
}

/// Keys of the capitalised words of a clause.
fn names_in(clause: &[usize], index: &Index<'_>) -> Vec<String> {
    clause
        .iter()
        .filter(|at| {
            let token = &index.tokens()[**at];
            token.kind == Kind::Word
                && token.bits & bits::CAPITAL != 0
                && !lexicon::is_stop_word(index.key(**at))
                && !lexicon::is_pronoun(index.key(**at))
                && !lexicon::is_saying(index.key(**at))
                && super::terms::month(index.key(**at)).is_none()
                && !super::terms::is_weekday(index.key(**at))
        })
        .map(|at| index.key(*at).to_owned())
        .collect()
}

/// The words of the last person named before a token: a run of two or more capitalised words, or one followed by a word
/// of saying.
fn last_person(before: usize, block: usize, index: &Index<'_>) -> Option<Vec<String>> {
    let tokens = index.tokens();
    let from = index.block_tokens(block.saturating_sub(LOOK_BACK)).start;
    let capital = |at: usize| {
        let token = &tokens[at];
        token.kind == Kind::Word
            && token.bits & bits::CAPITAL != 0
            && !lexicon::is_stop_word(index.key(at))
            && !lexicon::is_pronoun(index.key(at))
    };
    let mut at = before;
    while at > from {
        at -= 1;
        if !capital(at) {
            continue;
        }
        let end = at + 1;
        let mut start = at;
        while start > from && capital(start - 1) && tokens[start].bits & (bits::PAUSE | bits::SENTENCE) == 0 {
            start -= 1;
        }
        let said = (end..(end + 2).min(tokens.len()))
            .chain(start.saturating_sub(1)..start)
            .any(|near| lexicon::is_saying(index.key(near)));
        if end - start >= 2 || said {
            return Some((start..end).map(|at| index.key(at).to_owned()).collect());
        }
        at = start;
    }
    None
}

/// Whether the speaker is named in the block of a passage.
pub(super) fn speaker_beside(span: &Range<usize>, asked: &Asked<'_>, index: &Index<'_>) -> bool {
    let Some(name) = asked.claim.speaker.as_deref().and_then(|speaker| Name::new(speaker, index)) else { return false };
    let block = index.block_of(span.start);
    let author = index.document().blocks.get(block).and_then(|block| block.author.as_deref());
    author.is_some_and(|author| name.is_in_text(author, index))
        || name.is_in(&index.block_tokens(block).collect::<Vec<_>>(), index)
}
