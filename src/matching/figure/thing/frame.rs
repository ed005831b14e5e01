//! Frames: what a figure is said of in its clause, set against the clauses of the other figures of its sentence. A claim that
//! gives a figure the subject, the predicate or the complement of another clause speaks of another thing.

use std::ops::Range;

use super::Scene;
use super::axes::{self, Value};
use super::classes::{is_pointing, is_preposition, is_relative, is_time};
use super::clause::Clauses;
use super::contest::Sides;
use super::motion::Step;
use super::split::Split;
use crate::matching::direction;
use crate::matching::figure::lexeme::Ask;
use crate::matching::figure::sense::{self, is_content, same};
use crate::matching::fold::{self, bits};
use crate::matching::lexicon;
use crate::matching::terms;
use crate::model::Heads;

/// Lexemes between the colon of a label and its figure.
const LABEL: usize = 3;

/// What a figure is said of.
#[derive(Debug, Default, Clone)]
pub(in crate::matching::figure) struct Frame {
    /// Content words in front of the figure in its clause, or those that it shares with the clause before.
    pub(super) lead: Vec<String>,
    /// Whether the clause has a subject of its own.
    pub(super) own_subject: bool,
    /// Whether it is a label, with nothing but a colon before its figure, which has no clauses.
    pub(super) label: bool,
    /// All content words of the clause, with the lead that it shares.
    pub(super) clause: Vec<String>,
    /// Content words behind the figure's noun.
    pub(super) predicate: Vec<String>,
    /// What prepositions open behind the figure: the preposition, and its content words.
    pub(super) complements: Vec<Complement>,
    /// Leads of the other figures before and behind it.
    pub(super) leads: Vec<Lead>,
    /// Predicates of the other figures, whose scope is their own.
    pub(super) predicates: Vec<Vec<String>>,
    /// Complements of the other figures.
    pub(super) others: Vec<Complement>,
    /// Content words that a comparison names: `deeper than the Vik tunnel`.
    pub(super) compared: Vec<String>,
    /// Years that a comparison names: `more than in 2021`.
    pub(super) compared_years: Vec<String>,
    /// Content words outside the group of a whole, of which another figure is a part: `nine of 14 counts`.
    pub(super) beyond_whole: Option<Vec<String>>,
    /// Content words that the figure has in an adjunct in front of its sentence's clause: `in a survey of 1,200 residents, 54 %`.
    pub(super) adjunct: bool,
    /// What a figure that is a part of this one has alone.
    pub(super) parts: Vec<Complement>,
    /// Weekdays and months that stand with it.
    pub(super) days: Vec<String>,
    pub(super) years: Vec<String>,
    /// The number by which it is counted: `per 100,000`.
    pub(super) per: Option<String>,
    /// Who gives it, where `according to` says so.
    pub(super) claimant: Option<String>,
    /// What a figure that is itself a part of another has alone: `$1.3 million of it from abroad`.
    pub(super) part: Vec<String>,
    /// Whether it is the difference of two values: `1.4 metres above the record`.
    pub(super) difference: bool,
    /// Whether it is an age.
    pub(super) age: bool,
    /// Whether it is a score in brackets behind another.
    pub(super) bracketed: bool,
    /// The first word of the sentence, where it may be a name.
    pub(in crate::matching::figure) opening: Option<String>,
    /// Names in front of it, and whether somebody says it there.
    pub(in crate::matching::figure) names: Vec<String>,
    /// A group to which the sentence restricts it in front: `Among voters under 30, …`.
    pub(in crate::matching::figure) restricted: Vec<String>,
    pub(super) axes: Vec<Value>,
    pub(super) sides: Option<Sides>,
    pub(super) direction: i8,
    pub(super) step: Option<Step>,
    /// What its clause and the others tell.
    pub(super) clauses: Clauses,
    /// Whether the figure behind it is another time's: `63 percent, down from 71`.
    pub(super) before_former: bool,
    /// All content words of the sentence.
    pub(in crate::matching::figure) all: Vec<String>,
    /// The same with words of direction and of time, years too.
    pub(super) sayings: Vec<String>,
    /// What prepositions open in the part that is set against the figure.
    pub(super) rival: Vec<Vec<String>>,
    /// Whether the sentence compares.
    pub(super) compares: bool,
    pub(super) long_names: Vec<Name>,
    /// Whether another instance of something is meant (`the previous fire`): the word that says so, and the thing.
    pub(in crate::matching::figure) instance: Option<(String, Vec<String>)>,
    /// The names that the sentence gives its figures in order, and which of them is this one's.
    pub(super) respective: Option<(Vec<Vec<String>>, usize)>,
    /// Whether the figure is a level: `a margin of 10 percent`, `the rate was 5 percent`.
    pub(super) level: bool,
    /// Whether it is the end of a change from another figure of the sentence.
    pub(super) changed: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Complement {
    pub(super) preposition: String,
    pub(super) words: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Lead {
    pub(super) words: Vec<String>,
    /// Whether it stands in front of the first figure, so that later clauses may share it.
    pub(super) first: bool,
    /// Whether it begins with a word that stands for the other's noun: `that of the coast`, `a second one`.
    pub(super) points: bool,
}

/// Names of two words or more in front of a figure, by their first and their last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) first: String,
    pub(super) last: String,
}

/// Reads the frame of a scene's figure.
pub(super) fn frame(scene: &Scene<'_>) -> Frame {
    let own = &scene.anchors[scene.me];
    let mut anchors: Vec<Range<usize>> =
        scene.figures.iter().filter(|other| other.end <= own.start || own.end <= other.start).cloned().collect();
    anchors.push(own.clone());
    anchors.sort_by_key(|range| range.start);
    anchors.dedup_by(|a, b| a.start < b.end);
    let me = anchors.iter().position(|range| range.start == own.start).unwrap_or(0);
    let whole = Scene {
        lexemes: scene.lexemes,
        language: scene.language,
        anchors,
        me,
        heads: Heads::default(),
        figures: Vec::new(),
    };
    let split = Split::new(&whole);
    let mut frame = Frame { all: whole.contents(0..whole.lexemes.len()), ..Frame::default() };
    let count = whole.anchors.len();
    let segment = split.segments[me].clone();
    let lead = whole.lead(&split, me);
    frame.own_subject = me == 0 || lead.own;
    // The words of a bound may stand between.
    frame.label =
        (own.start.saturating_sub(LABEL)..=own.start).any(|at| scene.lexemes[at].gap.trim_end().ends_with([':', '：']));
    frame.lead = whole.contents(lead.range.clone());
    frame.clause = frame.lead.clone();
    frame.clause.extend(whole.contents(lead.part..segment.end));
    frame.predicate = whole.contents(split.noun_end(me).max(whole.anchors[me].end)..segment.end);
    frame.complements = whole.complements(whole.anchors[me].end..segment.end);
    for other in (0..count).filter(|other| *other != me) {
        let behind = whole.anchors[other].end..split.segments[other].end;
        let range = whole.lead(&split, other);
        if range.range.start >= split.segments[other].start {
            let points =
                (range.range.start..=range.range.end).filter(|at| *at <= whole.anchors[other].start).any(|at| {
                    matches!(whole.key(at), "one" | "ones") || is_pointing(whole.key(at)) && is_of(whole.key(at + 1))
                });
            // `The previous one had cost 48 million`: the pronoun is this figure's own subject.
            let own_pronoun = other + 1 == me && matches!(whole.key(whole.anchors[other].start), "one" | "ones");
            let points = points && !own_pronoun;
            frame.leads.push(Lead { words: whole.contents(range.range), first: other == 0, points });
        }
        // What stands behind the last figure may be said of all of them.
        if other + 1 < count {
            frame.predicates.push(whole.contents(behind.clone()));
        } else {
            frame.predicates.push(whole.contents(whole.anchors[other].end..split.noun_end(other).max(behind.start)));
        }
        if other > me && (whole.is_part(other) || whole.is_attributed(other)) {
            frame.parts.extend(whole.complements(behind.clone()));
        }
        if whole.is_versus(&split, other) {
            frame.leads.push(Lead { words: whole.contents(behind.clone()), first: false, points: false });
        }
        frame.others.extend(whole.complements(behind));
    }
    frame.clauses = whole.clauses(&split, &lead.range);
    frame.before_former = whole.before_former();
    frame.axes = whole.axes(whole.part_of(&whole.anchors[me], &segment));
    axes::extend(&mut frame.axes, whole.axes(lead.part..segment.end));
    axes::extend(&mut frame.axes, whole.axes(lead.range.clone()));
    axes::extend(&mut frame.axes, whole.axes(segment.clone()));
    whole.details(&split, &mut frame);
    if count == 1 {
        axes::extend(&mut frame.axes, whole.axes(0..whole.lexemes.len()));
    }
    frame.sides = whole.sides(&whole.anchors[me]);
    frame.direction = whole.direction(&whole.anchors[me], &segment);
    let bare = whole.contents(segment.start..whole.anchors[me].start).is_empty();
    if frame.direction == 0 && me > 0 && bare {
        frame.direction = whole.direction(&whole.anchors[me - 1], &split.segments[me - 1]);
    }
    frame.step = whole.step(&whole.anchors[me]);
    frame.level = whole.is_level(&whole.anchors[me]) && !whole.says_more();
    frame.changed = me > 0 && whole.is_change(me - 1) || whole.is_change_back(me);
    frame.respective = whole.respective().and_then(|respective| {
        let own = me.checked_sub(respective.figures.start).filter(|own| *own < respective.names.len())?;
        Some((respective.names.into_iter().map(|name| whole.contents(name)).collect(), own))
    });
    frame.sayings = whole.sayings();
    frame.rival = whole.rival(me);
    frame.compares = frame.direction != 0 || whole.compares();
    frame.instance = whole.instance(0..whole.anchors[me].start);
    frame.long_names = whole.long_names(0..whole.anchors[me].start);
    frame
}

/// The lead of a clause, and where the clause itself begins.
struct LeadAt {
    range: Range<usize>,
    part: usize,
    own: bool,
}

impl Scene<'_> {
    /// Content words of a part that say what a figure is said of: no direction, no calendar, no hedge.
    pub(super) fn contents(&self, part: Range<usize>) -> Vec<String> {
        part.filter(|at| self.tells(*at)).map(|at| self.key(at).to_owned()).collect()
    }

    pub(super) fn tells(&self, at: usize) -> bool {
        !self.is_figure(at) && self.lexemes[at].memo.told(Ask::Tells, || self.says(at))
    }

    /// Whether a lexeme that is no figure says what a figure is said of.
    fn says(&self, at: usize) -> bool {
        let lexeme = &self.lexemes[at];
        let key = lexeme.key.as_ref();
        (is_content(lexeme) || is_ordinal(key))
            && !self.is_direction(at)
            && !is_versus(key)
            && direction::of_key(key) == 0
            && !is_time(key)
            && terms::month(key).is_none()
            && terms::weekday(key).is_none()
            && !lexicon::is_hedge(key)
            && !lexicon::is_modal(key)
            && !sense::is_counting(key)
            && !sense::is_people(key)
    }

    /// Whether a lexeme belongs to words of direction.
    fn is_direction(&self, at: usize) -> bool {
        (at.saturating_sub(2)..=at)
            .any(|from| self.direction_at(from).is_some_and(|(sign, length)| sign != 0 && from + length > at))
    }

    /// What a figure is said of: the last part in front of it that says something, else what the clause before is said of.
    fn lead(&self, split: &Split<'_>, number: usize) -> LeadAt {
        let anchor = &self.anchors[number];
        let segment = &split.segments[number];
        if let Some(range) = self.relative_behind(number, segment.end) {
            return LeadAt { part: range.start, range, own: true };
        }
        let mut end = anchor.start;
        loop {
            let start = (segment.start..end).rev().find(|at| self.breaks(*at)).unwrap_or(segment.start);
            if let Some(antecedent) = self.antecedent(start) {
                return LeadAt { range: antecedent..anchor.start, part: start, own: true };
            }
            if (start..end).any(|at| self.tells(at)) {
                // `the harbour town, with 98,000`: else an earlier part is an apposition to something else.
                let near = end == anchor.start
                    || matches!(self.key(end), "with" | "mit" | "avec" | "con" | "com" | "met" | "med");
                let own = number == 0 || near && self.has_subject(start, end, split, number);
                return LeadAt { range: start..anchor.start, part: start, own };
            }
            if start <= segment.start {
                break;
            }
            end = start;
        }
        if number == 0 {
            return LeadAt { range: segment.start..anchor.start, part: segment.start, own: true };
        }
        let before = self.lead(split, number - 1);
        LeadAt { range: before.range, part: segment.start, own: false }
    }

    /// Where the words begin that a relative clause is about: `hinter Wacker Moorbach, das 51 Punkte hat`.
    fn antecedent(&self, clause: usize) -> Option<usize> {
        if clause == 0 || !is_relative(self.key(clause)) || self.lexemes[clause].bits & bits::PAUSE == 0 {
            return None;
        }
        let mut start = clause;
        while start > 0 && self.tells(start - 1) {
            start -= 1;
        }
        (start < clause).then_some(start)
    }

    /// What prepositions open in a part, each with its content words.
    fn complements(&self, part: Range<usize>) -> Vec<Complement> {
        let mut found: Vec<Complement> = Vec::new();
        let mut open = false;
        for at in part {
            if is_preposition(self.key(at)) {
                found.push(Complement { preposition: self.key(at).to_owned(), words: Vec::new() });
                open = true;
            } else if self.breaks(at) {
                open = false;
            }
            if open
                && self.tells(at)
                && let Some(last) = found.last_mut()
            {
                last.words.push(self.key(at).to_owned());
            }
        }
        found.retain(|complement| !complement.words.is_empty());
        found
    }
}

impl Frame {
    /// Whether the figure is an age.
    pub(in crate::matching::figure) fn is_age(&self) -> bool {
        self.age
    }
}

fn is_of(key: &str) -> bool {
    matches!(key, "of" | "in" | "von" | "de" | "du" | "des" | "del" | "di" | "do" | "da" | "van")
}

/// Words that set a figure against another.
pub(super) fn is_versus(key: &str) -> bool {
    matches!(
        key,
        "contre"
            | "contra"
            | "contro"
            | "against"
            | "versus"
            | "tegen"
            | "mod"
            | "mot"
            | "против"
            | "مقابل"
            | "frente"
            | "gegenuber"
            | "przeciw"
            | "wobec"
            | "compared"
    )
}

/// Ordinals tell figures apart: `the first phase`.
fn is_ordinal(key: &str) -> bool {
    matches!(
        key,
        "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "erste"
            | "ersten"
            | "zweite"
            | "zweiten"
            | "dritte"
            | "dritten"
            | "premier"
            | "premiere"
            | "deuxieme"
            | "seconde"
            | "troisieme"
            | "primera"
            | "primer"
            | "primero"
            | "segunda"
            | "tercera"
            | "tercer"
            | "prima"
            | "primo"
            | "seconda"
            | "secondo"
            | "terza"
            | "terzo"
            | "primeira"
            | "primeiro"
            | "terceira"
            | "terceiro"
            | "eerste"
            | "tweede"
            | "derde"
            | "forste"
            | "anden"
            | "andet"
            | "tredje"
            | "первыи"
            | "первая"
            | "второи"
            | "вторая"
            | "третья"
            | "pierwszy"
            | "pierwsza"
            | "drugi"
            | "druga"
            | "trzecia"
    )
}

pub(super) fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|other| same(other, word))
}

pub(super) fn is_spaceless(words: &[String]) -> bool {
    words.iter().any(|word| word.chars().next().is_some_and(fold::is_unspaced))
}
