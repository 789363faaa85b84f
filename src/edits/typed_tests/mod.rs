//! Edits that say something: cases, and the same from the other side.

mod facts;
mod speech;

use crate::edits::{Article, Manner, Occasion, Shared, Side, cut_at_end, facts, typed};
use crate::fixture::tokens;
use crate::model::{EditKind, Operation, Profile, Span, Step, Tokens, TypedEdit};
use crate::provenance::zones::Rules;

/// The edit script of two token lists by their longest common subsequence.
fn script(a: &Tokens, b: &Tokens) -> Vec<Step> {
    let (n, m) = (a.len(), b.len());
    let mut best = vec![vec![0_u32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            best[i][j] = match a.keys[i] == b.keys[j] {
                true => best[i + 1][j + 1] + 1,
                false => best[i + 1][j].max(best[i][j + 1]),
            };
        }
    }
    let mut steps: Vec<Step> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < n || j < m {
        let (from_i, from_j) = (i, j);
        let equal = i < n && j < m && a.keys[i] == b.keys[j];
        while i < n && j < m && equal && a.keys[i] == b.keys[j] {
            (i, j) = (i + 1, j + 1);
        }
        while !equal && (i < n || j < m) && !(i < n && j < m && a.keys[i] == b.keys[j]) {
            if j == m || i < n && best[i + 1][j] >= best[i][j + 1] { i += 1 } else { j += 1 }
        }
        let operation = match (equal, i > from_i, j > from_j) {
            (true, ..) => Operation::Equal,
            (_, true, true) => Operation::Replace,
            (_, true, false) => Operation::Delete,
            _ => Operation::Insert,
        };
        let span = |from: usize, to: usize| Span::new(from as u32, to as u32);
        steps.push(Step { operation, a: span(from_i, i), b: span(from_j, j) });
    }
    steps
}

/// Of the built-in rules.
fn manner(profile: Profile) -> Manner {
    Rules::built_in().manner(profile)
}

fn edits(a: &str, b: &str) -> Vec<TypedEdit> {
    edits_in(a, b, Profile::News)
}

fn edits_in(a: &str, b: &str, profile: Profile) -> Vec<TypedEdit> {
    let both = tokens(&[a, b]);
    let side = |at: usize, text| Side { text, tokens: &both[at], span: Span::new(0, both[at].len() as u32) };
    let steps = script(&both[0], &both[1]);
    let both = (side(0, a), side(1, b));
    typed(&steps, &facts(&steps, both.0, both.1), both, Occasion::default(), &manner(profile))
}

#[track_caller]
fn check(a: &str, b: &str, expected: &[(EditKind, &str, &str)]) {
    let found = edits(a, b);
    let told: Vec<(EditKind, &str, &str)> =
        found.iter().map(|it| (it.kind, &a[it.a.range()], &b[it.b.range()])).collect();
    assert_eq!(told, expected);
    let mut turned: Vec<TypedEdit> =
        edits(b, a).into_iter().map(|it| TypedEdit { kind: it.kind.turned(), a: it.b, b: it.a }).collect();
    turned.sort_unstable();
    assert_eq!(turned, found, "from the other side");
}

#[test]
fn explains_in_brackets() {
    check(
        "He met the head of the SLA on Friday.",
        "He met the head of the SLA [Sorvian Liberation Army] on Friday.",
        &[(EditKind::GlossInserted, "", "[Sorvian Liberation Army]")],
    );
    check(
        "The plant (closed since 2029) will open.",
        "The plant will open.",
        &[(EditKind::GlossDropped, "(closed since 2029)", "")],
    );
}

#[test]
fn labels_in_brackets_explain_nothing() {
    for label in
        ["(SLA)", "(CPI-U)", "(H.R. 4613)", "(R-Ore.)", "(D-Mich.)", "(Continued on Page Two, Column Three)"]
    {
        let explained = format!("He met the head of the old mill {label} on the river Sella on Friday.");
        check("He met the head of the old mill on the river Sella on Friday.", &explained, &[]);
    }
}

/// Names and numbers that only versions of one item share.
#[test]
fn what_the_other_says_without_brackets_is_no_gloss() {
    check(
        "Ranchers welcomed the rules, said the National Pork Producers Council (NPPC) on Friday.",
        "Ranchers welcomed the rules, said the National Pork Producers Council, NPPC, on Friday.",
        &[],
    );
    // Another is explained.
    check(
        "Senator Conrad Burns (R-Mont.) today issued the statement on the grain harvest.",
        "Senator Elizabeth Dole today issued the statement on the grain harvest.",
        &[],
    );
}

#[test]
fn a_statement_that_moved_is_told_and_a_stock_run_is_not() {
    let told = |a: &str, b: &str, run: (&str, u32)| {
        let both = tokens(&[a, b]);
        let at = |n: usize, text: &str| {
            let byte = text.find(run.0).unwrap() as u32;
            let start = both[n].places.partition_point(|place| place.start < byte) as u32;
            Span::new(start, start + run.1)
        };
        let steps = [Step { operation: Operation::Move, a: at(0, a), b: at(1, b) }];
        let side = |n: usize, text| Side { text, tokens: &both[n], span: Span::new(0, both[n].len() as u32) };
        typed(&steps, &[], (side(0, a), side(1, b)), Occasion::default(), &manner(Profile::News))
            .iter()
            .any(|it| it.kind == EditKind::OrderMoved)
    };
    assert!(told(
        "Officials obscured through affirmative misrepresentations before the grand jury the consultant's role in court.",
        "The consultant's role in court was obscured through affirmative misrepresentations before the grand jury by officials.",
        ("through affirmative misrepresentations before the grand jury", 7),
    ));
    // A few words that changed places.
    assert!(!told(
        "Officials obscured through affirmative misrepresentations the consultant's role in court.",
        "The consultant's role in court was obscured through affirmative misrepresentations by officials.",
        ("through affirmative misrepresentations", 3),
    ));
    assert!(!told(
        "The mill was sold at auction, the company said on Friday.",
        "On Friday the company said nothing of wages.",
        ("the company said", 3),
    ));
    assert!(!told(
        "A grant went to the Department of Homeland Security for radios.",
        "The letter asked the Department of Homeland Security whom it would send to the border.",
        ("Department of Homeland Security", 4),
    ));
}

#[test]
fn what_is_cut_from_the_end_is_told_once() {
    let lead =
        "The council voted on Monday to rebuild the old mill by the river, and the mayor signed the order.";
    let rest = "Work begins in June with a crew of ten. It will take two years to finish.";
    let told = |a: &str, b: &str, shared: (u32, u32, u32)| {
        let both = tokens(&[a, b]);
        let article = |n: usize, text| Article { text, tokens: &both[n], apart: &[] };
        let passage = Shared { a: Span::new(0, shared.0), b: Span::new(0, shared.1), matched: shared.2 };
        cut_at_end(&[passage], article(0, a), article(1, b))
            .map(|(at, it)| (at, it.kind, a[it.a.range()].to_owned(), b[it.b.range()].to_owned()))
    };
    let n = tokens(&[lead])[0].len() as u32;
    let all = (n, n, n);
    let (long, cut) = (format!("{lead} {rest}"), rest.trim_end_matches('.').to_owned());
    assert_eq!(told(&long, lead, all), Some((0, EditKind::CutFromEnd, cut.clone(), String::new())));
    assert_eq!(told(lead, &long, all), Some((0, EditKind::AddedAtEnd, String::new(), cut.clone())));
    // Both end alike, or the shorter one has much of its own.
    assert_eq!(told(lead, lead, all), None);
    assert_eq!(told(&long, lead, (n, n, 4)), None);
    // What a page goes on with was not cut from the article.
    let page = format!(
        "{lead}\n\nCopyright 2031 The Courier. All rights reserved. No part of this may be printed again by others.\n"
    );
    assert_eq!(told(&page, lead, all), None);
    let page =
        format!("{lead}\n\nMore from the valley: snow, wind, and the price of oak in nine towns\n\n{rest}");
    assert_eq!(told(&page, lead, all), None);
    let page = format!(
        "{lead} {rest}\n\nMost read this week in the valley and beyond it\n\nA dog was found by a boy."
    );
    assert_eq!(told(&page, lead, all), Some((0, EditKind::CutFromEnd, cut, String::new())));
    // Their last sentences are two.
    let other =
        "The council voted on Friday to close the ferry, and a crew of smiths left for the coast at noon.";
    let m = tokens(&[other])[0].len() as u32;
    assert_eq!(told(&long, other, (n, m, n)), None);
}
