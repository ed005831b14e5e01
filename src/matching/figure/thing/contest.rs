//! Contests: who won and who lost, where a sentence says so. `A beat B 3-1` is no `B beat A 3-1`.

use std::sync::LazyLock;

use super::Scene;
use crate::matching::figure::sense::{is_content, same};
use crate::matching::figure::stems::Stems;
use crate::matching::fold::Kind;

/// Lexemes without content between a verb and the name beside it.
const SKIPPED: usize = 6;
/// Lexemes of a name.
const NAME: usize = 12;

static CONTESTS: LazyLock<Stems<bool>> = LazyLock::new(|| {
    Stems::read(include_str!("../../terms/contests.txt"), |label| match label {
        "win" => Some(true),
        "lose" => Some(false),
        _ => None,
    })
});

/// The two sides of a contest, as content words.
#[derive(Debug, Default, Clone)]
pub(super) struct Sides {
    winner: Vec<String>,
    loser: Vec<String>,
}

impl Scene<'_> {
    /// Who won and who lost: by the contest word nearest to the figure.
    pub(super) fn sides(&self, figure: &std::ops::Range<usize>) -> Option<Sides> {
        let first = &self.lexemes[figure.start];
        let score = first.form.contains(':') || figure.len() > 1 && self.lexemes[figure.end - 1].kind == Kind::Number;
        let verb = (0..self.lexemes.len())
            .filter_map(|at| CONTESTS.at(self.language, self.lexemes, at).map(|(wins, length)| (at, wins, length)))
            // Of what is no score one word of winning or losing says nothing: `lost goods worth 3 million`.
            .filter(|(at, _, length)| score || *length > 1 || !is_lax(self.key(*at)))
            // A longer phrase that holds a shorter one is the one that is meant.
            .min_by_key(|(at, _, length)| (figure.start.abs_diff(*at), usize::MAX - *length))?;
        let (at, wins, length) = verb;
        let (subject, object) = match self.language {
            // Keys are decomposed.
            "ja" => (self.marked(at, &["か\u{3099}", "は"]), self.marked(at, &["に", "を"])),
            "hi" => (self.marked(at, &["ने"]), self.marked(at, &["को", "से"])),
            "ar" => (self.run_from(at + length), self.behind_word(at + length, &["على", "امام"])),
            _ => (self.run_to(at), self.run_from(at + length)),
        };
        let (winner, loser) = if wins { (subject, object) } else { (object, subject) };
        (!winner.is_empty() || !loser.is_empty()).then_some(Sides { winner, loser })
    }

    fn is_named(&self, at: usize) -> bool {
        at < self.lexemes.len()
            && !self.is_figure(at)
            && is_content(&self.lexemes[at])
            && !matches!(
                self.key(at),
                "以" | "为"
                    | "か\u{3099}"
                    | "は"
                    | "に"
                    | "を"
                    | "比"
                    | "対"
                    | "ने"
                    | "को"
                    | "से"
                    | "على"
                    | "امام"
            )
    }

    /// The content words right before a place.
    fn run_to(&self, place: usize) -> Vec<String> {
        let mut end = place;
        let from = place.saturating_sub(SKIPPED);
        while end > from && !self.is_named(end - 1) {
            end -= 1;
        }
        let mut start = end;
        while start > 0 && end - start < NAME && self.is_named(start - 1) && (start == end || !self.breaks(start)) {
            start -= 1;
        }
        (start..end).map(|at| self.key(at).to_owned()).collect()
    }

    /// The content words right behind a place.
    fn run_from(&self, place: usize) -> Vec<String> {
        let mut start = place;
        let most = self.lexemes.len().min(place + SKIPPED);
        while start < most && !self.is_named(start) {
            if self.breaks(start) || self.is_figure(start) && self.language != "zh" {
                return Vec::new();
            }
            start += 1;
        }
        let mut end = start;
        while end - start < NAME && self.is_named(end) && (end == start || !self.breaks(end)) {
            end += 1;
        }
        (start..end).map(|at| self.key(at).to_owned()).collect()
    }

    /// The content words that a particle marks, before a verb.
    fn marked(&self, verb: usize, particles: &[&str]) -> Vec<String> {
        let particle = (0..verb).find(|at| particles.contains(&self.key(*at)));
        particle.map(|at| self.run_to(at)).unwrap_or_default()
    }

    fn behind_word(&self, from: usize, words: &[&str]) -> Vec<String> {
        let word = (from..self.lexemes.len()).find(|at| words.contains(&self.key(*at)));
        word.map(|at| self.run_from(at + 1)).unwrap_or_default()
    }
}

/// Verbs of winning and losing that are said of money, goods and jobs as well.
fn is_lax(key: &str) -> bool {
    matches!(
        key,
        "lost"
            | "lose"
            | "loses"
            | "losing"
            | "won"
            | "verlor"
            | "verloren"
            | "gewann"
            | "gewannen"
            | "perdu"
            | "perd"
            | "perdio"
            | "pierde"
            | "gano"
            | "perdeu"
            | "perde"
            | "ganhou"
            | "perso"
            | "verloor"
            | "tabte"
            | "taber"
            | "vandt"
    )
}

/// Whether a word tells of a contest.
pub(in crate::matching::figure) fn is_contest(language: &str, word: &str) -> bool {
    CONTESTS.at(language, &crate::matching::figure::lexeme::of_text(word), 0).is_some()
        || matches!(word, "beaten" | "defeated")
}

/// Whether a claim has a side of the contest that the source gives to the other.
pub(super) fn swaps(ours: &Sides, theirs: &Sides) -> bool {
    // What both sides of the source have, such as `FC`, tells nothing.
    let only = |words: &[String], not: &[String]| -> Vec<String> {
        words.iter().filter(|word| !not.iter().any(|other| same(other, word))).cloned().collect()
    };
    let (winner, loser) = (only(&theirs.winner, &theirs.loser), only(&theirs.loser, &theirs.winner));
    let shares = |a: &[String], b: &[String]| a.iter().any(|word| b.iter().any(|other| same(other, word)));
    shares(&ours.winner, &loser) && !shares(&ours.winner, &winner)
        || shares(&ours.loser, &winner) && !shares(&ours.loser, &loser)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_swaps_the_sides_where_one_of_its_own_is_the_other_s() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
        let sides = |text: &str| {
            let (winner, loser) = text.split_once('>').expect("a winner and a loser");
            Sides { winner: words(winner), loser: words(loser) }
        };
        for (ours, theirs, wanted) in [
            ("harlow > norvik", "harlow > norvik", false),
            ("norvik > harlow", "harlow > norvik", true),
            ("norvik >", "harlow > norvik", true),
            ("> harlow", "harlow > norvik", true),
            ("> norvik", "harlow > norvik", false),
            ("vell > orme", "harlow > norvik", false),
            ("harlow norvik >", "harlow > norvik", false),
            ("> harlow norvik", "harlow > norvik", false),
            ("fc > fc", "fc harlow > fc norvik", false),
            ("fc norvik > fc", "fc harlow > fc norvik", true),
            ("fc > fc harlow", "fc harlow > fc norvik", true),
            ("norvik >", "> norvik", true),
            ("> harlow", "harlow >", true),
        ] {
            assert_eq!(swaps(&sides(ours), &sides(theirs)), wanted, "{ours} / {theirs}");
        }
    }

    #[test]
    fn words_of_contests_are_those_of_their_language() {
        for (language, word, wanted) in [
            ("en", "beat", true),
            ("en", "beaten", true),
            ("en", "defeated", true),
            ("en", "boat", false),
            ("de", "schlug", true),
            ("en", "schlug", false),
        ] {
            assert_eq!(is_contest(language, word), wanted, "{language} {word}");
        }
    }
}
