//! Edits that say something: cases, and the same from the other side.

use crate::edits::{Side, cut_at_end, facts, typed};
use crate::fixture::tokens;
use crate::model::{EditKind, Operation, Span, Step, TokenSpan, Tokens, TypedEdit};

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

fn edits(a: &str, b: &str) -> Vec<TypedEdit> {
    let both = tokens(&[a, b]);
    let side = |at: usize, text| Side { text, tokens: &both[at], span: Span::new(0, both[at].len() as u32) };
    let steps = script(&both[0], &both[1]);
    typed(&steps, &facts(&steps, side(0, a), side(1, b)), side(0, a), side(1, b))
}

#[track_caller]
fn check(a: &str, b: &str, expected: &[(EditKind, &str, &str)]) {
    let found = edits(a, b);
    let told: Vec<(EditKind, &str, &str)> =
        found.iter().map(|it| (it.kind, &a[it.a.range()], &b[it.b.range()])).collect();
    assert_eq!(told, expected);
    let turn = |kind| match kind {
        EditKind::AttributionAdded => EditKind::AttributionDropped,
        EditKind::AttributionDropped => EditKind::AttributionAdded,
        EditKind::HedgeAdded => EditKind::HedgeDropped,
        EditKind::HedgeDropped => EditKind::HedgeAdded,
        EditKind::GlossInserted => EditKind::GlossDropped,
        EditKind::GlossDropped => EditKind::GlossInserted,
        kind => kind,
    };
    let mut turned: Vec<TypedEdit> =
        edits(b, a).into_iter().map(|it| TypedEdit { kind: turn(it.kind), a: it.b, b: it.a }).collect();
    turned.sort_unstable();
    assert_eq!(turned, found, "from the other side");
}

#[test]
fn says_who_said_it() {
    check(
        "The bridge over the Sella was closed on Monday after the flood reached its arches.",
        "The bridge over the Sella was closed on Monday, the ministry said, after the flood reached its arches.",
        &[(EditKind::AttributionAdded, "", "the ministry said")],
    );
    check(
        "According to engineers, the bridge was closed on Monday.",
        "The bridge was closed on Monday.",
        &[(EditKind::AttributionDropped, "According to engineers", "")],
    );
    // Somebody else says it: nothing added.
    check("The bridge was closed, the ministry said.", "The bridge was closed, officials stated.", &[]);
    // A sentence of its own is no attribution of another.
    check(
        "The bridge was closed. Trains stopped.",
        "The bridge was closed. The ministry said nothing of that. Trains stopped.",
        &[],
    );
}

#[test]
fn says_how_sure_it_is() {
    check(
        "The pilot left the ship at night.",
        "The pilot reportedly left the ship at night.",
        &[(EditKind::HedgeAdded, "", "reportedly")],
    );
    check(
        "The pilot may have left the ship at night in May.",
        "The pilot left the ship at night in May.",
        &[(EditKind::HedgeDropped, "may have", "")],
    );
    // A month is no doubt.
    check("It left in May with ten men.", "It left with ten men.", &[]);
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
fn numbers_and_names_become_others() {
    check(
        "At least 12 people died in the fire at the mill.",
        "At least 15 people died in the fire at the mill.",
        &[(EditKind::NumberChanged, "12", "15")],
    );
}

#[test]
fn moved_words_are_told_as_such() {
    let (a, b) = ("Today the river rose and fell again.", "The river rose and fell again today.");
    let both = tokens(&[a, b]);
    let span = |from, to| Span::new(from, to);
    let steps = [
        Step { operation: Operation::Move, a: span(0, 1), b: span(6, 7) },
        Step { operation: Operation::Equal, a: span(1, 7), b: span(0, 6) },
    ];
    let side = |at: usize, text| Side { text, tokens: &both[at], span: span(0, 7) };
    let found = typed(&steps, &[], side(0, a), side(1, b));
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].kind, &a[found[0].a.range()], &b[found[0].b.range()]),
        (EditKind::OrderMoved, "Today", "today")
    );
}

#[test]
fn what_is_cut_from_the_end_is_told_once() {
    let lead =
        "The council voted on Monday to rebuild the old mill by the river, and the mayor signed the order.";
    let long = format!("{lead} Work begins in June with a crew of ten. It will take two years to finish.");
    let both = tokens(&[long.as_str(), lead]);
    let n = both[1].len() as u32;
    let shared: TokenSpan = Span::new(0, n);
    let (at, edit) = cut_at_end(&[(shared, shared)], (&both[0], &long), (&both[1], lead)).unwrap();
    assert_eq!((at, edit.kind), (0, EditKind::CutFromEnd));
    assert_eq!(
        &long[edit.a.range()],
        "Work begins in June with a crew of ten. It will take two years to finish"
    );
    assert!(edit.b.is_empty());
    let (_, turned) = cut_at_end(&[(shared, shared)], (&both[1], lead), (&both[0], &long)).unwrap();
    assert_eq!((turned.kind, turned.a, turned.b), (EditKind::AddedAtEnd, edit.b, edit.a));
    // Both end alike, or the shorter one has much of its own.
    assert_eq!(cut_at_end(&[(shared, shared)], (&both[1], lead), (&both[1], lead)), None);
    let few: TokenSpan = Span::new(n - 4, n);
    assert_eq!(cut_at_end(&[(few, few)], (&both[0], &long), (&both[1], lead)), None);
}
