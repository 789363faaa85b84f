//! Texts made from a fixed seed: filler articles of Zipf-distributed words, and statements copied into them with
//! word edits. No real text is needed, so every machine measures the same thing.

use wirecopy::model::{Corpus, Document};

/// A small generator of numbers (xorshift64*); the same sequence on every machine.
pub(crate) struct Random(u64);

impl Random {
    /// A sequence of its own for each seed.
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number from 0 to 1, 1 left out.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A word; the n-th most frequent one about 1/n as often as the first. The first ones are English function words, as
    /// in any text: made ones would count as rare wherever they stand.
    pub(crate) fn word(&mut self) -> String {
        const WORDS: f64 = 40_000.0;
        let rank = WORDS.powf(self.share()) as u64;
        if let Some(word) = FUNCTION_WORDS.get(rank as usize - 1) {
            return (*word).to_owned();
        }
        const SYLLABLES: [&str; 16] =
            ["ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "le", "mu", "na", "po", "ri", "se", "tu", "vo"];
        let mut mixed = Random::new(rank).next();
        let n = 2 + (rank > 50) as usize + (rank > 2_000) as usize;
        (0..n)
            .map(|_| {
                let syllable = SYLLABLES[(mixed % 16) as usize];
                mixed >>= 4;
                syllable
            })
            .collect()
    }

    /// `n` words in sentences of a dozen.
    pub(crate) fn text(&mut self, n: usize) -> String {
        let mut text = String::with_capacity(n * 7);
        for index in 0..n {
            let word = self.word();
            if index % 12 == 0 {
                text.push_str(if index == 0 { "" } else { ". " });
                text.push_str(&word[..1].to_uppercase());
                text.push_str(&word[1..]);
            } else {
                text.push(' ');
                text.push_str(&word);
            }
        }
        text.push('.');
        text
    }

    /// `statement` with each word replaced, dropped or followed by another with probability `rate`.
    pub(crate) fn edited(&mut self, statement: &str, rate: f64) -> String {
        let mut words: Vec<String> = Vec::new();
        for word in statement.split(' ') {
            if self.share() >= rate {
                words.push(word.to_owned());
                continue;
            }
            match self.next() % 3 {
                0 => words.push(self.word()),
                1 => {}
                _ => words.extend([word.to_owned(), self.word()]),
            }
        }
        words.join(" ")
    }
}

/// Words of about two in five places of a text.
const FUNCTION_WORDS: [&str; 64] = [
    "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "with", "as", "be", "by",
    "at", "he", "this", "from", "or", "his", "are", "an", "not", "have", "which", "but", "had", "they",
    "were", "you", "has", "their", "its", "been", "all", "who", "will", "would", "there", "we", "when",
    "can", "if", "more", "her", "so", "no", "she", "out", "what", "than", "them", "then", "him", "into",
    "only", "some", "could", "these", "our", "do", "up",
];

/// A corpus of these texts, named by number.
pub(crate) fn corpus(texts: impl IntoIterator<Item = String>) -> Corpus {
    let mut documents: Vec<Document> = texts
        .into_iter()
        .enumerate()
        .map(|(index, text)| Document {
            name: format!("{index:07}"),
            text,
            source: Some(format!("outlet {}", index % 97)),
            ..Document::default()
        })
        .collect();
    documents.sort_by(|x, y| x.name.cmp(&y.name));
    Corpus { documents, ..Corpus::default() }
}

/// `n` articles of about 150 words of filler that all carry one 150-word statement, each copy edited at `rate`.
pub(crate) fn carriers(n: usize, rate: f64) -> Corpus {
    let mut random = Random::new(7);
    let statement = random.text(150);
    corpus((0..n).map(|index| {
        let mut own = Random::new(1_000 + index as u64);
        format!("{} {} {}", own.text(75), own.edited(&statement, rate), own.text(75))
    }))
}

/// `n` articles of 300 words; every tenth one carries 80 words of the one before it, edited at 10 %.
pub(crate) fn articles(n: usize) -> Corpus {
    let mut before = String::new();
    corpus((0..n).map(|index| {
        let mut own = Random::new(500_000 + index as u64);
        let mut text = own.text(300);
        if index % 10 == 9 {
            let taken: Vec<&str> = before.split(' ').skip(40).take(80).collect();
            text = format!("{} {text}", own.edited(&taken.join(" "), 0.1));
        }
        before.clone_from(&text);
        text
    }))
}
