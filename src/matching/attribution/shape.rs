//! Attributions by their shape: what stands behind a quotation that opens its sentence, set off by a comma, says who speaks,
//! whatever its verb: `“…,” snapped the porter`, `« … », a lancé un marin`.

use std::ops::Range;

use super::clause::{Clause, owner_end};
use super::gender;
use super::name::{language, runs};
use super::words::{is_adverb, is_definite, is_indefinite, is_possessive};
use crate::matching::fold::{Kind, bits};
use crate::matching::index::Index;
use crate::matching::lexicon;

/// How many tokens a verb may have before its subject: `a lancé`, `chimed in`, `s'est exclamé`.
const GROUP: usize = 4;
/// How far behind the beginning of its subject a verb is looked for, in tokens.
const REACH: usize = 9;

/// Position of the verb in what stands behind a quotation: the last of its group where the subject follows, `put in | a
/// sailor`, else the one behind the subject, `a sailor | snapped`.
pub(super) fn verb_behind(tokens: &[usize], index: &Index<'_>) -> Option<usize> {
    let clause = Clause { tokens, verb: None, ahead: false, index };
    if tokens.is_empty() || !has_articles_or_cases(language(index)) {
        return None;
    }
    let english = matches!(language(index), "en" | "");
    if clause.opens_subject(0) {
        return if english { clause.verb_of_subject() } else { None };
    }
    if !clause.is_lower_word(0) || !clause.may_be_verb(0) || english && !is_verb_form(clause.key(0)) {
        return None;
    }
    let subject = (1..tokens.len().min(GROUP + 1)).take_while(|at| !clause.opens(*at)).find(|at| {
        clause.opens_subject(*at) && !clause.is_auxiliary_or_clitic(*at) || clause.is_bare_subject(*at - 1, *at)
    })?;
    (1..subject).all(|at| clause.is_inside_group(at)).then_some(subject - 1)
}

/// Position of the verb of a clause that stands right before a quotation and is introduced by a colon or a conjunction of what
/// is said: `a sailor | snapped: “…”`, `Rask | maintained that “…”`.
pub(super) fn verb_ahead(tokens: &[usize], index: &Index<'_>) -> Option<usize> {
    let clause = Clause { tokens, verb: None, ahead: true, index };
    if !has_articles_or_cases(language(index)) {
        return None;
    }
    let mut last = tokens.len().checked_sub(1)?;
    let that = matches!(clause.key(last), "that" | "dass" | "que" | "che" | "dat" | "att" | "at" | "ze" | "что" | "що");
    last = last.checked_sub(usize::from(that))?;
    let key = clause.key(last);
    if !clause.is_lower_word(last) || !clause.may_be_verb(last) || is_particle(key) {
        return None;
    }
    // `The trustees contend that “…”`
    let plural = that && last > 1 && clause.key(last - 1).ends_with('s') && clause.is_lower_word(last - 1);
    if matches!(language(index), "en" | "") && !is_verb_form(key) && !plural {
        return None;
    }
    let start = clause.opening(last, REACH).unwrap_or_else(|| last - REACH);
    let joined = lexicon::is_conjunction(clause.key(start), language(index)) || is_contrast(clause.key(start));
    let subject = start + usize::from(joined);
    (subject < last && clause.opens_subject(subject)).then_some(last)
}

/// Languages whose attributions put the verb before its subject behind a quotation.
fn has_articles_or_cases(language: &str) -> bool {
    matches!(
        language,
        "" | "en"
            | "de"
            | "fr"
            | "es"
            | "pt"
            | "it"
            | "ca"
            | "nl"
            | "sv"
            | "da"
            | "no"
            | "nb"
            | "pl"
            | "cs"
            | "sk"
            | "ru"
            | "uk"
            | "bg"
    )
}

impl Clause<'_> {
    pub(super) fn is_lower_word(&self, at: usize) -> bool {
        self.index.tokens()[self.tokens[at]].kind == Kind::Word && !self.has(at, bits::CAPITAL)
    }

    /// Whether a noun phrase begins here that can be a subject.
    pub(super) fn opens_subject(&self, at: usize) -> bool {
        let key = self.key(at);
        let language = language(self.index);
        is_definite(key, language)
            || is_indefinite(key, language)
            || is_possessive(key)
            || matches!(key, "my" | "our")
            || is_somebody(key)
            || self.is_name(at)
            || super::is_subject_pronoun(self.tokens[at], self.index) && !self.is_auxiliary_or_clitic(at)
    }

    /// Whether the first word of a clause can be a verb: no word of a closed class, an auxiliary apart.
    pub(super) fn may_be_verb(&self, at: usize) -> bool {
        let language = language(self.index);
        let key = self.key(at);
        self.is_auxiliary_or_clitic(at)
            || !self.is_closed(at)
                && !self.is_preposition(at)
                && !self.is_subordinator(at)
                && !lexicon::is_conjunction(key, language)
                && !is_adverb(key)
    }

    /// Auxiliaries of the perfect, and the pronouns that stand with them: `a dit`, `ha gridato`, `s'est écrié`, `lui a lancé`.
    fn is_auxiliary_or_clitic(&self, at: usize) -> bool {
        let form = self.index.form(self.tokens[at]);
        match language(self.index) {
            "fr" => matches!(
                form,
                "a" | "ont" | "avait" | "avaient" | "s" | "est" | "sont" | "lui" | "leur" | "m" | "t" | "nous"
            ),
            "it" => matches!(form, "ha" | "hanno" | "aveva" | "si" | "è" | "gli" | "le" | "ci" | "mi"),
            "es" => matches!(form, "ha" | "han" | "había" | "le" | "les" | "se" | "me" | "nos"),
            "pt" => matches!(form, "tem" | "têm" | "tinha" | "lhe" | "se" | "me" | "nos"),
            "pl" | "cs" | "sk" => matches!(form, "się" | "mu" | "jej" | "jim" | "se" | "si" | "mi" | "nam" | "sa"),
            _ => false,
        }
    }

    /// Whether a word may stand between a verb and its subject: a particle, an auxiliary, an adverb, a participle.
    fn is_inside_group(&self, at: usize) -> bool {
        self.is_auxiliary_or_clitic(at)
            || is_adverb(self.key(at))
            || is_particle(self.key(at))
            || self.is_auxiliary_or_clitic(at - 1) && self.is_auxiliary_or_clitic(0) && self.is_lower_word(at)
    }

    /// Slavic and Scandinavian subjects without an article: `powiedział | portier`, `sade | portvakten`.
    pub(super) fn is_bare_subject(&self, verb: usize, at: usize) -> bool {
        let language = language(self.index);
        if !matches!(language, "pl" | "cs" | "sk" | "ru" | "uk" | "bg" | "sv" | "da" | "no" | "nb") {
            return false;
        }
        let key = self.key(at);
        let last = at + 1 == self.tokens.len() || self.opens(at + 1) || self.is_preposition(at + 1);
        at == verb + 1
            && !self.opens(at)
            && self.is_lower_word(at)
            && key.chars().count() > 3
            && last
            && gender::of_pronoun(key, language).is_none()
            && !self.is_closed(at)
            && !self.is_preposition(at)
            && !self.is_subordinator(at)
            && !self.is_verb(at)
            && !is_bare_adverb(key)
            && !is_oblique(key, language)
    }

    /// The verb behind the subject that opens a clause: English only, by its form.
    fn verb_of_subject(&self) -> Option<usize> {
        let end = self.tokens.len().min(REACH);
        let article =
            !self.is_name(0) && !super::is_subject_pronoun(self.tokens[0], self.index) && !is_somebody(self.key(0));
        (1 + usize::from(article)..end)
            .filter(|at| self.is_lower_word(*at))
            .find(|at| is_verb_form(self.key(*at)) && !self.key(*at).ends_with('s') || is_present(self, *at))
    }

    /// Whether a verb, with what belongs to it, opens its segment, so that its subject can only follow.
    pub(super) fn is_inverted(&self, verb: usize) -> bool {
        // Germanic languages put the verb second, behind whatever opens the sentence.
        let second = matches!(language(self.index), "de" | "nl" | "sv" | "da" | "no" | "nb");
        if second && self.is_second(verb) {
            return true;
        }
        self.opening(verb, GROUP).is_some_and(|start| {
            (start..verb).all(|at| {
                self.is_auxiliary_or_clitic(at)
                    || is_adverb(self.key(at))
                    || at == start && is_verb_form(self.key(at)) && is_particle(self.key(at + 1))
            })
        })
    }

    /// Whether the subject of a clause is a body or a person who is only named as another one's: `Lind's company said`.
    pub(super) fn is_possessed_subject(&self) -> bool {
        let Some(verb) = self.verb else { return false };
        if self.is_inverted(verb) {
            let reach = self.tokens.len().min(verb + 6);
            let end = (verb + 1..reach).find(|at| self.opens(*at) || self.is_preposition(*at)).unwrap_or(reach);
            let appositive = end < self.tokens.len() && self.opens(end) && self.is_name(end);
            return !appositive && self.is_possessed(&(verb + 1..end));
        }
        self.opening(verb, 7).is_some_and(|start| self.is_possessed(&(start..verb)))
    }

    /// Whether a preposition opens the segment of a verb, so that the subject follows: `In een brief | schrijft de raad`.
    fn is_second(&self, verb: usize) -> bool {
        let start = self.opening(verb, REACH - 1);
        let opens = |at: usize| self.is_preposition(at) || matches!(self.key(at), "in" | "op" | "na" | "i" | "pa");
        start.is_some_and(|start| start < verb && opens(start))
    }

    /// Whether a noun phrase is of somebody whom it names by another one only: `Rask's company`, `her cook`. What is uttered
    /// is its owner's.
    pub(super) fn is_possessed(&self, phrase: &Range<usize>) -> bool {
        let Some(first) = phrase.clone().next().filter(|first| *first < self.tokens.len()) else { return false };
        let thing = if is_possessive(self.key(first)) {
            Some(first + 1)
        } else {
            let owner =
                runs(self.tokens, self.index).into_iter().find(|run| run.start >= first && run.end <= phrase.end);
            owner
                .filter(|run| (first..run.start).all(|at| !self.is_preposition(at)))
                .and_then(|run| owner_end(&run, self))
        };
        thing.is_some_and(|thing| {
            let things = thing..phrase.end.min(thing + 4);
            !things.is_empty() && !things.clone().any(|at| self.is_name(at) || lexicon::is_utterance(self.key(at)))
        })
    }
}

/// `Rask snaps`: a present form right behind a name or a pronoun.
fn is_present(clause: &Clause<'_>, at: usize) -> bool {
    let subject = clause.is_name(at - 1) || super::is_subject_pronoun(clause.tokens[at - 1], clause.index);
    let key = clause.key(at);
    subject && !clause.opens(at) && key.len() > 3 && key.ends_with('s') && !key.ends_with("ss")
}

/// Whether a word stands for somebody without a name (keys).
pub(super) fn is_somebody(key: &str) -> bool {
    matches!(
        key,
        "somebody"
            | "someone"
            | "everybody"
            | "everyone"
            | "nobody"
            | "both"
            | "others"
            | "another"
            | "neither"
            | "jemand"
            | "niemand"
            | "beide"
            | "quelqu"
            | "alguien"
            | "alguem"
            | "qualcuno"
            | "iemand"
            | "nagon"
            | "nogen"
            | "noen"
            | "ktos"
            | "nekdo"
            | "кто-то"
            | "хтось"
    )
}

/// English particles of verbs: `put in`, `piped up`, `shot back`.
fn is_particle(key: &str) -> bool {
    matches!(key, "in" | "up" | "out" | "back" | "off" | "on" | "away" | "over" | "aloud" | "again" | "not")
}

/// Whether an English word has the form of a verb of the past, or of the present of a third person.
pub(super) fn is_verb_form(key: &str) -> bool {
    key.len() > 3 && (key.ends_with("ed") || key.ends_with('s') && !key.ends_with("ss") && !key.ends_with("us"))
        || matches!(
            key,
            "put"
                | "cut"
                | "shot"
                | "came"
                | "went"
                | "ran"
                | "broke"
                | "spoke"
                | "sang"
                | "swore"
                | "spat"
                | "burst"
                | "began"
                | "threw"
                | "drew"
                | "shook"
                | "bit"
                | "hit"
                | "held"
                | "led"
                | "rose"
                | "thought"
                | "told"
                | "wept"
                | "wrote"
                | "written"
                | "gave"
                | "felt"
                | "fought"
                | "bet"
                | "said"
                | "saying"
        )
}

/// Adverbs and pronouns that stand behind a word of saying where no article tells them from a noun (keys).
fn is_bare_adverb(key: &str) -> bool {
    matches!(
        key,
        "вчера"
            | "сегодня"
            | "завтра"
            | "тогда"
            | "также"
            | "потом"
            | "затем"
            | "накануне"
            | "ранее"
            | "позже"
            | "позднее"
            | "сразу"
            | "снова"
            | "однажды"
            | "наконец"
            | "вчора"
            | "сьогодні"
            | "потім"
            | "також"
            | "тоді"
            | "згодом"
            | "раніше"
            | "пізніше"
            | "wczoraj"
            | "dzisiaj"
            | "potem"
            | "pozniej"
            | "wtedy"
            | "takze"
            | "rowniez"
            | "jeszcze"
            | "krotko"
            | "jednak"
            | "vcera"
            | "dnes"
            | "potom"
            | "take"
            | "pozdeji"
            | "dale"
            | "jeste"
            | "igar"
            | "idag"
            | "sedan"
            | "ocksa"
            | "senare"
            | "dock"
            | "igen"
            | "efterat"
            | "vidare"
            | "ogsa"
            | "senere"
            | "derefter"
            | "siden"
            | "videre"
    )
}

/// Whether an ending is that of an adverb, or of a case that no subject has.
fn is_oblique(key: &str, language: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| key.ends_with(ending));
    match language {
        "ru" | "uk" | "bg" => {
            ends(&["ам", "ям", "у", "ю", "ом", "ем", "ами", "ями", "о", "ого", "ему", "ою", "ею", "ові", "еві"])
        }
        "pl" => ends(&["owi", "om", "ami", "iem", "em", "ie", "o", "ego", "emu", "ac", "ach", "u"]),
        "cs" | "sk" => ends(&["ovi", "um", "ami", "em", "ou", "ne", "ho", "mu", "ich", "ach"]),
        "sv" | "da" | "no" | "nb" => !ends(&["en", "et", "na", "ne", "n", "er", "ar"]),
        _ => false,
    }
}

/// Words that set a clause against another (keys).
pub(super) fn is_contrast(key: &str) -> bool {
    matches!(
        key,
        "while"
            | "whereas"
            | "wahrend"
            | "indes"
            | "tandis"
            | "mientras"
            | "enquanto"
            | "mentre"
            | "terwijl"
            | "medan"
            | "mens"
            | "podczas"
            | "zatimco"
            | "пока"
    )
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
