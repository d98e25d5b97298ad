//! `chutoa query`: one pattern, one table.

use std::io::Write;

use chutoa::graph::LabelLanguage;
use chutoa::query::{Answer, Filter, Named, Query, Row, When};
use chutoa::vocabulary::{Kind, Relation};

use crate::cli::args::{self, Common, TableFormat};
use crate::cli::console::{Console, print_json, results, table_format, terminal_width};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;
#[cfg(feature = "sparql")]
use crate::cli::sparql::run as ask;
use crate::cli::table::Table;

/// Answers a query.
pub fn run(args: &args::Query, common: &Common) -> Result<Exit, Failure> {
    if let Some(text) = &args.sparql {
        return ask(text, args, common);
    }
    let filter =
        Filter { place: args.place.clone(), on: args.on.clone(), since: args.since.clone(), until: args.until.clone() };
    let query = Query::parse(&args.pattern)?.with(filter);
    let graph = reports::load(&args.source, common)?.graph();
    let mut out = results();
    if args.explain {
        write!(out, "{}", query.to_sparql(&graph, common.lang.into())?)?;
        out.flush()?;
        return Ok(Exit::Found);
    }
    let answer = query.run(&graph)?;
    let language = common.lang.into();
    match table_format(args.format) {
        TableFormat::Json => print_json(&mut out, &answer.rows)?,
        TableFormat::Tsv => values(&answer, language).print_tsv(&mut out, !args.no_header)?,
        TableFormat::Csv => values(&answer, language).print_csv(&mut out, !args.no_header)?,
        TableFormat::Table if answer.rows.is_empty() => Console::new(common).note("nothing found"),
        TableFormat::Table => {
            table(&answer, language, args).without_empty_columns().print(&mut out, terminal_width())?;
        }
    }
    out.flush()?;
    Ok(Exit::found(!answer.rows.is_empty()))
}

/// Says what to do about a build that leaves SPARQL out.
#[cfg(not(feature = "sparql"))]
fn ask(_: &str, _: &args::Query, _: &Common) -> Result<Exit, Failure> {
    Err(Failure::new("this chutoa was built without SPARQL; `cargo install chutoa --features sparql` has it"))
}

/// What to read: labels under everyday words.
fn table(answer: &Answer, language: LabelLanguage, args: &args::Query) -> Table {
    let (subject, relation, object) = header(answer.relation);
    let (has_place, has_time) = match answer.relation {
        Some(relation) => {
            let kinds = relation.kinds();
            let is = |kind| kinds.0 == kind || kinds.1 == kind;
            (args.place.is_none() && !is(Kind::Province), !is(Kind::Date))
        }
        None => (args.place.is_none(), true),
    };
    let mut table = Table::new(&[subject, "AS", relation, object, "WHERE", "WHEN", "REPORTS"]);
    for row in &answer.rows {
        let cells = vec![
            row.subject.label(language).to_string(),
            labels(&row.roles, language),
            if answer.relation.is_none() { row.relation.to_string() } else { String::new() },
            object_label(row, language),
            row.place.as_ref().filter(|_| has_place).map_or("", |place| place.label(language)).to_string(),
            row.when.as_ref().filter(|_| has_time).map_or_else(String::new, |w| when(w, row.object.id.kind())),
            if row.reports == 0 { String::new() } else { row.reports.to_string() },
        ];
        let note = row.evidence.as_ref().filter(|_| args.evidence).map(|quote| {
            format!("{} ({}): {}", quote.source.place(), super::explain::share(quote.confidence), quote.sentence)
        });
        table.push(cells, note);
    }
    table
}

/// What the two ends are called above the table.
fn header(relation: Option<Relation>) -> (&'static str, &'static str, &'static str) {
    let word = |kind| match kind {
        Kind::Person | Kind::Organization => "WHO",
        Kind::Province => "WHERE",
        Kind::Date => "WHEN",
        Kind::Article => "REPORT",
        Kind::Post | Kind::Event | Kind::Document => "WHAT",
    };
    match relation {
        None => ("SUBJECT", "RELATION", "OBJECT"),
        Some(Relation::MergedInto) => ("WHERE", "", "INTO"),
        Some(relation) => (word(relation.kinds().0), "", word(relation.kinds().1)),
    }
}

/// What to go on with: identifiers and evidence, always the same columns.
fn values(answer: &Answer, language: LabelLanguage) -> Table {
    let mut table = Table::new(&[
        "subject",
        "relation",
        "object",
        "who",
        "as",
        "what",
        "where",
        "when",
        "reports",
        "confidence",
        "source",
        "sentence",
    ]);
    for row in &answer.rows {
        let evidence = row.evidence.as_ref();
        let cells = vec![
            row.subject.id.to_string(),
            row.relation.to_string(),
            row.object.id.to_string(),
            row.subject.label(language).to_string(),
            labels(&row.roles, language),
            object_label(row, language),
            row.place.as_ref().map_or("", |place| place.label(language)).to_string(),
            row.when.as_ref().map_or_else(String::new, |w| when(w, row.object.id.kind())),
            row.reports.to_string(),
            row.confidence.to_string(),
            evidence.map_or("", |quote| quote.source.place()).to_string(),
            evidence.map_or("", |quote| &quote.sentence).to_string(),
        ];
        table.push(cells, None);
    }
    table
}

fn labels(named: &[Named], language: LabelLanguage) -> String {
    named.iter().map(|n| n.label(language)).collect::<Vec<_>>().join("; ")
}

fn object_label(row: &Row, language: LabelLanguage) -> String {
    format!("{}{}", row.object.label(language), if row.acting { " (acting)" } else { "" })
}

/// A day, a stretch of days, or `≤` the day of the report that tells of an event of unknown date.
pub fn when(when: &When, kind: Kind) -> String {
    match (when.first == when.last, when.reported && kind == Kind::Event) {
        (_, true) => format!("≤{}", when.first),
        (true, _) => when.first.clone(),
        (false, _) => format!("{}..{}", when.first, when.last),
    }
}
