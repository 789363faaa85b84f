//! How much a word tells: surprisal from built-in tables and, where there is no table, from documented priors.
//!
//! A shared word is evidence in proportion to its rarity, −log₂ of its probability. Probabilities come from a
//! table compiled into the program, so that two texts get the same verdict alone, in a corpus of any size and against
//! an index; only when asked do the documents at hand have a say ([`corpus`]). A word of a name or a set phrase says less after
//! the one before it ([`collocations`]). Tables hold truncated stem hashes and numbers, no text, 970 KB in all;
//! `cargo run --release --example background` builds them again.
//!
//! Unit everywhere: eighths of a bit in a `u8` (at most 31.9 bits), which is finer than the counts behind it.
//! A lookup is a binary search, done once per distinct word and thread.

pub mod background;
pub mod collocations;
pub mod corpus;
pub mod prior;

pub use background::Background;

/// `bits` in eighths, rounded; 0 to 31.9 bits.
#[must_use]
pub fn eighths(bits: f64) -> u8 {
    // A float cast saturates, and NaN becomes zero.
    (bits * 8.0).round() as u8
}
