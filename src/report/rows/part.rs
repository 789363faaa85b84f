//! Rows in parts: neighbours of one table, few enough to be held as bytes and enough to be worth a thread's while.

use std::io;
use std::ops::Range;

use serde::Serialize;

use crate::model::{DocId, Document, Held, StableId};
use crate::report::rows::{
    ClusterRow, DocumentRow, EdgeRow, MemberRow, PairRow, PassageRow, RecurringRow, Rows, SettingRow,
    WarningRow,
};
use crate::report::table::Table;

/// Documents of one part; all of their texts are read.
const DOCUMENTS: usize = 128;

/// Rows of one part where rows are short.
const SHORT: usize = 1_024;

/// Rows of one table that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    table: Table,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Places in the list of the table.
    Range(Range<usize>),
    /// A run of pairs as [`Findings::pair_run`](crate::model::Findings::pair_run) gives it.
    PairRun(usize),
    /// The same of passages, with the pair of each.
    PassageRun(usize, Vec<StableId>),
    /// Some witnesses of each of some clusters.
    Witnesses(Vec<(usize, Range<usize>)>),
}

/// Takes rows, of whatever table.
pub trait Sink {
    /// Takes one.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    fn row(&mut self, row: &impl Serialize) -> io::Result<()>;
}

impl<'a> Rows<'a> {
    /// All rows of `table` in parts, in order; none of a table that is no list of rows but an end or a beginning.
    pub fn parts(&self, table: Table) -> Box<dyn Iterator<Item = Part> + '_> {
        let ranges = |n: usize, length: usize| {
            let starts = (0..n).step_by(length);
            starts.map(move |start| Place::Range(start..n.min(start + length)))
        };
        let analysis = self.analysis;
        let places: Box<dyn Iterator<Item = Place> + '_> = match table {
            Table::Documents => Box::new(ranges(analysis.documents.len(), DOCUMENTS)),
            Table::Pairs => Box::new((0..self.findings.pair_runs()).map(Place::PairRun)),
            Table::Passages => Box::new(self.passage_runs()),
            Table::Clusters => Box::new(ranges(analysis.clusters.len(), SHORT / 4)),
            Table::Members => Box::new(self.witnesses()),
            Table::Edges => Box::new(ranges(analysis.edges.len(), SHORT)),
            Table::Recurring => Box::new(ranges(analysis.recurring.len(), SHORT / 4)),
            Table::Warnings => Box::new(ranges(analysis.warnings.len(), SHORT)),
            Table::Skipped | Table::Bounds | Table::Settings => Box::new(std::iter::empty()),
        };
        Box::new(places.map(move |place| Part { table, place }))
    }

    fn passage_runs(&self) -> impl Iterator<Item = Place> + '_ {
        // Names are not hidden, and hiding the rest of a pair is work.
        let all = self.findings.hidden().unwrap_or(self.findings).pairs();
        let mut pairs = all.flat_map(|pair| std::iter::repeat_n(pair.id, pair.passages.len()));
        let runs = self.findings.passage_runs().into_iter().enumerate();
        runs.map(move |(run, length)| Place::PassageRun(run, pairs.by_ref().take(length).collect()))
    }

    fn witnesses(&self) -> impl Iterator<Item = Place> + '_ {
        let clusters = &self.analysis.clusters;
        let (mut cluster, mut first) = (0, 0);
        std::iter::from_fn(move || {
            let (mut some, mut room) = (Vec::new(), SHORT);
            while room > 0 && cluster < clusters.len() {
                let all = clusters[cluster].witnesses.len();
                let end = all.min(first + room);
                some.push((cluster, first..end));
                room -= end - first;
                (cluster, first) = if end == all { (cluster + 1, 0) } else { (cluster, end) };
            }
            (!some.is_empty()).then_some(Place::Witnesses(some))
        })
    }

    /// Hands the rows of `table` to `sink` if it is one of those without parts; there are few of them.
    ///
    /// # Errors
    ///
    /// What `sink` reports.
    pub fn put_few(&self, table: Table, sink: &mut impl Sink) -> io::Result<()> {
        match table {
            Table::Skipped => self.end().skipped.iter().try_for_each(|row| sink.row(row)),
            Table::Bounds => self.end().bounds.iter().try_for_each(|row| sink.row(row)),
            Table::Settings => SettingRow::of(&self.begin()).try_for_each(|row| sink.row(&row)),
            _ => Ok(()),
        }
    }

    /// Hands the rows of `part` to `sink`, in order; their number.
    ///
    /// # Errors
    ///
    /// What `sink` reports.
    pub fn put(&self, part: &Part, sink: &mut impl Sink) -> io::Result<usize> {
        match (&part.place, part.table) {
            (Place::Range(range), Table::Documents) => {
                each(range.clone().map(|index| DocumentRow::new(self, DocId::new(index))), sink)
            }
            (Place::Range(range), Table::Clusters) => {
                each(self.analysis.clusters[range.clone()].iter().map(|c| ClusterRow::new(self, c)), sink)
            }
            (Place::Range(range), Table::Edges) => {
                each(self.analysis.edges[range.clone()].iter().map(EdgeRow::new), sink)
            }
            (Place::Range(range), Table::Recurring) => each(
                self.analysis.recurring[range.clone()].iter().map(|it| RecurringRow::new(self, it)),
                sink,
            ),
            (Place::Range(range), _) => {
                each(self.analysis.warnings[range.clone()].iter().map(WarningRow::new), sink)
            }
            (Place::PairRun(run), _) => {
                let pairs = self.findings.pair_run(*run);
                each(pairs.iter().map(|pair| PairRow::new(self, pair)), sink)
            }
            (Place::PassageRun(run, pairs), _) => self.put_passages(*run, pairs, sink),
            (Place::Witnesses(some), _) => {
                let rows = some.iter().flat_map(|(cluster, range)| {
                    let cluster = &self.analysis.clusters[*cluster];
                    let witnesses = cluster.witnesses[range.clone()].iter();
                    witnesses.map(|witness| MemberRow::new(self, cluster.id, witness))
                });
                each(rows, sink)
            }
        }
    }

    fn put_passages(&self, run: usize, pairs: &[StableId], sink: &mut impl Sink) -> io::Result<usize> {
        let passages = self.findings.passage_run(run);
        // Passages of one pair, and pairs of one document, stand together.
        let (mut a, mut b) = (Text::default(), Text::default());
        for (passage, &pair) in passages.iter().zip(pairs) {
            let texts = (a.of(self, passage.a_doc), b.of(self, passage.b_doc));
            sink.row(&PassageRow::new(self, texts, pair, passage))?;
        }
        Ok(passages.len())
    }

    pub(in crate::report) fn document(&self, doc: DocId) -> &'a Document {
        &self.analysis.documents[doc.index()]
    }
}

fn each<R: Serialize>(rows: impl Iterator<Item = R>, sink: &mut impl Sink) -> io::Result<usize> {
    let mut n = 0;
    for row in rows {
        sink.row(&row)?;
        n += 1;
    }
    Ok(n)
}

/// The text asked for last.
#[derive(Default)]
struct Text<'a>(Option<(DocId, Held<'a, str>)>);

impl<'a> Text<'a> {
    fn of(&mut self, rows: &Rows<'a>, doc: DocId) -> &str {
        if self.0.as_ref().is_none_or(|(held, _)| *held != doc) {
            self.0 = Some((doc, rows.text(doc)));
        }
        self.0.as_ref().map_or("", |(_, text)| text)
    }
}
