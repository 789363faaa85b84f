//! Does an outlet print the same words again and again, whatever the news?
//!
//! In: the carriers of a cluster and their documents. Out: the outlets in which it recurs. What tells boilerplate from a
//! statement that travelled is *how* it recurs: inside one outlet over weeks, not in many outlets within hours. So each
//! outlet is looked at by itself, and how many others carry the words plays no part: a statement of a thousand outlets on
//! one day recurs in none of them. The background of a running story recurs for weeks, too: what stands in a small part
//! of an outlet's articles has to recur for a quarter of a year, and its carriers must not tell one story
//! ([`crate::provenance::story`]). Without sources or dates nothing recurs. Linear in the carriers.

use std::collections::BTreeMap;

use crate::cluster::Member;
use crate::model::{Document, Precision};

/// Fewest articles of one outlet that carry what recurs in it.
const MIN_DOCS: usize = 5;

/// Fewest days on which they appeared.
const MIN_DAYS: usize = 5;

/// Least time from the first to the last, in days: few stories keep their wording for a month.
const MIN_SPREAD: i64 = 28;

/// The same of what stands in less than one in so many of the outlet's dated articles: 1987 wire copy repeats the background
/// of a strike or a debt for up to two months.
const SELDOM: (i64, usize) = (90, 5);

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

/// The dated articles of each outlet, in order of time.
#[must_use]
pub fn articles(documents: &[Document]) -> BTreeMap<&str, Vec<u32>> {
    let mut by_source: BTreeMap<&str, Vec<(i64, u32)>> = BTreeMap::new();
    for (index, document) in (0..).zip(documents) {
        if let (Some(source), Some(day)) = (&document.source, day(document)) {
            by_source.entry(source).or_default().push((day, index));
        }
    }
    let in_order = by_source.into_iter().map(|(source, mut articles)| {
        articles.sort_unstable();
        (source, articles.into_iter().map(|(_, index)| index).collect())
    });
    in_order.collect()
}

/// The day on which `document` appeared, if it is known.
fn day(document: &Document) -> Option<i64> {
    let published = document.published.filter(|published| published.precision >= Precision::Day)?;
    Some(published.seconds.div_euclid(DAY))
}

/// The outlets in which the wording that `members` carry recurs, in order of name, with its carriers there in order of time;
/// `articles` are all of theirs.
#[must_use]
pub fn outlets(
    members: &[Member],
    documents: &[Document],
    articles: &BTreeMap<&str, Vec<u32>>,
) -> Vec<(Recurs, Vec<Member>)> {
    let mut by_source: BTreeMap<&str, Vec<(i64, Member)>> = BTreeMap::new();
    for &member in members {
        let document = &documents[member.document as usize];
        if let (Some(source), Some(day)) = (&document.source, day(document)) {
            by_source.entry(source).or_default().push((day, member));
        }
    }
    by_source
        .into_iter()
        .filter_map(|(source, mut shown)| {
            shown.sort_unstable();
            let recurs = recurs(source, &shown, articles.get(source).map_or(0, Vec::len))?;
            Some((recurs, shown.into_iter().map(|(_, member)| member).collect()))
        })
        .collect()
}

/// What recurs in an outlet of `n_articles`, by its carriers there with their days, in order.
fn recurs(source: &str, shown: &[(i64, Member)], n_articles: usize) -> Option<Recurs> {
    let of_each = shown.chunk_by(|(_, one), (_, other)| one.document == other.document);
    let longest = |places: &[(i64, Member)]| places.iter().map(|(_, it)| it.span.len()).max().unwrap_or(0);
    let (mut days, mut words): (Vec<i64>, Vec<u32>) =
        of_each.map(|places| (places[0].0, longest(places))).unzip();
    let n_docs = days.len();
    if n_docs < MIN_DOCS {
        return None;
    }
    words.sort_unstable();
    let more_than_half = n_docs / 2 + 1;
    let middle = days.windows(more_than_half).map(|window| window[more_than_half - 1] - window[0]).min()?;
    let spread = days.last()? - days.first()?;
    days.dedup();
    let least = if n_docs * SELDOM.1 < n_articles { SELDOM.0 } else { MIN_SPREAD };
    (days.len() >= MIN_DAYS && spread >= least && middle >= MIN_MIDDLE).then(|| Recurs {
        source: source.to_owned(),
        n_docs,
        n_days: days.len(),
        spread,
        median_words: words[n_docs / 2],
    })
}
