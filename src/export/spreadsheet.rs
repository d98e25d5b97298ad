//! Spreadsheet tables: `nodes.csv` and `edges.csv`, with the headers that Gephi's import looks for.
//!
//! In Gephi's table of edges `Type` is the direction and `Kind` the type. A cell that a spreadsheet would run as a
//! formula gets an apostrophe in front, which spreadsheets take as "this is text".

use std::borrow::Cow;
use std::io::{self, Write};

use super::Options;
use super::export_graph::ExportGraph;
use super::record::{LinkColumn, NodeColumn, SEPARATOR, link_id, link_value, node_value};

pub(super) const FILES: &[&str] = &["nodes.csv", "edges.csv"];

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, file: &str, out: &mut impl Write) -> io::Result<()> {
    if options.byte_order_mark {
        out.write_all("\u{FEFF}".as_bytes())?;
    }
    let mut out = csv::Writer::from_writer(out);
    match file {
        "nodes.csv" => nodes(graph, options, &mut out)?,
        _ => edges(graph, options, &mut out)?,
    }
    out.flush()
}

fn nodes(graph: &ExportGraph<'_>, options: &Options, out: &mut csv::Writer<impl Write>) -> io::Result<()> {
    out.write_field("Id")?;
    for column in NodeColumn::ALL {
        out.write_field(if *column == NodeColumn::Label { "Label" } else { column.name() })?;
    }
    out.write_record(None::<&[u8]>)?;
    for (position, node) in graph.nodes.iter().enumerate() {
        out.write_field(node.entity.id.as_str())?;
        for column in NodeColumn::ALL {
            let value = node_value(graph, position, *column, options);
            out.write_field(
                guard(&value.as_ref().map_or(Cow::Borrowed(""), |value| value.text(SEPARATOR))).as_bytes(),
            )?;
        }
        out.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

fn edges(graph: &ExportGraph<'_>, options: &Options, out: &mut csv::Writer<impl Write>) -> io::Result<()> {
    for name in ["Source", "Target", "Type", "Kind", "Id"] {
        out.write_field(name)?;
    }
    for column in LinkColumn::ALL {
        out.write_field(match column {
            LinkColumn::Label => "Label",
            LinkColumn::Weight => "Weight",
            other => other.name(),
        })?;
    }
    out.write_record(None::<&[u8]>)?;
    for link in &graph.links {
        out.write_field(graph.nodes[link.source].entity.id.as_str())?;
        out.write_field(graph.nodes[link.target].entity.id.as_str())?;
        out.write_field("Directed")?;
        out.write_field(link.tie.name())?;
        out.write_field(link_id(graph, link))?;
        for column in LinkColumn::ALL {
            let value = link_value(graph, link, *column, options);
            out.write_field(
                guard(&value.as_ref().map_or(Cow::Borrowed(""), |value| value.text(SEPARATOR))).as_bytes(),
            )?;
        }
        out.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

/// Keeps a spreadsheet from running a text as a formula.
fn guard(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn formulas_become_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"] {
            assert_eq!(guard(formula), format!("'{formula}"));
        }
        for text in ["Đắk Nông", "31st conference", "'quoted'", ""] {
            assert_eq!(guard(text), text);
        }
    }
}
