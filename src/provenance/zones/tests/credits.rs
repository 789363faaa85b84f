//! Whose copy a text is, whom it cites, and which items of a page a credit covers.

use super::*;

/// Head, tail, and what is found in them.
type Signed = (&'static str, &'static str, &'static [&'static str]);

const SIGNED: [Signed; 37] = [
    ("By The Associated Press", "", &["credit Associated Press: By The Associated Press"]),
    ("/ Source: Associated Press", "", &["credit Associated Press: / Source: Associated Press"]),
    ("AP June 1, 2018, 10:35 PM", "", &["credit Associated Press: AP June 1, 2018, 10:35 PM"]),
    ("By Ada Brandt, CNN", "", &["byline Ada Brandt: By Ada Brandt, CNN", "credit CNN: CNN"]),
    (
        "Ada Brandt and Cem Dorn, Bloomberg",
        "",
        &[
            "byline Ada Brandt and Cem Dorn: Ada Brandt and Cem Dorn, Bloomberg",
            "credit Bloomberg: Bloomberg",
        ],
    ),
    ("By Ada Brandt September 20, 2023", "", &["byline Ada Brandt: By Ada Brandt September 20, 2023"]),
    ("Von Ada Brandt", "", &["byline Ada Brandt: Von Ada Brandt"]),
    ("(By United Press)", "", &["credit United Press: (By United Press)"]),
    (
        "",
        "© 2019 The Associated Press. All rights reserved.",
        &["credit Associated Press: © 2019 The Associated Press. All rights reserved."],
    ),
    (
        "",
        "(Reporting by Ada Brandt; editing by Cem Dorn)",
        &["credit Reuters: (Reporting by Ada Brandt; editing by Cem Dorn)"],
    ),
    (
        "",
        "Associated Press writer Ada Brandt contributed to this report.",
        &["credit Associated Press: Associated Press writer Ada Brandt contributed to this report."],
    ),
    ("", "Reuter", &["credit Reuters: Reuter"]),
    (
        "A boat leaves the pier. (AP Photo/Ada Brandt)",
        "",
        &["caption Associated Press: A boat leaves the pier. (AP Photo/Ada Brandt)"],
    ),
    ("Ada Brandt / Reuters", "", &["caption Reuters: Ada Brandt / Reuters"]),
    (
        "A boat leaves the pier / Stringer / AFP via Getty Images",
        "",
        &["caption Agence France-Presse: A boat leaves the pier / Stringer / AFP via Getty Images"],
    ),
    (
        "FILE - In this May 3, 2011 file photo, a boat leaves. (Ada Brandt/Sella News via AP)",
        "",
        &[
            "caption Associated Press: FILE - In this May 3, 2011 file photo, a boat leaves. (Ada Brandt/Sella News via AP)",
        ],
    ),
    ("", "The chair told Reuters that the pier could wait.", &["cited Reuters: told Reuters"]),
    ("", "The pier could wait, according to the AFP.", &["cited Agence France-Presse: according to the AFP"]),
    ("", "Bloomberg reported last week that the pier could wait.", &["cited Bloomberg: Bloomberg reported"]),
    ("", "She has read Reuters every morning and the EPA (EPA) report since.", &[]),
    (
        "By Ada Brandt, head of the Board of Piers",
        "",
        &["byline Ada Brandt: By Ada Brandt, head of the Board of Piers"],
    ),
    ("Votes and piers — By Ada Brandt", "", &["byline Ada Brandt: Votes and piers — By Ada Brandt"]),
    // A picture's line at the top has a full stop, a headline none.
    (
        "A boat leaves the pier of Sella.\n\nAda Brandt / Reuters",
        "",
        &["caption: A boat leaves the pier of Sella.", "caption Reuters: Ada Brandt / Reuters"],
    ),
    // A name alone above the date; words that the text uses are none.
    ("Ada Brandt\n\nMay 31, 2019", "", &["byline Ada Brandt: Ada Brandt"]),
    ("Harbour News\n\nMay 31, 2019", "", &[]),
    ("Sella Cove\n\nTuesday, 31 May", "", &[]),
    ("", "The United Lakes is a contributor to the pier.", &[]),
    // Notes on an author.
    (
        "",
        "Ada Brandt is a business reporter for the Sella Post.",
        &["byline Ada Brandt: Ada Brandt is a business reporter for the Sella Post."],
    ),
    (
        "By Ada Brandt",
        "Ada Brandt is a lawyer in Sella.",
        &["byline Ada Brandt: By Ada Brandt", "byline Ada Brandt: Ada Brandt is a lawyer in Sella."],
    ),
    ("", "Ada Brandt is a lawyer in Sella.", &[]),
    ("Reporter Ada Brandt was free again.", "Ada Brandt is a reporter.", &[]),
    // No persons, and no end.
    ("By the Harbour Board", "", &[]),
    ("By Dornbank", "", &[]),
    ("By Letters to the Editor", "", &[]),
    ("Ada Dorn (Life Begins/ Von Brandt Lindwall, TV3)", "", &[]),
    ("By Ada Brandt and then there were two more of them at the pier", "", &[]),
    ("By Ada Brandt said the board", "", &[]),
];

#[test]
fn where_an_article_is_from_is_told_from_pictures_and_sources() {
    use ZoneKind::{Byline, Caption, Cited, Credit};
    let around =
        |head: &str, tail: &str| format!("Board votes for a second pier\n\n{head}\n\n{BODY}\n\n{tail}\n");
    for (head, tail, expected) in SIGNED {
        assert_eq!(found(&around(head, tail), &[Byline, Caption, Cited, Credit]), expected, "{head}{tail}");
    }
}

#[test]
fn what_an_outlet_was_told_itself_is_not_cited() {
    let outlets = Outlets::of(["Harbour Times", "BBC"].into_iter());
    for (source, text, expected) in [
        ("BBC", "“It is dead,” she told the BBC.", 0),
        ("bbc.co.uk", "“It is dead,” she told BBC News.", 0),
        ("Reuters", "Reuters said its profits rose.", 0),
        ("Harbour Times", "“It is dead,” she told the Harbour Times.", 0),
        ("Harbour Times", "“It is dead,” she told the BBC.", 1),
        ("BBC", "“It is dead,” she told Reuters.", 1),
    ] {
        let article = Article { source: Some(source), ..article(text, Profile::News) };
        let zones = find(&article, &Rules::built_in(), &outlets).zones;
        let n = zones.iter().filter(|zone| zone.kind == ZoneKind::Cited).count();
        assert_eq!(n, expected, "{source}: {text}");
    }
}

#[test]
fn short_names_and_wrapped_lines_are_no_credits() {
    use ZoneKind::{Caption, Cited, Credit};
    let wrapped = |last: &str| {
        format!(
            "The harbour board met on Monday and voted for a second pier, but the\nchair of the board would not say \
             who would pay for it when she spoke to\n{last}\n"
        )
    };
    let cases = [
        (wrapped("Reuters."), vec![]),
        (wrapped("AA."), vec![]),
        (wrapped("Reuter"), vec!["credit Reuters: Reuter"]),
        (wrapped("AA"), vec![]),
        (wrapped(" Reuter"), vec!["credit Reuters: Reuter"]),
        (wrapped("\nReuters"), vec!["credit Reuters: Reuters"]),
        ("The board met.\nReuter".to_owned(), vec!["credit Reuters: Reuter"]),
        (
            "By Ada Brandt - Associated Press\n\nThe board met.".to_owned(),
            vec!["credit Associated Press: Associated Press"],
        ),
        (wrapped("(Reuters)"), vec!["credit Reuters: (Reuters)"]),
        (wrapped("\nfrom AA-3"), vec![]),
        (
            "The board met.\n\nThe chair left, a member of the board told\nReuters on Monday.\n".to_owned(),
            vec!["cited Reuters: told Reuters"],
        ),
        (format!("{BODY}\n\n{BODY}\n\nShe wrote two books and the Advanced Placement (AP)"), vec![]),
        (format!("{BODY}\n\n{BODY}\n\nShe sent the three boats of the harbour (AP)"), vec![]),
        ("Nordsella A/S told Reuters.".to_owned(), vec!["cited Reuters: told Reuters"]),
        ("The loans of the board are rated AAA/AA.".to_owned(), vec![]),
        ("File-swappers leave the pier".to_owned(), vec![]),
        ("Brandt blocks choice of EPA head".to_owned(), vec![]),
        ("FILE- A boat leaves the pier".to_owned(), vec!["caption: FILE- A boat leaves the pier"]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(&text, &[Caption, Cited, Credit]), expected, "{text}");
    }
}

#[test]
fn the_nameplate_of_a_page_credits_nothing() {
    let items = format!("LINDWALL, May 3. {BODY}\n\nSELLA, May 3. {BODY}\n");
    let far = format!("{BODY}\n\n{BODY}");
    let credits = |text: &str| found(text, &[ZoneKind::Credit]).len();
    for (text, expected) in [
        (format!("Associated Press\n\nSIXTY-FIFTH YEAR\n\n{far}\n\n{items}"), 0),
        // Of the first item, by its words or because it stands right above.
        (format!("By Associated Press\n\n{far}\n\n{items}"), 1),
        (format!("(Associated Press)\n\n{far}\n\n{items}"), 1),
        (format!("{far}\n\nAssociated Press\n\n{items}"), 1),
        // An article has one dateline.
        (format!("Associated Press\n\n{far}\n\nSELLA, May 3. {BODY}\n"), 1),
        (format!("ASSOCIATED PRESS\nLEASED WIRE REPORT\n\n{far}"), 0),
    ] {
        assert_eq!(credits(&text), expected, "{text}");
    }
}

#[test]
fn items_of_a_page_are_credited_one_by_one() {
    let page = |line: &str, next: &str| {
        let column = "The harbour board met on Monday and\nvoted for a second pier, although no\nmember said who was to pay for it.\n";
        let far = column.repeat(20);
        format!("{far}PIER VOTED FOR\nAT LINDWALL\n{line}\n{next}\n{far}LAKE BANK PAYS\n{far}")
    };
    for (line, next, name) in [
        ("(By Associated Press.)", "LINDWALL, Jan. 12.—The board", Some("Associated Press")),
        ("By United Press.", "LINDWALL, Jan. 12. The board", Some("United Press")),
        ("[United Press Leased Wire Service.]", "LINDWALL, Jan. 12. The board", Some("United Press")),
        ("Associated Press by Federal Wireless", "LINDWALL, Jan. 12.—The board", Some("Associated Press")),
        ("Courier A. P. Leased Wire", "LINDWALL, Jan. 12.—The board", Some("Associated Press")),
        ("(By Associated Press.)", "The board of the lake voted", Some("Associated Press")),
        // Read by a machine.
        ("(By Associated Trtss.)", "LINDWALL, Jan. 12.—The board", Some("Associated Press")),
        ("By I'nited Press.", "Lindwafl, Jan. I2. The board", Some("United Press")),
        // A nameplate, running text, no agency, too much misread.
        ("MEMBER ASSOCIATED PRESS", "LINDWALL, Jan. 12.—The board", None),
        ("Courier Associated Press", "LINDWALL, Jan. 12.—The board", Some("Associated Press")),
        ("IANS", "LINDWALL, Jan. 12.—The board", None),
        ("Associated Press", "and the board of the lake voted", None),
        ("which told the United Press", "on Jan. 12 that the board", None),
        ("(By A Sonciatcd Pnrsc.)", "LINDWALL, Jan. 12.—The board", None),
        ("(By the Harbour Board.)", "LINDWALL, Jan. 12.—The board", None),
    ] {
        let text = page(line, next);
        let found = find(&article(&text, Profile::Ocr), &Rules::built_in(), &Outlets::default());
        let credits = found.zones.iter().filter(|zone| zone.kind == ZoneKind::Credit);
        let names: Vec<&str> = credits.filter_map(|zone| zone.name.as_deref()).collect();
        assert_eq!(names, name.into_iter().collect::<Vec<&str>>(), "{line} {next}");
    }
    // An item is from its headline to the next, whatever the credit says.
    let text = page("(By Associated Press.)", "LINDWALL, Jan. 12.—The board");
    let found = find(&article(&text, Profile::Ocr), &Rules::built_in(), &Outlets::default());
    let starts: Vec<&str> =
        found.items.iter().map(|&start| text[start as usize..].lines().next().unwrap()).collect();
    assert_eq!(starts, ["PIER VOTED FOR", "LAKE BANK PAYS"]);
}

#[test]
fn an_agency_that_closes_the_lead_is_credited() {
    let lead = |clause: &str| {
        format!(
            "The board of the harbour voted for a second pier on Monday, its chair told DW{clause}\n\n{BODY}\n"
        )
    };
    for (clause, expected) in [
        (", Trend reports.", Some("credit Trend: Trend reports")),
        (", Interfax reported with reference to the board.", Some("credit Interfax: Interfax reported")),
        (" as Interfax reports.", Some("credit Interfax: Interfax reports")),
        (". Interfax reports often.", Some("cited Interfax: Interfax reports")),
        (", trend reports.", None),
    ] {
        let told = found(&lead(clause), &[ZoneKind::Credit, ZoneKind::Cited]);
        let expected: Vec<&str> = ["cited Deutsche Welle: told DW"].into_iter().chain(expected).collect();
        assert_eq!(told, expected, "{clause}");
    }
    let late = format!("{BODY}\n\n{BODY}\n\n{BODY}\n\nThe pier can wait, Trend reports.\n");
    assert_eq!(found(&late, &[ZoneKind::Credit, ZoneKind::Cited]), ["cited Trend: Trend reports"]);
}

#[test]
fn outlets_of_the_corpus_are_cited_by_name() {
    let outlets = Outlets::of(
        [
            "lakepost.example",
            "Harbour Times",
            "Daily Courier",
            "Brandt",
            "nhtimes.example",
            "thepier.example",
        ]
        .into_iter(),
    );
    let cases = [
        ("The plan was first seen by few, the Lake Post reported on Monday.", Some("lakepost.example")),
        ("The plan is dead, according to the Harbour Times, which saw it.", Some("Harbour Times")),
        ("“It is dead,” she told the Lake Post.", Some("lakepost.example")),
        ("The plan is dead, Daily Courier reports.", Some("Daily Courier")),
        ("The daily courier reported that the plan is dead.", None),
        ("The plan is dead, the Daily Courier said.", None),
        ("The plan is dead, Brandt reports.", None),
        ("The Lake Post building burned down, the mayor said on Monday.", None),
        ("The plan is dead, the Hill Post reported.", None),
        ("The plan is dead, The North Harbour Times reported.", Some("nhtimes.example")),
        ("The North\nHarbour Times reported that the plan is dead.", Some("nhtimes.example")),
        ("“It is dead,” she told The North Harbour Times.", Some("nhtimes.example")),
        ("The plan is dead, the Pier reported.", Some("thepier.example")),
        ("“It is dead,” she told the Pier.", Some("thepier.example")),
        ("The plan is dead, the pier reported.", None),
        ("The nights here at times reported for the plan are dead.", None),
    ];
    for (text, expected) in cases {
        let zones = find(&article(text, Profile::News), &Rules::built_in(), &outlets).zones;
        let cited: Vec<&str> = zones
            .iter()
            .filter(|zone| zone.kind == ZoneKind::Cited)
            .filter_map(|zone| zone.name.as_deref())
            .collect();
        assert_eq!(cited, expected.into_iter().collect::<Vec<&str>>(), "{text}");
    }
}

#[test]
fn outlets_of_the_rules_are_cited_and_never_credited() {
    let cases: [(&str, &[&str]); 4] = [
        ("He told DW, Trend reports.", &["cited Deutsche Welle: told DW", "credit Trend: Trend reports"]),
        ("She said so in an interview with BBC News.", &["cited BBC: interview with BBC News"]),
        ("The plan is dead, Sky News reported on Monday.", &["cited Sky News: Sky News reported"]),
        ("SELLA (BBC) - The board met and voted for a second pier on Monday.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text, &[ZoneKind::Cited, ZoneKind::Credit]), expected, "{text}");
    }
}

#[test]
fn names_of_one_word_stand_as_written_others_with_a_capital() {
    let credited = |agency: &str| found(&format!("SELLA ({agency}) - {BODY}"), &[ZoneKind::Credit]).len();
    for agency in ["AP", "dpa", "DPA", "Bloomberg", "BLOOMBERG", "Bloomberg news", "the Associated Press"] {
        assert_eq!(credited(agency), 1, "{agency}");
    }
    for agency in ["ap", "Ap", "bloomberg", "bloomberg news"] {
        assert_eq!(credited(agency), 0, "{agency}");
    }
}
