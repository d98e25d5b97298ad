//! A table: tab-separated rows under a header, each row knowing its line, so that errors can name it.

use std::collections::BTreeMap;

use crate::error::{Error, Result};

/// One table of the gazetteer, as read.
pub(crate) struct Table<'a> {
    file: &'a str,
    columns: Vec<&'a str>,
    rows: Vec<(usize, Vec<&'a str>)>,
}

/// One row of a table.
pub(crate) struct Row<'t, 'a> {
    table: &'t Table<'a>,
    line: usize,
    cells: &'t [&'a str],
}

impl<'a> Table<'a> {
    /// Cuts a table into rows; empty lines and lines that open with `#` are passed over.
    pub(crate) fn parse(file: &'a str, text: &'a str) -> Result<Table<'a>> {
        let mut lines =
            text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((_, header)) = lines.next() else {
            return Err(Error::row(file, 1, "the table is empty", "its first line names the columns"));
        };
        let columns: Vec<&str> = header.split('\t').collect();
        let mut rows = Vec::new();
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
            rows.push((number + 1, cells));
        }
        Ok(Table { file, columns, rows })
    }

    /// All rows, in the file's order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }
}

impl<'t, 'a> Row<'t, 'a> {
    /// The cell of a column; a column that the table lacks is an error.
    pub(crate) fn get(&self, column: &str) -> Result<&'a str> {
        self.table.columns.iter().position(|c| *c == column).map(|at| self.cells[at]).ok_or_else(|| {
            Error::row(self.table.file, 1, format!("no column `{column}`"), "add it to the header and to each row")
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
        Error::row(self.table.file, self.line, problem, remedy)
    }

    /// Where the row stands: `file:line`.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.table.file, self.line)
    }
}

/// The tables of one gazetteer, by their path below its folder.
pub(crate) type Tables = BTreeMap<String, String>;
