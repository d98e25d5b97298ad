//! An export graph is what all writers take: nodes and links in order, borrowed from the knowledge graph.
//!
//! It differs from the knowledge graph in three ways: days are attributes and no nodes, links may be drawn from
//! others (a projection), and it may be a part of the whole.

use std::collections::BTreeSet;
use std::hint::black_box;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use petgraph::graph::NodeIndex;

use super::measure::Measures;
use crate::graph::{Edge, Entity, KnowledgeGraph, Statement};
use crate::vocabulary::{EntityId, Kind, Relation};

/// What a link says of its two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// A relation of the vocabulary, as reports state it.
    Stated(Relation),
    /// Two people chaired the same events.
    CoChaired,
    /// Two people held posts in the same bodies at the same time.
    ServedTogether,
    /// The same people took part in two events.
    SharedPeople,
}

impl Tie {
    /// The tie's word in exports: for a stated one the relation's.
    pub fn name(self) -> &'static str {
        match self {
            Tie::Stated(relation) => relation.name(),
            Tie::CoChaired => "co_chaired",
            Tie::ServedTogether => "served_together",
            Tie::SharedPeople => "shared_people",
        }
    }
}

/// The statements behind a link.
#[derive(Clone, Debug)]
pub enum Statements<'a> {
    /// All those of an edge.
    Edge(&'a [Statement]),
    /// Those gathered from several edges.
    Gathered(Vec<&'a Statement>),
}

impl<'a> Statements<'a> {
    /// The statements in order.
    pub fn iter(&self) -> impl Iterator<Item = &'a Statement> + '_ {
        let (edge, gathered): (&'a [Statement], &[&'a Statement]) = match self {
            Statements::Edge(statements) => (statements, &[]),
            Statements::Gathered(statements) => (&[], statements),
        };
        edge.iter().chain(gathered.iter().copied())
    }

    /// The articles that make them, each once, sorted.
    pub fn articles(&self) -> Vec<&'a EntityId> {
        let mut articles: Vec<&EntityId> = self.iter().map(|statement| &statement.article).collect();
        articles.sort_unstable();
        articles.dedup();
        articles
    }
}

/// A node: an entity, with the days on which the graph sees it.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// The entity.
    pub entity: &'a Entity,
    /// Its kind, as its identifier tells.
    pub kind: Kind,
    /// The day of an event, of a document's issue, of an article's publication.
    pub date: Option<&'a str>,
    /// The earliest day of its date and its links.
    pub first: Option<&'a str>,
    /// The latest day of its date and its links.
    pub last: Option<&'a str>,
    /// Number of its links.
    pub degree: u32,
}

/// A link: a tie between two nodes with everything that supports it.
#[derive(Clone, Debug)]
pub struct Link<'a> {
    /// Position of the subject among the nodes.
    pub source: usize,
    /// Position of the object among the nodes.
    pub target: usize,
    /// What ties them.
    pub tie: Tie,
    /// How many independent reports state it; in a projection, how many events, bodies or people tie the two.
    pub weight: u32,
    /// The highest confidence of any statement.
    pub confidence: f32,
    /// Whether every report calls the holder acting.
    pub acting: bool,
    /// The earliest day: of the event where an event is tied, else of the reports.
    pub first: Option<&'a str>,
    /// The latest day.
    pub last: Option<&'a str>,
    /// What reports say; nothing for what follows from the gazetteer.
    pub statements: Statements<'a>,
}

impl Link<'_> {
    /// Whether the link follows from identifiers and the gazetteer.
    pub fn is_structural(&self) -> bool {
        matches!(self.tie, Tie::Stated(relation) if relation.is_structural())
    }
}

/// A link to a day, which graph formats show as an attribute.
#[derive(Clone, Debug)]
pub(super) struct DayLink<'a> {
    pub source: usize,
    pub relation: Relation,
    pub day: &'a EntityId,
    pub edge: &'a Edge,
}

/// Nodes and links, each in order: nodes by identifier, links by source, tie and target.
#[derive(Clone, Debug)]
pub struct ExportGraph<'a> {
    pub(super) knowledge: &'a KnowledgeGraph,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) links: Vec<Link<'a>>,
    pub(super) days: Vec<DayLink<'a>>,
    pub(super) projected: bool,
    pub(super) measures: Option<Measures>,
    /// See [`ExportGraph::address`].
    addresses: HashMap<&'a EntityId, &'a str, FixedState>,
}

impl<'a> ExportGraph<'a> {
    /// The whole graph.
    pub fn new(knowledge: &'a KnowledgeGraph) -> ExportGraph<'a> {
        let graph = knowledge.petgraph();
        let mut order: Vec<NodeIndex> = graph.node_indices().collect();
        order.sort_by(|a, b| graph[*a].id.cmp(&graph[*b].id));

        let mut nodes = Vec::with_capacity(order.len());
        let mut position = vec![usize::MAX; order.len()];
        for index in order {
            let entity = &graph[index];
            let kind = entity.id.kind();
            if kind != Kind::Date {
                position[index.index()] = nodes.len();
                let date = entity.date.as_deref();
                nodes.push(Node { entity, kind, date, first: None, last: None, degree: 0 });
            }
        }

        let mut days = Vec::new();
        for edge in graph.raw_edges() {
            let (source, target) = (position[edge.source().index()], position[edge.target().index()]);
            if source != usize::MAX && target == usize::MAX {
                let day = &graph[edge.target()].id;
                days.push(DayLink { source, relation: edge.weight.relation, day, edge: &edge.weight });
            }
        }
        days.sort_by(|a, b| (a.source, a.relation, a.day).cmp(&(b.source, b.relation, b.day)));
        for day in &days {
            // Where reports disagree, the earliest day stands; the facts keep them all.
            nodes[day.source].date.get_or_insert(day.day.path());
        }

        let mut links = Vec::with_capacity(graph.edge_count());
        for edge in graph.raw_edges() {
            let (source, target) = (position[edge.source().index()], position[edge.target().index()]);
            if source != usize::MAX && target != usize::MAX {
                links.push(stated(source, target, &edge.weight, &nodes));
            }
        }
        links.sort_by_key(|link| (link.source, link.tie, link.target));

        // In one table, since every statement asks for its article's.
        let addresses = nodes.iter().filter_map(|node| Some((&node.entity.id, web_address(node.entity)?))).collect();
        let mut graph = ExportGraph { knowledge, nodes, links, days, projected: false, measures: None, addresses };
        graph.count();
        graph
    }

    /// The nodes, sorted by identifier.
    pub fn nodes(&self) -> &[Node<'a>] {
        &self.nodes
    }

    /// The links, sorted by source, tie and target.
    pub fn links(&self) -> &[Link<'a>] {
        &self.links
    }

    /// The links, looked at some dozens at a time before they are handed out.
    ///
    /// In a large graph a link leads all over memory: to identifiers, days, sentences, addresses. To wait for one after
    /// the other is half of what writing takes; looked at in a row, they come together.
    pub(super) fn links_ahead(&self) -> impl Iterator<Item = &Link<'a>> {
        self.links.chunks(64).flat_map(|links| {
            let first = |text: &str| text.as_bytes().first().copied().unwrap_or(0);
            let statements = || links.iter().flat_map(|link| link.statements.iter());
            let ends = links.iter().map(|link| first(self.nodes[link.target].entity.id.as_str()));
            let days = links.iter().map(|link| link.first.map_or(0, first));
            let words = statements().map(|statement| {
                let evidence = &statement.evidence;
                first(&evidence.sentence) ^ first(&evidence.rule) ^ first(statement.article.as_str())
            });
            let addresses = statements().map(|statement| self.address(&statement.article).map_or(0, first));
            // Whatever comes out: that somebody asked makes the machine look.
            black_box(ends.chain(days).chain(words).chain(addresses).fold(0, |all, byte| all ^ byte));
            links
        })
    }

    /// The days that events and documents of the graph are tied to, each with its relation; none in a projection.
    pub fn days(&self) -> impl Iterator<Item = (Relation, &'a EntityId)> + '_ {
        self.days.iter().filter(|_| !self.projected).map(|day| (day.relation, day.day))
    }

    /// The graph with the measures of its nodes, which exports then write as attributes.
    pub fn measured(mut self) -> ExportGraph<'a> {
        self.measures = Some(Measures::of(&self));
        self
    }

    /// The measures of the nodes, where they were asked for.
    pub fn measures(&self) -> Option<&Measures> {
        self.measures.as_ref()
    }

    /// The entity of an identifier, in the view or out of it: a link's evidence may lie in an article out of view.
    pub fn entity(&self, id: &EntityId) -> Option<&'a Entity> {
        self.knowledge.entity(id)
    }

    /// The position of an entity among the nodes.
    pub fn position(&self, id: &EntityId) -> Option<usize> {
        self.nodes.binary_search_by(|node| node.entity.id.cmp(id)).ok()
    }

    /// The part of the knowledge graph that this shows, with the articles and days that belong to it; none where links
    /// are drawn from others.
    pub(super) fn to_knowledge(&self) -> Option<KnowledgeGraph> {
        if self.projected {
            return None;
        }
        let mut ids: BTreeSet<&EntityId> = self.nodes.iter().map(|node| &node.entity.id).collect();
        let mut edges = BTreeSet::new();
        for link in &self.links {
            let Tie::Stated(relation) = link.tie else { return None };
            ids.extend(link.statements.articles());
            edges.insert((&self.nodes[link.source].entity.id, relation, &self.nodes[link.target].entity.id));
        }
        for day in &self.days {
            ids.insert(day.day);
            ids.extend(day.edge.statements.iter().map(|statement| &statement.article));
            edges.insert((&self.nodes[day.source].entity.id, day.relation, day.day));
        }
        let has_edge = |s: &Entity, edge: &Edge, o: &Entity| edges.contains(&(&s.id, edge.relation, &o.id));
        Some(self.knowledge.part(|entity| ids.contains(&entity.id), has_edge))
    }

    /// The address of an article, in the view or out of it, where it has one that a browser may open.
    pub(super) fn address(&self, article: &EntityId) -> Option<&'a str> {
        self.addresses.get(article).copied()
    }

    /// The province of a node: the entity's own, or the one that its identifier begins with.
    pub(super) fn province(&self, node: usize) -> Option<&'a Entity> {
        let entity = self.nodes[node].entity;
        if let Some(id) = &entity.province {
            return self.entity(id);
        }
        match self.nodes[node].kind {
            Kind::Province => Some(entity),
            Kind::Post | Kind::Organization | Kind::Event | Kind::Document => {
                let (place, _) = entity.id.path().split_once('/')?;
                self.entity(&EntityId::new(Kind::Province, place))
            }
            _ => None,
        }
    }

    /// Leaves only the marked links, and of the nodes the marked ones.
    pub(super) fn retain(&mut self, nodes: &[bool], links: &[bool]) {
        let mut position = vec![usize::MAX; self.nodes.len()];
        for (new, (old, _)) in nodes.iter().enumerate().filter(|(_, keep)| **keep).enumerate() {
            position[old] = new;
        }
        let mut keep = nodes.iter();
        self.nodes.retain(|_| *keep.next().expect("one mark a node"));
        let mut keep = links.iter();
        self.links.retain(|_| *keep.next().expect("one mark a link"));
        self.days.retain(|day| position[day.source] != usize::MAX);
        for link in &mut self.links {
            (link.source, link.target) = (position[link.source], position[link.target]);
        }
        for day in &mut self.days {
            day.source = position[day.source];
        }
        self.count();
    }

    /// Derives degrees and days of nodes from their links.
    pub(super) fn count(&mut self) {
        self.measures = None;
        for node in &mut self.nodes {
            (node.first, node.last, node.degree) = (node.date, node.date, 0);
        }
        for link in &self.links {
            for end in [link.source, link.target] {
                let node = &mut self.nodes[end];
                node.degree += 1;
                node.first = earlier(node.first, link.first);
                node.last = node.last.max(link.last);
            }
        }
    }
}

impl<'a> From<&'a KnowledgeGraph> for ExportGraph<'a> {
    fn from(graph: &'a KnowledgeGraph) -> ExportGraph<'a> {
        ExportGraph::new(graph)
    }
}

fn stated<'a>(source: usize, target: usize, edge: &'a Edge, nodes: &[Node<'a>]) -> Link<'a> {
    // What happened at an event happened on its day, whenever it was reported.
    let event = [source, target].into_iter().find(|end| nodes[*end].kind == Kind::Event);
    let day = event.and_then(|event| nodes[event].date);
    Link {
        source,
        target,
        tie: Tie::Stated(edge.relation),
        weight: edge.weight.max(1),
        confidence: edge.confidence,
        acting: edge.acting,
        first: day.or(edge.first.as_deref()),
        last: day.or(edge.last.as_deref()),
        statements: Statements::Edge(&edge.statements),
    }
}

/// The address of an entity where a browser may open it.
///
/// Reports bring their own addresses, and a picture or a page makes links of them: `javascript:` must not pass.
fn web_address(entity: &Entity) -> Option<&str> {
    let url = entity.url.as_deref()?;
    let (scheme, rest) = url.split_once(':')?;
    let opens = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    (opens && rest.starts_with("//")).then_some(url)
}

/// The earlier of two days, of which either may be unknown.
pub(super) fn earlier<'a>(a: Option<&'a str>, b: Option<&'a str>) -> Option<&'a str> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Whether a text is a full calendar day, which typed date columns demand.
pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
