//! Wrapped lines: a text whose lines end at a width, not where something ends.

use super::{Cut, Token, TokenKind};

/// How many lines of a text go on in small letters at least, where its lines are wrapped.
const WRAPPED: usize = 3;

impl Cut {
    /// Takes out the line ends of a text whose lines are wrapped at a width: `Secretary of the provincial⏎Party Committee`.
    pub(crate) fn unwrap(&mut self, text: &str) {
        let letter = |token: &Token| text[token.start as usize..token.end as usize].chars().next();
        let goes_on = |at: usize| {
            self.tokens[at].kind == TokenKind::Newline
                && self.tokens[at - 1].kind == TokenKind::Word
                && self
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.kind == TokenKind::Word && letter(next).is_some_and(char::is_lowercase))
        };
        if self.stops.iter().filter(|at| **at > 0 && goes_on(**at as usize)).count() < WRAPPED {
            return;
        }
        let ends = |token: &Token| {
            let mark = &text[token.start as usize..token.end as usize];
            token.kind == TokenKind::Punctuation && matches!(mark, "." | "!" | "?" | ":" | ";" | "…" | "\"" | "”" | ")")
        };
        let mut before: Option<Token> = None;
        self.tokens.retain(|token| {
            let single = || text[token.start as usize..token.end as usize].matches('\n').count() == 1;
            let keep = token.kind != TokenKind::Newline || before.is_none_or(|before| ends(&before)) || !single();
            if keep {
                before = Some(*token);
            }
            keep
        });
        let stop = |token: &Token| matches!(token.kind, TokenKind::Punctuation | TokenKind::Newline);
        self.stops.clear();
        self.stops.extend((0..).zip(&self.tokens).filter(|(_, token)| stop(token)).map(|(at, _)| at));
    }
}
