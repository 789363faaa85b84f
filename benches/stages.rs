//! Time of each stage, and of the whole, on made and on real texts. `cargo bench --bench stages`
//!
//! Inputs are made outside the timed part: 1,000 and 10,000 made articles, and 1, 10 and 100 MB of real text where the
//! shared corpora are (`benches/grown`). Throughput is in bytes of text, of the file for `read` and `whole`. A part alone:
//! `-- 'align::real 10 MB'`. With `--test` each stage runs once on the smallest input of either kind.

#![allow(clippy::print_stderr)]

mod grown;
#[allow(dead_code)]
mod made;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use divan::{Bencher, counter::BytesCount};
use wirecopy::cluster::{ClusterParams, Link, Member, group};
use wirecopy::fingerprint::{FingerprintParams, fingerprints};
use wirecopy::matching::postings::Join;
use wirecopy::matching::segment::Segments;
use wirecopy::matching::{Admission, Candidate, MatchParams, candidates};
use wirecopy::model::{Analysis, Corpus, Silent, Tokens};
use wirecopy::normalize::{NormalizeParams, Normalizer};
use wirecopy::pipeline::{Scope, Settings, compare};
use wirecopy::read::{Inputs, ReadParams, read};
use wirecopy::report::{Format, RenderOptions, write};
use wirecopy::store::{Library, Store};

fn main() {
    if grown::shared().is_none() {
        eprintln!(
            "stages: no ../shared/eval/make_corpus.py, so made texts only; WIRECOPY_SHARED names the folder elsewhere"
        );
    }
    divan::main();
}

/// What a stage is measured on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Input {
    /// So many made articles of 300 words.
    Made(usize),
    /// So many megabytes of real text.
    Real(usize),
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Made(articles) => write!(f, "made {articles}"),
            Input::Real(megabytes) => write!(f, "real {megabytes} MB"),
        }
    }
}

/// All inputs there are; the smallest of either kind in a test.
fn inputs() -> Vec<Input> {
    let given: Vec<String> = std::env::args().collect();
    let is_test = given.iter().any(|arg| arg == "--test") || !given.iter().any(|arg| arg == "--bench");
    let take = if is_test { 1 } else { usize::MAX };
    let real = grown::shared().map(|_| [1, 10, 100].map(Input::Real)).into_iter().flatten();
    [1_000, 10_000].map(Input::Made).into_iter().take(take).chain(real.take(take)).collect()
}

impl Input {
    /// The file with its documents, one a line; made when first asked for.
    fn file(self) -> PathBuf {
        let articles = match self {
            Input::Made(articles) => articles,
            Input::Real(megabytes) => {
                let shared = grown::shared().expect("real inputs are offered where the corpora are");
                return grown::corpus(&shared, megabytes);
            }
        };
        let mut lines = Vec::new();
        for document in made::articles(articles).documents {
            let record = serde_json::json!({
                "id": document.name, "source": document.source, "text": document.text,
            });
            writeln!(lines, "{record}").expect("memory takes it all");
        }
        let path = grown::kept().join(format!("made-{articles}.jsonl"));
        fs::create_dir_all(grown::kept()).expect("the build folder can be written");
        fs::write(&path, lines).expect("the build folder can be written");
        path
    }

    fn corpus(self) -> Corpus {
        documents(&self.file())
    }

    /// The whole comparison of this input, kept for the stages that start from it.
    fn analysis(self) -> &'static Analysis {
        static KEPT: Mutex<BTreeMap<Input, &'static Analysis>> = Mutex::new(BTreeMap::new());
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        kept.entry(self).or_insert_with(|| Box::leak(Box::new(compared(self.corpus(), &Scope::AllPairs))))
    }
}

fn documents(file: &Path) -> Corpus {
    let inputs = Inputs { paths: vec![file.to_path_buf()], files_from: None };
    let corpus = read(&inputs, &ReadParams::default(), &Silent).expect("the file was just made");
    assert!(!corpus.documents.is_empty(), "{} holds documents", file.display());
    corpus
}

fn compared(corpus: Corpus, scope: &Scope) -> Analysis {
    compare(corpus, scope, &Settings::default(), &Silent).expect("there is memory for this input")
}

/// Text of a corpus in bytes.
fn bytes(corpus: &Corpus) -> BytesCount {
    BytesCount::new(corpus.documents.iter().map(|document| document.text.len()).sum::<usize>())
}

fn file_bytes(file: &Path) -> BytesCount {
    BytesCount::new(fs::metadata(file).expect("the file was just made").len())
}

fn tokens(corpus: &Corpus) -> Vec<Tokens> {
    let normalizer = Normalizer::new(NormalizeParams::default()).expect("the default parameters are valid");
    let mut lexicon = normalizer.lexicon();
    corpus
        .documents
        .iter()
        .map(|document| {
            let language = normalizer.language(&document.text, document.language.as_deref());
            normalizer.tokens(&document.text, language, &mut lexicon)
        })
        .collect()
}

struct All;

impl Admission for All {
    fn admits(&self, _: usize, _: usize) -> bool {
        true
    }
}

fn nominated(library: &Library, segments: &Segments) -> Vec<Candidate> {
    let order: Vec<(u64, u32)> = (0..library.len() as u64).map(|n| (n, 0)).collect();
    let params = MatchParams::default();
    let join = Join { segments, order_keys: &order, admission: &All, params: &params };
    candidates(library, &join, &Store::in_memory(), &Silent).expect("memory is never full").candidates
}

/// The document pairs that matching nominates, by name.
fn pairs(corpus: &Corpus) -> Vec<(String, String)> {
    let tokens = tokens(corpus);
    let segments = Segments::of(&tokens);
    let name = |segment: u32| &corpus.documents[segments.get(segment).document as usize].name;
    let pairs: BTreeSet<_> = nominated(&Library::of_tokens(tokens), &segments)
        .iter()
        .map(|pair| (name(pair.a), name(pair.b)))
        .collect();
    pairs.into_iter().map(|(a, b)| (a.clone(), b.clone())).collect()
}

/// Counts what is written to it.
struct Count(usize);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn written(analysis: &Analysis) -> usize {
    let mut out = Count(0);
    write(analysis, Format::Jsonl, &RenderOptions::default(), &mut out).expect("counting cannot fail");
    out.0
}

/// A file to documents.
#[divan::bench(name = "1 read", args = inputs(), sample_count = 20, sample_size = 1, max_time = 10)]
fn reading(bencher: Bencher<'_, '_>, input: Input) {
    let file = input.file();
    bencher.counter(file_bytes(&file)).bench_local(|| documents(&file));
}

/// Texts to tokens, on one thread.
#[divan::bench(name = "2 normalize", args = inputs(), sample_count = 20, sample_size = 1, max_time = 10)]
fn normalize(bencher: Bencher<'_, '_>, input: Input) {
    let corpus = input.corpus();
    bencher.counter(bytes(&corpus)).bench_local(|| tokens(&corpus));
}

/// Tokens to shingles, on one thread.
#[divan::bench(name = "3 fingerprint", args = inputs(), sample_count = 20, sample_size = 1, max_time = 10)]
fn fingerprint(bencher: Bencher<'_, '_>, input: Input) {
    let corpus = input.corpus();
    let tokens = tokens(&corpus);
    bencher.counter(bytes(&corpus)).bench_local(|| {
        tokens
            .iter()
            .flat_map(|document| fingerprints(document, FingerprintParams::default()))
            .fold(0, |sum, fingerprint| sum ^ fingerprint.hash)
    });
}

/// Tokens to nominated pairs, shingles included.
#[divan::bench(name = "4 match", args = inputs(), sample_count = 20, sample_size = 1, max_time = 10)]
fn matching(bencher: Bencher<'_, '_>, input: Input) {
    let corpus = input.corpus();
    let tokens = tokens(&corpus);
    let segments = Segments::of(&tokens);
    let library = Library::of_tokens(tokens);
    bencher.counter(bytes(&corpus)).bench_local(|| nominated(&library, &segments));
}

/// Nominated pairs to an analysis: all of a comparison but reading and matching. Most of it is alignment.
#[divan::bench(name = "5 align", args = inputs(), sample_count = 20, sample_size = 1, max_time = 10)]
fn align(bencher: Bencher<'_, '_>, input: Input) {
    let corpus = input.corpus();
    let scope = Scope::Listed { pairs: pairs(&corpus) };
    bencher
        .counter(bytes(&corpus))
        .with_inputs(|| corpus.clone())
        .bench_local_values(|corpus| compared(corpus, &scope));
}

/// Passages to groups, on one thread.
#[divan::bench(name = "6 cluster", args = inputs(), sample_count = 20, sample_size = 1, max_time = 10)]
fn cluster(bencher: Bencher<'_, '_>, input: Input) {
    let analysis = input.analysis();
    let links: Vec<Link> = analysis
        .passages
        .iter()
        .map(|passage| Link {
            a: Member { document: passage.a_doc.index() as u32, span: passage.a_tokens },
            b: Member { document: passage.b_doc.index() as u32, span: passage.b_tokens },
            bits: passage.bits,
        })
        .collect();
    bencher.bench_local(|| group(&links, &analysis.tokens, ClusterParams::default(), &Silent));
}

/// An analysis to JSON Lines; throughput is that of the output.
#[divan::bench(name = "7 report", args = inputs(), sample_count = 20, sample_size = 1, max_time = 10)]
fn report(bencher: Bencher<'_, '_>, input: Input) {
    let analysis = input.analysis();
    bencher.counter(BytesCount::new(written(analysis))).bench_local(|| written(analysis));
}

/// A file to JSON Lines, all stages.
#[divan::bench(name = "8 whole", args = inputs(), sample_count = 20, sample_size = 1, max_time = 10)]
fn whole(bencher: Bencher<'_, '_>, input: Input) {
    let file = input.file();
    bencher.counter(file_bytes(&file)).bench_local(|| written(&compared(documents(&file), &Scope::AllPairs)));
}
