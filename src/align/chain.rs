//! Groups seeds into rough boxes: places in the plane of the two texts where shared words crowd.
//!
//! The order of the words does not matter, so a passage whose clauses were turned round is one box. Chains of
//! colinear seeds, the usual method, would cut it in pieces.

use crate::align::seed::Point;
use crate::align::tables::Tables;
use crate::model::{Span, TokenSpan};

/// A place in both texts; tokens of the pieces being compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Box2 {
    /// Tokens of a.
    pub(super) a: TokenSpan,
    /// Tokens of b.
    pub(super) b: TokenSpan,
}

/// Points looked back at for each point; keeps repeated text linear.
const LOOK_BACK: usize = 64;

/// Rough boxes around `points` (sorted): groups of points at most `reach` tokens apart on both sides, each with the
/// weight of its distinct words of a. Into `groups`, in order of their first point.
pub(super) fn boxes(tables: &Tables, points: &[Point], reach: u32, groups: &mut Groups) {
    groups.reset(points.len());
    for (index, point) in points.iter().enumerate() {
        let mut root = index;
        for earlier in (index.saturating_sub(LOOK_BACK)..index).rev() {
            if point.a - points[earlier].a > reach {
                break;
            }
            if point.b.abs_diff(points[earlier].b) <= reach {
                root = groups.join(root, earlier);
            }
        }
    }
    for (index, point) in points.iter().enumerate() {
        let root = groups.root(index);
        let weight = tables.word(tables.a[point.a as usize]).weight;
        let here = Box2 { a: Span::new(point.a, point.a + 1), b: Span::new(point.b, point.b + 1) };
        // The root of a group is its first point.
        if root == index {
            groups.slot[root] = groups.boxes.len() as u32;
            groups.boxes.push(Rough { place: here, weight, last: point.a });
            continue;
        }
        let rough = &mut groups.boxes[groups.slot[root] as usize];
        rough.place = Box2 { a: rough.place.a.hull(here.a), b: rough.place.b.hull(here.b) };
        if rough.last != point.a {
            rough.weight += weight;
            rough.last = point.a;
        }
    }
}

/// A group of points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rough {
    /// The box around them.
    pub(super) place: Box2,
    /// Weight of its distinct words of a.
    pub(super) weight: f32,
    /// The last place of a that was counted.
    last: u32,
}

/// Disjoint sets over the points of one pair; the root of a set is its first point.
#[derive(Default)]
pub(super) struct Groups {
    parent: Vec<u32>,
    /// Place in `boxes` of each root.
    slot: Vec<u32>,
    /// The groups' boxes, in order of their first point.
    pub(super) boxes: Vec<Rough>,
}

impl Groups {
    fn reset(&mut self, len: usize) {
        self.parent.clear();
        self.parent.extend(0..len as u32);
        self.slot.clear();
        self.slot.resize(len, 0);
        self.boxes.clear();
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.parent[index] as usize != index {
            self.parent[index] = self.parent[self.parent[index] as usize];
            index = self.parent[index] as usize;
        }
        index
    }

    /// Joins the set with root `root` with that of `index`; the root of both.
    fn join(&mut self, root: usize, index: usize) -> usize {
        let other = self.root(index);
        let (first, last) = (root.min(other), root.max(other));
        self.parent[last] = first as u32;
        first
    }
}
