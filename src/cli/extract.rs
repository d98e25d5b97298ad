//! `chutoa extract`: facts as a stream, for pipes.

use std::io::Write;

use chutoa::fact::Fact;
use chutoa::store::{FACT_COLUMNS, by_place, fact_row};

use crate::cli::args::{self, Common, FactFormat};
use crate::cli::console::{Console, results};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;

/// Prints the facts of reports.
pub fn run(args: &args::Extract, common: &Common) -> Result<Exit, Failure> {
    let (build, _) = reports::read(&args.reports, common)?;
    reports::tell_skipped(&build, Console::new(common));
    let mut facts: Vec<&Fact> = build.facts.iter().collect();
    facts.sort_by(|a, b| by_place(a, b));
    let mut out = results();
    match args.format {
        FactFormat::Tsv => {
            writeln!(out, "{}", FACT_COLUMNS.join("\t"))?;
            facts.iter().try_for_each(|fact| writeln!(out, "{}", fact_row(fact)))?;
        }
        FactFormat::Jsonl => {
            for fact in &facts {
                serde_json::to_writer(&mut out, fact)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::found(!facts.is_empty()))
}
