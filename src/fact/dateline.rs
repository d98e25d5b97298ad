//! A dateline: `HANOI (VNA) –` in front of a report tells where it was written, not whose posts it names.

use super::scene::Scene;
use crate::mention::{MentionKind, Report};

/// The token of the place that opens a report before an agency in parentheses or a dash, and its province.
pub(super) fn find(scenes: &[Scene], report: &Report<'_>) -> Option<(usize, u16)> {
    let places = scenes.iter().flat_map(|scene| scene.mentions.iter().map(move |mention| (scene, mention)));
    let mut places = places.filter_map(|(scene, mention)| match mention.kind {
        MentionKind::Place { province, namesake: false } => Some((scene, mention, province)),
        _ => None,
    });
    let (scene, mention, province) = places.next()?;
    // A tag of the page may stand before it: `date 2021-02-21`.
    let opens = (scene.span.start..mention.start).all(|k| !report.is_word(k) || !report.token(k).capital);
    let limit = scene.span.end.min(mention.end + 5);
    let dash = (mention.end..limit).find(|k| report.is_mark(*k, &["–", "—", "-"]))?;
    let agency = dash >= mention.end + 2 && report.is_mark(mention.end, &["("]) && report.is_mark(dash - 1, &[")"]);
    // `Lang Son - Cao Bang` are two places, so that a hyphen needs an agency before it.
    let bare =
        dash == mention.end && report.is_mark(dash, &["—", "–"]) && !places.any(|(_, next, _)| next.start == dash + 1);
    (mention.start < scene.span.start + 6 && opens && (agency || bare)).then_some((mention.start, province))
}
