//! Long texts in pieces that are normalized apart and give the same tokens.
//!
//! Nothing reaches over a blank line: no word, no gram, no sentence; and what stands before it, to what follows, is the start
//! of a line as the start of a text is. So texts are cut behind blank lines.

use memchr::memchr_iter;
use rayon::prelude::*;

use crate::model::Tokens;

/// Cuts a text behind blank lines into pieces of at least `least` bytes, but for the last one; at least one.
pub(crate) fn cut(text: &str, least: usize) -> Vec<&str> {
    let mut pieces = Vec::with_capacity(text.len() / least.max(1) + 1);
    let mut rest = text;
    while let Some(end) = blank_line_end(rest.as_bytes(), least) {
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// Where the first blank line ends that begins at `from` or later, if something follows.
fn blank_line_end(bytes: &[u8], from: usize) -> Option<usize> {
    memchr_iter(b'\n', bytes.get(from..)?)
        .map(|at| from + at + 1)
        .find_map(|at| {
            let len = ["\n", "\r\n"].iter().find(|end| bytes[at..].starts_with(end.as_bytes()))?.len();
            Some(at + len)
        })
        .filter(|&end| end < bytes.len())
}

/// The tokens of the whole text, from the length in bytes and the tokens of each of its pieces.
pub(crate) fn join(pieces: impl ParallelIterator<Item = (usize, Tokens)>) -> Tokens {
    let mut whole = Tokens::default();
    let pieces: Vec<(usize, Tokens)> = pieces.collect_vec_list().into_iter().flatten().collect();
    let n_tokens = pieces.iter().map(|(_, tokens)| tokens.len()).sum();
    whole.keys.reserve_exact(n_tokens);
    whole.places.reserve_exact(n_tokens);
    let mut offset = 0;
    for (len, mut tokens) in pieces {
        let from = u32::try_from(offset).expect("the reader admits texts below 4 GiB");
        tokens.places.iter_mut().for_each(|place| place.start += from);
        whole.keys.append(&mut tokens.keys);
        whole.places.append(&mut tokens.places);
        offset += len;
    }
    // A piece knows only its own repeats.
    whole.mark_repeats();
    whole
}
