//! A passage word by word, as a reader wants to see it.
//!
//! The engine aligns normalized words; a reader also wants to see that a comma went or a spelling changed. So the
//! two slices are split into words and punctuation marks (UAX #29) and compared with `similar` (Myers' algorithm,
//! O((n + m) · d) for d differences). Typographic variants of quotes and dashes, composed and decomposed letters and
//! invisible characters compare equal; white space is a boundary and nothing more. Words that the engine found
//! elsewhere in the other text are marked as moved; numbers, dates and names that became others, and what is only
//! written differently, as [`crate::edits`] labels them.
//!
//! Long passages are cut where the engine's alignment says that equal words begin, so that one comparison stays
//! small; a piece without such a place and beyond 5,000 words on both sides is shown as replaced whole.

use std::borrow::Cow;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::edits::{self, Label, Substitution};
use crate::model::{
    Analysis, Block, ByteSpan, Bytes, DocId, Operation, Passage, Span, Step, TokenSpan, Tokens,
};
use crate::normalize::surface_equal;
use crate::report::sanitize;

/// Words after which a passage is cut at the next place where equal words begin.
const PIECE_WORDS: u32 = 400;

/// Words and marks of either side up to which a piece is compared: the worst case, nothing in common, is
/// (2 × 5,000)² / 2 steps, a fraction of a second.
const MAX_WORDS: usize = 5_000;

/// What became of some words on the way from a to b.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// The same on both sides.
    Same,
    /// In a only.
    Deleted,
    /// In b only.
    Inserted,
    /// Other words in b.
    Replaced,
    /// A number, time or date of a is another in b. Either side may be empty where the rest of the number is the same.
    Number,
    /// A name of a is another name in b.
    Name,
    /// The same in another form: `10,000` and `ten thousand`, `The` and `the`.
    Form,
    /// Here in a, elsewhere in b.
    MovedAway,
    /// Here in b, elsewhere in a.
    MovedHere,
}

/// A word or punctuation mark, safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// As given, without control and invisible characters.
    pub text: Cow<'t, str>,
    /// Whether white space stood before it.
    pub spaced: bool,
    // First byte in the document.
    start: u32,
}

impl Word<'_> {
    /// First byte of it in the document.
    #[must_use]
    pub fn start(&self) -> u32 {
        self.start
    }
}

/// Neighbouring words that share a fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment<'t> {
    /// What became of them.
    pub change: Change,
    /// Words of a; empty for insertions and what moved here.
    pub a: Vec<Word<'t>>,
    /// Words of b; empty for deletions and what moved away. As many as in `a` for [`Change::Same`].
    pub b: Vec<Word<'t>>,
}

/// The segments of `passage` in reading order.
#[must_use]
pub fn segments<'t>(analysis: &'t Analysis, passage: &Passage) -> Vec<Segment<'t>> {
    by_block(analysis, passage).concat()
}

/// The segments of each block of `passage` in reading order, what stands between two blocks with the first of them;
/// all segments where the passage is one statement.
#[must_use]
pub fn by_block<'t>(analysis: &'t Analysis, passage: &Passage) -> Vec<Vec<Segment<'t>>> {
    let side = |doc: DocId| (analysis.documents[doc.index()].text.as_str(), &analysis.tokens[doc.index()]);
    divided(Sides::new(passage, side(passage.a_doc), side(passage.b_doc)), passage, &passage.blocks)
}

/// The segments of `passage` in reading order, as if it were one statement: what `sides` tell and its steps decide it.
pub(crate) fn undivided<'t>(sides: Sides<'t>, passage: &Passage) -> Vec<Segment<'t>> {
    divided(sides, passage, &[]).concat()
}

/// The two documents of a passage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sides<'t> {
    a: edits::Side<'t>,
    b: edits::Side<'t>,
}

impl<'t> Sides<'t> {
    /// Text and tokens of either document.
    pub(crate) fn new(passage: &Passage, a: (&'t str, &'t Tokens), b: (&'t str, &'t Tokens)) -> Sides<'t> {
        let side = |(text, tokens), span| edits::Side { text, tokens, span };
        Sides { a: side(a, passage.a_tokens), b: side(b, passage.b_tokens) }
    }
}

fn divided<'t>(sides: Sides<'t>, passage: &Passage, blocks: &[Block]) -> Vec<Vec<Segment<'t>>> {
    let (moved, labels) = (Moved::new(sides, &passage.steps), Labels::new(sides, &passage.steps));
    let of_section = |section: &Section| {
        let mut found = Vec::new();
        for (a, b) in pieces(sides, passage, section) {
            compare(words(sides.a.text, a), words(sides.b.text, b), &moved, &mut found);
        }
        let joined = absorb_punctuation(joined(found));
        joined.into_iter().flat_map(|segment| labels.divide(segment)).collect()
    };
    sections(sides, passage, blocks).iter().map(of_section).collect()
}

/// Neighbours with one fate made one.
fn joined(segments: Vec<Segment<'_>>) -> Vec<Segment<'_>> {
    let mut joined: Vec<Segment<'_>> = Vec::new();
    for segment in segments {
        match joined.last_mut() {
            Some(last) if last.change == segment.change => {
                last.a.extend(segment.a);
                last.b.extend(segment.b);
            }
            _ => joined.push(segment),
        }
    }
    joined
}

/// What a labelled substitution says to a reader, in bytes of the two texts.
#[derive(Clone, Copy, Debug)]
struct Labelled {
    a: ByteSpan,
    b: ByteSpan,
    change: Change,
}

/// The labelled substitutions of a passage, in order of either side.
struct Labels {
    by_a: Vec<Labelled>,
    by_b: Vec<Labelled>,
}

impl Labels {
    fn new(Sides { a, b }: Sides<'_>, steps: &[Step]) -> Labels {
        let of = |found: &Substitution| {
            let change = match found.label {
                Label::Number | Label::Date => Change::Number,
                Label::Name => Change::Name,
                label if label.is_form() => Change::Form,
                _ => return None,
            };
            Some(Labelled { a: a.tokens.byte_span(found.a), b: b.tokens.byte_span(found.b), change })
        };
        let mut by_a: Vec<Labelled> = edits::substitutions(steps, a, b).iter().filter_map(of).collect();
        by_a.extend(same_words(steps, a, b));
        let mut by_b = by_a.clone();
        by_a.sort_unstable_by_key(|found| (found.a, found.b));
        by_b.sort_unstable_by_key(|found| (found.b, found.a));
        Labels { by_a, by_b }
    }

    /// Takes what is labelled out of a change.
    fn divide<'t>(&self, segment: Segment<'t>) -> Vec<Segment<'t>> {
        if !matches!(segment.change, Change::Replaced | Change::Deleted | Change::Inserted) {
            return vec![segment];
        }
        let mut rest = Rest { segment: &segment, a_from: 0, b_from: 0, done: Vec::new() };
        for found in self.near(&segment) {
            let (a, b) = (inside(&segment.a, found.a), inside(&segment.b, found.b));
            let missing = (a.is_empty() && !segment.a.is_empty()) || (b.is_empty() && !segment.b.is_empty());
            // What crosses another is left as it is: the sides are read in step.
            if !missing && a.start >= rest.a_from && b.start >= rest.b_from {
                rest.take_until(a.start, b.start);
                rest.take(found.change, a.end, b.end);
            }
        }
        rest.take_until(segment.a.len(), segment.b.len());
        rest.done
    }

    /// Those that may touch a segment, in order.
    fn near(&self, segment: &Segment<'_>) -> &[Labelled] {
        type Place = fn(&Labelled) -> ByteSpan;
        let (all, place, words): (_, Place, _) = match segment.a.is_empty() {
            false => (&self.by_a, |found| found.a, &segment.a),
            true => (&self.by_b, |found| found.b, &segment.b),
        };
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return &[] };
        let from = all.partition_point(|found| place(found).end() <= first.start);
        let to = all.partition_point(|found| place(found).start() <= last.start);
        all.get(from..to).unwrap_or_default()
    }
}

/// What of a segment is still to be told.
struct Rest<'s, 't> {
    segment: &'s Segment<'t>,
    a_from: usize,
    b_from: usize,
    done: Vec<Segment<'t>>,
}

impl Rest<'_, '_> {
    /// The words up to these places, as what they are without a label.
    fn take_until(&mut self, a: usize, b: usize) {
        match (a > self.a_from, b > self.b_from) {
            (true, true) => self.take(Change::Replaced, a, b),
            (true, false) => self.take(Change::Deleted, a, b),
            (false, true) => self.take(Change::Inserted, a, b),
            (false, false) => {}
        }
    }

    fn take(&mut self, change: Change, a: usize, b: usize) {
        let (a_words, b_words) = (&self.segment.a[self.a_from..a], &self.segment.b[self.b_from..b]);
        self.done.push(Segment { change, a: a_words.to_vec(), b: b_words.to_vec() });
        (self.a_from, self.b_from) = (a, b);
    }
}

/// The words that begin inside `span`; none at the beginning where there are none.
fn inside(words: &[Word<'_>], span: ByteSpan) -> Range<usize> {
    let before = |at: u32| words.partition_point(|word| word.start < at);
    match before(span.start())..before(span.end()) {
        range if range.is_empty() && words.is_empty() => 0..0,
        range => range,
    }
}

/// Words that the alignment holds for the same and that differ in case, quotes or the writing of a number.
fn same_words<'s>(
    steps: &'s [Step],
    a: edits::Side<'s>,
    b: edits::Side<'s>,
) -> impl Iterator<Item = Labelled> + 's {
    let equal = steps.iter().filter(|step| step.operation == Operation::Equal);
    equal.flat_map(move |step| step.a.range().zip(step.b.range())).filter_map(move |(i, j)| {
        let (x, y) = (a.tokens.bytes(i), b.tokens.bytes(j));
        let (x_text, y_text) = (&a.text[x.range()], &b.text[y.range()]);
        let form = x_text != y_text && surface_equal(x_text, y_text);
        form.then_some(Labelled { a: x, b: y, change: Change::Form })
    })
}

/// Byte ranges of the words that the engine found moved, on either side: in order, never overlapping, since a word
/// takes part in one step only.
struct Moved {
    a: Vec<ByteSpan>,
    b: Vec<ByteSpan>,
}

impl Moved {
    fn new(sides: Sides<'_>, steps: &[Step]) -> Moved {
        let moves = || steps.iter().filter(|step| step.operation == Operation::Move);
        let side = |tokens: &Tokens, spans: &mut dyn Iterator<Item = TokenSpan>| {
            let mut spans: Vec<ByteSpan> = spans.map(|span| tokens.byte_span(span)).collect();
            spans.sort_unstable();
            spans
        };
        Moved {
            a: side(sides.a.tokens, &mut moves().map(|step| step.a)),
            b: side(sides.b.tokens, &mut moves().map(|step| step.b)),
        }
    }
}

/// A block of a passage and what stands between it and the next one.
struct Section {
    a: ByteSpan,
    b: ByteSpan,
    a_tokens: TokenSpan,
    b_tokens: TokenSpan,
}

/// The passage cut where `blocks` begin.
fn sections(sides: Sides<'_>, passage: &Passage, blocks: &[Block]) -> Vec<Section> {
    let begin = |side: edits::Side<'_>, token: u32| begin_of_word(side.text, side.tokens, token);
    let mut rest =
        Section { a: passage.a, b: passage.b, a_tokens: passage.a_tokens, b_tokens: passage.b_tokens };
    let mut sections = Vec::with_capacity(blocks.len().max(1));
    for block in blocks.iter().skip(1) {
        let (a, b) = (block.a.start(), block.b.start());
        let (a_byte, b_byte) = (begin(sides.a, a), begin(sides.b, b));
        sections.push(Section {
            a: Span::new(rest.a.start(), a_byte),
            b: Span::new(rest.b.start(), b_byte),
            a_tokens: Span::new(rest.a_tokens.start(), a),
            b_tokens: Span::new(rest.b_tokens.start(), b),
        });
        rest = Section {
            a: Span::new(a_byte, rest.a.end()),
            b: Span::new(b_byte, rest.b.end()),
            a_tokens: Span::new(a, rest.a_tokens.end()),
            b_tokens: Span::new(b, rest.b_tokens.end()),
        };
    }
    sections.push(rest);
    sections
}

/// First byte of `token` with the marks that stand directly before it, such as an opening quotation mark.
fn begin_of_word(text: &str, tokens: &Tokens, token: u32) -> u32 {
    let start = tokens.bytes(token as usize).start();
    let previous = token.checked_sub(1).map_or(0, |previous| tokens.bytes(previous as usize).end());
    let between = &text[Span::<Bytes>::new(previous, start).range()];
    match between.rsplit_once(char::is_whitespace) {
        Some((_, marks)) => start - u32::try_from(marks.len()).expect("a text is shorter than 4 GiB"),
        None => start,
    }
}

/// A section cut into pairs of byte ranges that lie side by side.
fn pieces(sides: Sides<'_>, passage: &Passage, section: &Section) -> Vec<(ByteSpan, ByteSpan)> {
    let (a_tokens, b_tokens) = (sides.a.tokens, sides.b.tokens);
    let (mut a_from, mut b_from) = (section.a.start(), section.b.start());
    let (mut a_word, mut b_word) = (section.a_tokens.start(), section.b_tokens.start());
    let first = passage.steps.partition_point(|step| step.a.start() < a_word);
    let own = passage.steps[first..].iter().take_while(|step| step.a.start() < section.a_tokens.end());
    let mut pieces = Vec::new();
    for (a, b) in own.flat_map(cuts) {
        let long = a >= a_word + PIECE_WORDS || b >= b_word + PIECE_WORDS;
        // A step that lies before the last cut in b belongs to a block the engine took from elsewhere.
        if !long || a <= a_word || b <= b_word {
            continue;
        }
        let (a_to, b_to) = (a_tokens.bytes(a as usize).start(), b_tokens.bytes(b as usize).start());
        pieces.push((Span::new(a_from, a_to), Span::new(b_from, b_to)));
        (a_from, b_from, a_word, b_word) = (a_to, b_to, a, b);
    }
    pieces.push((Span::new(a_from, section.a.end()), Span::new(b_from, section.b.end())));
    pieces
}

/// Places in `step` where a word of a meets the same word of b: its beginning, and further ones in a long step.
fn cuts(step: &Step) -> impl Iterator<Item = (u32, u32)> + use<> {
    let (a, b) = (step.a, step.b);
    let meets = step.operation == Operation::Equal && !a.is_empty() && a.len() == b.len();
    let n = if meets { a.len().div_ceil(PIECE_WORDS) } else { 0 };
    (0..n).map(move |nth| (a.start() + nth * PIECE_WORDS, b.start() + nth * PIECE_WORDS))
}

/// Words and punctuation marks of `text` inside `span`.
fn words(text: &str, span: ByteSpan) -> Vec<Word<'_>> {
    let slice = &text[span.range()];
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut spaced = text[..span.range().start].ends_with(char::is_whitespace);
    // An invisible space inside a word does not make it two.
    let mut goes_on = false;
    for (at, part) in slice.split_word_bound_indices() {
        let safe = sanitize::line(part);
        if safe.trim().is_empty() {
            (spaced, goes_on) = (spaced || !safe.is_empty(), safe.is_empty());
            continue;
        }
        match words.last_mut() {
            Some(word) if goes_on && !spaced => word.text.to_mut().push_str(&safe),
            _ => {
                let start = span.start() + u32::try_from(at).expect("a text is shorter than 4 GiB");
                words.push(Word { text: safe, spaced, start });
            }
        }
        (spaced, goes_on) = (false, false);
    }
    join_times(words)
}

/// Puts `13`, `:` and `00` together: a time is one word to the engine and to a reader.
fn join_times(words: Vec<Word<'_>>) -> Vec<Word<'_>> {
    let is_number = |word: &Word<'_>| word.text.bytes().all(|b| b.is_ascii_digit());
    let mut joined: Vec<Word<'_>> = Vec::with_capacity(words.len());
    for word in words {
        match joined.as_mut_slice() {
            [.., hour, colon]
                if is_number(&word)
                    && !word.spaced
                    && colon.text == ":"
                    && !colon.spaced
                    && hour.text.ends_with(|c: char| c.is_ascii_digit()) =>
            {
                let end = format!(":{}", word.text);
                hour.text.to_mut().push_str(&end);
                joined.pop();
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// What two words must share to count as the same.
fn key(word: &str) -> Cow<'_, str> {
    if word.is_ascii() && !word.contains('`') {
        return Cow::Borrowed(word);
    }
    let folded = word.nfc().map(|c| match c {
        '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => c,
    });
    Cow::Owned(folded.collect())
}

fn compare<'t>(a: Vec<Word<'t>>, b: Vec<Word<'t>>, moved: &Moved, found: &mut Vec<Segment<'t>>) {
    let a_keys: Vec<Cow<'_, str>> = a.iter().map(|word| key(&word.text)).collect();
    let b_keys: Vec<Cow<'_, str>> = b.iter().map(|word| key(&word.text)).collect();
    let operations = match a.len() > MAX_WORDS && b.len() > MAX_WORDS && a_keys != b_keys {
        true => {
            vec![DiffOp::Replace { old_index: 0, old_len: a.len(), new_index: 0, new_len: b.len() }]
        }
        false => capture_diff_slices(Algorithm::Myers, &a_keys, &b_keys),
    };
    for operation in operations {
        let (_, a_range, b_range) = operation.as_tag_tuple();
        let (a, b) = (a[a_range].to_vec(), b[b_range].to_vec());
        match operation {
            DiffOp::Equal { .. } => found.push(Segment { change: Change::Same, a, b }),
            _ => split_moved(a, b, moved, found),
        }
    }
}

/// One change as segments: what moved apart from the rest.
fn split_moved<'t>(a: Vec<Word<'t>>, b: Vec<Word<'t>>, moved: &Moved, found: &mut Vec<Segment<'t>>) {
    let a_runs = runs(&a, &moved.a);
    let b_runs = runs(&b, &moved.b);
    let still = |runs: &[(Range<usize>, bool)]| runs.iter().all(|(_, moved)| !moved);
    if still(&a_runs) && still(&b_runs) {
        let change = match (a.is_empty(), b.is_empty()) {
            (true, _) => Change::Inserted,
            (_, true) => Change::Deleted,
            _ => Change::Replaced,
        };
        found.push(Segment { change, a, b });
        return;
    }
    for (range, moved) in a_runs {
        let change = if moved { Change::MovedAway } else { Change::Deleted };
        found.push(Segment { change, a: a[range].to_vec(), b: Vec::new() });
    }
    for (range, moved) in b_runs {
        let change = if moved { Change::MovedHere } else { Change::Inserted };
        found.push(Segment { change, a: Vec::new(), b: b[range].to_vec() });
    }
}

/// Runs of words that all lie in one of `spans`, or all outside.
fn runs(words: &[Word<'_>], spans: &[ByteSpan]) -> Vec<(Range<usize>, bool)> {
    let mut runs: Vec<(Range<usize>, bool)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let next = spans.partition_point(|span| span.start() <= word.start);
        let inside = next > 0 && word.start < spans[next - 1].end();
        match runs.last_mut() {
            Some((range, last)) if *last == inside => range.end = index + 1,
            _ => runs.push((index..index + 1, inside)),
        }
    }
    runs
}

/// Takes a lone comma that two changes have in common into the change: nobody reads it as kept.
fn absorb_punctuation(segments: Vec<Segment<'_>>) -> Vec<Segment<'_>> {
    let absorbs = |change| matches!(change, Change::Replaced | Change::Deleted | Change::Inserted);
    let mut joined: Vec<Segment<'_>> = Vec::new();
    for segment in segments {
        let between = match joined.as_slice() {
            [.., first, same] if same.change == Change::Same && same.a.iter().all(is_mark) => {
                // Two deletions stay two: there is nothing for the comma to be replaced with.
                let replaces = first.a.len() + segment.a.len() > 0 && first.b.len() + segment.b.len() > 0;
                absorbs(segment.change) && absorbs(first.change) && replaces
            }
            _ => false,
        };
        if !between {
            joined.push(segment);
            continue;
        }
        let same = joined.pop().expect("two segments precede");
        let first = joined.last_mut().expect("two segments precede");
        first.change = Change::Replaced;
        first.a.extend(same.a.into_iter().chain(segment.a));
        first.b.extend(same.b.into_iter().chain(segment.b));
    }
    joined
}

fn is_mark(word: &Word<'_>) -> bool {
    !word.text.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::tests::fixture::two_texts;

    /// Segments in one line: `[-deleted-]`, `{+inserted+}`, `≠` before a changed number or name, `≈` before another
    /// form, `~` for moves.
    fn shown(analysis: &Analysis) -> String {
        let show = |words: &[Word<'_>]| -> String {
            words.iter().map(|word| format!("{}{}", if word.spaced { " " } else { "" }, word.text)).collect()
        };
        let edit = |segment: &Segment<'_>| {
            let deleted =
                if segment.a.is_empty() { String::new() } else { format!("[-{}-]", show(&segment.a)) };
            let inserted =
                if segment.b.is_empty() { String::new() } else { format!("{{+{}+}}", show(&segment.b)) };
            deleted + &inserted
        };
        let segments = segments(analysis, &analysis.passages[0]);
        let segments = segments.iter().map(|segment| match segment.change {
            Change::Same => show(&segment.b),
            Change::Deleted | Change::Inserted | Change::Replaced => edit(segment),
            Change::Number | Change::Name => format!("≠{}", edit(segment)),
            Change::Form => format!("≈{}", edit(segment)),
            Change::MovedAway => format!("[~{}~]", show(&segment.a)),
            Change::MovedHere => format!("{{~{}~}}", show(&segment.b)),
        });
        segments.collect()
    }

    /// Two texts as the engine would align them if it held every word of the one for replaced by the other.
    fn replaced(a: &str, b: &str) -> Analysis {
        let mut analysis = two_texts(a, b);
        analysis.tokens = crate::fixture::tokens(&[a, b]);
        let all = |tokens: &Tokens| -> TokenSpan { Span::new(0, tokens.len() as u32) };
        let (a, b) = (all(&analysis.tokens[0]), all(&analysis.tokens[1]));
        let passage = &mut analysis.passages[0];
        (passage.a_tokens, passage.b_tokens) = (a, b);
        passage.steps = vec![Step { operation: Operation::Replace, a, b }];
        analysis
    }

    #[test]
    fn shows_what_changed_and_nothing_else() {
        let cases = [
            ("one two three", "one two three", "one two three"),
            ("one two three", "one three", "one[- two-] three"),
            ("one three", "one two three", "one{+ two+} three"),
            ("over 10,000 left", "over 12,000 left", "over[- 10,000-]{+ 12,000+} left"),
            ("“one”  –\ntwo", "\"one\" - two", "\"one\" - two"),
            ("cafe\u{301} open", "café open", "café open"),
            ("re\u{ad}open\u{200b}ed now", "reopened now", "reopened now"),
            ("The end.", "the end", "[-The-]{+the+} end[-.-]"),
            ("a b, c d", "a, d", "a[- b-],[- c-] d"),
            ("a b, c d", "a x, y d", "a[- b, c-]{+ x, y+} d"),
            ("at 9:30: go", "at 19:30: go", "at[- 9:30-]{+ 19:30+}: go"),
            ("停火 协议 生效", "停火 新 协议 生效", "停火{+ 新+} 协议 生效"),
        ];
        for (a, b, expected) in cases {
            assert_eq!(shown(&two_texts(a, b)), expected);
        }
    }

    #[test]
    fn changed_facts_and_mere_forms_are_marked() {
        let cases = [
            ("over 10,000 left", "over 12,000 left", "over≠[- 10,000-]{+ 12,000+} left"),
            ("over 10,000 left", "over ten thousand left", "over≈[- 10,000-]{+ ten thousand+} left"),
            ("open at 13:00 today", "open at 1 p.m. today", "open at≈[- 13:00-]{+ 1 p.m+}{+.+} today"),
            ("worth 3 million now", "worth 3 billion now", "worth 3≠[- million-]{+ billion+} now"),
            ("on March 3 we met", "on 3 March we met", "on≈{+ 3+} March≈[- 3-] we met"),
            ("on March 3 we met", "on 4 March we met", "on≠{+ 4+} March≠[- 3-] we met"),
            ("then Brennick fell", "then Ludmark fell", "then≠[- Brennick-]{+ Ludmark+} fell"),
            // The words after them differ: whether one name took the other's place, is not known.
            ("in Brennick soon fell", "in Ludmark yielded", "in[- Brennick soon fell-]{+ Ludmark yielded+}"),
            ("then Kiev fell", "then Kyiv fell", "then≈[- Kiev-]{+ Kyiv+} fell"),
            ("a cease-fire held", "a ceasefire held", "a≈[- cease-fire-]{+ ceasefire+} held"),
            ("they said so", "they stated so", "they[- said-]{+ stated+} so"),
        ];
        for (a, b, expected) in cases {
            assert_eq!(shown(&replaced(a, b)), expected);
        }
    }

    /// Words that the alignment holds for equal are told apart by what they look like.
    #[test]
    fn another_case_is_a_form_and_another_ending_is_none() {
        let mut analysis = replaced("The talks began", "the talk began");
        analysis.passages[0].steps[0].operation = Operation::Equal;
        assert_eq!(shown(&analysis), "≈[-The-]{+the+}[- talks-]{+ talk+} began");
    }

    /// What only one side has goes with the block before it, an opening quotation mark with the word after.
    #[test]
    fn blocks_are_told_one_by_one() {
        let mut analysis = replaced("One two. (Own words stand here.) “Three four.", "One two. “Three four.");
        let block = |a: (u32, u32), b: (u32, u32)| Block {
            a: Span::new(a.0, a.1),
            b: Span::new(b.0, b.1),
            bits: 40.0,
        };
        analysis.passages[0].blocks = vec![block((0, 2), (0, 2)), block((6, 8), (2, 4))];
        let words =
            |words: &[Word<'_>]| words.iter().map(|word| word.text.as_ref()).collect::<Vec<_>>().join(" ");
        let told: Vec<Vec<_>> = by_block(&analysis, &analysis.passages[0])
            .iter()
            .map(|block| block.iter().map(|s| (s.change, words(&s.a), words(&s.b))).collect())
            .collect();
        let same = |text: &str| (Change::Same, text.to_owned(), text.to_owned());
        let own = (Change::Deleted, "( Own words stand here . )".to_owned(), String::new());
        assert_eq!(told, [vec![same("One two ."), own], vec![same("“ Three four .")]]);
    }

    /// A passage far longer than a piece, with the alignment an engine would give.
    #[test]
    fn long_passages_are_cut_without_a_trace() {
        let text = |name: &str| -> String {
            (0..3_000).map(|n| if n == 1_700 { format!("{name} ") } else { format!("w{n} ") }).collect()
        };
        let mut analysis = two_texts(&text("old"), &text("new"));
        let step =
            |operation, start, end| Step { operation, a: Span::new(start, end), b: Span::new(start, end) };
        analysis.passages[0].steps = vec![
            step(Operation::Equal, 0, 1_700),
            step(Operation::Replace, 1_700, 1_701),
            step(Operation::Equal, 1_701, 3_000),
        ];
        let [a, b] = [0, 1].map(|doc| (analysis.documents[doc].text.as_str(), &analysis.tokens[doc]));
        let (passage, sides) = (&analysis.passages[0], Sides::new(&analysis.passages[0], a, b));
        let [whole] = &sections(sides, passage, &[])[..] else { panic!("no blocks, one section") };
        assert_eq!(pieces(sides, passage, whole).len(), 8);
        let found = segments(&analysis, &analysis.passages[0]);
        let shape: Vec<(Change, usize, usize)> =
            found.iter().map(|segment| (segment.change, segment.a.len(), segment.b.len())).collect();
        assert_eq!(
            shape,
            [(Change::Same, 1_700, 1_700), (Change::Replaced, 1, 1), (Change::Same, 1_299, 1_299)]
        );
    }

    /// Two long texts with nothing in common are not compared word by word.
    #[test]
    fn hopeless_comparisons_are_not_made() {
        let text = |name: &str| -> String { (0..MAX_WORDS + 1).map(|n| format!("{name}{n} ")).collect() };
        let analysis = two_texts(&text("x"), &text("y"));
        let found = segments(&analysis, &analysis.passages[0]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].change, found[0].a.len()), (Change::Replaced, MAX_WORDS + 1));
    }

    proptest! {
        /// Segments put together give the words of either side, in order.
        #[test]
        fn segments_rebuild_both_sides(a in "[a-c ,.é1]{0,60}", b in "[a-c ,.é1]{0,60}") {
            let analysis = two_texts(&a, &b);
            let segments = segments(&analysis, &analysis.passages[0]);
            let whole = |text: &str| text.replace(' ', "");
            let a_side: String = segments.iter().flat_map(|s| &s.a).map(|word| &*word.text).collect();
            let b_side: String = segments.iter().flat_map(|s| &s.b).map(|word| &*word.text).collect();
            prop_assert_eq!(a_side, whole(&a));
            prop_assert_eq!(b_side, whole(&b));
            for segment in &segments {
                if segment.change == Change::Same {
                    prop_assert_eq!(segment.a.len(), segment.b.len());
                }
            }
        }
    }
}
