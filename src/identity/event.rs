//! One event in many reports: a report that gives the number, one that gives the day, and one that gives neither but
//! names the people, speak of one meeting.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::decide::Reasons;
use crate::decision::Decisions;
use crate::fact::Extraction;
use crate::gazetteer::Gazetteer;
use crate::vocabulary::{EntityId, Kind, Relation};

/// A report of a meeting comes out at most so many days after it.
const NEWS: i32 = 3;
/// So many people who took part in both make two meetings without any day one.
const PEOPLE: usize = 3;

/// What reports tell of an event beside its identifier.
struct Meeting {
    id: EntityId,
    /// Body with its place.
    seat: String,
    kind: String,
    number: Option<u32>,
    days: BTreeSet<Date>,
    /// The days of the reports that tell of it.
    published: BTreeSet<Date>,
    people: BTreeSet<EntityId>,
}

/// Gives events that several reports tell of one identifier.
pub(super) fn bring_together(
    reports: &mut [Extraction],
    decisions: &Decisions,
    gazetteer: &Gazetteer,
    reasons: &mut Reasons,
) {
    let mut meetings = meetings(reports, gazetteer);
    // The best known first, so that whatever is joined is joined to one that stays.
    meetings.sort_by(|a, b| a.rank().cmp(&b.rank()));
    let mut by_place: BTreeMap<(&str, &str), Vec<&Meeting>> = BTreeMap::new();
    for meeting in &meetings {
        let place = meeting.seat.split('/').next().unwrap_or_default();
        by_place.entry((place, &meeting.kind)).or_default().push(meeting);
    }
    let mut joined: BTreeMap<EntityId, EntityId> = BTreeMap::new();
    for meeting in &meetings {
        let place = meeting.seat.split('/').next().unwrap_or_default();
        let others = by_place[&(place, meeting.kind.as_str())]
            .iter()
            .filter(|other| other.rank() < meeting.rank() && !decisions.apart(&other.id, &meeting.id));
        let mut found: BTreeMap<EntityId, &str> = BTreeMap::new();
        for other in others {
            if let Some(why) = meeting.same_as(other) {
                found.entry(joined.get(&other.id).unwrap_or(&other.id).clone()).or_insert(why);
            }
        }
        // Where several could be meant, none is.
        let Some((other, why)) = found.first_key_value().filter(|_| found.len() == 1) else { continue };
        let reason = format!("{} is the same event: {why}", meeting.id);
        reasons.entry(other.clone()).or_default().insert(reason);
        joined.insert(meeting.id.clone(), other.clone());
    }
    for report in reports {
        for fact in &mut report.facts {
            for id in [&mut fact.subject, &mut fact.object] {
                if let Some(other) = joined.get(id) {
                    *id = other.clone();
                }
            }
        }
        report.facts.sort_by(|a, b| {
            (&a.subject, a.relation, &a.object, a.evidence.start).cmp(&(
                &b.subject,
                b.relation,
                &b.object,
                b.evidence.start,
            ))
        });
    }
}

impl Meeting {
    /// What an event goes by first: a number, a day, a body; smaller is better.
    fn rank(&self) -> (bool, bool, bool, &EntityId) {
        (self.number.is_none(), self.days.is_empty(), self.seat.contains('?'), &self.id)
    }

    /// Why the meeting is another, better known one.
    fn same_as(&self, other: &Meeting) -> Option<&'static str> {
        if self.number.is_some() && other.number.is_some() {
            return None;
        }
        let common = self.people.intersection(&other.people).count();
        let few = self.people.len().min(other.people.len());
        let one_seat = self.seat == other.seat;
        // A body that a report leaves open may be any of the place.
        let left_open = self.seat.ends_with("/?") && common > 0;
        if !one_seat && !left_open {
            return None;
        }
        if !self.days.is_empty() && !other.days.is_empty() {
            let same = self.days.intersection(&other.days).next().is_some();
            return same.then_some("one body, one kind, one day");
        }
        if !one_seat {
            return None;
        }
        let day = |known: &Meeting, open: &Meeting| {
            let after = |day: &Date, report: &Date| (0..=NEWS).contains(&(*report - *day).get_days());
            known.days.iter().any(|day| open.published.iter().any(|report| after(day, report)))
        };
        if day(other, self) || day(self, other) {
            return (common > 0).then_some("one body, one kind, the same people, and a report of the days after it");
        }
        let undated =
            self.published.is_empty() && self.days.is_empty() || other.published.is_empty() && other.days.is_empty();
        let most = common >= PEOPLE && 3 * common >= 2 * few;
        (undated && most).then_some("one body, one kind, the same people")
    }
}

fn meetings(reports: &[Extraction], gazetteer: &Gazetteer) -> Vec<Meeting> {
    let mut meetings: BTreeMap<EntityId, Meeting> = BTreeMap::new();
    for report in reports {
        let published = report.published.as_ref().and_then(|day| day.parse::<Date>().ok());
        for fact in &report.facts {
            for id in [&fact.subject, &fact.object].into_iter().filter(|id| id.kind() == Kind::Event) {
                if !meetings.contains_key(id) {
                    let Some(meeting) = Meeting::of(id, gazetteer) else { continue };
                    meetings.insert(id.clone(), meeting);
                }
                let Some(meeting) = meetings.get_mut(id) else { continue };
                meeting.published.extend(published);
                match fact.relation {
                    Relation::HeldOn => meeting.days.extend(fact.object.path().parse::<Date>()),
                    Relation::Chaired | Relation::SpokeAt | Relation::Attended => {
                        meeting.people.insert(fact.subject.clone());
                    }
                    _ => {}
                }
            }
        }
    }
    meetings.into_values().collect()
}

impl Meeting {
    fn of(id: &EntityId, gazetteer: &Gazetteer) -> Option<Meeting> {
        let (seat, last) = id.path().rsplit_once('/')?;
        let last = last.split('~').next().unwrap_or_default();
        let kinds = gazetteer.event_kinds().iter().map(|kind| kind.id.as_str());
        let kind =
            kinds.filter(|k| last.strip_prefix(k).is_some_and(|r| r.starts_with('-'))).max_by_key(|k| k.len())?;
        let tail = &last[kind.len() + 1..];
        Some(Meeting {
            id: id.clone(),
            seat: seat.to_string(),
            kind: kind.to_string(),
            number: tail.parse().ok().filter(|number| *number < 1000),
            days: tail.parse::<Date>().into_iter().collect(),
            published: BTreeSet::new(),
            people: BTreeSet::new(),
        })
    }
}
