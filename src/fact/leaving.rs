//! Leaving: who leaves the posts of an apposition, and whom somebody else replaces.

use super::Draft;
use super::clause::Gap;
use super::scene::{Places, Scene};
use crate::gazetteer::Cue;
use crate::mention::Report;
use crate::vocabulary::Relation;

/// `X, T1, T2, retired`: the verb without a target is said of the posts in apposition.
pub(super) fn own_posts(scene: &Scene, report: &Report<'_>, draft: &mut Draft<'_>) {
    let cues = scene.cues(&[Cue::Leave]);
    if cues.is_empty() || scene.titles().into_iter().any(|t| scene.targets[t].is_some()) {
        return;
    }
    let mut leaving = Vec::new();
    for person in scene.people() {
        let mine = own_of(scene, report, person);
        if mine.is_empty() {
            continue;
        }
        // `the dismissal of Mr X, T1, T2` and `the resignation of T X`
        let opens = mine.iter().map(|t| scene.start(*t)).chain([scene.start(person)]).min().unwrap_or_default();
        let object = cues.iter().any(|cue| {
            opens >= scene.end(*cue) && {
                let gap = Gap::read(report, scene.end(*cue), opens);
                // `the retirement of two comrades: X, T1, and Y, T2`
                let reach = if gap.colon { 4 } else { 2 };
                gap.heavy <= reach && !gap.cue && !gap.comma && !gap.semicolon
            }
        });
        let listed = || {
            let before: Option<&(usize, Places)> = leaving.last();
            before.is_some_and(|(other, titles)| {
                let from = titles.iter().map(|t| scene.end(*t)).chain([scene.end(*other)]).max().unwrap_or_default();
                let gap = Gap::read(report, from, opens.max(from));
                gap.is_plain() && gap.conjunction && !gap.cue
            })
        };
        if object || listed() {
            leaving.push((person, mine));
        }
    }
    // `Chairman X proposed the dismissal of Y`: who is told to leave is named, so that the others stay.
    let first = cues[0];
    let subjects = if leaving.is_empty() { scene.people() } else { Places::new() };
    for person in subjects.into_iter().filter(|p| scene.start(*p) < scene.start(first)) {
        let mine = own_of(scene, report, person);
        if mine.is_empty() {
            continue;
        }
        let from = mine.iter().map(|t| scene.end(*t)).filter(|e| *e <= scene.start(first)).max();
        let from = from.unwrap_or(scene.end(person));
        let others = scene.people().into_iter().any(|other| {
            other != person && scene.start(other) >= scene.end(person) && scene.start(other) < scene.start(first)
        });
        let gap = Gap::read(report, from, scene.start(first));
        // `A, T; officers who have retired`: what stands in another item of a list is of nobody named.
        if !(others || gap.cue || gap.semicolon || gap.heavy > 12) {
            leaving.push((person, mine));
        }
    }
    for (person, titles) in leaving {
        for title in titles {
            if let Some(post) = draft.post_of(scene, title) {
                draft.post_fact(scene, person, Relation::Left, &post, title, "left-own");
            }
        }
    }
}

/// The local posts that somebody holds by apposition.
fn own_of(scene: &Scene, report: &Report<'_>, person: usize) -> Places {
    let grammar = report.gazetteer.grammar();
    let local = |t: &usize| {
        let post = scene.title(*t).filter(|t| !t.former).and_then(|t| t.post.as_ref());
        post.is_some_and(|(body, _)| !grammar.is_central(body))
    };
    scene.titles_of(person).into_iter().filter(local).collect()
}

/// `X replaces Y as T`: X, Y and T.
pub(super) fn successor(scene: &Scene, cue: usize) -> Option<(usize, usize, usize)> {
    let people = scene.people();
    let near = |from: usize, to: usize| to >= from && to - from <= 4;
    let next = people.iter().copied().find(|p| near(scene.end(cue), scene.start(*p)))?;
    let before = people.iter().copied().rfind(|p| scene.end(*p) <= scene.start(cue))?;
    let behind = scene.titles().into_iter().find(|t| {
        scene.targets[*t].is_some_and(|target| scene.cue(target.cue) == Some(Cue::Target))
            && scene.start(*t) >= scene.end(next)
    })?;
    let given = scene.titles().into_iter().any(|t| scene.targets[t].is_some() && scene.end(t) <= scene.start(cue));
    let others = people.iter().any(|p| scene.start(*p) >= scene.end(next) && scene.start(*p) < scene.start(behind));
    (!given && !others).then_some((before, next, behind))
}

/// `elected to T, replacing Y`: Y held T.
pub(super) fn replaced(scene: &Scene, report: &Report<'_>, draft: &mut Draft<'_>) {
    for cue in scene.cues(&[Cue::Replace]) {
        if let Some((new, old, title)) = successor(scene, cue) {
            if let Some(post) = draft.post_of(scene, title) {
                draft.post_fact(scene, new, Relation::ElectedTo, &post, title, "replaced");
                draft.post_fact(scene, old, Relation::Held, &post, title, "replaced");
            }
            continue;
        }
        appointed_instead(scene, report, draft, cue);
        let person = scene.people().into_iter().find(|p| {
            let distance = scene.start(*p) as isize - scene.end(cue) as isize;
            (0..=4).contains(&distance)
        });
        let title =
            scene.titles().into_iter().rfind(|t| scene.targets[*t].is_some() && scene.end(*t) <= scene.start(cue));
        // `He replaces Y`: the post that the sentence before gave.
        let pronoun = scene
            .people()
            .into_iter()
            .any(|p| scene.person(p).is_some_and(|p| p.pronoun) && scene.start(p) < scene.start(cue));
        if let (Some(person), None, true, Some(post)) = (person, title, pronoun, draft.last_given.clone()) {
            draft.post_fact(scene, person, Relation::Held, &post, cue, "replaced");
        }
        if let (Some(person), Some(title)) = (person, title)
            && let Some(post) = draft.post_of(scene, title)
        {
            draft.post_fact(scene, person, Relation::Held, &post, cue, "replaced");
        }
    }
}

/// `X was dismissed from T and Y was appointed to replace him`: Y is given T.
fn appointed_instead(scene: &Scene, report: &Report<'_>, draft: &mut Draft<'_>, cue: usize) {
    let verb = scene
        .cues(&[Cue::Elect])
        .into_iter()
        .find(|verb| scene.end(*verb) <= scene.start(cue) && scene.gap(report, *verb, cue).is_plain());
    let Some(verb) = verb else { return };
    let person = scene.people().into_iter().rfind(|p| scene.end(*p) <= scene.start(verb));
    let left = scene.titles().into_iter().rfind(|t| {
        scene.targets[*t].is_some_and(|target| {
            scene.cues(&[Cue::Leave]).into_iter().any(|leave| scene.start(leave) <= scene.start(target.cue))
        })
    });
    let (Some(person), Some(title)) = (person, left) else { return };
    let near = scene.start(person) >= scene.end(title) && {
        let gap = scene.gap(report, person, verb);
        gap.heavy <= 1 && !gap.comma && !gap.semicolon
    };
    if let Some(post) = draft.post_of(scene, title).filter(|_| near) {
        draft.post_fact(scene, person, Relation::ElectedTo, &post, title, "replaced");
    }
}
