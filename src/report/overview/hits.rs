//! What a search has to say: who carries words of one text, and how much of it.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::model::{DocId, DocumentPair, Findings};
use crate::report::overview::grid::{Column, Grid, number, text};
use crate::report::overview::tables::{PairLayout, titled};
use crate::report::overview::wording::{amount, article, dated, outlet, percent};
use crate::report::{sanitize, time};

/// Share of the text above which an article is said to carry more than half of it.
const HALF: f64 = 0.5;

const WIDE: [Column; 9] = [
    number("#"),
    text("article"),
    text("outlet"),
    text("date"),
    number("% of\ntext"),
    number("% of\narticle"),
    number("words"),
    number("longest\nrun"),
    text("lag"),
];

const STACKED: [Column; 7] = [
    number("#"),
    text("article"),
    number("% of\ntext"),
    number("% of\narticle"),
    number("words"),
    number("longest\nrun"),
    text("lag"),
];

/// The articles that carry words of one text, those that carry most of it first.
#[derive(Clone, Debug)]
pub(crate) struct Hits {
    /// The text.
    pub(crate) of: DocId,
    /// Its carriers: by share of the text, matched words, date (undated ones last) and name.
    pub(crate) ranked: Vec<Hit>,
    /// Articles it was looked for in.
    n_articles: usize,
    /// Articles that share only wording that does not count.
    n_left_out: usize,
}

/// One article that carries words of the text.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    /// Side a is the text, side b the article.
    pub(crate) pair: DocumentPair,
    /// Longest run of words in a row that stand in both just so.
    longest_run: u32,
}

impl Hits {
    /// The carriers of the document `of`, which is side a of its pairs, among so many articles.
    pub(crate) fn of(findings: &dyn Findings, of: DocId, n_articles: usize) -> Hits {
        let documents = &findings.facts().documents;
        let (mut ranked, mut n_left_out) = (Vec::new(), 0);
        for pair in findings.pairs().filter(|pair| pair.a == of).map(Cow::into_owned) {
            match pair.matched_words {
                0 => n_left_out += 1,
                _ => ranked.push(Hit { pair, longest_run: 0 }),
            }
        }
        // By document, until it is known which run is the longest.
        ranked.sort_unstable_by_key(|hit| hit.pair.b);
        for passage in findings.passages().filter(|passage| passage.a_doc == of && passage.excluded.is_none())
        {
            if let Ok(place) = ranked.binary_search_by_key(&passage.b_doc, |hit| hit.pair.b) {
                let longest = &mut ranked[place].longest_run;
                *longest = passage.longest_run.max(*longest);
            }
        }
        ranked.sort_by(|one, two| {
            let date = |hit: &Hit| {
                let published = documents[hit.pair.b.index()].published;
                (published.is_none(), published)
            };
            rank(&one.pair, &two.pair)
                .then_with(|| date(one).cmp(&date(two)))
                .then(one.pair.b.cmp(&two.pair.b))
        });
        Hits { of, ranked, n_articles, n_left_out }
    }

    /// The text and the first `top` of its carriers.
    pub(crate) fn shown(&self, top: usize) -> Vec<DocId> {
        let carriers = self.ranked.iter().take(top).map(|hit| hit.pair.b);
        std::iter::once(self.of).chain(carriers).collect()
    }

    /// "31 articles of 58,310 carry words of this text; 12 carry more than half of it."
    pub(crate) fn sentence(&self) -> String {
        let all = amount(self.n_articles as u64);
        let mut said = match (self.ranked.len(), self.n_articles) {
            (_, 0) => return "There is no article to look for this text in.".to_owned(),
            (0, 1) => "The one article carries no words of this text".to_owned(),
            (0, _) => format!("None of {all} articles carries words of this text"),
            (1, 1) => "The one article carries words of this text".to_owned(),
            (1, _) => format!("1 article of {all} carries words of this text"),
            (n, _) => format!("{} articles of {all} carry words of this text", amount(n as u64)),
        };
        let n_half = self.ranked.iter().filter(|hit| hit.pair.a_coverage > HALF).count();
        said += &match (self.ranked.len(), n_half) {
            (0, _) => String::new(),
            (1, 1) => "; it carries more than half of it".to_owned(),
            (1, _) => "; it carries at most half of it".to_owned(),
            (_, 0) => "; none carries more than half of it".to_owned(),
            (_, 1) => "; 1 carries more than half of it".to_owned(),
            (_, n) => format!("; {} carry more than half of it", amount(n as u64)),
        };
        if self.n_left_out > 0 {
            let who = match self.n_left_out {
                1 => "1 article shares".to_owned(),
                n => format!("{} articles share", amount(n as u64)),
            };
            said += &format!("; {who} only wording that is left out of the totals");
        }
        said + "."
    }

    /// The first `top` of them as a table; none where there are none.
    pub(crate) fn table(&self, findings: &dyn Findings, top: usize, layout: PairLayout) -> Option<Grid> {
        let shown = self.ranked.iter().take(top);
        let rows: Vec<Vec<String>> =
            shown.zip(1..).map(|(hit, rank)| cells(findings, hit, rank, layout)).collect();
        if rows.is_empty() {
            return None;
        }
        let columns = match layout {
            PairLayout::Wide => WIDE.as_slice(),
            PairLayout::Stacked => STACKED.as_slice(),
        };
        let title = titled("Articles that carry this text", rows.len(), self.ranked.len());
        let grid = Grid::new(title, columns, rows, "");
        let mut note =
            "By the share of the text that lies in shared passages; words: those that match; longest run: in a row \
             and just so."
                .to_owned();
        if grid.has("lag") {
            note += " Lag: how much later (+) or earlier (−) the article appeared than the text; none where the \
                     dates do not tell.";
        }
        Some(Grid { note, ..grid })
    }
}

/// The pair with the larger share of the text first, then the one with more words.
fn rank(one: &DocumentPair, two: &DocumentPair) -> Ordering {
    two.a_coverage.total_cmp(&one.a_coverage).then(two.matched_words.cmp(&one.matched_words))
}

fn cells(findings: &dyn Findings, hit: &Hit, rank: u64, layout: PairLayout) -> Vec<String> {
    let (analysis, pair) = (findings.facts(), &hit.pair);
    let doc = pair.b;
    // A title names an article for a reader, its name for the next command.
    let title = analysis.documents[doc.index()].title.as_deref().map(sanitize::line).unwrap_or_default();
    let named = [title.trim().to_owned(), article(analysis, doc)];
    let about = [outlet(analysis, doc), dated(analysis, doc)];
    let joined = |parts: &mut dyn Iterator<Item = String>| {
        parts.filter(|part| !part.is_empty()).collect::<Vec<String>>().join("\n")
    };
    let mut cells = vec![amount(rank)];
    match layout {
        PairLayout::Wide => {
            cells.push(joined(&mut named.into_iter()));
            cells.extend(about);
        }
        PairLayout::Stacked => cells.push(joined(&mut named.into_iter().chain(about))),
    }
    cells.extend([
        percent(pair.a_coverage),
        percent(pair.b_coverage),
        amount(u64::from(pair.matched_words)),
        amount(u64::from(hit.longest_run)),
        pair.lag_seconds.map(time::lag).unwrap_or_default(),
    ]);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Analysis, Document, Precision, Published};
    use crate::report::tests::fixture::pair_of;

    /// Share of the text, words and day of an article; a day of zero is unknown.
    type Article = (f64, u32, i64);

    /// A text and articles that share so much with it.
    fn found(articles: &[Article]) -> Analysis {
        let published = |day: i64| {
            (day > 0).then_some(Published {
                seconds: day * 86_400,
                precision: Precision::Day,
                zone_known: false,
            })
        };
        let mut analysis = Analysis::default();
        analysis.documents.push(Document { name: "-".to_owned(), ..Document::default() });
        for (index, &(a_coverage, matched_words, day)) in articles.iter().enumerate() {
            let name = format!("article {}", index + 1);
            analysis.documents.push(Document { name, published: published(day), ..Document::default() });
            let pair = pair_of(DocId::new(0), DocId::new(index + 1));
            analysis.pairs.push(DocumentPair { a_coverage, matched_words, ..pair });
        }
        analysis
    }

    #[test]
    fn the_grammar_is_right_for_none_one_and_many() {
        let cases: [(&[Article], &str); 9] = [
            (&[], "There is no article to look for this text in."),
            (&[(0.2, 9, 0)], "The one article carries words of this text; it carries at most half of it."),
            (
                &[(0.0, 0, 0)],
                "The one article carries no words of this text; 1 article shares only wording that is left out of \
                 the totals.",
            ),
            (
                &[(0.0, 0, 0), (0.0, 0, 0)],
                "None of 2 articles carries words of this text; 2 articles share only wording that is left out of \
                 the totals.",
            ),
            (
                &[(0.6, 9, 0), (0.0, 0, 0)],
                "1 article of 2 carries words of this text; it carries more than half of it; 1 article shares only \
                 wording that is left out of the totals.",
            ),
            (
                &[(0.5, 9, 0), (0.1, 9, 0)],
                "2 articles of 2 carry words of this text; none carries more than half of it.",
            ),
            (
                &[(0.51, 9, 0), (0.1, 9, 0)],
                "2 articles of 2 carry words of this text; 1 carries more than half of it.",
            ),
            (
                &[(0.9, 9, 0), (0.8, 9, 0), (0.1, 9, 0)],
                "3 articles of 3 carry words of this text; 2 carry more than half of it.",
            ),
            (
                &[(0.9, 9, 0); 2_000],
                "2,000 articles of 2,000 carry words of this text; 2,000 carry more than half of it.",
            ),
        ];
        for (articles, expected) in cases {
            assert_eq!(Hits::of(&found(articles), DocId::new(0), articles.len()).sentence(), expected);
        }
    }

    #[test]
    fn the_order_is_by_share_words_date_and_name() {
        let analysis = found(&[
            (0.2, 50, 1),
            (0.9, 10, 0),
            (0.9, 10, 9),
            (0.9, 10, 3),
            (0.9, 10, 3),
            (0.9, 11, 9),
            (0.0, 0, 1),
        ]);
        let hits = Hits::of(&analysis, DocId::new(0), 7);
        let order: Vec<usize> = hits.ranked.iter().map(|hit| hit.pair.b.index()).collect();
        assert_eq!(order, [6, 4, 5, 3, 2, 1]);
        assert_eq!(hits.table(&analysis, 2, PairLayout::Wide).unwrap().rows.len(), 2);
        assert_eq!(Hits::of(&analysis, DocId::new(1), 7).table(&analysis, 2, PairLayout::Wide), None);
    }
}
