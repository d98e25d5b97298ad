//! A candidate: an event noun of a report, with the body, the ordinal and the unit around it.

use super::Draft;
use super::clause::Gap;
use super::event::UNKNOWN;
use super::place::Home;
use super::scene::Scene;
use crate::gazetteer::{Class, Cue, Flag};
use crate::mention::{MentionKind, Report, Taken, TitleMention};

/// See the module.
#[derive(Default)]
pub(super) struct Candidate {
    pub(super) weight: f32,
    pub(super) kind: u8,
    pub(super) ordinal: Option<u8>,
    pub(super) body: Option<String>,
    /// The body is the standing part of a council or committee, whose meetings are no sessions.
    pub(super) standing: bool,
    /// The unit below the province and the body, where the body is one of such a unit.
    pub(super) seat: Option<String>,
    /// The sentence says that the body holds it.
    pub(super) convened: bool,
    /// The province that the body names itself.
    pub(super) place: Option<u16>,
    /// The bodies that hold it together, as mentions of the sentence; the body is their first.
    pub(super) together: Vec<usize>,
    /// Sentence and mention; `None` for the address.
    pub(super) source: Option<(usize, usize)>,
}

impl Candidate {
    /// A visit of which only the delegation is named: its sentence and cue.
    pub(super) fn of_delegation(kind: u8, source: (usize, usize)) -> Candidate {
        Candidate { kind, weight: 1.0, source: Some(source), ..Candidate::default() }
    }
}

/// Event nouns of the text.
pub(super) fn candidates(
    scenes: &[Scene],
    report: &Report<'_>,
    congress: Option<u8>,
    conveners: &mut Vec<String>,
    home: &Home,
    draft: &Draft<'_>,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (at, scene) in scenes.iter().enumerate() {
        let convening = scene.cues(&[Cue::Convene]).into_iter().next();
        let mut earlier = false;
        for mention in 0..scene.mentions.len() {
            let MentionKind::Event(kind) = scene.mentions[mention].kind else { continue };
            let (ordinal, own) = around(scene, report, mention);
            let own = own.map(|at| committee_of(scene, report, at));
            let mut weight =
                1.0 + if scene.has_cue(&[Cue::Chair, Cue::Convene]) {
                    2.0
                } else if scene.has_cue(&[Cue::Attend, Cue::Speak]) {
                    1.0
                } else {
                    0.0
                } + (2.0 - 0.4 * at as f32).max(0.0)
                    + if ordinal.is_some() { 0.5 } else { 0.0 };
            let (from, to) = (scene.start(mention), scene.end(mention));
            let national = (from.saturating_sub(3).max(scene.span.start)..(to + 3).min(scene.span.end))
                .any(|k| report.slots[k].cues.has(Cue::National));
            // `the Resolution of the 23rd Congress` is of an earlier one.
            let cited = (from.saturating_sub(5).max(scene.span.start)..from).any(|k| {
                report.slots[k].of_document_type
                    && (k + 1..from).all(|p| {
                        report.slots[p].of_document_type
                            || report.is_particle(p)
                            || report.slots[p].ordinal_suffix
                            || report.number(p).is_some()
                            || report.slots[p].covered
                            || report.slots[p].taken == Taken::Title
                    })
            });
            // `met voters ahead of the 11th session`: the session is another event; `After the session, …` is not.
            let aside = (from.saturating_sub(6).max(scene.span.start + 1)..from).rev().find_map(|k| {
                let stop = report.is_mark(k, &[",", ";", ":", "."]);
                (stop || report.slots[k].cues.has(Cue::Aside)).then_some(!stop)
            });
            let aside = aside == Some(true);
            if national || cited || aside {
                weight *= 0.15;
            }
            let ordinal = ordinal.filter(|_| !aside);
            if earlier {
                weight *= 0.5;
            }
            earlier = true;
            let mut held = Held { own, ..Held::default() };
            if let Some(convene) = convening {
                held.by_subject(scene, report, scene.start(convene), from, Some(kind) == congress);
                conveners.extend(subject_of(scene, scene.start(convene)));
            }
            let Held { own, nameless, together, convened } = held;
            let body = own.and_then(|b| scene.body(b)).map(name_of).or_else(|| nameless.then(|| UNKNOWN.to_string()));
            let seat = own.and_then(|b| lower_seat(scene, b, home, draft));
            let standing_body = report.gazetteer.grammar().standing_body();
            let standing = own.and_then(|b| scene.body(b)).is_some_and(|b| b.parts.body.has(standing_body));
            let source = Some((at, mention));
            let place = own.and_then(|b| scene.body(b)).and_then(|b| b.place);
            found.push(Candidate { weight, kind, ordinal, body, standing, seat, convened, place, together, source });
        }
    }
    found
}

/// Who holds an event, as its sentence says.
#[derive(Default)]
struct Held {
    /// The body, or the first of several.
    own: Option<usize>,
    /// A place holds it: there is a body, and nobody tells which.
    nameless: bool,
    together: Vec<usize>,
    convened: bool,
}

impl Held {
    /// Looks at the subject of a verb of holding that starts at `verb`; the event noun starts at `event`.
    fn by_subject(&mut self, scene: &Scene, report: &Report<'_>, verb: usize, event: usize, congress: bool) {
        let bodies = scene.all(|s, b| s.body(b).is_some());
        let before: Vec<usize> = bodies.iter().copied().filter(|b| scene.end(*b) <= verb).collect();
        let comma = (scene.span.start..verb).rfind(|k| report.is_mark(*k, &[",", ";", ":"]));
        let clause: Vec<usize> = before.iter().copied().filter(|b| comma.is_none_or(|c| scene.start(*b) > c)).collect();
        if !congress {
            // `The Committee holds a meeting with the groups`: who is met, and nobody knows, does not hold it.
            let known = |b: &usize| scene.body(*b).is_some_and(|b| b.body.is_some());
            let met = self.own.is_some_and(|own| !known(&own) && scene.start(own) > event);
            if met && before.last().is_some_and(known) {
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
        self.own = Some(pick);
        self.convened = Gap::read_outside_titles(report, scene.end(pick), verb).is_plain();
    }
}

/// The body named last before a verb.
fn subject_of(scene: &Scene, verb: usize) -> Option<String> {
    let before = (0..scene.mentions.len()).rev().find(|b| scene.body(*b).is_some() && scene.end(*b) <= verb)?;
    scene.body(before)?.body.map(str::to_string)
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
    // `the Council and the Committee of X district`: the unit stands with the last alone.
    let bare = |at: usize| scene.body(at).is_none_or(|b| b.units.is_empty());
    while from > 0 && joined(&bodies[from - 1..=from]) && (bare(one) || !bare(bodies[from - 1])) {
        from -= 1;
    }
    let more = bodies[at..].windows(2).take_while(|pair| joined(pair)).count();
    let list = &bodies[from..=at + more];
    // `at the seat of A, B holds a ceremony`: a comma joins no two.
    let apart = list.len() == 2 && scene.gap(report, list[0], list[1]).comma;
    if apart { vec![one] } else { list.to_vec() }
}

/// `The Union holds the 13th conference of its Executive Committee`: a bare committee is that of the body before it.
fn committee_of(scene: &Scene, report: &Report<'_>, body: usize) -> usize {
    let grammar = report.gazetteer.grammar();
    let levels = grammar.of(Class::Level);
    let bare = |at: usize| {
        scene.body(at).is_some_and(|b| {
            let guessed = b.body.as_deref() == Some(grammar.default_body()) && b.place.is_none();
            grammar.flagged(Flag::Committee).covers(b.parts.body) || (guessed && !b.parts.body.meets(levels))
        })
    };
    if !bare(body) {
        return body;
    }
    let before = (0..body).rev().find(|at| scene.body(*at).is_some_and(|b| b.body.is_some()) && !bare(*at));
    before.unwrap_or(body)
}

/// `phu-binh-district/people-council` for a body below the province.
fn lower_seat(scene: &Scene, body: usize, home: &Home, draft: &Draft<'_>) -> Option<String> {
    let mention = scene.body(body)?;
    let name = mention.body.as_deref()?;
    let province = mention.place.or(home.province)?;
    let seat = draft.seat(scene, body, mention, name, Some(province));
    let (_, rest) = seat.split_once('/')?;
    rest.contains('/').then(|| rest.to_string())
}

fn name_of(body: &TitleMention) -> String {
    body.body.unwrap_or(UNKNOWN).to_string()
}

/// The address names the event too, often with the only ordinal.
pub(super) fn address_candidates(address: &Report<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for reading in &address.readings {
        let scene = Scene::new(reading.span, reading.language, reading.mentions.clone());
        let mut weight = 4.0;
        for mention in 0..scene.mentions.len() {
            let MentionKind::Event(kind) = scene.mentions[mention].kind else { continue };
            // An article of one language is an event in another: `le`.
            let start = scene.start(mention);
            if scene.end(mention) - start == 1 && address.folded(start).len() < 3 {
                continue;
            }
            let (ordinal, body) = around(&scene, address, mention);
            let body = body.and_then(|b| scene.body(b)).map(name_of);
            found.push(Candidate { weight, kind, ordinal, body, ..Candidate::default() });
            weight = 1.0;
        }
    }
    found
}

/// The ordinal and the body beside an event noun.
fn around(scene: &Scene, report: &Report<'_>, event: usize) -> (Option<u8>, Option<usize>) {
    let (start, end) = (scene.start(event), scene.end(event));
    let grammar = report.gazetteer.grammar();
    let span = scene.span;
    let mut ordinal = None;
    for at in (start.saturating_sub(7).max(span.start)..start).rev() {
        let stop = report.is_mark(at, &[",", ";", ":"])
            || (report.is_mark(at, &["."]) && !(at > 0 && report.number(at - 1).is_some()));
        if stop {
            break;
        }
        let Some((value, next)) = report.ordinal_at(at) else { continue };
        let term = |k: usize| report.slots[k].cues.has(Cue::Term);
        let of_term = (next < span.end && term(next)) || (at > span.start && term(at - 1));
        let free = (at..start).all(|k| matches!(report.slots[k].taken, Taken::Free | Taken::Title | Taken::Place));
        // `the 20th Provincial Party Committee's second conference`: the first ordinal is the term's.
        let of_body =
            (next..start).any(|k| report.components(k).iter().any(|c| grammar.flagged(Flag::CountedByTerm).has(*c)));
        if !of_term && free && !of_body {
            ordinal = Some(value);
            break;
        }
    }
    if ordinal.is_none() {
        for at in end..(end + 14).min(span.end) {
            // The ordinal of another event noun is not this one's.
            let other = report.slots[at].event.is_some();
            if other || report.is_mark(at, &[".", ";", ":"]) || report.slots[at].cues.has(Cue::Term) {
                break;
            }
            if let Some((value, _)) = report.ordinal_after(at) {
                ordinal = Some(value);
                break;
            }
        }
    }
    let bodies = scene.all(|s, at| s.body(at).is_some());
    let mut body = None;
    for at in &bodies {
        let from = scene.start(*at);
        if from < end || from - end > 7 {
            continue;
        }
        let clear = (end..from).all(|k| {
            !report.is_mark(k, &[",", ";", ":", "."])
                && (!report.is_word(k)
                    || report.is_particle(k)
                    || report.slots[k].taken != Taken::Free
                    || report.ordinal_at(k).is_some()
                    || report.slots[k].ordinal_marker != 0
                    || report.slots[k].ordinal != 0)
        });
        if clear {
            body = Some(*at);
            break;
        }
    }
    if body.is_none() {
        body = bodies.iter().copied().rfind(|at| scene.end(*at) <= start && start - scene.end(*at) <= 3);
    }
    (ordinal, body)
}
