//! The tables of the first screen.

use crate::model::{
    Analysis, ByteSpan, Cluster, DocId, DocumentPair, Edge, Findings, Recurring, SettingValue, Witness,
};
use crate::report::overview::grid::{Column, Grid, number, text};
use crate::report::overview::wording::{amount, article, dated, outlet, percent};
use crate::report::overview::{cores, left_out, nested};
use crate::report::{sanitize, time};

/// Code points of a passage's beginning that a table shows: about two lines of a wide terminal.
const EXCERPT_CHARS: usize = 160;

/// How the two documents of a pair stand in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PairLayout {
    /// Name, outlet and date in columns of their own.
    Wide,
    /// Outlet and date under the name.
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "only a terminal can be too narrow"))]
    Stacked,
}

const WIDE: [Column; 12] = [
    number("#"),
    text("article"),
    text("outlet"),
    text("date"),
    text("shares with"),
    text("outlet"),
    text("date"),
    number("% of\narticle"),
    number("% of\nother"),
    number("words"),
    number("longest"),
    text("lag"),
];

const STACKED: [Column; 8] = [
    number("#"),
    text("article"),
    text("shares with"),
    number("% of\narticle"),
    number("% of\nother"),
    number("words"),
    number("longest"),
    text("lag"),
];

/// The `top` most similar pairs, by the larger share, then the other, then matched words, then the order of the result.
pub(crate) fn pairs(findings: &dyn Findings, top: usize, layout: PairLayout) -> Option<Grid> {
    let (best, n_counting) = best_pairs(findings, top);
    let rows: Vec<Vec<String>> =
        best.iter().zip(1..).map(|(pair, rank)| pair_cells(findings.facts(), pair, rank, layout)).collect();
    let columns = match layout {
        PairLayout::Wide => [WIDE.as_slice(), &[text("tags")]].concat(),
        PairLayout::Stacked => [STACKED.as_slice(), &[text("tags")]].concat(),
    };
    let title = titled("Most similar pairs", rows.len(), n_counting);
    let grid = Grid::new(title, &columns, rows, "");
    let mut note = "By the larger share that lies in shared passages; words: those that match.".to_owned();
    if grid.has("lag") {
        note += " Lag: how much later (+) or earlier (−) the other appeared than the article; none where the dates do \
                 not tell.";
    }
    (!grid.rows.is_empty()).then_some(Grid { note, ..grid })
}

/// The `top` most similar pairs, and the number of those in which something counts. Of all pairs only what ranks them is
/// kept: there may be more than memory holds.
fn best_pairs(findings: &dyn Findings, top: usize) -> (Vec<DocumentPair>, usize) {
    // Pairs in which nothing counts are told of in the sentence and the remarks.
    let mut ranked: Vec<(f64, f64, u32, usize)> = findings
        .pairs()
        .enumerate()
        .filter(|(_, pair)| pair.matched_words > 0)
        .map(|(index, pair)| {
            let (a, b) = (pair.a_coverage, pair.b_coverage);
            (a.max(b), a.min(b), pair.matched_words, index)
        })
        .collect();
    ranked.sort_by(|one, two| {
        let shares = two.0.total_cmp(&one.0).then(two.1.total_cmp(&one.1));
        shares.then(two.2.cmp(&one.2)).then(one.3.cmp(&two.3))
    });
    let n_counting = ranked.len();
    ranked.truncate(top);
    let mut places: Vec<(usize, usize)> =
        ranked.iter().enumerate().map(|(rank, &(_, _, _, index))| (index, rank)).collect();
    places.sort_unstable();
    let mut wanted = places.into_iter().peekable();
    let mut best: Vec<(usize, DocumentPair)> = findings
        .pairs()
        .enumerate()
        .filter_map(|(index, pair)| {
            wanted.next_if(|(place, _)| *place == index).map(|(_, rank)| (rank, pair.into_owned()))
        })
        .collect();
    best.sort_unstable_by_key(|(rank, _)| *rank);
    (best.into_iter().map(|(_, pair)| pair).collect(), n_counting)
}

fn pair_cells(analysis: &Analysis, pair: &DocumentPair, rank: u64, layout: PairLayout) -> Vec<String> {
    let side = |doc: DocId| {
        let (name, outlet, date) = (article(analysis, doc), outlet(analysis, doc), dated(analysis, doc));
        match layout {
            PairLayout::Wide => vec![name, outlet, date],
            PairLayout::Stacked => {
                let known = [name, outlet, date].into_iter().filter(|cell| !cell.is_empty());
                vec![known.collect::<Vec<String>>().join("\n")]
            }
        }
    };
    let mut tags: Vec<String> = pair.tags.iter().map(|tag| tag.name().replace('_', " ")).collect();
    if pair.near_duplicate {
        tags.insert(0, "near duplicate".to_owned());
    }
    let mut cells = vec![amount(rank)];
    cells.extend(side(pair.a));
    cells.extend(side(pair.b));
    cells.extend([
        percent(pair.a_coverage),
        percent(pair.b_coverage),
        amount(u64::from(pair.matched_words)),
        amount(u64::from(pair.longest_words)),
        pair.lag_seconds.map(time::lag).unwrap_or_default(),
        match layout {
            PairLayout::Wide => tags.join(", "),
            PairLayout::Stacked => tags.join(",\n").replace(' ', "\n"),
        },
    ]);
    cells
}

/// The `top` most widely carried passages, in the order of the result.
pub(crate) fn clusters(findings: &dyn Findings, top: usize) -> Option<Grid> {
    let (analysis, left_out) = (findings.facts(), left_out(findings));
    let cores = cores(findings);
    let statements = (0..analysis.clusters.len()).filter(|&index| !left_out[index]);
    let listed = nested::list(&analysis.clusters, statements, top);
    let rows: Vec<Vec<String>> = listed
        .rows
        .iter()
        .zip(1..)
        .map(|(&(index, n_inside), rank)| {
            cluster_cells(findings, (&analysis.clusters[index], n_inside), cores[index], rank)
        })
        .collect();
    let columns = [
        number("#"),
        number("outlets"),
        number("articles"),
        number("origins"),
        number("words"),
        number("inside"),
        text("first seen"),
        text("begins"),
    ];
    let title = titled("Most widely carried passages", rows.len(), listed.n_all);
    let any = |column: usize| rows.iter().any(|row| !row[column].is_empty());
    let inside =
        any(5).then_some("Inside: further passages within it that most of their articles share with it.");
    let seen = any(6).then_some(
        "First seen: first in this corpus, by the dates given; with its outlet where no other can have been.",
    );
    let origins = any(3).then_some("Origins: reprints of one item, and copies of one agency, count once.");
    let note = [seen, origins, inside].into_iter().flatten().collect::<Vec<&str>>().join(" ");
    (!rows.is_empty()).then(|| Grid::new(title, &columns, rows, &note))
}

fn cluster_cells(
    findings: &dyn Findings,
    (cluster, n_inside): (&Cluster, usize),
    core: ByteSpan,
    rank: u64,
) -> Vec<String> {
    let analysis = findings.facts();
    let representative = &cluster.witnesses[cluster.representative];
    let seen = [
        cluster.first_published.and_then(time::for_people),
        cluster.first_doc.map(|doc| match outlet(analysis, doc) {
            outlet if outlet.is_empty() => article(analysis, doc),
            outlet => outlet,
        }),
    ];
    vec![
        amount(rank),
        match cluster.n_sources {
            0 => String::new(),
            n => amount(u64::from(n)),
        },
        amount(u64::from(cluster.n_docs)),
        match cluster.n_origins < cluster.n_docs {
            true => amount(u64::from(cluster.n_origins)),
            false => String::new(),
        },
        format!("{:.0}", cluster.words_median),
        match n_inside {
            0 => String::new(),
            n => amount(n as u64),
        },
        seen.into_iter().flatten().collect::<Vec<String>>().join("\n"),
        excerpt(findings, representative.doc, core),
    ]
}

/// How the words at `span` begin.
fn excerpt(findings: &dyn Findings, doc: DocId, span: ByteSpan) -> String {
    match findings.hidden() {
        Some(_) => "(left out)".to_owned(),
        None => sanitize::excerpt(&findings.text(doc)[span.range()], EXCERPT_CHARS),
    }
}

/// The `top` recurring wordings, in the order of the result; and what leaving them out changes.
pub(crate) fn recurring(findings: &dyn Findings, top: usize) -> Option<Grid> {
    let analysis = findings.facts();
    let rows: Vec<Vec<String>> = analysis
        .recurring
        .iter()
        .take(top)
        .zip(1..)
        .map(|(it, rank)| recurring_cells(findings, it, rank))
        .collect();
    let columns = [
        number("#"),
        text("outlet"),
        number("articles"),
        number("days"),
        number("words"),
        text("tag"),
        text("counts"),
        text("as in"),
    ];
    let what = match analysis.recurring.iter().any(|it| it.source.is_some()) {
        true => "Recurring wording by outlet",
        false => "Recurring wording",
    };
    let title = titled(what, rows.len(), analysis.recurring.len());
    let (with, without) = findings
        .pairs()
        .map(|pair| (u64::from(pair.matched_words), u64::from(pair.excluded_words)))
        .fold((0, 0), |sum, (matched, excluded)| (sum.0 + matched + excluded, sum.1 + matched));
    let note = format!(
        "Boilerplate recurs within one outlet for weeks, a formula is filled in with other numbers and names. Words \
         matched in all pairs: {} with what is left out, {} without; --include-tags counts a tag.",
        amount(with),
        amount(without)
    );
    (!rows.is_empty()).then(|| Grid::new(title, &columns, rows, &note))
}

fn recurring_cells(findings: &dyn Findings, recurring: &Recurring, rank: u64) -> Vec<String> {
    let analysis = findings.facts();
    let cluster = &analysis.clusters[recurring.cluster];
    let is_own = |witness: &&Witness| {
        recurring.source.is_none() || analysis.documents[witness.doc.index()].source == recurring.source
    };
    let shown = cluster.witnesses.iter().find(is_own).unwrap_or(&cluster.witnesses[cluster.representative]);
    vec![
        amount(rank),
        recurring.source.as_deref().map(|source| sanitize::line(source).into_owned()).unwrap_or_default(),
        amount(u64::from(recurring.n_docs)),
        match recurring.n_days {
            0 => String::new(),
            n => amount(u64::from(n)),
        },
        amount(recurring.matched_words),
        recurring.tag.name().to_owned(),
        if recurring.excluded { "no" } else { "yes" }.to_owned(),
        excerpt(findings, shown.doc, shown.span),
    ]
}

/// The `top` pairs of outlets by shared words, then in the order of the result.
pub(crate) fn edges(findings: &dyn Findings, top: usize) -> Option<Grid> {
    let mut ranked: Vec<(usize, &Edge)> = findings.facts().edges.iter().enumerate().collect();
    // With an article an outlet, every share is the whole.
    let whole = ranked.iter().all(|(_, edge)| edge.a_share.min(edge.b_share) >= 1.0);
    // What an outlet shares with itself is no pick-up: it comes last.
    let inside = |edge: &Edge| edge.a_source == edge.b_source;
    ranked.sort_by(|(i, one), (j, two)| {
        inside(one).cmp(&inside(two)).then(two.matched_words.cmp(&one.matched_words)).then(i.cmp(j))
    });
    let rows: Vec<Vec<String>> = ranked.iter().take(top).map(|(_, edge)| edge_cells(edge, whole)).collect();
    let columns = [
        text("outlet"),
        text("and outlet"),
        number("pairs"),
        number("words"),
        text("articles\nof each"),
        number("typical\nshare"),
        text("more often first"),
        text("typical\nlag"),
    ];
    let first_match = findings.facts().settings.get("first_match") == Some(&SettingValue::Flag(true));
    let what = if first_match { "Outlet × outlet, first matches only" } else { "Outlet × outlet" };
    let title = titled(what, rows.len(), ranked.len());
    let grid = Grid::new(title, &columns, rows, "");
    let mut note = match whole {
        true => String::new(),
        false => "Articles: the share of each outlet's that are in these pairs. ".to_owned(),
    };
    note += "Typical: the median over their pairs";
    note += if grid.has("typical\nlag") { "; lag: of the second after the first." } else { "." };
    if grid.has("more often first") {
        note += " More often first: of the pairs whose order is known.";
    }
    if ranked.iter().any(|(_, edge)| inside(edge)) && ranked.iter().any(|(_, edge)| !inside(edge)) {
        note += " What an outlet shares with itself comes last.";
    }
    (!grid.rows.is_empty()).then_some(Grid { note, ..grid })
}

fn edge_cells(edge: &Edge, whole: bool) -> Vec<String> {
    let inside = edge.a_source == edge.b_source;
    let (a, b) = (sanitize::line(&edge.a_source), sanitize::line(&edge.b_source));
    let first = match edge.share_a_first.filter(|_| !inside) {
        None => String::new(),
        Some(share) if percent(share) == percent(1.0 - share) => "even".to_owned(),
        Some(share) if share > 0.5 => format!("{a}, {}", percent(share)),
        Some(share) => format!("{b}, {}", percent(1.0 - share)),
    };
    let lag = edge.median_lag_seconds.filter(|_| !inside);
    vec![
        a.clone().into_owned(),
        if inside { "itself".to_owned() } else { b.into_owned() },
        amount(u64::from(edge.n_pairs)),
        amount(edge.matched_words),
        match (whole, inside) {
            (true, _) => String::new(),
            (false, true) => percent(edge.a_share),
            (false, false) => format!("{} / {}", percent(edge.a_share), percent(edge.b_share)),
        },
        percent(edge.median_coverage),
        first,
        lag.map(time::lag).unwrap_or_default(),
    ]
}

pub(super) fn titled(what: &str, shown: usize, all: usize) -> String {
    match shown == all {
        true => what.to_owned(),
        false => format!("{what} (first {} of {})", amount(shown as u64), amount(all as u64)),
    }
}
