//! GraphML in the profile that Gephi, networkx, igraph and Tulip all read rightly.
//!
//! Keys are for nodes or for edges, never for all; their types are among the six that everybody knows; lists are
//! joined. An edge's `label` attribute is its type in Gephi, which merges edges that agree in ends and type: ours are
//! aggregated before. There is no `<desc>` (Gephi takes it for the label) and no time (GraphML has none: GEXF has).

use std::io::{self, Write};

use super::export_graph::ExportGraph;
use super::record::{LinkColumn, NodeColumn, SEPARATOR, Type, Value, link_id, link_value, node_value};
use super::{Options, generator, xml};

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
          xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\
          \"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    )?;
    key(out, "graph", "generator", Type::Text)?;
    for column in NodeColumn::ALL {
        key(out, "node", column.name(), column.ty())?;
    }
    for column in LinkColumn::ALL {
        key(out, "edge", column.name(), column.ty())?;
    }
    out.write_all(b"<graph id=\"chutoa\" edgedefault=\"directed\">\n")?;
    data(out, "graph", "generator", &Value::Text(generator().into()))?;

    for (position, node) in graph.nodes.iter().enumerate() {
        writeln!(out, "<node id=\"{}\">", xml::attribute(node.entity.id.as_str()))?;
        for column in NodeColumn::ALL {
            if let Some(value) = node_value(graph, position, *column, options) {
                data(out, "node", column.name(), &value)?;
            }
        }
        out.write_all(b"</node>\n")?;
    }
    for link in &graph.links {
        writeln!(
            out,
            "<edge id=\"{}\" source=\"{}\" target=\"{}\" label=\"{}\">",
            xml::attribute(&link_id(graph, link)),
            xml::attribute(graph.nodes[link.source].entity.id.as_str()),
            xml::attribute(graph.nodes[link.target].entity.id.as_str()),
            link.tie.name(),
        )?;
        for column in LinkColumn::ALL {
            if let Some(value) = link_value(graph, link, *column, options) {
                data(out, "edge", column.name(), &value)?;
            }
        }
        out.write_all(b"</edge>\n")?;
    }
    out.write_all(b"</graph>\n</graphml>\n")
}

/// Identifiers of keys hold their scope: a node's `label` and an edge's are two keys.
fn key(out: &mut impl Write, scope: &str, name: &str, ty: Type) -> io::Result<()> {
    let ty = match ty {
        Type::Text | Type::List | Type::Day => "string",
        Type::Whole => "int",
        Type::Real => "double",
        Type::Flag => "boolean",
    };
    writeln!(out, "<key id=\"{scope}_{name}\" for=\"{scope}\" attr.name=\"{name}\" attr.type=\"{ty}\"/>")
}

fn data(out: &mut impl Write, scope: &str, name: &str, value: &Value<'_>) -> io::Result<()> {
    // Plain writes: this is called dozens of times a link, and formatting would take as long as all the rest.
    let value = value.text(SEPARATOR);
    for part in ["<data key=\"", scope, "_", name, "\">", &xml::text(&value), "</data>\n"] {
        out.write_all(part.as_bytes())?;
    }
    Ok(())
}
