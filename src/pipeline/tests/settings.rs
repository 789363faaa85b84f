//! Every knob of [`Settings`] does what it says.

use crate::error::Error;
use crate::fixture::{Dice, document, salad};
use crate::model::{Analysis, Corpus, Document, ExcludeReason, Precision, Profile, Published, Silent, Tag};
use crate::pipeline::tests::{analyse, analyse_two};
use crate::pipeline::{Scope, Settings, compare};

/// Words of the shared statement.
const SHARED: usize = 40;

fn words(seed: u64, n: usize) -> String {
    salad(&mut Dice::new(seed), n).join(" ")
}

/// Two documents of 120 words that share 40 of them.
fn two() -> Vec<Document> {
    let text = |seed| format!("{} {} {}", words(seed, 40), words(1, SHARED), words(seed + 50, 40));
    vec![document("a", text(10)), document("b", text(11))]
}

fn at(seconds: i64) -> Option<Published> {
    Some(Published { seconds, precision: Precision::Second, zone_known: true })
}

fn n_passages(documents: &[Document], settings: &Settings) -> usize {
    analyse(documents.to_vec(), settings).passages.len()
}

#[test]
fn the_defaults_find_the_shared_words() {
    let analysis = analyse(two(), &Settings::default());
    assert_eq!(analysis.passages.iter().map(|p| p.matched_words).collect::<Vec<_>>(), [SHARED as u32]);
}

#[test]
fn passages_have_at_least_min_words() {
    let of = |min_words| Settings { min_words, ..Settings::default() };
    assert_eq!(n_passages(&two(), &of(SHARED as u32)), 1);
    assert_eq!(n_passages(&two(), &of(SHARED as u32 + 1)), 0);
    // Copies too, which are not aligned.
    let copies = [document("a", words(1, SHARED)), document("b", words(1, SHARED))];
    assert_eq!(n_passages(&copies, &of(SHARED as u32)), 1);
    assert_eq!(n_passages(&copies, &of(SHARED as u32 + 1)), 0);
}

#[test]
fn passages_have_at_least_min_bits() {
    let of = |min_bits| Settings { min_bits, ..Settings::default() };
    let bits = analyse(two(), &Settings::default()).passages[0].bits;
    assert_eq!(n_passages(&two(), &of(bits - 1.0)), 1);
    assert_eq!(n_passages(&two(), &of(bits + 1.0)), 0);
}

#[test]
fn fewer_bits_than_by_default_find_weaker_passages() {
    let weak = "the president will visit the school";
    let text = |seed: u64| {
        document(&seed.to_string(), format!("{} {weak} {}", words(seed, 40), words(seed + 50, 40)))
    };
    let documents = [text(10), text(11)];
    assert_eq!(n_passages(&documents, &Settings::default()), 0);
    assert_eq!(n_passages(&documents, &Settings { min_bits: 8.0, ..Settings::default() }), 1);
}

#[test]
fn passages_have_at_least_min_identity() {
    let statement = salad(&mut Dice::new(1), SHARED);
    let every_fifth: Vec<String> = statement
        .iter()
        .enumerate()
        .map(|(index, word)| if index % 5 == 4 { words(900 + index as u64, 1) } else { word.clone() })
        .collect();
    let documents = [document("a", statement.join(" ")), document("b", every_fifth.join(" "))];
    assert_eq!(n_passages(&documents, &Settings { min_identity: 0.7, ..Settings::default() }), 1);
    assert_eq!(n_passages(&documents, &Settings { min_identity: 0.9, ..Settings::default() }), 0);
}

#[test]
fn a_gap_wider_than_max_gap_cuts_a_passage() {
    let (one, two) = (words(1, 30), words(2, 30));
    let together = document("a", format!("{} {one} {two}", words(20, 40)));
    let apart = document("b", format!("{} {one} {} {two}", words(21, 40), words(30, 12)));
    let documents = [together, apart];
    assert_eq!(n_passages(&documents, &Settings { max_gap: 15, ..Settings::default() }), 1);
    assert_eq!(n_passages(&documents, &Settings { max_gap: 5, ..Settings::default() }), 2);
}

#[test]
fn pairs_below_min_coverage_are_left_out_and_counted() {
    let mut documents = two();
    documents.push(document("c", words(10, 40) + " " + &words(70, 400)));
    let all = analyse(documents.clone(), &Settings::default());
    assert_eq!((all.pairs.len(), all.bounds.len()), (2, 0));
    let settings = Settings { min_coverage: 0.33, ..Settings::default() };
    let kept = analyse(documents.clone(), &settings);
    assert_eq!(kept.pairs.len(), 2, "a third of the smaller document is enough");
    let settings = Settings { min_coverage: 0.5, ..Settings::default() };
    let none = analyse(documents, &settings);
    assert_eq!((none.pairs.len(), none.passages.len()), (0, 0));
    let [bound] = &none.bounds[..] else { panic!("{:?}", none.bounds) };
    assert_eq!((bound.name.as_str(), bound.count), ("min_coverage", 2));
    assert!(bound.message.contains("50 %"), "{}", bound.message);
    assert!(none.facts.iter().all(|facts| facts.matched_words == 0));
    assert_eq!(none.clusters, [], "no cluster without a passage");
}

fn sourced(documents: Vec<Document>, sources: &[Option<&str>]) -> Vec<Document> {
    let named = documents.into_iter().zip(sources);
    named.map(|(document, source)| Document { source: source.map(str::to_owned), ..document }).collect()
}

#[test]
fn passages_inside_one_source_are_shown_but_do_not_count() {
    let settings = Settings { skip_same_source: true, ..Settings::default() };
    let cases = [
        ([Some("Herald"), Some("Herald")], true),
        ([Some("Herald"), Some("Courier")], false),
        ([None, None], false),
        ([Some("Herald"), None], false),
    ];
    for (sources, excluded) in cases {
        let analysis = analyse(sourced(two(), &sources), &settings);
        let reason = excluded.then_some(ExcludeReason::SameSource);
        assert_eq!(analysis.passages[0].excluded, reason, "{sources:?}");
        let pair = &analysis.pairs[0];
        assert!(pair.a_coverage_all > 0.3 && pair.b_coverage_all > 0.3, "{sources:?}");
        assert_eq!((pair.a_coverage == 0.0, pair.matched_words == 0), (excluded, excluded), "{sources:?}");
        assert_eq!(pair.excluded_words, if excluded { SHARED as u32 } else { 0 });
        assert_eq!(analysis.facts[0].matched_words, if excluded { 0 } else { SHARED as u32 });
        let counted = analyse(sourced(two(), &sources), &Settings::default());
        assert_eq!(counted.passages[0].excluded, None, "{sources:?}");
    }
}

#[test]
fn only_documents_near_in_time_are_compared_within() {
    let cases = [
        ((at(0), at(3_600)), Some(3_600), 1),
        ((at(0), at(3_601)), Some(3_600), 0),
        ((at(3_601), at(0)), Some(3_600), 0),
        ((at(0), None), Some(3_600), 0),
        ((None, None), Some(3_600), 0),
        ((at(0), at(1 << 40)), None, 1),
        ((at(i64::MIN / 2), at(i64::MAX / 2)), Some(3_600), 0),
    ];
    for (dates, within_seconds, expected) in cases {
        let mut documents = two();
        (documents[0].published, documents[1].published) = dates;
        let settings = Settings { within_seconds, ..Settings::default() };
        assert_eq!(n_passages(&documents, &settings), expected, "{dates:?} {within_seconds:?}");
    }
}

#[test]
fn known_text_is_tagged_and_taken_out_unless_asked_otherwise() {
    let known = vec![("footer".to_owned(), format!("{} {}", words(1, SHARED), words(99, 20)))];
    let settings = Settings { boilerplate: known, ..Settings::default() };
    let tagged = analyse(two(), &settings);
    let passage = &tagged.passages[0];
    assert_eq!(passage.excluded, Some(ExcludeReason::Tag(Tag::Boilerplate)));
    let [(Tag::Boilerplate, fact)] = &passage.tags[..] else { panic!("{:?}", passage.tags) };
    assert!(fact.contains("footer"), "{fact}");
    assert_eq!((tagged.pairs[0].a_coverage, tagged.pairs[0].tags.clone()), (0.0, vec![Tag::Boilerplate]));

    let counted = analyse(two(), &Settings { exclude_tags: vec![], ..settings.clone() });
    assert_eq!(counted.passages[0].excluded, None);
    assert_eq!(counted.passages[0].tags, passage.tags);
    assert!(counted.pairs[0].a_coverage > 0.3);

    let other = Settings { boilerplate: vec![("other".to_owned(), words(98, 60))], ..Settings::default() };
    assert_eq!(analyse(two(), &other).passages[0].tags, []);
}

#[test]
fn copies_do_not_count_when_their_tag_is_excluded() {
    let copies = || vec![document("a", words(1, 60)), document("b", words(1, 60))];
    let settings = Settings { exclude_tags: vec![Tag::ExactCopy], ..Settings::default() };
    let analysis = analyse(copies(), &settings);
    assert_eq!(analysis.passages[0].excluded, Some(ExcludeReason::Tag(Tag::ExactCopy)));
    assert_eq!(analyse(copies(), &Settings::default()).passages[0].excluded, None);
}

#[test]
fn memory_too_small_is_refused_in_words_that_help() {
    let run = |memory_bytes| {
        let corpus = Corpus { documents: two(), ..Corpus::default() };
        compare(corpus, &Scope::AllPairs, &Settings { memory_bytes, ..Settings::default() }, &Silent)
    };
    let error = run(Some(1 << 20)).unwrap_err();
    assert!(matches!(error, Error::Memory { limit_mb: 1, .. }), "{error}");
    let message = error.to_string();
    assert!(message.contains("--memory") && !message.ends_with('.'), "{message}");
    let tables = |analysis: Analysis| (analysis.passages, analysis.pairs, analysis.clusters);
    assert_eq!(tables(run(Some(1 << 30)).unwrap()), tables(run(None).unwrap()));
}

#[test]
fn the_language_given_decides_the_word_forms() {
    let a =
        "Engineers repaired collapsed tunnels, inspected damaged viaducts and counted stranded passengers.";
    let b = "Engineer repairs collapsing tunnel, inspects damaging viaduct and counts stranding passenger.";
    let documents =
        [document("a", a), document("b", b)].map(|d| Document { language: Some("ru".to_owned()), ..d });
    let of =
        |language: Option<&str>| Settings { language: language.map(str::to_owned), ..Settings::default() };
    assert_eq!(n_passages(&documents, &of(Some("en"))), 1);
    assert_eq!(n_passages(&documents, &of(None)), 0, "declared to be Russian");
    let corpus = Corpus { documents: documents.to_vec(), ..Corpus::default() };
    let error = compare(corpus, &Scope::AllPairs, &of(Some("klingon")), &Silent).unwrap_err();
    assert!(matches!(error, Error::Normalize(_)), "{error}");
    assert!(error.to_string().contains("klingon"), "{error}");
}

#[test]
fn diacritics_can_be_folded() {
    let a = "Señora Peña visitó el cañón de Ávila; Łukasz Żółkiewski próbował smażonych jabłek z Gdańska";
    let b = "Senora Pena visito el canon de Avila; Lukasz Zolkiewski probowal smazonych jablek z Gdanska";
    let documents = [document("a", a), document("b", b)];
    let matched = |fold_diacritics| {
        let analysis = analyse(documents.to_vec(), &Settings { fold_diacritics, ..Settings::default() });
        analysis.passages.iter().map(|p| p.matched_words).sum::<u32>()
    };
    assert_eq!(matched(true), a.split_whitespace().count() as u32);
    assert!(matched(false) < 7, "{}", matched(false));
}

#[test]
fn print_read_by_a_machine_is_compared_by_the_shapes_of_its_letters() {
    let a = "The ministry declared on Monday that its troops had withdrawn from the northern valley after the elders \
             agreed to hand over their remaining weapons";
    let b = "The minislry doclared on Mondav tbat ils troops had with\ndrawn frorn the northern va1ley after the elders \
             agroed to haud over their re\nmaining weapous";
    let documents = [document("a", a), document("b", b)];
    let share = |profile| {
        let analysis = analyse(documents.to_vec(), &Settings { profile, ..Settings::default() });
        analysis.passages.iter().map(|p| p.identity).sum::<f64>()
    };
    assert!(share(Profile::News) < 0.6, "{}", share(Profile::News));
    // All but `frorn`, and `with` and `drawn`, which are words of their own.
    assert!(share(Profile::Ocr) > 0.85, "{}", share(Profile::Ocr));
}

#[test]
fn settings_that_decide_the_result_are_on_record() {
    let analysis = analyse_two("a", "b");
    assert_eq!(analysis.settings, Settings::default().describe());
    let named: Vec<&str> = analysis.settings.keys().map(String::as_str).collect();
    let expected = [
        "boilerplate",
        "exclude_tags",
        "first_match",
        "fold_diacritics",
        "language",
        "max_df",
        "max_gap",
        "max_pairs",
        "min_bits",
        "min_coverage",
        "min_identity",
        "min_lag",
        "min_summary",
        "min_words",
        "profile",
        "reach",
        "rules",
        "skip_same_source",
        "statistics",
        "tolerance_seconds",
        "within_seconds",
    ];
    assert_eq!(named, expected);
}
