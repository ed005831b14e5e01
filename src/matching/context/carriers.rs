//! Carriers: the clause that the words stand in denies, supposes, asks or charges them, or negates them at the edge.

use std::ops::Range;

use super::negation::{is_idiom, is_negation_at};
use crate::matching::asked::Asked;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::query::Query;
use crate::matching::terms;
use crate::model::Flag;

/// Words that deny what follows them in their clause (keys).
const DENIALS: &[&str] = &[
    "denied",
    "denies",
    "deny",
    "denying",
    "lie",
    "lies",
    "false",
    "falsely",
    "untrue",
    "fabricated",
    "hoax",
    "nonsense",
    "rubbish",
    "absurd",
    "ridiculous",
    "incorrect",
    "bogus",
    "myth",
    "refuted",
    "refutes",
    "debunked",
    "baseless",
    "unfounded",
    "rejected",
    "rejects",
    "dismissed",
    "dismisses",
    "disputed",
    "disputes",
    "wrongly",
    "fake",
    "leugnet",
    "leugnete",
    "bestreitet",
    "bestritt",
    "dementiert",
    "dementierte",
    "luge",
    "falsch",
    "unwahr",
    "zuruckgewiesen",
    "dementi",
    "nie",
    "nient",
    "dementent",
    "faux",
    "fausse",
    "mensonge",
    "refute",
    "conteste",
    "nego",
    "niega",
    "niegan",
    "negaron",
    "desmintio",
    "desmiente",
    "falso",
    "falsa",
    "mentira",
    "rechazo",
    "negou",
    "nega",
    "desmentiu",
    "falsita",
    "smentito",
    "smentisce",
    "nega",
    "negato",
    "falso",
    "bugia",
    "ontkende",
    "ontkent",
    "onwaar",
    "leugen",
    "zaprzeczyl",
    "zaprzecza",
    "zaprzeczyla",
    "nieprawda",
    "klamstwo",
    "falszywe",
    "fornekade",
    "fornekar",
    "nekade",
    "nekar",
    "dementerade",
    "benaegter",
    "benaegtede",
    "afviste",
    "afviser",
    "yalanladi",
    "نفى",
    "نفت",
    "popiera",
    "poprel",
    "poprela",
    "nepravda",
    "lez",
    "отрицает",
    "отрицал",
    "отрицала",
    "опроверг",
    "опровергла",
    "опровергает",
    "ложь",
    "ложное",
    "неправда",
    "διεψευσε",
    "αρνηθηκε",
    "αρνειται",
    "ψεμα",
    "ψευδεσ",
];

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

/// Openers of a clause that supposes (keys).
pub(super) const CONDITIONS: &[&str] = &[
    "if",
    "unless",
    "whether",
    "provided",
    "supposing",
    "assuming",
    "hypothetically",
    "suppose",
    "imagine",
    "pretend",
    "wish",
    "wishes",
    "wenn",
    "falls",
    "sofern",
    "ob",
    "si",
    "se",
    "als",
    "indien",
    "jesli",
    "jezeli",
    "gdyby",
    "czy",
    "pokud",
    "jestlize",
    "kdyby",
    "если",
    "εαν",
    "αν",
    "jika",
    "kalau",
    "hvis",
    "om",
];

/// Words that say a thing is charged or rumoured (keys).
const ALLEGATIONS: &[&str] = &[
    "allegedly",
    "alleged",
    "alleges",
    "alleging",
    "reportedly",
    "rumoured",
    "rumored",
    "rumour",
    "rumor",
    "rumours",
    "rumors",
    "supposedly",
    "purportedly",
    "accused",
    "accuses",
    "accusing",
    "charged",
    "suspected",
    "unconfirmed",
    "apparently",
    "angeblich",
    "mutmasslich",
    "vorgeworfen",
    "beschuldigt",
    "pretendument",
    "accuse",
    "presume",
    "presumee",
    "supuestamente",
    "presuntamente",
    "presunto",
    "presunta",
    "acusado",
    "acusada",
    "alegadamente",
    "supostamente",
    "presumibilmente",
    "accusato",
    "accusata",
    "rzekomo",
    "oskarzony",
    "podobno",
    "udajne",
    "якобы",
    "обвиняется",
    "обвиняют",
    "φερεται",
    "vermeend",
    "naar",
];

/// How far before the passage a carrier may stand, in tokens.
const CARRIER_REACH: usize = 9;

/// Whether the statement itself says one of these words.
fn says(asked: &Asked<'_>, words: &[&str]) -> bool {
    asked.statement_keys.iter().any(|key| words.contains(&key.as_str()))
}

pub(super) fn carriers(
    span: &Range<usize>,
    query: &Query,
    asked: &Asked<'_>,
    index: &Index<'_>,
    flags: &mut Vec<Flag>,
) {
    let tokens = index.tokens();
    let sentence = index.sentence(span);
    let before = sentence.start.max(span.start.saturating_sub(CARRIER_REACH))..span.start;
    let quote_negates = query.words.first().is_some_and(|word| lexicon::is_negation(&word.key_text));
    // Negation right at the front edge, in the same clause.
    let mut at = span.start;
    let mut looked = 0;
    while at > sentence.start && looked < 2 && tokens[at].bits & (bits::PAUSE | bits::SENTENCE) == 0 {
        at -= 1;
        if is_negation_at(at, index) && !is_idiom(at, index) {
            let near = looked == 0
                || lexicon::is_stop_word(index.key(at + 1)) && terms::number_word(index.key(at + 1)).is_none();
            if near && !quote_negates && !says_negation(asked) {
                flags.push(Flag::OmitsNegation);
            }
            break;
        }
        looked += 1;
    }
    // `failed to | check`, `refuse to | pay`: verbs that negate what follows them.
    if let Some(to) = span.start.checked_sub(1)
        && to > sentence.start
        && index.key(to) == "to"
        && tokens[span.start].bits & (bits::PAUSE | bits::SENTENCE) == 0
        && NEGATING_VERBS.contains(&index.key(to - 1))
        && !says(asked, NEGATING_VERBS)
        && !says_negation(asked)
    {
        flags.push(Flag::OmitsNegation);
    }
    // Negation right behind the back edge: `wir nehmen das Geld | nicht`, `we can | not`.
    if span.end < sentence.end
        && tokens[span.end].bits & (bits::PAUSE | bits::SENTENCE) == 0
        && is_negation_at(span.end, index)
        && !is_idiom(span.end, index)
    {
        let key = index.key(span.end);
        let german = matches!(key, "nicht" | "niet" | "ikke" | "inte" | "pas" | "not" | "t");
        if german && !says_negation(asked) {
            flags.push(Flag::OmitsNegation);
        }
    }
    // A denying, supposing or charging clause.
    let clause_from = before.clone().rev().find(|at| tokens[*at].bits & bits::SENTENCE != 0).unwrap_or(before.start);
    for at in (clause_from..span.start).rev() {
        let key = index.key(at);
        // Many languages put a comma before their `that`.
        let pause_between = (at + 1..=span.start).any(|between| {
            tokens[between].bits & bits::PAUSE != 0
                && tokens[between].bits & bits::QUOTE_MARK == 0
                && !is_that(index.key(between))
        });
        let opens = (at + 1..=span.start).any(|between| {
            is_that(index.key(between))
                || matches!(
                    index.key(between),
                    "claims" | "allegations" | "reports" | "having" | "suggestions" | "rumours"
                )
        }) || at + 3 >= span.start;
        if !pause_between
            && DENIALS.contains(&key)
            && opens
            && !is_foreign_denial(key, index)
            && !says(asked, DENIALS)
            && !preceded_by_negation(at, index)
        {
            flags.push(Flag::Denied);
            break;
        }
        if !pause_between
            && CONDITIONS.contains(&key)
            && !is_foreign_condition(key, index)
            && !says(asked, CONDITIONS)
            && at + 7 >= span.start
        {
            // `as if` and `even if` compare; only a clause that the words stand in supposes them.
            flags.push(Flag::Conditional);
            break;
        }
        if !pause_between
            && ALLEGATIONS.contains(&key)
            && (at + 4 >= span.start || opens)
            && !says(asked, ALLEGATIONS)
            && !asked.statement_keys.iter().any(|key| lexicon::is_hedge(key))
        {
            flags.push(Flag::HedgeDropped);
            break;
        }
    }
    // `not true that`, `no evidence that`
    if let Some(at) = (clause_from..span.start).rev().take(7).find(|at| {
        matches!(
            index.key(*at),
            "evidence" | "true" | "truth" | "proof" | "beweise" | "beweis" | "preuve" | "prueba" | "pruebas" | "wahr"
        )
    }) && (at.saturating_sub(3)..at).any(|before| before >= clause_from && is_negation_at(before, index))
        && (at + 1..span.start).any(|between| matches!(index.key(between), "that" | "dass" | "que" | "qu"))
        && !says_negation(asked)
    {
        flags.push(Flag::Denied);
    }
    // The sentence calls itself false behind the passage: `… is a lie`, `…, he denied`.
    let after = span.end..sentence.end.min(span.end + 5);
    if after.clone().any(|at| {
        matches!(index.key(at), "lie" | "false" | "untrue" | "luge" | "mentira" | "nieprawda" | "ложь" | "bugia")
    }) && after
        .clone()
        .next()
        .is_some_and(|at| matches!(index.key(at), "is" | "are" | "was" | "were" | "ist" | "est" | "es" | "jest" | "e"))
        && !after.clone().any(|at| is_negation_at(at, index))
        && !says(asked, DENIALS)
    {
        flags.push(Flag::Denied);
    }
    // A question asks the words.
    if sentence_asks(span, &sentence, index)
        && !query.words.iter().any(|word| word.text == "?")
        && !asked.statement.contains(['?', '？'])
    {
        flags.push(Flag::Question);
    }
}

/// The conjunction that opens a clause of content.
fn is_that(key: &str) -> bool {
    matches!(
        key,
        "that"
            | "dass"
            | "daß"
            | "que"
            | "qu"
            | "che"
            | "dat"
            | "ze"
            | "iz"
            | "что"
            | "що"
            | "οτι"
            | "att"
            | "at"
            | "hogy"
    )
}

fn says_negation(asked: &Asked<'_>) -> bool {
    asked.outside_keys.iter().any(|key| lexicon::is_negation(key))
}

fn preceded_by_negation(at: usize, index: &Index<'_>) -> bool {
    (at.saturating_sub(2)..at).any(|before| is_negation_at(before, index))
}

fn is_foreign_denial(key: &str, index: &Index<'_>) -> bool {
    let language = index.document().language.as_deref().map_or("", |tag| tag.get(..2).unwrap_or(tag));
    match key {
        "nie" => language != "fr",
        "lies" | "lie" | "false" | "fake" | "deny" => !matches!(language, "en" | ""),
        "popiera" | "naar" => true,
        _ => false,
    }
}

pub(super) fn is_foreign_condition(key: &str, index: &Index<'_>) -> bool {
    let language = index.document().language.as_deref().map_or("", |tag| tag.get(..2).unwrap_or(tag));
    match key {
        "si" => !matches!(language, "fr" | "es" | "ca"),
        // Italian and Portuguese `se` is a pronoun more often than a condition.
        "se" | "om" | "als" | "ob" | "αν" | "czy" => true,
        "if" | "whether" | "provided" => !matches!(language, "en" | ""),
        _ => false,
    }
}

/// Whether the sentence that the passage ends in is a question whose mark stands outside the passage.
fn sentence_asks(span: &Range<usize>, sentence: &Range<usize>, index: &Index<'_>) -> bool {
    let tokens = index.tokens();
    let block = index.block_tokens(index.block_of(span.end - 1));
    // The mark is a token of its own right before the next sentence.
    let mark = |at: usize| at < block.end && tokens[at].kind == Kind::Sign && index.form(at) == "?";
    let end = sentence.end;
    if !(mark(end) || end > span.end && mark(end - 1)) {
        return false;
    }
    // A quotation that is closed before the mark is not what is asked.
    !(span.end..end).any(|at| tokens[at].bits & bits::QUOTE_MARK != 0)
}
