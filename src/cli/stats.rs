//! `chutoa stats`: figures of the graph.

use std::io::{self, Write};

use chutoa::graph::LabelLanguage;
use chutoa::query::Named;
use chutoa::query::stats::{Connected, Statistics, stats};
use chutoa::vocabulary::Kind;

use crate::cli::args::{self, Common, TextFormat};
use crate::cli::console::{print_json, results, terminal_width};
use crate::cli::exit::{Exit, Failure};
use crate::cli::table::Table;
use crate::cli::{export as files, reports};

/// Prints figures.
pub fn run(args: &args::Stats, common: &Common) -> Result<Exit, Failure> {
    let graph = reports::load(&args.source, common)?.graph();
    let part = files::view(&args.part, args.project, &graph)?.of(&graph)?;
    let statistics = stats(&part, args.top);
    let mut out = results();
    match args.format {
        TextFormat::Json => print_json(&mut out, &statistics)?,
        TextFormat::Text => print(&mut out, &statistics, common.lang.into())?,
    }
    out.flush()?;
    Ok(Exit::found(statistics.entities > 0))
}

fn print(out: &mut dyn Write, statistics: &Statistics, language: LabelLanguage) -> io::Result<()> {
    let Statistics { entities, edges, degree, components, largest_component, communities, modularity, .. } = statistics;
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
    writeln!(out, "communities: {communities}, modularity {modularity:.2}")?;
    for table in tables(statistics, language).into_iter().filter(|table| !table.is_empty()) {
        writeln!(out)?;
        table.print(out, terminal_width())?;
    }
    Ok(())
}

fn tables(statistics: &Statistics, language: LabelLanguage) -> Vec<Table> {
    let label = |named: &Named| named.label(language).to_string();
    let labels = |all: &[Named]| all.iter().map(label).collect::<Vec<_>>().join("; ");
    let row = |kind: Kind, connected: &Connected| {
        let Connected { entity, degree, betweenness, community } = connected;
        let figures = [degree.to_string(), format!("{betweenness:.3}"), community.to_string()];
        [vec![kind.name().to_string()], figures.to_vec(), vec![label(entity)]].concat()
    };
    let mut connected = Table::new(&["KIND", "EDGES", "BETWEEN", "COMMUNITY", "MOST CONNECTED"]);
    for (kind, top) in &statistics.most_connected {
        top.iter().for_each(|one| connected.push(row(*kind, one), None));
    }
    let is_estimate = if statistics.betweenness_is_estimate { " (ESTIMATED)" } else { "" };
    let mut between =
        Table::new(&["KIND", "EDGES", "BETWEEN", "COMMUNITY", &format!("ON MOST SHORTEST PATHS{is_estimate}")]);
    statistics.most_between.iter().for_each(|one| between.push(row(one.entity.id.kind(), one), None));
    let mut communities = Table::new(&["COMMUNITY", "COUNT", "WITH"]);
    for one in &statistics.largest_communities {
        communities.push(vec![one.community.to_string(), one.size.to_string(), labels(&one.members)], None);
    }
    let mut services = Table::new(&["DAYS", "WHEN", "LONGEST SEEN IN A POST", "POST"]);
    for one in &statistics.longest_serving {
        let when = format!("{}..{}", one.first, one.last);
        services.push(vec![one.days.to_string(), when, label(&one.person), label(&one.post)], None);
    }
    let mut vacant = Table::new(&["WHEN", "VACANT, AS FAR AS REPORTS TELL", "LEFT BY"]);
    for one in &statistics.vacant {
        vacant.push(vec![one.since.clone().unwrap_or_default(), label(&one.post), labels(&one.left_by)], None);
    }
    vec![connected, between, communities, services, vacant]
}
