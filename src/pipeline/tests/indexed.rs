//! Against an index, new documents get what they get against the documents themselves.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;

use super::memory::corpus;
use crate::fixture::document;
use crate::index::Snapshot;
use crate::model::{Corpus, Document, Origin, Published, RunFacts, Silent};
use crate::pipeline::{IndexChoices, Indexed, Means, Scope, Settings, compare_large, index};
use crate::report::{Format, RenderOptions, write};
use crate::store::Intake;

pub(super) fn corpus_of(documents: &[Document]) -> Corpus {
    Corpus { documents: documents.to_vec(), ..Corpus::default() }
}

/// Brings the index at `path` to hold `documents` and no others.
fn indexed(path: &Path, documents: &[Document], settings: &Settings) -> Indexed {
    let choices =
        IndexChoices { prune: true, now: "2026-01-01T00:00:00Z".to_owned(), ..IndexChoices::default() };
    index(path, corpus_of(documents), Intake::in_memory(), settings, &choices, &Silent).unwrap()
}

/// The rows of pairs, passages, clusters, members and outlets, and the bounds, of a comparison.
pub(super) fn rows(new: &[Document], scope: &Scope, settings: &Settings) -> Vec<String> {
    let mut comparison = compare_large(corpus_of(new), scope, settings, Means::default(), &Silent).unwrap();
    *comparison.run_mut() = RunFacts::default();
    let mut written = Vec::new();
    write(&comparison, Format::Jsonl, &RenderOptions::default(), &mut written).unwrap();
    let of_result = |line: &&str| {
        ["pair", "passage", "cluster", "member", "edge"]
            .iter()
            .any(|kind| line.starts_with(&format!("{{\"type\":\"{kind}\"")))
    };
    let text = String::from_utf8(written).unwrap();
    let bounds = comparison_bounds(&text);
    text.lines().filter(of_result).map(str::to_owned).chain([bounds]).collect()
}

fn comparison_bounds(text: &str) -> String {
    let end = text.lines().find(|line| line.starts_with("{\"type\":\"end\"")).unwrap();
    end[end.find("\"bounds\"").unwrap()..].to_owned()
}

/// A document at a place of its own, which is on no disk.
pub(super) fn placed(mut document: Document) -> Document {
    document.origin = Origin { path: format!("nowhere/{}", document.name), ..document.origin };
    document
}

/// What is done to an index: the documents that it holds from then on, by place, each with how often its text was changed.
fn steps() -> impl Strategy<Value = Vec<Vec<(Index, u8)>>> {
    prop::collection::vec(prop::collection::vec((any::<Index>(), 0_u8..3), 0..12), 1..4)
}

fn held(pool: &[Document], step: &[(Index, u8)]) -> Vec<Document> {
    let mut documents: Vec<Document> = step
        .iter()
        .map(|(index, version)| {
            let document = placed(index.get(pool).clone());
            let words =
                document.text.split(' ').skip(usize::from(*version) * 5).collect::<Vec<_>>().join(" ");
            Document { text: words, ..document }
        })
        .collect();
    documents.sort_by(|x, y| x.name.cmp(&y.name));
    documents.dedup_by(|x, y| x.name == y.name);
    documents
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn an_index_tells_what_its_documents_tell(
        pool in corpus(),
        steps in steps(),
        new in prop::collection::vec((any::<Index>(), 0_u8..3), 1..6),
        max_df in 1_usize..6,
        within in prop::option::of(0_i64..5),
        among in any::<bool>(),
    ) {
        prop_assume!(!pool.is_empty());
        let dated = |(day, document): (i64, &Document)| {
            let precision = crate::model::Precision::Day;
            Document { published: Some(Published { seconds: day * 86_400, precision, zone_known: true }), ..document.clone() }
        };
        let pool: Vec<Document> = (0..).zip(&pool).map(dated).collect();
        let settings = Settings {
            max_df,
            within_seconds: within.map(|days| days * 86_400),
            ..Settings::default()
        };
        // Some new documents are in the index, some under the same name but from elsewhere, some under another name.
        let new: Vec<Document> = held(&pool, &new)
            .into_iter()
            .zip(0..)
            .map(|(document, n)| match n % 3 {
                0 => document,
                1 => Document { origin: Origin::default(), ..document },
                _ => Document { name: format!("new {}", document.name), origin: Origin::default(), ..document },
            })
            .collect();
        let mut new = new;
        new.sort_by(|x, y| x.name.cmp(&y.name));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("corpus.wcx");
        let mut last = Vec::new();
        for step in &steps {
            last = held(&pool, step);
            let done = indexed(&path, &last, &settings);
            prop_assert_eq!(done.documents, last.len() as u64);
        }
        let against = Scope::Against { reference: corpus_of(&last), among };
        let snapshot = Arc::new(Snapshot::open(&path).unwrap());
        prop_assert!(snapshot.verify(&|_| ()).is_ok());
        let by_index = Scope::AgainstIndex { index: snapshot, among };
        prop_assert_eq!(rows(&new, &by_index, &settings), rows(&new, &against, &settings));
    }
}

/// The rows of passages without what only a text tells.
fn spans(rows: &[String]) -> Vec<serde_json::Value> {
    let rows = rows.iter().filter(|row| row.starts_with("{\"type\":\"passage\""));
    let mut spans: Vec<serde_json::Value> = rows.map(|row| serde_json::from_str(row).unwrap()).collect();
    for row in &mut spans {
        let row = row.as_object_mut().unwrap();
        for column in ["a_text", "b_text", "edits", "typed_edits", "edit_kinds"] {
            assert!(row.remove(column).is_some());
        }
    }
    spans
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Without texts, an index tells the same places; the words are those of the new document.
    #[test]
    fn an_index_without_texts_tells_the_same_places(
        pool in corpus(),
        step in steps(),
        new in prop::collection::vec((any::<Index>(), 0_u8..3), 1..4),
    ) {
        prop_assume!(!pool.is_empty());
        let settings = Settings::default();
        let new: Vec<Document> = held(&pool, &new)
            .into_iter()
            .map(|document| Document { name: format!("new {}", document.name), origin: Origin::default(), ..document })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("corpus.wcx");
        let mut last = Vec::new();
        for step in &step {
            last = held(&pool, step);
            let now = "2026-01-01T00:00:00Z".to_owned();
            let choices = IndexChoices { prune: true, has_text: Some(false), now };
            index(&path, corpus_of(&last), Intake::in_memory(), &settings, &choices, &Silent).unwrap();
        }
        let snapshot = Arc::new(Snapshot::open(&path).unwrap());
        prop_assert!(snapshot.verify(&|_| ()).is_ok());
        let by_index = rows(&new, &Scope::AgainstIndex { index: snapshot, among: false }, &settings);
        let against = Scope::Against { reference: corpus_of(&last), among: false };
        prop_assert_eq!(spans(&by_index), spans(&rows(&new, &against, &settings)));
    }
}

#[test]
fn what_an_update_did_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corpus.wcx");
    let of = |names: &[(&str, &str)]| -> Vec<Document> {
        names.iter().map(|(name, text)| placed(document(name, *text))).collect()
    };
    let settings = Settings::default();
    let cases = [
        (of(&[("a", "one"), ("b", "two")]), (2, 0, 0, 0)),
        (of(&[("a", "one"), ("b", "two")]), (0, 0, 2, 0)),
        (of(&[("a", "one"), ("b", "three"), ("c", "four")]), (1, 1, 1, 0)),
        (of(&[("c", "four")]), (0, 0, 1, 2)),
        (of(&[]), (0, 0, 0, 1)),
        (of(&[("a", "one")]), (1, 0, 0, 0)),
    ];
    for (documents, (added, replaced, unchanged, removed)) in cases {
        let done = indexed(&path, &documents, &settings);
        let n = documents.len() as u64;
        assert_eq!(done, Indexed { added, replaced, unchanged, removed, documents: n });
        assert_eq!(u64::from(Snapshot::open(&path).unwrap().n_documents()), n);
    }
}
