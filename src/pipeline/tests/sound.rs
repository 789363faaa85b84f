//! What must hold of every analysis, counted again the slow way.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::fixture::{Dice, document, edited, salad};
use crate::model::{
    Analysis, Cluster, Corpus, DocId, Document, DocumentPair, EditCounts, Kind, Operation, Passage,
    TokenSpan, Tokens,
};
use crate::pipeline::tests::{analyse, analyse_in};
use crate::pipeline::{Scope, Settings};

/// Texts of statements (number, percent of words edited, seed of the edits) between words of their own.
fn text(index: usize, statements: &[(u64, usize, u64)]) -> String {
    let mut own = Dice::new(1_000 + index as u64);
    let mut words = Vec::new();
    for &(number, percent, seed) in statements {
        let gap = own.below(30);
        words.extend(salad(&mut own, gap));
        words.extend(edited(&salad(&mut Dice::new(number), 20), percent, &mut Dice::new(seed)));
    }
    words.join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the texts, the bounds and the scope, the tables are sound.
    #[test]
    fn every_analysis_is_sound(
        statements in prop::collection::vec(prop::collection::vec((0_u64..5, 0_usize..40, any::<u64>()), 0..6), 0..9),
        max_df in 1_usize..8,
        max_pairs in prop_oneof![0_usize..10, Just(10_000)],
        min_coverage in prop_oneof![Just(0.0), 0.0..0.9_f64],
        sides in prop::option::of(any::<u8>()),
    ) {
        let documents: Vec<Document> = statements
            .iter()
            .enumerate()
            .map(|(index, held)| {
                let source = Some(format!("outlet {}", index % 3));
                Document { source, ..document(&index.to_string(), text(index, held)) }
            })
            .collect();
        let settings = Settings { max_df, max_pairs, min_coverage, skip_same_source: true, ..Settings::default() };
        let Some(sides) = sides else {
            analyse(documents, &settings);
            return Ok(());
        };
        let (new, old): (Vec<_>, Vec<_>) =
            documents.into_iter().enumerate().partition(|(index, _)| sides >> index & 1 == 1);
        let [new, old] = [new, old].map(|side| side.into_iter().map(|(_, document)| document).collect());
        let reference = Corpus { documents: old, ..Corpus::default() };
        analyse_in(&Scope::Against { reference, among: false }, new, &settings);
    }
}

/// Asserts everything that holds of any analysis, whatever the texts and settings.
#[track_caller]
pub(crate) fn assert_sound(analysis: &Analysis) {
    let n = analysis.documents.len();
    assert_eq!((analysis.tokens.len(), analysis.facts.len()), (n, n));
    assert!(analysis.documents.is_sorted_by(|x, y| x.name < y.name), "documents in order of name");
    for passage in &analysis.passages {
        check_spans(analysis, passage);
        check_steps(analysis, passage);
        check_cluster_of(analysis, passage);
    }
    check_pairs(analysis);
    for (index, facts) in analysis.facts.iter().enumerate() {
        let counted = analysis.passages.iter().filter(|p| p.excluded.is_none());
        let words = naive_union(&analysis.tokens[index], &sides_in(DocId::new(index), counted));
        assert_eq!(facts.matched_words, words, "matched words of {}", analysis.documents[index].name);
        assert_eq!(facts.matched_share, share(words, &analysis.tokens[index]));
    }
    for cluster in &analysis.clusters {
        check_cluster(analysis, cluster);
    }
    check_ids(analysis);
}

fn share(part: u32, tokens: &Tokens) -> f64 {
    f64::from(part) / tokens.len().max(1) as f64
}

/// Token spans of one document's sides, without those of which not a fifth matches.
fn sides_in<'p>(doc: DocId, passages: impl Iterator<Item = &'p Passage>) -> Vec<TokenSpan> {
    passages
        .flat_map(|p| [(p.a_doc, p.a_tokens, p.matched_words), (p.b_doc, p.b_tokens, p.matched_words)])
        .filter(|side| side.0 == doc && side.2 * 5 >= side.1.len())
        .map(|side| side.1)
        .collect()
}

fn naive_union(tokens: &Tokens, spans: &[TokenSpan]) -> u32 {
    let mut held = vec![false; tokens.len()];
    for span in spans {
        held[span.range()].fill(true);
    }
    held.iter().filter(|&&held| held).count() as u32
}

#[track_caller]
fn check_spans(analysis: &Analysis, p: &Passage) {
    assert_ne!(p.a_doc, p.b_doc);
    for (doc, bytes, span) in [(p.a_doc, p.a, p.a_tokens), (p.b_doc, p.b, p.b_tokens)] {
        let (text, tokens) = (&analysis.documents[doc.index()].text, &analysis.tokens[doc.index()]);
        assert!(!span.is_empty() && span.end() as usize <= tokens.len(), "{span:?} of {}", tokens.len());
        assert_eq!(bytes, tokens.byte_span(span));
        let slice = text.get(bytes.range()).expect("a span lies in its text, on character boundaries");
        assert!(!slice.is_empty() && slice == slice.trim(), "{slice:?}");
    }
}

#[track_caller]
fn check_steps(analysis: &Analysis, p: &Passage) {
    let (a, b) = (&analysis.tokens[p.a_doc.index()].keys, &analysis.tokens[p.b_doc.index()].keys);
    let mut here = p.a_tokens.start();
    let mut b_chain = p.b_tokens.start();
    let (mut counts, mut matched) = (EditCounts::default(), 0);
    for step in &p.steps {
        assert_eq!(step.a.start(), here, "the steps go through a without gap or overlap: {:?}", p.steps);
        here = step.a.end();
        match step.operation {
            Operation::Equal | Operation::Move => {
                assert!(!step.a.is_empty());
                assert_eq!(a[step.a.range()], b[step.b.range()], "equal words: {step:?}");
                matched += step.a.len();
            }
            Operation::Insert => assert!(step.a.is_empty() && !step.b.is_empty(), "{step:?}"),
            Operation::Delete => assert!(!step.a.is_empty() && step.b.is_empty(), "{step:?}"),
            Operation::Replace => assert!(!step.a.is_empty() && !step.b.is_empty(), "{step:?}"),
        }
        let both = step.a.len().min(step.b.len());
        match step.operation {
            Operation::Move => counts.moved += step.a.len(),
            Operation::Equal => {
                assert!(b_chain <= step.b.start(), "the main chain rises on both sides: {:?}", p.steps);
                b_chain = step.b.end();
            }
            Operation::Insert | Operation::Delete | Operation::Replace => {
                counts.replaced += both;
                counts.deleted += step.a.len() - both;
                counts.inserted += step.b.len() - both;
            }
        }
    }
    assert_eq!(here, p.a_tokens.end(), "the steps end where a ends: {:?}", p.steps);
    let mut b_sides: Vec<TokenSpan> = p.steps.iter().map(|s| s.b).filter(|s| !s.is_empty()).collect();
    b_sides.sort_unstable();
    let b_end = b_sides.iter().fold(p.b_tokens.start(), |reach, side| {
        assert_eq!(side.start(), reach, "the steps cover b without gap or overlap: {:?}", p.steps);
        side.end()
    });
    assert_eq!(b_end, p.b_tokens.end(), "the steps end where b ends: {:?}", p.steps);
    assert_eq!(p.matched_words, matched);
    assert!(matched > counts.moved, "something stays in its place: {:?}", p.steps);
    let told = EditCounts { numbers_changed: 0, names_changed: 0, ..p.edits };
    assert_eq!(told, counts, "edits told and counted: {:?}", p.steps);
    let edited = p.edits.inserted + p.edits.deleted + p.edits.replaced * 2;
    assert!(p.edits.numbers_changed + p.edits.names_changed <= edited, "{:?}", p.edits);
    check_figures(p);
    check_blocks(p);
}

/// Blocks follow each other from one end of the passage to the other, on both sides.
#[track_caller]
fn check_blocks(p: &Passage) {
    let (Some(first), Some(last)) = (p.blocks.first(), p.blocks.last()) else { return };
    assert!(p.blocks.len() > 1, "one block is no part: {:?}", p.blocks);
    assert_eq!(first.a.hull(last.a), p.a_tokens);
    assert_eq!(first.b.hull(last.b), p.b_tokens);
    assert!(p.blocks.is_sorted_by(|x, y| x.a.end() <= y.a.start() && x.b.end() <= y.b.start()));
    assert!(p.blocks.iter().all(|block| !block.a.is_empty() && !block.b.is_empty() && block.bits > 0.0));
}

#[track_caller]
fn check_figures(p: &Passage) {
    let identity = 2.0 * f64::from(p.matched_words) / f64::from(p.a_tokens.len() + p.b_tokens.len());
    assert_eq!(p.identity, identity);
    assert!(0.0 < p.identity && p.identity <= 1.0, "identity {}", p.identity);
    assert!((1..=p.matched_words).contains(&p.longest_run), "{} of {}", p.longest_run, p.matched_words);
    assert!(p.bits.is_finite() && p.bits > 0.0, "{} bits", p.bits);
    if p.kind == Kind::Verbatim {
        assert_eq!((p.edits, p.identity, p.steps.len()), (EditCounts::default(), 1.0, 1));
    }
}

/// Both sides of a passage are witnesses of its cluster.
#[track_caller]
fn check_cluster_of(analysis: &Analysis, p: &Passage) {
    let cluster = &analysis.clusters[p.cluster.expect("every passage has a cluster")];
    for (doc, span) in [(p.a_doc, p.a_tokens), (p.b_doc, p.b_tokens)] {
        assert!(
            cluster.witnesses.iter().any(|w| w.doc == doc && w.tokens.overlap(span) > 0),
            "tokens {span:?} of {} are no witness of {:?}",
            analysis.documents[doc.index()].name,
            cluster.witnesses
        );
    }
}

#[track_caller]
fn check_pairs(analysis: &Analysis) {
    assert!(analysis.pairs.is_sorted_by(|x, y| (x.a, x.b) < (y.a, y.b)), "pairs in order of documents");
    let mut next = 0;
    for pair in &analysis.pairs {
        assert_eq!(pair.passages.start, next, "every passage belongs to one pair");
        assert!(!pair.passages.is_empty());
        next = pair.passages.end;
        check_pair(analysis, pair);
    }
    assert_eq!(next, analysis.passages.len());
}

#[track_caller]
fn check_pair(analysis: &Analysis, pair: &DocumentPair) {
    let passages = &analysis.passages[pair.passages.clone()];
    assert!(passages.iter().all(|p| (p.a_doc, p.b_doc) == (pair.a, pair.b)));
    assert!(passages.is_sorted_by(|x, y| (x.a_tokens, x.b_tokens) < (y.a_tokens, y.b_tokens)));
    let counted = || passages.iter().filter(|p| p.excluded.is_none());
    assert_eq!(pair.matched_words, counted().map(|p| p.matched_words).sum::<u32>());
    assert_eq!(pair.longest_words, counted().map(|p| p.matched_words).max().unwrap_or(0));
    let all_words: u32 = passages.iter().map(|p| p.matched_words).sum();
    assert_eq!(pair.excluded_words, all_words - pair.matched_words);
    let sides =
        [(pair.a, pair.a_coverage, pair.a_coverage_all), (pair.b, pair.b_coverage, pair.b_coverage_all)];
    for (doc, coverage, all) in sides {
        let tokens = &analysis.tokens[doc.index()];
        assert_eq!(coverage, share(naive_union(tokens, &sides_in(doc, counted())), tokens));
        assert_eq!(all, share(naive_union(tokens, &sides_in(doc, passages.iter())), tokens));
        assert!(0.0 <= coverage && coverage <= all && all <= 1.0, "{coverage} of {all}");
    }
    assert_eq!(pair.near_duplicate, pair.a_coverage.min(pair.b_coverage) >= 0.8);
}

#[track_caller]
fn check_cluster(analysis: &Analysis, cluster: &Cluster) {
    assert!(cluster.representative < cluster.witnesses.len());
    let mut places = BTreeSet::new();
    let mut lengths: Vec<u32> = Vec::new();
    for witness in &cluster.witnesses {
        let tokens = &analysis.tokens[witness.doc.index()];
        assert!(!witness.tokens.is_empty() && witness.tokens.end() as usize <= tokens.len());
        assert_eq!(witness.span, tokens.byte_span(witness.tokens));
        assert!((0.0..=1.0).contains(&witness.identity_to_representative));
        assert!(places.insert((witness.doc, witness.tokens)), "a place is one witness");
        lengths.push(witness.tokens.len());
    }
    assert_eq!(cluster.witnesses[cluster.representative].identity_to_representative, 1.0);
    let docs: BTreeSet<DocId> = cluster.witnesses.iter().map(|w| w.doc).collect();
    let sources: BTreeSet<&String> =
        docs.iter().filter_map(|doc| analysis.documents[doc.index()].source.as_ref()).collect();
    assert_eq!((cluster.n_docs, cluster.n_sources), (docs.len() as u32, sources.len() as u32));
    assert!(cluster.n_docs > 1, "a statement in one document is no cluster");
    lengths.sort_unstable();
    let (low, high) = (lengths[(lengths.len() - 1) / 2], lengths[lengths.len() / 2]);
    assert_eq!(cluster.words_median, f64::from(low + high) / 2.0);
}

/// Names are unique, so that a table can be joined on them.
#[track_caller]
fn check_ids(analysis: &Analysis) {
    let pairs: BTreeSet<_> = analysis.pairs.iter().map(|pair| pair.id).collect();
    assert_eq!(pairs.len(), analysis.pairs.len(), "pair ids");
    let passages: BTreeSet<_> = analysis.passages.iter().map(|passage| passage.id).collect();
    assert_eq!(passages.len(), analysis.passages.len(), "passage ids");
    let clusters: BTreeSet<_> = analysis.clusters.iter().map(|cluster| cluster.id).collect();
    assert_eq!(clusters.len(), analysis.clusters.len(), "cluster ids");
}
