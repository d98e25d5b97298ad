//! A text is what matching sees of a report: words with their numbers, and the way back to the original bytes.
//!
//! In goes the body of a document, out come tokens that point into it. Making a text never fails: what is not a
//! word, number or mark of punctuation is a gap.

mod collapse;
mod fold;
mod joined;
mod mark;
mod sentence;
mod wrapped;

pub(crate) use collapse::collapse;
pub use fold::fold;
pub(crate) use mark::{Lowered, mark_word, marked};
pub(crate) use sentence::{Sentence, sentences};

use std::cell::RefCell;

use fold::{Class, Folded, fold_char, table};
use unicode_normalization::UnicodeNormalization;

use crate::gazetteer::{Lexicon, WordId};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// One mark of punctuation.
    Punctuation,
    /// End of a line; several in a row are one.
    Newline,
}

/// One word, number or mark, as bytes of the original.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: WordId,
    /// What phrases have for the word; see [`Lexicon::find`].
    pub(crate) symbol: u32,
    fold_start: u32,
    fold_len: u16,
    pub(crate) kind: TokenKind,
    /// The first letter is a capital.
    pub(crate) capital: bool,
    /// It may spell a Vietnamese syllable.
    pub(crate) syllable: bool,
}

impl Token {
    /// The folded spelling.
    pub(crate) fn folded<'a>(&self, folded: &'a [u8]) -> &'a str {
        let word = &folded[self.fold_start as usize..self.fold_start as usize + self.fold_len as usize];
        std::str::from_utf8(word).unwrap_or_default()
    }

    /// How many bytes the folded spelling has.
    pub(crate) fn folded_len(&self) -> usize {
        self.fold_len as usize
    }
}

/// A text cut into tokens.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    pub(crate) tokens: Vec<Token>,
    /// The marks of punctuation and ends of lines among the tokens.
    pub(crate) stops: Vec<u32>,
    /// The folded words, one behind the other, in UTF-8.
    pub(crate) folded: Vec<u8>,
}

thread_local! {
    /// What earlier texts of this thread were cut into: the next one needs no room of its own.
    static SPARE: RefCell<Vec<Cut>> = const { RefCell::new(Vec::new()) };
}

/// A longer text's room is not kept.
const KEPT: usize = 1 << 16;

impl Cut {
    /// Leaves the room to the next text.
    pub(crate) fn recycle(&mut self) {
        let mut cut = std::mem::take(self);
        if cut.tokens.capacity() <= KEPT && cut.folded.capacity() <= 8 * KEPT {
            cut.tokens.clear();
            cut.stops.clear();
            SPARE.with_borrow_mut(|spare| spare.push(cut));
        }
    }
}

/// Cuts a text into tokens and folds its words; with a lexicon, also numbers them.
///
/// An apostrophe between Cyrillic letters is part of the word (`В'єтнам`); between Latin letters, and a hyphen or
/// slash anywhere inside, it only separates words. Addresses (`https://…`) are gaps.
pub(crate) fn cut(text: &str, lexicon: Option<&Lexicon>) -> Cut {
    let table = table();
    let bytes = text.as_bytes();
    let Cut { mut tokens, mut stops, folded } = SPARE.with_borrow_mut(Vec::pop).unwrap_or_default();
    tokens.reserve(text.len() / 5 + 4);
    let mut out = Folding::new(text.len(), folded);
    let mut at = 0;
    while at < bytes.len() {
        // Between most words, and nothing else, stands one.
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let (entry, len) = look(table, text, at);
        match entry.class() {
            Class::Letter => {
                let start = at;
                let fold_start = out.len;
                let mut combining;
                (at, combining) = word(table, text, at, &mut out);
                if out.capital_inside
                    && let Some(seam) = joined::seam(&text[start..at])
                {
                    out.len = fold_start;
                    (at, combining) = word(table, &text[..start + seam], start, &mut out);
                }
                if combining {
                    refold(&text[start..at], &mut out, fold_start);
                }
                if bytes.get(at) == Some(&b':') && is_address(out.from(fold_start), &bytes[at..]) {
                    while at < bytes.len() && !bytes[at].is_ascii_whitespace() {
                        at += 1;
                    }
                    while !text.is_char_boundary(at) {
                        at += 1;
                    }
                    out.len = fold_start;
                    stops.push(tokens.len() as u32);
                    push(&mut tokens, TokenKind::Punctuation, start, at, fold_start, 0, false);
                    continue;
                }
                let len = out.clip(fold_start);
                push(&mut tokens, TokenKind::Word, start, at, fold_start, len, entry.upper());
            }
            Class::Space | Class::Ignored => at += len,
            Class::Punctuation => {
                if !separates_only(text, at, len, table) {
                    let fold_start = out.len;
                    if is_hyphen(&text[at..at + len]) {
                        out.push(b'-');
                    } else {
                        bytes[at..at + len].iter().for_each(|byte| out.push(*byte));
                    }
                    let width = out.len - fold_start;
                    stops.push(tokens.len() as u32);
                    push(&mut tokens, TokenKind::Punctuation, at, at + len, fold_start, width, false);
                }
                at += len;
            }
            Class::Newline => {
                if tokens.last().is_some_and(|t| t.kind != TokenKind::Newline) {
                    stops.push(tokens.len() as u32);
                    push(&mut tokens, TokenKind::Newline, at, at + len, out.len, 0, false);
                }
                at += len;
            }
            Class::Digit => {
                let start = at;
                let fold_start = out.len;
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    out.push(bytes[at]);
                    at += 1;
                }
                let len = out.clip(fold_start);
                push(&mut tokens, TokenKind::Number, start, at, fold_start, len, false);
            }
            Class::Ideograph => {
                let fold_start = out.len;
                out.add(entry);
                let width = out.len - fold_start;
                push(&mut tokens, TokenKind::Word, at, at + len, fold_start, width, true);
                at += len;
            }
        }
    }
    if let Some(lexicon) = lexicon {
        // Apart from the cutting, so that many words are looked up at a time.
        for token in &mut tokens {
            if token.fold_len > 0 {
                let word = lexicon.word_at(&out.bytes, token.fold_start as usize, token.fold_len as usize);
                (token.word, token.symbol, token.syllable) = word;
            }
        }
    }
    Cut { tokens, stops, folded: out.into_bytes() }
}

/// Folds the word that opens at a byte; returns its end and whether it holds marks or format characters.
#[inline]
fn word(table: &[Folded], text: &str, mut at: usize, out: &mut Folding) -> (usize, bool) {
    let bytes = text.as_bytes();
    let start = at;
    let mut combining = false;
    out.capital_inside = false;
    loop {
        at = out.letters(table, text, start, at);
        if bytes.get(at).is_none_or(|byte| *byte == b' ') {
            break;
        }
        let (next, len) = look(table, text, at);
        match next.class() {
            Class::Letter => out.add(next),
            Class::Ignored => combining |= len > 1,
            Class::Punctuation if joins_letters(text, at, len, table) => out.push(b'\''),
            _ => break,
        }
        at += len;
    }
    (at, combining)
}

/// The folded text while it grows. Room follows it, so that words are written and read eight bytes at a time.
struct Folding {
    bytes: Vec<u8>,
    len: usize,
    /// The last word has an ASCII capital that is not its first letter.
    capital_inside: bool,
}

/// How many bytes follow at least: a word number reads sixteen.
const PADDING: usize = 16;

impl Folding {
    fn new(len: usize, mut bytes: Vec<u8>) -> Folding {
        // A quarter more, since a few letters grow.
        bytes.resize(len + len / 4 + 2 * PADDING, 0);
        Folding { bytes, len: 0, capital_inside: false }
    }

    fn from(&self, start: usize) -> &[u8] {
        &self.bytes[start..self.len]
    }

    #[cold]
    fn grow(&mut self) {
        self.bytes.resize(self.bytes.len() * 2, 0);
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        self.put([byte, 0, 0, 0, 0, 0, 0, 0], 1);
    }

    #[inline]
    fn add(&mut self, entry: Folded) {
        self.put(entry.padded(), entry.len());
    }

    /// Writes eight bytes of which the first `count` stay.
    #[inline]
    fn put(&mut self, bytes: [u8; 8], count: usize) {
        if self.len + PADDING > self.bytes.len() {
            self.grow();
        }
        if let Some(room) = self.bytes[self.len..].first_chunk_mut() {
            *room = bytes;
        }
        self.len += count;
    }

    /// Adds the letters that stand at `at` in the word from `start`; returns where something else does.
    #[inline]
    fn letters(&mut self, table: &[Folded], text: &str, start: usize, mut at: usize) -> usize {
        let bytes = text.as_bytes();
        loop {
            // Letters outside ASCII one by one.
            while at < bytes.len() && bytes[at] >= 0x80 {
                let (entry, len) = look(table, text, at);
                if !entry.is_letter() {
                    return at;
                }
                self.add(entry);
                at += len;
            }
            let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk()) else { break };
            let block = u64::from_le_bytes(*chunk);
            let (lower, count) = ascii_letters(block);
            self.put(lower.to_le_bytes(), count);
            // Bits of capitals, the word's first letter and what follows the letters shifted out.
            let first = if at == start { 8 } else { 0 };
            let capitals = ((lower ^ block) >> first).checked_shl(8 * (8 - count) as u32 + first);
            self.capital_inside |= capitals.is_some_and(|capitals| capitals != 0);
            at += count;
            if count < 8 && bytes[at] < 0x80 {
                return at;
            }
        }
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            self.push(bytes[at].to_ascii_lowercase());
            self.capital_inside |= at > start && bytes[at].is_ascii_uppercase();
            at += 1;
        }
        at
    }

    /// The length of the last word's folding, cut at a letter where it is longer than any word is.
    fn clip(&mut self, from: usize) -> usize {
        if self.len - from > u16::MAX as usize {
            self.len = from + u16::MAX as usize;
            while self.bytes[self.len] & 0xc0 == 0x80 {
                self.len -= 1;
            }
        }
        self.len - from
    }

    fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.len);
        self.bytes
    }
}

/// Eight bytes with their ASCII letters in lower case, and how many letters stand before anything else.
#[inline]
fn ascii_letters(block: u64) -> (u64, usize) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let lower = (block | (0x20 * ONES)) & (0x7f * ONES);
    let from_a = lower + (0x80 - b'a' as u64) * ONES;
    let past_z = lower + (0x7f - b'z' as u64) * ONES;
    let letters = from_a & !past_z & !block & (0x80 * ONES);
    (block | letters >> 2, ((!letters & (0x80 * ONES)).trailing_zeros() / 8) as usize)
}

#[inline]
fn push(
    tokens: &mut Vec<Token>,
    kind: TokenKind,
    start: usize,
    end: usize,
    fold_start: usize,
    fold_len: usize,
    capital: bool,
) {
    tokens.push(Token {
        start: start as u32,
        end: end as u32,
        word: 0,
        symbol: 0,
        fold_start: fold_start as u32,
        fold_len: fold_len as u16,
        kind,
        capital,
        syllable: false,
    });
}

#[inline(always)]
fn look(table: &[Folded], text: &str, at: usize) -> (Folded, usize) {
    let bytes = text.as_bytes();
    let byte = bytes[at];
    if byte < 0x80 {
        return (table[byte as usize], 1);
    }
    let continued = |next: usize| (bytes[at + next] & 0x3f) as usize;
    if byte < 0xe0 {
        return (table[((byte & 0x1f) as usize) << 6 | continued(1)], 2);
    }
    if byte < 0xf0
        && let Some(folded) = table.get(((byte & 0xf) as usize) << 12 | continued(1) << 6 | continued(2))
    {
        return (*folded, 3);
    }
    look_far(table, text, at)
}

#[cold]
fn look_far(table: &[Folded], text: &str, at: usize) -> (Folded, usize) {
    let c = text[at..].chars().next().unwrap_or('\u{fffd}');
    (fold_char(table, c), c.len_utf8())
}

/// Decomposed letters are composed first, since й is no и.
#[cold]
fn refold(original: &str, out: &mut Folding, from: usize) {
    let table = table();
    out.len = from;
    for c in original.nfc() {
        let entry = fold_char(table, c);
        if entry.class() == Class::Punctuation {
            out.push(b'\'');
        }
        out.add(entry);
    }
}

fn is_address(word: &[u8], rest: &[u8]) -> bool {
    matches!(word, b"http" | b"https") && rest.starts_with(b"://")
}

fn is_apostrophe(text: &str, at: usize, len: usize) -> bool {
    matches!(&text[at..at + len], "'" | "’" | "ʼ" | "`" | "‘" | "´")
}

/// An apostrophe inside a word of a script in which it is a letter.
fn joins_letters(text: &str, at: usize, len: usize, table: &[Folded]) -> bool {
    is_apostrophe(text, at, len)
        && text[at + len..]
            .chars()
            .find(|c| fold_char(table, *c).class() != Class::Ignored)
            .is_some_and(|c| matches!(c, '\u{400}'..='\u{52f}') && fold_char(table, c).class() == Class::Letter)
}

/// Hyphens and apostrophes between letters, and slashes, part words without saying anything.
#[inline]
fn separates_only(text: &str, at: usize, len: usize, table: &[Folded]) -> bool {
    // Most marks are full stops and commas.
    match text.as_bytes()[at] {
        b'/' => true,
        b'-' | b'\'' | b'`' | 0x80.. => joins_words(text, at, len, table),
        _ => false,
    }
}

/// What is written for a hyphen: `Lao động – Thương binh` is `Lao động - Thương binh`.
fn is_hyphen(mark: &str) -> bool {
    matches!(mark, "-" | "‐" | "‑" | "–")
}

fn joins_words(text: &str, at: usize, len: usize, table: &[Folded]) -> bool {
    let mark = &text[at..at + len];
    // Marks of decomposed letters and format characters stand for nothing.
    let class = |c: char| Some(fold_char(table, c).class()).filter(|class| *class != Class::Ignored);
    let before = text[..at].chars().rev().find_map(class).unwrap_or(Class::Space);
    let after = text[at + len..].chars().find_map(class).unwrap_or(Class::Space);
    let letter = |class| matches!(class, Class::Letter | Class::Ideograph);
    if is_apostrophe(text, at, len) {
        return letter(before) && letter(after);
    }
    is_hyphen(mark) && (letter(before) || before == Class::Digit) && (letter(after) || after == Class::Digit)
}
