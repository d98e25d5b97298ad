//! Running a query walks the graph's edges once and puts what fits into rows.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::graph::{Edge, Entity, KnowledgeGraph};
use crate::query::name::{Fit, UnknownName, find};
use crate::query::parse::{Filter, Query, Term, Wildcard};
use crate::query::tenure::Days;
use crate::query::{Named, Quote, When, province_of};
use crate::vocabulary::{EntityId, Kind, Relation};

/// What fits a query, in a fixed order: better names first, then by event or person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The relation asked for; none where any was.
    pub relation: Option<Relation>,
    /// One row an edge.
    pub rows: Vec<Row>,
}

/// One edge that fits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// From whom or what.
    pub subject: Named,
    /// The posts that the same reports give the subject, where the object is an event.
    #[serde(rename = "as")]
    pub roles: Vec<Named>,
    /// The relation.
    pub relation: Relation,
    /// To whom or what.
    pub object: Named,
    /// The province of the event, post, organization or document.
    pub place: Option<Named>,
    /// The day of the event or document; the first and last day on which a post was observed.
    pub when: Option<When>,
    /// Whether the post is held for the time being.
    pub acting: bool,
    /// How many independent reports say so; none for what follows from the gazetteer.
    pub reports: u32,
    /// From 0 to 1.
    pub confidence: f32,
    /// The first sentence that says so.
    pub evidence: Option<Quote>,
}

/// Why a query has no answer, not even an empty one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// A name that the graph does not know.
    #[error(transparent)]
    UnknownName(#[from] UnknownName),
    /// The words are no query.
    #[error(transparent)]
    Malformed(#[from] crate::query::MalformedQuery),
}

impl Query {
    /// The rows of a graph that fit.
    ///
    /// # Errors
    /// A name that nothing in the graph has; the error lists the nearest ones.
    pub fn run(&self, graph: &KnowledgeGraph) -> Result<Answer, QueryError> {
        let (left, right) = match self.relation {
            Some(relation) => (vec![relation.kinds().0], vec![relation.kinds().1]),
            None => (kinds(&self.subject), kinds(&self.object)),
        };
        let subjects = End::new(graph, &self.subject, &left)?;
        let objects = End::new(graph, &self.object, &right)?;
        let sieve = Sieve::new(graph, &self.filter)?;
        let mut rows: Vec<(Order, Row)> = Vec::new();
        let posts = Posts::of(graph);
        let seats = Seats::on(graph, self);
        for (subject, edge, object) in graph.edges() {
            let held = seats.holds(subject, edge, object);
            let relation = if held.is_some() { Relation::Holds } else { edge.relation };
            if self.relation.is_some_and(|asked| asked != relation) {
                continue;
            }
            let (Some(a), Some(b)) = (subjects.fit(subject), objects.fit(object)) else { continue };
            let place = place(graph, subject, object);
            let when = when(graph, subject, edge, object);
            let fits = match held {
                Some(held) => held && sieve.admits_place(place),
                None => sieve.admits(place, when.as_ref()),
            };
            if !fits {
                continue;
            }
            let row = Row {
                subject: subject.into(),
                roles: if object.id.kind() == Kind::Event { posts.beside(subject, edge) } else { Vec::new() },
                relation,
                object: object.into(),
                place: place.map(Named::from),
                when,
                acting: edge.acting,
                reports: if edge.statements.is_empty() { 0 } else { edge.weight },
                confidence: edge.confidence,
                evidence: edge.statements.first().map(|statement| Quote::of(graph, statement)),
            };
            rows.push((order(a.max(b), &row, edge), row));
        }
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Answer { relation: self.relation, rows: rows.into_iter().map(|(_, row)| row).collect() })
    }
}

type Order = (Fit, EntityId, Option<When>, (EntityId, u32), EntityId);

/// Events gather who took part in them, in the order of the report; else subjects gather what is said of them.
fn order(fit: Fit, row: &Row, edge: &Edge) -> Order {
    let nowhere = || (row.subject.id.clone(), 0);
    let place = edge.statements.first().map_or_else(nowhere, |s| (s.article.clone(), s.evidence.start));
    match row.object.id.kind() {
        Kind::Event => (fit, row.object.id.clone(), None, place, row.subject.id.clone()),
        _ => (fit, row.subject.id.clone(), row.when.clone(), place, row.object.id.clone()),
    }
}

pub(super) fn kinds(term: &Term) -> Vec<Kind> {
    match term {
        Term::Wildcard(wildcard) => wildcard.kinds().to_vec(),
        Term::Name(_) => Wildcard::Any.kinds().to_vec(),
    }
}

/// What may stand at one end of the pattern.
enum End<'g> {
    Kinds(Vec<Kind>),
    Entities(BTreeMap<&'g EntityId, Fit>),
}

impl<'g> End<'g> {
    fn new(graph: &'g KnowledgeGraph, term: &Term, kinds: &[Kind]) -> Result<End<'g>, UnknownName> {
        Ok(match term {
            Term::Wildcard(_) => End::Kinds(kinds.to_vec()),
            Term::Name(name) => {
                End::Entities(find(graph, name, kinds)?.into_iter().map(|m| (&m.entity.id, m.fit)).collect())
            }
        })
    }

    fn fit(&self, entity: &Entity) -> Option<Fit> {
        match self {
            End::Kinds(kinds) => kinds.contains(&entity.id.kind()).then_some(Fit::Id),
            End::Entities(entities) => entities.get(&entity.id).copied(),
        }
    }
}

/// The filter with its place found.
struct Sieve<'f, 'g> {
    filter: &'f Filter,
    provinces: Option<BTreeSet<&'g EntityId>>,
}

impl<'f, 'g> Sieve<'f, 'g> {
    fn new(graph: &'g KnowledgeGraph, filter: &'f Filter) -> Result<Sieve<'f, 'g>, UnknownName> {
        let mut provinces: Option<BTreeSet<&EntityId>> = match &filter.place {
            Some(name) => Some(find(graph, name, &[Kind::Province])?.into_iter().map(|m| &m.entity.id).collect()),
            None => None,
        };
        // Who asks for a province on a day after it became part of another means that one.
        if let (Some(provinces), Some(on)) = (&mut provinces, &filter.on) {
            let ended = |p: &&Entity| p.until.as_deref().is_some_and(|until| until <= on.first());
            let found: Vec<&Entity> = provinces.iter().filter_map(|id| graph.entity(id)).filter(ended).collect();
            provinces.extend(found.into_iter().filter_map(|p| p.successor.as_ref()));
        }
        Ok(Sieve { filter, provinces })
    }

    fn admits_place(&self, place: Option<&Entity>) -> bool {
        match &self.provinces {
            Some(provinces) => place.is_some_and(|place| provinces.contains(&place.id)),
            None => true,
        }
    }

    fn admits(&self, place: Option<&Entity>, when: Option<&When>) -> bool {
        let Filter { on, since, until, .. } = self.filter;
        let in_time = match when {
            Some(when) => {
                on.as_ref().is_none_or(|period| period.overlaps(&when.first, &when.last))
                    && since.as_ref().is_none_or(|period| period.begins_before(&when.last))
                    && until.as_ref().is_none_or(|period| period.ends_after(&when.first))
            }
            None => on.is_none() && since.is_none() && until.is_none(),
        };
        self.admits_place(place) && in_time
    }
}

/// Who held which post on the days asked for, as far as reports tell.
struct Seats<'g> {
    /// For each person and post whether it was so; none where no day was asked for.
    held: Option<BTreeMap<(EntityId, EntityId), bool>>,
    /// Whether elections may tell it: where posts alone are asked for.
    elections: bool,
    /// Persons and posts that an edge of its own states.
    stated: BTreeSet<(&'g EntityId, &'g EntityId)>,
}

impl<'g> Seats<'g> {
    fn on(graph: &'g KnowledgeGraph, query: &Query) -> Seats<'g> {
        let asked = query.relation.is_none_or(|relation| relation == Relation::Holds);
        let Some(on) = query.filter.on.as_ref().filter(|_| asked) else {
            return Seats { held: None, elections: false, stated: BTreeSet::new() };
        };
        let days = Days::of(graph);
        let mut held = BTreeMap::new();
        for post in graph.entities().filter(|e| e.id.kind() == Kind::Post) {
            for tenure in days.of_post(graph, post) {
                let covers = tenure.covers(on);
                *held.entry((tenure.person.id, tenure.post.id)).or_default() |= covers;
            }
        }
        let holds = graph.edges().filter(|(_, edge, _)| edge.relation == Relation::Holds);
        Seats {
            held: Some(held),
            elections: query.relation.is_some(),
            stated: holds.map(|(s, _, o)| (&s.id, &o.id)).collect(),
        }
    }

    /// Whether the person held the post then; none where the edge does not tell of it. An election tells of it where
    /// no report gives him the post.
    fn holds(&self, person: &Entity, edge: &Edge, post: &Entity) -> Option<bool> {
        let held = self.held.as_ref()?;
        let tells = match edge.relation {
            Relation::Holds => true,
            Relation::ElectedTo => self.elections && !self.stated.contains(&(&person.id, &post.id)),
            _ => false,
        };
        tells.then(|| held.get(&(person.id.clone(), post.id.clone())).is_some_and(|held| *held))
    }
}

/// Who holds which post according to which report.
struct Posts<'g> {
    by_person: BTreeMap<&'g EntityId, Vec<(&'g Edge, &'g Entity)>>,
}

impl<'g> Posts<'g> {
    fn of(graph: &'g KnowledgeGraph) -> Posts<'g> {
        let mut by_person: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (person, edge, post) in graph.edges().filter(|(_, edge, _)| edge.relation == Relation::Holds) {
            by_person.entry(&person.id).or_default().push((edge, post));
        }
        Posts { by_person }
    }

    /// The posts that the reports of an edge give to its subject, in the order in which they name them.
    fn beside(&self, subject: &Entity, edge: &Edge) -> Vec<Named> {
        let articles: BTreeSet<&EntityId> = edge.statements.iter().map(|s| &s.article).collect();
        let mut found: Vec<_> = self
            .by_person
            .get(&subject.id)
            .into_iter()
            .flatten()
            .filter_map(|(held, post)| {
                let statement = held.statements.iter().find(|s| articles.contains(&s.article))?;
                Some((&statement.article, statement.evidence.start, &post.id, *post))
            })
            .collect();
        found.sort_by_key(|(article, start, id, _)| (*article, *start, *id));
        found.into_iter().map(|(.., post)| post.into()).collect()
    }
}

/// The province of an edge: of its object where that has one, else of its subject.
fn place<'g>(graph: &'g KnowledgeGraph, subject: &'g Entity, object: &'g Entity) -> Option<&'g Entity> {
    province_of(graph, object).or_else(|| province_of(graph, subject))
}

/// The time of an edge: the day of its event or document, else the days of the reports that state it.
pub(super) fn when(graph: &KnowledgeGraph, subject: &Entity, edge: &Edge, object: &Entity) -> Option<When> {
    let day = match (subject.id.kind(), object.id.kind()) {
        (_, Kind::Date) => Some(object.id.path()),
        (_, Kind::Event) => day_of(graph, object),
        (Kind::Event, _) | (Kind::Document, _) => day_of(graph, subject),
        _ => None,
    };
    if let Some(day) = day {
        return Some(When::day(day));
    }
    let (first, last) = (edge.first.clone()?, edge.last.clone()?);
    Some(When { first, last, reported: true })
}

/// The day of an event or document: its attribute, or else what an edge says.
fn day_of<'g>(graph: &'g KnowledgeGraph, entity: &'g Entity) -> Option<&'g str> {
    let said = |(subject, edge, object): (&Entity, &Edge, &'g Entity)| {
        let dates = matches!(edge.relation, Relation::HeldOn | Relation::IssuedOn);
        (dates && subject.id == entity.id).then(|| object.id.path())
    };
    entity.date.as_deref().or_else(|| graph.edges_of(&entity.id).into_iter().find_map(said))
}
