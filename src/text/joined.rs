//! Words that a page's layout ran together: `elConsejo`, `NguyenThi`.

/// Where the next of two joined words opens: a capital between small letters. Abbreviations (`UBNDtỉnh`, `TTg`) have
/// none, and only plain Latin capitals count.
pub(super) fn seam(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    (1..bytes.len()).filter(|at| bytes[*at].is_ascii_uppercase()).find(|at| {
        let before = word[..*at].chars().next_back();
        let next = word[*at + 1..].chars().next();
        before.is_some_and(char::is_lowercase) && next.is_some_and(char::is_lowercase)
    })
}
