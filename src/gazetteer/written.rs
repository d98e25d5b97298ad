//! How tables are written: their header, the order and spelling of their rows, rows that stand twice.
//!
//! The part of the check that looks at files alone; what rows mean is the other part.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::table::{Part, Tables};
use crate::error::Error;

/// The tables and their columns; `*` stands for the code of a language.
const SHAPES: [(&str, &str); 28] = [
    ("entities/bodies.tsv", "body scope head membership event flags label_en label_vi"),
    ("entities/common-words.tsv", "word"),
    ("entities/components.tsv", "component class flags"),
    ("entities/compositions.tsv", "order body all any none"),
    ("entities/document-types.tsv", "suffix type scope issuer name_en name_vi"),
    ("entities/documents.tsv", "number type issuer date subject term source"),
    ("entities/event-kinds.tsv", "kind flags label_en label_vi"),
    ("entities/host-prefixes.tsv", "prefix"),
    ("entities/labels.tsv", "label label_en label_vi"),
    ("entities/outlets.tsv", "host province"),
    ("entities/people.tsv", "id name_vi body role place observed gender source"),
    ("entities/posts.tsv", "order when all none body role"),
    ("entities/provinces.tsv", "id name_vi name_vi_before city_since merged_into merged_on iso_3166_2"),
    ("entities/roles.tsv", "role deputy standing_deputy appoints label_en label_vi"),
    ("entities/spellings.tsv", "written standard"),
    ("entities/syllables.tsv", "syllable name_count surname_share"),
    ("entities/units.tsv", "unit province level name_vi"),
    ("languages/*/abbreviations.tsv", "form"),
    ("languages/*/calendar.tsv", "form month"),
    ("languages/*/components.tsv", "form components"),
    ("languages/*/cues.tsv", "form cue"),
    ("languages/*/documents.tsv", "form type"),
    ("languages/*/endings.tsv", "ending of restores"),
    ("languages/*/events.tsv", "form kind"),
    ("languages/*/fields.tsv", "form field"),
    ("languages/*/language.tsv", "key value"),
    ("languages/*/ordinals.tsv", "form kind value"),
    ("languages/*/places.tsv", "form province"),
];

/// Tables that not every language has.
const OPTIONAL: (&str, &str) = ("languages/*/transliteration.tsv", "form syllable");

/// Tables in which the first column names a row.
const KEYED: [&str; 10] = [
    "entities/bodies.tsv",
    "entities/components.tsv",
    "entities/compositions.tsv",
    "entities/document-types.tsv",
    "entities/event-kinds.tsv",
    "entities/outlets.tsv",
    "entities/posts.tsv",
    "entities/provinces.tsv",
    "entities/roles.tsv",
    "entities/syllables.tsv",
];

/// A row as it stands in its file, broken or not.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    columns: &'a str,
    pub(super) text: &'a str,
}

impl<'a> Row<'a> {
    /// A cell, empty where the table lacks the column.
    pub(super) fn get(&self, column: &str) -> &'a str {
        let at = self.columns.split('\t').position(|c| c == column);
        at.and_then(|at| self.text.split('\t').nth(at)).unwrap_or("").trim()
    }

    pub(super) fn problem(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::row(self.file, self.line, problem, remedy)
    }
}

/// Rows by table.
pub(super) type Rows<'a> = BTreeMap<&'a str, Vec<Row<'a>>>;

pub(super) fn rows_of(part: &Part) -> Vec<Row<'_>> {
    let mut lines = part.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let columns = lines.next().map_or("", |(_, header)| header);
    lines.map(|(at, text)| Row { file: &part.file, line: at + 1, columns, text }).collect()
}

/// `languages/*/cues.tsv` is the shape of every language's cues.
pub(super) fn is_shape(shape: &str, name: &str) -> bool {
    match shape.split_once('*') {
        Some((before, after)) => name
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|code| !code.is_empty() && !code.contains('/')),
        None => shape == name,
    }
}

pub(super) fn headers(tables: &Tables, problems: &mut Vec<Error>) {
    for (name, parts) in tables {
        let shape = SHAPES.iter().chain([&OPTIONAL]).find(|(shape, _)| is_shape(shape, name));
        for part in parts {
            let row = |problem, remedy| Error::row(&part.file, 1, problem, remedy);
            let Some((_, columns)) = shape else {
                problems.push(row(
                    "no such table: nothing reads it".into(),
                    "see gazetteer/README.md for the names of tables".into(),
                ));
                continue;
            };
            let header = part.text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or("");
            if header.replace('\t', " ") != *columns {
                problems.push(row(
                    format!("the columns are `{}`", header.replace('\t', " ")),
                    format!("the first line is `{columns}`, with tabs between"),
                ));
            }
        }
    }
}

/// Rows stand in the order of their bytes, so that two people who add rows do not collide.
pub(super) fn order(part: &Part, problems: &mut Vec<Error>) {
    let rows = rows_of(part);
    for pair in rows.windows(2).filter(|pair| pair[0].text > pair[1].text) {
        let form = pair[1].text.split('\t').next().unwrap_or_default();
        problems.push(pair[1].problem(
            format!("`{form}` stands behind a row that sorts after it"),
            "sort the rows by their bytes (LC_ALL=C sort), the header apart",
        ));
    }
}

/// How a row is written: NFC, no stray white space, one script a word.
pub(super) fn spelling(row: &Row<'_>, problems: &mut Vec<Error>) {
    if row.text.nfc().ne(row.text.chars()) {
        problems.push(row.problem("letters are decomposed", "write the row in NFC"));
    }
    for cell in row.text.split('\t') {
        let odd = |c: char| {
            c != ' ' && (c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'))
        };
        if cell.trim() != cell || cell.contains("  ") || cell.contains(odd) {
            problems
                .push(row.problem(format!("stray white space in {cell:?}"), "leave single spaces between words only"));
        }
        let mixed = cell.split(|c: char| !c.is_alphabetic()).find(|word| {
            word.contains(|c: char| c.is_ascii_alphabetic()) && word.contains(|c| matches!(c, '\u{400}'..='\u{52f}'))
        });
        if let Some(word) = mixed {
            problems.push(row.problem(format!("`{word}` mixes letters of two scripts"), "type it again in one script"));
        }
    }
}

/// Rows that say what another row says, or name what another row names.
pub(super) fn repeated(name: &str, rows: &[Row<'_>], problems: &mut Vec<Error>) {
    let keyed = KEYED.contains(&name);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let key = if keyed { row.text.split('\t').next().unwrap_or_default() } else { row.text };
        match seen.get(key) {
            Some(line) => problems.push(row.problem(
                format!("`{}` stands in line {line} already", key.replace('\t', " ")),
                "keep one of the two rows",
            )),
            None => {
                seen.insert(key, row.line);
            }
        }
    }
}
