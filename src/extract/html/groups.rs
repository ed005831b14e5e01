//! Groups: one post, comment or live-blog entry of many, whose blocks share an author and a time.

use html5ever::local_name;

use super::entries;
use crate::extract::tree::Element;
use crate::extract::zones::Begins;
use crate::model::words::single_spaced;
use crate::model::{Block, Zone};

/// A post, comment or entry that is being read.
#[derive(Debug)]
pub(super) struct Group {
    first: usize,
    zone: Zone,
    author: Option<String>,
    time: Option<String>,
    /// Where the text of a signature ended: only the last words of a quotation sign it.
    signed: Option<usize>,
}

/// An element whose text is the author or the time of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    field: Field,
    /// Bytes of text that stood before it.
    from: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Author,
    Time,
    /// A name below a quotation: `<cite>`, `<footer>`.
    Signature,
}

/// Longest name or time that is taken for one, in bytes.
const LONG: usize = 80;

impl Group {
    /// A group whose blocks begin behind so many others.
    pub(super) fn new(first: usize, zone: Zone) -> Self {
        Self { first, zone, author: None, time: None, signed: None }
    }

    /// What an element inside says of the group: the time of its `datetime`, or that its text will be author or time.
    pub(super) fn mark(&mut self, element: &Element, from: usize) -> Option<Mark> {
        if *element.name() == local_name!("time") && self.time.is_none() {
            match element
                .attr(&local_name!("datetime"))
                .map(str::trim)
                .filter(|time| !time.is_empty() && time.len() <= LONG)
            {
                Some(time) => self.time = Some(time.to_owned()),
                None => return Some(Mark { field: Field::Time, from }),
            }
            return None;
        }
        if self.time.is_none() && entries::is_time(element) {
            // `<meta itemprop="datePublished">` has no text.
            self.time = element.attr(&local_name!("content")).map(str::to_owned).filter(|time| time.len() <= LONG);
            return None;
        }
        if matches!(self.zone, Zone::Post | Zone::Blockquote | Zone::PullQuote)
            && matches!(*element.name(), local_name!("cite") | local_name!("footer") | local_name!("figcaption"))
        {
            return Some(Mark { field: Field::Signature, from });
        }
        let hinted = |hints: &[&str]| {
            element
                .classes()
                .chain(element.attr(&local_name!("itemprop")))
                .chain(element.attr(&local_name!("rel")))
                .any(|word| {
                    let last = word.rsplit(['-', '_']).next().unwrap_or(word);
                    hints.iter().any(|hint| last.eq_ignore_ascii_case(hint))
                })
        };
        if self.author.is_none() && self.zone != Zone::LiveEntry && hinted(&["author", "username", "fn", "handle"]) {
            return Some(Mark { field: Field::Author, from });
        }
        if self.time.is_none() && hinted(&["time", "timestamp", "datetime", "date"]) {
            return Some(Mark { field: Field::Time, from });
        }
        None
    }

    /// Takes the text of a marked element.
    pub(super) fn marked(&mut self, mark: Mark, out: &str) {
        let text = single_spaced(out.get(mark.from..).unwrap_or_default());
        if text.is_empty() || text.len() > LONG {
            return;
        }
        match mark.field {
            // A footer holds the whole signature, a work cited in it only a part.
            Field::Signature => {
                let name = text.trim_start_matches(['—', '–', '-', '―', ' ']).to_owned();
                self.signed = Some(out.len());
                self.author.insert(name)
            }
            Field::Author => self.author.get_or_insert(text),
            Field::Time if text.contains(|c: char| c.is_ascii_digit()) => self.time.get_or_insert(text),
            Field::Time => return,
        };
    }

    /// Gives author and time to the blocks of the group.
    pub(super) fn sign(mut self, out: &str, blocks: &mut [Block]) {
        let first = self.first.min(blocks.len());
        // A work that is named inside a quotation does not sign it.
        if self.signed.take_if(|end| out.get(*end..).is_none_or(|rest| !rest.trim().is_empty())).is_some() {
            self.author = None;
        }
        if self.zone == Zone::Post {
            self.read_signature(out, &blocks[first..]);
        }
        if self.zone == Zone::LiveEntry && self.time.is_none() {
            // What it begins with, where nothing says that it is a time.
            let lead = blocks.get(first).map(|block| out[block.range.span()].trim()).filter(|lead| lead.len() <= 24);
            self.time = lead.filter(|lead| entries::of_text(lead) == Begins::Clock).map(str::to_owned);
        }
        for block in &mut blocks[first..] {
            block.author = block.author.take().or_else(|| self.author.clone());
            block.time = block.time.take().or_else(|| self.time.clone());
        }
    }

    /// Reads the signature of an embedded post: `— Name (@handle) date`, or `A post shared by Name (@handle)`.
    fn read_signature(&mut self, out: &str, blocks: &[Block]) {
        for block in blocks.iter().rev() {
            let text = out[block.range.span()].trim();
            let last = text.rsplit('\n').next().unwrap_or(text);
            let signed = last
                .strip_prefix(['—', '–', '-'])
                .or_else(|| last.split_once("shared by ").map(|(_, name)| name))
                .or_else(|| last.rsplit_once("— ").filter(|(_, name)| name.contains("(@")).map(|(_, name)| name));
            let Some(signed) = signed.map(str::trim).filter(|signed| !signed.is_empty() && signed.len() <= 200) else {
                continue;
            };
            let (author, time) = match signed.split_once(')') {
                Some((author, time)) => (format!("{})", author.trim()), time.trim()),
                None => (signed.to_owned(), ""),
            };
            self.author = Some(author);
            let time = time.trim_start_matches("on ").trim();
            if !time.is_empty() && time.len() <= LONG {
                self.time = Some(time.to_owned());
            }
            return;
        }
    }
}

/// Signs the quotations of a `<figure>` with its caption, where it has one and no more: the attribution of a quotation
/// stands outside of it (HTML standard, section 4.4.4).
pub(super) fn sign_figure(first: usize, out: &str, blocks: &mut [Block]) {
    let Some(own) = blocks.get_mut(first..) else { return };
    let quotes = |block: &Block| matches!(block.zone, Zone::Blockquote | Zone::PullQuote);
    let mut captions = own.iter().filter(|block| block.zone == Zone::Caption);
    let (Some(caption), None) = (captions.next(), captions.next()) else { return };
    let name = single_spaced(out.get(caption.range.span()).unwrap_or_default());
    let name = name.trim_start_matches(['—', '–', '-', '―', ' ']);
    if name.is_empty() || name.len() > LONG {
        return;
    }
    for block in own.iter_mut().filter(|block| quotes(block)) {
        block.author.get_or_insert_with(|| name.to_owned());
    }
}
