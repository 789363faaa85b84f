mod blocks;
mod parts;
mod summary;

use proptest::prelude::*;

use super::*;
use crate::align::work::MANY_ITEMS;
use crate::fixture::{Dice, edited, salad, tokens};

/// All passages of the first two of `texts`, from either side.
fn both_ways(texts: &[String], params: AlignParams) -> [Vec<Alignment>; 2] {
    let documents = tokens(texts);
    let segments = Segments::of(&documents);
    let aligner = Aligner::new(&documents, texts.iter().map(String::as_str).collect(), &segments, params);
    let of = |a: usize, b: usize| {
        let all: Vec<Candidate> = segments
            .of_document(a)
            .flat_map(|x| segments.of_document(b).map(move |y| Candidate { a: x, b: y }))
            .collect();
        let mut found = aligner.pair(a, b, &all, &mut Workspace::default());
        let side = |index: usize| (&documents[index], texts[index].as_str());
        for one in &mut found {
            describe(one, side(a), side(b), &params);
        }
        found
    };
    [of(0, 1), of(1, 0)]
}

/// A piece of a made-up text: words of its own, or a version of one of three statements.
#[derive(Clone, Copy, Debug)]
enum Piece {
    Own { seed: u64, len: usize },
    Statement { number: u64, percent: usize, seed: u64 },
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        (0_u64..1 << 40, 1_usize..40).prop_map(|(seed, len)| Piece::Own { seed: seed + 10, len }),
        (0_u64..3, 0_usize..30, any::<u64>()).prop_map(|(number, percent, seed)| Piece::Statement {
            number,
            percent,
            seed
        }),
    ]
}

fn text(pieces: &[Piece]) -> String {
    let words = |piece: &Piece| match *piece {
        Piece::Own { seed, len } => salad(&mut Dice::new(seed), len),
        Piece::Statement { number, percent, seed } => {
            edited(&salad(&mut Dice::new(number), 25), percent, &mut Dice::new(seed))
        }
    };
    pieces.iter().flat_map(words).collect::<Vec<_>>().join(" ")
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    prop::collection::vec(piece(), 0..6)
}

fn by_place(mut passages: Vec<Alignment>) -> Vec<Alignment> {
    passages.sort_by_key(|passage| (passage.a, passage.b));
    passages
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Asking from the other side swaps the sides and nothing else.
    #[test]
    fn sides_are_alike(a in pieces(), b in pieces()) {
        let [straight, turned] = both_ways(&[text(&a), text(&b)], AlignParams::default());
        let turned_back = by_place(turned.iter().map(Alignment::swapped).collect());
        prop_assert_eq!(straight, turned_back);
    }

    /// Swapping twice changes nothing.
    #[test]
    fn swapping_twice_is_nothing(a in pieces(), b in pieces()) {
        let [found, _] = both_ways(&[text(&a), text(&b)], AlignParams::default());
        for passage in found {
            prop_assert_eq!(&passage.swapped().swapped(), &passage);
        }
    }

    /// Stricter limits drop passages, and every passage keeps to the limits.
    #[test]
    fn limits_are_kept(a in pieces(), b in pieces(), min_words in 1_u32..40, bits in 10_u32..400, percent in 0_u32..100) {
        let params = AlignParams {
            min_words,
            min_bits: f64::from(bits),
            min_identity: f64::from(percent) / 100.0,
            ..AlignParams::default()
        };
        let [found, _] = both_ways(&[text(&a), text(&b)], params);
        for passage in &found {
            prop_assert!(passage.bits >= params.min_bits);
            prop_assert!(passage.a.len() + passage.b.len() >= 2 * min_words);
        }
    }
}

#[test]
fn a_text_has_the_same_passage_with_its_copy_found_or_known() {
    for (seed, len) in [(1, 12), (2, 200), (3, 6_000)] {
        let text = salad(&mut Dice::new(seed), len).join(" ");
        let texts = [text.clone(), text];
        let [found, turned] = both_ways(&texts, AlignParams::default());
        assert_eq!(found, turned);
        let documents = tokens(&texts);
        let segments = Segments::of(&documents);
        let texts = texts.iter().map(String::as_str).collect();
        let aligner = Aligner::new(&documents, texts, &segments, AlignParams::default());
        assert_eq!(found, Vec::from_iter(aligner.whole(0, &mut Workspace::default())), "{len} words");
        assert!(found.iter().all(|one| one.blocks.is_empty() && one.edits == EditCounts::default()));
        assert_eq!(found.len(), 1, "{len} words");
    }
}

#[test]
fn a_pair_divided_among_threads_has_the_passages_of_one_worked_off_at_once() {
    // Nine segments a side, and as many statements, each in another place.
    let statements: Vec<Vec<String>> = (0..40).map(|seed| salad(&mut Dice::new(seed), 60)).collect();
    let book = |first: u64, step: usize| -> String {
        let mut dice = Dice::new(first);
        let parts = (0..statements.len()).flat_map(|index| {
            let statement = edited(&statements[index * step % statements.len()], 10, &mut dice);
            statement.into_iter().chain(salad(&mut Dice::new(first + index as u64), 800)).collect::<Vec<_>>()
        });
        parts.collect::<Vec<_>>().join(" ")
    };
    let texts = [book(1_000, 1), book(2_000, 7)];
    let documents = tokens(&texts);
    let segments = Segments::of(&documents);
    let aligner = Aligner::new(
        &documents,
        texts.iter().map(String::as_str).collect(),
        &segments,
        AlignParams::default(),
    );
    let all: Vec<Candidate> = segments
        .of_document(0)
        .flat_map(|x| segments.of_document(1).map(move |y| Candidate { a: x, b: y }))
        .collect();
    assert!(all.len() >= MANY_ITEMS, "{} segment pairs", all.len());
    let divided = aligner.pair(0, 1, &all, &mut Workspace::default());
    // Who asks for the misses gets a pair that is not divided.
    let (at_once, _) = aligner.pair_with_misses(0, 1, &all, &mut Workspace::default());
    assert_eq!(divided, at_once);
    assert!(divided.len() >= statements.len(), "{} passages", divided.len());
}

#[test]
fn a_pair_without_segments_in_common_has_no_passage() {
    let texts = [String::new(), salad(&mut Dice::new(1), 50).join(" ")];
    assert_eq!(both_ways(&texts, AlignParams::default()), [vec![], vec![]]);
}

#[test]
fn a_miss_names_the_limit_that_stopped_it() {
    let statement = salad(&mut Dice::new(1), 12).join(" ");
    let texts = [format!("{} {statement}", salad(&mut Dice::new(2), 40).join(" ")), statement];
    let documents = tokens(&texts);
    let segments = Segments::of(&documents);
    let default = AlignParams::default();
    let cases = [
        (Rule::MinWords, 30.0, AlignParams { min_words: 30, ..default }),
        (Rule::MinBits, 4_000.0, AlignParams { min_bits: 4_000.0, ..default }),
    ];
    for (rule, limit, params) in cases {
        let aligner = Aligner::new(&documents, texts.iter().map(String::as_str).collect(), &segments, params);
        for (a, b) in [(0, 1), (1, 0)] {
            let candidates = [Candidate { a: 0, b: 1 }];
            let (found, misses) = aligner.pair_with_misses(a, b, &candidates, &mut Workspace::default());
            assert_eq!(found, []);
            let [miss] = &misses[..] else { panic!("{misses:?}") };
            assert_eq!((miss.rule, miss.limit), (rule, limit));
            assert!(miss.value < limit);
            let long_side = if a == 0 { miss.a } else { miss.b };
            assert!(long_side.start() >= 40 - default.snap, "{miss:?}");
        }
    }
}

#[test]
fn a_short_passage_is_believed_in_company() {
    const WORDS: usize = 9;
    let own = |seed, n| salad(&mut Dice::new(seed), n).join(" ");
    let (short, long) = (own(1, WORDS), own(2, 60));
    let alone = |seed| format!("{} {short} {}", own(seed, 40), own(seed + 1, 40));
    let beside =
        |seed, between| format!("{} {} {long} {}", alone(seed), own(seed + 2, between), own(seed + 3, 40));
    let passages = |texts: &[String], min_bits: f64| {
        let [found, _] = both_ways(texts, AlignParams { min_bits, ..AlignParams::default() });
        found
    };
    let lone = [alone(10), alone(20)];
    let [found] = &passages(&lone, 1.0)[..] else { panic!("not found at all") };
    // Between what is asked for in company (14 words to 9) and alone (20 to 9).
    let min_bits = found.bits / (17.0 / WORDS as f64);
    assert_eq!(passages(&lone, min_bits).len(), 0);
    assert_eq!(passages(&[beside(10, 100), beside(20, 100)], min_bits).len(), 2);
    assert_eq!(
        passages(&[beside(10, 1_200), beside(20, 100)], min_bits).len(),
        1,
        "in another article of the page"
    );

    let documents = tokens(&lone);
    let segments = Segments::of(&documents);
    let params = AlignParams { min_bits, ..AlignParams::default() };
    let aligner = Aligner::new(&documents, lone.iter().map(String::as_str).collect(), &segments, params);
    let (_, misses) = aligner.pair_with_misses(0, 1, &[Candidate { a: 0, b: 1 }], &mut Workspace::default());
    let told = misses.iter().find(|miss| miss.rule == Rule::Company);
    assert!(told.is_some_and(|miss| miss.value < miss.limit), "{misses:?}");
}
