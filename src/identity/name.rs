//! A name as one report writes it, and whether another spelling may be of the same name.
//!
//! Marks decide where both spellings have them; they are no argument where one has none, or only those that western
//! keyboards have. Letters of other scripts and glued endings are brought back to syllables, several where they are
//! ambiguous: two spellings agree where one reading of each is the same.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::gazetteer::{Cue, Gazetteer, Hit, Sense, SyllableId};
use crate::text::{TokenKind, cut, fold};

/// How far two spellings agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same name, each word of it.
    Whole,
    /// One may be short for the other: initials, or the given name alone.
    Short,
    /// The same but for one letter, which makes of a syllable something that is none.
    Misprint,
    /// Two names.
    Different,
}

/// A name as it stands in a report.
#[derive(Clone, Copy, Debug)]
pub struct Spelling<'a> {
    /// The name, with or without honorific.
    pub name: &'a str,
    /// The code of the report's language, where known: some write all marks, so that a letter without one has none.
    pub language: Option<&'a str>,
}

impl<'a> From<&'a str> for Spelling<'a> {
    fn from(name: &'a str) -> Spelling<'a> {
        Spelling { name, language: None }
    }
}

/// Compares two spellings of names, in any script.
///
/// ```
/// use chutoa::gazetteer::Gazetteer;
/// use chutoa::identity::{Likeness, compare};
/// let like = |a, b| compare(a, b, Gazetteer::embedded());
/// assert_eq!(like("Nguyễn Đình Trung", "Nguyên Dinh Trung"), Likeness::Whole);
/// assert_eq!(like("Nguyễn Đình Trung", "Нгуєном Дінь Чунгом"), Likeness::Whole);
/// assert_eq!(like("Trần Văn Hùng", "Trần Văn Hưng"), Likeness::Different);
/// assert_eq!(like("Trần Văn Hùng", "ông Hùng"), Likeness::Short);
/// ```
pub fn compare<'a>(a: impl Into<Spelling<'a>>, b: impl Into<Spelling<'a>>, gazetteer: &Gazetteer) -> Likeness {
    Name::read(a.into(), gazetteer).likeness(&Name::read(b.into(), gazetteer))
}

/// A name, read.
#[derive(Clone, Debug)]
pub(super) struct Name {
    words: Vec<Word>,
    /// An honorific stood in front.
    honorific: bool,
    marking: Marking,
}

/// Which marks a spelling writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marking {
    /// None at all.
    None,
    /// Some may have been left out: its language needs none.
    Some,
    /// Only those of western keyboards; whether others have been left out is not known.
    Western,
    /// All.
    All,
}

#[derive(Clone, Debug)]
struct Word {
    /// What it may spell, without marks; itself where it is no syllable.
    readings: Vec<String>,
    /// Its marks wherever they stand, so that the place of a tone does not count.
    marks: BTreeSet<char>,
    is_syllable: bool,
    is_initial: bool,
    /// How many bear it as family name, in per cent.
    surname_share: f32,
}

impl Name {
    pub(super) fn read(spelling: Spelling<'_>, gazetteer: &Gazetteer) -> Name {
        let lexicon = gazetteer.lexicon();
        let text: String = spelling.name.nfc().collect();
        let cut = cut(&text, Some(lexicon));
        let mut hits = Vec::new();
        lexicon.find(&cut.tokens, &mut hits);
        let is_honorific = |hit: &&Hit| {
            let entries = lexicon.entries(lexicon.plain(hit));
            entries.iter().any(|entry| entry.sense == Sense::Cue(Cue::Honorific))
        };
        let mut from = 0;
        let words = |from: usize| cut.tokens[from..].iter().filter(|t| t.kind == TokenKind::Word).count();
        while let Some(end) = hits
            .iter()
            .filter(|hit| hit.start as usize == from && words(hit.end as usize) > 0)
            .filter(is_honorific)
            .map(|hit| hit.end as usize)
            .max()
        {
            from = end;
            while cut.tokens.get(from).is_some_and(|t| t.kind != TokenKind::Word) {
                from += 1;
            }
        }
        let mut words: Vec<Word> = Vec::new();
        for (at, token) in cut.tokens.iter().enumerate().skip(from).filter(|(_, t)| t.kind == TokenKind::Word) {
            let written = &text[token.start as usize..token.end as usize];
            let stopped = text[token.end as usize..].starts_with('.') && at + 1 < cut.tokens.len();
            words.push(Word::read(written, stopped, gazetteer));
        }
        let language = gazetteer.languages().iter().find(|l| Some(l.code.as_str()) == spelling.language);
        let marking = Marking::of(&text, language.map(|l| l.marks_significant));
        Name { words, honorific: from > 0, marking }
    }

    /// Every word is a syllable that people's names are made of.
    pub(super) fn is_sound(&self) -> bool {
        self.words.iter().all(|word| word.is_syllable)
    }

    pub(super) fn likeness(&self, other: &Name) -> Likeness {
        if self.words.is_empty() || other.words.is_empty() {
            return Likeness::Different;
        }
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        let marking = (short.marking, long.marking);
        let whole = match short.words.len() == long.words.len() {
            true => {
                let turned = long.orders().into_iter().map(|order| align(&short.straight(), &order, marking));
                let back = short.orders().into_iter().map(|order| align(&order, &long.straight(), marking));
                turned.chain(back).min()
            }
            false if short.is_given() => {
                let tail = &long.straight()[long.words.len() - short.words.len()..];
                Some(align(&short.straight(), tail, marking).max(Likeness::Short))
            }
            false => None,
        };
        let whole = whole.unwrap_or(Likeness::Different);
        if whole == Likeness::Different && short.is_glued(long) { Likeness::Misprint } else { whole }
    }

    /// A given name, with or without a middle one: what stands behind an honorific, or opens with no family name.
    fn is_given(&self) -> bool {
        (self.honorific || self.words.len() == 1 || self.words[0].surname_share == 0.0)
            && self.words.len() < 3
            && !self.words.iter().any(|word| word.is_initial)
    }

    fn straight(&self) -> Vec<&Word> {
        self.words.iter().collect()
    }

    /// The words as written, and with the family name last, where that makes a likelier family name come first.
    fn orders(&self) -> Vec<Vec<&Word>> {
        let straight = self.straight();
        let mut orders = vec![straight.clone()];
        let (first, last) = (straight[0], straight[straight.len() - 1]);
        if straight.len() > 1 && last.surname_share > first.surname_share {
            let mut rotated = straight.clone();
            rotated.rotate_right(1);
            orders.push(rotated);
            orders.push(straight.into_iter().rev().collect());
        }
        orders
    }

    /// The same letters with a space left out.
    fn is_glued(&self, other: &Name) -> bool {
        let join = |name: &Name| name.words.iter().map(|w| w.readings[0].as_str()).collect::<String>();
        let marks = |name: &Name| name.words.iter().flat_map(|w| w.marks.iter().copied()).collect::<BTreeSet<char>>();
        let unmarked = self.marking == Marking::None || other.marking == Marking::None;
        self.words.len() + 1 == other.words.len()
            && self.words.len() > 1
            && !self.is_sound()
            && join(self) == join(other)
            && (unmarked || marks(self) == marks(other))
    }
}

/// Word by word: how two names in one order agree.
fn align(one: &[&Word], other: &[&Word], marking: (Marking, Marking)) -> Likeness {
    let mut likeness = Likeness::Whole;
    // `Nguyên` beside `Nguyễn`: a word that has one mark of two shows that others may lack theirs.
    let partly = |few: &[&Word], many: &[&Word]| {
        few.iter()
            .zip(many)
            .any(|(a, b)| !a.marks.is_empty() && a.marks.len() < b.marks.len() && a.marks.is_subset(&b.marks))
    };
    for (a, b) in one.iter().zip(other) {
        let word = a.likeness(b);
        // One misprint in a name is one; two are another name.
        if word == Likeness::Different || word == Likeness::Misprint && likeness == Likeness::Misprint {
            return Likeness::Different;
        }
        let fewer = a.marks.is_subset(&b.marks);
        let more = b.marks.is_subset(&a.marks);
        let marked = match marking {
            (Marking::None, _) | (_, Marking::None) => true,
            (Marking::Some, Marking::Some) => fewer || more,
            (Marking::Some, _) => fewer,
            (_, Marking::Some) => more,
            (Marking::Western, Marking::All) if partly(one, other) => fewer,
            (Marking::All, Marking::Western) if partly(other, one) => more,
            _ => a.marks == b.marks,
        };
        if !marked && !a.is_initial && !b.is_initial {
            return Likeness::Different;
        }
        likeness = likeness.max(word);
    }
    likeness
}

impl Word {
    fn read(written: &str, stopped: bool, gazetteer: &Gazetteer) -> Word {
        const INITIAL: usize = 2;
        let lexicon = gazetteer.lexicon();
        let folded = fold(written);
        let own = lexicon.syllables(lexicon.word_id(folded.as_bytes())).to_vec();
        let mut syllables: Vec<SyllableId> = own.clone();
        for language in gazetteer.languages().iter().filter(|l| l.transliterated || own.is_empty()) {
            for ending in &language.name_endings {
                let Some(stem) = folded.strip_suffix(ending.ending.as_str()).filter(|s| !s.is_empty()) else {
                    continue;
                };
                for restored in &ending.restores {
                    let word = format!("{stem}{restored}");
                    syllables.extend(lexicon.syllables(lexicon.word_id(word.as_bytes())));
                }
            }
        }
        let mut readings: Vec<String> = syllables
            .iter()
            .map(|s| gazetteer.standard_spelling(&gazetteer.syllable(*s).spelling).to_string())
            .collect();
        let surname_share = own.iter().map(|s| gazetteer.syllable(*s).surname_share).fold(0.0, f32::max);
        let is_syllable = !readings.is_empty();
        if !is_syllable {
            readings.push(folded.replace('\'', ""));
        }
        let letters = folded.chars().count();
        let marks = written
            .nfd()
            .flat_map(char::to_lowercase)
            .filter_map(|c| if is_combining_mark(c) { Some(c) } else { barred(c) })
            .filter(|_| written.chars().all(|c| !is_foreign(c)))
            .collect();
        Word {
            readings,
            marks,
            is_syllable,
            is_initial: letters == 1 && (stopped || !is_syllable || written.chars().all(char::is_uppercase))
                || stopped && letters <= INITIAL,
            surname_share,
        }
    }

    fn likeness(&self, other: &Word) -> Likeness {
        if self.is_initial || other.is_initial {
            let (initial, word) = if self.is_initial { (self, other) } else { (other, self) };
            let opens = initial.readings.iter().any(|i| word.readings.iter().any(|w| w.starts_with(i.as_str())));
            // A barred letter is another one, where the word writes its marks.
            let barred = |w: &Word| w.marks.iter().any(|c| barred(*c).is_some());
            let clash = barred(initial) && !barred(word) && !word.marks.is_empty();
            return if opens && !clash { Likeness::Short } else { Likeness::Different };
        }
        if self.readings.iter().any(|a| other.readings.contains(a)) {
            return Likeness::Whole;
        }
        let near = |a: &str, b: &str| a.len().min(b.len()) > 2 && strsim::osa_distance(a, b) == 1;
        let misprint = self.is_syllable != other.is_syllable
            && self.readings.iter().any(|a| other.readings.iter().any(|b| near(a, b)));
        if misprint { Likeness::Misprint } else { Likeness::Different }
    }
}

impl Marking {
    /// `significant`: whether the report's language needs all marks, where known.
    fn of(text: &str, significant: Option<bool>) -> Marking {
        /// The last letter that western keyboards have.
        const WESTERN: char = '\u{ff}';
        let marked = |c: &char| !is_foreign(*c) && (barred(*c).is_some() || c.nfd().any(is_combining_mark));
        let all: Vec<char> = text.nfc().flat_map(char::to_lowercase).filter(marked).collect();
        // The bar is kept by many who leave out all else.
        let western = all.iter().all(|c| *c <= WESTERN || barred(*c).is_some());
        match significant {
            _ if all.is_empty() => Marking::None,
            Some(true) => Marking::All,
            _ if !western => Marking::All,
            Some(false) => Marking::Some,
            None => Marking::Western,
        }
    }
}

/// A letter of a script whose marks tell nothing of Vietnamese ones.
fn is_foreign(c: char) -> bool {
    ('\u{370}'..='\u{1dff}').contains(&c) && !is_combining_mark(c)
}

/// The bar of a letter that Unicode does not take apart, under one sign.
fn barred(c: char) -> Option<char> {
    matches!(c, '\u{111}' | '\u{110}' | '\u{f0}' | '\u{d0}').then_some('\u{111}')
}
