//! The edit script of a passage from its column `steps`: the inverse of [`StepsRow`](crate::report::rows::StepsRow).
//!
//! All steps stand in order of a. In b those that moved stand anywhere, and the others in order around them.

use crate::model::{Operation, Span, Step, TokenSpan};

/// The steps that `text` tells of a passage that takes the words `a` and `b`; `None` if it does not fit them.
pub(super) fn steps(text: &str, a: TokenSpan, b: TokenSpan) -> Option<Vec<Step>> {
    let told: Vec<Told> = text.split_ascii_whitespace().map(told).collect::<Option<_>>()?;
    let mut taken: Vec<TokenSpan> = Vec::new();
    for step in &told {
        if let Some(to) = step.to {
            let start = b.start().checked_add(to)?;
            taken.push(Span::new(start, start.checked_add(step.b)?));
        }
    }
    taken.sort_unstable();
    let mut taken = taken.into_iter().peekable();
    let (mut i, mut j) = (a.start(), b.start());
    let mut steps = Vec::with_capacity(told.len());
    for step in told {
        let a_end = i.checked_add(step.a).filter(|&end| end <= a.end())?;
        let a_span = Span::new(i, a_end);
        i = a_end;
        let b_span = match step.to {
            Some(to) => Span::new(b.start() + to, b.start() + to + step.b),
            None => {
                while step.b > 0
                    && let Some(moved) = taken.next_if(|moved| moved.start() <= j)
                {
                    j = j.max(moved.end());
                }
                let end = j.checked_add(step.b)?;
                let span = Span::new(j, end);
                j = end;
                span
            }
        };
        if b_span.end() > b.end() {
            return None;
        }
        steps.push(Step { operation: step.operation, a: a_span, b: b_span });
    }
    Some(steps)
}

/// One step as written.
struct Told {
    operation: Operation,
    a: u32,
    b: u32,
    /// Of moved words, where in b.
    to: Option<u32>,
}

fn told(text: &str) -> Option<Told> {
    let letter = text.chars().next()?;
    let rest = text.get(letter.len_utf8()..)?;
    let number = |digits: &str| digits.parse::<u32>().ok();
    let plain = |operation, a, b| Some(Told { operation, a, b, to: None });
    match letter {
        'e' => number(rest).and_then(|n| plain(Operation::Equal, n, n)),
        'd' => number(rest).and_then(|n| plain(Operation::Delete, n, 0)),
        'i' => number(rest).and_then(|n| plain(Operation::Insert, 0, n)),
        'r' => {
            let (a, b) = rest.split_once('/')?;
            plain(Operation::Replace, number(a)?, number(b)?)
        }
        'm' => {
            let (n, places) = rest.split_once('@')?;
            let (_, to) = places.split_once('/')?;
            let n = number(n)?;
            Some(Told { operation: Operation::Move, a: n, b: n, to: Some(number(to)?) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, a: (u32, u32), b: (u32, u32)) -> Option<String> {
        let steps = steps(text, Span::new(a.0, a.1), Span::new(b.0, b.1))?;
        let shown = steps.iter().map(|step| {
            format!(
                "{:?} {}..{} {}..{}",
                step.operation,
                step.a.start(),
                step.a.end(),
                step.b.start(),
                step.b.end()
            )
        });
        Some(shown.collect::<Vec<String>>().join("\n"))
    }

    #[test]
    fn scripts_are_read_as_they_were_meant() {
        let plain = "Equal 10..12 20..22\nDelete 12..13 22..22\nReplace 13..14 22..25\nInsert 14..14 25..26\nEqual 14..15 26..27";
        assert_eq!(shown("e2 d1 r1/3 i1 e1", (10, 15), (20, 27)).as_deref(), Some(plain));
        // Words 10 to 12 of a stand at the end of b, those at its beginning at 15.
        let moved = "Move 10..12 25..27\nEqual 12..15 20..23\nMove 15..16 23..24\nReplace 16..17 24..25\nInsert 17..17 27..28";
        assert_eq!(shown("m2@0/5 e3 m1@5/3 r1/1 i1", (10, 17), (20, 28)).as_deref(), Some(moved));
        assert_eq!(shown("", (0, 0), (0, 0)).as_deref(), Some(""));
    }

    #[test]
    fn scripts_that_do_not_fit_are_refused() {
        let cases = [
            "e9",
            "i9",
            "m2@0/4",
            "x1",
            "e",
            "e-1",
            "r1",
            "m1@0",
            "é1",
            "e4294967295",
            "m1@0/4294967295",
            "e1 d9",
        ];
        for text in cases {
            assert_eq!(shown(text, (0, 5), (0, 5)), None, "{text}");
        }
    }
}
