//! Integration tests: one binary, a module for each subject.
#![allow(clippy::unwrap_used, missing_docs)]

mod check;
mod cli;
mod index;
mod invariants;
mod readme;
mod samples;
mod source;
mod tidy;
mod work;
