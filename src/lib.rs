//! Finds the passages that articles share, verbatim or edited: where exactly, how they differ, in which
//! outlets they ran and who had them first.

pub mod model;
pub mod pipeline;
pub mod read;
