//! Labels on sentences as news writes and rewrites them, through the engine; and what holds for any sentences.

use proptest::prelude::*;

use super::Label::*;
use super::*;
use crate::align::{AlignParams, Aligner, Alignment, Workspace, describe};
use crate::fixture::tokens;
use crate::matching::Candidate as SegmentPair;
use crate::matching::segment::Segments;
use crate::model::Operation;

/// The passages of `a` and `b`, however little they share, with the labelled substitutions of each.
fn labelled(a: &str, b: &str) -> (Vec<Alignment>, Vec<Substitution>) {
    let documents = tokens(&[a, b]);
    let segments = Segments::of(&documents);
    let params = AlignParams { min_words: 1, min_bits: 0.0, min_identity: 0.0, ..AlignParams::default() };
    let aligner = Aligner::new(&documents, vec![a, b], &segments, params);
    let pairs: Vec<SegmentPair> = segments
        .of_document(0)
        .flat_map(|x| segments.of_document(1).map(move |y| SegmentPair { a: x, b: y }))
        .collect();
    let mut passages = aligner.pair(0, 1, &pairs, &mut Workspace::default());
    for one in &mut passages {
        describe(one, (&documents[0], a), (&documents[1], b), &params);
    }
    let found = passages.iter().flat_map(|passage| {
        let side = |text, n: usize, span| Side { text, tokens: &documents[n], span };
        substitutions(&passage.steps, side(a, 0, passage.a), side(b, 1, passage.b))
    });
    let found = found.collect();
    (passages, found)
}

/// A sentence, its other version, numbers changed, names changed, labels in order of place.
type Case = (&'static str, &'static str, u32, u32, &'static [Label]);

#[track_caller]
fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for &(a, b, numbers, names, labels) in cases {
        let (passages, found) = labelled(a, b);
        let told: Vec<Label> = found.iter().map(|found| found.label).collect();
        let counts = passages.iter().fold((0, 0), |sum, passage| {
            (sum.0 + passage.edits.numbers_changed, sum.1 + passage.edits.names_changed)
        });
        if (counts, told.as_slice()) != ((numbers, names), labels) || passages.len() != 1 {
            let steps = passages.first().map(|passage| passage.steps.clone());
            wrong.push(format!(
                "{a}\n{b}\n  found {counts:?} {told:?}, expected {:?} {labels:?}\n  {steps:?}",
                (numbers, names)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

const SAME_NUMBERS: &[Case] = &[
    (
        "The battalions cross back over the river line within 48 hours and disband there.",
        "The battalions cross back over the river line within two days and disband there.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The talks in the old town hall began at 13:00 local time and went on until evening.",
        "The talks in the old town hall began at 1:00 p.m. local time and went on until evening.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The talks in the old town hall began at 1 p.m. local time and went on until evening.",
        "The talks in the old town hall began at 13:00 local time and went on until evening.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "Ferries leave the northern harbour at 7:30 am every day of the winter season.",
        "Ferries leave the northern harbour at 07:30 every day of the winter season.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The ceasefire enters into force at noon along the whole of the river line.",
        "The ceasefire enters into force at 12:00 along the whole of the river line.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The curfew in the border villages starts at 9 o'clock according to the mayor.",
        "The curfew in the border villages starts at 9 p.m. according to the mayor.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The mayor said some 10,000 people fled the valley before the bridges were blown up.",
        "The mayor said some ten thousand people fled the valley before the bridges were blown up.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The mayor said some 10,000 people fled the valley before the bridges were blown up.",
        "The mayor said some 10.000 people fled the valley before the bridges were blown up.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The mayor said some 10 thousand people fled the valley before the bridges were blown up.",
        "The mayor said some 10,000 people fled the valley before the bridges were blown up.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The storm left 2.5 million households in the delta without electricity.",
        "The storm left 2,500,000 households in the delta without electricity.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The fund pays 1.5m to farmers whose orchards were destroyed by hail.",
        "The fund pays 1.5 million to farmers whose orchards were destroyed by hail.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The ministry put the damage at $3bn in a report to parliament.",
        "The ministry put the damage at 3 billion dollars in a report to parliament.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "Unemployment in the coastal districts fell to 5% over the summer months.",
        "Unemployment in the coastal districts fell to five per cent over the summer months.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "Unemployment in the coastal districts fell to 5 percent over the summer months.",
        "Unemployment in the coastal districts fell to five percent over the summer months.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The winner of the tender pays $5 for every tonne of gravel it removes.",
        "The winner of the tender pays five dollars for every tonne of gravel it removes.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The winner of the tender pays USD 5 for every tonne of gravel it removes.",
        "The winner of the tender pays five dollars for every tonne of gravel it removes.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "Rescuers pulled twenty-three miners from the flooded shaft on the hillside.",
        "Rescuers pulled 23 miners from the flooded shaft on the hillside.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The census counted two hundred and five households in the abandoned quarter.",
        "The census counted 205 households in the abandoned quarter.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The gardener planted two dozen lime trees along the restored promenade.",
        "The gardener planted 24 lime trees along the restored promenade.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The mayor said it was the third landslide to block the mountain highway since spring.",
        "The mayor said it was the 3rd landslide to block the mountain highway since spring.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "The new stretch of motorway is 42 km long and crosses the reservoir twice.",
        "The new stretch of motorway is 42 kilometres long and crosses the reservoir twice.",
        0,
        0,
        &[NumberForm],
    ),
    (
        "Inflation reached 2,5 percent in the capital according to the statistics bureau.",
        "Inflation reached 2.5 percent in the capital according to the statistics bureau.",
        0,
        0,
        &[],
    ),
    (
        "The parade drew 12'000 spectators to the riverside despite heavy rain.",
        "The parade drew 12,000 spectators to the riverside despite heavy rain.",
        0,
        0,
        &[],
    ),
];

#[test]
fn the_same_number_in_another_form_is_no_change() {
    check(SAME_NUMBERS);
}

const OTHER_NUMBERS: &[Case] = &[
    (
        "The battalions cross back over the river line within 48 hours and disband there.",
        "The battalions cross back over the river line within three days and disband there.",
        1,
        0,
        &[Number],
    ),
    (
        "The talks in the old town hall began at 13:00 local time and went on until evening.",
        "The talks in the old town hall began at 3 p.m. local time and went on until evening.",
        1,
        0,
        &[Number],
    ),
    (
        "The raid on the convoy began at 2 a.m. while the drivers were asleep.",
        "The raid on the convoy began at 2 p.m. while the drivers were asleep.",
        1,
        0,
        &[Number],
    ),
    (
        "The mayor said some 10,000 people fled the valley before the bridges were blown up.",
        "The mayor said some 12,000 people fled the valley before the bridges were blown up.",
        1,
        0,
        &[Number],
    ),
    (
        "The mayor said some ten thousand people fled the valley before the bridges were blown up.",
        "The mayor said some 12,000 people fled the valley before the bridges were blown up.",
        1,
        0,
        &[Number],
    ),
    (
        "The ministry put the damage at 3 million dollars in a report to parliament.",
        "The ministry put the damage at 3 billion dollars in a report to parliament.",
        1,
        0,
        &[Number],
    ),
    (
        "The ministry put the damage at $3 in a report to parliament.",
        "The ministry put the damage at $3 million in a report to parliament.",
        1,
        0,
        &[Number],
    ),
    (
        "The fund pays 5 million dollars to farmers whose orchards were destroyed by hail.",
        "The fund pays 5 million euros to farmers whose orchards were destroyed by hail.",
        1,
        0,
        &[Number],
    ),
    (
        "Unemployment in the coastal districts fell to 5.1% over the summer months.",
        "Unemployment in the coastal districts fell to 5.7% over the summer months.",
        1,
        0,
        &[Number],
    ),
    (
        "Rescuers pulled seven miners from the flooded shaft on the hillside.",
        "Rescuers pulled eight miners from the flooded shaft on the hillside.",
        1,
        0,
        &[Number],
    ),
    (
        "The mayor said it was the third landslide to block the mountain highway since spring.",
        "The mayor said it was the fourth landslide to block the mountain highway since spring.",
        1,
        0,
        &[Number],
    ),
    (
        "The shelling killed 12 and wounded 40 in the eastern suburbs overnight.",
        "The shelling killed 14 and wounded 45 in the eastern suburbs overnight.",
        2,
        0,
        &[Number, Number],
    ),
    (
        "The new stretch of motorway is 42 km long and crosses the reservoir twice.",
        "The new stretch of motorway is 42 miles long and crosses the reservoir twice.",
        1,
        0,
        &[Number],
    ),
    (
        "The bridge was built in 1912 by engineers from the northern shipyards.",
        "The bridge was built in 1921 by engineers from the northern shipyards.",
        1,
        0,
        &[Number],
    ),
    (
        "The airline grounded its A320 jets after cracks were found in the wings.",
        "The airline grounded its A330 jets after cracks were found in the wings.",
        1,
        0,
        &[Number],
    ),
];

#[test]
fn another_number_is_a_change() {
    check(OTHER_NUMBERS);
}

const LONE_NUMBERS: &[Case] = &[
    (
        "The mayor said some 10,000 people fled the valley before the bridges were blown up.",
        "The mayor said people fled the valley before the bridges were blown up.",
        0,
        0,
        &[],
    ),
    (
        "The convoy of trucks reached the besieged hospital before dawn broke.",
        "The convoy of 30 trucks reached the besieged hospital before dawn broke.",
        0,
        0,
        &[],
    ),
    (
        "Rescuers said several miners were pulled from the flooded shaft on the hillside.",
        "Rescuers said seven miners were pulled from the flooded shaft on the hillside.",
        0,
        0,
        &[Other],
    ),
    (
        "The shelling killed one of the shepherds on the slope above the village.",
        "The shelling killed some of the shepherds on the slope above the village.",
        0,
        0,
        &[Other],
    ),
    (
        "Unemployment in the coastal districts fell by 5 over the summer months.",
        "Unemployment in the coastal districts fell by 5% over the summer months.",
        0,
        0,
        &[],
    ),
    (
        "Mortgage lending in the coastal districts fell to 17.9bn over the summer months.",
        "Mortgage lending in the coastal districts fell by 4% over the summer months.",
        0,
        0,
        &[Other],
    ),
];

#[test]
fn numbers_that_come_or_go_are_no_change() {
    check(LONE_NUMBERS);
}

const DATES: &[Case] = &[
    (
        "The treaty was signed on March 3 in the palace beside the lake.",
        "The treaty was signed on 3 March in the palace beside the lake.",
        0,
        0,
        &[DateForm],
    ),
    (
        "The treaty was signed on March 3, 2031, in the palace beside the lake.",
        "The treaty was signed on 3 March 2031 in the palace beside the lake.",
        0,
        0,
        &[DateForm],
    ),
    (
        "The treaty was signed on March 3 in the palace beside the lake.",
        "The treaty was signed on the 3rd of March in the palace beside the lake.",
        0,
        0,
        &[DateForm],
    ),
    (
        "The treaty was signed on 03.03.2031 in the palace beside the lake.",
        "The treaty was signed on March 3, 2031 in the palace beside the lake.",
        0,
        0,
        &[DateForm],
    ),
    (
        "The treaty was signed on 2031-03-04 in the palace beside the lake.",
        "The treaty was signed on 4 March 2031 in the palace beside the lake.",
        0,
        0,
        &[DateForm],
    ),
    (
        "The treaty was signed on 3/4/2031 in the palace beside the lake.",
        "The treaty was signed on 3 April 2031 in the palace beside the lake.",
        0,
        0,
        &[DateForm],
    ),
    (
        "The treaty was signed on Sept. 19 in the palace beside the lake.",
        "The treaty was signed on 19 September in the palace beside the lake.",
        0,
        0,
        &[DateForm],
    ),
    (
        "The treaty was signed on March 3 in the palace beside the lake.",
        "The treaty was signed on 4 March in the palace beside the lake.",
        1,
        0,
        &[Date],
    ),
    (
        "The treaty was signed on March 3 in the palace beside the lake.",
        "The treaty was signed on April 3 in the palace beside the lake.",
        1,
        0,
        &[Date],
    ),
    (
        "The treaty was signed on Monday in the palace beside the lake.",
        "The treaty was signed on Tuesday in the palace beside the lake.",
        1,
        0,
        &[Date],
    ),
    (
        "The treaty was signed on Monday in the palace beside the lake.",
        "The treaty was signed on March 3 in the palace beside the lake.",
        0,
        0,
        &[Other],
    ),
    (
        "The treaty was signed on Monday in the palace beside the lake.",
        "The treaty was signed on Monday, March 3, in the palace beside the lake.",
        0,
        0,
        &[],
    ),
    (
        "The troops may march through the palace gardens beside the lake again.",
        "The troops will march through the palace gardens beside the lake again.",
        0,
        0,
        &[Other],
    ),
];

#[test]
fn dates_are_compared_by_what_they_say() {
    check(DATES);
}

const SAME_NAMES: &[Case] = &[
    (
        "Reporters asked whether Zelensky would attend the summit in the mountain resort.",
        "Reporters asked whether Zelenskyy would attend the summit in the mountain resort.",
        0,
        0,
        &[NameForm],
    ),
    (
        "The region's foreign minister met Aliyev before the talks on the pipeline.",
        "The region's foreign minister met Aliev before the talks on the pipeline.",
        0,
        0,
        &[NameForm],
    ),
    (
        "The convoy left Khankendi at dawn and reached the mountain pass by evening.",
        "The convoy left Xankəndi at dawn and reached the mountain pass by evening.",
        0,
        0,
        &[NameForm],
    ),
    (
        "The night train from Kiev arrived with broken windows and no heating.",
        "The night train from Kyiv arrived with broken windows and no heating.",
        0,
        0,
        &[NameForm],
    ),
    (
        "The court heard that Mohammed Karimov had rented the garage for cash.",
        "The court heard that Muhammad Karimov had rented the garage for cash.",
        0,
        0,
        &[NameForm],
    ),
    (
        "Reporters asked whether President Aliyev would attend the summit in the mountain resort.",
        "Reporters asked whether Mr. Aliyev would attend the summit in the mountain resort.",
        0,
        0,
        &[NameForm],
    ),
    (
        "Reporters asked whether President Ilham Aliyev would attend the summit in the resort.",
        "Reporters asked whether Aliyev would attend the summit in the resort.",
        0,
        0,
        &[],
    ),
    (
        "Reporters asked whether Ilham Aliyev would attend the summit in the mountain resort.",
        "Reporters asked whether I. Aliyev would attend the summit in the mountain resort.",
        0,
        0,
        &[NameForm],
    ),
    (
        "The envoy said Armenia forces had left the ridge above the reservoir.",
        "The envoy said Armenian forces had left the ridge above the reservoir.",
        0,
        0,
        &[NameForm],
    ),
    (
        "Fishermen from the islands accuse the European Union of ignoring their quotas.",
        "Fishermen from the islands accuse the EU of ignoring their quotas.",
        0,
        0,
        &[Abbreviation],
    ),
    (
        "The shipment was stopped by the United States over missing export papers.",
        "The shipment was stopped by the U.S. over missing export papers.",
        0,
        0,
        &[Abbreviation],
    ),
    (
        "The observers were sent by the Organization for Security and Co-operation in Europe last winter.",
        "The observers were sent by the OSCE last winter.",
        0,
        0,
        &[Abbreviation],
    ),
    (
        "The bakery opened early. Yesterday Brennick bakers gave their bread away for nothing.",
        "The bakery opened early. Today Brennick bakers gave their bread away for nothing.",
        0,
        0,
        &[Other],
    ),
];

#[test]
fn the_same_name_in_another_form_is_no_change() {
    check(SAME_NAMES);
}

const OTHER_NAMES: &[Case] = &[
    (
        "Reporters asked whether Aliyev would attend the summit in the mountain resort.",
        "Reporters asked whether Pashinyan would attend the summit in the mountain resort.",
        0,
        1,
        &[Name],
    ),
    (
        "Reporters asked whether Ilham Aliyev would attend the summit in the mountain resort.",
        "Reporters asked whether Heydar Aliyev would attend the summit in the mountain resort.",
        0,
        1,
        &[Name],
    ),
    (
        "The stolen paintings were found in New York by a retired customs officer.",
        "The stolen paintings were found in Los Angeles by a retired customs officer.",
        0,
        1,
        &[Name],
    ),
    (
        "The envoy said talks between Iran and the agency would resume after harvest.",
        "The envoy said talks between Iraq and the agency would resume after harvest.",
        0,
        1,
        &[Name],
    ),
    (
        "The envoy said talks between Austria and the agency would resume after harvest.",
        "The envoy said talks between Australia and the agency would resume after harvest.",
        0,
        1,
        &[Name],
    ),
    (
        "The envoy said talks between Niger and the agency would resume after harvest.",
        "The envoy said talks between Nigeria and the agency would resume after harvest.",
        0,
        1,
        &[Name],
    ),
    (
        "The villages around Martin were evacuated when the reservoir overflowed.",
        "The villages around Morton were evacuated when the reservoir overflowed.",
        0,
        1,
        &[Name],
    ),
    (
        "In the evening reporters saw Aliyev leave. Aliyev refused to answer questions about the pipeline deal.",
        "In the evening reporters saw Aliyev leave. Pashinyan refused to answer questions about the pipeline deal, said Pashinyan himself.",
        0,
        1,
        &[Name],
    ),
    (
        "The shelling of Brennick killed 12 shepherds on the slope above the river.",
        "The shelling of Ludmark killed 14 shepherds on the slope above the river.",
        1,
        1,
        &[Name, Number],
    ),
    (
        "The convoy left Stepanakert at dawn and reached the mountain pass by evening.",
        "The convoy left Khankendi at dawn and reached the mountain pass by evening.",
        0,
        1,
        &[Name],
    ),
];

#[test]
fn another_name_is_a_change() {
    check(OTHER_NAMES);
}

const CAPITALS: &[Case] = &[
    (
        "The mayor closed the harbour. Fishermen protested in front of the town hall.",
        "The mayor closed the harbour. Sailors protested in front of the town hall.",
        0,
        0,
        &[Other],
    ),
    (
        "The mayor told reporters: \"Fishermen protested in front of the town hall.\"",
        "The mayor told reporters: \"Sailors protested in front of the town hall.\"",
        0,
        0,
        &[Other],
    ),
    (
        "Harbour Council Approves Tidal Barrier After Stormy Debate In Town",
        "Harbour Council Approves Tidal Barrier After Heated Debate In Town",
        0,
        0,
        &[Other],
    ),
    (
        "The harbour was closed, said the President of the fishing cooperative yesterday.",
        "The harbour was closed, said the Chairman of the fishing cooperative yesterday.",
        0,
        0,
        &[Other],
    ),
];

#[test]
fn capitals_alone_make_no_name() {
    check(CAPITALS);
}

const OTHER_WORDS: &[Case] = &[
    (
        "The ministry said that the limited operation on the ridge would continue.",
        "The ministry stated that the limited operation on the ridge would continue.",
        0,
        0,
        &[Synonym],
    ),
    (
        "Both sides observed the ceasefire along the river until the harvest was over.",
        "Both sides observed the cease-fire along the river until the harvest was over.",
        0,
        0,
        &[Joined],
    ),
    (
        "Children from the above-mentioned villages along the river were evacuated before the harvest.",
        "Children from the abovementioned villages along the river were evacuated before the harvest.",
        0,
        0,
        &[Joined],
    ),
    (
        "The shipyard plans to reorganise its welding halls beside the northern quay.",
        "The shipyard plans to reorganize its welding halls beside the northern quay.",
        0,
        0,
        &[Spelling],
    ),
    (
        "The fire destroyed the wooden theatre beside the northern quay at night.",
        "The fire destroyed the wooden theater beside the northern quay at night.",
        0,
        0,
        &[Spelling],
    ),
    (
        "Pupils cleaned the harbour basin with nets borrowed from the fishing cooperative.",
        "Pupils cleaned the harbor basin with nets borrowed from the fishing cooperative.",
        0,
        0,
        &[Spelling],
    ),
    (
        "The parties reached settlement terms after the retired judge had spoken to them.",
        "The parties reached settled terms after the retired judge had spoken to them.",
        0,
        0,
        &[Stem],
    ),
    (
        "The gunmen withdrew across the frozen river before the helicopters arrived.",
        "The gunmen withdraw across the frozen river before the helicopters arrived.",
        0,
        0,
        &[Stem],
    ),
    (
        "The committee rejected the budget for the museum of agricultural machinery.",
        "The committee adored the budget for the museum of agricultural machinery.",
        0,
        0,
        &[Other],
    ),
    (
        "The troops seized a depot with weapons near the frozen river at night.",
        "The troops captured a depot with arms near the frozen river at night.",
        0,
        0,
        &[Synonym, Synonym],
    ),
];

#[test]
fn other_words_are_told_apart() {
    check(OTHER_WORDS);
}

/// What `a` is labelled with when all of it was replaced by `b`.
fn replaced(a: &str, b: &str) -> Vec<Label> {
    let documents = tokens(&[a, b]);
    let all = |n: usize| -> TokenSpan { Span::new(0, documents[n].len() as u32) };
    let side = |text, n: usize| Side { text, tokens: &documents[n], span: all(n) };
    let step = [Step { operation: Operation::Replace, a: all(0), b: all(1) }];
    substitutions(&step, side(a, 0), side(b, 1)).iter().map(|found| found.label).collect()
}

#[test]
fn words_in_another_order_are_no_substitution() {
    assert_eq!(replaced("walls towers 12 gates", "gates 12 towers walls"), []);
}

#[test]
fn many_writings_are_one_value_and_others_are_not() {
    let same = [
        ("8-3/4", "8.75"),
        ("24 hours", "one day"),
        ("1,000,000", "a million"),
        ("1 000 000", "1m"),
        ("$1.5bn", "1.5 billion US dollars"),
        ("€20", "20 EUR"),
        ("7 p.m.", "19:00"),
        ("midnight", "0:00"),
        ("twelve o'clock", "noon"),
        ("12:30 a.m.", "00:30"),
        ("21st", "twenty-first"),
        ("March two", "2 March"),
        ("the 9th of May 1945", "09.05.1945"),
        ("drei Millionen", "3,000,000"),
        ("deux mille", "2000"),
        ("пять тысяч", "5000"),
        ("٢٠٠", "two hundred"),
        ("1.000", "1000"),
        ("one hundred and twenty thousand", "120,000"),
    ];
    for (a, b) in same {
        let told = replaced(a, b);
        assert!(
            told.iter().all(|label| matches!(label, NumberForm | DateForm)) && !told.is_empty(),
            "{a} {b} {told:?}"
        );
    }
    let others = [
        ("8-3/4", "8-1/4"),
        ("24 hours", "24 days"),
        ("$20", "€20"),
        ("7 p.m.", "7 a.m."),
        ("noon", "midnight"),
        ("0.5%", "5%"),
        ("9 May 1945", "9 May 1946"),
        ("March 2031", "April 2031"),
        ("20 km", "20 kg"),
        ("99999999999999999999999", "99999999999999999999998"),
    ];
    for (a, b) in others {
        let told = replaced(a, b);
        assert!(told.contains(&Number) || told.contains(&Date), "{a} {b} {told:?}");
    }
}

/// Words and punctuation marks of made-up sentences; numbers, names and months are frequent.
#[rustfmt::skip]
const WORDS: [&str; 62] = [
    "the", "viaduct", "lantern", "orchard", "said", "stated", "ceasefire", "cease-fire", "EU", "European",
    "Union", "Aliyev", "Aliev", "Ilham", "President", "Kyiv", "Kiev", "Zelensky", "13:00", "1", "p.m.",
    "noon", "March", "3", "3rd", "of", "Monday,", "2031", "2031-03-04", "3/4/2031", "10,000", "10.000",
    "ten", "thousand", "million", "and", "five", "$5", "dollars", "€5", "5%", "per", "cent", "US", "United",
    "States", "one", "hundred", "dozen", "1.5m", "1.5bn", "o'clock", "99999999999999999999", "0.0000001",
    "12.30", "12.30.45.6", ".", "\"", "停火", "second", "twenty-", "24:00",
];

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&WORDS[..])
}

fn sentence() -> impl Strategy<Value = String> {
    words(25)
}

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..most).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// From the other side the same substitutions are found, with their sides swapped; spans stay inside; the counts
    /// of a passage are those of its labels.
    #[test]
    fn sides_are_alike(a in sentence(), b in sentence()) {
        let (passages, straight) = labelled(&a, &b);
        let (_, turned) = labelled(&b, &a);
        let swap = |found: &Substitution| Substitution { a: found.b, b: found.a, label: found.label };
        let mut back: Vec<Substitution> = turned.iter().map(swap).collect();
        back.sort_unstable();
        let mut sorted = straight.clone();
        sorted.sort_unstable();
        prop_assert_eq!(&sorted, &back);
        for found in &straight {
            let inside = passages.iter().any(|passage| passage.a.contains(found.a) && passage.b.contains(found.b));
            prop_assert!(inside && !found.a.is_empty() && !found.b.is_empty(), "{:?}", found);
        }
        let told = |labels: &[Label]| straight.iter().filter(|found| labels.contains(&found.label)).count() as u32;
        let numbers: u32 = passages.iter().map(|passage| passage.edits.numbers_changed).sum();
        let names: u32 = passages.iter().map(|passage| passage.edits.names_changed).sum();
        prop_assert_eq!((numbers, names), (told(&[Number, Date]), told(&[Name])));
    }

    /// So it is where a long text was replaced by one of any length.
    #[test]
    fn one_replacement_is_alike_from_either_side(a in words(120), b in words(60)) {
        let documents = tokens(&[&a, &b]);
        let all = |n: usize| -> TokenSpan { Span::new(0, documents[n].len() as u32) };
        prop_assume!(!all(0).is_empty() && !all(1).is_empty());
        let side = |text, n: usize| Side { text, tokens: &documents[n], span: all(n) };
        let step = |a: usize, b: usize| [Step { operation: Operation::Replace, a: all(a), b: all(b) }];
        let straight = substitutions(&step(0, 1), side(&a, 0), side(&b, 1));
        let of_fact = straight.iter().filter(|found| [Number, Date, Name].contains(&found.label)).copied();
        prop_assert_eq!(facts(&step(0, 1), side(&a, 0), side(&b, 1)), of_fact.collect::<Vec<_>>());
        let mut turned: Vec<Substitution> = substitutions(&step(1, 0), side(&b, 1), side(&a, 0))
            .iter()
            .map(|found| Substitution { a: found.b, b: found.a, label: found.label })
            .collect();
        turned.sort_unstable();
        prop_assert_eq!(straight, turned);
    }
}
