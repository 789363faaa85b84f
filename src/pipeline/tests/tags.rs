//! Tags say where words come from; what recurs in one outlet is boilerplate, what is popular is not.

use crate::fixture::{Dice, document, salad};
use crate::model::{Analysis, Document, ExcludeReason, Passage, Precision, Published, Tag, ZoneKind};
use crate::pipeline::Settings;
use crate::pipeline::tests::analyse;

const DAY: i64 = 86_400;

const FOOTER: &str = "Questions about the ferries of the Sella go to the harbour board's desk in Karolinenburg, which is \
                      open on weekdays from nine until the last boat has left, or to the wardens on either pier.";

/// The day of article `index`.
type Day = fn(usize) -> i64;

/// Forty words of its own, `inner`, forty more; of `source`, on `day`.
fn article(index: usize, inner: &str, source: &str, day: i64) -> Document {
    let mut dice = Dice::new(3_000 + index as u64);
    let (before, after) = (salad(&mut dice, 40).join(" "), salad(&mut dice, 40).join(" "));
    let mut document = document(&format!("{index:04}"), format!("{before}\n\n{inner}\n\n{after}"));
    document.source = Some(source.to_owned());
    document.published = Some(Published { seconds: day * DAY, precision: Precision::Day, zone_known: false });
    document
}

fn fact(passage: &Passage, tag: Tag) -> Option<&str> {
    passage.tags.iter().find(|(it, _)| *it == tag).map(|(_, fact)| fact.as_str())
}

fn n_boilerplate(analysis: &Analysis) -> usize {
    analysis.passages.iter().filter(|passage| fact(passage, Tag::Boilerplate).is_some()).count()
}

#[test]
fn what_recurs_in_one_outlet_for_weeks_is_boilerplate() {
    let analysis = analyse(
        (0..8).map(|index| article(index, FOOTER, "Courier", index as i64 * 6)).collect(),
        &Settings::default(),
    );
    assert_eq!((analysis.passages.len(), n_boilerplate(&analysis)), (28, 28));
    for passage in &analysis.passages {
        assert_eq!(passage.excluded, Some(ExcludeReason::Tag(Tag::Boilerplate)));
        assert_eq!(
            fact(passage, Tag::Boilerplate),
            Some("recurs in 8 articles of Courier on 8 days over 42 days")
        );
    }
    let [row] = &analysis.recurring[..] else { panic!("{:?}", analysis.recurring) };
    assert_eq!(
        (row.tag, row.source.as_deref(), row.n_docs, row.n_days),
        (Tag::Boilerplate, Some("Courier"), 8, 8)
    );
    assert_eq!(
        row.matched_words,
        analysis.passages.iter().map(|it| u64::from(it.matched_words)).sum::<u64>()
    );
    assert!(row.excluded && row.words >= 8 * 30);
}

#[test]
fn an_article_that_ran_again_is_no_boilerplate() {
    let mut articles: Vec<Document> =
        (0..8).map(|index| article(index, FOOTER, "Courier", index as i64 * 6)).collect();
    let mut again = articles[2].clone();
    (again.name, again.published) = ("again".to_owned(), articles[7].published);
    articles.push(again);
    let analysis = analyse(articles, &Settings::default());
    let is_again =
        |doc: &crate::model::DocId| matches!(analysis.documents[doc.index()].name.as_str(), "again" | "0002");
    let (reprint, others): (Vec<&Passage>, Vec<&Passage>) =
        analysis.passages.iter().partition(|it| [it.a_doc, it.b_doc].iter().all(is_again));
    let [reprint] = reprint[..] else { panic!("{} reprints", reprint.len()) };
    assert_eq!((fact(reprint, Tag::Boilerplate), reprint.excluded), (None, None));
    assert!(fact(reprint, Tag::ExactCopy).is_some());
    assert!(others.iter().all(|it| fact(it, Tag::Boilerplate).is_some()));
}

#[test]
fn what_recurs_too_seldom_or_too_briefly_is_none() {
    let cases: [(&str, usize, Day); 4] = [
        ("four articles", 4, |index| index as i64 * 20),
        ("one day", 9, |_| 3),
        ("three weeks", 9, |index| index as i64 * 2),
        ("a week, and once more a month later", 9, |index| if index == 8 { 60 } else { index as i64 % 5 }),
    ];
    for (case, n, day) in cases {
        let analysis = analyse(
            (0..n).map(|index| article(index, FOOTER, "Courier", day(index))).collect(),
            &Settings::default(),
        );
        assert!(!analysis.passages.is_empty(), "{case}");
        assert_eq!((n_boilerplate(&analysis), analysis.recurring.len()), (0, 0), "{case}");
    }
}

/// The words of one story, each apart from the next by words of article `index`.
fn told(index: usize) -> String {
    const STORY: &str = "Hydrologist Ottokar Vanderzwaag dredged silted Brackmoor estuary mudflats amphibious excavators \
                         oystermen Quillfeather Brandybuck barricaded sluicegates towpaths lockhouses upstream";
    let own = salad(&mut Dice::new(700 + index as u64), 51);
    let words = own.chunks(3).zip(STORY.split_whitespace());
    words
        .flat_map(|(own, word)| own.iter().map(String::as_str).chain([word]))
        .collect::<Vec<&str>>()
        .join(" ")
}

/// Of an outlet with many other articles: eight that carry the footer, among words of their own or of one story.
#[test]
fn background_of_a_running_story_is_none() {
    let cases: [(&str, bool, Day, usize); 3] = [
        ("for two months", false, |index| index as i64 * 8, 0),
        ("for a quarter of a year", false, |index| index as i64 * 14, 28),
        ("of one story", true, |index| index as i64 * 14, 0),
    ];
    for (case, is_story, day, expected) in cases {
        let inner = |index| if is_story { format!("{FOOTER}\n\n{}", told(index)) } else { FOOTER.to_owned() };
        let carriers = (0..8).map(|index| article(index, &inner(index), "Courier", day(index)));
        let others =
            (0..60).map(|index| article(500 + index, "The lake lies still.", "Courier", index as i64));
        let analysis = analyse(carriers.chain(others).collect(), &Settings::default());
        assert!(analysis.passages.len() >= 28, "{case}: {} passages", analysis.passages.len());
        assert_eq!(n_boilerplate(&analysis), expected, "{case}");
    }
}

/// However many carry it, a statement of one day is no boilerplate; nor is it between others and an outlet that prints it
/// for weeks.
#[test]
fn a_popular_statement_is_never_boilerplate() {
    for n in [50, 100, 1_000] {
        let mut documents: Vec<Document> = (0..n)
            .map(|index| article(index, FOOTER, &format!("Outlet {index}"), index as i64 % 2))
            .collect();
        let analysis = analyse(documents.clone(), &Settings::default());
        assert!(analysis.passages.len() >= n, "{} passages", analysis.passages.len());
        assert_eq!((n_boilerplate(&analysis), analysis.recurring.len()), (0, 0), "{n} outlets");
        if n > 50 {
            continue;
        }
        documents.extend((0..6).map(|week| article(2_000 + week, FOOTER, "Outlet 7", 7 * week as i64)));
        let settings = Settings { max_pairs: 10_000, ..Settings::default() };
        let analysis = analyse(documents, &settings);
        let source = |passage: &Passage| {
            [passage.a_doc, passage.b_doc].map(|doc| analysis.documents[doc.index()].source.clone())
        };
        for passage in &analysis.passages {
            let is_own = source(passage).iter().all(|source| source.as_deref() == Some("Outlet 7"));
            assert_eq!(fact(passage, Tag::Boilerplate).is_some(), is_own, "{:?}", source(passage));
        }
        assert_eq!(n_boilerplate(&analysis), 21);
    }
}

/// Two outlets that print the same for weeks share a statement all the same: only inside each does it recur.
#[test]
fn what_recurs_in_two_outlets_is_shared_between_them() {
    let outlet = |index: usize| if index.is_multiple_of(2) { "Courier" } else { "Echo" };
    let documents =
        (0..12).map(|index| article(index, FOOTER, outlet(index), index as i64 / 2 * 8)).collect();
    let analysis = analyse(documents, &Settings::default());
    for passage in &analysis.passages {
        let is_own = (passage.a_doc.index() + passage.b_doc.index()).is_multiple_of(2);
        assert_eq!(fact(passage, Tag::Boilerplate).is_some(), is_own);
    }
    assert_eq!(n_boilerplate(&analysis), 30);
    let outlets: Vec<&str> = analysis.recurring.iter().filter_map(|row| row.source.as_deref()).collect();
    assert_eq!(outlets, ["Courier", "Echo"]);
}

#[test]
fn quotations_and_credits_are_tagged_with_what_decided_them() {
    let words = "The ferries of the Sella will sail again before the winter comes, whatever the board of Karolinenburg \
                 decides about the second pier and its debts.";
    let documents = vec![
        article(0, &format!("“{words}”\n\nThat was all."), "Courier", 1),
        article(1, words, "Tribune", 1),
        article(2, &format!("SELLA (Reuters) - {words}"), "Echo", 1),
        article(3, &format!("SELLA (Reuters) - {words}"), "reuters.com", 1),
    ];
    let analysis = analyse(documents, &Settings::default());
    assert_eq!(analysis.passages.len(), 6);
    for passage in &analysis.passages {
        let pair = [passage.a_doc.index(), passage.b_doc.index()];
        assert_eq!(fact(passage, Tag::Quoted).is_some(), pair[0] == 0, "{pair:?}");
        assert_eq!(passage.a_quoted > 0.9, pair[0] == 0, "{pair:?}");
        assert!(passage.b_quoted < 0.1 && passage.excluded.is_none());
        assert_eq!(fact(passage, Tag::Credited).is_some(), pair.contains(&2), "{pair:?} {:?}", passage.tags);
    }
    let credited = analysis.passages.iter().find_map(|passage| fact(passage, Tag::Credited)).unwrap();
    assert_eq!(credited, "Reuters, in 0002; in the dateline: “SELLA (Reuters) -”");
    let kinds: Vec<ZoneKind> = analysis.facts[2].zones.iter().map(|zone| zone.kind).collect();
    assert_eq!(kinds, [ZoneKind::Dateline, ZoneKind::Credit]);
}

/// A page of several items: a credit holds for its own.
#[test]
fn a_credit_of_one_item_of_a_page_does_not_cover_the_next() {
    let item = |seed: u64| salad(&mut Dice::new(seed), 40).join(" ");
    let (one, two) = (item(1), item(2));
    let page = format!("SELLA, May 3 (AP) — {one}\n\nALTMARK, May 3 — {two}");
    let documents =
        vec![article(0, &page, "Courier", 1), article(1, &one, "Echo", 1), article(2, &two, "Echo", 1)];
    let analysis = analyse(documents, &Settings::default());
    let credited: Vec<bool> =
        analysis.passages.iter().map(|passage| fact(passage, Tag::Credited).is_some()).collect();
    assert_eq!(credited, [true, false]);
}

#[test]
fn headlines_and_captions_are_tagged() {
    let headline = "Harbour Board Votes Down Karolinenburg Ferries Subsidy After Marathon Session";
    let caption = "A ferry leaves the eastern pier of Karolinenburg harbour during last winter's strike of pilots. (Ada \
                   Brandt/AP)";
    let body = |seed: u64| salad(&mut Dice::new(seed), 60).join(" ");
    let documents = vec![
        document("a", format!("{headline}\n\n{}", body(8))),
        document("b", format!("{headline}\n\nBy Ada Brandt\n\n{}", body(9))),
        document("c", format!("{caption}\n\n{}", body(10))),
        document("d", format!("{}\n\n{caption}\n\n{}", body(11), body(12))),
    ];
    let analysis = analyse(documents, &Settings::default());
    let tags: Vec<Vec<Tag>> =
        analysis.passages.iter().map(|passage| passage.tags.iter().map(|(tag, _)| *tag).collect()).collect();
    // A picture's credit is none of the article.
    assert_eq!(tags, [[Tag::Headline], [Tag::Caption]]);
}

#[test]
fn words_in_everybodys_mouth_are_common() {
    let settings = Settings { min_bits: 15.0, ..Settings::default() };
    let cases = [
        ("and that at the end of the day it was all about the people and the world we live in now", true),
        ("and that the quarantined lighthouse keepers of Karolinenburg had repainted both foghorns", false),
        // A name, or a figure with another one, makes common words somebody's.
        ("and that at the end of the day it was all about Karolinenburg and the people we live with", false),
        ("and that in 1834 the world was all about the people and 12,500 of them came home that day", false),
    ];
    for (words, expected) in cases {
        let analysis =
            analyse(vec![article(0, words, "Courier", 1), article(1, words, "Echo", 1)], &settings);
        let [passage] = &analysis.passages[..] else {
            panic!("{words}: {} passages", analysis.passages.len())
        };
        assert_eq!(fact(passage, Tag::Common).is_some(), expected, "{words}: {:?}", passage.tags);
    }
}
