//! A mention is a stretch of a report that denotes something: a person, a title, a body, a place, an event, a date,
//! a document, or a cue for what is said of them.
//!
//! In goes a report's text; out come its sentences, each in one language, with their mentions in order. Nothing here
//! decides what is said of whom.

mod date;
mod line;
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

use crate::gazetteer::{Class, Component, Cue, CueSet, Gazetteer, LanguageId};
use crate::text::{Cut, Sentence, Token, TokenKind, cut, sentences};

pub(crate) use date::{DateMention, PartialDate};
pub(crate) use line::roman;
pub(crate) use name::Roster;
use name_marks::NameMarks;
pub(crate) use number::DocumentNumber;
pub(crate) use person::PersonMention;
pub(crate) use spots::{Spot, Spots};
pub(crate) use title::TitleMention;

use room::Room;

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
