//! Reads a language that chutoa does not bring, from a folder of tables alone: no line here knows Indonesian.
//!
//!     cargo run --example own_language
//!
//! The command does the same with `chutoa build REPORTS --gazetteer examples/own_language`.

use std::path::Path;

use chutoa::document::Document;
use chutoa::gazetteer::Gazetteer;
use chutoa::pipeline::{self, Options};
use chutoa::query::Query;

const REPORT: &str = "\
Komite Partai Provinsi Dak Nong mengadakan konferensi ke-20 pada 12 Juni 2025. \
Konferensi dipimpin oleh Ngo Thanh Danh, Sekretaris Komite Partai Provinsi.
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/own_language");
    let gazetteer = Gazetteer::with_folder(&folder)?;
    let graph = pipeline::build(vec![Document::new("laporan", REPORT)], &gazetteer, &Options::default()).graph();

    let answer = Query::parse(&["who", "chaired", "what"])?.run(&graph)?;
    for row in &answer.rows {
        println!("{} chaired {}", row.subject.label, row.object.label);
    }
    let ids: Vec<(&str, &str)> = answer.rows.iter().map(|r| (r.subject.id.as_str(), r.object.id.as_str())).collect();
    assert_eq!(ids, [("person:ngo-thanh-danh", "event:dak-nong/provincial-party-committee/conference-20")]);
    Ok(())
}
