//! What the engine found, on its way to the tables: grouped, completed, and spread over exact copies.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::align::Alignment;
use crate::cluster::{ClusterParams, Grouping, Link, Member, central, group};
use crate::model::Tokens;
use crate::pipeline::assemble::Emitted;
use crate::pipeline::carriers::Carriers;
use crate::pipeline::copies::Copies;
use crate::pipeline::found::Found;
use crate::pipeline::scope::Subject;

/// Everything the engine found, before tables.
pub(crate) struct Engine {
    /// Passages between documents that stand for themselves.
    pub(crate) found: Found,
    /// For each document that stands for exact copies, the passage they share.
    pub(crate) identical: Vec<(u32, Alignment)>,
}

impl Engine {
    /// Groups all passages and finds each group's carriers.
    pub(crate) fn group(
        &self,
        tokens: &[Tokens],
        subject: &Subject,
        copies: &Copies,
        max_pairs: usize,
    ) -> (Grouping, Vec<Carriers>) {
        let identical = self.identical.iter().map(|(head, alignment)| ((*head, *head), alignment));
        let links: Vec<Link> = self
            .alignments()
            .chain(identical)
            .map(|((a, b), alignment)| Link {
                a: Member { document: a, span: alignment.a },
                b: Member { document: b, span: alignment.b },
                bits: alignment.bits,
            })
            .collect();
        let grouping = group(&links, tokens, ClusterParams::default());
        let carriers = grouping
            .groups
            .par_iter()
            .map(|group| {
                let carriers = Carriers::of(group, &subject.documents, copies);
                // Where every pair is written, the choice is free: the member that shows best what all share.
                if !carriers.is_whole(max_pairs) {
                    return carriers;
                }
                let central = central(tokens, &group.members, group.representative);
                carriers.represented_by(group.members[central])
            })
            .collect();
        (grouping, carriers)
    }

    /// All passages between different documents, in order.
    fn alignments(&self) -> impl Iterator<Item = ((u32, u32), &Alignment)> {
        self.found
            .by_pair
            .iter()
            .flat_map(|(&pair, found)| found.iter().map(move |alignment| (pair, alignment)))
    }

    /// Document pairs that are to be written and were not aligned yet.
    pub(crate) fn missing(
        &self,
        carriers: &[Carriers],
        copies: &Copies,
        subject: &Subject,
        max_pairs: usize,
    ) -> BTreeSet<(u32, u32)> {
        carriers
            .iter()
            .filter(|carriers| carriers.n_docs > 2)
            .flat_map(|carriers| carriers.pairs(subject, max_pairs))
            .map(|(x, y)| (copies.stand_in[x as usize], copies.stand_in[y as usize]))
            .filter(|(x, y)| x != y)
            .map(|(x, y)| (x.min(y), x.max(y)))
            .filter(|pair| !self.found.by_pair.contains_key(pair))
            .collect()
    }

    /// For each passage whether it is among the `max_pairs` strongest of a cluster whose pairs are cut.
    fn strongest(&self, grouping: &Grouping, is_whole: &[bool], max_pairs: usize) -> Vec<bool> {
        let mut of_cut: Vec<(usize, f64, usize)> = self
            .alignments()
            .enumerate()
            .map(|(index, (_, alignment))| (grouping.of_link[index], alignment.bits, index))
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
        self,
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
        let strongest = self.strongest(grouping, &is_whole, max_pairs);
        let found = self.found.by_pair.into_iter();
        let between =
            found.flat_map(|(pair, found)| found.into_iter().map(move |alignment| (pair, alignment)));
        let inside = self.identical.into_iter().map(|(head, alignment)| ((head, head), alignment));
        let mut emitted = Vec::new();
        let all = between.chain(inside).zip(&grouping.of_link).zip(strongest);
        for ((((x, y), alignment), &group), is_strong) in all {
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
            let oriented = pairs.into_iter().map(|(a, b)| subject.sides(a as usize, b as usize));
            let mut emit = |(a, b): (usize, usize), alignment: Alignment| {
                emitted.push(Emitted { a: a as u32, b: b as u32, alignment, group, is_copy: x == y });
            };
            let is_turned = |a: usize| x != y && copies.stand_in[a] != x;
            let mut last: Option<(usize, usize)> = None;
            for sides in oriented {
                if let Some(sides) = last.replace(sides) {
                    emit(sides, if is_turned(sides.0) { alignment.swapped() } else { alignment.clone() });
                }
            }
            // Nearly every passage stands for one pair: it moves instead of being copied.
            if let Some(sides) = last {
                emit(sides, if is_turned(sides.0) { alignment.swapped() } else { alignment });
            }
        }
        (emitted, is_whole.iter().filter(|&&whole| !whole).count() as u64)
    }
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
