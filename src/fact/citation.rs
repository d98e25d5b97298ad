//! Citations: documents that a report names, who issued them and when.

use super::Draft;
use super::place::Home;
use super::scene::Scene;
use crate::gazetteer::Cue;
use crate::mention::{DocumentNumber, MentionKind, Report, TitleMention};
use crate::vocabulary::{EntityId, Kind, Relation};

/// States the documents of one sentence.
pub(crate) fn read(scene: &Scene, report: &Report<'_>, home: &Home, draft: &mut Draft<'_>) {
    let documents: Vec<(usize, &DocumentNumber)> = (0..scene.mentions.len())
        .filter_map(|at| match &scene.mentions[at].kind {
            MentionKind::Document(number) => Some((at, &**number)),
            _ => None,
        })
        .collect();
    for (place, (at, number)) in documents.iter().enumerate() {
        let next = documents.get(place + 1).map(|(next, _)| *next);
        let issuer = issuer(scene, report, home, *at, next);
        let local = issuer.as_ref().is_some_and(|(organization, _)| organization.segments().count() > 1);
        let id = identifier(number, report, home, local);
        let span = (scene.start(*at), scene.end(*at));
        draft.fact(draft.article(), Relation::Cites, id.clone(), span, "document-number");
        if let Some((organization, source)) = issuer {
            let span = (scene.start(*at).min(source.0), scene.end(*at).max(source.1));
            draft.fact(id.clone(), Relation::IssuedBy, organization, span, "document-issuer");
        } else if let Some(body) = report.gazetteer.document_type(&number.suffix).and_then(|t| t.issuer.as_deref())
            && report.gazetteer.grammar().is_central(body)
        {
            let organization = EntityId::new(Kind::Organization, body);
            draft.fact(id.clone(), Relation::IssuedBy, organization, span, "document-suffix");
        }
        let limit = next.map_or(usize::MAX, |n| scene.start(n)).min(scene.end(*at) + 10);
        let date = scene.all(|s, d| s.date(d).is_some_and(|d| d.year.is_some())).into_iter().find(|d| {
            let from = scene.start(*d);
            from >= scene.end(*at) && from < limit && !(scene.end(*at)..from).any(|k| report.is_mark(k, &[";"]))
        });
        if let Some(date) = date {
            let written = scene.date(date).and_then(|d| d.with_year(d.year?));
            if let Some(day) = written {
                let span = (scene.start(*at), scene.end(date));
                draft.fact(id.clone(), Relation::IssuedOn, EntityId::new(Kind::Date, &day), span, "document-date");
            }
        }
    }
}

/// Numbers of provincial documents are unique in their province only; `local` tells that a body of a province issued it.
fn identifier(number: &DocumentNumber, report: &Report<'_>, home: &Home, local: bool) -> EntityId {
    let gazetteer = report.gazetteer;
    let provincial = gazetteer
        .document_type(&number.suffix)
        .map_or_else(|| local || gazetteer.is_provincial_suffix(&number.suffix), |kind| kind.provincial);
    if !provincial {
        return EntityId::new(Kind::Document, &number.id());
    }
    // Where neither the report nor its address tells the province.
    let place = home.province.map_or("?", |province| &gazetteer.provinces()[province as usize].id);
    EntityId::new(Kind::Document, &format!("{place}/{}", number.id()))
}

/// The body that the sentence names as issuer: right before the number, or after it within reach.
fn issuer(
    scene: &Scene,
    report: &Report<'_>,
    home: &Home,
    document: usize,
    next: Option<usize>,
) -> Option<(EntityId, (usize, usize))> {
    // `of the Prime Minister`: the body that the office stands for.
    fn office<'g>(title: &TitleMention<'g>, report: &Report<'_>) -> Option<&'g str> {
        let (body, role) = title.post?;
        report.gazetteer.grammar().appoints(role).then_some(body)
    }
    let named = |at: usize| {
        let body = scene.body(at).and_then(|b| b.body);
        body.or_else(|| scene.title(at).and_then(|title| office(title, report)))
    };
    let bodies = scene.all(|_, at| named(at).is_some());
    let (start, end) = (scene.start(document), scene.end(document));
    let light =
        |k: usize| !report.is_word(k) || report.folded(k).chars().count() < 3 || report.slots[k].of_document_type;
    let words = |from: usize, to: usize| {
        (from..to)
            .filter(|k| {
                report.is_word(*k)
                    && !report.is_particle(*k)
                    && report.slots[*k].month == 0
                    && report.folded(*k).chars().count() > 1
            })
            .count()
    };
    let before = bodies.iter().copied().rfind(|b| {
        let from = scene.end(*b);
        from <= start
            && start - from <= 5
            && (from..start).all(light)
            && !(from..start).any(|k| report.is_mark(k, &[",", ";"]))
    });
    let limit = next.map_or(usize::MAX, |n| scene.start(n));
    let after = || {
        bodies.iter().copied().find(|b| {
            let from = scene.start(*b);
            from >= end && from < limit && words(end, from) <= 5
        })
    };
    let shared = || {
        let next = next?;
        let gap = end..scene.start(next);
        if gap.len() > 14
            || !gap.clone().any(|k| report.slots[k].cues.has(Cue::Conjunction))
            || gap.clone().any(|k| report.is_mark(k, &[";", ",", "."]))
        {
            return None;
        }
        bodies.iter().copied().find(|b| {
            let from = scene.start(*b);
            from >= scene.end(next) && words(scene.end(next), from) <= 2
        })
    };
    // `the directives of the Secretariat: No. 41; No. 42`: the heading's issuer is that of each of its kind.
    let headed = || {
        let first =
            (0..scene.mentions.len()).find(|at| matches!(scene.mentions[*at].kind, MentionKind::Document(_)))?;
        bodies.iter().copied().rfind(|b| {
            let (from, to) = (scene.start(*b), scene.end(*b));
            to <= scene.start(first)
                && (to..scene.start(first)).any(|k| report.is_mark(k, &[":"]))
                && words(to, scene.start(first)) <= 4
                && (from.saturating_sub(4).max(scene.span.start)..from).any(|k| report.slots[k].of_document_type)
                && same_type(scene, report, first, document)
        })
    };
    // `The Committee issued Directive No. 41 on …; Plan No. 42 on …`: whoever issues one of a list issues all.
    let issued = || {
        let verb = scene.cues(&[Cue::Issue]).into_iter().rfind(|v| scene.end(*v) <= start)?;
        if scene.any_between(scene.end(verb), start, true) {
            return None;
        }
        bodies.iter().copied().rfind(|b| {
            let to = scene.end(*b);
            to <= scene.start(verb) && words(to, scene.start(verb)) <= 2
        })
    };
    // `the resolutions of the Committee: Law No. 15 of the Assembly`: what stands behind the number is nearer.
    let colon = |b: usize| (scene.end(b)..start).any(|k| report.is_mark(k, &[":"]));
    let before = before.filter(|b| !(colon(*b) && after().is_some()));
    let found = before.or_else(after).or_else(shared).or_else(headed).or_else(issued)?;
    let title = scene.body(found).or_else(|| scene.title(found))?;
    let body = named(found)?;
    let organization = if report.gazetteer.grammar().is_central(body) {
        EntityId::new(Kind::Organization, body)
    } else {
        let province = title.place.or(home.province)?;
        let place = &report.gazetteer.provinces()[province as usize].id;
        EntityId::new(Kind::Organization, &format!("{place}/{body}"))
    };
    Some((organization, (scene.start(found), scene.end(found))))
}

/// Both documents are directives, or resolutions, …
fn same_type(scene: &Scene, report: &Report<'_>, one: usize, other: usize) -> bool {
    let kind = |at: usize| match &scene.mentions[at].kind {
        MentionKind::Document(number) => report.gazetteer.document_type(&number.suffix).map(|t| &t.name),
        _ => None,
    };
    kind(one).is_some() && kind(one) == kind(other)
}
