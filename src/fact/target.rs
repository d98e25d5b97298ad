//! Targets: the titles that somebody is elected to, leaves or held, told apart from those in apposition.

use super::clause::Gap;
use super::completion;
use super::scene::{Scene, Target};
use crate::gazetteer::{ComponentSet, Cue, Flag};
use crate::mention::{MentionKind, Report, Taken};

/// Marks the targets of a sentence.
pub(super) fn find<'g>(scene: &mut Scene<'g>, report: &Report<'g>) {
    find_targets(scene, report);
    join_committees(scene, report);
    release_prenominal(scene, report);
}

/// `X was T`, `elected X to T`: cues that count only where they touch what they join are none elsewhere.
pub(crate) fn drop_untouching(scene: &mut Scene, report: &Report<'_>) {
    if !scene.has_cue(&[Cue::Touching]) {
        return;
    }
    let elections = scene.cues(&[Cue::Elect]);
    for at in scene.cues(&[Cue::Elect, Cue::Leave, Cue::Formerly, Cue::Target]) {
        if !report.slots[scene.start(at)].cues.has(Cue::Touching) {
            continue;
        }
        let title = scene.titles().into_iter().find(|t| scene.start(*t) >= scene.end(at)).filter(|t| {
            let gap = scene.gap(report, at, *t);
            // An article may stand between.
            gap.is_plain() && !(gap.comma || gap.semicolon || gap.colon || gap.dash || gap.conjunction)
        });
        // `Host was Chairman Y`: the title is that of the name behind it.
        let of_next = title.is_some_and(|t| {
            scene.people().into_iter().chain(scene.cues(&[Cue::Honorific])).any(|p| scene.start(p) == scene.end(t))
        });
        let subject = || {
            let named = |k: usize| scene.person(k).is_some() || scene.cue(k) == Some(Cue::Pronoun);
            // `X, 51, from Hue, was T`: behind a comma, where nobody else is named.
            let comma = scene.start(at) > scene.span.start && report.is_mark(scene.start(at) - 1, &[","]);
            let alone = || scene.people().into_iter().filter(|p| scene.end(*p) <= scene.start(at)).count() == 1;
            (0..at).any(|k| named(k) && scene.end(k) == scene.start(at)) || (comma && alone())
        };
        let joins = match scene.cue(at) {
            Some(Cue::Target) => elections.iter().any(|e| *e != at && scene.end(*e) <= scene.start(at)),
            _ => subject(),
        };
        if title.is_none() || of_next || !joins {
            scene.mentions[at].kind = MentionKind::Cue(Cue::None);
        }
    }
}

/// Titles behind `to the post of`, or right behind the verb of an election, are targets.
fn find_targets(scene: &mut Scene, report: &Report<'_>) {
    let cues = scene.cues(&[Cue::Target, Cue::Elect, Cue::Leave, Cue::Formerly]);
    if cues.is_empty() {
        return;
    }
    for title in scene.titles() {
        let mut best = None;
        for cue in &cues {
            if scene.end(*cue) > scene.start(title) || scene.any_between(scene.end(*cue), scene.start(title), true) {
                continue;
            }
            let gap = scene.gap(report, *cue, title);
            let reach = if scene.cue(*cue) == Some(Cue::Formerly) { 5 } else { 3 };
            if gap.heavy <= reach && !gap.semicolon {
                best = Some(*cue);
            }
        }
        scene.targets[title] = best.map(|cue| Target { cue, inverted: false });
    }
    let items = scene.chain_items();
    for (at, title) in items.iter().enumerate() {
        let Some(next) = items.get(at + 1) else { continue };
        if scene.title(*title).is_none() || scene.targets[*title].is_some() || scene.person(*next).is_none() {
            continue;
        }
        let owned =
            at > 0 && scene.person(items[at - 1]).is_some() && scene.gap(report, items[at - 1], *title).is_plain();
        if owned {
            continue;
        }
        let verb = scene.cues(&[Cue::Elect, Cue::Leave]).into_iter().find(|cue| {
            let after = scene.start(*next) as isize - scene.end(*cue) as isize;
            let near = (0..=2).contains(&after) || (after > 0 && elected_list(scene, report, *title, *cue, *next));
            scene.end(*title) <= scene.start(*cue) && near && {
                let before = scene.gap(report, *title, *cue);
                // An auxiliary or adverb may stand between, but no noun of its own: `decided on the transfer of`.
                let document = (scene.end(*title)..scene.start(*cue)).any(|k| report.slots[k].of_document_type);
                before.heavy <= 1 && !document && !before.comma && !before.semicolon && !before.colon
            }
        });
        if let Some(cue) = verb {
            let broken = (scene.end(*title)..scene.start(*next)).any(|k| report.is_mark(k, &[",", ";", ":"]))
                && !elected_list(scene, report, *title, cue, *next);
            let decides = decides(scene, report, *title);
            // `The chairman transferred X, T2, to …`: whoever has a post of his own behind the name is moved by the first.
            let moved = items.get(at + 2).is_some_and(|own| {
                let gap = scene.gap(report, *next, *own);
                let followed = (scene.end(*own)..scene.span.end)
                    .find(|k| !report.is_particle(*k))
                    .is_some_and(|k| report.is_word(k) && report.slots[k].taken == Taken::Free);
                scene.title(*own).is_some() && gap.is_plain() && (gap.comma || gap.dash) && !gap.semicolon && followed
            });
            // `The chairman appointed X to the post of T`: a later post is the one given, and who appoints is no post given.
            let later =
                scene.titles().into_iter().any(|t| scene.start(t) > scene.start(*next) && scene.targets[t].is_some());
            let appoints = scene
                .title(*title)
                .and_then(|t| t.post.as_ref())
                .is_some_and(|(_, role)| report.gazetteer.grammar().appoints(role));
            if !broken && !decides && !later && !appoints && !moved {
                scene.targets[*title] = Some(Target { cue, inverted: true });
            }
        }
    }
    // `appointed X Deputy Minister`
    let elections = scene.cues(&[Cue::Elect]);
    for pair in items.windows(2) {
        let (person, title) = (pair[0], pair[1]);
        if scene.person(person).is_none() || scene.title(title).is_none() || scene.targets[title].is_some() {
            continue;
        }
        let touching = scene.start(title) == scene.end(person);
        let cue = elections.iter().copied().find(|cue| {
            scene.end(*cue) <= scene.start(person) && {
                let gap = scene.gap(report, *cue, person);
                gap.is_plain() && !gap.comma && !gap.semicolon && !gap.colon
            }
        });
        // `elected A secretary and B deputy secretary`: what stands behind B without a comma was given by the same verb.
        let same = || {
            let first = items
                .iter()
                .copied()
                .rfind(|at| scene.title(*at).is_some() && scene.end(*at) <= scene.start(person))?;
            let target = scene.targets[first].filter(|target| {
                !target.inverted && elections.iter().any(|c| scene.start(*c) == scene.start(target.cue))
            })?;
            let next = items.iter().copied().find(|at| scene.start(*at) >= scene.end(first))?;
            let gap = scene.gap(report, first, next);
            let listed = items
                .iter()
                .copied()
                .filter(|at| (scene.start(next)..=scene.start(person)).contains(&scene.start(*at)));
            let people = listed.collect::<Vec<_>>();
            let joined = people.windows(2).all(|pair| {
                let gap = scene.gap(report, pair[0], pair[1]);
                gap.is_plain() && (gap.comma || gap.conjunction) && !gap.semicolon
            });
            (gap.heavy <= 1 && (gap.conjunction || gap.comma) && !gap.semicolon && !gap.cue && joined)
                .then_some(target.cue)
        };
        if let Some(cue) = cue.or_else(|| if touching { same() } else { None }).filter(|_| touching) {
            scene.targets[title] = Some(Target { cue, inverted: false });
        }
    }
    release_unsaid(scene, report);
    let formerly = scene.has_cue(&[Cue::Formerly]);
    coordinate(scene, report, |scene, target, gap| {
        let reach = if scene.cue(target.cue) == Some(Cue::Formerly) { 6 } else { 2 };
        gap.heavy <= reach && (!gap.semicolon || formerly)
    });
}

/// `Five vice chairs were elected, including A, B`: the verb stands between the post and the list.
pub(super) fn elected_list(scene: &Scene, report: &Report<'_>, title: usize, verb: usize, first: usize) -> bool {
    let gap = scene.gap(report, verb, first);
    gap.copula && gap.heavy <= 2 && !gap.semicolon && completion::several(scene, report, title)
}

/// `the decision of the chairman on appointing X`: the title tells who decided.
pub(super) fn decides(scene: &Scene, report: &Report<'_>, title: usize) -> bool {
    let start = scene.start(title);
    (start.saturating_sub(3).max(scene.span.start)..start)
        .any(|k| report.slots[k].of_document_type && (k + 1..start).all(|p| report.is_particle(p)))
}

/// `With him as members of the committee: A, B`: no verb gives the title of a list, and nobody stands before who has it.
fn release_unsaid(scene: &mut Scene, report: &Report<'_>) {
    if scene.has_cue(&[Cue::Elect, Cue::Leave, Cue::Formerly, Cue::Nominate, Cue::Replace]) {
        return;
    }
    let first = scene.people().first().map(|p| scene.start(*p));
    for title in scene.titles() {
        let unsaid = |target: Target| first.is_none_or(|first| first > scene.start(target.cue));
        if scene.targets[title].is_some_and(unsaid) && completion::several(scene, report, title) {
            scene.targets[title] = None;
        }
    }
}

/// `elected to T and T`: what follows a target in the same list is one too.
fn coordinate(scene: &mut Scene, report: &Report<'_>, joins: impl Fn(&Scene, &Target, &Gap) -> bool) {
    let mut previous: Option<usize> = None;
    for at in scene.chain_items() {
        if scene.title(at).is_none() {
            previous = None;
            continue;
        }
        if let Some(before) = previous
            && let (Some(target), None) = (scene.targets[before], scene.targets[at])
        {
            let gap = scene.gap(report, before, at);
            // `was elected T in 2006 and is T since 2018`
            if !(gap.copula && gap.conjunction)
                && joins(scene, &target, &gap)
                && !scene.any_between(scene.end(before), scene.start(at), false)
            {
                scene.targets[at] = Some(Target { cue: target.cue, inverted: false });
            }
        }
        previous = Some(at);
    }
}

/// `elected to the Committee`: a body after such a cue is membership of it.
fn join_committees<'g>(scene: &mut Scene<'g>, report: &Report<'g>) {
    if !scene.has_cue(&[Cue::Elect, Cue::Leave]) {
        return;
    }
    let grammar = report.gazetteer.grammar();
    let mut standing = ComponentSet::default();
    standing.insert(grammar.standing_body());
    let verbs = scene.cues(&[Cue::Elect, Cue::Leave]);
    let joins = scene.cues(&[Cue::Join]);
    let mut last_target: Option<usize> = None;
    for at in 0..scene.mentions.len() {
        if scene.title(at).is_some() && scene.targets[at].is_some() {
            last_target = Some(at);
        }
        let Some(body) = scene.body(at) else { continue };
        let Some((member_of, role)) = body.body.and_then(|b| grammar.membership(b)) else { continue };
        let committee = body.parts.body.meets(grammar.flagged(Flag::Joinable).union(standing));
        let mut source = None;
        for join in &joins {
            let distance = scene.start(at) as isize - scene.end(*join) as isize;
            let after_verb = verbs.iter().any(|verb| scene.start(*verb) <= scene.start(*join));
            let broken = (scene.end(*join)..scene.start(at)).any(|k| report.is_mark(k, &[",", ";"]));
            if (0..=3).contains(&distance) && after_verb && committee && !broken {
                source = Some(*join);
            }
        }
        if source.is_none()
            && let Some(before) = last_target.filter(|t| scene.end(*t) <= scene.start(at))
        {
            let gap = scene.gap(report, before, at);
            let member =
                scene.title(before).and_then(|t| t.post.as_ref()).is_some_and(|(_, role)| grammar.is_membership(role));
            if gap.heavy <= 1 && (gap.conjunction || gap.comma) && !gap.semicolon && member {
                source = scene.targets[before].map(|t| t.cue);
            }
        }
        if let Some(cue) = source {
            let MentionKind::Body(mut title) = scene.mentions[at].kind.clone() else { continue };
            title.post = Some((member_of, role));
            scene.mentions[at].kind = MentionKind::Title(title);
            scene.targets[at] = Some(Target { cue, inverted: false });
            last_target = Some(at);
        }
    }
    coordinate(scene, report, |_, _, gap| gap.heavy <= 2 && !gap.semicolon);
}

/// A title right before a name, without `to the post of`, is the person's own: `dismissed Chairman X`.
fn release_prenominal(scene: &mut Scene, report: &Report<'_>) {
    if scene.targets.iter().all(Option::is_none) {
        return;
    }
    let items = scene.chain_items();
    let mut released = None;
    for pair in items.windows(2).rev() {
        let (title, next) = (pair[0], pair[1]);
        let Some(target) = scene.targets[title].filter(|t| !t.inverted) else { continue };
        // `elected T1, while T2 X …`: a clause of its own opens with somebody's title.
        let prior = items.iter().rposition(|at| scene.start(*at) < scene.start(title)).map(|place| items[place]);
        let apart = prior.is_some_and(|prior| {
            scene.title(prior).is_some() && {
                let gap = scene.gap(report, prior, title);
                gap.heavy > 0 && gap.comma
            }
        });
        // `elected members of the Committee A, T, and B, T`: a plural is nobody's own title.
        if scene.title(title).is_none_or(|t| t.plural) {
            continue;
        }
        let gap = scene.gap(report, title, next);
        // `the appointment of the member of T1, secretary of T2 comrade X to the post of T3`: both are X's own.
        let chained = released == Some((next, target.cue)) && gap.is_plain() && gap.comma && !gap.semicolon;
        if chained {
            scene.targets[title] = None;
            released = Some((title, target.cue));
            continue;
        }
        if scene.person(next).is_none() {
            continue;
        }
        let verb = apart || matches!(scene.cue(target.cue), Some(Cue::Elect | Cue::Leave | Cue::Formerly));
        if gap.is_plain() && !gap.comma && !gap.semicolon && !gap.conjunction && !gap.colon && !gap.copula && verb {
            scene.targets[title] = None;
            released = Some((title, target.cue));
        }
    }
}
