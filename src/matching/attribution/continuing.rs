//! Speakers who go on, in scripts without capitals (`وأضافت: «…»`, `उन्होंने कहा`, `그는 “…”고`), and speakers who only tell what they
//! were told (`他说某某曾对他说：“…”`).

use std::ops::Range;

use super::clause::{Clause, is_saying_at, says, text_of};
use super::first_of;
use super::name::{Name, language};
use super::person::sentences;
use super::quoted::{Around, Side};
use super::role::Role;
use crate::matching::asked::Asked;
use crate::matching::index::{Index, Quoted};
use crate::matching::lexicon;
use crate::model::Flag;

/// Sentences before a quotation in which whoever goes on is looked for.
const BACK: usize = 4;

/// The longest clause that only goes on, in tokens: `وأضافت للصحفيين لاحقا`.
const GOES_ON: usize = 4;

/// The flag for a quotation whose clause only goes on, or passes on what was told; nothing where it is no such clause.
pub(super) fn flag(
    clause: &Around,
    here: &Quoted,
    quoted: &[Quoted],
    block: usize,
    name: &Name,
    asked: &Asked<'_>,
    index: &Index<'_>,
) -> Option<Option<Flag>> {
    if asked.claim.via.is_empty() && is_retold(clause, name, index) {
        return Some(Some(Flag::SecondHand));
    }
    if !goes_on(&clause.tokens, index) || name.is_in(&clause.tokens, index) {
        return None;
    }
    let from = first_of(here, &clause.tokens, index);
    Some((!speaks_before(from, here, quoted, block, name, index)).then_some(Flag::SecondHand))
}

/// Whether the speaker is whoever spoke last before a token, or was spoken of.
fn speaks_before(from: usize, here: &Quoted, quoted: &[Quoted], block: usize, name: &Name, index: &Index<'_>) -> bool {
    // Thai marks no sentences: what stands before the quotation before tells.
    if language(index) == "th" {
        return thai_before(here, quoted).is_some_and(|segment| {
            let own = index.block_tokens(block);
            let first = index.token_from(segment.start).max(own.start);
            let tokens: Vec<usize> = (first..index.token_from(segment.end).min(own.end)).collect();
            name.is_in(&tokens, index)
        });
    }
    for tokens in sentences(from, block, index).filter(|tokens| !tokens.is_empty()).take(BACK) {
        if name.is_in(&tokens, index) {
            let verb = tokens.iter().position(|at| is_saying_at(*at, index));
            let view = Clause { tokens: &tokens, verb, ahead: true, index };
            return name.mentions(&tokens, index).iter().any(|mention| view.role(mention) != Role::Beside);
        }
        if !goes_on(&tokens, index) {
            return false;
        }
    }
    false
}

/// The bytes between the quotation before and the one before that, or the beginning of the text.
fn thai_before(here: &Quoted, quoted: &[Quoted]) -> Option<Range<u32>> {
    let ends_before =
        |limit: u32| quoted.iter().filter(move |other| other.range.end <= limit).max_by_key(|other| other.range.end);
    let before = ends_before(here.range.start)?;
    Some(ends_before(before.range.start).map_or(0, |earlier| earlier.range.end)..before.range.start)
}

/// Whether a clause has a word of saying, and no subject but a pronoun or what the verb holds.
fn goes_on(tokens: &[usize], index: &Index<'_>) -> bool {
    let key = |number: usize| tokens.get(number).map_or("", |at| index.key(*at));
    // A verb with whoever is told or when, and nobody who says it.
    let alone =
        || tokens.len() <= GOES_ON && tokens.iter().all(|at| is_saying_at(*at, index) || is_aside(index.key(*at)));
    let alike = match language(index) {
        "ar" => alone() || matches!(key(0), "هو" | "هي") && tokens.len() <= GOES_ON,
        "fa" => alone() || matches!(key(0), "او" | "وی"),
        "he" => alone() || matches!(key(0), "הוא" | "היא" | "לדבריו" | "לדבריה"),
        "hi" => tokens.iter().take(2).any(|at| matches!(index.key(*at), "उन्होंने" | "उसने" | "इन्होंने")),
        "ko" => {
            let raw = tokens.first().map_or("", |at| index.document().slice(index.range(*at..*at + 1)));
            matches!(raw, "그는" | "그녀는" | "그가" | "그녀가")
        }
        // `Ông nói thêm: “…”`: the pronoun is a title where a name follows.
        "vi" => {
            let form = tokens.first().map_or("", |at| index.form(*at));
            let next = |number: usize| tokens.get(number).is_some_and(|at| is_saying_at(*at, index));
            matches!(form, "ông" | "bà" | "anh" | "chị" | "cô" | "họ" | "Ông" | "Bà" | "Anh" | "Chị" | "Cô")
                && (next(1)
                    || next(2) && tokens.get(1).is_some_and(|at| matches!(index.form(*at), "cũng" | "còn" | "đã")))
        }
        "th" => {
            let text = text_of(tokens, index);
            ["เธอ", "เขา", "ท่าน", "โดยเธอ", "โดยเขา"].iter().any(|pronoun| text.trim_start().starts_with(pronoun))
        }
        _ => false,
    };
    alike && says(tokens, index)
}

/// Words that go with a verb of saying and name nobody (keys).
fn is_aside(key: &str) -> bool {
    lexicon::is_stop_word(key)
        || matches!(
            key,
            "قائلا"
                | "قائلة"
                | "للصحفيين"
                | "لاحقا"
                | "همچنین"
                | "ادامه"
                | "در"
                | "עוד"
                | "גם"
                | "כי"
        )
}

/// Words of saying that open what was told, and words by which somebody else tells it to them.
const TOLD: &[(&str, &[&str], &[&str])] = &[
    (
        "zh",
        &["说", "說", "称", "稱", "回忆", "透露", "表示", "讲述"],
        &[
            "对他说",
            "对她说",
            "對他說",
            "對她說",
            "告诉他",
            "告诉她",
            "告訴他",
            "告訴她",
            "跟他说",
            "跟她说",
            "叮嘱他",
            "叮嘱她",
            "劝他",
            "劝她",
        ],
    ),
    (
        "th",
        &["เล่าว่า", "กล่าวว่า", "บอกว่า", "ระบุว่า"],
        &["บอกเขาว่า", "บอกเธอว่า", "บอกตนว่า", "พูดกับเขา", "พูดกับเธอ", "สั่งเขาว่า"],
    ),
    (
        "vi",
        &["nói rằng", "kể rằng", "kể lại rằng", "cho biết", "tiết lộ rằng", "nhớ lại rằng"],
        &[
            " từng dặn",
            " dặn ",
            " bảo ",
            " nói với ông",
            " nói với bà",
            " nói với anh",
            " nói với cô",
            " từng nói",
            " từng bảo",
            " từng khuyên",
        ],
    ),
    (
        "id",
        &["mengatakan", "berkata", "menceritakan", "bercerita", "menuturkan", "mengaku", "mengenang"],
        &["kepadanya", "padanya", "kepada dia", "berpesan", "menasihatinya"],
    ),
    ("fa", &["گفت که", "گفت", "می‌گوید که", "تعریف کرد که"], &["به او گفت", "به وی گفت", "به او می‌گفت", "به او گفته"]),
    ("ko", &["말했", "전했", "에 따르면"], &["그에게 말", "그녀에게 말"]),
    ("hi", &["कहा कि", "बताया कि"], &["उनसे कहा", "उससे कहा", "उन्हें बताया", "उसे बताया"]),
    (
        "he",
        &["אמר כי", "אמרה כי", "סיפר כי", "סיפרה כי", "סיפר ש", "סיפרה ש"],
        &["אמר לו", "אמרה לו", "אמר לה", "אמרה לה"],
    ),
];

/// Vietnamese pronouns, which also are titles: whoever they stand for goes on speaking.
const SELF: &[&str] = &["ông ", "bà ", "anh ", "chị ", "cô "];

/// Whether the clause before a quotation has somebody tell what somebody else told them: the quotation is the other's. Where the
/// speaker stands behind the word of saying, it is theirs.
fn is_retold(clause: &Around, name: &Name, index: &Index<'_>) -> bool {
    if clause.side != Side::Ahead {
        return false;
    }
    let Some((_, outer, inner)) = TOLD.iter().find(|(code, ..)| *code == language(index)) else { return false };
    let text = text_of(&clause.tokens, index);
    let found = outer.iter().filter_map(|word| text.find(word).map(|at| (at, at + word.len()))).min();
    let Some((_, end)) = found else { return false };
    let rest = &text[end..];
    let own = rest.trim_start();
    if language(index) == "vi" && SELF.iter().any(|pronoun| own.starts_with(pronoun)) {
        return false;
    }
    let told = inner.iter().any(|word| rest.contains(word));
    // The speaker's name behind the outer word of saying.
    let first = clause.tokens.first().map_or(0, |at| index.tokens()[*at].start as usize);
    let behind = name.mentions(&clause.tokens, index).iter().any(|mention| {
        let start = index.tokens()[clause.tokens[mention.range.start]].start as usize;
        start.saturating_sub(first) >= end
    });
    told && !behind
}

#[cfg(test)]
#[path = "continuing_tests.rs"]
mod tests;
