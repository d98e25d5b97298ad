//! A segment: a run of components, particles and places while it is read, and what it makes.

use super::title::TitleMention;
use super::{Mention, MentionKind, Report, Taken, roman};
use crate::gazetteer::{Body, Class, Component, ComponentSet, Cue, Flag, Parts};
use crate::text::Sentence;

/// What stood last in a run: decides what `standing` and a further role word belong to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Last {
    Nothing,
    Component(Component),
    Place,
}

pub(super) struct Segment {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) role: ComponentSet,
    pub(super) body: ComponentSet,
    pub(super) base: Option<Component>,
    pub(super) bases: ComponentSet,
    pub(super) field: Option<u16>,
    pub(super) place: Option<u16>,
    pub(super) units: Vec<String>,
    /// What stood last, and before it.
    pub(super) history: [Last; 2],
    pub(super) old: bool,
    pub(super) unknown: bool,
}

impl Segment {
    pub(super) fn new(at: usize) -> Segment {
        Segment {
            start: at,
            end: at,
            role: ComponentSet::default(),
            body: ComponentSet::default(),
            base: None,
            bases: ComponentSet::default(),
            field: None,
            place: None,
            units: Vec::new(),
            history: [Last::Nothing; 2],
            old: false,
            unknown: false,
        }
    }

    pub(super) fn last(&self) -> Last {
        self.history[0]
    }

    pub(super) fn passed(&mut self, what: Last) {
        self.history = [what, self.history[0]];
    }
}

impl<'a> Report<'a> {
    /// Turns a segment into a title, a body, or nothing.
    pub(super) fn settle(&mut self, segment: Segment, span: Sentence, mentions: &mut Vec<Mention<'a>>) {
        let gazetteer = self.gazetteer;
        let grammar = gazetteer.grammar();
        let has_body = segment.body.meets(grammar.of(Class::Body));
        if segment.role.is_empty() && !has_body {
            return;
        }
        let parts = Parts {
            role: segment.role,
            body: segment.body,
            base: segment.base,
            field: segment.field,
            place: segment.place.is_some(),
            central_city: segment.place.is_some_and(|p| gazetteer.is_city(p)),
        };
        let former = segment.old || segment.role.meets(grammar.of(Class::Former));
        let is_role = segment.base.is_some() || segment.role.meets(grammar.of(Class::Deputy));
        let place = segment.place.or_else(|| self.province_of_unit(&segment.units, segment.body));
        let mut title = TitleMention {
            place,
            units: segment.units,
            former,
            acting: segment.role.meets(grammar.of(Class::Acting)),
            plural: segment.role.meets(grammar.of(Class::Plural)),
            parts,
            ..TitleMention::default()
        };
        let (start, end) = (segment.start, segment.end.min(span.end));
        let kind = if is_role {
            title.post = if segment.unknown { None } else { grammar.post(&title.parts) };
            let level = title.parts.body.meets(grammar.of(Class::Level));
            let placed = title.place.is_some() || !title.units.is_empty() || (has_body && level);
            if self.of_stranger(end, span, has_body, placed) {
                title.post = None;
            }
            if title.post.is_none() && has_body {
                self.unknown_titles.push((start, end));
            }
            MentionKind::Title(Box::new(title))
        } else {
            match grammar.body(&title.parts) {
                Body::Known(body) => title.body = Some(body),
                Body::Unknown => {}
                Body::Nothing => return,
            }
            // `the Party`, `the people` alone are nobody's meeting.
            let only_idle = grammar.flagged(Flag::Idle).covers(title.parts.body);
            if only_idle {
                return;
            }
            MentionKind::Body(Box::new(title))
        };
        for slot in &mut self.slots[start..end] {
            if slot.taken == Taken::Free {
                slot.taken = Taken::Title;
            }
        }
        mentions.push(Mention { start, end, kind });
    }

    /// Whether a title goes on in capital words that nobody knows, so that it is a title in something else: `secretary
    /// of the Writers' Union`, `head of the Police Staff Department`, `head of the Council's Budget Board`.
    fn of_stranger(&self, end: usize, span: Sentence, has_body: bool, placed: bool) -> bool {
        let free = |k: usize| self.slots[k].taken == Taken::Free;
        let Some(next) = (end..span.end).find(|k| !(free(*k) && self.is_particle(*k))) else { return false };
        // `Secretary of the Party Committee of and Director of the Department`: the body is named later.
        if has_body && next > end && self.slots[next].cues.has(Cue::Conjunction) {
            return true;
        }
        let capital = self.is_word(next) && self.token(next).capital && free(next);
        let counts = self.ordinal_at(next).is_some() || roman(self.text(next, next + 1)).is_some();
        let unread = capital && !self.slots[next].covered && !counts;
        let word = self.text(next, next + 1);
        // A particle glued to the body, as a genitive's ending is, gives it something of its own.
        let genitive = next > end && {
            let (before, particle) = (self.token(end - 1).end as usize, self.token(end).start as usize);
            !self.body[before..particle].contains(char::is_whitespace)
        };
        match (has_body, next > end) {
            (true, true) => capital && (genitive || (unread && !placed)),
            // Behind a body an unread name may stand.
            (true, false) => unread && !self.is_syllable(next) && word.is_ascii(),
            (false, true) => unread && !placed,
            (false, false) => unread && !self.is_syllable(next),
        }
    }
}
