//! What writing a large graph costs: a million nodes and three million edges as GraphML and GEXF.
//!
//! `cargo bench --bench writers -- FOLDER [ROUNDS]` writes `graph.graphml` and `graph.gexf` there and prints, as JSON,
//! seconds on a core and on the clock (medians of the rounds), bytes, and the memory that the graph itself has and that
//! writing adds to it. `tests/clients/compare_writers.py` runs it beside igraph's writer on the same graph. Without a
//! folder it writes a hundredth of that to nowhere.

mod clock;

use std::alloc::{GlobalAlloc, Layout};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use chutoa::export::{self, ExportGraph, Format, Options};
use chutoa::fact::{Evidence, Fact};
use chutoa::graph::{Entity, KnowledgeGraph};
use chutoa::vocabulary::{EntityId, Kind, Relation};
use clock::{Clock, median};

/// The command's allocator, with the bytes in use and the most that ever were.
struct Counting;

#[cfg(feature = "mimalloc")]
const INNER: mimalloc::MiMalloc = mimalloc::MiMalloc;
#[cfg(not(feature = "mimalloc"))]
const INNER: std::alloc::System = std::alloc::System;

static USED: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let used = USED.fetch_add(layout.size(), Relaxed) + layout.size();
        MOST.fetch_max(used, Relaxed);
        unsafe { INNER.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Relaxed);
        unsafe { INNER.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let folder = arguments.next().map(PathBuf::from);
    let rounds = arguments.next().map_or(1, |rounds| rounds.parse().expect("a number of rounds"));
    let size = if folder.is_some() { 1_000_000 } else { 10_000 };
    let before = USED.load(Relaxed);
    let graph = graph(size);
    let own = USED.load(Relaxed) - before;
    assert_eq!((graph.node_count(), graph.edge_count()), (size, 3 * size));
    let mut figures = [Format::Graphml, Format::Gexf].map(|format| Figures {
        format,
        seconds: Vec::new(),
        wall: Vec::new(),
        bytes: 0,
        added: 0,
    });
    for _ in 0..rounds {
        for figures in &mut figures {
            MOST.store(USED.load(Relaxed), Relaxed);
            let (clock, started) = (Clock::start(), Instant::now());
            figures.bytes = write(&graph, figures.format, folder.as_deref())?;
            figures.seconds.push(clock.seconds());
            figures.wall.push(started.elapsed().as_secs_f64());
            figures.added = MOST.load(Relaxed) - own - before;
            // What is printed is worth nothing if the promise does not hold.
            assert!(figures.added < own, "{}: {} bytes beside the {own} of the graph", figures.format, figures.added);
        }
    }
    let clock = Clock::kind();
    println!("{{\"nodes\": {size}, \"edges\": {}, \"graph_bytes\": {own}, \"clock\": \"{clock}\"", 3 * size);
    for Figures { format, seconds, wall, bytes, added } in figures {
        println!(
            ", \"{format}\": {{\"seconds\": {:.2}, \"wall\": {:.2}, \"bytes\": {bytes}, \"added_bytes\": {added}}}",
            median(seconds),
            median(wall)
        );
    }
    println!("}}");
    Ok(())
}

/// What writing in a format takes.
struct Figures {
    format: Format,
    seconds: Vec<f64>,
    wall: Vec<f64>,
    bytes: u64,
    added: usize,
}

fn write(graph: &KnowledgeGraph, format: Format, folder: Option<&Path>) -> io::Result<u64> {
    let mut out = Counted { out: Box::new(io::sink()), bytes: 0 };
    if let Some(folder) = folder {
        out.out = Box::new(File::create(folder.join(format!("graph.{format}")))?);
    }
    export::write(&ExportGraph::new(graph), format, &Options::default(), &mut out).map_err(io::Error::other)?;
    Ok(out.bytes)
}

struct Counted {
    out: Box<dyn Write>,
    bytes: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// People in posts and at events as a corpus of this size would have them: so many nodes, three times as many edges.
fn graph(size: usize) -> KnowledgeGraph {
    let (people, posts, events, articles) = (size * 4 / 10, size * 2 / 10, size * 3 / 10, size / 10);
    let id = |kind: Kind, number: usize| EntityId::new(kind, &format!("{}-{number}", kind.name()));
    let mut entities = BTreeMap::new();
    for (kind, count) in [(Kind::Person, people), (Kind::Post, posts), (Kind::Event, events), (Kind::Article, articles)]
    {
        for number in 0..count {
            let mut entity = Entity::bare(id(kind, number));
            entity.label = format!("Nguyễn Văn {number} & các đồng chí");
            entity.label_vi = entity.label.clone();
            if matches!(kind, Kind::Event | Kind::Article) {
                entity.date = Some(format!("2025-{:02}-{:02}", number % 12 + 1, number % 28 + 1));
            }
            if kind == Kind::Article {
                entity.url = Some(format!("https://example.org/tin-tuc/bai-bao-so-{number}.html?a=1&b=2"));
                entity.language = Some("vi".to_string());
            }
            entities.insert(entity.id.clone(), entity);
        }
    }
    let mut facts = Vec::with_capacity(3 * size);
    // Eight for each of the first people, until there are enough.
    for person in 0..people {
        for nth in 0..8 {
            let (relation, object) = match nth {
                0..3 => (Relation::Chaired, id(Kind::Event, (person * 37 + nth * 1009) % events)),
                3..6 => (Relation::Attended, id(Kind::Event, (person * 41 + nth * 2003) % events)),
                _ => (Relation::Holds, id(Kind::Post, (person * 13 + nth * 7) % posts)),
            };
            if facts.len() == 3 * size {
                break;
            }
            facts.push(Fact {
                article: id(Kind::Article, facts.len() % articles),
                subject: id(Kind::Person, person),
                relation,
                object,
                acting: false,
                evidence: Evidence {
                    start: 10,
                    end: 90,
                    sentence: format!(
                        "Đồng chí số {person} chủ trì hội nghị lần thứ {nth} <của> ban chấp hành đảng bộ tỉnh."
                    )
                    .into(),
                    rule: "cue".into(),
                    confidence: 0.91,
                },
            });
        }
    }
    KnowledgeGraph::from_facts(&facts, &entities)
}
