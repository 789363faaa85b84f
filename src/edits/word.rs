//! The words of a region, looked up once; what few are asked for is worked out when it is.

use std::cell::{Cell, OnceCell};

use crate::edits::Side;
use crate::edits::folded::{Folded, folded, is_plain};
use crate::edits::terms::{Term, term, term_in_any_case};
use crate::model::{Flags, TokenSpan};

/// One word with what is asked of it again and again.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    /// Position in the document.
    pub(super) at: u32,
    /// As given.
    pub(super) raw: &'t str,
    /// Key of its stem.
    pub(super) key: u64,
    /// What it contributes to a number or date.
    pub(super) term: Option<Term>,
    /// Its flags.
    pub(super) flags: Flags,
    /// Whether it is a name; none is before [`find_names`] was called.
    pub(super) naming: Naming,
    /// Whether the edit script changes it.
    pub(super) changed: bool,
    /// Whether it belongs to a number or date.
    pub(super) value: bool,
    /// Whether it has a label.
    pub(super) taken: bool,
    /// Whether, being a name, it is one that the other side lacks; `None` before someone asked.
    pub(super) own: Cell<Option<bool>>,
    text: OnceCell<Folded<'t>>,
    side: &'t Side<'t>,
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

impl<'t> Word<'t> {
    fn new(side: &'t Side<'t>, at: u32) -> Word<'t> {
        let place = side.tokens.places[at as usize];
        let raw = raw(*side, at as usize);
        let mut word = Word {
            at,
            raw,
            key: side.tokens.keys[at as usize],
            term: None,
            flags: place.flags,
            naming: Naming::No,
            changed: false,
            value: false,
            taken: false,
            own: Cell::new(None),
            text: OnceCell::new(),
            side,
        };
        word.term = word.find_term();
        word
    }

    /// What only differs in case is not folded to be looked up, since most words are in no table; nor are digits.
    fn find_term(&self) -> Option<Term> {
        match self.raw.as_bytes() {
            [b'0'..=b'9', others @ ..] if others.is_ascii() => None,
            _ if self.is_plain() => term_in_any_case(self.raw),
            _ => term(self.text()),
        }
    }

    /// Whether it is folded by making its letters small.
    pub(super) fn is_plain(&self) -> bool {
        is_plain(self.raw)
    }

    /// Folded, without a possessive.
    pub(super) fn text(&self) -> &str {
        self.text.get_or_init(|| folded(self.raw)).as_str()
    }

    /// The side it stands on.
    pub(super) fn side(&self) -> Side<'t> {
        *self.side
    }

    /// What stands between it and the word before.
    pub(super) fn before(&self) -> &'t str {
        between(*self.side, self.at as usize)
    }

    /// What stands between it and the word after.
    pub(super) fn after(&self) -> &'t str {
        between(*self.side, self.at as usize + 1)
    }

    /// Whether nothing but a blank or a hyphen stands before it.
    pub(super) fn follows_closely(&self) -> bool {
        let before = self.before();
        before == " "
            || before.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}'))
    }

    /// Whether it is all capitals.
    pub(super) fn is_capitals(&self) -> bool {
        self.raw.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    }
}

/// Bytes looked at between two words.
const MOST_BETWEEN: usize = 8;

/// Puts the words of `span` in place of what `words` holds.
pub(super) fn fill<'t>(words: &mut Vec<Word<'t>>, side: &'t Side<'t>, span: TokenSpan) {
    words.clear();
    words.extend((span.start()..span.end()).map(|at| Word::new(side, at)));
}

/// Tells which of the words are names.
pub(super) fn find_names(words: &mut [Word<'_>]) {
    for word in words {
        let may_name = word.flags.has(Flags::CAPITAL) && word.term.is_none();
        word.naming = if may_name { naming(*word.side, word.at as usize) } else { Naming::No };
    }
}

/// Whether word `index` may be part of a number, amount or date, as far as it tells by itself; so may all that is to be
/// folded before it is looked up.
pub(super) fn may_count(side: Side<'_>, index: usize) -> bool {
    let raw = raw(side, index);
    side.tokens.is(index, Flags::NUMBER)
        || !is_plain(raw)
        || raw.eq_ignore_ascii_case("us")
        || term_in_any_case(raw).is_some()
}

/// Whether word `index` may be a name, as far as its flags and length tell: what [`naming`] calls a name is no function
/// word and no number, unless it is an initial.
pub(super) fn may_name(side: Side<'_>, index: usize) -> bool {
    let is = |flags| side.tokens.is(index, flags);
    is(Flags::CAPITAL)
        && ((!is(Flags::NUMBER) && !is(Flags::STOP)) || raw(side, index).chars().nth(1).is_none())
}

fn raw<'t>(side: Side<'t>, index: usize) -> &'t str {
    &side.text[side.tokens.bytes(index).range()]
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
    if !side.tokens.is(index, Flags::REPEATED) {
        return Naming::Maybe;
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
        && raw(side, index).chars().count() == 1
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_096))]

        #[test]
        fn plain_words_are_looked_up_in_any_case(raw in "[A-Za-z0-9]{1,10}|[Mm][Aa][RrYy]([Cc][Hh])?|[Nn]oon|K[Mm]") {
            prop_assert_eq!(term_in_any_case(&raw), term(folded(&raw).as_str()));
        }
    }
}
