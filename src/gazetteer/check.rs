//! The check of the tables: what a curator wants to be told before a reader of the graph meets it.
//!
//! Loading refuses what cannot be understood; the check finds what can be understood and is wrong all the same. Two
//! comment lines in a language's tables answer it: `# none: ward, court` says that the language needs no such row,
//! `# twice: general` that a form means two things on purpose.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::Inflection;
use super::component::Class;
use super::lexicon::Cue;
use super::written::{Row, Rows, headers, is_shape, order, repeated, rows_of, spelling};
use super::{Gazetteer, Language};
use crate::error::Error;
use crate::text::{TokenKind, cut, fold, marked};
use crate::vocabulary::slug;

/// What people do in an event or with a post: of these cues no form can be two.
const ACTIONS: [Cue; 5] = [Cue::Chair, Cue::Speak, Cue::Attend, Cue::Elect, Cue::Leave];

impl Gazetteer {
    /// What is amiss in the tables; each problem names file, line and remedy.
    ///
    /// ```
    /// for problem in chutoa::gazetteer::Gazetteer::embedded().check() {
    ///     println!("{problem}");
    /// }
    /// ```
    pub fn check(&self) -> Vec<Error> {
        let mut problems = Vec::new();
        headers(&self.tables, &mut problems);
        let rows: Rows<'_> =
            self.tables.iter().map(|(name, parts)| (name.as_str(), parts.iter().flat_map(rows_of).collect())).collect();
        for (name, parts) in &self.tables {
            parts.iter().for_each(|part| order(part, &mut problems));
            let rows = &rows[name.as_str()];
            rows.iter().for_each(|row| spelling(row, &mut problems));
            repeated(name, rows, &mut problems);
        }
        self.dangling(&rows, &mut problems);
        self.dates(&rows, &mut problems);
        Self::units_named(&rows, &mut problems);
        self.seats(&rows, &mut problems);
        for language in &self.languages {
            self.meanings(language, &rows, &mut problems);
        }
        self.gaps(&rows, &mut problems);
        problems
    }

    /// Identifiers that no row defines.
    fn dangling(&self, rows: &Rows<'_>, problems: &mut Vec<Error>) {
        let ids = |table: &str, column: &str| -> BTreeSet<&str> {
            rows.get(table).into_iter().flatten().map(|row| row.get(column)).collect()
        };
        let roles = ids("entities/roles.tsv", "role");
        let kinds = ids("entities/event-kinds.tsv", "kind");
        let types = ids("entities/document-types.tsv", "type");
        let field = |body: &str| {
            ["department-of-", "ministry-of-"]
                .iter()
                .find_map(|prefix| body.strip_prefix(prefix))
                .is_none_or(|field| field.contains("{field}") || self.fields.iter().any(|f| f == field))
        };
        let body = |id: &str| self.grammar.has_body(id) && field(id);
        let seat = |id: &str| id.split_once('/').is_some_and(|(b, r)| body(b) && roles.contains(r));
        let here = |id: &str| body(id.rsplit('/').next().unwrap_or(id));
        let province = |id: &str| self.province(id).is_some();
        type Known<'k> = &'k dyn Fn(&str) -> bool;
        let role: Known<'_> = &|id| roles.contains(id);
        let rule: Known<'_> = &|id| matches!(id, "?" | "-" | "=") || body(id);
        let when: Known<'_> = &|id| matches!(id, "*" | "=") || body(id);
        let checks: [(&str, &str, &str, Known<'_>); 20] = [
            ("entities/bodies.tsv", "head", "role", role),
            ("entities/bodies.tsv", "membership", "body and role", &seat),
            ("entities/bodies.tsv", "event", "kind of event", &|id| kinds.contains(id)),
            ("entities/compositions.tsv", "body", "body", rule),
            ("entities/document-types.tsv", "issuer", "body", &body),
            ("entities/documents.tsv", "type", "type of document", &|id| types.contains(id)),
            ("entities/documents.tsv", "issuer", "body", &here),
            ("entities/outlets.tsv", "province", "province", &province),
            ("entities/people.tsv", "body", "body", &body),
            ("entities/people.tsv", "role", "role", role),
            ("entities/people.tsv", "place", "province", &province),
            ("entities/posts.tsv", "when", "body", when),
            ("entities/posts.tsv", "body", "body", rule),
            ("entities/posts.tsv", "role", "role", role),
            ("entities/provinces.tsv", "merged_into", "province", &province),
            ("entities/roles.tsv", "deputy", "role", role),
            ("entities/roles.tsv", "standing_deputy", "role", role),
            ("entities/units.tsv", "province", "province", &province),
            ("languages/*/documents.tsv", "type", "type of document", &|id| types.contains(id)),
            ("languages/*/events.tsv", "kind", "kind of event", &|id| kinds.contains(id)),
        ];
        for (table, column, what, known) in checks {
            for row in rows.iter().filter(|(name, _)| is_shape(table, name)).flat_map(|(_, rows)| rows) {
                let id = row.get(column);
                if !id.is_empty() && !known(id) {
                    problems.push(row.problem(
                        format!("`{column}` names `{id}`, which is no {what}"),
                        format!("write a known {what}, or add it to its own table"),
                    ));
                }
            }
        }
        for row in rows.get("entities/people.tsv").into_iter().flatten() {
            let (id, name) = (row.get("id"), slug(row.get("name_vi")));
            if id.split('~').next() != Some(name.as_str()) {
                problems.push(row.problem(
                    format!("`id` is `{id}`, the name gives `{name}`"),
                    "write the folded name, with ~place behind it where two people share it",
                ));
            }
        }
    }

    /// Units whose identifier their name does not give.
    fn units_named(rows: &Rows<'_>, problems: &mut Vec<Error>) {
        for row in rows.get("entities/units.tsv").into_iter().flatten() {
            let (unit, name) = (row.get("unit"), slug(row.get("name_vi")));
            if unit != name {
                let problem = format!("`unit` is `{unit}`, the name gives `{name}`");
                problems.push(row.problem(problem, "write the folded name"));
            }
        }
    }

    /// Dates that no calendar has.
    fn dates(&self, rows: &Rows<'_>, problems: &mut Vec<Error>) {
        let columns = [
            ("entities/documents.tsv", "date"),
            ("entities/people.tsv", "observed"),
            ("entities/provinces.tsv", "city_since"),
            ("entities/provinces.tsv", "merged_on"),
        ];
        for (table, column) in columns {
            for row in rows.get(table).into_iter().flatten() {
                let date = row.get(column);
                if !date.is_empty() && !is_date(date) {
                    problems.push(row.problem(
                        format!("`{column}` is `{date}`, no day, month or year"),
                        "write YYYY-MM-DD, YYYY-MM or YYYY of a day that exists",
                    ));
                }
            }
        }
        for row in rows.get("entities/provinces.tsv").into_iter().flatten() {
            if row.get("merged_into").is_empty() != row.get("merged_on").is_empty() {
                let problem = "a province that was taken in needs both `merged_into` and `merged_on`";
                problems.push(row.problem(problem, "fill the empty one of the two"));
            }
        }
        for (name, rows) in rows {
            let (column, most) = match () {
                () if is_shape("languages/*/calendar.tsv", name) => ("month", 12),
                () if is_shape("languages/*/ordinals.tsv", name) => ("value", 99),
                () => continue,
            };
            for row in rows.iter().filter(|row| column == "month" || row.get("kind") == "number") {
                if !row.get(column).parse::<u8>().is_ok_and(|value| (1..=most).contains(&value)) {
                    problems.push(row.problem(
                        format!("`{column}` is `{}`", row.get(column)),
                        format!("write a figure from 1 to {most}"),
                    ));
                }
            }
        }
    }

    /// Two holders of a post that only one can hold, observed at one date.
    fn seats(&self, rows: &Rows<'_>, problems: &mut Vec<Error>) {
        let mut holders: BTreeMap<[&str; 4], &Row<'_>> = BTreeMap::new();
        for row in rows.get("entities/people.tsv").into_iter().flatten() {
            let seat = ["body", "role", "place", "observed"].map(|column| row.get(column));
            // A date without its day may be the month of a change.
            if !self.grammar.is_single(seat[1]) || seat[3].len() < 10 {
                continue;
            }
            let other = *holders.entry(seat).or_insert(row);
            if other.get("id") != row.get("id") {
                problems.push(row.problem(
                    format!(
                        "`{}` and `{}` (line {}) are both {} of {} on {}",
                        row.get("id"),
                        other.get("id"),
                        other.line,
                        seat[1],
                        [seat[2], seat[0]].join(" ").trim(),
                        seat[3]
                    ),
                    "read the sources again; on the day of a change, observe each on a day that is his or hers alone",
                ));
            }
        }
    }

    /// Forms of one language that mean two things which cannot both be meant.
    fn meanings(&self, language: &Language, rows: &Rows<'_>, problems: &mut Vec<Error>) {
        let number = self.languages.iter().position(|l| l.code == language.code).unwrap_or_default() as u8;
        let inflection = Inflection::new(number, &language.endings, language.stem, language.marks_significant);
        let mut seen: BTreeMap<String, Vec<(Meaning<'_>, bool, Row<'_>)>> = BTreeMap::new();
        for (table, column) in [("components", "components"), ("cues", "cue"), ("events", "kind"), ("fields", "field")]
        {
            let name = format!("languages/{}/{table}.tsv", language.code);
            for row in rows.get(name.as_str()).into_iter().flatten() {
                let (form, exact) = row.get("form").strip_prefix('=').map_or((row.get("form"), false), |f| (f, true));
                let meaning = self.meaning(table, row.get(column));
                let same = seen.entry(key(form, &inflection)).or_default();
                let clash = same.iter().find(|(other, exactly, before)| {
                    let apart = exact && *exactly && fold(form) != fold(before.get("form").trim_start_matches('='));
                    !apart && meaning.clashes(other)
                });
                if let Some((_, _, before)) = clash.filter(|_| !self.is_remarked(&name, "twice", form)) {
                    let other = before.file.rsplit('/').next().unwrap_or_default();
                    problems.push(row.problem(
                        format!(
                            "`{form}` is `{}` here and `{}` in {other}:{}",
                            row.get(column),
                            before.text.split('\t').nth(1).unwrap_or_default(),
                            before.line
                        ),
                        format!("keep one, write the longer phrase that tells them apart, or add `# twice: {form}`"),
                    ));
                }
                same.push((meaning, exact, *row));
            }
        }
    }

    fn meaning<'a>(&self, table: &str, value: &'a str) -> Meaning<'a> {
        match table {
            "cues" => Cue::from_name(value).map_or(Meaning::Event(value), Meaning::Cue),
            "events" => Meaning::Event(value),
            "fields" => Meaning::Field(value),
            _ => {
                let idle = value
                    .split_whitespace()
                    .all(|name| self.grammar.component(name).is_none_or(|c| self.grammar.class(c) == Class::Particle));
                if idle { Meaning::Particle } else { Meaning::Components(value.split_whitespace().collect()) }
            }
        }
    }

    /// Kinds of rows that at least half of the languages have and this one lacks.
    fn gaps(&self, rows: &Rows<'_>, problems: &mut Vec<Error>) {
        let tables = [
            ("components", "components", "component"),
            ("cues", "cue", "cue"),
            ("documents", "type", "type of document"),
            ("events", "kind", "kind of event"),
            ("fields", "field", "field"),
        ];
        for (table, column, what) in tables {
            let mut having: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for language in &self.languages {
                let name = format!("languages/{}/{table}.tsv", language.code);
                for row in rows.get(name.as_str()).into_iter().flatten() {
                    for value in row.get(column).split_whitespace() {
                        having.entry(value).or_default().insert(&language.code);
                    }
                }
            }
            for (value, having) in having.iter().filter(|(_, having)| 2 * having.len() >= self.languages.len()) {
                for language in self.languages.iter().filter(|l| !having.contains(l.code.as_str())) {
                    let name = format!("languages/{}/{table}.tsv", language.code);
                    if self.is_remarked(&name, "none", value) {
                        continue;
                    }
                    let file = self.tables.get(&name).and_then(|parts| parts.first()).map_or(&name, |part| &part.file);
                    problems.push(Error::row(
                        file,
                        1,
                        format!(
                            "no form for the {what} `{value}`, which {} of {} languages have",
                            having.len(),
                            self.languages.len()
                        ),
                        format!("add a row, or the line `# none: {value}` where the language needs none"),
                    ));
                }
            }
        }
    }

    /// Whether a comment of a table names a form or kind: `# none: ward, court`.
    fn is_remarked(&self, table: &str, remark: &str, name: &str) -> bool {
        let parts = self.tables.get(table).map_or(&[][..], Vec::as_slice);
        parts.iter().flat_map(|part| part.text.lines()).any(|line| {
            let names =
                line.strip_prefix('#').and_then(|rest| rest.trim_start().strip_prefix(remark)?.strip_prefix(':'));
            names.is_some_and(|names| names.split(',').any(|n| n.trim() == name))
        })
    }
}

/// What a form says, as far as two forms can contradict each other.
#[derive(PartialEq)]
enum Meaning<'a> {
    Particle,
    Components(BTreeSet<&'a str>),
    Cue(Cue),
    Event(&'a str),
    Field(&'a str),
}

impl Meaning<'_> {
    fn clashes(&self, other: &Meaning<'_>) -> bool {
        use Meaning::{Components, Event, Field, Particle};
        match (self, other) {
            (Meaning::Cue(a), Meaning::Cue(b)) => {
                let either = |cue| *a == cue || *b == cue;
                let both = |cues: &[Cue]| a != b && cues.contains(a) && cues.contains(b);
                a != b && either(Cue::None)
                    || both(&ACTIONS)
                    || both(&[Cue::Elect, Cue::Nominate])
                    || both(&[Cue::Leave, Cue::Nominate])
            }
            // A longer list of components says the same and more.
            (Components(a), Components(b)) => !a.is_subset(b) && !b.is_subset(a),
            (Particle, _) | (_, Particle) | (Components(_), Field(_)) | (Field(_), Components(_)) => false,
            (Event(a), Event(b)) | (Field(a), Field(b)) => a != b,
            _ => true,
        }
    }
}

/// A form as matching sees it: its words without endings, with their marks where those count.
fn key(form: &str, inflection: &Inflection) -> String {
    if inflection.marked {
        return marked(form);
    }
    let words = cut(form, None);
    let stems = words.tokens.iter().filter(|t| t.kind != TokenKind::Newline).map(|token| {
        let word = token.folded(&words.folded);
        if token.kind == TokenKind::Word { inflection.stem_of(word) } else { word }
    });
    stems.collect::<Vec<_>>().join(" ")
}

/// `2025`, `2025-10` or `2025-10-13`, if there is such a day.
fn is_date(text: &str) -> bool {
    let digits = text.split('-').all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_string(),
    };
    digits && whole.len() == 10 && whole.parse::<jiff::civil::Date>().is_ok()
}
