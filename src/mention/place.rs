//! A place: a province named as one, and what is called as a province is.

use super::spots::Spot;
use super::{Mention, MentionKind, Report, Taken};
use crate::gazetteer::{Class, Component, Cue, Flag};
use crate::text::Sentence;

impl Report<'_> {
    pub(super) fn places(&mut self, span: Sentence, mentions: &mut Vec<Mention>) {
        let mut at = span.start;
        while let Some(next) = self.spots.next(Spot::Province, at, span.end) {
            at = next;
            let Some((province, end)) = self.slots[at].province.filter(|(_, end)| *end as usize <= span.end) else {
                at += 1;
                continue;
            };
            let end = end as usize;
            let free = self.slots[at..end].iter().all(|s| s.taken == Taken::Free);
            // `the city of …` may open with a small letter; the name itself does not.
            let capital = self.cut.tokens[at].capital || (end - at >= 3 && self.cut.tokens[end - 2].capital);
            if !free || !capital || !(self.cut.tokens[end - 1].capital || end == at + 1) {
                at += 1;
                continue;
            }
            // `Mr Hue`, `Chairman Hue` are a person.
            if end == at + 1 && (self.after_honorific(at, span.start) || self.after_role(at, span.start)) {
                at = end;
                continue;
            }
            // Behind a family name it is the rest of a person's name.
            let name = at > span.start && {
                let before = at - 1;
                let slot = &self.slots[before];
                self.is_word(before)
                    && self.cut.tokens[before].capital
                    && self.surname_share(before) > 0.05
                    && self.cut.tokens[at].start - self.cut.tokens[before].end <= 1
                    && !slot.covered
                    && slot.taken == Taken::Free
                    && slot.cues.is_empty()
                    && slot.event.is_none()
                    // `On Lam Dong's side`
                    && !(before == span.start && self.gazetteer.is_common_word(self.folded(before)))
            };
            if !name && !self.names_unit_beside(at, end, span) {
                let before = (at.saturating_sub(3).max(span.start)..at).any(|k| self.slots[k].cues.has(Cue::Namesake));
                // `62 Thai Nguyen, Nha Trang`: a house in a street.
                let house = at > span.start + 1
                    && self.number(at - 1).is_some()
                    && self.close(at - 1, at)
                    && (self.is_mark(at - 2, &["(", ",", "."]) || self.slots[at - 2].ordinal_marker != 0);
                let namesake = before || house || self.names_what_follows(end, span.end);
                mentions.push(Mention { start: at, end, kind: MentionKind::Place { province, namesake } });
                self.slots[at..end].iter_mut().for_each(|s| s.taken = Taken::Place);
            }
            at = end;
        }
    }

    /// A word for a role right before the token, and no title that goes on behind it.
    fn after_role(&self, at: usize, start: usize) -> bool {
        let grammar = self.gazetteer.grammar();
        at > start && {
            let (from, end) = self.slots[at - 1].cover;
            let role = |c: &Component| grammar.class(*c) == Class::Base;
            let goes_on = self.slots.get(at + 1).is_some_and(|s| s.covered) && !self.components(at + 1).is_empty();
            !goes_on && end as usize == at && self.close(at - 1, at) && self.components(from as usize).iter().any(role)
        }
    }

    /// `Binh Thuan commune`, `xã Bình Thuận`: a unit that is called as a province is.
    fn names_unit_beside(&self, at: usize, end: usize, span: Sentence) -> bool {
        let grammar = self.gazetteer.grammar();
        let lower = grammar.flagged(Flag::Lower);
        let level = |k: usize| {
            let components = self.components(k);
            !components.is_empty() && components.iter().all(|c| lower.has(*c)) && self.slots[k].taken == Taken::Free
        };
        let behind = end < span.end && level(end) && self.close(end - 1, end);
        behind || (at > span.start && level(at - 1) && self.close(at - 1, at))
    }

    /// `Hau Giang Newspaper`, `Hai Phong – Ha Long expressway`: the name is that of something behind it.
    fn names_what_follows(&self, end: usize, limit: usize) -> bool {
        let named = |at: usize| at < limit && self.slots[at].cues.has(Cue::Namesake) && self.close(at - 1, at);
        if named(end) {
            return true;
        }
        // Another name joined by a dash may stand between.
        let dash = end < limit && self.is_mark(end, &["-", "–", "—"]);
        let next = end + usize::from(dash);
        let mut at = next;
        while at < limit && at - next < 3 && self.is_word(at) && self.cut.tokens[at].capital {
            at += 1;
        }
        dash && at > next && named(at)
    }
}
