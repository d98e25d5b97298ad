//! A sentence: a run of tokens that ends at a full stop, question or exclamation mark, or at the end of its line.

use super::{Cut, TokenKind};
use crate::gazetteer::Gazetteer;

/// Tokens from `start` to `end`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Which line it stands in.
    pub(crate) line: usize,
    /// It is the last of its line.
    pub(crate) closes_line: bool,
}

/// Rules look at all of a sentence at once. Past so many tokens without a full stop (a list over pages, a line of
/// many megabytes) it is cut at the next comma or semicolon, and past twice as many anywhere.
const LONGEST: usize = 1_000;

/// Cuts tokens into sentences.
///
/// A full stop ends none after an abbreviation, a single capital, inside a number, or after a figure that a month or
/// event noun follows (`20. Konferenz`); `ordinal_noun` tells whether the token at an index opens such a phrase, and
/// `honorific` whether it stands before names.
pub(crate) fn sentences(
    text: &str,
    cut: &Cut,
    gazetteer: &Gazetteer,
    ordinal_noun: impl Fn(usize) -> bool,
    honorific: impl Fn(usize) -> bool,
) -> Vec<Sentence> {
    let tokens = &cut.tokens;
    let mut found = Vec::new();
    let mut start = 0;
    let mut line = 0;
    let mut stops = cut.stops.iter().map(|stop| *stop as usize).chain([tokens.len()]).peekable();
    while let Some(stop) = stops.peek().copied() {
        // Nothing else ends a sentence, unless it gets too long.
        let at = stop.min(start + 2 * LONGEST - 1);
        if at == stop {
            stops.next();
        }
        let newline = at == tokens.len() || tokens[at].kind == TokenKind::Newline;
        if newline {
            if at > start {
                found.push(Sentence { start, end: at, line, closes_line: true });
            } else if let Some(last) = found.last_mut().filter(|s: &&mut Sentence| s.line == line) {
                last.closes_line = true;
            }
            start = at + 1;
            line += 1;
            continue;
        }
        let token = &tokens[at];
        let mark = &text[token.start as usize..token.end as usize];
        let pause = token.kind == TokenKind::Punctuation && matches!(mark, "," | ";" | ":");
        if at + 1 - start >= 2 * LONGEST || (pause && at + 1 - start >= LONGEST) {
            found.push(Sentence { start, end: at + 1, line, closes_line: false });
            start = at + 1;
            continue;
        }
        if token.kind != TokenKind::Punctuation || at + 1 >= tokens.len() {
            continue;
        }
        if !matches!(mark, "." | "!" | "?" | "…" | "。") {
            continue;
        }
        let next = &tokens[at + 1];
        let opens = match next.kind {
            TokenKind::Word => next.capital,
            TokenKind::Number => true,
            TokenKind::Punctuation => {
                matches!(&text[next.start as usize..next.end as usize], "\"" | "«" | "“" | "„" | "-" | "–")
            }
            TokenKind::Newline => false,
        };
        if !opens {
            continue;
        }
        if mark == "." && at > start {
            let before = &tokens[at - 1];
            // `hội.Các` and `2030.Đoàn` lost their space; `Chinhphu.vn` and `TP.HCM` did not.
            let glued = next.start == token.end && {
                let word = &text[before.start as usize..before.end as usize];
                let lowercase = || word.chars().next_back().is_some_and(char::is_lowercase);
                let ends = before.kind == TokenKind::Number || (before.kind == TokenKind::Word && lowercase());
                !(next.kind == TokenKind::Word && word.chars().count() > 2 && ends)
            };
            let initial = before.capital && text[before.start as usize..before.end as usize].chars().count() == 1;
            // `… UBND TP. Ông Nguyễn Văn A`: a person opens the next sentence.
            let abbreviation = before.kind == TokenKind::Word
                && gazetteer.lexicon().is_abbreviation(before.word)
                && (honorific(at - 1) || !honorific(at + 1));
            let ordinal = before.kind == TokenKind::Number && before.folded_len() <= 2 && ordinal_noun(at + 1);
            if glued || initial || abbreviation || ordinal {
                continue;
            }
        }
        found.push(Sentence { start, end: at + 1, line, closes_line: false });
        start = at + 1;
    }
    found
}
