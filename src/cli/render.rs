//! `chutoa render`: a picture of the graph, drawn by Graphviz.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, Write};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use chutoa::export::{self, Format, Layout, Options};
use chutoa::store::write_whole;
use clap::ValueEnum;
use wait_timeout::ChildExt;

use crate::cli::args::{self, Common, Engine, PictureFormat};
use crate::cli::console::{Console, results};
use crate::cli::exit::{Exit, Failure};
use crate::cli::{export as files, reports};

/// The program that takes a drawing; which layout it makes the drawing says itself.
const PROGRAM: &str = "dot";

/// Above this a picture takes long and shows little.
const MANY: usize = 2_000;

/// So many bytes of what Graphviz complains of are passed on.
const MOST_SAID: u64 = 1_000;

/// Draws a graph.
pub fn run(args: &args::Render, common: &Common) -> Result<Exit, Failure> {
    let output = &args.output;
    let to_stdout = output == Path::new("-");
    let format = format(args)?;
    files::may_write(output, args.force)?;
    if to_stdout && format != "svg" && io::stdout().is_terminal() {
        return Err(Failure::new(format!("{format} is nothing to read on a terminal; give a file with `-o FILE`")));
    }
    let graph = reports::load(&args.source, common)?.graph();
    let part = files::view(&args.part, args.project, &graph)?.of(&graph)?;
    let console = Console::new(common);
    if part.nodes().is_empty() {
        console.note("nothing to draw");
        return Ok(Exit::Nothing);
    }
    if part.nodes().len() > MANY {
        console.note(format_args!(
            "{} entities are too many to read in one picture; --in, --since, --ego and the like choose a part, and \
             `chutoa view` shows all of them",
            part.nodes().len()
        ));
    }
    let layout = match args.engine {
        None => Layout::Fitting,
        Some(Engine::Dot) => Layout::Layers,
        Some(Engine::Sfdp) => Layout::Springs,
    };
    let options = Options { language: common.lang.into(), layout, ..Options::default() };
    let mut drawing = tempfile::tempfile()?;
    export::write(&part, Format::Dot, &options, &mut drawing)?;
    let limit = Duration::from_secs(args.timeout);
    let mut picture = {
        let _spinner = console.spinner("Graphviz draws".to_string());
        draw(&mut drawing, &format, limit, console)?
    };
    if to_stdout {
        let mut out = results();
        io::copy(&mut picture, &mut out)?;
        out.flush()?;
    } else {
        write_whole(output, |out| io::copy(&mut picture, out).map(drop))?;
        console.note(format_args!("wrote {}", output.display()));
    }
    Ok(Exit::Found)
}

/// What Graphviz calls the format.
fn format(args: &args::Render) -> Result<String, Failure> {
    let ending = args.output.extension().and_then(OsStr::to_str).unwrap_or_default();
    let told = args.format.or_else(|| PictureFormat::from_str(ending, true).ok());
    let name = |format: PictureFormat| format.to_possible_value().expect("none is hidden").get_name().to_string();
    told.map(name).ok_or_else(|| {
        let names: Vec<String> = PictureFormat::value_variants().iter().copied().map(name).collect();
        let path = args.output.display();
        Failure::new(format!("the ending of `{path}` tells no format; give `--format`, one of {}", names.join(", ")))
    })
}

/// The picture of a drawing, as a file that is gone when it is closed.
fn draw(drawing: &mut File, format: &str, limit: Duration, console: Console) -> Result<File, Failure> {
    // Files, not pipes: none of them is ever full, whoever is slow and whatever the program leaves running.
    let (mut picture, mut complaints) = (tempfile::tempfile()?, tempfile::tempfile()?);
    drawing.rewind()?;
    let mut child = Command::new(PROGRAM)
        .arg(format!("-T{format}"))
        .stdin(drawing.try_clone()?)
        .stdout(picture.try_clone()?)
        .stderr(complaints.try_clone()?)
        .spawn()
        .map_err(not_started)?;
    let status = child.wait_timeout(limit)?;
    if status.is_none() {
        // Where it is gone already there is nothing to end.
        child.kill().ok();
        child.wait()?;
    }
    let mut said = Vec::new();
    complaints.rewind()?;
    complaints.take(MOST_SAID).read_to_end(&mut said)?;
    let said = String::from_utf8_lossy(&said);
    match status {
        None => Err(Failure::new(format!(
            "Graphviz was not done after {} s; choose a part with --in, --since, --ego and the like, take `--engine \
             sfdp`, or give it more with `--timeout SECONDS`",
            limit.as_secs()
        ))),
        Some(status) if !status.success() => Err(Failure::new(format!("Graphviz failed ({status}): {}", said.trim()))),
        Some(_) => {
            if console.verbose {
                said.lines().for_each(|line| console.note(format_args!("Graphviz: {line}")));
            }
            picture.rewind()?;
            Ok(picture)
        }
    }
}

fn not_started(error: io::Error) -> Failure {
    if error.kind() != io::ErrorKind::NotFound {
        return Failure::new(format!("Graphviz cannot be started: {PROGRAM}: {error}"));
    }
    Failure::new(format!(
        "Graphviz draws pictures, and its program `{PROGRAM}` is not on the PATH; install the package graphviz (Debian, \
         Ubuntu: apt install graphviz; macOS with Homebrew: brew install graphviz), or take `chutoa view`, which needs \
         nothing"
    ))
}
