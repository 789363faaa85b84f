//! The texts of documents as a report holds them: whole, or what is shared with some words around it.

use std::io;
use std::ops::Range;

use serde::Serialize;

use crate::model::{ByteSpan, DocId, Findings, Observer, Span, TokenSpan};
use crate::report::html::blocks::{BLOCK_BYTES, Keeping, Made, Packed};
use crate::report::html::utf16::units;

/// Words before and after a passage that stay where an article is not held whole.
pub(super) const AROUND: u32 = 40;

/// How much of a text a report holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// All of it.
    Whole,
    /// Its passages with [`AROUND`] words on either side.
    Context,
    /// Nothing.
    Nothing,
}

/// See `TextBlock` in `page/src/data.ts`.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Held<'t> {
    length: u32,
    parts: Vec<(u32, &'t str)>,
}

/// The words of each document that lie in passages, counted or not: spans in order that do not touch.
pub(super) struct Shared(Vec<Vec<TokenSpan>>);

impl Shared {
    pub(super) fn of(findings: &dyn Findings) -> Shared {
        let mut spans = vec![Vec::new(); findings.facts().documents.len()];
        for passage in findings.passages() {
            for (doc, span) in [(passage.a_doc, passage.a_tokens), (passage.b_doc, passage.b_tokens)] {
                let spans: &mut Vec<TokenSpan> = &mut spans[doc.index()];
                spans.push(span);
                // A text in thousands of pairs has few places.
                if spans.len().is_power_of_two() {
                    unite(spans, 0);
                }
            }
        }
        spans.iter_mut().for_each(|spans| unite(spans, 0));
        Shared(spans)
    }

    /// Whether any of the words of `doc` are shared.
    pub(super) fn has(&self, doc: usize) -> bool {
        !self.0[doc].is_empty()
    }
}

/// Makes one of the spans that are at most `gap` apart.
fn unite<U>(spans: &mut Vec<Span<U>>, gap: u32) {
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let joins = next.start() <= last.end() + gap;
        if joins {
            *last = last.hull(*next);
        }
        joins
    });
}

/// Texts in the `forms` given, packed into blocks.
pub(super) fn texts(
    run: (&dyn Findings, &dyn Observer),
    shared: &Shared,
    forms: &[Form],
    keeping: Keeping<'_>,
) -> io::Result<Packed> {
    let findings = run.0;
    let make = |documents: Range<usize>| {
        let wanted = documents.filter(|&document| forms[document] != Form::Nothing);
        let items = wanted.filter_map(|document| {
            let doc = DocId::new(document);
            let text = findings.text(doc);
            let spans = kept(findings, doc, &text, shared, forms[document])?;
            Some(serde_json::to_vec(&held(&text, &spans)).map(|json| (document, json)))
        });
        Made::of(&items.collect::<Result<Vec<_>, _>>()?, ["[", "]"])
    };
    Packed::make(run, ("texts", forms.len()), jobs(findings, forms), make, keeping)
}

/// Documents whose texts fill a block.
fn jobs<'f>(findings: &'f dyn Findings, forms: &'f [Form]) -> impl Iterator<Item = Range<usize>> + 'f {
    let mut first = 0;
    std::iter::from_fn(move || {
        let (from, mut bytes) = (first, 0);
        while first < forms.len() && bytes < BLOCK_BYTES {
            if forms[first] != Form::Nothing {
                bytes += findings.text(DocId::new(first)).len();
            }
            first += 1;
        }
        (bytes > 0 || from < first).then_some(from..first)
    })
}

/// The bytes of `doc` that a report holds in a form; nothing of it without any.
fn kept(
    findings: &dyn Findings,
    doc: DocId,
    text: &str,
    shared: &Shared,
    form: Form,
) -> Option<Vec<ByteSpan>> {
    let whole = || vec![Span::new(0, text.len() as u32)];
    let known =
        findings.facts().documents[doc.index()].rebuilt.as_ref().map_or_else(whole, |it| it.known.clone());
    let spans = match form {
        Form::Nothing => return None,
        Form::Whole => known,
        Form::Context => {
            let tokens = findings.tokens(doc);
            let n = tokens.len() as u32;
            let mut spans: Vec<TokenSpan> = shared.0[doc.index()]
                .iter()
                .map(|it| Span::new(it.start().saturating_sub(AROUND), n.min(it.end() + AROUND)))
                .collect();
            unite(&mut spans, 0);
            let context: Vec<ByteSpan> = spans.into_iter().map(|span| tokens.byte_span(span)).collect();
            common(&context, &known)
        }
    };
    (!spans.is_empty()).then_some(spans)
}

/// What two lists of spans have in common; both are in order and their spans do not touch.
fn common(one: &[ByteSpan], other: &[ByteSpan]) -> Vec<ByteSpan> {
    let (mut i, mut j) = (0, 0);
    let mut both = Vec::new();
    while let (Some(x), Some(y)) = (one.get(i), other.get(j)) {
        let (start, end) = (x.start().max(y.start()), x.end().min(y.end()));
        if start < end {
            both.push(Span::new(start, end));
        }
        if x.end() < y.end() { i += 1 } else { j += 1 }
    }
    both
}

/// The parts of `text` at `spans`.
fn held<'t>(text: &'t str, spans: &[ByteSpan]) -> Held<'t> {
    let (mut at, mut before) = (0, 0);
    let mut parts = Vec::with_capacity(spans.len());
    for span in spans {
        before += units(&text[at..span.range().start]);
        let part = &text[span.range()];
        parts.push((before, part));
        before += units(part);
        at = span.range().end;
    }
    Held { length: before + units(&text[at..]), parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> ByteSpan {
        Span::new(start, end)
    }

    #[test]
    fn parts_stand_where_a_browser_counts_them() {
        let text = "a😀b\r\nécd";
        let whole = Held { length: 9, parts: vec![(0, text)] };
        assert_eq!(held(text, &[span(0, text.len() as u32)]), whole);
        // Bytes: a 0, 😀 1–5, b 5, \r 6, \n 7, é 8–10, c 10, d 11.
        let parts = Held { length: 9, parts: vec![(1, "😀"), (6, "éc")] };
        assert_eq!(held(text, &[span(1, 5), span(8, 11)]), parts);
        assert_eq!(held("", &[]), Held { length: 0, parts: vec![] });
    }

    #[test]
    fn what_is_common_lies_in_both() {
        let cases = [
            (vec![span(0, 9)], vec![span(2, 4), span(6, 12)], vec![span(2, 4), span(6, 9)]),
            (vec![span(0, 3), span(5, 8)], vec![span(3, 5)], vec![]),
            (vec![span(0, 3), span(5, 8)], vec![span(2, 6)], vec![span(2, 3), span(5, 6)]),
            (vec![], vec![span(0, 1)], vec![]),
        ];
        for (one, other, expected) in cases {
            assert_eq!(common(&one, &other), expected);
            assert_eq!(common(&other, &one), expected);
        }
    }

    #[test]
    fn spans_that_meet_are_one() {
        let mut spans = vec![span(7, 9), span(0, 2), span(2, 4), span(1, 3), span(8, 8)];
        unite(&mut spans, 0);
        assert_eq!(spans, [span(0, 4), span(7, 9)]);
    }
}
