//! A view is a part of the graph, or a network drawn from it: what to look at before choosing a format.
//!
//! The parts of a view apply in this order: province, time and relations choose links; a projection replaces them by
//! ties between people or between events; the least weight leaves the strong ones; the surroundings of one entity
//! come last. A chosen part holds no node without a link. Links that follow from identifiers (whose post, whose
//! province) have no evidence, day or weight of their own and come along with what they explain.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::str::FromStr;

use super::export_graph::{ExportGraph, Link, Statements, Tie, earlier};
use crate::graph::{KnowledgeGraph, Statement};
use crate::vocabulary::{EntityId, Kind, Relation};

/// A network of one kind of node, drawn from the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Projection {
    /// People tied by events they chaired together (weight: how many) and by bodies they served in at the same time.
    ///
    /// A post is known for the days on which reports show it; two people served together where those spans overlap
    /// or where one report shows both.
    People,
    /// Events tied by the people who took part in both, from the earlier to the later.
    Events,
}

/// A year, a month or a day: `2025`, `2025-06`, `2025-06-12`.
///
/// ```
/// use chutoa::export::Period;
/// assert!("2025-06".parse::<Period>().is_ok());
/// assert!("2025-13".parse::<Period>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period(String);

impl Period {
    /// Whether a day comes before the period.
    pub fn is_after(&self, day: &str) -> bool {
        day < self.0.as_str()
    }

    /// Whether a day comes after the period.
    pub fn is_before(&self, day: &str) -> bool {
        day > self.0.as_str() && !day.starts_with(&self.0)
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;
    fn from_str(text: &str) -> Result<Period, NotAPeriod> {
        let day = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_string(),
        };
        if super::export_graph::is_day(&day) {
            Ok(Period(text.to_string()))
        } else {
            Err(NotAPeriod { text: text.to_string() })
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no year, month or day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no date; write a year, a month or a day: 2025, 2025-06, 2025-06-12")]
pub struct NotAPeriod {
    text: String,
}

/// An entity that a view asks for and the graph does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{id}` is not in the graph")]
pub struct NoSuchEntity {
    /// Its identifier.
    pub id: EntityId,
}

/// What to show of a graph; the default is everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// A network of people or of events instead of the graph.
    pub project: Option<Projection>,
    /// One entity and all within so many links of it.
    pub ego: Option<(EntityId, u32)>,
    /// What belongs to a province: its bodies, posts, events and documents, and the people who held or did something there.
    pub province: Option<EntityId>,
    /// Only what is seen in this period or later.
    pub since: Option<Period>,
    /// Only what is seen in this period or earlier.
    pub until: Option<Period>,
    /// Only what was first seen in this period or before it, and last seen in it or after it: who was what on that day.
    pub on: Option<Period>,
    /// Only these relations; empty for all.
    pub relations: Vec<Relation>,
    /// Only links of at least this weight.
    pub min_weight: u32,
}

impl View {
    /// The part of the graph, or the network, that the view shows.
    pub fn of<'a>(&self, knowledge: &'a KnowledgeGraph) -> Result<ExportGraph<'a>, NoSuchEntity> {
        for id in self.ego.iter().map(|(id, _)| id).chain(&self.province) {
            if knowledge.entity(id).is_none() {
                return Err(NoSuchEntity { id: id.clone() });
            }
        }
        let mut graph = ExportGraph::new(knowledge);
        self.choose(&mut graph);
        match self.project {
            Some(Projection::People) => project(&mut graph, Kind::Person, people_ties),
            Some(Projection::Events) => project(&mut graph, Kind::Event, event_ties),
            None => {}
        }
        if self.min_weight > 1 {
            let chosen =
                graph.links.iter().map(|link| !link.is_structural() && link.weight >= self.min_weight).collect();
            leave(&mut graph, chosen, true);
        }
        if let Some((id, hops)) = &self.ego {
            surround(&mut graph, id, *hops);
        }
        Ok(graph)
    }

    fn is_timed(&self) -> bool {
        self.since.is_some() || self.until.is_some() || self.on.is_some()
    }

    fn choose(&self, graph: &mut ExportGraph<'_>) {
        if self.province.is_none() && !self.is_timed() && self.relations.is_empty() {
            return;
        }
        let local = self.province.as_ref().map(|province| Locality::new(graph, province));
        let chosen = graph
            .links
            .iter()
            .map(|link| {
                let here = local.as_ref().is_none_or(|local| local.has(graph, link));
                if link.is_structural() {
                    here && (self.lists(link)
                        || (self.province.is_some() && self.relations.is_empty() && !self.is_timed()))
                } else {
                    here && self.is_in_time(link) && (self.relations.is_empty() || self.lists(link))
                }
            })
            .collect();
        leave(graph, chosen, self.relations.is_empty());
    }

    fn lists(&self, link: &Link<'_>) -> bool {
        self.relations.iter().any(|relation| link.tie == Tie::Stated(*relation))
    }

    /// A link without a day is in no period.
    fn is_in_time(&self, link: &Link<'_>) -> bool {
        let from = self.since.iter().chain(&self.on);
        let to = self.until.iter().chain(&self.on);
        from.into_iter().all(|period| link.last.is_some_and(|last| !period.is_after(last)))
            && to.into_iter().all(|period| link.first.is_some_and(|first| !period.is_before(first)))
    }
}

/// What belongs to a province.
struct Locality {
    nodes: Vec<bool>,
    /// Articles that state something of the province.
    articles: BTreeSet<EntityId>,
}

impl Locality {
    fn new(graph: &ExportGraph<'_>, province: &EntityId) -> Locality {
        let own = |node: usize| graph.province(node).is_some_and(|found| found.id == *province);
        let mut nodes: Vec<bool> = (0..graph.nodes.len()).map(own).collect();
        let mut articles = BTreeSet::new();
        let mut people = Vec::new();
        for link in &graph.links {
            let kind = graph.nodes[link.source].kind;
            if nodes[link.target] && kind == Kind::Person {
                people.push(link.source);
            }
            if (nodes[link.source] || nodes[link.target]) && kind != Kind::Article {
                articles.extend(link.statements.articles().into_iter().cloned());
            }
        }
        for person in people {
            nodes[person] = true;
        }
        Locality { nodes, articles }
    }

    /// A guest from elsewhere brings his posts along, not the other events he went to.
    fn has(&self, graph: &ExportGraph<'_>, link: &Link<'_>) -> bool {
        let (source, target) = (self.nodes[link.source], self.nodes[link.target]);
        match (graph.nodes[link.source].kind, graph.nodes[link.target].kind) {
            (_, Kind::Event) => target,
            (Kind::Article, _) => source || target || self.articles.contains(&graph.nodes[link.source].entity.id),
            _ => source || target,
        }
    }
}

/// Leaves the chosen links and the nodes they touch; `explain` adds what follows from those nodes' identifiers.
fn leave(graph: &mut ExportGraph<'_>, mut chosen: Vec<bool>, explain: bool) {
    let mut touched = vec![false; graph.nodes.len()];
    for (link, _) in graph.links.iter().zip(&chosen).filter(|(_, chosen)| **chosen) {
        (touched[link.source], touched[link.target]) = (true, true);
    }
    // Post, body, province, the province it was merged into: a few rounds reach the end.
    let mut grown = explain;
    while grown {
        grown = false;
        for (link, chosen) in graph.links.iter().zip(&mut chosen) {
            if !*chosen && link.is_structural() && touched[link.source] {
                (*chosen, touched[link.target], grown) = (true, true, true);
            }
        }
    }
    graph.retain(&touched, &chosen);
}

fn surround(graph: &mut ExportGraph<'_>, id: &EntityId, hops: u32) {
    let Some(centre) = graph.position(id) else {
        // A filter before took it out: there is nothing around it.
        let (nodes, links) = (vec![false; graph.nodes.len()], vec![false; graph.links.len()]);
        return graph.retain(&nodes, &links);
    };
    let mut neighbours = vec![Vec::new(); graph.nodes.len()];
    for link in &graph.links {
        neighbours[link.source].push(link.target);
        neighbours[link.target].push(link.source);
    }
    let mut reached = vec![false; graph.nodes.len()];
    reached[centre] = true;
    let mut queue = VecDeque::from([(centre, 0)]);
    while let Some((node, distance)) = queue.pop_front() {
        if distance < hops {
            for &next in &neighbours[node] {
                if !std::mem::replace(&mut reached[next], true) {
                    queue.push_back((next, distance + 1));
                }
            }
        }
    }
    let links: Vec<bool> = graph.links.iter().map(|link| reached[link.source] && reached[link.target]).collect();
    graph.retain(&reached, &links);
}

type Ties<'a> = BTreeMap<(usize, Tie, usize), Link<'a>>;

fn project<'a>(graph: &mut ExportGraph<'a>, kind: Kind, ties: fn(&ExportGraph<'a>) -> Ties<'a>) {
    let ties = ties(graph);
    graph.links = ties.into_values().collect();
    let nodes: Vec<bool> = graph.nodes.iter().map(|node| node.kind == kind).collect();
    let links = vec![true; graph.links.len()];
    graph.projected = true;
    graph.retain(&nodes, &links);
}

fn people_ties<'a>(graph: &ExportGraph<'a>) -> Ties<'a> {
    let mut chairs: BTreeMap<usize, Vec<&Link<'a>>> = BTreeMap::new();
    let mut members: BTreeMap<&str, BTreeMap<usize, Vec<&Link<'a>>>> = BTreeMap::new();
    for link in &graph.links {
        match link.tie {
            Tie::Stated(Relation::Chaired) => chairs.entry(link.target).or_default().push(link),
            Tie::Stated(Relation::Holds) => {
                let post = graph.nodes[link.target].entity.id.path();
                let body = post.rsplit_once('/').map_or(post, |(body, _)| body);
                members.entry(body).or_default().entry(link.source).or_default().push(link);
            }
            _ => {}
        }
    }
    let mut ties = Ties::new();
    for links in chairs.values() {
        for (i, a) in links.iter().enumerate() {
            for b in &links[i + 1..] {
                tie(&mut ties, (a.source, Tie::CoChaired, b.source), &[a, b]);
            }
        }
    }
    for people in members.values() {
        for (i, (a, a_links)) in people.iter().enumerate() {
            for (b, b_links) in people.iter().skip(i + 1) {
                let pairs = a_links.iter().flat_map(|x| b_links.iter().map(move |y| [*x, *y]));
                if let Some(pair) = pairs.into_iter().find(|[x, y]| overlap(x, y) || share_article(x, y)) {
                    tie(&mut ties, (*a, Tie::ServedTogether, *b), &pair);
                }
            }
        }
    }
    ties
}

fn event_ties<'a>(graph: &ExportGraph<'a>) -> Ties<'a> {
    let mut parts: BTreeMap<usize, BTreeMap<usize, &Link<'a>>> = BTreeMap::new();
    for link in &graph.links {
        if matches!(link.tie, Tie::Stated(Relation::Chaired | Relation::SpokeAt | Relation::Attended)) {
            parts.entry(link.source).or_default().entry(link.target).or_insert(link);
        }
    }
    let mut ties = Ties::new();
    for events in parts.values() {
        let mut events: Vec<&Link<'a>> = events.values().copied().collect();
        events.sort_by_key(|link| (graph.nodes[link.target].date, link.target));
        for (i, a) in events.iter().enumerate() {
            for b in &events[i + 1..] {
                tie(&mut ties, (a.target, Tie::SharedPeople, b.target), &[a, b]);
            }
        }
    }
    ties
}

/// Counts one more reason for a tie.
fn tie<'a>(ties: &mut Ties<'a>, key: (usize, Tie, usize), reasons: &[&Link<'a>]) {
    let (source, tie, target) = key;
    let link = ties.entry(key).or_insert_with(|| Link {
        source,
        target,
        tie,
        weight: 0,
        confidence: 0.0,
        acting: false,
        first: None,
        last: None,
        statements: Statements::Gathered(Vec::new()),
    });
    link.weight += 1;
    link.confidence = reasons.iter().map(|reason| reason.confidence).fold(1.0, f32::min).max(link.confidence);
    for reason in reasons {
        link.first = earlier(link.first, reason.first);
        link.last = link.last.max(reason.last);
    }
    if let Statements::Gathered(statements) = &mut link.statements {
        let mut all: Vec<&'a Statement> = reasons.iter().flat_map(|reason| reason.statements.iter()).collect();
        all.sort_by_key(|statement| (&statement.article, statement.evidence.start, statement.evidence.end));
        statements.extend(all);
    }
}

fn overlap(a: &Link<'_>, b: &Link<'_>) -> bool {
    match (a.first, a.last, b.first, b.last) {
        (Some(a_first), Some(a_last), Some(b_first), Some(b_last)) => a_first <= b_last && b_first <= a_last,
        _ => false,
    }
}

fn share_article(a: &Link<'_>, b: &Link<'_>) -> bool {
    a.statements.iter().any(|x| b.statements.iter().any(|y| x.article == y.article))
}
