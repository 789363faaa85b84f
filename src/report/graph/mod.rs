//! Who shares words with whom as a network, for programs that draw and measure networks.
//!
//! In: the rows of documents and pairs, or of outlets. Out: GEXF 1.3 (Gephi, networkx) or GraphML (igraph, networkx,
//! Cytoscape, Gephi). Nodes and edges carry the columns of their rows, described by the codebook, but those that hold objects;
//! `weight` is the number of matched words. Pairs of which no passage counts are left out. Readers of both formats refuse
//! networks that mix edges with and without a direction, so there are two of documents: all pairs without one, and those
//! whose order is known from the earlier to the later. In GEXF nodes begin to be on the day they were published, if that is known,
//! and edges with the later of their two.
//!
//! Nodes and edges are written as their rows come; memory holds a number a node.

mod gexf;
mod graphml;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use crate::model::{Document, Findings, Observer, Published};
use crate::report::codebook::{Cell, Entry, Field, FieldKind, joined};
use crate::report::flat::each_row;
use crate::report::table::Table;
use crate::report::time;

/// Which network a graph format shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Graph {
    /// Documents and all pairs that share wording.
    Documents,
    /// Documents and the pairs whose order is known, from the one that appeared first in this corpus to the later one.
    Sequence,
    /// Outlets, an edge for all that two of them share.
    Outlets,
}

impl Graph {
    /// Every network, in the order help texts list them.
    pub const ALL: [Graph; 3] = [Graph::Documents, Graph::Sequence, Graph::Outlets];

    /// The name in flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Graph::Documents => "documents",
            Graph::Sequence => "sequence",
            Graph::Outlets => "outlets",
        }
    }

    /// What is shown where none is asked for: outlets where several share wording, else documents.
    #[must_use]
    pub fn of(analysis: &dyn Findings) -> Graph {
        let are_many = analysis.facts().edges.iter().any(|edge| edge.a_source != edge.b_source);
        if are_many { Graph::Outlets } else { Graph::Documents }
    }

    fn title(self) -> &'static str {
        match self {
            Graph::Documents => "Documents that share wording",
            Graph::Sequence => {
                "Documents that share wording, from the one that appeared first in this corpus to the later one"
            }
            Graph::Outlets => "Outlets whose documents share wording",
        }
    }

    fn is_directed(self) -> bool {
        self == Graph::Sequence
    }

    fn edges(self) -> Table {
        if self == Graph::Outlets { Table::Edges } else { Table::Pairs }
    }
}

impl fmt::Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The language a network is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// GEXF 1.3.
    Gexf,
    /// GraphML 1.1.
    Graphml,
}

/// What is known of a network before its nodes come.
struct Plan {
    graph: Graph,
    /// Whether any node has a time.
    is_dated: bool,
    nodes: Vec<Attribute>,
    edges: Vec<Attribute>,
}

/// What nodes or edges are told of.
#[derive(Clone, Debug)]
struct Attribute {
    name: String,
    kind: FieldKind,
    description: String,
}

/// A node, its cells in the order of the attributes.
struct Node<'n> {
    index: usize,
    label: &'n str,
    start: Option<String>,
    cells: &'n [(usize, Cell)],
}

/// An edge between two nodes.
struct Edge<'n> {
    index: usize,
    ends: (usize, usize),
    weight: i64,
    start: Option<String>,
    cells: &'n [(usize, Cell)],
}

impl Dialect {
    fn head(self, plan: &Plan) -> String {
        match self {
            Dialect::Gexf => gexf::head(plan),
            Dialect::Graphml => graphml::head(plan),
        }
    }

    fn node(self, node: &Node<'_>) -> String {
        match self {
            Dialect::Gexf => gexf::node(node),
            Dialect::Graphml => graphml::node(node),
        }
    }

    /// What stands between the nodes and the edges.
    fn middle(self) -> &'static str {
        match self {
            Dialect::Gexf => "</nodes>\n<edges>\n",
            Dialect::Graphml => "",
        }
    }

    fn edge(self, edge: &Edge<'_>) -> String {
        match self {
            Dialect::Gexf => gexf::edge(edge),
            Dialect::Graphml => graphml::edge(edge),
        }
    }

    fn tail(self) -> &'static str {
        match self {
            Dialect::Gexf => "</edges>\n</graph>\n</gexf>\n",
            Dialect::Graphml => "</graph>\n</graphml>\n",
        }
    }
}

/// Writes a network of `analysis`; `observer` is told of rows.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub(super) fn write(
    analysis: &dyn Findings,
    (dialect, graph): (Dialect, Graph),
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    let edges = Entry::of(graph.edges());
    let documents = &analysis.facts().documents;
    let nodes = match graph {
        Graph::Outlets => outlet_attributes(),
        Graph::Documents | Graph::Sequence => attributes(&Entry::of(Table::Documents)),
    };
    let is_dated = documents.iter().any(|document| document.published.is_some());
    let plan = Plan { graph, is_dated, nodes, edges: attributes(&edges) };
    out.write_all(dialect.head(&plan).as_bytes())?;
    let places = match graph {
        Graph::Outlets => write_outlets(dialect, documents, out)?,
        Graph::Documents | Graph::Sequence => write_documents(analysis, dialect, out, observer)?,
    };
    out.write_all(dialect.middle().as_bytes())?;
    write_edges(analysis, (dialect, &plan, &edges), &places, out, observer)?;
    out.write_all(dialect.tail().as_bytes())?;
    out.flush()
}

/// Where a node stands, by its name, and its time.
type Places<'a> = BTreeMap<&'a str, (usize, Option<Published>)>;

fn write_documents<'a>(
    analysis: &'a dyn Findings,
    dialect: Dialect,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<Places<'a>> {
    let documents = &analysis.facts().documents;
    let entry = Entry::of(Table::Documents);
    let mut index = 0;
    each_row(analysis, &entry, observer, |row| {
        let document = &documents[index];
        let start = document.published.and_then(time::first_day);
        let node = Node { index, label: &document.name, start, cells: &told(&entry, row) };
        index += 1;
        out.write_all(dialect.node(&node).as_bytes())
    })?;
    let place =
        |(index, document): (usize, &'a Document)| (document.name.as_str(), (index, document.published));
    Ok(documents.iter().enumerate().map(place).collect())
}

/// What is told of outlets, which have no table of their own.
fn outlet_attributes() -> Vec<Attribute> {
    let attribute = |name: &str, kind, description: &str| Attribute {
        name: name.to_owned(),
        kind,
        description: description.to_owned(),
    };
    vec![
        attribute("source", FieldKind::Text, "Name of the outlet."),
        attribute("n_docs", FieldKind::Integer, "Its documents."),
        attribute(
            "first_published_at",
            FieldKind::Text,
            "When the first of those with a date was published.",
        ),
        attribute("last_published_at", FieldKind::Text, "When the last of those with a date was published."),
    ]
}

fn write_outlets<'a>(
    dialect: Dialect,
    documents: &'a [Document],
    out: &mut dyn Write,
) -> io::Result<Places<'a>> {
    let mut outlets: BTreeMap<&str, (i64, Option<Published>, Option<Published>)> = BTreeMap::new();
    for document in documents {
        let Some(source) = &document.source else { continue };
        let (n, first, last) = outlets.entry(source).or_default();
        *n += 1;
        let date = document.published;
        *first = [*first, date].into_iter().flatten().min();
        *last = [*last, date].into_iter().flatten().max();
    }
    let mut places = Places::new();
    for (index, (source, (n, first, last))) in outlets.into_iter().enumerate() {
        let date = |date: Option<Published>| date.and_then(time::iso).map_or(Cell::Null, Cell::Text);
        let cells = [Cell::Text(source.to_owned()), Cell::Integer(n), date(first), date(last)];
        let cells: Vec<(usize, Cell)> = cells.into_iter().enumerate().collect();
        let node = Node { index, label: source, start: first.and_then(time::first_day), cells: &cells };
        out.write_all(dialect.node(&node).as_bytes())?;
        places.insert(source, (index, first));
    }
    Ok(places)
}

fn write_edges(
    analysis: &dyn Findings,
    (dialect, plan, entry): (Dialect, &Plan, &Entry),
    places: &Places<'_>,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    let column = |name: &str| entry.fields.iter().position(|field| field.name == name);
    let ends = match plan.graph {
        Graph::Outlets => ["a_source", "b_source"].map(column),
        Graph::Documents | Graph::Sequence => ["a_doc_id", "b_doc_id"].map(column),
    };
    let (order, words) = (column("order"), column("matched_words"));
    let mut index = 0;
    each_row(analysis, entry, observer, |row| {
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column));
        let place = |column| match cell(column) {
            Some(Cell::Text(name)) => places.get(name.as_str()).copied(),
            _ => None,
        };
        let Some(&Cell::Integer(weight @ 1..)) = cell(words) else { return Ok(()) };
        let [Some(a), Some(b)] = ends.map(place) else { return Ok(()) };
        let is = |wanted: &str| matches!(cell(order), Some(Cell::Text(order)) if order == wanted);
        let (from, to) = match plan.graph.is_directed() {
            true if is("b_first") => (b, a),
            true if !is("a_first") => return Ok(()),
            _ => (a, b),
        };
        // An edge between outlets stands for many pairs, which have no time together.
        let later = if plan.graph == Graph::Outlets { None } else { a.1.zip(b.1).map(|(a, b)| a.max(b)) };
        let start = later.and_then(time::first_day);
        let edge = Edge { index, ends: (from.0, to.0), weight, start, cells: &told(entry, row) };
        index += 1;
        out.write_all(dialect.edge(&edge).as_bytes())
    })
}

/// The columns of `entry` that a network can tell: those without objects.
fn attributes(entry: &Entry) -> Vec<Attribute> {
    let fields = entry.fields.iter().filter(|field| is_told(field.kind));
    fields
        .map(|field| Attribute {
            name: field.name.clone(),
            kind: field.kind,
            description: field.description.clone(),
        })
        .collect()
}

fn is_told(kind: FieldKind) -> bool {
    !matches!(kind, FieldKind::Object | FieldKind::Objects)
}

/// The cells of `row` that say something, with the places of their attributes.
fn told(entry: &Entry, row: Vec<Cell>) -> Vec<(usize, Cell)> {
    let cells = entry.fields.iter().zip(row).filter(|(field, _)| is_told(field.kind));
    let plain = |(field, cell): (&Field, Cell)| match cell {
        Cell::List(texts) => Cell::Text(joined(field.kind, &texts)),
        cell => cell,
    };
    cells.map(plain).enumerate().filter(|(_, cell)| *cell != Cell::Null).collect()
}

/// A cell as text.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Integer(whole) => whole.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Boolean(is) => is.to_string(),
        Cell::List(texts) => joined(FieldKind::List, texts),
    }
}

/// The name of a type, which both languages have.
fn type_name(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Integer => "long",
        FieldKind::Number => "double",
        FieldKind::Boolean => "boolean",
        FieldKind::Text | FieldKind::Words | FieldKind::List | FieldKind::Object | FieldKind::Objects => {
            "string"
        }
    }
}
