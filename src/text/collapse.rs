//! White space of a text made single: how sentences and names are shown.

use std::borrow::Cow;

/// A text with each run of white space as one space.
pub(crate) fn collapse(text: &str) -> Cow<'_, str> {
    if is_collapsed(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut push = |word: &str| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    };
    // White space outside ASCII is rare, and opens with one of few bytes.
    let odd = |byte| matches!(byte, b'\x0b' | 0xc2 | 0xe1..=0xe3);
    for word in text.split_ascii_whitespace() {
        match word.bytes().any(odd) {
            true => word.split_whitespace().for_each(&mut push),
            false => push(word),
        }
    }
    Cow::Owned(out)
}

/// Single spaces are all its white space, and none stands at its ends; `false` where that takes a longer look.
fn is_collapsed(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.last() == Some(&b' ') {
        return false;
    }
    // White space outside ASCII by its first two bytes; no branch, so that many bytes are looked at together.
    let odd = |first: u8, second: u8| {
        (first == b' ') & (second == b' ')
            | (first == 0xc2) & ((second == 0x85) | (second == 0xa0))
            | (first == 0xe1) & (second == 0x9a)
            | (first == 0xe2) & (second & 0xfe == 0x80)
            | (first == 0xe3) & (second == 0x80)
            | (second.wrapping_sub(b'\t') < 5)
    };
    let follows = &bytes[bytes.len().min(1)..];
    bytes.first().is_none_or(|byte| !byte.is_ascii_whitespace() && *byte != 0x0b)
        && !bytes.chunks(64).zip(follows.chunks(64)).any(|(firsts, seconds)| {
            firsts.iter().zip(seconds).fold(false, |found, (first, second)| found | odd(*first, *second))
        })
}
