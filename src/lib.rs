//! Finds the passages that articles share, verbatim or edited: where exactly, how they differ, in which
//! outlets they ran and who had them first.
//!
//! Documents go in as a [`model::Corpus`], made by hand or by [`read::read`]; [`pipeline::compare`] turns them into a
//! [`model::Analysis`]; [`report::write`] writes that in any format. Two texts are a corpus of two:
//!
//! ```
//! use wirecopy::model::{Corpus, Document, Silent};
//! use wirecopy::pipeline::{Scope, Settings, compare};
//!
//! let text = |name: &str, text: &str| Document { name: name.into(), text: text.into(), ..Document::default() };
//! let corpus = Corpus {
//!     documents: vec![
//!         text("bulletin", "The harbour council approved the tidal barrier by 11 votes to 4 on Monday evening."),
//!         text("gazette", "On Tuesday readers learned that the harbour council approved the tidal barrier by 12 votes."),
//!     ],
//!     ..Corpus::default()
//! };
//! let analysis = compare(corpus, &Scope::AllPairs, &Settings::default(), &Silent)?;
//!
//! let passage = &analysis.passages[0];
//! assert_eq!(passage.edits.numbers_changed, 1);
//! let bulletin = &analysis.documents[passage.a_doc.index()];
//! assert!(bulletin.text[passage.a.range()].starts_with("The harbour council approved the tidal barrier"));
//! # Ok::<(), wirecopy::error::Error>(())
//! ```
//!
//! # What to know
//!
//! - A pair of texts gets the same passages for equal settings on every machine, for any number of threads.
//! - Spans are bytes into the text as given. [`report::Locator`] turns them into code points and lines.
//! - Nothing is dropped without being counted: see [`model::Analysis::skipped`], `warnings` and `bounds`.
//! - "First" means first in this corpus. [`model::Order::Unknown`] is an answer.
//!
//! # Features
//!
//! `cli` (default) builds the program and the terminal tables with their dependencies. The library does without.

pub mod align;
#[cfg(feature = "cli")]
pub mod cli;
pub mod cluster;
pub mod edits;
pub mod error;
pub mod fingerprint;
pub mod gate;
pub mod index;
pub mod matching;
pub mod model;
pub mod normalize;
pub mod pipeline;
pub mod provenance;
pub mod read;
pub mod report;
pub mod statistics;
pub mod store;

#[cfg(test)]
mod fixture;
