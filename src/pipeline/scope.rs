//! Which documents are compared with which.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::index::Snapshot;
use crate::matching::{Admission, Side};
use crate::model::{Corpus, Document, Published, Warning};

/// Which pairs a run looks at.
#[derive(Clone, Debug, Default)]
pub enum Scope {
    /// Every document with every other.
    #[default]
    AllPairs,
    /// Every document with those of a reference corpus.
    Against {
        /// The reference.
        reference: Corpus,
        /// Whether the documents are compared among themselves, too.
        among: bool,
    },
    /// The same with a reference that was indexed before.
    AgainstIndex {
        /// The reference.
        index: Arc<Snapshot>,
        /// Whether the documents are compared among themselves, too.
        among: bool,
    },
    /// These pairs only, by document name.
    Listed {
        /// Names of the two documents.
        pairs: Vec<(String, String)>,
    },
}

/// The documents of a run in order of name, and which of their pairs are wanted.
pub(crate) struct Subject {
    pub(crate) documents: Vec<Document>,
    pub(crate) pairs: Pairs,
    /// For each document its place among those of its side, as they were given.
    pub(crate) places: Vec<u32>,
    pub(crate) within_seconds: Option<i64>,
}

/// The pairs wanted, by index of document.
pub(crate) enum Pairs {
    All,
    /// Whether each document is a new one, and whether new ones are compared among themselves.
    Against {
        is_new: Vec<bool>,
        among: bool,
    },
    /// Sorted, each with the smaller index first.
    Listed(Vec<(u32, u32)>),
}

impl Subject {
    /// Brings together `documents` and those of the scope's `reference`; adds what is odd to `warnings`.
    pub(crate) fn new(
        documents: Vec<Document>,
        scope: &Scope,
        reference: Option<&Corpus>,
        within_seconds: Option<i64>,
        warnings: &mut Vec<Warning>,
    ) -> Subject {
        let mut documents: Vec<(bool, u32, Document)> =
            (0..).zip(documents).map(|(place, d)| (true, place, d)).collect();
        if let Some(reference) = reference {
            let new: HashSet<String> = documents.iter().map(|(.., d)| d.name.clone()).collect();
            let places: HashSet<(String, Option<u32>)> =
                documents.iter().map(|(.., d)| d.origin.place()).collect();
            let is_new = |d: &&Document| !d.origin.path.is_empty() && places.contains(&d.origin.place());
            for itself in reference.documents.iter().filter(is_new) {
                warnings.push(Warning {
                    path: itself.origin.path.clone(),
                    line: Some(itself.origin.line),
                    message: format!(
                        "{} is new and stands in the reference too; it is not compared with itself",
                        itself.name
                    ),
                });
            }
            let others = (0..).zip(&reference.documents).filter(|(_, d)| !is_new(d));
            documents.extend(others.map(|(place, document)| {
                let mut document = document.clone();
                if new.contains(&document.name) {
                    let name = format!("reference/{}", document.name);
                    warnings.push(Warning {
                        path: document.origin.path.clone(),
                        line: Some(document.origin.line),
                        message: format!(
                            "{} names a new document and a reference document; the reference one is shown as {name}",
                            document.name
                        ),
                    });
                    document.name = name;
                }
                (false, place, document)
            }));
        }
        documents.sort_by(|x, y| x.2.name.cmp(&y.2.name));
        let is_new: Vec<bool> = documents.iter().map(|(new, ..)| *new).collect();
        let places: Vec<u32> = documents.iter().map(|(_, place, _)| *place).collect();
        let documents: Vec<Document> = documents.into_iter().map(|(.., document)| document).collect();
        let pairs = match scope {
            Scope::AllPairs => Pairs::All,
            Scope::Against { among, .. } | Scope::AgainstIndex { among, .. } => {
                Pairs::Against { is_new, among: *among }
            }
            Scope::Listed { pairs } => Pairs::Listed(listed(&documents, pairs, warnings)),
        };
        Subject { documents, pairs, places, within_seconds }
    }

    /// Whether a document is a new one; all are where there is no reference.
    pub(crate) fn is_new(&self, index: usize) -> bool {
        match &self.pairs {
            Pairs::Against { is_new, .. } => is_new[index],
            Pairs::All | Pairs::Listed(_) => true,
        }
    }

    /// Pairs among these documents, but for those of two reference documents and of two new ones that are not to be compared.
    pub(crate) fn n_pairs(&self, documents: &[u32]) -> usize {
        let among_all = |n: usize| n.saturating_mul(n.saturating_sub(1)) / 2;
        match &self.pairs {
            Pairs::All | Pairs::Listed(_) => among_all(documents.len()),
            Pairs::Against { is_new, among } => {
                let new = documents.iter().filter(|&&it| is_new[it as usize]).count();
                let across = new.saturating_mul(documents.len() - new);
                if *among { across.saturating_add(among_all(new)) } else { across }
            }
        }
    }

    /// For each document its place as given: of a new one, or of a reference one.
    pub(crate) fn origins(&self) -> impl Iterator<Item = Result<usize, usize>> + '_ {
        self.places.iter().enumerate().map(|(index, &place)| match self.is_new(index) {
            true => Ok(place as usize),
            false => Err(place as usize),
        })
    }

    /// Whether exact copies may stand for each other: not when pairs are listed or dates decide.
    pub(crate) fn folds_copies(&self) -> bool {
        self.within_seconds.is_none() && !matches!(self.pairs, Pairs::Listed(_))
    }

    /// Whether the two documents are on one side (always, when there are no sides).
    pub(crate) fn same_side(&self, x: usize, y: usize) -> bool {
        match &self.pairs {
            Pairs::Against { is_new, .. } => is_new[x] == is_new[y],
            Pairs::All | Pairs::Listed(_) => true,
        }
    }

    /// The two documents as sides a and b: a new one first, else by name.
    pub(crate) fn sides(&self, x: usize, y: usize) -> (usize, usize) {
        match &self.pairs {
            Pairs::Against { is_new, .. } if is_new[x] != is_new[y] => {
                if is_new[x] {
                    (x, y)
                } else {
                    (y, x)
                }
            }
            _ => (x.min(y), x.max(y)),
        }
    }

    /// Whether the pair is wanted.
    pub(crate) fn wants(&self, x: usize, y: usize) -> bool {
        if x == y {
            return false;
        }
        let scoped = match &self.pairs {
            Pairs::All => true,
            Pairs::Against { is_new, among } => is_new[x] != is_new[y] || (*among && is_new[x]),
            Pairs::Listed(pairs) => pairs.binary_search(&(x.min(y) as u32, x.max(y) as u32)).is_ok(),
        };
        scoped && self.is_within(x, y)
    }

    fn is_within(&self, x: usize, y: usize) -> bool {
        let published = |index: usize| self.documents[index].published;
        self.within_seconds.is_none_or(|limit| Published::are_within(published(x), published(y), limit))
    }
}

/// The subject's wishes as the matching stage asks for them.
pub(crate) struct Wanted<'a> {
    pub(crate) subject: &'a Subject,
    /// Whether each document stands for itself (and its copies).
    pub(crate) stands: &'a [bool],
}

impl Admission for Wanted<'_> {
    fn takes_part(&self, document: usize) -> bool {
        self.stands[document]
    }

    fn admits(&self, a: usize, b: usize) -> bool {
        self.subject.wants(a, b)
    }

    fn side(&self, document: usize) -> Side {
        match &self.subject.pairs {
            Pairs::Against { is_new, .. } if is_new[document] => Side::New,
            Pairs::Against { .. } => Side::Reference,
            Pairs::All | Pairs::Listed(_) => Side::Both,
        }
    }
}

/// Indices of the listed pairs; a name that no document has is a warning.
fn listed(
    documents: &[Document],
    pairs: &[(String, String)],
    warnings: &mut Vec<Warning>,
) -> Vec<(u32, u32)> {
    let index: BTreeMap<&str, u32> = documents
        .iter()
        .enumerate()
        .map(|(index, document)| (document.name.as_str(), index as u32))
        .collect();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found: Vec<(u32, u32)> = Vec::with_capacity(pairs.len());
    for (a, b) in pairs {
        match (index.get(a.as_str()), index.get(b.as_str())) {
            (Some(&x), Some(&y)) if x != y => found.push((x.min(y), x.max(y))),
            (Some(_), Some(_)) => {}
            (x, y) => {
                for (name, _) in [(a, x), (b, y)].into_iter().filter(|(_, place)| place.is_none()) {
                    *unknown.entry(name).or_default() += 1;
                }
            }
        }
    }
    for (name, count) in unknown {
        warnings.push(Warning {
            path: String::new(),
            line: None,
            message: format!("no document is named {name}; {count} listed pairs with it were left out"),
        });
    }
    found.sort_unstable();
    found.dedup();
    found
}
