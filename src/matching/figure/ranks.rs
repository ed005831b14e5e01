//! Ranks: ordinals in words, and where `second` is one.

use super::run::Run;
use crate::matching::fold::bits;

/// Whether `second` is a rank and no sixtieth of a minute: a word like `oldest` or `largest` stands behind it, or a verb of
/// standing in front.
pub(super) fn is_rank(run: &Run<'_>, at: usize) -> bool {
    // `sit second in the league`, `are second,`
    let placed = at.checked_sub(1).is_some_and(|before| {
        matches!(
            run.key(before),
            "sit"
                | "sits"
                | "sat"
                | "lie"
                | "lies"
                | "lay"
                | "stand"
                | "stands"
                | "stood"
                | "finish"
                | "finished"
                | "came"
                | "come"
                | "comes"
                | "ranked"
                | "ranks"
                | "placed"
                | "is"
                | "are"
                | "was"
                | "were"
                | "remain"
                | "remains"
                | "to"
        )
    });
    if placed && (!run.follows(at + 1) || matches!(run.key(at + 1), "in" | "of" | "on" | "behind" | "with" | "and")) {
        return true;
    }
    run.get(at + 1).is_none_or(|next| {
        next.key.ends_with("est")
            || matches!(
                next.key.as_ref(),
                "most" | "least" | "place" | "time" | "day" | "week" | "year" | "round" | "half" | "quarter" | "storm"
            )
            || next.bits & bits::HYPHEN != 0
    })
}

/// The value of an ordinal word.
pub(super) fn ordinal_word(key: &str, language: &str) -> Option<u64> {
    const EN: &[&str] = &[
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    const DE: &[&str] = &["erst", "zweit", "dritt", "viert", "funft", "sechst", "siebt", "acht", "neunt", "zehnt"];
    const FR: &[&str] = &[
        "premier",
        "deuxieme",
        "troisieme",
        "quatrieme",
        "cinquieme",
        "sixieme",
        "septieme",
        "huitieme",
        "neuvieme",
        "dixieme",
    ];
    match language {
        "de" => {
            let stem = ["e", "er", "es", "en", "em"].iter().find_map(|ending| key.strip_suffix(ending))?;
            DE.iter().position(|word| *word == stem).map(|at| at as u64 + 1)
        }
        "fr" => {
            FR.iter().position(|word| *word == key || key == "premiere" && *word == "premier").map(|at| at as u64 + 1)
        }
        "en" | "" => EN.iter().position(|word| *word == key).map(|at| at as u64 + 1).or(match key {
            "thirtieth" => Some(30),
            "fortieth" => Some(40),
            "fiftieth" => Some(50),
            "hundredth" => Some(100),
            _ => None,
        }),
        _ => None,
    }
}
