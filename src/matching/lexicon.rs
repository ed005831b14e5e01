//! Closed word classes of the languages that are read: negations, modals, hedges, words of saying and the like.
//!
//! Every table is a text file beside this one and holds keys (lower case, without accents, as [`super::fold::key`] writes
//! them), sorted by language. They
//! are general vocabulary: no entry stands here for the sake of one text. A word that two languages use for
//! different things is listed only where it cannot mislead.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Negations that are characters or endings of scripts without spaces.
const NEGATION_CHARACTERS: &[&str] = &[
    "不",
    "没",
    "沒",
    "未",
    "无",
    "無",
    "非",
    "否",
    "勿",
    "ない",
    "なかった",
    "ません",
    "ませんでした",
    "なく",
    "ず",
    "ぬ",
    "なし",
    "ไม่",
    "မ",
];

/// Words of saying in scripts without spaces.
const SAYING_CHARACTERS: &[&str] = &[
    "说",
    "說",
    "表示",
    "指出",
    "称",
    "稱",
    "认为",
    "認為",
    "强调",
    "介绍",
    "告诉",
    "回应",
    "写道",
    "透露",
    "坦言",
    "补充",
    "解释",
    "直言",
    "と述べ",
    "と話",
    "と語",
    "と説明",
    "という",
    "と言",
    "によると",
    "とし",
    "と指摘",
    "とコメント",
    "は述べ",
    "は説明",
    "は語",
    "は話",
    "กล่าว",
    "ပြော",
];

/// Contents of brackets that say something about the quotation and stand for nothing of it.
const NOTES: &[&str] = &[
    "sic",
    "sic!",
    "emphasis added",
    "emphasis mine",
    "my emphasis",
    "our emphasis",
    "emphasis in original",
    "italics added",
    "italics mine",
    "emphasis ours",
    "laughs",
    "laughter",
    "applause",
    "pause",
    "inaudible",
    "crosstalk",
    "ed.",
    "ed",
    "editor's note",
    "editor’s note",
    "translated",
    "translation",
    "red.",
    "przyp. red.",
    "прим. ред.",
    "прим.ред.",
    "примечание редакции",
    "ред.",
    "ndlr",
    "ndr",
    "n.d.r.",
    "ndt",
    "nota del redattore",
    "nota de la redaccion",
    "nota de la redacción",
    "n. de la r.",
    "n. da r.",
    "n.d.l.r.",
    "anm. d. red.",
    "anm. d. r.",
    "anm. der redaktion",
    "anm.",
    "hervorhebung durch die redaktion",
    "σ.σ.",
    "σ.σ",
    "原文如此",
    "原文ママ",
    "ママ",
    "编者注",
    "編者注",
    "編者註",
    "编者按",
    "筆者注",
    "訳注",
    "注",
    "pozn. red.",
    "pozn.",
    "red",
    "nvdr",
    "red. anm.",
    "souligné par nous",
    "risas",
    "rires",
    "lacht",
    "смеётся",
    "смеется",
    "смех",
];

/// The words of a table: lines of words, `#` begins a comment.
fn words(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

macro_rules! table {
    ($($(#[$doc:meta])* $name:ident => $file:literal;)*) => {$(
        $(#[$doc])*
        pub(super) fn $name(key: &str) -> bool {
            static SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(include_str!($file)).collect());
            SET.contains(key)
        }
    )*};
}

table! {
    /// Whether a key is a word of negation.
    is_negation => "lexicon/negations.txt";
    /// Whether a key is a modal verb.
    is_modal => "lexicon/modals.txt";
    /// Whether a key is a hedge.
    is_hedge => "lexicon/hedges.txt";
    /// Whether a key is a word of saying.
    is_saying => "lexicon/sayings.txt";
    /// Whether a key carries little meaning of its own.
    is_stop_word => "lexicon/stop_words.txt";
    /// Whether a key names a part of a page.
    is_place_word => "lexicon/place_words.txt";
    /// Whether a key is a pronoun.
    is_pronoun => "lexicon/pronouns.txt";
}

/// Whether two keys say the opposite of each other: by the table, or by a negating prefix.
pub(super) fn are_antonyms(left: &str, right: &str) -> bool {
    static PAIRS: LazyLock<HashSet<(&'static str, &'static str)>> =
        LazyLock::new(|| words(include_str!("lexicon/antonyms.txt")).filter_map(|pair| pair.split_once('/')).collect());
    let opposite = |a: &str, b: &str| {
        PAIRS.contains(&(a, b))
            || ["un", "in", "im", "il", "ir", "dis", "non"]
                .iter()
                .any(|prefix| b.len() > 5 && b.strip_prefix(prefix) == Some(a))
    };
    opposite(left, right) || opposite(right, left)
}

/// Whether a text has a word of saying.
pub(super) fn has_saying(text: &str) -> bool {
    let mut found = SAYING_CHARACTERS.iter().any(|word| text.contains(word));
    let (mut form, mut key) = (String::new(), String::new());
    super::fold::tokenize(text, |raw| {
        if !found {
            super::fold::form(raw.text, raw.kind, &mut form);
            super::fold::key(&form, &mut key);
            found = is_saying(&key);
        }
    });
    found
}

/// Whether a text of a script without spaces holds a negation.
pub(super) fn has_negation_characters(text: &str) -> bool {
    NEGATION_CHARACTERS.iter().any(|word| text.contains(word))
}

/// Whether the inside of a bracket is a note about the quotation, such as `sic`.
pub(super) fn is_editorial_note(content: &str) -> bool {
    let content = content.trim().to_lowercase();
    NOTES.contains(&content.as_str())
        || content.starts_with("sic ")
        || content.ends_with(" added") && content.len() < 24
}
