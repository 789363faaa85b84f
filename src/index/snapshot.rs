//! An index as it was at one moment, to be read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::index::digest::Digest;
use crate::index::error::IndexError;
use crate::index::manifest::Manifest;
use crate::index::row::Row;
use crate::index::segment::{Body, Segment, TABLES, Table, short};
use crate::matching::postings::Posting;
use crate::store::{Folder, StoreError};

/// Hashes that a thread looks up at a time.
const LOOKED_UP: usize = 2_048;

/// What an index held when it was opened. An update at the same time changes nothing of it: segments are never changed, and
/// files that were opened stay.
#[derive(Debug)]
pub struct Snapshot {
    path: PathBuf,
    manifest: Manifest,
    segments: Vec<Segment>,
    /// Number of the first document of each segment, and of all.
    firsts: Vec<u32>,
}

/// What must be alike for an index to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Version of what texts become.
    pub normalizer: u32,
    /// Settings that decide what is stored, by name.
    pub settings: std::collections::BTreeMap<String, String>,
}

impl Stamp {
    /// Whether an index with `manifest` can be read.
    ///
    /// # Errors
    ///
    /// [`IndexError::Differs`] tells what differs.
    pub(super) fn check(&self, path: &Path, manifest: &Manifest) -> Result<(), IndexError> {
        let mut told = Vec::new();
        if self.normalizer != manifest.normalizer {
            told.push(format!(
                "it was built by version {} of the rules that make words of text, this program has {}",
                manifest.normalizer, self.normalizer
            ));
        }
        let none = String::from("none");
        let names =
            self.settings.keys().chain(manifest.settings.keys()).collect::<std::collections::BTreeSet<_>>();
        for name in names {
            let (was, is) =
                (manifest.settings.get(name).unwrap_or(&none), self.settings.get(name).unwrap_or(&none));
            if was != is {
                told.push(format!("it was built with {name} = {was}, and now {name} = {is} is asked for"));
            }
        }
        match told.is_empty() {
            true => Ok(()),
            false => Err(IndexError::Differs { path: path.to_owned(), differences: told.join(", ") }),
        }
    }
}

impl Snapshot {
    /// Opens the index at `path`, whatever it was built with.
    ///
    /// # Errors
    ///
    /// There is none, or it is damaged or of another version.
    pub fn open(path: &Path) -> Result<Snapshot, IndexError> {
        let mut last = None;
        // An update may replace files between the reading of the manifest and their opening.
        for _ in 0..16 {
            // Before the first commit there is nothing to read, and no wrong answer to be had from it.
            let Some(manifest) = Manifest::read(path)?.filter(|it| it.generation > 0) else {
                return Err(IndexError::Missing { path: path.to_owned() });
            };
            if last.as_ref().is_some_and(|(generation, _)| *generation == manifest.generation) {
                break;
            }
            let generation = manifest.generation;
            match Snapshot::of(path, manifest) {
                Ok(snapshot) => return Ok(snapshot),
                Err(error) => last = Some((generation, error)),
            }
        }
        Err(last.map_or_else(|| IndexError::Missing { path: path.to_owned() }, |(_, error)| error))
    }

    pub(super) fn of(path: &Path, manifest: Manifest) -> Result<Snapshot, IndexError> {
        let folder = Arc::new(Folder::at(path));
        let segments: Vec<Segment> = manifest
            .segments
            .iter()
            .map(|entry| Segment::open(&folder, entry))
            .collect::<Result<_, _>>()
            .map_err(|error| IndexError::of(path, error))?;
        let mut firsts = vec![0_u32];
        for segment in &segments {
            let next = firsts.last().copied().unwrap_or(0).checked_add(segment.len());
            firsts.push(next.ok_or_else(|| IndexError::Unable {
                what: format!("{} holds more documents than 32 bits count", path.display()),
                remedy: "divide it".to_owned(),
            })?);
        }
        Ok(Snapshot { path: path.to_owned(), manifest, segments, firsts })
    }

    /// Whether it can be read by a run with `stamp`.
    ///
    /// # Errors
    ///
    /// [`IndexError::Differs`] tells what differs.
    pub fn fits(&self, stamp: &Stamp) -> Result<(), IndexError> {
        stamp.check(&self.path, &self.manifest)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub(super) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Documents that count.
    #[must_use]
    pub fn n_documents(&self) -> u32 {
        self.segments.iter().map(|segment| segment.len() - segment.removed().len() as u32).sum()
    }

    /// Numbers of the documents that count, in order.
    pub fn documents(&self) -> impl Iterator<Item = u32> + '_ {
        self.segments.iter().zip(&self.firsts).flat_map(|(segment, first)| {
            (0..segment.len()).filter(|&document| segment.counts(document)).map(move |it| first + it)
        })
    }

    /// The segment of a document, and its number there.
    fn home(&self, document: u32) -> (&Segment, u32) {
        let (index, number) = self.place(document);
        (&self.segments[index], number)
    }

    /// Segment number of a document, and its number there.
    pub(super) fn place(&self, document: u32) -> (usize, u32) {
        let index = self.firsts.partition_point(|&first| first <= document) - 1;
        (index, document - self.firsts[index])
    }

    fn fault(&self, error: StoreError) -> IndexError {
        IndexError::of(&self.path, error)
    }

    /// The error of a document of which one part says something else than another.
    pub(crate) fn contradiction(&self, document: u32, what: &str) -> IndexError {
        let (segment, number) = self.place(document);
        let file = self.path.join(&self.manifest.segments[segment].file);
        let what = format!("{}: document {number} cannot be read ({what})", file.display());
        IndexError::Damaged { path: self.path.clone(), what }
    }

    /// The rows of `table` whose hash is among `hashes`, which are sorted and without repeats, of documents that count; in
    /// order of hash, document, position.
    ///
    /// # Errors
    ///
    /// The index is damaged.
    pub fn find(&self, table: Table, hashes: &[u64]) -> Result<Vec<Posting>, IndexError> {
        let found: Vec<Vec<Posting>> = hashes
            .par_chunks(LOOKED_UP)
            .map(|hashes| {
                let mut rows = Vec::new();
                for (segment, &first) in self.segments.iter().zip(&self.firsts) {
                    segment.find(table, hashes, |row| {
                        if segment.counts(row.document) {
                            rows.push(Posting { document: first + row.document, ..row });
                        }
                    })?;
                }
                // Rows of one hash come from several segments.
                rows.sort_unstable();
                Ok(rows)
            })
            .collect::<Result<_, StoreError>>()
            .map_err(|error| self.fault(error))?;
        Ok(found.concat())
    }

    /// The digest of `document`.
    ///
    /// # Errors
    ///
    /// The index is damaged.
    pub fn digest(&self, document: u32) -> Result<Digest, IndexError> {
        let (segment, number) = self.home(document);
        segment.digest(number).map_err(|error| self.fault(error))
    }

    /// The row of `document`.
    ///
    /// # Errors
    ///
    /// The index is damaged.
    pub fn row(&self, document: u32) -> Result<Row, IndexError> {
        let (segment, number) = self.home(document);
        segment.row(number).map_err(|error| self.fault(error))
    }

    /// What is stored of the text of `document`, whose digest is `digest`.
    ///
    /// # Errors
    ///
    /// The index is damaged.
    pub fn body(&self, document: u32, digest: &Digest) -> Result<Body, IndexError> {
        let (segment, _) = self.home(document);
        segment.body(digest.text, self.manifest.has_text).map_err(|error| self.fault(error))
    }

    /// The documents that `table`, of names or places, has under one of `hashes`, each with its row. A hash may be shared by
    /// chance: the row tells.
    ///
    /// # Errors
    ///
    /// The index is damaged.
    pub fn rows_under(&self, table: Table, hashes: &[u64]) -> Result<Vec<(u32, Row)>, IndexError> {
        let mut sorted: Vec<u64> = hashes.iter().map(|&hash| short(hash)).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut documents: Vec<u32> =
            self.find(table, &sorted)?.into_iter().map(|row| row.document).collect();
        documents.sort_unstable();
        documents.dedup();
        documents.into_par_iter().map(|document| Ok((document, self.row(document)?))).collect()
    }

    /// Reads everything and holds it against its checksums; the number of blocks read.
    ///
    /// # Errors
    ///
    /// The first part that is not what was written.
    pub fn verify(&self, advance: &(dyn Fn(u64) + Sync)) -> Result<u64, IndexError> {
        let mut n_blocks = 0;
        for segment in &self.segments {
            n_blocks += segment.scan().map_err(|error| self.fault(error))?;
            for table in TABLES {
                let n = segment.n_blocks(table).map_err(|error| self.fault(error))?;
                let edges: Vec<(Posting, Posting)> = (0..n)
                    .into_par_iter()
                    .map(|index| {
                        let rows = segment.block(table, index)?;
                        match (rows.is_sorted(), rows.first(), rows.last()) {
                            (true, Some(&first), Some(&last)) => Ok((first, last)),
                            _ => Err(segment.file().damaged(0, "the rows of a table are out of order")),
                        }
                    })
                    .collect::<Result<_, StoreError>>()
                    .map_err(|error| self.fault(error))?;
                if !edges.windows(2).all(|two| two[0].1 <= two[1].0) {
                    return Err(
                        self.fault(segment.file().damaged(0, "the blocks of a table are out of order"))
                    );
                }
            }
        }
        let documents: Vec<u32> = (0..self.firsts.last().copied().unwrap_or(0)).collect();
        documents.par_chunks(1_024).try_for_each(|documents| {
            for &document in documents {
                let row = self.row(document)?;
                let digest = self.digest(document)?;
                let is_whole = match self.body(document, &digest)? {
                    Body::Text(text) => text_hash(&text) == row.text_hash,
                    Body::Words(words) => words.tokens().len() == digest.n_words as usize,
                };
                if !is_whole {
                    return Err(self.contradiction(document, "its text is not the one that was stored"));
                }
            }
            advance(documents.len() as u64);
            Ok(())
        })?;
        Ok(n_blocks)
    }
}

/// What tells a text from others: the first half of its SHA-256, in hexadecimal. Two texts have one hash by chance once in
/// as many pairs as 2 to the 128.
#[must_use]
pub fn text_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes())[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}
