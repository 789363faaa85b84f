//! Word-by-word differences as a report holds them: what became of each stretch of a passage, and its length on either side.

use std::io::{self, Write};

use crate::model::{ByteSpan, Findings, Observer, Passage};
use crate::report::diff::{self, Segment, Sides, Word};
use crate::report::html::blocks::{BLOCK_BYTES, Keeping, Made, Packed};
use crate::report::html::utf16::units;
use crate::report::names::Named;

/// The differences of the `wanted` pairs, packed into blocks.
pub(super) fn diffs(
    run: (&dyn Findings, &dyn Observer),
    wanted: &[bool],
    keeping: Keeping<'_>,
) -> io::Result<Packed> {
    let (findings, observer) = run;
    let make = |pairs: Vec<(usize, Vec<Passage>)>| {
        let items = pairs.iter().map(|(pair, passages)| {
            let mut json = format!("\"{pair}\":").into_bytes();
            let diffs: Vec<Vec<u32>> = passages.iter().map(|passage| of(findings, passage)).collect();
            serde_json::to_writer(&mut json, &diffs)?;
            json.flush()?;
            Ok((*pair, json))
        });
        let made = Made::of(&items.collect::<io::Result<Vec<_>>>()?, ["{", "}"]);
        observer.advance(pairs.len() as u64);
        made
    };
    Packed::make(run, ("diffs", wanted.len()), jobs(findings, wanted), make, keeping)
}

/// Pairs whose differences fill a block, with their passages.
fn jobs<'f>(
    findings: &'f dyn Findings,
    wanted: &'f [bool],
) -> impl Iterator<Item = Vec<(usize, Vec<Passage>)>> + 'f {
    let mut pairs = findings.pairs().enumerate();
    let mut passages = findings.passages();
    std::iter::from_fn(move || {
        let (mut some, mut bytes) = (Vec::new(), 0);
        while bytes < BLOCK_BYTES
            && let Some((index, pair)) = pairs.next()
        {
            let own = passages.by_ref().take(pair.passages.len());
            if !wanted[index] {
                own.for_each(drop);
                continue;
            }
            let own: Vec<Passage> = own.map(std::borrow::Cow::into_owned).collect();
            bytes += own.iter().map(|passage| STRETCH * (2 + passage.steps.len())).sum::<usize>();
            some.push((index, own));
        }
        (!some.is_empty()).then_some(some)
    })
}

/// Bytes of JSON that a stretch takes, about.
const STRETCH: usize = 10;

/// Change, length in a, length in b, and so on, over the whole passage.
fn of(findings: &dyn Findings, passage: &Passage) -> Vec<u32> {
    let (a_text, b_text) = (findings.text(passage.a_doc), findings.text(passage.b_doc));
    let (a_tokens, b_tokens) = (findings.tokens(passage.a_doc), findings.tokens(passage.b_doc));
    let sides = Sides::new(passage, (&a_text, &a_tokens), (&b_text, &b_tokens));
    let mut segments = diff::undivided(sides, passage);
    if segments.is_empty() {
        segments.push(Segment { change: diff::Change::Replaced, a: Vec::new(), b: Vec::new() });
    }
    let a = lengths(&a_text, passage.a, segments.iter().map(|segment| segment.a.as_slice()));
    let b = lengths(&b_text, passage.b, segments.iter().map(|segment| segment.b.as_slice()));
    let changes = segments.iter().map(|segment| segment.change.place());
    changes.zip(a).zip(b).flat_map(|((change, a), b)| [change, a, b]).collect()
}

/// The length of each stretch in UTF-16 units: from its first word to that of the next stretch that has words on this side. They
/// add up to `span`, what stands before the first word included.
fn lengths<'w>(text: &str, span: ByteSpan, stretches: impl Iterator<Item = &'w [Word<'w>]>) -> Vec<u32> {
    let starts: Vec<Option<u32>> = stretches.map(|words| words.first().map(|word| word.start())).collect();
    // White space alone is no word, but has a length.
    let bearer = starts.iter().position(Option::is_some).unwrap_or(0);
    let mut lengths = vec![0; starts.len()];
    let (mut last, mut from) = (bearer, span.start());
    for (index, start) in starts.iter().enumerate().skip(bearer + 1) {
        if let Some(start) = *start {
            lengths[last] = units(&text[from as usize..start as usize]);
            (last, from) = (index, start);
        }
    }
    lengths[last] = units(&text[from as usize..span.range().end]);
    lengths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Analysis, DocId, Operation, Span, Step};
    use crate::report::tests::fixture::two_texts;

    /// Stretches with their words: `change|a|b`.
    fn shown(analysis: &Analysis) -> Vec<String> {
        let passage = &analysis.passages[0];
        let flat = of(analysis, passage);
        let side = |doc: DocId, span: ByteSpan| -> Vec<u16> {
            analysis.documents[doc.index()].text[span.range()].encode_utf16().collect()
        };
        let (a, b) = (side(passage.a_doc, passage.a), side(passage.b_doc, passage.b));
        let (mut i, mut j) = (0, 0);
        let mut told = Vec::new();
        for stretch in flat.chunks(3) {
            let (a_to, b_to) = (i + stretch[1] as usize, j + stretch[2] as usize);
            let text = |units: &[u16]| String::from_utf16(units).expect("cut between characters");
            told.push(format!("{}|{}|{}", stretch[0], text(&a[i..a_to]), text(&b[j..b_to])));
            (i, j) = (a_to, b_to);
        }
        assert_eq!((i, j), (a.len(), b.len()), "lengths add up to the spans");
        told
    }

    /// Two texts, each a passage whole, with the alignment that an engine would give if nothing was shared.
    fn replaced(a: &str, b: &str) -> Analysis {
        let mut analysis = two_texts(a, b);
        analysis.tokens = crate::fixture::tokens(&[a, b]);
        let n = [0, 1].map(|doc| analysis.tokens[doc].len() as u32);
        let passage = &mut analysis.passages[0];
        (passage.a_tokens, passage.b_tokens) = (Span::new(0, n[0]), Span::new(0, n[1]));
        passage.steps =
            vec![Step { operation: Operation::Replace, a: passage.a_tokens, b: passage.b_tokens }];
        analysis
    }

    #[test]
    fn stretches_cover_both_sides() {
        let cases = [
            ("one two three", "one two three", vec!["0|one two three|one two three"]),
            ("one two three", "one three", vec!["0|one |one ", "1|two |", "0|three|three"]),
            ("😀 one\r\nthree ", "😀 one 2 three", vec!["0|😀 one\r\n|😀 one ", "2||2 ", "0|three |three"]),
            ("  ", "one", vec!["2|  |one"]),
            ("", "", vec!["3||"]),
        ];
        for (a, b, expected) in cases {
            assert_eq!(shown(&two_texts(a, b)), expected, "{a:?} {b:?}");
        }
        let numbers = shown(&replaced("over 10,000 left", "over 12,000 left"));
        assert_eq!(numbers, ["0|over |over ", "4|10,000 |12,000 ", "0|left|left"]);
    }

    proptest! {
        /// Whatever the texts hold, stretches cover the spans and are cut between characters.
        #[test]
        fn lengths_add_up_to_the_spans(
            a in "[a-c ,.1é😀\u{301}\u{200b}\u{202e}\u{200d}א\r\n\t\u{2028}<>&]{0,60}",
            b in "[a-c ,.1é😀\u{301}\u{200b}\u{202e}\u{200d}א\r\n\t\u{2028}<>&]{0,60}",
            aligned: bool,
        ) {
            let analysis = if aligned { replaced(&a, &b) } else { two_texts(&a, &b) };
            shown(&analysis);
        }
    }
}
