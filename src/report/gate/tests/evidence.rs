//! Findings meet their passages, wherever these stand in the list, and see them from their own side.

use crate::model::{
    Analysis, DocId, DocumentPair, ExcludeReason, Finding, Level, Order, Rule, Span, StableId, Status, Tag,
};
use crate::report::gate::evidence::{Appeared, Pairs, passage_ids};
use crate::report::gate::tests::fixture::{about_passage, finding};
use crate::report::tests::fixture::two_texts;

/// Two texts with 1,200 passages in one pair: more than are read together.
fn long_list() -> Analysis {
    let mut analysis = two_texts("the harbour council voted", "the harbour council voted on Monday");
    let passage = analysis.passages[0].clone();
    analysis.passages = (0..1_200)
        .map(|n| {
            let mut passage = passage.clone();
            passage.id = StableId(n);
            passage
        })
        .collect();
    analysis.pairs[0].passages = 0..1_200;
    analysis
}

fn about(analysis: &Analysis, index: usize, swapped: bool) -> Finding {
    about_passage(analysis, index, swapped, finding(1, Rule::LongRun, Level::Error, Status::New))
}

#[test]
fn passages_are_found_in_every_run() {
    let analysis = long_list();
    let places = [1_199, 0, 512, 511, 1_024];
    let findings: Vec<Finding> = places.iter().map(|&index| about(&analysis, index, false)).collect();
    let ids = passage_ids(&analysis, findings.iter());
    assert_eq!(ids.len(), places.len());
    let pairs = Pairs::of(&analysis, findings.iter());
    let evidence = pairs.evidence(findings.iter());
    for (finding, index) in findings.iter().zip(places) {
        assert_eq!(ids[&index], StableId(index as u64));
        assert_eq!(evidence.shared(finding).unwrap().passage.id, StableId(index as u64));
    }
    let absent = Finding { passage: Some(1_200), ..findings[0].clone() };
    assert!(
        Pairs::of(&analysis, [&absent].into_iter()).evidence([&absent].into_iter()).shared(&absent).is_none()
    );
}

/// A finding about whole documents shows the longest passage that counts.
#[test]
fn a_pair_shows_its_longest_passage() {
    let mut analysis = long_list();
    analysis.passages[700].matched_words = 90;
    analysis.passages[900].matched_words = 90;
    analysis.passages[3].matched_words = 100;
    analysis.passages[3].excluded = Some(ExcludeReason::Tag(Tag::Boilerplate));
    let whole = Finding { passage: None, ..about(&analysis, 0, false) };
    let shown = |analysis: &Analysis| {
        let pairs = Pairs::of(analysis, [&whole].into_iter());
        let evidence = pairs.evidence([&whole].into_iter());
        evidence.shared(&whole).unwrap().passage.id
    };
    assert_eq!(shown(&analysis), StableId(700));
    for passage in &mut analysis.passages {
        passage.excluded = Some(ExcludeReason::SameSource);
    }
    assert_eq!(shown(&analysis), StableId(3));
}

#[test]
fn a_finding_sees_its_pair_from_its_own_side() {
    let mut analysis = long_list();
    analysis.passages[5].a = Span::new(0, 3);
    analysis.passages[5].b = Span::new(4, 11);
    let cases = [
        (Order::AFirst, Appeared::Later, Appeared::Earlier),
        (Order::BFirst, Appeared::Earlier, Appeared::Later),
        (Order::Same, Appeared::Together, Appeared::Together),
        (Order::Unknown, Appeared::Unknown, Appeared::Unknown),
    ];
    for (order, from_a, from_b) in cases {
        analysis.pairs[0] = DocumentPair {
            order,
            lag_seconds: Some(-60),
            a_coverage: 0.25,
            b_coverage: 0.75,
            ..analysis.pairs[0].clone()
        };
        for (swapped, other, (own, theirs), words) in
            [(false, from_a, (0.25, 0.75), "the"), (true, from_b, (0.75, 0.25), "harbour")]
        {
            let finding = about(&analysis, 5, swapped);
            let pairs = Pairs::of(&analysis, [&finding].into_iter());
            let evidence = pairs.evidence([&finding].into_iter());
            let relation = evidence.relation(&finding).unwrap();
            assert_eq!((relation.own_coverage, relation.other_coverage), (own, theirs), "{order:?}");
            assert_eq!((relation.other, relation.apart_seconds), (other, Some(60)), "{order:?}");
            let shared = evidence.shared(&finding).unwrap();
            assert_eq!(evidence.quote(finding.doc.unwrap(), shared.own), words);
        }
    }
    // A text that cannot be read back is blank, and quoted as nothing.
    analysis.documents[0].text.clear();
    let finding = about(&analysis, 5, false);
    let pairs = Pairs::of(&analysis, [&finding].into_iter());
    assert_eq!(pairs.evidence([&finding].into_iter()).quote(DocId::new(0), Span::new(0, 3)), "");
}
