//! Joints: where the page splits one quotation by its own attribution: `“A,” she said. “B.”`
//!
//! All that may stand between the two stretches is the close of marks, one clause that says who speaks, and the opening of
//! marks. Narration, a question, another speaker's clause, or a clause that turns what it says joins nothing.

use std::ops::Range;
use std::sync::LazyLock;

use super::clause::{Clause, has_saying_characters, is_saying_at, text_of};
use super::gender::{self, Gender, agree};
use super::name::{is_name_token, language};
use super::people::of_person;
use super::person::definite_subject;
use super::quoted::{clause_around, quoted_spans};
use super::words::{is_and, is_copula};
use super::{Side, is_subject_pronoun, view};
use crate::matching::fold::bits;
use crate::matching::index::{Index, Quoted};
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;
use crate::model::Where;

/// The longest clause that joins, in tokens.
const LONGEST: usize = 40;

struct Tables {
    goes_on: Phrases<()>,
    answers: Phrases<()>,
    jest: Phrases<()>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let of = |label| Phrases::class(include_str!("../terms/joints.txt"), label);
    Tables { goes_on: of("goes-on"), answers: of("answers"), jest: of("jest") }
});

/// The attribution that begins at a token right behind a quoted stretch and that the same speaker's next stretch follows.
pub(in crate::matching) fn joint_behind(at: usize, index: &Index<'_>) -> Option<Range<usize>> {
    let block = index.block_of(at);
    let own = outermost(block, index);
    let number = own.iter().rposition(|stretch| index.token_from(stretch.range.end) == at)?;
    match own.get(number + 1) {
        Some(next) => joint(&own[number], next, block, block, index),
        None => across_blocks(block, &own, index),
    }
}

/// The attribution that ends right before a token which begins a quoted stretch, behind the same speaker's last one.
pub(in crate::matching) fn joint_before(at: usize, index: &Index<'_>) -> Option<Range<usize>> {
    let block = index.block_of(at);
    let own = outermost(block, index);
    let number = own.iter().position(|stretch| index.token_from(stretch.range.start) == at)?;
    match number.checked_sub(1) {
        Some(before) => joint(&own[before], &own[number], block, block, index),
        None => {
            let before = block.checked_sub(1)?;
            across_blocks(before, &outermost(before, index), index)
        }
    }
    .filter(|joint| joint.end == at)
}

/// Whether two joints of one quotation say the same speaker: by name, or by a pronoun that can mean them.
pub(in crate::matching) fn join_one_speaker(one: &Range<usize>, other: &Range<usize>, index: &Index<'_>) -> bool {
    let teller = |joint: &Range<usize>| Teller::of(&joint.clone().collect::<Vec<_>>(), index);
    match (teller(one), teller(other)) {
        (Some(one), Some(other)) => other.goes_on_from(&one),
        _ => false,
    }
}

/// The stretches of a block that no other holds.
fn outermost(block: usize, index: &Index<'_>) -> Vec<Quoted> {
    let mut end = 0;
    let mut spans = quoted_spans(block, index).to_vec();
    spans.retain(|span| {
        let outer = span.range.start >= end;
        end = end.max(span.range.end);
        outer
    });
    spans
}

/// `“A,” says Ruiz.` as the end of one paragraph and `“B.”` as the beginning of the next.
fn across_blocks(block: usize, own: &[Quoted], index: &Index<'_>) -> Option<Range<usize>> {
    let blocks = &index.document().blocks;
    let next = block + 1;
    if next >= blocks.len() || [block, next].iter().any(|block| blocks[*block].zone.place() != Where::Body) {
        return None;
    }
    let theirs = outermost(next, index);
    let second = theirs.first()?;
    let first = own.last()?;
    (index.token_from(second.range.start) == index.block_tokens(next).start)
        .then(|| joint(first, second, block, next, index))
        .flatten()
}

/// What stands between two stretches that follow each other, where it is an attribution of both.
fn joint(first: &Quoted, second: &Quoted, block: usize, next: usize, index: &Index<'_>) -> Option<Range<usize>> {
    let between = index.token_from(first.range.end)..index.token_from(second.range.start);
    if between.is_empty() || between.len() > LONGEST || between.start == index.token_from(first.range.start) {
        return None;
    }
    let teller = attribution(&between, block != next, index)?;
    // `“A,” Ruiz said. “B,” Lind said.`
    let spans = quoted_spans(next, index);
    let behind = clause_around(second, spans, next, index);
    let own = index.token_from(second.range.end);
    if behind.side == Side::Behind && behind.tokens.first() == Some(&own) {
        let view = view(&behind, index);
        if view.verb.is_some_and(|verb| is_answering(&behind.tokens, verb, index)) {
            return None;
        }
        if !Teller::of(&behind.tokens, index)?.goes_on_from(&teller) {
            return None;
        }
    }
    Some(between)
}

/// Who a clause says speaks.
struct Teller {
    names: Vec<String>,
    gender: Option<Gender>,
    /// Keys of a noun that means somebody: `the mayor said`.
    nouns: Vec<String>,
}

impl Teller {
    /// Reads a clause; `None` where nobody speaks in it.
    fn of(tokens: &[usize], index: &Index<'_>) -> Option<Self> {
        let verb = tokens.iter().position(|at| is_saying_at(*at, index));
        if verb.is_none() {
            return has_saying_characters(tokens, index).then(|| Self {
                names: Vec::new(),
                gender: None,
                nouns: Vec::new(),
            });
        }
        let clause = Clause { tokens, verb, ahead: false, index };
        let speaking = clause.speaking();
        let names: Vec<String> =
            speaking.iter().flat_map(|run| run.clone()).map(|at| clause.key(at).to_owned()).collect();
        let pronoun = tokens.iter().position(|at| is_subject_pronoun(*at, index));
        let gender = match (speaking.first(), pronoun) {
            (Some(run), _) => of_person(tokens, run, index),
            (None, Some(at)) => gender::of_pronoun(clause.key(at), language(index)),
            (None, None) => None,
        };
        let nouns: Vec<String> = definite_subject(&clause).iter().map(|at| clause.key(*at).to_owned()).collect();
        // `», dijo.`: Romance and Slavic languages leave the pronoun out.
        let silent =
            matches!(language(index), "es" | "it" | "pt" | "pl" | "cs" | "ru" | "uk" | "el" | "tr" | "hi" | "ar");
        let somebody = !names.is_empty() || pronoun.is_some() || !nouns.is_empty() || clause.has_somebody();
        (somebody || silent).then_some(Self { names, gender, nouns })
    }

    /// Whether it can be whoever a clause before it named: by a name or a noun that both have, or by a pronoun that fits.
    /// A name behind a pronoun may be anybody's.
    fn goes_on_from(&self, before: &Self) -> bool {
        let shared = |one: &[String], two: &[String]| one.iter().any(|key| two.contains(key));
        if !self.names.is_empty() {
            shared(&self.names, &before.names)
        } else if !self.nouns.is_empty() {
            shared(&self.nouns, &before.nouns)
        } else {
            agree(self.gender, before.gender)
        }
    }
}

/// Whoever speaks in an attribution that joins two stretches; `None` where it is none, or says that the words are not meant.
fn attribution(between: &Range<usize>, apart: bool, index: &Index<'_>) -> Option<Teller> {
    let tokens: Vec<usize> = between.clone().collect();
    let all = index.tokens();
    if tokens.iter().skip(1).any(|at| all[*at].has(bits::SENTENCE)) {
        return None;
    }
    const CLOSING: [char; 9] = [',', '.', '…', '—', '–', '-', '，', '、', '。'];
    const SETTING_OFF: [char; 11] = [',', '.', ':', ';', '—', '–', '-', '、', '，', '。', '：'];
    let before = index.gap_before(between.start);
    let behind = index.gap_before(between.end);
    // `?` and `!` are tokens of their own.
    let asks = matches!(index.form(between.start - 1), "?" | "!" | "？" | "！");
    if !(asks || before.contains(CLOSING)) || !behind.contains(SETTING_OFF) {
        return None;
    }
    let verb = tokens.iter().position(|at| is_saying_at(*at, index));
    let clause = Clause { tokens: &tokens, verb, ahead: false, index };
    if let Some(verb) = verb {
        if !opens_attribution(&clause, verb) {
            return None;
        }
        // `“A.” She added: “B.”`: a sentence of its own joins only where it says that the speaker goes on.
        let own = all[between.start].bits & (bits::SENTENCE | bits::CAPITAL) == bits::SENTENCE | bits::CAPITAL
            && !asks
            && !before.contains([',', '—', '–', '，']);
        let introduces = behind.contains([':', '：', ',', '，']);
        if own && introduces && !is_phrase(&tokens, verb, &TABLES.goes_on, index) {
            return None;
        }
    } else if !has_saying_characters(&tokens, index) || between.len() > LONGEST / 2 {
        return None;
    }
    if apart && !behind.contains(['.', '。']) || turns(&tokens, index) {
        return None;
    }
    // `“A,” Ruiz said, after Lind had told her: “B.”`
    let another = verb.is_some_and(|verb| {
        tokens
            .iter()
            .enumerate()
            .skip(verb + 1)
            .any(|(number, at)| is_saying_at(*at, index) && !is_phrase(&tokens, number, &TABLES.goes_on, index))
    });
    if another || verb.is_some_and(|verb| lexicon::is_asking(clause.key(verb))) {
        return None;
    }
    Teller::of(&tokens, index)
}

/// Whether a clause begins with who speaks, or with the word of saying: not with a conjunction, a relative pronoun, a form of
/// being or a preposition.
fn opens_attribution(clause: &Clause<'_>, verb: usize) -> bool {
    let first = clause.key(0);
    let language = language(clause.index);
    let subject = is_subject_pronoun(clause.tokens[0], clause.index) && !matches!(first, "who" | "it")
        || is_name_token(clause.tokens[0], clause.index);
    // `a expliqué Ana Ruiz`
    let auxiliary = verb == 1 && matches!((language, first), ("fr", "a" | "ont" | "avait") | ("it" | "es", "ha"));
    let strange = lexicon::is_conjunction(first, language)
        || clause.is_subordinator(0)
        || clause.is_preposition(0) && !auxiliary
        || is_copula(first)
        || super::clause::is_relative(first, language);
    if verb == 0 || subject {
        // Between a pronoun and its verb stand only small words: `she used to say`.
        return !(1..verb).any(|at| clause.is_subordinator(at) || is_and(clause.key(at)) && !clause.is_name(at + 1));
    }
    !strange && verb <= 12 && !(1..verb).any(|at| clause.is_subordinator(at))
}

/// Whether a clause says that its words were not said, not meant, or only heard of.
fn turns(tokens: &[usize], index: &Index<'_>) -> bool {
    let code = language(index);
    // What a relative clause says of whoever speaks turns nothing: `said Ruiz, who never liked it`.
    let relative = tokens.iter().position(|at| {
        super::clause::is_relative(index.key(*at), code)
            || index.tokens()[*at].has(bits::PAUSE)
                && matches!(index.key(*at), "que" | "qui" | "che" | "die" | "der" | "som")
    });
    let relative = relative.unwrap_or(tokens.len());
    let doubts = tokens[..relative].iter().any(|at| {
        let key = index.key(*at);
        lexicon::negates(key, code)
            || key == "t" && index.tokens()[*at].has(bits::APOSTROPHE)
            || lexicon::is_denial(key, code)
            || lexicon::is_allegation(key, code)
            || lexicon::is_fabrication(key, code)
            || lexicon::is_hedge(key)
    });
    let conditional = tokens.iter().any(|at| lexicon::is_condition(index.key(*at), code))
        || tokens[..relative].iter().any(|at| {
            matches!(index.key(*at), "would" | "could" | "might" | "should" | "imagine" | "imagined" | "pretended")
        });
    let jest = (0..tokens.len()).any(|number| is_phrase(tokens, number, &TABLES.jest, index));
    let text = text_of(tokens, index);
    let characters = text.chars().any(crate::matching::fold::is_unspaced) && lexicon::has_negation_characters(text);
    doubts || conditional || jest || characters
}

/// Whether the verb of a clause answers or asks: then somebody else spoke before.
fn is_answering(tokens: &[usize], verb: usize, index: &Index<'_>) -> bool {
    lexicon::is_asking(index.key(tokens[verb])) || is_phrase(tokens, verb, &TABLES.answers, index)
}

fn is_phrase(tokens: &[usize], number: usize, table: &Phrases<()>, index: &Index<'_>) -> bool {
    let code = if language(index).is_empty() { "en" } else { language(index) };
    table.at(code, |next| tokens.get(number + next).map(|at| index.key(*at))).is_some()
}
