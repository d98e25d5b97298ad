//! Cases: a few sentences and the facts they state, as text files. `tests/README.md` tells where a case goes.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chutoa::document::Document;
use chutoa::gazetteer::Gazetteer;
use chutoa::pipeline::{self, Options};

/// The name of every case's report; expectations write `article:*`.
const ARTICLE: &str = "report";

/// A text with what must and must not be read from it.
struct Case {
    name: String,
    source: Option<String>,
    text: String,
    /// Facts that must be stated.
    facts: BTreeSet<String>,
    /// Facts that may be stated: lines that open with `?`.
    optional: BTreeSet<String>,
    /// `never chaired`, `never person:x chaired`, `nothing`: what no stated fact may match.
    never: Vec<Vec<String>>,
}

/// What is amiss with a case.
#[derive(Default)]
struct Verdict {
    missed: Vec<String>,
    wrong: Vec<String>,
}

impl Verdict {
    fn is_right(&self) -> bool {
        self.missed.is_empty() && self.wrong.is_empty()
    }
}

impl Case {
    /// The facts that the program states, and the rules that read them.
    fn stated(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let mut body = self.text.clone();
        if let Some(source) = &self.source {
            write!(body, "\nSource: {source}\n").unwrap();
        }
        let build = pipeline::build(
            vec![Document::new(ARTICLE, body)],
            Gazetteer::embedded(),
            &Options { threads: 1, ..Options::default() },
        );
        let own = format!("article:{ARTICLE}");
        let end = |id: String| if id == own { "article:*".to_string() } else { id };
        let line = |f: &chutoa::fact::Fact| {
            format!("{} {} {}", end(f.subject.to_string()), f.relation, end(f.object.to_string()))
        };
        let rules = build.facts.iter().map(|f| f.evidence.rule.to_string()).collect();
        (build.facts.iter().map(line).collect(), rules)
    }

    fn judge(&self, stated: &BTreeSet<String>) -> Verdict {
        let mut verdict = Verdict::default();
        for pattern in &self.never {
            let hit = |fact: &&String| pattern.iter().all(|part| fact.split(' ').any(|word| word == part));
            verdict.wrong.extend(stated.iter().filter(hit).cloned());
        }
        if self.never.is_empty() || !self.facts.is_empty() {
            verdict.missed.extend(self.facts.difference(stated).cloned());
            verdict
                .wrong
                .extend(stated.iter().filter(|f| !self.facts.contains(*f) && !self.optional.contains(*f)).cloned());
        }
        verdict
    }

    /// The case as its file writes it, with other facts.
    fn written(&self, facts: &BTreeSet<String>) -> String {
        let mut out = format!("== {}\n", self.name);
        if let Some(source) = &self.source {
            writeln!(out, "source: {source}").unwrap();
        }
        write!(out, "{}\n--\n", self.text).unwrap();
        for never in &self.never {
            match never.as_slice() {
                [] => out.push_str("nothing\n"),
                parts => writeln!(out, "never {}", parts.join(" ")).unwrap(),
            }
        }
        facts.iter().filter(|fact| !self.optional.contains(*fact)).for_each(|fact| writeln!(out, "{fact}").unwrap());
        self.optional.iter().for_each(|fact| writeln!(out, "? {fact}").unwrap());
        out
    }
}

fn parse(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap();
    let broken = |line: usize, why: &str| -> ! { panic!("{}:{line}: {why}", path.display()) };
    let mut cases: Vec<Case> = Vec::new();
    let mut in_text = false;
    for (number, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix("== ") {
            if in_text {
                broken(number + 1, "the case above has no line `--`");
            }
            in_text = true;
            cases.push(Case {
                name: name.to_string(),
                source: None,
                text: String::new(),
                facts: BTreeSet::new(),
                optional: BTreeSet::new(),
                never: Vec::new(),
            });
            continue;
        }
        let Some(case) = cases.last_mut() else { broken(number + 1, "a file opens with a case: `== name`") };
        if in_text {
            if line == "--" {
                in_text = false;
            } else if let Some(source) = line.strip_prefix("source: ").filter(|_| case.text.is_empty()) {
                case.source = Some(source.to_string());
            } else {
                if !case.text.is_empty() {
                    case.text.push('\n');
                }
                case.text.push_str(line);
            }
        } else if line == "nothing" {
            case.never.push(Vec::new());
        } else if let Some(pattern) = line.strip_prefix("never ") {
            case.never.push(pattern.split_whitespace().map(str::to_string).collect());
        } else if let Some(fact) = line.strip_prefix("? ") {
            case.optional.insert(fact.to_string());
        } else if line.split(' ').count() == 3 {
            case.facts.insert(line.to_string());
        } else if !line.is_empty() {
            broken(
                number + 1,
                "expected `SUBJECT relation OBJECT`, `? SUBJECT relation OBJECT`, `never …` or `nothing`",
            );
        }
    }
    if in_text {
        broken(text.lines().count(), "the last case has no line `--`");
    }
    cases
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The files of a folder of cases, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    files
}

/// Every case of the named folder with its file and what is stated.
fn run(folder: &Path) -> Vec<(PathBuf, Case, BTreeSet<String>)> {
    let cases: Vec<(PathBuf, Case)> = files(folder)
        .into_iter()
        .flat_map(|file| parse(&file).into_iter().map(move |case| (file.clone(), case)))
        .collect();
    on_all_cores(cases, |(file, case)| {
        let (stated, _) = case.stated();
        (file, case, stated)
    })
}

/// Maps on all cores. Threads of a pool would take up one case after the other while a build of theirs waits, until
/// their stacks are full.
fn on_all_cores<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(cores).max(1);
    let mut items = items.into_iter().peekable();
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        while items.peek().is_some() {
            let part: Vec<T> = items.by_ref().take(share).collect();
            let work = &work;
            threads.push(scope.spawn(move || part.into_iter().map(work).collect::<Vec<R>>()));
        }
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

fn report(out: &mut String, file: &Path, case: &Case, verdict: &Verdict) {
    let file = file.strip_prefix(root()).unwrap();
    writeln!(out, "\n{}: {}\n{}", file.display(), case.name, case.text).unwrap();
    verdict.missed.iter().for_each(|fact| writeln!(out, "  missed  {fact}").unwrap());
    verdict.wrong.iter().for_each(|fact| writeln!(out, "  wrong   {fact}").unwrap());
}

/// One folder for each relation, and one for what must not be read.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir() && !path.ends_with("open"));
    folders.sort();
    folders
}

#[test]
fn cases_state_their_facts() {
    let bless = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut failures = String::new();
    let (mut right, mut wrong) = (0, 0);
    for folder in folders() {
        let results = run(&folder);
        if bless && !folder.ends_with("rejections") {
            for file in files(&folder) {
                let cases = results.iter().filter(|(f, ..)| *f == file);
                let written: Vec<String> = cases.map(|(_, case, stated)| case.written(stated)).collect();
                fs::write(&file, written.join("\n")).unwrap();
            }
            continue;
        }
        for (file, case, stated) in &results {
            let verdict = case.judge(stated);
            if verdict.is_right() {
                right += 1;
            } else {
                wrong += 1;
                report(&mut failures, file, case, &verdict);
            }
        }
    }
    assert!(
        wrong == 0,
        "{wrong} of {} cases failed; UPDATE_EXPECT=1 writes what is stated now, tests/README.md tells when that is right\n{failures}",
        right + wrong
    );
}

/// Open cases say what is right although the program does not state it yet.
#[test]
fn open_cases_are_still_open() {
    let mut solved = String::new();
    let results = run(&root().join("open"));
    let mut open = String::new();
    for (file, case, stated) in &results {
        let verdict = case.judge(stated);
        if verdict.is_right() {
            let file = file.strip_prefix(root()).unwrap();
            writeln!(solved, "  {}: {}", file.display(), case.name).unwrap();
        } else {
            report(&mut open, file, case, &verdict);
        }
    }
    println!("{} open cases\n{open}", results.len());
    assert!(solved.is_empty(), "solved, so move them to the folder of their relation:\n{solved}");
}

/// A case in a relation's folder is about that relation.
#[test]
fn cases_stand_in_the_folder_of_a_relation() {
    for folder in folders() {
        let name = folder.file_name().unwrap().to_str().unwrap();
        if name == "rejections" {
            continue;
        }
        assert!(name.parse::<chutoa::vocabulary::Relation>().is_ok(), "{name} is no relation");
        for file in files(&folder) {
            for case in parse(&file) {
                let named = case.facts.iter().chain(&case.optional).any(|fact| fact.split(' ').nth(1) == Some(name));
                assert!(named, "{}: `{}` states no `{name}`", file.display(), case.name);
            }
        }
    }
}

/// Every rule that `explain` knows reads a fact in some case, and every rule that reads one is known to it.
#[test]
fn every_rule_has_a_case() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/query/explain.rs");
    let source = fs::read_to_string(source).unwrap();
    let known = source.split("fn meaning").nth(1).and_then(|rest| rest.split("=> OTHER").next()).unwrap();
    let arms = known.split("=>").filter_map(|arm| arm.rsplit('\n').next());
    let names = arms.flat_map(|arm| arm.split('"').skip(1).step_by(2)).map(str::to_string);
    // Readers' decisions have tests of their own.
    let known: BTreeSet<String> = names.filter(|name| name != "decision").collect();
    let cases: Vec<Case> = folders().iter().flat_map(|folder| files(folder)).flat_map(|file| parse(&file)).collect();
    let used: BTreeSet<String> = on_all_cores(cases, |case| case.stated().1).into_iter().flatten().collect();
    assert_eq!(known, used, "left: rules that `meaning` in src/query/explain.rs names; right: rules that cases use");
}
