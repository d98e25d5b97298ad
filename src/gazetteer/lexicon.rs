//! The lexicon: every word of the gazetteer with its number, and the automaton over those numbers.
//!
//! Words that no phrase tells apart share a number, so inflected forms cost nothing in the automaton: `partii` and
//! `partia` are one symbol as long as every phrase takes both. A phrase is a sequence of numbers; `aho-corasick`
//! finds all of them, nested ones too, in one pass over two or three bytes a word.

use aho_corasick::AhoCorasick;

use super::language::LanguageSet;
use super::words::{Vocabulary, WordId, Words};
use crate::text::{is_newer_tone_place, mark_word};

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
    /// The cues of the set, in the order of [`Cue::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Cue> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = Cue::ALL.get(left.trailing_zeros() as usize)?;
            left &= left.wrapping_sub(1);
            Some(next.0)
        })
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

impl Sense {
    /// Phrases of these senses compete for the words of a text, and tell its language.
    pub(super) fn competes(&self) -> bool {
        matches!(self, Sense::Components(_) | Sense::Cue(_) | Sense::Event(_) | Sense::Field(_))
    }
}

/// A phrase in a language with what it denotes.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The languages in which the phrase denotes it.
    pub languages: LanguageSet,
    /// What it denotes.
    pub sense: Sense,
    /// Number of words.
    pub words: u8,
}

/// A phrase as it is spelt in a text: which entries it stands for, and which languages it speaks for.
#[derive(Debug)]
pub(crate) struct Spelling {
    /// The words with their marks, where marks tell them apart.
    pub(super) marks: Box<[WordId]>,
    pub(super) entries: (u32, u32),
    /// Languages that have an entry which competes.
    pub(crate) heavy: LanguageSet,
    /// Languages whose entry is a word that says little.
    pub(crate) light: LanguageSet,
}

/// The index of a syllable in the gazetteer's table.
pub(crate) type SyllableId = u16;

/// A phrase found in a text: tokens from `start` to `end`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) pattern: u32,
}

/// The highest bit of a symbol: a phrase opens with it.
pub(super) const OPENS: u32 = 1 << 31;

/// See the module.
pub struct Lexicon {
    pub(super) vocabulary: Vocabulary,
    pub(super) syllable_ids: Vec<SyllableId>,
    pub(super) automaton: AhoCorasick,
    pub(super) width: usize,
    /// Per pattern its first spelling. One alone fits every text; where marks matter, the first is for texts without
    /// any, the second for texts with other marks, then one for each way to mark the phrase.
    pub(super) first: Vec<u32>,
    pub(super) spellings: Vec<Spelling>,
    pub(super) entries: Vec<Entry>,
    /// The words of those marks.
    pub(super) marks: Words,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (words, patterns) = self.size();
        f.debug_struct("Lexicon").field("words", &words).field("patterns", &patterns).finish_non_exhaustive()
    }
}

impl Lexicon {
    /// The number of a folded word.
    pub(crate) fn word_id(&self, folded: &[u8]) -> WordId {
        self.vocabulary.find(folded)
    }

    /// The number of the folded word that stands at `from`; at least sixteen bytes follow.
    #[inline]
    pub(crate) fn padded_word_id(&self, folded: &[u8], from: usize, len: usize) -> WordId {
        self.vocabulary.find_padded(folded, from, len)
    }

    /// Whether a full stop after a word ends no sentence.
    pub(crate) fn is_abbreviation(&self, id: WordId) -> bool {
        self.vocabulary.record(id).abbreviation
    }

    /// Vietnamese syllables that a word may spell: one in Latin script, several in others.
    #[inline]
    pub(crate) fn syllables(&self, id: WordId) -> &[SyllableId] {
        let record = self.vocabulary.record(id);
        &self.syllable_ids[record.syllables as usize..][..record.syllable_count as usize]
    }

    /// All phrases in a stream of word numbers, nested ones too, sorted by start, longest first.
    ///
    /// `words` yields a number per token; tokens whose word is in no phrase are breaks.
    pub(crate) fn find(&self, words: impl Iterator<Item = WordId>, scratch: &mut Scratch, hits: &mut Vec<Hit>) {
        scratch.bytes.clear();
        scratch.tokens.clear();
        let mut broken = true;
        for (token, id) in words.enumerate() {
            let symbol = self.vocabulary.record(id).symbol;
            // After a break only a word that opens a phrase matters; four fifths of a text end here.
            if symbol == 0 || (broken && symbol < OPENS) {
                if !broken {
                    encode(0, self.width, &mut scratch.bytes);
                    scratch.tokens.push(token as u32);
                }
                broken = true;
                continue;
            }
            broken = false;
            encode(symbol & !OPENS, self.width, &mut scratch.bytes);
            scratch.tokens.push(token as u32);
        }
        let first = hits.len();
        for found in self.automaton.find_overlapping_iter(&scratch.bytes) {
            let from = found.start() / self.width;
            let to = found.end() / self.width - 1;
            let hit =
                Hit { start: scratch.tokens[from], end: scratch.tokens[to] + 1, pattern: found.pattern().as_u32() };
            // Matches come in order of their ends, so that each is nearly in its place.
            let place = hits[first..].iter().rposition(|h| (h.start, hit.end) < (hit.start, h.end));
            hits.insert(place.map_or(first, |place| first + place + 1), hit);
        }
    }

    /// The spelling of a hit; `mark` gives the number of a token's marked word, and `None` says that the text has no
    /// marks at all.
    pub(crate) fn spelling(&self, hit: &Hit, mark: Option<impl FnMut(usize) -> WordId>) -> u32 {
        let (first, end) = (self.first[hit.pattern as usize], self.first[hit.pattern as usize + 1]);
        let Some(mut mark) = mark.filter(|_| end > first + 1) else { return first };
        (first + 2..end)
            .find(|at| {
                let marks = &self.spellings[*at as usize].marks;
                marks.iter().zip(hit.start as usize..).all(|(known, token)| mark(token) == *known)
            })
            .unwrap_or(first + 1)
    }

    /// A spelling by its number.
    pub(crate) fn spelt(&self, spelling: u32) -> &Spelling {
        &self.spellings[spelling as usize]
    }

    /// The entries of a spelling.
    pub(crate) fn entries(&self, spelling: &Spelling) -> &[Entry] {
        &self.entries[spelling.entries.0 as usize..spelling.entries.1 as usize]
    }

    /// The number of a word of the text with its marks, 0 where no phrase has it.
    pub(crate) fn mark(&self, word: &str, id: WordId) -> WordId {
        if word.is_ascii() {
            return self.vocabulary.record(id).mark;
        }
        let mut lower = [0; 24];
        let mut len = 0;
        let mut previous = '\0';
        for c in word.chars() {
            // Composed letters need no composing; the rest, and tone marks on the newer place, go the long way.
            let simple =
                c.is_ascii() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{45f}' | '\u{1ea0}'..='\u{1ef9}');
            if !simple || len + 8 > lower.len() {
                return self.mark_any(word);
            }
            for l in c.to_lowercase() {
                if is_newer_tone_place(previous, l) {
                    return self.mark_any(word);
                }
                previous = l;
                len += l.encode_utf8(&mut lower[len..]).len();
            }
        }
        self.marks.find(&lower[..len])
    }

    fn mark_any(&self, word: &str) -> WordId {
        let mut marked = String::with_capacity(word.len());
        mark_word(word, &mut marked);
        self.marks.find(marked.as_bytes())
    }

    /// Number of words and of patterns, for benchmarks and summaries.
    pub fn size(&self) -> (usize, usize) {
        (self.vocabulary.len(), self.first.len() - 1)
    }
}

/// Buffers that a caller keeps from text to text.
#[derive(Default)]
pub(crate) struct Scratch {
    bytes: Vec<u8>,
    tokens: Vec<u32>,
}

/// Lead bytes are 0x80 and above, all others below: no match can begin inside a symbol.
pub(super) fn encode(symbol: u32, width: usize, out: &mut Vec<u8>) {
    if width == 2 {
        out.extend_from_slice(&[0x80 | (symbol >> 7) as u8, (symbol & 0x7f) as u8]);
    } else {
        out.extend_from_slice(&[0x80 | (symbol >> 14) as u8, ((symbol >> 7) & 0x7f) as u8, (symbol & 0x7f) as u8]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_stand_in_the_order_of_their_enum() {
        assert!(Cue::ALL.iter().enumerate().all(|(at, (cue, _))| *cue as usize == at));
    }
}
