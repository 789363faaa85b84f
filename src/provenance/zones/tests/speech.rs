//! Quotations and reported speech.

use super::*;

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
fn a_clause_behind_whom_it_was_told_is_a_statement() {
    for (text, expected) in [
        ("Brandt told the town council it would hold for years.", Some("it would hold for years.")),
        ("Brandt told reporters of the old pier before it burned.", None),
        ("Brandt told the story of a pier, and they listened.", None),
    ] {
        let zones = zones_of(text);
        let reported = zones.iter().find(|zone| zone.kind == ZoneKind::Reported);
        assert_eq!(reported.map(|zone| &text[zone.span.range()]), expected, "{text}");
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
