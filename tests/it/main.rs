//! Integration tests: one binary, a module for each subject.
#![allow(clippy::unwrap_used, missing_docs)]

mod changes;
mod check;
mod cli;
mod docs;
mod exports;
mod index;
mod invariants;
mod readme;
mod samples;
mod search;
mod source;
mod tidy;
mod work;
