//! Carriers: the clause that the words stand in denies, supposes, asks or charges them, or negates them at the edge.

use super::negation::{is_idiom, is_negation_at};
use super::refuted;
use super::saying::{Unsaid, unsaid};
use super::scene::{CONDITION_CHARACTERS, Says, Scene, is_that};
use crate::matching::asked::Asked;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::query::Query;
use crate::matching::terms;
use crate::model::Flag;

use std::ops::Range;

/// How far before the passage a carrier may stand, in tokens.
const CARRIER_REACH: usize = 12;
/// How far before the passage its condition may stand.
const CONDITION_REACH: usize = 7;

pub(super) fn carriers(
    span: &Range<usize>,
    query: &Query,
    asked: &Asked<'_>,
    index: &Index<'_>,
    flags: &mut Vec<Flag>,
) {
    let scene = Scene::new(span, index);
    let says = Says::new(asked, index);
    if !says.negation && negated_at_edge(&scene, query) {
        flags.push(Flag::OmitsNegation);
    }
    let unsaid = unsaid(&scene);
    if !says.denial
        && (denied_before(&scene)
            || denied_behind(&scene)
            || unsaid == Some(Unsaid::Denied) && !says.negation
            || no_evidence(&scene) && !says.negation
            || refuted::is_refuted(&scene, &says)
            || is_spaceless(&scene) && refuted::denied_in_characters(&scene))
    {
        flags.push(Flag::Denied);
    }
    if !says.condition && (supposed_before(&scene) || depends(&scene) || unsaid == Some(Unsaid::Supposed)) {
        flags.push(Flag::Conditional);
    }
    if !says.allegation && (alleged(&scene) || unsaid == Some(Unsaid::Alleged) && !says.condition) {
        flags.push(Flag::HedgeDropped);
    }
    if !says.question && is_asked(&scene, query) {
        flags.push(Flag::Question);
    }
}

/// Verbs and adverbs that negate the infinitive behind their `to` (keys).
const NEGATING_VERBS: &[&str] = &[
    "fail",
    "fails",
    "failed",
    "failing",
    "refuse",
    "refuses",
    "refused",
    "refusing",
    "decline",
    "declines",
    "declined",
    "neglect",
    "neglects",
    "neglected",
    "unable",
    "unwilling",
    "yet",
    "reluctant",
    "forgot",
];

/// A negation that belongs to the quoted clause stands right outside the edge.
fn negated_at_edge(scene: &Scene<'_>, query: &Query) -> bool {
    let (span, index) = (&scene.span, scene.index);
    let quote_negates = query.words.first().is_some_and(|word| lexicon::is_negation(&word.key_text));
    let mut at = span.start;
    let mut looked = 0;
    while at > scene.sentence.start && looked < 2 && !scene.has(at, bits::PAUSE | bits::SENTENCE) {
        at -= 1;
        if is_negation_at(at, index) && !is_idiom(at, index) {
            let near = looked == 0
                || lexicon::is_stop_word(index.key(at + 1))
                    && !lexicon::is_saying(index.key(at + 1))
                    && terms::number_word(index.key(at + 1)).is_none();
            if near && !quote_negates {
                return true;
            }
            break;
        }
        looked += 1;
    }
    // `failed to | check`, `refuse to | pay`: verbs that negate what follows them.
    if let Some(to) = span.start.checked_sub(1)
        && to > scene.sentence.start
        && index.key(to) == "to"
        && !scene.has(span.start, bits::PAUSE | bits::SENTENCE)
        && NEGATING_VERBS.contains(&index.key(to - 1))
    {
        return true;
    }
    // Negation right behind the back edge: `wir nehmen das Geld | nicht`, `we can | not`.
    span.end < scene.sentence.end
        && !scene.has(span.end, bits::PAUSE | bits::SENTENCE)
        && is_negation_at(span.end, index)
        && !is_idiom(span.end, index)
        && matches!(index.key(span.end), "nicht" | "niet" | "ikke" | "inte" | "pas" | "not" | "t")
}

/// Tokens before the passage in its clause, the nearest first.
fn leading<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = usize> + 's {
    let mut open = true;
    scene.preceding().take(CARRIER_REACH).take_while(move |at| {
        let here = open;
        // The token that begins the sentence is the last one that counts.
        open = !scene.has(*at, bits::SENTENCE);
        here
    })
}

/// Whether a clause of content is opened between a token and the passage, so that the token governs it.
fn governs(at: usize, scene: &Scene<'_>) -> bool {
    let from = scene.governed_from(at);
    at + 3 >= from
        || (at + 1..from).any(|between| {
            is_that(scene.key(between), scene.language)
                || matches!(
                    scene.key(between),
                    "claims"
                        | "allegations"
                        | "reports"
                        | "having"
                        | "suggestions"
                        | "rumours"
                        | "saying"
                        | "making"
                        | "writing"
                )
        })
}

/// `denied that | …`, `it is a lie that | …`, `contrary to claims that | …`.
fn denied_before(scene: &Scene<'_>) -> bool {
    leading(scene).any(|at| {
        lexicon::is_denial(scene.key(at), scene.language)
            && !(scene.pause_between(at))
            && governs(at, scene)
            && !(at.saturating_sub(2)..at).any(|before| is_negation_at(before, scene.index))
            && !is_noun_in_the_way(at, scene)
    })
}

/// `false teeth | …`: what is called false is the next noun, and the passage only follows it.
fn is_noun_in_the_way(at: usize, scene: &Scene<'_>) -> bool {
    matches!(scene.key(at), "false" | "fake" | "absurd" | "falsch" | "fausse" | "falsa")
        && scene.span.start == at + 1
        && !scene.in_marks
}

/// `… is a lie`, `…, he denied saying`.
fn denied_behind(scene: &Scene<'_>) -> bool {
    let index = scene.index;
    let copula = |at: usize| {
        matches!(
            scene.key(at),
            "is" | "are"
                | "was"
                | "were"
                | "ist"
                | "sind"
                | "war"
                | "est"
                | "sont"
                | "etait"
                | "es"
                | "son"
                | "era"
                | "e"
                | "sono"
                | "jest"
                | "sa"
                | "byla"
                | "to"
                | "it"
                | "bylo"
                | "ar"
                | "er"
                | "это"
        )
    };
    let after: Vec<usize> = scene.following().take(6).collect();
    let Some(first) = after.first().copied() else { return false };
    let negated = after.iter().any(|at| is_negation_at(*at, index));
    let untrue = |at: &usize| {
        matches!(
            scene.key(*at),
            "lie"
                | "lies"
                | "false"
                | "untrue"
                | "nonsense"
                | "hoax"
                | "fabrication"
                | "myth"
                | "luge"
                | "unwahr"
                | "falsch"
                | "unsinn"
                | "faux"
                | "mensonge"
                | "mentira"
                | "falso"
                | "falsa"
                | "bugia"
                | "nieprawda"
                | "klamstwo"
                | "ложь"
                | "неправда"
                | "leugen"
                | "onwaar"
                | "logn"
                | "osant"
                | "lez"
                | "брехня"
                | "ψεμα"
                | "yalan"
                | "झूठ"
        )
    };
    // Slavic languages and those that put the verb last need no copula.
    let bare = matches!(scene.language, "ru" | "uk" | "pl" | "cs" | "tr" | "hi" | "ar" | "ko");
    if (copula(first) || after.iter().take(2).any(|at| copula(*at)) || bare && scene.in_marks)
        && after.iter().any(untrue)
        && !negated
    {
        return true;
    }
    // Languages that put the verb last deny behind the words.
    let last_verb = matches!(scene.language, "tr" | "hi" | "ko" | "ja");
    last_verb && scene.following().take(CARRIER_REACH).any(|at| lexicon::is_denial(scene.key(at), scene.language))
}

/// `there is no evidence that`, `it is not true that`.
fn no_evidence(scene: &Scene<'_>) -> bool {
    leading(scene).take(CONDITION_REACH).any(|at| {
        matches!(
            scene.key(at),
            "evidence"
                | "true"
                | "truth"
                | "proof"
                | "sign"
                | "indication"
                | "beweise"
                | "beweis"
                | "belege"
                | "hinweise"
                | "preuve"
                | "preuves"
                | "vrai"
                | "prueba"
                | "pruebas"
                | "cierto"
                | "verdad"
                | "prova"
                | "prove"
                | "vero"
                | "verdade"
                | "wahr"
                | "bewijs"
                | "waar"
                | "dowodow"
                | "prawda"
                | "доказательств"
                | "правда"
                | "bevis"
                | "sant"
                | "доказів"
        ) && (at.saturating_sub(4)..at).any(|before| is_negation_at(before, scene.index))
            && (at + 1..scene.governed_from(at)).any(|between| is_that(scene.key(between), scene.language))
    })
}

/// `if | …`: the passage stands in the clause that supposes.
fn supposed_before(scene: &Scene<'_>) -> bool {
    leading(scene)
        .take_while(|at| at + CONDITION_REACH >= scene.governed_from(*at))
        .any(|at| is_condition_at(at, scene) && !scene.pause_between(at))
}

/// Whether a token opens a condition: a word of the class that is no idiom, or one that is a condition only where it opens a
/// clause.
pub(super) fn is_condition_at(at: usize, scene: &Scene<'_>) -> bool {
    is_condition(at, scene.language, scene.index)
}

pub(super) fn is_condition(at: usize, language: &str, index: &Index<'_>) -> bool {
    let key = index.key(at);
    let opens = index.tokens()[at].bits & (bits::SENTENCE | bits::PAUSE) != 0;
    let next = if at + 1 < index.tokens().len() { index.key(at + 1) } else { "" };
    let word = lexicon::is_condition(key, language)
        || language == "fr" && key == "s" && matches!(next, "il" | "ils")
        || opens && matches!((language, key), ("it" | "pt", "se") | ("nl", "als") | ("sv" | "da" | "no", "om"));
    if !word || language == "es" && index.form(at).contains('í') {
        return false;
    }
    let before = at.checked_sub(1).filter(|_| !opens).map_or("", |before| index.key(before));
    let compares = matches!(
        before,
        "even"
            | "as"
            | "what"
            | "selbst"
            | "auch"
            | "meme"
            | "comme"
            | "incluso"
            | "anche"
            | "mesmo"
            | "zelfs"
            | "даже"
            | "nawet"
            | "aven"
            | "selv"
    );
    let small = matches!(next, "any" | "anything" | "ever" | "necessary" | "possible" | "needed" | "applicable")
        || key == "if" && matches!(next, "not" | "so" | "only");
    !compares && !small
}

/// The passage is what a condition leads to, and the condition stands outside: `if the council votes, | we will go`, `we will go |
/// unless the council votes`.
fn depends(scene: &Scene<'_>) -> bool {
    let (span, index) = (&scene.span, scene.index);
    // Behind the passage, in the same sentence: right away, or after `only`.
    let tail = (span.end..scene.sentence.end).take(2);
    for at in tail {
        if scene.has(at, bits::SENTENCE) {
            break;
        }
        if is_condition_at(at, scene) {
            return true;
        }
        if !matches!(scene.key(at), "only" | "but" | "nur" | "aber" | "seulement" | "solo" | "chyba" | "es") {
            break;
        }
    }
    let phrase = |words: &[&str]| {
        words.iter().enumerate().all(|(number, word)| {
            index.tokens().get(span.end + number).is_some() && index.key(span.end + number) == *word
        })
    };
    let unless: &[&[&str]] = &[
        &["es", "sei", "denn"],
        &["a", "moins", "que"],
        &["a", "condition", "que"],
        &["a", "menos", "que"],
        &["a", "no", "ser"],
        &["salvo", "que"],
        &["a", "meno", "che"],
        &["a", "patto", "che"],
        &["a", "condizione", "che"],
        &["a", "condicao", "de"],
        &["desde", "que"],
        &["chyba", "ze"],
        &["pod", "warunkiem"],
        &["при", "условии"],
        &["только", "если"],
        &["as", "long", "as"],
        &["so", "long", "as"],
        &["on", "condition"],
        &["in", "case"],
    ];
    let desde = |phrase: &[&str]| phrase != ["desde", "que"] || scene.language == "pt";
    if span.end < scene.sentence.end
        && !scene.has(span.end, bits::SENTENCE)
        && unless.iter().any(|words| desde(words) && phrase(words))
    {
        return true;
    }
    // Before the passage: the sentence begins with the condition, and the passage is its main clause.
    let consequent = scene.has(span.start, bits::PAUSE)
        || matches!(
            span.start.checked_sub(1).map(|at| index.key(at)),
            Some("then" | "dann" | "alors" | "entonces" | "allora")
        );
    let first = scene.sentence.start;
    let opener = (first..span.start).take(2).find(|at| {
        *at == first
            || matches!(index.key(first), "and" | "but" | "und" | "aber" | "et" | "mais" | "y" | "pero" | "only")
    });
    let spoken = |at: usize| {
        matches!((index.key(at), index.tokens().get(at + 1).map(|_| index.key(at + 1))), ("if", Some("you" | "i")))
    };
    if consequent
        && let Some(at) = opener
        && (is_condition_at(at, scene)
            || (at == first
                && span.start > first + 1
                && matches!(index.key(first), "and" | "but" | "und" | "aber")
                && is_condition_at(first + 1, scene)))
        && !spoken(at)
    {
        // `If it rains, we stay, and | we sing`: the main clause begins behind the first pause.
        let pauses = (first + 1..=span.start).filter(|at| scene.has(*at, bits::PAUSE)).count();
        return pauses == 1;
    }
    is_spaceless(scene) && {
        let before = scene.index.document().slice(index.range(first..span.start.max(first)));
        let before = before.trim();
        CONDITION_CHARACTERS.iter().any(|word| before.starts_with(word))
            || scene.following_text().trim_start_matches(['，', '、', ',']).starts_with("除非")
    }
}

/// `is alleged to have | …`, `rumours that | …`, `… | prosecutors allege`.
fn alleged(scene: &Scene<'_>) -> bool {
    let before = leading(scene).any(|at| {
        lexicon::is_allegation(scene.key(at), scene.language)
            && !scene.pause_between(at)
            && (at + 4 >= scene.governed_from(at) || governs(at, scene))
    });
    // Behind the words only what says so of the whole: `…, it is alleged`, `…, allegedly`.
    before
        || scene.following().take(4).any(|at| {
            matches!(
                scene.key(at),
                "allegedly"
                    | "alleged"
                    | "allege"
                    | "alleges"
                    | "rumour"
                    | "rumours"
                    | "rumor"
                    | "rumors"
                    | "supposedly"
                    | "unconfirmed"
                    | "angeblich"
                    | "geruchten"
                    | "pretendument"
                    | "rumeur"
                    | "rumeurs"
                    | "supuestamente"
                    | "presuntamente"
                    | "rumores"
                    | "alegadamente"
                    | "presumibilmente"
                    | "rzekomo"
                    | "podobno"
                    | "якобы"
                    | "слухам"
                    | "нібито"
                    | "vermeend"
                    | "iddia"
            ) && !scene.has(at, bits::SENTENCE)
                && scene
                    .following()
                    .next()
                    .is_some_and(|first| first == at || scene.has(first, bits::PAUSE) || scene.in_marks)
        })
}

/// Whether the sentence that the passage ends in is a question whose mark stands outside the passage.
fn is_asked(scene: &Scene<'_>, query: &Query) -> bool {
    let index = scene.index;
    let tokens = index.tokens();
    if query.words.iter().any(|word| word.text == "?") {
        return false;
    }
    let span = &scene.span;
    let block = index.block_tokens(index.block_of(span.end - 1));
    // The mark is a token of its own right before the next sentence.
    let mark = |at: usize| at < block.end && tokens[at].kind == Kind::Sign && matches!(index.form(at), "?" | "؟");
    let inside = |at: usize| {
        (span.end..=at).any(|at| tokens[at].bits & bits::QUOTE_MARK != 0 && tokens[at].bits & bits::APOSTROPHE == 0)
    };
    let end = scene.sentence.end;
    for at in [end, end.wrapping_sub(1)] {
        if mark(at) && at >= span.end && !inside(at) {
            return true;
        }
    }
    // `Did she say “…”?`: the mark stands behind the closing quotation mark, and a clause before it carries the words.
    let next = scene.trail.last().map_or_else(|| scene.after.last().map_or(span.end, |last| last + 1), |last| last + 1);
    let closing = scene.trail.iter().copied().find(|at| mark(*at)).or_else(|| mark(next).then_some(next));
    closing.is_some_and(&inside) && scene.in_marks && !scene.lead.is_empty() && !is_presupposed(scene)
}

/// `Why did she say “…”?` takes for granted that she did.
fn is_presupposed(scene: &Scene<'_>) -> bool {
    scene.lead.first().is_some_and(|at| {
        matches!(
            scene.key(*at),
            "why"
                | "warum"
                | "pourquoi"
                | "por"
                | "perche"
                | "waarom"
                | "dlaczego"
                | "почему"
                | "чому"
                | "varfor"
                | "hvorfor"
        )
    })
}

fn is_spaceless(scene: &Scene<'_>) -> bool {
    scene.index.tokens()[scene.span.start].kind == Kind::Character
}
