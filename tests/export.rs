//! Exports: what every format promises, checked on a small graph and on one whose every text is hostile.
//!
//! The files are also written to `target/tmp/exports` (`hostile` below it), where `tests/clients/check_exports.py`
//! reads them with the programs they are for.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chutoa::export::{self, Error, ExportGraph, Format, Options, Projection, Sentences, Tie, View};
use chutoa::graph::{KnowledgeGraph, LabelLanguage};
use chutoa::vocabulary::{EntityId, Kind, Relation};
use common::gephi::assert_gephi_safe;
use common::sample::{HOSTILE, entities, facts, hostile, sample};

fn id(text: &str) -> EntityId {
    text.parse().unwrap()
}

fn text(graph: &ExportGraph<'_>, format: Format, options: &Options) -> String {
    let mut out = Vec::new();
    export::write(graph, format, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn single_files() -> impl Iterator<Item = Format> {
    formats().filter(|format| format.files().is_empty())
}

/// The formats that this build has.
fn formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| format.check_available().is_ok())
}

/// Everything there is of a format, one file after the other.
fn whole(graph: &ExportGraph<'_>, format: Format, options: &Options) -> Vec<u8> {
    if format.files().is_empty() {
        return text(graph, format, options).into_bytes();
    }
    let folder = tempfile::tempdir().unwrap();
    export::write_folder(graph, format, options, folder.path(), false).unwrap();
    format.files().iter().flat_map(|name| fs::read(folder.path().join(name)).unwrap()).collect()
}

fn links(graph: &ExportGraph<'_>) -> Vec<(String, &'static str, String, u32)> {
    let name = |node: usize| graph.nodes()[node].entity.id.to_string();
    graph.links().iter().map(|link| (name(link.source), link.tie.name(), name(link.target), link.weight)).collect()
}

fn write_all(graph: &KnowledgeGraph, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let graph = ExportGraph::new(graph).measured();
    let options = Options { sentences: Sentences::All, everything: true, ..Options::default() };
    for format in formats() {
        if format.files().is_empty() {
            fs::write(folder.join(format!("graph.{}", format.extensions()[0])), text(&graph, format, &options))
                .unwrap();
        } else {
            export::write_folder(&graph, format, &options, &folder.join(format.name()), true).unwrap();
        }
    }
}

#[test]
fn files_for_clients_are_written() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("exports");
    write_all(&sample(), &folder);
    write_all(&hostile(), &folder.join("hostile"));
}

#[test]
fn gephi_reads_every_graphml_and_gexf() {
    for knowledge in [sample(), hostile(), KnowledgeGraph::default()] {
        let views = [
            View::default(),
            View { project: Some(Projection::People), ..View::default() },
            View { project: Some(Projection::Events), ..View::default() },
        ];
        for view in views {
            let graph = view.of(&knowledge).unwrap().measured();
            for sentences in [Sentences::None, Sentences::First, Sentences::All] {
                let options = Options { sentences, language: LabelLanguage::Vietnamese, ..Options::default() };
                for format in [Format::Graphml, Format::Gexf] {
                    let counts = assert_gephi_safe(&text(&graph, format, &options));
                    assert_eq!(counts, (graph.nodes().len(), graph.links().len()));
                }
            }
        }
    }
}

#[test]
fn same_facts_same_bytes() {
    let mut facts = facts();
    let entities = entities(&facts);
    let first = KnowledgeGraph::from_facts(&facts, &entities);
    facts.reverse();
    let second = KnowledgeGraph::from_facts(&facts, &entities);
    for format in formats() {
        let options = Options { sentences: Sentences::All, ..Options::default() };
        let [first, second] =
            [&first, &second].map(|graph| whole(&ExportGraph::new(graph).measured(), format, &options));
        assert!(!first.is_empty() && first == second, "{format}");
    }
}

#[test]
fn days_are_attributes() {
    let knowledge = sample();
    let graph = ExportGraph::new(&knowledge);
    assert!(graph.nodes().iter().all(|node| node.kind != Kind::Date));
    let event = graph.position(&id("event:an-tinh/provincial-party-committee/conference-20")).unwrap();
    assert_eq!(graph.nodes()[event].date, Some("2025-04-04"));
    assert!(text(&graph, Format::Facts, &Options::default()).contains("\theld_on\tdate:2025-04-04\t"));
    let chaired = graph.links().iter().find(|link| link.tie == Tie::Stated(Relation::Chaired)).unwrap();
    assert_eq!((chaired.first, chaired.last, chaired.weight), (Some("2025-04-04"), Some("2025-04-04"), 2));
}

#[test]
fn facts_come_back() {
    let written = text(&ExportGraph::new(&sample()), Format::Facts, &Options::default());
    let found: BTreeSet<String> =
        written.lines().map(|line| line.split('\t').take(4).collect::<Vec<_>>().join("\t")).collect();
    let given = facts();
    let given: BTreeSet<String> = given
        .iter()
        .map(|fact| format!("{}\t{}\t{}\t{}", fact.article.path(), fact.subject, fact.relation, fact.object))
        .collect();
    assert_eq!(found, given);
    let hostile = text(&ExportGraph::new(&hostile()), Format::Facts, &Options::default());
    assert!(hostile.lines().all(|line| line.split('\t').count() == 9));
}

#[test]
fn json_keeps_hostile_text_as_it_is() {
    let knowledge = hostile();
    let json = text(&ExportGraph::new(&knowledge), Format::Json, &Options::default());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let labels: BTreeMap<&str, &str> = json["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), node["name_en"].as_str().unwrap()))
        .collect();
    for entity in knowledge.entities().filter(|entity| entity.id.kind() != Kind::Date) {
        assert_eq!(labels[entity.id.as_str()], entity.label);
    }
}

#[test]
fn tables_are_safe_for_spreadsheets() {
    let knowledge = hostile();
    let folder = tempfile::tempdir().unwrap();
    let graph = ExportGraph::new(&knowledge);
    export::write_folder(&graph, Format::Csv, &Options::default(), folder.path(), false).unwrap();
    for (name, rows) in [("nodes.csv", graph.nodes().len()), ("edges.csv", graph.links().len())] {
        let mut reader = csv::Reader::from_path(folder.path().join(name)).unwrap();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), rows);
        for cell in records.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
        }
    }
    let again = export::write_folder(&graph, Format::Csv, &Options::default(), folder.path(), false);
    assert!(matches!(again, Err(Error::Exists { .. })));
    export::write_folder(&graph, Format::Csv, &Options::default(), folder.path(), true).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no drafts are left");
}

#[test]
fn neo4j_headers_and_rows_agree() {
    let knowledge = hostile();
    let folder = tempfile::tempdir().unwrap();
    let graph = ExportGraph::new(&knowledge);
    export::write_folder(&graph, Format::Neo4j, &Options::default(), folder.path(), false).unwrap();
    for (name, rows, needed) in [
        ("nodes.csv", graph.nodes().len(), &["id:ID", ":LABEL", "name", "date:date", "names:string[]"][..]),
        ("relationships.csv", graph.links().len(), &[":START_ID", ":END_ID", ":TYPE", "weight:double"][..]),
    ] {
        let raw = fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(raw.lines().count(), rows + 1, "the import reads a row a line");
        assert!(!raw.contains("\\\""), "LOAD CSV takes a backslash before a quotation mark for an escape");
        let mut reader = csv::Reader::from_reader(raw.as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
        assert!(needed.iter().all(|column| header.iter().any(|found| found == column)), "{header:?}");
        for record in reader.records() {
            for (column, cell) in header.iter().zip(&record.unwrap()) {
                assert!(!column.ends_with(":date") || cell.is_empty() || cell.parse::<jiff::civil::Date>().is_ok());
                assert!(!cell.ends_with('\\'));
            }
        }
    }
    let cypher = fs::read_to_string(folder.path().join("load.cypher")).unwrap();
    assert!(cypher.contains("MERGE (a)-[r:CHAIRED {key: row.key}]->(b)"));
}

#[test]
fn addresses_are_links_only_where_browsers_open_pages() {
    let knowledge = hostile();
    let graph = ExportGraph::new(&knowledge);
    for format in [Format::Dot, Format::Ftm] {
        assert!(!text(&graph, format, &Options { everything: true, ..Options::default() }).contains("javascript:"));
    }
}

#[test]
fn rdf_parses_and_both_syntaxes_agree() {
    for knowledge in [sample(), hostile()] {
        let graph = ExportGraph::new(&knowledge);
        let options = Options { sentences: Sentences::All, ..Options::default() };
        let turtle = text(&graph, Format::Turtle, &options);
        let turtle: BTreeSet<String> =
            oxttl::TurtleParser::new().for_slice(&turtle).map(|triple| triple.unwrap().to_string()).collect();
        let lines = text(&graph, Format::Ntriples, &options);
        let lines: BTreeSet<String> =
            oxttl::NTriplesParser::new().for_slice(&lines).map(|triple| triple.unwrap().to_string()).collect();
        assert_eq!(turtle, lines);
        assert!(turtle.len() > 100);
    }
    let odd = Options { iri: "not an iri ".to_string(), ..Options::default() };
    let refused = export::write(&ExportGraph::new(&sample()), Format::Turtle, &odd, &mut Vec::new());
    assert!(matches!(refused, Err(Error::NoIri { .. })));
}

#[test]
fn graphviz_draws_hostile_labels() {
    let Ok(mut probe) = Command::new("dot").arg("-V").stderr(Stdio::null()).spawn() else {
        return eprintln!("skipped: Graphviz is not installed");
    };
    probe.wait().unwrap();
    for knowledge in [sample(), hostile()] {
        for everything in [false, true] {
            let options = Options { everything, sentences: Sentences::All, ..Options::default() };
            let file = tempfile::NamedTempFile::new().unwrap();
            fs::write(file.path(), text(&ExportGraph::new(&knowledge), Format::Dot, &options)).unwrap();
            let drawn = Command::new("dot").arg("-Tsvg").arg(file.path()).output().unwrap();
            let complaint = String::from_utf8_lossy(&drawn.stderr);
            assert!(drawn.status.success() && !complaint.contains("rror"), "{complaint}");
            let drawn = String::from_utf8(drawn.stdout).unwrap();
            assert!(!drawn.contains("<script>") && !drawn.contains("javascript:"));
        }
    }
}

#[test]
fn drawings_tell_how_people_stand_to_posts() {
    let knowledge = sample();
    let dot = |view: View| text(&view.of(&knowledge).unwrap(), Format::Dot, &Options::default());
    let of = |relations: &[Relation]| dot(View { relations: relations.to_vec(), ..View::default() });
    let both = of(&[Relation::Holds, Relation::ElectedTo]);
    assert!(both.contains("secretary") && !both.contains("elected: "), "who holds a post was elected to it");
    assert!(of(&[Relation::ElectedTo]).contains("elected: "));
    assert!(of(&[Relation::Held]).contains("formerly: "));
    let people = dot(View { project: Some(Projection::People), ..View::default() });
    assert!(people.contains("layout=\"sfdp\"") && people.contains("dir=\"none\"") && !people.contains('▶'), "{people}");
}

#[test]
fn ftm_entities_name_what_they_refer_to() {
    for knowledge in [sample(), hostile()] {
        // A part of the graph must bring the articles that prove it.
        for relations in [vec![], vec![Relation::Holds, Relation::Chaired]] {
            let view = View { relations, ..View::default() };
            let written = text(&view.of(&knowledge).unwrap(), Format::Ftm, &Options::default());
            let entities: Vec<serde_json::Value> =
                written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let ids: BTreeSet<&str> = entities.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
            assert_eq!(ids.len(), entities.len(), "no identifier twice");
            let references = ["holder", "post", "subject", "object", "document", "entity", "proof", "resolved"];
            for entity in &entities {
                for property in references.into_iter().chain(["organizer", "involved", "organization", "addressEntity"])
                {
                    for value in entity["properties"][property].as_array().into_iter().flatten() {
                        assert!(ids.contains(value.as_str().unwrap()), "{property} {value} is nowhere");
                    }
                }
            }
        }
    }
}

#[test]
fn people_are_tied_by_chairing_and_serving_together() {
    let knowledge = sample();
    let graph = View { project: Some(Projection::People), ..View::default() }.of(&knowledge).unwrap();
    let (an, binh, chi) = ("person:an-van-mau", "person:binh-thi-mau", "person:chi-van-mau");
    let tie = |a: &str, tie, b: &str, weight| (a.to_string(), tie, b.to_string(), weight);
    assert_eq!(links(&graph), [tie(an, "co_chaired", binh, 1), tie(an, "served_together", chi, 1)]);
    assert!(graph.nodes().iter().all(|node| node.kind == Kind::Person));
    assert!(graph.links().iter().all(|link| link.statements.iter().next().is_some()));
    for format in single_files() {
        if matches!(format, Format::Facts | Format::Html) {
            let refused = export::write(&graph, format, &Options::default(), &mut Vec::new());
            assert!(matches!(refused, Err(Error::NoFacts)));
        } else {
            assert!(!text(&graph, format, &Options::default()).is_empty());
        }
    }
}

#[test]
fn events_are_tied_by_people_from_earlier_to_later() {
    let knowledge = sample();
    let graph = View { project: Some(Projection::Events), ..View::default() }.of(&knowledge).unwrap();
    let (first, second) = (
        "event:an-tinh/provincial-party-committee/conference-20",
        "event:binh-tinh/people-committee/meeting-2025-09-02",
    );
    assert_eq!(links(&graph), [(first.to_string(), "shared_people", second.to_string(), 1)]);
}

#[test]
fn views_leave_what_they_say() {
    let knowledge = sample();
    let stated = |graph: &ExportGraph<'_>| -> Vec<(String, &'static str, String, u32)> {
        let structural: BTreeSet<&str> = ["post_of", "located_in", "merged_into"].into();
        links(graph).into_iter().filter(|link| !structural.contains(link.1)).collect()
    };
    let of = |view: View| view.of(&knowledge).unwrap();

    let september = of(View { since: Some("2025-09".parse().unwrap()), ..View::default() });
    assert!(!stated(&september).is_empty());
    assert!(stated(&september).iter().all(|link| !link.2.contains("conference-20")));
    let april = of(View { on: Some("2025-04".parse().unwrap()), ..View::default() });
    assert!(stated(&april).iter().any(|link| link.2.contains("conference-20")));
    assert!(stated(&april).iter().all(|link| !link.2.contains("meeting-2025")));
    // What the posts of the part belong to comes along.
    assert!(links(&april).iter().any(|link| link.1 == "located_in"));

    let place = of(View { province: Some(id("province:binh-tinh")), ..View::default() });
    assert!(stated(&place).iter().any(|link| link.0 == "person:dung-van-mau" && link.1 == "chaired"));
    assert!(stated(&place).iter().all(|link| !link.2.contains("conference-20")), "{:?}", stated(&place));

    let chaired = of(View { relations: vec![Relation::Chaired], ..View::default() });
    assert_eq!(links(&chaired).len(), 3);
    assert!(chaired.nodes().iter().all(|node| node.degree > 0));

    let strong = of(View { min_weight: 2, ..View::default() });
    assert!(stated(&strong).iter().all(|link| link.3 >= 2) && !stated(&strong).is_empty());

    let near = of(View { ego: Some((id("person:dung-van-mau"), 1)), ..View::default() });
    assert_eq!(near.nodes().len(), 3, "the person, a post and an event");
    let alone = of(View { ego: Some((id("person:dung-van-mau"), 0)), ..View::default() });
    assert_eq!((alone.nodes().len(), alone.links().len()), (1, 0));

    let unknown = View { ego: Some((id("person:nobody"), 1)), ..View::default() }.of(&knowledge);
    assert_eq!(unknown.unwrap_err().to_string(), "`person:nobody` is not in the graph");
}

#[test]
fn a_page_shows_the_view_as_the_graph_has_it() {
    let knowledge = sample();
    let mut whole = Vec::new();
    export::html::write(&knowledge, "t", LabelLanguage::English, &mut whole).unwrap();
    let options = Options { title: "t".into(), ..Options::default() };
    assert!(text(&ExportGraph::new(&knowledge), Format::Html, &options).into_bytes() == whole);
    assert!(!String::from_utf8(whole.clone()).unwrap().contains("\"language\":\"vi\",\"nodes\""));
    let vietnamese = Options { language: LabelLanguage::Vietnamese, ..options.clone() };
    let vietnamese = text(&ExportGraph::new(&knowledge), Format::Html, &vietnamese);
    assert!(vietnamese.contains("\"language\":\"vi\",\"nodes\""));
    let view = View { relations: vec![Relation::Chaired], ..View::default() }.of(&knowledge).unwrap();
    let part = text(&view, Format::Html, &options);
    assert!(part.contains("\"relation\":\"chaired\"") && !part.contains("\"relation\":\"holds\""));
    assert!(part.len() < whole.len());
}

#[test]
fn a_page_shows_something_of_every_entity() {
    let page = text(&ExportGraph::new(&hostile()), Format::Html, &Options::default());
    for nothing in ["\"\"", "\" \"", "\"\\u0007\""] {
        assert!(!page.contains(&format!("\"label\":{nothing}")), "{nothing}");
    }
    assert!(page.contains("\"label\":\"an-van-mau\""));
}

#[test]
fn measures_are_attributes_of_nodes_and_of_the_view() {
    let knowledge = sample();
    let columns = |graph: &ExportGraph<'_>| -> Vec<serde_json::Value> {
        let json = text(graph, Format::Json, &Options::default());
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        json["nodes"].as_array().unwrap().clone()
    };
    assert!(columns(&ExportGraph::new(&knowledge)).iter().all(|node| node["community"].is_null()));
    let whole = columns(&ExportGraph::new(&knowledge).measured());
    assert!(whole.iter().all(|node| node["community"].as_u64() > Some(0) && node["component"].as_u64() > Some(0)));
    let between = |id: &str| whole.iter().find(|node| node["id"] == id).unwrap()["betweenness"].as_f64().unwrap();
    assert!(between("event:an-tinh/provincial-party-committee/conference-20") > between("person:em-thi-mau"));
    // One chaired with the second and served with the third: the path between those two leads through the first.
    let people = View { project: Some(Projection::People), ..View::default() }.of(&knowledge).unwrap();
    let people = columns(&people.measured());
    let middle = people.iter().find(|node| node["betweenness"].as_f64() > Some(0.0)).unwrap();
    assert_eq!((middle["id"].as_str(), people.len()), (Some("person:an-van-mau"), 5));
    assert_eq!(people.iter().map(|node| node["component"].as_u64().unwrap()).max(), Some(3));
}

#[test]
fn a_format_that_is_left_out_names_its_feature() {
    if cfg!(feature = "parquet") {
        return;
    }
    let knowledge = sample();
    let folder = tempfile::tempdir().unwrap();
    let graph = ExportGraph::new(&knowledge);
    let refused = export::write_folder(&graph, Format::Parquet, &Options::default(), folder.path(), false);
    assert!(refused.unwrap_err().to_string().contains("--features parquet"));
}

#[test]
fn formats_are_found_by_name_and_ending() {
    for format in Format::ALL {
        assert_eq!(Format::from_name(format.name()), Ok(format));
        for ending in format.extensions() {
            assert_eq!(Format::from_path(format!("out/graph.{ending}").as_ref()), Some(format));
        }
        assert!(!format.help().is_empty() && !format.media_type().is_empty());
    }
    let message = Format::from_name("gml").unwrap_err().to_string();
    assert!(message.contains("gexf") && message.contains("graphml"), "{message}");
    let folder = export::write(&ExportGraph::new(&sample()), Format::Csv, &Options::default(), &mut Vec::new());
    assert!(matches!(folder, Err(Error::NeedsFolder { .. })));
}

#[test]
fn the_sample_is_hostile_enough() {
    assert!(hostile().node_count() > HOSTILE.len());
}
