//! Does an outlet print the same words again and again, whatever the news?
//!
//! In: the carriers of a cluster and their documents. Out: the outlets in which it recurs. What tells boilerplate from a
//! statement that travelled is *how* it recurs: inside one outlet over weeks, not in many outlets within hours. So each
//! outlet is looked at by itself, and how many others carry the words plays no part: a statement of a thousand outlets on
//! one day recurs in none of them. Without sources or dates nothing recurs. Linear in the carriers.

use std::collections::BTreeMap;

use crate::cluster::Member;
use crate::model::{Document, Precision};

/// Fewest articles of one outlet that carry what recurs in it.
const MIN_DOCS: usize = 5;

/// Fewest days on which they appeared.
const MIN_DAYS: usize = 5;

/// Least time from the first to the last, in days: few stories keep their wording for a month.
const MIN_SPREAD: i64 = 28;

/// Least time in which more than half of them appeared, in days: a campaign of one week that somebody repeats a month
/// later is a campaign.
const MIN_MIDDLE: i64 = 7;

const DAY: i64 = 86_400;

/// An outlet in which some wording recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurs {
    /// The outlet.
    pub source: String,
    /// Its articles that carry it.
    pub n_docs: usize,
    /// Days on which they appeared.
    pub n_days: usize,
    /// Days from the first to the last.
    pub spread: i64,
    /// The middle one of the numbers of words that each of them has of it.
    pub median_words: u32,
}

/// How many times as long as what recurs a passage may be: what is longer has a statement of its own behind the same opening.
const LONGER: u32 = 2;

/// Words up to which a passage is no statement of its own.
pub const SHORT: u32 = 60;

impl Recurs {
    /// Whether a passage of `words` words between two documents is what recurs. Of a form (`is_form`), whose reprints and uses
    /// share a cluster, only what appeared longer apart than stories do.
    #[must_use]
    pub fn holds(&self, words: u32, is_form: bool, [a, b]: [&Document; 2]) -> bool {
        let is_own = words < SHORT || words < LONGER * self.median_words;
        let apart = || Some((a.published?.seconds - b.published?.seconds).abs() / DAY);
        is_own && (!is_form || apart().is_some_and(|days| days > MIN_SPREAD))
    }

    /// The fact, for people.
    #[must_use]
    pub fn fact(&self) -> String {
        format!(
            "recurs in {} articles of {} on {} days over {} days",
            self.n_docs, self.source, self.n_days, self.spread
        )
    }
}

/// The outlets in which the wording that `members` carry recurs, in order of name.
#[must_use]
pub fn outlets(members: &[Member], documents: &[Document]) -> Vec<Recurs> {
    let mut by_source: BTreeMap<&str, BTreeMap<u32, (i64, u32)>> = BTreeMap::new();
    for member in members {
        let document = &documents[member.document as usize];
        let (Some(source), Some(published)) = (&document.source, document.published) else { continue };
        if published.precision >= Precision::Day {
            let day = published.seconds.div_euclid(DAY);
            let shown = by_source.entry(source).or_default().entry(member.document).or_insert((day, 0));
            shown.1 = shown.1.max(member.span.len());
        }
    }
    by_source
        .into_iter()
        .filter_map(|(source, shown)| recurs(source, shown.into_values().collect()))
        .collect()
}

/// What recurs, by the day and the words of each article.
fn recurs(source: &str, shown: Vec<(i64, u32)>) -> Option<Recurs> {
    let n_docs = shown.len();
    if n_docs < MIN_DOCS {
        return None;
    }
    let (mut days, mut words): (Vec<i64>, Vec<u32>) = shown.into_iter().unzip();
    days.sort_unstable();
    words.sort_unstable();
    let more_than_half = n_docs / 2 + 1;
    let middle = days.windows(more_than_half).map(|window| window[more_than_half - 1] - window[0]).min()?;
    let spread = days.last()? - days.first()?;
    days.dedup();
    (days.len() >= MIN_DAYS && spread >= MIN_SPREAD && middle >= MIN_MIDDLE).then(|| Recurs {
        source: source.to_owned(),
        n_docs,
        n_days: days.len(),
        spread,
        median_words: words[n_docs / 2],
    })
}
