//! Word-by-word alignment of one box.
//!
//! Global dynamic programming over word numbers with substitution, so that replaced words stand opposite each other
//! (`matrix`).
//! Common ends are taken off first; a box too large for the full matrix is cut at words that are unique on both
//! sides and rise together (patience anchors), so memory and time stay bounded. Blocks that moved are found in a
//! second pass over what stayed unmatched.

use crate::align::chain::Box2;
use crate::align::matrix::Matrix;
use crate::align::tables::{NOT_SHARED, Tables};
use crate::model::{Span, TokenSpan};

/// A token of a matched with one of b, in positions of the pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    /// Position in a.
    pub(super) a: u32,
    /// Position in b.
    pub(super) b: u32,
    /// Whether it belongs to a moved block rather than to the main chain.
    pub(super) moved: bool,
}

/// Cells of the largest full matrix: four bytes each, so four megabytes.
const MAX_CELLS: usize = 1 << 20;

/// Tokens of both sides of the largest full matrix, so that its scores and the numbers of its words fit sixteen bits, of
/// which a processor works off twice as many at a time as of thirty-two.
const MAX_TOKENS: usize = 8_000;

/// Shortest moved block, in tokens.
const MIN_MOVED: usize = 3;

/// Least evidence of a moved block, in bits: a story's own names stand everywhere in both texts and move nowhere.
const MIN_MOVED_BITS: f32 = 5.0;

/// Places of a word looked at for a moved block.
const MAX_PLACES: usize = 16;

/// Reused memory of the alignment.
#[derive(Default)]
pub(super) struct Editor {
    mates: Vec<u32>,
    taken: Vec<bool>,
    matrix: Matrix,
    unaligned: u64,
}

const NONE: u32 = u32::MAX;

impl Editor {
    /// Matches the tokens of one box: the main chain, and moved blocks. Sorted by position in a.
    pub(super) fn align(&mut self, tables: &Tables, place: Box2) -> Vec<Match> {
        self.mates.clear();
        self.mates.resize(place.a.len() as usize, NONE);
        self.chain(tables, place.a.range(), place.b.range(), place);
        let mut matches: Vec<Match> = self
            .mates
            .iter()
            .zip(place.a.start()..)
            .filter(|&(&mate, _)| mate != NONE)
            .map(|(&b, a)| Match { a, b, moved: false })
            .collect();
        self.find_moved(tables, place, &mut matches);
        matches.sort_unstable();
        matches
    }

    /// Boxes, or parts of boxes, too large to align and without a word to cut them at; then starts counting anew.
    pub(super) fn take_unaligned(&mut self) -> u64 {
        std::mem::take(&mut self.unaligned)
    }

    /// Aligns the tokens `a` and `b` (ranges of the pieces) into `mates`.
    fn chain(&mut self, tables: &Tables, a: std::ops::Range<usize>, b: std::ops::Range<usize>, place: Box2) {
        let mut work = vec![(a, b)];
        while let Some((mut a, mut b)) = work.pop() {
            let same = |i: usize, j: usize| tables.a[i] == tables.b[j] && tables.a[i] != NOT_SHARED;
            while !a.is_empty() && !b.is_empty() && same(a.start, b.start) {
                self.mates[a.start - place.a.start() as usize] = b.start as u32;
                (a.start, b.start) = (a.start + 1, b.start + 1);
            }
            while !a.is_empty() && !b.is_empty() && same(a.end - 1, b.end - 1) {
                self.mates[a.end - 1 - place.a.start() as usize] = b.end as u32 - 1;
                (a.end, b.end) = (a.end - 1, b.end - 1);
            }
            if a.is_empty() || b.is_empty() {
                continue;
            }
            if a.len() + b.len() <= MAX_TOKENS && a.len().saturating_mul(b.len()) <= MAX_CELLS {
                let (mates, first) = (&mut self.mates, place.a.start() as usize);
                self.matrix.align(tables, a, b, |x, y| mates[x - first] = y as u32);
                continue;
            }
            let anchors = anchors(tables, &a, &b);
            if anchors.is_empty() {
                self.unaligned += 1;
                continue;
            }
            let (mut i, mut j) = (a.start, b.start);
            for (x, y) in anchors {
                self.mates[x - place.a.start() as usize] = y as u32;
                work.push((i..x, j..y));
                (i, j) = (x + 1, y + 1);
            }
            work.push((i..a.end, j..b.end));
        }
    }

    /// Adds the longest equal runs among tokens that the main chain left unmatched.
    fn find_moved(&mut self, tables: &Tables, place: Box2, matches: &mut Vec<Match>) {
        let (a_first, b_first) = (place.a.start() as usize, place.b.start() as usize);
        self.taken.clear();
        self.taken.resize(place.b.len() as usize, false);
        for found in matches.iter() {
            self.taken[found.b as usize - b_first] = true;
        }
        let mut i = a_first;
        while i < place.a.end() as usize {
            let number = tables.a[i];
            if self.mates[i - a_first] != NONE || number == NOT_SHARED {
                i += 1;
                continue;
            }
            let places = tables.b_places(tables.word(number));
            let best = places[places.partition_point(|&j| j < place.b.start())..]
                .iter()
                .take_while(|&&j| j < place.b.end())
                .take(MAX_PLACES)
                .map(|&j| j as usize)
                .map(|j| (self.free_run(tables, place, i, j), j))
                .fold((0, 0), |best, next| if next.0 > best.0 { next } else { best });
            if best.0 < MIN_MOVED {
                i += 1;
                continue;
            }
            for offset in 0..best.0 {
                self.taken[best.1 + offset - b_first] = true;
                matches.push(Match { a: (i + offset) as u32, b: (best.1 + offset) as u32, moved: true });
            }
            i += best.0;
        }
    }

    /// Length of the equal run from (`i`, `j`) whose tokens are unmatched on both sides; 0 if it says too little.
    fn free_run(&self, tables: &Tables, place: Box2, i: usize, j: usize) -> usize {
        let (a_first, b_first) = (place.a.start() as usize, place.b.start() as usize);
        let longest = (place.a.end() as usize - i).min(place.b.end() as usize - j);
        let len = (0..longest)
            .take_while(|&offset| {
                tables.a[i + offset] == tables.b[j + offset]
                    && tables.a[i + offset] != NOT_SHARED
                    && self.mates[i + offset - a_first] == NONE
                    && !self.taken[j + offset - b_first]
            })
            .count();
        let evidence: f32 = (i..i + len)
            .map(|position| tables.word(tables.a[position]))
            .filter(|word| word.content)
            .map(|word| word.bits)
            .sum();
        if evidence >= MIN_MOVED_BITS { len } else { 0 }
    }
}

/// Words with one place on either side, thinned to the longest sequence that rises on both.
fn anchors(tables: &Tables, a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> Vec<(usize, usize)> {
    let mut seen: Vec<(u32, u32, usize, usize)> = Vec::new();
    let mut a_places: Vec<(u32, usize)> =
        a.clone().map(|i| (tables.a[i], i)).filter(|p| p.0 != NOT_SHARED).collect();
    let mut b_places: Vec<(u32, usize)> =
        b.clone().map(|j| (tables.b[j], j)).filter(|p| p.0 != NOT_SHARED).collect();
    a_places.sort_unstable();
    b_places.sort_unstable();
    let mut b_runs = b_places.chunk_by(|x, y| x.0 == y.0).peekable();
    for run in a_places.chunk_by(|x, y| x.0 == y.0) {
        while b_runs.peek().is_some_and(|other| other[0].0 < run[0].0) {
            b_runs.next();
        }
        if let Some(other) = b_runs.peek().filter(|other| other[0].0 == run[0].0) {
            seen.push((run.len() as u32, other.len() as u32, run[0].1, other[0].1));
        }
    }
    let mut unique: Vec<(usize, usize)> =
        seen.into_iter().filter(|s| s.0 == 1 && s.1 == 1).map(|s| (s.2, s.3)).collect();
    unique.sort_unstable();
    longest_rising(&unique)
}

/// The longest subsequence of `points` (sorted by the first number) whose second numbers rise.
fn longest_rising(points: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(points.len());
    for (index, point) in points.iter().enumerate() {
        let at = tails.partition_point(|&tail| points[tail].1 < point.1);
        previous.push(at.checked_sub(1).map(|before| tails[before]));
        if at == tails.len() {
            tails.push(index);
        } else {
            tails[at] = index;
        }
    }
    let mut rising = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied();
    while let Some(index) = at {
        rising.push(points[index]);
        at = previous[index];
    }
    rising.reverse();
    rising
}

/// The tokens from the first to the last match on either side.
#[must_use]
pub(super) fn extent(matches: &[Match]) -> Option<Box2> {
    let (first, last) = (matches.first()?, matches.last()?);
    let b_first = matches.iter().map(|m| m.b).min()?;
    let b_last = matches.iter().map(|m| m.b).max()?;
    let span = |start: u32, end: u32| -> TokenSpan { Span::new(start, end + 1) };
    Some(Box2 { a: span(first.a, last.a), b: span(b_first, b_last) })
}
