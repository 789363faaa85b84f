//! GraphML, which most programs for networks read.

use std::fmt::Write;

use crate::report::codebook::Cell;
use crate::report::graph::{Attribute, Edge, Node, Plan, shown, type_name};
use crate::report::xml::escaped;

/// Everything before the first node.
pub(super) fn head(plan: &Plan) -> String {
    let kind = if plan.graph.is_directed() { "directed" } else { "undirected" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <desc>{}</desc>\n<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n\
         <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"><desc>Matched words.</desc></key>\n\
         {}{}<graph id=\"{}\" edgedefault=\"{kind}\">\n",
        plan.graph.title(),
        keys("node", "n", &plan.nodes),
        keys("edge", "e", &plan.edges),
        plan.graph,
    )
}

fn keys(of: &str, prefix: &str, attributes: &[Attribute]) -> String {
    let each = attributes.iter().enumerate().map(|(index, attribute)| {
        format!(
            "<key id=\"{prefix}d{index}\" for=\"{of}\" attr.name=\"{}\" attr.type=\"{}\"><desc>{}</desc></key>\n",
            escaped(&attribute.name),
            type_name(attribute.kind),
            escaped(&attribute.description)
        )
    });
    each.collect()
}

/// One node.
pub(super) fn node(node: &Node<'_>) -> String {
    let (index, label) = (node.index, escaped(node.label));
    format!("<node id=\"n{index}\"><data key=\"label\">{label}</data>{}</node>\n", values("n", node.cells))
}

/// One edge.
pub(super) fn edge(edge: &Edge<'_>) -> String {
    let (index, (from, to), weight) = (edge.index, edge.ends, edge.weight);
    format!(
        "<edge id=\"e{index}\" source=\"n{from}\" target=\"n{to}\"><data key=\"weight\">{weight}</data>{}</edge>\n",
        values("e", edge.cells)
    )
}

fn values(prefix: &str, cells: &[(usize, Cell)]) -> String {
    let mut values = String::new();
    for (index, cell) in cells {
        let value = escaped(&shown(cell));
        write!(values, "<data key=\"{prefix}d{index}\">{value}</data>")
            .expect("writing to a string cannot fail");
    }
    values
}
