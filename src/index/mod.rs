//! A corpus kept on disk, so that new documents are compared with all of it in milliseconds.
//!
//! In: documents with their postings. Out: the postings under given hashes, and the documents they belong to.
//!
//! An index is a folder of immutable segments and a manifest that names them. An update writes new files, then replaces the
//! manifest: what it names is what there is, so a reader sees the state before or after and never one between, and a process
//! that is killed leaves the last one. Removed documents are listed beside their segment and dropped when it is merged;
//! segments of one size are merged eight at a time.
//!
//! ```text
//! corpus.wcx/  manifest.json   what counts: version, settings, segments; replaced by a rename
//!              N.segment       documents, texts, postings (`segment`)
//!              N.removed       documents of a segment that do not count any more
//!              lock            held by the process that writes; the system frees it, however that ends
//! ```
//!
//! Postings are all shingles of all documents, not a sample: an index finds what a comparison without one finds.
//!
//! Cost: a posting takes some six bytes; a lookup reads one block of three kilobytes.

mod digest;
pub mod error;
pub mod manifest;
mod packed;
pub mod removed;
mod row;
pub mod segment;
mod snapshot;
mod update;
mod words;

pub use digest::{Digest, TextPlace};
pub use error::IndexError;
pub use manifest::{FORMAT, Manifest};
pub use row::Row;
pub use segment::{Body, Incoming, Table};
pub use snapshot::{Snapshot, Stamp, text_hash};
pub use update::Update;
pub use words::Words;
pub(crate) use words::is_stand_in;

use std::path::Path;

/// Extension of the folder that an index is.
pub const EXTENSION: &str = "wcx";

/// Whether `path` is meant to be an index: by its extension, or because it is one.
#[must_use]
pub fn is_index(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == EXTENSION) || path.join(manifest::MANIFEST).is_file()
}
