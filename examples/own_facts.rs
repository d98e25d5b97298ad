//! Makes a graph of one's own facts, such as those read by hand, and writes it as GraphML to standard output.
//!
//!     cargo run --example own_facts > own.graphml

use std::collections::BTreeMap;

use chutoa::export::{self, ExportGraph, Format};
use chutoa::fact::{Evidence, Fact};
use chutoa::graph::{Entity, KnowledgeGraph};
use chutoa::vocabulary::{EntityId, Kind, Relation};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sentence = "Ngo Thanh Danh chaired the 20th conference.";
    let person = EntityId::new(Kind::Person, "ngo-thanh-danh");
    let event: EntityId = "event:dak-nong/provincial-party-committee/conference-20".parse()?;
    let fact = Fact {
        article: EntityId::article("my-notes"),
        subject: person.clone(),
        relation: Relation::Chaired,
        object: event,
        acting: false,
        evidence: Evidence {
            start: 0,
            end: sentence.len() as u32,
            sentence: sentence.into(),
            rule: "read-by-hand".into(),
            confidence: 1.0,
        },
    };

    // An entity that is not described has its identifier as label.
    let danh = Entity { label: "Ngô Thanh Danh".to_string(), ..Entity::bare(person.clone()) };
    let graph = KnowledgeGraph::from_facts(&[fact], &BTreeMap::from([(person, danh)]));

    export::write(&ExportGraph::new(&graph), Format::Graphml, &export::Options::default(), &mut std::io::stdout())?;
    Ok(())
}
