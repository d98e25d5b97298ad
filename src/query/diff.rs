//! A difference is what a newer graph says and an older one does not, and the other way round.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::graph::{Edge, Entity, KnowledgeGraph};
use crate::query::Named;
use crate::vocabulary::{EntityId, Kind, Relation};

/// What changed between two graphs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// Persons that only the newer graph knows.
    pub came: Vec<Named>,
    /// Persons that only the older graph knows.
    pub gone: Vec<Named>,
    /// Posts that only the newer graph gives to a person.
    pub posts_gained: Vec<Change>,
    /// Posts that only the older graph gives to a person, and posts that a report says were left since.
    pub posts_lost: Vec<Change>,
    /// Events that only the newer graph says a person chaired.
    pub chaired: Vec<Change>,
    /// Number of edges that only the newer graph has, by relation.
    pub added: BTreeMap<Relation, usize>,
    /// Number of edges that only the older graph has, by relation.
    pub removed: BTreeMap<Relation, usize>,
}

/// A person and the post or event that changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// The person.
    pub person: Named,
    /// The post or event.
    pub object: Named,
}

impl Difference {
    /// Whether both graphs say the same.
    pub fn is_empty(&self) -> bool {
        *self == Difference::default()
    }
}

/// What `new` says and `old` does not, and the other way round.
pub fn diff(old: &KnowledgeGraph, new: &KnowledgeGraph) -> Difference {
    let (before, after) = (triples(old), triples(new));
    let only_new: Vec<_> = after.iter().filter(|(key, _)| !before.contains_key(*key)).map(|(_, edge)| *edge).collect();
    let only_old: Vec<_> = before.iter().filter(|(key, _)| !after.contains_key(*key)).map(|(_, edge)| *edge).collect();
    let mut posts_lost = changes(&only_old, Relation::Holds);
    posts_lost.extend(changes(&only_new, Relation::Left));
    posts_lost.sort();
    posts_lost.dedup();
    Difference {
        came: people_beyond(new, old),
        gone: people_beyond(old, new),
        posts_gained: changes(&only_new, Relation::Holds),
        posts_lost,
        chaired: changes(&only_new, Relation::Chaired),
        added: count(&only_new),
        removed: count(&only_old),
    }
}

type Triple<'g> = (&'g Entity, &'g Edge, &'g Entity);

fn triples(graph: &KnowledgeGraph) -> BTreeMap<(&EntityId, Relation, &EntityId), Triple<'_>> {
    graph.edges().map(|(s, edge, o)| ((&s.id, edge.relation, &o.id), (s, edge, o))).collect()
}

fn people_beyond(graph: &KnowledgeGraph, other: &KnowledgeGraph) -> Vec<Named> {
    let people = |graph: &KnowledgeGraph| -> BTreeSet<EntityId> {
        graph.entities().filter(|e| e.id.kind() == Kind::Person).map(|e| e.id.clone()).collect()
    };
    let known = people(other);
    graph.entities().filter(|e| e.id.kind() == Kind::Person && !known.contains(&e.id)).map(Named::from).collect()
}

fn changes(edges: &[Triple], relation: Relation) -> Vec<Change> {
    let of_relation = edges.iter().filter(|(_, edge, _)| edge.relation == relation);
    of_relation.map(|(person, _, object)| Change { person: (*person).into(), object: (*object).into() }).collect()
}

fn count(edges: &[Triple]) -> BTreeMap<Relation, usize> {
    let mut counts = BTreeMap::new();
    for (_, edge, _) in edges {
        *counts.entry(edge.relation).or_default() += 1;
    }
    counts
}
