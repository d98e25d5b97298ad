//! How fast each stage is, against the bare Aho-Corasick pass over the same bytes in the same process.
//!
//! Run with `cargo bench`. Rounds are interleaved, so that whatever else the machine does meets every stage alike;
//! medians and ratios are what counts. Each round checks its answers: they must be the sum over the single reports.
//! `-- --quick` takes a sixth of the text; `-- --only facts` repeats one stage alone, for a profiler;
//! `-- --reports DIR` takes other reports than `seeds/`; `-- --keep` writes the ratios to `benches/last-release.tsv`, against which later runs print theirs. See `benches/README.md`.

mod clock;

use std::fmt::Write as _;
use std::path::Path;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use chutoa::document::Document;
use chutoa::fact::extract;
use chutoa::gazetteer::Gazetteer;
use chutoa::probe;
use clock::{Clock, median};

/// As in the command.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a row must reach, as a ratio to the bare pass; a row below says so.
const FLOORS: [(&str, f64); 2] = [("text + mentions", 1.0), ("reports to facts", 0.4)];

/// Bytes of text per round.
const SIZE: usize = 3_000_000;
const ROUNDS: usize = 9;
const LOADS: usize = 25;

fn main() {
    let quick = std::env::args().any(|a| a == "--quick");
    let (size, rounds) = if quick { (SIZE / 6, 3) } else { (SIZE, ROUNDS) };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::args().skip_while(|a| a != "--reports").nth(1).map_or(root.join("seeds"), Into::into);
    let seeds = reports(std::slice::from_ref(&folder));
    assert!(!seeds.is_empty(), "no report in {}", folder.display());
    let documents = corpus(&seeds, size);
    let bytes: usize = documents.iter().map(|d| d.body.len()).sum();
    println!("{} reports, {:.2} MB; times are {}", documents.len(), bytes as f64 / 1e6, Clock::kind());

    let gazetteer = Gazetteer::embedded();
    if let Some(stage) = std::env::args().skip_while(|a| a != "--only").nth(1) {
        return only(&stage, &documents, gazetteer);
    }
    let kept = root.join("benches/last-release.tsv");
    // What is kept is of the samples: other reports have other ratios.
    let samples = folder == root.join("seeds");
    let released = if samples { Ratios::read(&kept) } else { Ratios::default() };
    let ratios = measure("the gazetteer as it is", &documents, gazetteer, rounds, &released);
    if std::env::args().any(|a| a == "--keep") {
        assert!(!quick && samples, "a release keeps the ratios of a whole run: leave out --quick and --reports");
        ratios.write(&kept);
    }
    load(if quick { 5 } else { LOADS });

    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    more_forms(gazetteer, folder.path());
    let wide = Gazetteer::with_folder(folder.path()).expect("rows made from good rows are good");
    measure("ten times the forms", &documents, &wide, rounds.min(5), &Ratios::default());
}

/// One stage again and again, without the others.
fn only(stage: &str, documents: &[Document], gazetteer: &Gazetteer) {
    let clock = Clock::start();
    let mut rounds = 0;
    while clock.seconds() < 4.0 {
        match stage {
            "text" => documents.iter().for_each(|d| {
                std::hint::black_box(probe::text(&d.body, gazetteer));
            }),
            "spans" => documents.iter().for_each(|d| {
                std::hint::black_box(probe::spans(&d.body, gazetteer));
            }),
            "mentions" => documents.iter().for_each(|d| {
                std::hint::black_box(probe::mentions(&d.body, gazetteer));
            }),
            "facts" => documents.iter().for_each(|d| drop(extract(d, gazetteer))),
            "load" => drop(Gazetteer::load()),
            other => panic!("`{other}` is no stage; stages are text, spans, mentions, facts and load"),
        }
        rounds += 1;
    }
    println!("{stage}: {:.2} ms a round, {rounds} rounds", clock.seconds() * 1e3 / rounds as f64);
}

type Count = (usize, usize);

/// One stage: its name and what it does to a report; the answer is checked.
struct Stage<'a> {
    name: String,
    run: Box<dyn Fn(&Document) -> Count + 'a>,
}

fn measure(title: &str, documents: &[Document], gazetteer: &Gazetteer, rounds: usize, released: &Ratios) -> Ratios {
    let written = gazetteer.spellings(false).expect("the tables have been read before");
    let inflected = gazetteer.spellings(true).expect("the tables have been read before");
    let (words, patterns) = gazetteer.lexicon().size();
    println!("\n{title}: {words} words, {patterns} patterns of word numbers");
    let stage = |name: String, run: Box<dyn Fn(&Document) -> Count>| Stage { name, run };
    let stages = [
        stage(format!("bare, {} phrases", inflected.len()), bare(&inflected)),
        stage(format!("bare, {} uninflected", written.len()), bare(&written)),
        Stage { name: "text".into(), run: Box::new(|d| probe::text(&d.body, gazetteer)) },
        Stage { name: "text + spans".into(), run: Box::new(|d| probe::spans(&d.body, gazetteer)) },
        Stage { name: "text + mentions".into(), run: Box::new(|d| probe::mentions(&d.body, gazetteer)) },
        Stage {
            name: "reports to facts".into(),
            run: Box::new(|d| {
                let extraction = extract(d, gazetteer);
                (extraction.facts.len(), extraction.names.len())
            }),
        },
    ];
    let bytes: usize = documents.iter().map(|d| d.body.len()).sum();
    let sum = |stage: &Stage, documents: &[Document]| {
        documents.iter().map(|d| (stage.run)(d)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d))
    };
    // What each stage finds in every report on its own; also warms everything up.
    let expected: Vec<Count> = stages.iter().map(|stage| sum(stage, documents)).collect();
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); stages.len()];
    for _ in 0..rounds {
        for (at, stage) in stages.iter().enumerate() {
            let clock = Clock::start();
            let found = sum(stage, documents);
            times[at].push(clock.seconds());
            assert_eq!(found, expected[at], "{}: another answer than before", stage.name);
        }
    }
    let mut ratios = Ratios::default();
    for (at, stage) in stages.iter().enumerate() {
        let against = |base: usize| median((0..rounds).map(|r| times[base][r] / times[at][r]).collect());
        println!(
            "  {:<24} {:>7.1} MB/s   {:>5.2} of bare   {:>5.2} of bare uninflected   found {:?}{}{}",
            stage.name,
            bytes as f64 / 1e6 / median(times[at].clone()),
            against(0),
            against(1),
            expected[at],
            released.change(&stage.name, against(0)),
            below_floor(&stage.name, against(0)),
        );
        // The bare passes measure themselves.
        if at >= 2 {
            ratios.0.push((env!("CARGO_PKG_VERSION").to_string(), stage.name.clone(), against(0)));
        }
    }
    ratios
}

fn below_floor(row: &str, ratio: f64) -> String {
    let floor = FLOORS.iter().find(|(name, floor)| *name == row && ratio < *floor);
    floor.map_or(String::new(), |(_, floor)| format!("   BELOW ITS FLOOR of {floor:.1}"))
}

/// Ratios to the bare pass by row, each with the release it was measured at.
#[derive(Default)]
struct Ratios(Vec<(String, String, f64)>);

impl Ratios {
    fn read(file: &Path) -> Ratios {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let row = |line: &str| {
            let mut cells = line.split('\t');
            let (release, row, ratio) = (cells.next()?, cells.next()?, cells.next()?);
            Some((release.to_string(), row.to_string(), ratio.parse().ok()?))
        };
        Ratios(text.lines().filter_map(row).collect())
    }

    fn write(&self, file: &Path) {
        let mut out = String::from("release\trow\tratio\n");
        for (release, row, ratio) in &self.0 {
            writeln!(out, "{release}\t{row}\t{ratio:.2}").expect("strings take all");
        }
        std::fs::write(file, out).expect("benches/ can be written");
    }

    /// How a row stands against the last release.
    fn change(&self, name: &str, ratio: f64) -> String {
        let was = self.0.iter().find(|(_, row, _)| row == name);
        was.map_or(String::new(), |(release, _, was)| {
            format!("   {:+.0} % against {release} ({was:.2})", (ratio / was - 1.0) * 100.0)
        })
    }
}

/// The bare pass: contiguous NFA, leftmost-longest, over the bytes as they are.
fn bare(phrases: &[String]) -> Box<dyn Fn(&Document) -> Count> {
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(phrases)
        .expect("the phrases fit an automaton");
    Box::new(move |document| {
        let bytes = automaton.find_iter(&document.body).fold((0, 0), |(n, b), m| (n + 1, b + m.end() - m.start()));
        (bytes.0, bytes.1)
    })
}

fn load(times: usize) {
    let seconds: Vec<f64> = (0..times)
        .map(|_| {
            let clock = Clock::start();
            let gazetteer = Gazetteer::load();
            let taken = clock.seconds();
            assert_eq!(gazetteer.lexicon().size(), Gazetteer::embedded().lexicon().size());
            taken
        })
        .collect();
    println!("  {:<24} {:>7.1} ms", "load of the gazetteer", median(seconds) * 1e3);
}

/// Nine more forms of every phrase that is in the gazetteer, as rows of a folder.
fn more_forms(gazetteer: &Gazetteer, folder: &Path) {
    for (name, text) in gazetteer.tables().filter(|(name, _)| name.starts_with("languages/")) {
        let mut rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let Some(header) = rows.next() else { continue };
        let form = header.split('\t').position(|column| column == "form");
        let Some(form) = form.filter(|_| !name.ends_with("transliteration.tsv")) else { continue };
        let mut out = format!("{header}\n");
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            for ending in ["ab", "ec", "id", "of", "ug", "ak", "el", "im", "on"] {
                let words: Vec<String> = cells[form]
                    .trim_start_matches('=')
                    .split_whitespace()
                    .map(|word| format!("{word}{ending}"))
                    .collect();
                let mut cells: Vec<String> = cells.iter().map(|cell| cell.to_string()).collect();
                cells[form] = format!("={}", words.join(" "));
                writeln!(out, "{}", cells.join("\t")).expect("strings take all");
            }
        }
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("the folder is ours");
        std::fs::write(path, out).expect("the folder is ours");
    }
}

fn reports(folders: &[std::path::PathBuf]) -> Vec<Document> {
    let here: Vec<_> = folders.iter().filter(|folder| folder.is_dir()).cloned().collect();
    chutoa::document::read(&here).map(|(documents, _)| documents).unwrap_or_default()
}

/// The reports once as they are, then again and again with their paragraphs in another order.
fn corpus(seeds: &[Document], size: usize) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut total = 0;
    while total < size {
        for seed in seeds {
            let mut paragraphs: Vec<&str> = seed.body.lines().collect();
            if documents.len() >= seeds.len() {
                // The last line, the source, stays where it is.
                for at in (1..paragraphs.len().saturating_sub(1)).rev() {
                    random ^= random << 13;
                    random ^= random >> 7;
                    random ^= random << 17;
                    paragraphs.swap(at, (random % (at as u64 + 1)) as usize);
                }
            }
            let body = paragraphs.join("\n");
            total += body.len();
            documents.push(Document::new(&format!("{}", documents.len()), body));
        }
    }
    documents
}
