//! A text is what matching sees of a report: words with their numbers, and the way back to the original bytes.
//!
//! In goes the body of a document, out come tokens that point into it. Making a text never fails: what is not a
//! word, number or mark of punctuation is a gap.

mod fold;
mod sentence;

pub use fold::fold;
pub(crate) use sentence::{Sentence, sentences};

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
    fold_start: u32,
    fold_len: u16,
    pub(crate) kind: TokenKind,
    /// The first letter is a capital.
    pub(crate) capital: bool,
}

impl Token {
    /// The folded spelling.
    pub(crate) fn folded<'a>(&self, folded: &'a str) -> &'a str {
        &folded[self.fold_start as usize..self.fold_start as usize + self.fold_len as usize]
    }
}

/// A text cut into tokens.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    pub(crate) tokens: Vec<Token>,
    pub(crate) folded: String,
}

/// Cuts a text into tokens and folds its words; with a lexicon, also numbers them.
///
/// An apostrophe between Cyrillic letters is part of the word (`В'єтнам`); between Latin letters, and a hyphen or
/// slash anywhere inside, it only separates words. Addresses (`https://…`) are gaps.
pub(crate) fn cut(text: &str, lexicon: Option<&Lexicon>) -> Cut {
    let table = table();
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5 + 4);
    let mut folded: Vec<u8> = Vec::with_capacity(text.len() + 8);
    let mut at = 0;
    while at < bytes.len() {
        let (entry, len) = look(table, text, at);
        match entry.class {
            Class::Letter => {
                let start = at;
                let fold_start = folded.len();
                let mut combining = false;
                folded.extend_from_slice(entry.bytes());
                at += len;
                while at < bytes.len() {
                    let (next, len) = look(table, text, at);
                    match next.class {
                        Class::Letter => folded.extend_from_slice(next.bytes()),
                        Class::Ignored => combining |= len > 1,
                        Class::Punctuation if joins_letters(text, at, len, table) => folded.push(b'\''),
                        _ => break,
                    }
                    at += len;
                }
                if combining {
                    refold(&text[start..at], &mut folded, fold_start);
                }
                if is_address(&folded[fold_start..], &bytes[at..]) {
                    while at < bytes.len() && !bytes[at].is_ascii_whitespace() {
                        at += 1;
                    }
                    while !text.is_char_boundary(at) {
                        at += 1;
                    }
                    folded.truncate(fold_start);
                    push(&mut tokens, TokenKind::Punctuation, start, at, fold_start, 0, false, 0);
                    continue;
                }
                let word = lexicon.map_or(0, |lexicon| lexicon.word_id(&folded[fold_start..]));
                let len = clip(&mut folded, fold_start);
                push(&mut tokens, TokenKind::Word, start, at, fold_start, len, entry.upper, word);
            }
            Class::Ideograph => {
                let fold_start = folded.len();
                folded.extend_from_slice(entry.bytes());
                let word = lexicon.map_or(0, |lexicon| lexicon.word_id(&folded[fold_start..]));
                let width = folded.len() - fold_start;
                push(&mut tokens, TokenKind::Word, at, at + len, fold_start, width, true, word);
                at += len;
            }
            Class::Digit => {
                let start = at;
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    at += 1;
                }
                let fold_start = folded.len();
                folded.extend_from_slice(&bytes[start..at]);
                let word = lexicon.map_or(0, |lexicon| lexicon.word_id(&folded[fold_start..]));
                let len = clip(&mut folded, fold_start);
                push(&mut tokens, TokenKind::Number, start, at, fold_start, len, false, word);
            }
            Class::Newline => {
                if tokens.last().is_some_and(|t| t.kind != TokenKind::Newline) {
                    push(&mut tokens, TokenKind::Newline, at, at + len, folded.len(), 0, false, 0);
                }
                at += len;
            }
            Class::Space | Class::Ignored => at += len,
            Class::Punctuation => {
                if !separates_only(text, at, len, table) {
                    let fold_start = folded.len();
                    folded.extend_from_slice(&bytes[at..at + len]);
                    let word = lexicon.map_or(0, |lexicon| lexicon.word_id(&folded[fold_start..]));
                    push(&mut tokens, TokenKind::Punctuation, at, at + len, fold_start, len, false, word);
                }
                at += len;
            }
        }
    }
    let folded = String::from_utf8(folded).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    Cut { tokens, folded }
}

#[allow(clippy::too_many_arguments)]
fn push(
    tokens: &mut Vec<Token>,
    kind: TokenKind,
    start: usize,
    end: usize,
    fold_start: usize,
    fold_len: usize,
    capital: bool,
    word: WordId,
) {
    tokens.push(Token {
        start: start as u32,
        end: end as u32,
        word,
        fold_start: fold_start as u32,
        fold_len: fold_len as u16,
        kind,
        capital,
    });
}

/// The length of the last word's folding, cut at a letter where it is longer than any word is.
fn clip(folded: &mut Vec<u8>, from: usize) -> usize {
    let mut len = folded.len() - from;
    if len > u16::MAX as usize {
        len = u16::MAX as usize;
        while folded[from + len] & 0xc0 == 0x80 {
            len -= 1;
        }
        folded.truncate(from + len);
    }
    len
}

#[inline]
fn look(table: &[Folded], text: &str, at: usize) -> (Folded, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        return (table[byte as usize], 1);
    }
    let c = text[at..].chars().next().unwrap_or('\u{fffd}');
    (fold_char(table, c), c.len_utf8())
}

/// Decomposed letters are composed first, since й is no и.
fn refold(original: &str, folded: &mut Vec<u8>, from: usize) {
    let table = table();
    folded.truncate(from);
    for c in original.nfc() {
        let entry = fold_char(table, c);
        if entry.class == Class::Punctuation {
            folded.push(b'\'');
        }
        folded.extend_from_slice(entry.bytes());
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
            .find(|c| fold_char(table, *c).class != Class::Ignored)
            .is_some_and(|c| matches!(c, '\u{400}'..='\u{52f}') && fold_char(table, c).class == Class::Letter)
}

/// Hyphens and apostrophes between letters, and slashes, part words without saying anything.
fn separates_only(text: &str, at: usize, len: usize, table: &[Folded]) -> bool {
    let mark = &text[at..at + len];
    if mark == "/" {
        return true;
    }
    // Marks of decomposed letters and format characters stand for nothing.
    let class = |c: char| Some(fold_char(table, c).class).filter(|class| *class != Class::Ignored);
    let before = text[..at].chars().rev().find_map(class).unwrap_or(Class::Space);
    let after = text[at + len..].chars().find_map(class).unwrap_or(Class::Space);
    let letter = |class| matches!(class, Class::Letter | Class::Ideograph);
    if is_apostrophe(text, at, len) {
        return letter(before) && letter(after);
    }
    matches!(mark, "-" | "‐" | "‑" | "–")
        && (letter(before) || before == Class::Digit)
        && (letter(after) || after == Class::Digit)
}

/// A word with its marks as they tell Vietnamese words apart: lower case, composed, tone mark on the older place.
pub(crate) fn mark_word(word: &str, out: &mut String) {
    const PLACES: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    let from = out.len();
    out.extend(word.nfc().flat_map(char::to_lowercase));
    if out[from..].is_ascii() {
        return;
    }
    for (newer, older) in PLACES {
        if out[from..].contains(newer) {
            let fixed = out[from..].replace(newer, older);
            out.truncate(from);
            out.push_str(&fixed);
        }
    }
}
