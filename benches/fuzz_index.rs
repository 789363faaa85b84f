//! Damaged indexes, one after another, opened, verified, asked and updated. `cargo bench --bench fuzz_index`
//!
//! A run damages one file of an index: bits, stretches, splices and cuts; or, with the checksums made right again, blocks, so
//! that what decodes them is reached, and the manifest. It fails if anything panics, takes over ten seconds or asks for two
//! gigabytes, or if a damaged index answers with other rows than the right one while its checksums were left alone.
//!
//! - `-- --minutes N`: how long; 1 unless given.
//! - `-- --first N`: the number of the first run, to see one again.
//! - `-- --test`: one second.

#![allow(clippy::print_stderr, clippy::print_stdout)]

#[allow(dead_code)]
mod made;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use made::Random;
use wirecopy::error::Error;
use wirecopy::index::manifest::MANIFEST;
use wirecopy::index::{Manifest, Snapshot, Table};
use wirecopy::model::{Corpus, Origin, RunFacts, Silent};
use wirecopy::pipeline::{IndexChoices, Means, Scope, Settings, compare_large, index};
use wirecopy::report::{Format, RenderOptions, write};
use wirecopy::store::{Intake, blocks};

/// Longest that one run may take, in seconds.
const LIMIT_SECONDS: u64 = 10;

/// Most address space that a run may add to the most so far.
const LIMIT_MEGABYTES: u64 = 2_048;

/// Bytes of the header of a block.
const HEADER: usize = 16;

fn main() -> ExitCode {
    let (duration, first) = match asked(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(message) => {
            eprintln!("fuzz_index: {message}");
            return ExitCode::from(2);
        }
    };
    std::panic::set_hook(Box::new(|_| ()));
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let bases = [true, false].map(|has_text| Base::new(folder.path(), has_text));
    let begun = Arc::new(AtomicU64::new(u64::MAX));
    watch(Arc::clone(&begun));
    let (started, mut run, mut counts) = (Instant::now(), first, Counts::default());
    while started.elapsed() < duration {
        begun.store(seconds(), Ordering::Relaxed);
        counts.add(run, bases[run as usize % 2].run(run));
        run += 1;
    }
    begun.store(u64::MAX, Ordering::Relaxed);
    println!(
        "{} runs: {} refused, {} with the right rows, {} with others behind right checksums; {} panics, {} wrong, {} over memory",
        run - first,
        counts.refused,
        counts.right,
        counts.other,
        counts.panics,
        counts.wrong,
        counts.over
    );
    if counts.panics + counts.wrong + counts.over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn asked(mut args: impl Iterator<Item = String>) -> Result<(Duration, u64), String> {
    let (mut duration, mut first) = (Duration::from_secs(60), 0);
    while let Some(arg) = args.next() {
        let mut number = || -> Result<u64, String> {
            let value = args.next().ok_or(format!("{arg} needs a value"))?;
            value.parse().map_err(|_| format!("{value} is no number"))
        };
        match arg.as_str() {
            "--minutes" => duration = Duration::from_secs(60 * number()?),
            "--first" => first = number()?,
            "--test" => duration = Duration::from_secs(1),
            "--bench" => {}
            _ => return Err(format!("{arg} is unknown; there are --minutes N, --first N and --test")),
        }
    }
    Ok((duration, first))
}

/// Seconds since the first call.
fn seconds() -> u64 {
    static FIRST: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed().as_secs()
}

/// Ends the program if the run that began at `begun` takes too long.
fn watch(begun: Arc<AtomicU64>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(500));
            if seconds().saturating_sub(begun.load(Ordering::Relaxed)) > LIMIT_SECONDS {
                eprintln!("a run takes over {LIMIT_SECONDS} seconds");
                std::process::abort();
            }
        }
    });
}

#[derive(Default)]
struct Counts {
    refused: u64,
    right: u64,
    other: u64,
    panics: u64,
    wrong: u64,
    over: u64,
}

/// What became of a run.
struct Outcome {
    /// Rows that were told, were they right; `None` if asking was refused.
    asked: Result<Option<bool>, String>,
    is_sealed: bool,
    /// What was done.
    damage: String,
    is_over: bool,
}

impl Counts {
    fn add(&mut self, run: u64, outcome: Outcome) {
        let Outcome { asked, is_sealed, damage, is_over } = outcome;
        let fault = match asked {
            Err(told) => {
                self.panics += 1;
                Some(format!("a panic: {told}"))
            }
            Ok(None) => {
                self.refused += 1;
                None
            }
            Ok(Some(true)) => {
                self.right += 1;
                None
            }
            Ok(Some(false)) if is_sealed => {
                self.other += 1;
                None
            }
            Ok(Some(false)) => {
                self.wrong += 1;
                Some("wrong rows".to_owned())
            }
        };
        if let Some(fault) = fault {
            eprintln!("run {run}, {damage}: {fault}");
        }
        if is_over {
            self.over += 1;
            eprintln!("run {run}, {damage}: over {LIMIT_MEGABYTES} MB more");
        }
    }
}

/// A sound index, to be damaged.
struct Base {
    path: PathBuf,
    files: Vec<(String, Vec<u8>)>,
    new: Corpus,
    /// What was put into it last, to be put again.
    last: Corpus,
    right: Vec<String>,
}

impl Base {
    fn new(folder: &Path, has_text: bool) -> Base {
        let path = folder.join(if has_text { "texts.wcx" } else { "words.wcx" });
        let articles = |n: u64, from: u64| placed(made::corpus((from..from + n).map(article)), from);
        for (n, from) in [(70, 0), (40, 50)] {
            update(&path, articles(n, from), has_text).expect("a sound index is made");
        }
        let mut base = Base {
            files: Vec::new(),
            new: made::corpus((500..502).map(article)),
            last: articles(30, 80),
            right: Vec::new(),
            path,
        };
        base.new.documents.iter_mut().for_each(|it| it.name = format!("new {}", it.name));
        base.files = base.names().into_iter().map(|name| (name.clone(), base.bytes(&name))).collect();
        assert_eq!(base.files.len(), 4, "two segments, a list of removed documents, a manifest");
        base.right = base.ask().expect("a sound index answers");
        assert!(base.right.len() > 50, "{}", base.right.len());
        base
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        let names = entries.map(|it| it.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name != "lock").collect();
        names.sort_unstable();
        names
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path.join(name)).unwrap_or_default()
    }

    fn restore(&self) {
        for name in self.names() {
            if !self.files.iter().any(|(it, _)| *it == name) {
                let _ = fs::remove_file(self.path.join(name));
            }
        }
        for (name, bytes) in &self.files {
            if self.bytes(name) != *bytes {
                fs::write(self.path.join(name), bytes).expect("the folder takes its files");
            }
        }
    }

    fn run(&self, run: u64) -> Outcome {
        let mut dice = Dice(Random::new(run + 1));
        let before = peak_megabytes();
        let (damage, is_sealed) = self.damage(&mut dice);
        let asked = catch_unwind(AssertUnwindSafe(|| {
            let rows = self.ask().ok();
            if let Ok(snapshot) = Snapshot::open(&self.path) {
                let _ = snapshot.verify(&|_| ());
                read_all(&snapshot);
            }
            if dice.below(8) == 0 {
                let has_text = self.path.ends_with("texts.wcx");
                let _ = update(&self.path, self.last.clone(), has_text);
            }
            rows.map(|rows| rows == self.right)
        }));
        let asked = asked.map_err(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            text.or_else(|| panic.downcast_ref::<&str>().map(|it| (*it).to_owned())).unwrap_or_default()
        });
        self.restore();
        let is_over = peak_megabytes().saturating_sub(before) > LIMIT_MEGABYTES;
        Outcome { asked, is_sealed, damage, is_over }
    }

    /// The rows of a comparison of the new documents.
    fn ask(&self) -> Result<Vec<String>, String> {
        let snapshot = Snapshot::open(&self.path).map_err(|error| error.to_string())?;
        let scope = Scope::AgainstIndex { index: Arc::new(snapshot), among: true };
        let settings = Settings::default();
        let mut found = compare_large(self.new.clone(), &scope, &settings, Means::default(), &Silent)
            .map_err(|error| error.to_string())?;
        *found.run_mut() = RunFacts::default();
        let mut written = Vec::new();
        write(&found, Format::Jsonl, &RenderOptions::default(), &mut written)
            .map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&written);
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// Damages a file; what was done, and whether checksums were made right again.
    fn damage(&self, dice: &mut Dice) -> (String, bool) {
        let (name, good) = &self.files[dice.below(self.files.len())];
        let mut bytes = good.clone();
        let is_sealed = dice.below(2) == 0;
        if is_sealed && name == MANIFEST {
            let mut manifest = Manifest::read(&self.path).ok().flatten().expect("the index is sound");
            let what = twisted(&mut manifest, dice);
            manifest.commit(&self.path).expect("the folder takes a manifest");
            return (what, true);
        }
        let what = match is_sealed {
            true => sealed(name, &mut bytes, dice),
            false => mangled(&mut bytes, &self.files, dice),
        };
        fs::write(self.path.join(name), bytes).expect("the folder takes its files");
        (format!("{name}: {what}"), is_sealed)
    }
}

fn article(seed: u64) -> String {
    let statements: Vec<String> = (0..6).map(|it| Random::new(90_000 + it).text(50)).collect();
    let mut random = Random::new(seed + 1);
    let statement = random.edited(&statements[seed as usize % statements.len()], 0.08);
    format!("{} {statement} {}", random.text(40), random.text(30))
}

/// The documents with names from `from` on, each at a place of its own, which is on no disk.
fn placed(mut corpus: Corpus, from: u64) -> Corpus {
    for (document, number) in corpus.documents.iter_mut().zip(from..) {
        document.name = format!("article {number:05}");
        document.text.push_str(if from > 0 { " Updated." } else { "" });
        document.origin = Origin { path: format!("nowhere/{number}"), ..Origin::default() };
    }
    corpus
}

fn update(path: &Path, corpus: Corpus, has_text: bool) -> Result<(), Error> {
    let now = "2026-01-01T00:00:00Z".to_owned();
    let choices = IndexChoices { has_text: Some(has_text), prune: false, now };
    index(path, corpus, Intake::in_memory(), &Settings::default(), &choices, &Silent).map(drop)
}

/// Reads what a comparison may not reach.
fn read_all(snapshot: &Snapshot) {
    for number in snapshot.documents().take(10_000) {
        let row = snapshot.row(number);
        if let Ok(row) = row {
            let _ = row.into_document();
        }
        if let Ok(digest) = snapshot.digest(number) {
            let _ = snapshot.body(number, &digest);
        }
    }
    let hashes: Vec<u64> = (0..1 << 10).map(|it| it << 46).collect();
    for table in [Table::Postings, Table::Names, Table::Places] {
        let _ = snapshot.find(table, &hashes);
    }
}

struct Dice(Random);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        (self.0.share() * n as f64) as usize
    }

    /// A number of any size, the extremes more often.
    fn number(&mut self) -> u64 {
        match self.below(6) {
            0 => 0,
            1 => u64::MAX,
            2 => self.below(300) as u64,
            3 => u64::from(u32::MAX) - self.below(3) as u64,
            4 => 1 << self.below(64),
            _ => (self.below(1 << 31) as u64) << self.below(33),
        }
    }

    fn range(&mut self, len: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(len.max(1)).min(len);
        start..(start + 1 + self.below(most)).min(len)
    }
}

/// Damage that knows nothing of the format.
fn mangled(bytes: &mut Vec<u8>, files: &[(String, Vec<u8>)], dice: &mut Dice) -> String {
    match dice.below(7) {
        0..=1 => scribbled(bytes, dice),
        2 => {
            let range = dice.range(bytes.len(), 400);
            let value = [0, 255, b'0', 10][dice.below(4)];
            bytes[range.clone()].fill(value);
            format!("bytes {range:?} are {value}")
        }
        3 => {
            let (other, from) = &files[dice.below(files.len())];
            let piece = from[dice.range(from.len(), 2_000)].to_vec();
            let at = dice.below(bytes.len());
            let end = (at + piece.len()).min(bytes.len());
            bytes.splice(at..end, piece.iter().copied());
            format!("{} bytes of {other} at {at}", piece.len())
        }
        4 => {
            // A whole block over another one of its length, whose checksum holds.
            let places = places(bytes);
            let (from, to) = (dice.below(places.len()), dice.below(places.len()));
            let (from, to) = (places[from].clone(), places[to].clone());
            bytes.splice(to.clone(), bytes[from.clone()].to_vec());
            format!("block {from:?} at {to:?}")
        }
        5 => {
            let length = dice.below(bytes.len());
            bytes.truncate(length);
            format!("cut at {length}")
        }
        _ => {
            let range = dice.range(bytes.len(), 300);
            bytes.drain(range.clone());
            format!("without bytes {range:?}")
        }
    }
}

/// Flips a few bits or writes a few bytes.
fn scribbled(bytes: &mut [u8], dice: &mut Dice) -> String {
    let mut told = Vec::new();
    for _ in 0..1 + dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(3) {
            0 => bytes[at] = dice.below(256) as u8,
            1 => bytes[at] = if bytes[at] == 0 { 255 } else { 0 },
            _ => bytes[at] ^= 1 << dice.below(8),
        }
        told.push(format!("byte {at} is {}", bytes[at]));
    }
    told.join(", ")
}

/// Where the blocks of a file stand; all of a file that has none.
fn places(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let (mut places, mut at) = (Vec::new(), HEADER);
    while let Some(stored) = bytes.get(at + 4..at + 8).and_then(|it| it.try_into().ok()) {
        let end = at + HEADER + u32::from_le_bytes(stored) as usize;
        if end > bytes.len() {
            break;
        }
        places.push(at..end);
        at = end;
    }
    if places.is_empty() {
        places.push(0..bytes.len());
    }
    places
}

/// Damages a block of the file `name` and makes its checksum right.
fn sealed(name: &str, bytes: &mut [u8], dice: &mut Dice) -> String {
    let all = places(bytes);
    // The last ones are lists and the directory, which a draw among all would seldom meet.
    let index = if dice.below(3) == 0 {
        all.len() - 1 - dice.below(all.len().min(12))
    } else {
        dice.below(all.len())
    };
    let place = all[index].clone();
    let block = &mut bytes[place.clone()];
    let number =
        |block: &[u8], at: usize| block[at..at + 4].iter().rev().fold(0_u32, |n, &it| n << 8 | u32::from(it));
    let (raw_len, stored_len) = (number(block, 0), number(block, 4));
    let what = match dice.below(8) {
        0 => {
            let lie = dice.number() as u32;
            block[..4].copy_from_slice(&lie.to_le_bytes());
            format!("length {lie} for {raw_len}")
        }
        1 if block.len() > HEADER => scribbled(&mut block[HEADER..], dice),
        _ if raw_len == stored_len && block.len() > HEADER => changed(&mut block[HEADER..], dice),
        _ => match zstd::bulk::decompress(&block[HEADER..], raw_len as usize) {
            Err(_) => "nothing".to_owned(),
            Ok(raw) => repacked(block, &raw, dice),
        },
    };
    let end = place.start + HEADER + number(&bytes[place.clone()], 4) as usize;
    blocks::seal(&mut bytes[place.start..end.min(place.end)], name, place.start as u64);
    format!("block at {}: {what}, sealed", place.start)
}

/// Replaces the compressed `block` with one of the changed `raw` that is no longer.
fn repacked(block: &mut [u8], raw: &[u8], dice: &mut Dice) -> String {
    for _ in 0..8 {
        let mut raw = raw.to_vec();
        let what = changed(&mut raw, dice);
        let new = blocks::encode(&raw);
        if new.len() <= block.len() {
            block[..new.len()].copy_from_slice(&new);
            // What follows it in its old room belongs to no block, which only a scan minds.
            return what;
        }
    }
    "nothing".to_owned()
}

/// Changes bytes as a decoder that trusts them would mind: numbers of seven bits a byte, lengths, text.
fn changed(raw: &mut [u8], dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => {
            let at = dice.below(raw.len().min(12));
            raw[at] = [0, 1, 127, 128, 255][dice.below(5)];
            format!("byte {at} of the content is {}", raw[at])
        }
        1 => {
            let (from, at) = (dice.range(raw.len(), 60), dice.below(raw.len()));
            let piece = raw[from].to_vec();
            let n = piece.len().min(raw.len() - at);
            raw[at..at + n].copy_from_slice(&piece[..n]);
            format!("{n} bytes of the content repeated at {at}")
        }
        2 => {
            // A long number, if one is read here.
            let at = dice.below(raw.len());
            let n = (1 + dice.below(9)).min(raw.len() - at);
            raw[at..at + n].fill(255);
            format!("bytes {at} to {} of the content are 255", at + n)
        }
        _ => scribbled(raw, dice),
    }
}

/// Changes a number or a name of the manifest.
fn twisted(manifest: &mut Manifest, dice: &mut Dice) -> String {
    let segment = dice.below(manifest.segments.len());
    let number = dice.number();
    let entry = &mut manifest.segments[segment];
    match dice.below(9) {
        0 => entry.bytes = number,
        1 => entry.directory = number,
        2 => entry.documents = number as u32,
        3 => entry.file = "00000099.segment".to_owned(),
        4 => entry.removed.iter_mut().for_each(|it| it.documents = number as u32),
        5 => entry.removed = None,
        6 => manifest.has_text = !manifest.has_text,
        7 => manifest.n_files = number,
        _ => manifest.generation = number,
    }
    format!("manifest: {number} in segment {segment}")
}

/// Peak address space of this process, where the system tells: memory that is asked for counts, used or not.
fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmPeak:"));
    line.and_then(|it| it.split_whitespace().nth(1)?.parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes / 1_024)
}
