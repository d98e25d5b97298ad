//! FollowTheMoney entities, one JSON object a line, for Aleph, OpenSanctions' tools and `ftm`.
//!
//! People are `Person`, posts `Position`, bodies `PublicBody`, provinces `Address`, events `Event`; a person in a post
//! is one `Occupancy`, dated by the days on which reports show it (no start or end is made up). Events have no roles in
//! this model: whoever took part is `involved`, and an `UnknownLink` tells how. Every edge has its articles as `proof`
//! and their addresses as `sourceUrl`; an article is written whenever an edge needs it, in the view or not.
//!
//! Identifiers of this model hold letters, digits, `-` and `.` alone: the first `:` and every `/` become `.`, other
//! characters `X` and two hexadecimal digits a byte.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use isolang::Language;
use serde::Serialize;

use super::export_graph::{ExportGraph, Link, Node, Tie, is_day};
use super::record::{label, link_id};
use super::{Options, Sentences};
use crate::graph::Entity;
use crate::vocabulary::{EntityId, Kind, Relation};

/// The country of all people, posts and bodies.
const COUNTRY: &str = "vn";

#[derive(Serialize)]
struct FtmEntity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, BTreeSet<String>>,
}

impl FtmEntity {
    fn new(id: &str, schema: &'static str) -> FtmEntity {
        FtmEntity { id: ftm_id(id), schema, properties: BTreeMap::new() }
    }

    /// Adds a value; an empty one is none.
    fn add(&mut self, property: &'static str, value: &str) {
        let value = plain(value);
        if !value.is_empty() {
            self.properties.entry(property).or_default().insert(value.into_owned());
        }
    }

    fn refer(&mut self, property: &'static str, id: &EntityId) {
        self.add(property, &ftm_id(id.as_str()));
    }

    /// Adds a date, where it is one.
    fn date(&mut self, property: &'static str, day: Option<&str>) {
        if let Some(day) = day.filter(|day| is_day(day)) {
            self.add(property, day);
        }
    }

    /// Adds names in both languages: the chosen one is the name, what differs from it an alias.
    fn names(&mut self, entity: &Entity, name: &str) {
        self.add("name", name);
        for alias in [&entity.label, &entity.label_vi].into_iter().chain(&entity.names) {
            if alias != name {
                self.add("alias", alias);
            }
        }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

pub(super) fn write(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let writer = Writer::new(graph, options);
    for (position, node) in graph.nodes.iter().enumerate() {
        if node.kind != Kind::Article {
            writer.node(position, node).write(out)?;
        }
    }
    for article in &writer.articles {
        writer.article(article).write(out)?;
    }
    writer.occupancies(out)?;
    for link in &graph.links {
        if let Some(entity) = writer.link(link) {
            entity.write(out)?;
        }
    }
    writer.mentions(out)
}

struct Writer<'w, 'a> {
    graph: &'w ExportGraph<'a>,
    options: &'w Options,
    /// Positions of the links that reach or leave each event, document and article.
    around: BTreeMap<usize, Vec<usize>>,
    /// Articles of the view and those that edges need.
    articles: BTreeSet<&'a EntityId>,
}

impl<'w, 'a> Writer<'w, 'a> {
    fn new(graph: &'w ExportGraph<'a>, options: &'w Options) -> Writer<'w, 'a> {
        let mut around: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut articles: BTreeSet<&EntityId> = BTreeSet::new();
        for (position, link) in graph.links.iter().enumerate() {
            articles.extend(link.statements.articles());
            for end in [link.source, link.target] {
                if matches!(graph.nodes[end].kind, Kind::Event | Kind::Document | Kind::Article) {
                    around.entry(end).or_default().push(position);
                }
            }
        }
        articles.extend(graph.nodes.iter().filter(|node| node.kind == Kind::Article).map(|node| &node.entity.id));
        Writer { graph, options, around, articles }
    }

    fn around(&self, node: usize) -> impl Iterator<Item = &'w Link<'a>> {
        self.around.get(&node).into_iter().flatten().map(|link| &self.graph.links[*link])
    }

    fn node(&self, position: usize, node: &Node<'a>) -> FtmEntity {
        let entity = node.entity;
        let schema = match node.kind {
            Kind::Person => "Person",
            Kind::Post => "Position",
            Kind::Organization => "PublicBody",
            Kind::Province => "Address",
            Kind::Event => "Event",
            Kind::Document | Kind::Article | Kind::Date => "Document",
        };
        let mut out = FtmEntity::new(entity.id.as_str(), schema);
        out.names(entity, label(node.entity, self.options));
        let province = self.graph.province(position);
        let province_label = province.map(|province| label(province, self.options));
        out.add("country", COUNTRY);
        match node.kind {
            Kind::Post => {
                out.add("subnationalArea", province_label.unwrap_or_default());
                let body = entity.id.path().rsplit_once('/').map(|(body, _)| EntityId::new(Kind::Organization, body));
                if let Some(body) = body.filter(|body| self.graph.position(body).is_some()) {
                    out.refer("organization", &body);
                }
            }
            Kind::Organization => {
                if let Some(province) = province.filter(|province| self.graph.position(&province.id).is_some()) {
                    out.refer("addressEntity", &province.id);
                }
            }
            Kind::Province => {
                out.add("full", label(node.entity, self.options));
                out.add("region", label(node.entity, self.options));
            }
            Kind::Event => {
                out.date("date", node.date);
                out.add("location", province_label.unwrap_or_default());
                for link in self.around(position) {
                    let (source, target) = (&self.graph.nodes[link.source], &self.graph.nodes[link.target]);
                    match link.tie {
                        Tie::Stated(Relation::Chaired | Relation::SpokeAt | Relation::Attended) => {
                            out.refer("involved", &source.entity.id);
                        }
                        Tie::Stated(Relation::OrganizedBy) => out.refer("organizer", &target.entity.id),
                        Tie::Stated(Relation::HeldIn) => {
                            out.add("location", label(target.entity, self.options));
                            out.refer("addressEntity", &target.entity.id);
                        }
                        _ => {}
                    }
                    self.prove(&mut out, link);
                }
            }
            Kind::Document => {
                out.add("title", label(node.entity, self.options));
                out.add("fileName", entity.id.path());
                out.date("date", node.date);
                for link in self.around(position) {
                    if link.tie == Tie::Stated(Relation::IssuedBy) {
                        out.add("author", label(self.graph.nodes[link.target].entity, self.options));
                    }
                }
            }
            _ => {}
        }
        out
    }

    fn article(&self, id: &EntityId) -> FtmEntity {
        let mut out = FtmEntity::new(id.as_str(), "Article");
        out.add("fileName", id.path());
        let Some(entity) = self.graph.entity(id) else {
            out.add("title", id.path());
            return out;
        };
        out.add("title", label(entity, self.options));
        out.date("publishedAt", entity.date.as_deref());
        out.add("sourceUrl", self.graph.address(id).unwrap_or_default());
        out.add("language", entity.language.as_deref().and_then(three_letters).unwrap_or_default());
        for link in self.graph.position(id).into_iter().flat_map(|position| self.around(position)) {
            if link.tie == Tie::Stated(Relation::Wrote) {
                out.add("author", label(self.graph.nodes[link.source].entity, self.options));
            }
        }
        out
    }

    /// One for each person and post, whatever relations tie the two.
    fn occupancies(&self, out: &mut impl Write) -> io::Result<()> {
        let mut pairs: BTreeMap<(usize, usize), Vec<&Link<'a>>> = BTreeMap::new();
        for link in self.graph.links.iter().filter(|link| is_occupancy(link.tie)) {
            pairs.entry((link.source, link.target)).or_default().push(link);
        }
        for ((person, post), links) in pairs {
            let (person, post) = (&self.graph.nodes[person].entity.id, &self.graph.nodes[post].entity.id);
            let mut entity = FtmEntity::new(&format!("{person}|{post}"), "Occupancy");
            entity.refer("holder", person);
            entity.refer("post", post);
            let holds = links.iter().any(|link| link.tie == Tie::Stated(Relation::Holds));
            for link in links {
                match link.tie {
                    Tie::Stated(Relation::Holds) => {
                        for article in link.statements.articles() {
                            entity.date("date", self.graph.entity(article).and_then(|article| article.date.as_deref()));
                        }
                        if link.acting {
                            entity.add("status", "acting");
                        }
                    }
                    Tie::Stated(Relation::Held | Relation::Left) if !holds => entity.add("status", "ended"),
                    _ => {}
                }
                self.prove(&mut entity, link);
            }
            entity.write(out)?;
        }
        Ok(())
    }

    /// What a link becomes where it is more than a property or an occupancy.
    fn link(&self, link: &Link<'a>) -> Option<FtmEntity> {
        if is_occupancy(link.tie) {
            return None;
        }
        let (schema, subject, object) = match link.tie {
            Tie::Stated(Relation::OrganizedBy | Relation::HeldIn | Relation::PostOf | Relation::LocatedIn) => {
                return None;
            }
            Tie::Stated(Relation::Cites | Relation::Mentions | Relation::IssuedBy) => {
                ("Documentation", "document", "entity")
            }
            // The article is the document, on whichever side the vocabulary has it.
            Tie::Stated(Relation::Wrote) => ("Documentation", "entity", "document"),
            _ => ("UnknownLink", "subject", "object"),
        };
        let mut entity = FtmEntity::new(&link_id(self.graph, link), schema);
        entity.refer(subject, &self.graph.nodes[link.source].entity.id);
        entity.refer(object, &self.graph.nodes[link.target].entity.id);
        entity.add("role", link.tie.name());
        entity.date("date", link.first);
        self.prove(&mut entity, link);
        Some(entity)
    }

    fn prove(&self, entity: &mut FtmEntity, link: &Link<'a>) {
        for article in link.statements.articles() {
            entity.refer("proof", article);
            entity.add("sourceUrl", self.graph.address(article).unwrap_or_default());
        }
        let sentences = link.statements.iter().map(|statement| &*statement.evidence.sentence);
        let shown = match self.options.sentences {
            Sentences::None => 0,
            Sentences::First => 1,
            Sentences::All => usize::MAX,
        };
        for sentence in sentences.take(shown) {
            entity.add("summary", sentence);
        }
    }

    /// One for each person an article tells of.
    fn mentions(&self, out: &mut impl Write) -> io::Result<()> {
        let mut pairs: BTreeSet<(&EntityId, usize)> = BTreeSet::new();
        for link in &self.graph.links {
            for end in [link.source, link.target] {
                if self.graph.nodes[end].kind == Kind::Person {
                    pairs.extend(link.statements.articles().into_iter().map(|article| (article, end)));
                }
            }
        }
        for (article, person) in pairs {
            let node = &self.graph.nodes[person];
            let mut entity = FtmEntity::new(&format!("{article}|{}", node.entity.id), "Mention");
            entity.refer("document", article);
            entity.refer("resolved", &node.entity.id);
            entity.add("name", label(node.entity, self.options));
            entity.add("detectedSchema", "Person");
            entity.add("contextCountry", COUNTRY);
            entity.write(out)?;
        }
        Ok(())
    }
}

/// A code of ISO 639-3, which the model wants, for one of two letters or three.
fn three_letters(code: &str) -> Option<&'static str> {
    Language::from_639_1(code).or_else(|| Language::from_639_3(code)).map(|language| language.to_639_3())
}

fn is_occupancy(tie: Tie) -> bool {
    matches!(tie, Tie::Stated(Relation::Holds | Relation::Held | Relation::ElectedTo | Relation::Left))
}

/// A text without control characters, which the model's cleaning would remove unasked.
fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_control) {
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_string().into()
    } else {
        text.trim().into()
    }
}

fn ftm_id(id: &str) -> String {
    let mut out = String::with_capacity(id.len() + 8);
    let mut kind_ended = false;
    for (position, byte) in id.bytes().enumerate() {
        match byte {
            b':' if !kind_ended => {
                kind_ended = true;
                out.push('.');
            }
            b'/' => out.push('.'),
            b'-' if position + 1 < id.len() => out.push('-'),
            b'X' => out.push_str("X58"),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            byte => out.push_str(&format!("X{byte:02X}")),
        }
    }
    // A dot may not be the last: `/` at the end comes from an article's name alone.
    if out.ends_with('.') {
        out.pop();
        out.push_str("X2F");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{ftm_id, three_letters};

    #[test]
    fn identifiers_keep_apart() {
        assert_eq!(ftm_id("post:ben-tre/?/police/head"), "post.ben-tre.X3F.police.head");
        assert_eq!(ftm_id("article:a.b"), "article.aX2Eb");
        assert_eq!(ftm_id("article:X-"), "article.X58X2D");
        assert_ne!(ftm_id("article:a/b"), ftm_id("article:a:b"));
    }

    #[test]
    fn languages_have_three_letters() {
        let codes = ["vi", "fr", "uk", "zh", "ukr", "xx", ""];
        let expected = [Some("vie"), Some("fra"), Some("ukr"), Some("zho"), Some("ukr"), None, None];
        assert_eq!(codes.map(three_letters), expected);
    }
}
