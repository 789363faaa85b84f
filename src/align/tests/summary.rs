//! Stretches that sum up the other text.

use super::*;

/// A text of 60 passages of ten words, and one that takes the first `taken` words of every `step`-th passage, with
/// `between` words of its own after each.
fn source_and_summary(taken: usize, step: usize, between: usize) -> [String; 2] {
    let words = salad(&mut Dice::new(1), 600);
    let own = salad(&mut Dice::new(2), 600);
    let mut summary = salad(&mut Dice::new(3), 80);
    for (n, passage) in words.chunks(10).step_by(step).enumerate() {
        summary.extend_from_slice(&passage[..taken]);
        summary.extend_from_slice(&own[n * between..(n + 1) * between]);
    }
    summary.extend(salad(&mut Dice::new(4), 80));
    [words.join(" "), summary.join(" ")]
}

#[test]
fn a_stretch_with_words_from_all_over_the_other_text_is_its_summary() {
    // Words taken from a place, places passed over, own words between: found as one passage, or as what else.
    for (taken, step, between, is_summary) in [
        (3, 4, 1, true),
        (4, 4, 2, true),
        (2, 2, 0, true),
        (3, 4, 9, false),  // Mostly words of its own.
        (10, 1, 0, false), // The whole text.
    ] {
        let texts = source_and_summary(taken, step, between);
        let [found, turned] = both_ways(&texts, AlignParams::default());
        assert_eq!(found, by_place(turned.iter().map(Alignment::swapped).collect()));
        let summaries: Vec<_> = found.iter().filter(|found| found.a.len() > 2 * found.b.len()).collect();
        assert_eq!(summaries.len(), usize::from(is_summary), "{taken} {step} {between}: {found:?}");
        for summary in summaries {
            let n_words = (60 / step * (taken + between)) as u32;
            assert!(summary.b.start().abs_diff(80) <= 2, "{summary:?}");
            assert!(summary.b.end().abs_diff(80 + n_words) <= 2 + between as u32, "{summary:?}");
            assert!(summary.a.len() >= 500 && summary.kind == Kind::Reworded, "{summary:?}");
            assert_eq!(found.len(), 1, "pieces of the summary are part of it: {found:?}");
        }
    }
}

#[test]
fn no_summaries_where_none_are_asked_for() {
    let texts = source_and_summary(3, 4, 1);
    let params = AlignParams { min_summary: 1.0, ..AlignParams::default() };
    let [found, _] = both_ways(&texts, params);
    assert!(found.iter().all(|found| found.a.len() < 2 * found.b.len()), "{found:?}");
}

/// Passages that stand for themselves are no summary, even side by side in one text and far apart in the other.
#[test]
fn moved_passages_are_not_summed_up() {
    let words = salad(&mut Dice::new(1), 900);
    let own = salad(&mut Dice::new(2), 100);
    let parts = [&own[..50], &words[20..70], &words[820..870], &own[50..]];
    let texts = [words.join(" "), parts.concat().join(" ")];
    let [found, _] = both_ways(&texts, AlignParams::default());
    let spans: Vec<_> = found.iter().map(|found| (found.a.start(), found.a.end())).collect();
    assert_eq!(spans, [(20, 70), (820, 870)]);
}
