//! `chutoa score`: precision, recall and F1 against gold facts.

use std::io::{Read, Write};
use std::path::Path;

use chutoa::score::{Demand, Line, read, score};

use crate::cli::args;
use crate::cli::console::results;
use crate::cli::exit::{Exit, Failure};

/// Scores facts.
pub fn run(args: &args::Score) -> Result<Exit, Failure> {
    let mut gold = Vec::new();
    for path in &args.gold {
        gold.extend(lines(path)?);
    }
    let facts = lines(&args.facts)?;
    let score = score(&gold, facts.into_iter().map(|(line, _)| line));
    let mut out = results();
    write!(out, "{score}")?;
    if args.errors {
        score.mistakes.iter().try_for_each(|mistake| writeln!(out, "{mistake}"))?;
    }
    out.flush()?;
    Ok(Exit::found(args.min.is_none_or(|min| score.all().f1() >= min)))
}

fn lines(path: &Path) -> Result<Vec<(Line, Demand)>, Failure> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    let name = path.display().to_string();
    let text = text.map_err(|e| Failure::new(format!("{name}: {e}")))?;
    Ok(read(&name, &text)?)
}
