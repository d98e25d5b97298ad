//! `chutoa completions` and `chutoa man`: what shells and manual readers want, made from the arguments.

use std::io::Write;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::args::Args;
use crate::cli::console::results;
use crate::cli::exit::{Exit, Failure};

/// Prints a completion script.
pub fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "chutoa", &mut script);
    let mut out = results();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Found)
}

/// Prints the first manual page, or writes one a command into a folder.
pub fn man(dir: Option<&Path>) -> Result<Exit, Failure> {
    match dir {
        Some(dir) => {
            let place = |e: std::io::Error| Failure::new(format!("{}: {e}", dir.display()));
            std::fs::create_dir_all(dir).map_err(place)?;
            clap_mangen::generate_to(Args::command(), dir).map_err(place)?;
        }
        None => {
            let mut out = results();
            clap_mangen::Man::new(Args::command()).render(&mut out)?;
            out.flush()?;
        }
    }
    Ok(Exit::Found)
}
