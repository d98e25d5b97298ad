//! A dossier is all that a graph tells of one entity: posts over time, meetings and with whom, sources.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::graph::{Edge, Entity, KnowledgeGraph};
use crate::query::name::{Fit, UnknownName, find};
use crate::query::tenure::{self, Conflict, Tenure};
use crate::query::{Named, Source, When, province_of, run};
use crate::vocabulary::{EntityId, Kind, Relation};

/// All that is known of one entity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dossier {
    /// Whom or what it is about.
    pub entity: Named,
    /// What that is.
    pub kind: Kind,
    /// Other spellings.
    pub names: Vec<String>,
    /// Its province.
    pub province: Option<Named>,
    /// Its day, for events, documents and articles.
    pub date: Option<String>,
    /// Posts of a person, or persons of a post, in the order of time.
    pub posts: Vec<Occupancy>,
    /// Terms in posts, with what tells their beginning and end, in the order of time.
    pub tenures: Vec<Tenure>,
    /// The same post of the province that took this one in.
    pub continued_by: Option<Named>,
    /// Two people whom reports see in this post, or this person's, at one time.
    pub conflicts: Vec<Conflict>,
    /// Events of a person, or persons at an event, in the order of time.
    pub events: Vec<Part>,
    /// Everything else, by relation.
    pub links: Vec<Link>,
    /// The reports behind all this, sorted.
    pub sources: Vec<Source>,
    /// Why it is one entity: merges, splits, and what readers decided.
    pub reasons: Vec<String>,
}

/// A person in a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Occupancy {
    /// Holds, held, was elected to or left it.
    pub relation: Relation,
    /// The post of the person, or the person in the post.
    pub other: Named,
    /// The first and the last day on which a report says so.
    pub when: Option<When>,
    /// For the time being.
    pub acting: bool,
    /// Number of independent reports.
    pub reports: u32,
    /// From 0 to 1.
    pub confidence: f32,
}

/// A person at an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Chaired, spoke at or attended it.
    pub relation: Relation,
    /// The event, or the person.
    pub other: Named,
    /// The day of the event.
    pub when: Option<When>,
    /// Where it was.
    pub place: Option<Named>,
    /// Who else had the same part in it.
    pub with: Vec<Named>,
    /// Number of independent reports.
    pub reports: u32,
    /// From 0 to 1.
    pub confidence: f32,
}

/// Any other relation of the entity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// The relation.
    pub relation: Relation,
    /// Whether the entity is its subject.
    pub outgoing: bool,
    /// The other end.
    pub other: Named,
    /// Its time, where known.
    pub when: Option<When>,
    /// Number of independent reports; none for what follows from the gazetteer.
    pub reports: u32,
}

/// The dossiers of all entities that a name may mean, persons first; a part of a name serves where no whole one fits.
///
/// # Errors
/// A name that nothing in the graph has; the error lists the nearest ones.
pub fn dossiers(graph: &KnowledgeGraph, name: &str) -> Result<Vec<Dossier>, UnknownName> {
    // Whoever types a part of a name nearly always means a person.
    let people = find(graph, name, &[Kind::Person]);
    let matches = match people {
        Ok(people) if people[0].fit < Fit::Part => people,
        people => match find(graph, name, &Kind::ALL) {
            Ok(all) if all[0].fit < Fit::Part => all,
            Ok(all) => people.unwrap_or(all),
            Err(unknown) => return Err(unknown),
        },
    };
    Ok(matches.into_iter().map(|m| dossier(graph, m.entity)).collect())
}

/// The dossier of one entity of the graph.
pub fn dossier(graph: &KnowledgeGraph, entity: &Entity) -> Dossier {
    let mut dossier = Dossier {
        entity: entity.into(),
        kind: entity.id.kind(),
        names: entity.names.iter().filter(|n| **n != entity.label && **n != entity.label_vi).cloned().collect(),
        province: province_of(graph, entity).filter(|p| p.id != entity.id).map(Named::from),
        date: entity.date.clone(),
        posts: Vec::new(),
        tenures: Vec::new(),
        continued_by: None,
        conflicts: Vec::new(),
        events: Vec::new(),
        links: Vec::new(),
        sources: Vec::new(),
        reasons: entity.reasons.clone(),
    };
    let mut articles: BTreeSet<&EntityId> = BTreeSet::new();
    for (subject, edge, object) in graph.edges_of(&entity.id) {
        let other = if subject.id == entity.id { object } else { subject };
        articles.extend(edge.statements.iter().map(|statement| &statement.article));
        let when = run::when(graph, subject, edge, object);
        let reports = if edge.statements.is_empty() { 0 } else { edge.weight };
        match edge.relation.kinds() {
            (Kind::Person, Kind::Post) => dossier.posts.push(Occupancy {
                relation: edge.relation,
                other: other.into(),
                when,
                acting: edge.acting,
                reports,
                confidence: edge.confidence,
            }),
            (Kind::Person, Kind::Event) => dossier.events.push(Part {
                relation: edge.relation,
                other: other.into(),
                when,
                place: province_of(graph, object).map(Named::from),
                with: if subject.id == entity.id { companions(graph, subject, edge, object) } else { Vec::new() },
                reports,
                confidence: edge.confidence,
            }),
            _ => dossier.links.push(Link {
                relation: edge.relation,
                outgoing: subject.id == entity.id,
                other: other.into(),
                when,
                reports,
            }),
        }
    }
    match entity.id.kind() {
        Kind::Person => {
            dossier.tenures = tenure::of_person(graph, entity);
            let posts = dossier.tenures.iter().map(|t| &t.post.id).collect::<BTreeSet<_>>();
            let conflicts =
                posts.into_iter().filter_map(|id| graph.entity(id)).flat_map(|p| tenure::conflicts_of(graph, p));
            dossier.conflicts = conflicts.filter(|c| c.one.id == entity.id || c.other.id == entity.id).collect();
        }
        Kind::Post => {
            dossier.tenures = tenure::of_post(graph, entity);
            dossier.conflicts = tenure::conflicts_of(graph, entity);
            let next = tenure::continuation(graph, entity).and_then(|(_, id)| graph.entity(&id));
            dossier.continued_by = next.map(Named::from);
        }
        _ => {}
    }
    dossier.posts.sort_by(|a, b| (&a.when, a.relation, &a.other.id).cmp(&(&b.when, b.relation, &b.other.id)));
    dossier.events.sort_by(|a, b| (&a.when, &a.other.id, a.relation).cmp(&(&b.when, &b.other.id, b.relation)));
    dossier.links.sort_by(|a, b| (a.relation, &a.other.id).cmp(&(b.relation, &b.other.id)));
    dossier.sources = articles.into_iter().map(|article| Source::of(graph, article)).collect();
    dossier
}

/// Who else had the same part in the event, in the order in which reports name them.
fn companions(graph: &KnowledgeGraph, person: &Entity, edge: &Edge, event: &Entity) -> Vec<Named> {
    let mut found = BTreeMap::new();
    for (other, same, _) in graph.edges_of(&event.id) {
        if same.relation == edge.relation && other.id != person.id && other.id != event.id {
            let place = same.statements.first().map(|s| (&s.article, s.evidence.start));
            found.insert((place, &other.id), other);
        }
    }
    found.into_values().map(Named::from).collect()
}
