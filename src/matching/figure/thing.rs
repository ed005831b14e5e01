//! Things: what a figure counts in its sentence. The words of a sentence with several figures are shared out: some are one
//! figure's own, some are shared; what happened, by what it is counted, when and where are told apart.

use std::ops::Range;
use std::sync::LazyLock;

use super::lexeme::Lexeme;
use super::sense::{self, Event, event_at, is_content, same};
use crate::matching::fold::{Kind, bits};
use crate::matching::lexicon;
use crate::matching::phrases::Phrases;
use crate::matching::terms;

static RATES: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("../terms/rates.txt"), Some));
static FORMER: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("../terms/former.txt"), Some));
static FORESEEN: LazyLock<Phrases<&'static str>> =
    LazyLock::new(|| Phrases::read(include_str!("../terms/foreseen.txt"), Some));

/// A sentence with its figures, one of which is asked about.
pub(super) struct Scene<'l> {
    pub(super) lexemes: &'l [Lexeme<'l>],
    pub(super) language: &'l str,
    /// The figures that are of one kind with the one asked about, as ranges of lexemes, in order.
    pub(super) anchors: Vec<Range<usize>>,
    /// Which of them is asked about.
    pub(super) me: usize,
    /// Heads of the cell or list that the sentence stands in.
    pub(super) heads: Vec<String>,
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
    /// Whether the sentence says that the value no longer holds, or is of another time.
    pub(super) former: bool,
    /// Whether the value is only wanted, foreseen or possible.
    pub(super) foreseen: Option<Foreseen>,
    /// Whether the figure's own clause is negated behind it.
    pub(super) negated: bool,
    /// Years that stand with the figure.
    pub(super) years: Vec<String>,
    /// Words of time that stand with the figure: `last year`, `2022`.
    pub(super) times: Vec<String>,
    /// Names behind a preposition of place, anywhere in the sentence but in another figure's part.
    pub(super) places: Vec<String>,
    /// Whether nothing is known of its place: the statement does not have the figure.
    pub(super) open: bool,
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

/// Lexemes between a figure and its noun's last word.
const NOUN: usize = 4;
/// Lexemes behind a figure in which its rate may stand.
const RATE: usize = 7;

/// Reads what a figure counts.
pub(super) fn thing(scene: &Scene<'_>) -> Thing {
    let split = Split::new(scene);
    let mut thing = Thing::default();
    let words = |range: Range<usize>| -> Vec<String> {
        range
            .filter(|at| !scene.is_figure(*at) && is_content(&scene.lexemes[*at]) || scene.is_year(*at))
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
    for (at, owner) in owners.iter().enumerate() {
        let word = words(at..at + 1);
        match owner {
            Owner::Nobody => thing.shared.extend(word),
            Owner::One(number) => {
                let role = split.role(*number, at);
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
    thing.times = thing.years.clone();
    thing.times.extend(
        segment
            .clone()
            .filter(|at| at + 1 < scene.lexemes.len() && is_time(scene.key(at + 1)) && is_which(scene.key(*at)))
            .map(|at| format!("{} {}", scene.key(at), scene.key(at + 1))),
    );
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
                    (found.at - anchor.end) * 2
                } else {
                    anchor.start.saturating_sub(found.at) * 2 + 1
                }
            })
            .map(|found| found.event)
    };
    let unowned = |found: &&EventAt| !matches!(owners[found.at], Owner::One(number) if number != scene.me);
    thing.event = near(segment).or_else(|| {
        let mut open = events.iter().filter(unowned).map(|found| found.event);
        let first = open.next();
        first.filter(|first| open.all(|event| event == *first))
    });
    for head in &scene.heads {
        let lexemes = super::lexeme::of_text(head);
        let of_head = (0..lexemes.len()).find_map(|at| event_at(scene.language, &lexemes, at).map(|found| found.value));
        if thing.event.is_none() {
            thing.event = of_head;
        }
        thing.shared.extend(lexemes.iter().filter(|lexeme| is_content(lexeme)).map(|lexeme| lexeme.key.to_string()));
    }
    let rates = scene.all(&RATES);
    thing.rates = rates.iter().map(|found| found.value).collect();
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
    thing.foreseen = scene.foreseen(segment);
    let behind = anchor.end..(split.noun_end(scene.me) + 3).min(segment.end);
    thing.negated = behind.take_while(|at| !opens_clause(scene.key(*at))).any(|at| scene.negates(at));
    thing
}

/// Whose word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Nobody,
    One(usize),
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

    /// `a year ago` is no rate.
    fn is_past(&self, at: usize) -> bool {
        matches!(self.key(at), "ago" | "later" | "earlier" | "before" | "after" | "old" | "long")
    }

    /// `within a week` is no rate.
    fn is_span(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            matches!(
                self.key(before),
                "within"
                    | "in"
                    | "for"
                    | "after"
                    | "once"
                    | "twice"
                    | "during"
                    | "over"
                    | "than"
                    | "nearly"
                    | "almost"
                    | "half"
                    | "about"
                    | "of"
                    | "last"
                    | "such"
                    | "as"
                    | "is"
                    | "was"
            )
        })
    }

    fn negates(&self, at: usize) -> bool {
        let key = self.key(at);
        matches!(key, "not" | "never" | "nicht" | "pas" | "niet" | "ikke" | "nao" | "не")
            && !matches!(self.key(at + 1), "only" | "nur" | "seulement" | "just")
            || key == "t" && self.lexemes[at].bits & bits::APOSTROPHE != 0
    }

    /// Whether a place opens another part of the sentence.
    fn breaks(&self, at: usize) -> bool {
        let lexeme = &self.lexemes[at];
        let arabic = self.language == "ar" && lexeme.key.starts_with('و') && lexeme.key.chars().count() > 2;
        lexeme.bits & (bits::PAUSE | bits::SENTENCE) != 0 && lexeme.bits & bits::HYPHEN == 0
            || arabic
            || lexeme.gap.contains(['(', ')', '、', '，', '；'])
            || matches!(
                lexeme.key.as_ref(),
                "and"
                    | "while"
                    | "whereas"
                    | "but"
                    | "compared"
                    | "against"
                    | "versus"
                    | "und"
                    | "sowie"
                    | "wahrend"
                    | "aber"
                    | "et"
                    | "tandis"
                    | "mais"
                    | "y"
                    | "mientras"
                    | "pero"
                    | "e"
                    | "mentre"
                    | "ma"
                    | "enquanto"
                    | "mas"
                    | "en"
                    | "terwijl"
                    | "maar"
                    | "og"
                    | "mens"
                    | "men"
                    | "i"
                    | "oraz"
                    | "a"
                    | "zas"
                    | "и"
                    | "а"
                    | "еще"
                    | "और"
                    | "जबकि"
                    | "و"
                    | "och"
                    | "plus"
                    | "with"
            ) && self.conjunction(&lexeme.key)
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

    /// Whether the sentence says that the value is another time's: `down from 60`, `not 43 but 48`, `initially 43`.
    fn former(&self, split: &Split<'_>) -> bool {
        let anchor = &self.anchors[self.me];
        let before =
            |at: usize| FORMER.before(self.language, |number| at.checked_sub(number + 1).map(|place| self.key(place)));
        // Bounds stand between: `down from about 60`.
        let starts = [anchor.start, anchor.start.saturating_sub(1), anchor.start.saturating_sub(2)];
        if starts.iter().any(|start| before(*start).is_some_and(|found| found.value == "before")) {
            return true;
        }
        // `not 43 but 48`
        let negated = anchor.start.checked_sub(1).is_some_and(|at| {
            matches!(
                self.key(at),
                "not" | "nicht" | "pas" | "no" | "non" | "nao" | "niet" | "ikke" | "не" | "nie" | "不是" | "是"
            ) || at > 0 && matches!((self.key(at - 1), self.key(at)), ("не", _) | ("not", "the"))
        });
        if negated
            && self.anchors.get(self.me + 1).is_some_and(|next| {
                (anchor.end..next.start).any(|at| {
                    matches!(
                        self.key(at),
                        "but"
                            | "sondern"
                            | "mais"
                            | "sino"
                            | "ma"
                            | "bensi"
                            | "mas"
                            | "maar"
                            | "men"
                            | "а"
                            | "lecz"
                            | "ale"
                            | "而"
                    )
                })
            })
        {
            return true;
        }
        // `von 43 auf 48 korrigiert`; with `from 43 to 48` the reader of figures has said so already.
        let from = anchor.start.checked_sub(1).is_some_and(|at| matches!(self.key(at), "von" | "van" | "с" | "z"));
        let to = self.anchors.get(self.me + 1).is_some_and(|next| {
            next.start == anchor.end + 1 && matches!(self.key(anchor.end), "auf" | "naar" | "на" | "na")
        });
        if from && to {
            return true;
        }
        let segment = &split.segments[self.me];
        self.all(&FORMER).iter().any(|found| found.value == "near" && segment.contains(&found.at))
    }

    /// What foresees the figure in its part of the sentence, if anything does: `as expected` and `than expected` foresee
    /// nothing.
    fn foreseen(&self, segment: &Range<usize>) -> Option<Foreseen> {
        let anchor = &self.anchors[self.me];
        let from = segment.start.max(anchor.start.saturating_sub(12));
        self.all(&FORESEEN).iter().rev().find_map(|found| {
            let end = found.at + found.length;
            let before = found.at.checked_sub(1).map_or("", |at| self.key(at));
            let capital = found.length == 1 && self.lexemes[found.at].bits & bits::CAPITAL != 0 && found.at > 0;
            let in_reach = from <= found.at && end <= anchor.start;
            let apart = || {
                (end..anchor.start)
                    .any(|at| self.lexemes[at].bits & bits::PAUSE != 0 && self.lexemes[at].bits & bits::HYPHEN == 0)
            };
            if !in_reach
                || capital
                || matches!(before, "as" | "than" | "wie" | "als" | "que" | "come" | "the" | "a")
                || apart()
            {
                return None;
            }
            if found.value != "modal" {
                return (anchor.start - end <= NEAR).then_some(Foreseen { near: true, verb: None });
            }
            let verb = (end..anchor.start).find(|at| is_content(&self.lexemes[*at])).map(|at| self.key(at).to_owned());
            Some(Foreseen { near: anchor.start - end <= NEAR, verb })
        })
    }
}

/// Lexemes between a word that foresees and its figure, up to which it is the figure that is foreseen.
const NEAR: usize = 3;

/// What is only foreseen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Foreseen {
    /// Whether the figure stands right behind it.
    pub(super) near: bool,
    /// The first word that is foreseen.
    pub(super) verb: Option<String>,
}

/// A sentence cut into the parts of its figures.
struct Split<'s> {
    scene: &'s Scene<'s>,
    /// From the break before a figure to the one behind it.
    segments: Vec<Range<usize>>,
}

impl<'s> Split<'s> {
    fn new(scene: &'s Scene<'s>) -> Self {
        let end = scene.lexemes.len();
        let count = scene.anchors.len();
        let mut segments = Vec::with_capacity(count);
        let mut start = 0;
        for (number, anchor) in scene.anchors.iter().enumerate() {
            let next = scene.anchors.get(number + 1).map_or(end, |next| next.start);
            // The words of a bound belong to its figure.
            let cut = (anchor.end..=next.min(end.saturating_sub(1))).find(|at| *at > anchor.start && scene.breaks(*at));
            let cut = match (cut, number + 1 < count) {
                (Some(cut), _) => cut,
                // Nothing but words parts them: behind its noun they lead to the next figure.
                (None, true) => (anchor.end + noun_length(scene, anchor, next)).min(next),
                (None, false) => end,
            };
            segments.push(start..cut.max(anchor.end));
            start = cut.max(anchor.end);
        }
        // In front of the first figure, an earlier part of the sentence is not its own.
        Self { scene, segments }
    }

    /// The lexemes of the noun group right behind a figure.
    fn noun(&self, number: usize) -> Range<usize> {
        noun_group(self.scene, &self.scene.anchors[number], self.segments[number].end)
    }

    fn noun_end(&self, number: usize) -> usize {
        self.noun(number).end
    }

    /// Whose word each lexeme is.
    fn owners(&self) -> Vec<Owner> {
        let scene = self.scene;
        let mut owners = vec![Owner::Nobody; scene.lexemes.len()];
        if scene.anchors.len() < 2 {
            return owners;
        }
        let last = scene.anchors.len() - 1;
        for (number, segment) in self.segments.iter().enumerate() {
            let anchor = &scene.anchors[number];
            for at in self.noun(number) {
                owners[at] = Owner::One(number);
            }
            // In front of a figure: all of it behind another figure's part, else what has a counterpart there.
            for at in segment.start..anchor.start {
                if number > 0 || self.is_matched(number, at, true) {
                    owners[at] = Owner::One(number);
                }
            }
            for at in anchor.end..segment.end {
                if number < last || self.is_matched(number, at, false) {
                    owners[at] = Owner::One(number);
                }
            }
        }
        self.respectively(&mut owners);
        owners
    }

    /// What a word is to its figure.
    fn role(&self, number: usize, at: usize) -> String {
        let scene = self.scene;
        let anchor = &scene.anchors[number];
        if self.noun(number).contains(&at) {
            return String::new();
        }
        let front = at < anchor.start;
        let from = if front { self.segments[number].start } else { anchor.end };
        let opener = (from..at).rev().map(|place| scene.key(place)).find(|key| is_preposition(key));
        match opener {
            Some(key) if similar(key, "in") => "in".to_owned(),
            Some(key) => key.to_owned(),
            None if front => "<".to_owned(),
            None => ">".to_owned(),
        }
    }

    /// Whether the words of a figure's part that a lexeme stands among have a counterpart in another's: after the same
    /// preposition, or before the figure where another has a noun of its own before it.
    fn is_matched(&self, number: usize, at: usize, front: bool) -> bool {
        let scene = self.scene;
        let side = |number: usize| {
            let (anchor, segment) = (&scene.anchors[number], &self.segments[number]);
            if front { segment.start..anchor.start } else { anchor.end..segment.end }
        };
        let opener = |range: Range<usize>, at: usize| -> Option<String> {
            (range.start..=at).rev().map(|place| scene.key(place)).find(|key| is_preposition(key)).map(str::to_owned)
        };
        let own = opener(side(number), at);
        (0..scene.anchors.len()).filter(|other| *other != number).any(|other| {
            let range = side(other);
            match &own {
                Some(preposition) => {
                    range.clone().any(|place| scene.key(place) == preposition || similar(scene.key(place), preposition))
                        && range.clone().any(|place| is_content(&scene.lexemes[place]) || scene.is_year(place))
                }
                // The subject: another part begins with a noun that is no pronoun.
                None => {
                    front
                        && range.clone().take_while(|place| !is_preposition(scene.key(*place))).any(|place| {
                            let lexeme = &scene.lexemes[place];
                            is_content(lexeme)
                                && !is_verb(&lexeme.key)
                                && crate::matching::direction::of_key(&lexeme.key) == 0
                                && event_at(scene.language, scene.lexemes, place).is_none()
                                && !lexicon::is_hedge(&lexeme.key)
                                && !is_pointing(&lexeme.key)
                                && is_label(scene, other, place)
                        })
                }
            }
        })
    }

    /// `Harlow and Norvik lost 12 and 31 boats respectively`: the names before the figures are theirs in order.
    fn respectively(&self, owners: &mut [Owner]) {
        let scene = self.scene;
        let said = (0..scene.lexemes.len()).any(|at| {
            matches!(
                scene.key(at),
                "respectively"
                    | "respectivement"
                    | "respectivamente"
                    | "rispettivamente"
                    | "respectievelijk"
                    | "henholdsvis"
                    | "соответственно"
                    | "odpowiednio"
                    | "beziehungsweise"
                    | "jeweils"
                    | "क्रमशः"
            ) || scene.key(at) == "分" && scene.key(at + 1) == "别"
        });
        let count = scene.anchors.len();
        if !said || count < 2 {
            return;
        }
        for owner in owners.iter_mut() {
            *owner = Owner::Nobody;
        }
        let first = scene.anchors[0].start;
        // The first content word of each part of the enumeration before the figures.
        let mut items: Vec<usize> = Vec::new();
        let mut open = true;
        for at in 0..first {
            open |= scene.breaks(at);
            if open && is_content(&scene.lexemes[at]) {
                items.push(at);
                open = false;
            }
        }
        if items.len() < count {
            return;
        }
        let from = items.len() - count;
        for (number, at) in items[from..].iter().enumerate() {
            owners[*at] = Owner::One(number);
        }
    }
}

/// The noun group right behind a figure, before `limit`.
fn noun_group(scene: &Scene<'_>, anchor: &Range<usize>, limit: usize) -> Range<usize> {
    let mut start = anchor.end;
    // `43 percent of women`, `15 of the 20 boats`, `dozens of`
    while start < limit && start < anchor.end + 3 && is_linking(scene.key(start)) {
        start += 1;
    }
    let mut end = start;
    while end < limit && end < start + NOUN {
        let lexeme = &scene.lexemes[end];
        let stops = lexeme.kind != Kind::Word && lexeme.kind != Kind::Character
            || end > start && is_preposition(&lexeme.key)
            || is_verb(&lexeme.key)
            || end > start && lexeme.key.ends_with("ed") && scene.language == "en"
            || scene.is_figure(end);
        if stops {
            break;
        }
        end += 1;
    }
    start..end
}

fn noun_length(scene: &Scene<'_>, anchor: &Range<usize>, limit: usize) -> usize {
    noun_group(scene, anchor, limit).end - anchor.end
}

/// Whether a word in front of a figure labels it: nothing but a colon or a verb of being stands between.
fn is_label(scene: &Scene<'_>, number: usize, at: usize) -> bool {
    let anchor = &scene.anchors[number];
    anchor.start.saturating_sub(at) <= 5
}

/// Whether a word is a span of the calendar.
fn is_time(key: &str) -> bool {
    matches!(terms::unit(key), Some("d" | "wk" | "mo" | "yr"))
        || matches!(
            key,
            "quarter" | "season" | "dernier" | "derniere" | "pasado" | "pasada" | "scorso" | "passado" | "precedente"
        )
        || terms::month(key).is_some_and(|month| month.certain)
}

/// Whether a word says which of them.
fn is_which(key: &str) -> bool {
    matches!(
        key,
        "last"
            | "previous"
            | "prior"
            | "earlier"
            | "past"
            | "first"
            | "second"
            | "third"
            | "fourth"
            | "next"
            | "same"
            | "vergangenen"
            | "letzten"
            | "vorigen"
            | "letztes"
            | "vorige"
            | "vorig"
            | "sidste"
            | "прошлом"
            | "прошлого"
            | "zeszlym"
            | "ubieglym"
            | "an"
            | "annee"
            | "mois"
            | "ano"
            | "anno"
            | "mes"
            | "mese"
            | "semaine"
            | "semana"
            | "in"
            | "im"
            | "en"
            | "w"
            | "в"
    )
}

/// Whether a word opens a clause of its own, whose negation is not the figure's.
fn opens_clause(key: &str) -> bool {
    matches!(
        key,
        "how"
            | "that"
            | "who"
            | "which"
            | "because"
            | "if"
            | "when"
            | "why"
            | "as"
            | "to"
            | "whose"
            | "where"
            | "dass"
            | "die"
            | "der"
            | "weil"
            | "qui"
            | "que"
            | "parce"
            | "che"
            | "perche"
            | "porque"
            | "dat"
            | "omdat"
            | "som"
            | "fordi"
            | "ze"
            | "что"
            | "ktore"
            | "ktorzy"
            | "которые"
    )
}

/// Words that point back: `those in Harlow`, `the other one`.
fn is_pointing(key: &str) -> bool {
    matches!(
        key,
        "those"
            | "that"
            | "one"
            | "ones"
            | "other"
            | "others"
            | "another"
            | "same"
            | "further"
            | "more"
            | "additional"
            | "jene"
            | "andere"
            | "weitere"
            | "celles"
            | "ceux"
            | "autres"
            | "otros"
            | "otras"
            | "altri"
            | "altre"
            | "outros"
            | "outras"
    )
}

/// Words between a figure and its noun.
fn is_linking(key: &str) -> bool {
    matches!(
        key,
        "of" | "the"
            | "all"
            | "its"
            | "their"
            | "other"
            | "more"
            | "der"
            | "des"
            | "von"
            | "den"
            | "de"
            | "du"
            | "d"
            | "les"
            | "la"
            | "las"
            | "los"
            | "del"
            | "di"
            | "dei"
            | "degli"
            | "delle"
            | "do"
            | "da"
            | "dos"
            | "das"
            | "van"
            | "af"
            | "z"
            | "की"
            | "के"
            | "का"
            | "من"
            | "他"
            | "in"
            | "among"
            | "unter"
            | "chez"
            | "parmi"
            | "entre"
            | "tra"
            | "bland"
            | "blandt"
            | "onder"
            | "wsrod"
            | "среди"
    )
}

fn is_preposition(key: &str) -> bool {
    matches!(
        key,
        "in" | "on"
            | "at"
            | "among"
            | "for"
            | "from"
            | "to"
            | "by"
            | "with"
            | "since"
            | "during"
            | "after"
            | "before"
            | "of"
            | "per"
            | "under"
            | "near"
            | "off"
            | "across"
            | "im"
            | "bei"
            | "beim"
            | "aus"
            | "von"
            | "der"
            | "des"
            | "unter"
            | "seit"
            | "fur"
            | "auf"
            | "an"
            | "am"
            | "mit"
            | "dans"
            | "en"
            | "chez"
            | "parmi"
            | "pour"
            | "depuis"
            | "sur"
            | "a"
            | "au"
            | "aux"
            | "de"
            | "du"
            | "entre"
            | "para"
            | "por"
            | "desde"
            | "nel"
            | "nella"
            | "tra"
            | "dal"
            | "di"
            | "dei"
            | "em"
            | "no"
            | "na"
            | "nos"
            | "nas"
            | "van"
            | "onder"
            | "voor"
            | "bij"
            | "op"
            | "i"
            | "blandt"
            | "ved"
            | "til"
            | "w"
            | "we"
            | "wsrod"
            | "dla"
            | "od"
            | "в"
            | "во"
            | "среди"
            | "для"
            | "с"
            | "у"
            | "на"
            | "при"
            | "में"
            | "से"
            | "في"
            | "من"
    )
}

/// Prepositions behind which a name is a place.
fn is_place(key: &str) -> bool {
    matches!(
        key,
        "in" | "at"
            | "near"
            | "en"
            | "a"
            | "nel"
            | "em"
            | "w"
            | "we"
            | "в"
            | "во"
            | "i"
            | "te"
            | "bij"
            | "pres"
            | "cerca"
    )
}

/// Prepositions that open the same kind of phrase.
fn similar(a: &str, b: &str) -> bool {
    let place = |key: &str| {
        matches!(key, "in" | "at" | "im" | "en" | "a" | "dans" | "nel" | "nella" | "em" | "no" | "na" | "w" | "в")
    };
    place(a) && place(b)
}

/// Common verbs, at which a noun group ends.
fn is_verb(key: &str) -> bool {
    matches!(
        key,
        "is" | "are"
            | "was"
            | "were"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "said"
            | "ist"
            | "sind"
            | "war"
            | "waren"
            | "wurde"
            | "wurden"
            | "werden"
            | "wird"
            | "hat"
            | "haben"
            | "est"
            | "sont"
            | "ont"
            | "furent"
            | "etaient"
            | "es"
            | "son"
            | "fueron"
            | "han"
            | "resultaron"
            | "e"
            | "sono"
            | "hanno"
            | "foram"
            | "ficaram"
            | "sao"
            | "zijn"
            | "raakten"
            | "blev"
            | "er"
            | "zostalo"
            | "byly"
            | "bylo"
            | "были"
            | "было"
            | "lost"
            | "died"
            | "left"
            | "voted"
            | "backed"
    )
}

/// How well the words of a claim stand with a figure rather than with the figures beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Nothing says that it is another thing.
    Open,
    /// The claim's words are this figure's own.
    Own,
    /// What is counted is another thing, or the claim's words contradict the figure's.
    Other,
    /// More of the claim's words are another figure's: another thing, unless the very words around the figure are the claim's.
    Beside,
    /// It is counted by something else: a day, a year.
    OtherRate,
}

/// Compares what a claimed figure counts with what a figure of the source counts.
pub(super) fn stand(ours: &Thing, theirs: &Thing) -> Stand {
    if ours.open {
        return Stand::Open;
    }
    if let (Some(a), Some(b)) = (ours.event, theirs.event)
        && a != b
    {
        return Stand::Other;
    }
    match (ours.rate, theirs.rate) {
        (Some(a), Some(b)) if a != b => return Stand::OtherRate,
        (Some(a), None) if !theirs.rates.contains(&a) => return Stand::OtherRate,
        _ => {}
    }
    if !ours.years.is_empty() && !theirs.years.is_empty() && !ours.years.iter().any(|year| theirs.years.contains(year))
    {
        return Stand::Other;
    }
    let claimed: Vec<&str> =
        ours.own.iter().map(|owned| owned.word.as_str()).chain(ours.shared.iter().map(String::as_str)).collect();
    let said = |word: &str| claimed.iter().any(|claimed| same(claimed, word));
    // A word that both figures have, or that the sentence has beside them, tells nothing.
    let tells = |word: &str| !theirs.shared.iter().any(|shared| same(shared, word));
    let own: Vec<&Owned> = theirs
        .own
        .iter()
        .filter(|owned| !theirs.others.iter().flatten().any(|other| same(&other.word, &owned.word)))
        .filter(|owned| tells(&owned.word))
        .collect();
    let one_event = ours.event.is_some() && ours.event == theirs.event;
    let own_hits = usize::from(one_event)
        + distinct(own.iter().filter(|owned| said(&owned.word)).map(|owned| owned.word.as_str()));
    let people = sense::family("people");
    let no_noun = one_event && !theirs.own.iter().any(|owned| owned.role.is_empty());
    let mut other_hits = 0;
    for words in &theirs.others {
        let alone: Vec<&Owned> = words
            .iter()
            .filter(|other| !theirs.own.iter().any(|owned| same(&owned.word, &other.word)) && tells(&other.word))
            // `12 people died, 35 were hurt`: the noun is left out where it is the same.
            .filter(|other| !(other.role.is_empty() && (no_noun || sense::family(&other.word) == people)))
            .filter(|other| said(&other.word))
            .collect();
        other_hits = other_hits.max(distinct(alone.iter().map(|other| other.word.as_str())));
        // In one role, what the claim says is the other's: `35 women from Norvik` of `12 men from Norvik and 35 women
        // from Harlow`.
        let contradicted = alone.iter().any(|other| {
            let mut of_role = own.iter().filter(|owned| owned.role == other.role).peekable();
            let names = own.iter().any(|owned| owned.role == other.role && owned.name) && other.name;
            of_role.peek().is_some()
                && !of_role.any(|owned| said(&owned.word))
                && !said_by_others(ours, &other.word)
                && (own_hits == 0 || names)
        });
        if contradicted && !is_characters(&theirs.own) {
            return Stand::Other;
        }
    }
    // `the new bridge`, where the claim says `the old bridge`.
    let opposed =
        |owned: &&Owned| claimed.iter().any(|word| lexicon::are_antonyms(word, &owned.word)) && !said(&owned.word);
    if own.iter().any(opposed) && theirs.others.iter().flatten().any(|other| said(&other.word)) {
        return Stand::Other;
    }
    if counts_other(ours, theirs) {
        return Stand::Other;
    }
    let enough = if is_characters(&theirs.own) { 3 } else { 1 };
    if other_hits >= enough && own_hits == 0 || other_hits >= own_hits + 3 && !is_characters(&theirs.own) {
        return Stand::Beside;
    }
    if own_hits > 0 { Stand::Own } else { Stand::Open }
}

/// Whether the claim's statement gives a word to another of its figures.
fn said_by_others(ours: &Thing, word: &str) -> bool {
    ours.others.iter().flatten().any(|other| same(&other.word, word))
}

/// Whether words are characters of a script without spaces, of which a few shared ones say little.
fn is_characters(words: &[Owned]) -> bool {
    words.iter().any(|owned| owned.word.chars().next().is_some_and(crate::matching::fold::is_unspaced))
}

fn distinct<'w>(words: impl Iterator<Item = &'w str>) -> usize {
    let mut found: Vec<&str> = Vec::new();
    for word in words {
        if !found.iter().any(|known| same(known, word)) {
            found.push(word);
        }
    }
    found.len()
}

/// Whether the claimed noun stands in the source's sentence, but with something else than this figure.
fn counts_other(ours: &Thing, theirs: &Thing) -> bool {
    if ours.noun.is_empty() || theirs.noun.is_empty() {
        return false;
    }
    let shares = ours.noun.iter().any(|word| theirs.noun.iter().any(|other| same(word, other)));
    if shares {
        return false;
    }
    let head = &ours.noun[0];
    let generic = sense::family(head).is_some_and(|family| Some(family) == sense::family("people"));
    let elsewhere = theirs.shared.iter().chain(theirs.own.iter().map(|owned| &owned.word)).any(|word| same(word, head));
    !generic && elsewhere && sense::event(head).is_none()
}
