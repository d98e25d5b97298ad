//! SPARQL 1.1 over the RDF that the export writes, in memory.
//!
//! The engine is Oxigraph's, without its database: parser, optimizer and evaluator over a set of triples. The database
//! would bring readers of every RDF format and half a minute of compilation, and there is nothing to keep.
//!
//! ```
//! use chutoa::graph::KnowledgeGraph;
//! use chutoa::query::sparql::{Answer, Triples};
//! let triples = Triples::of(&KnowledgeGraph::default()).unwrap();
//! let Answer::Rows(rows) = triples.answer("SELECT ?who { ?who chutoa:chaired ?what }").unwrap() else { panic!() };
//! assert_eq!(rows.variables, ["who"]);
//! ```

use std::io::{self, Write};

use oxrdf::{Term, Triple, Variable};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use spareval::{QueryEvaluationError, QueryEvaluator, QueryResults};
use spargebra::{SparqlParser, SparqlSyntaxError};

use crate::export::rdf::{self, IRI};
use crate::export::{self, ExportGraph, Options, Sentences};
use crate::graph::KnowledgeGraph;
use crate::query::triples::Source;
pub use crate::query::triples::Triples;

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Of `SELECT`.
    Rows(Rows),
    /// Of `ASK`.
    Boolean(bool),
    /// Of `CONSTRUCT` and `DESCRIBE`.
    Graph(Vec<Triple>),
}

/// Values of variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The variables without `?`, in the order of `SELECT`.
    pub variables: Vec<String>,
    /// A value a variable; none where it is unbound.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// The standard formats of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultsFormat {
    /// SPARQL 1.1 Query Results JSON.
    Json,
    /// Values as they are, comma-separated.
    Csv,
    /// Terms as in Turtle, tab-separated.
    Tsv,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SparqlError {
    /// It is not SPARQL 1.1.
    #[error("the query is no SPARQL: {0}")]
    Syntax(#[from] SparqlSyntaxError),
    /// It went wrong on the way.
    #[error("the query failed: {0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// The triples could not be made.
    #[error(transparent)]
    Export(#[from] export::Error),
}

impl Triples {
    /// All triples of a graph, with every sentence.
    ///
    /// # Errors
    /// The triples cannot be made.
    pub fn of(graph: &KnowledgeGraph) -> Result<Triples, SparqlError> {
        let mut triples = Triples::default();
        let options = Options { sentences: Sentences::All, ..Options::default() };
        rdf::triples(&ExportGraph::new(graph), &options, |triple| {
            triples.add(triple);
            Ok(())
        })?;
        triples.sort();
        Ok(triples)
    }

    /// The answer to a query. The export's prefixes are declared; a query may declare others or the same anew.
    ///
    /// # Errors
    /// It is no query of SPARQL 1.1, or asks for another server.
    pub fn answer(&self, query: &str) -> Result<Answer, SparqlError> {
        let mut parser = SparqlParser::new();
        for (name, iri) in rdf::prefixes(IRI) {
            parser = parser.with_prefix(name, iri).expect("a constant that is an IRI");
        }
        let query = parser.parse_query(query)?;
        Ok(match QueryEvaluator::new().prepare(&query).execute(Source(self))? {
            QueryResults::Boolean(value) => Answer::Boolean(value),
            QueryResults::Graph(triples) => Answer::Graph(triples.collect::<Result<_, _>>()?),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let rows = solutions.map(|solution| {
                    let solution = solution?;
                    Ok(variables.iter().map(|variable| solution.get(variable).cloned()).collect())
                });
                let rows = rows.collect::<Result<_, QueryEvaluationError>>()?;
                Answer::Rows(Rows { variables: variables.into_iter().map(Variable::into_string).collect(), rows })
            }
        })
    }
}

impl Answer {
    /// Whether anything was found.
    pub fn is_empty(&self) -> bool {
        match self {
            Answer::Rows(rows) => rows.rows.is_empty(),
            Answer::Boolean(value) => !value,
            Answer::Graph(triples) => triples.is_empty(),
        }
    }

    /// Writes the answer in a standard format; triples as N-Triples whatever the format.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, format: ResultsFormat, out: &mut dyn Write) -> io::Result<()> {
        let serializer = QueryResultsSerializer::from_format(match format {
            ResultsFormat::Json => QueryResultsFormat::Json,
            ResultsFormat::Csv => QueryResultsFormat::Csv,
            ResultsFormat::Tsv => QueryResultsFormat::Tsv,
        });
        match self {
            Answer::Boolean(value) => drop(serializer.serialize_boolean_to_writer(out, *value)?),
            Answer::Graph(triples) => triples.iter().try_for_each(|triple| writeln!(out, "{triple} ."))?,
            Answer::Rows(Rows { variables, rows }) => {
                let variables: Vec<Variable> = variables.iter().map(Variable::new_unchecked).collect();
                let mut writer = serializer.serialize_solutions_to_writer(out, variables.clone())?;
                for row in rows {
                    let bound = variables.iter().zip(row).filter_map(|(v, term)| Some((v, term.as_ref()?)));
                    writer.serialize(bound)?;
                }
                writer.finish()?;
            }
        }
        Ok(())
    }
}
