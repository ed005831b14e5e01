//! Fictions: what a page shows as played, generated, invented or reported in error.

use std::sync::LazyLock;

use super::clause::language;
use super::negation::is_negation_at;
use super::scene::Scene;
use crate::matching::asked::{self, Asked};
use crate::matching::attribution::{is_name_token, is_saying_at};
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;
use crate::model::Zone;

/// What a page makes of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fiction {
    /// They were not said.
    Untrue,
    /// Somebody says them in a part.
    Played,
    /// Something has somebody say them, or says them in jest.
    Cast,
}

struct Tables {
    made: Phrases<()>,
    from: Phrases<()>,
    work: Phrases<()>,
    plays: Phrases<()>,
    earlier: Phrases<()>,
    unspoken: Phrases<()>,
    cast: Phrases<()>,
    jokes: Phrases<()>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let of = |label| Phrases::class(include_str!("../terms/fictions.txt"), label);
    Tables {
        made: of("made"),
        from: of("from"),
        work: of("work"),
        plays: of("plays"),
        earlier: of("earlier"),
        unspoken: of("unspoken"),
        cast: of("cast"),
        jokes: of("jokes"),
    }
});

/// What the page around a passage makes of it; nothing where it takes it for said.
pub(super) fn fiction(scene: &Scene<'_>, asked: &Asked<'_>) -> Option<Fiction> {
    let around = Words { tokens: scene.lead.iter().chain(&scene.trail).copied().collect(), scene };
    let lead = Words { tokens: scene.lead.clone(), scene };
    let trail = Words { tokens: scene.trail.clone(), scene };
    let tables = &*TABLES;
    let own = Words { tokens: scene.before.iter().chain(&scene.lead).chain(&scene.trail).copied().collect(), scene };
    if scene.in_marks && (around.has_unnegated(&tables.made) || is_made_next(&lead))
        || trail.has(&tables.unspoken)
        || own.has(&tables.earlier) && is_wrong_next(scene)
        || comes_from_a_work(scene)
        || is_rated_untrue(scene)
        || is_played_by_another(&lead, asked)
        || denies_saying_next(scene)
    {
        return Some(Fiction::Untrue);
    }
    if plays_one_who_says(&lead) {
        return Some(Fiction::Played);
    }
    (lead.has(&tables.jokes) && scene.in_marks || is_cast(&lead)).then_some(Fiction::Cast)
}

/// Some words of the page, in reading order.
struct Words<'w> {
    tokens: Vec<usize>,
    scene: &'w Scene<'w>,
}

impl Words<'_> {
    /// The length of the phrase of a table that begins at a word.
    fn at(&self, number: usize, table: &Phrases<()>) -> Option<usize> {
        table
            .at(language(self.scene), |next| self.tokens.get(number + next).map(|at| self.scene.key(*at)))
            .map(|found| found.length)
    }

    fn find(&self, table: &Phrases<()>) -> Option<usize> {
        (0..self.tokens.len()).find(|number| self.at(*number, table).is_some())
    }

    fn has(&self, table: &Phrases<()>) -> bool {
        self.find(table).is_some()
    }

    fn has_unnegated(&self, table: &Phrases<()>) -> bool {
        self.find(table).is_some_and(|number| {
            !self.tokens[number.saturating_sub(3)..number].iter().any(|at| is_negation_at(*at, self.scene.index))
        })
    }

    fn key(&self, number: usize) -> &str {
        self.tokens.get(number).map_or("", |at| self.scene.key(*at))
    }
}

/// `… That was wrong.`, behind what the page itself reported.
fn is_wrong_next(scene: &Scene<'_>) -> bool {
    scene.next_sentence().is_some_and(|sentence| {
        sentence.len() <= 12
            && sentence.clone().any(|at| {
                let key = scene.key(at);
                is_negation_at(at, scene.index)
                    || lexicon::is_denial(key, scene.language)
                    || matches!(
                        key,
                        "wrong"
                            | "incorrect"
                            | "inaccurate"
                            | "mistaken"
                            | "error"
                            | "mistake"
                            | "apologise"
                            | "apologize"
                            | "regret"
                            | "falsch"
                            | "fehler"
                            | "irrtum"
                            | "faux"
                            | "erreur"
                            | "incorrecto"
                            | "errato"
                            | "errore"
                            | "errado"
                            | "erro"
                            | "onjuist"
                            | "fout"
                            | "fel"
                            | "forkert"
                            | "feil"
                            | "bledem"
                            | "blad"
                            | "ошибка"
                            | "ошибкои"
                            | "неверно"
                            | "помилка"
                            | "помилкою"
                    )
            })
    })
}

/// `A screenshot shows her writing “…”. The screenshot was digitally altered.`: what carries the words was made.
fn is_made_next(lead: &Words<'_>) -> bool {
    let scene = lead.scene;
    let Some(sentence) = scene.next_sentence().filter(|sentence| sentence.len() <= 14) else { return false };
    let carrier = sentence.clone().take(3).any(|at| {
        let key = scene.key(at);
        key.chars().count() > 3 && !lexicon::is_stop_word(key) && lead.tokens.iter().any(|near| scene.key(*near) == key)
    });
    carrier && Words { tokens: sentence.collect(), scene }.has_unnegated(&TABLES.made)
}

/// `… That line comes from a novel by …`: an anaphor or a word for words, where it comes from, and a work of fiction.
fn comes_from_a_work(scene: &Scene<'_>) -> bool {
    if !scene.in_marks {
        return false;
    }
    // `The quote “…” comes from an episode of a sitcom.`
    let trail = Words { tokens: scene.trail.iter().copied().take(12).collect(), scene };
    if trail.at(0, &TABLES.from).is_some() && (1..trail.tokens.len()).any(|near| trail.at(near, &TABLES.work).is_some())
    {
        return true;
    }
    let Some(sentence) = scene.next_sentence() else { return false };
    let words = Words { tokens: sentence.take(16).collect(), scene };
    let Some(number) = words.find(&TABLES.from).filter(|number| *number <= 6) else { return false };
    let anaphor = (0..number).any(|before| {
        lexicon::is_utterance(words.key(before))
            || matches!(
                words.key(before),
                "that"
                    | "this"
                    | "it"
                    | "line"
                    | "sentence"
                    | "phrase"
                    | "exchange"
                    | "scene"
                    | "clip"
                    | "das"
                    | "satz"
                    | "spruch"
                    | "replique"
                    | "frase"
                    | "battuta"
                    | "cita"
                    | "citation"
                    | "citazione"
                    | "zin"
                    | "replik"
                    | "zdanie"
                    | "фраза"
                    | "реплика"
                    | "это"
                    | "det"
                    | "dit"
                    | "isso"
                    | "eso"
            )
    });
    let negated = words.tokens[..number].iter().any(|at| is_negation_at(*at, scene.index));
    anaphor
        && !negated
        && (number..(number + 9).min(words.tokens.len())).any(|near| words.at(near, &TABLES.work).is_some())
}

/// A cell of a table whose neighbour rates it: `Claim | Rating`, `“…” | False`.
fn is_rated_untrue(scene: &Scene<'_>) -> bool {
    let index = scene.index;
    let block = index.block_of(scene.span.start);
    let cell = |block: usize| index.document().blocks.get(block).is_some_and(|block| block.zone == Zone::TableCell);
    if !cell(block) || !cell(block + 1) {
        return false;
    }
    let own = index.block_tokens(block);
    let rating = index.block_tokens(block + 1);
    // The passage is what the cell says, and the rating is short.
    2 * scene.span.len() >= own.len()
        && rating.len() <= 8
        && rating.take(3).any(|at| {
            let key = index.key(at);
            let before = at.saturating_sub(1).max(index.block_tokens(block + 1).start)..at;
            let negated = before.clone().any(|at| is_negation_at(at, index));
            !negated
                && (lexicon::is_denial(key, scene.language)
                    || lexicon::is_fabrication(key, scene.language)
                    || matches!(
                        key,
                        "misleading"
                            | "altered"
                            | "irrefuhrend"
                            | "trompeur"
                            | "enganoso"
                            | "fuorviante"
                            | "misleidend"
                    ))
        })
}

/// `a comedian playing Whitfield shouted “…”`: somebody else speaks as the one whom the claim names.
fn is_played_by_another(lead: &Words<'_>, asked: &Asked<'_>) -> bool {
    let Some(speaker) = asked.speaker() else { return false };
    let names = asked::keys(speaker);
    let scene = lead.scene;
    (0..lead.tokens.len()).any(|number| {
        let Some(length) = lead.at(number, &TABLES.plays) else { return false };
        let from = number + length;
        // `After playing Lind, Ruiz said “…”`: whoever is named behind a pause is not the part.
        let mut part =
            (from..(from + 3).min(lead.tokens.len())).take_while(|at| !scene.has(lead.tokens[*at], bits::PAUSE));
        let name = part.find(|at| {
            let token = lead.tokens[*at];
            is_name_token(token, scene.index) && names.iter().any(|name| name == scene.key(token))
        });
        // The verb of saying follows the name without a pause: its subject is whoever plays.
        name.is_some_and(|name| {
            (name..(name + 5).min(lead.tokens.len()))
                .take_while(|at| !scene.has(lead.tokens[*at], bits::PAUSE))
                .any(|at| utters(lead.tokens[at], scene))
        })
    })
}

/// `she plays a diva who screams: “…”`.
fn plays_one_who_says(lead: &Words<'_>) -> bool {
    let scene = lead.scene;
    (0..lead.tokens.len()).any(|number| {
        let Some(length) = lead.at(number, &TABLES.plays) else { return false };
        let from = number + length;
        let who = (from..(from + 7).min(lead.tokens.len())).find(|at| {
            matches!(
                lead.key(*at),
                "who"
                    | "der"
                    | "die"
                    | "qui"
                    | "que"
                    | "che"
                    | "som"
                    | "ktora"
                    | "ktory"
                    | "которая"
                    | "которыи"
                    | "яка"
                    | "якии"
            ) && *at > from
        });
        who.is_some_and(|who| {
            (from..who).all(|at| !scene.has(lead.tokens[at], bits::PAUSE))
                && (who..(who + 5).min(lead.tokens.len()))
                    .any(|at| !scene.has(lead.tokens[at], bits::PAUSE) && utters(lead.tokens[at], scene))
        })
    })
}

/// A verb of saying in the present tense or as a participle, which need not be in the table of attributions.
fn utters(at: usize, scene: &Scene<'_>) -> bool {
    let index = scene.index;
    let key = scene.key(at);
    let base = key.strip_suffix("ed").or_else(|| key.strip_suffix('s')).unwrap_or(key);
    is_saying_at(at, index)
        || matches!(
            base,
            "scream"
                | "shout"
                | "yell"
                | "declare"
                | "declar"
                | "announce"
                | "announc"
                | "thunder"
                | "croon"
                | "rant"
                | "crie"
                | "cri"
                | "whisper"
                | "cry"
                | "mutter"
                | "growl"
                | "bellow"
        )
        || matches!(
            key,
            "schreit"
                | "ruft"
                | "crie"
                | "hurle"
                | "grita"
                | "urla"
                | "roept"
                | "skriker"
                | "raber"
                | "krzyczy"
                | "кричит"
        )
}

/// `one post had her announcing “…”`, `a card has him saying “…”`: what is shown says it, unless it is a record.
fn is_cast(lead: &Words<'_>) -> bool {
    let scene = lead.scene;
    if language(scene) != "en" {
        return false;
    }
    (0..lead.tokens.len()).any(|number| {
        let record = |at: usize| {
            matches!(lead.key(at), "transcript" | "recording" | "record" | "minutes" | "footage" | "tape" | "notes")
        };
        lead.at(number, &TABLES.cast).is_some()
            && (number + 2..(number + 5).min(lead.tokens.len())).any(|at| {
                let key = lead.key(at);
                let saying = key.ends_with("ing")
                    && (is_saying_at(lead.tokens[at], scene.index)
                        || matches!(
                            key,
                            "saying"
                                | "declaring"
                                | "announcing"
                                | "telling"
                                | "claiming"
                                | "vowing"
                                | "promising"
                                | "boasting"
                                | "admitting"
                                | "insisting"
                                | "calling"
                                | "warning"
                                | "shouting"
                        ));
                let somebody = (number + 1..at).all(|between| {
                    is_name_token(lead.tokens[between], scene.index)
                        || lexicon::is_pronoun(lead.key(between))
                        || matches!(
                            lead.key(between),
                            "the" | "mayor" | "minister" | "senator" | "president" | "singer"
                        )
                });
                saying && somebody && !scene.has(lead.tokens[at], bits::PAUSE)
            })
            && !(0..number).any(record)
    })
}

/// `Her office denied that she had used those words.`
fn denies_saying_next(scene: &Scene<'_>) -> bool {
    let Some(sentence) = scene.next_sentence().filter(|sentence| sentence.len() <= 14) else { return false };
    let tokens: Vec<usize> = sentence.collect();
    let index: &Index<'_> = scene.index;
    let denial = tokens.iter().skip(1).position(|at| lexicon::is_denial(scene.key(*at), scene.language));
    let Some(denial) = denial else { return false };
    let behind = &tokens[denial + 2..];
    let negated = tokens.iter().any(|at| is_negation_at(*at, index));
    let used = behind.iter().any(|at| {
        matches!(
            scene.key(*at),
            "using"
                | "used"
                | "saying"
                | "said"
                | "making"
                | "made"
                | "uttering"
                | "uttered"
                | "having"
                | "gesagt"
                | "gebraucht"
                | "verwendet"
                | "dit"
                | "tenu"
                | "prononce"
                | "dicho"
                | "usado"
                | "detto"
                | "usato"
                | "dito"
                | "gezegd"
                | "gebruikt"
                | "sagt"
                | "brukt"
                | "brugt"
        )
    });
    let words = behind.iter().any(|at| {
        let key = scene.key(*at);
        matches!(
            key,
            "so" | "it"
                | "that"
                | "this"
                | "such"
                | "those"
                | "these"
                | "das"
                | "cela"
                | "eso"
                | "isso"
                | "dat"
                | "det"
        ) && behind.last() == Some(at)
            || lexicon::is_utterance(key)
            || matches!(
                key,
                "phrase" | "remark" | "remarks" | "comment" | "comments" | "ausdruck" | "propos" | "expresion"
            )
    });
    used && words && !negated
}
