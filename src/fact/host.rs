//! Who holds an event: the subject of a verb of holding, one or several.

use super::clause::Gap;
use super::scene::Scene;
use crate::gazetteer::{Class, Cue, Flag};
use crate::mention::{MentionKind, Report, Taken};

/// Who holds an event, as its sentence says.
#[derive(Default)]
pub(super) struct Held {
    /// The body, or the first of several.
    pub(super) own: Option<usize>,
    /// A place holds it: there is a body, and nobody tells which.
    pub(super) nameless: bool,
    pub(super) together: Vec<usize>,
    pub(super) convened: bool,
}

impl Held {
    /// Looks behind a verb that ends at `verb`: `organized by the Council`; `main` tells whether the noun is the sentence's.
    pub(super) fn by_agent(&mut self, scene: &Scene, report: &Report<'_>, verb: usize, main: bool) {
        let bodies = scene.all(|s, b| s.body(b).is_some_and(|b| b.body.is_some()) && s.start(b) >= verb);
        let first = bodies
            .first()
            .copied()
            .filter(|b| main && Gap::read_outside_titles(report, verb, scene.start(*b)).heavy == 0);
        let Some(first) = first else { return };
        self.together = list_around(scene, report, &bodies, first);
        self.own = Some(first);
        self.convened = true;
    }

    /// Looks at the subject of a verb of holding that starts at `verb`; the event noun starts at `event`; `main` is that of
    /// the sentence.
    pub(super) fn by_subject(
        &mut self,
        scene: &Scene,
        report: &Report<'_>,
        (verb, event): (usize, usize),
        congress: bool,
        main: bool,
    ) {
        let bodies = scene.all(|s, b| s.body(b).is_some());
        let before: Vec<usize> = bodies.iter().copied().filter(|b| scene.end(*b) <= verb).collect();
        let comma = (scene.span.start..verb).rfind(|k| report.is_mark(*k, &[",", ";", ":"]));
        let clause: Vec<usize> = before.iter().copied().filter(|b| comma.is_none_or(|c| scene.start(*b) > c)).collect();
        if !congress {
            // `The Committee holds a meeting with the groups`: who is met, and nobody knows, does not hold it.
            let known = |b: &usize| scene.body(*b).is_some_and(|b| b.body.is_some());
            let met = self.own.is_some_and(|own| !known(&own) && scene.start(own) > event);
            // `The Committee holds a ceremony to hand over a decision of the Politburo`
            let above = main
                && self.own.is_some_and(|own| is_central(scene, report, own) && scene.start(own) > event)
                && before.last().is_some_and(|b| !is_central(scene, report, *b));
            if (met || above) && before.last().is_some_and(known) {
                self.own = None;
            }
            // Whose event it is may be the last of those who hold it.
            if let Some(last) = self.own.filter(|own| before.last() == Some(own)) {
                self.together = list_around(scene, report, &before, last);
                self.own = self.together.first().copied();
                self.convened = Gap::read_outside_titles(report, scene.end(last), verb).heavy <= 1;
            }
        }
        if self.own.is_some() {
            return;
        }
        // `at the hall of the Party Committee, the province holds a ceremony`: a place holds it.
        self.nameless = clause.is_empty() && comma.is_some_and(|comma| place_between(scene, comma, verb));
        let usable = match before.is_empty() {
            true => bodies.iter().copied().filter(|b| scene.start(*b) < event).collect(),
            false => before,
        };
        if self.nameless || congress {
            return;
        }
        let Some(nearest) = usable.last().copied() else { return };
        let pick = match clause.as_slice() {
            [] => nearest,
            [first, ..] if scene.body(*first).is_some_and(|b| b.body.is_none()) => *first,
            [.., last] => *last,
        };
        self.together = list_around(scene, report, &usable, pick);
        let pick = if clause.is_empty() { pick } else { self.together[0] };
        // `the central Commission and the province's Committee`: it is held in the province.
        let local = self.together.iter().copied().find(|b| !is_central(scene, report, *b));
        self.own = local.filter(|_| is_central(scene, report, pick)).or(Some(pick));
        self.convened = Gap::read_outside_titles(report, scene.end(pick), verb).is_plain();
    }
}

fn is_central(scene: &Scene, report: &Report<'_>, body: usize) -> bool {
    let named = scene.body(body).and_then(|b| b.body);
    named.is_some_and(|body| report.gazetteer.grammar().is_central(body))
}

/// The body named last before a verb.
pub(super) fn subject_of(scene: &Scene, verb: usize) -> Option<usize> {
    (0..scene.mentions.len()).rev().find(|b| scene.body(*b).is_some() && scene.end(*b) <= verb)
}

/// A place that is no part of a title or body, right before a verb and behind a comma.
fn place_between(scene: &Scene, comma: usize, verb: usize) -> bool {
    let places = |at: &usize| matches!(scene.mentions[*at].kind, MentionKind::Place { namesake: false, .. });
    (0..scene.mentions.len()).filter(places).any(|place| {
        let inside = (0..scene.mentions.len()).any(|at| {
            (scene.body(at).is_some() || scene.title(at).is_some())
                && scene.start(at) <= scene.start(place)
                && scene.end(place) <= scene.end(at)
        });
        let near = scene.start(place) > comma && scene.end(place) <= verb && verb - scene.end(place) <= 1;
        near && !inside
    })
}

/// `A, B and C hold a conference`: those who hold it together with one of them.
fn list_around(scene: &Scene, report: &Report<'_>, bodies: &[usize], one: usize) -> Vec<usize> {
    let at = bodies.iter().position(|body| *body == one).unwrap_or_default();
    let joined = |pair: &[usize]| {
        let gap = scene.gap(report, pair[0], pair[1]);
        gap.is_plain() && (gap.comma || gap.conjunction) && !gap.semicolon && !gap.colon
    };
    let mut from = at;
    while from > 0 && joined(&bodies[from - 1..=from]) {
        from -= 1;
    }
    let more = bodies[at..].windows(2).take_while(|pair| joined(pair)).count();
    let list = &bodies[from..=at + more];
    // `at the seat of A, B holds a ceremony`: a comma joins no two.
    let apart = list.len() == 2 && scene.gap(report, list[0], list[1]).comma;
    // `at the seat of A, B, C and D hold …`: a word right before the first, which is no day.
    let before = scene.start(list[0]).checked_sub(1).filter(|k| *k >= scene.span.start);
    let at_seat = list.len() > 2
        && scene.gap(report, list[0], list[1]).comma
        && before.is_some_and(|k| {
            report.is_word(k)
                && !report.is_particle(k)
                && report.slots[k].taken == Taken::Free
                && !report.slots[k].cues.any(&[Cue::Day, Cue::Plural, Cue::Conjunction])
                && !(0..scene.mentions.len()).any(|at| scene.start(at) <= k && k < scene.end(at))
        });
    match () {
        () if apart => vec![one],
        () if at_seat && list[0] != one => list[1..].to_vec(),
        () => list.to_vec(),
    }
}

/// `The Union holds the 13th conference of its Executive Committee`: a bare committee is that of the body before it.
pub(super) fn committee_of(scene: &Scene, report: &Report<'_>, body: usize) -> usize {
    let grammar = report.gazetteer.grammar();
    let levels = grammar.of(Class::Level);
    let bare = |at: usize| {
        scene.body(at).is_some_and(|b| {
            let guessed = b.body == Some(grammar.default_body()) && b.place.is_none();
            grammar.flagged(Flag::Committee).covers(b.parts.body) || (guessed && !b.parts.body.meets(levels))
        })
    };
    if !bare(body) {
        return body;
    }
    let before = (0..body).rev().find(|at| scene.body(*at).is_some_and(|b| b.body.is_some()) && !bare(*at));
    before.unwrap_or(body)
}
