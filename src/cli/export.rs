//! `chutoa export`: the graph, or a view of it, for other programs.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use chutoa::export::{self, ExportGraph, Format, Options, Sentences, View};
use chutoa::graph::{KnowledgeGraph, LabelLanguage};
use chutoa::query::find;
use chutoa::store::write_whole;
use chutoa::vocabulary::{EntityId, Kind};

use crate::cli::args::{self, Common, Part};
use crate::cli::console::{Console, results};
use crate::cli::exit::{Exit, Failure};
use crate::cli::reports;

/// What `build` writes beside the tables.
const BUILT: [Format; 3] = [Format::Graphml, Format::Gexf, Format::Dot];

/// Writes the formats that every build has, and returns the names of their files.
pub fn write_exports(dir: &Path, graph: &KnowledgeGraph, language: LabelLanguage) -> Result<Vec<String>, Failure> {
    let graph = ExportGraph::new(graph).measured();
    let options = Options { language, ..Options::default() };
    let mut names = Vec::with_capacity(BUILT.len());
    for format in BUILT {
        let name = format!("graph.{}", format.name());
        write_file(&graph, format, &options, &dir.join(&name))?;
        names.push(name);
    }
    Ok(names)
}

/// Exports a graph.
pub fn run(args: &args::Export, common: &Common) -> Result<Exit, Failure> {
    let targets = targets(args)?;
    for (format, path) in &targets {
        // All before any is written: an answer that comes after half of them is none.
        format.check_available()?;
        may_write(path, args.force || !format.files().is_empty())?;
        for file in format.files() {
            may_write(&path.join(file), args.force)?;
        }
    }
    let graph = reports::load(&args.source, common)?.graph();
    let part = view(&args.part, args.project, &graph)?.of(&graph)?.measured();
    let sentences = if args.with_evidence { Sentences::All } else { Sentences::default() };
    let language = common.lang.into();
    let title = export::default_title(language).to_string();
    let options = Options { language, sentences, title, ..Options::default() };
    for (format, path) in &targets {
        if path == Path::new("-") {
            let mut out = results();
            export::write(&part, *format, &options, &mut out)?;
            out.flush()?;
            continue;
        }
        if let Some(folder) = path.parent().filter(|_| args.format.len() > 1) {
            fs::create_dir_all(folder).map_err(|e| Failure::new(format!("{}: {e}", folder.display())))?;
        }
        if format.files().is_empty() {
            write_file(&part, *format, &options, path)?;
        } else {
            export::write_folder(&part, *format, &options, path, args.force)?;
        }
        Console::new(common).note(format_args!("wrote {}", path.display()));
    }
    Ok(Exit::Found)
}

/// Which formats go where: several into one folder, or each where its own `-o` says.
fn targets(args: &args::Export) -> Result<Vec<(Format, PathBuf)>, Failure> {
    let mut formats = args.format.clone();
    let mut seen = Vec::new();
    formats.retain(|format| !seen.contains(format) && (seen.push(*format), true).1);
    match (&formats[..], &args.output[..]) {
        ([], outputs) => outputs.iter().map(|path| Ok((by_ending(path)?, path.clone()))).collect(),
        ([format], [path]) if format.files().is_empty() && is_folder(path) => {
            Ok(vec![(*format, path.join(format.file_name()))])
        }
        ([format], [path]) => Ok(vec![(*format, path.clone())]),
        (_, [path]) if path == Path::new("-") => {
            Err(Failure::new("several formats cannot share standard output; give a folder with `-o DIR`"))
        }
        (formats, [folder]) => Ok(formats.iter().map(|format| (*format, folder.join(format.file_name()))).collect()),
        _ => Err(Failure::new(
            "with several `-o` each file's ending tells its format; leave `--format` out, or give one folder",
        )),
    }
}

fn by_ending(path: &Path) -> Result<Format, Failure> {
    Format::from_path(path).ok_or_else(|| {
        let names = Format::ALL.map(Format::name).join(", ");
        let path = path.display();
        Failure::new(format!("the ending of `{path}` tells no format; give `--format`, one of {names}"))
    })
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// Says no where a file would be replaced and nobody asked for that.
pub fn may_write(path: &Path, force: bool) -> Result<(), Failure> {
    if !force && path != Path::new("-") && path.exists() {
        return Err(Failure::new(format!("{} exists already; `--force` replaces it", path.display())));
    }
    Ok(())
}

/// Writes a format of a single file.
pub fn write_file(graph: &ExportGraph<'_>, format: Format, options: &Options, path: &Path) -> Result<(), Failure> {
    // What the writer has to say beside I/O errors comes back through the same door.
    let written = write_whole(path, |out| export::write(graph, format, options, out).map_err(std::io::Error::other));
    Ok(written?)
}

/// The view that the arguments ask for.
pub fn view(args: &Part, project: Option<args::Projection>, graph: &KnowledgeGraph) -> Result<View, Failure> {
    let one = |name: &str, kinds: &[Kind]| -> Result<EntityId, Failure> {
        let found = find(graph, name, kinds)?;
        match &found[..] {
            [only] => Ok(only.entity.id.clone()),
            several => {
                let ids: Vec<String> = several.iter().map(|m| format!("\n  {}", m.entity.id)).collect();
                Err(Failure::new(format!("`{name}` may mean several; give one of these identifiers:{}", ids.concat())))
            }
        }
    };
    Ok(View {
        project: project.map(Into::into),
        ego: args.ego.as_deref().map(|name| one(name, &Kind::ALL)).transpose()?.map(|id| (id, args.hops)),
        province: args.place.as_deref().map(|name| one(name, &[Kind::Province])).transpose()?,
        since: args.since.clone(),
        until: args.until.clone(),
        on: args.on.clone(),
        relations: args.relation.clone(),
        min_weight: args.min_weight,
    })
}
