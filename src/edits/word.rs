//! The words of a region, looked up once.

use std::borrow::Cow;

use crate::edits::Side;
use crate::edits::terms::{Term, term};
use crate::model::{Flags, TokenSpan};
use crate::normalize::fold;

/// One word with what is asked of it again and again.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    /// Position in the document.
    pub(super) at: u32,
    /// As given.
    pub(super) raw: &'t str,
    /// Folded, without a possessive.
    pub(super) text: Cow<'t, str>,
    /// Key of its stem.
    pub(super) key: u64,
    /// What stands between it and the word before.
    pub(super) before: &'t str,
    /// What stands between it and the word after.
    pub(super) after: &'t str,
    /// What it contributes to a number or date.
    pub(super) term: Option<Term>,
    /// Its flags.
    pub(super) flags: Flags,
    /// Whether it is a name.
    pub(super) naming: Naming,
    /// Whether the edit script changes it.
    pub(super) changed: bool,
    /// Whether it belongs to a number or date.
    pub(super) value: bool,
    /// Whether it has a label.
    pub(super) taken: bool,
}

/// Whether a word is a name, as far as its capital tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// It is not.
    No,
    /// It begins a sentence and may be one.
    Maybe,
    /// It has a capital where other words have none.
    Yes,
}

impl Word<'_> {
    /// Whether nothing but a blank or a hyphen stands before it.
    pub(super) fn follows_closely(&self) -> bool {
        self.before == " "
            || self.before.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}'))
    }

    /// Whether it is all capitals.
    pub(super) fn is_capitals(&self) -> bool {
        self.raw.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    }
}

/// Bytes looked at between two words.
const MOST_BETWEEN: usize = 8;

/// The words of `span`.
#[must_use]
pub(super) fn words(side: Side<'_>, span: TokenSpan) -> Vec<Word<'_>> {
    (span.start()..span.end())
        .map(|at| {
            let index = at as usize;
            let raw = &side.text[side.tokens.bytes(index).range()];
            let text = folded(raw);
            let term = term(&text);
            let naming = if term.is_none() { naming(side, index) } else { Naming::No };
            Word {
                at,
                raw,
                text,
                key: side.tokens.keys[index],
                before: between(side, index),
                after: between(side, index + 1),
                term,
                flags: side.tokens.places[index].flags,
                naming,
                changed: false,
                value: false,
                taken: false,
            }
        })
        .collect()
}

/// Folded, without a possessive.
fn folded(raw: &str) -> Cow<'_, str> {
    if raw.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) || is_decimal(raw) {
        return Cow::Borrowed(raw);
    }
    let mut text = fold(raw);
    if text.ends_with("'s") {
        text.truncate(text.len() - 2);
    }
    Cow::Owned(text)
}

/// Whether a word is digits around one point, which is the folded form already.
fn is_decimal(raw: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    raw.split_once('.').is_some_and(|(whole, fraction)| digits(whole) && digits(fraction))
}

/// What stands before word `index`, or after the last one.
fn between(side: Side<'_>, index: usize) -> &str {
    let start = index.checked_sub(1).map_or(0, |before| side.tokens.bytes(before).end() as usize);
    let end = match index < side.tokens.len() {
        true => side.tokens.bytes(index).start() as usize,
        false => side.text.len(),
    };
    match side.text.get(start..end) {
        Some(gap) if gap.len() <= MOST_BETWEEN => gap,
        // What adjoins a word is at the ends of the gap; what is long is no part of a number.
        _ => "…",
    }
}

/// Words on either side that tell whether a capital means something: in a headline it does not.
const NEIGHBOURS: usize = 5;

/// Capitals among the neighbours from which, with no small word between them, a line is a headline.
const HEADLINE: usize = 3;

/// How far around a word that begins a sentence its like is looked for, in words.
const NEARBY: usize = 512;

fn naming(side: Side<'_>, index: usize) -> Naming {
    if is_initial(side, index) {
        return Naming::Yes;
    }
    if !is_capital(side, index) || is_headline(side, index) {
        return Naming::No;
    }
    if !begins_sentence(side, index) {
        return Naming::Yes;
    }
    let key = side.tokens.keys[index];
    let near = index.saturating_sub(NEARBY)..side.tokens.len().min(index + NEARBY);
    let named = near.into_iter().any(|other| {
        side.tokens.keys[other] == key
            && is_capital(side, other)
            && !begins_sentence(side, other)
            && !is_headline(side, other)
    });
    if named { Naming::Yes } else { Naming::Maybe }
}

/// `I.` before a name: a capital with a full stop that does not end the sentence.
fn is_initial(side: Side<'_>, index: usize) -> bool {
    side.tokens.is(index, Flags::CAPITAL)
        && !side.tokens.is(index, Flags::SENTENCE_END)
        && side.text[side.tokens.bytes(index).range()].chars().count() == 1
        && between(side, index + 1).starts_with('.')
}

fn is_capital(side: Side<'_>, index: usize) -> bool {
    let is = |flags| side.tokens.is(index, flags);
    is(Flags::CAPITAL) && !is(Flags::NUMBER) && !is(Flags::STOP)
}

/// Whether a capital is due there anyway: after a full stop, a colon or an opening quotation mark.
fn begins_sentence(side: Side<'_>, index: usize) -> bool {
    index == 0
        || side.tokens.is(index - 1, Flags::SENTENCE_END)
        || side.tokens.is(index, Flags::PARAGRAPH_START)
        || between(side, index).contains([':', '"', '“', '«', '„', '‘', '•'])
}

/// Whether all content words around have a capital.
fn is_headline(side: Side<'_>, index: usize) -> bool {
    let tokens = side.tokens;
    let left = (0..index).rev().take_while(|&at| !tokens.is(at, Flags::SENTENCE_END));
    let right = (index + 1..tokens.len()).take_while(|&at| !tokens.is(at - 1, Flags::SENTENCE_END));
    let content = |at: &usize| !tokens.is(*at, Flags::STOP) && !tokens.is(*at, Flags::NUMBER);
    let mut capitals = 0;
    for at in left.filter(content).take(NEIGHBOURS).chain(right.filter(content).take(NEIGHBOURS)) {
        if !tokens.is(at, Flags::CAPITAL) {
            return false;
        }
        capitals += 1;
    }
    capitals >= HEADLINE
}
