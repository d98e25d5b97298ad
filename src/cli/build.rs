//! `chutoa build`: reports in, graph out, a summary on the terminal.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use chutoa::graph::KnowledgeGraph;
use chutoa::pipeline::Build;
use chutoa::query::tenure::conflicts;
use chutoa::store::Store;
use chutoa::vocabulary::{Kind, Relation};
use unicode_width::UnicodeWidthStr;

use crate::cli::args::{self, Common};
use crate::cli::console::{Console, results};
use crate::cli::exit::{Exit, Failure};
use crate::cli::{export, reports};

/// Builds a graph and writes it.
pub fn run(args: &args::Build, common: &Common) -> Result<Exit, Failure> {
    let console = Console::new(common);
    Store::prepare(&args.output).map_err(|e| {
        Failure::new(format!("the output folder cannot be written: {e}; choose another one with `-o DIR`"))
    })?;
    let decisions = reports::decision_files(args.decisions.as_ref(), &args.reports, Some(&args.output));
    let (mut build, wordings) = reports::read(&args.reports, &decisions, common)?;
    reports::tell_skipped(&build, console);
    if console.verbose {
        for (kind, unknown) in [("name", &build.unknown.names), ("title", &build.unknown.titles)] {
            for (text, count, context) in unknown {
                console.note(format_args!("unknown {kind}: {text} ({count}): {context}"));
            }
        }
    }
    let store =
        Store { facts: std::mem::take(&mut build.facts), entities: std::mem::take(&mut build.entities), wordings };
    let graph = store.graph();
    let mut files = export::write_exports(&args.output, &graph, common.lang.into())?;
    store.write(&args.output)?;
    files.push("facts.tsv".to_string());
    if !console.is_quiet() {
        let mut out = results();
        summary(&mut out, &build, &graph, args, &files)?;
        out.flush()?;
    }
    Ok(Exit::found(!store.facts.is_empty()))
}

fn summary(
    out: &mut dyn Write,
    build: &Build,
    graph: &KnowledgeGraph,
    args: &args::Build,
    files: &[String],
) -> Result<(), Failure> {
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for report in &build.read {
        *languages.entry(&report.language).or_default() += 1;
    }
    let mut languages: Vec<(&str, usize)> = languages.into_iter().collect();
    languages.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let languages: Vec<String> = languages.iter().map(|(language, count)| format!("{language} {count}")).collect();
    let bytes = build.read.iter().map(|report| report.bytes).sum();
    writeln!(
        out,
        "Read {} ({}), {}, in {}",
        plural(build.read.len(), "report"),
        languages.join(", "),
        size(bytes),
        time(build.elapsed)
    )?;
    if !build.skipped.is_empty() {
        writeln!(out, "Skipped {}", plural(build.skipped.len(), "file"))?;
    }
    if !build.decisions.is_empty() {
        let idle = build.decisions.iter().filter(|outcome| outcome.idle.is_some()).count();
        let applied = plural(build.decisions.len() - idle, "decision");
        writeln!(
            out,
            "Applied {applied}{}",
            if idle > 0 { format!(", {idle} changed nothing") } else { String::new() }
        )?;
    }
    let shown = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Article | Kind::Date));
    let kinds = shown.map(|kind| (kind.plural(), graph.count(kind)));
    let mut relations: BTreeMap<Relation, usize> = BTreeMap::new();
    for (_, edge, _) in graph.edges().filter(|(_, edge, _)| !edge.relation.is_structural()) {
        *relations.entry(edge.relation).or_default() += 1;
    }
    writeln!(out)?;
    write_counts(out, kinds)?;
    write_counts(out, relations.iter().map(|(relation, count)| (relation.name(), *count)))?;
    if graph.edge_count() > 0 {
        writeln!(out)?;
    }
    let is_default = args.output == Path::new(super::DEFAULT_DIRECTORY);
    let there = if is_default { String::new() } else { format!(" --graph {}", quote(&args.output)) };
    let conflicts = conflicts(graph).len();
    if conflicts > 0 {
        writeln!(out, "Two holders at one time: {}      chutoa conflicts{there}", plural(conflicts, "seat"))?;
    }
    let paths: Vec<String> = args.reports.iter().map(|path| quote(path)).collect();
    let unknown = &build.unknown;
    if !unknown.names.is_empty() || !unknown.titles.is_empty() {
        writeln!(
            out,
            "Seen but unknown: {}, {}      chutoa gazetteer suggest {}",
            plural(unknown.names.len(), "name"),
            plural(unknown.titles.len(), "title"),
            paths.join(" ")
        )?;
    }
    writeln!(out, "Wrote {}: {}", args.output.display(), files.join("  "))?;
    writeln!(out, "Next: chutoa query who chaired what{there}")?;
    Ok(())
}

/// `people 48   posts 71   …`, in lines of at most a hundred columns; what there is none of is left out.
fn write_counts<'a>(out: &mut dyn Write, counts: impl Iterator<Item = (&'a str, usize)>) -> std::io::Result<()> {
    const WIDTH: usize = 100;
    let mut line = String::new();
    for (name, count) in counts.filter(|(_, count)| *count > 0) {
        let item = format!("{name} {count}");
        if !line.is_empty() && line.width() + item.width() + 3 > WIDTH {
            writeln!(out, "{line}")?;
            line.clear();
        }
        line.push_str(if line.is_empty() { "  " } else { "   " });
        line.push_str(&item);
    }
    if line.is_empty() { Ok(()) } else { writeln!(out, "{line}") }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

fn time(elapsed: Duration) -> String {
    match elapsed.as_secs_f64() {
        seconds if seconds < 1.0 => format!("{:.0} ms", seconds * 1e3),
        seconds if seconds < 120.0 => format!("{seconds:.1} s"),
        seconds => format!("{:.0} min", seconds / 60.0),
    }
}

/// A path as a shell reads it.
fn quote(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "-_./~+,:@".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
