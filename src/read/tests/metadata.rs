//! What is known of a document: by where it stands, by what its first lines say.

use expect_test::expect;

use super::*;

#[test]
fn a_time_printed_at_the_head_is_held_against_the_date() {
    let cases = [
        // Visited the day after; no zone, so the clock of the field.
        (
            "2024-05-31T07:38:26-04:00",
            "May 30, 2024\n\nBy Ann Bell\n\nTerms.",
            Some("2024-05-30T04:00:00Z/Day"),
        ),
        (
            "2024-05-31T18:20:17-04:00",
            "Follow\n\nMay 31 at 3:41 PM\n\nTerms.",
            Some("2024-05-31T19:41:00Z/Minute"),
        ),
        (
            "2024-05-31T18:20:17-04:00",
            "May 31, 2024, 9:52 PM UTC\nTerms.",
            Some("2024-05-31T21:52:00Z/Minute"),
        ),
        (
            "2024-05-31T11:03:26-04:00",
            "Posted: 10:50 AM, May 31, 2024\nTerms.",
            Some("2024-05-31T14:50:00Z/Minute"),
        ),
        ("2024-05-31", "By Ann Bell May 29, 2024\nTerms.", Some("2024-05-29T00:00:00Z/Day")),
        ("2025-01-01T01:00:00Z", "December 31 at 11:10 PM\nTerms.", None),
        // The same day, an update, an agency's dateline, a list of dates, zones that cannot be compared.
        ("2024-05-31T07:38:26-04:00", "May 31, 2024\nTerms.", None),
        ("2024-05-31T07:38:26-04:00", "Updated 6:35 AM, May 30, 2024\nTerms.", None),
        ("2024-05-31T07:38:26-04:00", "BAKU, May 30 (Reuters) - Terms.", None),
        ("2024-05-31T07:38:26-04:00", "May 30, 2024\nMay 29, 2024\nTerms.", None),
        ("2024-05-31T07:38:26", "May 30, 2024 10:00 UTC\nTerms.", None),
    ];
    for (date, text, printed) in cases {
        let record = serde_json::json!({"text": text, "date": date}).to_string();
        let told = told(&[("a.jsonl", record.as_bytes())], &["a.jsonl"], ReadParams::default());
        let found = told.split_once(" printed=").map(|(_, rest)| rest.split_whitespace().next().unwrap());
        assert_eq!(found, printed, "{told}");
        assert_eq!(
            told.contains("remark: The time printed at its head is earlier than its date (field)"),
            printed.is_some(),
            "{told}"
        );
    }
}

#[test]
fn metadata_counts_by_where_it_stands() {
    let files: Files<'_> = &[
        ("meta.csv", b"filename;source;date;topic\nPost_20260302_1.txt;Table;2026-03-09;war\ngone.txt;x;2026;y\nPost_20260302_1.txt;twice;;\n"),
        ("Post_20260302_1.txt", b"Source: Header\nDate: 2026-03-05\nTitle: T\n\nText."),
        ("Post_20260302_2.txt", b"Source: Header\n\nBAKU, Azerbaijan, March 5, 2026. Text."),
        ("Post_20260302_3.txt", b"BAKU, Azerbaijan, March 5. Text."),
        ("Post_soon_4.txt", b"BAKU, Azerbaijan, March 5. Text."),
        ("other.txt", b"Text."),
        ("rows.jsonl", b"{\"text\": \"BAKU, March 5, 2026. Row.\", \"source\": \"Row\", \"id\": \"r\"}\n{\"text\": \"q\", \"url\": \"https://www.post.example/1\"}"),
    ];
    let params = ReadParams {
        name_pattern: Some("{source}_{date}_{n}.txt".parse().unwrap()),
        meta: Some("meta.csv".into()),
        ..ReadParams::default()
    };
    check(
        files,
        &["."],
        params,
        expect![[r#"
            "Post_20260302_1.txt" @/Post_20260302_1.txt:1 UTF-8 "Source: Header\nDate: 2026-03-05\nTitle: T\n\nText." source=Table title=T date=2026-03-09T00:00:00Z/Day meta.n=1 meta.topic=war
            "Post_20260302_2.txt" @/Post_20260302_2.txt:1 UTF-8 "Source: Header\n\nBAKU, Azerbaijan, March 5, 2026. Text." source=Header date=2026-03-02T00:00:00Z/Day meta.n=2
            "Post_20260302_3.txt" @/Post_20260302_3.txt:1 UTF-8 "BAKU, Azerbaijan, March 5. Text." source=Post date=2026-03-02T00:00:00Z/Day meta.n=3
            "Post_soon_4.txt" @/Post_soon_4.txt:1 UTF-8 "BAKU, Azerbaijan, March 5. Text." source=Post meta.date=soon meta.n=4
              remark: The dateline names the day 03-05 without a year, so the document is undated; give the year with --meta or --name-pattern.
              remark: The date soon could not be read; write it as 2026-03-02.
            "other.txt" @/other.txt:1 UTF-8 "Text."
            "r" @/rows.jsonl#0:1 UTF-8 "BAKU, March 5, 2026. Row." source=Row date=2026-03-05T00:00:00Z/Day
            "rows.jsonl#1" @/rows.jsonl#1:2 UTF-8 "q" source=post.example url=https://www.post.example/1
            warning @/Post_soon_4.txt:1: 1 date not understood, the first is soon; write dates as 2026-03-02
            warning @/meta.csv: 1 row without a document in this run, the first is gone.txt
            warning @/meta.csv: 6 documents of this run without a row here
            warning @/meta.csv:4: Post_20260302_1.txt has a row already; this one was passed over
            warning @/other.txt: the name does not follow --name-pattern {source}_{date}_{n}.txt, so nothing was read off it
            warning @/rows.jsonl: the name does not follow --name-pattern {source}_{date}_{n}.txt, so nothing was read off it
        "#]],
    );
}

#[test]
fn reads_off_nothing_that_is_not_clear() {
    check(
        &[
            ("a.txt", b"BAKU, Azerbaijan, September 21. Text, Trend reports."),
            ("b.txt", b" date 2023-09-19 BAKU \xe2\x80\x93 Text."),
            (
                "c.txt",
                b"Last update: June 16, 2024 13:35\n\nLogo\n\nBy Ann Writer September 20, 2023\n\nText.",
            ),
            ("d.txt", b"---\nsource: Post\ndate: 03/04/2026\n---\nText."),
            ("2023/e.txt", b"BAKU, Azerbaijan, September 21. Text."),
            ("f.txt", b"Date: 2023\n\nBAKU, Azerbaijan, September 21. Text."),
            ("g.jsonl", b"{\"text\": \"BAKU, September 21. Text.\", \"date\": \"2023-09\"}"),
        ],
        &["."],
        ReadParams::default(),
        expect![[r#"
            "2023/e.txt" @/2023/e.txt:1 UTF-8 "BAKU, Azerbaijan, September 21. Text." date=2023-09-21T00:00:00Z/Day
            "a.txt" @/a.txt:1 UTF-8 "BAKU, Azerbaijan, September 21. Text, Trend reports."
              remark: The dateline names the day 09-21 without a year, so the document is undated; give the year with --meta or --name-pattern.
            "b.txt" @/b.txt:1 UTF-8 " date 2023-09-19 BAKU – Text." date=2023-09-19T00:00:00Z/Day
            "c.txt" @/c.txt:1 UTF-8 "Last update: June 16, 2024 13:35\n\nLogo\n\nBy Ann Writer September 20, 2023\n\nText." date=2023-09-20T00:00:00Z/Day meta.author=Ann Writer
            "d.txt" @/d.txt:1 UTF-8 "---\nsource: Post\ndate: 03/04/2026\n---\nText." source=Post meta.date=03/04/2026
              remark: The date 03/04/2026 may be read day first or month first, so it was not guessed; write it as 2026-03-02.
            "f.txt" @/f.txt:1 UTF-8 "Date: 2023\n\nBAKU, Azerbaijan, September 21. Text." date=2023-09-21T00:00:00Z/Day
            "g.jsonl#0" @/g.jsonl#0:1 UTF-8 "BAKU, September 21. Text." date=2023-09-21T00:00:00Z/Day
            warning @/d.txt:1: 1 date not guessed that may be day first or month first, the first is 03/04/2026; write dates as 2026-03-02
        "#]],
    );
}

/// A date that stands alone in its line dates an article at its head, not inside a sentence that was broken there, and not in what
/// the article quotes.
#[test]
fn a_line_with_a_date_alone_is_not_always_the_articles() {
    let letter =
        format!("{}\n\nMay 2, 2026\nDear Sir", "The board wrote a letter about the pier today. ".repeat(8));
    let cases = [
        ("THE PIER\nMay 2, 2026\n\nThe board met.", true),
        ("THE PIER\nA deck of some words\nBy Ada Brandt\n2 May 2026\nThe board met.", true),
        ("Notes of the board are due\nMay 2, 2026.\n    They will be paid.", false),
        ("The board that met on\nMay 2, 2026\nagreed to a second pier.", false),
        (letter.as_str(), false),
    ];
    for (text, is_dated) in cases {
        let told = told(&[("a.txt", text.as_bytes())], &["."], ReadParams::default());
        assert_eq!(told.contains(" date=2026-05-02T"), is_dated, "{told}");
    }
}
