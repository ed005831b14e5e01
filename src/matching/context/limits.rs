//! Limits: what a quotation's edge cuts off that says how far its words go: `almost | impossible`, `too | good to be true`,
//! `in all | but one year`, `everybody is paid |, except the drivers`, `he ordered it |, or he allowed it`.

use std::sync::LazyLock;

use super::clause::{Clause, language, phrase};
use super::negation::{is_idiom, is_negation_at};
use super::scene::Scene;
use crate::matching::fold::{self, Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;
use crate::matching::query::{Element, Query};
use crate::matching::terms;
use crate::model::Flag;

struct Tables {
    nearly: Phrases<()>,
    limit: Phrases<()>,
    scarce: Phrases<()>,
    too: Phrases<()>,
    target: Phrases<()>,
    until: Phrases<()>,
    about: Phrases<()>,
    unsure: Phrases<()>,
    seldom: Phrases<()>,
    except: Phrases<()>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let of = |label| Phrases::class(include_str!("../terms/degrees.txt"), label);
    Tables {
        nearly: of("nearly"),
        limit: of("limit"),
        scarce: of("scarce"),
        too: of("too"),
        target: of("target"),
        until: of("until"),
        about: of("about"),
        unsure: of("unsure"),
        seldom: of("seldom"),
        except: Phrases::class(include_str!("../terms/conditions.txt"), "except"),
    }
});

/// The flags that the edges of a quotation ask for.
pub(super) fn limits(scene: &Scene<'_>, query: &Query) -> Vec<Flag> {
    let mut flags = Vec::new();
    if matches!(query.elements.first(), Some(Element::Word(_))) {
        front(scene, &mut flags);
    }
    if matches!(query.elements.last(), Some(Element::Word(_))) {
        back(scene, &mut flags);
    }
    flags
}

fn front(scene: &Scene<'_>, flags: &mut Vec<Flag>) {
    let span = &scene.span;
    // What stands right before the passage, on its side of the quotation marks.
    let joined = scene.before.last().is_some_and(|last| last + 1 == span.start) && !scene.has(span.start, bits::BREAK);
    if !joined {
        return;
    }
    let tables = &*TABLES;
    let clause = Clause::new(scene);
    let last = clause.key(clause.words.len().saturating_sub(1));
    let target = (span.start + 1..span.end.min(span.start + 8)).any(|at| begins(at, &tables.target, scene));
    let too = clause.phrase_before(0, &tables.too).is_some() && target;
    let scarce = clause.phrase_before(0, &tables.scarce).is_some() && is_scarce(&clause);
    if too || scarce {
        flags.push(Flag::OmitsNegation);
    } else if clause.phrase_before(0, &tables.nearly).is_some() || lexicon::is_hedge(last) {
        flags.push(Flag::HedgeDropped);
    }
}

/// `there is little | …`, but not `a little | …`, `the few | …`: something of it is there.
fn is_scarce(clause: &Clause<'_>) -> bool {
    let scene = clause.scene;
    let Some(number) = clause.words.len().checked_sub(2) else { return false };
    let before = clause.key(number);
    scene.index.tokens()[scene.span.start].kind == Kind::Word
        && matches!(
            before,
            "is" | "are"
                | "was"
                | "were"
                | "s"
                | "has"
                | "have"
                | "had"
                | "very"
                | "so"
                | "with"
                | "see"
                | "sees"
                | "saw"
                | "found"
                | "find"
                | "got"
                | "ist"
                | "gibt"
                | "gab"
                | "hat"
                | "haben"
                | "hatten"
                | "sehr"
                | "mit"
                | "a"
                | "y"
                | "avons"
                | "avait"
                | "hay"
                | "habia"
                | "tenemos"
                | "muy"
                | "e"
                | "sono"
                | "ce"
                | "molto"
                | "ha"
                | "muito"
                | "tem"
                | "er"
                | "zijn"
                | "weinig"
                | "heel"
                | "jest"
                | "bardzo"
                | "очень"
                | "дуже"
                | "made"
                | "makes"
                | "take"
                | "takes"
                | "took"
                | "leave"
                | "leaves"
                | "left"
                | "offered"
                | "offers"
                | "offer"
        )
        && !(language(scene) != "fr" && language(scene) != "es" && before == "a")
}

fn back(scene: &Scene<'_>, flags: &mut Vec<Flag>) {
    let span = &scene.span;
    let index = scene.index;
    // What the speaker goes on with, in the same sentence and the same marks.
    if scene.after.first() != Some(&span.end) {
        return;
    }
    let pauses = scene.has(span.end, bits::PAUSE);
    if let Some(length) = phrase(span.end, &TABLES.except, scene) {
        let but = matches!(scene.key(span.end), "but" | "bar" | "fora" | "menos" | "a" | "poza" | "besides");
        // `all but one`: the exception needs something that is whole.
        let whole = scene.span.clone().rev().take(12).any(|at| is_whole(scene.key(at)));
        if !but || whole || pauses && length > 1 {
            flags.push(Flag::OmitsNegation);
        }
        return;
    }
    // `nobody rang | until Sunday`: what is denied up to a time is not denied for good.
    let own_clause = (span.start..span.end).rev().take_while(|at| !scene.has(at + 1, bits::BREAK));
    let dated = scene.key(span.end) == "before"
        && index.tokens().get(span.end + 1).is_some_and(|token| token.kind == Kind::Number);
    if !pauses && (dated || begins(span.end, &TABLES.until, scene)) {
        let denied = own_clause.filter(|at| is_negation_at(*at, index) && !is_idiom(*at, index)).count();
        if denied == 1 {
            flags.push(Flag::HedgeDropped);
        }
        return;
    }
    // `we owe nobody | in Calder`: nobody anywhere is more than that.
    if !pauses && is_no_one(scene.key(span.end - 1)) && lexicon::is_preposition(scene.key(span.end), scene.language) {
        flags.push(Flag::OmitsNegation);
        return;
    }
    // `he ordered it, or he allowed it`: the other half begins as the first does.
    let or =
        matches!(scene.key(span.end), "or" | "oder" | "ou" | "o" | "of" | "eller" | "albo" | "lub" | "или" | "або");
    let subject = scene.key(span.start);
    let again = scene.after.get(1).is_some_and(|at| scene.key(*at) == subject && !scene.has(*at, bits::BREAK));
    if or && pauses && again && lexicon::is_pronoun(subject) {
        flags.push(Flag::HedgeDropped);
    }
}

/// Pronouns that mean not a single one (keys).
fn is_no_one(key: &str) -> bool {
    matches!(
        key,
        "nobody"
            | "none"
            | "nothing"
            | "niemanden"
            | "niemand"
            | "nichts"
            | "personne"
            | "rien"
            | "nadie"
            | "nada"
            | "nessuno"
            | "niente"
            | "ninguem"
            | "niets"
            | "ingen"
            | "ingenting"
            | "nikogo"
            | "nic"
            | "никого"
            | "ничего"
    )
}

/// Words that mean every single one (keys).
fn is_whole(key: &str) -> bool {
    matches!(
        key,
        "all"
            | "every"
            | "everyone"
            | "everybody"
            | "everything"
            | "each"
            | "any"
            | "nothing"
            | "nobody"
            | "none"
            | "no"
            | "always"
            | "everywhere"
            | "alle"
            | "alles"
            | "jeder"
            | "jede"
            | "jedes"
            | "allen"
            | "niemand"
            | "nichts"
            | "tous"
            | "toutes"
            | "tout"
            | "toute"
            | "rien"
            | "personne"
            | "todos"
            | "todas"
            | "todo"
            | "toda"
            | "nada"
            | "nadie"
            | "tutti"
            | "tutte"
            | "tutto"
            | "tutta"
            | "niente"
            | "nessuno"
            | "tudo"
            | "ninguem"
            | "iedereen"
            | "niets"
            | "alla"
            | "allt"
            | "alt"
            | "wszyscy"
            | "wszystkie"
            | "wszystko"
            | "nikt"
            | "все"
            | "всех"
            | "всё"
            | "никто"
            | "ничего"
            | "усі"
            | "всі"
            | "ніхто"
    )
}

fn begins(at: usize, table: &Phrases<()>, scene: &Scene<'_>) -> bool {
    phrase(at, table, scene).is_some()
}

/// What a word inside an omission takes away with it.
pub(super) fn omitted(at: usize, omitted: &std::ops::Range<usize>, code: &str, index: &Index<'_>) -> Option<Flag> {
    let code = if code.is_empty() { "en" } else { code };
    let tables = &*TABLES;
    let key = |next: usize| (at..omitted.end).nth(next).map(|at| index.key(at));
    let before = at.checked_sub(1).map_or("", |before| index.key(before));
    let alone = !matches!(before, "a" | "the" | "ein" | "un" | "une" | "een" | "en" | "et");
    if tables.scarce.at(code, key).is_some() && alone && at + 2 >= omitted.end {
        return Some(Flag::OmitsNegation);
    }
    if tables.seldom.at(code, key).is_some() {
        return Some(Flag::OmitsNegation);
    }
    let hedged = [&tables.nearly, &tables.limit, &tables.unsure].iter().any(|table| table.at(code, key).is_some())
        || tables.about.at(code, key).is_some_and(|found| counts(at + found.length, omitted.end, index));
    hedged.then_some(Flag::HedgeDropped)
}

/// `about | ten minutes`, `just over a | million`: what goes on behind an omission is a number, and the words between the two
/// belong to it.
fn counts(from: usize, to: usize, index: &Index<'_>) -> bool {
    let sign = |at: usize| index.tokens()[at].kind == Kind::Sign && index.form(at).chars().all(fold::is_currency);
    let number = |at: usize| {
        let key = index.key(at);
        index.tokens()[at].kind == Kind::Number
            || terms::number_word(key).is_some()
            || terms::scale(key).is_some()
            || matches!(key, "half" | "twice" | "double" | "quarter" | "third" | "thirds" | "dozens" | "hundreds")
    };
    let small = |at: usize| matches!(index.key(at), "a" | "an" | "the") || number(at) || sign(at);
    // `just over | a million`
    let stands = |at: usize| index.tokens().get(at).is_some();
    let behind = if stands(to) && (sign(to) || matches!(index.key(to), "a" | "an")) { to + 1 } else { to };
    (from..to).all(small) && index.tokens().get(behind).is_some_and(|_| number(behind))
}
