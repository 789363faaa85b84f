//! Colours, when wanted.

use std::borrow::Cow;

use crate::report::diff::Change;

/// Puts colour sequences around text, or nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    on: bool,
}

impl Paint {
    pub(super) fn new(on: bool) -> Paint {
        Paint { on }
    }

    pub(super) fn bold(self, text: &str) -> Cow<'_, str> {
        self.sgr("1", text)
    }

    pub(super) fn faint(self, text: &str) -> Cow<'_, str> {
        self.sgr("2", text)
    }

    /// Red for what a alone has, green for what b alone has, yellow for what moved; bold for changed numbers and names.
    pub(super) fn change(self, change: Change, side: Side, text: &str) -> Cow<'_, str> {
        match (change, side) {
            (Change::Same, _) => Cow::Borrowed(text),
            (Change::Number | Change::Name, Side::A) => self.sgr("1;31", text),
            (Change::Number | Change::Name, Side::B) => self.sgr("1;32", text),
            (Change::MovedAway | Change::MovedHere, _) => self.sgr("33", text),
            (_, Side::A) => self.sgr("31", text),
            (_, Side::B) => self.sgr("32", text),
        }
    }

    fn sgr<'t>(self, code: &str, text: &'t str) -> Cow<'t, str> {
        match self.on {
            true => Cow::Owned(format!("\x1b[{code}m{text}\x1b[0m")),
            false => Cow::Borrowed(text),
        }
    }
}

/// The document some words are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

/// What stands before and after changed words, so that they are told without colour.
pub(super) fn marks(change: Change, side: Side) -> (&'static str, &'static str) {
    match (change, side) {
        (Change::Same, _) => ("", ""),
        (Change::Number | Change::Name, Side::A) => ("≠[-", "-]"),
        (Change::Number | Change::Name, Side::B) => ("≠{+", "+}"),
        (Change::Form, Side::A) => ("≈[-", "-]"),
        (Change::Form, Side::B) => ("≈{+", "+}"),
        (Change::MovedAway | Change::MovedHere, Side::A) => ("[~", "~]"),
        (Change::MovedAway | Change::MovedHere, Side::B) => ("{~", "~}"),
        (_, Side::A) => ("[-", "-]"),
        (_, Side::B) => ("{+", "+}"),
    }
}
