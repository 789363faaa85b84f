//! Who said it, and how sure: what is told, and what speaks against it.

use crate::edits::typed_tests::{check, manner, script};
use crate::edits::{Manner, Occasion, Side, Vocabulary, typed};
use crate::fixture::tokens;
use crate::model::{EditKind, Profile, Span};

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
