//! Loading finds the facts a command works on: those of a directory that `build` wrote, or of reports.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chutoa::document;
use chutoa::fact::Fact;
use chutoa::gazetteer::Gazetteer;
use chutoa::pipeline::{self, Build, Options};
use chutoa::query::explain::Wordings;
use chutoa::store::{Store, read_decisions};
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

/// The files of decisions: the one that was named, else every `decisions.tsv` beside the reports and in `output`.
pub fn decision_files(named: Option<&PathBuf>, reports: &[PathBuf], output: Option<&Path>) -> Vec<PathBuf> {
    const NAME: &str = "decisions.tsv";
    if let Some(named) = named {
        return vec![named.clone()];
    }
    let folder = |path: &PathBuf| match path.is_dir() {
        true => Some(path.clone()),
        false => path.is_file().then(|| path.parent().map(Path::to_path_buf)).flatten(),
    };
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in reports.iter().filter_map(folder).chain(output.map(Path::to_path_buf)) {
        let file = folder.join(NAME);
        let is_new = |file: &PathBuf| files.iter().all(|other| other.canonicalize().ok() != file.canonicalize().ok());
        if file.is_file() && is_new(&file) {
            files.push(file);
        }
    }
    files
}

/// Reads reports and all that they state, with the words that carry each fact.
pub fn read(paths: &[PathBuf], decisions: &[PathBuf], common: &Common) -> Result<(Build, Wordings), Failure> {
    let console = Console::new(common);
    let gazetteer = gazetteer(common)?;
    // Before the long work, so that a misprint in a row costs no time.
    let decisions = read_decisions(decisions)?;
    let (documents, mut skipped) = document::read(paths)?;
    let _spinner = console.spinner(format!("reading {} reports", documents.len()));
    let bodies: HashMap<EntityId, String> = documents.iter().map(|d| (d.id.clone(), d.body.clone())).collect();
    let options = Options { threads: common.threads.map_or(0, usize::from), decisions };
    let mut build = pipeline::build(documents, gazetteer, &options);
    skipped.append(&mut build.skipped);
    build.skipped = skipped;
    let wordings = wordings(&build.facts, &bodies);
    Ok((build, wordings))
}

/// Tells which reports were skipped and which decisions changed nothing, and why.
pub fn tell_skipped(build: &Build, console: Console) {
    tell_skipped_files(&build.skipped, console);
    for outcome in &build.decisions {
        if let Some(why) = &outcome.idle {
            console.note(format_args!("{}:{}: {why}", outcome.decision.file, outcome.decision.line));
        }
    }
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
        let decisions = decision_files(source.decisions.as_ref(), &source.from, None);
        let (build, wordings) = read(&source.from, &decisions, common)?;
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
