//! Input that would hang an engine with a quadratic step: it must come through, and what was bounded is told.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::Error;
use crate::fixture::{Dice, document, salad};
use crate::model::{Analysis, Corpus, Document, Observer, Silent, Stage};
use crate::pipeline::tests::{analyse, analyse_two, texts};
use crate::pipeline::{Scope, Settings, compare};

fn bound_names(analysis: &Analysis) -> Vec<&str> {
    analysis.bounds.iter().map(|bound| bound.name.as_str()).collect()
}

#[test]
fn one_word_two_hundred_thousand_times() {
    let repeated = |n| "zeppelin ".repeat(n);
    let analysis = analyse_two(&repeated(200_000), &repeated(199_999));
    assert_eq!(bound_names(&analysis), ["repeated_shingles"]);
}

const SENTENCE: &str =
    "Smugglers hid emeralds inside hollow pumpkins bound for the Rotterdam flower auction.";

#[test]
fn one_paragraph_five_thousand_times_is_found_where_it_begins() {
    let paragraph = format!(
        "{SENTENCE} Sniffer beagles noticed nothing, yet a bored florist weighed three crates and telephoned the \
         coastguard. Detectives now question growers, hauliers and a retired goldsmith from Maastricht."
    );
    let own = salad(&mut Dice::new(1), 60).join(" ");
    let analysis = analyse_two(&format!("{paragraph} ").repeat(5_000), &format!("{own} {paragraph}"));
    assert_eq!(bound_names(&analysis), ["repeated_shingles"]);
    let first = analysis.passages.first().map(|passage| (passage.a.start(), texts(&analysis, passage).1));
    assert_eq!(first, Some((0, paragraph.trim_end_matches('.'))));
}

#[test]
fn one_sentence_many_times_is_found_while_its_words_are_rare_in_the_text() {
    let found = |times: usize| {
        let own = salad(&mut Dice::new(times as u64), 60).join(" ");
        let analysis = analyse_two(&format!("{SENTENCE} ").repeat(times), &format!("{own} {SENTENCE}"));
        !analysis.passages.is_empty()
    };
    for times in [1, 2, 4, 5] {
        assert!(found(times), "{times} times");
    }
    // Words that fill a text count little, so twelve of them stay below the least evidence: today's answer, and not
    // the one a reader expects.
    assert!(!found(5_000));
}

#[test]
fn two_long_texts_that_share_two_hundred_words() {
    let shared = salad(&mut Dice::new(1), 200).join(" ");
    let text = |seed, before: usize| {
        let (head, tail) =
            (salad(&mut Dice::new(seed), before), salad(&mut Dice::new(seed + 1), 60_000 - before));
        format!("{} {shared} {}", head.join(" "), tail.join(" "))
    };
    let analysis = analyse_two(&text(10, 45_000), &text(20, 3_950));
    let found: Vec<_> = analysis.passages.iter().map(|p| texts(&analysis, p)).collect();
    let bare = shared.trim_end_matches('.');
    assert_eq!(found, [(bare, bare)]);
}

#[test]
fn two_long_texts_that_are_versions_of_each_other_are_one_passage() {
    let words = salad(&mut Dice::new(1), 30_000);
    let edited = crate::fixture::edited(&words, 3, &mut Dice::new(2));
    let analysis = analyse_two(&words.join(" "), &edited.join(" "));
    assert_eq!(analysis.passages.len(), 1);
    assert!(analysis.pairs[0].a_coverage > 0.99 && analysis.pairs[0].b_coverage > 0.99);
    assert!(analysis.passages[0].identity > 0.95);
}

#[test]
fn three_thousand_identical_texts() {
    let text = salad(&mut Dice::new(1), 120).join(" ");
    let documents: Vec<Document> = (0..3_000).map(|i| document(&format!("{i:04}"), text.clone())).collect();
    let analysis = analyse(documents, &Settings::default());
    assert_eq!(bound_names(&analysis), ["max_pairs"]);
    assert_eq!(analysis.clusters.iter().map(|c| c.n_docs).collect::<Vec<_>>(), [3_000]);
    assert!(analysis.passages.len() < 10_000, "{} passages", analysis.passages.len());
}

#[test]
fn two_thousand_texts_of_one_word() {
    let documents: Vec<Document> = (0..2_000)
        .map(|i| document(&format!("{i:04}"), if i % 2 == 0 { "heron" } else { "Stork." }))
        .collect();
    let analysis = analyse(documents, &Settings::default());
    assert_eq!((analysis.passages.len(), analysis.bounds.len()), (0, 0));
}

/// Stops a run when it was asked more than some number of times.
struct Patience(AtomicU32);

impl Observer for Patience {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
    fn is_cancelled(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(1)))
            == Ok(0)
    }
}

#[test]
fn a_run_stopped_anywhere_is_cancelled_and_never_half_a_result() {
    let text = |seed| {
        format!("{} {}", salad(&mut Dice::new(seed), 40).join(" "), salad(&mut Dice::new(1), 40).join(" "))
    };
    let run = |observer: &dyn Observer| {
        let documents = vec![document("a", text(10)), document("b", text(11)), document("c", text(12))];
        let settings = Settings { threads: 1, ..Settings::default() };
        compare(Corpus { documents, ..Corpus::default() }, &Scope::AllPairs, &settings, observer)
    };
    let whole = run(&Silent).unwrap();
    assert_eq!(whole.pairs.len(), 3);
    let mut cancelled = 0;
    for patience in 0..40 {
        match run(&Patience(AtomicU32::new(patience))) {
            Err(error) => {
                assert!(matches!(error, Error::Cancelled), "{error}");
                assert!(cancelled == patience, "once it runs through, more patience changes nothing");
                cancelled += 1;
            }
            Ok(analysis) => assert_eq!(analysis.passages, whole.passages),
        }
    }
    assert!((3..40).contains(&cancelled), "{cancelled}");
}
