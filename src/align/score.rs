//! What an alignment is worth: bits of shared wording, identity, kind.
//!
//! Every matched content word adds its surprisal, or what is left of it given the matched words before it in the same run
//! ([`collocations`]), lessened when the word is frequent in these two texts; every unmatched word on either side costs
//! most of one bit. Three common words are nothing, seven rare ones are something. Only
//! the two texts and the built-in word statistics take part, so a pair gets the same verdict in any corpus.

use crate::align::chain::Box2;
use crate::align::edit::Match;
use crate::align::tables::{Side, Tables};
use crate::model::{Kind, StableId};
use crate::normalize::surface_equal;
use crate::statistics::collocations;

/// What a matched function word adds, in bits, inside a run of at least [`RUN`] matched words.
pub(super) const STOP_BITS: f32 = 1.5;

/// Matched words in a row from which function words count as evidence.
const RUN: u32 = 3;

/// Cost of an unmatched word, in bits.
pub(super) const UNMATCHED_BITS: f32 = 0.7;

/// Cost of breaking the order with a moved block, in bits.
const MOVED_BITS: f32 = 3.0;

/// Least identity of a passage called edited rather than reworded.
const EDITED_IDENTITY: f64 = 0.5;

/// Figures of one alignment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    /// Evidence in bits.
    pub(super) bits: f64,
    /// 2 × matched / (tokens of a + tokens of b).
    pub(super) identity: f64,
    /// Longest run of consecutive matched tokens.
    pub(super) longest_run: u32,
    /// Tokens of matched runs that hold a content word; the fingerprint of the wording.
    pub(super) fingerprint: StableId,
}

/// Scores the `matches` of `place`.
#[must_use]
pub(super) fn score(tables: &Tables, a: Side<'_>, place: Box2, matches: &[Match]) -> Score {
    let mut bits = 0.0_f32;
    let (mut run, mut longest, mut run_stops) = (0_u32, 0_u32, 0_u32);
    let mut moved_blocks = 0;
    let mut fingerprint = 0x7769_7265_636f_7079_u64;
    let mut previous: Option<Match> = None;
    for found in matches {
        let joined =
            previous.is_some_and(|p| p.a + 1 == found.a && p.b + 1 == found.b && p.moved == found.moved);
        if !joined {
            bits += stop_evidence(run, run_stops);
            (run, run_stops) = (0, 0);
            moved_blocks += u32::from(found.moved);
        }
        run += 1;
        longest = longest.max(run);
        let word = tables.word(tables.a[found.a as usize]);
        if word.content {
            let at = a.start + found.a as usize;
            bits += word.bits * collocations::share_given(a.tokens, at, run as usize - 1);
        } else {
            run_stops += 1;
        }
        if !found.moved {
            let key = a.tokens.keys[a.start + found.a as usize];
            fingerprint = (fingerprint.rotate_left(17) ^ key).wrapping_mul(0x9fb2_1c65_1e98_df25);
        }
        previous = Some(*found);
    }
    bits += stop_evidence(run, run_stops);
    let n = matches.len() as u32;
    let unmatched = (place.a.len() - n) + (place.b.len() - n);
    bits -= UNMATCHED_BITS * unmatched as f32 + MOVED_BITS * moved_blocks as f32;
    Score {
        bits: f64::from(bits),
        identity: 2.0 * f64::from(n) / f64::from((place.a.len() + place.b.len()).max(1)),
        longest_run: longest,
        fingerprint: StableId(fingerprint ^ (fingerprint >> 31)),
    }
}

fn stop_evidence(run: u32, stops: u32) -> f32 {
    if run >= RUN { STOP_BITS * stops as f32 } else { 0.0 }
}

/// How the evidence asked for grows for what is loose or short.
struct Demand {
    /// How much faster it grows than identity falls below [`EDITED_IDENTITY`]. Scattered words of one topic add up in long
    /// boxes; wording does not thin out like that.
    slope: f64,
    /// Words from which a passage is more than a name or a title. Below, the evidence asked for grows as the passage gets
    /// shorter: what makes a title rare is not that it was copied.
    short_words: f64,
}

/// Of a passage in the company of another: one with a third of its words matched needs 1.4 times the bits, one of five
/// words 2.8 times.
const IN_COMPANY: Demand = Demand { slope: 2.5, short_words: 14.0 };

/// Of a passage on its own: 1.6 times the bits with a third of its words matched, four times with five words. On the BBC's
/// articles a fifth of all passages fall between the two, nearly all of them names and one event told twice; of planted
/// passages of 20 words with 30 % of them edited, 4 in 100.
const ALONE: Demand = Demand { slope: 3.5, short_words: 20.0 };

impl Demand {
    fn bits(&self, min_bits: f64, identity: f64, words: f64) -> f64 {
        let reworded = 1.0 + self.slope * (EDITED_IDENTITY - identity).max(0.0);
        min_bits * reworded * (self.short_words / words.max(1.0)).max(1.0)
    }
}

/// The bits that a passage of `identity` and `words` (mean of both sides) must reach in any case, where a long edited one
/// must reach `min_bits`.
#[must_use]
pub(super) fn least_bits(min_bits: f64, identity: f64, words: f64) -> f64 {
    IN_COMPANY.bits(min_bits, identity, words)
}

/// The bits from which it is a passage whatever else the two texts share.
#[must_use]
pub(super) fn alone_bits(min_bits: f64, identity: f64, words: f64) -> f64 {
    ALONE.bits(min_bits, identity, words)
}

/// How the two sides differ.
#[must_use]
pub(super) fn kind(
    a: Side<'_>,
    b: Side<'_>,
    texts: (&str, &str),
    place: Box2,
    matches: &[Match],
    identity: f64,
) -> Kind {
    let whole = matches.len() as u32 == place.a.len() && matches.len() as u32 == place.b.len();
    if whole && matches.iter().all(|found| !found.moved && is_same_word(a, b, texts, *found)) {
        Kind::Verbatim
    } else if identity >= EDITED_IDENTITY {
        Kind::Edited
    } else {
        Kind::Reworded
    }
}

/// Whether a matched pair is the same word, not only the same stem.
fn is_same_word(a: Side<'_>, b: Side<'_>, texts: (&str, &str), found: Match) -> bool {
    let x = &texts.0[a.tokens.bytes(a.start + found.a as usize).range()];
    let y = &texts.1[b.tokens.bytes(b.start + found.b as usize).range()];
    x == y || surface_equal(x, y)
}
