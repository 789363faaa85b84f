use proptest::prelude::*;

use super::*;
use crate::model::Place;

fn tokens(words: &[(u64, Flags)]) -> Tokens {
    let mut tokens = Tokens::default();
    for (index, &(key, flags)) in words.iter().enumerate() {
        tokens.keys.push(key);
        tokens.places.push(Place { start: index as u32 * 2, len: 1, surprisal: 80, flags });
    }
    tokens
}

fn positions(words: &[(u64, Flags)], params: FingerprintParams) -> Vec<u32> {
    fingerprints(&tokens(words), params).map(|f| f.position).collect()
}

const STOP: (u64, Flags) = (1, Flags::STOP);

fn word(key: u64) -> (u64, Flags) {
    (key, Flags::default())
}

#[test]
fn shingles_are_content_words_in_a_row() {
    let (a, b, c, d) = (word(2), word(3), word(4), word(5));
    let cases: [(&[_], &[u32]); 8] = [
        (&[], &[]),
        (&[a, b], &[]),
        (&[STOP; 9], &[]),
        (&[a, b, c], &[0]),
        (&[a, b, c, d], &[0, 1]),
        // Function words between them take no part.
        (&[STOP, a, STOP, STOP, b, c, STOP], &[1]),
        (&[a, STOP, b, STOP, c, STOP, d], &[0, 2]),
        // Words far apart are no shingle.
        (&[a, STOP, STOP, STOP, STOP, STOP, b, STOP, STOP, STOP, STOP, STOP, STOP, c], &[]),
    ];
    for (words, expected) in cases {
        assert_eq!(positions(words, FingerprintParams::default()), expected, "{words:?}");
    }
}

#[test]
fn shingles_of_frequent_words_are_longer() {
    // Words of 10 bits.
    let words: Vec<_> = (2..7).map(word).collect();
    for (min_bits, n) in [(0.0, 3), (30.0, 3), (30.2, 2), (40.0, 2), (50.0, 1), (51.0, 0)] {
        let params = FingerprintParams { min_bits, ..FingerprintParams::default() };
        assert_eq!(positions(&words, params).len(), n, "{min_bits}");
    }
    // No more than so many.
    let words: Vec<_> = (2..99).map(word).collect();
    let params =
        |words| FingerprintParams { min_bits: words as f32 * 10.0, span: 99, ..FingerprintParams::default() };
    assert_eq!(positions(&words, params(MAX_SHINGLE)).len(), words.len() - MAX_SHINGLE + 1);
    assert_eq!(positions(&words, params(MAX_SHINGLE + 1)), Vec::<u32>::new());
}

#[test]
fn function_words_take_part_if_asked_and_weigh_nothing() {
    let params =
        FingerprintParams { function_words: true, span: 3, min_bits: 12.0, ..FingerprintParams::default() };
    assert_eq!(positions(&[STOP; 9], params), Vec::<u32>::new());
    // One content word of 10 bits is below the 12 asked for, two are enough.
    assert_eq!(positions(&[STOP, STOP, word(2), STOP], params), Vec::<u32>::new());
    assert_eq!(positions(&[STOP, word(2), word(3)], params), vec![0]);
}

#[test]
fn the_words_count_and_their_order_does_not() {
    let of = |keys: [u64; 3]| {
        let found: Vec<u64> =
            fingerprints(&tokens(&keys.map(word)), FingerprintParams::default()).map(|f| f.hash).collect();
        found[0]
    };
    for same in [[8, 7, 9], [9, 8, 7], [7, 9, 8]] {
        assert_eq!(of([7, 8, 9]), of(same), "{same:?}");
    }
    for other in [[7, 8, 10], [7, 8, 8], [7, 7, 8], [0, 8, 9]] {
        assert_ne!(of([7, 8, 9]), of(other), "{other:?}");
    }
}

proptest! {
    /// Every shingle by the definition, and where it ends.
    #[test]
    fn as_the_slow_twin_finds(
        words in prop::collection::vec((2_u64..9, any::<bool>()), 0..60),
        shingle in 1_usize..=MAX_SHINGLE,
        function_words in any::<bool>(),
        span in 1_u32..20,
        min_bits in 0.0_f32..60.0,
    ) {
        let params = FingerprintParams { shingle, function_words, span, min_bits };
        let words: Vec<_> = words.into_iter().map(|(key, stop)| if stop { STOP } else { word(key) }).collect();
        let tokens = tokens(&words);
        let taking_part: Vec<usize> =
            (0..words.len()).filter(|&index| function_words || words[index].1 != Flags::STOP).collect();
        let bits = |at: &[usize]| at.iter().filter(|&&index| words[index].1 != Flags::STOP).count() as f32 * 10.0;
        // For each last word, the fewest that are enough.
        let expected: Vec<(u32, Vec<u64>)> = (0..taking_part.len())
            .filter_map(|last| {
                let start = last.saturating_sub(MAX_SHINGLE - 1);
                let at = (start..=last)
                    .rev()
                    .map(|first| &taking_part[first..=last])
                    .find(|at| at.len() >= shingle && bits(at) >= (min_bits * 8.0).floor() / 8.0)?;
                let mut keys: Vec<u64> = at.iter().map(|&index| words[index].0).collect();
                keys.sort_unstable();
                (at[at.len() - 1] - at[0] < span as usize).then_some((at[0] as u32, keys))
            })
            .collect();
        let found: Vec<Fingerprint> = fingerprints(&tokens, params).collect();
        prop_assert_eq!(
            found.iter().map(|f| f.position).collect::<Vec<_>>(),
            expected.iter().map(|(position, _)| *position).collect::<Vec<_>>()
        );
        for (x, (_, x_keys)) in found.iter().zip(&expected) {
            for (y, (_, y_keys)) in found.iter().zip(&expected) {
                prop_assert_eq!(x.hash == y.hash, x_keys == y_keys);
            }
            // The shortest from there on; its length is that of one that begins there.
            let ends = end(&tokens, x.position, params);
            prop_assert!(x.position < ends && ends - x.position <= span);
        }
    }
}

#[test]
fn in_a_plain_hash_order_and_every_key_count() {
    let one = hash(&[1, 2, 3, 4]);
    for other in [[2, 1, 3, 4], [1, 2, 4, 3], [1, 2, 3, 5], [0, 2, 3, 4]] {
        assert_ne!(one, hash(&other), "{other:?}");
    }
    assert_eq!(one, hash(&[1, 2, 3, 4]));
}
