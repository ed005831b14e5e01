//! The figures of a document.

use std::cell::RefCell;
use std::ops::Range;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::kept::Kept;
use super::lexeme::{self, Lexeme, Memo};
use super::read;
use super::run::{Run, two_letters};
use super::separators::Separators;
use super::tables::Tables;
use super::vocabulary::Vocabulary;
use crate::matching::index::Index;
use crate::model::{Document, Where};

/// Bytes of a page's own text by which its language is told.
const SAMPLE: usize = 4_000;

/// The figures of a document, and how it writes them.
#[derive(Debug)]
pub(in crate::matching) struct Figures {
    pub(super) list: Kept,
    pub(super) tables: Tables,
    pub(super) separators: Separators,
    /// Two letters, or nothing where it is not known.
    pub(super) language: &'static str,
    pub(super) vocabulary: Vocabulary,
    /// What the lexemes of sentences were asked, by the tokens of the sentence: the claims of a page ask for the same ones.
    memos: RefCell<HashMap<(usize, usize), Vec<Memo>>>,
}

/// Sentences whose answers are kept: more of them are asked anew.
const MOST_SENTENCES: usize = 2_000;

impl Figures {
    /// The lexemes of a sentence, with what they were asked before.
    pub(super) fn sentence<'i>(&self, tokens: &Range<usize>, index: &'i Index<'_>) -> Vec<Lexeme<'i>> {
        let mut lexemes = lexeme::of_tokens(index, tokens.clone());
        if let Some(memos) = self.memos.borrow().get(&(tokens.start, tokens.end)) {
            lexemes.iter_mut().zip(memos).for_each(|(lexeme, memo)| lexeme.memo = memo.clone());
        }
        lexemes
    }

    /// Keeps what the lexemes of a sentence were asked.
    pub(super) fn remember(&self, tokens: &Range<usize>, lexemes: &[Lexeme<'_>]) {
        let mut memos = self.memos.borrow_mut();
        let full = memos.len() >= MOST_SENTENCES;
        match memos.entry((tokens.start, tokens.end)) {
            Entry::Occupied(mut entry) => {
                entry.get_mut().iter_mut().zip(lexemes).for_each(|(memo, lexeme)| *memo = lexeme.memo.clone());
            }
            Entry::Vacant(entry) if !full => {
                entry.insert(lexemes.iter().map(|lexeme| lexeme.memo.clone()).collect());
            }
            Entry::Vacant(_) => {}
        }
    }
}

/// Tokens that are read at a time: their lexemes take more room than the figures.
const PART: usize = 40_000;

/// Reads every figure of a document.
pub(in crate::matching) fn of_document(index: &Index<'_>) -> Figures {
    let document = index.document();
    let language = language_of(document);
    let separators = Separators::of_forms(lexeme::numbers(index), Separators::of_language(language));
    let mut list = Kept::default();
    let mut from = 0;
    let count = index.tokens().len();
    while from < count {
        // No figure runs from one block into another.
        let until = if count - from <= PART {
            count
        } else {
            let block = index.block_of(from + PART);
            let end = index.block_tokens(block).end;
            end.max(from + 1)
        };
        let lexemes = lexeme::of_tokens(index, from..until);
        let run = Run { lexemes: &lexemes, separators, language, day: document.published };
        read::read_run(&run).into_iter().for_each(|figure| list.push(figure));
        from = until;
    }
    Figures {
        list: list.finish(),
        tables: Tables::new(index),
        separators,
        language,
        vocabulary: Vocabulary::new(index),
        memos: RefCell::default(),
    }
}

/// The language of a document's words: what it declares, unless its text is plainly in another. Templates are copied with the
/// language of their makers.
fn language_of(document: &Document) -> &'static str {
    let declared = two_letters(document.language.as_deref());
    let mut sample = String::new();
    for block in document.blocks.iter().filter(|block| block.zone.place() == Where::Body) {
        if sample.len() >= SAMPLE {
            break;
        }
        let text = document.slice(block.range);
        sample.extend(text.chars().take(SAMPLE));
        sample.push(' ');
    }
    let Some(info) = whatlang::detect(&sample).filter(|info| info.is_reliable() && sample.len() >= 200) else {
        return declared;
    };
    use whatlang::Lang;
    let told = match info.lang() {
        Lang::Eng => "en",
        Lang::Deu => "de",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Ita => "it",
        Lang::Por => "pt",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Pol => "pl",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Hin => "hi",
        Lang::Ara => "ar",
        Lang::Ell => "el",
        _ => declared,
    };
    // Danish, Swedish and Norwegian are taken for each other.
    if matches!(declared, "da" | "sv" | "no" | "nb") && !matches!(told, "en" | "de" | "fr") { declared } else { told }
}
