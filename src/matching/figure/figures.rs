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
    while from < index.tokens().len() {
        let until = part_end(from, PART, index);
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

/// Where the part that begins at a token ends: behind the block in which so many tokens have passed. No figure runs from one
/// block into another.
fn part_end(from: usize, size: usize, index: &Index<'_>) -> usize {
    let count = index.tokens().len();
    if from + size < count { index.block_tokens(index.block_of(from + size)).end } else { count }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Input, Limits, extract};

    fn page(language: &str, body: &str) -> Document {
        let page = format!("<html lang=\"{language}\"><body>{body}</body></html>");
        let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        extract(&input, &Limits::default()).document.expect("has text")
    }

    #[test]
    fn a_page_is_in_the_language_of_its_text_whatever_it_declares() {
        for (language, text) in [
            (
                "en",
                "The council met on Thursday evening to talk about the old bridge, which has been closed since the storm in \
                 spring. Most of those who came wanted it to be mended before the winter, but nobody knew who would pay for \
                 the work.",
            ),
            (
                "de",
                "Der Stadtrat hat am Donnerstagabend über die alte Brücke gesprochen, die seit dem Sturm im Frühjahr gesperrt \
                 ist. Die meisten Besucher wollten, dass sie noch vor dem Winter ausgebessert wird, aber niemand wusste, wer \
                 die Arbeiten bezahlen soll.",
            ),
            (
                "fr",
                "Le conseil municipal a parlé jeudi soir du vieux pont, qui est fermé depuis la tempête du printemps. La plupart \
                 de ceux qui étaient venus voulaient qu’il soit réparé avant l’hiver, mais personne ne savait qui allait payer \
                 les travaux.",
            ),
            (
                "es",
                "El ayuntamiento habló el jueves por la noche del puente viejo, que está cerrado desde la tormenta de la \
                 primavera. La mayoría de los que vinieron quería que se arreglara antes del invierno, pero nadie sabía quién \
                 iba a pagar las obras.",
            ),
            (
                "it",
                "Il consiglio comunale ha parlato giovedì sera del vecchio ponte, che è chiuso dalla tempesta di primavera. La \
                 maggior parte di quelli che sono venuti voleva che fosse riparato prima dell’inverno, ma nessuno sapeva chi \
                 avrebbe pagato i lavori.",
            ),
            (
                "pt",
                "A câmara municipal falou na quinta-feira à noite sobre a ponte velha, que está fechada desde a tempestade da \
                 primavera. A maioria dos que vieram queria que ela fosse reparada antes do inverno, mas ninguém sabia quem \
                 iria pagar as obras.",
            ),
            (
                "nl",
                "De gemeenteraad heeft donderdagavond gesproken over de oude brug, die sinds de zware storm van het voorjaar \
                 gesloten is. Bijna iedereen die naar het stadhuis gekomen was wilde dat de brug nog voor de winter hersteld zou \
                 worden, maar niemand wist hoeveel geld er nodig is.",
            ),
            (
                "ru",
                "Городской совет в четверг вечером говорил о старом мосте, который закрыт после весенней бури. Большинство \
                 пришедших хотело, чтобы его починили ещё до зимы, но никто не знал, кто заплатит за эти работы.",
            ),
            (
                "pl",
                "Rada miejska rozmawiała w czwartek wieczorem o starym moście, który jest zamknięty od wiosennej burzy. \
                 Większość przybyłych chciała, żeby został naprawiony jeszcze przed zimą, ale nikt nie wiedział, kto zapłaci za \
                 te prace.",
            ),
            (
                "zh",
                "市议会星期四晚上讨论了那座旧桥的问题，这座桥自从春天的暴风雨以来一直关闭着。大多数来参加会议的人都希望在冬天之前把它修好，\
                 但是没有人知道谁来支付这项工程的费用。市长说他会在下个月之前给出答案，并且会把所有的账目都公布出来给大家看。",
            ),
            (
                "ja",
                "市議会は木曜日の夜、春の嵐のあとずっと閉鎖されている古い橋について話し合いました。集まった人の多くは冬が来る前に直してほしいと\
                 望んでいましたが、工事の費用をだれが払うのかはだれにもわかりませんでした。",
            ),
            (
                "hi",
                "नगर परिषद ने गुरुवार की शाम को पुराने पुल के बारे में बात की, जो वसंत के तूफान के बाद से बंद है। आए हुए अधिकांश लोग चाहते थे कि सर्दी से \
                 पहले उसकी मरम्मत हो जाए, लेकिन किसी को पता नहीं था कि काम का पैसा कौन देगा।",
            ),
            (
                "ar",
                "تحدث المجلس البلدي مساء الخميس عن الجسر القديم الذي أغلق منذ عاصفة الربيع. وأراد معظم الذين حضروا أن يتم إصلاحه قبل \
                 الشتاء، لكن لم يكن أحد يعرف من سيدفع تكاليف الأعمال.",
            ),
            (
                "el",
                "Το δημοτικό συμβούλιο μίλησε το βράδυ της Πέμπτης για την παλιά γέφυρα, που είναι κλειστή από την καταιγίδα \
                 της άνοιξης. Οι περισσότεροι από όσους ήρθαν ήθελαν να επισκευαστεί πριν από τον χειμώνα.",
            ),
        ] {
            for declared in ["en", "de", "fi"] {
                assert_eq!(language_of(&page(declared, &format!("<p>{text}</p>"))), language, "declared {declared}");
            }
        }
    }

    #[test]
    fn what_a_page_declares_stands_where_its_text_does_not_tell() {
        let english =
            "The council met on Thursday evening to talk about the old bridge, which has been closed since the storm";
        let long = format!(
            "{english} in spring. Most of those who came wanted it to be mended before the winter, and nobody knew who would pay."
        );
        let swedish = "Kommunfullmäktige talade på torsdagskvällen om den gamla bron, som har varit stängd sedan stormen i våras. \
                       De flesta som kom ville att den skulle lagas före vintern, men ingen visste vem som skulle betala arbetet.";
        let finnish = "Kaupunginvaltuusto puhui torstai-iltana vanhasta sillasta, joka on ollut suljettuna kevään myrskystä lähtien. \
                       Useimmat paikalle tulleista halusivat, että se korjataan ennen talvea, mutta kukaan ei tiennyt maksajaa.";
        let numbers = "12 345 678 ".repeat(30);
        for (declared, body, wanted) in [
            // Too little text.
            ("fr", format!("<p>{english}.</p>"), "fr"),
            ("fr", format!("<p>{long}</p>"), "en"),
            // What stands around the article is not its text.
            ("fr", format!("<nav><p>{long}</p></nav><article><p>{}</p></article>", "Non. ".repeat(3)), "fr"),
            // No words.
            ("fr", format!("<p>{numbers}</p>"), "fr"),
            // The languages of the North are taken for each other, but for no others.
            ("da", format!("<p>{swedish}</p>"), "da"),
            ("nb", format!("<p>{swedish}</p>"), "nb"),
            ("sv", format!("<p>{swedish}</p>"), "sv"),
            ("da", format!("<p>{long}</p>"), "en"),
            // A language of which nothing is told.
            ("fi", format!("<p>{finnish}</p>"), "fi"),
            ("xx", format!("<p>{finnish}</p>"), ""),
        ] {
            assert_eq!(language_of(&page(declared, &body)), wanted, "{declared}: {body}");
        }
    }

    #[test]
    fn a_part_ends_behind_the_block_in_which_it_is_full() {
        let document = page("en", "<p>one two three four</p><p>five six seven</p><p>eight nine</p>");
        let index = Index::new(&document);
        for (from, size, wanted) in
            [(0, 2, 4), (0, 3, 4), (0, 4, 7), (4, 1, 7), (4, 3, 9), (0, 8, 9), (0, 9, 9), (7, 2, 9)]
        {
            assert_eq!(part_end(from, size, &index), wanted, "{size} from {from}");
        }
    }
}
