//! The knowledge graph: entities as nodes, one edge per (subject, relation, object) with all its evidence.
//!
//! In go facts of any number of reports, in any order; out comes the same graph, always. Building is a fold over
//! facts that is associative, commutative and idempotent.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use serde::{Deserialize, Serialize};

use crate::fact::{Evidence, Fact};
use crate::vocabulary::{EntityId, Kind, Relation};

/// A node: what is known of one entity beside its relations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its identifier.
    pub id: EntityId,
    /// What to call it in English.
    pub label: String,
    /// What to call it in Vietnamese.
    pub label_vi: String,
    /// Other spellings met in reports, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The province it belongs to, where it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<EntityId>,
    /// The province that took this one in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<EntityId>,
    /// The day of an event, of a document's issue, of an article's publication: `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The address of an article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The language of an article, as its gazetteer folder is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Articles that tell the same (translations, re-prints) share a group; it counts once in weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The day on which a province became part of another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Whether only one person at a time can hold the post.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub single: bool,
    /// Why mentions were brought together or kept apart: by a rule, or by a reader's decision; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

impl Entity {
    /// An entity of which nothing but the identifier is known: the label is the identifier's path.
    pub fn bare(id: EntityId) -> Entity {
        let label = id.path().to_string();
        Entity {
            id,
            label_vi: label.clone(),
            label,
            names: Vec::new(),
            province: None,
            successor: None,
            date: None,
            url: None,
            language: None,
            group: None,
            until: None,
            single: false,
            reasons: Vec::new(),
        }
    }

    /// The label in English or Vietnamese.
    pub fn label(&self, language: LabelLanguage) -> &str {
        match language {
            LabelLanguage::English => &self.label,
            LabelLanguage::Vietnamese => &self.label_vi,
        }
    }
}

/// The language of labels; identifiers never change with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabelLanguage {
    /// English labels.
    #[default]
    English,
    /// Vietnamese labels.
    Vietnamese,
}

impl LabelLanguage {
    /// The language's tag, as `--lang` and RDF spell it.
    pub fn code(self) -> &'static str {
        match self {
            LabelLanguage::English => "en",
            LabelLanguage::Vietnamese => "vi",
        }
    }
}

/// One report's statement of an edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The report.
    pub article: EntityId,
    /// Where and how it says so.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// An edge: a relation with everything that supports it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// The relation.
    pub relation: Relation,
    /// How many independent reports state it (1 for edges that follow from the gazetteer).
    pub weight: u32,
    /// The highest confidence of any statement.
    pub confidence: f32,
    /// Whether every report calls the holder acting.
    pub acting: bool,
    /// Days of the earliest and the latest report (or event) that state it, where known.
    pub first: Option<String>,
    /// See `first`.
    pub last: Option<String>,
    /// All statements, sorted by article and place; empty for edges that follow from the gazetteer.
    pub statements: Vec<Statement>,
}

/// Entities and relations, indexed by identifier. Node indices never leave this type's callers unexplained:
/// they are valid for this value only and say nothing about another build.
#[derive(Clone, Debug, Default)]
pub struct KnowledgeGraph {
    /// Its nodes stand in the order of their identifiers.
    graph: DiGraph<Entity, Edge>,
    index: Index,
}

/// Where the nodes are; writers look up the article of every statement.
type Index = HashMap<EntityId, NodeIndex, FixedState>;

impl KnowledgeGraph {
    /// Puts facts together. `entities` tells labels and attributes; an entity it lacks gets its path as label.
    ///
    /// Nodes are in the order of their identifiers, edges in the order of (subject, relation, object), whatever the
    /// order of the facts.
    pub fn from_facts(facts: &[Fact], entities: &BTreeMap<EntityId, Entity>) -> KnowledgeGraph {
        let mut edges: BTreeMap<(EntityId, Relation, EntityId), Vec<&Fact>> = BTreeMap::new();
        let mut ids: BTreeSet<EntityId> = entities.keys().cloned().collect();
        for fact in facts {
            ids.insert(fact.subject.clone());
            ids.insert(fact.object.clone());
            ids.insert(fact.article.clone());
            edges.entry((fact.subject.clone(), fact.relation, fact.object.clone())).or_default().push(fact);
        }
        for id in ids.clone() {
            structure(&id, &mut ids, &mut edges);
        }
        for (id, successor) in entities.values().filter_map(|e| Some((&e.id, e.successor.as_ref()?))) {
            ids.insert(successor.clone());
            edges.entry((id.clone(), Relation::MergedInto, successor.clone())).or_default();
        }
        let mut graph = DiGraph::with_capacity(ids.len(), edges.len());
        let mut index = Index::with_capacity_and_hasher(ids.len(), FixedState::default());
        for id in ids {
            let entity = entities.get(&id).cloned().unwrap_or_else(|| Entity::bare(id.clone()));
            index.insert(id, graph.add_node(entity));
        }
        for ((subject, relation, object), facts) in edges {
            let edge = fold(relation, &facts, &graph, &index);
            graph.add_edge(index[&subject], index[&object], edge);
        }
        KnowledgeGraph { graph, index }
    }

    /// The part that has only these entities, and of the edges between them only these, each as it was.
    pub fn part(
        &self,
        has_entity: impl Fn(&Entity) -> bool,
        has_edge: impl Fn(&Entity, &Edge, &Entity) -> bool,
    ) -> KnowledgeGraph {
        let mut part = KnowledgeGraph::default();
        for entity in self.entities().filter(|entity| has_entity(entity)) {
            let node = part.graph.add_node(entity.clone());
            part.index.insert(entity.id.clone(), node);
        }
        for (subject, edge, object) in self.edges().filter(|(subject, edge, object)| has_edge(subject, edge, object)) {
            if let (Some(from), Some(to)) = (part.index.get(&subject.id), part.index.get(&object.id)) {
                part.graph.add_edge(*from, *to, edge.clone());
            }
        }
        part
    }

    /// The petgraph view, for algorithms.
    pub fn petgraph(&self) -> &DiGraph<Entity, Edge> {
        &self.graph
    }

    /// Number of entities.
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// Number of edges.
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// The entity of this identifier.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.index.get(id).map(|node| &self.graph[*node])
    }

    /// All entities, sorted by identifier.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.graph.node_weights()
    }

    /// All edges as (subject, edge, object), sorted by subject, relation, object.
    pub fn edges(&self) -> impl Iterator<Item = (&Entity, &Edge, &Entity)> {
        self.graph.edge_indices().map(|edge| {
            let (subject, object) = self.graph.edge_endpoints(edge).expect("an index of this graph");
            (&self.graph[subject], &self.graph[edge], &self.graph[object])
        })
    }

    /// Edges that leave or reach an entity, in the order of [`KnowledgeGraph::edges`].
    pub fn edges_of(&self, id: &EntityId) -> Vec<(&Entity, &Edge, &Entity)> {
        let Some(&node) = self.index.get(id) else { return Vec::new() };
        let mut found: Vec<_> = self
            .graph
            .edges_directed(node, Direction::Outgoing)
            .chain(self.graph.edges_directed(node, Direction::Incoming))
            .map(|edge| edge.id())
            .collect();
        found.sort();
        found.dedup();
        found
            .into_iter()
            .map(|edge| {
                let (subject, object) = self.graph.edge_endpoints(edge).expect("an index of this graph");
                (&self.graph[subject], &self.graph[edge], &self.graph[object])
            })
            .collect()
    }

    /// Number of entities of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.entities().filter(|entity| entity.id.kind() == kind).count()
    }
}

/// Adds what an identifier itself tells: the body of a post, the province of a body.
fn structure(
    id: &EntityId,
    ids: &mut BTreeSet<EntityId>,
    edges: &mut BTreeMap<(EntityId, Relation, EntityId), Vec<&Fact>>,
) {
    let segments: Vec<&str> = id.segments().collect();
    match id.kind() {
        Kind::Post if segments.len() >= 2 => {
            let body = EntityId::new(Kind::Organization, &segments[..segments.len() - 1].join("/"));
            edges.entry((id.clone(), Relation::PostOf, body.clone())).or_default();
            if ids.insert(body.clone()) {
                structure(&body, ids, edges);
            }
        }
        Kind::Organization if segments.len() >= 2 && segments[0] != "?" => {
            let province = EntityId::new(Kind::Province, segments[0]);
            edges.entry((id.clone(), Relation::LocatedIn, province.clone())).or_default();
            ids.insert(province);
        }
        _ => {}
    }
}

fn fold(relation: Relation, facts: &[&Fact], graph: &DiGraph<Entity, Edge>, index: &Index) -> Edge {
    // All statements of a report share its identifier: one string in memory, however many facts brought their own.
    let article = |id: &EntityId| index.get_key_value(id).expect("every article is a node");
    let mut statements: Vec<Statement> = facts
        .iter()
        .map(|f| Statement { article: article(&f.article).0.clone(), evidence: f.evidence.clone() })
        .collect();
    statements.sort_by(|a, b| {
        (&a.article, a.evidence.start, a.evidence.end, &a.evidence.rule, &a.evidence.sentence)
            .cmp(&(&b.article, b.evidence.start, b.evidence.end, &b.evidence.rule, &b.evidence.sentence))
            .then(a.evidence.confidence.total_cmp(&b.evidence.confidence))
    });
    statements.dedup();
    let articles = || statements.iter().map(|statement| &graph[*article(&statement.article).1]);
    let sources: BTreeSet<&str> = articles().map(|a| a.group.as_deref().unwrap_or(a.id.as_str())).collect();
    let mut dates: Vec<&String> = articles().filter_map(|a| a.date.as_ref()).collect();
    dates.sort();
    Edge {
        relation,
        weight: sources.len().max(1) as u32,
        confidence: facts.iter().map(|f| f.evidence.confidence).fold(0.0, f32::max).max(if facts.is_empty() {
            1.0
        } else {
            0.0
        }),
        acting: !facts.is_empty() && facts.iter().all(|f| f.acting),
        first: dates.first().map(|d| d.to_string()),
        last: dates.last().map(|d| d.to_string()),
        statements,
    }
}
