//! Completion: what a title lacks is taken from the titles and bodies beside it.

use super::scene::Scene;
use crate::gazetteer::{Class, ComponentSet, Cue, Flag, Parts};
use crate::mention::{MentionKind, Report, Taken};

/// Titles cut off by the end of the text are none; a role without body takes the body of the next title.
pub(super) fn read(scene: &mut Scene, report: &Report<'_>, last_sentence: bool) {
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
    // `Head of the Commission`: the body named last before it.
    for at in &titles {
        let Some(title) = scene.title(*at) else { continue };
        let committee = grammar.flagged(Flag::Committee);
        if title.post.is_some() || title.parts.body.is_empty() || !committee.covers(title.parts.body) {
            continue;
        }
        // `Deputy head of the board for southern women`: of something that the tables lack.
        let end = scene.end(*at);
        let goes_on = end < scene.span.end
            && report.is_word(end)
            && report.slots[end].taken == Taken::Free
            && !report.slots[end].covered
            && !report.is_particle(end);
        if goes_on {
            continue;
        }
        let before = (0..*at).rev().find(|b| {
            scene.body(*b).is_some_and(|b| b.body.is_some()) || scene.title(*b).is_some_and(|t| t.post.is_some())
        });
        let Some(named) = before.and_then(|b| scene.body(b).or_else(|| scene.title(b))) else { continue };
        let mut parts = title.parts.clone();
        parts.body = named.parts.body;
        parts.field = named.parts.field;
        let post = grammar.post(&parts, report.gazetteer.fields());
        let (place, units) = (named.place, named.units.clone());
        if let MentionKind::Title(title) = &mut scene.mentions[*at].kind {
            title.post = post;
            title.parts = parts;
            title.place = place;
            title.units = units;
        }
    }
    committees_of_forces(scene, report, &titles);
    for pair in titles.windows(2) {
        let (at, next) = (pair[0], pair[1]);
        let (Some(title), Some(following)) = (scene.title(at), scene.title(next)) else { continue };
        let bare = title.post.is_none() && !title.parts.body.meets(grammar.of(Class::Body));
        let agency = title.post.is_none() && title.parts.body.meets(grammar.flagged(Flag::Agency));
        if !(bare || agency) || following.post.is_none() {
            continue;
        }
        let gap = scene.gap(report, at, next);
        let joined = gap.is_plain() && (gap.dash || gap.conjunction || gap.comma) && !gap.semicolon;
        if !joined || scene.any_between(scene.end(at), scene.start(next), false) {
            continue;
        }
        let mut parts = title.parts.clone();
        parts.body = if agency { agency_body(report, &title.parts, &following.parts) } else { following.parts.body };
        parts.field = following.parts.field;
        parts.place = following.parts.place;
        parts.central_city = following.parts.central_city;
        // Where the tables know no Party committee of the agency, the post stays unknown.
        let same = |body: &String| agency && following.post.as_ref().is_some_and(|(other, _)| other == body);
        let post = grammar.post(&parts, report.gazetteer.fields()).filter(|(body, _)| !same(body));
        let (place, units) = (following.place, following.units.clone());
        if let MentionKind::Title(title) = &mut scene.mentions[at].kind {
            title.post = post;
            title.parts = parts;
            title.place = place;
            title.units = units;
        }
    }
}

/// `secretary of the Party Committee, commander of the Provincial Military Command`: a force has a committee of its own.
fn committees_of_forces(scene: &mut Scene, report: &Report<'_>, titles: &[usize]) {
    let grammar = report.gazetteer.grammar();
    let levels = grammar.of(Class::Level);
    for pair in titles.windows(2) {
        let gap = scene.gap(report, pair[0], pair[1]);
        let joined = gap.is_plain() && (gap.dash || gap.conjunction || gap.comma) && !gap.semicolon;
        if !joined || scene.any_between(scene.end(pair[0]), scene.start(pair[1]), false) {
            continue;
        }
        for (own, other) in [(pair[0], pair[1]), (pair[1], pair[0])] {
            let (Some(title), Some(post)) = (scene.title(own), scene.title(other)) else { continue };
            let of_party = title.post.as_ref().is_some_and(|(body, _)| body == grammar.default_body())
                && title.parts.base.is_some_and(|base| grammar.flagged(Flag::HeadsParty).has(base));
            let of_no_level = !title.parts.body.meets(levels) && title.place.is_none() && title.units.is_empty();
            let of_force = post.parts.body.meets(grammar.flagged(Flag::Force))
                && post.post.as_ref().is_some_and(|(body, _)| !grammar.is_central(body));
            if !(of_party && of_no_level && of_force) {
                continue;
            }
            let mut parts = title.parts.clone();
            parts.body = parts.body.union(post.parts.body.common(grammar.flagged(Flag::Force)));
            let post = grammar.post(&parts, report.gazetteer.fields());
            if let MentionKind::Title(title) = &mut scene.mentions[own].kind {
                title.post = post;
                title.parts = parts;
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
