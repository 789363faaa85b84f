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

fn positions(words: &[(u64, Flags)]) -> Vec<u32> {
    fingerprints(&tokens(words), FingerprintParams::default()).map(|f| f.position).collect()
}

#[test]
fn texts_shorter_than_a_shingle_have_none() {
    let word = (7, Flags::default());
    assert_eq!(positions(&[]), Vec::<u32>::new());
    assert_eq!(positions(&[word; 3]), Vec::<u32>::new());
    assert_eq!(positions(&[word; 5]), vec![0, 1]);
}

#[test]
fn shingles_of_function_words_alone_are_left_out() {
    let (stop, word) = ((1, Flags::STOP), (2, Flags::default()));
    assert_eq!(positions(&[stop, stop, stop, stop, stop]), Vec::<u32>::new());
    // One content word of 10 bits is below the 12 asked for, two are enough.
    assert_eq!(positions(&[stop, stop, stop, word]), Vec::<u32>::new());
    assert_eq!(positions(&[stop, stop, word, word]), vec![0]);
}

#[test]
fn order_and_every_key_count() {
    let one = hash(&[1, 2, 3, 4]);
    for other in [[2, 1, 3, 4], [1, 2, 4, 3], [1, 2, 3, 5], [0, 2, 3, 4]] {
        assert_ne!(one, hash(&other), "{other:?}");
    }
    assert_eq!(one, hash(&[1, 2, 3, 4]));
}
