//! May these new documents be added? A result and the rules to a list of findings, each news, accepted or allowed.
//!
//! In: [`Findings`] of a run that compared new documents with a reference and with each other, which of its documents are
//! new, limits and levels ([`Limits`]), allowances ([`Allowance`]), today's date. Out: a [`Judgement`], which is a
//! [`Verdict`] once it is held against a [`Baseline`]. See [`rules`] for what is looked for, [`baseline`] and [`allow`] for
//! what is accepted and how.
//!
//! One pass over pairs and passages; a pair's passages are in memory at a time. Texts are asked for only where a finding
//! needs its line or a phrase its words. Pure: no clock, no file, and the identifier of a finding depends on its rule, its
//! two documents and its wording alone.

pub mod allow;
pub mod baseline;
pub mod rules;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use allow::{AllowError, Allowance};
pub use baseline::{Baseline, BaselineError, Changes, Key};

use crate::gate::allow::AllowList;
use crate::gate::rules::{Draft, Rules};
use crate::model::{DocId, Finding, Findings, Level, Rule, Status, Verdict};
use crate::normalize::Normalizer;

/// What is allowed, and how much it matters when more is found.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// By rule, in the order of [`Rule::ALL`].
    levels: [Level; Rule::ALL.len()],
    /// Consecutive words that may stand in another document, too. Default: 60.
    pub max_run: u32,
    /// Share of a new document, 0 to 1, that may stand in another one, too. Default: 0.4.
    pub max_coverage: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { levels: Rule::ALL.map(Rule::default_level), max_run: 60, max_coverage: 0.4 }
    }
}

impl Limits {
    /// How much findings of `rule` matter.
    #[must_use]
    pub fn level(&self, rule: Rule) -> Level {
        self.levels[rule as usize]
    }

    /// Lets findings of `rule` matter that much.
    pub fn set_level(&mut self, rule: Rule, level: Level) {
        self.levels[rule as usize] = level;
    }
}

/// What is judged.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The result of the run.
    pub findings: &'a dyn Findings,
    /// Whether each of its documents is a new one.
    pub is_new: &'a [bool],
}

/// What allows findings.
#[derive(Clone, Copy, Debug)]
pub struct Permits<'a> {
    /// The allowances, in the order in which their reasons are given.
    pub allowances: &'a [Allowance],
    /// What tells the words of their phrases: with the parameters of the run.
    pub normalizer: &'a Normalizer,
    /// The day on which they have to hold.
    pub today: Date,
}

/// What was found, before the baseline is asked.
#[derive(Clone, Debug)]
pub struct Judgement {
    drafts: Vec<Draft>,
    checked: Vec<DocId>,
    n_reference: usize,
    n_not_checked: usize,
}

/// Applies the rules to `subject`. Without `permits`, no allowance is applied and none is told of.
///
/// What cannot be read back is left out; [`Findings::check`] then tells, and the judgement is void.
///
/// # Errors
///
/// An allowance that cannot be used.
pub fn judge(
    subject: &Subject<'_>,
    limits: &Limits,
    permits: Option<&Permits<'_>>,
) -> Result<Judgement, AllowError> {
    let mut allow = match permits {
        Some(permits) => {
            Some(AllowList::new(permits.allowances, subject.findings, permits.normalizer, permits.today)?)
        }
        None => None,
    };
    let mut rules = Rules { subject, limits, allow: allow.as_mut(), drafts: Vec::new() };
    rules.look();
    rules.look_at_allowances();
    let checked: Vec<DocId> =
        (0..subject.is_new.len()).filter(|&index| subject.is_new[index]).map(DocId::new).collect();
    Ok(Judgement {
        drafts: rules.drafts,
        n_reference: subject.is_new.len() - checked.len(),
        checked,
        n_not_checked: subject.findings.facts().skipped.iter().filter(|skipped| skipped.lost).count(),
    })
}

impl Judgement {
    /// What would accept all of it that is not allowed.
    #[must_use]
    pub fn baseline(&self) -> Baseline {
        let mut baseline = Baseline::default();
        for (key, places) in self.places() {
            for _ in places {
                baseline.add(key.clone());
            }
        }
        baseline
    }

    /// The findings, those that `accepted` holds marked as such.
    #[must_use]
    pub fn verdict(&self, accepted: &Baseline) -> Verdict {
        let places = self.places();
        let is_accepted = |draft: &Draft| {
            let Some(key) = draft.key.as_ref().filter(|_| draft.finding.status != Status::Allowed) else {
                return false;
            };
            let before = places.get(key).map_or(0, |places| places.range(..draft.repeat).count());
            (before as u64) < u64::from(accepted.count(key))
        };
        let mut findings: Vec<Finding> = self
            .drafts
            .iter()
            .map(|draft| {
                let mut finding = draft.finding.clone();
                if is_accepted(draft) {
                    finding.status = Status::Baseline;
                }
                finding
            })
            .collect();
        findings.sort_by(|x, y| {
            let first = |f: &Finding| (!f.status.is_news(), Reverse(f.level));
            let rest = |f: &Finding| (f.line, f.rule, f.doc, f.other, f.passage, f.id);
            first(x).cmp(&first(y)).then_with(|| x.path.cmp(&y.path)).then_with(|| rest(x).cmp(&rest(y)))
        });
        Verdict {
            findings,
            checked: self.checked.clone(),
            n_checked: self.checked.len(),
            n_reference: self.n_reference,
            n_not_checked: self.n_not_checked,
        }
    }

    /// What is to be accepted, by key: a passage that breaks several rules is one place.
    fn places(&self) -> BTreeMap<&Key, BTreeSet<u32>> {
        let mut places: BTreeMap<&Key, BTreeSet<u32>> = BTreeMap::new();
        for draft in self.drafts.iter().filter(|draft| draft.finding.status != Status::Allowed) {
            if let Some(key) = &draft.key {
                places.entry(key).or_default().insert(draft.repeat);
            }
        }
        places
    }
}
