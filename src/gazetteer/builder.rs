//! The builder of the lexicon: collects phrases with the forms of their words, then numbers the words and builds the
//! trie.

use hashbrown::HashMap;

use super::language::LanguageSet;
use super::lexicon::{Entry, Lexicon, OPENS, Sense, Spelling, SyllableId};
use super::trie::Trie;
use super::words::{Vocabulary, WordId, Words};
use crate::text::{Cut, TokenKind, cut, mark_word};

/// See the module.
#[derive(Default)]
pub(crate) struct Builder {
    words: Words,
    /// Stems by language, whether they vary, and the word they are written as.
    stems: HashMap<(u8, bool, WordId), u32, foldhash::fast::FixedState>,
    /// Which words are forms of which stems.
    forms: Vec<(WordId, u32)>,
    phrases: Vec<Phrase>,
    syllables: Vec<(WordId, SyllableId)>,
    abbreviations: Vec<WordId>,
    marks: Words,
}

struct Phrase {
    stems: Vec<u32>,
    /// The words with their marks, where marks tell words apart.
    marks: Option<Vec<WordId>>,
    languages: LanguageSet,
    sense: Sense,
}

/// How the words of a phrase may vary.
pub(crate) struct Inflection {
    /// The language's number; each has stems of its own.
    language: u8,
    /// Endings, longest first, with what makes each a part of a longer ending.
    endings: Vec<(String, Vec<String>)>,
    /// The fewest letters that an ending leaves.
    stem: usize,
    /// Marks tell words apart.
    pub(super) marked: bool,
}

impl Inflection {
    pub(crate) fn new(language: u8, endings: &[String], stem: usize, marked: bool) -> Inflection {
        let longer = |ending: &String| {
            let parts = endings.iter().filter(|e| *e != ending).filter_map(|e| e.strip_suffix(ending.as_str()));
            parts.map(str::to_string).collect()
        };
        let endings = endings.iter().map(|ending| (ending.clone(), longer(ending))).collect();
        Inflection { language, endings, stem, marked }
    }

    /// Words that never vary.
    pub(crate) fn none(language: u8) -> Inflection {
        Inflection::new(language, &[], 0, false)
    }

    pub(super) fn stem_of<'w>(&self, word: &'w str) -> &'w str {
        let letters = word.chars().count();
        for (ending, _) in &self.endings {
            if let Some(stem) = word.strip_suffix(ending.as_str())
                && letters - ending.chars().count() >= self.stem
            {
                return stem;
            }
        }
        word
    }

    /// The endings that are taken off again where they follow a stem, rather than a longer one.
    fn endings_of(&self, stem: &str) -> impl Iterator<Item = &str> {
        let letters = stem.chars().count();
        let part =
            move |longer: &String| stem.ends_with(longer.as_str()) && letters - longer.chars().count() >= self.stem;
        self.endings
            .iter()
            .filter(move |(_, longer)| letters >= self.stem && !longer.iter().any(part))
            .map(|(ending, _)| ending.as_str())
    }
}

impl Builder {
    pub(crate) fn new() -> Builder {
        Builder { words: Words::with_places(1 << 18), ..Builder::default() }
    }

    /// Adds a phrase; `exact` takes its words as they are, without further endings.
    pub(crate) fn phrase(
        &mut self,
        form: &str,
        exact: bool,
        inflection: &Inflection,
        languages: LanguageSet,
        sense: Sense,
    ) {
        let Cut { tokens, folded, .. } = cut(form, None);
        let tokens = || tokens.iter().filter(|t| t.kind != TokenKind::Newline);
        let mut stems = Vec::new();
        for token in tokens() {
            let exact = exact || token.kind != TokenKind::Word;
            stems.push(self.stem(token.folded(&folded), exact, inflection));
        }
        if stems.is_empty() {
            return;
        }
        let marks = inflection.marked.then(|| {
            let mut spelling = String::new();
            let mut mark = |start: u32, end: u32| {
                spelling.clear();
                mark_word(&form[start as usize..end as usize], &mut spelling);
                self.marks.insert(spelling.as_bytes())
            };
            tokens().map(|token| mark(token.start, token.end)).collect()
        });
        self.phrases.push(Phrase { stems, marks, languages, sense });
    }

    fn stem(&mut self, word: &str, exact: bool, inflection: &Inflection) -> u32 {
        let stem = if exact { word } else { inflection.stem_of(word) };
        let written = self.words.insert(stem.as_bytes());
        let next = self.stems.len() as u32;
        let id = *self.stems.entry((inflection.language, exact, written)).or_insert(next);
        if id != next {
            return id;
        }
        self.forms.push((written, id));
        if !exact {
            let mut form = String::with_capacity(word.len() + 8);
            form.push_str(word);
            self.forms.push((self.words.insert(form.as_bytes()), id));
            for ending in inflection.endings_of(stem) {
                form.clear();
                form.push_str(stem);
                form.push_str(ending);
                self.forms.push((self.words.insert(form.as_bytes()), id));
            }
        }
        id
    }

    /// Says that a folded word may spell a Vietnamese syllable.
    pub(crate) fn syllable(&mut self, word: &str, syllable: SyllableId) {
        self.syllables.push((self.words.insert(word.as_bytes()), syllable));
    }

    /// Says that a full stop after a folded word ends no sentence.
    pub(crate) fn abbreviation(&mut self, word: &str) {
        self.abbreviations.push(self.words.insert(word.as_bytes()));
    }

    /// Numbers the words and builds the automaton; `light` tells senses that say little of a text's language.
    pub(crate) fn build(mut self, light: impl Fn(&Sense) -> bool) -> Lexicon {
        let (mut symbols, count, choices) = self.symbols();
        let (trie, patterns) = self.patterns(&choices, count);
        let mut opens = vec![false; count];
        for phrase in &self.phrases {
            choices.of(phrase.stems[0]).iter().for_each(|(_, symbol)| opens[*symbol as usize] = true);
        }
        for symbol in symbols.iter_mut().filter(|symbol| opens[**symbol as usize]) {
            *symbol |= OPENS;
        }
        let mut spelled = Spelled::default();
        spelled.spellings.resize(patterns.len(), Spelling::default());
        for (number, pattern) in patterns.iter().enumerate() {
            self.spell(number, pattern, &light, &mut spelled);
        }
        let Spelled { spellings, entries, marks: marks_of } = spelled;
        self.syllables.sort_by_key(|(word, _)| *word);
        let mut syllables = vec![(0, 0); self.words.len()];
        let mut syllable_ids: Vec<SyllableId> = Vec::with_capacity(self.syllables.len());
        for of_word in self.syllables.chunk_by(|a, b| a.0 == b.0) {
            let start = syllable_ids.len();
            for (_, syllable) in of_word {
                if !syllable_ids[start..].contains(syllable) {
                    syllable_ids.push(*syllable);
                }
            }
            syllables[of_word[0].0 as usize] = (start as u32, (syllable_ids.len() - start) as u16);
        }
        let mut marks = vec![0; self.words.len()];
        for mark in 1..self.marks.len() as WordId {
            // A marked word that is a folded word too has no marks; the others are found nowhere, which is 0.
            marks[self.words.find_of(&self.marks, mark) as usize] = mark;
        }
        let mut abbreviations = vec![false; self.words.len()];
        self.abbreviations.iter().for_each(|word| abbreviations[*word as usize] = true);
        let vocabulary = Vocabulary::new(self.words, |id, record| {
            record.symbol = symbols[id as usize];
            (record.syllables, record.syllable_count) = syllables[id as usize];
            record.mark = marks[id as usize];
            record.abbreviation = abbreviations[id as usize];
        });
        Lexicon {
            vocabulary,
            syllable_ids,
            trie,
            patterns: patterns.len(),
            spellings,
            entries,
            marks_of,
            marks: self.marks,
        }
    }

    /// Words that occur in the same stems are one symbol: the symbol of each word, how many symbols, and the symbols
    /// of each stem.
    fn symbols(&mut self) -> (Vec<u32>, usize, Choices) {
        self.forms.sort_unstable();
        self.forms.dedup();
        let mut symbols = vec![0; self.words.len()];
        let mut count = 1;
        let mut alone = vec![0; self.stems.len()];
        let mut together: HashMap<Vec<u32>, u32, foldhash::fast::FixedState> = HashMap::default();
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(self.stems.len() * 2);
        for forms in self.forms.chunk_by(|a, b| a.0 == b.0) {
            let symbol = match forms {
                [(_, stem)] => &mut alone[*stem as usize],
                _ => together.entry(forms.iter().map(|(_, stem)| *stem).collect()).or_insert(0),
            };
            if *symbol == 0 {
                *symbol = count;
                count += 1;
                pairs.extend(forms.iter().map(|(_, stem)| (*stem, *symbol)));
            }
            symbols[forms[0].0 as usize] = *symbol;
        }
        pairs.sort_unstable();
        (symbols, count as usize, Choices::new(pairs, self.stems.len()))
    }

    /// Every sequence of symbols that is a phrase, and by its number the phrases it is with their languages.
    fn patterns(&self, choices: &Choices, symbols: usize) -> (Trie, Vec<Pattern>) {
        let mut trie = Trie::new(symbols);
        let mut patterns: Vec<Pattern> = Vec::with_capacity(self.phrases.len());
        let mut chosen: Vec<usize> = Vec::new();
        for (number, phrase) in self.phrases.iter().enumerate() {
            chosen.clear();
            chosen.resize(phrase.stems.len(), 0);
            'combinations: loop {
                let at = trie.insert(phrase.stems.iter().zip(&chosen).map(|(stem, at)| choices.of(*stem)[*at].1));
                if *at == 0 {
                    patterns.push(Vec::new());
                    *at = patterns.len() as u32;
                }
                let entries = &mut patterns[*at as usize - 1];
                let same = |other: u32| {
                    let other = &self.phrases[other as usize];
                    other.sense == phrase.sense && other.marks == phrase.marks
                };
                match entries.iter_mut().find(|(other, _)| same(*other)) {
                    Some((_, languages)) => *languages = languages.union(phrase.languages),
                    None => entries.push((number as u32, phrase.languages)),
                }
                // The next combination, the last word's symbols first.
                for place in (0..chosen.len()).rev() {
                    chosen[place] += 1;
                    if chosen[place] < choices.of(phrase.stems[place]).len() {
                        continue 'combinations;
                    }
                    chosen[place] = 0;
                }
                break;
            }
        }
        (trie, patterns)
    }

    /// The spellings of a pattern, each with the entries that it stands for.
    fn spell(&self, number: usize, pattern: &Pattern, light: &impl Fn(&Sense) -> bool, out: &mut Spelled) {
        let phrases = || pattern.iter().map(|(number, languages)| (&self.phrases[*number as usize], *languages));
        out.spellings[number] = out.spelling(phrases(), light);
        let mut marked: Vec<&[WordId]> = Vec::new();
        for (phrase, _) in phrases() {
            if let Some(marks) = phrase.marks.as_deref().filter(|m| !marked.contains(m)) {
                marked.push(marks);
            }
        }
        if marked.is_empty() {
            return;
        }
        out.spellings[number].others = out.spellings.len() as u32;
        out.spellings[number].other_count = marked.len() as u16 + 1;
        let without = out.spelling(phrases().filter(|(phrase, _)| phrase.marks.is_none()), light);
        out.spellings.push(without);
        for marks in marked {
            let fits = phrases().filter(|(phrase, _)| phrase.marks.as_deref().is_none_or(|m| m == marks));
            let mut with = out.spelling(fits, light);
            with.others = out.marks.len() as u32;
            out.marks.extend(marks);
            out.spellings.push(with);
        }
    }
}

/// The phrases that one sequence of symbols is, with the languages of each.
type Pattern = Vec<(u32, LanguageSet)>;

/// Spellings and what they refer to.
#[derive(Default)]
struct Spelled {
    spellings: Vec<Spelling>,
    entries: Vec<Entry>,
    marks: Vec<WordId>,
}

impl Spelled {
    fn spelling<'p>(
        &mut self,
        phrases: impl Iterator<Item = (&'p Phrase, LanguageSet)>,
        light: &impl Fn(&Sense) -> bool,
    ) -> Spelling {
        let mut spelling = Spelling { entries: self.entries.len() as u32, ..Spelling::default() };
        for (phrase, languages) in phrases {
            if phrase.sense.competes() {
                // A language votes once, by the first entry that it has.
                let new = languages.without(spelling.heavy).without(spelling.light);
                let votes = if light(&phrase.sense) { &mut spelling.light } else { &mut spelling.heavy };
                *votes = votes.union(new);
            } else {
                spelling.aside = spelling.aside.union(languages);
            }
            self.entries.push(Entry { languages, sense: phrase.sense });
            spelling.entry_count += 1;
        }
        spelling
    }
}

/// The symbols of each stem.
struct Choices {
    /// Stem and symbol, sorted.
    pairs: Vec<(u32, u32)>,
    /// Where each stem's pairs start.
    starts: Vec<u32>,
}

impl Choices {
    fn new(pairs: Vec<(u32, u32)>, stems: usize) -> Choices {
        let mut starts = vec![0; stems + 1];
        for (stem, _) in &pairs {
            starts[*stem as usize + 1] += 1;
        }
        for stem in 0..stems {
            starts[stem + 1] += starts[stem];
        }
        Choices { pairs, starts }
    }

    fn of(&self, stem: u32) -> &[(u32, u32)] {
        &self.pairs[self.starts[stem as usize] as usize..self.starts[stem as usize + 1] as usize]
    }
}
