//! The alignments of a run by document pair, and the step that makes them.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::align::{Aligner, Alignment, Workspace};
use crate::matching::Candidate;
use crate::matching::segment::Segments;
use crate::model::{Observer, Stage};

/// Document pairs sent to a thread at a time.
const BATCH: usize = 64;

/// Alignments by document pair (smaller index first). A pair that was aligned without a result is not in it and is
/// aligned again if a cluster asks for it: that is cheaper than keeping millions of empty entries.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) by_pair: BTreeMap<(u32, u32), Vec<Alignment>>,
}

impl Found {
    /// Aligns the document pairs behind `candidates` and keeps what they share.
    pub(crate) fn align(
        &mut self,
        aligner: &Aligner<'_>,
        segments: &Segments,
        candidates: &[Candidate],
        observer: &dyn Observer,
    ) {
        let pair = |c: &Candidate| (segments.get(c.a).document, segments.get(c.b).document);
        let mut sorted = candidates.to_vec();
        sorted.sort_unstable_by_key(|candidate| (pair(candidate), *candidate));
        let pairs: Vec<&[Candidate]> = sorted.chunk_by(|x, y| pair(x) == pair(y)).collect();
        observer.begin(Stage::Align, Some(pairs.len() as u64));
        let aligned: Vec<((u32, u32), Vec<Alignment>)> = pairs
            .par_chunks(BATCH)
            .map_init(Workspace::default, |work, batch| {
                let mut done = Vec::new();
                for candidates in batch {
                    if observer.is_cancelled() {
                        break;
                    }
                    let (a, b) = pair(&candidates[0]);
                    let found = aligner.pair(a as usize, b as usize, candidates, work);
                    if !found.is_empty() {
                        done.push(((a, b), found));
                    }
                }
                observer.advance(batch.len() as u64);
                done
            })
            .flatten_iter()
            .collect();
        self.by_pair.extend(aligned);
    }

    /// Every pair of segments of the document pairs in `wanted`, for pairs aligned in full.
    pub(crate) fn all_segments(wanted: &BTreeSet<(u32, u32)>, segments: &Segments) -> Vec<Candidate> {
        wanted
            .iter()
            .flat_map(|&(a, b)| {
                segments.of_document(a as usize).flat_map(move |x| {
                    segments.of_document(b as usize).map(move |y| Candidate { a: x, b: y })
                })
            })
            .collect()
    }
}
