//! Name marks: where honorifics end and level words stand, beside which names are read.

use super::{Report, Spot, Taken};
use crate::gazetteer::{Class, Cue, Flag};
use crate::text::Sentence;

/// Places of tokens, few of each.
#[derive(Default)]
pub(super) struct NameMarks {
    pub(super) after_honorific: Vec<usize>,
    pub(super) after_level: Vec<usize>,
    pub(super) after_any_level: Vec<usize>,
    pub(super) before_level: Vec<usize>,
}

impl NameMarks {
    fn clear(&mut self) {
        let NameMarks { after_honorific, after_level, after_any_level, before_level } = self;
        [after_honorific, after_level, after_any_level, before_level].into_iter().for_each(Vec::clear);
    }
}

impl Report<'_> {
    /// Where honorifics end and level words stand.
    pub(super) fn name_marks(&self, span: Sentence, marks: &mut NameMarks) {
        let grammar = self.gazetteer.grammar();
        let committee = grammar.flagged(Flag::Committee);
        let lower = grammar.flagged(Flag::Lower);
        let province = grammar.flagged(Flag::Province);
        let levels = grammar.of(Class::Level);
        marks.clear();
        let mut at = span.start;
        while let Some(next) = self.spots.next(Spot::BesideName, at, span.end) {
            at = next;
            let slot = &self.slots[at];
            let end = slot.cover.1 as usize;
            if slot.cues.has(Cue::Honorific) {
                let mut next = end;
                while next < span.end && self.is_mark(next, &[".", ",", ":", "("]) {
                    next += 1;
                }
                marks.after_honorific.push(next);
            }
            let full_stop = usize::from(self.abbreviates_level(end, span.end));
            let components = self.components(at);
            let is_lower = components.iter().any(|c| lower.has(*c));
            if is_lower && !components.iter().any(|c| committee.has(*c)) {
                let mut last = end + full_stop;
                while last < span.end && self.slots[last].taken == Taken::Free && self.is_particle(last) {
                    last += 1;
                }
                marks.after_level.push(last - 1);
            }
            if components.iter().any(|c| levels.has(*c) && !province.has(*c)) {
                marks.after_any_level.push(end - 1 + full_stop);
                marks.before_level.push(at);
            }
            at = end.max(at + 1);
        }
    }
}
