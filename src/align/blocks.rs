//! The parts of a passage that are statements of their own.
//!
//! In: an alignment and the tokens of its two documents. Out: its [`Block`]s, none where the passage is one statement.
//!
//! Shared sentences that follow each other in the same order are one passage, also where a sentence stands between
//! them that the other text lacks. There a passage is cut: at every sentence, of either text, with less than a fifth
//! of its words matched. A block must be a passage by the limits of one; what is not is joined to its neighbour. Words
//! that moved cut nothing: what moved far enough to stand for itself is a passage, not a part of one.
//!
//! Cost: linear in the passage.

use std::ops::Range;

use crate::align::score::{UNMATCHED_BITS, least_bits};
use crate::align::{AlignParams, Alignment};
use crate::model::{Block, Flags, Operation, Span, Step, TokenSpan, Tokens};

/// Share of a sentence's words below which it counts as not shared: less than two labelled texts on one subject have in
/// common without taking it from each other.
const UNSHARED: f64 = 0.2;

/// Shortest sentence that parts two statements, in tokens: "he told reporters" stands inside one.
const SENTENCE: u32 = 5;

/// The blocks of `alignment`, in order of place on both sides; two or more, or none.
#[must_use]
pub(super) fn blocks(alignment: &Alignment, tokens: [&Tokens; 2], params: &AlignParams) -> Vec<Block> {
    if !may_part(alignment, tokens) {
        return Vec::new();
    }
    parted(alignment, tokens, params)
}

/// The blocks of a passage that may have some.
pub(super) fn parted(alignment: &Alignment, tokens: [&Tokens; 2], params: &AlignParams) -> Vec<Block> {
    let gaps = gaps(alignment);
    let sides = [
        Side::new(tokens[0], alignment.a, matched(alignment, |step| step.a)),
        Side::new(tokens[1], alignment.b, matched(alignment, |step| step.b)),
    ];
    let mut cuts: Vec<usize> = Vec::new();
    for (side, own) in sides.iter().zip([Gap::a as fn(&Gap) -> TokenSpan, Gap::b]) {
        side.add_cuts(&gaps, own, &mut cuts);
    }
    cuts.sort_unstable();
    cuts.dedup();
    if cuts.is_empty() {
        return Vec::new();
    }
    let [a, b] = &sides;
    let parts = a
        .parts(cuts.iter().map(|&cut| gaps[cut].a))
        .into_iter()
        .zip(b.parts(cuts.iter().map(|&cut| gaps[cut].b)))
        .map(|(a, b)| Part { a, b });
    let limits = Limits { sides: &sides, evidence: Evidence::of(alignment, &sides), params };
    let parts = limits.join(parts);
    let a_places = a.widened(parts.iter().map(|part| part.a), params.snap);
    let b_places = b.widened(parts.iter().map(|part| part.b), params.snap);
    if parts.len() < 2 {
        return Vec::new();
    }
    let places = a_places.into_iter().zip(b_places);
    places.zip(parts).map(|((a, b), part)| Block { a, b, bits: limits.bits(part) }).collect()
}

/// Whether some sentence is not shared, which parts a passage; asked before anything is allocated. Where words moved,
/// it is left to a closer look.
fn may_part(alignment: &Alignment, tokens: [&Tokens; 2]) -> bool {
    let steps = &alignment.steps;
    let moved = steps.iter().any(|step| step.operation == Operation::Move);
    has_long_gap(steps)
        && (moved
            || has_unshared(steps, tokens[0], |step| step.a)
            || has_unshared(steps, tokens[1], |step| step.b))
}

/// Whether so many unmatched words stand together that a sentence with them may be unshared: of a sentence of
/// [`SENTENCE`] words or more with fewer than one in five matched, that is three at least.
fn has_long_gap(steps: &[Step]) -> bool {
    const TOGETHER: u32 = 3;
    let mut unmatched = [0, 0];
    steps.iter().any(|step| {
        match step.operation {
            Operation::Equal => unmatched = [0, 0],
            Operation::Move => {}
            _ => unmatched = [unmatched[0] + step.a.len(), unmatched[1] + step.b.len()],
        }
        unmatched.iter().any(|&n| n >= TOGETHER)
    })
}

/// Whether some sentence of one side is not shared; the side's spans rise from step to step.
fn has_unshared(steps: &[Step], tokens: &Tokens, side: fn(&Step) -> TokenSpan) -> bool {
    let (mut len, mut n_matched) = (0, 0);
    for step in steps {
        let is_match = u32::from(step.operation == Operation::Equal);
        for place in &tokens.places[side(step).range()] {
            len += 1;
            n_matched += is_match;
            if place.flags.has(Flags::SENTENCE_END) {
                if is_unshared(n_matched, len) {
                    return true;
                }
                (len, n_matched) = (0, 0);
            }
        }
    }
    is_unshared(n_matched, len)
}

/// Whether a sentence of `len` words parts two statements.
fn is_unshared(n_matched: u32, len: u32) -> bool {
    len >= SENTENCE && f64::from(n_matched) / f64::from(len) < UNSHARED
}

/// A block in the making, from its first matched words to its last.
#[derive(Clone, Copy, Debug)]
struct Part {
    a: TokenSpan,
    b: TokenSpan,
}

/// What stands between two runs of equal words, on both sides.
#[derive(Clone, Copy, Debug)]
struct Gap {
    a: TokenSpan,
    b: TokenSpan,
}

impl Gap {
    fn a(&self) -> TokenSpan {
        self.a
    }

    fn b(&self) -> TokenSpan {
        self.b
    }
}

fn gaps(alignment: &Alignment) -> Vec<Gap> {
    let runs: Vec<_> = alignment.steps.iter().filter(|step| step.operation == Operation::Equal).collect();
    runs.windows(2)
        .map(|pair| Gap {
            a: Span::new(pair[0].a.end(), pair[1].a.start()),
            b: Span::new(pair[0].b.end(), pair[1].b.start()),
        })
        .collect()
}

/// The places of matched words on one side, moved ones included.
fn matched(alignment: &Alignment, side: fn(&Step) -> TokenSpan) -> impl Iterator<Item = TokenSpan> {
    let is_match = |step: &&Step| matches!(step.operation, Operation::Equal | Operation::Move);
    alignment.steps.iter().filter(is_match).map(side)
}

/// One side of a passage.
struct Side<'t> {
    tokens: &'t Tokens,
    place: TokenSpan,
    /// Matched tokens before each position of the passage, and before its end.
    matched: Vec<u32>,
    /// Weight of them, in eighths of a bit.
    weight: Vec<u32>,
}

impl Side<'_> {
    fn new(tokens: &Tokens, place: TokenSpan, matched: impl Iterator<Item = TokenSpan>) -> Side<'_> {
        let mut is_matched = vec![false; place.len() as usize];
        for span in matched {
            let from = (span.start() - place.start()) as usize;
            is_matched[from..from + span.len() as usize].fill(true);
        }
        let (mut n, mut weight) = (0, 0);
        let sums = || {
            let mut sums = Vec::with_capacity(place.len() as usize + 1);
            sums.push(0);
            sums
        };
        let mut side = Side { tokens, place, matched: sums(), weight: sums() };
        for (position, is_matched) in place.range().zip(is_matched) {
            if is_matched {
                n += 1;
                let stop = tokens.is(position, Flags::STOP);
                weight += if stop { 0 } else { u32::from(tokens.places[position].surprisal) };
            }
            side.matched.push(n);
            side.weight.push(weight);
        }
        side
    }

    fn count(&self, sums: &[u32], span: TokenSpan) -> u32 {
        let at = |position: u32| sums[(position - self.place.start()) as usize];
        at(span.end()) - at(span.start())
    }

    fn n_matched(&self, span: TokenSpan) -> u32 {
        self.count(&self.matched, span)
    }

    fn is_matched(&self, position: u32) -> bool {
        self.n_matched(Span::new(position, position + 1)) > 0
    }

    fn is_sentence_end(&self, position: u32) -> bool {
        self.tokens.is(position as usize, Flags::SENTENCE_END)
    }

    /// Sentences of the passage; the first and last may be cut off by its ends.
    fn sentences(&self) -> Vec<TokenSpan> {
        let mut start = self.place.start();
        let mut sentences = Vec::new();
        for position in self.place.start()..self.place.end() {
            if self.is_sentence_end(position) || position + 1 == self.place.end() {
                sentences.push(Span::new(start, position + 1));
                start = position + 1;
            }
        }
        sentences
    }

    /// Adds, for every sentence that is not shared, the gap that takes most of it.
    fn add_cuts(&self, gaps: &[Gap], own: fn(&Gap) -> TokenSpan, cuts: &mut Vec<usize>) {
        let mut from = 0;
        for sentence in self.sentences() {
            while gaps.get(from).is_some_and(|gap| own(gap).end() <= sentence.start()) {
                from += 1;
            }
            if !is_unshared(self.n_matched(sentence), sentence.len()) {
                continue;
            }
            let mut best = (0, None);
            for (index, gap) in gaps.iter().enumerate().skip(from) {
                if own(gap).start() >= sentence.end() {
                    break;
                }
                let overlap = own(gap).overlap(sentence);
                if overlap > best.0 {
                    best = (overlap, Some(index));
                }
            }
            cuts.extend(best.1);
        }
    }

    /// The matched extents of the parts between `cuts`: each is cut at its longest run of unmatched words.
    fn parts(&self, cuts: impl Iterator<Item = TokenSpan>) -> Vec<TokenSpan> {
        let mut parts = Vec::new();
        let mut start = self.place.start();
        for cut in cuts {
            let run = self.longest_unmatched(cut);
            parts.push(self.core(Span::new(start, run.start)));
            start = run.end;
        }
        parts.push(self.core(Span::new(start, self.place.end())));
        parts
    }

    fn longest_unmatched(&self, cut: TokenSpan) -> Range<u32> {
        let mut best = cut.start()..cut.start();
        let mut start = cut.start();
        for position in cut.start()..cut.end() {
            if self.is_matched(position) {
                start = position + 1;
            } else if position + 1 - start > best.end - best.start {
                best = start..position + 1;
            }
        }
        best
    }

    /// `span` from its first matched word to its last.
    fn core(&self, span: TokenSpan) -> TokenSpan {
        let first = (span.start()..span.end()).find(|&position| self.is_matched(position));
        let last = (span.start()..span.end()).rev().find(|&position| self.is_matched(position));
        first.zip(last).map_or(span, |(first, last)| Span::new(first, last + 1))
    }

    /// Neighbouring `cores` with their ends moved out: the outer ones to the ends of the passage, the inner ones over
    /// unmatched words to the end of a sentence, if one lies at most `reach` tokens away.
    fn widened(&self, cores: impl Iterator<Item = TokenSpan>, reach: u32) -> Vec<TokenSpan> {
        let mut places: Vec<TokenSpan> = Vec::new();
        for core in cores {
            let mut start = self.place.start();
            if let Some(last) = places.last_mut() {
                let end = (last.end()..=core.start().min(last.end() + reach))
                    .find(|&end| end > last.start() && self.is_sentence_end(end - 1))
                    .unwrap_or(last.end());
                *last = Span::new(last.start(), end);
                start = (end.max(core.start().saturating_sub(reach))..=core.start())
                    .rev()
                    .find(|&start| start > self.place.start() && self.is_sentence_end(start - 1))
                    .unwrap_or(core.start());
            }
            places.push(Span::new(start, core.end()));
        }
        if let Some(last) = places.last_mut() {
            *last = Span::new(last.start(), self.place.end());
        }
        places
    }
}

/// How the evidence of a passage is shared out among its parts: by the surprisal of their matched words.
#[derive(Clone, Copy, Debug)]
struct Evidence {
    /// Bits for each eighth of a bit of surprisal on either side.
    rate: f64,
}

impl Evidence {
    fn of(alignment: &Alignment, sides: &[Side<'_>; 2]) -> Evidence {
        let [a, b] = sides;
        let core = Part { a: a.core(a.place), b: b.core(b.place) };
        let gross = alignment.bits + f64::from(UNMATCHED_BITS) * f64::from(unmatched(sides, core));
        Evidence { rate: gross / f64::from(weight(sides, core).max(1)) }
    }
}

fn unmatched([a, b]: &[Side<'_>; 2], part: Part) -> u32 {
    part.a.len() + part.b.len() - a.n_matched(part.a) - b.n_matched(part.b)
}

fn weight([a, b]: &[Side<'_>; 2], part: Part) -> u32 {
    a.count(&a.weight, part.a) + b.count(&b.weight, part.b)
}

/// What a block must reach.
struct Limits<'s> {
    sides: &'s [Side<'s>; 2],
    evidence: Evidence,
    params: &'s AlignParams,
}

impl Limits<'_> {
    /// Whether `part` would be a passage if nothing stood beside it.
    fn stands(&self, part: Part) -> bool {
        let both = f64::from(part.a.len() + part.b.len());
        let unmatched = f64::from(unmatched(self.sides, part));
        let (words, identity) = (both / 2.0, (both - unmatched) / both.max(1.0));
        words >= f64::from(self.params.min_words)
            && identity >= self.params.min_identity
            && self.bits(part) >= least_bits(self.params.min_bits, identity, words)
    }

    /// Evidence of `part`, in bits.
    fn bits(&self, part: Part) -> f64 {
        let cost = f64::from(UNMATCHED_BITS) * f64::from(unmatched(self.sides, part));
        self.evidence.rate * f64::from(weight(self.sides, part)) - cost
    }

    /// `parts` with each that does not stand for itself joined to the nearer neighbour.
    fn join(&self, parts: impl Iterator<Item = Part>) -> Vec<Part> {
        let mut parts = parts.peekable();
        let mut done: Vec<Part> = Vec::new();
        while let Some(mut open) = parts.next() {
            while !self.stands(open) {
                let back = done.last().map(|last| between(*last, open));
                let on = parts.peek().map(|next| between(open, *next));
                let neighbour = match (back, on) {
                    (None, None) => break,
                    (Some(back), Some(on)) if on < back => parts.next(),
                    (Some(_), _) => done.pop(),
                    (None, Some(_)) => parts.next(),
                };
                open = neighbour.map_or(open, |other| hull(open, other));
            }
            done.push(open);
        }
        done
    }
}

fn between(part: Part, next: Part) -> u32 {
    next.a.start() - part.a.end() + next.b.start() - part.b.end()
}

fn hull(part: Part, other: Part) -> Part {
    Part { a: part.a.hull(other.a), b: part.b.hull(other.b) }
}
