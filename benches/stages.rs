//! How fast each stage is, against the bare Aho-Corasick pass over the same bytes in the same process.
//!
//! Run with `cargo bench`. Rounds are interleaved, so that whatever else the machine does meets every stage alike;
//! medians and ratios are what counts. Each round checks its answers: they must be the sum over the single reports.
//! `-- --quick` takes a sixth of the text; `-- --only facts` repeats one stage alone, for a profiler;
//! `-- --reports DIR` takes other reports; `-- --keep` writes the ratios to `benches/last-release.tsv`, against which
//! later runs print theirs. See `benches/README.md`.

mod clock;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

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

/// What a row must reach on real reports, as a ratio to the bare pass; each says whether it does.
const FLOORS: [(&str, f64); 2] = [("text + mentions", 1.0), ("reports to facts", 0.4)];

/// Bytes of text per round.
const SIZE: usize = 3_000_000;
const ROUNDS: usize = 9;
const LOADS: usize = 25;

fn main() {
    let quick = std::env::args().any(|a| a == "--quick");
    let (size, rounds) = if quick { (SIZE / 6, 3) } else { (SIZE, ROUNDS) };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let option = |name: &str| std::env::args().skip_while(|a| a != name).nth(1);
    let named = option("--reports");
    let corpora: Vec<Corpus> = match &named {
        Some(folder) => vec![Corpus::read("reports", Path::new(folder), size).expect("reports stand in the folder")],
        None => {
            let shared = std::env::var_os("CHUTOA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
            let real = Corpus::read("real reports", &shared.join("seeds"), size);
            if real.is_none() {
                println!("no real reports beside the repository: the samples only, for which no floor is set");
            }
            real.into_iter().chain(Corpus::read("samples", &root.join("seeds"), size)).collect()
        }
    };
    let gazetteer = Gazetteer::embedded();
    if let Some(stage) = option("--only") {
        return corpora.iter().take(1).for_each(|corpus| only(&stage, &corpus.documents, gazetteer));
    }
    println!("times are {}", Clock::kind());
    let kept = root.join("benches/last-release.tsv");
    let ratios = measure("the gazetteer as it is", &corpora, gazetteer, rounds, &Ratios::read(&kept));
    if std::env::args().any(|a| a == "--keep") {
        let whole = !quick && corpora.len() == 2;
        assert!(whole, "a release keeps the ratios of a whole run with real reports: leave out --quick and --reports");
        ratios.write(&kept);
    }
    load(if quick { 5 } else { LOADS });

    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    more_forms(gazetteer, folder.path());
    let wide = Gazetteer::with_folder(folder.path()).expect("rows made from good rows are good");
    measure("ten times the forms", &corpora, &wide, rounds.min(5), &Ratios::default());
}

/// Reports of one sort, as many as a round takes.
struct Corpus {
    name: &'static str,
    documents: Vec<Document>,
    bytes: usize,
}

impl Corpus {
    /// The reports of a folder; `None` where it holds none.
    fn read(name: &'static str, folder: &Path, size: usize) -> Option<Corpus> {
        let (seeds, _) = chutoa::document::read(&[folder.to_path_buf()]).ok()?;
        let documents = shuffled(&seeds, size);
        let bytes: usize = documents.iter().map(|d| d.body.len()).sum();
        let average = seeds.iter().map(|d| d.body.len()).sum::<usize>() as f64 / seeds.len() as f64;
        println!("{name}: {} of {:.1} kB, in {:.2} MB", seeds.len(), average / 1e3, bytes as f64 / 1e6);
        Some(Corpus { name, documents, bytes })
    }
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

fn measure(title: &str, corpora: &[Corpus], gazetteer: &Gazetteer, rounds: usize, released: &Ratios) -> Ratios {
    let written = gazetteer.spellings(false).expect("the tables have been read before");
    let inflected = gazetteer.spellings(true).expect("the tables have been read before");
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
    let (words, patterns) = gazetteer.lexicon().size();
    let mut ratios = Ratios::default();
    for corpus in corpora {
        println!("\n{}, {title}: {words} words, {patterns} patterns of word numbers", corpus.name);
        measure_on(corpus, &stages, rounds, released, &mut ratios);
    }
    ratios
}

fn measure_on(corpus: &Corpus, stages: &[Stage], rounds: usize, released: &Ratios, ratios: &mut Ratios) {
    let sum =
        |stage: &Stage| corpus.documents.iter().map(|d| (stage.run)(d)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    // What each stage finds in every report on its own; also warms everything up.
    let expected: Vec<Count> = stages.iter().map(sum).collect();
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); stages.len()];
    for _ in 0..rounds {
        for (at, stage) in stages.iter().enumerate() {
            let clock = Clock::start();
            let found = sum(stage);
            times[at].push(clock.seconds());
            assert_eq!(found, expected[at], "{}: another answer than before", stage.name);
        }
    }
    for (at, stage) in stages.iter().enumerate() {
        let against = |base: usize| median((0..rounds).map(|r| times[base][r] / times[at][r]).collect());
        println!(
            "  {:<24} {:>7.1} MB/s   {:>5.2} of bare   {:>5.2} of bare uninflected   found {:?}{}{}",
            stage.name,
            corpus.bytes as f64 / 1e6 / median(times[at].clone()),
            against(0),
            against(1),
            expected[at],
            released.change(corpus.name, &stage.name, against(0)),
            floor(corpus.name, &stage.name, against(0)),
        );
        // The bare passes measure themselves.
        if at >= 2 {
            ratios.0.push([corpus.name.to_string(), stage.name.clone(), format!("{:.2}", against(0))]);
        }
    }
}

/// How a row stands against its floor, which the samples have not: they are far shorter and denser than reports.
fn floor(corpus: &str, row: &str, ratio: f64) -> String {
    let floor = FLOORS.iter().find(|(name, _)| *name == row && corpus != "samples");
    floor.map_or(String::new(), |(_, floor)| {
        format!("   {} its floor of {floor:.1}", if ratio < *floor { "BELOW" } else { "above" })
    })
}

/// Corpus, row, and its ratio to the bare pass.
#[derive(Default)]
struct Ratios(Vec<[String; 3]>);

impl Ratios {
    fn read(file: &Path) -> Ratios {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let row = |line: &str| <[String; 3]>::try_from(line.split('\t').map(str::to_string).collect::<Vec<_>>()).ok();
        Ratios(text.lines().filter_map(row).collect())
    }

    fn write(&self, file: &Path) {
        let rows = self.0.iter().map(|row| row.join("\t") + "\n");
        std::fs::write(file, rows.collect::<String>()).expect("benches/ can be written");
    }

    /// How a row stands against the last release.
    fn change(&self, corpus: &str, row: &str, ratio: f64) -> String {
        let was = self.0.iter().find(|[of, name, _]| of == corpus && name == row);
        let was = was.and_then(|[.., was]| was.parse::<f64>().ok());
        was.map_or(String::new(), |was| {
            format!("   {:+.0} % against the last release ({was:.2})", (ratio / was - 1.0) * 100.0)
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

/// The reports once as they are, then again and again with their paragraphs in another order.
fn shuffled(seeds: &[Document], size: usize) -> Vec<Document> {
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
