//! Statements with many carriers: none is lost, none is fused with another.

use std::collections::BTreeSet;

use crate::fixture::{Dice, document, edited, salad};
use crate::model::{Analysis, Cluster, Corpus, Document};
use crate::pipeline::tests::{analyse, analyse_in};
use crate::pipeline::{Scope, Settings};

/// `n` documents that each carry one statement of 60 words amid 80 words of their own; copies have up to 5 % of
/// their words edited.
fn carriers(n: usize) -> Vec<Document> {
    let statement = salad(&mut Dice::new(1), 60);
    (0..n)
        .map(|index| {
            let mut dice = Dice::new(1_000 + index as u64);
            let mut words = salad(&mut dice, 40);
            words.extend(edited(&statement, index % 6, &mut dice));
            words.extend(salad(&mut dice, 40));
            document(&format!("{index:04}"), words.join(" "))
        })
        .collect()
}

fn carrier_names<'d>(analysis: &'d Analysis, cluster: &Cluster) -> BTreeSet<&'d str> {
    cluster.witnesses.iter().map(|w| analysis.documents[w.doc.index()].name.as_str()).collect()
}

#[track_caller]
fn check_one_cluster(analysis: &Analysis) {
    let all: BTreeSet<&str> = analysis.documents.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(analysis.clusters.len(), 1);
    let cluster = &analysis.clusters[0];
    assert_eq!(carrier_names(analysis, cluster), all);
    assert_eq!(cluster.witnesses.len(), all.len(), "one witness a document");
    // Ends may move out to a sentence's, and function words meet by chance.
    assert!((58.0..=64.0).contains(&cluster.words_median), "{} words", cluster.words_median);
    for witness in &cluster.witnesses {
        let len = witness.tokens.len();
        assert!((52..=80).contains(&len), "{len} words of {}", witness.doc.index());
        assert!(witness.identity_to_representative > 0.75, "{}", witness.identity_to_representative);
    }
}

#[test]
fn popular_statements_keep_every_carrier_and_every_pair() {
    let wide = Settings { max_df: 50, max_pairs: 10_000, ..Settings::default() };
    // On either side of where pairs are linked through anchors, and the most carriers whose pairs are all written.
    for (settings, sizes) in
        [(&wide, &[49, 50, 51, 100, 101][..]), (&Settings::default(), &[2, 3, 15, 16, 17, 45])]
    {
        for &n in sizes {
            let analysis = analyse(carriers(n), settings);
            check_one_cluster(&analysis);
            assert_eq!(analysis.pairs.len(), n * (n - 1) / 2, "{n} carriers");
            assert_eq!(analysis.bounds, [], "{n} carriers");
        }
    }
}

#[test]
fn by_default_all_pairs_of_forty_five_carriers_are_written_and_of_more_not() {
    let analysis = analyse(carriers(46), &Settings::default());
    check_one_cluster(&analysis);
    assert!(analysis.pairs.len() < 46 * 45 / 2, "{} pairs", analysis.pairs.len());
    let names: Vec<&str> = analysis.bounds.iter().map(|bound| bound.name.as_str()).collect();
    assert_eq!(names, ["max_pairs"]);
}

#[test]
fn beyond_the_most_pairs_the_members_stay_complete_and_the_bound_is_told() {
    for (n, max_pairs) in [(60, 100), (300, 400)] {
        let settings = Settings { max_pairs, ..Settings::default() };
        let analysis = analyse(carriers(n), &settings);
        check_one_cluster(&analysis);
        let [bound] = &analysis.bounds[..] else { panic!("{:?}", analysis.bounds) };
        assert_eq!((bound.name.as_str(), bound.count), ("max_pairs", 1));
        assert!(bound.message.contains(&max_pairs.to_string()), "{}", bound.message);
        // Of the representative and of consecutive members at least, the strongest at most besides.
        assert!(analysis.pairs.len() >= n - 1, "{} pairs", analysis.pairs.len());
        assert!(analysis.pairs.len() <= max_pairs + 2 * n, "{} pairs", analysis.pairs.len());
        let cluster = &analysis.clusters[0];
        let representative = cluster.witnesses[cluster.representative].doc;
        let paired = |x, y| analysis.pairs.iter().any(|p| (p.a, p.b) == (x, y) || (p.b, p.a) == (x, y));
        for window in cluster.witnesses.windows(2) {
            assert!(paired(window[0].doc, window[1].doc), "consecutive members");
            assert!(window[1].doc == representative || paired(representative, window[1].doc));
        }
    }
}

#[test]
fn anchors_change_nothing_but_the_work() {
    let with = |max_df| analyse(carriers(30), &Settings { max_df, ..Settings::default() });
    let all = with(30);
    for max_df in [5, Settings::default().max_df, 29] {
        let anchored = with(max_df);
        assert_eq!(all.passages, anchored.passages, "{max_df}");
        assert_eq!(all.clusters, anchored.clusters, "{max_df}");
    }
}

/// Documents that hold statements (numbers, each 40 words) between words of their own.
fn holding(statements: &[&[u64]]) -> Vec<Document> {
    statements
        .iter()
        .enumerate()
        .map(|(index, held)| {
            let mut dice = Dice::new(500 + index as u64);
            let mut words = salad(&mut dice, 50);
            for &statement in *held {
                words.extend(salad(&mut Dice::new(statement), 40));
                words.extend(salad(&mut dice, 50));
            }
            document(&format!("{index}"), words.join(" "))
        })
        .collect()
}

fn clusters_by_name(analysis: &Analysis) -> BTreeSet<Vec<&str>> {
    analysis.clusters.iter().map(|c| carrier_names(analysis, c).into_iter().collect()).collect()
}

#[test]
fn documents_that_share_different_statements_do_not_chain() {
    let analysis = analyse(holding(&[&[1], &[1, 2], &[2, 3], &[3]]), &Settings::default());
    let expected = [vec!["0", "1"], vec!["1", "2"], vec!["2", "3"]];
    assert_eq!(clusters_by_name(&analysis), expected.into());
}

#[test]
fn neighbouring_statements_are_clusters_of_their_own_where_carriers_differ() {
    // In document 0 the statements stand side by side; others carry one of them.
    let one = salad(&mut Dice::new(1), 40).join(" ");
    let two = salad(&mut Dice::new(2), 40).join(" ");
    let mut documents = vec![document("0", format!("{one} {two}"))];
    for (name, text) in [("1", &one), ("2", &one), ("3", &two), ("4", &two)] {
        let own =
            salad(&mut Dice::new(name.len() as u64 * 100 + u64::from(name.as_bytes()[0])), 60).join(" ");
        documents.push(document(name, format!("{own} {text}")));
    }
    let analysis = analyse(documents, &Settings::default());
    assert_eq!(clusters_by_name(&analysis), [vec!["0", "1", "2"], vec!["0", "3", "4"]].into());
}

/// Clusters of four articles: two hold all `statements` in one order, the first with a sentence of its own after the
/// first of them; the others hold one statement each.
fn clusters_of_a_run(statements: &[u64]) -> BTreeSet<Vec<String>> {
    let words = |seed: u64, len: usize| salad(&mut Dice::new(seed), len).join(" ");
    let held: Vec<String> = statements.iter().map(|&seed| words(seed, 40)).collect();
    let texts = [
        format!("{} {} {}", held[0], words(90, 12), held[1..].join(" ")),
        held.join(" "),
        format!("{} {}", words(91, 60), held[0]),
        format!("{} {}", words(92, 60), held[1]),
    ];
    let documents = texts.iter().zip(["0", "1", "2", "3"]).map(|(text, name)| document(name, text.as_str()));
    let analysis = analyse(documents.collect(), &Settings::default());
    let blocks: Vec<usize> = analysis.passages.iter().map(|passage| passage.blocks.len()).collect();
    assert_eq!(blocks[0], 2, "the run");
    assert!(blocks[1..].iter().all(|&n| n == 0), "{blocks:?}");
    clusters_by_name(&analysis)
        .into_iter()
        .map(|names| names.into_iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_statement_inside_a_long_run_has_all_its_carriers_in_one_cluster() {
    let names = |clusters: &[&[&str]]| -> BTreeSet<Vec<String>> {
        clusters.iter().map(|names| names.iter().map(|&name| name.to_owned()).collect()).collect()
    };
    assert_eq!(clusters_of_a_run(&[1, 2, 3]), names(&[&["0", "1"], &["0", "1", "2"], &["0", "1", "3"]]));
    // Half a run passes for the place of the run, so that two statements of one length are one cluster with it: wrong.
    assert_eq!(clusters_of_a_run(&[1, 2]), names(&[&["0", "1", "2", "3"]]));
}

#[test]
fn drifting_versions_stay_close_to_their_representative() {
    // Each version edits the one before: neighbours are near, the ends share little.
    let mut words = salad(&mut Dice::new(3), 80);
    let documents: Vec<Document> = (0..24)
        .map(|index| {
            let mut dice = Dice::new(700 + index);
            let before = salad(&mut dice, 40).join(" ");
            let text = format!("{before} {}", words.join(" "));
            words = edited(&words, 12, &mut dice);
            document(&format!("{index:02}"), text)
        })
        .collect();
    let analysis = analyse(documents, &Settings::default());
    assert!(analysis.clusters.len() > 1, "the first version and the last are not one statement");
    for witness in analysis.clusters.iter().flat_map(|cluster| &cluster.witnesses) {
        assert!(witness.identity_to_representative >= 0.2, "{}", witness.identity_to_representative);
    }
}

#[test]
fn a_reprint_and_a_short_quotation_from_it_are_two_statements() {
    let article = salad(&mut Dice::new(4), 300);
    let quotation = article[100..130].join(" ");
    let own = |seed| salad(&mut Dice::new(seed), 80).join(" ");
    let documents = vec![
        document("0", article.join(" ")),
        document("1", format!("{} {}", own(41), article.join(" "))),
        document("2", format!("{} {quotation} {}", own(42), own(43))),
        document("3", format!("{} {quotation} {}", own(44), own(45))),
    ];
    let analysis = analyse(documents, &Settings::default());
    let sizes: BTreeSet<(u32, bool)> =
        analysis.clusters.iter().map(|c| (c.n_docs, c.words_median > 200.0)).collect();
    assert_eq!(sizes, [(2, true), (4, false)].into());
}

#[test]
fn cluster_names_do_not_change_when_an_unrelated_document_is_added() {
    let documents = holding(&[&[1, 2], &[2, 1], &[2], &[3], &[3, 1]]);
    let before = analyse(documents.clone(), &Settings::default());
    for name in ["", "1b", "zzz"] {
        let mut more = documents.clone();
        more.push(document(name, salad(&mut Dice::new(9_000), 200).join(" ")));
        let after = analyse(more, &Settings::default());
        let ids = |analysis: &Analysis| analysis.clusters.iter().map(|c| c.id).collect::<Vec<_>>();
        assert_eq!(ids(&before), ids(&after), "{name:?}");
        let ids = |analysis: &Analysis| analysis.passages.iter().map(|p| p.id).collect::<BTreeSet<_>>();
        assert_eq!(ids(&before), ids(&after), "{name:?}");
    }
}

#[test]
fn every_new_document_keeps_a_pair_of_a_widely_carried_statement() {
    let (reference, new): (Vec<_>, Vec<_>) =
        carriers(90).into_iter().enumerate().partition(|(index, _)| index % 3 > 0);
    let documents =
        |of: Vec<(usize, Document)>| of.into_iter().map(|(_, document)| document).collect::<Vec<_>>();
    let (reference, new) = (documents(reference), documents(new));
    for (max_pairs, among) in [(10, false), (10, true), (100_000, false)] {
        let reference = Corpus { documents: reference.clone(), ..Corpus::default() };
        let scope = Scope::Against { reference, among };
        let settings = Settings { max_pairs, ..Settings::default() };
        let analysis = analyse_in(&scope, new.clone(), &settings);
        let paired: BTreeSet<&str> = analysis
            .pairs
            .iter()
            .filter(|pair| new.iter().all(|it| it.name != analysis.documents[pair.b.index()].name))
            .map(|pair| analysis.documents[pair.a.index()].name.as_str())
            .collect();
        assert_eq!(
            paired,
            new.iter().map(|document| document.name.as_str()).collect(),
            "{max_pairs} {among}"
        );
        let is_cut = analysis.bounds.iter().any(|bound| bound.name == "max_pairs");
        assert_eq!(is_cut, max_pairs == 10);
        assert_eq!(analysis.pairs.len() == 30 * 60, max_pairs > 10, "{} pairs", analysis.pairs.len());
    }
}
