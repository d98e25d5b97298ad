//! A visit or inspection: who comes, and where to.

use super::clause::Gap;
use super::scene::Scene;
use crate::gazetteer::Cue;
use crate::mention::{MentionKind, Report, Taken};

/// Who comes to visit: `a delegation of the Can Tho City Party Committee`.
pub(super) struct Guests {
    pub(super) body: Option<String>,
    pub(super) from: Option<u16>,
    /// The province visited, where it is another one.
    pub(super) host: Option<u16>,
    /// The sentence and mention that name them.
    pub(super) source: (usize, usize),
}

pub(super) fn guests(scenes: &[Scene], report: &Report<'_>) -> Option<Guests> {
    const NEAR: usize = 4;
    let province = |scene: &Scene, at: usize| match scene.mentions[at].kind {
        MentionKind::Place { province, namesake: false } => Some(province),
        _ => None,
    };
    for (place, scene) in scenes.iter().enumerate().take(3) {
        for cue in scene.cues(&[Cue::Delegation]) {
            // `deputy head of the provincial delegation` is a post.
            if report.slots[scene.start(cue)].taken == Taken::Title {
                continue;
            }
            let end = scene.end(cue);
            let next = (0..scene.mentions.len()).find(|at| {
                let start = scene.start(*at);
                start >= end && start - end <= NEAR && (scene.body(*at).is_some() || province(scene, *at).is_some())
            });
            let Some(next) = next.filter(|at| Gap::read(report, end, scene.start(*at)).heavy <= 1) else { continue };
            let body = scene.body(next);
            let from = body.and_then(|b| b.place).or_else(|| province(scene, next));
            let mut after = scenes[place..]
                .iter()
                .take(3)
                .flat_map(|s| (0..s.mentions.len()).filter_map(|at| province(s, at)).collect::<Vec<_>>());
            // A province that has become part of the guests' own is theirs.
            let provinces = report.gazetteer.provinces();
            let other = |p: &u16, from: u16| {
                *p != from && provinces[*p as usize].merged_into.as_ref() != Some(&provinces[from as usize].id)
            };
            let host = from.and_then(|from| after.find(|p| other(p, from)));
            return Some(Guests {
                body: body.and_then(|b| b.body).map(str::to_string),
                from,
                host,
                source: (place, cue),
            });
        }
    }
    None
}

/// The body for which the first person before a visit comes.
pub(super) fn visitor(scenes: &[Scene], noun: (usize, usize), report: &Report<'_>) -> Option<String> {
    let grammar = report.gazetteer.grammar();
    let (scene, noun) = noun;
    let scene = &scenes[scene];
    let first = scene.people().into_iter().find(|p| scene.start(*p) < scene.start(noun))?;
    let mut bodies = scene.titles_of(first).into_iter().filter_map(|t| {
        let (body, role) = scene.title(t)?.post?;
        (!grammar.is_membership(role)).then_some(body)
    });
    bodies.next().map(str::to_string)
}
