//! The one file that says what an index holds; replacing it is what commits an update.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::fingerprint::content_hash;
use crate::index::error::IndexError;
use crate::store::lock::LOCK;

/// Its name in the folder of the index.
pub const MANIFEST: &str = "manifest.json";

/// What it is called until it is whole.
const MANIFEST_PART: &str = "manifest.json.part";

/// Version of the format of all files of an index.
pub const FORMAT: u32 = 1;

/// Most commits and files that an index can count to.
const MOST: u64 = 1 << 53;

/// What an index holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the format.
    pub format: u32,
    /// Version of what texts become.
    pub normalizer: u32,
    /// Settings that decide what is stored, by name.
    pub settings: BTreeMap<String, String>,
    /// Whether texts are stored.
    pub has_text: bool,
    /// Number of commits so far.
    pub generation: u64,
    /// When the last one was made, as ISO 8601 in UTC.
    pub updated: String,
    /// Number of files made so far, which names the next one.
    pub n_files: u64,
    /// The segments, in the order of their making.
    pub segments: Vec<Entry>,
}

/// One segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its file.
    pub file: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// Byte at which its directory begins.
    pub directory: u64,
    /// Documents, removed ones included.
    pub documents: u32,
    /// Derived from all its blocks, in hexadecimal.
    pub checksum: String,
    /// The file that lists the documents removed since it was made.
    pub removed: Option<Removed>,
}

/// Documents of a segment that do not count any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// The file.
    pub file: String,
    /// Their number.
    pub documents: u32,
    /// Derived from what is in the file, in hexadecimal.
    pub checksum: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    checksum: String,
    index: Manifest,
}

/// Only the version, which may be all that is still understood.
#[derive(Deserialize)]
struct Versioned {
    index: Version,
}

#[derive(Deserialize)]
struct Version {
    format: u32,
}

impl Manifest {
    /// One of an index without documents.
    #[must_use]
    pub fn new(normalizer: u32, settings: BTreeMap<String, String>, has_text: bool) -> Manifest {
        Manifest {
            format: FORMAT,
            normalizer,
            settings,
            has_text,
            generation: 0,
            updated: String::new(),
            n_files: 0,
            segments: Vec::new(),
        }
    }

    /// The manifest of the index at `path`; `None` if there is no index.
    ///
    /// # Errors
    ///
    /// Something else is there, it is damaged, or of another version.
    pub fn read(path: &Path) -> Result<Option<Manifest>, IndexError> {
        let file = path.join(MANIFEST);
        let text = match fs::read(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Manifest::none(path),
            Err(_) if path.is_file() => {
                return Err(IndexError::Foreign { path: path.to_owned(), what: "it is a file".to_owned() });
            }
            Err(error) => {
                let what = format!("cannot read {}: {error}", file.display());
                return Err(IndexError::Io { path: path.to_owned(), what });
            }
        };
        let damaged = |what: &str| IndexError::Damaged {
            path: path.to_owned(),
            what: format!("{} cannot be read ({what})", file.display()),
        };
        match serde_json::from_slice::<Versioned>(&text) {
            Ok(it) if it.index.format != FORMAT => Err(IndexError::Differs {
                path: path.to_owned(),
                differences: format!("its format is version {}, this program's is {FORMAT}", it.index.format),
            }),
            Err(error) => Err(damaged(&error.to_string())),
            Ok(_) => {
                let sealed: Sealed =
                    serde_json::from_slice(&text).map_err(|error| damaged(&error.to_string()))?;
                if sealed.checksum != sealed.index.checksum() {
                    return Err(damaged("its checksum differs"));
                }
                // A file of an index stands in its folder, whoever made the manifest.
                if !sealed.index.files().all(is_name) {
                    return Err(damaged("it names a file that is none of an index"));
                }
                if sealed.index.generation.max(sealed.index.n_files) > MOST {
                    return Err(damaged("it counts too far"));
                }
                Ok(Some(sealed.index))
            }
        }
    }

    /// There is no manifest: an empty folder, or none, may become an index. One with segments is an index that lost its
    /// manifest, which is put there before anything else; anything else is something else.
    fn none(path: &Path) -> Result<Option<Manifest>, IndexError> {
        let foreign = |what: &str| Err(IndexError::Foreign { path: path.to_owned(), what: what.to_owned() });
        if path.is_file() {
            return foreign("it is a file");
        }
        let Ok(entries) = fs::read_dir(path) else { return Ok(None) };
        let names: Vec<String> =
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        if names.iter().any(|name| is_name(name)) {
            let what = format!("{} is missing", path.join(MANIFEST).display());
            return Err(IndexError::Damaged { path: path.to_owned(), what });
        }
        let is_ours = |name: &str| [LOCK, MANIFEST_PART].contains(&name);
        match names.iter().all(|name| is_ours(name)) {
            true => Ok(None),
            false => foreign("a folder without a manifest.json"),
        }
    }

    /// Makes it what the index at `path` holds, at one stroke: after a failure at any moment, the old one stands.
    ///
    /// # Errors
    ///
    /// The system refuses.
    pub fn commit(&self, path: &Path) -> Result<(), IndexError> {
        let sealed = Sealed { checksum: self.checksum(), index: self.clone() };
        let text = serde_json::to_vec_pretty(&sealed).unwrap_or_default();
        let part = path.join(MANIFEST_PART);
        let put = || -> io::Result<()> {
            let mut file = File::create(&part)?;
            file.write_all(&text)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            // The files it names must be there before it is.
            sync_folder(path)?;
            fs::rename(&part, path.join(MANIFEST))?;
            sync_folder(path)
        };
        put().map_err(|error| {
            let what = format!("cannot write {}: {error}", part.display());
            match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                    IndexError::Full { path: path.to_owned(), what }
                }
                _ => IndexError::Io { path: path.to_owned(), what },
            }
        })
    }

    fn checksum(&self) -> String {
        format!("{:016x}", content_hash(&[&serde_json::to_vec(self).unwrap_or_default()]))
    }

    /// The files it names.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flat_map(|entry| {
            std::iter::once(entry.file.as_str()).chain(entry.removed.as_ref().map(|it| it.file.as_str()))
        })
    }
}

/// Whether an update names files so.
fn is_name(name: &str) -> bool {
    let stem = [".segment", ".removed"].iter().find_map(|end| name.strip_suffix(end));
    stem.is_some_and(|stem| stem.len() >= 8 && stem.bytes().all(|it| it.is_ascii_digit()))
}

/// Whether a file of an index may be called `name`: what an update that was killed left behind.
#[must_use]
pub fn is_part(name: &str) -> bool {
    name.strip_suffix(".part").unwrap_or(name) == MANIFEST
        || [".segment", ".removed"].iter().any(|end| name.ends_with(end))
}

/// Sees to it that a new name in `folder` outlasts a failure of the machine.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
