//! Chains: who stands between a speaker and the page.

use std::ops::Range;

use super::clause::{Clause, is_saying_at};
use super::name::{Name, is_name_token, language, names_in};
use super::person_noun::is_person_noun;
use super::words::{is_agent, is_indefinite, is_possessing, is_possessive};
use crate::matching::asked::Asked;
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::model::Flag;

pub(super) fn declared(asked: &Asked<'_>, names: &[String]) -> bool {
    asked.claim.via.iter().any(|via| {
        let via = via.to_lowercase();
        names.iter().any(|name| via.split_whitespace().any(|word| word == name))
    })
}

/// A third party between speaker and page that `via` does not declare: `quoted by`, `quoted … as saying`, `told the …`, `X
/// said that the speaker told him`.
pub(super) fn second_hand(clause: &Clause<'_>, name: &Name, asked: &Asked<'_>, index: &Index<'_>) -> Option<Flag> {
    let tokens = clause.tokens;
    let quoted = is_citing(tokens, index);
    if asked.claim.via.is_empty()
        && (quotes_relative(tokens, index) || by_unnamed_witnesses(clause) || passes_on(clause, name))
    {
        return Some(Flag::SecondHand);
    }
    let told = tokens.windows(2).any(|pair| {
        index.key(pair[0]) == "told"
            && index.tokens()[pair[1]].has(bits::CAPITAL)
            && index.key(pair[1]) != name.surname()
    });
    // `Bo Lind said Ana Ruiz told him: “…”`: another's word of saying stands before the speaker's.
    let mention = name.mentions(tokens, index).first().map(|mention| mention.range.start);
    let reported = mention.is_some_and(|mention| {
        (1..mention).any(|at| {
            Some(at) != clause.verb
                && is_saying_at(tokens[at], index)
                && !lexicon::is_asking(index.key(tokens[at]))
                && is_name_token(tokens[at - 1], index)
        })
    });
    // `Ana Ruiz read out a letter from Bo Lind: “…”`: between her and the words stands whose they are.
    let passed_on = clause.ahead
        && mention.is_some_and(|mention| {
            let another = |run: &Range<usize>| run.start > mention && !name.is_in(&tokens[run.clone()], index);
            // `she said that Noonan's answers …` is her own word on them
            let complement = clause.verb.is_some_and(|verb| {
                let that = |at: usize| matches!(clause.key(at), "that" | "dass" | "que" | "che" | "что");
                (verb..tokens.len()).any(that)
            });
            clause.whose_utterance().iter().any(another)
                || !complement && super::document::owner(clause).as_ref().is_some_and(another)
        });
    if !quoted && !told && !reported && !passed_on {
        return None;
    }
    // `Correction:` is a label and no name.
    let label = |at: usize| tokens.first() == Some(&at) && index.gap_before(at + 1).contains(':');
    let named: Vec<usize> = tokens.iter().copied().filter(|at| !label(*at)).collect();
    let others: Vec<String> = names_in(&named, index).into_iter().filter(|other| !name.keys.contains(other)).collect();
    // The outlet itself is no third party.
    let mut own = index.document().outlet.as_deref().unwrap_or("").to_lowercase();
    for known in &asked.known_names {
        own.push(' ');
        own.push_str(&known.to_lowercase());
    }
    let foreign = others.iter().any(|name| !own.split_whitespace().any(|word| word == name));
    (foreign && !declared(asked, &others)).then_some(Flag::SecondHand)
}

/// Whether a clause has a word of citing.
pub(super) fn is_citing(tokens: &[usize], index: &Index<'_>) -> bool {
    tokens.iter().any(|at| {
        matches!(
            index.key(*at),
            "quoted" | "quotes" | "cited" | "cites" | "zitiert" | "cite" | "cita" | "cytuje" | "цитирует"
        )
    })
}

/// Whether the speaker only passes on what another one says: `Ruiz, quoting Lind, said`, `Ruiz imitated Lind: “…”`, `Ruiz read out
/// a letter from a pupil: “…”`.
fn passes_on(clause: &Clause<'_>, name: &Name) -> bool {
    let language = language(clause.index);
    let end = clause.tokens.len();
    let Some(mention) = name.mentions(clause.tokens, clause.index).into_iter().next().filter(|_| clause.ahead) else {
        return false;
    };
    let somebody = |at: usize| {
        let mut nouns = (at + 1..end.min(at + 4)).take_while(|at| !clause.opens(*at));
        nouns.any(|at| is_person_noun(clause.key(at), language))
            && (is_possessive(clause.key(at)) || is_indefinite(clause.key(at), language))
    };
    let another = |at: usize| {
        // `citó a Bo Lind`, `zitierte Bo Lind mit den Worten`
        let at = at + usize::from(matches!(language, "es" | "it" | "ca") && clause.key(at) == "a");
        let names: Vec<usize> = (at..end).take_while(|at| clause.is_name(*at)).map(|at| clause.tokens[at]).collect();
        let next = at + names.len();
        let closed = next == end || clause.opens(next) || clause.is_preposition(next);
        !names.is_empty() && closed && !name.is_in(&names, clause.index)
    };
    (mention.range.end..end.saturating_sub(1)).any(|at| {
        let next = at + 1;
        is_quoting(clause.key(at)) && !clause.opens(next) && (another(next) || somebody(next))
            || lexicon::is_utterance(clause.key(at))
                && (is_possessing(clause.key(next)) || is_agent(clause.key(next)))
                && somebody(next + 1)
    })
}

/// Verbs of saying another one's words (keys).
fn is_quoting(key: &str) -> bool {
    matches!(
        key,
        "quote"
            | "quotes"
            | "quoted"
            | "quoting"
            | "cite"
            | "cites"
            | "cited"
            | "citing"
            | "imitated"
            | "imitating"
            | "mimicked"
            | "mimicking"
            | "parodied"
            | "echoed"
            | "echoing"
            | "paraphrased"
            | "paraphrasing"
            | "zitierte"
            | "zitiert"
            | "zitierend"
            | "citait"
            | "citant"
            | "cito"
            | "cita"
            | "citando"
            | "citou"
            | "citeerde"
            | "citeert"
            | "citerade"
            | "citerede"
            | "zacytowal"
            | "zacytowala"
            | "cytujac"
            | "citoval"
            | "citovala"
            | "citato"
            | "citata"
            | "citado"
            | "citada"
            | "citerar"
            | "citerer"
            | "cytuje"
            | "процитував"
            | "процитувала"
            | "цитує"
            | "процитировал"
            | "процитировала"
            | "цитируя"
    )
}

/// `Ana Ruiz quotes her grandmother: “…”`
fn quotes_relative(tokens: &[usize], index: &Index<'_>) -> bool {
    tokens.windows(3).any(|three| {
        matches!(index.key(three[0]), "quotes" | "quoting" | "zitiert" | "cite" | "cita")
            && is_possessive(index.key(three[1]))
            && lexicon::is_relation(index.key(three[2]))
    })
}

/// `According to two people who attended, Ana Ruiz told …`
fn by_unnamed_witnesses(clause: &Clause<'_>) -> bool {
    let language = language(clause.index);
    let Some(source) = (0..clause.tokens.len().min(3)).find(|at| is_source_at(*at, clause)) else { return false };
    let told = clause.ahead
        && clause.verb.is_some_and(|verb| {
            let telling = if matches!(language, "en" | "") { is_telling } else { is_telling_anywhere };
            verb > source + 1 && telling(clause.key(verb))
        })
        // `İddianameye göre Ruiz “…” dedi`: the verb stands last, and the source is no name.
        || language == "tr"
            && source > 0
            && !clause.is_name(source - 1)
            && !clause.has(source - 1, bits::APOSTROPHE)
            && clause.verb.is_some_and(|verb| verb > source + 1);
    Some(source) != clause.verb
        && (told
            || (source + 1..clause.tokens.len().min(source + 4)).take_while(|at| !clause.opens(*at)).any(|at| {
                is_indefinite(clause.key(at), language)
                    || lexicon::is_quantifier(clause.key(at))
                    || matches!(clause.key(at), "people" | "sources" | "officials" | "witnesses")
            }))
}

/// Whether a phrase at a position names a source: `selon`, `according to`, `по словам`, `zgodnie z`.
fn is_source_at(at: usize, clause: &Clause<'_>) -> bool {
    let pair = |first: &str, second: &[&str]| {
        clause.key(at) == first && clause.tokens.get(at + 1).is_some_and(|_| second.contains(&clause.key(at + 1)))
    };
    super::role::is_source_word(clause.key(at))
        || match language(clause.index) {
            "fr" => pair("d", &["apres"]),
            "it" => clause.key(at) == "secondo",
            "pt" => matches!(clause.key(at), "segundo" | "conforme"),
            "de" => matches!(clause.key(at), "gemass"),
            "pl" => pair("zgodnie", &["z", "ze"]),
            "ru" => pair("по", &["словам", "данным", "версии", "информации", "сведениям", "утверждению"]),
            "ar" => matches!(clause.key(at), "بحسب" | "حسب" | "وفقا"),
            "tr" => clause.key(at) == "gore",
            "uk" => pair("за", &["словами", "даними", "версією", "інформацією"]) || pair("згідно", &["з", "із", "зі"]),
            _ => false,
        }
}

/// Verbs of telling and saying in other languages, as [`is_telling`] (keys).
fn is_telling_anywhere(key: &str) -> bool {
    lexicon::is_saying(key)
        && !super::role::is_source_word(key)
        && !matches!(key, "so" | "segundo" | "secondo" | "conforme")
}

/// Verbs of telling somebody, which another one passes on: `according to Lind, Ruiz told her`.
fn is_telling(key: &str) -> bool {
    matches!(key, "told" | "said" | "wrote" | "warned" | "asked" | "shouted")
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
