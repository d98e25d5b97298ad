//! A table: tab-separated rows under a header, each row knowing its file and line, so that errors can name them.

use std::collections::{BTreeMap, HashSet};

use crate::error::{Error, Result};

/// A file that a table is read from: the one compiled in, or one of a folder that adds to it.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) file: String,
    pub(crate) text: String,
}

/// The tables of one gazetteer, by their path below its folder.
pub(crate) type Tables = BTreeMap<String, Vec<Part>>;

/// The added table with the most rows that the one it adds to has as well, as a copy of that would, and how many.
pub(crate) fn copied(tables: &Tables) -> Option<(String, usize)> {
    let mut most: Option<(String, usize)> = None;
    for parts in tables.values() {
        let Some((base, added)) = parts.split_first() else { continue };
        for part in added {
            let known: HashSet<&str> = base.text.lines().skip(1).collect();
            let rows = part.text.lines().skip(1).filter(|row| !row.is_empty() && known.contains(row)).count();
            if rows > most.as_ref().map_or(0, |(_, rows)| *rows) {
                most = Some((part.file.clone(), rows));
            }
        }
    }
    most
}

/// One table of the gazetteer, as read.
pub(crate) struct Table<'a> {
    parts: Vec<(&'a str, Vec<&'a str>)>,
    rows: Vec<(usize, usize, Vec<&'a str>)>,
}

/// One row of a table.
pub(crate) struct Row<'t, 'a> {
    file: &'a str,
    columns: &'t [&'a str],
    line: usize,
    cells: &'t [&'a str],
}

impl<'a> Table<'a> {
    /// Cuts a table into rows; empty lines and lines that open with `#` are passed over.
    pub(crate) fn parse(parts: &'a [Part]) -> Result<Table<'a>> {
        let mut table = Table { parts: Vec::new(), rows: Vec::new() };
        for (part, Part { file, text }) in parts.iter().enumerate() {
            let mut lines =
                text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
            let Some((_, header)) = lines.next() else {
                return Err(Error::row(file, 1, "the table is empty", "its first line names the columns"));
            };
            let columns: Vec<&str> = header.split('\t').collect();
            for (number, line) in lines {
                let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
                if cells.len() != columns.len() {
                    return Err(Error::row(
                        file,
                        number + 1,
                        format!("{} cells instead of {}", cells.len(), columns.len()),
                        format!("separate cells with one tab; the columns are {}", columns.join(", ")),
                    ));
                }
                table.rows.push((part, number + 1, cells));
            }
            table.parts.push((file, columns));
        }
        Ok(table)
    }

    /// All rows, in the files' order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        self.rows.iter().map(|(part, line, cells)| {
            let (file, columns) = &self.parts[*part];
            Row { file, columns, line: *line, cells }
        })
    }
}

impl<'a> Row<'_, 'a> {
    /// The cell of a column; a column that the table lacks is an error.
    pub(crate) fn get(&self, column: &str) -> Result<&'a str> {
        self.columns.iter().position(|c| *c == column).map(|at| self.cells[at]).ok_or_else(|| {
            Error::row(self.file, 1, format!("no column `{column}`"), "add it to the header and to each row")
        })
    }

    /// The cell of a column that must not be empty.
    pub(crate) fn required(&self, column: &str) -> Result<&'a str> {
        match self.get(column)? {
            "" => Err(self.error(format!("`{column}` is empty"), "fill it or delete the row")),
            text => Ok(text),
        }
    }

    /// The cell of a column as a number.
    pub(crate) fn number<N: std::str::FromStr>(&self, column: &str) -> Result<N> {
        let text = self.required(column)?;
        text.parse().map_err(|_| self.error(format!("`{column}` is `{text}`, no number in range"), "write digits only"))
    }

    /// An error at this row.
    pub(crate) fn error(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::row(self.file, self.line, problem, remedy)
    }
}
