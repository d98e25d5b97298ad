//! GEXF 1.3 as Gephi reads it best: kinds of edges, colours, and times that its timeline plays.
//!
//! Colours are three numbers (networkx fails on hexadecimal ones). A time is one closed interval an element, from
//! the first to the last day on which it is seen: intervals that overlap, and dates that are no full day, cost an
//! element its time. Bodies and provinces have none and are always there. A file without any day is static.

use std::io::{self, Write};

use super::export_graph::{ExportGraph, is_day};
use super::look::{Colour, kind_colour, size, tie_colour};
use super::record::{LinkColumn, NodeColumn, SEPARATOR, Type, Value, label, link_id, link_value, node_value};
use super::{Options, generator, xml};
use crate::vocabulary::Kind;

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n",
    )?;
    let generator = generator();
    writeln!(out, "<meta><creator>{generator}</creator></meta>")?;
    let dated = graph.links.iter().any(|link| interval(link.first, link.last).is_some())
        || graph.nodes.iter().any(|node| interval(node.first, node.last).is_some());
    out.write_all(match dated {
        true => {
            b"<graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\" \
              timerepresentation=\"interval\">\n" as &[u8]
        }
        false => b"<graph mode=\"static\" defaultedgetype=\"directed\">\n",
    })?;

    out.write_all(b"<attributes class=\"node\" mode=\"static\">\n")?;
    for (id, column) in node_columns() {
        declare(out, id, column.name(), column.ty())?;
    }
    out.write_all(b"</attributes>\n<attributes class=\"edge\" mode=\"static\">\n")?;
    for (id, column) in link_columns() {
        declare(out, id, column.name(), column.ty())?;
    }
    out.write_all(b"</attributes>\n<nodes>\n")?;

    for (position, node) in graph.nodes.iter().enumerate() {
        let (id, label) = (xml::attribute(node.entity.id.as_str()), xml::attribute(label(node.entity, options)));
        writeln!(out, "<node id=\"{id}\" label=\"{label}\">\n<attvalues>")?;
        for (id, column) in node_columns() {
            value(out, id, node_value(graph, position, column, options))?;
        }
        out.write_all(b"</attvalues>\n")?;
        if !matches!(node.kind, Kind::Organization | Kind::Province) {
            spell(out, node.first, node.last)?;
        }
        colour(out, kind_colour(node.kind))?;
        writeln!(out, "<viz:size value=\"{}\"/>\n</node>", size(node.degree))?;
    }
    out.write_all(b"</nodes>\n<edges>\n")?;
    for link in &graph.links {
        writeln!(
            out,
            "<edge id=\"{}\" source=\"{}\" target=\"{}\" kind=\"{kind}\" label=\"{kind}\" weight=\"{}\">\n<attvalues>",
            xml::attribute(&link_id(graph, link)),
            xml::attribute(graph.nodes[link.source].entity.id.as_str()),
            xml::attribute(graph.nodes[link.target].entity.id.as_str()),
            link.weight,
            kind = link.tie.name(),
        )?;
        for (id, column) in link_columns() {
            value(out, id, link_value(graph, link, column, options))?;
        }
        out.write_all(b"</attvalues>\n")?;
        spell(out, link.first, link.last)?;
        colour(out, tie_colour(link.tie))?;
        out.write_all(b"</edge>\n")?;
    }
    out.write_all(b"</edges>\n</graph>\n</gexf>\n")
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

fn declare(out: &mut impl Write, id: usize, name: &str, ty: Type) -> io::Result<()> {
    let ty = match ty {
        Type::Text | Type::List | Type::Day => "string",
        Type::Whole => "integer",
        Type::Real => "double",
        Type::Flag => "boolean",
    };
    writeln!(out, "<attribute id=\"{id}\" title=\"{name}\" type=\"{ty}\"/>")
}

fn value(out: &mut impl Write, id: usize, value: Option<Value<'_>>) -> io::Result<()> {
    let Some(value) = value else { return Ok(()) };
    writeln!(out, "<attvalue for=\"{id}\" value=\"{}\"/>", xml::attribute(&value.text(SEPARATOR)))
}

fn colour(out: &mut impl Write, Colour([r, g, b]): Colour) -> io::Result<()> {
    writeln!(out, "<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\" a=\"1\"/>")
}

fn spell(out: &mut impl Write, first: Option<&str>, last: Option<&str>) -> io::Result<()> {
    let Some((start, end)) = interval(first, last) else {
        return Ok(());
    };
    writeln!(out, "<spells><spell start=\"{start}\" end=\"{end}\"/></spells>")
}

fn interval<'a>(first: Option<&'a str>, last: Option<&'a str>) -> Option<(&'a str, &'a str)> {
    let (first, last) = (first?, last?);
    (is_day(first) && is_day(last) && first <= last).then_some((first, last))
}
