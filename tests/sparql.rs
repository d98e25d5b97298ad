//! SPARQL: the queries of `examples/sparql` and what patterns become, each beside what `query` itself gives.

#![cfg(feature = "sparql")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chutoa::export::rdf::{IRI, entity_iri};
use chutoa::graph::{KnowledgeGraph, LabelLanguage};
use chutoa::query::sparql::{Answer, Rows, Triples};
use chutoa::query::{Filter, Query};
use chutoa::store::Store;
use chutoa::vocabulary::{Kind, Relation};
use oxrdf::Term;

fn path(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn graph() -> KnowledgeGraph {
    Store::read(&path("tests/store/new")).unwrap().graph()
}

fn rows(triples: &Triples, text: &str) -> Rows {
    match triples.answer(text).unwrap_or_else(|e| panic!("{e}\n{text}")) {
        Answer::Rows(rows) => rows,
        other => panic!("no rows: {other:?}"),
    }
}

/// The answer of an example, its columns by name.
fn example(name: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path("examples/sparql").join(name).with_extension("rq")).unwrap();
    let Rows { variables, rows } = rows(&Triples::of(&graph()).unwrap(), &text);
    let row = |row: Vec<Option<Term>>| {
        variables.iter().cloned().zip(row).filter_map(|(name, term)| Some((name, value(&term?)))).collect()
    };
    rows.into_iter().map(row).collect()
}

/// A literal as it is, an entity or relation by what follows the export's prefix.
fn value(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_string(),
        Term::NamedNode(node) => {
            let iri = node.as_str();
            iri.strip_prefix("urn:chutoa:vocabulary:").or(iri.strip_prefix(IRI)).unwrap_or(iri).to_string()
        }
        other => panic!("{other}"),
    }
}

fn columns(rows: &[BTreeMap<String, String>], names: &[&str]) -> BTreeSet<Vec<String>> {
    rows.iter().map(|row| names.iter().map(|name| row.get(*name).cloned().unwrap_or_default()).collect()).collect()
}

/// What `query` answers: subject, object and how many reports say so.
fn asked(words: &str) -> BTreeSet<Vec<String>> {
    let answer = Query::parse(&[words]).unwrap().run(&graph()).unwrap();
    let row =
        |row: &chutoa::query::Row| vec![row.subject.id.to_string(), row.object.id.to_string(), row.reports.to_string()];
    answer.rows.iter().map(row).collect()
}

#[test]
fn every_example_is_tested() {
    let here = std::fs::read_to_string(path("tests/sparql.rs")).unwrap();
    let mut count = 0;
    let files = std::fs::read_dir(path("examples/sparql")).unwrap().flatten();
    for file in files.filter(|file| file.path().extension().is_some_and(|ending| ending == "rq")) {
        let name = file.path().file_stem().unwrap().to_str().unwrap().to_string();
        assert!(here.contains(&format!("example(\"{name}\")")), "{name} has no test");
        count += 1;
    }
    assert_eq!(count, 10);
}

/// Also where a query asks for no order: `GROUP_CONCAT`, `SAMPLE` and rows come as the triples are sorted.
#[test]
fn the_same_graph_gives_the_same_answer() {
    let text = "SELECT ?report (GROUP_CONCAT(?who) AS ?all) (SAMPLE(?who) AS ?one) { ?fact rdf:subject ?who ; \
                prov:hadPrimarySource ?report } GROUP BY ?report";
    let first = rows(&Triples::of(&graph()).unwrap(), text);
    assert!(first.rows.len() > 1);
    for _ in 0..5 {
        assert_eq!(rows(&Triples::of(&graph()).unwrap(), text), first);
    }
}

#[test]
fn chairing_and_holding_are_what_query_gives() {
    let chaired = example("who-chaired-what");
    assert_eq!(columns(&chaired, &["person", "event", "reports"]), asked("who chaired what"));
    assert!(chaired.iter().any(|row| row["name"] == "Ngô Thanh Danh" && row["day"] == "2025-06-12"), "{chaired:?}");
    let pairs = |rows: BTreeSet<Vec<String>>| rows.into_iter().map(|row| row[..2].to_vec()).collect::<BTreeSet<_>>();
    assert_eq!(columns(&example("who-holds-what"), &["person", "post"]), pairs(asked("who holds what")));
}

#[test]
fn counts_are_those_of_the_rows() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut chairs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in asked("who chaired what") {
        *counts.entry(row[0].clone()).or_default() += 1;
        chairs.entry(row[1].clone()).or_default().insert(row[0].clone());
    }
    let expected: BTreeSet<Vec<String>> = counts.into_iter().map(|(who, n)| vec![who, n.to_string()]).collect();
    assert_eq!(columns(&example("most-chaired"), &["person", "events"]), expected);
    let together: BTreeSet<Vec<String>> = example("chaired-together")
        .iter()
        .map(|row| vec![row["one"].clone(), row["other"].clone(), row["events"].clone()])
        .collect();
    let pairs = chairs.values().filter(|who| who.len() == 2).map(|who| who.iter().cloned().collect::<Vec<_>>());
    let expected: BTreeSet<Vec<String>> = pairs.map(|pair| [pair, vec!["1".to_string()]].concat()).collect();
    assert!(!expected.is_empty());
    assert_eq!(together, expected);
    let mut cited: BTreeMap<String, usize> = BTreeMap::new();
    asked("what cites what").into_iter().for_each(|row| *cited.entry(row[1].clone()).or_default() += 1);
    let expected: BTreeSet<Vec<String>> = cited.into_iter().map(|(what, n)| vec![what, n.to_string()]).collect();
    assert_eq!(columns(&example("cited-documents"), &["document", "reports"]), expected);
    let months = example("events-by-month");
    let dated = graph().entities().filter(|e| e.id.kind() == Kind::Event).count();
    let events: usize = months.iter().map(|row| row["events"].parse::<usize>().unwrap()).sum();
    assert!(events > 0 && events <= dated, "{months:?}");
}

#[test]
fn posts_beside_an_event_are_the_roles_of_query() {
    let answer = Query::parse(&["who chaired what"]).unwrap().run(&graph()).unwrap();
    let roles = answer.rows.iter().flat_map(|row| {
        row.roles.iter().map(|post| vec![row.subject.id.to_string(), row.object.id.to_string(), post.id.to_string()])
    });
    assert_eq!(columns(&example("chaired-as"), &["person", "event", "post"]), roles.collect());
}

#[test]
fn evidence_is_that_of_the_graph() {
    let graph = graph();
    let mut expected = BTreeSet::new();
    let mut single = 0;
    for (subject, edge, object) in graph.edges() {
        let reports: BTreeSet<_> = edge.statements.iter().map(|s| &s.article).collect();
        single += usize::from(reports.len() == 1 && object.id.kind() != Kind::Date);
        for statement in edge.statements.iter().filter(|_| edge.relation == Relation::Chaired) {
            let evidence = &statement.evidence;
            let texts = [evidence.sentence.to_string(), statement.article.to_string(), evidence.start.to_string()];
            expected.insert([vec![subject.id.to_string(), object.id.to_string()], texts.to_vec()].concat());
        }
    }
    assert_eq!(columns(&example("evidence"), &["person", "event", "sentence", "report", "start"]), expected);
    assert_eq!(example("single-source").len(), single);
    for row in example("several-languages") {
        assert!(row["languages"].split(' ').collect::<BTreeSet<_>>().len() > 1, "{row:?}");
    }
}

#[test]
fn a_pattern_in_sparql_finds_what_the_pattern_finds() {
    let graph = graph();
    let triples = Triples::of(&graph).unwrap();
    let period = |text: &str| Some(text.parse().unwrap());
    let filters = [
        Filter::default(),
        Filter { place: Some("Dak Nong".into()), ..Filter::default() },
        Filter { on: period("2025-06"), ..Filter::default() },
        Filter { since: period("2025-07"), ..Filter::default() },
        Filter { until: period("2025-06-12"), place: Some("Dak Lak".into()), ..Filter::default() },
    ];
    let mut patterns: Vec<String> = Relation::ALL.iter().map(|relation| format!("? {relation} ?")).collect();
    let more =
        ["Danh ? ?", "? ? ?", "who ? ?", "? cites 57-NQ/TW", "who holds secretary", "? held-on 2025-06-12", "? ? when"];
    patterns.extend(more.map(String::from));
    let mut found = 0;
    for pattern in &patterns {
        for filter in &filters {
            let query = Query::parse(&[pattern]).unwrap().with(filter.clone());
            let text = query.to_sparql(&graph, LabelLanguage::English).unwrap();
            let Rows { variables, rows } = rows(&triples, &text);
            let column = |row: &[Option<Term>], name: &str| {
                let at = variables.iter().position(|variable| variable == name)?;
                row[at].as_ref().map(value)
            };
            let got: BTreeSet<[String; 2]> =
                rows.iter().map(|row| [column(row, "subject").unwrap(), column(row, "object").unwrap()]).collect();
            let expected: BTreeSet<[String; 2]> = query
                .run(&graph)
                .unwrap()
                .rows
                .iter()
                .map(|row| {
                    let object = &row.object.id;
                    let object = if object.kind() == Kind::Date { object.path() } else { object.as_str() };
                    [value_of(row.subject.id.as_str()), value_of(object)]
                })
                .collect();
            assert_eq!(got, expected, "{pattern} {filter:?}\n{text}");
            found += got.len();
        }
    }
    assert!(found > 100, "{found}");
}

/// An identifier as the export spells it.
fn value_of(id: &str) -> String {
    entity_iri("", id)
}

fn query(args: &[&str]) -> Output {
    let store = path("tests/store/new");
    let mut command = Command::new(env!("CARGO_BIN_EXE_chutoa"));
    command.env_remove("CHUTOA_GAZETTEER").env_remove("CHUTOA_LANG");
    command.arg("query").args(args).args(["--graph", store.to_str().unwrap()]).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_command_answers_in_standard_formats() {
    let ask = |format: &str| {
        let text = "SELECT ?who { ?who chutoa:chaired ?what } ORDER BY ?who";
        stdout(&query(&["--sparql", text, "--format", format]))
    };
    assert_eq!(ask("table").lines().collect::<Vec<_>>()[..2], ["WHO", "person:ho-van-muoi"]);
    assert!(ask("csv").starts_with("who\r\nurn:chutoa:person:ho-van-muoi\r\n"), "{}", ask("csv"));
    assert!(ask("tsv").starts_with("?who\n<urn:chutoa:person:ho-van-muoi>\n"), "{}", ask("tsv"));
    let json: serde_json::Value = serde_json::from_str(&ask("json")).unwrap();
    assert_eq!(json["head"]["vars"][0], "who");
    assert_eq!(json["results"]["bindings"].as_array().unwrap().len(), 3);
    let file = format!("@{}", path("examples/sparql/most-chaired.rq").display());
    assert_eq!(query(&["--sparql", &file]).status.code(), Some(0));
    let described = query(&["--sparql", "DESCRIBE person:ho-van-muoi", "--format", "table"]);
    assert!(stdout(&described).contains("foaf:Person"), "{}", stdout(&described));
}

#[test]
fn exit_codes_tell_found_nothing_and_error() {
    let code = |text: &str| query(&["--sparql", text]).status.code();
    assert_eq!(code("ASK { ?who chutoa:chaired ?what }"), Some(0));
    assert_eq!(code("ASK { ?who chutoa:chaired chutoa:nothing }"), Some(1));
    assert_eq!(code("SELECT * { ?who chutoa:chaired chutoa:nothing }"), Some(1));
    assert_eq!(code("SELECT * {"), Some(2));
    assert_eq!(code("@no-such-file.rq"), Some(2));
    assert_eq!(code("DELETE WHERE { ?s ?p ?o }"), Some(2));
    let elsewhere = query(&["--sparql", "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }"]);
    assert!(String::from_utf8_lossy(&elsewhere.stderr).contains("not supported"));
    assert_eq!(query(&["who", "chaired", "what", "--sparql", "ASK {}"]).status.code(), Some(2));
}

#[test]
fn explain_prints_what_can_be_asked_again() {
    let text = stdout(&query(&["who", "chaired", "what", "--in", "Dak Nong", "--explain"]));
    assert!(text.starts_with("PREFIX ") && !text.contains("PREFIX oa:"), "{text}");
    let again = stdout(&query(&["--sparql", &text, "--format", "csv"]));
    assert_eq!(again.lines().count(), 3, "{again}");
}
