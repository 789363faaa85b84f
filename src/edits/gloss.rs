//! Words in brackets that explain the word before them.

use crate::edits::Side;
use crate::edits::slot::ends_sentence;
use crate::model::{ByteSpan, Flags, Span, TokenSpan};

/// Words of a run that stand in brackets, and their bytes with the brackets.
pub(super) fn gloss(run: TokenSpan, side: Side<'_>) -> Option<(TokenSpan, ByteSpan)> {
    let tokens = side.tokens;
    let gap_before = |at: u32| {
        let from = at.checked_sub(1).map_or(0, |it| tokens.bytes(it as usize).end());
        (from, tokens.bytes(at as usize).start())
    };
    let (from, to) = (gap_before(run.start()).0, tokens.bytes(run.end() as usize - 1).start());
    if !side.text[from as usize..to as usize].contains(['(', '[']) {
        return None;
    }
    for first in run.start()..run.end() {
        let (from, to) = gap_before(first);
        let Some((at, open)) =
            side.text[from as usize..to as usize].char_indices().rev().find(|(_, c)| matches!(c, '(' | '['))
        else {
            continue;
        };
        let close = if open == '(' { ')' } else { ']' };
        for last in first..run.end() {
            let end = tokens.bytes(last as usize).end() as usize;
            let next = tokens.places.get(last as usize + 1).map_or(side.text.len(), |it| it.start as usize);
            if let Some(shut) = side.text[end..next].find(close) {
                let bytes = Span::new(from + at as u32, (end + shut + 1) as u32);
                return Some((Span::new(first, last + 1), bytes));
            }
        }
    }
    None
}

/// Whether words in brackets belong to the word before them: nothing but a blank, or a mark of quotation, stands between. What
/// follows a full stop or a comma, as in a dateline, is about the text; `god(s)` is one word.
pub(super) fn explains(side: Side<'_>, words: TokenSpan, bytes: ByteSpan) -> bool {
    words.start().checked_sub(1).is_some_and(|before| {
        let end = side.tokens.bytes(before as usize).end();
        let between = &side.text[end as usize..bytes.start() as usize];
        let is_quiet = |c: char| c.is_whitespace() || matches!(c, '"' | '”' | '»' | '\'' | '’');
        between.contains(char::is_whitespace) && between.chars().all(is_quiet) && !ends_sentence(side, before)
    })
}

/// Whether the sentence goes on behind a bracket, or ends there: a capital right behind it begins something else, or a name that
/// the bracket is a part of, as in `Holm (Europe) Ltd`.
pub(super) fn goes_on(side: Side<'_>, words: TokenSpan, bytes: ByteSpan) -> bool {
    let next = words.end() as usize;
    next >= side.tokens.len()
        || !side.tokens.is(next, Flags::CAPITAL)
        || side.text[bytes.end() as usize..side.tokens.bytes(next).start() as usize]
            .contains(|c: char| !c.is_whitespace())
}

/// Whether a bracket opens right behind the token before `at`.
pub(super) fn has_bracket(side: Side<'_>, at: u32) -> bool {
    let from = at.checked_sub(1).map_or(0, |it| side.tokens.bytes(it as usize).end() as usize);
    let to = side.tokens.places.get(at as usize).map_or(side.text.len(), |it| it.start as usize);
    side.text[from..to].contains(['(', '['])
}

/// Whether words in brackets explain nothing: short for the name before (`EPA`, `IEDs`), a number (`H.R. 4613`), a party and a
/// place (`R-Ore.`), where a page goes on (`Continued on Page Two`), what a page is made of (`image:mill.jpg|thumb`).
pub(super) fn is_label(side: Side<'_>, words: TokenSpan, bytes: ByteSpan) -> bool {
    const MOST: u32 = 4;
    let raw = |at: u32| &side.text[side.tokens.bytes(at as usize).range()];
    let is_capitals = |at: u32| raw(at).trim_end_matches('s').chars().all(|c| !c.is_lowercase());
    let is = |at: u32, word: &str| raw(at).eq_ignore_ascii_case(word);
    let first = words.start();
    (words.start()..words.end()).all(is_capitals)
        || (words.len() <= MOST && is_capitals(first) && (raw(first).len() == 1 || raw(first).contains('-')))
        || is(first, "continued")
        || side.text[bytes.range()].contains('|')
}
