//! What one thread works with from pair to pair, and how a large pair is divided among threads.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::align::chain::{Box2, Groups};
use crate::align::edit::Editor;
use crate::align::index::Index;
use crate::align::miss::{Miss, Rule};
use crate::align::refine::Marks;
use crate::align::seed::Seeds;
use crate::align::summary::{Search, Summary};
use crate::align::tables::Tables;

/// Memory that one thread reuses from pair to pair.
#[derive(Default)]
pub struct Workspace {
    /// The words of the segment that is compared with many, and which that is.
    pub(super) index: Index,
    pub(super) index_of: Option<(u64, u32)>,
    /// The words of a part of a long document.
    pub(super) part: Index,
    pub(super) tables: Tables,
    pub(super) seeds: Seeds,
    pub(super) groups: Groups,
    pub(super) marks: Marks,
    pub(super) editor: Editor,
    pub(super) search: Search,
    pub(super) summaries: Vec<Summary>,
    pub(super) misses: Option<Vec<Miss>>,
}

impl Workspace {
    /// Notes a miss, if someone wants to know.
    pub(super) fn miss(&mut self, place: Box2, rule: Rule, value: f64, limit: f64) {
        if let Some(misses) = &mut self.misses {
            misses.push(Miss { a: place.a, b: place.b, rule, value, limit });
        }
    }
}

/// Workspaces that wait for work. It is handed out in many more parts than there are threads, and each would begin with an
/// empty one and make it grow.
#[derive(Default)]
pub struct Workspaces(Mutex<Vec<Workspace>>);

impl Workspaces {
    /// One that was used before, if there is any; it comes back when it is dropped.
    pub fn lend(&self) -> Lent<'_> {
        let idle = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Lent { owner: self, work: idle.unwrap_or_default() }
    }
}

/// A workspace of [`Workspaces`].
pub struct Lent<'w> {
    owner: &'w Workspaces,
    work: Workspace,
}

impl Deref for Lent<'_> {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.work
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Workspace {
        &mut self.work
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let work = std::mem::take(&mut self.work);
        self.owner.0.lock().unwrap_or_else(PoisonError::into_inner).push(work);
    }
}

/// Works off the `items` of one pair, if there are many by all threads, so that two books do not keep one of them busy while
/// the others wait; results are in order.
pub(super) fn in_parts<T: Sync, R: Send>(
    items: &[T],
    work: &mut Workspace,
    each: impl Fn(&[T], &mut Workspace) -> Vec<R> + Sync,
) -> Vec<R> {
    // Misses are noted in one list, for a pair that someone looks at.
    if items.len() < MANY_ITEMS || work.misses.is_some() {
        return each(items, work);
    }
    let parts = items
        .par_chunks(PART_ITEMS)
        .map_init(Workspace::default, |work, part| (each(part, work), std::mem::take(&mut work.summaries)));
    let mut results = Vec::new();
    for (part, summaries) in parts.collect::<Vec<_>>() {
        results.extend(part);
        work.summaries.extend(summaries);
    }
    results
}

/// Segment pairs or boxes from which a pair of documents is divided among threads: texts of some thirty thousand words.
pub(super) const MANY_ITEMS: usize = 64;

/// Segment pairs or boxes worked off at a time.
const PART_ITEMS: usize = 16;
