//! Texts with marked stretches, and their surroundings, as pieces of HTML.

use std::fmt::{self, Display, Formatter};

use askama::filters::HtmlSafe;

use crate::model::report::PassageReport;
use crate::report::escape::html_text;
use crate::report::excerpt;
use crate::report::marks::{Kind, Mark};

/// A text of a page or manifest, escaped as it is printed.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown(pub(super) String);

impl Display for Shown {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        html_text(&self.0, f)
    }
}

impl HtmlSafe for Shown {}

impl From<&str> for Shown {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// Which element a stretch stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    /// Words that only we have.
    Ours,
    /// Words that only the source has.
    Theirs,
    /// Words of the source that are not ours: what differs.
    Differs,
    /// An edit that is marked as one.
    Light,
    /// What the claim rests on.
    Rest,
    /// What stands around a passage.
    Around,
}

/// A text in stretches. The elements are this module's own, the texts are escaped.
#[derive(Debug, Clone, Default)]
pub(super) struct Marked {
    html: String,
}

impl Marked {
    pub(super) fn push(&mut self, text: &str, ink: Ink) {
        if text.is_empty() {
            return;
        }
        let (open, close) = match ink {
            Ink::Plain => ("", ""),
            Ink::Ours => ("<del>", "</del>"),
            Ink::Theirs => ("<ins>", "</ins>"),
            Ink::Differs => ("<ins class=\"x\">", "</ins>"),
            Ink::Light => ("<i class=\"e\">", "</i>"),
            Ink::Rest => ("<mark>", "</mark>"),
            Ink::Around => ("<span class=\"near\">", "</span>"),
        };
        self.html.push_str(open);
        let _ = html_text(text, &mut self.html);
        self.html.push_str(close);
    }

    /// A place at which words are missing.
    fn missing(&mut self) {
        self.html.push_str("<span class=\"gap\"><span class=\"vh\">(words missing here)</span></span>");
    }

    /// A place that links lead to. `id` is one of ours.
    pub(super) fn place(&mut self, id: &str) {
        self.html.push_str("<span id=\"");
        let _ = html_text(id, &mut self.html);
        self.html.push_str("\"></span>");
    }
}

impl Display for Marked {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.html)
    }
}

impl HtmlSafe for Marked {}

/// A text with its marks.
pub(super) fn marked(text: &str, marks: &[Mark], heavy: Ink) -> Marked {
    let mut out = Marked::default();
    marks_into(&mut out, text, marks, heavy, Ink::Plain);
    out
}

fn marks_into(out: &mut Marked, text: &str, marks: &[Mark], heavy: Ink, plain: Ink) {
    let characters: Vec<char> = text.chars().collect();
    let part = |from: usize, to: usize| characters[from..to].iter().collect::<String>();
    let mut end = 0;
    for mark in marks {
        let (from, to) = (mark.from.clamp(end, characters.len()), mark.to.clamp(end, characters.len()));
        out.push(&part(end, from), plain);
        if mark.from == mark.to {
            out.missing();
        }
        out.push(&part(from, to), if mark.kind == Kind::Heavy { heavy } else { Ink::Light });
        end = to.max(from);
    }
    out.push(&part(end, characters.len()), plain);
}

/// A passage between what stands before and after it. `marks` lie in the passage; without any, all of it is marked. `heavy`
/// says what marks are: words that agree with ours, or words that differ.
pub(super) fn passage(passage: &PassageReport, marks: &[Mark], heavy: Ink, most: usize) -> Marked {
    let context = excerpt::context(passage, most);
    let mut out = Marked::default();
    let before = format!("{}{}", if context.cut_before { "… " } else { "" }, context.before);
    out.push(&before, Ink::Around);
    if marks.is_empty() {
        out.push(&passage.text, Ink::Rest);
    } else {
        marks_into(&mut out, &passage.text, marks, heavy, Ink::Plain);
    }
    let after = format!("{}{}", context.after, if context.cut_after { " …" } else { "" });
    out.push(&after, Ink::Around);
    out
}

/// The parts of a passage, as marks in it.
pub(super) fn parts(passage: &PassageReport) -> Vec<Mark> {
    let length = passage.text.chars().count();
    let inside = |part: &[usize; 2]| {
        let (from, to) = (part[0].checked_sub(passage.start)?, part[1].checked_sub(passage.start)?);
        (from < to && to <= length).then_some(Mark { from, to, kind: Kind::Heavy })
    };
    passage.parts.iter().filter_map(inside).collect()
}
