//! Rules at their limits, what accepts a finding, and what an allowance covers.

use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::model::{
    Analysis, DocId, Document, DocumentPair, EditCounts, ExcludeReason, Kind, Order, Origin, PairProvenance,
    Passage, Precision, Published, Skipped, Span, StableId, Tag,
};
use crate::normalize::NormalizeParams;

const BEGINNING: &str = "Our own words.\n";
const TERMS: &str = "Both delegations agreed that the northern crossing opens at dawn for seven days";

/// A document of an outlet; new ones are those whose name begins with `n`.
fn document(name: &str, source: Option<&str>) -> Document {
    let published = Some(Published { seconds: 0, precision: Precision::Day, zone_known: false });
    let origin = Origin { path: format!("in/{name}"), line: 1, ..Origin::default() };
    Document {
        name: name.to_owned(),
        text: format!("{BEGINNING}{TERMS}.\n"),
        source: source.map(str::to_owned),
        language: Some("en".to_owned()),
        published: published.filter(|_| source.is_some()),
        origin,
        ..Document::default()
    }
}

fn passage(a: usize, b: usize, longest_run: u32, fingerprint: u64) -> Passage {
    let start = BEGINNING.len() as u32;
    let span = Span::new(start, start + TERMS.len() as u32);
    Passage {
        id: StableId(1000 * a as u64 + 100 * b as u64 + fingerprint),
        a_doc: DocId::new(a),
        b_doc: DocId::new(b),
        a: span,
        b: span,
        a_tokens: Span::new(3, 16),
        b_tokens: Span::new(3, 16),
        steps: Vec::new(),
        matched_words: longest_run,
        longest_run,
        identity: 1.0,
        bits: 99.0,
        kind: Kind::Verbatim,
        edits: EditCounts::default(),
        typed_edits: Vec::new(),
        a_quoted: 0.0,
        b_quoted: 0.0,
        blocks: Vec::new(),
        tags: Vec::new(),
        cluster: None,
        excluded: None,
        fingerprint: StableId(fingerprint),
    }
}

/// A pair with these passages and coverages, added to `analysis`.
fn add_pair(analysis: &mut Analysis, passages: Vec<Passage>, coverage: (f64, f64)) {
    let first = analysis.passages.len();
    let (a, b) = (passages[0].a_doc, passages[0].b_doc);
    analysis.pairs.push(DocumentPair {
        id: StableId(7_000 + first as u64),
        a,
        b,
        passages: first..first + passages.len(),
        matched_words: passages.iter().filter(|p| p.excluded.is_none()).map(|p| p.matched_words).sum(),
        longest_words: 0,
        a_coverage: coverage.0,
        b_coverage: coverage.1,
        a_coverage_all: coverage.0,
        b_coverage_all: coverage.1,
        near_duplicate: coverage.0.min(coverage.1) >= 0.8,
        order: Order::Unknown,
        lag_seconds: None,
        excluded_words: 0,
        tags: Vec::new(),
        provenance: PairProvenance::default(),
    });
    analysis.passages.extend(passages);
}

/// Two new documents and two of the reference, without pairs.
fn four() -> Analysis {
    let documents = vec![
        document("new-1", Some("Post")),
        document("new-2", Some("Post")),
        document("wire/old-1", Some("Wire")),
        document("wire/old-2", Some("Post")),
    ];
    Analysis { documents, ..Analysis::default() }
}

/// One pair of a new document with one of the reference.
fn one_pair(longest_run: u32, coverage: (f64, f64)) -> Analysis {
    let mut analysis = four();
    add_pair(&mut analysis, vec![passage(0, 2, longest_run, 5)], coverage);
    analysis
}

fn new_ones(analysis: &Analysis) -> Vec<bool> {
    analysis.documents.iter().map(|document| document.name.starts_with('n')).collect()
}

fn today() -> Date {
    Date::new(2026, 3, 10).unwrap()
}

fn judged(analysis: &Analysis, limits: &Limits, allowances: &[Allowance]) -> Judgement {
    let is_new = new_ones(analysis);
    let normalizer = Normalizer::new(NormalizeParams::default()).unwrap();
    let permits = Permits { allowances, normalizer: &normalizer, today: today() };
    judge(&Subject { findings: analysis, is_new: &is_new }, limits, Some(&permits)).unwrap()
}

/// A line a finding.
fn shown(verdict: &Verdict) -> String {
    let line = |f: &Finding| {
        let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        let place = f.line.map_or_else(|| f.path.clone(), |line| format!("{}:{line}", f.path));
        let reason = f.reason.as_ref().map(|reason| format!(" [{reason}]")).unwrap_or_default();
        format!(
            "{} {}[{}] {place} {} > {}: {}{reason}\n",
            f.status.name(),
            f.level.name(),
            f.rule.name(),
            number(f.value),
            number(f.limit),
            f.message
        )
    };
    verdict.findings.iter().map(line).collect()
}

fn found(analysis: &Analysis, limits: &Limits) -> String {
    shown(&judged(analysis, limits, &[]).verdict(&Baseline::default()))
}

fn rules_found(analysis: &Analysis, limits: &Limits) -> Vec<&'static str> {
    let verdict = judged(analysis, limits, &[]).verdict(&Baseline::default());
    verdict.findings.iter().map(|finding| finding.rule.name()).collect()
}

#[test]
fn a_limit_is_the_most_that_is_allowed_and_zero_allows_nothing() {
    let limits = |max_run, max_coverage| Limits { max_run, max_coverage, ..Limits::default() };
    let cases: [(u32, f64, Limits, &[&str]); 9] = [
        (60, 0.4, limits(60, 0.4), &[]),
        (61, 0.4, limits(60, 0.4), &["long-run"]),
        (60, 0.400001, limits(60, 0.4), &["coverage"]),
        (61, 0.41, limits(60, 0.4), &["coverage", "long-run"]),
        (1, 0.001, limits(0, 1.0), &["long-run"]),
        (0, 0.001, limits(0, 1.0), &[]),
        (1, 0.001, limits(60, 0.0), &["coverage"]),
        (1, 0.0, limits(60, 0.0), &[]),
        (999, 0.79, limits(u32::MAX, 1.0), &[]),
    ];
    for (run, share, limits, expected) in cases {
        assert_eq!(rules_found(&one_pair(run, (share, 0.1)), &limits), expected, "{run} {share} {limits:?}");
    }
}

#[test]
fn the_share_of_the_reference_document_is_none_of_the_gates_business() {
    assert_eq!(rules_found(&one_pair(10, (0.1, 1.0)), &Limits::default()), [""; 0]);
}

#[test]
fn of_two_new_documents_the_one_that_shares_more_is_told_of() {
    for (coverage, path) in [((0.5, 0.45), "in/new-1"), ((0.1, 0.7), "in/new-2"), ((0.6, 0.6), "in/new-1")] {
        let mut analysis = four();
        add_pair(&mut analysis, vec![passage(0, 1, 9, 5)], coverage);
        let verdict = judged(&analysis, &Limits::default(), &[]).verdict(&Baseline::default());
        let [finding] = &verdict.findings[..] else { panic!("{}", shown(&verdict)) };
        assert_eq!((finding.rule, finding.path.as_str()), (Rule::Coverage, path));
        assert_eq!(finding.value, Some(coverage.0.max(coverage.1)));
    }
}

#[test]
fn a_copy_is_one_finding_unless_another_rule_matters_more() {
    let copy = one_pair(300, (1.0, 0.9));
    expect![[r#"
        new error[near-duplicate] in/new-1:1 0.9 > -: is a version of wire/old-1: 100% of the one and 90% of the other are shared
    "#]]
    .assert_eq(&found(&copy, &Limits::default()));
    let mut limits = Limits::default();
    limits.set_level(Rule::NearDuplicate, Level::Note);
    assert_eq!(rules_found(&copy, &limits), ["coverage", "long-run", "near-duplicate"]);
    limits.set_level(Rule::Coverage, Level::Note);
    assert_eq!(rules_found(&copy, &limits), ["long-run", "near-duplicate"]);
    limits.set_level(Rule::NearDuplicate, Level::Off);
    assert_eq!(rules_found(&copy, &limits), ["long-run", "coverage"]);
}

#[test]
fn a_changed_number_counts_in_the_same_wording_only() {
    let with = |identity, numbers_changed, excluded| {
        let mut analysis = one_pair(10, (0.9, 0.9));
        let passage = &mut analysis.passages[0];
        (passage.identity, passage.edits.numbers_changed, passage.excluded) =
            (identity, numbers_changed, excluded);
        let mut limits = Limits::default();
        limits.set_level(Rule::NearDuplicate, Level::Off);
        limits.set_level(Rule::Coverage, Level::Off);
        rules_found(&analysis, &limits).len()
    };
    assert_eq!(with(0.75, 1, None), 1);
    assert_eq!(with(1.0, 2, None), 1);
    assert_eq!(with(1.0, 0, None), 0);
    assert_eq!(with(0.74, 1, None), 0);
    assert_eq!(with(0.9, 1, Some(ExcludeReason::Tag(Tag::Formula))), 0);
}

#[test]
fn what_does_not_count_is_no_finding() {
    let mut analysis = one_pair(100, (1.0, 1.0));
    analysis.passages[0].excluded = Some(ExcludeReason::SameSource);
    assert_eq!(
        rules_found(&analysis, &Limits { max_run: 0, max_coverage: 0.0, ..Limits::default() }),
        [""; 0]
    );
}

#[test]
fn pairs_of_the_reference_are_not_looked_at() {
    let mut analysis = four();
    add_pair(&mut analysis, vec![passage(2, 3, 100, 5)], (1.0, 1.0));
    assert_eq!(rules_found(&analysis, &Limits::default()), [""; 0]);
}

#[test]
fn rules_that_are_off_by_default_can_be_turned_on() {
    let mut analysis = four();
    add_pair(&mut analysis, vec![passage(0, 3, 9, 5)], (0.1, 0.1));
    analysis.documents.push(document("nobody", None));
    let mut records = document("nr", Some("Post"));
    (records.published, records.origin.record, records.origin.line) = (None, Some(3), 12);
    analysis.documents.push(records);
    assert_eq!(rules_found(&analysis, &Limits::default()), [""; 0]);
    let mut limits = Limits::default();
    limits.set_level(Rule::SameOutletReuse, Level::Note);
    limits.set_level(Rule::MissingMetadata, Level::Warning);
    expect![[r#"
        new warning[missing-metadata] in/nobody:1 - > -: lacks its outlet and date
        new warning[missing-metadata] in/nr:12 - > -: lacks its date
        new note[same-outlet-reuse] in/new-1:1 9 > 0: 9 words also stand in wire/old-2, of the same outlet
    "#]]
    .assert_eq(&found(&analysis, &limits));
}

#[test]
fn lost_inputs_are_findings_and_the_rest_is_not() {
    let mut analysis = four();
    let skipped = |path: &str, lost| Skipped {
        path: path.into(),
        line: Some(3),
        reason: "The record is no JSON.".into(),
        lost,
    };
    analysis.skipped =
        vec![skipped("in/a.jsonl", true), skipped("in/README", false), skipped("in/a.jsonl", true)];
    let judgement = judged(&analysis, &Limits::default(), &[]);
    let verdict = judgement.verdict(&judgement.baseline());
    assert_eq!((verdict.n_checked, verdict.n_reference, verdict.n_not_checked), (2, 2, 2));
    assert_ne!(verdict.findings[0].id, verdict.findings[1].id);
    expect![[r#"
        new error[input-unreadable] in/a.jsonl:3 - > -: was not checked: The record is no JSON
        new error[input-unreadable] in/a.jsonl:3 - > -: was not checked: The record is no JSON
    "#]]
    .assert_eq(&shown(&verdict));
}

#[test]
fn a_finding_points_at_the_line_of_its_passage() {
    expect![[r#"
        new error[long-run] in/new-1:2 70 > 60: 70 consecutive words also stand in wire/old-1, 60 allowed
    "#]]
    .assert_eq(&found(&one_pair(70, (0.1, 0.1)), &Limits::default()));
}

/// The statuses of all findings under `accepted`, by rule.
fn statuses(analysis: &Analysis, accepted: &Baseline) -> Vec<(&'static str, &'static str)> {
    let verdict = judged(analysis, &Limits::default(), &[]).verdict(accepted);
    verdict.findings.iter().map(|finding| (finding.rule.name(), finding.status.name())).collect()
}

#[test]
fn what_was_found_once_is_accepted_once() {
    let once = one_pair(70, (0.5, 0.1));
    let accepted = judged(&once, &Limits::default(), &[]).baseline();
    expect![[r#"
        {
          "version": 1,
          "normalizer": 1,
          "entries": [
            ["new-1", "wire/old-1", "coverage", 1],
            ["new-1", "wire/old-1", "wc1-0000000000000005", 1]
          ]
        }
    "#]]
    .assert_eq(&accepted.to_text());
    assert_eq!(statuses(&once, &accepted), [("coverage", "baseline"), ("long-run", "baseline")]);

    // The share moves, the passage stays.
    assert_eq!(
        statuses(&one_pair(70, (0.6, 0.1)), &accepted),
        [("coverage", "baseline"), ("long-run", "baseline")]
    );

    let mut again = four();
    add_pair(&mut again, vec![passage(0, 2, 70, 5), passage(0, 2, 70, 5)], (0.5, 0.1));
    assert_eq!(
        statuses(&again, &accepted),
        [("long-run", "new"), ("coverage", "baseline"), ("long-run", "baseline")],
        "a second place of the passage"
    );

    let mut third = once.clone();
    add_pair(&mut third, vec![passage(0, 3, 70, 5)], (0.5, 0.1));
    let third = judged(&third, &Limits::default(), &[]);
    let news: Vec<Option<DocId>> = third
        .verdict(&accepted)
        .findings
        .iter()
        .filter(|finding| finding.status == Status::New)
        .map(|finding| finding.other)
        .collect();
    assert_eq!(news, [Some(DocId::new(3)); 2], "a third copy");
}

#[test]
fn a_passage_that_breaks_two_rules_is_one_entry() {
    let mut analysis = one_pair(70, (0.1, 0.1));
    analysis.passages[0].edits.numbers_changed = 1;
    let accepted = judged(&analysis, &Limits::default(), &[]).baseline();
    assert_eq!(accepted.count(&Key::of_passage("wire/old-1", "new-1", StableId(5))), 1);
    assert_eq!(statuses(&analysis, &accepted), [("long-run", "baseline"), ("changed-number", "baseline")]);
}

#[test]
fn sides_and_other_documents_change_no_key_and_no_id() {
    let keys = |analysis: &Analysis| {
        let judgement = judged(analysis, &Limits::default(), &[]);
        let ids: Vec<StableId> =
            judgement.verdict(&Baseline::default()).findings.iter().map(|f| f.id).collect();
        (judgement.baseline().to_text(), ids)
    };
    let once = one_pair(70, (0.5, 0.1));
    let mut grown = once.clone();
    grown.documents.insert(0, document("archive", Some("Wire")));
    for (pair, passage) in grown.pairs.iter_mut().zip(&mut grown.passages) {
        (pair.a, pair.b) = (DocId::new(1), DocId::new(3));
        (passage.a_doc, passage.b_doc) = (pair.a, pair.b);
    }
    assert_eq!(keys(&grown), keys(&once));

    // The accepted document is now one of the reference, and the other one is new.
    let mut turned = once.clone();
    turned.documents[2].name = "n-old".into();
    let mut there = turned.clone();
    (there.pairs[0].a, there.pairs[0].b) = (DocId::new(2), DocId::new(0));
    (there.passages[0].a_doc, there.passages[0].b_doc) = (DocId::new(2), DocId::new(0));
    assert_eq!(keys(&turned), keys(&there));
}

#[test]
fn a_new_document_with_the_name_of_another_changes_no_entry_of_that() {
    // Without a namesake, and with one that is new and shares the passage, too.
    let judged_with = |namesake: bool| {
        let mut analysis = four();
        analysis.documents.truncate(1);
        if namesake {
            analysis.documents.push(document("notes", Some("Post")));
        }
        analysis.documents.push(document(if namesake { "reference/notes" } else { "notes" }, Some("Wire")));
        let last = analysis.documents.len() - 1;
        let is_new: Vec<bool> = (0..=last).map(|index| index < last).collect();
        analysis.documents.sort_by(|x, y| x.name.cmp(&y.name));
        for new in 0..last {
            add_pair(&mut analysis, vec![passage(new, last, 70, 5)], (0.1, 0.1));
        }
        let subject = Subject { findings: &analysis, is_new: &is_new };
        let judgement = judge(&subject, &Limits::default(), None).unwrap();
        let ids: Vec<StableId> =
            judgement.verdict(&Baseline::default()).findings.iter().map(|finding| finding.id).collect();
        (judgement, ids)
    };
    let ((alone, alone_ids), (both, both_ids)) = (judged_with(false), judged_with(true));
    assert!(both_ids.contains(&alone_ids[0]) && both_ids.len() == 2);
    let verdict = both.verdict(&alone.baseline());
    let statuses: Vec<_> = verdict.findings.iter().map(|f| (f.status, f.doc)).collect();
    assert_eq!(statuses, [(Status::New, Some(DocId::new(1))), (Status::Baseline, Some(DocId::new(0)))]);
    assert_eq!(both.baseline().count(&Key::of_passage("new/notes", "notes", StableId(5))), 1);
}

fn allowance(change: impl FnOnce(&mut Allowance)) -> Allowance {
    let mut allowance =
        Allowance { path: "allow.toml".into(), line: 4, reason: "agreed".into(), ..Allowance::default() };
    change(&mut allowance);
    allowance
}

#[test]
fn an_allowance_allows_what_all_its_selectors_name() {
    let analysis = one_pair(70, (0.5, 0.1));
    let verdict = judged(&analysis, &Limits::default(), &[]).verdict(&Baseline::default());
    let ids: Vec<StableId> = verdict.findings.iter().map(|finding| finding.id).collect();
    let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    let phrase = |text: &str| allowance(|a| a.phrase = Some(text.to_owned()));
    let documents = |texts: &[&str]| allowance(|a| a.documents = strings(texts));
    let sources = |texts: &[&str]| allowance(|a| a.sources = strings(texts));
    let upper = TERMS.to_uppercase();
    let cases = [
        ("the finding's id", allowance(|a| a.passage = Some(ids[1])), "long-run"),
        ("the passage's id", allowance(|a| a.passage = Some(StableId(205))), "long-run"),
        ("its fingerprint", allowance(|a| a.passage = Some(StableId(5))), "long-run"),
        ("the pair's id", allowance(|a| a.passage = Some(StableId(7_000))), "coverage"),
        ("another id", allowance(|a| a.passage = Some(StableId(6))), ""),
        ("the phrase", phrase(TERMS), "coverage long-run"),
        ("in capitals, inside more", phrase(&format!("Then, {upper}, they said")), "coverage long-run"),
        (
            "four fifths of it",
            phrase("agreed that the northern crossing opens at dawn for seven days"),
            "coverage long-run",
        ),
        ("less of it", phrase("northern crossing opens at dawn for seven days"), ""),
        ("a document", documents(&["new-*"]), "coverage long-run"),
        ("the other document", documents(&["wire/*"]), "coverage long-run"),
        ("a star stays in its folder", documents(&["*old-1"]), ""),
        ("two stars do not", documents(&["**/old-1"]), "coverage long-run"),
        ("both documents", documents(&["wire/old-1", "new-1"]), "coverage long-run"),
        ("one of them twice", documents(&["new-1", "new-*"]), ""),
        ("an outlet", sources(&["Wire"]), "coverage long-run"),
        ("both outlets", sources(&["Wire", "Post", "Herald"]), "coverage long-run"),
        ("one outlet of several", sources(&["Wire", "Herald"]), ""),
        (
            "one rule",
            allowance(|a| (a.sources, a.rules) = (strings(&["Wire"]), vec![Rule::Coverage])),
            "coverage",
        ),
        (
            "one that does not hold",
            allowance(|a| (a.sources, a.passage) = (strings(&["Wire"]), Some(StableId(6)))),
            "",
        ),
    ];
    for (case, allowance, expected) in cases {
        let verdict = judged(&analysis, &Limits::default(), std::slice::from_ref(&allowance))
            .verdict(&Baseline::default());
        let allowed: Vec<&str> = verdict
            .findings
            .iter()
            .filter(|f| f.status == Status::Allowed && f.reason.as_deref() == Some("agreed"))
            .map(|f| f.rule.name())
            .collect();
        assert_eq!(allowed.join(" "), expected, "{case}");
        let unused = verdict.findings.iter().any(|finding| finding.rule == Rule::AllowUnused);
        assert_eq!(unused, expected.is_empty(), "{case}");
    }
}

#[test]
fn expired_allowances_come_back_and_unused_ones_are_told() {
    let analysis = one_pair(70, (0.1, 0.1));
    let day = |day| Some(Date::new(2026, 3, day).unwrap());
    let by_id = |expires| allowance(|a| (a.passage, a.expires) = (Some(StableId(5)), expires));
    let with = |allowances: &[Allowance]| {
        let judgement = judged(&analysis, &Limits::default(), allowances);
        let stopping = judgement.verdict(&Baseline::default()).n_stopping();
        format!("{}{stopping} stop\n", shown(&judgement.verdict(&Baseline::default())))
    };
    let unused = allowance(|a| a.sources = vec!["Nobody".into()]);
    let shown =
        [with(&[by_id(day(9))]), with(&[by_id(day(10)), unused]), with(&[by_id(day(9)), by_id(None)])];
    expect![[r#"
        expired error[long-run] in/new-1:2 70 > 60: 70 consecutive words also stand in wire/old-1, 60 allowed [agreed]
        new warning[allow-expired] allow.toml:4 - > -: the allowance expired on 2026-03-09; give it another day or take it out [agreed]
        1 stop
        --
        new warning[allow-unused] allow.toml:4 - > -: the allowance allows nothing in this run; take it out if it is no longer needed [agreed]
        allowed error[long-run] in/new-1:2 70 > 60: 70 consecutive words also stand in wire/old-1, 60 allowed [agreed]
        0 stop
        --
        new warning[allow-expired] allow.toml:4 - > -: the allowance expired on 2026-03-09; give it another day or take it out [agreed]
        allowed error[long-run] in/new-1:2 70 > 60: 70 consecutive words also stand in wire/old-1, 60 allowed [agreed]
        0 stop
    "#]].assert_eq(&shown.join("--\n"));
}

#[test]
fn what_is_allowed_is_not_accepted_as_well() {
    let analysis = one_pair(70, (0.1, 0.1));
    let allowed = allowance(|a| a.passage = Some(StableId(5)));
    assert!(judged(&analysis, &Limits::default(), &[allowed]).baseline().is_empty());
    let expired =
        allowance(|a| (a.passage, a.expires) = (Some(StableId(5)), Some(Date::new(2020, 1, 1).unwrap())));
    let judgement = judged(&analysis, &Limits::default(), &[expired]);
    let verdict = judgement.verdict(&judgement.baseline());
    assert_eq!(verdict.n_stopping(), 0);
    assert!(verdict.findings.iter().any(|finding| finding.status == Status::Baseline));
}

#[test]
fn levels_stand_in_the_order_of_the_rules() {
    let mut limits = Limits::default();
    for (index, rule) in Rule::ALL.into_iter().enumerate() {
        assert_eq!(rule as usize, index);
        for level in Level::ALL {
            limits.set_level(rule, level);
            assert_eq!(limits.level(rule), level);
        }
    }
}

proptest! {
    /// Accepting what was found leaves nothing that could be accepted, and adding a passage makes exactly that one news.
    #[test]
    fn a_baseline_accepts_what_it_was_made_of(
        passages in prop::collection::vec((0_usize..2, 2_usize..4, 50_u32..80, 0_u64..3), 1..8),
        more in (0_usize..2, 2_usize..4, 0_u64..3),
    ) {
        let analysis = |all: &[(usize, usize, u32, u64)]| {
            let mut analysis = four();
            for (a, b) in [(0, 2), (0, 3), (1, 2), (1, 3)] {
                let of: Vec<Passage> = all
                    .iter()
                    .filter(|p| (p.0, p.1) == (a, b))
                    .map(|&(a, b, run, fingerprint)| passage(a, b, run, fingerprint))
                    .collect();
                if !of.is_empty() {
                    add_pair(&mut analysis, of, (0.1, 0.1));
                }
            }
            analysis
        };
        let before = judged(&analysis(&passages), &Limits::default(), &[]);
        let accepted = Baseline::parse(&before.baseline().to_text()).unwrap();
        prop_assert_eq!(before.verdict(&accepted).n_stopping(), 0);
        let mut grown = passages.clone();
        grown.push((more.0, more.1, 99, more.2));
        let after = judged(&analysis(&grown), &Limits::default(), &[]);
        prop_assert_eq!(after.verdict(&accepted).n_stopping(), 1);
        prop_assert_eq!(accepted.changes(&after.baseline()).n_added(), 1);
    }
}
