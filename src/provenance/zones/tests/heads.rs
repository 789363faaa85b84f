//! Headlines, datelines, bylines, glosses and blocks of contacts.

use super::*;

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
        ("The pier holds. [Sella pier, as seen\nfrom the lake]\n", false),
        ("The board met.\n[Special to the Post.]\nSELLA, May 3.", false),
        ("The board met. [United Press Leased Wire Service.] It left.", false),
        ("The board met. [By Ada Brandt.] It left.", false),
        ("The board met. [The pier burned in May.]\nIt left.", false),
        ("The board met. [Sella Post, 8-2-02] The bill passed.", false),
        ("The board met. [The chair] left.", true),
        ("The measure [attached] and the bill [see the list] passed.", false),
        ("The pier [[file:pier.jpg]] and [http://sella.example] and [the pier](a.html) hold.", false),
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
fn a_reporters_address_is_no_block_of_contacts() {
    let kinds = &[ZoneKind::Contact];
    assert!(found(&format!("{BODY}\n\nContact Ada Brandt at ada@post.example ."), kinds).is_empty());
    assert_eq!(found(&format!("{BODY}\n\nContact: Ada Brandt, ada@board.example"), kinds).len(), 1);
}
