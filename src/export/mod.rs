//! An export is the graph, or a view of it, written in a format that other programs read.
//!
//! In goes an [`ExportGraph`] (a [`KnowledgeGraph`](crate::graph::KnowledgeGraph) as it is, or what a [`View`] leaves
//! of it), out come bytes. Writers stream: they hold nothing but the graph, and the same graph gives the same bytes.
//!
//! ```
//! use std::collections::BTreeMap;
//! use chutoa::export::{self, ExportGraph, Format, Options};
//! use chutoa::graph::KnowledgeGraph;
//!
//! let graph = KnowledgeGraph::from_facts(&[], &BTreeMap::new());
//! let mut out = Vec::new();
//! export::write(&ExportGraph::new(&graph), Format::Graphml, &Options::default(), &mut out).unwrap();
//! assert!(String::from_utf8(out).unwrap().contains("<graphml"));
//! ```
//!
//! Identifiers are those of the vocabulary in every format; only FollowTheMoney, which forbids `:` and `/`, spells
//! them otherwise (reversibly). Days are no nodes: an event, a document and an article have a `date`, so `held_on`
//! and `issued_on` are edges in the facts alone, and lead to values in RDF.
//!
//! To add a format: a variant of [`Format`] with its row in `Format::properties`, a private file with its writer,
//! an arm in [`write()`] or [`write_folder`], and a reader in `tests/clients`.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::str::FromStr;

use crate::graph::LabelLanguage;

mod cytoscape;
mod dot;
mod dot_text;
mod export_graph;
mod facts;
mod ftm;
mod gexf;
mod graphml;
pub mod html;
mod json;
pub mod layout;
mod look;
mod measure;
mod neo4j;
#[cfg(feature = "parquet")]
mod parquet;
pub mod rdf;
mod record;
mod spreadsheet;
mod view;
mod xml;

pub use export_graph::{ExportGraph, Link, Node, Statements, Tie};
pub use measure::Measures;
pub use view::{NoSuchEntity, NotAPeriod, Period, Projection, View};

/// A format of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// GraphML with typed attributes.
    Graphml,
    /// GEXF 1.3 with colours, kinds of edges and times.
    Gexf,
    /// A Graphviz drawing.
    Dot,
    /// Node-link JSON as networkx reads it (key `edges`).
    Json,
    /// Two tables, `nodes.csv` and `edges.csv`.
    Csv,
    /// The tables of `neo4j-admin database import` and a `load.cypher`.
    Neo4j,
    /// Cytoscape's JSON.
    Cytoscape,
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// RDF in Turtle.
    Turtle,
    /// RDF in N-Triples.
    Ntriples,
    /// The vocabulary's own lines, with their evidence.
    Facts,
    /// Columnar tables: `facts.parquet`, `nodes.parquet`, `edges.parquet`. Needs the feature `parquet`.
    Parquet,
    /// One interactive page.
    Html,
}

/// The files of [`Format::Parquet`].
const PARQUET_FILES: &[&str] = &["facts.parquet", "nodes.parquet", "edges.parquet"];

/// What is to be known of a format before writing it.
struct Properties {
    name: &'static str,
    extensions: &'static [&'static str],
    media_type: &'static str,
    help: &'static str,
    /// The files of a format that needs several.
    files: &'static [&'static str],
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: [Format; 13] = [
        Format::Graphml,
        Format::Gexf,
        Format::Dot,
        Format::Json,
        Format::Csv,
        Format::Neo4j,
        Format::Cytoscape,
        Format::Ftm,
        Format::Turtle,
        Format::Ntriples,
        Format::Facts,
        Format::Parquet,
        Format::Html,
    ];

    fn properties(self) -> Properties {
        let row = |name, extensions, media_type, help| Properties { name, extensions, media_type, help, files: &[] };
        match self {
            Format::Graphml => row(
                "graphml",
                &["graphml"],
                "application/graphml+xml",
                "GraphML with typed attributes: Gephi, networkx, igraph, Tulip",
            ),
            Format::Gexf => row(
                "gexf",
                &["gexf"],
                "application/gexf+xml",
                "GEXF 1.3 with colours and times: Gephi's timeline, Gephi Lite, sigma",
            ),
            Format::Dot => {
                row("dot", &["dot", "gv"], "text/vnd.graphviz", "a drawing for Graphviz, provinces as boxes")
            }
            Format::Json => row("json", &["json"], "application/json", "node-link JSON: networkx, d3"),
            Format::Csv => Properties {
                files: spreadsheet::FILES,
                ..row("csv", &["csv"], "text/csv", "a folder with nodes.csv and edges.csv: Gephi, spreadsheets, pandas")
            },
            Format::Neo4j => Properties {
                files: neo4j::FILES,
                ..row("neo4j", &[], "text/csv", "a folder for neo4j-admin import, with a load.cypher")
            },
            Format::Cytoscape => row("cytoscape", &["cyjs"], "application/json", "Cytoscape and cytoscape.js JSON"),
            Format::Ftm => row(
                "ftm",
                &["ftm.json", "ftm.jsonl", "ftm"],
                "application/json+ftm",
                "FollowTheMoney entities, one a line: Aleph, OpenSanctions",
            ),
            Format::Turtle => {
                row("turtle", &["ttl"], "text/turtle", "RDF in ORG, PROV, Web Annotation and schema.org terms")
            }
            Format::Ntriples => row("ntriples", &["nt"], "application/n-triples", "the same RDF, one triple a line"),
            Format::Facts => row(
                "facts",
                &["tsv"],
                "text/tab-separated-values",
                "facts, one a line: article, subject, relation, object",
            ),
            Format::Parquet => Properties {
                files: PARQUET_FILES,
                ..row(
                    "parquet",
                    &["parquet"],
                    "application/vnd.apache.parquet",
                    "a folder with facts, nodes and edges as Parquet: DuckDB, pandas, Polars, Spark",
                )
            },
            Format::Html => row("html", &["html", "htm"], "text/html", "one interactive page for any browser"),
        }
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        self.properties().name
    }

    /// Endings of file names, the usual one first; none where the format only makes folders.
    pub fn extensions(self) -> &'static [&'static str] {
        self.properties().extensions
    }

    /// The media type, registered or customary.
    pub fn media_type(self) -> &'static str {
        self.properties().media_type
    }

    /// One line for help: what it is and who reads it.
    pub fn help(self) -> &'static str {
        self.properties().help
    }

    /// The files that [`write_folder`] makes; empty for a format of a single file.
    pub fn files(self) -> &'static [&'static str] {
        self.properties().files
    }

    /// What to call its file, or its folder, in a folder of several formats.
    ///
    /// ```
    /// use chutoa::export::Format;
    /// assert_eq!(Format::Gexf.file_name(), "graph.gexf");
    /// assert_eq!(Format::Neo4j.file_name(), "neo4j");
    /// ```
    pub fn file_name(self) -> String {
        match self.extensions() {
            _ if !self.files().is_empty() => self.name().to_string(),
            [ending, ..] if self == Format::Facts => format!("facts.{ending}"),
            [ending, ..] => format!("graph.{ending}"),
            [] => self.name().to_string(),
        }
    }

    /// Whether this build can write it.
    ///
    /// # Errors
    /// It was built without a feature, which the message names.
    pub fn check_available(self) -> Result<(), Error> {
        match self {
            Format::Parquet if !cfg!(feature = "parquet") => {
                Err(Error::NeedsFeature { format: self, feature: "parquet" })
            }
            _ => Ok(()),
        }
    }

    /// The format of this name or, where no format has that name, of this ending.
    pub fn from_name(name: &str) -> Result<Format, UnknownFormat> {
        let name = name.to_ascii_lowercase();
        let by_name = Format::ALL.into_iter().find(|format| format.name() == name);
        by_name
            .or_else(|| Format::ALL.into_iter().find(|format| format.extensions().contains(&name.as_str())))
            .ok_or(UnknownFormat { text: name })
    }

    /// The format that a file name's ending tells; of `graph.ftm.json` the longer one.
    ///
    /// ```
    /// use chutoa::export::Format;
    /// assert_eq!(Format::from_path("graph.gexf".as_ref()), Some(Format::Gexf));
    /// assert_eq!(Format::from_path("graph.ftm.json".as_ref()), Some(Format::Ftm));
    /// assert_eq!(Format::from_path("graph".as_ref()), None);
    /// ```
    pub fn from_path(path: &Path) -> Option<Format> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let endings = Format::ALL.into_iter().flat_map(|format| format.extensions().iter().map(move |e| (*e, format)));
        endings
            .filter(|(ending, _)| name.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.')))
            .max_by_key(|(ending, _)| ending.len())
            .map(|(_, format)| format)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;
    fn from_str(text: &str) -> Result<Format, UnknownFormat> {
        Format::from_name(text)
    }
}

/// A word that is no format; the message lists those that are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no format; formats are: {}", Format::ALL.map(Format::name).join(", "))]
pub struct UnknownFormat {
    text: String,
}

/// How much of the evidence an export holds. Articles, dates and counts are there always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sentences {
    /// No sentence of any report.
    None,
    /// The first sentence of each edge.
    #[default]
    First,
    /// Every sentence; with byte range, rule and confidence where the format has room for lists.
    All,
}

/// What formats let one choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The language of labels.
    pub language: LabelLanguage,
    /// How much of the evidence is written.
    pub sentences: Sentences,
    /// Drawings show articles, posts and mentions as nodes and edges of their own, not posts as lines below a name.
    pub everything: bool,
    /// Spreadsheet tables begin with a byte order mark, without which Excel takes them for another encoding.
    pub byte_order_mark: bool,
    /// What identifiers are prefixed with to make them IRIs.
    pub iri: String,
    /// How a drawing is laid out.
    pub layout: Layout,
    /// What stands above a page.
    pub title: String,
}

/// How a drawing is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// In layers as long as that can be waited for, else by springs.
    #[default]
    Fitting,
    /// In layers with provinces as boxes: Graphviz's `dot`.
    Layers,
    /// By springs, provinces as nodes, names on the most connected only: Graphviz's `sfdp`.
    Springs,
}

/// What stands above a page where nobody gives a title.
pub fn default_title(language: LabelLanguage) -> &'static str {
    look::choose("Who chaired what, who holds which post", "Ai chủ trì việc gì, ai giữ chức vụ nào", language)
}

impl Default for Options {
    fn default() -> Options {
        Options {
            language: LabelLanguage::default(),
            sentences: Sentences::default(),
            everything: false,
            byte_order_mark: false,
            iri: rdf::IRI.to_string(),
            layout: Layout::default(),
            title: default_title(LabelLanguage::default()).to_string(),
        }
    }
}

/// Why an export came to nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Writing failed.
    #[error("the export cannot be written: {0}")]
    Io(#[from] io::Error),
    /// A file exists, and the caller did not ask to replace it.
    #[error("`{path}` exists already")]
    Exists {
        /// Which file.
        path: String,
    },
    /// The format needs several files.
    #[error("the format {format} makes several files ({}); give a folder", .format.files().join(", "))]
    NeedsFolder {
        /// Which format.
        format: Format,
    },
    /// The format is a single file.
    #[error("the format {format} is a single file; give a file, not a folder")]
    NeedsFile {
        /// Which format.
        format: Format,
    },
    /// This build leaves the format out.
    #[error("this chutoa was built without {format}; build it with `--features {feature}`")]
    NeedsFeature {
        /// Which format.
        format: Format,
        /// What to build with.
        feature: &'static str,
    },
    /// A projection's ties are drawn from facts and are none.
    #[error("facts and pages have no words for a projection; choose another format, such as csv")]
    NoFacts,
    /// `Options::iri` makes no IRI.
    #[error("`{iri}` makes no IRI: {reason}; take something like `https://example.org/id/`")]
    NoIri {
        /// The prefix as given.
        iri: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// Writes the graph in a format of a single file.
pub fn write(graph: &ExportGraph<'_>, format: Format, options: &Options, out: &mut dyn Write) -> Result<(), Error> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    match format {
        Format::Graphml => graphml::write(graph, options, &mut out)?,
        Format::Gexf => gexf::write(graph, options, &mut out)?,
        Format::Dot => dot::write(graph, options, &mut out)?,
        Format::Json => json::write(graph, options, &mut out)?,
        Format::Cytoscape => cytoscape::write(graph, options, &mut out)?,
        Format::Ftm => ftm::write(graph, options, &mut out)?,
        Format::Turtle => rdf::write_turtle(graph, options, &mut out)?,
        Format::Ntriples => rdf::write_ntriples(graph, options, &mut out)?,
        Format::Facts => facts::write(graph, &mut out)?,
        Format::Html => {
            let knowledge = graph.to_knowledge().ok_or(Error::NoFacts)?;
            html::write(&knowledge, &options.title, options.language, &mut out)?;
        }
        Format::Csv | Format::Neo4j | Format::Parquet => return Err(Error::NeedsFolder { format }),
    }
    out.flush()?;
    Ok(())
}

/// Writes the graph in a format of several files into a folder, which is made where it is missing.
///
/// Each file is written under another name and then renamed, so that none is ever half there. With `replace` files of
/// those names are overwritten, else they are an error, before anything is written.
pub fn write_folder(
    graph: &ExportGraph<'_>,
    format: Format,
    options: &Options,
    folder: &Path,
    replace: bool,
) -> Result<(), Error> {
    if format.files().is_empty() {
        return Err(Error::NeedsFile { format });
    }
    format.check_available()?;
    if !replace && let Some(found) = format.files().iter().map(|name| folder.join(name)).find(|path| path.exists()) {
        return Err(Error::Exists { path: found.display().to_string() });
    }
    fs::create_dir_all(folder)?;
    for name in format.files() {
        let draft = folder.join(format!(".{name}.part"));
        let written = File::create(&draft).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 16, file);
            match format {
                Format::Neo4j => neo4j::write(graph, options, name, &mut out)?,
                #[cfg(feature = "parquet")]
                Format::Parquet => parquet::write(graph, options, name, &mut out)?,
                _ => spreadsheet::write(graph, options, name, &mut out)?,
            }
            out.flush()?;
            fs::rename(&draft, folder.join(name))
        });
        if let Err(error) = written {
            // The draft may never have come to be; the first error is the one to tell.
            fs::remove_file(&draft).ok();
            return Err(error.into());
        }
    }
    Ok(())
}

/// The name and version that exports give as their maker.
fn generator() -> String {
    format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
}
