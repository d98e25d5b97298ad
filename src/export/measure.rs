//! Measures tell each node's place in the graph: how many shortest paths lead through it, in which part without a way
//! out it lies, and in which community.
//!
//! They belong to what is exported: a part or a projection has its own. Directions do not count, links between the
//! same two nodes are one whose weights add up, and paths are as long as their number of links.
//!
//! * Betweenness is Brandes' (*A faster algorithm for betweenness centrality*, 2001), normalized as in networkx and
//!   igraph: 1 where every shortest path of others leads through the node. In a large graph it is estimated from
//!   evenly spaced sources (Brandes and Pich, 2007), which [`Measures::is_estimate`] tells.
//! * Communities are Louvain's (Blondel and others, 2008), nodes taken in their order, and communities that hang
//!   together only through others parted at the end.
//!
//! Both are here because the same graph must give the same bytes on any number of threads: what is well kept on
//! crates.io either adds up in the order in which threads finish, or has no communities.

use std::collections::{BTreeMap, VecDeque};

use petgraph::unionfind::UnionFind;
use rayon::prelude::*;

use super::export_graph::ExportGraph;

/// How many steps along links betweenness may take: about a second on one core.
const MOST_STEPS: usize = 100_000_000;

/// So many sources are added up one after another; sums of floats depend on their order.
const SOURCES_A_SUM: usize = 64;

/// A gain in modularity below this is none.
const LEAST_GAIN: f64 = 1e-9;

/// The measures of all nodes, each in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// Share of the shortest paths between other nodes that lead through a node, from 0 to 1.
    pub betweenness: Vec<f64>,
    /// Whether `betweenness` is estimated from a part of the sources.
    pub is_estimate: bool,
    /// Number of the part that a node lies in, the largest being 1.
    pub component: Vec<u32>,
    /// Number of the community that a node lies in, the largest being 1.
    pub community: Vec<u32>,
    /// Modularity of the communities: how much more of the weight lies within them than chance would put there.
    pub modularity: f64,
}

impl Measures {
    /// Measures a graph.
    pub fn of(graph: &ExportGraph<'_>) -> Measures {
        let links = graph.links.iter().map(|link| (link.source, link.target, f64::from(link.weight)));
        Measures::of_links(graph.nodes.len(), links, MOST_STEPS)
    }

    fn of_links(nodes: usize, links: impl Iterator<Item = (usize, usize, f64)>, most_steps: usize) -> Measures {
        let net = Net::new(nodes, links);
        let (betweenness, is_estimate) = betweenness(&net, most_steps);
        let mut sets = UnionFind::<usize>::new(nodes);
        for node in 0..nodes {
            for (other, _) in net.neighbours(node) {
                sets.union(node, other);
            }
        }
        let component = by_size(&sets.into_labeling());
        let community = by_size(&connected(&net, &communities(&net)));
        let modularity = modularity(&net, &community);
        Measures { betweenness, is_estimate, component, community, modularity }
    }

    /// How many components or communities there are, given their numbers.
    pub fn count(numbers: &[u32]) -> usize {
        numbers.iter().max().map_or(0, |most| *most as usize)
    }
}

/// Neighbours and weights, both ways, each pair once. A node's own weight is that of its loops, twice.
struct Net {
    starts: Vec<usize>,
    neighbours: Vec<(usize, f64)>,
    own: Vec<f64>,
}

impl Net {
    fn new(nodes: usize, links: impl Iterator<Item = (usize, usize, f64)>) -> Net {
        let mut own = vec![0.0; nodes];
        let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
        for (source, target, weight) in links {
            if source == target {
                own[source] += 2.0 * weight;
            } else {
                pairs.extend([(source, target, weight), (target, source, weight)]);
            }
        }
        // Stable, so that weights add up in the order of links.
        pairs.sort_by_key(|(source, target, _)| (*source, *target));
        let mut starts = vec![0; nodes + 1];
        let mut neighbours: Vec<(usize, f64)> = Vec::with_capacity(pairs.len());
        let mut last = None;
        for (source, target, weight) in pairs {
            if last == Some((source, target)) {
                neighbours.last_mut().expect("the pair before").1 += weight;
            } else {
                neighbours.push((target, weight));
                starts[source + 1] = neighbours.len();
                last = Some((source, target));
            }
        }
        for at in 1..starts.len() {
            starts[at] = starts[at].max(starts[at - 1]);
        }
        Net { starts, neighbours, own }
    }

    fn len(&self) -> usize {
        self.own.len()
    }

    fn neighbours(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.neighbours[self.starts[node]..self.starts[node + 1]].iter().copied()
    }

    /// The weight at a node; at all nodes it is twice that of all links.
    fn strength(&self, node: usize) -> f64 {
        self.own[node] + self.neighbours(node).map(|(_, weight)| weight).sum::<f64>()
    }
}

fn betweenness(net: &Net, most_steps: usize) -> (Vec<f64>, bool) {
    let nodes = net.len();
    if nodes < 3 {
        return (vec![0.0; nodes], false);
    }
    let count = (most_steps / (nodes + net.neighbours.len())).clamp(1, nodes);
    let sources: Vec<usize> = (0..count).map(|i| i * nodes / count).collect();
    let parts: Vec<Vec<f64>> = sources.par_chunks(SOURCES_A_SUM).map(|sources| dependencies(net, sources)).collect();
    // Each pair is met from both of its ends.
    let scale = nodes as f64 / count as f64 / ((nodes - 1) as f64 * (nodes - 2) as f64);
    let sum = |node: usize| parts.iter().map(|part| part[node]).sum::<f64>() * scale;
    ((0..nodes).map(sum).collect(), count < nodes)
}

/// For each node, the shares of shortest paths from these sources that lead through it.
fn dependencies(net: &Net, sources: &[usize]) -> Vec<f64> {
    let nodes = net.len();
    let mut sums = vec![0.0; nodes];
    let mut distance = vec![usize::MAX; nodes];
    let mut paths = vec![0.0_f64; nodes];
    let mut dependency = vec![0.0_f64; nodes];
    let mut order = Vec::new();
    let mut queue = VecDeque::new();
    for &source in sources {
        distance[source] = 0;
        paths[source] = 1.0;
        queue.push_back(source);
        while let Some(node) = queue.pop_front() {
            order.push(node);
            for (next, _) in net.neighbours(node) {
                if distance[next] == usize::MAX {
                    distance[next] = distance[node] + 1;
                    queue.push_back(next);
                }
                if distance[next] == distance[node] + 1 {
                    paths[next] += paths[node];
                }
            }
        }
        for &node in order.iter().rev() {
            let share = (1.0 + dependency[node]) / paths[node];
            for (before, _) in net.neighbours(node) {
                if distance[before] + 1 == distance[node] {
                    dependency[before] += paths[before] * share;
                }
            }
            if node != source {
                sums[node] += dependency[node];
            }
        }
        for node in order.drain(..) {
            (distance[node], paths[node], dependency[node]) = (usize::MAX, 0.0, 0.0);
        }
    }
    sums
}

/// Louvain: nodes move to the neighbouring community that gains most, then communities become nodes, until none moves.
fn communities(net: &Net) -> Vec<usize> {
    let mut of: Vec<usize> = (0..net.len()).collect();
    let mut level: Option<Net> = None;
    loop {
        let current = level.as_ref().unwrap_or(net);
        let Some(moved) = moves(current) else { return of };
        let mut numbers = BTreeMap::new();
        let number: Vec<usize> = moved
            .iter()
            .map(|community| {
                let next = numbers.len();
                *numbers.entry(*community).or_insert(next)
            })
            .collect();
        of.iter_mut().for_each(|node| *node = number[*node]);
        let inner = (0..current.len()).filter(|node| current.own[*node] > 0.0);
        let loops = inner.map(|node| (number[node], number[node], current.own[node] / 2.0));
        let between = (0..current.len()).flat_map(|node| {
            let further = current.neighbours(node).filter(move |(other, _)| node < *other);
            further.map(move |(other, weight)| (node, other, weight))
        });
        let between = between.map(|(a, b, weight)| (number[a], number[b], weight));
        level = Some(Net::new(numbers.len(), loops.chain(between)));
    }
}

/// One level: the community of each node, or nothing where no move gains.
fn moves(net: &Net) -> Option<Vec<usize>> {
    let strengths: Vec<f64> = (0..net.len()).map(|node| net.strength(node)).collect();
    let total: f64 = strengths.iter().sum();
    let mut of: Vec<usize> = (0..net.len()).collect();
    let mut weight_of = strengths.clone();
    let mut towards = vec![0.0_f64; net.len()];
    let mut near = Vec::new();
    let mut any = false;
    loop {
        let mut moved = false;
        for node in 0..net.len() {
            for (other, weight) in net.neighbours(node) {
                let community = of[other];
                if towards[community] == 0.0 {
                    near.push(community);
                }
                towards[community] += weight;
            }
            near.sort_unstable();
            let home = of[node];
            weight_of[home] -= strengths[node];
            let gain = |community: usize| towards[community] - strengths[node] * weight_of[community] / total;
            let (mut best, mut most) = (home, gain(home) + LEAST_GAIN);
            for &community in &near {
                if gain(community) > most {
                    (best, most) = (community, gain(community));
                }
            }
            weight_of[best] += strengths[node];
            moved |= best != home;
            of[node] = best;
            near.drain(..).for_each(|community| towards[community] = 0.0);
        }
        if !moved {
            return any.then_some(of);
        }
        any = true;
    }
}

/// Parts communities whose members are connected only through others.
fn connected(net: &Net, community: &[usize]) -> Vec<usize> {
    let mut sets = UnionFind::<usize>::new(net.len());
    for node in 0..net.len() {
        for (other, _) in net.neighbours(node).filter(|(other, _)| community[*other] == community[node]) {
            sets.union(node, other);
        }
    }
    sets.into_labeling()
}

/// Numbers from 1, the largest set first, of two as large the one with the earlier member.
fn by_size(labels: &[usize]) -> Vec<u32> {
    let mut sets: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (node, label) in labels.iter().enumerate() {
        sets.entry(*label).or_insert((0, node)).0 += 1;
    }
    let mut order: Vec<(usize, (usize, usize))> = sets.into_iter().collect();
    order.sort_by_key(|(_, (size, first))| (std::cmp::Reverse(*size), *first));
    let number: BTreeMap<usize, u32> = order.iter().zip(1..).map(|((label, _), number)| (*label, number)).collect();
    labels.iter().map(|label| number[label]).collect()
}

fn modularity(net: &Net, community: &[u32]) -> f64 {
    let mut inside = vec![0.0; Measures::count(community) + 1];
    let mut whole = inside.clone();
    for node in 0..net.len() {
        let own = community[node] as usize;
        let near = net.neighbours(node).filter(|(other, _)| community[*other] as usize == own);
        inside[own] += net.own[node] + near.map(|(_, weight)| weight).sum::<f64>();
        whole[own] += net.strength(node);
    }
    let total: f64 = whole.iter().sum();
    if total == 0.0 {
        return 0.0;
    }
    inside.iter().zip(&whole).map(|(inside, whole)| inside / total - (whole / total).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(nodes: usize, links: &[(usize, usize)], most_steps: usize) -> Measures {
        Measures::of_links(nodes, links.iter().map(|(a, b)| (*a, *b, 1.0)), most_steps)
    }

    #[test]
    fn a_bridge_carries_all_paths_between_two_triangles() {
        let links = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3), (3, 2)];
        let found = measures(7, &links, MOST_STEPS);
        assert_eq!(found.component, [1, 1, 1, 1, 1, 1, 2]);
        assert_eq!(found.community, [1, 1, 1, 2, 2, 2, 3]);
        // Of the 15 pairs of others, 2 × 3 lead through each end of the bridge.
        let expected = [0.0, 0.0, 6.0 / 15.0, 6.0 / 15.0, 0.0, 0.0, 0.0];
        assert!(found.betweenness.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        assert!(!found.is_estimate && found.modularity > 0.2, "{found:?}");
    }

    #[test]
    fn a_star_is_all_centre_and_an_estimate_says_so() {
        let links: Vec<(usize, usize)> = (1..40).map(|leaf| (0, leaf)).collect();
        let exact = measures(40, &links, MOST_STEPS);
        assert!((exact.betweenness[0] - 1.0).abs() < 1e-12 && !exact.is_estimate);
        let estimated = measures(40, &links, 2_000);
        assert!(estimated.is_estimate && estimated.betweenness[0] > 0.8, "{estimated:?}");
    }

    #[test]
    fn nothing_and_loops_are_no_trouble() {
        assert_eq!(measures(0, &[], MOST_STEPS), Measures::default());
        let alone = measures(2, &[(0, 0), (0, 0)], MOST_STEPS);
        assert_eq!((alone.component, alone.community, alone.modularity), (vec![1, 2], vec![1, 2], 0.0));
    }
}
