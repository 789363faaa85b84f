//! Newsroom formulas are tagged and left out; statements that travelled never are.

use crate::fixture::{Dice, document, edited, salad};
use crate::model::{Analysis, Document, ExcludeReason, Precision, Published, Tag};
use crate::pipeline::Settings;
use crate::pipeline::tests::analyse;

const DAY: i64 = 86_400;

const COMPANIES: [&str; 8] = [
    "Halvorsen Timber",
    "Brightwater Mills",
    "Ostrava Glass",
    "Quillfeather Press",
    "Tamarind Lines",
    "Vexley Motors",
    "Yarrow Foods",
    "Zembla Steel",
];

/// Where and when document `index` of a set appeared.
type Shown = fn(usize) -> (Option<String>, Option<i64>);

fn dated(mut document: Document, shown: (Option<String>, Option<i64>)) -> Document {
    document.source = shown.0;
    document.published =
        shown.1.map(|seconds| Published { seconds, precision: Precision::Second, zone_known: true });
    document
}

/// Forty words of its own, `inner`, forty more.
fn around(index: usize, inner: &str) -> Document {
    let mut dice = Dice::new(1_000 + index as u64);
    let (before, after) = (salad(&mut dice, 40).join(" "), salad(&mut dice, 40).join(" "));
    document(&format!("{index:03}"), format!("{before}\n\n{inner}\n\n{after}"))
}

/// A dividend notice, filled in anew in each of `n` documents.
fn notices(n: usize, shown: Shown) -> Vec<Document> {
    (0..n)
        .map(|index| {
            let company = COMPANIES[index % COMPANIES.len()];
            let notice = format!(
                "The directors of {company} declared a regular quarterly dividend of {} cents per ordinary share, \
                 payable {} {} to stockholders registered at close of business on {} {}, chairman {} told analysts.",
                11 + 3 * index,
                ["January", "March", "June", "October"][index % 4],
                index % 27 + 1,
                ["April", "July", "November"][index % 3],
                (index * 7) % 27 + 1,
                ["Adler", "Brandt", "Castell", "Dorn", "Ekholm", "Fabian", "Grauert"][index % 7],
            );
            dated(around(index, &notice), shown(index))
        })
        .collect()
}

/// A statement with names and numbers that each of `n` documents carries with up to a tenth of its words edited.
fn statement(n: usize, shown: Shown) -> Vec<Document> {
    let mut words = salad(&mut Dice::new(1), 24);
    words.extend(
        "Minister Anna Veldkamp told parliament on Tuesday that 4,200 households along the Sella would be \
         compensated before winter and that no ferry would sail unless inspectors from Karolinenburg had signed."
            .split(' ')
            .map(str::to_owned),
    );
    (0..n)
        .map(|index| {
            let version = edited(&words, index % 11, &mut Dice::new(7_000 + index as u64)).join(" ");
            let dateline = format!("{} — ", ["ALTMARK", "Bergen", "Corvo", "Delft"][index % 4]);
            dated(around(index, &format!("{dateline}{version}")), shown(index))
        })
        .collect()
}

fn n_formulas(analysis: &Analysis) -> usize {
    analysis.passages.iter().filter(|p| p.tags.iter().any(|(tag, _)| *tag == Tag::Formula)).count()
}

const OWN_FOR_WEEKS: Shown = |index| (Some("Wire".to_owned()), Some(index as i64 * 4 * DAY));
const OWN_UNDATED: Shown = |_| (Some("Wire".to_owned()), None);
const UNKNOWN: Shown = |_| (None, None);
const MANY_IN_A_DAY: Shown = |index| (Some(format!("Outlet {index}")), Some(index as i64 * 600));
const MANY_UNDATED: Shown = |index| (Some(format!("Outlet {index}")), None);
/// One day, and a reprint a month later.
const MANY_AND_LATE: Shown =
    |index| (Some(format!("Outlet {index}")), Some(if index == 0 { 40 * DAY } else { index as i64 * 600 }));
const OWN_IN_A_DAY: Shown = |index| (Some("Wire".to_owned()), Some(index as i64 * 600));

#[test]
fn a_form_filled_in_anew_is_tagged_and_left_out() {
    for shown in [OWN_FOR_WEEKS, OWN_UNDATED, OWN_IN_A_DAY, UNKNOWN] {
        let analysis = analyse(notices(16, shown), &Settings::default());
        assert!(analysis.passages.len() >= 60, "{} passages", analysis.passages.len());
        assert_eq!(n_formulas(&analysis), analysis.passages.len());
        for passage in &analysis.passages {
            assert_eq!(passage.excluded, Some(ExcludeReason::Tag(Tag::Formula)));
            let [(_, fact)] = &passage.tags[..] else { panic!("{:?}", passage.tags) };
            assert!(fact.starts_with("a form filled in by "), "{fact}");
        }
        assert!(analysis.pairs.iter().all(|pair| pair.matched_words == 0 && pair.a_coverage == 0.0));
        assert!(analysis.pairs.iter().all(|pair| pair.excluded_words > 0 && pair.tags == [Tag::Formula]));
    }
}

#[test]
fn a_tag_taken_off_the_list_counts() {
    let settings = Settings { exclude_tags: vec![Tag::Boilerplate], ..Settings::default() };
    let analysis = analyse(notices(8, OWN_FOR_WEEKS), &settings);
    assert!(n_formulas(&analysis) > 0);
    assert!(analysis.passages.iter().all(|passage| passage.excluded.is_none()));
    assert!(analysis.pairs.iter().all(|pair| pair.a_coverage > 0.1));
}

#[test]
fn two_documents_alone_are_no_evidence() {
    for n in 2..5 {
        let analysis = analyse(notices(n, OWN_FOR_WEEKS), &Settings::default());
        assert!(!analysis.passages.is_empty());
        assert_eq!(n_formulas(&analysis), 0, "{n} documents");
    }
}

#[test]
fn a_statement_that_travelled_is_never_a_formula() {
    let cases =
        [MANY_IN_A_DAY, MANY_UNDATED, MANY_AND_LATE, UNKNOWN, OWN_IN_A_DAY, OWN_UNDATED, OWN_FOR_WEEKS];
    for (case, shown) in cases.into_iter().enumerate() {
        for n in [6, 60] {
            let analysis = analyse(statement(n, shown), &Settings::default());
            assert!(analysis.passages.len() >= n, "{} passages", analysis.passages.len());
            assert_eq!(n_formulas(&analysis), 0, "case {case}, {n} documents");
        }
    }
}

#[test]
fn a_form_that_many_outlets_filled_in_within_a_day_is_a_campaign() {
    for shown in [MANY_IN_A_DAY, MANY_AND_LATE] {
        let analysis = analyse(notices(16, shown), &Settings::default());
        assert_eq!(n_formulas(&analysis), 0);
    }
}

#[test]
fn a_form_filled_in_alike_is_a_reprint() {
    let mut documents = notices(8, OWN_FOR_WEEKS);
    let notice = documents[3].text.split("\n\n").nth(1).unwrap().to_owned();
    documents.push(dated(around(900, &notice), OWN_FOR_WEEKS(4)));
    let analysis = analyse(documents, &Settings::default());
    for passage in &analysis.passages {
        let names = [passage.a_doc, passage.b_doc].map(|doc| analysis.documents[doc.index()].name.as_str());
        let is_reprint = names == ["003", "900"];
        assert_eq!(passage.tags.is_empty(), is_reprint, "{names:?} {:?}", passage.tags);
    }
}

#[test]
fn a_standing_name_is_a_formula_once_it_recurs_for_weeks() {
    let name = "the Karolinenburg Chamber of Maritime Insurance Underwriters and Licensed Harbour Pilots";
    let documents = |shown: Shown| -> Vec<Document> {
        (0..8)
            .map(|index| {
                let mut dice = Dice::new(50 + index as u64);
                let words = |dice: &mut Dice| salad(dice, 9).join(" ").replace('.', "").to_lowercase();
                let inner = format!("{} {name} {}.", words(&mut dice), words(&mut dice));
                dated(around(index, &inner), shown(index))
            })
            .collect()
    };
    for (shown, expected) in [(OWN_FOR_WEEKS, true), (MANY_IN_A_DAY, false), (MANY_UNDATED, false)] {
        let analysis = analyse(documents(shown), &Settings::default());
        assert!(!analysis.passages.is_empty());
        assert_eq!(n_formulas(&analysis) > 0, expected);
    }
}
