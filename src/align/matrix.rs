//! The best alignment of two short sequences of words: every cell of the matrix, diagonal by diagonal.
//!
//! The cells (i, j) with one sum i + j need only those of the two sums before, so all cells of such a diagonal are the same
//! work on neighbouring numbers, and a processor does eight at a time; along a row, each cell would wait for the one to its
//! left. Only scores are kept; the way back asks each cell where its score came from.
//!
//! Cost: a cell takes two bytes, and two cells are kept for each one there is.

use std::ops::Range;

use wide::i16x8;

use crate::align::tables::{NOT_SHARED, Tables};

/// Cells worked off at a time.
const LANES: usize = 8;

const CONTENT_MATCH: i16 = 4;
const STOP_MATCH: i16 = 2;
const MISMATCH: i16 = -1;
const GAP: i16 = -1;

/// Column of a word that the other side lacks, and row of one: they match nothing.
const FOREIGN_COLUMN: i16 = 0;
const FOREIGN_ROW: i16 = -1;

/// Reused memory of the matrix. Rows are the words of the shorter side, from the first; columns those of the longer one, from
/// the last, so that both rise along a diagonal.
#[derive(Default)]
pub(super) struct Matrix {
    rows: Vec<i16>,
    gains: Vec<i16>,
    columns: Vec<i16>,
    /// Numbers of the words inside the matrix, from 1, so that they fit sixteen bits; 0 for those outside.
    numbers: Vec<i16>,
    scores: Vec<i16>,
    /// Cells from one diagonal to the next.
    stride: usize,
}

impl Matrix {
    /// Shows `each` matched pair of tokens `a` and `b` (ranges of the pieces), from the last to the first. Together they may
    /// be 8,000 tokens long.
    pub(super) fn align(
        &mut self,
        tables: &Tables,
        a: Range<usize>,
        b: Range<usize>,
        mut each: impl FnMut(usize, usize),
    ) {
        let is_turned = b.len() < a.len();
        let (a_words, b_words) = (&tables.a[a.clone()], &tables.b[b.clone()]);
        let (short, long) = if is_turned { (b_words, a_words) } else { (a_words, b_words) };
        self.number(tables, short, long);
        self.fill(short.len(), long.len());
        let (mut i, mut j) = (short.len(), long.len());
        while i > 0 && j > 0 {
            let score = self.score(i, j);
            let is_equal = self.rows[i - 1] == self.columns[long.len() - j];
            let step = if is_equal { self.gains[i - 1] } else { MISMATCH };
            // Of equally good ways the one that leaves out a word of a, then one of b.
            let (first_i, first_j) = if is_turned { (i, j - 1) } else { (i - 1, j) };
            if score == self.score(i - 1, j - 1) + step {
                (i, j) = (i - 1, j - 1);
                if is_equal {
                    let (x, y) = if is_turned { (j, i) } else { (i, j) };
                    each(a.start + x, b.start + y);
                }
            } else if score == self.score(first_i, first_j) + GAP {
                (i, j) = (first_i, first_j);
            } else {
                (i, j) = if is_turned { (i - 1, j) } else { (i, j - 1) };
            }
        }
    }

    /// Numbers the words of both sides, with room for the last lanes.
    fn number(&mut self, tables: &Tables, short: &[u32], long: &[u32]) {
        if self.numbers.len() < tables.words.len() {
            self.numbers.resize(tables.words.len(), FOREIGN_COLUMN);
        }
        self.columns.clear();
        let mut n = 0;
        for &number in long.iter().rev() {
            let word = &mut self.numbers[number as usize];
            if *word == FOREIGN_COLUMN && number != NOT_SHARED {
                n += 1;
                *word = n;
            }
            self.columns.push(*word);
        }
        self.columns.resize(long.len() + LANES, FOREIGN_COLUMN);
        self.rows.clear();
        self.gains.clear();
        for &number in short {
            let word = self.numbers[number as usize];
            self.rows.push(if word == FOREIGN_COLUMN { FOREIGN_ROW } else { word });
            self.gains.push(if tables.word(number).content { CONTENT_MATCH } else { STOP_MATCH });
        }
        self.rows.resize(short.len() + LANES, FOREIGN_ROW);
        self.gains.resize(short.len() + LANES, STOP_MATCH);
        for &number in long {
            self.numbers[number as usize] = FOREIGN_COLUMN;
        }
    }

    /// Fills the matrix of `m` rows and `n` columns. What stands beside its cells is left over and never read by one.
    fn fill(&mut self, m: usize, n: usize) {
        self.stride = m + 1 + LANES;
        let stride = self.stride;
        let n_cells = (m + n + 1) * stride;
        if self.scores.len() < n_cells {
            // Nothing of a smaller matrix is worth keeping.
            self.scores = vec![0; n_cells.next_power_of_two()];
        }
        for sum in 0..=m + n {
            let (before, here) = self.scores.split_at_mut(sum * stride);
            let here = &mut here[..stride];
            let (first, last) = (sum.saturating_sub(n).max(1), m.min(sum.saturating_sub(1)));
            if first <= last {
                let len = (last + 1 - first).next_multiple_of(LANES);
                let (two_before, before) = before[(sum - 2) * stride..].split_at(stride);
                let cells = Cells {
                    diagonal: &two_before[first - 1..first - 1 + len],
                    above: &before[first - 1..first - 1 + len],
                    beside: &before[first..first + len],
                    rows: &self.rows[first - 1..first - 1 + len],
                    gains: &self.gains[first - 1..first - 1 + len],
                    columns: &self.columns[n + first - sum..n + first - sum + len],
                };
                cells.fill(&mut here[first..first + len]);
            }
            let edge = sum as i16 * GAP;
            if sum <= n {
                here[0] = edge;
            }
            if sum <= m {
                here[sum] = edge;
            }
        }
    }

    /// The best score of the first `i` words of the shorter side and the first `j` of the longer one.
    fn score(&self, i: usize, j: usize) -> i16 {
        self.scores[(i + j) * self.stride + i]
    }
}

/// What the cells of one stretch of a diagonal are made of; slices of one length, a multiple of [`LANES`].
struct Cells<'m> {
    /// Neither word left out.
    diagonal: &'m [i16],
    /// The word of the shorter side left out.
    above: &'m [i16],
    /// The word of the longer side left out.
    beside: &'m [i16],
    rows: &'m [i16],
    gains: &'m [i16],
    columns: &'m [i16],
}

impl Cells<'_> {
    fn fill(self, here: &mut [i16]) {
        let lanes = |cells: &[i16], at: usize| i16x8::from_slice_unaligned(&cells[at..]);
        for (block, here) in here.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let at = block * LANES;
            let is_equal = lanes(self.rows, at).simd_eq(lanes(self.columns, at));
            let step = is_equal.select(lanes(self.gains, at), i16x8::splat(MISMATCH));
            // Lanes beside the matrix hold anything; sums there wrap.
            let across = lanes(self.above, at).max(lanes(self.beside, at)) + i16x8::splat(GAP);
            *here = (lanes(self.diagonal, at) + step).max(across).to_array();
        }
    }
}
