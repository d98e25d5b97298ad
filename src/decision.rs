//! A decision is what a reader says that no rule could know: a row of `decisions.tsv`, with author and note.
//!
//! In go the rows, checked; [`identity::resolve`](crate::identity::resolve) applies them at each build, so that
//! deleting a row undoes it. Columns, in any order, are
//!
//! | column | what stands there |
//! |---|---|
//! | `decision` | `same`, `different`, `not-a-person` or `correct` |
//! | `subject` | the identifier it is about |
//! | `relation` | of the fact that is corrected, else empty |
//! | `object` | the other identifier: of the fact, or of whom the subject is (not) the same as |
//! | `instead` | what the fact should be, `SUBJECT relation OBJECT`; empty where it is no fact at all |
//! | `report` | the report it holds for, by its file name without ending; empty for all |
//! | `author` | who decided |
//! | `note` | why |
//!
//! ```
//! use chutoa::decision::Decisions;
//! let rows = "decision\tsubject\trelation\tobject\tinstead\treport\tauthor\tnote\n\
//!             same\tperson:ngo-thanh-danh\t\tperson:ngo-than-danh\t\t\tN. N.\ta misprint\n";
//! assert_eq!(Decisions::parse("decisions.tsv", rows)?.len(), 1);
//! # Ok::<(), chutoa::error::Error>(())
//! ```

use std::collections::BTreeMap;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};
use crate::vocabulary::{EntityId, Kind, Relation, slug};

/// The columns of a file of decisions.
pub const COLUMNS: [&str; 8] = ["decision", "subject", "relation", "object", "instead", "report", "author", "note"];

/// What a fact states, without where: subject, relation, object.
pub type Triple = (EntityId, Relation, EntityId);

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The two are one, and go by the first identifier.
    Same(EntityId, EntityId),
    /// The two are not one: with a report, what it calls the first is the second; without, they are never joined.
    Different(EntityId, EntityId, Option<EntityId>),
    /// The name is nobody's; nothing is stated of it.
    NotAPerson(EntityId, Option<EntityId>),
    /// The fact is another one, or none.
    Correct(Triple, Option<Triple>, Option<EntityId>),
}

/// A row, checked by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub ruling: Ruling,
    /// Who decided.
    pub author: String,
    /// Why.
    pub note: String,
    /// The file of the row.
    pub file: String,
    /// Its line, counted from 1.
    pub line: usize,
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = |f: &mut fmt::Formatter<'_>, report: &Option<EntityId>| match report {
            Some(report) => write!(f, " in {}", report.path()),
            None => Ok(()),
        };
        match &self.ruling {
            Ruling::Same(one, other) => write!(f, "{other} is the same as {one}")?,
            Ruling::Different(one, other, None) => write!(f, "{other} is not {one}")?,
            Ruling::Different(one, other, report) => {
                write!(f, "{one} is {other}")?;
                place(f, report)?;
            }
            Ruling::NotAPerson(id, report) => {
                write!(f, "{id} is not a person")?;
                place(f, report)?;
            }
            Ruling::Correct((s, r, o), instead, report) => {
                write!(f, "{s} {r} {o} is wrong")?;
                if let Some((s, r, o)) = instead {
                    write!(f, ", right is {s} {r} {o}")?;
                }
                place(f, report)?;
            }
        }
        write!(f, " ({}", self.author)?;
        if !self.note.is_empty() {
            write!(f, ": {}", self.note)?;
        }
        write!(f, "; {}:{})", self.file, self.line)
    }
}

/// All decisions of a build, free of contradiction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    rows: Vec<Decision>,
}

impl Decisions {
    /// Reads one file; `file` is its name in messages.
    ///
    /// # Errors
    /// A header that lacks a column, a row that cannot be understood or contradicts another; the error names file,
    /// line and remedy.
    pub fn parse(file: &str, text: &str) -> Result<Decisions> {
        Decisions::default().and(file, text)
    }

    /// These decisions and those of a further file.
    ///
    /// # Errors
    /// As [`Decisions::parse`].
    pub fn and(mut self, file: &str, text: &str) -> Result<Decisions> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((at, header)) = lines.next() else { return Ok(self) };
        let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
        for column in COLUMNS {
            if columns.iter().filter(|c| **c == column).count() != 1 {
                let problem = format!("the header has not one column `{column}`");
                return Err(Error::row(file, at + 1, problem, format!("write {}", COLUMNS.join(" TAB "))));
            }
        }
        for (at, line) in lines {
            let fail = |problem: String, remedy: &str| Error::row(file, at + 1, problem, remedy);
            let mut cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            // Spreadsheets and editors drop empty cells at the end of a row.
            if cells.len() < columns.len() {
                cells.resize(columns.len(), "");
            }
            if cells.len() != columns.len() {
                let problem = format!("{} cells instead of {}", cells.len(), columns.len());
                return Err(fail(problem, "separate cells with one tab each"));
            }
            let row: BTreeMap<&str, &str> = columns.iter().copied().zip(cells).collect();
            let ruling = ruling(&row).map_err(|(problem, remedy)| fail(problem, &remedy))?;
            if row["author"].is_empty() {
                return Err(fail("`author` is empty".into(), "write who decided"));
            }
            self.rows.push(Decision {
                ruling,
                author: row["author"].nfc().collect(),
                note: row["note"].nfc().collect(),
                file: file.to_string(),
                line: at + 1,
            });
        }
        self.check()?;
        Ok(self)
    }

    /// The decisions, in the order of their rows.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.rows.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The identifier that an entity goes by after all `same`.
    pub fn canonical<'a>(&'a self, id: &'a EntityId) -> &'a EntityId {
        let mut id = id;
        // `check` leaves no circle.
        while let Some(next) = self.rows.iter().find_map(|row| match &row.ruling {
            Ruling::Same(one, other) if other == id => Some(one),
            _ => None,
        }) {
            id = next;
        }
        id
    }

    /// A fact with the identifiers that its entities go by after all `same`.
    pub fn canonical_triple(&self, (subject, relation, object): &Triple) -> Triple {
        (self.canonical(subject).clone(), *relation, self.canonical(object).clone())
    }

    /// Whether a reader keeps the two apart.
    pub fn apart(&self, a: &EntityId, b: &EntityId) -> bool {
        self.rows.iter().any(|row| match &row.ruling {
            Ruling::Different(one, other, _) => (one, other) == (a, b) || (one, other) == (b, a),
            _ => false,
        })
    }

    /// Contradictions between rows.
    fn check(&self) -> Result<()> {
        for (at, row) in self.rows.iter().enumerate() {
            let earlier = &self.rows[..at];
            let fail = |problem: String, remedy: &str| Err(Error::row(&row.file, row.line, problem, remedy));
            match &row.ruling {
                Ruling::Same(one, other) => {
                    let before = earlier.iter().find(|e| matches!(&e.ruling, Ruling::Same(_, o) if o == other));
                    if let Some(before) = before {
                        let problem = format!("{other} goes by another identifier since line {}", before.line);
                        return fail(problem, &format!("delete one of the two, or say it of {}", before.subject()));
                    }
                    let rest = Decisions { rows: earlier.to_vec() };
                    if rest.canonical(one) == other {
                        return fail(format!("{one} goes by {other} already"), "delete one of the two rows");
                    }
                }
                Ruling::Different(one, other, _) if self.canonical(one) == self.canonical(other) => {
                    return fail(
                        format!("{one} and {other} are the same by another row"),
                        "delete this row or that one; after a split give the second a name of its own, such as `~place`",
                    );
                }
                _ => {}
            }
            if let Some(twin) = earlier.iter().find(|e| e.ruling == row.ruling) {
                return fail(format!("it says what line {} of {} says", twin.line, twin.file), "delete one of the two");
            }
            if let Ruling::Correct(fact, _, report) = &row.ruling {
                let clash = earlier.iter().find(
                    |e| matches!(&e.ruling, Ruling::Correct(f, _, r) if f == fact && (r == report || r.is_none() || report.is_none())),
                );
                if let Some(clash) = clash {
                    let problem = format!("line {} of {} corrects the same fact otherwise", clash.line, clash.file);
                    return fail(problem, "delete one of the two");
                }
            }
        }
        Ok(())
    }
}

impl Decision {
    /// Whom or what it is about first of all.
    pub fn subject(&self) -> &EntityId {
        match &self.ruling {
            Ruling::Same(id, _)
            | Ruling::Different(id, ..)
            | Ruling::NotAPerson(id, _)
            | Ruling::Correct((id, ..), ..) => id,
        }
    }

    /// All entities it names, reports left out.
    pub fn entities(&self) -> Vec<&EntityId> {
        match &self.ruling {
            Ruling::Same(a, b) | Ruling::Different(a, b, _) => vec![a, b],
            Ruling::NotAPerson(a, _) => vec![a],
            Ruling::Correct((s, _, o), None, _) => vec![s, o],
            Ruling::Correct((s, _, o), Some((t, _, p)), _) => vec![s, o, t, p],
        }
    }
}

/// What became of a decision in a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The decision.
    pub decision: Decision,
    /// Why it changed nothing, with the nearest identifiers where one is unknown; none where it was applied.
    pub idle: Option<String>,
}

type Problem = (String, String);

fn ruling(row: &BTreeMap<&str, &str>) -> std::result::Result<Ruling, Problem> {
    let report = Some(row["report"]).filter(|name| !name.is_empty());
    let report = report.map(|name| EntityId::article(name.strip_prefix("article:").unwrap_or(name)));
    let empty = |columns: &[&str]| {
        let decision = row["decision"];
        match columns.iter().find(|column| !row[**column].is_empty()) {
            Some(column) => Err((format!("`{column}` says nothing beside `{decision}`"), format!("empty `{column}`"))),
            None => Ok(()),
        }
    };
    let subject = || identifier("subject", row["subject"]);
    let object = || identifier("object", row["object"]);
    match row["decision"] {
        "same" => {
            empty(&["relation", "instead", "report"])?;
            let (one, other) = pair(subject()?, object()?)?;
            Ok(Ruling::Same(one, other))
        }
        "different" => {
            empty(&["relation", "instead"])?;
            let (one, other) = pair(subject()?, object()?)?;
            Ok(Ruling::Different(one, other, report))
        }
        "not-a-person" => {
            empty(&["relation", "object", "instead"])?;
            let id = subject()?;
            if id.kind() != Kind::Person {
                return Err((format!("{id} is no person anyway"), "correct the facts that are wrong instead".into()));
            }
            Ok(Ruling::NotAPerson(id, report))
        }
        "correct" => {
            let fact = triple(row["subject"], row["relation"], row["object"])?;
            let instead = match row["instead"].split_whitespace().collect::<Vec<_>>()[..] {
                [] => None,
                [s, r, o] => Some(triple(s, r, o)?),
                _ => {
                    return Err((
                        format!("`{}` is no fact", row["instead"]),
                        "write SUBJECT relation OBJECT, or nothing where the fact is none at all".into(),
                    ));
                }
            };
            if instead.as_ref() == Some(&fact) {
                return Err(("the fact is corrected to itself".into(), "delete the row".into()));
            }
            Ok(Ruling::Correct(fact, instead, report))
        }
        other => Err((
            format!("`{other}` is no decision"),
            "decisions are `same`, `different`, `not-a-person` and `correct`".into(),
        )),
    }
}

fn identifier(column: &str, text: &str) -> std::result::Result<EntityId, Problem> {
    if text.is_empty() {
        return Err((format!("`{column}` is empty"), "write an identifier such as `person:a-b-c`".into()));
    }
    text.parse::<EntityId>().map_err(|e| {
        let remedy = match text.split_once(':') {
            None => format!(
                "a person of this name is written `person:{}`; `chutoa show NAME` prints identifiers",
                slug(text)
            ),
            Some(_) => "`chutoa show NAME` prints identifiers".to_string(),
        };
        (e.to_string(), remedy)
    })
}

/// Two identifiers that may or may not mean one entity.
fn pair(one: EntityId, other: EntityId) -> std::result::Result<(EntityId, EntityId), Problem> {
    const KINDS: [Kind; 3] = [Kind::Person, Kind::Event, Kind::Document];
    if one == other {
        return Err((format!("{one} stands on both sides"), "name two entities".into()));
    }
    if one.kind() != other.kind() {
        let problem = format!("a {} is no {}", one.kind().name(), other.kind().name());
        return Err((problem, "name two entities of one kind".into()));
    }
    if !KINDS.contains(&one.kind()) {
        return Err((
            format!("a {} cannot be joined or parted", one.kind().name()),
            "only people, events and documents can; the others are rows of the gazetteer".into(),
        ));
    }
    Ok((one, other))
}

fn triple(subject: &str, relation: &str, object: &str) -> std::result::Result<Triple, Problem> {
    let subject = identifier("subject", subject)?;
    let object = identifier("object", object)?;
    let relation: Relation = relation
        .parse()
        .map_err(|e: crate::vocabulary::UnknownRelation| (e.to_string(), "write one of them".into()))?;
    if relation.is_structural() {
        let problem = format!("`{relation}` follows from identifiers and the gazetteer");
        return Err((problem, "change the row of the gazetteer".into()));
    }
    let kinds = relation.kinds();
    if (subject.kind(), object.kind()) != kinds {
        let problem = format!("`{relation}` does not lead from {subject} to {object}");
        return Err((problem, format!("it leads from a {} to a {}", kinds.0.name(), kinds.1.name())));
    }
    Ok((subject, relation, object))
}
