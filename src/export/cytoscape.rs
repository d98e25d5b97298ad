//! Cytoscape JSON: elements with a `data` object each, for Cytoscape, cytoscape.js and `networkx.cytoscape_graph`.

use std::io::{self, Write};

use serde_json::json;

use super::export_graph::ExportGraph;
use super::json::item;
use super::record::{label, link_id, link_object, node_object};
use super::{Options, generator};

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let about = json!({"name": "chutoa", "generator": generator()});
    write!(out, "{{\"data\":{about},\"directed\":true,\"multigraph\":true,\"elements\":{{\n\"nodes\":[")?;
    for (position, node) in graph.nodes.iter().enumerate() {
        let mut data = node_object(graph, position, options);
        let id = node.entity.id.as_str();
        data.insert("id".to_string(), id.into());
        // networkx demands the first, Cytoscape shows the second.
        data.insert("value".to_string(), id.into());
        data.insert("name".to_string(), label(node.entity, options).into());
        item(out, position, &json!({"data": data}))?;
    }
    out.write_all(b"\n],\n\"edges\":[")?;
    for (position, link) in graph.links.iter().enumerate() {
        let mut data = link_object(graph, link, options);
        data.insert("id".to_string(), link_id(graph, link).into());
        data.insert("key".to_string(), link.tie.name().into());
        data.insert("interaction".to_string(), link.tie.name().into());
        data.insert("source".to_string(), graph.nodes[link.source].entity.id.as_str().into());
        data.insert("target".to_string(), graph.nodes[link.target].entity.id.as_str().into());
        item(out, position, &json!({"data": data}))?;
    }
    out.write_all(b"\n]}}\n")
}
