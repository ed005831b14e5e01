//! Subtitles: SRT and WebVTT → cues, each with its time and, where it says so, its speaker.

use super::charset::Decoded;
use super::html;
use super::text::TextBuilder;
use crate::model::{Document, Zone};

/// Reads subtitles. Lines that belong to no cue (numbers, notes, styles) are no text.
pub(super) fn read(decoded: Decoded) -> Document {
    let text = decoded.text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let mut builder = TextBuilder::default();
    let mut time = None;
    let mut words: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if let Some((begin, _)) = line.split_once("-->").filter(|(begin, _)| is_time(begin.trim())) {
            flush(&mut builder, &time, &mut words);
            time = Some(short(begin.trim()));
        } else if line.trim().is_empty() {
            flush(&mut builder, &time, &mut words);
            time = None;
        } else if time.is_some() {
            words.push(line);
        }
    }
    builder.finish(decoded.charset, decoded.replacements)
}

fn flush(builder: &mut TextBuilder, time: &Option<String>, words: &mut Vec<&str>) {
    if let Some(time) = time {
        let source = words.join("\n");
        let cue = plain(&source);
        if let Some(block) = builder.push_lines(&cue.text, Zone::Cue) {
            block.time = Some(time.clone());
            block.author = cue.speaker;
        }
    }
    words.clear();
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

struct Cue {
    text: String,
    speaker: Option<String>,
}

/// Takes the markup out of a cue: `<i>`, `<c.yellow>`, `<00:00:01.000>`, `{\an8}`; `<v Name>` is its speaker.
fn plain(source: &str) -> Cue {
    let mut text = String::with_capacity(source.len());
    let mut speaker = None;
    let mut rest = source;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let close = if tag.starts_with('<') { '>' } else { '}' };
        let is_tag = tag.starts_with("{\\") || tag[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
        match tag.find(close).filter(|_| is_tag) {
            Some(end) => {
                let inner = &tag[1..end];
                if let Some((head, name)) = inner.split_once(' ')
                    && (head == "v" || head.starts_with("v."))
                {
                    speaker.get_or_insert_with(|| html::plain(name).trim().to_owned());
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
    if text.contains('&') {
        text = html::unescaped(&text);
    }
    Cue { text, speaker }
}
