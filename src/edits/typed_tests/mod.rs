//! Edits that say something: cases, and the same from the other side.

use crate::edits::{Article, Manner, Occasion, Shared, Side, Vocabulary, cut_at_end, facts, typed};
use crate::fixture::tokens;
use crate::model::{EditKind, Operation, Profile, Span, Step, Tokens, TypedEdit};

/// The edit script of two token lists by their longest common subsequence.
fn script(a: &Tokens, b: &Tokens) -> Vec<Step> {
    let (n, m) = (a.len(), b.len());
    let mut best = vec![vec![0_u32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            best[i][j] = match a.keys[i] == b.keys[j] {
                true => best[i + 1][j + 1] + 1,
                false => best[i + 1][j].max(best[i][j + 1]),
            };
        }
    }
    let mut steps: Vec<Step> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < n || j < m {
        let (from_i, from_j) = (i, j);
        let equal = i < n && j < m && a.keys[i] == b.keys[j];
        while i < n && j < m && equal && a.keys[i] == b.keys[j] {
            (i, j) = (i + 1, j + 1);
        }
        while !equal && (i < n || j < m) && !(i < n && j < m && a.keys[i] == b.keys[j]) {
            if j == m || i < n && best[i + 1][j] >= best[i][j + 1] { i += 1 } else { j += 1 }
        }
        let operation = match (equal, i > from_i, j > from_j) {
            (true, ..) => Operation::Equal,
            (_, true, true) => Operation::Replace,
            (_, true, false) => Operation::Delete,
            _ => Operation::Insert,
        };
        let span = |from: usize, to: usize| Span::new(from as u32, to as u32);
        steps.push(Step { operation, a: span(from_i, i), b: span(from_j, j) });
    }
    steps
}

/// Of the built-in rules for English.
fn manner(profile: Profile) -> Manner {
    let rules: toml::Table = toml::from_str(include_str!("../provenance/zones/rules/en.toml")).unwrap();
    let list = |name: &str| -> Vec<String> { rules["words"][name].clone().try_into().unwrap() };
    let [saying, self_evident, telling, nouns, according] =
        ["saying", "self_evident", "telling", "nouns", "according"].map(list);
    let [that, relatives, subjects, unspoken, infinitive] =
        ["that", "relatives", "subjects", "unspoken", "infinitive"].map(list);
    let [passive, participle_endings, holding, hedges, hearsay] =
        ["passive", "participle_endings", "holding", "hedges", "hearsay"].map(list);
    let [doubting, modals, choice, own_voice, open] =
        ["doubting", "modals", "choice", "own_voice", "open"].map(list);
    let possessives = list("possessives");
    let vocabulary = Vocabulary {
        possessives: &possessives,
        saying: &saying,
        self_evident: &self_evident,
        telling: &telling,
        nouns: &nouns,
        according: &according,
        that: &that,
        relatives: &relatives,
        subjects: &subjects,
        unspoken: &unspoken,
        infinitive: &infinitive,
        passive: &passive,
        participle_endings: &participle_endings,
        holding: &holding,
        hedges: &hedges,
        hearsay: &hearsay,
        doubting: &doubting,
        modals: &modals,
        choice: &choice,
        own_voice: &own_voice,
        open: &open,
    };
    Manner::new(&vocabulary, profile)
}

fn edits(a: &str, b: &str) -> Vec<TypedEdit> {
    edits_in(a, b, Profile::News)
}

fn edits_in(a: &str, b: &str, profile: Profile) -> Vec<TypedEdit> {
    let both = tokens(&[a, b]);
    let side = |at: usize, text| Side { text, tokens: &both[at], span: Span::new(0, both[at].len() as u32) };
    let steps = script(&both[0], &both[1]);
    let both = (side(0, a), side(1, b));
    typed(&steps, &facts(&steps, both.0, both.1), both, Occasion::default(), &manner(profile))
}

#[track_caller]
fn check(a: &str, b: &str, expected: &[(EditKind, &str, &str)]) {
    let found = edits(a, b);
    let told: Vec<(EditKind, &str, &str)> =
        found.iter().map(|it| (it.kind, &a[it.a.range()], &b[it.b.range()])).collect();
    assert_eq!(told, expected);
    let mut turned: Vec<TypedEdit> =
        edits(b, a).into_iter().map(|it| TypedEdit { kind: it.kind.turned(), a: it.b, b: it.a }).collect();
    turned.sort_unstable();
    assert_eq!(turned, found, "from the other side");
}

#[test]
fn says_who_said_it() {
    check(
        "The bridge over the Sella was closed on Monday after the flood reached its arches.",
        "The bridge over the Sella was closed on Monday, the ministry said, after the flood reached its arches.",
        &[(EditKind::AttributionAdded, "", "the ministry said")],
    );
    check(
        "According to engineers, the bridge was closed on Monday.",
        "The bridge was closed on Monday.",
        &[(EditKind::AttributionDropped, "According to engineers", "")],
    );
    // Somebody else says it: nothing added.
    check("The bridge was closed, the ministry said.", "The bridge was closed, officials stated.", &[]);
    // A sentence of its own is no attribution of another.
    check(
        "The bridge was closed. Trains stopped.",
        "The bridge was closed. The ministry said nothing of that. Trains stopped.",
        &[],
    );
}

#[test]
fn says_how_sure_it_is() {
    check(
        "The pilot left the ship at night.",
        "The pilot reportedly left the ship at night.",
        &[(EditKind::HedgeAdded, "", "reportedly")],
    );
    check(
        "The pilot may have left the ship at night in May.",
        "The pilot left the ship at night in May.",
        &[(EditKind::HedgeDropped, "may have", "")],
    );
    // A month is no doubt.
    check("It left in May with ten men.", "It left with ten men.", &[]);
}

#[test]
fn explains_in_brackets() {
    check(
        "He met the head of the SLA on Friday.",
        "He met the head of the SLA [Sorvian Liberation Army] on Friday.",
        &[(EditKind::GlossInserted, "", "[Sorvian Liberation Army]")],
    );
    check(
        "The plant (closed since 2029) will open.",
        "The plant will open.",
        &[(EditKind::GlossDropped, "(closed since 2029)", "")],
    );
}

#[test]
fn labels_in_brackets_explain_nothing() {
    for label in
        ["(SLA)", "(CPI-U)", "(H.R. 4613)", "(R-Ore.)", "(D-Mich.)", "(Continued on Page Two, Column Three)"]
    {
        let explained = format!("He met the head of the old mill {label} on the river Sella on Friday.");
        check("He met the head of the old mill on the river Sella on Friday.", &explained, &[]);
    }
}

/// Names and numbers that only versions of one item share.
const ANCHORS: &str = ", said Jana Holub of the Red Cross in Tarnov on Monday.";

#[test]
fn numbers_and_names_become_others() {
    check(
        &format!("At least 12 people died in the fire at the mill{ANCHORS}"),
        &format!("At least 15 people died in the fire at the mill{ANCHORS}"),
        &[(EditKind::NumberChanged, "12", "15")],
    );
}

#[test]
fn a_change_is_told_in_versions_of_one_item() {
    // Nothing but the wording is shared.
    check(
        "At least 12 people died in the fire at the mill.",
        "At least 15 people died in the fire at the mill.",
        &[],
    );
    // A form filled in anew: most of what is named differs.
    check(
        "Senator Brandt of Norland said the Milford Brigade in Ashby County would get 48,000 crowns on Monday.",
        "Senator Brandt of Norland said the Selwyn Guild in Orrin Vale would get 51,500 crowns on Friday.",
        &[],
    );
    // One is short for the other.
    check(
        &format!("The plant in Old Marsk, Nebraska, will close in June{ANCHORS}"),
        &format!("The plant in Old Marsk, Neb., will close in June{ANCHORS}"),
        &[],
    );
    // A list that begins with another entry.
    check(
        &format!("The mill got 120 crowns, the ferry 250 crowns, the school 310 crowns{ANCHORS}"),
        &format!("The mill got 250 crowns, the ferry 310 crowns, the school 120 crowns{ANCHORS}"),
        &[],
    );
    // A misprint is no other name.
    for (name, misprint) in [("Denman", "Denmam"), ("Fiscal", "Fsical"), ("Brotherhood", "Brotherhod")] {
        check(
            &format!("The head of the guild, Roy {name}, will close it in June{ANCHORS}"),
            &format!("The head of the guild, Roy {misprint}, will close it in June{ANCHORS}"),
            &[],
        );
    }
    // What ran into a number from beside it is no part of it.
    for odd in ["12Contact", "12Â"] {
        check(
            &format!("At least {odd} people died in the fire at the mill{ANCHORS}"),
            &format!("At least 15 people died in the fire at the mill{ANCHORS}"),
            &[],
        );
    }
    // One outlet: all of both texts is looked at.
    let told = |a: &str, b: &str| {
        let both = tokens(&[a, b]);
        let side =
            |at: usize, text| Side { text, tokens: &both[at], span: Span::new(0, both[at].len() as u32) };
        let steps = script(&both[0], &both[1]);
        let sides = (side(0, a), side(1, b));
        let occasion = Occasion { same_source: true, lag: None };
        typed(&steps, &facts(&steps, sides.0, sides.1), sides, occasion, &manner(Profile::News)).len()
    };
    let report = |n: &str, rest: &str| {
        format!(
            "At least {n} people died in the fire at the mill{ANCHORS} It opened in 1931 beside Orrin Vale.{rest}"
        )
    };
    assert_eq!(told(&report("12", ""), &report("15", "")), 1);
    assert_eq!(told(&report("12", " Ashby won 4 to 2."), &report("15", " Selwyn lost 7 to 9.")), 0);
}

#[test]
fn a_change_is_told_where_both_speak_of_one_slot() {
    // What stands before or after is another: two names, two numbers.
    check(
        "The leader of the talks, Hajiyev, met reporters beside the frozen river.",
        "The talks in the capital of Azerbaijan met reporters beside the frozen river.",
        &[],
    );
    check(
        "The single reached the top 10 pop chart before the singer was acquitted of the charges.",
        "The singer was acquitted of the charges in 2008 and continued to fill the stadiums.",
        &[],
    );
    // A share is no sum.
    check("The yield of the bond rose to 17.9bn in May.", "The yield of the bond rose to 4 % in May.", &[]);
    // A month that changes too is no other name.
    check(
        &format!(
            "The channel will be dredged by the first of June for every vessel above 900 tonnes{ANCHORS}"
        ),
        &format!(
            "The channel will be dredged by the first of July for every vessel above 700 tonnes{ANCHORS}"
        ),
        &[(EditKind::NumberChanged, "June", "July"), (EditKind::NumberChanged, "900 tonnes", "700 tonnes")],
    );
    // A form filled in for two towns.
    check(
        &format!(
            "The Milford Brigade in Ashby County will get 48,000 crowns for new pumps and hoses{ANCHORS}"
        ),
        &format!(
            "The Milford Brigade in Orrin County will get 51,000 crowns for new pumps and hoses{ANCHORS}"
        ),
        &[],
    );
    // A form filled in for two companies.
    check(
        "Oakfield Mills net profit 12 million crowns, sales 48 million crowns, average shares 17 million.",
        "Harbour Freight net profit 31 million crowns, sales 77 million crowns, average shares 22 million.",
        &[],
    );
    check(
        &format!("The convoy left Stepanakert at dawn and reached the mountain pass by evening{ANCHORS}"),
        &format!("The convoy left Khankendi at dawn and reached the mountain pass by evening{ANCHORS}"),
        &[(EditKind::NameChanged, "Stepanakert", "Khankendi")],
    );
    check(
        &format!(
            "The shelling killed 12 and wounded 40 in the eastern suburbs of Old Marsk in Norland overnight{ANCHORS}"
        ),
        &format!(
            "The shelling killed 14 and wounded 45 in the eastern suburbs of Old Marsk in Norland overnight{ANCHORS}"
        ),
        &[(EditKind::NumberChanged, "12", "14"), (EditKind::NumberChanged, "40", "45")],
    );
}

#[test]
fn what_a_machine_misread_is_no_change() {
    let told = |a: &str, b: &str| {
        let of = |profile| edits_in(a, b, profile).iter().map(|it| it.kind).collect::<Vec<_>>();
        (of(Profile::News), of(Profile::Ocr))
    };
    for (x, y, in_print) in [
        ("Birkwood", "Kirkwood", vec![]),
        ("Hirkvoob", "Kirkwood", vec![]),
        ("London", "Paris", vec![EditKind::NameChanged]),
    ] {
        let train = |name| format!("The train left {name} for the coast at dawn{ANCHORS}");
        assert_eq!(told(&train(x), &train(y)), (vec![EditKind::NameChanged], in_print), "{x} {y}");
    }
}

#[test]
fn what_a_machine_misread_is_not_dropped() {
    for (said, misread) in [
        ("according to the ministry", "arcording to the ministry"),
        ("the ministry noted", "the ministry notcd"),
    ] {
        check(
            &format!(
                "The bridge over the Sella was closed on Monday, {said}, after the flood reached its arches."
            ),
            &format!(
                "The bridge over the Sella was closed on Monday, {misread}, after the flood reached its arches."
            ),
            &[],
        );
    }
    check(
        "The pilot is believed to have left the burning ship at night.",
        "The pilot is beli\"Ved to have left the burning ship at night.",
        &[],
    );
}

#[test]
fn a_word_of_saying_alone_attributes_nothing() {
    let bridge = "The bridge over the Sella was closed on Monday after the flood reached its arches.";
    for other in [
        // The other text says it too, elsewhere in the sentence or by marks.
        (
            "Officials said the bridge over the Sella was closed on Monday after the flood.",
            "The bridge over the Sella was closed on Monday after the flood, the ministry noted.",
        ),
        (
            "\"The bridge over the Sella was closed on Monday after the flood.\"",
            "The bridge over the Sella was closed on Monday after the flood, the ministry said.",
        ),
        // No statement follows, or nobody makes it.
        (bridge, "The bridge over the Sella was closed on Monday after the added flood reached its arches."),
        (
            bridge,
            "The bridge over the Sella was to say the least closed on Monday after the flood reached its arches.",
        ),
        (
            bridge,
            "The bridge over the Sella and the tax claims were closed on Monday after the flood reached its arches.",
        ),
        // By what, not by whom; nor what somebody goes on to hold.
        (
            "The bridge over the Sella was graded on Monday after the flood reached its arches.",
            "The bridge over the Sella was graded according to its load on Monday after the flood reached its arches.",
        ),
        // He said it in the sentence before.
        (
            "The minister said little of that. The bridge over the Sella was closed on Monday after the flood reached its arches.",
            "The bridge over the Sella was closed on Monday, the minister said, after the flood reached its arches.",
        ),
        // Another sentence.
        (
            "The bridge over the Sella was closed on Monday after the flood.",
            "The mills along the Sella, the ministry said, need new wheels of oak before the harvest.",
        ),
    ] {
        check(other.0, other.1, &[]);
    }
    // The end of one sentence and the start of another.
    check(
        "In a filing, opponents showed a trove of newly discovered documents on the bridge over the Sella.",
        "In a filing, opponents went to court. The complaint in Tarnov said a trove of newly discovered documents on the bridge over the Sella.",
        &[],
    );
    check(
        bridge,
        "The minister emphasized that the bridge over the Sella was closed on Monday after the flood reached its arches.",
        &[(EditKind::AttributionAdded, "", "minister emphasized that the")],
    );
    check(
        bridge,
        "The minister pointed out that the bridge over the Sella was closed on Monday after the flood reached its arches.",
        &[(EditKind::AttributionAdded, "", "minister pointed out that the")],
    );
}

#[test]
fn what_both_say_speaks_against_nothing() {
    let flood = "The ministry said on Sunday that rain had fallen for a week in Orrin Vale. The bridge over the Sella was closed on Monday after the flood reached its arches";
    // The sentence before is somebody's in both.
    check(
        &format!("{flood}. It opens in May."),
        &format!("{flood}, officials said. It opens in May."),
        &[(EditKind::AttributionAdded, "", "officials said")],
    );
    check(
        &format!("{flood}, according to two drivers. It opens in May."),
        &format!("{flood}. It opens in May."),
        &[(EditKind::AttributionDropped, "according to two drivers", "")],
    );
    // A quotation before or after is not this sentence's.
    let quoted = |said: &str| {
        format!(
            "\"We saw it rise,\" Jana Holub said. The bridge over the Sella was closed on Monday after the flood reached its arches{said}. \"It was fast.\""
        )
    };
    check(&quoted(""), &quoted(", officials said"), &[(EditKind::AttributionAdded, "", "officials said")]);
    // He says it a sentence later.
    check(
        &format!("{flood}, they said. Drivers had to turn round."),
        &format!("{flood}. They said drivers had to turn round."),
        &[],
    );
    // The quotation is somebody's as a whole.
    check(
        "Jana Holub of the town: \"The bridge over the Sella was closed on Monday. The flood had reached its arches.\"",
        "\"The bridge over the Sella was closed on Monday,\" said Jana Holub of the town. \"The flood had reached its arches.\"",
        &[],
    );
    // A doubt of another thing that both have.
    check(
        "The thieves, who may have come by boat, were seen near the old mill on Friday.",
        "The thieves, who may have come by boat, were reportedly seen near the old mill on Friday.",
        &[(EditKind::HedgeAdded, "", "reportedly")],
    );
}

#[test]
fn what_is_said_of_another_is_not_attributed() {
    for (a, b) in [
        // Another firm speaks of itself.
        (
            "Ashby Mills Corp filed an offering of four million shares with the board in Tarnov on Monday.",
            "Brandt Mills Corp said it filed an offering of four million shares with the board in Tarnov on Monday.",
        ),
        (
            "The Ashby and Orrin banks of Norland have both raised their prime rates to seven percent from six percent.",
            "Selwyn National said it has raised its prime rate to seven percent from six percent.",
        ),
        // He says another thing.
        (
            "There are six million shares of the mill on the river Sella outstanding.",
            "There are six million shares of the mill on the river Sella outstanding, but Brandt said \"I want none\".",
        ),
        // By which, not by whom.
        (
            "The coast has a theory, by which the old mills of Orrin were built by monks of the valley.",
            "The coast has a theory, according to which the old mills of Orrin were built by monks of the valley.",
        ),
    ] {
        check(a, b, &[]);
    }
}

#[test]
fn words_of_another_language_are_data() {
    let hedges = ["presuntamente".to_owned()];
    let vocabulary = Vocabulary { hedges: &hedges, ..Vocabulary::default() };
    let told = |manner: &Manner| {
        let texts = [
            "El ministro fue visto junto al viejo molino el viernes por la noche.",
            "El ministro fue presuntamente visto junto al viejo molino el viernes por la noche.",
        ];
        let both = tokens(&texts);
        let side =
            |n: usize| Side { text: texts[n], tokens: &both[n], span: Span::new(0, both[n].len() as u32) };
        let steps = script(&both[0], &both[1]);
        let found = typed(&steps, &[], (side(0), side(1)), Occasion::default(), manner);
        found.iter().map(|it| it.kind).collect::<Vec<_>>()
    };
    assert_eq!(told(&Manner::new(&vocabulary, Profile::News)), [EditKind::HedgeAdded]);
    assert_eq!(told(&manner(Profile::News)), []);
}

#[test]
fn a_doubt_of_something_else_is_no_hedge() {
    for (a, b) in [
        (
            "The talks on the old mill and its wheels are held in Tarnov on Monday.",
            "The talks on the old mill and its wheels might be fraying in Tarnov on Monday.",
        ),
        (
            "The pills can be taken with or without food before the long march to the coast.",
            "The pills may be taken with or without food before the long march to the coast.",
        ),
        (
            "Tariffs followed for what it sees as a failure of the mills to keep to the pact of Tarnov.",
            "Tariffs followed for the alleged failure of the mills to keep to the pact of Tarnov.",
        ),
    ] {
        check(a, b, &[]);
    }
}

#[test]
fn a_word_of_doubt_alone_hedges_nothing() {
    for (a, b) in [
        // One class of words.
        (
            "The court is expected to rule on the bridge by July.",
            "The court is likely to rule on the bridge by July.",
        ),
        (
            "They failed to give samples in Chicago before the Games.",
            "They failed to appear to give samples in Chicago before the Games.",
        ),
        (
            "We rolled the new policy out wrong in the spring.",
            "We rolled the new policy out wrong in the spring, it could have been better.",
        ),
        (
            "The fund was used for training of the fire crews.",
            "The fund may be used for training of the fire crews.",
        ),
        (
            "The singer faces a trial for the tax in March.",
            "The singer faces a trial for the tax claims in March.",
        ),
    ] {
        check(a, b, &[]);
    }
    check(
        "The mayor said that the mill burned down at night.",
        "The mayor claimed that the mill burned down at night.",
        &[(EditKind::HedgeAdded, "", "claimed")],
    );
}

#[test]
fn what_the_other_says_without_brackets_is_no_gloss() {
    check(
        "Ranchers welcomed the rules, said the National Pork Producers Council (NPPC) on Friday.",
        "Ranchers welcomed the rules, said the National Pork Producers Council, NPPC, on Friday.",
        &[],
    );
    // Another is explained.
    check(
        "Senator Conrad Burns (R-Mont.) today issued the statement on the grain harvest.",
        "Senator Elizabeth Dole today issued the statement on the grain harvest.",
        &[],
    );
}

#[test]
fn a_statement_that_moved_is_told_and_a_stock_run_is_not() {
    let told = |a: &str, b: &str, run: (&str, u32)| {
        let both = tokens(&[a, b]);
        let at = |n: usize, text: &str| {
            let byte = text.find(run.0).unwrap() as u32;
            let start = both[n].places.partition_point(|place| place.start < byte) as u32;
            Span::new(start, start + run.1)
        };
        let steps = [Step { operation: Operation::Move, a: at(0, a), b: at(1, b) }];
        let side = |n: usize, text| Side { text, tokens: &both[n], span: Span::new(0, both[n].len() as u32) };
        typed(&steps, &[], (side(0, a), side(1, b)), Occasion::default(), &manner(Profile::News))
            .iter()
            .any(|it| it.kind == EditKind::OrderMoved)
    };
    assert!(told(
        "Officials obscured through affirmative misrepresentations before the grand jury the consultant's role in court.",
        "The consultant's role in court was obscured through affirmative misrepresentations before the grand jury by officials.",
        ("through affirmative misrepresentations before the grand jury", 7),
    ));
    // A few words that changed places.
    assert!(!told(
        "Officials obscured through affirmative misrepresentations the consultant's role in court.",
        "The consultant's role in court was obscured through affirmative misrepresentations by officials.",
        ("through affirmative misrepresentations", 3),
    ));
    assert!(!told(
        "The mill was sold at auction, the company said on Friday.",
        "On Friday the company said nothing of wages.",
        ("the company said", 3),
    ));
    assert!(!told(
        "A grant went to the Department of Homeland Security for radios.",
        "The letter asked the Department of Homeland Security whom it would send to the border.",
        ("Department of Homeland Security", 4),
    ));
}

#[test]
fn what_is_cut_from_the_end_is_told_once() {
    let lead =
        "The council voted on Monday to rebuild the old mill by the river, and the mayor signed the order.";
    let rest = "Work begins in June with a crew of ten. It will take two years to finish.";
    let told = |a: &str, b: &str, shared: (u32, u32, u32)| {
        let both = tokens(&[a, b]);
        let article = |n: usize, text| Article { text, tokens: &both[n], apart: &[] };
        let passage = Shared { a: Span::new(0, shared.0), b: Span::new(0, shared.1), matched: shared.2 };
        cut_at_end(&[passage], article(0, a), article(1, b))
            .map(|(at, it)| (at, it.kind, a[it.a.range()].to_owned(), b[it.b.range()].to_owned()))
    };
    let n = tokens(&[lead])[0].len() as u32;
    let all = (n, n, n);
    let (long, cut) = (format!("{lead} {rest}"), rest.trim_end_matches('.').to_owned());
    assert_eq!(told(&long, lead, all), Some((0, EditKind::CutFromEnd, cut.clone(), String::new())));
    assert_eq!(told(lead, &long, all), Some((0, EditKind::AddedAtEnd, String::new(), cut.clone())));
    // Both end alike, or the shorter one has much of its own.
    assert_eq!(told(lead, lead, all), None);
    assert_eq!(told(&long, lead, (n, n, 4)), None);
    // What a page goes on with was not cut from the article.
    let page = format!(
        "{lead}\n\nCopyright 2031 The Courier. All rights reserved. No part of this may be printed again by others.\n"
    );
    assert_eq!(told(&page, lead, all), None);
    let page =
        format!("{lead}\n\nMore from the valley: snow, wind, and the price of oak in nine towns\n\n{rest}");
    assert_eq!(told(&page, lead, all), None);
    let page = format!(
        "{lead} {rest}\n\nMost read this week in the valley and beyond it\n\nA dog was found by a boy."
    );
    assert_eq!(told(&page, lead, all), Some((0, EditKind::CutFromEnd, cut, String::new())));
    // Their last sentences are two.
    let other =
        "The council voted on Friday to close the ferry, and a crew of smiths left for the coast at noon.";
    let m = tokens(&[other])[0].len() as u32;
    assert_eq!(told(&long, other, (n, m, n)), None);
}
