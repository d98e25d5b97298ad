//! Parquet tables: facts with their evidence, nodes and edges, for whatever reads columns.
//!
//! Columns are those of the other tabular formats; days are dates, lists are lists, what is unknown is null. A day that
//! lacks its month or day of the month is null as well, and stands in the facts as it was read. A projection's ties are
//! drawn from facts and are none, so that its table of facts is empty.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::civil::{Date, date};
use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::export_graph::{ExportGraph, is_day};
use super::facts::{self, FactLine};
use super::record::{LinkColumn, NodeColumn, Type, Value, confidence, link_id, link_value, node_value};
use super::{Options, generator};

/// So many rows are put into columns at once: few enough for memory, many enough to be skipped by their statistics.
const ROWS: usize = 1 << 16;

/// Day 0 of Parquet's dates.
const EPOCH: Date = date(1970, 1, 1);

/// The columns of facts.
const FACT_COLUMNS: [(&str, Type); 12] = [
    ("article", Type::Text),
    ("subject", Type::Text),
    ("relation", Type::Text),
    ("object", Type::Text),
    ("confidence", Type::Real),
    ("rule", Type::Text),
    ("start", Type::Whole),
    ("end", Type::Whole),
    ("sentence", Type::Text),
    ("published", Type::Day),
    ("language", Type::Text),
    ("url", Type::Text),
];

pub(super) fn write(
    graph: &ExportGraph<'_>,
    options: &Options,
    file: &str,
    out: &mut (impl Write + Send),
) -> io::Result<()> {
    match file {
        "facts.parquet" => facts(graph, out),
        "nodes.parquet" => nodes(graph, options, out),
        _ => edges(graph, options, out),
    }
}

fn facts(graph: &ExportGraph<'_>, out: &mut (impl Write + Send)) -> io::Result<()> {
    let mut lines = Vec::new();
    facts::each(graph, |line| {
        lines.push(line);
        Ok(())
    })?;
    table(&FACT_COLUMNS, lines.len(), out, |row, column| fact_value(graph, &lines[row], column))
}

fn fact_value<'g>(graph: &'g ExportGraph<'_>, line: &FactLine<'g>, column: usize) -> Option<Value<'g>> {
    let evidence = &line.statement.evidence;
    let text = |text: &'g str| Some(Value::Text(text.into()));
    let article = graph.entity(&line.statement.article);
    match FACT_COLUMNS[column].0 {
        "article" => text(line.statement.article.path()),
        "subject" => text(line.subject.as_str()),
        "relation" => text(line.relation.name()),
        "object" => text(line.object.as_str()),
        "confidence" => Some(Value::Real(confidence(evidence.confidence))),
        "rule" => text(&evidence.rule),
        "start" => Some(Value::Whole(evidence.start.into())),
        "end" => Some(Value::Whole(evidence.end.into())),
        "sentence" => text(&evidence.sentence),
        "published" => text(article?.date.as_deref()?),
        "language" => text(article?.language.as_deref()?),
        "url" => text(article?.url.as_deref()?),
        other => unreachable!("facts have no column {other}"),
    }
}

fn nodes(graph: &ExportGraph<'_>, options: &Options, out: &mut (impl Write + Send)) -> io::Result<()> {
    let own = NodeColumn::ALL.iter().map(|column| (column.name(), column.ty()));
    let columns: Vec<(&str, Type)> = [("id", Type::Text)].into_iter().chain(own).collect();
    table(&columns, graph.nodes.len(), out, |row, column| match column {
        0 => Some(Value::Text(graph.nodes[row].entity.id.as_str().into())),
        column => node_value(graph, row, NodeColumn::ALL[column - 1], options),
    })
}

fn edges(graph: &ExportGraph<'_>, options: &Options, out: &mut (impl Write + Send)) -> io::Result<()> {
    let ends = ["id", "source", "target"].map(|name| (name, Type::Text));
    let own = LinkColumn::ALL.iter().map(|column| (column.name(), column.ty()));
    let columns: Vec<(&str, Type)> = ends.into_iter().chain(own).collect();
    table(&columns, graph.links.len(), out, |row, column| {
        let link = &graph.links[row];
        let end = |node: usize| Some(Value::Text(graph.nodes[node].entity.id.as_str().into()));
        match column {
            0 => Some(Value::Text(link_id(graph, link).into())),
            1 => end(link.source),
            2 => end(link.target),
            column => link_value(graph, link, LinkColumn::ALL[column - 3], options),
        }
    })
}

/// Writes rows as they are asked for, group by group, in each group column by column.
fn table<'g>(
    columns: &[(&str, Type)],
    rows: usize,
    out: &mut (impl Write + Send),
    value: impl Fn(usize, usize) -> Option<Value<'g>>,
) -> io::Result<()> {
    let fields: String = columns.iter().map(|(name, ty)| field(name, *ty)).collect();
    let schema = parse_message_type(&format!("message chutoa {{ {fields} }}")).expect("a schema of constants");
    let properties = WriterProperties::builder().set_created_by(generator()).build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    for start in (0..rows).step_by(ROWS) {
        let range = start..rows.min(start + ROWS);
        let mut group = writer.next_row_group()?;
        for (column, (_, ty)) in columns.iter().enumerate() {
            let values = range.clone().map(|row| value(row, column));
            match ty {
                Type::Text => flat::<ByteArrayType, _>(&mut group, values.map(|v| v.map(|v| bytes(&v.text(""))))),
                Type::Day => flat::<Int32Type, _>(&mut group, values.map(|v| day(&v?.text("")))),
                Type::Whole => flat::<Int64Type, _>(&mut group, values.map(whole)),
                Type::Real => flat::<DoubleType, _>(&mut group, values.map(real)),
                Type::Flag => {
                    flat::<BoolType, _>(&mut group, values.map(|v| Some(matches!(v, Some(Value::Flag(true))))))
                }
                Type::List => lists(&mut group, values),
            }?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn field(name: &str, ty: Type) -> String {
    let primitive = match ty {
        Type::Text => "binary NAME (STRING)",
        Type::Day => "int32 NAME (DATE)",
        Type::Whole => "int64 NAME",
        Type::Real => "double NAME",
        Type::Flag => "boolean NAME",
        Type::List => {
            return format!(
                "optional group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }} "
            );
        }
    };
    format!("optional {}; ", primitive.replace("NAME", name))
}

/// A column of at most one value a row.
fn flat<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: impl Iterator<Item = Option<T::T>>,
) -> io::Result<()> {
    let (mut present, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        present.extend(value);
    }
    column::<T, W>(group, |writer| writer.write_batch(&present, Some(&levels), None))
}

/// A column of any number of texts a row.
fn lists<'g, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: impl Iterator<Item = Option<Value<'g>>>,
) -> io::Result<()> {
    let (mut present, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
    for value in values {
        match value {
            // No list: the row itself, and nothing below it.
            None => {
                defined.push(0);
                repeated.push(0);
            }
            Some(Value::List(texts)) => {
                for (at, text) in texts.iter().enumerate() {
                    defined.push(2);
                    repeated.push(i16::from(at > 0));
                    present.push(bytes(text));
                }
            }
            Some(other) => {
                defined.push(2);
                repeated.push(0);
                present.push(bytes(&other.text("")));
            }
        }
    }
    column::<ByteArrayType, W>(group, |writer| writer.write_batch(&present, Some(&defined), Some(&repeated)))
}

fn column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    fill: impl FnOnce(&mut ColumnWriterImpl<'_, T>) -> parquet::errors::Result<usize>,
) -> io::Result<()> {
    let mut writer = group.next_column()?.expect("as many columns as the schema has");
    fill(writer.typed::<T>())?;
    Ok(writer.close()?)
}

fn bytes(text: &str) -> ByteArray {
    ByteArray::from(text)
}

fn whole(value: Option<Value<'_>>) -> Option<i64> {
    match value? {
        Value::Whole(number) => i64::try_from(number).ok(),
        _ => None,
    }
}

fn real(value: Option<Value<'_>>) -> Option<f64> {
    match value? {
        Value::Real(number) => Some(number),
        _ => None,
    }
}

/// The days since 1970, of a full day.
fn day(text: &str) -> Option<i32> {
    let day: Date = text.parse().ok().filter(|_| is_day(text))?;
    Some((day - EPOCH).get_days())
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("2025-07-01"), Some(20_270));
        assert_eq!(day("1945-09-02"), Some(-8_887));
        assert_eq!([day("2025-07"), day("2025-13-77"), day("")], [None; 3]);
    }
}
