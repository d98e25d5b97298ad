//! A person's name: Vietnamese syllables, capitalised, that open with a family name or follow an honorific.
//!
//! Most officials are in no list, so names are found by their syllables. How a name is spelt is a matter of its own.

use super::name_marks::NameMarks;
use super::{Mention, MentionKind, Report, Spot, Taken};
use crate::gazetteer::{Class, Cue, LanguageId, SyllableId};
use crate::text::Sentence;

/// A person in a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct PersonMention {
    /// The name as an identifier writes it; empty where only a given name or pronoun stands in the text.
    pub(crate) name: String,
    /// Too short to be sure that it is a name at all.
    pub(crate) weak: bool,
    /// A given name alone.
    pub(crate) given: bool,
    /// A pronoun.
    pub(crate) pronoun: bool,
}

/// Per cent of people whom a common family name has at least.
const COMMON: f32 = 0.5;

impl Report<'_> {
    /// The token may be a syllable of a name.
    pub(crate) fn is_syllable(&self, at: usize) -> bool {
        self.token(at).syllable
    }

    /// The largest share of people who have the token as family name, in per cent.
    pub(crate) fn surname_share(&self, at: usize) -> f32 {
        let syllables = self.gazetteer.lexicon().syllables(self.token(at).word);
        syllables.iter().map(|s| self.gazetteer.syllable(*s).surname_share).fold(0.0, f32::max)
    }

    /// A family name with an ending of the language, another name behind it: `Nguyena Le Huya`.
    fn declined_surname(&self, at: usize, language: LanguageId) -> bool {
        !self.is_syllable(at)
            && at + 1 < self.cut.tokens.len()
            && self.is_word(at + 1)
            && self.token(at + 1).capital
            && self.surname_of(&self.declined_syllables(at, language))
    }

    fn surname_of(&self, syllables: &[SyllableId]) -> bool {
        syllables.iter().any(|s| self.gazetteer.syllable(*s).surname_share > 0.0)
    }

    /// Finds full names.
    pub(super) fn people(
        &mut self,
        span: Sentence,
        language: LanguageId,
        marks: &mut NameMarks,
        mentions: &mut Vec<Mention<'_>>,
    ) {
        let mut at = span.start;
        // Only a declined name opens with a word that is no syllable.
        let declines = !self.gazetteer.language(language).name_endings.is_empty();
        let spot = if declines { Spot::Capital } else { Spot::Name };
        if self.spots.next(spot, at, span.end).is_none() {
            return;
        }
        self.name_marks(span, marks);
        while let Some(next) = self.spots.next(spot, at, span.end) {
            at = next;
            let name = !declines || self.is_syllable(at) || self.declined_surname(at, language);
            if !name || self.slots[at].taken != Taken::Free || self.slots[at].month != 0 {
                at += 1;
                continue;
            }
            // Province names whose first syllable is an honorific elsewhere.
            let listed = self.is_listed_name(at, span);
            if let Some((_, province_end)) =
                self.slots[at].province.filter(|(_, end)| *end as usize > at + 1 && !listed)
                && (self.surname_share(at) == 0.0 || self.slots[at].cues.has(Cue::Honorific))
            {
                at = province_end as usize;
                continue;
            }
            // `Sở Công Thương Nguyễn Văn Tám`: the field of a department, then its director.
            if let Some(end) = self.field_end(at) {
                at = end;
                continue;
            }
            // An honorific, a title word or a longer phrase that opens with a syllable: `Ông`, `Phó`, `Đại hội`.
            if self.slots[at].cues.has(Cue::Honorific) || self.is_title_word(at) || self.in_phrase(at) {
                at += 1;
                continue;
            }
            let mut end = at;
            while end < span.end
                && end - at < 6
                && self.is_word(end)
                && self.token(end).capital
                && self.slots[end].taken == Taken::Free
                && (self.slots[end].month == 0 || (end >= at + 2 && !self.dates_it(end, span)))
                && (end == at || self.close(end - 1, end))
            {
                // Two title words in a row end the name.
                if end > at && end + 1 < span.end && self.is_title_word(end) && self.is_title_word(end + 1) {
                    break;
                }
                if end > at && self.in_phrase(end) && self.slots[end].cover.0 as usize == end {
                    break;
                }
                // `Nguyễn Văn Tám ẢNH: …`: a caption ends and its credit begins.
                let credit = end >= at + 2 && self.slots[end].cues.has(Cue::Byline);
                if credit && end + 1 < span.end && self.is_mark(end + 1, &[":"]) {
                    break;
                }
                if self.is_syllable(end) || end == at {
                    end += 1;
                    continue;
                }
                if end > at && !self.declined_syllables(end, language).is_empty() {
                    end += 1;
                }
                break;
            }
            if let Some((_, province_end)) = self.slots[at].province.filter(|_| !listed) {
                let province_end = province_end as usize;
                let rest = end.saturating_sub(province_end);
                // `tỉnh Quảng Bình Khóa XVII`
                let term = rest > 0 && self.slots[province_end].cues.has(Cue::Term);
                if rest == 0 || term || (rest >= 2 && self.surname_share(province_end) > 0.0) {
                    at = province_end.max(at + 1);
                    continue;
                }
            }
            // `City of Hồ Chí Minh Đinh Thanh Nhàn`: a place, then somebody.
            if let Some(rest) = self.after_place(at, end, language) {
                at = rest;
                continue;
            }
            // Names of the Central Highlands open with one letter and go on in syllables of their own: `Y Vinh Tơr`.
            let introduced = marks.after_honorific.contains(&at)
                || (at > span.start
                    && (self.is_mark(at - 1, &[",", ";", ":"]) || self.slots[at - 1].cues.has(Cue::Conjunction)));
            // In front of a sentence the letter alone says little, so three capital words must follow it.
            let introduced = introduced
                || (at == span.start && (1..=3).all(|k| at + k < span.end && self.is_name_opener(at + k - 1)));
            let opener = self.folded(at).len() == 1 && introduced && self.is_name_opener(at);
            // `H'Vi Êban`: women of the Central Highlands.
            let initial = at > span.start && self.is_glued_initial(at - 1);
            let titled = at > span.start && self.is_title_word(at - 1);
            let opener = opener || (self.is_glued_initial(at) && (introduced || titled) && self.is_name_opener(at));
            while (opener || initial)
                && end < span.end
                && end - at < 5
                && self.is_word(end)
                && self.token(end).capital
                && self.slots[end].taken == Taken::Free
                && self.close(end - 1, end)
            {
                end += 1;
            }
            if at > span.start && marks.after_level.contains(&(at - 1)) {
                let known = self.known_unit(at, end.min(at + 3), language);
                // `Chủ tịch HĐND huyện Nguyễn Thị Phương`: all districts are known, and none is called so.
                let somebody = known.is_none()
                    && (3..=4).contains(&(end - at))
                    && self.surname_share(at) >= COMMON
                    && self.is_listed_level(at - 1)
                    && at >= span.start + 2
                    && self.is_title_word(at - 2);
                if !somebody {
                    let named =
                        || (at + 1..=(at + 3).min(end.saturating_sub(3))).find(|k| self.surname_share(*k) >= COMMON);
                    // A commune of no table: its name ends where a family name opens a full one.
                    let unlisted = || if self.is_listed_level(at - 1) { None } else { named() };
                    at = known.or_else(unlisted).unwrap_or(end.min(at + 3)).max(at + 1);
                    continue;
                }
            }
            let honorific = marks.after_honorific.contains(&at);
            let length = end - at;
            // `On Lam Dong's side`
            let place = |from: usize| self.slots[from].province.is_some_and(|(_, to)| to as usize == end);
            if length >= 3 && at == span.start && self.gazetteer.is_common_word(self.folded(at)) && place(at + 1) {
                at = end;
                continue;
            }
            // `On May`, `Do …` in front of a sentence: an everyday word, not a family name.
            let set_off = end < span.end && self.is_mark(end, &[",", "(", "-", "–"]);
            if length == 2
                && at == span.start
                && !honorific
                && !set_off
                && self.gazetteer.is_common_word(self.folded(at))
            {
                at += 1;
                continue;
            }
            // `Зыонг Дык Хюи` of which the last cannot be read: half a name is somebody else's.
            let cut_short = length == 2
                && end < span.end
                && self.is_word(end)
                && self.token(end).capital
                && !self.token(end).syllable
                && !self.body[self.token(at).start as usize..self.token(end).end as usize].is_ascii()
                && !self.text(at, at + 1).bytes().any(|b| b.is_ascii_alphabetic())
                && self.slots[end].taken == Taken::Free
                && !self.slots[end].covered
                && self.close(end - 1, end);
            if cut_short {
                at = end + 1;
                continue;
            }
            let surname = self.surname_share(at) > 0.0 || self.declined_surname(at, language);
            if length < 2 || !(surname || honorific || opener || initial) {
                at += 1;
                continue;
            }
            // A person whose name a city took: only forms that say `city` mean the city, and nobody is meant else.
            let namesake = self.gazetteer.province(&self.unit_slug(at, end)).is_some() && !listed;
            let beside_level = length == 2
                && !honorific
                && ((at > span.start && marks.after_any_level.contains(&(at - 1)))
                    || marks.before_level.contains(&end));
            // `Committee of Vinh Hai Dong Commune`, `Distrital do Partido de Co To`: a unit behind `of`.
            let of = at > span.start && !honorific && self.is_particle(at - 1);
            let beside_level = beside_level
                || of && length == 3 && marks.before_level.contains(&end)
                || of && length == 2 && self.known_unit(at, end, language) == Some(end);
            // `Zeitung Nhan Dan`, `Lý Thường Kiệt Street`: what is called so, nobody.
            let called = !honorific && (self.is_called(at, span) || self.slots[at].cues.has(Cue::Namesake));
            // `Thành ủy Buôn Ma Thuột`, `(Ninh Hai)`: a unit, unless a common family name opens it.
            let unit = !honorific
                && !initial
                && self.surname_share(at) < COMMON
                && self.known_unit(at, end, language) == Some(end);
            let title_word = (at..end).any(|k| {
                let slot = &self.slots[k];
                let phrase = (slot.cover.0 as usize, slot.cover.1 as usize);
                slot.covered && phrase.1 - phrase.0 >= 2 && !self.components(phrase.0).is_empty()
            });
            if !beside_level && !title_word && !namesake && !called && !unit {
                let weak = length < 3 && !honorific && !initial;
                let at = at - usize::from(initial);
                mentions.push(Mention {
                    start: at,
                    end,
                    kind: MentionKind::Person(PersonMention { weak, ..PersonMention::default() }),
                });
                self.slots[at..end].iter_mut().for_each(|s| s.taken = Taken::Person);
            }
            at = end;
        }
    }

    /// Words of a road, newspaper, school, … right before a name.
    fn is_called(&self, at: usize, span: Sentence) -> bool {
        at > span.start && self.slots[at - 1].cues.has(Cue::Namesake) && self.close(at - 1, at)
    }

    /// A word for a level whose units the tables list, all of them.
    fn is_listed_level(&self, at: usize) -> bool {
        let grammar = self.gazetteer.grammar();
        let components = self.components(self.slots[at].cover.0 as usize);
        components.iter().any(|c| self.gazetteer.units().lists(grammar.name(*c)))
    }

    /// The token belongs to a phrase of components that can carry a title.
    fn is_title_word(&self, at: usize) -> bool {
        let slot = &self.slots[at];
        slot.covered && {
            let grammar = self.gazetteer.grammar();
            let components = self.components(slot.cover.0 as usize);
            components.iter().any(|c| {
                matches!(grammar.class(*c), Class::Base | Class::Deputy | Class::Level | Class::Body | Class::Standing)
            })
        }
    }

    /// What reads like a province is somebody where it stands in a list of people: `…; Lâm Đông, Phó Bí thư …`.
    fn is_listed_name(&self, at: usize, span: Sentence) -> bool {
        let Some((_, end)) = self.slots[at].province else { return false };
        let end = end as usize;
        at > span.start
            && (self.is_mark(at - 1, &[";", ":"]) || self.after_honorific(at, span.start))
            && end - at >= 2
            && end + 1 < span.end
            && self.is_mark(end, &[","])
            && self.is_title_word(end + 1)
    }

    /// The end of the words of a field right behind the word for a department or ministry.
    fn field_end(&self, at: usize) -> Option<usize> {
        let slot = &self.slots[at];
        let (start, end) = (slot.cover.0 as usize, slot.cover.1 as usize);
        let field = slot.covered && start == at && end - start >= 2 && slot.field.is_some();
        (field && at > 0 && self.is_title_word(at - 1)).then_some(end)
    }

    /// A figure beside a month's name makes it one: `Trương Thị Mai` is nobody's May.
    fn dates_it(&self, at: usize, span: Sentence) -> bool {
        self.number(at - 1).is_some() || (at + 1 < span.end && self.number(at + 1).is_some())
    }

    pub(super) fn unit_slug(&self, start: usize, end: usize) -> String {
        let mut slug = String::with_capacity(8 * (end - start));
        for at in start..end {
            slug.push_str(if at > start { "-" } else { "" });
            slug.push_str(self.folded(at));
        }
        slug
    }

    /// A capital letter with an apostrophe between it and the next word.
    fn is_glued_initial(&self, at: usize) -> bool {
        let Some(next) = self.cut.tokens.get(at + 1) else { return false };
        let letter = self.token(at);
        let gap = &self.body[letter.end as usize..next.start as usize];
        self.is_word(at) && letter.capital && self.folded(at).len() == 1 && matches!(gap, "'" | "’" | "`")
    }

    /// One letter with a capital word behind it that is no everyday one.
    fn is_name_opener(&self, at: usize) -> bool {
        self.cut.tokens.get(at + 1).is_some_and(|next| next.capital)
            && self.is_word(at + 1)
            && !self.slots[at + 1].covered
            && self.slots[at + 1].province.is_none()
    }

    /// The token is part of an event noun or cue of several words.
    pub(crate) fn in_phrase(&self, at: usize) -> bool {
        let slot = &self.slots[at];
        let (start, end) = (slot.cover.0 as usize, slot.cover.1 as usize);
        slot.covered && end - start >= 2 && (self.slots[start].event.is_some() || !slot.cues.is_empty())
    }

    /// Tokens right behind an honorific, for given names.
    pub(crate) fn after_honorific(&self, at: usize, start: usize) -> bool {
        let mut before = at;
        while before > start && self.is_mark(before - 1, &[".", ",", ":", "("]) {
            before -= 1;
        }
        before > start && {
            let slot = &self.slots[before - 1];
            slot.cues.has(Cue::Honorific) && slot.cover.1 as usize == before
        }
    }
}
