//! `chutoa show`: the dossier of a person or any other entity.

use std::io::{self, Write};

use chutoa::graph::LabelLanguage;
use chutoa::query::dossier::{Dossier, dossiers};
use chutoa::query::tenure::{Because, Bound};
use chutoa::query::{Named, When};
use chutoa::vocabulary::Kind;

use crate::cli::args::{self, Common, TextFormat};
use crate::cli::conflicts::print as print_conflict;
use crate::cli::console::{is_styled, print_json, results, terminal_width};
use crate::cli::exit::{Exit, Failure};
use crate::cli::query::when;
use crate::cli::reports;
use crate::cli::table::{Table, clean};

/// More dossiers at once nobody reads.
const MOST: usize = 5;

/// Prints dossiers.
pub fn run(args: &args::Show, common: &Common) -> Result<Exit, Failure> {
    let graph = reports::load(&args.source, common)?.graph();
    let name = args.name.join(" ");
    let found = dossiers(&graph, &name)?;
    let mut out = results();
    let language = common.lang.into();
    if args.format == TextFormat::Json {
        print_json(&mut out, &found)?;
    } else if found.len() > MOST {
        let names: Vec<String> =
            found.iter().map(|d| format!("\n  {} ({})", d.entity.label(language), d.entity.id)).collect();
        return Err(Failure::new(format!(
            "{} entities are called `{name}`; give more of the name:{}",
            found.len(),
            names.concat()
        )));
    } else {
        for (i, dossier) in found.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            print(&mut out, dossier, language)?;
        }
    }
    out.flush()?;
    Ok(Exit::Found)
}

fn print(out: &mut dyn Write, dossier: &Dossier, language: LabelLanguage) -> io::Result<()> {
    let title = clean(dossier.entity.label(language));
    let title = if is_styled() { format!("\x1b[1m{title}\x1b[0m") } else { title };
    writeln!(out, "{title}   {}", dossier.entity.id)?;
    let facts = [
        Some(dossier.kind.name().to_string()),
        dossier.province.as_ref().map(|p| p.label(language).to_string()),
        dossier.date.clone(),
        Some(dossier.names.join(", ")).filter(|names| !names.is_empty()).map(|names| format!("also: {names}")),
    ];
    writeln!(out, "{}", clean(&facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")))?;
    let is_person = dossier.kind == Kind::Person;
    let label = |named: &Named| named.label(language).to_string();
    let date = |time: &Option<When>, kind: Kind| time.as_ref().map_or_else(String::new, |time| when(time, kind));

    let mut posts = Table::new(&["WHEN", "", if is_person { "POST" } else { "WHO" }, "REPORTS"]);
    for post in &dossier.posts {
        let acting = if post.acting { " (acting)" } else { "" };
        let relation = format!("{}{acting}", post.relation);
        let cells = vec![date(&post.when, Kind::Post), relation, label(&post.other), post.reports.to_string()];
        posts.push(cells, None);
    }
    section(out, "Posts", posts, dossier.posts.is_empty())?;

    let mut terms = Table::new(&["FROM", "UNTIL", if is_person { "POST" } else { "WHO" }, "SEEN", "AFTER", "BEFORE"]);
    // A term of which nothing is known but its reports stands above.
    let telling = dossier.tenures.iter().filter(|t| t.first().is_some() || t.began.is_some() || t.ended.is_some());
    for term in telling {
        let name = |named: &Option<Named>| named.as_ref().map_or_else(String::new, label);
        let acting = if term.acting { " (acting)" } else { "" };
        let cells = vec![
            term.began.as_ref().map_or_else(String::new, bound),
            term.ended.as_ref().map_or_else(String::new, bound),
            format!("{}{acting}", label(if is_person { &term.post } else { &term.person })),
            days(&term.observed),
            name(&term.predecessor),
            name(&term.successor),
        ];
        terms.push(cells, None);
    }
    let no_terms = terms.is_empty();
    section(out, "Terms", terms, no_terms)?;
    if let Some(next) = &dossier.continued_by {
        writeln!(out, "\nContinued by {} ({})", clean(&label(next)), next.id)?;
    }
    if !dossier.conflicts.is_empty() {
        writeln!(out, "\nConflicts")?;
        dossier.conflicts.iter().try_for_each(|conflict| print_conflict(out, conflict, language))?;
    }

    let mut events = Table::new(&["WHEN", "", if is_person { "EVENT" } else { "WHO" }, "WHERE", "WITH", "REPORTS"]);
    for part in &dossier.events {
        let with: Vec<String> = part.with.iter().map(label).collect();
        let cells = vec![
            date(&part.when, Kind::Event),
            part.relation.to_string(),
            label(&part.other),
            part.place.as_ref().map_or_else(String::new, label),
            with.join(", "),
            part.reports.to_string(),
        ];
        events.push(cells, None);
    }
    section(out, "Events", events, dossier.events.is_empty())?;

    let mut links = Table::new(&["WHEN", "", "WHAT", "REPORTS"]);
    for link in &dossier.links {
        let arrow = if link.outgoing { format!("{} →", link.relation) } else { format!("← {}", link.relation) };
        let reports = if link.reports == 0 { String::new() } else { link.reports.to_string() };
        links.push(vec![date(&link.when, link.other.id.kind()), arrow, label(&link.other), reports], None);
    }
    section(out, "Links", links, dossier.links.is_empty())?;

    let mut sources = Table::new(&["REPORT", "DATE", "LANGUAGE", "ADDRESS"]);
    for source in &dossier.sources {
        let option = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = vec![
            source.article.path().to_string(),
            option(&source.date),
            option(&source.language),
            option(&source.url),
        ];
        sources.push(cells, None);
    }
    section(out, "Sources", sources, dossier.sources.is_empty())?;
    if !dossier.reasons.is_empty() {
        writeln!(out, "\nReasons")?;
    }
    dossier.reasons.iter().try_for_each(|reason| writeln!(out, "{}", clean(reason)))
}

/// One end of a term, with what tells it.
fn bound(bound: &Bound) -> String {
    let word = match bound.because {
        Because::Elected => "elected",
        Because::Reelected => "elected again",
        Because::Left => "left",
        Because::Succeeded => "succeeded",
        Because::Former => "called former",
        Because::Merged => "province merged",
    };
    match &bound.date {
        Some(date) => format!("{}{date} {word}", if bound.exact { "" } else { "≤" }),
        None => word.to_string(),
    }
}

/// A stretch of days.
fn days(days: &[String]) -> String {
    match days {
        [] => String::new(),
        [day] => day.clone(),
        [first, .., last] => format!("{first}..{last}"),
    }
}

fn section(out: &mut dyn Write, title: &str, table: Table, is_empty: bool) -> io::Result<()> {
    if is_empty {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    table.without_empty_columns().print(out, terminal_width())
}
