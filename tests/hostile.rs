//! Bad input through the command: each gets a message that says which file and what to do, the right exit code, and
//! the other reports go on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

/// A file of `tests/hostile`.
fn hostile(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile").join(name)
}

fn good() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/vi-hue-session.txt")
}

/// The command in an empty folder, away from the environment's settings.
fn chutoa(dir: &Path) -> Command {
    let mut command = Command::cargo_bin("chutoa").unwrap();
    command.current_dir(dir).env_remove("CHUTOA_GAZETTEER").env_remove("CHUTOA_LANG");
    command
}

fn build(dir: &Path, reports: &[&Path]) -> Output {
    chutoa(dir).arg("build").args(reports).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Alone it is an error and nothing is written; beside a good report it is skipped, with the same message.
fn is_refused(path: &Path, message: &str) {
    let dir = tempfile::tempdir().unwrap();
    let alone = build(dir.path(), &[path]);
    let name = path.display().to_string();
    assert_eq!(alone.status.code(), Some(2), "{name}: {}", stderr(&alone));
    assert!(stderr(&alone).contains(message) && stderr(&alone).contains(&name), "{name}: {}", stderr(&alone));
    assert!(alone.stdout.is_empty(), "{name}");
    assert!(!dir.path().join("chutoa-out/facts.tsv").exists(), "{name}: half an output");

    let good = good();
    let beside = build(dir.path(), &[path, &good]);
    assert_eq!(beside.status.code(), Some(0), "{name}: {}", stderr(&beside));
    assert!(stderr(&beside).contains(message) && stderr(&beside).contains(&name), "{name}: {}", stderr(&beside));
    assert!(String::from_utf8_lossy(&beside.stdout).contains("Read 1 report "), "{name}");
    assert!(dir.path().join("chutoa-out/facts.tsv").exists(), "{name}");
}

/// It is read, and states that somebody chaired something.
fn is_read(path: &Path, person: &str) {
    let dir = tempfile::tempdir().unwrap();
    let output = chutoa(dir.path()).arg("extract").arg(path).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}: {}", path.display(), stderr(&output));
    let facts = String::from_utf8(output.stdout).unwrap();
    assert!(facts.contains(&format!("{person}\tchaired\t")), "{}: {facts}", path.display());
}

#[test]
fn files_that_are_no_text() {
    is_refused(&hostile("empty.txt"), "the file is empty");
    is_refused(&hostile("white-space.txt"), "the file is empty");
    is_refused(&hostile("zero-bytes.txt"), "zero bytes");
    is_refused(&hostile("binary.txt"), "no text");
    is_refused(&hostile("utf-16-odd.txt"), "save it as UTF-8");
    is_refused(&hostile("not-utf-8.txt"), "no UTF-8");
}

#[test]
fn other_encodings() {
    is_read(&hostile("utf-8-bom.txt"), "person:pham-van-hoa");
    is_read(&hostile("utf-16-le.txt"), "person:pham-van-hoa");
    is_read(&hostile("utf-16-be.txt"), "person:pham-van-hoa");
    is_read(&hostile("windows-1258.txt"), "person:pham-van-hoa");
    is_read(&hostile("windows-1251.txt"), "person:pham-van-long");
    is_read(&hostile("windows-1250.txt"), "person:pham-van-hoa");
    is_read(&hostile("carriage-returns.txt"), "person:pham-van-hoa");
}

#[test]
fn files_that_are_not_there() {
    let dir = tempfile::tempdir().unwrap();
    is_refused(&dir.path().join("missing.txt"), "No such file");
}

#[cfg(unix)]
#[test]
fn files_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("locked.txt");
    fs::write(&path, "text").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // Who may read everything finds no unreadable file.
    if fs::read(&path).is_err() {
        is_refused(&path, "ermission denied");
    }
    let socket = dir.path().join("socket.txt");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    is_refused(&socket, "");
    let circle = dir.path().join("circle.txt");
    std::os::unix::fs::symlink(&circle, &circle).unwrap();
    is_refused(&circle, "symbolic links");
}

#[test]
fn folders_without_reports() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("notes");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("notes.md"), "no report").unwrap();
    let output = build(dir.path(), &[&folder]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(
        message.contains("no report found in") && message.contains("notes") && message.contains(".txt"),
        "{message}"
    );
    assert!(!dir.path().join("chutoa-out").join("facts.tsv").exists());
}

#[test]
fn a_line_of_twenty_megabytes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("long.txt");
    // No full stop either: a sentence of half a megabyte that is full of people, in twenty megabytes of nothing.
    let report = fs::read_to_string(good()).unwrap().replace(['\n', '.'], " ");
    let mut text = report.repeat(500_000 / report.len());
    text.push_str(&"rain and wind over the hills again ".repeat(20_000_000 / 35));
    fs::write(&path, &text).unwrap();
    assert!(text.len() >= 20_000_000);
    let output = chutoa(dir.path()).arg("extract").arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!output.stdout.is_empty());
}

#[test]
fn names_of_files_stay_one_cell() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a\tb c\u{301}.txt");
    fs::copy(good(), &path).unwrap();
    let output = chutoa(dir.path()).arg("extract").arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    let widths: Vec<usize> = text.lines().map(|line| line.split('\t').count()).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{widths:?}");
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("taken"), "a file").unwrap();
    let output = chutoa(dir.path()).arg("build").arg(good()).args(["-o", "taken"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("taken") && stderr(&output).contains("-o DIR"), "{}", stderr(&output));
}

#[test]
fn a_gazetteer_row_that_does_not_parse() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("mine/languages/en")).unwrap();
    fs::write(dir.path().join("mine/languages/en/cues.tsv"), "form\tcue\nwielded the gavel\tpreside\n").unwrap();
    let output = chutoa(dir.path()).arg("build").arg(good()).args(["--gazetteer", "mine"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cues.tsv:2: `preside` is no cue; cues are chair"), "{}", stderr(&output));
}
