//! A table is rows of cells under a header, printed in columns that fit the terminal or tab-separated.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Blanks between two columns.
const GAP: usize = 2;

/// A column never gets narrower than this for want of room.
const NARROWEST: usize = 8;

/// Columns of dates and figures, which nobody can read when they are cut.
const RIGID: [&str; 10] = ["", "WHEN", "DATE", "DAYS", "REPORTS", "LANGUAGE", "EDGES", "COUNT", "BETWEEN", "COMMUNITY"];

/// Rows under a header.
#[derive(Clone, Debug, Default)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    notes: Vec<Option<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new(header: &[&str]) -> Table {
        Table { header: header.iter().map(|title| title.to_string()).collect(), rows: Vec::new(), notes: Vec::new() }
    }

    /// Adds a row, and a line to print below it.
    pub fn push(&mut self, row: Vec<String>, note: Option<String>) {
        assert_eq!(row.len(), self.header.len(), "a cell a column");
        self.rows.push(row.iter().map(|cell| clean(cell)).collect());
        self.notes.push(note.map(|note| clean(&note)));
    }

    /// Leaves out columns in which no row has anything.
    pub fn without_empty_columns(mut self) -> Table {
        for column in (0..self.header.len()).rev() {
            if self.rows.iter().all(|row| row[column].is_empty()) {
                self.header.remove(column);
                self.rows.iter_mut().for_each(|row| drop(row.remove(column)));
            }
        }
        self
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Prints columns; where they are wider than the terminal, the widest are cut.
    pub fn print(&self, out: &mut dyn Write, terminal: Option<usize>) -> io::Result<()> {
        let widths = self.widths(terminal);
        self.print_row(out, self.header.iter().map(String::as_str), &widths)?;
        for (row, note) in self.rows.iter().zip(&self.notes) {
            self.print_row(out, row.iter().map(String::as_str), &widths)?;
            if let Some(note) = note {
                writeln!(out, "    {}", cut(note, terminal.map_or(usize::MAX, |width| width.saturating_sub(4))))?;
            }
        }
        Ok(())
    }

    /// Prints tab-separated values.
    pub fn print_tsv(&self, out: &mut dyn Write, with_header: bool) -> io::Result<()> {
        if with_header {
            writeln!(out, "{}", self.header.join("\t"))?;
        }
        self.rows.iter().try_for_each(|row| writeln!(out, "{}", row.join("\t")))
    }

    /// Prints comma-separated values.
    pub fn print_csv(&self, out: &mut dyn Write, with_header: bool) -> io::Result<()> {
        let mut out = csv::WriterBuilder::new().flexible(true).from_writer(out);
        if with_header {
            out.write_record(&self.header)?;
        }
        self.rows.iter().try_for_each(|row| out.write_record(row))?;
        out.flush()
    }

    fn widths(&self, terminal: Option<usize>) -> Vec<usize> {
        let cells = |column: usize| self.rows.iter().map(move |row| row[column].width());
        let mut widths: Vec<usize> =
            (0..self.header.len()).map(|c| cells(c).max().unwrap_or(0).max(self.header[c].width())).collect();
        let room = terminal.map_or(usize::MAX, |width| width.saturating_sub(GAP * widths.len().saturating_sub(1)));
        while widths.iter().sum::<usize>() > room {
            let soft = widths.iter_mut().zip(&self.header).filter(|(_, title)| !RIGID.contains(&title.as_str()));
            let Some((widest, _)) = soft.max_by_key(|(width, _)| **width) else { break };
            if *widest <= NARROWEST {
                break;
            }
            *widest -= 1;
        }
        widths
    }

    fn print_row<'a>(
        &self,
        out: &mut dyn Write,
        cells: impl Iterator<Item = &'a str>,
        widths: &[usize],
    ) -> io::Result<()> {
        let mut line = String::new();
        for (cell, width) in cells.zip(widths) {
            let cell = cut(cell, *width);
            line.push_str(&cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + GAP));
        }
        writeln!(out, "{}", line.trim_end())
    }
}

/// As much of a text as fits into so many columns, with `…` where something is left out.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut used = 1;
    let fitting = text.chars().take_while(|c| {
        used += c.width().unwrap_or(0);
        used <= width
    });
    let mut short: String = fitting.collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A text in one line without characters that move the cursor, recolour the terminal or turn the direction of writing.
pub fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The same for a text of several lines.
pub fn clean_lines(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(table: &Table, terminal: Option<usize>) -> String {
        let mut out = Vec::new();
        table.print(&mut out, terminal).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_align_by_what_the_eye_sees() {
        let mut table = Table::new(&["WHO", "WHEN"]);
        table.push(vec!["a\u{302}\u{301}b".into(), "1".into()], None);
        table.push(vec!["漢字".into(), "2".into()], Some("note".into()));
        assert_eq!(print(&table, None), "WHO   WHEN\na\u{302}\u{301}b    1\n漢字  2\n    note\n");
    }

    #[test]
    fn the_widest_column_gives_way_to_the_terminal() {
        let mut table = Table::new(&["WHO", "WHAT", "N"]);
        table.push(vec!["short".into(), "a text that is much too long for this".into(), "17".into()], None);
        let printed = print(&table, Some(30));
        assert!(printed.lines().all(|line| line.width() <= 30), "{printed}");
        assert!(printed.contains("short") && printed.contains('…') && printed.contains("17"), "{printed}");
    }

    #[test]
    fn hostile_cells_stay_in_their_row() {
        let mut table = Table::new(&["A", "B"]);
        table.push(vec!["x\ny\tz".into(), "\u{1b}[31m\u{202e}red".into()], None);
        let mut out = Vec::new();
        table.print_tsv(&mut out, false).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "x y z\t [31mred\n");
    }

    #[test]
    fn empty_columns_go() {
        let mut table = Table::new(&["A", "B", "C"]);
        table.push(vec!["1".into(), String::new(), "3".into()], None);
        assert_eq!(print(&table.without_empty_columns(), None), "A  C\n1  3\n");
    }
}
