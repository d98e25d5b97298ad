//! Identity: which mentions of several reports are one person, document or event. The first stage that sees more
//! than one report.
//!
//! In go the extractions of all reports, out come facts whose identifiers mean one entity each, and the entities
//! with their labels. The answer is a function of the set of reports: neither order nor number of threads counts.

mod decide;
mod event;
mod homonym;
mod label;
mod name;
mod person;
mod reprint;

use std::collections::{BTreeMap, BTreeSet};

pub use name::{Likeness, Spelling, compare};

use crate::decision::{Decisions, Outcome};
use crate::fact::{Extraction, Fact};
use crate::gazetteer::Gazetteer;
use crate::graph::Entity;
use crate::vocabulary::{EntityId, Kind, Relation};

/// Facts and entities of all reports together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// All facts, sorted by article.
    pub facts: Vec<Fact>,
    /// Every entity that a fact speaks of.
    pub entities: BTreeMap<EntityId, Entity>,
    /// What became of each decision.
    pub outcomes: Vec<Outcome>,
}

/// Resolves the entities of all reports. `addresses` gives the address of each article that has one; `decisions` have
/// the last word.
pub fn resolve(
    mut reports: Vec<Extraction>,
    addresses: &BTreeMap<EntityId, String>,
    gazetteer: &Gazetteer,
    decisions: &Decisions,
) -> Resolved {
    reports.sort_by(|a, b| a.article.cmp(&b.article));
    let mut reasons = decide::Reasons::new();
    person::bring_together(&mut reports, decisions, gazetteer, &mut reasons);
    person::tell_apart(&mut reports, gazetteer, &mut reasons);
    homonym::tell_apart(&mut reports, gazetteer, &mut reasons);
    tell_apart_by_year(&mut reports, Kind::Document, Relation::IssuedOn);
    tell_apart_by_year(&mut reports, Kind::Event, Relation::HeldOn);
    event::bring_together(&mut reports, decisions, gazetteer, &mut reasons);
    let outcomes = decide::apply(&mut reports, decisions, &mut reasons);
    let groups = reprint::groups(&reports);
    let mut entities: BTreeMap<EntityId, Entity> = BTreeMap::new();
    let names = person::display_names(&reports, gazetteer);
    let mut facts = Vec::new();
    for report in &reports {
        let mut article = Entity::bare(report.article.clone());
        article.url = addresses.get(&report.article).cloned();
        article.language = report.language.clone();
        article.date = report.published.clone();
        article.group = groups.get(&report.article).cloned();
        entities.insert(report.article.clone(), article);
        for fact in &report.facts {
            for id in [&fact.subject, &fact.object] {
                entities.entry(id.clone()).or_insert_with(|| label::entity(id, gazetteer, &names));
            }
            facts.push(fact.clone());
        }
    }
    for fact in &facts {
        let date = || Some(fact.object.path().to_string());
        if matches!(fact.relation, Relation::HeldOn | Relation::IssuedOn)
            && let Some(entity) = entities.get_mut(&fact.subject)
        {
            // Of several days that reports give, the earliest, so that order never counts.
            entity.date = [entity.date.take(), date()].into_iter().flatten().min();
        }
    }
    complete(&mut entities, gazetteer, &names);
    for (id, reasons) in reasons {
        if let Some(entity) = entities.get_mut(&id) {
            entity.reasons = reasons.into_iter().collect();
        }
    }
    facts.sort_by(|a, b| {
        (&a.article, a.evidence.start, a.evidence.end, &a.subject, a.relation, &a.object).cmp(&(
            &b.article,
            b.evidence.start,
            b.evidence.end,
            &b.subject,
            b.relation,
            &b.object,
        ))
    });
    Resolved { facts, entities, outcomes }
}

/// Adds bodies of posts, provinces of bodies and the provinces that took others in, so that each has its label.
fn complete(
    entities: &mut BTreeMap<EntityId, Entity>,
    gazetteer: &Gazetteer,
    names: &BTreeMap<EntityId, person::Names>,
) {
    let mut pending: Vec<EntityId> = entities.keys().cloned().collect();
    while let Some(id) = pending.pop() {
        let mut wanted: Vec<EntityId> = Vec::new();
        let segments: Vec<&str> = id.segments().collect();
        if id.kind() == Kind::Post && segments.len() >= 2 {
            wanted.push(EntityId::new(Kind::Organization, &segments[..segments.len() - 1].join("/")));
        }
        if let Some(entity) = entities.get(&id) {
            wanted.extend(entity.province.clone());
            wanted.extend(entity.successor.clone());
        }
        for other in wanted {
            if !entities.contains_key(&other) {
                entities.insert(other.clone(), label::entity(&other, gazetteer, names));
                pending.push(other);
            }
        }
    }
}

/// Numbers of documents and of meetings restart with each term: where reports date one identifier in two years,
/// each year's gets `~<year>`. Reports that give no date keep the plain identifier.
fn tell_apart_by_year(reports: &mut [Extraction], kind: Kind, dated: Relation) {
    let mut years: BTreeMap<EntityId, BTreeSet<String>> = BTreeMap::new();
    let year_of = |fact: &Fact| fact.object.path().get(..4).unwrap_or_default().to_string();
    for fact in reports.iter().flat_map(|r| &r.facts).filter(|f| f.relation == dated && f.subject.kind() == kind) {
        years.entry(fact.subject.clone()).or_default().insert(year_of(fact));
    }
    years.retain(|id, years| years.len() > 1 && !id.path().contains('~'));
    for report in reports.iter_mut() {
        let mut own: BTreeMap<EntityId, String> = report
            .facts
            .iter()
            .filter(|f| f.relation == dated && years.contains_key(&f.subject))
            .map(|f| (f.subject.clone(), year_of(f)))
            .collect();
        // News of a meeting is of its own year.
        if let Some(year) = report.published.as_ref().and_then(|day| day.get(..4)).filter(|_| kind == Kind::Event) {
            for id in report.facts.iter().flat_map(|f| [&f.subject, &f.object]) {
                if years.get(id).is_some_and(|years| years.contains(year)) && !own.contains_key(id) {
                    own.insert(id.clone(), year.to_string());
                }
            }
        }
        for fact in &mut report.facts {
            for id in [&mut fact.subject, &mut fact.object] {
                if let Some(year) = own.get(id) {
                    *id = EntityId::new(kind, &format!("{}~{year}", id.path()));
                }
            }
        }
    }
}
