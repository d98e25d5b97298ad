//! A mention is a stretch of a report that denotes something: a person, a title, a body, a place, an event, a date,
//! a document, or a cue for what is said of them.
//!
//! In goes a report's text; out come its sentences, each in one language, with their mentions in order. Nothing here
//! decides what is said of whom.

mod date;
mod name;
mod name_marks;
mod number;
mod person;
mod place;
mod room;
mod segment;
mod spots;
mod title;
mod unit;

use crate::gazetteer::{
    Class, Component, ComponentSet, Cue, CueSet, Flag, Gazetteer, Hit, LanguageId, LanguageSet, Sense,
};
use crate::text::{Cut, Sentence, Token, TokenKind, cut, sentences};

pub(crate) use date::{DateMention, PartialDate};
pub(crate) use name::Roster;
use name_marks::NameMarks;
pub(crate) use number::DocumentNumber;
pub(crate) use person::PersonMention;
pub(crate) use spots::{Spot, Spots};
pub(crate) use title::TitleMention;

use room::{Room, Spelt};

/// What a mention denotes.
#[derive(Clone, Debug)]
pub(crate) enum MentionKind<'g> {
    Person(PersonMention),
    /// A role with or without its body.
    Title(Box<TitleMention<'g>>),
    /// A body without a role; `None` where the vocabulary does not name it.
    Body(Box<TitleMention<'g>>),
    Place {
        province: u16,
        /// Part of the name of a road, newspaper, …
        namesake: bool,
    },
    Event(u8),
    Cue(Cue),
    Document(Box<DocumentNumber>),
    Date(DateMention),
}

/// A mention, as tokens of its report.
#[derive(Clone, Debug)]
pub(crate) struct Mention<'g> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: MentionKind<'g>,
}

/// What phrases say of one token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slot {
    pub(crate) cues: CueSet,
    components: (u32, u8),
    /// The phrase that covers the token.
    pub(crate) cover: (u32, u32),
    pub(crate) covered: bool,
    /// Inside a phrase of components, not its first token.
    pub(crate) continued: bool,
    pub(crate) field: Option<u16>,
    pub(crate) event: Option<u8>,
    pub(crate) month: u8,
    pub(crate) ordinal: u8,
    /// A number word and how many tokens it takes.
    pub(crate) counted: (u8, u8),
    pub(crate) ordinal_suffix: bool,
    pub(crate) ordinal_marker: u8,
    /// A province that opens here: its index and where its name ends.
    pub(crate) province: Option<(u16, u32)>,
    /// Part of the name of a type of document.
    pub(crate) of_document_type: bool,
    pub(crate) taken: Taken,
}

/// Which mention a token is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Taken {
    #[default]
    Free,
    Person,
    Place,
    Title,
    Document,
}

/// A sentence with its language and mentions.
#[derive(Clone, Debug)]
pub(crate) struct Reading<'g> {
    pub(crate) span: Sentence,
    pub(crate) language: LanguageId,
    pub(crate) mentions: Vec<Mention<'g>>,
}

/// A report's text with everything found in it.
pub(crate) struct Report<'a> {
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) body: &'a str,
    pub(crate) cut: Cut,
    pub(crate) slots: Vec<Slot>,
    pub(crate) spots: Spots,
    components: Vec<Component>,
    pub(crate) readings: Vec<Reading<'a>>,
    pub(crate) language: Option<LanguageId>,
    /// Title-like phrases with a word the gazetteer lacks, and where they stand.
    pub(crate) unknown_titles: Vec<(usize, usize)>,
    /// Numbers of documents, by the tokens where they start and end, until a mention takes them.
    documents: Vec<(usize, usize, Option<Box<DocumentNumber>>)>,
    /// What the passes need no more, for the next report.
    room: Room,
}

/// How marks count while matching.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// As each language says.
    AsWritten,
    /// The text has none (an address): languages in which they count are matched without.
    Missing,
}

impl<'a> Report<'a> {
    /// Reads a report's body.
    pub(crate) fn read(body: &'a str, gazetteer: &'a Gazetteer) -> Report<'a> {
        Report::new(body, gazetteer, Marks::AsWritten)
    }

    /// Reads the words of an address, which have neither marks nor capitals.
    pub(crate) fn read_address(words: &'a str, gazetteer: &'a Gazetteer) -> Report<'a> {
        Report::new(words, gazetteer, Marks::Missing)
    }

    fn new(body: &'a str, gazetteer: &'a Gazetteer, marks: Marks) -> Report<'a> {
        let mut cut = cut(body, Some(gazetteer.lexicon()));
        cut.unwrap(body);
        let mut room = Room::take();
        let mut slots = std::mem::take(&mut room.slots);
        slots.resize(cut.tokens.len(), Slot::default());
        let mut report = Report {
            gazetteer,
            body,
            slots,
            spots: Spots::new(&cut.tokens),
            cut,
            components: Vec::new(),
            readings: Vec::new(),
            language: None,
            unknown_titles: Vec::new(),
            documents: Vec::new(),
            room: Room::default(),
        };
        gazetteer.lexicon().find(&report.cut.tokens, &mut room.hits);
        let lines = report.lines(&mut room, marks);
        report.take_documents();
        let spans = {
            let report = &report;
            let ordinal_noun = |at: usize| {
                let slot = &report.slots[at];
                slot.month != 0
                    || slot.event.is_some()
                    || report.components(at).iter().any(|c| gazetteer.grammar().class(*c) != Class::Particle)
            };
            let honorific = |at: usize| report.slots[at].cues.has(Cue::Honorific);
            sentences(body, &report.cut, gazetteer, ordinal_noun, honorific)
        };
        let mut mentions = Vec::new();
        for span in spans {
            let language = lines.get(span.line).copied().flatten().or(report.language).unwrap_or(LanguageId(0));
            report.mentions(span, language, marks == Marks::Missing, &mut room.name_marks, &mut mentions);
            let mut own = Vec::with_capacity(mentions.len());
            own.append(&mut mentions);
            report.readings.push(Reading { span, language, mentions: own });
        }
        report.room = room;
        report.name_people();
        report
    }

    /// Names in Latin script first: they settle spellings in other scripts that stand for several.
    fn name_people(&mut self) {
        let mut readings = std::mem::take(&mut self.readings);
        let mut plain = true;
        for reading in &mut readings {
            for mention in &mut reading.mentions {
                let MentionKind::Person(person) = &mut mention.kind else { continue };
                match self.plain_name(mention.start, mention.end, reading.language) {
                    Some(name) => person.name = name,
                    None => plain = false,
                }
            }
        }
        if !plain {
            self.choose_names(&mut readings);
        }
        self.readings = readings;
    }

    /// Names of people where some may be read in several ways.
    fn choose_names(&self, readings: &mut [Reading]) {
        let mut roster = Roster::default();
        // Then names as they stand in the nominative, last those with endings.
        let mut later: [Vec<(usize, usize)>; 2] = Default::default();
        for (place, reading) in readings.iter_mut().enumerate() {
            for (at, mention) in reading.mentions.iter_mut().enumerate() {
                let MentionKind::Person(person) = &mut mention.kind else { continue };
                let whole = (mention.start..mention.end).all(|at| self.is_syllable(at));
                let text = self.text(mention.start, mention.end);
                let latin = || text.chars().all(|c| !('\u{370}'..='\u{1dff}').contains(&c));
                if whole && latin() {
                    if person.name.is_empty() {
                        person.name = self.name(mention.start, mention.end, reading.language, &roster);
                    }
                    roster.add(&person.name);
                } else {
                    later[usize::from(!whole)].push((place, at));
                }
            }
        }
        for (pass, people) in later.iter().enumerate() {
            for (place, at) in people {
                let reading = &mut readings[*place];
                let mention = &mut reading.mentions[*at];
                let MentionKind::Person(person) = &mut mention.kind else { continue };
                if person.name.is_empty() {
                    person.name = self.name(mention.start, mention.end, reading.language, &roster);
                }
                if pass == 0 {
                    roster.add(&person.name);
                }
            }
        }
    }

    /// The original text of tokens.
    pub(crate) fn text(&self, start: usize, end: usize) -> &'a str {
        if start >= end {
            return "";
        }
        let tokens = &self.cut.tokens;
        &self.body[tokens[start].start as usize..tokens[end - 1].end as usize]
    }

    pub(crate) fn token(&self, at: usize) -> &Token {
        &self.cut.tokens[at]
    }

    /// A token's folded spelling.
    pub(crate) fn folded(&self, at: usize) -> &str {
        self.cut.tokens[at].folded(&self.cut.folded)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.cut.tokens[at].kind == TokenKind::Word
    }

    #[inline]
    pub(crate) fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        let token = &self.cut.tokens[at];
        if token.kind != TokenKind::Punctuation {
            return false;
        }
        // Nearly all are one byte.
        match &self.body.as_bytes()[token.start as usize..token.end as usize] {
            [byte] => marks.iter().any(|mark| mark.as_bytes() == [*byte]),
            text => marks.iter().any(|mark| mark.as_bytes() == text),
        }
    }

    /// The number that a token is, where it is one of at most four digits.
    pub(crate) fn number(&self, at: usize) -> Option<u32> {
        let token = &self.cut.tokens[at];
        (token.kind == TokenKind::Number).then(|| self.folded(at).parse().ok()).flatten().filter(|n| *n < 10_000)
    }

    /// Components of the phrase that opens at a token.
    pub(crate) fn components(&self, at: usize) -> &[Component] {
        let (start, len) = self.slots[at].components;
        &self.components[start as usize..start as usize + len as usize]
    }

    /// A phrase that may stand between parts of a title without meaning.
    pub(crate) fn is_particle(&self, at: usize) -> bool {
        let components = self.components(at);
        components.len() == 1 && self.gazetteer.grammar().class(components[0]) == Class::Particle
    }

    /// Nothing but white space stands between two neighbouring tokens.
    pub(crate) fn close(&self, at: usize, next: usize) -> bool {
        self.cut.tokens[next].start.saturating_sub(self.cut.tokens[at].end) <= 2
    }

    /// The end of an abbreviation in parentheses, `(PPC)`, which says again what stands before it.
    pub(crate) fn abbreviation(&self, at: usize, end: usize) -> Option<usize> {
        let short = |k: usize| {
            let word = self.text(k, k + 1);
            self.is_word(k) && (2..=6).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
        };
        let parentheses = at + 2 < end && self.is_mark(at, &["("]) && self.is_mark(at + 2, &[")"]);
        (parentheses && short(at + 1)).then_some(at + 3)
    }

    /// An ordinal at a token: its value and where it ends.
    pub(crate) fn ordinal_at(&self, at: usize) -> Option<(u8, usize)> {
        let token = self.cut.tokens.get(at)?;
        match token.kind {
            TokenKind::Number => {
                let value = self.number(at).filter(|n| *n > 0 && *n < 100)? as u8;
                let next = self.cut.tokens.get(at + 1)?;
                if self.slots[at + 1].ordinal_suffix && next.start - token.end <= 1 {
                    return Some((value, at + 2));
                }
                let after = self.cut.tokens.get(at + 2)?;
                let stop = self.is_mark(at + 1, &["."]) && next.start == token.end;
                (stop && after.kind == TokenKind::Word && self.slots[at + 2].month == 0).then_some((value, at + 2))
            }
            TokenKind::Word => {
                let slot = &self.slots[at];
                if slot.ordinal != 0 {
                    return Some((slot.ordinal, at + 1));
                }
                None
            }
            _ => None,
        }
    }

    /// An ordinal after its marker, such as `lần thứ 20` or `lần thứ hai`.
    pub(crate) fn ordinal_after(&self, at: usize) -> Option<(u8, usize)> {
        let marker = self.slots[at].ordinal_marker as usize;
        if marker == 0 || at + marker >= self.cut.tokens.len() {
            return None;
        }
        let next = at + marker;
        if let Some(value) = self.number(next).filter(|n| *n > 0 && *n < 100) {
            return Some((value as u8, next + 1));
        }
        let (counted, words) = self.slots[next].counted;
        if counted != 0 {
            return Some((counted, next + words as usize));
        }
        if self.slots[next].ordinal != 0 {
            return Some((self.slots[next].ordinal, next + 1));
        }
        if self.cut.tokens[next].kind == TokenKind::Word {
            let word = self.text(next, next + 1);
            if (word.len() > 1 || word.chars().all(char::is_uppercase))
                && let Some(value) = roman(&word.to_uppercase())
            {
                return Some((value, next + 1));
            }
        }
        None
    }

    /// Decides each line's language and fills the slots with what phrases of that language say. Returns the
    /// language of each line, counted as the sentences count lines.
    fn lines(&mut self, room: &mut Room, marks: Marks) -> Vec<Option<LanguageId>> {
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

    /// Everything that a sentence mentions, in order.
    fn mentions(
        &mut self,
        span: Sentence,
        language: LanguageId,
        address: bool,
        name_marks: &mut NameMarks,
        mentions: &mut Vec<Mention<'a>>,
    ) {
        self.document_mentions(span, mentions);
        if !address {
            self.people(span, language, name_marks, mentions);
            self.places(span, mentions);
        }
        self.titles(span, language, mentions);
        self.cues(span, mentions);
        self.dates(span, mentions);
        mentions.sort_by_key(|m| (m.start, m.end));
    }

    fn cues(&self, span: Sentence, mentions: &mut Vec<Mention>) {
        let mut at = span.start;
        while let Some(next) = self.spots.next(Spot::Cue, at, span.end) {
            at = next;
            let slot = &self.slots[at];
            let (start, end) = (slot.cover.0 as usize, slot.cover.1 as usize);
            if start != at || end > span.end {
                at += 1;
                continue;
            }
            // One bit for each mention that takes a word of the phrase.
            let takers = self.slots[start..end].iter().fold(0, |takers, slot| takers | 1 << slot.taken as u8);
            let taken = |kinds: &[Taken]| kinds.iter().any(|kind| takers & 1 << *kind as u8 != 0);
            if let Some(kind) = slot.event
                && !taken(&[Taken::Person, Taken::Document])
            {
                mentions.push(Mention { start, end, kind: MentionKind::Event(kind) });
            }
            for cue in slot.cues.iter() {
                if matches!(cue, Cue::Conjunction | Cue::Honorific | Cue::Namesake | Cue::Day) {
                    continue;
                }
                let blocked = match cue {
                    Cue::Byline => false,
                    Cue::Target => taken(&[Taken::Person]),
                    // `Lang Son`
                    Cue::Copula => taken(&[Taken::Person, Taken::Document, Taken::Title, Taken::Place]),
                    _ => taken(&[Taken::Person, Taken::Document, Taken::Title]),
                };
                if !blocked {
                    mentions.push(Mention { start, end, kind: MentionKind::Cue(cue) });
                }
            }
            at = end;
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
