//! Folding: a letter as matching sees it, without case and diacritics.
//!
//! Latin letters lose their marks (`Đắk` and `Dak` fold alike); Cyrillic letters keep theirs, since й and ї are
//! letters of their own there (ё alone is е). The table is generated from Unicode data on first use.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a character is for cutting text into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Part of a word.
    Letter,
    /// A letter of a script without spaces between words: a word of its own.
    Ideograph,
    /// Part of a number.
    Digit,
    /// Between words, without meaning.
    Space,
    /// End of a line.
    Newline,
    /// A combining mark or format character: part of nothing.
    Ignored,
    /// Everything else.
    Punctuation,
}

/// Eight bytes, so that the table stays small and one load reads an entry.
#[derive(Clone, Copy)]
pub(crate) struct Folded {
    pub(crate) class: Class,
    /// The number of bytes, and whether the letter is a capital in the highest bit.
    len: u8,
    bytes: [u8; 6],
}

const UPPER: u8 = 0x80;

impl Folded {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len()]
    }

    /// How many of the padded bytes count.
    pub(crate) fn len(&self) -> usize {
        (self.len & !UPPER) as usize
    }

    /// All bytes, those that count first: for copies of one width.
    pub(crate) fn padded(&self) -> &[u8; 6] {
        &self.bytes
    }

    pub(crate) fn upper(&self) -> bool {
        self.len & UPPER != 0
    }
}

/// Up to here letters of Europe and Vietnam, and the dashes and quotation marks that all of them use.
const TABLE_END: u32 = 0x2070;

static TABLE: LazyLock<Vec<Folded>> =
    LazyLock::new(|| (0..TABLE_END).map(|c| char::from_u32(c).map_or(IGNORED, compute)).collect());

const IGNORED: Folded = Folded { class: Class::Ignored, len: 0, bytes: [0; 6] };

/// The table itself, so that hot loops ask for it once.
pub(crate) fn table() -> &'static [Folded] {
    &TABLE
}

/// Folds one character.
pub(crate) fn fold_char(table: &[Folded], c: char) -> Folded {
    match table.get(c as usize) {
        Some(folded) => *folded,
        None => compute(c),
    }
}

/// Folds a whole text: for names, table rows and look-ups, not for the hot loop.
///
/// ```
/// assert_eq!(chutoa::text::fold("Đắk Lắk"), "dak lak");
/// ```
pub fn fold(text: &str) -> String {
    let table = table();
    let mut out = String::with_capacity(text.len());
    // Letters of Europe and Vietnam that are composed already need no composing.
    let simple = |c: char| {
        c.is_ascii()
            || matches!(c, '\u{80}'..'\u{1000}' | '\u{1e00}'..'\u{1f00}')
                && fold_char(table, c).class == Class::Letter
    };
    if text.chars().all(simple) {
        for c in text.chars() {
            let folded = fold_char(table, c);
            match folded.class {
                Class::Letter => out.push_str(std::str::from_utf8(folded.bytes()).unwrap_or_default()),
                _ => out.push(c),
            }
        }
        return out;
    }
    for c in text.nfc() {
        let folded = fold_char(table, c);
        match folded.class {
            Class::Letter | Class::Ideograph => {
                out.push_str(std::str::from_utf8(folded.bytes()).unwrap_or_default());
            }
            Class::Ignored => {}
            _ => out.push(c),
        }
    }
    out
}

fn compute(c: char) -> Folded {
    let class = classify(c);
    let upper = if c.is_uppercase() { UPPER } else { 0 };
    let mut folded = Folded { class, len: 0, bytes: [0; 6] };
    if !matches!(class, Class::Letter | Class::Ideograph) {
        return Folded { len: upper, ..folded };
    }
    for l in c.to_lowercase() {
        match l {
            'đ' | 'ð' => push(&mut folded, 'd'),
            'ł' => push(&mut folded, 'l'),
            'ø' => push(&mut folded, 'o'),
            'ı' => push(&mut folded, 'i'),
            'ё' => push(&mut folded, 'е'),
            'ß' => {
                push(&mut folded, 's');
                push(&mut folded, 's');
            }
            'œ' => {
                push(&mut folded, 'o');
                push(&mut folded, 'e');
            }
            'æ' => {
                push(&mut folded, 'a');
                push(&mut folded, 'e');
            }
            'Ѐ'..='ԯ' => push(&mut folded, l),
            other => std::iter::once(other).nfd().filter(|c| !is_combining_mark(*c)).for_each(|c| push(&mut folded, c)),
        }
    }
    folded.len |= upper;
    folded
}

fn push(folded: &mut Folded, c: char) {
    let mut buffer = [0; 4];
    let encoded = c.encode_utf8(&mut buffer).as_bytes();
    let at = folded.len as usize;
    if at + encoded.len() <= folded.bytes.len() {
        folded.bytes[at..at + encoded.len()].copy_from_slice(encoded);
        folded.len += encoded.len() as u8;
    }
}

fn classify(c: char) -> Class {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '|' => Class::Newline,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' => {
            Class::Ignored
        }
        c if is_combining_mark(c) => Class::Ignored,
        c if c.is_whitespace() => Class::Space,
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
            if c.is_alphabetic() {
                Class::Ideograph
            } else {
                Class::Punctuation
            }
        }
        'º' | 'ª' => Class::Letter,
        c if c.is_alphabetic() => Class::Letter,
        c if c.is_ascii_digit() => Class::Digit,
        c if c.is_numeric() => Class::Punctuation,
        c if c.is_control() => Class::Space,
        _ => Class::Punctuation,
    }
}
