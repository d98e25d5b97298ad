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

/// What folding makes of a character, in one integer: six bytes of text, their number, the class.
#[derive(Clone, Copy)]
pub(crate) struct Folded(u64);

const LEN: u32 = 48;
const UPPER: u64 = 1 << 55;
const CLASS: u32 = 56;

const CLASSES: [Class; 8] = [
    Class::Letter,
    Class::Ideograph,
    Class::Digit,
    Class::Space,
    Class::Newline,
    Class::Ignored,
    Class::Punctuation,
    Class::Punctuation,
];

impl Folded {
    fn new(class: Class, upper: bool) -> Folded {
        Folded((class as u64) << CLASS | if upper { UPPER } else { 0 })
    }

    #[inline]
    pub(crate) fn class(self) -> Class {
        CLASSES[(self.0 >> CLASS) as usize & 7]
    }

    #[inline]
    pub(crate) fn is_letter(self) -> bool {
        // Their class is the first.
        self.0 < 1 << CLASS
    }

    /// How many bytes of text it is.
    #[inline]
    pub(crate) fn len(self) -> usize {
        (self.0 >> LEN) as usize & 7
    }

    /// Eight bytes, of which the first are the text.
    #[inline]
    pub(crate) fn padded(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }

    #[inline]
    pub(crate) fn upper(self) -> bool {
        self.0 & UPPER != 0
    }

    fn push_to(self, out: &mut String) {
        out.push_str(std::str::from_utf8(&self.padded()[..self.len()]).unwrap_or_default());
    }
}

/// Up to here letters of Europe and Vietnam, and the dashes and quotation marks that all of them use.
const TABLE_END: u32 = 0x2070;

static TABLE: LazyLock<Vec<Folded>> = LazyLock::new(|| {
    (0..TABLE_END).map(|c| char::from_u32(c).map_or(Folded::new(Class::Ignored, false), compute)).collect()
});

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
/// assert_eq!(chutoa::text::fold("Ǽ ǿ æ"), "ae o ae");
/// ```
pub fn fold(text: &str) -> String {
    let table = table();
    let mut out = String::with_capacity(text.len());
    // Letters of Europe and Vietnam that are composed already need no composing.
    let simple = |c: char| {
        c.is_ascii()
            || matches!(c, '\u{80}'..'\u{1000}' | '\u{1e00}'..'\u{1f00}')
                && fold_char(table, c).class() == Class::Letter
    };
    if text.chars().all(simple) {
        for c in text.chars() {
            let folded = fold_char(table, c);
            match folded.class() {
                Class::Letter => folded.push_to(&mut out),
                _ => out.push(c),
            }
        }
        return out;
    }
    for c in text.nfc() {
        let folded = fold_char(table, c);
        match folded.class() {
            Class::Letter | Class::Ideograph => folded.push_to(&mut out),
            Class::Ignored => {}
            _ => out.push(c),
        }
    }
    out
}

fn compute(c: char) -> Folded {
    let class = classify(c);
    let mut folded = Folded::new(class, c.is_uppercase());
    if !matches!(class, Class::Letter | Class::Ideograph) {
        return folded;
    }
    for l in c.to_lowercase() {
        match l {
            'ё' => push(&mut folded, 'е'),
            'Ѐ'..='ԯ' => push(&mut folded, l),
            // Marks come off first: ǽ is æ with one.
            other => std::iter::once(other).nfd().filter(|c| !is_combining_mark(*c)).for_each(|base| match base {
                'đ' | 'ð' => push(&mut folded, 'd'),
                'ł' => push(&mut folded, 'l'),
                'ø' => push(&mut folded, 'o'),
                'ı' => push(&mut folded, 'i'),
                'ß' => ['s', 's'].into_iter().for_each(|c| push(&mut folded, c)),
                'œ' => ['o', 'e'].into_iter().for_each(|c| push(&mut folded, c)),
                'æ' => ['a', 'e'].into_iter().for_each(|c| push(&mut folded, c)),
                base => push(&mut folded, base),
            }),
        }
    }
    folded
}

fn push(folded: &mut Folded, c: char) {
    let mut buffer = [0; 4];
    let encoded = c.encode_utf8(&mut buffer).as_bytes();
    if folded.len() + encoded.len() <= 6 {
        for byte in encoded {
            folded.0 |= (*byte as u64) << (8 * folded.len());
            folded.0 += 1 << LEN;
        }
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
