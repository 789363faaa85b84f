//! Statements that stand elsewhere: which of a passage's moved words are told.
//!
//! An alignment takes a block that moved in pieces where a word of it changed; what moved together is one. Of a name, a
//! number or a run of words that any statement may hold nothing is told, nor of a few words that only changed places.

use crate::edits::Side;
use crate::edits::slot::{Likeness, Stretch};
use crate::edits::typed::is_own_word;
use crate::model::{Operation, Step, TokenSpan};

/// Evidence in bits of a statement that moved: as much as a passage has to have by default.
const BITS: f64 = 40.0;

/// Fewest words that are told to have moved: a clause.
const LEAST: u32 = 6;

/// Fewest of them that are content words and neither names nor numbers.
const LEAST_OWN: usize = 2;

/// Words on either side between two pieces of one block.
const BETWEEN: u32 = 3;

/// The statements that moved, in order of place in a.
pub(super) fn statements<'s>(
    steps: &[Step],
    a: Side<'s>,
    b: Side<'s>,
) -> impl Iterator<Item = (TokenSpan, TokenSpan)> + use<'s> {
    let moves = steps.iter().filter(|step| step.operation == Operation::Move);
    let mut blocks: Vec<(TokenSpan, TokenSpan)> = moves.map(|step| (step.a, step.b)).collect();
    blocks.sort_unstable_by_key(|(x, y)| (x.start(), y.start()));
    blocks.dedup_by(|next, block| {
        let follows = |before: TokenSpan, after: TokenSpan| {
            after.start().checked_sub(before.end()).is_some_and(|between| between <= BETWEEN)
        };
        let together = follows(block.0, next.0) && follows(block.1, next.1);
        if together {
            *block = (block.0.hull(next.0), block.1.hull(next.1));
        }
        together
    });
    blocks.into_iter().filter(move |&(x, y)| is_statement((a, x), (b, y)))
}

/// Whether a statement moved: the sentences around are versions of one, and what they share would be a passage.
fn is_statement((a, x): (Side<'_>, TokenSpan), (b, y): (Side<'_>, TokenSpan)) -> bool {
    let own = x.range().filter(|&at| is_own_word(a.tokens, at)).take(LEAST_OWN).count();
    if x.len().min(y.len()) < LEAST || own < LEAST_OWN {
        return false;
    }
    let likeness = Likeness::of(&Stretch::around(a, x).whole(), &Stretch::around(b, y).whole());
    likeness.bits >= BITS && likeness.is_version()
}
