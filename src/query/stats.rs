//! Statistics are figures of a graph or a part of it: how many of what, who is connected most, who stands between the
//! others, which communities there are, who was longest seen in a post, and whose post nobody is known to hold.
//!
//! They are counted on what exports show, where days are attributes and no nodes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::export::{ExportGraph, Link, Measures, Tie};
use crate::query::Named;
use crate::vocabulary::{EntityId, Kind, Relation};

/// How many members a community is introduced by.
const MEMBERS: usize = 3;

/// Figures of a graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statistics {
    /// Number of entities, days among them.
    pub entities: usize,
    /// Number of edges, those that lead to days among them.
    pub edges: usize,
    /// Number of entities by kind, in the order of kinds.
    pub kinds: Vec<(Kind, usize)>,
    /// Number of edges by relation, in the order of relations; in a projection by tie.
    pub relations: Vec<(&'static str, usize)>,
    /// How many edges an entity has.
    pub degree: Degree,
    /// Number of parts without an edge between them.
    pub components: usize,
    /// Number of entities in the largest part.
    pub largest_component: usize,
    /// Number of communities.
    pub communities: usize,
    /// How clearly communities are apart, from 0 (no more than by chance) towards 1.
    pub modularity: f64,
    /// Whether `betweenness` is an estimate, as it is in large graphs.
    pub betweenness_is_estimate: bool,
    /// The entities with the most edges, by kind.
    pub most_connected: BTreeMap<Kind, Vec<Connected>>,
    /// The entities of any kind that most shortest paths between others lead through.
    pub most_between: Vec<Connected>,
    /// The largest communities, each with its most connected members.
    pub largest_communities: Vec<Community>,
    /// People seen longest in one post.
    pub longest_serving: Vec<Service>,
    /// Posts of one person at a time that somebody left and nobody is known to have taken since, the latest first.
    pub vacant: Vec<Vacancy>,
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

/// An entity and its place in the graph.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Connected {
    /// The entity.
    pub entity: Named,
    /// Number of its edges.
    pub degree: usize,
    /// Share of the shortest paths between others that lead through it, from 0 to 1.
    pub betweenness: f64,
    /// The number of its community, the largest being 1.
    pub community: u32,
}

/// Entities more connected among themselves than with others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Community {
    /// Its number, the largest being 1.
    pub community: u32,
    /// How many entities belong to it.
    pub size: usize,
    /// The most connected of them.
    pub members: Vec<Named>,
}

/// One person in one post, as long as reports show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Service {
    /// Who.
    pub person: Named,
    /// In which post.
    pub post: Named,
    /// The first day on which a report shows it.
    pub first: String,
    /// The last day on which a report shows it, or that the person left.
    pub last: String,
    /// From the one to the other.
    pub days: i32,
}

/// A post that somebody left and nobody is known to have taken since.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Vacancy {
    /// The post.
    pub post: Named,
    /// Who left it last.
    pub left_by: Vec<Named>,
    /// The day of the report that says so, where known.
    pub since: Option<String>,
}

/// The figures of a graph, with `top` of everything that is listed.
pub fn stats(graph: &ExportGraph<'_>, top: usize) -> Statistics {
    let measures = graph.measures().map_or_else(|| Cow::Owned(Measures::of(graph)), Cow::Borrowed);
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    graph.nodes().iter().for_each(|node| *kinds.entry(node.kind).or_default() += 1);
    let mut ties: BTreeMap<Tie, usize> = BTreeMap::new();
    graph.links().iter().for_each(|link| *ties.entry(link.tie).or_default() += 1);
    let mut days: BTreeSet<&EntityId> = BTreeSet::new();
    for (relation, day) in graph.days() {
        *ties.entry(Tie::Stated(relation)).or_default() += 1;
        days.insert(day);
    }
    if !days.is_empty() {
        kinds.insert(Kind::Date, days.len());
    }
    let mut by_degree: Vec<usize> = (0..graph.nodes().len()).collect();
    by_degree.sort_by_key(|node| std::cmp::Reverse(graph.nodes()[*node].degree));
    let mut by_betweenness = by_degree.clone();
    by_betweenness.sort_by(|a, b| measures.betweenness[*b].total_cmp(&measures.betweenness[*a]));
    let connected = |node: usize| Connected {
        entity: graph.nodes()[node].entity.into(),
        degree: graph.nodes()[node].degree as usize,
        betweenness: measures.betweenness[node],
        community: measures.community[node],
    };
    let mut most_connected: BTreeMap<Kind, Vec<Connected>> = BTreeMap::new();
    let mut members: BTreeMap<u32, (usize, Vec<Named>)> = BTreeMap::new();
    for &node in &by_degree {
        let of_kind = most_connected.entry(graph.nodes()[node].kind).or_default();
        if of_kind.len() < top {
            of_kind.push(connected(node));
        }
        let (size, first) = members.entry(measures.community[node]).or_default();
        *size += 1;
        // A report has no name that tells anything.
        if first.len() < MEMBERS && graph.nodes()[node].kind != Kind::Article {
            first.push(graph.nodes()[node].entity.into());
        }
    }
    let between = by_betweenness.into_iter().filter(|node| measures.betweenness[*node] > 0.0);
    let communities = members.into_iter().filter(|(_, (size, _))| *size > 1).take(top);
    let Terms { mut services, mut vacancies } = terms(graph);
    services.truncate(top);
    vacancies.truncate(top);
    Statistics {
        entities: kinds.values().sum(),
        edges: ties.values().sum(),
        kinds: kinds.into_iter().collect(),
        relations: ties.into_iter().map(|(tie, count)| (tie.name(), count)).collect(),
        degree: spread(graph.nodes().iter().map(|node| node.degree as usize).collect()),
        components: Measures::count(&measures.component),
        largest_component: measures.component.iter().filter(|number| **number == 1).count(),
        communities: Measures::count(&measures.community),
        modularity: measures.modularity,
        betweenness_is_estimate: measures.is_estimate,
        most_connected,
        most_between: between.take(top).map(connected).collect(),
        largest_communities: communities
            .map(|(community, (size, members))| Community { community, size, members })
            .collect(),
        longest_serving: services,
        vacant: vacancies,
    }
}

fn spread(mut degrees: Vec<usize>) -> Degree {
    degrees.sort_unstable();
    let (Some(&min), Some(&max)) = (degrees.first(), degrees.last()) else { return Degree::default() };
    let sum: usize = degrees.iter().sum();
    Degree { min, median: degrees[(degrees.len() - 1) / 2], mean: sum as f64 / degrees.len() as f64, max }
}

struct Terms {
    /// The longest first.
    services: Vec<Service>,
    /// The latest first.
    vacancies: Vec<Vacancy>,
}

/// What reports show of one person in one post; days are texts that sort as days do, the empty one is unknown.
#[derive(Clone, Copy, Default)]
struct Term<'g> {
    first: Option<&'g str>,
    /// The last day in office.
    seen: Option<&'g str>,
    elected: Option<&'g str>,
    /// The last day on which a report tells that the person is out of it.
    out: Option<&'g str>,
}

impl Term<'_> {
    /// Whether the last that is known has the person in the post. A report that names somebody by the post they leave
    /// shows both on one day, and means the leaving, unless it also tells of an election.
    fn is_open(&self) -> bool {
        let in_office = self.seen.max(self.elected);
        in_office.is_some() && (in_office > self.out || (self.elected.is_some() && self.elected >= self.out))
    }
}

fn terms(graph: &ExportGraph<'_>) -> Terms {
    let mut posts: BTreeMap<usize, BTreeMap<usize, Term<'_>>> = BTreeMap::new();
    for link in graph.links() {
        let Tie::Stated(relation @ (Relation::Holds | Relation::Held | Relation::ElectedTo | Relation::Left)) =
            link.tie
        else {
            continue;
        };
        let Link { source, target, first, last, .. } = *link;
        // A report without a date still tells that it was so.
        let (first, last) = (first.unwrap_or(""), Some(last.unwrap_or("")));
        let term = posts.entry(target).or_default().entry(source).or_default();
        match relation {
            Relation::Holds => term.seen = term.seen.max(last),
            Relation::ElectedTo => term.elected = term.elected.max(last),
            _ => term.out = term.out.max(last),
        }
        if relation != Relation::Held && !first.is_empty() {
            term.first = Some(term.first.map_or(first, |known| known.min(first)));
        }
    }
    let name = |node: usize| -> Named { graph.nodes()[node].entity.into() };
    let mut services = Vec::new();
    let mut vacancies = Vec::new();
    for (post, people) in posts {
        for (&person, term) in &people {
            let last = term.seen.max(term.elected).max(term.out.filter(|_| term.seen.is_some()));
            let day = |text: &str| text.parse::<Date>().ok();
            let (Some(first), Some(last)) = (term.first, last) else { continue };
            if let (Some(from), Some(until)) = (day(first), day(last))
                && from < until
            {
                let days = (until - from).get_days();
                let [first, last] = [first, last].map(str::to_string);
                services.push(Service { person: name(person), post: name(post), first, last, days });
            }
        }
        // A seat on a board is not vacant: who sits there now is more than reports tell.
        let is_single = graph.nodes()[post].entity.single;
        let since = people.values().filter_map(|term| term.out).max();
        if let Some(since) = since
            && is_single
            && !people.values().any(Term::is_open)
        {
            let left_by = people.iter().filter(|(_, term)| term.out == Some(since)).map(|(person, _)| name(*person));
            let since = Some(since).filter(|day| !day.is_empty()).map(str::to_string);
            vacancies.push(Vacancy { post: name(post), left_by: left_by.collect(), since });
        }
    }
    services
        .sort_by(|a, b| b.days.cmp(&a.days).then_with(|| (&a.person.id, &a.post.id).cmp(&(&b.person.id, &b.post.id))));
    vacancies.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.post.id.cmp(&b.post.id)));
    Terms { services, vacancies }
}
