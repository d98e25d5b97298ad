//! SPARQL 1.1 over the RDF that the export writes, in memory.
//!
//! ```
//! use chutoa::graph::KnowledgeGraph;
//! use chutoa::query::sparql::{Answer, Triples};
//! let triples = Triples::of(&KnowledgeGraph::default()).unwrap();
//! let Answer::Rows(rows) = triples.answer("SELECT ?who { ?who chutoa:chaired ?what }").unwrap() else { panic!() };
//! assert_eq!(rows.variables, ["who"]);
//! ```

use std::io::{self, Write};

use oxigraph::model::{GraphName, Quad};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator, SparqlSyntaxError, Variable};
use oxigraph::store::{StorageError, Store};
use oxrdf::{Term, Triple};

use crate::export::rdf::{self, IRI};
use crate::export::{self, ExportGraph, Options, Sentences};
use crate::graph::KnowledgeGraph;

/// The triples of a graph, ready to be asked.
pub struct Triples {
    store: Store,
}

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
    /// The triples could not be kept.
    #[error("the triples cannot be loaded: {0}")]
    Storage(#[from] StorageError),
    /// The triples could not be made.
    #[error(transparent)]
    Export(#[from] export::Error),
}

impl Triples {
    /// All triples of a graph, with every sentence.
    ///
    /// # Errors
    /// Memory does not suffice.
    pub fn of(graph: &KnowledgeGraph) -> Result<Triples, SparqlError> {
        let mut quads = Vec::new();
        let options = Options { sentences: Sentences::All, ..Options::default() };
        rdf::triples(&ExportGraph::new(graph), &options, |triple| {
            quads.push(Quad::new(triple.subject, triple.predicate, triple.object, GraphName::DefaultGraph));
            Ok(())
        })?;
        let store = Store::new()?;
        let mut loader = store.bulk_loader();
        loader.load_quads(quads)?;
        loader.commit()?;
        Ok(Triples { store })
    }

    /// The answer to a query. The export's prefixes are declared; a query may declare others or the same anew.
    ///
    /// # Errors
    /// It is no query of SPARQL 1.1, or asks for another server.
    pub fn answer(&self, query: &str) -> Result<Answer, SparqlError> {
        let mut evaluator = SparqlEvaluator::new();
        for (name, iri) in rdf::prefixes(IRI) {
            evaluator = evaluator.with_prefix(name, iri).expect("a constant that is an IRI");
        }
        Ok(match evaluator.parse_query(query)?.on_store(&self.store).execute()? {
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
