//! A byline: who wrote the report or took its pictures.

use super::Draft;
use super::scene::Scene;
use crate::gazetteer::Cue;
use crate::mention::{Report, Roster};
use crate::vocabulary::{EntityId, Kind, Relation};

/// Sentences at a report's end among which a line of names alone signs it.
pub(super) const CLOSING: usize = 5;

/// States the authors that a sentence names; `closing` tells that it is among the last of the report.
pub(crate) fn read(scene: &Scene, report: &Report<'_>, closing: bool, draft: &mut Draft<'_>) {
    let roster = Roster::default();
    for cue in scene.cues(&[Cue::Byline]) {
        // `attended by X` signs nothing: a byline opens its line or stands behind a mark.
        let before = scene.start(cue);
        if before > scene.span.start && report.is_word(before - 1) {
            continue;
        }
        let mut start = scene.end(cue);
        while start < scene.span.end && report.is_mark(start, &[":", ".", "-", "–"]) {
            start += 1;
        }
        let mut end = start;
        while end < scene.span.end && end - start < 4 && name_token(report, end) {
            end += 1;
        }
        let marked_off = start > scene.end(cue) || scene.end(cue) - scene.start(cue) >= 2;
        let closed = end == scene.span.end || !report.is_word(end);
        // `Photo: Báo Sóc Trăng` names a newspaper.
        let paper = |from: usize, to: usize| {
            (from..to).any(|k| report.slots[k].province.is_some() || report.slots[k].cues.has(Cue::Namesake))
        };
        if end - start >= 2 && marked_off && closed && !paper(start, end) {
            let name = report.name(start, end, scene.language, &roster);
            wrote(&name, (start, end), draft);
            continue;
        }
        let near = scene.people().into_iter().find(|p| {
            let distance = scene.start(*p) as isize - scene.end(cue) as isize;
            let closed = scene.end(*p) == scene.span.end || !report.is_word(scene.end(*p));
            // `Theo ông Nguyễn Văn Tám, …` quotes somebody.
            let quoted = (scene.end(cue)..scene.start(*p))
                .any(|k| report.slots[k].cues.has(Cue::Honorific) || report.slots[k].cues.has(Cue::Pronoun));
            let named = closed && !quoted && !paper(scene.start(*p), scene.end(*p));
            (0..=2).contains(&distance) && named && scene.person(*p).is_some_and(|p| !p.weak)
        });
        if let Some(person) = near {
            let name = scene.person(person).map(|p| p.name.clone()).unwrap_or_default();
            wrote(&name, (scene.start(person), scene.end(person)), draft);
        }
    }
    if closing {
        signed(scene, report, &roster, draft);
    }
}

/// A line of names alone: `Lê Minh - Tuấn Lâm`.
fn signed(scene: &Scene, report: &Report<'_>, roster: &Roster, draft: &mut Draft<'_>) {
    let parts_names = |k: &usize| report.is_mark(*k, &["-", "–", ",", "/", "&"]);
    let tokens: Vec<usize> = (scene.span.start..scene.span.end).collect();
    let names: Vec<&[usize]> = tokens.split(|k| parts_names(k)).collect();
    let full = |name: &&[usize]| (2..=4).contains(&name.len()) && name.iter().all(|k| name_token(report, *k));
    if names.len() > 3 || !names.iter().all(full) || report.slots[scene.span.start].province.is_some() {
        return;
    }
    for name in names {
        let (start, end) = (name[0], name[name.len() - 1] + 1);
        wrote(&report.name(start, end, scene.language, roster), (start, end), draft);
    }
}

fn name_token(report: &Report<'_>, at: usize) -> bool {
    report.is_word(at) && report.token(at).capital && report.is_syllable(at)
}

fn wrote(name: &str, span: (usize, usize), draft: &mut Draft<'_>) {
    let article = draft.article();
    draft.fact(EntityId::new(Kind::Person, name), Relation::Wrote, article, span, "byline");
}
