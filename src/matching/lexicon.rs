//! Closed word classes of the languages that are read: negations, modals, hedges, words of saying and the like.
//!
//! Every table is a text file beside this one and holds keys (lower case, without accents, as [`super::fold::key`] writes
//! them), sorted by language. They
//! are general vocabulary: no entry stands here for the sake of one text. A word that two languages use for
//! different things is listed only where it cannot mislead.

use hashbrown::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::table::Table;

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
    "と批判",
    "と訴え",
    "と反論",
    "と主張",
    "と強調",
    "と警告",
    "強調",
    "反驳",
    "评论",
    "評論",
    "と投稿",
    "とある",
    "とあった",
    "と書",
    "反駁",
    "は述べ",
    "は説明",
    "は語",
    "は話",
    "กล่าว",
    "บอก",
    "เล่า",
    "ระบุ",
    "ชี้แจง",
    "ยืนยัน",
    "ตะโกน",
    "喊道",
    "叹道",
    "答道",
    "叫道",
    "问道",
    "回答",
    "と叫",
    "と答え",
    "と嘆",
    "とつぶや",
    "と明か",
    "と応じ",
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
            static WORDS: LazyLock<Table<String, ()>> =
                LazyLock::new(|| words(include_str!($file)).map(decomposed).collect());
            WORDS.has(key)
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
    /// Whether a key names a person by whom they stand beside: `spokesman`, `critic`.
    is_relation => "lexicon/relations.txt";
    /// Whether a key names what somebody utters: `statement`, `words`.
    is_utterance => "lexicon/utterances.txt";
    /// Whether a key is a verb of saying whose object is the one who is told.
    is_address_verb => "lexicon/address_verbs.txt";
    /// Whether a key says how many or how often.
    is_quantifier => "lexicon/quantifiers.txt";
    /// Whether a key is a word of asking.
    is_asking => "lexicon/askings.txt";
}

/// The words of a table whose lines begin with their language: `en: of for to`.
fn by_language(table: &'static str) -> HashMap<&'static str, Table<String, ()>> {
    let mut languages: HashMap<&'static str, Vec<String>> = HashMap::new();
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    for (language, words) in lines.filter_map(|line| line.split_once(": ")) {
        languages.entry(language).or_default().extend(words.split_whitespace().map(decomposed));
    }
    languages.into_iter().map(|(language, words)| (language, words.into_iter().collect())).collect()
}

/// A word as keys are: canonically decomposed, which nobody can type in Korean.
fn decomposed(word: &str) -> String {
    word.nfd().collect()
}

macro_rules! table_by_language {
    ($($(#[$doc:meta])* $name:ident => $file:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// `language` is the two letters of the text's language; where they are empty, or the table lacks the language,
        /// English is meant.
        pub(super) fn $name(key: &str, language: &str) -> bool {
            static TABLE: LazyLock<HashMap<&'static str, Table<String, ()>>> =
                LazyLock::new(|| by_language(include_str!($file)));
            TABLE.get(language).or_else(|| TABLE.get("en")).is_some_and(|words| words.has(key))
        }
    )*};
}

table_by_language! {
    /// Whether a key is a preposition.
    is_preposition => "lexicon/prepositions.txt";
    /// Whether a key opens a subordinate clause.
    is_subordinator => "lexicon/subordinators.txt";
    /// Whether a key denies what follows it.
    is_denial => "lexicon/denials.txt";
        /// Whether a key joins another clause.
    is_conjunction => "lexicon/conjunctions.txt";
    /// Whether a key is a verb of believing.
    is_belief => "lexicon/beliefs.txt";
    /// Whether a key opens a clause that supposes.
    is_condition => "lexicon/conditions.txt";
    /// Whether a key says that a thing is charged or rumoured.
    is_allegation => "lexicon/allegations.txt";
    /// Whether a key says that a quotation was made up, or taken back.
    is_fabrication => "lexicon/fabrications.txt";
}

/// Whether a key is a given name that is nearly always a `woman`'s or a `man`'s.
pub(super) fn is_given_name(key: &str, of: &str) -> bool {
    static TABLE: LazyLock<HashMap<&'static str, Table<String, ()>>> =
        LazyLock::new(|| by_language(include_str!("lexicon/given_names.txt")));
    TABLE.get(of).is_some_and(|names| names.has(key))
}

/// Whether a key is a title or noun of a `woman` or a `man`.
pub(super) fn is_gendered(key: &str, of: &str) -> bool {
    static TABLE: LazyLock<HashMap<&'static str, Table<String, ()>>> =
        LazyLock::new(|| by_language(include_str!("lexicon/gendered.txt")));
    TABLE.get(of).is_some_and(|nouns| nouns.has(key))
}

/// Whether two keys say the opposite of each other: by the table, or by a negating prefix.
pub(super) fn are_antonyms(left: &str, right: &str) -> bool {
    static PAIRS: LazyLock<Table<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
        let mut pairs: HashMap<&str, Vec<&str>> = HashMap::new();
        for (word, opposite) in words(include_str!("lexicon/antonyms.txt")).filter_map(|pair| pair.split_once('/')) {
            pairs.entry(word).or_default().push(opposite);
        }
        Table::new(pairs)
    });
    let negates = |prefix: &str| matches!(prefix, "un" | "in" | "im" | "il" | "ir" | "dis" | "non");
    let opposite = |a: &str, b: &str| {
        PAIRS.get(a).is_some_and(|opposites| opposites.contains(&b))
            || b.len() > 5 && b.strip_suffix(a).is_some_and(negates)
    };
    opposite(left, right) || opposite(right, left)
}

/// Whether a text has a word of saying.
pub(super) fn has_saying(text: &str) -> bool {
    let mut found = SAYING_CHARACTERS.iter().any(|word| text.contains(word));
    let (mut form, mut key) = (String::new(), String::new());
    super::fold::tokenize(text, |raw| {
        if !found {
            super::fold::form(raw.text(), raw.kind, &mut form);
            super::fold::key(&form, &mut key);
            found = is_saying(&key);
        }
    });
    found
}

/// Whether a key negates in a text of this language; two letters, or nothing where it is not known.
pub(super) fn negates(key: &str, language: &str) -> bool {
    is_negation(key) && !is_false_friend(key, language)
}

/// Words that negate in one language and mean something else in the document's.
fn is_false_friend(key: &str, language: &str) -> bool {
    match key {
        "no" => !matches!(language, "en" | "es" | "it" | "ca" | ""),
        "nie" => !matches!(language, "de" | "pl" | "sk" | ""),
        "ne" => !matches!(language, "fr" | "cs" | "it" | "hr" | "sr" | "sl" | ""),
        "pas" | "personne" | "rien" | "sans" | "ni" | "aucun" => !matches!(language, "fr" | "es" | ""),
        "sin" => language != "es",
        "sem" | "nem" => language != "pt",
        "bez" => !matches!(language, "pl" | "cs" | "sk"),
        "ani" | "nic" | "nema" | "neni" => !matches!(language, "pl" | "cs" | "sk"),
        "mai" | "nulla" | "niente" | "non" => !matches!(language, "it" | "fr"),
        "nada" | "nunca" => !matches!(language, "es" | "pt"),
        "tak" | "noch" | "hic" | "yok" | "inga" | "ingen" => {
            !matches!(language, "id" | "nl" | "tr" | "sv" | "da" | "no")
        }
        "nor" => language != "en",
        // Persian for `we`.
        "ما" => !matches!(language, "ar" | ""),
        "μη" | "δε" => language != "el",
        _ => false,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::fold;

    /// A negation of one language is a word of another.
    #[test]
    fn negations_hold_in_their_own_languages() {
        for (key, own, others) in [
            ("no", "en es it ca", "pl de ja"),
            ("nie", "de pl sk", "en nl id"),
            ("ne", "fr cs it hr sr sl", "en de tr"),
            ("pas", "fr", "en de pl"),
            ("rien", "fr", "en de"),
            ("personne", "fr", "en"),
            ("sans", "fr", "en"),
            ("sin", "es", "en de fr"),
            ("sem", "pt", "pl cs en"),
            ("bez", "pl cs sk", "en de"),
            ("ani", "pl cs sk", "en tr"),
            ("nic", "pl cs sk", "en"),
            ("nema", "cs sk", "en"),
            ("neni", "cs", "en"),
            ("mai", "it", "en de"),
            ("nulla", "it", "en de"),
            ("niente", "it", "en"),
            ("non", "it fr", "en de"),
            ("nada", "es pt", "en de"),
            ("nunca", "es pt", "en"),
            ("nor", "en", "de ms"),
            ("aucun", "fr", "en de"),
            ("ni", "fr es", "en pl"),
            ("nem", "pt", "hu en"),
            ("tak", "id", "pl en"),
            ("noch", "nl", "de en"),
            ("hic", "tr", "fr en"),
            ("yok", "tr", "en"),
            ("inga", "sv", "en es"),
            ("ingen", "sv da no", "en de"),
            ("ما", "ar", "fa en"),
            ("μη", "el", "en"),
            ("δε", "el", "en"),
            ("not", "en", ""),
            ("nicht", "de", ""),
            ("не", "ru", ""),
        ] {
            assert!(own.split_whitespace().all(|language| negates(key, language)), "{key}");
            assert!(!others.split_whitespace().any(|language| negates(key, language)), "{key}");
        }
    }

    /// Keys are what the tables are asked for: a word that is not its own key would never be found.
    #[test]
    fn every_word_of_every_table_is_its_own_key() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/matching/lexicon");
        let (mut form, mut key) = (String::new(), String::new());
        let mut wrong = Vec::new();
        for entry in std::fs::read_dir(folder).expect("the tables") {
            let path = entry.expect("an entry").path();
            let text = std::fs::read_to_string(&path).expect("a table");
            for word in text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
                for part in word.trim_end_matches(':').split(['/', '-', '\'']) {
                    fold::form(part, fold::Kind::Word, &mut form);
                    fold::key(&form, &mut key);
                    if key != decomposed(part) {
                        wrong.push(format!("{}: {part} should be {key}", path.display()));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn opposites_are_those_of_the_table_and_those_of_a_negating_prefix() {
        for (left, right, opposite) in [
            ("rise", "fall", true),
            ("rose", "fell", true),
            ("rise", "fell", false),
            ("legal", "illegal", true),
            ("possible", "impossible", true),
            ("visible", "invisible", true),
            ("regular", "irregular", true),
            ("happy", "unhappy", true),
            ("agree", "disagree", true),
            ("smoker", "nonsmoker", true),
            ("agree", "reagree", false),
            // Six letters at least, and the whole word behind the prefix.
            ("able", "unable", true),
            ("fit", "unfit", false),
            ("legal", "paralegal", false),
            ("boat", "boat", false),
            ("", "un", false),
        ] {
            assert_eq!(are_antonyms(left, right), opposite, "{left} {right}");
            assert_eq!(are_antonyms(right, left), opposite, "{right} {left}");
        }
    }

    #[test]
    fn a_text_says_so_in_words_or_in_characters() {
        for text in ["she said,", "SAID Holm", "sagte sie", "她说", "と述べた", "กล่าวว่า"] {
            assert!(has_saying(text), "{text}");
        }
        for text in ["and the quay,", "码头", "港", "", "—"] {
            assert!(!has_saying(text), "{text}");
        }
        for (text, negation) in [("不是", true), ("ません", true), ("ไม่ใช่", true), ("是", false), ("not", false)]
        {
            assert_eq!(has_negation_characters(text), negation, "{text}");
        }
    }

    #[test]
    fn notes_say_something_about_the_quotation() {
        for note in ["sic", " SIC ", "sic throughout", "emphasis added", "italics are added", "прим. ред.", "编者注"]
        {
            assert!(is_editorial_note(note), "{note}");
        }
        for words in ["the group", "sicily", "added", "and this was what the group added", ""] {
            assert!(!is_editorial_note(words), "{words}");
        }
        // What somebody added is told in 23 letters at most.
        assert!(is_editorial_note(&format!("{} added", "x".repeat(17))));
        assert!(!is_editorial_note(&format!("{} added", "x".repeat(18))));
    }

    #[test]
    fn given_names_and_nouns_are_of_women_or_of_men() {
        assert!(is_given_name("anna", "woman") && !is_given_name("anna", "man") && !is_given_name("anna", ""));
        assert!(is_given_name("peter", "man") && !is_given_name("peter", "woman") && !is_given_name("quay", "man"));
        assert!(is_gendered("mrs", "woman") && !is_gendered("mrs", "man") && !is_gendered("mrs", ""));
        assert!(is_gendered("mr", "man") && !is_gendered("mr", "woman") && !is_gendered("quay", "man"));
    }

    #[test]
    fn a_table_by_language_knows_its_languages() {
        assert!(is_preposition("von", "de") && !is_preposition("von", "en"));
        assert!(is_preposition("of", "") && is_preposition("of", "xx"));
    }
}
