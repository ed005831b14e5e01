//! The figures of a document.

use super::lexeme;
use super::read;
use super::run::{Run, two_letters};
use super::separators::Separators;
use super::vocabulary::Vocabulary;
use crate::matching::index::Index;
use crate::model::figure::Figure;
use crate::model::{Document, Where};

/// Bytes of a page's own text by which its language is told.
const SAMPLE: usize = 4_000;

/// The figures of a document, and how it writes them.
#[derive(Debug)]
pub(in crate::matching) struct Figures {
    pub(super) list: Vec<Figure>,
    pub(super) separators: Separators,
    /// Two letters, or nothing where it is not known.
    pub(super) language: &'static str,
    pub(super) vocabulary: Vocabulary,
}

/// Reads every figure of a document.
pub(in crate::matching) fn of_document(index: &Index<'_>) -> Figures {
    let lexemes = lexeme::of_index(index);
    let document = index.document();
    let language = language_of(document);
    let separators = Separators::of_text(&lexemes, Separators::of_language(language));
    let run = Run { lexemes: &lexemes, separators, language, day: document.published };
    Figures { list: read::read_run(&run), separators, language, vocabulary: Vocabulary::new(index) }
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
