//! `chutoa extract`: facts as a stream, one report after the other, for pipes.

use std::io::Write;

use chutoa::fact::{extract, trace};
use chutoa::store::{FACT_COLUMNS, by_place, fact_row};

use crate::cli::args::{self, Common, FactFormat};
use crate::cli::console::{Console, results};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;

/// How many reports are read at once before their facts are printed.
const BLOCK: usize = 256;

/// Prints the facts of reports, each report read by itself.
pub fn run(args: &args::Extract, common: &Common) -> Result<Exit, Failure> {
    let gazetteer = reports::gazetteer(common)?;
    let threads = common.threads.map_or(0, usize::from);
    let (documents, skipped) = chutoa::document::read(&args.reports)?;
    reports::tell_skipped_files(&skipped, Console::new(common));
    let mut out = results();
    let mut any = false;
    if matches!(args.format, FactFormat::Tsv) {
        writeln!(out, "{}", FACT_COLUMNS.join("\t"))?;
    }
    for block in documents.chunks(BLOCK) {
        if matches!(args.format, FactFormat::Trace) {
            block.iter().try_for_each(|document| write!(out, "{}", trace(document, gazetteer)))?;
            any = true;
            continue;
        }
        let read = chutoa::pipeline::parallel(block, threads, |document| extract(document, gazetteer));
        for mut extraction in read {
            extraction.facts.sort_by(by_place);
            any |= !extraction.facts.is_empty();
            for fact in &extraction.facts {
                match args.format {
                    FactFormat::Tsv => writeln!(out, "{}", fact_row(fact))?,
                    FactFormat::Jsonl | FactFormat::Trace => {
                        serde_json::to_writer(&mut out, fact)?;
                        writeln!(out)?;
                    }
                }
            }
        }
    }
    out.flush()?;
    Ok(Exit::found(any))
}
