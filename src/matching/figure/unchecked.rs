//! Unchecked: the words of a statement that stand nowhere near a figure that carries it.

use super::candidate::Candidate;
use super::compare::Relation;
use super::ours::Ours;
use super::sense::{self, same};
use super::tables::Tables;
use crate::matching::asked::Asked;
use crate::matching::index::Index;
use crate::matching::phrases::key_of;
use crate::matching::statement;
use crate::model::figure::{Bands, Figure};

/// Blocks above a table's caption in which what it is about may stand.
const ABOVE: usize = 1;

/// What stands beside a figure: the figures of its sentence, the tables of its document.
#[derive(Clone, Copy)]
pub(super) struct Beside<'b> {
    pub(super) figures: &'b [Figure],
    pub(super) tables: &'b Tables,
}

/// The words of a statement that stand nowhere near the figure, and names that its sentence gives it to others.
pub(super) fn unchecked(
    best: &Candidate,
    beside: Beside<'_>,
    asked: &Asked<'_>,
    ours: &Ours,
    index: &Index<'_>,
) -> Vec<String> {
    let mut unchecked = statement::unchecked(asked, index, &best.tokens);
    let number = |word: &str| super::read::read(word, None).into_iter().next();
    // `12 games` of `twelve games` stands there, and `aged` where an age does.
    unchecked.retain(|word| {
        let carried = |own: &Figure| {
            beside.figures.iter().any(|other| {
                matches!(super::compare::compare(own, other, &Bands::default()), Relation::Carried(flags) if flags.is_empty())
            })
        };
        !number(word).is_some_and(|own| carried(&own))
    });
    if best.thing.as_ref().is_some_and(|thing| thing.frame.is_age()) {
        unchecked.retain(|word| !matches!(key_of(word).as_str(), "aged" | "age" | "old"));
    }
    // A cell has no verb, and what its table counts stands above it.
    let block = index.block_of(best.tokens.start);
    if let Some(blocks) = super::around::caption(block, index, beside.tables) {
        let caption = super::around::tokens_of_blocks(&(blocks.start.saturating_sub(ABOVE)..blocks.end), index);
        let above = |key: &str| caption.clone().any(|at| same(index.key(at), key));
        unchecked.retain(|word| !above(&key_of(word)));
    }
    // `im Jahr 2010` says no more than 2010, which is looked for itself.
    let dated = |key: &str| {
        asked.statement_keys.windows(2).any(|pair| {
            let year = |key: &str| key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit());
            pair[0] == key && year(&pair[1]) || year(&pair[0]) && pair[1] == key
        })
    };
    unchecked.retain(|word| {
        let key = key_of(word);
        !(is_year(&key) && dated(&key))
    });
    if let Some(heading) = super::around::heading_of_list(block, index) {
        let above = |key: &str| index.block_tokens(heading).any(|at| same(index.key(at), key));
        unchecked.retain(|word| !above(&key_of(word)));
    }
    if !index.document().blocks[block].heads.is_empty() {
        unchecked.retain(|word| !matches!(key_of(word).as_str(), "recorded" | "registered" | "reported"));
    }
    if let Some(thing) = &best.thing {
        // What happened was compared by its sense, and `people` is said of persons of any kind.
        let persons = thing.noun.iter().all(|word| sense::is_person(word) || sense::event(word).is_some());
        unchecked.retain(|word| {
            let key = key_of(word);
            let event = sense::event(&key).filter(|_| thing.event.is_some());
            // Arabic writes `and` with the word behind it.
            let clitic = |at: usize| index.key(at).strip_prefix('و').is_some_and(|rest| rest == key);
            let joined = key.starts_with(|c| ('\u{620}'..'\u{64a}').contains(&c)) && best.sentence.clone().any(clitic);
            let contest = thing.frame.is_same_contest(&ours.thing.frame)
                && super::thing::is_contest(asked.claim.language.as_deref().unwrap_or("en"), &key);
            !(joined
                || contest
                || event.is_some() && event == thing.event
                || persons && sense::is_people(&key)
                || sense::is_counting(&key))
        });
    }
    if let Some(thing) = &best.thing {
        let recipients = ours.thing.frame.other_recipients(&thing.frame);
        let written = asked.statement.split(|c: char| !c.is_alphanumeric());
        let recipients = written.filter(|word| recipients.contains(&key_of(word))).map(str::to_owned);
        for name in other_names(ours, thing, asked, index).into_iter().chain(recipients) {
            if !unchecked.contains(&name) {
                unchecked.push(name);
            }
        }
    }
    // Another place stands with the value, and the claim's own stands somewhere else.
    if let Some(thing) = &best.thing
        && !thing.places.is_empty()
        && !thing.places.iter().any(|place| asked.statement_keys.iter().any(|key| same(key, place)))
    {
        for place in &ours.thing.places {
            let here = best.sentence.clone().any(|at| same(index.key(at), place));
            let written = asked.statement.split(|c: char| !c.is_alphanumeric()).find(|word| same(&key_of(word), place));
            if let Some(written) = written.filter(|_| !here)
                && !unchecked.iter().any(|word| word == written)
            {
                unchecked.push(written.to_owned());
            }
        }
    }
    unchecked
}

/// The names that a statement gives a figure to, where its sentence gives it to somebody else by name.
fn other_names(ours: &Ours, theirs: &super::thing::Thing, asked: &Asked<'_>, index: &Index<'_>) -> Vec<String> {
    let (own, other) = (&ours.thing.frame, &theirs.frame);
    let said = |word: &String| asked.statement_keys.iter().any(|key| same(key, word));
    if other.names.is_empty() || other.names.iter().any(said) {
        return Vec::new();
    }
    // The first word of a statement is a name where the page writes it as one inside a sentence.
    let is_name = |word: &&String| {
        use crate::matching::fold::bits::{CAPITAL, SENTENCE};
        let places = index.places(index.key_number(word));
        let bits = |at: usize| index.tokens().get(at).map_or(0, |token| token.bits);
        let inside = |at: &u32| bits(*at as usize) & CAPITAL != 0 && bits(*at as usize) & SENTENCE == 0;
        // Or wherever it stands, and with another such word behind it.
        let full = |at: &u32| bits(*at as usize + 1) & CAPITAL != 0 && bits(*at as usize + 1) & SENTENCE == 0;
        places.iter().any(inside)
            || places.iter().any(full) && places.iter().all(|at| bits(*at as usize) & CAPITAL != 0)
    };
    let names: Vec<&String> = own.names.iter().chain(own.opening.iter().filter(is_name)).collect();
    if names.is_empty() || names.iter().any(|name| other.all.iter().any(|word| same(word, name))) {
        return Vec::new();
    }
    asked
        .statement
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| names.iter().any(|name| key_of(word) == **name))
        .map(str::to_owned)
        .collect()
}

/// The word for a year (keys).
fn is_year(key: &str) -> bool {
    matches!(
        key,
        "year"
            | "jahr"
            | "jahre"
            | "annee"
            | "an"
            | "ano"
            | "anno"
            | "jaar"
            | "ar"
            | "aret"
            | "rok"
            | "roku"
            | "roce"
            | "год"
            | "году"
            | "года"
            | "рік"
            | "році"
            | "року"
            | "ετοσ"
            | "yil"
            | "yilinda"
    )
}
