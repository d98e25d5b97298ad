//! Tables for Neo4j: `nodes.csv` and `relationships.csv` with the headers of the offline import, and `load.cypher`,
//! which loads the same tables into a running database.
//!
//! ```text
//! neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv --array-delimiter=";"
//! cypher-shell --file load.cypher        # with the two tables in the database's import folder
//! ```
//!
//! Every node has the label `Entity` and that of its kind; relationship types are the relations in capitals. A day
//! that is no full date is left out, since one bad value stops the whole import.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use super::Options;
use super::export_graph::{ExportGraph, Tie, is_day};
use super::record::{LinkColumn, NodeColumn, Type, Value, link_id, link_value, node_value};
use crate::vocabulary::Kind;

pub(super) const FILES: &[&str] = &["nodes.csv", "relationships.csv", "load.cypher"];

/// How `names:string[]` cells are joined.
const ARRAY_DELIMITER: &str = ";";

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, file: &str, out: &mut impl Write) -> io::Result<()> {
    match file {
        "nodes.csv" => nodes(graph, options, &mut csv::Writer::from_writer(out)),
        "relationships.csv" => relationships(graph, options, &mut csv::Writer::from_writer(out)),
        _ => cypher(graph, out),
    }
}

/// What a picture needs and a database does not is left out.
fn node_columns() -> impl Iterator<Item = NodeColumn> {
    let drawn = [NodeColumn::Kind, NodeColumn::Colour, NodeColumn::Size, NodeColumn::Degree];
    NodeColumn::ALL.iter().copied().filter(move |column| !drawn.contains(column))
}

fn link_columns() -> impl Iterator<Item = LinkColumn> {
    let drawn = [LinkColumn::Relation, LinkColumn::Colour, LinkColumn::Label];
    LinkColumn::ALL.iter().copied().filter(move |column| !drawn.contains(column))
}

/// The property that a column becomes; a node's label is its `name`, since labels are something else in Neo4j.
fn property(column: NodeColumn) -> &'static str {
    if column == NodeColumn::Label { "name" } else { column.name() }
}

fn nodes(graph: &ExportGraph<'_>, options: &Options, out: &mut csv::Writer<impl Write>) -> io::Result<()> {
    out.write_field("id:ID")?;
    for column in node_columns() {
        out.write_field(header(property(column), column.ty()))?;
    }
    out.write_field(":LABEL")?;
    out.write_record(None::<&[u8]>)?;
    for (position, node) in graph.nodes.iter().enumerate() {
        out.write_field(node.entity.id.as_str())?;
        for column in node_columns() {
            out.write_field(cell(node_value(graph, position, column, options), column.ty()))?;
        }
        out.write_field(format!("Entity{ARRAY_DELIMITER}{}", node_label(node.kind)))?;
        out.write_record(None::<&[u8]>)?;
    }
    out.flush()
}

fn relationships(graph: &ExportGraph<'_>, options: &Options, out: &mut csv::Writer<impl Write>) -> io::Result<()> {
    out.write_field(":START_ID")?;
    out.write_field(":END_ID")?;
    out.write_field("key")?;
    for column in link_columns() {
        out.write_field(header(column.name(), column.ty()))?;
    }
    out.write_field(":TYPE")?;
    out.write_record(None::<&[u8]>)?;
    for link in &graph.links {
        out.write_field(graph.nodes[link.source].entity.id.as_str())?;
        out.write_field(graph.nodes[link.target].entity.id.as_str())?;
        out.write_field(link_id(graph, link))?;
        for column in link_columns() {
            out.write_field(cell(link_value(graph, link, column, options), column.ty()))?;
        }
        out.write_field(relationship_type(link.tie))?;
        out.write_record(None::<&[u8]>)?;
    }
    out.flush()
}

fn header(name: &str, ty: Type) -> String {
    match ty {
        Type::Text => name.to_string(),
        Type::List => format!("{name}:string[]"),
        Type::Day => format!("{name}:date"),
        Type::Whole => format!("{name}:long"),
        Type::Real => format!("{name}:double"),
        Type::Flag => format!("{name}:boolean"),
    }
}

fn cell(value: Option<Value<'_>>, ty: Type) -> String {
    match value {
        None => String::new(),
        Some(Value::List(list)) => {
            let list: Vec<String> = list.iter().map(|text| plain(text).replace(ARRAY_DELIMITER, ",")).collect();
            list.join(ARRAY_DELIMITER)
        }
        Some(value) if ty == Type::Day && !is_day(&value.text("")) => String::new(),
        // A list column may hold a single text; the delimiter must not split it.
        Some(value) if ty == Type::List => plain(&value.text("")).replace(ARRAY_DELIMITER, ","),
        Some(value) => plain(&value.text("")).into_owned(),
    }
}

/// A text on one line, since the import reads lines unless told otherwise. `LOAD CSV` takes a backslash before a
/// quotation mark or the end of a cell for an escape: a space keeps the two apart.
fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_control() || c == '\\') {
        return Cow::Borrowed(text);
    }
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let apart = one_line.replace("\\\"", "\\ \"");
    Cow::Owned(if apart.ends_with('\\') { apart + " " } else { apart })
}

fn node_label(kind: Kind) -> String {
    let name = kind.name();
    name[..1].to_ascii_uppercase() + &name[1..]
}

fn relationship_type(tie: Tie) -> String {
    tie.name().to_ascii_uppercase()
}

fn cypher(graph: &ExportGraph<'_>, out: &mut impl Write) -> io::Result<()> {
    let kinds: BTreeSet<Kind> = graph.nodes.iter().map(|node| node.kind).collect();
    let ties: BTreeSet<Tie> = graph.links.iter().map(|link| link.tie).collect();
    writeln!(out, "// Loads nodes.csv and relationships.csv from the database's import folder; may be run again.")?;
    writeln!(out, "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n")?;
    for kind in kinds {
        let label = node_label(kind);
        writeln!(out, "LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row")?;
        writeln!(out, "WITH row WHERE row.`:LABEL` = 'Entity{ARRAY_DELIMITER}{label}'")?;
        writeln!(out, "MERGE (n:Entity {{id: row.`id:ID`}}) SET n:{label}")?;
        let settings = node_columns().map(|column| setting("n", property(column), column.ty()));
        writeln!(out, "SET {};\n", settings.collect::<Vec<_>>().join(",\n    "))?;
    }
    for tie in ties {
        let name = relationship_type(tie);
        writeln!(out, "LOAD CSV WITH HEADERS FROM 'file:///relationships.csv' AS row")?;
        writeln!(out, "WITH row WHERE row.`:TYPE` = '{name}'")?;
        writeln!(out, "MATCH (a:Entity {{id: row.`:START_ID`}}) MATCH (b:Entity {{id: row.`:END_ID`}})")?;
        writeln!(out, "MERGE (a)-[r:{name} {{key: row.key}}]->(b)")?;
        let settings = link_columns().map(|column| setting("r", column.name(), column.ty()));
        writeln!(out, "SET {};\n", settings.collect::<Vec<_>>().join(",\n    "))?;
    }
    Ok(())
}

fn setting(variable: &str, name: &str, ty: Type) -> String {
    let value = format!("row.`{}`", header(name, ty));
    let value = match ty {
        Type::Text => value,
        Type::List => format!("split({value}, '{ARRAY_DELIMITER}')"),
        Type::Day => format!("date({value})"),
        Type::Whole => format!("toInteger({value})"),
        Type::Real => format!("toFloat({value})"),
        Type::Flag => format!("toBoolean({value})"),
    };
    format!("{variable}.{name} = {value}")
}
