//! Feeds html5ever's tree builder, which makes the tree, with the tokens of a page.
//!
//! Reading what is common (words, tags in good order, comments, scripts) takes a tenth of the steps when it is done a
//! stretch at a time instead of a character at a time. Whatever is not common is left to html5ever's own tokenizer, from
//! there up to and including the next tag. Both must give the same tree for every page, which the tests compare.

use std::cell::RefCell;

use html5ever::interface::create_element;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, State};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, QualName, TokenizerResult, local_name, ns};

use super::Tree;
use super::sink::Sink;
use super::tag::{self, Names, Piece};

type Builder = TreeBuilder<u32, Sink>;

/// Elements inside each other from which on tags are no longer read. At each tag a parser that works as browsers do looks
/// through the elements that are open: a page of nothing but opening tags would take minutes for a megabyte. Browsers stop
/// at 512 elements; here no word is lost.
const DEEPEST: usize = 1_000;
/// Bytes that are read before the depth is looked at.
const CHUNK: usize = 16 << 10;
/// Closes what keeps words from being words.
const LEAVE: &str = "</script></style></textarea></title></noscript>";

/// Parses a page.
pub(super) fn page(source: &str) -> Tree {
    let builder = TreeBuilder::new(Sink::new(), TreeBuilderOpts::default());
    feed(&builder, source);
    builder.sink.finish()
}

/// Parses a piece of markup as the inside of a body.
pub(super) fn fragment(source: &str) -> Tree {
    let sink = Sink::new();
    let body = create_element(&sink, QualName::new(None, ns!(html), local_name!("body")), Vec::new());
    let builder = TreeBuilder::new_for_fragment(sink, body, None, TreeBuilderOpts::default());
    feed(&builder, source);
    builder.sink.finish()
}

fn feed(builder: &Builder, source: &str) {
    // Line ends are one line feed each, by the HTML standard before anything else is looked at.
    let source = match memchr::memchr(b'\r', source.as_bytes()) {
        Some(_) => StrTendril::from(source.replace("\r\n", "\n").replace('\r', "\n")),
        None => StrTendril::from(source),
    };
    // Zero bytes mean something else in nearly every place.
    let common = memchr::memchr(0, source.as_bytes()).is_none();
    Feed { builder, source: &source, at: 0, names: Names::default(), common }.run();
}

/// How what comes next is read.
#[derive(Debug, Clone)]
enum Mode {
    /// As text and tags.
    Data,
    /// As text up to the end of the element with this name.
    Raw(RawKind, LocalName),
    /// As text up to the end.
    Plain,
}

struct Feed<'a> {
    builder: &'a Builder,
    source: &'a StrTendril,
    at: usize,
    names: Names<'a>,
    /// Whether anything may be read here, rather than by html5ever's tokenizer.
    common: bool,
}

impl Feed<'_> {
    fn run(mut self) {
        let mut mode = Mode::Data;
        if self.common {
            self.skip_mark();
        }
        let mut look = CHUNK;
        while self.at < self.source.len() {
            if self.common && self.at >= look {
                look = self.at + CHUNK;
                if self.builder.sink.is_deep(DEEPEST) {
                    return self.flat(mode);
                }
            }
            let next = match &mode {
                _ if !self.common => None,
                Mode::Data => self.data(),
                Mode::Raw(kind, name) => self.raw(*kind, name),
                Mode::Plain => None,
            };
            match next.or_else(|| self.rest(&mode)) {
                Some(next) => mode = next,
                None => return,
            }
        }
        self.send(Token::EOFToken);
        self.builder.end();
    }

    /// Reads the rest without its tags.
    fn flat(&self, mode: Mode) {
        if let Mode::Raw(_, name) = mode {
            let tag = Tag {
                kind: TagKind::EndTag,
                name,
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            };
            self.send(Token::TagToken(tag));
        }
        let words = StrTendril::from(without_tags(&self.source[self.at..]));
        let mut rest = Feed { builder: self.builder, source: &words, at: 0, names: Names::default(), common: true };
        // What is no common reference stays as it is written.
        while rest.words(words.len()).is_none() {
            rest.send(Token::CharacterTokens(StrTendril::from_char('&')));
            rest.at += 1;
        }
        self.send(Token::EOFToken);
        self.builder.end();
    }

    /// Goes past a byte order mark, as html5ever does wherever it begins anew.
    fn skip_mark(&mut self) {
        if self.source[self.at..].starts_with('\u{feff}') {
            self.at += '\u{feff}'.len_utf8();
        }
    }

    fn send(&self, token: Token) {
        // Only tags ask for anything.
        let _ = self.builder.process_token(token, 1);
    }

    fn piece(&self, from: usize, to: usize) -> StrTendril {
        // Positions in a tendril are of 32 bits, as is its length.
        self.source.subtendril(from as u32, (to - from) as u32)
    }

    /// Reads text and one thing behind it; `None` where html5ever must.
    fn data(&mut self) -> Option<Mode> {
        let bytes = self.source.as_bytes();
        let end = memchr::memchr(b'<', &bytes[self.at..]).map_or(bytes.len(), |found| self.at + found);
        self.words(end)?;
        let Some(behind) = bytes.get(end + 1..) else { return Some(Mode::Data) };
        match behind {
            [b'/', first, ..] if first.is_ascii_alphabetic() => self.tag(TagKind::EndTag, end + 2),
            [first, ..] if first.is_ascii_alphabetic() => self.tag(TagKind::StartTag, end + 1),
            [b'!', b'-', b'-', inside @ ..] => {
                let length = tag::comment(inside)?;
                self.at = end + 4 + length;
                self.send(Token::CommentToken(StrTendril::new()));
                Some(Mode::Data)
            }
            _ => None,
        }
    }

    /// Sends the text up to a place, character references resolved; `None`, having stopped before it, at one that is not
    /// common.
    fn words(&mut self, end: usize) -> Option<()> {
        let source: &str = self.source;
        let mut look = self.at;
        while let Some(found) = memchr::memchr(b'&', &source.as_bytes()[look..end]) {
            let mark = look + found;
            let piece = tag::reference(&source[mark..end], false);
            if let Some(Piece::Itself(length)) = piece {
                look = mark + length;
                continue;
            }
            if self.at < mark {
                self.send(Token::CharacterTokens(self.piece(self.at, mark)));
                self.at = mark;
            }
            let Some(Piece::Character(c, length)) = piece else { return None };
            self.send(Token::CharacterTokens(StrTendril::from_char(c)));
            self.at = mark + length;
            look = self.at;
        }
        if self.at < end {
            self.send(Token::CharacterTokens(self.piece(self.at, end)));
            self.at = end;
        }
        Some(())
    }

    fn tag(&mut self, kind: TagKind, from: usize) -> Option<Mode> {
        let source = self.source;
        let read = match kind {
            TagKind::StartTag => tag::start(source, from, &mut self.names)?,
            TagKind::EndTag => tag::end(source, from, &mut self.names)?,
        };
        self.at = read.end;
        let name = read.tag.name.clone();
        let next = mode(self.builder.process_token(Token::TagToken(read.tag), 1), name);
        if next.1 {
            self.skip_mark();
        }
        Some(next.0)
    }

    /// Reads the inside of an element that has nothing but text; `None` where html5ever must.
    fn raw(&mut self, kind: RawKind, name: &LocalName) -> Option<Mode> {
        let bytes = self.source.as_bytes();
        let end = self.at + tag::raw_end(&bytes[self.at..], name)?;
        match kind {
            RawKind::Rcdata => self.words(end)?,
            // What is commented out inside a script may hide its end.
            RawKind::ScriptData if memchr::memmem::find(&bytes[self.at..end], b"<!--").is_some() => return None,
            RawKind::ScriptData | RawKind::Rawtext => {
                if self.at < end {
                    self.send(Token::CharacterTokens(self.piece(self.at, end)));
                    self.at = end;
                }
            }
            RawKind::ScriptDataEscaped(_) => return None,
        }
        Some(Mode::Data)
    }

    /// Where a chunk ends that begins at `from`: behind a tag, so that none is cut where the rest is read without them.
    fn chunk(&self, from: usize) -> usize {
        let source: &str = self.source;
        if source.len() - from <= CHUNK {
            return source.len();
        }
        let whole = memchr::memrchr(b'>', &source.as_bytes()[from..from + CHUNK]);
        whole.map_or_else(|| source.floor_char_boundary(from + CHUNK), |at| from + at + 1)
    }

    /// Lets html5ever's tokenizer read on, up to and including the next tag; `None` where it came to the end.
    fn rest(&mut self, mode: &Mode) -> Option<Mode> {
        let (state, last) = match mode {
            Mode::Data => (State::Data, None),
            Mode::Raw(kind, name) => (State::RawData(*kind), Some(name.to_string())),
            Mode::Plain => (State::Plaintext, None),
        };
        let queue = BufferQueue::default();
        // Where all is html5ever's, how deep it goes is looked at between chunks.
        let mut end = if self.common { self.source.len() } else { self.chunk(self.at) };
        queue.push_back(self.piece(self.at, end));
        let options = TokenizerOpts {
            discard_bom: !self.common,
            initial_state: Some(state),
            last_start_tag_name: last,
            ..TokenizerOpts::default()
        };
        let sink = UpToTag { builder: self.builder, queue: &queue, stop: self.common, found: RefCell::new(None) };
        let tokenizer = Tokenizer::new(sink, options);
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        while end < self.source.len() && tokenizer.sink.found.borrow().is_none() {
            let from = end;
            end = self.chunk(from);
            if self.builder.sink.is_deep(DEEPEST) {
                queue.push_back(StrTendril::from(LEAVE));
                queue.push_back(StrTendril::from(without_tags(&self.source[from..])));
                end = self.source.len();
            } else {
                queue.push_back(self.piece(from, end));
            }
            while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        }
        let Some((next, left)) = tokenizer.sink.found.take() else {
            tokenizer.end();
            return None;
        };
        self.at = self.source.len() - left;
        if next.1 {
            self.skip_mark();
        }
        Some(next.0)
    }
}

/// What the builder's answer to a tag means for what comes next, and whether html5ever begins anew there.
fn mode(answer: TokenSinkResult<u32>, name: LocalName) -> (Mode, bool) {
    match answer {
        TokenSinkResult::Continue => (Mode::Data, false),
        TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => (Mode::Data, true),
        TokenSinkResult::Plaintext => (Mode::Plain, false),
        TokenSinkResult::RawData(kind) => (Mode::Raw(kind, name), false),
    }
}

/// Hands tokens on, and takes away what is left to read behind the first tag.
struct UpToTag<'a> {
    builder: &'a Builder,
    queue: &'a BufferQueue,
    stop: bool,
    /// How to go on behind the tag, and how many bytes were left.
    found: RefCell<Option<((Mode, bool), usize)>>,
}

impl TokenSink for UpToTag<'_> {
    type Handle = u32;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<u32> {
        let name = match &token {
            Token::TagToken(Tag { name, .. }) if self.stop => name.clone(),
            _ => return self.builder.process_token(token, line),
        };
        let answer = self.builder.process_token(token, line);
        let (next, answer) = match answer {
            TokenSinkResult::RawData(kind) => (TokenSinkResult::RawData(kind), TokenSinkResult::RawData(kind)),
            TokenSinkResult::Plaintext => (TokenSinkResult::Plaintext, TokenSinkResult::Plaintext),
            TokenSinkResult::Continue => (TokenSinkResult::Continue, TokenSinkResult::Continue),
            anew @ (TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_)) => {
                (anew, TokenSinkResult::Continue)
            }
        };
        let left = std::iter::from_fn(|| self.queue.pop_front()).map(|piece| piece.len()).sum();
        self.found.replace(Some((mode(next, name), left)));
        answer
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Markup with a space in the place of each tag.
fn without_tags(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push(' ');
        // What is no tag, or is never closed, keeps its words.
        let inner = &rest[at + 1..];
        let is_tag = inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let end = memchr::memchr2(b'<', b'>', inner.as_bytes()).filter(|end| is_tag && inner.as_bytes()[*end] == b'>');
        rest = &inner[end.map_or(0, |end| end + 1)..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        crate::model::words::single_spaced(&page(source).text())
    }

    #[test]
    fn a_page_of_opening_tags_is_read_to_its_end() {
        // Without a bound this takes many minutes.
        for tag in ["<div>", "<blockquote><p>", "<table><tr><td>", "<b><i>", "<ul><li>", "<section x='"] {
            // a zero byte leaves the whole page to html5ever
            for zero in ["", "\0"] {
                let page = format!("<p>first</p>{zero}{}<p>last &amp; least</p>", tag.repeat(300_000 / tag.len()));
                let text = text(&page);
                assert!(text.starts_with("first"), "{tag}");
                assert!(
                    tag.ends_with('\'') || text.ends_with("last & least"),
                    "{tag}{zero:?}: {}",
                    &text[text.len().saturating_sub(80)..]
                );
            }
        }
        let page = format!("{}<script>var a;", "<div>".repeat(CHUNK / 5 - 2));
        assert!(text(&format!("{page}{}</script><p>last</p>", " ".repeat(CHUNK))).ends_with("last"));
    }

    #[test]
    fn tags_are_taken_out_and_words_stay() {
        assert_eq!(without_tags("a<b c='d'>e</b>f<!-- g -->h < 3 i<j"), "a e f h   3 i j");
    }
}
