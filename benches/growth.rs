//! Growth of time and memory with the number of copies, and in the worst cases. `cargo bench --bench growth`
//!
//! Each case runs at three sizes, each in a process of its own, so that its peak memory is its own. Seconds are processor
//! time of all threads where the system tells (else wall time), without making the text. `growth` is the slope between a
//! size and the one before on logarithmic scales: 1 is linear, 2 is quadratic.
//!
//! - `-- --only TEXT`: the cases with TEXT in their name.
//! - `-- --limit SECONDS`: a size is left out, and said so, if at linear growth it would take longer; 900 unless given.
//! - `-- --test`: the smallest size of each case.

#![allow(clippy::print_stderr, clippy::print_stdout)]

#[allow(dead_code)]
mod made;

use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use wirecopy::model::{Corpus, Silent};
use wirecopy::pipeline::{Scope, Settings, compare};

/// Makes the text of one size.
type Make = fn(usize) -> Corpus;

const CASES: [(&str, [usize; 3], Make); 13] = [
    ("statement, 0 % edited", [1_000, 10_000, 100_000], |size| made::carriers(size, 0.0)),
    ("statement, 5 % edited", [1_000, 10_000, 100_000], |size| made::carriers(size, 0.05)),
    ("statement, 20 % edited", [1_000, 10_000, 100_000], |size| made::carriers(size, 0.2)),
    ("statement, 5 % edited, near the bound of pairs", [45, 46, 92], |size| made::carriers(size, 0.05)),
    ("identical articles", [1_000, 10_000, 100_000], identical),
    ("articles of one word", [1_000, 10_000, 100_000], single_words),
    ("a footer in every article", [1_000, 10_000, 100_000], footers),
    ("one word repeated, two texts", [10_000, 100_000, 1_000_000], repeated_word),
    ("one sentence repeated, two texts", [100, 1_000, 10_000], repeated_sentence),
    ("texts of marks and verbs of saying, bytes each", [10_000, 100_000, 1_000_000], marks),
    ("texts without spaces, bytes each", [10_000, 100_000, 1_000_000], spaceless),
    ("two long texts with 1 % shared, MB", [1, 5, 20], sharing),
    ("two long texts, one edited from the other, MB", [1, 5, 20], edited),
];

/// Seconds below which no growth is told: the system counts them in hundredths.
const LEAST_SECONDS: f64 = 0.1;

/// Longest that a size may be expected to take.
const LIMIT_SECONDS: f64 = 900.0;

fn main() -> ExitCode {
    match asked(std::env::args().skip(1)) {
        Ok(Asked::One { case, size }) => println!("{}", measured(CASES[case].2(size)).line()),
        Ok(Asked::Table { only, limit, is_test }) => table(&only, limit, is_test),
        Err(message) => {
            eprintln!("growth: {message}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

/// What the command line asks for.
enum Asked {
    /// One size of one case, in this process.
    One { case: usize, size: usize },
    /// Cases whose name holds `only`, each size in a child process.
    Table { only: String, limit: f64, is_test: bool },
}

fn asked(mut args: impl Iterator<Item = String>) -> Result<Asked, String> {
    let (mut only, mut limit, mut is_test) = (String::new(), LIMIT_SECONDS, false);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text} is no number"));
        match arg.as_str() {
            "--case" => return Ok(Asked::One { case: number(value()?)?, size: number(value()?)? }),
            "--only" => only = value()?,
            "--limit" => limit = number(value()?)? as f64,
            "--test" => is_test = true,
            "--bench" => {}
            _ => return Err(format!("{arg} is unknown; there are --only TEXT, --limit SECONDS and --test")),
        }
    }
    Ok(Asked::Table { only, limit, is_test })
}

/// What one size of a case took and found.
struct Figures {
    megabytes: f64,
    seconds: f64,
    /// Peak memory in megabytes, where the system tells.
    peak: Option<u64>,
    pairs: usize,
    clusters: usize,
    /// Documents in the widest cluster.
    carriers: u32,
    /// Bounds announced, as text.
    bounds: String,
}

impl Figures {
    /// As a line for the process that waits for it.
    fn line(&self) -> String {
        let peak = self.peak.map_or_else(String::new, |peak| peak.to_string());
        let Figures { megabytes, seconds, pairs, clusters, carriers, bounds, .. } = self;
        format!("{megabytes}\t{seconds}\t{peak}\t{pairs}\t{clusters}\t{carriers}\t{bounds}")
    }

    /// The figures of such a line.
    fn of(line: &str) -> Option<Figures> {
        let mut fields = line.trim_end_matches('\n').split('\t');
        Some(Figures {
            megabytes: fields.next()?.parse().ok()?,
            seconds: fields.next()?.parse().ok()?,
            peak: fields.next()?.parse().ok(),
            pairs: fields.next()?.parse().ok()?,
            clusters: fields.next()?.parse().ok()?,
            carriers: fields.next()?.parse().ok()?,
            bounds: fields.next()?.to_owned(),
        })
    }
}

/// Runs the cases, each size in a child process, and prints a line for each.
fn table(only: &str, limit: f64, is_test: bool) {
    println!(
        "{:<46} {:>9} {:>8} {:>8} {:>6} {:>8} {:>6} {:>9} {:>9} {:>9}  bounds",
        "case", "size", "text MB", "seconds", "growth", "peak MB", "growth", "pairs", "clusters", "carriers"
    );
    for (case, (name, sizes, _)) in CASES.iter().enumerate().filter(|(_, case)| case.0.contains(only)) {
        let mut before: Option<(usize, Figures)> = None;
        for &size in sizes.iter().take(if is_test { 1 } else { sizes.len() }) {
            if let Some((smaller, took)) = &before {
                let expected = took.seconds * size as f64 / *smaller as f64;
                if expected > limit {
                    println!("{name:<46} {size:>9} left out: it would take {expected:.0} s or more");
                    break;
                }
            }
            let figures = in_a_child(case, size);
            print_row(name, size, &figures, before.as_ref());
            before = Some((size, figures));
        }
    }
}

fn in_a_child(case: usize, size: usize) -> Figures {
    let output = Command::new(std::env::current_exe().expect("a running program has a path"))
        .args(["--case", &case.to_string(), &size.to_string()])
        .stderr(Stdio::inherit())
        .output()
        .expect("the bench can start itself");
    assert!(output.status.success(), "{} of size {size} failed", CASES[case].0);
    let line = String::from_utf8_lossy(&output.stdout);
    Figures::of(&line).unwrap_or_else(|| panic!("not a line of figures: {line}"))
}

fn print_row(name: &str, size: usize, figures: &Figures, before: Option<&(usize, Figures)>) {
    let growth = |was: Option<f64>, is: Option<f64>| {
        let told = before.zip(was).zip(is).filter(|((_, was), _)| *was > 0.0);
        told.map_or("-".to_owned(), |(((smaller, _), was), is)| {
            format!("{:.2}", (is / was).ln() / (size as f64 / *smaller as f64).ln())
        })
    };
    let of_seconds = before.map(|(_, was)| was.seconds).filter(|&seconds| seconds >= LEAST_SECONDS);
    let of_peak = before.and_then(|(_, was)| was.peak).map(|peak| peak as f64);
    println!(
        "{name:<46} {size:>9} {:>8.2} {:>8.2} {:>6} {:>8} {:>6} {:>9} {:>9} {:>9}  {}",
        figures.megabytes,
        figures.seconds,
        growth(of_seconds, Some(figures.seconds)),
        figures.peak.map_or_else(|| "-".to_owned(), |mb| mb.to_string()),
        growth(of_peak, figures.peak.map(|peak| peak as f64)),
        figures.pairs,
        figures.clusters,
        figures.carriers,
        figures.bounds
    );
}

fn measured(corpus: Corpus) -> Figures {
    let megabytes = corpus.documents.iter().map(|d| d.text.len()).sum::<usize>() as f64 / 1e6;
    let started = (Instant::now(), cpu_seconds());
    let analysis =
        compare(corpus, &Scope::AllPairs, &Settings::default(), &Silent).expect("made texts compare");
    let seconds = match (cpu_seconds(), started.1) {
        (Some(now), Some(then)) => now - then,
        _ => started.0.elapsed().as_secs_f64(),
    };
    let bounds: Vec<String> = analysis.bounds.iter().map(|b| format!("{} {}", b.name, b.count)).collect();
    Figures {
        megabytes,
        seconds,
        peak: peak_megabytes(),
        pairs: analysis.pairs.len(),
        clusters: analysis.clusters.len(),
        carriers: analysis.clusters.iter().map(|cluster| cluster.n_docs).max().unwrap_or(0),
        bounds: bounds.join(", "),
    }
}

fn identical(size: usize) -> Corpus {
    let text = made::Random::new(42).text(300);
    made::corpus((0..size).map(|_| text.clone()))
}

fn single_words(size: usize) -> Corpus {
    let mut random = made::Random::new(42);
    made::corpus((0..size).map(|_| random.word()))
}

fn footers(size: usize) -> Corpus {
    let footer = made::Random::new(42).text(40);
    made::corpus((0..size).map(|index| {
        let mut own = made::Random::new(index as u64 + 9_000);
        format!("{} {footer}", own.text(200))
    }))
}

fn repeated_word(size: usize) -> Corpus {
    made::corpus([0, 1].map(|extra| "word ".repeat(size + extra)))
}

fn repeated_sentence(size: usize) -> Corpus {
    let sentence = made::Random::new(42).text(14);
    made::corpus([0, 1].map(|extra| format!("{sentence} ").repeat(size + extra)))
}

/// What a text of nothing but marks, verbs and names of agencies is made of: each would be read again and again by a reader of
/// zones who looks for the end of what it opens.
const MARKS: [&str; 16] = [
    "“a ",
    "\"a ",
    "'a b ",
    "[a ",
    "said ",
    "said that a, ",
    "he said that “a” ",
    "X, said, ",
    "(AP) ",
    "A P (AP) ",
    "\n\"a",
    "NEW YORK - ",
    "By A, Reuters\n",
    "a.b. ",
    "told The A, ",
    "press release  ",
];

/// For each of [`MARKS`] a text of `size` bytes that repeats it.
fn marks(size: usize) -> Corpus {
    made::corpus(MARKS.map(|unit| unit.repeat(size / unit.len())))
}

/// Texts of `size` bytes in which no word ends for long, or every one right away.
fn spaceless(size: usize) -> Corpus {
    let texts = ["a", "1", "x-\n", "é.", "字"].map(|unit| unit.repeat(size / unit.len()));
    made::corpus(texts.map(|text| text + "é\n1"))
}

/// Two texts of `size` megabytes.
fn sharing(size: usize) -> Corpus {
    let shared = made::Random::new(42).text(size * 1_700);
    made::corpus([1, 2].map(|seed| {
        let mut own = made::Random::new(seed);
        format!("{} {shared} {}", own.text(size * 80_000), own.text(size * 80_000))
    }))
}

/// Two texts of `size` megabytes.
fn edited(size: usize) -> Corpus {
    let mut random = made::Random::new(42);
    let text = random.text(size * 165_000);
    let edited = random.edited(&text, 0.05);
    made::corpus([text, edited])
}

/// Processor time of this process so far, user and system, all threads. The system counts in hundredths of a second.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / 100.0)
}

/// Peak resident memory of this process, where the system tells.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1_024)
}
