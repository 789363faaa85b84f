//! Between which articles edits that say something are told, and on which way.

use crate::fixture::document;
use crate::model::{Document, EditKind, Precision, Published};
use crate::pipeline::Settings;
use crate::pipeline::tests::analyse;

const LEAD: &str = "Negotiators from both governments signed a protocol on Thursday that reopens the mountain railway, \
    returns impounded locomotives and lets seasonal labourers cross the border without visas.";

const REST: &str = "The first train is to leave Karolinenburg in June with a crew of ten. Farmers along the Sella have asked \
    for a halt at the old mill, which the ministry has yet to grant.";

/// `text`, of `source`, on `day`.
fn article(name: &str, text: String, source: &str, day: Option<i64>) -> Document {
    let published =
        day.map(|day| Published { seconds: day * 86_400, precision: Precision::Day, zone_known: true });
    Document { published, source: Some(source.to_owned()), ..document(name, text) }
}

#[test]
fn edits_go_from_the_earlier_article_to_the_later() {
    let kinds = |days: [Option<i64>; 2], sources: [&str; 2]| -> Vec<EditKind> {
        let documents = vec![
            article("a", format!("{LEAD} {REST}"), sources[0], days[0]),
            article("b", LEAD.to_owned(), sources[1], days[1]),
        ];
        let analysis = analyse(documents, &Settings::default());
        analysis.passages[0].typed_edits.iter().map(|edit| edit.kind).collect()
    };
    let (courier, tribune) = (["Courier"; 2], ["Courier", "Tribune"]);
    for (days, sources, expected) in [
        ([Some(0), Some(1)], tribune, vec![EditKind::CutFromEnd]),
        ([Some(1), Some(0)], tribune, vec![EditKind::AddedAtEnd]),
        // From a to b where nothing tells.
        ([None, None], tribune, vec![EditKind::CutFromEnd]),
        // Another item: the outlet's own of another day, anybody's of another month.
        ([Some(1), Some(0)], courier, vec![EditKind::AddedAtEnd]),
        ([Some(9), Some(0)], courier, vec![]),
        ([Some(40), Some(0)], tribune, vec![]),
    ] {
        assert_eq!(kinds(days, sources), expected, "{days:?} {sources:?}");
    }
}
