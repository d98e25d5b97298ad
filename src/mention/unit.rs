//! Units below the province as titles and bodies name them: `huyện Chiêm Hóa`, `ville de Dong Xoai`.

use smallvec::SmallVec;

use super::segment::Last;
use super::{Report, Roster, Taken};
use crate::gazetteer::{Class, Component, ComponentSet, Flag, LONGEST_UNIT, LanguageId, SyllableId};

impl Report<'_> {
    /// The name of a unit as an identifier writes it, brought back to Vietnamese where it stands in other letters.
    pub(super) fn unit_name(&self, start: usize, end: usize, language: LanguageId) -> String {
        self.name(start, end, language, &Roster::default())
    }

    /// A capital word that nothing else has taken: units of the highlands are no syllables of names (`Ya Hội`).
    pub(super) fn opens_unit(&self, at: usize, language: LanguageId) -> bool {
        self.is_word(at)
            && self.token(at).capital
            && self.slots[at].taken == Taken::Free
            && (self.components(at).is_empty() || self.is_particle_in_name(at))
            && (self.is_syllable(at) || !(self.slots[at].covered || self.gazetteer.language(language).transliterated))
    }

    /// A particle that opens a name, as `Tân` does in `huyện Tân Phú`: another capital syllable stands behind it.
    pub(super) fn is_particle_in_name(&self, at: usize) -> bool {
        let syllable = |k: usize| self.is_word(k) && self.token(k).capital && self.is_syllable(k);
        self.is_particle(at) && syllable(at) && at + 1 < self.cut.tokens.len() && syllable(at + 1)
    }

    /// The end of the longest name of a known unit among capital words.
    pub(crate) fn known_unit(&self, start: usize, end: usize, language: LanguageId) -> Option<usize> {
        let units = self.gazetteer.units();
        let last = end.min(start + LONGEST_UNIT);
        if self.gazetteer.language(language).transliterated {
            return (start + 1..=last).rev().find(|to| units.has(&self.unit_name(start, *to, language)));
        }
        // Elsewhere words spell the same wherever they stand, so that a shorter name is the beginning of a longer one.
        let mut name = String::with_capacity(32);
        let mut ends = SmallVec::<[usize; LONGEST_UNIT]>::new();
        for at in start..last {
            name.push_str(if at > start { "-" } else { "" });
            if !self.spell(at, language, &mut name) {
                break;
            }
            ends.push(name.len());
            if at == start && !units.may_open(&name) {
                return None;
            }
        }
        let plain = start + ends.len();
        (plain + 1..=last)
            .rev()
            .find(|to| units.has(&self.unit_name(start, *to, language)))
            .or_else(|| (start + 1..=plain).rev().find(|to| units.has(&name[..ends[to - start - 1]])))
    }

    /// Spells a word of a language in Latin script; `false` where it stands for several.
    fn spell(&self, at: usize, language: LanguageId, out: &mut String) -> bool {
        let spelling = |syllable: SyllableId| self.gazetteer.syllable(syllable).spelling.as_str();
        match self.gazetteer.lexicon().syllables(self.token(at).word) {
            [] => match self.declined_syllables(at, language)[..] {
                [] => out.extend(self.folded(at).chars().filter(|c| *c != '\'')),
                [syllable] => out.push_str(spelling(syllable)),
                _ => return false,
            },
            [syllable] => out.push_str(spelling(*syllable)),
            _ => return false,
        }
        true
    }

    /// The known unit of a body that names its level itself: `Huyện ủy Phụng Hiệp`, `Comitê Distrital do Partido de Co To`.
    pub(super) fn unit_behind(&self, at: usize, end: usize, language: LanguageId) -> Option<(usize, usize)> {
        let name = (at..end).find(|k| !self.is_particle(*k) || self.is_particle_in_name(*k))?;
        let limit = end.min(name + LONGEST_UNIT);
        let to = (name..limit).find(|k| !self.opens_unit(*k, language)).unwrap_or(limit);
        let to = self.known_unit(name, to, language)?;
        // Before a word for a level it is the name of that unit.
        let of_level = name > at && to < end && self.level_at(to, end);
        (!of_level).then_some((name, to))
    }

    /// Whether a province's name behind a word for a lower level is that of a unit, and whether the word is a body's:
    /// `huyện Hòa Bình`, `Huyện ủy Hòa Bình`.
    pub(super) fn unit_like_province(&self, at: usize, from: usize, province: u16) -> Option<bool> {
        let grammar = self.gazetteer.grammar();
        let before = at.checked_sub(1).filter(|before| *before >= from)?;
        let slot = &self.slots[before];
        let components = self.components(if slot.covered { slot.cover.0 as usize } else { before });
        let city = grammar.flagged(Flag::City);
        let lower =
            |c: &Component| grammar.flagged(Flag::Lower).has(*c) || (city.has(*c) && !self.gazetteer.is_city(province));
        let of_body = components.iter().any(|c| grammar.class(*c) == Class::Body);
        let known = || self.gazetteer.units().has(&self.gazetteer.provinces()[province as usize].id);
        (components.iter().any(lower) && (!of_body || known())).then_some(of_body)
    }

    /// A level below the province whose units the tables do not list, as communes.
    pub(super) fn is_unlisted(&self, last: Last) -> bool {
        let grammar = self.gazetteer.grammar();
        let Last::Component(level) = last else { return false };
        grammar.flagged(Flag::Lower).has(level) && !self.gazetteer.units().lists(grammar.name(level))
    }

    /// A known unit whose syllables another script writes as one word: `Намдан`.
    pub(super) fn unit_in_word(&self, at: usize, language: LanguageId) -> Option<String> {
        // A title may end with the text, in the word for a level and a particle.
        let word =
            at < self.slots.len() && self.is_word(at) && self.token(at).capital && self.slots[at].taken == Taken::Free;
        if !word || !self.gazetteer.language(language).transliterated || self.is_syllable(at) {
            return None;
        }
        let folded = self.folded(at);
        let cuts = folded.char_indices().skip(1).map(|(cut, _)| cut);
        let units = self.gazetteer.units();
        cuts.filter_map(|cut| {
            let (first, last) = (self.syllables_of(&folded[..cut]), self.syllables_of(&folded[cut..]));
            first.iter().find_map(|one| last.iter().map(|other| format!("{one}-{other}")).find(|name| units.has(name)))
        })
        .next()
    }

    fn syllables_of(&self, word: &str) -> Vec<&str> {
        let lexicon = self.gazetteer.lexicon();
        let found = lexicon.syllables(lexicon.word_id(word.as_bytes()));
        found.iter().map(|s| self.gazetteer.syllable(*s).spelling.as_str()).collect()
    }

    /// The province of the one unit that a title names, where no other has a unit of this name.
    pub(super) fn province_of_unit(&self, units: &[String], body: ComponentSet) -> Option<u16> {
        let grammar = self.gazetteer.grammar();
        let [unit] = units else { return None };
        let levels = grammar.flagged(Flag::Lower).union(grammar.flagged(Flag::City));
        grammar
            .members(levels)
            .filter(|level| body.has(*level))
            .find_map(|level| self.gazetteer.units().province(unit, grammar.name(level)))
    }

    /// The token may be part of the name of a unit below the province.
    pub(super) fn names_unit(&self, at: usize) -> bool {
        self.is_word(at)
            && self.token(at).capital
            && self.is_syllable(at)
            && self.slots[at].taken == Taken::Free
            && self.slots[at].province.is_none()
            && self.components(at).is_empty()
            && !self.in_phrase(at)
    }

    /// Where a name begins that the name of a province or unit runs into.
    pub(super) fn after_place(&self, start: usize, end: usize, language: LanguageId) -> Option<usize> {
        (start + 2..=(start + 3).min(end.saturating_sub(2))).find(|rest| {
            self.surname_share(*rest) > 0.0
                && (2..=4).contains(&(end - rest))
                && (self.gazetteer.province(&self.unit_slug(start, *rest)).is_some()
                    || self.known_unit(start, *rest, language) == Some(*rest))
        })
    }

    /// The full stop of `TP.Ngã Bảy`: behind a level word in capitals, a name glued to it.
    pub(super) fn abbreviates_level(&self, at: usize, end: usize) -> bool {
        at > 0
            && at + 1 < end
            && self.is_mark(at, &["."])
            && self.level_at(at - 1, end)
            && self.text(at - 1, at).chars().all(char::is_uppercase)
            && self.is_word(at + 1)
            && self.token(at + 1).capital
    }

    /// The token says the level of a city.
    pub(super) fn flagged_city(&self, at: usize) -> bool {
        let city = self.gazetteer.grammar().flagged(Flag::City);
        self.components(at).iter().any(|c| city.has(*c))
    }
}
