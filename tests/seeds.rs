//! Whole reports against what they state: the samples in `seeds/`, and the real ones where they lie beside the
//! repository (or in the folder that `CHUTOA_SHARED` names).

use std::fs;
use std::path::{Path, PathBuf};

use chutoa::document;
use chutoa::gazetteer::Gazetteer;
use chutoa::pipeline::{self, Build, Options};
use chutoa::query::Query;
use chutoa::score::{Fault, Line, Score, read, score};

/// What has been reached on `seeds/`, and a little less, so that another rule for one report is no alarm. Raise them.
const PRECISION: f64 = 0.94;
const RECALL: f64 = 0.91;

/// Relations that users ask for first, and the share of right ones among those stated.
const PRECISION_OF: [(&str, f64); 3] = [("chaired", 0.97), ("cites", 0.97), ("mentions", 0.93)];

fn build(folder: &Path) -> Build {
    build_with(folder, Gazetteer::embedded())
}

fn build_with(folder: &Path, gazetteer: &Gazetteer) -> Build {
    let (documents, skipped) = document::read(&[folder.to_path_buf()]).unwrap();
    // The folder's README is no report.
    assert!(skipped.is_empty(), "{skipped:?}");
    pipeline::build(documents, gazetteer, &Options::default())
}

fn scored(build: &Build, gold: &Path) -> Score {
    let gold = read(&gold.display().to_string(), &fs::read_to_string(gold).unwrap()).unwrap();
    score(&gold, build.facts.iter().map(Line::from))
}

/// The figures and every error, for the message of a failure.
fn told(score: &Score) -> String {
    let mistakes: Vec<String> = score.mistakes.iter().map(|mistake| format!("{mistake}\n")).collect();
    format!("{score}\n{}", mistakes.concat())
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn samples_stay_above_their_floors() {
    let score = scored(&build(&root().join("seeds")), &root().join("seeds/gold.tsv"));
    let all = score.all();
    println!("{score}");
    assert!(all.precision() >= PRECISION, "precision fell to {:.3}\n{}", all.precision(), told(&score));
    assert!(all.recall() >= RECALL, "recall fell to {:.3}\n{}", all.recall(), told(&score));
    for (relation, floor) in PRECISION_OF {
        let precision = score.rows[relation].precision();
        assert!(precision >= floor, "precision of {relation} fell to {precision:.3}\n{}", told(&score));
    }
}

/// What the program is sure of is right at least 97 times in 100.
#[test]
fn sure_facts_are_right() {
    const SURE: f32 = 0.9;
    let build = build(&root().join("seeds"));
    let score = scored(&build, &root().join("seeds/gold.tsv"));
    let wrong: Vec<&Line> = score.mistakes.iter().filter(|m| m.fault == Fault::Wrong).map(|m| &m.line).collect();
    let sure: Vec<Line> = build.facts.iter().filter(|f| f.evidence.confidence >= SURE).map(Line::from).collect();
    let amiss: Vec<&Line> = sure.iter().filter(|line| wrong.contains(line)).collect();
    assert!(sure.len() > 30, "only {} facts are sure", sure.len());
    let right = 1.0 - amiss.len() as f64 / sure.len() as f64;
    println!("{} of {} sure facts are right", sure.len() - amiss.len(), sure.len());
    assert!(right >= 0.97, "{right:.3} of the sure facts are right; wrong are {amiss:#?}");
}

/// Most officials are in no list, so no list may be needed: with the table of people emptied F1 falls by less than
/// one in a hundred.
#[test]
fn people_in_no_list_are_found_as_well() {
    const LOSS: f64 = 0.01;
    let gazetteer = Gazetteer::with_folder(&root().join("tests/nobody")).unwrap();
    assert!(!Gazetteer::embedded().people("to-lam").is_empty() && gazetteer.people("to-lam").is_empty());
    let gold = root().join("seeds/gold.tsv");
    let (with, without) =
        (scored(&build(&root().join("seeds")), &gold), scored(&build_with(&root().join("seeds"), &gazetteer), &gold));
    println!("F1 {:.4} with the table of people, {:.4} without", with.all().f1(), without.all().f1());
    assert!(with.all().f1() - without.all().f1() < LOSS, "without the table of people\n{}", told(&without));
    assert!(without.all().f1() > PRECISION.min(RECALL), "{}", told(&without));
}

/// Every sample is in the gold, and every report of the gold among the samples.
#[test]
fn samples_and_gold_belong_together() {
    let gold = fs::read_to_string(root().join("seeds/gold.tsv")).unwrap();
    let mut named: Vec<&str> = gold.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    named.sort_unstable();
    named.dedup();
    let (documents, _) = document::read(&[root().join("seeds")]).unwrap();
    let mut there: Vec<&str> = documents.iter().map(|d| d.id.path()).collect();
    there.sort_unstable();
    assert_eq!(named, there);
}

#[test]
fn real_reports_are_read_without_an_error() {
    let shared = std::env::var_os("CHUTOA_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let (reports, gold) = (shared.join("seeds"), shared.join("gold/seeds.tsv"));
    if !reports.is_dir() || !gold.is_file() {
        println!("no real reports beside the repository");
        return;
    }
    let build = build(&reports);
    let score = scored(&build, &gold);
    let all = score.all();
    assert!(all.wrong == 0 && all.missed == 0, "{}", told(&score));
    assert!((all.f1() - 1.0).abs() < f64::EPSILON);
    let answer = Query::parse(&["who chaired what"]).unwrap().run(&build.graph()).unwrap();
    let rows: Vec<String> =
        answer.rows.iter().map(|row| format!("{} chaired {}", row.subject.id, row.object.id)).collect();
    assert_eq!(rows.len(), 17, "{}", rows.join("\n"));
}
