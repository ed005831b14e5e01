//! Brackets: what the editor's words in `[…]` stand for, and whether a person must see it.

use std::ops::Range;

use super::negation::is_negation_at;
use super::scene::{is_quoted, sentence_at};
use crate::matching::attribution::{is_name_token, is_person_noun, language};
use crate::matching::comparison::Comparison;
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::query::{Element, Query, QueryWord};
use crate::matching::terms;

/// How many words at the beginning of a speech a bracket at the front edge may stand for.
const FRONT: usize = 4;

/// How many words a bracket at the back edge may stand for.
const BACK: usize = 4;

/// Places of a name that are looked at.
const MAX_PLACES: usize = 40;

/// What a bracket at an edge of the quotation stands for there; nothing for one in its middle.
fn at_edge(
    stands_for: &Range<usize>,
    ours: &[QueryWord],
    comparison: &Comparison,
    index: &Index<'_>,
) -> Option<Range<usize>> {
    let at = stands_for.start;
    if !stands_for.is_empty() {
        None
    } else if comparison.pieces.first().is_some_and(|piece| piece.start == at) {
        Some(front(at, index))
    } else if comparison.pieces.last().is_some_and(|piece| piece.end == at) {
        Some(back(at, ours, index))
    } else {
        None
    }
}

/// Whether a bracket turns or replaces what it stands for, or adds a judgement.
pub(super) fn is_replaced(
    stands_for: &Range<usize>,
    words: Range<usize>,
    query: &Query,
    comparison: &Comparison,
    index: &Index<'_>,
) -> bool {
    let ours = &query.words[words.clone()];
    let edge = at_edge(stands_for, ours, comparison, index);
    let bracket = Bracket { ours, edge: edge.is_some(), theirs: edge.unwrap_or_else(|| stands_for.clone()), index };
    is_glued(&words, query) || bracket.turns() || bracket.replaces()
}

/// Takes into the passage what brackets at its edges replace, so that whoever reads it sees both.
pub(in crate::matching) fn take_in(comparison: &mut Comparison, query: &Query, index: &Index<'_>) {
    let replaced: Vec<(usize, Range<usize>)> = comparison
        .marks
        .iter()
        .enumerate()
        .filter_map(|(number, mark)| {
            let Element::Bracket(words) = &mark.mark else { return None };
            let theirs = at_edge(&mark.tokens, &query.words[words.clone()], comparison, index)?;
            is_replaced(&mark.tokens, words.clone(), query, comparison, index).then_some((number, theirs))
        })
        .collect();
    for (number, theirs) in replaced {
        if let Some(first) = comparison.pieces.first_mut().filter(|piece| piece.start == theirs.end) {
            first.start = theirs.start;
        } else if let Some(last) = comparison.pieces.last_mut().filter(|piece| piece.end == theirs.start) {
            last.end = theirs.end;
        }
        comparison.marks[number].tokens = theirs;
    }
}

/// What a bracket at the front edge stands for: the beginning of the sentence, or of the speech, if that is short.
fn front(start: usize, index: &Index<'_>) -> Range<usize> {
    let sentence = sentence_at(start, index);
    let from = (sentence.start..start)
        .rev()
        .take(FRONT)
        .take_while(|at| {
            index.tokens()[at + 1].bits & bits::QUOTE_MARK == 0 || index.tokens()[at + 1].bits & bits::APOSTROPHE != 0
        })
        .last()
        .unwrap_or(start);
    // Further into the sentence, the bracket stands for what no one can tell.
    let opens = from == sentence.start || index.tokens()[from].bits & bits::QUOTE_MARK != 0;
    if opens { from..start } else { start..start }
}

/// What a bracket at the back edge stands for: as many words as it has itself, up to the next pause.
fn back(end: usize, ours: &[QueryWord], index: &Index<'_>) -> Range<usize> {
    let tokens = index.tokens();
    let stops = |at: usize| {
        tokens.get(at).is_none_or(|token| {
            token.bits & (bits::BREAK | bits::QUOTE_MARK) != 0 && token.bits & bits::APOSTROPHE == 0
        })
    };
    let own = index.block_tokens(index.block_of(end.saturating_sub(1))).end;
    // `I told him [Stamm] to go`: a name behind a pronoun explains it.
    let explains =
        end > 0 && lexicon::is_pronoun(index.key(end - 1)) && ours.iter().any(|word| word.bits & bits::CAPITAL != 0);
    if explains {
        return end..end;
    }
    let count = (end..own.min(end + ours.len().clamp(1, BACK))).take_while(|at| !stops(*at)).count();
    end..end + count
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
    /// Whether it stands at an edge of the quotation, so that how far it reaches is not known.
    edge: bool,
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
        let language = language(self.index);
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
        if self.theirs.is_empty() && self.judges() {
            return true;
        }
        if self.theirs.is_empty()
            || self.ours.iter().map(|word| word.key_text.as_str()).eq(self.theirs.clone().map(|at| index.key(at)))
        {
            return false;
        }
        let grammatical = |key: &str| lexicon::is_pronoun(key) || lexicon::is_stop_word(key);
        let pronoun = self.theirs.clone().all(|at| grammatical(index.key(at)))
            && self.theirs.clone().any(|at| lexicon::is_pronoun(index.key(at)));
        if pronoun && self.theirs.len() <= 3 {
            if self.means_another() || self.is_not_the_subject() || self.moves_person() {
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
                && (token.bits & bits::SENTENCE == 0 || is_name_token(at, index))
                && !lexicon::is_stop_word(index.key(at));
            !self.ours_has(index.key(at)) && (name && !self.is_same_person(at) || token.kind == Kind::Number)
        });
        matters || self.theirs.len() > 6 || self.is_another_word() || self.is_another_predicate()
    }

    /// `a [convicted] thief`: a word that stands for nothing, and nowhere on the page.
    fn judges(&self) -> bool {
        let [ours] = self.ours else { return false };
        let key = ours.key_text.as_str();
        ours.kind == Kind::Word
            && ours.bits & bits::CAPITAL == 0
            && !self.edge
            && key.chars().count() > 4
            && !lexicon::is_stop_word(key)
            && !lexicon::is_preposition(key, "en")
            && self.index.places(self.index.key_number(key)).is_empty()
    }

    /// `[Toft]` for `Marian`, of whom the page speaks as `Marian Toft`.
    fn is_same_person(&self, at: usize) -> bool {
        let index = self.index;
        let ours = |key: &str| self.ours.iter().any(|word| word.bits & bits::CAPITAL != 0 && word.key_text == key);
        index.places(index.tokens()[at].key).iter().take(MAX_PLACES).any(|place| {
            let place = *place as usize;
            let behind = Some(place + 1).filter(|at| index.tokens().get(*at).is_some());
            place.checked_sub(1).into_iter().chain(behind).any(|beside| ours(index.key(beside)))
        })
    }

    /// `[They] will not pay` for `We will not pay`: a sentence of the speaker's becomes one of others.
    fn moves_person(&self) -> bool {
        let own = |key: &str| matches!(key, "i" | "we" | "my" | "our" | "me" | "us");
        let other = |word: &QueryWord| {
            word.bits & bits::CAPITAL != 0
                && matches!(
                    word.key_text.as_str(),
                    "he" | "she" | "they" | "you" | "it" | "his" | "her" | "their" | "your" | "its"
                )
        };
        self.theirs.clone().any(|at| own(self.index.key(at))) && self.ours.len() == 1 && self.ours.iter().any(other)
    }

    /// `Hugo Stamm is [the mayor]` for `is a thief`: behind the copula another noun.
    fn is_another_predicate(&self) -> bool {
        let index = self.index;
        let copula = self.edge
            && self.theirs.start.checked_sub(1).is_some_and(|before| {
                matches!(
                    index.key(before),
                    "is" | "are" | "was" | "were" | "am" | "be" | "ist" | "war" | "sind" | "est" | "sont"
                )
            });
        let theirs: Vec<&str> = self.theirs.clone().map(|at| index.key(at)).filter(|key| says_something(key)).collect();
        let ours: Vec<&str> =
            self.ours.iter().map(|word| word.key_text.as_str()).filter(|key| says_something(key)).collect();
        copula
            && !theirs.is_empty()
            && !ours.is_empty()
            && !ours.iter().any(|left| theirs.iter().any(|right| are_akin(left, right)))
    }

    /// `[The chairman] should go` for `He`, where the sentence before is about the treasurer: a personal pronoun that begins its
    /// sentence means whom the sentence before began with.
    fn is_not_the_subject(&self) -> bool {
        let index = self.index;
        let at = self.theirs.start;
        let personal = matches!(index.key(at), "he" | "she" | "his" | "her") && self.theirs.len() == 1;
        let ours: Vec<&str> =
            self.ours.iter().map(|word| word.key_text.as_str()).filter(|key| !lexicon::is_stop_word(key)).collect();
        let Some(sentence) = sentence_before(at, index).filter(|sentence| sentence.end == at) else { return false };
        if !personal || ours.is_empty() {
            return false;
        }
        let first = sentence.end;
        // What stands around the marks is not the speaker's.
        let before = sentence.clone().find(|near| is_quoted(*near, index) == is_quoted(at, index));
        let before = before.unwrap_or(sentence.start);
        let determined = matches!(index.key(before), "the" | "a" | "an" | "my" | "our" | "his" | "her" | "their");
        let subject: Vec<usize> = if determined {
            (before + 1..first).take(2).filter(|at| is_person_noun(index.key(*at), "en")).collect()
        } else {
            (before..first).take_while(|at| is_name_token(*at, index)).collect()
        };
        // A word that only begins its sentence is no name: `Nobody offered us a thing.`
        let inside = |at: usize| index.tokens()[at].bits & (bits::CAPITAL | bits::SENTENCE) == bits::CAPITAL;
        let named = |at: usize| {
            let places = index.places(index.tokens()[at].key);
            places.iter().take(MAX_PLACES).any(|place| inside(*place as usize))
        };
        if !determined && !subject.iter().all(|at| !lexicon::is_stop_word(index.key(*at)) && named(*at)) {
            return false;
        }
        !subject.is_empty() && !subject.iter().any(|at| ours.contains(&index.key(*at)))
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
        let Some(sentence) = sentence_before(at, index).filter(|_| personal && !ours.is_empty()) else { return false };
        let spoken = is_quoted(at, index);
        let context: Vec<usize> = (sentence.start..at).filter(|near| is_quoted(*near, index) == spoken).collect();
        let titled = |key: &str| {
            matches!(
                key,
                "mr" | "mrs" | "ms" | "dr" | "prof" | "herr" | "herrn" | "frau" | "mme" | "monsieur" | "madame"
            )
        };
        let person = context.windows(2).any(|pair| {
            pair[0] + 1 == pair[1]
                && is_name_token(pair[1], index)
                && index.tokens()[pair[1]].bits & bits::BREAK == 0
                && titled(index.key(pair[0]))
        });
        person && !context.iter().any(|near| ours.contains(&index.key(*near)))
    }

    /// Whether one bare word stands for another that it shares no stem with: `[sold]` for `lost`. A noun with its article
    /// (`[the group]`) names again what was named, and so does a word for a thing that says nothing (`stuff`).
    fn is_another_word(&self) -> bool {
        let [ours] = self.ours else { return false };
        let theirs: Vec<&str> =
            self.theirs.clone().map(|at| self.index.key(at)).filter(|key| says_something(key)).collect();
        let [theirs] = theirs.as_slice() else { return false };
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
        ours.kind == Kind::Word
            && ours.bits & bits::CAPITAL == 0
            && says_something(&ours.key_text)
            && !are_akin(&ours.key_text, theirs)
            && !empty
    }
}

/// The sentence before the one that a token stands in, of its block.
fn sentence_before(at: usize, index: &Index<'_>) -> Option<Range<usize>> {
    let first = sentence_at(at, index).start;
    (first > index.block_tokens(index.block_of(at)).start).then(|| index.sentence(&(first - 1..first)))
}

/// Whether a word has a meaning of its own.
fn says_something(key: &str) -> bool {
    !lexicon::is_stop_word(key) && !lexicon::is_pronoun(key) && key.chars().count() > 2
}

/// Whether two words begin alike, as forms of one word do.
fn are_akin(left: &str, right: &str) -> bool {
    left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count() >= 3
}

/// Modals as they stand in direct speech, and in the tense of reported speech.
const SHIFTS: &[(&str, &str)] =
    &[("will", "would"), ("can", "could"), ("may", "might"), ("shall", "should"), ("must", "had"), ("ll", "would")];
