//! A name as an identifier writes it, from the tokens that spell it.
//!
//! In scripts other than Latin each syllable stands for several Vietnamese ones; names of the gazetteer and of the
//! report itself decide between them. Some languages glue endings to names, which come off.

use std::collections::HashSet;

use foldhash::fast::FixedState;
use smallvec::SmallVec;

use super::Report;
use crate::gazetteer::{LanguageId, NameEnding, SyllableId};
use crate::text::fold;

/// Names that a report and the gazetteer offer to settle spellings that stand for several.
#[derive(Default)]
pub(crate) struct Roster {
    names: HashSet<String, FixedState>,
}

impl Roster {
    /// Adds a name that the report writes in Latin script.
    pub(crate) fn add(&mut self, name: &str) {
        self.names.insert(name.to_string());
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}

/// The most combinations of syllables that a name is looked for in.
const MOST: usize = 512;

/// The syllables of most names fit in here.
const MOST_SYLLABLES: usize = 6;

/// For each token of a name the syllables that it may stand for.
type Choices = SmallVec<[SmallVec<[SyllableId; 8]>; MOST_SYLLABLES]>;

impl Report<'_> {
    /// Syllables that a declined token may stand for, its ending taken off.
    pub(crate) fn declined_syllables(&self, at: usize, language: LanguageId) -> SmallVec<[SyllableId; 8]> {
        let language = self.gazetteer.language(language);
        let word = self.folded(at);
        let lexicon = self.gazetteer.lexicon();
        let mut candidate = String::new();
        let last = word.as_bytes().last();
        // A look at the last byte rules out most endings.
        for NameEnding { ending, restores } in
            language.name_endings.iter().filter(|e| e.ending.as_bytes().last() == last)
        {
            let Some(stem) = word.strip_suffix(ending.as_str()).filter(|s| s.chars().count() > 1) else { continue };
            let mut found = SmallVec::new();
            for restored in restores {
                candidate.clear();
                candidate.extend([stem, restored.as_str()]);
                found.extend_from_slice(lexicon.syllables(lexicon.word_id(candidate.as_bytes())));
            }
            if !found.is_empty() {
                return found;
            }
        }
        SmallVec::new()
    }

    /// The name that tokens spell, as an identifier writes it.
    pub(crate) fn name(&self, start: usize, end: usize, language: LanguageId, roster: &Roster) -> String {
        if let Some(name) = self.plain_name(start, end, language) {
            return name;
        }
        let transliterated = self.gazetteer.language(language).transliterated;
        let own = |at: usize| self.gazetteer.lexicon().syllables(self.token(at).word);
        let mut choices = Choices::new();
        for at in start..end {
            let mut syllables = SmallVec::from_slice(own(at));
            if syllables.is_empty() || (at + 1 == end && transliterated) {
                for declined in self.declined_syllables(at, language) {
                    if !syllables.contains(&declined) {
                        syllables.push(declined);
                    }
                }
            }
            choices.push(syllables);
        }
        let spelling = |syllable: SyllableId| self.gazetteer.syllable(syllable).spelling.as_str();
        let mut name = String::with_capacity(8 * (end - start));
        if choices.iter().all(|c| c.len() <= 1) {
            for (at, syllables) in (start..end).zip(&choices) {
                name.push_str(if at > start { "-" } else { "" });
                match syllables.first() {
                    Some(syllable) => name.push_str(spelling(*syllable)),
                    None => name.extend(self.folded(at).chars().filter(|c| *c != '\'')),
                }
            }
            return name;
        }
        // Names that someone bears first; then the commonest syllable at each place.
        let borne = |name: &str| !self.gazetteer.people(name).is_empty();
        if self.combination(&choices, &mut name, |name| roster.has(name))
            || self.combination(&choices, &mut name, borne)
        {
            return name;
        }
        // An ending is taken off only where the word as it stands is no syllable.
        let whole = (start..end).all(|at| self.is_syllable(at));
        name.clear();
        for (at, syllables) in (start..end).zip(&choices) {
            let syllables = if whole { &syllables[..own(at).len()] } else { &syllables[..] };
            let weight = |s: SyllableId| {
                let syllable = self.gazetteer.syllable(s);
                if at == start && syllable.surname_share > 0.0 {
                    1e6 * syllable.surname_share
                } else {
                    syllable.name_count as f32
                }
            };
            // Undeclined readings stand first and win ties.
            let mut best: Option<(SyllableId, f32)> = None;
            for syllable in syllables {
                let weight = weight(*syllable);
                if best.is_none_or(|(_, b)| weight > b) {
                    best = Some((*syllable, weight));
                }
            }
            name.push_str(if at > start { "-" } else { "" });
            match best {
                Some((syllable, _)) => name.push_str(spelling(syllable)),
                None => name.push_str(&fold(self.text(at, at + 1))),
            }
        }
        name
    }

    /// The name that tokens spell where each is one syllable; `None` where something has to be chosen.
    pub(super) fn plain_name(&self, start: usize, end: usize, language: LanguageId) -> Option<String> {
        if self.gazetteer.language(language).transliterated {
            return None;
        }
        let lexicon = self.gazetteer.lexicon();
        let mut syllables = SmallVec::<[&str; MOST_SYLLABLES]>::new();
        for at in start..end {
            let [syllable] = lexicon.syllables(self.token(at).word) else { return None };
            syllables.push(&self.gazetteer.syllable(*syllable).spelling);
        }
        Some(syllables.join("-"))
    }

    /// Looks for a name among all combinations of the syllables at each place, unless there are very many; leaves it
    /// in `name`.
    fn combination(&self, choices: &Choices, name: &mut String, is: impl Fn(&str) -> bool) -> bool {
        let many =
            choices.iter().map(|c| c.len()).try_fold(1, |all: usize, some| Some(all * some).filter(|n| *n <= MOST));
        let count = many.unwrap_or(0);
        (0..count).any(|number| {
            name.clear();
            let mut left = count;
            for (place, syllables) in choices.iter().enumerate() {
                left /= syllables.len();
                let syllable = syllables[number / left % syllables.len()];
                name.push_str(if place > 0 { "-" } else { "" });
                name.push_str(&self.gazetteer.syllable(syllable).spelling);
            }
            is(name)
        })
    }
}
