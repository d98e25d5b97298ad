//! The score: golden figures of a small gold, and equality with the reference script where `CHUTOA_SCORE_PY` names it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chutoa::score::{Demand, Fault, Line, read, score};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/score")
}

fn lines(name: &str) -> Vec<(Line, Demand)> {
    read(name, &fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

fn printed(gold: &[(Line, Demand)], facts: &[(Line, Demand)]) -> String {
    let score = score(gold, facts.iter().map(|(line, _)| line.clone()));
    let mistakes: Vec<String> = score.mistakes.iter().map(|mistake| format!("{mistake}\n")).collect();
    format!("{score}{}", mistakes.concat())
}

#[test]
fn golden_figures() {
    let expected = fs::read_to_string(folder().join("expected.txt")).unwrap();
    assert_eq!(printed(&lines("gold.tsv"), &lines("facts.tsv")), expected);
}

#[test]
fn a_renamed_event_costs_one_error() {
    let score = score(&lines("gold.tsv"), lines("facts.tsv").into_iter().map(|(line, _)| line));
    let renamed: Vec<_> = score.mistakes.iter().filter(|m| m.fault == Fault::Renamed).collect();
    assert_eq!(renamed.len(), 1);
    assert!(renamed[0].line.subject.ends_with("conference-21"));
    // A date in the place of an unknown ordinal is right.
    assert_eq!(score.rows["event identity"].right, 1);
}

#[test]
fn gold_against_itself_is_right() {
    let gold = lines("gold.tsv");
    let score = score(&gold, gold.iter().map(|(line, _)| line.clone()));
    assert_eq!((score.all().wrong, score.all().missed), (0, 0));
    assert_eq!(score.all().f1(), 1.0);
}

#[test]
fn a_short_line_is_named() {
    let message = read("gold.tsv", "# note\na\tb\n").unwrap_err().to_string();
    assert!(message.starts_with("gold.tsv:2: expected 4 tab-separated columns, got 2"), "{message}");
}

/// Damages facts in a fixed way, so that all kinds of error occur.
fn damaged(facts: &[(Line, Demand)], step: usize) -> Vec<(Line, Demand)> {
    let mut damaged = Vec::new();
    for (i, (line, demand)) in facts.iter().enumerate() {
        let mut line = line.clone();
        match (i + step) % 7 {
            0 => continue,
            1 => line.relation = if line.relation == "holds" { "held".into() } else { "holds".into() },
            2 => line.object = line.object.replace("conference-", "meeting-"),
            3 => line.subject.push('x'),
            4 => {
                let mut twin = line.clone();
                twin.relation = "held".into();
                damaged.push((twin, *demand));
            }
            _ => {}
        }
        damaged.push((line, *demand));
    }
    damaged
}

#[test]
fn the_reference_script_says_the_same() {
    let Some(script) = std::env::var_os("CHUTOA_SCORE_PY").map(PathBuf::from).filter(|path| path.is_file()) else {
        eprintln!("CHUTOA_SCORE_PY names no script; skipped");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let mut golds = vec![folder().join("gold.tsv")];
    // Larger gold files may lie where the script's own project keeps them.
    let beside = script.parent().and_then(Path::parent).map(|root| root.join("gold"));
    for entry in beside.iter().filter_map(|dir| fs::read_dir(dir).ok()).flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".tsv") && !name.contains("sources") {
            golds.push(entry.path());
        }
    }
    for path in golds {
        let text = fs::read_to_string(&path).unwrap();
        let gold = read("gold", &text).unwrap();
        for step in [0, 2, 5] {
            let facts = damaged(&gold, step);
            let rows: Vec<String> = facts
                .iter()
                .map(|(l, _)| format!("{}\t{}\t{}\t{}\n", l.article, l.subject, l.relation, l.object))
                .collect();
            let file = dir.path().join("facts.tsv");
            fs::write(&file, rows.concat()).unwrap();
            let mut run = Command::new("python3");
            run.arg(&script).arg("--errors").arg(&path).arg("--").arg(&file);
            let Some(output) = run_utf8(&mut run) else { return };
            // The script lists the renamed events of one article in the order of a hash.
            assert_eq!(sorted(&printed(&gold, &facts)), sorted(&output), "{} {step}", path.display());
            let tables = |text: &str| text.lines().take_while(|l| !l.starts_with("ALL")).map(str::to_string).collect();
            let (ours, theirs): (Vec<String>, Vec<String>) = (tables(&printed(&gold, &facts)), tables(&output));
            assert_eq!(ours, theirs);
        }
    }
}

fn run_utf8(command: &mut Command) -> Option<String> {
    let output = command.env("PYTHONIOENCODING", "utf-8").output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}
