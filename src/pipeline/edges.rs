//! The outlet × outlet table, pair by pair.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{DocumentPair, Edge, Order};
use crate::pipeline::assemble::median;

/// The table under way.
#[derive(Default)]
pub(crate) struct Edges {
    by_sources: BTreeMap<(u32, u32), Vec<Side>>,
}

/// What the table needs of a pair, from the first outlet's side.
struct Side {
    /// The documents of either outlet.
    documents: (u32, u32),
    /// Whether its document was first, if that is known.
    first: Option<bool>,
    is_first_match: bool,
    lag: Option<f64>,
    words: u32,
    n_passages: u32,
    coverage: f64,
}

impl Edges {
    /// Adds a pair of which `n_passages` count; `ranks` gives each document's outlet by place in order of name.
    pub(crate) fn add(&mut self, pair: &DocumentPair, n_passages: u32, ranks: &[Option<u32>]) {
        let (Some(a), Some(b)) = (ranks[pair.a.index()], ranks[pair.b.index()]) else { return };
        if pair.matched_words == 0 {
            return;
        }
        let turned = b < a;
        let first = match pair.order {
            Order::AFirst => Some(!turned),
            Order::BFirst => Some(turned),
            Order::Same | Order::Unknown => None,
        };
        let (x, y) = (pair.a.index() as u32, pair.b.index() as u32);
        self.by_sources.entry((a.min(b), a.max(b))).or_default().push(Side {
            documents: if turned { (y, x) } else { (x, y) },
            first,
            is_first_match: pair.provenance.first_match,
            lag: pair.lag_seconds.map(|lag| if turned { -lag } else { lag } as f64),
            words: pair.matched_words,
            n_passages,
            coverage: pair.a_coverage.max(pair.b_coverage),
        });
    }

    /// The table; `sources` are the outlets in order of name, `ranks` as for [`Edges::add`]. Shares of an outlet are of its
    /// new documents, which are all where there is no reference: of an index only what is shared is read.
    pub(crate) fn finish(
        self,
        sources: &[&str],
        ranks: &[Option<u32>],
        is_new: &dyn Fn(usize) -> bool,
    ) -> Vec<Edge> {
        let mut sizes = vec![0_u32; sources.len()];
        let new = ranks.iter().enumerate().filter(|(document, _)| is_new(*document));
        new.filter_map(|(_, rank)| *rank).for_each(|rank| sizes[rank as usize] += 1);
        let of = |rank: u32| Outlet { name: sources[rank as usize], n_new: sizes[rank as usize] };
        self.by_sources.into_iter().map(|((a, b), pairs)| edge(of(a), of(b), &pairs, is_new)).collect()
    }
}

/// An outlet, and the number of its new documents.
#[derive(Clone, Copy)]
struct Outlet<'n> {
    name: &'n str,
    n_new: u32,
}

fn edge(a: Outlet<'_>, b: Outlet<'_>, pairs: &[Side], is_new: &dyn Fn(usize) -> bool) -> Edge {
    let is_one = a.name == b.name;
    let orders: Vec<bool> = pairs.iter().filter_map(|pair| pair.first).collect();
    let firsts = orders.iter().filter(|&&first| first).count();
    // Inside one outlet either document is of both sides.
    let distinct = |side: fn((u32, u32)) -> u32| {
        let own = pairs.iter().map(|pair| side(pair.documents));
        let other = pairs.iter().map(|pair| side((pair.documents.1, pair.documents.0))).filter(|_| is_one);
        own.chain(other).collect::<BTreeSet<u32>>()
    };
    let (a_docs, b_docs) = (distinct(|it| it.0), distinct(|it| it.1));
    let share = |documents: &BTreeSet<u32>, outlet: Outlet<'_>| {
        let n = documents.iter().filter(|&&document| is_new(document as usize)).count();
        n as f64 / f64::from(outlet.n_new.max(1))
    };
    Edge {
        a_source: a.name.to_owned(),
        b_source: b.name.to_owned(),
        n_pairs: pairs.len() as u32,
        matched_words: pairs.iter().map(|pair| u64::from(pair.words)).sum(),
        n_passages: pairs.iter().map(|pair| u64::from(pair.n_passages)).sum(),
        a_docs: a_docs.len() as u32,
        b_docs: b_docs.len() as u32,
        a_share: share(&a_docs, a),
        b_share: share(&b_docs, b),
        n_first_matches: pairs.iter().filter(|pair| pair.is_first_match).count() as u32,
        median_coverage: median(pairs.iter().map(|pair| pair.coverage).collect()).unwrap_or(0.0),
        // Inside one outlet "who was first" and "how much later" have no meaning between its two sides.
        share_a_first: (!orders.is_empty() && !is_one).then(|| firsts as f64 / orders.len() as f64),
        median_lag_seconds: median(pairs.iter().filter_map(|pair| pair.lag).collect())
            .filter(|_| !is_one)
            .map(|lag| lag.round() as i64),
    }
}
