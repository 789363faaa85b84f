//! The words of texts as the run that made a result had them: read again, and held against what the result says of them.

use std::collections::BTreeMap;

use crate::model::{
    Analysis, ByteSpan, Flags, Place, Profile, SettingValue, Span, Statistics, TokenSpan, Tokens,
};
use crate::normalize::{Lexicon, NormalizeError, NormalizeParams, Normalizer};

/// Makes tokens with the settings of a result.
pub(super) struct Words {
    normalizer: Normalizer,
    pub(super) lexicon: Lexicon,
}

/// A passage's words in one document, as a result tells of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pin {
    pub(super) bytes: ByteSpan,
    pub(super) words: TokenSpan,
}

impl Words {
    pub(super) fn new(analysis: &Analysis) -> Result<Words, NormalizeError> {
        let text = |name| match analysis.settings.get(name) {
            Some(SettingValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let profile =
            Profile::ALL.into_iter().find(|profile| text("profile").as_deref() == Some(profile.name()));
        let params = NormalizeParams {
            fold_diacritics: analysis.settings.get("fold_diacritics") == Some(&SettingValue::Flag(true)),
            language: text("language"),
            profile: profile.unwrap_or_default(),
        };
        let normalizer = Normalizer::new(params)?;
        let lexicon = normalizer.lexicon();
        Ok(Words { normalizer, lexicon })
    }

    /// The tokens of `text`.
    pub(super) fn of(&mut self, text: &str, declared: Option<&str>) -> Tokens {
        let language = self.normalizer.language(text, declared);
        self.normalizer.tokens(text, language, &mut self.lexicon)
    }

    /// `n_words` tokens of a text of which only the words at `pins` are known: those of each pin as they read alone, and empty ones
    /// at the end of what comes before for all others.
    pub(super) fn pinned(
        &mut self,
        text: &str,
        declared: Option<&str>,
        n_words: u32,
        mut pins: Vec<Pin>,
    ) -> Tokens {
        pins.sort_unstable();
        pins.dedup();
        let mut known: BTreeMap<u32, (u64, Place)> = BTreeMap::new();
        for pin in pins {
            let own = self.of(&text[pin.bytes.range()], declared);
            for ((slot, key), place) in (pin.words.start()..pin.words.end()).zip(own.keys).zip(own.places) {
                known.insert(slot, (key, Place { start: place.start + pin.bytes.start(), ..place }));
            }
        }
        let mut tokens = Tokens {
            keys: Vec::with_capacity(n_words as usize),
            places: Vec::with_capacity(n_words as usize),
        };
        let mut known = known.into_iter().peekable();
        let mut end = 0;
        for slot in 0..n_words {
            let (key, place) = match known.next_if(|(of, _)| *of == slot) {
                Some((_, (key, place))) if place.start >= end => (key, place),
                _ => (0, Place { start: end, len: 0, surprisal: 0, flags: Flags::default() }),
            };
            end = place.start + u32::from(place.len);
            tokens.keys.push(key);
            tokens.places.push(place);
        }
        tokens
    }
}

/// Lets the documents say how rare their words are, if the run did.
pub(super) fn weigh(analysis: &mut Analysis) {
    let by_corpus = SettingValue::Text(Statistics::Corpus.name().to_owned());
    if analysis.settings.get("statistics") == Some(&by_corpus) {
        let mut counts = crate::statistics::corpus::Counts::default();
        counts.add(&analysis.tokens);
        analysis.tokens.iter_mut().for_each(|tokens| counts.weigh(tokens));
    }
}

/// The tokens that lie in `span`; none where none does.
pub(super) fn inside(tokens: &Tokens, span: ByteSpan) -> TokenSpan {
    let start = tokens.places.partition_point(|place| place.start < span.start());
    let end = tokens.places.partition_point(|place| place.start < span.end());
    Span::new(start as u32, end.max(start) as u32)
}
