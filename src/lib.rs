//! Finds the passages that articles share, verbatim or edited: where exactly, how they differ, in which
//! outlets they ran and who had them first.

pub mod align;
#[cfg(feature = "cli")]
pub mod cli;
pub mod cluster;
pub mod error;
pub mod fingerprint;
pub mod matching;
pub mod model;
pub mod normalize;
pub mod pipeline;
pub mod provenance;
pub mod read;
pub mod report;
pub mod statistics;

#[cfg(test)]
mod fixture;
