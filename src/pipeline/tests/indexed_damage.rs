//! Damage of every kind to the files of an index: an error that names the file, or the right result.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::indexed::{corpus_of, placed, rows};
use crate::error::Error;
use crate::fixture::{Dice, document, edited, salad};
use crate::index::manifest::MANIFEST;
use crate::index::{FORMAT, IndexError, Manifest, Snapshot, Stamp, Update};
use crate::model::{Document, Silent};
use crate::pipeline::indexing::stamp;
use crate::pipeline::{IndexChoices, Means, Scope, Settings, compare_large, index};
use crate::store::{Folder, Intake};

const NOW: &str = "2026-01-01T00:00:00Z";

/// Articles of one statement, edited in each, and words of their own.
fn articles(names: &[&str], seed: u64) -> Vec<Document> {
    let statement = salad(&mut Dice::new(1), 60);
    let article = |(name, seed): (&&str, u64)| {
        let mut dice = Dice::new(seed);
        let own = salad(&mut dice, 80);
        let text = [own, edited(&statement, 10, &mut dice)].concat().join(" ");
        placed(document(name, text))
    };
    names.iter().zip(seed..).map(article).collect()
}

fn put(path: &Path, documents: &[Document], prune: bool) -> Result<(), Error> {
    let choices = IndexChoices { prune, now: NOW.to_owned(), has_text: None };
    index(path, corpus_of(documents), Intake::in_memory(), &Settings::default(), &choices, &Silent).map(drop)
}

/// An index of two segments and a list of removed documents.
struct Made {
    folder: tempfile::TempDir,
    new: Vec<Document>,
    right: Vec<String>,
}

impl Made {
    fn new() -> Made {
        let folder = tempfile::tempdir().unwrap();
        let made = Made { folder, new: articles(&["new"], 900), right: Vec::new() };
        let names = ["a", "b", "c", "d", "e", "f"];
        put(&made.path(), &articles(&names, 10), false).unwrap();
        // Two are replaced, two are added.
        put(&made.path(), &articles(&["e", "f", "g", "h"], 20), false).unwrap();
        let manifest = Manifest::read(&made.path()).unwrap().unwrap();
        assert_eq!(manifest.segments.len(), 2);
        assert_eq!(manifest.segments[0].removed.as_ref().map(|it| it.documents), Some(2));
        let right = made.ask().unwrap();
        assert!(right.len() > 20, "{right:?}");
        Made { right, ..made }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("corpus.wcx")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// All files but the lock, by name.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(self.path())
            .unwrap()
            .map(|it| it.unwrap())
            .filter(|it| it.file_name() != "lock")
            .map(|it| (it.file_name().into_string().unwrap(), fs::read(it.path()).unwrap()))
            .collect();
        files.sort();
        files
    }

    fn segments(&self) -> Vec<(String, Vec<u8>)> {
        self.files().into_iter().filter(|(name, _)| name.ends_with(".segment")).collect()
    }

    /// The rows of a comparison of the new document.
    fn ask(&self) -> Result<Vec<String>, String> {
        let snapshot = Snapshot::open(&self.path()).map_err(|error| error.to_string())?;
        let scope = Scope::AgainstIndex { index: Arc::new(snapshot), among: false };
        let corpus = corpus_of(&self.new);
        compare_large(corpus, &scope, &Settings::default(), Means::default(), &Silent)
            .map(|_| rows(&self.new, &scope, &Settings::default()))
            .map_err(|error| error.to_string())
    }

    fn verified(&self) -> Result<u64, String> {
        let snapshot = Snapshot::open(&self.path()).map_err(|error| error.to_string())?;
        snapshot.verify(&|_| ()).map_err(|error| error.to_string())
    }

    /// Whatever became of the file `name`: the right result or an error that names the file, and never a panic; and
    /// whether `verify` finds fault, with a message that names the file.
    #[track_caller]
    fn faulted(&self, name: &str, what: &str) -> bool {
        let named = |error: &String| assert!(error.contains(name), "{name}, {what}: {error}");
        let asked = catch_unwind(AssertUnwindSafe(|| self.ask()))
            .unwrap_or_else(|_| panic!("{name}, {what}: a panic"));
        match asked {
            Ok(rows) => assert_eq!(rows, self.right, "{name}, {what}"),
            Err(error) => named(&error),
        }
        let verified = catch_unwind(AssertUnwindSafe(|| self.verified()))
            .unwrap_or_else(|_| panic!("{name}, {what}: a panic of verify"));
        verified.inspect_err(named).is_err()
    }
}

#[test]
fn a_flipped_bit_is_found_and_changes_no_result() {
    let made = Made::new();
    let mut dice = Dice::new(7);
    let manifest = Manifest::read(&made.path()).unwrap();
    for (name, good) in made.files() {
        let all: Vec<usize> = match name.ends_with(".segment") {
            true => (0..2_000).map(|_| dice.below(good.len())).collect(),
            false => (0..good.len()).collect(),
        };
        for byte in all {
            let bit = dice.below(8);
            let mut bad = good.clone();
            bad[byte] ^= 1 << bit;
            fs::write(made.file(&name), &bad).unwrap();
            let faulted = made.faulted(&name, &format!("byte {byte}, bit {bit}"));
            // Between the words of a manifest, one blank is as good as another.
            let is_same = name == MANIFEST && Manifest::read(&made.path()).is_ok_and(|it| it == manifest);
            assert!(faulted || is_same, "{name}: verify takes byte {byte} with bit {bit} flipped");
            assert!(!is_same || good[byte].is_ascii_whitespace(), "{name}: byte {byte} means nothing");
        }
        fs::write(made.file(&name), &good).unwrap();
    }
    assert_eq!(made.ask().as_ref(), Ok(&made.right));
}

/// Where the blocks of a file of an index begin, and its end.
fn borders(bytes: &[u8]) -> Vec<usize> {
    let mut borders = vec![16];
    while let Some(at) = borders.last().filter(|&&at| at < bytes.len()) {
        let stored: [u8; 4] = bytes[at + 4..at + 8].try_into().unwrap();
        borders.push(at + 16 + u32::from_le_bytes(stored) as usize);
    }
    borders
}

#[test]
fn a_file_that_is_cut_or_grew_is_found() {
    let made = Made::new();
    for (name, good) in made.files() {
        let mut lengths: Vec<usize> = (0..good.len()).step_by(97).collect();
        if name != MANIFEST {
            let borders = borders(&good);
            assert_eq!(borders.last(), Some(&good.len()));
            lengths.extend(borders.iter().filter(|&&it| it < good.len()));
            lengths.extend(borders.iter().map(|it| it - 1));
        }
        for length in lengths {
            fs::write(made.file(&name), &good[..length]).unwrap();
            assert!(made.faulted(&name, &format!("cut at {length}")), "{name} cut at {length}");
        }
        for more in [&b"x"[..], &[0; 16], &[0; 500], &good] {
            fs::write(made.file(&name), [&good, more].concat()).unwrap();
            assert!(made.faulted(&name, "grown"), "{name} with {} bytes more", more.len());
        }
        fs::write(made.file(&name), &good).unwrap();
    }
    assert!(made.verified().is_ok() && made.ask().as_ref() == Ok(&made.right));
}

#[test]
fn a_missing_file_and_one_from_elsewhere_are_found() {
    let made = Made::new();
    // The same names and sizes, other words: the letters of all texts are shifted.
    let other = Made::new();
    let shifted = |documents: Vec<Document>| -> Vec<Document> {
        documents
            .into_iter()
            .map(|it| Document {
                text: it.text.replace('a', "\u{1}").replace('o', "a").replace('\u{1}', "o"),
                ..it
            })
            .collect()
    };
    fs::remove_dir_all(other.path()).unwrap();
    put(&other.path(), &shifted(articles(&["a", "b", "c", "d", "e", "f"], 10)), false).unwrap();
    put(&other.path(), &shifted(articles(&["d", "e", "g", "h"], 20)), false).unwrap();
    let others = other.files();
    let files = made.files();
    assert_eq!(files.len(), 4);
    for (name, good) in &files {
        let file = made.file(name);
        fs::remove_file(&file).unwrap();
        let told = made.ask().unwrap_err();
        assert!(told.contains(name) && told.contains("is missing"), "{told}");
        // An update must not take what is left for its own litter.
        put(&made.path(), &made.new, false).unwrap_err();
        assert!(files.iter().all(|(it, _)| it == name || made.file(it).exists()), "{name}");
        for foreign in [&b""[..], b"a page of a book", &[0; 4_000], &files[3].1] {
            if foreign != good {
                fs::write(&file, foreign).unwrap();
                assert!(made.faulted(name, "a foreign file"), "{name}: {} foreign bytes", foreign.len());
            }
        }
        let (_, other) = others.iter().find(|(it, _)| it == name).unwrap();
        assert_ne!(other, good);
        if name != MANIFEST {
            fs::write(&file, other).unwrap();
            assert!(made.faulted(name, "of another index"), "{name} of another index");
        }
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert!(made.faulted(name, "a folder"), "{name} as a folder");
        fs::remove_dir(&file).unwrap();
        fs::write(&file, good).unwrap();
    }
    assert!(made.verified().is_ok() && made.ask().as_ref() == Ok(&made.right));
}

#[test]
fn whole_blocks_and_files_in_the_wrong_place_are_found() {
    let made = Made::new();
    let segments = made.segments();
    let [(first, of_first), (second, of_second)] = &segments[..] else { panic!("two segments") };
    fs::write(made.file(first), of_second).unwrap();
    fs::write(made.file(second), of_first).unwrap();
    assert!(made.faulted(first, "swapped"));
    // One block in the place of another is no bit flip, and its own checksum holds.
    fs::write(made.file(first), of_first).unwrap();
    fs::write(made.file(second), of_second).unwrap();
    let places = borders(of_first);
    let blocks: Vec<&[u8]> = places.windows(2).map(|two| &of_first[two[0]..two[1]]).collect();
    let mut n_moved = 0;
    for (at, block) in places.iter().zip(&blocks) {
        for other in blocks.iter().filter(|it| it.len() == block.len() && it != &block) {
            let mut bad = of_first.clone();
            bad[*at..at + block.len()].copy_from_slice(other);
            fs::write(made.file(first), bad).unwrap();
            assert!(made.faulted(first, "a block in another place"));
            n_moved += 1;
        }
    }
    fs::write(made.file(first), of_first).unwrap();
    assert!(n_moved > 0, "some blocks have one length");
    assert!(made.verified().is_ok() && made.ask().as_ref() == Ok(&made.right));
}

/// Commits the manifest after `change`, with its checksum right; what asking tells then.
fn told_after(made: &Made, change: impl FnOnce(&mut Manifest)) -> String {
    let good = Manifest::read(&made.path()).unwrap().unwrap();
    let mut manifest = good.clone();
    change(&mut manifest);
    manifest.commit(&made.path()).unwrap();
    let told = made.ask().unwrap_err();
    let updated = put(&made.path(), &made.new, false).unwrap_err().to_string();
    assert_eq!(told, updated, "a reader and a writer are told the same");
    good.commit(&made.path()).unwrap();
    told
}

#[test]
fn another_version_and_other_settings_are_told_with_a_remedy() {
    let made = Made::new();
    type Change = fn(&mut Manifest);
    let cases: [(Change, &str); 4] = [
        (|it| it.format = FORMAT + 1, "its format is version 2, this program's is 1"),
        (|it| it.normalizer += 1, "of the rules that make words of text"),
        (
            |it| drop(it.settings.insert("profile".to_owned(), "ocr".to_owned())),
            "it was built with profile = ocr, and now profile = news is asked for",
        ),
        (
            |it| drop(it.settings.insert("stemmer".to_owned(), "new".to_owned())),
            "it was built with stemmer = new, and now stemmer = none is asked for",
        ),
    ];
    for (change, differs) in cases {
        let told = told_after(&made, change);
        assert!(told.contains(differs), "{told}");
        assert!(told.contains("build it anew") && told.contains("wirecopy index PATH... -o"), "{told}");
    }
    let told = told_after(&made, |it| it.segments[0].file = "../x.segment".to_owned());
    assert!(told.contains("names a file that is none of an index"), "{told}");
    assert_eq!(made.ask().as_ref(), Ok(&made.right));
}

/// A disk that fills up at any byte of an update: readers get the state before or after, nothing is left lying about, and
/// the next update works.
#[test]
fn a_full_disk_leaves_a_whole_index_and_no_stray_file() {
    let made = Made::new();
    let good = made.files();
    let n_before = Snapshot::open(&made.path()).unwrap().n_documents();
    let (mut n_full, mut limit) = (0, 0);
    loop {
        fs::remove_dir_all(made.path()).unwrap();
        fs::create_dir(made.path()).unwrap();
        good.iter().for_each(|(name, bytes)| fs::write(made.file(name), bytes).unwrap());
        let done = drop_three(&made.path(), limit);
        let names: Vec<String> = made.files().into_iter().map(|(name, _)| name).collect();
        let manifest = Manifest::read(&made.path()).unwrap().unwrap();
        let mut named: Vec<&str> = manifest.files().chain([MANIFEST]).collect();
        named.sort_unstable();
        assert_eq!(names, named, "{limit}");
        assert!(made.verified().is_ok(), "{limit}");
        let n = Snapshot::open(&made.path()).unwrap().n_documents();
        let Err(error) = done else {
            assert_eq!(n, n_before - 3);
            break;
        };
        assert!(matches!(error, IndexError::Full { .. }), "{limit}: {error}");
        let told = error.to_string();
        assert!(told.contains("is full") && told.contains("free some space and run again"), "{told}");
        // Dropping is one change, the merge that follows another.
        match n == n_before {
            true => assert_eq!(made.files(), good),
            false => assert_eq!(n, n_before - 3),
        }
        drop_three(&made.path(), u64::MAX).unwrap();
        assert!(made.verified().is_ok());
        n_full += 1;
        limit += 157;
    }
    assert!(n_full > 5, "{n_full}");
}

/// Drops the first three documents from the index at `path`, whose disk takes `limit` bytes: one segment is then hollow and is
/// written anew.
fn drop_three(path: &Path, limit: u64) -> Result<(), IndexError> {
    let stamp: Stamp = stamp(&Settings::default());
    let mut update = Update::within(path, Folder::limited(path, limit), &stamp, None)?;
    let dropped: Vec<u32> = update.snapshot().documents().take(3).collect();
    update.commit(None, &dropped, NOW)?;
    update.merge(NOW, &Silent).map(drop)
}
