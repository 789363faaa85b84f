//! What the other documents of a run have to say: nothing by default, the rarity of words when asked.

use proptest::prelude::*;

use crate::fixture::{Dice, document, edited, salad};
use crate::model::{Analysis, DocId, Document, Passage, Statistics};
use crate::pipeline::tests::analyse;
use crate::pipeline::{Settings, explain};

fn words(seed: u64, n: usize) -> String {
    salad(&mut Dice::new(seed), n).join(" ")
}

/// What every statement ends with, so that words that foretell each other take part.
const PHRASE: &str = "told the Prime Minister of the United Kingdom and the Secretary of State in New York";

/// Two documents that share a statement, edited in one of them.
fn pair(seed: u64, percent: usize) -> Vec<Document> {
    let mut statement = salad(&mut Dice::new(seed), 40);
    statement.extend(PHRASE.split(' ').map(str::to_owned));
    let changed = edited(&statement, percent, &mut Dice::new(seed + 1));
    let around =
        |inner: &[String], seed| format!("{} {} {}", words(seed, 40), inner.join(" "), words(seed + 1, 40));
    vec![document("a", around(&statement, seed + 10)), document("b", around(&changed, seed + 20))]
}

/// `n` documents of words of their own, whose names sort around those of the pair.
fn others(seed: u64, n: u64) -> impl Iterator<Item = Document> {
    (0..n).map(move |index| {
        let name = if index % 2 == 0 { format!("Z{index}") } else { format!("z{index}") };
        document(&name, words(seed + index, 60))
    })
}

fn with(statistics: Statistics) -> Settings {
    Settings { statistics, language: Some("en".to_owned()), ..Settings::default() }
}

/// The pair's passages, apart from their place in the result.
fn passages(analysis: &Analysis) -> Vec<Passage> {
    let name = |doc: DocId| analysis.documents[doc.index()].name.as_str();
    let of_pair = analysis.passages.iter().filter(|p| (name(p.a_doc), name(p.b_doc)) == ("a", "b"));
    of_pair
        .map(|p| Passage { a_doc: DocId::new(0), b_doc: DocId::new(1), cluster: None, ..p.clone() })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The built-in figures: whoever else is there, a pair's passages are the same, to the last bit of evidence.
    #[test]
    fn by_default_a_pair_has_the_same_passages_in_any_company(
        seed in 0_u64..1 << 40,
        percent in 0_usize..35,
        company in 1_u64 << 41..1 << 42,
    ) {
        let of = |n| {
            let documents = pair(seed, percent).into_iter().chain(others(company, n)).collect();
            passages(&analyse(documents, &with(Statistics::Builtin)))
        };
        let alone = of(0);
        prop_assert!(percent > 0 || !alone.is_empty());
        prop_assert_eq!(&of(5), &alone);
        prop_assert_eq!(&of(200), &alone);
    }

    /// The corpus's figures: order and threads change nothing.
    #[test]
    fn counts_of_a_corpus_depend_on_neither_order_nor_threads(seed in 0_u64..1 << 40, percent in 0_usize..35) {
        let documents: Vec<Document> = pair(seed, percent).into_iter().chain(others(seed + 100, 30)).collect();
        let of = |documents: Vec<Document>, threads| {
            let analysis = analyse(documents, &Settings { threads, ..with(Statistics::Corpus) });
            (analysis.tokens, analysis.passages, analysis.pairs, analysis.clusters)
        };
        let one = of(documents.clone(), 1);
        let turned = documents.iter().rev().cloned().collect();
        prop_assert!(of(documents, 4) == one);
        prop_assert!(of(turned, 2) == one);
    }
}

/// The same at a corpus's size, and what the phrase is worth: less than its words in another order.
#[test]
fn a_pair_keeps_its_verdict_among_thousands() {
    let documents = |n| pair(5, 10).into_iter().chain(others(1 << 41, n)).collect();
    let of = |n| passages(&analyse(documents(n), &with(Statistics::Builtin)));
    let alone = of(0);
    assert!(!alone.is_empty());
    assert_eq!(of(5), alone);
    assert_eq!(of(5_000), alone);
}

#[test]
fn a_set_phrase_is_worth_less_than_its_words_in_another_order() {
    let turned: Vec<&str> = PHRASE.split(' ').rev().collect();
    let bits = |end: &str| {
        let statement = words(5, 40);
        let both = [("a", 10), ("b", 20)].map(|(name, seed)| {
            document(name, format!("{} {statement} {end} {}", words(seed, 40), words(seed + 1, 40)))
        });
        let found = passages(&analyse(both.into(), &with(Statistics::Builtin)));
        found.iter().map(|p| p.bits).sum::<f64>()
    };
    let (phrase, salad) = (bits(PHRASE), bits(&turned.join(" ")));
    // Minister, Kingdom, State and York; a floor of 1.5 bits leaves at least half of nine bits each.
    assert!(phrase < salad - 15.0, "{phrase} against {salad}");
}

#[test]
fn a_word_frequent_in_the_corpus_says_less_and_only_when_asked() {
    let statement = words(7, 40);
    let company =
        || (0..60).map(|index| document(&format!("c{index}"), format!("{statement} {}", words(index, 9))));
    let bits = |statistics, with_company: bool| {
        let company = company().filter(|_| with_company);
        let documents = pair(7, 0).into_iter().chain(company).collect();
        let found = passages(&analyse(documents, &with(statistics)));
        found.iter().map(|p| p.bits).sum::<f64>()
    };
    let [alone, among] = [false, true].map(|it| bits(Statistics::Builtin, it));
    assert_eq!(alone, among);
    let [counted_alone, counted_among] = [false, true].map(|it| bits(Statistics::Corpus, it));
    assert!(counted_alone < alone, "shared words stand twice: {counted_alone} of {alone}");
    // Some 26 rare words of 20 bits, seen 62 times instead of twice: log2(63/3), 4.4 bits each.
    assert!(counted_among < counted_alone - 26.0 * 3.0, "{counted_among} of {counted_alone}");
}

#[test]
fn explain_says_what_its_corpus_was() {
    let documents = pair(7, 0);
    let told = |statistics| explain(&documents[0], &documents[1], &with(statistics)).unwrap().to_string();
    let line = "Statistics: these two documents were the whole corpus";
    assert!(told(Statistics::Corpus).contains(line) && !told(Statistics::Builtin).contains(line));
    assert!(told(Statistics::Builtin).contains("compared in any corpus"));
    assert!(!told(Statistics::Corpus).contains("in any corpus"));
    let bits = passages(&analyse(documents.clone(), &with(Statistics::Corpus)))[0].bits;
    assert!(told(Statistics::Corpus).contains(&format!("{bits:.0} bits")), "as compare finds them");
}
