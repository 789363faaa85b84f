//! GEXF 1.3, the format of Gephi. Times are days: of times of day networkx makes an error; rows hold the time as given.

use std::fmt::Write;

use crate::report::codebook::Cell;
use crate::report::graph::{Attribute, Edge, Node, Plan, shown, type_name};
use crate::report::xml::escaped;

/// Everything before the first node.
pub(super) fn head(plan: &Plan) -> String {
    let kind = if plan.graph.is_directed() { "directed" } else { "undirected" };
    let mode = match plan.is_dated {
        true => r#" mode="dynamic" timeformat="date" timerepresentation="interval""#,
        false => r#" mode="static""#,
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n<meta>\n\
         <creator>wirecopy {}</creator>\n<description>{}</description>\n</meta>\n\
         <graph defaultedgetype=\"{kind}\"{mode}>\n{}{}<nodes>\n",
        env!("CARGO_PKG_VERSION"),
        plan.graph.title(),
        attributes("node", &plan.nodes),
        attributes("edge", &plan.edges),
    )
}

fn attributes(class: &str, attributes: &[Attribute]) -> String {
    let each = attributes.iter().enumerate().map(|(index, attribute)| {
        let (name, kind) = (escaped(&attribute.name), type_name(attribute.kind));
        format!("<attribute id=\"{index}\" title=\"{name}\" type=\"{kind}\"/>\n")
    });
    format!("<attributes class=\"{class}\" mode=\"static\">\n{}</attributes>\n", each.collect::<String>())
}

/// One node.
pub(super) fn node(node: &Node<'_>) -> String {
    let (index, label) = (node.index, escaped(node.label));
    format!(
        "<node id=\"n{index}\" label=\"{label}\"{}>{}</node>\n",
        start(node.start.as_deref()),
        values(node.cells)
    )
}

/// One edge.
pub(super) fn edge(edge: &Edge<'_>) -> String {
    let (index, (from, to), weight) = (edge.index, edge.ends, edge.weight);
    format!(
        "<edge id=\"e{index}\" source=\"n{from}\" target=\"n{to}\" weight=\"{weight}\"{}>{}</edge>\n",
        start(edge.start.as_deref()),
        values(edge.cells)
    )
}

fn start(time: Option<&str>) -> String {
    time.map_or_else(String::new, |time| format!(" start=\"{time}\""))
}

fn values(cells: &[(usize, Cell)]) -> String {
    let mut values = String::from("<attvalues>");
    for (index, cell) in cells {
        let value = escaped(&shown(cell));
        write!(values, "<attvalue for=\"{index}\" value=\"{value}\"/>")
            .expect("writing to a string cannot fail");
    }
    values + "</attvalues>"
}
