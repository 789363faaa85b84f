//! Changes an index: one process at a time, each change at one stroke.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::fingerprint::HASH_BITS;
use crate::index::error::IndexError;
use crate::index::manifest::{Entry, Manifest, is_part};
use crate::index::removed;
use crate::index::segment::{Incoming, Segment, TABLES, Table, Writer};
use crate::index::snapshot::{Snapshot, Stamp};
use crate::matching::postings::Posting;
use crate::model::Observer;
use crate::store::{Folder, Lock, StoreError};

/// Segments of about one size that are merged into one, which is then of the next size: a document is written again once for
/// each power of eight of the index.
const FACTOR: usize = 8;

/// Documents below which all segments are of one size.
const SMALLEST: u32 = 1_024;

/// Documents written at a time while segments are merged.
const BATCH: usize = 4_096;

/// Parts by hash that tables are merged in, and how many of them at a time.
const RANGES: u64 = 512;
const RANGES_AT_A_TIME: u64 = 16;

/// An index that this process changes.
#[derive(Debug)]
pub struct Update {
    path: PathBuf,
    folder: Arc<Folder>,
    snapshot: Snapshot,
    _lock: Lock,
}

impl Update {
    /// Takes the index at `path`, which is begun if there is none. `has_text` says whether a new one stores texts, and
    /// `None` that it does; one that is there keeps to what it does.
    ///
    /// # Errors
    ///
    /// Something else is there, another process holds it, or it was built otherwise.
    pub fn begin(path: &Path, stamp: &Stamp, has_text: Option<bool>) -> Result<Update, IndexError> {
        Update::within(path, Folder::at(path), stamp, has_text)
    }

    /// The same with a folder that takes no more than it says.
    pub(crate) fn within(
        path: &Path,
        folder: Folder,
        stamp: &Stamp,
        has_text: Option<bool>,
    ) -> Result<Update, IndexError> {
        // Refused before anything is written there.
        Manifest::read(path)?;
        fs::create_dir_all(path).map_err(|error| IndexError::Io {
            path: path.to_owned(),
            what: format!("cannot create {}: {error}", path.display()),
        })?;
        let lock = Lock::take(path)
            .map_err(|error| IndexError::of(path, error))?
            .map_err(|held| IndexError::Held { path: path.to_owned(), holder: held.by })?;
        let manifest = match Manifest::read(path)?.filter(|it| it.generation > 0) {
            None => {
                let new = Manifest::new(stamp.normalizer, stamp.settings.clone(), has_text.unwrap_or(true));
                // A folder with segments and no manifest is then always one that lost it.
                new.commit(path)?;
                new
            }
            Some(manifest) => {
                stamp.check(path, &manifest)?;
                match has_text {
                    Some(asked) if asked != manifest.has_text => return Err(other_text(path, asked)),
                    _ => manifest,
                }
            }
        };
        remove_unnamed(path, &manifest);
        let snapshot = Snapshot::of(path, manifest)?;
        Ok(Update { path: path.to_owned(), folder: Arc::new(folder), snapshot, _lock: lock })
    }

    /// What it holds now.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// A new segment, to be named in [`Update::commit`]; `nth` tells apart those begun between two commits.
    ///
    /// # Errors
    ///
    /// The system refuses.
    pub fn segment(&self, nth: u64) -> Result<(String, Writer), IndexError> {
        let name = format!("{:08}.segment", self.snapshot.manifest().n_files + nth);
        let writer = Writer::create(&self.folder, &name).map_err(|error| self.fault(error))?;
        Ok((name, writer))
    }

    fn fault(&self, error: StoreError) -> IndexError {
        IndexError::of(&self.path, error)
    }

    /// Adds the segment `added` and removes the documents `removed`, numbers in order, both or neither; `now` is the time to
    /// note. Nothing is changed if there is nothing to change.
    ///
    /// # Errors
    ///
    /// The disk is full, or the system refuses: the index is as it was.
    pub fn commit(&mut self, added: Option<Entry>, removed: &[u32], now: &str) -> Result<(), IndexError> {
        if added.is_none() && removed.is_empty() && self.snapshot.manifest().generation > 0 {
            return Ok(());
        }
        let mut manifest = self.snapshot.manifest().clone();
        manifest.n_files += u64::from(added.is_some());
        let mut of_segment: Vec<Vec<u32>> =
            self.snapshot.segments().iter().map(|segment| segment.removed().to_vec()).collect();
        for &document in removed {
            let (segment, number) = self.snapshot.place(document);
            of_segment[segment].push(number);
        }
        for (index, mut numbers) in of_segment.into_iter().enumerate() {
            let entry = &mut manifest.segments[index];
            if numbers.len() == self.snapshot.segments()[index].removed().len() {
                continue;
            }
            numbers.sort_unstable();
            numbers.dedup();
            let file = format!("{:08}.removed", manifest.n_files);
            manifest.n_files += 1;
            let removed = removed::write(&self.folder, &file, &numbers)
                .map_err(|error| IndexError::of(&self.path, error))?;
            entry.removed = Some(removed);
        }
        let is_used = |entry: &Entry| entry.removed.as_ref().is_none_or(|it| it.documents < entry.documents);
        manifest.segments.retain(is_used);
        manifest.segments.extend(added.filter(|entry| entry.documents > 0));
        self.put(manifest, now)
    }

    fn put(&mut self, mut manifest: Manifest, now: &str) -> Result<(), IndexError> {
        manifest.generation += 1;
        now.clone_into(&mut manifest.updated);
        // What cannot be read back is not committed.
        let snapshot = Snapshot::of(&self.path, manifest.clone())?;
        manifest.commit(&self.path)?;
        self.snapshot = snapshot;
        remove_unnamed(&self.path, &manifest);
        Ok(())
    }

    /// Merges segments until there are few of each size and none is a third removed. Every merge is a change of its own: one
    /// that is stopped leaves the index as it was. Tells whether it came to an end before `observer` stopped it.
    ///
    /// # Errors
    ///
    /// The disk is full, or the index is damaged.
    pub fn merge(&mut self, now: &str, observer: &dyn Observer) -> Result<bool, IndexError> {
        while let Some(chosen) = chosen(self.snapshot.segments()) {
            let merged = self.merged(&chosen, observer)?;
            if observer.is_cancelled() {
                return Ok(false);
            }
            let mut manifest = self.snapshot.manifest().clone();
            manifest.n_files += 1;
            let place = chosen[0];
            let mut index = 0;
            manifest.segments.retain(|_| {
                index += 1;
                !chosen.contains(&(index - 1))
            });
            manifest.segments.insert(place, merged);
            self.put(manifest, now)?;
        }
        Ok(true)
    }

    /// One segment with the documents of the `chosen` ones.
    fn merged(&self, chosen: &[usize], observer: &dyn Observer) -> Result<Entry, IndexError> {
        let has_text = self.snapshot.manifest().has_text;
        let (name, mut writer) = self.segment(0)?;
        let segments: Vec<&Segment> = chosen.iter().map(|&index| &self.snapshot.segments()[index]).collect();
        let mut numbers: Vec<Vec<u32>> = Vec::with_capacity(segments.len());
        let mut n = 0;
        for segment in &segments {
            let counting: Vec<u32> = (0..segment.len()).filter(|&it| segment.counts(it)).collect();
            let mut new = vec![u32::MAX; segment.len() as usize];
            for &document in &counting {
                new[document as usize] = n;
                n += 1;
            }
            numbers.push(new);
            for batch in counting.chunks(BATCH) {
                if observer.is_cancelled() {
                    break;
                }
                let incoming: Vec<Incoming> = batch
                    .par_iter()
                    .map(|&document| {
                        let row = segment.row(document)?;
                        let digest = segment.digest(document)?;
                        Ok(Incoming { row, digest, body: segment.body(digest.text, has_text)? })
                    })
                    .collect::<Result<_, StoreError>>()
                    .map_err(|error| self.fault(error))?;
                writer.add(incoming).map_err(|error| self.fault(error))?;
                observer.advance(batch.len() as u64);
            }
        }
        for table in TABLES {
            let runs = (0..RANGES / RANGES_AT_A_TIME).map(|group| {
                if observer.is_cancelled() {
                    return Ok(Vec::new());
                }
                let ranges = group * RANGES_AT_A_TIME..(group + 1) * RANGES_AT_A_TIME;
                let runs: Vec<Vec<Posting>> = ranges
                    .into_par_iter()
                    .map(|range| merged_range(&segments, &numbers, table, range))
                    .collect::<Result<_, StoreError>>()?;
                Ok(runs.concat())
            });
            writer.add_table::<StoreError>(runs).map_err(|error| self.fault(error))?;
        }
        writer.finish(&name).map_err(|error| self.fault(error))
    }
}

impl Drop for Update {
    /// An update that failed leaves nothing behind: on a full disk, its files would take the room that the next one needs.
    fn drop(&mut self) {
        // What is there now counts, whatever became of a commit.
        let own = self.snapshot.manifest();
        match Manifest::read(&self.path) {
            Ok(Some(manifest)) => remove_unnamed(&self.path, &manifest),
            Ok(None) if own.generation == 0 => remove_unnamed(&self.path, own),
            _ => {}
        }
    }
}

/// The rows of `table` in one of [`RANGES`] parts by hash, with the new `numbers` of their documents, in order.
fn merged_range(
    segments: &[&Segment],
    numbers: &[Vec<u32>],
    table: Table,
    range: u64,
) -> Result<Vec<Posting>, StoreError> {
    let width = (1_u64 << HASH_BITS) / RANGES;
    let mut rows = Vec::new();
    for (segment, numbers) in segments.iter().zip(numbers) {
        segment.range(table, range * width..(range + 1) * width, |row| {
            let document = numbers[row.document as usize];
            if document != u32::MAX {
                rows.push(Posting { document, ..row });
            }
        })?;
    }
    rows.sort_unstable();
    Ok(rows)
}

/// The segments to merge next: those of the smallest size of which there are too many, or one that is a third removed.
fn chosen(segments: &[Segment]) -> Option<Vec<usize>> {
    let counting = |segment: &Segment| segment.len() - segment.removed().len() as u32;
    let size =
        |segment: &Segment| (counting(segment) / SMALLEST).checked_ilog(FACTOR as u32).map_or(0, |it| it + 1);
    let sizes: BTreeSet<u32> = segments.iter().map(size).collect();
    let crowd = sizes.into_iter().find_map(|wanted| {
        let alike: Vec<usize> =
            (0..segments.len()).filter(|&index| size(&segments[index]) == wanted).collect();
        (alike.len() >= FACTOR).then_some(alike)
    });
    crowd.or_else(|| {
        let is_hollow = |segment: &Segment| segment.removed().len() * 3 > segment.len() as usize;
        segments.iter().position(is_hollow).map(|index| vec![index])
    })
}

/// Removes files that an update which was killed left behind, and those that no manifest names any more.
fn remove_unnamed(path: &Path, manifest: &Manifest) {
    let named: BTreeSet<&str> = manifest.files().collect();
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_part(&name) && name != super::manifest::MANIFEST && !named.contains(name.as_str()) {
            // What cannot be removed now, since a reader holds it, the next update removes.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn other_text(path: &Path, asked: bool) -> IndexError {
    let (does, remedy) = match asked {
        true => ("holds no texts", "leave out --text"),
        false => ("holds texts", "leave out --no-text, or name a new index to be built without texts"),
    };
    IndexError::Unable { what: format!("{} {does}", path.display()), remedy: remedy.to_owned() }
}
