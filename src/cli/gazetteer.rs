//! `chutoa gazetteer`: whether the tables are sound, and what they lack.

use std::io::Write;

use chutoa::error::Error;

use crate::cli::args::{self, Common, GazetteerCommand, TableFormat, TextFormat};
use crate::cli::console::{Console, print_json, results, table_format, terminal_width};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;
use crate::cli::table::{Table, clean};

/// Looks after the tables.
pub fn run(args: &args::Gazetteer, common: &Common) -> Result<Exit, Failure> {
    match &args.command {
        GazetteerCommand::Check { format } => check(*format, common),
        GazetteerCommand::Suggest { reports, format } => {
            let (build, _) = reports::read(reports, &[], common)?;
            reports::tell_skipped(&build, Console::new(common));
            let mut table = Table::new(&["KIND", "COUNT", "TEXT", "CONTEXT"]);
            for (kind, unknown) in [("name", &build.unknown.names), ("title", &build.unknown.titles)] {
                for (text, count, context) in unknown {
                    table.push(vec![kind.into(), count.to_string(), text.clone(), context.clone()], None);
                }
            }
            let any = !build.unknown.names.is_empty() || !build.unknown.titles.is_empty();
            let mut out = results();
            match table_format(*format) {
                TableFormat::Table if !any => Console::new(common).note("every name and title is known"),
                TableFormat::Table => table.print(&mut out, terminal_width())?,
                TableFormat::Tsv => table.print_tsv(&mut out, true)?,
                TableFormat::Csv => table.print_csv(&mut out, true)?,
                TableFormat::Json => {
                    let list = |unknown: &[(String, usize, String)]| -> Vec<serde_json::Value> {
                        let one = |(text, reports, sentence): &(String, usize, String)| serde_json::json!({ "text": text, "reports": reports, "sentence": sentence });
                        unknown.iter().map(one).collect()
                    };
                    let (names, titles) = (list(&build.unknown.names), list(&build.unknown.titles));
                    print_json(&mut out, &serde_json::json!({ "names": names, "titles": titles }))?;
                }
            }
            out.flush()?;
            Ok(Exit::found(any))
        }
    }
}

fn check(format: TextFormat, common: &Common) -> Result<Exit, Failure> {
    let problems = reports::gazetteer(common)?.check();
    let mut out = results();
    match format {
        TextFormat::Json => print_json(&mut out, &problems.iter().map(value).collect::<Vec<_>>())?,
        TextFormat::Text if problems.is_empty() => Console::new(common).note("the gazetteer is sound"),
        TextFormat::Text => {
            problems.iter().try_for_each(|problem| writeln!(out, "{}", clean(&problem.to_string())))?;
        }
    }
    out.flush()?;
    Ok(Exit::found(problems.is_empty()))
}

/// A problem with its place and remedy apart.
fn value(problem: &Error) -> serde_json::Value {
    match problem {
        Error::Row { file, line, problem, remedy } => {
            serde_json::json!({ "file": file, "line": line, "problem": problem, "remedy": remedy })
        }
        other => serde_json::json!({ "problem": other.to_string() }),
    }
}
