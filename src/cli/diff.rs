//! `chutoa diff`: who came, who left, what was newly chaired.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chutoa::graph::LabelLanguage;
use chutoa::query::Named;
use chutoa::query::diff::{Change, Difference, diff};
use chutoa::vocabulary::Relation;

use crate::cli::args::{self, Common, TextFormat};
use crate::cli::console::{Console, print_json, results};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;
use crate::cli::table::clean;

/// Compares two directories.
pub fn run(args: &args::Diff, common: &Common) -> Result<Exit, Failure> {
    let (old, new) = (reports::open(&args.old)?, reports::open(&args.new)?);
    let difference = diff(&old.graph(), &new.graph());
    let mut out = results();
    match args.format {
        TextFormat::Json => print_json(&mut out, &difference)?,
        TextFormat::Text if difference.is_empty() => Console::new(common).note("both say the same"),
        TextFormat::Text => print(&mut out, &difference, common.lang.into())?,
    }
    out.flush()?;
    Ok(Exit::found(!difference.is_empty()))
}

fn print(out: &mut dyn Write, difference: &Difference, language: LabelLanguage) -> io::Result<()> {
    let named = |named: &Named| clean(named.label(language));
    let change = |change: &Change| format!("{}: {}", named(&change.person), named(&change.object));
    let sections = [
        ("Came", "+", difference.came.iter().map(named).collect::<Vec<_>>()),
        ("Gone", "-", difference.gone.iter().map(named).collect()),
        ("Posts gained", "+", difference.posts_gained.iter().map(change).collect()),
        ("Posts lost", "-", difference.posts_lost.iter().map(change).collect()),
        ("Newly chaired", "+", difference.chaired.iter().map(change).collect()),
    ];
    for (title, sign, lines) in sections.into_iter().filter(|(.., lines)| !lines.is_empty()) {
        writeln!(out, "{title}")?;
        lines.iter().try_for_each(|line| writeln!(out, "  {sign} {line}"))?;
    }
    let counts = |sign: &str, counts: &BTreeMap<Relation, usize>| -> Vec<String> {
        counts.iter().map(|(relation, count)| format!("{relation} {sign}{count}")).collect()
    };
    let all = [counts("+", &difference.added), counts("-", &difference.removed)].concat();
    writeln!(out, "All edges: {}", all.join("   "))
}
