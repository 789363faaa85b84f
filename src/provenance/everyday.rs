//! Is shared wording what anybody could have written?
//!
//! In: a passage's tokens on either side and its edit script. Out: the fact by which it is common. Its words have to be common
//! ones, in the mean; but the mean hides the one name or figure that makes a sentence somebody's, and a long run of common
//! words is a sentence that somebody wrote. So no such run may match, nor may both sides have the name, in whatever order. Cost: that
//! of sorting the words.

use crate::model::{Flags, Operation, Step, TokenSpan, Tokens};
use crate::provenance::formula::is_fact;
use crate::statistics::collocations;

/// Mean bits of the matched content words below which they are common. Content words of running English news have 13 bits in
/// the mean (the built-in table, weighted by its own frequencies, without the 120 most frequent words) with a deviation of
/// 2.4; these are four times as frequent as that, and one in six.
const COMMON_BITS: f32 = 11.0;

/// Evidence from which even common words in a row say something, in bits: twice the least that is reported by default.
const COMMON_MOST: f64 = 80.0;

/// Bits of one run of matched words, each given those before it, from which it is a sentence that somebody wrote.
const RUN_BITS: f32 = 60.0;

/// Least surprisal of a name that says who or where, in bits, and of one that does so by itself: "Senate" and "June" do not.
const NAMES: (f32, f32) = (11.0, 13.0);

/// Fewest bytes of a figure that is no count of a few or of a day.
const FIGURE: u16 = 3;

/// Such names and figures, different ones, that make wording somebody's.
const FACTS: usize = 2;

/// Why words are in everybody's mouth: the content words matched are common ones, together they say little more than the least
/// that is reported, `bits`, and the two sides name nobody alike, wherever in the passage. Initials are parts of names, not words.
#[must_use]
pub fn fact(a: (&Tokens, TokenSpan), b: (&Tokens, TokenSpan), steps: &[Step], bits: f64) -> Option<String> {
    if bits >= COMMON_MOST {
        return None;
    }
    let tokens = a.0;
    let (mut n, mut sum) = (0_u32, 0.0_f32);
    for step in steps.iter().filter(|step| matches!(step.operation, Operation::Equal | Operation::Move)) {
        let first = step.a.start() as usize;
        let mut of_run = 0.0_f32;
        for index in step.a.range().filter(|&index| is_word(tokens, index)) {
            let bits = tokens.bits(index);
            (n, sum) = (n + 1, sum + bits);
            of_run += bits * collocations::share_given(tokens, index, index - first);
        }
        if of_run >= RUN_BITS {
            return None;
        }
    }
    let mean = sum / n.max(1) as f32;
    (mean < COMMON_BITS && !name_alike(a, b)).then(|| {
        format!("its {n} matched content words have {mean:.1} bits each, common ones in this language")
    })
}

/// Whether enough names and figures are in both stretches.
fn name_alike((a, a_span): (&Tokens, TokenSpan), (b, b_span): (&Tokens, TokenSpan)) -> bool {
    let mut theirs: Vec<u64> =
        b_span.range().filter(|&index| is_word(b, index)).map(|index| b.keys[index]).collect();
    theirs.sort_unstable();
    let mut counted: Vec<u64> = Vec::new();
    let mut facts = 0;
    for index in a_span.range().filter(|&index| is_word(a, index)) {
        let (key, weight) = (a.keys[index], weight(a, index));
        if weight > 0 && theirs.binary_search(&key).is_ok() && !counted.contains(&key) {
            counted.push(key);
            facts += weight;
        }
        if facts >= FACTS {
            return true;
        }
    }
    false
}

/// Whether token `index` is a content word, and no initial.
fn is_word(tokens: &Tokens, index: usize) -> bool {
    !tokens.is(index, Flags::STOP) && tokens.places[index].len > 1
}

/// As how many names or figures token `index` counts.
fn weight(tokens: &Tokens, index: usize) -> usize {
    let bits = tokens.bits(index);
    match () {
        () if tokens.is(index, Flags::NUMBER) => usize::from(tokens.places[index].len >= FIGURE),
        () if !is_fact(tokens, index) => 0,
        () if bits >= NAMES.1 => FACTS,
        () => usize::from(bits >= NAMES.0),
    }
}
