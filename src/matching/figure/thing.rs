//! Things: what a figure counts in its sentence. The words of a sentence with several figures are shared out: some are one
//! figure's own, some are shared; what happened, by what it is counted, when and where are told apart.

mod axes;
mod classes;
mod clause;
mod compared;
mod contest;
mod contrast;
#[cfg(test)]
mod contrast_tests;
mod denied;
mod details;
mod earlier;
mod frame;
mod holds;
mod motion;
mod parts;
mod respectively;
mod rival;
mod split;
mod stand;
mod subject;
#[cfg(test)]
mod tests;
pub(super) mod times;
mod told;

use std::ops::Range;
use std::sync::LazyLock;

use super::lexeme::{Ask, Lexeme};
use super::sense::{Event, event_at, is_content};
use crate::matching::fold::{Kind, bits};
use crate::matching::phrases::Phrases;
use crate::matching::terms;
use crate::model::Heads;
use classes::{is_conjunction, is_place, is_verb, is_which, opens_clause};
pub(super) use contest::is_contest;
use frame::{Frame, is_versus};
pub(super) use holds::Foreseen;
use split::{Owner, Split};
pub(super) use stand::{Stand, stand};

static RATES: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("../terms/rates.txt"), Some));

/// A sentence with its figures, one of which is asked about.
pub(super) struct Scene<'l> {
    pub(super) lexemes: &'l [Lexeme<'l>],
    pub(super) language: &'l str,
    /// The figures that are of one kind with the one asked about, as ranges of lexemes, in order.
    pub(super) anchors: Vec<Range<usize>>,
    /// Which of them is asked about.
    pub(super) me: usize,
    /// Heads of the cell or list that the sentence stands in.
    pub(super) heads: Heads,
    /// Figures of any kind, which have clauses of their own.
    pub(super) figures: Vec<Range<usize>>,
}

/// What a figure counts.
#[derive(Debug, Default, Clone)]
pub(super) struct Thing {
    /// Content words that belong to this figure alone.
    pub(super) own: Vec<Owned>,
    /// Content words that belong to each other figure alone.
    pub(super) others: Vec<Vec<Owned>>,
    /// Content words of the sentence that belong to none of them.
    pub(super) shared: Vec<String>,
    /// The noun and its modifiers right behind the figure.
    pub(super) noun: Vec<String>,
    /// What happened to what is counted, nearest first.
    pub(super) event: Option<Event>,
    /// By what it is counted: a day, a head.
    pub(super) rate: Option<&'static str>,
    /// The words of that rate.
    pub(super) rate_words: Vec<String>,
    /// Rates of the whole sentence.
    pub(super) rates: Vec<&'static str>,
    /// Rates of the figure's own part of it.
    pub(super) near_rates: Vec<&'static str>,
    /// Whether the sentence says that the value no longer holds, or is of another time.
    pub(super) former: bool,
    /// Whether it is of a time that the sentence only calls earlier; see [`Scene::earlier`].
    pub(super) earlier: Option<bool>,
    /// Whether the value is only wanted, foreseen or possible.
    pub(super) foreseen: Option<Foreseen>,
    /// Whether the figure's own clause is negated behind it.
    pub(super) negated: bool,
    /// Whether its sentence calls it wrong: `a report that 12 … was wrong`.
    pub(super) refuted: bool,
    /// Years that stand with the figure.
    pub(super) years: Vec<String>,
    /// Words of time that stand with the figure: `last year`, `2022`.
    pub(super) times: Vec<String>,
    /// Names behind a preposition of place, anywhere in the sentence but in another figure's part.
    pub(super) places: Vec<String>,
    /// Content words that only a part of it, or another source's figure, has: `38 items; 12 of them concern …`.
    pub(super) parts: Vec<String>,
    /// Content words of the source that gives another figure: `against 40,000 according to the organisers`.
    pub(super) givers: Vec<String>,
    /// The name whose age it is, or that a statement gives it to.
    pub(super) name: Vec<String>,
    /// Whether it is where a change begins.
    pub(super) from: bool,
    /// Whether it is what a change leads to from another figure of the sentence.
    pub(super) to: bool,
    /// Content words of what is said of it: the last in front of it, and those behind its noun.
    pub(super) predicate: Vec<String>,
    /// Words of time that stand with other figures.
    pub(super) other_times: Vec<String>,
    /// The spans of the calendar that it is of: `last season`.
    pub(super) spans: Vec<times::Span>,
    /// Years in front of the figure or right behind it, before a pause.
    pub(super) near_years: Vec<String>,
    /// Years that stand in front of later figures: `has 22 members; in 1990 it had 29`.
    pub(super) later_years: Vec<String>,
    /// Whether no other figure of its kind stands in the sentence.
    pub(super) alone: bool,
    /// Whether its noun is that of the sentence before.
    pub(super) leans: bool,
    /// Whether its sentence is about a part of what the one before counts: `Of these, …`.
    pub(super) opens_part: bool,
    /// Whether nothing is known of its place: the statement does not have the figure.
    pub(super) open: bool,
    /// Whether the statement is a label or a piece of a sentence, which leaves out what governs it.
    pub(super) fragment: bool,
    /// What it is said of, against what the other figures of its sentence are said of.
    pub(super) frame: Frame,
}

/// A word that belongs to one figure of its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owned {
    pub(super) word: String,
    /// Whether it is written as a name, or is a year.
    pub(super) name: bool,
    /// What it is to the figure: its noun (empty), its subject (`<`), or what a preposition opens (that preposition).
    pub(super) role: String,
}

/// Lexemes behind a word such as `after` in which the figure that came before may stand.
const FOLLOWS: usize = 5;

/// Lexemes behind a figure in which its rate may stand.
const RATE: usize = 7;

/// Reads what a figure counts.
pub(super) fn thing(scene: &Scene<'_>) -> Thing {
    let split = Split::new(scene);
    let mut thing = Thing::default();
    let words = |range: Range<usize>| -> Vec<String> {
        range
            .filter(|at| {
                !scene.is_figure(*at) && is_content(&scene.lexemes[*at]) || scene.is_year(*at) || scene.is_month(*at)
            })
            .map(|at| scene.lexemes[at].key.to_string())
            .collect()
    };
    let segment = &split.segments[scene.me];
    thing.noun = split
        .noun(scene.me)
        .filter(|at| is_content(&scene.lexemes[*at]))
        .map(|at| scene.lexemes[at].key.to_string())
        .collect();
    let owners = split.owners();
    let leans_on = scene.leans_on(&split, scene.me);
    if let Some(other) = leans_on {
        let noun = split.noun(other).filter(|at| is_content(&scene.lexemes[*at]));
        thing.noun = noun.map(|at| scene.key(at).to_owned()).collect();
    }
    // `nine of 14 counts`: what the whole counts the part counts.
    let part_of_next = scene.me + 1 < scene.anchors.len()
        && scene.whole_from(scene.me + 1).is_some_and(|of| of == scene.anchors[scene.me].end);
    if part_of_next {
        let noun = split.noun(scene.me + 1).filter(|at| is_content(&scene.lexemes[*at]));
        thing.noun = noun.map(|at| scene.key(at).to_owned()).collect();
    }
    // `31 faults; 9 of them concern …`
    // `Von den 310 Proben waren 28 belastet`
    let of_first = scene.me == 1 && scene.whole_from(0).is_some();
    if (scene.is_part(scene.me) || of_first)
        && let Some(whole) = scene.me.checked_sub(1)
    {
        let noun = split.noun(whole).filter(|at| is_content(&scene.lexemes[*at]));
        thing.noun.extend(noun.map(|at| scene.key(at).to_owned()));
    }
    thing.from = scene.leaves(scene.me);
    thing.to = scene.me > 0 && scene.is_change(scene.me - 1) || scene.is_change_back(scene.me);
    let told =
        |range: Range<usize>| range.filter(|at| is_content(&scene.lexemes[*at])).map(|at| scene.key(at).to_owned());
    thing.predicate = told(segment.start..scene.anchors[scene.me].start).next_back().into_iter().collect();
    thing.predicate.extend(told(split.noun_end(scene.me).max(scene.anchors[scene.me].end)..segment.end));
    thing.alone = scene.anchors.len() == 1;
    thing.spans = scene.spans_of(&scene.anchors[scene.me]);
    thing.later_years = (scene.me + 1..scene.anchors.len())
        .flat_map(|later| split.segments[later].start..scene.anchors[later].start)
        .filter(|at| scene.is_year(*at))
        .map(|at| scene.key(at).to_owned())
        .collect();
    thing.name = scene.name_of_age();
    for (at, owner) in owners.iter().enumerate() {
        let word = words(at..at + 1);
        match owner {
            Owner::Nobody => thing.shared.extend(word),
            Owner::One(number) => {
                let role = split.role(*number, at);
                // `20 and 30 minutes`: what is said of one is said of both.
                let leant = leans_on == Some(*number) && split.noun(*number).contains(&at)
                    || part_of_next && *number == scene.me + 1;
                if *number > scene.me && scene.is_part(*number) {
                    thing.parts.extend(word.iter().cloned());
                } else if *number != scene.me && scene.is_attributed(*number) && at >= scene.anchors[*number].end {
                    thing.givers.extend(word.iter().cloned());
                }
                let mine = split.are_coordinated(*number, scene.me) || leant;
                let number = if mine { &scene.me } else { number };
                let name = scene.is_year(at) || at > 0 && scene.lexemes[at].bits & bits::CAPITAL != 0;
                let owned = word.into_iter().map(|word| Owned { word, name, role: role.clone() });
                if *number == scene.me {
                    thing.own.extend(owned);
                } else {
                    while thing.others.len() <= *number {
                        thing.others.push(Vec::new());
                    }
                    thing.others[*number].extend(owned);
                }
            }
        }
    }
    thing.years = (0..scene.lexemes.len())
        .filter(|at| scene.is_year(*at))
        .filter(|at| !matches!(owners[*at], Owner::One(number) if number != scene.me))
        .map(|at| scene.lexemes[at].key.to_string())
        .collect();
    thing.near_years = scene.near_years(&scene.anchors[scene.me]);
    thing.times = thing.years.clone();
    thing.times.extend(scene.moments(segment.clone()));
    thing.other_times = (0..scene.anchors.len())
        .filter(|other| *other != scene.me)
        .flat_map(|other| scene.moments(split.segments[other].clone()))
        .collect();
    thing.places = (1..scene.lexemes.len())
        .filter(|at| !matches!(owners[*at], Owner::One(number) if number != scene.me))
        .filter(|at| {
            scene.language != "de" && scene.lexemes[*at].bits & bits::CAPITAL != 0 && is_place(scene.key(at - 1))
        })
        .filter(|at| terms::month(scene.key(*at)).is_none() && terms::weekday(scene.key(*at)).is_none())
        .map(|at| scene.key(at).to_owned())
        .collect();
    let anchor = scene.anchors[scene.me].clone();
    let events = scene.events();
    let near = |range: &Range<usize>| {
        events
            .iter()
            .filter(|found| range.contains(&found.at))
            // What stands right behind a figure is said of it before what stands in front.
            .min_by_key(|found| {
                if found.at >= anchor.end {
                    (false, (found.at - anchor.end) * 2)
                } else {
                    // `one was killed and fifteen others were hurt`
                    let apart = (found.at + 1..=anchor.start).any(|at| scene.breaks(at));
                    (apart, anchor.start.saturating_sub(found.at) * 2 + 1)
                }
            })
            .map(|found| found.event)
    };
    let unowned = |found: &&EventAt| !matches!(owners[found.at], Owner::One(number) if number != scene.me);
    let leant = || leans_on.and_then(|other| near(&split.segments[other]));
    thing.event = near(segment).or_else(leant).or_else(|| {
        let mut open = events.iter().filter(unowned).map(|found| found.event);
        let first = open.next();
        first.filter(|first| open.all(|event| event == *first))
    });
    for head in scene.heads.iter() {
        let lexemes = super::lexeme::of_text(head);
        let of_head = (0..lexemes.len()).find_map(|at| event_at(scene.language, &lexemes, at).map(|found| found.value));
        if thing.event.is_none() {
            thing.event = of_head;
        }
        thing.shared.extend(lexemes.iter().filter(|lexeme| is_content(lexeme)).map(|lexeme| lexeme.key.to_string()));
    }
    let rates = scene.all(&RATES);
    thing.rates = rates.iter().map(|found| found.value).collect();
    thing.near_rates = rates.iter().filter(|found| segment.contains(&found.at)).map(|found| found.value).collect();
    // `6,200 cars a day, including 480 lorries`
    if scene.is_among(scene.me)
        && let Some(whole) = scene.me.checked_sub(1)
    {
        let of_whole = rates.iter().filter(|found| split.segments[whole].contains(&found.at));
        thing.near_rates.extend(of_whole.map(|found| found.value));
    }
    // `men earn 2,450 euros a month and women 2,190 euros`
    let gapped = scene.me > 0
        && scene.breaks(segment.start)
        && scene.key(segment.start) != "or"
        && !(segment.start..anchor.start).any(|at| is_verb(scene.key(at)) || scene.is_doing(at));
    if gapped {
        let of_before = rates.iter().filter(|found| split.segments[scene.me - 1].contains(&found.at));
        thing.near_rates.extend(of_before.map(|found| found.value));
    }
    let until = split.noun_end(scene.me).max(anchor.end) + RATE;
    let rate = rates.iter().find(|found| {
        found.at >= anchor.end
            && found.at < until
            && segment.contains(&found.at)
            && !scene.is_past(found.at + found.length)
            && !scene.is_span(found.at)
    });
    thing.rate = rate.map(|found| found.value);
    thing.rate_words = rate
        .map(|found| {
            (found.at..found.at + found.length)
                .filter(|at| is_content(&scene.lexemes[*at]))
                .map(|at| scene.key(at).to_owned())
                .collect()
        })
        .unwrap_or_default();
    thing.former = scene.former(&split);
    thing.earlier = scene.earlier();
    thing.frame = frame::frame(scene);
    thing.foreseen = scene.foreseen(segment);
    let behind = anchor.end..(split.noun_end(scene.me) + 3).min(segment.end);
    thing.negated = behind.take_while(|at| !opens_clause(scene.key(*at))).any(|at| scene.negates(at))
        || scene.negated_before(segment);
    thing.refuted = scene.refuted();
    thing
}

struct EventAt {
    at: usize,
    event: Event,
}

struct FoundAt {
    at: usize,
    length: usize,
    value: &'static str,
}

impl Scene<'_> {
    fn key(&self, at: usize) -> &str {
        self.lexemes.get(at).map_or("", |lexeme| lexeme.key.as_ref())
    }

    fn is_figure(&self, at: usize) -> bool {
        self.anchors.iter().any(|anchor| anchor.contains(&at))
    }

    fn is_year(&self, at: usize) -> bool {
        !self.is_figure(at) && self.lexemes[at].kind == Kind::Number && terms::is_year(&self.lexemes[at].form)
    }

    fn is_month(&self, at: usize) -> bool {
        self.month(at).is_some()
    }

    /// The month that a word names. Of words that mean something else as well a capital or what stands in front tells.
    fn month(&self, at: usize) -> Option<i8> {
        if let (Some(number), "月") = (self.lexemes.get(at), self.key(at + 1)) {
            return number.form.parse().ok().filter(|number| (1..=12).contains(number) && !self.is_figure(at));
        }
        let month = terms::month(self.key(at)).filter(|_| at > 0 && !self.is_figure(at))?;
        let capital = self.lexemes[at].bits & bits::CAPITAL != 0;
        (month.certain || capital || is_which(self.key(at - 1))).then_some(month.number)
    }

    fn events(&self) -> Vec<EventAt> {
        let mut events = Vec::new();
        let mut at = 0;
        while at < self.lexemes.len() {
            match event_at(self.language, self.lexemes, at) {
                Some(found) => {
                    events.push(EventAt { at, event: found.value });
                    at += found.length;
                }
                None => at += 1,
            }
        }
        events
    }

    fn phrase<T: Copy>(&self, table: &Phrases<T>, at: usize) -> Option<crate::matching::phrases::Found<T>> {
        table.at(self.language, |number| self.lexemes.get(at + number).map(|lexeme| lexeme.key.as_ref()))
    }

    fn all(&self, table: &Phrases<&'static str>) -> Vec<FoundAt> {
        let mut all = Vec::new();
        let mut at = 0;
        while at < self.lexemes.len() {
            match self.phrase(table, at) {
                Some(found) => {
                    all.push(FoundAt { at, length: found.length, value: found.value });
                    at += found.length;
                }
                None => at += 1,
            }
        }
        all
    }

    fn negates(&self, at: usize) -> bool {
        let key = self.key(at);
        let before = || at.checked_sub(1).map_or("", |before| self.key(before));
        let never = match key {
            "never" | "niemals" | "nooit" | "aldrig" | "никогда" | "nigdy" => true,
            "nie" => self.language == "de",
            // `plus que jamais`
            "jamais" | "nunca" => !matches!(before(), "que" | "do"),
            _ => false,
        };
        (never || matches!(key, "not" | "nicht" | "pas" | "niet" | "ikke" | "inte" | "nao" | "не"))
            && !matches!(self.key(at + 1), "only" | "nur" | "seulement" | "just")
            || key == "t" && self.lexemes[at].bits & bits::APOSTROPHE != 0
    }

    /// Whether a place opens another part of the sentence.
    fn breaks(&self, at: usize) -> bool {
        self.lexemes[at].memo.told(Ask::Breaks, || self.opens_part(at))
    }

    fn opens_part(&self, at: usize) -> bool {
        let lexeme = &self.lexemes[at];
        let arabic = self.language == "ar" && lexeme.key.starts_with('و') && lexeme.key.chars().count() > 2;
        lexeme.bits & bits::BREAK != 0 && lexeme.bits & bits::HYPHEN == 0
            || arabic
            || lexeme.gap.contains(['(', ')', '、', '，', '；'])
            || is_versus(&lexeme.key)
            || self.language == "de" && lexeme.key == "gegen" && self.is_figure(at + 1)
            || self.follows_on(at)
            || (is_conjunction(&lexeme.key)
                || matches!(
                    lexeme.key.as_ref(),
                    "compared" | "against" | "versus" | "sowie" | "еще" | "och" | "plus" | "with"
                ))
                && self.conjunction(&lexeme.key)
                // `plus de 12 bateaux`
                && !(lexeme.key == "plus" && matches!(self.key(at + 1), "de" | "d" | "que"))
    }

    /// `102 seats in 2024 after 139 in 2020`, `après une baisse de 2,1 %`: behind the word stands what came before.
    fn follows_on(&self, at: usize) -> bool {
        let after = matches!(
            self.key(at),
            "after"
                | "following"
                | "nach"
                | "apres"
                | "tras"
                | "despues"
                | "depois"
                | "dopo"
                | "apos"
                | "efter"
                | "etter"
                | "после"
                | "po"
        );
        after
            && at > self.anchors[0].end
            && (at..=at + FOLLOWS)
                .find(|next| self.is_figure(*next))
                .is_some_and(|next| next <= at + 2 || (at..next).any(|word| self.goes(word)))
    }

    /// Whether a short word is a conjunction in the sentence's language.
    fn conjunction(&self, key: &str) -> bool {
        let languages: &[&str] = match key {
            "en" => &["nl"],
            "a" => &["pl", "cs", "sk"],
            "i" => &["pl", "hr"],
            "e" => &["it", "pt"],
            "y" => &["es"],
            "et" => &["fr"],
            "men" => &["da", "sv", "no"],
            "mens" => &["da", "no"],
            "ma" => &["it"],
            "mas" => &["pt"],
            "mais" => &["fr"],
            _ => return true,
        };
        languages.contains(&self.language)
    }
}
