//! What is explained in brackets.

use crate::edits::Side;
use crate::model::{ByteSpan, Span, TokenSpan};

/// Words of a run that stand in brackets, and their bytes with the brackets.
pub(super) fn in_brackets(run: TokenSpan, side: Side<'_>) -> Option<(TokenSpan, ByteSpan)> {
    let tokens = side.tokens;
    for first in run.start()..run.end() {
        let gap = side.gap_before(first);
        let Some(at) = gap.rfind(['(', '[']) else { continue };
        let open = tokens.bytes(first as usize).start() as usize - gap.len() + at;
        let close = if gap[at..].starts_with('(') { ')' } else { ']' };
        for last in first..run.end() {
            let end = tokens.bytes(last as usize).end() as usize;
            if let Some(shut) = side.gap_behind(last).find(close) {
                let bytes = Span::new(open as u32, (end + shut + 1) as u32);
                return Some((Span::new(first, last + 1), bytes));
            }
        }
    }
    None
}

/// Whether words in brackets explain nothing: short for the name before (`EPA`), a number (`H.R. 4613`), a party and a place (`R-Ore.`), where a page
/// goes on (`Continued on Page Two`).
pub(super) fn is_label(side: Side<'_>, words: TokenSpan) -> bool {
    const MOST: u32 = 4;
    let raw = |at: u32| &side.text[side.tokens.bytes(at as usize).range()];
    let is_capitals = |at: u32| raw(at).chars().all(|c| !c.is_lowercase());
    let is = |at: u32, word: &str| raw(at).eq_ignore_ascii_case(word);
    let any = |list: &[&str]| (words.start()..words.end()).any(|at| list.iter().any(|word| is(at, word)));
    let first = words.start();
    (words.start()..words.end()).all(is_capitals)
        || (words.len() <= MOST && is_capitals(first) && (raw(first).len() == 1 || raw(first).contains('-')))
        || any(&["continued"]) && any(&["page", "column"])
}
