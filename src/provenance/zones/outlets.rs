//! Outlets of a corpus by the names under which other texts cite them: `washingtonpost.com` is "the Washington Post",
//! `nytimes.com` is "The New York Times".

use std::collections::{BTreeMap, BTreeSet};

use crate::provenance::zones::rules::{host_labels, plain};

/// Most words of a name.
pub(super) const MOST_WORDS: usize = 4;

/// Fewest letters and digits of a name: shorter ones, such as `wsj` or `news`, are words or parts of hosts as often.
const SHORTEST: usize = 5;

/// Fewest words of a name that is no host: one alone may be a person's.
const FEWEST_WORDS: usize = 2;

/// Fewest words of a name that its initials stand for: one letter says nothing.
const FEWEST_INITIALS: usize = 2;

/// Names under which texts cite the outlets of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Outlets {
    by_name: BTreeMap<String, String>,
    /// By names of one word, which may be initials with words behind them: `nytimes`, `LATimes`.
    by_word: BTreeMap<String, String>,
}

/// Names with the outlets they mean, of which those that mean several are struck out.
#[derive(Default)]
struct Claims(BTreeMap<String, Option<String>>);

impl Claims {
    fn add(&mut self, name: String, source: &str) {
        let claim = self.0.entry(name).or_insert_with(|| Some(source.to_owned()));
        if claim.as_deref() != Some(source) {
            *claim = None;
        }
    }

    fn settled(self) -> BTreeMap<String, String> {
        self.0.into_iter().filter_map(|(name, source)| Some((name, source?))).collect()
    }
}

impl Outlets {
    /// The outlets called `sources`. Parts of hosts that several of them have name none.
    pub fn of<'s>(sources: impl Iterator<Item = &'s str>) -> Outlets {
        let (mut by_name, mut by_word) = (Claims::default(), Claims::default());
        let is_long = |name: &String| name.chars().count() >= SHORTEST;
        for source in sources.collect::<BTreeSet<&str>>() {
            let name = source.strip_prefix("The ").unwrap_or(source);
            let is_host = host_labels(source).next().is_some();
            let n_words = name.split_whitespace().count();
            let whole = (is_host || n_words >= FEWEST_WORDS).then(|| plain(name));
            let labels = || host_labels(source).map(plain).filter(is_long);
            for name in labels().chain(whole.filter(is_long)) {
                by_name.add(name, source);
            }
            let word = (!is_host && n_words == 1).then(|| plain(name));
            for word in labels().chain(word.filter(is_long)) {
                by_word.add(word, source);
            }
        }
        Outlets { by_name: by_name.settled(), by_word: by_word.settled() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_name.is_empty() && self.by_word.is_empty()
    }

    /// The outlet that `words` name as a whole.
    pub(super) fn named(&self, words: &str) -> Option<&str> {
        let known = self.by_name.get(&plain(words));
        known.or_else(|| shortened(words).find_map(|word| self.by_word.get(&word))).map(String::as_str)
    }
}

/// The initials of the first of `words` with the others behind them: "New York Times" may be `nytimes`. None if one of the
/// words is written small or something stands between them.
fn shortened(words: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let is_name =
        |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric);
    let last = if words.iter().all(is_name) { words.len() } else { 0 };
    (FEWEST_INITIALS..last).map(move |n| {
        let initials = words[..n].iter().filter_map(|word| word.chars().next());
        let short: String = initials.chain(words[n..].iter().flat_map(|word| word.chars())).collect();
        plain(&short)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_called_by_their_words() {
        let sources = [
            "lakepost.example",
            "The Harbour Times",
            "news.ridge.example/local",
            "news.shore.example",
            "wsj.com",
        ];
        let outlets = Outlets::of(sources.into_iter());
        let cases = [
            ("Lake Post", Some("lakepost.example")),
            ("Harbour Times", Some("The Harbour Times")),
            ("RIDGE", Some("news.ridge.example/local")),
            ("lakepost.example", Some("lakepost.example")),
            ("News", None),
            ("example", None),
            ("WSJ", None),
            ("Lake", None),
        ];
        for (words, expected) in cases {
            assert_eq!(outlets.named(words), expected, "{words}");
        }
        assert!(Outlets::of(["wsj.com"].into_iter()).named("wsjcom").is_some());
        assert_eq!(Outlets::of(["Brandt"].into_iter()).named("Brandt"), None);
    }

    #[test]
    fn hosts_are_made_of_initials_and_words() {
        let outlets = Outlets::of(["nhtimes.example", "LVPost", "ridge-news.example"].into_iter());
        let cases = [
            ("North Harbour Times", Some("nhtimes.example")),
            ("NH Times", Some("nhtimes.example")),
            ("N.H. Times", Some("nhtimes.example")),
            ("Lower Valley Post", Some("LVPost")),
            // Neither small words, nor the end of a sentence, nor one initial, nor initials alone.
            ("now here times", None),
            ("New. Home. Times", None),
            ("Nh Times Herald", None),
            ("North Harbour", None),
            ("North Harbour Times Union", None),
            ("Lower Post", None),
        ];
        for (words, expected) in cases {
            assert_eq!(outlets.named(words), expected, "{words}");
        }
        // Two that it may be are none.
        let both = Outlets::of(["nhtimes.example", "nhtimes.test"].into_iter());
        assert_eq!(both.named("North Harbour Times"), None);
    }
}
