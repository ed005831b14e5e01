//! The level of characters: what is set above the line or below it, and is no part of the words on it.

use super::super::notes;
use super::{Frame, Walk};
use crate::extract::raised::{self, Raised};
use crate::extract::tree::{Element, NodeRef};

impl<'a> Walk<'a> {
    /// Tells the mark of a note, which is no part of the words, from a power, which stays raised.
    pub(super) fn raise(&mut self, node: NodeRef<'a>, element: &Element, frame: &mut Frame<'a>) {
        if notes::is_hinted(element) || self.frames.last().is_some_and(|frame| frame.link) || notes::is_linked(node) {
            frame.skip = true;
            return;
        }
        if !self.sides.is_empty() {
            return;
        }
        let own = notes::inner_text(node);
        if notes::is_numerator(node) {
            // `4<sup>1</sup>/<sub>2</sub>` is four and a half.
            self.space |= self.out.ends_with(|c: char| c.is_ascii_digit());
            return;
        }
        let before = match self.start {
            Some(start) if !self.space => &self.out[start..],
            _ => "",
        };
        match raised::judge(before, &own, notes::behind(node), self.noted) {
            Raised::Joined => {}
            Raised::Note => frame.skip = true,
            Raised::Power(power) => {
                self.text(&power);
                frame.skip = true;
            }
        }
    }

    /// Digits below the line are no digits of the number that they stand behind.
    pub(super) fn lower(&mut self, node: NodeRef<'a>, frame: &mut Frame<'a>) {
        let before = match self.start {
            Some(start) if !self.space && self.sides.is_empty() => &self.out[start..],
            _ => "",
        };
        if let Some(lowered) = raised::lowered(before, &notes::inner_text(node)) {
            self.text(&lowered);
            frame.skip = true;
        }
    }

    /// Whether what comes next stands right behind a word.
    pub(super) fn is_glued(&self) -> bool {
        let word =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '”' | '’' | '»' | '"');
        self.start.is_some() && !self.space && self.sides.is_empty() && self.out.ends_with(word)
    }
}
