//! What of the texts and differences a report of limited size holds.
//!
//! Sizes are measured: everything is compressed once, and a block's size is shared out among what is in it. Then, most alike pairs
//! first, as much as fits stays. Steps, each told in the page with its count and a remedy: 1. articles are cut to their passages
//! with some words around them, those in pairs that are least alike first; 2. texts and differences of the least alike pairs go;
//! 3. where the tables alone take more than [`OF_ROOM`] of the room, so that hardly a text fits, the pairs that are least alike go
//! from these too.

use std::io;

use serde::Serialize;

use crate::model::{Findings, Observer, Stage};
use crate::report::html::blocks::{Keeping, Packed};
use crate::report::html::diffs::diffs;
use crate::report::html::pairs::Pairs;
use crate::report::html::texts::{AROUND, Form, Shared, texts};
use crate::report::overview::{amount, plural};

/// Something a report leaves out: see `left_out` in `page/src/data.ts`.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct LeftOut {
    /// `pairs`, `texts`, `context`, `diffs`, `redacted` or `split`.
    pub(super) what: &'static str,
    pub(super) count: usize,
    pub(super) message: String,
}

/// The texts and differences that a report holds.
pub(super) struct Content {
    pub(super) texts: Packed,
    pub(super) diffs: Packed,
    pub(super) left_out: Vec<LeftOut>,
}

impl Content {
    /// Whether nothing is left out for want of room.
    pub(super) fn is_all(&self) -> bool {
        self.left_out.iter().all(|it| it.what == "redacted")
    }
}

/// What is to be chosen from.
pub(super) struct Choice<'a> {
    pub(super) findings: &'a dyn Findings,
    pub(super) observer: &'a dyn Observer,
    pub(super) shared: Shared,
    pub(super) pairs: &'a Pairs,
}

/// What stays, and in which form.
struct Plan {
    forms: Vec<Form>,
    wanted: Vec<bool>,
}

/// How often a choice is made again because blocks of fewer items compress less well than was reckoned.
const ATTEMPTS: usize = 8;

impl Choice<'_> {
    /// As much as fits into `room` bytes, if the words of the articles are to be shown.
    pub(super) fn content(&self, room: u64, limit: Limit) -> io::Result<Content> {
        if self.findings.hidden().is_some() {
            return self.nothing();
        }
        let n_documents = self.findings.facts().documents.len();
        let all = Plan { forms: vec![Form::Whole; n_documents], wanted: vec![true; self.pairs.len()] };
        let whole = self.texts(&all, Keeping::UpTo(room))?;
        let differences = diffs((self.findings, self.observer), &all.wanted, Keeping::UpTo(room))?;
        let need = whole.total + differences.total;
        if need <= room {
            return Ok(Content { texts: whole, diffs: differences, left_out: Vec::new() });
        }
        let context = Plan { forms: vec![Form::Context; n_documents], ..all };
        let context = self.texts(&context, Keeping::UpTo(0))?;
        drop(whole.blocks);
        let costs = Costs { whole: whole.costs, context: context.costs, diffs: differences.costs.clone() };
        let (mut target, mut attempt) = (room, 0);
        loop {
            let plan = self.plan(&costs, target);
            let texts = self.texts(&plan, Keeping::UpTo(room))?;
            let diffs = match plan.wanted.contains(&false) {
                true => self.diffs(&plan, Keeping::UpTo(room))?,
                false => differences.clone(),
            };
            let total = texts.total + diffs.total;
            if total <= room || target == 0 {
                let left_out = self.told(&plan, need, limit);
                return Ok(Content { texts, diffs, left_out });
            }
            target = match attempt {
                ..ATTEMPTS => target.saturating_sub((total - room) * 5 / 4),
                // Fewer and fewer, since one block more or less may be too much.
                _ => target * 3 / 4,
            };
            attempt += 1;
        }
    }

    /// None of it, since the words of the articles are not to be shown.
    pub(super) fn nothing(&self) -> io::Result<Content> {
        let n_documents = self.findings.facts().documents.len();
        let none = Plan { forms: vec![Form::Nothing; n_documents], wanted: vec![false; self.pairs.len()] };
        let message = format!(
            "{} without their words, as asked for by --redact text; make the report without it to see them.",
            plural(n_documents, "article", "articles"),
        );
        Ok(Content {
            texts: self.texts(&none, Keeping::UpTo(0))?,
            diffs: self.diffs(&none, Keeping::UpTo(0))?,
            left_out: vec![LeftOut { what: "redacted", count: n_documents, message }],
        })
    }

    /// All of it, block by block.
    pub(super) fn everything(
        &self,
        put: &mut dyn FnMut(crate::report::html::pack::Block) -> io::Result<()>,
    ) -> io::Result<Content> {
        let n_documents = self.findings.facts().documents.len();
        let all = Plan { forms: vec![Form::Whole; n_documents], wanted: vec![true; self.pairs.len()] };
        let texts = self.texts(&all, Keeping::Away(put))?;
        let diffs = diffs((self.findings, self.observer), &all.wanted, Keeping::Away(put))?;
        Ok(Content { texts, diffs, left_out: Vec::new() })
    }

    fn texts(&self, plan: &Plan, keeping: Keeping<'_>) -> io::Result<Packed> {
        texts((self.findings, self.observer), &self.shared, &plan.forms, keeping)
    }

    /// Differences of pairs that were counted before.
    fn diffs(&self, plan: &Plan, keeping: Keeping<'_>) -> io::Result<Packed> {
        diffs((self.findings, &Again(self.observer)), &plan.wanted, keeping)
    }

    /// The documents in the order of their most alike pair; those without a pair come last.
    fn documents(&self, pairs: &[usize]) -> Vec<usize> {
        let n = self.findings.facts().documents.len();
        let mut seen = vec![false; n];
        let in_pairs = pairs.iter().flat_map(|&pair| [self.pairs.a[pair], self.pairs.b[pair]]);
        let mut order: Vec<usize> = in_pairs
            .map(|document| document as usize)
            .filter(|&document| !std::mem::replace(&mut seen[document], true))
            .collect();
        order.extend((0..n).filter(|&document| !seen[document]));
        order
    }

    fn plan(&self, costs: &Costs, room: u64) -> Plan {
        let pairs = self.pairs.by_likeness();
        let documents = self.documents(&pairs);
        let diffs: u64 = costs.diffs.iter().sum();
        let context: u64 = costs.context.iter().sum();
        match room.checked_sub(diffs + context) {
            Some(spare) => costs.whole_where_possible(&documents, spare, pairs.len()),
            None => self.pairs_that_fit(costs, &pairs, room),
        }
    }

    /// Differences of the first of `pairs`, and of their texts what is shared.
    fn pairs_that_fit(&self, costs: &Costs, pairs: &[usize], room: u64) -> Plan {
        let mut plan =
            Plan { forms: vec![Form::Nothing; costs.context.len()], wanted: vec![false; costs.diffs.len()] };
        let mut used = 0;
        for &pair in pairs {
            let sides = [self.pairs.a[pair] as usize, self.pairs.b[pair] as usize];
            let new = sides.iter().filter(|&&document| plan.forms[document] == Form::Nothing);
            used += costs.diffs[pair] + new.map(|&document| costs.context[document]).sum::<u64>();
            if used > room {
                break;
            }
            plan.wanted[pair] = true;
            for document in sides {
                plan.forms[document] = Form::Context;
            }
        }
        plan
    }

    /// What `plan` leaves out; all of it would take `need` bytes.
    fn told(&self, plan: &Plan, need: u64, limit: Limit) -> Vec<LeftOut> {
        // How much the texts of pairs take that are not listed is not known.
        let remedy = match limit.fixed < limit.max_bytes {
            true => {
                let enough = flag_value(limit.fixed + need);
                format!("{}; --max-size {enough} holds everything, and so does --split", limit.reason())
            }
            false => format!("{}; --split holds everything", limit.reason()),
        };
        let is_cut = |&document: &usize| plan.forms[document] == Form::Context && self.shared.has(document);
        let is_gone = |&document: &usize| match plan.forms[document] {
            Form::Whole => false,
            Form::Context => !self.shared.has(document),
            Form::Nothing => true,
        };
        let n = plan.forms.len();
        let (cut, gone) = ((0..n).filter(is_cut).count(), (0..n).filter(is_gone).count());
        let without = plan.wanted.iter().filter(|wanted| !**wanted).count();
        let of = |count: usize, what: &str, n: usize| {
            format!("{} of {} {what}", amount(count as u64), amount(n as u64))
        };
        let all = [
            (
                "context",
                cut,
                format!(
                    "{}: only the shared passages with {AROUND} words around them are in this file, {remedy}.",
                    of(cut, "articles", n),
                ),
            ),
            ("texts", gone, format!("{}: the text is not in this file, {remedy}.", of(gone, "articles", n))),
            (
                "diffs",
                without,
                format!(
                    "{}: the differences are not in this file, {remedy}.",
                    of(without, "pairs", plan.wanted.len()),
                ),
            ),
        ];
        let some = all.into_iter().filter(|(_, count, _)| *count > 0);
        some.map(|(what, count, message)| LeftOut { what, count, message }).collect()
    }
}

/// What limits a page.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    /// Bytes that it may take.
    pub(super) max_bytes: u64,
    /// Bytes of all but texts and differences if all pairs are listed.
    pub(super) fixed: u64,
}

impl Limit {
    fn reason(self) -> String {
        format!("to stay within {}", megabytes(self.max_bytes))
    }
}

/// Part of the room that tables may take where not everything fits.
const OF_ROOM: (u64, u64) = (3, 4);

/// Finds how many pairs a page has room to list: the most of all, nine tenths of all, nine tenths of these and so on, down to
/// none, that fit. So more room never lists fewer; each halving of the steps makes the tables once more.
pub(super) struct Fit {
    /// All pairs, most alike first.
    order: Vec<usize>,
    /// Whether a pair counts with the settings in effect.
    counts: Vec<bool>,
    /// Numbers of pairs, from many to none.
    steps: Vec<usize>,
    /// Steps known not to fit, and the first one known to fit, if any.
    too_many: usize,
    fits: Option<usize>,
    /// The step tried last.
    tried: usize,
    /// Bytes that tables may take.
    room: u64,
}

impl Fit {
    /// For a page whose tables, texts and differences have `room`, and whose tables do not fit with all pairs.
    pub(super) fn new(pairs: &Pairs, room: u64) -> Fit {
        Fit::of(pairs.by_likeness(), pairs.count(), room)
    }

    fn of(order: Vec<usize>, counts: Vec<bool>, room: u64) -> Fit {
        let mut steps = vec![order.len()];
        while let Some(&last) = steps.last().filter(|&&last| last > 0) {
            steps.push(last - last.div_ceil(10));
        }
        let room = room * OF_ROOM.0 / OF_ROOM.1;
        Fit { order, counts, steps, too_many: 1, fits: None, tried: 0, room }
    }

    /// Which pairs to try next, and what is left out then; `None` if not even none fit.
    pub(super) fn next(&mut self, limit: Limit) -> Option<(Vec<bool>, LeftOut)> {
        let end = self.fits.unwrap_or(self.steps.len());
        if self.too_many == end {
            // What fitted is made once more, unless nothing did.
            self.tried = self.fits?;
        } else {
            self.tried = usize::midpoint(self.too_many, end);
        }
        Some(self.first(self.steps[self.tried], limit))
    }

    /// The first `n` pairs, and what is left out with them.
    fn first(&self, n: usize, limit: Limit) -> (Vec<bool>, LeftOut) {
        let mut keep = vec![false; self.order.len()];
        self.order[..n].iter().for_each(|&pair| keep[pair] = true);
        let gone = self.order.len() - n;
        let counted = self.order[n..].iter().filter(|&&pair| self.counts[pair]).count();
        let what = match counted {
            0 => "those that share only wording that does not count".to_owned(),
            _ => format!(
                "those least alike, {} of which {}",
                amount(counted as u64),
                if counted == 1 { "counts" } else { "count" }
            ),
        };
        let message = format!(
            "{} of {} pairs are not in this file, {what}, with their passages and what stands in no other pair, {}; \
             counts made here lack them. --split holds everything, and --max-size {} the tables.",
            amount(gone as u64),
            amount(self.order.len() as u64),
            limit.reason(),
            flag_value(limit.fixed * OF_ROOM.1 / OF_ROOM.0),
        );
        (keep, LeftOut { what: "pairs", count: gone, message })
    }

    /// Whether the page has the pairs tried last, with which tables take `tables` bytes: they fit, and no more do.
    pub(super) fn suits(&mut self, tables: u64) -> bool {
        match self.is_room_for(tables) {
            true => self.fits = Some(self.tried),
            false => self.too_many = self.tried + 1,
        }
        self.fits == Some(self.tried) && self.too_many == self.tried
    }

    /// Whether `tables` bytes leave enough to texts.
    pub(super) fn is_room_for(&self, tables: u64) -> bool {
        tables <= self.room
    }
}

/// Is told of work that was told of before.
struct Again<'o>(&'o dyn Observer);

impl Observer for Again<'_> {
    fn begin(&self, _: Stage, _: Option<u64>) {}

    fn advance(&self, _: u64) {}

    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

/// What everything takes in a page, in bytes.
struct Costs {
    whole: Vec<u64>,
    context: Vec<u64>,
    diffs: Vec<u64>,
}

impl Costs {
    /// All differences, and the first of `documents` whole as far as `spare` bytes beyond what is shared go.
    fn whole_where_possible(&self, documents: &[usize], mut spare: u64, n_pairs: usize) -> Plan {
        let mut plan = Plan { forms: vec![Form::Context; documents.len()], wanted: vec![true; n_pairs] };
        for &document in documents {
            let more = self.whole[document].saturating_sub(self.context[document]);
            let Some(rest) = spare.checked_sub(more) else { break };
            spare = rest;
            plan.forms[document] = Form::Whole;
        }
        plan
    }
}

/// Texts that were put together from parts, if there are any.
pub(super) fn rebuilt(findings: &dyn Findings) -> Option<LeftOut> {
    let documents = &findings.facts().documents;
    let count = documents.iter().filter(|document| document.rebuilt.is_some()).count();
    let message = format!(
        "{} could not be read again, so only what the result quotes of {} is shown; --texts PATH names where the articles are.",
        plural(count, "article", "articles"),
        if count == 1 { "it" } else { "them" },
    );
    (count > 0).then_some(LeftOut { what: "texts", count, message })
}

/// A size for people.
pub(super) fn megabytes(bytes: u64) -> String {
    match bytes {
        0..100_000 => format!("{} kB", bytes.div_ceil(1_000)),
        100_000..10_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.0} MB", bytes as f64 / 1e6),
    }
}

/// A size that `--max-size` takes and that holds `bytes`.
pub(super) fn flag_value(bytes: u64) -> String {
    // What is told of what is left out takes some bytes itself.
    format!("{}MB", (bytes + bytes / 50).div_ceil(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of 199,265 pairs are listed where tables grow as `tables` says, and how often that was tried.
    fn listed(tables: impl Fn(usize) -> u64, room: u64) -> Option<(usize, usize)> {
        const ALL: usize = 199_265;
        let (order, counts) = ((0..ALL).collect(), vec![true; ALL]);
        let mut fit = Fit::of(order, counts, room * OF_ROOM.1 / OF_ROOM.0);
        let mut tries = 0;
        let limit = Limit { max_bytes: 8_000_000, fixed: 20_000_000 };
        while let Some((keep, left_out)) = fit.next(limit) {
            let n = keep.iter().filter(|&&keep| keep).count();
            assert_eq!(left_out.count, ALL - n);
            tries += 1;
            if fit.suits(tables(n)) {
                return Some((n, tries));
            }
        }
        None
    }

    #[test]
    fn as_many_pairs_are_listed_as_have_room() {
        let linear = |n: usize| 1_000_000 + 100 * n as u64;
        // Most of the tables is there with few pairs: the first ones bring most of the passages and articles.
        let early = |n: usize| 3_500_000 + 40_000 * (n as f64).sqrt() as u64;
        let late = |n: usize| 5_000_000 + (n as u64).pow(2) / 2_000;
        let step = |n: usize| if n > 1_000 { 20_000_000 } else { 5_900_000 };
        let curves: [(&str, &dyn Fn(usize) -> u64); 4] =
            [("linear", &linear), ("early", &early), ("late", &late), ("step", &step)];
        for (name, tables) in curves {
            let (n, tries) = listed(tables, 6_000_000).unwrap();
            assert!(n > 0 && tables(n) <= 6_000_000 && tries <= 8, "{name}: {n} in {tries}");
            assert!(n >= 180_000 || tables(n * 10 / 9 + 10) > 6_000_000, "{name}: {n} pairs, {}", tables(n));
        }
        // Where only the articles fit, they are listed; where not even these do, nothing is.
        assert_eq!(listed(|n| 5_999_999 + n as u64 * 1_000_000, 6_000_000).map(|it| it.0), Some(0));
        assert_eq!(listed(|_| 7_000_000, 6_000_000), None);
    }
}
