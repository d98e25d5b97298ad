//! The event of a report: which meeting it tells of, whose, where and when.
//!
//! Every event noun votes, weighed by its place and the cues around it; so does the address.

use std::collections::BTreeMap;

use super::Draft;
use super::calendar::{Calendar, follows_document};
use super::candidate::{Candidate, address_candidates, candidates};
use super::place::Home;
use super::scene::Scene;
use super::{side_event, visit};
use crate::gazetteer::Cue;
use crate::mention::{MentionKind, PartialDate, Report};
use crate::vocabulary::{EntityId, Kind, Relation};

/// What a report tells of.
pub(crate) struct MainEvent {
    pub(crate) id: EntityId,
    /// The sentence of a visit or inspection: whoever is named there took part.
    pub(crate) visit: Option<usize>,
}

/// Weights are sums of quarters, so that their order never depends on rounding.
type Vote<K> = BTreeMap<K, f32>;

fn winner<K: Ord + Clone>(votes: &Vote<K>) -> Option<K> {
    let mut best: Option<(&K, f32)> = None;
    for (key, value) in votes {
        if best.is_none_or(|(_, b)| *value >= b) {
            best = Some((key, *value));
        }
    }
    best.map(|(key, _)| key.clone())
}

/// Sentences that open a report.
const LEAD: usize = 4;

/// Tokens that a headline has at most.
const HEADLINE: usize = 25;

pub(super) const UNKNOWN: &str = "?";

/// Finds the report's main event and states whose it was, where and when.
pub(crate) fn read(
    scenes: &[Scene],
    report: &Report<'_>,
    address: &Report<'_>,
    home: &Home,
    calendar: &Calendar,
    draft: &mut Draft<'_>,
) -> Option<MainEvent> {
    let gazetteer = report.gazetteer;
    let grammar = gazetteer.grammar();
    let kind_of = |name: &str| gazetteer.event_kinds().iter().position(|k| k.id == name).map(|at| at as u8);
    let congress = kind_of("congress");
    let session = kind_of("session");
    let conference = kind_of("conference");
    let meeting = kind_of("meeting");
    let ceremony = kind_of("ceremony");
    let mut conveners: Vec<String> = Vec::new();
    let mut candidates = candidates(scenes, report, congress, &mut conveners, home, draft);
    candidates.extend(address_candidates(address));
    // `A delegation of the province, led by X, paid tribute …` visits, whatever verb says it.
    let untold = candidates.is_empty();
    if untold && let Some(guests) = visit::guests(scenes, report) {
        candidates.extend(kind_of("visit").map(|kind| Candidate::of_delegation(kind, guests.source)));
    }
    if candidates.is_empty() {
        return None;
    }
    let mut kinds: Vote<u8> = Vote::new();
    for candidate in &candidates {
        *kinds.entry(candidate.kind).or_default() += candidate.weight;
    }
    // A session and a conference are meetings too.
    if let Some(votes) = meeting.and_then(|m| kinds.get(&m).copied()) {
        for kind in [session, conference].into_iter().flatten() {
            if let Some(value) = kinds.get_mut(&kind) {
                *value += votes * 0.5;
            }
        }
    }
    let mut kind = winner_by_name(&kinds, |k| gazetteer.event_kinds()[k as usize].id.clone())?;
    let mut bodies: Vote<String> = Vote::new();
    let mut ordinals: Vote<u8> = Vote::new();
    let meetings = [session, meeting];
    let told = candidates.iter().any(|c| c.convened && c.body.as_deref().is_some_and(|b| b != UNKNOWN));
    let standing_meeting = candidates.iter().any(|c| c.standing && c.kind == kind);
    for candidate in &candidates {
        let foreign_congress = Some(candidate.kind) == congress && Some(kind) != congress;
        if let Some(body) = candidate.body.as_ref().filter(|_| !foreign_congress) {
            let fits = if candidate.kind == kind { 2.0 } else { 1.0 };
            let local = match body.as_str() {
                // Somebody named holds it: bodies beside it that nobody knows are guests.
                UNKNOWN if told => 0.0,
                UNKNOWN => 0.5,
                body if grammar.is_central(body) => 0.25,
                _ => 1.0,
            };
            *bodies.entry(body.clone()).or_default() += candidate.weight * fits * local;
        }
    }
    let mut body = winner(&bodies);
    // `at the 9th session of the National Assembly`, and nobody of the province is said to hold it
    if Some(kind) == session && !told {
        let sits = candidates.iter().filter(|c| Some(c.kind) == session && c.source.is_some_and(|s| s.0 < LEAD));
        let bodies: Vec<&String> = sits.filter_map(|c| c.body.as_ref()).collect();
        if !bodies.is_empty() && bodies.iter().all(|b| grammar.is_central(b)) {
            body = bodies.first().map(|b| b.to_string());
        }
    }
    for candidate in &candidates {
        let Some(ordinal) = candidate.ordinal.filter(|_| gazetteer.event_kinds()[kind as usize].counted) else {
            continue;
        };
        let leads = candidate.source.is_none_or(|(scene, _)| scene < LEAD && candidate.first);
        let alike = meetings.contains(&Some(candidate.kind)) && meetings.contains(&Some(kind));
        let same = candidate.kind == kind || (!standing_meeting && leads && alike);
        // The Central Committee's 12th conference numbers none of the province's.
        let elsewhere = candidate.body.as_deref().is_some_and(|b| grammar.is_central(b)) && candidate.body != body;
        if same && !elsewhere {
            *ordinals.entry(ordinal).or_default() += candidate.weight;
        }
    }
    let central = |body: &Option<String>| body.as_deref().is_some_and(|b| grammar.is_central(b));
    // `at the 9th session of the National Assembly`: the lead says whose it is.
    let own_session = |b: &String| {
        candidates.iter().any(|c| {
            Some(c.kind) == session && c.kind == kind && c.body.as_ref() == Some(b) && c.source.is_some_and(|s| s.0 < 3)
        })
    };
    let sits = central(&body) && body.as_ref().is_some_and(own_session);
    if central(&body) && home.province.is_some() && !sits && !body.as_ref().is_some_and(|b| conveners.contains(b)) {
        body = (Some(kind) == congress).then(|| grammar.default_body().to_string());
    }
    let mut rule = "event-body";
    if body.is_none() {
        rule = "event-body-guessed";
        body = commonest_body(scenes, |b| !grammar.is_central(b));
        if Some(kind) == conference || Some(kind) == congress {
            // Conferences and congresses are the committee's, not its standing committee's.
            if let Some((of, _)) = body.as_deref().and_then(|b| grammar.membership(b)) {
                body = Some(of.to_string());
            }
        }
        if body.is_none() && home.province.is_none() {
            body = commonest_body(scenes, |b| grammar.is_central(b));
        }
        // Whose it is nobody says: only of what a body holds by rule is it the body's.
        let usual = |body: &str| grammar.usual_event(body).and_then(kind_of);
        let fits = |held: Option<u8>| held == Some(kind) || (held == session && Some(kind) == meeting);
        body = body.filter(|b| Some(kind) == congress || fits(usual(b)));
    }
    let central_city = home.province.is_some_and(|p| gazetteer.is_city(p));
    if central_city && body.as_deref() == Some(grammar.city_body()) {
        body = Some(grammar.default_body().to_string());
    }
    // What councils hold are sessions; what committees count are conferences.
    if let Some(body) = body.as_deref() {
        let holds = grammar.usual_event(body).and_then(kind_of);
        let standing = candidates.iter().any(|c| c.standing && c.body.as_deref() == Some(body));
        // `voter meeting`, `phiên họp` say what they are.
        let plain = candidates.iter().filter(|c| c.kind == kind && c.source.is_some()).any(|c| c.plain);
        let told = Some(kind) == meeting && !plain;
        if !standing && !told && holds.is_some() && holds == session && [meeting, conference].contains(&Some(kind)) {
            kind = session.unwrap_or(kind);
        }
        if holds.is_some() && holds == conference && Some(kind) == meeting && !told && !ordinals.is_empty() {
            kind = conference.unwrap_or(kind);
        }
    }
    // Committees that meet hold no sessions: a session beside one is the council's.
    if Some(kind) == session && body.as_deref().and_then(|b| grammar.usual_event(b)).and_then(kind_of) == meeting {
        body = grammar.usual_body(&gazetteer.event_kinds()[kind as usize].id).map(str::to_string);
    }
    // Who visits or inspects is the body that comes: nobody's meeting.
    let comes = [kind_of("visit"), kind_of("inspection")].contains(&Some(kind));
    let own_event =
        candidates.iter().any(|c| c.kind == kind && c.body.is_some() && c.body == body && !(comes && c.behind));
    let noun = candidates.iter().filter(|c| c.kind == kind).find_map(|c| c.source).filter(|_| comes);
    let guests = if comes { visit::guests(scenes, report) } else { None };
    if let Some(guests) = &guests {
        body = guests.body.clone();
    } else if comes && !own_event {
        body = noun.and_then(|noun| visit::visitor(scenes, noun, report));
    }
    let own_event = own_event || guests.is_some();
    let ordinal = winner(&ordinals);
    let gatherings = [session, meeting, conference, ceremony];
    let date = event_date(scenes, &candidates, report, calendar, |k| {
        k == kind || (gatherings.contains(&Some(k)) && gatherings.contains(&Some(kind)))
    });
    let is_central = central(&body);
    let convener = body.as_ref().is_some_and(|b| conveners.contains(b));
    let id_of = |p: u16| gazetteer.provinces()[p as usize].id.clone();
    // Whom a delegation visits of which nothing else is told, only a place named says.
    let own_body = body.as_deref().is_some_and(|b| b != UNKNOWN && !is_central);
    let at_home = home.province.filter(|p| !untold && (own_body || !led_from_above(scenes, *p, draft)));
    let host = guests.as_ref().and_then(|g| g.host).or(at_home).filter(|_| !sits).map(id_of);
    let place = guests.as_ref().and_then(|g| g.from).or(if untold { home.province } else { at_home }).map(id_of);
    // Neither place nor body is known: the event is worth stating only where people have a part in it.
    let nowhere = place.is_none() && !sits && !(is_central && (convener || ordinal.is_none()));
    let tail = match (ordinal, &date) {
        (Some(ordinal), _) => ordinal.to_string(),
        (None, Some((date, _, _))) => date.clone(),
        (None, None) => draft.article_name(),
    };
    let kind_name = &gazetteer.event_kinds()[kind as usize].id;
    let organizers = organizers(scenes, &candidates, kind, body.as_deref(), home, draft);
    // Whom of several to name it by, no two readers agree.
    let shared = organizers.len() >= 3;
    let body_name = body.clone().filter(|_| !shared).unwrap_or_else(|| UNKNOWN.to_string());
    let mut lower: Vote<String> = Vote::new();
    for candidate in candidates.iter().filter(|c| c.body == body) {
        *lower.entry(candidate.seat.clone().unwrap_or_default()).or_default() += candidate.weight;
    }
    let lower = winner(&lower).filter(|seat| !seat.is_empty());
    let seat = match (&place, is_central) {
        _ if nowhere => UNKNOWN.to_string(),
        (Some(place), false) if lower.is_some() => match lower.unwrap_or_default().split_once('/') {
            Some((UNKNOWN, _)) | None if shared => format!("{place}/{UNKNOWN}"),
            Some((unit, _)) if shared => format!("{place}/{unit}/{UNKNOWN}"),
            unit => format!("{place}/{}", unit.map_or_else(String::new, |(unit, body)| format!("{unit}/{body}"))),
        },
        (_, true) | (None, _) => body_name.clone(),
        (Some(place), false) if grammar.is_lower_body(&body_name) && body_name != UNKNOWN => {
            format!("{place}/?/{body_name}")
        }
        (Some(place), false) => format!("{place}/{body_name}"),
    };
    let event = EntityId::new(Kind::Event, &format!("{seat}/{kind_name}-{tail}"));
    let source = candidates.iter().filter_map(|c| c.source).min().unwrap_or((0, 0));
    let span = scenes.get(source.0).and_then(|s| s.mentions.get(source.1)).map_or((0, 0), |m| (m.start, m.end));
    if body.as_deref().is_some_and(|b| b != UNKNOWN) && !nowhere && (!comes || own_event) {
        let alone = [seat];
        for seat in if organizers.len() > 1 { &organizers[..] } else { &alone[..] } {
            let organizer = EntityId::new(Kind::Organization, seat);
            draft.fact(event.clone(), Relation::OrganizedBy, organizer, span, rule);
        }
    }
    if let Some(host) = &host {
        let province = EntityId::new(Kind::Province, host);
        draft.fact(event.clone(), Relation::HeldIn, province, span, "event-place");
    }
    if let Some((date, start, end)) = date {
        draft.fact(event.clone(), Relation::HeldOn, EntityId::new(Kind::Date, &date), (start, end), "event-date");
    }
    let main = side_event::Main { kind, body: body.as_deref(), place: place.as_deref(), scene: source.0 };
    let formal: Vec<u8> = [session, congress, conference, ceremony].into_iter().flatten().collect();
    side_event::read(scenes, &candidates, &formal, &main, calendar, report, draft);
    Some(MainEvent { id: event, visit: noun.map(|(scene, _)| scene) })
}

/// Whoever presides holds a post of the country, and sentences of the event name the province in titles alone: `The Prime Minister chaired a
/// meeting on the appointment of X, Secretary of the Party Committee of Hai Duong`.
fn led_from_above(scenes: &[Scene], province: u16, draft: &Draft<'_>) -> bool {
    let grammar = draft.grammar();
    let mut chairs = scenes.iter().take(LEAD).filter(|scene| scene.has_cue(&[Cue::Chair])).flat_map(|scene| {
        let cue = scene.cues(&[Cue::Chair])[0];
        let noun = |at: &usize| matches!(scene.mentions[*at].kind, MentionKind::Event(_));
        let noun = (cue..scene.mentions.len()).find(noun).map_or(scene.span.end, |at| scene.start(at));
        let (before, behind): (Vec<usize>, Vec<usize>) =
            scene.people().into_iter().partition(|p| scene.start(*p) < scene.start(cue));
        let behind = behind.into_iter().filter(|p| scene.start(*p) < noun).collect();
        let chairs = if before.is_empty() { behind } else { before };
        let titles = chairs.into_iter().flat_map(|person| scene.titles_of(person));
        let posts = titles.filter_map(|title| scene.title(title)?.post.as_ref());
        posts.map(|(body, _)| grammar.is_central(body)).collect::<Vec<_>>()
    });
    let central = chairs.next() == Some(true) && chairs.all(|central| central);
    let tells =
        |scene: &&Scene| (0..scene.mentions.len()).any(|at| matches!(scene.mentions[at].kind, MentionKind::Event(_)));
    central
        && !scenes.iter().filter(tells).any(|scene| {
            let places = scene.all(
            |s, at| matches!(s.mentions[at].kind, MentionKind::Place { province: p, namesake: false } if p == province),
        );
            let titled = |at: usize| {
                scene.titles().into_iter().any(|t| scene.start(t) <= scene.start(at) && scene.end(at) <= scene.end(t))
            };
            places.into_iter().any(|at| !titled(at))
        })
}

/// The bodies that hold the event together, where a sentence lists several.
fn organizers(
    scenes: &[Scene],
    candidates: &[Candidate],
    kind: u8,
    body: Option<&str>,
    home: &Home,
    draft: &Draft<'_>,
) -> Vec<String> {
    let grammar = draft.grammar();
    // In a centrally-run city the city's committee is the province's own.
    let own = |b: &str| if b == grammar.city_body() { grammar.default_body().to_string() } else { b.to_string() };
    let same = |c: &Candidate| c.body.as_deref().map(own) == body.map(own);
    let main = candidates.iter().find(|c| c.together.len() > 1 && c.kind == kind && same(c));
    let Some((main, (scene, _))) = main.and_then(|c| Some((c, c.source?))) else { return Vec::new() };
    let scene = &scenes[scene];
    let mut seats = Vec::new();
    for at in &main.together {
        let Some((mention, name)) = scene.body(*at).and_then(|m| Some((m, m.body?))) else { continue };
        let seat = draft.seat(scene, *at, mention, name, mention.place.or(home.province));
        if !seats.contains(&seat) {
            seats.push(seat);
        }
    }
    seats
}

fn winner_by_name(votes: &Vote<u8>, name: impl Fn(u8) -> String) -> Option<u8> {
    let named: Vote<(String, u8)> = votes.iter().map(|(k, v)| ((name(*k), *k), *v)).collect();
    winner(&named).map(|(_, kind)| kind)
}

fn commonest_body(scenes: &[Scene], keep: impl Fn(&str) -> bool) -> Option<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for scene in scenes {
        for at in scene.all(|s, at| s.body(at).is_some()) {
            let Some(body) = scene.body(at).and_then(|b| b.body).filter(|b| keep(b)) else { continue };
            match counts.iter_mut().find(|(b, _)| *b == body) {
                Some((_, count)) => *count += 1,
                None => counts.push((body, 1)),
            }
        }
    }
    // The first of equals in the text.
    let best = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == best).map(|(body, _)| body.to_string())
}

/// The date of a sentence that may be an event's; the page's own in front of the text is not, where another one
/// stands beside it.
fn dated(scene: &Scene, report: &Report<'_>, calendar: &Calendar) -> Option<usize> {
    let recent = |year: Option<u32>| year.is_none_or(|year| calendar.is_recent(year));
    // `(27 July 1947 – 27 July 2025)` is an anniversary, not the day it is kept.
    let all: Vec<PartialDate> = (0..scene.mentions.len()).filter_map(|at| scene.date(at)).collect();
    let yearly = |date: PartialDate| {
        all.iter().any(|o| (o.month, o.day) == (date.month, date.day) && o.year != date.year && date.year.is_some())
    };
    let own = |date: PartialDate| recent(date.year) && !yearly(date);
    let dates = scene.all(|s, at| s.date(at).is_some_and(own) && !follows_document(s, at));
    let dateline = dates.len() > 1 && scene.start(dates[0]) < 3 && !announced(scene, report, dates[0]);
    dates.get(usize::from(dateline)).copied()
}

/// `on the morning of 3 May`
fn announced(scene: &Scene, report: &Report<'_>, date: usize) -> bool {
    let start = scene.start(date);
    start > scene.span.start && report.slots[start - 1].cues.has(Cue::Day)
}

/// That date, complete, and the tokens that tell it.
pub(super) fn own_date(scene: &Scene, report: &Report<'_>, calendar: &Calendar) -> Option<(String, usize, usize)> {
    let at = dated(scene, report, calendar)?;
    let date = scene.date(at).and_then(|d| calendar.complete(d))?;
    Some((date, scene.start(at), scene.end(at)))
}

/// The day of the event and the tokens that tell it.
fn event_date(
    scenes: &[Scene],
    candidates: &[Candidate],
    report: &Report<'_>,
    calendar: &Calendar,
    same: impl Fn(u8) -> bool,
) -> Option<(String, usize, usize)> {
    let mut sources: Vec<(usize, u8)> =
        candidates.iter().filter_map(|c| c.source.map(|(scene, _)| (scene, c.kind))).collect();
    sources.sort_by_key(|(scene, _)| *scene);
    sources.retain(|(scene, kind)| *scene < 8 && same(*kind) && dated(&scenes[*scene], report, calendar).is_some());
    let told =
        |scene: usize| dated(&scenes[scene], report, calendar).is_some_and(|d| announced(&scenes[scene], report, d));
    if let Some((first, _)) = sources.first().copied() {
        // `Ceremony of the term of 3 February` above `On 30 January a ceremony …`: a headline's date may be another one.
        let headline = !told(first) && scenes[first].span.end - scenes[first].span.start <= HEADLINE;
        let below = sources.iter().map(|(scene, _)| *scene).find(|scene| told(*scene) && *scene <= first + 2);
        let scene = below.filter(|_| headline).unwrap_or(first);
        return own_date(&scenes[scene], report, calendar);
    }
    // Headlines, captions and what a page's furniture leaves are short.
    let long = scenes.iter().enumerate().filter(|(_, scene)| scene.span.end - scene.span.start > 12);
    for (at, scene) in long.take(3) {
        // `retired from 1 May 2021` dates no meeting.
        let leaves = scene.has_cue(&[Cue::Leave]) && !candidates.iter().any(|c| c.source.is_some_and(|(s, _)| s == at));
        if !leaves && dated(scene, report, calendar).is_some() {
            return own_date(scene, report, calendar);
        }
    }
    None
}
