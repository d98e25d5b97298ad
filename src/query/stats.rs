//! Statistics are figures of a whole graph: how many of what, how connected, and who is connected most.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef, NodeIndexable};
use serde::Serialize;

use crate::graph::KnowledgeGraph;
use crate::query::Named;
use crate::vocabulary::{Kind, Relation};

/// Figures of a graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statistics {
    /// Number of entities.
    pub entities: usize,
    /// Number of edges.
    pub edges: usize,
    /// Number of entities by kind, in the order of kinds.
    pub kinds: Vec<(Kind, usize)>,
    /// Number of edges by relation, in the order of relations.
    pub relations: Vec<(Relation, usize)>,
    /// How many edges an entity has.
    pub degree: Degree,
    /// Number of parts without an edge between them.
    pub components: usize,
    /// Number of entities in the largest part.
    pub largest_component: usize,
    /// The entities with the most edges, by kind.
    pub most_connected: BTreeMap<Kind, Vec<Connected>>,
}

/// How edges are spread over entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Degree {
    /// Fewest edges of any entity.
    pub min: usize,
    /// Half of the entities have at most as many.
    pub median: usize,
    /// Edges an entity on average.
    pub mean: f64,
    /// Most edges of any entity.
    pub max: usize,
}

/// An entity and its number of edges.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Connected {
    /// The entity.
    pub entity: Named,
    /// Number of its edges.
    pub degree: usize,
}

/// The figures of a graph, with `top` entities of each kind.
pub fn stats(graph: &KnowledgeGraph, top: usize) -> Statistics {
    let view = graph.petgraph();
    let mut sets = UnionFind::<usize>::new(view.node_bound());
    let mut degrees = vec![0; view.node_bound()];
    let mut relations: BTreeMap<Relation, usize> = BTreeMap::new();
    for edge in view.edge_references() {
        let (source, target) = (view.to_index(edge.source()), view.to_index(edge.target()));
        sets.union(source, target);
        degrees[source] += 1;
        degrees[target] += 1;
        *relations.entry(edge.weight().relation).or_default() += 1;
    }
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    let mut by_kind: BTreeMap<Kind, Vec<Connected>> = BTreeMap::new();
    for node in view.node_indices() {
        let at = view.to_index(node);
        *sizes.entry(sets.find(at)).or_default() += 1;
        let entity = &view[node];
        let connected = Connected { entity: entity.into(), degree: degrees[at] };
        by_kind.entry(entity.id.kind()).or_default().push(connected);
    }
    let kinds = by_kind.iter().map(|(kind, all)| (*kind, all.len())).collect();
    for all in by_kind.values_mut() {
        all.sort_by(|a, b| b.degree.cmp(&a.degree).then_with(|| a.entity.id.cmp(&b.entity.id)));
        all.truncate(top);
    }
    Statistics {
        entities: graph.node_count(),
        edges: graph.edge_count(),
        kinds,
        relations: relations.into_iter().collect(),
        degree: spread(degrees),
        components: sizes.len(),
        largest_component: sizes.into_values().max().unwrap_or(0),
        most_connected: by_kind,
    }
}

fn spread(mut degrees: Vec<usize>) -> Degree {
    degrees.sort_unstable();
    let (Some(&min), Some(&max)) = (degrees.first(), degrees.last()) else { return Degree::default() };
    let sum: usize = degrees.iter().sum();
    Degree { min, median: degrees[(degrees.len() - 1) / 2], mean: sum as f64 / degrees.len() as f64, max }
}
