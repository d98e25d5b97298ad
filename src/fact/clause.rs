//! A clause: how far lists, appositions and headers reach in a sentence.
//!
//! Segmentation decides more than anything after it: where a list ends, a title belongs to somebody else.

use crate::gazetteer::Cue;
use crate::mention::{Report, Taken, roman};
use crate::text::TokenKind;

/// What stands between two mentions.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gap {
    pub(crate) semicolon: bool,
    pub(crate) colon: bool,
    pub(crate) comma: bool,
    pub(crate) conjunction: bool,
    pub(crate) dash: bool,
    pub(crate) parenthesis: bool,
    pub(crate) copula: bool,
    /// A cue that says something of somebody.
    pub(crate) cue: bool,
    /// A family name opens a name that could not be read.
    pub(crate) stranger: bool,
    /// Words that neither join nor belong to a title.
    pub(crate) heavy: usize,
}

impl Gap {
    /// Reads the tokens from `start` to `end`.
    pub(crate) fn read(report: &Report<'_>, start: usize, end: usize) -> Gap {
        Gap::of(report, start, end, false)
    }

    /// The same, the words of titles and places left out.
    pub(crate) fn read_outside_titles(report: &Report<'_>, start: usize, end: usize) -> Gap {
        Gap::of(report, start, end, true)
    }

    fn of(report: &Report<'_>, start: usize, end: usize, outside_titles: bool) -> Gap {
        let mut gap = Gap::default();
        let mut skip = start;
        for at in start..end {
            if let Some(closed) = report.abbreviation(at, end) {
                skip = closed;
            }
            if at < skip {
                continue;
            }
            if outside_titles && matches!(report.slots[at].taken, Taken::Title | Taken::Place) {
                continue;
            }
            match report.token(at).kind {
                TokenKind::Punctuation => match report.text(at, at + 1) {
                    ";" => gap.semicolon = true,
                    ":" => gap.colon = true,
                    "," | "、" | "،" => gap.comma = true,
                    "-" | "–" | "—" => gap.dash = true,
                    "(" | ")" => gap.parenthesis = true,
                    _ => {}
                },
                TokenKind::Word => {
                    let slot = &report.slots[at];
                    if slot.cues.any(&[Cue::Conjunction, Cue::For]) {
                        gap.conjunction = true;
                    } else if slot.cues.has(Cue::Copula) && slot.taken != Taken::Place {
                        gap.copula = true;
                    } else if slot.cues.any(&[Cue::Honorific, Cue::Term])
                        || report.is_particle(at)
                        || slot.taken == Taken::Document
                        || slot.month != 0
                        || report.folded(at).chars().count() == 1
                        || roman(report.text(at, at + 1)).is_some()
                    {
                    } else {
                        gap.heavy += 1;
                        gap.stranger |= opens_name(report, at, end);
                        gap.cue |= !slot.cues.has(Cue::Touching)
                            && slot.cues.any(&[
                                Cue::Chair,
                                Cue::Speak,
                                Cue::Attend,
                                Cue::Elect,
                                Cue::Leave,
                                Cue::Target,
                                Cue::Formerly,
                                Cue::Nominate,
                            ]);
                    }
                }
                _ => {}
            }
        }
        gap
    }

    /// Nothing that says anything stands between.
    pub(crate) fn is_plain(&self) -> bool {
        self.heavy == 0
    }
}

/// A family name with another capital word behind it, which nothing has taken.
pub(super) fn opens_name(report: &Report<'_>, at: usize, end: usize) -> bool {
    let free = |k: usize| {
        report.is_word(k) && report.token(k).capital && report.slots[k].taken == Taken::Free && !report.slots[k].covered
    };
    at + 1 < end && report.surname_share(at) > 0.0 && free(at) && free(at + 1)
}
