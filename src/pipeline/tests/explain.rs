//! What `explain` says of a pair: every rule that keeps something out, with its value, its limit and its setting.

use crate::fixture::{Dice, document, edited, rare_word, salad};
use crate::model::{Document, Precision, Published, Tag};
use crate::pipeline::{Settings, explain};

fn words(seed: u64, n: usize) -> String {
    salad(&mut Dice::new(seed), n).join(" ")
}

/// Two articles of 80 words of their own around `a` and `b`.
fn pair(a: &str, b: &str) -> [Document; 2] {
    let around = |name: &str, seed: u64, inner: &str| {
        document(name, format!("{}\n\n{inner}\n\n{}", words(seed, 40), words(seed + 1, 40)))
    };
    [around("a", 101, a), around("b", 201, b)]
}

fn told([a, b]: &[Document; 2], settings: &Settings) -> String {
    explain(a, b, settings).unwrap().to_string()
}

#[track_caller]
fn check(documents: &[Document; 2], settings: &Settings, expected: &[&str]) {
    let [a, b] = documents.clone();
    for documents in [[a.clone(), b.clone()], [b, a]] {
        let told = told(&documents, settings);
        for &part in expected {
            assert!(told.contains(part), "no {part:?} in\n{told}");
        }
    }
}

#[test]
fn every_limit_of_a_passage_is_named_with_the_setting_that_moves_it() {
    let statement = words(1, 30);
    let same = pair(&statement, &statement);
    let default = Settings::default();
    check(&same, &default, &["2. Passages: 1\n", "enough for the pair to be compared in any corpus"]);
    let long = Settings { min_words: 60, ..default.clone() };
    check(&same, &long, &["2. Passages: 0\n", " words; --min-words asks for 60\n"]);
    let strong = Settings { min_bits: 4_000.0, ..default.clone() };
    check(&same, &strong, &["2. Passages: 0\n", " bits of shared wording; --min-bits asks for 4000\n"]);
    let loose = edited(&salad(&mut Dice::new(1), 30), 30, &mut Dice::new(5)).join(" ");
    let alike = Settings { min_identity: 0.95, ..default };
    check(&pair(&statement, &loose), &alike, &["2. Passages: 0\n", " %; --min-identity asks for 95.0 %\n"]);
}

#[test]
fn what_is_too_light_or_too_frequent_to_start_a_passage_is_told() {
    let light = pair("He met the new government officials twice.", "A new government offered terms.");
    check(
        &light,
        &Settings::default(),
        &[
            "too little for the pair to be looked at among many documents",
            "A --min-bits below 33 lowers the first limit; --pairs compares a pair whatever its evidence",
            "2. Passages: 0\n",
            " of rare words close together; a passage starts from 1.50 (fixed",
            "     a  ",
        ],
    );
    let repeated = |seed: u64| {
        let mut dice = Dice::new(seed);
        (0..6).map(|_| format!("{} zirconia", salad(&mut dice, 9).join(" "))).collect::<Vec<_>>().join(" ")
    };
    check(
        &pair(&repeated(11), &repeated(12)),
        &Settings::default(),
        &[
            "too frequent to start a passage: 36 combinations of its places in the two texts; at most 16 (fixed)",
        ],
    );
}

#[test]
fn a_repetition_is_dropped_for_the_stronger_passage() {
    let statement = salad(&mut Dice::new(1), 40);
    // Two words of its own for every two of the statement.
    let mut dice = Dice::new(9);
    let loose: Vec<String> = statement
        .iter()
        .enumerate()
        .map(|(index, word)| if index % 4 < 2 { word.clone() } else { rare_word(&mut dice) })
        .collect();
    let [mut a, b] = pair(&statement.join(" "), &statement.join(" "));
    a.text = format!("{}\n\n{}\n\n{}", a.text, words(31, 60), loose.join(" "));
    check(
        &[a, b],
        &Settings::default(),
        &["2. Passages: 1\n", "dropped as a repetition of words that a stronger passage has: identity "],
    );
}

#[test]
fn settings_that_keep_a_pair_out_are_told() {
    let statement = words(1, 30);
    let [mut a, mut b] = pair(&statement, &statement);
    let at = |hours: i64| {
        Some(Published { seconds: hours * 3_600, precision: Precision::Second, zone_known: true })
    };
    (a.published, b.published) = (at(0), at(30));
    (a.source, b.source) = (Some("Courier".to_owned()), Some("Courier".to_owned()));
    let documents = [a, b];
    let default = Settings::default();
    let cases = [
        (
            Settings { within_seconds: Some(24 * 3_600), ..default.clone() },
            "not compared: published 30.0 h apart; --within asks for at most 24.0 h",
        ),
        (
            Settings { min_coverage: 0.5, ..default.clone() },
            " % of either article; --min-coverage asks for 50.0 %",
        ),
        (
            Settings { skip_same_source: true, ..default.clone() },
            "nothing counts: both are from one outlet, and --skip-same source is set",
        ),
        (
            Settings { boilerplate: vec![("footer".to_owned(), statement.clone())], ..default.clone() },
            "repeat the known text footer (--include-tags boilerplate counts it)",
        ),
    ];
    for (settings, expected) in cases {
        check(&documents, &settings, &[expected]);
        assert!(!told(&documents, &default).contains(expected), "{expected}");
    }
    let mut undated = documents.clone();
    undated[1].published = None;
    let within = Settings { within_seconds: Some(3_600), ..default.clone() };
    check(&undated, &within, &["not compared: not both are dated; --within asks for at most 1.0 h"]);
    let copies = ["a", "b"].map(|name| document(name, statement.clone()));
    let excluded = Settings { exclude_tags: vec![Tag::ExactCopy], ..default };
    check(&copies, &excluded, &["word for word (--include-tags exact-copy counts it)"]);
}
