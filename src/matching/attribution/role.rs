//! Roles: whether the name in a clause is the one who speaks there, or only stands beside the one who does.
//!
//! `said a critic of Ana Ruiz`, `Ana Ruiz's lawyer said`, `told Ana Ruiz`, `said Bo Lind, who beat Ana Ruiz`: in each the name
//! stands next to a word of saying, and somebody else speaks. Closed word classes and the order of the words tell them apart;
//! where they do not, the role is unclear, and nobody is accused.

use std::ops::Range;

use super::clause::{Clause, is_complement, is_in_relative_clause, owner_end};
use super::gender;
use super::name::{Fit, Mention, is_slavic, language, runs};
use super::people::of_person;
use super::shape::is_verb_form;
use super::subject::{Subject, is_what};
use super::words::{
    is_adverb, is_agent, is_and, is_asked, is_calling, is_indefinite, is_office, is_possessing, is_possessive,
    is_receiving, is_source, is_talk, is_topic,
};
use crate::matching::fold::Kind;
use crate::matching::lexicon;
use crate::matching::terms;

/// What a name does in a clause of attribution; of several mentions the least counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// It speaks.
    Speaks,
    /// Somebody else speaks: of it, to it, or in its place.
    Beside,
    /// The clause does not say.
    Unclear,
}

/// The longest way between a word of saying and its subject, in tokens.
const SUBJECT_REACH: usize = 14;

impl Clause<'_> {
    /// What a mention of a name does here.
    pub(super) fn role(&self, mention: &Mention) -> Role {
        let range = &self.in_full(&mention.range);
        if self.is_spaceless(range.start) {
            return self.spaceless(range);
        }
        // `Asked whether Ruiz would attend, Lind said`
        if self.verb.and_then(|verb| self.asked(verb)).is_some_and(|asked| asked.contains(&range.start)) {
            return Role::Beside;
        }
        // `When Ruiz left, Lind said`
        match self.main_subject(range) {
            Some(Subject::Another) => return Role::Beside,
            Some(Subject::Described) => return Role::Unclear,
            None => {}
        }
        if self.verb.is_none() && self.is_antecedent(range, self.tokens.len()) {
            return Role::Speaks;
        }
        let role =
            self.possessed(mention).or_else(|| self.governed(mention)).unwrap_or_else(|| self.beside_verb(range));
        if role == Role::Speaks && self.is_told_by_another(range) { Role::Beside } else { role }
    }

    /// What a name does by its place before or behind the word of saying.
    fn beside_verb(&self, range: &Range<usize>) -> Role {
        match self.verb {
            None if self.tokens.get(range.end).is_some_and(|_| is_receiving(self.key(range.end))) => Role::Beside,
            None => self.without_saying(range),
            Some(verb) if verb < range.start => self.behind(verb, range),
            Some(verb) if verb >= range.end => self.ahead(range, verb),
            Some(_) => Role::Unclear,
        }
    }

    /// `According to Lind, Ruiz told her`, `he said, according to Lind`: the words are those of the verb's own subject.
    fn is_told_by_another(&self, range: &Range<usize>) -> bool {
        let Some(verb) = self.verb.filter(|_| self.is_behind_source(range.start)) else { return false };
        if verb < range.start {
            return !is_source_word(self.key(verb)) && self.has_subject(verb, range.start);
        }
        // `Laut Lind sagte der Richter`
        let behind = verb >= range.end && self.subject_follows(verb).is_some();
        self.ahead
            && (behind
                || runs(&self.tokens[..verb], self.index).iter().any(|run| {
                    run.start >= range.end && !is_complement(run.start, self) && self.ahead(run, verb) == Role::Speaks
                }))
    }

    /// Whether a word of the source stands shortly before a position: `according to the old Ana Ruiz`, `laut Ana Ruiz`.
    pub(super) fn is_behind_source(&self, start: usize) -> bool {
        (start.saturating_sub(3)..start).any(|at| is_source_word(self.key(at)))
    }

    /// Whether a verb has a subject, before it or right behind it, and before a position: `the mayor said`, `said the mayor`; in
    /// `heißt es` it has none.
    pub(super) fn has_subject(&self, verb: usize, end: usize) -> bool {
        let next = verb + 1;
        let behind = || !self.opens(next) && self.opens_subject(next) && self.key(next) != "es";
        self.has_subject_before(verb) || next < end && (behind() || self.is_bare_subject(verb, next))
    }

    /// A name with what stands behind it as a part of it: `Rupert Vane KC`.
    fn in_full(&self, range: &Range<usize>) -> Range<usize> {
        let mut end = range.end;
        while end < self.tokens.len()
            && self.tokens[end - 1] + 1 == self.tokens[end]
            && !self.opens(end)
            && self.index.form(self.tokens[end]).chars().all(char::is_uppercase)
            && self.is_name(end)
        {
            end += 1;
        }
        range.start..end
    }

    /// A preposition, a case or a noun of relation makes the name the complement of somebody else.
    fn governed(&self, mention: &Mention) -> Option<Role> {
        let start = mention.range.start;
        if let Some(role) = self.told_in_arabic(&mention.range) {
            return Some(role);
        }
        // `A carta de Bo Lind a Ana Ruiz diz`: Portuguese `a` is an article as well.
        if language(self.index) == "pt"
            && start >= 2
            && self.key(start - 1) == "a"
            && self.is_name(start - 2)
            && (0..start - 1).any(|at| lexicon::is_utterance(self.key(at)))
        {
            return Some(Role::Beside);
        }
        let mut at = start;
        while start - at < 5 && !self.opens(at) {
            at -= 1;
            let key = self.key(at);
            // `Lind, not Ruiz, said`
            if at + 1 == start && lexicon::negates(key, language(self.index)) {
                return Some(Role::Beside);
            }
            // `assure de son côté Ana Ruiz`
            let own_side = start - at == 3 && is_possessive(self.key(at + 1));
            // `resigned after Bo Lind said`
            let subject = || {
                let end = mention.range.end;
                self.verb.is_some_and(|verb| verb >= end && !(end..=verb).any(|at| self.opens(at)))
            };
            let clause = self.is_subordinator(at) && subject();
            if self.is_preposition(at) && !own_side && !clause {
                return Some(self.behind_preposition(at, mention));
            }
            if mention.fit == Fit::Declined && (lexicon::is_utterance(key) || is_source(key)) {
                let addressed = !is_source(key) && self.is_dative(&mention.range);
                return Some(if addressed { Role::Beside } else { Role::Speaks });
            }
            if self.is_verb(at) {
                break;
            }
            if lexicon::is_relation(key) && self.takes_genitive(at, mention) {
                return Some(Role::Beside);
            }
            if self.is_subordinator(at) {
                break;
            }
            // `in Lima | the minister Ana Ruiz`: a name or a day closes the phrase that a preposition opened.
            let closes = self.is_name(at) && at + 1 < start
                || terms::is_weekday(key)
                || terms::month(key).is_some_and(|month| month.certain);
            if closes && (language(self.index) != "de" || terms::is_weekday(key)) {
                break;
            }
        }
        if mention.fit == Fit::Declined && language(self.index) != "el" {
            return Some(Role::Beside);
        }
        None
    }

    /// Arabic, where the verb comes first and nothing is written with a capital: `قالت … إن | قال`, `نقلت … عن`, `قال …، بحسب |`.
    fn told_in_arabic(&self, range: &Range<usize>) -> Option<Role> {
        let verb = self.verb.filter(|_| language(self.index) == "ar")?;
        let that = |at: usize| matches!(self.key(at), "ا\u{655}ن" | "ا\u{654}ن" | "ان");
        // `قالت ليلى حداد للمجلس إن سمير نصار قال: «…»`: the clause behind the conjunction has a subject of its own.
        let content = (range.end..verb).rev().find(|at| that(*at));
        if content.is_some_and(|that| verb - that > 1 && !(that + 1..=verb).any(|at| self.opens(at))) {
            return Some(Role::Beside);
        }
        let retells =
            (0..range.start).any(|at| matches!(self.key(at), "نقل" | "نقلت" | "ينقل" | "تنقل" | "ونقلت" | "ونقل"));
        if retells && self.tokens.get(range.end).is_some_and(|_| self.key(range.end) == "عن") {
            return Some(Role::Beside);
        }
        let source = range.start.checked_sub(1).filter(|at| matches!(self.key(*at), "بحسب" | "حسب" | "وفق"));
        source.filter(|source| verb + 1 < *source).map(|_| Role::Beside)
    }

    /// Whether the first word of a name that declines stands in the dative: `письмо Оскару Бранделю`, `лист Олені Хартвіг`.
    fn is_dative(&self, range: &Range<usize>) -> bool {
        let ends = |endings: &[&str]| {
            let form = self.index.form(self.tokens[range.start]);
            endings.iter().any(|ending| form.ends_with(ending))
        };
        match language(self.index) {
            "ru" => ends(&["у", "ю", "е"]),
            "uk" => ends(&["у", "ю", "ові", "еві", "єві", "і"]),
            _ => false,
        }
    }

    fn behind_preposition(&self, at: usize, mention: &Mention) -> Role {
        let key = self.key(at);
        // `was interrupted by Ana Ruiz: “…”`
        let last = self.ahead && self.verb.is_none() && mention.range.end == self.tokens.len();
        let verb_form = || at.checked_sub(1).is_some_and(|before| is_verb_form(self.key(before)));
        if last && is_agent(key) && mention.fit == Fit::Same && verb_form() {
            return Role::Speaks;
        }
        let before = at.checked_sub(1).filter(|_| !self.opens(at));
        // `To Ana Ruiz, the mayor said`, `Zu Ruiz sagte der Richter`
        let verb = self.verb.filter(|verb| before.is_none() && *verb >= mention.range.end);
        if verb
            .and_then(|verb| self.subject_behind(&mention.range, verb).or_else(|| self.subject_follows(verb)))
            .is_some()
        {
            return Role::Beside;
        }
        let Some(before) = before else {
            // `“…” by Ana Ruiz`, where somebody has been called so.
            if is_agent(key) && self.verb.is_some_and(|verb| verb < at && self.is_passive(verb)) {
                return Role::Speaks;
            }
            // `For Ana Ruiz, “…”`, `To Ana Ruiz it is “…”`: a view, unless there is a word of saying with another subject.
            return if is_topic(key) { Role::Beside } else { Role::Unclear };
        };
        let word = self.key(before);
        let spokesman = word == "parole" && before.checked_sub(1).is_some_and(|at| self.key(at) == "porte");
        // `a letter from her`, `according to her`; `a letter to her` and `in response to her` are somebody else's.
        let possesses = is_possessing(key) && !(key == "do" && is_slavic(language(self.index)));
        let belongs = is_agent(key) || possesses || is_source(word) || matches!(word, "acuerdo" | "acordo");
        // `a dit Bo Lind sous les yeux d'Ana Ruiz`
        let watched = word == "yeux" && before.checked_sub(1).is_some_and(|at| self.key(at) == "sous");
        if lexicon::is_utterance(word) && !spokesman && !watched && (belongs || is_talk(word)) {
            return if is_talk(word) { Role::Unclear } else { Role::Speaks };
        }
        if is_agent(key) && (self.is_verb(before) || word.ends_with("en")) && !is_asked(word) {
            return Role::Speaks;
        }
        let source = Some(before) == self.verb && is_source(word);
        if source || self.is_told_before_subject(at, mention) {
            return Role::Speaks;
        }
        // `said in Lima Ana Ruiz` is rare, `said to Ana Ruiz` is not; `Harker of Ana Ruiz's office` is another name.
        let named_before = self.is_name(before);
        let adverbial = matches!(key, "in" | "at" | "on" | "en" | "im" | "em" | "w" | "v" | "na" | "в" | "на")
            && mention.range.start > at + 1;
        if adverbial && !named_before { Role::Unclear } else { Role::Beside }
    }

    /// The name stands behind the word of saying: `said Ana Ruiz`, `said the mayor, Ana Ruiz`.
    fn behind(&self, verb: usize, range: &Range<usize>) -> Role {
        let between = verb + 1..range.start;
        // `he wrote in his memoir, Coal and Salt`
        let pronoun = verb.checked_sub(1).filter(|_| !self.opens(verb)).map(|before| self.key(before));
        if pronoun.is_some_and(|key| gender::of_pronoun(key, language(self.index)).is_some()) {
            return Role::Beside;
        }
        // `his spokesman, Bo Lind, said Ana Ruiz would return`, `the mayor said Ana Ruiz would return`
        let subject = || {
            matches!(language(self.index), "en" | "") && self.subject_behind(&(0..0), verb).is_some()
                || runs(&self.tokens[..verb], self.index).iter().any(|run| {
                    !is_complement(run.start, self)
                        && owner_end(run, self).is_none()
                        && self.ahead(&self.in_full(run), verb) == Role::Speaks
                })
        };
        if self.ahead && range.end < self.tokens.len() && subject() {
            return Role::Beside;
        }
        // `disse o prefeito a Bo Lind`; Portuguese `a` is an article as well: `disse a Ana Ruiz`.
        let to = language(self.index) == "pt" && !between.is_empty() && self.key(range.start - 1) == "a";
        let subject = |at: usize| self.is_name(at) || self.opens_subject(verb + 1);
        let told = lexicon::is_address_verb(self.key(verb)) && self.has_subject_before(verb)
            || to && ((verb + 1..range.start - 1).any(subject) || between.len() == 1 && self.has_subject_before(verb));
        if told && !between.clone().any(|at| self.opens(at)) && between.len() <= 4 {
            return Role::Beside;
        }
        let pauses: Vec<usize> = (verb + 1..=range.start).filter(|at| self.opens(*at)).collect();
        match pauses.as_slice() {
            [] => {
                if between.clone().any(|at| self.is_subordinator(at))
                    && !between.clone().any(|at| self.key(at) == "and")
                {
                    return Role::Beside;
                }
                let named = between.clone().any(|at| self.is_name(at) && !self.is_attributive(at));
                if named && !between.clone().any(|at| is_and(self.key(at))) {
                    return if language(self.index) == "de" { Role::Speaks } else { Role::Unclear };
                }
                if between.len() <= SUBJECT_REACH { Role::Speaks } else { Role::Unclear }
            }
            [pause] => {
                // An apposition: `said the mayor, Ana Ruiz`. Between comma and name only titles.
                let head = verb + 1..*pause;
                let titles = (*pause..range.start)
                    .all(|at| !self.is_subordinator(at) && !self.is_verb(at) && !self.key(at).ends_with("ing"))
                    && !self.is_german_relative(*pause, range);
                let unnamed = !head
                    .clone()
                    .any(|at| self.is_name(at) && !self.is_institution(at, verb) && !self.is_attributive(at))
                    || self.is_somebody_of(head.clone(), range.end);
                if titles && range.start - pause <= 4 && !head.is_empty() && unnamed {
                    // An indefinite head is somebody: `said a critic, Ana Ruiz` still names her.
                    Role::Speaks
                } else if head.is_empty() || self.somebody(head) {
                    Role::Beside
                } else {
                    Role::Unclear
                }
            }
            _ => Role::Unclear,
        }
    }

    /// The name stands before the word of saying: `Ana Ruiz said`, `Ana Ruiz, the mayor of Porto, said`.
    pub(super) fn ahead(&self, range: &Range<usize>, verb: usize) -> Role {
        if verb - range.end > 3 * SUBJECT_REACH {
            return Role::Unclear;
        }
        if let Some(relative) = self.relative_before(verb).filter(|relative| *relative >= range.end) {
            // `Lind, who told her that`: the pronoun means the name right before it.
            let near = match self.antecedent(relative) {
                Some(run) => run.end <= range.end,
                None => self.is_right_behind(range.end, relative),
            };
            return if near { Role::Speaks } else { Role::Beside };
        }
        if is_in_relative_clause(range.start, self)
            && ((range.end..=verb).any(|at| self.opens(at))
                || self.is_object_of_who(range.start)
                || range.end < verb && self.may_be_verb(range.end) && self.key(verb - 1) != "to")
        {
            // `Skene, to whom Deas has written, said`, `the men who know Deas said`, `the man who Deas knows said`
            return Role::Beside;
        }
        // `When Ana Ruiz left, he said`
        let pronoun = verb.checked_sub(1).and_then(|at| gender::of_pronoun(self.key(at), language(self.index)));
        if !gender::agree(pronoun, of_person(self.tokens, range, self.index)) {
            return Role::Beside;
        }
        match self.second_subject(range, verb) {
            Some(Subject::Another) => return Role::Beside,
            Some(Subject::Described) => return Role::Unclear,
            None => {}
        }
        let pauses: Vec<usize> = (range.end..=verb).filter(|at| self.opens(*at)).collect();
        // `a recording of Lind saying`
        let participle = verb > range.end && self.key(verb) == "saying" && !self.opens(verb) && self.is_name(verb - 1);
        let mut speaks = Role::Speaks;
        match self.subject_behind(range, verb).filter(|_| pauses.last().is_some_and(|last| *last < verb)) {
            _ if participle => return Role::Beside,
            Some(Subject::Another) => return Role::Beside,
            Some(Subject::Described) => speaks = Role::Unclear,
            None => {}
        }
        let rest: Vec<usize> = match (pauses.first(), pauses.last()) {
            (Some(first), Some(last)) => (range.end..*first).chain(*last..verb).collect(),
            _ => (range.end..verb).collect(),
        };
        let opens = |at: &usize| is_what(self.key(*at), language(self.index));
        let subordinate = rest.iter().position(|at| self.is_subordinator(*at) && !is_and(self.key(*at)) || opens(at));
        let tail = subordinate.map_or(0, |position| position + 1);
        let closing: Vec<usize> = rest[tail..].to_vec();
        let subject = closing.iter().copied().rev().find(|at| !self.is_closed(*at) && !is_adverb(self.key(*at)));
        if subordinate.is_some() {
            // `resigned after the council said`: the subordinate clause has a subject of its own, or means the name.
            let pronoun = closing.iter().find_map(|at| gender::of_pronoun(self.key(*at), language(self.index)));
            let person = of_person(self.tokens, range, self.index);
            return match subject {
                Some(_) => Role::Beside,
                // `Greta Lomax said he had …`: another one.
                None if !gender::agree(pronoun, person) => Role::Beside,
                None => Role::Unclear,
            };
        }
        let other_name = closing.iter().any(|at| self.is_name(*at) && !is_complement(*at, self));
        if other_name && !closing.iter().any(|at| is_and(self.key(*at))) {
            return if language(self.index) == "de" { Role::Speaks } else { Role::Unclear };
        }
        if closing.len() > SUBJECT_REACH {
            return Role::Unclear;
        }
        // `Ruiz was told`, `Ruiz was asked by Lind`
        if is_calling(self.key(verb)) && self.is_passive(verb) {
            return Role::Beside;
        }
        let passive = rest
            .iter()
            .any(|at| matches!(self.key(*at), "was" | "were" | "is" | "been" | "being" | "got" | "wurde" | "wurden"));
        if passive && (lexicon::is_address_verb(self.key(verb)) || self.key(verb) == "gefragt") {
            return Role::Beside;
        }
        speaks
    }

    /// Whether a segment is a German relative clause with a name in it: `der Richter, der Ana Ruiz kennt`, not `die Richterin,
    /// die parteilose Ana Ruiz`.
    fn is_german_relative(&self, start: usize, range: &Range<usize>) -> bool {
        let end = (range.end..self.tokens.len()).find(|at| self.opens(*at)).unwrap_or(self.tokens.len());
        language(self.index) == "de"
            && matches!(self.key(start), "der" | "die" | "das" | "den" | "dem" | "deren" | "dessen")
            && self.is_lower_word(end - 1)
            && self.may_be_verb(end - 1)
    }

    /// Whether a name behind a `who` is no subject there: `the men who know Deas`, not `Skene, whom Deas knows`.
    fn is_object_of_who(&self, start: usize) -> bool {
        let who = |at: usize| matches!(self.key(at), "who" | "qui" | "quien" | "quienes" | "quem");
        let pronoun = (start.saturating_sub(10)..start).rev().find(|at| who(*at));
        // `those who left when Deas said so`
        let ends = |at: usize| self.opens(at) || self.is_subordinator(at);
        pronoun.is_some_and(|who| !(who + 1..=start).any(ends) && !self.opens_subject(who + 1))
    }

    /// The subject of a verb that an `and` joins to what the name does: `Ana Ruiz came and a porter said`.
    fn second_subject(&self, range: &Range<usize>, verb: usize) -> Option<Subject> {
        let acts = |at: usize| self.is_lower_word(at) && self.may_be_verb(at) && !self.key(at).ends_with("self");
        let does = !self.opens(range.end) && !self.is_verb(range.end) && acts(range.end);
        let joins = |at: &usize| lexicon::is_conjunction(self.key(*at), language(self.index));
        let and = (range.end..verb).rev().find(joins).filter(|_| does)?;
        self.subject_at(and + 1).filter(|_| !is_possessive(self.key(and + 1)))
    }

    /// Whether a name in the head of an apposition is an office's: `the secretary of Culture, Ana Ruiz`.
    fn is_institution(&self, at: usize, verb: usize) -> bool {
        gender::of_given_name(self.key(at)).is_none()
            && (verb + 1..at).rev().take(3).take_while(|at| !self.opens(*at)).any(|at| self.is_preposition(at))
            && (verb + 1..at).any(|at| !self.is_closed(at) && !self.is_name(at))
            && !is_indefinite(self.key(verb + 1), language(self.index))
    }

    /// Whether something stands right before a verb that can be its subject: a pronoun, a noun, a name.
    fn has_subject_before(&self, verb: usize) -> bool {
        let mut at = verb;
        while !self.opens(at) {
            at -= 1;
            let key = self.key(at);
            if is_adverb(key) || matches!(key, "had" | "has" | "have" | "also" | "then" | "later" | "was" | "and") {
                continue;
            }
            return true;
        }
        false
    }

    /// The names that speak in the clause. Without a word of saying only a full name that opens it: `Bo Lind, the mayor: “…”`.
    pub(super) fn speaking(&self) -> Vec<Range<usize>> {
        let runs = runs(self.tokens, self.index);
        if self.verb.is_none() {
            return runs.into_iter().take(1).filter(|run| run.len() >= 2 && run.start <= 3).collect();
        }
        runs.into_iter()
            .filter(|run| !self.is_attributive(run.end - 1))
            .filter(|run| self.role(&Mention { range: run.clone(), fit: Fit::Same }) == Role::Speaks)
            .collect()
    }

    /// The names whose utterance the clause speaks of: `a letter from Bo Lind`.
    pub(super) fn whose_utterance(&self) -> Vec<Range<usize>> {
        runs(self.tokens, self.index)
            .into_iter()
            .filter(|run| {
                // `a letter from the inspector, Liv Moen`
                let noun = run.start.checked_sub(1).filter(|noun| {
                    self.opens(run.start)
                        && (lexicon::is_relation(self.key(*noun))
                            || gender::of_noun(self.key(*noun)).is_some()
                            || is_office(self.key(*noun)))
                });
                let range = noun.map_or_else(|| run.clone(), |noun| noun..noun + 1);
                self.governed(&Mention { range, fit: Fit::Same }) == Some(Role::Speaks)
            })
            .collect()
    }

    fn is_spaceless(&self, at: usize) -> bool {
        self.index.tokens()[self.tokens[at]].kind == Kind::Character
    }
}

/// Words behind which stands whose words they are.
pub(super) fn is_source_word(key: &str) -> bool {
    is_source(key)
        || matches!(key, "laut" | "volgens" | "enligt" | "ifolge" | "selon" | "segun" | "acuerdo" | "acordo" | "словам")
}

#[cfg(test)]
#[path = "role_tests.rs"]
mod tests;
