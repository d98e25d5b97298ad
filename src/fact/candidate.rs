//! A candidate: an event noun of a report, with the body, the ordinal and the unit around it.

use super::Draft;
use super::event::UNKNOWN;
use super::host::{Held, committee_of, subject_of};
use super::place::Home;
use super::scene::Scene;
use crate::gazetteer::{Cue, Flag};
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
    /// A word alone, as `meeting` is for what others call a session; `voter meeting` is none.
    pub(super) plain: bool,
    /// No other event noun stands before it in its sentence.
    pub(super) first: bool,
    /// The body is named behind the noun: `a visit to the Committee`.
    pub(super) behind: bool,
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
        let primary = convened_noun(scene, report, convening);
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
            // `the inspection team` is who comes, not what is held.
            let team = |at: usize| scene.start(at) == from && scene.end(at) == to;
            if scene.cues(&[Cue::Delegation]).into_iter().any(team) {
                weight *= 0.5;
            }
            let first = !earlier;
            if primary.map_or(earlier, |primary| primary != mention) {
                weight *= 0.5;
            }
            earlier = true;
            let mut held = Held { own, ..Held::default() };
            if let Some(convene) = convening {
                let alone = primary.is_none_or(|primary| primary == mention);
                if is_by(scene, convene) {
                    held.by_agent(scene, report, scene.end(convene), alone);
                } else {
                    held.by_subject(scene, report, (scene.start(convene), from), Some(kind) == congress, alone);
                }
                let subject = if is_by(scene, convene) { held.own } else { subject_of(scene, scene.start(convene)) };
                conveners.extend(subject.and_then(|at| scene.body(at)?.body.map(str::to_string)));
            }
            let Held { own, nameless, together, convened } = held;
            let body = own.and_then(|b| scene.body(b)).map(name_of).or_else(|| nameless.then(|| UNKNOWN.to_string()));
            let seat = own.and_then(|b| lower_seat(scene, b, home, draft));
            let standing_body = report.gazetteer.grammar().standing_body();
            let standing = own.and_then(|b| scene.body(b)).is_some_and(|b| b.parts.body.has(standing_body));
            let source = Some((at, mention));
            let place = own.and_then(|b| scene.body(b)).and_then(|b| b.place);
            let behind = own.is_some_and(|b| scene.start(b) >= to);
            let held = Candidate { body, standing, seat, behind, convened, place, together, ..Candidate::default() };
            found.push(Candidate { weight, kind, ordinal, source, first, plain: to - from == 1, ..held });
        }
    }
    found
}

/// Whether a verb is said of who stands behind it.
fn is_by(scene: &Scene, verb: usize) -> bool {
    scene.cues(&[Cue::By]).into_iter().any(|by| scene.start(by) == scene.start(verb))
}

/// `the steering committee of the congress held a working session to prepare the congress`: the noun behind the verb,
/// unless another one is the verb's subject.
fn convened_noun(scene: &Scene, report: &Report<'_>, convening: Option<usize>) -> Option<usize> {
    let convening = convening?;
    let verb = scene.end(convening);
    let nouns = scene.all(|s, at| matches!(s.mentions[at].kind, MentionKind::Event(_)));
    // `the conference, organized by the Committee`
    if is_by(scene, convening) {
        return nouns.into_iter().rfind(|at| scene.end(*at) <= verb);
    }
    let opens = |noun: usize| {
        let from = scene.start(noun);
        let counts =
            |k: usize| report.ordinal_at(k).is_some() || report.slots[k].ordinal_suffix || report.number(k).is_some();
        let before =
            (scene.span.start..from).rfind(|k| !(report.is_particle(*k) || counts(*k) || report.is_mark(*k, &["-"])));
        before.is_none_or(|k| {
            !report.is_word(k) || (0..noun).any(|at| scene.date(at).is_some() && scene.end(at) == k + 1)
        })
    };
    let subject = nouns.iter().copied().find(|at| scene.end(*at) <= verb && opens(*at));
    subject.or_else(|| nouns.into_iter().find(|at| scene.start(*at) >= verb))
}

/// `phu-binh-district/people-council` for a body below the province.
fn lower_seat(scene: &Scene, body: usize, home: &Home, draft: &Draft<'_>) -> Option<String> {
    let mention = scene.body(body)?;
    let name = mention.body?;
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
                    || report.slots[k].ordinal_suffix
                    || report.slots[k].ordinal != 0)
        });
        if clear {
            body = Some(*at);
            break;
        }
    }
    if body.is_none() {
        // `leaders of the Department attended the ceremony`: guests.
        let attends = |at: usize| {
            scene.cues(&[Cue::Attend]).into_iter().any(|c| scene.start(c) >= scene.end(at) && scene.start(c) < start)
        };
        body = bodies.iter().copied().rfind(|at| scene.end(*at) <= start && start - scene.end(*at) <= 3);
        body = body.filter(|at| !attends(*at));
    }
    (ordinal, body)
}
