//! Passages to clusters: all versions of one statement, over all documents.
//!
//! In: the aligned passages of all pairs, and the documents' tokens. Out: for each passage its [`Group`], and for
//! each group its members (one span a document and place).
//!
//! Passages are taken strongest first. A passage whose span in a document is about the same place as a member of a
//! group joins that group, and brings its other side along, if that side is verified against the group's
//! representative: enough of the weight of their words in common, and lengths that compare. So a group grows only
//! on what its representative says, never by bare transitive closure, and a chain of drifting versions, or a short
//! quotation inside a long reprint, cannot fuse two statements.
//!
//! Whole passages are grouped, not their blocks. What parts two statements in one pair is missing in another, so blocks
//! and runs of the same statements would stand in clusters side by side: over the news of `news-events` 137 clusters
//! instead of 124, the widest 17 articles instead of 18, and pairs completed for them lower the precision on
//! `wiki-versions` from 0.81 to 0.78. A statement that an article carries alone has a passage with every other carrier,
//! and with it their cluster; but one that makes up half of a run passes for the run.
//!
//! Cost: a look-up among the members near the span and one comparison with the representative for each passage:
//! linear in passages, also when one statement has a hundred thousand carriers.

mod weight;

#[cfg(test)]
mod tests;

use rapidhash::RapidHashMap;
use rayon::prelude::*;

use crate::cluster::weight::Representatives;
pub use crate::cluster::weight::cohesion;
use crate::model::{Observer, Span, TokenSpan, TokensOf};

/// How passages are grouped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterParams {
    /// Least overlap of two spans of one document that are the same place, as a share of their union.
    pub min_overlap: f64,
    /// Least share of word weight that a member has in common with the representative (of the lighter of the two).
    pub min_cohesion: f64,
    /// Greatest ratio of lengths between a member and the representative.
    pub max_ratio: f64,
}

impl Default for ClusterParams {
    fn default() -> ClusterParams {
        ClusterParams { min_overlap: 0.5, min_cohesion: 0.5, max_ratio: 4.0 }
    }
}

/// One place of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member {
    /// Index of the document.
    pub document: u32,
    /// Tokens of it.
    pub span: TokenSpan,
}

/// A passage to be grouped: its two places and its strength.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// One place.
    pub a: Member,
    /// The other; may be the same.
    pub b: Member,
    /// Evidence in bits; the strongest are taken first.
    pub bits: f64,
}

/// Versions of one passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Members in order of document and place.
    pub members: Vec<Member>,
    /// Index into `members` of the one all others were verified against.
    pub representative: usize,
}

/// All groups, and the group of each link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouping {
    /// The groups, in order of their first member.
    pub groups: Vec<Group>,
    /// For each link, in the order given, the index of its group.
    pub of_link: Vec<usize>,
}

/// Links taken in between two reports of progress.
const REPORTED: usize = 1_024;

/// Groups `links` between places of `documents`; `observer` is told of links.
#[must_use]
pub fn group<D: TokensOf + ?Sized>(
    links: &[Link],
    documents: &D,
    params: ClusterParams,
    observer: &dyn Observer,
) -> Grouping {
    let n_documents =
        links.iter().map(|link| link.a.document.max(link.b.document) as usize + 1).max().unwrap_or(0);
    let mut order: Vec<u32> = (0..links.len() as u32).collect();
    // The place in the list last, as a stable sort would have it.
    order.par_sort_unstable_by(|&i, &j| {
        let (x, y) = (&links[i as usize], &links[j as usize]);
        y.bits.total_cmp(&x.bits).then_with(|| (x.a, x.b).cmp(&(y.a, y.b))).then(i.cmp(&j))
    });
    let mut growth = Growth {
        documents,
        params,
        groups: Vec::new(),
        parents: Vec::new(),
        places: vec![Vec::new(); n_documents],
        representatives: Representatives::default(),
        asked: RapidHashMap::default(),
    };
    let mut chosen = vec![0_u32; links.len()];
    for some in order.chunks(REPORTED) {
        for &index in some {
            chosen[index as usize] = growth.add(&links[index as usize]) as u32;
        }
        observer.advance(some.len() as u64);
    }
    drop(order);
    growth.finish(&chosen)
}

struct Grown {
    members: Vec<Member>,
    representative: Member,
}

struct Growth<'a, D: ?Sized> {
    documents: &'a D,
    params: ClusterParams,
    groups: Vec<Grown>,
    /// For each group the one it was fused into; itself while it stands.
    parents: Vec<u32>,
    /// For each document its members with the group they joined, by (start, end). Most documents have few.
    places: Vec<Vec<Placed>>,
    representatives: Representatives,
    /// What representatives said of members: two groups that stay apart are asked again by every link between them.
    asked: RapidHashMap<(u32, Member), bool>,
}

/// Answers of representatives that are kept: some 3 MiB.
const MOST_ASKED: usize = 1 << 16;

/// A member at its place: start, end, and the group it joined.
type Placed = (u32, u32, u32);

impl<D: TokensOf + ?Sized> Growth<'_, D> {
    /// Takes in one link; returns the group it belongs to (before later fusions).
    fn add(&mut self, link: &Link) -> usize {
        let at_a = self.near(link.a);
        let at_b = self.near(link.b);
        match (at_a, at_b) {
            (None, None) => self.found(link),
            (Some(group), None) => self.join(group, link.b, link),
            (None, Some(group)) => self.join(group, link.a, link),
            (Some(one), Some(other)) if one == other => one,
            (Some(one), Some(other)) => self.fuse(one, other, link),
        }
    }

    /// A new group of the two sides of `link`; the longer one represents it.
    fn found(&mut self, link: &Link) -> usize {
        let group = self.groups.len();
        let representative = if link.b.span.len() > link.a.span.len() { link.b } else { link.a };
        self.groups.push(Grown { members: Vec::new(), representative });
        self.parents.push(group as u32);
        self.place(group, link.a);
        if link.b != link.a {
            self.place(group, link.b);
        }
        group
    }

    fn place(&mut self, group: usize, member: Member) {
        self.groups[group].members.push(member);
        let places = &mut self.places[member.document as usize];
        let (start, end) = (member.span.start(), member.span.end());
        match places.binary_search_by_key(&(start, end), |&(start, end, _)| (start, end)) {
            Ok(place) => places[place].2 = group as u32,
            Err(place) => places.insert(place, (start, end, group as u32)),
        }
    }

    /// Adds `member` to `group` if its representative agrees; else `link` founds a group of its own.
    fn join(&mut self, group: usize, member: Member, link: &Link) -> usize {
        if self.is_version(group, member) {
            self.place(group, member);
            group
        } else {
            self.found(link)
        }
    }

    /// Makes one group of two if their representatives are versions of each other; returns where the link belongs.
    /// Two groups that stay apart share the link's wording all the same: it goes to the one whose representative
    /// accepts both sides, and founds a group of its own if neither does.
    fn fuse(&mut self, one: usize, other: usize, link: &Link) -> usize {
        let rank = |group: &usize| (std::cmp::Reverse(self.groups[*group].members.len()), *group);
        let (large, small) = if rank(&one) <= rank(&other) { (one, other) } else { (other, one) };
        if self.is_version(large, self.groups[small].representative) {
            let members = std::mem::take(&mut self.groups[small].members);
            self.groups[large].members.extend(members);
            self.parents[small] = large as u32;
            return large;
        }
        for (group, far_side) in [(one, link.b), (other, link.a)] {
            if self.is_version(group, far_side) {
                self.groups[group].members.push(far_side);
                return group;
            }
        }
        self.found(link)
    }

    /// The group with a member at about the place of `member`; of several the one that overlaps most, then the
    /// oldest.
    fn near(&self, member: Member) -> Option<usize> {
        let span = member.span;
        // An overlap of half the union means that the other starts at most one length earlier.
        let earliest = span.start().saturating_sub((f64::from(span.len()) / self.params.min_overlap) as u32);
        let places = &self.places[member.document as usize];
        let first = places.partition_point(|&(start, _, _)| start < earliest);
        places[first..]
            .iter()
            .take_while(|&&(start, _, _)| start < span.end())
            .filter_map(|&(start, end, group)| {
                let other = Span::new(start, end);
                let overlap = f64::from(span.overlap(other));
                let union = f64::from(span.len() + other.len()) - overlap;
                (overlap >= self.params.min_overlap * union)
                    .then(|| (overlap / union, self.root(group as usize)))
            })
            .max_by(|x, y| x.0.total_cmp(&y.0).then_with(|| y.1.cmp(&x.1)))
            .map(|(_, group)| group)
    }

    fn root(&self, mut group: usize) -> usize {
        while self.parents[group] as usize != group {
            group = self.parents[group] as usize;
        }
        group
    }

    /// Whether the representative of `group` says that `member` is a version of it.
    fn is_version(&mut self, group: usize, member: Member) -> bool {
        let representative = self.groups[group].representative;
        let (x, y) = (f64::from(representative.span.len()), f64::from(member.span.len()));
        if x.max(y) > self.params.max_ratio * x.min(y) {
            return false;
        }
        if let Some(&is_version) = self.asked.get(&(group as u32, member)) {
            return is_version;
        }
        let cohesion = self.representatives.cohesion(self.documents, (group, representative), member);
        let is_version = cohesion >= self.params.min_cohesion;
        if self.asked.len() >= MOST_ASKED {
            self.asked.clear();
        }
        self.asked.insert((group as u32, member), is_version);
        is_version
    }

    /// Groups with overlapping members of one document made one witness, in final order.
    fn finish(mut self, chosen: &[u32]) -> Grouping {
        self.places = Vec::new();
        self.representatives = Representatives::default();
        self.asked = RapidHashMap::default();
        let (groups, parents) = (&mut self.groups, &self.parents);
        let standing =
            groups.par_iter_mut().enumerate().filter(|(index, _)| parents[*index] as usize == *index);
        let made = standing.map(|(index, grown)| {
            let members = witnesses(std::mem::take(&mut grown.members));
            let representative = members
                .iter()
                .position(|m| {
                    m.document == grown.representative.document && m.span.contains(grown.representative.span)
                })
                .unwrap_or(0);
            (index, Group { members, representative })
        });
        let mut groups: Vec<(usize, Group)> = made.collect();
        groups.par_sort_by(|x, y| x.1.members.cmp(&y.1.members).then_with(|| x.0.cmp(&y.0)));
        let mut place_of = vec![0; self.groups.len()];
        for (place, (index, _)) in groups.iter().enumerate() {
            place_of[*index] = place;
        }
        let of_link = chosen.iter().map(|&group| place_of[self.root(group as usize)]).collect();
        Grouping { groups: groups.into_iter().map(|(_, group)| group).collect(), of_link }
    }
}

/// Members with those of one document that overlap by half of the shorter joined into one; sorted.
fn witnesses(mut members: Vec<Member>) -> Vec<Member> {
    members.sort_unstable();
    let mut joined: Vec<Member> = Vec::with_capacity(members.len());
    for member in members {
        if let Some(last) = joined.last_mut()
            && last.document == member.document
            && last.span.overlap(member.span) * 2 >= last.span.len().min(member.span.len())
        {
            last.span = last.span.hull(member.span);
            continue;
        }
        joined.push(member);
    }
    joined
}

/// Members compared with each other to find the most central one.
const CENTRAL_SAMPLE: usize = 24;

/// Index of the member most like the others: what a reader should be shown for all of them. The one that they were verified
/// against, unless another is more like them; of a large group, evenly spaced members are compared.
#[must_use]
pub fn central<D: TokensOf + ?Sized>(documents: &D, members: &[Member], verified: usize) -> usize {
    if members.len() < 3 {
        return verified;
    }
    let step = members.len().div_ceil(CENTRAL_SAMPLE);
    let sample: Vec<usize> = std::iter::once(verified).chain((0..members.len()).step_by(step)).collect();
    let words: Vec<Vec<u64>> = sample.iter().map(|&member| words(documents, members[member])).collect();
    // Both of two are as much like each other.
    let n = words.len();
    let mut likeness = vec![0.0; n * n];
    for x in 0..n {
        for y in x..n {
            let share = share_of_words(&words[x], &words[y]);
            (likeness[x * n + y], likeness[y * n + x]) = (share, share);
        }
    }
    let sum = |candidate: usize| -> f64 { likeness[candidate * n..(candidate + 1) * n].iter().sum() };
    let mut best = (sum(0), verified);
    for (at, &candidate) in sample.iter().enumerate().skip(1) {
        let likeness = sum(at);
        if likeness > best.0 {
            best = (likeness, candidate);
        }
    }
    best.1
}

/// Tokens that two members have in common, twice, as a share of their lengths together; 0 to 1.
#[must_use]
pub fn likeness<D: TokensOf + ?Sized>(documents: &D, x: Member, y: Member) -> f64 {
    share_of_words(&words(documents, x), &words(documents, y))
}

/// The [`likeness`] of each of `others` to `member`.
#[must_use]
pub fn likenesses<D: TokensOf + ?Sized>(documents: &D, member: Member, others: &[Member]) -> Vec<f64> {
    let own = documents.of(member.document as usize);
    let own = &own.keys[member.span.range()];
    let own_words = sorted(own);
    let likeness = |other: &Member| {
        let tokens = documents.of(other.document as usize);
        let keys = &tokens.keys[other.span.range()];
        // What says the same word for word, as reprints do, needs no sorting.
        let n = if keys == own { own.len() } else { shared_words(&own_words, &sorted(keys)) };
        share(n, own.len(), keys.len())
    };
    others.iter().map(likeness).collect()
}

/// Keys of a member's tokens, sorted.
fn words<D: TokensOf + ?Sized>(documents: &D, member: Member) -> Vec<u64> {
    sorted(&documents.of(member.document as usize).keys[member.span.range()])
}

fn sorted(keys: &[u64]) -> Vec<u64> {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys
}

fn share_of_words(x: &[u64], y: &[u64]) -> f64 {
    share(shared_words(x, y), x.len(), y.len())
}

/// What `shared` words of both are of `x` and `y` words together.
fn share(shared: usize, x: usize, y: usize) -> f64 {
    2.0 * shared as f64 / ((x + y) as f64).max(1.0)
}

/// How many keys two sorted lists have in common, as often as both hold them; without a branch on
/// which list goes on, since no processor could guess it.
fn shared_words(x: &[u64], y: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        let (x_key, y_key) = (x[i], y[j]);
        n += usize::from(x_key == y_key);
        i += usize::from(x_key <= y_key);
        j += usize::from(y_key <= x_key);
    }
    n
}
