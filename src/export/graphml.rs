//! GraphML in the profile that Gephi, networkx, igraph and Tulip all read rightly.
//!
//! Keys are for nodes or for edges, never for all; their types are among the six that everybody knows; lists are
//! joined. An edge's `label` attribute is its type in Gephi, which merges edges that agree in ends and type: ours are
//! aggregated before. There is no `<desc>` (Gephi takes it for the label) and no time (GraphML has none: GEXF has).

use std::io::{self, Write};

use super::export_graph::ExportGraph;
use super::record::{LinkColumn, NodeColumn, Type, link_value, node_value};
use super::xml::{Place, Xml};
use super::{Options, generator};

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let mut xml = Xml::new(out);
    xml.markup(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\
         \"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    );
    xml.markup(&key("graph", "generator", Type::Text));
    for column in NodeColumn::ALL {
        xml.markup(&key("node", column.name(), column.ty()));
    }
    for column in LinkColumn::ALL {
        xml.markup(&key("edge", column.name(), column.ty()));
    }
    xml.markup("<graph id=\"chutoa\" edgedefault=\"directed\">\n");
    xml.markup(&data("graph", "generator")).text(&generator()).end("</data>\n")?;

    // What stands before a value is put together once a column, not once a node.
    let columns: Vec<_> = NodeColumn::ALL.iter().map(|column| (*column, data("node", column.name()))).collect();
    for (position, node) in graph.nodes.iter().enumerate() {
        xml.markup("<node id=\"").attribute(node.entity.id.as_str()).markup("\">\n");
        for (column, data) in &columns {
            if let Some(value) = node_value(graph, position, *column, options) {
                xml.markup(data).value(&value, Place::Between).markup("</data>\n");
            }
        }
        xml.end("</node>\n")?;
    }
    let columns: Vec<_> = LinkColumn::ALL.iter().map(|column| (*column, data("edge", column.name()))).collect();
    for link in graph.links_ahead() {
        let [source, target] = [link.source, link.target].map(|end| graph.nodes[end].entity.id.as_str());
        xml.open_edge(source, link.tie, target);
        xml.markup("\" label=\"").markup(link.tie.name()).markup("\">\n");
        for (column, data) in &columns {
            if let Some(value) = link_value(graph, link, *column, options) {
                xml.markup(data).value(&value, Place::Between).markup("</data>\n");
            }
        }
        xml.end("</edge>\n")?;
    }
    xml.finish("</graph>\n</graphml>\n")
}

/// Identifiers of keys hold their scope: a node's `label` and an edge's are two keys.
fn key(scope: &str, name: &str, ty: Type) -> String {
    let ty = match ty {
        Type::Text | Type::List | Type::Day => "string",
        Type::Whole => "int",
        Type::Real => "double",
        Type::Flag => "boolean",
    };
    format!("<key id=\"{scope}_{name}\" for=\"{scope}\" attr.name=\"{name}\" attr.type=\"{ty}\"/>\n")
}

fn data(scope: &str, name: &str) -> String {
    format!("<data key=\"{scope}_{name}\">")
}
