use std::sync::{LazyLock, Mutex};

use super::*;
use crate::model::{
    Derivation, Evidence, EvidenceKind, Order, OriginKind, Precision, Published, PublishedFrom, Span, Times,
    Zone, ZoneKind,
};
use crate::provenance::derivation::{Drawn, derivation, own_words};
use crate::provenance::names::{Attribution, Named, Names, OfficeSigns, ranks_by_credit, tell_offices};
use crate::provenance::order::{Side, decide, evidence};
use crate::provenance::origin::{Shared, Third, origin};
use crate::provenance::zones::Rules;

fn at(seconds: i64, precision: Precision, zone_known: bool) -> Option<Published> {
    Some(Published { seconds, precision, zone_known })
}

const DAY: i64 = 86_400;
const EXACT: Clock = Clock { tolerance: 0 };
const TEN_MINUTES: Clock = Clock { tolerance: 600 };

#[test]
fn order_needs_periods_that_do_not_overlap() {
    use Precision::{Day, Minute};
    let cases = [
        (None, at(0, Day, true), Order::Unknown),
        (at(0, Day, true), at(0, Day, true), Order::Same),
        (at(0, Day, true), at(DAY, Day, true), Order::AFirst),
        (at(DAY, Day, true), at(0, Day, true), Order::BFirst),
        // A minute inside the day that the other names: no order.
        (at(0, Day, true), at(7_200, Minute, true), Order::Unknown),
        (at(0, Minute, true), at(60, Minute, true), Order::AFirst),
        (at(0, Minute, true), at(59, Minute, true), Order::Unknown),
        // Zone known on one side only: an hour apart may be the same moment.
        (at(0, Minute, true), at(3_600, Minute, false), Order::Unknown),
        (at(0, Minute, true), at(DAY, Minute, false), Order::AFirst),
    ];
    for (a, b, expected) in cases {
        let expected = if expected == Order::Unknown && a == b { Order::Same } else { expected };
        assert_eq!(EXACT.order(a, b), expected, "{a:?} {b:?}");
        assert_eq!(EXACT.order(b, a), expected.swapped(), "turned: {a:?} {b:?}");
    }
}

#[test]
fn a_tolerance_takes_near_times_for_one() {
    let minute = |seconds| at(seconds, Precision::Minute, true);
    let cases = [
        (0, 60, Order::Same, Some(60)),
        (0, 600, Order::Same, Some(600)),
        (0, 660, Order::AFirst, Some(660)),
        (660, 0, Order::BFirst, Some(-660)),
    ];
    for (a, b, order, lag) in cases {
        assert_eq!(TEN_MINUTES.order(minute(a), minute(b)), order, "{a} {b}");
        assert_eq!(TEN_MINUTES.lag(minute(a), minute(b)), lag, "{a} {b}");
    }
    // Near times of unlike precision or zone are not one time.
    assert_eq!(TEN_MINUTES.order(minute(0), at(300, Precision::Second, true)), Order::Unknown);
    assert_eq!(TEN_MINUTES.order(minute(0), at(60, Precision::Minute, false)), Order::Unknown);
}

#[test]
fn lag_is_b_minus_a_and_needs_both() {
    let lag = |a, b| EXACT.lag(a, b);
    assert_eq!(lag(at(10, Precision::Minute, true), at(130, Precision::Minute, true)), Some(120));
    assert_eq!(lag(None, at(130, Precision::Minute, true)), None);
    // A minute of the day that the other side names: no lag to speak of.
    assert_eq!(lag(at(0, Precision::Day, true), at(7_200, Precision::Minute, true)), None);
    assert_eq!(lag(at(0, Precision::Day, true), at(DAY, Precision::Day, true)), Some(DAY));
}

fn ranks(clock: Clock, published: &[Option<Published>]) -> Vec<Option<u32>> {
    clock.ranks(&published.iter().map(|&at| at.into()).collect::<Vec<Times>>())
}

/// A time by the minute, and the one that the page gives.
fn printed(seconds: i64, printed: Option<i64>) -> Times {
    let minute = |seconds| at(seconds, Precision::Minute, true);
    Times { published: minute(seconds), printed: printed.and_then(minute) }
}

#[test]
fn dates_and_pages_have_to_tell_the_same() {
    let cases = [
        // Visited in one order, published in the other.
        (printed(600, None), printed(1_200, Some(0)), Order::Unknown, None),
        (printed(600, Some(0)), printed(1_200, Some(0)), Order::Unknown, None),
        (printed(600, Some(0)), printed(1_200, Some(300)), Order::AFirst, Some(600)),
        (printed(600, None), printed(1_200, Some(900)), Order::AFirst, Some(600)),
        // Both visited in one minute: the pages alone tell no order.
        (printed(600, Some(0)), printed(600, Some(300)), Order::Unknown, None),
    ];
    for (a, b, expected, lag) in cases {
        assert_eq!(EXACT.order(a, b), expected, "{a:?} {b:?}");
        assert_eq!(EXACT.order(b, a), expected.swapped(), "turned: {a:?} {b:?}");
        assert_eq!(EXACT.lag(a, b), lag, "{a:?} {b:?}");
    }
    let carriers =
        [printed(600, None), printed(1_200, Some(0)), printed(1_800, Some(1_500)), printed(2_400, None)];
    assert_eq!(EXACT.ranks(&carriers), vec![Some(1), Some(1), Some(3), Some(4)]);
}

#[test]
fn ranks_are_shared_by_equal_times_and_absent_without_a_date() {
    let times = [
        at(0, Precision::Day, true),
        at(0, Precision::Day, true),
        at(DAY, Precision::Day, true),
        at(3 * DAY, Precision::Day, true),
        None,
    ];
    assert_eq!(ranks(EXACT, &times), vec![Some(1), Some(1), Some(3), Some(4), None]);
    // Of a year, a month, a day and a minute in it only the last two tell an order; in whatever sequence they come.
    let mixed = [
        at(10 * DAY, Precision::Minute, true),
        at(0, Precision::Year, true),
        at(0, Precision::Month, true),
        at(9 * DAY, Precision::Day, true),
    ];
    assert_eq!(ranks(EXACT, &mixed), vec![Some(2), Some(1), Some(1), Some(1)]);
    assert_eq!(ranks(EXACT, &[]), Vec::<Option<u32>>::new());
    let near = [0, 300, 900].map(|seconds| at(seconds, Precision::Minute, true));
    assert_eq!(
        ranks(TEN_MINUTES, &near),
        vec![Some(1), Some(1), Some(2)],
        "ten minutes after the second are too few"
    );
}

fn zone(kind: ZoneKind, name: &str) -> Zone {
    Zone { kind, span: Span::new(0, 1), name: Some(name.to_owned()), fact: format!("“{name}” there") }
}

fn credit(name: &str) -> Vec<Zone> {
    vec![zone(ZoneKind::Credit, name)]
}

/// The numbers of all names of these tests.
static NAMES: LazyLock<Mutex<Names>> = LazyLock::new(Mutex::default);

fn side<'d>(source: &'d str, hour: Option<i64>, zones: &'d [Zone]) -> Side<'d> {
    let published = hour.and_then(|hour| at(hour * 3_600, Precision::Minute, true));
    let published_from = published.map(|_| PublishedFrom::Field);
    let attribution = NAMES.lock().unwrap().attribution(Some(source), zones, &Rules::built_in());
    Side {
        name: "a.txt",
        source: Some(source),
        times: published.into(),
        published_from,
        zones,
        attribution: Box::leak(Box::new(attribution)),
        coverage: 0.6,
        matched: 0.6,
        quoted_words: 0.0,
        quotes_other: 0.0,
    }
}

#[test]
fn names_of_one_agency_or_outlet_are_one() {
    let (mut names, rules) = (Names::default(), Rules::built_in());
    let mut number = |name: &str| names.number(name, &rules);
    for (one, other) in [
        ("AP", "The Associated Press"),
        ("AP", "apnews.com"),
        ("Trend", "en.trend.az"),
        ("Lake Tribune", "LAKE TRIBUNE"),
        ("CNN", "cnn.com"),
        ("BBC News", "bbc.co.uk"),
        ("BBC", "news.bbc.example"),
    ] {
        assert_eq!(number(one), number(other), "{one} {other}");
    }
    for (one, other) in [("Trend", "Trendsetter"), ("Lake", "Lake Tribune"), ("AP", "Reuters")] {
        assert_ne!(number(one), number(other), "{one} {other}");
    }
    assert_eq!([number(""), number("…")], [None, None]);
}

#[test]
fn an_outlet_with_many_releases_or_that_speaks_itself_is_an_office() {
    let by = |by: u32| Attribution { by: Some(by), by_agency: by == 4, ..Attribution::default() };
    // Outlet 0 has five of twelve, outlet 1 two of two, outlet 2 three of forty; outlets 3 and 4 speak in six of twenty,
    // 5 in three of twenty, and 4 is an agency.
    let outlets = [vec![0; 12], vec![1; 2], vec![2; 40], vec![3; 20], vec![4; 20], vec![5; 20]].concat();
    let mut all: Vec<Attribution> =
        outlets.iter().map(|&it| by(it)).chain([Attribution::default()]).collect();
    tell_offices(&mut all, |document| OfficeSigns {
        is_release: matches!(document, 0..5 | 12..14 | 14..17 | 114),
        speaks: matches!(document, 54..60 | 74..80 | 94..97 | 114),
    });
    let told: Vec<bool> = [0, 12, 14, 54, 74, 94, 114].map(|document| all[document].by_office).into();
    assert_eq!(told, [true, false, false, true, false, false, false]);
}

#[test]
fn whom_others_credit_carried_it_first() {
    let named = |number: &u32| Named { number: *number, name: format!("{number}"), is_credit: true };
    let carrier = |by: u32, credits: &[u32]| Attribution {
        by: Some(by),
        named: credits.iter().map(named).collect(),
        ..Attribution::default()
    };
    // The agency twice, two that credit it, one that credits one of these, one that credits nobody, one that names another.
    let carriers = [
        carrier(1, &[0]),
        carrier(0, &[]),
        carrier(2, &[0]),
        carrier(3, &[1]),
        carrier(0, &[]),
        carrier(4, &[]),
        carrier(5, &[9]),
    ];
    let ranks = ranks_by_credit(&carriers.iter().collect::<Vec<_>>());
    assert_eq!(ranks, [Some(3), Some(1), Some(3), None, Some(1), None, None]);
    // Each credits the other.
    assert_eq!(ranks_by_credit(&[&carrier(0, &[1]), &carrier(1, &[0])]), [None, None]);
    assert_eq!(ranks_by_credit(&[]), []);
}

#[test]
fn an_outlet_names_others_only() {
    let (mut names, rules) = (Names::default(), Rules::built_in());
    let zones = [
        zone(ZoneKind::Credit, "Reuters"),
        zone(ZoneKind::Cited, "Reuters"),
        zone(ZoneKind::Credit, "Reuters"),
        zone(ZoneKind::Byline, "Ada Brandt"),
    ];
    let named =
        |it: &Attribution| it.named.iter().map(|it| (it.name.clone(), it.is_credit)).collect::<Vec<_>>();
    let courier = names.attribution(Some("Daily Courier"), &zones, &rules);
    assert_eq!(named(&courier), [("Reuters".to_owned(), true), ("Reuters".to_owned(), false)]);
    // On a page of several articles none is credited for all.
    let page =
        [&zones[..], &[zone(ZoneKind::Dateline, "SELLA"), zone(ZoneKind::Dateline, "LINDWALL")]].concat();
    assert_eq!(
        named(&names.attribution(Some("Daily Courier"), &page, &rules)),
        [("Reuters".to_owned(), false)]
    );
    let reuters = names.attribution(Some("reuters.com"), &zones, &rules);
    assert!(named(&reuters).is_empty() && reuters.by_agency && !courier.by_agency);
    assert_eq!(courier.credit_of(&reuters), Some("Reuters"));
    assert_eq!(courier.credit_with(&names.attribution(None, &zones, &rules)), Some("Reuters"));
}

/// What the evidence on two sides is, and what it adds up to; the same turned.
#[track_caller]
fn order_of(a: &Side<'_>, b: &Side<'_>, expected: Order) -> Vec<Evidence> {
    let found = evidence(EXACT, a, b);
    assert_eq!(decide(&found), expected, "{found:?}");
    assert_eq!(decide(&evidence(EXACT, b, a)), expected.swapped(), "turned: {found:?}");
    found
}

#[test]
fn dates_decide_and_credits_where_they_are_silent() {
    let (wire, none) = (credit("Northern Wire"), []);
    let (early, late) = (side("Northern Wire", Some(1), &none), side("Daily Courier", Some(3), &wire));
    let found = order_of(&early, &late, Order::AFirst);
    let facts: Vec<&str> = found.iter().map(|it| it.fact.as_str()).collect();
    assert_eq!(
        facts,
        ["Daily Courier appeared 2 hours later (dates: field)", "Daily Courier credits Northern Wire"]
    );
    // Undated: the credit alone.
    order_of(&side("Northern Wire", None, &none), &side("Daily Courier", None, &wire), Order::AFirst);
    // One time: the credit tells.
    order_of(&side("Northern Wire", Some(1), &none), &side("Daily Courier", Some(1), &wire), Order::AFirst);
    // The stamp contradicts the credit.
    order_of(&side("Northern Wire", Some(5), &none), &side("Daily Courier", Some(3), &wire), Order::Unknown);
    // Each credits the other; a credit of somebody else tells nothing.
    let courier = credit("Daily Courier");
    order_of(&side("Northern Wire", None, &courier), &side("Daily Courier", None, &wire), Order::Unknown);
    order_of(&side("Lake Tribune", None, &none), &side("Daily Courier", None, &wire), Order::Unknown);
    order_of(&side("Lake Tribune", Some(2), &none), &side("Daily Courier", Some(2), &none), Order::Same);
}

#[test]
fn who_quotes_whom_is_told_and_orders_nothing() {
    let quotes = |words| Side { quotes_other: words, ..side("Daily Courier", None, &[]) };
    let says = side("Ministry", None, &[]);
    let found = order_of(&says, &quotes(40.0), Order::Unknown);
    let fact = "Daily Courier puts 40 words in quotation marks that Ministry says itself, which tells no order by itself";
    assert_eq!((found[0].kind, found[0].fact.as_str()), (EvidenceKind::Quotation, fact));
    assert!(order_of(&says, &quotes(5.0), Order::Unknown).is_empty());
    assert!(order_of(&quotes(40.0), &quotes(40.0), Order::Unknown).is_empty());
}

#[test]
fn containment_is_told_and_orders_nothing() {
    let part = Side { coverage: 0.95, ..side("Daily Courier", None, &[]) };
    let whole = Side { coverage: 0.4, ..side("Lake Tribune", None, &[]) };
    let found = order_of(&part, &whole, Order::Unknown);
    assert_eq!(
        found[0].fact,
        "95 % of Daily Courier is in Lake Tribune, 40 % the other way round, which tells no order by itself"
    );
}

/// Two outlets that share 200 words and say nothing about it.
fn plain() -> Shared<'static> {
    Shared {
        a: side("Lake Tribune", None, &[]),
        b: side("Daily Courier", None, &[]),
        order: Order::Unknown,
        lag: None,
        in_time: true,
        matched_words: 200,
        caption_words: 0,
        on_page: None,
        third: None,
        wire: None,
    }
}

#[track_caller]
fn origin_of(shared: Shared<'_>, kind: OriginKind, fact: &str) {
    assert_eq!(origin(&shared), (kind, fact.to_owned()));
    let turned = Shared { a: shared.b, b: shared.a, order: shared.order.swapped(), ..shared };
    assert_eq!(origin(&turned).0, kind, "turned");
}

#[test]
fn who_is_credited_tells_the_origin() {
    use OriginKind::{AgencyCopy, OutletToOutlet, PressRelease, Undetermined};
    let reuters = credit("Reuters");
    let lake = vec![zone(ZoneKind::Cited, "Lake Tribune")];
    let contact = vec![zone(ZoneKind::Contact, "Press office")];
    let (base, courier) = (plain(), |zones| side("Daily Courier", None, zones));
    let ministry = side("Ministry", None, &contact);
    let fact = "Ministry is marked as a press release: “Press office” there";
    let release = Shared { b: ministry, ..base };
    origin_of(release, PressRelease, fact);
    origin_of(Shared { order: Order::BFirst, ..release }, PressRelease, fact);
    // Not if it came later, if both are releases, of one outlet, or little is shared.
    origin_of(Shared { order: Order::AFirst, ..release }, Undetermined, "");
    origin_of(Shared { a: Side { zones: &contact, ..base.a }, ..release }, Undetermined, "");
    let own = Shared { a: Side { source: Some("Ministry"), ..base.a }, ..release };
    origin_of(own, Undetermined, "both are Ministry’s own");
    // What does not count came from nowhere.
    origin_of(Shared { matched_words: 0, ..release }, Undetermined, "none of the words they share counts");
    origin_of(Shared { matched_words: 30, ..release }, Undetermined, "");
    origin_of(Shared { lag: Some(-28 * DAY), ..release }, PressRelease, fact);
    origin_of(Shared { lag: Some(-29 * DAY), ..release }, Undetermined, "");
    let agency = Shared { a: side("Reuters", None, &[]), b: courier(&reuters), ..base };
    origin_of(agency, AgencyCopy, "Daily Courier credits Reuters, which the other is by");
    let both = Shared { a: side("Lake Tribune", None, &reuters), b: courier(&reuters), ..base };
    origin_of(both, AgencyCopy, "both credit Reuters");
    let (a, b) = (Side { matched: 0.04, ..both.a }, Side { matched: 0.04, ..both.b });
    let two_items = Shared { a, b, ..both };
    origin_of(two_items, Undetermined, "both credit Reuters, but less than a tenth of either is shared");
    let one = Shared { b: courier(&reuters), ..base };
    origin_of(one, AgencyCopy, "Daily Courier credits Reuters; 60 % of it is shared");
    // Of an article of which little is shared, or that rewrites, the credit may be about the rest.
    let roundup = Shared { b: Side { coverage: 0.6, matched: 0.3, ..one.b }, ..base };
    origin_of(roundup, Undetermined, "");
    // Unless the other says nothing else.
    let brief = Shared { a: Side { matched: 0.85, ..base.a }, ..roundup };
    origin_of(brief, AgencyCopy, "Daily Courier credits Reuters; 85 % of Lake Tribune is shared");
    let other = credit("Northern Wire");
    let two = Shared { a: side("Lake Tribune", None, &other), ..one };
    origin_of(two, Undetermined, "Lake Tribune credits Northern Wire, Daily Courier credits Reuters");
    // A page of several items credits one of them.
    let page = |share| Shared { on_page: Some(("Reuters", share)), ..base };
    origin_of(page(0.9), AgencyCopy, "90 % of the shared words stand under a credit of Reuters");
    origin_of(page(0.7), Undetermined, "");
    // Neither credits anybody, a third one with the same words does; so it does if the third is the agency itself.
    let third = |it: Side<'static>| {
        Some(Third { name: it.name, source: it.source, attribution: it.attribution, share: 0.9 })
    };
    let radio = Shared { wire: third(side("Radio", None, Box::leak(Box::new(credit("Reuters"))))), ..base };
    origin_of(radio, AgencyCopy, "Radio, which credits Reuters, has 90 % of the shared words");
    let wire = Shared { wire: third(side("reuters.com", None, &[])), ..base };
    origin_of(wire, AgencyCopy, "reuters.com has 90 % of the shared words");
    let quoted = |side| Side { quoted_words: 120.0, ..side };
    origin_of(Shared { a: quoted(base.a), ..radio }, Undetermined, "");
    let little = |side| Side { matched: 0.4, ..side };
    origin_of(Shared { a: little(side("Lake Tribune", None, &other)), ..radio }, Undetermined, "");
    origin_of(Shared { a: little(base.a), b: little(base.b), ..radio }, Undetermined, "");
    let outlet = Shared { b: courier(&lake), order: Order::AFirst, ..base };
    origin_of(outlet, OutletToOutlet, "Daily Courier names Lake Tribune as its source");
    origin_of(Shared { in_time: false, ..outlet }, Undetermined, "");
    // The one that names the other is the earlier one.
    origin_of(Shared { order: Order::BFirst, ..outlet }, Undetermined, "");
}

#[test]
fn what_is_shared_and_who_else_had_it_tell_the_origin() {
    use OriginKind::{CommonSource, Incidental, QuotationOnly, Undetermined};
    let base = plain();
    origin_of(base, Undetermined, "");
    // To be first is not to be the source.
    origin_of(Shared { order: Order::AFirst, ..base }, Undetermined, "");
    let few = |coverage| {
        let (a, b) = (Side { coverage, ..base.a }, Side { coverage: 0.01, ..base.b });
        Shared { a, b, matched_words: 12, ..base }
    };
    origin_of(few(0.02), Incidental, "12 words, at most 2 % of either");
    origin_of(few(0.5), Undetermined, "");
    let quoted = |a, b| {
        let (a, b) = (Side { quoted_words: a, ..base.a }, Side { quoted_words: b, ..base.b });
        Shared { a, b, ..base }
    };
    let fact = "85 % of the shared words stand in quotations on both sides";
    origin_of(quoted(190.0, 170.0), QuotationOnly, fact);
    origin_of(quoted(190.0, 20.0), Undetermined, "");
    let radio = side("Radio", None, &[]);
    let third =
        |share| Some(Third { name: "c.txt", source: Some("Radio"), attribution: radio.attribution, share });
    let fact = "Radio had 90 % of the shared words before both";
    origin_of(Shared { third: third(0.9), ..base }, CommonSource, fact);
    origin_of(Shared { third: third(0.5), ..base }, Undetermined, "");
    // What one outlet says twice is its own; words under a picture are nobody's statement.
    let own = Shared { b: Side { source: base.a.source, ..base.b }, third: third(0.9), ..base };
    assert_eq!(origin(&own).0, Undetermined);
    origin_of(Shared { third: third(0.9), caption_words: 180, ..base }, Undetermined, "");
    // What a speaker said, a third outlet only said first.
    origin_of(Shared { third: third(0.9), ..quoted(110.0, 20.0) }, Undetermined, "");
    let office = Attribution { by_office: true, ..Attribution::default() };
    let speaks = |side| Side { attribution: &office, ..side };
    let joint = Shared { a: speaks(base.a), b: speaks(base.b), lag: Some(3_600), ..base };
    let fact = "both are statements of offices, of one day: none is known to be the other’s source";
    assert_eq!(origin(&joint), (Undetermined, fact.to_owned()));
    assert_eq!(origin(&Shared { lag: Some(DAY), ..joint }), (Undetermined, String::new()));
    // Of few words quoted it is told that they are quoted; of a phrase, that it is one.
    let short = |matched_words| {
        let side = |side| Side { quoted_words: f64::from(matched_words), coverage: 0.02, ..side };
        Shared { a: side(base.a), b: side(base.b), matched_words, ..base }
    };
    origin_of(short(12), QuotationOnly, "100 % of the shared words stand in quotations on both sides");
    origin_of(short(11), Incidental, "11 words, at most 2 % of either");
}

#[test]
fn derivation_goes_by_share_and_for_long_texts_by_words() {
    let cases = [
        (0, 0.0, Derivation::Not),
        (10, 0.02, Derivation::Not),
        (20, 0.05, Derivation::Partly),
        (60, 0.02, Derivation::Partly),
        (300, 0.79, Derivation::Partly),
        (300, 0.8, Derivation::Wholly),
    ];
    let none = Drawn::default();
    let line =
        Drawn { words: 20, share: 0.9, in_passages: 1.0, largest: Some(("Radio", 0.9)), is_own: false };
    assert_eq!(derivation(&line, &line, None).0, Derivation::Partly);
    let form =
        Drawn { words: 200, share: 0.6, in_passages: 0.9, largest: Some(("Radio", 0.6)), is_own: true };
    assert_eq!(derivation(&form, &form, None).0, Derivation::Partly);
    let edited = Drawn { is_own: false, ..form };
    assert_eq!(derivation(&edited, &edited, None).0, Derivation::Wholly);
    for (words, share, expected) in cases {
        let drawn =
            Drawn { words, share, in_passages: share, largest: Some(("Radio", share)), is_own: false };
        let (degree, fact) = derivation(&drawn, &drawn, None);
        assert_eq!((degree, fact.is_empty()), (expected, expected == Derivation::Not), "{words} {share}");
        // Where nobody knows who was first, nobody knows who drew on whom.
        let unknown = if expected == Derivation::Not { expected } else { Derivation::Undetermined };
        assert_eq!(derivation(&none, &drawn, None).0, unknown, "{words} {share}");
    }
    // A credit is told and makes no degree.
    assert_eq!(derivation(&none, &none, Some("Reuters")), (Derivation::Not, "it credits Reuters".to_owned()));
    let few = Drawn { words: 30, share: 0.1, in_passages: 0.2, largest: Some(("Radio", 0.1)), is_own: false };
    let many =
        Drawn { words: 270, share: 0.9, in_passages: 1.0, largest: Some(("Courier", 0.8)), is_own: false };
    let told = derivation(&few, &many, None);
    let fact =
        "10 % of its words (30), quotations left out, match others that were before it, most with Radio";
    assert_eq!(told, (Derivation::Partly, fact.to_owned()));
    let told = derivation(&none, &many, None);
    let fact = "90 % of its words (270), quotations left out, match others, most with Courier; nothing tells whether these \
                were before it";
    assert_eq!(told, (Derivation::Undetermined, fact.to_owned()));
    // A paragraph each from several makes a text of its own.
    let mosaic =
        Drawn { words: 300, share: 0.9, in_passages: 0.9, largest: Some(("Radio", 0.3)), is_own: false };
    assert_eq!(derivation(&mosaic, &mosaic, None).0, Derivation::Partly);
}

#[test]
fn words_that_match_are_counted_once_by_the_densest_passage() {
    let span = |start, end| Span::new(start, end);
    assert_eq!(own_words(&[]), 0);
    assert_eq!(own_words(&[(span(0, 100), 40), (span(100, 110), 10)]), 50);
    assert_eq!(own_words(&[(span(0, 100), 40), (span(20, 40), 20)]), 52);
    assert_eq!(own_words(&[(span(5, 5), 3), (span(0, 10), 0)]), 0);
    // The same place by place.
    let mut dice = crate::fixture::Dice::new(7);
    for _ in 0..200 {
        let n = dice.below(8);
        let passages: Vec<_> = (0..n)
            .map(|_| {
                let (start, length) = (dice.below(60) as u32, dice.below(30) as u32 + 1);
                (span(start, start + length), dice.below(length as usize + 1) as u32)
            })
            .collect();
        let density = |at: u32| {
            let over = passages.iter().filter(|(span, _)| span.start() <= at && at < span.end());
            over.map(|(span, words)| f64::from(*words) / f64::from(span.len())).fold(0.0, f64::max)
        };
        let slow: f64 = (0..100).map(density).sum();
        assert!((f64::from(own_words(&passages)) - slow).abs() <= 0.51, "{passages:?}");
    }
}
