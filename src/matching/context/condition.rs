//! Conditions: the passage stands in a clause that supposes, or is what a condition outside it leads to.

use std::sync::LazyLock;

use super::clause::phrase;
use super::scene::{CONDITION_CHARACTERS, Scene, is_spaceless, is_that, leading};
use super::suffixed::{by_ending, without};
use crate::matching::attribution::is_saying_at;
use crate::matching::fold::bits;
use crate::matching::index::Index;
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;

/// How far before the passage its condition may stand.
const CONDITION_REACH: usize = 7;

struct Tables {
    opens: Phrases<()>,
    behind: Phrases<()>,
    inverted: Phrases<()>,
    idle: Phrases<()>,
    without: Phrases<()>,
    front: Phrases<()>,
    awaits: Phrases<()>,
    otherwise: Phrases<()>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let of = |label| Phrases::class(include_str!("../terms/conditions.txt"), label);
    Tables {
        opens: of("opens"),
        behind: of("behind"),
        inverted: of("inverted"),
        idle: of("idle"),
        without: of("without"),
        front: of("front"),
        awaits: of("awaits"),
        otherwise: of("otherwise"),
    }
});

/// `if | …`: the passage stands in the clause that supposes.
pub(super) fn supposed_before(scene: &Scene<'_>) -> bool {
    leading(scene).take_while(|at| at + CONDITION_REACH >= scene.governed_from(*at)).any(|at| {
        let phrase = phrase(at, &TABLES.opens, scene).is_some_and(|length| at + length <= scene.span.start);
        (is_condition_at(at, scene) || is_conceded(at, scene) || phrase)
            && !is_idle(at, scene)
            && !scene.pause_between(at)
    })
}

/// `even if | …`: what is conceded is supposed, though what is said of it holds in any case.
fn is_conceded(at: usize, scene: &Scene<'_>) -> bool {
    let before = at.checked_sub(1).map_or("", |before| scene.key(before));
    matches!(
        (scene.language, before, scene.key(at)),
        ("en" | "", "even", "if")
            | ("de", "selbst", "wenn")
            | ("es", "incluso", "si")
            | ("pt", "mesmo", "se")
            | ("nl", "zelfs", "als")
            | ("pl", "nawet", "jesli" | "gdyby")
            | ("ru", "даже", "если")
            | ("uk", "навіть", "якщо")
    )
}

/// Whether a condition is only a way of speaking: `if you ask me`.
fn is_idle(at: usize, scene: &Scene<'_>) -> bool {
    phrase(at, &TABLES.idle, scene).is_some_and(|length| at + length <= scene.span.start)
}

/// Whether a token opens a condition: a word of the class that is no idiom, or one that is a condition only where it opens a
/// clause.
pub(super) fn is_condition_at(at: usize, scene: &Scene<'_>) -> bool {
    is_condition(at, scene.language, scene.index)
}

pub(super) fn is_condition(at: usize, language: &str, index: &Index<'_>) -> bool {
    let key = index.key(at);
    let opens = index.tokens()[at].bits & bits::BREAK != 0;
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

/// Whether a statement has a condition of its own, by a phrase or a verb that opens it: `Had they paid, she said, “…”`.
pub(super) fn states_condition(keys: &[String], language: &str) -> bool {
    let language = if language.is_empty() { "en" } else { language };
    let tables = &*TABLES;
    tables.opens.within(keys, language)
        || tables.behind.within(keys, language)
        || tables.inverted.begins_in(keys, language)
}

/// Whether a condition opens at a token, by a word or a phrase, and is more than a way of speaking.
fn opens(at: usize, scene: &Scene<'_>) -> bool {
    (is_condition_at(at, scene) || phrase(at, &TABLES.opens, scene).is_some())
        && phrase(at, &TABLES.idle, scene).is_none()
}

/// The passage is what a condition leads to, and the condition stands outside: `if the council votes, | we will go`, `we will go |
/// unless the council votes`.
pub(super) fn depends(scene: &Scene<'_>) -> bool {
    depends_behind(scene)
        || depends_before(scene)
        || by_ending(scene)
        || is_spaceless(scene) && depends_in_characters(scene)
}

/// The condition stands behind the passage.
fn depends_behind(scene: &Scene<'_>) -> bool {
    let (span, index) = (&scene.span, scene.index);
    let opens = |at: usize| opens(at, scene) && !is_indirect_question(scene.key(at));
    // In the same sentence: right away, or after `only`.
    for at in (span.end..scene.sentence.end).take(2) {
        if scene.has(at, bits::SENTENCE) {
            break;
        }
        if opens(at) || phrase(at, &TABLES.behind, scene).is_some() && at == span.end {
            return true;
        }
        if !matches!(scene.key(at), "only" | "but" | "nur" | "aber" | "seulement" | "solo" | "chyba" | "es") {
            break;
        }
    }
    // `“We will pay,” Ruiz said, “if the bank agrees”`: the sentence goes on behind the attribution.
    if scene.after.is_empty() && !scene.trail.is_empty() {
        let next = scene.trail.last().map_or(span.end, |last| last + 1);
        let goes_on = index
            .tokens()
            .get(next)
            .is_some_and(|token| token.bits & bits::SENTENCE == 0 && token.bits & bits::QUOTE_MARK != 0);
        let clause = scene.trail.iter().skip(1).any(|at| scene.has(*at, bits::PAUSE) && opens(*at));
        return clause || goes_on && opens(next);
    }
    false
}

/// The sentence, or the speech, begins with the condition, and the passage is its main clause.
fn depends_before(scene: &Scene<'_>) -> bool {
    let span = &scene.span;
    let speech = scene.before.first().copied().filter(|_| scene.in_marks).unwrap_or(span.start);
    let starts = [scene.sentence.start, speech, scene.lead.first().copied().unwrap_or(speech)];
    starts.into_iter().any(|first| leads_to(first, scene) || without(first, &TABLES.without, scene))
}

/// Whether what begins at a token is a condition whose main clause is the passage.
fn leads_to(first: usize, scene: &Scene<'_>) -> bool {
    let (span, index) = (&scene.span, scene.index);
    let joins = matches!(
        index.key(first),
        "and"
            | "but"
            | "so"
            | "und"
            | "aber"
            | "et"
            | "mais"
            | "y"
            | "pero"
            | "e"
            | "ma"
            | "mas"
            | "only"
            | "en"
            | "och"
            | "og"
    );
    let heads = (first..span.start).take(if joins { 2 } else { 1 });
    if heads.clone().any(|at| is_otherwise(at, scene)) {
        return true;
    }
    let Some(opener) = heads.into_iter().find(|at| {
        opens(*at, scene)
            || phrase(*at, &TABLES.behind, scene).is_some()
            || inverts(*at, scene)
            || phrase(*at, &TABLES.front, scene).is_some()
            || awaits(*at, scene)
    }) else {
        return false;
    };
    if is_concession(opener, scene) || addresses(opener, scene) {
        return false;
    }
    // Attributions between commas belong to nobody's clause: `Had we known, she said, | …`.
    let pauses: Vec<usize> = (first + 1..=span.start)
        .filter(|at| scene.has(*at, bits::PAUSE) && !scene.has(*at, bits::HYPHEN))
        // `Pod warunkiem, że …`: the conjunction belongs to the condition.
        .filter(|at| *at == span.start || !is_that(scene.key(*at), scene.language))
        .collect();
    let told = |from: usize, to: usize| to - from <= 6 && (from..to).any(|at| is_saying_at(at, index));
    let attributions = pauses.windows(2).filter(|pair| told(pair[0], pair[1])).count();
    let consequent = pauses.last() == Some(&span.start)
        || matches!(
            span.start.checked_sub(1).map(|at| index.key(at)),
            Some("then" | "dann" | "alors" | "entonces" | "allora" | "so" | "तो")
        );
    // `If it rains, we stay, and | we sing`: the main clause begins behind the first pause.
    if consequent && pauses.len() - attributions == 1 {
        return true;
    }
    // `If convicted, Lind | “faces prison”`, `If they pay, we can | open it`: the passage begins behind the subject of the main
    // clause, or behind its verb.
    scene.in_marks
        && pauses.len() - attributions == 1
        && span.start - pauses[0] <= 4
        && !(pauses[0]..span.start).any(|at| is_saying_at(at, index))
}

/// `Otherwise | the town will flood`.
fn is_otherwise(at: usize, scene: &Scene<'_>) -> bool {
    phrase(at, &TABLES.otherwise, scene).is_some_and(|length| at + length == scene.span.start) && is_yet_to_come(scene)
}

/// `Once the money is there, we will …`; what was done once it was there is done.
fn awaits(at: usize, scene: &Scene<'_>) -> bool {
    phrase(at, &TABLES.awaits, scene).is_some_and(|length| at + length + 2 <= scene.span.start) && is_yet_to_come(scene)
}

/// Whether the passage, as a main clause, tells of what will or would be.
fn is_yet_to_come(scene: &Scene<'_>) -> bool {
    let main = scene.span.start..scene.span.end.min(scene.span.start + 8);
    main.into_iter().any(|at| {
        matches!(
            scene.key(at),
            "will" | "would" | "could" | "may" | "might" | "can" | "shall" | "should" | "won" | "wouldn" | "ll" | "d"
        )
    })
}

/// `Had we known, …`, `Würde der Kreis zahlen, …`: a verb that opens its sentence, which is no question.
fn inverts(at: usize, scene: &Scene<'_>) -> bool {
    let index = scene.index;
    if phrase(at, &TABLES.inverted, scene).is_none() {
        return false;
    }
    // The subjunctive of `hatte`, `war` and `wurde` differs from the indicative by its vowel.
    if scene.language == "de"
        && !index.form(at).contains(['ä', 'ö', 'ü'])
        && !matches!(
            scene.key(at),
            "sollte" | "sollten" | "liesse" | "ließe" | "bliebe" | "ginge" | "hinge" | "liefe" | "hielte"
        )
    {
        return false;
    }
    let end = scene.sentence.end;
    let asks = |at: usize| index.tokens().get(at).is_some() && matches!(index.form(at), "?" | "？");
    if asks(end) || asks(end - 1) || !scene.has(at, bits::OPENING) {
        return false;
    }
    // In English and Dutch the main clause has a verb of the same mood.
    let mood = |at: usize| {
        matches!(
            scene.key(at),
            "would" | "could" | "might" | "will" | "should" | "must" | "d" | "ll" | "zou" | "zouden" | "had"
        )
    };
    let main = scene.span.start..scene.span.end.min(scene.span.start + 8);
    !matches!(scene.language, "en" | "nl" | "") || scene.key(at) == "should" || main.clone().any(mood)
}

/// `If you have the time, the walk is worth it`: said to whoever may care. `If you close it, we will strike` is a condition.
fn addresses(opener: usize, scene: &Scene<'_>) -> bool {
    let span = &scene.span;
    let first = scene.key(span.start);
    let will = (span.start..span.end.min(span.start + 4))
        .any(|at| matches!(scene.key(at), "will" | "would" | "ll" | "d" | "shall"));
    scene.key(opener) == "if"
        && scene.key(opener + 1) == "you"
        && !(will && matches!(first, "we" | "i" | "they" | "he" | "she"))
}

/// `Whether you believe it or not, | …`: what follows holds in any case.
fn is_concession(opener: usize, scene: &Scene<'_>) -> bool {
    is_indirect_question(scene.key(opener))
        && (opener..scene.span.start).any(|at| matches!(scene.key(at), "or" | "oder"))
}

/// Scripts without spaces: the speech begins with the condition, or goes on with it.
fn depends_in_characters(scene: &Scene<'_>) -> bool {
    let index = scene.index;
    let speech = scene.before.first().copied().unwrap_or(scene.span.start);
    let own = index.document().slice(index.range(speech..scene.span.start.max(speech)));
    let whole = index.document().slice(index.range(scene.sentence.start..scene.span.start.max(scene.sentence.start)));
    let after = scene.following_text();
    let cut = after.trim_start_matches(['，', '、', ',', ' ']);
    [own, whole].iter().any(|before| CONDITION_CHARACTERS.iter().any(|word| before.trim_start().starts_with(word)))
        // Japanese puts the condition before what depends on it: `雨が降れば、| …`.
        || scene.has(scene.span.start, bits::PAUSE)
            && own.trim_end_matches(['、', '，']).ends_with("れば")
        || scene.has(scene.span.start, bits::PAUSE)
            && ["たら", "なら", "ならば", "なければ", "限り", "場合", "的话", "的話"]
                .iter()
                .any(|word| own.trim_end_matches(['、', '，', ' ']).ends_with(word))
        || ["除非", "如果", "只要", "假如"].iter().any(|word| cut.starts_with(word))
        // `只有加固之后，| 大坝才安全`
        || own.trim_start().starts_with("只有") && index.document().slice(index.range(scene.span.clone())).contains('才')
}

/// `whether` behind the words asks something else: `we will see | whether it holds`.
fn is_indirect_question(key: &str) -> bool {
    matches!(key, "whether" | "ob")
}
