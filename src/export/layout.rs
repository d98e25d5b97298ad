//! A layout gives each entity of a graph its place in the picture: provinces are islands, related islands are neighbours.
//!
//! In goes a [`KnowledgeGraph`], out come coordinates by identifier. The same graph gets the same picture on every
//! machine: start positions follow from the order of identifiers, no step is random, and only operations that IEEE 754
//! defines exactly are used (no `sin`, no `exp`). Articles and dates have no place: they are sources and attributes.

use std::collections::{BTreeMap, HashMap};

use crate::graph::{Entity, KnowledgeGraph};
use crate::vocabulary::{EntityId, Kind, Relation};

/// A place in the picture; y grows upwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
}

/// Whether entities of this kind are drawn.
pub fn is_drawn(kind: Kind) -> bool {
    !matches!(kind, Kind::Article | Kind::Date)
}

/// The place of every drawn entity.
///
/// Each province's entities are arranged among themselves by forces (Barnes-Hut, O(n log n) a round, fewer rounds the
/// larger the graph), then the islands are packed so that those with many relations between them lie close.
///
/// ```
/// use chutoa::{export::layout, graph::KnowledgeGraph};
/// assert!(layout::positions(&KnowledgeGraph::default()).is_empty());
/// ```
pub fn positions(graph: &KnowledgeGraph) -> BTreeMap<EntityId, Point> {
    let plan = Plan::new(graph);
    let total = plan.ids.len();
    let mut islands: Vec<Island> = plan.members.iter().map(|members| plan.island(members, total)).collect();
    pack(&mut islands, &plan.bonds());
    let mut places = BTreeMap::new();
    for island in &islands {
        for (node, point) in &island.places {
            let at = Point { x: round(point.x + island.centre.x), y: round(point.y + island.centre.y) };
            places.insert(plan.ids[*node].clone(), at);
        }
    }
    places
}

/// The province whose island an entity lies on, for those that lie on one.
pub fn provinces(graph: &KnowledgeGraph) -> BTreeMap<EntityId, EntityId> {
    let plan = Plan::new(graph);
    let pairs = plan.ids.iter().zip(&plan.group);
    pairs.filter_map(|(id, group)| Some((id.clone(), plan.names[*group].clone()?))).collect()
}

/// More islands than this make no picture; the smallest beyond it lie with the entities of no province.
const MOST_ISLANDS: usize = 240;

/// Work of the force rounds, in nodes × rounds, that the whole picture may cost.
const BUDGET: usize = 2_400_000;

/// What is drawn, where it belongs, and what pulls at it.
struct Plan {
    /// Drawn entities, sorted.
    ids: Vec<EntityId>,
    /// Group of each; group 0 is of no province.
    group: Vec<usize>,
    /// Province of each group.
    names: Vec<Option<EntityId>>,
    /// Entities of each group, sorted.
    members: Vec<Vec<usize>>,
    /// Relations between drawn entities.
    springs: Vec<(usize, usize, f64)>,
}

impl Plan {
    fn new(graph: &KnowledgeGraph) -> Plan {
        let entities: Vec<&Entity> = graph.entities().filter(|e| is_drawn(e.id.kind())).collect();
        let index: HashMap<&EntityId, usize> = entities.iter().enumerate().map(|(i, e)| (&e.id, i)).collect();
        let mut springs = Vec::new();
        let mut through: BTreeMap<&EntityId, Vec<usize>> = BTreeMap::new();
        for (subject, edge, object) in graph.edges() {
            match (index.get(&subject.id), index.get(&object.id)) {
                (Some(&a), Some(&b)) if a != b => springs.push((a, b, strength(edge.relation, edge.weight))),
                (None, Some(&b)) if subject.id.kind() == Kind::Article => {
                    through.entry(&subject.id).or_default().push(b);
                }
                _ => {}
            }
            for statement in edge.statements.iter().take(4) {
                if let Some(&a) = index.get(&subject.id) {
                    through.entry(&statement.article).or_default().push(a);
                }
            }
        }
        let mut names: Vec<Option<EntityId>> = vec![None];
        let mut number: BTreeMap<EntityId, usize> = BTreeMap::new();
        let mut group: Vec<Option<usize>> = entities
            .iter()
            .map(|entity| {
                let province = own_province(entity, graph)?;
                Some(*number.entry(province.clone()).or_insert_with(|| {
                    names.push(Some(province));
                    names.len() - 1
                }))
            })
            .collect();
        let settled: Vec<bool> = entities.iter().zip(&group).map(|(e, g)| g.is_some() || is_settled(e)).collect();
        spread(&mut group, &settled, &springs, &through);
        let mut group: Vec<usize> = group.into_iter().map(|g| g.unwrap_or(0)).collect();
        limit(&mut group, &mut names);
        let mut members = vec![Vec::new(); names.len()];
        for (node, group) in group.iter().enumerate() {
            members[*group].push(node);
        }
        Plan { ids: entities.iter().map(|e| e.id.clone()).collect(), group, names, members, springs }
    }

    /// Arranges one group by itself, round its province.
    fn island(&self, members: &[usize], total: usize) -> Island {
        let local: HashMap<usize, usize> = members.iter().enumerate().map(|(i, node)| (*node, i)).collect();
        let mut springs = Vec::new();
        if let Some(group) = members.first().map(|node| self.group[*node]) {
            for (a, b, strength) in &self.springs {
                if self.group[*a] == group && self.group[*b] == group {
                    springs.push((local[a], local[b], *strength));
                }
            }
        }
        let heart = members.iter().position(|node| self.names[self.group[*node]].as_ref() == Some(&self.ids[*node]));
        let rounds = (BUDGET / total.max(1)).clamp(40, 400);
        let mut points = settle(members.len(), &springs, heart, rounds);
        part(&mut points);
        let n = points.len().max(1) as f64;
        let middle =
            Point { x: points.iter().map(|p| p.x).sum::<f64>() / n, y: points.iter().map(|p| p.y).sum::<f64>() / n };
        let mut radius: f64 = 0.0;
        for point in &mut points {
            point.x -= middle.x;
            point.y -= middle.y;
            radius = radius.max((point.x * point.x + point.y * point.y).sqrt());
        }
        Island {
            places: members.iter().copied().zip(points).collect(),
            radius: radius + 0.9 * SPACING,
            centre: Point::default(),
        }
    }

    /// How strongly each pair of groups is related.
    fn bonds(&self) -> BTreeMap<(usize, usize), f64> {
        let mut bonds = BTreeMap::new();
        for (a, b, strength) in &self.springs {
            let (a, b) = (self.group[*a], self.group[*b]);
            if a != b && a != 0 && b != 0 {
                *bonds.entry((a.min(b), a.max(b))).or_insert(0.0) += strength;
            }
        }
        bonds
    }
}

/// A relation's pull.
fn strength(relation: Relation, weight: u32) -> f64 {
    let base = match relation {
        Relation::MergedInto => 6.0,
        Relation::PostOf | Relation::Holds => 1.2,
        Relation::LocatedIn | Relation::HeldIn | Relation::IssuedBy => 0.5,
        _ => 0.8,
    };
    base + 0.1 * f64::from(weight.min(10))
}

/// Whether the identifier settles where an entity lies, be it in no province; others lie with what they relate to.
fn is_settled(entity: &Entity) -> bool {
    matches!(entity.id.kind(), Kind::Post | Kind::Organization | Kind::Province)
}

/// The province that an entity itself names.
fn own_province(entity: &Entity, graph: &KnowledgeGraph) -> Option<EntityId> {
    if entity.id.kind() == Kind::Province {
        return Some(entity.id.clone());
    }
    if entity.province.is_some() {
        return entity.province.clone();
    }
    let first = entity.id.segments().next()?;
    let several = entity.id.segments().nth(1).is_some();
    let province = EntityId::new(Kind::Province, first);
    (several && entity.id.kind() != Kind::Person && graph.entity(&province).is_some()).then_some(province)
}

/// Gives entities of no province of their own the one that most of their relations lead to, then the one that the
/// reports which name them are about.
fn spread(
    group: &mut [Option<usize>],
    settled: &[bool],
    springs: &[(usize, usize, f64)],
    through: &BTreeMap<&EntityId, Vec<usize>>,
) {
    for _ in 0..2 {
        let mut votes: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); group.len()];
        for &(a, b, strength) in springs {
            for (from, to) in [(a, b), (b, a)] {
                if let (Some(g), false) = (group[from], settled[to]) {
                    *votes[to].entry(g).or_insert(0.0) += strength;
                }
            }
        }
        elect(group, settled, &votes);
    }
    let mut votes: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); group.len()];
    for nodes in through.values() {
        let mut about: BTreeMap<usize, f64> = BTreeMap::new();
        for g in nodes.iter().filter_map(|node| group[*node]) {
            *about.entry(g).or_insert(0.0) += 1.0;
        }
        let Some(main) = first_largest(&about) else { continue };
        for node in nodes.iter().filter(|node| group[**node].is_none()) {
            *votes[*node].entry(main).or_insert(0.0) += 1.0;
        }
    }
    let found: Vec<bool> = group.iter().zip(settled).map(|(g, settled)| g.is_some() || *settled).collect();
    elect(group, &found, &votes);
}

fn elect(group: &mut [Option<usize>], fixed: &[bool], votes: &[BTreeMap<usize, f64>]) {
    for (node, votes) in votes.iter().enumerate() {
        if !fixed[node] {
            group[node] = first_largest(votes).or(group[node]);
        }
    }
}

fn first_largest(votes: &BTreeMap<usize, f64>) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (&group, &count) in votes {
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((group, count));
        }
    }
    best.map(|(group, _)| group)
}

/// Moves the members of the smallest groups beyond [`MOST_ISLANDS`] to group 0.
fn limit(group: &mut [usize], names: &mut Vec<Option<EntityId>>) {
    if names.len() <= MOST_ISLANDS {
        return;
    }
    let mut sizes = vec![0_usize; names.len()];
    group.iter().for_each(|g| sizes[*g] += 1);
    let mut order: Vec<usize> = (1..names.len()).collect();
    order.sort_by_key(|g| (std::cmp::Reverse(sizes[*g]), *g));
    let mut new_number = vec![0; names.len()];
    let mut kept = vec![None];
    for old in order.into_iter().take(MOST_ISLANDS - 1) {
        new_number[old] = kept.len();
        kept.push(names[old].clone());
    }
    group.iter_mut().for_each(|g| *g = new_number[*g]);
    *names = kept;
}

/// The usual distance between two neighbours.
const SPACING: f64 = 10.0;

/// One group, arranged round its own middle.
struct Island {
    places: Vec<(usize, Point)>,
    radius: f64,
    centre: Point,
}

/// Springs pull, everything repels, and all is drawn a little to the middle; `heart` stays in it.
fn settle(n: usize, springs: &[(usize, usize, f64)], heart: Option<usize>, rounds: usize) -> Vec<Point> {
    let mut points = sunflower(n, heart);
    let mut degree = vec![0.0_f64; n];
    for (a, b, strength) in springs {
        degree[*a] += strength;
        degree[*b] += strength;
    }
    let reach = SPACING * (n as f64).sqrt();
    let mut moves = vec![Point::default(); n];
    for round in 0..rounds {
        let heat = 1.0 - round as f64 / rounds as f64;
        let limit = (0.12 * reach * heat * heat).max(0.02 * SPACING);
        let tree = Tree::new(&points);
        for (node, step) in moves.iter_mut().enumerate() {
            let away = tree.repulsion(points[node]);
            // What nothing holds would drift to the rim.
            let hold = if degree[node] > 0.0 { 1.0 } else { 4.0 };
            let pull = hold * (0.02 + 0.12 * SPACING / (reach + SPACING));
            step.x = away.x * SPACING * SPACING - points[node].x * pull;
            step.y = away.y * SPACING * SPACING - points[node].y * pull;
        }
        for &(a, b, strength) in springs {
            let (dx, dy) = (points[b].x - points[a].x, points[b].y - points[a].y);
            let distance = (dx * dx + dy * dy).sqrt();
            let pull = strength * distance / SPACING * 0.5;
            // A hub's many springs must not throw it about: each counts by its share.
            let (share_a, share_b) = (pull / degree[a].max(1.0).sqrt(), pull / degree[b].max(1.0).sqrt());
            let (ux, uy) = if distance > 0.0 { (dx / distance, dy / distance) } else { (0.0, 0.0) };
            moves[a].x += ux * share_a;
            moves[a].y += uy * share_a;
            moves[b].x -= ux * share_b;
            moves[b].y -= uy * share_b;
        }
        for (node, step) in moves.iter().enumerate() {
            if Some(node) == heart {
                continue;
            }
            let length = (step.x * step.x + step.y * step.y).sqrt();
            if length > 0.0 {
                let scale = length.min(limit) / length;
                points[node].x += step.x * scale;
                points[node].y += step.y * scale;
            }
        }
    }
    points
}

/// Start positions: evenly spread on a disc, by golden-angle turns with exact constants.
fn sunflower(n: usize, heart: Option<usize>) -> Vec<Point> {
    const COS: f64 = -0.737_368_878_078_320_1;
    const SIN: f64 = 0.675_490_294_261_523_8;
    let mut points = vec![Point::default(); n];
    let (mut x, mut y) = (1.0_f64, 0.0_f64);
    for (i, node) in (0..n).filter(|node| Some(*node) != heart).enumerate() {
        let radius = SPACING * (i as f64 + 1.0).sqrt();
        points[node] = Point { x: x * radius, y: y * radius };
        (x, y) = (x * COS - y * SIN, x * SIN + y * COS);
        let length = (x * x + y * y).sqrt();
        (x, y) = (x / length, y / length);
    }
    points
}

/// Pushes apart points that cover each other, in cells of the spacing's size.
fn part(points: &mut [Point]) {
    let least = 0.62 * SPACING;
    for _ in 0..12 {
        let mut cells: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
        for (i, p) in points.iter().enumerate() {
            cells.entry(((p.x / least).floor() as i64, (p.y / least).floor() as i64)).or_default().push(i);
        }
        let mut moved = false;
        for i in 0..points.len() {
            let (cx, cy) = ((points[i].x / least).floor() as i64, (points[i].y / least).floor() as i64);
            for cell in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (cx + dx, cy + dy))) {
                for &j in cells.get(&cell).map_or(&[][..], Vec::as_slice).iter().filter(|j| **j > i).take(40) {
                    let (dx, dy) = (points[j].x - points[i].x, points[j].y - points[i].y);
                    let distance = (dx * dx + dy * dy).sqrt();
                    if distance >= least {
                        continue;
                    }
                    moved = true;
                    let (ux, uy) = if distance > 1e-9 {
                        (dx / distance, dy / distance)
                    } else {
                        let side = if (i + j) % 2 == 0 { 1.0 } else { -1.0 };
                        (0.6 * side, 0.8)
                    };
                    let push = (least - distance) * 0.5;
                    points[i].x -= ux * push;
                    points[i].y -= uy * push;
                    points[j].x += ux * push;
                    points[j].y += uy * push;
                }
            }
        }
        if !moved {
            break;
        }
    }
}

/// Barnes-Hut: a quadtree whose far cells repel as one point.
struct Tree {
    cells: Vec<Cell>,
}

struct Cell {
    /// Sum of positions while building, mean afterwards.
    mean: Point,
    mass: f64,
    middle: Point,
    half: f64,
    children: [u32; 4],
}

/// Cells deeper than this hold several points; equal positions would split for ever.
const DEEPEST: usize = 24;

impl Tree {
    fn new(points: &[Point]) -> Tree {
        let mut half: f64 = 1.0;
        for p in points {
            half = half.max(p.x.abs()).max(p.y.abs());
        }
        let cell = |middle, half| Cell { mean: Point::default(), mass: 0.0, middle, half, children: [0; 4] };
        let mut cells = vec![cell(Point::default(), half)];
        cells.reserve(points.len() * 2);
        for &point in points {
            let mut at = 0;
            for depth in 0..=DEEPEST {
                let was = (cells[at].mean, cells[at].mass);
                let is_leaf = cells[at].children == [0; 4];
                cells[at].mean.x += point.x;
                cells[at].mean.y += point.y;
                cells[at].mass += 1.0;
                if was.1 == 0.0 || depth == DEEPEST {
                    break;
                }
                if is_leaf {
                    // The single point that lived here moves down one level.
                    let old = Point { x: was.0.x / was.1, y: was.0.y / was.1 };
                    let child = quarter(&mut cells, at, old, cell);
                    (cells[child].mean, cells[child].mass) = was;
                }
                at = quarter(&mut cells, at, point, cell);
            }
        }
        for cell in &mut cells {
            if cell.mass > 0.0 {
                cell.mean.x /= cell.mass;
                cell.mean.y /= cell.mass;
            }
        }
        Tree { cells }
    }

    /// Sum of (own position - other) / distance², in units of one over the distance.
    fn repulsion(&self, at: Point) -> Point {
        let mut sum = Point::default();
        let mut open = [0_u32; 4 * (DEEPEST + 2)];
        let mut count = 1;
        while count > 0 {
            count -= 1;
            let cell = &self.cells[open[count] as usize];
            let (dx, dy) = (at.x - cell.mean.x, at.y - cell.mean.y);
            let square = dx * dx + dy * dy;
            let is_leaf = cell.children == [0; 4];
            // Width over distance below 1: far enough to count as one.
            if is_leaf || 4.0 * cell.half * cell.half < square {
                if square > 1e-9 {
                    let share = cell.mass / square.max(0.25) / SPACING;
                    sum.x += dx * share;
                    sum.y += dy * share;
                }
                continue;
            }
            for child in cell.children.into_iter().filter(|child| *child != 0) {
                open[count] = child;
                count += 1;
            }
        }
        sum
    }
}

/// The child cell that a point falls into, made if it is not there.
fn quarter(cells: &mut Vec<Cell>, at: usize, point: Point, new: impl Fn(Point, f64) -> Cell) -> usize {
    let (middle, half) = (cells[at].middle, cells[at].half / 2.0);
    let (right, up) = (point.x >= middle.x, point.y >= middle.y);
    let slot = usize::from(right) + 2 * usize::from(up);
    if cells[at].children[slot] == 0 {
        let x = middle.x + if right { half } else { -half };
        let y = middle.y + if up { half } else { -half };
        cells[at].children[slot] = cells.len() as u32;
        cells.push(new(Point { x, y }, half));
    }
    cells[at].children[slot] as usize
}

/// Sets islands side by side, the largest first; each goes where it touches others and is nearest to those it is
/// related to, the picture being wider than high.
fn pack(islands: &mut [Island], bonds: &BTreeMap<(usize, usize), f64>) {
    const AROUND: [(f64, f64); 16] = [
        (1.0, 0.0),
        (0.923_879_532_511_286_7, 0.382_683_432_365_089_8),
        (0.707_106_781_186_547_5, 0.707_106_781_186_547_5),
        (0.382_683_432_365_089_8, 0.923_879_532_511_286_7),
        (0.0, 1.0),
        (-0.382_683_432_365_089_8, 0.923_879_532_511_286_7),
        (-0.707_106_781_186_547_5, 0.707_106_781_186_547_5),
        (-0.923_879_532_511_286_7, 0.382_683_432_365_089_8),
        (-1.0, 0.0),
        (-0.923_879_532_511_286_7, -0.382_683_432_365_089_8),
        (-0.707_106_781_186_547_5, -0.707_106_781_186_547_5),
        (-0.382_683_432_365_089_8, -0.923_879_532_511_286_7),
        (0.0, -1.0),
        (0.382_683_432_365_089_8, -0.923_879_532_511_286_7),
        (0.707_106_781_186_547_5, -0.707_106_781_186_547_5),
        (0.923_879_532_511_286_7, -0.382_683_432_365_089_8),
    ];
    let mut order: Vec<usize> = (0..islands.len()).filter(|i| !islands[*i].places.is_empty()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(islands[*i].places.len()), *i));
    let mut placed: Vec<usize> = Vec::new();
    for &island in &order {
        let radius = islands[island].radius;
        let mut best: Option<(f64, Point)> = None;
        for &other in &placed {
            let reach = radius + islands[other].radius;
            for (cos, sin) in AROUND {
                let at = Point { x: islands[other].centre.x + cos * reach, y: islands[other].centre.y + sin * reach };
                let free = placed.iter().all(|third| {
                    let (dx, dy) = (at.x - islands[*third].centre.x, at.y - islands[*third].centre.y);
                    let least = radius + islands[*third].radius;
                    dx * dx + dy * dy >= least * least * 0.999
                });
                if !free {
                    continue;
                }
                let mut cost = at.x * at.x + 1.6 * at.y * at.y;
                for &third in &placed {
                    if let Some(bond) = bonds.get(&(island.min(third), island.max(third))) {
                        let (dx, dy) = (at.x - islands[third].centre.x, at.y - islands[third].centre.y);
                        cost += bond.min(20.0) * (dx * dx + dy * dy) * 0.5;
                    }
                }
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, at));
                }
            }
        }
        islands[island].centre = best.map_or(Point::default(), |(_, at)| at);
        placed.push(island);
    }
}

fn round(value: f64) -> f64 {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Evidence, Fact};

    fn fact(subject: &str, relation: Relation, object: &str) -> Fact {
        let evidence = Evidence { start: 0, end: 1, sentence: "".into(), rule: "test".into(), confidence: 1.0 };
        Fact {
            article: "article:1".parse().unwrap(),
            subject: subject.parse().unwrap(),
            relation,
            object: object.parse().unwrap(),
            acting: false,
            evidence,
        }
    }

    fn many(people: usize) -> KnowledgeGraph {
        let mut facts = Vec::new();
        for i in 0..people {
            let place = format!("p{}", i % 40);
            let body = ["people-council", "people-committee", "police"][i % 3];
            facts.push(fact(
                &format!("person:n{i}"),
                Relation::Holds,
                &format!("post:{place}/{body}/member-{}", i % 7),
            ));
            facts.push(fact(
                &format!("person:n{i}"),
                Relation::Attended,
                &format!("event:{place}/{body}/session-{}", i % 11),
            ));
        }
        KnowledgeGraph::from_facts(&facts, &BTreeMap::new())
    }

    #[test]
    fn every_drawn_entity_has_a_place_of_its_own() {
        let graph = many(300);
        let places = positions(&graph);
        assert_eq!(places.len(), graph.entities().filter(|e| is_drawn(e.id.kind())).count());
        let mut seen: Vec<(i64, i64)> = places.values().map(|p| ((p.x * 10.0) as i64, (p.y * 10.0) as i64)).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), places.len());
        assert!(places.values().all(|p| p.x.is_finite() && p.y.is_finite()));
    }

    #[test]
    fn same_graph_same_picture() {
        assert_eq!(positions(&many(200)), positions(&many(200)));
    }

    #[test]
    fn a_person_lies_with_the_province_of_the_post() {
        let graph = KnowledgeGraph::from_facts(
            &[fact("person:a", Relation::Holds, "post:hue/police/director")],
            &BTreeMap::new(),
        );
        let provinces = provinces(&graph);
        assert_eq!(provinces[&"person:a".parse().unwrap()], "province:hue".parse().unwrap());
    }

    #[test]
    fn islands_do_not_overlap() {
        let graph = many(300);
        let plan = Plan::new(&graph);
        let mut islands: Vec<Island> = plan.members.iter().map(|m| plan.island(m, plan.ids.len())).collect();
        pack(&mut islands, &plan.bonds());
        let islands: Vec<&Island> = islands.iter().filter(|i| !i.places.is_empty()).collect();
        for (i, a) in islands.iter().enumerate() {
            for b in &islands[i + 1..] {
                let (dx, dy) = (a.centre.x - b.centre.x, a.centre.y - b.centre.y);
                assert!((dx * dx + dy * dy).sqrt() >= (a.radius + b.radius) * 0.99);
            }
        }
    }

    #[test]
    #[ignore = "a measurement; run with --release"]
    fn twenty_thousand_take_seconds() {
        let graph = many(17_000);
        let started = std::time::Instant::now();
        let n = positions(&graph).len();
        println!("{n} nodes in {:?}", started.elapsed());
        assert!(started.elapsed().as_secs() < 20);
    }
}
