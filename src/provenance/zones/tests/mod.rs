//! Zones of texts made up for the purpose.

mod credits;
mod files;
mod heads;
mod speech;

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
