//! The shape of the sources: which module may name which, how long a file may be, and that no language, place, person
//! or title stands in the code, since those are rows of the gazetteer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chutoa::gazetteer::Gazetteer;
use regex::Regex;

/// Modules in the order in which they may name each other: a module names those of earlier lines only. The gazetteer
/// cuts its forms into words as the text does, and the text numbers its words by the gazetteer: the two are one line
/// and know each other.
const ORDER: [&[&str]; 13] = [
    &["vocabulary", "error"],
    &["text", "gazetteer"],
    &["document", "decision"],
    &["mention"],
    &["fact"],
    &["graph"],
    &["identity"],
    &["export", "score"],
    &["query"],
    &["store"],
    &["pipeline"],
    &["probe"],
    &["cli", "main"],
];

/// Modules of one line that may name each other.
const PAIRS: [(&str, &str); 1] = [("text", "gazetteer")];

/// Files over the limit, and how long they may become before they are parted.
const LONG: [(&str, usize); 5] = [
    ("cli/args.rs", 620),
    ("export/dot.rs", 580),
    ("export/layout.rs", 660),
    ("gazetteer/component.rs", 600),
    ("gazetteer/mod.rs", 660),
];

const LIMIT: usize = 500;

/// A source file without its comments.
struct Source {
    /// Below `src/`.
    name: String,
    module: String,
    lines: usize,
    code: String,
    /// String literals with their line.
    strings: Vec<(usize, String)>,
}

fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut pending = vec![root.clone()];
        let mut files: Vec<PathBuf> = Vec::new();
        while let Some(path) = pending.pop() {
            if path.is_dir() {
                pending.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
        files.sort();
        files.iter().map(|path| source(&root, path)).collect()
    });
    &SOURCES
}

fn source(root: &Path, path: &Path) -> Source {
    let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    let module = name.split('/').next().unwrap().trim_end_matches(".rs").to_string();
    let text = fs::read_to_string(path).unwrap();
    // Tests at the end of a file may say what they like.
    let (code, strings) = strip(text.split("#[cfg(test)]").next().unwrap());
    Source { name, module, lines: text.lines().count(), code, strings }
}

/// Code without comments and with empty strings, and the strings apart.
fn strip(text: &str) -> (String, Vec<(usize, String)>) {
    static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r##"(?xs)
            //[^\n]* | /\*.*?\*/
            | r\#"(?P<hash>.*?)"\# | \br"(?P<raw>[^"]*)" | "(?P<plain>(?:[^"\\]|\\.)*)"
            | '(?:[^'\\]|\\(?:.|u\{[0-9a-fA-F]+\}))'"##,
        )
        .unwrap()
    });
    let mut code = String::new();
    let mut strings = Vec::new();
    let mut end = 0;
    for found in TOKEN.captures_iter(text) {
        let whole = found.get(0).unwrap();
        code.push_str(&text[end..whole.start()]);
        end = whole.end();
        let literal = ["hash", "raw", "plain"].iter().find_map(|name| found.name(name));
        if let Some(literal) = literal {
            let line = text[..whole.start()].matches('\n').count() + 1;
            strings.push((line, literal.as_str().to_string()));
            code.push_str("\"\"");
        }
        code.extend(whole.as_str().chars().filter(|c| *c == '\n'));
    }
    code.push_str(&text[end..]);
    (code, strings)
}

#[test]
fn sources_are_read_as_rust_reads_them() {
    let text = "let a = \"x // y\"; // \"no\"\nlet b = r#\"q\"uote\"#; /* \"no\" */ let c = '\"'; let d = \"z\";";
    let (code, strings) = strip(text);
    assert_eq!(strings, [(1, "x // y".into()), (2, "q\"uote".into()), (2, "z".into())]);
    assert!(!code.contains("no"), "{code}");
}

#[test]
fn no_module_names_a_later_one() {
    let rank: BTreeMap<&str, usize> =
        ORDER.iter().enumerate().flat_map(|(at, line)| line.iter().map(move |module| (*module, at))).collect();
    let path = Regex::new(r"\b(?:crate|chutoa)::(?:\{([^}]*)\}|(\w+))").unwrap();
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| s.module != "lib") {
        let Some(own) = rank.get(source.module.as_str()) else {
            problems.push(format!("{}: give `{}` its line in the order", source.name, source.module));
            continue;
        };
        let code = source.code.replace('\n', " ");
        for found in path.captures_iter(&code) {
            let list = found.get(1).or(found.get(2)).unwrap().as_str();
            for other in list.split(',').map(|name| name.trim().split("::").next().unwrap_or_default()) {
                let Some(theirs) = rank.get(other) else { continue };
                let pair = PAIRS
                    .iter()
                    .any(|(a, b)| (source.module == *a && other == *b) || (source.module == *b && other == *a));
                if other != source.module && theirs >= own && !pair {
                    problems.push(format!("{} names `{other}`, which comes later", source.name));
                }
            }
        }
    }
    problems.dedup();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The command is built on the library as anybody else's program is.
#[test]
fn the_command_stands_apart() {
    let own = Regex::new(r"\bcrate::(\w+)").unwrap();
    let printing = Regex::new(r"\be?print(?:ln)?!").unwrap();
    for source in sources() {
        let command = matches!(source.module.as_str(), "cli" | "main");
        for name in ["clap", "clap_complete", "clap_mangen", "indicatif", "anstream"] {
            let used = Regex::new(&format!(r"\b{name}::")).unwrap().is_match(&source.code);
            assert!(command || !used, "{}: {name} is the command's", source.name);
        }
        if command {
            let inside = own.captures_iter(&source.code).all(|found| &found[1] == "cli");
            assert!(inside, "{}: the command takes the library as `chutoa::`", source.name);
        } else {
            let prints = printing.is_match(&source.code);
            let build_script = source.name == "gazetteer/embed.rs";
            assert!(!prints || build_script, "{}: only the command prints", source.name);
        }
    }
}

/// Stages between the edges give less, not an error.
#[test]
fn stages_never_fail() {
    let result = Regex::new(r"->\s*(?:crate::error::)?Result<").unwrap();
    for source in sources().iter().filter(|s| ["text", "mention", "fact", "identity"].contains(&s.module.as_str())) {
        assert!(!result.is_match(&source.code), "{}: returns a Result", source.name);
        assert!(!source.code.contains("std::fs") && !source.code.contains("std::io"), "{}: does I/O", source.name);
    }
}

#[test]
fn files_stay_readable() {
    let mut problems = Vec::new();
    for source in sources() {
        let allowed = LONG.iter().find(|(name, _)| *name == source.name).map_or(LIMIT, |(_, lines)| *lines);
        if source.lines > allowed {
            problems.push(format!(
                "{}: {} lines, more than {allowed}; a second noun hides in it",
                source.name, source.lines
            ));
        }
    }
    for (name, _) in LONG {
        let lines = sources().iter().find(|s| s.name == name).map_or(0, |s| s.lines);
        if lines <= LIMIT {
            problems.push(format!("{name}: {lines} lines, so take it off the list of long files"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Where words of a language may stand, and why.
const WORDED: [(&str, &str, &str); 4] = [
    ("export/mod.rs", "\"parquet\"", "a file format, which is also a word of French for prosecutors"),
    ("export/parquet.rs", "\"parquet\"", "a file format, which is also a word of French for prosecutors"),
    ("graph.rs", "\"en\"", "the language of labels, which is the reader's and not a report's"),
    ("graph.rs", "\"vi\"", "the language of labels, which is the reader's and not a report's"),
];

/// The words of one column.
fn column(file_ends: &str, column: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in Gazetteer::embedded().tables().filter(|(file, _)| file.ends_with(file_ends)) {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let Some(at) = lines.next().and_then(|header| header.split('\t').position(|c| c == column)) else { continue };
        found.extend(lines.filter_map(|line| line.split('\t').nth(at)).map(str::to_string));
    }
    found.remove("");
    found
}

/// The code knows no language, place, person or title: what it says in strings is compared with the tables.
#[test]
fn words_are_rows() {
    let codes: BTreeSet<String> = Gazetteer::embedded().languages().iter().map(|l| l.code.clone()).collect();
    let autonyms: BTreeSet<String> = Gazetteer::embedded().languages().iter().map(|l| l.name.clone()).collect();
    let provinces = column("provinces.tsv", "id");
    let mut names = column("provinces.tsv", "name_vi");
    names.extend(column("people.tsv", "name_vi"));
    names.extend(column("/places.tsv", "form").into_iter().filter(|form| form.chars().count() > 4));
    // English words are the code's own; forms of other languages that are none of them are titles.
    let english: BTreeSet<String> = Gazetteer::embedded()
        .tables()
        .filter(|(file, _)| file.starts_with("languages/en/") || file.starts_with("entities/"))
        .flat_map(|(_, text)| text.split(|c: char| !c.is_alphabetic()))
        .map(str::to_lowercase)
        .collect();
    let titles: BTreeSet<String> = column("/components.tsv", "form")
        .iter()
        .flat_map(|form| form.split(|c: char| !c.is_alphabetic()))
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() > 6 && !english.contains(word))
        .collect();
    let mut problems = Vec::new();
    for source in sources() {
        for (line, string) in &source.strings {
            let mut said = Vec::new();
            if codes.contains(string) {
                said.push(format!("the code of a language, {string:?}"));
            }
            let last = string.rsplit([':', '/']).next().unwrap_or_default();
            if provinces.contains(last) {
                said.push(format!("a province, {string:?}"));
            }
            for name in autonyms.iter().chain(&names) {
                let inside = string.match_indices(name.as_str()).any(|(at, _)| {
                    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    !letter(string[..at].chars().next_back()) && !letter(string[at + name.len()..].chars().next())
                });
                if inside {
                    said.push(format!("a name, {name:?}"));
                }
            }
            for word in string.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase) {
                if titles.contains(&word) {
                    said.push(format!("a word of titles, {word:?}"));
                }
            }
            for what in said {
                let allowed = WORDED.iter().any(|(file, word, _)| *file == source.name && what.contains(word));
                if !allowed {
                    problems.push(format!("src/{}:{line}: {what}", source.name));
                }
            }
        }
    }
    problems.sort();
    problems.dedup();
    assert!(problems.is_empty(), "these belong into rows of gazetteer/\n{}", problems.join("\n"));
}

/// Letters outside ASCII in the code of the stages are letters of languages.
#[test]
fn letters_are_rows() {
    /// Files that are about letters as such.
    const LETTERS: [(&str, &str); 5] = [
        ("text/fold.rs", "letters without a canonical decomposition, ranges of scripts"),
        ("text/mod.rs", "apostrophes and hyphens"),
        ("text/mark.rs", "letters that are whole, the two places of a tone mark"),
        ("mention/number.rs", "abbreviations of document types in capitals, letters that look like them"),
        ("vocabulary.rs", "letters without a canonical decomposition"),
    ];
    let stages =
        ["vocabulary", "gazetteer", "text", "document", "mention", "fact", "identity", "graph", "query", "score"];
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| stages.contains(&s.module.as_str())) {
        if LETTERS.iter().any(|(name, _)| *name == source.name) {
            continue;
        }
        for (line, string) in &source.strings {
            if string.chars().any(|c| !c.is_ascii() && c.is_alphabetic()) {
                problems.push(format!("src/{}:{line}: {string:?}", source.name));
            }
        }
        assert!(
            source.code.chars().all(|c| c.is_ascii() || !c.is_alphabetic()),
            "{}: letters in the code",
            source.name
        );
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
