//! Gives every document a name of its own, by a rule that does not depend on the order of the inputs.
//!
//! Plain files of one name get their folder's name in front, or all of their path where folders have one name too.
//! Of records with one id the first, in order of path and place, keeps it; the others get `#2`, `#3`.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, Warning};

/// A document with the name of the folder it was found under.
pub(super) struct Named {
    pub(super) document: Document,
    pub(super) folder: String,
}

/// Makes names unique and says where it had to.
pub(super) fn make_unique(documents: &mut [Named]) -> Vec<Warning> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, named) in documents.iter().enumerate() {
        groups.entry(named.document.name.clone()).or_default().push(at);
    }
    let mut taken: BTreeSet<String> = groups.keys().cloned().collect();
    let mut renamed: BTreeMap<String, (u64, Warning)> = BTreeMap::new();
    for (name, mut members) in groups.into_iter().filter(|(_, members)| members.len() > 1) {
        members.sort_by(|&a, &b| place(&documents[a]).cmp(&place(&documents[b])));
        let all_plain = members.iter().all(|&at| documents[at].document.origin.record.is_none());
        let new_names = match all_plain {
            true => by_folder(&members, documents, &taken),
            false => None,
        };
        let new_names = new_names.unwrap_or_else(|| by_number(&name, members.len(), &taken));
        for (&at, new) in members.iter().zip(new_names) {
            let document = &mut documents[at].document;
            if document.name == new {
                continue;
            }
            taken.insert(new.clone());
            document
                .remarks
                .push(format!("Another document is called {name} too, so this one is called {new}."));
            let entry = renamed.entry(document.origin.path.clone()).or_insert_with(|| {
                let message = format!("the first of them, {name}, is now {new}");
                (0, Warning { path: document.origin.path.clone(), line: Some(document.origin.line), message })
            });
            entry.0 += 1;
            document.name = new;
        }
    }
    summed_up(renamed)
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

/// One warning a file where records were renamed, one for all plain files.
fn summed_up(renamed: BTreeMap<String, (u64, Warning)>) -> Vec<Warning> {
    renamed
        .into_values()
        .map(|(count, warning)| {
            let message = format!("{count} documents have a name that others have too; {}", warning.message);
            Warning { message, ..warning }
        })
        .collect()
}
