//! `chutoa stats`: figures of the graph.

use std::io::{self, Write};

use chutoa::graph::LabelLanguage;
use chutoa::query::stats::{Statistics, stats};
use chutoa::vocabulary::Kind;

use crate::cli::args::{self, Common, TextFormat};
use crate::cli::console::{print_json, results, terminal_width};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;
use crate::cli::table::Table;

/// Prints figures.
pub fn run(args: &args::Stats, common: &Common) -> Result<Exit, Failure> {
    let graph = reports::load(&args.source, common)?.graph();
    let statistics = stats(&graph, args.top);
    let mut out = results();
    match args.format {
        TextFormat::Json => print_json(&mut out, &statistics)?,
        TextFormat::Text => print(&mut out, &statistics, common.lang.into())?,
    }
    out.flush()?;
    Ok(Exit::found(statistics.entities > 0))
}

fn print(out: &mut dyn Write, statistics: &Statistics, language: LabelLanguage) -> io::Result<()> {
    let Statistics { entities, edges, degree, components, largest_component, .. } = statistics;
    let kinds: Vec<String> = statistics.kinds.iter().map(|(kind, n)| format!("{} {n}", kind.plural())).collect();
    let relations: Vec<String> = statistics.relations.iter().map(|(relation, n)| format!("{relation} {n}")).collect();
    writeln!(out, "{entities} entities: {}", kinds.join(", "))?;
    writeln!(out, "{edges} edges: {}", relations.join(", "))?;
    writeln!(
        out,
        "edges an entity: {} to {}, mean {:.1}, median {}",
        degree.min, degree.max, degree.mean, degree.median
    )?;
    writeln!(out, "components: {components}, the largest of {largest_component} entities")?;
    let mut table = Table::new(&["KIND", "EDGES", "MOST CONNECTED"]);
    for (kind, top) in statistics.most_connected.iter().filter(|(kind, _)| **kind != Kind::Date) {
        for connected in top {
            let label = connected.entity.label(language).to_string();
            table.push(vec![kind.name().to_string(), connected.degree.to_string(), label], None);
        }
    }
    writeln!(out)?;
    table.print(out, terminal_width())
}
