//! The words of a language that attributions are told by: short text files that a person can read and correct.
//!
//! Each file has the same sections; what a language has none of is empty there. `words/en.txt` explains the flags of
//! verbs.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Which form of a verb a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The bare form and the infinitive.
    Base,
    /// The third person of the present.
    Third,
    /// The past.
    Past,
    /// The past participle where it differs from the past.
    Participle,
    /// The form in -ing, or what serves for it.
    Ing,
}

/// What may stand with a verb of attribution, as the flags of the word list have it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// A clause may be what is said.
    pub(super) clause: bool,
    /// May stand beside or behind the words.
    pub(super) beside: bool,
    /// A noun phrase may be what is said.
    pub(super) noun: bool,
    /// The listener may stand before what is said.
    pub(super) listener: bool,
    /// An infinitive may be what is said.
    pub(super) infinitive: bool,
    /// An attitude rather than an utterance.
    pub(super) attitude: bool,
    /// Documents and figures do it too.
    pub(super) evidence: bool,
    /// The word is a common noun as well.
    pub(super) noun_too: bool,
    /// Its present is a plural noun far more often than a verb.
    pub(super) strict: bool,
    /// Counts only with its subject behind it.
    pub(super) behind: bool,
    /// Counts only where what it takes has words in quotation marks.
    pub(super) weak: bool,
}

/// A verb of attribution in one of its forms.
#[derive(Debug, Clone)]
pub(super) struct Verb {
    pub(super) frame: Frame,
    pub(super) form: Form,
    /// The particle that must follow.
    pub(super) particle: Option<String>,
}

/// The words of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    verbs: HashMap<String, Vec<Verb>>,
    /// Phrases that give a source (`according to`), word by word, longest first.
    according: Vec<Vec<String>>,
    sets: HashMap<&'static str, HashSet<String>>,
    /// Two-letter code.
    pub(super) language: &'static str,
}

const SECTIONS: [&str; 21] = [
    "aux",
    "negations",
    "determiners",
    "pronouns",
    "subject-pronouns",
    "prepositions",
    "subordinators",
    "conjunctions",
    "that",
    "adverbs",
    "time",
    "listeners",
    "settings",
    "titles",
    "abbreviations",
    "starters",
    "past",
    "nouns",
    "documents",
    "owners",
    "title-endings",
];

impl Lexicon {
    /// The lexicon of a language tag; English where there is none for it.
    pub(super) fn of(language: Option<&str>) -> &'static Self {
        static DE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read("de", include_str!("words/de.txt")));
        static FR: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read("fr", include_str!("words/fr.txt")));
        static ES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read("es", include_str!("words/es.txt")));
        static EN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read("en", include_str!("words/en.txt")));
        let tag = language.unwrap_or("en").to_ascii_lowercase();
        match tag.split(['-', '_']).next().unwrap_or("en") {
            "de" => &DE,
            "fr" => &FR,
            "es" => &ES,
            _ => &EN,
        }
    }

    fn read(language: &'static str, text: &str) -> Self {
        let mut lexicon = Self { language, ..Self::default() };
        let mut section = "";
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                continue;
            }
            match section {
                "verbs" => lexicon.verb(line),
                "according" => lexicon.according.push(line.split_whitespace().map(str::to_owned).collect()),
                name => {
                    if let Some(known) = SECTIONS.iter().find(|known| **known == name) {
                        lexicon.sets.entry(known).or_default().extend(line.split_whitespace().map(str::to_owned));
                    }
                }
            }
        }
        lexicon.according.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        lexicon
    }

    fn verb(&mut self, line: &str) {
        let (words, flags) = line.split_once('|').unwrap_or((line, "c q"));
        let (words, particle) = match words.split_once('+') {
            Some((words, particle)) => (words, Some(particle.trim().to_owned())),
            None => (words, None),
        };
        let flag = |wanted: &str| flags.split_whitespace().any(|flag| flag == wanted);
        let frame = Frame {
            clause: flag("c"),
            beside: flag("q"),
            noun: flag("n"),
            listener: flag("o"),
            infinitive: flag("i"),
            attitude: flag("b"),
            evidence: flag("e"),
            noun_too: flag("m"),
            strict: flag("t"),
            behind: flag("v"),
            weak: flag("w"),
        };
        let words: Vec<&str> = words.split_whitespace().collect();
        let forms: Vec<(Form, String)> = match (self.language, words.as_slice()) {
            ("en", [lemma]) => regular(lemma),
            ("en", [base, third, past, participle, ing]) => vec![
                // Of a word that serves as several forms, the past is the one that attributions use.
                (Form::Past, (*past).to_owned()),
                (Form::Participle, (*participle).to_owned()),
                (Form::Third, (*third).to_owned()),
                (Form::Base, (*base).to_owned()),
                (Form::Ing, (*ing).to_owned()),
            ],
            // Other languages list the forms that attributions use.
            _ => words.iter().map(|word| (foreign(self.language, word), (*word).to_owned())).collect(),
        };
        for (form, word) in forms {
            let known = self.verbs.entry(word).or_default();
            // Past and participle are mostly one word: the first reading serves for both.
            if known.iter().any(|verb| verb.particle == particle && verb.frame == frame) {
                continue;
            }
            known.push(Verb { frame, form, particle: particle.clone() });
        }
    }

    /// Every verb of attribution that a word may be.
    pub(super) fn verbs(&self, word: &str) -> &[Verb] {
        self.verbs.get(word).map_or(&[], Vec::as_slice)
    }

    /// Phrases that give a source, word by word, longest first.
    pub(super) fn according(&self) -> &[Vec<String>] {
        &self.according
    }

    /// Whether a word is a verb that may stand beside what is said.
    pub(super) fn is_speech(&self, word: &str) -> bool {
        self.verbs(word).iter().any(|verb| {
            verb.frame.beside && (!verb.frame.noun_too || verb.form == Form::Past) && verb.form != Form::Ing
        })
    }

    fn has(&self, section: &str, word: &str) -> bool {
        self.sets.get(section).is_some_and(|set| set.contains(word))
    }

    pub(super) fn is_auxiliary(&self, word: &str) -> bool {
        self.has("aux", word)
    }

    pub(super) fn is_negation(&self, word: &str) -> bool {
        self.has("negations", word)
    }

    pub(super) fn is_determiner(&self, word: &str) -> bool {
        self.has("determiners", word)
    }

    pub(super) fn is_pronoun(&self, word: &str) -> bool {
        self.has("pronouns", word)
    }

    pub(super) fn is_subject_pronoun(&self, word: &str) -> bool {
        self.has("subject-pronouns", word)
    }

    pub(super) fn is_preposition(&self, word: &str) -> bool {
        self.has("prepositions", word)
    }

    pub(super) fn is_subordinator(&self, word: &str) -> bool {
        self.has("subordinators", word)
    }

    pub(super) fn is_conjunction(&self, word: &str) -> bool {
        self.has("conjunctions", word)
    }

    pub(super) fn is_that(&self, word: &str) -> bool {
        self.has("that", word)
    }

    pub(super) fn is_adverb(&self, word: &str) -> bool {
        self.has("adverbs", word)
            || match self.language {
                "en" => word.len() > 4 && word.ends_with("ly") && word != "family",
                "es" => word.len() > 7 && word.ends_with("mente"),
                // In -ement end nouns as well (“gouvernement”): those adverbs are listed.
                "fr" => word.len() > 6 && ["amment", "emment", "ément"].iter().any(|ending| word.ends_with(ending)),
                _ => false,
            }
    }

    /// Whether the word list itself has a word as an adverb: `Jolly` is none, whatever its ending.
    pub(super) fn is_listed_adverb(&self, word: &str) -> bool {
        self.has("adverbs", word)
    }

    pub(super) fn is_time(&self, word: &str) -> bool {
        self.has("time", word)
    }

    pub(super) fn is_listener(&self, word: &str) -> bool {
        self.has("listeners", word)
    }

    pub(super) fn is_setting(&self, word: &str) -> bool {
        self.has("settings", word)
    }

    pub(super) fn is_title(&self, word: &str) -> bool {
        self.has("titles", word)
            // German puts the office and what it is for into one word: “Verkehrsministerin”.
            || self.language == "de"
                && self.sets.get("title-endings").is_some_and(|endings| {
                    endings.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending.as_str()))
                })
    }

    pub(super) fn is_abbreviation(&self, word: &str) -> bool {
        self.has("abbreviations", word)
    }

    /// Whether a word is a noun of saying: `claim`, `warning`.
    pub(super) fn is_saying(&self, word: &str) -> bool {
        self.has("nouns", word)
    }

    /// Whether a word names something written that has an author: `report`, `study`.
    pub(super) fn is_writing(&self, word: &str) -> bool {
        self.has("documents", word)
    }

    /// Whether a word stands between such a noun and whose it is: `by`, `of`.
    pub(super) fn is_owner(&self, word: &str) -> bool {
        self.has("owners", word)
    }

    pub(super) fn is_starter(&self, word: &str) -> bool {
        self.has("starters", word)
    }

    /// Whether a word is a finite form of a verb, as far as its ending tells: in English a past, in other languages also
    /// a future or an imperfect.
    pub(super) fn is_past(&self, word: &str) -> bool {
        let ends = |endings: &[&str], longest: usize| {
            word.chars().count() > longest && endings.iter().any(|ending| word.ends_with(ending))
        };
        self.has("past", word)
            || match self.language {
                "en" => ends(&["ed"], 3) && !word.ends_with("eed") && !word.contains('-'),
                "de" => ends(&["te", "ten"], 4),
                "fr" => ends(&["era", "eront", "ira", "iront", "ait", "aient"], 4),
                "es" => ends(
                    &["ará", "erá", "irá", "arán", "erán", "irán", "aba", "aban", "ía", "ían", "aron", "ieron", "ó"],
                    3,
                ),
                _ => false,
            }
    }
}

/// The form of a word that a list of another language has: a participle by its ending, else one that attributes.
fn foreign(language: &str, word: &str) -> Form {
    let participle = match language {
        "fr" => word.ends_with("ant"),
        "es" => word.ends_with("ando") || word.ends_with("endo"),
        _ => false,
    };
    if participle { Form::Ing } else { Form::Past }
}

/// The forms of a regular English verb. A star says that its last letter doubles.
fn regular(lemma: &str) -> Vec<(Form, String)> {
    let doubles = lemma.starts_with('*');
    let base = lemma.trim_start_matches('*');
    let stem = match base.chars().next_back() {
        Some(last) if doubles => format!("{base}{last}"),
        _ => base.to_owned(),
    };
    let before_y = base.strip_suffix('y').filter(|rest| !rest.ends_with(['a', 'e', 'i', 'o', 'u']));
    let third = match before_y {
        Some(rest) => format!("{rest}ies"),
        None if base.ends_with(['s', 'x', 'z'])
            || base.ends_with("sh")
            || base.ends_with("ch")
            || base.ends_with('o') =>
        {
            format!("{base}es")
        }
        None => format!("{base}s"),
    };
    let past = match (before_y, base.strip_suffix('e')) {
        (Some(rest), _) => format!("{rest}ied"),
        (None, Some(rest)) => format!("{rest}ed"),
        (None, None) => format!("{stem}ed"),
    };
    let ing = match base.strip_suffix('e') {
        Some(rest) if !base.ends_with("ee") => format!("{rest}ing"),
        _ => format!("{stem}ing"),
    };
    vec![(Form::Base, base.to_owned()), (Form::Third, third), (Form::Past, past), (Form::Ing, ing)]
}
