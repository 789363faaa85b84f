//! Outlets of a corpus by the names under which other texts cite them: `washingtonpost.com` is "the Washington Post".

use std::collections::{BTreeMap, BTreeSet};

use crate::provenance::zones::rules::{host_labels, plain};

/// Most words of a name.
pub(super) const MOST_WORDS: usize = 4;

/// Fewest letters and digits of a name: shorter ones, such as `wsj` or `news`, are words or parts of hosts as often.
const SHORTEST: usize = 5;

/// Fewest words of a name that is no host: one alone may be a person's.
const FEWEST_WORDS: usize = 2;

/// Names under which texts cite the outlets of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Outlets {
    by_name: BTreeMap<String, String>,
}

impl Outlets {
    /// The outlets called `sources`. Parts of hosts that several of them have name none.
    pub fn of<'s>(sources: impl Iterator<Item = &'s str>) -> Outlets {
        let mut by_name: BTreeMap<String, Option<String>> = BTreeMap::new();
        for source in sources.collect::<BTreeSet<&str>>() {
            let name = source.strip_prefix("The ").unwrap_or(source);
            let is_host = host_labels(source).next().is_some();
            let whole = (is_host || name.split_whitespace().count() >= FEWEST_WORDS).then(|| plain(name));
            let labels = host_labels(source).map(plain);
            for name in labels.chain(whole).filter(|name| name.chars().count() >= SHORTEST) {
                let is_other = |known: &Option<String>| known.as_deref() != Some(source);
                by_name
                    .entry(name)
                    .and_modify(|known| {
                        if is_other(known) {
                            *known = None;
                        }
                    })
                    .or_insert_with(|| Some(source.to_owned()));
            }
        }
        let by_name = by_name.into_iter().filter_map(|(name, source)| Some((name, source?))).collect();
        Outlets { by_name }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The outlet that `words` name as a whole.
    pub(super) fn named(&self, words: &str) -> Option<&str> {
        self.by_name.get(&plain(words)).map(String::as_str)
    }
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
        assert!(Outlets::of(["Brandt"].into_iter()).is_empty());
    }
}
