//! Parts in an event: who chaired it, spoke, or was present.

use std::collections::{BTreeMap, BTreeSet};

use super::Draft;
use super::clause::Gap;
use super::event::MainEvent;
use super::scene::Scene;
use crate::gazetteer::Cue;
use crate::mention::{MentionKind, Report};
use crate::vocabulary::{EntityId, Kind, Relation};

/// Tokens between a verb and the event noun that it is said with.
const NEAR: usize = 4;

/// Words of unknown titles that may stand between two who chair together.
const LOOSE_WORDS: usize = 5;

/// Somebody that a cue may be said of: tokens, name, and whether only the role stands there.
#[derive(Clone, Copy, Debug)]
struct Subject<'s> {
    start: usize,
    end: usize,
    name: &'s str,
    role_only: bool,
}

/// Gives each cue its people and states their parts in the event.
pub(crate) fn read(
    scenes: &[Scene],
    event: &MainEvent,
    holders: &BTreeMap<(&str, &str), BTreeSet<String>>,
    report: &Report<'_>,
    draft: &mut Draft<'_>,
) {
    let mut parts: BTreeMap<(&str, Relation), (usize, usize, &'static str)> = BTreeMap::new();
    let mut previous: Option<Cue> = None;
    for scene in scenes {
        let mut cues: Vec<(usize, Cue)> = scene
            .cues(&[Cue::Chair, Cue::Speak, Cue::Attend])
            .into_iter()
            .filter_map(|at| scene.cue(at).map(|cue| (scene.start(at), cue)))
            .collect();
        // `The decision states that Mr X …`: a document says it.
        let first_person = scene.people().first().map(|p| scene.start(*p));
        cues.retain(|(start, cue)| {
            *cue != Cue::Speak
                || first_person.is_some_and(|p| p < *start)
                || !(start.saturating_sub(3).max(scene.span.start)..*start).any(|k| report.slots[k].of_document_type)
        });
        // `the Commission concluded that X …`: the body says it.
        cues.retain(|(start, cue)| *cue != Cue::Speak || !said_by_body(scene, report, *start));
        // `X chairs the People's Council`: the post, not a meeting.
        cues.retain(|(start, cue)| *cue != Cue::Chair || !chairs_body(scene, report, *start));
        // A list goes on over lines: `Attending were:` above, names below.
        if cues.is_empty() && previous == Some(Cue::Attend) && (scene.header || opens_list(scene, report)) {
            cues.push((scene.span.start, Cue::Attend));
        }
        // `Those elected attended`; not `Attending: A, B, and officers who have retired`.
        let decided = scene.cues(&[Cue::Elect, Cue::Leave]).first().map(|at| scene.start(*at));
        if let Some(decided) = decided {
            let last = scene.people().last().map_or(0, |p| scene.start(*p));
            let opens = |start: usize| first_person.is_some_and(|first| start < first) && last < decided;
            cues.retain(|(start, cue)| *cue != Cue::Attend || opens(*start));
        }
        previous = cues.last().map(|(_, cue)| *cue);
        if cues.is_empty() {
            continue;
        }
        let mut subjects = subjects(scene, holders);
        let mut groups = by_whom(scene, report, &mut cues, &mut subjects);
        // `…: present were: A; B`: whoever stands in front of the words that open a list is none of it.
        let list = cues.iter().position(|(start, cue)| *cue == Cue::Attend && opens_with_colon(scene, report, *start));
        let from = list.map_or(0, |at| cues[at].0);
        let (before, after): (Vec<Subject<'_>>, Vec<Subject<'_>>) = subjects.into_iter().partition(|s| s.start < from);
        let (told, listed) = cues.split_at(list.unwrap_or_default());
        for (cues, subjects) in [(told, before), (listed, after)] {
            if cues.is_empty() || subjects.is_empty() {
                continue;
            }
            for (cue, mut group) in assign(cues, &subjects) {
                if cue == Cue::Chair {
                    near_verb(scene, report, cues, &mut group);
                    keep_together(scene, report, &mut group, LOOSE_WORDS);
                }
                groups.push((cue, group));
            }
        }
        for (cue, group) in groups {
            let leads = cue == Cue::Chair && group.first().is_some_and(|first| leads_delegation(scene, first));
            let relation = match cue {
                Cue::Chair if leads => Relation::Attended,
                // Nobody presides over a visit; who leads it takes part.
                Cue::Chair if event.visit.is_none() => Relation::Chaired,
                Cue::Speak => Relation::SpokeAt,
                _ => Relation::Attended,
            };
            for subject in group {
                if relation == Relation::Attended && is_honoured(scene, report, &subject) {
                    continue;
                }
                let rule = if subject.role_only { "role-only" } else { "cue" };
                parts.entry((subject.name, relation)).or_insert((subject.start, subject.end, rule));
            }
        }
    }
    if let Some(scene) = event.visit.map(|at| &scenes[at]) {
        // `X visited Y`: whom one visits does not come.
        let verb = (0..scene.mentions.len()).find(|at| matches!(scene.mentions[*at].kind, MentionKind::Event(_)));
        let verb = verb.filter(|v| scene.people().first().is_some_and(|p| *p < *v)).map(|v| scene.end(v));
        let comes = |at: &usize| {
            verb.is_none_or(|verb| {
                let joins = |c: usize| scene.start(c) >= verb && scene.start(c) < scene.start(*at);
                scene.start(*at) < verb || scene.cues(&[Cue::Attend, Cue::Delegation]).into_iter().any(joins)
            })
        };
        for at in scene.people().into_iter().filter(|at| !scene.titles_of(*at).is_empty()).filter(comes) {
            let name = scene.person(at).map_or("", |p| p.name.as_str());
            parts.entry((name, Relation::Attended)).or_insert((scene.start(at), scene.end(at), "visitor"));
        }
    }
    for ((name, relation), (start, end, rule)) in &parts {
        let active = [Relation::Chaired, Relation::SpokeAt].iter().any(|r| parts.contains_key(&(*name, *r)));
        if *relation == Relation::Attended && active {
            continue;
        }
        draft.fact(EntityId::new(Kind::Person, name), *relation, event.id.clone(), (*start, *end), rule);
    }
}

/// `X worked with a delegation led by Y`: takes out the cues that are said of who stands behind them, and those people.
fn by_whom<'s>(
    scene: &Scene,
    report: &Report<'_>,
    cues: &mut Vec<(usize, Cue)>,
    subjects: &mut Vec<Subject<'s>>,
) -> Vec<(Cue, Vec<Subject<'s>>)> {
    let by: Vec<usize> = scene.cues(&[Cue::By]).into_iter().map(|at| scene.start(at)).collect();
    let mut groups = Vec::new();
    for start in by {
        let Some(at) = cues.iter().position(|(from, cue)| *from == start && *cue == Cue::Chair) else { continue };
        let next = cues.get(at + 1).map_or(usize::MAX, |(next, _)| *next);
        let mut group: Vec<Subject<'_>> =
            subjects.iter().filter(|s| s.start > start && s.start < next).copied().collect();
        near_verb(scene, report, &cues[at..=at], &mut group);
        keep_together(scene, report, &mut group, 0);
        cues.remove(at);
        subjects.retain(|s| !group.iter().any(|one| one.start == s.start));
        groups.push((Cue::Chair, group));
    }
    groups
}

/// People of a sentence, and titles that stand for the one person who holds them in this report.
fn subjects<'s>(scene: &'s Scene, holders: &'s BTreeMap<(&str, &str), BTreeSet<String>>) -> Vec<Subject<'s>> {
    let mut subjects: Vec<Subject> = scene
        .people()
        .into_iter()
        .filter_map(|at| {
            let name = scene.person(at)?.name.as_str();
            Some(Subject { start: scene.start(at), end: scene.end(at), name, role_only: false })
        })
        .collect();
    for at in scene.titles() {
        if scene.is_owned(at) || scene.targets[at].is_some() {
            continue;
        }
        let Some(post) = scene.title(at).and_then(|t| t.post) else { continue };
        let Some(known) = holders.get(&post).filter(|names| names.len() == 1) else { continue };
        let name = known.first().map_or("", String::as_str);
        subjects.push(Subject { start: scene.start(at), end: scene.end(at), name, role_only: true });
    }
    subjects.sort_by_key(|s| (s.start, s.end));
    subjects
}

/// A body right before the verb, and nobody in front of it: `at a meeting led by Y, the Politburo concluded that X …`.
fn said_by_body(scene: &Scene, report: &Report<'_>, start: usize) -> bool {
    let first = scene.people().first().map(|p| scene.start(*p));
    let opens = |from: usize| {
        let before = (scene.span.start..from).rfind(|k| !report.is_particle(*k));
        before.is_some_and(|k| report.is_mark(k, &[","]))
    };
    (0..scene.mentions.len()).any(|at| {
        let (from, end) = (scene.start(at), scene.end(at));
        let near = scene.body(at).is_some() && end <= start && start - end <= 3;
        near && (first.is_some_and(|first| first > start) || opens(from)) && {
            let gap = Gap::read(report, end, start);
            gap.heavy <= 1 && !gap.comma
        }
    })
}

/// `the funeral ceremony of X`: the event is held for whoever stands right behind it.
fn is_honoured(scene: &Scene, report: &Report<'_>, subject: &Subject<'_>) -> bool {
    let uncounted = |at: usize| match scene.mentions[at].kind {
        MentionKind::Event(kind) => !report.gazetteer.event_kinds()[kind as usize].counted,
        _ => false,
    };
    let before = (0..scene.mentions.len()).rev().find(|at| uncounted(*at) && scene.end(*at) <= subject.start);
    before.is_some_and(|at| {
        let gap = Gap::read(report, scene.end(at), subject.start);
        let silent = !(gap.comma || gap.colon || gap.copula || gap.cue || gap.semicolon || gap.dash || gap.parenthesis);
        // `Present at the ceremony Mr X, Mr Y`
        let opens = scene
            .cues(&[Cue::Attend])
            .into_iter()
            .any(|cue| scene.start(cue) <= scene.start(at) && scene.start(at).saturating_sub(scene.end(cue)) <= NEAR);
        gap.heavy == 0 && silent && !opens
    })
}

/// A body right behind the verb, and no event beside it.
fn chairs_body(scene: &Scene, report: &Report<'_>, start: usize) -> bool {
    let Some(cue) = (0..scene.mentions.len()).find(|at| scene.start(*at) == start && scene.cue(*at).is_some()) else {
        return false;
    };
    let next = (cue + 1..scene.mentions.len()).find(|at| scene.start(*at) >= scene.end(cue));
    next.is_some_and(|at| {
        let gap = scene.gap(report, cue, at);
        scene.body(at).is_some_and(|b| b.body.is_some()) && gap.is_plain() && !gap.comma && !gap.colon
    }) && !(0..scene.mentions.len()).any(|at| matches!(scene.mentions[at].kind, MentionKind::Event(_)))
}

/// A colon between a cue and the first person behind it, and hardly a word.
fn opens_with_colon(scene: &Scene, report: &Report<'_>, start: usize) -> bool {
    let end = (0..scene.mentions.len()).filter(|at| scene.start(*at) == start).map(|at| scene.end(at)).max();
    let Some(end) = end else { return false };
    let Some(first) = scene.people().into_iter().map(|p| scene.start(p)).find(|p| *p >= end) else { return false };
    let gap = Gap::read_outside_titles(report, end, first);
    gap.colon && !gap.semicolon && gap.heavy <= 2
}

/// `Leaders of the city were: A, T; B, T`
fn opens_list(scene: &Scene, report: &Report<'_>) -> bool {
    let Some(first) = scene.people().first().map(|p| scene.start(*p)) else { return false };
    let gap = Gap::read_outside_titles(report, scene.span.start, first);
    gap.colon && gap.copula && !scene.links.is_empty()
}

/// `chaired by somebody unread, the Politburo decided against X`: who stands far behind the verb did not chair.
fn near_verb(scene: &Scene, report: &Report<'_>, cues: &[(usize, Cue)], group: &mut Vec<Subject<'_>>) {
    let verb = cues.iter().rfind(|(start, cue)| *cue == Cue::Chair && group.first().is_some_and(|s| s.start > *start));
    let Some((verb, first)) = verb.map(|(start, _)| *start).zip(group.first()) else { return };
    let end = (0..scene.mentions.len()).filter(|at| scene.start(*at) == verb).map(|at| scene.end(at)).max();
    let gap = Gap::read_outside_titles(report, end.unwrap_or(verb).min(first.start), first.start);
    if gap.heavy > LOOSE_WORDS && gap.comma {
        group.clear();
    }
}

/// `The delegation was led by X`: no event stands between the two.
fn leads_delegation(scene: &Scene, subject: &Subject<'_>) -> bool {
    let delegation = scene.cues(&[Cue::Delegation]).into_iter().rfind(|d| {
        let near = scene.start(*d).abs_diff(subject.start) <= 20;
        near && !(0..scene.mentions.len()).any(|at| {
            matches!(scene.mentions[at].kind, MentionKind::Event(_))
                && (scene.start(*d).min(subject.start)..scene.start(*d).max(subject.start)).contains(&scene.start(at))
        })
    });
    delegation.is_some()
}

/// Several chair together only where nothing is said between them, `loose` words at most: `chaired by A, B decided on C`.
fn keep_together(scene: &Scene, report: &Report<'_>, group: &mut Vec<Subject<'_>>, loose: usize) {
    let apart = (1..group.len()).find(|k| {
        let (one, next) = (group[*k - 1].end, group[*k].start);
        next > one && {
            let gap = Gap::read_outside_titles(report, one, next);
            let verb = gap.cue || gap.heavy > loose || other_body_acts(scene, report, one, next);
            verb && !(gap.semicolon || scene.header)
        }
    });
    if let Some(apart) = apart {
        group.truncate(apart);
    }
}

/// `A, the Politburo decided on B`: a body between two people, with a verb of its own.
fn other_body_acts(scene: &Scene, report: &Report<'_>, one: usize, next: usize) -> bool {
    (0..scene.mentions.len()).any(|at| {
        let (start, end) = (scene.start(at), scene.end(at));
        scene.body(at).is_some() && start >= one && end <= next && {
            let gap = Gap::read_outside_titles(report, end, next);
            gap.heavy > 0 && !gap.comma
        }
    })
}

/// Where people stand before the first cue, each cue takes those since the last one; else each takes those up to
/// the next. Neighbouring cues without people between them share.
fn assign<'s>(cues: &[(usize, Cue)], subjects: &[Subject<'s>]) -> Vec<(Cue, Vec<Subject<'s>>)> {
    let mut groups: Vec<(Cue, Vec<Subject<'_>>)> = Vec::new();
    let between = |from: usize, to: usize| -> Vec<Subject<'_>> {
        subjects.iter().filter(|s| s.start >= from && s.start < to).copied().collect()
    };
    let first = cues[0].0;
    let last = cues[cues.len() - 1].0;
    if subjects.iter().any(|s| s.start < first) {
        let mut from = 0;
        for (at, cue) in cues {
            let mut group = between(from, *at);
            if group.is_empty() && !subjects.iter().any(|s| s.start > *at) {
                group = groups.last().map(|(_, g)| g.clone()).unwrap_or_default();
            }
            if !group.is_empty() {
                from = *at + 1;
            }
            groups.push((*cue, group));
        }
        let rest = between(last + 1, usize::MAX);
        if !rest.is_empty() && !subjects.iter().any(|s| s.start < last) {
            groups.push((cues[cues.len() - 1].1, rest));
        }
        return groups;
    }
    for (at, (start, cue)) in cues.iter().enumerate() {
        let next = cues.get(at + 1).map_or(usize::MAX, |(next, _)| *next);
        let mut group = between(start + 1, next);
        // `Speaking at it, A stressed: B has …`: the second verb is A's too, and B is only spoken of.
        if let Some((before, people)) = groups.last()
            && before == cue
            && !people.is_empty()
        {
            group = people.clone();
        }
        if group.is_empty() && at + 1 < cues.len() {
            continue;
        }
        groups.push((*cue, group));
    }
    groups
}
