//! Homonyms: people whose names are the same to the last mark, told apart by where they have posts.
//!
//! Officials are moved from one province to another, and many share a common name. A rare name in two provinces is
//! one person who was moved; a common one is several, unless something ties them: a report that names posts in both
//! provinces, a province that became part of the other, a row of the gazetteer, a post in the capital.

use std::collections::{BTreeMap, BTreeSet};

use super::decide::Reasons;
use super::person::rename;
use crate::fact::Extraction;
use crate::gazetteer::Gazetteer;
use crate::vocabulary::{EntityId, Kind};

/// A name that so many of a million people bear is a common one: among some ten thousand people who have posts, one
/// more bears it in half of all cases.
const COMMON: f32 = 50.0;

/// Where nobody but people of the whole country have posts.
const CENTRAL: &str = "";

/// Gives people of one common name in provinces that nothing ties identifiers of their own.
pub(super) fn tell_apart(reports: &mut [Extraction], gazetteer: &Gazetteer, reasons: &mut Reasons) {
    // The provinces of each person's posts, report by report.
    let mut places: BTreeMap<&EntityId, Vec<BTreeSet<&str>>> = BTreeMap::new();
    for report in reports.iter() {
        let mut own: BTreeMap<&EntityId, BTreeSet<&str>> = BTreeMap::new();
        for fact in report.facts.iter().filter(|f| f.object.kind() == Kind::Post) {
            own.entry(&fact.subject).or_default().insert(place(&fact.object, gazetteer));
        }
        own.into_iter().for_each(|(id, found)| places.entry(id).or_default().push(found));
    }
    let mut split: BTreeMap<EntityId, Vec<BTreeSet<String>>> = BTreeMap::new();
    for (id, reports) in places {
        let name = id.path();
        if name.contains('~') || reports.len() < 2 || gazetteer.bearers(name) < COMMON {
            continue;
        }
        let known = gazetteer.people(name).iter().map(|p| successor(&p.place, gazetteer)).collect();
        let groups = tied(reports.into_iter().chain([known]));
        if groups.len() > 1 {
            split.insert(id.clone(), groups.into_iter().map(|g| g.into_iter().map(str::to_string).collect()).collect());
        }
    }
    let named = |id: &EntityId, group: &BTreeSet<String>| {
        let place = group.iter().next().map_or("", String::as_str);
        EntityId::new(
            Kind::Person,
            &if place == CENTRAL { id.path().to_string() } else { format!("{}~{place}", id.path()) },
        )
    };
    for report in reports.iter_mut() {
        let mut renamed = BTreeMap::new();
        for (id, groups) in &split {
            let mut own: BTreeSet<&str> = BTreeSet::new();
            for kind in [Kind::Post, Kind::Event] {
                if own.is_empty() {
                    let facts = report.facts.iter().filter(|f| f.subject == *id && f.object.kind() == kind);
                    own = facts
                        .map(|f| place(&f.object, gazetteer))
                        .filter(|p| kind == Kind::Post || *p != CENTRAL)
                        .collect();
                }
            }
            let fits = |group: &&BTreeSet<String>| own.iter().any(|place| group.contains(*place));
            if let [group] = groups.iter().filter(fits).collect::<Vec<_>>()[..] {
                let new = named(id, group);
                if reasons.get(&new).is_none() {
                    let others: Vec<&str> = groups
                        .iter()
                        .filter(|g| *g != group)
                        .flatten()
                        .map(|p| if p == CENTRAL { "central posts" } else { p })
                        .collect();
                    let reason =
                        format!("the name is common, and nothing ties its bearer to the one of {}", others.join(", "));
                    reasons.entry(new.clone()).or_default().insert(reason);
                }
                renamed.insert(id.clone(), new);
            }
        }
        rename(report, &renamed);
    }
}

/// The province of a post as it is today.
fn place<'a>(id: &'a EntityId, gazetteer: &'a Gazetteer) -> &'a str {
    let first = id.segments().next().unwrap_or_default();
    if gazetteer.province(first).is_some() { successor(first, gazetteer) } else { CENTRAL }
}

/// The province that took a province in, or itself.
fn successor<'a>(place: &'a str, gazetteer: &'a Gazetteer) -> &'a str {
    let province = gazetteer.province(place).map(|p| &gazetteer.provinces()[p as usize]);
    province.and_then(|p| p.merged_into.as_deref()).unwrap_or(place)
}

/// Places that reports name together, directly or by way of others.
fn tied<'a>(reports: impl Iterator<Item = BTreeSet<&'a str>>) -> Vec<BTreeSet<&'a str>> {
    let mut groups: Vec<BTreeSet<&str>> = Vec::new();
    for places in reports.filter(|places| !places.is_empty()) {
        let (same, other): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| !group.is_disjoint(&places));
        groups = other;
        groups.push(same.into_iter().flatten().chain(places).collect());
    }
    groups.sort();
    groups
}
