//! The table of the least original articles, and where in articles shared words stand.

use crate::model::{Derivation, DocId, DocumentFacts, Findings};
use crate::report::overview::grid::{Grid, number, text};
use crate::report::overview::tables::titled;
use crate::report::overview::wording::{amount, article, dated, outlet, percent};

/// The `top` articles that derive most from others: by degree, then by the share that is in others, of equal ones the longest
/// first, then in order of name; none unless some derive from others.
pub(crate) fn articles(findings: &dyn Findings, top: usize) -> Option<Grid> {
    let analysis = findings.facts();
    let mut ranked: Vec<(DocId, &DocumentFacts)> = analysis
        .facts
        .iter()
        .enumerate()
        .filter(|(_, facts)| facts.matched_words > 0)
        .map(|(index, facts)| (DocId::new(index), facts))
        .collect();
    if ranked.iter().all(|(_, facts)| facts.derivation == Derivation::Not) {
        return None;
    }
    let degree = |facts: &DocumentFacts| match facts.derivation {
        Derivation::Wholly => 0,
        Derivation::Partly => 1,
        Derivation::Undetermined => 2,
        Derivation::Not => 3,
    };
    // As shares are shown, so that a word more or less does not go before length.
    let shown = |facts: &DocumentFacts| (facts.matched_share * 100.0).round();
    ranked.sort_by(|&(doc, x), &(other, y)| {
        let by_share = degree(x).cmp(&degree(y)).then(shown(y).total_cmp(&shown(x)));
        by_share.then(y.matched_words.cmp(&x.matched_words)).then(doc.cmp(&other))
    });
    let rows: Vec<Vec<String>> = ranked
        .iter()
        .take(top)
        .zip(1..)
        .map(|(&(doc, facts), rank)| {
            vec![
                amount(rank),
                article(analysis, doc),
                outlet(analysis, doc),
                dated(analysis, doc),
                percent(facts.matched_share),
                amount(u64::from(facts.matched_words)),
                derived(facts.derivation).to_owned(),
            ]
        })
        .collect();
    let columns = [
        number("#"),
        text("article"),
        text("outlet"),
        text("date"),
        number("% in\nothers"),
        number("words"),
        text("derived"),
    ];
    let title = titled("Least original articles", rows.len(), ranked.len());
    let note =
        "By degree, then by share. Derived: how much is in others that were before it; undetermined where nothing tells.".to_owned();
    let note = [note, profile(&ranked).unwrap_or_default()].join(" ");
    Some(Grid::new(title, &columns, rows, note.trim_end()))
}

fn derived(derivation: Derivation) -> &'static str {
    match derivation {
        Derivation::Wholly => "wholly",
        Derivation::Partly => "partly",
        Derivation::Undetermined => "undetermined",
        Derivation::Not => "not",
    }
}

/// Where shared words stand, in one sentence.
fn profile(ranked: &[(DocId, &DocumentFacts)]) -> Option<String> {
    let mut thirds = [0_u64; 3];
    for (_, facts) in ranked {
        for (sum, &words) in thirds.iter_mut().zip(&facts.matched_by_third) {
            *sum += u64::from(words);
        }
    }
    let all: u64 = thirds.iter().sum();
    let [lead, middle, tail] = thirds.map(|words| percent(words as f64 / all.max(1) as f64));
    (all > 0).then(|| {
        format!("Of all shared words, {lead} stand in the first third of their article, {middle} in the second, {tail} in the last.")
    })
}
