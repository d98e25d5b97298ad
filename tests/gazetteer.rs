//! The tables: those compiled in are sound, and small broken ones get the message they must get.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chutoa::gazetteer::Gazetteer;
use rayon::prelude::*;
use regex::Regex;

/// Problems of the tables compiled in that are known: file, words of the problem, and why it stays for now. Each must
/// occur; what is mended goes off the list.
const KNOWN: &[(&str, &str, &str)] = &[];

#[test]
fn the_tables_compiled_in_are_sound() {
    let problems: Vec<String> = Gazetteer::embedded().check().iter().map(ToString::to_string).collect();
    let is_known = |problem: &str, (file, words, _): &(&str, &str, &str)| {
        problem.starts_with(&format!("{file}:")) && problem.contains(words)
    };
    let new: Vec<&str> =
        problems.iter().map(String::as_str).filter(|p| !KNOWN.iter().any(|known| is_known(p, known))).collect();
    assert!(new.is_empty(), "{} problems in gazetteer/\n{}", new.len(), new.join("\n"));
    let mended: Vec<String> = KNOWN
        .iter()
        .filter(|known| !problems.iter().any(|problem| is_known(problem, known)))
        .map(|(file, words, _)| format!("{file}: {words}"))
        .collect();
    assert!(mended.is_empty(), "mended, so take them off the list of known problems:\n{}", mended.join("\n"));
}

/// The path of a table in a message tells which one is meant: below `gazetteer/`, or the user's own file.
#[test]
fn files_of_folders_are_told_apart_from_those_compiled_in() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("languages/en")).unwrap();
    let path = folder.path().join("languages/en/cues.tsv");
    fs::write(&path, "form\tcue\nwielded the gavel\tchair\n").unwrap();
    let gazetteer = Gazetteer::with_folder(folder.path()).unwrap();
    let files: Vec<&str> = gazetteer.tables().map(|(file, _)| file).filter(|f| f.ends_with("en/cues.tsv")).collect();
    assert_eq!(files, ["languages/en/cues.tsv", path.to_str().unwrap()]);
}

/// A copy of the tables to start from, put on top of them, breaks; the message says how to put it in their place.
#[test]
fn a_copied_folder_is_told_how_to_replace() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in Gazetteer::embedded().tables() {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let Err(error) = Gazetteer::with_folder(folder.path()) else { panic!("twice every row is too much") };
    let message = error.to_string();
    assert!(message.contains("make its first line `# replace`"), "{message}");
    assert!(message.contains(folder.path().to_str().unwrap()), "{message}");
}

/// What loading a folder, or the check of it, says beyond what is said of the tables compiled in.
fn messages(folder: &Path, embedded: &BTreeSet<String>) -> Vec<String> {
    static COUNTS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d+ of \d+ languages").unwrap());
    let said = match Gazetteer::with_folder(folder) {
        Err(error) => vec![error.to_string()],
        Ok(gazetteer) => gazetteer.check().iter().map(ToString::to_string).collect(),
    };
    let here = folder.display().to_string();
    let inside = format!("{here}{}", std::path::MAIN_SEPARATOR);
    said.into_iter()
        .filter(|message| !embedded.contains(message))
        .map(|message| message.replace(&inside, "").replace(&here, "."))
        .map(|message| COUNTS.replace(&message, "N of N languages").into_owned())
        .collect()
}

/// Whether messages are the expected ones, where `…` at the end of a line stands for its rest, and in a line of its
/// own for further lines.
fn fits(expected: &[&str], said: &[String]) -> bool {
    let line = |expected: &str, said: &str| match expected.strip_suffix('…') {
        Some(start) => said.starts_with(start),
        None => said == expected,
    };
    match expected.split_last() {
        Some((&"…", some)) => some.iter().all(|e| said.iter().any(|s| line(e, s))),
        _ => expected.len() == said.len() && expected.iter().zip(said).all(|(e, s)| line(e, s)),
    }
}

/// Each folder in `tests/gazetteer` breaks one rule, and its `expected.txt` has the messages, a line each; those of
/// sound folders have none.
#[test]
fn broken_tables_get_their_message() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gazetteer");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let embedded: BTreeSet<String> = Gazetteer::embedded().check().iter().map(ToString::to_string).collect();
    let failures: Vec<String> = folders
        .par_iter()
        .filter_map(|folder| {
            let path = folder.join("expected.txt");
            let expected = fs::read_to_string(&path).unwrap_or_default();
            let said = messages(folder, &embedded);
            if fits(&expected.lines().collect::<Vec<_>>(), &said) {
                return None;
            }
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                fs::write(&path, said.iter().map(|m| format!("{m}\n")).collect::<String>()).unwrap();
                return None;
            }
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            Some(format!("\n{name}\n  expected:\n{expected}  said:\n{}\n", said.join("\n")))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.concat());
}
