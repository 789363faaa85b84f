//! Zones of texts made up for the purpose.

use proptest::prelude::*;

use super::*;

fn article(text: &str, profile: Profile) -> Article<'_> {
    Article { text, title: None, source: None, profile }
}

fn zones_of(text: &str) -> Vec<Zone> {
    find(&article(text, Profile::News), &Rules::built_in(), &Outlets::default()).zones
}

/// The zones of `text` of the given kinds, as "kind name: words".
fn found(text: &str, kinds: &[ZoneKind]) -> Vec<String> {
    let zones = zones_of(text);
    let shown = zones.iter().filter(|zone| kinds.contains(&zone.kind)).map(|zone| {
        let words = text[zone.span.range()].split_whitespace().collect::<Vec<&str>>().join(" ");
        let name = zone.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        format!("{}{name}: {words}", zone.kind.name())
    });
    shown.collect()
}

/// What stands inside quotation marks.
fn quoted(text: &str) -> Vec<String> {
    let zones = zones_of(text);
    let marked = zones.iter().filter(|zone| zone.kind == ZoneKind::Quotation);
    marked.map(|zone| text[zone.span.range()].to_owned()).collect()
}

const BODY: &str = "The harbour board met on Monday and voted for a second pier, although nobody could say who would pay \
                    for it, and two members left before the vote was taken by the chair of the board herself.";

#[test]
fn datelines_name_their_place_and_their_agency() {
    let cases: [(&str, &[&str]); 23] = [
        ("SELLA (AP)  ", &["dateline SELLA: SELLA (AP)", "credit Associated Press: AP"]),
        ("SELLA, Tuesday, Jan. 12.—", &["dateline SELLA: SELLA, Tuesday, Jan. 12.—"]),
        ("NOTE - ", &[]),
        ("TITLE III - ", &[]),
        ("Tuesday, August 16 - ", &[]),
        ("MAIZE - ", &[]),
        ("Sella (AP) ", &[]),
        ("KARLSBURG (Reuters) - ", &["dateline KARLSBURG: KARLSBURG (Reuters) -", "credit Reuters: Reuters"]),
        (
            "KARLSBURG, May 3 (AP) — ",
            &["dateline KARLSBURG: KARLSBURG, May 3 (AP) —", "credit Associated Press: AP"],
        ),
        (
            "NEW SELLA, Altmark, September 21. ",
            &["dateline NEW SELLA, Altmark: NEW SELLA, Altmark, September 21."],
        ),
        ("date 2023-09-19 KARLSBURG – ", &["dateline KARLSBURG: date 2023-09-19 KARLSBURG –"]),
        ("SELLA, Jan. 12. ", &["dateline SELLA: SELLA, Jan. 12."]),
        ("SELLA — ", &["dateline SELLA: SELLA —"]),
        ("SELLA, D.C. -- ", &["dateline SELLA, D.C.: SELLA, D.C. --"]),
        ("Sella, March 3 - ", &["dateline Sella: Sella, March 3 -"]),
        ("(CNN) - ", &["dateline: (CNN) -", "credit CNN: CNN"]),
        (
            "SELLA, March 3, 2020 /PRNewswire/ -- ",
            &["dateline SELLA: SELLA, March 3, 2020 /PRNewswire/ --", "release PR Newswire: PRNewswire"],
        ),
        (
            "BERLIN, 3. März (dpa) - ",
            &["dateline BERLIN: BERLIN, 3. März (dpa) -", "credit Deutsche Presse-Agentur: dpa"],
        ),
        // None of these is one.
        ("Sella - ", &[]),
        ("He said - ", &[]),
        ("THE BOARD MET AND VOTED FOR A PIER - ", &[]),
        ("A co-op (a shop) - ", &[]),
        ("Harbours, the board said. ", &[]),
    ];
    for (opening, expected) in cases {
        let text = format!("{opening}{BODY}\n\nNothing else was said.\n");
        assert_eq!(
            found(&text, &[ZoneKind::Dateline, ZoneKind::Credit, ZoneKind::Release]),
            expected,
            "{opening}"
        );
    }
}

/// Head, tail, and what is found in them.
type Signed = (&'static str, &'static str, &'static [&'static str]);

const SIGNED: [Signed; 28] = [
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
fn a_sentence_that_goes_on_with_by_is_no_byline() {
    let around = |head: &str| format!("{head}\n\n{BODY}\n");
    for (head, expected) in [
        ("Votes for a pier\n\nBy Ada Brandt", 1),
        ("Votes for a pier\n\nby Ada Brandt /", 1),
        ("Votes for a pier.\nBy Ada Brandt", 1),
        ("PIER VOTED FOR\nBy ADA BRANDT", 1),
        // Small, or inside a sentence or a headline of capitals.
        ("The pier, 72 pct owned\nby Brandt Dorn Group, opens its gates", 0),
        ("PIER DRIVEN OUT\nBY LAKE PIRATES", 0),
    ] {
        assert_eq!(found(&around(head), &[ZoneKind::Byline]).len(), expected, "{head}");
    }
}

#[test]
fn a_headline_is_like_the_title_where_one_is_told() {
    let title = "Board votes for second pier";
    let menu = "FacebookEmail Twitter Google+ LinkedIn Pinterest";
    let cases: [(Option<&str>, String, &[&str]); 9] = [
        (Some(title), format!("Board votes for a second pier\n\n{BODY}"), &["Board votes for a second pier"]),
        (Some(title), format!("Share this with all your friends\n\n{title}\n\n{BODY}"), &[title]),
        (Some(title), format!("Pier Review of the Lake\n\n{BODY}"), &[]),
        (Some(title), format!("Board votes for a second pier\nthat nobody pays for. {BODY}"), &[]),
        (None, format!("Net 4,505,000 vs 4,493,000\n\n{BODY}"), &[]),
        (None, format!("{menu}\n\n{title}\n\n{BODY}"), &[title]),
        (None, format!("Lake Senator Ada Brandt : Press Room\n\n{title}\n\n{BODY}"), &[title]),
        // Two sentences, or one that a letter follows, are the text.
        (
            None,
            format!("{title}\n\nThe board met. It voted twice on Monday.\n\nMay 3, 2006\n\n{BODY}"),
            &[title],
        ),
        (None, format!("{title}\n\nThe chair sent the following letter:\n\nMay 3, 2006\n\n{BODY}"), &[title]),
    ];
    for (title, text, expected) in cases {
        let article = Article { title, ..article(&text, Profile::News) };
        let zones = find(&article, &Rules::built_in(), &Outlets::default()).zones;
        let headlines = zones.iter().filter(|zone| zone.kind == ZoneKind::Headline);
        assert_eq!(headlines.map(|zone| &text[zone.span.range()]).collect::<Vec<&str>>(), expected, "{text}");
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
fn a_press_release_says_so_in_its_head() {
    let menu = "Senator Brandt   Home   Votes   ";
    let cases = [
        (format!("{menu}FOR IMMEDIATE RELEASE   May 3  2005   Pier Saved   {BODY}"), true),
        (format!("{menu}Press Release        of        Senator Brandt   {BODY}"), true),
        (format!("Pier Saved For Immediate Release May 3\n\n{BODY}"), true),
        (format!("Office of Ada Brandt\nFOR IMMEDIATE RELEASE\n\n{BODY}"), true),
        (format!("Press release of the board\n\n{BODY}"), true),
        // News of releases.
        (format!("Lake Union Calls For Immediate Release Of All Captives\n\n{BODY}"), false),
        (format!("The board asked for immediate release of the boats on May 3.\n\n{BODY}"), false),
        (format!("The board voted for a pier, it said in a\npress release on Monday.\n\n{BODY}"), false),
        (format!("The board sent a  press release that nobody read.\n\n{BODY}"), false),
        (format!("{BODY} {BODY} {BODY}  FOR IMMEDIATE RELEASE  May 3"), false),
        (format!("{BODY}\n\n{BODY}\n\n{BODY}\n\nFOR IMMEDIATE RELEASE"), true),
    ];
    for (text, expected) in cases {
        assert_eq!(!found(&text, &[ZoneKind::Release]).is_empty(), expected, "{text}");
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
fn marks_of_all_scripts_quote() {
    let cases: [(&str, &[&str]); 24] = [
        (r#"He said "it holds" twice."#, &[r#""it holds""#]),
        ("She wrote “it holds” twice.", &["“it holds”"]),
        ("Er sagte: „Es hält“, dann ging er.", &["„Es hält“"]),
        ("On dit « ça tient » ici.", &["« ça tient »"]),
        ("On dit «\u{a0}ça tient\u{a0}» ici.", &["«\u{a0}ça tient\u{a0}»"]),
        ("Er sagt »es hält« und geht.", &["»es hält«"]),
        ("Han sade ”det håller” och gick.", &["”det håller”"]),
        ("他说「可以的」了。", &["「可以的」"]),
        ("『はい』と言った。", &["『はい』"]),
        ("She said ``it holds'' and left.", &["``it holds''"]),
        ("The mayor said 'it holds well' and left.", &["'it holds well'"]),
        ("The mayor’s ‘it holds’ wasn’t news.", &["‘it holds’"]),
        // Inner marks are part of the outer ones.
        (r#""He said 'it holds' to me," she said."#, &[r#""He said 'it holds' to me,""#]),
        ("“He said ‘it holds’ to me,” she said.", &["“He said ‘it holds’ to me,”"]),
        // Apostrophes are none.
        ("The dogs' owners don't know Peter's '90s music or rock 'n' roll.", &[]),
        ("It's the boats' turn, isn't it? 'Tis so.", &[]),
        ("The chair said 'the boats' owners agreed' and left.", &["'the boats' owners agreed'"]),
        // Inches close nothing, and one missing mark costs its own paragraph only.
        (r#"A 6" plank and a 4" one."#, &[]),
        ("He said “it holds and left.\n\nShe said “it does” later.", &["“it does”"]),
        ("He said \"it holds and left.\n\nShe said \"it does\" later.", &["\"it does\""]),
        ("“A stray mark and a “good one” here.", &["“good one”"]),
        // Speech of several paragraphs opens each and closes the last.
        (
            "“It holds.\n\n“It did before.\n\n“It will,” she said.",
            &["“It holds.", "“It did before.", "“It will,”"],
        ),
        ("\"It holds.\n\n\"It will,\" she said.", &["\"It holds.", "\"It will,\""]),
        ("「一。\n\n「二。」と。", &["「一。", "「二。」"]),
    ];
    for (text, expected) in cases {
        assert_eq!(quoted(text), expected, "{text}");
    }
}

#[test]
fn speech_without_marks_is_told_by_its_verb() {
    let cases: [(&str, &[&str]); 14] = [
        (
            "Dr. Brandt said that the pier would hold for years.",
            &["reported Dr. Brandt: the pier would hold for years."],
        ),
        ("The pier would hold for years, Brandt said.", &["reported Brandt: The pier would hold for years"]),
        (
            "The pier would hold for years, said Ada Brandt.",
            &["reported Ada Brandt: The pier would hold for years"],
        ),
        (
            "The pier would hold for years, Ada Brandt, head of the board, said on Monday.",
            &["reported Ada Brandt: The pier would hold for years"],
        ),
        (
            "According to the board, the pier would hold for years.",
            &["reported the board: the pier would hold for years."],
        ),
        (
            "The pier would hold for years, according to Brandt.",
            &["reported Brandt: The pier would hold for years,"],
        ),
        (
            "The board said the pier would hold for years.",
            &["reported The board: the pier would hold for years."],
        ),
        (
            "The board said: the pier would hold for years.",
            &["reported The board: the pier would hold for years."],
        ),
        ("Brandt sagte, dass der Steg noch lange hält.", &["reported Brandt: der Steg noch lange hält."]),
        (
            "Der Sprecher erklärte dass der Steg noch lange hält.",
            &["reported Der Sprecher: der Steg noch lange hält."],
        ),
        // No statement follows.
        ("The board said on Monday nothing of the sort.", &[]),
        ("It is said to be an old pier of the harbour.", &[]),
        // Marks say more than the verb.
        ("\"The pier will hold for years,\" Brandt said.", &[]),
        ("\"She said that the pier would hold,\" he wrote.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text, &[ZoneKind::Reported]), expected, "{text}");
    }
}

#[test]
fn statements_are_told_from_their_subjects() {
    let holds = "the pier would hold for years.";
    let cases: [(&str, &[&str]); 31] = [
        // The statement follows an apposition, a day, whom it was told.
        ("Ada Brandt, head of the board, said the pier would hold for years.", &["Ada Brandt", holds]),
        (
            "Ada Brandt, head of the board, told the council that the pier would hold for years.",
            &["Ada Brandt", holds],
        ),
        ("Brandt told the town council that the pier would hold for years.", &["Brandt", holds]),
        ("Brandt reported on Monday that the pier would hold for years.", &["Brandt", holds]),
        ("Brandt said Friday the pier would hold for years.", &["Brandt", holds]),
        ("Brandt announced today that the pier would hold for years.", &["Brandt", holds]),
        (
            "A statement of the board states that the pier would hold for years.",
            &["A statement of the board", holds],
        ),
        ("The report states that the pier would hold for years.", &["The report", holds]),
        // Inverted.
        ("The pier would hold for years, says a study.", &["a study", "The pier would hold for years"]),
        (
            "The pier would hold for years, said the harbour board of Sella.",
            &["the harbour board of Sella", "The pier would hold for years"],
        ),
        // Numbers and datelines.
        (
            "The pier holds 1,000 boats and 2,000 yards of rope, Brandt said.",
            &["Brandt", "The pier holds 1,000 boats and 2,000 yards of rope"],
        ),
        (
            "SELLA (AP) - The pier would hold for years, Brandt said.",
            &["Brandt", "The pier would hold for years"],
        ),
        // Names without what stands around them.
        ("Brandt also said that the pier would hold for years.", &["Brandt", holds]),
        ("But Brandt has said that the pier would hold for years.", &["Brandt", holds]),
        ("Last month the board announced that the pier would hold for years.", &["the board", holds]),
        ("Brandt in February said that the pier would hold for years.", &["Brandt", holds]),
        ("It is said that the pier would hold for years.", &["-", holds]),
        (
            "The head of the office for piers at the Ministry of Lakes Ada Brandt told DW that the pier would hold for years.",
            &["Ada Brandt", holds],
        ),
        // No statements: subordinate clauses, nouns, participles, things, and what nobody says.
        ("After the book came out, I asked myself.", &[]),
        ("In a letter to the mayor of the town, Brandt said on Monday.", &[]),
        ("It is one of 29 states that will receive the money for piers.", &[]),
        ("They issue progress reports that nobody in the town reads.", &[]),
        ("The town lives from value-added agricultural goods that are sold there.", &[]),
        ("The town drew back its recently announced plan that was to save the pier.", &[]),
        ("The board announced new piers for all of the lake.", &[]),
        ("The board announced his plan today in all of the papers.", &[]),
        ("Dornbank added 1/4 to reach 18-5/8 in the afternoon.", &[]),
        ("The board could not say that the pier would hold for years.", &[]),
        ("Let's say that the pier would hold for years.", &[]),
        ("What Brandt said has any meaning for the pier of the town.", &[]),
        ("As you say, Cem, the pier would hold for years to come.", &[]),
    ];
    for (text, expected) in cases {
        let zones = zones_of(text);
        let reported = zones.iter().filter(|zone| zone.kind == ZoneKind::Reported);
        let told: Vec<&str> = reported
            .flat_map(|zone| [zone.name.as_deref().unwrap_or("-"), &text[zone.span.range()]])
            .collect();
        assert_eq!(told, expected, "{text}");
    }
}

#[test]
fn verbs_of_a_language_without_finite_ones_are_followed_by_anything() {
    let rules = Rules::with(&[("es.toml".to_owned(), "[words]\nsaying = ['dijo']\n".to_owned())]).unwrap();
    let zones = find(
        &article("El muelle va a durar mucho, dijo Brandt.", Profile::News),
        &rules,
        &Outlets::default(),
    )
    .zones;
    assert!(zones.iter().any(|zone| zone.kind == ZoneKind::Reported), "{zones:?}");
}

#[test]
fn a_missing_mark_is_supplied_where_speech_goes_on() {
    let cases: [(&str, &[&str]); 8] = [
        // Paragraphs that ran together.
        ("He said: \"It holds. \"It did before,\" and left.", &["\"It holds.", "\"It did before,\""]),
        ("“It holds. “It did before,” he said.", &["“It holds.", "“It did before,”"]),
        ("\"It holds well, said Ada Brandt. \"It did before.\"", &["\"It holds well,", "\"It did before.\""]),
        ("He added: \"It holds.\n\nThe board met.", &["\"It holds."]),
        // Kinds mixed.
        ("She called it \"a pier that holds” twice.", &["\"a pier that holds”"]),
        ("She called it “a pier that holds\" twice.", &["“a pier that holds\""]),
        // Neither a sentence nor a colon.
        ("A stray \"mark and a \"good one\" here.", &["\"good one\""]),
        ("He wrote of \"it holds.\n\nThe board met.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(quoted(text), expected, "{text}");
    }
}

#[test]
fn a_paragraph_behind_a_colon_is_quoted_without_marks() {
    let words = "[While] we believe that the pier holds, the language was too vague.";
    for (before, paragraph, expected) in [
        ("The board met on Monday, saying :", words, true),
        ("The statement reads, in part:", words, true),
        ("Ada Brandt said on Monday:", words, true),
        // A list, a mark, no verb, and an unfinished line.
        ("The board said that it gave money to:", words, false),
        ("The board will:", words, false),
        ("Ada Brandt said:", "- a pier that holds and is paid for by the board of the lake.", false),
        ("Ada Brandt said:", "The pier that holds and is paid for by the board of the lake", false),
        ("The board met on Monday.", words, false),
    ] {
        let text = format!("{before}\n\n{paragraph}\n\nNothing else was said.");
        assert_eq!(quoted(&text).contains(&paragraph.to_owned()), expected, "{text}");
    }
}

#[test]
fn brackets_hold_other_things_than_glosses() {
    for (text, expected) in [
        ("He [the mayor] left.", true),
        ("It [3G] is fast.", true),
        ("The [EU] pays.", true),
        ("And [w]e believe in it.", true),
        ("We were asked [by the board] all of it.", true),
        ("Lindwall Brandt Plc [LIND.L] rose.", false),
        ("Senator Dorn [D-SE] left.", false),
        ("Senator Dorn [R-Sella] left.", false),
        ("The chair of the board said that it [Continued on Page 13.]", false),
        ("The pier holds. [Sella pier, as seen\nfrom the lake]\n", true),
        ("The board met.\n[Special to the Post.]\nSELLA, May 3.", false),
        ("The board met. [United Press Leased Wire Service.] It left.", false),
        ("The board met. [By Ada Brandt.] It left.", false),
    ] {
        assert_eq!(!found(text, &[ZoneKind::Gloss]).is_empty(), expected, "{text}");
    }
    let garbled = "The board [I.- Mipf i' it;. m p it ? 't] met.";
    let zones = find(&article(garbled, Profile::Ocr), &Rules::built_in(), &Outlets::default()).zones;
    assert!(zones.iter().all(|zone| zone.kind != ZoneKind::Gloss));
}

#[test]
fn runs_of_spaces_end_the_lines_of_a_layout_that_was_lost() {
    use ZoneKind::{Contact, Dateline, Headline};
    let gap = "        ";
    let head = ["Press Releases", "Contact  Ada Brandt  202 555 0100", "Brandt Asks Board for Second Pier"]
        .join(gap);
    let body = "Senator Ada Brandt today asked the board of the harbour for a second pier  Nobody said who would pay for it   ";
    for (place, expected) in [
        ("WASHINGTON  D C   ", Some("WASHINGTON  D C")),
        ("Washington  DC   ", Some("Washington  DC")),
        ("WASHINGTON   U S  ", Some("WASHINGTON")),
        ("WASHINGTON        ", Some("WASHINGTON")),
        // A place inside a sentence.
        ("Washington ", None),
        ("SENATOR  ", None),
    ] {
        let text = format!("{head}{gap}{place}{}{gap}{}", body.repeat(3), body.repeat(3));
        let zones = zones_of(&text);
        let words =
            |kind| zones.iter().filter(move |zone| zone.kind == kind).map(|zone| &text[zone.span.range()]);
        assert_eq!(words(Dateline).next(), expected, "{text}");
        assert_eq!(words(Headline).collect::<Vec<&str>>(), ["Brandt Asks Board for Second Pier"], "{text}");
        assert!(words(Contact).all(|contact| contact.len() < 60), "{text}");
    }
    let more = body.repeat(3);
    let said = format!(
        "{head}{gap}{more}Brandt said that the pier will hold for years   Other boards have none   {more}"
    );
    let reported = found(&said, &[ZoneKind::Reported]);
    assert!(reported.contains(&"reported Brandt: the pier will hold for years".to_owned()), "{reported:?}");
    let alone = format!("Votes for a pier\n\nNEW YORK\n\n{BODY}\n");
    assert_eq!(found(&alone, &[Dateline]), ["dateline NEW YORK: NEW YORK"]);
    let wrapped = format!("The bank signed loans for the lakes and\nWashington D.C.\n    {BODY}\n");
    assert!(found(&wrapped, &[Dateline]).is_empty());
}

#[test]
fn glosses_headlines_and_contacts() {
    use ZoneKind::{Contact, Gloss, Headline, Release};
    let cases: [(String, &[&str]); 8] = [
        (
            "The statement [signed by both\nsides in May] holds.".to_owned(),
            &["gloss: [signed by both sides in May]"],
        ),
        ("See note [1] and [2].".to_owned(), &[]),
        ("[Sella pier]".to_owned(), &[]),
        ("An open [bracket\n\nand its end] apart.".to_owned(), &[]),
        (
            format!(
                "View Comments\n\nBoard votes for a second pier\n\nNobody knows who will pay.\n\nBy Ada Brandt\n\n{BODY}"
            ),
            &["headline: Board votes for a second pier", "headline: Nobody knows who will pay."],
        ),
        (format!("{BODY}\n\n{BODY}\n"), &[]),
        (
            format!(
                "FOR IMMEDIATE RELEASE\n\nBoard votes for a second pier\n\n{BODY}\n\nContact: Ada Brandt, (202) 555-0100\nada@sella.example\n"
            ),
            &[
                "release: FOR IMMEDIATE RELEASE",
                "headline: Board votes for a second pier",
                "contact: Contact: Ada Brandt, (202) 555-0100 ada@sella.example",
            ],
        ),
        (
            format!("{BODY}\n\n###\n\nSella Harbour keeps two piers.\n"),
            &["contact: ### Sella Harbour keeps two piers."],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(found(&text, &[Gloss, Headline, Contact, Release]), expected, "{text}");
    }
}

#[test]
fn reported_speech_is_not_read_into_what_is_none() {
    let cases: [(&str, &[&str]); 7] = [
        (
            "The pier will be built next year, said Brandt, mayor of Sella since 2019.",
            &["reported Brandt: The pier will be built next year"],
        ),
        ("“We will build it,” said Brandt, who has been the mayor of Sella since 2019.", &[]),
        ("The harbour of the United States Navy was closed to all traffic on Monday.", &[]),
        ("They moved the pier so that the boats of the harbour could come in.", &[]),
        ("Der Pier ist gebaut, sagte Brandt.", &["reported Brandt: Der Pier ist gebaut"]),
        (
            "Brandt said the pier will be built next year.",
            &["reported Brandt: the pier will be built next year."],
        ),
        ("Share", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text, &[ZoneKind::Reported]), expected, "{text}");
    }
    // Without a full stop nobody knows where it ends.
    let endless = format!("Brandt said {}", "the pier will be built and the boats will come ".repeat(20));
    assert!(found(&endless, &[ZoneKind::Reported]).is_empty());
}

#[test]
fn quotations_between_straight_marks_end_in_time() {
    let long = format!("\"{}\"", "The pier will be built. ".repeat(80).trim_end());
    assert!(quoted(&long).is_empty());
    assert_eq!(quoted(&long.replacen('"', "“", 1).replace('"', "”")).len(), 1);
    assert!(quoted("They wrote \" - . \" there.").is_empty());
}

#[test]
fn marks_that_open_and_close_alike_quote_no_page() {
    let long = |mark: char| {
        quoted(&format!("{mark}{}{mark}", "The pier will be built. ".repeat(80).trim_end())).len()
    };
    assert_eq!(['"', '\'', '”'].map(long), [0; 3]);
    // Another article begins.
    let cut = format!("He said \"it holds.\nSELLA, May 3. {BODY} \"It does\" not.\n");
    assert_eq!(quoted(&cut), ["\"It does\""]);
    let goes_on = format!("“It holds.\n\nSELLA (AP) - {BODY}\n\n“It does” not.\n");
    assert_eq!(quoted(&goes_on), ["“It does”"]);
}

#[test]
fn print_read_by_a_machine_quotes_between_double_marks_only() {
    let statement = "The pier will be built and the boats will come back to the harbour. ".repeat(5);
    let statement = statement.trim_end();
    let cases = [
        ("He said \"it holds\" twice.".to_owned(), Some("\"it holds\"")),
        ("He said “it holds\" twice.".to_owned(), Some("“it holds\"")),
        ("He said \"it holds.\nPIER VOTED FOR BY BOARD\nThe \"board\" met.".to_owned(), Some("\"board\"")),
        ("He said 'it holds' twice.".to_owned(), None),
        (
            "He said \"it holds and 'it does' to us\" twice.".to_owned(),
            Some("\"it holds and 'it does' to us\""),
        ),
        ("« ça tient », et « ça va ».".to_owned(), Some("« ça tient »")),
        ("«it» is \"what\" he \"said\" of \"all\".".to_owned(), Some("\"what\"")),
        ("The \" i' in!.\" of it.".to_owned(), None),
        ("The \". .' 4 -,;\" of it.".to_owned(), None),
        (format!("\"{statement}\""), None),
        (format!("The board said: \"{statement}\""), Some(statement)),
        (format!("\"{statement}\" the board said."), Some(statement)),
        (format!("« {} » the board said.", [statement; 5].join(" ")), None),
    ];
    for (text, expected) in cases {
        let zones = find(&article(&text, Profile::Ocr), &Rules::built_in(), &Outlets::default()).zones;
        let first =
            zones.iter().find(|zone| zone.kind == ZoneKind::Quotation).map(|zone| &text[zone.span.range()]);
        let first = first.map(|it| if expected == Some(statement) { it.trim_matches('"') } else { it });
        assert_eq!(first, expected, "{text}");
    }
}

#[test]
fn a_reporters_address_is_no_block_of_contacts() {
    let kinds = &[ZoneKind::Contact];
    assert!(found(&format!("{BODY}\n\nContact Ada Brandt at ada@post.example ."), kinds).is_empty());
    assert_eq!(found(&format!("{BODY}\n\nContact: Ada Brandt, ada@board.example"), kinds).len(), 1);
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

#[test]
fn a_file_of_rules_adds_to_what_is_built_in() {
    let file = "[words]\nsaying = ['dedi']\nbyline = ['Müəllif']\n\n[[agency]]\nname = 'Sella Wire'\naliases = ['SW']\noutlets = ['sella.example']\n";
    let rules = Rules::with(&[("sella.toml".to_owned(), file.to_owned())]).unwrap();
    assert_eq!(rules.files(), ["sella.toml"]);
    let text = format!("Müəllif Ada Brandt\n\nSELLA (SW) - {BODY}");
    let names: Vec<(ZoneKind, Option<String>)> =
        find(&article(&text, Profile::News), &rules, &Outlets::default())
            .zones
            .into_iter()
            .map(|zone| (zone.kind, zone.name))
            .collect();
    assert!(names.contains(&(ZoneKind::Credit, Some("Sella Wire".to_owned()))), "{names:?}");
    assert!(names.contains(&(ZoneKind::Byline, Some("Ada Brandt".to_owned()))), "{names:?}");
    let agencies = ["sella.example", "SW", "apnews.com", "en.trend.az", "The-CNN-Wire", "Lake Tribune", "…"];
    let expected = [
        Some("Sella Wire"),
        Some("Sella Wire"),
        Some("Associated Press"),
        Some("Trend"),
        Some("CNN"),
        None,
        None,
    ];
    assert_eq!(agencies.map(|name| rules.publisher(name)), expected);
}

#[test]
fn a_faulty_file_is_refused_with_its_place() {
    let cases = [
        ("[words]\nsaing = ['said']\n", "line 2, column 1"),
        ("[words\n", "line 1"),
        ("[[agency]]\naliases = ['SW']\n", "an empty name or word in agency"),
        ("[words]\nsaying = ['']\n", "an empty name or word in saying"),
        ("[words]\nsaying = 'said'\n", "line 2, column 10"),
    ];
    for (text, expected) in cases {
        let error = Rules::with(&[("my.toml".to_owned(), text.to_owned())]).unwrap_err().to_string();
        assert!(error.starts_with("rules file my.toml ") && error.contains(expected), "{error}");
    }
}

/// Whether zones lie in their text, without space at their ends, in order; and quotations apart.
fn check_places(text: &str, profile: Profile) {
    let outlets = Outlets::of(["The Lake Post", "nhtimes.example"].into_iter());
    let zones = find(&article(text, profile), &Rules::built_in(), &outlets).zones;
    for zone in &zones {
        let words = text.get(zone.span.range()).expect("a zone lies in its text");
        assert!(!words.is_empty() && words.trim() == words, "{zone:?}");
    }
    assert!(zones.is_sorted_by_key(|zone| (zone.span, zone.kind)));
    let marked: Vec<ByteSpan> =
        zones.iter().filter(|zone| zone.kind == ZoneKind::Quotation).map(|zone| zone.span).collect();
    assert!(marked.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
}

/// What they cost is a case of `benches/growth.rs`.
#[test]
fn zones_of_texts_of_marks_lie_in_their_text_in_order() {
    for unit in [
        "“a ",
        "\"a ",
        "'a b ",
        "[a ",
        "said that a, ",
        "he said that “a” ",
        "X, said, ",
        "(AP) ",
        "\n\"a",
        "NEW YORK - ",
        "NEW YORK (AP) - \"a\n",
        "By A, Reuters\n",
        "a.b. ",
        "told The Lake Post ",
        "FOR IMMEDIATE RELEASE  ",
    ] {
        for profile in Profile::ALL {
            check_places(&unit.repeat(400), profile);
        }
    }
}

proptest! {
    #[test]
    fn zones_lie_in_their_text_in_order(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        for profile in Profile::ALL {
            check_places(&words.concat(), profile);
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        for zone in zones_of(&text) {
            prop_assert!(text.get(zone.span.range()).is_some());
        }
    }
}

const WORDS: &[&str] = &[
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "„",
    "«",
    "»",
    "「",
    "」",
    "[",
    "]",
    "(",
    ")",
    " ",
    "\n",
    "\n\n",
    ", ",
    ". ",
    " — ",
    "é",
    "🕊",
    "By ",
    "said",
    "said that ",
    "told ",
    "According to ",
    "Reuters",
    "AP",
    "Getty Images",
    "/ ",
    "NEW YORK",
    "May 3",
    "©",
    "Contact: ",
    "Photo: ",
    "###",
    "word",
    "Name ",
    "``",
    "''",
    "\u{a0}",
    "###\n",
];
