//! The baseline: what was found once and accepted as it stands.
//!
//! An entry is a document pair, what was found in it, and how often. What was found is the fingerprint of a passage,
//! so that it stays found when its place in the text changes, and the rule's name where a rule is about whole
//! documents, so that an edit which moves a share by a per cent changes no entry. The pair is part of the key: a third
//! copy of an accepted passage stands in another pair and is news. So is the second place of a passage in a pair whose
//! entry counts one. No entry depends on any other document.
//!
//! The file is JSON with an entry a line, sorted, so that a difference of two versions reads as what was added and
//! removed. It holds names of documents and fingerprints, no text.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use crate::model::{Rule, StableId};
use crate::normalize;

/// Version of the file's form.
const VERSION: u32 = 1;

/// What an entry is about: two documents, and what was found in them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Name of the document that sorts first; of the only document, where a rule is about one.
    pub low: String,
    /// Name of the other one; empty where there is none.
    pub high: String,
    /// Fingerprint of the passage as outputs show it, or the name of the rule.
    pub part: String,
}

impl Key {
    /// The key of a passage with this fingerprint in the documents of these names, in either order.
    #[must_use]
    pub fn of_passage(one: &str, other: &str, fingerprint: StableId) -> Key {
        Key::new(one, other, fingerprint.public())
    }

    /// The key of what a rule says about whole documents.
    #[must_use]
    pub fn of_documents(one: &str, other: &str, rule: Rule) -> Key {
        Key::new(one, other, rule.name().to_owned())
    }

    fn new(one: &str, other: &str, part: String) -> Key {
        let (low, high) = if one <= other || other.is_empty() { (one, other) } else { (other, one) };
        Key { low: low.to_owned(), high: high.to_owned(), part }
    }
}

/// Accepted findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<Key, u32>,
}

/// What one baseline has that another lacks, by key in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Entries that are new or count more, with by how many.
    pub added: Vec<(Key, u32)>,
    /// Entries that are gone or count less, with by how many.
    pub removed: Vec<(Key, u32)>,
}

/// Why a baseline cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaselineError {
    /// It is not of the form that is written.
    #[error("the baseline cannot be read: {problem}; restore it, or write it anew with --update-baseline")]
    Form {
        /// What is wrong and where.
        problem: String,
        /// The line, 1-based.
        line: usize,
    },
    /// Another version of the program wrote it in another form.
    #[error(
        "the baseline has version {found}, this program writes version {VERSION}; write it anew with --update-baseline"
    )]
    Version {
        /// Its version.
        found: u32,
    },
    /// Its fingerprints are of words normalized in another way.
    #[error(
        "the baseline was made with version {found} of the normalizer, this program has version {}; write it anew with \
         --update-baseline",
        normalize::VERSION
    )]
    Normalizer {
        /// The version it names.
        found: u32,
    },
}

/// The versions alone, which are read first: the rest may have another form.
#[derive(Deserialize)]
struct Versions {
    version: u32,
    normalizer: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    #[serde(rename = "version")]
    _version: u32,
    #[serde(rename = "normalizer")]
    _normalizer: u32,
    entries: Vec<(String, String, String, u32)>,
}

impl Baseline {
    /// Reads the text of a baseline file.
    ///
    /// # Errors
    ///
    /// [`BaselineError::Form`] for what is no baseline, the others for one of another version.
    pub fn parse(text: &str) -> Result<Baseline, BaselineError> {
        let form = |error: serde_json::Error| BaselineError::Form {
            problem: error.to_string(),
            line: error.line().max(1),
        };
        let versions: Versions = serde_json::from_str(text).map_err(form)?;
        if versions.version != VERSION {
            return Err(BaselineError::Version { found: versions.version });
        }
        if versions.normalizer != normalize::VERSION {
            return Err(BaselineError::Normalizer { found: versions.normalizer });
        }
        let whole: Whole = serde_json::from_str(text).map_err(form)?;
        let mut baseline = Baseline::default();
        // Lines of two branches may have been merged by hand: what stands twice counts once, the larger count.
        for (one, other, part, count) in whole.entries {
            let entry = baseline.entries.entry(Key::new(&one, &other, part)).or_default();
            *entry = (*entry).max(count);
        }
        baseline.entries.retain(|_, count| *count > 0);
        Ok(baseline)
    }

    /// The text of its file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
        let line = |(key, count): (&Key, &u32)| {
            format!("    [{}, {}, {}, {count}]", quoted(&key.low), quoted(&key.high), quoted(&key.part))
        };
        let entries: Vec<String> = self.entries.iter().map(line).collect();
        let entries =
            if entries.is_empty() { String::new() } else { format!("\n{}\n  ", entries.join(",\n")) };
        let normalizer = normalize::VERSION;
        format!(
            "{{\n  \"version\": {VERSION},\n  \"normalizer\": {normalizer},\n  \"entries\": [{entries}]\n}}\n"
        )
    }

    /// Takes in one more finding.
    pub fn add(&mut self, key: Key) {
        *self.entries.entry(key).or_default() += 1;
    }

    /// How many findings with this key are accepted.
    #[must_use]
    pub fn count(&self, key: &Key) -> u32 {
        self.entries.get(key).copied().unwrap_or_default()
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is accepted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The way from this baseline to `newer`.
    #[must_use]
    pub fn changes(&self, newer: &Baseline) -> Changes {
        let more = |than: &Baseline, (key, count): (&Key, &u32)| {
            let more = count.saturating_sub(than.count(key));
            (more > 0).then(|| (key.clone(), more))
        };
        Changes {
            added: newer.entries.iter().filter_map(|entry| more(self, entry)).collect(),
            removed: self.entries.iter().filter_map(|entry| more(newer, entry)).collect(),
        }
    }
}

impl Changes {
    /// Findings added.
    #[must_use]
    pub fn n_added(&self) -> u64 {
        self.added.iter().map(|(_, count)| u64::from(*count)).sum()
    }

    /// Findings removed.
    #[must_use]
    pub fn n_removed(&self) -> u64 {
        self.removed.iter().map(|(_, count)| u64::from(*count)).sum()
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;

    use super::*;

    fn baseline(keys: &[(&str, &str, u64)]) -> Baseline {
        let mut baseline = Baseline::default();
        for (one, other, fingerprint) in keys {
            baseline.add(Key::of_passage(one, other, StableId(*fingerprint)));
        }
        baseline
    }

    #[test]
    fn an_entry_stands_on_a_line_with_the_names_in_order() {
        let mut made = baseline(&[("z.txt", "a.txt", 7), ("a.txt", "z.txt", 7), ("a|b", "c \"d\"\n", 1)]);
        made.add(Key::of_documents("b.txt", "a.txt", Rule::Coverage));
        made.add(Key::of_documents("b.txt", "", Rule::MissingMetadata));
        expect![[r#"
            {
              "version": 1,
              "normalizer": 1,
              "entries": [
                ["a.txt", "b.txt", "coverage", 1],
                ["a.txt", "z.txt", "wc1-0000000000000007", 2],
                ["a|b", "c \"d\"\n", "wc1-0000000000000001", 1],
                ["b.txt", "", "missing-metadata", 1]
              ]
            }
        "#]]
        .assert_eq(&made.to_text());
        expect![[r#"
            {
              "version": 1,
              "normalizer": 1,
              "entries": []
            }
        "#]]
        .assert_eq(&Baseline::default().to_text());
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_the_remedy() {
        let cases = [
            "",
            "[]",
            "{\"version\": 1, \"normalizer\": 1}",
            "{\"version\": 1, \"normalizer\": 1, \"entries\": [[\"a\", \"b\", 1]]}",
            "{\"version\": 1, \"normalizer\": 1, \"entries\": [], \"more\": 1}",
            "{\"version\": 2, \"normalizer\": 1, \"entries\": {}}",
            "{\"version\": 1, \"normalizer\": 0, \"entries\": []}",
        ];
        let shown: String = cases
            .map(|text| {
                format!("{}\n", Baseline::parse(text).map_or_else(|e| e.to_string(), |_| "read".into()))
            })
            .concat();
        expect![[r#"
            the baseline cannot be read: EOF while parsing a value at line 1 column 0; restore it, or write it anew with --update-baseline
            the baseline cannot be read: invalid length 0, expected struct Versions with 2 elements at line 1 column 2; restore it, or write it anew with --update-baseline
            the baseline cannot be read: missing field `entries` at line 1 column 31; restore it, or write it anew with --update-baseline
            the baseline cannot be read: invalid type: integer `1`, expected a string at line 1 column 56; restore it, or write it anew with --update-baseline
            the baseline cannot be read: unknown field `more`, expected one of `version`, `normalizer`, `entries` at line 1 column 53; restore it, or write it anew with --update-baseline
            the baseline has version 2, this program writes version 1; write it anew with --update-baseline
            the baseline was made with version 0 of the normalizer, this program has version 1; write it anew with --update-baseline
        "#]].assert_eq(&shown);
    }

    #[test]
    fn changes_count_places() {
        let old = baseline(&[("a", "b", 1), ("a", "b", 1), ("a", "c", 1)]);
        let new = baseline(&[("a", "b", 1), ("a", "d", 1), ("a", "d", 1)]);
        let changes = old.changes(&new);
        assert_eq!((changes.n_added(), changes.n_removed()), (2, 2));
        let names = |keys: &[(Key, u32)]| -> Vec<(String, u32)> {
            keys.iter().map(|(key, count)| (key.high.clone(), *count)).collect()
        };
        assert_eq!(names(&changes.added), [("d".to_owned(), 2)]);
        assert_eq!(names(&changes.removed), [("b".to_owned(), 1), ("c".to_owned(), 1)]);
        assert_eq!(new.changes(&new), Changes::default());
    }

    #[test]
    fn lines_that_stand_twice_after_a_merge_count_once() {
        let text = "{\"version\":1,\"normalizer\":1,\"entries\":[[\"a\",\"b\",\"coverage\",1],[\"b\",\"a\",\"coverage\",3],\
                    [\"c\",\"d\",\"coverage\",0]]}";
        let read = Baseline::parse(text).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read.count(&Key::of_documents("a", "b", Rule::Coverage)), 3);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(keys in prop::collection::vec((".{0,6}", ".{1,6}", 0_u64..3), 0..8)) {
            let keys: Vec<(&str, &str, u64)> = keys.iter().map(|(a, b, f)| (a.as_str(), b.as_str(), *f)).collect();
            let made = baseline(&keys);
            let text = made.to_text();
            prop_assert_eq!(text.lines().count(), if made.is_empty() { 5 } else { made.len() + 6 });
            prop_assert_eq!(Baseline::parse(&text).unwrap(), made);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,40}") {
            let _ = Baseline::parse(&text);
        }
    }
}
