//! Spots: which tokens of a report each pass has to look at, one bit a token.
//!
//! A pass over a sentence goes from spot to spot; what says nothing costs it nothing.

use crate::text::{Token, TokenKind};

/// Why a token is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// A word with a capital.
    Capital,
    /// One that may be a syllable of a name.
    Name,
    /// A figure, or part of a month's name.
    Date,
    /// The first token of a cue or event noun.
    Cue,
    /// Part of a phrase of components.
    Title,
    /// A province may open here.
    Province,
    /// A phrase opens here that says something of a name beside it: an honorific, or the word for a level.
    BesideName,
}

const KINDS: usize = 7;

/// See the module.
#[derive(Clone, Debug)]
pub(crate) struct Spots(Vec<[u64; KINDS]>);

impl Spots {
    /// What the tokens themselves tell.
    pub(crate) fn new(tokens: &[Token]) -> Spots {
        let survey = |tokens: &[Token]| {
            let mut spots = [0; KINDS];
            for (at, token) in tokens.iter().enumerate() {
                let capital = (token.kind == TokenKind::Word) & token.capital;
                // A letter alone may open a name: `H'Vi`.
                let name = capital & (token.syllable | (token.end - token.start == 1));
                spots[Spot::Capital as usize] |= u64::from(capital) << at;
                spots[Spot::Name as usize] |= u64::from(name) << at;
                spots[Spot::Date as usize] |= u64::from(token.kind == TokenKind::Number) << at;
            }
            spots
        };
        Spots(tokens.chunks(64).map(survey).collect())
    }

    /// Adds a spot.
    pub(crate) fn set(&mut self, spot: Spot, at: usize) {
        self.0[at / 64][spot as usize] |= 1 << (at % 64);
    }

    /// The first spot of a kind from one token on, before another.
    #[inline]
    pub(crate) fn next(&self, spot: Spot, from: usize, end: usize) -> Option<usize> {
        if from >= end {
            return None;
        }
        let mut block = from / 64;
        let mut left = self.0[block][spot as usize] & (!0 << (from % 64));
        while left == 0 {
            block += 1;
            if block * 64 >= end {
                return None;
            }
            left = self.0[block][spot as usize];
        }
        Some(block * 64 + left.trailing_zeros() as usize).filter(|at| *at < end)
    }
}
