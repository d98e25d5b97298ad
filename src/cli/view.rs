//! `chutoa view`: one interactive page, written and opened.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use chutoa::export::{self, Format, Options};

use crate::cli::args::{self, Common};
use crate::cli::console::{Console, results};
use crate::cli::exit::{Exit, Failure};
use crate::cli::{export as files, reports};

/// The page's name beside the graph.
const PAGE: &str = "view.html";

/// Writes the page and opens it.
pub fn run(args: &args::View, common: &Common) -> Result<Exit, Failure> {
    if let Some(output) = &args.output {
        files::may_write(output, args.force)?;
    }
    let graph = reports::load(&args.source, common)?.graph();
    let part = files::view(&args.part, None, &graph)?.of(&graph)?;
    let language = common.lang.into();
    let title = args.title.clone().unwrap_or_else(|| export::default_title(language).to_string());
    let options = Options { language, title, ..Options::default() };
    let output = match &args.output {
        Some(path) if path == Path::new("-") => {
            let mut out = results();
            export::write(&part, Format::Html, &options, &mut out)?;
            out.flush()?;
            return Ok(Exit::Found);
        }
        Some(path) => path.clone(),
        None => beside_the_graph(args)?,
    };
    files::write_file(&part, Format::Html, &options, &output)?;
    let console = Console::new(common);
    console.note(format_args!("wrote {}", output.display()));
    if !args.no_open
        && let Err(reason) = show(&output)
    {
        console.note(format_args!("no browser could be started ({reason}); open {} in one", output.display()));
    }
    Ok(Exit::Found)
}

/// Where the page goes unless told otherwise. It follows from the graph like what `build` writes, and like that it
/// replaces the one before.
fn beside_the_graph(args: &args::View) -> Result<PathBuf, Failure> {
    let dir = args.source.graph.as_deref().unwrap_or(Path::new(super::DEFAULT_DIRECTORY));
    fs::create_dir_all(dir).map_err(|e| Failure::new(format!("{}: {e}; give `-o FILE`", dir.display())))?;
    Ok(dir.join(PAGE))
}

/// Hands the page to the browser and does not wait for it.
fn show(path: &Path) -> Result<(), Failure> {
    Ok(open::that_detached(fs::canonicalize(path)?)?)
}
