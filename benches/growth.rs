//! Growth of time and memory with the number of copies, and in the worst cases. `cargo bench --bench growth`
//!
//! Each case runs in a process of its own, so that its peak memory is its own. With `--test` only the smallest size
//! of each case runs. Seconds are processor time of all threads where the system tells (else wall time), without
//! making the text.

#![allow(clippy::print_stdout)]

#[allow(dead_code)]
mod made;

use std::process::Command;
use std::time::Instant;

use wirecopy::model::{Corpus, Silent};
use wirecopy::pipeline::{Scope, Settings, compare};

const CASES: [(&str, [usize; 3]); 10] = [
    ("statement, 0 % edited", [100, 1_000, 10_000]),
    ("statement, 5 % edited", [100, 1_000, 10_000]),
    ("statement, 5 % edited, near the bound", [50, 100, 101]),
    ("identical articles", [1_000, 10_000, 100_000]),
    ("articles of one word", [1_000, 10_000, 100_000]),
    ("one word repeated, two texts", [10_000, 100_000, 1_000_000]),
    ("one sentence repeated, two texts", [100, 1_000, 10_000]),
    ("two long texts with 1 % shared, MB", [1, 5, 20]),
    ("two long texts, one edited from the other, MB", [1, 5, 20]),
    ("a footer in every article", [1_000, 5_000, 20_000]),
];

fn main() {
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("--case") => {
            let mut number =
                || args.next().and_then(|text| text.parse().ok()).expect("two numbers follow --case");
            run(number(), number());
        }
        first => {
            let only_smallest = first == Some("--test") || args.any(|arg| arg == "--test");
            table(only_smallest);
        }
    }
}

/// Runs every case in a child process and prints a line for each.
fn table(only_smallest: bool) {
    println!(
        "{:<46} {:>9} {:>9} {:>8} {:>8} {:>9} {:>9} {:>9}  bounds",
        "case", "size", "text MB", "seconds", "peak MB", "pairs", "clusters", "carriers"
    );
    let own = std::env::current_exe().expect("a running program has a path");
    for (case, (_, sizes)) in CASES.iter().enumerate() {
        for size in sizes.iter().take(if only_smallest { 1 } else { 3 }) {
            let status = Command::new(&own)
                .args(["--case", &case.to_string(), &size.to_string()])
                .status()
                .expect("the bench can start itself");
            assert!(status.success(), "case {case} of size {size} failed");
        }
    }
}

fn run(case: usize, size: usize) {
    let corpus = corpus(case, size);
    let megabytes = corpus.documents.iter().map(|d| d.text.len()).sum::<usize>() as f64 / 1e6;
    let started = (Instant::now(), cpu_seconds());
    let analysis =
        compare(corpus, &Scope::AllPairs, &Settings::default(), &Silent).expect("made texts compare");
    let seconds = match (cpu_seconds(), started.1) {
        (Some(now), Some(then)) => now - then,
        _ => started.0.elapsed().as_secs_f64(),
    };
    let widest = analysis.clusters.iter().map(|cluster| cluster.n_docs).max().unwrap_or(0);
    let bounds: Vec<String> = analysis.bounds.iter().map(|b| format!("{} {}", b.name, b.count)).collect();
    println!(
        "{:<46} {size:>9} {megabytes:>9.2} {:>8.2} {:>8} {:>9} {:>9} {widest:>9}  {}",
        CASES[case].0,
        seconds,
        peak_megabytes().map_or_else(|| "-".to_owned(), |mb| mb.to_string()),
        analysis.pairs.len(),
        analysis.clusters.len(),
        bounds.join(", ")
    );
}

fn corpus(case: usize, size: usize) -> Corpus {
    let mut random = made::Random::new(42);
    match case {
        0 => made::carriers(size, 0.0),
        1 | 2 => made::carriers(size, 0.05),
        3 => {
            let text = random.text(300);
            made::corpus((0..size).map(|_| text.clone()))
        }
        4 => made::corpus((0..size).map(|_| random.word())),
        5 => made::corpus([0, 1].map(|extra| "word ".repeat(size + extra))),
        6 => {
            let sentence = random.text(14);
            made::corpus([0, 1].map(|extra| format!("{sentence} ").repeat(size + extra)))
        }
        7 => {
            let shared = random.text(size * 1_700);
            made::corpus([1, 2].map(|seed| {
                let mut own = made::Random::new(seed);
                format!("{} {shared} {}", own.text(size * 80_000), own.text(size * 80_000))
            }))
        }
        8 => {
            let text = random.text(size * 165_000);
            let edited = random.edited(&text, 0.05);
            made::corpus([text, edited])
        }
        _ => {
            let footer = random.text(40);
            made::corpus((0..size).map(|index| {
                let mut own = made::Random::new(index as u64 + 9_000);
                format!("{} {footer}", own.text(200))
            }))
        }
    }
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
