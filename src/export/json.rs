//! Node-link JSON: one object with nodes and edges, as `networkx.node_link_graph` reads it.
//!
//! An edge's `key` is its relation, so that two relations between the same two nodes stay two edges. One node or
//! edge stands on each line, which keeps versions comparable.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::export_graph::ExportGraph;
use super::record::{link_id, link_object, node_object};
use super::{Options, generator};

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let about = json!({"generator": generator()});
    write!(out, "{{\"directed\":true,\"multigraph\":true,\"graph\":{about},\n\"nodes\":[")?;
    for (position, node) in graph.nodes.iter().enumerate() {
        let mut object = node_object(graph, position, options);
        object.insert("id".to_string(), node.entity.id.as_str().into());
        item(out, position, &Value::Object(object))?;
    }
    out.write_all(b"\n],\n\"edges\":[")?;
    for (position, link) in graph.links.iter().enumerate() {
        let mut object = link_object(graph, link, options);
        object.insert("id".to_string(), link_id(graph, link).into());
        object.insert("key".to_string(), link.tie.name().into());
        object.insert("source".to_string(), graph.nodes[link.source].entity.id.as_str().into());
        object.insert("target".to_string(), graph.nodes[link.target].entity.id.as_str().into());
        item(out, position, &Value::Object(object))?;
    }
    out.write_all(b"\n]}\n")
}

/// Writes an element of an array on a line of its own.
pub(super) fn item(out: &mut impl Write, position: usize, value: &Value) -> io::Result<()> {
    out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
    serde_json::to_writer(out, value).map_err(io::Error::from)
}
