//! What holds for every input: evidence points home, order and threads change nothing, every export parses back, and
//! nothing makes a stage panic.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use chutoa::document::Document;
use chutoa::export::{self, ExportGraph, Format};
use chutoa::fact::{Extraction, extract};
use chutoa::gazetteer::Gazetteer;
use chutoa::pipeline::{self, Build, Options};
use chutoa::store::Store;
use chutoa::text::fold;
use chutoa::vocabulary::{EntityId, slug};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// The sample reports by name.
static SEEDS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut seeds: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    seeds.sort();
    seeds
});

fn documents() -> Vec<Document> {
    SEEDS.iter().map(|(name, body)| Document::new(name, body.as_str())).collect()
}

fn build(documents: Vec<Document>, threads: usize) -> Build {
    pipeline::build(documents, Gazetteer::embedded(), &Options { threads, ..Options::default() })
}

fn read(body: &str) -> Extraction {
    extract(&Document::new("report", body), Gazetteer::embedded())
}

/// Every fact leads to words of its report.
fn points_home(body: &str) -> Result<(), String> {
    for fact in read(body).facts {
        let evidence = &fact.evidence;
        let (start, end) = (evidence.start as usize, evidence.end as usize);
        let complain = |why: &str| Err(format!("{why}: {fact:?}"));
        let Some(words) = body.get(start..end) else { return complain("the range is not one of the report") };
        if words.trim().is_empty() {
            return complain("no words carry the fact");
        }
        if evidence.sentence.trim().is_empty() {
            return complain("the sentence is empty");
        }
        let words: Vec<&str> = words.split_whitespace().collect();
        if !body.split_whitespace().collect::<Vec<_>>().join(" ").contains(&*evidence.sentence) {
            return complain("the sentence is not in the report");
        }
        if !evidence.sentence.contains(words[0]) {
            return complain("the words do not open in the sentence");
        }
        if evidence.rule.is_empty() || !(0.0..=1.0).contains(&evidence.confidence) {
            return complain("no rule, or a confidence out of range");
        }
        for id in [&fact.subject, &fact.object] {
            if id.as_str().parse::<EntityId>().as_ref() != Ok(id) {
                return complain("an identifier that does not parse");
            }
        }
    }
    Ok(())
}

#[test]
fn evidence_of_the_samples_points_home() {
    for (name, body) in SEEDS.iter() {
        points_home(body).unwrap_or_else(|problem| panic!("{name}: {problem}"));
    }
}

/// What a store writes: every byte of every file.
fn stored(build: Build) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store { facts: build.facts, entities: build.entities, ..Store::default() };
    store.write(folder.path()).unwrap();
    let graph = store.graph();
    let mut files: BTreeMap<String, Vec<u8>> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap()))
        .collect();
    for format in Format::ALL.into_iter().filter(|format| format.files().is_empty()) {
        let mut out = Vec::new();
        export::write(&ExportGraph::new(&graph), format, &export::Options::default(), &mut out).unwrap();
        files.insert(format.name().to_string(), out);
    }
    files
}

#[test]
fn neither_order_nor_threads_count() {
    let expected = stored(build(documents(), 1));
    let mut rotated = documents();
    rotated.rotate_left(7);
    let mut reversed = documents();
    reversed.reverse();
    for (documents, threads) in [(rotated, 2), (reversed, 8), (documents(), 8)] {
        let other = stored(build(documents, threads));
        for (file, bytes) in &expected {
            assert!(other[file] == *bytes, "{file} differs with {threads} threads");
        }
    }
}

/// A report alone states what it states among others, but for names that need telling apart.
#[test]
fn reports_do_not_disturb_each_other() {
    let together = build(documents(), 2).facts;
    for document in documents() {
        let own = document.id.clone();
        let alone = build(vec![document], 1).facts;
        let lines = |facts: &[chutoa::fact::Fact]| -> Vec<String> {
            let own = facts.iter().filter(|f| f.article == own);
            let mut lines: Vec<String> = own.map(|f| format!("{} {} {}", f.subject, f.relation, f.object)).collect();
            lines.retain(|line| !line.contains('~'));
            lines.sort();
            lines
        };
        assert_eq!(lines(&alone), lines(&together), "{own}");
    }
}

/// Composed or decomposed, one line end or the other: the facts are the same.
#[test]
fn spelling_of_the_file_does_not_count() {
    let lines = |body: &str| -> Vec<String> {
        read(body).facts.iter().map(|f| format!("{} {} {}", f.subject, f.relation, f.object)).collect()
    };
    for (name, body) in SEEDS.iter() {
        let expected = lines(&body.nfc().collect::<String>());
        assert_eq!(lines(&body.nfd().collect::<String>()), expected, "{name}, decomposed");
        assert_eq!(lines(&body.replace('\n', "\r\n")), expected, "{name}, with carriage returns");
        assert_eq!(lines(&format!("\u{feff}{body}")), expected, "{name}, with a byte order mark");
        assert_eq!(lines(&body.replace(' ', "\u{a0}")), expected, "{name}, with no-break spaces");
    }
}

/// What a program that is not ours does first with an export.
fn parses(format: Format, text: &str) -> Result<(), String> {
    let fail = |e: &dyn std::fmt::Display| Err(format!("{}: {e}", format.name()));
    match format {
        Format::Graphml | Format::Gexf => {
            let mut reader = quick_xml::Reader::from_str(text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => return Ok(()),
                    Ok(_) => {}
                    Err(e) => return fail(&e),
                }
            }
        }
        Format::Json | Format::Cytoscape => match serde_json::from_str::<serde_json::Value>(text) {
            Ok(_) => Ok(()),
            Err(e) => fail(&e),
        },
        Format::Ftm => {
            match text.lines().try_for_each(|line| serde_json::from_str::<serde_json::Value>(line).map(drop)) {
                Ok(()) => Ok(()),
                Err(e) => fail(&e),
            }
        }
        Format::Turtle => match oxttl::TurtleParser::new().for_slice(text.as_bytes()).try_for_each(|t| t.map(drop)) {
            Ok(()) => Ok(()),
            Err(e) => fail(&e),
        },
        Format::Ntriples => match oxttl::NTriplesParser::new().for_slice(text.as_bytes()).try_for_each(|t| t.map(drop))
        {
            Ok(()) => Ok(()),
            Err(e) => fail(&e),
        },
        Format::Facts => match chutoa::score::read("facts", text) {
            Ok(_) => Ok(()),
            Err(e) => fail(&e),
        },
        _ => Ok(()),
    }
}

/// Everything that is made of reports can be read again.
fn reads_back(bodies: &[String]) -> Result<(), String> {
    let documents =
        bodies.iter().enumerate().map(|(at, body)| Document::new(&format!("r{at}"), body.as_str())).collect();
    let build = build(documents, 1);
    let store = Store { facts: build.facts, entities: build.entities, ..Store::default() };
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    store.write(folder.path()).map_err(|e| e.to_string())?;
    let again = Store::read(folder.path()).map_err(|e| e.to_string())?;
    if again.facts.len() != store.facts.len() || again.entities != store.entities {
        return Err("the store reads back as something else".to_string());
    }
    let graph = again.graph();
    for format in Format::ALL.into_iter().filter(|format| format.files().is_empty()) {
        let mut out = Vec::new();
        export::write(&ExportGraph::new(&graph), format, &export::Options::default(), &mut out)
            .map_err(|e| e.to_string())?;
        parses(format, std::str::from_utf8(&out).map_err(|e| e.to_string())?)?;
    }
    Ok(())
}

#[test]
fn exports_of_the_samples_read_back() {
    let bodies: Vec<String> = SEEDS.iter().map(|(_, body)| body.clone()).collect();
    reads_back(&bodies).unwrap();
}

/// A cut in a text, on a boundary between letters.
fn at(text: &str, index: prop::sample::Index) -> usize {
    let mut at = index.index(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

type Cut = (prop::sample::Index, prop::sample::Index, u8);

/// A slice deleted, doubled, moved to the end, turned to capitals, decomposed, or filled with something odd.
fn mutate(text: &str, (from, to, how): Cut) -> String {
    let (a, b) = (at(text, from), at(text, to));
    let (a, b) = (a.min(b), a.max(b).min(a.min(b) + 400));
    let b = (b..=text.len()).find(|b| text.is_char_boundary(*b)).unwrap();
    let (before, slice, after) = (&text[..a], &text[a..b], &text[b..]);
    match how % 8 {
        0 => format!("{before}{after}"),
        1 => format!("{before}{slice}{slice}{after}"),
        2 => format!("{before}{after}{slice}"),
        3 => format!("{before}{}{after}", slice.to_uppercase()),
        4 => format!("{before}{}{after}", slice.nfd().collect::<String>()),
        5 => format!("{before}{}{after}", slice.replace(' ', "\n")),
        6 => format!("{before}{}{after}", slice.replace([',', ';', '.'], " ")),
        _ => format!("{before}\u{200b}\u{301}😀\u{feff}{after}"),
    }
}

/// A sample report, several times mutated, or pieces of several.
fn mutated() -> impl Strategy<Value = String> {
    let cut = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>());
    (any::<prop::sample::Index>(), prop::collection::vec(cut, 1..8))
        .prop_map(|(seed, cuts)| cuts.into_iter().fold(seed.get(&SEEDS).1.clone(), |text, cut| mutate(&text, cut)))
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn evidence_of_mutated_reports_points_home(body in mutated()) {
        points_home(&body).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn evidence_of_any_text_points_home(body in "\\PC{0,400}") {
        points_home(&body).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn any_characters_are_read(body in prop::collection::vec(any::<char>(), 0..400)) {
        points_home(&body.into_iter().collect::<String>()).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn slugs_are_identifiers(text in "\\PC{0,40}") {
        let slug = slug(&text);
        prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{slug}");
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"), "{slug}");
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn mutated_reports_read_back(bodies in prop::collection::vec(mutated(), 1..4)) {
        reads_back(&bodies).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn order_of_mutated_reports_does_not_count(bodies in prop::collection::vec(mutated(), 2..5), threads in 1..9usize) {
        let documents: Vec<Document> =
            bodies.iter().enumerate().map(|(at, body)| Document::new(&format!("r{at}"), body.as_str())).collect();
        let reversed = documents.iter().rev().cloned().collect();
        prop_assert!(stored(build(documents, 1)) == stored(build(reversed, threads)));
    }
}

/// A word longer than any word is, in letters of two bytes.
#[test]
fn endless_words_are_read() {
    for letter in ["а", "a", "1", "漢", "́", "-", "'", "а'", ".", "\n"] {
        let body = format!("Нгуєн Дінь Чунг, {}, секретар", letter.repeat(70_001));
        points_home(&body).unwrap();
    }
}
