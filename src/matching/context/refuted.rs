//! Quotations that a page shows in order to refute them: corrections, retractions, fact-checks, satire, and a next sentence
//! that takes them back.

use super::fabricated::{is_attributing, is_made_up, is_wrongly, negated, says_made_up};
use super::negation::is_negation_at;
use super::says::Says;
use super::scene::{DENIAL_CHARACTERS, DENIED_BEHIND, Scene, is_quoted, sentence_at};
use crate::matching::attribution::is_saying_at;
use crate::matching::lexicon;
use crate::model::{Where, Zone};

/// How many blocks behind a claim its verdict may stand.
const VERDICT_REACH: usize = 3;

/// Whether the page around a passage takes it back.
pub(super) fn is_refuted(scene: &Scene<'_>, says: &Says) -> bool {
    says_made_up(scene)
        || is_corrected(scene)
        || next_sentence(scene, says)
        || is_fact_checked(scene)
        || is_satire(scene)
}

/// `An earlier version of this article quoted her as saying “…”`, and what a correction says was wrong.
fn is_corrected(scene: &Scene<'_>) -> bool {
    let around: Vec<usize> =
        scene.lead.iter().chain(&scene.before).chain(&scene.after).chain(&scene.trail).copied().collect();
    let version = around.windows(2).any(|pair| {
        matches!(
            scene.key(pair[0]),
            "earlier"
                | "previous"
                | "original"
                | "first"
                | "fruheren"
                | "fruhere"
                | "vorigen"
                | "ursprunglichen"
                | "eerdere"
                | "poprzedniej"
                | "wczesniejszej"
                | "предыдущеи"
                | "первоначальнои"
                | "tidigare"
                | "tidligere"
                | "versione"
                | "version"
                | "versao"
        ) && matches!(
            scene.key(pair[1]),
            "version"
                | "versions"
                | "fassung"
                | "versie"
                | "wersji"
                | "версии"
                | "utgava"
                | "udgave"
                | "precedente"
                | "anterior"
                | "anterieure"
                | "initiale"
                | "edition"
        )
    });
    let block = scene.index.block_of(scene.span.start);
    let zone = scene.index.document().blocks.get(block).map(|block| block.zone);
    let wrong = around.iter().any(|at| {
        is_wrongly(scene.key(*at)) || matches!(scene.key(*at), "misstated" | "misquoted" | "instead" | "rather")
    });
    // What an earlier version `did not say` is no longer wrong.
    (version
        && around.iter().any(|at| {
            is_saying_at(*at, scene.index)
                || is_attributing(scene.key(*at))
                || matches!(
                    scene.key(*at),
                    "saying" | "included" | "contained" | "gave" | "carried" | "attributing" | "quoting"
                )
        })
        || zone == Some(Zone::Correction) && (wrong || is_called_wrong_behind(scene)))
        && !around.iter().any(|at| matches!(scene.key(*at), "omitted" | "missing"))
}

/// Words of the sentence behind a quotation of a notice that calls it wrong.
const WRONG: usize = 12;

/// `“…” That was wrong.`, in a notice of correction.
fn is_called_wrong_behind(scene: &Scene<'_>) -> bool {
    let index = scene.index;
    let last = scene.end();
    let own = index.block_tokens(index.block_of(scene.span.start));
    if !own.contains(&last) {
        return false;
    }
    let sentence = sentence_at(last, index);
    let calls = |at: usize| {
        matches!(
            index.key(at),
            "wrong"
                | "incorrect"
                | "false"
                | "error"
                | "mistake"
                | "inaccurate"
                | "falsch"
                | "unrichtig"
                | "fehler"
                | "faux"
                | "inexact"
                | "incorrecte"
                | "erreur"
                | "falso"
                | "incorrecto"
                | "incorreto"
                | "errado"
                | "erro"
                | "sbagliato"
                | "errato"
                | "errore"
                | "onjuist"
                | "fout"
                | "forkert"
                | "fejl"
                | "fel"
                | "felaktigt"
                | "feil"
                | "bledne"
                | "blad"
                | "nieprawda"
                | "неверно"
                | "ошибка"
                | "ошибкои"
                | "неправильно"
                | "помилка"
                | "spatne"
                | "chyba"
                | "yanlis"
                | "λαθοσ"
        )
    };
    sentence.len() <= WRONG && sentence.clone().any(calls) && !sentence.clone().any(|at| is_negation_at(at, index))
}

/// The sentence behind the passage takes it back: `That is a lie.`, `She never said that.`
fn next_sentence(scene: &Scene<'_>, says: &Says) -> bool {
    let index = scene.index;
    let block = index.block_of(scene.span.end - 1);
    let Some(sentence) = scene.next_sentence().filter(|sentence| sentence.len() <= 14) else { return false };
    let next = sentence.start;
    let own = next < index.block_tokens(block).end;
    if !own && index.document().blocks[block + 1].zone.place() != Where::Body {
        return false;
    }
    let tokens: Vec<usize> = sentence.clone().collect();
    let key = |at: &usize| index.key(*at);
    // `Officials deny that 300 people …` denies what it says itself.
    let opens_clause = |at: usize| {
        key(&at) == "that" && at > next && lexicon::is_denial(key(&(at - 1)), scene.language) && at + 2 < sentence.end
    };
    // `I do not say that she misled the House.`
    let says_what = |at: usize| {
        key(&at) == "that"
            && at > next
            && at + 3 < sentence.end
            && (is_saying_at(at - 1, index) || matches!(key(&(at - 1)), "say" | "saying" | "claim" | "suggest"))
            && (matches!(key(&(at + 1)), "the" | "there" | "a" | "an" | "my" | "our" | "their" | "his" | "her")
                || lexicon::is_pronoun(key(&(at + 1))))
    };
    let points_back = tokens.iter().filter(|at| !opens_clause(**at) && !says_what(**at)).any(|at| {
        matches!(
            key(at),
            "that"
                | "this"
                | "it"
                | "those"
                | "these"
                | "such"
                | "quote"
                | "quotation"
                | "claim"
                | "statement"
                | "words"
                | "das"
                | "dies"
                | "es"
                | "zitat"
                | "behauptung"
                | "so"
                | "c"
                | "ce"
                | "cela"
                | "ca"
                | "eso"
                | "esto"
                | "cita"
                | "isso"
                | "isto"
                | "questo"
                | "cio"
                | "dat"
                | "citaat"
                | "to"
                | "det"
                | "это"
                | "этого"
                | "цитата"
                | "це"
                | "ذلك"
                | "هذا"
                | "यह"
        )
    });
    let negation = tokens.iter().any(|at| is_negation_at(*at, index))
        || tokens.windows(2).any(|pair| (key(&pair[0]), key(&pair[1])) == ("no", "such"));
    let uttered = tokens.iter().position(|at| {
        is_saying_at(*at, index)
            || matches!(
                key(at),
                "say"
                    | "gesagt"
                    | "dit"
                    | "dicho"
                    | "dito"
                    | "detto"
                    | "gezegd"
                    | "сказал"
                    | "говорил"
                    | "говорила"
                    | "powiedzial"
            )
    });
    let made_up = tokens
        .iter()
        .any(|at| lexicon::is_fabrication(key(at), scene.language) || key(at) == "misquoted" || is_made_up(*at, index));
    // `That is a lie`, `That is not true`; `That is no lie` says it again.
    let called_untrue =
        tokens.iter().any(|at| lexicon::is_denial(key(at), scene.language) && !is_rejecting(key(at))) && !negation;
    let not_true = negation && tokens.iter().any(|at| is_truth(key(at)));
    // What somebody else is quoted with there says nothing of the passage: `Lind agreed: “We cannot say that …”`.
    let free = |at: &usize| !is_quoted(*at, index);
    let outside = tokens.iter().any(|at| free(at) && is_negation_at(*at, index));
    // `She never said that` denies the saying; `She added that nobody had asked` says something that is denied.
    let denied_first = uttered.is_some_and(|said| {
        tokens.len() <= 5 || tokens[..said].iter().any(|at| free(at) && is_negation_at(*at, index))
    });
    let never_said = points_back
        && outside
        && denied_first
        && !tokens.iter().any(|at| matches!(key(at), "why" | "when" | "how" | "where" | "who"));
    if never_said && tokens.len() <= 10 || made_up && points_back && !negation {
        return true;
    }
    // Whether it is true is another matter than whether somebody said it.
    !says.attribution && points_back && tokens.len() <= 9 && (called_untrue || not_true)
}

/// Words for true, that a negation turns.
fn is_truth(key: &str) -> bool {
    matches!(
        key,
        "true"
            | "wahr"
            | "vrai"
            | "verdad"
            | "verdade"
            | "vero"
            | "waar"
            | "sant"
            | "sandt"
            | "prawda"
            | "правда"
            | "stimmt"
    )
}

/// Denials that somebody utters, as against words that call a thing untrue.
fn is_rejecting(key: &str) -> bool {
    key.ends_with("ed") || key.ends_with("es") && key != "lies" || key.ends_with("ing")
}

/// A fact-check: `Claim: …` with a verdict behind it, or words under the label of a myth or a rumour.
fn is_fact_checked(scene: &Scene<'_>) -> bool {
    let index = scene.index;
    let block = index.block_of(scene.span.start);
    let label = |block: usize| {
        let own = index.block_tokens(block);
        let first = own.clone().next()?;
        let alone = own.len() <= 2;
        let colon = (own.start + 1..own.end.min(own.start + 4)).any(|at| index.gap_before(at).contains([':', '：']));
        let text = index.document().slice(index.document().blocks[block].range);
        (alone || colon || text.trim_end().ends_with(':') && own.len() <= 5).then(|| index.key(first))
    };
    let own = label(block)
        .or_else(|| block.checked_sub(1).filter(|before| index.block_tokens(*before).len() <= 4).and_then(label));
    let text = index.document().slice(index.document().blocks[block].range);
    let rumour = own.is_some_and(|key| {
        matches!(
            key,
            "myth"
                | "hoax"
                | "rumour"
                | "rumor"
                | "fiction"
                | "fake"
                | "mythos"
                | "gerucht"
                | "falschmeldung"
                | "mythe"
                | "intox"
                | "rumeur"
                | "bulo"
                | "mito"
                | "bufala"
                | "boato"
                | "fabel"
                | "myt"
                | "mit"
                | "plotka"
                | "миф"
                | "слух"
                | "міф"
                | "фейк"
                | "إشاعة"
                | "خرافة"
                | "मिथक"
                | "अफवाह"
                | "hoaks"
                | "mitos"
        )
    }) || ["谣言：", "传言：", "误区：", "デマ：", "流言："].iter().any(|label| text.starts_with(label));
    if rumour {
        return true;
    }
    let claim = own.is_some_and(|key| {
        matches!(
            key,
            "claim"
                | "claims"
                | "viral"
                | "behauptung"
                | "affirmation"
                | "afirmacion"
                | "alegacao"
                | "affermazione"
                | "bewering"
                | "twierdzenie"
                | "pastaende"
                | "pastand"
                | "утверждение"
                | "твердження"
                | "ادعاء"
                | "दावा"
                | "klaim"
                | "iddia"
        )
    });
    if !claim {
        return false;
    }
    let blocks = index.document().blocks.len();
    (block..(block + 1 + VERDICT_REACH).min(blocks)).any(|block| {
        let from =
            if block == index.block_of(scene.span.start) { scene.span.end } else { index.block_tokens(block).start };
        let to = index.block_tokens(block).end;
        (from..to.min(from + 12)).any(|at| {
            let key = index.key(at);
            (lexicon::is_denial(key, scene.language)
                || matches!(key, "misleading" | "irrefuhrend" | "trompeur" | "enganoso" | "fuorviante" | "misleidend"))
                && !negated(at, index)
        })
    })
}

/// Words by which a page calls itself satire.
const SATIRE: &[&str] = &[
    "satire",
    "satira",
    "satir",
    "parody",
    "parodie",
    "parodia",
    "сатира",
    "satyra",
    "hiciv",
    "satirical",
    "satirisch",
    "satirische",
    "satirique",
    "satirico",
    "satirica",
];

/// Whether the page calls itself satire, in a label of its own or in a sentence about itself.
fn is_satire(scene: &Scene<'_>) -> bool {
    let index = scene.index;
    SATIRE.iter().flat_map(|word| index.places(index.key_number(word))).any(|at| {
        let block = index.block_of(*at as usize);
        let zone = index.document().blocks[block].zone;
        if !matches!(
            zone,
            Zone::Deck
                | Zone::Byline
                | Zone::Subheading
                | Zone::Correction
                | Zone::Paragraph
                | Zone::Footnote
                | Zone::Footer
        ) {
            return false;
        }
        let own = index.block_tokens(block);
        if own.len() > 40 {
            return false;
        }
        // One word in a footer is a link to a section.
        let label = own.len() <= 2 && zone != Zone::Footer;
        let itself = own.clone().take(12).any(|at| {
            matches!(
                index.key(at),
                "this"
                    | "dieser"
                    | "dieses"
                    | "diese"
                    | "dies"
                    | "cet"
                    | "cette"
                    | "ceci"
                    | "este"
                    | "esta"
                    | "questo"
                    | "questa"
                    | "dit"
                    | "deze"
                    | "denna"
                    | "denne"
                    | "ten"
                    | "ta"
                    | "этот"
                    | "эта"
                    | "это"
            )
        });
        label || itself && !own.clone().any(|at| is_negation_at(at, index))
    })
}

/// Whether the text beside a passage in a script without spaces denies it.
pub(super) fn denied_in_characters(scene: &Scene<'_>) -> bool {
    let (before, after) = (since_last_said(scene), scene.following_text());
    let next = after.trim_start_matches(['」', '』', '”', '’', '》', ' ']);
    DENIAL_CHARACTERS.iter().any(|word| before.contains(word) || after.contains(word))
        || DENIED_BEHIND.iter().any(|word| next.starts_with(word))
        || denied_by_verb(next)
        || ["不认为", "不認為", "不相信", "不同意", "不承认", "并不觉得"].iter().any(|word| {
            // Right before the words, but for the conjunction or the mark.
            before.trim_end_matches(['“', '「', '‘', ' ']).ends_with(word)
        })
}

/// The text before a passage in its sentence; where another quotation stands there, and words of saying behind it, only what
/// stands behind that.
fn since_last_said<'s>(scene: &Scene<'s>) -> &'s str {
    let before = scene.preceding_text();
    let closing = before.rfind(['”', '」', '』', '»']).filter(|_| scene.in_marks);
    closing.map_or(before, |at| {
        let rest = &before[at..];
        if lexicon::has_saying(rest) { rest } else { before }
    })
}

/// `…とは一度も言っていない`: the passage is the topic of a verb that is negated.
fn denied_by_verb(behind: &str) -> bool {
    let topic = ["とは", "などとは", "なんて", "なんてことは"].iter().find_map(|topic| behind.strip_prefix(topic));
    topic.is_some_and(|rest| {
        let clause: String =
            rest.chars().take(DENYING).take_while(|c| !matches!(c, '、' | '。' | '」' | '，')).collect();
        ["ない", "なかった", "ません", "なく"].iter().any(|negation| clause.contains(negation))
    })
}

/// How far behind a topic the verb that denies it may end, in characters.
const DENYING: usize = 18;
