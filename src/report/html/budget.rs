//! What of the texts and differences a report of limited size holds.
//!
//! Sizes are measured: everything is compressed once, and a block's size is shared out among what is in it. Then, most alike pairs
//! first, as much as fits stays. Steps, each told in the page with its count and a remedy: 1. articles are cut to their passages
//! with some words around them, those in pairs that are least alike first; 2. texts and differences of the least alike pairs go.

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
    /// `texts`, `context`, `diffs`, `redacted` or `split`.
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
    /// As much as fits into `room` bytes; `fixed` are those that the rest of the report takes.
    pub(super) fn content(&self, room: u64, fixed: u64) -> io::Result<Content> {
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
        let mut target = room;
        for _ in 0..ATTEMPTS {
            let plan = self.plan(&costs, target);
            let texts = self.texts(&plan, Keeping::UpTo(room))?;
            let diffs = match plan.wanted.contains(&false) {
                true => self.diffs(&plan, Keeping::UpTo(room))?,
                false => differences.clone(),
            };
            let total = texts.total + diffs.total;
            if total <= room {
                let left_out = self.told(&plan, fixed + need, fixed + room);
                return Ok(Content { texts, diffs, left_out });
            }
            target = target.saturating_sub((total - room) * 5 / 4);
        }
        let plan = self.plan(&costs, 0);
        let (texts, diffs) =
            (self.texts(&plan, Keeping::UpTo(room))?, self.diffs(&plan, Keeping::UpTo(room))?);
        Ok(Content { texts, diffs, left_out: self.told(&plan, fixed + need, fixed + room) })
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

    /// What `plan` leaves out; all of it would take `need` bytes, and there is room for `limit`.
    fn told(&self, plan: &Plan, need: u64, limit: u64) -> Vec<LeftOut> {
        let remedy = format!(
            "to stay within {}; --max-size {} holds everything, and so does --split",
            megabytes(limit),
            flag_value(need)
        );
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
