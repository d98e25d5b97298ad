//! The lexicon: every word of the gazetteer with its number, and the trie over those numbers.
//!
//! Words that no phrase tells apart share a symbol, so inflected forms cost nothing in the trie: `partii` and
//! `partia` are one as long as every phrase takes both. A phrase is a sequence of symbols; all of them, nested ones
//! too, are found in one pass over the words.

use super::language::LanguageSet;
use super::trie::{Node, Trie};
use super::words::{Vocabulary, WordId, Words};
use crate::text::{Lowered, Token, mark_word};

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
    /// A group that comes to visit or inspect.
    Delegation,
    /// Making a document: its subject is the issuer.
    Issue,
    /// The event that follows is another one: before or after it.
    Aside,
    /// Said of who stands behind the phrase, never before it: `chaired by`, `organized by`.
    By,
    /// The title that follows is that of somebody else, who is spoken for.
    Behalf,
    /// The cue beside it counts only where it touches what it joins: `X was T`; alone, the title that it touches was given
    /// just now.
    Touching,
}

impl Cue {
    /// All cues with the names that rows use.
    pub const ALL: [(Cue, &'static str); 32] = [
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
        (Cue::Delegation, "delegation"),
        (Cue::Issue, "issue"),
        (Cue::Aside, "aside"),
        (Cue::By, "by"),
        (Cue::Behalf, "behalf"),
        (Cue::Touching, "touching"),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Parts of a title or body, in the order written in the row.
    Components(super::components::Components),
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
}

/// A phrase as it is spelt in a text: which entries it stands for, and which languages it speaks for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spelling {
    /// Languages that have an entry which competes.
    pub(crate) heavy: LanguageSet,
    /// Languages whose entry is a word that says little.
    pub(crate) light: LanguageSet,
    /// Languages that have an entry which does not compete.
    pub(crate) aside: LanguageSet,
    pub(super) entries: u32,
    /// Where marks matter, the spellings of a phrase in texts that have marks: first with any, then one for each way
    /// to mark it. For those, where their marks stand.
    pub(super) others: u32,
    pub(super) entry_count: u16,
    pub(super) other_count: u16,
}

impl Spelling {
    /// In a text that has marks they tell which spelling it is.
    #[inline]
    pub(crate) fn is_marked(&self) -> bool {
        self.other_count > 0
    }
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

/// How many words ask for their phrases together.
const BLOCK: usize = 32;

/// The highest bit of a symbol: a phrase opens with it.
pub(super) const OPENS: u32 = 1 << 31;

/// See the module.
pub struct Lexicon {
    pub(super) vocabulary: Vocabulary,
    pub(super) syllable_ids: Vec<SyllableId>,
    pub(super) trie: Trie,
    /// The number of patterns. A pattern's number is that of its spelling in texts without marks.
    pub(super) patterns: usize,
    pub(super) spellings: Vec<Spelling>,
    /// The marked words of spellings.
    pub(super) marks_of: Vec<WordId>,
    pub(super) entries: Vec<Entry>,
    /// Words with marks.
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

    /// The folded word that stands at `from`, where at least sixteen bytes follow: its number, its symbol, and whether
    /// it may spell a Vietnamese syllable.
    #[inline]
    pub(crate) fn word_at(&self, folded: &[u8], from: usize, len: usize) -> (WordId, u32, bool) {
        let id = self.vocabulary.find_padded(folded, from, len);
        let record = self.vocabulary.record(id);
        (id, record.symbol, record.syllable_count > 0)
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

    /// All phrases in a text, nested ones too, sorted by start, longest first.
    pub(crate) fn find(&self, tokens: &[Token], hits: &mut Vec<Hit>) {
        // Only a word that opens a phrase matters. Where the phrases of some such words stand is asked together, so
        // that they wait for memory together.
        for (block, some) in tokens.chunks(BLOCK).enumerate() {
            let mut roots = [(0, Node::default()); BLOCK];
            let mut count = 0;
            for (start, token) in some.iter().enumerate() {
                roots[count] = (block * BLOCK + start, self.trie.root(token.symbol & !OPENS));
                count += usize::from(token.symbol >= OPENS);
            }
            for (start, root) in &roots[..count] {
                let found = hits.len();
                let mut rest = tokens[*start..].iter().map(|t| t.symbol & !OPENS);
                let first = rest.next().unwrap_or_default();
                // A word of no phrase is symbol 0, which no phrase has.
                self.trie.walk(first, *root, rest, |pattern, more| {
                    hits.push(Hit { start: *start as u32, end: (start + more + 1) as u32, pattern });
                });
                if hits.len() - found > 1 {
                    hits[found..].reverse();
                }
            }
        }
    }

    /// A hit's spelling in a text without any marks.
    #[inline]
    pub(crate) fn plain(&self, hit: &Hit) -> &Spelling {
        &self.spellings[hit.pattern as usize]
    }

    /// A hit's spelling in a text with marks; `mark` gives the number of a token's marked word.
    pub(crate) fn marked(&self, hit: &Hit, mut mark: impl FnMut(usize) -> WordId) -> &Spelling {
        let plain = self.plain(hit);
        if !plain.is_marked() {
            return plain;
        }
        let others = &self.spellings[plain.others as usize..][..plain.other_count as usize];
        let found = others[1..].iter().position(|other| {
            let marks = &self.marks_of[other.others as usize..];
            (hit.start as usize..hit.end as usize).zip(marks).all(|(token, known)| mark(token) == *known)
        });
        &others[found.map_or(0, |at| at + 1)]
    }

    /// The entries of a spelling.
    #[inline]
    pub(crate) fn entries(&self, spelling: &Spelling) -> &[Entry] {
        &self.entries[spelling.entries as usize..][..spelling.entry_count as usize]
    }

    /// The number of a word of the text with its marks, 0 where no phrase has it.
    pub(crate) fn mark(&self, word: &str, id: WordId) -> WordId {
        if word.len() <= 16 && word.is_ascii() {
            return self.vocabulary.record(id).mark;
        }
        match Lowered::new(word) {
            Some(lowered) => {
                let (bytes, len) = lowered.padded();
                self.marks.find_padded(bytes, len)
            }
            None => self.mark_any(word),
        }
    }

    fn mark_any(&self, word: &str) -> WordId {
        let mut marked = String::with_capacity(word.len());
        mark_word(word, &mut marked);
        self.marks.find(marked.as_bytes())
    }

    /// Number of words and of patterns, for benchmarks and summaries.
    pub fn size(&self) -> (usize, usize) {
        (self.vocabulary.len(), self.patterns)
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
