//! An interactive page from facts of one's own: `cargo run --example page -- OUT.html ENTITIES.tsv FACTS.tsv...`
//!
//! FACTS are as `chutoa extract --format tsv` writes them: article, subject, relation, object, then optionally confidence, rule,
//! start, end, sentence. ENTITIES tell what to call things: id, label, Vietnamese label, other names (between `|`),
//! province, date, address, language; `-` stands for none, and for no such file.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::BufWriter;

use chutoa::export::html;
use chutoa::fact::{Evidence, Fact};
use chutoa::graph::{Entity, KnowledgeGraph, LabelLanguage};
use chutoa::vocabulary::EntityId;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [out, names, reports @ ..] = &arguments[..] else { return Err("OUT.html ENTITIES.tsv FACTS.tsv...".into()) };
    let entities = if names == "-" { BTreeMap::new() } else { entities(&fs::read_to_string(names)?)? };
    let mut facts = Vec::new();
    for path in reports {
        for line in fs::read_to_string(path)?.lines().filter(|line| !line.starts_with("article\t")) {
            facts.push(fact(line)?);
        }
    }
    let graph = KnowledgeGraph::from_facts(&facts, &entities);
    let mut file = BufWriter::new(fs::File::create(out)?);
    html::write(&graph, "Who chaired what: Vietnamese provinces", LabelLanguage::English, &mut file)?;
    println!("{out}: {} entities, {} relations", graph.node_count(), graph.edge_count());
    Ok(())
}

fn fact(line: &str) -> Result<Fact, Box<dyn Error>> {
    let column: Vec<&str> = line.split('\t').collect();
    let [article, subject, relation, object, rest @ ..] = &column[..] else {
        return Err(format!("four columns are wanted: {line}").into());
    };
    let more = |i: usize| rest.get(i).copied().filter(|value| !value.is_empty());
    let evidence = Evidence {
        confidence: more(0).map_or(Ok(1.0), str::parse).unwrap_or(1.0),
        rule: more(1).unwrap_or("given").to_string().into(),
        start: more(2).map_or(Ok(0), str::parse)?,
        end: more(3).map_or(Ok(0), str::parse)?,
        sentence: more(4).unwrap_or("").into(),
    };
    Ok(Fact {
        article: EntityId::article(article),
        subject: subject.parse()?,
        relation: relation.parse()?,
        object: object.parse()?,
        acting: false,
        evidence,
    })
}

fn entities(table: &str) -> Result<BTreeMap<EntityId, Entity>, Box<dyn Error>> {
    let mut entities = BTreeMap::new();
    for line in table.lines() {
        let column: Vec<&str> = line.split('\t').collect();
        let at = |i: usize| column.get(i).copied().filter(|value| !value.is_empty() && *value != "-");
        let id: EntityId = column[0].parse()?;
        let mut entity = Entity::bare(id.clone());
        if let Some(label) = at(1) {
            entity.label = label.to_string();
            entity.label_vi = at(2).unwrap_or(label).to_string();
        }
        entity.names = at(3).map(|names| names.split('|').map(str::to_string).collect()).unwrap_or_default();
        entity.province = at(4).map(str::parse).transpose()?;
        entity.date = at(5).map(str::to_string);
        entity.url = at(6).map(str::to_string);
        entity.language = at(7).map(str::to_string);
        entities.insert(id, entity);
    }
    Ok(entities)
}
