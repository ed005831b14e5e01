//! Spelling: variants of one word that house styles change without a mark, and that change nothing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a form carries accents.
pub(super) fn has_accents(form: &str) -> bool {
    !form.is_ascii() && form.nfd().any(|c| ('\u{300}'..='\u{36f}').contains(&c))
}

/// Whether two forms with one key differ only in letters that stand for each other: `ß`/`ss`, `ё`/`е`, Arabic vowel signs.
pub(super) fn is_letter_variant(left: &str, right: &str) -> bool {
    let plain = |form: &str| -> String {
        form.to_lowercase()
            .chars()
            .flat_map(|c| match c {
                'ß' => vec!['s', 's'],
                'ё' => vec!['е'],
                'ς' => vec!['σ'],
                c if is_combining_mark(c) && !('\u{300}'..='\u{36f}').contains(&c) => vec![],
                c => vec![c],
            })
            .collect()
    };
    plain(left) == plain(right)
}

/// Whether two keys are the British and the American spelling of one word.
///
/// Only endings that form pairs of one meaning, and only in words long enough not to run two words together (`four` and
/// `for`, `filled` and `filed` stay apart).
pub(super) fn is_regional_variant(left: &str, right: &str) -> bool {
    if left == right || !left.is_ascii() || !right.is_ascii() || left.len() < 4 || right.len() < 4 {
        return false;
    }
    matches!(
        (left, right),
        ("grey", "gray")
            | ("gray", "grey")
            | ("tyre", "tire")
            | ("tire", "tyre")
            | ("programme", "program")
            | ("program", "programme")
    ) || american(left) == american(right)
}

/// A key with its regional endings in American spelling.
fn american(key: &str) -> String {
    let mut word = key.to_owned();
    if word.len() >= 6 {
        for (british, american) in [
            ("isation", "ization"),
            ("ising", "izing"),
            ("ised", "ized"),
            ("iser", "izer"),
            ("ises", "izes"),
            ("yse", "yze"),
            ("ysed", "yzed"),
            ("ysing", "yzing"),
        ] {
            if let Some(stem) = word.strip_suffix(british) {
                word = format!("{stem}{american}");
            } else if let Some(stem) = word.strip_suffix(&format!("{british}s")) {
                word = format!("{stem}{american}s");
            }
        }
        if let Some(stem) = word.strip_suffix("ise") {
            word = format!("{stem}ize");
        }
        for (british, american) in [
            ("our", "or"),
            ("ours", "ors"),
            ("oured", "ored"),
            ("ouring", "oring"),
            ("ourite", "orite"),
            ("ourable", "orable"),
            ("ourhood", "orhood"),
            ("tre", "ter"),
            ("tres", "ters"),
            ("ence", "ense"),
            ("ogue", "og"),
            ("ogues", "ogs"),
        ] {
            if let Some(stem) = word.strip_suffix(british)
                && (british != "ence" || matches!(stem, "def" | "off" | "lic" | "pret"))
            {
                word = format!("{stem}{american}");
                break;
            }
        }
        for (british, american) in [("dgement", "dgment"), ("dgements", "dgments")] {
            if let Some(stem) = word.strip_suffix(british) {
                word = format!("{stem}{american}");
            }
        }
    }
    if key.len() >= 8 || key.len() == 7 && !key.ends_with("lled") && !key.ends_with("lling") {
        for (british, american) in
            [("lled", "led"), ("lling", "ling"), ("ller", "ler"), ("llers", "lers"), ("llor", "lor")]
        {
            if let Some(stem) = word.strip_suffix(british)
                && stem.ends_with(['e', 'a'])
                && stem.len() >= 4
            {
                word = format!("{stem}{american}");
                break;
            }
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regional_spellings_are_one_word() {
        for (left, right) in [
            ("organisation", "organization"),
            ("colour", "color"),
            ("labour", "labor"),
            ("centre", "center"),
            ("travelled", "traveled"),
            ("analyse", "analyze"),
            ("judgement", "judgment"),
            ("grey", "gray"),
            ("neighbourhood", "neighborhood"),
            ("recognise", "recognize"),
            ("defence", "defense"),
            ("realised", "realized"),
        ] {
            assert!(is_regional_variant(left, right), "{left} / {right}");
        }
    }

    #[test]
    fn every_regional_ending_has_its_other() {
        for pairs in [
            "organisation/organization organisations/organizations organising/organizing organised/organized",
            "organiser/organizer organisers/organizers organises/organizes recognise/recognize",
            "analyse/analyze analyses/analyzes analysed/analyzed analysing/analyzing paralysed/paralyzed",
            "colour/color colours/colors coloured/colored colouring/coloring favourite/favorite favourable/favorable",
            "neighbourhood/neighborhood theatre/theater theatres/theaters defence/defense offence/offense",
            "licence/license pretence/pretense dialogue/dialog dialogues/dialogs judgement/judgment",
            "acknowledgements/acknowledgments travelled/traveled travelling/traveling traveller/traveler",
            "travellers/travelers modelled/modeled signalled/signaled signalling/signaling",
            "grey/gray tyre/tire programme/program",
        ] {
            for (british, american) in pairs.split(' ').filter_map(|pair| pair.split_once('/')) {
                assert!(is_regional_variant(british, american), "{british} {american}");
                assert!(is_regional_variant(american, british), "{american} {british}");
            }
        }
    }

    #[test]
    fn words_that_only_look_alike_are_no_variants() {
        for pairs in [
            // The same word, words of another script, words too short.
            "colour/colour éclair/eclair eclair/éclair our/or gry/gra rise/rize",
            // Words of five letters.
            "raise/raize tours/tors hours/hors",
            // Another ending, and `ence` of most words.
            "colour/colours silence/silense fence/fense presence/presense absence/absense",
            // `ll` that is part of the word.
            "called/caled pulled/puled spelled/speled smelling/smeling stalled/staled distilled/distiled controlled/controled",
        ] {
            for (left, right) in pairs.split(' ').filter_map(|pair| pair.split_once('/')) {
                assert!(!is_regional_variant(left, right), "{left} {right}");
                assert!(!is_regional_variant(right, left), "{right} {left}");
            }
        }
    }

    #[test]
    fn accents_are_marks_above_latin_letters_and_letters_stand_for_each_other() {
        assert!(has_accents("été") && has_accents("Köln") && has_accents("e\u{301}"));
        assert!(!has_accents("ete") && !has_accents("straße") && !has_accents("порт") && !has_accents("港"));
        for (left, right, same) in [
            ("Straße", "STRASSE", true),
            ("ещё", "еще", true),
            ("λόγος", "λόγοσ", true),
            ("مُدَرِّس", "مدرس", true),
            ("été", "ete", false),
            ("café", "cafe\u{301}", false),
            ("mole", "mola", false),
        ] {
            assert_eq!(is_letter_variant(left, right), same, "{left} {right}");
            assert_eq!(is_letter_variant(right, left), same, "{right} {left}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (left, right) in [
            ("four", "for"),
            ("filled", "filed"),
            ("rise", "rize "),
            ("than", "then"),
            ("adverse", "averse"),
            ("called", "caled "),
            ("months", "years"),
            ("tour", "tor"),
            ("absence", "absense "),
        ] {
            assert!(!is_regional_variant(left, right), "{left} / {right}");
        }
    }
}
