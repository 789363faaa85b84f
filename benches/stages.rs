//! Time of each stage, and of the whole, on made texts. `cargo bench --bench stages`
//!
//! Inputs are made outside the timed part. Throughput is in bytes of text.

#[allow(dead_code)]
mod made;

use divan::{Bencher, counter::BytesCount};
use wirecopy::align::{AlignParams, Aligner, Workspace};
use wirecopy::fingerprint::{FingerprintParams, fingerprints};
use wirecopy::matching::postings::Join;
use wirecopy::matching::segment::Segments;
use wirecopy::matching::{Admission, Candidate, MatchParams, candidates};
use wirecopy::model::{Corpus, Silent, Tokens};
use wirecopy::normalize::{NormalizeParams, Normalizer};
use wirecopy::pipeline::{Scope, Settings, compare};
use wirecopy::report::{Format, RenderOptions, write};
use wirecopy::store::{Library, Store};

fn main() {
    divan::main();
}

const ARTICLES: usize = 1_000;

struct All;

impl Admission for All {
    fn admits(&self, _: usize, _: usize) -> bool {
        true
    }
}

fn bytes(corpus: &Corpus) -> BytesCount {
    BytesCount::new(corpus.documents.iter().map(|document| document.text.len()).sum::<usize>())
}

fn normalizer() -> Normalizer {
    Normalizer::new(NormalizeParams::default()).expect("the default parameters are valid")
}

fn tokens(corpus: &Corpus) -> Vec<Tokens> {
    let normalizer = normalizer();
    let mut lexicon = normalizer.lexicon();
    corpus
        .documents
        .iter()
        .map(|document| {
            let language = normalizer.language(&document.text, Some("en"));
            normalizer.tokens(&document.text, language, &mut lexicon)
        })
        .collect()
}

#[divan::bench]
fn normalize(bencher: Bencher<'_, '_>) {
    let corpus = made::articles(ARTICLES);
    bencher.counter(bytes(&corpus)).bench_local(|| tokens(&corpus));
}

#[divan::bench]
fn fingerprint(bencher: Bencher<'_, '_>) {
    let corpus = made::articles(ARTICLES);
    let tokens = tokens(&corpus);
    bencher.counter(bytes(&corpus)).bench_local(|| {
        tokens
            .iter()
            .flat_map(|document| fingerprints(document, FingerprintParams::default()))
            .fold(0, |sum, fingerprint| sum ^ fingerprint.hash)
    });
}

#[divan::bench]
fn matching(bencher: Bencher<'_, '_>) {
    let corpus = made::articles(ARTICLES);
    let tokens = tokens(&corpus);
    let segments = Segments::of(&tokens);
    let library = Library::of_tokens(tokens);
    bencher.counter(bytes(&corpus)).bench_local(|| nominated(&library, &segments));
}

fn nominated(library: &Library, segments: &Segments) -> Vec<Candidate> {
    let order: Vec<u64> = (0..library.len() as u64).collect();
    let params = MatchParams::default();
    let join = Join { segments, order_keys: &order, admission: &All, params: &params };
    candidates(library, &join, &Store::in_memory(), &Silent).expect("memory is never full").candidates
}

#[divan::bench]
fn align(bencher: Bencher<'_, '_>) {
    let corpus = made::articles(ARTICLES);
    let tokens = tokens(&corpus);
    let segments = Segments::of(&tokens);
    let found = nominated(&Library::of_tokens(tokens.clone()), &segments);
    let texts: Vec<&str> = corpus.documents.iter().map(|document| document.text.as_str()).collect();
    bencher.bench_local(|| {
        let aligner = Aligner::new(&tokens, texts.clone(), &segments, AlignParams::default());
        let mut work = Workspace::default();
        found
            .iter()
            .map(|candidate| {
                let (a, b) = (segments.get(candidate.a).document, segments.get(candidate.b).document);
                aligner.pair(a as usize, b as usize, &[*candidate], &mut work).len()
            })
            .sum::<usize>()
    });
}

#[divan::bench(args = [1_000, 10_000])]
fn compare_articles(bencher: Bencher<'_, '_>, n: usize) {
    let corpus = made::articles(n);
    let settings = Settings::default();
    bencher
        .counter(bytes(&corpus))
        .with_inputs(|| corpus.clone())
        .bench_local_values(|corpus| compare(corpus, &Scope::AllPairs, &settings, &Silent));
}

#[divan::bench]
fn write_jsonl(bencher: Bencher<'_, '_>) {
    let analysis = compare(made::articles(ARTICLES), &Scope::AllPairs, &Settings::default(), &Silent)
        .expect("made texts need no more memory than there is");
    bencher.bench_local(|| {
        let mut out = Vec::new();
        write(&analysis, Format::Jsonl, &RenderOptions::default(), &mut out).map(|()| out.len())
    });
}
