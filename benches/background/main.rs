//! Builds `src/statistics/english.bin`, the built-in table of word surprisal, `english_shapes.bin`, that of the words'
//! shapes for print read by a machine, and `english_pairs.bin`, that of words given the one before (`pairs`).
//!
//!     cargo run --release --example background -- src/statistics/english.bin CORPUS.jsonl...
//!     cargo run --release --example background -- --shapes src/statistics/english_shapes.bin CORPUS.jsonl...
//!     cargo run --release --example background -- --pairs src/statistics/english_pairs.bin CORPUS.jsonl...
//!
//!     cargo run --release --example background -- --language de src/statistics/languages/de.bin MANUAL.jsonl... --stories STORY.jsonl...
//!
//!     cargo run --release --example background -- --merge src/statistics/pairs.bin src/statistics/english_pairs.bin PAIRS...
//!
//! The last but one builds the table of another language (`languages`) from the texts that `fetch.py` writes; with
//! `--language-pairs FILE` before the texts, that of its pairs. The last one puts tables of pairs together.
//!
//! Each corpus is a JSON Lines file with a `text` field. Texts that are not English or repeat another one are left
//! out. A word's probability is the mean of its share in each corpus, so that no corpus dominates by size; words in
//! fewer than three documents make up the class of absent words, which share its mean probability. The shipped table
//! is that of six corpora: Reuters-21578, BBC news, press releases of US senators, the PAN 2013 text-alignment
//! training texts, versions of encyclopedia articles, and web news on two events. Only hashes of stems and numbers
//! are stored.
//!
//! Also prints, on standard error, the mean surprisal of numbers by their digits and of words by their letters
//! (function words apart), from
//! which the constants of `src/statistics/prior.rs` are rounded.

#![allow(clippy::print_stderr)] // A program for developers; its remarks are its interface.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};

mod languages;
mod pairs;

use serde_json::Value;
use wirecopy::model::{Flags, Profile, Tokens};
use wirecopy::normalize::{Language, Lexicon, NormalizeParams, Normalizer};
use wirecopy::statistics::Background;

/// Documents a word must be in to be in the table.
const MIN_DOCUMENTS: u32 = 3;
/// Most words in the table.
const MAX_WORDS: usize = 40_000;

/// What is counted about one word.
#[derive(Default)]
struct Counts {
    documents: u32,
    /// Sum over the corpora of the word's share of their tokens.
    share: f64,
    digits: usize,
    letters: usize,
    is_stop: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|argument| argument == "--merge").is_some() {
        return merge(&arguments.collect::<Vec<_>>());
    }
    if arguments.next_if(|argument| argument == "--language").is_some() {
        return build_language(&arguments.collect::<Vec<_>>());
    }
    let is_pairs = arguments.next_if(|argument| argument == "--pairs").is_some();
    let is_shapes = arguments.next_if(|argument| argument == "--shapes").is_some();
    let profile = if is_shapes { Profile::Ocr } else { Profile::News };
    let output = arguments.next().ok_or("usage: background [--pairs|--shapes] OUTPUT CORPUS.jsonl...")?;
    let corpora: Vec<String> = arguments.collect();
    if is_pairs {
        let words = Background::of("en", Profile::News).ok_or("English has a table")?;
        let bits = |key| words.surprisal(key).map(|bits| f64::from(bits) / 8.0);
        std::fs::write(&output, pairs::table(&count_pairs(&corpora)?, bits))?;
        return Ok(());
    }
    let mut words: BTreeMap<u64, Counts> = BTreeMap::new();
    for corpus in &corpora {
        count(corpus, profile, &mut words)?;
    }
    let n_corpora = corpora.len() as f64;
    for counts in words.values_mut() {
        counts.share /= n_corpora;
    }
    print_means(&words);
    std::fs::write(&output, table(&words))?;
    Ok(())
}

/// Builds the table of a language: its code, the output, and the texts.
fn build_language(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [code, output, texts @ ..] = arguments else {
        return Err(
            "usage: background --language CODE OUTPUT MANUAL.jsonl... --stories STORY.jsonl...".into()
        );
    };
    let (pair_output, texts) = match texts {
        [flag, path, rest @ ..] if flag == "--language-pairs" => (Some(path.as_str()), rest),
        _ => (None, texts),
    };
    let registers: Vec<&[String]> = texts.split(|argument| argument == "--stories").collect();
    languages::build(code, output, pair_output, &registers)
}

/// Puts tables together: the output and the tables, of which the first that knows a key is believed.
fn merge(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [output, tables @ ..] = arguments else {
        return Err("usage: background --merge OUTPUT TABLE...".into());
    };
    let mut entries: BTreeMap<u64, f64> = BTreeMap::new();
    for path in tables {
        for (key, eighths) in Background::entries(&std::fs::read(path)?) {
            entries.entry(key).or_insert(f64::from(eighths) / 8.0);
        }
    }
    let bytes = Background::encode(0.0, &entries.into_iter().collect::<Vec<_>>());
    std::fs::write(output, &bytes)?;
    eprintln!("{} bytes", bytes.len());
    Ok(())
}

/// Adds the words of one corpus.
fn count(corpus: &str, profile: Profile, words: &mut BTreeMap<u64, Counts>) -> Result<(), Box<dyn Error>> {
    let normalizer = Normalizer::new(NormalizeParams { profile, ..NormalizeParams::default() })?;
    let mut lexicon = normalizer.lexicon();
    let mut own: BTreeMap<u64, u64> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let (mut n_tokens, mut n_documents, mut n_left_out) = (0_u64, 0_u64, 0_u64);
    for line in BufReader::new(File::open(corpus)?).lines() {
        let Some(text) = english_text(&line?, &normalizer, &mut lexicon)? else {
            n_left_out += 1;
            continue;
        };
        let (text, tokens) = text;
        if !seen.insert(tokens.keys.clone()) {
            n_left_out += 1;
            continue;
        }
        n_documents += 1;
        n_tokens += tokens.len() as u64;
        add_document(&text, &tokens, &mut own, words);
    }
    for (key, count) in own {
        words.entry(key).or_default().share += count as f64 / n_tokens as f64;
    }
    eprintln!("{corpus}: {n_documents} documents, {n_left_out} left out, {n_tokens} tokens");
    Ok(())
}

/// The pairs of each corpus.
fn count_pairs(corpora: &[String]) -> Result<Vec<pairs::Corpus>, Box<dyn Error>> {
    let normalizer = Normalizer::new(NormalizeParams::default())?;
    let mut lexicon = normalizer.lexicon();
    let mut counted = Vec::new();
    for corpus in corpora {
        let mut counts = pairs::Corpus::default();
        for line in BufReader::new(File::open(corpus)?).lines() {
            if let Some((_, tokens)) = english_text(&line?, &normalizer, &mut lexicon)? {
                counts.add(&tokens);
            }
        }
        counts.finish();
        eprintln!("{corpus}: {counts}");
        counted.push(counts);
    }
    Ok(counted)
}

/// Text and tokens of a record, if it is English.
fn english_text(
    line: &str,
    normalizer: &Normalizer,
    lexicon: &mut Lexicon,
) -> Result<Option<(String, Tokens)>, Box<dyn Error>> {
    let record: Value = serde_json::from_str(line)?;
    let text = record["text"].as_str().ok_or("a record has no text")?.to_owned();
    let language = normalizer.language(&text, None);
    if Some(language) != Language::from_code("en") {
        return Ok(None);
    }
    let tokens = normalizer.tokens(&text, language, lexicon);
    Ok(Some((text, tokens)))
}

fn add_document(
    text: &str,
    tokens: &Tokens,
    own: &mut BTreeMap<u64, u64>,
    words: &mut BTreeMap<u64, Counts>,
) {
    let mut here = BTreeSet::new();
    for (index, &key) in tokens.keys.iter().enumerate() {
        *own.entry(key).or_default() += 1;
        if here.insert(key) {
            let counts = words.entry(key).or_default();
            counts.documents += 1;
            if counts.documents == 1 {
                let word = &text[tokens.bytes(index).range()];
                counts.letters = word.chars().count();
                counts.is_stop = tokens.is(index, Flags::STOP);
                let is_number = tokens.is(index, Flags::NUMBER);
                counts.digits = if is_number { word.chars().filter(char::is_ascii_digit).count() } else { 0 };
            }
        }
    }
}

/// The table's bytes: the most frequent words, numbers left out (they are weighed by their digits).
fn table(words: &BTreeMap<u64, Counts>) -> Vec<u8> {
    let (kept, absent): (Vec<_>, Vec<_>) = words
        .iter()
        .filter(|(_, counts)| counts.digits == 0)
        .partition(|(_, counts)| counts.documents >= MIN_DOCUMENTS);
    let mut kept: Vec<(u64, f64)> =
        kept.into_iter().map(|(&key, counts)| (key, -counts.share.log2())).collect();
    kept.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let n_frequent = kept.len();
    kept.truncate(MAX_WORDS);
    let absent_share: f64 = absent.iter().map(|(_, counts)| counts.share).sum();
    let rarest = -(absent_share / absent.len() as f64).log2();
    let weakest = kept.last().map_or(0.0, |word| word.1);
    let bytes = Background::encode(rarest.max(weakest.min(31.0)), &kept);
    eprintln!(
        "{} words of {n_frequent} in at least {MIN_DOCUMENTS} documents, the last at {weakest:.2} bits; {} absent \
         ones, {absent_share:.4} of all tokens, {rarest:.2} bits each; {} bytes",
        kept.len(),
        absent.len(),
        bytes.len()
    );
    bytes
}

fn print_means(words: &BTreeMap<u64, Counts>) {
    for digits in 1..=8 {
        print_mean(&format!("{digits} digits"), words.values().filter(|counts| counts.digits == digits));
    }
    for letters in 1..=14 {
        let same = |counts: &&Counts| counts.digits == 0 && counts.letters == letters && !counts.is_stop;
        print_mean(&format!("{letters} letters"), words.values().filter(same));
    }
    print_mean("function words", words.values().filter(|counts| counts.is_stop));
}

/// Mean surprisal by token, and of a word drawn at random from the class.
fn print_mean<'w>(class: &str, words: impl Iterator<Item = &'w Counts>) {
    let (mut share, mut bits, mut n_words) = (0.0, 0.0, 0);
    for counts in words {
        share += counts.share;
        bits -= counts.share * counts.share.log2();
        n_words += 1;
    }
    eprintln!("{class}: {n_words} words, {share:.5} of all tokens, {:.1} bits by token", bits / share);
}
