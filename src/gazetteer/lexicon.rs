//! The lexicon: every word of the gazetteer with its number, and the automaton over those numbers.
//!
//! Words that no phrase tells apart share a number, so inflected forms cost nothing in the automaton: `partii` and
//! `partia` are one symbol as long as every phrase takes both. A phrase is a sequence of numbers; `aho-corasick`
//! finds all of them, nested ones too, in one pass over two or three bytes a word.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use hashbrown::HashTable;

use super::language::LanguageSet;
use crate::text::{Cut, TokenKind, cut};

/// What a cue phrase tells of the words around it. The vocabulary of rules: code branches on these, so they are an
/// enum; which phrases are cues of which kind is a row of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Cue {
    /// Presiding over a meeting.
    Chair,
    /// Taking the floor.
    Speak,
    /// Being present.
    Attend,
    /// Election or appointment.
    Elect,
    /// Leaving a post.
    Leave,
    /// What follows was held before.
    Formerly,
    /// What follows is the post given or taken, not one in apposition.
    Target,
    /// Proposal, congratulation, process: no election.
    Nominate,
    /// `is`, `include`.
    Copula,
    /// Stands for the person just named.
    Pronoun,
    /// Stands before a person's name.
    Honorific,
    /// Joins members of a list.
    Conjunction,
    /// Holding a meeting: its subject is the organizer.
    Convene,
    /// What follows is a road, newspaper, …, that carries a name.
    Namesake,
    /// What follows is the author.
    Byline,
    /// Term of office.
    Term,
    /// Election into a committee.
    Join,
    /// Re-election to the post just named.
    SamePost,
    /// X in place of Y.
    Replace,
    /// Blocks a shorter cue.
    None,
    /// Plural determiner before a title.
    Plural,
    /// Birth and origin: the place is not the post's.
    Origin,
    /// National: a congress that is not the province's.
    National,
    /// Stands before a date, as `ngày` and `sáng` do.
    Day,
    /// Re-election: the post is held already.
    Reelect,
    /// Stands between a post and the people whom a decision gives it or takes it from.
    For,
}

impl Cue {
    /// All cues with the names that rows use.
    pub const ALL: [(Cue, &'static str); 26] = [
        (Cue::Chair, "chair"),
        (Cue::Speak, "speak"),
        (Cue::Attend, "attend"),
        (Cue::Elect, "elect"),
        (Cue::Leave, "leave"),
        (Cue::Formerly, "formerly"),
        (Cue::Target, "target"),
        (Cue::Nominate, "nominate"),
        (Cue::Copula, "copula"),
        (Cue::Pronoun, "pronoun"),
        (Cue::Honorific, "honorific"),
        (Cue::Conjunction, "conjunction"),
        (Cue::Convene, "convene"),
        (Cue::Namesake, "namesake"),
        (Cue::Byline, "byline"),
        (Cue::Term, "term"),
        (Cue::Join, "join"),
        (Cue::SamePost, "same-post"),
        (Cue::Replace, "replace"),
        (Cue::None, "none"),
        (Cue::Plural, "plural"),
        (Cue::Origin, "origin"),
        (Cue::National, "national"),
        (Cue::Day, "day"),
        (Cue::Reelect, "re-elect"),
        (Cue::For, "for"),
    ];

    /// The cue of this name.
    pub fn from_name(name: &str) -> Option<Cue> {
        Cue::ALL.into_iter().find(|(_, n)| *n == name).map(|(cue, _)| cue)
    }
}

/// A set of cues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CueSet(u32);

impl CueSet {
    /// Adds a cue.
    pub fn insert(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u32;
    }
    /// Whether the cue is in the set.
    pub fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u32) != 0
    }
    /// Whether any of them is.
    pub fn any(self, cues: &[Cue]) -> bool {
        cues.iter().any(|cue| self.has(*cue))
    }
    /// Whether it is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// Both sets.
    pub fn union(self, other: CueSet) -> CueSet {
        CueSet(self.0 | other.0)
    }
}

/// What a phrase denotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Parts of a title or body, in the order written in the row.
    Components(Vec<super::component::Component>),
    /// A cue.
    Cue(Cue),
    /// An event noun; the index is one of [`super::Gazetteer::event_kinds`].
    Event(u8),
    /// The field of a department or ministry; the index is one of [`super::Gazetteer::fields`].
    Field(u16),
    /// A province, by its index.
    Province(u16),
    /// A month.
    Month {
        /// 1 to 12.
        month: u8,
        /// Only where it opens with a capital: `May`.
        capital: bool,
    },
    /// An ordinal written as a word.
    Ordinal(u8),
    /// A number written as a word, which is an ordinal behind its marker only.
    Counted(u8),
    /// What makes a figure an ordinal when it follows.
    OrdinalSuffix,
    /// What makes a figure or word an ordinal when it stands before.
    OrdinalMarker,
    /// A type of document, such as `plan`; the index is one of [`super::Gazetteer::document_type_names`].
    DocumentType(u16),
    /// The language's own name: translation debris at the start of a line.
    Autonym,
}

/// A phrase in a language with what it denotes.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The languages in which the phrase denotes it.
    pub languages: LanguageSet,
    /// What it denotes.
    pub sense: Sense,
    /// The marked spelling, where marks tell words apart: lower case, NFC, words joined by a space.
    marked: Option<Box<str>>,
    /// Number of words.
    pub words: u8,
}

/// The number of a word. 0 is a word the gazetteer does not hold.
pub(crate) type WordId = u32;

/// What is known of a word apart from phrases.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    spelling: Box<str>,
    /// Symbol in the automaton, 0 where no phrase has the word.
    symbol: u32,
    /// Whether a phrase opens with it.
    opens: bool,
    /// Full stop after it does not end a sentence.
    pub(crate) abbreviation: bool,
    /// Vietnamese syllables that it may spell: one in Latin script, several in others.
    pub(crate) syllables: Vec<SyllableId>,
}

/// The index of a syllable in the gazetteer's table.
pub(crate) type SyllableId = u16;

/// A phrase found in a text: tokens from `start` to `end`, and the entries it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) pattern: u32,
}

/// See the module.
pub struct Lexicon {
    hasher: foldhash::fast::FixedState,
    table: HashTable<WordId>,
    words: Vec<Word>,
    automaton: AhoCorasick,
    width: usize,
    patterns: Vec<Vec<Entry>>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon")
            .field("words", &self.words.len())
            .field("patterns", &self.patterns.len())
            .finish_non_exhaustive()
    }
}

impl Lexicon {
    /// The number of a folded word.
    #[inline]
    pub(crate) fn word_id(&self, folded: &[u8]) -> WordId {
        let hash = self.hasher.hash_one(folded);
        self.table.find(hash, |id| self.words[*id as usize].spelling.as_bytes() == folded).copied().unwrap_or(0)
    }

    /// What is known of a word.
    #[inline]
    pub(crate) fn word(&self, id: WordId) -> &Word {
        &self.words[id as usize]
    }

    /// The entries of a pattern.
    pub(crate) fn entries(&self, pattern: u32) -> &[Entry] {
        &self.patterns[pattern as usize]
    }

    /// All phrases in a stream of word numbers, nested ones too, sorted by start, longest first.
    ///
    /// `words` yields a number per token; tokens whose word is in no phrase are breaks.
    pub(crate) fn find(&self, words: impl Iterator<Item = WordId>, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        scratch.bytes.clear();
        scratch.tokens.clear();
        let mut broken = true;
        for (token, id) in words.enumerate() {
            let word = &self.words[id as usize];
            // After a break only a word that opens a phrase matters; four fifths of a text end here.
            if word.symbol == 0 || (broken && !word.opens) {
                if !broken {
                    self.push(0, scratch, token);
                }
                broken = true;
                continue;
            }
            broken = false;
            self.push(word.symbol, scratch, token);
        }
        let first = hits.len();
        for found in self.automaton.find_overlapping_iter(&scratch.bytes) {
            let from = found.start() / self.width;
            let to = found.end() / self.width - 1;
            hits.push(Hit {
                start: scratch.tokens[from],
                end: scratch.tokens[to] + 1,
                pattern: found.pattern().as_u32(),
            });
        }
        hits[first..].sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.pattern));
    }

    fn push(&self, symbol: u32, scratch: &mut Scratch, token: usize) {
        encode(symbol, self.width, &mut scratch.bytes);
        scratch.tokens.push(token as u32);
    }

    /// Number of words and of patterns, for benchmarks and summaries.
    pub fn size(&self) -> (usize, usize) {
        (self.words.len(), self.patterns.len())
    }
}

impl Entry {
    /// Whether the entry stands for a phrase spelt like this (lower case, NFC, words joined by a space).
    pub(crate) fn fits(&self, marked: &str) -> bool {
        self.marked.as_deref().is_none_or(|m| m == marked)
    }

    /// Whether marks matter to the entry at all.
    pub(crate) fn is_marked(&self) -> bool {
        self.marked.is_some()
    }
}

/// Buffers that a caller keeps from text to text.
#[derive(Default)]
pub(crate) struct Scratch {
    bytes: Vec<u8>,
    tokens: Vec<u32>,
}

/// Lead bytes are 0x80 and above, all others below: no match can begin inside a symbol.
fn encode(symbol: u32, width: usize, out: &mut Vec<u8>) {
    if width == 2 {
        out.extend([0x80 | (symbol >> 7) as u8, (symbol & 0x7f) as u8]);
    } else {
        out.extend([0x80 | (symbol >> 14) as u8, ((symbol >> 7) & 0x7f) as u8, (symbol & 0x7f) as u8]);
    }
}

/// Collects phrases, then builds the lexicon.
#[derive(Default)]
pub(crate) struct Builder {
    phrases: Vec<Phrase>,
    /// Forms of each stem of each language: `(stem, forms)`.
    stems: BTreeMap<(u8, Box<str>), u32>,
    forms: BTreeMap<Box<str>, Vec<u32>>,
    syllables: Vec<(String, SyllableId)>,
    abbreviations: Vec<String>,
}

struct Phrase {
    stems: Vec<u32>,
    entry: Entry,
}

/// How the words of a phrase may vary.
pub(crate) struct Inflection<'a> {
    /// The language's number; each has stems of its own.
    pub(crate) language: u8,
    /// Endings, longest first.
    pub(crate) endings: &'a [String],
    /// The fewest letters that an ending leaves.
    pub(crate) stem: usize,
    /// Marks tell words apart.
    pub(crate) marked: bool,
}

impl Inflection<'_> {
    pub(super) fn stem_of<'w>(&self, word: &'w str) -> &'w str {
        let letters = word.chars().count();
        for ending in self.endings {
            if let Some(stem) = word.strip_suffix(ending.as_str()) {
                if letters - ending.chars().count() >= self.stem {
                    return stem;
                }
            }
        }
        word
    }
}

impl Builder {
    /// Adds a phrase; `exact` takes its words as they are, without further endings.
    pub(crate) fn phrase(
        &mut self,
        form: &str,
        exact: bool,
        inflection: &Inflection<'_>,
        languages: LanguageSet,
        sense: Sense,
    ) {
        let marked = inflection.marked.then(|| marked(form));
        let Cut { tokens, folded, .. } = cut(form, None);
        let mut stems = Vec::new();
        for token in tokens.iter().filter(|t| t.kind != TokenKind::Newline) {
            let word = token.folded(&folded);
            let exact = exact || token.kind != TokenKind::Word;
            stems.push(self.stem(word, exact, inflection));
        }
        if stems.is_empty() {
            return;
        }
        let words = stems.len() as u8;
        let marked = marked.map(String::into_boxed_str);
        self.phrases.push(Phrase { stems, entry: Entry { languages, sense, marked, words } });
    }

    fn stem(&mut self, word: &str, exact: bool, inflection: &Inflection<'_>) -> u32 {
        let stem = if exact { word } else { inflection.stem_of(word) };
        let key = if exact { format!("={stem}") } else { stem.to_string() };
        let next = self.stems.len() as u32;
        let id = *self.stems.entry((inflection.language, key.into_boxed_str())).or_insert(next);
        if id != next {
            return id;
        }
        self.form(word, id);
        if !exact {
            self.form(stem, id);
            for ending in inflection.endings {
                let form = format!("{stem}{ending}");
                if inflection.stem_of(&form) == stem {
                    self.form(&form, id);
                }
            }
        }
        id
    }

    fn form(&mut self, form: &str, stem: u32) {
        let stems = self.forms.entry(form.into()).or_default();
        if !stems.contains(&stem) {
            stems.push(stem);
        }
    }

    /// Says that a folded word may spell a Vietnamese syllable.
    pub(crate) fn syllable(&mut self, word: &str, syllable: SyllableId) {
        self.syllables.push((word.to_string(), syllable));
    }

    /// Says that a full stop after a folded word ends no sentence.
    pub(crate) fn abbreviation(&mut self, word: &str) {
        self.abbreviations.push(word.to_string());
    }

    /// Numbers the words and builds the automaton.
    pub(crate) fn build(mut self) -> Lexicon {
        // Words that occur in the same stems are one symbol.
        let mut symbols: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut of_stem: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut words = vec![Word::default()];
        let mut index: BTreeMap<Box<str>, usize> = BTreeMap::new();
        for (form, mut stems) in std::mem::take(&mut self.forms) {
            stems.sort_unstable();
            let next = symbols.len() as u32 + 1;
            let symbol = *symbols.entry(stems.clone()).or_insert(next);
            if symbol == next {
                for stem in stems {
                    of_stem.entry(stem).or_default().push(symbol);
                }
            }
            index.insert(form.clone(), words.len());
            words.push(Word { spelling: form, symbol, ..Word::default() });
        }
        let mut word_of = |spelling: &str, words: &mut Vec<Word>| {
            *index.entry(spelling.into()).or_insert_with(|| {
                words.push(Word { spelling: spelling.into(), ..Word::default() });
                words.len() - 1
            })
        };
        for (spelling, syllable) in &self.syllables {
            let at = word_of(spelling, &mut words);
            if !words[at].syllables.contains(syllable) {
                words[at].syllables.push(*syllable);
            }
        }
        for spelling in &self.abbreviations {
            let at = word_of(spelling, &mut words);
            words[at].abbreviation = true;
        }
        let width = if symbols.len() < 16_384 { 2 } else { 3 };
        let mut by_bytes: BTreeMap<Vec<u8>, Vec<Entry>> = BTreeMap::new();
        let mut opening: Vec<bool> = vec![false; symbols.len() + 1];
        for phrase in self.phrases {
            let mut sequences: Vec<Vec<u8>> = vec![Vec::new()];
            for (at, stem) in phrase.stems.iter().enumerate() {
                let choices = &of_stem[stem];
                if at == 0 {
                    choices.iter().for_each(|symbol| opening[*symbol as usize] = true);
                }
                let mut longer = Vec::with_capacity(sequences.len() * choices.len());
                for sequence in &sequences {
                    for symbol in choices {
                        let mut next = sequence.clone();
                        encode(*symbol, width, &mut next);
                        longer.push(next);
                    }
                }
                sequences = longer;
            }
            for sequence in sequences {
                let entries = by_bytes.entry(sequence).or_default();
                match entries.iter_mut().find(|e| e.sense == phrase.entry.sense && e.marked == phrase.entry.marked) {
                    Some(entry) => entry.languages = entry.languages.union(phrase.entry.languages),
                    None => entries.push(phrase.entry.clone()),
                }
            }
        }
        for word in &mut words {
            word.opens = opening.get(word.symbol as usize).copied().unwrap_or(false) && word.symbol != 0;
        }
        let (sequences, patterns): (Vec<_>, Vec<_>) = by_bytes.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&sequences)
            .expect("a gazetteer has fewer states than the automaton's limit of two thousand million");
        let hasher = foldhash::fast::FixedState::default();
        let mut table = HashTable::with_capacity(words.len());
        for (id, word) in words.iter().enumerate().skip(1) {
            let hash = hasher.hash_one(word.spelling.as_bytes());
            table.insert_unique(hash, id as WordId, |other: &WordId| {
                hasher.hash_one(words[*other as usize].spelling.as_bytes())
            });
        }
        Lexicon { hasher, table, words, automaton, width, patterns }
    }
}

/// A spelling with its marks: lower case, NFC, tone marks on the newer place, words joined by one space.
pub(crate) fn marked(form: &str) -> String {
    let Cut { tokens, .. } = cut(form, None);
    let mut out = String::with_capacity(form.len());
    for token in tokens.iter().filter(|t| t.kind != TokenKind::Newline) {
        if !out.is_empty() {
            out.push(' ');
        }
        crate::text::mark_word(&form[token.start as usize..token.end as usize], &mut out);
    }
    out
}
