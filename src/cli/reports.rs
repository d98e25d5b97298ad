//! Loading finds the facts a command works on: those of a directory that `build` wrote, or of reports.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chutoa::document;
use chutoa::fact::Fact;
use chutoa::gazetteer::Gazetteer;
use chutoa::pipeline::{self, Build, Options};
use chutoa::query::explain::Wordings;
use chutoa::store::Store;
use chutoa::vocabulary::EntityId;

use crate::cli::args::{Common, Source};
use crate::cli::console::Console;
use crate::cli::exit::Failure;

/// The gazetteer that the arguments ask for. It is needed until the run ends, so nobody takes it down.
pub fn gazetteer(common: &Common) -> Result<&'static Gazetteer, Failure> {
    Ok(match &common.gazetteer {
        Some(folder) => Box::leak(Box::new(Gazetteer::with_folder(folder)?)),
        None => Gazetteer::embedded(),
    })
}

/// Reads reports and all that they state, with the words that carry each fact.
pub fn read(paths: &[PathBuf], common: &Common) -> Result<(Build, Wordings), Failure> {
    let console = Console::new(common);
    let gazetteer = gazetteer(common)?;
    let (documents, mut skipped) = document::read(paths)?;
    let _spinner = console.spinner(format!("reading {} reports", documents.len()));
    let bodies: HashMap<EntityId, String> = documents.iter().map(|d| (d.id.clone(), d.body.clone())).collect();
    let options = Options { threads: common.threads.map_or(0, usize::from) };
    let mut build = pipeline::build(documents, gazetteer, &options);
    skipped.append(&mut build.skipped);
    build.skipped = skipped;
    let wordings = wordings(&build.facts, &bodies);
    Ok((build, wordings))
}

/// Tells which reports were skipped, and why.
pub fn tell_skipped(build: &Build, console: Console) {
    tell_skipped_files(&build.skipped, console);
}

/// Tells which files were skipped, and why.
pub fn tell_skipped_files(skipped: &[document::Skipped], console: Console) {
    const SHOWN: usize = 10;
    let shown = if console.verbose { skipped.len() } else { SHOWN };
    for one in skipped.iter().take(shown) {
        console.note(format_args!("skipped {}: {}", one.name, one.reason));
    }
    if skipped.len() > shown {
        console.note(format_args!("skipped {} more; -v lists them", skipped.len() - shown));
    }
}

/// The facts and entities that a command works on.
pub fn load(source: &Source, common: &Common) -> Result<Store, Failure> {
    if !source.from.is_empty() {
        let (build, wordings) = read(&source.from, common)?;
        tell_skipped(&build, Console::new(common));
        return Ok(Store { facts: build.facts, entities: build.entities, wordings });
    }
    match &source.graph {
        Some(dir) => open(dir),
        None if Store::is_in(Path::new(super::DEFAULT_DIRECTORY)) => open(Path::new(super::DEFAULT_DIRECTORY)),
        None => Err(Failure::new(format!(
            "there is no {} here; run `chutoa build REPORTS` first, or give `--graph DIR` or `--from REPORTS`",
            super::DEFAULT_DIRECTORY
        ))),
    }
}

/// Reads a directory that `build` wrote.
pub fn open(dir: &Path) -> Result<Store, Failure> {
    if !Store::is_in(dir) {
        return Err(Failure::new(format!(
            "{} holds no graph; `chutoa build REPORTS -o {0}` writes one",
            dir.display()
        )));
    }
    Ok(Store::read(dir)?)
}

/// The words of each fact, as its report has them.
fn wordings(facts: &[Fact], bodies: &HashMap<EntityId, String>) -> Wordings {
    let mut wordings = Wordings::new();
    for fact in facts {
        let range = fact.evidence.start as usize..fact.evidence.end as usize;
        let words = bodies.get(&fact.article).and_then(|body| body.get(range)).unwrap_or("");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            wordings.insert((fact.article.clone(), fact.evidence.start, fact.evidence.end), words);
        }
    }
    wordings
}
