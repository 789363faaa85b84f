//! The promises of the library, held against made-up corpora: what may change between two runs, and what may not.

use proptest::prelude::*;
use wirecopy::model::{
    Analysis, Corpus, Document, EditCounts, Kind, Passage, Precision, Published, Silent, StableId,
};
use wirecopy::pipeline::{Scope, Settings, compare};

/// A piece of a document: words of its own, or a version of a statement that others carry too.
#[derive(Clone, Debug)]
enum Piece {
    Own { seed: u32, len: u32 },
    Statement { number: u32, edits: Vec<(u32, Edit)> },
}

/// What happens to one word of a statement.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Replace,
    Drop,
    Insert,
}

const STATEMENT_WORDS: u32 = 24;

fn piece() -> impl Strategy<Value = Piece> {
    let edit = prop_oneof![Just(Edit::Replace), Just(Edit::Drop), Just(Edit::Insert)];
    let edits = prop::collection::vec((0..STATEMENT_WORDS, edit), 0..5);
    prop_oneof![
        (0_u32..1 << 20, 1_u32..40).prop_map(|(seed, len)| Piece::Own { seed, len }),
        (0_u32..4, edits).prop_map(|(number, edits)| Piece::Statement { number, edits }),
    ]
}

/// A number that looks random (the finalizer of MurmurHash3).
fn scramble(seed: u32) -> u32 {
    let mixed = (seed ^ (seed >> 16)).wrapping_mul(0x85eb_ca6b);
    let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
    mixed ^ (mixed >> 16)
}

/// The word at place `index` of the text `seed`: one in three is a function word, the others are invented.
fn word(seed: u32, index: u32) -> String {
    const FUNCTION_WORDS: [&str; 8] = ["the", "of", "and", "to", "in", "that", "for", "with"];
    let roll = scramble(seed.wrapping_mul(97).wrapping_add(index));
    if roll.is_multiple_of(3) {
        return FUNCTION_WORDS[(roll / 3 % 8) as usize].to_owned();
    }
    let syllable = |n: u32| {
        let (consonants, vowels) = (b"bdfgklmnprstvz", b"aeiou");
        let pick = scramble(roll.wrapping_add(n));
        [consonants[(pick % 14) as usize] as char, vowels[(pick / 14 % 5) as usize] as char]
    };
    (0..4).flat_map(syllable).collect()
}

fn words(piece: &Piece) -> Vec<String> {
    match piece {
        Piece::Own { seed, len } => (0..*len).map(|index| word(seed + 1_000, index)).collect(),
        Piece::Statement { number, edits } => {
            let mut words: Vec<Vec<String>> = (0..STATEMENT_WORDS).map(|i| vec![word(*number, i)]).collect();
            for (order, &(at, edit)) in (0_u32..).zip(edits) {
                let other = word(500_000 + at, order);
                match edit {
                    Edit::Replace => words[at as usize] = vec![other],
                    Edit::Drop => words[at as usize].clear(),
                    Edit::Insert => words[at as usize].push(other),
                }
            }
            words.into_iter().flatten().collect()
        }
    }
}

/// Pieces as sentences, every other one starting a paragraph.
fn text(pieces: &[Piece]) -> String {
    let sentence = |piece: &Piece| words(piece).join(" ") + ". ";
    pieces.iter().enumerate().map(|(i, p)| sentence(p) + if i % 2 == 1 { "\n\n" } else { "" }).collect()
}

/// Two to six documents, each of an outlet and a day.
fn corpus() -> impl Strategy<Value = Vec<Document>> {
    prop::collection::vec(prop::collection::vec(piece(), 0..6), 2..7).prop_map(|texts| {
        let document = |(index, pieces): (usize, &Vec<Piece>)| Document {
            name: format!("{index}.txt"),
            text: text(pieces),
            source: Some(["Herald", "Courier", "Gazette"][index % 3].to_owned()),
            language: Some("en".to_owned()),
            published: Some(Published {
                seconds: 86_400 * (i64::try_from(index).unwrap() * 7 % 4),
                precision: Precision::Day,
                zone_known: true,
            }),
            ..Document::default()
        };
        texts.iter().enumerate().map(document).collect()
    })
}

fn run(documents: &[Document], scope: &Scope, settings: &Settings) -> Analysis {
    let corpus = Corpus { documents: documents.to_vec(), ..Corpus::default() };
    compare(corpus, scope, settings, &Silent).unwrap()
}

fn run_all(documents: &[Document]) -> Analysis {
    run(documents, &Scope::AllPairs, &Settings::default())
}

/// The analysis without what may differ between equal runs.
fn comparable(documents: &[Document], settings: &Settings) -> Analysis {
    let analysis = run(documents, &Scope::AllPairs, settings);
    Analysis { run: wirecopy::model::RunFacts::default(), ..analysis }
}

/// One side of a passage: the document's name and the bytes.
type Side = (String, u32, u32);

/// A passage by names instead of numbers, the side whose name sorts first first.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    sides: [Side; 2],
    kind: Kind,
    matched_words: u32,
    longest_run: u32,
    edits: EditCounts,
    identity: f64,
    bits: f64,
    fingerprint: StableId,
}

fn told(analysis: &Analysis, passage: &Passage) -> Told {
    let side = |doc: wirecopy::model::DocId, span: wirecopy::model::ByteSpan| {
        (analysis.documents[doc.index()].name.clone(), span.start(), span.end())
    };
    let mut told = Told {
        sides: [side(passage.a_doc, passage.a), side(passage.b_doc, passage.b)],
        kind: passage.kind,
        matched_words: passage.matched_words,
        longest_run: passage.longest_run,
        edits: passage.edits,
        identity: passage.identity,
        bits: passage.bits,
        fingerprint: passage.fingerprint,
    };
    if told.sides[1].0 < told.sides[0].0 {
        told = turned(told);
    }
    told
}

/// The passage seen from the other side.
fn turned(told: Told) -> Told {
    let [a, b] = told.sides;
    let edits = EditCounts { inserted: told.edits.deleted, deleted: told.edits.inserted, ..told.edits };
    Told { sides: [b, a], edits, ..told }
}

fn all_told(analysis: &Analysis) -> Vec<Told> {
    let mut all: Vec<Told> = analysis.passages.iter().map(|passage| told(analysis, passage)).collect();
    all.sort_by(|x, y| x.sides.cmp(&y.sides));
    all
}

/// Those of `all` between two documents for which `wanted` holds.
fn between(all: &[Told], wanted: impl Fn(&str, &str) -> bool) -> Vec<Told> {
    all.iter().filter(|told| wanted(&told.sides[0].0, &told.sides[1].0)).cloned().collect()
}

/// Whether all passages of two documents belong to clusters with a third carrier. The pairs of such a cluster are all
/// aligned, also those that alone share too little to be looked at: the one way in which a corpus adds to a pair.
fn is_completed(analysis: &Analysis, x: &str, y: &str) -> bool {
    let of_pair = |passage: &&Passage| {
        let [a, b] = told(analysis, passage).sides;
        a.0 == x && b.0 == y
    };
    let n_docs = |passage: &Passage| passage.cluster.map_or(0, |place| analysis.clusters[place].n_docs);
    analysis.passages.iter().filter(of_pair).all(|passage| n_docs(passage) > 2)
}

fn named(document: &Document, name: &str) -> Document {
    Document { name: name.to_owned(), ..document.clone() }
}

fn sorted_ids(analysis: &Analysis) -> [Vec<StableId>; 3] {
    let mut ids = [
        analysis.passages.iter().map(|p| p.id).collect::<Vec<_>>(),
        analysis.pairs.iter().map(|p| p.id).collect(),
        analysis.clusters.iter().map(|c| c.id).collect(),
    ];
    ids.iter_mut().for_each(|ids| ids.sort_unstable());
    ids
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Giving two texts the names the other way round swaps the sides and nothing else.
    #[test]
    fn swapping_two_documents_swaps_sides_and_nothing_else(documents in corpus()) {
        let [x, y] = [&documents[0], &documents[1]];
        let straight = run_all(&[named(x, "a"), named(y, "b")]);
        let crossed = run_all(&[named(y, "a"), named(x, "b")]);
        let turned_back: Vec<Told> = all_told(&crossed)
            .into_iter()
            .map(|told| {
                let mut told = turned(told);
                (told.sides[0].0, told.sides[1].0) = ("a".to_owned(), "b".to_owned());
                told
            })
            .collect();
        let mut expected = all_told(&straight);
        let mut found = turned_back;
        for list in [&mut expected, &mut found] {
            list.sort_by(|p, q| p.sides.cmp(&q.sides));
        }
        prop_assert_eq!(expected, found);
        let [passages, pairs, _] = sorted_ids(&straight);
        let [crossed_passages, crossed_pairs, _] = sorted_ids(&crossed);
        prop_assert_eq!((passages, pairs), (crossed_passages, crossed_pairs));
        for (p, q) in straight.pairs.iter().zip(&crossed.pairs) {
            prop_assert_eq!((p.a_coverage, p.b_coverage), (q.b_coverage, q.a_coverage));
            prop_assert_eq!(p.lag_seconds, q.lag_seconds.map(|lag| -lag));
        }
    }

    /// One thread, two and eight give the same analysis; so does any order of the documents.
    #[test]
    fn threads_and_input_order_change_nothing(documents in corpus(), turn in 0_usize..6) {
        let of = |threads| Settings { threads, ..Settings::default() };
        let one = comparable(&documents, &of(1));
        prop_assert_eq!(&one, &comparable(&documents, &of(2)));
        let mut other = documents.clone();
        other.rotate_left(turn % documents.len());
        other.reverse();
        prop_assert_eq!(&one, &comparable(&other, &of(8)));
    }

    /// A document that shares nothing changes nothing among the others, wherever its name sorts.
    #[test]
    fn an_unrelated_document_changes_nothing(documents in corpus(), first in any::<bool>(), len in 0_u32..300) {
        let before = run_all(&documents);
        let mut more = documents.clone();
        let unrelated: String = (0..len).map(|i| format!("qu{} ", word(9_000_000, i))).collect();
        more.push(Document { text: unrelated, ..named(&documents[0], if first { "" } else { "zzz" }) });
        let after = run_all(&more);
        prop_assert_eq!(all_told(&before), all_told(&after));
        prop_assert_eq!(sorted_ids(&before), sorted_ids(&after));
    }

    /// Two documents share the same passages alone and in a corpus.
    #[test]
    fn a_pair_alone_is_the_pair_in_a_corpus(documents in corpus()) {
        let together = run_all(&documents);
        for (index, x) in documents.iter().enumerate() {
            for y in &documents[index + 1..] {
                let alone = all_told(&run_all(&[x.clone(), y.clone()]));
                let among = between(&all_told(&together), |a, b| a == x.name && b == y.name);
                if !(alone.is_empty() && is_completed(&together, &x.name, &y.name)) {
                    prop_assert_eq!(alone, among, "{} and {}", x.name, y.name);
                }
            }
        }
    }

    /// Comparing new documents with a reference finds what comparing all finds between the two.
    #[test]
    fn against_is_all_pairs_across(documents in corpus(), is_new in prop::collection::vec(any::<bool>(), 6)) {
        let sides = |wanted: bool| -> Vec<Document> {
            documents.iter().zip(&is_new).filter(|&(_, &new)| new == wanted).map(|(d, _)| d.clone()).collect()
        };
        let reference = Corpus { documents: sides(false), ..Corpus::default() };
        let against = run(&sides(true), &Scope::Against { reference, among: false }, &Settings::default());
        let new_names: Vec<String> = sides(true).into_iter().map(|d| d.name).collect();
        let is_new = |name: &str| new_names.iter().any(|new| new == name);
        for passage in &against.passages {
            prop_assert!(is_new(&against.documents[passage.a_doc.index()].name), "the new document is side a");
        }
        let all = run_all(&documents);
        for (index, x) in documents.iter().enumerate() {
            for y in documents[index + 1..].iter().filter(|y| is_new(&y.name) != is_new(&x.name)) {
                let [found, expected] = [&against, &all]
                    .map(|analysis| between(&all_told(analysis), |a, b| a == x.name && b == y.name));
                if !(found.is_empty() && is_completed(&all, &x.name, &y.name)) {
                    prop_assert_eq!(found, expected, "{} and {}", x.name, y.name);
                }
            }
        }
    }

    /// Naming a pair finds at least what comparing all finds in it.
    #[test]
    fn a_listed_pair_has_at_least_its_passages(documents in corpus()) {
        let all = all_told(&run_all(&documents));
        let pairs = vec![
            ("0.txt".to_owned(), "1.txt".to_owned()),
            ("1.txt".to_owned(), "0.txt".to_owned()),
            ("0.txt".to_owned(), "0.txt".to_owned()),
        ];
        let listed = run(&documents, &Scope::Listed { pairs }, &Settings::default());
        let found = all_told(&listed);
        prop_assert!(found.iter().all(|told| told.sides[0].0 == "0.txt" && told.sides[1].0 == "1.txt"));
        for expected in between(&all, |a, b| a == "0.txt" && b == "1.txt") {
            prop_assert!(found.contains(&expected), "{:?} not in {:?}", expected, found);
        }
    }
}

#[test]
fn a_listed_name_that_no_document_has_is_a_warning() {
    let documents = ["a", "b"].map(|name| named(&Document::default(), name));
    let pairs = vec![("a".to_owned(), "x\u{1b}".to_owned()), ("b".to_owned(), "x\u{1b}".to_owned())];
    let analysis = run(&documents, &Scope::Listed { pairs }, &Settings::default());
    let [warning] = &analysis.warnings[..] else { panic!("{:?}", analysis.warnings) };
    assert!(warning.message.contains("2 listed pairs"), "{}", warning.message);
}

#[test]
fn a_name_on_both_sides_is_kept_apart_and_told() {
    let text = "Divers recovered a bronze astrolabe, two cannons and a sealed amphora from the wreck off Cape Sunion.";
    let document = Document { name: "a".to_owned(), text: text.to_owned(), ..Document::default() };
    let reference = Corpus { documents: vec![document.clone()], ..Corpus::default() };
    let analysis = run(&[document], &Scope::Against { reference, among: false }, &Settings::default());
    let names: Vec<&str> = analysis.documents.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["a", "reference/a"]);
    assert_eq!((analysis.passages.len(), analysis.warnings.len()), (1, 1));
}
