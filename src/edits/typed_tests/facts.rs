//! Which changed numbers and names are told.

use crate::edits::typed_tests::{check, edits_in, manner, script};
use crate::edits::{Occasion, Side, facts, typed};
use crate::fixture::tokens;
use crate::model::{EditKind, Profile, Span};

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
