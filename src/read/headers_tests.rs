//! Tables of first lines.

use jiff::tz::Offset;
use proptest::prelude::*;

use super::*;
use crate::read::ReadParams;

fn told(text: &str, year: Option<i64>) -> String {
    let names = FieldNames::new(&ReadParams::default());
    let Headers { block, lines, day_without_year, .. } = read_off(text, &names, year);
    let meta = block.or(lines);
    let day = meta.published.map(|published| {
        let stamp = jiff::Timestamp::from_second(published.seconds).unwrap();
        format!("{} {:?}", Offset::UTC.to_datetime(stamp), published.precision)
    });
    let named =
        [("source", meta.source), ("title", meta.title), ("date", day), ("no year", day_without_year)];
    let named = named.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
    named
        .chain(meta.rest.iter().map(|(name, value)| format!("{name}={value}")))
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn reads_header_blocks() {
    let cases = [
        (
            "Source: Daily Post\nDate: 2024-03-02 10:00\nTitle: Terms: agreed\nDesk: World\n\nBody: none",
            "source=Daily Post; title=Terms: agreed; date=2024-03-02T10:00:00 Minute; desk=World",
        ),
        (
            "---\r\ntitle: \"Terms\"\r\ndate: 2024-03-02\r\ntags:\r\n  - a\r\nid: 7\r\n---\r\nText",
            "title=Terms; date=2024-03-02T00:00:00 Day; id=7",
        ),
        ("--- not front matter\ndate: x", ""),
        ("---\ntitle: never closed", ""),
        ("Minister: we will not yield\nSource: nobody", "source=nobody; minister=we will not yield"),
        ("Minister: we will not yield. He spoke.", ""),
        ("https://post.example/a\nText", ""),
        ("Published: soon\nText", "published=soon"),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text, None), expected, "{text}");
    }
}

#[test]
fn reads_datelines_and_bylines() {
    let cases = [
        (" date 2023-09-19 BAKU – A thing happened.", "date=2023-09-19T00:00:00 Day"),
        ("date 2 March 2026 10:15 BAKU, May 3. A thing.", "date=2026-03-02T10:15:00 Minute"),
        ("BAKU, Azerbaijan, September 21. A thing", "no year=09-21"),
        ("BAKU, Azerbaijan, September 21, 2023. A thing", "date=2023-09-21T00:00:00 Day"),
        ("WASHINGTON, March 2 (Reuters) - A thing", "no year=03-02"),
        ("WASHINGTON March 2, 2026 (Reuters) - A thing", "date=2026-03-02T00:00:00 Day"),
        ("NEW YORK, 2 March 2026 — A thing", "date=2026-03-02T00:00:00 Day"),
        ("Baku, September 21, 2023, AZERTAC", "date=2023-09-21T00:00:00 Day"),
        (
            "Last update: June 16, 2024 13:35\n\nLogo\n\nBy Ann Writer September 20, 2023\n\nA thing",
            "date=2023-09-20T00:00:00 Day; author=Ann Writer",
        ),
        ("A headline\nPublished 2 March 2026, 10:00\nText", "date=2026-03-02T10:00:00 Minute"),
        ("Updated: 2 March 2026\nText", ""),
        ("Last update of this page\nJanuary 21, 2007 22:41\nText", ""),
        ("Archive\n2 March 2026\nText\n3 March 2026\nText", ""),
        ("ORIGIN OF THE SPECIES April 30, 1998, marks a day", ""),
        ("A headline\n20260302\nText", ""),
        ("By Ann Writer and Bo Reader\nText", "author=Ann Writer and Bo Reader"),
        ("By Tuesday the rain had gone and nobody cared.", ""),
        ("In Baku, September 21, 2023, was a day like any other.", ""),
        ("He arrived in May 2, they say.", ""),
        ("The war began on September 19, 2023, in the morning.", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text, None), expected, "{text}");
    }
    assert_eq!(told("BAKU, Azerbaijan, September 21. A thing", Some(2023)), "date=2023-09-21T00:00:00 Day");
}

#[test]
fn finds_the_year_of_a_path() {
    let cases = [
        ("2023/09/a.txt", Some(2023)),
        ("post_20230921_1.txt", Some(2023)),
        ("2023/2023-09.txt", Some(2023)),
        ("2023/2024.txt", None),
        ("a2023b.txt", None),
        ("000_40247e068b6d496e.txt", None),
        ("20239999.txt", None),
    ];
    for (path, expected) in cases {
        assert_eq!(year_in_path(path), expected, "{path}");
    }
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "(\\PC|[ \n]|BAKU|May|:|, 2|date ){0,60}") {
        told(&text, Some(2023));
    }
}

const PIECES: [&str; 24] = [
    "March",
    "SEPT",
    "may",
    "2",
    "15,",
    "2026",
    "1900",
    "Mon,",
    "10:00",
    "p.m",
    "a.m",
    "GMT",
    "(Eastern)",
    "-0500",
    "[x]",
    "BAKU,",
    "Shr",
    "of",
    "\u{130}",
    "mars",
    "août",
    ".",
    "/",
    "T",
];

proptest! {
    #[test]
    fn what_is_passed_over_tells_no_date(
        chosen in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..8),
        joint in prop::sample::select(&[" ", "", "-"][..]),
    ) {
        let text = chosen.join(joint);
        if !has_digit(&text) || !starts_like_date(&text) {
            prop_assert!(date::parse(&text).is_err(), "{}", text);
        }
    }
}
