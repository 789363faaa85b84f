//! The knobs of a comparison, with their defaults; one plain struct, mirrored by flags and `wirecopy.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Profile, SettingValue, Statistics, Tag};
use crate::provenance::zones::Rules;

/// Everything that decides what a comparison finds and reports.
///
/// A pair of texts gets the same passages for equal settings, alone or in a corpus of any size; except with
/// [`Statistics::Corpus`], which is there to let the corpus have a say.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What kind of text is compared: typed, or read from print by a machine.
    pub profile: Profile,
    /// Whose word frequencies decide what a shared word says.
    pub statistics: Statistics,
    /// Shortest passage, in words: the mean of its two sides.
    pub min_words: u32,
    /// Least identity of a passage, 0 to 1.
    pub min_identity: f64,
    /// Least evidence of a passage, in bits of shared wording.
    pub min_bits: f64,
    /// Longest stretch without shared wording inside one passage, in words of either side.
    pub max_gap: u32,
    /// Farthest that two shared words may stand apart to begin one passage, in words of either side.
    pub reach: u32,
    /// Least probability that a stretch of one text sums up the other, 0 to 1; 1 looks for no summaries.
    pub min_summary: f64,
    /// Pairs whose larger coverage is below this are left out, 0 to 1.
    pub min_coverage: f64,
    /// Passages between documents of one source are shown but do not count.
    pub skip_same_source: bool,
    /// Compare documents only when both are dated and at most this many seconds apart.
    pub within_seconds: Option<i64>,
    /// Times at most this many seconds apart tell no order.
    pub tolerance: i64,
    /// Seconds after another document before which one of an outlet cannot have taken anything from it, by outlet: a paper
    /// takes hours to print. What is nearer counts neither as its first match nor as what it derives from.
    pub min_lag: BTreeMap<String, i64>,
    /// Of the pairs of each document, only those with the earliest it shares words with enter the table of outlets.
    pub first_match: bool,
    /// Passages with one of these tags do not count.
    pub exclude_tags: Vec<Tag>,
    /// Known texts: passages that repeat them are tagged [`Tag::Boilerplate`]. (name, text)
    pub boilerplate: Vec<(String, String)>,
    /// Words and names by which the parts of an article are told: headline, credit, quotation; the built-in ones unless given,
    /// which are read when they are first asked for.
    pub rules: Option<Arc<Rules>>,
    /// Whether letters match their forms without diacritics.
    pub fold_diacritics: bool,
    /// Language of every document, overriding what is declared or detected (`en`, `az`).
    pub language: Option<String>,
    /// Document pairs written in full for one cluster; beyond, the representative's and consecutive ones.
    pub max_pairs: usize,
    /// Documents that a shingle links pair by pair; beyond, through anchor documents.
    pub max_df: usize,
    /// Memory to stay within, in bytes; what does not fit is put on disk.
    pub memory_bytes: Option<u64>,
    /// Worker threads; results do not depend on it. Zero: one a processor.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            profile: Profile::News,
            statistics: Statistics::Builtin,
            min_words: 5,
            min_identity: 0.2,
            min_bits: 40.0,
            max_gap: 25,
            reach: 25,
            min_summary: 0.9,
            min_coverage: 0.0,
            skip_same_source: false,
            within_seconds: None,
            tolerance: 0,
            min_lag: BTreeMap::new(),
            first_match: false,
            exclude_tags: vec![Tag::Boilerplate, Tag::Formula],
            boilerplate: Vec::new(),
            rules: None,
            fold_diacritics: false,
            language: None,
            max_pairs: 1_000,
            max_df: 16,
            memory_bytes: None,
            threads: 0,
        }
    }
}

impl Settings {
    /// The rules by which the parts of an article are told.
    #[must_use]
    pub fn zone_rules(&self) -> Arc<Rules> {
        self.rules.clone().unwrap_or_else(Rules::built_in)
    }

    /// Name and value of every setting that decides the result, for the record of the run. Threads are not among
    /// them: they change nothing.
    #[must_use]
    pub fn describe(&self) -> BTreeMap<String, SettingValue> {
        let whole = |value: usize| SettingValue::Integer(i64::try_from(value).unwrap_or(i64::MAX));
        let tags = self.exclude_tags.iter().map(|tag| tag.name().to_owned()).collect();
        let min_lag = self.min_lag.iter().map(|(source, seconds)| format!("{source}={seconds}s")).collect();
        let boilerplate = self.boilerplate.iter().map(|(name, _)| name.clone()).collect();
        [
            ("profile", SettingValue::Text(self.profile.name().to_owned())),
            ("statistics", SettingValue::Text(self.statistics.name().to_owned())),
            ("min_words", SettingValue::Integer(i64::from(self.min_words))),
            ("min_identity", SettingValue::Number(self.min_identity)),
            ("min_bits", SettingValue::Number(self.min_bits)),
            ("max_gap", SettingValue::Integer(i64::from(self.max_gap))),
            ("reach", SettingValue::Integer(i64::from(self.reach))),
            ("min_summary", SettingValue::Number(self.min_summary)),
            ("min_coverage", SettingValue::Number(self.min_coverage)),
            ("skip_same_source", SettingValue::Flag(self.skip_same_source)),
            ("within_seconds", self.within_seconds.map_or(SettingValue::Unset, SettingValue::Integer)),
            ("tolerance_seconds", SettingValue::Integer(self.tolerance)),
            ("min_lag", SettingValue::List(min_lag)),
            ("first_match", SettingValue::Flag(self.first_match)),
            ("exclude_tags", SettingValue::List(tags)),
            ("boilerplate", SettingValue::List(boilerplate)),
            (
                "rules",
                SettingValue::List(self.rules.as_ref().map_or_else(Vec::new, |rules| rules.files().to_vec())),
            ),
            ("fold_diacritics", SettingValue::Flag(self.fold_diacritics)),
            ("language", self.language.clone().map_or(SettingValue::Unset, SettingValue::Text)),
            ("max_pairs", whole(self.max_pairs)),
            ("max_df", whole(self.max_df)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}
