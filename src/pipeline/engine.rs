//! What the engine found, on its way to the tables: grouped, completed, and spread over exact copies.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::cluster::{ClusterParams, Grouping, central, group};
use crate::model::{Observer, Stage, TokenSpan};
use crate::pipeline::carriers::Carriers;
use crate::pipeline::copies::Copies;
use crate::pipeline::found::Found;
use crate::pipeline::scope::Subject;
use crate::store::Library;

/// A passage on its way to the tables: which one, in which pair, in which group. A hundred million of them are possible,
/// so each is small.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Emitted {
    pub(crate) a: u32,
    pub(crate) b: u32,
    /// Index of the passage among all found.
    pub(crate) passage: u32,
    pub(crate) group: u32,
    /// Whether the sides of the passage are the other way round.
    pub(crate) turned: bool,
    /// Whether the two documents are exact copies.
    pub(crate) is_copy: bool,
}

impl Emitted {
    /// Its tokens on either side.
    pub(crate) fn spans(&self, found: &Found) -> (TokenSpan, TokenSpan) {
        let link = &found.links()[self.passage as usize];
        if self.turned { (link.b.span, link.a.span) } else { (link.a.span, link.b.span) }
    }
}

/// Groups all passages and finds each group's carriers; `observer` is told of passages.
pub(crate) fn grouped(
    found: &Found,
    library: &Library,
    subject: &Subject,
    copies: &Copies,
    observer: &dyn Observer,
) -> (Grouping, Vec<Carriers>) {
    observer.begin(Stage::Cluster, Some(found.links().len() as u64));
    let grouping = group(found.links(), library, ClusterParams::default(), observer);
    let groups = grouping.groups.par_iter();
    let carriers = groups.map(|group| Carriers::of(group, subject, copies)).collect();
    (grouping, carriers)
}

/// Lets each group be represented by the member that shows best what all share, where every pair is written and the choice
/// is free.
pub(crate) fn show_central(
    carriers: Vec<Carriers>,
    grouping: &Grouping,
    library: &Library,
    max_pairs: usize,
) -> Vec<Carriers> {
    let both = carriers.into_par_iter().zip(&grouping.groups);
    both.map(|(carriers, group)| match carriers.is_whole(max_pairs) {
        true => {
            let central = central(library, &group.members, group.representative);
            carriers.represented_by(group.members[central])
        }
        false => carriers,
    })
    .collect()
}

/// Document pairs that are to be written and were not aligned yet, in order.
pub(crate) fn missing(
    found: &Found,
    carriers: &[Carriers],
    copies: &Copies,
    subject: &Subject,
    max_pairs: usize,
) -> Vec<(u32, u32)> {
    let mut missing: Vec<(u32, u32)> = Vec::new();
    let pairs = carriers
        .iter()
        .filter(|carriers| carriers.n_docs > 2)
        .flat_map(|carriers| carriers.pairs(subject, max_pairs))
        .map(|(x, y)| (copies.stand_in[x as usize], copies.stand_in[y as usize]))
        .filter(|(x, y)| x != y)
        .map(|(x, y)| (x.min(y), x.max(y)))
        .filter(|&pair| !found.has(pair));
    for pair in pairs {
        // A widely carried statement has many passages, and asks for its pairs with each of them.
        if missing.len() == missing.capacity() {
            missing.sort_unstable();
            missing.dedup();
        }
        missing.push(pair);
    }
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// For each passage whether it is among the `max_pairs` strongest of a cluster whose pairs are cut.
fn strongest(found: &Found, grouping: &Grouping, is_whole: &[bool], max_pairs: usize) -> Vec<bool> {
    let mut of_cut: Vec<(usize, f64, usize)> = found
        .between()
        .iter()
        .enumerate()
        .map(|(index, link)| (grouping.of_link[index], link.bits, index))
        .filter(|(group, _, _)| !is_whole[*group])
        .collect();
    of_cut.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)).then(x.2.cmp(&y.2)));
    let mut strongest = vec![false; grouping.of_link.len()];
    for run in of_cut.chunk_by(|x, y| x.0 == y.0) {
        for &(_, _, index) in run.iter().take(max_pairs) {
            strongest[index] = true;
        }
    }
    strongest
}

/// The passages to be written, copies included, and the number of clusters whose pairs were cut.
pub(crate) fn emit(
    found: &Found,
    grouping: &Grouping,
    carriers: &[Carriers],
    copies: &Copies,
    subject: &Subject,
    max_pairs: usize,
) -> (Vec<Emitted>, u64) {
    let is_whole: Vec<bool> = carriers.iter().map(|carriers| carriers.is_whole(max_pairs)).collect();
    let written: Vec<Written> = carriers
        .iter()
        .zip(&is_whole)
        .map(|(carriers, whole)| match whole {
            true => Written::new(),
            false => by_stand_in(&carriers.pairs(subject, max_pairs), copies),
        })
        .collect();
    let strongest = strongest(found, grouping, &is_whole, max_pairs);
    let mut emitted = Vec::with_capacity(found.links().len());
    for (passage, (link, is_strong)) in found.links().iter().zip(strongest).enumerate() {
        let (x, y, group) = (link.a.document, link.b.document, grouping.of_link[passage]);
        let mut pairs = match is_whole[group] {
            true => copy_pairs(copies, x, y),
            false => written[group].get(&(x, y)).cloned().unwrap_or_default(),
        };
        if is_strong && x != y {
            pairs.push((x, y));
            pairs.sort_unstable();
            pairs.dedup();
        }
        pairs.retain(|&(a, b)| subject.wants(a as usize, b as usize));
        emitted.extend(pairs.into_iter().map(|(a, b)| {
            let (a, b) = subject.sides(a as usize, b as usize);
            Emitted {
                a: a as u32,
                b: b as u32,
                passage: passage as u32,
                group: group as u32,
                turned: x != y && copies.stand_in[a] != x,
                is_copy: x == y,
            }
        }));
    }
    (emitted, is_whole.iter().filter(|&&whole| !whole).count() as u64)
}

/// Document pairs to be written for one cluster, by the pair that stands for them; smaller index first in both.
type Written = BTreeMap<(u32, u32), Vec<(u32, u32)>>;

fn by_stand_in(pairs: &BTreeSet<(u32, u32)>, copies: &Copies) -> Written {
    let mut written = Written::new();
    for &(a, b) in pairs {
        let (x, y) = (copies.stand_in[a as usize], copies.stand_in[b as usize]);
        written.entry((x.min(y), x.max(y))).or_default().push((a, b));
    }
    written
}

/// The document pairs that a passage between `x` and `y` stands for, copies included; smaller index first.
fn copy_pairs(copies: &Copies, x: u32, y: u32) -> Vec<(u32, u32)> {
    let (of_x, of_y) = (copies.of(x), copies.of(y));
    let mut pairs: Vec<(u32, u32)> = of_x
        .iter()
        .flat_map(|&a| of_y.iter().map(move |&b| (a.min(b), a.max(b))))
        .filter(|(a, b)| a != b)
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
