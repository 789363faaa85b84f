//! Builds the table of word surprisal of a language other than English, and weighs such a table where English has one.
//!
//! In: the packages of one language that `fetch.py` wrote, manuals and stories. Out: the bytes of a table.
//!
//! What manuals tell about a language is biased: a file is talked about more often than a minister. Three things make
//! that harmless. A word's share is the mean of its share in the manuals, each with the same say, and in the stories,
//! both with the same say. Only words in three documents and two packages are kept. And their probability is the blend
//! of that share with the prior by word length, [`SAY_FUNCTION`] and [`SAY_CONTENT`] to the remainder: a Dirichlet prior
//! whose strength does not grow with the texts, since more manuals are no better news. Words the table lacks keep the
//! prior.
//!
//! A pair is kept as in `pairs`, from manuals and stories as two corpora: it must stand in both. English pairs found so
//! are 1.5 bits off their figures in news by occurrence, the second word alone 3.2, and one in sixteen is more than two
//! bits too low; those of manuals alone would be further off than the word alone, counted once each.
//!
//! With English texts the same is done, and what the table says is held against the table of news
//! (`main.rs --language en`): the mean absolute error in bits by token of news, for the prior and for blends.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};

use serde_json::Value;
use wirecopy::model::{Flags, Profile, Tokens};
use wirecopy::normalize::{Language, NormalizeParams, Normalizer};
use wirecopy::statistics::{Background, prior};

use crate::pairs;

/// Part of a function word's probability that is its share in the texts; the prior has the rest. The English twin: an
/// error of 0.47 bits against the prior's 1.85.
const SAY_FUNCTION: f64 = 0.95;
/// The same for other words, which depend on the subject. The English twin's minimum: `--language en` prints it.
const SAY_CONTENT: f64 = 0.5;
/// Documents a word must be in to be in the table.
const MIN_DOCUMENTS: u32 = 3;
/// Packages a word must be in; what one manual is about is not language.
const MIN_PACKAGES: u32 = 2;
/// Tokens that a package must have to have a say.
const MIN_TOKENS: u64 = 3_000;
/// Most words in a table: 40 KB.
const MAX_WORDS: usize = 8_000;

/// What is counted about one word.
struct Word {
    documents: u32,
    packages: u32,
    share: f64,
    /// Letters of its shortest form, which is next to its stem.
    letters: usize,
    is_stop: bool,
}

impl Word {
    fn is_kept(&self) -> bool {
        self.documents >= MIN_DOCUMENTS && self.packages >= MIN_PACKAGES
    }

    fn prior_bits(&self) -> f64 {
        f64::from(if self.is_stop { prior::function_word() } else { prior::content_word(self.letters) }) / 8.0
    }

    /// Surprisal with these says of the texts.
    fn bits(&self, say_function: f64, say_content: f64) -> f64 {
        let say = if self.is_stop { say_function } else { say_content };
        -(say * self.share + (1.0 - say) * (-self.prior_bits()).exp2()).log2()
    }
}

/// The words and pairs of one language's texts.
struct Texts {
    words: BTreeMap<u64, Word>,
    /// By register: a pair must stand in the manuals and in the stories.
    registers: Vec<pairs::Corpus>,
}

/// Builds the table of the language with this code, and the table of its pairs if a file is given for it.
///
/// `registers` are lists of packages with the same say each.
pub(crate) fn build(
    code: &str,
    output: &str,
    pair_output: Option<&str>,
    registers: &[&[String]],
) -> Result<(), Box<dyn Error>> {
    let language = Language::from_code(code).ok_or("no language has this code")?;
    let texts = count(language, registers)?;
    if let Some(news) = Background::of(code, Profile::News).filter(|_| code == "en") {
        print_errors(&texts.words, news);
    }
    let bytes = table(&texts.words);
    std::fs::write(output, &bytes)?;
    if let Some(path) = pair_output {
        let words = |key: u64| texts.words.get(&key).filter(|word| word.is_kept());
        let bits = |key: u64| words(key).map(|word| word.bits(SAY_FUNCTION, SAY_CONTENT));
        std::fs::write(path, pairs::table(&texts.registers, bits))?;
    }
    Ok(())
}

fn count(language: Language, registers: &[&[String]]) -> Result<Texts, Box<dyn Error>> {
    let mut texts = Texts { words: BTreeMap::new(), registers: Vec::new() };
    for register in registers {
        let (mut counted, mut pairs) = (Vec::new(), pairs::Corpus::default());
        for path in *register {
            let package = Package::read(path, language, &mut texts.words, &mut pairs)?;
            if package.n_tokens >= MIN_TOKENS {
                counted.push(package);
            }
        }
        pairs.finish();
        texts.registers.push(pairs);
        let n_shares = (counted.len() * registers.len()) as f64;
        for package in counted {
            for (key, count) in package.counts {
                let word = texts.words.get_mut(&key).ok_or("a counted word is known")?;
                word.packages += 1;
                word.share += count as f64 / package.n_tokens as f64 / n_shares;
            }
        }
    }
    texts.words.retain(|_, word| word.share > 0.0);
    Ok(texts)
}

/// The words of one package.
struct Package {
    counts: BTreeMap<u64, u64>,
    n_tokens: u64,
}

impl Package {
    /// Counts the documents that are in the language.
    fn read(
        path: &str,
        language: Language,
        words: &mut BTreeMap<u64, Word>,
        pairs: &mut pairs::Corpus,
    ) -> Result<Package, Box<dyn Error>> {
        let normalizer = Normalizer::new(NormalizeParams::default())?;
        let mut lexicon = normalizer.lexicon();
        let mut package = Package { counts: BTreeMap::new(), n_tokens: 0 };
        for line in BufReader::new(File::open(path)?).lines() {
            let record: Value = serde_json::from_str(&line?)?;
            let text = record["text"].as_str().ok_or("a record has no text")?;
            if normalizer.language(text, None) == language {
                let tokens = normalizer.tokens(text, language, &mut lexicon);
                package.add(text, &tokens, words);
                pairs.add(&tokens);
            }
        }
        eprintln!("{path}: {} tokens", package.n_tokens);
        Ok(package)
    }

    fn add(&mut self, text: &str, tokens: &Tokens, words: &mut BTreeMap<u64, Word>) {
        self.n_tokens += tokens.len() as u64;
        let mut here = BTreeSet::new();
        for (at, &key) in tokens.keys.iter().enumerate() {
            if tokens.is(at, Flags::NUMBER) || tokens.is(at, Flags::GRAM) {
                continue;
            }
            let letters = text[tokens.bytes(at).range()].chars().count();
            let is_stop = tokens.is(at, Flags::STOP);
            let new = Word { documents: 0, packages: 0, share: 0.0, letters, is_stop };
            let word = words.entry(key).or_insert(new);
            word.letters = word.letters.min(letters);
            word.documents += u32::from(here.insert(key));
            *self.counts.entry(key).or_default() += 1;
        }
    }
}

/// The table's bytes: the most frequent words that may be kept.
fn table(words: &BTreeMap<u64, Word>) -> Vec<u8> {
    let kept = words.iter().filter(|(_, word)| word.is_kept());
    let mut kept: Vec<(u64, f64)> =
        kept.map(|(&key, word)| (key, word.bits(SAY_FUNCTION, SAY_CONTENT))).collect();
    kept.sort_by(|x, y| x.1.total_cmp(&y.1).then(x.0.cmp(&y.0)));
    let n_known = kept.len();
    kept.truncate(MAX_WORDS);
    let bytes = Background::encode(0.0, &kept);
    eprintln!("{} words of {n_known}, of {} in all, {} bytes", kept.len(), words.len(), bytes.len());
    bytes
}

/// Prints how far the prior and blends are from a table of news, by token of news.
fn print_errors(words: &BTreeMap<u64, Word>, news: Background) {
    let known = |key: u64| news.surprisal(key).map(|bits| f64::from(bits) / 8.0);
    let errors = |name: &str, bits: &dyn Fn(&Word) -> f64| {
        let mean = |wanted: &dyn Fn(&Word) -> bool| {
            let (mut sum, mut weight) = (0.0, 0.0);
            for (&key, word) in words.iter().filter(|(_, word)| wanted(word)) {
                if let Some(news_bits) = known(key) {
                    weight += (-news_bits).exp2();
                    sum += (-news_bits).exp2() * (bits(word) - news_bits).abs();
                }
            }
            sum / weight
        };
        let all = mean(&Word::is_kept);
        let function = mean(&|word| word.is_kept() && word.is_stop);
        let content = mean(&|word| word.is_kept() && !word.is_stop);
        eprintln!("{name}: {all:.3} bits off, function words {function:.3}, others {content:.3}");
    };
    errors("prior", &Word::prior_bits);
    for say in [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0] {
        errors(&format!("texts {say}"), &|word| word.bits(say, say));
    }
    errors("as chosen", &|word| word.bits(SAY_FUNCTION, SAY_CONTENT));
}
