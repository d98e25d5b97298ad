//! A side event: another formal meeting that a report tells of, its body and day in one sentence.

use super::Draft;
use super::calendar::Calendar;
use super::candidate::Candidate;
use super::event::{UNKNOWN, own_date};
use super::scene::Scene;
use crate::mention::Report;
use crate::vocabulary::{EntityId, Kind, Relation};

/// The report's main event, which a side event is not.
pub(super) struct Main<'m> {
    pub(super) kind: u8,
    pub(super) body: Option<&'m str>,
    pub(super) place: Option<&'m str>,
    /// Its sentence.
    pub(super) scene: usize,
}

/// States whose the side events were, where and when; `formal` are the kinds of event that may be one.
pub(super) fn read(
    scenes: &[Scene],
    candidates: &[Candidate],
    formal: &[u8],
    main: &Main<'_>,
    calendar: &Calendar,
    report: &Report<'_>,
    draft: &mut Draft<'_>,
) {
    let (Some(place), Some(_)) = (main.place, main.body) else { return };
    let grammar = report.gazetteer.grammar();
    let provinces = report.gazetteer.provinces();
    for candidate in candidates.iter().filter(|c| c.convened && formal.contains(&c.kind)) {
        // Two meetings of one kind are two where they are held in two provinces.
        let own = candidate.place.map(|p| provinces[p as usize].id.as_str()).filter(|own| *own != place);
        if candidate.kind == main.kind && own.is_none() {
            continue;
        }
        let place = own.unwrap_or(place);
        let local = candidate.body.as_deref().filter(|b| *b != UNKNOWN && !grammar.is_central(b));
        let (Some(body), Some((at, noun))) =
            (local.filter(|b| main.body != Some(*b) || own.is_some()), candidate.source)
        else {
            continue;
        };
        // A body below the province has no event of its own where its unit is unknown.
        let unseated = grammar.is_lower_body(body) && candidate.seat.is_none();
        let date = own_date(&scenes[at], report, calendar).filter(|_| at != main.scene && !unseated);
        let Some((date, from, to)) = date else { continue };
        let seat = format!("{place}/{}", candidate.seat.as_deref().unwrap_or(body));
        let tail = candidate.ordinal.map_or_else(|| date.clone(), |ordinal| ordinal.to_string());
        let kind = &report.gazetteer.event_kinds()[candidate.kind as usize].id;
        let event = EntityId::new(Kind::Event, &format!("{seat}/{kind}-{tail}"));
        let span = (scenes[at].start(noun), scenes[at].end(noun));
        let organizer = EntityId::new(Kind::Organization, &seat);
        draft.fact(event.clone(), Relation::OrganizedBy, organizer, span, "side-event");
        draft.fact(event.clone(), Relation::HeldIn, EntityId::new(Kind::Province, place), span, "side-event");
        draft.fact(event, Relation::HeldOn, EntityId::new(Kind::Date, &date), (from, to), "side-event");
    }
}
