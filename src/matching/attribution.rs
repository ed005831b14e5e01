//! Attribution: whose words a passage is, as far as the page says it beside the passage.
//!
//! Only asked where the manifest names a speaker. The page's own marks tell the quoted stretch; the clause around it tells
//! who is named, and what the name does there: [`role`]. A pronoun stands for whoever was named shortly before. Words
//! outside quotation marks are the page's own, unless the page says that the speaker speaks.

mod beside;
mod chain;
mod charge;
mod clause;
mod continuing;
mod described;
mod document;
mod gender;
mod joint;
mod label;
mod mouths;
mod name;
mod own_text;
mod papers;
#[cfg(test)]
mod part_tests;
mod people;
mod person;
mod person_noun;
mod possessed;
mod quoted;
mod role;
mod segment;
mod shape;
mod signed;
mod somebody;
mod spaceless;
mod subject;
#[cfg(test)]
mod tests;
mod titled;
mod unquoted;
mod wordless;
mod words;

use std::ops::Range;

use chain::{declared, second_hand};
pub(super) use clause::is_saying_at;
use clause::{Clause, says};
pub(super) use joint::{join_one_speaker, joint_before, joint_behind};
use label::Label;
pub(super) use label::is_turn;
pub(super) use mouths::{named_with, question_and_answer, two_mouths};
pub(super) use name::is_name_token;
pub(super) use name::language;
use name::{Name, names_in, runs};
use person::{Person, last_person, last_to_speak};
pub(super) use person_noun::is_person_noun;
use quoted::{Around, Side, around, clause_around, is_account, outside};
pub(super) use quoted::{begins_anew, quoted_spans};
use role::Role;
use signed::Signed;
use unquoted::unquoted;

use super::asked::Asked;
use super::fold;
use super::index::{Index, Quoted};
use super::lexicon;
use crate::model::{Flag, Zone};

/// Places of an office at which its holder is looked for.
const OFFICES: usize = 48;

/// Blocks before the passage in which a pronoun's name, or the speaker, may stand.
const LOOK_BACK: usize = 3;

/// The flag that the attribution of a quotation's pieces asks for, against the speaker that the manifest names.
pub(super) fn flag(pieces: &[Range<usize>], asked: &Asked<'_>, index: &Index<'_>) -> Option<Flag> {
    let declared = || {
        let written = asked.claim.speaker.as_deref()?;
        flag_for(&speaker(written, index)?, pieces, asked, index)
    };
    stated(pieces, asked, index).or_else(declared)
}

/// The flag against whom the statement itself names: no more than that the words are another's. An outlet that passes words
/// on is no speaker, and whom the page does not name, it does not contradict.
fn stated(pieces: &[Range<usize>], asked: &Asked<'_>, index: &Index<'_>) -> Option<Flag> {
    let name = speaker(asked.stated_speaker()?, index)?;
    if !name.is_person_on(index) || is_outlet(&name, asked, index) {
        return None;
    }
    flag_for(&name, pieces, asked, index).filter(|flag| *flag == Flag::OtherSpeaker)
}

/// Whether a name is that of an outlet which the manifest or the page names.
fn is_outlet(name: &Name, asked: &Asked<'_>, index: &Index<'_>) -> bool {
    let outlets = asked.known_names.iter().chain(index.document().outlet.as_ref());
    outlets.into_iter().any(|outlet| name.is_in_text(outlet, index))
}

fn flag_for(name: &Name, pieces: &[Range<usize>], asked: &Asked<'_>, index: &Index<'_>) -> Option<Flag> {
    let mut worst = None;
    for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
        for at in [piece.start, piece.end - 1] {
            match of_token(at, piece, name, asked, index) {
                Some(Flag::OtherSpeaker) => return Some(Flag::OtherSpeaker),
                flag => worst = worst.or(flag),
            }
        }
    }
    worst
}

/// The name of a speaker; where it is an office (`the minister`), whoever the page says holds it.
fn speaker(written: &str, index: &Index<'_>) -> Option<Name> {
    let mut name = Name::new(written, index)?;
    if !written.chars().any(fold::is_unspaced)
        && !written.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase))
        && written.contains(' ')
    {
        for place in index.places(index.key_number(name.surname())).iter().take(OFFICES) {
            for holder in person::beside(*place as usize, index) {
                name.aliases.push(index.key(holder.end - 1).to_owned());
            }
        }
    }
    Some(name)
}

/// The flag for the words around one token of a piece.
fn of_token(at: usize, piece: &Range<usize>, name: &Name, asked: &Asked<'_>, index: &Index<'_>) -> Option<Flag> {
    let block = index.block_of(at);
    let content = &index.document().blocks[block];
    let author = content.author.as_deref();
    match author.map(|author| signed::of_token(author, at, name, index)) {
        Some(Signed::Theirs) => None,
        Some(Signed::Quoted) => Some(Flag::SecondHand),
        Some(Signed::Another) => Some(Flag::OtherSpeaker),
        Some(Signed::Unclear) => Some(beside(at, piece, name, asked, index).unwrap_or(Flag::SecondHand)),
        Some(Signed::No) | None => beside(at, piece, name, asked, index),
    }
}

/// The flag for what stands beside a token.
fn beside(at: usize, piece: &Range<usize>, name: &Name, asked: &Asked<'_>, index: &Index<'_>) -> Option<Flag> {
    let block = index.block_of(at);
    let quoted = quoted_spans(block, index);
    let mut stretches = around(at, quoted, index);
    // Words that somebody else says inside the quotation, where all of it is quoted, are the outer speaker's to tell.
    // A quotation over paragraphs opens its marks in each.
    let from = index.tokens()[piece.start.max(index.block_tokens(block).start)].start;
    stretches.retain(|stretch| stretch.range.start <= from);
    match stretches.as_slice() {
        [] => unquoted(at, piece, block, quoted, name, asked, index),
        [only] => in_marks(only, block, quoted, at, name, asked, index),
        [outer, inner, ..] => {
            // Somebody's words inside somebody else's: which of the two does the manifest mean?
            if quotes_oneself(inner, index) {
                return in_marks(outer, block, quoted, at, name, asked, index);
            }
            let clause = clause_around(outer, quoted, block, index);
            if name.is_in(&clause.tokens, index) && strongest(&view(&clause, index), name, index) != Role::Beside {
                Some(Flag::OtherSpeaker)
            } else if declared(asked, &names_in(&clause.tokens, index)) {
                None
            } else {
                Some(Flag::SecondHand)
            }
        }
    }
}

/// `“I told him: ‘Go home’,” she said`: the inner words are the outer speaker's own.
fn quotes_oneself(inner: &Quoted, index: &Index<'_>) -> bool {
    let first = index.token_from(inner.range.start);
    let before = first.saturating_sub(5)..first;
    before.clone().any(|at| is_saying_at(at, index) || matches!(index.key(at), "say" | "thought"))
        && before.clone().any(|at| {
            matches!(
                index.key(at),
                "i" | "we" | "ich" | "wir" | "je" | "yo" | "eu" | "io" | "ik" | "ja" | "я" | "jag" | "jeg"
            )
        })
}

/// The flag for words that stand in quotation marks of the page.
fn in_marks(
    here: &Quoted,
    block: usize,
    quoted: &[Quoted],
    at: usize,
    name: &Name,
    asked: &Asked<'_>,
    index: &Index<'_>,
) -> Option<Flag> {
    let mut clause = clause_around(here, quoted, block, index);
    if clause.tokens.is_empty() {
        clause = introduced(block, index).unwrap_or(clause);
    }
    if let Some(label) = label::of_block(block, index).filter(|_| clause.side == Side::Nowhere) {
        return by_label(&label, name, index);
    }
    if let Some(accuser) = charge::accuser(here, quoted, block, index) {
        let person = accuser.person(first_of(here, &[], index), name, block, index);
        return by_person(person, block, name, index);
    }
    if let Some(flag) = continuing::flag(&clause, here, quoted, block, name, asked, index) {
        return flag;
    }
    let near = is_near(block, name, index);
    let tokens = &clause.tokens;
    let view = view(&clause, index);
    // A verb that only its place makes one of saying, before the quotation: nobody is accused.
    let shaped = clause.verb.is_some() && clause.before && !is_introduced(&clause, index);
    let another = if shaped { Flag::SecondHand } else { Flag::OtherSpeaker };
    match document::of_document(&view, name, first_of(here, tokens, index), block) {
        Some(Person::Other) => return Some(Flag::OtherSpeaker),
        Some(Person::Nobody) => return Some(Flag::SecondHand),
        Some(Person::Speaker) | None => {}
    }
    if name.is_in(tokens, index) {
        return match strongest(&view, name, index) {
            Role::Speaks => second_hand(&view, name, asked, index),
            Role::Beside if charge::speaks_for(&view, name, index) && !document::is_person(name, index) => None,
            Role::Beside => Some(Flag::OtherSpeaker),
            Role::Unclear if speaks_other(&view, name, index) || view.has_somebody() => Some(Flag::OtherSpeaker),
            Role::Unclear => by_description(&view, name, index).or_else(|| second_hand(&view, name, asked, index)),
        };
    }
    let saying = view.verb.is_some() || says(tokens, index);
    let pronoun = tokens.iter().any(|at| is_subject_pronoun(*at, index));
    // Scripts without capitals name somebody in any clause of saying.
    if saying && (speaks_other(&view, name, index) || !pronoun && is_caseless(tokens, index)) {
        return Some(another);
    }
    if let Some(flag) = label::of_block(block, index)
        .filter(|_| saying && (pronoun || view.has_somebody()))
        .and_then(|label| third_person(&label, &view, name, index))
    {
        return Some(flag);
    }
    if saying && document::is_of_a_body(&view, name, index) {
        return Some(Flag::OtherSpeaker);
    }
    if saying && !is_described(&view, name, block, index) {
        if document::is_document(&view) {
            return by_person(document::author(first_of(here, tokens, index), name, block, index), block, name, index);
        }
        let nouns = person::definite_subject(&view);
        if !nouns.is_empty() && chain::is_citing(tokens, index) && asked.claim.via.is_empty() {
            // `the newspaper quoted her as saying`
            return Some(Flag::SecondHand);
        }
        match person::described(&nouns, &view, name, index) {
            Person::Speaker => return None,
            Person::Other => return Some(Flag::OtherSpeaker),
            Person::Nobody => {}
        }
        if !pronoun && view.has_somebody() {
            return Some(another);
        }
        if view.is_possessed_subject() {
            // `Lind's company said`, `her cook said`
            return Some(Flag::SecondHand);
        }
    }
    // `In Brandt's telling, …`, `A report by the firm found …`: a document or an account speaks.
    if !saying && is_account(tokens, index) {
        return Some(Flag::SecondHand);
    }
    if let Some(person) = person::former_or_latter(first_of(here, tokens, index), tokens, name, block, index) {
        return by_person(person, block, name, index);
    }
    let named = names_in(tokens, index);
    if is_signed_or_introduced(&clause, &view, index) {
        return Some(Flag::OtherSpeaker);
    }
    if named.len() >= 2 && tokens.len() <= 14 && !pronoun && !runs(tokens, index).iter().any(|run| run.start > 3) {
        return Some(Flag::OtherSpeaker);
    }
    if !saying && document::owner(&view).is_some() {
        return Some(Flag::SecondHand);
    }
    // `“…,” he went on.`
    if pronoun && person::definite_subject(&view).is_empty() && (saying || tokens.len() <= 4) {
        // The pronoun is whoever was named last before the passage.
        return by_person(last_person(at, pronoun_of(&view), name, block, index), block, name, index);
    }
    if is_author(name, index) {
        // What others say in the author's own text: `The ministry contends that “…”`.
        return by_description(&view, name, index);
    }
    if clause.side == Side::Nowhere {
        match last_to_speak(block, name, index) {
            Person::Speaker => return None,
            Person::Other => return Some(Flag::SecondHand),
            Person::Nobody => {}
        }
    }
    let nouns = person::definite_subject(&view);
    if !nouns.is_empty() {
        return described::by_nouns(&nouns, &view, at, block, name, index);
    }
    // Nobody says whose words they are: whom the text speaks of, or nobody.
    match last_person(at, None, name, block, index) {
        Person::Speaker => None,
        _ if near && person::is_alone(block, name, index) => None,
        _ => Some(Flag::SecondHand),
    }
}

/// Whether a clause without a word of saying names somebody as a signature or an introduction does: `“…” (Whitlock)`, `Vera
/// Lund disagreed: “…”`. Asked where it does not name the speaker.
fn is_signed_or_introduced(clause: &Around, view: &Clause<'_>, index: &Index<'_>) -> bool {
    let Some(first) = clause.tokens.first().filter(|_| view.verb.is_none()) else { return false };
    if clause.side == Side::Ahead {
        return is_introduced(clause, index);
    }
    let gap = index.gap_before(*first);
    clause.tokens.len() <= 8 && is_name_token(*first, index) && gap.contains(['(', '–', '—'])
}

/// Whether a clause before a quotation names somebody who can be its subject.
fn is_introduced(clause: &Around, index: &Index<'_>) -> bool {
    let everybody = people::people(&clause.tokens, index);
    if segment::is_gapped(&clause.tokens, index) {
        return everybody.iter().any(|someone| someone.named);
    }
    everybody.iter().any(|someone| someone.named && !someone.aside && someone.gender.is_some())
}

/// The flag for a definite noun that is the subject of a clause and is not said of the speaker: `To Ruiz, the mayor said`.
fn by_description(clause: &Clause<'_>, name: &Name, index: &Index<'_>) -> Option<Flag> {
    let nouns = person::definite_subject(clause);
    if nouns.is_empty() || described::is_called(clause, name, index) {
        return None;
    }
    match person::described(&nouns, clause, name, index) {
        Person::Speaker => None,
        Person::Other => Some(Flag::OtherSpeaker),
        Person::Nobody => Some(Flag::SecondHand),
    }
}

/// The flag that follows from whom a pronoun or a noun means. Where nobody can tell, it means the speaker only if nobody else
/// is there.
fn by_person(person: Person, block: usize, name: &Name, index: &Index<'_>) -> Option<Flag> {
    match person {
        Person::Speaker => None,
        Person::Other => Some(Flag::OtherSpeaker),
        Person::Nobody if is_near(block, name, index) && person::is_alone(block, name, index) => None,
        Person::Nobody => Some(Flag::SecondHand),
    }
}

/// What the pronoun that is the subject of a clause's word of saying says of its person.
fn pronoun_of(clause: &Clause<'_>) -> Option<gender::Gender> {
    let verb = clause.verb.unwrap_or_default();
    let pronouns = (0..clause.tokens.len()).filter(|at| is_subject_pronoun(clause.tokens[*at], clause.index));
    let nearest = pronouns.min_by_key(|at| at.abs_diff(verb))?;
    gender::of_pronoun(clause.key(nearest), language(clause.index))
}

/// `They told me: “…”` in the speaker's own turn: somebody else's words.
fn third_person(label: &Label, clause: &Clause<'_>, name: &Name, index: &Index<'_>) -> Option<Flag> {
    let pronoun = clause.verb.and_then(|verb| verb.checked_sub(1)).map(|before| clause.key(before))?;
    let another = matches!(pronoun, "he" | "she" | "they" | "it" | "which") || clause.has_somebody();
    (by_label(label, name, index).is_none() && another).then_some(Flag::OtherSpeaker)
}

/// The first token of a quotation with its clause: what stands before it is told before it.
fn first_of(here: &Quoted, clause: &[usize], index: &Index<'_>) -> usize {
    let quoted = index.token_from(here.range.start);
    clause.first().map_or(quoted, |first| quoted.min(*first))
}

fn by_label(label: &Label, name: &Name, index: &Index<'_>) -> Option<Flag> {
    match label {
        Label::Named(keys) => {
            let own = |key: &String| name.keys.contains(key) || *key == name.initials();
            (!name.is_one_of(keys) && !keys.iter().any(own)).then_some(Flag::OtherSpeaker)
        }
        Label::Asks => (!is_author(name, index)).then_some(Flag::OtherSpeaker),
        Label::Answers => {
            let all: Vec<usize> = (0..index.tokens().len()).collect();
            (!name.is_in(&all, index)).then_some(Flag::SecondHand)
        }
    }
}

/// The clause with the word of saying that belongs to the quotation: the nearest one.
fn view<'c>(clause: &'c Around, index: &'c Index<'_>) -> Clause<'c> {
    let saying = |at: &usize| is_saying_at(*at, index);
    let verb = match clause.side {
        Side::Ahead => clause.tokens.iter().rposition(saying),
        _ => clause.tokens.iter().position(saying),
    };
    // `Ruiz berichtete, Lind habe gesagt: “…”`: a participle right before the quotation carries it.
    let participle = clause.tokens.len().checked_sub(1).filter(|last| {
        let carries = clause.side == Side::Ahead
            && verb.is_some_and(|verb| verb < *last && !role::is_source_word(index.key(clause.tokens[verb])));
        carries && is_participle_of_saying(index.key(clause.tokens[*last]))
    });
    let verb = participle.or(verb).or(clause.verb);
    let view = Clause { tokens: &clause.tokens, verb, ahead: clause.before, index };
    // `Before Ruiz could answer, Lind cut her off: “…”`
    let main = view.main_clause().is_some_and(|main| verb.is_some_and(|verb| verb < main));
    Clause { verb: verb.filter(|_| !main), ..view }
}

/// Participles of saying that stand right before a quotation behind their auxiliary (keys).
fn is_participle_of_saying(key: &str) -> bool {
    matches!(key, "gesagt" | "geschrieben" | "geantwortet" | "dicho" | "escrito" | "dito" | "gezegd" | "geschreven")
}

/// What the speaker's name does in a clause; of several mentions one that speaks counts.
fn strongest(clause: &Clause<'_>, name: &Name, index: &Index<'_>) -> Role {
    let mentions = name.mentions(clause.tokens, index);
    mentions.iter().map(|mention| clause.role(mention)).min().unwrap_or(Role::Unclear)
}

/// Whether another name than the speaker's speaks in a clause.
fn speaks_other(clause: &Clause<'_>, name: &Name, index: &Index<'_>) -> bool {
    clause.verb.is_some() && clause.speaking().iter().any(|run| !name.is_in(&clause.tokens[run.clone()], index))
}

/// Whether the page calls the speaker by the noun that speaks in a clause: `Ana Ruiz, a spokeswoman … the spokeswoman said`.
fn is_described(clause: &Clause<'_>, name: &Name, block: usize, index: &Index<'_>) -> bool {
    let nouns: Vec<&str> =
        clause.tokens.iter().map(|at| index.key(*at)).filter(|key| lexicon::is_relation(key)).collect();
    let definite = clause.tokens.iter().any(|at| {
        matches!(index.key(*at), "the" | "der" | "die" | "le" | "la" | "el" | "il" | "o" | "de" | "het" | "l")
    });
    definite
        && !nouns.is_empty()
        && (block.saturating_sub(LOOK_BACK)..=block).any(|block| {
            let tokens: Vec<usize> = index.block_tokens(block).collect();
            name.mentions(&tokens, index).iter().any(|mention| {
                let from = mention.range.start.saturating_sub(4);
                let to = (mention.range.end + 4).min(tokens.len());
                (from..to).any(|at| nouns.contains(&index.key(tokens[at])))
            })
        })
}

/// The last sentence of the paragraph before, where it introduces a quotation that fills a block: `Ruiz wrote:`.
fn introduced(block: usize, index: &Index<'_>) -> Option<Around> {
    let before = block.checked_sub(1)?;
    let range = index.document().blocks[before].range;
    let text = index.document().slice(range).trim_end();
    let own = index.block_tokens(before);
    if own.is_empty() || !text.ends_with([':', '：']) {
        return None;
    }
    let quoted = quoted_spans(before, index);
    let tokens = outside(&index.sentence(&(own.end - 1..own.end)), quoted, index);
    Some(Around::new(tokens, Side::Ahead))
}

fn is_near(block: usize, name: &Name, index: &Index<'_>) -> bool {
    (block.saturating_sub(LOOK_BACK)..=block)
        .any(|block| name.is_in(&index.block_tokens(block).collect::<Vec<_>>(), index))
}

/// Whether a token is a pronoun that can be the subject of a word of saying.
fn is_subject_pronoun(at: usize, index: &Index<'_>) -> bool {
    let key = index.key(at);
    if gender::of_pronoun(key, language(index)).is_some() {
        return true;
    }
    match language(index) {
        "en" | "" => matches!(key, "he" | "she" | "they" | "it" | "who" | "we" | "i"),
        "de" => matches!(key, "er" | "sie" | "es" | "wir" | "ich" | "dieser" | "diese"),
        "fr" => matches!(key, "il" | "elle" | "ils" | "elles" | "on" | "je" | "nous"),
        _ => lexicon::is_pronoun(key),
    }
}

/// Whether a clause is written in a script that knows no capitals.
fn is_caseless(clause: &[usize], index: &Index<'_>) -> bool {
    clause.iter().any(|at| {
        index.form(*at).chars().next().is_some_and(|c| c.is_alphabetic() && c.to_uppercase().eq(c.to_lowercase()))
    })
}

fn is_author(name: &Name, index: &Index<'_>) -> bool {
    index.document().blocks.iter().enumerate().any(|(block, content)| {
        content.zone == Zone::Byline && name.is_in(&index.block_tokens(block).collect::<Vec<_>>(), index)
    })
}

/// Whether the speaker is named in the block of a passage.
pub(super) fn speaker_beside(span: &Range<usize>, asked: &Asked<'_>, index: &Index<'_>) -> bool {
    let Some(name) = asked.speaker().and_then(|speaker| Name::new(speaker, index)) else { return false };
    let block = index.block_of(span.start);
    let author = index.document().blocks.get(block).and_then(|block| block.author.as_deref());
    author.is_some_and(|author| name.is_in_text(author, index))
        || name.is_in(&index.block_tokens(block).collect::<Vec<_>>(), index)
}
