//! Whose words: agencies and outlets as numbers, so that `AP`, `The Associated Press` and `apnews.com` are one.
//!
//! In: the outlet of each document and the zones of its text that name a service or an outlet. Out: [`Names`] that number
//! them, and for each document its own number and those it names. Numbers compare within one [`Names`]; cost: constant a name.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Zone, ZoneKind};
use crate::provenance::zones::Rules;
use crate::provenance::zones::rules::plain;

/// Numbers of names, given out as they come.
#[derive(Clone, Debug, Default)]
pub struct Names {
    numbers: BTreeMap<String, u32>,
}

/// Somebody a text names as where words of it are from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The number of the name.
    pub number: u32,
    /// The name.
    pub name: String,
    /// Whether the article is theirs, not only one fact in it.
    pub is_credit: bool,
}

/// Whom a document is by and whom it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The number of its outlet.
    pub by: Option<u32>,
    /// Whether that is an agency.
    pub by_agency: bool,
    /// Whether it is an office that issues press releases: what it publishes is no article on one.
    pub by_office: bool,
    /// Whom it names, in order of place, each name once as a credit and once as the source of a fact.
    pub named: Vec<Named>,
}

impl Names {
    /// The number of `name`; `None` if it has neither letters nor digits.
    pub fn number(&mut self, name: &str, rules: &Rules) -> Option<u32> {
        let key = plain(rules.publisher(name).unwrap_or(name));
        if key.is_empty() {
            return None;
        }
        let next = self.numbers.len() as u32;
        Some(*self.numbers.entry(key).or_insert(next))
    }

    /// Whom the document of outlet `source` with these `zones` is by and names; an outlet does not name itself. What a page of
    /// several articles credits, it credits for one of them: for the document that names a source and is no credit.
    pub fn attribution(&mut self, source: Option<&str>, zones: &[Zone], rules: &Rules) -> Attribution {
        let by = source.and_then(|source| self.number(source, rules));
        let by_agency = source.is_some_and(|source| rules.is_agency(source));
        let is_page = zones.iter().filter(|zone| zone.kind == ZoneKind::Dateline).nth(1).is_some();
        let mut named: Vec<Named> = Vec::new();
        for zone in zones.iter().filter(|zone| matches!(zone.kind, ZoneKind::Credit | ZoneKind::Cited)) {
            let Some(name) = &zone.name else { continue };
            let Some(number) = self.number(name, rules).filter(|&number| Some(number) != by) else {
                continue;
            };
            let is_credit = zone.kind == ZoneKind::Credit && !is_page;
            if !named.iter().any(|it| it.name == *name && it.is_credit == is_credit) {
                named.push(Named { number, name: name.clone(), is_credit });
            }
        }
        Attribution { by, by_agency, by_office: false, named }
    }
}

/// Ranks of carriers of a statement by whom they credit, for those without dates: first is whom another one credits and who
/// credits none of them; who credits the first comes after all of these. `None` where credits tell nothing.
#[must_use]
pub fn ranks_by_credit(carriers: &[&Attribution]) -> Vec<Option<u32>> {
    let here: BTreeSet<u32> = carriers.iter().filter_map(|it| it.by).collect();
    let credited: BTreeSet<u32> =
        carriers.iter().flat_map(|it| it.credits()).map(|named| named.number).collect();
    let credits =
        |it: &Attribution, whom: &BTreeSet<u32>| it.credits().any(|named| whom.contains(&named.number));
    let is_first = |it: &Attribution| it.by.is_some_and(|by| credited.contains(&by)) && !credits(it, &here);
    let first: BTreeSet<u32> = carriers.iter().filter(|it| is_first(it)).filter_map(|it| it.by).collect();
    let n_first = carriers.iter().filter(|it| is_first(it)).count() as u32;
    let rank = |it: &Attribution| match is_first(it) {
        true => Some(1),
        false => credits(it, &first).then_some(n_first + 1),
    };
    carriers.iter().map(|it| rank(it)).collect()
}

/// Fewest documents of an outlet that are marked as press releases, and their share of all it has, from which it is an office.
const OFFICE: (u32, f64) = (3, 0.1);

/// The same for documents in which it speaks of itself. In 28 of 29 archives of senators' releases 45 to 92 % of the documents
/// do so, in those of a broadcaster and of an agency at most 0.6 %: count documents with
/// [`crate::provenance::zones::speaks_of_itself`].
const SPEAKS: (u32, f64) = (3, 0.2);

/// Signs that a document is no newsroom's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OfficeSigns {
    /// It is marked as a press release.
    pub is_release: bool,
    /// Its outlet says something in it, as a person or a body that others write about.
    pub speaks: bool,
}

/// Tells offices that issue press releases from newsrooms, by how many documents of each have such `signs`.
pub fn tell_offices(attributions: &mut [Attribution], signs: impl Fn(usize) -> OfficeSigns) {
    let mut counts: BTreeMap<u32, (u32, u32, u32)> = BTreeMap::new();
    for (index, attribution) in attributions.iter().enumerate() {
        if let Some(by) = attribution.by.filter(|_| !attribution.by_agency) {
            let (all, marked, speaking) = counts.entry(by).or_default();
            let signs = signs(index);
            *all += 1;
            *marked += u32::from(signs.is_release);
            *speaking += u32::from(signs.speaks);
        }
    }
    let is_habit =
        |n: u32, all: u32, (fewest, share): (u32, f64)| n >= fewest && f64::from(n) >= share * f64::from(all);
    for attribution in attributions {
        let counts = attribution.by.and_then(|by| counts.get(&by));
        attribution.by_office = counts.is_some_and(|&(all, marked, speaking)| {
            is_habit(marked, all, OFFICE) || is_habit(speaking, all, SPEAKS)
        });
    }
}

impl Attribution {
    /// Those whose article it is, by its own words.
    pub fn credits(&self) -> impl Iterator<Item = &Named> {
        self.named.iter().filter(|it| it.is_credit)
    }

    /// The name under which it credits the outlet of `other`.
    #[must_use]
    pub fn credit_of(&self, other: &Attribution) -> Option<&str> {
        self.credits().find(|it| Some(it.number) == other.by).map(|it| it.name.as_str())
    }

    /// The name under which it gives the outlet of `other` as where it has something from, be it all or one fact.
    #[must_use]
    pub fn source_in(&self, other: &Attribution) -> Option<&str> {
        self.named.iter().find(|it| Some(it.number) == other.by).map(|it| it.name.as_str())
    }

    /// A name that both credit.
    #[must_use]
    pub fn credit_with(&self, other: &Attribution) -> Option<&str> {
        let shared = |it: &&Named| other.credits().any(|other| other.number == it.number);
        self.credits().find(shared).map(|it| it.name.as_str())
    }
}
