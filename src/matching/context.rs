//! Context: what carries a passage, what its edges cut, and what its omissions swallow.
//!
//! A veto needs a reason that stands in the same clause; everything else is left alone, because a desk that is warned
//! about honest quotations stops reading warnings.

use std::ops::Range;

use super::Asked;
use super::compare::Comparison;
use super::fold::{Kind, bits};
use super::index::Index;
use super::lexicon;
use super::query::{Element, Query};
use super::terms;
use crate::model::{Flag, Where};

/// Words that deny what follows them in their clause (keys).
const DENIALS: &[&str] = &[
    "denied", "denies", "deny", "denying", "lie", "lies", "false", "falsely", "untrue", "fabricated", "hoax", "myth", "refuted", "refutes", "debunked", "baseless", "unfounded", "rejected", "rejects", "dismissed", "dismisses", "disputed", "disputes", "wrongly", "fake",
    "leugnet", "leugnete", "bestreitet", "bestritt", "dementiert", "dementierte", "luge", "falsch", "unwahr", "zuruckgewiesen",
    "dementi", "nie", "nient", "dementent", "faux", "fausse", "mensonge", "refute", "conteste",
    "nego", "niega", "niegan", "negaron", "desmintio", "desmiente", "falso", "falsa", "mentira", "rechazo", "negou", "nega", "desmentiu", "falsita", "smentito", "smentisce", "nega", "negato", "falso", "bugia",
    "ontkende", "ontkent", "onwaar", "leugen", "zaprzeczyl", "zaprzecza", "zaprzeczyla", "nieprawda", "klamstwo", "falszywe", "fornekade", "fornekar", "nekade", "nekar", "dementerade", "benaegter", "benaegtede", "afviste", "afviser", "yalanladi", "نفى", "نفت", "popiera", "poprel", "poprela", "nepravda", "lez",
    "отрицает", "отрицал", "отрицала", "опроверг", "опровергла", "опровергает", "ложь", "ложное", "неправда", "διεψευσε", "αρνηθηκε", "αρνειται", "ψεμα", "ψευδεσ",
];

/// Openers of a clause that supposes (keys).
const CONDITIONS: &[&str] = &[
    "if", "unless", "whether", "provided", "supposing", "assuming", "hypothetically", "wenn", "falls", "sofern", "ob", "si", "se", "als", "indien", "jesli", "jezeli", "gdyby", "czy", "pokud", "jestlize", "kdyby", "если", "εαν", "αν", "jika", "kalau", "hvis", "om",
];

/// Words that say a thing is charged or rumoured (keys).
const ALLEGATIONS: &[&str] = &[
    "allegedly", "alleged", "alleges", "alleging", "reportedly", "rumoured", "rumored", "rumours", "rumors", "supposedly", "purportedly", "accused", "accuses", "accusing", "charged", "suspected", "unconfirmed", "apparently",
    "angeblich", "mutmasslich", "vorgeworfen", "beschuldigt", "pretendument", "accuse", "presume", "presumee", "supuestamente", "presuntamente", "presunto", "presunta", "acusado", "acusada", "alegadamente", "supostamente", "presumibilmente", "accusato", "accusata", "rzekomo", "oskarzony", "podobno", "udajne", "якобы", "обвиняется", "обвиняют", "φερεται", "vermeend", "naar",
];

/// How far before the passage a carrier may stand, in tokens.
const CARRIER_REACH: usize = 9;

/// The flags that a comparison's surroundings ask for.
pub(super) fn flags(comparison: &Comparison, query: &Query, asked: &Asked<'_>, index: &Index<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    let span = comparison.span();
    if span.is_empty() {
        return flags;
    }
    edges(&span, comparison, query, index, &mut flags);
    carriers(&span, query, asked, index, &mut flags);
    marks(comparison, query, index, &mut flags);
    flags
}

/// The tokens of the sentence around a token range, without leaving the block.
pub(super) fn sentence(span: &Range<usize>, index: &Index<'_>) -> Range<usize> {
    let tokens = index.tokens();
    let first_block = index.block_tokens(index.block_of(span.start));
    let last_block = index.block_tokens(index.block_of(span.end - 1));
    let mut start = span.start;
    while start > first_block.start && tokens[start].bits & bits::SENTENCE == 0 {
        start -= 1;
    }
    let mut end = span.end;
    while end < last_block.end && tokens[end].bits & bits::SENTENCE == 0 {
        end += 1;
    }
    start..end
}

/// Whether the token at `at` is a negation, `n't` among them.
pub(super) fn is_negation_at(at: usize, index: &Index<'_>) -> bool {
    let token = &index.tokens()[at];
    let key = index.key(at);
    if token.kind == Kind::Character {
        return matches!(key, "不" | "没" | "沒" | "未" | "無" | "无" | "非" | "别");
    }
    lexicon::is_negation(key) && !is_false_friend(key, index) || key == "t" && token.bits & bits::APOSTROPHE != 0
}

/// Words that negate in one language and mean something else in the document's.
fn is_false_friend(key: &str, index: &Index<'_>) -> bool {
    let language = index.document().language.as_deref().map_or("", |tag| tag.get(..2).unwrap_or(tag));
    match key {
        "no" => !matches!(language, "en" | "es" | "it" | "ca" | ""),
        "nie" => !matches!(language, "de" | "pl" | "sk" | ""),
        "ne" => !matches!(language, "fr" | "cs" | "it" | "hr" | "sr" | "sl" | ""),
        "pas" | "personne" | "rien" | "sans" | "ni" | "aucun" => !matches!(language, "fr" | "es" | ""),
        "sin" => language != "es",
        "sem" | "nem" => language != "pt",
        "bez" => !matches!(language, "pl" | "cs" | "sk"),
        "ani" | "nic" | "nema" | "neni" => !matches!(language, "pl" | "cs" | "sk"),
        "mai" | "nulla" | "niente" | "non" => !matches!(language, "it" | "fr"),
        "nada" | "nunca" => !matches!(language, "es" | "pt"),
        "tak" | "noch" | "hic" | "yok" | "inga" | "ingen" => !matches!(language, "id" | "nl" | "tr" | "sv" | "da" | "no"),
        "nor" => language != "en",
        "μη" | "δε" => language != "el",
        _ => false,
    }
}

fn edges(span: &Range<usize>, comparison: &Comparison, query: &Query, index: &Index<'_>, flags: &mut Vec<Flag>) {
    let tokens = index.tokens();
    let words: Vec<usize> = query.elements.iter().filter_map(|element| if let Element::Word(word) = element { Some(*word) } else { None }).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let begins_with_word = matches!(query.elements.first(), Some(Element::Word(_)));
    let ends_with_word = matches!(query.elements.last(), Some(Element::Word(_)));
    let edited_edge = |word: usize, at: usize| comparison.differences.iter().any(|difference| difference.ours.contains(&word) || difference.theirs.contains(&at));
    let cut = |at: usize| if tokens[at].kind == Kind::Number { Flag::CutsNumber } else { Flag::CutsWord };
    if begins_with_word && !edited_edge(*first, span.start) {
        let (word, form) = (&query.words[*first].text, index.form(span.start));
        if form.len() > word.len() && form.ends_with(word.as_str()) {
            flags.push(cut(span.start));
        }
        // A sign or currency that belongs to the number.
        if let Some(before) = span.start.checked_sub(1)
            && tokens[span.start].kind == Kind::Number
            && tokens[before].kind == Kind::Sign
            && tokens[span.start].bits & bits::ADJACENT != 0
            && index.form(before).chars().all(|c| matches!(c, '-' | '+' | '<' | '>') || super::fold::is_currency(c))
        {
            flags.push(Flag::CutsNumber);
        }
        // The scale or number that the first word belongs to: `five | hundred`.
        if let Some(before) = span.start.checked_sub(1)
            && tokens[before].kind == Kind::Number
            && tokens[span.start].kind == Kind::Word
            && tokens[span.start].bits & (bits::PAUSE | bits::SENTENCE) == 0
            && terms::scale(index.key(span.start)).is_some()
        {
            flags.push(Flag::CutsNumber);
        }
    }
    if ends_with_word && !edited_edge(*last, span.end - 1) {
        let at = span.end - 1;
        let (word, form) = (&query.words[*last].text, index.form(at));
        if form.len() > word.len() && form.starts_with(word.as_str()) {
            flags.push(cut(at));
        }
        if let Some(after) = tokens.get(span.end)
            && index.block_of(at) == index.block_of(span.end)
            && after.bits & bits::SENTENCE == 0
        {
            let numeric = tokens[at].kind == Kind::Number || terms::number_word(index.key(at)).is_some_and(|value| value > 1);
            let key = index.key(span.end);
            if numeric && after.bits & bits::PAUSE == 0 {
                let unit = terms::scale(key).is_some() || terms::unit(key).is_some() || after.kind == Kind::Sign && matches!(index.form(span.end), "%" | "‰" | "°");
                let per_cent = key == "per" && index.tokens().get(span.end + 1).is_some_and(|_| matches!(index.key(span.end + 1), "cent" | "cents"));
                let spaced_thousands = after.kind == Kind::Number && index.form(span.end).len() == 3 && tokens[at].kind == Kind::Number && index.form(at).len() <= 3;
                if unit || per_cent || spaced_thousands {
                    flags.push(Flag::CutsNumber);
                }
            }
            // `can | 't`
            if after.bits & bits::APOSTROPHE != 0 && matches!(key, "t") {
                flags.push(Flag::CutsWord);
            }
        }
    }
}

/// Whether the statement itself says one of these words.
fn says(asked: &Asked<'_>, words: &[&str]) -> bool {
    asked.statement_keys.iter().any(|key| words.contains(&key.as_str()))
}

fn carriers(span: &Range<usize>, query: &Query, asked: &Asked<'_>, index: &Index<'_>, flags: &mut Vec<Flag>) {
    let tokens = index.tokens();
    let sentence = sentence(span, index);
    let before = sentence.start.max(span.start.saturating_sub(CARRIER_REACH))..span.start;
    let quote_negates = query.words.first().is_some_and(|word| lexicon::is_negation(&word.key_text));
    // Negation right at the front edge, in the same clause.
    let mut at = span.start;
    let mut looked = 0;
    while at > sentence.start && looked < 2 && tokens[at].bits & (bits::PAUSE | bits::SENTENCE) == 0 {
        at -= 1;
        if is_negation_at(at, index) && !is_idiom(at, index) {
            let near = looked == 0 || lexicon::is_stop_word(index.key(at + 1)) && terms::number_word(index.key(at + 1)).is_none();
            if near && !quote_negates && !says_negation(asked) {
                flags.push(Flag::OmitsNegation);
            }
            break;
        }
        looked += 1;
    }
    // Negation right behind the back edge: `wir nehmen das Geld | nicht`, `we can | not`.
    if span.end < sentence.end && tokens[span.end].bits & (bits::PAUSE | bits::SENTENCE) == 0 && is_negation_at(span.end, index) && !is_idiom(span.end, index) {
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
        let pause_between = (at + 1..=span.start)
            .any(|between| tokens[between].bits & bits::PAUSE != 0 && tokens[between].bits & bits::QUOTE_MARK == 0 && !is_that(index.key(between)));
        let opens = (at + 1..=span.start).any(|between| is_that(index.key(between)) || matches!(index.key(between), "claims" | "allegations" | "reports" | "having" | "suggestions" | "rumours"))
            || at + 3 >= span.start;
        if !pause_between && DENIALS.contains(&key) && opens && !is_foreign_denial(key, index) && !says(asked, DENIALS) && !preceded_by_negation(at, index) {
            flags.push(Flag::Denied);
            break;
        }
        if !pause_between && CONDITIONS.contains(&key) && !is_foreign_condition(key, index) && !says(asked, CONDITIONS) && at + 7 >= span.start {
            // `as if` and `even if` compare; only a clause that the words stand in supposes them.
            flags.push(Flag::Conditional);
            break;
        }
        if !pause_between && ALLEGATIONS.contains(&key) && (at + 4 >= span.start || opens) && !says(asked, ALLEGATIONS) && !asked.statement_keys.iter().any(|key| lexicon::is_hedge(key)) {
            flags.push(Flag::HedgeDropped);
            break;
        }
    }
    // `not true that`, `no evidence that`
    if let Some(at) = (clause_from..span.start).rev().take(7).find(|at| matches!(index.key(*at), "evidence" | "true" | "truth" | "proof" | "beweise" | "beweis" | "preuve" | "prueba" | "pruebas" | "wahr"))
        && (at.saturating_sub(3)..at).any(|before| before >= clause_from && is_negation_at(before, index))
        && (at + 1..span.start).any(|between| matches!(index.key(between), "that" | "dass" | "que" | "qu"))
        && !says_negation(asked)
    {
        flags.push(Flag::Denied);
    }
    // The sentence calls itself false behind the passage: `… is a lie`, `…, he denied`.
    let after = span.end..sentence.end.min(span.end + 5);
    if after.clone().any(|at| matches!(index.key(at), "lie" | "false" | "untrue" | "luge" | "mentira" | "nieprawda" | "ложь" | "bugia"))
        && after.clone().next().is_some_and(|at| matches!(index.key(at), "is" | "are" | "was" | "were" | "ist" | "est" | "es" | "jest" | "e"))
        && !after.clone().any(|at| is_negation_at(at, index))
        && !says(asked, DENIALS)
    {
        flags.push(Flag::Denied);
    }
    // A question asks the words.
    if sentence_asks(span, &sentence, index) && !query.words.iter().any(|word| word.text == "?") && !asked.statement.contains(['?', '？']) {
        flags.push(Flag::Question);
    }
}

/// The conjunction that opens a clause of content.
fn is_that(key: &str) -> bool {
    matches!(key, "that" | "dass" | "daß" | "que" | "qu" | "che" | "dat" | "ze" | "iz" | "что" | "що" | "οτι" | "att" | "at" | "hogy")
}

fn says_negation(asked: &Asked<'_>) -> bool {
    asked.outside_keys.iter().any(|key| lexicon::is_negation(key))
}

/// `not only`, `no doubt`: a negation that negates nothing.
fn is_idiom(at: usize, index: &Index<'_>) -> bool {
    let next = if at + 1 < index.tokens().len() { index.key(at + 1) } else { "" };
    matches!((index.key(at), next), ("not", "only" | "just" | "merely" | "least") | ("no", "doubt" | "wonder") | ("nicht", "nur" | "zuletzt") | ("non", "seulement" | "solo") | ("no", "solo" | "solamente") | ("nie", "tylko") | ("не", "только"))
        || index.key(at) == "without" && next == "doubt"
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

fn is_foreign_condition(key: &str, index: &Index<'_>) -> bool {
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

fn marks(comparison: &Comparison, query: &Query, index: &Index<'_>, flags: &mut Vec<Flag>) {
    let tokens = index.tokens();
    let place = |at: usize| index.document().blocks.get(index.block_of(at)).map(|block| block.zone.place());
    for mark in &comparison.marks {
        match &mark.mark {
            Element::Gap | Element::Joint if !mark.tokens.is_empty() => {
                for at in of_the_sentences(&mark.tokens, index) {
                    if CONDITIONS.contains(&index.key(at)) && !is_foreign_condition(index.key(at), index) {
                        flags.push(Flag::Conditional);
                    }
                }
                for at in belonging(&mark.tokens, index) {
                    let key = index.key(at);
                    if is_negation_at(at, index) && !is_idiom(at, index) {
                        flags.push(Flag::OmitsNegation);
                    } else if CONDITIONS.contains(&key) && !is_foreign_condition(key, index) {
                        flags.push(Flag::Conditional);
                    } else if lexicon::is_hedge(key) || is_hedging_modal(key) {
                        flags.push(Flag::HedgeDropped);
                    }
                }
                let crosses = (mark.tokens.start + 1..=mark.tokens.end).any(|at| tokens.get(at).is_some_and(|token| token.bits & bits::SENTENCE != 0));
                // What goes on in the middle of another sentence has lost the subject of that sentence.
                let starts_inside = tokens.get(mark.tokens.end).is_some_and(|token| token.bits & bits::SENTENCE == 0);
                if crosses && starts_inside || swallows_subject(&mark.tokens, index) || place(mark.tokens.start.saturating_sub(1)) != place(mark.tokens.end.min(tokens.len() - 1)) {
                    flags.push(Flag::Joined);
                }
            }
            Element::Bracket(words) => bracket(&mark.tokens, words.clone(), query, comparison, index, flags),
            _ => {}
        }
    }
}

fn is_hedging_modal(key: &str) -> bool {
    matches!(key, "may" | "might" | "could" | "can" | "should" | "would" | "konnte" | "konnten" | "sollte" | "durfte" | "pourrait" | "podria" | "poderia" | "potrebbe" | "может" | "могут" | "moze" | "muze")
}

/// What of an omission stands in the sentences of the pieces around it.
fn of_the_sentences(omitted: &Range<usize>, index: &Index<'_>) -> Vec<usize> {
    let tokens = index.tokens();
    let starts = |at: usize| tokens.get(at).is_some_and(|token| token.bits & bits::SENTENCE != 0);
    let first = omitted.clone().take_while(|at| !starts(*at)).count();
    let last = if starts(omitted.end) { 0 } else { omitted.clone().rev().take_while(|at| !starts(at + 1)).count() };
    omitted.clone().filter(|at| at - omitted.start < first || omitted.end - at <= last).collect()
}

/// Whether an omission ends with the subject of the words behind it: `The city … has stolen` of `The city has paid, and
/// the contractor has stolen`.
fn swallows_subject(omitted: &Range<usize>, index: &Index<'_>) -> bool {
    let tokens = index.tokens();
    let finite = tokens.get(omitted.end).is_some_and(|token| {
        token.bits & (bits::PAUSE | bits::SENTENCE) == 0
            && matches!(index.key(omitted.end), "has" | "have" | "had" | "is" | "are" | "was" | "were" | "will" | "would" | "can" | "could" | "may" | "must" | "should" | "did" | "does" | "hat" | "haben" | "ist" | "sind" | "wird" | "werden" | "a" | "ont" | "est" | "sont" | "ha" | "han" | "es" | "son")
    });
    let conjunction = omitted.clone().rev().take(6).find(|at| matches!(index.key(*at), "and" | "but" | "while" | "und" | "aber" | "et" | "mais" | "y" | "pero" | "e" | "ma"));
    match conjunction {
        Some(at) if finite && omitted.end - at >= 2 && at > omitted.start => {
            // A noun phrase of its own stands between the conjunction and the verb.
            let subject = at + 1..omitted.end;
            subject.clone().any(|at| {
                matches!(index.key(at), "the" | "a" | "an" | "his" | "her" | "their" | "our" | "der" | "die" | "das" | "le" | "la" | "les" | "el" | "los" | "las" | "il" | "i")
                    || lexicon::is_pronoun(index.key(at))
                    || tokens[at].bits & bits::CAPITAL != 0
            })
        }
        _ => false,
    }
}

/// What of an omission belongs to the clauses that are quoted: up to the first pause, and from the last one on. What
/// stands between two pauses is a parenthesis and may go.
fn belonging(omitted: &Range<usize>, index: &Index<'_>) -> Vec<usize> {
    let tokens = index.tokens();
    let stops = |at: usize| tokens.get(at).is_some_and(|token| token.bits & (bits::PAUSE | bits::SENTENCE) != 0);
    let mut left: Vec<usize> = Vec::new();
    if !stops(omitted.start) {
        left.extend(omitted.clone().take_while(|at| *at == omitted.start || !stops(*at)));
    }
    if !stops(omitted.end) {
        let from = omitted.clone().rev().find(|at| stops(*at)).unwrap_or(omitted.start);
        left.extend(from..omitted.end);
    }
    left.sort_unstable();
    left.dedup();
    left
}

/// What a bracket stands for, and whether a person must see it.
fn bracket(stands_for: &Range<usize>, words: Range<usize>, query: &Query, comparison: &Comparison, index: &Index<'_>, flags: &mut Vec<Flag>) {
    let tokens = index.tokens();
    let mut source = stands_for.clone();
    if source.is_empty() && comparison.pieces.first().is_some_and(|piece| piece.start == source.start) {
        // At the front edge a bracket stands for the beginning of the sentence, if that is short.
        let sentence = sentence(&(source.start..source.start + 1), index);
        if source.start - sentence.start <= 4 {
            source = sentence.start..source.start;
        }
    }
    if source.is_empty() {
        return;
    }
    let inner: Vec<&str> = query.words[words.clone()].iter().map(|word| word.key_text.as_str()).collect();
    let theirs: Vec<&str> = source.clone().map(|at| index.key(at)).collect();
    if inner == theirs {
        return;
    }
    let pronoun = theirs.iter().all(|key| lexicon::is_pronoun(key) || lexicon::is_stop_word(key)) && theirs.iter().any(|key| lexicon::is_pronoun(key));
    let names: Vec<&str> = query.words[words].iter().filter(|word| word.bits & bits::CAPITAL != 0 && !lexicon::is_stop_word(&word.key_text)).map(|word| word.key_text.as_str()).collect();
    if pronoun && theirs.len() <= 3 {
        // The name must have been mentioned before, or it cannot be what the pronoun refers to.
        let mentioned = names.iter().all(|name| {
            let key = index.key_number(name);
            index.places(key).iter().any(|place| (*place as usize) < source.start)
        });
        if !names.is_empty() && !mentioned {
            flags.push(Flag::Replaced);
        }
        return;
    }
    let matters = source.clone().any(|at| {
        let token = &tokens[at];
        let name = token.kind == Kind::Word && token.bits & bits::CAPITAL != 0 && token.bits & bits::SENTENCE == 0 && !lexicon::is_stop_word(index.key(at));
        let shared = inner.contains(&index.key(at));
        !shared && (name || token.kind == Kind::Number || terms::number_word(index.key(at)).is_some() || is_negation_at(at, index))
    });
    if matters || source.len() > 6 {
        flags.push(Flag::Replaced);
    }
}

/// The caution that a place asks for, unless the statement names it.
pub(super) fn place_flag(place: Where, asked: &Asked<'_>) -> Option<Flag> {
    let named = |words: &[&str]| asked.outside_keys.iter().any(|key| words.contains(&key.as_str()));
    match place {
        Where::Body => None,
        Where::Headline => (!named(&["headline", "headlines", "headlined", "title", "titled", "uberschrift", "schlagzeile", "titre", "titular", "titolo", "tytul", "заголовок", "заголовке", "kop"])).then_some(Flag::HeadlineOnly),
        Where::Hidden => Some(Flag::Hidden),
        Where::Caption => (!named(&["caption", "captions", "captioned", "photo", "photograph", "picture", "image", "bildunterschrift", "foto", "legende", "pie", "didascalia", "подпись"])).then_some(Flag::OutsideBody),
        Where::Comment => (!named(&["comment", "comments", "commented", "commenter", "reader", "readers", "kommentar", "commentaire", "comentario", "commento", "комментарии"])).then_some(Flag::OutsideBody),
        Where::Metadata => (!named(&["description", "summary", "metadata", "title"])).then_some(Flag::OutsideBody),
        Where::Navigation => (!named(&["link", "links", "related", "teaser", "footer", "menu", "sidebar"])).then_some(Flag::OutsideBody),
    }
}
