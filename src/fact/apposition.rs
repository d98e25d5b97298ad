//! Apposition: which titles belong to whom in `NAME, POST, POST; NAME, POST`, `POST NAME`, `NAME (POST)`.

use super::clause::Gap;
use super::completion;
use super::scene::{Scene, Target};
use crate::gazetteer::{Class, ComponentSet, Cue, Flag};
use crate::mention::{MentionKind, Report, TitleMention};

/// Splits titles into targets and the rest, cuts the rest into chains, and links people and titles in each chain.
///
/// `above` is the title or body that the sentences before named last.
pub(crate) fn link<'g>(scene: &mut Scene<'g>, report: &Report<'g>, last_sentence: bool, above: Option<&TitleMention>) {
    if !scene.mentions.iter().any(|m| matches!(m.kind, MentionKind::Title(_) | MentionKind::Body(_))) {
        return;
    }
    find_targets(scene, report);
    join_committees(scene, report);
    release_prenominal(scene, report);
    completion::read(scene, report, last_sentence, above);
    link_chains(scene, report);
}

/// Parts appositions by how sure they are: whose body is guessed, and which title does not touch its name.
pub(super) fn kind_of(
    scene: &Scene,
    report: &Report<'_>,
    person: usize,
    title: usize,
    rule: &'static str,
) -> &'static str {
    let Some(mention) = scene.title(title).filter(|_| rule == "apposition") else { return rule };
    let grammar = report.gazetteer.grammar();
    let levels = grammar.of(Class::Level);
    let central = mention.post.as_ref().is_some_and(|(body, _)| grammar.is_central(body));
    let (before, after) = if scene.start(title) > scene.start(person) { (person, title) } else { (title, person) };
    match scene.start(after).saturating_sub(scene.end(before)) {
        _ if !(central || mention.place.is_some() || mention.parts.body.meets(levels)) => "apposition-guessed",
        0..=2 => "apposition",
        _ => "apposition-list",
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
                before.heavy <= 1 && !before.comma && !before.semicolon && !before.colon
            }
        });
        if let Some(cue) = verb {
            let broken = (scene.end(*title)..scene.start(*next)).any(|k| report.is_mark(k, &[",", ";", ":"]))
                && !elected_list(scene, report, *title, cue, *next);
            let decides = decides(scene, report, *title);
            // `The chairman appointed X to the post of T`: a later post is the one given, and who appoints is no post given.
            let later =
                scene.titles().into_iter().any(|t| scene.start(t) > scene.start(*next) && scene.targets[t].is_some());
            let appoints = scene
                .title(*title)
                .and_then(|t| t.post.as_ref())
                .is_some_and(|(_, role)| report.gazetteer.grammar().appoints(role));
            if !broken && !decides && !later && !appoints {
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
        if let Some(cue) = cue.filter(|_| touching) {
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
fn decides(scene: &Scene, report: &Report<'_>, title: usize) -> bool {
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
        let verb = matches!(scene.cue(target.cue), Some(Cue::Elect | Cue::Leave | Cue::Formerly));
        if gap.is_plain() && !gap.comma && !gap.semicolon && !gap.conjunction && !gap.colon && !gap.copula && verb {
            scene.targets[title] = None;
            released = Some((title, target.cue));
        }
    }
}

/// Cuts people and titles into chains and links them.
fn link_chains(scene: &mut Scene, report: &Report<'_>) {
    let items = scene.chain_items();
    let people = items.iter().filter(|at| scene.person(**at).is_some()).count();
    if people == 0 {
        return;
    }
    let semicolons = (scene.span.start..scene.span.end).filter(|k| report.is_mark(*k, &[";"])).count();
    let listed = semicolons >= 2;
    let mut chains: Vec<Vec<(usize, Gap)>> = Vec::new();
    let mut current: Vec<(usize, Gap)> = Vec::new();
    for at in &items {
        if scene.targets[*at].is_some() {
            chains.extend((!current.is_empty()).then(|| std::mem::take(&mut current)));
            continue;
        }
        let Some((before, _)) = current.last() else {
            current.push((*at, Gap::default()));
            continue;
        };
        let gap = scene.gap(report, *before, *at);
        let reach = if listed {
            6
        } else if gap.comma {
            4
        } else {
            1
        };
        let introduces =
            gap.copula && scene.person(*at).is_some() && scene.title(*before).is_some_and(|t| t.plural || people >= 2);
        // `A and the chairman`, `the chairman and A`: two people.
        let joined = gap.conjunction && !(gap.comma || gap.copula || gap.dash);
        let beside = joined && scene.person(*before).is_some() != scene.person(*at).is_some();
        let broken = gap.semicolon
            || gap.cue
            || gap.stranger
            || (gap.heavy > 0 && !gap.copula && report.is_particle(scene.start(*at) - 1))
            || gap.heavy > reach
            || (gap.heavy > 0 && !(gap.comma || gap.dash))
            || gap.colon
            || introduces
            || beside;
        if broken {
            chains.push(std::mem::take(&mut current));
        }
        current.push((*at, gap));
    }
    chains.extend((!current.is_empty()).then_some(current));
    link_header(scene, report, &chains);
    for chain in &chains {
        let chain = without_far_appointers(scene, report, chain);
        link_chain(scene, &chain);
    }
    forget_second_seats(scene, report);
}

/// `deputy secretary of the Provincial Party Committee, secretary of the Party committee, chairman of the People's
/// Committee`: nobody has two seats of one committee, so the one that names no level is of another.
fn forget_second_seats(scene: &mut Scene, report: &Report<'_>) {
    let grammar = report.gazetteer.grammar();
    let levels = grammar.of(Class::Level);
    let seat = |at: usize| {
        let title = scene.title(at)?;
        let (body, role) = title.post.as_ref().filter(|(_, role)| !grammar.is_membership(role) && !title.former)?;
        let placed = title.place.is_some() || title.parts.body.meets(levels);
        (!grammar.is_central(body)).then_some((body, role, placed))
    };
    let second = |(person, at): &(usize, usize)| {
        let Some((body, role, false)) = seat(*at) else { return false };
        let others = scene.titles_of(*person).into_iter().filter_map(seat);
        others.into_iter().any(|(of, other, placed)| placed && of == body && other != role)
    };
    let unknown: Vec<usize> = scene.links.iter().filter(|link| second(link)).map(|(_, title)| *title).collect();
    for at in unknown {
        if let MentionKind::Title(title) = &mut scene.mentions[at].kind {
            title.post = None;
        }
    }
}

/// `chair X and 4 vice chairs`: a number opens a list of its own.
fn counted(scene: &Scene, report: &Report<'_>, at: usize) -> bool {
    let start = scene.start(at);
    scene.title(at).is_some_and(|t| t.plural) && start > scene.span.start && report.number(start - 1).is_some()
}

/// `Members of the Politburo: A, B, C`: the titles of the header are everybody's up to the next header or the end.
fn link_header(scene: &mut Scene, report: &Report<'_>, chains: &[Vec<(usize, Gap)>]) {
    let mut headers: Vec<(Vec<usize>, usize)> = Vec::new();
    for (at, chain) in chains.iter().enumerate() {
        let mut titles: Vec<usize> = chain.iter().map(|(title, _)| *title).collect();
        // `X, T, and the members of the Central Committee: A, T; B, T`: the plural alone heads the list.
        if let Some(last) = titles.last().copied().filter(|last| scene.title(*last).is_some_and(|t| t.plural)) {
            let heads = titles.iter().all(|at| scene.title(*at).is_some());
            titles = if heads { titles } else { vec![last] };
        }
        let Some((first, _)) = chains.get(at + 1).and_then(|next| next.first()) else { continue };
        // Who decides heads no list: `the Minister's decision on the retirement of 2 comrades: A, B`.
        let grammar = report.gazetteer.grammar();
        let heads = titles.iter().all(|title| {
            let appoints = |role: &str| grammar.appoints(role) || decides(scene, report, *title);
            scene.title(*title).is_some_and(|t| t.plural || t.post.as_ref().is_none_or(|(_, role)| !appoints(role)))
        });
        // `has 5 members, including: …` counts, and names no post.
        let counts = titles.iter().any(|t| counted(scene, report, *t) && scene.end(*t) - scene.start(*t) == 1);
        if !heads || counts {
            continue;
        }
        let gap = scene.gap(report, titles[titles.len() - 1], *first);
        let after = chains[at + 1..].iter().flatten().filter(|(p, _)| scene.person(*p).is_some()).count();
        let listed = gap.colon || (gap.copula && after >= 2 && titles.len() == 1);
        if listed && after >= 1 && gap.heavy <= 4 {
            headers.push((titles, scene.start(*first)));
        }
    }
    scene.header |= !headers.is_empty();
    for (place, (titles, from)) in headers.iter().enumerate() {
        let next = headers.get(place + 1).map_or(scene.span.end, |(titles, _)| scene.start(titles[0]));
        let to = end_of_list(scene, report, *from, next);
        for person in scene.chain_items() {
            if scene.person(person).is_some() && (*from..to).contains(&scene.start(person)) {
                titles.iter().for_each(|title| scene.link(person, *title, "header"));
            }
        }
    }
}

/// A semicolon ends a list whose people stand between commas; where it parts one from the next it ends nothing.
fn end_of_list(scene: &Scene, report: &Report<'_>, from: usize, to: usize) -> usize {
    let Some(semicolon) = (from..to).find(|k| report.is_mark(*k, &[";"])) else { return to };
    let before = scene.people().into_iter().filter(|p| (from..semicolon).contains(&scene.start(*p))).count();
    if before >= 2 { semicolon } else { to }
}

/// `presented to the Prime Minister …`: whoever appoints others is named in many sentences about somebody else, so
/// such a title belongs only to a name that it touches.
fn without_far_appointers(scene: &Scene, report: &Report<'_>, chain: &[(usize, Gap)]) -> Vec<(usize, Gap)> {
    let grammar = report.gazetteer.grammar();
    let person = |at: Option<&(usize, Gap)>| at.is_some_and(|(at, _)| scene.person(*at).is_some());
    chain
        .iter()
        .enumerate()
        .filter(|(place, (at, gap))| {
            let role = scene.title(*at).and_then(|t| t.post).map(|(_, role)| role);
            if !role.is_some_and(|role| grammar.appoints(role)) {
                return true;
            }
            let next = chain.get(place + 1);
            let before_name = person(next) && next.is_some_and(|(_, gap)| gap.is_plain() && !gap.comma);
            let after = *place > 0 && gap.is_plain() && (gap.comma || gap.dash || gap.parenthesis || gap.conjunction);
            let list_before_name = next.is_some_and(|(at, gap)| scene.title(*at).is_some() && gap.is_plain());
            before_name || after || list_before_name
        })
        .map(|(_, item)| *item)
        .collect()
}

fn link_chain(scene: &mut Scene, chain: &[(usize, Gap)]) {
    let people: Vec<usize> = chain.iter().map(|(at, _)| *at).filter(|at| scene.person(*at).is_some()).collect();
    let titles: Vec<(usize, Gap)> = chain.iter().copied().filter(|(at, _)| scene.title(*at).is_some()).collect();
    if people.is_empty() || titles.is_empty() {
        return;
    }
    if let [person] = people.as_slice() {
        for (title, gap) in titles {
            let plural = scene.title(title).is_some_and(|t| t.plural);
            if plural && scene.start(title) > scene.start(*person) && (gap.comma || gap.conjunction) {
                continue;
            }
            scene.link(*person, title, "apposition");
        }
        return;
    }
    // `the vice chairmen A, T, B, T`: behind a plural the list opens with a name.
    let plural_first = scene.title(chain[0].0).is_some_and(|t| t.plural)
        && chain.get(1).is_some_and(|(at, gap)| scene.person(*at).is_some() && gap.is_plain() && !gap.comma)
        && chain.get(2).is_some_and(|(at, gap)| scene.title(*at).is_some() && gap.comma);
    let person_first = plural_first || scene.person(chain[0].0).is_some();
    for (place, (title, _)) in chain.iter().enumerate() {
        if scene.title(*title).is_none() {
            continue;
        }
        let before = chain[..place].iter().rev().map(|(at, _)| *at).find(|at| scene.person(*at).is_some());
        let after = chain[place + 1..].iter().map(|(at, _)| *at).find(|at| scene.person(*at).is_some());
        let owner = match (before, after) {
            (None, after) => after,
            (before, None) => before,
            (Some(before), Some(after)) => {
                let (next, gap) = chain[place + 1];
                let touches = scene.person(next).is_some()
                    && !(gap.comma || gap.dash || gap.parenthesis || gap.conjunction || gap.copula);
                Some(if person_first && !touches { before } else { after })
            }
        };
        let Some(owner) = owner else { continue };
        let plural = scene.title(*title).is_some_and(|t| t.plural);
        scene.link(owner, *title, "apposition");
        // `the vice chairs A, B and C`: everybody of the list.
        if plural && after == Some(owner) {
            let others = chain[place + 1..].iter().map(|(at, _)| *at).skip(1);
            let others: Vec<usize> = others.take_while(|at| scene.person(*at).is_some()).collect();
            others.into_iter().for_each(|other| scene.link(other, *title, "apposition"));
        }
        // `B and C, vice chairs`: everybody who stands right before.
        if before == Some(owner) && plural {
            let others = chain[..place].iter().rev().map(|(at, _)| *at).skip(1);
            let others: Vec<usize> = others.take_while(|at| scene.person(*at).is_some()).collect();
            others.into_iter().for_each(|other| scene.link(other, *title, "apposition"));
        }
    }
}
