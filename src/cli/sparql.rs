//! `chutoa query --sparql`: a question in SPARQL, a table.

use std::io::{IsTerminal, Write};

use chutoa::export::rdf::{IRI, prefixes};
use chutoa::query::sparql::{Answer, ResultsFormat, Triples};
use oxrdf::Term;

use crate::cli::args::{self, Common, TableFormat};
use crate::cli::console::{Console, results, table_format, terminal_width};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;
use crate::cli::table::Table;

/// Answers a query.
pub fn run(text: &str, args: &args::Query, common: &Common) -> Result<Exit, Failure> {
    let text = match text.strip_prefix('@') {
        Some(path) => std::fs::read_to_string(path).map_err(|e| Failure::new(format!("{path}: {e}")))?,
        None => text.to_string(),
    };
    let graph = reports::load(&args.source, common)?.graph();
    let answer = Triples::of(&graph)?.answer(&text)?;
    let mut out = results();
    match table_format(args.format) {
        TableFormat::Json => {
            answer.write(ResultsFormat::Json, &mut out)?;
            if std::io::stdout().is_terminal() {
                writeln!(out)?;
            }
        }
        TableFormat::Tsv => answer.write(ResultsFormat::Tsv, &mut out)?,
        TableFormat::Csv => answer.write(ResultsFormat::Csv, &mut out)?,
        TableFormat::Table if answer.is_empty() && !matches!(answer, Answer::Boolean(_)) => {
            Console::new(common).note("nothing found");
        }
        TableFormat::Table => table(&answer).print(&mut out, terminal_width())?,
    }
    out.flush()?;
    Ok(Exit::found(!answer.is_empty()))
}

/// What to read: values without their types, entities by their identifiers.
fn table(answer: &Answer) -> Table {
    match answer {
        Answer::Boolean(value) => {
            let mut table = Table::new(&["ANSWER"]);
            table.push(vec![if *value { "yes" } else { "no" }.to_string()], None);
            table
        }
        Answer::Graph(triples) => {
            let mut table = Table::new(&["SUBJECT", "PREDICATE", "OBJECT"]);
            for triple in triples {
                let ends = [Term::from(triple.subject.clone()), triple.predicate.clone().into(), triple.object.clone()];
                table.push(ends.iter().map(short).collect(), None);
            }
            table
        }
        Answer::Rows(rows) => {
            let titles: Vec<String> = rows.variables.iter().map(|name| name.to_uppercase()).collect();
            let mut table = Table::new(&titles.iter().map(String::as_str).collect::<Vec<_>>());
            for row in &rows.rows {
                table.push(row.iter().map(|term| term.as_ref().map_or_else(String::new, short)).collect(), None);
            }
            table
        }
    }
}

fn short(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_string(),
        Term::NamedNode(node) => {
            let iri = node.as_str();
            if let Some(id) = iri.strip_prefix(IRI) {
                return id.to_string();
            }
            let known = prefixes(IRI)
                .into_iter()
                .find_map(|(name, prefix)| iri.strip_prefix(&prefix).map(|rest| format!("{name}:{rest}")));
            known.unwrap_or_else(|| iri.to_string())
        }
        other => other.to_string(),
    }
}
