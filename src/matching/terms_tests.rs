//! Tests of terms: scale words, units, bounds and number words.

use super::*;

#[test]
fn words_of_scale_and_of_units_mean_the_same_in_every_language() {
    for (key, power) in
        [("hundred", 2), ("tausend", 3), ("lakh", 5), ("millones", 6), ("crore", 7), ("亿", 8), ("mrd", 9)]
    {
        assert_eq!(scale(key), Some(power), "{key}");
    }
    for (key, symbol) in [("metres", "m"), ("kilometer", "km"), ("prozent", "%"), ("hectares", "ha"), ("kg", "kg")] {
        assert_eq!(unit(key), Some(symbol), "{key}");
    }
    assert_eq!((scale("boat"), unit("boat"), scale("metres"), unit("million")), (None, None, None, None));
}

#[test]
fn bounds_stand_before_or_behind_their_number() {
    let found = |phrases: &Phrases<Bound>, text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        phrases.at("en", |at| words.get(at).copied()).map(|found| found.value)
    };
    for (before, bound) in [
        ("more than", Bound::Over),
        ("at least", Bound::AtLeast),
        ("fewer than", Bound::Under),
        ("no more than", Bound::AtMost),
        ("just under", Bound::Nearly),
        ("roughly", Bound::About),
    ] {
        assert_eq!(found(&BOUNDS_BEFORE, before), Some(bound), "{before}");
    }
    for (behind, bound) in [("or more", Bound::AtLeast), ("or less", Bound::AtMost), ("or so", Bound::About)] {
        assert_eq!(found(&BOUNDS_BEHIND, behind), Some(bound), "{behind}");
    }
    assert_eq!((found(&BOUNDS_BEFORE, "or more"), found(&BOUNDS_BEHIND, "more than")), (None, None));
}

#[test]
fn number_words_are_read_in_their_language_and_the_plain_ones_in_any() {
    let value = |value: u32| Some(Numeral::Value(Decimal::from(value)));
    let of = |language: &str, word: &str| numerals(language).get(word).copied();
    assert_eq!((of("en", "three"), of("de", "drei"), of("en", "drei")), (value(3), value(3), None));
    assert_eq!(
        (of("en", "hundred"), of("en", "half"), of("en", "and")),
        (Some(Numeral::Times(100)), Some(Numeral::Half), Some(Numeral::And))
    );
    // A text of no known language.
    for language in ["", "xx"] {
        assert_eq!(
            (of(language, "three"), of(language, "drei"), of(language, "trois")),
            (value(3), value(3), value(3))
        );
        // Two letters are too much else, and so is what only joins.
        assert_eq!((of(language, "un"), of(language, "und"), of(language, "half")), (None, None, None));
        assert_eq!(of(language, "and"), Some(Numeral::And));
    }
    for (key, number) in [
        ("zero", Some(0)),
        ("three", Some(3)),
        ("veinte", Some(20)),
        ("ninety", Some(90)),
        ("dozen", Some(12)),
        ("hundred", None),
        ("thousand", None),
        ("and", None),
        ("boat", None),
    ] {
        assert_eq!(number_word(key), number, "{key}");
    }
    assert!("〇零一二三四五六七八九十百千万萬亿億两兩".chars().all(|c| is_numeral(&c.to_string())));
    assert!(!["港", "a", "1", "一二", ""].into_iter().any(is_numeral));
}
