//! Word-by-word alignment of one box.
//!
//! Global dynamic programming over word numbers with substitution, so that replaced words stand opposite each other.
//! Common ends are taken off first; a box too large for the full matrix is cut at words that are unique on both
//! sides and rise together (patience anchors), so memory and time stay bounded. Blocks that moved are found in a
//! second pass over what stayed unmatched.

use crate::align::chain::Box2;
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

/// Cells of the largest full matrix: two bytes each, so two megabytes.
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

const CONTENT_MATCH: i16 = 4;
const STOP_MATCH: i16 = 2;
const MISMATCH: i16 = -1;
const GAP: i16 = -1;

/// Reused memory of the alignment.
#[derive(Default)]
pub(super) struct Editor {
    mates: Vec<u32>,
    taken: Vec<bool>,
    scores: Vec<i16>,
    /// Words of b inside the matrix, numbered from 1, and the number there of each word.
    columns: Vec<u16>,
    column_words: Vec<u16>,
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
                self.full_matrix(tables, a, b, place);
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

    /// Dynamic programming with linear gap cost over every cell.
    ///
    /// Each row is filled in two sweeps: what comes from the row above, which is the same work for every column, then the
    /// running maximum along the row. Only scores are kept; the way back asks each cell where its score came from.
    fn full_matrix(
        &mut self,
        tables: &Tables,
        a: std::ops::Range<usize>,
        b: std::ops::Range<usize>,
        place: Box2,
    ) {
        let (rows, width) = (a.len(), b.len() + 1);
        self.number_columns(tables, &tables.b[b.clone()]);
        self.scores.clear();
        self.scores.resize((rows + 1) * width, 0);
        for (j, score) in self.scores[..width].iter_mut().enumerate() {
            *score = j as i16 * GAP;
        }
        for i in 0..rows {
            let (above, here) = self.scores[i * width..(i + 2) * width].split_at_mut(width);
            let (wanted, gain) = row(tables, &self.column_words, tables.a[a.start + i]);
            fill_from_above(above, here, &self.columns, wanted, gain);
            here[0] = (i as i16 + 1) * GAP;
            let mut left = here[0];
            for score in &mut here[1..] {
                left = (*score).max(left + GAP);
                *score = left;
            }
        }
        let (mut i, mut j) = (rows, b.len());
        while i > 0 && j > 0 {
            let score = self.scores[i * width + j];
            let (wanted, gain) = row(tables, &self.column_words, tables.a[a.start + i - 1]);
            let is_equal = self.columns[j - 1] == wanted;
            let step = if is_equal { gain } else { MISMATCH };
            if score == self.scores[(i - 1) * width + j - 1] + step {
                (i, j) = (i - 1, j - 1);
                if is_equal {
                    self.mates[a.start + i - place.a.start() as usize] = (b.start + j) as u32;
                }
            } else if score == self.scores[(i - 1) * width + j] + GAP {
                i -= 1;
            } else {
                j -= 1;
            }
        }
        for &number in &tables.b[b] {
            self.column_words[number as usize] = 0;
        }
    }

    /// Numbers the words of `numbers` anew, so that they fit sixteen bits. What is not shared has no number.
    fn number_columns(&mut self, tables: &Tables, numbers: &[u32]) {
        if self.column_words.len() < tables.words.len() {
            self.column_words.resize(tables.words.len(), 0);
        }
        self.columns.clear();
        let mut n = 0;
        for &number in numbers {
            let word = &mut self.column_words[number as usize];
            if *word == 0 && number != NOT_SHARED {
                n += 1;
                *word = n;
            }
            self.columns.push(*word);
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

/// The column word that a token of number `number` matches, none if no column has it, and what the match is worth.
fn row(tables: &Tables, column_words: &[u16], number: u32) -> (u16, i16) {
    let word = column_words[number as usize];
    let wanted = if word == 0 { u16::MAX } else { word };
    (wanted, if tables.word(number).content { CONTENT_MATCH } else { STOP_MATCH })
}

/// The best score of each cell but the first of row `here` by a step down or across from the row above.
fn fill_from_above(above: &[i16], here: &mut [i16], columns: &[u16], wanted: u16, gain: i16) {
    let n = columns.len();
    let (diagonal, up, here) = (&above[..n], &above[1..=n], &mut here[1..=n]);
    for j in 0..n {
        let step = if columns[j] == wanted { gain } else { MISMATCH };
        here[j] = (diagonal[j] + step).max(up[j] + GAP);
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
