//! The command: what goes to standard output, what to standard error, and the exit code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

/// The command in an empty folder, away from the environment's settings.
fn chutoa(args: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    command(dir.path()).args(args).output().unwrap()
}

fn command(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chutoa"));
    command.current_dir(dir).env_remove("CHUTOA_GAZETTEER").env_remove("CHUTOA_LANG");
    command
}

/// The command on the store that lies beside these tests.
fn on_store(args: &[&str]) -> Output {
    let store = tests("store/new");
    chutoa(&[args, &["--graph", store.to_str().unwrap()]].concat())
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn exit_codes_tell_found_nothing_and_error() {
    let store = tests("store/new");
    let graph = ["--graph", store.to_str().unwrap()];
    #[rustfmt::skip]
    let cases: &[(&[&str], i32)] = &[
        (&["query", "who", "chaired", "what"],                  0),
        (&["query", "who", "chaired", "what", "--on", "1999"],  1),
        (&["query", "who", "left", "what"],                     1),
        (&["query", "who", "sang", "what"],                     2),
        (&["query", "Zanh", "chaired", "what"],                 2),
        (&["query", "who", "chaired", "what", "--on", "June"],  2),
        (&["query", "who", "chaired", "what", "--in", "Paris"], 2),
        (&["show", "Danh"],                                     0),
        (&["show", "Nobody at all"],                            2),
        (&["explain", "Danh", "chaired"],                       0),
        (&["explain", "Danh", "left"],                          1),
        (&["stats"],                                            0),
    ];
    for (args, code) in cases {
        let output = chutoa(&[args, &graph[..]].concat());
        assert_eq!(output.status.code(), Some(*code), "{args:?}: {}", stderr(&output));
        assert_eq!(output.stdout.is_empty(), *code == 2 || args[0] == "explain" && *code == 1, "{args:?}");
        assert_eq!(
            stderr(&output).starts_with("chutoa: ") || stderr(&output).starts_with("error:"),
            *code == 2,
            "{args:?}"
        );
    }
}

#[test]
fn a_pipe_gets_tab_separated_values() {
    let text = stdout(&on_store(&["query", "who", "chaired", "what"]));
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0][..4], ["subject", "relation", "object", "who"]);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert_eq!(rows[2][0], "person:ngo-thanh-danh");
    let bare = stdout(&on_store(&["query", "who", "chaired", "what", "--no-header"]));
    assert_eq!(bare.lines().count(), 3);
}

#[test]
fn a_table_has_columns_under_a_header() {
    let text = stdout(&on_store(&["query", "who", "chaired", "what", "--in", "Dak Nong", "--format", "table"]));
    let words: Vec<&str> = text.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(words, ["WHO", "AS", "WHAT", "WHEN", "REPORTS"]);
    assert_eq!(text.lines().count(), 3);
    assert!(text.contains("Ngô Thanh Danh  Secretary"));
    let vi = stdout(&on_store(&["query", "who", "chaired", "what", "--format", "table", "--lang", "vi"]));
    assert!(vi.contains("Bí thư Tỉnh ủy Đắk Nông") && !vi.contains("Secretary"), "{vi}");
    let evidence = stdout(&on_store(&["query", "Danh", "chaired", "what", "--format", "table", "--evidence"]));
    assert!(evidence.lines().nth(2).unwrap().contains("https://example.org/fr/1 (0.93): Le 12 juin"), "{evidence}");
}

#[test]
fn json_is_json() {
    for args in [
        &["query", "who", "chaired", "what", "--format", "json"][..],
        &["show", "Danh", "--format", "json"],
        &["explain", "Danh", "chaired", "--format", "json"],
    ] {
        let value: serde_json::Value = serde_json::from_str(&stdout(&on_store(args))).unwrap();
        assert!(!value.as_array().unwrap().is_empty(), "{args:?}");
    }
    let stats: serde_json::Value = serde_json::from_str(&stdout(&on_store(&["stats", "--format", "json"]))).unwrap();
    assert_eq!(stats["entities"], 23);
}

#[test]
fn explain_marks_words_without_colour_codes_in_a_pipe() {
    let text = stdout(&on_store(&["explain", "Danh", "chaired"]));
    assert!(text.contains("»Ngo Thanh Danh«"), "{text}");
    assert!(
        text.contains("rule chair-list: a rule of whoever wrote these facts\n  confidence 0.95: as whoever"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn show_prints_a_dossier() {
    let text = stdout(&on_store(&["show", "Ngo Thanh Danh"]));
    for part in ["person:ngo-thanh-danh", "Posts", "Secretary, Provincial", "Events", "Hồ Văn Mười", "Sources", "uk-1"]
    {
        assert!(text.contains(part), "{part}:\n{text}");
    }
}

#[test]
fn diff_tells_what_changed() {
    let (old, new) = (tests("store/old"), tests("store/new"));
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let output = chutoa(&["diff", old, new]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("Gone\n  - Lê Diễn"), "{}", stdout(&output));
    assert_eq!(chutoa(&["diff", new, new]).status.code(), Some(1));
}

#[test]
fn score_prints_the_table_and_keeps_the_threshold() {
    let (gold, facts) = (tests("score/gold.tsv"), tests("score/facts.tsv"));
    let (gold, facts) = (gold.to_str().unwrap(), facts.to_str().unwrap());
    let output = chutoa(&["score", "--errors", gold, "--", facts]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), std::fs::read_to_string(tests("score/expected.txt")).unwrap());
    assert_eq!(chutoa(&["score", "--min", "0.99", gold, "--", facts]).status.code(), Some(1));
    assert_eq!(chutoa(&["score", gold, "--", "missing.tsv"]).status.code(), Some(2));
    let dir = tempfile::tempdir().unwrap();
    let piped = std::fs::File::open(facts).unwrap();
    let piped = command(dir.path()).args(["score", "--errors", gold, "--", "-"]).stdin(piped).output().unwrap();
    assert_eq!(piped.stdout, output.stdout);
}

#[test]
fn a_missing_graph_says_what_to_do() {
    let output = chutoa(&["query", "who", "chaired", "what"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("run `chutoa build REPORTS` first"), "{}", stderr(&output));
    let output = chutoa(&["stats", "--graph", "nowhere"]);
    assert!(stderr(&output).contains("nowhere holds no graph"), "{}", stderr(&output));
}

#[test]
fn a_broken_store_is_named_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["facts.tsv", "entities.tsv"] {
        std::fs::copy(tests("store/new").join(name), dir.path().join(name)).unwrap();
    }
    let facts = dir.path().join("facts.tsv");
    let text = std::fs::read_to_string(&facts).unwrap().replacen("\tchaired\t", "\tsang\t", 1);
    std::fs::write(&facts, text).unwrap();
    let output = chutoa(&["stats", "--graph", dir.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("facts.tsv:4: `sang` is no relation"), "{}", stderr(&output));
}

#[test]
fn no_report_is_an_error_that_says_where_was_looked() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("empty")).unwrap();
    let output = command(dir.path()).args(["build", "empty"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no report found in empty"), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_reading() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("file"), "").unwrap();
    let output = command(dir.path()).args(["build", "missing.txt", "-o", "file/out"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("the output folder cannot be written: file/out"), "{}", stderr(&output));
}

#[test]
fn build_writes_a_store_that_query_reads() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.txt"), "Nothing of interest.\n").unwrap();
    let output = command(dir.path()).args(["build", "a.txt"]).output().unwrap();
    assert!(output.status.code() < Some(2), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("Read 1 report ("), "{}", stdout(&output));
    assert!(stdout(&output).contains("Wrote chutoa-out: graph.graphml  graph.gexf  graph.dot  facts.tsv"));
    let output = command(dir.path()).args(["query", "who", "chaired", "what"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let quiet = command(dir.path()).args(["build", "a.txt", "-q"]).output().unwrap();
    assert!(quiet.stdout.is_empty() && quiet.stderr.is_empty());
    let left: Vec<_> = std::fs::read_dir(dir.path().join("chutoa-out")).unwrap().flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().starts_with('.')), "{left:?}");
}

#[test]
fn export_keeps_what_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("graph.gexf");
    let file = file.to_str().unwrap();
    assert_eq!(on_store(&["export", "-o", file]).status.code(), Some(0));
    let again = on_store(&["export", "-o", file]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("`--force` replaces it"));
    assert_eq!(on_store(&["export", "-o", file, "--force"]).status.code(), Some(0));
    assert!(!on_store(&["export", "--format", "dot", "-o", "-"]).stdout.is_empty());
    assert!(stderr(&on_store(&["export", "-o", "graph.xyz"])).contains("give `--format`, one of graphml"));
    assert!(stderr(&on_store(&["export", "--format", "xyz", "-o", "a"])).contains("formats are: graphml"));
}

/// A folder with a copy of the store, on which commands may write.
fn copy_of_the_store() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("chutoa-out")).unwrap();
    for file in std::fs::read_dir(tests("store/new")).unwrap().flatten() {
        std::fs::copy(file.path(), dir.path().join("chutoa-out").join(file.file_name())).unwrap();
    }
    dir
}

/// The data of a page.
fn data(page: &str) -> serde_json::Value {
    let start = page.find("type=\"application/json\"").unwrap();
    let start = start + page[start..].find('>').unwrap() + 1;
    serde_json::from_str(page[start..].split("</script>").next().unwrap()).unwrap()
}

#[test]
fn view_writes_a_page_beside_the_graph() {
    let dir = copy_of_the_store();
    for _ in 0..2 {
        let output = command(dir.path()).args(["view", "--no-open", "--title", "A <b> title"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stderr(&output).starts_with("wrote chutoa-out") && output.stdout.is_empty(), "{}", stderr(&output));
    }
    let page = std::fs::read_to_string(dir.path().join("chutoa-out/view.html")).unwrap();
    assert!(page.contains("<title>A &lt;b&gt; title</title>"));
    let whole = data(&page);
    let exported = stdout(&on_store(&["export", "--format", "html", "-o", "-"]));
    assert_eq!(data(&exported)["edges"], whole["edges"]);
    let part = data(&stdout(&on_store(&["view", "--relation", "chaired", "-o", "-"])));
    let edges = part["edges"].as_array().unwrap();
    assert!(edges.len() < whole["edges"].as_array().unwrap().len());
    let chaired: Vec<_> = edges.iter().filter(|edge| edge["relation"] == "chaired").collect();
    assert_eq!(chaired.len(), 3);
    assert!(chaired.iter().all(|edge| !edge["evidence"].as_array().unwrap().is_empty()));
    let network = on_store(&["export", "--project", "people", "--format", "html", "-o", "-"]);
    assert_eq!(network.status.code(), Some(2));
    assert!(stderr(&network).contains("no words for a projection"), "{}", stderr(&network));
}

#[test]
fn view_keeps_what_is_there_when_told_where() {
    let dir = copy_of_the_store();
    let view = |args: &[&str]| command(dir.path()).args(["view", "--no-open", "-o", "page.html"]).args(args).output();
    assert_eq!(view(&[]).unwrap().status.code(), Some(0));
    let again = view(&[]).unwrap();
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("`--force` replaces it"), "{}", stderr(&again));
    assert_eq!(view(&["--force"]).unwrap().status.code(), Some(0));
}

#[test]
fn a_page_that_cannot_be_opened_is_written_all_the_same() {
    let dir = copy_of_the_store();
    let output = command(dir.path()).arg("view").env("BROWSER", "no-such-browser").env("PATH", "").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("no browser could be started"), "{}", stderr(&output));
    assert!(dir.path().join("chutoa-out/view.html").is_file());
}

#[cfg(unix)]
fn program(dir: &Path, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = dir.join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn the_browser_gets_the_page() {
    let dir = copy_of_the_store();
    let folder = dir.path().canonicalize().unwrap();
    program(&folder, "browser", "echo \"$1\" > told.part && mv told.part told");
    let output = command(&folder).arg("view").env("BROWSER", folder.join("browser")).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = folder.join("told");
    for _ in 0..200 {
        if told.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    let page = folder.join("chutoa-out/view.html");
    assert_eq!(std::fs::read_to_string(told).unwrap().trim(), page.to_str().unwrap());
}

#[test]
fn render_draws_or_says_what_to_install() {
    let dir = copy_of_the_store();
    let render = |args: &[&str]| command(dir.path()).arg("render").args(args).output().unwrap();
    let missing = command(dir.path()).args(["render", "-o", "a.svg"]).env("PATH", "").output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
    for part in ["apt install graphviz", "brew install graphviz"] {
        assert!(stderr(&missing).contains(part), "{}", stderr(&missing));
    }
    assert!(!dir.path().join("a.svg").exists());
    let unknown = render(&["-o", "a.gif"]);
    assert!(stderr(&unknown).contains("one of svg, png, pdf"), "{}", stderr(&unknown));
    if Command::new("dot").arg("-V").output().is_err() {
        eprintln!("Graphviz is not installed: no picture is tested");
        return;
    }
    for (file, magic) in [("a.svg", &b"<?xml"[..]), ("a.png", b"\x89PNG"), ("a.pdf", b"%PDF")] {
        let output = render(&["-o", file]);
        assert_eq!(output.status.code(), Some(0), "{file}: {}", stderr(&output));
        assert!(std::fs::read(dir.path().join(file)).unwrap().starts_with(magic), "{file}");
        let again = render(&["-o", file]);
        assert!(stderr(&again).contains("`--force` replaces it"), "{}", stderr(&again));
    }
    let boxes = |engine: &str| stdout(&render(&["--engine", engine, "--format", "svg", "-o", "-"]));
    assert!(boxes("dot").contains("cluster"), "provinces are boxes");
    assert!(boxes("sfdp").contains("<svg") && !boxes("sfdp").contains("cluster"));
    let people = render(&["--project", "people", "-o", "people.svg"]);
    assert_eq!(people.status.code(), Some(0), "{}", stderr(&people));
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");
}

#[cfg(unix)]
#[test]
fn a_drawing_program_that_fails_or_hangs_is_told() {
    let dir = copy_of_the_store();
    let render = |script: &str| {
        program(dir.path(), "dot", script);
        let path = format!("{}:/usr/bin:/bin", dir.path().display());
        command(dir.path()).args(["render", "--timeout", "1", "-o", "a.svg"]).env("PATH", path).output().unwrap()
    };
    let failed = render("echo no such font >&2; exit 3");
    assert_eq!(failed.status.code(), Some(2));
    assert!(stderr(&failed).contains("no such font"), "{}", stderr(&failed));
    let slow = render("sleep 5");
    assert_eq!(slow.status.code(), Some(2));
    assert!(stderr(&slow).contains("not done after 1 s"), "{}", stderr(&slow));
    assert!(!dir.path().join("a.svg").exists());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let store = tests("store/new");
    for args in [&["query", "?", "?", "?"][..], &["stats"], &["query", "?", "?", "?", "--format", "json"]] {
        let mut child = command(dir.path())
            .args(args)
            .arg("--graph")
            .arg(&store)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        assert!(output.stderr.is_empty(), "{}", stderr(&output));
    }
}

#[test]
fn help_has_examples_and_scripts_are_made() {
    for command in
        ["build", "extract", "query", "show", "explain", "diff", "stats", "score", "export", "view", "render"]
    {
        let help = stdout(&chutoa(&[command, "--help"]));
        assert!(help.contains(&format!("chutoa {command}")) && help.contains("Example"), "{command}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(stdout(&chutoa(&["completions", shell])).contains("chutoa"));
    }
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(chutoa(&["man", dir.path().to_str().unwrap()]).status.code(), Some(0));
    assert!(dir.path().join("chutoa-query.1").is_file());
}

#[test]
fn several_formats_go_into_one_folder_or_each_to_its_own_file() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).to_str().unwrap().to_string();
    let code = |args: &[&str]| on_store(&[&["export"], args].concat()).status.code();
    assert_eq!(code(&["--format", "graphml,gexf", "--format", "csv,facts,gexf", "-o", &at("set")]), Some(0));
    let mut names: Vec<String> =
        fs::read_dir(at("set")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["csv", "facts.tsv", "graph.gexf", "graph.graphml"]);
    // Nothing is written where one of them would be replaced.
    let again = on_store(&["export", "--format", "json,gexf", "-o", &at("set")]);
    assert!(stderr(&again).contains("graph.gexf exists already; `--force`"), "{}", stderr(&again));
    assert!(!dir.path().join("set/graph.json").exists());
    assert_eq!(code(&["--format", "json,csv", "-o", &at("set"), "--force"]), Some(0));
    assert_eq!(code(&["-o", &at("a.gexf"), "-o", &at("b.ttl")]), Some(0));
    assert_eq!(code(&["--format", "dot", "-o", &at("set")]), Some(0));
    assert!(["a.gexf", "b.ttl", "set/graph.dot", "set/graph.json"].iter().all(|f| dir.path().join(f).is_file()));
    for (args, said) in [
        (&["--format", "gexf,dot", "-o", "-"][..], "standard output"),
        (&["--format", "gexf", "-o", &at("c.gexf"), "-o", &at("d.dot")], "leave `--format` out"),
        (&["--format", "gexf,nothing", "-o", &at("e")], "formats are: graphml, gexf"),
        (&["-o", &at("f.gexf"), "-o", &at("g.nothing")], "one of graphml, gexf"),
    ] {
        let refused = on_store(&[&["export"], args].concat());
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        assert!(stderr(&refused).contains(said), "{}", stderr(&refused));
    }
    assert!(["c.gexf", "d.dot", "e", "f.gexf"].iter().all(|f| !dir.path().join(f).exists()));
}

#[test]
fn statistics_are_of_the_part_that_is_asked_for() {
    let text = stdout(&on_store(&["stats"]));
    for title in ["MOST CONNECTED", "ON MOST SHORTEST PATHS", "COMMUNITY  COUNT", "modularity"] {
        assert!(text.contains(title), "{title}: {text}");
    }
    let people = stdout(&on_store(&["stats", "--project", "people", "--format", "json"]));
    let people: serde_json::Value = serde_json::from_str(&people).unwrap();
    assert_eq!(people["kinds"].as_array().unwrap().len(), 1);
    assert_eq!(people["kinds"][0][0], "person");
    assert!(people["relations"].as_array().unwrap().iter().any(|tie| tie[0] == "co_chaired"), "{people}");
}

/// `explain` marks the verb beside the name, in the report's own language, and says what the rule saw.
#[test]
fn the_verb_is_marked_beside_the_name() {
    let dir = tempfile::tempdir().unwrap();
    #[rustfmt::skip]
    let cases = [
        ("Đồng chí Hà Văn Long, Bí thư Tỉnh ủy Cà Mau, phát biểu. Hội nghị do đồng chí Trần Quý Khoan, Phó Bí thư Tỉnh ủy Cà Mau, chủ trì.", "Tran Quy Khoan", "»chủ trì«"),
        ("Mr. Ha Van Long, Secretary of the Ca Mau Provincial Party Committee, chaired the conference of the Provincial Party Committee.", "Ha Van Long", "»chaired«"),
        ("Towarzysz Ha Van Long, sekretarz Komitetu Prowincjonalnego Partii Ca Mau, przewodniczył konferencji.", "Ha Van Long", "»przewodniczył«"),
    ];
    for (at, (text, name, verb)) in cases.into_iter().enumerate() {
        let path = dir.path().join(format!("{at}.txt"));
        std::fs::write(&path, text).unwrap();
        let output = chutoa(&["explain", name, "chaired", "--from", path.to_str().unwrap()]);
        let text = stdout(&output);
        assert!(text.contains(verb), "{verb}: {text}{}", stderr(&output));
        assert!(text.contains("rule cue: a name in the clause of a word for chairing"), "{text}");
        assert!(text.contains("confidence 0.80: how often, at least, facts of this rule"), "{text}");
    }
}

#[test]
fn the_gazetteer_speaks_json_as_well() {
    let sound = stdout(&chutoa(&["gazetteer", "check", "--format", "json"]));
    assert_eq!(sound, "[]\n");
    let broken = tests("gazetteer/duplicates");
    let output = chutoa(&["gazetteer", "check", "--format", "json", "--gazetteer", broken.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let problems: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let first = &problems[0];
    assert!(first["file"].is_string() && first["line"].is_u64() && first["remedy"].is_string(), "{problems}");
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.txt");
    std::fs::write(&path, "Mr. Ha Van Longg Tran Quy Khoan, Secretary of the Ca Mau Provincial Party Committee, and Mr. Mai Quy Phuoc spoke.").unwrap();
    let output = chutoa(&["gazetteer", "suggest", "--format", "json", path.to_str().unwrap()]);
    let unknown: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let name = &unknown["names"][0];
    assert!(name["text"].is_string() && name["reports"] == 1 && name["sentence"].is_string(), "{unknown}");
}
