//! Probes into single stages, for measurements only: `benches/stages.rs` times the stages through them.

use crate::gazetteer::Gazetteer;
use crate::mention::Report;
use crate::text::cut;

/// Cuts a text and numbers its words: how many tokens, how many with a number.
pub fn text(body: &str, gazetteer: &Gazetteer) -> (usize, usize) {
    let cut = cut(body, Some(gazetteer.lexicon()));
    (cut.tokens.len(), cut.tokens.iter().filter(|token| token.word != 0).count())
}

/// Reads a report up to its mentions: how many sentences, how many mentions.
pub fn mentions(body: &str, gazetteer: &Gazetteer) -> (usize, usize) {
    let report = Report::read(body, gazetteer);
    (report.readings.len(), report.readings.iter().map(|reading| reading.mentions.len()).sum())
}
