use proptest::prelude::*;

use super::*;
use crate::fixture::{Dice, edited, salad, tokens};
use crate::model::{Silent, Tokens};

fn member(document: u32, start: u32, end: u32) -> Member {
    Member { document, span: Span::new(start, end) }
}

fn link(a: Member, b: Member) -> Link {
    Link { a, b, bits: f64::from(a.span.len().min(b.span.len())) * 10.0 }
}

/// Documents that are `statements` in a row, each given by its seed and 40 words long.
fn documents(statements: &[&[u64]]) -> Vec<Tokens> {
    let text = |seeds: &&[u64]| {
        seeds.iter().flat_map(|&seed| salad(&mut Dice::new(seed), 40)).collect::<Vec<_>>().join(" ")
    };
    tokens(&statements.iter().map(text).collect::<Vec<_>>())
}

/// Asserts the members of each group as (document, start).
#[track_caller]
fn check(case: &str, links: &[Link], documents: &[Tokens], expected: &[&[(u32, u32)]]) {
    let grouping = group(links, documents, ClusterParams::default(), &Silent);
    let found: Vec<Vec<(u32, u32)>> = grouping
        .groups
        .iter()
        .map(|group| group.members.iter().map(|m| (m.document, m.span.start())).collect())
        .collect();
    assert_eq!(found, expected, "{case}");
    check_partition(links, &grouping);
}

/// Every link has one group, which has a member at each of its two places.
#[track_caller]
fn check_partition(links: &[Link], grouping: &Grouping) {
    assert_eq!(grouping.of_link.len(), links.len());
    for (link, &of) in links.iter().zip(&grouping.of_link) {
        for side in [link.a, link.b] {
            let is_near = |m: &Member| m.document == side.document && m.span.overlap(side.span) > 0;
            assert!(grouping.groups[of].members.iter().any(is_near), "{side:?} in {:?}", grouping.groups[of]);
        }
    }
    for group in &grouping.groups {
        assert!(group.representative < group.members.len());
        assert!(group.members.is_sorted_by(|x, y| x < y), "{:?}", group.members);
    }
}

#[test]
fn groups_are_the_versions_of_one_statement() {
    let (one, two, three) = ([1_u64], [1_u64, 2], [2_u64]);
    let texts = documents(&[&one, &two, &three, &one]);
    let ab = link(member(0, 0, 40), member(1, 0, 40));
    let bc = link(member(1, 40, 80), member(2, 0, 40));
    let ad = link(member(0, 0, 40), member(3, 0, 40));
    let bd = link(member(1, 0, 40), member(3, 0, 40));
    check("nothing", &[], &texts, &[]);
    check("a pair", &[ab], &texts, &[&[(0, 0), (1, 0)]]);
    check("two statements meet in one document", &[ab, bc], &texts, &[&[(0, 0), (1, 0)], &[(1, 40), (2, 0)]]);
    check("three carriers through one", &[ab, ad], &texts, &[&[(0, 0), (1, 0), (3, 0)]]);
    check("a triangle", &[ab, ad, bd], &texts, &[&[(0, 0), (1, 0), (3, 0)]]);
    // The pair of neighbouring places is found from either end.
    check("any order", &[bd, bc, ab, ad], &texts, &[&[(0, 0), (1, 0), (3, 0)], &[(1, 40), (2, 0)]]);
}

#[test]
fn spans_that_overlap_are_one_witness_and_slightly_shifted_ends_one_place() {
    let texts = documents(&[&[1], &[1], &[1]]);
    let links = [link(member(0, 0, 40), member(1, 0, 38)), link(member(1, 3, 40), member(2, 2, 39))];
    check("shifted", &links, &texts, &[&[(0, 0), (1, 0), (2, 2)]]);
    let grouping = group(&links, &texts, ClusterParams::default(), &Silent);
    assert!(
        grouping.groups[0].members[1].span.contains(Span::new(3, 38)),
        "what both have in common at least"
    );
}

#[test]
fn a_repeated_statement_has_two_witnesses_in_one_document() {
    let texts = documents(&[&[1], &[1, 2, 1]]);
    let links = [link(member(0, 0, 40), member(1, 0, 40)), link(member(0, 0, 40), member(1, 80, 120))];
    check("twice", &links, &texts, &[&[(0, 0), (1, 0), (1, 80)]]);
}

#[test]
fn a_short_quotation_from_a_long_reprint_is_a_statement_of_its_own() {
    let article = [1, 2, 3, 4, 5, 6];
    let texts = documents(&[&article, &article, &[3], &[3]]);
    let reprint = link(member(0, 0, 240), member(1, 0, 240));
    let quotations = [
        link(member(0, 80, 120), member(2, 0, 40)),
        link(member(1, 80, 120), member(2, 0, 40)),
        link(member(2, 0, 40), member(3, 0, 40)),
    ];
    let mut links = quotations.to_vec();
    links.push(reprint);
    let expected: [&[(u32, u32)]; 2] = [&[(0, 0), (1, 0)], &[(0, 80), (1, 80), (2, 0), (3, 0)]];
    check("reprint and quotation", &links, &texts, &expected);
}

#[test]
fn a_link_between_two_statements_that_are_not_versions_fuses_nothing() {
    // The places of the link are near members of two groups whose wordings have nothing in common.
    let texts = documents(&[&[1], &[1], &[2], &[2]]);
    let links = [
        link(member(0, 0, 40), member(1, 0, 40)),
        link(member(2, 0, 40), member(3, 0, 40)),
        Link { bits: 5.0, ..link(member(1, 0, 40), member(2, 0, 40)) },
    ];
    let grouping = group(&links, &texts, ClusterParams::default(), &Silent);
    check_partition(&links, &grouping);
    assert_ne!(grouping.of_link[0], grouping.of_link[1]);
    assert!(!grouping.of_link[..2].contains(&grouping.of_link[2]), "it founds a group of its own");
}

#[test]
fn a_chain_of_drifting_versions_breaks_where_it_left_the_representative() {
    let mut words = salad(&mut Dice::new(1), 80);
    let versions: Vec<String> = (0..30)
        .map(|seed| {
            let version = words.join(" ");
            words = edited(&words, 10, &mut Dice::new(50 + seed));
            version
        })
        .collect();
    let texts = tokens(&versions);
    let whole = |document: u32| member(document, 0, texts[document as usize].len() as u32);
    let links: Vec<Link> = (1..30).map(|next| link(whole(next - 1), whole(next))).collect();
    let grouping = group(&links, &texts, ClusterParams::default(), &Silent);
    check_partition(&links, &grouping);
    assert!(grouping.groups.len() > 1, "the ends are not versions of each other");
    for group in &grouping.groups {
        let representative = group.members[group.representative];
        for &version in &group.members {
            let cohesion = cohesion(&texts, representative, version);
            assert!(cohesion >= 0.4, "{cohesion} between {representative:?} and {version:?}");
        }
    }
}

#[test]
fn a_statement_with_many_carriers_is_one_group_in_linear_work() {
    let n = 5_000;
    let texts = documents(&vec![&[1_u64][..]; n as usize]);
    let star: Vec<Link> = (1..n).map(|other| link(member(0, 0, 40), member(other, 0, 40))).collect();
    let chain: Vec<Link> = (1..n).map(|next| link(member(next - 1, 0, 40), member(next, 0, 40))).collect();
    for links in [star, chain] {
        let grouping = group(&links, &texts, ClusterParams::default(), &Silent);
        assert_eq!(grouping.groups.len(), 1);
        assert_eq!(grouping.groups[0].members.len(), n as usize);
    }
}

/// Links between places of a few documents that carry the same two statements, ends a little off.
fn links() -> impl Strategy<Value = Vec<Link>> {
    let place = (0_u32..6, 0_u32..2, 0_u32..6, 0_u32..6).prop_map(|(document, statement, head, tail)| {
        member(document, statement * 40 + head, statement * 40 + 40 - tail)
    });
    let link = (place.clone(), place, 0_u32..100).prop_filter_map("two documents", |(x, y, bits)| {
        (x.document != y.document).then(|| Link { a: x.min(y), b: x.max(y), bits: f64::from(bits) })
    });
    prop::collection::vec(link, 0..30)
}

proptest! {
    /// The groups partition the links, and the order in which links come does not matter.
    #[test]
    fn links_are_partitioned_whatever_their_order(links in links(), turn in 0_usize..30) {
        let texts = documents(&[&[1, 2][..]; 6]);
        let mut links = links;
        links.sort_by_key(|link| (link.a, link.b));
        links.dedup_by(|x, y| (x.a, x.b) == (y.a, y.b));
        let grouping = group(&links, &texts, ClusterParams::default(), &Silent);
        check_partition(&links, &grouping);
        let turn = turn.min(links.len());
        links.rotate_left(turn);
        links.reverse();
        let mut other = group(&links, &texts, ClusterParams::default(), &Silent);
        prop_assert_eq!(&grouping.groups, &other.groups);
        other.of_link.reverse();
        other.of_link.rotate_right(turn);
        prop_assert_eq!(grouping.of_link, other.of_link);
    }

    /// How alike two members are does not depend on which is asked first, and lies between nothing and everything.
    #[test]
    fn likeness_and_cohesion_are_symmetric_shares(seeds in prop::array::uniform2(0_u64..3), percent in 0_usize..100) {
        let words = salad(&mut Dice::new(seeds[0]), 30);
        let texts = tokens(&[words.join(" "), edited(&words, percent, &mut Dice::new(seeds[1])).join(" ")]);
        prop_assume!(!texts[1].is_empty());
        let [x, y] = [0_u32, 1].map(|d| member(d, 0, texts[d as usize].len() as u32));
        for measure in [cohesion, likeness] {
            let value = measure(&texts, x, y);
            prop_assert_eq!(value, measure(&texts, y, x));
            prop_assert!((0.0..=1.0).contains(&value));
            prop_assert_eq!(measure(&texts, x, x), 1.0);
        }
    }
}
