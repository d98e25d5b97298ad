//! A title: role, body and place, put together from components in any word order.
//!
//! A run of components, particles and places is read as a set; the grammar's tables say which post the set makes.
//! A word in the run that the gazetteer lacks makes the whole title unknown, never a shorter one.

use super::segment::{Last, Segment};
use super::{Mention, MentionKind, Report, Spot, Taken};
use crate::gazetteer::{Class, Component, ComponentSet, Cue, Flag, LanguageId, Parts};
use crate::text::Sentence;

/// The highest number that a district or ward has for a name.
const LAST_NUMBERED: u32 = 40;

/// A role, a body, or both.
#[derive(Clone, Debug, Default)]
pub(crate) struct TitleMention<'g> {
    /// Body and role, where the components make a post.
    pub(crate) post: Option<(&'g str, &'g str)>,
    /// The body alone, for bodies without a role.
    pub(crate) body: Option<&'g str>,
    pub(crate) parts: Parts,
    /// The province named inside.
    pub(crate) place: Option<u16>,
    /// Names of units below the province.
    pub(crate) units: Vec<String>,
    pub(crate) former: bool,
    pub(crate) acting: bool,
    pub(crate) plural: bool,
}

impl<'a> Report<'a> {
    /// The token opens or continues a phrase of components that can carry a title.
    fn carries(&self, at: usize, end: usize) -> bool {
        if at >= end || self.slots[at].taken != Taken::Free {
            return false;
        }
        let slot = &self.slots[at];
        let components = self.components(at);
        if components.is_empty() {
            return slot.continued && slot.covered && {
                let first = slot.cover.0 as usize;
                !self.components(first).is_empty() && !self.is_particle(first)
            };
        }
        components
            .iter()
            .any(|c| !matches!(self.gazetteer.grammar().class(*c), Class::Particle | Class::Topic | Class::Plural))
    }

    fn class_at(&self, at: usize, end: usize, classes: &[Class]) -> bool {
        at < end
            && self.slots[at].taken == Taken::Free
            && self.components(at).iter().any(|c| classes.contains(&self.gazetteer.grammar().class(*c)))
    }

    pub(super) fn level_at(&self, at: usize, end: usize) -> bool {
        let grammar = self.gazetteer.grammar();
        let province = grammar.flagged(Flag::Province);
        at < end && self.components(at).iter().any(|c| grammar.class(*c) == Class::Level && !province.has(*c))
    }

    pub(super) fn titles(&mut self, span: Sentence, language: LanguageId, mentions: &mut Vec<Mention<'a>>) {
        let mut at = span.start;
        if self.spots.next(Spot::Title, at, span.end).is_none() {
            return;
        }
        let provinces: Vec<(usize, usize, u16)> = mentions
            .iter()
            .filter_map(|m| match m.kind {
                MentionKind::Place { province, .. } => Some((m.start, m.end, province)),
                _ => None,
            })
            .collect();
        let mut segments = Vec::new();
        while let Some(next) = self.spots.next(Spot::Title, at, span.end) {
            at = next;
            if !self.carries(at, span.end) {
                at += 1;
                continue;
            }
            let next = self.run(at, span, language, &provinces, &mut segments);
            for segment in segments.drain(..) {
                self.settle(segment, span, mentions);
            }
            at = next.max(at + 1);
        }
    }

    /// One run of components from `from` on, cut where a further role opens the next title.
    fn run(
        &mut self,
        from: usize,
        span: Sentence,
        language: LanguageId,
        provinces: &[(usize, usize, u16)],
        segments: &mut Vec<Segment>,
    ) -> usize {
        let grammar = self.gazetteer.grammar();
        let bodies = grammar.of(Class::Body);
        let standing_body = grammar.standing_body();
        let end = span.end;
        let mut current = Segment::new(from);
        self.look_back(&mut current, from, span, language, provinces);
        let mut at = from;
        while at < end {
            if self.slots[at].taken == Taken::Place {
                let (to, province) = provinces
                    .iter()
                    .find(|(start, _, _)| *start == at)
                    .map_or((at + 1, None), |(_, to, province)| (*to, Some(*province)));
                if let Some(province) = province {
                    match current.place {
                        None => {
                            current.place = Some(province);
                            // Behind the level word of a lower unit it is that unit's name.
                            if let Some(of_body) = self.unit_like_province(at, from, province) {
                                current.place = current.place.filter(|_| !of_body);
                                current.units.push(self.gazetteer.provinces()[province as usize].id.clone());
                            }
                        }
                        Some(other) if other != province && !current.role.is_empty() && !self.is_particle(at - 1) => {
                            break;
                        }
                        Some(_) => {}
                    }
                    current.passed(Last::Place);
                }
                at = to;
                current.end = at;
                continue;
            }
            if self.abbreviates_level(at, end) {
                at += 1;
                continue;
            }
            // `National Assembly (NA) Chairman`: the title goes on behind what is said twice.
            let behind = self.abbreviation(at, end).filter(|next| at > from && self.carries(*next, end));
            if let Some(next) = behind.filter(|next| !self.slots[*next].continued) {
                at = next;
                continue;
            }
            if self.slots[at].taken != Taken::Free || !self.is_word(at) && self.number(at).is_none() {
                break;
            }
            let components = self.components(at);
            let field = self.slots[at].field;
            let continued = self.slots[at].continued && components.is_empty() && field.is_none();
            if continued && self.slots[at].covered && (self.slots[at].cover.0 as usize) >= from {
                at += 1;
                current.end = at;
                continue;
            }
            if (!components.is_empty() && !self.is_particle(at)) || field.is_some() {
                // `Office of the President`: a role behind `of` is no title of its own, and the whole is unknown.
                let of_role = at > from
                    && self.is_particle(at - 1)
                    && !current.bases.is_empty()
                    && components.iter().any(|c| grammar.class(*c) == Class::Base);
                current.unknown |= of_role;
                if !of_role && self.opens_next(&current, components, at, end, bodies) {
                    current.end = at;
                    segments.push(std::mem::replace(&mut current, Segment::new(at)));
                }
                if field.is_some() {
                    current.field = current.field.or(field);
                }
                for component in components {
                    self.place_component(&mut current, *component, components, at, end, standing_body);
                    current.passed(Last::Component(*component));
                }
                at = (self.slots[at].cover.1 as usize).max(at + 1);
                current.end = at;
                continue;
            }
            let lower = matches!(current.last(), Last::Component(c) if grammar.flagged(Flag::Lower).has(c));
            // `District 2`, `Phường 12`
            if lower
                && current.units.is_empty()
                && let Some(number) =
                    self.number(at).filter(|n| (1..=LAST_NUMBERED).contains(n) && self.close(at - 1, at))
            {
                current.units.push(number.to_string());
                at += 1;
                current.end = at;
                continue;
            }
            let city = matches!(current.last(), Last::Component(c) if grammar.flagged(Flag::City).has(c));
            if (lower || city) && self.is_particle(at) && !self.is_particle_in_name(at) {
                // `district de Tuong Duong`
                let name = (at..end).find(|k| !self.is_particle(*k)).unwrap_or(end);
                let mut to = name;
                while to < end && to - name < 3 && self.names_unit(to) {
                    to += 1;
                }
                // Behind `the city of` stands a province as often: only a unit that is known is one.
                if !self.is_unlisted(current.last()) {
                    to = self.known_unit(name, to, language).unwrap_or(if lower { to } else { name });
                }
                if to == name
                    && let Some(unit) = self.unit_in_word(name, language)
                {
                    current.units.push(unit);
                    at = name + 1;
                    current.end = at;
                    continue;
                }
                if to > name && !(to < end && self.level_at(to, end)) {
                    current.units.push(self.unit_name(name, to, language));
                    at = to;
                    current.end = at;
                    continue;
                }
            }
            let levels = grammar.flagged(Flag::Lower).union(grammar.flagged(Flag::City));
            // `Huyện ủy Phụng Hiệp`: the unit of a body that names its level itself.
            if !self.is_unlisted(current.last())
                && current.units.is_empty()
                && current.body.meets(levels)
                && let Some((name, to)) = self.unit_behind(at, end, language)
            {
                current.units.push(self.unit_name(name, to, language));
                at = to;
                current.end = at;
                continue;
            }
            let named = current.body.meets(levels) && self.is_particle_in_name(at);
            if (self.is_particle(at) && !named) || self.ordinal_at(at).is_some() || self.is_ordinal_figure(at, end) {
                if let Some(next) = self.bridge(at, end) {
                    at = next;
                    continue;
                }
                // A lower unit's own name before its level word.
                let mut name = at;
                while name < end && name - at < 3 && self.slots[name].taken == Taken::Free && self.is_particle(name) {
                    name += 1;
                }
                let mut to = name;
                while to < end
                    && to - name < 3
                    && self.is_word(to)
                    && self.token(to).capital
                    && self.is_syllable(to)
                    && matches!(self.slots[to].taken, Taken::Free | Taken::Person)
                    && self.components(to).is_empty()
                {
                    to += 1;
                }
                if let Some(known) = self.known_unit(name, end, language).filter(|known| *known > to) {
                    to = known;
                }
                if to > name && self.level_at(to, end) {
                    current.units.push(self.unit_name(name, to, language));
                    at = to;
                    continue;
                }
                break;
            }
            if self.slots[at].cues.has(Cue::Conjunction) && !current.body.is_empty() && !named {
                let mut next = at + 1;
                while next < end && self.slots[next].taken == Taken::Free && self.is_particle(next) {
                    next += 1;
                }
                // `propaganda and mass mobilization`: the second topic of one body.
                if self.carries(next, end) && self.second_topic(next) {
                    at = next;
                    continue;
                }
                break;
            }
            let after_level = match current.last() {
                Last::Component(c) => grammar.class(c) == Class::Level && !grammar.flagged(Flag::Province).has(c),
                _ => false,
            };
            if after_level && self.is_word(at) && self.token(at).capital {
                let mut to = at;
                while to < end && to - at < 3 && self.opens_unit(to, language) {
                    to += 1;
                }
                // Of a level whose units are in no table, the beginning of a name is no other unit.
                if !self.is_unlisted(current.last()) {
                    to = self.known_unit(at, to, language).unwrap_or(to);
                }
                if to == at
                    && let Some(unit) = self.unit_in_word(at, language)
                {
                    current.units.push(unit);
                    at += 1;
                    current.end = at;
                    continue;
                }
                if to > at {
                    current.units.push(self.unit_name(at, to, language));
                    at = to;
                    current.end = at;
                    continue;
                }
            }
            break;
        }
        segments.push(current);
        at
    }

    /// A place or the name of a lower unit right before the run: `Dak Lak Provincial …`, `Huu Lung District …`.
    fn look_back(
        &self,
        current: &mut Segment,
        from: usize,
        span: Sentence,
        language: LanguageId,
        provinces: &[(usize, usize, u16)],
    ) {
        if from == span.start {
            return;
        }
        // `Transport Minister`
        let before = &self.slots[from - 1];
        let first = before.cover.0 as usize;
        if before.covered && before.cover.1 as usize == from && first >= span.start {
            current.field = self.slots[first].field;
        }
        if let Some((_, _, province)) = provinces.iter().find(|(_, end, _)| *end == from) {
            current.place = Some(*province);
            return;
        }
        if self.level_at(from, span.end) {
            let mut name = from;
            while name > span.start && from - name < 3 && self.names_unit(name - 1) {
                name -= 1;
            }
            let single = from - name == 1
                && name > span.start
                && !self.gazetteer.is_common_word(self.folded(name))
                && self.flagged_city(from);
            if from - name >= 2 || single {
                current.units.push(self.unit_name(name, from, language));
            }
        }
    }

    /// Whether components open the next title rather than add to this one.
    fn opens_next(
        &self,
        current: &Segment,
        components: &[Component],
        at: usize,
        end: usize,
        bodies: ComponentSet,
    ) -> bool {
        let grammar = self.gazetteer.grammar();
        let class = |c: &Component| grammar.class(*c);
        let has_base = components.iter().any(|c| class(c) == Class::Base);
        let has_body = current.body.meets(bodies);
        let after_deputy = matches!(current.last(), Last::Component(c) if grammar.class(c) == Class::Deputy);
        if current.bases.is_empty() {
            // `on behalf of the Fatherland Front of Tay Ninh province, deputy secretary …`: the body is complete.
            let complete = current.role.is_empty() && has_body && current.last() == Last::Place;
            let role = |c: &Component| matches!(class(c), Class::Base | Class::Deputy | Class::Standing);
            let body = components.iter().any(|c| class(c) == Class::Body);
            // `in the district of Bac Son the police of the province`: a level with its name is complete.
            let named = || self.components(at - 1).is_empty() && self.number(at - 1).is_none();
            let unit =
                !current.units.is_empty() && current.role.is_empty() && !has_body && current.end == at && named();
            return if body { unit } else { complete && components.iter().any(role) };
        }
        if has_base {
            if after_deputy {
                return false;
            }
            if has_body {
                return true;
            }
            // `head … chair`: one role in two words.
            let same = current.bases.meets(grammar.flagged(Flag::Leads))
                && components.iter().filter(|c| class(c) == Class::Base).all(|c| grammar.flagged(Flag::Led).has(*c));
            return !same;
        }
        let deputy = components.iter().any(|c| matches!(class(c), Class::Deputy | Class::Former | Class::Acting));
        let standing = components.iter().any(|c| class(c) == Class::Standing)
            && !components.iter().any(|c| class(c) == Class::Body)
            && matches!(current.last(), Last::Place)
                | matches!(current.last(), Last::Component(c) if class(&c) == Class::Body)
            && (at + 1..(at + 3).min(end)).any(|k| self.class_at(k, end, &[Class::Deputy]));
        (deputy || standing)
            && has_body
            && (at + 1..(at + 3).min(end)).any(|k| self.class_at(k, end, &[Class::Base, Class::Deputy]))
    }

    fn place_component(
        &self,
        current: &mut Segment,
        component: Component,
        all: &[Component],
        at: usize,
        end: usize,
        standing_body: Component,
    ) {
        let grammar = self.gazetteer.grammar();
        match grammar.class(component) {
            Class::Base => {
                current.base = current.base.or(Some(component));
                current.bases.insert(component);
                current.role.insert(component);
            }
            Class::Deputy | Class::Modifier | Class::Former | Class::Acting | Class::Plural => {
                current.role.insert(component);
            }
            Class::Standing => {
                let committee = grammar.flagged(Flag::Committee);
                let leads = grammar.flagged(Flag::Leads);
                let with_committee = all.iter().any(|c| committee.has(*c));
                let deputy = current.role.meets(grammar.of(Class::Deputy));
                let near = matches!(current.last(), Last::Component(c)
                    if matches!(grammar.class(c), Class::Base | Class::Deputy));
                let next = (at + 1..(at + 3).min(end)).flat_map(|k| self.components(k)).next().copied();
                let before_committee = next.is_some_and(|c| committee.has(c));
                let before_role = next.is_some_and(|c| matches!(grammar.class(c), Class::Base | Class::Deputy));
                let head_committee = matches!(current.history[0], Last::Component(c) if committee.has(c))
                    && matches!(current.history[1], Last::Component(c) if leads.has(c))
                    && deputy;
                let after_committee = matches!(current.last(), Last::Component(c) if committee.has(c));
                let of_role = if all.iter().any(|c| grammar.class(*c) == Class::Base) {
                    true
                } else if with_committee {
                    false
                } else if head_committee {
                    true
                } else if (before_committee && !(near && deputy)) || after_committee {
                    false
                } else {
                    near || before_role
                };
                if of_role {
                    current.role.insert(component);
                } else {
                    current.body.insert(standing_body);
                }
            }
            Class::Level | Class::Body | Class::Topic => current.body.insert(component),
            Class::Particle => {}
        }
    }

    /// Looks past particles and ordinals of terms for the next component.
    fn bridge(&self, at: usize, end: usize) -> Option<usize> {
        let mut next = at;
        let mut steps = 0;
        while next < end && steps < 8 && self.slots[next].taken == Taken::Free {
            if self.is_particle(next) {
                next = self.slots[next].cover.1 as usize;
            } else if self.ordinal_at(next).is_some()
                || self.slots[next].ordinal_suffix
                || self.slots[next].cues.has(Cue::Term)
                || (next > at && self.number(next).is_some())
                || (next > at && self.joins_term(next, end))
            {
                next += 1;
            } else {
                break;
            }
            steps += 1;
        }
        let lands = next < end
            && (self.carries(next, end)
                || self.slots[next].taken == Taken::Place
                || (self.slots[next].taken == Taken::Free
                    && (self.slots[next].field.is_some() || self.class_at(next, end, &[Class::Topic]))));
        (next > at && lands).then_some(next)
    }

    /// The hyphen of `13th-tenure`.
    fn joins_term(&self, at: usize, end: usize) -> bool {
        self.is_mark(at, &["-", "–"]) && at + 1 < end && self.slots[at + 1].cues.has(Cue::Term)
    }

    fn is_ordinal_figure(&self, at: usize, end: usize) -> bool {
        self.number(at).is_some() && at + 1 < end && self.slots[at + 1].ordinal_suffix
    }

    fn second_topic(&self, at: usize) -> bool {
        let grammar = self.gazetteer.grammar();
        let components = self.components(at);
        let has = |set: ComponentSet| components.iter().any(|c| set.has(*c));
        let role = [Class::Base, Class::Deputy, Class::Standing, Class::Former, Class::Acting];
        has(grammar.flagged(Flag::SecondTopic))
            && !has(grammar.flagged(Flag::NeverSecond))
            && !components.iter().any(|c| role.contains(&grammar.class(*c)))
    }
}
