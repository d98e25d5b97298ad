//! A query is one pattern of three, `SUBJECT RELATION OBJECT`, with names or wildcards in it; an answer is its rows.
//!
//! In go words as a reader types them and a [`KnowledgeGraph`](crate::graph::KnowledgeGraph); out come plain
//! structs that can be printed or serialized. Beside patterns there are the ready-made questions: a [`dossier`] of
//! one entity, [`explain`] for the sentences behind an edge, [`diff`] of two graphs, [`stats`] of one.
//!
//! ```
//! use chutoa::fact::{Evidence, Fact};
//! use chutoa::graph::KnowledgeGraph;
//! use chutoa::query::Query;
//! use chutoa::vocabulary::{EntityId, Kind, Relation};
//!
//! let fact = Fact {
//!     article: EntityId::article("1"),
//!     subject: EntityId::new(Kind::Person, "a-b"),
//!     relation: Relation::Chaired,
//!     object: EntityId::new(Kind::Event, "x/y/conference-3"),
//!     acting: false,
//!     evidence: Evidence { start: 0, end: 5, sentence: "A B chaired.".into(), rule: "list".into(), confidence: 0.9 },
//! };
//! let graph = KnowledgeGraph::from_facts(&[fact], &Default::default());
//! let answer = Query::parse(&["who", "chaired", "what"]).unwrap().run(&graph).unwrap();
//! assert_eq!(answer.rows[0].subject.id.path(), "a-b");
//! ```

mod cue;
pub mod diff;
pub mod dossier;
pub mod explain;
mod name;
mod parse;
mod period;
mod relation_words;
mod run;
#[cfg(feature = "sparql")]
pub mod sparql;
pub mod stats;
pub mod tenure;
mod to_sparql;
#[cfg(feature = "sparql")]
mod triples;

use serde::Serialize;

pub use name::{Fit, Match, UnknownName, find, folded_words};
pub use parse::{Filter, MalformedQuery, Query, Term, Wildcard};
pub use period::{MalformedPeriod, Period};
pub use relation_words::{Direction, nearest as nearest_relation_words, relation};
pub use run::{Answer, QueryError, Row};

use crate::graph::{Entity, LabelLanguage, Statement};
use crate::vocabulary::{EntityId, Kind};

/// An entity as answers name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// Its identifier.
    pub id: EntityId,
    /// Its English label.
    pub label: String,
    /// Its Vietnamese label.
    pub label_vi: String,
}

impl Named {
    /// The label in English or Vietnamese.
    pub fn label(&self, language: LabelLanguage) -> &str {
        match language {
            LabelLanguage::English => &self.label,
            LabelLanguage::Vietnamese => &self.label_vi,
        }
    }
}

impl From<&Entity> for Named {
    fn from(entity: &Entity) -> Named {
        Named { id: entity.id.clone(), label: entity.label.clone(), label_vi: entity.label_vi.clone() }
    }
}

/// When something was so: from the first to the last known day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct When {
    /// The first day, `YYYY-MM-DD` or as much of it as is known.
    pub first: String,
    /// The last day.
    pub last: String,
    /// Whether these are the days of the reports that say so, for want of the day itself.
    pub reported: bool,
}

impl When {
    fn day(day: &str) -> When {
        When { first: day.to_string(), last: day.to_string(), reported: false }
    }
}

/// The report behind a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    /// The report.
    pub article: EntityId,
    /// Its address, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day of its publication, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Its language, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl Source {
    fn of(graph: &crate::graph::KnowledgeGraph, article: &EntityId) -> Source {
        let entity = graph.entity(article);
        Source {
            article: article.clone(),
            url: entity.and_then(|e| e.url.clone()),
            date: entity.and_then(|e| e.date.clone()),
            language: entity.and_then(|e| e.language.clone()),
        }
    }

    /// The address, or the report's own name.
    pub fn place(&self) -> &str {
        self.url.as_deref().unwrap_or_else(|| self.article.path())
    }
}

/// A sentence that states an edge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quote {
    /// The report it stands in.
    #[serde(flatten)]
    pub source: Source,
    /// The sentence.
    pub sentence: String,
    /// First byte of the words that carry the fact, in the report.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// The extraction rule.
    pub rule: String,
    /// From 0 to 1.
    pub confidence: f32,
}

impl Quote {
    fn of(graph: &crate::graph::KnowledgeGraph, statement: &Statement) -> Quote {
        let evidence = &statement.evidence;
        Quote {
            source: Source::of(graph, &statement.article),
            sentence: evidence.sentence.to_string(),
            start: evidence.start,
            end: evidence.end,
            rule: evidence.rule.to_string(),
            confidence: evidence.confidence,
        }
    }
}

/// The province an entity belongs to: its own attribute, or the first part of its identifier.
fn province_of<'g>(graph: &'g crate::graph::KnowledgeGraph, entity: &'g Entity) -> Option<&'g Entity> {
    if entity.id.kind() == Kind::Province {
        return Some(entity);
    }
    if let Some(province) = &entity.province {
        return graph.entity(province);
    }
    let has_place = matches!(entity.id.kind(), Kind::Event | Kind::Post | Kind::Organization | Kind::Document);
    let place = entity.id.segments().next().filter(|_| has_place && entity.id.path().contains('/'))?;
    graph.entity(&EntityId::new(Kind::Province, place))
}
