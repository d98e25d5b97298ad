//! `chutoa conflicts`: seats in which reports see two people at one time, with both sentences.

use std::io::{self, Write};

use chutoa::graph::LabelLanguage;
use chutoa::query::Quote;
use chutoa::query::tenure::{Conflict, conflicts};

use crate::cli::args::{self, Common, TextFormat};
use crate::cli::console::{Console, print_json, results};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;
use crate::cli::table::clean;

/// Prints conflicts.
pub fn run(args: &args::Conflicts, common: &Common) -> Result<Exit, Failure> {
    let found = conflicts(&reports::load(&args.source, common)?.graph());
    let mut out = results();
    match args.format {
        TextFormat::Json => print_json(&mut out, &found)?,
        TextFormat::Text if found.is_empty() => Console::new(common).note("no seat has two holders at one time"),
        TextFormat::Text => found.iter().try_for_each(|conflict| print(&mut out, conflict, common.lang.into()))?,
    }
    out.flush()?;
    Ok(Exit::found(!found.is_empty()))
}

/// One conflict, with both sentences.
pub fn print(out: &mut dyn Write, conflict: &Conflict, language: LabelLanguage) -> io::Result<()> {
    let Conflict { post, date, one, one_evidence, other, other_evidence } = conflict;
    let date = date.as_ref().map_or_else(String::new, |date| format!(" on {date}"));
    let label = |named: &chutoa::query::Named| clean(named.label(language));
    writeln!(out, "{} ({}){date}: {} or {}?", label(post), post.id, label(one), label(other))?;
    [(one, one_evidence), (other, other_evidence)].into_iter().try_for_each(|(person, quote)| {
        let Quote { source, sentence, .. } = quote;
        writeln!(out, "  {}: {}", label(person), clean(sentence))?;
        writeln!(out, "    {}", clean(source.place()))
    })
}
