//! Who carries each statement, copies included, and which document pairs of it are written.

use std::collections::BTreeSet;

use crate::cluster::{Group, Member};
use crate::model::Published;
use crate::pipeline::copies::Copies;
use crate::pipeline::scope::Subject;

/// All carriers of one cluster, in order of time, then name, then place.
pub(crate) struct Carriers {
    pub(crate) members: Vec<Member>,
    /// Index into `members`.
    pub(crate) representative: usize,
    /// Different documents among them.
    pub(crate) n_docs: usize,
    /// Document pairs that they imply, as far as they may be wanted.
    n_pairs: usize,
}

impl Carriers {
    /// The members of `group` with every exact copy added.
    pub(crate) fn of(group: &Group, subject: &Subject, copies: &Copies) -> Carriers {
        let representative = group.members[group.representative];
        let mut members: Vec<Member> = group
            .members
            .iter()
            .flat_map(|member| {
                copies.of(member.document).into_iter().map(|document| Member { document, span: member.span })
            })
            .collect();
        members.sort_unstable_by_key(|member| {
            let published: Option<Published> = subject.documents[member.document as usize].published;
            (published.is_none(), published, *member)
        });
        members.dedup();
        let place = members.iter().position(|&member| member == representative).unwrap_or(0);
        let mut named: Vec<u32> = members.iter().map(|member| member.document).collect();
        named.sort_unstable();
        named.dedup();
        let n_pairs = subject.n_pairs(&named);
        Carriers { members, representative: place, n_docs: named.len(), n_pairs }
    }

    /// The same carriers with `member`, one of them, for a representative.
    pub(crate) fn represented_by(mut self, member: Member) -> Carriers {
        if let Some(place) = self.members.iter().position(|&m| m == member) {
            self.representative = place;
        }
        self
    }

    /// Whether all document pairs of this cluster are written.
    pub(crate) fn is_whole(&self, max_pairs: usize) -> bool {
        self.n_pairs <= max_pairs
    }

    /// The document pairs that are written: all, or the representative's, those of consecutive members, and with a reference
    /// one for each new document. Each with the smaller index first.
    pub(crate) fn pairs(&self, subject: &Subject, max_pairs: usize) -> BTreeSet<(u32, u32)> {
        let mut pairs = BTreeSet::new();
        let mut add = |x: u32, y: u32| {
            if subject.wants(x as usize, y as usize) {
                pairs.insert((x.min(y), x.max(y)));
            }
        };
        if self.is_whole(max_pairs) {
            // Of a reference, thousands may carry a statement; only pairs with a new document are wanted of them.
            let is_new = |member: &Member| subject.is_new(member.document as usize);
            for (index, x) in self.members.iter().enumerate().filter(|(_, member)| is_new(member)) {
                let (before, after) = self.members.split_at(index);
                for y in after[1..].iter().chain(before.iter().filter(|member| !is_new(member))) {
                    add(x.document, y.document);
                }
            }
        } else {
            let representative = self.members[self.representative].document;
            let is_new = |document: u32| subject.is_new(document as usize);
            // Of a reference, the carrier that appeared last before a new document, or the first one at all.
            let mut last = self.members.iter().map(|it| it.document).find(|&it| !is_new(it));
            for (index, member) in self.members.iter().enumerate() {
                let document = member.document;
                add(representative, document);
                if let Some(next) = self.members.get(index + 1) {
                    add(document, next.document);
                }
                match (is_new(document), last) {
                    (false, _) => last = Some(document),
                    (true, Some(last)) => add(last, document),
                    (true, None) => {}
                }
            }
        }
        pairs
    }
}
