//! A tenure is one person's time in one post: the days on which reports saw him there, and its two ends where a report
//! (or the merger of his province) tells them.
//!
//! A post is *observed* on days. A beginning is known only where an election is; an end only where somebody left, was
//! followed in a seat for one, is called a former holder, was elected anew, or where the province ceased to be.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::graph::{Entity, KnowledgeGraph, Statement};
use crate::query::{Named, Period, Quote};
use crate::vocabulary::{EntityId, Kind, Relation};

/// Reports of one election, its approval and its announcement lie at most so many days apart.
const ONE_ELECTION: i64 = 92;
/// A report may come so many days late, or call somebody by the post he is about to take.
const LATE: i64 = 7;

/// One person's time in one post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tenure {
    /// Who.
    pub person: Named,
    /// What.
    pub post: Named,
    /// Every report calls the holder acting.
    pub acting: bool,
    /// The days on which reports saw him in it, sorted; reports without a day count in no list.
    pub observed: Vec<String>,
    /// When it began, where an election is told.
    pub began: Option<Bound>,
    /// When it ended, where anything tells.
    pub ended: Option<Bound>,
    /// Who had the seat before, where one person has it at a time.
    pub predecessor: Option<Named>,
    /// Who had it next; after a merger, who has the same seat of the province that took this one in.
    pub successor: Option<Named>,
}

/// One end of a tenure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bound {
    /// The day, `YYYY-MM-DD`; none where a report without a day tells of it.
    pub date: Option<String>,
    /// Whether it was this day, and not some day before it.
    pub exact: bool,
    /// What tells it.
    pub because: Because,
    /// The sentence that says so; none for a merger, which the gazetteer tells.
    pub evidence: Option<Quote>,
}

/// What tells an end of a tenure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Elected, appointed or approved.
    Elected,
    /// Elected to it once more, so that a new term began.
    Reelected,
    /// Dismissed, retired, moved.
    Left,
    /// Somebody else was elected to the seat, or is seen in it.
    Succeeded,
    /// A report calls him a former holder.
    Former,
    /// The province became part of another.
    Merged,
}

impl Tenure {
    /// The first day on which the person is known to have the post.
    pub fn first(&self) -> Option<&str> {
        let began = self.began.as_ref().and_then(|bound| bound.date.as_deref());
        began.into_iter().chain(self.observed.first().map(String::as_str)).min()
    }

    /// The last day on which the person was seen in the post.
    pub fn last(&self) -> Option<&str> {
        let began = self.began.as_ref().and_then(|bound| bound.date.as_deref());
        began.into_iter().chain(self.observed.last().map(String::as_str)).max()
    }

    /// Whether the person had the post at some time of the period, as far as reports tell: from the first day on which
    /// that is known until something ends it.
    pub fn covers(&self, period: &Period) -> bool {
        let Some(first) = self.first() else { return false };
        let seen = self.last().is_some_and(|last| period.overlaps(first, last));
        let ended = match &self.ended {
            None => false,
            Some(Bound { date: Some(date), .. }) => *period.first() >= **date,
            // It ended nobody knows when: only the days of observation are sure.
            Some(Bound { date: None, .. }) => true,
        };
        seen || period.ends_after(first) && !ended
    }
}

/// A report that says something of a person and a post.
#[derive(Clone, Debug)]
struct Seen<'g> {
    day: Option<Date>,
    relation: Relation,
    person: &'g Entity,
    acting: bool,
    statement: &'g Statement,
}

/// The tenures of one post, in the order of time; those without any day come first.
pub fn of_post(graph: &KnowledgeGraph, post: &Entity) -> Vec<Tenure> {
    Days::of(graph).of_post(graph, post)
}

/// The tenures of one person in all posts, in the order of time.
pub fn of_person(graph: &KnowledgeGraph, person: &Entity) -> Vec<Tenure> {
    let days = Days::of(graph);
    let posts: BTreeSet<&EntityId> = graph
        .edges_of(&person.id)
        .into_iter()
        .filter(|(_, edge, _)| edge.relation.kinds() == (Kind::Person, Kind::Post))
        .map(|(_, _, post)| &post.id)
        .collect();
    let posts = posts.into_iter().filter_map(|id| graph.entity(id));
    let mut tenures: Vec<Tenure> =
        posts.flat_map(|post| days.of_post(graph, post)).filter(|tenure| tenure.person.id == person.id).collect();
    tenures.sort_by(|a, b| (a.first(), &a.post.id).cmp(&(b.first(), &b.post.id)));
    tenures
}

/// The days of all reports of a graph.
pub(super) struct Days<'g> {
    days: BTreeMap<&'g EntityId, Date>,
}

impl<'g> Days<'g> {
    /// The day of the one event that a report tells of, else the day of the report.
    pub(super) fn of(graph: &'g KnowledgeGraph) -> Days<'g> {
        let mut events: BTreeMap<&EntityId, BTreeSet<Date>> = BTreeMap::new();
        for (_, edge, day) in graph.edges().filter(|(_, edge, _)| edge.relation == Relation::HeldOn) {
            let Ok(day) = day.id.path().parse::<Date>() else { continue };
            for statement in &edge.statements {
                events.entry(&statement.article).or_default().insert(day);
            }
        }
        let mut days = BTreeMap::new();
        for article in graph.entities().filter(|e| e.id.kind() == Kind::Article) {
            let published = article.date.as_ref().and_then(|d| d.parse::<Date>().ok());
            let held: Vec<Date> = events.get(&article.id).into_iter().flatten().copied().collect();
            // What is announced for a later day has not been seen yet.
            let day = match held[..] {
                [day] if published.is_none_or(|p| day <= p) => Some(day),
                _ => published,
            };
            days.extend(day.map(|day| (&article.id, day)));
        }
        Days { days }
    }

    fn seen<'a>(&self, graph: &'a KnowledgeGraph, post: &Entity) -> Vec<Seen<'a>> {
        let mut all = Vec::new();
        for (person, edge, _) in graph.edges_of(&post.id) {
            if edge.relation.kinds() == (Kind::Person, Kind::Post) {
                for statement in &edge.statements {
                    let day = self.days.get(&statement.article).copied();
                    all.push(Seen { day, relation: edge.relation, person, acting: edge.acting, statement });
                }
            }
        }
        // On one day: who leaves, who comes, who is there, who was.
        let rank = |relation| match relation {
            Relation::Left => 0,
            Relation::ElectedTo => 1,
            Relation::Holds => 2,
            _ => 3,
        };
        all.sort_by(|a, b| {
            (a.day, rank(a.relation), &a.person.id, &a.statement.article).cmp(&(
                b.day,
                rank(b.relation),
                &b.person.id,
                &b.statement.article,
            ))
        });
        all
    }

    /// See [`of_post`].
    pub(super) fn of_post(&self, graph: &KnowledgeGraph, post: &Entity) -> Vec<Tenure> {
        let seen = self.seen(graph, post);
        let people: BTreeSet<&EntityId> = seen.iter().map(|s| &s.person.id).collect();
        let mut tenures = Vec::new();
        for person in people {
            let own: Vec<&Seen> = seen.iter().filter(|s| s.person.id == *person).collect();
            tenures.extend(terms(graph, post, &own));
        }
        tenures.sort_by(|a, b| (a.first(), &a.person.id).cmp(&(b.first(), &b.person.id)));
        if post.single {
            follow(graph, &seen, &mut tenures);
        }
        self.merge(graph, post, &mut tenures);
        tenures
    }
}

fn days_between(from: &str, to: &str) -> i64 {
    match (from.parse::<Date>(), to.parse::<Date>()) {
        (Ok(from), Ok(to)) => i64::from((to - from).get_days()),
        _ => 0,
    }
}

fn bound(graph: &KnowledgeGraph, seen: &Seen, exact: bool, because: Because) -> Bound {
    let date = seen.day.map(|day| day.to_string());
    Bound { exact: exact && date.is_some(), date, because, evidence: Some(Quote::of(graph, seen.statement)) }
}

/// The terms of one person in a post, from what reports say in the order of time.
fn terms(graph: &KnowledgeGraph, post: &Entity, seen: &[&Seen]) -> Vec<Tenure> {
    let Some(first) = seen.first() else { return Vec::new() };
    let new = || Tenure {
        person: first.person.into(),
        post: post.into(),
        acting: first.acting,
        observed: Vec::new(),
        began: None,
        ended: None,
        predecessor: None,
        successor: None,
    };
    let mut done: Vec<Tenure> = Vec::new();
    let mut open: Option<Tenure> = None;
    for one in seen {
        let day = one.day.map(|day| day.to_string());
        match one.relation {
            Relation::ElectedTo => {
                let told = bound(graph, one, true, Because::Elected);
                if let (Some(term), Some(day)) = (open.as_mut(), &day) {
                    let elected = term.began.as_ref().and_then(|b| b.date.clone());
                    let again = match (&elected, term.first()) {
                        (Some(before), _) => days_between(before, day) > ONE_ELECTION,
                        (None, Some(first)) => days_between(first, day) > LATE,
                        (None, None) => false,
                    };
                    if again {
                        term.ended = Some(Bound { because: Because::Reelected, ..told.clone() });
                        done.extend(open.take());
                    }
                }
                let term = open.get_or_insert_with(new);
                if term.began.as_ref().is_none_or(|b| b.date.is_none()) {
                    term.began = Some(told);
                }
            }
            Relation::Holds => {
                let late = |term: &Tenure| {
                    let ended = term.ended.as_ref().and_then(|b| b.date.as_deref());
                    matches!((ended, &day), (Some(ended), Some(day)) if days_between(ended, day) <= LATE)
                };
                if open.is_none() && done.last().is_some_and(late) {
                    continue;
                }
                open.get_or_insert_with(new).observed.extend(day);
            }
            Relation::Left | Relation::Held => {
                let left = one.relation == Relation::Left;
                let told = bound(graph, one, left, if left { Because::Left } else { Because::Former });
                match open.take() {
                    // Nobody knows whether a report without a day is older than one with a day.
                    Some(term) if told.date.is_none() && term.first().is_some() => open = Some(term),
                    Some(term) => done.push(Tenure { ended: Some(told), ..term }),
                    None if done.is_empty() => done.push(Tenure { ended: Some(told), ..new() }),
                    None => {
                        // The first to tell tells most.
                        let last = done.last_mut().and_then(|term| term.ended.as_mut());
                        if let Some(ended) =
                            last.filter(|b| b.date.is_none() || left && !b.exact && told.date == b.date)
                        {
                            *ended = told;
                        }
                    }
                }
            }
            _ => {}
        }
    }
    done.extend(open);
    for term in &mut done {
        term.observed.dedup();
    }
    done
}

/// In a seat for one, whoever comes next ends the tenure before.
fn follow(graph: &KnowledgeGraph, seen: &[Seen], tenures: &mut [Tenure]) {
    for tenure in tenures.iter_mut().filter(|tenure| !tenure.acting) {
        let Some(last) = tenure.last().map(str::to_string) else { continue };
        let next = seen.iter().find(|s| {
            s.person.id != tenure.person.id
                && !s.acting
                && matches!(s.relation, Relation::ElectedTo | Relation::Holds)
                && s.day.is_some_and(|day| {
                    let elected = s.relation == Relation::ElectedTo;
                    day.to_string() > last || elected && day.to_string() == last
                })
        });
        let Some(next) = next else { continue };
        if tenure.ended.is_none() {
            let exact = next.relation == Relation::ElectedTo;
            tenure.ended = Some(bound(graph, next, exact, Because::Succeeded));
        }
        tenure.successor = Some(next.person.into());
    }
    // Whoever is followed by somebody is his predecessor; the latest of several.
    for at in 0..tenures.len() {
        let Some(first) = tenures[at].first() else { continue };
        let before = tenures
            .iter()
            .filter(|t| t.person.id != tenures[at].person.id && !t.acting && t.last().is_some_and(|last| last <= first))
            .filter(|t| t.successor.as_ref().is_some_and(|next| next.id == tenures[at].person.id))
            .max_by(|a, b| a.last().cmp(&b.last()))
            .map(|t| t.person.clone());
        tenures[at].predecessor = before;
    }
}

/// The province of a post that has become part of another, with the day and the same post there.
pub(super) fn continuation(graph: &KnowledgeGraph, post: &Entity) -> Option<(String, EntityId)> {
    let province = graph.entity(&EntityId::new(Kind::Province, post.id.segments().next()?))?;
    let successor = province.successor.as_ref()?;
    let (_, rest) = post.id.path().split_once('/')?;
    Some((province.until.clone()?, EntityId::new(Kind::Post, &format!("{}/{rest}", successor.path()))))
}

impl Days<'_> {
    /// The posts of a province end with it.
    fn merge(&self, graph: &KnowledgeGraph, post: &Entity, tenures: &mut [Tenure]) {
        let Some((day, next)) = continuation(graph, post) else { return };
        // Who has the seat next: the first that is seen in it after the merger, or the only one at all.
        let heirs = graph.entity(&next).filter(|next| next.single).map(|next| self.of_post(graph, next));
        let heirs = heirs.unwrap_or_default();
        let after = heirs.iter().find(|t| t.last().is_some_and(|last| *last >= *day));
        let people: BTreeSet<&EntityId> = heirs.iter().map(|t| &t.person.id).collect();
        let heir = after.or(heirs.first().filter(|_| people.len() == 1)).map(|t| t.person.clone());
        // What ended some day before a day after the merger ended with it at the latest.
        let open = |t: &Tenure| match &t.ended {
            None => true,
            Some(Bound { date, exact, .. }) => !exact && date.as_ref().is_none_or(|date| *date > day),
        };
        for tenure in tenures.iter_mut().filter(|t| open(t) && t.last().is_none_or(|last| *last <= *day)) {
            tenure.ended =
                Some(Bound { date: Some(day.clone()), exact: true, because: Because::Merged, evidence: None });
            if post.single && tenure.successor.is_none() {
                tenure.successor.clone_from(&heir);
            }
        }
    }
}

/// Two people whom reports see in one seat at one time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conflict {
    /// The seat.
    pub post: Named,
    /// The day on which both are seen; none where one report without a day names both.
    pub date: Option<String>,
    /// One of them.
    pub one: Named,
    /// A sentence that sees him there.
    pub one_evidence: Quote,
    /// The other.
    pub other: Named,
    /// A sentence that sees the other there.
    pub other_evidence: Quote,
}

/// All conflicts of a graph, sorted by post.
pub fn conflicts(graph: &KnowledgeGraph) -> Vec<Conflict> {
    let days = Days::of(graph);
    graph.entities().filter(|e| e.single).flat_map(|post| days.conflicts_of(graph, post)).collect()
}

/// The conflicts about one seat.
pub fn conflicts_of(graph: &KnowledgeGraph, post: &Entity) -> Vec<Conflict> {
    if post.single { Days::of(graph).conflicts_of(graph, post) } else { Vec::new() }
}

impl Days<'_> {
    fn conflicts_of(&self, graph: &KnowledgeGraph, post: &Entity) -> Vec<Conflict> {
        let seen = self.seen(graph, post);
        let holding: Vec<&Seen> = seen.iter().filter(|s| s.relation == Relation::Holds && !s.acting).collect();
        let people: BTreeSet<&EntityId> = holding.iter().map(|s| &s.person.id).collect();
        if people.len() < 2 {
            return Vec::new();
        }
        let tenures = self.of_post(graph, post);
        // A change of hands explains why two are named.
        let changes: Vec<&Seen> = seen.iter().filter(|s| s.relation != Relation::Holds).collect();
        let changed_in = |article: &EntityId| changes.iter().any(|c| c.statement.article == *article);
        let changed_on = |day: Date| {
            changes.iter().filter_map(|c| c.day).any(|other| i64::from((other - day).get_days()).abs() <= LATE)
        };
        let mut found: BTreeMap<(&EntityId, &EntityId), Conflict> = BTreeMap::new();
        for one in &holding {
            for other in holding.iter().filter(|s| s.person.id > one.person.id) {
                let pair = (&one.person.id, &other.person.id);
                if found.contains_key(&pair) {
                    continue;
                }
                let together = one.statement.article == other.statement.article && !changed_in(&one.statement.article);
                let within = |inner: &Seen, outer: &Seen| {
                    let Some(day) = inner.day.filter(|day| !changed_on(*day)) else { return false };
                    let day = day.to_string();
                    tenures.iter().any(|t| {
                        t.person.id == outer.person.id
                            && t.observed.first().is_some_and(|first| *first <= day)
                            && t.observed.last().is_some_and(|last| *last >= day)
                    })
                };
                let date = match (within(one, other), within(other, one)) {
                    _ if together => one.day,
                    (true, _) => one.day,
                    (_, true) => other.day,
                    _ => continue,
                };
                found.insert(
                    pair,
                    Conflict {
                        post: post.into(),
                        date: date.map(|day| day.to_string()),
                        one: one.person.into(),
                        one_evidence: Quote::of(graph, one.statement),
                        other: other.person.into(),
                        other_evidence: Quote::of(graph, other.statement),
                    },
                );
            }
        }
        found.into_values().collect()
    }
}
