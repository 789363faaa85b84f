//! What one text goes on to say where the other ends.
//!
//! In: the passages of a pair and the two articles. Out: the sentences cut, and after which passage. Only running text counts:
//! a page goes on with a copyright line, credits, contacts, links and headlines of other articles, and none of them was
//! cut from this one. And the texts must be versions of one article up to there: half of the shorter one's words
//! matched, the last sentence before the cut in both.

use crate::edits::Side;
use crate::edits::slot::{Likeness, Stretch, ends_sentence};
use crate::model::{ByteSpan, EditKind, Span, TokenSpan, Tokens, TypedEdit};

/// Words that may follow the last shared one where a text ends with it: an agency's name, an author's.
const SIGNATURE: u32 = 8;

/// Fewest words that are cut sentences: more than a signature.
const LEAST_CUT: u32 = SIGNATURE + 1;

/// Fewest words of a sentence of running text; what is shorter is a label, however it ends.
const LEAST_SENTENCE: u32 = 3;

/// Share of the shorter text that has to be matched before what the other goes on to say was cut from it.
const MOSTLY: f64 = 0.5;

/// What says that a sentence is about the page.
const LEGAL: [&str; 3] = ["copyright", "©", "all rights reserved"];

/// One text of a pair.
#[derive(Clone, Copy, Debug)]
pub struct Article<'t> {
    /// As given.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t Tokens,
    /// Bytes that are not the article's own running text (credits, captions, contacts), in order of beginning and end.
    pub apart: &'t [ByteSpan],
}

/// A passage, as far as it is asked for here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Tokens of a.
    pub a: TokenSpan,
    /// Tokens of b.
    pub b: TokenSpan,
    /// Matched words.
    pub matched: u32,
}

/// The sentences at the end of one document that the other, mostly a part of it, lacks: the place of the passage they
/// would follow among `passages`, and the edit. `None` where both end, or neither does.
#[must_use]
pub fn cut_at_end(passages: &[Shared], a: Article<'_>, b: Article<'_>) -> Option<(usize, TypedEdit)> {
    let last = |side: fn(&Shared) -> TokenSpan| {
        (0..passages.len()).max_by_key(|&at| (side(&passages[at]).end(), at))
    };
    let at = last(|it| it.a).filter(|&at| last(|it| it.b) == Some(at))?;
    let (a_span, b_span) = (passages[at].a, passages[at].b);
    let matched: u32 = passages.iter().map(|it| it.matched).sum();
    let is_cut = |span: TokenSpan, short: Article<'_>| {
        short.tokens.len() as u32 - span.end() <= SIGNATURE
            && f64::from(matched) >= MOSTLY * short.tokens.len() as f64
    };
    let (cut_a, cut_b) = (is_cut(a_span, a), is_cut(b_span, b));
    if !(cut_a || cut_b) || !end_alike((a, a_span), (b, b_span)) {
        return None;
    }
    let after = |span: TokenSpan, article: Article<'_>| {
        let byte = article.tokens.bytes(span.end() as usize - 1).end();
        Span::new(byte, byte)
    };
    if cut_b {
        let tail = tail(a_span, a)?;
        return Some((at, TypedEdit { kind: EditKind::CutFromEnd, a: tail, b: after(b_span, b) }));
    }
    let tail = tail(b_span, b)?;
    Some((at, TypedEdit { kind: EditKind::AddedAtEnd, a: after(a_span, a), b: tail }))
}

/// Whether the sentences in which the two spans end are versions of one.
fn end_alike(a: (Article<'_>, TokenSpan), b: (Article<'_>, TokenSpan)) -> bool {
    Likeness::of(&last_sentence(a.0, a.1), &last_sentence(b.0, b.1)).is_version()
}

fn last_sentence(article: Article<'_>, span: TokenSpan) -> Stretch<'_> {
    let side = Side { text: article.text, tokens: article.tokens, span };
    Stretch::around(side, Span::new(span.end() - 1, span.end())).whole()
}

/// The sentences of running text after the one in which `span` ends, up to the first line that is none.
fn tail(span: TokenSpan, article: Article<'_>) -> Option<ByteSpan> {
    let tokens = article.tokens;
    let n = tokens.len() as u32;
    let side = Side { text: article.text, tokens, span };
    let next = |from: u32| (from..n).find(|&at| ends_sentence(side, at)).map(|at| at + 1);
    let start = next(span.end() - 1)?;
    let mut end = start;
    while let Some(to) = next(end).filter(|&to| is_running(Span::new(end, to), article)) {
        end = to;
    }
    (end - start >= LEAST_CUT).then(|| tokens.byte_span(Span::new(start, end)))
}

/// Whether a sentence is one of the article: it ends with a mark, and is about no page.
fn is_running(sentence: TokenSpan, article: Article<'_>) -> bool {
    let Article { text, tokens, apart } = article;
    let bytes = tokens.byte_span(sentence);
    let next = tokens.places.get(sentence.end() as usize).map_or(text.len(), |place| place.start as usize);
    let behind = &text[bytes.end() as usize..next];
    let ends = behind.lines().next().is_some_and(|line| line.contains(['.', '!', '?', '…', '。']));
    let words = text[bytes.range()].to_lowercase();
    let near = &apart[apart.partition_point(|zone| zone.end() <= bytes.start())..];
    ends && sentence.len() >= LEAST_SENTENCE
        && !LEGAL.iter().any(|mark| words.contains(mark))
        && !near
            .iter()
            .take_while(|zone| zone.start() < bytes.end())
            .any(|zone| zone.overlap(bytes) * 2 > bytes.len())
}
