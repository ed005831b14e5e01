//! Attributions inside the marks, as French prints them: `« On part, a dit Ana Roy. On ne revient pas. »` is two stretches
//! with the attribution between them.

use super::Stretch;
use crate::draft::lexicon::Lexicon;
use crate::model::TextRange;

/// Attributions that are looked for in one stretch.
const MOST: usize = 8;
/// Pauses of one stretch behind which one may stand.
const PAUSES: usize = 60;
/// Bytes of an attribution.
const LONG: usize = 160;

/// Cuts the stretches of a paragraph where an attribution stands inside them.
pub(in crate::draft) fn split(text: &str, stretches: Vec<Stretch>, lexicon: &Lexicon) -> Vec<Stretch> {
    if lexicon.language != "fr" {
        return stretches;
    }
    let mut out = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let mut rest = stretch;
        for _ in 0..MOST {
            let Some((from, to)) = incise(&text[rest.inner.span()], lexicon) else { break };
            let (inner, range) = (rest.inner, rest.range);
            let cut = inner.start + from as u32;
            out.push(Stretch {
                range: TextRange { start: range.start, end: cut },
                inner: TextRange { start: inner.start, end: cut },
                closed: true,
                single: rest.single,
            });
            let resumed = inner.start + to as u32;
            let skipped = text[resumed as usize..inner.end as usize]
                .find(|c: char| c.is_alphanumeric() || matches!(c, '“' | '‘' | '…' | '('))
                .map(|at| resumed + at as u32);
            let Some(start) = skipped else {
                rest.range.end = rest.range.start;
                break;
            };
            rest = Stretch {
                range: TextRange { start, end: range.end },
                inner: TextRange { start, end: inner.end },
                ..rest
            };
        }
        if rest.range.end > rest.range.start {
            out.push(rest);
        }
    }
    out
}

/// The first attribution inside a quotation: from behind the pause before it to where the quotation goes on.
fn incise(inner: &str, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let pauses = inner.char_indices().filter(|(_, c)| matches!(c, ',' | '!' | '?' | '…')).take(PAUSES);
    for (at, mark) in pauses {
        let behind = at + mark.len_utf8();
        let rest = &inner[behind..];
        let begin = rest.len() - rest.trim_start().len();
        // A mark that is glued to what follows is none (`1,5`).
        if begin == 0 || at < 2 {
            continue;
        }
        if let Some(length) = attribution(&rest[begin..], lexicon) {
            return Some((behind, behind + begin + length));
        }
    }
    None
}

/// The length of an attribution that a text begins with: a verb of saying with its subject behind it.
fn attribution(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let mut window = text.len().min(LONG);
    while !text.is_char_boundary(window) {
        window -= 1;
    }
    let slice = &text[..window];
    let lower = slice.to_lowercase().replace('’', "'");
    let words: Vec<&str> = lower.split_whitespace().take(6).collect();
    let bare = |word: &str| word.trim_end_matches([',', '.', ':', ';', '!', '?', '»']).to_owned();
    let speaks = |word: &str| {
        lexicon.verbs(word).iter().any(|verb| verb.frame.beside && verb.form != crate::draft::lexicon::Form::Ing)
    };
    let mut at = 0;
    let mut first = bare(words.first()?);
    // “s’exclame”, “se souvient”, “s’est exclamé”
    let mut reflexive = false;
    if let Some(rest) = first.strip_prefix("s'").or_else(|| first.strip_prefix("m'")) {
        first = rest.to_owned();
        reflexive = true;
    } else if matches!(first.as_str(), "se" | "lui" | "nous" | "leur") && words.len() > 1 {
        at += 1;
        first = bare(words[at]);
        reflexive = true;
    }
    let (stem, pronoun) = inverted(&first);
    let auxiliary =
        matches!(stem, "a" | "ont" | "avait" | "avaient" | "aura") || reflexive && matches!(stem, "est" | "était");
    let verb = if auxiliary {
        at += 1;
        let mut next = bare(words.get(at)?);
        // “a ensuite ajouté”
        while lexicon.is_adverb(&next) && at + 1 < words.len() {
            at += 1;
            next = bare(words[at]);
        }
        next
    } else {
        stem.to_owned()
    };
    if !speaks(&verb) {
        return None;
    }
    if !pronoun {
        // Behind the verb stands who says it; of “mon père” the speaker tells, and nobody tells of the speaker.
        let subject = bare(words.get(at + 1)?);
        let written = slice.split_whitespace().nth(at + 1)?;
        let own = matches!(subject.as_str(), "mon" | "ma" | "mes" | "notre" | "nos");
        let article = lexicon.is_determiner(&subject)
            || subject.starts_with("l'")
            || matches!(subject.as_str(), "m." | "mme" | "celui" | "celle");
        if own || !(article || written.starts_with(char::is_uppercase)) {
            return None;
        }
    }
    // To the pause that closes it; what only describes the speaker goes with it.
    let mut end = 0;
    for _ in 0..4 {
        let pause = slice[end..].char_indices().find(|(at, c)| {
            let after = slice[end + at + c.len_utf8()..].chars().next();
            match c {
                '.' => after.is_none_or(char::is_whitespace) && !is_initial(&slice[..end + at]),
                ',' | ':' | ';' | '!' | '?' => true,
                _ => false,
            }
        });
        let Some((found, mark)) = pause else {
            return (window == text.len()).then_some(text.len());
        };
        end += found + mark.len_utf8();
        if mark != ',' || !describes(&slice[end..], lexicon) {
            return Some(end);
        }
    }
    Some(end)
}

/// A verb without the pronoun that is joined to it, and whether it has one: `lance-t-il`.
fn inverted(word: &str) -> (&str, bool) {
    for pronoun in ["il", "elle", "ils", "elles", "on"] {
        if let Some(stem) = word.strip_suffix(pronoun).and_then(|stem| stem.strip_suffix('-')) {
            return (stem.strip_suffix("-t").unwrap_or(stem), true);
        }
    }
    (word, false)
}

/// Whether a point stands behind an initial or a title: `M. Roy`.
fn is_initial(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.chars().count() == 1 || matches!(word, "Mme" | "Dr" | "Me" | "Pr")
}

/// Whether what follows a comma only describes who speaks: an office, an age, a relative clause.
fn describes(text: &str, lexicon: &Lexicon) -> bool {
    let lower = text.to_lowercase().replace('’', "'");
    let mut words = lower.split_whitespace().map(|word| word.trim_end_matches([',', '.', ':', ';']));
    let Some(first) = words.next() else { return false };
    let second = words.next().unwrap_or_default();
    let office = |word: &str| lexicon.is_title(word.trim_start_matches("l'"));
    let age = first.bytes().all(|byte| byte.is_ascii_digit()) && second == "ans";
    first == "qui"
        || office(first)
        || age
        || lexicon.is_determiner(first) && office(second)
        || first.starts_with("l'") && office(first)
}
