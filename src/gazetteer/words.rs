//! Words and their numbers: one look-up per word of a text, so it is made of little.
//!
//! A word of up to sixteen bytes, which nearly all are, is two integers: hashed by one multiplication and compared
//! without a loop. No hash is trusted.

/// The number of a word. 0 is a word the table does not hold.
pub(crate) type WordId = u32;

/// The first sixteen bytes of a word, zeros behind a shorter one. No word holds a zero byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    low: u64,
    high: u64,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Words {
    /// Open addressing, half empty; 0 is an empty place.
    places: Vec<WordId>,
    keys: Vec<Key>,
    /// Words of more than sixteen bytes, sorted by number.
    long: Vec<(WordId, Box<[u8]>)>,
}

const SHORT: usize = 16;

/// By the length of a short word, the bits of its key that are its own.
const MASKS: [[u64; 2]; SHORT + 1] = {
    let mut masks = [[0; 2]; SHORT + 1];
    let mut len = 1;
    while len <= SHORT {
        masks[len] = masks[len - 1];
        masks[len][(len - 1) / 8] |= 0xff << (8 * ((len - 1) % 8));
        len += 1;
    }
    masks
};

impl Default for Words {
    fn default() -> Words {
        Words { places: vec![0; 64], keys: vec![Key { low: 0, high: 0 }], long: Vec::new() }
    }
}

impl Words {
    /// No words yet, and room for half as many as there are places.
    pub(super) fn with_places(places: usize) -> Words {
        Words { places: vec![0; places.next_power_of_two()], ..Words::default() }
    }

    /// One more than the largest number.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The number of a word.
    pub(super) fn find(&self, word: &[u8]) -> WordId {
        self.find_key(Key::of(word), word)
    }

    /// The number of the word that opens `bytes` and has zeros behind it.
    pub(super) fn find_padded(&self, bytes: &[u8; 32], len: usize) -> WordId {
        if len > SHORT {
            return self.find(&bytes[..len]);
        }
        self.find_key(Key { low: load(bytes, 0), high: load(bytes, 8) }, &[])
    }

    #[inline]
    fn find_key(&self, key: Key, word: &[u8]) -> WordId {
        let mut place = self.home(key, word);
        loop {
            let id = self.places[place & (self.places.len() - 1)];
            if id == 0 || (self.keys[id as usize] == key && self.same_tail(id, word)) {
                return id;
            }
            place += 1;
        }
    }

    /// The number of a word, a new one where it has none yet.
    pub(super) fn insert(&mut self, word: &[u8]) -> WordId {
        let key = Key::of(word);
        let found = self.find_key(key, word);
        if found != 0 {
            return found;
        }
        let id = self.keys.len() as WordId;
        self.keys.push(key);
        if word.len() > SHORT {
            self.long.push((id, word.into()));
        }
        self.put(id, self.home(key, word));
        if self.keys.len() * 2 > self.places.len() {
            self.grow();
        }
        id
    }

    /// The number of a word of another table.
    pub(super) fn find_of(&self, other: &Words, id: WordId) -> WordId {
        self.find_key(other.keys[id as usize], other.long(id).unwrap_or_default())
    }

    fn grow(&mut self) {
        self.places = vec![0; self.places.len() * 4];
        let mut long = std::mem::take(&mut self.long).into_iter().peekable();
        let mut kept = Vec::with_capacity(long.len() * 2);
        for id in 1..self.keys.len() as WordId {
            let word = long.next_if(|(of, _)| *of == id);
            let tail = word.as_ref().map_or(&[][..], |(_, word)| word);
            self.put(id, self.home(self.keys[id as usize], tail));
            kept.extend(word);
        }
        self.long = kept;
    }

    fn put(&mut self, id: WordId, home: usize) {
        let mask = self.places.len() - 1;
        let mut place = home;
        while self.places[place & mask] != 0 {
            place += 1;
        }
        self.places[place & mask] = id;
    }

    fn long(&self, id: WordId) -> Option<&[u8]> {
        if self.long.is_empty() {
            return None;
        }
        self.long.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| &*self.long[at].1)
    }

    #[inline]
    fn same_tail(&self, id: WordId, word: &[u8]) -> bool {
        // A full key may be the beginning of a longer word, on either side.
        self.keys[id as usize].high >> 56 == 0 || self.same_long(id, word)
    }

    #[cold]
    fn same_long(&self, id: WordId, word: &[u8]) -> bool {
        match self.long(id) {
            Some(long) => long == word,
            None => word.len() <= SHORT,
        }
    }

    #[inline]
    fn home(&self, key: Key, word: &[u8]) -> usize {
        (key.hash(word) >> 32) as usize & (self.places.len() - 1)
    }
}

/// Words with what is known of them, laid out for look-ups: whatever one word needs stands in one line of the cache,
/// since the words of a text are all over the vocabulary and each line is a wait.
///
/// A word stands in the line that its hash names or, where that is full, in the next with room. Its number is its
/// place.
#[derive(Debug)]
pub(super) struct Vocabulary {
    lines: Vec<Line>,
    /// The lines that hashes name; some more follow.
    home_lines: usize,
    /// Words of more than sixteen bytes.
    long: Vec<Box<[u8]>>,
    count: usize,
}

/// A line of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Line([Record; 2]);

/// One word of the vocabulary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    key: Key,
    /// Symbol in the automaton, 0 where no phrase has the word; see [`super::lexicon::OPENS`].
    pub(super) symbol: u32,
    /// The word as a marked one, where it is spelt without marks. Of a long word, its place among the long ones.
    pub(super) mark: WordId,
    /// Where its syllables start, and how many there are.
    pub(super) syllables: u32,
    pub(super) syllable_count: u16,
    pub(super) abbreviation: bool,
    /// The key is but the beginning of the word.
    long: bool,
}

impl Record {
    const NONE: Record = Record {
        key: Key { low: 0, high: 0 },
        symbol: 0,
        mark: 0,
        syllables: 0,
        syllable_count: 0,
        abbreviation: false,
        long: false,
    };
}

impl Vocabulary {
    /// Lays out words; `fill` completes the record of each, which it gets with the word's number in `words`.
    pub(super) fn new(words: Words, mut fill: impl FnMut(WordId, &mut Record)) -> Vocabulary {
        let count = words.len() - 1;
        // Two fifths full: nearly all words stand in their line, and what is no word is known there.
        let home_lines = count * 5 / 4 + 1;
        // Line 0 is nobody's, so that no word is number 0.
        let mut lines = vec![Line([Record::NONE; 2]); home_lines + 8];
        let mut long: Vec<Box<[u8]>> = Vec::with_capacity(words.long.len());
        let mut tails = words.long.into_iter().peekable();
        for (id, key) in (0..).zip(words.keys).skip(1) {
            let tail = tails.next_if(|(of, _)| *of == id).map(|(_, word)| word);
            let mut line = home(key.hash(tail.as_deref().unwrap_or_default()), home_lines);
            while lines[line].0[1].is_word() {
                line += 1;
                if line + 1 == lines.len() {
                    lines.push(Line([Record::NONE; 2]));
                }
            }
            let half = usize::from(lines[line].0[0].is_word());
            let record = &mut lines[line].0[half];
            *record = Record { key, long: tail.is_some(), ..Record::NONE };
            fill(id, record);
            if let Some(word) = tail {
                record.mark = long.len() as WordId;
                long.push(word);
            }
        }
        Vocabulary { lines, home_lines, long, count }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    #[inline]
    pub(super) fn record(&self, id: WordId) -> &Record {
        &self.lines[id as usize / 2].0[id as usize % 2]
    }

    /// The number of the word that stands at `from` and has `len` bytes; at least sixteen bytes follow `from`.
    #[inline]
    pub(super) fn find_padded(&self, bytes: &[u8], from: usize, len: usize) -> WordId {
        if len > SHORT {
            return self.find(&bytes[from..from + len]);
        }
        let word: &[u8; SHORT] = bytes[from..].first_chunk().expect("room follows");
        let [low, high] = MASKS[len];
        let key = Key { low: load(word, 0) & low, high: load(word, 8) & high };
        let line = home(key.hash(&[]), self.home_lines);
        // No branch depends on what stands there, so that look-ups of several words wait for memory together.
        let Line([first, second]) = &self.lines[line];
        let found = (usize::from(first.is(key)) * 2 * line) | (usize::from(second.is(key)) * (2 * line + 1));
        if (found == 0) & second.is_word() {
            return self.find_from(line + 1, |record| record.is(key));
        }
        found as WordId
    }

    /// The number of a word.
    pub(super) fn find(&self, word: &[u8]) -> WordId {
        let key = Key::of(word);
        let line = home(key.hash(word), self.home_lines);
        if word.len() <= SHORT {
            return self.find_from(line, |record| record.is(key));
        }
        // Several long words may begin alike.
        self.find_from(line, |record| record.key == key && record.long && *self.long[record.mark as usize] == *word)
    }

    fn find_from(&self, mut line: usize, is: impl Fn(&Record) -> bool) -> WordId {
        loop {
            let records = &self.lines[line].0;
            if let Some(half) = records.iter().position(&is) {
                return (2 * line + half) as WordId;
            }
            if !records[1].is_word() {
                return 0;
            }
            line += 1;
        }
    }
}

impl Record {
    #[inline]
    fn is_word(&self) -> bool {
        self.key.low != 0
    }

    /// Whether it is the short word of this key.
    #[inline]
    fn is(&self, key: Key) -> bool {
        (self.key.low == key.low) & (self.key.high == key.high) & !self.long
    }
}

/// The line that a hash names.
#[inline]
fn home(hash: u64, lines: usize) -> usize {
    1 + (((hash >> 32) * lines as u64) >> 32) as usize
}

impl Key {
    fn of(word: &[u8]) -> Key {
        let mut bytes = [0; SHORT];
        let len = word.len().min(SHORT);
        bytes[..len].copy_from_slice(&word[..len]);
        Key { low: load(&bytes, 0), high: load(&bytes, 8) }
    }

    /// A hash of the key, and of what a long word has beyond it.
    #[inline]
    fn hash(self, word: &[u8]) -> u64 {
        let product = |a: u64, b: u64| {
            let wide = a as u128 * b as u128;
            wide as u64 ^ (wide >> 64) as u64
        };
        let mut hash = product(self.low ^ 0x9e37_79b9_7f4a_7c15, self.high ^ 0xd6e8_feb8_6659_fd93);
        if word.len() > SHORT {
            for chunk in word[SHORT..].chunks(8) {
                let chunk = match chunk.first_chunk() {
                    Some(chunk) => u64::from_le_bytes(*chunk),
                    None => chunk.iter().fold(0, |sum, byte| sum << 8 | *byte as u64),
                };
                hash = product(hash ^ chunk, 0xa076_1d64_78bd_642f);
            }
        }
        hash ^ hash << 32
    }
}

#[inline]
fn load(bytes: &[u8], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_every_length_are_told_apart() {
        let mut words = Words::default();
        let long = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
        let all: Vec<&[u8]> =
            (1..long.len()).flat_map(|to| [&long[..to], &long[1..to + 1]]).map(str::as_bytes).collect();
        let numbers: Vec<WordId> = all.iter().map(|word| words.insert(word)).collect();
        for (word, number) in all.iter().zip(&numbers) {
            assert_eq!(words.find(word), *number);
            assert_eq!(words.insert(word), *number);
        }
        assert_eq!(words.find(b"zyx"), 0);
        let vocabulary = Vocabulary::new(words, |id, record| record.symbol = id);
        let mut padded = long.as_bytes().to_vec();
        padded.extend(*b"padding of sixteen");
        for (word, number) in all.iter().zip(&numbers) {
            assert_eq!(vocabulary.record(vocabulary.find(word)).symbol, *number);
        }
        for to in 1..long.len() {
            for from in 0..3 {
                let word = &padded[from..from + to];
                assert_eq!(vocabulary.find_padded(&padded, from, to), vocabulary.find(word));
                assert_eq!(vocabulary.find(word) != 0, all.contains(&word));
            }
        }
    }

    #[test]
    fn many_words_keep_their_numbers_while_the_table_grows() {
        let mut words = Words::default();
        let all: Vec<String> = (0..5_000).map(|n| format!("word-{}-{n}", "x".repeat(n % 20))).collect();
        let numbers: Vec<WordId> = all.iter().map(|word| words.insert(word.as_bytes())).collect();
        assert!(all.iter().zip(numbers).all(|(word, number)| words.find(word.as_bytes()) == number));
    }
}
