//! Subtitles: SRT and WebVTT → cues, each with its time and, where it says so, its speaker.

mod rolling;

use super::charset::Decoded;
use super::html;
use super::snippet;
use super::text::TextBuilder;
use crate::model::{Document, Zone};

/// Reads subtitles. Lines that belong to no cue (numbers, notes, styles) are no text.
pub(super) fn read(decoded: Decoded) -> Document {
    let text = decoded.text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let mut cues: Vec<Cue> = Vec::new();
    let mut time = None;
    let mut words: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if let Some((begin, _)) = line.split_once("-->").filter(|(begin, _)| is_time(begin.trim())) {
            cues.extend(time.take().into_iter().flat_map(|time| voices(time, &words)));
            words.clear();
            time = Some(short(begin.trim()));
        } else if line.trim().is_empty() {
            cues.extend(time.take().into_iter().flat_map(|time| voices(time, &words)));
            words.clear();
        } else if time.is_some() {
            words.push(line);
        }
    }
    rolling::unroll(&mut cues);
    let mut builder = TextBuilder::default();
    // Whose turn it is, where the captions mark turns by `>>` or a dash; and whose voice a cue said last that it is.
    let (mut turn, mut voice): (Option<String>, Option<String>) = (None, None);
    let mut broken_off = false;
    for cue in cues {
        // What two people say is two utterances.
        if let Some(speaker) = &cue.speaker {
            if voice.as_ref().is_some_and(|before| before != speaker) {
                builder.begin_entry();
            }
            voice = Some(speaker.clone());
        }
        for part in turns(&cue.lines, broken_off) {
            if let Some(name) = part.begins {
                builder.begin_entry();
                turn = name;
            }
            if let Some(block) = builder.push_lines(&part.text, Zone::Cue) {
                block.time = Some(cue.time.clone());
                block.author = cue.speaker.clone().or_else(|| turn.clone());
            }
        }
        broken_off = cue.lines.last().is_some_and(|line| line.ends_with(DASHES));
    }
    builder.finish(decoded.charset, decoded.replacements)
}

/// What one cue holds of one turn.
struct Part {
    /// Whether a turn begins here, and whose, where the captions name him or her.
    begins: Option<Option<String>>,
    text: String,
}

/// Takes a cue apart where another turn begins: `>> ANA RUIZ: Thank you.`, `– Thank you.` `broken_off` says that the cue
/// before ended with a dash: one that small letters follow then goes on.
fn turns(lines: &[String], broken_off: bool) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let dashes = lines.first().is_some_and(|line| said_behind_dash(line).is_some());
    for (number, line) in lines.iter().enumerate() {
        let marked = line.trim_start().strip_prefix(">>").map(|turn| turn.trim_start_matches('>').trim_start());
        let small = |turn: &&str| turn.starts_with(char::is_lowercase);
        let dashed =
            said_behind_dash(line).filter(|turn| !small(turn) || if number == 0 { !broken_off } else { dashes });
        match (marked, dashed) {
            (Some(turn), _) => parts.push(Part { begins: Some(label(turn)), text: turn.to_owned() }),
            (None, Some(turn)) => parts.push(Part { begins: Some(label(turn)), text: line.clone() }),
            (None, None) => match parts.last_mut() {
                Some(part) => {
                    part.text.push('\n');
                    part.text.push_str(line);
                }
                None => parts.push(Part { begins: None, text: line.clone() }),
            },
        }
    }
    parts
}

/// Dashes that begin a turn, or break one off.
const DASHES: [char; 5] = ['-', '–', '—', '‐', '―'];

/// What follows the dash that a line begins with, where it is said: no number below zero.
fn said_behind_dash(line: &str) -> Option<&str> {
    let said = line.trim_start().strip_prefix(DASHES)?.trim_start();
    said.starts_with(|c: char| c.is_alphabetic() || matches!(c, '¿' | '¡' | '"' | '“' | '«' | '„' | '[' | '('))
        .then_some(said)
}

/// The name before the colon that a turn begins with.
fn label(turn: &str) -> Option<String> {
    let (name, _) = turn.split_once(':')?;
    let named = name.len() <= 60
        && name.split_whitespace().count() <= 5
        && name.chars().any(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | ',' | '(' | ')'));
    named.then(|| name.trim().to_owned())
}

/// What each voice says in one cue.
fn voices(time: String, words: &[&str]) -> Vec<Cue> {
    let said = plain(&words.join("\n"));
    said.into_iter()
        .map(|(text, speaker)| Cue {
            time: time.clone(),
            lines: text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect(),
            speaker,
        })
        .filter(|cue| !cue.lines.is_empty())
        .collect()
}

fn is_time(text: &str) -> bool {
    text.len() <= 16
        && text.contains(':')
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','))
}

/// A time without its fraction, with hours: `00:04:31`.
fn short(time: &str) -> String {
    let whole = time.split(['.', ',']).next().unwrap_or(time);
    if whole.matches(':').count() == 1 { format!("00:{whole}") } else { whole.to_owned() }
}

/// What one voice says in one cue, without its markup.
struct Cue {
    time: String,
    lines: Vec<String>,
    speaker: Option<String>,
}

/// Takes the markup out of a cue: `<i>`, `<c.yellow>`, `<00:00:01.000>`, `{\an8}`; `<v Name>` begins what a speaker says.
fn plain(source: &str) -> Vec<(String, Option<String>)> {
    let mut said = Vec::new();
    let mut text = String::with_capacity(source.len());
    let mut speaker: Option<String> = None;
    let mut rest = source;
    // Tags and codes that are not closed are not looked for again.
    let (mut tags, mut codes) = (true, true);
    while let Some(at) = rest.find(['<', '{']) {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let (close, closes) = if tag.starts_with('<') { ('>', &mut tags) } else { ('}', &mut codes) };
        let is_tag = tag.starts_with("{\\") || tag[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
        let end = if is_tag && *closes { tag.find(close) } else { None };
        *closes &= end.is_some() || !is_tag;
        match end {
            Some(end) => {
                let inner = &tag[1..end];
                if let Some((head, name)) = inner.split_once(' ')
                    && (head == "v" || head.starts_with("v."))
                {
                    let name = snippet::text(name).trim().to_owned();
                    if !text.trim().is_empty() && speaker.as_ref() != Some(&name) {
                        said.push((std::mem::take(&mut text), speaker.take()));
                    }
                    speaker = Some(name);
                }
                rest = &tag[end + 1..];
            }
            None => {
                text.push_str(&tag[..1]);
                rest = &tag[1..];
            }
        }
    }
    text.push_str(rest);
    said.push((text, speaker));
    for (text, _) in said.iter_mut().filter(|(text, _)| text.contains('&')) {
        *text = html::unescaped(text);
    }
    said
}
