use crate::matching::postings::OrderKey;
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::fingerprint::fingerprints;
use crate::fixture::{Dice, edited, salad, tokens};
use crate::matching::nominate::nominate;
use crate::matching::postings::Hit;
use crate::matching::segment::Segments;
use crate::model::{Flags, Place, Silent, Tokens};
use crate::store::Folder;

/// Takes every document, or every one of two sides.
struct Sides(Option<Vec<bool>>);

impl Admission for Sides {
    fn admits(&self, a: usize, b: usize) -> bool {
        self.0.as_ref().is_none_or(|is_new| is_new[a] != is_new[b])
    }

    fn side(&self, document: usize) -> Side {
        match &self.0 {
            None => Side::Both,
            Some(is_new) if is_new[document] => Side::New,
            Some(_) => Side::Reference,
        }
    }
}

fn order_keys(documents: &[Tokens]) -> Vec<OrderKey> {
    documents.iter().map(|tokens| (crate::fingerprint::hash(&tokens.keys), 0)).collect()
}

fn find(documents: &[Tokens], admission: &dyn Admission, params: &MatchParams) -> Matches {
    find_in(&Store::in_memory(), documents, admission, params)
}

fn find_in(store: &Store, documents: &[Tokens], admission: &dyn Admission, params: &MatchParams) -> Matches {
    let (segments, order_keys) = (Segments::of(documents), order_keys(documents));
    let join = Join { segments: &segments, order_keys: &order_keys, admission, params };
    candidates(&Library::of_tokens(documents.to_vec()), &join, store, &Silent).unwrap()
}

/// Hits of all shingles of all admitted document pairs, by comparing each with each.
fn naive_hits(documents: &[Tokens], admission: &dyn Admission, params: &MatchParams) -> Vec<Hit> {
    let segments = Segments::of(documents);
    // Of a shingle repeated in a document, the first places take part.
    let kept: Vec<Vec<(u64, u32)>> = documents
        .iter()
        .map(|tokens| {
            let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
            fingerprints(tokens, params.fingerprint)
                .map(|f| (f.hash, f.position))
                .filter(|(hash, _)| {
                    let times = seen.entry(*hash).or_default();
                    *times += 1;
                    *times <= params.max_positions
                })
                .collect()
        })
        .collect();
    let mut hits = Vec::new();
    for a in 0..documents.len() {
        for b in (a + 1..documents.len()).filter(|&b| admission.admits(a, b)) {
            // The new document of a new and a reference one is the first of the hit.
            let (a, b) = if admission.side(a) == Side::Reference { (b, a) } else { (a, b) };
            for &(x_hash, x) in &kept[a] {
                for &(_, y) in kept[b].iter().filter(|(hash, _)| *hash == x_hash) {
                    let (a_segment, b_segment) = (segments.at(a, x), segments.at(b, y));
                    hits.push(Hit { a: a_segment, b: b_segment, a_position: x, b_position: y });
                }
            }
        }
    }
    hits.sort_unstable();
    hits.dedup();
    hits
}

/// Documents over a small vocabulary, so that shingles recur within and between them; every fourth word is a
/// function word.
fn corpus() -> impl Strategy<Value = Vec<Tokens>> {
    prop::collection::vec(document(), 0..7)
}

fn document() -> impl Strategy<Value = Tokens> {
    let word = |word: u8| {
        let flags = if word.is_multiple_of(4) { Flags::STOP } else { Flags::default() };
        (u64::from(word) + 1, flags, 40 + word * 10)
    };
    prop::collection::vec((0_u8..9).prop_map(word), 0..50).prop_map(|words| {
        let mut tokens = Tokens::default();
        for (index, (key, flags, surprisal)) in words.into_iter().enumerate() {
            tokens.keys.push(key);
            tokens.places.push(Place { start: index as u32 * 2, len: 1, surprisal, flags });
        }
        tokens.mark_repeats();
        tokens
    })
}

proptest! {
    /// Below the frequency bound the join finds what comparing every shingle with every other finds.
    #[test]
    fn the_join_equals_its_slow_twin(
        documents in corpus(),
        sides in prop::option::of(prop::collection::vec(any::<bool>(), 7)),
        max_positions in 1_usize..6,
        min_local_bits in 10.0_f32..80.0,
        min_place_bits in 0.0_f32..80.0,
        min_lone_bits in 0.0_f32..80.0,
    ) {
        let params = MatchParams {
            max_positions,
            min_local_bits,
            min_place_bits,
            min_lone_bits,
            ..MatchParams::default()
        };
        let admission = Sides(sides);
        let hits = naive_hits(&documents, &admission, &params);
        let segments = Segments::of(&documents);
        let document = |segment| &documents[segments.get(segment).document as usize];
        let mut expected: Vec<Candidate> = nominate(&hits, &documents, &segments, &params)
            .into_iter()
            .filter(|it| verify::holds(it, document(it.pair.a), document(it.pair.b), &params))
            .map(|it| it.pair.in_order())
            .collect();
        expected.sort_unstable();
        let found = find(&documents, &admission, &params);
        prop_assert_eq!(&found.candidates, &expected);
        prop_assert_eq!(found.star_shingles, 0);
        // In as many parts as can be, all of them on disk.
        let tight = MatchParams { memory_bytes: 64, ..params };
        let store = Store { block_bytes: 1, ..Store::new(Folder::temporary(), 0) };
        let found = find_in(&store, &documents, &admission, &tight);
        prop_assert_eq!(found.candidates, expected);
    }

    /// Whatever stands twice is kept, in order.
    #[test]
    fn no_shared_shingle_is_dropped_as_lone(hashes in prop::collection::vec(0_u64..200, 0..300)) {
        let postings: Vec<_> = hashes
            .iter()
            .zip(0..)
            .map(|(&hash, document)| postings::Posting { hash: hash << 40 | hash, document, position: 0 })
            .collect();
        let mut kept = postings.clone();
        partition::drop_lone(&mut kept);
        let shared = |it: &&postings::Posting| postings.iter().filter(|other| other.hash == it.hash).count() > 1;
        prop_assert!(postings.iter().filter(shared).all(|it| kept.contains(it)));
        prop_assert!(kept.is_sorted_by_key(|it| it.document));
    }

    /// What a place can be worth is the lesser of the best segments of both windows, whichever document comes first.
    #[test]
    fn the_bits_of_a_place_equal_their_slow_twin(documents in prop::collection::vec(document(), 2), at in (0_u32..60, 0_u32..60)) {
        let [a, b] = [&documents[0], &documents[1]];
        let place = nominate::Place { a: at.0.min(a.len() as u32), b: at.1.min(b.len() as u32) };
        let found = verify::place_bits(place, a, b);
        prop_assert_eq!(found, verify::place_bits(nominate::Place { a: place.b, b: place.a }, b, a));
        let near = |tokens: &Tokens, at: u32| -> Vec<usize> {
            (0..tokens.len()).filter(|&index| index as u32 + 32 >= at && (index as u32) < at + 36).collect()
        };
        let rarity = |tokens: &Tokens, key: u64| match tokens.keys.iter().filter(|&&other| other == key).count() {
            1 => 1.0,
            2 | 3 => 186.0 / 256.0,
            _ => 137.0_f32 / 256.0,
        };
        let worth = |own: &Tokens, own_at: u32, other: &Tokens, other_at: u32| -> f32 {
            let there: Vec<u64> = near(other, other_at).into_iter().map(|index| other.keys[index]).collect();
            let each: Vec<f32> = near(own, own_at)
                .into_iter()
                .map(|index| (index, own.keys[index]))
                .map(|(index, key)| match (there.contains(&key), own.is(index, Flags::STOP)) {
                    (false, _) => -0.7,
                    (true, true) => 1.5,
                    (true, false) => own.bits(index) * rarity(own, key) * rarity(other, key),
                })
                .collect();
            let sums = (0..each.len()).flat_map(|first| (first..each.len()).map(move |last| (first, last)));
            sums.map(|(first, last)| each[first..=last].iter().sum::<f32>()).fold(0.0, f32::max)
        };
        let slow = worth(a, place.a, b, place.b).min(worth(b, place.b, a, place.a));
        prop_assert!((found - slow).abs() < 0.01, "{} and {}", found, slow);
    }

    /// Segments cover their document in order, overlap, and each position leads to the first that holds it.
    #[test]
    fn segments_cover_their_document(lens in prop::collection::vec(0_usize..30_000, 1..4), probe in 0.0..1.0_f64) {
        let documents: Vec<Tokens> = lens
            .iter()
            .map(|&len| {
                let place = Place { start: 0, len: 1, surprisal: 8, flags: Flags::default() };
                Tokens { keys: vec![1; len], places: vec![place; len] }
            })
            .collect();
        let segments = Segments::of(&documents);
        for (document, &len) in lens.iter().enumerate() {
            let own: Vec<_> = segments.of_document(document).map(|index| (index, segments.get(index))).collect();
            prop_assert!(own.iter().all(|(_, segment)| segment.document as usize == document));
            prop_assert_eq!(own[0].1.tokens.start(), 0);
            prop_assert_eq!(own[own.len() - 1].1.tokens.end() as usize, len);
            for pair in own.windows(2) {
                prop_assert!(pair[0].1.tokens.overlap(pair[1].1.tokens) >= segment::OVERLAP_TOKENS);
            }
            for position in [0, (probe * len as f64) as u32, len.saturating_sub(1) as u32] {
                let first = own.iter().find(|(_, s)| s.tokens.start() <= position && position < s.tokens.end());
                if let Some(&(first, _)) = first {
                    prop_assert_eq!(segments.at(document, position), first);
                }
            }
        }
    }
}

/// `n` documents of 100 words, 40 of them a statement with `percent` of its words edited.
fn carriers(n: usize, percent: usize) -> Vec<Tokens> {
    let statement = salad(&mut Dice::new(1), 40);
    let texts: Vec<String> = (0..n)
        .map(|index| {
            let mut dice = Dice::new(100 + index as u64);
            let own = salad(&mut dice, 60).join(" ");
            // A word before the statement that no other document has, so that no shingle across its start is shared.
            format!("{own} own{index} {}", edited(&statement, percent, &mut dice).join(" "))
        })
        .collect();
    tokens(&texts)
}

/// Number of groups that candidates tie the documents into, by the slow method of spreading marks.
fn n_parts(n: usize, candidates: &[Candidate]) -> usize {
    let mut mark: Vec<usize> = (0..n).collect();
    while let Some(c) = candidates.iter().find(|c| mark[c.a as usize] != mark[c.b as usize]) {
        let (one, other) = (mark[c.a as usize], mark[c.b as usize]);
        mark.iter_mut().filter(|m| **m == other).for_each(|m| *m = one);
    }
    mark.sort_unstable();
    mark.dedup();
    mark.len()
}

#[test]
fn popular_shingles_tie_all_their_documents_together_in_linear_work() {
    let params = MatchParams { max_df: 20, ..MatchParams::default() };
    for n in [20, 21, 50, 100, 300] {
        let found = find(&carriers(n, 0), &Sides(None), &params);
        assert_eq!(n_parts(n, &found.candidates), 1, "{n} documents");
        let linear = params.star * n;
        let most = if n > params.max_df { linear } else { n * (n - 1) / 2 };
        assert!(found.candidates.len() <= most, "{} candidates of {n} documents", found.candidates.len());
        assert_eq!(found.star_shingles > 0, n > params.max_df);
    }
}

#[test]
fn popular_shingles_of_edited_copies_stay_tied_and_linear() {
    let params = MatchParams { max_df: 20, ..MatchParams::default() };
    let n_candidates = [150, 300].map(|n| {
        let found = find(&carriers(n, 5), &Sides(None), &params);
        assert_eq!(n_parts(n, &found.candidates), 1, "{n} documents");
        found.candidates.len()
    });
    assert!(n_candidates[1] < n_candidates[0] * 5 / 2, "twice the documents: {n_candidates:?} candidates");
}

#[test]
fn popular_shingles_tie_each_document_to_the_other_side() {
    let params = MatchParams { max_df: 20, ..MatchParams::default() };
    for every in [2, 10, 60] {
        let is_new: Vec<bool> = (0..120).map(|index| index % every == 0).collect();
        let found = find(&carriers(120, 0), &Sides(Some(is_new.clone())), &params);
        assert!(found.candidates.iter().all(|c| is_new[c.a as usize] != is_new[c.b as usize]));
        assert_eq!(n_parts(120, &found.candidates), 1, "one new document in {every}");
        assert!(found.candidates.len() <= 2 * params.star * 120, "{}", found.candidates.len());
    }
}

#[test]
fn little_memory_means_more_parts_and_the_same_candidates() {
    let texts: Vec<String> = (0..6)
        .map(|index| {
            let shared = salad(&mut Dice::new(index / 2), 50).join(" ");
            format!("{} {shared}", salad(&mut Dice::new(100 + index), 4_000).join(" "))
        })
        .collect();
    let documents = tokens(&texts);
    let roomy = find(&documents, &Sides(None), &MatchParams::default());
    assert_eq!(roomy.candidates.len(), 3);
    for memory_bytes in [64, 60_000, 600_000] {
        let params = MatchParams { memory_bytes, ..MatchParams::default() };
        assert!(partition::n_parts_of_postings(24_000, &params) > 3);
        let folder = tempfile::tempdir().unwrap();
        let store = Store { block_bytes: 1_000, ..Store::new(Folder::at(folder.path()), 0) };
        let tight = find_in(&store, &documents, &Sides(None), &params);
        assert_eq!(roomy.candidates, tight.candidates, "{memory_bytes}");
    }
}

#[test]
fn a_full_disk_ends_the_search() {
    let documents = tokens(&[salad(&mut Dice::new(1), 4_000).join(" ")]);
    let folder = tempfile::tempdir().unwrap();
    let store = Store { block_bytes: 1, ..Store::new(Folder::limited(folder.path(), 10_000), 0) };
    let (segments, order_keys) = (Segments::of(&documents), order_keys(&documents));
    let params = MatchParams { memory_bytes: 100, ..MatchParams::default() };
    let join =
        Join { segments: &segments, order_keys: &order_keys, admission: &Sides(None), params: &params };
    let error = candidates(&Library::of_tokens(documents), &join, &store, &Silent).unwrap_err();
    assert!(matches!(error, StoreError::Full { .. }), "{error}");
}

#[test]
fn a_document_that_repeats_itself_is_bounded_and_told() {
    let phrase = salad(&mut Dice::new(1), 12).join(" ");
    let cases = [(4, false), (5, true), (2_000, true)];
    for (times, told) in cases {
        let documents = tokens(&[format!("{phrase} ").repeat(times), phrase.clone()]);
        let found = find(&documents, &Sides(None), &MatchParams::default());
        assert_eq!(found.bounds.iter().any(|bound| bound.name == "repeated_shingles"), told, "{times} times");
        assert_eq!(found.candidates, [Candidate { a: 0, b: segment_after(&documents) }], "{times} times");
    }
}

/// The first segment of the second document.
fn segment_after(documents: &[Tokens]) -> u32 {
    Segments::of(documents).of_document(1).start
}

#[test]
fn nothing_makes_no_candidates() {
    let cases: [&[&str]; 4] = [&[], &[""], &["", "", "one two"], &["of the in the of", "of the in the of"]];
    for texts in cases {
        let found = find(&tokens(texts), &Sides(None), &MatchParams::default());
        assert_eq!((found.candidates, found.bounds, found.star_shingles), (vec![], vec![], 0), "{texts:?}");
    }
}
