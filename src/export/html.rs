//! The interactive page: one HTML file with the graph, its evidence and a viewer, which opens from disk and asks nothing
//! of the network.
//!
//! The viewer (`html/`, TypeScript on sigma and graphology) is bundled beforehand; this module arranges the data for it.
//! Words of reports reach the page as JSON in an inert element, and the viewer shows them as text only.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::export::layout;
use crate::export::record::visible_label;
use crate::graph::{Entity, KnowledgeGraph, LabelLanguage};
use crate::vocabulary::{EntityId, Kind};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/viewer.css");
const SCRIPT: &str = include_str!("html/viewer.min.js");

/// Writes the page. `title` stands above the graph and in the browser's tab.
///
/// With Vietnamese labels the page opens in Vietnamese; else in the language its reader chose last, or the browser's.
/// Dates are attributes of events and documents and no nodes; articles are in the data as sources, but are not drawn.
/// The same graph gives the same bytes.
///
/// ```
/// use chutoa::{export::html, graph::{KnowledgeGraph, LabelLanguage}};
/// let mut page = Vec::new();
/// html::write(&KnowledgeGraph::default(), "Who chaired what", LabelLanguage::English, &mut page).unwrap();
/// assert!(String::from_utf8(page).unwrap().contains("<title>Who chaired what</title>"));
/// ```
pub fn write(graph: &KnowledgeGraph, title: &str, language: LabelLanguage, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = PAGE;
    while let Some(start) = rest.find("{{") {
        let end = start + rest[start..].find("}}").expect("a closed place in page.html");
        out.write_all(&rest.as_bytes()[..start])?;
        match &rest[start + 2..end] {
            "title" => out.write_all(text(title).as_bytes())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            "data" => write_data(graph, title, language, out)?,
            other => unreachable!("page.html has no place {other}"),
        }
        rest = &rest[end + 2..];
    }
    out.write_all(rest.as_bytes())
}

/// What the viewer reads. Sentences and rules stand once each and are referred to by number, as nodes are by edges.
#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    nodes: Vec<Node<'a>>,
    edges: Vec<Link<'a>>,
    sentences: Vec<&'a str>,
    rules: Vec<&'a str>,
}

#[derive(Serialize)]
struct Node<'a> {
    id: &'a str,
    kind: &'static str,
    label: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    label_vi: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    names: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    province: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    days: Vec<Day<'a>>,
}

/// When an event was held or a document issued, and who says so.
#[derive(Serialize)]
struct Day<'a> {
    relation: &'static str,
    date: &'a str,
    weight: u32,
    confidence: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Proof>,
}

#[derive(Serialize)]
struct Link<'a> {
    source: usize,
    target: usize,
    relation: &'static str,
    weight: u32,
    confidence: f64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    acting: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Proof>,
}

/// One statement; the article's address, date and language are those of its node.
#[derive(Serialize)]
struct Proof {
    article: usize,
    sentence: usize,
    start: u32,
    end: u32,
    rule: usize,
    confidence: f64,
}

fn write_data(graph: &KnowledgeGraph, title: &str, language: LabelLanguage, out: &mut dyn Write) -> io::Result<()> {
    let places = layout::positions(graph);
    let provinces = layout::provinces(graph);
    let entities: Vec<&Entity> = graph.entities().filter(|e| e.id.kind() != Kind::Date).collect();
    let number: BTreeMap<&EntityId, usize> = entities.iter().enumerate().map(|(i, e)| (&e.id, i)).collect();
    let mut nodes = entities
        .iter()
        .map(|entity| {
            let place = places.get(&entity.id);
            let [label, label_vi] =
                [LabelLanguage::English, LabelLanguage::Vietnamese].map(|language| visible_label(entity, language));
            Node {
                id: entity.id.as_str(),
                kind: entity.id.kind().name(),
                label,
                label_vi: if label_vi == label { "" } else { label_vi },
                names: &entity.names,
                province: entity.province.as_ref().or(provinces.get(&entity.id)).map(EntityId::as_str),
                date: entity.date.as_deref(),
                url: entity.url.as_deref(),
                language: entity.language.as_deref(),
                x: place.map(|p| p.x),
                y: place.map(|p| p.y),
                days: Vec::new(),
            }
        })
        .collect::<Vec<_>>();
    let (mut sentences, mut rules) = (Numbered::default(), Numbered::default());
    let mut edges = Vec::with_capacity(graph.edge_count());
    for (subject, edge, object) in graph.edges() {
        let Some(&source) = number.get(&subject.id) else { continue };
        let (relation, weight, confidence) = (edge.relation.name(), edge.weight, hundredth(edge.confidence));
        let evidence = edge.statements.iter().filter_map(|statement| {
            Some(Proof {
                article: *number.get(&statement.article)?,
                sentence: sentences.number(&statement.evidence.sentence),
                start: statement.evidence.start,
                end: statement.evidence.end,
                rule: rules.number(&statement.evidence.rule),
                confidence: hundredth(statement.evidence.confidence),
            })
        });
        let evidence = evidence.collect();
        if object.id.kind() == Kind::Date {
            let date = object.id.path();
            nodes[source].date.get_or_insert(date);
            nodes[source].days.push(Day { relation, date, weight, confidence, evidence });
        } else if let Some(&target) = number.get(&object.id) {
            let (first, last) = (edge.first.as_deref(), edge.last.as_deref());
            let acting = edge.acting;
            edges.push(Link { source, target, relation, weight, confidence, acting, first, last, evidence });
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    let language = (language == LabelLanguage::Vietnamese).then(|| language.code());
    let data = Data { title, version, language, nodes, edges, sentences: sentences.texts, rules: rules.texts };
    serde_json::to_writer(Inert(out), &data).map_err(io::Error::from)
}

/// Texts in the order of their first use.
#[derive(Default)]
struct Numbered<'a> {
    texts: Vec<&'a str>,
    numbers: BTreeMap<&'a str, usize>,
}

impl<'a> Numbered<'a> {
    fn number(&mut self, text: &'a str) -> usize {
        *self.numbers.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() - 1
        })
    }
}

fn hundredth(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

/// HTML text.
fn text(raw: &str) -> String {
    raw.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// JSON that cannot end the element it stands in: `<`, `>`, `&` and the two line separators are escaped. They occur
/// inside strings only, so the value stays the same.
struct Inert<'a>(&'a mut dyn Write);

impl Write for Inert<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut plain = 0;
        let mut at = 0;
        while at < bytes.len() {
            let (escape, length): (&[u8], usize) = match bytes[at] {
                b'<' => (b"\\u003c", 1),
                b'>' => (b"\\u003e", 1),
                b'&' => (b"\\u0026", 1),
                0xE2 if bytes[at..].starts_with("\u{2028}".as_bytes()) => (b"\\u2028", 3),
                0xE2 if bytes[at..].starts_with("\u{2029}".as_bytes()) => (b"\\u2029", 3),
                _ => {
                    at += 1;
                    continue;
                }
            };
            self.0.write_all(&bytes[plain..at])?;
            self.0.write_all(escape)?;
            at += length;
            plain = at;
        }
        self.0.write_all(&bytes[plain..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Evidence, Fact};

    fn page(graph: &KnowledgeGraph, title: &str) -> String {
        let mut out = Vec::new();
        write(graph, title, LabelLanguage::English, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn data(page: &str) -> serde_json::Value {
        let start = page.find("type=\"application/json\"").unwrap();
        let start = start + page[start..].find('>').unwrap() + 1;
        let end = start + page[start..].find("</script>").unwrap();
        serde_json::from_str(&page[start..end]).unwrap()
    }

    fn fact(subject: &str, relation: &str, object: &str, sentence: &str) -> Fact {
        let evidence =
            Evidence { start: 3, end: 9, sentence: sentence.into(), rule: "chair-list".into(), confidence: 0.9 };
        Fact {
            article: "article:000".parse().unwrap(),
            subject: subject.parse().unwrap(),
            relation: relation.parse().unwrap(),
            object: object.parse().unwrap(),
            acting: false,
            evidence,
        }
    }

    const EVENT: &str = "event:dak-lak/people-council/session-2";

    #[test]
    fn hostile_words_come_back_and_end_nothing() {
        let hostile = "</script><script>alert(1)</script><!-- \u{2028}\u{2029} & \u{0} {{script}} \"'\u{202e}";
        let graph = KnowledgeGraph::from_facts(&[fact("person:a", "chaired", EVENT, hostile)], &BTreeMap::new());
        let page = page(&graph, hostile);
        let data = data(&page);
        assert_eq!(data["sentences"][0], hostile);
        assert_eq!(data["title"], hostile);
        assert_eq!(page.matches("</script>").count(), 2, "the data's element and the viewer's");
        assert_eq!(page.matches("alert(1)").count(), 4, "title, heading, data twice");
        assert!(!page.contains("<script>alert"));
    }

    #[test]
    fn dates_are_attributes_and_articles_are_not_drawn() {
        let facts =
            [fact("person:a", "chaired", EVENT, "A chaired."), fact(EVENT, "held_on", "date:2024-05-06", "On 6 May.")];
        let data = data(&page(&KnowledgeGraph::from_facts(&facts, &BTreeMap::new()), "t"));
        let nodes = data["nodes"].as_array().unwrap();
        assert!(nodes.iter().all(|n| n["kind"] != "date"));
        let event = nodes.iter().find(|n| n["id"] == EVENT).unwrap();
        assert_eq!(event["date"], "2024-05-06");
        assert_eq!(
            data["sentences"][event["days"][0]["evidence"][0]["sentence"].as_u64().unwrap() as usize],
            "On 6 May."
        );
        assert!(event["x"].is_number());
        let article = nodes.iter().find(|n| n["kind"] == "article").unwrap();
        assert!(article["x"].is_null());
        let edges = data["edges"].as_array().unwrap();
        let chaired = edges.iter().find(|e| e["relation"] == "chaired").unwrap();
        assert_eq!(nodes[chaired["evidence"][0]["article"].as_u64().unwrap() as usize]["id"], "article:000");
        assert_eq!(chaired["evidence"][0]["confidence"], 0.9);
    }

    #[test]
    fn nothing_is_fetched() {
        let policy = "default-src 'none'";
        assert!(PAGE.contains(policy));
        assert!(!PAGE.contains("src=\"") && !PAGE.contains("<link"));
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
        assert!(!SCRIPT.to_lowercase().contains("</script") && !SCRIPT.contains("<!--"));
    }

    #[test]
    fn same_graph_same_bytes() {
        let facts = [fact("person:a", "chaired", EVENT, "A."), fact("person:b", "attended", EVENT, "B.")];
        let mut turned = facts.clone();
        turned.reverse();
        let (one, other) = (
            KnowledgeGraph::from_facts(&facts, &BTreeMap::new()),
            KnowledgeGraph::from_facts(&turned, &BTreeMap::new()),
        );
        assert_eq!(page(&one, "t"), page(&other, "t"));
    }
}
