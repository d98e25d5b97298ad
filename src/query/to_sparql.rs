//! A pattern in SPARQL: the same question, to be asked of the RDF that the export writes, here or elsewhere.

use std::fmt::Write;

use crate::export::rdf::{self, IRI};
use crate::graph::{KnowledgeGraph, LabelLanguage};
use crate::query::name::find;
use crate::query::run::{QueryError, kinds};
use crate::query::{Query, Term, Wildcard};
use crate::vocabulary::{Kind, Relation};

/// What is known of an edge beside its ends.
const STATEMENT: &str = "  OPTIONAL {
    ?fact rdf:subject ?subject ; rdf:predicate PREDICATE ; rdf:object ?object ; chutoa:weight ?reports .
SEEN  }
";

/// The days of its reports, within the optional part: outside of it they would be those of any edge.
const SEEN: &str = "    OPTIONAL { ?fact chutoa:firstSeen ?firstSeen ; chutoa:lastSeen ?lastSeen }
";

/// The province of an edge: of its object where that has one, else of its subject.
const PLACE: &str = "  OPTIONAL { ?object chutoa:province ?objectProvince }
  OPTIONAL { ?subject chutoa:province ?subjectProvince }
  BIND(IF(STRSTARTS(STR(?object), STR(province:)), ?object, ?objectProvince) AS ?objectPlace)
  BIND(IF(STRSTARTS(STR(?subject), STR(province:)), ?subject, ?subjectProvince) AS ?subjectPlace)
  BIND(COALESCE(?objectPlace, ?subjectPlace) AS ?where)
";

/// The time of an edge: the day of its event or document, else the days of the reports that state it. A day that
/// lacks its month or day of the month is as long as that may be.
const TIME: &str = "  OPTIONAL { ?object schema:startDate ?objectDay }
  OPTIONAL { ?subject schema:startDate|schema:legislationDate ?subjectDay }
  BIND(STR(COALESCE(?objectDay, ?subjectDay, ?firstSeen)) AS ?from)
  BIND(STR(COALESCE(?objectDay, ?subjectDay, ?lastSeen)) AS ?to)
  BIND(CONCAT(?from, SUBSTR(\"-01-01\", STRLEN(?from) - 3)) AS ?first)
  BIND(CONCAT(?to, SUBSTR(\"-12-31\", STRLEN(?to) - 3)) AS ?last)
";

impl Query {
    /// The query in SPARQL, with the entities that its names mean in this graph.
    ///
    /// It finds the same edges: `?subject`, `?object`, `?reports` (none for what follows from the gazetteer), and
    /// `?relation` where any was asked for. Days are values in RDF, not entities, and have no `?reports`.
    ///
    /// # Errors
    /// A name that nothing in the graph has.
    pub fn to_sparql(&self, graph: &KnowledgeGraph, language: LabelLanguage) -> Result<String, QueryError> {
        let (left, right) = match self.relation {
            Some(relation) => (vec![relation.kinds().0], vec![relation.kinds().1]),
            None => (kinds(&self.subject), kinds(&self.object)),
        };
        let mut lines = String::new();
        // A relation leads to one kind only, which needs no test.
        let is_open = |term: &Term| self.relation.is_some() || *term == Term::Wildcard(Wildcard::Any);
        end(&mut lines, graph, "?subject", &self.subject, &left, is_open(&self.subject))?;
        let relation = match self.relation {
            Some(relation) => predicate(relation),
            None => {
                let all = Relation::ALL.map(predicate).join(" ");
                line(&mut lines, format_args!("VALUES ?relation {{ {all} }}"));
                "?relation".to_string()
            }
        };
        line(&mut lines, format_args!("?subject {relation} ?object ."));
        end(&mut lines, graph, "?object", &self.object, &right, is_open(&self.object))?;
        let filter = &self.filter;
        let is_timed = filter.on.is_some() || filter.since.is_some() || filter.until.is_some();
        lines.push_str(&STATEMENT.replace("PREDICATE", &relation).replace("SEEN", if is_timed { SEEN } else { "" }));
        for (variable, label) in [("?subject", "?who"), ("?object", "?what")] {
            let code = language.code();
            line(
                &mut lines,
                format_args!("OPTIONAL {{ {variable} rdfs:label {label} FILTER(LANG({label}) = \"{code}\") }}"),
            );
        }
        let mut columns = vec!["?subject", "?relation", "?object", "?who", "?what"];
        if self.relation.is_some() {
            columns.remove(1);
        }
        if let Some(place) = &filter.place {
            lines.push_str(PLACE);
            let found = find(graph, place, &[Kind::Province])?;
            let found: Vec<String> = found.iter().map(|m| iri(m.entity.id.as_str())).collect();
            line(&mut lines, format_args!("FILTER(?where IN ({}))", found.join(", ")));
            columns.push("?where");
        }
        if is_timed {
            lines.push_str(TIME);
            columns.extend(["?first", "?last"]);
        }
        for period in filter.on.iter().chain(&filter.since) {
            line(&mut lines, format_args!("FILTER(?last >= \"{}\")", period.first()));
        }
        for period in filter.on.iter().chain(&filter.until) {
            line(&mut lines, format_args!("FILTER(?first <= \"{}\")", period.last()));
        }
        columns.push("?reports");
        let mut text = String::new();
        for (name, iri) in rdf::prefixes(IRI) {
            if names(&lines, name) {
                text.push_str(&format!("PREFIX {name}: <{iri}>\n"));
            }
        }
        text.push_str(&format!("SELECT {} WHERE {{\n{lines}}}\nORDER BY ?subject ?object\n", columns.join(" ")));
        Ok(text)
    }
}

/// Whether a text uses a prefix: `oa:` does not stand in `chutoa:`.
fn names(text: &str, prefix: &str) -> bool {
    let found = text.match_indices(&format!("{prefix}:")).map(|(at, _)| at).collect::<Vec<_>>();
    found.into_iter().any(|at| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':'))
}

fn line(lines: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(lines, "  {text}").expect("a string takes any text");
}

/// Which entities may stand at one end; an open wildcard admits all.
fn end(
    lines: &mut String,
    graph: &KnowledgeGraph,
    variable: &str,
    term: &Term,
    kinds: &[Kind],
    is_open: bool,
) -> Result<(), QueryError> {
    match term {
        Term::Name(name) => {
            let found = find(graph, name, kinds)?;
            let values = found.iter().map(|m| match m.entity.id.kind() {
                Kind::Date => format!("\"{0}\"^^xsd:date \"{0}\"", m.entity.id.path()),
                _ => iri(m.entity.id.as_str()),
            });
            let values: Vec<String> = values.collect();
            line(lines, format_args!("VALUES {variable} {{ {} }}", values.join(" ")));
        }
        Term::Wildcard(_) if is_open => {}
        Term::Wildcard(_) => {
            let tests = kinds.iter().map(|kind| match kind {
                Kind::Date => format!("isLITERAL({variable})"),
                kind => format!("STRSTARTS(STR({variable}), STR({}:))", kind.name()),
            });
            line(lines, format_args!("FILTER({})", tests.collect::<Vec<_>>().join(" || ")));
        }
    }
    Ok(())
}

/// What leads from subject to object in the export.
fn predicate(relation: Relation) -> String {
    format!("chutoa:{}", relation.name())
}

fn iri(id: &str) -> String {
    format!("<{}>", rdf::entity_iri(IRI, id))
}
