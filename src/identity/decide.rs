//! Deciding: what readers have decided is done to the facts of all reports, after every rule has had its say.

use std::collections::{BTreeMap, BTreeSet};

use crate::decision::{Decision, Decisions, Outcome, Ruling};
use crate::fact::{Extraction, Fact};
use crate::vocabulary::EntityId;

/// The rule of a fact that a reader corrected; its words and sentence are those that were misread.
const RULE: &str = "decision";

/// Why entities are what they are: a sentence for each merge, split and correction.
pub(super) type Reasons = BTreeMap<EntityId, BTreeSet<String>>;

/// Applies decisions, tells what became of each, and adds the reasons of those that changed something.
pub(super) fn apply(reports: &mut [Extraction], decisions: &Decisions, reasons: &mut Reasons) -> Vec<Outcome> {
    if decisions.is_empty() {
        return Vec::new();
    }
    let known = known(reports);
    let mut outcomes: Vec<Outcome> =
        decisions.iter().map(|decision| Outcome { decision: decision.clone(), idle: None }).collect();
    for report in reports.iter_mut() {
        part(report, decisions);
        join(report, decisions);
        correct(report, decisions);
    }
    for outcome in &mut outcomes {
        outcome.idle = idle(&outcome.decision, decisions, &known);
        if outcome.idle.is_none() {
            for id in outcome.decision.entities() {
                let id = decisions.canonical(id).clone();
                reasons.entry(id).or_default().insert(outcome.decision.to_string());
            }
        }
    }
    outcomes
}

/// What reports speak of: every entity, and every fact with its reports.
struct Known {
    entities: BTreeMap<EntityId, BTreeSet<EntityId>>,
    facts: BTreeMap<(EntityId, crate::vocabulary::Relation, EntityId), BTreeSet<EntityId>>,
    reports: BTreeSet<EntityId>,
}

fn known(reports: &[Extraction]) -> Known {
    let mut known = Known {
        entities: BTreeMap::new(),
        facts: BTreeMap::new(),
        reports: reports.iter().map(|r| r.article.clone()).collect(),
    };
    for report in reports {
        for fact in &report.facts {
            for id in [&fact.subject, &fact.object] {
                known.entities.entry(id.clone()).or_default().insert(report.article.clone());
            }
            let triple = (fact.subject.clone(), fact.relation, fact.object.clone());
            known.facts.entry(triple).or_default().insert(report.article.clone());
        }
        for (id, _) in &report.names {
            known.entities.entry(id.clone()).or_default().insert(report.article.clone());
        }
    }
    known
}

/// Why a decision has nothing to change.
fn idle(decision: &Decision, decisions: &Decisions, known: &Known) -> Option<String> {
    let unknown = |id: &EntityId| {
        let near = nearest(id.as_str(), known.entities.keys().filter(|k| k.kind() == id.kind()).map(EntityId::as_str));
        format!("no report speaks of {id}{near}")
    };
    let in_reports = |found: Option<&BTreeSet<EntityId>>, report: &Option<EntityId>| match (found, report) {
        (None, _) => false,
        (Some(reports), Some(report)) => reports.contains(report),
        (Some(_), None) => true,
    };
    let report = match &decision.ruling {
        Ruling::Same(..) => &None,
        Ruling::Different(_, _, report) | Ruling::NotAPerson(_, report) | Ruling::Correct(_, _, report) => report,
    };
    if let Some(report) = report.as_ref().filter(|report| !known.reports.contains(*report)) {
        let near = nearest(report.path(), known.reports.iter().map(EntityId::path));
        return Some(format!("no report is called {}{near}", report.path()));
    }
    // A reader may name what another row has joined by either of its identifiers.
    let met = |id: &EntityId| {
        let mut all = known.entities.keys().filter(|k| decisions.canonical(k) == decisions.canonical(id));
        all.any(|k| in_reports(known.entities.get(k), report))
    };
    match &decision.ruling {
        Ruling::Same(_, other) => (!known.entities.contains_key(other)).then(|| unknown(other)),
        Ruling::Different(one, other, None) => [one, other].into_iter().find(|id| !met(id)).map(unknown),
        Ruling::Different(one, _, Some(_)) | Ruling::NotAPerson(one, _) if !met(one) => Some(unknown(one)),
        Ruling::Correct(fact, ..) => {
            let same = |(s, r, o): &(EntityId, _, EntityId)| {
                *r == fact.1
                    && decisions.canonical(s) == decisions.canonical(&fact.0)
                    && decisions.canonical(o) == decisions.canonical(&fact.2)
            };
            let stated = known.facts.iter().any(|(f, reports)| same(f) && in_reports(Some(reports), report));
            match [&fact.0, &fact.2].into_iter().find(|id| !met(id)) {
                Some(id) if !stated => Some(unknown(id)),
                None if !stated => Some(format!("no report states {} {} {}", fact.0, fact.1, fact.2)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The nearest of some names, or what to do where none is near, as the end of a sentence.
fn nearest<'a>(name: &str, all: impl Iterator<Item = &'a str>) -> String {
    let limit = (name.chars().count() / 4).max(2);
    let mut near: Vec<(usize, &str)> = all
        .map(|other| (strsim::osa_distance(name, other), other))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_unstable();
    match near.first() {
        Some((_, other)) => format!("; the nearest is {other}"),
        None => "; correct the row or delete it".to_string(),
    }
}

/// `different` with a report: what the report calls the one is the other.
fn part(report: &mut Extraction, decisions: &Decisions) {
    for decision in decisions.iter() {
        let Ruling::Different(one, other, Some(article)) = &decision.ruling else { continue };
        if *article == report.article {
            let one = decisions.canonical(one);
            rename(report, |id| (decisions.canonical(id) == one).then(|| other.clone()));
        }
    }
}

fn join(report: &mut Extraction, decisions: &Decisions) {
    rename(report, |id| {
        let canonical = decisions.canonical(id);
        (canonical != id).then(|| canonical.clone())
    });
}

fn rename(report: &mut Extraction, new: impl Fn(&EntityId) -> Option<EntityId>) {
    let ids = report.facts.iter_mut().flat_map(|f| [&mut f.subject, &mut f.object]);
    for id in ids.chain(report.names.iter_mut().map(|(id, _)| id)) {
        if let Some(new) = new(id) {
            *id = new;
        }
    }
}

fn correct(report: &mut Extraction, decisions: &Decisions) {
    for decision in decisions.iter() {
        let here = |article: &Option<EntityId>| article.as_ref().is_none_or(|a| *a == report.article);
        match &decision.ruling {
            Ruling::NotAPerson(id, article) if here(article) => {
                let id = decisions.canonical(id);
                report.facts.retain(|f| f.subject != *id);
                report.names.retain(|(name, _)| name != id);
            }
            Ruling::Correct(fact, instead, article) if here(article) => {
                let wrong = decisions.canonical_triple(fact);
                let is_wrong = |f: &Fact| f.subject == wrong.0 && f.relation == wrong.1 && f.object == wrong.2;
                let Some((subject, relation, object)) = instead.as_ref().map(|i| decisions.canonical_triple(i)) else {
                    report.facts.retain(|f| !is_wrong(f));
                    continue;
                };
                for fact in report.facts.iter_mut().filter(|f| is_wrong(f)) {
                    (fact.subject, fact.relation, fact.object) = (subject.clone(), relation, object.clone());
                    fact.evidence.rule = RULE.into();
                    // A reader has read the sentence; no rule is surer.
                    fact.evidence.confidence = 1.0;
                }
            }
            _ => {}
        }
    }
}
