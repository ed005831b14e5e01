//! Tests of the aligner: against a plain reference, and what it comes to on texts.

use std::collections::HashMap;

use super::grid::{BRACKET_STEP, DIFFERENT, EXTEND_OURS, EXTEND_THEIRS, MARK_STEP};
use super::near::{letters_differ, near as near_spelling, quarter_differs};
use super::*;
use crate::matching::fold::Kind;
use crate::matching::query::{self, QueryWord};
use crate::matching::tests::document;
use crate::model::Document;

fn reading(quote: &str, index: &Index<'_>) -> Query {
    query::readings(&[quote.to_owned()], index).pop().expect("a reading")
}

/// What an alignment came to, as text: `word`, `ours~theirs`, `+ours`, `-theirs`, `[what a mark stands for]`.
fn written(alignment: &Alignment, query: &Query, index: &Index<'_>) -> String {
    let ours = |element: usize| match &query.elements[element] {
        Element::Word(word) => query.words[*word].text.as_str(),
        other => panic!("no word: {other:?}"),
    };
    let steps = alignment.steps.iter().map(|step| match step {
        Step::Pair { element, token } if ours(*element) == index.form(*token) => ours(*element).to_owned(),
        Step::Pair { element, token } => format!("{}~{}", ours(*element), index.form(*token)),
        Step::Ours { element } => format!("+{}", ours(*element)),
        Step::Theirs { token } => format!("-{}", index.form(*token)),
        Step::Mark { tokens, .. } => {
            format!("[{}]", tokens.clone().map(|token| index.form(token)).collect::<Vec<_>>().join(" "))
        }
    });
    steps.collect::<Vec<_>>().join(" ")
}

fn stretch(query: &Query, index: &Index<'_>, elements: Range<usize>, window: Range<usize>, ends: Ends) -> Alignment {
    let mut work = Work::new(query, index);
    work.stretch(elements, window, ends);
    work.whole
}

fn aligned(quote: &str, page: &str) -> String {
    let document = document(page);
    let index = Index::new(&document);
    let query = reading(quote, &index);
    written(&align(&query, &index, 0..index.tokens().len()), &query, &index)
}

#[test]
fn every_word_is_paired_added_left_out_or_stands_for_what_a_mark_left_out() {
    let page = "Well, the old harbour ferry will never return to the island, said the pilot on Friday.";
    for (quote, steps) in [
        ("harbour ferry will never return", "harbour ferry will never return"),
        ("harbour ferry will return", "harbour ferry will -never return"),
        ("harbour ferry will surely never return", "harbour ferry will +surely never return"),
        ("harbour ferries will never return", "harbour ferries~ferry will never return"),
        ("harbour … return to the island", "harbour [ferry will never] return to the island"),
        (
            "harbour ferry […] return to […] the pilot",
            "harbour ferry [will never] return to [the island said] the pilot",
        ),
        ("harbour [boat] will never return", "harbour [ferry] will never return"),
        (
            "the old harbour … on Friday",
            "the old harbour [ferry will never return to the island said the pilot] on Friday",
        ),
    ] {
        assert_eq!(aligned(quote, page), steps, "{quote}");
    }
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn text(&mut self, words: &[&str], count: usize) -> Vec<String> {
        (0..count).map(|_| words[self.below(words.len())].to_owned()).collect()
    }
}

/// What was done last: going on with it costs less.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Last {
    Other,
    Ours,
    Theirs,
}

/// The best that an alignment can come to, by trying everything.
struct Best<'b> {
    query: &'b Query,
    index: &'b Index<'b>,
    window: Range<usize>,
    ends: Ends,
    known: HashMap<(usize, usize, Last), f32>,
}

impl Best<'_> {
    fn of(query: &Query, index: &Index<'_>, window: Range<usize>, ends: Ends) -> f32 {
        let starts = if ends.front { window.start..window.start + 1 } else { window.start..window.end + 1 };
        let mut best = Best { query, index, window, ends, known: HashMap::new() };
        starts.map(|start| best.from(0, start, Last::Other)).fold(f32::NEG_INFINITY, f32::max)
    }

    fn from(&mut self, element: usize, token: usize, last: Last) -> f32 {
        if let Some(known) = self.known.get(&(element, token, last)) {
            return *known;
        }
        let (done, spent) = (element == self.query.elements.len(), token == self.window.end);
        let mut best = if done && (spent || !self.ends.back) { 0.0 } else { f32::NEG_INFINITY };
        if !spent {
            let cost = if last == Last::Theirs { EXTEND_THEIRS } else { OPEN };
            best = best.max(self.from(element, token + 1, Last::Theirs) - cost);
        }
        match self.query.elements.get(element) {
            Some(Element::Word(word)) => {
                let cost = if last == Last::Ours { EXTEND_OURS } else { OPEN };
                best = best.max(self.from(element + 1, token, Last::Ours) - cost);
                if !spent {
                    let gain = gain(&self.query.words[*word], token, self.index);
                    best = best.max(self.from(element + 1, token + 1, Last::Other) + gain);
                }
            }
            Some(mark) => {
                let cost = if matches!(mark, Element::Bracket(_)) { BRACKET_STEP } else { MARK_STEP };
                for end in token..=self.window.end {
                    best = best.max(self.from(element + 1, end, Last::Other) - cost * (end - token) as f32);
                }
            }
            None => {}
        }
        self.known.insert((element, token, last), best);
        best
    }
}

fn gain(word: &QueryWord, token: usize, index: &Index<'_>) -> f32 {
    let theirs = &index.tokens()[token];
    let long = |kind: Kind, key: &str| kind == Kind::Word && key.len() >= 4;
    let likeness = if word.form == theirs.form {
        1.0
    } else if word.key == theirs.key {
        0.95
    } else if long(word.kind, &word.key_text)
        && long(theirs.kind, index.key(token))
        && word.key_text.as_bytes()[0] == index.key(token).as_bytes()[0]
    {
        near_spelling(&word.key_text, index.key(token))
    } else {
        0.0
    };
    if likeness > 0.0 { 2.0 * index.weight(word.key) * likeness } else { DIFFERENT }
}

/// What the steps cost and bring, one by one; every element must be there in order, and no token twice or passed over.
fn told(alignment: &Alignment, query: &Query, index: &Index<'_>, window: &Range<usize>, ends: Ends) -> f32 {
    let (mut score, mut last, mut elements) = (0.0, Last::Other, 0);
    let mut next: Option<usize> = ends.front.then_some(window.start);
    let mut takes = |tokens: Range<usize>| {
        assert!(tokens.is_empty() || next.is_none_or(|next| next == tokens.start), "{alignment:?}");
        next = if tokens.is_empty() { next } else { Some(tokens.end) };
    };
    for step in &alignment.steps {
        match step {
            Step::Pair { element, token } => {
                let Element::Word(word) = query.elements[*element] else { panic!("no word") };
                score += gain(&query.words[word], *token, index);
                assert_eq!(*element, elements);
                elements += 1;
                takes(*token..token + 1);
                last = Last::Other;
            }
            Step::Ours { element } => {
                score -= if last == Last::Ours { EXTEND_OURS } else { OPEN };
                assert_eq!(*element, elements);
                elements += 1;
                last = Last::Ours;
            }
            Step::Theirs { token } => {
                score -= if last == Last::Theirs { EXTEND_THEIRS } else { OPEN };
                takes(*token..token + 1);
                last = Last::Theirs;
            }
            Step::Mark { element, tokens } => {
                let bracket = matches!(query.elements[*element], Element::Bracket(_));
                score -= tokens.len() as f32 * if bracket { BRACKET_STEP } else { MARK_STEP };
                assert_eq!(*element, elements);
                elements += 1;
                takes(tokens.clone());
                last = Last::Other;
            }
        }
    }
    assert_eq!(elements, query.elements.len());
    if ends.back {
        assert!(next.is_none_or(|next| next == window.end), "{alignment:?}");
    }
    score
}

const WORDS: &[&str] =
    &["harbour", "harbor", "Harbour", "ferry", "a", "A", "the", "17", "18", "stone", "stones", "quay", "%", "never"];

#[test]
fn no_other_alignment_is_worth_more() {
    let mut numbers = Numbers(1);
    for round in 0..600 {
        let mut quote = numbers.text(WORDS, 1 + round % 6);
        if round % 3 == 0 {
            quote.insert(numbers.below(quote.len() + 1), "…".to_owned());
        }
        if round % 4 == 0 {
            quote.insert(numbers.below(quote.len() + 1), "[it]".to_owned());
        }
        if round % 5 == 0 {
            quote.insert(numbers.below(quote.len() + 1), "elsewhere".to_owned());
        }
        let (before, behind) = (numbers.below(3), numbers.below(3));
        let count = 4 + numbers.below(6);
        let page = numbers.text(WORDS, count);
        let document = document(&page.join(" "));
        let index = Index::new(&document);
        let query = reading(&quote.join(" "), &index);
        let window = before..index.tokens().len() - behind;
        for (front, back) in [(false, false), (true, false), (false, true), (true, true)] {
            let ends = Ends { front, back };
            let found = stretch(&query, &index, 0..query.elements.len(), window.clone(), ends);
            let text = || format!("{quote:?} in {page:?}, {window:?} {ends:?}: {}", written(&found, &query, &index));
            let best = Best::of(&query, &index, window.clone(), ends);
            assert!((found.score - best).abs() < 1e-3, "{} instead of {best}: {}", found.score, text());
            let told = told(&found, &query, &index, &window, ends);
            assert!((found.score - told).abs() < 1e-3, "{} is told as {told}: {}", found.score, text());
        }
    }
}

#[test]
fn a_part_of_a_quotation_is_aligned_as_if_it_were_the_whole() {
    let document = document("the ferry will never return to the old quay");
    let index = Index::new(&document);
    let query = reading("now the ferry may never return … the quay", &index);
    let part = stretch(&query, &index, 2..6, 1..5, Ends { front: true, back: true });
    assert_eq!(written(&part, &query, &index), "ferry may~will never return");
    let part = stretch(&query, &index, 6..8, 5..8, Ends { front: true, back: true });
    assert_eq!(written(&part, &query, &index), "[to] the -old");
}

/// The longest run, by comparing every word with every token.
fn plain_run(forms: &[u32], index: &Index<'_>, elements: &Range<usize>, window: &Range<usize>) -> Option<Run> {
    let equal =
        |element: usize, token: usize| forms[element] != UNKNOWN && forms[element] == index.tokens()[token].form;
    let mut runs: Vec<Run> = Vec::new();
    for element in elements.clone() {
        for token in window.clone() {
            let length = (0..).take_while(|step| {
                element + step < elements.end && token + step < window.end && equal(element + step, token + step)
            });
            runs.push(Run { element, token, length: length.count() });
        }
    }
    let longest = runs.iter().map(|run| run.length).max().filter(|length| *length >= RUN)?;
    let mut best = runs.into_iter().filter(|run| run.length == longest);
    let run = best.next()?;
    (best.next().is_none() && longest * 5 >= elements.len() * 2).then_some(run)
}

#[test]
fn the_longest_run_is_one_that_nothing_competes_with() {
    let mut numbers = Numbers(2);
    let mut found = 0;
    for round in 0..400 {
        let words = [&WORDS[..2], &WORDS[..3], &WORDS[..5]][round % 3];
        let count = 6 + numbers.below(12);
        let (quote, page) = (numbers.text(words, 5 + round % 11), numbers.text(words, count));
        let document = document(&page.join(" "));
        let index = Index::new(&document);
        let query = reading(&quote.join(" "), &index);
        let forms: Vec<u32> = query.words.iter().map(|word| word.form).collect();
        let (first, last) = (numbers.below(2), numbers.below(2));
        let elements = first..forms.len() - last;
        let window = last..index.tokens().len() - first;
        let place = |run: Option<Run>| run.map(|run| (run.element, run.token, run.length));
        let run = place(longest_run(&forms, &index, &elements, &window));
        assert_eq!(run, place(plain_run(&forms, &index, &elements, &window)), "{quote:?} in {page:?}");
        found += usize::from(run.is_some());
    }
    assert!(found > 40, "{found}");
}

/// A text of so many different words, beginning with a number.
fn different(from: usize, count: usize) -> Vec<String> {
    (from..from + count).map(|number| format!("w{number}x")).collect()
}

fn indexed(words: &[String]) -> Document {
    document(&words.join(" "))
}

#[test]
fn what_lies_around_a_run_is_aligned_alone_and_comes_to_the_same() {
    let page = different(0, 60);
    let document = indexed(&page);
    let index = Index::new(&document);
    let window = 0..index.tokens().len();
    let mut changed = page[5..50].to_vec();
    changed[3] = "else".to_owned();
    changed.remove(10);
    changed.insert(20, "more".to_owned());
    changed.insert(30, "…".to_owned());
    changed.drain(31..34);
    changed.insert(0, "before".to_owned());
    for quote in [changed.join(" "), page[7..19].join(" "), different(100, 12).join(" ")] {
        let query = reading(&quote, &index);
        let whole = stretch(&query, &index, 0..query.elements.len(), window.clone(), Ends::default());
        for parts in [align(&query, &index, window.clone()), align_long(&query, &index, window.clone())] {
            assert_eq!(written(&parts, &query, &index), written(&whole, &query, &index), "{quote}");
            assert!((parts.score - whole.score).abs() < 1e-2, "{quote}: {} {}", parts.score, whole.score);
        }
    }
}

#[test]
fn anchors_are_four_words_that_stand_once_in_both_and_in_one_order() {
    let places = |quote: &str, page: &str| {
        let document = document(page);
        let index = Index::new(&document);
        anchors(&reading(quote, &index), &index, 1..index.tokens().len())
    };
    let page = "o a b c d e f g h i j k l";
    assert_eq!(places("a b c d e", page), [(0, 1), (1, 2)]);
    assert_eq!(places("a b c d", page), [(0, 1)]);
    assert_eq!(places("a b c x", page), []);
    assert_eq!(places("a b c", page), []);
    // Outside the window, and by a word that the page does not have.
    assert_eq!(places("o a b c", page), []);
    assert_eq!(places("y y y y", page), []);
    // Marks are no words.
    assert_eq!(places("a b … c d e f g", page), [(3, 3), (4, 4)]);
    // Twice in the one, or in the other.
    assert_eq!(places("a b c d x a b c d", page), []);
    assert_eq!(places("a b c d", "o a b c d a b c d"), []);
    // Of two that cross, the longer chain.
    assert_eq!(places("e f g h i a b c d", page), [(0, 5), (1, 6)]);
    assert_eq!(places("g h i j a b c d e f", page), [(4, 1), (5, 2), (6, 3)]);
    assert_eq!(places("a b c d x i j k l", page), [(0, 1), (5, 9)]);
}

#[test]
fn long_quotations_are_cut_at_their_anchors() {
    // Beyond what is compared word by word.
    let page = different(0, 700);
    let document = indexed(&page);
    let index = Index::new(&document);
    let window = 0..index.tokens().len();
    let mut quote = page[100..600].to_vec();
    quote[250] = "else".to_owned();
    quote.remove(400);
    let query = reading(&quote.join(" "), &index);
    let found = align(&query, &index, window.clone());
    let odd: Vec<&str> =
        written(&found, &query, &index).leak().split(' ').filter(|step| step.contains(['~', '+', '-'])).collect();
    assert_eq!(odd, ["else~w350x", "-w500x"]);
    assert_eq!(found.span(), Some(100..600));
    // The same, for the ends of a table of equal size.
    let short = reading(&page[..500].join(" "), &index);
    assert_eq!(align(&short, &index, 0..500).steps.len(), 500);
}

#[test]
fn what_has_nothing_in_common_for_long_is_not_paired() {
    let (ours, theirs) = (different(10_000, 2_100), different(20_000, 2_100));
    let (front, back) = (different(0, 4), different(100, 4));
    let page = [&front[..], &theirs[..], &back[..]].concat();
    let document = indexed(&page);
    let index = Index::new(&document);
    let window = 0..index.tokens().len();
    let both = reading(&[&front[..], &ours[..], &back[..]].concat().join(" "), &index);
    let found = align_long(&both, &index, window.clone());
    let count = |steps: &[Step]| {
        let of = |wanted: fn(&Step) -> bool| steps.iter().filter(|step| wanted(step)).count();
        (
            of(|step| matches!(step, Step::Pair { .. })),
            of(|step| matches!(step, Step::Ours { .. })),
            of(|step| matches!(step, Step::Theirs { .. })),
        )
    };
    // The first of four is the anchor; the other three belong to what comes behind it.
    assert_eq!(count(&found.steps), (5, 2_103, 2_103));
    let pairs = (0..1).chain(2_104..2_108).map(|at| 2.0 * index.weight(index.tokens()[at].key)).sum::<f32>();
    assert!((found.score - (pairs - 2.0 * OPEN)).abs() < 1e-2, "{} instead of {pairs}", found.score);
    // Behind the last anchor the page is free to go on.
    let one = reading(&[&front[..], &ours[..]].concat().join(" "), &index);
    let found = align_long(&one, &index, window);
    assert_eq!(count(&found.steps), (1, 2_103, 0));
    let gain = 2.0 * index.weight(index.tokens()[0].key);
    assert!((found.score - (gain - 2.0 * OPEN)).abs() < 1e-3, "{}", found.score);
}

#[test]
fn spellings_are_near_by_their_beginnings_or_by_few_letters() {
    for (left, right, near) in [
        ("harbour", "harbor", true),
        ("report", "reporting", true),
        ("reports", "reporting", true),
        ("state", "statement", true),
        ("reformation", "reformers", false),
        // Four letters of five, and three of four.
        ("stone", "stonework", true),
        ("cats", "catsuits", true),
        ("cat", "catering", false),
        ("ferry", "ferrets", true),
        // One letter of four to seven, two of eight.
        ("hope", "hose", true),
        ("house", "hound", false),
        ("coast", "coats", false),
        ("quay", "quiz", false),
        ("parties", "pirates", false),
        ("barricade", "bxrricxde", true),
        ("barrica", "bxrricx", false),
        // At most two more letters.
        ("abcdefghijkl", "adefghijkl", true),
        ("abcdefghijkl", "aefghijkl", false),
        ("größe", "grüße", true),
        ("größe", "grenzen", false),
    ] {
        for (ours, theirs) in [(left, right), (right, left)] {
            assert_eq!(near_spelling(ours, theirs), if near { 0.5 } else { 0.0 }, "{ours} {theirs}");
        }
    }
}

#[test]
fn a_quarter_of_the_letters_is_counted_as_the_plain_distance_counts_it() {
    let mut numbers = Numbers(3);
    let letters: Vec<char> = "abcde".chars().collect();
    let mut near = 0;
    for _ in 0..4_000 {
        let mut word: Vec<char> = (0..1 + numbers.below(12)).map(|_| letters[numbers.below(5)]).collect();
        let ours: String = word.iter().collect();
        for _ in 0..numbers.below(4) {
            let at = numbers.below(word.len() + 1);
            match numbers.below(3) {
                0 => word.insert(at, letters[numbers.below(5)]),
                1 if at < word.len() => drop(word.remove(at)),
                _ if at < word.len() => word[at] = letters[numbers.below(5)],
                _ => {}
            }
        }
        let theirs: String = word.iter().collect();
        let most = ours.len().max(theirs.len()) / 4;
        let differs = strsim::levenshtein(&ours, &theirs) <= most;
        assert_eq!(quarter_differs(&ours, &theirs), differs, "{ours} {theirs}");
        assert!(!(letters_differ(&ours, &theirs) && differs), "{ours} {theirs}");
        near += usize::from(differs);
    }
    assert!((500..3_500).contains(&near), "{near}");
    assert!(quarter_differs("größe", "grüße") && !quarter_differs("größe", "grenze"));
}

#[test]
fn letters_that_stand_in_one_word_alone_are_counted() {
    for (left, right, differ) in [
        ("abcd", "abcx", false),
        ("abcd", "abxy", true),
        ("abcdefgh", "abcdefxy", false),
        ("abcdefg", "abcdexy", true),
        ("abab", "baba", false),
        ("aaaa", "aaab", false),
        ("abc", "abcxy", true),
        ("größe", "xyzuvw", false),
        ("xyzuvw", "größe", false),
    ] {
        assert_eq!(letters_differ(left, right), differ, "{left} {right}");
        assert_eq!(letters_differ(right, left), differ, "{right} {left}");
    }
}

#[test]
fn an_alignment_spans_the_words_that_stand_there() {
    let pair = |token: usize| Step::Pair { element: token, token };
    let of = |steps: Vec<Step>| Alignment { steps, score: 0.0 }.span();
    assert_eq!(of(vec![Step::Ours { element: 0 }, pair(3), Step::Theirs { token: 4 }, pair(5)]), Some(3..6));
    assert_eq!(of(vec![pair(7), Step::Ours { element: 8 }]), Some(7..8));
    assert_eq!(of(vec![Step::Ours { element: 0 }, Step::Theirs { token: 0 }]), None);
}
