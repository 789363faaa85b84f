//! Gives every document a name of its own, by a rule that does not depend on the order of the inputs.
//!
//! Plain files of one name get their folder's name in front, or all of their path where folders have one name too.
//! Of records with one id the first, in order of path and place, keeps it; the others get `#2`, `#3`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::model::{Document, Warning};
use crate::read::reading::counted;

/// A document with the name of the folder it was found under.
pub(super) struct Named {
    pub(super) document: Document,
    pub(super) folder: String,
}

/// Makes names unique and says where it had to.
pub(super) fn make_unique(documents: &mut [Named]) -> Vec<Warning> {
    let mut seen = HashSet::with_capacity(documents.len());
    if documents.iter().all(|named| seen.insert(named.document.name.as_str())) {
        return Vec::new();
    }
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, named) in documents.iter().enumerate() {
        groups.entry(named.document.name.clone()).or_default().push(at);
    }
    let mut taken: BTreeSet<String> = groups.keys().cloned().collect();
    let mut renamed = Renamed::default();
    for (name, mut members) in groups.into_iter().filter(|(_, members)| members.len() > 1) {
        members.sort_by(|&a, &b| place(&documents[a]).cmp(&place(&documents[b])));
        let all_plain = members.iter().all(|&at| documents[at].document.origin.record.is_none());
        let by_folder = if all_plain { by_folder(&members, documents, &taken) } else { None };
        let new_names = by_folder.unwrap_or_else(|| by_number(&name, members.len(), &taken));
        for (&at, new) in members.iter().zip(new_names) {
            let document = &mut documents[at].document;
            if document.name == new {
                continue;
            }
            taken.insert(new.clone());
            document
                .remarks
                .push(format!("Another document is called {name} too, so this one is called {new}."));
            renamed.add(document, &new);
            document.name = new;
        }
    }
    renamed.into_warnings()
}

/// How many documents got another name, and the first of them: of each file of records, and of all plain files.
#[derive(Default)]
struct Renamed {
    by_path: BTreeMap<String, (u64, Option<u32>, String)>,
}

impl Renamed {
    fn add(&mut self, document: &Document, new: &str) {
        let origin = &document.origin;
        let (path, line) = match origin.record {
            Some(_) => (origin.path.clone(), Some(origin.line)),
            None => (String::new(), None),
        };
        let first = || (0, line, format!("{} is called {new}", document.name));
        self.by_path.entry(path).or_insert_with(first).0 += 1;
    }

    fn into_warnings(self) -> Vec<Warning> {
        let tell = |(path, (count, line, first)): (String, (u64, Option<u32>, String))| {
            let message =
                format!("{} renamed, since others have the same name: {first}", counted(count, "document"));
            Warning { path, line, message }
        };
        self.by_path.into_iter().map(tell).collect()
    }
}

fn place(named: &Named) -> (&str, Option<u32>) {
    (&named.document.origin.path, named.document.origin.record)
}

/// `folder/name` for each, or the whole path for each; `None` if neither tells them apart.
fn by_folder(members: &[usize], documents: &[Named], taken: &BTreeSet<String>) -> Option<Vec<String>> {
    let short = members.iter().map(|&at| {
        let Named { document, folder } = &documents[at];
        if folder.is_empty() { document.name.clone() } else { format!("{folder}/{}", document.name) }
    });
    let whole = members.iter().map(|&at| documents[at].document.origin.path.clone());
    let free = |names: &Vec<String>| {
        let distinct: BTreeSet<&String> = names.iter().collect();
        let own = &documents[members[0]].document.name;
        distinct.len() == names.len() && names.iter().all(|name| name == own || !taken.contains(name))
    };
    [short.collect::<Vec<_>>(), whole.collect()].into_iter().find(free)
}

fn by_number(name: &str, count: usize, taken: &BTreeSet<String>) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    let mut number = 2;
    while names.len() < count {
        let candidate = format!("{name}#{number}");
        if !taken.contains(&candidate) {
            names.push(candidate);
        }
        number += 1;
    }
    names
}
