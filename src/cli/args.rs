//! Arguments are what was typed; nothing here acts on them.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum, ValueHint};

use chutoa::export;
use chutoa::graph::LabelLanguage;
use chutoa::query;
use chutoa::vocabulary::Relation;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Turns reports on Vietnamese politics into a knowledge graph with evidence.
#[derive(Debug, Parser)]
#[command(name = "chutoa", version, styles = STYLES, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  chutoa build reports               read a folder of reports, write the graph to chutoa-out
  chutoa query who chaired what      ask the graph
  chutoa show NAME                   all that is known of a person
  chutoa explain NAME chaired        the sentences behind it

Exit codes: 0 found, 1 nothing found, 2 error.")]
pub struct Args {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Common options")]
pub struct Common {
    /// Say more on standard error
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Number of threads [default: one a core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Folder of tables that add to the gazetteer or replace parts of it
    #[arg(long, global = true, value_name = "DIR", env = "CHUTOA_GAZETTEER", value_hint = ValueHint::DirPath)]
    pub gazetteer: Option<PathBuf>,
    /// Language of labels
    #[arg(long, global = true, value_enum, default_value_t, env = "CHUTOA_LANG")]
    pub lang: Lang,
}

/// The language of labels.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Lang {
    /// English
    #[default]
    En,
    /// Vietnamese
    Vi,
}

impl From<Lang> for LabelLanguage {
    fn from(lang: Lang) -> LabelLanguage {
        match lang {
            Lang::En => LabelLanguage::English,
            Lang::Vi => LabelLanguage::Vietnamese,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports and write the graph
    Build(Build),
    /// Print the facts that reports state
    Extract(Extract),
    /// Ask the graph: SUBJECT RELATION OBJECT
    Query(Query),
    /// Show all that is known of a person, post, event or other entity
    Show(Show),
    /// Show the sentences behind an edge, the words that carry it marked
    Explain(Explain),
    /// List seats in which reports see two people at one time
    Conflicts(Conflicts),
    /// Tell what a newer graph says and an older one does not
    Diff(Diff),
    /// Count entities and edges; the most connected, communities, longest-serving, vacant posts
    Stats(Stats),
    /// Compare facts with gold facts: precision, recall, F1
    Score(Score),
    /// Write the graph for other programs
    Export(Export),
    /// Draw the graph through Graphviz: SVG, PNG or PDF
    Render(Render),
    /// Write one interactive page with the graph and its evidence, and open it
    View(View),
    /// Look after the tables of names, titles and places
    Gazetteer(Gazetteer),
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write manual pages, or print the first one
    Man {
        /// Folder for one page a command
        #[arg(value_hint = ValueHint::DirPath)]
        dir: Option<PathBuf>,
    },
}

/// Where the graph comes from.
#[derive(Clone, Debug, clap::Args)]
pub struct Source {
    /// Directory that `build` wrote [default: chutoa-out]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "from")]
    pub graph: Option<PathBuf>,
    /// Read these reports instead
    #[arg(long, value_name = "REPORTS", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub from: Vec<PathBuf>,
    /// What readers have decided [default: decisions.tsv beside the reports]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "from")]
    pub decisions: Option<PathBuf>,
}

/// Formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Columns that fit the terminal
    Table,
    /// Tab-separated values with a header, identifiers and evidence
    Tsv,
    /// The same, comma-separated
    Csv,
    /// JSON
    Json,
}

/// Formats of prose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TextFormat {
    /// For reading
    #[default]
    Text,
    /// JSON
    Json,
}

/// Formats of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FactFormat {
    /// Tab-separated values with a header
    #[default]
    Tsv,
    /// One JSON object a line
    Jsonl,
    /// What was seen in each sentence, for curators of the gazetteer
    Trace,
}

/// Arguments of `build`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  chutoa build reports
  chutoa build a.txt more/ -o graph
  cat report.txt | chutoa build -
  chutoa build reports --decisions decisions.tsv

A file of decisions has the columns decision, subject, relation, object, instead, report, author and note. Decisions are
  same            SUBJECT and OBJECT are one
  different       what REPORT calls SUBJECT is OBJECT; without a report, the two are never joined
  not-a-person    SUBJECT is nobody
  correct         SUBJECT RELATION OBJECT is wrong; INSTEAD is right, or nothing
Deleting a row undoes it at the next build.")]
pub struct Build {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "REPORTS", value_hint = ValueHint::AnyPath)]
    pub reports: Vec<PathBuf>,
    /// Directory to write
    #[arg(short, long, value_name = "DIR", default_value = super::DEFAULT_DIRECTORY, value_hint = ValueHint::DirPath)]
    pub output: PathBuf,
    /// What readers have decided [default: decisions.tsv beside the reports and in the output directory]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,
}

/// Arguments of `extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  chutoa extract reports > facts.tsv
  chutoa extract reports | chutoa score gold.tsv -- -
  chutoa extract --format jsonl report.txt")]
pub struct Extract {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "REPORTS", value_hint = ValueHint::AnyPath)]
    pub reports: Vec<PathBuf>,
    /// How to print facts
    #[arg(long, value_enum, default_value_t)]
    pub format: FactFormat,
}

/// Arguments of `query`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Wildcards are who, what, where, when and ?. Names match with or without diacritics, in any order of their words, in
any spelling that reports use, in part, or by identifier.

Examples:
  chutoa query who chaired what
  chutoa query who chaired what --in PROVINCE --on 2025-06
  chutoa query NAME holds what
  chutoa query what cites 57-NQ/TW
  chutoa query NAME ? what --format json
  chutoa query who presided over what --from reports
  chutoa query --explain who chaired what --in PROVINCE
  chutoa query --sparql 'SELECT ?who (COUNT(*) AS ?n) { ?who chutoa:chaired ?what } GROUP BY ?who'
  chutoa query --sparql @question.rq --format csv

SPARQL is asked of the RDF that `chutoa export --format turtle` writes, with its prefixes declared: chutoa: for
relations (chutoa:chaired), person:, event: and the like for entities, and rdf:, rdfs:, xsd:, schema:, org:, prov:, oa:,
foaf:, skos:, dcterms:. Relations that reports state are also an rdf:Statement with chutoa:weight, chutoa:confidence,
chutoa:firstSeen, chutoa:lastSeen and prov:hadPrimarySource.")]
pub struct Query {
    /// SUBJECT RELATION OBJECT
    #[arg(required_unless_present = "sparql", value_name = "PATTERN")]
    pub pattern: Vec<String>,
    /// A query in SPARQL 1.1 instead, or @FILE that holds one
    #[arg(long, value_name = "QUERY", conflicts_with_all = ["pattern", "place", "on", "since", "until", "evidence", "explain"])]
    pub sparql: Option<String>,
    /// Print the pattern as SPARQL and do not answer it
    #[arg(long, conflicts_with_all = ["format", "evidence"])]
    pub explain: bool,
    /// Only in this province
    #[arg(long = "in", value_name = "PLACE")]
    pub place: Option<String>,
    /// Only on this day, or in this month or year; posts from the first day seen until a report ends them
    #[arg(long, value_name = "DATE")]
    pub on: Option<query::Period>,
    /// Not before this day, month or year
    #[arg(long, value_name = "DATE")]
    pub since: Option<query::Period>,
    /// Not after this day, month or year
    #[arg(long, value_name = "DATE")]
    pub until: Option<query::Period>,
    /// How to print the answer [default: table on a terminal, tsv elsewhere]
    #[arg(long, value_enum)]
    pub format: Option<TableFormat>,
    /// Below each row of a table, the first sentence that says so
    #[arg(long)]
    pub evidence: bool,
    /// Leave out the header of tab-separated values
    #[arg(long)]
    pub no_header: bool,
    /// Where the graph comes from.
    #[command(flatten)]
    pub source: Source,
}

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  chutoa show NAME
  chutoa show 57-NQ/TW
  chutoa show person:IDENTIFIER --format json")]
pub struct Show {
    /// A name, a part of one, or an identifier
    #[arg(required = true, value_name = "NAME")]
    pub name: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
    /// Where the graph comes from.
    #[command(flatten)]
    pub source: Source,
}

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  chutoa explain NAME chaired
  chutoa explain NAME holds secretary
  chutoa explain what cites 57-NQ/TW
  chutoa explain NAME                 all that is said of it")]
pub struct Explain {
    /// SUBJECT [RELATION [OBJECT]]
    #[arg(required = true, value_name = "PATTERN")]
    pub pattern: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
    /// Where the graph comes from.
    #[command(flatten)]
    pub source: Source,
}

/// Arguments of `conflicts`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Two people in a seat for one: a report errs, or was misread, or two people go by one name. A row of decisions.tsv
settles it. Exit code 1 where there is none.

Example:
  chutoa conflicts --from reports --format json")]
pub struct Conflicts {
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
    /// Where the graph comes from.
    #[command(flatten)]
    pub source: Source,
}

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  chutoa diff last-month chutoa-out
  chutoa diff last-month chutoa-out --format json

Exit code 1 where both say the same.")]
pub struct Diff {
    /// Directory that an earlier `build` wrote
    #[arg(value_hint = ValueHint::DirPath)]
    pub old: PathBuf,
    /// Directory that a later `build` wrote
    #[arg(value_hint = ValueHint::DirPath)]
    pub new: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
}

/// Arguments of `stats`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  chutoa stats
  chutoa stats --top 20 --in PROVINCE
  chutoa stats --project people      of the network of people who chaired or served together

Betweenness is the share of the shortest paths between others that lead through an entity; communities are Louvain's.
`chutoa export` writes both as attributes of nodes.")]
pub struct Stats {
    /// How many to list of everything, of entities for each kind
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub top: usize,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
    /// A network of people or of events instead of the graph
    #[arg(long, value_enum)]
    pub project: Option<Projection>,
    /// Which part of the graph.
    #[command(flatten)]
    pub part: Part,
    /// Where the graph comes from.
    #[command(flatten)]
    pub source: Source,
}

/// Arguments of `score`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Lines are tab-separated: article, subject, relation, object, status (required or optional, in gold alone).

Examples:
  chutoa score gold.tsv -- facts.tsv
  chutoa extract reports | chutoa score --errors gold/*.tsv -- -
  chutoa score --min 0.95 gold.tsv -- facts.tsv     exit code 1 where F1 is lower")]
pub struct Score {
    /// Print every error below the table
    #[arg(long)]
    pub errors: bool,
    /// Exit with 1 where F1 over all facts is lower
    #[arg(long, value_name = "F1")]
    pub min: Option<f64>,
    /// Gold facts
    #[arg(required = true, value_name = "GOLD", value_hint = ValueHint::FilePath)]
    pub gold: Vec<PathBuf>,
    /// Facts to score, or - for standard input
    #[arg(last = true, required = true, value_name = "FACTS", value_hint = ValueHint::FilePath)]
    pub facts: PathBuf,
}

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  chutoa export -o graph.gexf
  chutoa export --format graphml,gexf,csv -o for-gephi
  chutoa export -o graph.gexf -o graph.ttl
  chutoa export --format dot -o - | sfdp -Tsvg > graph.svg
  chutoa export --project people --in PROVINCE -o people.graphml
  chutoa export --ego NAME --hops 2 -o around.gexf")]
pub struct Export {
    /// Formats
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', help = format_help())]
    pub format: Vec<export::Format>,
    /// File or folder to write, or - for standard output; a folder for several formats; again for further files
    #[arg(short, long, required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub output: Vec<PathBuf>,
    /// Replace what is there
    #[arg(long)]
    pub force: bool,
    /// A network of people or of events instead of the graph
    #[arg(long, value_enum)]
    pub project: Option<Projection>,
    /// Which part of the graph.
    #[command(flatten)]
    pub part: Part,
    /// Write every sentence, not the first of each edge
    #[arg(long)]
    pub with_evidence: bool,
    /// Where the graph comes from.
    #[command(flatten)]
    pub source: Source,
}

/// Which part of the graph to take.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Part of the graph")]
pub struct Part {
    /// Only one entity and what surrounds it
    #[arg(long, value_name = "NAME")]
    pub ego: Option<String>,
    /// How far around it
    #[arg(long, value_name = "N", default_value_t = 1, requires = "ego")]
    pub hops: u32,
    /// Only in this province
    #[arg(long = "in", value_name = "PLACE")]
    pub place: Option<String>,
    /// Only on this day, or in this month or year
    #[arg(long, value_name = "DATE")]
    pub on: Option<export::Period>,
    /// Not before this day, month or year
    #[arg(long, value_name = "DATE")]
    pub since: Option<export::Period>,
    /// Not after this day, month or year
    #[arg(long, value_name = "DATE")]
    pub until: Option<export::Period>,
    /// Only these relations
    #[arg(long, value_name = "RELATION", value_delimiter = ',')]
    pub relation: Vec<Relation>,
    /// Only edges that so many reports state
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub min_weight: u32,
}

fn format_help() -> String {
    let formats = export::Format::ALL.map(|format| format!("\n  {:<10} {}", format.name(), format.help()));
    format!("Format, or several between commas [default: what the ending of the file tells]{}", formats.concat())
}

/// Networks of one kind of node.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Projection {
    /// People who chaired or served together
    People,
    /// Events with people in common
    Events,
}

impl From<Projection> for export::Projection {
    fn from(projection: Projection) -> export::Projection {
        match projection {
            Projection::People => export::Projection::People,
            Projection::Events => export::Projection::Events,
        }
    }
}

/// Arguments of `view`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The page is one file with the graph, its evidence and all that shows them; it asks nothing of the network.

Examples:
  chutoa view
  chutoa view --from reports -o page.html
  chutoa view --lang vi              a page that opens in Vietnamese
  chutoa view --in PROVINCE --since 2025 --title 'What I want to show' -o part.html
  chutoa view --no-open -o - | gzip > page.html.gz")]
pub struct View {
    /// File to write, or - for standard output [default: view.html beside the graph]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Replace what is there
    #[arg(long)]
    pub force: bool,
    /// What stands above the page [default: what it is about, in the language of labels]
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// Write the page and do not open it
    #[arg(long)]
    pub no_open: bool,
    /// Which part of the graph.
    #[command(flatten)]
    pub part: Part,
    /// Where the graph comes from.
    #[command(flatten)]
    pub source: Source,
}

/// Arguments of `render`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Graphviz draws; it must be installed. Up to about 300 entities `dot` draws provinces as boxes, above that `sfdp` draws
points with the most connected named.

Examples:
  chutoa render -o graph.svg
  chutoa render --in PROVINCE --since 2025 -o province.pdf
  chutoa render --ego NAME --hops 2 -o around.png
  chutoa render --engine sfdp --format svg -o - > graph.svg")]
pub struct Render {
    /// File to write, or - for standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Format [default: what the ending of the file tells]
    #[arg(long, value_enum)]
    pub format: Option<PictureFormat>,
    /// Who draws [default: dot up to about 300 entities, above that sfdp]
    #[arg(long, value_enum)]
    pub engine: Option<Engine>,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..))]
    pub timeout: u64,
    /// Replace what is there
    #[arg(long)]
    pub force: bool,
    /// A network of people or of events instead of the graph
    #[arg(long, value_enum)]
    pub project: Option<Projection>,
    /// Which part of the graph.
    #[command(flatten)]
    pub part: Part,
    /// Where the graph comes from.
    #[command(flatten)]
    pub source: Source,
}

/// Formats of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PictureFormat {
    /// Lines and letters, with the sentences to point at and links to reports
    Svg,
    /// Pixels
    Png,
    /// A page to print
    Pdf,
}

/// Programs of Graphviz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// In layers, provinces as boxes
    Dot,
    /// By springs, for many entities
    Sfdp,
}

/// Arguments of `gazetteer`.
#[derive(Debug, clap::Args)]
pub struct Gazetteer {
    /// What to do with the tables.
    #[command(subcommand)]
    pub command: GazetteerCommand,
}

/// What to do with the tables.
#[derive(Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Find rows that contradict each other or lead nowhere; exit code 1 where there are any
    #[command(after_help = "Example:\n  chutoa gazetteer check --gazetteer my-tables")]
    Check {
        /// How to print what is amiss
        #[arg(long, value_enum, default_value_t)]
        format: TextFormat,
    },
    /// List names and titles that reports use and the tables lack
    #[command(after_help = "Example:\n  chutoa gazetteer suggest reports")]
    Suggest {
        /// Files, folders, or - for standard input
        #[arg(required = true, value_name = "REPORTS", value_hint = ValueHint::AnyPath)]
        reports: Vec<PathBuf>,
        /// How to print the list [default: table on a terminal, tsv elsewhere]
        #[arg(long, value_enum)]
        format: Option<TableFormat>,
    },
}
