//! A language: an opaque number with its settings. What it is called decides nothing; its rows do.

/// A language by its place among the gazetteer's languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageId(pub(crate) u8);

/// A set of languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LanguageSet(u64);

impl LanguageSet {
    /// How many languages there may be at most.
    pub const MOST: usize = u64::BITS as usize;
    /// Every language.
    pub const ALL: LanguageSet = LanguageSet(u64::MAX);

    /// One language alone.
    pub fn one(language: LanguageId) -> LanguageSet {
        LanguageSet(1 << language.0)
    }
    /// Whether the language is in the set.
    pub fn has(self, language: LanguageId) -> bool {
        self.0 & (1 << language.0) != 0
    }
    /// Both sets.
    pub fn union(self, other: LanguageSet) -> LanguageSet {
        LanguageSet(self.0 | other.0)
    }
    /// Those that the other set lacks.
    pub fn without(self, other: LanguageSet) -> LanguageSet {
        LanguageSet(self.0 & !other.0)
    }
    /// Those that both sets have.
    pub fn both(self, other: LanguageSet) -> LanguageSet {
        LanguageSet(self.0 & other.0)
    }
    /// The languages of the set.
    pub(crate) fn iter(self) -> impl Iterator<Item = LanguageId> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            (next < u64::BITS).then_some(LanguageId(next as u8))
        })
    }
}

/// Settings of a language.
#[derive(Clone, Debug)]
pub struct Language {
    /// The folder's name, a code such as those of BCP 47.
    pub code: String,
    /// What its speakers call it.
    pub name: String,
    /// Letters outside the Latin script: names are brought back by transliteration.
    pub transliterated: bool,
    /// Marks tell words apart, so that a form matches only where the text has the same.
    pub marks_significant: bool,
    /// The fewest letters that an ending leaves of a word.
    pub stem: usize,
    /// Endings of words, longest first.
    pub(crate) endings: Vec<String>,
    /// Endings that are glued to foreign names, longest first.
    pub(crate) name_endings: Vec<NameEnding>,
    /// Letters that make a numeral before them an ordinal: `e` in `XIVe`.
    pub(crate) ordinal_suffixes: Vec<String>,
}

/// An ending that a language glues to foreign names.
#[derive(Clone, Debug)]
pub(crate) struct NameEnding {
    pub(crate) ending: String,
    /// What stood in its place in the nominative; empty for nothing.
    pub(crate) restores: Vec<String>,
}
