//! What is put away comes back: a run without memory gives what a run with plenty of it gives.

use std::fs;

use proptest::prelude::*;

use crate::error::Error;
use crate::fixture::{Dice, document, edited, salad};
use crate::model::{Analysis, Corpus, Document, RunFacts, Silent, Statistics};
use crate::pipeline::memory::Budget;
use crate::pipeline::{Means, Run, Scope, Settings};
use crate::report::{Format, RenderOptions, write};
use crate::store::{Folder, StoreError};

/// What a run with this budget finds, timings apart; in JSON Lines and as lists.
fn found(
    documents: &[Document],
    scope: &Scope,
    settings: &Settings,
    budget: Option<Budget>,
) -> (String, Analysis) {
    let corpus = Corpus { documents: documents.to_vec(), ..Corpus::default() };
    let run = Run::new(corpus, scope, settings, Means::default(), &Silent, budget).unwrap();
    assert_eq!(matches!(run.texts, crate::store::Texts::Here(_)), budget.is_none());
    let mut comparison = run.finish().unwrap();
    *comparison.run_mut() = RunFacts::default();
    let mut written = Vec::new();
    for format in [Format::Jsonl, Format::Json, Format::Csv, Format::Markdown, Format::Text] {
        write(&comparison, format, &RenderOptions::default(), &mut written).unwrap();
    }
    (String::from_utf8(written).unwrap(), comparison.into_analysis().unwrap())
}

/// Documents that carry edited versions of some of a few statements, copies among them, one too long for one segment.
pub(super) fn corpus() -> impl Strategy<Value = Vec<Document>> {
    let carried = prop::collection::vec((0_u64..4, 0_usize..30), 0..4);
    prop::collection::vec((carried, 0_u64..6), 0..12).prop_map(|documents| {
        let text = |(carried, own): &(Vec<(u64, usize)>, u64)| {
            let mut dice = Dice::new(1_000 + own);
            let mut words = salad(&mut dice, 30);
            for &(statement, percent) in carried {
                words.extend(edited(&salad(&mut Dice::new(statement), 40), percent, &mut dice));
                words.extend(salad(&mut dice, if *own == 5 { 5_000 } else { 20 }));
            }
            words.join(" ")
        };
        let named = documents.iter().enumerate();
        named
            .map(|(index, it)| {
                let source = (index % 3 > 0).then(|| format!("outlet {}", index % 3));
                Document { source, ..document(&format!("{index:02}"), text(it)) }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_run_on_disk_finds_what_a_run_in_memory_finds(
        documents in corpus(),
        corpus_statistics in any::<bool>(),
        max_df in 2_usize..6,
        max_pairs in 2_usize..20,
        n_new in 0_usize..6,
    ) {
        let statistics = if corpus_statistics { Statistics::Corpus } else { Statistics::Builtin };
        let settings = Settings { statistics, max_df, max_pairs, ..Settings::default() };
        let (new, reference) = documents.split_at(n_new.min(documents.len()));
        let scope = match n_new {
            0 => Scope::AllPairs,
            _ => Scope::Against {
                reference: Corpus { documents: reference.to_vec(), ..Corpus::default() },
                among: max_df % 2 == 0,
            },
        };
        let compared = if n_new == 0 { &documents[..] } else { new };
        let in_memory = found(compared, &scope, &settings, None);
        let on_disk = found(compared, &scope, &settings, Some(Budget::tiny()));
        prop_assert_eq!(in_memory.0, on_disk.0);
        prop_assert_eq!(in_memory.1, on_disk.1);
    }
}

#[test]
fn a_full_disk_stops_the_run_in_words_that_help() {
    let texts = (0..20).map(|n| document(&n.to_string(), salad(&mut Dice::new(n), 200).join(" ")));
    let corpus = Corpus { documents: texts.collect(), ..Corpus::default() };
    let folder = tempfile::tempdir().unwrap();
    // Enough for the texts, or for them and the tokens, but not for all.
    for limit in [1_000, 20_000, 60_000] {
        let settings = Settings::default();
        let mut run =
            Run::new(corpus.clone(), &Scope::AllPairs, &settings, Means::default(), &Silent, None).unwrap();
        run.budget = Budget::tiny();
        run.store = run.budget.store(Folder::limited(folder.path(), limit));
        let texts = std::mem::replace(&mut run.texts, crate::store::Texts::Here(Vec::new()));
        let outcome = texts.put_away(&run.store).map_err(Error::from).and_then(|texts| {
            run.texts = texts;
            run.finish().map(drop)
        });
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::Store(StoreError::Full { .. })), "{limit}: {error}");
        assert!(error.to_string().contains(&folder.path().display().to_string()), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
