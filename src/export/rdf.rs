//! RDF: the graph in terms that others know (ORG, PROV, Web Annotation, schema.org), as Turtle or N-Triples.
//!
//! Each link is three things: a triple in our own words (`chutoa:chaired`, the same for all relations), where there is
//! one a triple in a known vocabulary (`org:holds`, `schema:organizer`), and a statement `fact:…` that carries weight,
//! confidence, days and articles. A statement of a part in an event is also a `prov:Association` with its role.
//! A sentence is a Web Annotation of its article with a byte range and a quotation.

use std::io::{self, Write};

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxttl::{NTriplesSerializer, TurtleSerializer};

use super::export_graph::{ExportGraph, Link, Tie, is_day};
use super::record::{confidence, link_id};
use super::{Error, Options, Sentences};
use crate::graph::{LabelLanguage, Statement};
use crate::vocabulary::{EntityId, Kind, Relation};

/// What identifiers are prefixed with where nobody asks for something else.
pub const IRI: &str = "urn:chutoa:";
const CHUTOA: &str = "urn:chutoa:vocabulary:";
const SCHEMA: &str = "https://schema.org/";
const ORG: &str = "http://www.w3.org/ns/org#";
const PROV: &str = "http://www.w3.org/ns/prov#";
const OA: &str = "http://www.w3.org/ns/oa#";
const FOAF: &str = "http://xmlns.com/foaf/0.1/";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const DCTERMS: &str = "http://purl.org/dc/terms/";

/// The prefixes of a Turtle export, which queries over it may take for granted: known vocabularies, then one a kind of
/// entity, so that `person:a-b` is the person of that identifier.
///
/// `iri` is what identifiers are prefixed with, see [`Options::iri`].
pub fn prefixes(iri: &str) -> Vec<(&'static str, String)> {
    let known = [
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        ("chutoa", CHUTOA),
        ("schema", SCHEMA),
        ("org", ORG),
        ("prov", PROV),
        ("oa", OA),
        ("foaf", FOAF),
        ("skos", SKOS),
        ("dcterms", DCTERMS),
    ];
    let own = Kind::ALL.map(|kind| (kind.name(), format!("{iri}{}:", kind.prefix())));
    known.into_iter().map(|(name, iri)| (name, iri.to_string())).chain(own).collect()
}

/// The IRI of an identifier: bytes that an IRI's last part may not have are percent-encoded.
pub fn entity_iri(iri: &str, id: &str) -> String {
    let mut whole = String::with_capacity(iri.len() + id.len());
    whole.push_str(iri);
    for byte in id.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'/' | b':' => whole.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => whole.push(char::from(byte)),
            byte => whole.push_str(&format!("%{byte:02X}")),
        }
    }
    whole
}

/// Hands over every triple of the export, one after the other.
///
/// # Errors
/// `Options::iri` makes no IRI, or what the receiver has to say.
pub fn triples(
    graph: &ExportGraph<'_>,
    options: &Options,
    receive: impl FnMut(Triple) -> io::Result<()>,
) -> Result<(), Error> {
    check(&options.iri)?;
    Ok(Describer { graph, options, sink: receive }.describe()?)
}

pub(super) fn write_turtle(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> Result<(), Error> {
    check(&options.iri)?;
    let mut turtle = TurtleSerializer::new();
    for (name, iri) in prefixes(&options.iri) {
        turtle = turtle.with_prefix(name, iri).map_err(|e| no_iri(&options.iri, &e))?;
    }
    let mut turtle = turtle.for_writer(out);
    triples(graph, options, |triple| turtle.serialize_triple(&triple))?;
    turtle.finish()?;
    Ok(())
}

pub(super) fn write_ntriples(graph: &ExportGraph<'_>, options: &Options, out: &mut impl Write) -> Result<(), Error> {
    let mut lines = NTriplesSerializer::new().for_writer(out);
    triples(graph, options, |triple| lines.serialize_triple(&triple))?;
    lines.finish();
    Ok(())
}

fn check(iri: &str) -> Result<(), Error> {
    NamedNode::new(format!("{iri}person:x")).map(|_| ()).map_err(|e| no_iri(iri, &e))
}

fn no_iri(iri: &str, reason: &impl std::fmt::Display) -> Error {
    Error::NoIri { iri: iri.to_string(), reason: reason.to_string() }
}

/// Says everything there is to say, triple by triple.
struct Describer<'w, 'a, S> {
    graph: &'w ExportGraph<'a>,
    options: &'w Options,
    sink: S,
}

impl<S: FnMut(Triple) -> io::Result<()>> Describer<'_, '_, S> {
    fn describe(&mut self) -> io::Result<()> {
        let mut links = self.graph.links.iter().peekable();
        let mut days = self.graph.days.iter().peekable();
        for position in 0..self.graph.nodes.len() {
            let start = links.clone();
            self.node(position)?;
            // All plain triples of a subject stand together, the statements about them below.
            while let Some(link) = links.next_if(|link| link.source == position) {
                self.plain(link)?;
            }
            while let Some(day) = days.next_if(|day| day.source == position) {
                let event = self.iri(self.id(position).as_str());
                self.say(&event, &format!("{CHUTOA}{}", day.relation.name()), date(day.day.path()))?;
            }
            for link in start.take_while(|link| link.source == position) {
                self.known(link)?;
                self.statement(link)?;
            }
        }
        Ok(())
    }

    fn node(&mut self, position: usize) -> io::Result<()> {
        let node = &self.graph.nodes[position];
        let entity = node.entity;
        let iri = self.iri(entity.id.as_str());
        let types: &[String] = &match node.kind {
            Kind::Person => vec![format!("{FOAF}Person"), format!("{SCHEMA}Person")],
            Kind::Post => vec![format!("{ORG}Post")],
            Kind::Organization => vec![format!("{ORG}FormalOrganization")],
            Kind::Province => vec![format!("{SCHEMA}AdministrativeArea")],
            Kind::Event => vec![format!("{SCHEMA}Event"), format!("{PROV}Activity")],
            Kind::Document => vec![format!("{SCHEMA}Legislation"), format!("{PROV}Entity")],
            Kind::Article => vec![format!("{SCHEMA}NewsArticle"), format!("{PROV}Entity")],
            Kind::Date => vec![],
        };
        for ty in types {
            self.say(&iri, rdf::TYPE.as_str(), named(ty))?;
        }
        for language in [LabelLanguage::English, LabelLanguage::Vietnamese] {
            let label = Literal::new_language_tagged_literal_unchecked(entity.label(language), language.code());
            self.say(&iri, rdfs::LABEL.as_str(), label)?;
        }
        for name in &entity.names {
            self.say(&iri, &format!("{SKOS}altLabel"), Literal::new_simple_literal(name))?;
        }
        if let Some(day) = node.date {
            let property = match node.kind {
                Kind::Event => "startDate",
                Kind::Document => "legislationDate",
                _ => "datePublished",
            };
            self.say(&iri, &format!("{SCHEMA}{property}"), date(day))?;
        }
        if let Some(url) = &entity.url {
            // An address that is no IRI is still worth telling.
            let url = NamedNode::new(url).map_or_else(|_| Term::from(Literal::new_simple_literal(url)), Term::from);
            self.say(&iri, &format!("{SCHEMA}url"), url)?;
        }
        if let Some(code) = &entity.language {
            self.say(&iri, &format!("{SCHEMA}inLanguage"), Literal::new_simple_literal(code))?;
        }
        if let Some(province) = self.graph.province(position).filter(|province| province.id != entity.id) {
            let province = self.iri(province.id.as_str());
            self.say(&iri, &format!("{CHUTOA}province"), province)?;
        }
        Ok(())
    }

    fn plain(&mut self, link: &Link<'_>) -> io::Result<()> {
        let (source, target) = self.ends(link);
        self.say(&source, &format!("{CHUTOA}{}", link.tie.name()), target)
    }

    /// The link in a known vocabulary.
    fn known(&mut self, link: &Link<'_>) -> io::Result<()> {
        let (source, target) = self.ends(link);
        let Tie::Stated(relation) = link.tie else {
            return Ok(());
        };
        let (source, predicate, target) = match relation {
            Relation::Holds => (source, format!("{ORG}holds"), target),
            Relation::Chaired | Relation::SpokeAt | Relation::Attended => {
                (target, format!("{PROV}wasAssociatedWith"), source)
            }
            Relation::Wrote => (target, format!("{SCHEMA}author"), source),
            Relation::OrganizedBy => (source, format!("{SCHEMA}organizer"), target),
            Relation::HeldIn | Relation::LocatedIn => (source, format!("{SCHEMA}location"), target),
            Relation::Cites => (source, format!("{SCHEMA}citation"), target),
            Relation::IssuedBy => (source, format!("{SCHEMA}publisher"), target),
            Relation::Mentions => (source, format!("{SCHEMA}mentions"), target),
            Relation::MergedInto => (source, format!("{DCTERMS}isReplacedBy"), target),
            Relation::PostOf => (source, format!("{ORG}postIn"), target),
            Relation::Held | Relation::ElectedTo | Relation::Left | Relation::HeldOn | Relation::IssuedOn => {
                return Ok(());
            }
        };
        self.say(&source, &predicate, target)
    }

    fn statement(&mut self, link: &Link<'_>) -> io::Result<()> {
        if link.is_structural() {
            return Ok(());
        }
        let (source, target) = self.ends(link);
        let fact = self.iri(&format!("fact:{}", link_id(self.graph, link)));
        self.say(&fact, rdf::TYPE.as_str(), rdf::STATEMENT.into_owned())?;
        self.say(&fact, rdf::SUBJECT.as_str(), source.clone())?;
        self.say(&fact, rdf::PREDICATE.as_str(), named(&format!("{CHUTOA}{}", link.tie.name())))?;
        self.say(&fact, rdf::OBJECT.as_str(), target.clone())?;
        self.say(&fact, &format!("{CHUTOA}weight"), Literal::from(link.weight))?;
        self.say(&fact, &format!("{CHUTOA}confidence"), decimal(link.confidence))?;
        if link.acting {
            self.say(&fact, &format!("{CHUTOA}acting"), Literal::from(true))?;
        }
        for (word, day) in [("firstSeen", link.first), ("lastSeen", link.last)] {
            if let Some(day) = day {
                self.say(&fact, &format!("{CHUTOA}{word}"), date(day))?;
            }
        }
        for article in link.statements.articles() {
            let article = self.iri(article.as_str());
            self.say(&fact, &format!("{PROV}hadPrimarySource"), article)?;
        }
        let role = match link.tie {
            Tie::Stated(Relation::Chaired) => Some("chair"),
            Tie::Stated(Relation::SpokeAt) => Some("speaker"),
            Tie::Stated(Relation::Attended) => Some("participant"),
            _ => None,
        };
        if let Some(role) = role {
            self.say(&fact, rdf::TYPE.as_str(), named(&format!("{PROV}Association")))?;
            self.say(&fact, &format!("{PROV}agent"), source)?;
            self.say(&fact, &format!("{PROV}hadRole"), named(&format!("{CHUTOA}{role}")))?;
            self.say(&target, &format!("{PROV}qualifiedAssociation"), fact.clone())?;
        }
        let shown = match self.options.sentences {
            Sentences::None => 0,
            Sentences::First => 1,
            Sentences::All => usize::MAX,
        };
        for statement in link.statements.iter().take(shown) {
            self.annotation(link, &fact, statement)?;
        }
        Ok(())
    }

    fn annotation(&mut self, link: &Link<'_>, fact: &NamedNode, statement: &Statement) -> io::Result<()> {
        let evidence = &statement.evidence;
        let (article, id) = (&statement.article, link_id(self.graph, link));
        let name = format!("evidence:{id}|{article}|{}-{}", evidence.start, evidence.end);
        let annotation = self.iri(&name);
        let target = self.iri(&format!("{name}|target"));
        let range = self.iri(&format!("{name}|range"));
        let quote = self.iri(&format!("{name}|quote"));
        let article = self.iri(article.as_str());
        self.say(&annotation, rdf::TYPE.as_str(), named(&format!("{OA}Annotation")))?;
        self.say(&annotation, &format!("{OA}hasBody"), fact.clone())?;
        self.say(&annotation, &format!("{OA}hasTarget"), target.clone())?;
        self.say(&annotation, &format!("{CHUTOA}rule"), Literal::new_simple_literal(&*evidence.rule))?;
        self.say(&annotation, &format!("{CHUTOA}confidence"), decimal(evidence.confidence))?;
        self.say(&target, rdf::TYPE.as_str(), named(&format!("{OA}SpecificResource")))?;
        self.say(&target, &format!("{OA}hasSource"), article)?;
        self.say(&target, &format!("{OA}hasSelector"), range.clone())?;
        self.say(&target, &format!("{OA}hasSelector"), quote.clone())?;
        self.say(&range, rdf::TYPE.as_str(), named(&format!("{OA}DataPositionSelector")))?;
        self.say(&range, &format!("{OA}start"), Literal::from(evidence.start))?;
        self.say(&range, &format!("{OA}end"), Literal::from(evidence.end))?;
        self.say(&quote, rdf::TYPE.as_str(), named(&format!("{OA}TextQuoteSelector")))?;
        self.say(&quote, &format!("{OA}exact"), Literal::new_simple_literal(&*evidence.sentence))
    }

    fn say(&mut self, subject: &NamedNode, predicate: &str, object: impl Into<Term>) -> io::Result<()> {
        let subject = NamedOrBlankNode::from(subject.clone());
        (self.sink)(Triple { subject, predicate: named(predicate), object: object.into() })
    }

    fn ends(&self, link: &Link<'_>) -> (NamedNode, NamedNode) {
        let iri = |node: usize| self.iri(self.id(node).as_str());
        (iri(link.source), iri(link.target))
    }

    fn id(&self, node: usize) -> &EntityId {
        &self.graph.nodes[node].entity.id
    }

    fn iri(&self, id: &str) -> NamedNode {
        NamedNode::new_unchecked(entity_iri(&self.options.iri, id))
    }
}

fn named(iri: &str) -> NamedNode {
    NamedNodeRef::new_unchecked(iri).into_owned()
}

/// A typed date, or the text where it is no full day.
fn date(day: &str) -> Literal {
    if is_day(day) { Literal::new_typed_literal(day, xsd::DATE) } else { Literal::new_simple_literal(day) }
}

fn decimal(value: f32) -> Literal {
    Literal::new_typed_literal(confidence(value).to_string(), xsd::DECIMAL)
}
