//! What a passage falls into, and what of it holds for any.

use super::*;
use crate::align::blocks::parted;
use crate::model::Operation;

/// A piece of a made-up text.
#[derive(Clone, Copy)]
enum Part {
    /// Words that the other text may have too, by seed.
    Shared(u64, usize),
    /// The same without a full stop, so that its sentence goes on.
    Open(u64, usize),
}

use Part::{Open, Shared};

fn join(parts: &[Part]) -> String {
    let words = |part: &Part| match *part {
        Shared(seed, len) => salad(&mut Dice::new(seed), len).join(" "),
        Open(seed, len) => salad(&mut Dice::new(seed), len).join(" ").replace('.', "").to_lowercase(),
    };
    parts.iter().map(words).collect::<Vec<_>>().join(" ")
}

/// Asserts the blocks of all passages of two texts, from either side.
#[track_caller]
fn check(case: &str, a: &[Part], b: &[Part], expected: &[&[(u32, u32, u32, u32)]]) {
    let [straight, turned] = both_ways(&[join(a), join(b)], AlignParams::default());
    let places = |passage: &Alignment| -> Vec<(u32, u32, u32, u32)> {
        let place = |block: &Block| (block.a.start(), block.a.end(), block.b.start(), block.b.end());
        passage.blocks.iter().map(place).collect()
    };
    assert_eq!(straight.iter().map(places).collect::<Vec<_>>(), expected, "{case}");
    let back: Vec<_> = by_place(turned.iter().map(Alignment::swapped).collect());
    assert_eq!(back.iter().map(places).collect::<Vec<_>>(), expected, "{case}, turned");
}

#[test]
fn an_unshared_sentence_parts_two_statements() {
    let (one, two, three) = (Shared(1, 40), Shared(2, 40), Shared(3, 40));
    let own = Shared(101, 12);
    check("one statement", &[one], &[one], &[&[]]);
    check("next to each other", &[one, two], &[one, two], &[&[]]);
    let apart: &[_] = &[(0, 40, 0, 40), (52, 92, 40, 80)];
    check("a sentence between in one text", &[one, own, two], &[one, two], &[apart]);
    let both: &[_] = &[(0, 40, 0, 40), (52, 92, 52, 92)];
    check("another one in either", &[one, own, two], &[one, Shared(202, 12), two], &[both]);
    let thrice: &[_] = &[(0, 40, 0, 40), (52, 92, 40, 80), (92, 132, 92, 132)];
    let texts = ([one, own, two, three], [one, two, Shared(202, 12), three]);
    check("each text has one of its own", &texts.0, &texts.1, &[thrice]);
    check("a passage each", &[one, Shared(101, 60), two], &[one, two], &[&[], &[]]);
}

#[test]
fn a_block_stands_for_itself_and_is_parted_by_a_sentence() {
    let (one, two) = (Shared(1, 40), Shared(2, 40));
    check("four words say who speaks", &[one, Shared(101, 4), two], &[one, two], &[&[]]);
    let inside = [Open(1, 20), Open(101, 12), Open(2, 20)];
    check("words inside a sentence", &inside, &[Open(1, 20), Open(2, 20)], &[&[]]);
    let three = Shared(3, 3);
    let apart: &[_] = &[(0, 51, 0, 43), (61, 101, 43, 83)];
    let texts = ([one, Shared(101, 8), three, Shared(107, 10), two], [one, three, two]);
    check("three words join the nearer neighbour", &texts.0, &texts.1, &[apart]);
}

/// Holds the blocks of a passage against what is true of any.
fn check_blocks(passage: &Alignment) {
    let blocks = &passage.blocks;
    assert_ne!(blocks.len(), 1, "one block is no part");
    if blocks.is_empty() {
        return;
    }
    assert_ne!(passage.kind, Kind::Verbatim, "nothing stands between verbatim words");
    assert_eq!((blocks[0].a.start(), blocks[0].b.start()), (passage.a.start(), passage.b.start()));
    let last = blocks[blocks.len() - 1];
    assert_eq!((last.a.end(), last.b.end()), (passage.a.end(), passage.b.end()));
    assert!(blocks.is_sorted_by(|x, y| x.a.end() <= y.a.start() && x.b.end() <= y.b.start()), "{blocks:?}");
    let is_match = |step: &&Step| matches!(step.operation, Operation::Equal | Operation::Move);
    for step in passage.steps.iter().filter(is_match) {
        for (a, b) in step.a.range().zip(step.b.range()) {
            assert!(blocks.iter().any(|block| block.a.range().contains(&a)), "{a} of a in {blocks:?}");
            assert!(blocks.iter().any(|block| block.b.range().contains(&b)), "{b} of b in {blocks:?}");
        }
    }
    let default = AlignParams::default();
    for block in blocks {
        assert!(block.bits >= default.min_bits, "{block:?}");
        assert!(block.a.len() + block.b.len() >= 2 * default.min_words, "{block:?}");
    }
}

/// Statements with sentences of either text's own between them, in one order.
fn rows() -> impl Strategy<Value = [Vec<Piece>; 2]> {
    let one = (0_u64..3, 0_usize..20, 0_usize..20, 0_usize..15, any::<u64>());
    prop::collection::vec(one, 2..5).prop_map(|rows| {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for (number, a_len, b_len, percent, seed) in rows {
            a.push(Piece::Own { seed: seed >> 1, len: a_len });
            b.push(Piece::Own { seed: seed >> 2, len: b_len });
            a.push(Piece::Statement { number, percent: 0, seed });
            b.push(Piece::Statement { number, percent, seed });
        }
        [a, b]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Blocks lie in order inside their passage and hold all its matched words, from whatever side.
    #[test]
    fn blocks_are_parts([a, b] in rows()) {
        let texts = [text(&a), text(&b)];
        let [straight, turned] = both_ways(&texts, AlignParams::default());
        straight.iter().chain(&turned).for_each(check_blocks);
        let turned_back = by_place(turned.iter().map(Alignment::swapped).collect());
        prop_assert_eq!(&straight, &turned_back);
        // A passage that is passed over at the first look has none at a closer one.
        let documents = tokens(&texts);
        for passage in &straight {
            let closer = parted(passage, [&documents[0], &documents[1]], &AlignParams::default());
            prop_assert_eq!(&closer, &passage.blocks);
        }
    }
}
