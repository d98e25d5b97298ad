//! The command: what is typed becomes calls of the library, and what they give becomes text.

mod args;
mod build;
mod completions;
mod conflicts;
mod console;
mod diff;
mod exit;
mod explain;
mod export;
mod extract;
mod gazetteer;
mod query;
mod render;
mod reports;
mod score;
mod show;
#[cfg(feature = "sparql")]
mod sparql;
mod stats;
mod table;
mod view;

use clap::Parser;

use args::{Args, Command};
pub use exit::Exit;
use exit::Failure;

/// Where `build` writes and every other command reads, unless told otherwise.
const DEFAULT_DIRECTORY: &str = "chutoa-out";

/// Runs the command that was typed.
pub fn run() -> Exit {
    match dispatch(&Args::parse()) {
        Ok(exit) => exit,
        Err(failure) if failure.is_broken_pipe() => Exit::Found,
        Err(failure) => {
            use std::io::Write;
            writeln!(std::io::stderr(), "chutoa: {}", table::clean_lines(&failure.to_string())).ok();
            Exit::Error
        }
    }
}

fn dispatch(args: &Args) -> Result<Exit, Failure> {
    let common = &args.common;
    match &args.command {
        Command::Build(args) => build::run(args, common),
        Command::Extract(args) => extract::run(args, common),
        Command::Query(args) => query::run(args, common),
        Command::Show(args) => show::run(args, common),
        Command::Explain(args) => explain::run(args, common),
        Command::Conflicts(args) => conflicts::run(args, common),
        Command::Diff(args) => diff::run(args, common),
        Command::Stats(args) => stats::run(args, common),
        Command::Score(args) => score::run(args),
        Command::Export(args) => export::run(args, common),
        Command::Render(args) => render::run(args, common),
        Command::View(args) => view::run(args, common),
        Command::Gazetteer(args) => gazetteer::run(args, common),
        Command::Completions { shell } => completions::completions(*shell),
        Command::Man { dir } => completions::man(dir.as_deref()),
    }
}
