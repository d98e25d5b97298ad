//! Coreference inside a report: given names and pronouns become the person they stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::scene::Scene;
use crate::gazetteer::Cue;
use crate::mention::{Mention, MentionKind, PersonMention, Report, Spot, Taken};
use crate::text::mark_word;

/// Adds given-name and pronoun mentions to the scenes and resolves them.
pub(crate) fn resolve(scenes: &mut [Scene], report: &mut Report<'_>) {
    // Full names, and how the last syllable of each is marked in this report.
    let mut full: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut marked = String::new();
    for scene in scenes.iter() {
        for at in scene.people() {
            let Some(person) = scene.person(at) else { continue };
            let last = scene.end(at) - 1;
            marked.clear();
            mark_word(report.text(last, last + 1), &mut marked);
            match full.get_mut(&person.name) {
                Some(marks) if marks.contains(&marked) => {}
                Some(marks) => _ = marks.insert(marked.clone()),
                None => _ = full.insert(person.name.clone(), BTreeSet::from([marked.clone()])),
            }
        }
    }
    let mut last: Option<String> = None;
    let mut subject: Option<String> = None;
    for scene in scenes.iter_mut() {
        let mut given: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut next = scene.span.start;
        while let Some(at) = report.spots.next(Spot::Capital, next, scene.span.end) {
            next = at + 1;
            if let Some(candidates) = given_name(report, scene, at, &full) {
                given.insert(at, candidates);
            }
        }
        for at in given.keys() {
            report.slots[*at].taken = Taken::Person;
            let person = PersonMention { given: true, ..PersonMention::default() };
            scene.mentions.push(Mention { start: *at, end: *at + 1, kind: MentionKind::Person(person) });
        }
        let start = scene.span.start;
        let first = scene.people().first().map_or(scene.span.end, |at| scene.start(*at));
        let opening = behind_opening(scene, report);
        for mention in &mut scene.mentions {
            let pronoun = matches!(mention.kind, MentionKind::Cue(Cue::Pronoun));
            let free = report.slots[mention.start].taken == Taken::Free;
            let before_name = mention.end < scene.span.end && report.slots[mention.end].taken == Taken::Person;
            // `At the congress, he …`: the subject behind what opens the sentence.
            let opened = mention.start < first && opening == Some(mention.start);
            if pronoun && (mention.start < start + 6 || opened) && free && !before_name {
                mention.kind = MentionKind::Person(PersonMention { pronoun: true, ..PersonMention::default() });
            }
        }
        scene.mentions.sort_by_key(|m| (m.start, m.end));
        let count = scene.mentions.len();
        scene.targets.resize(count, None);
        for mention in &mut scene.mentions {
            let MentionKind::Person(person) = &mut mention.kind else { continue };
            if person.pronoun {
                person.name = subject.clone().unwrap_or_default();
            } else if person.given {
                let candidates = &given[&mention.start];
                person.name = match &last {
                    Some(last) if candidates.contains(last) => last.clone(),
                    _ => candidates[0].clone(),
                };
            }
            if !person.pronoun && !person.name.is_empty() && last.as_ref() != Some(&person.name) {
                last = Some(person.name.clone());
            }
        }
        let caption = subject.is_some() && is_caption(scene, report);
        if let Some(topic) = topic(scene).filter(|_| !caption)
            && subject.as_ref() != scene.person(topic).map(|p| &p.name)
        {
            subject = scene.person(topic).map(|p| p.name.clone());
        }
    }
}

/// A line without verb or full stop, as stands under a picture: nobody's story goes on from it.
fn is_caption(scene: &Scene, report: &Report<'_>) -> bool {
    let last = scene.span.end - 1;
    let verbs = [Cue::Elect, Cue::Leave, Cue::Formerly, Cue::Chair, Cue::Speak, Cue::Attend];
    scene.span.closes_line && report.is_word(last) && !scene.has_cue(&verbs)
}

/// Where the main clause begins behind what opens the sentence: its first comma, no verb of ours before it.
fn behind_opening(scene: &Scene, report: &Report<'_>) -> Option<usize> {
    // The comma of `August 1, 2018` parts nothing.
    let parts = |k: &usize| report.is_mark(*k, &[","]) && k + 1 < scene.span.end && report.is_word(k + 1);
    let comma = (scene.span.start..scene.span.end).find(parts)?;
    let said = [Cue::Speak, Cue::Chair, Cue::Attend, Cue::Elect, Cue::Leave, Cue::Convene];
    scene.cues(&said).into_iter().all(|cue| scene.start(cue) > comma).then_some(comma + 1)
}

/// The person that a pronoun of the next sentence stands for: who was elected or left, else who is named first.
fn topic(scene: &Scene) -> Option<usize> {
    let named: Vec<usize> =
        scene.people().into_iter().filter(|at| scene.person(*at).is_some_and(|p| !p.pronoun && !p.weak)).collect();
    let verb = scene.cues(&[Cue::Elect, Cue::Leave]).into_iter().next().map(|cue| scene.start(cue));
    let object = verb.and_then(|verb| named.iter().copied().find(|at| scene.start(*at) > verb));
    object.or(named.first().copied())
}

/// The people whose given name a token may be; `None` where it is not one.
fn given_name(
    report: &Report<'_>,
    scene: &Scene,
    at: usize,
    full: &BTreeMap<String, BTreeSet<String>>,
) -> Option<Vec<String>> {
    let slot = &report.slots[at];
    if slot.taken != Taken::Free || !report.is_word(at) || !report.token(at).capital {
        return None;
    }
    if !report.components(at).is_empty() && !report.is_particle(at) {
        return None;
    }
    if slot.cues.any(&[Cue::Honorific, Cue::Pronoun]) || report.in_phrase(at) {
        return None;
    }
    let gazetteer = report.gazetteer;
    let transliterated = gazetteer.language(scene.language).transliterated;
    let honorific = report.after_honorific(at, scene.span.start);
    if full.is_empty() || (!honorific && transliterated) {
        return None;
    }
    // Without an honorific a word that also means something else is that.
    if !honorific && ((at == scene.span.start && slot.covered) || gazetteer.is_common_word(report.folded(at))) {
        return None;
    }
    let neighbour = |k: usize| report.is_word(k) && report.token(k).capital && report.is_syllable(k);
    if at + 1 < scene.span.end && neighbour(at + 1) && report.slots[at + 1].taken == Taken::Free {
        return None;
    }
    if at > scene.span.start && neighbour(at - 1) && !report.slots[at - 1].covered {
        return None;
    }
    // What costs most comes last.
    let own = gazetteer.lexicon().syllables(report.token(at).word);
    let declined = report.declined_syllables(at, scene.language);
    let spelt = |last: &str| own.iter().chain(&declined).any(|s| gazetteer.syllable(*s).spelling == last);
    let named = |name: &&String| name.rsplit_once('-').is_some_and(|(_, last)| spelt(last));
    if (own.is_empty() && declined.is_empty()) || !full.keys().any(|name| named(&name)) {
        return None;
    }
    let mut spelling = String::new();
    mark_word(report.text(at, at + 1), &mut spelling);
    let candidates: Vec<String> = full
        .iter()
        .filter(|(name, _)| named(name))
        .filter(|(_, of_name)| {
            spelling.is_ascii() || transliterated || of_name.contains(&spelling) || of_name.iter().all(|m| m.is_ascii())
        })
        .map(|(name, _)| name.clone())
        .collect();
    if candidates.is_empty() {
        return None;
    }
    Some(candidates)
}
