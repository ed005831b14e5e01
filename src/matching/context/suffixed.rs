//! Conditions that no word opens: an ending (`sürerse, | …`, `계속되면 | …`, `続けば、| …`), or what would have to be there (`Ohne
//! Regen | hätten wir …`).

use super::clause::language;
use super::scene::Scene;
use crate::matching::fold::bits;
use crate::matching::phrases::Phrases;

/// How many tokens may stand between `ohne` and the passage.
const WITHOUT: usize = 7;

/// How far into the passage its verb may stand.
const VERB: usize = 8;

/// Korean nouns that end as the conditional does.
const NOUNS: &[&str] = &[
    "반면",
    "측면",
    "장면",
    "화면",
    "표면",
    "정면",
    "전면",
    "지면",
    "내면",
    "외면",
    "일면",
    "국면",
    "단면",
    "대면",
    "당면",
    "체면",
    "수면",
    "가면",
    "냉면",
    "라면",
    "이면",
    "도면",
    "평면",
    "후면",
    "서면",
    "지평면",
    "해수면",
    "노면",
    "안면",
];

/// Japanese words that end as the conditional does.
const WORDS: &[&str] =
    &["例えば", "たとえば", "言えば", "いえば", "ならば", "しば", "そば", "ことば", "半ば", "なかば"];

/// Whether the word right before a passage, in its own marks, is a verb in the conditional.
pub(super) fn by_ending(scene: &Scene<'_>) -> bool {
    let Some(last) = scene.before.last().copied().filter(|last| last + 1 == scene.span.start) else { return false };
    if scene.has(scene.span.start, bits::SENTENCE) {
        return false;
    }
    let index = scene.index;
    let word = index.document().slice(index.range(last..last + 1));
    match language(scene) {
        "tr" => {
            let key = index.key(last);
            let verb = ["m", "n", "k", ""].iter().any(|person| {
                let stem = key.strip_suffix(person).unwrap_or_default();
                ["rsa", "rse", "zsa", "zse", "ysa", "yse", "rsak", "rsek"].iter().any(|end| stem.ends_with(end))
            });
            verb && !matches!(key, "borsa" | "bursa" | "arsa" | "neyse" | "korsan" | "gerekirse")
                && !scene.has(last, bits::CAPITAL)
        }
        "ko" => word.ends_with('면') && word.chars().count() > 1 && !NOUNS.iter().any(|noun| word.ends_with(noun)),
        "ja" => {
            let own = index.document().slice(index.range(scene.before[0]..scene.span.start));
            let own = own.trim_end_matches(['、', '，', ' ']);
            scene.has(scene.span.start, bits::PAUSE)
                && own.ends_with('ば')
                && !WORDS.iter().any(|word| own.ends_with(word))
        }
        _ => false,
    }
}

/// Whether a phrase of `table` opens the sentence or the speech, and the passage is its main clause, which supposes.
pub(super) fn without(first: usize, table: &Phrases<()>, scene: &Scene<'_>) -> bool {
    let (span, index) = (&scene.span, scene.index);
    let opens = || table.at(language(scene), |next| (first..span.start).nth(next).map(|at| scene.key(at))).is_some();
    let pauses = (first + 1..=span.start).filter(|at| scene.has(*at, bits::PAUSE) && !scene.has(*at, bits::HYPHEN));
    let near = span.start - first <= WITHOUT;
    near && opens()
        && !(first + 1..=span.start).any(|at| scene.has(at, bits::SENTENCE))
        && pauses.clone().all(|at| at == span.start)
        && (span.start..span.end.min(span.start + VERB))
            .any(|at| supposes(index.form(at), scene.key(at), language(scene)))
}

/// Whether a verb, or its particle, stands in the mood of what would be.
fn supposes(form: &str, key: &str, language: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| key.ends_with(end));
    match language {
        "de" => ["hätt", "wär", "würd", "könnt", "müsst", "käm", "gäb", "ging", "blieb", "dürft"]
            .iter()
            .any(|stem| form.starts_with(stem)),
        "nl" => matches!(key, "zou" | "zouden"),
        "sv" => key == "skulle",
        "da" | "no" => matches!(key, "ville" | "skulle"),
        "fr" => ends(&["rait", "raient", "rions", "riez"]),
        "es" => ends(&["ria", "rian", "riamos"]) || matches!(key, "hubiera" | "hubieran" | "hubiese"),
        "pt" => ends(&["ria", "riam", "riamos"]),
        "it" => ends(&["rebbe", "rebbero", "remmo"]),
        "pl" => key == "by" || ends(&["byśmy", "bysmy", "laby", "loby", "liby", "lyby"]),
        "cs" => matches!(key, "by" | "bych" | "bychom" | "byste"),
        "ru" => matches!(key, "бы" | "б"),
        "uk" => matches!(key, "би" | "б"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::phrases::key_of;

    #[test]
    fn verbs_of_what_would_be_are_told_from_those_of_what_is() {
        for (language, would, is) in [
            ("de", "hätten wäre würde könnte müsste käme gäbe ginge bliebe dürfte", "hatten war wurde konnte"),
            ("nl", "zou zouden", "zal had"),
            ("sv", "skulle", "ska ville"),
            ("da", "ville skulle", "vil"),
            ("no", "ville skulle", "vil"),
            ("fr", "serait seraient serions seriez", "sera était"),
            ("es", "sería serían seríamos hubiera hubiese", "será era"),
            ("pt", "seria seriam seríamos", "será era"),
            ("it", "sarebbe sarebbero saremmo", "sarà era"),
            ("pl", "by zrobiłaby zrobiłoby zrobiliby zrobiłyby zrobilibyśmy", "zrobił zrobi"),
            ("cs", "by bych bychom byste", "byl"),
            ("ru", "бы б", "был"),
            ("uk", "би б", "був"),
            ("en", "", "would"),
        ] {
            for (words, wanted) in [(would, true), (is, false)] {
                for word in words.split_whitespace() {
                    assert_eq!(supposes(word, &key_of(word), language), wanted, "{language}: {word}");
                }
            }
        }
    }
}
