//! GEXF 1.3 as Gephi reads it best: kinds of edges, colours, and times that its timeline plays.
//!
//! Colours are three numbers (networkx fails on hexadecimal ones). A time is one closed interval an element, from
//! the first to the last day on which it is seen: intervals that overlap, and dates that are no full day, cost an
//! element its time. Bodies and provinces have none and are always there. A file without any day is static.

use std::io::{self, Write};

use super::export_graph::{ExportGraph, is_day};
use super::look::{Colour, kind_colour, size, tie_colour};
use super::record::{LinkColumn, NodeColumn, Type, Value, label, link_value, node_value};
use super::xml::{Place, Xml};
use super::{Options, generator};
use crate::vocabulary::Kind;

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let mut xml = Xml::new(out);
    xml.markup(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n",
    );
    xml.markup("<meta><creator>").text(&generator()).markup("</creator></meta>\n");
    let dated = graph.links.iter().any(|link| interval(link.first, link.last).is_some())
        || graph.nodes.iter().any(|node| interval(node.first, node.last).is_some());
    xml.markup(match dated {
        true => {
            "<graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\" \
             timerepresentation=\"interval\">\n"
        }
        false => "<graph mode=\"static\" defaultedgetype=\"directed\">\n",
    });

    xml.markup("<attributes class=\"node\" mode=\"static\">\n");
    for (id, column) in node_columns() {
        xml.markup(&declaration(id, column.name(), column.ty()));
    }
    xml.markup("</attributes>\n<attributes class=\"edge\" mode=\"static\">\n");
    for (id, column) in link_columns() {
        xml.markup(&declaration(id, column.name(), column.ty()));
    }
    xml.end("</attributes>\n<nodes>\n")?;

    // What stands before a value is put together once a column, not once a node.
    let columns: Vec<_> = node_columns().map(|(id, column)| (column, attvalue(id))).collect();
    for (position, node) in graph.nodes.iter().enumerate() {
        xml.markup("<node id=\"").attribute(node.entity.id.as_str());
        xml.markup("\" label=\"").attribute(label(node.entity, options)).markup("\">\n<attvalues>\n");
        for (column, attvalue) in &columns {
            if let Some(value) = node_value(graph, position, *column, options) {
                xml.markup(attvalue).value(&value, Place::Attribute).markup("\"/>\n");
            }
        }
        xml.markup("</attvalues>\n");
        if !matches!(node.kind, Kind::Organization | Kind::Province) {
            spell(&mut xml, node.first, node.last);
        }
        colour(&mut xml, kind_colour(node.kind));
        xml.markup("<viz:size value=\"").value(&Value::Real(size(node.degree)), Place::Attribute);
        xml.end("\"/>\n</node>\n")?;
    }
    xml.end("</nodes>\n<edges>\n")?;
    let columns: Vec<_> = link_columns().map(|(id, column)| (column, attvalue(id))).collect();
    for link in graph.links_ahead() {
        let [source, target] = [link.source, link.target].map(|end| graph.nodes[end].entity.id.as_str());
        xml.open_edge(source, link.tie, target);
        xml.markup("\" kind=\"").markup(link.tie.name()).markup("\" label=\"").markup(link.tie.name());
        xml.markup("\" weight=\"").whole(link.weight.into()).markup("\">\n<attvalues>\n");
        for (column, attvalue) in &columns {
            if let Some(value) = link_value(graph, link, *column, options) {
                xml.markup(attvalue).value(&value, Place::Attribute).markup("\"/>\n");
            }
        }
        xml.markup("</attvalues>\n");
        spell(&mut xml, link.first, link.last);
        colour(&mut xml, tie_colour(link.tie));
        xml.end("</edge>\n")?;
    }
    xml.finish("</edges>\n</graph>\n</gexf>\n")
}

/// The columns for which GEXF has no element or attribute of its own, with their numbers.
fn node_columns() -> impl Iterator<Item = (usize, NodeColumn)> {
    let own = [NodeColumn::Label, NodeColumn::Colour, NodeColumn::Size];
    NodeColumn::ALL.iter().copied().enumerate().filter(move |(_, column)| !own.contains(column))
}

/// See [`node_columns`]; the relation stays, since networkx drops an edge's `kind`.
fn link_columns() -> impl Iterator<Item = (usize, LinkColumn)> {
    let own = [LinkColumn::Label, LinkColumn::Weight, LinkColumn::Colour];
    LinkColumn::ALL.iter().copied().enumerate().filter(move |(_, column)| !own.contains(column))
}

fn declaration(id: usize, name: &str, ty: Type) -> String {
    let ty = match ty {
        Type::Text | Type::List | Type::Day => "string",
        Type::Whole => "integer",
        Type::Real => "double",
        Type::Flag => "boolean",
    };
    format!("<attribute id=\"{id}\" title=\"{name}\" type=\"{ty}\"/>\n")
}

fn attvalue(id: usize) -> String {
    format!("<attvalue for=\"{id}\" value=\"")
}

fn colour(xml: &mut Xml<impl Write>, Colour([r, g, b]): Colour) {
    xml.markup("<viz:color r=\"").whole(r.into()).markup("\" g=\"").whole(g.into()).markup("\" b=\"").whole(b.into());
    xml.markup("\" a=\"1\"/>\n");
}

fn spell(xml: &mut Xml<impl Write>, first: Option<&str>, last: Option<&str>) {
    if let Some((start, end)) = interval(first, last) {
        xml.markup("<spells><spell start=\"").markup(start).markup("\" end=\"").markup(end).markup("\"/></spells>\n");
    }
}

fn interval<'a>(first: Option<&'a str>, last: Option<&'a str>) -> Option<(&'a str, &'a str)> {
    let (first, last) = (first?, last?);
    (is_day(first) && is_day(last) && first <= last).then_some((first, last))
}
