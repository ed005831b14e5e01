//! Omissions: what an ellipsis swallows and what a bracket stands for.

use std::ops::Range;

use super::condition::is_condition;
use super::frames::omits_doubt;
use super::limits;
use super::negation::{is_idiom, is_negation_at};
use crate::matching::attribution::{is_name_token, quoted_spans};
use crate::matching::comparison::Comparison;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::query::{Element, Query, QueryWord};
use crate::matching::terms;
use crate::model::Flag;

pub(super) fn marks(comparison: &Comparison, query: &Query, index: &Index<'_>, flags: &mut Vec<Flag>) {
    let tokens = index.tokens();
    let language = index.document().language.as_deref().map_or("", |tag| tag.get(..2).unwrap_or(tag));
    let place = |at: usize| index.document().blocks.get(index.block_of(at)).map(|block| block.zone.place());
    for mark in &comparison.marks {
        match &mark.mark {
            Element::Gap | Element::Joint if !mark.tokens.is_empty() => {
                for at in of_the_sentences(&mark.tokens, index) {
                    if is_condition(at, language, index) {
                        flags.push(Flag::Conditional);
                    }
                    if doubts_aside(at, &mark.tokens, language, index) {
                        flags.push(Flag::HedgeDropped);
                    }
                }
                if omits_negation_in_characters(&mark.tokens, language, index) {
                    flags.push(Flag::OmitsNegation);
                }
                for at in belonging(&mark.tokens, index) {
                    let key = index.key(at);
                    if is_negation_at(at, index) && !is_idiom(at, index) {
                        flags.push(Flag::OmitsNegation);
                    } else if is_condition(at, language, index) {
                        flags.push(Flag::Conditional);
                    } else if lexicon::is_hedge(key)
                        || is_hedging_modal(key)
                        || omits_doubt(at, mark.tokens.end, language, index).is_some()
                    {
                        flags.push(Flag::HedgeDropped);
                    } else if let Some(flag) = limits::omitted(at, &mark.tokens, language, index) {
                        flags.push(flag);
                    }
                }
                if answers_another(&mark.tokens, index) {
                    flags.push(Flag::OmitsNegation);
                }
                let crosses = (mark.tokens.start + 1..=mark.tokens.end)
                    .any(|at| tokens.get(at).is_some_and(|token| token.bits & bits::SENTENCE != 0));
                // What goes on in the middle of another sentence has lost the subject of that sentence.
                let starts_inside = tokens.get(mark.tokens.end).is_some_and(|token| token.bits & bits::SENTENCE == 0);
                if crosses && (starts_inside || ends_open(mark.tokens.start, index))
                    || swallows_subject(&mark.tokens, index)
                    || place(mark.tokens.start.saturating_sub(1)) != place(mark.tokens.end.min(tokens.len() - 1))
                {
                    flags.push(Flag::Joined);
                }
            }
            Element::Bracket(words) => bracket(&mark.tokens, words.clone(), query, comparison, index, flags),
            _ => {}
        }
    }
}

/// `Мост, вероятно, безопасен`: a word of doubt between two pauses is no parenthesis that may go.
fn doubts_aside(at: usize, omitted: &Range<usize>, language: &str, index: &Index<'_>) -> bool {
    let pauses = |at: usize| index.tokens().get(at).is_some_and(|token| token.bits & bits::PAUSE != 0);
    let length = if lexicon::is_hedge(index.key(at)) { Some(1) } else { omits_doubt(at, omitted.end, language, index) };
    length.is_some_and(|length| pauses(at) && pauses(at + length))
}

/// Whether an omission begins or ends with a negation of a script without spaces, of more than one character.
fn omits_negation_in_characters(omitted: &Range<usize>, language: &str, index: &Index<'_>) -> bool {
    let words: &[&str] = match language {
        "th" => &["ไม่", "มิได้"],
        "ja" => &["ない", "なかった", "ません", "なく"],
        _ => return false,
    };
    // At its edges: what it negates in between goes with it.
    let text = index.document().slice(index.range(omitted.clone())).trim_matches(['。', '、', ' ']);
    words.iter().any(|word| text.starts_with(word) || text.ends_with(word))
}

/// Whether the piece before an omission stops in the middle of its clause: `We were … poor` of `We were rich. Poor people …`.
fn ends_open(omitted: usize, index: &Index<'_>) -> bool {
    let Some(last) = omitted.checked_sub(1) else { return false };
    let open = matches!(
        index.key(last),
        "is" | "are"
            | "was"
            | "were"
            | "am"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "the"
            | "a"
            | "an"
            | "ist"
            | "sind"
            | "war"
            | "waren"
            | "der"
            | "die"
            | "das"
            | "ein"
            | "eine"
            | "est"
            | "sont"
            | "etait"
            | "le"
            | "la"
            | "les"
            | "un"
            | "une"
            | "es"
            | "son"
            | "era"
            | "el"
            | "los"
            | "las"
            | "una"
            | "e"
            | "sono"
            | "il"
            | "lo"
    );
    open && index.tokens().get(omitted).is_some_and(|token| token.bits & (bits::PAUSE | bits::SENTENCE) == 0)
}

/// `Do I regret it? … Every day` of `Do I regret it? Not for a second. … Every day`: the answer that is left out says no.
fn answers_another(omitted: &Range<usize>, index: &Index<'_>) -> bool {
    let asked = omitted.start.checked_sub(1).is_some_and(|before| matches!(index.form(before), "?" | "？" | "؟"));
    asked && omitted.clone().take(2).any(|at| is_negation_at(at, index) && !is_idiom(at, index))
}

fn is_hedging_modal(key: &str) -> bool {
    matches!(
        key,
        "may"
            | "might"
            | "could"
            | "can"
            | "should"
            | "would"
            | "konnte"
            | "konnten"
            | "sollte"
            | "durfte"
            | "pourrait"
            | "podria"
            | "poderia"
            | "potrebbe"
            | "может"
            | "могут"
            | "moze"
            | "muze"
    )
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
            && matches!(
                index.key(omitted.end),
                "has"
                    | "have"
                    | "had"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "will"
                    | "would"
                    | "can"
                    | "could"
                    | "may"
                    | "must"
                    | "should"
                    | "did"
                    | "does"
                    | "hat"
                    | "haben"
                    | "ist"
                    | "sind"
                    | "wird"
                    | "werden"
                    | "a"
                    | "ont"
                    | "est"
                    | "sont"
                    | "ha"
                    | "han"
                    | "es"
                    | "son"
            )
    });
    let conjunction = omitted.clone().rev().take(6).find(|at| {
        matches!(index.key(*at), "and" | "but" | "while" | "und" | "aber" | "et" | "mais" | "y" | "pero" | "e" | "ma")
    });
    match conjunction {
        Some(at) if finite && omitted.end - at >= 2 && at > omitted.start => {
            // A noun phrase of its own stands between the conjunction and the verb.
            let subject = at + 1..omitted.end;
            subject.clone().any(|at| {
                matches!(
                    index.key(at),
                    "the"
                        | "a"
                        | "an"
                        | "his"
                        | "her"
                        | "their"
                        | "our"
                        | "der"
                        | "die"
                        | "das"
                        | "le"
                        | "la"
                        | "les"
                        | "el"
                        | "los"
                        | "las"
                        | "il"
                        | "i"
                ) || lexicon::is_pronoun(index.key(at))
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
fn bracket(
    stands_for: &Range<usize>,
    words: Range<usize>,
    query: &Query,
    comparison: &Comparison,
    index: &Index<'_>,
    flags: &mut Vec<Flag>,
) {
    let mut source = stands_for.clone();
    if source.is_empty() && comparison.pieces.first().is_some_and(|piece| piece.start == source.start) {
        // At the front edge a bracket stands for the beginning of the sentence, if that is short.
        let sentence = index.sentence(&(source.start..source.start + 1));
        if source.start - sentence.start <= 4 {
            source = sentence.start..source.start;
        }
    }
    let bracket = Bracket { ours: &query.words[words.clone()], theirs: source, index };
    if is_glued(&words, query) || bracket.turns() || bracket.replaces() {
        flags.push(Flag::Replaced);
    }
}

/// `[dis]honest`, `care[less]`: a bracket inside a word that turns it. An ending such as `walk[ed]` does not.
fn is_glued(words: &Range<usize>, query: &Query) -> bool {
    let (Some(first), Some(last)) = (query.words.get(words.start), query.words[..words.end].last()) else {
        return false;
    };
    let letters: usize = query.words[words.clone()].iter().map(|word| word.key_text.chars().count()).sum();
    let word = |at: usize| query.words.get(at).filter(|word| word.kind == Kind::Word);
    let front = word(words.end).is_some_and(|next| next.start == last.end + 1) && letters >= 2;
    let back = words.start > 0
        && word(words.start - 1).is_some_and(|before| before.end + 1 == first.start)
        && matches!(first.key_text.as_str(), "less" | "n" | "nt" | "t" | "los" | "lose" | "frei");
    front || back
}

/// A bracket's words and what they stand for, which may be nothing.
struct Bracket<'b> {
    ours: &'b [QueryWord],
    theirs: Range<usize>,
    index: &'b Index<'b>,
}

impl Bracket<'_> {
    fn ours_has(&self, key: &str) -> bool {
        self.ours.iter().any(|word| word.key_text == key)
    }

    fn theirs_has(&self, key: &str) -> bool {
        self.theirs.clone().any(|at| self.index.key(at) == key)
    }

    /// Whether the bracket adds, takes or exchanges a word that turns a sentence: a negation, a quantifier, a modal, a
    /// condition, a number, or a word by its opposite.
    fn turns(&self) -> bool {
        let language = self.index.document().language.as_deref().map_or("", |tag| tag.get(..2).unwrap_or(tag));
        let turning = |key: &str| {
            lexicon::is_negation(key)
                || lexicon::is_quantifier(key)
                || lexicon::is_modal(key)
                || lexicon::is_condition(key, language)
                || terms::number_word(key).is_some_and(|value| value > 1)
        };
        // A year explains, any other number counts.
        let counts = |word: &QueryWord| word.kind == Kind::Number && !terms::is_year(&word.text);
        let added = self.ours.iter().any(|word| {
            (turning(&word.key_text) || counts(word))
                && !self.theirs_has(&word.key_text)
                && !self.is_shifted(&word.key_text)
        });
        let taken = self.theirs.clone().any(|at| {
            let key = self.index.key(at);
            (turning(key) || is_negation_at(at, self.index)) && !self.ours_has(key) && !self.shifts(key)
        });
        let opposite = self
            .ours
            .iter()
            .any(|word| self.theirs.clone().any(|at| lexicon::are_antonyms(&word.key_text, self.index.key(at))));
        added || taken || opposite
    }

    /// Whether a modal of ours is one of theirs in the tense of reported speech: `[would]` for `will`.
    fn is_shifted(&self, key: &str) -> bool {
        SHIFTS.iter().any(|(theirs, ours)| *ours == key && self.theirs_has(theirs))
    }

    fn shifts(&self, key: &str) -> bool {
        SHIFTS.iter().any(|(theirs, ours)| *theirs == key && self.ours_has(ours))
    }

    /// Whether the bracket stands for something that a person must see: a name, a number, a long passage, another word.
    fn replaces(&self) -> bool {
        let index = self.index;
        if self.theirs.is_empty()
            || self.ours.iter().map(|word| word.key_text.as_str()).eq(self.theirs.clone().map(|at| index.key(at)))
        {
            return false;
        }
        let grammatical = |key: &str| lexicon::is_pronoun(key) || lexicon::is_stop_word(key);
        let pronoun = self.theirs.clone().all(|at| grammatical(index.key(at)))
            && self.theirs.clone().any(|at| lexicon::is_pronoun(index.key(at)));
        if pronoun && self.theirs.len() <= 3 {
            if self.means_another() {
                return true;
            }
            // The name must have been mentioned before, or it cannot be what the pronoun refers to.
            return self
                .ours
                .iter()
                .filter(|word| word.bits & bits::CAPITAL != 0 && !lexicon::is_stop_word(&word.key_text))
                .any(|word| {
                    let key = index.key_number(&word.key_text);
                    !index.places(key).iter().any(|place| (*place as usize) < self.theirs.start)
                });
        }
        let matters = self.theirs.clone().any(|at| {
            let token = &index.tokens()[at];
            let name = token.kind == Kind::Word
                && token.bits & bits::CAPITAL != 0
                && token.bits & bits::SENTENCE == 0
                && !lexicon::is_stop_word(index.key(at));
            !self.ours_has(index.key(at)) && (name || token.kind == Kind::Number)
        });
        matters || self.theirs.len() > 6 || self.is_another_word()
    }

    /// Whether a personal pronoun refers to somebody else than the bracket names: the same speech names a person by a
    /// title in the sentence before, and none of the bracket's names.
    fn means_another(&self) -> bool {
        let index = self.index;
        let personal = self.theirs.clone().any(|at| {
            matches!(index.key(at), "he" | "she" | "him" | "her" | "his" | "er" | "ihn" | "ihm" | "il" | "elle" | "lui")
        });
        let ours: Vec<&str> = self
            .ours
            .iter()
            .filter(|word| word.bits & bits::CAPITAL != 0 && !lexicon::is_stop_word(&word.key_text))
            .map(|word| word.key_text.as_str())
            .collect();
        let at = self.theirs.start;
        let own = index.block_tokens(index.block_of(at));
        let first = index.sentence(&(at..at + 1)).start.max(own.start);
        if !personal || ours.is_empty() || first <= own.start {
            return false;
        }
        let quoted = quoted_spans(index.block_of(at), index);
        let spoken = |at: usize| {
            let byte = index.tokens()[at].start;
            quoted.iter().any(|span| span.range.start <= byte && byte < span.range.end)
        };
        let before = index.sentence(&(first - 1..first)).start.max(own.start);
        let context: Vec<usize> = (before..at).filter(|near| spoken(*near) == spoken(at)).collect();
        let titled = |key: &str| {
            matches!(
                key,
                "mr" | "mrs" | "ms" | "dr" | "prof" | "herr" | "herrn" | "frau" | "mme" | "monsieur" | "madame"
            )
        };
        let person = context.windows(2).any(|pair| {
            pair[0] + 1 == pair[1]
                && is_name_token(pair[1], index)
                && index.tokens()[pair[1]].bits & (bits::PAUSE | bits::SENTENCE) == 0
                && titled(index.key(pair[0]))
        });
        person && !context.iter().any(|near| ours.contains(&index.key(*near)))
    }

    /// Whether one bare word stands for another that it shares no stem with: `[sold]` for `lost`. A noun with its article
    /// (`[the group]`) names again what was named, and so does a word for a thing that says nothing (`stuff`).
    fn is_another_word(&self) -> bool {
        let [ours] = self.ours else { return false };
        let content = |key: &str| !lexicon::is_stop_word(key) && !lexicon::is_pronoun(key) && key.chars().count() > 2;
        let theirs: Vec<&str> = self.theirs.clone().map(|at| self.index.key(at)).filter(|key| content(key)).collect();
        let [theirs] = theirs.as_slice() else { return false };
        let stem = ours.key_text.chars().zip(theirs.chars()).take_while(|(left, right)| left == right).count();
        let empty = matches!(
            *theirs,
            "thing"
                | "things"
                | "stuff"
                | "one"
                | "ones"
                | "guy"
                | "guys"
                | "people"
                | "bit"
                | "place"
                | "ding"
                | "sache"
                | "truc"
                | "chose"
                | "cosa"
                | "coisa"
        );
        ours.kind == Kind::Word && ours.bits & bits::CAPITAL == 0 && content(&ours.key_text) && stem < 3 && !empty
    }
}

/// Modals as they stand in direct speech, and in the tense of reported speech.
const SHIFTS: &[(&str, &str)] =
    &[("will", "would"), ("can", "could"), ("may", "might"), ("shall", "should"), ("must", "had"), ("ll", "would")];
