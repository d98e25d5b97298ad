//! A pending header: a line such as `The following were elected vice chairs:` whose people stand on the lines behind it.

use super::Draft;
use super::election::relation_of;
use super::scene::Scene;
use crate::gazetteer::Cue;
use crate::mention::Report;
use crate::vocabulary::Relation;

/// A header of an earlier sentence that ends in a colon: `The following were elected vice chairs:`.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub(crate) relation: Relation,
    pub(crate) post: String,
}

/// A list that a header of an earlier line opens.
pub(crate) fn read(scene: &Scene, report: &Report<'_>, draft: &mut Draft<'_>, pending: &mut Option<Pending>) {
    if let Some(header) = pending.clone() {
        let people = scene.people();
        match people.first() {
            Some(first) if scene.start(*first) <= scene.span.start + 4 => {
                draft.post_fact(scene, *first, header.relation, &header.post, *first, "pending-header");
            }
            Some(_) => *pending = None,
            None => {}
        }
    }
    if scene.span.end > scene.span.start && report.is_mark(scene.span.end - 1, &[":"]) {
        let target = scene.titles().into_iter().rfind(|t| scene.targets[*t].is_some());
        let cue = scene.cues(&[Cue::Elect, Cue::Leave]).into_iter().next_back();
        if let (Some(title), Some(cue)) = (target, cue)
            && let (Some(relation), Some(post)) = (relation_of(scene.cue(cue)), draft.post_of(scene, title))
        {
            *pending = Some(Pending { relation, post });
        }
    }
}
