//! Apposition: which titles belong to whom in `NAME, POST, POST; NAME, POST`, `POST NAME`, `NAME (POST)`.

use super::clause::{Gap, opens_name};
use super::scene::Scene;
use super::target::decides;
use super::{completion, target};
use crate::gazetteer::{Class, Cue};
use crate::mention::{MentionKind, Report, Taken, TitleMention};

/// Splits titles into targets and the rest, cuts the rest into chains, and links people and titles in each chain.
///
/// `above` is the title or body that the sentences before named last.
pub(crate) fn link<'g>(scene: &mut Scene<'g>, report: &Report<'g>, last_sentence: bool, above: Option<&TitleMention>) {
    if !scene.mentions.iter().any(|m| matches!(m.kind, MentionKind::Title(_) | MentionKind::Body(_))) {
        return;
    }
    target::find(scene, report);
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
            || (!listed && behind_words(scene, report, *before, *at))
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
        let chain = without_others(scene, report, chain);
        link_chain(scene, &chain);
    }
    forget_second_seats(scene, report);
}

/// `X, a voter, wrote to the chairman`: two words or more right before a title make it somebody else's.
fn behind_words(scene: &Scene, report: &Report<'_>, before: usize, at: usize) -> bool {
    let (from, to) = (scene.end(before), scene.start(at));
    let parted = (from..to).rfind(|k| !report.is_word(*k) && report.is_mark(*k, &[",", "-", "–", "—", "(", ")"]));
    let gap = Gap::read(report, parted.map_or(from, |k| k + 1), to);
    scene.person(before).is_some() && scene.title(at).is_some() && gap.heavy >= 2 && !gap.copula
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
    hand_on_second_seats(scene, report);
}

/// `chair of the Council X, as well as the vice chairs of the Council, Y and Z`: nobody has two seats of one body, so that
/// the later one is of the people behind it, or of nobody that is named.
fn hand_on_second_seats(scene: &mut Scene, report: &Report<'_>) {
    let grammar = report.gazetteer.grammar();
    let seat = |at: usize| {
        let title = scene.title(at).filter(|title| !title.former)?;
        let (body, role) = title.post.as_ref().filter(|(_, role)| grammar.is_seat(role))?;
        Some((body, role, title.place, &title.units))
    };
    let second = |(person, at): &(usize, usize)| {
        let (body, role, place, units) = seat(*at)?;
        scene.titles_of(*person).into_iter().filter(|other| scene.start(*other) < scene.start(*at)).find(|other| {
            seat(*other)
                .is_some_and(|(of, held, there, others)| (of, there, others) == (body, place, units) && held != role)
        })
    };
    let links: Vec<(usize, usize, usize)> =
        scene.links.iter().filter_map(|link| Some((link.0, link.1, second(link)?))).collect();
    for (person, title, first) in links {
        // `… of a chair, term X. Ms Y, vice chair`: what stands apart before the name is the one that is not hers.
        let apart = scene.end(first) <= scene.start(person) && scene.start(title) >= scene.end(person) && {
            let gap = scene.gap(report, first, person);
            gap.comma || !gap.is_plain()
        };
        if apart {
            scene.unlink(person, first);
            continue;
        }
        scene.unlink(person, title);
        let mut behind: Vec<usize> =
            scene.people().into_iter().filter(|p| scene.start(*p) >= scene.end(title) && *p != person).collect();
        let joined = |one: usize, next: usize| {
            let gap = scene.gap(report, one, next);
            gap.is_plain() && (gap.comma || gap.conjunction) && !(gap.semicolon || gap.colon || gap.cue)
        };
        let count =
            (0..behind.len()).take_while(|k| joined(if *k == 0 { title } else { behind[*k - 1] }, behind[*k])).count();
        behind.truncate(count);
        // Only a list that ends in `and` is sure to be of several.
        let several =
            behind.len() >= 2 && scene.gap(report, behind[behind.len() - 2], behind[behind.len() - 1]).conjunction;
        let own = behind.iter().all(|p| scene.titles_of(*p).is_empty());
        if several && own {
            behind.into_iter().for_each(|person| scene.link(person, title, "apposition-list"));
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
    // `A, T; comrades: B, T`: a further colon opens a list of its own.
    let opens =
        |k: &usize| report.is_mark(*k, &[":"]) && report.is_word(*k - 1) && report.slots[*k - 1].taken != Taken::Person;
    let to = (from + 1..to).find(opens).unwrap_or(to);
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

/// Leaves out the titles of people who are no item of the chain: whoever is spoken for, and whoever has a name that could
/// not be read.
fn without_others(scene: &Scene, report: &Report<'_>, mut chain: Vec<(usize, Gap)>) -> Vec<(usize, Gap)> {
    // `NAME, T1, T2 Nguyen Xyzab`: the last title stands before a name of its own.
    let title_first = chain.first().is_some_and(|(at, _)| scene.title(*at).is_some());
    while let Some((at, _)) = chain.last().copied().filter(|(at, _)| before_stranger(scene, report, *at)) {
        let others = chain.iter().position(|(at, _)| scene.person(*at).is_some());
        if scene.title(at).is_none() || others.is_none() {
            break;
        }
        chain.pop();
        // Where names follow their titles, all of these are the stranger's.
        while title_first && chain.last().is_some_and(|(at, _)| scene.title(*at).is_some()) {
            chain.pop();
        }
    }
    // `On behalf of the Prime Minister, Deputy Prime Minister X`
    let spoken_for = |place: usize| {
        let (at, _) = chain[place];
        let mut before = scene.start(at);
        while before > scene.span.start && report.is_particle(before - 1) {
            before -= 1;
        }
        let touches = chain.get(place + 1).is_some_and(|(next, gap)| {
            scene.person(*next).is_some() && gap.is_plain() && !(gap.comma || gap.dash || gap.conjunction)
        });
        scene.title(at).is_some()
            && before > scene.span.start
            && report.slots[before - 1].cues.has(Cue::Behalf)
            && !touches
    };
    let keep: Vec<bool> = (0..chain.len()).map(|place| !spoken_for(place)).collect();
    chain.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(item, _)| item).collect()
}

/// A name that could not be read touches the end of a title.
fn before_stranger(scene: &Scene, report: &Report<'_>, title: usize) -> bool {
    let mut next = scene.end(title);
    while next < scene.span.end && report.slots[next].cues.has(Cue::Honorific) {
        next += 1;
    }
    scene.title(title).is_some() && next < scene.span.end && opens_name(report, next, scene.span.end)
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
    if let Some(links) = one_each(scene, chain, &people, &titles) {
        links.into_iter().for_each(|(person, title)| scene.link(person, title, "apposition-list"));
        return;
    }
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

/// `A and B, secretary and deputy secretary of the Committee`: as many seats of one body as people, to each one.
fn one_each(
    scene: &Scene,
    chain: &[(usize, Gap)],
    people: &[usize],
    titles: &[(usize, Gap)],
) -> Option<Vec<(usize, usize)>> {
    let count = people.len();
    let parted =
        count >= 2 && titles.len() == count && chain[..count].iter().all(|(at, _)| scene.person(*at).is_some());
    let joined =
        |items: &[(usize, Gap)]| items[1..].iter().all(|(_, gap)| gap.is_plain() && (gap.comma || gap.conjunction));
    if !parted || !joined(&chain[..count]) || !joined(&chain[count..]) {
        return None;
    }
    let and = chain[count - 1].1.conjunction && chain[2 * count - 1].1.conjunction;
    let post = |at: usize| scene.title(at).filter(|t| !t.plural).and_then(|t| t.post.as_ref());
    let (body, _) = post(titles[0].0)?;
    let roles: Vec<&str> =
        titles.iter().filter_map(|(at, _)| post(*at)).filter(|(b, _)| b == body).map(|(_, r)| *r).collect();
    let different = roles.len() == count && roles.iter().enumerate().all(|(k, role)| !roles[..k].contains(role));
    (and && different).then(|| people.iter().copied().zip(titles.iter().map(|(at, _)| *at)).collect())
}
