//! Finds the passages that articles share, verbatim or edited: where exactly, how they differ, in which
//! outlets they ran and who had them first.

#[cfg(feature = "cli")]
pub mod cli;
pub mod model;
pub mod normalize;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod statistics;
