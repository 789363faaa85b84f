//! The folder of `--work`: what a run has finished, so that the next one with the same inputs and settings goes on from
//! there.
//!
//! Four files: `lock`, which the system frees when its holder ends, however it ends; `stamp`, what the run is about, a line
//! each; `candidates`, the pairs to align; `aligned` and `completed`, the passages of the two rounds of alignment, a block a
//! second of work. A block that a killed run left half-written is cut off. Texts are read and cut into words again, which
//! takes a twentieth of the time and is what tells that the inputs are the same.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::matching::{Candidate, Matches};
use crate::model::{Bound, SettingValue};
use crate::pipeline::scope::{Pairs, Subject};
use crate::store::codec::put_number;
use crate::store::lock::LOCK;
use crate::store::{BlockFile, Folder, Lock, Record, StoreError, Texts, blocks};

const STAMP: &str = "stamp";
const CANDIDATES: &str = "candidates";

/// Candidates in a block of their file.
const CANDIDATES_A_BLOCK: usize = 1 << 16;

/// The files that hold passages: of the pairs nominated, and of those that complete widely carried statements.
pub(crate) const ROUNDS: [&str; 2] = ["aligned", "completed"];

/// A work folder that this run holds.
#[derive(Debug)]
pub struct Work {
    folder: Arc<Folder>,
    /// Held as long as the run goes on.
    _lock: Lock,
}

impl Work {
    /// Takes the folder at `path`, which is made if it is missing.
    ///
    /// # Errors
    ///
    /// [`Error::WorkHeld`] if another run is at work there, [`Error::Store`] if the system refuses.
    pub fn take(path: &Path) -> Result<Work, Error> {
        let refused = |what, path: &Path, source| {
            Error::Store(StoreError::Io { what, file: path.display().to_string(), source })
        };
        fs::create_dir_all(path).map_err(|source| refused("create", path, source))?;
        let lock =
            Lock::take(path)?.map_err(|held| Error::WorkHeld { folder: path.to_owned(), holder: held.by })?;
        Ok(Work { folder: Arc::new(Folder::at(path)), _lock: lock })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn folder(&self) -> &Arc<Folder> {
        &self.folder
    }

    /// Compares `stamp` with the one that is there; tells whether there is one. Without one, writes it.
    ///
    /// # Errors
    ///
    /// [`Error::WorkDiffers`] if the folder is about other inputs or settings: what was finished is not thrown away unasked.
    pub(crate) fn stamp(&self, stamp: &[String]) -> Result<bool, Error> {
        let path = self.path().join(STAMP);
        let io =
            |what, source| Error::Store(StoreError::Io { what, file: path.display().to_string(), source });
        match fs::read_to_string(&path) {
            Ok(found) => match differences(&found, stamp) {
                None => Ok(true),
                Some(differences) => Err(Error::WorkDiffers { folder: self.path().to_owned(), differences }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.clear();
                let part = self.path().join("stamp.part");
                fs::write(&part, stamp.join("\n") + "\n").map_err(|source| io("write", source))?;
                fs::rename(&part, &path).map_err(|source| io("write", source))?;
                Ok(false)
            }
            Err(source) => Err(io("read", source)),
        }
    }

    /// Keeps what nominating pairs found.
    pub(crate) fn put_candidates(&self, matches: &Matches) -> Result<(), Error> {
        let part = "candidates.part";
        let file = BlockFile::create(&self.folder, part)?;
        let mut head = Vec::new();
        (matches.star_shingles, matches.candidates.len()).put(&mut head);
        let bounds: Vec<(String, (u64, String))> =
            matches.bounds.iter().map(|it| (it.name.clone(), (it.count, it.message.clone()))).collect();
        bounds.put(&mut head);
        file.append(&head)?;
        for chunk in matches.candidates.chunks(CANDIDATES_A_BLOCK) {
            let mut bytes = Vec::with_capacity(chunk.len() * 4);
            for candidate in chunk {
                put_number(candidate.a.into(), &mut bytes);
                put_number(candidate.b.into(), &mut bytes);
            }
            file.append(&bytes)?;
        }
        drop(file);
        let path = self.path().join(CANDIDATES);
        fs::rename(self.path().join(part), &path).map_err(|source| StoreError::Io {
            what: "write",
            file: path.display().to_string(),
            source,
        })?;
        Ok(())
    }

    /// What an earlier run kept, if all of it is there.
    pub(crate) fn candidates(&self) -> Result<Option<Matches>, Error> {
        let (mut n, mut matches, mut whole) = (0, Matches::default(), true);
        let mut is_first = true;
        let found = BlockFile::recover(&self.folder, CANDIDATES, |_, mut raw| {
            if std::mem::take(&mut is_first) {
                let head = <((u64, usize), Vec<(String, (u64, String))>)>::get(&mut raw);
                let Some(((star_shingles, len), bounds)) = head else { return whole = false };
                (n, matches.star_shingles) = (len, star_shingles);
                let bound = |(name, (count, message))| Bound { name, count, message };
                matches.bounds = bounds.into_iter().map(bound).collect();
                return;
            }
            while !raw.is_empty() {
                let Some((a, b)) = <(u32, u32)>::get(&mut raw) else { return whole = false };
                matches.candidates.push(Candidate { a, b });
            }
        })?;
        let whole = found.is_some() && whole && !is_first && matches.candidates.len() == n;
        Ok(whole.then_some(matches))
    }

    /// Removes what this run kept, and the folder if nothing else is in it.
    pub fn finish(self) {
        self.clear();
        let _ = fs::remove_file(self.path().join(LOCK));
        // Whatever else is there was not ours.
        let _ = fs::remove_dir(self.path());
    }

    fn clear(&self) {
        for name in [STAMP, "stamp.part", CANDIDATES, "candidates.part"].iter().chain(&ROUNDS) {
            // What is not there needs no removing; the next run meets what cannot be removed.
            let _ = fs::remove_file(self.path().join(name));
        }
    }
}

/// What a run is about, a line each: program, settings, inputs.
pub(crate) fn stamp(
    settings: impl IntoIterator<Item = (String, SettingValue)>,
    subject: &Subject,
    texts: &Texts,
) -> Result<Vec<String>, StoreError> {
    let mut lines = vec![
        format!("program = {} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        format!("format = {}", blocks::VERSION),
    ];
    lines.extend(settings.into_iter().map(|(name, value)| format!("{name} = {}", shown(&value))));
    lines.push(format!("documents = {}", subject.documents.len()));
    lines.push(format!("inputs = {}", inputs_hash(subject, texts)?));
    Ok(lines)
}

fn shown(value: &SettingValue) -> String {
    match value {
        SettingValue::Unset => "none".to_owned(),
        SettingValue::Flag(value) => value.to_string(),
        SettingValue::Integer(value) => value.to_string(),
        SettingValue::Number(value) => value.to_string(),
        SettingValue::Text(value) => value.replace('\n', " "),
        SettingValue::List(values) => values.join(", ").replace('\n', " "),
    }
}

/// A hash of everything of the documents that decides what is found, and of the pairs wanted.
fn inputs_hash(subject: &Subject, texts: &Texts) -> Result<String, StoreError> {
    let mut hasher = Sha256::new();
    let mut record = Vec::new();
    for (index, document) in subject.documents.iter().enumerate() {
        record.clear();
        document.name.put(&mut record);
        (document.source.clone(), document.language.clone()).put(&mut record);
        document.published.map(|it| (it.seconds, it.precision.seconds())).put(&mut record);
        texts.bytes(index).put(&mut record);
        hasher.update(&record);
        hasher.update(texts.get(index)?.as_bytes());
    }
    record.clear();
    match &subject.pairs {
        Pairs::All => {}
        Pairs::Against { is_new, among } => (is_new.clone(), *among).put(&mut record),
        Pairs::Listed(pairs) => pairs.put(&mut record),
    }
    hasher.update(&record);
    Ok(hasher.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What differs between the stamp `found` and that of this run, for people; `None` if nothing does.
fn differences(found: &str, stamp: &[String]) -> Option<String> {
    let value = |lines: &[&str], name: &str| {
        let line = lines.iter().find_map(|line| line.split_once(" = ").filter(|(key, _)| *key == name));
        line.map_or_else(|| "none".to_owned(), |(_, value)| value.to_owned())
    };
    let (old, new): (Vec<&str>, Vec<&str>) =
        (found.lines().collect(), stamp.iter().map(String::as_str).collect());
    if old == new {
        return None;
    }
    let names = new.iter().chain(&old).filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    let mut told: Vec<String> = Vec::new();
    for name in names {
        let (was, is) = (value(&old, name), value(&new, name));
        let change = match name {
            "inputs" => "the documents are others, or their texts".to_owned(),
            _ => format!("{name} was {was} and is {is}"),
        };
        if was != is && !told.contains(&change) {
            told.push(change);
        }
    }
    Some(if told.is_empty() { "its stamp cannot be read".to_owned() } else { told.join(", ") })
}
