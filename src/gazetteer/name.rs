//! Names of people as the tables of syllables know them: how common one is, and how most write it.

use super::Gazetteer;

impl Gazetteer {
    /// How many of a million people bear a name, written as an identifier writes it, if its words go together by chance.
    pub fn bearers(&self, name: &str) -> f32 {
        // The table is sorted, as `check` demands; an unsorted one of a user's makes rare names of common ones at worst.
        let total: u32 = self.syllables.iter().map(|s| s.name_count).sum();
        let mut words = name.split('-').map(|word| {
            self.syllables.binary_search_by(|s| s.spelling.as_str().cmp(word)).ok().map(|at| &self.syllables[at])
        });
        let family = words.next().flatten().map_or(0.0, |s| s.surname_share / 100.0);
        let rest: f32 = words.map(|s| s.map_or(0.0, |s| s.name_count as f32 / total.max(1) as f32)).product();
        1e6 * family * rest
    }

    /// A syllable without marks as most write it: two spellings of one word become the same.
    pub fn standard_spelling<'a>(&'a self, syllable: &'a str) -> &'a str {
        self.spellings.get(syllable).map_or(syllable, String::as_str)
    }
}
