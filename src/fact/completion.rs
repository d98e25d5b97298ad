//! Completion: what a title lacks is taken from the titles and bodies beside it.

use super::clause::Gap;
use super::scene::Scene;
use crate::gazetteer::{Body, Class, ComponentSet, Cue, Flag, Parts};
use crate::mention::{MentionKind, Report, Taken, TitleMention};

/// Titles cut off by the end of the text are none; a role without body takes the body of the next title.
///
/// `above` is the title or body that the sentences before named last.
pub(super) fn read<'g>(scene: &mut Scene<'g>, report: &Report<'g>, last_sentence: bool, above: Option<&TitleMention>) {
    let titles = scene.titles();
    let ends_in_word = scene.span.end > scene.span.start && report.is_word(scene.span.end - 1);
    for at in &titles {
        let cut_off = last_sentence && ends_in_word && scene.end(*at) + 1 >= scene.span.end;
        let before = scene.start(*at).saturating_sub(1).max(scene.span.start);
        // `4 vice chairmen`, `several deputies`
        let plural = scene.start(*at) > scene.span.start
            && (report.slots[before].cues.has(Cue::Plural) || report.number(before).is_some_and(|n| n < 100));
        if let MentionKind::Title(title) = &mut scene.mentions[*at].kind {
            if cut_off {
                title.post = None;
            }
            title.plural |= plural;
        }
    }
    let grammar = report.gazetteer.grammar();
    // `Head of the Commission`: the body named last before it, in this sentence or above.
    for at in &titles {
        let Some(title) = scene.title(*at) else { continue };
        let committee = grammar.flagged(Flag::Committee);
        if title.post.is_some() || title.parts.body.is_empty() || !committee.covers(title.parts.body) {
            continue;
        }
        if goes_on(scene, report, *at) {
            continue;
        }
        let before = (0..*at).rev().find(|b| {
            scene.body(*b).is_some_and(|b| b.body.is_some()) || scene.title(*b).is_some_and(|t| t.post.is_some())
        });
        let named = before.and_then(|b| scene.body(b).or_else(|| scene.title(b)));
        let Some(named) = named.or(above) else { continue };
        let mut parts = title.parts.clone();
        parts.body = named.parts.body;
        parts.field = named.parts.field;
        let post = grammar.post(&parts);
        let (place, units) = (named.place, named.units.clone());
        complete(scene, *at, post, parts, (place, units));
    }
    central_beside_summit(scene, report, &titles);
    head_of_state(scene, report, &titles);
    committees_of_forces(scene, report, &titles);
    local_beside_local(scene, report, &titles);
    committees_of_units(scene, report, &titles);
    for (at, next) in neighbours(scene, report, &titles) {
        let (Some(title), Some(following)) = (scene.title(at), scene.title(next)) else { continue };
        let bare = title.post.is_none() && !title.parts.body.meets(grammar.of(Class::Body));
        let agency = title.post.is_none() && title.parts.body.meets(grammar.flagged(Flag::Agency));
        if !(bare || agency) || following.post.is_none() {
            continue;
        }
        let mut parts = title.parts.clone();
        parts.body = if agency { agency_body(report, &title.parts, &following.parts) } else { following.parts.body };
        parts.field = following.parts.field;
        parts.place = following.parts.place;
        parts.central_city = following.parts.central_city;
        // Where the tables know no Party committee of the agency, the post stays unknown.
        let same = |body: &str| agency && following.post.is_some_and(|(other, _)| other == body);
        let post = grammar.post(&parts).filter(|(body, _)| !same(body));
        let (place, units) = (following.place, following.units.clone());
        complete(scene, at, post, parts, (place, units));
    }
    targets_of_one_body(scene, report, &titles);
    unknown_beside_unknown(scene, report, &titles);
    of_several(scene, report, above);
    former_together(scene, report, &titles);
    bodies_of_units(scene, report);
}

/// `the People's Council and the People's Committee of Bac Son district`: the unit stands with the last alone.
fn bodies_of_units<'g>(scene: &mut Scene<'g>, report: &Report<'g>) {
    let grammar = report.gazetteer.grammar();
    let levels = grammar.flagged(Flag::Lower).union(grammar.flagged(Flag::City));
    let counted = grammar.flagged(Flag::CountedByTerm).union(grammar.flagged(Flag::Idle));
    let bodies = scene.all(|s, at| s.body(at).is_some());
    for pair in bodies.windows(2).rev() {
        let (Some(own), Some(next)) = (scene.body(pair[0]), scene.body(pair[1])) else { continue };
        let gap = scene.gap(report, pair[0], pair[1]);
        let joined = gap.is_plain() && (gap.comma || gap.conjunction) && !gap.semicolon && !gap.colon;
        let of_unit = !next.units.is_empty() && next.parts.body.meets(levels);
        let rest = own.parts.body.without(levels);
        let same =
            own.parts.body.common(levels).is_empty() || own.parts.body.common(levels) == next.parts.body.common(levels);
        let bare = own.units.is_empty() && own.place.is_none() && same;
        if !(joined && of_unit && bare && counted.covers(rest)) {
            continue;
        }
        let mut parts = own.parts.clone();
        parts.body = rest.union(next.parts.body.common(levels));
        let body = match grammar.body(&parts) {
            Body::Known(body) => Some(body),
            Body::Unknown | Body::Nothing => None,
        };
        let (place, units) = (next.place, next.units.clone());
        if let MentionKind::Body(own) = &mut scene.mentions[pair[0]].kind {
            (own.body, own.parts, own.place, own.units) = (body, parts, place, units);
        }
    }
}

/// `Deputy head of the board for southern women`, `the chairs of the hut`: of something that the tables lack.
fn goes_on(scene: &Scene, report: &Report<'_>, title: usize) -> bool {
    let next = (scene.end(title)..scene.span.end).find(|k| !report.is_particle(*k));
    next.is_some_and(|k| report.is_word(k) && report.slots[k].taken == Taken::Free && !report.slots[k].covered)
}

/// `Eleven vice chairs: A, B, …`: of the body named last before them, where it has such a role.
fn of_several<'g>(scene: &mut Scene<'g>, report: &Report<'g>, above: Option<&TitleMention>) {
    let grammar = report.gazetteer.grammar();
    for at in scene.titles() {
        let Some(title) = scene.title(at) else { continue };
        let bare = title.parts.body.is_empty() && title.place.is_none() && title.units.is_empty();
        let Some(base) = title.parts.base.filter(|_| bare && several(scene, report, at) && !goes_on(scene, report, at))
        else {
            continue;
        };
        let named = (0..at).rev().filter_map(|other| scene.title(other).or_else(|| scene.body(other)));
        let found = named.chain(above).find_map(|named| {
            let mut parts = title.parts.clone();
            parts.body = named.parts.body;
            parts.field = named.parts.field;
            parts.place = named.parts.place;
            parts.central_city = named.parts.central_city;
            let post = grammar.post(&parts)?;
            let of_body = named.parts.body.meets(grammar.of(Class::Body)) && post.1.ends_with(grammar.name(base));
            (of_body && !grammar.is_membership(post.1) && !grammar.is_central(post.0))
                .then(|| (post, parts, named.place, named.units.clone()))
        });
        let Some((post, parts, place, units)) = found else { continue };
        complete(scene, at, Some(post), parts, (place, units));
    }
}

/// A title of several people: marked so, or with a list of people behind it.
pub(super) fn several(scene: &Scene, report: &Report<'_>, title: usize) -> bool {
    let after: Vec<usize> = scene.people().into_iter().filter(|p| scene.start(*p) >= scene.end(title)).collect();
    let opens = || {
        let gap = scene.gap(report, title, after[0]);
        gap.copula || gap.colon
    };
    scene.title(title).is_some_and(|t| t.plural) || (after.len() >= 2 && opens())
}

/// The title or body of a sentence that is named last.
pub(super) fn named_last<'s, 'g>(scene: &'s Scene<'g>, report: &Report<'_>) -> Option<&'s TitleMention<'g>> {
    let bodies = report.gazetteer.grammar().of(Class::Body);
    let named = (0..scene.mentions.len()).rev().filter_map(|at| scene.title(at).or_else(|| scene.body(at)));
    named.into_iter().find(|t| t.parts.body.meets(bodies))
}

/// Titles that stand side by side, joined by a comma, a dash or `and`, nobody between them.
fn neighbours(scene: &Scene, report: &Report<'_>, titles: &[usize]) -> Vec<(usize, usize)> {
    let beside = |pair: &&[usize]| {
        let gap = scene.gap(report, pair[0], pair[1]);
        let joined = gap.is_plain() && (gap.dash || gap.conjunction || gap.comma) && !gap.semicolon;
        joined && !scene.any_between(scene.end(pair[0]), scene.start(pair[1]), false)
    };
    titles.windows(2).filter(beside).map(|pair| (pair[0], pair[1])).collect()
}

/// `Secretary of the Party Committee`: of no level and no place, so that it was taken for the province's.
fn heads_some_party(title: &TitleMention, report: &Report<'_>) -> bool {
    let grammar = report.gazetteer.grammar();
    title.post.is_some_and(|(body, _)| body == grammar.default_body())
        && title.parts.base.is_some_and(|base| grammar.flagged(Flag::HeadsParty).has(base))
        && !title.parts.body.meets(grammar.of(Class::Level))
        && title.place.is_none()
        && title.units.is_empty()
}

/// Gives a title the post, the parts and the seat that it lacked.
fn complete<'g>(
    scene: &mut Scene<'g>,
    title: usize,
    post: Option<(&'g str, &'g str)>,
    parts: Parts,
    (place, units): (Option<u16>, Vec<String>),
) {
    if let MentionKind::Title(title) = &mut scene.mentions[title].kind {
        title.post = post;
        title.parts = parts;
        title.place = place;
        title.units = units;
    }
}

/// `secretary of the Party Committee, commander of the Provincial Military Command`: a force has a committee of its own.
fn committees_of_forces<'g>(scene: &mut Scene<'g>, report: &Report<'g>, titles: &[usize]) {
    let grammar = report.gazetteer.grammar();
    for (one, next) in neighbours(scene, report, titles) {
        for (own, other) in [(one, next), (next, one)] {
            let (Some(title), Some(post)) = (scene.title(own), scene.title(other)) else { continue };
            let of_force = post.parts.body.meets(grammar.flagged(Flag::Force))
                && post.post.as_ref().is_some_and(|(body, _)| !grammar.is_central(body));
            if !(of_force && heads_some_party(title, report)) {
                continue;
            }
            let mut parts = title.parts.clone();
            parts.body = parts.body.union(post.parts.body.common(grammar.flagged(Flag::Force)));
            let post = grammar.post(&parts);
            if let MentionKind::Title(title) = &mut scene.mentions[own].kind {
                title.post = post;
                title.parts = parts;
            }
        }
    }
}

/// `Secretary of the Party Committee and Chairman of the People's Committee of Nha Be District`, `Deputy secretary,
/// chairman of the district's People's Committee`: both posts are the unit's.
fn committees_of_units<'g>(scene: &mut Scene<'g>, report: &Report<'g>, titles: &[usize]) {
    let grammar = report.gazetteer.grammar();
    let levels = grammar.flagged(Flag::Lower).union(grammar.flagged(Flag::City));
    let mut members = Vec::new();
    for (own, next) in neighbours(scene, report, titles) {
        let (Some(title), Some(following)) = (scene.title(own), scene.title(next)) else { continue };
        // `Member of the standing committee, vice chairman of the district's People's Council`
        let bare = title.post.is_some_and(|(body, role)| body == grammar.default_body() && grammar.is_membership(role))
            && !title.parts.body.meets(grammar.of(Class::Level))
            && !title.parts.body.meets(grammar.flagged(Flag::Countrywide))
            && title.place.is_none()
            && title.units.is_empty();
        let of_unit = following.parts.body.meets(grammar.flagged(Flag::Lower))
            && following
                .post
                .as_ref()
                .is_some_and(|(body, role)| !grammar.is_lower_body(body) && grammar.is_seat(role));
        if bare && of_unit {
            members.push((own, next));
        }
    }
    for (own, next) in members {
        let (Some(title), Some(following)) = (scene.title(own), scene.title(next)) else { continue };
        let mut parts = title.parts.clone();
        parts.body = parts.body.union(following.parts.body.common(grammar.flagged(Flag::Lower)));
        let post = grammar.post(&parts);
        let (place, units) = (following.place, following.units.clone());
        complete(scene, own, post, parts, (place, units));
    }
    for (own, next) in neighbours(scene, report, titles) {
        let (Some(title), Some(next)) = (scene.title(own), scene.title(next)) else { continue };
        // A role alone is of whatever unit comes next; a committee only of one that has a name.
        let level = if title.parts.body.is_empty() { grammar.flagged(Flag::Lower) } else { levels };
        let of_unit = next.post.as_ref().is_some_and(|(body, _)| !grammar.is_central(body))
            && next.parts.body.meets(level)
            && (title.parts.body.is_empty() || !next.units.is_empty());
        if !(of_unit && heads_some_party(title, report)) {
            continue;
        }
        let mut parts = title.parts.clone();
        parts.body = parts.body.union(next.parts.body.common(level));
        let post = grammar.post(&parts);
        let (place, units) = (next.place, next.units.clone());
        complete(scene, own, post, parts, (place, units));
    }
}

/// `Member of the Politburo, head of the commission for mass mobilization`: beside a seat at the summit a body that may be
/// the country's or the province's is the country's.
fn central_beside_summit<'g>(scene: &mut Scene<'g>, report: &Report<'g>, titles: &[usize]) {
    let grammar = report.gazetteer.grammar();
    for (one, next) in neighbours(scene, report, titles) {
        for (own, other) in [(one, next), (next, one)] {
            let (Some(title), Some(beside)) = (scene.title(own), scene.title(other)) else { continue };
            let summit = beside.post.as_ref().is_some_and(|(body, _)| grammar.is_summit(body));
            let open = title.post.is_some_and(|(body, _)| !grammar.is_central(body) && body != grammar.default_body())
                && !title.parts.body.meets(grammar.of(Class::Level))
                && title.place.is_none()
                && title.units.is_empty();
            if !(summit && open) || title.former != beside.former {
                continue;
            }
            let mut parts = title.parts.clone();
            parts.body = parts.body.union(grammar.flagged(Flag::Countrywide));
            let post = grammar.post(&parts);
            if post.as_ref().is_some_and(|(body, _)| grammar.is_central(body)) {
                complete(scene, own, post, parts, (None, Vec::new()));
            }
        }
    }
}

/// `the General Secretary A, the president B, the Prime Minister C`, `member of the Politburo, president B`: beside the
/// highest seats of the country a chair of nothing is its head of state.
fn head_of_state<'g>(scene: &mut Scene<'g>, report: &Report<'g>, titles: &[usize]) {
    let grammar = report.gazetteer.grammar();
    let chairs = grammar.flagged(Flag::Led).without(grammar.flagged(Flag::Leads));
    let highest = |at: usize| {
        let post = scene.title(at).and_then(|t| t.post.as_ref());
        post.is_some_and(|(body, role)| grammar.is_central(body) && (grammar.is_summit(body) || grammar.appoints(role)))
    };
    let mut found = Vec::new();
    for (place, at) in titles.iter().copied().enumerate() {
        let Some(title) = scene.title(at) else { continue };
        let bare = title.post.is_none()
            && title.parts.body.is_empty()
            && title.place.is_none()
            && title.units.is_empty()
            && title.parts.base.is_some_and(|base| chairs.has(base));
        let named = scene.people().into_iter().any(|p| scene.start(p) == scene.end(at));
        let near = |other: Option<&usize>| {
            other.is_some_and(|other| {
                let (one, next) = if *other < at { (*other, at) } else { (at, *other) };
                let gap = Gap::read_outside_titles(report, scene.end(one), scene.start(next));
                highest(*other) && !gap.cue && !gap.colon && gap.heavy <= 4 && scene.start(next) - scene.end(one) <= 8
            })
        };
        if bare && named && (near(place.checked_sub(1).and_then(|k| titles.get(k))) || near(titles.get(place + 1))) {
            found.push(at);
        }
    }
    for at in found {
        let Some(title) = scene.title(at) else { continue };
        let mut parts = title.parts.clone();
        let head = grammar.members(grammar.flagged(Flag::HeadOfState)).next();
        parts.role = parts.role.without(chairs).union(grammar.flagged(Flag::HeadOfState));
        parts.base = head;
        let post = grammar.post(&parts).filter(|(body, _)| grammar.is_central(body));
        if post.is_some() {
            complete(scene, at, post, parts, (None, Vec::new()));
        }
    }
}

/// `Secretary of the Party Committee, chairman of the university's council`: the committee is that of something the tables
/// lack; a committee beside a department is the department's.
fn unknown_beside_unknown<'g>(scene: &mut Scene<'g>, report: &Report<'g>, titles: &[usize]) {
    let grammar = report.gazetteer.grammar();
    let bodies = grammar.of(Class::Body);
    for (one, next) in neighbours(scene, report, titles) {
        for (own, other) in [(one, next), (next, one)] {
            let (Some(title), Some(beside)) = (scene.title(own), scene.title(other)) else { continue };
            if !heads_some_party(title, report) {
                continue;
            }
            let of_other =
                || beside.parts.body.meets(bodies) || beside.place.is_some() || goes_on(scene, report, other);
            let unknown = beside.post.is_none() && of_other();
            let agency = beside.post.as_ref().is_some_and(|(body, role)| {
                !grammar.is_central(body) && beside.parts.field.is_some() && !grammar.is_membership(role)
            });
            if unknown {
                complete(scene, own, None, title.parts.clone(), (title.place, Vec::new()));
            } else if agency && own < other {
                let mut parts = title.parts.clone();
                parts.body = parts.body.union(beside.parts.body);
                parts.field = beside.parts.field;
                let post = grammar.post(&parts);
                let place = beside.place;
                complete(scene, own, post, parts, (place, Vec::new()));
            }
        }
    }
}

/// `elected A as chairman and B as vice chairman of the Committee`: what is given in one breath is of one body.
fn targets_of_one_body<'g>(scene: &mut Scene<'g>, report: &Report<'g>, titles: &[usize]) {
    let grammar = report.gazetteer.grammar();
    for pair in titles.windows(2) {
        let (own, next) = (pair[0], pair[1]);
        let (Some(title), Some(following)) = (scene.title(own), scene.title(next)) else { continue };
        let bare =
            title.post.is_none() && title.parts.body.is_empty() && title.place.is_none() && title.units.is_empty();
        let given = scene.targets[own].is_some() && scene.targets[next].is_some();
        let people = scene.any_between(scene.end(own), scene.start(next), false);
        let gap = Gap::read_outside_titles(report, scene.end(own), scene.start(next));
        let named =
            || following.post.as_ref().filter(|(body, role)| !grammar.is_central(body) && grammar.is_seat(role));
        if !(bare && given && people) || gap.semicolon || named().is_none() || goes_on(scene, report, own) {
            continue;
        }
        let mut parts = title.parts.clone();
        parts.body = following.parts.body;
        parts.field = following.parts.field;
        parts.place = following.parts.place;
        parts.central_city = following.parts.central_city;
        let post = grammar.post(&parts).filter(|(body, role)| {
            named().is_some_and(|(of, other)| of == body && role != other && grammar.is_seat(role))
        });
        let (place, units) = (following.place, following.units.clone());
        if post.is_some() {
            complete(scene, own, post, parts, (place, units));
        }
    }
}

/// `Former deputy secretary and chairman of Bac Son district X`: what is one unit's was held together.
fn former_together(scene: &mut Scene, report: &Report<'_>, titles: &[usize]) {
    for (one, next) in neighbours(scene, report, titles) {
        let (Some(title), Some(second)) = (scene.title(one), scene.title(next)) else { continue };
        let before_name = scene.people().into_iter().any(|p| {
            scene.start(p) >= scene.end(next) && {
                let gap = scene.gap(report, next, p);
                gap.is_plain() && !gap.conjunction && !gap.semicolon && !gap.colon
            }
        });
        let gap = scene.gap(report, one, next);
        let together = title.former && !second.former && before_name && same_unit(title, second, report) && !gap.dash;
        if together && let MentionKind::Title(second) = &mut scene.mentions[next].kind {
            second.former = true;
        }
    }
}

/// Both titles are of one level below the province, and of one unit as far as they name it.
fn same_unit(one: &TitleMention, other: &TitleMention, report: &Report<'_>) -> bool {
    let lower = report.gazetteer.grammar().flagged(Flag::Lower);
    let (level, of_other) = (one.parts.body.common(lower), other.parts.body.common(lower));
    let named = one.units.is_empty() || one.units == other.units;
    level.meets(of_other) && !other.units.is_empty() && named
}

/// `Head of the National Assembly delegation of Long An, Chairman of the Vietnam Fatherland Front`: beside a post of the
/// province, a body that may be the country's or the province's is the province's.
fn local_beside_local<'g>(scene: &mut Scene<'g>, report: &Report<'g>, titles: &[usize]) {
    let grammar = report.gazetteer.grammar();
    for (one, next) in neighbours(scene, report, titles) {
        for (own, other) in [(one, next), (next, one)] {
            let (Some(title), Some(beside)) = (scene.title(own), scene.title(other)) else { continue };
            let central = |title: &TitleMention| title.post.as_ref().map(|(body, _)| grammar.is_central(body));
            if central(title) != Some(true) || central(beside) != Some(false) || title.place.is_some() {
                continue;
            }
            let parts = Parts { place: true, ..title.parts.clone() };
            let post = grammar.post(&parts);
            let place = beside.place;
            if post.as_ref().is_some_and(|(body, _)| !grammar.is_central(body))
                && let MentionKind::Title(title) = &mut scene.mentions[own].kind
            {
                title.post = post;
                title.parts = parts;
                title.place = place;
            }
        }
    }
}

/// `secretary of its Party committee, director of the provincial police`: the committee is that of the police; beside a
/// council or committee of a commune it is the commune's.
fn agency_body(report: &Report<'_>, own: &Parts, next: &Parts) -> ComponentSet {
    let grammar = report.gazetteer.grammar();
    let lower = grammar.flagged(Flag::Lower);
    let rest = if next.body.meets(lower) { next.body.common(lower) } else { next.body };
    own.body.without(grammar.flagged(Flag::Agency)).union(rest)
}
