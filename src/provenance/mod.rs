//! Who had it first, and how two documents came to share it. And what was nobody's in particular: [`formula`].
//!
//! [`clock`] reads times, [`names`] tells whom a document is by and whom it names, [`order`] weighs both with quotations and
//! what [`texts`] and [`versions`] tell, [`origin`] tells how a pair came to share words, [`derivation`] how much of a document
//! is derived, [`independent`] how many origins a statement has. "First" always means first in this corpus. Missing or
//! contradicting evidence gives [`crate::model::Order::Unknown`], never a guess.

pub mod clock;
pub mod derivation;
pub mod everyday;
pub mod formula;
pub mod independent;
pub mod names;
pub mod order;
pub mod origin;
pub mod recurrence;
pub mod story;
pub mod texts;
pub mod versions;
pub mod zones;

#[cfg(test)]
mod tests;

pub use clock::Clock;
