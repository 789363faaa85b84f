//! The result in one sentence.

use std::collections::BTreeSet;

use crate::model::{DocId, DocumentPair, Findings, Order};
use crate::report::overview::left_out;
use crate::report::overview::wording::{amount, percent, plural};
use crate::report::time;

/// What a corpus shares: "12 articles from 5 outlets: 9 of them share wording in 14 pairs; the most shared passage
/// ran in 5 outlets."
pub(crate) fn sentence(findings: &dyn Findings) -> String {
    let analysis = findings.facts();
    let n_documents = analysis.documents.len();
    let outlets: BTreeSet<&str> =
        analysis.documents.iter().filter_map(|document| document.source.as_deref()).collect();
    let mut said = plural(n_documents, "article", "articles");
    if !outlets.is_empty() {
        let nameless = analysis.documents.iter().filter(|document| document.source.is_none()).count();
        said += &format!(" from {}", plural(outlets.len(), "outlet", "outlets"));
        if nameless > 0 {
            said += &format!(" ({} without a known one)", amount(nameless as u64));
        }
    }
    match n_documents {
        0 => return "No articles to compare.".to_owned(),
        1 => return format!("{said}: nothing to compare it with."),
        _ => {}
    }
    let mut n_counting = 0;
    let mut sharing: BTreeSet<DocId> = BTreeSet::new();
    for pair in findings.pairs().filter(|pair| pair.matched_words > 0) {
        n_counting += 1;
        sharing.extend([pair.a, pair.b]);
    }
    let left_out = findings.n_pairs() - n_counting;
    if n_counting == 0 {
        said += match left_out {
            0 => ": no two of them share wording",
            _ => ": no two of them share wording that counts",
        };
    } else {
        let who = match sharing.len() == n_documents {
            true if n_documents == 2 => "both".to_owned(),
            true => "all of them".to_owned(),
            false => format!("{} of them", amount(sharing.len() as u64)),
        };
        said += &format!(": {who} share wording in {}", plural(n_counting, "pair", "pairs"));
        said += &widest(findings);
    }
    if left_out > 0 {
        said += &format!(
            "; {} only wording that is left out of the totals",
            match left_out {
                1 => "1 pair shares".to_owned(),
                _ => format!("{} pairs share", amount(left_out as u64)),
            }
        );
    }
    said + "."
}

/// How far the most shared passage went; empty when no passage went beyond a pair's two documents.
fn widest(findings: &dyn Findings) -> String {
    let first =
        findings.facts().clusters.iter().zip(left_out(findings)).find(|(_, is_left_out)| !is_left_out);
    let Some((cluster, _)) = first else { return String::new() };
    match (cluster.n_sources, cluster.n_docs) {
        (2.., _) => format!(
            "; the most shared passage ran in {}",
            plural(cluster.n_sources as usize, "outlet", "outlets")
        ),
        (_, 2..) => {
            format!(
                "; the most shared passage stands in {}",
                plural(cluster.n_docs as usize, "article", "articles")
            )
        }
        _ => String::new(),
    }
}

/// What two documents share: "310 words match, in 3 passages that cover 45% of a and 60% of b; a appeared first, by
/// 2 h 5 min."
pub(crate) fn pair_sentence(pair: Option<&DocumentPair>) -> String {
    let Some(pair) = pair else { return "The two articles share no wording.".to_owned() };
    let mut said = format!(
        "{}, in {} {} of a and {} of b",
        match pair.matched_words {
            1 => "1 word matches".to_owned(),
            n => format!("{} words match", amount(u64::from(n))),
        },
        plural(pair.passages.len(), "passage", "passages"),
        match pair.passages.len() {
            1 => format!("that covers {}", percent(pair.a_coverage)),
            _ => format!("that cover {}", percent(pair.a_coverage)),
        },
        percent(pair.b_coverage),
    );
    if pair.excluded_words > 0 {
        said += &format!(
            " ({} more left out of the totals)",
            plural(pair.excluded_words as usize, "word", "words")
        );
    }
    let by = |lag: Option<i64>| match lag {
        None | Some(0) => String::new(),
        Some(seconds) => format!(", by {}", time::duration(seconds)),
    };
    match pair.order {
        Order::AFirst => said += &format!("; a appeared first{}", by(pair.lag_seconds)),
        Order::BFirst => said += &format!("; b appeared first{}", by(pair.lag_seconds)),
        Order::Same => said += "; both appeared at the same time, as exactly as the dates say",
        Order::Unknown => said += "; which appeared first is undetermined",
    }
    said + "."
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Analysis, Cluster, DocId, Document, StableId};
    use crate::report::tests::fixture::{pair_of, witness_of};

    fn corpus(
        sources: &[Option<&str>],
        pairs: &[(usize, usize, u32)],
        carried: Option<(u32, u32)>,
    ) -> Analysis {
        let document =
            |source: &Option<&str>| Document { source: source.map(str::to_owned), ..Document::default() };
        let cluster = |(n_docs, n_sources)| Cluster {
            id: StableId(1),
            witnesses: vec![witness_of(DocId::new(0))],
            representative: 0,
            n_docs,
            n_sources,
            n_origins: 0,
            first_doc: None,
            first_published: None,
            span_seconds: None,
            words_median: 1.0,
        };
        let pair =
            |&(a, b, words)| DocumentPair { matched_words: words, ..pair_of(DocId::new(a), DocId::new(b)) };
        Analysis {
            documents: sources.iter().map(document).collect(),
            pairs: pairs.iter().map(pair).collect(),
            clusters: carried.map(cluster).into_iter().collect(),
            ..Analysis::default()
        }
    }

    #[test]
    fn the_grammar_is_right_for_none_one_and_many() {
        let (x, y) = (Some("X"), Some("Y"));
        let cases = [
            (corpus(&[], &[], None), "No articles to compare."),
            (corpus(&[x], &[], None), "1 article from 1 outlet: nothing to compare it with."),
            (corpus(&[None; 3], &[], None), "3 articles: no two of them share wording."),
            (
                corpus(&[None; 3], &[(0, 1, 0)], None),
                "3 articles: no two of them share wording that counts; \
                 1 pair shares only wording that is left out of the totals.",
            ),
            (
                corpus(&[x, y], &[(0, 1, 9)], Some((2, 2))),
                "2 articles from 2 outlets: both share wording in 1 pair; the most shared passage ran in 2 outlets.",
            ),
            (
                corpus(&[x, x, x], &[(0, 1, 9), (1, 2, 9)], Some((3, 1))),
                "3 articles from 1 outlet: all of them share wording in 2 pairs; \
                 the most shared passage stands in 3 articles.",
            ),
            (
                corpus(&[x, y, None, None], &[(0, 1, 9), (0, 2, 0), (1, 2, 0)], None),
                "4 articles from 2 outlets (2 without a known one): 2 of them share wording in 1 pair; \
                 2 pairs share only wording that is left out of the totals.",
            ),
        ];
        for (analysis, expected) in cases {
            assert_eq!(sentence(&analysis), expected);
        }
    }

    #[test]
    fn two_articles_are_told_in_both_directions() {
        let pair = DocumentPair {
            matched_words: 1,
            passages: 0..1,
            a_coverage: 0.5,
            b_coverage: 0.25,
            order: Order::BFirst,
            lag_seconds: Some(-7_500),
            ..pair_of(DocId::new(0), DocId::new(1))
        };
        let said =
            "1 word matches, in 1 passage that covers 50% of a and 25% of b; b appeared first, by 2 h 5 min.";
        assert_eq!(pair_sentence(Some(&pair)), said);
        assert_eq!(pair_sentence(None), "The two articles share no wording.");
    }
}
