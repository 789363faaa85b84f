//! Known texts given with `--boilerplate`: passages that repeat them are tagged, not dropped.

use std::collections::HashMap;

use crate::fingerprint::hash;
use crate::model::{TokenSpan, Tokens};
use crate::normalize::Normalizer;
use crate::pipeline::settings::Settings;

/// Tokens of one shingle of a known text.
const SHINGLE: usize = 4;

/// Share of a passage's tokens that known text must cover.
const MIN_COVERED: f64 = 0.8;

/// The shingles of all known texts, with the name of the text each came from first.
#[derive(Default)]
pub(crate) struct KnownText {
    shingles: HashMap<u64, usize>,
    names: Vec<String>,
}

impl KnownText {
    /// The known texts of `settings`.
    pub(crate) fn of(settings: &Settings, normalizer: &Normalizer) -> KnownText {
        let mut lexicon = normalizer.lexicon();
        let mut known = KnownText::default();
        for (index, (name, text)) in settings.boilerplate.iter().enumerate() {
            let tokens = normalizer.tokens(text, normalizer.language(text, None), &mut lexicon);
            known.names.push(name.clone());
            for shingle in tokens.keys.windows(SHINGLE) {
                known.shingles.entry(hash(shingle)).or_insert(index);
            }
        }
        known
    }

    /// Which known text the tokens of `span` repeat, as a sentence; `None` if they do not.
    pub(crate) fn fact(&self, tokens: &Tokens, span: TokenSpan) -> Option<String> {
        let keys = &tokens.keys[span.range()];
        if self.shingles.is_empty() || keys.len() < SHINGLE {
            return None;
        }
        let mut covered = vec![false; keys.len()];
        let mut first = None;
        for (index, shingle) in keys.windows(SHINGLE).enumerate() {
            if let Some(&text) = self.shingles.get(&hash(shingle)) {
                covered[index..index + SHINGLE].fill(true);
                first.get_or_insert(text);
            }
        }
        let share = covered.iter().filter(|&&c| c).count() as f64 / keys.len() as f64;
        first.filter(|_| share >= MIN_COVERED).map(|text| {
            format!("{:.0} % of its words repeat the known text {}", share * 100.0, self.names[text])
        })
    }
}
