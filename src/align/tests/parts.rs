//! The steps of the alignment one by one, against slow twins.

use proptest::prelude::*;

use crate::align::chain::Box2;
use crate::align::edit::{Editor, Match, extent};
use crate::align::ends::{settle, trim};
use crate::align::index::Index;
use crate::align::merge::merge;
use crate::align::miss::{rivals, trimmed};
use crate::align::select::select;
use crate::align::steps::{Pair, count, pairs_of, steps};
use crate::align::tables::{NOT_SHARED, Side, Tables};
use crate::align::{Alignment, Rule};
use crate::model::{EditCounts, Flags, Kind, Operation, Place, Span, StableId, TokenSpan, Tokens};

/// Tokens with these keys; keys divisible by four are function words.
fn keyed(keys: &[u64]) -> Tokens {
    let mut tokens = Tokens::default();
    for (index, &key) in keys.iter().enumerate() {
        let flags = if key.is_multiple_of(4) { Flags::STOP } else { Flags::default() };
        tokens.keys.push(key);
        tokens.places.push(Place { start: index as u32 * 2, len: 1, surprisal: 120, flags });
    }
    tokens
}

fn with_tables<T>(a: &[u64], b: &[u64], act: impl FnOnce(&Tables, Box2) -> T) -> T {
    let (a, b) = (keyed(a), keyed(b));
    let side = |tokens| Side { tokens, start: 0, len: Tokens::len(tokens) };
    let mut index = Index::default();
    index.build(side(&a));
    let mut tables = Tables::default();
    tables.build(&index, side(&a), side(&b));
    let whole = Box2 { a: Span::new(0, a.len() as u32), b: Span::new(0, b.len() as u32) };
    act(&tables, whole)
}

/// Worth of the best alignment by trying all: 4 for a content word, 2 for a function word, −1 for anything unmatched
/// (a replaced pair counts once).
fn best_score(a: &[u64], b: &[u64]) -> i32 {
    let mut best = vec![vec![0_i32; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i == 0 || j == 0 {
                best[i][j] = -((i + j) as i32);
                continue;
            }
            let pair = match a[i - 1] == b[j - 1] {
                true if a[i - 1].is_multiple_of(4) => 2,
                true => 4,
                false => -1,
            };
            best[i][j] = (best[i - 1][j - 1] + pair).max(best[i - 1][j] - 1).max(best[i][j - 1] - 1);
        }
    }
    best[a.len()][b.len()]
}

/// Worth of a chain of matches, gaps filled with as many replacements as fit.
fn score_of(a: &[u64], b: &[u64], chain: &[(u32, u32)]) -> i32 {
    let (mut sum, mut from) = (0, (0, 0));
    for &(i, j) in chain.iter().chain([&(a.len() as u32, b.len() as u32)]) {
        sum -= (i - from.0).max(j - from.1) as i32;
        if let Some(key) = a.get(i as usize) {
            sum += if key.is_multiple_of(4) { 2 } else { 4 };
        }
        from = (i + 1, j + 1);
    }
    sum
}

fn keys(most: usize) -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(1_u64..10, 0..most)
}

/// Matched pairs as the engine makes them: a chain that rises on both sides, and blocks that moved.
fn script() -> impl Strategy<Value = (TokenSpan, TokenSpan, Vec<Pair>)> {
    let chain = prop::collection::vec((0_u32..4, 0_u32..4), 1..12);
    (chain, 0_u32..4, 0_u32..4, any::<u64>()).prop_map(|(gaps, a_tail, b_tail, moves)| {
        let (mut a, mut b) = (5, 9);
        let (mut pairs, mut a_free, mut b_free) = (Vec::new(), Vec::new(), Vec::new());
        for (a_gap, b_gap) in gaps {
            a_free.extend(a..a + a_gap);
            b_free.extend(b..b + b_gap);
            (a, b) = (a + a_gap, b + b_gap);
            pairs.push(Pair { a, b, moved: false });
            (a, b) = (a + 1, b + 1);
        }
        // Unmatched words of both sides, paired crosswise at random.
        let turn = (moves % 7) as usize % b_free.len().max(1);
        b_free.rotate_left(turn);
        for (index, (&x, &y)) in a_free.iter().zip(&b_free).enumerate() {
            if moves >> (index % 60 + 3) & 1 == 1 {
                pairs.push(Pair { a: x, b: y, moved: true });
            }
        }
        pairs.sort_unstable();
        (Span::new(5, a + a_tail), Span::new(9, b + b_tail), pairs)
    })
}

proptest! {
    /// The main chain is worth as much as the best of all alignments; moved blocks match what it left.
    #[test]
    fn the_matrix_finds_the_best_alignment(a in keys(40), b in keys(40)) {
        with_tables(&a, &b, |tables, whole| {
            let matches = Editor::default().align(tables, whole);
            let chain: Vec<(u32, u32)> = matches.iter().filter(|m| !m.moved).map(|m| (m.a, m.b)).collect();
            prop_assert!(chain.is_sorted_by(|x, y| x.0 < y.0 && x.1 < y.1), "{:?}", chain);
            prop_assert_eq!(score_of(&a, &b, &chain), best_score(&a, &b));
            for (index, found) in matches.iter().enumerate() {
                prop_assert_eq!(a[found.a as usize], b[found.b as usize]);
                prop_assert!(matches[..index].iter().all(|m| m.a != found.a && m.b != found.b));
            }
            if let Some(place) = extent(&matches) {
                prop_assert!(whole.a.contains(place.a) && whole.b.contains(place.b));
            }
            Ok(())
        })?;
    }

    /// Words get one number exactly if the other side holds them.
    #[test]
    fn words_are_numbered_where_shared(a in keys(20), b in keys(20)) {
        with_tables(&a, &b, |tables, _| {
            for (i, x) in a.iter().enumerate() {
                prop_assert_eq!(tables.a[i] != NOT_SHARED, b.contains(x));
                for (j, y) in b.iter().enumerate() {
                    prop_assert_eq!(x == y, tables.a[i] != NOT_SHARED && tables.a[i] == tables.b[j]);
                }
            }
            Ok(())
        })?;
    }

    /// A script covers both sides without gap or overlap, tells every matched pair, and reads back.
    #[test]
    fn scripts_rebuild_both_sides((a, b, pairs) in script()) {
        let script = steps(a, b, &pairs);
        let mut here = a.start();
        for step in &script {
            prop_assert_eq!(step.a.start(), here, "{:?}", script);
            here = step.a.end();
        }
        prop_assert_eq!(here, a.end());
        let mut b_sides: Vec<TokenSpan> = script.iter().map(|s| s.b).filter(|s| !s.is_empty()).collect();
        b_sides.sort_unstable();
        let mut here = b.start();
        for side in b_sides {
            prop_assert_eq!(side.start(), here, "{:?}", script);
            here = side.end();
        }
        prop_assert_eq!(here, b.end());
        prop_assert_eq!(&pairs_of(&script), &pairs);
        let counts = count(&script);
        let moved = pairs.iter().filter(|p| p.moved).count() as u32;
        prop_assert_eq!(counts.moved, moved);
        prop_assert_eq!(counts.deleted + counts.replaced, a.len() - pairs.len() as u32);
        prop_assert_eq!(counts.inserted + counts.replaced, b.len() - pairs.len() as u32);
    }

    /// Merging only ever joins: every box lies in a merged one, and merging again changes nothing.
    #[test]
    fn merged_boxes_hold_all_boxes(places in prop::collection::vec((0_u32..200, 1_u32..30, 0_u32..200, 1_u32..30), 0..12)) {
        let boxes: Vec<Box2> = places
            .into_iter()
            .map(|(a, a_len, b, b_len)| Box2 { a: Span::new(a, a + a_len), b: Span::new(b, b + b_len) })
            .collect();
        let merged = merge(boxes.clone(), 10);
        for place in &boxes {
            prop_assert!(merged.iter().any(|m| m.a.contains(place.a) && m.b.contains(place.b)));
        }
        prop_assert_eq!(merge(merged.clone(), 10), merged);
    }
}

#[test]
fn operations_are_told_as_a_reader_sees_them() {
    /// Name, tokens of either side, matched pairs, and what is told.
    type Case = (&'static str, u32, u32, Vec<Pair>, &'static [Operation]);
    let all = |len: u32| Span::new(0, len);
    let pair = |a, b| Pair { a, b, moved: false };
    let moved = |a, b| Pair { a, b, moved: true };
    let cases: [Case; 6] = [
        ("equal", 2, 2, vec![pair(0, 0), pair(1, 1)], &[Operation::Equal]),
        (
            "inserted",
            2,
            3,
            vec![pair(0, 0), pair(1, 2)],
            &[Operation::Equal, Operation::Insert, Operation::Equal],
        ),
        (
            "left out",
            3,
            2,
            vec![pair(0, 0), pair(2, 1)],
            &[Operation::Equal, Operation::Delete, Operation::Equal],
        ),
        (
            "replaced",
            3,
            4,
            vec![pair(0, 0), pair(2, 3)],
            &[Operation::Equal, Operation::Replace, Operation::Equal],
        ),
        (
            "moved",
            4,
            4,
            vec![moved(0, 2), moved(1, 3), pair(2, 0), pair(3, 1)],
            &[Operation::Move, Operation::Equal],
        ),
        ("nothing in common", 2, 1, vec![], &[Operation::Replace]),
    ];
    for (case, a, b, pairs, expected) in cases {
        let told: Vec<Operation> = steps(all(a), all(b), &pairs).iter().map(|step| step.operation).collect();
        assert_eq!(told, expected, "{case}");
    }
}

#[test]
fn a_box_too_large_for_the_matrix_is_divided_at_unique_words() {
    // Two texts of 3,000 words; every 50th word is unique and shared, the rest are one of 9 words or foreign.
    let text = |foreign: u64| -> Vec<u64> {
        (0..3_000_u64)
            .map(|index| match index % 50 {
                0 => 1_000_001 + index * 2,
                n if n % 3 == foreign => 5_000_001 + foreign * 1_000_000 + index * 2,
                n => n % 9 + 1,
            })
            .collect()
    };
    let (a, b) = (text(1), text(2));
    let (n_anchors, unaligned) = with_tables(&a, &b, |tables, whole| {
        let mut editor = Editor::default();
        let matches = editor.align(tables, whole);
        let straight = matches.iter().filter(|m| m.a == m.b && m.a.is_multiple_of(50)).count();
        (straight, editor.take_unaligned())
    });
    assert_eq!((n_anchors, unaligned), (60, 0));
    // Without a unique word there is nothing to divide at: told, not hung.
    let (x, y) = ([vec![1; 2_000], vec![2; 2_000]].concat(), [vec![2; 2_000], vec![1; 2_000]].concat());
    let unaligned = with_tables(&x, &y, |tables, whole| {
        let mut editor = Editor::default();
        editor.align(tables, whole);
        editor.take_unaligned()
    });
    assert_eq!(unaligned, 1);
}

#[test]
fn a_passage_of_moved_blocks_gets_a_chain_of_its_own() {
    /// Name, matches as (a, b, moved), and which are still moved afterwards.
    type Case = (&'static str, &'static [(u32, u32, bool)], &'static [bool]);
    let cases: [Case; 4] = [
        ("a chain stays", &[(0, 5, true), (1, 2, false)], &[true, false]),
        ("one block", &[(0, 5, true), (1, 6, true)], &[false, false]),
        ("blocks in order", &[(0, 5, true), (3, 8, true), (4, 9, true)], &[false, false, false]),
        ("blocks out of order", &[(0, 5, true), (3, 1, true), (4, 2, true)], &[true, false, false]),
    ];
    for (case, given, expected) in cases {
        let matches = given.iter().map(|&(a, b, moved)| Match { a, b, moved }).collect();
        let moved: Vec<bool> = settle(matches).iter().map(|found| found.moved).collect();
        assert_eq!(moved, expected, "{case}");
    }
    assert_eq!(settle(vec![]), []);
}

#[test]
fn trimmed_ends_are_told_with_what_they_have_and_what_they_cost() {
    // Ten words in common, twenty of its own on either side, then one more in common.
    let text = |own: u64| -> Vec<u64> {
        (1..11).chain(own..own + 20).chain([13]).map(|word| word * 4 + 1).collect()
    };
    with_tables(&text(100), &text(200), |tables, _| {
        let chain = |at: u32| Match { a: at, b: at, moved: false };
        let matches: Vec<Match> = (0..10).chain([30]).map(chain).collect();
        for cost in [0.4, 0.8] {
            let kept = trim(tables, &matches, cost);
            let misses = trimmed(tables, &matches, &kept, cost);
            if kept.len() == matches.len() {
                assert_eq!(misses, []);
                continue;
            }
            let [miss] = &misses[..] else { panic!("{misses:?}") };
            assert_eq!((miss.a, miss.b, miss.rule), (Span::new(30, 31), Span::new(30, 31), Rule::EndCost));
            assert!(miss.value <= miss.limit && miss.nearness() <= 1.0, "{miss:?}");
            // Fifteen bits of the word (tests' surprisal of 120 eighths) against forty words between.
            assert_eq!(miss.value, 15.0);
        }
        assert_eq!(trimmed(tables, &matches, &matches[..10], 0.5).len(), 1);
        assert_eq!(trimmed(tables, &matches, &matches, 0.5), []);
    });
}

#[test]
fn dropped_rivals_are_told_against_the_strongest_they_restate() {
    let passage = |a: (u32, u32), b: (u32, u32), bits: f64, identity: f64| Alignment {
        a: Span::new(a.0, a.1),
        b: Span::new(b.0, b.1),
        steps: Vec::new(),
        matched: 0,
        longest_run: 0,
        identity,
        bits,
        kind: Kind::Edited,
        edits: EditCounts::default(),
        blocks: Vec::new(),
        fingerprint: StableId(0),
    };
    let strong = passage((0, 40), (0, 40), 300.0, 0.9);
    let inside = passage((5, 20), (5, 20), 60.0, 0.9);
    let loose_repeat = passage((0, 30), (100, 130), 80.0, 0.4);
    let close_repeat = passage((0, 30), (200, 230), 90.0, 0.8);
    let apart = passage((60, 80), (60, 80), 70.0, 0.3);
    let found = [strong, inside, loose_repeat, close_repeat, apart];
    let kept = select(found.to_vec());
    assert_eq!(kept.len(), 3);
    let told: Vec<_> = rivals(&found, &kept).iter().map(|miss| (miss.rule, miss.value, miss.limit)).collect();
    assert_eq!(told, [(Rule::Rival, 60.0, 300.0), (Rule::Repetition, 0.4, 0.7)]);
}
