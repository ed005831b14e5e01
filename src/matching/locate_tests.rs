//! Tests of locating: exact places, chains of pieces, and windows, against a plain search.

use super::*;
use crate::extract::{Input, Limits, extract};
use crate::matching::query;
use crate::matching::tests::document;
use crate::model::Document;

fn reading(quote: &str, index: &Index<'_>) -> Query {
    query::readings(&[quote.to_owned()], index).pop().expect("a reading")
}

/// Where the first piece of a quotation stands exactly.
fn places_of(quote: &str, page: &str, edges: Edges) -> Vec<usize> {
    let document = document(page);
    let index = Index::new(&document);
    let query = reading(quote, &index);
    exact(&query.pieces()[0], &query, &index, edges)
}

const NEITHER: Edges = Edges { first: false, last: false };
const FIRST: Edges = Edges { first: true, last: false };
const LAST: Edges = Edges { first: false, last: true };
const BOTH: Edges = Edges { first: true, last: true };

#[test]
fn a_run_of_words_stands_wherever_all_of_them_stand_side_by_side() {
    let page = "the old quay and the old mill and The old quay by the Old quay";
    for (quote, places) in [
        ("the old quay", vec![0, 8]),
        ("The old quay", vec![0, 8]),
        ("old quay", vec![1, 9, 13]),
        ("the old", vec![0, 4, 8]),
        ("the old mill", vec![4]),
        ("the Old quay", vec![12]),
        ("the old QUAY", vec![]),
        ("quay", vec![2, 10, 14]),
        ("by the Old quay", vec![11]),
        ("Old quay and", vec![1]),
        ("quay old the", vec![]),
        ("the old quay elsewhere", vec![]),
        ("elsewhere", vec![]),
    ] {
        assert_eq!(places_of(quote, page, NEITHER), places, "{quote}");
    }
    // The case of a letter in brackets is free, wherever it stands; that of the rest is not.
    assert_eq!(places_of("by the [o]ld quay", page, NEITHER), [11]);
    assert_eq!(places_of("by [T]he [o]ld quay", page, NEITHER), [11]);
    assert!(places_of("by [T]he old quay", page, NEITHER).is_empty());
    assert!(places_of("", page, BOTH).is_empty());
}

#[test]
fn the_edges_of_a_quotation_may_cut_a_word_and_those_of_a_piece_may_not() {
    let page = "we saw the harbourmaster of 43,548 boats";
    for (quote, edges, places) in [
        ("saw the harbour", LAST, vec![1]),
        ("saw the harbour", BOTH, vec![1]),
        ("saw the harbour", FIRST, vec![]),
        ("saw the harbour", NEITHER, vec![]),
        ("master of 43,548", FIRST, vec![3]),
        ("master of 43,548", LAST, vec![]),
        ("master of 43", BOTH, vec![3]),
        ("548 boats", BOTH, vec![]),
        ("of 43", BOTH, vec![]),
        ("saw the bourmast", BOTH, vec![]),
        ("saw the harbourmasters", BOTH, vec![]),
        ("theharbourmaster of 43,548", BOTH, vec![]),
        // Only at the edge that is cut.
        ("harbour of 43,548", BOTH, vec![]),
        ("saw the master", BOTH, vec![]),
        ("saw the harbour of", BOTH, vec![]),
        ("the master of 43,548", BOTH, vec![]),
        ("saw harbour", BOTH, vec![]),
        ("harbour", BOTH, vec![]),
    ] {
        assert_eq!(places_of(quote, page, edges), places, "{quote} {edges:?}");
    }
}

#[test]
fn a_hyphen_between_two_numbers_is_no_space_between_them() {
    for (quote, page, stands) in [
        ("from 19-37 boats", "from 19-37 boats", true),
        ("from 19 37 boats", "from 19-37 boats", false),
        ("from 19-37 boats", "from 19 37 boats", false),
        ("from 19 37 boats", "from 19 37 boats", true),
        ("the well known mill", "the well-known mill", true),
        ("the B-17 plane", "the B 17 plane", true),
        ("the 17-year plan", "the 17 year plan", true),
        ("37 boats", "19-37 boats", true),
    ] {
        assert_eq!(!places_of(quote, page, NEITHER).is_empty(), stands, "{quote} in {page}");
    }
}

#[test]
fn forms_differ_in_the_case_of_their_first_letter_alone() {
    for (left, right, differ) in [
        ("the", "The", true),
        ("Élan", "élan", true),
        ("the", "the", true),
        ("the", "THE", false),
        ("the", "Then", false),
        ("the", "she", false),
        ("a", "A", true),
        ("", "", false),
        ("a", "", false),
        ("", "a", false),
    ] {
        assert_eq!(differ_in_first_case(left, right), differ, "{left} {right}");
    }
}

fn page(body: &str) -> Document {
    let page = format!("<html lang=\"en\"><body>{body}</body></html>");
    let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    extract(&input, &Limits::default()).document.expect("has text")
}

/// The chains of a quotation, each as the tokens of its pieces.
fn chains_in(quote: &str, document: &Document) -> Vec<Vec<(usize, usize)>> {
    let index = Index::new(document);
    let all = chains(&reading(quote, &index), &index);
    all.iter().map(|chain| chain.iter().map(|piece| (piece.start, piece.end)).collect()).collect()
}

#[test]
fn the_pieces_of_a_quotation_stand_in_order_the_tightest_chain_first() {
    let page = document("a quay x x x a quay x b mill y y a quay b mill a quay");
    let of = |quote: &str| chains_in(quote, &page);
    assert_eq!(of("a quay"), [[(0, 2)], [(5, 7)], [(12, 14)], [(16, 18)]]);
    // A place from which a nearer one leads to the same end is left out.
    assert_eq!(of("a quay … b mill"), [[(12, 14), (14, 16)], [(5, 7), (8, 10)]]);
    assert_eq!(of("b mill … a quay"), [[(14, 16), (16, 18)], [(8, 10), (12, 14)]]);
    assert_eq!(of("a quay … b mill … a quay"), [[(12, 14), (14, 16), (16, 18)], [(5, 7), (8, 10), (12, 14)]]);
    // What a mark at the end leaves out is not looked for.
    assert_eq!(of("b mill …"), [[(8, 10)], [(14, 16)]]);
    assert_eq!(of("… b mill"), [[(8, 10)], [(14, 16)]]);
    // Words are not used twice.
    assert_eq!(of("x x … x x"), Vec::<Vec<_>>::new());
    assert_eq!(of("a quay … elsewhere"), Vec::<Vec<_>>::new());
    assert_eq!(of("…"), Vec::<Vec<_>>::new());
    // The end of a piece that ends the quotation may be cut; that of one that a mark follows may not.
    assert_eq!(of("a quay b mi"), [[(12, 16)]]);
    assert_eq!(of("a quay b mi …"), Vec::<Vec<_>>::new());
    assert_eq!(of("uay x b mill"), [[(6, 10)]]);
    assert_eq!(of("… uay x b mill"), Vec::<Vec<_>>::new());
}

#[test]
fn what_a_mark_leaves_out_is_bounded() {
    let between = |count: usize| document(&format!("a quay {} b mill", vec!["x"; count].join(" ")));
    for (mark, most) in [("…", NEAR), ("[it]", BRACKET)] {
        let quote = format!("a quay {mark} b mill");
        assert_eq!(chains_in(&quote, &between(most)).len(), 1, "{mark}");
        assert_eq!(chains_in(&quote, &between(most + 1)).len(), 0, "{mark}");
        assert_eq!(chains_in(&quote, &between(0)).len(), 1, "{mark}");
    }
}

#[test]
fn no_mark_leads_out_of_the_text() {
    let joined = page("<article><p>We saw a quay here.</p><p>And then a mill there.</p></article>");
    let apart = page(
        "<article><p>We saw a quay here.</p></article><aside><h2>Related</h2><p>And then a mill there.</p></aside>",
    );
    let quote = "saw a quay … then a mill";
    assert_eq!((chains_in(quote, &joined).len(), chains_in(quote, &apart).len()), (1, 0));
}

#[test]
fn pieces_in_another_order_are_found_near_each_other() {
    let of = |quote: &str, page: &str| {
        let document = document(page);
        let index = Index::new(&document);
        let chain = reversed(&reading(quote, &index), &index);
        chain.map(|chain| chain.iter().map(|piece| (piece.start, piece.end)).collect::<Vec<_>>())
    };
    assert_eq!(of("b mill … a quay", "a quay x b mill"), Some(vec![(0, 2), (3, 5)]));
    assert_eq!(of("c inn … b mill … a quay", "a quay x b mill c inn"), Some(vec![(0, 2), (3, 5), (5, 7)]));
    // Of two places the nearer one.
    assert_eq!(of("b mill … a quay", "a quay x x x x b mill x a quay"), Some(vec![(6, 8), (9, 11)]));
    assert_eq!(of("b mill … a quay", "a quay x b mill x x x a quay"), Some(vec![(0, 2), (3, 5)]));
    // One piece alone, a piece of one word, more than six pieces, a piece that does not stand there.
    assert_eq!(of("b mill", "a quay x b mill"), None);
    assert_eq!(of("mill … a quay", "a quay x b mill"), None);
    assert_eq!(of("b mill … c inn", "a quay x b mill"), None);
    let pieces: Vec<String> = (0..7).map(|number| format!("a{number}x b{number}x")).collect();
    let turned = |count: usize| {
        let rest: Vec<&str> = pieces[..count].iter().rev().map(String::as_str).collect();
        of(&rest.join(" … "), &pieces.join(" "))
    };
    assert_eq!(turned(6).map(|chain| chain.len()), Some(6));
    assert_eq!(turned(7), None);
    // Pieces that share a word do not stand beside each other.
    assert_eq!(of("b c … a b", "a b c"), None);
    assert_eq!(of("b c … a b", "a b b c"), Some(vec![(0, 2), (2, 4)]));
    let far = |count: usize| format!("a quay {} b mill", vec!["x"; count].join(" "));
    assert!(of("b mill … a quay", &far(NEAR - 2)).is_some());
    assert!(of("b mill … a quay", &far(NEAR - 1)).is_none());
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// Words of which the first are the most frequent.
    fn text(&mut self, words: usize, count: usize) -> Vec<String> {
        let word = |numbers: &mut Self| numbers.below(words).min(numbers.below(words));
        (0..count).map(|_| format!("w{}x", word(self))).collect()
    }
}

/// The windows as they are meant: of every stretch of the quotation's words that is no longer than a quotation may be, the
/// heaviest, then the heaviest of those that stand apart from it, and so on.
fn plain_windows(query: &Query, index: &Index<'_>) -> Vec<Range<usize>> {
    let required: Vec<u32> = query.required().map(|word| word.key).collect();
    let mut keys: Vec<u32> = required.iter().copied().filter(|key| *key != UNKNOWN).collect();
    keys.sort_unstable();
    keys.dedup();
    let Some(rarest) = keys.iter().map(|key| index.places(*key).len()).min() else { return Vec::new() };
    // The rarest words, as long as they stand in no more places than are looked at.
    let budget = (6 * required.len()).max(128).max(index.tokens().len() / 50);
    let mut counts: Vec<usize> = keys.iter().map(|key| index.places(*key).len()).collect();
    counts.sort_unstable();
    let few = (1..=counts.len()).filter(|taken| counts[..*taken].iter().sum::<usize>() <= budget).max();
    let limit = few.map_or(rarest, |taken| counts[taken - 1]);
    let is_kept = |key: u32| keys.contains(&key) && index.places(key).len() <= limit;
    let kept: Vec<usize> = (0..index.tokens().len()).filter(|at| is_kept(index.tokens()[*at].key)).collect();
    let gaps = query.elements.len() - required.len();
    let width = required.len() + required.len() / 2 + 8 + gaps.min(6) * 60;
    let mut spots: Vec<(u32, usize, usize)> = Vec::new();
    for last in &kept {
        let held: Vec<usize> = kept.iter().copied().filter(|at| at <= last && at + width >= *last).collect();
        let weight = |key: &u32| {
            let here = held.iter().filter(|at| index.tokens()[**at].key == *key).count();
            let wanted = required.iter().filter(|other| *other == key).count();
            (index.weight(*key) * PARTS).round() as u32 * here.min(wanted) as u32
        };
        spots.push((keys.iter().map(weight).sum(), held[0], *last));
    }
    let best = spots.iter().map(|spot| spot.0).max().unwrap_or(0);
    spots.retain(|spot| spot.0 * 20 >= best * 11);
    let margin = required.len() / 2 + 16;
    let mut windows: Vec<Range<usize>> = Vec::new();
    while windows.len() < MAX_WINDOWS {
        let order = |spot: &&(u32, usize, usize)| (std::cmp::Reverse(spot.0), spot.1, spot.2 - spot.1);
        let Some((_, first, last)) = spots.iter().min_by_key(order).copied() else { break };
        spots.retain(|spot| spot.1 > last || spot.2 < first);
        windows.push(first.saturating_sub(margin)..(last + 1 + margin).min(index.tokens().len()));
    }
    windows
}

/// How many words stand in a window in the quotation's order, by comparing every word with every token.
fn plain_in_order(query: &Query, index: &Index<'_>, window: &Range<usize>) -> usize {
    let required: Vec<u32> = query.required().map(|word| word.key).collect();
    let mut before = vec![0; required.len() + 1];
    for at in window.clone() {
        let mut here = before.clone();
        for (place, key) in required.iter().enumerate() {
            let same = *key != UNKNOWN && *key == index.tokens()[at].key;
            here[place + 1] = if same { before[place] + 1 } else { before[place + 1].max(here[place]) };
        }
        before = here;
    }
    before[required.len()]
}

#[test]
fn windows_hold_the_most_of_the_weight_and_are_ranked_by_their_words_in_order() {
    let mut numbers = Numbers(4);
    let (mut several, mut fewer) = (0, 0);
    for round in 0..240 {
        let vocabulary = [6, 30, 120][round % 3];
        let length = [40, 300, 900][round / 3 % 3];
        let page = numbers.text(vocabulary, length);
        let from = numbers.below(page.len() - 30);
        let count = [3, 9, 25][round / 9 % 3];
        let mut quote = page[from..from + count].to_vec();
        for _ in 0..numbers.below(4) {
            let other = numbers.text(vocabulary + 3, 1).remove(0);
            let at = numbers.below(quote.len());
            quote[at] = other;
        }
        for _ in 0..numbers.below(10).saturating_sub(2) {
            quote.insert(numbers.below(quote.len() + 1), "…".to_owned());
        }
        // As long as two and three words of 64 bits.
        if round % 8 == 0 {
            let more = 64 + numbers.below(70);
            quote.extend(numbers.text(vocabulary, more));
        }
        // Far from the page's ends, so that no window is cut there.
        let around = vec!["elsewhere"; 110].join(" ");
        let document = document(&format!("{around} {} {around}", page.join(" ")));
        let index = Index::new(&document);
        let query = reading(&quote.join(" "), &index);
        let found = windows(&query, &index);
        assert_eq!(found, plain_windows(&query, &index), "{quote:?} in {page:?}");
        let keys = Keys::new(&query, &index);
        let masks = Masks::new(&query, &keys);
        let in_order = |window: &Range<usize>| plain_in_order(&query, &index, window);
        for window in &found {
            assert_eq!(masks.in_order(window, &keys, &index), in_order(window), "{quote:?} in {page:?}, {window:?}");
        }
        let mut wanted = found.clone();
        wanted.sort_by_key(|window| std::cmp::Reverse(in_order(window)));
        let best = wanted.first().map_or(0, in_order);
        wanted.retain(|window| in_order(window) * 4 >= best * 3);
        assert_eq!(ranked(&query, &index), wanted, "{quote:?} in {page:?}");
        several += usize::from(found.len() > 1);
        fewer += usize::from(wanted.len() < found.len());
    }
    assert!(several > 100 && fewer > 40, "{several} {fewer}");
}

#[test]
fn a_quotation_of_which_nothing_stands_there_has_no_window() {
    let document = document("the old quay");
    let index = Index::new(&document);
    for quote in ["elsewhere and nowhere", "", "[the old quay] …", "…"] {
        assert!(ranked(&reading(quote, &index), &index).is_empty(), "{quote}");
    }
}

#[test]
fn a_planted_quotation_lies_in_the_first_window() {
    for (words, space) in [
        ("the harbour ferry will never return to the old quay before the storm has passed over us", " "),
        ("порт снова закрыт и никто на пристани не знает когда вернётся старый паром", " "),
        ("港 口 今 天 早 上 再 次 关 闭 码 头 上 没 有 人 知 道 原 因", ""),
        ("ท่า เรือ ปิด อีก ครั้ง ใน เช้า นี้ ไม่ มี ใคร รู้", ""),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let mut numbers = Numbers(5);
        let mut sentence = || (0..12).map(|_| words[numbers.below(words.len() / 2)]).collect::<Vec<_>>().join(space);
        let lines: Vec<String> = (0..40).map(|_| sentence()).collect();
        for at in [0, 17, 40] {
            let mut lines = lines.clone();
            lines.insert(at, words.join(space));
            let document = document(&lines.join("\n"));
            let index = Index::new(&document);
            let query = reading(&words.join(space), &index);
            let place = chains(&query, &index)[0][0].clone();
            let first = ranked(&query, &index).swap_remove(0);
            assert!(first.start <= place.start && place.end <= first.end, "{first:?} {place:?}");
        }
    }
}
