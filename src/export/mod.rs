//! Stub: the graph in formats that other programs read.

use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use crate::graph::{KnowledgeGraph, LabelLanguage};
use crate::vocabulary::{EntityId, Relation};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// GraphML.
    Graphml,
    /// GEXF.
    Gexf,
    /// Graphviz.
    Dot,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 3] = [Format::Graphml, Format::Gexf, Format::Dot];
    /// Its name.
    pub fn name(self) -> &'static str {
        ["graphml", "gexf", "dot"][self as usize]
    }
    /// One line for help.
    pub fn help(self) -> &'static str {
        self.name()
    }
    /// Endings.
    pub fn extensions(self) -> &'static [&'static str] {
        [&["graphml"], &["gexf"], &["dot"]][self as usize]
    }
    /// The files of a format that needs several.
    pub fn files(self) -> &'static [&'static str] {
        &[]
    }
    /// From a path's ending.
    pub fn from_path(path: &Path) -> Option<Format> {
        path.extension()?.to_str()?.parse().ok()
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;
    fn from_str(text: &str) -> Result<Format, UnknownFormat> {
        Format::ALL.into_iter().find(|f| f.name() == text).ok_or(UnknownFormat { text: text.into() })
    }
}

/// No format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no format; formats are: {}", Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat {
    text: String,
}

/// How much of the evidence an export holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sentences {
    /// None.
    None,
    /// First.
    #[default]
    First,
    /// All.
    All,
}

/// Choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The language of labels.
    pub language: LabelLanguage,
    /// How much of the evidence is written.
    pub sentences: Sentences,
    /// Everything.
    pub everything: bool,
}

/// A year, a month or a day.
pub use crate::query::Period;

/// A network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Projection {
    /// People.
    People,
    /// Events.
    Events,
}

/// What to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// A network.
    pub project: Option<Projection>,
    /// One entity.
    pub ego: Option<(EntityId, u32)>,
    /// A province.
    pub province: Option<EntityId>,
    /// Since.
    pub since: Option<Period>,
    /// Until.
    pub until: Option<Period>,
    /// On.
    pub on: Option<Period>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Weight.
    pub min_weight: u32,
}

impl View {
    /// The part of the graph.
    pub fn of<'a>(&self, knowledge: &'a KnowledgeGraph) -> Result<ExportGraph<'a>, io::Error> {
        Ok(ExportGraph::new(knowledge))
    }
}

/// A graph to export.
#[derive(Debug)]
pub struct ExportGraph<'a>(&'a KnowledgeGraph);

impl<'a> ExportGraph<'a> {
    /// All of a graph.
    pub fn new(knowledge: &'a KnowledgeGraph) -> ExportGraph<'a> {
        ExportGraph(knowledge)
    }
}

/// One file.
pub fn write(graph: &ExportGraph<'_>, format: Format, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} {}", format.name(), graph.0.node_count())
}

/// Several files.
pub fn write_folder(_: &ExportGraph<'_>, _: Format, _: &Options, _: &Path, _: bool) -> io::Result<()> {
    Ok(())
}
