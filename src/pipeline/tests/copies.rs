//! Exact copies: found first, and present in every table as if compared.

use crate::fixture::{Dice, document, salad};
use crate::model::{Analysis, Document, Kind, Precision, Published, Tag};
use crate::pipeline::tests::{analyse, analyse_in};
use crate::pipeline::{Scope, Settings};

/// `n` copies of a text of three paragraphs, one document that shares its second paragraph, one that shares nothing.
fn copies(n: usize) -> Vec<Document> {
    let paragraph = |seed| salad(&mut Dice::new(seed), 60).join(" ");
    let text = [1, 2, 3].map(paragraph).join("\n\n");
    let mut documents: Vec<Document> =
        (0..n).map(|i| document(&format!("copy-{i:04}"), text.clone())).collect();
    documents.push(document("sharer", format!("{}\n\n{}", paragraph(4), paragraph(2))));
    documents.push(document("stranger", paragraph(5)));
    documents
}

#[track_caller]
fn check_facts(analysis: &Analysis, n: usize) {
    for (index, facts) in analysis.facts.iter().enumerate() {
        let expected = (1..n).contains(&index).then_some("copy-0000");
        assert_eq!(facts.exact_copy_of.as_deref(), expected, "{}", analysis.documents[index].name);
        let share = if index < n { 1.0 } else { facts.matched_share };
        assert_eq!(facts.matched_share, share);
    }
    assert_eq!(analysis.facts[n + 1].matched_words, 0);
    let sizes: Vec<u32> = analysis.clusters.iter().map(|cluster| cluster.n_docs).collect();
    assert_eq!(sizes, [n as u32 + 1, n as u32], "the shared paragraph, and the whole text");
}

#[test]
fn copies_are_paired_with_each_other_and_with_all_that_share_a_paragraph() {
    for n in [2, 3, 5, 40] {
        let analysis = analyse(copies(n), &Settings::default());
        check_facts(&analysis, n);
        let of_copies: Vec<_> = analysis.passages.iter().filter(|p| p.b_doc.index() < n).collect();
        assert_eq!(of_copies.len(), n * (n - 1) / 2);
        for passage in of_copies {
            assert_eq!((passage.kind, passage.matched_words), (Kind::Verbatim, 180));
            assert!(passage.tags.iter().any(|(tag, _)| *tag == Tag::ExactCopy), "{:?}", passage.tags);
        }
        let of_sharer: Vec<_> = analysis.passages.iter().filter(|p| p.b_doc.index() == n).collect();
        assert_eq!(of_sharer.len(), n, "the paragraph is attached to every copy");
        for passage in of_sharer {
            assert_eq!((passage.kind, passage.matched_words), (Kind::Verbatim, 60));
            assert_eq!((passage.a_tokens.start(), passage.b_tokens.start()), (60, 60));
            assert_eq!(passage.tags, []);
        }
        assert_eq!(analysis.bounds, []);
    }
}

#[test]
fn five_hundred_copies_make_complete_clusters_and_limited_pairs() {
    let settings = Settings { max_pairs: 2_000, ..Settings::default() };
    let analysis = analyse(copies(500), &settings);
    check_facts(&analysis, 500);
    assert_eq!(
        analysis.bounds.iter().map(|b| (b.name.as_str(), b.count)).collect::<Vec<_>>(),
        [("max_pairs", 2)]
    );
    assert!((500..6_000).contains(&analysis.passages.len()), "{} passages", analysis.passages.len());
}

#[test]
fn identical_texts_too_short_to_matter_are_copies_without_a_passage() {
    for text in ["word", "Word!", "at the end of the day"] {
        let documents = (0..4).map(|i| document(&format!("{i}"), text)).collect();
        let analysis = analyse(documents, &Settings::default());
        assert_eq!((analysis.passages.len(), analysis.clusters.len()), (0, 0), "{text}");
        assert_eq!(analysis.facts[3].exact_copy_of.as_deref(), Some("0"), "{text}");
    }
    let empty = (0..4).map(|i| document(&format!("{i}"), "")).collect();
    let analysis = analyse(empty, &Settings::default());
    assert!(analysis.facts.iter().all(|facts| facts.exact_copy_of.is_none()));
}

#[test]
fn a_text_in_other_typography_is_a_copy_and_in_other_word_forms_is_not() {
    let text =
        "Inspectors visited seven bakeries, sealed two ovens and confiscated mouldy raisins from the cellar.";
    let cases = [
        (text.to_uppercase(), true),
        (text.replace(' ', "\n"), true),
        (text.replace("visited", "visit"), false),
    ];
    for (other, is_copy) in cases {
        let analysis = analyse(vec![document("a", text), document("b", other.clone())], &Settings::default());
        let [passage] = &analysis.passages[..] else { panic!("{other}: {:?}", analysis.passages) };
        let kind = if is_copy { Kind::Verbatim } else { Kind::Edited };
        assert_eq!(passage.kind, kind, "{other}");
        assert_eq!(passage.tags.iter().any(|(tag, _)| *tag == Tag::ExactCopy), is_copy, "{other}");
        assert_eq!(analysis.facts[1].exact_copy_of.is_some(), is_copy, "{other}");
    }
}

#[test]
fn the_wording_has_one_fingerprint_however_it_was_found() {
    let text = salad(&mut Dice::new(1), 80).join(" ");
    let longer = format!("{} {text}", salad(&mut Dice::new(2), 80).join(" "));
    let documents = vec![document("a", text.clone()), document("b", text), document("c", longer)];
    let analysis = analyse(documents, &Settings::default());
    let found: Vec<_> = analysis.passages.iter().map(|p| (p.matched_words, p.fingerprint)).collect();
    assert_eq!(found, [(80, analysis.passages[0].fingerprint); 3]);
}

#[test]
fn copies_come_out_alike_whether_folded_or_compared() {
    let at = Some(Published { seconds: 0, precision: Precision::Day, zone_known: true });
    let documents: Vec<Document> =
        copies(4).into_iter().map(|document| Document { published: at, ..document }).collect();
    let folded = analyse(documents.clone(), &Settings::default());
    let places = |analysis: &Analysis| -> Vec<_> {
        analysis.passages.iter().map(|p| (p.a_doc, p.b_doc, p.a, p.b, p.kind, p.matched_words)).collect()
    };
    let within = Settings { within_seconds: Some(60), ..Settings::default() };
    assert_eq!(places(&analyse(documents.clone(), &within)), places(&folded));
    let names: Vec<&String> = documents.iter().map(|document| &document.name).collect();
    let pairs =
        names.iter().flat_map(|x| names.iter().map(|y| ((*x).clone(), (*y).clone()))).collect::<Vec<_>>();
    let listed = Scope::Listed { pairs };
    assert_eq!(places(&analyse_in(&listed, documents.clone(), &Settings::default())), places(&folded));
}
