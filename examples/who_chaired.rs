//! Builds a graph in memory and asks it who chaired what.
//!
//!     cargo run --example who_chaired seeds

use std::path::PathBuf;

use chutoa::document;
use chutoa::gazetteer::Gazetteer;
use chutoa::pipeline::{self, Options};
use chutoa::query::Query;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")));
    }
    let (reports, skipped) = document::read(&paths)?;
    for file in skipped {
        eprintln!("skipped {}: {}", file.name, file.reason);
    }
    let graph = pipeline::build(reports, Gazetteer::embedded(), &Options::default()).graph();

    let answer = Query::parse(&["who", "chaired", "what"])?.run(&graph)?;
    for row in answer.rows {
        println!("{} chaired {}", row.subject.label, row.object.label);
    }
    Ok(())
}
