//! A line: its language, the phrases of that language that take its words, and the numerals that count.

use super::room::{Room, Spelt};
use super::{Marks, Report, Spot};
use crate::gazetteer::{Class, Component, ComponentSet, Cue, CueSet, Flag, Hit, LanguageId, LanguageSet, Sense};
use crate::text::TokenKind;

impl Report<'_> {
    /// Decides each line's language and fills the slots with what phrases of that language say. Returns the
    /// language of each line, counted as the sentences count lines.
    pub(super) fn lines(&mut self, room: &mut Room, marks: Marks) -> Vec<Option<LanguageId>> {
        let lexicon = self.gazetteer.lexicon();
        let mut bounds = Vec::new();
        let mut start = 0;
        let ends = self.cut.stops.iter().map(|stop| *stop as usize);
        let ends = ends.filter(|stop| self.cut.tokens[*stop].kind == TokenKind::Newline);
        for end in ends.chain([self.cut.tokens.len()]) {
            bounds.push((start, end));
            start = end + 1;
        }
        let mut eligible = LanguageSet::default();
        for (number, language) in self.gazetteer.languages().iter().enumerate() {
            if marks == Marks::AsWritten || language.marks_significant {
                eligible = eligible.union(LanguageSet::one(LanguageId(number as u8)));
            }
        }
        // The marked word of each token that was asked for; 0 says that none was.
        let Room { hits, spelt, marked, .. } = room;
        marked.clear();
        marked.resize(if marks == Marks::AsWritten { self.cut.tokens.len() } else { 0 }, 0);
        // Spellings are all over their table: asked for at once, they wait for memory together.
        spelt.clear();
        spelt.extend(hits.iter().map(|hit| Spelt { spelling: *lexicon.plain(hit), languages: LanguageSet::default() }));
        let mut votes = [0.0f32; LanguageSet::MOST];
        // For each line the score of each language.
        let mut scores = vec![[0.0f32; LanguageSet::MOST]; bounds.len()];
        let mut reached = [0; LanguageSet::MOST];
        let mut ranges = Vec::with_capacity(bounds.len());
        let mut from = 0;
        for ((line_start, line_end), score) in bounds.iter().zip(&mut scores) {
            reached.fill(*line_start);
            let mut to = from;
            while to < hits.len() && (hits[to].start as usize) < *line_end {
                let hit = hits[to];
                let Spelt { spelling, languages } = &mut spelt[to];
                if spelling.is_marked() && marks == Marks::AsWritten {
                    *spelling = *lexicon.marked(&hit, |at| {
                        if marked[at] == 0 {
                            marked[at] = lexicon.mark(self.text(at, at + 1), self.cut.tokens[at].word) + 1;
                        }
                        marked[at] - 1
                    });
                }
                *languages = spelling.heavy.union(spelling.light).both(eligible);
                let short = self.cut.tokens[hit.start as usize].folded_len() < 2;
                for language in languages.iter() {
                    let reached = &mut reached[language.0 as usize];
                    if hit.start as usize >= *reached {
                        let words = (hit.end - hit.start) as f32;
                        let says_little = short || spelling.light.has(language);
                        score[language.0 as usize] += words * if says_little { 0.4 } else { 1.0 };
                        *reached = hit.end as usize;
                    }
                }
                to += 1;
            }
            votes.iter_mut().zip(score).for_each(|(v, s)| *v += *s);
            ranges.push(from..to);
            from = to;
        }
        let total: f32 = votes.iter().sum::<f32>().max(1.0);
        let best = |values: &dyn Fn(usize) -> f32| {
            let mut best: Option<(f32, LanguageId)> = None;
            for language in eligible.iter() {
                let value = values(language.0 as usize);
                if value > 0.0 && best.is_none_or(|(b, _)| value > b) {
                    best = Some((value, language));
                }
            }
            best.map(|(_, language)| language)
        };
        self.language = best(&|l| votes[l]);
        let mut lines = Vec::with_capacity(bounds.len());
        for ((score, range), (start, end)) in scores.iter().zip(ranges).zip(&bounds) {
            let prior = 2.0 * (0.6 + 0.15 * (end - start) as f32);
            let language = best(&|l| score[l] + prior * votes[l] / total);
            if let Some(language) = language {
                self.fill(&hits[range.clone()], &spelt[range], language, *start);
                self.numerals(*start, *end, language);
            }
            lines.push(language);
        }
        lines
    }

    /// Leftmost, longest phrases of one language take their tokens; places, months and ordinals stand beside them.
    fn fill(&mut self, hits: &[Hit], spelt: &[Spelt], language: LanguageId, start: usize) {
        let lexicon = self.gazetteer.lexicon();
        let grammar = self.gazetteer.grammar();
        let levels =
            grammar.of(Class::Level).without(grammar.flagged(Flag::Province)).union(grammar.flagged(Flag::Lower));
        let mut reached = start;
        for (hit, Spelt { spelling, languages }) in hits.iter().zip(spelt) {
            let (a, b) = (hit.start as usize, hit.end as usize);
            let competes = languages.has(language) && a >= reached;
            if !competes && !spelling.aside.has(language) {
                continue;
            }
            let (mut cues, mut covers, mut continues) = (CueSet::default(), false, false);
            for entry in lexicon.entries(spelling) {
                if !entry.languages.has(language) {
                    continue;
                }
                match &entry.sense {
                    Sense::Components(components) if competes => {
                        self.add_components(a, b, components, levels);
                        (covers, continues) = (true, true);
                    }
                    Sense::Field(field) if competes => {
                        self.slots[a].field = Some(*field);
                        (covers, continues) = (true, true);
                    }
                    Sense::Cue(cue) if competes => {
                        cues.insert(*cue);
                        covers = true;
                    }
                    Sense::Event(kind) if competes => {
                        self.slots[a].event = Some(*kind);
                        self.spots.set(Spot::Cue, a);
                        covers = true;
                    }
                    Sense::Components(_) | Sense::Field(_) | Sense::Cue(_) | Sense::Event(_) => {}
                    Sense::Province(province) => {
                        if self.slots[a].province.is_none_or(|(_, end)| end < b as u32) {
                            self.slots[a].province = Some((*province, b as u32));
                            self.spots.set(Spot::Province, a);
                        }
                    }
                    Sense::Month { month, capital } => {
                        if !capital || self.cut.tokens[a].capital {
                            self.slots[a..b].iter_mut().for_each(|s| s.month = *month);
                            (a..b).for_each(|at| self.spots.set(Spot::Date, at));
                        }
                    }
                    Sense::Ordinal(value) => {
                        if b == a + 1 {
                            self.slots[a].ordinal = *value;
                        }
                    }
                    Sense::Counted(value) => {
                        if (b - a) as u8 > self.slots[a].counted.1 {
                            self.slots[a].counted = (*value, (b - a) as u8);
                        }
                    }
                    Sense::OrdinalSuffix => self.slots[a].ordinal_suffix = true,
                    Sense::OrdinalMarker => {
                        self.slots[a].ordinal_marker = self.slots[a].ordinal_marker.max((b - a) as u8);
                    }
                    Sense::DocumentType(_) => self.slots[a..b].iter_mut().for_each(|s| s.of_document_type = true),
                    // The language's own name in front of a sentence is debris of the page it comes from.
                    Sense::Autonym => {}
                }
            }
            if covers {
                self.cover(a, b, cues, continues);
                reached = b;
            }
        }
    }

    /// Adds components to those of the phrase that takes these tokens.
    fn add_components(&mut self, start: usize, end: usize, components: &[Component], levels: ComponentSet) {
        let (from, len) = self.slots[start].components;
        let from = if len == 0 { self.components.len() } else { from as usize };
        for component in components {
            if !self.components[from..].contains(component) {
                self.components.push(*component);
            }
            if levels.has(*component) {
                self.spots.set(Spot::BesideName, start);
            }
        }
        self.slots[start].components = (from as u32, (self.components.len() - from) as u8);
        (start..end).for_each(|at| self.spots.set(Spot::Title, at));
    }

    /// Gives tokens to the phrase that they are.
    fn cover(&mut self, start: usize, end: usize, mut cues: CueSet, continues: bool) {
        if !cues.is_empty() {
            self.spots.set(Spot::Cue, start);
            if cues.has(Cue::Honorific) {
                self.spots.set(Spot::BesideName, start);
            }
            if cues.has(Cue::Reelect) {
                cues.insert(Cue::Elect);
            }
        }
        for (at, slot) in (start..).zip(&mut self.slots[start..end]) {
            slot.cover = (start as u32, end as u32);
            slot.covered = true;
            slot.cues = slot.cues.union(cues);
            slot.continued |= continues && at > start;
        }
    }

    /// Roman numerals that count: `XX`, or with a suffix of the language `Ve`.
    fn numerals(&mut self, start: usize, end: usize, language: LanguageId) {
        let mut next = start;
        while let Some(at) = self.spots.next(Spot::Capital, next, end) {
            next = at + 1;
            if !matches!(self.body.as_bytes()[self.cut.tokens[at].start as usize], b'I' | b'V' | b'X' | b'L') {
                continue;
            }
            let word = self.text(at, at + 1);
            let numeral = word.trim_end_matches(|c: char| !matches!(c, 'I' | 'V' | 'X' | 'L'));
            let suffix = &word[numeral.len()..];
            // `I zjazd`, `Ve congrès` count; `Vy` is a name.
            let noun = self.slots.get(at + 1).is_some_and(|s| s.event.is_some());
            let counts = if suffix.is_empty() {
                word.len() > 1 || noun
            } else {
                (numeral.len() > 1 || noun)
                    && self.gazetteer.language(language).ordinal_suffixes.iter().any(|s| s == suffix)
            };
            if let Some(value) = roman(numeral).filter(|_| counts) {
                self.slots[at].ordinal = value;
            }
        }
    }
}

/// The value of a Roman numeral in capitals, up to 59.
pub(crate) fn roman(numeral: &str) -> Option<u8> {
    let value = |c| match c {
        'I' => Some(1i32),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let mut total = 0i32;
    let mut before = 0;
    for c in numeral.chars() {
        let digit = value(c)?;
        // A smaller one before a larger one is taken off.
        total += digit - if before < digit { 2 * before } else { 0 };
        before = digit;
    }
    (total > 0 && total < 60).then_some(total as u8)
}
