//! Integration tests: one binary, a module for each subject.
#![allow(clippy::unwrap_used, missing_docs)]

mod cli;
mod readme;
mod invariants;
mod samples;
mod source;
mod tidy;
