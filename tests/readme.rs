//! The README says what is so: each `$ chutoa …` in a `console` block is run, and must print what stands below it.
//!
//! `UPDATE_EXPECT=1 cargo test --test readme` rewrites the outputs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chutoa::export::Format;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn its_commands_print_what_it_shows() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy_reports(&folder.path().join("seeds"));
    let mut updated = String::new();
    let mut inside = false;
    let mut commands = 0;
    let mut lines = readme.lines().peekable();
    while let Some(line) = lines.next() {
        updated.push_str(line);
        updated.push('\n');
        if line.starts_with("```") {
            inside = line == "```console";
        }
        let Some(command) = line.strip_prefix("$ chutoa ").filter(|_| inside) else { continue };
        commands += 1;
        let mut shown = String::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("$ ") && !line.starts_with("```")) {
            shown.push_str(line);
            shown.push('\n');
        }
        let printed = run(&words(command), folder.path());
        let last = lines.peek().is_some_and(|line| line.starts_with("```"));
        updated.push_str(&printed);
        if !last {
            updated.push('\n');
        }
        if std::env::var_os("UPDATE_EXPECT").is_none() {
            let same = steady(shown.trim_end()) == steady(printed.trim_end());
            assert!(same, "`chutoa {command}` prints\n{printed}\nand README.md shows\n{shown}");
        }
    }
    assert!(commands > 3, "README.md shows {commands} commands");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, updated).unwrap();
    }
}

#[test]
fn it_lists_every_format() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for format in Format::ALL {
        let row = format!("| `{format}` |");
        assert!(readme.lines().any(|line| line.starts_with(&row)), "README.md has no row for the format {format}");
    }
}

#[test]
fn its_links_lead_somewhere() {
    for name in ["README.md", "gazetteer/README.md"] {
        let path = root().join(name);
        let text = fs::read_to_string(&path).unwrap();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for target in targets.filter(|target| !target.is_empty() && !target.contains("://")) {
            assert!(path.parent().unwrap().join(target).exists(), "{name} links to {target}, which is not there");
        }
    }
}

/// What a command prints, as it would look on a terminal: queries print tables there.
fn run(arguments: &[String], folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chutoa"));
    command.args(arguments).current_dir(folder).env_remove("CHUTOA_GAZETTEER").env_remove("CHUTOA_LANG");
    if arguments[0] == "query" && !arguments.iter().any(|word| word == "--format") {
        command.args(["--format", "table"]);
    }
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    // No blanks at line ends, where editors take them away.
    let text = String::from_utf8(text).unwrap();
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The text without the time a run took.
fn steady(text: &str) -> String {
    let is_time = |line: &str| line.starts_with("Read ") && line.contains(", in ");
    let lines = text.lines().map(|line| if is_time(line) { line.rsplit_once(", in ").unwrap().0 } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// The words of a command line; double quotes keep blanks together.
fn words(line: &str) -> Vec<String> {
    let quoted = line.split('"').enumerate();
    quoted
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_string).collect(),
            _ => vec![part.to_string()],
        })
        .collect()
}

fn copy_reports(to: &PathBuf) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(root().join("seeds")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}
