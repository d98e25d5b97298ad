//! Identity, time and decisions: several reports, what readers decided, and what the graph must hold then, as text
//! files in `tests/identity/`; `tests/README.md` tells how they are written.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chutoa::decision::{COLUMNS, Decisions};
use chutoa::document::Document;
use chutoa::gazetteer::Gazetteer;
use chutoa::graph::KnowledgeGraph;
use chutoa::pipeline::{self, Build, Options};
use chutoa::query::tenure::{self, Bound, Conflict};
use chutoa::query::{Named, Query};
use chutoa::vocabulary::EntityId;

/// Several reports with what must come of them.
#[derive(Default)]
struct Case {
    name: String,
    reports: Vec<(String, String)>,
    decisions: String,
    expected: Vec<String>,
}

impl Case {
    fn build(&self, backwards: bool) -> Build {
        let mut documents: Vec<Document> =
            self.reports.iter().map(|(name, text)| Document::new(name, text.clone())).collect();
        if backwards {
            documents.reverse();
        }
        let decisions = Decisions::parse("decisions.tsv", &self.decisions).unwrap();
        pipeline::build(documents, Gazetteer::embedded(), &Options { threads: 1, decisions })
    }
}

fn parse(path: &Path) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut part = "";
    for line in fs::read_to_string(path).unwrap().lines() {
        if let Some(name) = line.strip_prefix("== ") {
            cases.push(Case { name: name.to_string(), ..Case::default() });
            part = "";
            continue;
        }
        let case = cases.last_mut().unwrap_or_else(|| panic!("{}: no case before `{line}`", path.display()));
        match line {
            "-- decisions" => {
                part = "decisions";
                case.decisions = format!("{}\n", COLUMNS.join("\t"));
            }
            "--" => part = "expected",
            _ => match (line.strip_prefix("-- "), part) {
                (Some(report), _) => {
                    part = "report";
                    case.reports.push((report.to_string(), String::new()));
                }
                (None, "report") => writeln!(case.reports.last_mut().unwrap().1, "{line}").unwrap(),
                (None, "decisions") => {
                    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
                    writeln!(case.decisions, "{}", cells.join("\t")).unwrap();
                }
                (None, "expected") if !line.is_empty() => case.expected.push(line.to_string()),
                _ => assert!(line.is_empty(), "{}: `{line}` stands nowhere", path.display()),
            },
        }
    }
    cases
}

fn id(text: &str) -> EntityId {
    text.parse().unwrap_or_else(|e| panic!("{e}"))
}

/// What is amiss with one line of what is expected.
fn judge(line: &str, build: &Build, graph: &KnowledgeGraph) -> Option<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let rest = |from: usize| words[from..].join(" ");
    let group = |name: &str| graph.entity(&EntityId::article(name)).and_then(|a| a.group.clone());
    let wrong = |ok: bool, instead: String| (!ok).then(|| format!("{line}   but: {instead}"));
    match words[0] {
        "never" => {
            let hit = graph.edges().find(|(s, edge, o)| {
                let all = [s.id.as_str(), edge.relation.name(), o.id.as_str()];
                words[1..].iter().all(|word| all.contains(word))
            });
            hit.map(|(s, edge, o)| format!("{line}   but: {} {} {}", s.id, edge.relation, o.id))
        }
        "one" => wrong(group(words[1]).is_some() && group(words[1]) == group(words[2]), "they are two sources".into()),
        "apart" => wrong(group(words[1]).is_none() || group(words[1]) != group(words[2]), "they are one source".into()),
        "label" => {
            let label = graph.entity(&id(words[1])).map_or("nobody", |e| &e.label);
            wrong(label == rest(2), label.to_string())
        }
        "reason" => {
            let reasons = graph.entity(&id(words[1])).map(|e| e.reasons.join(" | ")).unwrap_or_default();
            wrong(reasons.contains(&rest(2)), reasons)
        }
        "idle" => {
            let line: usize = words[1].parse().unwrap();
            let outcome = build.decisions.iter().find(|o| o.decision.line == line).expect("a row of that line");
            let why = outcome.idle.clone().unwrap_or_default();
            wrong(why.contains(&rest(2)) && outcome.idle.is_some(), why)
        }
        "term" => {
            let told = |b: &Option<Bound>| match b {
                None => "?".to_string(),
                Some(b) => {
                    let because = serde_json::to_value(b.because).unwrap();
                    let sign = if b.exact { "" } else { "≤" };
                    format!("{sign}{}:{}", b.date.as_deref().unwrap_or(""), because.as_str().unwrap())
                }
            };
            let all: Vec<String> = graph
                .entity(&id(words[2]))
                .map_or_else(Vec::new, |post| tenure::of_post(graph, post))
                .iter()
                .map(|t| {
                    let name = |n: &Option<Named>| n.as_ref().map_or("-".into(), |n| n.id.path().to_string());
                    let (before, next) = (name(&t.predecessor), name(&t.successor));
                    format!("term {} {} {} {} {before} {next}", t.person.id, t.post.id, told(&t.began), told(&t.ended))
                })
                .collect();
            wrong(all.iter().any(|t| t == line || t.starts_with(&format!("{line} "))), all.join(" | "))
        }
        "holders" => {
            let mut query = Query::parse(&["who", "holds", words[1]]).unwrap();
            query.filter.on = Some(words[2].parse().unwrap());
            let rows = query.run(graph).unwrap().rows;
            let people: Vec<&str> = rows.iter().map(|row| row.subject.id.path()).collect();
            wrong(people == words[3..], people.join(" "))
        }
        "leads" => {
            // `leads PROVINCE DATE PEOPLE`: whoever heads anything there, the province having gone or not.
            let mut query = Query::parse(&["who", "holds", "what"]).unwrap();
            query.filter.place = Some(words[1].to_string());
            query.filter.on = Some(words[2].parse().unwrap());
            let rows = query.run(graph).unwrap().rows;
            let people: Vec<&str> = rows.iter().map(|row| row.subject.id.path()).collect();
            wrong(people == words[3..], people.join(" "))
        }
        "conflict" | "peace" => {
            let found = tenure::conflicts(graph);
            let told = |c: &Conflict| {
                format!("{} {} {} {}", c.post.id, c.one.id, c.other.id, c.date.as_deref().unwrap_or("?"))
            };
            let all: Vec<String> = found.iter().map(told).collect();
            let ok = if words[0] == "peace" { all.is_empty() } else { all.contains(&rest(1)) };
            wrong(ok, all.join(" | "))
        }
        "applied" => {
            let applied = build.decisions.iter().filter(|o| o.idle.is_none()).count();
            wrong(applied.to_string() == words[1], applied.to_string())
        }
        _ => {
            let edge = graph.edges().find(|(s, e, o)| {
                s.id.as_str() == words[0] && e.relation.name() == words[1] && o.id.as_str() == words[2]
            });
            match edge {
                None => Some(format!("{line}   but: nothing says so")),
                Some((_, edge, _)) => {
                    let weight = words.get(3).map_or(edge.weight, |w| w.trim_start_matches('x').parse().unwrap());
                    wrong(weight == edge.weight, format!("x{}", edge.weight))
                }
            }
        }
    }
}

#[test]
fn cases_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/identity");
    let mut files: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut problems = String::new();
    let mut count = 0;
    for file in files {
        for case in parse(&file) {
            assert!(!case.expected.is_empty(), "{}: `{}` expects nothing", file.display(), case.name);
            count += 1;
            let build = case.build(false);
            let graph = build.graph();
            let wrong: Vec<String> = case.expected.iter().filter_map(|line| judge(line, &build, &graph)).collect();
            if !wrong.is_empty() {
                writeln!(problems, "\n{}: {}", file.file_name().unwrap().display(), case.name).unwrap();
                wrong.iter().for_each(|line| writeln!(problems, "  {line}").unwrap());
                for (s, edge, o) in graph.edges().filter(|(_, edge, _)| !edge.relation.is_structural()) {
                    let reports: Vec<&str> = edge.statements.iter().map(|s| s.article.path()).collect();
                    writeln!(problems, "    {} {} {}   {}", s.id, edge.relation, o.id, reports.join(" ")).unwrap();
                }
            }
            // The order of reports never counts.
            let other = case.build(true);
            assert_eq!((&build.facts, &build.entities), (&other.facts, &other.entities), "{}", case.name);
        }
    }
    assert!(count > 0);
    assert!(problems.is_empty(), "{problems}");
}
