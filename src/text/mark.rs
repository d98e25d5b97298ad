//! Words with the marks that tell Vietnamese words apart: lower case, composed, the tone mark on the older place.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::{TokenKind, cut, is_hyphen};

/// Where newer spelling puts the tone mark, and where older spelling does.
const TONE_PLACES: [(&str, &str); 15] = [
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

/// A letter in lower case: up to three bytes of text, and above them how many they are, and whether it may be the first
/// or second of two letters that have the tone mark on the newer place. 0 for what goes the long way.
#[derive(Clone, Copy)]
struct Letter(u32);

const LEN: u32 = 24;
/// By vowel, before which the second letters stand.
const FIRST: u32 = 26;
const SECOND: u32 = 28;

impl Letter {
    /// Letters of which most texts are made: whole already, and no mark that could join the letter before it.
    fn new(c: char) -> Letter {
        let letter = matches!(c, '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{45f}' | '\u{1ea0}'..='\u{1ef9}');
        let composed = c.is_ascii() || letter && !matches!(c, 'Ð' | 'ð');
        let mut lower = c.to_lowercase();
        let (Some(l), None) = (lower.next().filter(|_| composed), lower.next()) else { return Letter(0) };
        let mut bytes = [0; 4];
        let len = l.encode_utf8(&mut bytes).len() as u32;
        let mut letter = u32::from_le_bytes(bytes) | len << LEN;
        for (newer, _) in TONE_PLACES {
            let vowel = u32::from(newer.starts_with('u'));
            letter |= u32::from(newer.starts_with(l)) << (FIRST + vowel);
            letter |= u32::from(newer.ends_with(l)) << (SECOND + vowel);
        }
        Letter(letter)
    }
}

/// One past the last letter of the table.
const TABLE_END: u32 = 0x1efa;

static TABLE: LazyLock<Vec<Letter>> =
    LazyLock::new(|| (0..TABLE_END).map(|c| char::from_u32(c).map_or(Letter(0), Letter::new)).collect());

/// A word with its marks that needed nothing but lower case: short, composed, its tone mark on the older place.
pub(crate) struct Lowered {
    bytes: [u8; Lowered::ROOM],
    len: usize,
}

impl Lowered {
    /// Zeros follow the longest word.
    const ROOM: usize = 32;

    /// `None` where it takes more than lower case.
    pub(crate) fn new(word: &str) -> Option<Lowered> {
        let table = &TABLE[..];
        let mut lowered = Lowered { bytes: [0; Lowered::ROOM], len: 0 };
        let mut before = 0;
        for c in word.chars() {
            let Letter(letter) = *table.get(c as usize)?;
            let newer = (before >> FIRST) & (letter >> SECOND) & 3;
            if letter == 0 || newer != 0 || lowered.len + 4 > Lowered::ROOM {
                return None;
            }
            let text = letter & ((1 << LEN) - 1);
            lowered.bytes[lowered.len..lowered.len + 4].copy_from_slice(&text.to_le_bytes());
            lowered.len += (letter >> LEN & 3) as usize;
            before = letter;
        }
        Some(lowered)
    }

    /// The word, zeros behind it, and its length.
    pub(crate) fn padded(&self) -> (&[u8; Lowered::ROOM], usize) {
        (&self.bytes, self.len)
    }
}

/// A text with its marks: its words as [`mark_word`] has them, joined by spaces.
pub(crate) fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in cut(text, None).tokens.iter().filter(|t| t.kind != TokenKind::Newline) {
        if !out.is_empty() {
            out.push(' ');
        }
        mark_word(&text[token.start as usize..token.end as usize], &mut out);
    }
    out
}

/// A word with its marks as they tell Vietnamese words apart.
pub(crate) fn mark_word(word: &str, out: &mut String) {
    let from = out.len();
    if word.is_ascii() || is_hyphen(word) {
        out.push_str(if word.is_ascii() { word } else { "-" });
        out[from..].make_ascii_lowercase();
        return;
    }
    if let Some(lowered) = Lowered::new(word)
        && let Ok(lowered) = std::str::from_utf8(&lowered.bytes[..lowered.len])
    {
        out.push_str(lowered);
        return;
    }
    // The capitals of đ and ð look alike, and old keyboards wrote one for the other.
    out.extend(word.nfc().flat_map(char::to_lowercase).map(|l| if l == 'ð' { 'đ' } else { l }));
    for (newer, older) in TONE_PLACES {
        if out[from..].contains(newer) {
            let fixed = out[from..].replace(newer, older);
            out.truncate(from);
            out.push_str(&fixed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_leads_where_the_long_one_does() {
        for word in
            ["HOÀ", "Hòa", "thuỷ", "Thủy", "oà", "quý", "Đắk", "ЙОГО", "İstanbul", "huyệnỷý", "hoa\u{300}", "Ðà"]
        {
            let mut long: String = word.nfc().flat_map(char::to_lowercase).collect::<String>().replace('ð', "đ");
            for (newer, older) in TONE_PLACES {
                long = long.replace(newer, older);
            }
            let mut marked = String::new();
            mark_word(word, &mut marked);
            assert_eq!(marked, long, "{word}");
        }
        assert!(Lowered::new("Thủy").is_some() && Lowered::new("Thuỷ").is_none());
    }
}
